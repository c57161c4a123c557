/* other_case.c - does the clause say another metric or another case than the fact's?
 *
 *     "prefill runs at 741 tok/s"                       a rate; what the fact has is called otherwise, and not here
 *     "`kettle` with `av1_fast`: 141 fps"               a case that the manifest knows, and not of this fact
 *     "Per stream that is 29.5"                         of each, where the fact's name does not say so
 *     "It has four drives of 12 TB. That is 48 TB."     worked out of what was said before (worked_out.c)
 *
 * A manifest declares some cases of some metrics. What an article says of the others is no falsehood about these. In: a
 * question, a fact that disagrees. Out: why it may not contradict the number, or NULL. It never says which fact is
 * meant. Found by taking one fact at a time out of a manifest (make bench-doubts).
 */
#include "facts/numbers/proofs.h"
#include "facts/reading/standing.h"
#include "facts/verdicts/weighing.h"

#include <math.h>

enum { GROUP_READ = 64, ROW_CELLS = 12, LEAD_HITS = 64 };

/* Does the sentence, a label or a header hold a word of the fact's names? */
static bool is_named_here(const question *q, const numeric_fact *f) {
    if (has_synonym(q, f)) return true;
    for (uint32_t i = 0; i < f->name_count; i++)
        for (uint32_t k = 0; k < f->names[i].n; k++)
            if (!(f->names[i].durations >> k & 1) && (context_stem(&q->near, f->names[i].stems[k]) <= REGION_LABEL ||
                                                      question_implies(q, f->names[i].stems[k])))
                return true;
    return false;
}

/* A word of the clause by which the manifest calls other facts of the same unit; the fact's own stand nowhere near. */
static bool clause_names_another(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    uint32_t first, end, count;
    if (is_named_here(q, f) || proof_hangs_on_owner(q, f)) return false;
    bool item = (p->flags & PASSAGE_IN_LIST) != 0; /* "- prefill: 538 with the one and 741 with the other" */
    uint32_t lo = item ? p->text.lo : q->near.clause.lo;
    passage_window(p, lo, q->near.clause.hi, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        const pword *w = &p->words[i];
        if (w->lo < lo || w->hi > q->near.clause.hi || w->cues & CUE_STOP) continue;
        if (w->lo < q->t->text.hi && w->hi > q->t->text.lo) continue;
        if (fact_has_condition_stem(f, w->stem)) continue;
        const uint32_t *named = fact_index_named(q->j->index, w->stem, &count);
        for (uint32_t k = 0; k < count; k++) {
            const numeric_fact *other = &q->facts[named[k]];
            if (other->dimension == f->dimension && other->group != f->group && fact_has_stem(other, w->stem))
                return true;
        }
    }
    return false;
}

/* A word of the clause or the label that is the case of a sibling, of the same sort of case, and not the fact's. */
static bool states_siblings_case(const question *q, const numeric_fact *f) {
    uint32_t count;
    const uint32_t *group = fact_index_group(q->j->index, f->group, &count);
    bool cell = q->p->kind == PASSAGE_CELL, item = (q->p->flags & PASSAGE_IN_LIST) != 0;
    enum region last = cell ? REGION_LABEL : item ? REGION_SENTENCE : REGION_CLAUSE;
    for (uint32_t c = 0; c < f->condition_count; c++) {
        const fact_condition *own = &f->conditions[c];
        if (own->is_number || own->dimension || context_stem(&q->near, own->last) <= REGION_LABEL) continue;
        for (uint32_t i = 0; i < count && i < GROUP_READ; i++)
            for (uint32_t k = 0; k < q->facts[group[i]].condition_count; k++) {
                const fact_condition *other = &q->facts[group[i]].conditions[k];
                if (other->is_number || other->key != own->key || other->last == own->last) continue;
                if (context_stem(&q->near, other->last) <= last) return true;
            }
    }
    return false;
}

/* A case that is a release or a day until which it was so: what is stated without it is of now. */
static bool is_of_another_time(question *q, const numeric_fact *f) {
    for (uint32_t c = 0; c < f->condition_count; c++) {
        const fact_condition *own = &f->conditions[c];
        str key = own->of->key, value = own->of->value;
        ptrdiff_t dot = str_find_byte(value, '.', 0);
        bool release = dot > 0 && dot + 1 < value.n && byte_is_digit(value.p[dot - 1]) &&
                       byte_is_digit(value.p[dot + 1]) && str_is_among(key, "release version");
        bool until = str_is_among(key, "until before");
        uint32_t count = 0;
        const uint32_t *of = release ? fact_index_version(q->j->index, value, &count) : NULL;
        release = count > 0; /* of something that has a history, and not what is installed now */
        for (uint32_t i = 0; i < count && release; i++)
            release = !version_agrees(&q->j->m->entities[of[i]].version, value, q->j->m->entities[of[i]].version.text);
        if ((release || until) && condition_state_of(q, own) != CONDITION_MET) return true;
    }
    return false;
}

