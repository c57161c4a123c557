/* folder.c - see folder.h. In: texts and what is known of them. Out: files; and back from them, for a run that goes on.
 *
 * A kept draft is believed when its sidecar asks for exactly what this run would ask for, and its bytes have the hash
 * that stands there. Not here: judging.
 */
#include "draft/folder.h"

#include "base/file.h"
#include "base/json.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX_TEXT_BYTES = 64 << 20, MAX_SIDECAR_BYTES = 1 << 20 };

static int out_of_memory(error *e) { return error_set(e, ERROR_MEMORY, "out of memory for drafts"); }

str draft_path(arena *a, const struct draft_task *task, uint32_t number, uint32_t attempt, const char *extension) {
    str name = attempt ? arena_printf(a, "%03u.repair%u%s", number, attempt, extension)
                       : arena_printf(a, "%03u%s", number, extension);
    if (!name.p || !task->folder) return name;
    char *path = path_join(a, str_from_cstr(task->folder), name);
    return path ? str_from_cstr(path) : (str){0};
}

/* ---- the folder ----------------------------------------------------------------------------------------------------
 */

/* Each folder that was missing, and those above it; `made` gets the paths, a zero behind each. */
static int make_folders(const char *path, buf *made, error *e) {
    size_t n = strlen(path);
    char *part = malloc(n + 1);
    if (!part) return out_of_memory(e);
    int bad = 0;
    for (size_t i = 1; i <= n && !bad; i++) {
        if (path[i] != '/' && path[i] != 0) continue;
        memcpy(part, path, i);
        part[i] = 0;
        if (mkdir(part, 0777) == 0) {
            if (made) buf_bytes(made, part, i + 1);
        } else if (errno != EEXIST)
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

/* None of the files that a task may write may be there, repairs among them. */
static int refuse_what_is_there(arena *a, const struct draft_options *o, const struct draft_task *task, error *e) {
    static const char *const extensions[] = {".md", ".json"};
    struct stat st;
    for (uint32_t job = 0; job < o->count * (o->repairs + 1) * COUNT_OF(extensions); job++) {
        uint32_t file = job / COUNT_OF(extensions);
        str path = draft_path(a, task, file / (o->repairs + 1) + 1, file % (o->repairs + 1),
                              extensions[job % COUNT_OF(extensions)]);
        if (!path.p) return out_of_memory(e);
        if (lstat((const char *)path.p, &st) == 0)
            return error_at(e, ERROR_CONFLICT, path, 0, 0,
                            "is there already, and drafts are never overwritten: give another --out, or --resume to go "
                            "on with the run that wrote it");
        arena_reset(a);
    }
    return 0;
}

static int prepare(const struct draft_options *o, const struct draft_task *task, buf *made, error *e) {
    struct stat st;
    if (!task->folder) return 0;
    int bad = task->folder[0] ? make_folders(task->folder, made, e)
                              : error_set(e, ERROR_USAGE, "the folder for drafts has no name");
    if (!bad && (stat(task->folder, &st) != 0 || !S_ISDIR(st.st_mode)))
        bad = error_at(e, ERROR_IO, str_from_cstr(task->folder), 0, 0, "drafts go into a folder, and this is none");
    if (!bad) bad = try_writing(task->folder, e);
    if (bad || o->resume) return bad;
    arena *a = arena_new(0);
    bad = a ? refuse_what_is_there(a, o, task, e) : out_of_memory(e);
    arena_free(a);
    return bad;
}

int draft_folders_prepare(const struct draft_options *o, buf *made, error *e) {
    int bad = 0;
    for (uint32_t i = 0; i < o->task_count && !bad; i++) bad = prepare(o, &o->tasks[i], made, e);
    return bad;
}

void draft_folders_unmake(const buf *made) {
    size_t end = made->n;
    while (end) {
        size_t begin = end - 1;
        while (begin && made->p[begin - 1]) begin--;
        rmdir((const char *)made->p + begin); /* not empty: it stays */
        end = begin;
    }
}

int draft_folder_lock(const char *folder, int *lock, error *e) {
    *lock = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (*lock >= 0 && (flock(*lock, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)) return 0;
    if (*lock < 0) return error_at(e, ERROR_IO, str_from_cstr(folder), 0, 0, "cannot be opened: %s", strerror(errno));
    close(*lock);
    *lock = -1;
    return error_at(e, ERROR_CONFLICT, str_from_cstr(folder), 0, 0,
                    "another run writes its drafts there at this moment: wait for it, or give another --out");
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

static void put_request(json *j, const struct draft_request *q) {
    const struct draft_options *o = q->options;
    const struct draft_task *t = &o->tasks[q->task];
    json_key_cstr(j, "version", ASSAY_VERSION);
    json_key_str(j, "model", o->origin.model);
    json_key_str(j, "model_file", o->origin.model_file);
    json_key(j, "model_hash");
    if (o->origin.model_hash.n)
        json_str(j, o->origin.model_hash);
    else
        json_nil(j);
    json_key_cstr(j, "prompt", q->prompt_hash);
    json_key_str(j, "style", t->brief->style->name);
    json_key_str(j, "brief", path_name(t->brief->file));
    json_key_cstr(j, "brief_hash", t->brief->hash.text);
    json_key_cstr(j, "rules", t->gate.rules->hash.text);
    json_key_cstr(j, "manifest", t->facts ? t->facts->hash.text : NULL);
    json_key_cstr(j, "chat", chat_name(o->origin.family));
    json_key_u64(j, "seed", draft_seed(o->seed, q->number, q->attempt));
    put_sampler(j, &o->origin.sampler);
    json_key_u64(j, "max_tokens", t->max_tokens ? t->max_tokens : o->origin.max_tokens);
    json_key_u64(j, "context", o->origin.context_tokens);
    json_key_cstr(j, "kv_cache", o->origin.kv_cache ? o->origin.kv_cache : "f16");
}

static void put_guesses(json *j, const struct speculate_counts *c) {
    json_key(j, "guesses");
    json_object_open(j);
    json_key_u64(j, "made", c->guessed);
    json_key_u64(j, "right", c->taken);
    for (int i = 0; i < TEXT_KINDS; i++) {
        if (!c->kind[i].guessed) continue;
        json_key(j, text_kind_name((enum text_kind)i));
        json_object_open(j);
        json_key_u64(j, "made", c->kind[i].guessed);
        json_key_u64(j, "right", c->kind[i].taken);
        json_object_close(j);
    }
    json_object_close(j);
}

static void put_verdict(json *j, const struct draft_record *record, const judgement *judged) {
    bool pending = !record->judged && record->problem.n == 0;
    json_key_cstr(j, "verdict", pending ? "pending" : !record->judged ? "error" : record->passed ? "pass" : "fail");
    if (pending) return;
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

void draft_sidecar_text(const struct draft_request *q, str text, const struct draft_record *record,
                        const judgement *judged, buf *out) {
    json j = {.out = out, .indent = 2};
    json_object_open(&j);
    json_key_u64(&j, "assay-draft", 1);
    json_key_u64(&j, "draft", q->number);
    json_key_u64(&j, "attempt", q->attempt);
    put_request(&j, q);
    json_key_cstr(&j, "content", sha256_of(text).text);
    json_key_u64(&j, "tokens", record->tokens);
    json_key_cstr(&j, "stop", stop_reason_name(record->stop));
    put_guesses(&j, &record->guesses);
    put_verdict(&j, record, judged);
    json_object_close(&j);
    buf_byte(out, '\n');
}

int draft_sidecar_write(arena *a, const struct draft_request *q, str text, const struct draft_record *record,
                        const judgement *judged, error *e) {
    const struct draft_task *task = &q->options->tasks[q->task];
    buf out = {0};
    draft_sidecar_text(q, text, record, judged, &out);
    str path = draft_path(a, task, q->number, q->attempt, ".json");
    int bad = out.failed || !path.p ? out_of_memory(e) : file_write((const char *)path.p, buf_view(&out), e);
    buf_free(&out);
    return bad;
}

/* ---- what an earlier run left ------------------------------------------------------------------------------------ */

static json_t *parse(str text) {
    return json_loadb((const char *)text.p, (size_t)text.n, JSON_DECODE_INT_AS_REAL, NULL);
}

/* The first key of the request in which the sidecar differs from what this run asks for; NULL = none. The hash of the
 * model counts where both runs computed it. */
static const char *find_difference(const json_t *found, const json_t *wanted) {
    static const char *const keys[] = {"assay-draft", "draft", "attempt",    "model",      "model_file",
                                       "prompt",      "style", "brief_hash", "rules",      "manifest",
                                       "chat",        "seed",  "sampler",    "max_tokens", "kv_cache"};
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        const json_t *a = json_object_get(found, keys[i]), *b = json_object_get(wanted, keys[i]);
        if (!a || !json_equal(a, b)) return keys[i];
    }
    const json_t *a = json_object_get(found, "model_hash"), *b = json_object_get(wanted, "model_hash");
    return json_is_string(a) && json_is_string(b) && !json_equal(a, b) ? "model_hash" : NULL;
}

static uint64_t number_of(const json_t *object, const char *key) {
    double value = json_number_value(json_object_get(object, key));
    return value >= 0 && value < 1e15 ? (uint64_t)value : 0;
}

static void read_record(const json_t *found, struct draft_record *record) {
    const json_t *guesses = json_object_get(found, "guesses");
    const char *stop = json_string_value(json_object_get(found, "stop"));
    record->kept = true;
    record->tokens = (uint32_t)number_of(found, "tokens");
    for (int i = STOP_END; i <= STOP_CONTEXT; i++)
        if (stop && strcmp(stop, stop_reason_name((enum stop_reason)i)) == 0) record->stop = (enum stop_reason)i;
    record->guesses =
        (struct speculate_counts){.guessed = number_of(guesses, "made"), .taken = number_of(guesses, "right")};
    for (int i = 0; i < TEXT_KINDS; i++) {
        const json_t *kind = json_object_get(guesses, text_kind_name((enum text_kind)i));
        record->guesses.kind[i].guessed = number_of(kind, "made");
        record->guesses.kind[i].taken = number_of(kind, "right");
    }
}

static int compare(const json_t *found, const json_t *wanted, str md, str text, struct draft_record *record, error *e) {
    const char *differs = json_is_object(found) ? find_difference(found, wanted) : "sidecar";
    if (differs)
        return error_at(e, ERROR_CONFLICT, md, 0, 0,
                        "is another run's: its '%s' is not what this one asks for; give another --out", differs);
    const char *content = json_string_value(json_object_get(found, "content"));
    if (text.p && (!content || strcmp(content, sha256_of(text).text) != 0))
        return error_at(e, ERROR_CONFLICT, md, 0, 0,
                        "was changed after it was written: move it away, or give another --out");
    read_record(found, record);
    return 0;
}

int draft_sidecar_check(const struct draft_request *q, str md, str sidecar, str text, struct draft_record *record,
                        error *e) {
    buf out = {0};
    draft_sidecar_text(q, STR(""), record, NULL, &out);
    json_t *found = parse(sidecar), *wanted = out.failed ? NULL : parse(buf_view(&out));
    int bad = wanted ? compare(found, wanted, md, text, record, e) : out_of_memory(e);
    json_decref(found);
    json_decref(wanted);
    buf_free(&out);
    return bad;
}

int draft_kept(arena *a, const struct draft_request *q, str *text, struct draft_record *record, error *e) {
    const struct draft_task *task = &q->options->tasks[q->task];
    str md = draft_path(a, task, q->number, q->attempt, ".md"), side = {0};
    str path = draft_path(a, task, q->number, q->attempt, ".json");
    *text = (str){0};
    if (!md.p || !path.p) return out_of_memory(e);
    bool has_text = access((const char *)md.p, F_OK) == 0, has_side = access((const char *)path.p, F_OK) == 0;
    if (has_text && !has_side)
        return error_at(e, ERROR_CONFLICT, md, 0, 0,
                        "has no sidecar, so who wrote it is not known: move it away, or give another --out");
    if (!has_side) return 0;
    int bad = file_read(a, (const char *)path.p, MAX_SIDECAR_BYTES, &side, e);
    if (!bad && has_text) bad = file_read(a, (const char *)md.p, MAX_TEXT_BYTES, text, e);
    if (bad) return bad;
    bad = draft_sidecar_check(q, md, side, *text, record, e);
    if (bad || !has_text) record->kept = false, *text = (str){0};
    return bad;
}
