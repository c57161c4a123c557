/* baseline.c - reads and writes the ratchet file. In: JSON by jansson; judgements. Out: known findings; JSON, sorted.
 */
#include "config/baseline.h"

#include "base/file.h"
#include "base/shown.h"
#include "config/paths.h"
#include "report/problems.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>

enum { VERSION = 2, MAX_BASELINE_BYTES = 64 << 20, PRINT_DIGITS = 16, SCORE_DECIMALS = 3 };

struct baseline {
    arena *a;
    sha256_text hash;
    json_t *root;
    json_t *by_path; /* path -> entry; borrowed references held by root, plus one of its own */
};

static int bad(const char *path, const char *why, error *e) {
    return error_at(e, ERROR_SCHEMA, str_from_cstr(path), 0, 0, "%s; write it anew with --write-baseline", why);
}

static int index_entries(baseline *b, const char *path, error *e) {
    const json_t *version = json_object_get(b->root, "assay-baseline"), *list = json_object_get(b->root, "articles");
    if (json_is_integer(version) && json_integer_value(version) == 1)
        return bad(path, "a baseline of version 1, which knew a claim by its line alone", e);
    if (!json_is_integer(version) || json_integer_value(version) != VERSION || !json_is_array(list))
        return bad(path, "not a baseline of version 2", e);
    const json_t *reason = json_object_get(b->root, "reason");
    if (reason && !json_is_string(reason)) return bad(path, "reason takes a text", e);
    for (size_t i = 0; i < json_array_size(list); i++) {
        json_t *entry = json_array_get(list, i);
        const char *name = json_string_value(json_object_get(entry, "path"));
        const json_t *findings = json_object_get(entry, "findings"), *own = json_object_get(entry, "reason");
        if (!name || !json_is_array(findings) || !json_is_number(json_object_get(entry, "score")) ||
            (own && !json_is_string(own)))
            return bad(path, "an article's entry is not whole", e);
        json_t *set = json_object();
        for (size_t k = 0; set && k < json_array_size(findings); k++) {
            const char *print = json_string_value(json_array_get(findings, k));
            if (!print || json_object_set_new(set, print, json_true())) {
                json_decref(set);
                return bad(path, "a finding's fingerprint is not text", e);
            }
        }
        if (!set || json_object_set_new(entry, "set", set) || json_object_set(b->by_path, name, entry))
            return error_set(e, ERROR_MEMORY, "out of memory while reading the baseline");
    }
    return ERROR_NONE;
}

int baseline_open(const char *path, baseline **out, error *e) {
    *out = NULL;
    baseline *b = calloc(1, sizeof *b);
    if (!b) return error_set(e, ERROR_MEMORY, "out of memory while reading the baseline");
    b->a = arena_new(0);
    str text;
    int status =
        b->a ? file_read(b->a, path, MAX_BASELINE_BYTES, &text, e) : error_set(e, ERROR_MEMORY, "out of memory");
    if (!status) {
        json_error_t where;
        b->hash = sha256_of(text);
        b->root = json_loadb((const char *)text.p, (size_t)text.n, JSON_REJECT_DUPLICATES, &where);
        b->by_path = json_object();
        if (!b->root || !json_is_object(b->root))
            status = error_at(e, ERROR_SYNTAX, str_from_cstr(path), where.line > 0 ? (uint32_t)where.line : 0,
                              where.column > 0 ? (uint32_t)where.column : 0, "not JSON: %s", where.text);
        else
            status = index_entries(b, path, e);
    }
    if (status) {
        baseline_free(b);
        return status;
    }
    *out = b;
    return ERROR_NONE;
}

void baseline_free(baseline *b) {
    if (!b) return;
    json_decref(b->by_path);
    json_decref(b->root);
    arena_free(b->a);
    free(b);
}

sha256_text baseline_hash(const baseline *b) { return b->hash; }

str baseline_key(arena *a, const char *file, str article_path) {
    str key = path_inside(a, path_folder(str_from_cstr(file)), article_path);
    if (utf8_find_invalid(key) < 0) return key;
    /* JSON holds text only: a name that is none is written as text could be, byte for byte. */
    buf escaped = {0};
    shown_put(&escaped, key);
    str text = arena_str(a, buf_view(&escaped));
    buf_free(&escaped);
    return text;
}

static const json_t *entry_of(const baseline *b, str key) {
    return json_object_getn(b->by_path, (const char *)key.p, (size_t)key.n);
}

double baseline_score(const baseline *b, str key) {
    const json_t *entry = entry_of(b, key);
    return entry ? json_number_value(json_object_get(entry, "score")) : NAN;
}

/* The findings as problems, so that fingerprints are those of the reports. */
static problem_list problems_of(const article *art, const claim_list *claims, const finding_list *findings) {
    judgement j = {.article = *art, .claims = *claims, .findings = *findings};
    return report_problems(&j, PROBLEMS_ALL);
}

