/* writing_model.c - see writing.h. In: a path, and what is to be written. Out: a writer on a loaded model, or one line
 * that says why not; at the end what it did beside what it could have done.
 */
#include "base/file.h"
#include "base/shown.h"
#include "cli/progress.h"
#include "cli/writing.h"
#include "lm/load_reader.h"
#include "lm/model_verify.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static atomic_int cancelled;

static void on_interrupt(int number) {
    atomic_store(&cancelled, 1);
    signal(number, SIG_DFL); /* whoever insists is obeyed */
}

/* Whoever reads the output has seen enough, or the pipe is gone: what is finished is kept, and what is printed next is
 * an error that cli_end() tells. */
static void on_closed_pipe(int number) {
    (void)number;
    atomic_store(&cancelled, 1);
}

void writing_watch_interrupts(void) {
    signal(SIGINT, on_interrupt);
    signal(SIGTERM, on_interrupt);
    if (signal(SIGHUP, on_interrupt) == SIG_IGN) signal(SIGHUP, SIG_IGN); /* nohup */
    signal(SIGPIPE, on_closed_pipe);
}

bool writing_interrupted(void) { return atomic_load(&cancelled) != 0; }

const char *const *writing_plugin_folders(arena *a) {
    char program[4096];
    ssize_t n = readlink("/proc/self/exe", program, sizeof program - 1);
    const char **folders = ARENA_ARRAY(a, const char *, 3);
    if (!folders || n <= 0) return folders;
    str folder = path_folder(str_make(program, (size_t)n));
    folders[0] = arena_cstr(a, folder);
    folders[1] = path_join(a, folder, STR("../lib/assay"));
    if (!folders[1]) folders[0] = NULL;
    return folders;
}

static bool hash_progress(void *context, str path, uint64_t done, uint64_t total) {
    progress *bar = context;
    (void)path;
    bar->total = total >> 20;
    progress_step(bar, done >> 20);
    return writing_interrupted();
}

int writing_read_header(const char *path, int (*look)(void *context, const gguf_set *set, error *e), void *context) {
    gguf_opener opener = load_opener();
    gguf_set *set = NULL;
    error e = {0};
    arena *a = arena_new(0);
    if (!a) return cli_trouble("out of memory");
    int bad = gguf_set_open(a, path, &opener, NULL, &set, &e);
    if (!bad && look && (bad = look(context, set, &e))) error_in_file(&e, str_from_cstr(path));
    gguf_set_close(set);
    arena_free(a);
    return bad ? cli_error(&e) : 0;
}

/* The hash of a split model is that of its parts' hashes, in order. */
static int hash_model(const writing *w, const char *path, str *hash) {
    const char *listed = option_text(w->call, "sums");
    verify_report *report;
    progress bar;
    error e = {0};
    if (option_given(w->call, "no-hash") && !listed) return 0;
    if (writing_read_header(path, NULL, NULL))
        return EXIT_TROUBLE; /* one answer for a folder, with hashes and without */
    progress_start(&bar, "MiB of the model hashed", 0);
    int bad = model_verify(w->call->a, path, listed, hash_progress, &bar, &report, &e);
    progress_end(&bar);
    if (bad) return cli_error(&e);
    buf all = {0};
    for (size_t i = 0; i < report->count; i++) {
        const verify_item *item = &report->items[i];
        if (!report->passed && item->state != VERIFY_OK && item->state != VERIFY_HASHED &&
            item->state != VERIFY_MISSING) {
            buf_free(&all);
            return cli_trouble("%.*s: %s%s%.*s; not used. 'assay model verify' tells more", STR_ARG(item->path),
                               verify_state_name(item->state), item->why.n ? ": " : "", STR_ARG(item->why));
        }
        buf_cstr(&all, item->hash.text);
    }
    size_t one = strlen("sha256:") + 64;
    sha256_text joined = sha256_of(buf_view(&all));
    *hash = arena_str(w->call->a, all.n == one ? buf_view(&all) : str_from_cstr(joined.text));
    buf_free(&all);
    return 0;
}

static void load_progress(void *context, uint64_t done, uint64_t all) {
    progress *bar = context;
    bar->total = all >> 20;
    progress_step(bar, done >> 20);
}

static bool tell_waiting(void *context, const memory_state *state, double waited_s, double limit_s) {
    char available[32];
    (void)context;
    memory_size_text(state->available_bytes, available);
    buf holder = {0}; /* a process names itself */
    shown_put(&holder, str_from_cstr(state->holder));
    if (isatty(STDERR_FILENO))
        fprintf(stderr, "\rwaiting for memory: %s available, %.0f of %.0f s%s%.*s\033[K", available, waited_s, limit_s,
                holder.n ? "; " : "", STR_ARG(buf_view(&holder)));
    buf_free(&holder);
    return writing_interrupted();
}

