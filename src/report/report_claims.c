/* report_claims.c - the text of `assay facts`: one claim a line, its proof below.
 *
 *     a.md:33:18: contradicted  version  CUDA 12.5   = 12.5   [asserted]
 *         cuda-toolkit.version says 13.0.2: 12.5 is no prefix of 13.0.2
 *     a.md: 2 claims about the operation: 1 supported, 1 contradicted, 0 unverified
 *         because 1 claim is contradicted by the manifest
 */
#include "base/shown.h"
#include "report/formats.h"

static enum report_ink verdict_ink(const claim *c) {
    if (c->verdict == VERDICT_CONTRADICTED) return INK_RED;
    if (c->verdict == VERDICT_UNVERIFIED) return INK_YELLOW;
    return c->verdict == VERDICT_NOT_ABOUT_US ? INK_DIM : INK_GREEN;
}

static void one_claim(const report_context *c, const article *art, const claim *item, buf *out) {
    place at = line_table_place(&art->lines, item->where.lo);
    shown_name(out, art->path);
    buf_printf(out, ":%u:%u: %s%s%s%s  %s  ", at.line, at.column, report_ink(c, verdict_ink(item)),
               verdict_name(item->verdict),
               item->waived  ? " (waived)"
               : item->known ? " (in the baseline)"
                             : "",
               report_ink(c, INK_OFF), claim_kind_name(item->kind));
    shown_put(out, item->quote);
    if (item->normal.n) {
        buf_printf(out, "  %s(", report_ink(c, INK_DIM));
        shown_put(out, item->normal);
        buf_printf(out, ")%s", report_ink(c, INK_OFF));
    }
    buf_printf(out, "  [%s]\n", stance_name(item->stance));
    if (item->fact.n || item->why.n) {
        buf_cstr(out, "    ");
        shown_put(out, item->fact);
        if (item->says.n && item->fact.n) buf_cstr(out, " says ");
        shown_put(out, item->says);
        bool said = item->says.n && str_eq(item->why, item->says); /* a note may say the same */
        if (item->why.n && !said && (item->fact.n || item->says.n)) buf_cstr(out, ": ");
        if (!said) shown_put(out, item->why);
        buf_byte(out, '\n');
    }
}

/* What earns nothing although it is no claim, so that whoever wonders at a score finds the reason. */
static void one_loose(const report_context *c, const article *art, const loose_number *item, buf *out) {
    place at = line_table_place(&art->lines, item->where.lo);
    shown_name(out, art->path);
    buf_printf(out, ":%u:%u: %sloose%s  ", at.line, at.column, report_ink(c, INK_DIM), report_ink(c, INK_OFF));
    shown_put(out, item->quote);
    buf_cstr(out, "  in no claim: its place earns nothing\n");
}

/* Claims that are listed, and that the coverage leaves out: no signal pays for them. */
static void not_counted(const claim_list *claims, buf *out) {
    uint32_t by_stance[STANCE_COUNT] = {0}, all = 0, shown = 0;
    for (size_t i = 0; i < claims->n; i++) {
        const claim *item = &claims->at[i];
        if (item->credit_bearing || item->verdict == VERDICT_NOT_ABOUT_US) continue;
        by_stance[item->stance]++;
        all++;
    }
    if (all) buf_printf(out, "; %u more not counted, for they earn nothing: ", all);
    for (int i = 0; all && i < STANCE_COUNT; i++)
        if (by_stance[i]) buf_printf(out, "%s%u %s", shown++ ? ", " : "", by_stance[i], stance_name((enum stance)i));
}

/* Of the truth, and of no claim: claims have lines of their own. */
static bool is_of_the_whole(const finding *f) {
    return str_starts(f->rule, STR("physics-")) || str_eq(f->rule, STR("truth-thin"));
}

/* The rules of the failing findings that have no line here, each once. */
static void other_findings(const judgement *judged, buf *out) {
    enum { NAMED = 16 }; /* enough to know where to look */
    str names[NAMED];
    uint32_t named = 0;
    for (size_t i = 0; i < judged->findings.n; i++) {
        const finding *f = &judged->findings.at[i];
        bool other = gate_fails(judged, f) && !str_starts(f->rule, STR("truth-")) && !is_of_the_whole(f);
        for (uint32_t k = 0; k < named && other; k++) other = !str_eq(names[k], f->rule);
        if (!other || named == NAMED) continue;
        buf_printf(out, "%s%.*s", named ? ", " : "  'assay check' shows ", STR_ARG(f->rule));
        names[named++] = f->rule;
    }
    if (named) buf_byte(out, '\n');
}

static void claims_article(const report_context *c, const judgement *judged, buf *out) {
    const article *art = &judged->article;
    for (size_t i = 0; i < judged->claims.n; i++) {
        const claim *item = &judged->claims.at[i];
        if (c->quiet && item->verdict != VERDICT_CONTRADICTED) continue;
        one_claim(c, art, item, out);
    }
    for (size_t i = 0; !c->quiet && i < judged->claims.loose.n; i++)
        one_loose(c, art, &judged->claims.loose.at[i], out);
    for (size_t i = 0; i < judged->findings.n; i++) { /* no claims, and of the truth all the same */
        const finding *f = &judged->findings.at[i];
        if (gate_fails(judged, f) && is_of_the_whole(f)) report_finding_line(c, art, f, out);
    }
    const coverage *v = &judged->claims.coverage;
    shown_name(out, art->path);
    buf_printf(out, ": %u claim%s about the operation: %u supported, %u contradicted, %u unverified", v->claims,
               v->claims == 1 ? "" : "s", v->supported, v->contradicted, v->unverified);
    if (v->waived) buf_printf(out, ", %u waived", v->waived);
    if (v->known) buf_printf(out, " (%u in the baseline)", v->known);
    if (v->not_about_us) buf_printf(out, "; %u not about us", v->not_about_us);
    not_counted(&judged->claims, out);
    if (judged->claims.loose.n)
        buf_printf(out, "; %zu loose number%s", judged->claims.loose.n, judged->claims.loose.n == 1 ? "" : "s");
    buf_byte(out, '\n');
    report_reason_lines(c, judged, out);
    other_findings(judged, out);
}

static void claims_failure(const report_context *c, str path, const error *problem, buf *out) {
    report_text.failure(c, path, problem, out);
}

static void claims_finish(const report_context *c, const report_summary *s, const report_piece *pieces, size_t count,
                          buf *out) {
    report_text.finish(c, s, pieces, count, out);
}

const report_format report_claims_text = {
    .name = "text",
    .summary = "for people: every claim with its proof",
    .streams = true,
    .article = claims_article,
    .failure = claims_failure,
    .finish = claims_finish,
};
