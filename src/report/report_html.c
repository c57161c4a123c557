/* report_html.c - one self-contained page: overview, and each article's ledger, rhythm, claims over its own text.
 *
 *     piece = three lines:  digest (always shown) \n detail (hits, claims, findings) \n text (the source as a JSON
 * string) finish(): page head + all digests + details and texts, failing articles first, while TEXT_BUDGET lasts +
 * script
 *
 * No network, no markup from articles: everything they say travels as JSON (with '<' escaped) and is put in as text by
 * page.js. What the budget leaves out, the page says. Offsets are UTF-16 units, because that is how the script counts.
 */
#include "report/formats.h"
#include "report/html_texts.h"

#include <math.h>
#include <stdlib.h>

enum { TEXT_BUDGET_BYTES = 27 << 20, MAX_RHYTHM = 400, MAX_DETAIL_HITS = 1500, MARK_EVERY = 256 };

/* ---- offsets --------------------------------------------------------------------------------------------------- */

/* UTF-16 units before a code point's boundary about every MARK_EVERY bytes, so that an offset costs a short scan. */
typedef struct unit_mark {
    uint32_t offset, units;
} unit_mark;

typedef struct unit_table {
    const article *art;
    unit_mark *marks;
    uint32_t count;
} unit_table;

static uint32_t units_in(str s) {
    uint32_t units = 0;
    for (ptrdiff_t i = 0; i < s.n;) {
        uint32_t code;
        i += utf8_decode(s, i, &code);
        units += code != UTF8_INVALID && code >= 0x10000 ? 2 : 1;
    }
    return units;
}

static unit_table unit_table_make(const article *art) {
    unit_table t = {art, calloc((size_t)art->source.n / MARK_EVERY + 2, sizeof(unit_mark)), 1};
    uint32_t units = 0;
    for (ptrdiff_t i = 0; t.marks && i < art->source.n;) {
        if (i >= (ptrdiff_t)t.count * MARK_EVERY) t.marks[t.count++] = (unit_mark){(uint32_t)i, units};
        ptrdiff_t from = i;
        uint32_t code;
        i += utf8_decode(art->source, from, &code);
        units += code != UTF8_INVALID && code >= 0x10000 ? 2 : 1;
    }
    return t;
}

static uint32_t unit_of(const unit_table *t, uint32_t offset) {
    uint32_t i = offset / MARK_EVERY;
    if (i >= t->count) i = t->count - 1;
    if (t->marks[i].offset > offset) i--; /* a mark lies up to three bytes behind its place */
    return t->marks[i].units + units_in(str_slice(t->art->source, t->marks[i].offset, offset));
}

/* ---- pieces ---------------------------------------------------------------------------------------------------- */

static void digest(json *j, const report_context *c, const judgement *judged) {
    const coverage *v = &judged->claims.coverage;
    buf note = {0};
    json_object_open(j);
    json_key_str(j, "path", judged->article.path);
    json_key_str(j, "style", judged->style->name);
    if (c->model.n) json_key_str(j, "model", c->model);
    json_key_u64(j, "words", judged->measured.words);
    json_key_bool(j, "passed", judged->passed);
    json_key_f64(j, "score", judged->score, 3);
    json_key_f64(j, "minimum", judged->minimum, 3);
    json_key(j, "ledger");
    json_array_open(j);
    for (int id = 0; id < SIGNAL_COUNT; id++) {
        const ledger_line *line = &judged->ledger[id];
        const double cells[] = {line->value, line->paid, line->cap, line->weight, line->points};
        json_array_open(j);
        for (size_t i = 0; i < COUNT_OF(cells); i++) json_f64(j, cells[i], 3);
        note.n = 0;
        report_ledger_note(c, line, &note);
        json_str(j, buf_view(&note));
        json_array_close(j);
    }
    json_array_close(j);
    json_key_f64(j, "contradictionPoints", judged->contradiction_points, 3);
    const uint32_t counts[] = {v->claims,     v->supported, v->contradicted,
                               v->unverified, v->waived,    report_claims_charged(judged)};
    json_key(j, "coverage");
    json_array_open(j);
    for (size_t i = 0; i < COUNT_OF(counts); i++) json_u64(j, counts[i]);
    json_array_close(j);
    json_key(j, "reasons");
    json_array_open(j);
    for (uint32_t i = 0; i < judged->reason_count; i++) json_str(j, judged->reasons[i]);
    json_array_close(j);
    json_key(j, "rhythm");
    json_array_open(j);
    uint32_t shown = 0;
    for (uint32_t i = 0; i < judged->article.sentence_count && shown < MAX_RHYTHM; i++) {
        uint32_t n = signal_sentence_words(c->rules, &judged->article, i);
        if (n) json_u64(j, n), shown++;
    }
    json_array_close(j);
    json_object_close(j);
    j->out->failed = j->out->failed || note.failed;
    buf_free(&note);
}

