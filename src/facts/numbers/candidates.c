/* candidates.c - the facts that a number could be about, and how well each fits.
 *
 *     score = name (its words around, nearer is more) + owner (named how near) + conditions met − another condition
 * stated
 *
 * In: a question. Out: q->found, at most CANDIDATE_LIMIT facts: those that the words around name first, then those that
 * agree in value. Weights were chosen on the two operations of the corpus that the extractor may be tuned on.
 */
#include "facts/numbers/question.h"
#include "facts/reading/standing.h"

#include "lex/decimal.h"

#include <math.h>

static const double region_weight[REGION_COUNT + 1] = {1.0, 0.8, 0.95, 0.45, 0.35, 0.1, 0.0};
static const double owner_weight[REGION_COUNT + 1] = {1.0, 0.9, 1.0, 0.7, 0.6, 0.5, 0.0};

/* "Up to 300" may be said of so much of it. */
static const double NEARLY_REACHED = 0.9;

/* ---- scoring ---- */

/* Does the column's header say which of several rates it holds? "each stream, tok/s" is not the total. */
static bool other_column(const question *q) {
    passage *column = &q->j->passages[q->p->column];
    passage_prepare(q->j, column);
    for (uint32_t i = 0; i < column->word_count && i < 12; i++)
        if (word_is(column, i, "each") || word_is(column, i, "per") || word_is(column, i, "prefill") ||
            word_is(column, i, "gain"))
            return true;
    return false;
}

/* A unit that is a metric of its own: tok/s, tps. */
bool is_metric_unit(const question *q) {
    const unit_info *u = unit_get(q->t->unit);
    if (q->p->kind == PASSAGE_CELL && q->p->column != PASSAGE_NONE && u->dimension == DIM_TOKEN_RATE && other_column(q))
        return false;
    return u->dimension == DIM_TOKEN_RATE || (u->dimension == DIM_EVENT_RATE && u->family == 2);
}

/* Words that everybody uses for what a machine's attribute is called, looked for once a question. */
static const struct {
    const char *attr, *words;
} synonyms[] = {{"memory", "ram vram memory dram"}, {"storage", "nvme ssd disk storage"}, {"cpu_cores", "core cpu"}};

bool has_synonym(const question *q, const numeric_fact *f) {
    if (f->kind != FACT_ATTR || q->setting_hit) return false; /* a setting is named by its own name */
    str name = q->j->m->attrs[f->index].name, term;
    for (size_t i = 0; i < COUNT_OF(synonyms); i++) {
        if (!str_eq(name, str_from_cstr(synonyms[i].attr))) continue;
        str rest = str_from_cstr(synonyms[i].words);
        while (str_cut(&rest, ' ', &term))
            if (context_stem(&q->near, fact_stem(term)) == REGION_CLAUSE) return true;
    }
    return false;
}

bool has_synonym_word(const numeric_fact *f, const question *q, uint32_t w) {
    if (f->kind != FACT_ATTR) return false;
    for (size_t i = 0; i < COUNT_OF(synonyms); i++)
        if (str_eq(q->j->m->attrs[f->index].name, str_from_cstr(synonyms[i].attr)) &&
            word_in(q->p, w, synonyms[i].words))
            return true;
    return false;
}

/* "32 threads": the noun names the only attribute of its owner that counts such things. */
static bool counts_alone(const question *q, const numeric_fact *f) {
    if (f->kind != FACT_ATTR || q->m.dimension != DIM_COUNT || !f->noun || f->noun != q->m.noun) return false;
    uint32_t count;
    const uint32_t *owned = fact_index_owned(q->j->index, f->owners[0], &count);
    for (uint32_t i = 0; i < count; i++)
        if (q->facts[owned[i]].noun == f->noun && q->facts[owned[i]].group != f->group) return false;
    return true;
}

/* How near is the owner whose name holds words of the fact's name? */
static double owner_nearness(const question *q, const numeric_fact *f) {
    double best = 0;
    for (uint32_t i = 0; i < f->owner_count; i++)
        best = fmax(best, owner_weight[context_entity(&q->near, f->owners[i])]);
    return best >= 0.7 ? best : 0;
}