/* "Per stream that is", "for each of them it is": of each, before the number, where the fact does not say so. */
static bool is_per_each(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    uint32_t first, end;
    passage_window(p, q->near.clause.lo, q->t->text.lo, &first, &end);
    for (uint32_t i = first; i + 1 < end && p->words[i + 1].hi <= q->t->text.lo; i++) {
        if (p->words[i].lo < q->near.clause.lo || !word_in(p, i, "per")) continue;
        bool counted = false; /* "40 tok/s per stream" */
        for (uint32_t t = p->token_lo; t < p->token_hi && p->on->tokens[t].text.lo < p->words[i].lo && !counted; t++)
            counted = p->on->tokens[t].text.lo >= q->near.clause.lo && p->on->tokens[t].kind == TOKEN_QUANTITY;
        unit_id unit = unit_parse(surface_slice(p->on, p->words[i + 1].lo, p->words[i + 1].hi), true);
        bool measured = unit != UNIT_NONE && unit_get(unit)->dimension != DIM_COUNT;
        if (!counted && !measured && !fact_has_stem(f, p->words[i + 1].stem)) return true;
    }
    return false;
}

/* "It is 17 ms, when the school is out it is 30": another case, by a conjunction between it and the number whose unit
 * it takes over. */
static bool is_of_a_when(const question *q) {
    const passage *p = q->p;
    uint32_t w = standing_word_at(p, q->t->text.lo), before = 0;
    if (q->t->core.hi != q->t->text.hi) return false; /* its unit is its own */
    for (uint32_t i = p->token_lo; i < p->token_hi && p->on->tokens[i].text.hi <= q->t->text.lo; i++)
        if (p->on->tokens[i].kind == TOKEN_QUANTITY) before = p->on->tokens[i].text.hi;
    for (uint32_t i = standing_word_at(p, before); before && i < w; i++)
        if (word_in(p, i, "when whenever while if")) return true;
    return false;
}

/* Is the word of a label or a phrase one by which the manifest calls anything, a small word, or one that fits any
 * measurement? */
static bool is_known(const question *q, const passage *x, uint32_t i, const numeric_fact *f) {
    const pword *w = &x->words[i];
    str said = surface_slice(x->on, w->lo, w->hi);
    unit_id unit = unit_parse(said, true);
    if (w->cues & (CUE_STOP | CUE_FIRST) || fact_has_stem(f, w->stem) || fact_has_condition_stem(f, w->stem))
        return true;
    if (byte_is_alpha(said.p[0]) && unit != UNIT_NONE && unit_get(unit)->dimension != DIM_COUNT) return true;
    for (uint32_t h = x->hit_lo; h < x->hit_hi && h - x->hit_lo < 16; h++)
        if (x->on->hits[h].where.lo <= w->lo && x->on->hits[h].where.hi >= w->hi) return true;
    return word_in(x, i,
                   "speed rate result value measured figure output tokens per second now today here production") ||
           question_implies(q, w->stem);
}

/* "| Alder | 16 | 410 tok/s |": what stands between the label and the number is a bare number under a heading that is
 * no name of ours, or a word that nobody declared: another case, save where the manifest knows it. */
static bool has_case_before(const question *q, const scored *best, const numeric_fact *f) {
    uint32_t own = (uint32_t)(q->p - q->j->passages);
    for (uint32_t i = q->p->label + 1; i < own && i < q->p->label + ROW_CELLS && !best->numbered; i++) {
        passage *x = &q->j->passages[i];
        if (x->label != q->p->label || x->kind != PASSAGE_CELL || x->column == PASSAGE_NONE) continue;
        passage *head = &q->j->passages[x->column];
        passage_prepare(q->j, x);
        passage_prepare(q->j, head);
        bool number =
            x->word_count == 1 && x->token_lo < x->token_hi && x->on->tokens[x->token_lo].kind == TOKEN_NUMBER;
        bool cases = head->word_count == 1 && word_in(head, 0,
                                                      "batch concurrency streams clients users context parallel "
                                                      "requests weights quantization precision engine");
        number = number && x->on->tokens[x->token_lo].value.digits != 1; /* one at a time is how everybody measures */
        if (cases && (number || (x->word_count && !is_known(q, x, 0, f) && !byte_is_digit(x->on->text.p[x->text.lo]))))
            return true;
    }
    return false;
}

