/* advise.c - the cheapest edits under which an article would pass.
 *
 * In: a judgement. Out: edits with the points that each gains, and whether they suffice.
 *
 *     must:   every unsuppressed failing finding, every contradicted claim
 *     may:    one place's unverified claims and loose numbers; one hit of a negative signal, or, above its cap, so many
 *             of its hits that their removal tells
 *
 * Failing findings have to go whatever the score is; then "may" edits are taken, dearest first, until the gap to the
 * minimum is closed. Edits only remove, or cite the manifest: what would reward an invented specific is never proposed,
 * so there may be no sufficient set.
 *
 * Invariants: what an edit is said to gain was measured, by judging the article without its places (trial.h); what was
 * not measured, or gains nothing, is promised no points and not proposed for its points' sake. `enough` is the verdict
 * on the article without the places of all edits: a finding that no removal mends (a missing key, too few facts) is
 * work for an author, and then they are not enough. The ledger alone gives the order in which candidates are tried.
 */
#include "gate/trial.h"

#include <math.h>
#include <stdlib.h>

enum {
    MAX_SHOWN = 60,
    MAX_NAMED = 12,
    MAX_CUT_FINDING = 400,
    TRIALS_FOR_MAY = 48,
    MAX_TRIALS = 96,
    MAX_TRIAL_BYTES = 8 << 20
};
static const double LEAST_GAIN = 0.05; /* less is +0.0 where it is printed */

typedef struct candidate {
    edit e;
    span *places; /* [count]; e.where is the first of those that are taken */
    uint32_t count;
    double per_place; /* points to be hoped for, a place; measured where `measured` */
    int signal;       /* whose cap is exceeded, so that a part of the places may do; -1 = all or none */
    bool measured, taken;
} candidate;

typedef struct advice_work {
    arena *a;
    const gate_options *options;
    const judgement *judged;
    trials trials;
    VEC(edit) must;
    VEC(candidate) may;
    VEC(span) cuts; /* of the must edits */
} advice_work;

/* ---- quoting ----------------------------------------------------------------------------------------------------- */

/* On one line, cut between characters. */
static str quoted(arena *a, str text) {
    ptrdiff_t n = text.n > MAX_SHOWN ? MAX_SHOWN : text.n;
    while (n < text.n && n > 0 && (text.p[n] & 0xc0) == 0x80) n--;
    str line = arena_str(a, str_slice(text, 0, n));
    if (!line.p) return line;
    for (ptrdiff_t i = 0; i < n; i++)
        if (line.p[i] == '\n' || line.p[i] == '\r') ((uint8_t *)(uintptr_t)line.p)[i] = ' ';
    return n < text.n ? arena_printf(a, "%.*s...", STR_ARG(line)) : line;
}

/* "'a', 'b' and 'c'", or "'a', 'b' and others", of the source bytes at [places], each text once. */
static str named(arena *a, const judgement *j, const span *places, uint32_t count) {
    str one[MAX_NAMED], list = STR("");
    uint32_t n = 0;
    bool others = false;
    for (uint32_t i = 0; i < count && !others; i++) {
        str text = quoted(a, str_span(j->article.source, places[i]));
        bool again = false;
        if (!text.p) return text;
        for (uint32_t k = 0; k < n && !again; k++) again = str_eq(one[k], text);
        if (!again && n < MAX_NAMED)
            one[n++] = text;
        else
            others = !again;
    }
    for (uint32_t i = 0; i < n && list.p; i++) {
        const char *joint = i == 0 ? "" : i + 1 == n && !others ? " and " : ", ";
        list = arena_printf(a, "%.*s%s'%.*s'", STR_ARG(list), joint, STR_ARG(one[i]));
    }
    return others && list.p ? arena_printf(a, "%.*s and others", STR_ARG(list)) : list;
}

/* ---- what has to go ---------------------------------------------------------------------------------------------- */

/* Does the text hold the value whole? "port 8443" holds no 443, "15.8.1" no 15.8. */
static bool holds_value(str text, str value) {
    for (ptrdiff_t at = 0; value.n && (at = str_find(text, value, at)) >= 0; at++) {
        ptrdiff_t end = at + value.n;
        bool begins = at == 0 || !(byte_is_alnum(text.p[at - 1]) || text.p[at - 1] == '.');
        bool ends = end == text.n || !(byte_is_alnum(text.p[end]) ||
                                       (text.p[end] == '.' && end + 1 < text.n && byte_is_alnum(text.p[end + 1])));
        if (begins && ends) return true;
    }
    return false;
}

