/* possession.c - does a sentence say that a thing is here? Of hardware that is asked more strictly (here.c).
 *
 *     "the box has swap", "we run Kafka 3.8"       a verb of having or running, and something of ours
 *     "Queue: RabbitMQ", | Queue | RabbitMQ |      a line of a specification, a cell
 *     "| 0  NVIDIA A100 |"                         a terminal panel
 *     "there is a cluster in it", "my Kafka"       a place or an owner of ours
 *
 * In: a passage and the name in it. Out: how strongly it is said; EVIDENCE_DEFINITE, "the Kafka", counts once the
 * article has claimed to have it. Denials, the past and what others have are asked elsewhere (stance.c, existence.c).
 */
#include "facts/judge.h"
#include "facts/reading/standing.h"

/* "There is also an A100 in it", "there are two of them here": an existential before [lo, …), and a place of ours: a
 * catalogue ("there is an A100 with 80 GB") names none. */
static bool exists_here(judge *j, const passage *p, uint32_t lo, uint32_t hi) {
    static const char verbs[] = "is are sits sit lives live stands stand exists";
    static const char *const ours[] = {"it", "this", "that", "here", "our", "my", "them", "each", "both"};
    uint32_t first, end;
    bool there = false, located = false;
    passage_window(p, lo, hi, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        const pword *w = &p->words[i];
        if (w->hi <= lo && word_is(p, i, "there")) there = there || word_in(p, i + 1, verbs);
        if (w->hi <= lo && w->cues & CUE_BREAK) there = false;
        if (word_is(p, i, "here")) located = true;
        bool preposition = w->cues & CUE_PLACE || word_is(p, i, "on") || word_is(p, i, "beside");
        for (size_t k = 0; k < COUNT_OF(ours) && preposition; k++) located = located || word_is(p, i + 1, ours[k]);
    }
    if (!there) return false;
    passage_hit_window(p, lo, hi, &first, &end);
    for (uint32_t h = first; h < end && !located; h++) {
        uint32_t entity = hit_entity(j, &p->on->hits[h], -1);
        located = entity != MANIFEST_NONE &&
                  (j->m->entities[entity].kind == ENTITY_HARDWARE || j->m->entities[entity].kind == ENTITY_HOST);
    }
    return located;
}

/* "swap had filled", "the A100 had been sold": the past perfect tells of before, and no possession. */
static bool is_past_perfect(const passage *p, uint32_t had) {
    if (!word_is(p, had, "had") || had + 1 >= p->word_count) return false;
    str next = surface_slice(p->on, p->words[had + 1].lo, p->words[had + 1].hi);
    return (next.n > 4 && str_ends(next, STR("ed"))) ||
           word_in(p, had + 1, "been gone come run grown become begun already");
}

/* "I had thought of Kubernetes", "we have met Plex users", "I have been told to put Cloudflare in front": the verb is
 * the next word, and it has nothing. */
static bool is_of_mind(const passage *p, uint32_t had) {
    if (!word_in(p, had, "had have has")) return false;
    uint32_t verb = had + 1;
    while (verb < had + 3 && word_in(p, verb, "never often once only just also already long even not always still"))
        verb++;
    bool about = word_in(p, verb,
                         "thought heard dreamt dreamed read talked spoken warned learned learnt known "
                         "complained argued joked") &&
                 word_in(p, verb + 1, "of about");
    if (about || (word_in(p, verb, "hoped wished asked argued looked voted") && word_is(p, verb + 1, "for")))
        return true;
    if (word_is(p, verb, "been")) return word_in(p, verb + 1, "told asked advised offered warned tempted recommended");
    return word_in(p, verb, "met seen considered avoided refused declined resisted skipped wanted missed envied");
}

/* Does the line of output show a thing, rather than miss it: "no NPU found", "unknown device A100", "error: …"? */
static bool shows_device(const passage *p, uint32_t lo, uint32_t hi) {
    static const char misses[] =
        "found failed error missing unknown unavailable skipped warning unsupported unrecognized"
        " usage requires false disabled none supports expected";
    if (!(p->flags & PASSAGE_TERMINAL) || p->cues & (CUE_NEGATION | CUE_IF | CUE_OTHERS)) return false;
    uint32_t first, end;
    passage_window(p, lo, hi, &first, &end);
    for (uint32_t i = first; i < end && i < first + 64; i++)
        if (word_in(p, i, misses)) return false;
    return true;
}

/* "The two A100 GPUs in my rack", "an NPU inside our server": whose place stands right behind the name. */
static bool is_in_our_place(const passage *p, uint32_t after) {
    static const char places[] = "in inside under on beside within";
    if (after < p->word_count && p->words[after].cues & CUE_PART) after++; /* "GPUs", "cards" */
    if (after + 1 >= p->word_count || (!word_is(p, after + 1, "my") && !word_is(p, after + 1, "our"))) return false;
    return word_in(p, after, places);
}