/* "| kiln engine | 4 | 110 tok/s |" below "Batch": another number than that under which the fact was measured. */
static bool has_other_case_before(const question *q, const numeric_fact *f) {
    uint32_t own = (uint32_t)(q->p - q->j->passages);
    for (uint32_t i = q->p->label + 1; i < own && i < q->p->label + ROW_CELLS; i++) {
        passage *x = &q->j->passages[i];
        if (x->label != q->p->label || x->kind != PASSAGE_CELL || x->column == PASSAGE_NONE) continue;
        passage *head = &q->j->passages[x->column];
        passage_prepare(q->j, x);
        passage_prepare(q->j, head);
        bool number = x->word_count == 1 && x->token_hi == x->token_lo + 1 &&
                      x->on->tokens[x->token_lo].kind == TOKEN_NUMBER && x->on->tokens[x->token_lo].value.valid;
        for (uint32_t c = 0; c < f->condition_count && number && head->word_count == 1; c++)
            if (f->conditions[c].is_number && f->conditions[c].key == head->words[0].stem &&
                fabs(decimal_to_f64(x->on->tokens[x->token_lo].value) - f->conditions[c].value) > 1e-9)
                return true;
    }
    return false;
}

/* "| Alder, production, sixteen at once | 410 |": the label holds a number of its own, and no case of the fact is one.
 */
static bool has_figure_in_label(const question *q, const scored *best, const numeric_fact *f) {
    const passage *label = &q->j->passages[q->p->label];
    bool numeric = best->numbered;
    for (uint32_t i = 0; i < f->condition_count; i++)
        numeric = numeric || f->conditions[i].is_number || f->conditions[i].dimension;
    for (uint32_t i = label->token_lo; i < label->token_hi && i - label->token_lo < 8 && !numeric; i++) {
        const token *t = &label->on->tokens[i];
        bool named = token_lies_in_name(label, t);
        if ((t->kind == TOKEN_NUMBER || t->kind == TOKEN_QUANTITY) && !named && t->value.digits != 1 &&
            t->text.lo > label->text.lo + 2)
            return true;
    }
    return false;
}

/* "| 32k | 58 tok/s |", "| FP8 | 31 tok/s |": the row's label is no name of ours, and no word of it is known: it states
 * a case, or a thing, that no fact is of. */
static bool is_row_of_a_case(const question *q, const scored *best, const numeric_fact *f) {
    if (q->p->kind != PASSAGE_CELL || q->p->label == PASSAGE_NONE) return false;
    if (is_metric_unit(q) && has_figure_in_label(q, best, f)) return true;
    if (has_other_case_before(q, f)) return true;
    if (best->row) return false;
    for (uint32_t o = 0; o < f->owner_count; o++) /* "| 21:40 | Alder decodes at 35 tok/s |" */
        if (context_entity(&q->near, f->owners[o]) <= REGION_SENTENCE) return false;
    if (has_case_before(q, best, f)) return true;
    passage *label = &q->j->passages[q->p->label];
    const passage *corner = label->column == PASSAGE_NONE ? NULL : &q->j->passages[label->column];
    if (corner && (!corner->word_count || word_in(corner, 0, "rank place no nr"))) return false; /* "| # | model |" */
    passage_prepare(q->j, label);
    for (uint32_t i = 0; i < label->word_count && i < 12; i++)
        if (is_known(q, label, i, f) && !(label->words[i].cues & CUE_STOP)) return false;
    return label->word_count > 0;
}

/* "On llama.cpp the model manages 48 tok/s": the sentence begins with where, and that is a name which nobody declared.
 */
static bool is_on_another(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    uint32_t i = 1;
    enum unit_dimension d = q->m.dimension;
    bool rate = d == DIM_TOKEN_RATE || d == DIM_EVENT_RATE || d == DIM_REQUEST_RATE || d == DIM_DATA_RATE;
    if (!rate || !word_in(p, 0, "on under with") || p->words[0].lo >= q->t->text.lo) return false;
    while (word_in(p, i, "a an another the")) i++;
    if (i >= p->word_count || p->words[i].hi > q->t->text.lo || is_known(q, p, i, f)) return false;
    if (byte_is_digit(p->on->text.p[p->words[i].lo]) || p->words[i].cues & CUE_CADENCE) return false; /* "On 8 July" */
    for (uint32_t k = p->words[i].lo; k < q->t->text.lo && p->on->text.p[k] != ' '; k++) {
        uint8_t c = p->on->text.p[k];
        bool dot = c == '.' && byte_is_alnum(p->on->text.p[k + 1]);
        if ((c >= 'A' && c <= 'Z') || dot || byte_is_digit(c)) return true;
    }
    return false;
}

/* "On the brief with speculative decoding:", "A reader ran the brief:" above a table: a case, or somebody, of whom the
 * fact is not. */
