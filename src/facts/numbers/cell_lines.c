/* cell_lines.c - whose is a line of a table that no entity heads?
 *
 *     |         | thinker  | keeper |     the column names kettle in one cell and holds kettle's cores in another:
 *     | name    | `kettle` | `third`|     its other numbers are kettle's, too
 *     | cores   | 24       | 4      |
 *     | RAM     | 256 GB   | 32 GB  |
 *
 *     | May      |          |             two other rows are named in full and hold what one owner did under one and
 *     | jobs     | 812      |             the same conditions: so does the third
 *     | energy   | 96.4 kWh |
 *
 *     | model | case | tok/s |            the row names an owner and a case of its, or the line that leads in does
 *
 *     | limit | tok/s |                   each label states a condition, and two other rows hold what was measured
 *     | 150 W | 31.0  |                   under it: the third holds what was measured under its own
 *
 * In: a cell by its index, and the slot of its number. Out: an entity, or facts of which one must agree. The cell's own
 * number is never asked: only the others speak. One line against it, or two readings, and the table says nothing.
 */
#include "facts/numbers/cells.h"

#include "lex/decimal.h"

#include <math.h>

enum { VOTERS = 24, NAMED_WORDS = 6, NAMED_FACTS = 96, LINES = 12 };

/* ---- votes for an entity ---- */

typedef struct vote {
    uint32_t entity, cells, against, last;
} vote;

typedef struct ballot {
    vote at[VOTERS];
    uint32_t n;
} ballot;

static vote *candidate(ballot *b, uint32_t entity) {
    for (uint32_t i = 0; i < b->n; i++)
        if (b->at[i].entity == entity) return &b->at[i];
    if (b->n == VOTERS) return NULL;
    b->at[b->n] = (vote){.entity = entity, .last = PASSAGE_NONE};
    return &b->at[b->n++];
}

static void give(ballot *b, uint32_t entity, uint32_t cell) {
    vote *v = candidate(b, entity);
    if (!v || v->last == cell) return;
    v->last = cell;
    v->cells++;
}

static bool is_machine(const judge *j, uint32_t entity) {
    return entity != MANIFEST_NONE &&
           (j->m->entities[entity].kind == ENTITY_HOST || j->m->entities[entity].kind == ENTITY_HARDWARE);
}

/* Whose attribute of the heading's name holds the cell's number, and whose holds another? */
static void vote_by_number(judge *j, ballot *b, uint32_t cell, uint32_t heading, const token *t) {
    passage *p = &j->passages[cell], *label = &j->passages[heading];
    uint32_t all;
    const numeric_fact *facts = fact_index_all(j->index, &all);
    slot s = cell_slot(p, t);
    passage_prepare(j, label);
    for (uint32_t w = 0; w < label->word_count && w < NAMED_WORDS; w++) {
        uint32_t count;
        const uint32_t *named = fact_index_named(j->index, label->words[w].stem, &count);
        for (uint32_t i = 0; i < count && i < NAMED_FACTS; i++) {
            const numeric_fact *f = &facts[named[i]];
            if (f->kind != FACT_ATTR || !cell_is_labelled(j, heading, f, &s)) continue;
            if (cell_holds(p, t, f, UNIT_NONE)) {
                give(b, f->owners[0], cell);
            } else {
                vote *v = candidate(b, f->owners[0]);
                if (v && v->last != cell) v->against++;
            }
        }
    }
}

/* "CPU", "processor": of cpu_model, whatever its aliases. */
static bool is_everyday_name(str label, str name) {
    static const struct {
        const char *attr, *words;
    } names[] = {{"cpu_model", "cpu processor chip"}, {"gpu_model", "gpu graphics"}, {"cpu", "cpu processor"}};
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (str_eq(name, str_from_cstr(names[i].attr)) && str_is_among(label, names[i].words)) return true;
    return false;
}

bool cell_names_attr(judge *j, uint32_t heading, const manifest_attr *attr) {
    str label = str_trim(passage_text(&j->passages[heading]));
    if (is_everyday_name(label, attr->name)) return true;
    if (str_eq_nocase(label, attr->name)) return true;
    for (uint32_t i = 0; i < attr->aliases.n; i++)
        if (str_eq_nocase(label, attr->aliases.at[i].text)) return true;
    return false;
}

