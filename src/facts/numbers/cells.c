/* cells.c - whose is the number in a table's cell, and which of its attributes?
 *
 *     |        | kettle | runner |        the header is an entity, the label names one of its attributes, and nothing
 *     | cores  |   24   |   16   |        else: 16 is runner.cores
 *
 *     | cores / threads | 24 / 48 |       a slash parts the label and the cell alike: 48 are the threads
 *     | drives | 4 × 1.92 TB |            what stands before the cross counts what the label names
 *
 *     | box    | watts  |                 nothing names the attribute, but two other rows hold what their own boxes
 *     | kettle | 612    |                 draw, and no row holds anything else of its box: the column is what boxes
 *     | runner | 334    |                 draw, and the third row's number is what the third box draws; so with a sum
 *     | third  | 287    |                 that the manifest derives for each
 *
 *     | kettle | 4 × L40 | 48 GB |      under "memory each": the part's that the line names
 *
 * In: a cell and one number in it. Out: the facts of which one must agree; none when the table does not say. Rows and
 * columns may change places; cell_lines.c asks further where neither heading is an entity. Looked at: SIBLING_LIMIT
 * other cells, so a long table costs no more than its length.
 */
#include "facts/numbers/cells.h"

#include "lex/decimal.h"

#include <math.h>

enum { GROUP_LIMIT = 16, LABEL_WORDS = 8 };

/* ---- the parts of a cell ---- */

uint32_t cell_part_of(const passage *p, uint32_t at, uint32_t k, text_range *out) {
    uint32_t parts = 0, lo = p->text.lo, mine = 0;
    *out = p->text;
    for (uint32_t i = p->text.lo; i <= p->text.hi; i++) {
        bool cut = i + 2 < p->text.hi && i > p->text.lo && memcmp(p->on->text.p + i, " / ", 3) == 0;
        if (!cut && i < p->text.hi) continue;
        bool wanted = at != CELL_NO_BYTE ? lo <= at && at < (cut ? i + 2 : p->text.hi + 1) : parts == k;
        if (wanted) *out = (text_range){lo, cut ? i : p->text.hi}, mine = parts;
        parts++;
        if (cut) lo = i + 3;
    }
    if (at == CELL_NO_BYTE) return parts;
    return parts | mine << 16;
}

bool cell_is_multiplier(const passage *p, const token *t) {
    uint32_t at = t->core.hi;
    const uint8_t *text = p->on->text.p;
    while (at < p->text.hi && text[at] == ' ') at++;
    if (at + 1 < p->text.hi && text[at] == 0xc3 && text[at + 1] == 0x97)
        at += 2;
    else if (at < p->text.hi && text[at] == 'x')
        at++;
    else
        return false;
    while (at < p->text.hi && text[at] == ' ') at++;
    return at < p->text.hi && byte_is_digit(text[at]) && t->value.valid && !t->value.scale;
}

const token *cell_number(judge *j, passage *p, const slot *s) {
    text_range range;
    const token *found[2] = {0};
    uint32_t n = 0, words = 0;
    if (cell_part_of(p, CELL_NO_BYTE, s->part, &range) != s->parts) return NULL;
    for (uint32_t i = p->token_lo; i < p->token_hi && i - p->token_lo < 16; i++) {
        const token *t = &p->on->tokens[i];
        if (t->text.lo < range.lo || t->text.hi > range.hi) continue;
        if ((t->kind != TOKEN_NUMBER && t->kind != TOKEN_QUANTITY) || n == 2) return NULL;
        found[n++] = t;
    }
    passage_prepare(j, p);
    for (uint32_t i = 0; i < p->word_count && i < 24; i++)
        words += p->words[i].lo >= range.lo && p->words[i].hi <= range.hi;
    if (!n || words > 3 + (n == 2)) return NULL;
    bool multiplied = n == 2 && cell_is_multiplier(p, found[0]);
    if (n == 2 && !multiplied) return NULL;
    if (s->multiplier) return multiplied ? found[0] : NULL;
    return found[n - 1];
}

slot cell_slot(const passage *p, const token *t) {
    text_range range;
    uint32_t parts = cell_part_of(p, t->core.lo, 0, &range);
    return (slot){.part = parts >> 16, .parts = parts & 0xffff, .multiplier = cell_is_multiplier(p, t)};
}

/* ---- labels ---- */

static uint32_t label_range(const passage *label, const slot *s, text_range *range) {
    uint32_t parts = cell_part_of(label, CELL_NO_BYTE, s->part, range);
    if (parts != s->parts) *range = label->text;
    return parts;
}

