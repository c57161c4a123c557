/* report_explain.c - the long text of `assay explain`.
 *
 *     1. the article's own text, coloured by what each place earned or lost (terminal only)
 *     2. every signal: value, cap, weight, points, and the very spans
 *     3. what holds the score down
 *     4. the cheapest edits that would pass
 */
#include "base/shown.h"
#include "report/formats.h"

#include <math.h>
#include <stdlib.h>

enum { MAX_SHOWN = 8, EXCERPT_BYTES = 70, MAX_HOLDS = 6 };

typedef struct mark {
    span where;
    enum report_ink ink;
    uint8_t rank; /* the higher one shows where marks overlap */
} mark;

typedef struct mark_list {
    mark *at;
    size_t n, capacity;
} mark_list;

static int by_place(const void *left, const void *right) {
    const mark *a = left, *b = right;
    if (a->where.lo != b->where.lo) return a->where.lo < b->where.lo ? -1 : 1;
    return (int)b->rank - (int)a->rank;
}

static bool collect(arena *a, const report_context *c, const judgement *j, mark_list *marks) {
    for (int id = 0; id < SIGNAL_COUNT; id++) {
        bool negative = c->rules->signals[id].negative;
        if (c->rules->signals[id].kind == RULE_STATISTIC || (negative && j->ledger[id].paid <= 0)) continue;
        for (uint32_t i = 0; i < j->measured.signals[id].hit_count; i++) {
            const hit *h = &j->measured.signals[id].hits[i];
            if (h->amount <= 0 || h->where.hi <= h->where.lo || h->where.hi - h->where.lo > 400) continue;
            mark m = {h->where,
                      negative     ? INK_RED
                      : h->tainted ? INK_YELLOW
                                   : INK_GREEN,
                      negative     ? 3
                      : h->tainted ? 2
                                   : 1};
            if (!VEC_PUSH(a, marks, m)) return false;
        }
    }
    for (size_t i = 0; i < j->claims.n; i++) {
        const claim *item = &j->claims.at[i];
        if (item->verdict == VERDICT_CONTRADICTED && !VEC_PUSH(a, marks, (mark){item->where, INK_RED, 4})) return false;
    }
    for (size_t i = 0; i < j->claims.loose.n; i++)
        if (!VEC_PUSH(a, marks, (mark){j->claims.loose.at[i].where, INK_YELLOW, 2})) return false;
    if (marks->n > 1) qsort(marks->at, marks->n, sizeof *marks->at, by_place);
    return true;
}

static void coloured_text(const report_context *c, const judgement *j, const mark_list *marks, buf *out) {
    str source = j->article.source;
    uint32_t at = 0;
    for (size_t i = 0; i < marks->n; i++) {
        const mark *m = &marks->at[i];
        if (m->where.lo < at) continue;
        shown_live(out, str_span(source, (span){at, m->where.lo}), true);
        buf_cstr(out, report_ink(c, m->ink));
        shown_live(out, str_span(source, m->where), true);
        buf_cstr(out, report_ink(c, INK_OFF));
        at = m->where.hi;
    }
    shown_live(out, str_slice(source, at, source.n), true);
    buf_printf(out,
               "\n%sgreen earned, yellow earns nothing (no fact vouches for it, or for what stands beside it), red "
               "cost points%s\n\n",
               report_ink(c, INK_DIM), report_ink(c, INK_OFF));
}

static void excerpt(str text, buf *out) {
    bool cut = text.n > EXCERPT_BYTES;
    text = str_slice(text, 0, EXCERPT_BYTES);
    while (cut && text.n > 0 && (text.p[text.n - 1] & 0xc0) == 0x80) text.n--;
    if (cut && text.n > 0 && text.p[text.n - 1] >= 0xc0) text.n--;
    for (str line; text.n > 0 && str_cut(&text, '\n', &line);) {
        shown_put(out, line);
        if (text.n > 0) buf_byte(out, ' ');
    }
    if (cut) buf_cstr(out, "...");
}

