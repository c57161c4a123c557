/* standing_grammar.c - the words of "X stands on Y": subjects, their verbs, and what may lie between.
 *
 *     RLM, our licence server, │runs│ in a container │on│ boggle
 *     standing_is_subject_rest  verb   leads_to
 *
 * In: a prepared passage. Out: yes or no, or a place in it. What the words name, and whether it stands there, is not
 * asked here (standing_things.c, place_standing.c; ../places/standing.c).
 */
#include "facts/reading/standing.h"

enum { GAP_REACH = 64 };

bool standing_is_gap_free(const passage *p, uint32_t lo, uint32_t hi, const char *stops) {
    for (uint32_t k = lo; k < hi; k++)
        if (strchr(stops, p->on->text.p[k])) return false;
    return true;
}

/* First word that begins at `at` or behind it. */
uint32_t standing_word_at(const passage *p, uint32_t at) {
    uint32_t lo = 0, hi = p->word_count;
    while (lo < hi) {
        uint32_t middle = lo + (hi - lo) / 2;
        if (p->words[middle].lo < at)
            lo = middle + 1;
        else
            hi = middle;
    }
    return lo;
}

uint32_t standing_word_over(const passage *p, uint32_t at) {
    uint32_t i = standing_word_at(p, at);
    return i > 0 && p->words[i - 1].hi > at ? i - 1 : i;
}

/* "the", "our", "both", "two": may stand before the head of a subject. */
bool standing_is_determiner(const passage *p, uint32_t i) {
    return word_in(p, i, "the our my its this these those both all two three four six eight ten twelve");
}

/* Is the thing that begins at `lo` only part of a phrase with another head, "a backup of PostgreSQL", or one of
 * several, "a second Prometheus"? */
bool standing_is_governed(const passage *p, uint32_t lo) {
    uint32_t i = standing_word_at(p, lo);
    while (i > 0 && standing_is_determiner(p, i - 1)) i--;
    if (i == 0 || !standing_is_gap_free(p, p->words[i - 1].hi, lo, ",;:(\n")) return false;
    if (word_in(p, i - 1,
                "january february march april may june july august september october november december "
                "spring summer autumn winter year week weekend morning night"))
        return false; /* "since January Prometheus has been running on …" */
    if (byte_is_digit(p->on->text.p[p->words[i - 1].lo]) && p->words[i - 1].hi - p->words[i - 1].lo == 4) return false;
    return !word_in(p, i - 1, "and or so that where because since while today now here but which when as nor");
}

/* "RLM, our licence server, runs", "Forgejo and its tickets are", "Berthbook's containers run", "the drill instance of
 * Sunday mornings runs": may this stand between the thing and its verb? */
bool standing_is_subject_rest(const passage *p, uint32_t lo, uint32_t hi) {
    if (hi - lo > GAP_REACH || !standing_is_gap_free(p, lo, hi, ";:\n")) return false;
    uint32_t i = standing_word_at(p, lo), end = standing_word_at(p, hi);
    str rest = str_trim(surface_slice(p->on, lo, hi));
    bool comma = str_find_byte(rest, ',', 0) >= 0;
    for (uint32_t k = i; k < end; k++)
        if (p->words[k].cues & (CUE_NEGATION | CUE_MODAL | CUE_IF | CUE_BREAK | CUE_COMPARE | CUE_FUTURE) &&
            !(comma && k == i && word_in(p, k, "which who where")))
            return false;
    if (comma) { /* an apposition: whole, or its end, "the gateway, perch 1.4.0, lives", "X, the resolver of the house,
                    runs" */
        bool inner = str_find_byte(str_slice(rest, 1, rest.n - 1), ',', 0) >= 0;
        return str_ends(rest, STR(",")) && (str_starts(rest, STR(",")) || (!inner && end - i < 5));
    }
    if (i >= end || str_starts(rest, STR("("))) return true;
    if (str_starts(rest, STR("'s")) || str_starts(rest, STR("\xe2\x80\x99s"))) /* its parts, not its backups */
        return end - i < 4 &&
               word_in(p, end - 1,
                       "containers container server servers service services daemon process processes "
                       "workers instance api engine interface page database queue front gui ui dashboards");
    if (word_in(p, i, "of") || (word_in(p, i, "and") && word_in(p, i + 1, "its their the"))) return end - i < 6;
    for (; i < end; i++) {
        uint8_t c = p->on->text.p[p->words[i].lo];
        if (!byte_is_digit(c) && !word_in(p, i,
                                          "itself alone now also still then server service daemon container too "
                                          "containers instance process v s"))
            return false;
    }
    return true;
}