/* Does a part of the label name the view, "idle" of idle and load, and every other part another one? */
static bool names_view(const judge *j, const passage *label, const numeric_fact *f, const slot *s) {
    if (f->kind != FACT_ATTR || s->parts < 2) return false;
    const manifest_attr *attr = &j->m->attrs[f->index];
    for (uint32_t k = 0; k < s->parts; k++) {
        text_range range;
        bool named = false;
        if (cell_part_of(label, CELL_NO_BYTE, k, &range) != s->parts) return false;
        for (uint32_t i = 0; i < label->word_count && i < 16; i++) {
            const pword *w = &label->words[i];
            if (w->lo < range.lo || w->hi > range.hi) continue;
            for (uint32_t v = 0; v < attr->view_count; v++)
                if (str_eq_nocase(surface_slice(label->on, w->lo, w->hi), attr->views[v].name))
                    named = named || (k == s->part ? &attr->views[v].fact == f->fact : &attr->views[v].fact != f->fact);
        }
        if (!named) return false;
    }
    return true;
}

/* "GB", "tok/s"; a counted noun is none: "users per admin" are not the admins. */
static bool is_measure(str said) {
    unit_id unit = unit_parse(said, true);
    return unit != UNIT_NONE && unit_get(unit)->dimension != DIM_COUNT;
}

/* "visible memory": the word is the name of the fact's own view. */
static bool is_view_word(const judge *j, const numeric_fact *f, str said) {
    if (f->kind != FACT_ATTR) return false;
    const manifest_attr *attr = &j->m->attrs[f->index];
    for (uint32_t v = 0; v < attr->view_count; v++)
        if (&attr->views[v].fact == f->fact) return str_eq_nocase(said, attr->views[v].name);
    return false;
}

/* How many words of the label, within `range`, are words of the name. */
static uint32_t label_words_met(const passage *label, text_range range, const fact_phrase *name) {
    uint32_t met = 0;
    for (uint32_t i = 0; i < label->word_count && i < LABEL_WORDS; i++)
        for (uint32_t k = 0; k < name->n && label->words[i].lo >= range.lo && label->words[i].hi <= range.hi; k++)
            if (name->stems[k] == label->words[i].stem) {
                met++;
                break;
            }
    return met;
}

/* "💾 Memory": a picture, in the blocks of symbols (U+2000 to U+2FFF, U+1F000 to U+1FFFF), says no word. */
static bool is_picture(str said) {
    return said.n > 2 && (said.p[0] == 0xe2 || (said.p[0] == 0xf0 && said.p[1] == 0x9f));
}

/* Does a word of the label that is none of the name's say something else than a unit or a small word? */
static bool label_says_more(const judge *j, const passage *label, text_range range, const numeric_fact *f,
                            const fact_phrase *name, const slot *s) {
    for (uint32_t i = 0; i < label->word_count && i < LABEL_WORDS; i++) {
        bool mine = false;
        if (label->words[i].lo < range.lo || label->words[i].hi > range.hi) continue;
        for (uint32_t k = 0; k < name->n; k++) mine = mine || name->stems[k] == label->words[i].stem;
        str said = surface_slice(label->on, label->words[i].lo, label->words[i].hi);
        if (mine || is_picture(said)) continue;
        if (str_is_among(said, "each apiece")) {
            if (!s->each) return true; /* "memory each": of what stands in the row */
            continue;
        }
        if (str_is_among(said, "all both every no")) return true; /* "all cores": a case */
        if (s->each && i && word_is(label, i - 1, "per")) continue;
        if (!is_view_word(j, f, said) && !(label->words[i].cues & CUE_STOP) && !is_measure(said)) return true;
    }
    return false;
}

bool cell_is_labelled(judge *j, uint32_t at, const numeric_fact *f, const slot *s) {
    passage *label = &j->passages[at];
    text_range range;
    passage_prepare(j, label);
    uint32_t parts = label_range(label, s, &range);
    if (s->parts > 1 && parts != s->parts) return false;
    if (s->multiplier && f->dimension != DIM_COUNT) return false;
    if (names_view(j, label, f, s)) return true;
    for (uint32_t n = 0; n < f->name_count; n++) {
        const fact_phrase *name = &f->names[n];
        if (name->n && label_words_met(label, range, name) == name->n && !label_says_more(j, label, range, f, name, s))
            return true;
    }
    return false;
}

