/* draft.c - the loop that saves, judges and repairs. In: a source of texts. Out: files, records.
 *
 *     job = attempt x count + draft     so that a job's number says what it is
 *
 * Invariant: a text is written to disk before it is judged, and judged before its repair is asked for. Not here: how
 * texts are made, where drafts may go (the operator's config says that), what is printed.
 */
#include "draft/draft.h"

#include "base/file.h"
#include "base/json.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct drafting {
    arena *a;
    const struct draft_options *o;
    const prompt *first;
    struct draft_source *source;
    struct draft_result *out;
    prompt *prompts; /* [count] what each draft was last asked */
    uint32_t running;
} drafting;

static int out_of_memory(error *e) { return error_set(e, ERROR_MEMORY, "out of memory for drafts"); }

uint64_t draft_seed(uint64_t seed, uint32_t number, uint32_t attempt) {
    return seed + number - 1 + (uint64_t)attempt * 0x9e3779b97f4a7c15u;
}

/* "OUT/001", "OUT/001.repair1". */
static str stem_of(arena *a, const char *folder, uint32_t number, uint32_t attempt) {
    str name = attempt ? arena_printf(a, "%03u.repair%u", number, attempt) : arena_printf(a, "%03u", number);
    const char *path = name.p && folder ? path_join(a, str_from_cstr(folder), name) : NULL;
    return folder ? str_from_cstr(path) : name;
}

/* ---- the folder ----------------------------------------------------------------------------------------------------
 */

static int make_folders(const char *path, error *e) {
    size_t n = strlen(path);
    char *part = malloc(n + 1);
    if (!part) return out_of_memory(e);
    int bad = 0;
    for (size_t i = 1; i <= n && !bad; i++) {
        if (path[i] != '/' && path[i] != 0) continue;
        memcpy(part, path, i);
        part[i] = 0;
        if (mkdir(part, 0777) != 0 && errno != EEXIST)
            bad = error_at(e, ERROR_IO, str_from_cstr(part), 0, 0, "cannot make the folder for drafts: %s",
                           strerror(errno));
    }
    free(part);
    return bad;
}

static int try_writing(const char *folder, error *e) {
    char name[4096];
    int n = snprintf(name, sizeof name, "%s/.assay-XXXXXX", folder);
    int fd = n > 0 && (size_t)n < sizeof name ? mkstemp(name) : -1;
    if (fd < 0)
        return error_at(e, ERROR_IO, str_from_cstr(folder), 0, 0, "drafts cannot be written there: %s",
                        strerror(errno));
    close(fd);
    unlink(name);
    return 0;
}

int draft_folder_prepare(const struct draft_options *o, error *e) {
    struct stat st;
    int bad =
        o->folder[0] ? make_folders(o->folder, e) : error_set(e, ERROR_USAGE, "the folder for drafts has no name");
    if (!bad && (stat(o->folder, &st) != 0 || !S_ISDIR(st.st_mode)))
        bad = error_at(e, ERROR_IO, str_from_cstr(o->folder), 0, 0, "drafts go into a folder, and this is none");
    if (!bad) bad = try_writing(o->folder, e);
    arena *a = bad ? NULL : arena_new(0);
    if (!bad && !a) return out_of_memory(e);
    for (uint32_t i = 1; i <= o->count && !bad; i++) {
        str path = arena_printf(a, "%.*s.md", STR_ARG(stem_of(a, o->folder, i, 0)));
        if (!path.p)
            bad = out_of_memory(e);
        else if (lstat((const char *)path.p, &st) == 0)
            bad = error_at(e, ERROR_CONFLICT, path, 0, 0,
                           "is there already, and drafts are never overwritten: give another --out");
    }
    arena_free(a);
    return bad;
}

/* ---- the sidecar ---------------------------------------------------------------------------------------------------
 */

