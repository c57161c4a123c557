/* proof_condition.c - does the sentence state a sibling's condition in place of the fact's own?
 *
 *     where: {page_cache: cold}  214 s        "from a warm page cache it loads in 214 s"       the sibling's: no proof
 *     where: {page_cache: warm}   96 s        "cold it takes 214 s, from a warm cache 96 s"    its own: proof
 *                                             "214 s, far longer than from a warm cache"       held against: proof
 *
 * In: a question, a benchmark that agrees. Out: whether the number's clause (its sentence, where no other number of the
 * sort stands in it) says, for a key of the fact's conditions, the value that another benchmark of the metric has for
 * it, and the sentence not the fact's own. Versions are proof.c's, numbers where some other one is met too
 * proof_subject.c's. A word that says little by itself, "on", "local", counts beside its key only.
 */
#include "facts/numbers/proofs.h"

#include <math.h>

enum { GROUP_READ = 64, VALUE_WORDS = 6, KEY_REACH = 4, WORDS_READ = 256 };

typedef struct spoken { /* a condition's value, as words */
    str at[VALUE_WORDS];
    uint32_t n;
    bool ends; /* of two things: "lamp1-lamp2" is "between lamp1 and lamp2", too */
} spoken;

static spoken spoken_of(const fact_condition *c) {
    spoken s = {.n = 0};
    uint32_t at = 0, lo, hi;
    str value = c->of->value;
    while (s.n < VALUE_WORDS && fact_word_next(value, &at, &lo, &hi))
        s.at[s.n++] = str_slice(value, (ptrdiff_t)lo, (ptrdiff_t)hi);
    s.ends = s.n == 2 && s.at[0].n > 3 && s.at[1].n > 3 && str_find_byte(value, '-', 0) > 0;
    return s;
}

static bool is_word(const passage *p, uint32_t i, str name) {
    return str_eq_nocase(surface_slice(p->on, p->words[i].lo, p->words[i].hi), name);
}

static bool starts_at(const passage *p, uint32_t i, const spoken *s) {
    for (uint32_t k = 0; k < s->n; k++)
        if (i + k >= p->word_count || !is_word(p, i + k, s->at[k])) return false;
    return s->n > 0;
}

static bool holds(const passage *p, text_range scope, str name) {
    for (uint32_t i = 0; i < p->word_count && i < WORDS_READ; i++)
        if (p->words[i].lo >= scope.lo && p->words[i].hi <= scope.hi && is_word(p, i, name)) return true;
    return false;
}

/* Does the condition's key stand at most `reach` words from word `i`? */
static bool key_near(const passage *p, uint32_t i, const fact_condition *c, uint32_t reach) {
    for (uint32_t k = i > reach ? i - reach : 0; k < p->word_count && k <= i + reach; k++)
        if (k != i && p->words[k].stem == c->key) return true;
    return false;
}

static bool says_little(const passage *p, uint32_t i) {
    return p->words[i].hi - p->words[i].lo < 3 || p->words[i].cues & CUE_STOP ||
           word_in(p, i, "off low high hot old new before after local direct batch production idle main none");
}

/* "longer than from a warm cache", "before 4.2.0": held against, or another time's. */
static bool is_held_against(const passage *p, uint32_t i) {
    for (uint32_t n = 0; i > 0 && n < 4; n++) {
        i--;
        if (word_in(p, i, "than unlike versus vs against instead not without compared before until after since rather"))
            return true;
        if (n && strchr(",;:", p->on->text.p[p->words[i].hi])) return false;
    }
    return false;
}

/* "between lamp1 and lamp2", "from lamp2 to lamp1", "lamp1-lamp2" */
static bool joins_ends(const passage *p, text_range scope, const spoken *s) {
    for (uint32_t i = 0; i + 1 < p->word_count && i < WORDS_READ; i++) {
        uint32_t k = word_in(p, i + 1, "and to") ? i + 2 : i + 1;
        if (k >= p->word_count || p->words[i].lo < scope.lo || p->words[k].hi > scope.hi) continue;
        if ((is_word(p, i, s->at[0]) && is_word(p, k, s->at[1])) ||
            (is_word(p, i, s->at[1]) && is_word(p, k, s->at[0])))
            return true;
    }
    return false;
}

