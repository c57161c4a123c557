/* release_talk.c - is a version spoken of as a release among others, not as what runs here?
 *
 *     "vLLM 0.6.3 introduced …", "vLLM 0.18 is out"      what a release did or is
 *     "the regression in vLLM 0.16", "since CUDA 12.8"   where in the history of a program something happened
 *     "support began with CUDA 12.8", "when vLLM 0.18 shows up", "vLLM 0.18 or 0.19"
 *     "I skipped vLLM 0.16", "waiting for vLLM 0.18"     tried, avoided, awaited
 *     "the wheel targets CUDA 12.9"                      what something was built for, or holds inside
 *     "with vLLM 0.9 it was slower"                      the past of a component whose history nobody declared
 *     "support for Python 3.6", "a Python 3.10 fix",     what some program is made to work with
 *     "for example, to install Python 3.10.4"
 *     "CPython 3.7, 3.8 and 3.9"                         three at once are a range, not an installation
 *
 * In: a passage, and the bytes of the name with its version. Such a sentence is true of the program, whatever runs
 * here: it contradicts nothing, and earns nothing either, since no manifest holds it.
 */
#include "facts/versions/versions.h"

static bool is_in(const passage *p, uint32_t i, const char *const *words, size_t n) {
    for (size_t k = 0; k < n; k++)
        if (word_is(p, i, words[k])) return true;
    return false;
}

typedef struct neighbours {
    uint32_t before, after; /* words next to the name with its version; UINT32_MAX = none in the clause */
    bool first;             /* the sentence says "I" or "we" before it */
} neighbours;

static neighbours find_neighbours(const passage *p, uint32_t lo, uint32_t hi, clause_range clause) {
    neighbours w = {UINT32_MAX, UINT32_MAX, false};
    uint32_t first, end;
    passage_window(p, lo, hi, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        if (p->words[i].hi <= lo && p->words[i].cues & CUE_FIRST) w.first = true;
        if (p->words[i].hi <= lo && p->words[i].lo >= clause.lo) w.before = i;
        if (p->words[i].lo >= hi && p->words[i].hi <= clause.hi && w.after == UINT32_MAX) w.after = i;
    }
    while (w.before != UINT32_MAX && w.before > first &&
           is_in(p, w.before, (const char *const[]){"the", "our", "my"}, 3))
        w.before--;
    return w;
}

/* "0.6.3 introduced", "0.18 is out", "the 0.9 release notes", "12.8 was slower". */
static bool release_does(const passage *p, const neighbours *w) {
    static const char *const verbs[] = {
        "introduced", "introduces", "added",         "adds",      "removed",  "removes", "dropped",  "drops",
        "deprecated", "shipped",    "ships",         "brought",   "brings",   "fixed",   "fixes",    "broke",
        "breaks",     "changed",    "changes",       "improved",  "improves", "landed",  "supports", "requires",
        "appeared",   "docs",       "documentation", "changelog", "regressed"};
    static const char *const news[] = {"out", "released", "available", "planned", "announced", "due", "coming", "here"};
    uint32_t i = w->after;
    if (i == UINT32_MAX) return false;
    if (word_is(p, i, "series") || word_is(p, i, "line") || word_is(p, i, "branch")) i++;
    static const char *const stores[] = {"repository", "repo",    "repositories", "archive",
                                         "backports",  "testing", "store"};
    if (word_is(p, i, "is") && word_is(p, i + 1, "in") &&
        (is_in(p, i + 2, stores, COUNT_OF(stores)) || is_in(p, i + 3, stores, COUNT_OF(stores))))
        return true;
    if (word_is(p, i, "also") || word_is(p, i, "first") || word_is(p, i, "finally")) i++;
    if (is_in(p, i, verbs, COUNT_OF(verbs))) return !w->first;
    static const char *const later[] = {"can", "will", "must", "may", "comes", "arrives", "looks"};
    if (is_in(p, i, later, COUNT_OF(later))) return !w->first;
    static const char *const previews[] = {"branch",    "beta", "alpha",      "preview",
                                           "candidate", "rc",   "prerelease", "draft"};
    if (is_in(p, w->after, previews, COUNT_OF(previews)) && w->before != UINT32_MAX &&
        (word_is(p, w->before, "a") || word_is(p, w->before, "an")))
        return true;
    if (word_is(p, i, "release") && (word_is(p, i + 1, "notes") || word_is(p, i + 1, "note"))) return true;
    if (word_is(p, i, "came") && word_is(p, i + 1, "out")) return true;
    if (word_is(p, i, "is") || word_is(p, i, "was"))
        return is_in(p, i + 1, news, COUNT_OF(news)) && !(word_is(p, i + 1, "here"));
    return word_is(p, i, "has") && word_is(p, i + 1, "been") && is_in(p, i + 2, news, COUNT_OF(news));
}

