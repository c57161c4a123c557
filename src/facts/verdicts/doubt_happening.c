/* doubt_happening.c - a figure of something that happened, not of what there is.
 *
 *     "the disk got back 700 GB"                               an amount that came free
 *     "The high-water mark of one cook is about 70 GB"         what a job takes at its height, no machine's memory
 *     "Perforce stopped taking submits for 83 minutes"         how long an outage was
 *     "I throttled the port for one run, and it took 68 min"   an experiment, under another condition
 *
 * In: a scene, and the fact that is about to contradict. Out: the doubt, or NULL. A word that is one of the fact's own,
 * "peak memory", or of a condition under which it or a sibling was measured, "capped at 250 W", is none.
 */
#include "facts/verdicts/doubt.h"

static bool is_foreign(const scene *s, const numeric_fact *f, uint32_t i) {
    return !doubt_is_own_stem(s, f, i) && !doubt_is_of_condition(s, f, s->p->words[i].stem);
}

/* Over "about", "another", "us", a name of ours: what may stand between a verb and its amount. */
static uint32_t behind_verb(const scene *s, uint32_t i) {
    uint32_t at = i;
    while (i > s->first && at - i < 5 &&
           (doubt_is_declared(s, i - 1) ||
            doubt_word(s->p, i - 1,
                       "us me about around roughly nearly almost some over more than another a an full whole good "
                       "the cool least at up only just")))
        i--;
    return i;
}

/* Does a verb of gaining end right before word `i`? */
static bool is_gained_before(const scene *s, const numeric_fact *f, uint32_t i) {
    const passage *p = s->p;
    if (i > s->first &&
        doubt_word(p, i - 1,
                   "freed frees freeing reclaimed reclaims reclaiming recovered recovers recovering regained "
                   "gained gains gaining saved saves saving released releases cleared clears shed sheds shaved "
                   "deleted removed purged pruned spared spares sparing"))
        return is_foreign(s, f, i - 1);
    return i > s->first + 1 && doubt_word(p, i - 1, "back up") &&
           doubt_word(p, i - 2,
                      "got gets get gave gives give won wins won brought brings handed hands freed frees had");
}

/* "freed about 700 GB", "got back 700 GB", "got 700 GB back", "700 GB came free", "saves 3 GB of disk and 1 GB of RAM"
 */
static bool is_gained(const scene *s, const numeric_fact *f) {
    const passage *p = s->p;
    if (f->dimension != DIM_DATA || f->kind != FACT_ATTR) return false;
    uint32_t verb = behind_verb(s, s->at);
    if (is_gained_before(s, f, verb)) return true;
    bool joined = s->at > s->first && doubt_word(p, s->at - 1, "and");
    for (uint32_t i = s->at; joined && i > s->first && s->at - i < 8; i--)
        if (byte_is_digit(p->on->text.p[p->words[i - 1].lo]) && is_gained_before(s, f, behind_verb(s, i - 1)))
            return true;
    bool got = verb > s->first && doubt_word(p, verb - 1, "got get gets won gave have had");
    for (uint32_t i = s->after; i < s->end && i < s->after + 6; i++) {
        if (doubt_word(p, i, "freed reclaimed recovered regained saved pruned deleted purged") && i > s->after &&
            doubt_word(p, i - 1, "was were is are been got"))
            return true;
        if (doubt_word(p, i, "came come comes") && doubt_word(p, i + 1, "back free")) return true;
        if (got && doubt_word(p, i, "back")) return true;
        if (doubt_word(p, i, "of") && doubt_word(p, i + 1, "savings")) return true;
    }
    return false;
}

/* Does a number stand in the words [from, to)? Then what stands before it is that number's. */
static bool has_number(const passage *p, uint32_t from, uint32_t to) {
    for (uint32_t i = from; i < to; i++)
        if (byte_is_digit(p->on->text.p[p->words[i].lo])) return true;
    return false;
}

