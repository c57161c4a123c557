/* report_json.c - JSON and NDJSON, one shape for check, explain, facts and batch (docs/schema/assay.schema.json).
 *
 * In: judgements. Out: RFC 8259 text; keys in a fixed order, numbers in shortest form, so equal input gives equal
 * bytes.
 */
#include "report/formats.h"

enum { POINT_DECIMALS = 3 };

void report_json_span(json *j, const article *art, span where) {
    place lo = line_table_place(&art->lines, where.lo), hi = line_table_place(&art->lines, where.hi);
    json_object_open(j);
    json_key_u64(j, "start", where.lo);
    json_key_u64(j, "end", where.hi);
    json_key_u64(j, "line", lo.line);
    json_key_u64(j, "column", lo.column);
    json_key_u64(j, "endLine", hi.line);
    json_key_u64(j, "endColumn", hi.column);
    json_key_str(j, "text", str_span(art->source, where));
    json_object_close(j);
}

static void head(json *j, const report_context *context) {
    json_key(j, "assay");
    json_object_open(j);
    json_key_u64(j, "schema", 1);
    json_key_cstr(j, "version", context->version);
    json_key_cstr(j, "rules", context->rules->hash.text);
    json_key_cstr(j, "manifest", context->manifest_hash);
    json_object_close(j);
}

static void frontmatter(json *j, const article *art) {
    static const char *const states[] = {"ok", "missing", "malformed", "fenced", "unterminated"};
    static const char *const formats[] = {"none", "yaml", "toml"};
    json_key(j, "frontmatter");
    json_object_open(j);
    json_key_cstr(j, "status", states[art->status]);
    json_key_cstr(j, "format", formats[art->format]);
    json_key(j, "fields");
    json_object_open(j);
    for (uint32_t i = 0; i < art->field_count; i++) {
        const field *f = &art->fields[i];
        bool repeated = false;
        for (uint32_t k = 0; k < i && !repeated; k++) repeated = str_eq(art->fields[k].key, f->key);
        if (repeated || f->kind == FIELD_MAP) continue;
        json_key_view(j, f->key);
        if (f->kind == FIELD_LIST) {
            json_array_open(j);
            for (uint32_t k = 0; k < f->item_count; k++) json_str(j, f->items[k]);
            json_array_close(j);
        } else if (f->kind == FIELD_TEXT) {
            json_str(j, f->value);
        } else {
            json_nil(j);
        }
    }
    json_object_close(j);
    json_object_close(j);
}

static void signals(json *j, const report_context *context, const judgement *judged) {
    json_key(j, "signals");
    json_array_open(j);
    for (int id = 0; id < SIGNAL_COUNT; id++) {
        const ledger_line *line = &judged->ledger[id];
        const signal_value *value = &judged->measured.signals[id];
        json_object_open(j);
        json_key_str(j, "id", context->rules->signals[id].name);
        json_key_f64(j, "value", line->value, POINT_DECIMALS);
        json_key_f64(j, "paid", line->paid, POINT_DECIMALS);
        json_key_f64(j, "cap", line->cap, POINT_DECIMALS);
        json_key_f64(j, "weight", line->weight, POINT_DECIMALS);
        json_key_f64(j, "points", line->points, POINT_DECIMALS);
        json_key(j, "spans");
        json_array_open(j);
        for (uint32_t i = 0; i < value->hit_count; i++)
            if (value->hits[i].amount > 0) report_json_span(j, &judged->article, value->hits[i].where);
        json_array_close(j);
        json_object_close(j);
    }
    json_array_close(j);
}

static void findings(json *j, const judgement *judged) {
    json_key(j, "findings");
    json_array_open(j);
    for (size_t i = 0; i < judged->findings.n; i++) {
        const finding *f = &judged->findings.at[i];
        json_object_open(j);
        json_key_str(j, "rule", f->rule);
        json_key_cstr(j, "level", level_name(f->level));
        json_key_str(j, "message", f->message);
        if (f->suppressed) json_key_bool(j, "suppressed", true);
        if (f->waived || (f->claim && f->baseline)) json_key_bool(j, "waived", true);
        if (f->baseline) json_key_bool(j, "baseline", true);
        if (f->reason.n) json_key_str(j, "reason", f->reason);
        json_key(j, "span");
        report_json_span(j, &judged->article, f->where);
        json_object_close(j);
    }
    json_array_close(j);
}

