/* comparison_html.c - the comparison as a page to look at: charts first, then every number.
 *
 *     [alarms]  [scores: a dot a draft, against the minimum]  [claims: supported, unverified, contradicted]
 *               [speed: each text, in the frame of what memory allows]
 *     the table, each cell with a bar of its share of the row's largest ─ each draft
 *
 * In: a comparison. Out: HTML with its style sheet inside (the report's), SVG drawn here, no script. Names come from
 * the command line and the files: they are escaped wherever they stand.
 */
#include "batch/comparison.h"
#include "report/html_texts.h"

#include <math.h>

enum {
    WIDE = 1080, /* a chart over the whole page; half of it: */
    HALF = 520,
    NAME_WIDTH = 170,  /* left of the bars */
    VALUE_WIDTH = 110, /* right of them */
    ROW_HEIGHT = 34,
    NAME_LETTERS = 20
};

static void put_escaped(buf *out, str s) {
    for (ptrdiff_t i = 0; i < s.n; i++) switch (s.p[i]) {
        case '&': buf_cstr(out, "&amp;"); break;
        case '<': buf_cstr(out, "&lt;"); break;
        case '>': buf_cstr(out, "&gt;"); break;
        case '"': buf_cstr(out, "&quot;"); break;
        case '\'': buf_cstr(out, "&#39;"); break;
        default: buf_byte(out, s.p[i] < ' ' ? ' ' : s.p[i]);
        }
}

/* At most NAME_LETTERS of a name, whole characters; the rest becomes an ellipsis. */
static void put_name(buf *out, str name) {
    ptrdiff_t n = 0, letters = 0;
    while (n < name.n && letters < NAME_LETTERS) {
        n++;
        while (n < name.n && (name.p[n] & 0xc0) == 0x80) n++;
        letters++;
    }
    put_escaped(out, str_slice(name, 0, n));
    if (n < name.n) buf_cstr(out, "…");
}

/* ---- charts --------------------------------------------------------------------------------------------------------
 */

static void open_chart(buf *out, int width, const char *title, const char *what, size_t rows) {
    buf_printf(out,
               "<section class=\"card%s\"><h2>%s</h2><p class=\"soft note\">%s</p>\n"
               "<svg viewBox=\"0 0 %d %zu\" width=\"%d\" role=\"img\" aria-label=\"%s\">\n",
               width == WIDE ? " wide" : "", title, what, width, rows * ROW_HEIGHT + (width == WIDE ? 26 : 6), width,
               title);
}
static void close_chart(buf *out) { buf_cstr(out, "</svg></section>\n"); }

static double bars_of(int width) { return width - NAME_WIDTH - VALUE_WIDTH; }
static double row_y(size_t row) { return (double)(row * ROW_HEIGHT + ROW_HEIGHT / 2); }

static void put_label(buf *out, size_t row, str name) {
    buf_printf(out, "<text x=\"0\" y=\"%.1f\">", row_y(row) + 5);
    put_name(out, name);
    buf_cstr(out, "</text>\n");
}

static void put_bar(buf *out, size_t row, double from, double width, const char *class) {
    buf_printf(out, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%d\" rx=\"2\" class=\"%s\"/>\n",
               NAME_WIDTH + from, row_y(row) - 9, width > 0.5 || width <= 0 ? width : 0.5, 18, class);
}

struct scale {
    double lo, hi;
};
/* Place of a score in the wide chart. */
static double along(struct scale s, double value) {
    return NAME_WIDTH + bars_of(WIDE) * (value - s.lo) / (s.hi - s.lo);
}

/* From nought or below to the best score, with the minimum in sight. */
static struct scale scores_of(const comparison *c) {
    struct scale s = {0, 1};
    for (size_t i = 0; i < c->n; i++)
        for (size_t k = 0; k < c->columns[i].n; k++) {
            const digest *d = &c->columns[i].at[k];
            if (!d->judged) continue;
            s.lo = fmin(s.lo, d->score);
            s.hi = fmax(s.hi, fmax(d->score, d->minimum));
        }
    double margin = (s.hi - s.lo) * 0.03;
    return (struct scale){s.lo < 0 ? s.lo - margin : 0, s.hi + margin};
}

