/* doubt_other.c - a figure that is that of another thing, or of another kind, than what the fact describes.
 *
 *     "My previous server had 64 GB"                what we had
 *     "gpt-oss-20b, with its 21 billion …"          a name that the manifest does not know begins the sentence
 *     "At Q8_0 it is 32 GB"                         another setting, by its name
 *     "has written 41 TB so far"                    what was moved
 *     "Reading a draft takes me six minutes"        what somebody does
 *     "88,300 GPU hours"                            work, no duration
 *     "the 25 GbE machines"                         it says which ones
 *     "A reader has an RTX 9999. That card has …"   what the sentence before named
 *     "Before kestrel there was a box with …"       of the time before it came
 *     "0.64 tok/s for each watt"                    a quotient
 *     "Divide … by …. For our card that is 45"      a limit that was worked out
 *     "Two nurses typed the reference text"         some of them
 *
 * In: a scene, and the fact that is about to contradict. Out: the doubt, or NULL. Words are closed classes only.
 */
#include "facts/verdicts/doubt.h"

#include <string.h>
#include "facts/reading/standing.h"

enum { HITS_READ = 64 };

/* "My previous server, gone since 2024, had …", "our old disks …": what we had. */
static bool is_of_a_former(const scene *s) {
    return s->first == 0 && doubt_word(s->p, 0, "my our the") && doubt_word(s->p, 1, "previous former old earlier") &&

           doubt_find(s->p, 2, s->at, "had was were ran held did took needed made gave") != UINT32_MAX;
}

/* "gpt-oss-20b, with its 21 billion parameters, …", "Llama 3.3 70B …": a name with a digit that the manifest does not
 * know, or of which it knows the beginning only, begins the sentence, and no owner is named elsewhere. */
static bool is_of_a_stranger(const scene *s, const numeric_fact *f) {
    const passage *p = s->p;
    uint32_t i = p->token_lo;
    if (!p->word_count) return false;
    uint8_t first = p->on->text.p[p->words[0].lo];
    bool name = first >= 'A' && first <= 'Z' && !(p->words[0].cues & (CUE_STOP | CUE_NEGATION | CUE_FIRST));
    while (i < p->token_hi && p->on->tokens[i].text.hi <= p->words[0].lo) i++;
    if (i >= p->token_hi) return false;
    const token *t = &p->on->tokens[i];
    bool opens = t->kind == TOKEN_IDENT && t->text.lo <= p->words[0].lo;
    bool behind = name && t->text.lo == p->words[0].hi + 1 && (t->kind == TOKEN_VERSION || t->kind == TOKEN_NUMBER);
    if ((!opens && !behind) || t->text.hi > s->lo) return false;
    bool digit = false;
    for (uint32_t k = t->text.lo; k < t->text.hi; k++) digit = digit || byte_is_digit(p->on->text.p[k]);
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + HITS_READ; h++) {
        const alias_hit *hit = &p->on->hits[h];
        uint32_t e = hit_entity(s->j, hit, -1);
        if (hit->where.lo <= p->words[0].lo && (behind || hit->where.hi >= t->text.hi)) return false;
        bool part = opens && hit->where.lo < t->text.hi;
        if (e != MANIFEST_NONE && fact_is_owned(f, e) && !part) return false;
    }
    return digit;
}

/* "At Q8_0 it is 32 GB": a case by its name, which is not declared of the fact or its owner. */
static bool is_at_another_setting(const scene *s, const numeric_fact *f) {
    const passage *p = s->p;
    if (s->first || !doubt_word(p, 0, "at in with under")) return false;
    for (uint32_t i = p->token_lo; i < p->token_hi && i < p->token_lo + 4; i++) {
        const token *t = &p->on->tokens[i];
        if (t->kind != TOKEN_IDENT || t->text.lo != p->words[0].hi + 1 || t->text.hi > s->lo) continue;
        str said = surface_slice(p->on, t->text.lo, t->text.hi);
        bool digit = false;
        for (ptrdiff_t k = 0; k < said.n; k++) digit = digit || byte_is_digit(said.p[k]);
        for (uint32_t o = 0; o < f->owner_count && digit; o++) { /* declared of the owner: "quantization: Q4_K_M" */
            const manifest_entity *e = &s->j->m->entities[f->owners[o]];
            for (uint32_t a = 0; a < s->j->m->attr_count && digit; a++)
                for (uint32_t v = 0; v < s->j->m->attrs[a].view_count; v++)
                    if (&s->j->m->entities[s->j->m->attrs[a].entity] == e &&
                        str_eq_nocase(s->j->m->attrs[a].views[v].quantity.value, said))
                        digit = false;
        }
        for (uint32_t k = 0; k < f->condition_count; k++)
            digit = digit && !str_eq_nocase(f->conditions[k].of->value, said);
        for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 8 && digit; h++)
            digit = !(p->on->hits[h].where.lo <= t->text.lo && p->on->hits[h].where.hi >= t->text.hi);
        return digit;
    }
    return false;
}