/* "| CPU | EPYC 7302P |" */
static void vote_by_name(judge *j, ballot *b, uint32_t cell, uint32_t heading) {
    str text = str_trim(passage_text(&j->passages[cell]));
    ptrdiff_t last = text.n;
    uint32_t count;
    while (last > 0 && text.p[last - 1] != ' ') last--;
    const uint32_t *found = fact_index_texts(j->index, str_slice(text, last, text.n), &count);
    for (uint32_t i = 0; i < count && i < VOTERS; i++) {
        const text_fact *f = fact_index_text_at(j->index, found[i]);
        const manifest_attr *attr = &j->m->attrs[f->attr];
        bool same = str_eq_nocase(text, f->value) ||
                    (f->value.n > text.n && last > 0 &&
                     str_eq_nocase(text, str_slice(f->value, f->value.n - text.n, f->value.n)));
        if (same && cell_names_attr(j, heading, attr)) give(b, attr->entity, cell);
    }
}

uint32_t cell_voted_entity(judge *j, uint32_t own, bool column) {
    uint32_t cells[CELL_SIBLINGS], n = cell_siblings(j, own, column, cells);
    ballot b = {.n = 0};
    for (uint32_t i = 0; i < n; i++) {
        passage *x = &j->passages[cells[i]];
        uint32_t heading = column ? x->label : x->column;
        if (heading == PASSAGE_NONE) continue;
        uint32_t named = cell_line_entity(j, cells[i]);
        if (is_machine(j, named)) {
            give(&b, named, cells[i]);
            continue;
        }
        bool number = false;
        for (uint32_t k = x->token_lo; k < x->token_hi && k - x->token_lo < 4; k++) {
            const token *t = &x->on->tokens[k];
            if (t->kind != TOKEN_NUMBER && t->kind != TOKEN_QUANTITY) continue;
            slot s = cell_slot(x, t);
            if (cell_number(j, x, &s) != t) continue;
            vote_by_number(j, &b, cells[i], heading, t);
            number = true;
        }
        if (!number) vote_by_name(j, &b, cells[i], heading);
    }
    const vote *best = NULL;
    bool tie = false;
    for (uint32_t i = 0; i < b.n; i++) {
        if (b.at[i].cells < 2 || b.at[i].against) continue;
        tie = best && b.at[i].cells == best->cells;
        if (!best || b.at[i].cells > best->cells) best = &b.at[i];
    }
    return best && !tie ? best->entity : MANIFEST_NONE;
}

/* ---- one owner, one case ---- */

static uint64_t case_of(const numeric_fact *f) {
    uint64_t hash = f->first_owner + 1;
    for (uint32_t i = 0; i < f->condition_count; i++)
        hash = (hash * 31 + str_hash(f->conditions[i].of->key)) * 31 + str_hash(f->conditions[i].of->value);
    return hash;
}

typedef struct shared { /* what several cells of the line have in common */
    uint64_t key;
    uint32_t group, cells, last;
    uint32_t like[2]; /* the facts of two of them */
    enum unit_dimension dimension;
} shared;

static void note(shared *all, uint32_t *n, uint64_t key, const numeric_fact *f, uint32_t fact, uint32_t cell) {
    uint32_t k = 0;
    while (k < *n && (all[k].key != key || (f && (all[k].group != f->group || all[k].dimension != f->dimension)))) k++;
    if (k == LINES) return;
    if (k == *n)
        all[(*n)++] = (shared){.key = key,
                               .group = f ? f->group : 0,
                               .dimension = f ? f->dimension : DIM_NONE,
                               .like = {UINT32_MAX, UINT32_MAX},
                               .last = PASSAGE_NONE};
    if (all[k].last == cell) return;
    all[k].last = cell;
    if (all[k].cells < 2) all[k].like[all[k].cells] = fact;
    all[k].cells++;
}