str baseline_reason(const baseline *b) {
    const char *text = json_string_value(json_object_get(b->root, "reason"));
    return text ? str_trim(str_from_cstr(text)) : (str){0};
}

/* An entry's own reason, else the file's. */
static str reason_for(const baseline *b, const json_t *entry) {
    const char *own = json_string_value(json_object_get(entry, "reason"));
    return own ? str_trim(str_from_cstr(own)) : baseline_reason(b);
}

static bool of_a_claim(str rule) { return str_starts(rule, STR("truth-")); }

bool baseline_mark(const baseline *b, arena *a, str key, const article *art, const claim_list *claims,
                   finding_list *findings) {
    const json_t *entry = entry_of(b, key), *set = json_object_get(entry, "set");
    if (!set) return true;
    const str why = reason_for(b, entry);
    problem_list list = problems_of(art, claims, findings);
    size_t k = 0;
    bool ok = list.at != NULL;
    for (size_t i = 0; i < findings->n && ok; i++) {
        if (findings->at[i].level == LEVEL_OFF) continue;
        finding *f = &findings->at[i];
        sha256_text print = report_fingerprint(key, &list.at[k++]);
        if (!json_object_getn(set, print.text + 7, PRINT_DIGITS)) continue;
        f->baseline = !of_a_claim(f->rule) || why.n;
        if (f->baseline && f->claim && !f->reason.n) f->reason = why;
        if (f->baseline) continue;
        str message =
            arena_printf(a, "%.*s (the baseline knows it and gives no reason to let it stand)", STR_ARG(f->message));
        ok = message.p != NULL;
        if (ok) f->message = message;
    }
    free(list.at);
    return ok;
}

baseline_counts baseline_entry(str key, const judgement *judged, buf *out) {
    baseline_counts held = {0};
    problem_list list = problems_of(&judged->article, &judged->claims, &judged->findings);
    if (judged->passed && list.n == 0) {
        free(list.at);
        return held;
    }
    json j = {.out = out};
    json_object_open(&j);
    json_key_str(&j, "path", key);
    json_key_f64(&j, "score", judged->score, SCORE_DECIMALS);
    json_key(&j, "findings");
    json_array_open(&j);
    for (size_t i = 0; i < list.n; i++) {
        if (list.at[i].suppressed) continue;
        held.findings++;
        held.claims += of_a_claim(list.at[i].rule);
        sha256_text print = report_fingerprint(key, &list.at[i]);
        json_str(&j, str_make(print.text + 7, PRINT_DIGITS));
    }
    json_array_close(&j);
    json_object_close(&j);
    buf_byte(out, '\n');
    free(list.at);
    return held;
}

void baseline_keep(const baseline *before, bool (*keeps)(void *context, str key), void *context, str reason, buf *out) {
    const char *key;
    json_t *entry, *print;
    size_t i;
    json_object_foreach(before->by_path, key, entry) {
        if (!keeps(context, str_from_cstr(key))) continue;
        json j = {.out = out};
        json_object_open(&j);
        json_key_cstr(&j, "path", key);
        json_key_f64(&j, "score", json_number_value(json_object_get(entry, "score")), SCORE_DECIMALS);
        str own = reason_for(before, entry);
        if (!str_eq(own, reason)) json_key_str(&j, "reason", own);
        json_key(&j, "findings");
        json_array_open(&j);
        json_array_foreach(json_object_get(entry, "findings"), i, print) json_cstr(&j, json_string_value(print));
        json_array_close(&j);
        json_object_close(&j);
        buf_byte(out, '\n');
    }
}

static int by_text(const void *left, const void *right) {
    const str *a = left, *b = right;
    return str_cmp(*a, *b);
}

void baseline_render(str entries, str reason, buf *out) {
    size_t count = 0, capacity = 1;
    for (ptrdiff_t i = 0; i < entries.n; i++) capacity += entries.p[i] == '\n';
    str *lines = calloc(capacity, sizeof *lines), rest = entries, line;
    if (!lines) {
        out->failed = true;
        return;
    }
    while (rest.n > 0 && count < capacity && str_cut(&rest, '\n', &line))
        if (line.n) lines[count++] = line;
    qsort(lines, count, sizeof *lines, by_text);
    buf_cstr(out, "{\"assay-baseline\": 2,\n ");
    if (reason.n) {
        json j = {.out = out};
        buf_cstr(out, "\"reason\": ");
        json_str(&j, reason);
        buf_cstr(out, ",\n ");
    }
    buf_cstr(out, "\"articles\": [");
    for (size_t i = 0; i < count; i++) {
        buf_cstr(out, i ? ",\n  " : "\n  ");
        buf_str(out, lines[i]);
    }
    buf_cstr(out, "]}\n");
    free(lines);
}
