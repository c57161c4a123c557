/* contradict.c - may this fact contradict that number?
 *
 * In: a question, one scored fact that disagrees, the stance. Out: NULL, or the reason why not, in words that go into
 * the claim's proof ("near spark.memory: whose it is, is not said"). A fact contradicts where its name stands beside
 * the number, its owner is known, no other condition is stated and the sentence makes the number the size of the thing
 * itself (frame.c). Every rule here that says no was paid for by a false contradiction.
 */
#include "facts/numbers/question.h"
#include "facts/verdicts/weighing.h"

#include <math.h>

/* Does a name of the fact stand within a word of the number: "40 GB of RAM", "context 32k"? */
bool fact_named_adjacent(const question *q, const numeric_fact *f) {
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
        if (!(p->words[i].cues & CUE_STOP) && fact_has_stem(f, p->words[i].stem)) return true;
    }
    return false;
}

enum { CROSSING = 16, GOVERNED = 80 };

/* Bytes between a word and [lo, hi). A comma or an "and" between them weighs as much as several words: in "47 W when
 * idle and 92 W at work" the first number idles. */
static uint32_t distance(const passage *p, const pword *w, uint32_t lo, uint32_t hi) {
    uint32_t from = w->hi <= lo ? w->hi : hi, to = w->hi <= lo ? lo : w->lo, n = to > from ? to - from : 0;
    for (uint32_t i = from; i + 5 <= to && i < from + WINDOW_REACH; i++) {
        uint8_t c = p->on->text.p[i];
        if (c == ',' || c == ';' || (c == ' ' && memcmp(p->on->text.p + i, " and ", 5) == 0)) n += CROSSING;
    }
    return n;
}

static bool is_money(enum unit_dimension d) {
    return d == DIM_MONEY_EUR || d == DIM_MONEY_USD || d == DIM_MONEY_GBP || d == DIM_COST_RATE;
}

/* Cents may be of any currency. */
static bool is_same_sort(enum unit_dimension a, enum unit_dimension b) {
    return a == b || (is_money(a) && is_money(b));
}

/* "With buffers of 0.6 GiB the footprint rounds to 7.5 GiB": the word begins what is said of our number: small words
 * and one verb lead from it to us, while the other number stands before it. */
static bool leads_to(const question *q, uint32_t w) {
    const passage *p = q->p;
    uint32_t verbs = 0, last = p->words[w].hi;
    for (uint32_t i = w + 1; i < p->word_count && p->words[i].lo < q->t->text.lo; i++) {
        str said = surface_slice(p->on, p->words[i].lo, p->words[i].hi);
        bool verb = p->words[i].cues & (CUE_HAVE | CUE_TAKE | CUE_WAS | CUE_RUN) || word_in(p, i, "is are") ||
                    (said.n > 3 && (str_ends(said, STR("s")) || str_ends(said, STR("ed"))));
        if (p->words[i].lo - last > 1 || (!verb && !(p->words[i].cues & CUE_STOP) && !word_in_entity(p, i)))
            return false;
        if (word_in(p, i, "and or")) return false;
        last = p->words[i].hi;
        verbs += verb;
    }
    return verbs == 1 && q->t->text.lo - last <= 1 && q->t->text.lo - p->words[w].hi <= GOVERNED;
}

/* "six disks of 16 TB": the counted thing is what the size is of. */
static bool is_counted_of(const question *q, const token *t) {
    const passage *p = q->p;
    if (!(t->flags & TOKEN_COUNTED) || t->text.hi > q->t->text.lo || q->t->text.lo - t->text.hi > 4) return false;
    return str_eq(surface_slice(p->on, t->text.hi, q->t->text.lo), STR(" of "));
}