/* Does the scope say the value? Not where the longer `except` begins with it: "large-v3" of "large-v3-turbo". */
static bool says_words(const passage *p, text_range scope, const fact_condition *c, const fact_condition *except,
                       bool own) {
    const spoken value = spoken_of(c), longer = spoken_of(except);
    if (value.ends && joins_ends(p, scope, &value)) return true;
    if (value.ends && holds(p, scope, value.at[0]) && holds(p, scope, value.at[1])) /* "lamp2 sees lamp1 in 0.42 ms" */
        return !own || !longer.ends || !joins_ends(p, scope, &longer);
    for (uint32_t i = 0; i < p->word_count && i < WORDS_READ; i++) {
        if (p->words[i].lo < scope.lo || p->words[i].hi > scope.hi || !starts_at(p, i, &value)) continue;
        if (longer.n > value.n && starts_at(p, i, &longer)) continue;
        if (value.n == 1 && says_little(p, i) && !key_near(p, i, c, KEY_REACH)) continue;
        if (own || !is_held_against(p, i)) return true;
    }
    return false;
}

/* Does the scope say the number or the size beside its key? */
static bool says_number(const question *q, text_range scope, const fact_condition *c) {
    const passage *p = q->p;
    for (uint32_t i = p->token_lo; i < p->token_hi && i - p->token_lo < 64; i++) {
        const token *t = &p->on->tokens[i];
        if (t->text.lo < scope.lo || t->text.hi > scope.hi || t->text.lo == q->t->text.lo || !t->value.valid) continue;
        if (t->kind != TOKEN_NUMBER && t->kind != TOKEN_QUANTITY) continue;
        if (c->dimension) {
            measure m;
            uint32_t w = passage_word_before(p, t->text.lo);
            if (t->kind != TOKEN_QUANTITY || !measure_of_token(p->on, t, &m) || m.dimension != c->dimension) continue;
            if (fabs(m.value - c->base) <= 1e-9 * fabs(c->base) && w != UINT32_MAX && key_near(p, w, c, KEY_REACH))
                return true;
        } else if (number_has_key(p, t, c->key) &&
                   fabs(decimal_to_f64(t->value) - c->value) < 1e-9 * (1 + fabs(c->value))) {
            return true;
        }
    }
    return false;
}

static bool is_said(const question *q, text_range scope, const fact_condition *c, const fact_condition *except,
                    bool own) {
    bool text =
        byte_is_alpha(c->of->value.p[c->of->value.n - 1]) && str_find_byte(c->of->value, ' ', 0) < 0; /* "128K" */
    if (c->is_number || c->dimension)
        return says_number(q, scope, c) || (text && says_words(q->p, scope, c, except, own));
    return says_words(q->p, scope, c, except, own);
}

/* Is the value a name of one of the fact's owners: the "solr" of what was measured with solr? */
static bool calls_owner(const question *q, const numeric_fact *f, const fact_condition *c) {
    const spoken value = spoken_of(c);
    for (uint32_t o = 0; o < f->owner_count; o++) {
        uint32_t count, met = 0;
        const uint64_t *stems = fact_index_entity_stems(q->j->index, f->owners[o], &count);
        for (uint32_t k = 0; k < value.n; k++)
            for (uint32_t i = 0; i < count; i++)
                if (stems[i] == fact_stem(value.at[k])) {
                    met++;
                    break;
                }
        if (value.n && met == value.n) return true;
    }
    return false;
}

static bool is_release(str value) { return byte_is_digit(value.p[0]) && str_find_byte(value, '.', 0) > 0; }

/* Is there no other number of this sort in the sentence, but for values of the fact's own keys: "with a timeout of 30 s
 * it takes 41 s"? */
static bool is_only_measurement(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    for (uint32_t i = p->token_lo; i < p->token_hi; i++) {
        const token *t = &p->on->tokens[i];
        if (t->text.lo < q->t->text.hi && t->text.hi > q->t->text.lo) continue;
        if (t->kind != TOKEN_QUANTITY || unit_get(t->unit)->dimension != q->m.dimension) continue;
        uint32_t w = passage_word_before(p, t->text.lo);
        bool condition = false;
        for (uint32_t c = 0; c < f->condition_count; c++)
            condition = condition || number_has_key(p, t, f->conditions[c].key) ||
                        (w != UINT32_MAX && key_near(p, w + 1, &f->conditions[c], KEY_REACH));
        if (!condition) return false;
    }
    for (uint32_t i = 0; i < p->word_count && i < WORDS_READ; i++) /* "takes a quarter of a millisecond" */
        if (word_in(p, i, "half quarter third")) return false;
    return true;
}

