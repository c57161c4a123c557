/* cells.c - whose is the number in a table's cell, and which of its attributes?
 *
 *     |        | kettle | runner |        the header is an entity, the label names one of its attributes, and nothing
 *     | cores  |   24   |   16   |        else: 16 is runner.cores
 *
 *     | box    | watts  |                 nothing names the attribute, but two other rows hold what their own boxes
 *     | kettle | 612    |                 draw, and no row holds anything else of its box: the column is what boxes
 *     | runner | 334    |                 draw, and the third row's number is what the third box draws
 *     | third  | 287    |
 *
 * In: a cell with one number. Out: the facts of which one must agree; none when the table does not say. Rows and
 * columns may change places. Looked at: SIBLING_LIMIT other cells, so a long table costs no more than its length.
 */
#include "facts/question.h"

#include "lex/decimal.h"

#include <math.h>

enum { SIBLING_LIMIT = 12, SIBLING_REACH = 120, OWNED_LIMIT = 128, GROUP_LIMIT = 16 };

uint32_t cell_line_entity(judge *j, uint32_t at) {
    if (at == PASSAGE_NONE) return MANIFEST_NONE;
    passage *p = &j->passages[at];
    uint32_t found = MANIFEST_NONE, count = 0;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h - p->hit_lo < 8; h++) {
        uint32_t entity = p->on->hits[h].inside >= 0 ? MANIFEST_NONE : hit_entity(j, &p->on->hits[h], -1);
        if (entity == MANIFEST_NONE || entity == found) continue;
        found = entity;
        count++;
    }
    passage_prepare(j, p);
    return count == 1 && p->word_count <= 4 ? found : MANIFEST_NONE;
}

/* Does a name of the fact say all that the label says, units and small words apart? "memory" does not say "free
 * memory".
 */
static bool is_labelled(judge *j, passage *label, const numeric_fact *f) {
    passage_prepare(j, label);
    for (uint32_t n = 0; n < f->name_count; n++) {
        uint32_t met = 0, other = 0;
        for (uint32_t i = 0; i < label->word_count && i < 8; i++) {
            bool mine = false;
            for (uint32_t k = 0; k < f->names[n].n; k++) mine = mine || f->names[n].stems[k] == label->words[i].stem;
            str said = surface_slice(label->on, label->words[i].lo, label->words[i].hi);
            if (mine)
                met++;
            else if (!(label->words[i].cues & CUE_STOP) && unit_parse(said, true) == UNIT_NONE)
                other++;
        }
        if (met && met == f->names[n].n && !other) return true;
    }
    return false;
}

/* The one number of a cell; NULL when it holds none, or several, or words beside it. */
static const token *only_number(judge *j, passage *p) {
    const token *found = NULL;
    for (uint32_t i = p->token_lo; i < p->token_hi && i - p->token_lo < 8; i++) {
        const token *t = &p->on->tokens[i];
        if (t->kind != TOKEN_NUMBER && t->kind != TOKEN_QUANTITY) return NULL;
        if (found) return NULL;
        found = t;
    }
    passage_prepare(j, p);
    return found && p->word_count <= 3 ? found : NULL;
}

static bool holds(const passage *p, const token *t, const numeric_fact *f) {
    measure m;
    if (!measure_of_token(p->on, t, &m)) return false;
    if (t->kind == TOKEN_NUMBER)
        return fabs(f->shown - decimal_to_f64(t->value)) <= decimal_half_unit(t->value) + 1e-9 * fabs(f->shown);
    return m.dimension == f->dimension && measure_agrees(&m, f->base, f->tolerance);
}

static bool is_of_group(const numeric_fact *f, uint32_t group, enum unit_dimension dimension) {
    return f->kind != FACT_DERIVED && f->group == group && f->dimension == dimension;
}

typedef struct line { /* a group that every sibling with such a fact holds */
    uint32_t group, agree;
    enum unit_dimension dimension;
    bool broken;
} line;

/* One sibling's cell: which groups does its own entity have this number in, and which not? */
static void read_sibling(judge *j, passage *p, uint32_t entity, line *lines, uint32_t *n) {
    uint32_t count, all;
    const token *t = only_number(j, p);
    const numeric_fact *facts = fact_index_all(j->index, &all);
    const uint32_t *owned = fact_index_owned(j->index, entity, &count);
    if (!t) return;
    for (uint32_t i = 0; i < count && i < OWNED_LIMIT; i++) {
        const numeric_fact *f = &facts[owned[i]];
        if (f->kind == FACT_DERIVED || !holds(p, t, f)) continue;
        uint32_t k = 0;
        while (k < *n && (lines[k].group != f->group || lines[k].dimension != f->dimension)) k++;
        if (k == *n && *n < GROUP_LIMIT) lines[(*n)++] = (line){.group = f->group, .dimension = f->dimension};
        if (k < *n) lines[k].agree++;
    }
}

/* Does the sibling's entity have a fact of the line's group, while its cell holds another number? */
static bool breaks(judge *j, passage *p, uint32_t entity, const line *l) {
    uint32_t count, all;
    const token *t = only_number(j, p);
    const numeric_fact *facts = fact_index_all(j->index, &all);
    const uint32_t *owned = fact_index_owned(j->index, entity, &count);
    bool has = false, agrees = false;
    for (uint32_t i = 0; i < count && i < OWNED_LIMIT; i++) {
        const numeric_fact *f = &facts[owned[i]];
        if (!is_of_group(f, l->group, l->dimension)) continue;
        has = true;
        agrees = agrees || (t && holds(p, t, f));
    }
    return has && t && !agrees;
}