/* Does another number of the same sort stand nearer to word `w`: "with 64 GB against a quota of 200 GiB"? */
static bool is_taken(const question *q, uint32_t w) {
    const passage *p = q->p;
    const pword *at = &p->words[w];
    uint32_t own = distance(p, at, q->t->text.lo, q->t->text.hi);
    uint32_t a = p->token_lo, b = p->token_hi;
    if (p->kind == PASSAGE_CELL) return false;
    own = own > WINDOW_REACH ? WINDOW_REACH : own;
    while (a < b) {
        uint32_t middle = a + (b - a) / 2;
        if (p->on->tokens[middle].text.hi + own < at->lo)
            a = middle + 1;
        else
            b = middle;
    }
    for (; a < p->token_hi && p->on->tokens[a].text.lo <= at->hi + own; a++) {
        const token *t = &p->on->tokens[a];
        if (t->kind != TOKEN_QUANTITY || (t->text.lo < q->t->text.hi && t->text.hi > q->t->text.lo)) continue;
        if (is_counted_of(q, t)) continue;
        if (t->text.lo <= at->lo && t->text.hi >= at->hi) return true; /* it is that number's unit: "125 kWh" */
        if (t->text.hi + 1 == at->lo) return true;                     /* "a million tokens cost" */
        if (!is_same_sort(unit_get(t->unit)->dimension, unit_get(q->t->unit)->dimension)) continue;
        uint32_t gap = distance(p, at, t->text.lo, t->text.hi);
        if (gap < own && !(t->text.hi <= at->lo && leads_to(q, w))) return true;
    }
    return false;
}

/* "response_header_timeout 120s": is the word a part of a longer name, whose other parts the fact and its owner do not
 * know? Then it is that name's, not the fact's. "TOOL_TIMEOUT" of the tool server is. */
static bool is_part_of_name(const question *q, const numeric_fact *f, const pword *w) {
    const passage *p = q->p;
    const uint8_t *text = p->on->text.p;
    bool code = p->kind == PASSAGE_CODE;
    uint32_t lo = w->lo, hi = w->hi, a, b;
    while (lo > p->text.lo && (byte_is_alnum(text[lo - 1]) || text[lo - 1] == '_' || (code && text[lo - 1] == '-')))
        lo--;
    while (hi < p->text.hi && (byte_is_alnum(text[hi]) || text[hi] == '_' || (code && text[hi] == '-'))) hi++;
    if (lo == w->lo && hi == w->hi) return false;
    str name = surface_slice(p->on, lo, hi), rest = name, part;
    while (str_cut(&rest, '_', &part)) {
        str inner = part, one;
        while (str_cut(&inner, '-', &one)) {
            uint64_t stem = fact_stem(one);
            bool known = one.n < 3 || stem == w->stem || fact_has_stem(f, stem) || fact_has_condition_stem(f, stem) ||
                         byte_is_digit(one.p[0]) || unit_parse(one, true) != UNIT_NONE;
            for (a = 0; a < f->owner_count && !known; a++) {
                uint32_t count;
                const uint64_t *stems = fact_index_entity_stems(q->j->index, f->owners[a], &count);
                for (b = 0; b < count && !known; b++) known = stems[b] == stem;
            }
            if (!known) return true;
        }
    }
    return false;
}

/* A name of one word must stand right beside the number; longer names need not. */
/* "The backup takes 14 minutes", "It takes 41 minutes": a habit in the present, of a process that is the subject. One
 * past event ("took") says nothing of the rule. */
static bool is_lasting(const question *q, const numeric_fact *f) {
    static const char *const verbs[] = {"takes", "take",      "lasts",    "last", "needs",
                                        "need",  "completes", "finishes", "done", "over"};
    const passage *p = q->p;
    uint32_t first, end, verb = UINT32_MAX;
    bool one_word = false, process = false, own = false, other = false;
    if (!q->takes || f->dimension != DIM_TIME || f->kind == FACT_DERIVED) return false;
    for (uint32_t i = 0; i < f->name_count; i++) one_word = one_word || phrase_is_duration(&f->names[i]);
    for (uint32_t i = 0; i < f->owner_count; i++)
        process = process || q->j->m->entities[f->owners[i]].kind == ENTITY_PROCESS;
    if (!one_word || !process) return false;
    passage_window(p, q->near.clause.lo, q->t->text.lo, &first, &end);
    for (uint32_t i = first; i < end && p->words[i].hi <= q->t->text.lo; i++)
        for (size_t k = 0; k < COUNT_OF(verbs) && p->words[i].lo >= q->near.clause.lo; k++)
            if (word_is(p, i, verbs[k])) verb = i;
    if (verb == UINT32_MAX || q->t->text.lo - p->words[verb].hi > 12) return false;
    if (q->focus != MANIFEST_NONE) return fact_is_owned(f, q->focus);
    bool it = verb > 0 && (word_is(p, verb - 1, "it") || p->words[verb].lo <= q->near.clause.lo + 1);
    for (uint32_t i = 0; i < q->near.mention_count; i++) {
        const mention *x = &q->near.mentions[i];
        bool here = x->region <= (it ? REGION_LEAD : REGION_CLAUSE) && x->hit &&
                    (x->region > REGION_SENTENCE || x->hit->where.hi <= p->words[verb].lo);
        if (!here) continue;
        if (fact_is_owned(f, x->entity))
            own = true;
        else
            other = other || q->j->m->entities[x->entity].kind == ENTITY_PROCESS;
    }
    return own && !other;
}