/* Is every word of the name but the k-th in the clause? "144 KiB per token" says all of "KiB per token". */
static bool is_completed(const question *q, const fact_phrase *name, uint32_t k) {
    for (uint32_t i = 0; i < name->n; i++)
        if (i != k && context_stem(&q->near, name->stems[i]) != REGION_CLAUSE) return false;
    return true;
}

bool question_unit_says(const question *q, uint64_t stem) {
    bool says = q->unit_stem && stem == q->unit_stem;
    for (size_t i = 0; i < COUNT_OF(q->unit_nouns) && q->unit_nouns[i]; i++) says = says || stem == q->unit_nouns[i];
    return says;
}

bool fact_named_by_unit(const question *q, const numeric_fact *f) {
    for (uint32_t i = 0; i < f->name_count; i++)
        for (uint32_t k = 0; k < f->names[i].n && f->names[i].n > 1; k++)
            if (q->unit_stem && f->names[i].stems[k] == q->unit_stem && is_completed(q, &f->names[i], k)) return true;
    return false;
}

static double name_score(const question *q, const numeric_fact *f) {
    double best = has_synonym(q, f) ? 0.95 : 0, owner = -1;
    if (f->kind == FACT_BENCHMARK && is_metric_unit(q) && best < 0.8) best = 0.8;
    if (best < 0.8 && counts_alone(q, f)) best = 0.8;
    for (uint32_t i = 0; i < f->name_count; i++) {
        double sum = 0, own = 0;
        for (uint32_t k = 0; k < f->names[i].n; k++) {
            double w = region_weight[context_stem(&q->near, f->names[i].stems[k])];
            bool duration = f->names[i].durations >> k & 1;
            if (w < 0.9 && question_implies(q, f->names[i].stems[k])) w = 0.9;
            bool owned = w < 0.9 && f->names[i].owned >> k & 1;
            if (owned) {
                if (owner < 0) owner = owner_nearness(q, f);
                if (w < owner * 0.9) w = owner * 0.9;
            }
            if (w < 0.9 && f->names[i].n > 1 && question_unit_says(q, f->names[i].stems[k]) &&
                is_completed(q, &f->names[i], k))
                w = 0.9;
            if (!duration && !owned) own += w;
            if (w < 0.9 && q->takes && f->dimension == DIM_TIME && duration) w = 0.9;
            sum += w;
        }
        bool lasts = q->takes && phrase_is_duration(&f->names[i]);
        if (own <= 0 && !(f->names[i].n == 1 && sum > 0) && !lasts)
            continue; /* "takes" alone names no duration in particular */
        sum /= f->names[i].n;
        /* A name of one word says less than one of several. */
        if (f->names[i].n > 1) sum *= 1.1;
        if (sum > best) best = sum;
    }
    return fmin(best, 1.0);
}

/* Do the words around say part of an owner's name, "restore" of "restore drill"? */
static bool owner_hinted(const question *q, uint32_t entity) {
    uint32_t count;
    const uint64_t *stems = fact_index_entity_stems(q->j->index, entity, &count);
    for (uint32_t i = 0; i < count; i++)
        if (context_stem(&q->near, stems[i]) <= REGION_LABEL) return true;
    return false;
}

/* "- **Memory:** 32 GB" below a heading that names one machine: an item of its specification. */
static bool is_spec_item(const question *q, uint32_t entity) {
    const passage *p = q->p;
    uint8_t kind = q->j->m->entities[entity].kind;
    if (!(p->flags & PASSAGE_IN_LIST) || p->kind != PASSAGE_SENTENCE || !p->word_count || p->word_count > 12)
        return false;
    if (kind != ENTITY_HARDWARE && kind != ENTITY_HOST) return false;
    str before = surface_slice(p->on, p->text.lo, q->t->text.lo);
    ptrdiff_t colon = str_find_byte(before, ':', 0);
    if (colon < 1 || colon > 32) return false;
    for (uint32_t i = 0; i < q->near.mention_count; i++) {
        const mention *x = &q->near.mentions[i];
        uint8_t other = q->j->m->entities[x->entity].kind;
        if (x->entity != entity && x->region <= REGION_HEADING && (other == ENTITY_HARDWARE || other == ENTITY_HOST))
            return false;
    }
    return true;
}

