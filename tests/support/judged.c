/* judged.c - runs the truth stage on files and compares its claims with the corpus's gold rows.
 *
 * A gold row names a line, a piece of it and a verdict. It is met when some claim overlaps that piece (any occurrence
 * on the line) and has the row's verdict; "supported" includes "under-specified", and what is not about us may also be
 * left unverified without credit, or not be extracted at all. A contradiction of ours that overlaps no contradicted row
 * is false.
 */
#include "tests/support/judged.h"

#include "base/buf.h"
#include "base/file.h"

#include <stdlib.h>

static void fail(const char *what, const error *e) {
    char text[1024];
    fprintf(stderr, "%s: %s\n", what, error_text(e, text, sizeof text));
    abort();
}

manifest *judged_manifest(const char *yaml) {
    manifest_source source = {.path = STR("facts.yaml"), .content = str_from_cstr(yaml)};
    manifest *m = NULL;
    error e = {0};
    if (manifest_load(&source, 1, &m, &e)) fail("facts.yaml", &e);
    return m;
}

static judged judge_source(arena *a, const manifest *m, const char *path, str source, facts_options options) {
    judged x = {.a = a, .source = source};
    error e = {0};
    if (article_parse(a, str_from_cstr(path), x.source, NULL, &x.art, &e)) fail(path, &e);
    if (lex_article(a, &x.art, &x.tokens, &e)) fail(path, &e);
    if (facts_judge(a, m, &x.art, &x.tokens, &options, &x.claims, &x.findings, &e)) fail(path, &e);
    return x;
}

judged judged_text(const manifest *m, const char *path, str source, bool about_ours) {
    arena *a = arena_new(0);
    return judge_source(a, m, path, arena_str(a, source), (facts_options){.about_ours = about_ours});
}

judged judged_said(const manifest *m, const char *body) {
    buf page = {0};
    buf_printf(&page, "---\ntitle: T\n---\n\n%s\n", body);
    judged x = judged_text(m, "t.md", buf_view(&page), true);
    buf_free(&page);
    return x;
}

judged judged_draft(const manifest *m, const char *path, str source) {
    arena *a = arena_new(0);
    return judge_source(a, m, path, arena_str(a, source), (facts_options){.untrusted = true});
}

judged judged_file(const manifest *m, const char *path, bool about_ours) {
    arena *a = arena_new(0);
    error e = {0};
    str source;
    if (file_read(a, path, 1 << 20, &source, &e)) fail(path, &e);
    return judge_source(a, m, path, source, (facts_options){.about_ours = about_ours});
}

void judged_free(judged *x) { arena_free(x->a); }

unsigned judged_contradictions(const manifest *m, const char *lead, const char *source) {
    buf page = {0};
    unsigned n = 0;
    buf_printf(&page, "%s\n\n%s\n", lead, source);
    judged x = judged_text(m, "x.md", buf_view(&page), true);
    for (size_t k = 0; k < x.claims.n; k++) n += x.claims.at[k].verdict == VERDICT_CONTRADICTED;
    judged_free(&x);
    buf_free(&page);
    return n;
}

const claim *judged_claim(const judged *x, const char *text, unsigned occurrence) {
    ptrdiff_t at = -1;
    str needle = str_from_cstr(text);
    for (unsigned i = 0; i <= occurrence; i++)
        if ((at = str_find(x->source, needle, at + 1)) < 0) return NULL;
    for (size_t i = 0; i < x->claims.n; i++) {
        const claim *c = &x->claims.at[i];
        if (c->where.lo < (uint32_t)(at + needle.n) && c->where.hi > (uint32_t)at) return c;
    }
    return NULL;
}

uint32_t judged_line(const judged *x, const claim *c) { return line_table_place(&x->art.lines, c->where.lo).line; }

/* ---- gold ---- */

typedef struct row {
    str path, text, kind, verdict, fact;
    uint32_t line;
} row;

static bool read_row(str line, row *r) {
    str cells[6] = {{0}};
    uint64_t number;
    for (int i = 0; i < 6 && str_cut(&line, '\t', &cells[i]); i++) {
    }
    if (!cells[4].n || !str_to_u64(cells[1], &number)) return false;
    *r = (row){cells[0], cells[2], cells[3], cells[4], cells[5], (uint32_t)number};
    return true;
}

static bool is_supported(const claim *c) {
    return c->verdict == VERDICT_SUPPORTED || c->verdict == VERDICT_UNDERSPECIFIED;
}

static bool meets(const claim *c, str verdict) {
    if (str_eq(verdict, STR("supported"))) return is_supported(c);
    if (str_eq(verdict, STR("contradicted"))) return c->verdict == VERDICT_CONTRADICTED;
    if (str_eq(verdict, STR("unverified"))) return c->verdict == VERDICT_UNVERIFIED;
    return c->verdict == VERDICT_NOT_ABOUT_US || (c->verdict == VERDICT_UNVERIFIED && !c->credit_bearing);
}

/* The source range of the n-th place of the row's text on its line; the whole line when the text is not verbatim there.
 */
static bool row_place(const judged *x, const row *r, unsigned n, span *out) {
    str line = line_table_line(&x->art.lines, r->line);
    if (!line.p) return false;
    ptrdiff_t at = -1;
    for (unsigned i = 0; i <= n; i++)
        if ((at = str_find(line, r->text, at + 1)) < 0) break;
    uint32_t base = (uint32_t)(line.p - x->source.p);
    if (at < 0 && n > 0) return false;
    *out =
        at < 0 ? (span){base, base + (uint32_t)line.n} : (span){base + (uint32_t)at, base + (uint32_t)(at + r->text.n)};
    return true;
}

