/* quantity_verdict.c - from scored facts to a verdict.
 *
 * A fact that agrees supports the claim if nothing that is named clearly better disagrees. A fact that is named beyond
 * doubt (its whole name, its owner, no other condition) contradicts the claim if every fact that could be meant as well
 * disagrees. Between the two lies unverified. A right number on the wrong subject is contradicted by the subject's own
 * fact and says whose number it is. Every rule here that says no to a contradiction was paid for by a false one.
 */
#include "facts/question.h"

#include <math.h>

static str fact_says(judge *j, const numeric_fact *f) {
    if (f->quantity)
        return judge_printf(j, "%.*s%s%.*s", STR_ARG(f->quantity->value), f->quantity->unit.n ? " " : "",
                            STR_ARG(f->quantity->unit));
    return judge_printf(j, "%.4g", f->shown);
}

static const manifest_entity *owner_of(const question *q, const numeric_fact *f) {
    if (!f->owner_count) return NULL;
    uint32_t best = f->owners[0];
    for (uint32_t i = 1; i < f->owner_count; i++)
        if (context_entity(&q->near, f->owners[i]) < context_entity(&q->near, best)) best = f->owners[i];
    return &q->j->m->entities[best];
}

/* Conditions that the fact requires to be stated and that the article leaves out. */
static const manifest_condition *unstated(question *q, const numeric_fact *f) {
    for (uint32_t i = 0; i < f->condition_count; i++) {
        const fact_condition *c = &f->conditions[i];
        if (!c->of->must_state || condition_state_of(q, c) != CONDITION_UNSTATED) continue;
        if (context_stem(&q->near, c->key) != REGION_COUNT || context_stem(&q->near, c->last) != REGION_COUNT) continue;
        return c->of;
    }
    return NULL;
}

static void support(question *q, claim *c, const numeric_fact *f) {
    str says = fact_says(q->j, f);
    const manifest_entity *owner = owner_of(q, f);
    if (owner) c->subject = owner->id;
    claim_supported(q->j, c, f->fact, says,
                    judge_printf(q->j, "%.*s agrees with %.*s", STR_ARG(c->normal), STR_ARG(says)));
    const manifest_condition *left_out = unstated(q, f);
    if (left_out && c->verdict == VERDICT_SUPPORTED) {
        c->verdict = VERDICT_UNDERSPECIFIED;
        c->why = judge_printf(q->j, "right, but does not state %.*s = %.*s", STR_ARG(left_out->key),
                              STR_ARG(left_out->value));
    }
}

/* Words that make a number a part of something, a need or a use: never the size of the thing itself. */
static bool names_stem(const numeric_fact *f, uint64_t stem) {
    for (uint32_t i = 0; i < f->name_count; i++)
        for (uint32_t k = 0; k < f->names[i].n; k++)
            if (f->names[i].stems[k] == stem) return true;
    return false;
}

static bool is_partial(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    uint32_t first, end;
    passage_window(p, q->t->text.lo, q->t->text.hi, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        if (p->words[i].lo < q->near.clause.lo || p->words[i].hi > q->near.clause.hi) continue;
        if (p->words[i].lo >= q->t->text.lo && p->words[i].hi <= q->t->text.hi) continue;
        if (p->words[i].cues & CUE_PARTIAL && !names_stem(f, p->words[i].stem)) return true;
    }
    return false;
}

/* Does only one entity have facts of this group? Then the name alone says whose it is. */
static bool owner_is_unique(const question *q, const numeric_fact *f) {
    uint32_t count;
    const uint32_t *group = fact_index_group(q->j->index, f->group, &count);
    for (uint32_t i = 0; i < count; i++) {
        const numeric_fact *other = &q->facts[group[i]];
        if (!other->owner_count || !f->owner_count || other->owners[0] != f->owners[0]) return false;
    }
    return count > 0;
}