/* May the claim say instead what its fact says? Not where that is a list of other things ("the MCP server exposes chat
 * completions"), a note on what is absent, or the very value that the sentence denies. */
static bool has_value_to_say(const claim *c) {
    bool listed = c->kind == CLAIM_EXISTENCE || str_starts(c->fact, STR("absent.")) ||
                  str_starts(c->says, STR("a closed ")) ||
                  (c->kind == CLAIM_EXPOSES && c->says.n && !byte_is_digit(c->says.p[0]));
    return c->says.n && !listed && !holds_value(c->quote, c->says);
}

/* Points gained without the places; 0 where that is unknown or nothing. */
static double gain_of(advice_work *w, const span *places, uint32_t count, trial_result *after) {
    span *cuts = ARENA_ARRAY(w->a, span, count);
    if (!cuts) return 0;
    memcpy(cuts, places, count * sizeof *cuts);
    *after = (trial_result){.score = w->judged->score, .failing = UINT32_MAX};
    if (!trial_without(&w->trials, cuts, count, after)) return 0;
    double gain = after->score - w->judged->score;
    return gain >= LEAST_GAIN ? gain : 0;
}

/* Half of the trials are for what may go; what is not tried is promised no points. */
static bool must_go(advice_work *w, str what, span where) {
    trial_result after;
    double points = w->trials.left > TRIALS_FOR_MAY ? gain_of(w, &where, 1, &after) : 0;
    return what.p && VEC_PUSH(w->a, &w->must, (edit){.what = what, .points = points, .where = where}) &&
           VEC_PUSH(w->a, &w->cuts, where);
}

static bool may_go(advice_work *w, str what, span *places, uint32_t count, double hoped, int signal) {
    if (!what.p || !places) return false;
    candidate c = {.e = {.what = what, .where = places[0], .more = places + 1, .more_count = count - 1},
                   .places = places,
                   .count = count,
                   .per_place = hoped / count,
                   .signal = signal};
    return hoped < LEAST_GAIN || VEC_PUSH(w->a, &w->may, c);
}

static bool one_may_go(advice_work *w, str what, span where, double hoped) {
    span *one = ARENA_NEW(w->a, span);
    if (one) *one = where;
    return may_go(w, what, one, 1, hoped, -1);
}

static bool must_be_proved(const advice_work *w, const claim *c) {
    return c->verdict == VERDICT_UNVERIFIED && c->credit_bearing && w->options->fail_claims == CLAIMS_UNVERIFIED;
}

static bool claims(advice_work *w) {
    for (size_t i = 0; i < w->judged->claims.n; i++) {
        const claim *c = &w->judged->claims.at[i];
        if (c->waived || c->known) continue;
        bool ok = true;
        if (c->verdict == VERDICT_CONTRADICTED) {
            str what = has_value_to_say(c) ? arena_printf(w->a, "remove '%.*s', or say what %.*s says: %.*s",
                                                          STR_ARG(c->quote), STR_ARG(c->fact), STR_ARG(c->says))
                                           : arena_printf(w->a, "remove '%.*s'", STR_ARG(c->quote));
            ok = w->judged->fail_claims == CLAIMS_NEVER
                     ? one_may_go(w, what, c->where, w->judged->style->contradiction_cost)
                     : must_go(w, what, c->where);
        } else if (must_be_proved(w, c)) {
            str what = arena_printf(w->a, "remove '%.*s', which nothing declared supports", STR_ARG(c->quote));
            ok = must_go(w, what, c->where);
        }
        if (!ok) return false;
    }
    return true;
}

/* A finding whose place a removal mends is one more cut; any other is work for an author. */
static bool findings(advice_work *w) {
    uint32_t failing = trial_failing(w->judged);
    for (size_t i = 0; i < w->judged->findings.n; i++) {
        const finding *f = &w->judged->findings.at[i];
        bool by_claim = str_eq(f->rule, STR("truth-contradicted")) || str_eq(f->rule, STR("truth-unverified"));
        if (by_claim || !gate_fails(w->judged, f)) continue;
        edit e = {.what = arena_printf(w->a, "%.*s [%.*s]", STR_ARG(f->message), STR_ARG(f->rule)), .where = f->where};
        if (!e.what.p || !VEC_PUSH(w->a, &w->must, e)) return false;
        bool small = f->where.hi > f->where.lo && f->where.hi - f->where.lo <= MAX_CUT_FINDING &&
                     f->where.lo >= w->judged->article.frontmatter.hi;
        trial_result after = {.failing = failing};
        if (small && w->trials.left > TRIALS_FOR_MAY) gain_of(w, &f->where, 1, &after);
        if (after.failing < failing && !VEC_PUSH(w->a, &w->cuts, f->where)) return false;
    }
    return true;
}

