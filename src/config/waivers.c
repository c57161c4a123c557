/* waivers.c - what the operator has decided about single rules and claims: levels of lints, waivers with their reasons.
 *
 * In: a configuration, an article's claims and findings. Out: levels set, claims and findings waived, expired waivers
 * reported where they would have waived something. A claim is waived as a claim, so that it is counted as one; nothing
 * here can switch the truth stage off.
 */
#include "config/config_parts.h"

#include "report/problems.h"

#include <stdio.h>

/* ---- levels ---------------------------------------------------------------------------------------------------- */

static bool is_own_rule(str name) {
    for (size_t i = 0; report_own_rules[i]; i++)
        if (str_eq(name, str_from_cstr(report_own_rules[i]))) return true;
    return false;
}

static str_hint_text name_hint(str name, str nearest) {
    str_hint_text hint = str_hint(name, nearest);
    if (!*hint.text) snprintf(hint.text, sizeof hint.text, ": 'assay rules' lists them");
    return hint;
}

static int check_names(const config *c, const yaml_node *lints, const ruleset *rules, error *e) {
    for (uint32_t i = 0; lints && i < lints->count; i++) {
        const yaml_node *key = lints->keys[i];
        str nearest = {0};
        if (str_starts(key->text, STR("truth-")) || str_starts(key->text, STR("physics-")) ||
            str_eq(key->text, STR("score-below-minimum")))
            return yaml_error(e, ERROR_SCHEMA, c->path, key,
                              "'%.*s' is no lint: use fail-on-claims or threshold, or a waiver with a reason",
                              STR_ARG(key->text));
        if (is_own_rule(key->text) || ruleset_lint(rules, key->text, &nearest)) continue;
        return yaml_error(e, ERROR_SCHEMA, c->path, key, "unknown lint '%.*s'%s", STR_ARG(key->text),
                          name_hint(key->text, nearest).text);
    }
    return ERROR_NONE;
}

int config_check_rules(const config *c, const ruleset *rules, error *e) {
    const yaml_node *root = c->document.root, *overrides = yaml_get(root, "overrides"),
                    *waivers = yaml_get(root, "waivers");
    int status = check_names(c, yaml_get(root, "lints"), rules, e);
    for (uint32_t i = 0; overrides && i < overrides->count && !status; i++)
        status = check_names(c, yaml_get(overrides->items[i], "lints"), rules, e);
    for (uint32_t i = 0; waivers && i < waivers->count && !status; i++) {
        const yaml_node *rule = yaml_get(waivers->items[i], "rule");
        str nearest = {0};
        if (!rule || is_own_rule(rule->text) || ruleset_lint(rules, rule->text, &nearest)) continue;
        status = yaml_error(e, ERROR_SCHEMA, c->path, rule, "unknown rule '%.*s'%s", STR_ARG(rule->text),
                            name_hint(rule->text, nearest).text);
    }
    return status;
}

static void levels_of(const yaml_node *lints, const ruleset *rules, uint8_t *levels) {
    for (uint32_t i = 0; lints && i < lints->count; i++) {
        const lint_rule *lint = ruleset_lint(rules, lints->keys[i]->text, NULL);
        enum level level;
        if (lint && level_parse(lints->items[i]->text, &level)) levels[lint - rules->lints] = (uint8_t)level;
    }
}

bool config_levels(const config *c, const ruleset *rules, str relative_path, uint8_t *levels) {
    const yaml_node *root = c->document.root, *overrides = yaml_get(root, "overrides");
    memset(levels, GATE_LEVEL_AS_IS, rules->lint_count);
    levels_of(yaml_get(root, "lints"), rules, levels);
    for (uint32_t i = 0; overrides && i < overrides->count; i++)
        if (config_matches(yaml_get(overrides->items[i], "files"), relative_path))
            levels_of(yaml_get(overrides->items[i], "lints"), rules, levels);
    for (uint32_t i = 0; i < rules->lint_count; i++)
        if (levels[i] != GATE_LEVEL_AS_IS) return true;
    return false;
}

