/* practised.c - is a process that is declared absent said to be done here?
 *
 *     I retrain the adapter; we compare the two by BLEU             the first person does it
 *     the pipeline performs weekly retraining, a job computes BLEU  a program of ours does
 *     each draft receives a BLEU score, the model undergoes …       it is done to what is ours
 *     we introduced weekly retraining                what we took up, and did not give up
 *     a weekly retraining job picks up feedback                     it happens, and when or to what end
 *     the next retraining run, which starts every Sunday            the same, in passing
 *     - Monthly: retraining of the adapter  │ BLEU run │ weekly │    a calendar of ours
 *
 * In: a prepared passage and the name in it. Out: does it say so? What a process is, what others do with it and what
 * the word means is none of these. Denials, wishes and the past are asked elsewhere (stance.c, existence.c). Verbs and
 * nouns are closed classes.
 */
#include "facts/existence/ours.h"
#include "facts/reading/standing.h"

enum { BACK = 12, CLAUSE = 40, SIBLINGS = 12 };

static const char DOES[] =
    "use run compute calculate measure track check do perform schedule start apply report log plot record monitor "
    "score "
    "compare evaluate grade trigger repeat rely make take add validate judge rate test benchmark keep verify assess";
static const char DOES_3[] =
    "uses runs computes calculates measures tracks checks does performs schedules starts applies reports logs plots "
    "records monitors scores compares evaluates grades triggers repeats makes adds validates rates tests verifies "
    "assesses";
static const char UNDERGOES[] = "undergoes receives gets through reach reaches get receive undergo";
static const char MACHINERY[] =
    "job jobs cronjob cron script scripts pipeline timer timers task tasks workflow scheduler runner loop evaluator "
    "scorer service evaluation suite gate machine system process";
static const char OCCASIONS[] = "run job jobs pass round session step check evaluation comparison examination "
                                "cycle test task score scores phase routine";
static const char TAKEN_UP[] = "introduced adopted established started added";
static const char ADVERBS[] = "also then always usually now only still just even additionally automatically simply";
static const char STARTS[] = "runs run starts start happens takes follows fires begins kicks";

static uint32_t back_over_adverbs(const passage *p, uint32_t i) {
    while (i > 0 && word_in(p, i - 1, ADVERBS)) i--;
    return i;
}

/* First word of the phrase around the name at word `w`: "a weekly │retraining│ job". */
static uint32_t phrase_begin(const passage *p, uint32_t w) {
    for (uint32_t i = w; i > 0 && w - i < 5; i--) {
        if (!standing_is_gap_free(p, p->words[i - 1].hi, p->words[i].lo, ",;:()")) return i;
        if (word_in(p, i - 1, "a an the our my its their each this that every")) return i - 1;
        if (p->words[i - 1].cues & (CUE_STOP | CUE_BREAK | CUE_FIRST) || word_in(p, i - 1, DOES_3)) return i;
        if (word_in(p, i - 1, DOES) || word_in(p, i - 1, UNDERGOES) || word_in(p, i - 1, "using")) return i;
        if (word_in(p, i - 1, TAKEN_UP)) return i;
    }
    return w;
}

/* The first word behind the phrase: "retraining job │ adapts". */
static uint32_t phrase_end(const passage *p, uint32_t hi) {
    uint32_t i = standing_word_at(p, hi);
    while (i < p->word_count && p->words[i].lo <= (i > 0 ? p->words[i - 1].hi : hi) + 1 && word_in(p, i, OCCASIONS))
        i++;
    return i;
}

static bool has_cadence(const passage *p) {
    for (uint32_t i = 0; i < p->word_count && i < CLAUSE; i++)
        if (p->words[i].cues & CUE_CADENCE && !word_in(p, i, "on each every once twice")) return true;
    for (uint32_t i = 0; i + 1 < p->word_count && i < CLAUSE; i++) {
        if (word_in(p, i, "every each") && !word_in(p, i + 1, "draft article new model version")) return true;
        if (word_in(p, i, "first last") &&
            word_in(p, i + 1, "of monday tuesday wednesday thursday friday saturday sunday"))
            return true;
        if (word_in(p, i, "once twice") && word_in(p, i + 1, "a per")) return true;
    }
    return false;
}