/* ---- what may go: places that earn nothing ----------------------------------------------------------------------- */

/* A row, an item or a block of code earns as one; else a sentence does. */
typedef struct whole {
    uint32_t block, sentence; /* one of them BLOCK_NONE, or both */
} whole;

static whole whole_of(const article *art, uint32_t in_sentence, uint32_t leaf) {
    whole p = {BLOCK_NONE, in_sentence};
    if (leaf == BLOCK_NONE) return p;
    uint32_t row = article_ancestor(art, leaf, BLOCK_ROW);
    p.block = row != BLOCK_NONE ? row : article_ancestor(art, leaf, BLOCK_ITEM);
    if (p.block == BLOCK_NONE && art->blocks[leaf].kind == BLOCK_CODE) p.block = leaf;
    if (p.block != BLOCK_NONE) p.sentence = BLOCK_NONE;
    return p;
}

static int compare_wholes(whole a, whole b) {
    if (a.block != b.block) return a.block < b.block ? -1 : 1;
    return (a.sentence > b.sentence) - (a.sentence < b.sentence);
}

/* A hit that its place makes worthless although a fact vouches for it. What no fact vouches for is earned back by no
 * edit. */
typedef struct held_back {
    whole place;
    double units;
    int signal;
} held_back;

static int by_held_place(const void *left, const void *right) {
    const held_back *a = left, *b = right;
    int order = compare_wholes(a->place, b->place);
    return order ? order : a->signal - b->signal;
}

static bool hits_held_back(advice_work *w, held_back **out, size_t *count) {
    const judgement *j = w->judged;
    VEC(held_back) list = {0};
    for (int id = 0; id < SIGNAL_COUNT; id++) {
        const signal_value *value = &j->measured.signals[id];
        if (w->options->rules->signals[id].negative || j->ledger[id].weight <= 0) continue;
        for (uint32_t i = 0; i < value->hit_count; i++) {
            const hit *h = &value->hits[i];
            if (!h->tainted || h->why != TAINT_OF_PLACE) continue;
            if (!w->options->rules->published && !claims_vouch_for(&j->claims, h->text)) continue;
            uint32_t leaf = article_block_at(&j->article, h->text.lo);
            held_back one = {whole_of(&j->article, article_sentence_at(&j->article, h->text.lo), leaf),
                             fmax(1, h->amount), id}; /* the first of some may be the tainted one */
            if (!VEC_PUSH(w->a, &list, one)) return false;
        }
    }
    if (list.n > 1) qsort(list.at, list.n, sizeof *list.at, by_held_place);
    *out = list.at;
    *count = list.n;
    return true;
}

/* At most: what the hits held back there are worth below the caps. `*from` walks on with the places. */
static double hoped_back(const advice_work *w, whole p, const held_back *hits, size_t n, size_t *from) {
    double points = 0;
    while (*from < n && compare_wholes(hits[*from].place, p) < 0) ++*from;
    for (size_t i = *from, end; i < n && compare_wholes(hits[i].place, p) == 0; i = end) {
        const ledger_line *line = &w->judged->ledger[hits[i].signal];
        double units = 0;
        for (end = i; end < n && hits[end].signal == hits[i].signal && compare_wholes(hits[end].place, p) == 0; end++)
            units += hits[end].units;
        points += fmin(units, fmax(0, line->cap - line->paid)) * line->weight;
    }
    return points;
}

typedef struct doubt {
    whole place;
    span where;
} doubt;

static int by_whole(const void *left, const void *right) {
    const doubt *a = left, *b = right;
    int order = compare_wholes(a->place, b->place);
    if (order) return order;
    if (a->where.lo != b->where.lo) return a->where.lo < b->where.lo ? -1 : 1;
    return (a->where.hi < b->where.hi) - (a->where.hi > b->where.hi);
}

