/* report_ci.c - the line formats of CI services: GitHub annotations, GitLab code quality, JUnit, rdjsonl.
 *
 * In: judgements. Out, per format:
 *   github   ::error file=a.md,line=3,endLine=3,col=1,endColumn=9,title=RULE::message    one summary line, then
 *            worst first over the whole run, because a job shows only ten annotations of a kind
 *   gitlab   [{"description", "check_name", "fingerprint", "severity", "location"}]
 *   junit    a test case a finding, one passing case where an article is clean
 *   rdjsonl  reviewdog diagnostics, one a line; columns count UTF-8 bytes
 */
#include "base/shown.h"
#include "report/formats.h"
#include "report/problems.h"

#include <stdio.h>
#include <stdlib.h>

typedef void one_problem(const report_context *context, const article *art, const problem *p, buf *out);

static void each_problem(const report_context *context, const judgement *judged, enum problem_choice which,
                         one_problem *write, buf *out) {
    problem_list list = report_problems(judged, which);
    if (!list.at) {
        out->failed = true;
        return;
    }
    for (size_t i = 0; i < list.n; i++) write(context, &judged->article, &list.at[i], out);
    free(list.at);
}

/* An article that could not be judged, as a problem at its first line. */
static problem failure_problem(const error *e) {
    uint32_t line = e->line ? e->line : 1, column = e->column ? e->column : 1;
    return (problem){.rule = STR("not-judged"),
                     .level = LEVEL_ERROR,
                     .message = str_from_cstr(e->message),
                     .from = {line, column},
                     .to = {line, column}};
}

/* ---- GitHub ---------------------------------------------------------------------------------------------------- */

/* The log is a terminal, too: what commands one, and what is no UTF-8, comes out as \x1b. */
static void github_escaped(str text, bool property, buf *out) {
    for (ptrdiff_t i = 0; i < text.n;) {
        uint32_t c;
        ptrdiff_t step = utf8_decode(text, i, &c);
        if (c == '%' || c == '\r' || c == '\n' || (property && (c == ':' || c == ',')))
            buf_printf(out, "%%%02X", (unsigned)c);
        else
            shown_put(out, str_slice(text, i, i + step));
        i += step;
    }
}

static void github_line(str path, const problem *p, buf *out) {
    static const char *const kinds[] = {"notice", "notice", "warning", "error"};
    /* An annotation that spans lines may not carry columns. */
    bool one_line = p->from.line == p->to.line;
    buf_printf(out, "::%s file=", kinds[p->level]);
    github_escaped(report_clean_path(path), true, out);
    buf_printf(out, ",line=%u,endLine=%u", p->from.line, p->to.line);
    if (one_line) buf_printf(out, ",col=%u,endColumn=%u", p->from.column, p->to.column);
    buf_cstr(out, ",title=");
    github_escaped(p->rule, true, out);
    buf_cstr(out, "::");
    github_escaped(p->message, false, out);
    buf_byte(out, '\n');
}

static void github_one(const report_context *context, const article *art, const problem *p, buf *out) {
    (void)context;
    github_line(art->path, p, out);
}
static void github_article(const report_context *context, const judgement *judged, buf *out) {
    each_problem(context, judged, PROBLEMS_COUNTING, github_one, out);
}
static void github_failure(const report_context *context, str path, const error *e, buf *out) {
    (void)context;
    problem p = failure_problem(e);
    github_line(path, &p, out);
}

/* Properties end at the first "::" behind the kind: their own colons are escaped. */
static bool github_contradicts(str line) {
    ptrdiff_t end = str_find(line, STR("::"), 2);
    return end > 0 && str_ends(str_slice(line, 0, end), STR(",title=truth-contradicted"));
}