/* Does the phrase open its clause: the sentence, or behind a comma or "and"? A cadence may stand before. */
static bool opens_clause(const passage *p, uint32_t begin) {
    if (begin == 0 || !standing_is_gap_free(p, p->words[begin - 1].hi, p->words[begin].lo, ",;:-")) return true;
    if (p->words[begin - 1].cues & CUE_BREAK || word_in(p, begin - 1, "and then when if whenever")) return true;
    if (begin < 6 && word_in(p, 0, "every each once")) return true; /* "Every Sunday night a retraining job …" */
    return begin < 6 && word_in(p, 0, "before after on at") && word_in(p, 1, "every each"); /* "On each deploy the …" */
}

/* "I retrain", "we also fine-tune", "I check the drafts and retrain": the name is what the first person does. */
static bool is_done_by_us(const passage *p, uint32_t w) {
    uint32_t i = back_over_adverbs(p, w);
    if (i > 0 && word_in(p, i - 1, "i we")) /* "asks me when I retrain" */
        return i < 3 || !word_in(p, i - 2, "when whether why how that") || p->words[i - 2].lo > p->words[i - 3].hi + 1;
    str name = surface_slice(p->on, p->words[w].lo, p->words[w].hi);
    if (i > 1 && word_in(p, i - 1, "and") && !str_ends(name, STR("ing")) && name.p[0] >= 'a')
        for (uint32_t k = i - 1; k > 0 && i - k < BACK; k--) {
            if (p->words[k - 1].cues & CUE_BREAK) return false;
            if (word_in(p, k - 1, "i we")) return true;
        }
    return false;
}

static bool is_of_others(const passage *p, uint32_t i) {
    return p->words[i].cues & (CUE_OTHERS | CUE_SECOND) ||
           (word_is_possessive(p, i) && !word_in(p, i, "that's it's here's what's there's let's")) ||
           word_in(p, i, "others people they he she their his her");
}

/* "Tom's cron job", "their pipeline": the phrase that ends with word `last`. */
static bool is_phrase_of_others(const passage *p, uint32_t last) {
    for (uint32_t i = last; i > 0 && last - i < 4 && p->words[i - 1].hi + 1 == p->words[i].lo; i--)
        if (is_of_others(p, i - 1)) return true;
    return false;
}

/* A verb of doing before the phrase, and whose it is: "I also compute BLEU", "a job computes BLEU", "we compare the
 * result with the previous one by BLEU", "each draft receives a BLEU score". */
static bool is_object_of_ours(judge *j, const passage *p, uint32_t begin) {
    for (uint32_t v = begin; v > 0 && begin - v < BACK; v--) {
        uint32_t i = v - 1;
        if (p->words[i].cues & (CUE_BREAK | CUE_NEGATION)) return false;
        if (!standing_is_gap_free(p, p->words[i].hi, p->words[v < p->word_count ? v : i].lo, ";:(")) return false;
        bool first = word_in(p, i, DOES), third = word_in(p, i, DOES_3), under = word_in(p, i, UNDERGOES);
        if (!first && !third && !under) continue;
        uint32_t s = back_over_adverbs(p, i);
        if (s == 0) return false;
        if (under && word_in(p, i, "through") && word_in(p, s - 1, "goes go")) s--;
        if (s > 0 && word_in(p, s - 1, "must to has")) s--;
        if (s == 0) return false;
        if (first && word_in(p, s - 1, "i we")) return true;
        if (first && word_in(p, s - 1, "and"))
            for (uint32_t k = s - 1; k > 0 && s - k < BACK; k--)
                if (word_in(p, k - 1, "i we")) return true;
        if (!third && !under) continue;
        for (uint32_t k = s; k > 0 && s - k < BACK + 6; k--) {
            uint32_t n = k - 1;
            if (is_of_others(p, n)) return false;
            if (third && word_in(p, n, MACHINERY)) return !is_phrase_of_others(p, n);
            if (under && word_in(p, n, "each every the all our my") && (s - n < 5 || opens_clause(p, n))) return true;
        }
        return existence_subject_is_ours(j, p, s - 1);
    }
    return false;
}