/* "introduced in", "the regression in", "as of", "before". */
static bool happened_in(const passage *p, const neighbours *w, uint32_t lo) {
    static const char *const events[] = {"introduced", "fixed",   "added",    "removed", "deprecated", "regression",
                                         "bug",        "new",     "landed",   "changed", "broken",     "appeared",
                                         "merged",     "shipped", "released", "default", "regressed",  "bugs",
                                         "issue",      "leak",    "present"};
    uint32_t i = w->before; /* "I hit a bug in 0.16": then it ran here */
    if (i == UINT32_MAX || p->words[i].hi + 6 < lo || w->first) return false;
    if (word_is(p, i, "in") && i > 0) return is_in(p, i - 1, events, COUNT_OF(events));
    static const char *const papers[] = {"as",     "documentation", "changelog", "docs",         "manual",
                                         "source", "notes",         "tarball",   "announcement", "readme"};
    if (word_is(p, i, "of") && i > 0) return is_in(p, i - 1, papers, COUNT_OF(papers));
    bool opens = i == 0 || p->words[i - 1].hi + 1 < p->words[i].lo; /* the sentence, or what follows a comma */
    return opens &&
           (word_is(p, i, "since") || word_is(p, i, "before") || word_is(p, i, "until") || word_is(p, i, "after"));
}

/* "I skipped", "avoid", "waiting for", "I tested NAME": right before the name. */
static bool is_tried(const passage *p, const neighbours *w, uint32_t lo) {
    static const char *const verbs[] = {"tried",    "skipped",   "skip",       "avoid",    "avoided", "tested",   "try",
                                        "rejected", "evaluated", "considered", "awaiting", "expect",  "previewed"};
    uint32_t i = w->before;
    if (i == UINT32_MAX || p->words[i].hi + 6 < lo) return false;
    if (is_in(p, i, verbs, COUNT_OF(verbs))) return true;
    static const char *const trials[] = {"test", "trial", "experiment", "attempt", "run"};
    if (i > 1 && (word_is(p, i, "with") || word_is(p, i, "of") || word_is(p, i, "on")) &&
        is_in(p, i - 1, trials, COUNT_OF(trials)) && (word_is(p, i - 2, "a") || word_is(p, i - 2, "an")))
        return true; /* "a test with vLLM 0.16 failed" */
    return word_is(p, i, "for") && i > 0 && (word_is(p, i - 1, "waiting") || word_is(p, i - 1, "wait"));
}

/* "Debian ships Caddy 2.6", "apt offers", "the packaged restic", "Ubuntu's own", "a Debian 12 container", "works with":
 * what somebody packs, or something holds, need not run here. */