static void put_minimum(struct scale s, double minimum, size_t rows, buf *out) {
    double x = along(s, minimum);
    if (isnan(minimum)) return;
    buf_printf(out,
               "<line class=\"stroke\" x1=\"%.1f\" x2=\"%.1f\" y1=\"0\" y2=\"%zu\"/>"
               "<text class=\"soft\" x=\"%.1f\" y=\"%zu\" text-anchor=\"middle\">minimum %g</text>\n",
               x, x, rows * ROW_HEIGHT + 4, x, rows * ROW_HEIGHT + 20, round(minimum * 10) / 10);
}

static void put_scores(const comparison *c, buf *out) {
    struct scale s = scores_of(c);
    double lo = NAN, hi = NAN; /* drafts about the operation may have a lower minimum than the others */
    open_chart(out, WIDE, "Score",
               "A dot is a draft, the bar their mean; drafts beyond the dashed line reach the style's minimum.", c->n);
    buf_printf(out, "<line class=\"axis\" x1=\"%.1f\" x2=\"%.1f\" y1=\"0\" y2=\"%zu\"/>\n", along(s, 0), along(s, 0),
               c->n * ROW_HEIGHT);
    for (size_t i = 0; i < c->n; i++) {
        const struct comparison_column *one = &c->columns[i];
        double mean = comparison_cell(one, ROW_SCORE), zero = along(s, 0);
        put_label(out, i, one->name);
        put_bar(out, i, fmin(zero, along(s, mean)) - NAME_WIDTH, fabs(along(s, mean) - zero), "fill-line");
        for (size_t k = 0; k < one->n; k++) {
            const digest *d = &one->at[k];
            if (!d->judged) continue;
            lo = fmin(lo, d->minimum), hi = fmax(hi, d->minimum);
            buf_printf(out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"5\" class=\"%s\"><title>", along(s, d->score),
                       row_y(i), d->passed ? "fill-good" : "fill-bad");
            put_escaped(out, d->path);
            buf_printf(out, ": %s, score %.1f of %.1f</title></circle>\n", d->passed ? "passes" : "fails", d->score,
                       d->minimum);
        }
        buf_printf(
            out, "<text x=\"%d\" y=\"%.1f\">%.1f</text><text class=\"soft\" x=\"%d\" y=\"%.1f\">%.0f of %.0f</text>\n",
            WIDE - VALUE_WIDTH + 8, row_y(i) + 5, mean, WIDE - 56, row_y(i) + 5, comparison_cell(one, ROW_PASSED),
            comparison_cell(one, ROW_DRAFTS));
    }
    put_minimum(s, lo, c->n, out);
    if (hi > lo) put_minimum(s, hi, c->n, out);
    close_chart(out);
}

static void put_claims(const comparison *c, buf *out) {
    static const struct {
        enum comparison_row row;
        const char *class;
    } parts[] = {{ROW_SUPPORTED, "fill-good"}, {ROW_UNVERIFIED, "fill-warn"}, {ROW_CONTRADICTED, "fill-bad"}};
    double most = 1;
    for (size_t i = 0; i < c->n; i++) {
        double all = 0;
        for (size_t k = 0; k < COUNT_OF(parts); k++) all += comparison_cell(&c->columns[i], parts[k].row);
        most = fmax(most, all);
    }
    open_chart(out, HALF, "Claims",
               "What the drafts claim: <b class=\"good\">supported</b> by the facts, <b class=\"warn\">unverified</b>, "
               "<b class=\"bad\">contradicted</b>.",
               c->n);
    for (size_t i = 0; i < c->n; i++) {
        double from = 0;
        put_label(out, i, c->columns[i].name);
        for (size_t k = 0; k < COUNT_OF(parts); k++) {
            double width = bars_of(HALF) * comparison_cell(&c->columns[i], parts[k].row) / most;
            if (width > 0) put_bar(out, i, from, width, parts[k].class);
            from += width;
        }
        buf_printf(out, "<text x=\"%d\" y=\"%.1f\">%.0f / %.0f / %.0f</text>\n", HALF - VALUE_WIDTH + 8, row_y(i) + 5,
                   comparison_cell(&c->columns[i], ROW_SUPPORTED), comparison_cell(&c->columns[i], ROW_UNVERIFIED),
                   comparison_cell(&c->columns[i], ROW_CONTRADICTED));
    }
    close_chart(out);
}