/* "has written 41 TB so far", "has served 3,000 requests": what was moved, not what there is. */
static bool is_moved(const scene *s, const numeric_fact *f) {
    uint32_t from, to;
    if (f->dimension != DIM_DATA || f->kind != FACT_ATTR) return false;
    doubt_words_of(s, s->clause, &from, &to);
    for (uint32_t i = from; i + 1 < s->at; i++)
        if (doubt_word(s->p, i, "has have") &&
            doubt_word(s->p, i + 1, "written read sent moved seen received copied") && !doubt_is_own_stem(s, f, i + 1))
            return true;
    return false;
}

/* "Reading a draft takes me six minutes": what somebody does, by a gerund that no name of the fact is. */
static bool is_ones_doing(const scene *s, const numeric_fact *f) {
    uint32_t from, to;
    if (f->dimension != DIM_TIME || !s->p->word_count) return false;
    doubt_words_of(s, s->clause, &from, &to);
    while (from < s->at && doubt_word(s->p, from, "and but while whereas")) from++;
    str said = from < s->at ? surface_slice(s->p->on, s->p->words[from].lo, s->p->words[from].hi) : (str){0};
    if (said.n < 5 || !str_ends(said, STR("ing")) || doubt_is_own_stem(s, f, from)) return false;
    for (uint32_t i = from + 1; i + 1 < s->at; i++)
        if (doubt_word(s->p, i, "takes took costs cost") && doubt_word(s->p, i + 1, "me us you them him her"))
            return true;
    return false;
}

/* "88,300 GPU hours": of work, which is no duration. */
static bool is_of_work(const scene *s, const numeric_fact *f) {
    if (f->dimension != DIM_TIME || s->after < s->at + 3) return false;
    for (uint32_t i = s->at + 1; i + 1 < s->after; i++)
        if (doubt_word(s->p, i, "gpu cpu core node card machine man person") && !doubt_is_own_stem(s, f, i))
            return true;
    return false;
}

/* "on the 10 Gb/s link", "the 25 GbE machines": a rate that says which one is meant. */
static bool is_a_label(const scene *s) {
    const passage *p = s->p;
    if (s->at == s->first || !doubt_word(p, s->at - 1, "the") || s->after >= s->end) return false;
    if (p->words[s->after].lo != s->hi + 1 || p->words[s->after].cues & CUE_STOP) return false;
    return doubt_word(p, s->after, "link links port ports switch network line machine machines nodes card cards nic");
}

/* "over 10 GbE": the name of a wire, where the fact counts bytes. */
static bool is_a_wire(const scene *s, const numeric_fact *f) {
    str said = surface_slice(s->p->on, s->lo, s->hi);
    const char *unit = unit_get(f->unit)->name;
    return str_ends(said, STR("GbE")) && unit && strchr(unit, 'B');
}

/* Does a passage name what is declared absent, or by a name with a digit what the manifest does not know, and none of
 * the fact's owners? */
static bool names_a_stranger(const scene *s, const passage *p, const numeric_fact *f) {
    bool found = (p->cues & CUE_OTHERS) != 0;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + HITS_READ; h++) {
        uint32_t e = hit_entity(s->j, &p->on->hits[h], -1);
        if (e != MANIFEST_NONE && fact_is_owned(f, e)) return false;
        found = found || hit_has(&p->on->hits[h], ALIAS_ABSENT);
    }
    for (uint32_t i = p->token_lo; i < p->token_hi && i < p->token_lo + 32 && !found; i++) {
        const token *t = &p->on->tokens[i];
        bool digit = false, known = t->kind != TOKEN_IDENT;
        for (uint32_t k = t->text.lo; k < t->text.hi; k++) digit = digit || byte_is_digit(p->on->text.p[k]);
        for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + HITS_READ && !known; h++)
            known = p->on->hits[h].where.lo < t->text.hi && p->on->hits[h].where.hi > t->text.lo;
        found = digit && !known;
    }
    return found;
}