static void range(json *j, const unit_table *t, span where) {
    json_u64(j, unit_of(t, where.lo));
    json_u64(j, unit_of(t, where.hi));
}

static void hits(json *j, const report_context *c, const judgement *judged, const unit_table *t) {
    uint32_t written = 0;
    buf why = {0};
    json_key(j, "hits");
    json_array_open(j);
    for (int id = 0; id < SIGNAL_COUNT; id++) {
        if (c->rules->signals[id].kind == RULE_STATISTIC) continue;
        for (uint32_t i = 0; i < judged->measured.signals[id].hit_count && written < MAX_DETAIL_HITS; i++) {
            const hit *h = &judged->measured.signals[id].hits[i];
            if (h->amount <= 0 || h->where.hi <= h->where.lo) continue;
            json_array_open(j);
            json_u64(j, (uint64_t)id);
            range(j, t, h->where);
            if (h->tainted) {
                why.n = 0;
                report_why_unpaid(judged, h, &why);
                json_str(j, buf_view(&why));
            }
            json_array_close(j);
            written++;
        }
    }
    json_array_close(j);
    j->out->failed = j->out->failed || why.failed;
    buf_free(&why);
}

static void detail(json *j, const report_context *c, const judgement *judged, const unit_table *t) {
    json_object_open(j);
    hits(j, c, judged, t);
    json_key(j, "findings");
    json_array_open(j);
    for (size_t i = 0; i < judged->findings.n; i++) {
        const finding *f = &judged->findings.at[i];
        json_array_open(j);
        json_str(j, f->rule);
        json_cstr(j, f->suppressed ? "suppressed" : f->baseline ? "known" : level_name(f->level));
        json_str(j, f->message);
        json_u64(j, line_table_place(&judged->article.lines, f->where.lo).line);
        range(j, t, f->where);
        json_array_close(j);
    }
    json_array_close(j);
    json_key(j, "claims");
    json_array_open(j);
    for (size_t i = 0; i < judged->claims.n; i++) {
        const claim *k = &judged->claims.at[i];
        json_array_open(j);
        json_u64(j, (uint64_t)k->kind);
        json_u64(j, (uint64_t)k->verdict);
        json_u64(j, (uint64_t)k->stance);
        /* Mostly the very bytes that are marked: the script takes those then. */
        json_str(j, str_eq(k->quote, str_span(judged->article.source, k->where)) ? ((str){0}) : k->quote);
        json_str(j, k->fact);
        json_str(j, k->says);
        json_str(j, k->why);
        range(j, t, k->where);
        json_bool(j, k->waived || k->known);
        json_array_close(j);
    }
    json_array_close(j);
    json_key(j, "loose");
    json_array_open(j);
    for (size_t i = 0; i < judged->claims.loose.n; i++) {
        json_array_open(j);
        range(j, t, judged->claims.loose.at[i].where);
        json_array_close(j);
    }
    json_array_close(j);
    json_object_close(j);
}

/* Inside a <script> element only "<" can end it or open a comment. */
static void put_escaped(str text, buf *out) {
    ptrdiff_t plain = 0;
    for (ptrdiff_t i = 0; i < text.n; i++)
        if (text.p[i] == '<') {
            buf_str(out, str_slice(text, plain, i));
            buf_cstr(out, "\\u003c");
            plain = i + 1;
        }
    buf_str(out, str_slice(text, plain, text.n));
}

static void html_article(const report_context *c, const judgement *judged, buf *out) {
    buf raw = {0};
    json j = {.out = &raw};
    unit_table t = unit_table_make(&judged->article);
    if (!t.marks) {
        out->failed = true;
        return;
    }
    digest(&j, c, judged);
    buf_byte(&raw, '\n');
    j = (json){.out = &raw};
    detail(&j, c, judged, &t);
    buf_byte(&raw, '\n');
    j = (json){.out = &raw};
    json_str(&j, judged->article.source);
    put_escaped(buf_view(&raw), out);
    out->failed = out->failed || raw.failed;
    buf_free(&raw);
    free(t.marks);
}

static void html_failure(const report_context *c, str path, const error *e, buf *out) {
    buf raw = {0};
    json j = {.out = &raw};
    (void)c;
    json_object_open(&j);
    json_key_str(&j, "path", path);
    json_key_cstr(&j, "error", e->message);
    json_object_close(&j);
    buf_byte(&raw, '\n');
    put_escaped(buf_view(&raw), out);
    buf_free(&raw);
}

/* ---- the page -------------------------------------------------------------------------------------------------- */

