/* tense.c - is it told of a time that is over?
 *
 *     "pilot 0.8.4 at the time", "that night it ran b8377"         a phrase of then
 *     "A subcommand called `push-now` committed link notes"        the sentence's own verb, in the simple past
 *     "What we had", and below it a sentence without a verb   its heading's past
 *     "Before the upgrade, we had:", and a list of versions   its lead's
 *     sudo rm -rf /srv/minio; apt purge postgresql-16         what a command takes away is there no more
 *     "The image is pinned to 0.8.4", "a file signed by …"         a participle tells no time
 *
 * In: a place in a prepared passage. Out: whether the part of the sentence around it is told in the past. What the
 * manifest itself knows as gone is then no falsehood. Nothing is said about what was so, or until when.
 */
#include "facts/reading/reading.h"

/* "at the time", "back then", "that night", "in those days". "At the time of writing" is now. */
static bool is_then(const passage *p, uint32_t i) {
    static const char times[] = "time point moment day days night nights morning evening afternoon week weeks weekend "
                                "month months summer autumn winter spring year years";
    if (word_is(p, i, "back")) return word_is(p, i + 1, "then");
    if (word_is(p, i, "at"))
        return word_in(p, i + 1, "the that") && word_in(p, i + 2, "time point moment") &&
               !word_in(p, i + 3, "of i we being");
    return word_in(p, i, "that those") && word_in(p, i + 1, times) && (i == 0 || p->words[i].cues & CUE_STOP) &&
           !word_in(p, i + 2, "is are i we");
}

/* Is the word the end of a number with its unit: the "GB" of "256 GB unified memory"? No subject of a verb. */
static bool ends_quantity(const passage *p, uint32_t i) {
    for (uint32_t k = p->token_lo; k < p->token_hi && k - p->token_lo < 64; k++) {
        const token *t = &p->on->tokens[k];
        if (t->kind == TOKEN_QUANTITY && t->text.lo < p->words[i].hi && t->text.hi >= p->words[i].hi) return true;
    }
    return false;
}

bool told_by_past_verb(const passage *p, uint32_t i) {
    static const char bound[] = "by with to in on from as for at into of than through here above below";
    if (p->words[i].marks & MARK_PAST) return !(i > 0 && word_in(p, i - 1, "has have is are be been the a an"));
    str said = surface_slice(p->on, p->words[i].lo, p->words[i].hi);
    if (said.n == 3 && word_in(p, i, "let put")) return i > 0 && word_in(p, i - 1, "he she it which that who");
    if (said.n < 5 || !str_ends(said, STR("ed")) || str_find_byte(said, '-', 0) >= 0) return false;
    if (said.p[0] < 'a' || said.p[0] > 'z' || i == 0 || p->words[i - 1].hi + 2 < p->words[i].lo) return false;
    if (word_in(p, i - 1,
                "is are be been being has have the a an and or my our its this that these those not "
                "as so very more most of in on with by for no each every"))
        return false;
    if (word_in(p, i - 1, "was were had")) return true;
    str before = surface_slice(p->on, p->words[i - 1].lo, p->words[i - 1].hi); /* "I've pinned vLLM to 0.12.0" */
    if (str_ends(before, STR("'ve")) || str_ends(before, STR("\xe2\x80\x99ve"))) return false;
    if (word_in(p, i, "unified shared dedicated integrated hardened quantized quantised embedded") ||
        ends_quantity(p, i - 1))
        return false;
    return i + 1 < p->word_count && !word_in(p, i + 1, bound) && !word_in(p, i, "called named need speed feed");
}

bool told_in_past(const passage *p, uint32_t lo, uint32_t hi) {
    clause_range part = stance_part(p, lo, hi);
    uint32_t first, end;
    bool past = false;
    if (p->kind != PASSAGE_SENTENCE) return false;
    passage_window(p, lo, hi, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        if (is_then(p, i)) return true;
        if (p->words[i].lo < part.lo || p->words[i].hi > part.hi || (p->words[i].lo < hi && p->words[i].hi > lo))
            continue;
        if (word_in(p, i, "is are now today currently still has have consists contains comprises includes"))
            return false; /* "what began as X is 0.9.3" */
        past = past || told_by_past_verb(p, i);
    }
    return past;
}

