/* version_when.c - when does the sentence say that the version ran?
 *
 *     "On 2025-06-01 attic ran Caddy 2.8.4."              a date at its beginning, a subject, a verb, the version
 *     "On attic, in May we were running Caddy 2.8.4."     behind a place
 *     "We were running Caddy 2.7.6 in April."             or behind the version
 *     "Caddy 2.7.6 ran on attic on 2026-02-20."           of the version as the subject
 *     "As of April 2026, attic runs Caddy 2.7.6."
 *     "Until May we ran 2.7.6", "before", "since", "from March to May", "between March and May"
 *     ## 2025-06-01   attic runs Caddy 2.8.4.             a heading that is nothing but a date: of what runs below it,
 * unsure | 2025-06-01 | 2.8.4 |                           a row's label, or a column's head, that is one
 *
 * In: a version token in its place. Out: the day, month or year, and whether it ran on it, up to it, or from it on.
 * Only where the sentence's build says so: the one date (or the two ends of a span), the verb and the version stand
 * together, nothing but names between. Dates of other things ("2.8.4, released on 2024-05-01"), a second date, a trial,
 * and a date that only a person or an event of the sentence has ("the box bought in 2024 runs 2.8.4") tell nothing.
 */
#include "facts/versions/version_when.h"

enum { WORDS_READ = 80, DATES_READ = 3 };

/* ---- dates ---- */

typedef struct date_said {
    calendar when;
    uint32_t lo, hi; /* its words [lo, hi) */
} date_said;

static bool is_number(const passage *p, uint32_t i, unsigned value) {
    uint64_t read;
    str text = i < p->word_count ? surface_slice(p->on, p->words[i].lo, p->words[i].hi) : (str){0};
    while (text.n && byte_is_alpha(text.p[text.n - 1])) text.n--; /* "3rd" */
    return value && str_to_u64(text, &read) && read == value;
}

static bool is_day_number(const passage *p, uint32_t i) {
    for (unsigned day = 29; day < 32; day++)
        if (is_number(p, i, day)) return true;
    return false;
}

/* "2025-02-31", which is read as no date */
static bool is_unreal(const passage *p, uint32_t i) {
    unsigned year;
    return calendar_year_at(p, i, &year) && i + 2 < p->word_count && p->words[i + 2].hi == p->words[i].lo + 10 &&
           p->on->text.p[p->words[i].hi] == '-' && p->on->text.p[p->words[i + 1].hi] == '-' &&
           byte_is_digit(p->on->text.p[p->words[i + 1].lo]) && byte_is_digit(p->on->text.p[p->words[i + 2].lo]);
}

/* The date of which word `i` is the month, or the first one. */
static bool date_at(const passage *p, uint32_t i, date_said *d) {
    static const calendar no_day = {.year = 1, .month = 13};
    *d = (date_said){.lo = i, .hi = i + 1};
    if (!calendar_at(p, i, &d->when)) {
        if (is_unreal(p, i)) return *d = (date_said){no_day, i, i + 3}, true;
        return calendar_year_at(p, i, &d->when.year) &&
               (i == 0 ||
                word_in(p, i - 1, "in of during year since until till from by and before to through between"));
    }
    bool digits = byte_is_digit(p->on->text.p[p->words[i].lo]);
    if (digits) d->hi += d->when.day ? 2 : 1; /* "2025-06-01" */
    if (!digits && i > 0 && is_number(p, i - 1, d->when.day)) d->lo = i - 1;
    if (!digits && i > 1 && word_is(p, i - 1, "of") && d->when.day) d->lo = i - 2;
    if (!digits && d->lo == i && is_number(p, d->hi, d->when.day)) d->hi++;
    if (!digits && !d->when.day && i > 0 && is_day_number(p, i - 1)) { /* "31 February", read as some day of it */
        d->lo = i - 1;
        d->when = no_day;
    }
    if (!digits && is_number(p, d->hi, d->when.year)) d->hi++;
    return true;
}

/* How many dates the passage has, 0 of one too long to be read, and the first of them. */
static uint32_t dates_of(const passage *p, date_said *dates) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < p->word_count && p->word_count <= WORDS_READ && n < DATES_READ; i++)
        if (date_at(p, i, &dates[n])) i = dates[n++].hi - 1;
    return n;
}