/* "A reader has an RTX 9999. That card has 32 GB": the subject points back at a sentence that names another's, and
 * nothing of ours stands between. */
static bool is_of_that_one(const scene *s, const numeric_fact *f) {
    const passage *p = s->p;
    uint32_t start = standing_word_at(p, s->part.lo);
    bool points = doubt_word(p, start, "that this those these") && start + 1 < p->word_count &&
                  p->words[start + 1].cues & CUE_PART && start < s->at;
    points = points || (start == 0 && doubt_word(p, 0, "it they its their"));
    if (p->kind != PASSAGE_SENTENCE || !points || p->previous == PASSAGE_NONE) return false;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && p->on->hits[h].where.lo < s->lo && h < p->hit_lo + HITS_READ; h++) {
        uint32_t e = hit_entity(s->j, &p->on->hits[h], -1);
        if (e != MANIFEST_NONE && fact_is_owned(f, e)) return false;
    }
    passage *before = &s->j->passages[p->previous];
    passage_prepare(s->j, before);
    bool money = f->dimension == DIM_MONEY_EUR || f->dimension == DIM_MONEY_USD || f->dimension == DIM_MONEY_GBP;
    if (money && start == 0 && doubt_word(before, 0, "it")) return false; /* "It has a … It costs 54 EUR" */
    return names_a_stranger(s, before, f);
}

/* "the second cable, which I bought for 61 dollars": not the one that is declared. */
static bool is_a_further_one(const scene *s, const numeric_fact *f) {
    const passage *p = s->p;
    const alias_hit *last = NULL;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + HITS_READ; h++) {
        uint32_t e = hit_entity(s->j, &p->on->hits[h], -1);
        if (e != MANIFEST_NONE && fact_is_owned(f, e) && p->on->hits[h].where.hi <= s->lo) last = &p->on->hits[h];
    }
    uint32_t w = last ? standing_word_at(p, last->where.lo) : 0;
    bool program = f->owner_count && s->j->m->entities[f->owners[0]].kind == ENTITY_COMPONENT;
    if (program && w > 1 && doubt_word(p, w - 1, "big bigger large larger small smaller tiny mini base full") &&
        doubt_word(p, w - 2, "the a"))
        return true; /* "the big TrOCR": another of the family */
    return f->kind == FACT_ATTR && w > 0 &&
           doubt_word(p, w - 1, "second third another other spare extra further next previous former older");
}

/* "Before wardian the pictures lay on two 4 TB disks", "until caret came": every name of the owner only says until
 * when. */
static bool is_before_it_came(const scene *s, const numeric_fact *f) {
    const passage *p = s->p;
    bool found = false;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + HITS_READ; h++) {
        uint32_t e = hit_entity(s->j, &p->on->hits[h], -1), w = standing_word_at(p, p->on->hits[h].where.lo);
        if (e == MANIFEST_NONE || !fact_is_owned(f, e)) continue;
        while (w > 0 && doubt_word(p, w - 1, "the our my this")) w--;
        bool prior = w > 1 && doubt_word(p, w - 1, "to") && doubt_word(p, w - 2, "prior previous");
        if (w == 0 || (!doubt_word(p, w - 1, "before until till pre") && !prior)) return false;
        found = true;
    }
    return found;
}