static void put_speed(const comparison *c, buf *out) {
    double most = 0;
    size_t rows = 0;
    for (size_t i = 0; i < c->n; i++) {
        if (!c->columns[i].wrote) continue;
        rows++;
        most = fmax(most, fmax(c->columns[i].speed.text_tok_s, c->columns[i].speed.steps_s_predicted));
    }
    if (rows == 0 || most <= 0) return;
    open_chart(
        out, HALF, "Speed",
        "Tokens a second of each text; the frame is the most steps a second that were predicted from the bytes a step "
        "reads and the memory's bandwidth, where memory is the limit. A step gives a text one token, and one more for "
        "each right guess: these alone lead out of the frame.",
        rows);
    for (size_t i = 0, row = 0; i < c->n; i++) {
        const struct speed_figures *s = &c->columns[i].speed;
        if (!c->columns[i].wrote) continue;
        put_label(out, row, c->columns[i].name);
        put_bar(out, row, 0, bars_of(HALF) * s->text_tok_s / most, "fill-accent");
        if (s->steps_s_predicted > 0) put_bar(out, row, 0, bars_of(HALF) * s->steps_s_predicted / most, "frame");
        buf_printf(out, "<text x=\"%d\" y=\"%.1f\">%.1f", HALF - VALUE_WIDTH + 8, row_y(row) + 5, s->text_tok_s);
        if (s->steps_s_predicted > 0) buf_printf(out, " <tspan class=\"soft\">of %.1f</tspan>", s->steps_s_predicted);
        buf_cstr(out, "</text>\n");
        row++;
    }
    close_chart(out);
}

/* ---- tables --------------------------------------------------------------------------------------------------------
 */

static void put_row(const comparison *c, enum comparison_row row, buf *out) {
    double most = 0;
    for (size_t i = 0; i < c->n; i++) {
        double value = comparison_cell(&c->columns[i], row);
        if (!isnan(value)) most = fmax(most, fabs(value));
    }
    buf_printf(out, "<tr><th scope=\"row\">%s</th>", comparison_rows[row].title);
    for (size_t i = 0; i < c->n; i++) {
        double value = comparison_cell(&c->columns[i], row);
        if (isnan(value)) {
            buf_cstr(out, "<td class=\"n soft\">–</td>");
            continue;
        }
        buf_printf(out, "<td class=\"n\">%.*f<span class=\"bar%s\" style=\"width:%.2frem\"></span></td>",
                   comparison_rows[row].decimals, value, value < 0 ? " below" : "",
                   most > 0 ? 8 * fabs(value) / most : 0);
    }
    buf_cstr(out, "</tr>\n");
}

static void put_table(const comparison *c, buf *out) {
    buf_cstr(out, "<section class=\"card wide\"><h2>Everything measured</h2><div class=\"scroll\"><table>\n"
                  "<thead><tr><th scope=\"col\">measure</th>");
    for (size_t i = 0; i < c->n; i++) {
        buf_cstr(out, "<th scope=\"col\" class=\"n\">");
        put_escaped(out, c->columns[i].name);
        buf_cstr(out, "</th>");
    }
    buf_cstr(out, "</tr></thead><tbody>\n");
    bool wrote = false;
    for (size_t i = 0; i < c->n; i++) wrote |= c->columns[i].wrote;
    for (enum comparison_row row = 0; row < ROW_COUNT; row++)
        if (wrote || !comparison_rows[row].of_models) put_row(c, row, out);
    buf_cstr(out, "</tbody></table></div></section>\n");
}