typedef struct siblings {
    uint32_t cell[SIBLING_LIMIT], entity[SIBLING_LIMIT], n;
} siblings;

/* Cells of the same column with their rows' entities, or of the same row with their columns'. */
static void find_siblings(judge *j, uint32_t own, bool column, siblings *out) {
    const passage *p = &j->passages[own];
    out->n = 0;
    for (uint32_t step = 1; step <= SIBLING_REACH && out->n < SIBLING_LIMIT; step++)
        for (int side = 0; side < 2 && out->n < SIBLING_LIMIT; side++) {
            if (side ? own + step >= j->passage_count : own < step) continue;
            uint32_t at = side ? own + step : own - step;
            const passage *x = &j->passages[at];
            if (x->kind != PASSAGE_CELL || x->flags & (PASSAGE_LABEL_CELL | PASSAGE_HEADER_CELL)) continue;
            if (column ? x->column != p->column : x->label != p->label) continue;
            uint32_t entity = cell_line_entity(j, column ? x->label : x->column);
            if (entity == MANIFEST_NONE) continue;
            out->cell[out->n] = at;
            out->entity[out->n++] = entity;
        }
}

static uint32_t add_group(judge *j, uint32_t entity, const line *l, uint32_t *facts, uint32_t capacity) {
    uint32_t count, all, n = 0;
    const numeric_fact *index = fact_index_all(j->index, &all);
    const uint32_t *owned = fact_index_owned(j->index, entity, &count);
    for (uint32_t i = 0; i < count && i < OWNED_LIMIT && n < capacity; i++)
        if (is_of_group(&index[owned[i]], l->group, l->dimension)) facts[n++] = owned[i];
    return n;
}

/* By what the other cells of the line hold. */
static uint32_t by_siblings(judge *j, uint32_t own, bool column, uint32_t entity, uint32_t *facts, uint32_t capacity) {
    siblings s;
    line lines[GROUP_LIMIT], *best = NULL;
    uint32_t n = 0;
    find_siblings(j, own, column, &s);
    if (s.n < 2) return 0;
    for (uint32_t i = 0; i < s.n; i++) read_sibling(j, &j->passages[s.cell[i]], s.entity[i], lines, &n);
    for (uint32_t k = 0; k < n; k++) {
        for (uint32_t i = 0; i < s.n && lines[k].agree > 1; i++)
            lines[k].broken =
                lines[k].broken || s.entity[i] == entity || breaks(j, &j->passages[s.cell[i]], s.entity[i], &lines[k]);
        if (lines[k].agree < 2 || lines[k].broken) continue;
        if (best) return 0; /* two attributes fit */
        best = &lines[k];
    }
    return best ? add_group(j, entity, best, facts, capacity) : 0;
}

uint32_t cell_facts(judge *j, passage *p, uint32_t *facts, uint32_t capacity) {
    if (p->kind != PASSAGE_CELL || p->flags & (PASSAGE_LABEL_CELL | PASSAGE_HEADER_CELL)) return 0;
    if (p->label == PASSAGE_NONE || p->column == PASSAGE_NONE || !only_number(j, p)) return 0;
    uint32_t all, own = (uint32_t)(p - j->passages);
    const numeric_fact *index = fact_index_all(j->index, &all);
    for (int side = 0; side < 2; side++) {
        bool column = side == 0; /* the row's label is the entity, the column is the attribute; then the other way */
        uint32_t entity = cell_line_entity(j, column ? p->label : p->column), count, n = 0;
        passage *name = &j->passages[column ? p->column : p->label];
        if (entity == MANIFEST_NONE) continue;
        const uint32_t *owned = fact_index_owned(j->index, entity, &count);
        for (uint32_t i = 0; i < count && i < OWNED_LIMIT && n < capacity; i++)
            if (index[owned[i]].kind == FACT_ATTR && is_labelled(j, name, &index[owned[i]])) facts[n++] = owned[i];
        if (!n) n = by_siblings(j, own, column, entity, facts, capacity);
        for (uint32_t i = 1; i < n; i++) /* two attributes of one name */
            if (index[facts[i]].group != index[facts[0]].group) return 0;
        if (n) return n;
    }
    return 0;
}

void ask_by_cell(question *q, scored *(*score)(question *, uint32_t)) {
    uint32_t facts[OWNED_LIMIT], n = cell_facts(q->j, q->p, facts, OWNED_LIMIT);
    for (uint32_t i = 0; i < n; i++) {
        const numeric_fact *f = &q->facts[facts[i]];
        if (!candidate_same_kind(q, f)) continue;
        scored *s = score(q, facts[i]);
        if (!s) continue;
        s->name = s->owner = 1;
        s->sole = true;
        /* A bare number says nothing of its unit, unless it counts. */
        bool plain = f->dimension == DIM_COUNT || f->dimension == DIM_NONE || f->dimension == q->m.dimension;
        s->certain = plain && !s->conflict;
    }
}