/* "the memory high-water mark of one cook is", "peaked at", "a working set of": of a job. */
static bool is_height(const scene *s, const numeric_fact *f) {
    const passage *p = s->p;
    uint32_t from, to;
    if (f->dimension != DIM_DATA || f->kind != FACT_ATTR) return false;
    doubt_words_of(s, s->clause, &from, &to);
    for (uint32_t i = from; i < s->at; i++) {
        bool height =
            doubt_word(p, i, "footprint footprints rss resident high-water highwater watermark peaks peaked") ||
            (doubt_word(p, i, "high") && doubt_word(p, i + 1, "water")) ||
            (doubt_word(p, i, "working") && doubt_word(p, i + 1, "set sets")) ||
            (doubt_word(p, i, "peak") && doubt_word(p, i + 1, "memory of at is was")) ||
            (doubt_word(p, i, "usage consumption") && i > from && doubt_word(p, i - 1, "memory ram vram peak"));
        if (height && is_foreign(s, f, i) && !has_number(p, i, s->at)) return true;
    }
    for (uint32_t i = s->after; i < s->end && i < s->after + 3; i++)
        if (doubt_word(p, i, "resident rss peak") ||
            (doubt_word(p, i, "at") && doubt_find(p, i, i + 4, "peak peaks") != UINT32_MAX))
            return is_foreign(s, f, i);
    return false;
}

/* "stopped taking submits for 83 minutes", "was down for an hour": the length of a state in which it did nothing. */
static bool is_outage(const scene *s, const numeric_fact *f) {
    static const char down[] = "stopped stops hung hangs froze stalled refused rejected unreachable unavailable "
                               "offline down outage blocked stuck "
                               "nobody gone idle idled broken failed dead silent locked";
    const passage *p = s->p;
    uint32_t from, to, lead = s->at;
    if (f->dimension != DIM_TIME) return false;
    doubt_words_of(s, s->part, &from, &to);
    while (lead > from &&
           doubt_word(p, lead - 1, "about around nearly almost some over more than another roughly the all whole only"))
        lead--;
    bool lasts = lead > from && doubt_word(p, lead - 1, "for lasted");
    bool named = s->after < s->end && doubt_word(p, s->after, "outage downtime") && p->words[s->after].lo <= s->hi + 1;
    named = named || (s->after + 1 < s->end && doubt_word(p, s->after, "of without") &&
                      doubt_word(p, s->after + 1, "outage downtime silence"));
    if (named) return true;
    for (uint32_t i = from; i < s->at && lasts; i++) {
        if (doubt_word(p, i, down) && is_foreign(s, f, i)) return true;
        if (doubt_word(p, i, "could") && (p->words[i].cues & CUE_NEGATION || doubt_word(p, i + 1, "not no neither")))
            return true;
        if (doubt_word(p, i, "couldn't")) return true;
    }
    return false;
}

/* Does word `i` say that a thing was hampered on purpose: "throttled", "switched … off", "unplugged"? */
static bool is_hampering(const scene *s, uint32_t i) {
    const passage *p = s->p;
    if (doubt_word(p, i,
                   "throttled limited capped unplugged disabled crippled degraded underclocked downclocked emptied "
                   "pinned restricted lowered halved"))
        return i > s->first && !doubt_word(p, i - 1, "is are not a an the its");
    if (!doubt_word(p, i, "switched turned shut took pulled taken")) return false;
    for (uint32_t k = i + 1; k < s->end && k < i + 6; k++)
        if (doubt_word(p, k, "off out")) return true;
    return false;
}

/* "for one run", "out of curiosity", "as an experiment": words that say that it was tried once. */
static bool is_try(const passage *p, uint32_t i) {
    if (doubt_word(p, i, "for"))
        return (doubt_word(p, i + 1, "one a an this that") &&
                doubt_word(p, i + 2, "run test try experiment comparison pass round trial")) ||
               (doubt_word(p, i + 1, "one a") && doubt_word(p, i + 2, "single test quick last") &&
                doubt_word(p, i + 3, "run test try pass"));
    if (doubt_word(p, i, "curiosity fun science")) return doubt_word(p, i - 1, "of morbid sheer for idle pure");
    if (doubt_word(p, i, "experiment test")) return doubt_word(p, i - 1, "an a") && i > 1 && doubt_word(p, i - 2, "as");
    if (doubt_word(p, i, "to"))
        return doubt_word(p, i + 1, "see find") && doubt_word(p, i + 2, "what whether how out if");
    return false;
}