void report_why_unpaid(const judgement *j, const hit *h, buf *out) {
    unpaid why = {.reason = UNPAID_UNKNOWN};
    if (h->why == TAINT_OF_KIND || h->why == TAINT_AGAIN) {
        buf_cstr(out, h->why == TAINT_OF_KIND ? ": no fact can vouch for that"
                                              : ": the same, or its sentence, earns already");
        return;
    }
    if (h->text.hi > h->text.lo) why = claims_why_unpaid(&j->article, &j->claims, h->text, h->why == TAINT_UNVOUCHED);
    if (why.reason == UNPAID_UNKNOWN && h->why != TAINT_OF_PLACE) {
        buf_cstr(out, h->why == TAINT_RESTS ? ": no fact vouches for what is told of it"
                                            : ": too few of its parts are vouched for");
        return;
    }
    bool itself = why.where.lo <= h->where.lo && why.where.hi >= h->where.hi;
    if (why.where.hi > why.where.lo && !itself) {
        buf_cstr(out, ": '");
        excerpt(str_span(j->article.source, why.where), out);
        buf_byte(out, '\'');
    } else if (why.reason != UNPAID_UNKNOWN) {
        buf_cstr(out, ": it");
    }
    switch (why.reason) {
    case UNPAID_CLAIM: buf_printf(out, " is %s", verdict_name(why.verdict)); break;
    case UNPAID_LOOSE:
    case UNPAID_SPECIFIC:
    case UNPAID_LINE:
    case UNPAID_ITSELF: buf_cstr(out, " is in no fact"); break;
    case UNPAID_UNKNOWN: buf_cstr(out, ", for what stands beside it"); break;
    }
}

static void one_signal(const report_context *c, const judgement *j, int id, buf *out) {
    const ledger_line *line = &j->ledger[id];
    const signal_value *value = &j->measured.signals[id];
    const signal_rule *rule = &c->rules->signals[id];
    buf_printf(out, "%s%.*s%s  value %g", report_ink(c, INK_BOLD), STR_ARG(rule->name), report_ink(c, INK_OFF),
               round(line->value * 100) / 100);
    double paid = round(line->paid * 100) / 100;
    if (line->paid > line->value && !rule->negative)
        buf_printf(out, ", %g without the sentences that no fact vouches for", paid);
    else if (line->paid != line->value)
        buf_printf(out, ", of which %g count", paid);
    buf_printf(out, "  cap %g  weight %g  points %s%+.1f%s\n", line->cap, line->weight,
               report_ink(c, line->points < 0 ? INK_RED : INK_GREEN), line->points, report_ink(c, INK_OFF));
    uint32_t shown = 0;
    for (uint32_t i = 0; i < value->hit_count; i++) {
        const hit *h = &value->hits[i];
        if (h->amount <= 0 || h->where.hi <= h->where.lo) continue;
        if (shown++ >= MAX_SHOWN) continue;
        place at = line_table_place(&j->article.lines, h->where.lo);
        buf_printf(out, "    %u:%u  ", at.line, at.column);
        excerpt(str_span(j->article.source, h->where), out);
        if (h->tainted) {
            buf_cstr(out, "  (earns nothing");
            report_why_unpaid(j, h, out);
            buf_byte(out, ')');
        }
        buf_byte(out, '\n');
    }
    if (shown > MAX_SHOWN) buf_printf(out, "    ... and %u more\n", shown - MAX_SHOWN);
}

typedef struct hold {
    int id;
    double missing; /* points between this signal and its best */
} hold;

static int by_missing(const void *left, const void *right) {
    const hold *a = left, *b = right;
    if (a->missing != b->missing) return a->missing > b->missing ? -1 : 1;
    return a->id - b->id;
}