static void put_sampler(json *j, const struct sampler_options *s) {
    json_key(j, "sampler");
    json_object_open(j);
    json_key_f64(j, "temperature", (double)s->temperature, 6);
    json_key_u64(j, "top_k", s->top_k);
    json_key_f64(j, "top_p", (double)s->top_p, 6);
    json_key_f64(j, "min_p", (double)s->min_p, 6);
    json_key_f64(j, "repetition", (double)s->repetition, 6);
    json_key_f64(j, "presence", (double)s->presence, 6);
    json_key_f64(j, "frequency", (double)s->frequency, 6);
    json_object_close(j);
}

static void put_origin(json *j, const drafting *r, const prompt *asked, const struct draft_record *record) {
    const struct draft_options *o = r->o;
    json_key_cstr(j, "version", ASSAY_VERSION);
    json_key_str(j, "model", o->origin.model);
    json_key_str(j, "model_file", o->origin.model_file);
    json_key(j, "model_hash");
    if (o->origin.model_hash.n)
        json_str(j, o->origin.model_hash);
    else
        json_nil(j);
    json_key_cstr(j, "prompt", asked->hash.text);
    json_key_str(j, "style", o->brief->style->name);
    json_key_str(j, "brief", path_name(o->brief->file));
    json_key_cstr(j, "brief_hash", o->brief->hash.text);
    json_key_cstr(j, "rules", o->gate.rules->hash.text);
    json_key_cstr(j, "manifest", o->facts ? o->facts->hash.text : NULL);
    json_key_cstr(j, "chat", chat_name(o->origin.family));
    json_key_u64(j, "seed", draft_seed(o->seed, record->number, record->attempt));
    put_sampler(j, &o->origin.sampler);
    json_key_u64(j, "max_tokens", o->origin.max_tokens);
    json_key_u64(j, "context", o->origin.context_tokens);
}

static void put_verdict(json *j, const struct draft_record *record, const judgement *judged) {
    json_key_cstr(j, "verdict", !record->judged ? "error" : record->passed ? "pass" : "fail");
    if (!judged) {
        json_key_str(j, "problem", record->problem);
        return;
    }
    const coverage *v = &judged->claims.coverage;
    json_key_f64(j, "score", record->score, 3);
    json_key_f64(j, "minimum", record->minimum, 3);
    json_key_u64(j, "words", judged->measured.words);
    json_key(j, "claims");
    json_object_open(j);
    json_key_u64(j, "claims", v->claims);
    json_key_u64(j, "supported", v->supported);
    json_key_u64(j, "contradicted", v->contradicted);
    json_key_u64(j, "unverified", v->unverified);
    json_key_u64(j, "waived", v->waived);
    json_object_close(j);
    json_key(j, "reasons");
    json_array_open(j);
    for (uint32_t i = 0; i < judged->reason_count; i++) json_str(j, judged->reasons[i]);
    json_array_close(j);
}

static int save_sidecar(const drafting *r, arena *a, str stem, str text, const struct draft_record *record,
                        const judgement *judged, error *e) {
    buf out = {0};
    json j = {.out = &out, .indent = 2};
    json_object_open(&j);
    json_key_u64(&j, "assay-draft", 1);
    json_key_u64(&j, "draft", record->number);
    json_key_u64(&j, "attempt", record->attempt);
    put_origin(&j, r, &r->prompts[record->number - 1], record);
    json_key_cstr(&j, "content", sha256_of(text).text);
    json_key_u64(&j, "tokens", record->tokens);
    json_key_cstr(&j, "stop", stop_reason_name(record->stop));
    put_verdict(&j, record, judged);
    json_object_close(&j);
    buf_byte(&out, '\n');
    str path = arena_printf(a, "%.*s.json", STR_ARG(stem));
    int bad = out.failed || !path.p ? out_of_memory(e) : file_write((const char *)path.p, buf_view(&out), e);
    buf_free(&out);
    return bad;
}

/* ---- one text -------------------------------------------------------------------------------------------------------
 */

