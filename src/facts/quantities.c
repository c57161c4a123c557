/* quantities.c - numbers with units, against attributes, benchmarks and derived facts.
 *
 * Two questions are asked of every number:
 *
 *     by value: which facts agree with it?           score = how well their names, owners, conditions fit the context
 *     by name:  which facts does the context name?   the same score
 *
 * A fact that agrees supports the claim if nothing that is named clearly better disagrees. A fact that is named beyond
 * doubt (its whole name, its owner, no other condition) contradicts the claim if every fact that could be meant as well
 * disagrees. Between the two lies unverified. A right number on the wrong subject is contradicted by the subject's own
 * fact and says whose number it is.
 */
#include "facts/judge.h"

#include <math.h>

enum { CANDIDATE_LIMIT = 96 };

static const double region_weight[REGION_COUNT + 1] = {1.0, 0.8, 0.95, 0.45, 0.35, 0.1, 0.0};
static const double owner_weight[REGION_COUNT + 1] = {1.0, 0.9, 1.0, 0.7, 0.6, 0.5, 0.0};

typedef struct scored {
    uint32_t fact;
    double name, owner, condition;
    bool conflict;  /* the context states another value of one of its conditions */
    bool elsewhere; /* so does the row's label: the value stands in another row's place */
    bool agrees;
} scored;

typedef struct question {
    judge *j;
    passage *p;
    const token *t;
    measure m;
    context near;
    const numeric_fact *facts;
    scored found[CANDIDATE_LIMIT];
    uint32_t n;
    bool setting;     /* an attribute is named right before it: max_connections = 120 */
    bool bare;        /* a number without a unit: compared with what facts write, whatever their unit */
    bool takes;       /* "takes", "lasts": a duration is named */
    bool change;      /* one end of "from a to b" */
    bool change_from; /* the first end, which is the past's */
} question;

/* ---- conditions ---- */

static bool word_equals(const passage *p, const pword *w, str text) {
    return str_eq_nocase(surface_slice(p->on, w->lo, w->hi), text);
}

static uint64_t last_stem(str text) {
    uint32_t at = 0, lo, hi;
    uint64_t stem = 0;
    while (fact_word_next(text, &at, &lo, &hi)) stem = fact_stem(str_slice(text, (ptrdiff_t)lo, (ptrdiff_t)hi));
    return stem;
}

static uint64_t first_stem(str text) {
    uint32_t at = 0, lo, hi;
    return fact_word_next(text, &at, &lo, &hi) ? fact_stem(str_slice(text, (ptrdiff_t)lo, (ptrdiff_t)hi)) : 0;
}

/* Do at most two words part the key word from what follows at `to`? "batch 8", "a prompt of 2,048 tokens" */
static bool key_before(const passage *p, uint64_t key, uint32_t to) {
    uint32_t first, end, words = 0;
    passage_window(p, to, to, &first, &end);
    for (uint32_t i = end; i > first && words < 3; i--) {
        const pword *w = &p->words[i - 1];
        if (w->hi > to) continue;
        for (uint32_t k = w->hi; k < to; k++)
            if (p->on->text.p[k] == ',' || p->on->text.p[k] == ';' || p->on->text.p[k] == '(') return false;
        if (w->stem == key) return true;
        if (!(w->cues & CUE_STOP)) return false;
        words++;
    }
    return false;
}

static bool key_after(const passage *p, uint64_t key, uint32_t from, uint32_t to) {
    uint32_t first, end;
    passage_window(p, from, to, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        if (p->words[i].lo < from) continue;
        if (p->words[i].lo > to + 2) return false;
        if (p->words[i].stem == key) return true;
    }
    return false;
}

/* The number that stands next to a word ("batch 8", "32 clients") in the passage, nearest to [lo, hi). */
static bool number_beside(judge *j, passage *p, uint64_t key, uint32_t lo, uint32_t hi, double *value) {
    passage_prepare(j, p);
    uint32_t best = UINT32_MAX, a = p->token_lo, b = p->token_hi;
    while (a < b) { /* the first token that the window reaches */
        uint32_t middle = a + (b - a) / 2;
        if (p->on->tokens[middle].text.hi + WINDOW_REACH < lo)
            a = middle + 1;
        else
            b = middle;
    }
    for (uint32_t i = a; i < p->token_hi && p->on->tokens[i].text.lo < hi + WINDOW_REACH; i++) {
        const token *t = &p->on->tokens[i];
        if ((t->kind != TOKEN_NUMBER && t->kind != TOKEN_QUANTITY) || !t->value.valid) continue;
        if (t->text.lo < hi && t->text.hi > lo) continue;
        if (!key_before(p, key, t->text.lo) && !key_after(p, key, t->core.hi, t->text.hi)) continue;
        uint32_t gap = t->text.hi <= lo ? lo - t->text.hi : t->text.lo - hi;
        if (gap >= best) continue;
        best = gap;
        *value = decimal_to_f64(t->value);
    }
    return best != UINT32_MAX;
}