/* Does every place of the word in the sentence belong to another number of the same sort? */
static bool is_other_numbers(const question *q, uint64_t stem) {
    const passage *p = q->p;
    uint32_t first, end;
    bool taken = false;
    passage_window(p, q->t->text.lo, q->t->text.hi, &first, &end);
    for (uint32_t w = first; w < end; w++) {
        if (p->words[w].stem != stem) continue;
        if (!is_taken(q, w)) return false;
        taken = true;
    }
    return taken;
}

/* Of a name of several words that stands behind the number: does each of its words belong to another number? */
static bool is_wholly_taken(const question *q, const fact_phrase *name) {
    const passage *p = q->p;
    uint32_t first, end;
    if (p->kind != PASSAGE_SENTENCE) return false;
    passage_window(p, p->text.lo, q->t->text.lo, &first, &end);
    for (uint32_t k = 0; k < name->n; k++) {
        if (!is_other_numbers(q, name->stems[k])) return false;
        for (uint32_t i = first; i < end && p->words[i].hi <= q->t->text.lo; i++)
            if (p->words[i].stem == name->stems[k]) return false; /* what stands before it all may go on to it */
    }
    return true;
}

static bool is_owner_in_clause(const question *q, const numeric_fact *f) {
    for (uint32_t i = 0; i < f->owner_count; i++)
        if (context_entity(&q->near, f->owners[i]) <= REGION_CLAUSE) return true;
    return false;
}

static bool is_pronoun(const passage *p, uint32_t i) {
    static const char *const words[] = {"it", "he", "she", "who", "which", "that", "everybody", "nobody"};
    for (size_t k = 0; k < COUNT_OF(words); k++)
        if (passage_word_is(p, i, words[k], strlen(words[k]))) return true;
    return false;
}

/* "| cost, at 0.34 EUR per kWh | 5.88 EUR |": the words of such a label belong to the label's number. */
static bool has_figure_of_its_own(const question *q) {
    uint32_t around[2] = {q->p->label, q->p->column};
    for (int side = 0; side < 2; side++) {
        if (around[side] == PASSAGE_NONE) continue;
        const passage *x = &q->j->passages[around[side]];
        for (uint32_t i = x->token_lo; i < x->token_hi && i - x->token_lo < 8; i++)
            if (x->on->tokens[i].kind == TOKEN_QUANTITY &&
                is_same_sort(unit_get(x->on->tokens[i].unit)->dimension, unit_get(q->t->unit)->dimension))
                return true;
    }
    return false;
}

static bool is_owner_in_sentence(const question *q, const numeric_fact *f) {
    for (uint32_t i = 0; i < f->owner_count; i++)
        if (context_entity(&q->near, f->owners[i]) <= REGION_SENTENCE) return true;
    return false;
}

/* A name of several words, none of which stands there. */
static bool is_implied_only(const question *q, const fact_phrase *name) {
    for (uint32_t k = 0; k < name->n; k++)
        if (context_stem(&q->near, name->stems[k]) <= REGION_LABEL || !question_implies(q, name->stems[k]))
            return false;
    return name->n > 1;
}

/* "The spread between the slowest and the fastest run stayed under 3 %": the word begins the clause, and no comma, no
 * other figure and no other attribute's name stands between it and the number. */
static bool governs(const question *q, uint32_t w) {
    const passage *p = q->p;
    uint32_t lo = p->words[w].hi, hi = q->t->text.lo, first = w, end;
    if (p->words[w].hi > hi || hi - lo > GOVERNED) return false;
    while (first > 0 && p->words[first - 1].lo >= q->near.clause.lo) first--;
    if (w - first > 1 || (w > first && !word_in(p, first, "the its our my this their"))) return false;
    bool verb = false;
    for (uint32_t i = w + 1; i < p->word_count && p->words[i].lo < hi; i++) {
        verb = verb || p->words[i].cues & (CUE_HAVE | CUE_TAKE | CUE_WAS) ||
               word_in(p, i, "is are stays stayed stands remains covers covered lasted");
        if (word_in(p, i, "and or but") && verb) return false;
    }
    for (uint32_t k = lo; k < hi; k++)
        if (p->on->text.p[k] == ',' || p->on->text.p[k] == ';' || p->on->text.p[k] == ':') return false;
    for (uint32_t i = p->token_lo; i < p->token_hi && p->on->tokens[i].text.lo < hi; i++)
        if (p->on->tokens[i].text.lo >= lo && p->on->tokens[i].kind == TOKEN_QUANTITY) return false;
    if (w == first && str_ends(surface_slice(p->on, p->words[w].lo, lo), STR("ing")))
        return verb; /* "Basecalling the flow cell takes": what is named behind it is its object */
    passage_hit_window(p, lo, hi, &first, &end);
    for (uint32_t h = first; h < end; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (hit->where.lo >= lo && hit->where.hi <= hi && (hit_has(hit, ALIAS_ATTR) || hit_has(hit, ALIAS_METRIC)))
            return false;
    }
    return verb;
}

