/* doubt_table.c - what lets a cell's number be another thing than its row and column seem to say.
 *
 *     | cherwell | 2 | 40.3 |  | cherwell | 4 | 24.8 |     a label that repeats: the rows are cases of one thing
 *     | memory per GPU | 48 GB |                            a figure of each part
 *     | everything else | 1,900 |                           the rest
 *     | Model | Memory |  | Qwen | 38 GB |                what a row's thing takes of the machine, not what it has
 *     | electricity | 17p |  | electricity | £1.89 |        a column of several figures is not the one of somebody whom
 * no line names
 *
 * In: a cell of a table and the fact that is about to contradict it. Out: the doubt, or NULL. Looks at a bounded part
 * of the table.
 */
#include "facts/verdicts/doubt.h"

enum { HITS_READ = 64, CELLS_READ = 24, TABLE_READ = 120 };

bool doubt_is_money(const numeric_fact *f) {
    return f->dimension == DIM_MONEY_EUR || f->dimension == DIM_MONEY_USD || f->dimension == DIM_MONEY_GBP;
}

/* Does the label of this row stand in another row, too? Then the rows are cases of one thing. */
static bool is_repeated_label(const judge *j, const passage *p) {
    if (p->label == PASSAGE_NONE || p->column == PASSAGE_NONE) return false;
    str own = str_trim(passage_text(&j->passages[p->label]));
    uint32_t at = p->label;
    for (int side = 0; side < 2; side++)
        for (uint32_t step = 1, seen = 0; step < 200 && seen < CELLS_READ; step++) {
            if (side ? at + step >= j->passage_count : step > at) break;
            const passage *q = &j->passages[side ? at + step : at - step];
            if (q->kind != PASSAGE_CELL) break;
            if (!(q->flags & PASSAGE_LABEL_CELL) || q->flags & PASSAGE_HEADER_CELL) continue;
            seen++;
            if (own.n && str_eq_nocase(str_trim(passage_text(q)), own)) return true;
        }
    return false;
}

static bool names_somebody(const judge *j, uint32_t index) {
    if (index == PASSAGE_NONE) return false;
    const passage *p = &j->passages[index];
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h - p->hit_lo < HITS_READ; h++)
        if (hit_entity(j, &p->on->hits[h], -1) != MANIFEST_NONE) return true;
    return false;
}

/* Do cells of the table, of which a bounded part is looked at, name an owner of the fact? Of its row and its column
 * ("| cherwell | 4 × L40S | 48 GB |"), or of all its labels and headers. */
enum cells { OF_ITS_LINES, OF_ALL_LABELS };

static bool is_named_in_table(const judge *j, const passage *p, const numeric_fact *f, enum cells which) {
    uint32_t own = (uint32_t)(p - j->passages);
    for (int side = 0; side < 2; side++)
        for (uint32_t step = 1; step < TABLE_READ; step++) {
            if (side ? own + step >= j->passage_count : step > own) break;
            uint32_t at = side ? own + step : own - step;
            const passage *q = &j->passages[at];
            if (q->kind != PASSAGE_CELL) break;
            bool asked = which == OF_ITS_LINES ? (p->label != PASSAGE_NONE && q->label == p->label) ||
                                                     (p->column != PASSAGE_NONE && q->column == p->column)
                                               : q->flags & (PASSAGE_LABEL_CELL | PASSAGE_HEADER_CELL);
            if (asked && doubt_names_owner(j, f, at)) return true;
        }
    return false;
}

static bool holds_word(judge *j, uint32_t index, const char *words);

/* Does a word of the cell belong to the fact's name? */
static bool names_fact(judge *j, uint32_t index, const numeric_fact *f) {
    if (index == PASSAGE_NONE) return false;
    passage *p = &j->passages[index];
    passage_prepare(j, p);
    for (uint32_t i = 0; i < p->word_count && i < CELLS_READ; i++)
        if (fact_has_stem(f, p->words[i].stem)) return true;
    return false;
}

static bool is_of_a_machine(const judge *j, const numeric_fact *f) {
    for (uint32_t i = 0; i < f->owner_count; i++) {
        const manifest_entity *e = &j->m->entities[f->owners[i]];
        if (e->kind == ENTITY_HOST || e->kind == ENTITY_HARDWARE) return true;
    }
    return false;
}

/* Is the column headed by what a machine has, and the row by something that is no machine: "| Model | Memory |", "|
 * KV cache | 20 GB |"? Then the cell says what that takes of it, whatever machine the lines above the table name. */
