/* report_text.c - the report for people: findings with places, the ledger, the verdict.
 *
 *     a.md:33:18: error [truth-contradicted] 'CUDA 12.5' is contradicted: ...
 *     a.md: 19 signals                    value    cap  weight  points
 *       version_refs                          3     10       4    12.0
 *       ...
 *     a.md: FAIL  score 131.5 of 140 (conclusion), 1816 words, claims: 31 judged, 9 supported, 2 contradicted ...
 *       because score 131.5 is below the minimum 140
 */
#include "base/shown.h"
#include "report/formats.h"
#include "report/tally.h"

#include <math.h>
#include <stdio.h>

static enum report_ink level_ink(enum level level) {
    return level == LEVEL_ERROR ? INK_RED : level == LEVEL_WARNING ? INK_YELLOW : INK_CYAN;
}

void report_finding_line(const report_context *c, const article *art, const finding *f, buf *out) {
    place at = line_table_place(&art->lines, f->where.lo);
    buf_cstr(out, report_ink(c, INK_BOLD));
    shown_name(out, art->path);
    buf_printf(out, ":%u:%u:%s %s%s%s [%.*s] ", at.line, at.column, report_ink(c, INK_OFF),
               report_ink(c, level_ink(f->level)), level_name(f->level), report_ink(c, INK_OFF), STR_ARG(f->rule));
    shown_put(out, f->message);
    buf_byte(out, '\n');
}

static void findings(const report_context *c, const judgement *judged, buf *out) {
    for (size_t i = 0; i < judged->findings.n; i++) {
        const finding *f = &judged->findings.at[i];
        if (!f->suppressed && !f->baseline) report_finding_line(c, &judged->article, f, out);
    }
}

void report_ledger_note(const report_context *c, const ledger_line *line, buf *out) {
    if (line->paid == line->value) return;
    double paid = round(line->paid * 100) / 100;
    if (c->rules->signals[line->signal].negative)
        buf_cstr(out, "not fined where a manifest judges");
    else if (signal_is_of_no_fact(line->signal))
        buf_cstr(out, "not paid: no fact can vouch for it");
    else if (paid == 0)
        buf_printf(out, "%s no fact vouches for it", line->points > 0 ? "none counts in full:" : "none counts:");
    else if (line->paid < line->value)
        buf_printf(out, "only %g count%s: no fact vouches for the rest", paid,
                   line->points > line->weight * fmin(line->paid, line->cap) + 0.001 ? " in full" : "");
    else
        buf_printf(out, "%g counts in what is vouched for", paid);
}

static void ledger(const report_context *c, const judgement *judged, buf *out) {
    buf_printf(out, "%s  %-22s %8s %6s %7s %8s%s\n", report_ink(c, INK_DIM), "signal", "value", "cap", "weight",
               "points", report_ink(c, INK_OFF));
    for (int id = 0; id < SIGNAL_COUNT; id++) {
        const ledger_line *line = &judged->ledger[id];
        if (line->value == 0 && line->points == 0) continue;
        enum report_ink ink = line->points < 0 ? INK_RED : line->points > 0 ? INK_GREEN : INK_DIM;
        char value[32];
        snprintf(value, sizeof value, "%.*f", line->value == floor(line->value) ? 0 : 2, line->value);
        buf_printf(out, "  %-22.*s %8s %6g %7g %s%8.1f%s", STR_ARG(c->rules->signals[id].name), value, line->cap,
                   line->weight, report_ink(c, ink), line->points, report_ink(c, INK_OFF));
        if (line->paid != line->value) {
            buf_printf(out, "  %s", report_ink(c, INK_DIM));
            report_ledger_note(c, line, out);
            buf_cstr(out, report_ink(c, INK_OFF));
        }
        buf_byte(out, '\n');
    }
    if (judged->contradiction_points < 0) {
        uint32_t charged = report_claims_charged(judged), waived = 0;
        for (size_t i = 0; i < judged->claims.n; i++)
            waived += judged->claims.at[i].verdict == VERDICT_CONTRADICTED && judged->claims.at[i].waived;
        buf_printf(out, "  %-22s %8u %6s %7g %s%8.1f%s", "contradicted claims", charged, "",
                   judged->style->contradiction_cost, report_ink(c, INK_RED), judged->contradiction_points,
                   report_ink(c, INK_OFF));
        if (waived)
            buf_printf(out, "  %s%u waived, at no cost%s", report_ink(c, INK_DIM), waived, report_ink(c, INK_OFF));
        buf_byte(out, '\n');
    }
}