static bool is_led_to_another(const question *q, const numeric_fact *f) {
    if (q->p->kind != PASSAGE_CELL || q->p->lead == PASSAGE_NONE) return false;
    passage *lead = &q->j->passages[q->p->lead];
    passage_prepare(q->j, lead);
    if (lead->text.hi == lead->text.lo || lead->on->text.p[lead->text.hi - 1] != ':') return false;
    if (lead->cues & (CUE_OTHERS | CUE_MODAL) || word_in(lead, 0, "a an another")) return true;
    for (uint32_t i = 0; i + 1 < lead->word_count; i++) {
        if (!word_in(lead, i, "with without on under in via using")) continue;
        uint32_t k = i + 1;
        while (word_in(lead, k, "a an the my our this that both all two three four identical equal same conditions"))
            k++;
        if (k < lead->word_count && byte_is_alpha(lead->on->text.p[lead->words[k].lo]) && !is_known(q, lead, k, f))
            return true;
    }
    return false;
}

/* "Per container:", "What I nearly bought:" above a table of attributes. */
static bool is_led_elsewhere(const question *q) {
    if (q->p->kind != PASSAGE_CELL || q->p->lead == PASSAGE_NONE) return false;
    passage *lead = &q->j->passages[q->p->lead];
    passage_prepare(q->j, lead);
    if (lead->text.hi == lead->text.lo || lead->on->text.p[lead->text.hi - 1] != ':') return false;
    if (lead->cues & (CUE_MODAL | CUE_FUTURE) || word_in(lead, 0, "per each every")) return true;
    for (uint32_t i = 0; i < lead->word_count && i < 32; i++)
        if (word_in(lead, i, "nearly almost considered instead wanted wish wished")) return true;
    return false;
}

/* "A friend's machine is smaller than badger. It has …", "Not badger again:" above a list or a table, "The vending
 * machine is older. It has …": the owner is not what is spoken of. */
static bool is_led_past_owner(const question *q, const numeric_fact *f) {
    bool listed = q->p->kind == PASSAGE_CELL || q->p->flags & PASSAGE_IN_LIST, past = false;
    for (uint32_t i = 0; i < f->owner_count; i++)
        if (context_entity(&q->near, f->owners[i]) < REGION_LEAD) return false;
    if (!listed) {
        for (uint32_t i = 0; i < f->owner_count; i++) {
            if (!antecedent_is_other(q->j, q->p, f->owners[i])) return false;
            past = true;
        }
        return past;
    }
    if (q->p->lead == PASSAGE_NONE) return false;
    passage *lead = &q->j->passages[q->p->lead];
    passage_prepare(q->j, lead);
    for (uint32_t h = lead->hit_lo; h < lead->hit_hi && h - lead->hit_lo < LEAD_HITS; h++) {
        uint32_t e = hit_entity(q->j, &lead->on->hits[h], -1);
        if (e == MANIFEST_NONE || !fact_is_owned(f, e)) continue;
        if (!mention_is_beside(lead, &lead->on->hits[h])) return false;
        past = true;
    }
    return past;
}

const char *other_case_objection(question *q, const scored *best) {
    const numeric_fact *f = &q->facts[best->fact];
    bool prose = q->p->kind == PASSAGE_SENTENCE;
    if (f->kind == FACT_BENCHMARK && !q->change && is_of_another_time(q, f)) OBJECT(q->j, "it is of another time");
    if (!q->swapping && number_is_worked_out(q, f)) OBJECT(q->j, "it is worked out of what stands around it");
    if (is_led_past_owner(q, f)) OBJECT(q->j, "what leads in holds something against its owner");
    if (best->certain || f->kind == FACT_DERIVED) return NULL;
    if (f->kind == FACT_BENCHMARK && is_row_of_a_case(q, best, f)) OBJECT(q->j, "the row states a case of its own");
    if (f->kind == FACT_ATTR && is_led_elsewhere(q)) OBJECT(q->j, "what leads in speaks of something else");
    if (f->kind == FACT_BENCHMARK && is_led_to_another(q, f)) OBJECT(q->j, "what leads in states a case of its own");
    if (prose && f->kind == FACT_BENCHMARK && is_on_another(q, f))
        OBJECT(q->j, "it is said of where nothing is declared");
    if (prose && clause_names_another(q, f)) OBJECT(q->j, "the clause names another metric");
    if (f->kind == FACT_BENCHMARK && states_siblings_case(q, f)) OBJECT(q->j, "another's case is stated");
    if (prose && is_of_a_when(q)) OBJECT(q->j, "it is that of another case");
    if (prose && is_per_each(q, f)) OBJECT(q->j, "it is that of each");
    return NULL;
}
