/* denial.c - is it denied?
 *
 *     "there is no NPU"   "none of these is here: an NPU, a TPU"   "an NPU is missing"   "it does not run X, Y or Z"
 *
 * In: a place in a passage. Out: whether a negation governs it, or a word that denies without one. A negation governs
 * what follows it in its part of the sentence, the list that it leads into, and the subject of its verb; one that
 * denies another verb ("does not slow down the A100") denies nothing of what is named.
 */
#include "facts/reading/reading.h"

/* "X is not …", "X does not …", "X isn't …", "X has never …" right behind the name at `hi`. */
static bool is_negated_copula(const passage *p, uint32_t i, uint32_t hi) {
    static const char verbs[] = "is are was were has have does do did will";
    if (!(p->words[i].cues & CUE_NEGATION) || i == 0) return false;
    if (word_is(p, i, "not") && (word_is(p, i + 1, "only") || word_is(p, i + 1, "just") || word_is(p, i + 1, "yet")))
        return false;
    if (p->words[i].lo <= hi + 2)
        return str_find_byte(surface_slice(p->on, p->words[i].lo, p->words[i].hi), '\'', 0) > 0;
    return word_in(p, i - 1, verbs) && p->words[i - 1].lo <= hi + 2 && p->words[i - 1].lo >= hi;
}

/* A verb right behind [.., hi): "Podman runs everything" is a new clause, not the last item of a denied list. */
static bool verb_follows(const passage *p, uint32_t hi) {
    static const char joins[] = "on with and both beside through via plus";
    uint32_t first, end;
    passage_window(p, hi, hi, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        if (p->words[i].lo < hi) continue;
        if (p->words[i].lo > hi + 1) return false;
        if (word_in(p, i, joins)) return false;
        return (p->words[i].cues & (CUE_HAVE | CUE_RUN)) || word_is(p, i, "is") || word_is(p, i, "are") ||
               word_is(p, i, "does") || word_is(p, i, "was");
    }
    return false;
}

/* "We don't run …", "it lacks …", "I have no …": the negation belongs to a verb before the list, whose own first
 * words may hold that verb. "No X, Y or Z runs here" is the other kind: the list is the subject. */
static bool is_verbal(const passage *p, uint32_t negation) {
    static const char subjects[] = "no none nothing neither nor zero nobody without";
    bool subject = word_in(p, negation, subjects);
    if (!subject) return !word_is(p, negation, "not") || !word_is(p, negation + 1, "a");
    return negation > 0 && !word_is(p, negation, "nor") && !word_is(p, negation, "without") &&
           (p->words[negation - 1].cues & (CUE_HAVE | CUE_RUN) || word_is(p, negation - 1, "is") ||
            word_is(p, negation - 1, "are"));
}

/* Do only short items without a verb of possession part the negation's word from [lo, hi): "no Nomad, Docker Swarm,
 * Mesos or anything of the kind", "we don't run Nomad, Docker Swarm, or Mesos"? */
static bool is_denied_list(const passage *p, uint32_t negation, uint32_t lo, uint32_t hi) {
    uint32_t from = p->words[negation].hi, words = 0;
    bool verbal = is_verbal(p, negation), listed = false;
    if (lo - from > 240 || (verbal && verb_follows(p, hi))) return false;
    for (uint32_t i = negation + 1; i < p->word_count && p->words[i].lo < lo; i++) {
        for (uint32_t k = p->words[i - 1].hi; k < p->words[i].lo; k++)
            if (p->on->text.p[k] == ',') words = 0, listed = true;
        if (verbal && !listed) {
            if (p->words[i].cues & CUE_BREAK || ++words > 9) return false;
            continue;
        }
        bool joins = word_is(p, i, "and") || word_is(p, i, "or") || word_is(p, i, "nor") || word_is(p, i, "on") ||
                     word_is(p, i, "with");
        if (!joins && p->words[i].cues & (CUE_HAVE | CUE_RUN | CUE_WAS | CUE_BREAK | CUE_FIRST)) return false;
        if (word_is(p, i, "is") || word_is(p, i, "are") || word_is(p, i, "the") || ++words > 4) return false;
    }
    return true;
}

