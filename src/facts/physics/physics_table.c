/* physics_table.c - tables that contradict themselves: totals, speed-ups, and the way to timelines and neighbours.
 *
 *     | Load  | 10 s |        | Stage | Before | After | Speed-up |
 *     | Write | 30 s |        | parse | 90 s   | 30 s  | 5x       |
 *     | Total | 75 s |
 *
 * In: the cells of one table. Out: findings physics-total, physics-speed-up; rows and labels for timelines.c and
 * beside_table.c. Cells count only when they are one number and nothing else; a table with more than ROW_LIMIT rows is
 * not judged. A column adds up only where its header and its unit are of what adds up: percentiles, averages, rates and
 * maxima do not, nor does a column whose total is no more than its greatest row.
 */
#include "facts/physics/physics.h"

#include <math.h>

enum { COLUMN_LIMIT = 16, ROW_LIMIT = 200 };

cell_value cell_read(const judge *j, uint32_t index) {
    const passage *p = &j->passages[index];
    cell_value v = {.passage = index};
    uint32_t lo = p->text.lo, hi = p->text.hi;
    while (lo < hi && p->on->text.p[lo] == ' ') lo++;
    while (hi > lo && p->on->text.p[hi - 1] == ' ') hi--;
    if (lo < hi && p->on->text.p[lo] == '+') lo++;
    if (p->token_hi - p->token_lo != 1) return v;
    const token *t = &p->on->tokens[p->token_lo];
    if ((t->kind != TOKEN_QUANTITY && t->kind != TOKEN_NUMBER) || !t->value.valid ||
        t->flags & (TOKEN_INTERVAL | TOKEN_CHANGE))
        return v;
    if (t->text.lo != lo || t->text.hi != hi || t->bound != BOUND_EXACT) return v;
    v.valid = true;
    v.value = decimal_to_f64(t->value);
    v.half = decimal_half_unit(t->value);
    v.unit = t->unit;
    return v;
}

static bool is_total_label(str label) {
    label = str_trim(label);
    static const char *const totals[] = {"total", "sum", "total:", "sum:", "in all", "altogether"};
    for (size_t i = 0; i < COUNT_OF(totals); i++)
        if (str_eq_nocase(label, str_from_cstr(totals[i]))) return true;
    return false;
}

/* A row that is counted in others: "Subtotal", "of which drafts". */
static bool is_part_label(str label) {
    static const char *const parts[] = {"subtotal", "sub-total", "of which", "thereof", "incl", "including"};
    label = str_trim(label);
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        str part = str_from_cstr(parts[i]);
        if (label.n >= part.n && str_eq_nocase(str_slice(label, 0, part.n), part)) return true;
    }
    return false;
}

/* Does a column of this header hold what does not add up: "p95", "Avg. power", "Peak RAM", "EUR per hour"? */
static bool header_does_not_add(judge *j, uint32_t header) {
    static const char WORDS[] =
        "percentile average averages avg mean median max maximum min minimum peak rate rates ratio share per each "
        "unique distinct speed throughput utilization utilisation temperature temp score wall elapsed cumulative "
        "level typical highest lowest best worst start end begin at until port id rank year version page users people "
        "visitors readers contributors authors members customers clients subscribers";
    if (header == PASSAGE_NONE) return false;
    passage *p = &j->passages[header];
    passage_prepare(j, p);
    for (uint32_t w = 0; w < p->word_count; w++) {
        str name = surface_slice(p->on, p->words[w].lo, p->words[w].hi);
        if (name.n > 1 && byte_lower(name.p[0]) == 'p' && byte_is_digit(name.p[1])) return true; /* p50, p99.9 */
        if (str_is_among(name, WORDS)) return true;
    }
    return str_find(passage_text(p), STR("/"), 0) >= 0;
}

static bool unit_does_not_add(unit_id unit) {
    switch (unit_get(unit)->dimension) {
    case DIM_PERCENT:
    case DIM_POINT:
    case DIM_RATIO:
    case DIM_TOKEN_RATE:
    case DIM_TOKEN_TIME:
    case DIM_DATA_RATE:
    case DIM_REQUEST_RATE:
    case DIM_EVENT_RATE:
    case DIM_COST_RATE:
    case DIM_OPS_RATE:
    case DIM_FREQUENCY:
    case DIM_SPEED:
    case DIM_TEMPERATURE:
    case DIM_VOLTAGE:
    case DIM_PRESSURE:
    case DIM_DECIBEL:
    case DIM_BITS_WIDTH: return true;
    default: return false;
    }
}