static bool is_offered(const judge *j, const passage *p, const neighbours *w, uint32_t lo) {
    static const char *const offers[] = {"offers", "offer",    "ships",    "packages",
                                         "lists",  "suggests", "proposes", "packaged"};
    static const char *const holders[] = {"container", "image", "vm", "runner", "box", "chroot", "base"};
    uint32_t i = w->before;
    if (i == UINT32_MAX || p->words[i].hi + 6 < lo) return false;
    if (is_in(p, i, offers, COUNT_OF(offers))) return true;
    if (word_is(p, i, "with") && i > 0 && (word_is(p, i - 1, "works") || word_is(p, i - 1, "work"))) return true;
    bool one = word_is(p, i, "a") || word_is(p, i, "an");
    if (one && w->after != UINT32_MAX && is_in(p, w->after, holders, COUNT_OF(holders))) return true;
    uint32_t owner = word_is(p, i, "own") && i > 0 ? i - 1 : i;
    if (word_is(p, i, "of") && i > 0 && word_is(p, i - 1, "package")) return true;
    if (!str_ends(surface_slice(p->on, p->words[owner].lo, p->words[owner].hi), STR("'s"))) return false;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && p->on->hits[h].where.lo <= p->words[owner].lo; h++)
        if (p->on->hits[h].where.hi > p->words[owner].lo &&
            hit_entity(j, &p->on->hits[h], ENTITY_COMPONENT) != MANIFEST_NONE)
            return true;
    return false;
}

/* "built for", "compiled against", "targets", and what an image or a wheel holds. */
static bool is_built_for(const passage *p, const neighbours *w, uint32_t lo, clause_range clause) {
    static const char *const built[] = {"compiled", "built", "build", "target", "targets", "targeting", "linked"};
    static const char *const holders[] = {"container", "containers", "image",      "images",      "wheel",
                                          "wheels",    "venv",       "virtualenv", "container's", "image's"};
    static const char *const holds[] = {"on",   "base", "inside", "ships", "bundles", "is",
                                        "with", "from", "uses",   "own",   "holds",   "contains"};
    uint32_t i = w->before, opening, close;
    passage_window(p, lo, lo, &opening, &close);
    for (uint32_t k = opening; k < close && k < 4 && p->words[k].hi <= lo; k++) /* "Inside the container, Python is" */
        if (is_in(p, k, holders, COUNT_OF(holders)) && k > 1 &&
            (word_is(p, k - 2, "inside") || word_is(p, k - 2, "in")))
            return true;
    if (i == UINT32_MAX || p->words[i].hi + 6 < lo) return false;
    if (is_in(p, i, built, COUNT_OF(built))) return true;
    if ((word_is(p, i, "for") || word_is(p, i, "against")) && i > 0 && is_in(p, i - 1, built, COUNT_OF(built)))
        return true;
    if (!is_in(p, i, holds, COUNT_OF(holds))) return false;
    uint32_t first, end;
    passage_window(p, lo, lo, &first, &end);
    for (uint32_t k = first; k < i; k++)
        if (p->words[k].lo >= clause.lo && is_in(p, k, holders, COUNT_OF(holders))) return true;
    return false;
}

/* "the next release", "planned for June": not yet. */
static bool is_to_come(const passage *p, uint32_t lo, uint32_t hi, clause_range clause) {
    static const char *const words[] = {"upcoming", "planned", "forthcoming"};
    static const char *const when[] = {"day",    "week",   "month",  "quarter", "year",
                                       "spring", "summer", "autumn", "winter"};
    static const char *const what[] = {"release", "version", "one", "major", "minor", "update", "upgrade"};
    uint32_t first, end;
    passage_window(p, lo, hi, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        if (p->words[i].hi + 24 < clause.lo || p->words[i].lo > clause.hi + 24) continue;
        if (is_in(p, i, words, COUNT_OF(words))) return true;
        if (word_is(p, i, "next") && is_in(p, i + 1, what, COUNT_OF(what))) return true;
        if (word_is(p, i, "next") && is_in(p, i + 1, when, COUNT_OF(when))) return true;
        if (word_is(p, i, "tomorrow") || word_is(p, i, "soon")) return true;
        if (word_is(p, i, "because") && p->words[i].lo > hi) return false; /* ", because it is the newest that …" */
        if (word_is(p, i, "latest") || word_is(p, i, "newest") || word_is(p, i, "upstream")) return true;
    }
    return false;
}