static bool overlap(span a, span b) { return a.lo < b.hi && b.lo < a.hi; }

static const claim *best_claim(const judged *x, const row *r) {
    const claim *best = NULL;
    span piece;
    for (unsigned n = 0; row_place(x, r, n, &piece); n++)
        for (size_t i = 0; i < x->claims.n; i++) {
            const claim *c = &x->claims.at[i];
            if (!overlap(c->where, piece)) continue;
            if (meets(c, r->verdict)) return c;
            if (!best || (c->kind == CLAIM_EXISTENCE && best->kind != CLAIM_EXISTENCE)) best = c;
        }
    return best;
}

static void compare_row(const judged *x, const row *r, gold_score *s, FILE *log) {
    const claim *c = best_claim(x, r);
    bool passes = c && meets(c, r->verdict);
    bool absent_ok = str_eq(r->verdict, STR("not-about-us")) || str_eq(r->verdict, STR("unverified"));
    bool right = passes || (!c && absent_ok);
    s->rows++;
    s->right += right;
    if (str_eq(r->verdict, STR("supported"))) {
        s->truths++;
        s->truths_left += !right;
    }
    if (str_eq(r->verdict, STR("contradicted"))) {
        s->falsehoods++;
        s->falsehoods_found += right;
    }
    if (right || !log) return;
    if (!c)
        fprintf(log, "MISS %.*s:%u [%.*s] \"%.*s\" want %.*s %.*s: not extracted\n", STR_ARG(r->path), r->line,
                STR_ARG(r->kind), STR_ARG(r->text), STR_ARG(r->verdict), STR_ARG(r->fact));
    else
        fprintf(log, "MISS %.*s:%u [%.*s] \"%.*s\" want %.*s %.*s: %s \"%.*s\" %s %s, %.*s; %.*s\n", STR_ARG(r->path),
                r->line, STR_ARG(r->kind), STR_ARG(r->text), STR_ARG(r->verdict), STR_ARG(r->fact),
                claim_kind_name(c->kind), STR_ARG(c->quote), stance_name(c->stance), verdict_name(c->verdict),
                STR_ARG(c->fact), STR_ARG(c->why));
}

/* A contradiction is right where the same line holds a contradicted row: rows quote pieces, claims may take another
 * one. */
static bool in_gold(const judged *x, const claim *c, const row *rows, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (str_eq(rows[i].verdict, STR("contradicted")) && rows[i].line == judged_line(x, c)) return true;
    return false;
}

static void compare_file(const char *folder, const manifest *m, const row *rows, size_t n, gold_score *s, FILE *log) {
    char path[512];
    snprintf(path, sizeof path, "%s/%.*s", folder, STR_ARG(rows[0].path));
    judged x = judged_file(m, path, false);
    for (size_t i = 0; i < n; i++) compare_row(&x, &rows[i], s, log);
    bool passes = str_starts(rows[0].path, STR("pass/"));
    for (size_t i = 0; i < x.claims.n; i++) {
        const claim *c = &x.claims.at[i];
        if (passes && c->credit_bearing && c->verdict != VERDICT_NOT_ABOUT_US) {
            s->honest++;
            s->honest_left += c->verdict == VERDICT_UNVERIFIED;
            if (log && c->verdict == VERDICT_UNVERIFIED)
                fprintf(log, "LEFT %s:%u %s \"%.*s\" %s: %.*s\n", path, judged_line(&x, c), claim_kind_name(c->kind),
                        STR_ARG(c->quote), stance_name(c->stance), STR_ARG(c->why));
        }
        if (c->verdict != VERDICT_CONTRADICTED) continue;
        s->contradictions++;
        if (in_gold(&x, c, rows, n)) continue;
        s->contradictions_false++;
        if (log)
            fprintf(log, "FALSE %s:%u %s \"%.*s\" %s: %.*s says %.*s; %.*s\n", path, judged_line(&x, c),
                    claim_kind_name(c->kind), STR_ARG(c->quote), stance_name(c->stance), STR_ARG(c->fact),
                    STR_ARG(c->says), STR_ARG(c->why));
    }
    for (size_t i = 0; i < x.findings.n && log; i++)
        fprintf(log, "FINDING %s:%u %.*s: %.*s\n", path, line_table_place(&x.art.lines, x.findings.at[i].where.lo).line,
                STR_ARG(x.findings.at[i].rule), STR_ARG(x.findings.at[i].message));
    judged_free(&x);
}

bool gold_compare(const char *folder, const manifest *m, gold_score *total, FILE *log) {
    arena *a = arena_new(0);
    char path[512];
    snprintf(path, sizeof path, "%s/claims.tsv", folder);
    str text, line;
    if (file_read(a, path, 1 << 24, &text, NULL)) {
        arena_free(a);
        return false;
    }
    VEC(row) rows = {0};
    while (str_cut(&text, '\n', &line)) {
        row r;
        if (read_row(line, &r)) VEC_PUSH(a, &rows, r);
    }
    for (size_t i = 0; i < rows.n;) {
        size_t end = i;
        while (end < rows.n && str_eq(rows.at[end].path, rows.at[i].path)) end++;
        compare_file(folder, m, rows.at + i, end - i, total, log);
        i = end;
    }
    arena_free(a);
    return true;
}
