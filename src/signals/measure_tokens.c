/* measure_tokens.c - signals that are read off the technical lexer's tokens.
 *
 * In: tokens in text order. Out: hits, each with the key by which repetitions are told. The lexer decides what a
 * version, a path or a quantity is; here is decided only where it counts (scopes); when two are the same,
 * measure_keys.c says.
 */
#include "signals/measure.h"

/* Whether a token stands where the rule counts. */
static bool in_scope(const measuring *m, const signal_rule *rule, const token *k) {
    if (article_is_struck(m->art, k->text)) return false; /* what is taken back is not told */
    if (k->sentence == BLOCK_NONE) return m->art->blocks[k->block].kind == BLOCK_CODE && (rule->scopes & SCOPE_CODE);
    if (!(rule->scopes & matcher_sentence_scope(&m->art->sentences[k->sentence]))) return false;
    return !(k->flags & TOKEN_IN_CODE) || (rule->scopes & SCOPE_INLINE_CODE);
}

/* A specific earns only where a fact vouches for it. */
static int add_token(measuring *m, tally *t, const token *k, str key) {
    if (!key.p) return measure_no_memory(m);
    int status = tally_add(m, t, k->text, k->sentence, k->block, key);
    if (!status) tally_vouch(m, t, k->text);
    return status;
}

/* ---- versions ---------------------------------------------------------------------------------------------------- */

typedef struct name_set {
    str *slots;
    size_t mask;
} name_set;

static bool set_new(measuring *m, name_set *set, size_t most) {
    size_t slots = 16;
    while (slots < most * 2) slots *= 2;
    set->slots = ARENA_ARRAY(m->a, str, slots);
    set->mask = slots - 1;
    return set->slots != NULL;
}

static bool set_has(const name_set *set, str name, size_t *slot) {
    *slot = (size_t)str_hash_nocase(name) & set->mask;
    for (; set->slots[*slot].p; *slot = (*slot + 1) & set->mask)
        if (str_eq_nocase(set->slots[*slot], name)) return true;
    return false;
}

static bool is_version(const token *k) {
    return k->kind == TOKEN_VERSION || k->kind == TOKEN_CONSTRAINT ||
           (k->kind == TOKEN_IMAGE && k->core.hi > k->core.lo && k->core.lo != k->text.lo);
}

static str version_core(const article *art, const token *k) {
    str core = article_text(art, k->core);
    if (core.n > 1 && (core.p[0] == 'v' || core.p[0] == 'V') && byte_is_digit(core.p[1])) core.p++, core.n--;
    return core;
}

/* (component, version) is what counts. The first component that a version number is seen with owns the bare number: a
 * mention without a component is a repetition of it; the same number of another component gets a key of its own. */
int measure_versions(measuring *m, const signal_rule *rule, tally *t) {
    name_set owners;
    uint32_t versions = 0;
    for (uint32_t i = 0; i < m->tokens->n; i++) versions += is_version(&m->tokens->at[i]);
    if (!set_new(m, &owners, versions)) return measure_no_memory(m);
    str *subject_of = ARENA_ARRAY(m->a, str, owners.mask + 1); /* component that `owners` saw the core with */
    if (!subject_of) return measure_no_memory(m);
    for (uint32_t i = 0; i < m->tokens->n; i++) {
        const token *k = &m->tokens->at[i];
        size_t slot;
        if (!is_version(k) || !in_scope(m, rule, k) || set_has(&owners, version_core(m->art, k), &slot)) continue;
        owners.slots[slot] = version_core(m->art, k); /* never empty, so a taken slot is seen */
    }
    for (uint32_t i = 0; i < m->tokens->n; i++) {
        const token *k = &m->tokens->at[i];
        if (!is_version(k) || !in_scope(m, rule, k)) continue;
        str key = version_core(m->art, k), subject = article_text(m->art, k->subject);
        size_t slot;
        if (subject.n && set_has(&owners, key, &slot)) {
            if (!subject_of[slot].p)
                subject_of[slot] = subject;
            else if (!str_eq_nocase(subject_of[slot], subject)) {
                key = arena_printf(m->a, "%.*s of %.*s", STR_ARG(key), STR_ARG(subject));
                if (!key.p) return measure_no_memory(m);
            }
        }
        int status = add_token(m, t, k, key);
        if (status) return status;
    }
    return ERROR_NONE;
}

/* ---- paths, errors, quantities ----------------------------------------------------------------------------------- */

int measure_paths(measuring *m, const signal_rule *rule, tally *t) {
    for (uint32_t i = 0; i < m->tokens->n; i++) {
        const token *k = &m->tokens->at[i];
        if (k->kind != TOKEN_PATH || !in_scope(m, rule, k)) continue;
        int status = add_token(m, t, k, measure_path_key(m, k));
        if (status) return status;
    }
    return ERROR_NONE;
}

int measure_errors(measuring *m, const signal_rule *rule, tally *t) {
    for (uint32_t i = 0; i < m->tokens->n; i++) {
        const token *k = &m->tokens->at[i];
        if (k->kind != TOKEN_ERROR || !in_scope(m, rule, k) || measure_error_is_source(m, k)) continue;
        int status = add_token(m, t, k, measure_error_key(m, k));
        if (status) return status;
    }
    return ERROR_NONE;
}

int measure_quantities(measuring *m, const signal_rule *rule, tally *t) {
    for (uint32_t i = 0; i < m->tokens->n; i++) {
        const token *k = &m->tokens->at[i];
        if (k->kind != TOKEN_QUANTITY || !in_scope(m, rule, k)) continue;
        int status = add_token(m, t, k, measure_quantity_key(m, k));
        if (status) return status;
    }
    return ERROR_NONE;
}

