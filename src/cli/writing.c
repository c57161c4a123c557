/* writing.c - see writing.h. In: an invocation. Out: what is to be written and how it is judged, or one line that says
 * why not. Not here: the model (writing_model.c). */
#include "cli/writing.h"

#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { DEFAULT_TEXTS = 8, DEFAULT_TOKENS = 4096, TOKENS_A_WORD = 2, TOKENS_BESIDE = 512 };

/* ---- flags ---------------------------------------------------------------------------------------------------------
 */

static bool whole(const invocation *call, const char *name, double fallback, double lo, double hi, uint32_t *out) {
    double value;
    if (!option_number(call, name, fallback, &value)) return false;
    if (value >= lo && value <= hi && value == floor(value)) return *out = (uint32_t)value, true;
    cli_trouble("--%s takes a whole number from %.0f to %.0f", name, lo, hi);
    return false;
}

static bool fraction(const invocation *call, const char *name, float *value) {
    double number;
    if (!option_number(call, name, (double)*value, &number)) return false;
    if (option_given(call, name)) *value = (float)number;
    return true;
}

static int read_flags(writing *w, uint32_t default_count, size_t briefs) {
    const invocation *call = w->call;
    const char *seed = option_text(call, "seed"), *guesses = option_text(call, "speculate");
    uint64_t context = 0;
    error e = {0};
    w->sampler = sampler_defaults();
    if (!whole(call, "count", default_count, 1, DRAFT_LIMIT_COUNT, &w->count) ||
        !whole(call, "repair", 0, 0, DRAFT_LIMIT_REPAIRS, &w->repairs) ||
        !whole(call, "sessions", (double)(briefs * w->count < DEFAULT_TEXTS ? briefs * w->count : DEFAULT_TEXTS), 1,
               256, &w->texts) ||
        !whole(call, "max-tokens", 0, 0, 1 << 20, &w->max_tokens) ||
        !whole(call, "top-k", w->sampler.top_k, 0, 1 << 24, &w->sampler.top_k) ||
        !fraction(call, "temperature", &w->sampler.temperature) || !fraction(call, "top-p", &w->sampler.top_p) ||
        !fraction(call, "min-p", &w->sampler.min_p) || !fraction(call, "repetition", &w->sampler.repetition) ||
        !option_number(call, "wait-memory", 0, &w->wait_s) || !option_size(call, "context", 0, &context))
        return EXIT_TROUBLE;
    if (context > 1 << 24) return cli_trouble("--context takes at most 16M tokens");
    if (!(w->wait_s >= 0 && w->wait_s <= 86400)) return cli_trouble("--wait-memory takes 0 to 86400 seconds");
    if (seed && !str_to_u64(str_from_cstr(seed), &w->seed))
        return cli_trouble("--seed takes a whole number, not '%s'", seed);
    w->context_tokens = (uint32_t)context;
    if (w->sampler.temperature == 0 && w->count > 1)
        return cli_trouble(
            "at --temperature 0 all drafts of one request are the same: ask for one, or for a temperature");
    if (guesses && speculate_find(str_from_cstr(guesses), &w->speculate, &e)) return cli_error(&e);
    return sampler_check(&w->sampler, &e) ? cli_error(&e) : 0;
}

/* ---- briefs and rulers ---------------------------------------------------------------------------------------------
 */

typedef struct path_list {
    str *at;
    size_t n, capacity;
} path_list;

static int by_bytes(const void *a, const void *b) { return str_cmp(*(const str *)a, *(const str *)b); }

/* The briefs of a folder: *.yaml and *.yml, in byte order of their names; folders below it are not searched. */
static int briefs_of_folder(arena *a, const char *folder, path_list *out) {
    DIR *d = opendir(folder);
    size_t before = out->n;
    if (!d) return cli_trouble("%s: %s", folder, strerror(errno));
    for (struct dirent *f; (f = readdir(d));) {
        str name = str_from_cstr(f->d_name), extension = path_extension(name);
        if (name.p[0] == '.' || !(str_eq(extension, STR(".yaml")) || str_eq(extension, STR(".yml")))) continue;
        char *path = path_join(a, str_from_cstr(folder), name);
        if (!path || !VEC_PUSH(a, out, str_from_cstr(path))) return closedir(d), cli_trouble("out of memory");
    }
    closedir(d);
    if (out->n == before) return cli_trouble("%s: there is no brief (*.yaml) in this folder", folder);
    qsort(out->at + before, out->n - before, sizeof *out->at, by_bytes);
    return 0;
}

/* --brief FILE or DIR, any number of them; `several` = each brief gets a folder of its own. */
static int find_briefs(const invocation *call, path_list *out, bool *several) {
    const option_values *given = option_list(call, "brief");
    struct stat st;
    *several = given->n > 1;
    if (given->n == 0) return cli_trouble("%s needs --brief FILE", call->command->name);
    for (size_t i = 0; i < given->n; i++) {
        bool folder = stat(given->at[i], &st) == 0 && S_ISDIR(st.st_mode);
        *several |= folder;
        int status = folder ? briefs_of_folder(call->a, given->at[i], out)
                     : VEC_PUSH(call->a, out, str_from_cstr(given->at[i])) ? 0
                                                                           : cli_trouble("out of memory");
        if (status) return status;
    }
    return 0;
}