/* Calls `with` for the benchmarks that a heading names in full. */
static uint32_t labelled_benchmarks(judge *j, uint32_t heading, const slot *s, uint32_t *out, uint32_t capacity) {
    passage *label = &j->passages[heading];
    uint32_t all, n = 0;
    const numeric_fact *facts = fact_index_all(j->index, &all);
    passage_prepare(j, label);
    for (uint32_t w = 0; w < label->word_count && w < NAMED_WORDS; w++) {
        uint32_t count;
        const uint32_t *named = fact_index_named(j->index, label->words[w].stem, &count);
        for (uint32_t i = 0; i < count && i < NAMED_FACTS && n < capacity; i++) {
            bool had = false;
            for (uint32_t k = 0; k < n; k++) had = had || out[k] == named[i];
            if (!had && facts[named[i]].kind == FACT_BENCHMARK && cell_is_labelled(j, heading, &facts[named[i]], s))
                out[n++] = named[i];
        }
    }
    return n;
}

uint32_t cell_facts_by_case(judge *j, uint32_t own, const slot *s, uint32_t *facts, uint32_t capacity) {
    enum { NAMED = 24 };
    uint32_t cells[CELL_SIBLINGS], named[NAMED], all, cases = 0, n = 0;
    shared found[LINES];
    const numeric_fact *index = fact_index_all(j->index, &all);
    uint32_t mine = labelled_benchmarks(j, j->passages[own].label, s, named, NAMED);
    if (!mine || mine == NAMED) return 0;
    uint32_t count = cell_siblings(j, own, true, cells);
    for (uint32_t i = 0; i < count; i++) {
        passage *x = &j->passages[cells[i]];
        uint32_t theirs[NAMED];
        const token *t = x->label == PASSAGE_NONE ? NULL : cell_number(j, x, s);
        uint32_t k = t ? labelled_benchmarks(j, x->label, s, theirs, NAMED) : 0;
        for (uint32_t f = 0; f < k; f++)
            if (cell_holds(x, t, &index[theirs[f]], UNIT_NONE))
                note(found, &cases, case_of(&index[theirs[f]]), NULL, theirs[f], cells[i]);
    }
    for (uint32_t c = 0; c < cases; c++)
        for (uint32_t f = 0; f < mine && found[c].cells > 1 && n < capacity; f++)
            if (case_of(&index[named[f]]) == found[c].key) facts[n++] = named[f];
    for (uint32_t i = 1; i < n; i++)
        if (index[facts[i]].group != index[facts[0]].group) return 0;
    return n;
}

/* ---- rows that are cases ---- */

static bool states_condition(judge *j, uint32_t label, const fact_condition *c) {
    return condition_in_label(j, &j->passages[label], c) == CONDITION_MET;
}

static const fact_condition *condition_of_row(judge *j, uint32_t label, const numeric_fact *f) {
    for (uint32_t i = 0; i < f->condition_count && i < 8; i++)
        if (states_condition(j, label, &f->conditions[i])) return &f->conditions[i];
    return NULL;
}

static bool measured(const passage *p, const token *t, unit_id unit, measure *m) {
    token as = *t;
    if (as.kind == TOKEN_NUMBER && unit != UNIT_NONE) as.kind = TOKEN_QUANTITY, as.unit = unit;
    return as.kind == TOKEN_QUANTITY && measure_of_token(p->on, &as, m) && !m->interval;
}

/* Does the sibling's row state a case of this group, and hold another number than any fact of it says? */
static bool row_breaks(judge *j, uint32_t cell, const slot *s, unit_id unit, const shared *l) {
    passage *x = &j->passages[cell];
    const token *t = cell_number(j, x, s);
    uint32_t count, all;
    const numeric_fact *index = fact_index_all(j->index, &all);
    const uint32_t *group = fact_index_group(j->index, l->group, &count);
    bool has = false, agrees = false;
    for (uint32_t i = 0; i < count && i < CELL_OWNED_LIMIT; i++) {
        const numeric_fact *f = &index[group[i]];
        if (f->dimension != l->dimension) continue;
        const fact_condition *c = condition_of_row(j, x->label, f);
        if (!c || c->key != l->key) continue;
        has = true;
        agrees = agrees || (t && cell_holds(x, t, f, unit));
    }
    return has && t && !agrees;
}