bool cell_holds(const passage *p, const token *t, const numeric_fact *f, unit_id unit) {
    measure m;
    token as = *t;
    if (cell_is_multiplier(p, t)) as.kind = TOKEN_NUMBER, as.unit = UNIT_NONE;
    if (as.kind == TOKEN_NUMBER && unit != UNIT_NONE && unit_get(unit)->dimension == f->dimension)
        as.kind = TOKEN_QUANTITY, as.unit = unit;
    if (as.kind == TOKEN_NUMBER)
        return as.value.valid &&
               fabs(f->shown - decimal_to_f64(as.value)) <= decimal_half_unit(as.value) + 1e-9 * fabs(f->shown);
    if (!measure_of_token(p->on, &as, &m)) return false;
    return m.dimension == f->dimension && measure_agrees(&m, f->base, f->tolerance);
}

/* ---- by what the other cells of the line hold ---- */

static bool is_of_group(const numeric_fact *f, uint32_t entity, uint32_t group, enum unit_dimension dimension) {
    if (f->kind == FACT_DERIVED && f->first_owner != entity) return false;
    return f->group == group && f->dimension == dimension;
}

bool cell_keeps_operands(const judge *j, const numeric_fact *f, const uint32_t like[2]) {
    uint32_t all;
    const numeric_fact *facts = fact_index_all(j->index, &all);
    if (f->kind != FACT_DERIVED) return true;
    if (like[0] == UINT32_MAX || like[1] == UINT32_MAX) return false;
    const manifest_derived *d = &j->m->derived[f->index], *a = &j->m->derived[facts[like[0]].index],
                           *b = &j->m->derived[facts[like[1]].index];
    for (uint32_t i = 0; i < d->step_count; i++) {
        if (d->steps[i].op != EXPR_FACT || i >= a->step_count || i >= b->step_count) continue;
        if (a->steps[i].fact == b->steps[i].fact && d->steps[i].fact != a->steps[i].fact) return false;
    }
    return true;
}

typedef struct line { /* a group that every sibling with such a fact holds */
    uint32_t group, agree;
    uint32_t like[2]; /* the facts that two siblings hold; UINT32_MAX where there are fewer */
    enum unit_dimension dimension;
    bool broken;
} line;

/* One sibling's cell: which groups does its own entity have this number in? */
static void read_sibling(judge *j, passage *p, uint32_t entity, const slot *s, unit_id unit, line *lines, uint32_t *n) {
    uint32_t count, all;
    const token *t = cell_number(j, p, s);
    const numeric_fact *facts = fact_index_all(j->index, &all);
    const uint32_t *owned = fact_index_owned(j->index, entity, &count);
    if (!t) return;
    for (uint32_t i = 0; i < count && i < CELL_OWNED_LIMIT; i++) {
        const numeric_fact *f = &facts[owned[i]];
        if (!is_of_group(f, entity, f->group, f->dimension) || !cell_holds(p, t, f, unit)) continue;
        uint32_t k = 0;
        while (k < *n && (lines[k].group != f->group || lines[k].dimension != f->dimension)) k++;
        if (k == *n && *n < GROUP_LIMIT)
            lines[(*n)++] = (line){.group = f->group, .dimension = f->dimension, .like = {UINT32_MAX, UINT32_MAX}};
        if (k < *n && lines[k].agree < 2) lines[k].like[lines[k].agree] = owned[i];
        if (k < *n) lines[k].agree++;
    }
}

/* The fact of the group that the entity has and the number agrees with; UINT32_MAX: none. `has`: has it any? */
static uint32_t agrees_for(judge *j, const passage *p, const token *t, uint32_t entity, unit_id unit, const line *l,
                           bool *has) {
    uint32_t count, all;
    const numeric_fact *facts = fact_index_all(j->index, &all);
    const uint32_t *owned = fact_index_owned(j->index, entity, &count);
    *has = false;
    for (uint32_t i = 0; i < count && i < CELL_OWNED_LIMIT && t; i++) {
        const numeric_fact *f = &facts[owned[i]];
        if (!is_of_group(f, entity, l->group, l->dimension)) continue;
        *has = true;
        if (cell_holds(p, t, f, unit)) return owned[i];
    }
    return UINT32_MAX;
}

/* A sibling whose entity has such a fact and whose cell holds another number breaks the line; not when the two numbers
 * have changed places. */
