/* exchanges.c - two true values that have changed places.
 *
 *     "The box idles at 137 W and takes 38 W at batch 4."      137 W is what it takes at batch 4, 38 W what it idles at
 *         ├── idles ─ 137 W ──┤   ├── 38 W ─ batch 4 ──┤       each stands with the other's word, and apart
 *
 * In: the numbers of the article that a fact supports, in order. Out: contradictions where each of two agrees with one
 * fact and stands with the other's words: a name, a condition or an owner that only that fact has. The stretch from the
 * first number to the second fact's word and the one from the second number to the first fact's word must not touch,
 * nor hold another number of the sort; and in no such way may each stand with its own. So "A and B reach 1 and 2",
 * where the stretches overlap in either reading, is left alone, and so is every word that both facts share. Bounded:
 * PAIRS_AHEAD numbers ahead, WORDS_READ words of each passage. In a table the words are those of the headings that the
 * two cells do not share.
 */
#include "facts/numbers/question.h"

#include <math.h>

enum { PAIRS_AHEAD = 32, WORDS_READ = 96, REACH = 140, ROW_CELLS = 12 };

static bool has_owner(const numeric_fact *f, uint32_t entity) {
    return entity != MANIFEST_NONE && fact_is_owned(f, entity);
}

static bool has_word(const passage *p, uint64_t stem) {
    if (!(p->stems & fact_stem_bit(stem))) return false;
    for (uint32_t i = 0; i < p->word_count && i < WORDS_READ; i++)
        if (p->words[i].stem == stem) return true;
    return false;
}

/* Is the stem a name of the fact, or a word of one whose other words stand in the passage, too? The "share" of a
 * "graphics share" is none alone. */
static bool has_stem(const passage *p, const numeric_fact *f, uint64_t stem) {
    for (uint32_t i = 0; i < f->name_count; i++) {
        const fact_phrase *name = &f->names[i];
        bool mine = false, whole = true;
        for (uint32_t k = 0; k < name->n; k++) {
            mine = mine || name->stems[k] == stem;
            whole = whole && (((name->owned | name->durations) >> k & 1) || has_word(p, name->stems[k]));
        }
        if (mine && whole) return true;
    }
    for (uint32_t i = 0; i < f->condition_count; i++)
        if (!f->conditions[i].is_number && f->conditions[i].last == stem) return true;
    return false;
}

static bool has_any_stem(const numeric_fact *f, uint64_t stem) {
    return fact_has_stem(f, stem) || fact_has_condition_stem(f, stem);
}

static bool has_number(const numeric_fact *f, const passage *p, const token *t) {
    for (uint32_t i = 0; i < f->condition_count; i++)
        if (f->conditions[i].is_number && fabs(decimal_to_f64(t->value) - f->conditions[i].value) < 1e-9 &&
            number_has_key(p, t, f->conditions[i].key))
            return true;
    measure m;
    if (t->kind != TOKEN_QUANTITY || !measure_of_token(p->on, t, &m) || m.interval) return false;
    for (uint32_t i = 0; i < f->condition_count; i++) /* "350 W" of the cap */
        if (f->conditions[i].dimension == m.dimension && m.dimension != DIM_NONE &&
            fabs(m.value - f->conditions[i].base) <= 1e-9 * fabs(m.value))
            return true;
    return false;
}

static void put_mark(marks *m, uint32_t lo, uint32_t hi) {
    if (m->n < MARK_LIMIT) m->at[m->n++] = (mark){lo, hi};
}

/* "unlike tern", "than gull": the word is held against the number, it does not own it. */
static bool is_held_against(const passage *p, uint32_t lo) {
    uint32_t i, end;
    passage_window(p, lo, lo, &i, &end);
    while (i < end && p->words[i].lo < lo) i++;
    for (uint32_t k = 0; k < 3 && i > 0; k++, i--)
        if (word_in(p, i - 1, "unlike than versus against instead compared beside besides like as before after until"))
            return true;
    return false;
}

static bool lies_in(const text_range r, uint32_t lo, uint32_t hi) { return lo < r.hi && hi > r.lo; }