/* A name of one word must stand right beside the number; longer names need not. */
static bool named_beside(const question *q, const numeric_fact *f) {
    for (uint32_t i = 0; i < f->name_count; i++) {
        uint32_t near = 0, in_clause = 0;
        for (uint32_t k = 0; k < f->names[i].n; k++) {
            if (context_stem(&q->near, f->names[i].stems[k]) <= REGION_LABEL) in_clause++;
            if (f->names[i].n > 1) continue;
            const passage *p = q->p;
            uint32_t first, end;
            passage_window(p, q->t->text.lo, q->t->text.hi, &first, &end);
            for (uint32_t w = first; w < end; w++) {
                if (p->words[w].stem != f->names[i].stems[k]) continue;
                str form = surface_slice(p->on, p->words[w].lo, p->words[w].hi);
                if (form.n > 5 && str_ends(form, STR("ing"))) continue; /* "running" names no run */
                uint32_t gap = p->words[w].hi <= q->t->text.lo   ? q->t->text.lo - p->words[w].hi
                               : p->words[w].lo >= q->t->text.hi ? p->words[w].lo - q->t->text.hi
                                                                 : 0;
                if (gap <= 24) {
                    near++;
                    break;
                }
            }
        }
        if (f->names[i].n > 1 ? in_clause == f->names[i].n : near || q->p->kind == PASSAGE_CELL) return true;
        if (in_clause == f->names[i].n && !candidate_is_common(q->m.dimension))
            return true; /* a unit that few things have */
        if (has_synonym(q, f) || (is_metric_unit(q) && f->kind == FACT_BENCHMARK)) return true;
        if (q->takes && f->dimension == DIM_TIME && in_clause + 1 >= f->names[i].n && f->names[i].n > 1) return true;
    }
    return false;
}

/* Is the attribute called by the noun itself: replicas, workers? "count" and its like name nothing. */
static bool is_named_so(const question *q, const numeric_fact *f) {
    if (f->kind != FACT_ATTR || !f->name_count || f->names[0].n != 1 || f->names[0].stems[0] != q->m.noun) return false;
    return q->m.noun != fact_stem(STR("count")) && q->m.noun != fact_stem(STR("size")) &&
           q->m.noun != fact_stem(STR("number"));
}

/* A name of several words, all of them in the clause. */
static bool whole_name_in_clause(const question *q, const numeric_fact *f) {
    for (uint32_t i = 0; i < f->name_count; i++) {
        bool whole = f->names[i].n > 1;
        for (uint32_t k = 0; k < f->names[i].n && whole; k++)
            whole = context_stem(&q->near, f->names[i].stems[k]) == REGION_CLAUSE;
        if (whole) return true;
    }
    return false;
}

/* Does every fact of this name disagree, whoever owns it? Then it need not be known whose it is. */
static bool whoever_it_is(const question *q, const numeric_fact *f) {
    uint32_t count;
    const uint32_t *group = fact_index_group(q->j->index, f->group, &count);
    for (uint32_t i = 0; i < count; i++)
        if (q->facts[group[i]].dimension == f->dimension && candidate_agrees(q, &q->facts[group[i]])) return false;
    bool anchored = (q->p->cues & CUE_FIRST) != 0;
    for (uint32_t i = 0; i < q->near.mention_count && !anchored; i++)
        anchored = q->near.mentions[i].region <= REGION_LEAD;
    return count > 0 && anchored;
}

/* "X = 120", "X is 20", "X 400"; not "with X at 2", which is an experiment. */
static bool is_stated_setting(const question *q) {
    str between = surface_slice(q->p->on, q->setting_hit->where.hi, q->t->text.lo);
    return str_find(between, STR(" at "), 0) < 0 && str_find(between, STR(" to "), 0) < 0 &&
           str_find(between, STR("down"), 0) < 0;
}

/* Does the sentence begin with somebody new: "A laptop with 16 GB …"? Then the one before does not say whose it is. */
static bool begins_anew(const question *q) {
    const passage *p = q->p;
    return word_is(p, 0, "a") || word_is(p, 0, "an") || word_is(p, 0, "another") || word_is(p, 0, "some") ||
           word_is(p, 0, "most") || word_is(p, 0, "other") || word_is(p, 0, "any") || word_is(p, 0, "every");
}