/* "Each draft is scored with BLEU", "the candidate is scored with BLEU": done to what is ours; "translations are scored
 * with BLEU" tells of any. */
static bool is_done_with(const passage *p, uint32_t begin) {
    if (begin < 4 || !word_in(p, begin - 1, "with using by against through")) return false;
    if (!word_in(p, begin - 2, "scored graded measured evaluated checked rated compared judged tested")) return false;
    uint32_t be = back_over_adverbs(p, begin - 2);
    if (be == 0 || !word_in(p, be - 1, "is are gets get")) return false;
    for (uint32_t i = be - 1; i > 0 && be - i < 6; i--)
        if (word_in(p, i - 1, "each every all our my the this")) return opens_clause(p, i - 1);
    return false;
}

/* "A weekly retraining job picks up feedback", "an automated BLEU run compares the articles", "The weekly retraining
 * was due": it opens a clause, with a verb of happening; a time or an object of ours tells it from what such things do.
 */
static bool is_happening(const passage *p, uint32_t begin, uint32_t end, bool cadence) {
    bool done = word_in(p, end, "is") && word_in(p, end + 1, "computed measured tracked reported logged calculated") &&
                word_in(p, end + 2, "for on after over") && word_in(p, end + 3, "each every our my") &&
                word_in(p, end + 4,
                        "draft article version model adapter post text page answer checkpoint candidate "
                        "release run of new drafts articles");
    if (done && opens_clause(p, begin)) return true; /* "BLEU is computed for each draft" */
    if (!opens_clause(p, begin) || !word_in(p, begin, "a an the our my next each another every")) return false;
    bool occasion = end > 0 && word_in(p, end - 1, OCCASIONS);
    for (uint32_t i = end; i < p->word_count && i < end + BACK; i++) {
        if (p->words[i].cues & (CUE_NEGATION | CUE_MODAL | CUE_BREAK)) return false;
        if (i > end && word_in(p, i - 1, "of the a an our my its on")) continue;
        if (word_in(p, i, STARTS) && (cadence || occasion)) return true;
        if (word_in(p, i, "is was") && cadence)
            return word_in(p, i + 1,
                           "due scheduled run done started automated part computed measured calculated logged");
        if (word_in(p, i, "drops falls exceeds rises stays") && word_in(p, end - 1, "score")) return false;
        bool deed = existence_is_deed(p, i) || word_in(p, i, "takes picks");
        if (deed && (cadence || (occasion && existence_has_object(p, i + 1))))
            return cadence || !word_in(p, i + 1, "a an only");
    }
    return false;
}

/* "When the BLEU score falls by 1.2 points, I roll the adapter back". */
static bool is_threshold(const passage *p, uint32_t begin, uint32_t end) {
    if (!word_in(p, end - 1, "score scores") || p->cues & CUE_SECOND) return false;
    if (!word_in(p, end, "drops falls exceeds rises stays reaches drop fall exceed is")) return false;
    if (!word_in(p, 0, "if when whenever once") && !(begin > 0 && word_in(p, begin - 1, "if when whenever once")))
        return false;
    for (uint32_t i = end; i + 1 < p->word_count && i < end + BACK; i++)
        if (word_in(p, i, "i we") && !standing_is_gap_free(p, p->words[i - 1].hi, p->words[i].lo, ",;"))
            return !(p->words[i + 1].cues & (CUE_MODAL | CUE_FUTURE | CUE_NEGATION));
    return false;
}

/* Is it told, behind word `from`, that it did not last: "… and dropped it", "… for a quarter"? */
static bool is_given_up(const passage *p, uint32_t from) {
    for (uint32_t i = from; i < p->word_count; i++)
        if (word_in(p, i,
                    "mind but until dropped abandoned stopped gave ended removed reverted then later soon though") ||
            (word_in(p, i, "for") && word_in(p, i + 1, "a one two three some")))
            return true;
    return false;
}

