/* assay.c - the public face: what assay.h promises, said in terms of the rooms.
 *
 * In: bytes, rules, a manifest. Out: a verdict that owns its article and all that was found in it, in one arena.
 *
 * Nothing is decided here: gate judges, report renders. Every object is shared read-only after it was made, but for the
 * compiled patterns of the rules, which the rules room fills behind a lock. Not here: configuration, waivers,
 * baselines, folders, drafts.
 */
#include "assay.h"

#include "base/file.h"
#include "gate/gate.h"
#include "manifest/manifest.h"
#include "report/formats.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

_Static_assert((int)ASSAY_ERROR_USAGE == ERROR_USAGE && (int)ASSAY_ERROR_IO == ERROR_IO &&
                   (int)ASSAY_ERROR_LIMIT == ERROR_LIMIT && (int)ASSAY_ERROR_MEMORY == ERROR_MEMORY &&
                   (int)ASSAY_ERROR_SYNTAX == ERROR_SYNTAX && (int)ASSAY_ERROR_SCHEMA == ERROR_SCHEMA &&
                   (int)ASSAY_ERROR_CONFLICT == ERROR_CONFLICT && (int)ASSAY_ERROR_SUPPORT == ERROR_SUPPORT,
               "errors pass through unchanged");
_Static_assert((int)ASSAY_LEVEL_NOTE == LEVEL_NOTE && (int)ASSAY_LEVEL_WARNING == LEVEL_WARNING &&
                   (int)ASSAY_LEVEL_ERROR == LEVEL_ERROR,
               "so do levels");
_Static_assert((int)ASSAY_FAIL_UNVERIFIED == CLAIMS_UNVERIFIED && (int)ASSAY_FAIL_NEVER == CLAIMS_NEVER,
               "and policies");
_Static_assert((int)ASSAY_SUPPORTED == VERDICT_SUPPORTED && (int)ASSAY_UNDERSPECIFIED == VERDICT_UNDERSPECIFIED &&
                   (int)ASSAY_CONTRADICTED == VERDICT_CONTRADICTED && (int)ASSAY_UNVERIFIED == VERDICT_UNVERIFIED &&
                   (int)ASSAY_NOT_ABOUT_US == VERDICT_NOT_ABOUT_US && VERDICT_COUNT == 5,
               "and verdicts");
_Static_assert(sizeof((assay_error){0}.file) == sizeof((error){0}.file) &&
                   sizeof((assay_error){0}.message) == sizeof((error){0}.message),
               "an error's texts fit");

struct assay_verdict {
    arena *a; /* holds all below, this struct included */
    const ruleset *rules;
    const manifest *truth;      /* NULL without */
    span *places[SIGNAL_COUNT]; /* of the hits that count */
    size_t counts[SIGNAL_COUNT];
    judgement judged;
};

/* ---- between the two worlds ------------------------------------------------------------------------------------- */

static int failure(assay_error *out, const error *e) {
    if (!out) return (int)e->code;
    memset(out, 0, sizeof *out);
    out->code = (int)e->code;
    out->line = e->line;
    out->column = e->column;
    memcpy(out->file, e->file, sizeof out->file);
    memcpy(out->message, e->message, sizeof out->message);
    return out->code;
}

static int fail_with(assay_error *out, enum error_code code, const char *message) {
    error e = {0};
    error_set(&e, code, "%s", message);
    return failure(out, &e);
}

static int success(assay_error *out) {
    if (out) memset(out, 0, sizeof *out);
    return ASSAY_OK;
}

/* Rules and manifests are the rooms' own objects under another name. */
static const ruleset *rules_of(const assay_rules *rules) { return (const ruleset *)(const void *)rules; }
static const manifest *truth_of(const assay_manifest *m) { return (const manifest *)(const void *)m; }

static assay_text text_of(str s) { return (assay_text){s.n ? (const char *)s.p : NULL, (size_t)s.n}; }