/* Where the article is too short the finding counts what is read, and the verdict beside it all words. */
static void words(const report_context *c, const judgement *judged, buf *out) {
    const article *art = &judged->article;
    uint32_t code = 0;
    bool counted = false;
    for (size_t i = 0; i < judged->findings.n; i++)
        counted = counted || str_eq(judged->findings.at[i].rule, STR("length"));
    for (uint32_t i = 0; counted && !c->rules->published && i < art->word_count; i++)
        code += (art->words[i].flags & WORD_CODE) != 0;
    buf_printf(out, ", %u word%s", judged->measured.words, judged->measured.words == 1 ? "" : "s");
    if (code) buf_printf(out, ", %u of them in code, addresses or images", code);
}

void report_reason_lines(const report_context *c, const judgement *judged, buf *out) {
    for (uint32_t i = 0; i < judged->reason_count; i++) {
        buf_printf(out, "  %sbecause%s ", report_ink(c, INK_DIM), report_ink(c, INK_OFF));
        shown_put(out, judged->reasons[i]);
        buf_byte(out, '\n');
    }
}

static void verdict_line(const report_context *c, const judgement *judged, buf *out) {
    const coverage *v = &judged->claims.coverage;
    shown_name(out, judged->article.path);
    buf_printf(out, ": %s%s%s  score %g of %g%s (%.*s)", report_ink(c, judged->passed ? INK_GREEN : INK_RED),
               judged->passed ? "pass" : "FAIL", report_ink(c, INK_OFF), judged->score, judged->minimum,
               judged->ratcheted ? ", which the baseline knows" : "", STR_ARG(judged->style->name));
    words(c, judged, out);
    if (v->claims)
        buf_printf(out, "; claims: %u, %u supported, %u contradicted, %u unverified (coverage %u%%)", v->claims,
                   v->supported, v->contradicted, v->unverified, (v->supported + v->contradicted) * 100 / v->claims);
    else if (v->not_about_us)
        buf_printf(out, "; claims: none judged, %u not about the operation", v->not_about_us);
    if (v->waived) buf_printf(out, ", %u waived", v->waived);
    if (v->known) buf_printf(out, " (%u in the baseline)", v->known);
    if (judged->claims.loose.n)
        buf_printf(out, "; %zu loose number%s", judged->claims.loose.n, judged->claims.loose.n == 1 ? "" : "s");
    if (judged->suppressed)
        buf_printf(out, "; %u finding%s suppressed", judged->suppressed, judged->suppressed == 1 ? "" : "s");
    if (judged->waived) buf_printf(out, "; %u finding%s waived", judged->waived, judged->waived == 1 ? "" : "s");
    buf_byte(out, '\n');
    report_reason_lines(c, judged, out);
}

static void text_article(const report_context *c, const judgement *judged, buf *out) {
    if (!c->quiet || !judged->passed) findings(c, judged, out);
    if (!c->quiet) ledger(c, judged, out);
    if (!c->quiet || !judged->passed) verdict_line(c, judged, out);
    if (!c->quiet) buf_byte(out, '\n');
}

static void text_failure(const report_context *c, str path, const error *problem, buf *out) {
    uint32_t line = problem->line ? problem->line : 1, column = problem->column ? problem->column : 1;
    buf_cstr(out, report_ink(c, INK_BOLD));
    shown_name(out, path);
    buf_printf(out, ":%u:%u:%s %serror%s [not-judged] ", line, column, report_ink(c, INK_OFF), report_ink(c, INK_RED),
               report_ink(c, INK_OFF));
    shown_put(out, str_from_cstr(problem->message));
    buf_byte(out, '\n');
}

static void text_finish(const report_context *c, const report_summary *s, const report_piece *pieces, size_t count,
                        buf *out) {
    for (size_t i = 0; i < count; i++) buf_str(out, pieces[i].bytes);
    if (s->rules) rule_tally_print(s->rules, out);
    buf_printf(out, "%s%u file%s: %u passed, %u failed, %u not judged", report_ink(c, INK_BOLD), s->files,
               s->files == 1 ? "" : "s", s->passed, s->failed, s->errors);
    if (s->suppressed) buf_printf(out, ", %u suppressed", s->suppressed);
    if (s->waived) buf_printf(out, ", %u waived", s->waived);
    if (s->baseline) buf_printf(out, ", %u known from the baseline", s->baseline);
    buf_printf(out, "%s\n", report_ink(c, INK_OFF));
}

const report_format report_text = {
    .name = "text",
    .summary = "for people: findings, ledger, verdict",
    .streams = true,
    .article = text_article,
    .failure = text_failure,
    .finish = text_finish,
};