/* "before the upgrade", "before I changed it": a time that is over. Not what comes before each time, or before what is
 * to follow: "before each session", "before you ask", "before we start", "before going any further", "before anything
 * else".
 */
bool told_time_before(const passage *p, uint32_t i) {
    if (!word_is(p, i, "before")) return false;
    if (word_in(p, i + 1, "you anyone anybody somebody each every any anything")) return false;
    if (word_in(p, i + 1, "going continuing proceeding moving") &&
        (i + 2 >= p->word_count || p->words[i + 2].lo > p->words[i + 1].hi + 1 || word_in(p, i + 2, "any on further")))
        return false;
    if (word_in(p, i + 1, "i we") && i + 2 < p->word_count && !told_by_past_verb(p, i + 2) &&
        word_in(p, i + 2, "start begin go continue come get turn look move touch"))
        return false;
    for (uint32_t k = i + 1; k < p->word_count && k < i + 7; k++)
        if (p->words[k].cues & CUE_MODAL || word_in(p, k, "can must")) return false;
    return true;
}

/* "For the nightly drafts I moved from llama.cpp to vLLM": what we went to is what we have, unless we went back. */
bool told_moved_to(const passage *p, uint32_t lo) {
    uint32_t first, end, before = UINT32_MAX;
    bool moved = false;
    if (!(p->cues & CUE_FIRST)) return false;
    passage_window(p, lo, lo, &first, &end);
    for (uint32_t i = first; i < end && p->words[i].hi <= lo; i++) before = i;
    if (before == UINT32_MAX || !word_is(p, before, "to")) return false;
    for (uint32_t i = first; i < end; i++) {
        if (word_in(p, i, "back again returned")) return false;
        moved = moved || (i <= before && word_in(p, i, "moved switched migrated"));
    }
    return moved;
}

/* "The cluster has had an InfiniBand fabric since 2024": and has it still. */
bool told_has_had(const passage *p, uint32_t lo) {
    bool since = false, had = false;
    for (uint32_t i = 0; i + 1 < p->word_count && i < 64; i++) {
        had = had || (p->words[i].hi <= lo && word_in(p, i, "has have") && word_in(p, i + 1, "had run used been"));
        since = since || word_in(p, i, "since");
    }
    return since && had;
}

/* Does the heading, or the line that leads into a list, tell of what was: "What we had", "Before the upgrade, we had:"?
 */
static bool frames_past(judge *j, uint32_t at, const char *now) {
    if (at == PASSAGE_NONE) return false;
    passage *frame = &j->passages[at];
    passage_prepare(j, frame);
    bool past = false;
    for (uint32_t i = 0; i < frame->word_count && i < 16; i++) {
        past = past || word_in(frame, i, "had was were did ran used");
        if (word_in(frame, i, now)) return false;
    }
    return past && !str_ends(str_trim(passage_text(frame)), STR("?"));
}

bool told_under_past_heading(judge *j, passage *p) {
    static const char now[] = "is are has have now today currently still runs run here's it's";
    if (p->kind != PASSAGE_SENTENCE) return false;
    bool listed = p->flags & PASSAGE_IN_LIST && p->lead != PASSAGE_NONE &&
                  str_ends(str_trim(passage_text(&j->passages[p->lead])), STR(":"));
    if (!frames_past(j, p->heading, now) && !(listed && frames_past(j, p->lead, now))) return false;
    passage_prepare(j, p);
    for (uint32_t i = 0; i < p->word_count && i < 64; i++)
        if (word_in(p, i, now)) return false;
    return true;
}

bool told_removing(const passage *p, uint32_t lo) {
    static const char verbs[] =
        "rm rmdir rmi purge remove uninstall autoremove erase drop dropdb destroy delete unlink "
        "disable umount pg_dropcluster";
    if (p->kind != PASSAGE_CODE || p->flags & (PASSAGE_TERMINAL | PASSAGE_CONFIG)) return false;
    str text = surface_slice(p->on, p->text.lo, lo), one;
    while (str_cut(&text, ' ', &one)) /* "docker run --rm" removes only its own container, later */
        if (str_is_among(one, verbs)) return true;
    return false;
}
