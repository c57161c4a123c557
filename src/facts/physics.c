/* physics.c - what is wrong whatever the manifest says.
 *
 *     physics-speed-up    from a to b, "N times" or "N %": no reading of N follows from a and b
 *     physics-total       the row named total is not the sum of the rows above it
 *     physics-table       a sentence and the table beside it give one label two values in one unit
 *     physics-fit         "a 140 GB model fits in 121 GB"
 *     physics-time        a timeline that runs backwards, a duration that its own clock times contradict
 *     physics-version     a version stated before it was installed here
 *     physics-bandwidth   decode faster than bandwidth / active weight bytes, every operand declared, one stream
 *
 * A false finding here is worse than a miss: every rule needs all its operands in one place, allows for rounding of
 * each of them, and gives up where a second reading exists.
 */
#include "facts/judge.h"

#include <math.h>

static void add_finding(judge *j, const char *rule, const passage *p, uint32_t lo, uint32_t hi, str message) {
    finding f = {.rule = str_from_cstr(rule),
                 .level = LEVEL_ERROR,
                 .message = message,
                 .where = surface_source(j, p->on, lo, hi)};
    bool kept = vec_reserve(j->a, (void **)(void *)&j->findings->at, j->findings->n, &j->findings->capacity, sizeof f);
    if (kept)
        j->findings->at[j->findings->n++] = f;
    else
        j->failed = true;
}

/* Asserted prose of ours or anybody's: not quoted, not hypothetical. */
static bool is_stated(judge *j, passage *p, uint32_t lo, uint32_t hi) {
    stance_view s = stance_at(j, p, lo, hi);
    return s.stance != STANCE_QUOTED && s.stance != STANCE_HYPOTHETICAL && s.stance != STANCE_INSTRUCTION && !s.denied;
}

/* ---- speed-ups ---- */

typedef struct change {
    double from, to, from_half, to_half;
    uint32_t lo, hi;
} change;

static bool close_to(double stated, double half, double low, double high) {
    double slack = half + 0.02 * fabs(stated);
    return stated >= low - slack && stated <= high + slack;
}

/* Could `stated` be read off the change as a ratio? */
static bool ratio_fits(const change *c, double stated, double half) {
    double a = fmin(c->from, c->to), b = fmax(c->from, c->to);
    double ah = c->from < c->to ? c->from_half : c->to_half, bh = c->from < c->to ? c->to_half : c->from_half;
    double low = (b - bh) / (a + ah), high = a > ah ? (b + bh) / (a - ah) : INFINITY;
    return close_to(stated, half, low, high) || close_to(stated, half, low - 1, high - 1) ||
           close_to(stated, half, 1 / high, 1 / low);
}

static bool percent_fits(const change *c, double stated, double half) {
    double a = fmin(c->from, c->to), b = fmax(c->from, c->to);
    double all[] = {(b - a) / b, (b - a) / a, a / b, b / a};
    for (size_t i = 0; i < COUNT_OF(all); i++)
        if (close_to(stated, half + 1, 100 * all[i], 100 * all[i])) return true;
    return false;
}

static bool is_change_word(const passage *p, uint32_t lo, uint32_t hi) {
    static const char *const words[] = {"faster",    "slower",  "less",   "more",     "speed-up", "speedup",
                                        "reduction", "shorter", "longer", "increase", "decrease", "improvement",
                                        "drop",      "gain",    "cut",    "factor",   "times",    "lower",
                                        "higher",    "smaller", "larger", "speed"};
    for (uint32_t i = 0; i < p->word_count; i++) {
        if (p->words[i].hi + 24 < lo || p->words[i].lo > hi + 24) continue;
        for (size_t k = 0; k < COUNT_OF(words); k++)
            if (word_is(p, i, words[k])) return true;
    }
    return false;
}