/* Does a word of the name other than "time" and the owner's, or where it has no other the owner's, stand in the clause
 * itself, or in a label? */
static bool is_named_near(const question *q, const fact_phrase *name) {
    bool other = false, near = false, owner = false;
    for (uint32_t k = 0; k < name->n; k++) {
        enum region r = context_stem(&q->near, name->stems[k]);
        bool said = r == REGION_CLAUSE || r == REGION_LABEL || question_implies(q, name->stems[k]);
        if (name->durations >> k & 1) continue;
        if (name->owned >> k & 1) {
            owner = owner || said;
        } else {
            other = true;
            near = near || said;
        }
    }
    return other ? near : owner;
}

/* Is the metric or one of its names this very gerund, "basecalling"? */
static bool is_gerund_of(const judge *j, const numeric_fact *f, str form) {
    if (f->kind != FACT_BENCHMARK) return false;
    const manifest_benchmark *b = &j->m->benchmarks[f->index];
    bool same = str_eq_nocase(b->metric, form);
    for (uint32_t i = 0; i < b->metric_aliases.n && i < NAME_LIMIT; i++)
        same = same || str_eq_nocase(b->metric_aliases.at[i].text, form);
    return same;
}

bool fact_named_beside(const question *q, const numeric_fact *f) {
    if (is_lasting(q, f)) return true;
    for (uint32_t i = 0; i < f->name_count; i++) {
        uint32_t near = 0, in_clause = 0, own = 0;
        if (is_implied_only(q, &f->names[i]) && !is_owner_in_sentence(q, f)) continue; /* "24 ms away": who is? */
        for (uint32_t k = 0; k < f->names[i].n; k++) {
            if (context_stem(&q->near, f->names[i].stems[k]) <= REGION_LABEL ||
                question_implies(q, f->names[i].stems[k]) ||
                (f->names[i].n > 1 && question_unit_says(q, f->names[i].stems[k])) ||
                (f->names[i].owned >> k & 1 && is_owner_in_clause(q, f)))
                in_clause++;
            if (!(f->names[i].durations >> k & 1) && context_stem(&q->near, f->names[i].stems[k]) <= REGION_LABEL)
                own++;
            if (f->names[i].n == 1 && question_implies(q, f->names[i].stems[0])) near++;
            if (f->names[i].n > 1) continue;
            const passage *p = q->p;
            uint32_t first, end;
            passage_window(p, q->t->text.lo, q->t->text.hi, &first, &end);
            for (uint32_t w = first; w < end; w++) {
                if (p->words[w].stem != f->names[i].stems[k]) continue;
                str form = surface_slice(p->on, p->words[w].lo, p->words[w].hi);
                if (form.n > 5 && str_ends(form, STR("ing")) && !is_gerund_of(q->j, f, form))
                    continue; /* "running" names no run */
                if (w > first && str_ends(form, STR("s")) && is_pronoun(p, w - 1)) continue; /* "it builds" no build */
                if (is_taken(q, w) || word_is_path_step(p, &p->words[w]) || is_part_of_name(q, f, &p->words[w]))
                    continue;
                uint32_t gap = p->words[w].hi <= q->t->text.lo   ? q->t->text.lo - p->words[w].hi
                               : p->words[w].lo >= q->t->text.hi ? p->words[w].lo - q->t->text.hi
                                                                 : 0;
                if (gap <= 24 || governs(q, w) || leads_to(q, w)) {
                    near++;
                    break;
                }
            }
        }
        if (f->names[i].owned && !own && !q->takes) continue; /* the owner and "time" name nothing */
        bool far = f->names[i].owned && q->p->kind == PASSAGE_SENTENCE && !is_named_near(q, &f->names[i]);
        if (far) continue; /* the owner stands here, and what it is about in another clause */
        bool cell = q->p->kind == PASSAGE_CELL && in_clause && !has_figure_of_its_own(q) && !fact_is_qualified(q, f);
        if (f->kind == FACT_ATTR && f->names[i].n > 1 && is_wholly_taken(q, &f->names[i])) continue;
        if (f->names[i].n > 1 ? in_clause == f->names[i].n : near || cell) return true;
        if (in_clause == f->names[i].n && !dimension_is_common(q->m.dimension) &&
            !(f->names[i].n == 1 && (is_other_numbers(q, f->names[i].stems[0]) ||
                                     (q->p->kind == PASSAGE_CELL && has_figure_of_its_own(q)))) &&
            !(q->p->kind == PASSAGE_CELL && fact_is_qualified(q, f)))
            return true; /* a unit that few things have */
        if (has_synonym(q, f) || (is_metric_unit(q) && f->kind == FACT_BENCHMARK)) return true;
        if (q->takes && f->dimension == DIM_TIME && in_clause + 1 >= f->names[i].n && f->names[i].n > 1 &&
            is_named_near(q, &f->names[i]))
            return true;
    }
    return false;
}