void find_marks(judge *j, passage *p, text_range number, const numeric_fact *f, const numeric_fact *other, bool strict,
                marks *out) {
    uint32_t first, end;
    out->n = 0;
    passage_prepare(j, p);
    passage_window(p, number.lo, number.hi, &first, &end);
    for (uint32_t i = first; i < end && i - first < WORDS_READ; i++) {
        const pword *w = &p->words[i];
        if (w->cues & CUE_STOP || lies_in(number, w->lo, w->hi) || word_is_path_step(p, w)) continue;
        bool loose = !strict || byte_is_digit(p->on->text.p[w->lo]);
        bool mine = loose ? has_any_stem(f, w->stem) : has_stem(p, f, w->stem);
        if (mine && !has_any_stem(other, w->stem) && !is_held_against(p, w->lo)) put_mark(out, w->lo, w->hi);
    }
    passage_hit_window(p, number.lo, number.hi, &first, &end);
    for (uint32_t h = first; h < end && h - first < WORDS_READ; h++) {
        const alias_hit *hit = &p->on->hits[h];
        uint32_t entity = hit->inside >= 0 ? MANIFEST_NONE : hit_entity(j, hit, -1);
        if (lies_in(number, hit->where.lo, hit->where.hi) || inside_opaque(p, hit->where.lo, hit->where.hi)) continue;
        if (has_owner(f, entity) && !has_owner(other, entity) && !is_held_against(p, hit->where.lo))
            put_mark(out, hit->where.lo, hit->where.hi);
    }
    for (uint32_t i = p->token_lo; i < p->token_hi && i - p->token_lo < WORDS_READ; i++) {
        const token *t = &p->on->tokens[i];
        if ((t->kind != TOKEN_NUMBER && t->kind != TOKEN_QUANTITY) || !t->value.valid) continue;
        if (!lies_in(number, t->text.lo, t->text.hi) && has_number(f, p, t) && !has_number(other, p, t))
            put_mark(out, t->text.lo, t->text.hi);
    }
}

typedef struct stretch {
    uint32_t lo, hi;
} stretch;

static stretch stretch_of(text_range number, mark m) {
    return (stretch){number.lo < m.lo ? number.lo : m.lo, number.hi > m.hi ? number.hi : m.hi};
}

/* Does another number of the sort, or the end of a sentence, lie in the stretch? */
static bool is_crossed(const passage *p, stretch s, text_range own, enum unit_dimension dimension) {
    if (s.lo < p->text.lo || s.hi > p->text.hi || s.hi - s.lo > REACH) return true;
    for (uint32_t i = p->token_lo; i < p->token_hi; i++) {
        const token *t = &p->on->tokens[i];
        if (t->text.lo >= s.hi) break;
        if (t->text.hi <= s.lo || lies_in(own, t->text.lo, t->text.hi)) continue;
        if (t->kind == TOKEN_QUANTITY && unit_get(t->unit)->dimension == dimension) return true;
        if (t->kind == TOKEN_NUMBER && dimension == DIM_PARAMS) return true; /* "…, of which 3 billion are active" */
    }
    for (uint32_t k = s.lo; k < s.hi; k++)
        if (p->on->text.p[k] == ';' || (p->on->text.p[k] == '.' && k + 1 < s.hi && p->on->text.p[k + 1] == ' '))
            return true;
    return false;
}

/* Can each number stand with a mark of its list, the two stretches apart? */
static bool stand_apart(const supported_number *x, const marks *of_x, const supported_number *y, const marks *of_y,
                        enum unit_dimension dimension) {
    for (uint32_t a = 0; a < of_x->n; a++) {
        stretch s = stretch_of(x->at, of_x->at[a]);
        if (is_crossed(x->p, s, x->at, dimension)) continue;
        for (uint32_t b = 0; b < of_y->n; b++) {
            stretch t = stretch_of(y->at, of_y->at[b]);
            if ((s.hi <= t.lo || t.hi <= s.lo) && !is_crossed(y->p, t, y->at, dimension)) return true;
        }
    }
    return false;
}

/* Marks of a cell: in the label, or the header, that the other cell does not have. */
static bool heading_has(judge *j, const supported_number *x, const supported_number *y, const numeric_fact *f,
                        const numeric_fact *other) {
    uint32_t mine[2] = {x->p->label, x->p->column}, theirs[2] = {y->p->label, y->p->column};
    for (int side = 0; side < 2; side++) {
        marks m;
        if (mine[side] == PASSAGE_NONE || (y->p->kind == PASSAGE_CELL && mine[side] == theirs[side])) continue;
        passage *heading = &j->passages[mine[side]];
        find_marks(j, heading, (text_range){heading->text.lo, heading->text.lo}, f, other, false, &m);
        if (m.n) return true;
    }
    /* "| wire | `wyke` | `kettleness` | 23.4 Gb/s |": other cells of the row say whose it is, too. */
    if (y->p->kind == PASSAGE_CELL && mine[0] == theirs[0]) return false;
    for (uint32_t i = mine[0]; mine[0] != PASSAGE_NONE && i + 1 < j->passage_count && i < mine[0] + ROW_CELLS; i++) {
        passage *cell = &j->passages[i + 1];
        marks m;
        if (cell->kind != PASSAGE_CELL || cell->label != mine[0]) break;
        bool number = cell == x->p;
        for (uint32_t t = cell->token_lo; t < cell->token_hi; t++)
            number = number || cell->on->tokens[t].kind == TOKEN_QUANTITY || cell->on->tokens[t].kind == TOKEN_NUMBER;
        if (number) continue;
        find_marks(j, cell, (text_range){cell->text.lo, cell->text.lo}, f, other, false, &m);
        if (m.n) return true;
    }
    return false;
}