static void weigh_sibling(judge *j, passage *own, passage *p, uint32_t entity, uint32_t theirs, const slot *s,
                          unit_id unit, line *l) {
    bool has, mine;
    const token *t = cell_number(j, p, s), *u = cell_number(j, own, s);
    if (agrees_for(j, p, t, theirs, unit, l, &has) != UINT32_MAX || !has) return;
    uint32_t there = agrees_for(j, own, u, theirs, unit, l, &mine);
    bool swapped = entity != theirs && there != UINT32_MAX && agrees_for(j, p, t, entity, unit, l, &mine) != UINT32_MAX;
    if (swapped && l->agree < 2) l->like[l->agree] = there;
    l->agree += swapped;
    l->broken = l->broken || !swapped;
}

uint32_t cell_siblings(const judge *j, uint32_t own, bool column, uint32_t *cells) {
    const passage *p = &j->passages[own];
    uint32_t n = 0;
    for (uint32_t step = 1; step <= CELL_REACH && n < CELL_SIBLINGS; step++)
        for (int side = 0; side < 2 && n < CELL_SIBLINGS; side++) {
            if (side ? own + step >= j->passage_count : own < step) continue;
            uint32_t at = side ? own + step : own - step;
            const passage *x = &j->passages[at];
            if (x->kind != PASSAGE_CELL || x->flags & (PASSAGE_LABEL_CELL | PASSAGE_HEADER_CELL)) continue;
            if (column ? x->column != p->column : x->label != p->label) continue;
            cells[n++] = at;
        }
    return n;
}

static uint32_t add_group(judge *j, uint32_t entity, const line *l, uint32_t *facts, uint32_t capacity) {
    uint32_t count, all, n = 0;
    const numeric_fact *index = fact_index_all(j->index, &all);
    const uint32_t *owned = fact_index_owned(j->index, entity, &count);
    for (uint32_t i = 0; i < count && i < CELL_OWNED_LIMIT && n < capacity; i++)
        if (is_of_group(&index[owned[i]], entity, l->group, l->dimension) &&
            cell_keeps_operands(j, &index[owned[i]], l->like))
            facts[n++] = owned[i];
    return n;
}

/* Cells of the same column with their rows' entities, or of the same row with their columns'. */
static uint32_t by_siblings(judge *j, uint32_t own, bool column, uint32_t entity, const slot *s, unit_id unit,
                            uint32_t *facts, uint32_t capacity) {
    uint32_t cells[CELL_SIBLINGS], entities[CELL_SIBLINGS], all, count = 0, n = 0;
    line lines[GROUP_LIMIT], *best = NULL;
    all = cell_siblings(j, own, column, cells);
    for (uint32_t i = 0; i < all; i++) {
        const passage *x = &j->passages[cells[i]];
        entities[count] = cell_line_entity(j, column ? x->label : x->column);
        cells[count] = cells[i];
        count += entities[count] != MANIFEST_NONE;
    }
    if (count < 2) return 0;
    for (uint32_t i = 0; i < count; i++) read_sibling(j, &j->passages[cells[i]], entities[i], s, unit, lines, &n);
    for (uint32_t k = 0; k < n; k++) {
        for (uint32_t i = 0; i < count; i++) {
            weigh_sibling(j, &j->passages[own], &j->passages[cells[i]], entity, entities[i], s, unit, &lines[k]);
            lines[k].broken = lines[k].broken || entities[i] == entity;
        }
        if (lines[k].agree < 2 || lines[k].broken) continue;
        if (best) return 0; /* two attributes fit */
        best = &lines[k];
    }
    return best ? add_group(j, entity, best, facts, capacity) : 0;
}

/* ---- the question ---- */

/* The attributes of the entity that the other heading names. */
static uint32_t by_label(judge *j, uint32_t entity, uint32_t label, const slot *s, uint32_t *facts, uint32_t capacity) {
    uint32_t count, all, n = 0;
    const numeric_fact *index = fact_index_all(j->index, &all);
    const uint32_t *owned = fact_index_owned(j->index, entity, &count);
    for (uint32_t i = 0; i < count && i < CELL_OWNED_LIMIT && n < capacity; i++)
        if (index[owned[i]].kind == FACT_ATTR && cell_is_labelled(j, label, &index[owned[i]], s)) facts[n++] = owned[i];
    return n;
}

/* "| cherwell | 4 × L40S | 48 GB |" under "memory each", or "| base clock | 2.9 GHz |" below "| processor | EPYC 9254
 * |": the attribute of the one part that another cell of the line names, with nothing but its number. `line`: is the
 * line the column? */
