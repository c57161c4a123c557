/* predicate.c - which facts does the sentence's own grammar single out?
 *
 *     "The box was 3,689 euros"         subject, a bare verb, the number: the subject's only price
 *     "the home line carries 500 Mb/s"  the same: its only rate
 *     "5.03 GB, or 4.68 GiB"            one size in two units: if one of them is a fact's, so is the other
 *     "It takes 41 minutes"             the process that the text was speaking of
 *
 * In: a question. Out: facts that are candidates though no word names them, marked as sole (the only one that the
 * subject has in this dimension) or equated. Nothing but words of closed classes may stand between the subject and the
 * number: an unknown noun there ("the box has swap of 8 GB") makes the number something else's, and nothing is singled
 * out.
 */
#include "facts/numbers/question.h"
#include "facts/reading/standing.h"

#include <math.h>

/* The last word that ends before `at`, or UINT32_MAX. */
/* Does something other than a blank part the bytes [lo, hi)? */
static bool is_parted(const passage *p, uint32_t lo, uint32_t hi) {
    for (uint32_t i = lo; i < hi; i++)
        if (!byte_is_space(p->on->text.p[i])) return true;
    return false;
}

static const alias_hit *hit_over(const passage *p, const pword *w) {
    uint32_t first, end;
    passage_hit_window(p, w->lo, w->hi, &first, &end);
    for (uint32_t h = first; h < end; h++)
        if (p->on->hits[h].where.lo <= w->lo && p->on->hits[h].where.hi >= w->hi && p->on->hits[h].inside < 0)
            return &p->on->hits[h];
    return NULL;
}

/* ---- the subject of a bare predicate ---- */

enum { PREDICATE_WORDS = 8 };

/* Whose number is it, by a bare predicate? MANIFEST_NONE when something else stands between. */
static uint32_t bare_subject(const question *q) {
    static const char VERBS[] = "has have had is are was were with carries carry costs cost offers provides of gives "
                                "give gets get reaches holds "
                                "comes totals";
    static const char OTHERS[] =
        "a an the its only just about some around roughly exactly between them together both still now here all comes";
    static const char PREPOSITIONS[] =
        "of from by than for to on in at with beside behind under over into onto through like unlike against near";
    const passage *p = q->p;
    bool verb = false;
    uint32_t at = q->t->text.lo, i = passage_word_before(p, at), words = 0;
    for (; i != UINT32_MAX && words < PREDICATE_WORDS; words++, i = i ? i - 1 : UINT32_MAX) {
        if (is_parted(p, p->words[i].hi, at)) return MANIFEST_NONE;
        const alias_hit *hit = hit_over(p, &p->words[i]);
        if (hit) {
            uint32_t entity = hit_entity(q->j, hit, -1);
            bool genitive = i > 0 && word_in(p, i - 1, PREPOSITIONS);
            return verb && !genitive && !inside_opaque(p, hit->where.lo, hit->where.hi) ? entity : MANIFEST_NONE;
        }
        at = p->words[i].lo;
        if (word_in(p, i, VERBS))
            verb = true;
        else if (!word_in(p, i, OTHERS))
            break;
    }
    bool machine = i != UINT32_MAX && verb && q->the_machine &&
                   word_in(p, i, "machine box server workstation computer desktop system");
    return machine ? q->j->main_hardware : MANIFEST_NONE;
}

static bool is_conditional(const numeric_fact *f) { return f->kind == FACT_BENCHMARK && f->condition_count > 0; }

void ask_by_predicate(question *q, scored *(*score)(question *, uint32_t)) {
    enum unit_dimension d = q->m.dimension;
    if (q->p->kind != PASSAGE_SENTENCE || q->bare || d == DIM_COUNT || d == DIM_NONE || d == DIM_PERCENT ||
        d == DIM_RATIO || d == DIM_TIME || unit_get(q->t->unit)->dimension == DIM_COST_RATE ||
        q->t->flags & TOKEN_RATIO)
        return;
    uint32_t subject = bare_subject(q), count, only = UINT32_MAX;
    if (subject == MANIFEST_NONE) return;
    const uint32_t *facts = fact_index_owned(q->j->index, subject, &count);
    for (uint32_t i = 0; i < count && i < 256; i++) {
        const numeric_fact *f = &q->facts[facts[i]];
        if (f->kind == FACT_DERIVED || !candidate_same_kind(q, f)) continue;
        if (is_conditional(f)) return;
        if (only != UINT32_MAX && (f->index != q->facts[only].index || f->kind != q->facts[only].kind)) return;
        only = facts[i];
    }
    for (uint32_t i = 0; i < count && i < 256 && only != UINT32_MAX; i++) {
        const numeric_fact *f = &q->facts[facts[i]];
        if (f->index != q->facts[only].index || f->kind != q->facts[only].kind) continue;
        scored *s = score(q, facts[i]); /* every view of it */
        if (!s) continue;
        if (s->name < 0.8) s->name = 0.8;
        if (s->owner < 0.9) s->owner = 0.9;
        s->sole = true;
    }
}