/* The number in a row's label when its header names the key: "| batch | ... / | 8 | 188 |". */
static bool number_in_label(judge *j, const passage *p, uint64_t key, double *value) {
    if (p->kind != PASSAGE_CELL || p->label == PASSAGE_NONE) return false;
    passage *label = &j->passages[p->label];
    if (label->column == PASSAGE_NONE) return false;
    passage *header = &j->passages[label->column];
    passage_prepare(j, header);
    bool named = false;
    for (uint32_t i = 0; i < header->word_count && i < 16; i++) named = named || header->words[i].stem == key;
    decimal d;
    if (!named || !decimal_parse(str_trim(passage_text(label)), false, &d)) return false;
    *value = decimal_to_f64(d);
    return true;
}

enum condition_state { CONDITION_UNSTATED, CONDITION_MET, CONDITION_OTHER };

static enum condition_state condition_state_of(question *q, const manifest_condition *c) {
    decimal want;
    double stated;
    str key = c->key;
    if (decimal_parse(c->value, false, &want)) {
        uint64_t stem = first_stem(key);
        bool found = number_in_label(q->j, q->p, stem, &stated) ||
                     number_beside(q->j, q->p, stem, q->t->text.lo, q->t->text.hi, &stated);
        if (!found && q->p->label != PASSAGE_NONE) {
            passage *label = &q->j->passages[q->p->label];
            found = number_beside(q->j, label, stem, label->text.lo, label->text.lo, &stated);
        }
        if (!found && q->p->column != PASSAGE_NONE) {
            passage *column = &q->j->passages[q->p->column];
            found = number_beside(q->j, column, stem, column->text.lo, column->text.lo, &stated);
        }
        if (found)
            return fabs(stated - decimal_to_f64(want)) < 1e-9 * (1 + fabs(stated)) ? CONDITION_MET : CONDITION_OTHER;
    }
    enum region where = context_stem(&q->near, last_stem(c->value));
    if (where <= REGION_LABEL) return CONDITION_MET;
    return CONDITION_UNSTATED;
}

static bool agrees(const question *q, const numeric_fact *f);

/* ---- scoring ---- */

static bool is_duration_word(uint64_t stem) {
    return stem == fact_stem(STR("duration")) || stem == fact_stem(STR("time"));
}

/* A unit that is a metric of its own: tok/s, tps. */
static bool is_metric_unit(const question *q) {
    const unit_info *u = unit_get(q->t->unit);
    return u->dimension == DIM_TOKEN_RATE || (u->dimension == DIM_EVENT_RATE && u->family == 2);
}

/* Words that everybody uses for what a machine's attribute is called. */
static bool has_synonym(const question *q, const numeric_fact *f) {
    static const struct {
        const char *attr, *words;
    } table[] = {{"memory", "ram vram memory dram"}, {"storage", "nvme ssd disk storage"}, {"cpu_cores", "core cpu"}};
    if (f->kind != FACT_ATTR) return false;
    str name = q->j->m->attrs[f->index].name;
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        if (!str_eq(name, str_from_cstr(table[i].attr))) continue;
        str rest = str_from_cstr(table[i].words), term;
        while (str_cut(&rest, ' ', &term))
            if (context_stem(&q->near, fact_stem(term)) == REGION_CLAUSE) return true;
    }
    return false;
}

static double name_score(const question *q, const numeric_fact *f) {
    double best = has_synonym(q, f) ? 0.95 : 0;
    if (f->kind == FACT_BENCHMARK && is_metric_unit(q) && best < 0.8) best = 0.8;
    for (uint32_t i = 0; i < f->name_count; i++) {
        double sum = 0, own = 0;
        for (uint32_t k = 0; k < f->names[i].n; k++) {
            double w = region_weight[context_stem(&q->near, f->names[i].stems[k])];
            bool duration = is_duration_word(f->names[i].stems[k]);
            if (!duration) own += w;
            if (w < 0.9 && q->takes && f->dimension == DIM_TIME && duration) w = 0.9;
            sum += w;
        }
        if (own <= 0 && !(f->names[i].n == 1 && sum > 0)) continue; /* "takes" alone names no duration in particular */
        sum /= f->names[i].n;
        /* A name of one word says less than one of several. */
        if (f->names[i].n > 1) sum *= 1.1;
        if (sum > best) best = sum;
    }
    return fmin(best, 1.0);
}

