/* gate.c - one article from bytes to verdict.
 *
 *     bytes -> article -> tokens -+-> claims -> taint -+-> 19 signals -> ledger -+-> verdict, reasons
 *                                 |                    |                         |
 *                                 +-> style            +-> findings -------------+
 *
 * Invariants: every failing cause stands in `reasons`; what is suppressed, waived or in the baseline never fails but is
 * still in the lists; the ledger's points add up to the score exactly as printed.
 * Not here: how anything is measured (signals, facts), read (config) or shown (report).
 */
#include "gate/gate.h"

#include "gate/suppress.h"

#include <math.h>

enum { MAX_STYLE_NAME_SHOWN = 60 };

static int memory_error(error *e) { return error_set(e, ERROR_MEMORY, "out of memory while judging an article"); }

static int add_finding(arena *a, finding_list *list, const char *rule, enum level level, span where, str message,
                       error *e) {
    finding f = {.rule = str_from_cstr(rule), .level = level, .message = message, .where = where};
    return message.p && VEC_PUSH(a, list, f) ? ERROR_NONE : memory_error(e);
}

/* ---- style ----------------------------------------------------------------------------------------------------- */

static int unknown_style_option(const ruleset *rules, str name, error *e) {
    str nearest = {0};
    ruleset_style(rules, name, &nearest);
    char known[300] = "";
    size_t used = 0;
    for (uint32_t i = 0; i < rules->style_count; i++) {
        size_t need = (size_t)rules->styles[i].name.n + 2;
        if (used + need >= sizeof known) break;
        if (used) memcpy(known + used, ", ", 2), used += 2;
        memcpy(known + used, rules->styles[i].name.p, (size_t)rules->styles[i].name.n);
        used += (size_t)rules->styles[i].name.n;
    }
    str_hint_text hint = str_hint(name, nearest);
    return error_set(e, ERROR_USAGE, "unknown style '%.*s'%s Known: %s", STR_ARG(name), *hint.text ? hint.text : ".",
                     known);
}

static int style_by_option(const ruleset *rules, str name, const style **out, error *e) {
    *out = NULL;
    if (name.n == 0) return ERROR_NONE;
    *out = ruleset_style(rules, name, NULL);
    return *out ? ERROR_NONE : unknown_style_option(rules, name, e);
}

/* The article's own declaration counts only where the operator has fixed none. */
static int choose_style(arena *a, const gate_options *options, judgement *out, error *e) {
    const ruleset *rules = options->rules;
    const style *forced, *fallback;
    int status = style_by_option(rules, options->style, &forced, e);
    if (!status) status = style_by_option(rules, options->default_style, &fallback, e);
    if (status) return status;
    if (!fallback) fallback = &rules->styles[rules->default_style];
    out->style = forced ? forced : fallback;
    out->style_declared = false;
    const field *declared = article_field(&out->article, "style");
    if (forced) return ERROR_NONE;
    /* An untrusted draft does not choose its ruler: that would be the laxest one. */
    if (options->untrusted) return ERROR_NONE;
    if (!declared || declared->kind != FIELD_TEXT || declared->value.n == 0) {
        span where = declared ? declared->where : out->article.frontmatter;
        where.hi = declared ? where.hi : where.lo;
        str message = arena_printf(a, "no style is declared; judged as '%.*s'. Add 'style: NAME' to the frontmatter",
                                   STR_ARG(out->style->name));
        return add_finding(a, &out->findings, "style-missing", LEVEL_ERROR, where, message, e);
    }
    str nearest = {0};
    const style *known = ruleset_style(rules, declared->value, &nearest);
    if (!known) {
        str shown = str_slice(declared->value, 0, MAX_STYLE_NAME_SHOWN);
        if (!str_is_near(shown, nearest)) nearest = (str){NULL, 0};
        str message =
            arena_printf(a, "unknown style '%.*s'; judged as '%.*s'%s%.*s%s", STR_ARG(shown), STR_ARG(out->style->name),
                         nearest.n ? ". Did you mean '" : "", STR_ARG(nearest), nearest.n ? "'?" : "");
        return add_finding(a, &out->findings, "style-unknown", LEVEL_ERROR, declared->where, message, e);
    }
    out->style = known;
    out->style_declared = true;
    return ERROR_NONE;
}