static void check_speedup(judge *j, passage *p) {
    change c = {0};
    uint32_t changes = 0, quantities = 0;
    const token *stated = NULL;
    uint32_t claims = 0;
    for (uint32_t i = p->token_lo; i < p->token_hi; i++) {
        const token *t = &p->on->tokens[i];
        if (t->kind != TOKEN_QUANTITY || !t->value.valid) continue;
        const unit_info *u = unit_get(t->unit);
        if (t->flags & TOKEN_CHANGE && t->high.valid) {
            if (u->dimension == DIM_COUNT || u->dimension == DIM_NONE) return; /* a setting changes, not the result */
            changes++;
            c = (change){decimal_to_f64(t->value),
                         decimal_to_f64(t->high),
                         decimal_half_unit(t->value),
                         decimal_half_unit(t->high),
                         t->text.lo,
                         t->text.hi};
        } else if (t->flags & TOKEN_RATIO || u->dimension == DIM_RATIO || u->dimension == DIM_PERCENT) {
            claims++;
            stated = t;
        } else {
            quantities++;
        }
    }
    if (changes != 1 || claims != 1 || quantities || c.from <= 0 || c.to <= 0 || c.from == c.to ||
        stated->text.lo < c.hi)
        return;
    if (stated->bound == BOUND_MIN || stated->bound == BOUND_MAX || stated->flags & TOKEN_INTERVAL) return;
    passage_prepare(j, p);
    if (stated->text.lo - c.hi > 60 || !is_change_word(p, stated->text.lo, stated->text.hi)) return;
    double value = decimal_to_f64(stated->value), half = decimal_half_unit(stated->value);
    if (stated->bound == BOUND_ABOUT) half += 0.1 * value;
    bool percent = unit_get(stated->unit)->dimension == DIM_PERCENT;
    if (percent ? percent_fits(&c, value, half) : ratio_fits(&c, value, half)) return;
    if (!is_stated(j, p, c.lo, stated->text.hi)) return;
    double ratio = fmax(c.from, c.to) / fmin(c.from, c.to), part = 100 * (1 - fmin(c.from, c.to) / fmax(c.from, c.to));
    str found = surface_slice(p->on, stated->text.lo, stated->text.hi);
    add_finding(j, "physics-speed-up", p, c.lo, stated->text.hi,
                percent ? judge_printf(j, "from %g to %g is %.3g %%, not %.*s", c.from, c.to, part, STR_ARG(found))
                        : judge_printf(j, "from %g to %g is %.3gx, not %.*s", c.from, c.to, ratio, STR_ARG(found)));
}

/* ---- tables ---- */

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
    add_finding(j, "physics-total", p, p->text.lo, p->text.hi,
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
            add_finding(j, "physics-time", p, p->text.lo, p->text.hi,
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
        if (!is_stated(j, p, t->text.lo, t->text.hi)) continue;
        const passage *where = &j->passages[cell.passage];
        add_finding(j, "physics-table", where, where->text.lo, where->text.hi,
                    judge_printf(j, "the text above gives %.*s for %.*s, this row gives %.*s",
                                 STR_ARG(surface_slice(p->on, t->text.lo, t->text.hi)), STR_ARG(label),
                                 STR_ARG(str_trim(passage_text(where)))));
    }
}