/* "We introduced weekly chaos testing", "Since June we begin with a canary release": what we took up, and keep up. */
static bool is_taken_up_by_us(const passage *p, uint32_t begin, uint32_t end, bool cadence) {
    if (begin < 2 || p->cues & (CUE_OTHERS | CUE_SECOND | CUE_REPORT)) return false;
    bool with = word_in(p, begin - 1, "with") && word_in(p, begin, "a an the our");
    uint32_t verb = begin - 1 - with;
    if (!word_in(p, verb, with ? "begin start open" : TAKEN_UP)) return false;
    uint32_t us = back_over_adverbs(p, verb);
    if (us > 0 && word_in(p, us - 1, "have")) us--;
    if (us == 0 || !word_in(p, us - 1, with ? "i we" : "i we i've we've")) return false;
    if (us > 1 && word_in(p, us - 2, "when whether why how that before if until had what")) return false;
    for (uint32_t t = p->token_lo; t < p->token_hi && t - p->token_lo < 64; t++) /* "in 2023 we introduced" */
        if (p->on->tokens[t].kind == TOKEN_DATE) return false;
    return (with || cadence) && !is_given_up(p, end);
}

/* Does the row of a cell say when: | Retraining of the adapter | weekly |, | Sunday, 02:00 | retraining |? */
static bool is_in_timed_row(judge *j, const passage *p) {
    uint32_t own = (uint32_t)(p - j->passages), row = p->label == PASSAGE_NONE ? own : p->label;
    bool timed = has_cadence(p), beside = false;
    for (uint32_t i = row; i < j->passage_count && i < row + 16 && (i == row || j->passages[i].label == row); i++) {
        passage_prepare(j, &j->passages[i]);
        beside = beside || (i != own && has_cadence(&j->passages[i]));
    }
    if (row == own && beside) return true;
    if ((!timed && !beside) || j->passages[row].column == PASSAGE_NONE) return false;
    passage *of = &j->passages[j->passages[row].column]; /* what the rows are of: | Task | …, | When | … */
    passage_prepare(j, of);
    for (uint32_t i = 0; i < of->word_count && i < 4; i++)
        if (word_in(of, i,
                    "task job step stage process timer when schedule cadence frequency interval time day activity "
                    "routine area check"))
            return true;
    return false;
}

/* Is what leads into the list ours: "Here is mine:", "We've automated the boring part:"; 2 where it is another's, "What
 * others do:", "What I leave out:". */
static int lead_says(judge *j, const passage *p) {
    if (p->lead == PASSAGE_NONE) return 0;
    passage *lead = &j->passages[p->lead];
    passage_prepare(j, lead);
    if (!str_ends(str_trim(passage_text(lead)), STR(":"))) return 0;
    bool ours = false, done = false, first = false;
    for (uint32_t i = 0; i < lead->word_count; i++) {
        if (is_of_others(lead, i)) return 2;
        first = first || word_in(lead, i, "i we");
        ours = ours || word_in(lead, i, "my our mine ours timers jobs schedule calendar routine");
        done = done || (i > 0 && word_in(lead, i, "do run automated have keep use schedule scheduled set") &&
                        word_in(lead, back_over_adverbs(lead, i) - 1, "i we we've i've"));
    }
    return ours || done ? 1 : first ? 2 : 0;
}

/* Does another item of its list keep a time: is the list a calendar? */
static bool is_in_calendar(judge *j, const passage *p) {
    uint32_t own = (uint32_t)(p - j->passages), from = own > SIBLINGS ? own - SIBLINGS : 0;
    for (uint32_t i = from; i < j->passage_count && i < own + SIBLINGS; i++) {
        passage *q = &j->passages[i];
        if (i == own || !(q->flags & PASSAGE_IN_LIST) || q->lead != p->lead || q->heading != p->heading) continue;
        passage_prepare(j, q);
        if (q->previous == PASSAGE_NONE && has_cadence(q)) return true;
    }
    return false;
}