/* Do the words around say part of an owner's name, "restore" of "restore drill"? */
static bool owner_hinted(const question *q, const manifest_entity *e) {
    for (uint32_t i = 0; i < e->aliases.n && i < NAME_LIMIT; i++) {
        uint32_t at = 0, lo, hi;
        while (fact_word_next(e->aliases.at[i].text, &at, &lo, &hi)) {
            if (hi - lo < 4) continue;
            if (context_stem(&q->near, fact_stem(str_slice(e->aliases.at[i].text, (ptrdiff_t)lo, (ptrdiff_t)hi))) <=
                REGION_LABEL)
                return true;
        }
    }
    return false;
}

static double owner_score(const question *q, const numeric_fact *f, bool hints) {
    double best = 0;
    for (uint32_t i = 0; i < f->owner_count; i++) {
        uint32_t entity = f->owners[i];
        double w = owner_weight[context_entity(&q->near, entity)];
        if (w < 0.5 && entity == q->j->main_hardware) w = 0.5;
        if (w < 0.3 && q->j->entity_seen[entity / 64] >> entity % 64 & 1) w = 0.3;
        if (w < 0.75 && owner_hinted(q, &q->j->m->entities[entity])) w = hints ? 0.75 : 0.69;
        if (w > best) best = w;
    }
    return best;
}

static scored *score(question *q, uint32_t fact) {
    for (uint32_t i = 0; i < q->n; i++)
        if (q->found[i].fact == fact) return &q->found[i];
    if (q->n == CANDIDATE_LIMIT) return NULL;
    const numeric_fact *f = &q->facts[fact];
    scored *s = &q->found[q->n++];
    *s = (scored){.fact = fact, .name = name_score(q, f), .agrees = agrees(q, f)};
    s->owner = owner_score(q, f, s->agrees);
    for (uint32_t i = 0; i < f->condition_count; i++) {
        enum condition_state state = condition_state_of(q, &f->conditions[i]);
        if (state == CONDITION_MET) s->condition += 0.3;
        double in_label;
        if (state == CONDITION_OTHER && number_in_label(q->j, q->p, first_stem(f->conditions[i].key), &in_label))
            s->elsewhere = true;
        if (state == CONDITION_OTHER) s->conflict = !q->change; /* a change goes from one condition to another */
    }
    if (s->condition > 0.6) s->condition = 0.6;
    return s;
}

static double total(const scored *s) { return s->name + s->owner + s->condition - (s->conflict ? 0.8 : 0); }

/* ---- does it agree? ---- */

static bool same_kind(const question *q, const numeric_fact *f) {
    if (q->bare) return true;
    if (f->dimension != q->m.dimension) return false;
    const unit_info *u = unit_get(q->t->unit);
    if (u->family && f->family && u->family != f->family) return false;
    return true;
}

static bool noun_fits(const question *q, const numeric_fact *f) {
    if (q->m.dimension != DIM_COUNT || !q->m.noun) return true;
    if (f->noun == q->m.noun) return true;
    for (uint32_t i = 0; i < f->name_count; i++)
        for (uint32_t k = 0; k < f->names[i].n; k++)
            if (f->names[i].stems[k] == q->m.noun) return true;
    return false;
}

/* A rendering that the manifest lists as true beside correct rounding: "121 GB". */
static bool rendered(const question *q, const numeric_fact *f) {
    if (!f->quantity || q->t->bound > BOUND_ABOUT) return false;
    for (uint32_t i = 0; i < f->quantity->render.n; i++) {
        str text = f->quantity->render.at[i].text;
        if (str_eq_nocase(text, surface_slice(q->p->on, q->t->text.lo, q->t->text.hi))) return true;
        ptrdiff_t n = 0;
        while (n < text.n && (byte_is_digit(text.p[n]) || text.p[n] == '.' || text.p[n] == ',')) n++;
        decimal d;
        if (!decimal_parse(str_slice(text, 0, n), false, &d)) continue;
        unit_id unit = unit_parse(str_trim(str_slice(text, n, text.n)), true);
        const unit_info *u = unit_get(unit);
        double base = decimal_to_f64(d) * u->factor + u->offset;
        if (u->dimension == q->m.dimension && fabs(base - q->m.value) <= 1e-9 * fabs(base)) return true;
    }
    return false;
}

static bool agrees(const question *q, const numeric_fact *f) {
    if (rendered(q, f)) return true;
    if (q->bare && f->dimension != q->m.dimension) {
        measure shown = q->m;
        double unit = f->base != 0 && f->shown != 0 ? f->base / f->shown : 1;
        return measure_agrees(&shown, f->shown, f->tolerance / fabs(unit));
    }
    return measure_agrees(&q->m, f->base, f->tolerance);
}