static void github_finish(const report_context *context, const report_summary *s, const report_piece *pieces,
                          size_t count, buf *out) {
    static const char *const order[] = {"::error ", "::warning ", "::notice "};
    (void)context;
    size_t totals[COUNT_OF(order)] = {0};
    buf lines = {0};
    /* Of a kind the contradictions first, then the rest; each in the order of the articles and their lines. */
    for (size_t rank = 0; rank < 2 * COUNT_OF(order); rank++)
        for (size_t i = 0; i < count; i++)
            for (str rest = pieces[i].bytes, line; rest.n > 0 && str_cut(&rest, '\n', &line);)
                if (str_starts(line, str_from_cstr(order[rank / 2])) && github_contradicts(line) == (rank % 2 == 0)) {
                    totals[rank / 2]++;
                    buf_str(&lines, line);
                    buf_byte(&lines, '\n');
                }
    /* First, so that it is among the ten of its kind that are shown. */
    buf_printf(
        out,
        "::%s title=assay::%u file%s: %u passed, %u failed, %u not judged; %zu error%s, %zu warning%s, %zu notice%s",
        s->failed + s->errors ? "error" : "notice", s->files, s->files == 1 ? "" : "s", s->passed, s->failed, s->errors,
        totals[0], totals[0] == 1 ? "" : "s", totals[1], totals[1] == 1 ? "" : "s", totals[2],
        totals[2] == 1 ? "" : "s");
    if (s->waived) buf_printf(out, ", %u waived", s->waived);
    buf_byte(out, '\n');
    buf_str(out, buf_view(&lines));
    out->failed = out->failed || lines.failed;
    buf_free(&lines);
}

const report_format report_github = {
    .name = "github",
    .summary = "annotations for GitHub Actions",
    .machine = true,
    .located = true,
    .article = github_article,
    .failure = github_failure,
    .finish = github_finish,
};

/* The table for $GITHUB_STEP_SUMMARY: one row an article. A name is a name: it neither marks itself up nor links, and
 * no entity of it is read. */
static void markdown_cell(str text, buf *out) {
    for (ptrdiff_t i = 0; i < text.n;) {
        uint32_t c;
        ptrdiff_t step = utf8_decode(text, i, &c);
        if (c && c < 0x80 && strchr("\\|`*_[]<&~$", (int)c)) buf_byte(out, '\\');
        if (c == '\n' || c == '\r' || c == '\t')
            buf_byte(out, ' ');
        else
            shown_put(out, str_slice(text, i, i + step));
        i += step;
    }
}

static void step_article(const report_context *context, const judgement *judged, buf *out) {
    (void)context;
    const coverage *v = &judged->claims.coverage;
    buf_cstr(out, "| ");
    markdown_cell(judged->article.path, out);
    buf_printf(out, " | %s | %g / %g | %.*s | %u | %u | %u | ", judged->passed ? "pass" : "**fail**", judged->score,
               judged->minimum, STR_ARG(judged->style->name), v->supported, v->contradicted, v->unverified);
    if (v->waived) buf_printf(out, "%u waived%s", v->waived, judged->reason_count ? "; " : "");
    for (uint32_t i = 0; i < judged->reason_count; i++) {
        if (i) buf_cstr(out, "; ");
        markdown_cell(judged->reasons[i], out);
    }
    buf_cstr(out, " |\n");
}
static void step_failure(const report_context *context, str path, const error *e, buf *out) {
    (void)context;
    buf_cstr(out, "| ");
    markdown_cell(path, out);
    buf_cstr(out, " | **not judged** | | | | | | ");
    markdown_cell(str_from_cstr(e->message), out);
    buf_cstr(out, " |\n");
}
static void step_finish(const report_context *context, const report_summary *s, const report_piece *pieces,
                        size_t count, buf *out) {
    (void)context;
    buf_printf(out, "### assay: %u passed, %u failed, %u not judged\n\n", s->passed, s->failed, s->errors);
    buf_cstr(out, "| article | verdict | score | style | supported | contradicted | unverified | why |\n"
                  "| --- | --- | --- | --- | --- | --- | --- | --- |\n");
    for (size_t i = 0; i < count; i++) buf_str(out, pieces[i].bytes);
    buf_byte(out, '\n');
}