static assay_span span_of(const assay_verdict *v, span where) {
    const article *art = &v->judged.article;
    place lo = line_table_place(&art->lines, where.lo), hi = line_table_place(&art->lines, where.hi);
    return (assay_span){.start = where.lo,
                        .end = where.hi,
                        .line = lo.line,
                        .column = lo.column,
                        .end_line = hi.line,
                        .end_column = hi.column,
                        .text = text_of(str_span(art->source, where))};
}

const char *assay_version(void) { return ASSAY_VERSION; }

const char *assay_error_text(const assay_error *problem, char *out, size_t capacity) {
    if (!out || !capacity) return out;
    out[0] = 0;
    if (!problem) return out;
    error e = {.code = (enum error_code)problem->code, .line = problem->line, .column = problem->column};
    memcpy(e.file, problem->file, sizeof e.file - 1);
    memcpy(e.message, problem->message, sizeof e.message - 1);
    return error_text(&e, out, capacity);
}

const char *assay_level_name(int level) {
    return level >= ASSAY_LEVEL_OFF && level <= ASSAY_LEVEL_ERROR ? level_name((enum level)level) : NULL;
}

const char *assay_claim_verdict_name(int verdict) {
    return verdict >= ASSAY_SUPPORTED && verdict <= ASSAY_NOT_ABOUT_US ? verdict_name((enum verdict)verdict) : NULL;
}

/* ---- numbers ----------------------------------------------------------------------------------------------------- */

/* A host program may have set a locale that writes 2,5. Manifests, rules and reports write 2.5 everywhere, so the
 * calling thread has the "C" locale while it works here, and its own again behind. */
typedef struct numerals {
    locale_t plain, before;
} numerals;

static numerals numerals_plain(void) {
    numerals n = {newlocale(LC_ALL_MASK, "C", (locale_t)0), (locale_t)0};
    if (n.plain) n.before = uselocale(n.plain);
    return n;
}

static void numerals_restore(numerals n) {
    if (!n.plain) return;
    uselocale(n.before);
    freelocale(n.plain);
}

/* ---- rules and manifests ----------------------------------------------------------------------------------------- */

int assay_rules_builtin(const char *name, assay_rules **rules, assay_error *problem) {
    if (!rules) return fail_with(problem, ERROR_USAGE, "there is no place for the rules");
    error e = {0};
    const ruleset *opened = NULL;
    *rules = NULL;
    numerals host = numerals_plain();
    int status = ruleset_builtin_named(name ? str_from_cstr(name) : STR("default"), &opened, &e);
    numerals_restore(host);
    if (status) return failure(problem, &e);
    *rules = (assay_rules *)(uintptr_t)opened;
    return success(problem);
}

int assay_rules_open(const char *folder, assay_rules **rules, assay_error *problem) {
    if (!rules) return fail_with(problem, ERROR_USAGE, "there is no place for the rules");
    error e = {0};
    ruleset *opened = NULL;
    *rules = NULL;
    if (!folder) return fail_with(problem, ERROR_USAGE, "no folder is named");
    numerals host = numerals_plain();
    int status = ruleset_open(folder, &opened, &e);
    numerals_restore(host);
    if (status) return failure(problem, &e);
    *rules = (assay_rules *)(void *)opened;
    return success(problem);
}

void assay_rules_free(assay_rules *rules) { ruleset_free(rules_of(rules)); }

const char *assay_rules_hash(const assay_rules *rules) { return rules ? rules_of(rules)->hash.text : NULL; }

size_t assay_rules_styles(const assay_rules *rules) { return rules ? rules_of(rules)->style_count : 0; }

assay_text assay_rules_style(const assay_rules *rules, size_t index) {
    if (index >= assay_rules_styles(rules)) return (assay_text){0};
    return text_of(rules_of(rules)->styles[index].name);
}

