/* suppress.c - reads `assay-...` comments and silences the findings that they name.
 *
 * In: the article's comments (source spans) and its findings. Out: findings marked, findings about the comments.
 * A comment becomes one line interval [first, last] and a list of rule names; a finding is silenced when it begins on a
 * line of the interval and its rule is listed (or the list is empty), unless an assay-enable before it took that rule
 * out again. A list is read once and kept sorted; blank lines are passed once. So the work is the article's bytes, and
 * findings and enabled names times intervals: MAX_SUPPRESSIONS and MAX_NAMES bound the product.
 */
#include "gate/suppress.h"

#include <stdlib.h>

enum { MAX_SUPPRESSIONS = 1000, MAX_NAMES = 10000 };

typedef struct suppression {
    uint32_t first, last; /* lines, inclusive */
    str rules;            /* as written, comma- or space-separated; empty = all */
    str *names;           /* those of `rules`, sorted */
    size_t name_count;
    str reason;
    span where;
    bool whole_file;
    bool used;
    size_t taken_out; /* 1 + index of the last of its taken_out; 0 = none */
} suppression;

/* `assay-enable RULE` takes one rule out of an open suppression; the others of its list stay silenced. */
typedef struct taken_out {
    str rule;
    uint32_t line;   /* the comment's */
    size_t previous; /* of the same suppression, as suppression.taken_out counts them */
} taken_out;

typedef struct state {
    arena *a;
    const article *art;
    const ruleset *rules;
    bool untrusted;
    finding_list *findings;
    VEC(suppression) list;
    VEC(taken_out) enabled;
    size_t names;               /* of all lists together */
    uint32_t blank_lo, full_at; /* between these lines all are blank */
    error *e;
} state;

static int out_of_memory(state *s) { return error_set(s->e, ERROR_MEMORY, "out of memory"); }