/* The operator's levels before the style's own: lints_run takes the first that it finds. */
static int levels_over(arena *a, const gate_options *options, style *mine, error *e) {
    uint32_t all = options->rules->lint_count, n = 0;
    style_lint *lints = ARENA_ARRAY(a, style_lint, (size_t)all + mine->lint_count);
    if (!lints) return memory_error(e);
    for (uint32_t i = 0; i < all; i++)
        if (options->lint_levels[i] != GATE_LEVEL_AS_IS)
            lints[n++] = (style_lint){i, (enum level)options->lint_levels[i]};
    for (uint32_t i = 0; i < mine->lint_count; i++) lints[n++] = mine->lints[i];
    mine->lints = lints;
    mine->lint_count = n;
    return ERROR_NONE;
}

/* The style as the operator and the brief have it: their levels, its length. */
static int narrow_style(arena *a, const gate_options *options, judgement *out, error *e) {
    if (!options->lint_levels && !options->words_min && !options->words_max) return ERROR_NONE;
    style *mine = ARENA_NEW(a, style);
    if (!mine) return memory_error(e);
    *mine = *out->style;
    out->style = mine;
    if (options->words_min) mine->words_min = options->words_min;
    if (options->words_max) mine->words_max = options->words_max;
    return options->lint_levels ? levels_over(a, options, mine, e) : ERROR_NONE;
}

/* ---- claims as findings ---------------------------------------------------------------------------------------- */

static int claims_to_findings(arena *a, const gate_options *options, judgement *out, error *e) {
    for (size_t i = 0; i < out->claims.n; i++) {
        const claim *c = &out->claims.at[i];
        bool contradicted = c->verdict == VERDICT_CONTRADICTED;
        bool unproved =
            c->verdict == VERDICT_UNVERIFIED && c->credit_bearing && options->fail_claims == CLAIMS_UNVERIFIED;
        if (!contradicted && !unproved) continue;
        str message, more = str_eq(c->why, c->says) ? (str){NULL, 0} : c->why;
        if (contradicted && c->says.n)
            message = arena_printf(a, "'%.*s' is contradicted: %.*s says %.*s%s%.*s", STR_ARG(c->quote),
                                   STR_ARG(c->fact), STR_ARG(c->says), more.n ? ": " : "", STR_ARG(more));
        else if (contradicted)
            message = arena_printf(a, "'%.*s' is contradicted: %.*s", STR_ARG(c->quote), STR_ARG(c->why));
        else
            message = arena_printf(a, "'%.*s' is not in the manifest: remove it, or let the operator declare it",
                                   STR_ARG(c->quote));
        finding f = {.rule = contradicted ? STR("truth-contradicted") : STR("truth-unverified"),
                     .level = options->fail_claims == CLAIMS_NEVER ? LEVEL_WARNING : LEVEL_ERROR,
                     .message = message,
                     .where = c->where,
                     .suppressed = c->waived,
                     .waived = c->waived,
                     .claim = (uint32_t)i + 1,
                     .reason = c->waiver_reason};
        if (!message.p || !VEC_PUSH(a, &out->findings, f)) return memory_error(e);
    }
    return ERROR_NONE;
}

/* Facts that an article about the operation must tell: one for so many words, up to so many. docs/FIRST-CONTACT.md has
 * how many honest and fabricated articles tell fewer. */
enum { WORDS_A_FACT = 200, FACTS_ENOUGH = 5 };

/* What the manifest knows nothing of was not judged, however well it reads: that is no pass. */
static int ask_for_facts(arena *a, const gate_options *options, judgement *out, error *e) {
    uint32_t words = out->measured.words, had = out->claims.facts_told;
    uint32_t needed = words / WORDS_A_FACT < FACTS_ENOUGH ? words / WORDS_A_FACT : FACTS_ENOUGH;
    if (!out->claims.vouching || had >= needed) return ERROR_NONE;
    finding f = {.rule = STR("truth-thin"),
                 .level = options->fail_claims == CLAIMS_NEVER ? LEVEL_WARNING : LEVEL_ERROR,
                 .message =
                     arena_printf(a,
                                  "it tells %u of the manifest's facts; %u words about the operation need %u: say what "
                                  "the manifest knows, or let the operator declare what the article says",
                                  had, words, needed)};
    return f.message.p && VEC_PUSH(a, &out->findings, f) ? ERROR_NONE : memory_error(e);
}

