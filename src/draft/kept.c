/* kept.c - see kept.h. In: files of an earlier run, and what this one asks for. Out: texts to take, or what differs.
 *
 * A kept draft is believed when its sidecar asks for exactly what this run would ask for, and its bytes have the hash
 * that stands there. Nothing is written here.
 */
#include "draft/kept.h"

#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { MAX_TEXT_BYTES = 64 << 20, MAX_SIDECAR_BYTES = 1 << 20 };

static int out_of_memory(error *e) { return error_set(e, ERROR_MEMORY, "out of memory for drafts"); }

/* ---- one draft -----------------------------------------------------------------------------------------------------
 */

static json_t *parse(str text) {
    return json_loadb((const char *)text.p, (size_t)text.n, JSON_DECODE_INT_AS_REAL, NULL);
}

/* The first key of the request in which the sidecar differs from what this run asks for; NULL = none. Hash and id of
 * the model count where both runs computed them. */
static const char *find_difference(const json_t *found, const json_t *wanted, const struct draft_request *q) {
    static const struct {
        const char *key;
        bool of_model; /* known once it is loaded */
    } keys[] = {{"assay-draft", false}, {"draft", false},     {"attempt", false}, {"model", true},
                {"model_file", false},  {"style", false},     {"rules", false},   {"brief_hash", false},
                {"manifest", false},    {"chat", true},       {"think", false},   {"seed", false},
                {"sampler", false},     {"max_tokens", true}, {"kv_cache", false}};
    bool loaded = q->options->origin.model.n > 0;
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        const json_t *a = json_object_get(found, keys[i].key), *b = json_object_get(wanted, keys[i].key);
        if ((loaded || !keys[i].of_model) && (!a || !json_equal(a, b))) return keys[i].key;
    }
    if (q->prompt_hash && !json_equal(json_object_get(found, "prompt"), json_object_get(wanted, "prompt")))
        return "prompt";
    static const char *const where_both[] = {"model_hash", "model_id"};
    for (size_t i = 0; i < COUNT_OF(where_both); i++) {
        const json_t *a = json_object_get(found, where_both[i]), *b = json_object_get(wanted, where_both[i]);
        if (json_is_string(a) && json_is_string(b) && !json_equal(a, b)) return where_both[i];
    }
    return NULL;
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

/* A text that ended by itself is the same in every context that holds it: in its own, and in a larger one. */
static int check_context(const json_t *found, const struct draft_request *q, const struct draft_record *record, str md,
                         error *e) {
    uint64_t had = number_of(found, "context"), has = q->options->origin.context_tokens;
    if (q->options->origin.model.n == 0 || had == has || (had && had < has && record->stop != STOP_CONTEXT)) return 0;
    return error_at(e, ERROR_CONFLICT, md, 0, 0,
                    "is another run's: it was written in a 'context' of %llu tokens, and this run has %llu; give "
                    "--context %llu, or another --out",
                    (unsigned long long)had, (unsigned long long)has, (unsigned long long)had);
}

static int compare(const json_t *found, bool empty, const json_t *wanted, const struct draft_request *q, str md,
                   str text, struct draft_record *record, error *e) {
    if (!json_is_object(found))
        return error_at(
            e, ERROR_CONFLICT, md, 0, 0,
            "its sidecar %s, so who wrote it is not known: move both files away, and --resume writes the draft "
            "anew, or give another --out",
            empty ? "is empty" : "is no JSON object");
    const char *differs = find_difference(found, wanted, q);
    if (differs)
        return error_at(e, ERROR_CONFLICT, md, 0, 0,
                        "is another run's: its '%s' is not what this one asks for; give another --out", differs);
    const char *content = json_string_value(json_object_get(found, "content"));
    if (text.p && (!content || strcmp(content, sha256_of(text).text) != 0))
        return error_at(e, ERROR_CONFLICT, md, 0, 0,
                        "was changed after it was written: move it away, or give another --out");
    read_record(found, record);
    return check_context(found, q, record, md, e);
}

int draft_sidecar_check(const struct draft_request *q, str md, str sidecar, str text, struct draft_record *record,
                        error *e) {
    buf out = {0};
    draft_sidecar_text(q, STR(""), record, NULL, &out);
    json_t *found = parse(sidecar), *wanted = out.failed ? NULL : parse(buf_view(&out));
    int bad = wanted ? compare(found, str_trim(sidecar).n == 0, wanted, q, md, text, record, e) : out_of_memory(e);
    if (bad) record->kept = false;
    json_decref(found);
    json_decref(wanted);
    buf_free(&out);
    return bad;
}

static void take_text(arena *a, const json_t *found, const char *key, str *text) {
    const char *value = json_string_value(json_object_get(found, key));
    if (value) *text = arena_str(a, str_from_cstr(value));
    if (json_is_null(json_object_get(found, key))) *text = (str){0};
}