/* Is the column of prices, and another says how many of each: "| Item | Qty | Price |"? */
static bool is_unit_price(judge *j, const cell_value *total, const uint32_t *header, uint32_t columns, uint32_t at) {
    enum unit_dimension d = unit_get(total->unit)->dimension;
    passage *own = &j->passages[header[at]];
    passage_prepare(j, own);
    bool money = (d >= DIM_MONEY_USD && d <= DIM_MONEY_OTHER) ||
                 physics_any(own, own->text.lo, own->text.hi, "price prices cost costs EUR USD GBP");
    for (uint32_t c = 1; c < columns && money; c++) {
        passage *p = &j->passages[header[c]];
        passage_prepare(j, p);
        if (c != at && physics_any(p, p->text.lo, p->text.hi, "qty quantity count pcs pieces units number"))
            return true;
    }
    return false;
}

/* Is a greater or a smaller total no slip: memory that is not all used, work that runs side by side? */
static bool total_may_differ(judge *j, const passage *cell, const unit_info *u, uint32_t header, bool greater) {
    if (greater && header != PASSAGE_NONE && u->dimension == DIM_DATA) {
        const passage *p = &j->passages[header];
        return physics_any(p, p->text.lo, p->text.hi, "memory RAM VRAM capacity");
    }
    if (greater || u->dimension != DIM_TIME || cell->lead == PASSAGE_NONE) return false;
    passage *p = &j->passages[cell->lead];
    passage_prepare(j, p);
    return physics_any(p, p->text.lo, p->text.hi, "side overlap overlapping overlaps") ||
           physics_begins(p, p->text.lo, p->text.hi, "parallel concurren simultan pipelin");
}

static void check_total(judge *j, const cell_value *column, uint32_t total_row, const uint32_t *headers,
                        uint32_t columns, uint32_t at) {
    uint32_t header = headers[at];
    const cell_value *total = &column[total_row];
    if (!total->valid || total_row < 2 || unit_does_not_add(total->unit) || header_does_not_add(j, header)) return;
    const unit_info *u = unit_get(total->unit);
    double sum = 0, half = total->half, most = 0;
    for (uint32_t r = 0; r < total_row; r++) {
        const unit_info *v = unit_get(column[r].unit);
        if (!column[r].valid || v->dimension != u->dimension || v->family != u->family || v->offset != 0) return;
        double factor = v->factor / u->factor; /* "500 GB" below "1 TB" */
        sum += column[r].value * factor;
        half += column[r].half * factor;
        most = fmax(most, column[r].value * factor);
    }
    if (fabs(total->value - sum) <= half * 1.01 + 1e-9) return;
    /* an average, a maximum, what ran side by side, a running total: another reading */
    if (total->value <= most * (1 + 1e-9)) return;
    const passage *p = &j->passages[total->passage];
    if (is_unit_price(j, total, headers, columns, at) || total_may_differ(j, p, u, header, total->value > sum)) return;
    physics_finding(j, "physics-total", p, p->text.lo, p->text.hi,
                    judge_printf(j, "the rows above add up to %g, not %g", sum, total->value));
}

/* ---- three columns ---- */

/* The one column of 1 … whose header begins with one of the words; 0 where none does, or several do. */
static uint32_t column_of(judge *j, const uint32_t *header, uint32_t columns, const char *words) {
    uint32_t found = 0;
    for (uint32_t c = 1; c < columns; c++) {
        passage *p = &j->passages[header[c]];
        passage_prepare(j, p);
        if (!word_in(p, 0, words) || p->word_count > 4) continue;
        if (found) return 0;
        found = c;
    }
    return found;
}

