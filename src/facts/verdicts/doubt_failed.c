/* doubt_failed.c - a release that failed here, or was tried and left.
 *
 *     "vLLM 0.13 fell over on kestrel"                       what it did once
 *     "The upgrade to vLLM 0.16.0 failed"                    an attempt
 *     "I rolled back from vLLM 0.16.0 to 0.14.0"             where we went away from
 *     "Driver 590.44 froze it twice, so I went back"         what was done about it
 *     "I installed 0.16.0 in March and removed it"           for as long as it lasted
 *
 * In: a scene. Out: the doubt, or NULL. Nothing of this where the sentence says that it runs all the same: "crashed
 * with vLLM 0.16.0, which is what we run".
 */
#include "facts/verdicts/doubt.h"

static const char FAILED[] = "fell crashed hung froze refused failed died broke panicked segfaulted choked stalled "
                             "deadlocked looped lasted misbehaved corrupted ate bricked killed";

/* "which is what we run", "it still runs": the sentence says that it is here. */
static bool runs_all_the_same(const scene *s) {
    const passage *p = s->p;
    for (uint32_t i = s->first; i < s->end; i++) {
        if (i >= s->at && i < s->after) continue;
        bool part = p->words[i].lo >= s->part.lo && p->words[i].hi <= s->part.hi;
        if (part && doubt_word(p, i, "today currently still")) return true;
        if (!doubt_word(p, i, "runs run uses use serves drives powers")) continue;
        if (part || (i > s->first && doubt_word(p, i - 1, "it which that we i still"))) return true;
    }
    return false;
}

/* The word is "back" behind a verb of going, or a verb of giving up with its object: "went back", "removed it", "was
 * rolled back", "reverted". */
static bool is_giving_up(const scene *s, uint32_t i) {
    const passage *p = s->p;
    if (doubt_word(p, i, "back"))
        return i > s->first && doubt_word(p, i - 1, "went rolled stepped switched moved fell came turned go roll");
    if (doubt_word(p, i, "reverted downgraded retreated")) return true;
    if (doubt_word(p, i, "removed uninstalled skipped dropped abandoned undone purged")) {
        if (doubt_word(p, i + 1, "it that this")) return true;
        bool passive = i > s->first + 1 && doubt_word(p, i - 1, "was were got") &&
                       doubt_word(p, i - 2, "and it that this which"); /* not "and the old directory was removed" */
        return passive;
    }
    if (doubt_word(p, i, "left gave threw took")) return doubt_word(p, i + 1, "it") && i + 2 < s->end;
    return false;
}

/* Is it given up behind the claim, and no other release named between? */
static bool is_given_up(const scene *s) {
    const passage *p = s->p;
    for (uint32_t i = s->after; i < s->end && i < s->after + 30; i++) {
        if (byte_is_digit(p->on->text.p[p->words[i].lo]) && p->words[i].hi - p->words[i].lo > 2) return false;
        if (doubt_word(p, i, "after since because")) return false;
        if (is_giving_up(s, i)) return true;
    }
    return false;
}

/* "rolled back from V", "reverted from V" */
static bool is_gone_from(const scene *s, uint32_t name) {
    uint32_t from = doubt_word_before(s, name);
    if (from == UINT32_MAX || from == s->first || !doubt_word(s->p, from, "from")) return false;
    return is_giving_up(s, from - 1);
}

/* "The upgrade of kestrel to V failed", "My one try of V on roost failed" */
static bool is_failed_attempt(const scene *s, uint32_t name) {
    const passage *p = s->p;
    uint32_t tried = doubt_find(p, s->first, s->at,
                                "upgrade update move switch migration step jump try attempt attempts test experiment "
                                "trial installation"),
             lead = doubt_word_before(s, name);
    if (lead == UINT32_MAX || !doubt_word(p, lead, "to with of at on")) return false;
    if (tried == UINT32_MAX || p->words[tried].lo < s->part.lo) return false;
    for (uint32_t i = s->after; i < s->end && i < s->after + 8; i++)
        if (doubt_word(p, i, FAILED) || (doubt_word(p, i, "ended") && doubt_word(p, i + 1, "in with")) ||
            (doubt_word(p, i, "went") && doubt_word(p, i + 1, "wrong badly")))
            return true;
    return false;
}

const char *doubt_of_failed(const scene *s) {
    const passage *p = s->p;
    if (p->kind != PASSAGE_SENTENCE || runs_all_the_same(s)) return NULL;
    uint32_t name = s->at;
    while (name > s->first && doubt_is_declared(s, name - 1)) name--;
    uint32_t verb = s->after;
    while (verb < s->end && verb < s->after + 2 && doubt_word(p, verb, "once twice promptly simply then only just"))
        verb++;
    if (doubt_word(p, verb, "from")) /* "from the beta channel" */
        for (uint32_t k = verb + 1; k < s->end && k < verb + 5; k++)
            if (doubt_word(p, k, FAILED)) verb = k;
    bool next = verb < s->end && s->after < s->end && p->words[s->after].lo <= s->hi + 1;
    uint32_t lead = doubt_word_before(s, name);
    bool subject = lead == UINT32_MAX || p->words[lead].lo < s->clause.lo || /* "on kestrel vLLM 0.16.0 crashed" */
                   !doubt_word(p, lead, "in with of to into on onto against for at by from under using via") ||
                   (doubt_word(p, lead, "on") && s->at > name + 1 && doubt_is_here(s));
    if (next && subject && doubt_word(p, verb, FAILED)) OBJECT(s->j, "it is a release that failed");
    if (is_failed_attempt(s, name)) OBJECT(s->j, "it is a release that failed");
    if (is_gone_from(s, name) || is_given_up(s)) OBJECT(s->j, "it was tried and left");
    return NULL;
}