/* "0.64 tok/s for each watt", "per dollar": a quotient of the fact's sort of figure by another thing. */
static bool is_per_another(const scene *s, const numeric_fact *f) {
    bool price = f->dimension == DIM_MONEY_EUR || f->dimension == DIM_MONEY_USD || f->dimension == DIM_MONEY_GBP ||
                 f->dimension == DIM_COST_RATE;
    if (price) return false; /* a tariff is "per kilowatt-hour" */
    for (uint32_t i = s->first; i + 1 < s->end && i < s->after + 4; i++) {
        uint32_t of = i + 1;
        bool each = doubt_word(s->p, i, "for") && doubt_word(s->p, of, "each every");
        if ((!doubt_word(s->p, i, "per") && !each) || s->p->words[i].lo < s->part.lo) continue;
        if (i >= s->at && i < s->after) continue; /* its own unit */
        of += each;
        if (of >= s->end || doubt_is_own_stem(s, f, of)) continue;
        unit_id unit = unit_parse(surface_slice(s->p->on, s->p->words[of].lo, s->p->words[of].hi), true);
        enum unit_dimension d = unit == UNIT_NONE ? DIM_NONE : unit_get(unit)->dimension;
        bool money = d == DIM_MONEY_EUR || d == DIM_MONEY_USD || d == DIM_MONEY_GBP;
        if (money || d == DIM_POWER || d == DIM_ENERGY ||
            doubt_word(s->p, of, "watt joule dollar euro pound person head"))
            return true;
    }
    return false;
}

/* "Divide the bandwidth by the weights and you have the upper limit. For our card that is 45 tokens a second": what the
 * sentence before shows how to work out. */
static bool is_limit_worked_out(const scene *s, const numeric_fact *f) {
    const passage *p = s->p;
    if (f->kind != FACT_BENCHMARK || p->kind != PASSAGE_SENTENCE || s->at < s->first + 2) return false;
    if (doubt_find(p, 0, s->at, "arithmetic calculation") != UINT32_MAX) return true; /* "the arithmetic ends at 20" */
    if (!doubt_word(p, s->at - 1, "is makes gives be") || !doubt_word(p, s->at - 2, "that this it which would"))
        return false;
    if (p->previous == PASSAGE_NONE) return false;
    passage *q = &s->j->passages[p->previous];
    passage_prepare(s->j, q);
    return doubt_find(q, 0, q->word_count, "limit ceiling divide divided theory theoretical theoretically bound") !=
           UINT32_MAX;
}

/* "Two nurses typed the reference text": a sentence that begins with so many of them, fewer than there are, and tells
 * what they did. */
static bool is_some_of_them(const scene *s, const numeric_fact *f) {
    const passage *p = s->p;
    if (f->dimension != DIM_COUNT || f->kind != FACT_ATTR || p->kind != PASSAGE_SENTENCE || s->lo != p->text.lo)
        return false;
    measure m;
    if (!doubt_stated_measure(s, &m) || m.interval || m.value * 2 > f->base) return false;
    return s->after < s->end && p->words[s->after].lo == s->hi + 1 &&
           str_ends(surface_slice(p->on, p->words[s->after].lo, p->words[s->after].hi), STR("ed"));
}

const char *doubt_of_another(const scene *s, const numeric_fact *f) {
    if (is_of_a_former(s)) OBJECT(s->j, "it is said of the past");
    if (is_before_it_came(s, f)) OBJECT(s->j, "it is said of the time before its owner");
    if (is_per_another(s, f)) OBJECT(s->j, "it is a quotient by another thing");
    if (is_of_a_stranger(s, f)) OBJECT(s->j, "a name that is not ours begins the sentence");
    if (is_a_further_one(s, f)) OBJECT(s->j, "it is said of a further one");
    if (is_of_that_one(s, f)) OBJECT(s->j, "the sentence before names whose it is");
    if (is_at_another_setting(s, f)) OBJECT(s->j, "a case is stated that no fact declares");
    if (is_moved(s, f)) OBJECT(s->j, "it is what was moved");
    if (is_ones_doing(s, f)) OBJECT(s->j, "it is what somebody does");
    if (is_limit_worked_out(s, f)) OBJECT(s->j, "it is a limit that was worked out");
    if (is_some_of_them(s, f)) OBJECT(s->j, "it is some of them");
    if (is_of_work(s, f)) OBJECT(s->j, "it is work, no duration");
    if (f->dimension == DIM_DATA_RATE && is_a_wire(s, f)) OBJECT(s->j, "it is the name of a wire");
    if (f->dimension == DIM_DATA_RATE && is_a_label(s)) OBJECT(s->j, "it is the figure of the noun behind it");
    return NULL;
}
