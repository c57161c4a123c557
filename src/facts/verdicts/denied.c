/* denied.c - is what is declared denied?
 *
 *     "The engine does not listen on port 30001."     plainly: its verb is denied, and nothing is added
 *     "It does not listen on 30001 from outside."     a part of it, so the whole of it may hold
 *     "It needs no key, and its port, 30001, …"       not at all: the negation is of another verb
 *     "If the backup does not run every night, …"     not at all: nobody says that it does not
 *
 * In: a claim's place, whose value is the declared one. Out: how far the sentence denies it. Only what stands before
 * the place counts, back to the negation over the small words and verbs that lead to it: a negation that governs the
 * place in any looser way (denial.c) is too weak to turn a true value into a false one.
 */
#include "facts/verdicts/verdict.h"

/* Verbs of what listens and what recurs, and the small words between them and their port, place or time. */
static const char LEADING[] =
    "on at to in under the a its our my port tcp udp be been being ever longer anymore any "
    "listen listens listening run runs running answer answers answering serve serves served serving "
    "use uses used using bind binds bound binding sit sits sitting live lives expose exposes "
    "take takes taken taking place happen happens happening start starts started starting occur occurs done do made "
    "reachable available open offered scheduled deployed hosted";
/* "does not always run …": at times it does. */
static const char SOFTENING[] = "always necessarily really quite exactly yet usually strictly actually";

/* Nothing but the end of the sentence behind byte `hi`, or "at all", "any more". */
static bool ends_behind(const passage *p, uint32_t hi) {
    uint32_t first, end, last = hi;
    passage_window(p, hi, hi, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        if (p->words[i].lo < hi) continue;
        if (!word_in(p, i, "at all any more longer anymore")) return false;
        last = p->words[i].hi;
    }
    for (uint32_t k = last; k < p->text.hi; k++)
        if (!strchr(".!*_`\"') \n", p->on->text.p[k])) return false;
    return true;
}

/* "It is not true that the engine listens on …", "the myth that …". */
static bool is_called_untrue(const passage *p, uint32_t lo) {
    uint32_t first, end;
    passage_window(p, lo, lo, &first, &end);
    for (uint32_t i = first; i + 1 < end && p->words[i + 1].hi <= lo; i++) {
        if (!word_is(p, i + 1, "that")) continue;
        if (word_in(p, i, "untrue false wrong incorrect myth mistake")) return true;
        bool truth = word_in(p, i, "true correct case right so");
        for (uint32_t k = i; truth && k > first && i - k < 3; k--)
            if (word_in(p, k - 1, "not isn't never")) return true;
    }
    return false;
}

enum declared_denial denial_of_declared(const passage *p, uint32_t lo, uint32_t hi) {
    if (is_called_untrue(p, lo)) return DENIES_A_PART;
    uint32_t at = passage_word_before(p, lo);
    bool soft = false;
    for (uint32_t n = 0; at != UINT32_MAX && n < 8; n++, at = at ? at - 1 : UINT32_MAX) {
        if (p->words[at].cues & CUE_NEGATION) break;
        if (word_in(p, at, SOFTENING))
            soft = true;
        else if (!word_in(p, at, LEADING))
            return DENIES_NOTHING;
        for (uint32_t k = p->words[at].hi; at + 1 < p->word_count && k < p->words[at + 1].lo; k++)
            if (strchr(",;:()", p->on->text.p[k])) return DENIES_NOTHING;
    }
    if (at == UINT32_MAX || !(p->words[at].cues & CUE_NEGATION)) return DENIES_NOTHING;
    if (word_in(p, at + 1, "only just merely simply even")) return DENIES_NOTHING;
    if (word_is(p, at, "no") && !word_is(p, at + 1, "longer")) return DENIES_NOTHING; /* "on no port but" */
    if (word_in(p, at, "without neither nor none zero")) return DENIES_NOTHING;
    bool nobody = word_in(p, at, "nothing nobody");
    if (nobody && word_in(p, at + 1, "on at in to under")) return DENIES_NOTHING; /* "finds nothing on hammer:30000" */
    soft = soft || nobody || (at > 0 && word_in(p, at - 1, "did was were had will would could might may should can")) ||
           word_in(p, at, "didn't wasn't weren't hadn't won't wouldn't couldn't shouldn't can't cannot");
    for (uint32_t i = at; i > 0 && at - i < 12; i--) { /* what the denial itself stands in */
        bool cut = false;
        for (uint32_t k = p->words[i - 1].hi; k < p->words[i].lo; k++) cut = cut || strchr(",;:", p->on->text.p[k]);
        if (cut) break;
        if (word_in(p, i - 1, "if when whenever unless should until whether")) return DENIES_NOTHING;
        soft = soft || p->words[i - 1].cues & CUE_NEGATION || word_in(p, i - 1, "that why because how which who where");
    }
    return soft || !ends_behind(p, hi) ? DENIES_A_PART : DENIES_IT;
}

bool claim_is_denied(judge *j, passage *p, claim *c, const manifest_fact *fact, str says, str what) {
    uint32_t lo = j->judging_at.lo, hi = j->judging_at.hi;
    enum declared_denial denial = denial_of_declared(p, lo, hi);
    if (denial == DENIES_NOTHING) return false;
    if (denial == DENIES_IT)
        claim_contradicted(j, c, fact, says, judge_printf(j, "a denial of %.*s", STR_ARG(what)));
    else
        claim_unverified(j, c, judge_printf(j, "a denial of %.*s, too indirect to judge", STR_ARG(what)));
    return true;
}
