/* quantities.c - numbers with units, against attributes, benchmarks and derived facts: which numbers are claims.
 *
 * In: quantities; bare numbers whose unit stands in the column's header, in the quantity before them, or that follow a
 * setting's name; names that are an attribute's value. Out: claims, judged by asking two questions of every number
 * (question.h): which facts agree with it, and which facts does the context name? It gives units, it judges nothing.
 */
#include "facts/numbers/cells.h"

#include "lex/decimal.h"

#include <math.h>
#include <stdio.h>

/* The unit that a column's header gives to bare numbers: "total, tok/s", "EUR a month", "size (GiB)". */
static unit_id unit_in_text(str text) {
    unit_id best = UNIT_NONE;
    for (ptrdiff_t at = 0; at < text.n; at++) {
        if (at && byte_is_alnum(text.p[at - 1])) continue;
        if (byte_is_digit(text.p[at])) continue;
        unit_id unit;
        ptrdiff_t n = unit_match(text, at, &unit);
        bool sized = at > 1 && text.p[at - 1] == ' ' && byte_is_digit(text.p[at - 2]); /* "at 300 W": that number's */
        if (n < 1 || sized || unit_get(unit)->dimension == DIM_NONE || unit_get(unit)->dimension == DIM_COUNT) continue;
        bool marked = at > 0 && (text.p[at - 1] == '(' || text.p[at - 1] == '[' || (at > 1 && text.p[at - 2] == ','));
        bool long_name = n > 1 && (best == UNIT_NONE || marked);
        if (marked || long_name) best = unit;
        at += n - 1;
    }
    return best;
}

/* "| GPU resets | 3 |": the label is the whole name of a fact that counts. */
static bool give_label_noun(judge *j, const passage *p, token *t) {
    if (p->label == PASSAGE_NONE) return false;
    passage *label = &j->passages[p->label];
    passage_prepare(j, label);
    if (!label->word_count || label->word_count > 4) return false;
    uint32_t all;
    const numeric_fact *facts = fact_index_all(j->index, &all);
    for (uint32_t h = label->hit_lo; h < label->hit_hi && h - label->hit_lo < 8; h++) {
        const alias_hit *hit = &label->on->hits[h];
        if (hit->where.lo > label->words[0].lo || hit->where.hi < label->words[label->word_count - 1].hi) continue;
        for (uint32_t k = 0; k < hit->target_count && k < 8; k++) {
            const alias_target *x = &hit->targets[k];
            if (x->kind != ALIAS_METRIC) continue;
            uint32_t count;
            const uint32_t *owned = fact_index_owned(j->index, j->m->benchmarks[x->index].subjects[0], &count);
            for (uint32_t i = 0; i < count && i < 128; i++) {
                const numeric_fact *f = &facts[owned[i]];
                if (f->kind != FACT_BENCHMARK || f->index != x->index || f->dimension != DIM_COUNT) continue;
                t->unit = UNIT_COUNT;
                t->flags |= TOKEN_COUNTED;
                t->unit_text =
                    (text_range){label->words[label->word_count - 1].lo, label->words[label->word_count - 1].hi};
                return true;
            }
        }
    }
    return false;
}

/* "| CPU cores | 16 |" under "value": what is counted is the label's last word, where that is a noun that things are
 * counted by. */
static bool give_last_word(judge *j, const passage *p, token *t) {
    if (p->label == PASSAGE_NONE || t->value.scale) return false;
    passage *label = &j->passages[p->label];
    passage_prepare(j, label);
    if (!label->word_count || label->word_count > 3) return false;
    const pword *last = &label->words[label->word_count - 1];
    if (!fact_index_noun(j->index, last->stem)) return false;
    t->unit = UNIT_COUNT;
    t->flags |= TOKEN_COUNTED;
    t->unit_text = (text_range){last->lo, last->hi};
    return true;
}