static void ask_by_value(question *q) {
    double lo = q->m.value, hi = q->m.interval ? q->m.high : q->m.value;
    if (lo > hi) {
        double swap = lo;
        lo = hi;
        hi = swap;
    }
    double reach = 0.12 * fmax(fabs(lo), fabs(hi)) + q->m.half;
    if (q->m.bound == BOUND_MAX) lo = 0.4 * lo;
    if (q->m.bound == BOUND_MIN) hi = 2.5 * hi;
    uint32_t count;
    const uint32_t *found = fact_index_range(q->j->index, q->m.dimension, lo - reach, hi + reach, &count);
    for (uint32_t i = 0; i < count; i++) {
        const numeric_fact *f = &q->facts[found[i]];
        if (!same_kind(q, f) || !noun_fits(q, f) || !agrees(q, f)) continue;
        score(q, found[i]);
    }
}

static void ask_about(question *q, uint64_t stem) {
    uint32_t count;
    const uint32_t *found = fact_index_named(q->j->index, stem, &count);
    for (uint32_t k = 0; k < count; k++) {
        const numeric_fact *f = &q->facts[found[k]];
        if (!same_kind(q, f) || !noun_fits(q, f)) continue;
        if (q->bare && f->dimension != DIM_NONE && !q->setting) continue;
        score(q, found[k]);
    }
}

/* The unit names the metric: every fact of the dimension could be meant. */
static void ask_by_unit(question *q) {
    uint32_t count;
    const uint32_t *found = fact_index_range(q->j->index, q->m.dimension, -INFINITY, INFINITY, &count);
    for (uint32_t k = 0; k < count && k < CANDIDATE_LIMIT / 2; k++)
        if (same_kind(q, &q->facts[found[k]])) score(q, found[k]);
}

static void ask_by_name(question *q) {
    if (is_metric_unit(q)) ask_by_unit(q);
    if (context_stem(&q->near, fact_stem(STR("vram"))) == REGION_CLAUSE) ask_about(q, fact_stem(STR("memory")));
    for (uint32_t i = 0; i < q->near.word_count; i++) {
        const bag_word *w = &q->near.words[i];
        if (w->region > REGION_LABEL) continue;
        ask_about(q, w->stem);
    }
}