/* A verb that says where something is; 2 where only its participle may follow: "is". 0 for any other word. */
int standing_verb(const passage *p, uint32_t i) {
    if (word_in(p, i, "is are been")) return 2;
    if (word_in(p, i, "be") && i > 0 && word_in(p, i - 1, "can")) return 2;
    if (word_in(p, i, "moved") && i > 0 && word_in(p, i - 1, "has have was were")) return 1;
    if (word_in(p, i, "was were") && word_in(p, i + 1, "installed put placed deployed")) return 2;
    if (word_in(p, i, "has have") && word_in(p, i + 1, "its their") && word_in(p, i + 2, "place places home seat"))
        return 1;
    return word_in(p, i,
                   "runs run lives live sits sit stands stand lies lie resides reside listens listen starts start "
                   "stays stay answers watches works writes serves hangs hang")
               ? 1
               : 0;
}

/* "writes its log on quay": where the log is, not who writes it. */
static bool has_own_object(const passage *p, uint32_t verb) {
    return word_in(p, verb, "writes serves watches answers") && word_in(p, verb + 1, "its their");
}

bool standing_is_participle(const passage *p, uint32_t i) {
    return word_in(p, i,
                   "hosted installed deployed running served run kept placed started housed exported listening "
                   "located attached connected plugged mounted reached stored built launched put stuck found");
}

/* Does the verb at `verb` lead to the preposition at `preposition`: "is now hosted on", "runs in a container on"? */
bool standing_leads_to(const passage *p, uint32_t verb, uint32_t preposition) {
    int kind = standing_verb(p, verb);
    if (!kind || preposition <= verb || preposition - verb > 6 || has_own_object(p, verb)) return false;
    if (!standing_is_gap_free(p, p->words[verb].hi, p->words[preposition].lo, ",;:()\n")) return false;
    uint32_t i = verb + 1;
    if (kind == 2) {
        while (i < preposition &&
               word_in(p, i, "both all now still also only always to be currently there again today"))
            i++;
        if (i == preposition)
            return word_in(p, preposition, "on in"); /* "is from", "is at" say other standing_subject */
        uint32_t noun = preposition - 1;             /* "is a process on", "is a Python process on" */
        if (word_in(p, i, "a") && noun > i && noun < i + 3 &&
            word_in(p, noun, "process service container daemon guest program job"))
            return word_in(p, preposition, "on");
        if (!standing_is_participle(p, i) || (word_in(p, i, "reached") && !word_in(p, preposition, "on"))) return false;
        i++;
    }
    bool attached = i > verb + 1 && word_in(p, i - 1, "attached connected plugged");
    if (word_in(p, preposition, "to into")) return (attached || word_in(p, verb, "moved")) && i == preposition;
    for (; i < preposition; i++)
        if (p->words[i].cues & (CUE_NEGATION | CUE_COMPARE | CUE_BREAK | CUE_MODAL) ||
            (word_in(p, i, "to from into than like of for about against on") &&
             !(word_in(p, i, "to") && word_in(p, i - 1, "next"))))
            return false;
    return true;
}

uint32_t standing_clause_start(const passage *p, uint32_t verb, uint32_t from) {
    bool finite = false;
    for (uint32_t k = from; k < p->words[verb].lo; k++)
        if (strchr(";:\n", p->on->text.p[k])) from = k + 1;
    for (uint32_t i = 0; i < verb; i++) {
        if (p->words[i].lo < from) continue;
        finite = finite || standing_verb(p, i) || p->words[i].cues & (CUE_HAVE | CUE_RUN);
        bool comma = i > 0 && !standing_is_gap_free(p, p->words[i - 1].hi, p->words[i].lo, ",");
        bool closed = !standing_is_gap_free(p, p->words[verb - 1].hi, p->words[verb].lo, ",");
        if (comma && closed && word_in(p, i, "which who where")) return from; /* "X, which watches all, is on Y" */
        bool joins = word_in(p, i, "and but") && i > 0 && finite && p->words[i].lo > p->words[i - 1].hi + 1;
        if (p->words[i].cues & CUE_BREAK || joins || word_in(p, i, "so where which that because")) {
            from = p->words[i].hi;
            finite = false;
        }
    }
    return from;
}
