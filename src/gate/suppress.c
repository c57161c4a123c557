/* suppress.c - reads `assay-...` comments and silences the findings that they name.
 *
 * In: the article's comments (source spans) and its findings. Out: findings marked, findings about the comments.
 * A comment becomes one line interval [first, last] and a list of rule names; a finding is silenced when it begins on a
 * line of the interval and its rule is listed (or the list is empty). Intervals per article are few, findings are few:
 * the product is bounded by MAX_SUPPRESSIONS.
 */
#include "gate/suppress.h"

#include <stdlib.h>

enum { MAX_SUPPRESSIONS = 1000 };

typedef struct suppression {
    uint32_t first, last; /* lines, inclusive */
    str rules;            /* as written, comma- or space-separated; empty = all */
    str reason;
    span where;
    bool whole_file;
    bool used;
} suppression;

typedef struct state {
    arena *a;
    const article *art;
    finding_list *findings;
    VEC(suppression) list;
    error *e;
} state;

static int report(state *s, const char *rule, enum level level, span where, const char *message) {
    finding f = {.rule = str_from_cstr(rule), .level = level, .message = str_from_cstr(message), .where = where};
    return VEC_PUSH(s->a, s->findings, f) ? ERROR_NONE : error_set(s->e, ERROR_MEMORY, "out of memory");
}

/* The comment's inside: without <!-- --> or {/ * * /}. */
static str inside(str comment) {
    if (str_starts(comment, STR("<!--"))) comment = str_slice(comment, 4, comment.n);
    if (str_ends(comment, STR("-->"))) comment = str_slice(comment, 0, comment.n - 3);
    if (str_starts(comment, STR("{/*"))) comment = str_slice(comment, 3, comment.n);
    if (str_ends(comment, STR("*/}"))) comment = str_slice(comment, 0, comment.n - 3);
    return str_trim(comment);
}

static str take_word(str *text) {
    ptrdiff_t n = 0;
    while (n < text->n && !byte_is_space(text->p[n])) n++;
    str taken = str_slice(*text, 0, n);
    *text = str_trim(str_slice(*text, n, text->n));
    return taken;
}

static bool lists_rule(str rules, str rule) {
    if (rules.n == 0) return true;
    for (ptrdiff_t i = 0; i < rules.n;) {
        while (i < rules.n && (rules.p[i] == ',' || byte_is_space(rules.p[i]))) i++;
        ptrdiff_t lo = i;
        while (i < rules.n && rules.p[i] != ',' && !byte_is_space(rules.p[i])) i++;
        if (i > lo && str_eq(str_slice(rules, lo, i), rule)) return true;
    }
    return false;
}

static uint32_t line_of(const state *s, uint32_t offset) { return line_table_place(&s->art->lines, offset).line; }

/* The next line after `line` that holds anything. */
static uint32_t next_full_line(const state *s, uint32_t line) {
    uint32_t last = s->art->lines.first_line + s->art->lines.count - 1;
    for (line++; line < last; line++)
        if (str_trim(line_table_line(&s->art->lines, line)).n) break;
    return line;
}

static int read_comment(state *s, span where) {
    str text = inside(str_span(s->art->source, where));
    if (!str_starts(text, STR("assay-"))) return ERROR_NONE;
    str verb = take_word(&text);
    suppression item = {.rules = text, .where = where};
    ptrdiff_t dash = str_starts(text, STR("-- ")) ? 0 : str_find(text, STR(" -- "), 0);
    if (dash >= 0) {
        item.rules = str_trim(str_slice(text, 0, dash));
        item.reason = str_trim(str_slice(text, dash + (dash ? 4 : 3), text.n));
    }
    uint32_t line = line_of(s, where.lo), end_line = line_of(s, where.hi > where.lo ? where.hi - 1 : where.lo);
    if (str_eq(verb, STR("assay-disable-next-line"))) {
        item.first = item.last = next_full_line(s, end_line);
    } else if (str_eq(verb, STR("assay-disable-line"))) {
        item.first = line, item.last = end_line;
    } else if (str_eq(verb, STR("assay-disable-file"))) {
        item.first = 1, item.last = UINT32_MAX, item.whole_file = true;
    } else if (str_eq(verb, STR("assay-disable"))) {
        item.first = end_line, item.last = UINT32_MAX;
    } else if (str_eq(verb, STR("assay-enable"))) {
        for (size_t i = s->list.n; i-- > 0;)
            if (s->list.at[i].last == UINT32_MAX && !s->list.at[i].whole_file &&
                (item.rules.n == 0 || str_eq(s->list.at[i].rules, item.rules)))
                s->list.at[i].last = line;
        return ERROR_NONE;
    } else {
        return report(
            s, "suppression-malformed", LEVEL_WARNING, where,
            "unknown suppression; use assay-disable-next-line, -disable-line, -disable, -enable or -disable-file");
    }
    if (s->list.n >= MAX_SUPPRESSIONS)
        return report(s, "suppression-malformed", LEVEL_ERROR, where, "more than 1000 suppressions in one article");
    return VEC_PUSH(s->a, &s->list, item) ? ERROR_NONE : error_set(s->e, ERROR_MEMORY, "out of memory");
}

/* What an article may not say about its own judging. */
static bool beyond_reach(str rule) {
    return str_starts(rule, STR("truth-")) || str_starts(rule, STR("physics-")) || str_starts(rule, STR("style-")) ||
           str_starts(rule, STR("suppression-")) || str_starts(rule, STR("frontmatter"));
}

static uint32_t silence(state *s) {
    uint32_t count = 0;
    for (size_t i = 0; i < s->findings->n; i++) {
        finding *f = &s->findings->at[i];
        if (beyond_reach(f->rule) || s->list.n == 0) continue;
        uint32_t line = line_of(s, f->where.lo);
        for (size_t k = 0; k < s->list.n && !f->suppressed; k++) {
            suppression *item = &s->list.at[k];
            if (line < item->first || line > item->last || !lists_rule(item->rules, f->rule)) continue;
            f->suppressed = item->used = true;
            f->reason = item->reason;
            count++;
        }
    }
    return count;
}

static int by_place(const void *left, const void *right) {
    const span *a = left, *b = right;
    return a->lo < b->lo ? -1 : a->lo > b->lo;
}

int suppressions_apply(arena *a, const article *art, bool untrusted, finding_list *findings, uint32_t *count,
                       error *e) {
    state s = {.a = a, .art = art, .findings = findings, .e = e};
    *count = 0;
    int status = ERROR_NONE;
    span *comments = ARENA_ARRAY(a, span, art->comment_count);
    if (!comments) return error_set(e, ERROR_MEMORY, "out of memory");
    if (art->comment_count) memcpy(comments, art->comments, art->comment_count * sizeof *comments);
    if (art->comment_count > 1) qsort(comments, art->comment_count, sizeof *comments, by_place);
    for (uint32_t i = 0; i < art->comment_count && !status; i++) status = read_comment(&s, comments[i]);
    if (status) return status;
    if (!untrusted) *count = silence(&s);
    for (size_t i = 0; i < s.list.n && !status; i++) {
        if (untrusted)
            status = report(&s, "suppression-untrusted", LEVEL_WARNING, s.list.at[i].where,
                            "the draft tries to silence its own judge; nothing was silenced");
        else if (!s.list.at[i].used)
            status = report(&s, "suppression-unused", LEVEL_WARNING, s.list.at[i].where,
                            "this suppression silences nothing: remove it");
    }
    return status;
}