/* ---- verdict ---- */

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
        const manifest_condition *c = &f->conditions[i];
        if (!c->must_state || condition_state_of(q, c) != CONDITION_UNSTATED) continue;
        if (context_stem(&q->near, first_stem(c->key)) != REGION_COUNT) continue;
        if (context_stem(&q->near, last_stem(c->value)) != REGION_COUNT) continue;
        return c;
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
static bool is_partial(const question *q) {
    static const char *const words[] = {
        "limit",     "limits",    "left",    "free",       "used",     "uses",     "using",    "extra", "additional",
        "spare",     "headroom",  "cache",   "allocated",  "allocate", "reserve",  "reserved", "share", "half",
        "third",     "quarter",   "another", "loads",      "consumes", "consumed", "occupies", "saves", "saved",
        "leaving",   "remaining", "remain",  "remains",    "first",    "up",       "than",     "swap",  "buffer",
        "file",      "files",     "image",   "checkpoint", "weights",  "model",    "each",     "per",   "allocation",
        "allocates", "peak",      "peaks",   "grew",       "grows",    "below",    "above"};
    const passage *p = q->p;
    uint32_t first, end;
    passage_window(p, q->t->text.lo, q->t->text.hi, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        if (p->words[i].lo < q->near.clause.lo || p->words[i].hi > q->near.clause.hi) continue;
        if (p->words[i].lo >= q->t->text.lo && p->words[i].hi <= q->t->text.hi) continue;
        for (size_t k = 0; k < COUNT_OF(words); k++)
            if (word_equals(p, &p->words[i], str_from_cstr(words[k]))) return true;
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

static bool may_contradict(question *q, const scored *best, const stance_view *s) {
    const numeric_fact *f = &q->facts[best->fact];
    if (s->loose || s->denied || s->others || s->past || best->conflict) return false;
    if (q->p->flags & (PASSAGE_LABEL_CELL | PASSAGE_TERMINAL))
        return false; /* a row's key is a condition; output is terminal.c's */
    if (q->t->flags & TOKEN_RATIO || q->change_from) return false;
    if (f->kind == FACT_DERIVED) return false; /* derived names are the author's own: too weak */
    if (best->name < 0.79 || !named_beside(q, f)) return false;
    bool owned = best->owner >= 0.69 || (owner_is_unique(q, f) && best->owner >= 0.29) ||
                 (best->name >= 0.94 && best->condition >= 0.3 && best->owner >= 0.29);
    if (!owned) return false;
    if (q->bare && !byte_is_digit(q->p->on->text.p[q->t->text.hi - 1]))
        return false; /* 130G: a unit that is not written out */
    double ratio = f->base != 0 ? fabs(q->m.value / f->base) : 0;
    if (ratio > 2000 || ratio < 1.0 / 2000) return false; /* not the same sort of thing */
    if ((q->m.dimension == DIM_DATA || q->m.dimension == DIM_TIME) && f->kind == FACT_ATTR && is_partial(q))
        return false;
    if (q->m.dimension == DIM_PERCENT || q->m.dimension == DIM_NONE) return f->kind == FACT_ATTR && best->name >= 0.95;
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

/* Is the number that of another subject? Only when its own fact is plainly not what the sentence speaks of: the same
 * metric of somebody who is not named, or a fact whose name is not there while the other's is. */
static bool is_swapped(const question *q, const scored *yes, const scored *no) {
    const numeric_fact *theirs = &q->facts[yes->fact], *named = &q->facts[no->fact];
    if (theirs->kind == FACT_DERIVED) return yes->name < 0.3 && no->name >= 0.95 && no->owner >= 0.9;
    if (theirs->group == named->group)
        return (yes->owner <= 0.5 && no->owner >= 0.9) || (yes->elsewhere && !no->elsewhere && no->condition > 0);
    return yes->name < 0.4 && no->name >= 0.95 && no->owner >= 0.69 && yes->owner <= no->owner;
}

static void decide(question *q, claim *c, const stance_view *s) {
    const scored *yes = NULL, *no = NULL;
    for (uint32_t i = 0; i < q->n; i++) {
        const scored *x = &q->found[i];
        const scored **slot = x->agrees ? &yes : &no;
        if (!*slot || total(x) > total(*slot)) *slot = x;
    }
    double need = 0.55;
    if (q->t->value.digits >= 10) need = 0.45; /* two digits are rarely right by chance */
    if (q->t->value.digits >= 100) need = 0.29;
    if (q->m.dimension == DIM_COUNT || q->m.dimension == DIM_NONE || q->bare) need = 0.75;
    bool precise = q->t->value.digits >= 100 && q->m.dimension != DIM_COUNT && q->m.dimension != DIM_NONE && !q->bare;
    bool named = yes && (yes->name >= 0.3 || yes->owner >= 0.6 || yes->condition > 0 || precise ||
                         (yes->name >= 0.28 && yes->owner >= 0.29));
    bool stands = yes && named && total(yes) >= need;
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
            if (!q->found[i].agrees && (no == NULL || !may_contradict(q, no, s) || total(&q->found[i]) > total(no)))
                if (may_contradict(q, &q->found[i], s)) no = &q->found[i];
    if (!no || !may_contradict(q, no, s) || (yes && yes->name >= 0.5 && !is_swapped(q, yes, no))) {
        no = near;
        if (no && total(no) > 1.2)
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

/* ---- which numbers ---- */

/* The unit that a column's header gives to bare numbers: "total, tok/s", "EUR a month", "size (GiB)". */
static unit_id unit_in_text(str text) {
    unit_id best = UNIT_NONE;
    for (ptrdiff_t at = 0; at < text.n; at++) {
        if (at && byte_is_alnum(text.p[at - 1])) continue;
        if (byte_is_digit(text.p[at])) continue;
        unit_id unit;
        ptrdiff_t n = unit_match(text, at, &unit);
        if (n < 1 || unit_get(unit)->dimension == DIM_NONE || unit_get(unit)->dimension == DIM_COUNT) continue;
        bool marked = at > 0 && (text.p[at - 1] == '(' || text.p[at - 1] == '[' || (at > 1 && text.p[at - 2] == ','));
        bool long_name = n > 1 && (best == UNIT_NONE || marked);
        if (marked || long_name) best = unit;
        at += n - 1;
    }
    return best;
}

static bool give_column_unit(judge *j, const passage *p, token *t) {
    if (p->kind != PASSAGE_CELL || p->column == PASSAGE_NONE || t->kind != TOKEN_NUMBER) return false;
    unit_id unit = unit_in_text(passage_text(&j->passages[p->column]));
    if (unit == UNIT_NONE && p->label != PASSAGE_NONE) unit = unit_in_text(passage_text(&j->passages[p->label]));
    if (unit == UNIT_NONE) {
        /* "| drafts |" over 1,080: a counted noun */
        passage *column = &j->passages[p->column];
        passage_prepare(j, column);
        if (column->word_count != 1) return false;
        str noun = str_trim(passage_text(column));
        if (!unit_noun_known(noun)) return false;
        t->unit = UNIT_COUNT;
        t->flags |= TOKEN_COUNTED;
        t->unit_text = (text_range){column->words[0].lo, column->words[0].hi};
        return true;
    }
    t->unit = unit;
    return true;
}

/* Money per time against a fact in money: "46 EUR a month". */
static void settle_cost_rate(question *q) {
    const unit_info *u = unit_get(q->t->unit);
    if (u->dimension != DIM_COST_RATE) return;
    static const enum unit_dimension money[] = {DIM_NONE, DIM_MONEY_USD, DIM_MONEY_EUR, DIM_MONEY_GBP};
    if (u->family >= COUNT_OF(money)) return;
    q->m.dimension = money[u->family];
    q->m.value = decimal_to_f64(q->t->value);
    q->m.high = q->t->high.valid ? decimal_to_f64(q->t->high) : 0;
    q->m.half = decimal_half_unit(q->t->value);
}

static bool lies_in_name(const passage *p, const token *t) {
    uint32_t first, end;
    passage_hit_window(p, t->text.lo, t->text.hi, &first, &end);
    for (uint32_t h = first; h < end; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (hit->where.lo > t->text.lo) break;
        if (hit->where.hi < t->text.hi) continue;
        if (hit_has(hit, ALIAS_ENTITY) || hit_has(hit, ALIAS_ABSENT) || hit_has(hit, ALIAS_PACKAGE)) return true;
    }
    return false;
}

static enum claim_kind kind_of(const question *q, const numeric_fact *f) {
    if (!f) return CLAIM_QUANTITY;
    if (f->kind == FACT_BENCHMARK) return CLAIM_BENCHMARK;
    if (f->kind == FACT_ATTR) {
        uint8_t owner = q->j->m->entities[f->owners[0]].kind;
        if (owner == ENTITY_HARDWARE || owner == ENTITY_HOST) return CLAIM_HARDWARE;
    }
    return CLAIM_QUANTITY;
}

/* "8 min 40 s", "13 hours and 18 minutes": one duration in two units. Adds the second to the first, in its unit. */
static bool join_duration(const passage *p, uint32_t index, token *t) {
    if (index + 1 >= p->token_hi || t->kind != TOKEN_QUANTITY || unit_get(t->unit)->dimension != DIM_TIME) return false;
    const token *next = &p->on->tokens[index + 1];
    if (next->kind != TOKEN_QUANTITY || unit_get(next->unit)->dimension != DIM_TIME || next->value.scale ||
        t->value.scale)
        return false;
    double step = unit_get(t->unit)->factor / unit_get(next->unit)->factor;
    str between = str_trim(surface_slice(p->on, t->text.hi, next->text.lo));
    if (step < 2 || step > 3600 || (between.n && !str_eq(between, STR("and")))) return false;
    if (!t->value.valid || !next->value.valid || t->value.digits > 1000000) return false;
    t->value.digits = t->value.digits * (int64_t)step + next->value.digits;
    t->unit = next->unit;
    t->unit_text = next->unit_text;
    t->text.hi = next->text.hi;
    p->on->used[index + 1] = 1;
    return true;
}

static bool is_year_like(const passage *p, const token *t) {
    (void)p;
    return t->kind == TOKEN_NUMBER && t->value.valid && t->value.scale == 0 && t->value.digits >= 1900 &&
           t->value.digits <= 2100;
}

/* Judges one value (a change holds two). */
static bool is_setting(judge *j, passage *p, const token *t);

/* "32 clients", "batch 8": the condition of a declared benchmark, named beside the number. */
static void judge_condition(question *q, claim *c) {
    uint32_t count;
    const condition_ref *found = fact_index_conditions(q->j->index, decimal_to_f64(q->t->value), &count);
    for (uint32_t i = 0; i < count; i++) {
        const manifest_benchmark *bench = &q->j->m->benchmarks[found[i].benchmark];
        const manifest_condition *want = &bench->conditions[found[i].part];
        uint32_t at = 0, lo, hi;
        bool named = false;
        while (fact_word_next(want->key, &at, &lo, &hi) && !named)
            named =
                context_stem(&q->near, fact_stem(str_slice(want->key, (ptrdiff_t)lo, (ptrdiff_t)hi))) <= REGION_LABEL;
        if (!named) continue;
        c->subject = q->j->m->entities[bench->subjects[0]].id;
        claim_supported(q->j, c, &bench->fact, want->value, STR("a condition of the declared measurement"));
        return;
    }
}

/* Is it a specific? Small spelled counts of anything but machines and their parts are figures of speech ("three
 * reasons", "one day"); zero, and ratios in output (259:0), are none either. */
static bool is_specific(const question *q) {
    static const char *const parts[] = {
        "core",    "gpu",    "cpu",    "node",      "server",      "machine", "drive",   "disk",       "replica",
        "cluster", "region", "shard",  "container", "worker",      "box",     "host",    "instance",   "card",
        "pod",     "thread", "stream", "socket",    "switch",      "rack",    "standby", "standbys",   "vm",
        "nic",     "port",   "user",   "customer",  "accelerator", "model",   "site",    "datacenter", "endpoint"};
    static const char *const figures[] = {"thing",     "step",  "line",   "question", "section", "point", "reason",
                                          "change",    "habit", "lesson", "part",     "way",     "word",  "sentence",
                                          "paragraph", "page",  "rule",   "chapter",  "tip",     "idea",  "example"};
    if (q->t->value.digits == 0 || (q->t->flags & TOKEN_RATIO && q->p->kind == PASSAGE_CODE)) return false;
    if (q->m.dimension != DIM_COUNT) return true;
    for (size_t i = 0; i < COUNT_OF(figures); i++)
        if (q->m.noun == fact_stem(str_from_cstr(figures[i]))) return false;
    if (!(q->t->flags & TOKEN_SPELLED) || decimal_to_f64(q->t->value) > 12) return true;
    if (decimal_to_f64(q->t->value) < 2) return false;
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        if (q->m.noun == fact_stem(str_from_cstr(parts[i]))) return true;
    return false;
}

static void judge_value(judge *j, passage *p, const token *t, text_range at, bool second, const stance_view *s) {
    claim *c = claim_add(j, p, at.lo, at.hi, CLAIM_QUANTITY, s);
    if (!c) return;
    token one = *t;
    if (t->flags & TOKEN_CHANGE && t->high.valid) {
        if (second) one.value = t->high;
        one.flags = (uint16_t)(t->flags & ~(unsigned)TOKEN_CHANGE);
    }
    c->normal = measure_text(j, p->on, &one);
    if (c->verdict == VERDICT_NOT_ABOUT_US || !j->about_us) return;
    question q = {.j = j,
                  .p = p,
                  .t = &one,
                  .change = (t->flags & TOKEN_CHANGE) != 0,
                  .change_from = (t->flags & TOKEN_CHANGE) != 0 && !second};
    if (!measure_of_token(p->on, &one, &q.m)) return;
    settle_cost_rate(&q);
    q.bare = one.unit == UNIT_NONE && !(one.flags & (TOKEN_COUNTED | TOKEN_RATIO));
    q.setting = q.bare && is_setting(j, p, t);
    uint32_t fact_count;
    q.facts = fact_index_all(j->index, &fact_count);
    context_make(j, p, at.lo, at.hi, &q.near);
    for (uint32_t i = 0; i < p->word_count && !q.takes; i++)
        q.takes =
            p->words[i].cues & CUE_TAKE && p->words[i].lo >= q.near.clause.lo && p->words[i].hi <= q.near.clause.hi;
    ask_by_name(&q);
    ask_by_value(&q);
    decide(&q, c, s);
    if (c->verdict == VERDICT_UNVERIFIED) judge_condition(&q, c);
    if (c->verdict == VERDICT_UNVERIFIED && !is_specific(&q)) c->credit_bearing = false;
    const numeric_fact *f = NULL;
    for (uint32_t i = 0; i < q.n && !f; i++)
        if (q.facts[q.found[i].fact].fact->id.p == c->fact.p) f = &q.facts[q.found[i].fact];
    c->kind = kind_of(&q, c->fact.n ? f : NULL);
}

/* Only words that may part a setting's name from its value? */
static bool is_assignment(str between) {
    static const char *const words[] = {"is", "of", "at", "to", "was", "has", "set", "down", "went", "the", "a", "on"};
    uint32_t at = 0, lo, hi, n = 0;
    for (ptrdiff_t i = 0; i < between.n; i++)
        if (between.p[i] == ',' || between.p[i] == ';' || between.p[i] == '.') return false;
    while (fact_word_next(between, &at, &lo, &hi)) {
        bool known = false;
        for (size_t k = 0; k < COUNT_OF(words); k++)
            known = known || str_eq_nocase(str_slice(between, (ptrdiff_t)lo, (ptrdiff_t)hi), str_from_cstr(words[k]));
        if (!known || ++n > 3) return false;
    }
    return true;
}

/* Is a bare number worth a claim? Only where a setting or an attribute is named right before it. */
static bool is_setting(judge *j, passage *p, const token *t) {
    (void)j;
    if (p->kind == PASSAGE_CELL || p->flags & PASSAGE_TERMINAL || is_year_like(p, t) || t->flags & TOKEN_SPELLED)
        return false;
    uint32_t first, end;
    passage_hit_window(p, t->text.lo, t->text.hi, &first, &end);
    for (uint32_t h = end; h > first; h--) {
        const alias_hit *hit = &p->on->hits[h - 1];
        if (hit->where.hi > t->text.lo || hit->inside >= 0 ||
            (!hit_has(hit, ALIAS_ATTR) && !hit_has(hit, ALIAS_METRIC)))
            continue;
        return is_assignment(surface_slice(p->on, hit->where.hi, t->text.lo));
    }
    return false;
}

/* "8,310 transactions per second against 12,480": a large bare number has the unit of the quantity before it. */
static bool inherit_unit(const passage *p, uint32_t index, token *t) {
    if (t->kind != TOKEN_NUMBER || t->flags & TOKEN_SPELLED || t->value.digits < 100 || is_year_like(p, t))
        return false;
    if (p->kind == PASSAGE_CODE || p->kind == PASSAGE_CELL) return false;
    for (uint32_t i = index; i > p->token_lo && index - i < 6; i--) {
        const token *before = &p->on->tokens[i - 1];
        if (before->kind != TOKEN_QUANTITY) continue;
        t->unit = before->unit;
        t->unit_text = before->unit_text;
        t->flags |= before->flags & TOKEN_COUNTED;
        return true;
    }
    return false;
}

/* "by a factor of 1.8" */
static bool give_factor(const passage *p, token *t) {
    if (t->kind != TOKEN_NUMBER || t->text.lo < p->text.lo + 10) return false;
    if (!str_eq_nocase(surface_slice(p->on, t->text.lo - 10, t->text.lo), STR("factor of "))) return false;
    t->flags |= TOKEN_RATIO;
    return true;
}

static void judge_token(judge *j, passage *p, uint32_t index) {
    const token *raw = &p->on->tokens[index];
    if (raw->kind != TOKEN_QUANTITY && raw->kind != TOKEN_NUMBER && raw->kind != TOKEN_VERSION) return;
    token t = *raw;
    if (t.kind == TOKEN_VERSION) { /* 0.70 of the pool */
        if (!decimal_parse(surface_slice(p->on, t.core.lo, t.core.hi), false, &t.value)) return;
        t.kind = TOKEN_NUMBER;
        t.unit = UNIT_NONE;
    }
    bool counted = t.kind == TOKEN_QUANTITY && (t.unit != UNIT_NONE || t.flags & (TOKEN_COUNTED | TOKEN_RATIO));
    bool setting = !counted && j->m && j->about_us && is_setting(j, p, &t);
    bool inherited = !counted && !setting && j->about_us && inherit_unit(p, index, &t);
    if (!counted && !setting && !inherited && !give_column_unit(j, p, &t) && !give_factor(p, &t)) return;
    if (p->flags & PASSAGE_HEADER_CELL || lies_in_name(p, &t)) return;
    join_duration(p, index, &t);
    stance_view s = stance_at(j, p, t.text.lo, t.text.hi);
    if (t.flags & TOKEN_CHANGE && t.high.valid) {
        text_range from = {t.text.lo, t.core.hi}, to = {t.core.hi, t.text.hi};
        if (from.hi <= from.lo || from.hi >= t.text.hi) from = to = t.text;
        while (to.lo < to.hi && !byte_is_digit(p->on->text.p[to.lo]) && to.lo != t.text.lo) to.lo++;
        judge_value(j, p, &t, from, false, &s);
        judge_value(j, p, &t, to.lo < to.hi ? to : t.text, true, &s);
    } else {
        judge_value(j, p, &t, t.text, false, &s);
        /* A guess at the unit may support, and is forgotten otherwise. */
        if (inherited && j->claims->n && j->claims->at[j->claims->n - 1].verdict != VERDICT_SUPPORTED) j->claims->n--;
    }
    p->on->used[index] = 1;
}

/* An attribute whose value is a name: "quantized to MXFP4". */
static void judge_text(judge *j, passage *p, uint32_t index) {
    const token *t = &p->on->tokens[index];
    if (t->kind != TOKEN_IDENT || lies_in_name(p, t)) return;
    const text_fact *f = fact_index_text(j->index, surface_slice(p->on, t->text.lo, t->text.hi));
    if (!f) return;
    const manifest_attr *attr = &j->m->attrs[f->attr];
    context near;
    context_make(j, p, t->text.lo, t->text.hi, &near);
    bool named = context_entity(&near, attr->entity) <= REGION_HEADING;
    for (uint32_t i = 0; i < attr->aliases.n && !named; i++)
        named = context_stem(&near, last_stem(attr->aliases.at[i].text)) <= REGION_LABEL;
    if (!named) return;
    stance_view s = stance_at(j, p, t->text.lo, t->text.hi);
    claim *c = claim_add(j, p, t->text.lo, t->text.hi, CLAIM_HARDWARE, &s);
    if (!c) return;
    p->on->used[index] = 1;
    c->subject = j->m->entities[attr->entity].id;
    claim_supported(j, c, &attr->fact, f->value, STR("the declared value"));
}

void judge_quantities(judge *j) {
    for (uint32_t i = 0; i < j->passage_count && !j->failed; i++) {
        passage *p = &j->passages[i];
        for (uint32_t t = p->token_lo; t < p->token_hi; t++)
            if (!p->on->used[t]) {
                judge_token(j, p, t);
                if (j->about_us && !p->on->used[t]) judge_text(j, p, t);
            }
    }
}
