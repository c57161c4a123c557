/* doubt_former.c - what was here once, and of which the article tells that it went.
 *
 *     "When the co-op began, one of the founders installed Nagios on a spare desktop. It stayed for fourteen years."
 *     "We ran Redis on the VPS in the first year." … "In March I replaced Redis by a table."
 *
 *     "We tried SGLang on kestrel; it crashed twice."
 *
 * In: what is declared absent, said to be here. Out: the doubt, or NULL: the clause is in the past, and either the
 * sentence behind it tells how long that was so, or another sentence, the title or a heading tells that the thing was
 * left. "We installed Kafka in March. It handles …" has no end.
 */
#include "facts/verdicts/doubt.h"

enum { SENTENCES_BEHIND = 2, PASSAGES_READ = 4096, REACH_WORDS = 7 };

static const char PRESENT[] =
    "is are am has have runs run uses use handles holds keeps serves sits does do now today currently still";

/* The clause of the claim is in the past, and in nothing else. */
static bool is_told_in_past(const scene *s) {
    const passage *p = s->p;
    uint32_t from, to;
    doubt_words_of(s, s->clause, &from, &to);
    if (doubt_has(s, from, to, PRESENT)) return false;
    if (doubt_is_past(s)) return true;
    for (uint32_t i = from; i < to; i++) {
        str said = doubt_said(p, i);
        bool ed = said.n > 4 && str_ends(said, STR("ed"));
        if ((i < s->at || i >= s->after) &&
            (ed || doubt_word(p, i, "set put bought built began chose kept took wrote did")))
            return true;
    }
    return false;
}

/* "In February I threw it out", "A year later we dropped it", "It went in spring" */
static bool tells_of_end(const passage *p) {
    for (uint32_t i = 1; i < p->word_count && i < 24; i++) {
        if (!doubt_word(p, i, "it them that this everything")) continue;
        if (doubt_word(p, i - 1,
                       "dropped removed deleted replaced retired uninstalled ditched scrapped abandoned killed binned"))
            return !(i > 1 && p->words[i - 2].cues & CUE_NEGATION);
        if (doubt_word(p, i - 1, "threw took tore ripped switched turned shut gave put") &&
            doubt_word(p, i + 1, "out away down off up"))
            return true;
        if (doubt_word(p, i - 1, "of") && i > 2 && doubt_word(p, i - 2, "rid")) return true;
    }
    return false;
}

/* "It stayed for fourteen years", "It lasted until spring", "That served us well for a decade" */
static bool tells_how_long(const passage *p) {
    if (!p->word_count || !doubt_word(p, 0, "it that this they the those")) return false;
    uint32_t verb =
        doubt_find(p, 1, p->word_count < 8 ? p->word_count : 8,
                   "stayed lasted served survived lived worked did ran remained was kept held died went left outlived");
    if (verb == UINT32_MAX) return false;
    if (doubt_word(p, verb, "died went left")) return true;
    for (uint32_t i = verb + 1; i < p->word_count && i < verb + 8; i++) {
        if (doubt_word(p, i, "until till")) return true;
        if (doubt_word(p, i, "years year months weeks decade decades winter winters summers days")) return true;
        if (doubt_word(p, i, "month week day season") && doubt_word(p, i - 1, "a one")) return true; /* "for a month" */
    }
    return false;
}

/* Do words around the name at [lo, hi) tell that it was left: "we replaced X", "deleted X", "X went", "after X"? */
static bool tells_of_leaving(judge *j, passage *p, uint32_t lo, uint32_t hi) {
    static const char before[] =
        "replaced replacing replaces replace retired removed deleted uninstalled dropped ditched left decommissioned "
        "successor abandoned buried killed switched migrated moved rid",
                      behind[] = "went gone retired removed left replaced switched died replacement successor";
    passage_prepare(j, p);
    uint32_t name = 0;
    while (name < p->word_count && p->words[name].hi <= lo) name++;
    for (uint32_t i = name; i > 0 && name - i < REACH_WORDS; i--) {
        if (p->words[i - 1].cues & CUE_NEGATION) return false;
        if (doubt_word(p, i - 1, "with by to") && i == name) return false; /* "replaced X with this one" */
        if (doubt_word(p, i - 1, before)) return true;
    }
    while (name < p->word_count && p->words[name].lo < hi) name++;
    for (uint32_t i = name; i < p->word_count && i < name + 4; i++) {
        if (p->words[i].cues & CUE_NEGATION) return false;
        if (doubt_word(p, i, behind)) return true;
    }
    return false;
}

/* "We tried SGLang on kestrel; it crashed twice, so vLLM stayed": a trial, of which nothing says that it was kept. */
static bool is_trial(const scene *s) {
    const passage *p = s->p;
    uint32_t verb = s->at;
    while (verb > s->first && s->at - verb < 3 && doubt_word(p, verb - 1, "out a an the also even briefly once"))
        verb--;
    if (verb == s->first || !doubt_word(p, verb - 1, "tried tested evaluated trialled benchmarked compared"))
        return false;
    for (uint32_t i = s->after; i < s->end; i++) {
        if (doubt_word(p, i, "kept keep keeps liked since still now today")) return false;
        if (doubt_word(p, i, "stayed stays remained remains") && i > s->first && doubt_word(p, i - 1, "it and that"))
            return false;
    }
    return true;
}

static bool is_left_elsewhere(const scene *s) {
    judge *j = s->j;
    str name = surface_slice(s->p->on, s->lo, s->hi);
    for (uint32_t i = 0; i < j->passage_count && i < PASSAGES_READ; i++) {
        passage *p = &j->passages[i];
        if (p == s->p || p->kind == PASSAGE_CODE) continue;
        for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++) {
            const alias_hit *hit = &p->on->hits[h];
            if (hit_has(hit, ALIAS_ABSENT) && str_eq_nocase(surface_slice(p->on, hit->where.lo, hit->where.hi), name) &&
                tells_of_leaving(j, p, hit->where.lo, hit->where.hi))
                return true;
        }
    }
    return false;
}

const char *doubt_of_former(const scene *s) {
    judge *j = s->j;
    uint32_t own = (uint32_t)(s->p - j->passages);
    if (s->c->kind != CLAIM_EXISTENCE || s->p->kind != PASSAGE_SENTENCE || !str_starts(s->c->fact, STR("absent")) ||
        !is_told_in_past(s))
        return NULL;
    for (uint32_t k = 1;
         k <= SENTENCES_BEHIND && own + k < j->passage_count && j->passages[own + k].previous == own + k - 1; k++) {
        passage_prepare(j, &j->passages[own + k]);
        if (tells_how_long(&j->passages[own + k]) || tells_of_end(&j->passages[own + k]))
            OBJECT(j, "the sentence behind it tells how long that was so");
    }
    if (is_trial(s)) OBJECT(j, "it was tried");
    if (is_left_elsewhere(s)) OBJECT(j, "the article tells that it was left");
    return NULL;
}