/* Of the program where the device's memory is the host's, else of the device. */
static uint64_t memory_taken(const struct device_choice *d) {
    struct kernels_info info;
    unsigned long pages = 0, resident = 0;
    d->backend->info(d->device, &info);
    if (!info.host_visible && !info.unified) return info.memory_bytes - info.free_bytes;
    FILE *f = fopen("/proc/self/statm", "re");
    bool had = f && fscanf(f, "%lu %lu", &pages, &resident) == 2;
    if (f) fclose(f);
    return had ? (uint64_t)resident * (uint64_t)sysconf(_SC_PAGESIZE) : 0;
}

static int open_device(writing *w) {
    const char *name = option_text(w->call, "device");
    const char *const *folders = writing_plugin_folders(w->call->a);
    error e = {0};
    if (w->device.device) return 0;
    if (!folders) return cli_trouble("out of memory");
    return device_open(name ? name : "auto", folders, 0, &w->device, &e) ? cli_error(&e) : 0;
}

static void tell_plan(const loaded_model *m, const writing *w) {
    buf out = {0};
    shown_put(&out, m->name);
    buf_printf(&out, " on %s: a request of %u tokens, up to %u more a text, context %u\n", w->device.info.name,
               m->prompt_tokens, m->max_tokens, m->context_tokens);
    memory_explain(&m->plan, &m->state, &out);
    /* Said here, so that what goes wrong before stays one line. */
    const char *wanted = option_text(w->call, "device"), *cpu = w->device.info.host_visible ? "the CPU is used: " : "";
    if (w->device.note[0])
        buf_printf(&out, "%s%s\n", cpu, w->device.note);
    else if (!w->device.info.host_visible && (!wanted || strcmp(wanted, "auto") == 0))
        buf_cstr(&out, "the GPU is used: it is the first one, and it computed every small case rightly\n");
    if (m->max_tokens < m->wanted_tokens)
        buf_printf(&out, "texts end at %u tokens, where the context is full (%u were wanted)\n", m->max_tokens,
                   m->wanted_tokens);
    fwrite(out.p ? out.p : (const uint8_t *)"", 1, out.n, stderr);
    buf_free(&out);
}

/* The ceiling says nothing about weights that stay in the processor's cache. */
static bool beyond_cache(uint64_t weight_bytes) {
    long cache = sysconf(_SC_LEVEL3_CACHE_SIZE);
    return weight_bytes > (cache > 0 ? 4 * (uint64_t)cache : 256u << 20);
}

/* --prefix-cache, else the user's cache folder; NULL = nowhere, as for commands without that flag: a bench measures
 * what it computes. */
static const char *prefix_folder(const invocation *call) {
    const char *const *at = call->command->flags;
    while (*at && strcmp(*at, "prefix-cache") != 0) at++;
    if (!*at) return NULL;
    const char *folder = option_text(call, "prefix-cache");
    if (!folder) return prefix_cache_folder(call->a, getenv("XDG_CACHE_HOME"), getenv("HOME"));
    return strcmp(folder, "off") == 0 ? NULL : folder;
}

void writing_keep_prefix(const written_model *m) {
    error e = {0};
    char text[1024];
    buf why = {0};
    if (!writer_keep_prefix(m->writer, &e)) return;
    shown_put(&why, str_from_cstr(error_text(&e, text, sizeof text)));
    fprintf(stderr, "the request's keys and values were not kept for the next run: %.*s\n", STR_ARG(buf_view(&why)));
    buf_free(&why);
}

static bool keeps_fp8(const invocation *call) {
    const char *type = option_text(call, "kv-cache");
    return type && strcmp(type, "fp8") == 0;
}

/* What is asked behind the first request, for the context must hold each. NULL when memory is gone. */
static const struct load_text *other_texts(const writing *w) {
    struct load_text *texts = ARENA_ARRAY(w->call->a, struct load_text, w->task_count);
    for (uint32_t i = 1; texts && i < w->task_count; i++)
        texts[i - 1] = (struct load_text){w->tasks[i].first, w->tasks[i].max_tokens};
    return texts;
}

struct draft_origin writing_origin(const writing *w, const char *path) {
    return (struct draft_origin){.model_file = path_name(str_from_cstr(path)),
                                 .think = option_given(w->call, "think"),
                                 .sampler = w->sampler,
                                 .kv_cache = keeps_fp8(w->call) ? "fp8" : "f16"};
}