static void run_data(const report_context *c, const report_summary *s, buf *out) {
    buf raw = {0};
    json j = {.out = &raw};
    json_object_open(&j);
    json_key_cstr(&j, "version", c->version);
    json_key_cstr(&j, "rules", c->rules->hash.text);
    json_key_cstr(&j, "manifest", c->manifest_hash);
    const uint32_t counts[] = {s->files, s->passed, s->failed, s->errors};
    json_key(&j, "summary");
    json_array_open(&j);
    for (size_t i = 0; i < COUNT_OF(counts); i++) json_u64(&j, counts[i]);
    json_array_close(&j);
    json_key(&j, "signals");
    json_array_open(&j);
    for (int id = 0; id < SIGNAL_COUNT; id++) {
        json_array_open(&j);
        json_str(&j, c->rules->signals[id].name);
        json_str(&j, c->rules->signals[id].summary);
        json_bool(&j, c->rules->signals[id].negative);
        json_array_close(&j);
    }
    json_array_close(&j);
    json_key(&j, "kinds");
    json_array_open(&j);
    for (int k = 0; k < CLAIM_KIND_COUNT; k++) json_cstr(&j, claim_kind_name((enum claim_kind)k));
    json_array_close(&j);
    json_key(&j, "verdicts");
    json_array_open(&j);
    for (int k = 0; k < VERDICT_COUNT; k++) json_cstr(&j, verdict_name((enum verdict)k));
    json_array_close(&j);
    json_key(&j, "stances");
    json_array_open(&j);
    for (int k = 0; k < STANCE_COUNT; k++) json_cstr(&j, stance_name((enum stance)k));
    json_array_close(&j);
    json_object_close(&j);
    put_escaped(buf_view(&raw), out);
    buf_free(&raw);
}

typedef struct piece_lines {
    str digest, detail, text;
} piece_lines;

static piece_lines lines_of(str piece) {
    piece_lines l = {0};
    if (str_cut(&piece, '\n', &l.digest) && str_cut(&piece, '\n', &l.detail)) l.text = piece;
    return l;
}

/* Which articles keep their detail and text: failing ones first, in input order, while the budget lasts. */
static size_t choose_whole(const report_piece *pieces, size_t count, bool *whole) {
    size_t used = 0, left_out = 0;
    for (size_t i = 0; i < count; i++) used += (size_t)lines_of(pieces[i].bytes).digest.n;
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < count; i++) {
            if (pieces[i].failed_to_judge || pieces[i].passed != (round == 1)) continue;
            size_t more = (size_t)pieces[i].bytes.n;
            whole[i] = used + more <= TEXT_BUDGET_BYTES;
            used += whole[i] ? more : 0;
            left_out += !whole[i];
        }
    return left_out;
}

static void html_finish(const report_context *c, const report_summary *s, const report_piece *pieces, size_t count,
                        buf *out) {
    bool *whole = calloc(count + 1, sizeof *whole);
    if (!whole) {
        out->failed = true;
        return;
    }
    size_t left_out = choose_whole(pieces, count, whole);
    buf_cstr(out,
             "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
             "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
             "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
             "script-src 'unsafe-inline'; img-src data:\">\n<link rel=\"icon\" href=\"data:,\">\n");
    buf_printf(out, "<title>assay: %u passed, %u failed</title>\n<style>\n%s</style>\n</head>\n<body>\n", s->passed,
               s->failed, html_text_css);
    buf_cstr(
        out,
        "<a class=\"skip\" href=\"#main\">Skip to the report</a>\n<header><h1>assay</h1>"
        "<p id=\"lede\"></p></header>\n<main id=\"main\" tabindex=\"-1\"></main>\n"
        "<noscript><p>This report is drawn by a script that it carries; allow scripts to see it.</p></noscript>\n");
    buf_cstr(out, "<div id=\"tip\" role=\"tooltip\" hidden></div>\n<script type=\"application/json\" id=\"run\">");
    run_data(c, s, out);
    buf_printf(out, "</script>\n<script type=\"application/json\" id=\"left-out\">%zu</script>\n", left_out);
    buf_cstr(out, "<script type=\"application/json\" id=\"articles\">[");
    for (size_t i = 0; i < count; i++) {
        if (i) buf_cstr(out, ",\n");
        buf_str(out, lines_of(pieces[i].bytes).digest);
    }
    buf_cstr(out, "]</script>\n");
    for (size_t i = 0; i < count; i++) {
        if (!whole[i]) continue;
        piece_lines l = lines_of(pieces[i].bytes);
        buf_printf(out, "<script type=\"application/json\" id=\"d%zu\">[", i);
        buf_str(out, l.detail);
        buf_byte(out, ',');
        buf_str(out, l.text);
        buf_cstr(out, "]</script>\n");
    }
    buf_printf(out, "<script>\n%s</script>\n</body>\n</html>\n", html_text_js);
    free(whole);
}

const report_format report_html = {
    .name = "html",
    .summary = "one self-contained page with charts, for people",
    .machine = true,
    .article = html_article,
    .failure = html_failure,
    .finish = html_finish,
};