/* max_connections is one program's; "concurrency" is any program's. */
static bool is_particular(str name) {
    return str_find_byte(name, '_', 0) > 0 || str_find_byte(name, '-', 0) > 0 || str_find_byte(name, ' ', 0) > 0;
}

/* "X = 120", "X is 20", "X 400"; not "with X at 2", which is an experiment. */
static bool is_stated_setting(const question *q) {
    str between = surface_slice(q->p->on, q->setting_hit->where.hi, q->t->text.lo);
    return str_find(between, STR(" at "), 0) < 0 && str_find(between, STR(" to "), 0) < 0 &&
           str_find(between, STR("down"), 0) < 0;
}

/* Does the sentence begin with somebody new: "A laptop with 16 GB …"? Then the one before does not say whose it is. */
bool figure_begins_anew(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    if (p->word_count && p->words[0].lo < q->near.clause.lo) return false; /* another clause begins with it */
    uint32_t first, end; /* "A reranker reduces them to five": one of ours */
    passage_hit_window(p, p->text.lo, p->text.lo, &first, &end);
    for (uint32_t h = first; h < end && p->word_count > 1 && word_in(p, 0, "a an"); h++)
        if (p->on->hits[h].where.lo == p->words[1].lo && hit_entity(q->j, &p->on->hits[h], -1) != MANIFEST_NONE &&
            p->words[1].lo > p->words[0].hi && !(p->words[1].cues & CUE_PART))
            return false;
    if (p->word_count && word_is(p, 0, "some") && q->t->text.lo <= p->words[0].lo) return false; /* "Some 1,840 cuts" */
    for (uint32_t i = 1; i < p->word_count && i < 4 && p->words[i].hi <= q->t->text.lo; i++)
        if (fact_has_stem(f, p->words[i].stem) || fact_has_condition_stem(f, p->words[i].stem)) return false;
    bool like_all =
        q->focus != MANIFEST_NONE && fact_is_owned(f, q->focus) && word_in(p, 1, "typical normal usual average");
    return (word_in(p, 0, "a an another some most other any") && !like_all) || /* "A typical run takes" */
           (word_is(p, 0, "every") && p->word_count > 1 && !(p->words[1].cues & CUE_CADENCE)); /* "Every Sunday" */
}

/* A state of the machine that the sentence names ("idles at 38 W"): power and temperature need no other name. */
static bool is_by_state(const question *q, const scored *best) {
    if (!fact_name_is_said(q, &q->facts[best->fact])) return false;
    return best->condition >= 0.3 && best->name >= 0.35 && best->owner >= 0.49 &&
           (q->m.dimension == DIM_POWER || q->m.dimension == DIM_TEMPERATURE);
}

/* The "2 ×" of "2 × 960 GB", "2 × about 1 TB". */
static bool is_multiplier(const question *q) {
    const passage *p = q->p;
    uint32_t at = q->t->text.hi, first, end;
    if (!(q->t->flags & TOKEN_RATIO)) return false;
    passage_window(p, at, at, &first, &end);
    while (first < end && (p->words[first].lo < at || word_in(p, first, "about around some roughly nearly almost")))
        first++;
    if (first == end || !byte_is_digit(p->on->text.p[p->words[first].lo])) return false;
    for (uint32_t k = at; k < p->words[first].lo; k++)
        if (p->on->text.p[k] == ',' || p->on->text.p[k] == '.' || p->on->text.p[k] == ';') return false;
    return true;
}