/* "The hardware in brief:" above "- 64 GB of RAM", in a section that speaks of this machine alone. */
static bool is_spec_list(const question *q, uint32_t entity) {
    const passage *p = q->p;
    return p->flags & PASSAGE_IN_LIST && p->kind == PASSAGE_SENTENCE && p->lead != PASSAGE_NONE &&
           p->word_count <= 12 && section_is_of(q, entity);
}

static double owner_score(const question *q, const numeric_fact *f, bool hints) {
    double best = 0;
    for (uint32_t i = 0; i < f->owner_count; i++) {
        uint32_t entity = f->owners[i];
        double w = owner_weight[context_entity(&q->near, entity)];
        if (w < 0.9 && entity == q->j->main_hardware && q->the_machine) w = 0.9;
        if (w >= 0.59 && w < 0.75 && is_spec_item(q, entity)) w = 0.75;
        if (w < 0.5 && entity == q->j->main_hardware) w = 0.5;
        if (w >= 0.49 && w < 0.75 && is_spec_list(q, entity)) w = 0.75;
        if (w < 0.3 && q->j->entity_seen[entity / 64] >> entity % 64 & 1) w = 0.3;
        if (w < 0.75 && owner_hinted(q, entity)) w = hints ? 0.75 : 0.69;
        if (w < 0.9 && entity == q->focus) w = 0.9;
        if (w > best) best = w;
    }
    return best;
}

/* Does the sentence state one number of the condition's key, and one only? It holds for both ends of a change. */
static bool is_stated_once(const question *q, const fact_condition *c) {
    const passage *p = q->p;
    uint32_t n = 0;
    for (uint32_t i = p->token_lo; i < p->token_hi && i - p->token_lo < 64; i++) {
        const token *t = &p->on->tokens[i];
        if ((t->kind != TOKEN_NUMBER && t->kind != TOKEN_QUANTITY) || !t->value.valid) continue;
        if (!number_has_key(p, t, c->key)) continue;
        uint32_t w = standing_word_at(p, t->text.lo);
        n += w > 0 && word_in(p, w - 1, "at with") ? 1 : 2;
    }
    return n == 1;
}

static scored *score(question *q, uint32_t fact) {
    for (uint32_t i = 0; i < q->n; i++)
        if (q->found[i].fact == fact) return &q->found[i];
    if (q->n == CANDIDATE_LIMIT) return NULL;
    const numeric_fact *f = &q->facts[fact];
    scored *s = &q->found[q->n++];
    *s = (scored){.fact = fact, .name = name_score(q, f), .agrees = candidate_agrees(q, f), .stated = REGION_COUNT};
    s->owner = owner_score(q, f, s->agrees);
    if (s->owner < 0.3 && f->kind == FACT_ATTR && fact_named_whole(q, f) && fact_owner_is_unique(q, f))
        s->owner = 0.3; /* `shared_buffers` are one program's only */
    for (uint32_t i = 0; i < f->condition_count; i++) {
        enum condition_state state = condition_state_of(q, &f->conditions[i]);
        bool row = condition_is_in_row(q, &f->conditions[i]);
        if (f->kind == FACT_DERIVED && !row) continue; /* of two conditions, in prose: neither is its own */
        if (state == CONDITION_MET) s->condition += 0.3;
        if (state == CONDITION_MET && row) s->row = true;
        if (state == CONDITION_MET && f->conditions[i].is_number) s->numbered = true;
        if (state == CONDITION_MET && !f->conditions[i].is_number && !row) {
            enum region where = context_stem(&q->near, f->conditions[i].last);
            if (where < s->stated && byte_is_alpha(f->conditions[i].of->value.p[0])) s->stated = (uint8_t)where;
        }
        if (state == CONDITION_OTHER && (!f->conditions[i].is_number || row)) s->elsewhere = true;
        if (state == CONDITION_OTHER)
            s->conflict = !q->elliptic && (!q->change || /* a change goes from one condition to another */
                                           (f->conditions[i].is_number && is_stated_once(q, &f->conditions[i])));
    }
    if (s->condition > 0.6) s->condition = 0.6;
    return s;
}