/* ---- one value in two units ---- */

static bool is_binary(const unit_info *u) {
    int exponent;
    return u->factor >= 1024 && frexp(u->factor, &exponent) == 0.5;
}

/* ", or", "is", "=", "(" and their like, with at most one noun before a comma: "a 5.03 GB file, or 4.68 GiB". */
static bool equates(str between, bool *exact) {
    static const char *const exactly[] = {"is", "are", "=", "i.e.", "which is", "that is", "equals", "comes to"};
    static const char *const loosely[] = {"or", "("};
    static const char *const hedges[] = {"about", "roughly", "some", "therefore", "only", "exactly"};
    between = str_trim(between);
    for (size_t i = 0; i < COUNT_OF(hedges); i++)
        if (str_ends(between, str_from_cstr(hedges[i])))
            between = str_trim(str_slice(between, 0, between.n - (ptrdiff_t)strlen(hedges[i])));
    ptrdiff_t comma = str_find_byte(between, ',', 0);
    if (comma >= 0) {
        str before = str_trim(str_slice(between, 0, comma));
        if (str_find_byte(before, ' ', 0) >= 0) return false;
        between = str_trim(str_slice(between, comma + 1, between.n));
    }
    for (size_t i = 0; i < COUNT_OF(exactly); i++)
        if (str_eq_nocase(between, str_from_cstr(exactly[i]))) return *exact = true;
    *exact = false;
    for (size_t i = 0; i < COUNT_OF(loosely); i++)
        if (str_eq_nocase(between, str_from_cstr(loosely[i]))) return true;
    return false;
}

/* The number that the sentence equates with this one: its neighbour, in another unit of the same dimension, which says
 * another amount. */
static bool equated_neighbour(const question *q, measure *other) {
    const passage *p = q->p;
    const unit_info *u = unit_get(q->t->unit);
    uint32_t i = p->token_lo;
    while (i < p->token_hi && p->on->tokens[i].text.hi <= q->t->text.lo) i++;
    for (int side = 0; side < 2; side++) {
        if (side == 0 && i == p->token_lo) continue;
        uint32_t k = side == 0 ? i - 1 : i + 1;
        while (side == 1 && k < p->token_hi && p->on->tokens[k].text.lo < q->t->text.hi) k++;
        if (k >= p->token_hi) continue;
        const token *t = &p->on->tokens[k];
        const unit_info *v = unit_get(t->unit);
        bool exact;
        if (t->kind != TOKEN_QUANTITY || t->unit == q->t->unit || v->dimension != u->dimension || t->bound) continue;
        if (t->flags & (TOKEN_INTERVAL | TOKEN_CHANGE) || !measure_of_token(p->on, t, other)) continue;
        uint32_t lo = side == 0 ? t->text.hi : q->t->text.hi, hi = side == 0 ? q->t->text.lo : t->text.lo;
        if (hi < lo || hi - lo > 40 || !equates(surface_slice(p->on, lo, hi), &exact)) continue;
        if (!exact && is_binary(u) == is_binary(v)) continue; /* "500 MB, or 2 GB": two sizes */
        if (fabs(other->value - q->m.value) > other->half + q->m.half + 1e-3 * fabs(other->value)) return true;
    }
    return false;
}