/* ---- comparisons ------------------------------------------------------------------------------------------------- */

static const char *const comparatives[] = {"faster", "slower",  "higher",  "lower",  "larger",  "smaller",
                                           "longer", "shorter", "better",  "worse",  "more",    "less",
                                           "fewer",  "cheaper", "quicker", "bigger", "greater", "heavier",
                                           "hotter", "cooler",  "warmer",  "colder", "as",      "the"};

/* End of the comparative among the next two words behind a ratio or percentage ("the" and "as" for "twice the", "2x as
 * fast"); 0 when there is none. */
static uint32_t comparative_end(const measuring *m, const token *k, const uint64_t *hashes) {
    const sentence *s = &m->art->sentences[k->sentence];
    uint32_t index = s->word_lo, hi = s->word_hi;
    while (index < hi) { /* first word behind the token's number */
        uint32_t mid = index + (hi - index) / 2;
        if (m->art->words[mid].lo < k->core.hi)
            index = mid + 1;
        else
            hi = mid;
    }
    bool ratio = (k->flags & TOKEN_RATIO) != 0;
    for (uint32_t i = index; i < s->word_hi && i < index + 3; i++)
        for (size_t c = 0; c < COUNT_OF(comparatives) - (ratio ? 0 : 2); c++)
            if (m->art->words[i].hash == hashes[c]) return m->art->words[i].hi;
    return 0;
}

static bool text_between_is(const article *art, const token *a, const token *b, str wanted) {
    if (b->text.lo < a->text.hi || b->text.lo - a->text.hi > 24) return false;
    str between = str_trim(article_text(art, (text_range){a->text.hi, b->text.lo}));
    return str_starts(between, wanted);
}

static bool from_stands_before(const article *art, const token *k) {
    str before = str_slice(art->text, (ptrdiff_t)k->text.lo - 40, (ptrdiff_t)k->text.lo);
    for (ptrdiff_t at = 0; (at = str_find(before, STR("rom "), at)) >= 0; at++)
        if (at > 0 && byte_lower(before.p[at - 1]) == 'f') return true;
    return false;
}

int measure_comparisons(measuring *m, const signal_rule *rule, tally *t) {
    uint64_t hashes[COUNT_OF(comparatives)];
    for (size_t i = 0; i < COUNT_OF(comparatives); i++) hashes[i] = str_hash(str_from_cstr(comparatives[i]));
    const token *before = NULL;
    for (uint32_t i = 0; i < m->tokens->n; i++) {
        const token *k = &m->tokens->at[i];
        if (k->sentence == BLOCK_NONE || !in_scope(m, rule, k)) continue;
        text_range range = k->text;
        bool counts = false;
        if (k->kind == TOKEN_QUANTITY || k->kind == TOKEN_NUMBER) {
            bool part = (k->flags & TOKEN_RATIO) ||
                        (k->kind == TOKEN_QUANTITY && unit_get(k->unit) && unit_get(k->unit)->dimension == DIM_PERCENT);
            uint32_t end = part ? comparative_end(m, k, hashes) : 0;
            counts = (k->flags & TOKEN_CHANGE) || end;
            if (end > range.hi) range.hi = end; /* "3.2x slower" and "slower than the old one" are one comparison */
        } else if (k->kind == TOKEN_VERSION) {
            counts = before && before->sentence == k->sentence && text_between_is(m->art, before, k, STR("to")) &&
                     from_stands_before(m->art, before);
            if (counts) range.lo = before->text.lo;
            before = k;
        }
        if (!counts) continue;
        int status = tally_add(m, t, range, k->sentence, k->block, (str){NULL, 0});
        if (status) return status;
        tally_vouch(m, t, k->kind == TOKEN_VERSION ? range : k->text);
    }
    return ERROR_NONE;
}

/* ---- time -------------------------------------------------------------------------------------------------------- */

static const char *const durations[] = {"for",   "after", "within", "every", "in",    "last",   "next",  "past",
                                        "first", "until", "before", "took",  "takes", "lasted", "lasts", "each"};

/* "for 30 s", "after 9 minutes": the word before the duration says that it is an event. */
static bool duration_is_event(const measuring *m, const token *k, const uint64_t *hashes) {
    const unit_info *unit = unit_get(k->unit);
    if (k->unit == UNIT_NONE || !unit || unit->dimension != DIM_TIME) return false;
    uint32_t index = article_word_at(m->art, k->core.lo);
    const sentence *s = &m->art->sentences[k->sentence];
    if (index == BLOCK_NONE) return false;
    for (uint32_t back = 0; back < 3 && index > s->word_lo + back; back++)
        for (size_t i = 0; i < COUNT_OF(durations); i++)
            if (m->art->words[index - 1 - back].hash == hashes[i]) return true;
    return false;
}

int measure_temporal(measuring *m, const signal_rule *rule, tally *t) {
    uint64_t hashes[COUNT_OF(durations)];
    for (size_t i = 0; i < COUNT_OF(durations); i++) hashes[i] = str_hash(str_from_cstr(durations[i]));
    for (uint32_t i = 0; i < m->tokens->n; i++) {
        const token *k = &m->tokens->at[i];
        if (k->sentence == BLOCK_NONE || !in_scope(m, rule, k)) continue;
        bool counts = k->kind == TOKEN_DATE || k->kind == TOKEN_TIME ||
                      (k->kind == TOKEN_QUANTITY && duration_is_event(m, k, hashes));
        if (!counts) continue;
        int status = add_token(m, t, k, article_text(m->art, k->text));
        if (status) return status;
    }
    return ERROR_NONE;
}