/* "| 300 W | 47 tok/s |": the row's label states a case in which nothing of this group was declared. */
static bool is_undeclared_row(const question *q, const scored *best) {
    bool elsewhere = false;
    for (uint32_t i = 0; i < q->n && q->p->kind == PASSAGE_CELL; i++) {
        const scored *x = &q->found[i];
        if (q->facts[x->fact].group != q->facts[best->fact].group) continue;
        if (x->row) return false;
        elsewhere = elsewhere || x->elsewhere;
    }
    return elsewhere;
}

/* "511 of 698 TiB were used": what the other number is a part of. */
static bool is_whole_of_another(const question *q) {
    const passage *p = q->p;
    for (uint32_t i = p->token_lo; i < p->token_hi && p->on->tokens[i].text.hi <= q->t->text.lo; i++) {
        const token *t = &p->on->tokens[i];
        uint32_t gap = q->t->text.lo - t->text.hi;
        if (t->kind == TOKEN_NUMBER && (gap == 4 || gap == 8) &&
            (str_eq(surface_slice(p->on, t->text.hi, q->t->text.lo), STR(" of ")) ||
             str_eq(surface_slice(p->on, t->text.hi, q->t->text.lo), STR(" of the "))))
            return true;
    }
    return false;
}

/* "the disks in caret at 5400": how fast, not how many. */
static bool is_rate_of(const question *q) {
    str before = str_trim(surface_slice(q->p->on, q->p->text.lo, q->t->text.lo));
    return q->p->kind == PASSAGE_SENTENCE && str_ends(before, STR(" at"));
}

/* "Decode speed is 48 tokens per second": one case is declared of what only one of ours has, and the sentence, in the
 * present, sets none. */
static bool is_only_case(const question *q, const scored *best) {
    const numeric_fact *f = &q->facts[best->fact];
    uint32_t count;
    fact_index_group(q->j->index, f->group, &count);
    if (count != 1 || best->name < 0.94 || q->p->kind != PASSAGE_SENTENCE || q->p->cues & (CUE_WAS | CUE_PAST))
        return false;
    return owner_is_the_only_one(q, f);
}

static const char *objection_of_place(question *q, const scored *best, const stance_view *s) {
    if (q->facts[best->fact].dimension == DIM_COUNT && q->t->value.scale > 0 && decimal_to_f64(q->t->value) < 1000)
        OBJECT(q->j, "a count has no fraction");
    if (q->bare && q->facts[best->fact].dimension == DIM_COUNT && is_rate_of(q))
        OBJECT(q->j, "it is no count behind \"at\"");
    if (q->bare && q->facts[best->fact].dimension == DIM_DATA && q->t->value.valid &&
        fabs(decimal_to_f64(q->t->value)) < 100)
        OBJECT(q->j, "its unit is not written out"); /* "pool_size=5" */
    if (s->loose) OBJECT(q->j, "it is compared with something");
    if (s->denied) OBJECT(q->j, "a negation stands before it");
    if (s->others) OBJECT(q->j, "it is said of somebody else");
    if (s->wished) OBJECT(q->j, "it stands in a wish or a condition");
    if (s->past && !q->change_from) OBJECT(q->j, "it is said of the past");
    if (best->conflict) OBJECT(q->j, "another condition is stated");
    if (!best->certain && is_undeclared_row(q, best)) OBJECT(q->j, "the row states a case that no fact declares");
    if (q->p->flags & PASSAGE_LABEL_CELL) OBJECT(q->j, "a row's key is a condition");
    if (q->p->flags & PASSAGE_TERMINAL) OBJECT(q->j, "output is judged by its signature");
    if (q->change_from && !fact_is_other_end(q, &q->facts[best->fact])) OBJECT(q->j, "it is the first end of a change");
    if (number_is_condition(q)) OBJECT(q->j, "it is the condition of a measurement");
    if (is_multiplier(q)) OBJECT(q->j, "it says how many, not how much");
    /* a measurement of one case says little of a sentence that states none, unless it is of the same thing and no case
     * agrees */
    const numeric_fact *f = &q->facts[best->fact];
    bool case_stated =
        f->kind != FACT_BENCHMARK || !f->condition_count || best->condition > 0 || best->certain || best->sole;
    if (!case_stated && !(best->owner >= 0.69 && owner_is_no_matter(q, f)) && !is_only_case(q, best))
        OBJECT(q->j, "none of its conditions is stated");
    if (figure_is_of_other_phase(q, &q->facts[best->fact])) OBJECT(q->j, "it is the rate of the other phase");
    if (q->swapping && is_whole_of_another(q)) OBJECT(q->j, "it is the whole that another number is a part of");
    bool part = best->certain && subject_is_part(q, &q->facts[best->fact]);
    if (q->p->kind == PASSAGE_CELL && !part && subject_is_each(q, &q->facts[best->fact]))
        OBJECT(q->j, "it is that of each part");
    if (best->owner < 0.75 && figure_begins_anew(q, &q->facts[best->fact]))
        OBJECT(q->j, "the sentence begins with another thing");
    return NULL;
}