/* Is the passage a date and nothing else? */
static bool is_only_date(judge *j, passage *p, calendar *when) {
    date_said dates[DATES_READ];
    passage_prepare(j, p);
    if (dates_of(p, dates) != 1 || dates->lo != 0 || dates->hi != p->word_count) return false;
    *when = dates->when;
    return true;
}

/* ---- what leads to the date ---- */

typedef struct time_said {
    enum told_bound bound;
    bool as_of;
    uint32_t lo, hi; /* words [lo, hi): "from", both dates, all between */
} time_said;

/* "on", "in early", "as of", "up until" before the date; false where it is led otherwise. */
static bool led_by(const passage *p, const date_said *d, time_said *out) {
    uint32_t i = d->lo;
    *out = (time_said){TOLD_ON, false, 0, d->hi};
    while (i > 0 && word_in(p, i - 1, "early late mid the")) i--;
    if (i == 0) return d->lo == 0;
    out->lo = i - 1;
    out->as_of = i > 1 && word_is(p, i - 1, "of") && word_is(p, i - 2, "as");
    bool up_to = i > 1 && word_is(p, i - 2, "up") && word_in(p, i - 1, "to until till");
    bool prior = i > 1 && word_is(p, i - 1, "to") && word_is(p, i - 2, "prior");
    if (out->as_of || up_to || prior) out->lo = i - 2;
    if (out->as_of || word_in(p, i - 1, "on in during")) return true;
    if (up_to || word_in(p, i - 1, "until till")) return out->bound = TOLD_UNTIL, true;
    if (prior || word_is(p, i - 1, "before")) return out->bound = TOLD_BEFORE, true;
    return word_in(p, i - 1, "since from") && (out->bound = TOLD_SINCE, true);
}

/* "from A to B", "between A and B" */
static bool is_span(const passage *p, const date_said *from, const date_said *to, time_said *out) {
    uint32_t lead = from->lo, link = to->lo;
    while (lead > 0 && word_in(p, lead - 1, "early late mid the")) lead--;
    while (link > 0 && word_in(p, link - 1, "early late mid the")) link--;
    if (lead == 0 || link != from->hi + 1) return false;
    *out = (time_said){TOLD_SPAN, false, lead - 1, to->hi};
    return (word_is(p, lead - 1, "from") && word_in(p, link - 1, "to until till through")) ||
           (word_is(p, lead - 1, "between") && word_is(p, link - 1, "and"));
}

bool version_dates_at(const passage *p, uint32_t *i, calendar *when, calendar *end) {
    date_said from, to;
    time_said ends;
    if (!date_at(p, *i, &from)) return false;
    *when = *end = from.when;
    *i = from.hi - 1;
    for (uint32_t k = from.hi + 1; k < p->word_count && k < from.hi + 4; k++) /* "to early March" */
        if (date_at(p, k, &to) && is_span(p, &from, &to, &ends)) {
            *end = to.when;
            *i = to.hi - 1;
            break;
        }
    return true;
}

/* ---- does the sentence say that it ran then? ---- */

/* Another time, a trial, another's thing, or a date of the release itself. */
static bool has_second_thought(const passage *p, uint32_t lo, uint32_t hi) {
    static const char words[] =
        "now today currently nowadays meanwhile since until till before after later earlier ago then once from between "
        "when while if because although though which who whose where announced published tagged upstream released "
        "shipped ships came out landed supported support beta preview candidate rc test tests tested testing staging "
        "lab trial trials tried try plan planned another other others second old cannot never nor next spare borrowed";
    for (uint32_t i = 0; i < p->word_count; i++) {
        if (i >= lo && i < hi) continue; /* "May" */
        if (word_in(p, i, words) || p->words[i].cues & (CUE_NEGATION | CUE_MODAL | CUE_FUTURE | CUE_IF | CUE_OTHERS))
            return true;
    }
    return false;
}

/* A name of ours, a number, or one of `words`. */
static bool is_name_or(const passage *p, uint32_t i, const char *words) {
    if (byte_is_digit(p->on->text.p[p->words[i].lo])) return true;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++)
        if (p->on->hits[h].where.lo <= p->words[i].lo && p->on->hits[h].where.hi >= p->words[i].hi) return true;
    return word_in(p, i, words);
}

static bool are_names_or(const passage *p, uint32_t first, uint32_t end, const char *words) {
    for (uint32_t i = first; i < end; i++)
        if (!is_name_or(p, i, words)) return false;
    return true;
}