/* Nothing but names, articles and commas in [from, lo)? */
static bool is_bare_list(const passage *p, uint32_t from, uint32_t lo) {
    uint32_t words = 0;
    for (uint32_t i = 0; i < p->word_count && p->words[i].lo < lo; i++) {
        if (p->words[i].lo < from) continue;
        for (uint32_t k = p->words[i - (i > 0)].hi; k < p->words[i].lo; k++)
            if (p->on->text.p[k] == ',') words = 0;
        if (word_is(p, i, "and") || word_is(p, i, "or") || word_is(p, i, "a") || word_is(p, i, "an")) continue;
        if (p->words[i].cues & (CUE_HAVE | CUE_RUN | CUE_WAS | CUE_BREAK | CUE_FIRST | CUE_STOP) || ++words > 3)
            return false;
    }
    return true;
}

static bool is_missing_word(const passage *p, uint32_t i) {
    return i < p->word_count && p->words[i].marks & MARK_MISSING;
}

/* "NPU: none", "A100 - not present", "NPU-free": what stands right behind the name denies it. */
static bool is_denied_behind(const passage *p, uint32_t hi) {
    static const char *const marks[] = {"-", "\xe2\x80\x93", "\xe2\x80\x94", "0", "\xe2\x9c\x97", "\xe2\x9d\x8c"};
    str rest = surface_slice(p->on, hi, p->text.hi);
    if (str_starts(rest, STR("-free"))) return true;
    while (rest.n && (rest.p[0] == '*' || rest.p[0] == ' ' || rest.p[0] == '`')) rest = str_slice(rest, 1, rest.n);
    if (!rest.n || byte_is_alnum(rest.p[0])) return false;
    bool apart = false;
    static const char *const joins[] = {":", "-", "\xe2\x80\x93", "\xe2\x80\x94", "="};
    for (size_t k = 0; k < COUNT_OF(joins) && !apart; k++)
        if (str_starts(rest, str_from_cstr(joins[k]))) {
            apart = true;
            rest = str_trim(str_slice(rest, (ptrdiff_t)strlen(joins[k]), rest.n));
        }
    if (!apart) return false;
    for (size_t k = 0; k < COUNT_OF(marks); k++)
        if (str_eq(rest, str_from_cstr(marks[k]))) return true;
    uint32_t lo = (uint32_t)(rest.p - p->on->text.p), first, end;
    passage_window(p, hi, hi, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        if (p->words[i].lo < lo) continue;
        return p->words[i].lo <= lo + 2 && (p->words[i].cues & CUE_NEGATION || is_missing_word(p, i));
    }
    return false;
}

/* "An NPU, a TPU and an A100 are all missing": only more names part the name from the verb. */
static bool is_missing_list(const passage *p, uint32_t hi, uint32_t limit) {
    uint32_t first, end, words = 0;
    passage_window(p, hi, hi, &first, &end);
    for (uint32_t i = first; i < end && p->words[i].lo < limit; i++) {
        if (p->words[i].lo < hi) continue;
        if (word_is(p, i, "is") || word_is(p, i, "are") || word_is(p, i, "were") || word_is(p, i, "was")) {
            uint32_t next = i + 1;
            while (word_is(p, next, "all") || word_is(p, next, "both") || word_is(p, next, "also")) next++;
            return is_missing_word(p, next) || (word_is(p, next, "not") && next == i + 1 &&
                                                (word_is(p, next + 1, "here") || word_is(p, next + 1, "among") ||
                                                 word_is(p, next + 1, "present") || word_is(p, next + 1, "part")));
        }
        if (p->words[i].cues & (CUE_HAVE | CUE_RUN | CUE_BREAK | CUE_FIRST) && !word_is(p, i, "and")) return false;
        if (++words > 10) return false;
    }
    return false;
}

/* "Scenes which do not fit the card are rendered on …": the negation stays in its relative clause, behind which the
 * main clause goes on with a passive of its own. */
static bool is_in_relative(const passage *p, uint32_t negation, uint32_t lo) {
    uint32_t i = negation;
    while (i > 0 && negation - i < 2 && !word_in(p, i, "which that who")) i--;
    if (i == 0 || !word_in(p, i, "which that who")) return false;
    for (uint32_t k = p->words[i - 1].hi; k < p->words[i].lo; k++)
        if (p->on->text.p[k] != ' ') return false; /* a clause behind a comma may be the last one */
    for (i = negation + 2; i + 1 < p->word_count && p->words[i + 1].hi <= lo; i++) {
        str next = surface_slice(p->on, p->words[i + 1].lo, p->words[i + 1].hi);
        if (p->words[i].cues & (CUE_BREAK | CUE_NEGATION)) return false;
        if (word_in(p, i, "is are") && str_ends(next, STR("ed"))) return true;
    }
    return false;
}