/* OUT, or OUT/NAME for brief NAME.yaml where there are several. */
static char *folder_of(arena *a, const char *out, str brief_path, bool several) {
    str name = path_name(brief_path);
    name.n -= path_extension(name).n;
    return several ? path_join(a, str_from_cstr(out), name) : arena_cstr(a, str_from_cstr(out));
}

static int refuse_same_folders(const writing *w, const path_list *paths) {
    path_list folders = {0};
    for (size_t i = 0; i < paths->n; i++)
        if (!VEC_PUSH(w->call->a, &folders, str_from_cstr(w->tasks[i].folder))) return cli_trouble("out of memory");
    if (folders.n) qsort(folders.at, folders.n, sizeof *folders.at, by_bytes);
    for (size_t i = 1; i < folders.n; i++)
        if (str_eq(folders.at[i - 1], folders.at[i]))
            return cli_trouble("two briefs are named '%.*s', and their drafts would share a folder: rename one",
                               STR_ARG(path_name(folders.at[i])));
    return 0;
}

/* The brief's style chooses the ruler, unless the operator's configuration fixes one: then the two must agree. */
static int choose_style(const judge_plan *plan, struct draft_task *task) {
    const setting *fixed = &plan->settings.at[SETTING_STYLE];
    task->gate = plan->gate;
    task->gate.style = task->brief->style->name;
    task->gate.words_min = task->brief->words_min;
    task->gate.words_max = task->brief->words_max;
    if (fixed->value.n == 0 || str_eq(fixed->value, task->gate.style)) return 0;
    return cli_trouble(
        "%.*s: the configuration fixes the style '%.*s' here, and the brief asks for '%.*s': change one of them",
        STR_ARG(fixed->origin), STR_ARG(fixed->value), STR_ARG(task->gate.style));
}

static int open_task(writing *w, size_t i, str path) {
    arena *a = w->call->a;
    struct draft_task *task = &w->tasks[i];
    const judge_plan *plan = judge_plan_of(w->setup, i);
    brief *b = ARENA_NEW(a, brief);
    prompt *first = ARENA_NEW(a, prompt);
    const char *name = arena_cstr(a, path);
    error e = {0};
    if (!b || !first || !name) return cli_trouble("out of memory");
    if (brief_open(a, name, plan->gate.rules, b, &e)) return cli_error(&e);
    task->brief = b;
    int status = choose_style(plan, task);
    if (status) return status;
    if (prompt_make(a, b, task->gate.rules, task->gate.manifest, first, &e)) return cli_error(&e);
    task->first = first;
    task->facts = task->gate.manifest;
    task->max_tokens = w->max_tokens  ? w->max_tokens
                       : b->words_max ? b->words_max * TOKENS_A_WORD + TOKENS_BESIDE
                                      : DEFAULT_TOKENS;
    return 0;
}

static int open_tasks(writing *w, const path_list *paths) {
    int status = 0;
    for (size_t i = 0; i < paths->n && !status; i++) {
        status = open_task(w, i, paths->at[i]);
        if (status) break;
        if (w->tasks[i].max_tokens > w->most_tokens) w->most_tokens = w->tasks[i].max_tokens;
    }
    return status;
}

int writing_make(const invocation *call, const char *folder, uint32_t default_count, writing *w) {
    *w = (writing){.call = call};
    path_list paths = {0};
    input_list inputs = {0};
    bool several = false;
    int status = find_briefs(call, &paths, &several);
    if (!status) status = read_flags(w, default_count, paths.n);
    if (status) return status;
    if ((uint64_t)paths.n * w->count > DRAFT_LIMIT_ALL)
        return cli_trouble("%zu briefs with %u drafts each are more than the %d drafts that one run may write", paths.n,
                           w->count, DRAFT_LIMIT_ALL);
    w->tasks = ARENA_ARRAY(call->a, struct draft_task, paths.n);
    w->task_count = (uint32_t)paths.n;
    if (!w->tasks) return cli_trouble("out of memory");
    for (size_t i = 0; i < paths.n; i++) {
        w->tasks[i].folder = folder_of(call->a, folder, paths.at[i], several);
        char *path = w->tasks[i].folder ? path_join(call->a, str_from_cstr(w->tasks[i].folder), STR("001.md")) : NULL;
        input in = {.name = str_from_cstr(path), .loaded = true, .named = true};
        if (!path || !VEC_PUSH(call->a, &inputs, in)) return cli_trouble("out of memory");
    }
    status = refuse_same_folders(w, &paths);
    if (!status) status = judge_setup_make(call, &inputs, &w->setup);
    return status ? status : open_tasks(w, &paths);
}

int writing_refuse_published(const writing *w) {
    for (uint32_t i = 0; i < w->task_count; i++) {
        const settings *s = &judge_plan_of(w->setup, i)->settings;
        if (s->published)
            return cli_trouble(
                "%s: the configuration names this folder as published, and drafts are never written there: give "
                "another --out",
                w->tasks[i].folder);
        if (s->gated_line)
            return cli_trouble(
                "%s: an override of the configuration (line %u) gates the articles here, and drafts are never "
                "written among them: give another --out, or say 'untrusted: true' there",
                w->tasks[i].folder, s->gated_line);
    }
    return 0;
}

void writing_free(writing *w) {
    judge_setup_free(w->setup);
    device_close(&w->device);
}