static int report(state *s, const char *rule, enum level level, span where, str message) {
    finding f = {.rule = str_from_cstr(rule), .level = level, .message = message, .where = where};
    return message.p && VEC_PUSH(s->a, s->findings, f) ? ERROR_NONE : out_of_memory(s);
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

/* Takes the next name of a comma- or space-separated list; false when there is none left. */
static bool next_rule(str *rules, str *rule) {
    ptrdiff_t lo = 0;
    while (lo < rules->n && (rules->p[lo] == ',' || byte_is_space(rules->p[lo]))) lo++;
    ptrdiff_t hi = lo;
    while (hi < rules->n && rules->p[hi] != ',' && !byte_is_space(rules->p[hi])) hi++;
    *rule = str_slice(*rules, lo, hi);
    *rules = str_slice(*rules, hi, rules->n);
    return rule->n > 0;
}

static int by_name(const void *left, const void *right) { return str_cmp(*(const str *)left, *(const str *)right); }

/* Sorts out the names of an item's list; `*fits` says whether all comments together still name MAX_NAMES at most. */
static int read_names(state *s, suppression *item, bool *fits) {
    VEC(str) names = {0};
    str rest = item->rules, rule;
    *fits = true;
    while (next_rule(&rest, &rule)) {
        *fits = s->names < MAX_NAMES;
        if (!*fits) return ERROR_NONE;
        if (!VEC_PUSH(s->a, &names, rule)) return out_of_memory(s);
        s->names++;
    }
    if (names.n > 1) qsort(names.at, names.n, sizeof *names.at, by_name);
    item->names = names.at;
    item->name_count = names.n;
    return ERROR_NONE;
}

static bool lists_rule(const suppression *item, str rule) {
    return item->rules.n == 0 ||
           (item->name_count && bsearch(&rule, item->names, item->name_count, sizeof *item->names, by_name));
}

/* What an article may not say about its own judging. */
static bool beyond_reach(str rule) {
    return str_starts(rule, STR("truth-")) || str_starts(rule, STR("physics-")) || str_starts(rule, STR("style-")) ||
           str_starts(rule, STR("suppression-")) || str_starts(rule, STR("frontmatter"));
}

static uint32_t line_of(const state *s, uint32_t offset) { return line_table_place(&s->art->lines, offset).line; }

/* The next line after `line` that holds anything. */
static uint32_t next_full_line(state *s, uint32_t line) {
    uint32_t last = s->art->lines.first_line + s->art->lines.count - 1;
    if (line >= s->blank_lo && line < s->full_at) return s->full_at;
    s->blank_lo = line;
    for (line++; line < last; line++)
        if (str_trim(line_table_line(&s->art->lines, line)).n) break;
    return s->full_at = line;
}

/* ---- reading the comments -------------------------------------------------------------------------------------- */

/* One finding for the first name that names nothing that a comment can silence; `*told` says that there is one. */
static int check_names(state *s, const suppression *item, bool *told) {
    str rest = item->rules, rule, nearest = {0};
    while (!s->untrusted && next_rule(&rest, &rule)) {
        bool known = ruleset_lint(s->rules, rule, &nearest) != NULL, beyond = beyond_reach(rule);
        if (known && !beyond) continue;
        *told = true;
        str message;
        if (beyond)
            message = arena_printf(s->a, "'%.*s' is out of an article's reach: no comment silences it", STR_ARG(rule));
        else if (str_is_near(rule, nearest))
            message = arena_printf(s->a, "no rule is called '%.*s'%s", STR_ARG(rule), str_hint(rule, nearest).text);
        else
            message = arena_printf(s->a, "no rule is called '%.*s' (a reason stands behind ' -- ')", STR_ARG(rule));
        return report(s, "suppression-unused", LEVEL_WARNING, item->where, message);
    }
    return ERROR_NONE;
}

static bool is_taken_out(const state *s, const suppression *item, str rule, uint32_t before_line) {
    for (size_t i = item->taken_out; i > 0; i = s->enabled.at[i - 1].previous)
        if (s->enabled.at[i - 1].line < before_line && str_eq(s->enabled.at[i - 1].rule, rule)) return true;
    return false;
}

/* Every open suppression that silences `rule` ends at this line, for that rule; `*found` stays where there is none. */
static int enable_rule(state *s, str rule, uint32_t line, bool *found) {
    for (size_t i = 0; i < s->list.n; i++) {
        suppression *item = &s->list.at[i];
        if (item->last != UINT32_MAX || item->whole_file || !lists_rule(item, rule)) continue;
        if (is_taken_out(s, item, rule, UINT32_MAX)) continue;
        *found = true;
        if (s->enabled.n >= MAX_SUPPRESSIONS) {
            item->last = line; /* rather all of its rules than too few */
            continue;
        }
        if (!VEC_PUSH(s->a, &s->enabled, (taken_out){rule, line, item->taken_out})) return out_of_memory(s);
        item->taken_out = s->enabled.n;
    }
    return ERROR_NONE;
}

static void enable_all(state *s, uint32_t line, bool *found) {
    for (size_t i = 0; i < s->list.n; i++) {
        suppression *item = &s->list.at[i];
        if (item->last != UINT32_MAX || item->whole_file) continue;
        *found = true;
        item->last = line;
    }
}

/* `assay-enable` alone ends all that is open; with names, those. One that ends nothing was meant to end something. */
static int enable(state *s, const suppression *item, uint32_t line) {
    bool told = false, found = false;
    str rest = item->rules, rule;
    int status = check_names(s, item, &told);
    if (rest.n == 0) enable_all(s, line, &found);
    for (bool all = true; !status && next_rule(&rest, &rule); found = all) {
        bool one = false;
        status = enable_rule(s, rule, line, &one);
        all = all && one;
    }
    if (status || found || told || s->untrusted) return status;
    return report(s, "suppression-unused", LEVEL_WARNING, item->where,
                  STR("this enables what no assay-disable before it has disabled"));
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
    bool enables = str_eq(verb, STR("assay-enable")), fits;
    if (str_eq(verb, STR("assay-disable-next-line"))) {
        item.first = item.last = next_full_line(s, end_line);
    } else if (str_eq(verb, STR("assay-disable-line"))) {
        item.first = line, item.last = end_line;
    } else if (str_eq(verb, STR("assay-disable-file"))) {
        item.first = 1, item.last = UINT32_MAX, item.whole_file = true;
    } else if (str_eq(verb, STR("assay-disable"))) {
        item.first = end_line, item.last = UINT32_MAX;
    } else if (!enables) {
        return report(s, "suppression-malformed", LEVEL_WARNING, where,
                      STR("unknown suppression; use assay-disable-next-line, -disable-line, -disable, -enable or "
                          "-disable-file"));
    }
    int status = read_names(s, &item, &fits);
    if (status) return status;
    if (!fits)
        return report(s, "suppression-malformed", LEVEL_ERROR, where,
                      STR("more than 10000 names of rules in the suppressions of one article"));
    if (enables) return enable(s, &item, line);
    if (s->list.n >= MAX_SUPPRESSIONS)
        return report(s, "suppression-malformed", LEVEL_ERROR, where,
                      STR("more than 1000 suppressions in one article"));
    return VEC_PUSH(s->a, &s->list, item) ? ERROR_NONE : out_of_memory(s);
}

/* ---- silencing ------------------------------------------------------------------------------------------------- */

static bool silences(const state *s, size_t k, str rule, uint32_t line) {
    const suppression *item = &s->list.at[k];
    return line >= item->first && line <= item->last && lists_rule(item, rule) && !is_taken_out(s, item, rule, line);
}

static uint32_t silence(state *s) {
    uint32_t count = 0;
    for (size_t i = 0; i < s->findings->n; i++) {
        finding *f = &s->findings->at[i];
        if (beyond_reach(f->rule) || s->list.n == 0) continue;
        uint32_t line = line_of(s, f->where.lo);
        for (size_t k = 0; k < s->list.n && !f->suppressed; k++) {
            if (!silences(s, k, f->rule, line)) continue;
            f->suppressed = s->list.at[k].used = true;
            f->reason = s->list.at[k].reason;
            count++;
        }
    }
    return count;
}

static int by_place(const void *left, const void *right) {
    const span *a = left, *b = right;
    return a->lo < b->lo ? -1 : a->lo > b->lo;
}

int suppressions_apply(arena *a, const ruleset *rules, const article *art, bool untrusted, finding_list *findings,
                       uint32_t *count, error *e) {
    state s = {.a = a, .art = art, .rules = rules, .untrusted = untrusted, .findings = findings, .e = e};
    *count = 0;
    int status = ERROR_NONE;
    span *comments = ARENA_ARRAY(a, span, art->comment_count);
    if (!comments) return out_of_memory(&s);
    if (art->comment_count) memcpy(comments, art->comments, art->comment_count * sizeof *comments);
    if (art->comment_count > 1) qsort(comments, art->comment_count, sizeof *comments, by_place);
    for (uint32_t i = 0; i < art->comment_count && !status; i++) status = read_comment(&s, comments[i]);
    if (status) return status;
    if (!untrusted) *count = silence(&s);
    for (size_t i = 0; i < s.list.n && !status; i++) {
        const suppression *item = &s.list.at[i];
        bool told = false;
        if (untrusted)
            status = report(&s, "suppression-untrusted", LEVEL_WARNING, item->where,
                            STR("the draft tries to silence its own judge; nothing was silenced"));
        else
            status = check_names(&s, item, &told);
        if (!status && !untrusted && !told && !item->used)
            status = report(&s, "suppression-unused", LEVEL_WARNING, item->where,
                            STR("this suppression silences nothing: remove it"));
    }
    return status;
}