static void put_drafts(const comparison *c, buf *out) {
    buf_cstr(out,
             "<details class=\"card wide\"><summary><h2>Each draft</h2></summary><div class=\"scroll\"><table><thead>"
             "<tr><th>model</th><th>draft</th><th>verdict</th><th class=\"n\">score</th><th class=\"n\">words</th>"
             "<th class=\"n\">supported</th><th class=\"n\">unverified</th><th class=\"n\">contradicted</th></tr>"
             "</thead><tbody>\n");
    for (size_t i = 0; i < c->n; i++)
        for (size_t k = 0; k < c->columns[i].n; k++) {
            const digest *d = &c->columns[i].at[k];
            buf_cstr(out, "<tr><td>");
            put_escaped(out, c->columns[i].name);
            buf_cstr(out, "</td><td class=\"path\">");
            put_escaped(out, d->path);
            if (!d->judged) {
                buf_cstr(out, "</td><td colspan=\"6\" class=\"warn\">");
                put_escaped(out, d->problem.n ? d->problem : STR("not judged"));
                buf_cstr(out, "</td></tr>\n");
                continue;
            }
            buf_printf(out,
                       "</td><td><span class=\"pill %s\">%s</span></td><td class=\"n\">%.1f</td><td class=\"n\">%u</td>"
                       "<td class=\"n\">%u</td><td class=\"n\">%u</td><td class=\"n\">%u</td></tr>\n",
                       d->passed ? "good" : "bad", d->passed ? "pass" : "fail", d->score, d->words, d->supported,
                       d->unverified, d->contradicted);
        }
    buf_cstr(out, "</tbody></table></div></details>\n");
}

static void put_alarms(str alarms, buf *out) {
    str line;
    if (alarms.n == 0) return;
    buf_cstr(out, "<section class=\"card alarm\" role=\"alert\"><h2 class=\"bad\">The ruler is broken</h2>"
                  "<p>These results are impossible rather than bad: believe nothing on this page.</p><ul>\n");
    while (alarms.n > 0 && str_cut(&alarms, '\n', &line)) {
        if (line.n == 0) continue;
        buf_cstr(out, "<li>");
        put_escaped(out, line);
        buf_cstr(out, "</li>\n");
    }
    buf_cstr(out, "</ul></section>\n");
}

void comparison_html(const comparison *c, str alarms, buf *out) {
    buf_cstr(out,
             "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
             "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
             "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
             "img-src data:\">\n<link rel=\"icon\" href=\"data:,\">\n<title>assay bench: ");
    put_escaped(out, c->title);
    buf_printf(
        out,
        "</title>\n<style>\n%s.fill-warn { fill: var(--warn); } .frame { fill: none; stroke: var(--ink); "
        "stroke-width: 1.5; }\ncircle { stroke: var(--card); stroke-width: 1.5; } .bar { display: block; height: 3px; "
        "margin-left: auto; background: var(--accent); opacity: .7; } .below { background: var(--bad); }\n.alarm { "
        "border: 2px solid var(--bad); } "
        "tbody th { font-weight: 400; white-space: pre; } td.n { min-width: 8rem; }\n</style>\n</head>\n<body>\n",
        html_text_css);
    buf_cstr(out, "<a class=\"skip\" href=\"#main\">Skip to the report</a>\n<header><h1>assay bench</h1><p>");
    put_escaped(out, c->title);
    buf_printf(
        out, " · style %.*s · %zu side by side, the same request and seeds (from %llu), nothing edited</p></header>\n",
        STR_ARG(c->style), c->n, (unsigned long long)c->seed);
    buf_cstr(out, "<main id=\"main\" tabindex=\"-1\">\n");
    put_alarms(alarms, out);
    buf_cstr(out, "<div class=\"cards\">\n");
    put_scores(c, out);
    put_claims(c, out);
    put_speed(c, out);
    put_table(c, out);
    put_drafts(c, out);
    buf_printf(out,
               "</div>\n<p class=\"soft note\">assay %s · request %s · rules %s · manifest "
               "%s</p>\n</main>\n</body>\n</html>\n",
               c->version, c->prompt, c->rules, c->manifest ? c->manifest : "none");
}
