/* doubt_share.c - a number that is a share of the whole which the fact counts, or the distance between two wholes.
 *
 *     "which take four jobs apiece"               each of three has a third of what all have
 *     "that is 668 pages a reel", "per slot"      a quotient: what stands behind the number divides it
 *     "on average", "divided evenly"              the sentence says that it was divided
 *     "twelve more recorders"                     besides those that are counted
 *     "the same twenty exercises", of 120         a sample
 *     "the difference, around 70,000 pages"       what is left of the whole, or lies between two
 *     "40 GB of memory free", "8 cores of the box" what something takes of a machine, is given of it, or leaves
 *     "23 GiB of RAM", of 23.54 GiB                the whole without its fraction, as programs print it
 *     "four times the processes"                   the ratio of what the noun names
 *
 * In: a scene, and the fact that is about to contradict. Out: the doubt, or NULL. A share is less than its whole: a
 * larger number is never one. "Six drives of 14 TB each" is no share where the fact is that of each: whether "each"
 * divides the whole is worked out, from the numbers that are declared of the owner or stand in the sentence.
 */
#include "facts/verdicts/doubt.h"

#include <math.h>

enum { TOKENS_READ = 64, FACTS_READ = 32, SUBJECT_WORDS = 8, TAKEN_WORDS = 9, PHRASE_BYTES = 40 };

bool doubt_stated_measure(const scene *s, measure *out) {
    const passage *p = s->p;
    for (uint32_t i = p->token_lo; i < p->token_hi && i < p->token_lo + TOKENS_READ; i++) {
        const token *t = &p->on->tokens[i];
        if (t->text.lo < s->hi && t->text.hi > s->lo && measure_of_token(p->on, t, out)) return true;
    }
    return false;
}

static bool divides(double value, double count, double whole) {
    return count > 1.5 && fabs(value * count - whole) <= 0.03 * whole;
}

/* Does the number, so many times as something is declared of the owner or stated in the sentence, make the whole? */
static bool makes_whole(const scene *s, const numeric_fact *f, double value) {
    const passage *p = s->p;
    uint32_t all;
    const numeric_fact *facts = fact_index_all(s->j->index, &all);
    for (uint32_t o = 0; o < f->owner_count && o < 4; o++) {
        uint32_t count;
        const uint32_t *owned = fact_index_owned(s->j->index, f->owners[o], &count);
        for (uint32_t i = 0; i < count && i < FACTS_READ; i++)
            if (facts[owned[i]].dimension == DIM_COUNT && divides(value, facts[owned[i]].base, f->base)) return true;
    }
    for (uint32_t i = p->token_lo; i < p->token_hi && i < p->token_lo + TOKENS_READ; i++) {
        const token *t = &p->on->tokens[i];
        measure m;
        if (t->text.lo < s->hi && t->text.hi > s->lo) continue;
        if (measure_of_token(p->on, t, &m) && !m.interval && divides(value, m.value, f->base)) return true;
    }
    return false;
}

/* "apiece", "each", "every one", "a head": in the claim's part of the sentence. */
static bool says_each(const scene *s, const numeric_fact *f) {
    uint32_t from, to;
    doubt_words_of(s, s->part, &from, &to);
    for (uint32_t i = from; i < to; i++) {
        if (i >= s->at && i < s->after) continue;
        if (doubt_word(s->p, i, "each apiece every") && !doubt_is_own_stem(s, f, i)) return true;
        if (i >= s->after && doubt_word(s->p, i, "a per to") && i < s->after + 2) return true;
    }
    return false;
}

/* "668 pages a reel", "for every reel", "to the year": right behind the number, a noun that the fact does not have. */
static bool is_divided_behind(const scene *s, const numeric_fact *f) {
    const passage *p = s->p;
    uint32_t i = s->after;
    if (i >= s->end || p->words[i].lo > s->hi + 1) return false;
    bool plain = doubt_word(p, i, "a an per each every");
    bool led = (doubt_word(p, i, "for in") && doubt_word(p, i + 1, "each every")) ||
               (doubt_word(p, i, "to") && doubt_word(p, i + 1, "a an the each every"));
    if (doubt_word(p, i, "apiece")) return !doubt_is_own_stem(s, f, i);
    uint32_t noun = plain ? i + 1 : led ? i + 2 : UINT32_MAX;
    if (noun >= s->end || p->words[noun].cues & CUE_STOP || doubt_is_own_stem(s, f, noun)) return false;
    return !doubt_word(p, noun, "total whole sum last time moment day's");
}

/* "on average", "divided by", "averaged over": of a count that is whole. */
static bool is_averaged(const scene *s, const numeric_fact *f) {
    uint32_t from, to;
    doubt_words_of(s, s->part, &from, &to);
    for (uint32_t i = from; i < to; i++)
        if (!doubt_is_own_stem(s, f, i) &&
            (doubt_word(s->p, i, "averaged averages averaging divided dividing evenly") ||
             (doubt_word(s->p, i, "average") && i > from && doubt_word(s->p, i - 1, "on an the"))))
            return true;
    return false;
}

