/* digest.c - a judgement boiled down. In: a judgement. Out: numbers, and compact JSON of findings and claims. */
#include "batch/digest.h"

#include "base/json.h"

#include <math.h>

static str findings_json(arena *a, const judgement *judged) {
    buf out = {0};
    json j = {.out = &out};
    json_array_open(&j);
    for (size_t i = 0; i < judged->findings.n; i++) {
        const finding *f = &judged->findings.at[i];
        json_object_open(&j);
        json_key_str(&j, "rule", f->rule);
        json_key_cstr(&j, "level", level_name(f->level));
        json_key_u64(&j, "line", line_table_place(&judged->article.lines, f->where.lo).line);
        json_key_str(&j, "message", f->message);
        json_object_close(&j);
    }
    json_array_close(&j);
    str text = out.failed ? ((str){0}) : arena_str(a, buf_view(&out));
    buf_free(&out);
    return text;
}

static str claims_json(arena *a, const judgement *judged) {
    buf out = {0};
    json j = {.out = &out};
    json_array_open(&j);
    for (size_t i = 0; i < judged->claims.n; i++) {
        const claim *c = &judged->claims.at[i];
        if (!c->credit_bearing && c->verdict != VERDICT_CONTRADICTED) continue;
        json_object_open(&j);
        json_key_cstr(&j, "kind", claim_kind_name(c->kind));
        json_key_str(&j, "text", c->quote);
        json_key_cstr(&j, "verdict", verdict_name(c->verdict));
        json_key_str(&j, "fact", c->fact);
        json_key_u64(&j, "line", line_table_place(&judged->article.lines, c->where.lo).line);
        json_object_close(&j);
    }
    json_array_close(&j);
    str text = out.failed ? ((str){0}) : arena_str(a, buf_view(&out));
    buf_free(&out);
    return text;
}

void digest_of(arena *a, const judgement *judged, bool with_json, digest *out) {
    const coverage *v = &judged->claims.coverage;
    out->judged = true;
    out->best = out->counted = 0;
    out->passed = judged->passed;
    out->style = judged->style->name;
    out->frontmatter_ok = judged->article.status == FRONTMATTER_OK;
    out->score = judged->score;
    out->minimum = judged->minimum;
    out->words = judged->measured.words;
    for (int id = 0; id < SIGNAL_COUNT; id++) {
        out->signals[id] = judged->ledger[id].value;
        out->points[id] = judged->ledger[id].points;
        const ledger_line *line = &judged->ledger[id];
        if (id >= SIGNAL_FILLER_PHRASES) continue;
        out->best += line->weight * line->cap;
        out->counted += line->weight * fmin(line->value, line->cap);
    }
    out->claims = v->claims;
    out->supported = v->supported;
    out->contradicted = v->contradicted;
    out->unverified = v->unverified;
    out->waived = v->waived + judged->waived;
    if (with_json) {
        out->findings_json = findings_json(a, judged);
        out->claims_json = claims_json(a, judged);
    }
}

bool digest_is_withheld(const digest *d) {
    double paid = 0;
    for (int id = 0; id < SIGNAL_FILLER_PHRASES; id++) paid += d->points[id];
    return d->counted > paid + 0.01; /* points are rounded to thousandths, nineteen of them */
}

void digests_best(const ruleset *rules, digest *at, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const style *under = ruleset_style(rules, at[i].style, NULL);
        at[i].best = at[i].counted = 0;
        for (int id = 0; under && id < SIGNAL_FILLER_PHRASES; id++) {
            at[i].best += under->weights[id] * under->caps[id];
            at[i].counted += under->weights[id] * fmin(at[i].signals[id], under->caps[id]);
        }
    }
}