uint32_t cell_facts_by_condition(judge *j, uint32_t own, const slot *s, unit_id unit, uint32_t *facts,
                                 uint32_t capacity) {
    uint32_t cells[CELL_SIBLINGS], all, lines = 0, n = 0, count = cell_siblings(j, own, true, cells);
    shared found[LINES], *best = NULL;
    const numeric_fact *index = fact_index_all(j->index, &all);
    if (count < 2) return 0;
    for (uint32_t i = 0; i < count; i++) {
        passage *x = &j->passages[cells[i]];
        const token *t = x->label == PASSAGE_NONE ? NULL : cell_number(j, x, s);
        measure m;
        uint32_t near;
        if (!t || !measured(x, t, unit, &m)) continue;
        double reach = 0.1 * fabs(m.value) + m.half;
        const uint32_t *range = fact_index_range(j->index, m.dimension, m.value - reach, m.value + reach, &near);
        for (uint32_t k = 0; k < near && k < CELL_OWNED_LIMIT; k++) {
            const numeric_fact *f = &index[range[k]];
            const fact_condition *c =
                f->condition_count && cell_holds(x, t, f, unit) ? condition_of_row(j, x->label, f) : NULL;
            if (c) note(found, &lines, c->key, f, range[k], cells[i]);
        }
    }
    for (uint32_t k = 0; k < lines; k++) {
        bool broken = found[k].cells < 2;
        for (uint32_t i = 0; i < count && !broken; i++)
            broken = j->passages[cells[i]].label != PASSAGE_NONE && row_breaks(j, cells[i], s, unit, &found[k]);
        if (broken) continue;
        if (best) return 0;
        best = &found[k];
    }
    if (!best) return 0;
    const uint32_t *group = fact_index_group(j->index, best->group, &count);
    for (uint32_t i = 0; i < count && i < CELL_OWNED_LIMIT && n < capacity; i++) {
        const numeric_fact *f = &index[group[i]];
        const fact_condition *c =
            f->dimension == best->dimension ? condition_of_row(j, j->passages[own].label, f) : NULL;
        if (c && c->key == best->key && cell_keeps_operands(j, f, best->like)) facts[n++] = group[i];
    }
    return n;
}

/* ---- rows that name whose and in which case ---- */

enum { ROW_CELLS = 12 };

static bool is_owners_cell(judge *j, const numeric_fact *f, uint32_t at) {
    uint32_t entity = cell_line_entity(j, at);
    return entity != MANIFEST_NONE && fact_is_owned(f, entity);
}

/* "| tok/s |", "| Decode |", "| Tokens per second |": the metric's name or its unit, and nothing else. */
static bool is_headed_by_metric(judge *j, uint32_t column, const numeric_fact *f) {
    passage *head = &j->passages[column];
    passage_prepare(j, head);
    for (uint32_t i = 0; i < head->word_count; i++) {
        bool mine = fact_has_stem(f, head->words[i].stem);
        if (!mine && !(head->words[i].cues & CUE_STOP) &&
            !word_in(head, i, "tok token tokens t tps s second speed rate"))
            return false;
    }
    return head->word_count > 0;
}

static bool states_case(judge *j, passage *p, const fact_condition *c) {
    return condition_in_label(j, p, c) == CONDITION_MET || condition_word_in(j, p, c);
}

static bool is_word_of(str value, str said) {
    uint32_t at = 0, lo, hi;
    while (fact_word_next(value, &at, &lo, &hi))
        if (str_eq_nocase(str_slice(value, lo, hi), said)) return true;
    return false;
}

/* Does the line that leads in state the case and nothing else, "On the hub article brief I obtained:"? A word that says
 * neither the case nor that something was measured may make it another one. */
static bool lead_states(judge *j, const passage *p, const fact_condition *c) {
    if (p->lead == PASSAGE_NONE) return false;
    passage *lead = &j->passages[p->lead];
    passage_prepare(j, lead);
    if (lead->cues & (CUE_MODAL | CUE_IF | CUE_OTHERS | CUE_NEGATION) || lead->token_lo < lead->token_hi) return false;
    for (uint32_t i = 0; i < lead->word_count; i++) {
        str said = surface_slice(lead->on, lead->words[i].lo, lead->words[i].hi);
        bool of_case = is_word_of(c->of->value, said);
        if (!of_case && !(lead->words[i].cues & (CUE_STOP | CUE_FIRST)) &&
            !word_in(lead, i,
                     "obtained got get gets measured measure see saw recorded reach reached result results number "
                     "numbers figure figures both two model models each wrote write gave give table same let "
                     "timed time here"))
            return false;
    }
    return states_case(j, lead, c);
}