static bool whole_may_go(advice_work *w, const doubt *doubts, size_t n, double hoped) {
    span *places = ARENA_ARRAY(w->a, span, n);
    uint32_t count = 0;
    if (!places) return false;
    for (size_t i = 0; i < n; i++) /* one within another is named once */
        if (!count || doubts[i].where.hi > places[count - 1].hi) places[count++] = doubts[i].where;
    str what = arena_printf(w->a, "remove %.*s, which nothing declared supports",
                            STR_ARG(named(w->a, w->judged, places, count)));
    return may_go(w, what, places, count, hoped, -1);
}

/* Unverified claims and loose numbers, by the place that they make worthless: only together do they earn it back. */
static bool worthless_places(advice_work *w) {
    const judgement *j = w->judged;
    VEC(doubt) doubts = {0};
    if (!j->claims.vouching) return true;
    for (size_t i = 0; i < j->claims.n; i++) {
        const claim *c = &j->claims.at[i];
        if (c->waived || c->known || c->verdict != VERDICT_UNVERIFIED || !c->credit_bearing || must_be_proved(w, c))
            continue;
        if (c->sentence == BLOCK_NONE && c->block == BLOCK_NONE) continue;
        if (!VEC_PUSH(w->a, &doubts, (doubt){whole_of(&j->article, c->sentence, c->block), c->where})) return false;
    }
    for (size_t i = 0; i < j->claims.loose.n; i++) {
        const loose_number *l = &j->claims.loose.at[i];
        if (!VEC_PUSH(w->a, &doubts, (doubt){whole_of(&j->article, l->sentence, l->block), l->where})) return false;
    }
    if (doubts.n > 1) qsort(doubts.at, doubts.n, sizeof *doubts.at, by_whole);
    held_back *hits;
    size_t hit_count, from = 0;
    if (!hits_held_back(w, &hits, &hit_count)) return false;
    for (size_t i = 0, end; i < doubts.n; i = end) {
        const whole here = doubts.at[i].place;
        for (end = i + 1; end < doubts.n && compare_wholes(doubts.at[end].place, here) == 0;) end++;
        double hoped = hoped_back(w, here, hits, hit_count, &from);
        if (hoped > 0 && !whole_may_go(w, doubts.at + i, end - i, hoped)) return false;
    }
    return true;
}

/* ---- what may go: what costs points ------------------------------------------------------------------------------ */

static bool negatives(advice_work *w) {
    for (int id = 0; id < SIGNAL_COUNT; id++) {
        const signal_rule *rule = &w->options->rules->signals[id];
        const ledger_line *line = &w->judged->ledger[id];
        const signal_value *value = &w->judged->measured.signals[id];
        if (!rule->negative || line->weight <= 0 || line->paid <= 0) continue; /* paid: what is fined */
        span *places = ARENA_ARRAY(w->a, span, value->hit_count);
        uint32_t count = 0;
        if (!places) return false;
        for (uint32_t i = 0; i < value->hit_count; i++)
            if (value->hits[i].amount > 0) places[count++] = value->hits[i].where;
        if (line->paid > line->cap && count) {
            if (!may_go(w, rule->name, places, count, line->cap * line->weight, id)) return false;
            continue;
        }
        for (uint32_t i = 0; i < count; i++) {
            str shown = quoted(w->a, str_span(w->judged->article.source, places[i]));
            str what = arena_printf(w->a, "remove '%.*s' (%.*s)", STR_ARG(shown), STR_ARG(rule->name));
            if (!one_may_go(w, what, places[i], line->weight)) return false;
        }
    }
    return true;
}

/* Of what exceeds a cap: so many, in the order of the text, that `gap` points come, each worth `weight` below the cap.
 */
static void take_a_part(advice_work *w, candidate *c, double gap) {
    const ledger_line *line = &w->judged->ledger[c->signal];
    double units = ceil(line->paid - line->cap) + fmax(1, ceil(gap / line->weight));
    uint32_t n = units < c->count ? (uint32_t)units : c->count;
    c->e.more_count = n - 1;
    c->e.what = n == c->count ? arena_printf(w->a, "remove all %u %.*s: %.*s", n,
                                             STR_ARG(w->options->rules->signals[c->signal].name),
                                             STR_ARG(named(w->a, w->judged, c->places, n)))
                              : arena_printf(w->a, "remove %u of the %u %.*s: %.*s", n, c->count,
                                             STR_ARG(w->options->rules->signals[c->signal].name),
                                             STR_ARG(named(w->a, w->judged, c->places, n)));
}

/* ---- choosing ---------------------------------------------------------------------------------------------------- */