int assay_manifest_read(const assay_source *sources, size_t count, assay_manifest **out, assay_error *problem) {
    if (!out) return fail_with(problem, ERROR_USAGE, "there is no place for the manifest");
    *out = NULL;
    if (!sources || !count) return fail_with(problem, ERROR_USAGE, "no manifest is given");
    arena *a = arena_new(0);
    manifest_source *texts = a ? ARENA_ARRAY(a, manifest_source, count) : NULL;
    if (!texts) return arena_free(a), fail_with(problem, ERROR_MEMORY, "out of memory");
    error e = {0};
    manifest *loaded = NULL;
    int status = ERROR_NONE;
    for (size_t i = 0; i < count && !status; i++) {
        if (!sources[i].bytes && sources[i].length) status = error_set(&e, ERROR_USAGE, "a manifest has no bytes");
        texts[i] = (manifest_source){str_from_cstr(sources[i].name ? sources[i].name : ""),
                                     str_make(sources[i].bytes, sources[i].length)};
    }
    numerals host = numerals_plain();
    if (!status) status = manifest_load(texts, count, &loaded, &e);
    numerals_restore(host);
    arena_free(a);
    if (status) return failure(problem, &e);
    *out = (assay_manifest *)(void *)loaded;
    return success(problem);
}

int assay_manifest_open(const char *const *paths, size_t count, assay_manifest **out, assay_error *problem) {
    if (!out) return fail_with(problem, ERROR_USAGE, "there is no place for the manifest");
    *out = NULL;
    error e = {0};
    manifest *loaded = NULL;
    if (!paths || !count) return fail_with(problem, ERROR_USAGE, "no manifest is given");
    for (size_t i = 0; i < count; i++)
        if (!paths[i]) return fail_with(problem, ERROR_USAGE, "a manifest has no path");
    numerals host = numerals_plain();
    int status = manifest_load_files(paths, count, &loaded, &e);
    numerals_restore(host);
    if (status) return failure(problem, &e);
    *out = (assay_manifest *)(void *)loaded;
    return success(problem);
}

void assay_manifest_free(assay_manifest *m) { manifest_free((manifest *)(void *)m); }

const char *assay_manifest_hash(const assay_manifest *m) { return m ? truth_of(m)->hash.text : NULL; }

size_t assay_manifest_facts(const assay_manifest *m) { return m ? truth_of(m)->fact_count : 0; }

/* ---- judging --------------------------------------------------------------------------------------------------- */

/* What is not one of the choices would silently judge by another rule: it is refused. */
static int gate_from(const assay_rules *rules, const assay_manifest *m, const assay_options *o, gate_options *gate,
                     error *e) {
    if (o->fail_level < ASSAY_LEVEL_OFF || o->fail_level > ASSAY_LEVEL_ERROR)
        return error_set(e, ERROR_USAGE, "fail_level is no level: %d", o->fail_level);
    if (o->fail_claims < ASSAY_FAIL_CONTRADICTED || o->fail_claims > ASSAY_FAIL_NEVER)
        return error_set(e, ERROR_USAGE, "fail_claims is no policy: %d", o->fail_claims);
    if (o->threshold_given && !isfinite(o->threshold))
        return error_set(e, ERROR_USAGE, "the threshold is not a finite number");
    str path = str_from_cstr(o->path ? o->path : "");
    *gate = (gate_options){.rules = rules_of(rules),
                           .manifest = truth_of(m),
                           .style = str_from_cstr(o->style),
                           .default_style = str_from_cstr(o->default_style),
                           .minimum = o->threshold_given ? o->threshold : (double)NAN,
                           .ratchet = (double)NAN,
                           .fail_level = o->fail_level ? (enum level)o->fail_level : LEVEL_ERROR,
                           .fail_claims = (enum claims_policy)o->fail_claims,
                           .untrusted = o->untrusted,
                           .about_ours = o->about_ours,
                           .article = {.max_bytes = o->max_bytes ? o->max_bytes : ARTICLE_MAX_BYTES,
                                       .keep_fence = o->keep_fence,
                                       .mdx = str_eq_nocase(path_extension(path), STR(".mdx"))}};
    return ERROR_NONE;
}