static bool give_column_unit(judge *j, const passage *p, token *t) {
    if (p->kind != PASSAGE_CELL || p->column == PASSAGE_NONE || t->kind != TOKEN_NUMBER) return false;
    unit_id unit = unit_in_text(passage_text(&j->passages[p->column]));
    if (unit == UNIT_NONE && p->label != PASSAGE_NONE) unit = unit_in_text(passage_text(&j->passages[p->label]));
    if (unit == UNIT_NONE) {
        /* "| drafts |" over 1,080: a counted noun */
        passage *column = &j->passages[p->column];
        passage_prepare(j, column);
        if (column->word_count != 1) return give_label_noun(j, p, t);
        str noun = str_trim(passage_text(column));
        if (j->about_us && str_is_among(noun, "value values count number amount figure detail details spec") &&
            give_last_word(j, p, t))
            return true;
        if (!unit_noun_known(noun)) return give_label_noun(j, p, t);
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

bool token_lies_in_name(const passage *p, const token *t) {
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

/* "an hour and ten minutes": the one that is spelled as an article. */
static void join_article(const passage *p, token *t) {
    static const char *const before[] = {"an hour and ", "a minute and ", "a day and "};
    static const char *const units[] = {"min", "s", "h"};
    static const int64_t steps[] = {60, 60, 24};
    str lead = surface_slice(p->on, p->text.lo, t->text.lo);
    if (t->kind != TOKEN_QUANTITY || !t->value.valid || t->value.scale || t->value.digits > 1000) return;
    for (size_t i = 0; i < COUNT_OF(before); i++) {
        str words = str_from_cstr(before[i]);
        if (t->unit != unit_parse(str_from_cstr(units[i]), true) || lead.n < words.n) continue;
        str said = str_slice(lead, lead.n - words.n, lead.n);
        if (!str_eq_nocase(said, words) || (lead.n > words.n && byte_is_alnum(lead.p[lead.n - words.n - 1]))) continue;
        t->value.digits += steps[i];
        t->text.lo -= (uint32_t)words.n;
        return;
    }
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

/* Is it a specific? Small spelled counts of anything but machines, their parts and what the manifest counts are figures
 * of speech ("three reasons", "one day"); zero, and ratios in output (259:0), are none either. */
static bool is_specific(const question *q) {
    if (q->t->value.digits == 0 || (q->t->flags & TOKEN_RATIO && q->p->kind == PASSAGE_CODE)) return false;
    if (q->m.dimension != DIM_COUNT) return true;
    str noun = surface_slice(q->p->on, q->t->unit_text.lo, q->t->unit_text.hi);
    for (ptrdiff_t i = noun.n; i > 0; i--)
        if (noun.p[i - 1] == ' ' || noun.p[i - 1] == '-') {
            noun = str_slice(noun, i, noun.n);
            break;
        }
    uint32_t cues = cue_of(q->j->cues, noun);
    if (cues & CUE_FIGURE) return false;
    if (!(q->t->flags & TOKEN_SPELLED) || decimal_to_f64(q->t->value) > 12) return true;
    bool counted = cues & CUE_PART || (q->m.noun && fact_index_noun(q->j->index, q->m.noun));
    for (uint32_t h = q->p->hit_lo; h < q->p->hit_hi && !counted; h++) /* "eight L40S" */
        counted = q->p->on->hits[h].where.lo <= q->t->unit_text.lo && q->p->on->hits[h].where.hi > q->t->unit_text.lo &&
                  hit_entity(q->j, &q->p->on->hits[h], ENTITY_HARDWARE) != MANIFEST_NONE;
    return decimal_to_f64(q->t->value) >= 2 && counted;
}

/* "is over in 16 minutes", "is done with all pages in 1.3 s", "was up again after 13 seconds": the time that it takes,
 * by a word of completion and "in", "after" or "within" right before the number. */
static bool is_completed_in(const question *q) {
    const passage *p = q->p;
    uint32_t first, end, before = UINT32_MAX;
    if (q->m.dimension != DIM_TIME || p->kind != PASSAGE_SENTENCE) return false;
    passage_window(p, q->near.clause.lo, q->t->text.lo, &first, &end);
    for (uint32_t i = first; i < end && p->words[i].hi <= q->t->text.lo; i++) before = i;
    while (before != UINT32_MAX && before > first && word_in(p, before, "about some roughly around only just under"))
        before--;
    if (before == UINT32_MAX || !word_in(p, before, "in after within for")) return false;
    for (uint32_t i = before; i > first && p->words[i - 1].lo >= q->near.clause.lo; i--) {
        bool copula = i > first + 1 && word_in(p, i - 2, "is are was were");
        if (word_in(
                p, i - 1,
                word_in(p, before, "for")
                    ? "down out unreachable away"
                    : "over done ready finished finishes finish complete completes completed through up back again") &&
            (copula || word_in(p, i - 1, "finished finishes finish complete completes completed")))
            return true;
    }
    return false;
}

/* So many bytes are a size, so many of them a second a speed: the noun need not be said. */
static void find_unit_nouns(question *q) {
    static const struct {
        enum unit_dimension dimension;
        const char *nouns[3];
    } sorts[] = {{DIM_DATA, {"size"}},
                 {DIM_DATA_RATE, {"speed", "rate", "throughput"}},

                 {DIM_TEMPERATURE, {"temperature"}}};
    for (size_t i = 0; i < COUNT_OF(sorts) && q->p->kind == PASSAGE_SENTENCE; i++)
        for (size_t k = 0; k < 3 && sorts[i].dimension == q->m.dimension && sorts[i].nouns[k]; k++)
            q->unit_nouns[k] = fact_stem(str_from_cstr(sorts[i].nouns[k]));
}

/* Says whether it goes on about what the number before it is. */
static bool judge_value(judge *j, passage *p, const token *t, text_range at, bool second, bool elliptic,
                        const stance_view *s) {
    claim *c = claim_add(j, p, at.lo, at.hi, CLAIM_QUANTITY, s);
    if (!c) return false;
    token one = *t;
    if (t->flags & TOKEN_CHANGE && t->high.valid) {
        if (second) one.value = t->high;
        one.flags = (uint16_t)(t->flags & ~(unsigned)TOKEN_CHANGE);
    }
    c->normal = measure_text(j, p->on, &one);
    if (c->verdict == VERDICT_NOT_ABOUT_US || s->foreign || !j->about_us) return false;
    scored found[CANDIDATE_LIMIT];
    question q = {.j = j,
                  .p = p,
                  .t = &one,
                  .found = found,
                  .focus = MANIFEST_NONE,
                  .elliptic = elliptic,
                  .change = (t->flags & TOKEN_CHANGE) != 0,
                  .change_from = (t->flags & TOKEN_CHANGE) != 0 && !second};
    if (!measure_of_token(p->on, &one, &q.m)) return false;
    if (q.change) {
        const unit_info *u = unit_get(t->unit);
        decimal other = second ? t->value : t->high;
        q.other_end = decimal_to_f64(other) * u->factor + u->offset;
        q.other_half = decimal_half_unit(other) * fabs(u->factor);
    }
    settle_cost_rate(&q);
    q.bare = one.unit == UNIT_NONE && !(one.flags & (TOKEN_COUNTED | TOKEN_RATIO));
    bool made = one.unit != UNIT_NONE && one.unit_text.lo == one.unit_text.hi; /* backoff_s = 90, quota=200G */
    q.code_size = made && t->kind == TOKEN_QUANTITY && byte_is_alpha(p->on->text.p[t->text.hi - 1]);
    q.setting_hit = q.bare || made ? setting_of(j, p, t, NULL) : NULL;
    if (q.setting_hit && !p->on->of) {
        uint32_t at_run = article_run_at(j->art, q.setting_hit->where.lo);
        q.setting_in_code = at_run != BLOCK_NONE && j->art->runs[at_run].kind == RUN_CODE;
    }
    uint32_t fact_count;
    q.facts = fact_index_all(j->index, &fact_count);
    bool noun = q.m.dimension == DIM_COUNT || q.m.dimension == DIM_PARAMS || q.m.dimension == DIM_TOKENS || q.bare;
    if (!noun && one.unit_text.hi > one.unit_text.lo)
        q.unit_stem = fact_stem(surface_slice(p->on, one.unit_text.lo, one.unit_text.hi));
    if (q.m.dimension == DIM_PARAMS) q.unit_stem = fact_stem(STR("parameters")); /* "with 3B active" */
    if (q.m.dimension == DIM_ENERGY && p->kind == PASSAGE_SENTENCE)
        q.unit_stem = fact_stem(STR("energy")); /* "one night uses 7.4 kWh": its night energy */
    find_unit_nouns(&q);
    if (noun)
        context_make_counted(j, p, at.lo, at.hi, &q.near);
    else
        context_make(j, p, at.lo, at.hi, &q.near);
    for (uint32_t i = 0; i < p->word_count && !q.takes; i++)
        q.takes = p->words[i].cues & CUE_TAKE && p->words[i].lo >= q.near.clause.lo && p->words[i].hi <= t->text.lo;
    q.takes = q.takes || is_completed_in(&q);
    stance_view said = *s;
    said.loose = p->kind != PASSAGE_CODE && s->loose && figure_is_compared(&q);
    find_candidates(&q);
    decide_quantity(&q, c, &said);
    if (c->verdict == VERDICT_SUPPORTED || c->verdict == VERDICT_UNDERSPECIFIED || (q.another && !c->fact.n))
        note_supported(&q, (uint32_t)(c - j->claims->at), at, &said);
    if (c->verdict == VERDICT_UNVERIFIED) judge_condition(&q, c);
    if (c->verdict == VERDICT_UNVERIFIED && !is_specific(&q)) c->credit_bearing = false;
    const numeric_fact *f = NULL;
    for (uint32_t i = 0; i < q.n && !f; i++)
        if (q.facts[q.found[i].fact].fact->id.p == c->fact.p) f = &q.facts[q.found[i].fact];
    c->kind = kind_of(&q, c->fact.n ? f : NULL);
    return q.parallel || (f && c->verdict == VERDICT_CONTRADICTED && question_goes_on(&q, f));
}

/* "600 dpi": the word behind a bare number is a unit that the manifest declares. */
static bool give_declared_noun(judge *j, passage *p, token *t) {
    if (t->kind != TOKEN_NUMBER || !j->m || !j->about_us) return false;
    uint32_t at = t->text.hi, lo, hi;
    if (at + 2 >= p->text.hi || (p->on->text.p[at] != ' ' && p->on->text.p[at] != '-')) return false;
    if (p->on->text.p[at] == ' ' && give_counted_name(j, p, t)) return true;
    str rest = surface_slice(p->on, 0, p->text.hi < at + 40 ? p->text.hi : at + 40);
    if (!fact_word_next(rest, &at, &lo, &hi) || lo != t->text.hi + 1) return false;
    if (!fact_index_noun(j->index, fact_stem(surface_slice(p->on, lo, hi)))) return false;
    t->unit = UNIT_COUNT;
    t->flags |= TOKEN_COUNTED;
    t->unit_text = (text_range){lo, hi};
    t->text.hi = hi;
    return true;
}

/* "by a factor of 1.8", "a ratio of 4.2", "6.6 to one" */
static bool give_factor(const passage *p, token *t) {
    static const char *const before[] = {"factor of ", "ratio of "}, *const behind[] = {" to one", " to 1"};
    bool ratio = false;
    if (t->kind != TOKEN_NUMBER || t->flags & TOKEN_SPELLED) return false;
    str lead = surface_slice(p->on, p->text.lo, t->text.lo), rest = surface_slice(p->on, t->text.hi, p->text.hi);
    for (size_t i = 0; i < COUNT_OF(before); i++) ratio = ratio || str_ends(lead, str_from_cstr(before[i]));
    for (size_t i = 0; i < COUNT_OF(behind); i++) ratio = ratio || str_starts(rest, str_from_cstr(behind[i]));
    if (!ratio) return false;
    t->flags |= TOKEN_RATIO;
    return true;
}

/* "| drives | 4 × 1.92 TB |": the label or the header says what is counted. */
static void give_multiplier(judge *j, const passage *p, token *t) {
    uint32_t facts[4], all;
    if (p->kind != PASSAGE_CELL || !j->m || !j->about_us || !cell_is_multiplier(p, t)) return;
    const numeric_fact *index = fact_index_all(j->index, &all);
    if (!cell_facts(j, (passage *)p, t, facts, 4) || !index[facts[0]].noun) return;
    t->kind = TOKEN_QUANTITY;
    t->unit = UNIT_COUNT;
    t->flags = (uint16_t)((t->flags & ~(unsigned)TOKEN_RATIO) | TOKEN_COUNTED);
    t->text.hi = t->core.hi;
    t->unit_text = (text_range){t->core.hi, t->core.hi};
}

/* "a 25-gigabit switch": an adjective in bits is a rate, nobody sizes a thing so. */
static void give_rate(const passage *p, token *t) {
    const unit_info *u = unit_get(t->unit);
    if (t->kind != TOKEN_QUANTITY || u->dimension != DIM_DATA || t->unit_text.lo <= p->text.lo) return;
    if (p->on->text.p[t->unit_text.lo - 1] != '-' || !u->name || !strchr(u->name, 'b')) return;
    char rate[24];
    int n = snprintf(rate, sizeof rate, "%s/s", u->name);
    unit_id unit = unit_parse(str_make(rate, (size_t)n), true);
    if (unit != UNIT_NONE) t->unit = unit;
}

/* "14 pounds a month": money, where the operation pays in pounds; nothing of its is weighed in them. */
static void give_pounds(judge *j, const passage *p, token *t) {
    if (t->unit == UNIT_NONE || !j->m || !j->about_us) return;
    str said = surface_slice(p->on, t->unit_text.lo, t->unit_text.hi);
    if (!str_starts(said, STR("pound"))) return;
    bool month = str_find(said, STR("month"), 0) > 0, alone = said.n <= 6;
    unit_id unit = unit_parse(month ? STR("GBP/month") : STR("GBP"), true);
    uint32_t count;
    fact_index_range(j->index, DIM_MONEY_GBP, -INFINITY, INFINITY, &count);
    if (!count || unit == UNIT_NONE || !(month || alone)) return;
    t->kind = TOKEN_QUANTITY;
    t->unit = unit;
    t->flags &= (uint16_t) ~(unsigned)TOKEN_COUNTED;
}

/* "34 cents": of the money that the operation pays in, where it pays in one. */
static void give_cents(judge *j, const passage *p, token *t) {
    static const enum unit_dimension money[] = {DIM_MONEY_EUR, DIM_MONEY_GBP, DIM_MONEY_USD};
    static const char *const names[] = {"EUR", "GBP", "USD"};
    if (t->kind != TOKEN_QUANTITY || !j->m || !j->about_us || t->value.scale > 6) return;
    if (!str_is_among(surface_slice(p->on, t->unit_text.lo, t->unit_text.hi), "cent cents pence")) return;
    uint32_t count, found = 0;
    size_t only = 0;
    for (size_t i = 0; i < COUNT_OF(money); i++) {
        fact_index_range(j->index, money[i], -INFINITY, INFINITY, &count);
        if (count) only = i, found++;
    }
    if (found != 1) return;
    t->value = decimal_make(t->value.digits, t->value.scale + 2);
    if (t->high.valid) t->high = decimal_make(t->high.digits, t->high.scale + 2);
    t->unit = unit_parse(str_from_cstr(names[only]), true);
}

/* "hayburn, without any card, needs nine minutes", "is no beauty, and with sixteen cores …": a negation in another
 * clause denies what stands there, no figure; save "none of these:", "neither …, nor …". */
static void settle_denial(judge *j, passage *p, const token *t, stance_view *s) {
    if (!s->denied || p->kind != PASSAGE_SENTENCE) return;
    clause_range clause = clause_at(j, p, t->text.lo, t->text.hi);
    for (uint32_t i = 0; i < p->word_count && p->words[i].lo < clause.hi; i++) {
        bool here = p->words[i].lo >= clause.lo;
        if (word_in(p, i, "none nothing neither nor") && p->words[i].lo < t->text.hi) return;
        if (word_in(p, i, "without") && word_in(p, i + 1, "it them him her me us")) continue;
        if (i > 0 && word_in(p, i, "without") && p->words[i].hi + 16 < t->text.lo) continue;
        bool behind = p->words[i].lo >= t->text.hi; /* "of RAM, and it was never short" */
        if (behind && (!word_in(p, i, "not don't doesn't isn't aren't missing unavailable gone") ||
                       p->words[i].lo > t->text.hi + 24))
            continue;
        if (here && (p->words[i].cues & CUE_NEGATION || word_in(p, i, "missing unavailable gone"))) return;
    }
    s->denied = false;
    if (s->stance == STANCE_NEGATED) s->stance = s->past ? STANCE_HISTORICAL : STANCE_ASSERTED;
}

/* "from 51.8 tok/s at batch 1 to 126 tok/s at batch 4": the 1 is the batch's, and no interval begins there. */
static void part_from_condition(judge *j, passage *p, uint32_t index, token *t) {
    if (!(t->flags & TOKEN_INTERVAL) || !t->high.valid || p->kind != PASSAGE_SENTENCE || index == p->token_lo) return;
    const token *before = &p->on->tokens[index - 1];
    uint32_t first, end, w = UINT32_MAX, lo = t->text.lo;
    if (before->kind != TOKEN_QUANTITY || unit_get(before->unit)->dimension != unit_get(t->unit)->dimension) return;
    passage_prepare(j, p);
    passage_window(p, t->text.lo, t->text.hi, &first, &end);
    for (uint32_t i = first; i < end && p->words[i].hi <= t->text.lo; i++) w = i;
    if (w == UINT32_MAX || !fact_index_condition_key(j->index, p->words[w].stem)) return;
    for (uint32_t i = first; i + 1 < end && p->words[i].hi < t->text.hi; i++)
        if (p->words[i].lo > t->text.lo && word_is(p, i, "to")) lo = p->words[i + 1].lo;
    if (lo == t->text.lo) return;
    t->value = t->high;
    t->flags &= (uint16_t) ~(unsigned)TOKEN_INTERVAL;
    t->text.lo = t->core.lo = lo;
    if (t->core.hi < lo) t->core.hi = t->text.hi;
}

/* "from four of them": things, whatever stands before. */
static bool counts_them(const passage *p, const token *t) {
    static const char *const behind[] = {" of them", " of these", " of those", " of us", " of which", " of whom"};
    str rest = surface_slice(p->on, t->text.hi, p->text.hi);
    for (size_t i = 0; i < COUNT_OF(behind); i++)
        if (str_starts(rest, str_from_cstr(behind[i]))) return true;
    return false;
}

/* "`--max-num-batched-tokens`: 8192", "`-np` set to 4": a name in code stands right before it, whose number it is. */
static bool follows_code(const judge *j, const passage *p, const token *t) {
    uint32_t at = t->text.lo;
    if (p->on->of || p->kind != PASSAGE_SENTENCE) return false;
    for (uint32_t n = 0; n < 3; n++) {
        static const char *const small[] = {" at", " to", " of", " is", " set"};
        while (at > p->text.lo && strchr(" :=\"", p->on->text.p[at - 1])) at--;
        for (size_t i = 0; i < COUNT_OF(small); i++)
            if (str_ends(surface_slice(p->on, p->text.lo, at), str_from_cstr(small[i])))
                at -= (uint32_t)strlen(small[i]);
    }
    uint32_t of = at > p->text.lo ? article_run_at(j->art, at - 1) : BLOCK_NONE;
    return of != BLOCK_NONE && j->art->runs[of].kind == RUN_CODE && byte_is_alnum(p->on->text.p[at - 1]);
}

/* "Alder has 80 billion parameters", "it has", "Alder is a sparse model with": does a name of ours, a pronoun or "the
 * model", and no more than a verb of having, stand before it? */
static bool is_of_a_name(const judge *j, const passage *p, const token *t) {
    uint32_t w = passage_word_before(p, t->text.lo), first, end;
    while (w != UINT32_MAX && w > 0 && word_in(p, w, "a about some has have with is of total")) w--;
    if (w == UINT32_MAX) return false;
    if (word_in(p, w, "it its which") || (w > 0 && word_in(p, w, "model") && word_in(p, w - 1, "the our my this")))
        return true;
    bool model = word_in(p, w, "model experts moe");
    if (model && word_in(p, 0, "it")) return true;
    passage_hit_window(p, p->words[w].lo, p->words[w].hi, &first, &end);
    for (uint32_t h = first; h < end; h++)
        if ((p->on->hits[h].where.hi == p->words[w].hi || (model && p->on->hits[h].where.hi < p->words[w].lo)) &&
            hit_entity(j, &p->on->hits[h], ENTITY_COMPONENT) != MANIFEST_NONE)
            return true;
    return false;
}

/* "80 billion parameters, of which 8 billion are active", "with 12 billion active": so many of the parameters that
 * stand before it, by what is said of such alone. */
static void give_parameters(judge *j, passage *p, uint32_t index, token *t) {
    enum { REACH = 3, WORDS = 4, LEAST = 1000000, BILLION = 1000000000 };
    if (t->kind != TOKEN_NUMBER || !t->value.valid || decimal_to_f64(t->value) < LEAST || p->kind != PASSAGE_SENTENCE)
        return;
    uint32_t at = t->text.hi, lo, hi;
    bool active = false;
    str rest = surface_slice(p->on, 0, p->text.hi);
    for (uint32_t n = 0; n < WORDS && !active && fact_word_next(rest, &at, &lo, &hi); n++) {
        str said = surface_slice(p->on, lo, hi);
        active = str_is_among(said, "active activated");
        if (!active && !str_is_among(said, "of which them these are is being parameters")) return;
    }
    for (uint32_t i = index; active && i > p->token_lo && index - i < REACH; i--) {
        const token *before = &p->on->tokens[i - 1];
        if (before->kind != TOKEN_QUANTITY || unit_get(before->unit)->dimension != DIM_PARAMS) continue;
        passage_prepare(j, p);
        if (!is_of_a_name(j, p, before)) return;
        t->kind = TOKEN_QUANTITY;
        int64_t tenths = (int64_t)(decimal_to_f64(t->value) / (BILLION / 10) + 0.5); /* "6.5 billion" */
        bool billions = fabs(decimal_to_f64(t->value) - (double)tenths * (BILLION / 10)) < 1;
        if (billions) t->value = tenths % 10 ? decimal_make(tenths, 1) : decimal_make(tenths / 10, 0);
        t->unit = unit_parse(billions ? STR("B params") : STR("parameters"), true);
        t->unit_text = before->unit_text;
        return;
    }
}

/* "from 120 ms to 45 ms": the first end is "120 ms", without the "from" and with its unit; the second begins behind the
 * word or the arrow. */
static void part_change(const passage *p, text_range *from, text_range *to) {
    static const char *const links[] = {" to ", "->", "\xe2\x86\x92", "=>"};
    str whole = surface_slice(p->on, from->lo, to->hi);
    ptrdiff_t link = -1;
    for (size_t i = 0; i < COUNT_OF(links) && link < 0; i++) {
        link = str_find(whole, str_from_cstr(links[i]), (ptrdiff_t)(from->hi - from->lo));
        if (link >= 0) to->lo = from->lo + (uint32_t)link + (uint32_t)strlen(links[i]);
    }
    if (link >= 0) from->hi = from->lo + (uint32_t)link;
    while (from->hi > from->lo && byte_is_space(p->on->text.p[from->hi - 1])) from->hi--;
    if (str_eq_nocase(str_slice(whole, 0, 5), STR("from "))) from->lo += 5;
    while (from->lo < from->hi && byte_is_space(p->on->text.p[from->lo])) from->lo++;
}

static void judge_token(judge *j, passage *p, uint32_t index) {
    const token *raw = &p->on->tokens[index];
    token t = *raw;
    if (t.kind == TOKEN_IDENT &&
        !(j->about_us && p->kind == PASSAGE_CODE && read_code_size(p, &t) && setting_of(j, p, &t, NULL)))
        return;
    if (t.kind != TOKEN_QUANTITY && t.kind != TOKEN_NUMBER && t.kind != TOKEN_VERSION) return;
    if (j->about_us) give_parameters(j, p, index, &t);
    if (t.kind == TOKEN_NUMBER && counts_them(p, &t)) return;
    if (t.kind == TOKEN_VERSION) { /* 0.70 of the pool */
        if (!decimal_parse(surface_slice(p->on, t.core.lo, t.core.hi), false, &t.value)) return;
        t.kind = TOKEN_NUMBER;
        t.unit = UNIT_NONE;
    }
    give_declared_noun(j, p, &t);
    give_multiplier(j, p, &t);
    give_rate(p, &t);
    give_pounds(j, p, &t);
    give_cents(j, p, &t);
    give_factor(p, &t);
    bool counted = (t.kind == TOKEN_QUANTITY || t.flags & (TOKEN_COUNTED | TOKEN_RATIO)) &&
                   (t.unit != UNIT_NONE || t.flags & (TOKEN_COUNTED | TOKEN_RATIO));
    bool setting = !counted && give_setting(j, p, &t);
    bool lent = !counted && !setting && j->about_us && !follows_code(j, p, &t);
    bool elliptic = lent && (inherit_by_ellipsis(p, index, &t) || inherit_by_coordination(p, index, &t) ||
                             (passage_prepare(j, p), inherit_by_structure(p, index, &t)));
    bool inherited = lent && !elliptic && (inherit_unit(p, index, &t) || inherit_at_end(j, p, index, &t));
    uint32_t bound[4];
    bool placed = !counted && raw->kind == TOKEN_NUMBER && p->kind == PASSAGE_CELL && j->about_us &&
                  cell_facts(j, p, raw, bound, 4);
    if (!counted && !setting && !elliptic && !inherited && !give_column_unit(j, p, &t) && !placed) return;
    inherited = inherited && !placed;
    if (p->flags & PASSAGE_HEADER_CELL || token_lies_in_name(p, &t)) return;
    part_from_condition(j, p, index, &t);
    join_article(p, &t);
    join_duration(p, index, &t);
    stance_view s = stance_at(j, p, t.text.lo, t.text.hi);
    settle_denial(j, p, &t, &s);
    if (s.stance == STANCE_HYPOTHETICAL && figure_is_permitted(p, &t, clause_at(j, p, t.text.lo, t.text.hi)))
        s.stance = STANCE_ASSERTED;
    enum asks asked = passage_asks_whether(j, p, t.text.lo);
    if (asked == ASKED_OPEN && s.stance == STANCE_ASSERTED) s.stance = STANCE_HYPOTHETICAL;
    if (asked == ASKED_AFFIRMED && s.stance == STANCE_HYPOTHETICAL && !(p->cues & (CUE_IF | CUE_MODAL | CUE_NEGATION)))
        s.stance = STANCE_ASSERTED;
    s.foreign = !s.others && stance_is_foreign(j, p, t.text.lo, t.text.hi);
    enum unit_dimension d = unit_get(t.unit)->dimension;
    if (s.stance == STANCE_REQUIREMENT && (d == DIM_TIME || d == DIM_POWER || d == DIM_DATA))
        s.stance = STANCE_ASSERTED; /* "it needs 5 s", "19 W" */
    bool wished = s.stance == STANCE_HYPOTHETICAL || s.stance == STANCE_INSTRUCTION || s.stance == STANCE_REQUIREMENT;
    s.wished = wished && number_is_presupposed(p, t.text.lo, t.text.hi);
    if (s.wished) s.stance = s.denied ? STANCE_NEGATED : s.past ? STANCE_HISTORICAL : STANCE_ASSERTED;
    if (t.flags & TOKEN_CHANGE && t.high.valid) {
        text_range from = {t.text.lo, t.core.hi}, to = {t.core.hi, t.text.hi};
        if (from.hi <= from.lo || from.hi >= t.text.hi)
            from = to = t.text;
        else
            part_change(p, &from, &to);
        while (to.lo < to.hi && !byte_is_digit(p->on->text.p[to.lo]) && to.lo != t.text.lo) to.lo++;
        judge_value(j, p, &t, from, false, false, &s);
        judge_value(j, p, &t, to.lo < to.hi ? to : t.text, true, false, &s);
    } else {
        bool parallel = judge_value(j, p, &t, t.text, false, elliptic, &s);
        /* A guess at the unit may support, and is forgotten otherwise; unless the clause goes on about the number whose
         * unit it is. */
        if (inherited && !parallel && j->claims->n && j->claims->at[j->claims->n - 1].verdict != VERDICT_SUPPORTED)
            j->claims->n--;
    }
    p->on->used[index] = 1;
}

void judge_quantities(judge *j) {
    for (uint32_t i = 0; i < j->passage_count && !j->failed; i++) {
        passage *p = &j->passages[i];
        if (j->about_us) judge_format(j, p);
        for (uint32_t t = p->token_lo; t < p->token_hi; t++)
            if (!p->on->used[t]) {
                judge_token(j, p, t);
                if (j->about_us && !p->on->used[t]) judge_named_value(j, p, t);
            }
    }
    judge_exchanges(j);
}