/* The row's label is one of its conditions, and the column or the label says part of its name. */
static bool is_by_row(const question *q, const scored *best) {
    const numeric_fact *f = &q->facts[best->fact];
    if (!best->row || best->name < 0.3) return false;
    for (uint32_t i = 0; i < q->n; i++) { /* another metric that fits this place as well */
        const scored *x = &q->found[i];
        if (x->row && q->facts[x->fact].group != f->group && q->facts[x->fact].dimension == f->dimension &&
            x->name + 0.15 > best->name && x->owner + 0.15 > best->owner)
            return false;
    }
    return best->owner >= 0.29;
}

/* A rate, and the sentence states a number that the fact has as its condition: "at batch 4 the total is 126 tok/s". */
static bool is_by_condition(const question *q, const scored *best) {
    const numeric_fact *f = &q->facts[best->fact];
    return f->kind == FACT_BENCHMARK && best->condition >= 0.3 && best->owner >= 0.29 && is_metric_unit(q);
}

/* "timeout 120s" in a file of Caddy's: any program has one. The line, what it stands under or the sentence that leads
 * in names another program, and not the owner; only a name of several words ("max_connections") is one program's. */
static bool is_anybodys_setting(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    if (p->kind != PASSAGE_CODE || p->flags & (PASSAGE_TERMINAL | PASSAGE_PROMPT) || q->j->m == NULL) return false;
    if (q->setting_hit && is_particular(surface_slice(p->on, q->setting_hit->where.lo, q->setting_hit->where.hi)))
        return false;
    for (uint32_t i = 0; i < f->owner_count; i++)
        if (context_entity(&q->near, f->owners[i]) <= REGION_LEAD) return false;
    for (uint32_t i = 0; i < q->near.mention_count; i++) {
        const mention *x = &q->near.mentions[i];
        uint8_t kind = q->j->m->entities[x->entity].kind;
        if (x->region <= REGION_LEAD && (kind == ENTITY_COMPONENT || kind == ENTITY_SERVICE)) return true;
    }
    return false;
}

/* How surely the owner must be named of what only one of ours has. Named anywhere in the article is enough in a file of
 * configuration, and for the name of a setting; a sentence on some other page's "timeout" is not about ours. */
static double owner_needed(const question *q, const numeric_fact *f) {
    bool file = q->p->kind == PASSAGE_CODE && q->p->flags & PASSAGE_CONFIG;
    bool setting =
        q->setting_hit && is_particular(surface_slice(q->p->on, q->setting_hit->where.lo, q->setting_hit->where.hi));
    if (owner_is_the_only_one(q, f)) return 0;
    if (q->m.dimension == DIM_COUNT && !fact_named_whole(q, f)) return 0.69;
    return file || setting ? 0.29 : 0.49;
}

static const char *objection_of_owner(const question *q, const scored *best, bool setting) {
    const numeric_fact *f = &q->facts[best->fact];
    bool cell = q->p->kind == PASSAGE_CELL, counts = q->m.dimension == DIM_COUNT;
    bool owned = best->owner >= (cell && !q->bare ? 0.59 : 0.69) || (setting && best->owner >= 0.29) ||
                 (best->name >= 0.94 && best->owner >= 0.49 && (!counts || cell || fact_named_whole(q, f)) &&
                  owner_is_no_matter(q, f)) ||
                 (cell && best->condition >= 0.3 && best->owner >= 0.29) ||
                 (fact_owner_is_unique(q, f) && best->owner >= owner_needed(q, f)) ||
                 (best->name >= 0.94 && best->condition >= 0.3 && best->owner >= 0.29) || is_by_row(q, best) ||
                 is_by_condition(q, best) || owner_is_implied(q, best);
    if (!owned && !is_by_state(q, best)) OBJECT(q->j, "whose it is, is not said");
    if (is_anybodys_setting(q, f)) OBJECT(q->j, "whose setting it is, is not said");
    return NULL;
}