/* The places of the hits that count, so that an accessor finds the n-th at once. */
static int gather_places(assay_verdict *v, error *e) {
    for (int id = 0; id < SIGNAL_COUNT; id++) {
        const signal_value *value = &v->judged.measured.signals[id];
        v->places[id] = ARENA_ARRAY(v->a, span, value->hit_count);
        if (!v->places[id]) return error_set(e, ERROR_MEMORY, "out of memory");
        for (uint32_t i = 0; i < value->hit_count; i++)
            if (value->hits[i].amount > 0) v->places[id][v->counts[id]++] = value->hits[i].where;
    }
    return ERROR_NONE;
}

static int judge_into(assay_verdict *v, const gate_options *gate, const char *path, str bytes, error *e) {
    v->rules = gate->rules;
    v->truth = gate->manifest;
    /* Refused before it is copied. */
    if ((size_t)bytes.n > gate->article.max_bytes)
        return error_at(e, ERROR_LIMIT, str_from_cstr(path), 0, 0, "larger than the limit of %zu bytes",
                        gate->article.max_bytes);
    str source = arena_str(v->a, bytes), name = arena_str(v->a, str_from_cstr(path ? path : "<article>"));
    if (!source.p || !name.p) return error_set(e, ERROR_MEMORY, "out of memory");
    int status = gate_judge(v->a, gate, name, source, &v->judged, e);
    return status ? status : gather_places(v, e);
}

int assay_judge(const assay_rules *rules, const assay_manifest *m, const assay_options *options, const void *bytes,
                size_t length, assay_verdict **out, assay_error *problem) {
    if (!out) return fail_with(problem, ERROR_USAGE, "there is no place for the verdict");
    *out = NULL;
    if (!rules) return fail_with(problem, ERROR_USAGE, "there are no rules");
    if (!bytes && length) return fail_with(problem, ERROR_USAGE, "the article has no bytes");
    static const assay_options defaults;
    gate_options gate = {0};
    error e = {0};
    const assay_options *o = options ? options : &defaults;
    if (gate_from(rules, m, o, &gate, &e)) return failure(problem, &e);
    arena *a = arena_new(gate_memory_bytes(gate.article.max_bytes));
    assay_verdict *v = a ? ARENA_NEW(a, assay_verdict) : NULL;
    if (!v) error_set(&e, ERROR_MEMORY, "out of memory");
    if (v) v->a = a;
    numerals host = numerals_plain();
    int status = v ? judge_into(v, &gate, o->path, length ? str_make(bytes, length) : STR(""), &e) : ERROR_MEMORY;
    numerals_restore(host);
    if (status) {
        arena_free(a);
        return failure(problem, &e);
    }
    *out = v;
    return success(problem);
}

void assay_verdict_free(assay_verdict *v) {
    if (v) arena_free(v->a);
}

/* ---- what was found -------------------------------------------------------------------------------------------- */

bool assay_verdict_passed(const assay_verdict *v) { return v && v->judged.passed; }
double assay_verdict_score(const assay_verdict *v) { return v ? v->judged.score : 0; }
double assay_verdict_minimum(const assay_verdict *v) { return v ? v->judged.minimum : 0; }
uint32_t assay_verdict_words(const assay_verdict *v) { return v ? v->judged.measured.words : 0; }
assay_text assay_verdict_style(const assay_verdict *v) { return v ? text_of(v->judged.style->name) : (assay_text){0}; }
bool assay_verdict_style_declared(const assay_verdict *v) { return v && v->judged.style_declared; }
double assay_verdict_contradiction_points(const assay_verdict *v) { return v ? v->judged.contradiction_points : 0; }

size_t assay_verdict_reasons(const assay_verdict *v) { return v ? v->judged.reason_count : 0; }
assay_text assay_verdict_reason(const assay_verdict *v, size_t index) {
    return index < assay_verdict_reasons(v) ? text_of(v->judged.reasons[index]) : (assay_text){0};
}

size_t assay_verdict_signals(const assay_verdict *v) { return v ? SIGNAL_COUNT : 0; }