int draft_writing_read(arena *a, const char *path, str *sidecar, struct draft_writing *by, error *e) {
    int bad = file_read(a, path, MAX_SIDECAR_BYTES, sidecar, e);
    json_t *found = bad ? NULL : parse(*sidecar);
    uint64_t context = number_of(found, "context");
    take_text(a, found, "version", &by->version);
    take_text(a, found, "model_hash", &by->model_hash);
    by->model_id = (str){0}; /* an earlier version wrote none */
    take_text(a, found, "model_id", &by->model_id);
    take_text(a, found, "brief", &by->brief);
    if (context && context <= UINT32_MAX) by->context_tokens = (uint32_t)context;
    json_decref(found);
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

/* ---- all of them ---------------------------------------------------------------------------------------------------
 */

struct standing {
    uint32_t number, attempt;
};
typedef struct standing_list {
    struct standing *at;
    size_t n, capacity;
} standing_list;

static int by_number(const void *left, const void *right) {
    const struct standing *a = left, *b = right;
    if (a->number != b->number) return a->number < b->number ? -1 : 1;
    return a->attempt < b->attempt ? -1 : a->attempt > b->attempt;
}

/* "012.repair1.json" is draft 12's first repair; false for every other name, "12.md" among them. */
static bool read_name(const char *name, struct standing *out) {
    char again[64];
    const char *dot = strrchr(name, '.');
    int n = 0;
    *out = (struct standing){0};
    if (!dot || (strcmp(dot, ".md") != 0 && strcmp(dot, ".json") != 0) || strlen(name) >= sizeof again) return false;
    if (sscanf(name, "%9u.repair%9u%n", &out->number, &out->attempt, &n) < 1 || out->number == 0) return false;
    if (out->attempt)
        snprintf(again, sizeof again, "%03u.repair%u%s", out->number, out->attempt, dot);
    else
        snprintf(again, sizeof again, "%03u%s", out->number, dot);
    return strcmp(name, again) == 0;
}

/* The drafts and repairs that stand in a folder, each once, in their order. */
static int list_folder(arena *a, const char *folder, uint32_t count, standing_list *out, error *e) {
    DIR *d = opendir(folder);
    struct standing found;
    bool room = true;
    if (!d) return error_at(e, ERROR_IO, str_from_cstr(folder), 0, 0, "cannot be read: %s", strerror(errno));
    for (struct dirent *f; room && (f = readdir(d));)
        if (read_name(f->d_name, &found) && found.number <= count && found.attempt <= DRAFT_LIMIT_REPAIRS)
            room = VEC_PUSH(a, out, found);
    closedir(d);
    if (!room) return out_of_memory(e);
    if (out->n > 1) qsort(out->at, out->n, sizeof *out->at, by_number);
    size_t kept = 0;
    for (size_t i = 0; i < out->n; i++)
        if (i == 0 || by_number(&out->at[i - 1], &out->at[i]) != 0) out->at[kept++] = out->at[i];
    out->n = kept;
    return 0;
}

/* What a repair of a kept text would be asked now; the hash stays empty where none would be. */
static int ask_again(arena *a, const struct draft_options *o, const struct draft_request *q, str text, prompt *out,
                     error *e) {
    const struct draft_task *task = &o->tasks[q->task];
    str path = draft_path(a, task, q->number, q->attempt, ".md");
    judgement judged = {0};
    error local = {0};
    if (!path.p) return out_of_memory(e);
    if (gate_judge(a, &task->gate, path, text, &judged, &local) || judged.passed) return 0;
    return prompt_repair(a, task->first, text, &task->gate, &judged, out, e);
}

/* One draft or repair; `before` is the text that a repair answers, NULL where there is none. */
static int check_standing(arena *a, const struct draft_options *o, uint32_t task, struct standing at, error *e) {
    struct draft_request q = {o, task, at.number, at.attempt, at.attempt ? NULL : o->tasks[task].first->hash.text};
    struct draft_record record = {0};
    prompt asked = {0};
    str text = {0};
    int bad = 0;
    if (at.attempt && at.attempt <= o->repairs && o->origin.model.n) {
        struct draft_request first = {o, task, at.number, at.attempt - 1, NULL};
        bad = draft_kept(a, &first, &text, &record, e);
        if (!bad && text.p) bad = ask_again(a, o, &first, text, &asked, e);
        if (!bad && asked.turns) q.prompt_hash = asked.hash.text;
    }
    return bad ? bad : draft_kept(a, &q, &text, &record, e);
}

int draft_check_kept(const struct draft_options *o, error *e) {
    arena *list = arena_new(0), *a = arena_new(0);
    int bad = list && a ? 0 : out_of_memory(e);
    for (uint32_t i = 0; i < o->task_count && !bad; i++) {
        standing_list places = {0};
        if (!o->tasks[i].folder) continue;
        bad = list_folder(list, o->tasks[i].folder, o->count, &places, e);
        for (size_t k = 0; k < places.n && !bad; k++) {
            bad = check_standing(a, o, i, places.at[k], e);
            arena_reset(a);
        }
        arena_reset(list);
    }
    arena_free(list);
    arena_free(a);
    return bad;
}