static uint32_t by_part(judge *j, uint32_t own, bool upright, uint32_t label, slot s, uint32_t *facts,
                        uint32_t capacity) {
    uint32_t cells[CELL_SIBLINGS], n = 0, found = MANIFEST_NONE, all = cell_siblings(j, own, upright, cells);
    s.each = true;
    for (uint32_t i = 0; i < all; i++) {
        passage *x = &j->passages[cells[i]];
        uint32_t entity = cell_line_entity(j, cells[i]), got[CELL_OWNED_LIMIT];
        if (entity == MANIFEST_NONE || entity == found) continue;
        const manifest_entity *e = &j->m->entities[entity];
        if (e->kind != ENTITY_HARDWARE || e->location.text.n || e->runs.n) continue;
        bool alone = true;
        for (uint32_t w = 0; w < x->word_count; w++) {
            bool named = byte_is_digit(x->on->text.p[x->words[w].lo]) || word_in(x, w, "x \xc3\x97");
            for (uint32_t h = x->hit_lo; h < x->hit_hi && !named; h++)
                named = x->on->hits[h].where.lo <= x->words[w].lo && x->on->hits[h].where.hi >= x->words[w].hi;
            alone = alone && named;
        }
        uint32_t k = alone ? by_label(j, entity, label, &s, got, CELL_OWNED_LIMIT) : 0;
        if (!k) continue;
        if (n || k > capacity) return 0; /* two parts have one */
        found = entity;
        for (n = 0; n < k; n++) facts[n] = got[n];
    }
    return n;
}

static bool is_one_group(const numeric_fact *index, const uint32_t *facts, uint32_t n) {
    for (uint32_t i = 1; i < n; i++)
        if (index[facts[i]].group != index[facts[0]].group) return false;
    return true;
}

uint32_t cell_facts(judge *j, passage *p, const token *t, uint32_t *facts, uint32_t capacity) {
    if (p->kind != PASSAGE_CELL || p->flags & (PASSAGE_LABEL_CELL | PASSAGE_HEADER_CELL)) return 0;
    if (p->label == PASSAGE_NONE || p->column == PASSAGE_NONE) return 0;
    slot s = cell_slot(p, t);
    const token *mine = cell_number(j, p, &s);
    if (!mine || mine->core.lo != t->core.lo) return 0;
    uint32_t all, own = (uint32_t)(p - j->passages), n;
    const numeric_fact *index = fact_index_all(j->index, &all);
    unit_id unit = t->kind == TOKEN_QUANTITY || t->unit != UNIT_NONE ? t->unit : UNIT_NONE;
    for (int side = 0; side < 2; side++) {
        bool column = side == 0; /* the row's label is the entity, the column is the attribute; then the other way */
        uint32_t entity = cell_line_entity(j, column ? p->label : p->column);
        if (entity == MANIFEST_NONE) continue;
        n = by_label(j, entity, column ? p->column : p->label, &s, facts, capacity);
        if (!n) n = by_part(j, own, !column, column ? p->column : p->label, s, facts, capacity);
        if (!n) n = by_siblings(j, own, column, entity, &s, unit, facts, capacity);
        if (!is_one_group(index, facts, n)) return 0; /* two attributes of one name */
        if (n) return n;
    }
    for (int side = 0; side < 2; side++) {
        bool column = side == 0; /* the column is an entity's that its other cells tell, the label is the attribute */
        uint32_t entity = cell_voted_entity(j, own, column);
        n = entity == MANIFEST_NONE ? 0 : by_label(j, entity, column ? p->label : p->column, &s, facts, capacity);
        if (n) return is_one_group(index, facts, n) ? n : 0;
    }
    n = cell_facts_by_case(j, own, &s, facts, capacity);
    if (!n) n = cell_facts_by_condition(j, own, &s, unit, facts, capacity);
    return n ? n : cell_facts_by_row(j, own, unit, facts, capacity);
}

void ask_by_cell(question *q, scored *(*score)(question *, uint32_t)) {
    uint32_t facts[CELL_OWNED_LIMIT], n = cell_facts(q->j, q->p, q->t, facts, CELL_OWNED_LIMIT);
    for (uint32_t i = 0; i < n; i++) {
        const numeric_fact *f = &q->facts[facts[i]];
        if (!candidate_same_kind(q, f)) continue;
        scored *s = score(q, facts[i]);
        if (!s) continue;
        s->name = s->owner = 1;
        s->sole = true;
        s->row = s->row || cell_row_states(q->j, (uint32_t)(q->p - q->j->passages), f);
        /* A bare number says nothing of its unit, unless it counts. */
        bool plain = f->dimension == DIM_COUNT || f->dimension == DIM_NONE || f->dimension == q->m.dimension;
        s->certain = plain && !s->conflict;
    }
}