/* The past of what has no declared history: "migrated from …", "with … it was slower", "came with …". What "took 3 s
 * with 0.17.0" may still run: only a comparison tells that it does not. */
static bool is_unknown_past(const passage *p, const neighbours *w, uint32_t lo, uint32_t hi) {
    static const char *const compared[] = {"slower",  "faster", "worse",  "better", "older",
                                           "smaller", "larger", "longer", "less"};
    static const char *const moves[] = {"migrated", "migration", "upgraded", "upgrade",  "upgrading",
                                        "moved",    "came",      "switched", "step",     "jump",
                                        "went",     "updated",   "moving",   "migrating"};
    uint32_t i = w->before, first, end;
    passage_window(p, lo, hi, &first, &end);
    if (i != UINT32_MAX && p->words[i].hi + 6 >= lo && word_is(p, i, "from"))
        for (uint32_t k = i; k > first && i - k < 4; k--)
            if (is_in(p, k - 1, moves, COUNT_OF(moves))) return true;
    bool was = false;
    for (uint32_t k = first; k < end && p->words[k].lo < hi + 40; k++) {
        if (p->words[k].lo < hi) continue;
        was = was || word_is(p, k, "was") || word_is(p, k, "were");
        if (was && is_in(p, k, compared, COUNT_OF(compared))) return true;
    }
    if (i != UINT32_MAX && i > 0 && word_is(p, i, "with") &&
        (word_is(p, i - 1, "came") || word_is(p, i - 1, "shipped") || word_is(p, i - 1, "arrived")))
        return true;
    for (uint32_t k = first; k < end; k++) {
        if (word_is(p, k, "preinstalled") || word_is(p, k, "originally")) return true;
        if (word_is(p, k, "first") && word_is(p, k + 1, "version")) return true;
        if (word_is(p, k, "when") && p->words[k].hi <= lo && word_is(p, k + 2, "bought")) return true;
    }
    return false;
}

/* "support for Python 3.6", "compatible with", "works on", "the Python 3.10 compatibility", "Python 3.8 and later". */
static bool is_compatibility(const passage *p, const neighbours *w, uint32_t lo) {
    static const char *const leads[] = {"support",   "supports",   "supported",     "supporting", "compatible",
                                        "compat",    "works",      "compatibility", "work",       "dropped",
                                        "drop",      "drops",      "dropping",      "tested",     "tests",
                                        "test",      "build",      "builds",        "ci",         "working",
                                        "available", "workaround", "deprecate",     "deprecated", "deprecation"};
    static const char *const prepositions[] = {"for", "with", "on", "of", "in", "against"};
    static const char *const tails[] = {"compat",     "compatibility", "compatible", "support",       "users",
                                        "workaround", "workarounds",   "only",       "installations", "eol"};
    static const char *const later[] = {"later",  "newer",   "above",   "up",   "onwards",
                                        "higher", "greater", "earlier", "older"};
    uint32_t i = w->before, k = w->after;
    if (k != UINT32_MAX) {
        if (is_in(p, k, tails, COUNT_OF(tails))) return true;
        if ((word_is(p, k, "and") || word_is(p, k, "or")) && is_in(p, k + 1, later, COUNT_OF(later))) return true;
    }
    if (i == UINT32_MAX || p->words[i].hi + 6 < lo || w->first) return false;
    if (is_in(p, i, leads, 4)) return true; /* "supports Python 3.6" */
    return i > 0 && is_in(p, i, prepositions, COUNT_OF(prepositions)) && is_in(p, i - 1, leads, COUNT_OF(leads));
}