static bool may_contradict(question *q, const scored *best, const stance_view *s) {
    const numeric_fact *f = &q->facts[best->fact];
    if (s->loose || s->denied || s->others || s->past || best->conflict) return false;
    if (q->p->flags & (PASSAGE_LABEL_CELL | PASSAGE_TERMINAL))
        return false; /* a row's key is a condition; output is terminal.c's */
    if (q->change_from || (best->owner < 0.75 && begins_anew(q))) return false;
    if (q->t->flags & TOKEN_RATIO && !(f->kind == FACT_ATTR && whole_name_in_clause(q, f))) return false;
    if (f->kind == FACT_DERIVED) return false; /* derived names are the author's own: too weak */
    bool by_state = best->condition >= 0.3 && best->name >= 0.35 && best->owner >= 0.49 &&
                    (q->m.dimension == DIM_POWER || q->m.dimension == DIM_TEMPERATURE); /* "idles at 38 W" */
    bool setting = q->setting_hit && (q->p->kind == PASSAGE_CODE || q->setting_in_code) && is_stated_setting(q);
    if (!by_state && !setting && !best->sole && (best->name < 0.79 || !named_beside(q, f))) return false;
    bool cell = q->p->kind == PASSAGE_CELL;
    bool owned = best->owner >= (cell ? 0.59 : 0.69) || (setting && best->owner >= 0.29) ||
                 (best->name >= 0.94 && best->owner >= 0.29 && whoever_it_is(q, f)) ||
                 (cell && best->condition >= 0.3 && best->owner >= 0.29) ||
                 (owner_is_unique(q, f) && best->owner >= 0.29) ||
                 (best->name >= 0.94 && best->condition >= 0.3 && best->owner >= 0.29);
    if (!owned && !by_state) return false;
    if (q->bare && !byte_is_digit(q->p->on->text.p[q->t->text.hi - 1]))
        return false; /* 130G: a unit that is not written out */
    double ratio = f->base != 0 ? fabs(q->m.value / f->base) : 0;
    if (ratio > 2000 || ratio < 1.0 / 2000) return false; /* not the same sort of thing */
    if ((q->m.dimension == DIM_DATA || q->m.dimension == DIM_TIME) && f->kind == FACT_ATTR && is_partial(q, f))
        return false;
    if (setting) return true;
    if (q->m.dimension == DIM_PERCENT || q->m.dimension == DIM_NONE)
        return best->name >= 0.95 &&
               (f->kind == FACT_ATTR || (q->m.dimension == DIM_PERCENT && whole_name_in_clause(q, f)));
    if (q->m.dimension == DIM_COUNT) {
        str number = surface_slice(q->p->on, q->t->text.lo, q->t->text.hi);
        if (str_starts(number, STR("one")) || str_starts(number, STR("One")) || q->t->value.digits == 0)
            return false; /* "one draft": any draft */
        if (f->noun != q->m.noun && !whole_name_in_clause(q, f) && !is_named_so(q, f)) return false;
    }
    return true;
}

/* "not 20 cores": the denial stands within three words before the number. */
static bool denied_beside(const question *q) {
    const passage *p = q->p;
    uint32_t first, end, words = 0;
    passage_window(p, q->t->text.lo, q->t->text.hi, &first, &end);
    for (uint32_t i = end; i > first && words < 3; i--) {
        if (p->words[i - 1].hi > q->t->text.lo) continue;
        for (uint32_t k = p->words[i - 1].hi; k < q->t->text.lo; k++)
            if (p->on->text.p[k] == ',') return false;
        words++;
        if (p->words[i - 1].cues & CUE_NEGATION) return true;
    }
    return false;
}

/* Does a name of the fact stand within a word of the number: "40 GB of RAM", "context 32k"? */
static bool named_adjacent(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    uint32_t first, end;
    passage_window(p, q->t->text.lo, q->t->text.hi, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        uint32_t gap = p->words[i].hi <= q->t->text.lo   ? q->t->text.lo - p->words[i].hi
                       : p->words[i].lo >= q->t->text.hi ? p->words[i].lo - q->t->text.hi
                                                         : 0;
        if (gap > 4 || (p->words[i].lo >= q->t->text.lo && p->words[i].hi <= q->t->text.hi)) continue;
        for (uint32_t k = q->t->text.hi; k < p->words[i].lo; k++)
            if (p->on->text.p[k] == ',' || p->on->text.p[k] == ';' || p->on->text.p[k] == '.') return false;
        if (!(p->words[i].cues & CUE_STOP) && names_stem(f, p->words[i].stem)) return true;
    }
    return false;
}

