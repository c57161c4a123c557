/* readout_sums.c - rows whose own cells do not add up.
 *
 *     Filesystem     Size  Used Avail Use%          used + free = total, as far as rounding and reserves go
 *     store_nodev    698T  511T  187T  74%          used% = used / (used + free), rounded up by most df
 *     TARGET  TOTAL     FREE     FREE%              free% = free / total
 *
 * In: the cells of one row of output that tell a state of the moment. Such a state may differ from the declared one on
 * another day, but then its row still adds up. Out: where it does not, the cell that disagrees with what is declared
 * and with which the row would add up; or the share whose both parts are as declared. A row without declared values is
 * left alone.
 */
#include "facts/output/readouts.h"

#include "lex/decimal.h"

#include <math.h>

typedef struct interval { /* the values that a printed figure may stand for */
    double lo, hi;
    bool known;
} interval;

typedef interval row[ROLE_COUNT];

static interval printed_interval(str text, bool share) {
    interval x = {0};
    double value, half;
    if (!readout_number(text, share, &value, &half)) return x;
    return (interval){share ? value - half : value - 2 * half, value + half, true};
}

/* ---- what the cells owe each other ---- */

static bool sums_up(const row v) {
    if (!v[ROLE_TOTAL].known || !v[ROLE_USED].known || !v[ROLE_FREE].known) return true;
    double lo = v[ROLE_USED].lo + v[ROLE_FREE].lo, hi = v[ROLE_USED].hi + v[ROLE_FREE].hi;
    return lo <= v[ROLE_TOTAL].hi && hi >= 0.88 * v[ROLE_TOTAL].lo; /* file systems reserve some: 5 % by default */
}

static bool share_fits(interval part, interval of_lo, interval of_hi, interval share, bool up) {
    if (!part.known || !of_lo.known || !of_hi.known || !share.known || of_lo.lo <= 0) return true;
    double lo = 100 * fmax(part.lo, 0) / of_hi.hi, hi = 100 * part.hi / of_lo.lo, half = (share.hi - share.lo) / 2;
    double printed = share.lo + half;
    if (up) return printed >= floor(lo) && printed <= ceil(hi); /* df by GNU rounds up, others do not */
    return printed >= lo - 2 * half && printed <= hi + half;    /* cut off, or to the nearest */
}

static bool used_fits(const row v, bool df) {
    interval lo = v[ROLE_USED], hi = v[ROLE_USED];
    if (!v[ROLE_FREE].known) /* used of total */
        return share_fits(v[ROLE_USED], v[ROLE_TOTAL], v[ROLE_TOTAL], v[ROLE_USED_SHARE], false);
    /* used / (used + free), where both move together */
    lo.lo = v[ROLE_USED].hi + v[ROLE_FREE].lo;
    hi.hi = v[ROLE_USED].lo + v[ROLE_FREE].hi;
    return share_fits(v[ROLE_USED], lo, hi, v[ROLE_USED_SHARE], df);
}

static bool free_fits(const row v) {
    return share_fits(v[ROLE_FREE], v[ROLE_TOTAL], v[ROLE_TOTAL], v[ROLE_FREE_SHARE], false);
}

/* Do the relations that this cell is part of hold? */
static bool holds(const row v, enum role role, bool df) {
    bool sum = role == ROLE_USED_SHARE || role == ROLE_FREE_SHARE || sums_up(v);
    bool used = role == ROLE_FREE_SHARE || used_fits(v, df);
    bool free = role == ROLE_USED || role == ROLE_USED_SHARE || free_fits(v);
    return sum && used && free;
}

/* ---- what is declared ---- */

typedef struct declared {
    enum agreement says;
    const manifest_fact *fact;
    const manifest_quantity *quantity;
    str subject;
} declared;

static bool is_small(str term) {
    static const char *const words[] = {"on", "of", "the", "in", "for", "at", "a", "to", "is"};
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (str_eq_nocase(term, str_from_cstr(words[i]))) return true;
    return false;
}

static bool line_has(str text, uint64_t stem) {
    uint32_t at = 0, lo, hi;
    while (fact_word_next(text, &at, &lo, &hi))
        if (fact_stem(str_slice(text, (ptrdiff_t)lo, (ptrdiff_t)hi)) == stem) return true;
    return false;
}