/* "The difference, around 70,000 pages, is …", "The rest of them is 9,000": the subject is what is left, or lies
 * between. It stands in the claim's clause, or is what the claim is set off from by a comma. */
static bool is_difference(const scene *s, const numeric_fact *f) {
    static const char differences[] =
        "difference differences remainder rest gap shortfall surplus excess backlog increase decrease growth decline "
        "deficit overlap majority minority half third quarter fifth tenth fraction portion";
    const passage *p = s->p;
    uint32_t from, to;
    doubt_words_of(s, s->part, &from, &to);
    for (uint32_t i = from; i < s->at && i < from + SUBJECT_WORDS; i++) {
        if (!doubt_word(p, i, differences) || doubt_is_own_stem(s, f, i)) continue;
        bool headed = i > from && (doubt_word(p, i - 1, "the a an that this its their our my last first other") ||
                                   (i > from + 1 && doubt_word(p, i - 2, "the a an that this its their our")));
        if (!headed) continue;
        uint32_t commas = 0;
        bool verb = false;
        for (uint32_t k = p->words[i].hi; k < s->lo; k++) commas += p->on->text.p[k] == ',';
        for (uint32_t k = i + 1; k < s->at; k++)
            verb = verb || p->words[k].cues & (CUE_HAVE | CUE_RUN) || doubt_word(p, k, "holds hold takes");
        if (commas <= 1 && !verb) return true;
    }
    return false;
}

/* "Twelve more recorders", "two further nodes", "another four cameras": besides those that are counted. */
static bool is_besides(const scene *s, const numeric_fact *f) {
    static const char further[] = "more further additional extra other spare another";
    uint32_t i = s->at > s->first ? s->at - 1 : s->at;
    for (; i < s->after; i++)
        if (doubt_word(s->p, i, further) && !doubt_is_own_stem(s, f, i) &&
            !(doubt_word(s->p, i, "more") && doubt_word(s->p, i + 1, "than")))
            return true;
    return false;
}

/* Is the fact a size of a machine, of which something may take a part? */
static bool is_capacity(const scene *s, const numeric_fact *f) {
    if (f->kind != FACT_ATTR) return false;
    for (uint32_t o = 0; o < f->owner_count; o++) {
        const manifest_entity *e = &s->j->m->entities[f->owners[o]];
        if (e->kind == ENTITY_HOST || e->kind == ENTITY_HARDWARE) return true;
    }
    return false;
}

static bool is_named_behind(const scene *s, const numeric_fact *f, uint32_t from, bool owner) {
    const passage *p = s->p;
    for (uint32_t h = p->hit_lo; from < s->end && h < p->hit_hi && h < p->hit_lo + TOKENS_READ; h++) {
        uint32_t e = hit_entity(s->j, &p->on->hits[h], -1);
        if (e == MANIFEST_NONE || p->on->hits[h].where.lo < p->words[from].lo) continue;
        if (p->on->hits[h].where.lo > p->words[from].hi + PHRASE_BYTES) break;
        if (fact_is_owned(f, e) == owner) return true;
    }
    return false;
}

/* Behind the number: "40 GB of unified memory free", "42 GB in use", "110 GB … as page cache", "… the rest is cache",
 * "98 GB of RAM for the engine". */
static bool is_left_or_taken(const scene *s, const numeric_fact *f) {
    const passage *p = s->p;
    for (uint32_t i = s->after; i < s->end && i < s->after + TAKEN_WORDS; i++) {
        if (doubt_is_own_stem(s, f, i)) continue;
        if (doubt_word(p, i, "rest") && i > s->after && doubt_word(p, i - 1, "the")) return true;
        if (p->words[i].lo >= s->part.hi) continue;
        if (doubt_word(p, i, "free left unused unallocated") && !doubt_word(p, i + 1, "of")) return true;
        if (doubt_word(p, i, "in") && doubt_word(p, i + 1, "use")) return true;
        if (doubt_word(p, i, "as") &&
            doubt_find(p, i + 1, i + 4 < s->end ? i + 4 : s->end, "cache swap buffer scratch") != UINT32_MAX)
            return true;
        if (doubt_word(p, i, "for") && doubt_word(p, i + 1, "the my our its") && is_named_behind(s, f, i + 1, false))
            return true;
    }
    return false;
}

/* Before it: "is limited to 96 GB", "takes 85 % of the memory, 103 GB", "pinned to 4 cores of the box", "keeps 600 GB
 * of models". */