/* Is the number that of another subject? Only when its own fact is plainly not what the sentence speaks of: the same
 * metric of somebody who is not named, or a fact whose name is not there while the other's is. */
static bool is_swapped(const question *q, const scored *yes, const scored *no) {
    const numeric_fact *theirs = &q->facts[yes->fact], *named = &q->facts[no->fact];
    if (theirs->kind == FACT_DERIVED) return yes->name < 0.3 && no->name >= 0.95 && no->owner >= 0.9;
    if (theirs->group == named->group)
        return (yes->owner <= 0.5 && no->owner >= 0.9) || (yes->elsewhere && !no->elsewhere && no->condition > 0);
    if (no->name >= 0.95 && no->owner >= 0.69 && yes->owner <= no->owner && named_adjacent(q, named) &&
        !named_adjacent(q, theirs))
        return true;
    return yes->name < 0.4 && no->name >= 0.95 && no->owner >= 0.69 && yes->owner <= no->owner;
}

void decide_quantity(question *q, claim *c, const stance_view *s) {
    const scored *yes = NULL, *no = NULL;
    for (uint32_t i = 0; i < q->n; i++) {
        const scored *x = &q->found[i];
        const scored **slot = x->agrees ? &yes : &no;
        if (!*slot || candidate_total(x) > candidate_total(*slot)) *slot = x;
    }
    double need = 0.55;
    if (q->t->value.digits >= 10) need = 0.45; /* two digits are rarely right by chance */
    if (q->t->value.digits >= 100) need = 0.29;
    if (q->m.dimension == DIM_COUNT || q->m.dimension == DIM_NONE || q->bare) need = 0.75;
    bool precise = q->t->value.digits >= 100 && q->m.dimension != DIM_COUNT && q->m.dimension != DIM_NONE && !q->bare;
    bool named = yes && (yes->name >= 0.3 || yes->owner >= 0.6 || yes->condition > 0 || precise ||
                         (yes->name >= 0.28 && yes->owner >= 0.29));
    bool stands = yes && named && candidate_total(yes) >= need;
    if (stands && !(no && is_swapped(q, yes, no) && may_contradict(q, no, s))) {
        if (s->denied && s->stance == STANCE_NEGATED && denied_beside(q)) {
            claim_unverified(q->j, c, STR("a denial of a true figure, too indirect to judge"));
            return;
        }
        support(q, c, &q->facts[yes->fact]);
        return;
    }
    const scored *near = no;
    if (!yes || yes->name < 0.5)
        for (uint32_t i = 0; i < q->n; i++) /* the best named that may contradict at all */
            if (!q->found[i].agrees &&
                (no == NULL || !may_contradict(q, no, s) || candidate_total(&q->found[i]) > candidate_total(no)))
                if (may_contradict(q, &q->found[i], s)) no = &q->found[i];
    if (!no || !may_contradict(q, no, s) || (yes && yes->name >= 0.5 && !is_swapped(q, yes, no))) {
        no = near;
        if (no && candidate_total(no) > 1.2)
            c->why = judge_printf(q->j, "near %.*s, not surely enough", STR_ARG(q->facts[no->fact].fact->id));
        return;
    }
    const numeric_fact *f = &q->facts[no->fact];
    const manifest_entity *owner = owner_of(q, f);
    str says = fact_says(q->j, f);
    if (owner) c->subject = owner->id;
    if (stands && yes->owner < no->owner) {
        const manifest_entity *theirs = owner_of(q, &q->facts[yes->fact]);
        claim_contradicted(q->j, c, f->fact, says,
                           judge_printf(q->j, "%.*s is not %.*s; it belongs to %.*s (%.*s)", STR_ARG(c->normal),
                                        STR_ARG(says), STR_ARG(theirs ? theirs->id : STR("another")),
                                        STR_ARG(q->facts[yes->fact].fact->id)));
        return;
    }
    claim_contradicted(q->j, c, f->fact, says,
                       judge_printf(q->j, "%.*s is not %.*s", STR_ARG(c->normal), STR_ARG(says)));
}