/* Can `x` stand with a word of `f` only, and `y` with one of `g` only? */
static bool stand_with(judge *j, const supported_number *x, const numeric_fact *f, const supported_number *y,
                       const numeric_fact *g, bool strict) {
    bool cell_x = x->p->kind == PASSAGE_CELL, cell_y = y->p->kind == PASSAGE_CELL;
    marks f_at_x, g_at_y;
    if (cell_x && !heading_has(j, x, y, f, g)) return false;
    if (cell_y && !heading_has(j, y, x, g, f)) return false;
    if (cell_x && cell_y) return true;
    f_at_x.n = g_at_y.n = 1; /* a heading stands apart from everything */
    f_at_x.at[0] = (mark){x->at.lo, x->at.hi};
    g_at_y.at[0] = (mark){y->at.lo, y->at.hi};
    if (!cell_x) find_marks(j, x->p, x->at, f, g, strict, &f_at_x);
    if (!cell_y && f_at_x.n) find_marks(j, y->p, y->at, g, f, strict, &g_at_y);
    return f_at_x.n && g_at_y.n && stand_apart(x, &f_at_x, y, &g_at_y, f->dimension);
}

/* Each stands with the other's words, and no two facts that agree let each stand with its own. */
static bool is_exchanged(judge *j, const supported_number *x, uint32_t fact_x, const supported_number *y,
                         uint32_t fact_y) {
    uint32_t all;
    const numeric_fact *facts = fact_index_all(j->index, &all);
    if (!stand_with(j, x, &facts[fact_y], y, &facts[fact_x], true)) return false;
    for (uint32_t a = 0; a < x->n; a++)
        for (uint32_t b = 0; b < y->n; b++)
            if (stand_with(j, x, &facts[x->facts[a]], y, &facts[y->facts[b]], false)) return false;
    return true;
}

/* How near is the nearest mark, with no other number of the sort between? UINT32_MAX: none. */
static uint32_t nearest(const supported_number *x, const marks *m, enum unit_dimension dimension) {
    uint32_t best = UINT32_MAX;
    for (uint32_t i = 0; i < m->n; i++) {
        stretch s = stretch_of(x->at, m->at[i]);
        if (s.hi - s.lo < best && !is_crossed(x->p, s, x->at, dimension)) best = s.hi - s.lo;
    }
    return best;
}

/* Does the number stand at least as near to a word of its own fact `f` as to one of `g`? Then it is the other one that
 * is wrong. */
static bool stands_with_its_own(judge *j, const supported_number *x, const supported_number *y, const numeric_fact *f,
                                const numeric_fact *g) {
    marks own, other;
    if (x->p->kind == PASSAGE_CELL) return heading_has(j, x, y, f, g);
    find_marks(j, x->p, x->at, f, g, false, &own);
    find_marks(j, x->p, x->at, g, f, true, &other);
    uint32_t near = nearest(x, &own, f->dimension);
    return near != UINT32_MAX && near <= nearest(x, &other, f->dimension);
}

static str says(judge *j, const numeric_fact *f) {
    if (f->kind == FACT_DERIVED) return j->m->derived[f->index].text;
    return judge_printf(j, "%.*s%s%.*s", STR_ARG(f->quantity->value), f->quantity->unit.n ? " " : "",
                        STR_ARG(f->quantity->unit));
}

/* "3B active parameters out of 35B": the second is what the first is a part of. */
static bool is_out_of(const supported_number *x) {
    str before = str_trim(surface_slice(x->p->on, x->p->text.lo, x->at.lo));
    return str_ends(before, STR(" out of")) || str_ends(before, STR(" out of a total of"));
}