/* Does the sentence say the sibling's number, too? Then what is said of its case goes with that one. */
static bool number_is_said(const question *q, const numeric_fact *x) {
    const passage *p = q->p;
    for (uint32_t i = p->token_lo; i < p->token_hi && i - p->token_lo < 64; i++) {
        const token *t = &p->on->tokens[i];
        measure m;
        if ((t->text.lo < q->t->text.hi && t->text.hi > q->t->text.lo) || !t->value.valid) continue;
        if (t->kind == TOKEN_QUANTITY && measure_of_token(p->on, t, &m) && m.dimension == x->dimension &&
            fabs(m.value - x->base) <= x->tolerance + m.half + 1e-9 * fabs(x->base))
            return true;
        double bare = decimal_to_f64(t->value);
        if ((t->kind == TOKEN_NUMBER || t->kind == TOKEN_QUANTITY) && fabs(bare - x->shown) <= 1e-6 * fabs(bare))
            return true;
    }
    return false;
}

/* Has a sibling the value in this key whose number the sentence says, or that agrees with ours? */
static bool goes_with_sibling(const question *q, const numeric_fact *f, const fact_condition *value) {
    uint32_t count;
    const uint32_t *group = fact_index_group(q->j->index, f->group, &count);
    for (uint32_t i = 0; i < count && i < GROUP_READ; i++) {
        const numeric_fact *x = &q->facts[group[i]];
        for (uint32_t n = 0; n < x->condition_count && x != f; n++)
            if (str_eq_nocase(x->conditions[n].of->key, value->of->key) &&
                str_eq_nocase(x->conditions[n].of->value, value->of->value) &&
                (candidate_agrees(q, x) || number_is_said(q, x)))
                return true;
    }
    return false;
}

bool proof_is_of_another_condition(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    if (q->change || q->elliptic || question_is_of_a_pair(q)) return false;
    const text_range whole = {p->text.lo, p->text.hi}, clause = {q->near.clause.lo, q->near.clause.hi};
    const bool only = is_only_measurement(q, f);
    uint32_t count;
    const uint32_t *group = fact_index_group(q->j->index, f->group, &count);
    for (uint32_t c = 0; c < f->condition_count; c++) {
        const fact_condition *own = &f->conditions[c];
        if (!own->of->value.n || is_release(own->of->value)) continue;
        for (uint32_t i = 0; i < count && i < GROUP_READ; i++) {
            const numeric_fact *x = &q->facts[group[i]];
            for (uint32_t n = 0; n < x->condition_count && x != f; n++) {
                const fact_condition *theirs = &x->conditions[n];
                if (!str_eq_nocase(theirs->of->key, own->of->key) || !theirs->of->value.n ||
                    str_eq_nocase(theirs->of->value, own->of->value))
                    continue;
                bool dated = own->month || theirs->month;
                bool said = dated
                                ? only && fact_is_dated(p, x) && !fact_is_dated(p, f)
                                : !calls_owner(q, f, theirs) && is_said(q, only ? whole : clause, theirs, own, false) &&
                                      !is_said(q, whole, own, theirs, true);
                if (said && !goes_with_sibling(q, f, theirs)) return true;
            }
        }
    }
    return false;
}

bool proof_is_in_own_condition(const question *q, const numeric_fact *f, const numeric_fact *other) {
    const text_range whole = {q->p->text.lo, q->p->text.hi};
    for (uint32_t c = 0; c < f->condition_count && q->p->kind == PASSAGE_SENTENCE; c++)
        for (uint32_t n = 0; n < other->condition_count; n++) {
            const fact_condition *own = &f->conditions[c], *theirs = &other->conditions[n];
            if (!str_eq_nocase(theirs->of->key, own->of->key) || str_eq_nocase(theirs->of->value, own->of->value))
                continue;
            if (own->month || theirs->month || is_release(own->of->value) || !spoken_of(own).ends) continue;
            if (is_said(q, whole, own, theirs, true) && !is_said(q, whole, theirs, own, true)) return true;
        }
    return false;
}
