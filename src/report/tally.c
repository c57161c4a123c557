/* tally.c - counts findings a rule.
 *
 * In: judgements, one at a time; tallies of other threads. Out: one table. Rules are few (a ruleset's lints and our own
 * ids), so a row is found by looking through them all.
 */
#include "report/tally.h"

#include "report/problems.h"

#include <stdlib.h>

static rule_count *row_of(arena *a, rule_tally *tally, str rule) {
    for (size_t i = 0; i < tally->n; i++)
        if (str_eq(tally->at[i].rule, rule)) return &tally->at[i];
    str name = arena_str(a, rule);
    if (!name.p || !VEC_PUSH(a, tally, (rule_count){.rule = name})) return NULL;
    return &tally->at[tally->n - 1];
}

bool rule_tally_add(arena *a, rule_tally *tally, const judgement *judged) {
    problem_list list = report_problems(judged, PROBLEMS_ALL);
    bool ok = list.at != NULL;
    for (size_t i = 0; i < tally->n; i++) tally->at[i].seen = false;
    for (size_t i = 0; i < list.n && ok; i++) {
        const problem *p = &list.at[i];
        rule_count *row = row_of(a, tally, p->rule);
        ok = row != NULL;
        if (!ok) break;
        bool silenced = p->suppressed || p->baseline;
        row->counted += !silenced;
        row->silenced += silenced;
        row->articles += !silenced && !row->seen;
        row->seen = row->seen || !silenced;
    }
    free(list.at);
    return ok;
}

bool rule_tally_merge(arena *a, rule_tally *into, const rule_tally *from) {
    for (size_t i = 0; i < from->n; i++) {
        rule_count *row = row_of(a, into, from->at[i].rule);
        if (!row) return false;
        row->counted += from->at[i].counted;
        row->silenced += from->at[i].silenced;
        row->articles += from->at[i].articles;
    }
    return true;
}

static int by_count(const void *left, const void *right) {
    const rule_count *a = left, *b = right;
    if (a->counted != b->counted) return a->counted < b->counted ? 1 : -1;
    return str_cmp(a->rule, b->rule);
}

void rule_tally_print(const rule_tally *tally, buf *out) {
    if (tally->n == 0) return;
    rule_count *rows = calloc(tally->n, sizeof *rows);
    if (!rows) {
        out->failed = true;
        return;
    }
    memcpy(rows, tally->at, tally->n * sizeof *rows);
    qsort(rows, tally->n, sizeof *rows, by_count);
    buf_printf(out, "%8s %8s %8s  %s\n", "findings", "articles", "silenced", "rule");
    for (size_t i = 0; i < tally->n; i++)
        buf_printf(out, "%8u %8u %8u  %.*s\n", rows[i].counted, rows[i].articles, rows[i].silenced,
                   STR_ARG(rows[i].rule));
    free(rows);
}