/* | Before | After | Speed-up |: each row's ratio is that of its two values. */
static void check_speed_ups(judge *j, const uint32_t *header, uint32_t columns, const cell_value *grid,
                            const uint32_t *labels, uint32_t rows) {
    uint32_t before = column_of(j, header, columns, "before old was baseline previously"),
             after = column_of(j, header, columns, "after new now"),
             ratio =
                 column_of(j, header, columns, "speed speedup gain change improvement faster reduction saving factor");
    if (!before || !after || !ratio) return;
    for (uint32_t r = 0; r < rows; r++) {
        const cell_value *from = &grid[before * ROW_LIMIT + r], *to = &grid[after * ROW_LIMIT + r],
                         *said = &grid[ratio * ROW_LIMIT + r];
        passage *label = &j->passages[labels[r]];
        passage_prepare(j, label); /* the mean of ratios is not the ratio of means */
        if (physics_any(label, label->text.lo, label->text.hi, "average avg mean geomean median overall total sum all"))
            continue;
        if (!from->valid || !to->valid || !said->valid || from->value <= 0 || to->value <= 0) continue;
        const unit_info *u = unit_get(from->unit), *v = unit_get(to->unit), *w = unit_get(said->unit);
        if (u->dimension != v->dimension || u->family != v->family || !unit_has_ratios(from->unit) ||
            from->value == to->value)
            continue;
        if (w->dimension != DIM_RATIO && w->dimension != DIM_PERCENT) continue;
        change c = {from->value * u->factor, to->value * v->factor, from->half * u->factor, to->half * v->factor,
                    u->dimension == DIM_PERCENT};
        bool percent = w->dimension == DIM_PERCENT;
        double value = fabs(said->value), times = fmax(c.from, c.to) / fmin(c.from, c.to);
        if (percent ? change_is_percent(&c, value, said->half) : change_is_times(&c, value, said->half)) continue;
        const passage *p = &j->passages[said->passage];
        str text = str_trim(passage_text(p));
        physics_finding(j, "physics-speed-up", p, p->text.lo, p->text.hi,
                        percent ? judge_printf(j, "from %g to %g is %.3g %%, not %.*s", from->value, to->value,
                                               100 * fabs(c.to - c.from) / c.from, STR_ARG(text))
                                : judge_printf(j, "from %g to %g is %.3gx, not %.*s", from->value, to->value, times,
                                               STR_ARG(text)));
    }
}

/* ---- the table ---- */

static bool label_stands_twice(const judge *j, const uint32_t *labels, uint32_t rows, uint32_t row) {
    str label = str_trim(passage_text(&j->passages[labels[row]]));
    for (uint32_t r = 0; r < rows; r++)
        if (r != row && str_eq_nocase(str_trim(passage_text(&j->passages[labels[r]])), label)) return true;
    return false;
}

uint32_t physics_table(judge *j, uint32_t first) {
    const article *art = j->art;
    uint32_t table = article_ancestor(art, j->passages[first].block, BLOCK_TABLE), end = first;
    while (end < j->passage_count && j->passages[end].kind == PASSAGE_CELL &&
           j->passages[end].block < art->blocks[table].end)
        end++;
    cell_value *grid = NULL;
    uint32_t header[COLUMN_LIMIT], labels[ROW_LIMIT], columns = 0, rows = 0, total_row = UINT32_MAX;
    grid = ARENA_ARRAY(j->a, cell_value, (size_t)COLUMN_LIMIT * ROW_LIMIT);
    if (!grid) {
        j->failed = true;
        return end;
    }
    for (uint32_t i = first; i < end; i++) {
        const passage *p = &j->passages[i];
        uint32_t column = art->blocks[p->block].number;
        if (p->flags & PASSAGE_HEADER_CELL) {
            if (column < COLUMN_LIMIT) header[column] = i, columns = column + 1 > columns ? column + 1 : columns;
            continue;
        }
        if (p->flags & PASSAGE_LABEL_CELL) {
            if (rows == ROW_LIMIT) return end; /* too long for a table of sums: not judged */
            labels[rows++] = i;
            if (is_total_label(passage_text(p)) && total_row == UINT32_MAX) total_row = rows - 1;
        }
        if (rows && column < COLUMN_LIMIT) grid[column * ROW_LIMIT + rows - 1] = cell_read(j, i);
    }
    for (uint32_t r = 0; r < total_row && total_row != UINT32_MAX; r++)
        if (is_part_label(passage_text(&j->passages[labels[r]]))) total_row = UINT32_MAX;
    for (uint32_t c = 1; c < columns && total_row != UINT32_MAX; c++)
        check_total(j, grid + c * ROW_LIMIT, total_row, header, columns, c);
    if (columns > 3) check_speed_ups(j, header, columns, grid, labels, rows);
    if (columns > 1) timeline_in_table(j, header, columns, labels, rows);
    uint32_t prose = rows <= 40 ? prose_before_table(j, first) : first;
    for (uint32_t r = 0; r < rows && rows <= 40; r++) {
        table_row row = {
            first, end, labels[r], r + 1 < rows ? labels[r + 1] : end, prose, label_stands_twice(j, labels, rows, r)};
        row_beside_prose(j, &row);
    }
    return end;
}