int writing_load(writing *w, const char *path, written_model *out) {
    error e = {0};
    str hash = {0};
    progress bar;
    *out = (written_model){0};
    const struct load_text *others = other_texts(w);
    int status = others ? open_device(w) : cli_trouble("out of memory");
    if (!status) status = hash_model(w, path, &hash);
    if (status) return status;
    out->device = &w->device;
    out->taken_before = memory_taken(&w->device);
    memory_platform memory = memory_system();
    memory.waiting = tell_waiting;
    progress_start(&bar, "MiB of the model loaded", 0);
    struct load_request q = {.path = path,
                             .device = &w->device,
                             .chat = option_text(w->call, "chat"),
                             .think = option_given(w->call, "think"),
                             .first = w->tasks[0].first,
                             .others = others,
                             .other_count = w->task_count - 1,
                             .context_tokens = w->context_tokens,
                             .max_tokens = w->tasks[0].max_tokens,
                             .texts = w->texts,
                             .repairs = w->repairs > 0,
                             .fp8_cache = keeps_fp8(w->call),
                             .wait_s = w->wait_s,
                             .memory = &memory,
                             .cancel = &cancelled,
                             .progress = load_progress,
                             .progress_context = &bar};
    int bad = loaded_model_open(w->call->a, &q, &out->model, &e);
    progress_end(&bar);
    if (w->wait_s > 0 && isatty(STDERR_FILENO)) fputs("\r\033[K", stderr);
    if (bad == ERROR_CANCELLED) return cli_trouble("interrupted while the model was loaded: nothing was written");
    if (bad) return cli_error(&e);
    tell_plan(out->model, w);
    struct writer_options o = {.batch = w->texts,
                               .max_tokens = w->most_tokens, /* and not what fits: a cut text is said to be cut */
                               .sampler = w->sampler,
                               .family = out->model->family,
                               .think = q.think,
                               .speculate = w->speculate,
                               .prefix_folder = prefix_folder(w->call),
                               .model_id = out->model->id.text};
    bad = writer_open(out->model->engine, out->model->tokenizer, &o, &out->writer, &e);
    if (bad == ERROR_CANCELLED) return cli_trouble("interrupted while the model was loaded: nothing was written");
    if (bad) return cli_error(&e);
    if (beyond_cache(out->model->plan_info.weight_bytes)) out->bandwidth = device_bandwidth(&w->device);
    out->origin = writing_origin(w, path);
    out->origin.model = out->model->name;
    out->origin.model_hash = hash;
    out->origin.model_id = str_from_cstr(out->model->id.text);
    out->origin.family = out->model->family;
    out->origin.max_tokens = out->model->max_tokens;
    out->origin.context_tokens = out->model->context_tokens;
    return 0;
}

void written_model_free(written_model *m) {
    writer_close(m->writer);
    loaded_model_close(m->model);
    *m = (written_model){0};
}

/* ---- what was measured ---------------------------------------------------------------------------------------------
 */

void writing_measure(const written_model *m, struct speed_figures *out) {
    const struct writer_stats *s = writer_stats_of(m->writer);
    const struct engine_info *info = engine_describe(m->model->engine);
    double steps = s->decode_s > 0 ? (double)s->decode_steps / s->decode_s : 0;
    uint64_t taken = memory_taken(m->device);
    *out = (struct speed_figures){
        .tokens = s->written_tokens,
        .first_token_s = s->first_token_s,
        .prefill_tok_s = s->prefill_s > 0 ? (double)s->prefill_tokens / s->prefill_s : 0,
        .decode_tok_s = s->decode_s > 0 ? (double)s->decode_tokens / s->decode_s : 0,
        .text_tok_s = s->decode_text_s > 0 ? (double)s->decode_tokens / s->decode_text_s : 0,
        .steps_s = steps,
        .weights_gb_s = steps * (double)info->token_bytes / 1e9,
        .token_bytes =
            s->decode_tokens ? (double)info->token_bytes * (double)s->decode_steps / (double)s->decode_tokens : 0,
        .token_bytes_predicted = (double)m->model->info->active_bytes,
        .memory_bytes = taken > m->taken_before ? (double)(taken - m->taken_before) : 0,
        .memory_bytes_predicted = (double)memory_plan_need(&m->model->plan),
        .guessed = s->speculated.guessed,
        .guessed_right = s->speculated.taken,
        .experts = m->model->info->experts > 0};
    if (m->bandwidth <= 0) return;
    out->bandwidth_gb_s = m->bandwidth / 1e9;
    out->steps_s_predicted = model_info_ceiling_tok_s(m->model->info, out->bandwidth_gb_s, m->model->prompt_tokens);
}