/* A sentence in the past that says what was changed for the occasion, or that it was tried once. A condition that is
 * declared of the fact, or of one like it, "capped at 250 W", makes it the declared measurement. */
static bool is_experiment(const scene *s, const numeric_fact *f) {
    const passage *p = s->p;
    uint32_t from, to;
    bool tried = false, hampered = false, did = doubt_find(p, s->first, s->end, "i we") != UINT32_MAX;
    if (f->kind != FACT_BENCHMARK) return false;
    doubt_words_of(s, s->part, &from, &to);
    for (uint32_t i = s->first; i < s->end; i++) {
        if (i > s->first && is_try(p, i)) tried = true;
        if (did && is_hampering(s, i) && is_foreign(s, f, i)) {
            bool declared = false;
            for (uint32_t k = i + 1; k < s->end && k < i + 8 && p->words[k].lo <= p->words[k - 1].hi + 1; k++)
                declared = declared || doubt_is_of_condition(s, f, p->words[k].stem);
            hampered = hampered || !declared;
        }
    }
    bool past =
        doubt_find(p, s->first, s->end,
                   "was were took gave made had went fell rose dropped reached needed came did got") != UINT32_MAX;
    return past && (hampered || (tried && did));
}

/* "I tried the large one on attic, for science. It gave 9 tokens per second": the sentence before tells the try. */
static bool is_of_a_try_before(const scene *s, const numeric_fact *f) {
    const passage *p = s->p;
    if (f->kind != FACT_BENCHMARK || p->previous == PASSAGE_NONE || !doubt_word(p, 0, "it that this")) return false;
    if (doubt_find(p, 1, 4, "was took gave made had went reached needed managed did got came") == UINT32_MAX)
        return false;
    passage *q = &s->j->passages[p->previous];
    passage_prepare(s->j, q);
    bool did = doubt_find(q, 0, q->word_count, "i we") != UINT32_MAX, tried = false;
    for (uint32_t i = 1; i < q->word_count && i < 64; i++)
        tried = tried || is_try(q, i) || (doubt_word(q, i, "tried") && doubt_word(q, i - 1, "i we once even also"));
    return did && tried;
}

/* "## What I tried", "## An experiment that failed": what is told in the past below it. */
static bool is_under_trials(const scene *s) {
    if (s->p->heading == PASSAGE_NONE || s->p->kind != PASSAGE_SENTENCE) return false;
    passage *h = &s->j->passages[s->p->heading];
    uint32_t from, to;
    passage_prepare(s->j, h);
    bool trials = false;
    for (uint32_t i = 0; i < h->word_count && i < 16; i++)
        trials = trials || doubt_word(h, i, "experiment experiments tried detour detours trial trials attempts") ||
                 (doubt_word(h, i, "dead") && doubt_word(h, i + 1, "end ends")) ||
                 (doubt_word(h, i, "not") && doubt_word(h, i + 1, "work help")) || doubt_word(h, i, "didn't");
    doubt_words_of(s, s->clause, &from, &to);
    if (!trials || doubt_has(s, from, to, "is are has have runs uses now today still")) return false;
    return doubt_is_past(s) ||
           doubt_find(s->p, from, to, "gave set put took made raised lowered doubled halved tried") != UINT32_MAX;
}

const char *doubt_of_happening(const scene *s, const numeric_fact *f) {
    if (is_gained(s, f)) OBJECT(s->j, "it is an amount that came free");
    if (is_height(s, f)) OBJECT(s->j, "it is what a job takes at its height");
    if (is_outage(s, f)) OBJECT(s->j, "it is how long nothing went");
    if (is_experiment(s, f) || is_of_a_try_before(s, f)) OBJECT(s->j, "it is an experiment");
    if (is_under_trials(s)) OBJECT(s->j, "the heading says that it was tried");
    return NULL;
}