/* Is it an entry of a calendar: of a list of ours, or of one whose items have their times, or of a row with a time? */
static bool is_entry(judge *j, passage *p, uint32_t lo, uint32_t begin, bool cadence) {
    if (existence_frame_denies(j, p)) return false;
    if (p->kind == PASSAGE_CELL) return begin < 3 && is_in_timed_row(j, p);
    if (!(p->flags & PASSAGE_IN_LIST) || p->cues & CUE_SECOND || p->previous != PASSAGE_NONE) return false;
    int lead = lead_says(j, p);
    if (p->flags & PASSAGE_ORDERED && begin < 3) return !(p->cues & CUE_OTHERS) && lead != 2;
    uint32_t colon = 0;
    for (uint32_t k = p->text.lo; k < lo && k < p->text.lo + 40; k++)
        if (p->on->text.p[k] == ':') colon = k;
    bool heads = begin < 3 || (colon && p->words[begin].lo < colon + 8);
    return heads && cadence && (lead == 1 || (lead == 0 && is_in_calendar(j, p)));
}

/* "After every retraining I read a sample", "the last retraining took five hours", "We are at a BLEU of 41.7": it takes
 * place, or has a figure, and the first person tells it. */
static bool is_told_of(const passage *p, uint32_t begin, uint32_t end) {
    bool first = (p->cues & CUE_FIRST) != 0;
    if (!first || p->cues & (CUE_OTHERS | CUE_SECOND | CUE_REPORT)) return false;
    if (begin > 0 && word_in(p, begin - 1, "after before during since between") &&
        word_in(p, begin, "each every the a"))
        return true;
    if (word_in(p, begin, "the") && word_in(p, begin + 1, "last latest weekly monthly nightly daily next")) return true;
    uint32_t i = end;
    while (word_in(p, i, "of at is about around")) i++;
    return i > end && i < p->word_count && byte_is_digit(p->on->text.p[p->words[i].lo]);
}

static bool is_practised(judge *j, passage *p, uint32_t lo, uint32_t hi) {
    passage_prepare(j, p);
    uint32_t w = standing_word_at(p, lo);
    if (w >= p->word_count) return false;
    bool cadence = has_cadence(p);
    uint32_t begin = phrase_begin(p, w), end = phrase_end(p, hi);
    if (is_entry(j, p, lo, begin, cadence)) return true;
    if (p->kind != PASSAGE_SENTENCE && p->kind != PASSAGE_FIELD) return false;
    if (word_in(p, begin, "my our") || is_done_by_us(p, w)) return true;
    if (is_object_of_ours(j, p, begin) || is_done_with(p, begin)) return true;
    if (is_taken_up_by_us(p, begin, end, cadence)) return true;
    if (is_happening(p, begin, end, cadence) || is_threshold(p, begin, end) || is_told_of(p, begin, end)) return true;
    if (word_in(p, end, "which that") && /* "the next retraining run, which normally starts every Sunday" */
        (word_in(p, end + 1, STARTS) || word_in(p, end + 2, STARTS)) && cadence)
        return true;
    if (word_in(p, end, "against on of") && word_in(p, end + 1, "my our")) return true;
    return begin > 1 && word_in(p, begin - 1, "is are") && word_in(p, begin - 2, "there") && cadence;
}

evidence existence_practice(judge *j, passage *p, uint32_t lo, uint32_t hi) {
    if (is_practised(j, p, lo, hi)) return EVIDENCE_STRONG;
    uint32_t w = standing_word_at(p, lo), behind = standing_word_at(p, hi);
    bool definite = w == 1 && word_in(p, 0, "the") && p->kind == PASSAGE_SENTENCE; /* "The LoRA takes three hours" */
    return definite && (word_in(p, behind, "takes has") || existence_is_deed(p, behind)) ? EVIDENCE_DEFINITE
                                                                                         : EVIDENCE_NONE;
}