/* Asks for the repair of a text that failed; a request that does not fit the context is a note, no error. */
static int ask_repair(drafting *r, str text, const judgement *judged, struct draft_record *record, bool *asked,
                      error *e) {
    uint32_t i = record->number - 1, attempt = record->attempt + 1;
    prompt again;
    error local = {0};
    int bad = prompt_repair(r->a, r->first, text, &r->o->gate, judged, &again, e);
    if (bad) return bad;
    bad = r->source->begin(r->source->context, attempt * r->o->count + i, again.turns, again.count,
                           draft_seed(r->o->seed, record->number, attempt), &local);
    if (bad == ERROR_LIMIT) {
        record->problem = arena_printf(r->a, "not repaired: %s", local.message);
        return record->problem.p ? 0 : out_of_memory(e);
    }
    if (bad) {
        if (e) *e = local;
        return bad;
    }
    r->prompts[i] = again;
    *asked = true;
    return 0;
}

static int judge(drafting *r, arena *scratch, str text, struct draft_record *record, judgement *judged, error *e) {
    error local = {0};
    int bad = gate_judge(scratch, &r->o->gate, record->path, text, judged, &local);
    if (bad == ERROR_MEMORY || bad == ERROR_USAGE) {
        if (e) *e = local;
        return bad;
    }
    record->judged = !bad;
    if (bad) {
        record->problem = arena_printf(r->a, "not judged: %s", local.message);
        return record->problem.p ? 0 : out_of_memory(e);
    }
    record->passed = judged->passed;
    record->score = judged->score;
    record->minimum = judged->minimum;
    return 0;
}

static int take(drafting *r, arena *scratch, const struct draft_text *text, error *e) {
    const struct draft_options *o = r->o;
    uint32_t i = text->job % o->count;
    struct draft_record record = {
        .number = i + 1, .attempt = text->job / o->count, .tokens = text->tokens, .stop = text->stop};
    str stem = stem_of(r->a, o->folder, record.number, record.attempt);
    judgement judged;
    bool repairing = false;
    record.path = arena_printf(r->a, "%.*s.md", STR_ARG(stem));
    str kept = arena_str(scratch, text->text); /* begin() may move what the source holds */
    if (!stem.p || !record.path.p || (text->text.n && !kept.p)) return out_of_memory(e);
    int bad = o->folder ? file_write((const char *)record.path.p, kept, e) : 0;
    if (!bad) bad = judge(r, scratch, kept, &record, &judged, e);
    if (!bad && o->folder) bad = save_sidecar(r, scratch, stem, kept, &record, record.judged ? &judged : NULL, e);
    if (bad) return bad;
    if (record.attempt == 0) r->out->done[i] = true, r->out->finished++;
    if (record.judged && !record.passed && record.attempt < o->repairs)
        bad = ask_repair(r, kept, &judged, &record, &repairing, e);
    if (!repairing) r->running--;
    r->out->passed += record.passed;
    r->out->records[r->out->count++] = record;
    if (!bad && o->saved) o->saved(o->saved_context, &record, record.judged ? &judged : NULL);
    return bad;
}

int draft_run(arena *a, const struct draft_options *o, const prompt *first, struct draft_source *source,
              struct draft_result *out, error *e) {
    drafting r = {.a = a, .o = o, .first = first, .source = source, .out = out};
    *out = (struct draft_result){.records = ARENA_ARRAY(a, struct draft_record, (size_t)o->count * (o->repairs + 1)),
                                 .done = ARENA_ARRAY(a, bool, o->count)};
    r.prompts = ARENA_ARRAY(a, prompt, o->count);
    arena *scratch = arena_new(0);
    int bad = out->records && out->done && r.prompts && scratch ? 0 : out_of_memory(e);
    for (uint32_t i = 0; i < o->count && !bad; i++) {
        r.prompts[i] = *first;
        bad = source->begin(source->context, i, first->turns, first->count, draft_seed(o->seed, i + 1, 0), e);
        if (!bad) r.running++;
    }
    while (!bad && r.running) {
        struct draft_text text;
        bad = source->next(source->context, &text, e);
        if (!bad) bad = take(&r, scratch, &text, e);
        arena_reset(scratch);
    }
    arena_free(scratch);
    return bad;
}
