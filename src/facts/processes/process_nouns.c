/* process_nouns.c - the category of a process that is told as a noun.
 *
 *     our nightly │evaluation│ run                     ours, by its determiner
 *     a nightly │evaluation│ of the model asks it to   the subject of what it does
 *     it goes through monthly │retraining│             what is done to it
 *     each night at four, an │evaluation│ runs         with a verb of taking place
 *
 * In: a word of a prepared sentence and the cadence beside it. Out: the category, "quality" or "training"; NULL where
 * the noun is only spoken of ("a nightly evaluation would cost too much" is the stance's to see), or is no such noun.
 * An audit or a check may be of anything: only that of the quality is one.
 */
#include "facts/processes/process_nouns.h"

#include "facts/reading/standing.h"

enum { NOUN_REACH = 3 };

static const char *category_of(const passage *p, uint32_t i) {
    if (word_in(p, i, "evaluation eval evals evaluations benchmark benchmarks")) return "quality";
    if (word_in(p, i, "regression") && word_in(p, i + 1, "run runs suite")) return "quality";
    if (i > 0 && word_in(p, i, "check checks audit audits review scan test") &&
        word_in(p, i - 1, "quality accuracy factuality bias readability") && p->words[i].lo == p->words[i - 1].hi + 1)
        return "quality";
    if (word_in(p, i, "tuning") && i > 0 && word_in(p, i - 1, "fine")) return "training";
    return word_in(p, i, "retraining finetuning") ? "training" : NULL;
}

/* The word behind the noun and what only says how it is done: "evaluation suite", "retraining job". */
static uint32_t noun_end(const passage *p, uint32_t i) {
    while (word_in(p, i + 1, "run runs job jobs pass suite pipeline round session task") &&
           p->words[i + 1].lo == p->words[i].hi + 1)
        i++;
    return i + 1;
}

/* Does the phrase at word `i` open its clause? */
static bool opens_clause(const passage *p, uint32_t i) {
    return i == 0 || !standing_is_gap_free(p, p->words[i - 1].hi, p->words[i].lo, ",;:");
}

/* Does something happen behind the noun: a verb in the present or the past, with "of the model" before it at most? */
static bool has_verb(const passage *p, uint32_t end) {
    for (uint32_t i = end; i < p->word_count && i < end + 12; i++) {
        str w = surface_slice(p->on, p->words[i].lo, p->words[i].hi);
        if (p->words[i].cues & (CUE_NEGATION | CUE_MODAL | CUE_IF)) return false;
        if (i > end && word_in(p, i - 1, "of the a our my its")) continue;
        if (word_in(p, i, "runs starts started scores compares asks checks replays ran takes happens")) return true;
        str next = i + 1 < p->word_count ? surface_slice(p->on, p->words[i + 1].lo, p->words[i + 1].hi) : (str){0};
        if (word_in(p, i, "is was has had")) /* "has been run", "is done", not "is something that others have" */
            return str_ends(next, STR("ed")) || str_is_among(next, "been run done part");
        if (i == end && w.n > 3 && str_ends(w, STR("ed"))) return true;
        if (i == end && w.n > 3 && str_ends(w, STR("s")) && word_in(p, i + 1, "the a an our my its every each all"))
            return true; /* "updates the model" */
        if (i == end && w.n > 3 && str_ends(w, STR("s")) && i + 1 < p->word_count &&
            (byte_is_digit(p->on->text.p[p->words[i + 1].lo]) ||
             word_in(p, i + 1, "two three four five ten twenty fifty")))
            return true; /* "samples 40 articles" */
    }
    return false;
}

/* Does the label of an item end behind the noun, with something said of it? */
static bool is_label(const passage *p, uint32_t end) {
    uint32_t hi = p->words[end - 1].hi;
    return end + 1 < p->word_count && p->on->text.p[hi] == ':' &&
           !(p->cues & (CUE_NEGATION | CUE_MODAL | CUE_SECOND | CUE_OTHERS | CUE_GONE | CUE_FUTURE | CUE_IF));
}

/* "The server performs │ a weekly quality check", "I run │ a nightly quality scan": somebody of ours does it. */
static bool is_performed(const passage *p, uint32_t d) {
    if (d < 2 || !word_in(p, d - 1, "performs perform runs run does do conducts conduct executes execute"))
        return false;
    if (p->cues & (CUE_NEGATION | CUE_MODAL | CUE_SECOND | CUE_OTHERS | CUE_GONE | CUE_IF | CUE_COMPARE)) return false;
    uint32_t who = d - 2;
    while (who > 0 && word_in(p, who, "also then now still only")) who--;
    return word_in(p, who, "i we it server machine box pipeline job script timer cron system spark");
}

const char *process_noun_category(const passage *p, uint32_t i, uint32_t lo, uint32_t hi) {
    const char *category = category_of(p, i);
    if (!category || p->kind != PASSAGE_SENTENCE) return NULL;
    uint32_t end = noun_end(p, i), first = standing_word_at(p, lo), behind = standing_word_at(p, hi);
    if (behind <= i && i - behind < NOUN_REACH && first < behind) { /* "nightly [quality] evaluation" */
        if (!standing_is_gap_free(p, hi, p->words[i].lo, ",;:().")) return NULL;
        bool many = word_in(p, i, "evaluations evals benchmarks") && first < 2; /* "Nightly benchmarks run …" */
        if (many && word_in(p, i + 1, "run score compare check track")) return category;
        if (first == 0) /* "Nightly evaluation …": a title, perhaps; "- Weekly quality check: 50 paragraphs" */
            return p->flags & PASSAGE_IN_LIST && is_label(p, end) ? category : NULL;
        uint32_t d = first - 1;
        if (word_in(p, d, "a an the") && is_performed(p, d)) return category;
        if (word_in(p, d, "our my")) return p->cues & (CUE_NEGATION | CUE_GONE) ? NULL : category;
        if (word_in(p, d, "through undergoes gets")) return category;
        return word_in(p, d, "a an the") && opens_clause(p, d) && has_verb(p, end) ? category : NULL;
    }
    bool subject = i > 0 && word_in(p, i - 1, "a an the our my") && opens_clause(p, i - 1);
    bool happens = word_in(p, end, "runs starts scores compares happens checks replays");
    happens = happens || (end > i + 1 && word_in(p, end - 1, "runs"));
    return behind <= i && first == 0 && subject && happens ? category : NULL;
}
