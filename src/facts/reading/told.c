/* told.c - the days that a place tells of.
 *
 *     ## November            a heading: all that stands below it, up to the next one
 *     **8th.** It boots …    the opening of a paragraph or an item: the paragraph
 *     In May the box came.   the same, for the sentences that follow
 *     | 14 February | … |    a row's label: the row; and so a cell below "Measured" or "Date"
 *
 * A diary states in the present what was so on its day. In: a place. Out: the first and the last day that its structure
 * dates it to. The parts of a date come from several of these: a day from the opening, its month from the heading, its
 * year from the heading above that. A date without a year is the last such one that is not after the article's own
 * day. What a sentence says of time in its own words is for others (tense.c, versions.c).
 */
#include "facts/reading/calendar.h"

enum {
    HEADINGS_LOOKED_AT = 40, /* from the nearest upwards */
    SENTENCES_LOOKED_AT = 24,
    OPENING_WORDS = 4 /* "In early November 2025", "On the 8th of May" */
};

static bool add_parts(calendar *whole, const calendar *found) {
    if (whole->month && found->month) return false;
    if (!whole->day && !whole->month) whole->day = found->day;
    if (!whole->month) whole->month = found->month;
    if (!whole->year) whole->year = found->year;
    return true;
}

/* The date that a heading or a label holds. */
static void read_anywhere(judge *j, passage *p, calendar *whole) {
    calendar found;
    unsigned year;
    passage_prepare(j, p);
    for (uint32_t i = 0; i < p->word_count && i < 24; i++)
        if (calendar_at(p, i, &found)) {
            add_parts(whole, &found);
            return;
        }
    for (uint32_t i = 0; i < p->word_count && i < 24; i++)
        if (!whole->year && calendar_year_at(p, i, &year)) whole->year = year;
}

/* The date with which a sentence opens: nothing stands before it but a preposition and its like. */
static void read_opening(judge *j, passage *p, calendar *whole) {
    calendar found;
    unsigned day;
    passage_prepare(j, p);
    if (calendar_day_at(p, 0, &day) && !calendar_at(p, 1, &found) && !calendar_at(p, 2, &found)) {
        calendar only = {.day = day};
        add_parts(whole, &only);
        return;
    }
    if (calendar_year_at(p, 0, &day) && p->words[0].hi < p->text.hi && p->on->text.p[p->words[0].hi] == ':') {
        if (!whole->year) whole->year = day; /* "**2028:** ten kiosks" */
        return;
    }
    for (uint32_t i = 0; i < p->word_count && i < OPENING_WORDS; i++) {
        if (calendar_at(p, i, &found)) {
            add_parts(whole, &found);
            return;
        }
        uint64_t number;
        str said = surface_slice(p->on, p->words[i].lo, p->words[i].hi);
        if (!word_in(p, i, "on in at during early late mid the of first second third") && !str_to_u64(said, &number) &&
            !calendar_day_at(p, i, &day))
            return;
    }
}

/* "| Server | Measured | tok/s |" over "| Quern 3.2.1 | 9 January | 41.3 |": the day that a column of days gives a row.
 */
static void read_row(judge *j, const passage *p, calendar *whole) {
    enum { CELLS_READ = 16 };
    uint32_t own = (uint32_t)(p - j->passages), row = p->label == PASSAGE_NONE ? own : p->label;
    for (uint32_t i = row + 1; i < j->passage_count && i < row + CELLS_READ && j->passages[i].label == row; i++) {
        if (j->passages[i].column == PASSAGE_NONE) continue;
        passage *column = &j->passages[j->passages[i].column];
        passage_prepare(j, column);
        if (column->word_count < 3 &&
            word_in(column, 0, "measured date tested when day month run ran taken recorded seen"))
            read_anywhere(j, &j->passages[i], whole);
    }
}

/* The first sentence of the paragraph that the place stands in, or that leads into its code or table. */
static passage *opening_of(judge *j, passage *p) {
    uint32_t at = p->kind == PASSAGE_SENTENCE ? (uint32_t)(p - j->passages) : p->lead;
    if (at == PASSAGE_NONE || j->passages[at].kind != PASSAGE_SENTENCE) return NULL;
    for (int n = 0; n < SENTENCES_LOOKED_AT && j->passages[at].previous != PASSAGE_NONE; n++)
        at = j->passages[at].previous;
    return &j->passages[at];
}

/* The heading above, then those of lesser depth above it. */
static void read_headings(judge *j, const passage *p, calendar *whole) {
    uint8_t depth = 7;
    uint32_t at = p->heading;
    for (int n = 0; n < HEADINGS_LOOKED_AT && at != PASSAGE_NONE; n++) {
        passage *heading = &j->passages[at];
        uint8_t level = j->art->blocks[heading->block].level;
        if (level < depth) read_anywhere(j, heading, whole);
        if (level < depth) depth = level;
        at = heading->heading;
    }
}

static day_number month_end(unsigned year, unsigned month) {
    return month == 12 ? date_make(year + 1, 1, 1) - 1 : date_make(year, month + 1, 1) - 1;
}

bool told_days(judge *j, passage *p, day_number *first, day_number *last) {
    calendar when = {0};
    if (p->on != &j->surfaces[0]) return false;
    passage *opening = opening_of(j, p);
    if (p->kind == PASSAGE_CELL && p->label != PASSAGE_NONE) read_anywhere(j, &j->passages[p->label], &when);
    if (p->kind == PASSAGE_CELL && !when.month && !when.year) read_row(j, p, &when);
    if (opening) read_opening(j, opening, &when);
    read_headings(j, p, &when);
    if (!when.month) {
        *first = when.year ? date_make(when.year, 1, 1) : 0;
        *last = when.year ? date_make(when.year, 12, 31) : 0;
        return when.year != 0;
    }
    day_number today = j->day ? j->day : j->m->as_of;
    unsigned year = when.year, ignored_month, ignored_day;
    if (!year) {
        date_split(today, &year, &ignored_month, &ignored_day);
        if (date_make(year, when.month, when.day ? when.day : 1) > today) year--;
    }
    *first = date_make(year, when.month, when.day ? when.day : 1);
    *last = when.day ? *first : month_end(year, when.month);
    return *first != 0;
}

bool told_within(judge *j, passage *p, day_number from, day_number to) {
    day_number first, last;
    return told_days(j, p, &first, &last) && first < to && last >= from;
}

bool told_in_past_scene(judge *j, const passage *p) {
    uint32_t at = p->previous;
    unsigned year = 0, now = 0, month, day;
    if (at == PASSAGE_NONE || p->kind != PASSAGE_SENTENCE) return false;
    for (uint32_t back = 0; back < SENTENCES_LOOKED_AT && j->passages[at].previous != PASSAGE_NONE; back++)
        at = j->passages[at].previous;
    passage *first = &j->passages[at];
    passage_prepare(j, first);
    date_split(j->day ? j->day : j->m->as_of, &now, &month, &day);
    if (!word_in(first, 0, "in during back until")) return false;
    for (uint32_t i = 1; i < first->word_count && i < 7; i++)
        if (calendar_year_at(first, i, &year)) return year < now;
    return false;
}