static bool is_parted(const passage *p, uint32_t lo, uint32_t hi, const char *marks) {
    for (uint32_t k = lo; k < hi; k++)
        if (strchr(marks, p->on->text.p[k])) return true;
    return false;
}

static const char THINGS[] = "the our my a all both every of in on at to with and version release build production "
                             "here machine machines server servers box host hosts site blog";
static const char SUBJECTS[] = "we we've i i've it the our my all both every of machine machines server servers box "
                               "host hosts site blog still already";

/* "were running", "had been using", "have run": the first word of the verb that ends at word `i`; `*past` where it
 * tells of what is over. */
static uint32_t verb_begins(const passage *p, uint32_t i, bool *past) {
    bool bare = word_in(p, i, "running using serving"), over = word_in(p, i, "was were had");
    *past =
        !bare && word_in(p, i, "ran used had was were installed upgraded updated moved switched went served deployed");
    while (i > 0 && word_in(p, i - 1, "was were had have has been is are still already we've i've")) {
        i--;
        over = over || word_in(p, i, "was were had");
        if (word_in(p, i, "have has we've i've")) *past = over = false;
        if (word_in(p, i, "we've i've")) break;
    }
    *past = *past || over;
    return i;
}

/* The verb that says the version at `lo` ran, up to its word `*last`: nothing but names stand between them. UINT32_MAX
 * where none does. */
static uint32_t verb_of(const passage *p, uint32_t lo, bool *past, uint32_t *last) {
    static const char verbs[] = "ran used had was were installed upgraded updated moved switched went served deployed "
                                "run runs use uses has have is are serves serve running using serving";
    uint32_t i = version_word_before(p, lo);
    if (i == UINT32_MAX) i = passage_word_before(p, lo);
    for (uint32_t n = 0; i != UINT32_MAX && n < 10; n++) {
        *last = i;
        if (word_in(p, i, verbs))
            return is_parted(p, p->words[i].hi, lo, ";:()") ? UINT32_MAX : verb_begins(p, i, past);
        if (!is_name_or(p, i, THINGS)) return UINT32_MAX;
        if (i-- == 0) break;
    }
    return UINT32_MAX;
}

bool version_is_told_past(const passage *p, const token *t) {
    bool past;
    uint32_t last;
    return verb_of(p, t->text.lo, &past, &last) != UINT32_MAX && past &&
           word_in(p, last, "ran used had was were served running using serving"); /* not "upgraded to" */
}

static uint32_t word_behind(const passage *p, uint32_t hi) {
    uint32_t i = 0;
    while (i < p->word_count && p->words[i].lo < hi) i++;
    return i;
}

/* "Caddy 2.7.6 ran on attic", "was what we ran", "was running there": the version is the subject. The word behind its
 * verb; UINT32_MAX where it is none. */
static uint32_t is_subject_of(const passage *p, const token *t) {
    uint32_t i = word_behind(p, t->text.hi);
    if (i >= p->word_count || p->words[i].lo > t->text.hi + 1) return UINT32_MAX;
    if (word_in(p, i, "ran served")) return i + 1;
    if (word_in(p, i, "had has") && word_is(p, i + 1, "been"))
        i++;
    else if (!word_in(p, i, "was were"))
        return UINT32_MAX;
    if (word_in(p, i + 1, "still already")) i++;
    if (word_in(p, i + 1, "running serving installed deployed live")) return i + 2;
    if (word_is(p, i + 1, "in") && word_in(p, i + 2, "use production")) return i + 3;
    bool what = word_is(p, i + 1, "what") && word_in(p, i + 2, "we i") && word_in(p, i + 3, "ran used had");
    return what ? i + 4 : UINT32_MAX;
}

/* Does the sentence date the version itself: "On D we ran V", "as of D the box runs V", "we ran V on D", "V ran on D"?
 */
