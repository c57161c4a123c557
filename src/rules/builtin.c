/* builtin.c - the rulesets linked into the program.
 *
 * In: the constant data that rules_embed_tool generated. Out: rulesets over it. No YAML is parsed and no pattern
 * compiled here. Kept apart from ruleset.c so that the generator itself links without its own output.
 */
#include "rules/load.h"

int ruleset_builtin_named(str name, const ruleset **out, error *e) {
    *out = NULL;
    for (uint32_t i = 0; i < ruleset_builtin_count; i++) {
        if (!str_eq(ruleset_builtin_data[i]->name, name)) continue;
        arena *a = arena_new(0);
        if (!a) return error_set(e, ERROR_MEMORY, "out of memory while opening rules");
        ruleset *rules;
        int status = ruleset_make(a, STR("built-in"), ruleset_builtin_data[i], &rules, e);
        if (status)
            arena_free(a);
        else
            *out = rules;
        return status;
    }
    return error_set(e, ERROR_USAGE, "no built-in ruleset '%.*s'", STR_ARG(name));
}

int ruleset_builtin(const ruleset **out, error *e) {
    return ruleset_builtin_named(ruleset_builtin_data[0]->name, out, e);
}