static uint32_t check_table(judge *j, uint32_t first) {
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

/* ---- fit, duration ---- */

static void check_fit(judge *j, passage *p) {
    const token *a = NULL, *b = NULL;
    for (uint32_t i = p->token_lo; i < p->token_hi; i++) {
        const token *t = &p->on->tokens[i];
        if (t->kind != TOKEN_QUANTITY || unit_get(t->unit)->dimension != DIM_DATA) continue;
        if (a && b) return;
        if (!a)
            a = t;
        else
            b = t;
    }
    if (!a || !b || a->bound == BOUND_MAX || b->bound == BOUND_MIN || !a->value.valid || !b->value.valid) return;
    passage_prepare(j, p);
    for (uint32_t i = 0; i + 1 < p->word_count; i++) {
        if (p->words[i].lo < a->text.hi || p->words[i].hi > b->text.lo) continue;
        bool fits = (word_is(p, i, "fits") || word_is(p, i, "fit")) &&
                    (word_is(p, i + 1, "in") || word_is(p, i + 1, "into") || word_is(p, i + 1, "within"));
        if (!fits || p->cues & (CUE_NEGATION | CUE_MODAL | CUE_IF)) continue;
        double need = decimal_to_f64(a->value) * unit_get(a->unit)->factor,
               room = decimal_to_f64(b->value) * unit_get(b->unit)->factor;
        if (need <= room * 1.08 || p->words[i].lo - a->text.hi > 40 || b->text.lo - p->words[i].hi > 40) continue;
        for (uint32_t k = a->text.hi; k < b->text.lo; k++)
            if (p->on->text.p[k] == ',' || p->on->text.p[k] == ';') return;
        if (is_stated(j, p, a->text.lo, b->text.hi))
            add_finding(j, "physics-fit", p, a->text.lo, b->text.hi,
                        STR("the first is larger than the memory it is said to fit into"));
    }
}

/* "It lasted 31 minutes, from 07:58 to 08:49" */
static void check_duration(judge *j, passage *p) {
    const token *length = NULL, *times[2] = {0};
    uint32_t lengths = 0, n = 0;
    for (uint32_t i = p->token_lo; i < p->token_hi; i++) {
        const token *t = &p->on->tokens[i];
        if (t->kind == TOKEN_QUANTITY && unit_get(t->unit)->dimension == DIM_TIME) length = t, lengths++;
        if (t->kind == TOKEN_TIME) {
            if (n < 2) times[n] = t;
            n++;
        }
    }
    if (lengths != 1 || n != 2 || !length->value.valid || length->bound != BOUND_EXACT) return;
    str between = str_trim(surface_slice(p->on, times[0]->text.hi, times[1]->text.lo));
    str before = str_trim(surface_slice(p->on, p->text.lo, times[0]->text.lo));
    if (!str_eq(between, STR("to")) || !str_ends(before, STR("from"))) return;
    passage_prepare(j, p);
    bool lasts = false;
    for (uint32_t i = 0; i < p->word_count; i++)
        lasts = lasts || word_is(p, i, "lasted") || word_is(p, i, "lasts") || word_is(p, i, "down");
    int minute[2];
    for (int k = 0; k < 2; k++) {
        str t = surface_slice(p->on, times[k]->text.lo, times[k]->text.hi);
        if (t.n != 5 || t.p[2] != ':') return;
        minute[k] = (t.p[0] - '0') * 600 + (t.p[1] - '0') * 60 + (t.p[3] - '0') * 10 + (t.p[4] - '0');
    }
    double stated = decimal_to_f64(length->value) * unit_get(length->unit)->factor / 60;
    double half = decimal_half_unit(length->value) * unit_get(length->unit)->factor / 60;
    int real = minute[1] - minute[0] + (minute[1] < minute[0] ? 1440 : 0);
    if (!lasts || fabs(stated - real) <= half + 1.01 || !is_stated(j, p, length->text.lo, length->text.hi)) return;
    add_finding(j, "physics-time", p, length->text.lo, times[1]->text.hi,
                judge_printf(j, "these clock times are %d min apart, not %g", real, stated));
}

/* ---- with a manifest ---- */

static void check_versions(judge *j) {
    if (!j->day) return;
    for (size_t i = 0; i < j->claims->n; i++) {
        const claim *c = &j->claims->at[i];
        if (c->kind != CLAIM_VERSION || c->verdict != VERDICT_SUPPORTED || !c->text.hi || c->stance != STANCE_ASSERTED)
            continue;
        const manifest_entity *e = manifest_find_entity(j->m, c->subject);
        if (!e || !e->version.history_count || !e->version.text.n) continue;
        const manifest_period *last = &e->version.history[e->version.history_count - 1];
        bool newer = j->day < last->to && version_agrees(&e->version, c->normal, e->version.text) &&
                     !version_agrees(&e->version, c->normal, last->version);
        if (!newer) continue;
        finding f = {.rule = STR("physics-version"),
                     .level = LEVEL_ERROR,
                     .where = c->where,
                     .message = judge_printf(j, "%.*s %.*s was installed on %s, after the article's date",
                                             STR_ARG(e->id), STR_ARG(e->version.text), date_format(last->to).text)};
        if (vec_reserve(j->a, (void **)(void *)&j->findings->at, j->findings->n, &j->findings->capacity, sizeof f))
            j->findings->at[j->findings->n++] = f;
        else
            j->failed = true;
    }
}

static double attr_value(const judge *j, const manifest_entity *e, str name, enum unit_dimension dimension) {
    const manifest_attr *attr = manifest_find_attr(j->m, e, name);
    double value;
    if (!attr || !str_to_f64(attr->views[0].quantity.value, &value)) return 0;
    const unit_info *u = unit_get(unit_parse(attr->views[0].quantity.unit, true));
    return u->dimension == dimension ? value * u->factor : 0;
}

/* Bits a weight of the formats whose packing is fixed: MX formats carry one 8-bit scale per 32 values (OCP MX 1.0). */
static double bits_of(str format) {
    static const struct {
        const char *name;
        double bits;
    } formats[] = {{"MXFP4", 4.25}, {"FP8", 8},   {"INT8", 8},   {"BF16", 16}, {"FP16", 16},
                   {"F16", 16},     {"FP32", 32}, {"Q8_0", 8.5}, {"Q4_0", 4.5}};
    for (size_t i = 0; i < COUNT_OF(formats); i++)
        if (str_eq_nocase(format, str_from_cstr(formats[i].name))) return formats[i].bits;
    return 0;
}

static void check_bandwidth(judge *j) {
    const manifest_entity *box = j->main_hardware == MANIFEST_NONE ? NULL : &j->m->entities[j->main_hardware];
    double bandwidth = box ? attr_value(j, box, STR("memory_bandwidth"), DIM_DATA_RATE) : 0;
    if (bandwidth <= 0) return;
    for (uint32_t i = 0; i < j->passage_count; i++) {
        passage *p = &j->passages[i];
        if (p->kind != PASSAGE_SENTENCE) continue;
        for (uint32_t k = p->token_lo; k < p->token_hi; k++) {
            const token *t = &p->on->tokens[k];
            if (t->kind != TOKEN_QUANTITY || unit_get(t->unit)->dimension != DIM_TOKEN_RATE || !t->value.valid)
                continue;
            passage_prepare(j, p);
            bool alone = false, decode = false, other = false;
            for (uint32_t w = 0; w < p->word_count; w++) {
                alone = alone || (word_is(p, w, "batch") && (word_is(p, w + 1, "1") || word_is(p, w + 1, "one"))) ||
                        (word_is(p, w, "one") && word_is(p, w + 1, "stream"));
                decode = decode || str_starts(surface_slice(p->on, p->words[w].lo, p->words[w].hi), STR("decod"));
                other = other || word_is(p, w, "prefill") || word_is(p, w, "speculative") ||
                        word_is(p, w, "speculation") || word_is(p, w, "draft");
            }
            if (!alone || !decode || other) continue;
            const manifest_entity *model = NULL;
            for (uint32_t h = p->hit_lo; h < p->hit_hi; h++) {
                uint32_t e = hit_entity(j, &p->on->hits[h], ENTITY_COMPONENT);
                if (e != MANIFEST_NONE && manifest_find_attr(j->m, &j->m->entities[e], STR("active_parameters")))
                    model = &j->m->entities[e];
            }
            const manifest_attr *format = model ? manifest_find_attr(j->m, model, STR("quantization")) : NULL;
            double active = model ? attr_value(j, model, STR("active_parameters"), DIM_PARAMS) : 0;
            double bits = format ? bits_of(format->views[0].quantity.value) : 0;
            if (active <= 0 || bits <= 0 || !is_stated(j, p, t->text.lo, t->text.hi)) continue;
            double ceiling = bandwidth / (active * bits / 8),
                   stated = decimal_to_f64(t->value) * unit_get(t->unit)->factor;
            if (stated <= ceiling * 1.05) continue;
            add_finding(
                j, "physics-bandwidth", p, t->text.lo, t->text.hi,
                judge_printf(j, "memory bandwidth allows at most %.3g tok/s for one stream of this model", ceiling));
        }
    }
}

void judge_physics(judge *j) {
    for (uint32_t i = 0; i < j->passage_count && !j->failed;) {
        passage *p = &j->passages[i];
        if (p->kind == PASSAGE_CELL && p->block != BLOCK_NONE) {
            i = check_table(j, i);
            continue;
        }
        if (p->kind == PASSAGE_SENTENCE && p->token_hi - p->token_lo >= 2 && p->token_hi - p->token_lo <= 24) {
            check_speedup(j, p);
            check_fit(j, p);
            check_duration(j, p);
        }
        i++;
    }
    if (!j->m || !j->about_us) return;
    check_versions(j);
    check_bandwidth(j);
}