/* ---- ledger ---------------------------------------------------------------------------------------------------- */

/* Points are kept to a thousandth so that what is printed adds up to what is compared. */
static double to_thousandth(double points) { return round(points * 1000) / 1000 + 0.0; } /* + 0.0: no "-0" */

static void fill_ledger(judgement *out, const ruleset *rules) {
    double score = 0;
    for (int id = 0; id < SIGNAL_COUNT; id++) {
        ledger_line *line = &out->ledger[id];
        const signal_value *measured = &out->measured.signals[id];
        *line = (ledger_line){.signal = (enum signal_id)id,
                              .value = measured->value,
                              .paid = measured->paid,
                              .cap = out->style->caps[id],
                              .weight = out->style->weights[id]};
        bool negative = rules->signals[id].negative;
        double units = fmin(line->paid, line->cap);
        double earned = units;
        double unproved = fmin(line->value, line->cap) - units;
        bool of_fact = !out->claims.vouching || !signal_is_of_no_fact((enum signal_id)id);
        if (!negative && of_fact && unproved > 0) earned += unproved * out->style->unverified_share;
        line->points = to_thousandth(line->weight * earned * (negative ? -1 : 1));
        score += line->points;
    }
    uint32_t contradictions = 0;
    for (size_t i = 0; i < out->claims.n; i++)
        contradictions += out->claims.at[i].verdict == VERDICT_CONTRADICTED && !out->claims.at[i].waived;
    out->contradiction_points = -to_thousandth(out->style->contradiction_cost * contradictions);
    out->score = to_thousandth(score + out->contradiction_points);
}

/* A claim that the baseline knows is let stand as a waived one is, and counted as one. It was not waived when the
 * article was measured, and keeps its cost: the ratchet allows for the score that it had. */
static void count_known_claims(judgement *out) {
    for (size_t i = 0; i < out->findings.n; i++) {
        const finding *f = &out->findings.at[i];
        if (!f->claim || !f->baseline) continue;
        claim *c = &out->claims.at[f->claim - 1];
        if (c->waived || c->known) continue;
        c->known = true;
        c->waiver_reason = f->reason;
        out->claims.coverage.waived++;
        out->claims.coverage.known++;
    }
}

/* ---- verdict --------------------------------------------------------------------------------------------------- */

typedef struct reason_list {
    str *at;
    size_t n, capacity;
} reason_list;

static bool of_a_claim(const finding *f) { return str_starts(f->rule, STR("truth-")); }

bool gate_fails(const judgement *judged, const finding *f) {
    if (f->suppressed || f->baseline) return false;
    return of_a_claim(f) ? judged->fail_claims != CLAIMS_NEVER : f->level >= judged->fail_level;
}

static int give_reasons(arena *a, judgement *out, error *e) {
    reason_list reasons = {0};
    uint32_t failing = 0, contradicted = 0, unproved = 0;
    for (size_t i = 0; i < out->findings.n; i++) {
        const finding *f = &out->findings.at[i];
        if (!gate_fails(out, f)) continue;
        if (str_eq(f->rule, STR("truth-contradicted")))
            contradicted++;
        else if (str_eq(f->rule, STR("truth-unverified")))
            unproved++;
        else
            failing++;
    }
    bool ok = true;
    if (out->score < out->minimum)
        ok = ok && VEC_PUSH(a, &reasons,
                            arena_printf(a, "score %g is below the minimum %g of style '%.*s'", out->score,
                                         out->minimum, STR_ARG(out->style->name)));
    if (contradicted)
        ok = ok && VEC_PUSH(a, &reasons,
                            arena_printf(a, "%u claim%s contradicted by the manifest", contradicted,
                                         contradicted == 1 ? " is" : "s are"));
    if (unproved)
        ok = ok &&
             VEC_PUSH(a, &reasons,
                      arena_printf(a, "%u claim%s not in the manifest", unproved, unproved == 1 ? " is" : "s are"));
    if (failing)
        ok = ok && VEC_PUSH(a, &reasons,
                            arena_printf(a, "%u finding%s at level '%s' or above", failing, failing == 1 ? "" : "s",
                                         level_name(out->fail_level)));
    for (size_t i = 0; ok && i < reasons.n; i++) ok = reasons.at[i].p != NULL;
    if (!ok) return memory_error(e);
    out->reasons = reasons.at;
    out->reason_count = (uint32_t)reasons.n;
    out->passed = reasons.n == 0;
    return ERROR_NONE;
}

