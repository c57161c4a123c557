/* physics_table.c - tables that contradict themselves: totals, timelines, and the sentence beside them.
 *
 * In: the cells of one table. Out: findings physics-total, physics-time, physics-table. Cells count only when they are
 * one number and nothing else; a table with more than ROW_LIMIT rows is not judged.
 */
#include "facts/judge.h"

#include <math.h>

enum { COLUMN_LIMIT = 16, ROW_LIMIT = 200 };

typedef struct cell_value {
    bool valid;
    double value, half;
    unit_id unit;
    uint32_t passage;
} cell_value;

/* A cell that is one number and nothing else; a unit may follow. */
static cell_value read_cell(const judge *j, uint32_t index) {
    const passage *p = &j->passages[index];
    cell_value v = {.passage = index};
    uint32_t lo = p->text.lo, hi = p->text.hi;
    while (lo < hi && p->on->text.p[lo] == ' ') lo++;
    while (hi > lo && p->on->text.p[hi - 1] == ' ') hi--;
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

static void check_total(judge *j, const cell_value *column, uint32_t rows, uint32_t total_row) {
    if (!column[total_row].valid || total_row < 2) return;
    double sum = 0, half = column[total_row].half;
    for (uint32_t r = 0; r < total_row; r++) {
        if (!column[r].valid || column[r].unit != column[total_row].unit) return;
        sum += column[r].value;
        half += column[r].half;
    }
    (void)rows;
    const unit_info *u = unit_get(column[total_row].unit);
    if (u->dimension == DIM_PERCENT || u->dimension == DIM_RATIO || u->dimension == DIM_TOKEN_RATE ||
        u->dimension == DIM_TEMPERATURE)
        return;
    double total = column[total_row].value;
    if (fabs(total - sum) <= half * 1.01 + 1e-9) return;
    for (uint32_t r = 0; r < total_row; r++) /* a running total, or one row that repeats it: another reading */
        if (fabs(column[r].value - total) < 1e-9) return;
    const passage *p = &j->passages[column[total_row].passage];
    physics_finding(j, "physics-total", p, p->text.lo, p->text.hi,
                    judge_printf(j, "the rows above add up to %g, not %g", sum, total));
}

/* Time stamp at the start of a cell: minutes since an epoch, or -1. */
static double stamp_of(const judge *j, uint32_t index, bool *dated) {
    str text = str_trim(passage_text(&j->passages[index]));
    day_number day = 0;
    ptrdiff_t at = 0;
    *dated = false;
    if (text.n >= 10 && date_parse(str_slice(text, 0, 10), &day)) {
        *dated = true;
        at = 10;
        if (at < text.n && text.p[at] != ' ' && text.p[at] != 'T') return -1;
        at++;
    }
    str clock = str_slice(text, at, text.n);
    if (clock.n >= 5 && byte_is_digit(clock.p[0]) && byte_is_digit(clock.p[1]) && clock.p[2] == ':' &&
        byte_is_digit(clock.p[3]) && byte_is_digit(clock.p[4])) {
        if (clock.n > 5 && clock.p[5] != ':' && clock.p[5] != ' ') return -1;
        return day * 1440.0 + (clock.p[0] - '0') * 600 + (clock.p[1] - '0') * 60 + (clock.p[3] - '0') * 10 +
               (clock.p[4] - '0');
    }
    return -1;
}

static bool header_is_event(judge *j, const uint32_t *header, uint32_t columns) {
    for (uint32_t c = 1; c < columns; c++) {
        passage *p = &j->passages[header[c]];
        passage_prepare(j, p);
        for (uint32_t i = 0; i < p->word_count; i++)
            if (word_is(p, i, "event") || word_is(p, i, "happened") || word_is(p, i, "what") || word_is(p, i, "action"))
                return true;
    }
    return false;
}

static void check_timeline(judge *j, const uint32_t *labels, uint32_t rows) {
    double last = -1;
    bool dated_all = true;
    for (uint32_t r = 0; r < rows; r++) {
        bool dated;
        if (stamp_of(j, labels[r], &dated) < 0) return;
        dated_all = dated_all && dated;
    }
    if (rows < 3 || !dated_all) return; /* bare clock times may pass midnight */
    uint32_t backwards = 0;
    for (uint32_t r = 0; r < rows; r++) {
        bool dated;
        double now = stamp_of(j, labels[r], &dated);
        backwards += now < last;
        last = now;
    }
    if (!backwards || backwards * 2 >= rows) return; /* newest first is an order too */
    last = -1;
    for (uint32_t r = 0; r < rows; r++) {
        bool dated;
        double now = stamp_of(j, labels[r], &dated);
        const passage *p = &j->passages[labels[r]];
        if (now < last)
            physics_finding(j, "physics-time", p, p->text.lo, p->text.hi,
                            STR("this time stamp is earlier than the one in the row above"));
        last = now;
    }
}

/* A sentence near the table names a row by its label and gives a value of a unit that the row holds once, differently.
 */
static void check_against_prose(judge *j, uint32_t table_first, uint32_t row_first, uint32_t row_end, str label) {
    if (label.n < 2 || label.n > 40) return;
    uint32_t lead = j->passages[table_first].lead;
    if (lead == PASSAGE_NONE) return;
    uint32_t begin = lead > 4 ? lead - 4 : 0;
    for (uint32_t s = begin; s <= lead; s++) {
        passage *p = &j->passages[s];
        if (p->kind != PASSAGE_SENTENCE || p->on != &j->surfaces[0]) continue;
        ptrdiff_t found = str_find(passage_text(p), label, 0);
        if (found < 0) continue;
        uint32_t at = p->text.lo + (uint32_t)found, end = at + (uint32_t)label.n;
        uint32_t piece = article_run_at(j->art, at);
        if (piece == BLOCK_NONE || j->art->runs[piece].kind != RUN_CODE)
            continue; /* only an exact name in code is unmistakable */
        if (j->art->runs[piece].text_lo != at || j->art->runs[piece].text_hi != end) continue;
        const token *t = NULL;
        for (uint32_t k = p->token_lo; k < p->token_hi && !t; k++)
            if (p->on->tokens[k].text.lo >= end && p->on->tokens[k].text.lo < end + 16 &&
                p->on->tokens[k].kind == TOKEN_QUANTITY)
                t = &p->on->tokens[k];
        if (!t || !t->value.valid || t->bound != BOUND_EXACT ||
            t->flags & (TOKEN_CHANGE | TOKEN_INTERVAL | TOKEN_RATIO))
            continue;
        uint32_t same = 0;
        cell_value cell = {0};
        for (uint32_t c = row_first; c < row_end; c++) {
            cell_value v = read_cell(j, c);
            if (v.valid && v.unit == t->unit) same++, cell = v;
        }
        double value = decimal_to_f64(t->value);
        double gap = fabs(value - cell.value);
        if (same != 1 || gap <= 1.01 * (cell.half + decimal_half_unit(t->value)) || gap > 0.2 * fabs(value)) continue;
        if (!physics_stated(j, p, t->text.lo, t->text.hi)) continue;
        const passage *where = &j->passages[cell.passage];
        physics_finding(j, "physics-table", where, where->text.lo, where->text.hi,
                        judge_printf(j, "the text above gives %.*s for %.*s, this row gives %.*s",
                                     STR_ARG(surface_slice(p->on, t->text.lo, t->text.hi)), STR_ARG(label),
                                     STR_ARG(str_trim(passage_text(where)))));
    }
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
        if (rows && column < COLUMN_LIMIT) grid[column * ROW_LIMIT + rows - 1] = read_cell(j, i);
    }
    for (uint32_t c = 1; c < columns && total_row != UINT32_MAX; c++)
        check_total(j, grid + c * ROW_LIMIT, rows, total_row);
    if (columns > 1 && header_is_event(j, header, columns)) check_timeline(j, labels, rows);
    for (uint32_t r = 0; r < rows && rows <= 40; r++)
        check_against_prose(j, first, labels[r] + 1, r + 1 < rows ? labels[r + 1] : end,
                            str_trim(passage_text(&j->passages[labels[r]])));
    return end;
}
