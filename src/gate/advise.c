/* advise.c - the cheapest edits under which an article would pass.
 *
 * In: a judgement. Out: edits with the points that each gains, and whether they suffice.
 *
 *     must:   every unsuppressed failing finding, every contradicted claim (each costs points too)
 *     may:    remove one hit of a negative signal; remove, or replace by what the manifest says, one unverified claim
 *
 * Failing findings have to go whatever the score is; then "may" edits are taken, dearest first, until the gap to the
 * minimum is closed: with one unit of work an edit, that is the smallest number of edits. Edits only remove, or cite
 * the manifest: what would reward an invented specific is never proposed, so there may be no sufficient set. What an
 * edit gains is computed from the ledger at the present article; two edits in one sentence may gain less together than
 * apart, so `enough` is judged on the conservative sum (a tainted hit is counted for one edit only).
 */
#include "gate/gate.h"

#include <math.h>
#include <stdlib.h>

typedef struct edit_list {
    edit *at;
    size_t n, capacity;
} edit_list;

typedef struct advice {
    arena *a;
    const gate_options *options;
    const judgement *judged;
    edit_list must, may;
    bool *spoken_for[SIGNAL_COUNT]; /* tainted hits that an edit already earns back */
} advice;

static bool add(advice *v, edit_list *list, str what, double points, span where) {
    return what.p && VEC_PUSH(v->a, list, (edit){what, points, where});
}

/* Units of a signal that still earn below its cap. */
static double room_below_cap(const ledger_line *line) { return fmax(0, line->cap - line->paid); }

/* Points of the tainted hits in the claim's sentence or block that no earlier edit earns back. What no fact vouches for
 * is earned back by no edit. */
static double earned_back(advice *v, const claim *c, double *room) {
    double points = 0;
    for (int id = 0; id < SIGNAL_COUNT; id++) {
        const signal_value *value = &v->judged->measured.signals[id];
        const ledger_line *line = &v->judged->ledger[id];
        if (v->options->rules->signals[id].negative || line->weight <= 0) continue;
        for (uint32_t i = 0; i < value->hit_count && room[id] > 0; i++) {
            const hit *h = &value->hits[i];
            if (!h->tainted || h->why != TAINT_OF_PLACE || h->amount <= 0 || v->spoken_for[id][i]) continue;
            bool same =
                c->sentence != BLOCK_NONE && article_sentence_at(&v->judged->article, h->text.lo) == c->sentence;
            same = same || (c->sentence == BLOCK_NONE && article_block_at(&v->judged->article, h->text.lo) == c->block);
            if (!same) continue;
            v->spoken_for[id][i] = true;
            double units = fmin(h->amount, room[id]);
            room[id] -= units;
            points += units * line->weight;
        }
    }
    return points;
}

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

static bool claims(advice *v) {
    const judgement *j = v->judged;
    double room[SIGNAL_COUNT];
    for (int id = 0; id < SIGNAL_COUNT; id++) {
        room[id] = room_below_cap(&j->ledger[id]);
        v->spoken_for[id] = ARENA_ARRAY(v->a, bool, j->measured.signals[id].hit_count);
        if (!v->spoken_for[id]) return false;
    }
    for (size_t i = 0; i < j->claims.n; i++) {
        const claim *c = &j->claims.at[i];
        if (c->waived || c->known) continue;
        if (c->verdict == VERDICT_CONTRADICTED) {
            str what = has_value_to_say(c) ? arena_printf(v->a, "remove '%.*s', or say what %.*s says: %.*s",
                                                          STR_ARG(c->quote), STR_ARG(c->fact), STR_ARG(c->says))
                                           : arena_printf(v->a, "remove '%.*s'", STR_ARG(c->quote));
            edit_list *list = j->fail_claims == CLAIMS_NEVER ? &v->may : &v->must;
            if (!add(v, list, what, j->style->contradiction_cost, c->where)) return false;
        } else if (c->verdict == VERDICT_UNVERIFIED && c->credit_bearing) {
            double points = earned_back(v, c, room);
            str what = arena_printf(v->a, "remove '%.*s', which nothing declared supports", STR_ARG(c->quote));
            edit_list *list = v->options->fail_claims == CLAIMS_UNVERIFIED ? &v->must : &v->may;
            if ((points > 0 || list == &v->must) && !add(v, list, what, points, c->where)) return false;
        }
    }
    return true;
}

static bool findings(advice *v) {
    for (size_t i = 0; i < v->judged->findings.n; i++) {
        const finding *f = &v->judged->findings.at[i];
        bool claim_finding = str_starts(f->rule, STR("truth-"));
        if (claim_finding || !gate_fails(v->judged, f)) continue;
        if (!add(v, &v->must, arena_printf(v->a, "%.*s [%.*s]", STR_ARG(f->message), STR_ARG(f->rule)), 0, f->where))
            return false;
    }
    return true;
}

static bool negatives(advice *v) {
    for (int id = 0; id < SIGNAL_COUNT; id++) {
        const signal_rule *rule = &v->options->rules->signals[id];
        const ledger_line *line = &v->judged->ledger[id];
        if (!rule->negative || line->weight <= 0) continue;
        const signal_value *value = &v->judged->measured.signals[id];
        double beyond = fmax(0, line->paid - line->cap); /* the first of these removals gain nothing */
        for (uint32_t i = 0; i < value->hit_count; i++) {
            const hit *h = &value->hits[i];
            if (h->amount <= 0) continue;
            double gain = fmax(0, h->amount - beyond) * line->weight;
            beyond = fmax(0, beyond - h->amount);
            str shown = str_slice(str_span(v->judged->article.source, h->where), 0, 60);
            str what = arena_printf(v->a, "remove '%.*s' (%.*s)", STR_ARG(shown), STR_ARG(rule->name));
            if (!add(v, &v->may, what, gain, h->where)) return false;
        }
    }
    return true;
}

static int by_points(const void *left, const void *right) {
    const edit *a = left, *b = right;
    if (a->points != b->points) return a->points > b->points ? -1 : 1;
    return (a->where.lo > b->where.lo) - (a->where.lo < b->where.lo);
}

int gate_advise(arena *a, const gate_options *options, const judgement *judged, edit **edits, uint32_t *count,
                bool *enough, error *e) {
    advice v = {.a = a, .options = options, .judged = judged};
    if (!claims(&v) || !findings(&v) || !negatives(&v)) return error_set(e, ERROR_MEMORY, "out of memory");
    double score = judged->score;
    for (size_t i = 0; i < v.must.n; i++) score += v.must.at[i].points;
    if (v.may.n > 1) qsort(v.may.at, v.may.n, sizeof *v.may.at, by_points);
    for (size_t i = 0; i < v.may.n && score < judged->minimum && v.may.at[i].points > 0; i++) {
        score += v.may.at[i].points;
        if (!VEC_PUSH(a, &v.must, v.may.at[i])) return error_set(e, ERROR_MEMORY, "out of memory");
    }
    *edits = v.must.at;
    *count = (uint32_t)v.must.n;
    *enough = score >= judged->minimum;
    return ERROR_NONE;
}