/* "DGX Spark, 128 GB, 273 GB/s, 4 TB": so many bytes a second among the sizes of a machine that has one such rate. */
static bool is_only_rate(const question *q, const numeric_fact *f) {
    uint32_t count;
    if (f->kind != FACT_ATTR || f->dimension != DIM_DATA_RATE || !f->owner_count) return false;
    str unit = surface_slice(q->p->on, q->t->unit_text.lo, q->t->unit_text.hi);
    bool listed = passage_is_spec_line(q->j, q->p) || fact_labels_item(q->p, f);
    if (!str_ends(unit, STR("B/s")) || !(listed || fact_is_had(q, f))) return false;
    const uint32_t *owned = fact_index_owned(q->j->index, f->owners[0], &count);
    for (uint32_t i = 0; i < count; i++) {
        const numeric_fact *other = &q->facts[owned[i]];
        if (other->dimension == f->dimension && other->group != f->group) return false;
    }
    return count > 0;
}

const char *contradiction_objection(question *q, const scored *best, const stance_view *s) {
    const numeric_fact *f = &q->facts[best->fact];
    if (figure_is_measure(q)) OBJECT(q->j, "it is a room or a measure");
    if (proof_bound_holds(q, f)) OBJECT(q->j, "the bound holds");
    if (!q->swapping && figure_is_out_of_scale(q, f)) OBJECT(q->j, "it is far off, and of another thing");
    const char *objection = objection_of_place(q, best, s);
    if (!objection) objection = subject_displaced(q, best);
    if (!objection) objection = other_case_objection(q, best);
    if (!objection) objection = undeclared_objection(q, best);
    if (objection || best->certain) return objection;
    objection = subject_objection(q, best);
    if (objection) return objection;
    bool by_row = is_by_row(q, best);
    if (ratio_is_stated_of(q, f)) {
        if (ratio_follows(q, f)) OBJECT(q->j, "it follows from the numbers beside it");
        return NULL;
    }
    bool other_end = best->name >= 0.3 && best->owner >= 0.29 && fact_is_other_end(q, f);
    if (!by_row && !other_end) {
        if (q->t->flags & TOKEN_RATIO && !(f->kind == FACT_ATTR && fact_named_whole(q, f)))
            OBJECT(q->j, "a ratio of what is not said");
        if (f->kind == FACT_DERIVED && !fact_called_so(q, f)) OBJECT(q->j, "derived names are the author's own");
    }
    bool setting = q->setting_hit && (q->p->kind == PASSAGE_CODE || q->setting_in_code) && is_stated_setting(q) &&
                   (best->owner >= 0.59 ||
                    is_particular(surface_slice(q->p->on, q->setting_hit->where.lo, q->setting_hit->where.hi)));
    if (!other_end && !by_row && !is_by_state(q, best) && !setting && !best->sole && !fact_by_case(q, best) &&
        !is_only_rate(q, f) && (best->name < 0.79 || !fact_named_beside(q, f)))
        OBJECT(q->j, "its name does not stand beside it");
    if (!other_end) objection = objection_of_owner(q, best, setting);
    if (objection) return objection;
    if (q->bare && !byte_is_digit(q->p->on->text.p[q->t->text.hi - 1]))
        OBJECT(q->j, "its unit is not written out"); /* 130G */
    bool set = q->bare && q->t->text.lo > q->p->text.lo && q->p->on->text.p[q->t->text.lo - 1] == '=';
    double own = set && f->dimension != q->m.dimension ? f->shown : f->base; /* RealMemory=512000 of 500000 MB */
    double ratio = own != 0 ? fabs(q->m.value / own) : 0;
    double step = q->m.factor > 0 && f->quantity ? fabs(unit_get(f->unit)->factor / q->m.factor) : 1;
    bool rate = q->m.dimension == DIM_TOKEN_RATE || q->m.dimension == DIM_EVENT_RATE;
    if (ratio > 2000 || ratio < 1.0 / 2000 || (rate && (step > 3000 || step < 1.0 / 3000)))
        OBJECT(q->j, "it is not the same sort of thing");
    if (setting || by_row) return NULL;
    objection = frame_objection(q, f);
    return objection || other_end ? objection : objection_of_unit(q, best);
}