/* "any rest-server from 0.12 on": what will do, not what is there. */
static bool is_any(const passage *p, const neighbours *w, uint32_t hi) {
    if (w->after != UINT32_MAX && p->words[w->after].lo <= hi + 1 &&
        (word_is(p, w->after, "on") || word_is(p, w->after, "onwards") || word_is(p, w->after, "upwards")) &&
        (w->after + 1 == p->word_count || p->words[w->after + 1].lo > p->words[w->after].hi + 1))
        return true;
    return w->before != UINT32_MAX && word_is(p, w->before, "any");
}

/* "In the sandbox I have vLLM 0.19", "a second venv holds it": a place for trying things. */
static bool is_on_trial(const passage *p, uint32_t lo, clause_range clause) {
    static const char *const places[] = {"sandbox", "testbed", "playground"};
    static const char *const kinds[] = {"test", "second", "scratch", "spare", "separate", "throwaway"};
    static const char *const holders[] = {"venv", "environment", "container", "image", "vm", "virtualenv"};
    uint32_t first, end;
    passage_window(p, lo, lo, &first, &end);
    for (uint32_t i = first; i < end && p->words[i].hi <= lo; i++) {
        if (p->words[i].lo < clause.lo) continue;
        if (is_in(p, i, places, COUNT_OF(places))) return true;
        if (is_in(p, i, kinds, COUNT_OF(kinds)) && is_in(p, i + 1, holders, COUNT_OF(holders))) return true;
    }
    return false;
}

/* "Which versions have you skipped? vLLM 0.16.0.": the answer to what was left out, or comes next. */
static bool answers_otherwise(judge *j, const passage *p) {
    if (p->previous == PASSAGE_NONE) return false;
    passage *q = &j->passages[p->previous];
    if (!str_ends(str_trim(passage_text(q)), STR("?"))) return false;
    passage_prepare(j, q);
    for (uint32_t i = 0; i < q->word_count && i < 32; i++)
        if (word_in(q, i, "skip skipped avoid avoided try tried next begin began refuse refused")) return true;
    return false;
}

/* "For example, …", "e.g. …", "such as …" before it in the sentence or cell. */
static bool is_example(const passage *p, uint32_t lo) {
    uint32_t first, end;
    passage_window(p, lo, lo, &first, &end);
    for (uint32_t i = first; i < end && p->words[i].hi <= lo; i++)
        if ((word_is(p, i, "for") && (word_is(p, i + 1, "example") || word_is(p, i + 1, "instance"))) ||
            (word_is(p, i, "such") && word_is(p, i + 1, "as")) || (word_is(p, i, "e") && word_is(p, i + 1, "g")) ||
            word_is(p, i, "e.g"))
            return true;
    return false;
}

/* One of three or more versions that stand in a row: ", 3.8", " and 3.9". */
static bool is_in_range(const passage *p, uint32_t hi) {
    uint32_t row = 1, best = 0, last = 0;
    bool here = false;
    for (uint32_t t = p->token_lo; t < p->token_hi && t - p->token_lo < 64; t++) {
        const token *k = &p->on->tokens[t];
        if (k->kind != TOKEN_VERSION && k->kind != TOKEN_NUMBER) continue;
        str between = last ? str_trim(surface_slice(p->on, last, k->core.lo)) : (str){0};
        bool joined = last && k->core.lo >= last && k->core.lo - last < 8 &&
                      (str_eq(between, STR(",")) || str_eq(between, STR("and")) || str_eq(between, STR("or")) ||
                       str_eq(between, STR(", and")) || str_eq(between, STR("/")));
        if (!joined) {
            if (here && best >= 3) return true;
            row = 0, here = false;
        }
        row++;
        here = here || k->text.hi == hi;
        best = row;
        last = k->core.hi;
    }
    return here && best >= 3;
}