double candidate_total(const scored *s) { return s->name + s->owner + s->condition - (s->conflict ? 0.8 : 0); }

/* ---- does it agree? ---- */

bool candidate_same_kind(const question *q, const numeric_fact *f) {
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
        if (u->dimension == q->m.dimension && fabs(base - q->m.value) <= q->m.half + 1e-9 * fabs(base)) return true;
    }
    return false;
}

/* /proc prints kB and means KiB: every digit of a long number agrees. */
static bool is_kernel_kilobytes(const question *q, const numeric_fact *f) {
    if (q->m.dimension != DIM_DATA || q->t->value.digits < 100000 || f->dimension != DIM_DATA) return false;
    if (!str_eq(surface_slice(q->p->on, q->t->unit_text.lo, q->t->unit_text.hi), STR("kB"))) return false;
    return fabs(q->m.value * 1.024 - f->base) <= q->m.half + f->tolerance;
}

/* Is the fact a bound itself, a limit, a quota, a timeout, a peak? "Up to 300 s" states such a one, and agrees with no
 * smaller one. */
static bool is_bound(const numeric_fact *f) {
    static const char *const names[] = {"max",  "maximum", "limit",   "quota",    "timeout", "cap",
                                        "wait", "peak",    "ceiling", "exposure", "longest"};
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (fact_has_stem(f, fact_stem(str_from_cstr(names[i])))) return true;
    return false;
}

/* "Offers up to 400 GB/s" of a bandwidth of 273: what is offered, had or reached up to some amount is promised to reach
 * it; what takes "up to 10 minutes" or "at most 400" may stay far below. */
static bool is_promised_beyond(const question *q, const numeric_fact *f) {
    static const enum unit_dimension sorts[] = {DIM_DATA,       DIM_DATA_RATE, DIM_TOKEN_RATE,
                                                DIM_EVENT_RATE, DIM_COUNT,     DIM_FREQUENCY};
    bool sort = false;
    if (q->m.bound != BOUND_MAX || q->m.strict || q->m.interval || q->takes || f->kind == FACT_DERIVED) return false;
    str said = surface_slice(q->p->on, q->t->text.lo, q->t->core.lo);
    if (!str_eq_nocase(str_slice(said, 0, 5), STR("up to"))) return false;
    for (size_t i = 0; i < COUNT_OF(sorts); i++) sort = sort || q->m.dimension == sorts[i];
    double reach = q->m.dimension == DIM_COUNT ? 1 : NEARLY_REACHED;
    return sort && f->base + f->tolerance + q->m.half < reach * q->m.value;
}

/* "Has more than 20 cores" of exactly 20. Only behind a verb of having or being: "a client that waits for more than
 * 10 s" names the limit itself, and "spread over six shards" counts them all. */
static bool is_on_the_wrong_side(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    if (!q->m.strict || q->m.interval || p->kind != PASSAGE_SENTENCE || f->kind == FACT_DERIVED) return false;
    uint32_t w = passage_word_before(p, q->t->text.lo);
    if (w == UINT32_MAX || (!(p->words[w].cues & CUE_HAVE) &&
                            !word_in(p, w, "with at is are has have offers holds reaches provides packs counts")))
        return false;
    if (q->m.bound == BOUND_MIN) return f->base + f->tolerance <= q->m.value * (1 + 1e-9);
    return f->base - f->tolerance >= q->m.value * (1 - 1e-9);
}

