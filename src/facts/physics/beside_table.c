/* beside_table.c - a sentence and the table beside it that give one thing two values.
 *
 *     "With `on` 3.85 ms pass."            | `on` | 4.15 ms |           an exact name in code
 *     "Indexing takes 25 s on forge."      | Indexing | 20 s |          a sentence that says nothing else
 *
 * In: one row of a table. Out: findings physics-table. Of a label in plain words only a sentence that is made of the
 * label, a verb in the present tense and the value is compared ("Indexing takes 25 s when the cache is cold" is another
 * case), only where no word of another case stands between it and the table ("After the change:"), and only with a
 * column whose header is no case either ("Before").
 */
#include "facts/physics/physics.h"

#include <math.h>

static bool is_plain_value(const token *t) {
    return t->value.valid && t->bound == BOUND_EXACT && !(t->flags & (TOKEN_CHANGE | TOKEN_INTERVAL | TOKEN_RATIO));
}

/* The one cell of the row that holds a value in this unit. */
static bool cell_in_unit(const judge *j, const table_row *row, unit_id unit, cell_value *out) {
    uint32_t same = 0;
    for (uint32_t c = row->first + 1; c < row->row_end; c++) {
        cell_value v = cell_read(j, c);
        if (v.valid && v.unit == unit) same++, *out = v;
    }
    return same == 1;
}

static void report(judge *j, const passage *p, const token *t, const char *where_said, str label, uint32_t cell) {
    const passage *where = &j->passages[cell];
    physics_finding(j, "physics-table", where, where->text.lo, where->text.hi,
                    judge_printf(j, "the text %s gives %.*s for %.*s, this row gives %.*s", where_said,
                                 STR_ARG(surface_slice(p->on, t->text.lo, t->text.hi)), STR_ARG(label),
                                 STR_ARG(str_trim(passage_text(where)))));
}

/* ---- a name in code ---- */

static bool compare_with_code(judge *j, const table_row *row, str label, passage *p) {
    ptrdiff_t found = str_find(passage_text(p), label, 0);
    if (found < 0) return false;
    uint32_t at = p->text.lo + (uint32_t)found, end = at + (uint32_t)label.n;
    uint32_t piece = article_run_at(j->art, at);
    if (piece == BLOCK_NONE || j->art->runs[piece].kind != RUN_CODE) return false;
    if (j->art->runs[piece].text_lo != at || j->art->runs[piece].text_hi != end) return false;
    const token *t = NULL;
    for (uint32_t k = p->token_lo; k < p->token_hi && !t; k++)
        if (p->on->tokens[k].text.lo >= end && p->on->tokens[k].text.lo < end + 16 &&
            p->on->tokens[k].kind == TOKEN_QUANTITY)
            t = &p->on->tokens[k];
    cell_value cell = {0};
    if (!t || !is_plain_value(t) || !cell_in_unit(j, row, t->unit, &cell)) return false;
    double value = decimal_to_f64(t->value), gap = fabs(value - cell.value);
    if (gap <= 1.01 * (cell.half + decimal_half_unit(t->value)) || gap > 0.2 * fabs(value)) return false;
    if (!physics_stated(j, p, t->text.lo, t->text.hi)) return false;
    report(j, p, t, "above", label, cell.passage);
    return true;
}

/* ---- plain words ---- */

/* Words of another case: what stands behind them may well be another value. */
static const char CASES[] =
    "after with without before then now once when if while until unless tuned new old cold warm instead later earlier "
    "first second again however but only same other another different per each average median worst best max maximum "
    "minimum peak yesterday today was were had took target targets goal goals plan planned vendor vendors others "
    "elsewhere "
    "expected estimate estimated theirs";
/* What a line that leads into the table may say without telling of another case. */
static const char LEADS[] =
    "the this that these a as table tables here is are below above shows show following step steps stage stages time "
    "times "
    "number numbers figure figures in detail details of and its for all by list lists breakdown they";
static const char VERBS[] = "takes needs uses weighs costs lasts is";
static const char STEPS[] = "step stage phase pass job task part";
static const char HEADER[] =
    "time times duration durations size sizes memory ram disk power cost price value length seconds minutes hours "
    "takes s ms min h on of in the";

/* The one machine of ours that the passage names; MANIFEST_NONE: none. */
static uint32_t machine_in(const judge *j, const passage *p) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi; h++) {
        uint32_t e = hit_entity(j, &p->on->hits[h], ENTITY_HARDWARE);
        if (e == MANIFEST_NONE) e = hit_entity(j, &p->on->hits[h], ENTITY_HOST);
        if (e != MANIFEST_NONE) return e;
    }
    return MANIFEST_NONE;
}

/* Is there nothing in [lo, hi) but "on forge", "of the box", where that is the machine of ours? */
static bool only_a_machine(const judge *j, const passage *p, uint32_t lo, uint32_t hi) {
    uint32_t first, end;
    physics_words(p, lo, hi, &first, &end);
    for (uint32_t w = first; w < end; w++) {
        bool named = word_in(p, w, w == first ? "on of" : "the our");
        for (uint32_t h = p->hit_lo; h < p->hit_hi && !named; h++) {
            const alias_hit *hit = &p->on->hits[h];
            named = hit->where.lo <= p->words[w].lo && p->words[w].hi <= hit->where.hi &&
                    (hit_entity(j, hit, ENTITY_HARDWARE) != MANIFEST_NONE ||
                     hit_entity(j, hit, ENTITY_HOST) != MANIFEST_NONE);
        }
        if (!named) return false;
    }
    return true;
}