/* "vLLM 0.18 or 0.19", "either CUDA 12.8 or CUDA 13.0": one of two is said to run nowhere. */
static bool is_alternative(const passage *p, uint32_t lo, uint32_t hi) {
    for (uint32_t t = p->token_lo; t < p->token_hi && t - p->token_lo < 64; t++) {
        const token *k = &p->on->tokens[t];
        if (k->kind != TOKEN_VERSION && k->kind != TOKEN_NUMBER) continue;
        if (!byte_is_digit(p->on->text.p[k->core.lo]) && p->on->text.p[k->core.lo] != 'v') continue;
        bool behind = k->core.lo >= hi;
        if (!behind && k->core.hi > lo) continue;
        uint32_t first, end, from = behind ? hi : k->core.hi, to = behind ? k->core.lo : lo, words = 0;
        if (to < from || to - from > 24) continue;
        passage_window(p, from, to, &first, &end);
        bool joined = false;
        for (uint32_t i = first; i < end; i++) {
            if (p->words[i].lo < from || p->words[i].hi > to) continue;
            joined = joined || (words == 0 && word_is(p, i, "or"));
            words++;
        }
        if (joined && words < 4) return true;
    }
    return false;
}

/* "Blackwell support began with CUDA 12.8", "started in 12.8": since which release something is so, said of that thing.
 */
static bool began_with(const passage *p, const neighbours *w, uint32_t lo) {
    static const char *const begins[] = {"began",   "begins",   "begin",   "started", "starts", "start",   "arrived",
                                         "arrives", "appeared", "appears", "landed",  "lands",  "debuted", "came",
                                         "comes",   "ended",    "ends",    "stopped", "stops",  "works",   "exists"};
    uint32_t i = w->before;
    if (i == UINT32_MAX || i == 0 || p->words[i].hi + 6 < lo || w->first) return false;
    return (word_is(p, i, "with") || word_is(p, i, "in") || word_is(p, i, "since") || word_is(p, i, "from")) &&
           is_in(p, i - 1, begins, COUNT_OF(begins));
}

/* "When vLLM 0.18 shows up", "once CUDA 13.1 lands", "as soon as 0.18 is out": a day that has not come. */
static bool is_awaited(const passage *p, const neighbours *w, uint32_t lo) {
    static const char *const comes[] = {"shows", "comes", "arrives", "lands", "ships", "appears", "drops", "hits"};
    uint32_t i = w->before, k = w->after;
    if (i == UINT32_MAX || k == UINT32_MAX || p->words[i].hi + 6 < lo) return false;
    bool waits = word_is(p, i, "when") || word_is(p, i, "once") || word_is(p, i, "if") || word_is(p, i, "until") ||
                 word_is(p, i, "before") || (i > 1 && word_is(p, i, "as") && word_is(p, i - 1, "soon"));
    return waits && (is_in(p, k, comes, COUNT_OF(comes)) ||
                     ((word_is(p, k, "is") || word_is(p, k, "gets")) &&
                      (word_is(p, k + 1, "out") || word_is(p, k + 1, "released") || word_is(p, k + 1, "ready"))));
}

bool is_release_talk(judge *j, passage *p, uint32_t lo, uint32_t hi, bool has_history) {
    if (p->kind == PASSAGE_CODE) return false;
    passage_prepare(j, p);
    if (is_example(p, lo) || is_in_range(p, hi) || is_alternative(p, lo, hi)) return true;
    if (p->kind != PASSAGE_SENTENCE) return false;
    clause_range clause = clause_at(j, p, lo, hi);
    neighbours w = find_neighbours(p, lo, hi, clause);
    return release_does(p, &w) || happened_in(p, &w, lo) || is_tried(p, &w, lo) || is_offered(j, p, &w, lo) ||
           is_built_for(p, &w, lo, clause) || is_on_trial(p, lo, clause) || answers_otherwise(j, p) ||
           is_to_come(p, lo, hi, clause) || is_compatibility(p, &w, lo) || is_any(p, &w, hi) || began_with(p, &w, lo) ||
           is_awaited(p, &w, lo) || (!has_history && is_unknown_past(p, &w, lo, hi));
}