/* The number is contradicted by the other's fact, unless something speaks against it (doubt.h). */
static void contradict(judge *j, const supported_number *x, const supported_number *y, uint32_t fact) {
    uint32_t all;
    const numeric_fact *facts = fact_index_all(j->index, &all), *f = &facts[fact], *own = &facts[x->facts[0]];
    bool agrees = fabs(x->value - f->base) <= x->half + f->tolerance + 1e-9 * fabs(f->base);
    if (is_out_of(x) || is_out_of(y)) return;
    if (x->n > 1 || agrees) return; /* it may be a third one's, or true by tolerance */
    if (stands_with_its_own(j, x, y, own, f)) return;
    claim *c = &j->claims->at[x->claim], before = *c;
    j->judging = x->p;
    j->judging_aside = false;
    j->judging_at = x->at;
    j->contradicting = f;
    j->belongs_to = own;
    j->swapped = j->by_line = true;
    j->by_row = false;
    c->verdict = VERDICT_UNVERIFIED;
    if (f->first_owner != MANIFEST_NONE) c->subject = j->m->entities[f->first_owner].id;
    str value = says(j, f);
    claim_contradicted(j, c, f->fact, value,
                       judge_printf(j, "%.*s is not %.*s; it belongs to %.*s", STR_ARG(claim_value(c)), STR_ARG(value),
                                    STR_ARG(own->fact->id)));
    j->contradicting = NULL;
    j->swapped = j->by_line = false;
    if (c->verdict != VERDICT_CONTRADICTED) *c = before;
}

void note_supported(question *q, uint32_t claim_at, text_range at, const stance_view *s) {
    supported_number x = {.claim = claim_at, .value = q->m.value, .half = q->m.half, .p = q->p, .at = at};
    const scored *best[COUNT_OF(x.facts)] = {0};
    if (s->denied || s->others || s->aside || s->loose || s->wished || q->change || q->m.interval ||
        q->p->kind == PASSAGE_CODE)
        return;
    for (uint32_t i = 0; i < q->n; i++) {
        const scored *c = &q->found[i];
        const numeric_fact *f = &q->facts[c->fact];
        bool seen = false;
        for (uint32_t k = 0; k < x.n; k++) /* another view of the same */
            seen = seen || (q->facts[best[k]->fact].kind == f->kind && q->facts[best[k]->fact].index == f->index);
        if (!c->agrees || seen) continue;
        if (x.n == COUNT_OF(x.facts)) return; /* a number that many things have */
        uint32_t k = x.n++;
        for (; k > 0 && candidate_total(best[k - 1]) < candidate_total(c); k--) best[k] = best[k - 1];
        best[k] = c;
    }
    while (x.n > 1 && candidate_total(best[x.n - 1]) + 0.6 <= candidate_total(best[0])) x.n--;
    for (uint32_t k = 0; k < x.n; k++) x.facts[k] = best[k]->fact;
    if (x.n && !VEC_PUSH(q->j->a, &q->j->supported, x)) q->j->failed = true;
}

/* May one be taken for the other: the same of two owners, or two of one owner? */
static bool are_alike(const numeric_fact *f, const numeric_fact *g) {
    if (f->dimension != g->dimension || f->noun != g->noun || (f->kind == g->kind && f->index == g->index))
        return false;
    if (f->kind != g->kind && (f->kind == FACT_DERIVED || g->kind == FACT_DERIVED)) return false; /* of one another */
    return f->group == g->group || fact_shares_owner(f, g);
}

static bool judge_pair(judge *j, const supported_number *x, const supported_number *y) {
    uint32_t all;
    const numeric_fact *facts = fact_index_all(j->index, &all);
    if (y->at.lo < x->at.hi || (x->n > 1 && y->n > 1)) return false;
    for (uint32_t a = 0; a < x->n; a++)
        for (uint32_t b = 0; b < y->n; b++) {
            if (!are_alike(&facts[x->facts[a]], &facts[y->facts[b]])) continue;
            if (!is_exchanged(j, x, x->facts[a], y, y->facts[b])) continue;
            contradict(j, x, y, y->facts[b]);
            contradict(j, y, x, x->facts[a]);
            return true;
        }
    return false;
}

void judge_exchanges(judge *j) {
    for (size_t i = 0; i < j->supported.n && !j->failed; i++)
        for (size_t k = i + 1; k < j->supported.n && k <= i + PAIRS_AHEAD; k++) {
            if (j->supported.at[k].p->on != j->supported.at[i].p->on) break;
            if (judge_pair(j, &j->supported.at[i], &j->supported.at[k])) break;
        }
}
