/* other_name.c - may what a service is said to offer be a listed item in other words?
 *
 *     listed: tape search, transcript search, CSV export
 *     "exposes tape search, transcript search and | a spreadsheet |"        perhaps: what is left is an export
 *     "exposes tape search, transcript search and | audio playback |"       no: nothing that is left is of that sense
 *
 * In: a piece of an enumeration in which other pieces are items of the closed list by their names. Out: whether none of
 * the items that stay unnamed can be meant by it. Only where the sense of each of these is known, by a word of it in
 * one of the classes below; one that is not may be anything.
 */
#include "facts/verdicts/doubt.h"

/* Words of one sense, in the names that services give to what they do and in those that people give it. */
static const char *const SENSES[] = {
    "status state health healthcheck report reports uptime monitor monitoring heartbeat check checks ping version info "
    "diagnostics availability condition system server information overview dashboard",
    "search searches query queries find finder lookup look-up grep filter retrieval similarity matches",
    "fetch get gets read reading reader retrieval retrieve text texts full-text content contents article articles post "
    "posts page pages document documents entry detail details open view",
    "list lists listing listings overview table index catalogue catalog directory tags categories archive archives "
    "inventory feed names all",
    "export exports csv spreadsheet spreadsheets download downloads file files dump table tables excel json pdf copy",
    "upload uploads submit submission send form inbox photograph photographs drop correction corrections edit",
    "image images still stills photo photos picture pictures camera cameras webcam webcams view views snapshot "
    "snapshots",
    "forecast forecasts bulletin bulletins prediction predictions outlook prognosis warning warnings text advice "
    "report "
    "reports assessment situation danger summary",
    "temperature temperatures weather wind winds humidity pressure readings values measurements sensor sensors climate "
    "height heights depth depths level levels gauge gauges",
    "benchmark benchmarks measurement measurements figures numbers results result speed speeds score scores "
    "performance",
    "time times timetable timetables hours opening calendar dates schedule events agenda departures tide tides",
    "price prices tariff rates rate cost costs quote fee fees shop order orders stock",
};

enum { PIECE_REACH = 8 };

static uint32_t senses_of(str said) {
    uint32_t senses = 0;
    for (uint32_t k = 0; k < COUNT_OF(SENSES); k++)
        if (str_is_among(said, SENSES[k])) senses |= 1u << k;
    return senses;
}

static uint32_t senses_of_text(str text) {
    uint32_t senses = 0, at = 0, lo, hi;
    while (fact_word_next(text, &at, &lo, &hi)) senses |= senses_of(str_slice(text, (ptrdiff_t)lo, (ptrdiff_t)hi));
    return senses;
}

static uint32_t senses_of_item(const manifest_item *item) {
    uint32_t senses = senses_of_text(item->name);
    for (uint32_t a = 0; a < item->aliases.n; a++) senses |= senses_of_text(item->aliases.at[a].text);
    return senses;
}

/* A number, a day, "everything", "my patience", or a thing of ours by its name, "the collection": what is offered is
 * told by what is in it.
 */
static bool is_of_stock(const passage *p, uint32_t i) {
    if (byte_is_digit(p->on->text.p[p->words[i].lo]) || p->words[i].cues & CUE_CADENCE ||
        word_in(p, i, "everything anything nothing else rest it that my mine"))
        return true;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++)
        if (p->on->hits[h].where.lo <= p->words[i].lo && p->on->hits[h].where.hi >= p->words[i].hi) return true;
    return false;
}

bool exposes_is_none_of(const passage *p, uint32_t lo, uint32_t hi, const manifest_list *list, uint64_t named) {
    uint32_t left = 0, own = 0;
    if (list->n > 64 || (lo > 0 && word_in(p, lo - 1, "my"))) return false;
    for (uint32_t k = 0; k < list->n; k++) {
        if (named >> k & 1) continue;
        uint32_t senses = senses_of_item(&list->items[k]);
        if (!senses) return false;
        left |= senses;
    }
    for (uint32_t i = lo; i < p->word_count && i < lo + PIECE_REACH; i++) { /* with what it is of or to */
        if (i >= hi && p->words[i].lo > p->words[i - 1].hi + 1) break;
        if (i >= hi && word_in(p, i, "and or which that but so")) break;
        if (is_of_stock(p, i)) return false;
        own |= senses_of(surface_slice(p->on, p->words[i].lo, p->words[i].hi));
    }
    return !(own & left);
}
