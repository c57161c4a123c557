/* report_sarif.c - SARIF 2.1.0 (OASIS standard, 2020), as GitHub code scanning and other viewers read it.
 *
 * In: judgements. Out: one run; rule metadata from the ruleset; one result a finding, one line each inside the pieces
 * so that finish() can count them: GitHub takes at most 25,000 results a run, and what is beyond that is said in a
 * notification. Columns are code points (columnKind), 1-based, end exclusive. Empty lists are [], never null.
 */
#include "report/formats.h"
#include "report/problems.h"

#include <stdio.h>
#include <stdlib.h>

enum { MAX_RESULTS = 25000 };

static const char *sarif_level(enum level level) {
    return level == LEVEL_ERROR ? "error" : level == LEVEL_WARNING ? "warning" : "note";
}

/* File names as relative URI references (RFC 3986): what is not unreserved, '/' or a sub-delimiter is percent-encoded.
 * What lies outside of the current folder is a file of this machine: file:///srv/a.md (RFC 8089). */
static void uri(json *j, const char *key, str path) {
    buf b = {0};
    path = report_clean_path(path);
    if (str_starts(path, STR("/"))) buf_cstr(&b, "file://");
    for (ptrdiff_t i = 0; i < path.n; i++) {
        uint8_t c = path.p[i];
        if (byte_is_alnum(c) || (c && strchr("-._~/!$&'()*+,;=@", c)))
            buf_byte(&b, c);
        else
            buf_printf(&b, "%%%02X", c);
    }
    json_key_str(j, key, buf_view(&b));
    buf_free(&b);
}

static void location(json *j, str path, const problem *p) {
    json_key(j, "locations");
    json_array_open(j);
    json_object_open(j);
    json_key(j, "physicalLocation");
    json_object_open(j);
    json_key(j, "artifactLocation");
    json_object_open(j);
    uri(j, "uri", path);
    json_object_close(j);
    json_key(j, "region");
    json_object_open(j);
    json_key_u64(j, "startLine", p->from.line);
    json_key_u64(j, "startColumn", p->from.column);
    json_key_u64(j, "endLine", p->to.line);
    json_key_u64(j, "endColumn", p->to.column);
    json_object_close(j);
    json_object_close(j);
    json_object_close(j);
    json_array_close(j);
}

static void result(json *j, str path, const problem *p) {
    json_object_open(j);
    json_key_str(j, "ruleId", p->rule);
    json_key_cstr(j, "level", sarif_level(p->level));
    json_key(j, "message");
    json_object_open(j);
    json_key_str(j, "text", p->message);
    json_object_close(j);
    location(j, path, p);
    sha256_text print = report_fingerprint(path, p);
    json_key(j, "partialFingerprints");
    json_object_open(j);
    json_key_str(j, "primaryLocationLineHash", str_make(print.text + 7, 16));
    json_object_close(j);
    if (p->suppressed || p->waived) {
        json_key(j, "suppressions");
        json_array_open(j);
        json_object_open(j);
        json_key_cstr(j, "kind", p->waived ? "external" : "inSource");
        if (p->reason.n) json_key_str(j, "justification", p->reason);
        json_object_close(j);
        json_array_close(j);
    }
    json_object_close(j);
}

static void sarif_article(const report_context *context, const judgement *judged, buf *out) {
    (void)context;
    problem_list list = report_problems(judged, PROBLEMS_AND_SUPPRESSED);
    if (!list.at) {
        out->failed = true;
        return;
    }
    for (size_t i = 0; i < list.n; i++) {
        json j = {.out = out};
        result(&j, judged->article.path, &list.at[i]);
        buf_byte(out, '\n');
    }
    free(list.at);
}

static void sarif_failure(const report_context *context, str path, const error *e, buf *out) {
    (void)context;
    uint32_t line = e->line ? e->line : 1, column = e->column ? e->column : 1;
    problem p = {.rule = STR("not-judged"),
                 .level = LEVEL_ERROR,
                 .message = str_from_cstr(e->message),
                 .from = {line, column},
                 .to = {line, column}};
    json j = {.out = out};
    result(&j, path, &p);
    buf_byte(out, '\n');
}

/* "anaphora-run" -> "AnaphoraRun" */
static void pascal_name(json *j, str id) {
    buf b = {0};
    bool upper = true;
    for (ptrdiff_t i = 0; i < id.n; i++) {
        uint8_t c = id.p[i];
        if (!byte_is_alnum(c)) {
            upper = true;
            continue;
        }
        buf_byte(&b, upper && byte_is_alpha(c) ? (uint8_t)(c & ~0x20) : c);
        upper = false;
    }
    json_key_str(j, "name", buf_view(&b));
    buf_free(&b);
}

static void text_object(json *j, const char *key, str text) {
    json_key(j, key);
    json_object_open(j);
    json_key_str(j, "text", text);
    json_object_close(j);
}