const report_format report_markdown = {
    .name = "markdown",
    .summary = "a table, as for $GITHUB_STEP_SUMMARY",
    .machine = true,
    .article = step_article,
    .failure = step_failure,
    .finish = step_finish,
};

/* ---- GitLab ---------------------------------------------------------------------------------------------------- */

static void gitlab_object(str path, const problem *p, buf *out) {
    static const char *const severities[] = {"info", "info", "minor", "major"};
    bool truth = p->level == LEVEL_ERROR && str_eq(p->rule, STR("truth-contradicted"));
    sha256_text print = report_fingerprint(path, p);
    json j = {.out = out};
    json_object_open(&j);
    json_key_str(&j, "description", p->message);
    json_key_str(&j, "check_name", p->rule);
    json_key_cstr(&j, "fingerprint", print.text + 7);
    json_key_cstr(&j, "severity", truth ? "critical" : severities[p->level]);
    json_key(&j, "location");
    json_object_open(&j);
    json_key_str(&j, "path", report_clean_path(path));
    json_key(&j, "lines");
    json_object_open(&j);
    json_key_u64(&j, "begin", p->from.line);
    json_object_close(&j);
    json_object_close(&j);
    json_object_close(&j);
    buf_byte(out, '\n');
}
static void gitlab_one(const report_context *context, const article *art, const problem *p, buf *out) {
    (void)context;
    gitlab_object(art->path, p, out);
}
static void gitlab_article(const report_context *context, const judgement *judged, buf *out) {
    each_problem(context, judged, PROBLEMS_COUNTING, gitlab_one, out);
}
static void gitlab_failure(const report_context *context, str path, const error *e, buf *out) {
    (void)context;
    problem p = failure_problem(e);
    gitlab_object(path, &p, out);
}
static void gitlab_finish(const report_context *context, const report_summary *s, const report_piece *pieces,
                          size_t count, buf *out) {
    (void)context, (void)s;
    size_t objects = 0;
    buf_byte(out, '[');
    for (size_t i = 0; i < count; i++) {
        str rest = pieces[i].bytes, line;
        while (rest.n > 0 && str_cut(&rest, '\n', &line)) {
            if (line.n == 0) continue;
            buf_cstr(out, objects++ ? ",\n " : "\n ");
            buf_str(out, line);
        }
    }
    buf_cstr(out, objects ? "\n]\n" : "]\n");
}

const report_format report_gitlab = {
    .name = "gitlab",
    .summary = "GitLab code quality",
    .machine = true,
    .located = true,
    .article = gitlab_article,
    .failure = gitlab_failure,
    .finish = gitlab_finish,
};

/* ---- JUnit ----------------------------------------------------------------------------------------------------- */

/* XML 1.0 text: the five entities, and U+FFFD for what XML cannot hold. */
static void xml(str text, buf *out) {
    for (ptrdiff_t i = 0; i < text.n;) {
        uint32_t code;
        ptrdiff_t step = utf8_decode(text, i, &code);
        if (code == '<')
            buf_cstr(out, "&lt;");
        else if (code == '>')
            buf_cstr(out, "&gt;");
        else if (code == '&')
            buf_cstr(out, "&amp;");
        else if (code == '"')
            buf_cstr(out, "&quot;");
        else if (code == '\'')
            buf_cstr(out, "&apos;");
        else if (code == UTF8_INVALID || code == 0xfffe || code == 0xffff ||
                 (code < 0x20 && code != '\t' && code != '\n'))
            buf_cstr(out, "\xef\xbf\xbd");
        else
            buf_bytes(out, text.p + i, (size_t)step);
        i += step;
    }
}

enum { MAX_NAME_TEXT = 60 };