bool candidate_agrees(const question *q, const numeric_fact *f) {
    if (is_promised_beyond(q, f) || is_on_the_wrong_side(q, f)) return false;
    bool to_bound = q->m.bound == BOUND_MAX && !q->m.interval && f->kind != FACT_DERIVED;
    if (to_bound && q->m.value > f->base + f->tolerance + q->m.half && is_bound(f)) return false;
    if (rendered(q, f) || is_kernel_kilobytes(q, f)) return true;
    if (q->bare && f->dimension != q->m.dimension) {
        measure shown = q->m;
        bool bytes = f->dimension == DIM_DATA && q->t->value.digits > 1000000; /* zfs_arc_max=68719476736 */
        if (bytes && measure_agrees(&shown, f->base, f->tolerance)) return true;
        double unit = f->base != 0 && f->shown != 0 ? f->base / f->shown : 1;
        return measure_agrees(&shown, f->shown, f->tolerance / fabs(unit));
    }
    if (q->code_size) { /* the letter may mean powers of 1024 */
        measure binary = q->m;
        double power = 1, thousands = q->m.factor;
        while (thousands >= 1000) thousands /= 1000, power *= 1.024;
        binary.value *= power;
        binary.half *= power;
        if (measure_agrees(&binary, f->base, f->tolerance)) return true;
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
    if (q->m.bound == BOUND_MAX) lo = 0.5 * lo;
    if (q->m.bound == BOUND_MIN) hi = 2.5 * hi;
    uint32_t count;
    const uint32_t *found = fact_index_range(q->j->index, q->m.dimension, lo - reach, hi + reach, &count);
    for (uint32_t i = 0; i < count; i++) {
        const numeric_fact *f = &q->facts[found[i]];
        if (!candidate_same_kind(q, f) || !noun_fits(q, f) || !candidate_agrees(q, f)) continue;
        score(q, found[i]);
    }
}

static void ask_about(question *q, uint64_t stem) {
    uint32_t count;
    const uint32_t *found = fact_index_named(q->j->index, stem, &count);
    for (uint32_t k = 0; k < count; k++) {
        const numeric_fact *f = &q->facts[found[k]];
        if (!candidate_same_kind(q, f) || !noun_fits(q, f)) continue;
        if (q->bare && f->dimension != DIM_NONE) continue;
        score(q, found[k]);
    }
}

/* The unit names the metric: every fact of the dimension could be meant. */
static void ask_by_unit(question *q) {
    uint32_t count;
    const uint32_t *found = fact_index_range(q->j->index, q->m.dimension, -INFINITY, INFINITY, &count);
    for (uint32_t k = 0; k < count && k < CANDIDATE_LIMIT / 2; k++)
        if (candidate_same_kind(q, &q->facts[found[k]])) score(q, found[k]);
}

static void ask_by_name(question *q) {
    if (is_metric_unit(q)) ask_by_unit(q);
    if (context_stem(&q->near, fact_stem(STR("vram"))) == REGION_CLAUSE) ask_about(q, fact_stem(STR("memory")));
    for (uint32_t i = 0; i < q->near.word_count; i++) {
        const bag_word *w = &q->near.words[i];
        if (w->region > REGION_LABEL) continue;
        ask_about(q, w->stem);
    }
    for (uint32_t i = 0; i < q->implied_count; i++) ask_about(q, q->implied[i]);
}

/* A row's label or a column's header that is an entity: its only fact of a rare dimension needs no other name
 * ("| lamp1 | 104 |" under "EUR a month"). */
static void ask_by_compound(question *q) { /* "a 512 GB Spark" */
    if (q->p->kind == PASSAGE_CELL || q->m.dimension != DIM_DATA) return;
    for (uint32_t i = 0; i < q->near.mention_count; i++) {
        const mention *x = &q->near.mentions[i];
        if (x->region != REGION_CLAUSE || !x->hit || x->hit->where.lo < q->t->text.hi ||
            x->hit->where.lo - q->t->text.hi > 1)
            continue;
        bool only = false;
        const manifest_attr *memory = manifest_find_attr(q->j->m, &q->j->m->entities[x->entity], STR("memory"));
        uint32_t count;
        const uint32_t *facts = fact_index_owned(q->j->index, x->entity, &count);
        for (uint32_t k = 0; !memory && k < count && k < 64; k++) { /* "a 4 TB USB disk": all that a disk has */
            const numeric_fact *f = &q->facts[facts[k]];
            if (f->kind == FACT_ATTR && f->dimension == DIM_DATA)
                memory = only ? NULL : &q->j->m->attrs[f->index], only = true;
            if (only && !memory) break;
        }
        for (uint32_t k = 0; memory && k < count && k < 64; k++)
            if (q->facts[facts[k]].kind == FACT_ATTR && &q->j->m->attrs[q->facts[facts[k]].index] == memory) {
                scored *s = score(q, facts[k]);
                if (s) s->name = 0.95, s->sole = true;
            }
    }
}

/* "duration", or "backup duration" of a backup: nothing but the time that its owner takes. */
bool phrase_is_duration(const fact_phrase *name) {
    uint32_t all = name->n < 32 ? ((uint32_t)1 << name->n) - 1 : UINT32_MAX;
    return name->durations && (name->durations | name->owned) == all;
}

/* "Prometheus does that for us, looking every 30 seconds": the only interval of the only one that is named. */
static void ask_by_interval(question *q) {
    const passage *p = q->p;
    str before = surface_slice(p->on, p->text.lo, q->t->text.lo);
    uint32_t owner = MANIFEST_NONE, only = UINT32_MAX, count;
    bool every = str_ends(before, STR("every ")) || str_ends(before, STR("Every "));
    if (q->m.dimension != DIM_TIME || p->kind != PASSAGE_SENTENCE || !every) return;
    for (uint32_t i = 0; i < q->near.mention_count; i++) {
        const mention *x = &q->near.mentions[i];
        if (x->region > REGION_SENTENCE) continue;
        if (owner != MANIFEST_NONE) return;
        owner = x->entity;
    }
    if (owner == MANIFEST_NONE || q->j->m->entities[owner].kind == ENTITY_PROCESS) return;
    const uint32_t *facts = fact_index_owned(q->j->index, owner, &count);
    uint64_t interval = fact_stem(STR("interval")), period = fact_stem(STR("period"));
    for (uint32_t k = 0; k < count && k < 64; k++) {
        const numeric_fact *f = &q->facts[facts[k]];
        if (f->dimension != DIM_TIME || f->kind == FACT_DERIVED ||
            !(fact_has_stem(f, interval) || fact_has_stem(f, period)))
            continue;
        if (only != UINT32_MAX && q->facts[only].index != f->index) return;
        only = facts[k];
    }
    scored *s = only == UINT32_MAX ? NULL : score(q, only);
    if (!s) return;
    s->name = fmax(s->name, 0.9);
    s->sole = true;
}

/* "The backup takes 14 minutes": the durations of the processes that are named. */
static void ask_by_duration(question *q) {
    if (!q->takes || q->m.dimension != DIM_TIME) return;
    for (uint32_t i = 0; i <= q->near.mention_count; i++) {
        const mention *x = i < q->near.mention_count ? &q->near.mentions[i] : NULL;
        uint32_t entity = x ? x->entity : q->focus, count;
        if (entity == MANIFEST_NONE || (x && x->region > REGION_LEAD)) continue;
        if (q->j->m->entities[entity].kind != ENTITY_PROCESS) continue;
        const uint32_t *facts = fact_index_owned(q->j->index, entity, &count);
        for (uint32_t k = 0; k < count && k < 64; k++) {
            const numeric_fact *f = &q->facts[facts[k]];
            for (uint32_t n = 0; n < f->name_count; n++)
                if (f->dimension == DIM_TIME && phrase_is_duration(&f->names[n])) {
                    score(q, facts[k]);
                    break;
                }
        }
    }
}

/* "heronbox scans 420 pages an hour": a rate of things is the only such rate that its subject has. */
static void ask_by_rate(question *q) {
    if (q->m.dimension != DIM_EVENT_RATE && q->m.dimension != DIM_REQUEST_RATE) return;
    for (uint32_t i = 0; i < q->near.mention_count; i++) {
        const mention *x = &q->near.mentions[i];
        uint32_t count, only = UINT32_MAX, found = 0;
        if (x->region != REGION_CLAUSE) continue;
        const uint32_t *facts = fact_index_owned(q->j->index, x->entity, &count);
        for (uint32_t k = 0; k < count && k < 64; k++)
            if (q->facts[facts[k]].kind != FACT_DERIVED && candidate_same_kind(q, &q->facts[facts[k]])) {
                found += only == UINT32_MAX || q->facts[facts[k]].group != q->facts[only].group;
                only = facts[k];
            }
        scored *s = found == 1 ? score(q, only) : NULL;
        if (s && s->name < 0.8) s->name = 0.8, s->sole = true;
    }
}

/* "The encoder `hevc_nvenc` manages 410 frames a second": a case that only one metric of this rate has. */
static void ask_by_case(question *q) {
    enum unit_dimension d = q->m.dimension;
    uint32_t count, only = UINT32_MAX;
    if ((d != DIM_EVENT_RATE && d != DIM_REQUEST_RATE) || q->p->kind != PASSAGE_SENTENCE) return;
    const uint32_t *found = fact_index_range(q->j->index, d, -INFINITY, INFINITY, &count);
    for (uint32_t k = 0; k < count && k < 64; k++) {
        const numeric_fact *f = &q->facts[found[k]];
        if (f->kind != FACT_BENCHMARK || !candidate_same_kind(q, f)) continue;
        for (uint32_t i = 0; i < f->condition_count; i++) {
            str value = f->conditions[i].of->value;
            bool name = value.n > 4 && byte_is_alpha(value.p[0]) && str_find_byte(value, ' ', 0) < 0;
            if (!name || context_stem(&q->near, f->conditions[i].last) != REGION_CLAUSE) continue;
            if (only != UINT32_MAX && only != found[k]) return;
            only = found[k];
        }
    }
    scored *s = only == UINT32_MAX ? NULL : score(q, only);
    if (s && s->name < 0.8) s->name = 0.8, s->sole = true;
}

static void ask_by_owner(question *q) {
    if (q->p->kind != PASSAGE_CELL || dimension_is_common(q->m.dimension)) return;
    for (uint32_t i = 0; i < q->near.mention_count; i++) {
        uint32_t count, only = UINT32_MAX, found = 0;
        if (q->near.mentions[i].region != REGION_LABEL) continue;
        const uint32_t *facts = fact_index_owned(q->j->index, q->near.mentions[i].entity, &count);
        for (uint32_t k = 0; k < count && k < 64; k++)
            if (q->facts[facts[k]].kind == FACT_ATTR && candidate_same_kind(q, &q->facts[facts[k]])) {
                found += only == UINT32_MAX || q->facts[facts[k]].index != q->facts[only].index;
                only = facts[k];
            }
        scored *s = found == 1 ? score(q, only) : NULL;
        if (s && s->name < 0.8) s->name = 0.8, s->sole = true;
    }
}

/* A setting: the facts of the attribute or metric that is named right before the number, and no others. */
static void ask_setting(question *q) {
    for (uint32_t i = 0; i < q->setting_hit->target_count && i < 32; i++) {
        const alias_target *t = &q->setting_hit->targets[i];
        if (t->kind != ALIAS_ATTR && t->kind != ALIAS_METRIC) continue;
        uint32_t count,
            owner = t->kind == ALIAS_ATTR ? q->j->m->attrs[t->index].entity : q->j->m->benchmarks[t->index].subjects[0];
        const uint32_t *facts = fact_index_owned(q->j->index, owner, &count);
        for (uint32_t k = 0; k < count && k < 256; k++) {
            const numeric_fact *f = &q->facts[facts[k]];
            if (f->index != t->index || f->kind != (t->kind == ALIAS_ATTR ? FACT_ATTR : FACT_BENCHMARK)) continue;
            scored *s = candidate_same_kind(q, f) ? score(q, facts[k]) : NULL;
            if (s) s->name = 1.0;
        }
    }
}

void find_candidates(question *q) {
    if (q->setting_hit) {
        ask_setting(q);
        ask_by_value(q);
        return;
    }
    find_implied(q);
    owner_find_machine(q);
    find_focus(q);
    if (q->change) ask_by_pair(q, score);
    ask_by_name(q);
    ask_by_owner(q);
    ask_by_compound(q);
    ask_by_duration(q);
    ask_by_parenthesis(q, score);
    ask_by_interval(q);
    ask_by_rate(q);
    ask_by_case(q);
    if (q->p->kind == PASSAGE_CELL) ask_by_cell(q, score);
    ask_by_predicate(q, score);
    ask_by_apposition(q, score);
    ask_by_equation(q, score);
    ask_by_sum(q, score);
    ask_by_ratio(q, score);
    ask_by_parallel(q, score);
    ask_by_slip(q, score);
    ask_by_value(q);
}