/* Does some fact say the number itself? Then it is the other side of the equation that is wrong, if either. */
static bool is_declared(const question *q) {
    uint32_t count;
    double reach = 0.01 * fabs(q->m.value) + q->m.half;
    const uint32_t *found =
        fact_index_range(q->j->index, q->m.dimension, q->m.value - reach, q->m.value + reach, &count);
    for (uint32_t i = 0; i < count && i < 16; i++)
        if (q->facts[found[i]].kind != FACT_DERIVED && candidate_agrees(q, &q->facts[found[i]])) return true;
    return false;
}

void ask_by_equation(question *q, scored *(*score)(question *, uint32_t)) {
    measure other;
    uint32_t count, n;
    if (q->m.dimension != DIM_DATA || q->t->bound || q->m.interval || q->change || !equated_neighbour(q, &other) ||
        is_declared(q))
        return;
    double reach = 0.01 * fabs(other.value) + other.half;
    const uint32_t *found =
        fact_index_range(q->j->index, q->m.dimension, other.value - reach, other.value + reach, &count);
    for (uint32_t i = 0; i < count && i < 16; i++) {
        const numeric_fact *f = &q->facts[found[i]];
        if (f->kind == FACT_DERIVED || !f->owner_count || !measure_agrees(&other, f->base, f->tolerance)) continue;
        bool agrees = false; /* with another view of the same fact */
        const uint32_t *owned = fact_index_owned(q->j->index, f->owners[0], &n);
        for (uint32_t k = 0; k < n && k < 256; k++)
            if (q->facts[owned[k]].kind == f->kind && q->facts[owned[k]].index == f->index)
                agrees = agrees || candidate_agrees(q, &q->facts[owned[k]]);
        scored *s = agrees ? NULL : score(q, found[i]);
        if (s) s->certain = true;
    }
}

/* ---- "it takes" ---- */

/* The one process that a passage names, or the one that begins it where it names several. */
static uint32_t process_of(const judge *j, const passage *p, bool *any) {
    uint32_t found = MANIFEST_NONE, leading = MANIFEST_NONE;
    bool several = false;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h - p->hit_lo < 32; h++) {
        const alias_hit *hit = &p->on->hits[h];
        uint32_t entity = hit->inside >= 0 ? MANIFEST_NONE : hit_entity(j, hit, ENTITY_PROCESS);
        if (entity == MANIFEST_NONE || inside_opaque(p, hit->where.lo, hit->where.hi)) continue;
        str behind = surface_slice(p->on, hit->where.hi, p->text.hi);
        if (hit->where.lo <= p->text.lo + 5 && !str_starts(behind, STR(" and ")) && !str_starts(behind, STR(" or ")))
            leading = entity; /* "The ", "Each " */
        several = several || (found != MANIFEST_NONE && found != entity);
        found = entity;
    }
    *any = found != MANIFEST_NONE;
    return several ? leading : found;
}

enum { FOCUS_REACH = 6, PROCESSES_READ = 256 };

/* Is nothing said behind the number that makes it a case: "from start to finish", "and nobody notices", a stop? */
static bool ends_plainly(const question *q) {
    const passage *p = q->p;
    uint32_t at = q->t->text.hi, w = standing_word_at(p, at);
    if (w >= p->word_count || p->words[w].lo > at + 1) return true;
    return word_in(p, w, "and but so from thanks in") && (!word_in(p, w, "in") || word_in(p, w + 1, "total all")) &&
           (!word_in(p, w, "from") || word_in(p, w + 1, "start end"));
}

/* "A swap takes 90 seconds", of a "model swap" of which the article speaks: the one process whose name ends in the
 * word, where nothing but an article or "whole" stands before it. "A container swap" is another. */