/* "truth-contradicted: 24 cores (3f5a91c2)": what is quoted, else the line's text, and the beginning of the
 * fingerprint. Services tell cases apart by class and name alone, and follow them by these from run to run, so no line
 * number stands in it. What an article has once at most needs no more than its rule. */
static void junit_name(str path, const problem *p, buf *out) {
    str text = str_trim(p->told[0].n ? p->told[0] : p->line_text);
    xml(p->rule, out);
    if (str_eq(p->rule, STR("score-below-minimum")) || str_eq(p->rule, STR("not-judged"))) return;
    ptrdiff_t end = text.n > MAX_NAME_TEXT ? MAX_NAME_TEXT : text.n;
    while (end < text.n && end > 0 && (text.p[end] & 0xc0) == 0x80) end--; /* not inside a code point */
    if (end > 0) buf_cstr(out, ": ");
    for (ptrdiff_t i = 0; i < end;) {
        uint32_t c;
        ptrdiff_t step = utf8_decode(text, i, &c);
        xml(c == '\n' || c == '\t' || c == '\r' ? STR(" ") : str_slice(text, i, i + step), out);
        i += step;
    }
    buf_printf(out, "%s (%.8s)", end < text.n ? "..." : "", report_fingerprint(path, p).text + 7);
}

static void junit_open(str path, const problem *p, buf *out) {
    buf_cstr(out, "    <testcase classname=\"");
    xml(report_clean_path(path), out);
    buf_cstr(out, "\" name=\"");
    junit_name(path, p, out);
    buf_printf(out, "\" line=\"%u\">", p->from.line);
}

static void junit_case(str path, const problem *p, const char *element, buf *out) {
    junit_open(path, p, out);
    buf_printf(out, "<%s type=\"%s\" message=\"", element, level_name(p->level));
    xml(p->message, out);
    buf_cstr(out, "\">");
    xml(path, out);
    buf_printf(out, ":%u:%u: ", p->from.line, p->from.column);
    xml(p->message, out);
    buf_printf(out, "</%s></testcase>\n", element);
}

/* A claim that the operator waives, or lets stand in the baseline: neither green nor silent. */
static void junit_waived(str path, const problem *p, buf *out) {
    junit_open(path, p, out);
    buf_printf(out, "<skipped message=\"%s", p->baseline ? "in the baseline" : "waived");
    xml(p->reason.n ? STR(": ") : STR(""), out);
    xml(p->reason, out);
    buf_cstr(out, "\"/><system-out>");
    xml(p->message, out);
    buf_cstr(out, "</system-out></testcase>\n");
}

/* What does not fail the gate is no failed test: it goes to the case's output. */
static void junit_note(str path, const problem *p, buf *out) {
    junit_open(path, p, out);
    buf_printf(out, "<system-out>%s: ", level_name(p->level));
    xml(p->message, out);
    buf_cstr(out, "</system-out></testcase>\n");
}