/* A negation that governs [lo, …): before it in the clause, or right before the list that holds it. */
bool denial_governs(judge *j, passage *p, uint32_t lo, uint32_t hi) {
    clause_range part = stance_part(p, lo, hi), clause = clause_at(j, p, lo, hi);
    if (is_denied_behind(p, hi)) return true;
    bool denied = false;
    uint32_t last = UINT32_MAX, first, end;
    passage_window(p, lo, hi, &first, &end);
    for (uint32_t i = first; i < end && p->words[i].lo < hi; i++) {
        if (p->words[i].lo < part.lo || !(p->words[i].cues & CUE_NEGATION)) continue;
        if (word_is(p, i, "not") &&
            (word_is(p, i + 1, "only") || word_is(p, i + 1, "just") || word_is(p, i + 1, "yet")))
            continue;
        if (word_is(p, i, "zero") && p->words[i].lo >= lo) continue;
        if (word_is(p, i, "no") &&
            (word_is(p, i + 1, "longer") || word_is(p, i + 1, "more") || word_is(p, i + 1, "less"))) {
            denied = denied || word_is(p, i + 1, "longer");
            if (denied) last = i;
            continue;
        }
        if (is_in_relative(p, i, lo)) continue;
        last = i;
        denied = true;
    }
    if (last == UINT32_MAX) {
        /* "A discrete GPU is absent", "Nothing ... is": the negation follows. */
        for (uint32_t i = first; i < end; i++)
            if (p->words[i].lo >= hi && p->words[i].hi <= clause.hi &&
                (word_is(p, i, "absent") || word_is(p, i, "missing") || is_negated_copula(p, i, hi) ||
                 (word_is(p, i, "not") && word_is(p, i + 1, "here")) ||
                 (word_is(p, i, "never") && word_is(p, i + 1, "existed"))))
                return true;
        for (uint32_t i = first; i < end && p->words[i].hi <= lo; i++) /* "Missing from it are the A100 and …" */
            if (p->words[i].lo >= part.lo && is_missing_word(p, i) && !word_is(p, i, "gone")) return true;
        return is_missing_list(p, hi, part.hi);
    }
    /* A comma list goes on being denied ("no X, no Y", "neither X nor Y"); a new subject after "," with a verb does
     * not. */
    if (p->words[last].lo >= clause.lo) return true;
    for (uint32_t i = last + 1; i < p->word_count && p->words[i].lo < lo; i++)
        if (p->words[i].cues & (CUE_FIRST | CUE_RUN) && !word_is(p, i, "run") && p->words[i].lo > clause.lo)
            return false;
    uint32_t commas = 0;
    for (uint32_t i = p->words[last].hi; i < lo; i++) {
        uint8_t c = p->on->text.p[i];
        bool leads = c == ':' && last == 0 && (word_is(p, 0, "none") || word_is(p, 0, "nothing"));
        if (leads)
            return is_bare_list(p, i + 1, lo) && !verb_follows(p, hi); /* "None of these is here: an NPU, a TPU." */
        if (c == ':' || c == '(' || c == ')') return false;
        commas += c == ',';
    }
    bool list = word_is(p, last, "no") || word_is(p, last, "neither") || word_is(p, last, "without") ||
                word_is(p, last, "nor") || word_is(p, last, "not") || word_is(p, last, "never");
    if (list && commas <= 3 && lo - p->words[last].hi < 60 && !(is_verbal(p, last) && verb_follows(p, hi))) return true;
    return is_denied_list(p, last, lo, hi);
}

/* The denials that hold no negation: "Missing from it are …", "NPU-free", "A100: -". */
bool denial_unnegated(const passage *p, uint32_t lo, uint32_t hi, clause_range part) {
    if (p->kind == PASSAGE_CODE || p->kind == PASSAGE_FIELD) return false;
    if (is_denied_behind(p, hi)) return true;
    uint32_t first, end;
    if (!(p->marks & MARK_MISSING)) return false;
    passage_window(p, lo, hi, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        if (!is_missing_word(p, i) || word_is(p, i, "gone") || p->words[i].lo < part.lo) continue;
        if (p->words[i].hi <= lo || is_missing_list(p, hi, part.hi)) return true;
    }
    return false;
}