static bool is_given(const scene *s, const numeric_fact *f) {
    const passage *p = s->p;
    uint32_t from, to;
    doubt_words_of(s, s->part, &from, &to);
    bool lent = s->at > from && doubt_word(p, s->at - 1, "on to");
    for (uint32_t i = s->at; i > from && s->at - i < 4; i--)
        if (doubt_word(p, i - 1, "limited limit limits capped pinned pin pins restricted confined bound") && lent &&
            !doubt_is_own_stem(s, f, i - 1))
            return true;
    uint32_t of = s->after; /* "8 cores of the Spark": the noun may be the claim's own last word */
    while (of < s->end && of < s->after + 2 && !doubt_word(p, of, "of")) of++;
    bool parts = of < s->end && of < s->after + 2 && doubt_word(p, of, "of");
    if (lent && parts && f->dimension == DIM_COUNT && is_named_behind(s, f, of + 1, true)) return true;
    bool kept = doubt_find(p, from, s->at, "keep keeps kept store stores stored collect") != UINT32_MAX;
    if (kept && parts && of == s->after && !doubt_is_own_stem(s, f, of + 1) && !doubt_is_own_stem(s, f, of + 2))
        return true;
    for (uint32_t i = p->token_lo; i < p->token_hi && i < p->token_lo + TOKENS_READ; i++) {
        const token *t = &p->on->tokens[i];
        if (t->text.hi > s->lo || t->text.lo < s->part.lo || t->kind != TOKEN_QUANTITY) continue;
        if (unit_get(t->unit)->dimension != DIM_PERCENT) continue;
        uint32_t w = from;
        while (w < s->at && p->words[w].lo < t->text.hi) w++;
        if (w < s->at && doubt_word(p, w, "of")) return true;
    }
    return false;
}

/* "23 GiB" of 24,684,096 KiB: a whole number of binary units, with the fraction cut off as free(1) does from ten on. */
static bool is_cut_off(const numeric_fact *f, const measure *m) {
    double whole = m->factor > 0 ? m->value / m->factor : 0;
    bool binary = false;
    for (double unit = 1024; unit <= m->factor && !binary; unit *= 1024) binary = fabs(unit - m->factor) < 0.5;
    return binary && !m->interval && whole >= 10 && fabs(whole - floor(whole)) < 1e-9 &&
           fabs(floor(f->base / m->factor + 1e-9) - whole) < 1e-9;
}

/* "Four times the processes bought twice the speed", "with twice as many clients": the noun behind is the key of a
 * condition, or counts what machines have. "Four times the speed" is said of the figures. */
static bool is_ratio_of_the_noun(const scene *s, const numeric_fact *f) {
    const passage *p = s->p;
    uint32_t noun = s->after + 1 + (doubt_word(p, s->after, "as") && doubt_word(p, s->after + 1, "many much"));
    if (!doubt_word(p, s->after, "the as our its") || noun >= s->end || p->words[noun].lo >= s->clause.hi) return false;
    str said = surface_slice(p->on, s->lo, s->hi);
    if (!str_ends(said, STR("times")) && !str_ends(said, STR("wice")) && !str_ends(said, STR("x"))) return false;
    if (doubt_word(p, noun + 1, "per a an each") || fact_has_stem(f, p->words[noun].stem)) return false;
    return fact_index_condition_key(s->j->index, p->words[noun].stem) ||
           doubt_word(p, noun, "cores threads processes workers clients streams cards machines nodes disks memory");
}

const char *doubt_of_share(const scene *s, const numeric_fact *f) {
    measure m;
    if (s->p->kind != PASSAGE_SENTENCE) return NULL;
    if (f->dimension == DIM_RATIO && is_ratio_of_the_noun(s, f)) OBJECT(s->j, "it is the ratio of another thing");
    if (f->kind == FACT_DERIVED) return NULL;
    if (f->dimension != DIM_COUNT && f->dimension != DIM_DATA) return NULL;
    if (f->dimension == DIM_COUNT && is_besides(s, f)) OBJECT(s->j, "it counts further ones");
    if (!doubt_stated_measure(s, &m) || m.value >= f->base) return NULL;
    if (f->dimension == DIM_DATA && is_cut_off(f, &m)) OBJECT(s->j, "it is the whole without its fraction");
    if (f->dimension == DIM_COUNT && s->at > 1 && doubt_word(s->p, s->at - 1, "same") &&
        doubt_word(s->p, s->at - 2, "the these those"))
        OBJECT(s->j, "it is a sample of them");
    if (f->dimension == DIM_COUNT && is_divided_behind(s, f)) OBJECT(s->j, "it is a quotient by another thing");
    if (f->dimension == DIM_COUNT && is_averaged(s, f)) OBJECT(s->j, "it is an average");
    if (says_each(s, f) && makes_whole(s, f, m.value)) OBJECT(s->j, "it is said of each of them");
    if (is_difference(s, f)) OBJECT(s->j, "it is a difference");
    if (is_capacity(s, f) && (is_left_or_taken(s, f) || is_given(s, f)))
        OBJECT(s->j, "it is a part, or what something takes");
    return NULL;
}