bool assay_verdict_signal(const assay_verdict *v, size_t index, assay_signal *out) {
    if (!out) return false;
    memset(out, 0, sizeof *out);
    if (index >= assay_verdict_signals(v)) return false;
    const ledger_line *line = &v->judged.ledger[index];
    *out = (assay_signal){.id = text_of(v->rules->signals[index].name),
                          .value = line->value,
                          .paid = line->paid,
                          .cap = line->cap,
                          .weight = line->weight,
                          .points = line->points,
                          .span_count = v->counts[index]};
    return true;
}

bool assay_verdict_signal_span(const assay_verdict *v, size_t signal, size_t index, assay_span *out) {
    if (!out) return false;
    memset(out, 0, sizeof *out);
    if (signal >= assay_verdict_signals(v) || index >= v->counts[signal]) return false;
    *out = span_of(v, v->places[signal][index]);
    return true;
}

size_t assay_verdict_findings(const assay_verdict *v) { return v ? v->judged.findings.n : 0; }

bool assay_verdict_finding(const assay_verdict *v, size_t index, assay_finding *out) {
    if (!out) return false;
    memset(out, 0, sizeof *out);
    if (index >= assay_verdict_findings(v)) return false;
    const finding *f = &v->judged.findings.at[index];
    *out = (assay_finding){.rule = text_of(f->rule),
                           .level = (int)f->level,
                           .message = text_of(f->message),
                           .suppressed = f->suppressed,
                           .reason = text_of(f->reason),
                           .span = span_of(v, f->where)};
    return true;
}

size_t assay_verdict_claims(const assay_verdict *v) { return v ? v->judged.claims.n : 0; }

bool assay_verdict_claim(const assay_verdict *v, size_t index, assay_claim *out) {
    if (!out) return false;
    memset(out, 0, sizeof *out);
    if (index >= assay_verdict_claims(v)) return false;
    const claim *c = &v->judged.claims.at[index];
    *out = (assay_claim){.kind = claim_kind_name(c->kind),
                         .stance = stance_name(c->stance),
                         .verdict = (int)c->verdict,
                         .text = text_of(c->quote),
                         .subject = text_of(c->subject),
                         .normal = text_of(c->normal),
                         .fact = text_of(c->fact),
                         .says = text_of(c->says),
                         .why = text_of(c->why),
                         .credit = c->credit_bearing,
                         .span = span_of(v, c->where)};
    return true;
}

assay_coverage assay_verdict_coverage(const assay_verdict *v) {
    if (!v) return (assay_coverage){0};
    const coverage *c = &v->judged.claims.coverage;
    return (assay_coverage){c->claims, c->supported, c->contradicted, c->unverified, c->not_about_us};
}

int assay_verdict_json(const assay_verdict *v, char **text, size_t *length, assay_error *problem) {
    if (length) *length = 0;
    if (!text) return fail_with(problem, ERROR_USAGE, "there is no place for the JSON");
    *text = NULL;
    if (!v) return fail_with(problem, ERROR_USAGE, "there is no verdict");
    report_context context = {.version = ASSAY_VERSION,
                              .rules = v->rules,
                              .manifest_hash = v->truth ? v->truth->hash.text : NULL,
                              .command = "check"};
    const judgement *j = &v->judged;
    report_summary summary = {.files = 1, .passed = j->passed, .failed = !j->passed, .suppressed = j->suppressed};
    buf piece = {0}, out = {0};
    numerals host = numerals_plain();
    report_json.article(&context, j, &piece);
    report_piece only = {.bytes = buf_view(&piece), .path = j->article.path, .passed = j->passed};
    report_json.finish(&context, &summary, &only, 1, &out);
    numerals_restore(host);
    buf_byte(&out, 0);
    bool failed = piece.failed || out.failed;
    buf_free(&piece);
    if (failed) {
        buf_free(&out);
        return fail_with(problem, ERROR_MEMORY, "out of memory");
    }
    if (length) *length = out.n - 1;
    *text = (char *)out.p;
    return success(problem);
}

void assay_json_free(char *text) { free(text); }