static void claims(json *j, const judgement *judged) {
    json_key(j, "claims");
    json_array_open(j);
    for (size_t i = 0; i < judged->claims.n; i++) {
        const claim *c = &judged->claims.at[i];
        json_object_open(j);
        json_key_cstr(j, "kind", claim_kind_name(c->kind));
        json_key_str(j, "text", c->quote);
        json_key_str_or_null(j, "subject", c->subject);
        json_key_str_or_null(j, "normal", c->normal);
        json_key_cstr(j, "stance", stance_name(c->stance));
        json_key_cstr(j, "verdict", verdict_name(c->verdict));
        json_key_str_or_null(j, "fact", c->fact);
        json_key_str_or_null(j, "says", c->says);
        json_key_str_or_null(j, "why", c->why);
        json_key_bool(j, "credit", c->credit_bearing);
        if (c->waived || c->known) {
            json_key_bool(j, "waived", true);
            if (c->known) json_key_bool(j, "baseline", true);
            json_key_str(j, "reason", c->waiver_reason);
        }
        json_key(j, "span");
        report_json_span(j, &judged->article, c->where);
        json_object_close(j);
    }
    json_array_close(j);
    const coverage *v = &judged->claims.coverage;
    json_key(j, "coverage");
    json_object_open(j);
    json_key_u64(j, "claims", v->claims);
    json_key_u64(j, "supported", v->supported);
    json_key_u64(j, "contradicted", v->contradicted);
    json_key_u64(j, "unverified", v->unverified);
    json_key_u64(j, "waived", v->waived);
    json_key_u64(j, "baseline", v->known);
    json_key_u64(j, "notAboutUs", v->not_about_us);
    json_object_close(j);
}

static void loose_numbers(json *j, const judgement *judged) {
    json_key(j, "loose");
    json_array_open(j);
    for (size_t i = 0; i < judged->claims.loose.n; i++) {
        const loose_number *number = &judged->claims.loose.at[i];
        json_object_open(j);
        json_key_str(j, "text", number->quote);
        json_key(j, "span");
        report_json_span(j, &judged->article, number->where);
        json_object_close(j);
    }
    json_array_close(j);
}

/* What `assay explain` proposes; nothing where the article passes. Out of memory is the writer's failure. */
static void put_advice(json *j, const report_context *context, const judgement *judged) {
    arena *a = arena_new(0);
    advice given = {.enough = true};
    error e = {0};
    if (!a || gate_advise(a, context->gate, judged, &given, &e)) j->out->failed = true;
    json_key(j, "advice");
    json_object_open(j);
    json_key_bool(j, "enough", given.enough);
    json_key_f64(j, "score", given.score, POINT_DECIMALS);
    json_key(j, "edits");
    json_array_open(j);
    for (uint32_t i = 0; i < given.count; i++) {
        const edit *one = &given.edits[i];
        json_object_open(j);
        json_key_str(j, "what", one->what);
        json_key_f64(j, "points", one->points, POINT_DECIMALS);
        json_key(j, "span");
        report_json_span(j, &judged->article, one->where);
        if (one->more_count) {
            json_key(j, "more");
            json_array_open(j);
            for (uint32_t k = 0; k < one->more_count; k++) report_json_span(j, &judged->article, one->more[k]);
            json_array_close(j);
        }
        json_object_close(j);
    }
    json_array_close(j);
    json_object_close(j);
    arena_free(a);
}