static int measure(arena *a, const gate_options *options, judgement *out, error *e) {
    uint8_t *sentences = ARENA_ARRAY(a, uint8_t, out->article.sentence_count);
    uint8_t *blocks = ARENA_ARRAY(a, uint8_t, out->article.block_count);
    if (!sentences || !blocks) return memory_error(e);
    taint places;
    bool some = facts_taint(&out->article, &out->claims, sentences, blocks, &places);
    return signals_measure(a, options->rules, &out->article, &out->tokens, some ? &places : NULL, &out->measured, e);
}

int gate_judge(arena *a, const gate_options *options, str path, str source, judgement *out, error *e) {
    memset(out, 0, sizeof *out);
    /* Without a manifest no claim is read, and so none would ever be found unverified. */
    if (options->fail_claims == CLAIMS_UNVERIFIED && !options->manifest)
        return error_at(e, ERROR_USAGE, path, 0, 0, "there is no manifest to verify its claims with");
    out->fail_level = options->fail_level == LEVEL_OFF ? LEVEL_ERROR : options->fail_level;
    out->fail_claims = options->fail_claims;
    int status = article_parse(a, path, source, &options->article, &out->article, e);
    if (!status) status = lex_article(a, &out->article, &out->tokens, e);
    if (!status) status = choose_style(a, options, out, e);
    if (!status) status = narrow_style(a, options, out, e);
    if (status) return error_in_file(e, path), status;
    facts_options facts = {.about_ours = options->about_ours,
                           .untrusted = options->untrusted,
                           .granted = options->granted,
                           .granted_count = options->granted_count};
    status = facts_judge(a, options->manifest, &out->article, &out->tokens, &facts, &out->claims, &out->findings, e);
    if (!status && options->waive) {
        finding_list none = {0};
        if (!options->waive(options->waive_context, a, &out->article, &out->claims, &none)) status = memory_error(e);
    }
    if (!status) status = measure(a, options, out, e);
    if (!status)
        status =
            lints_run(a, options->rules, out->style, &out->article, &out->tokens, &out->measured, &out->findings, e);
    if (!status) status = claims_to_findings(a, options, out, e);
    if (!status) status = ask_for_facts(a, options, out, e);
    if (!status)
        status = suppressions_apply(a, options->rules, &out->article, options->untrusted, &out->findings,
                                    &out->suppressed, e);
    if (!status && options->waive &&
        !options->waive(options->waive_context, a, &out->article, &out->claims, &out->findings))
        status = memory_error(e);
    if (status) return error_in_file(e, path), status;
    out->suppressed = 0;
    for (size_t i = 0; i < out->findings.n; i++) {
        const finding *f = &out->findings.at[i];
        out->suppressed += f->suppressed && !f->waived;
        out->waived += f->waived && !of_a_claim(f);
    }
    count_known_claims(out);
    finding_list_sort(&out->findings);
    fill_ledger(out, options->rules);
    out->minimum = options->minimum;
    if (isnan(out->minimum)) /* the published ruler pays with a manifest what it pays without one */
        out->minimum =
            out->claims.vouching && !options->rules->published ? out->style->vouched_minimum : out->style->minimum;
    out->ratcheted = options->ratchet < out->minimum; /* false for NaN */
    if (out->ratcheted) out->minimum = options->ratchet;
    return give_reasons(a, out, e);
}