static void help_uri(json *j, const char *key, str id) {
    buf scratch = {0};
    json_key_str(j, key, report_help_uri(id, &scratch));
    buf_free(&scratch);
}

static void rule(json *j, str id, str summary, str details, enum level level) {
    json_object_open(j);
    json_key_str(j, "id", id);
    pascal_name(j, id);
    text_object(j, "shortDescription", summary);
    text_object(j, "fullDescription", details.n ? details : summary);
    help_uri(j, "helpUri", id);
    json_key(j, "defaultConfiguration");
    json_object_open(j);
    json_key_cstr(j, "level", level == LEVEL_OFF ? "none" : sarif_level(level));
    json_object_close(j);
    json_object_close(j);
}

static void driver(json *j, const report_context *context) {
    const ruleset *rules = context->rules;
    json_key(j, "tool");
    json_object_open(j);
    json_key(j, "driver");
    json_object_open(j);
    json_key_cstr(j, "name", "assay");
    json_key_cstr(j, "version", context->version);
    help_uri(j, "informationUri", (str){0});
    json_key(j, "rules");
    json_array_open(j);
    for (uint32_t i = 0; i < rules->lint_count; i++)
        rule(j, rules->lints[i].name, rules->lints[i].summary, rules->lints[i].details, rules->lints[i].level);
    for (size_t i = 0; report_own_rules[i]; i++) {
        str id = str_from_cstr(report_own_rules[i]);
        rule(j, id, report_rule_summary(rules, id), (str){0}, LEVEL_ERROR);
    }
    rule(j, STR("not-judged"), STR("The article could not be judged"), (str){0}, LEVEL_ERROR);
    json_array_close(j);
    json_object_close(j);
    json_object_close(j);
}

static int line_severity(str line) {
    ptrdiff_t at = str_find(line, STR("\"level\":\""), 0); /* stands right behind the rule's id */
    uint8_t c = at < 0 ? 'n' : line.p[at + 9];
    return c == 'e' ? 0 : c == 'w' ? 1 : 2;
}

/* Writes the results in the order of the input; where there are too many, only the most severe. Returns how many there
 * are. */
static size_t put_results(const report_piece *pieces, size_t count, buf *out) {
    size_t of_severity[3] = {0}, room[3], left = MAX_RESULTS, written = 0;
    for (size_t i = 0; i < count; i++)
        for (str rest = pieces[i].bytes, line; rest.n > 0 && str_cut(&rest, '\n', &line);)
            of_severity[line_severity(line)] += line.n > 0;
    for (int s = 0; s < 3; s++) {
        room[s] = of_severity[s] < left ? of_severity[s] : left;
        left -= room[s];
    }
    for (size_t i = 0; i < count; i++)
        for (str rest = pieces[i].bytes, line; rest.n > 0 && str_cut(&rest, '\n', &line);) {
            int severity = line_severity(line);
            if (line.n == 0 || room[severity] == 0) continue;
            room[severity]--;
            buf_cstr(out, written++ ? ",\n    " : "\n    ");
            buf_str(out, line);
        }
    return of_severity[0] + of_severity[1] + of_severity[2];
}

static void sarif_finish(const report_context *context, const report_summary *summary, const report_piece *pieces,
                         size_t count, buf *out) {
    json j = {.out = out, .indent = 1};
    json_object_open(&j);
    json_key_cstr(&j, "$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    json_key_cstr(&j, "version", "2.1.0");
    json_key(&j, "runs");
    json_array_open(&j);
    json_object_open(&j);
    driver(&j, context);
    json_key_cstr(&j, "columnKind", "unicodeCodePoints");
    json_key(&j, "results");
    json_array_open(&j);
    const size_t all = put_results(pieces, count, out);
    j.need_comma = all > 0;
    json_array_close(&j);
    json_key(&j, "invocations");
    json_array_open(&j);
    json_object_open(&j);
    json_key_bool(&j, "executionSuccessful", summary->errors == 0);
    json_key(&j, "toolExecutionNotifications");
    json_array_open(&j);
    if (all > MAX_RESULTS) {
        json_object_open(&j);
        json_key_cstr(&j, "level", "warning");
        char text[120];
        snprintf(text, sizeof text, "%zu results beyond %d are left out, the least severe ones", all - MAX_RESULTS,
                 MAX_RESULTS);
        text_object(&j, "message", str_from_cstr(text));
        json_object_close(&j);
    }
    json_array_close(&j);
    json_object_close(&j);
    json_array_close(&j);
    json_object_close(&j);
    json_array_close(&j);
    json_object_close(&j);
    buf_byte(out, '\n');
}

const report_format report_sarif = {
    .name = "sarif",
    .summary = "SARIF 2.1.0 for code scanning",
    .machine = true,
    .located = true,
    .article = sarif_article,
    .failure = sarif_failure,
    .finish = sarif_finish,
};