static uint32_t process_by_last_word(const question *q, uint32_t noun) {
    const passage *p = q->p;
    uint32_t found = MANIFEST_NONE;
    uint32_t first = noun;
    while (first > 0 && p->words[first - 1].lo >= q->near.clause.lo && noun - first < 3) first--;
    if (first > 0 && !word_in(p, first - 1, "so and but then today now currently overall which")) return MANIFEST_NONE;
    if (noun >= p->word_count || !ends_plainly(q)) return MANIFEST_NONE;
    str said = surface_slice(p->on, p->words[noun].lo, p->words[noun].hi);
    bool led = noun > 0 && word_in(p, noun - 1, "a an the each every this our my whole complete entire full one such");
    uint32_t from = led ? noun - 1 : noun;
    while (led && from > 0 && word_in(p, from - 1, "a an the each every this our my")) from--;
    if (from > 0 && p->words[from - 1].lo >= q->near.clause.lo &&
        !word_in(p, from - 1, "so and but then today now currently overall"))
        return MANIFEST_NONE; /* "Announcing the swap takes a minute" */
    bool many = p->words[noun].lo <= q->near.clause.lo + 1 && (str_ends(said, STR("s")) || str_ends(said, STR("ing")));
    if (!led && !many) return MANIFEST_NONE;
    for (uint32_t e = 0; e < q->j->m->entity_count && e < PROCESSES_READ; e++) {
        const manifest_entity *x = &q->j->m->entities[e];
        bool named = false;
        if (x->kind != ENTITY_PROCESS || !(q->j->entity_seen[e / 64] >> e % 64 & 1)) continue;
        for (uint32_t i = 0; i < x->aliases.n && i < 16; i++) {
            str name = x->aliases.at[i].text;
            ptrdiff_t cut = name.n;
            while (cut > 0 && name.p[cut - 1] != ' ') cut--;
            named = named || (cut > 1 && fact_stem(str_slice(name, cut, name.n)) == p->words[noun].stem);
        }
        if (!named) continue;
        if (found != MANIFEST_NONE) return MANIFEST_NONE;
        found = e;
    }
    return found;
}

/* "Swapping the model takes", "it takes 4 minutes to swap models": the one process of two words and more that says with
 * the words [from, to), small ones apart, what its name says. */
static uint32_t process_by_verb(const question *q, uint32_t from, uint32_t to) {
    const passage *p = q->p;
    uint32_t found = MANIFEST_NONE;
    if (from >= to || to > p->word_count || to - from > 4) return MANIFEST_NONE;
    for (uint32_t e = 0; e < q->j->m->entity_count && e < PROCESSES_READ; e++) {
        const manifest_entity *x = &q->j->m->entities[e];
        bool named = false;
        if (x->kind != ENTITY_PROCESS) continue;
        for (uint32_t i = 0; i < x->aliases.n && i < 16 && !named; i++) {
            str name = x->aliases.at[i].text;
            uint32_t at = 0, lo, hi, words = 0, met = 0, said = 0;
            while (fact_word_next(name, &at, &lo, &hi)) {
                uint64_t stem = fact_stem(str_slice(name, lo, hi));
                words++;
                for (uint32_t w = from; w < to; w++)
                    if (p->words[w].stem == stem) {
                        met++;
                        break;
                    }
            }
            for (uint32_t w = from; w < to; w++) said += !(p->words[w].cues & CUE_STOP);
            named = words > 1 && met == words && said == words;
        }
        if (!named) continue;
        if (found != MANIFEST_NONE) return MANIFEST_NONE;
        found = e;
    }
    return found;
}

/* "We need 4 minutes for a model swap": of the process that stands behind "for", and nothing behind it. */
static uint32_t process_behind(const question *q) {
    const passage *p = q->p;
    uint32_t w = standing_word_at(p, q->t->text.hi), first, end, to;
    if (w + 1 >= p->word_count || p->words[w].lo != q->t->text.hi + 1) return MANIFEST_NONE;
    if (word_is(p, w, "to")) {
        for (to = w + 1; to < p->word_count && p->words[to].lo <= p->words[to - 1].hi + 1; to++) {
        }
        return process_by_verb(q, w + 1, to);
    }
    if (!word_is(p, w, "for") || !word_in(p, w + 1, "a the each every one")) return MANIFEST_NONE;
    passage_hit_window(p, p->words[w + 1].hi, p->words[w + 1].hi + 2, &first, &end);
    for (uint32_t h = first; h < end; h++) {
        const alias_hit *hit = &p->on->hits[h];
        bool ends = hit->where.hi >= p->text.hi || p->on->text.p[hit->where.hi] == '.';
        if (hit->where.lo == p->words[w + 1].hi + 1 && ends) return hit_entity(q->j, hit, ENTITY_PROCESS);
    }
    return MANIFEST_NONE;
}