static void put_guesses(const struct speculate_counts *c, buf *out) {
    if (!c->guessed) return;
    buf_printf(out, "%llu tokens were guessed ahead, and %llu (%.0f %%) were right:", (unsigned long long)c->guessed,
               (unsigned long long)c->taken, 100.0 * (double)c->taken / (double)c->guessed);
    for (int i = 0, told = 0; i < TEXT_KINDS; i++)
        if (c->kind[i].guessed)
            buf_printf(out, "%s %llu of %llu in %s", told++ ? "," : "", (unsigned long long)c->kind[i].taken,
                       (unsigned long long)c->kind[i].guessed, text_kind_name((enum text_kind)i));
    buf_byte(out, '\n');
}

static void put_prefix(const struct writer_stats *s, buf *out) {
    if (s->prefix == PREFIX_HIT)
        buf_printf(out, "%llu tokens of the request came from the last run's cache\n",
                   (unsigned long long)s->prefix_tokens);
    else if (s->prefix != PREFIX_OFF && s->prefix != PREFIX_ABSENT)
        buf_printf(out, "the kept prefix was not used: %s\n", prefix_state_word(s->prefix));
}

static void put_size_row(const char *what, double predicted, double measured, const char *note, buf *out) {
    char a[32], b[32];
    memory_size_text((uint64_t)predicted, a);
    memory_size_text((uint64_t)measured, b);
    buf_printf(out, "  %-28s %14s %14s%s\n", what, a, b, note);
}

static void put_read(const struct writer_stats *s, const struct speed_figures *f, buf *out) {
    if (s->prefill_tokens)
        buf_printf(out, "read %llu tokens at %.1f tok/s", (unsigned long long)s->prefill_tokens, f->prefill_tok_s);
    else
        buf_cstr(out, s->prefix_tokens ? "nothing of the request had to be read" : "nothing was read");
    if (f->first_token_s > 0) buf_printf(out, ", first word after %.2f s", f->first_token_s);
}

/* What a step wrote that read a request as well counts in no speed. */
static void put_written(const struct writer_stats *s, const struct speed_figures *f, buf *out) {
    if (!f->tokens)
        buf_cstr(out, "; nothing was written\n");
    else if (!s->decode_steps)
        buf_printf(out, "; wrote %llu tokens\n", (unsigned long long)f->tokens);
    else
        buf_printf(out, "; wrote %llu tokens at %.1f tok/s (%.1f a text)\n", (unsigned long long)f->tokens,
                   f->decode_tok_s, f->text_tok_s);
}

static void put_bandwidth(const struct speed_figures *f, buf *out) {
    buf_printf(out, "weights read at %.1f GB/s", f->weights_gb_s);
    if (f->bandwidth_gb_s > 0)
        buf_printf(out, ", %.0f %% of the %.1f GB/s that memory gives\n", 100 * f->weights_gb_s / f->bandwidth_gb_s,
                   f->bandwidth_gb_s);
    else
        buf_cstr(out, "; the model fits into the processor's cache, so memory is no ceiling\n");
}

/* A step reads the weights once, so steps are what the bandwidth bounds. */
static void put_ceiling(const struct speed_figures *f, buf *out) {
    char most[32] = "-";
    put_size_row("weights read for a token", f->token_bytes_predicted, f->token_bytes,
                 f->experts ? "  or more: experts differ" : "", out);
    if (f->bandwidth_gb_s > 0) snprintf(most, sizeof most, "%.1f", f->steps_s_predicted);
    buf_printf(out, "  %-28s %14s %14.1f\n", "steps a second (at most)", most, f->steps_s);
}

void writing_speed(const written_model *m, buf *out) {
    const struct writer_stats *s = writer_stats_of(m->writer);
    struct speed_figures f;
    writing_measure(m, &f);
    put_read(s, &f, out);
    put_written(s, &f, out);
    put_prefix(s, out);
    put_guesses(&s->speculated, out);
    if (s->decode_steps) put_bandwidth(&f, out);
    buf_printf(out, "  %-28s %14s %14s\n", "", "predicted", "measured");
    if (s->decode_steps) put_ceiling(&f, out);
    put_size_row("memory", f.memory_bytes_predicted, f.memory_bytes,
                 m->device->info.host_visible ? "  of the whole program" : "", out);
}