void report_json_article(json *j, const report_context *context, const judgement *judged) {
    json_object_open(j);
    json_key_str(j, "path", judged->article.path);
    json_key_str(j, "style", judged->style->name);
    json_key_bool(j, "styleDeclared", judged->style_declared);
    json_key_u64(j, "words", judged->measured.words);
    json_key_cstr(j, "verdict", judged->passed ? "pass" : "fail");
    json_key_f64(j, "score", judged->score, POINT_DECIMALS);
    json_key_f64(j, "minimum", judged->minimum, POINT_DECIMALS);
    frontmatter(j, &judged->article);
    signals(j, context, judged);
    json_key_f64(j, "contradictionPoints", judged->contradiction_points, POINT_DECIMALS);
    findings(j, judged);
    claims(j, judged);
    loose_numbers(j, judged);
    json_key(j, "reasons");
    json_array_open(j);
    for (uint32_t i = 0; i < judged->reason_count; i++) json_str(j, judged->reasons[i]);
    json_array_close(j);
    if (context->advise && context->gate) put_advice(j, context, judged);
    json_object_close(j);
}

static void json_failure(json *j, str path, const error *problem) {
    json_object_open(j);
    json_key_str(j, "path", path);
    json_key_cstr(j, "verdict", "error");
    json_key_cstr(j, "error", problem->message);
    if (problem->line) json_key_u64(j, "line", problem->line);
    if (problem->column) json_key_u64(j, "column", problem->column);
    json_object_close(j);
}

static void summary_object(json *j, const report_summary *summary) {
    json_key(j, "summary");
    json_object_open(j);
    json_key_u64(j, "files", summary->files);
    json_key_u64(j, "passed", summary->passed);
    json_key_u64(j, "failed", summary->failed);
    json_key_u64(j, "errors", summary->errors);
    json_key_u64(j, "suppressed", summary->suppressed);
    json_key_u64(j, "waived", summary->waived);
    json_key_u64(j, "baseline", summary->baseline);
    json_object_close(j);
}

/* ---- JSON: one document ---------------------------------------------------------------------------------------- */

/* Pieces are written at the depth at which finish() places them, so that the document is indented throughout. */
static void article_piece(const report_context *context, const judgement *judged, buf *out) {
    json j = {.out = out, .indent = 1, .depth = 2, .after_key = true};
    report_json_article(&j, context, judged);
}

static void failure_piece(const report_context *context, str path, const error *problem, buf *out) {
    (void)context;
    json j = {.out = out, .indent = 1, .depth = 2, .after_key = true};
    json_failure(&j, path, problem);
}

static void finish_document(const report_context *context, const report_summary *summary, const report_piece *pieces,
                            size_t count, buf *out) {
    json j = {.out = out, .indent = 1};
    json_object_open(&j);
    head(&j, context);
    json_key(&j, "articles");
    json_array_open(&j);
    for (size_t i = 0; i < count; i++) {
        buf_cstr(out, i ? ",\n  " : "\n  ");
        buf_str(out, pieces[i].bytes);
        j.need_comma = true;
    }
    json_array_close(&j);
    summary_object(&j, summary);
    json_object_close(&j);
    buf_byte(out, '\n');
}

const report_format report_json = {
    .name = "json",
    .summary = "one JSON document (docs/schema/assay.schema.json)",
    .machine = true,
    .article = article_piece,
    .failure = failure_piece,
    .finish = finish_document,
};

/* ---- NDJSON: one article a line, then the summary ------------------------------------------------------------- */

static void article_line(const report_context *context, const judgement *judged, buf *out) {
    json j = {.out = out};
    report_json_article(&j, context, judged);
    buf_byte(out, '\n');
}

static void failure_line(const report_context *context, str path, const error *problem, buf *out) {
    (void)context;
    json j = {.out = out};
    json_failure(&j, path, problem);
    buf_byte(out, '\n');
}

static void finish_lines(const report_context *context, const report_summary *summary, const report_piece *pieces,
                         size_t count, buf *out) {
    for (size_t i = 0; i < count; i++) buf_str(out, pieces[i].bytes);
    json j = {.out = out};
    json_object_open(&j);
    head(&j, context);
    summary_object(&j, summary);
    json_object_close(&j);
    buf_byte(out, '\n');
}

const report_format report_ndjson = {
    .name = "ndjson",
    .summary = "one JSON object a line: each article, then the summary",
    .streams = true,
    .machine = true,
    .article = article_line,
    .failure = failure_line,
    .finish = finish_lines,
};