static bool is_dated_by(const passage *p, const token *t, const time_said *d, bool bare) {
    bool past = true, bound = d->bound == TOLD_UNTIL || d->bound == TOLD_BEFORE || d->bound == TOLD_SPAN;
    uint32_t last, verb = verb_of(p, t->text.lo, &past, &last), behind = word_behind(p, t->text.hi),
                   end = p->words[d->hi - 1].hi;
    uint32_t subject_of = verb == UINT32_MAX ? is_subject_of(p, t) : UINT32_MAX;
    if ((verb == UINT32_MAX && subject_of == UINT32_MAX) || has_second_thought(p, d->lo, d->hi)) return false;
    if (verb == UINT32_MAX) {
        past = true;
        behind = subject_of;
    }
    if (bound && !past) return false; /* "Until May we run 2.8.4": to come */
    if (end <= t->text.lo) {          /* a date in front: it opens the sentence, and a subject alone stands behind it */
        bool opens = d->lo == 0 || (d->lo == 1 && word_in(p, 0, "back and so still even already")) ||
                     (d->lo < 6 && are_names_or(p, 0, d->lo, THINGS));
        uint32_t subject = end < p->text.hi && strchr(",:", p->on->text.p[end]) ? end + 1 : end;
        if (bare && subject == end) return false; /* "June 2025 brought …" */
        uint32_t upto = verb == UINT32_MAX ? word_behind(p, t->text.lo) : verb;
        return opens && upto >= d->hi && upto - d->hi < 7 && upto < p->word_count &&
               !is_parted(p, subject, p->words[upto].lo, ",;:()") && are_names_or(p, d->hi, upto, SUBJECTS);
    }
    return d->lo > 0 && p->words[d->lo].lo >= t->text.hi && (past || d->as_of || d->bound == TOLD_SINCE) &&
           behind <= d->lo && d->lo - behind < 7 && !is_parted(p, t->text.hi, p->words[d->lo].lo, ",;:()") &&
           are_names_or(p, behind, d->lo, THINGS);
}

/* ---- the place ---- */

static bool is_of_releases(judge *j, passage *p) {
    passage_prepare(j, p);
    for (uint32_t i = 0; i < p->word_count && i < 40; i++)
        if (word_in(p, i,
                    "released release releases published announced changelog upstream tagged available eol plan "
                    "planned support life end"))
            return true;
    return false;
}

static bool releases_at(judge *j, uint32_t index) {
    return index != PASSAGE_NONE && is_of_releases(j, &j->passages[index]);
}

static bool date_of_cell(judge *j, passage *p, const token *t, calendar *when) {
    if (p->label == PASSAGE_NONE || p->flags & PASSAGE_HEADER_CELL || p == &j->passages[p->label]) return false;
    if (p->text.hi - p->text.lo > t->text.hi - t->text.lo + 24 || has_second_thought(p, 0, 0)) return false;
    passage *label = &j->passages[p->label];
    if (releases_at(j, p->column) || releases_at(j, label->column)) return false;
    if (releases_at(j, p->heading) || releases_at(j, p->lead)) return false;
    return is_only_date(j, label, when) ||
           (p->column != PASSAGE_NONE && is_only_date(j, &j->passages[p->column], when));
}

static bool time_of_sentence(const passage *p, const token *t, version_time *out) {
    date_said dates[DATES_READ];
    time_said d;
    uint32_t n = dates_of(p, dates);
    bool two_ends = n == 2 && is_span(p, &dates[0], &dates[1], &d);
    if (!two_ends && (n != 1 || !led_by(p, &dates[0], &d))) return false;
    out->bound = d.bound;
    out->when = dates[0].when;
    if (two_ends) out->end = dates[1].when;
    if (two_ends && !out->when.year) out->when.year = out->end.year; /* "from March to May 2026" */
    return is_dated_by(p, t, &d, d.lo == dates[0].lo);
}

static bool has_date(const passage *p) {
    date_said dates[DATES_READ];
    if (dates_of(p, dates)) return true;
    for (uint32_t i = p->token_lo; i < p->token_hi && i < p->token_lo + 64; i++)
        if (p->on->tokens[i].kind == TOKEN_DATE) return true;
    return false;
}

bool version_time_told(judge *j, passage *p, const token *t, version_time *out) {
    bool past;
    uint32_t last;
    *out = (version_time){.bound = TOLD_ON};
    passage_prepare(j, p);
    if (p->kind == PASSAGE_CELL) return date_of_cell(j, p, t, &out->when);
    if (p->kind != PASSAGE_SENTENCE) return false;
    if (has_date(p)) return time_of_sentence(p, t, out);
    if (p->heading == PASSAGE_NONE || !is_only_date(j, &j->passages[p->heading], &out->when)) return false;
    return out->above =
               out->when.month && verb_of(p, t->text.lo, &past, &last) != UINT32_MAX && !has_second_thought(p, 0, 0);
}
