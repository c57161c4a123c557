/* judge.c - the truth stage, from an article to claims with verdicts.
 *
 *     surfaces ─► about us? ─► terminal, processes, exposes, commands, existence, versions, places, locations,
 * quantities ─► physics
 *
 * In: article, tokens, manifest. Out: claims in the order of the source, the coverage, physics findings. The judges run
 * from the most specific reading of a place to the most general: what one has judged, the next passes over. Without a
 * manifest there are no claims, only physics. Time is linear in the article times the logarithm of the manifest; memory
 * is the caller's arena. No model, no network, no clock: the same bytes give the same claims.
 */
#include "facts/judge.h"

#include <stdlib.h>

const char *claim_kind_name(enum claim_kind kind) {
    static const char *const names[CLAIM_KIND_COUNT] = {
        "version", "hardware", "quantity", "benchmark", "place",   "host",    "port",     "service",
        "path",    "package",  "command",  "flag",      "process", "exposes", "terminal", "existence"};
    return (unsigned)kind < CLAIM_KIND_COUNT ? names[kind] : "unknown";
}

const char *stance_name(enum stance stance) {
    static const char *const names[STANCE_COUNT] = {"asserted", "negated",    "hypothetical", "instruction",
                                                    "quoted",   "historical", "requirement"};
    return (unsigned)stance < STANCE_COUNT ? names[stance] : "unknown";
}

const char *verdict_name(enum verdict verdict) {
    static const char *const names[VERDICT_COUNT] = {"supported", "under-specified", "contradicted", "unverified",
                                                     "not-about-us"};
    return (unsigned)verdict < VERDICT_COUNT ? names[verdict] : "unknown";
}

static day_number article_day(const article *art) {
    const field *date = article_field(art, "date");
    day_number day = 0;
    if (date && date->kind == FIELD_TEXT) date_parse(str_slice(str_trim(date->value), 0, 10), &day);
    return day;
}

static int compare_claims(const void *left, const void *right) {
    const claim *x = left, *y = right;
    if (x->where.lo != y->where.lo) return x->where.lo < y->where.lo ? -1 : 1;
    if (x->where.hi != y->where.hi) return x->where.hi < y->where.hi ? -1 : 1;
    if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
    if (x->verdict != y->verdict) return x->verdict < y->verdict ? -1 : 1;
    int by_fact = str_cmp(x->fact, y->fact);
    return by_fact ? by_fact : str_cmp(x->normal, y->normal);
}

static void count_coverage(claim_list *claims) {
    claims->coverage = (coverage){0};
    for (size_t i = 0; i < claims->n; i++) {
        const claim *c = &claims->at[i];
        if (c->verdict == VERDICT_NOT_ABOUT_US) {
            claims->coverage.not_about_us++;
            continue;
        }
        if (!c->credit_bearing) continue;
        claims->coverage.claims++;
        claims->coverage.supported += c->verdict == VERDICT_SUPPORTED || c->verdict == VERDICT_UNDERSPECIFIED;
        claims->coverage.contradicted += c->verdict == VERDICT_CONTRADICTED;
        claims->coverage.unverified += c->verdict == VERDICT_UNVERIFIED;
        claims->coverage.waived +=
            c->waived && (c->verdict == VERDICT_CONTRADICTED || c->verdict == VERDICT_UNVERIFIED);
    }
}

/* Struck-through text asserts nothing, whatever a judge made of it. */
static void leave_struck(const judge *j) {
    for (size_t i = 0; i < j->claims->n; i++) {
        claim *c = &j->claims->at[i];
        if (!c->struck || c->verdict == VERDICT_NOT_ABOUT_US) continue;
        c->verdict = VERDICT_UNVERIFIED;
        c->credit_bearing = false;
        c->why = STR("struck through, not asserted");
    }
}

/* Only what no fact speaks against. */
static void take_as_granted(judge *j) {
    for (size_t i = 0; i < j->claims->n && j->options->granted_count; i++) {
        claim *c = &j->claims->at[i];
        for (size_t k = 0; k < j->options->granted_count && c->verdict == VERDICT_UNVERIFIED && !c->struck; k++)
            if (c->where.lo == j->options->granted[k].lo && c->where.hi == j->options->granted[k].hi)
                c->verdict = VERDICT_SUPPORTED;
    }
}

int facts_judge(arena *a, const struct manifest *m, const article *art, const token_list *tokens,
                const facts_options *options, claim_list *claims, finding_list *findings, error *e) {
    static const facts_options plain = {0};
    judge j = {.a = a,
               .m = m,
               .art = art,
               .tokens = tokens,
               .cues = cue_table_get(),
               .options = options ? options : &plain,
               .claims = claims,
               .findings = findings};
    j.day = article_day(art);
    j.index = m ? m->numbers : NULL;
    if (!surfaces_make(&j)) return error_set(e, ERROR_MEMORY, "out of memory while reading claims");
    about_decide(&j);
    j.places = m ? version_places_make(a) : NULL;
    if (m) {
        judge_terminal(&j);
        judge_processes(&j);
        judge_exposes(&j);
        judge_commands(&j);
        judge_existence(&j);
        judge_versions(&j);
        judge_places(&j);
        judge_locations(&j);
        judge_quantities(&j);
    }
    if (!j.failed) judge_physics(&j);
    if (j.failed) return error_set(e, ERROR_MEMORY, "out of memory while judging claims");
    if (claims->n) qsort(claims->at, claims->n, sizeof *claims->at, compare_claims);
    if (m && !judge_set_right(&j)) return error_set(e, ERROR_MEMORY, "out of memory while judging claims");
    leave_struck(&j);
    take_as_granted(&j);
    count_coverage(claims);
    if (m && j.about_us && !(judge_loose(&j) && judge_vouched(&j)))
        return error_set(e, ERROR_MEMORY, "out of memory while judging claims");
    return 0;
}