/* Findings that no lint of the ruleset makes (style-missing, suppression-unused …). */
static void set_own_levels(const yaml_node *lints, finding_list *findings) {
    for (uint32_t i = 0; lints && i < lints->count; i++) {
        enum level level = LEVEL_OFF;
        if (!is_own_rule(lints->keys[i]->text) || !level_parse(lints->items[i]->text, &level)) continue;
        size_t kept = 0;
        for (size_t k = 0; k < findings->n; k++) {
            finding *f = &findings->at[k];
            if (str_eq(f->rule, lints->keys[i]->text)) f->level = level;
            if (f->level != LEVEL_OFF) findings->at[kept++] = *f;
        }
        findings->n = kept;
    }
}

/* ---- waivers --------------------------------------------------------------------------------------------------- */

/* How many claims a waiver names, and the place of the first; waives them unless it has `expired`. */
static size_t waive_claims(const yaml_node *item, bool expired, claim_list *claims, span *first) {
    str text = yaml_text(yaml_get(item, "claim")), fact = yaml_text(yaml_get(item, "fact"));
    size_t count = 0;
    for (size_t i = 0; i < claims->n; i++) {
        claim *c = &claims->at[i];
        bool judged = c->verdict == VERDICT_CONTRADICTED || c->verdict == VERDICT_UNVERIFIED;
        bool named = (text.n && str_eq(c->quote, text)) || (fact.n && str_eq(c->fact, fact));
        if (!judged || !named || c->waived) continue;
        if (count++ == 0) *first = c->where;
        if (expired) continue;
        c->waived = true;
        c->waiver_reason = yaml_text(yaml_get(item, "reason"));
        claims->coverage.waived++;
    }
    return count;
}

static size_t waive_findings(const yaml_node *item, bool expired, finding_list *findings, span *first) {
    str rule = yaml_text(yaml_get(item, "rule"));
    size_t count = 0;
    for (size_t i = 0; rule.n && i < findings->n; i++) {
        finding *f = &findings->at[i];
        if (!str_eq(f->rule, rule)) continue;
        if (count++ == 0) *first = f->where;
        if (expired) continue;
        f->suppressed = f->waived = true;
        f->reason = yaml_text(yaml_get(item, "reason"));
    }
    return count;
}

bool config_waive(void *context, arena *a, const article *art, claim_list *claims, finding_list *findings) {
    const config_waiver *w = context;
    (void)art;
    if (!w->config || w->config->document.root->kind != YAML_MAP) return true;
    const yaml_node *root = w->config->document.root, *waivers = yaml_get(root, "waivers");
    const yaml_node *overrides = yaml_get(root, "overrides");
    for (uint32_t i = 0; waivers && i < waivers->count; i++) {
        const yaml_node *item = waivers->items[i], *files = yaml_get(item, "files"), *until = yaml_get(item, "until");
        if (files && !config_matches(files, w->relative_path)) continue;
        bool expired = until && str_cmp(w->today, until->text) > 0;
        span first = {0};
        size_t named = waive_claims(item, expired, claims, &first);
        if (!named) named = waive_findings(item, expired, findings, &first);
        if (!expired || !named) continue;
        str message = arena_printf(a, "the waiver for this expired on %.*s (%.*s:%u): renew or remove it",
                                   STR_ARG(until->text), STR_ARG(w->config->path), item->line);
        finding f = {.rule = STR("waiver-expired"), .level = LEVEL_WARNING, .message = message, .where = first};
        if (!message.p || !VEC_PUSH(a, findings, f)) return false;
    }
    set_own_levels(yaml_get(root, "lints"), findings);
    for (uint32_t i = 0; overrides && i < overrides->count; i++)
        if (config_matches(yaml_get(overrides->items[i], "files"), w->relative_path))
            set_own_levels(yaml_get(overrides->items[i], "lints"), findings);
    return true;
}