/* "free on target 101": the column is FREE, the rows are of TARGETs, and this one says 101. */
static bool names_cell(const readout *o, const reading *r, str metric) {
    uint32_t at = 0, lo, hi, column = 0, cells = 0;
    str line = line_of(o->j, r->at);
    while (fact_word_next(metric, &at, &lo, &hi)) {
        str term = str_slice(metric, (ptrdiff_t)lo, (ptrdiff_t)hi);
        uint64_t stem = fact_stem(term);
        if (is_small(term)) continue;
        if (line_has(r->key, stem))
            column++;
        else if (line_has(line, stem))
            cells++;
        else if (!line_has(r->head, stem))
            return false;
    }
    return column && cells;
}

static declared declared_for(const readout *o, const reading *r) {
    const manifest *m = o->j->m;
    declared d = {.says = SAYS_NOTHING};
    const manifest_attr *a = readout_row_attr(o, r, &d.says);
    if (a) {
        d.fact = &a->fact;
        d.quantity = &a->views[0].quantity;
        d.subject = m->entities[a->entity].id;
        return d;
    }
    for (uint32_t i = 0; i < m->benchmark_count && i < 1024 && !d.fact; i++) {
        const manifest_benchmark *b = &m->benchmarks[i];
        if (!names_cell(o, r, b->metric)) continue;
        d.fact = &b->fact;
        d.quantity = &b->quantity;
        d.subject = b->fact.id;
        d.says = quantity_says(&b->quantity, reading_text(o, r), o->decimal);
    }
    return d;
}

static interval declared_interval(const declared *d, bool share) {
    interval x = {0};
    if (!d->quantity || !d->quantity->number.valid) return x;
    double factor = share ? 1 : unit_get(d->quantity->measure)->factor, value = decimal_to_f64(d->quantity->number);
    double half = decimal_half_unit(d->quantity->number);
    return (interval){(value - half) * factor, (value + half) * factor, true};
}

/* ---- one row ---- */

static bool is_share(enum role role) { return role == ROLE_USED_SHARE || role == ROLE_FREE_SHARE; }

/* Are the parts that the share is worked out of all as declared? */
static bool parts_confirmed(const readout *o, const reading *cells, enum role role) {
    enum role parts[] = {role == ROLE_USED_SHARE ? ROLE_USED : ROLE_FREE,
                         role == ROLE_USED_SHARE && cells[ROLE_FREE].hi ? ROLE_FREE : ROLE_TOTAL};
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        if (!cells[parts[i]].hi) return false;
        if (parts[i] == ROLE_TOTAL ? readout_total_says(o, &cells[ROLE_TOTAL]) != SAYS_YES
                                   : declared_for(o, &cells[parts[i]]).says != SAYS_YES)
            return false;
    }
    return true;
}

void judge_sums(readout *o, const reading *cells) {
    bool df = readout_runs(o, "df");
    row v;
    uint32_t known = 0;
    for (int k = 0; k < ROLE_COUNT; k++) {
        v[k] = cells[k].hi ? printed_interval(reading_text(o, &cells[k]), is_share((enum role)k)) : (interval){0};
        known += v[k].known;
    }
    if (known < 3 || !o->lookups_left || (sums_up(v) && used_fits(v, df) && free_fits(v))) return;
    o->lookups_left--;
    for (int k = ROLE_USED; k < ROLE_COUNT; k++) {
        enum role role = (enum role)k;
        if (!v[k].known || holds(v, role, df)) continue;
        declared d = declared_for(o, &cells[k]);
        if (d.says == SAYS_YES) continue;
        if (d.says == SAYS_NO) {
            row restored;
            memcpy(restored, v, sizeof restored);
            restored[k] = declared_interval(&d, is_share(role));
            if (restored[k].known && holds(restored, role, df))
                readout_settle(o, &cells[k], SAYS_NO, d.fact, d.subject, d.quantity->value);
        } else if (is_share(role) && parts_confirmed(o, cells, role)) {
            readout_settle(o, &cells[k], SAYS_NO, NULL, STR("the share"), STR("what the row's own figures come to"));
        }
    }
}
