/* names.c - names of signals, scopes, kinds; parameters of a rule. In: enums and keys. Out: texts and numbers. */
#include "rules/ruleset.h"

#include <math.h>

static const char *const signal_names[SIGNAL_COUNT] = {
    "code_blocks",    "version_refs",     "file_paths",       "error_lines",        "caveats",
    "h2_count",       "concrete_numbers", "comparison_terms", "concrete_examples",  "lexical_diversity",
    "defined_terms",  "because_answers",  "step_sequences",   "temporal_markers",   "sentence_burstiness",
    "filler_phrases", "hedging_phrases",  "em_dashes",        "triple_bullet_lists"};

const char *signal_name(enum signal_id id) { return signal_names[id]; }
bool signal_is_negative(enum signal_id id) { return id >= SIGNAL_FILLER_PHRASES; }

const char *scope_name(enum scope scope) {
    static const char *const names[] = {"prose", "headings", "lists", "tables", "quotes", "code", "inline_code", "raw"};
    unsigned bit = 0;
    while (bit < COUNT_OF(names) && !((unsigned)scope >> bit & 1)) bit++;
    return bit < COUNT_OF(names) ? names[bit] : "none";
}

const char *rule_kind_name(enum rule_kind kind) {
    static const char *const names[] = {"pattern", "structure", "statistic", "tokens"};
    return names[kind];
}

const char *count_mode_name(enum count_mode mode) {
    static const char *const names[] = {"matches", "distinct", "sentences", "value"};
    return names[mode];
}

double rule_param_number(const rule_param *params, uint32_t count, const char *key, double fallback) {
    str wanted = str_from_cstr(key);
    for (uint32_t i = 0; i < count; i++)
        if (str_eq(params[i].key, wanted)) return isnan(params[i].number) ? fallback : params[i].number;
    return fallback;
}

str rule_param_text(const rule_param *params, uint32_t count, const char *key, str fallback) {
    str wanted = str_from_cstr(key);
    for (uint32_t i = 0; i < count; i++)
        if (str_eq(params[i].key, wanted)) return params[i].text;
    return fallback;
}