static void what_holds_it_down(const report_context *c, const judgement *j, buf *out) {
    hold holds[SIGNAL_COUNT];
    for (int id = 0; id < SIGNAL_COUNT; id++) {
        const ledger_line *line = &j->ledger[id];
        bool negative = c->rules->signals[id].negative;
        bool paid = !(j->claims.vouching && !c->rules->published && signal_is_of_no_fact((enum signal_id)id));
        holds[id] = (hold){id, negative ? -line->points : paid ? line->cap * line->weight - line->points : 0};
    }
    qsort(holds, SIGNAL_COUNT, sizeof *holds, by_missing);
    buf_printf(out, "\n%swhat holds the score down%s (%g of %g)\n", report_ink(c, INK_BOLD), report_ink(c, INK_OFF),
               j->score, j->minimum);
    for (int i = 0; i < MAX_HOLDS && holds[i].missing > 0; i++) {
        const ledger_line *line = &j->ledger[holds[i].id];
        bool negative = c->rules->signals[holds[i].id].negative;
        buf_printf(out, "  %-22.*s %s %.1f points (%g of %g)\n", STR_ARG(c->rules->signals[holds[i].id].name),
                   negative ? "costs " : "leaves", holds[i].missing, round(line->paid * 100) / 100, line->cap);
    }
    if (j->contradiction_points < 0)
        buf_printf(out, "  contradicted claims    cost   %.1f points\n", -j->contradiction_points);
}

static void edits(const report_context *c, const judgement *j, const advice *given, buf *out) {
    if (j->passed) {
        buf_printf(out, "\n%sit passes%s; nothing has to change\n", report_ink(c, INK_GREEN), report_ink(c, INK_OFF));
        return;
    }
    buf_printf(out, "\n%sthe cheapest edits%s\n", report_ink(c, INK_BOLD), report_ink(c, INK_OFF));
    for (uint32_t i = 0; i < given->count; i++) {
        const edit *one = &given->edits[i];
        place at = line_table_place(&j->article.lines, one->where.lo);
        buf_printf(out, "  %u:%u  ", at.line, at.column);
        shown_put(out, one->what);
        if (one->points > 0) buf_printf(out, "  (%+.1f)", one->points);
        buf_byte(out, '\n');
    }
    if (given->enough)
        buf_printf(out, "  with all of them it passes: score %g of %g\n", given->score, given->minimum);
    else if (given->score >= given->minimum)
        buf_printf(out,
                   "  with all of them the score suffices, %g of %g; what no removal mends has to be written anew\n",
                   given->score, given->minimum);
    else
        buf_cstr(out,
                 given->count
                     ? "  and still the score stays below the minimum: what is missing has to be written by somebody\n"
                       "  who knows it. Specifics that nobody measured earn nothing.\n"
                     : "  none: what is missing has to be written by somebody who knows it. Specifics that nobody\n"
                       "  measured earn nothing.\n");
}

static bool explain(arena *a, const report_context *c, const judgement *j, buf *out) {
    mark_list marks = {0};
    advice given;
    error e = {0};
    if (!collect(a, c, j, &marks) || gate_advise(a, c->gate, j, &given, &e)) return false;
    if (c->color) coloured_text(c, j, &marks, out);
    for (int id = 0; id < SIGNAL_COUNT; id++) one_signal(c, j, id, out);
    what_holds_it_down(c, j, out);
    edits(c, j, &given, out);
    buf_byte(out, '\n');
    return true;
}

static void explain_article(const report_context *c, const judgement *judged, buf *out) {
    arena *a = arena_new(0);
    if (c->quiet && judged->passed) { /* nothing has to change */
        arena_free(a);
        return;
    }
    if (c->several) {
        buf_printf(out, "%s== ", report_ink(c, INK_BOLD));
        shown_name(out, judged->article.path);
        buf_printf(out, " ==%s\n", report_ink(c, INK_OFF));
    }
    if (!a || !explain(a, c, judged, out)) out->failed = true;
    report_text.article(c, judged, out);
    arena_free(a);
}

static void explain_failure(const report_context *c, str path, const error *problem, buf *out) {
    report_text.failure(c, path, problem, out);
}

static void explain_finish(const report_context *c, const report_summary *s, const report_piece *pieces, size_t count,
                           buf *out) {
    (void)c, (void)s;
    for (size_t i = 0; i < count; i++) buf_str(out, pieces[i].bytes);
}

const report_format report_explain_text = {
    .name = "text",
    .summary = "for people: what earned and lost points, and the edits that would pass",
    .streams = true,
    .article = explain_article,
    .failure = explain_failure,
    .finish = explain_finish,
};