static void junit_one(const report_context *context, const article *art, const problem *p, buf *out) {
    (void)context;
    if (p->waived)
        junit_waived(art->path, p, out);
    else if (p->fails)
        junit_case(art->path, p, "failure", out);
    else
        junit_note(art->path, p, out);
}
static void junit_article(const report_context *context, const judgement *judged, buf *out) {
    size_t before = out->n;
    each_problem(context, judged, PROBLEMS_AND_WAIVED, junit_one, out);
    if (out->n > before) return;
    buf_cstr(out, "    <testcase classname=\"");
    xml(report_clean_path(judged->article.path), out);
    buf_cstr(out, "\" name=\"assay\"/>\n");
}
static void junit_failure(const report_context *context, str path, const error *e, buf *out) {
    (void)context;
    problem p = failure_problem(e);
    junit_case(path, &p, "error", out);
}
static size_t count_of(str hay, str needle) {
    size_t count = 0;
    for (ptrdiff_t at = 0; (at = str_find(hay, needle, at)) >= 0; at += needle.n) count++;
    return count;
}
static void junit_finish(const report_context *context, const report_summary *s, const report_piece *pieces,
                         size_t count, buf *out) {
    (void)context, (void)s;
    size_t tests = 0, failures = 0, errors = 0, skipped = 0;
    for (size_t i = 0; i < count; i++) {
        tests += count_of(pieces[i].bytes, STR("<testcase "));
        failures += count_of(pieces[i].bytes, STR("<failure "));
        errors += count_of(pieces[i].bytes, STR("<error "));
        skipped += count_of(pieces[i].bytes, STR("<skipped "));
    }
    buf_cstr(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    buf_printf(out, "<testsuites tests=\"%zu\" failures=\"%zu\" errors=\"%zu\">\n", tests, failures, errors);
    buf_printf(out, "  <testsuite name=\"assay\" tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" skipped=\"%zu\">\n",
               tests, failures, errors, skipped);
    for (size_t i = 0; i < count; i++) buf_str(out, pieces[i].bytes);
    buf_cstr(out, "  </testsuite>\n</testsuites>\n");
}

const report_format report_junit = {
    .name = "junit",
    .summary = "JUnit XML",
    .machine = true,
    .located = true,
    .article = junit_article,
    .failure = junit_failure,
    .finish = junit_finish,
};

/* ---- rdjsonl --------------------------------------------------------------------------------------------------- */

/* Columns of reviewdog are 1-based UTF-8 bytes in the line. */
static void rd_position(json *j, const char *key, const article *art, uint32_t offset, uint32_t line) {
    uint32_t start = art && line && line <= art->lines.count ? art->lines.starts[line - art->lines.first_line] : offset;
    json_key(j, key);
    json_object_open(j);
    json_key_u64(j, "line", line);
    json_key_u64(j, "column", offset - start + 1);
    json_object_close(j);
}
static void rd_line(str path, const article *art, const problem *p, buf *out) {
    static const char *const severities[] = {"INFO", "INFO", "WARNING", "ERROR"};
    json j = {.out = out};
    json_object_open(&j);
    json_key_str(&j, "message", p->message);
    json_key(&j, "location");
    json_object_open(&j);
    json_key_str(&j, "path", report_clean_path(path));
    json_key(&j, "range");
    json_object_open(&j);
    rd_position(&j, "start", art, p->where.lo, p->from.line);
    rd_position(&j, "end", art, p->where.hi, p->to.line);
    json_object_close(&j);
    json_object_close(&j);
    json_key_cstr(&j, "severity", severities[p->level]);
    json_key(&j, "code");
    json_object_open(&j);
    json_key_str(&j, "value", p->rule);
    buf scratch = {0};
    json_key_str(&j, "url", report_help_uri(p->rule, &scratch));
    buf_free(&scratch);
    json_object_close(&j);
    json_key(&j, "suggestions");
    json_array_open(&j);
    json_array_close(&j);
    json_object_close(&j);
    buf_byte(out, '\n');
}
static void rd_one(const report_context *context, const article *art, const problem *p, buf *out) {
    (void)context;
    rd_line(art->path, art, p, out);
}
static void rd_article(const report_context *context, const judgement *judged, buf *out) {
    each_problem(context, judged, PROBLEMS_COUNTING, rd_one, out);
}
static void rd_failure(const report_context *context, str path, const error *e, buf *out) {
    (void)context;
    problem p = failure_problem(e);
    rd_line(path, NULL, &p, out);
}
static void rd_finish(const report_context *context, const report_summary *s, const report_piece *pieces, size_t count,
                      buf *out) {
    (void)context, (void)s;
    for (size_t i = 0; i < count; i++) buf_str(out, pieces[i].bytes);
}

const report_format report_rdjsonl = {
    .name = "rdjsonl",
    .summary = "reviewdog diagnostics, one a line",
    .machine = true,
    .located = true,
    .streams = true,
    .article = rd_article,
    .failure = rd_failure,
    .finish = rd_finish,
};