static bool measure_all(advice_work *w, trial_result *out) {
    size_t n = w->cuts.n;
    for (size_t i = 0; i < w->may.n; i++) n += w->may.at[i].taken ? 1 + w->may.at[i].e.more_count : 0;
    if (!n) {
        const judgement *j = w->judged;
        *out = (trial_result){j->score, j->minimum, trial_failing(j), j->passed};
        return true;
    }
    span *cuts = ARENA_ARRAY(w->a, span, n);
    if (!cuts) return false;
    if (w->cuts.n) memcpy(cuts, w->cuts.at, w->cuts.n * sizeof *cuts);
    n = w->cuts.n;
    for (size_t i = 0; i < w->may.n; i++)
        for (uint32_t k = 0; w->may.at[i].taken && k <= w->may.at[i].e.more_count; k++)
            cuts[n++] = w->may.at[i].places[k];
    return trial_without(&w->trials, cuts, n, out);
}

static candidate *dearest(advice_work *w) {
    candidate *best = NULL;
    for (size_t i = 0; i < w->may.n; i++) {
        candidate *c = &w->may.at[i];
        if (!c->taken && c->per_place > 0 && (!best || c->per_place > best->per_place)) best = c;
    }
    return best;
}

static void measure_one(advice_work *w, candidate *c, double gap) {
    trial_result after;
    if (c->signal >= 0) take_a_part(w, c, gap);
    c->e.points = gain_of(w, c->places, 1 + c->e.more_count, &after);
    c->per_place = c->e.points / (1 + c->e.more_count);
    c->measured = true;
}

/* More of what exceeds a cap may go where the sum promised more than came. */
static double give_back_parts(advice_work *w) {
    double points = 0;
    for (size_t i = 0; i < w->may.n; i++) {
        candidate *c = &w->may.at[i];
        if (!c->taken || c->signal < 0 || 1 + c->e.more_count == c->count) continue;
        c->taken = c->measured = false;
        points += c->e.points;
    }
    return points;
}

/* The dearest first, each by what it was measured to gain, until what all of them leave was measured to suffice. One
 * trial is kept for that. */
static trial_result choose(advice_work *w) {
    trial_result all = {.score = w->judged->score, .minimum = w->judged->minimum};
    bool known = measure_all(w, &all); /* of what is taken now */
    double reached = all.score;
    while (w->trials.left > 1) {
        if (reached >= all.minimum) {
            if (known || !measure_all(w, &all)) break;
            known = true;
            reached = all.score;
            if (reached < all.minimum) reached -= give_back_parts(w);
            continue;
        }
        candidate *c = dearest(w);
        if (!c) break;
        if (!c->measured) {
            measure_one(w, c, all.minimum - reached);
            continue;
        }
        c->taken = true;
        known = false;
        reached += c->e.points;
    }
    if (!known) measure_all(w, &all);
    return all;
}

static int by_points(const void *left, const void *right) {
    const candidate *a = left, *b = right;
    if (a->e.points != b->e.points) return a->e.points > b->e.points ? -1 : 1;
    return (a->e.where.lo > b->e.where.lo) - (a->e.where.lo < b->e.where.lo);
}

static bool advise(advice_work *w, advice *out) {
    if (!claims(w) || !findings(w) || !worthless_places(w) || !negatives(w)) return false;
    trial_result all = choose(w);
    if (w->may.n > 1) qsort(w->may.at, w->may.n, sizeof *w->may.at, by_points);
    for (size_t i = 0; i < w->may.n; i++)
        if (w->may.at[i].taken && !VEC_PUSH(w->a, &w->must, w->may.at[i].e)) return false;
    *out = (advice){.edits = w->must.at,
                    .count = (uint32_t)w->must.n,
                    .enough = all.passed,
                    .score = all.score,
                    .minimum = all.minimum};
    return true;
}

int gate_advise(arena *a, const gate_options *options, const judgement *judged, advice *out, error *e) {
    advice_work w = {.a = a, .options = options, .judged = judged};
    *out = (advice){.enough = judged->passed, .score = judged->score, .minimum = judged->minimum};
    if (judged->passed) return ERROR_NONE;
    bool ok = trials_open(&w.trials, options, judged, MAX_TRIALS, MAX_TRIAL_BYTES) && advise(&w, out);
    trials_close(&w.trials);
    return ok ? ERROR_NONE : error_set(e, ERROR_MEMORY, "out of memory");
}