/* ", which takes 4 minutes": of the process whose name ends right before it. */
static uint32_t process_before_which(const question *q, uint32_t which) {
    const passage *p = q->p;
    uint32_t first, end;
    if (!ends_plainly(q)) return MANIFEST_NONE;
    passage_hit_window(p, p->words[which].lo, p->words[which].lo, &first, &end);
    for (uint32_t h = first; h < end; h++)
        if (p->on->hits[h].where.hi + 2 == p->words[which].lo && p->on->text.p[p->on->hits[h].where.hi] == ',')
            return hit_entity(q->j, &p->on->hits[h], ENTITY_PROCESS);
    return MANIFEST_NONE;
}

static bool is_process_at(const question *q, uint32_t w) {
    const passage *p = q->p;
    uint32_t first, end;
    passage_hit_window(p, p->words[w].lo, p->words[w].hi, &first, &end);
    for (uint32_t h = first; h < end; h++)
        if (p->on->hits[h].where.lo == p->words[w].lo &&
            hit_entity(q->j, &p->on->hits[h], ENTITY_PROCESS) != MANIFEST_NONE)
            return true;
    return false;
}

void find_focus(question *q) {
    passage *p = q->p;
    if (q->m.dimension != DIM_TIME || p->kind != PASSAGE_SENTENCE) return;
    bool need = word_in(p, 0, "we i") && word_is(p, 1, "need");
    q->takes = q->takes || need;
    if (!q->takes) return;
    uint32_t verb = passage_word_before(p, q->t->text.lo);
    while (verb != UINT32_MAX && verb > 0 && word_in(p, verb, "about around some roughly only just")) verb--;
    if (verb != UINT32_MAX && verb > 0 && word_in(p, verb, "in within") &&
        word_in(p, verb - 1, "completes finishes complete finish"))
        verb--;
    if (verb != UINT32_MAX && verb > 1 && word_in(p, verb, "in within") && word_in(p, verb - 2, "is") &&
        word_in(p, verb - 1, "done over finished complete"))
        verb -= 2;
    bool ours = need && verb == 1;
    uint32_t begins = standing_word_at(p, q->near.clause.lo);
    if (verb != UINT32_MAX && begins + 2 < verb && word_in(p, begins + 1, "a the each our") &&
        str_ends(surface_slice(p->on, p->words[begins].lo, p->words[begins].hi), STR("ing")) &&
        process_by_verb(q, begins, verb) == MANIFEST_NONE && is_process_at(q, begins + 2))
        q->takes = false; /* "Planning a model swap takes ten minutes": not the swap does */
    if (verb == UINT32_MAX ||
        !(ours || word_in(p, verb, "takes take lasts last needs need completes complete finishes finish is")))
        return;
    if (ours || (verb == 1 && word_in(p, 0, "it"))) q->focus = process_behind(q);
    if (q->focus == MANIFEST_NONE && p->words[0].lo >= q->near.clause.lo && ends_plainly(q))
        q->focus = process_by_verb(q, 0, verb);
    if (q->focus != MANIFEST_NONE || ours) return;
    uint32_t subject = verb;
    while (subject > 0 && word_in(p, subject - 1, "itself now usually always then still")) subject--;
    uint32_t named = subject; /* "The swap procedure takes" */
    if (named > 1 && word_in(p, named - 1, "procedure process operation run")) named--;
    if (named > 0) q->focus = process_by_last_word(q, named - 1);
    if (subject > 0 && word_in(p, subject - 1, "which")) q->focus = process_before_which(q, subject - 1);
    if (q->focus != MANIFEST_NONE) return;
    bool it = subject > 0 && word_in(p, subject - 1, "it this");
    bool noun = subject > 1 && word_in(p, subject - 1, "job run process procedure task thing") &&
                (word_in(p, subject - 2, "the this whole that typical normal usual average ordinary"));
    bool elided = subject == 0 || (p->words[subject].lo <= q->near.clause.lo + 1 && subject > 0);
    if (!it && !noun && !elided) return;
    bool any;
    uint32_t process = process_of(q->j, p, &any); /* of this sentence, but not what stands behind the verb */
    if (any) {
        q->focus = process;
        return;
    }
    for (uint32_t back = p->previous, k = 0; back != PASSAGE_NONE && k < FOCUS_REACH && !any; k++) {
        process = process_of(q->j, &q->j->passages[back], &any);
        back = q->j->passages[back].previous;
    }
    if (!any && p->heading != PASSAGE_NONE) process = process_of(q->j, &q->j->passages[p->heading], &any);
    q->focus = process;
}