evidence existence_possession(judge *j, passage *p, uint32_t lo, uint32_t hi, bool versioned) {
    passage_prepare(j, p);
    if (p->kind == PASSAGE_CODE) return shows_device(p, lo, hi) ? EVIDENCE_STRONG : EVIDENCE_NONE;
    if (p->kind == PASSAGE_SENTENCE && told_moved_to(p, lo)) return EVIDENCE_STRONG;
    uint32_t first, end, before = UINT32_MAX, after = UINT32_MAX;
    passage_window(p, lo, hi, &first, &end);
    clause_range clause = clause_at(j, p, lo, hi);
    bool mine = false, verb = false, there = false, verb_after = false, copula = false, verbs = false,
         verbs_before = false;
    static const char verbs_of_having[] = "packs sports boasts",
                      things[] = "system setup rig chassis unit build workstation computer device hardware";
    for (uint32_t i = first; i < end; i++) {
        const pword *w = &p->words[i];
        if (w->hi <= lo) before = i;
        if (w->lo >= hi && after == UINT32_MAX) after = i;
        if (w->cues & CUE_FIRST) mine = true;
        if (w->hi <= lo && w->cues & CUE_BREAK) verb = there = false; /* a new clause; commas only part a list */
        if (w->hi <= lo && (w->lo >= clause.lo || !(w->cues & CUE_BREAK))) {
            if (w->cues & (CUE_HAVE | CUE_RUN) && !is_of_mind(p, i) && !word_is(p, (uint32_t)(w - p->words), "on") &&
                !word_is(p, (uint32_t)(w - p->words), "and") && !word_is(p, (uint32_t)(w - p->words), "both"))
                verb = true;
            if (word_in(p, i, verbs_of_having)) verb = true;
            bool thing = w->cues & CUE_PART || word_in(p, i, things);
            if (thing && w > p->words &&
                (word_is(p, (uint32_t)(w - p->words) - 1, "the") || word_is(p, (uint32_t)(w - p->words) - 1, "this") ||
                 word_is(p, (uint32_t)(w - p->words) - 1, "each")))
                there = true; /* "the machine has" */
            if (word_is(p, (uint32_t)(w - p->words), "there") || word_is(p, (uint32_t)(w - p->words), "it") ||
                word_is(p, (uint32_t)(w - p->words), "which"))
                there = true;
        }
        if ((w->cues & (CUE_HAVE | CUE_RUN | CUE_PAST) && !word_in(p, i, "unified and with both on")) ||
            word_is(p, (uint32_t)(w - p->words), "is") || word_is(p, (uint32_t)(w - p->words), "are"))
            verbs = true, verbs_before = verbs_before || w->hi <= lo;
    }
    if (after != UINT32_MAX && p->words[after].lo < hi + 3) {
        verb_after = (p->words[after].cues & (CUE_HAVE | CUE_RUN)) && !is_past_perfect(p, after) &&
                     !word_in(p, after, "with has have and both on"); /* "an H100 has 80 GB", "LTO, and nobody cares" */
        copula = word_is(p, after, "is") || word_is(p, after, "are");
        if (is_in_our_place(p, after)) return EVIDENCE_STRONG;
    }
    context near;
    context_make(j, p, lo, hi, &near);
    bool ours = mine || there;
    for (uint32_t i = 0; i < near.mention_count; i++) ours = ours || near.mentions[i].region <= REGION_LEAD;
    if (existence_is_spoken_of(p, lo, hi)) return EVIDENCE_NONE;
    if (verb && ours) return EVIDENCE_STRONG;
    if (exists_here(j, p, lo, hi)) return EVIDENCE_STRONG;
    if (p->kind == PASSAGE_SENTENCE && p->flags & PASSAGE_IN_LIST && existence_is_general_item(p, lo, hi))
        return EVIDENCE_NONE;
    if (verb_after && !copula && (versioned || ours || p->word_count > 3)) return EVIDENCE_STRONG;
    bool spec = p->kind == PASSAGE_CELL || (!verbs_before && existence_is_labelled(j, p, lo)) ||
                (p->flags & PASSAGE_IN_LIST && !(p->flags & PASSAGE_ORDERED) && (!verbs || p->word_count < 12));
    if (spec && existence_heads_item(p, lo, hi) && !(p->cues & (CUE_COMPARE | CUE_IF)) && !existence_frame_denies(j, p))
        return EVIDENCE_STRONG;
    if (versioned && before != UINT32_MAX && (p->words[before].cues & (CUE_HAVE | CUE_PLACE))) return EVIDENCE_STRONG;
    if (before != UINT32_MAX) {
        const pword *w = &p->words[before];
        if (word_is(p, (uint32_t)(w - p->words), "my") || word_is(p, (uint32_t)(w - p->words), "our"))
            return EVIDENCE_STRONG;
        if (before > first && p->words[before - 1].hi + 14 > lo &&
            (word_is(p, (uint32_t)(w - p->words) - 1, "my") || word_is(p, (uint32_t)(w - p->words) - 1, "our")))
            return EVIDENCE_STRONG;
        if (word_is(p, (uint32_t)(w - p->words), "the") || word_is(p, (uint32_t)(w - p->words), "its") ||
            word_is(p, (uint32_t)(w - p->words), "both") ||
            (before > first &&
             (word_is(p, (uint32_t)(w - p->words) - 1, "its") || word_is(p, (uint32_t)(w - p->words) - 1, "the"))))
            return word_is(p, (uint32_t)(w - p->words), "its") ||
                           (before > first && word_is(p, (uint32_t)(w - p->words) - 1, "its"))
                       ? (ours ? EVIDENCE_STRONG : EVIDENCE_DEFINITE)
                       : EVIDENCE_DEFINITE;
        if (!copula && word_is(p, (uint32_t)(w - p->words), "small")) return EVIDENCE_DEFINITE;
    }
    /* "A small NPU handles embeddings": an indefinite subject that works here. */
    return verb_after ? EVIDENCE_STRONG : EVIDENCE_NONE;
}