/* The value of a sentence that says nothing but "LABEL takes N s on forge."; NULL where it says anything else. */
static const token *plain_value(const judge *j, const passage *p, str label) {
    uint32_t w = 0, verb, from, at = 0;
    while (w < p->word_count && !str_eq_nocase(str_slice(p->on->text, p->words[w].lo, p->words[w].lo + label.n), label))
        w++;
    if (w == p->word_count) return NULL;
    from = p->words[w].lo;
    at = from + (uint32_t)label.n;
    uint32_t before = w && word_in(p, w - 1, "the our") ? p->words[w - 1].lo : from;
    if (!physics_only(p, p->text.lo, before, "as the table shows in below above") &&
        !only_a_machine(j, p, p->text.lo, before))
        return NULL;
    for (verb = w; verb < p->word_count && p->words[verb].lo < at;) verb++;
    if (verb < p->word_count && p->words[verb - 1].hi != at) return NULL; /* "Index" of "Indexing" */
    if (word_in(p, verb, STEPS)) at = p->words[verb++].hi;
    while (verb < p->word_count && !word_in(p, verb, VERBS)) verb++;
    if (verb == p->word_count || !only_a_machine(j, p, at, p->words[verb].lo)) return NULL;
    const token *t = NULL;
    for (uint32_t k = p->token_lo; k < p->token_hi; k++) {
        const token *here = &p->on->tokens[k];
        if (here->kind != TOKEN_QUANTITY) continue;
        if (t) return NULL;
        t = here;
    }
    if (!t || t->text.lo < p->words[verb].hi || !is_plain_value(t) ||
        !physics_only(p, p->words[verb].hi, t->text.lo, "") || !only_a_machine(j, p, t->text.hi, p->text.hi))
        return NULL;
    for (uint32_t k = from; k < p->text.hi; k++)
        if (p->on->text.p[k] == ',' || p->on->text.p[k] == ';' || p->on->text.p[k] == '(' || p->on->text.p[k] == '?')
            return NULL;
    return t;
}

static bool is_of_another_case(judge *j, passage *p) {
    passage_prepare(j, p);
    return physics_any(p, p->text.lo, p->text.hi, CASES) || p->cues & (CUE_MODAL | CUE_IF | CUE_PAST);
}

static bool compare_with_words(judge *j, const table_row *row, str label, passage *p, const char *where_said) {
    if (str_find(passage_text(p), str_slice(label, 1, label.n), 0) < 0 || is_of_another_case(j, p)) return false;
    const token *t = plain_value(j, p, label);
    cell_value cell = {0};
    if (!t || !cell_in_unit(j, row, t->unit, &cell)) return false;
    uint32_t column = j->passages[cell.passage].column, machine = machine_in(j, p);
    if (column == PASSAGE_NONE) return false;
    passage *header = &j->passages[column];
    passage_prepare(j, header);
    for (uint32_t w = 0; w < header->word_count; w++)
        if (!word_in(header, w, HEADER) && !only_a_machine(j, header, header->words[w].lo, header->words[w].hi))
            return false;
    for (uint32_t c = row->table; c < row->first && c < row->end; c++) { /* what the header or the row names */
        uint32_t other = j->passages[c].flags & PASSAGE_HEADER_CELL ? machine_in(j, &j->passages[c]) : MANIFEST_NONE;
        if (other != MANIFEST_NONE && other != machine) return false;
    }
    double value = decimal_to_f64(t->value), gap = fabs(value - cell.value);
    if (unit_get(t->unit)->dimension == DIM_DATA && gap < 0.15 * value)
        return false; /* what is printed, what is seen */
    if (gap <= 1.01 * (cell.half + decimal_half_unit(t->value)) || value > 4 * cell.value || cell.value > 4 * value)
        return false; /* what is far off is the size of something else */
    if (!physics_stated(j, p, t->text.lo, t->text.hi)) return false;
    report(j, p, t, where_said, label, cell.passage);
    return true;
}

/* ---- the row ---- */

uint32_t prose_before_table(judge *j, uint32_t table) {
    uint32_t lead = j->passages[table].lead, heading = j->passages[table].heading, from = table;
    if (heading != PASSAGE_NONE && is_of_another_case(j, &j->passages[heading])) return table;
    for (uint32_t s = lead; s < table && lead - s < 5; s--) { /* back to the first that says more than "the table:" */
        passage *p = &j->passages[s];
        if (p->on != &j->surfaces[0] || p->kind != PASSAGE_SENTENCE || p->heading != heading) break;
        from = s;
        if (!s || !physics_only(p, p->text.lo, p->text.hi, LEADS)) break;
    }
    return from;
}

void row_beside_prose(judge *j, const table_row *row) {
    str label = str_trim(passage_text(&j->passages[row->first]));
    uint32_t lead = j->passages[row->table].lead, heading = j->passages[row->table].heading;
    if (label.n < 2 || label.n > 40) return;
    for (uint32_t s = lead > 4 ? lead - 4 : 0; lead != PASSAGE_NONE && s <= lead; s++) {
        passage *p = &j->passages[s];
        if (p->kind == PASSAGE_SENTENCE && p->on == &j->surfaces[0]) compare_with_code(j, row, label, p);
    }
    if (row->twice) return;
    for (uint32_t s = row->prose; s <= lead && lead != PASSAGE_NONE; s++)
        if (compare_with_words(j, row, label, &j->passages[s], "above")) return;
    if (row->end < j->passage_count) {
        passage *p = &j->passages[row->end];
        if (p->on == &j->surfaces[0] && p->kind == PASSAGE_SENTENCE && p->heading == heading)
            compare_with_words(j, row, label, p, "below");
    }
}
