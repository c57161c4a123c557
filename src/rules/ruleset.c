/* ruleset.c - opening, looking up, freeing.
 *
 *     folder ──► files ──► ruleset_data ─┐
 *     built-in constant data ────────────┴──► ruleset { data, matcher }, in one arena
 *
 * A ruleset owns the arena that it lives in: freeing it is freeing the arena, after the compiled patterns. It measures
 * nothing.
 */
#include "rules/ruleset.h"

#include "rules/load.h"
#include "rules/matcher.h"

struct owned_ruleset {
    ruleset rules;
    arena *a;
};

int ruleset_make(arena *a, str origin, const ruleset_data *data, ruleset **out, error *e) {
    struct owned_ruleset *owned = ARENA_NEW(a, struct owned_ruleset);
    ruleset *r = owned ? &owned->rules : NULL;
    if (!r) return error_set(e, ERROR_MEMORY, "out of memory while opening rules");
    owned->a = a;
    r->origin = origin;
    r->hash = data->hash;
    r->published = data->raw;
    r->signals = data->signals;
    r->lints = data->lints;
    r->lint_count = data->lint_count;
    r->styles = data->styles;
    r->style_count = data->style_count;
    r->default_style = data->default_style;
    r->data = data;
    r->matcher = matcher_new(a, data);
    if (!r->matcher) return error_set(e, ERROR_MEMORY, "out of memory while opening rules");
    *out = r;
    return ERROR_NONE;
}

int ruleset_open(const char *folder, ruleset **out, error *e) {
    *out = NULL;
    arena *a = arena_new(0);
    ruleset_data *data = a ? ARENA_NEW(a, ruleset_data) : NULL;
    str origin = a ? arena_str(a, str_from_cstr(folder)) : (str){NULL, 0};
    int status = data && origin.p ? ERROR_NONE : error_set(e, ERROR_MEMORY, "out of memory while opening rules");
    rule_file *files = NULL;
    size_t count = 0;
    if (!status) status = rules_read_folder(a, folder, &files, &count, e);
    if (!status) status = rules_load(a, files, count, data, e);
    if (!status) status = ruleset_make(a, origin, data, out, e);
    if (status) arena_free(a);
    return status;
}

void ruleset_free(const ruleset *rules) {
    if (!rules) return;
    const struct owned_ruleset *owned = (const struct owned_ruleset *)(const void *)rules;
    matcher_free(rules->matcher);
    arena_free(owned->a);
}

/* ---- looking up -------------------------------------------------------------------------------------------------- */

typedef str (*name_at)(const ruleset *rules, uint32_t i);

static str style_at(const ruleset *rules, uint32_t i) { return rules->styles[i].name; }
static str lint_at(const ruleset *rules, uint32_t i) { return rules->lints[i].name; }
static str signal_at(const ruleset *rules, uint32_t i) { return rules->signals[i].name; }

/* Index of `name`, or -1 with the nearest known one. */
static ptrdiff_t find(const ruleset *rules, str name, name_at at, uint32_t count, str *nearest) {
    unsigned best = 64;
    if (nearest) *nearest = (str){NULL, 0};
    for (uint32_t i = 0; i < count; i++) {
        if (str_eq(at(rules, i), name)) return (ptrdiff_t)i;
        if (!nearest) continue;
        unsigned distance = str_distance(at(rules, i), name, best);
        if (distance < best) best = distance, *nearest = at(rules, i);
    }
    return -1;
}

const style *ruleset_style(const ruleset *rules, str name, str *nearest) {
    ptrdiff_t i = find(rules, name, style_at, rules->style_count, nearest);
    return i < 0 ? NULL : &rules->styles[i];
}

const lint_rule *ruleset_lint(const ruleset *rules, str name, str *nearest) {
    ptrdiff_t i = find(rules, name, lint_at, rules->lint_count, nearest);
    return i < 0 ? NULL : &rules->lints[i];
}

const signal_rule *ruleset_signal(const ruleset *rules, str name, str *nearest) {
    ptrdiff_t i = find(rules, name, signal_at, SIGNAL_COUNT, nearest);
    return i < 0 ? NULL : &rules->signals[i];
}