static bool is_share_of_row(judge *j, const passage *p, const numeric_fact *f) {
    static const char machines[] =
        "machine machines box boxes server servers host hosts node nodes computer workstation system "
        "hardware installed physical we ours i";
    if (f->kind != FACT_ATTR || !is_of_a_machine(j, f) || p->label == PASSAGE_NONE || p->column == PASSAGE_NONE)
        return false;
    if (!names_fact(j, p->column, f) || names_fact(j, p->label, f)) return false;
    if (!str_trim(passage_text(&j->passages[p->label])).n || holds_word(j, p->label, machines)) return false;
    if (doubt_names_owner(j, f, p->column)) return false;
    for (uint32_t at = p->label; at < j->passage_count && at < p->label + CELLS_READ; at++) {
        const passage *q = &j->passages[at];
        if (q->kind != PASSAGE_CELL || (at != p->label && q->label != p->label)) break;
        if (doubt_names_owner(j, f, at)) return false;
    }
    return true;
}

const char *doubt_of_row(judge *j, const passage *p, const numeric_fact *f) {
    if (is_share_of_row(j, p, f)) OBJECT(j, "the row says what its own thing takes");
    if ((!j->by_row || j->swapped) && is_repeated_label(j, p)) OBJECT(j, "the rows are cases of one thing");
    bool in_line = j->by_line && is_named_in_table(j, p, f, OF_ITS_LINES); /* "4 × L40S" stands beside it */
    if (f->owner_count && !in_line && !doubt_names_owner(j, f, p->label) && !doubt_names_owner(j, f, p->column) &&
        names_somebody(j, p->label) && !doubt_names_owner(j, f, p->heading) && !doubt_names_owner(j, f, p->lead))
        OBJECT(j, "the row is that of another thing");
    /* what the other cells of the line say (cells.c), or two headings (exchanges.c), needs no name here;
     * two lines that changed places name each other's owners */
    bool by_line = j->by_line && j->belongs_to && !is_named_in_table(j, p, j->belongs_to, OF_ITS_LINES);
    if (!by_line && j->swapped && j->belongs_to && j->belongs_to->owner_count &&
        !doubt_names_owner(j, j->belongs_to, p->label) && !doubt_names_owner(j, j->belongs_to, p->column) &&
        !is_named_in_table(j, p, j->belongs_to, OF_ALL_LABELS))
        OBJECT(j, "it is that of a part");
    for (int side = 0; side < 2; side++) {
        uint32_t index = side ? p->label : p->column;
        if (index == PASSAGE_NONE) continue;
        passage *head = &j->passages[index];
        passage_prepare(j, head);
        for (uint32_t i = 0; i < head->word_count && i < 16; i++) {
            bool month =
                doubt_is_money(f) && doubt_word(head, i + 1, "month") && fact_has_stem(f, fact_stem(STR("monthly")));
            if (side == 0 && i > 0 && !j->by_row && !j->by_line && !month && doubt_word(head, i, "a per each") &&
                !fact_has_stem(f, head->words[i + 1 < head->word_count ? i + 1 : i].stem))
                OBJECT(j, "the column is that of each part");
            if (side == 1 && doubt_word(head, i, "else rest other others remaining remainder everything"))
                OBJECT(j, "the row is that of the rest");
        }
    }
    return NULL;
}

static bool holds_word(judge *j, uint32_t index, const char *words) {
    if (index == PASSAGE_NONE) return false;
    passage *p = &j->passages[index];
    passage_prepare(j, p);
    for (uint32_t i = 0; i < p->word_count && i < 24; i++)
        if (word_in(p, i, words)) return true;
    return false;
}

/* A table of candidates, "| tested with | … |": what was tried, not what runs. */
bool doubt_of_a_trial(judge *j, const passage *p) {
    static const char trial[] =
        "candidate candidates contender contenders shortlist alternative alternatives trial trials";
    enum { TABLE_BACK = 160 };
    if (holds_word(j, p->heading, trial) || holds_word(j, p->lead, trial)) return true;
    uint32_t own = (uint32_t)(p - j->passages);
    for (uint32_t k = own; k > 0 && own - k < TABLE_BACK && j->passages[k - 1].kind == PASSAGE_CELL; k--)
        if (j->passages[k - 1].flags & PASSAGE_HEADER_CELL && holds_word(j, k - 1, "tested tried candidate"))
            return true;
    return false;
}
