/* folder.c - see folder.h. In: texts and what is known of them. Out: files.
 *
 * What the sidecar of a kept draft says of its writing is never said anew: only the verdict is this run's. Not here:
 * judging; whose a draft is that is there (kept.c).
 */
#include "draft/folder.h"

#include "base/file.h"
#include "base/json.h"
#include "draft/kept.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

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

/* The limit that a text met: the task's, or the model's where the context leaves less. */
static uint32_t limit_of(const struct draft_task *t, const struct draft_origin *origin) {
    bool model = t->max_tokens == 0 || (origin->max_tokens && origin->max_tokens < t->max_tokens);
    return model ? origin->max_tokens : t->max_tokens;
}

static void put_request(json *j, const struct draft_request *q, const struct draft_writing *by) {
    const struct draft_options *o = q->options;
    const struct draft_task *t = &o->tasks[q->task];
    json_key_str(j, "version", by->version);
    json_key_str(j, "model", o->origin.model);
    json_key_str(j, "model_file", o->origin.model_file);
    json_key_str_or_null(j, "model_hash", by->model_hash);
    json_key_str_or_null(j, "model_id", by->model_id);
    json_key_cstr(j, "prompt", q->prompt_hash);
    json_key_str(j, "style", t->brief->style->name);
    json_key_str(j, "brief", by->brief);
    json_key_cstr(j, "brief_hash", t->brief->hash.text);
    json_key_cstr(j, "rules", t->gate.rules->hash.text);
    json_key_cstr(j, "manifest", t->facts ? t->facts->hash.text : NULL);
    json_key_cstr(j, "chat", chat_name(o->origin.family));
    json_key_bool(j, "think", o->origin.think);
    json_key_exact(j, "seed", draft_seed(o->seed, q->number, q->attempt));
    put_sampler(j, &o->origin.sampler);
    json_key_u64(j, "max_tokens", limit_of(t, &o->origin));
    json_key_u64(j, "context", by->context_tokens);
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

static void put_sidecar(const struct draft_request *q, const struct draft_writing *by, str text,
                        const struct draft_record *record, const judgement *judged, buf *out) {
    json j = {.out = out, .indent = 2};
    json_object_open(&j);
    json_key_u64(&j, "assay-draft", 1);
    json_key_u64(&j, "draft", q->number);
    json_key_u64(&j, "attempt", q->attempt);
    put_request(&j, q, by);
    json_key_cstr(&j, "content", sha256_of(text).text);
    json_key_u64(&j, "tokens", record->tokens);
    json_key_cstr(&j, "stop", stop_reason_name(record->stop));
    put_guesses(&j, &record->guesses);
    put_verdict(&j, record, judged);
    json_object_close(&j);
    buf_byte(out, '\n');
}

static struct draft_writing writing_of(const struct draft_request *q) {
    const struct draft_origin *origin = &q->options->origin;
    return (struct draft_writing){str_from_cstr(ASSAY_VERSION), origin->model_hash, origin->model_id,
                                  path_name(q->options->tasks[q->task].brief->file), origin->context_tokens};
}

void draft_sidecar_text(const struct draft_request *q, str text, const struct draft_record *record,
                        const judgement *judged, buf *out) {
    const struct draft_writing by = writing_of(q);
    put_sidecar(q, &by, text, record, judged, out);
}

int draft_sidecar_write(arena *a, const struct draft_request *q, str text, const struct draft_record *record,
                        const judgement *judged, error *e) {
    const struct draft_task *task = &q->options->tasks[q->task];
    struct draft_writing by = writing_of(q);
    buf out = {0};
    str before = {0}, path = draft_path(a, task, q->number, q->attempt, ".json");
    if (!path.p) return out_of_memory(e);
    int bad = record->kept ? draft_writing_read(a, (const char *)path.p, &before, &by, e) : 0;
    if (bad) return bad;
    put_sidecar(q, &by, text, record, judged, &out);
    bool same = record->kept && str_eq(before, buf_view(&out));
    bad = out.failed ? out_of_memory(e) : same ? 0 : file_write((const char *)path.p, buf_view(&out), e);
    buf_free(&out);
    return bad;
}