/* Does the cell hold a word that is no name of ours and no word of the fact's case? */
static bool says_more(judge *j, passage *x, const numeric_fact *f) {
    passage_prepare(j, x);
    for (uint32_t i = 0; i < x->word_count; i++) {
        const pword *w = &x->words[i];
        bool known = w->cues & CUE_STOP || fact_has_stem(f, w->stem) ||
                     is_word_of(f->conditions[0].of->value, surface_slice(x->on, w->lo, w->hi));
        for (uint32_t h = x->hit_lo; h < x->hit_hi && h - x->hit_lo < 8 && !known; h++)
            known = x->on->hits[h].where.lo <= w->lo && x->on->hits[h].where.hi >= w->hi;
        if (!known && !fact_has_condition_stem(f, w->stem)) return true;
    }
    return false;
}

/* Do the cells of the row name an owner of the fact, and say its case or leave it to the line that leads in, and
 * nothing else but numbers and other names of ours? */
static bool row_is_of(judge *j, uint32_t own, const numeric_fact *f) {
    const passage *p = &j->passages[own];
    bool owner = false, met = false;
    const fact_condition *c = &f->conditions[0];
    for (uint32_t i = p->label; i < j->passage_count && i < p->label + ROW_CELLS; i++) {
        passage *x = &j->passages[i];
        if (i != p->label && (x->label != p->label || x->kind != PASSAGE_CELL)) break;
        if (i == own) continue;
        passage_prepare(j, x);
        bool mine = is_owners_cell(j, f, i), here = states_case(j, x, c);
        met = met || here;
        owner = owner || mine;
        if (mine || here) {
            if (says_more(j, x, f)) return false;
        } else if (cell_line_entity(j, i) == MANIFEST_NONE) {
            const token *t = x->token_lo < x->token_hi ? &x->on->tokens[x->token_lo] : NULL;
            bool number = t && (t->kind == TOKEN_NUMBER || t->kind == TOKEN_QUANTITY) && x->word_count < 4;
            if (x->word_count && !(number && i > own)) return false; /* what stands before it is a case: "batch | 16" */
        } else if (cell_line_entity(j, i) != j->main_hardware) {
            return false;
        }
    }
    return owner && (met || lead_states(j, p, c));
}

bool cell_row_states(judge *j, uint32_t own, const numeric_fact *f) {
    const passage *p = &j->passages[own];
    if (p->label == PASSAGE_NONE || f->kind != FACT_BENCHMARK || f->condition_count != 1) return false;
    for (uint32_t i = p->label; i < j->passage_count && i < p->label + ROW_CELLS; i++) {
        passage *x = &j->passages[i];
        if (i != p->label && (x->label != p->label || x->kind != PASSAGE_CELL)) break;
        if (i != own && states_case(j, x, &f->conditions[0])) return true;
    }
    return false;
}

uint32_t cell_facts_by_row(judge *j, uint32_t own, unit_id unit, uint32_t *facts, uint32_t capacity) {
    const passage *p = &j->passages[own];
    uint32_t all, n = 0;
    const numeric_fact *index = fact_index_all(j->index, &all);
    if (unit == UNIT_NONE) return 0;
    for (uint32_t i = p->label; i < own && i < p->label + ROW_CELLS; i++) {
        uint32_t entity = cell_line_entity(j, i), count;
        if (entity == MANIFEST_NONE || is_machine(j, entity)) continue;
        const uint32_t *owned = fact_index_owned(j->index, entity, &count);
        for (uint32_t k = 0; k < count && k < CELL_OWNED_LIMIT && n < capacity; k++) {
            const numeric_fact *f = &index[owned[k]];
            if (f->kind != FACT_BENCHMARK || f->dimension != unit_get(unit)->dimension || f->condition_count != 1)
                continue;
            if (is_headed_by_metric(j, p->column, f) && row_is_of(j, own, f)) facts[n++] = owned[k];
        }
        if (n) return n;
    }
    return 0;
}
