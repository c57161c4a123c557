/* bench_lm.c - how fast whole models run: decode of 1, 2, 4 and 8 drafts, guesses verified, time to the first token
 * with and without a kept prefix, prefill, loading; beside a peer when one is given.
 *
 *     bench_lm [--device auto|cpu|cuda|cuda:N] [--plugin DIR] [--model NAME] [--type Q8_0|Q4_K|…] [--dir DIR]
 *              [--peer LLAMA_BENCH[,LLAMA_BENCH]] [--tokens N] [--prompt N] [--threads N] [--isa avx2|avx512|ref|…]
 *              [--cache F16|FP8|F32] [--graphs auto|off|always] [--seconds N] [--memory GB] [--keep no]
 *
 * One type after the other, each over all shapes. With --seconds, a model that will not be done in what is left is
 * named and left out: its time is reckoned from its bytes and from how fast those before it were written and measured.
 * Files of real shapes with made-up weights are written to DIR; with --keep no each is removed when it was measured.
 * What fits neither the disk nor the memory (what is available, less what stays free for the rest of the machine, and
 * never more than --memory GB) is named and left out. On the CPU a step of a large model takes a good part of a second,
 * so large ones write fewer tokens, and the peer reads a shorter prompt: what was done is printed. Every tok/s comes
 * with GB/s (the weights that a step must read; of experts those that were
 * touched) and its share of the device's bandwidth. On a GPU that is half of what a copy moves, twice. On the CPU steps
 * and plain reads take turns, by the same threads, over as many bytes each:  read step read step …  A machine that
 * others use gives both of a pair about the same of its memory, so the share is taken within pairs, and printed with
 * the spread of the pairs. The peers (--peer A,B) are llama-bench programs of ggml or a fork of it, on the same file.
 */
#include "base/buf.h"
#include "base/file.h"
#include "draft/device.h"
#include "lm/engine_impl.h"
#include "lm/load_memory.h"
#include "lm/load_reader.h"
#include "lm/prefix_cache.h"
#include "tests/bench/bench_model.h"
#include "tests/bench/bench_peer.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

enum { CPU_PROMPT = 512, MAX_COLUMNS = 64 };

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}
static void die(const char *what, const char *why) {
    fprintf(stderr, "bench_lm: %s: %s\n", what, why);
    exit(2);
}

/* ---- one model --------------------------------------------------------------------------------------------------- */

struct settings {
    const char *device, *plugin, *isa, *model, *type, *dir, *peer;
    unsigned threads;
    uint32_t tokens, prompt; /* steps measured, longest prompt; 0 = by the device and the model */
    bool keep;
    enum tensor_type cache;
    enum engine_graphs graphs;
    double seconds;               /* for all; 0 = as long as it takes */
    double memory_bytes;          /* most that a model may take; 0 = what is available */
    double begun_s;               /* now() at the beginning */
    double pace_bytes_s, least_s; /* of what was measured: bytes a second, all in all, and seconds for the smallest */
};
struct rig {
    engine *g;
    const struct model_shape *shape;
    uint32_t type;
    double bandwidth; /* bytes a second */
    uint32_t tokens, pairs;
    uint64_t shared_bytes, expert_bytes,
        token_bytes; /* read by every step; all experts together; read by a step of one column */
};

static void must(int code, const error *e) {
    if (code) die("step", e->message);
}

/* As the writer takes one: the best token of each wanted column, in one wait for the device. */
static void best_step(const struct rig *r, const struct engine_input *in, uint32_t count, int32_t *best) {
    error e = {0};
    must(engine_step_fetch(r->g, in, count, &(struct engine_fetch){.top = 1, .token = best}, &e), &e);
}

/* Experts that the last step touched, in its last layer; 0 for dense models. */
static uint32_t experts_touched(const struct rig *r, uint32_t columns) {
    const uint32_t TOPK = r->shape->TOPK, EXPERTS = r->shape->EXPERTS;
    int32_t expert[MAX_COLUMNS * 8];
    bool seen[256] = {false};
    uint32_t n = 0;
    if (!EXPERTS) return 0;
    engine *g = r->g;
    g->backend->download(g->queue, expert, g->work.expert, (size_t)columns * TOPK * sizeof *expert);
    if (g->backend->queue_sync(g->queue, NULL) != 0) return 0;
    for (uint32_t i = 0; i < columns * TOPK; i++)
        if (expert[i] >= 0 && (uint32_t)expert[i] < EXPERTS && !seen[expert[i]]) seen[expert[i]] = true, n++;
    return n;
}

static void report(const struct rig *r, const char *label, uint32_t columns, double mean, double least) {
    uint32_t touched = experts_touched(r, columns);
    double bytes = (double)r->shared_bytes;
    if (touched) bytes += (double)r->expert_bytes * touched / r->shape->EXPERTS;
    printf("  %-22s %8.1f tok/s  (best step %8.1f)   %6.1f GB/s = %3.0f %% of the bandwidth", label, columns / mean,
           columns / least, bytes / mean * 1e-9, bytes / mean / r->bandwidth * 100);
    if (bytes / mean > 1.05 * r->bandwidth) printf(" (cannot be: other work disturbed the measuring)");
    if (touched) printf("   %u of %u experts touched", touched, r->shape->EXPERTS);
    printf("\n");
    fflush(stdout);
}

/* ---- the share of the bandwidth -----------------------------------------------------------------------------------
 */

enum { PAIRS = 40, READ_BYTES = 1000000000 };

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* Reads on from where the last read ended, round and round, so that little of it is still in a cache. */
static void read_memory(struct device_choice *d, const uint8_t *memory, size_t *at, size_t bytes) {
    while (bytes) {
        size_t n = READ_BYTES - *at < bytes ? READ_BYTES - *at : bytes;
        (void)kernels_cpu_read(d->device, memory + *at, n);
        *at = (*at + n) % READ_BYTES & ~(size_t)63;
        bytes -= n;
    }
}

/* Steps of one text and reads of as many bytes take turns. Sets r->bandwidth to the best read. */
static void share(struct rig *r, struct device_choice *d) {
    const size_t bytes = (size_t)r->token_bytes;
    size_t at = 0;
    const int pairs = (int)r->pairs;
    double step[PAIRS], read[PAIRS], part[PAIRS];
    uint32_t next = 7;
    int32_t best;
    session *s;
    error e = {0};
    void *memory = d->backend->alloc(d->device, READ_BYTES, &e);
    if (!memory) die("share", e.message);
    memset(memory, 1, READ_BYTES);
    must(session_new(r->g, &s, &e), &e);
    for (int i = -2; i < pairs; i++) { /* the first two only warm up */
        double begin = now();
        read_memory(d, memory, &at, bytes);
        double middle = now();
        best_step(r, &(struct engine_input){s, &next, 1, 1}, 1, &best);
        double end = now();
        next = ((uint32_t)best + 131) % r->shape->VOCAB;
        if (i < 0) continue;
        read[i] = (double)bytes / (middle - begin);
        step[i] = (double)bytes / (end - middle);
        part[i] = step[i] / read[i];
    }
    session_free(s);
    d->backend->free(d->device, memory);
    qsort(step, r->pairs, sizeof *step, by_size);
    qsort(read, r->pairs, sizeof *read, by_size);
    qsort(part, r->pairs, sizeof *part, by_size);
    printf("  share of bandwidth     %.0f %% in the middle of %d pairs (half of them %.0f to %.0f, all %.0f to %.0f "
           "%%); best "
           "against best %.0f %%\n",
           part[pairs / 2] * 100, pairs, part[pairs / 4] * 100, part[pairs - 1 - pairs / 4] * 100, part[0] * 100,
           part[pairs - 1] * 100, step[pairs - 1] / read[pairs - 1] * 100);
    printf("                         steps %.1f GB/s, best %.1f (%.1f tok/s); reads %.1f, best %.1f\n",
           step[pairs / 2] * 1e-9, step[pairs - 1] * 1e-9, step[pairs - 1] / (double)bytes, read[pairs / 2] * 1e-9,
           read[pairs - 1] * 1e-9);
    r->bandwidth = read[pairs - 1];
}

/* `columns` texts behind a prompt of 16, r->tokens steps. Returns tokens a second, all together. */
static double decode(const struct rig *r, uint32_t columns) {
    session *prefix, *s[MAX_COLUMNS];
    struct engine_input in[MAX_COLUMNS];
    uint32_t next[MAX_COLUMNS], text[MAX_COLUMNS];
    int32_t best[MAX_COLUMNS];
    char label[32];
    error e = {0};
    double least = 1e9, from = 0;
    for (uint32_t i = 0; i < MAX_COLUMNS; i++) text[i] = next[i] = i * 101 + 7;
    must(session_new(r->g, &prefix, &e), &e);
    must(engine_step(r->g, &(struct engine_input){prefix, text, 16, 0}, 1, &e), &e);
    for (uint32_t i = 0; i < columns; i++) {
        must(session_fork(prefix, 16, &s[i], &e), &e);
        in[i] = (struct engine_input){s[i], &next[i], 1, 1};
    }
    for (uint32_t k = 0; k < r->tokens; k++) {
        double t = now();
        best_step(r, in, columns, best);
        for (uint32_t i = 0; i < columns; i++) /* left alone, texts of made-up weights soon are all one text */
            next[i] = ((uint32_t)best[i] + 977 * i + 131 * k) % r->shape->VOCAB;
        if (k > 1) least = fmin(least, now() - t); /* other work on the machine only ever adds */
        if (k == 1) from = now();
    }
    double mean = (now() - from) / (r->tokens - 2);
    snprintf(label, sizeof label, "decode, %u draft%s", columns, columns > 1 ? "s" : "");
    report(r, label, columns, mean, least);
    for (uint32_t i = 0; i < columns; i++) session_free(s[i]);
    session_free(prefix);
    return columns / mean;
}

/* One text whose step verifies 7 guesses that are all right: the most that speculation can give. */
static void verify(const struct rig *r) {
    enum { COLUMNS = 8, TURNS = 8 };
    uint32_t text[COLUMNS * (TURNS + 2)];
    int32_t best[COLUMNS];
    session *s;
    error e = {0};
    double least = 1e9, from = 0;
    for (uint32_t i = 0; i < COUNT_OF(text); i++) text[i] = i * 101 + 7;
    must(session_new(r->g, &s, &e), &e);
    for (uint32_t k = 0; k < TURNS + 2; k++) {
        double t = now();
        best_step(r, &(struct engine_input){s, text + k * COLUMNS, COLUMNS, COLUMNS}, 1, best);
        if (k > 1) least = fmin(least, now() - t);
        if (k == 1) from = now();
    }
    report(r, "8 columns of one text", COLUMNS, (now() - from) / TURNS, least);
    session_free(s);
}

/* Time to the first token behind a prompt of `length`: computed, and read back from the prefix cache. */
static double first_token(const struct rig *r, uint32_t length, const char *dir) {
    double speed = 0;
    uint32_t *text = calloc(length, sizeof *text);
    char folder[600];
    int32_t best;
    session *s, *kept = NULL;
    error e = {0};
    if (!text) die("prompt", "no memory");
    for (uint32_t i = 0; i < length; i++) text[i] = (i * 101 + 7) % r->shape->VOCAB;
    snprintf(folder, sizeof folder, "%s/prefix", dir);
    for (int warm = 0; warm < 2; warm++) {
        double t = now();
        must(session_new(r->g, &s, &e), &e);
        best_step(r, &(struct engine_input){s, text, length, 1}, 1, &best);
        t = now() - t;
        speed = length / t;
        if (warm) printf("  first token after %5u: %8.3f s  (%.1f tok/s read)", length, t, length / t);
        if (!warm) {
            session_free(s);
            continue;
        }
        must(prefix_cache_save(r->g, folder, "bench", s, length - 1, 0, &e), &e);
        session_free(s);
        double begin = now();
        enum prefix_state state = prefix_cache_load(r->g, folder, "bench", text, length - 1, &kept);
        if (state != PREFIX_HIT) die("prefix", prefix_state_word(state));
        best_step(r, &(struct engine_input){kept, text + length - 1, 1, 1}, 1, &best);
        begin = now() - begin;
        printf(";  kept prefix %8.3f s, %.1f times as fast\n", begin, t / begin);
        session_free(kept);
    }
    arena *a = arena_new(0);
    char *path = a ? prefix_cache_path(a, r->g, folder, "bench", text, length - 1) : NULL;
    if (path) unlink(path);
    rmdir(folder);
    arena_free(a);
    free(text);
    return speed;
}

/* The same file, the same machine, right after: `one` and `prompt` are our tokens a second of one text and of the
 * prompt that the peer reads too. */
static void run_peers(const struct settings *o, const struct peer_run *run, double one, double prompt) {
    str rest = str_from_cstr(o->peer), name;
    char program[512], why[160];
    fflush(stdout);
    for (int i = 1; str_cut(&rest, ',', &name); i++) {
        struct peer_speed p;
        snprintf(program, sizeof program, "%.*s", STR_ARG(name));
        if (!peer_measure(program, run, &p, why)) {
            printf("  peer %d: %s: %s\n", i, program, why);
            continue;
        }
        printf("  peer %d: decode %.1f +- %.1f tok/s, prompt of %u %.1f +- %.1f; ours / peer: decode %.2f", i, p.write,
               p.write_spread, run->prompt, p.read, p.read_spread, one / p.write);
        if (prompt > 0) printf(", prompt %.2f", prompt / p.read);
        printf("\n");
    }
}

/* Bytes of a cache for `tokens`, and of work space as src/draft/loaded.c reckons it. */
static uint64_t beside_bytes(const struct model_shape *s, enum tensor_type cache, uint64_t tokens) {
    uint64_t page = kernels_cache_page_bytes(cache, CACHE_PAGE, (int)s->KV_HEADS, (int)s->KEY);
    return 2 * page * s->LAYERS * (tokens / CACHE_PAGE + 2) + 512ull * s->DIM * 24 * 4 + 72ull * s->VOCAB * 8 +
           4ull * (16 << 20);
}

/* Why it cannot be measured here; NULL when it can. */
static const char *misfit(const struct model_shape *s, uint32_t type, const struct settings *o, const char *path,
                          const struct device_choice *d, uint64_t cache_tokens, char text[200]) {
    const struct kernels_info *info = &d->info;
    const bool gpu = d->backend != kernels_cpu();
    uint64_t bytes = model_shape_bytes(s, type), need = bytes + beside_bytes(s, o->cache, cache_tokens);
    uint64_t keep = info->unified || !gpu ? memory_keep_free(info->memory_bytes) : 512u << 20, have = info->free_bytes;
    double wait = (double)bytes / o->pace_bytes_s + o->least_s, left = o->begun_s + o->seconds - now();
    struct statvfs disk;
    if (!gpu) need += READ_BYTES + bytes / 32; /* panels of the K types keep their scales apart */
    if (o->memory_bytes > 0 && (double)need > o->memory_bytes)
        snprintf(text, 200, "%.1f GB of weights and %.1f beside them are more than --memory %.1f", (double)bytes * 1e-9,
                 (double)(need - bytes) * 1e-9, o->memory_bytes * 1e-9);
    else if (need + keep > have)
        snprintf(text, 200,
                 "%.1f GB of weights and %.1f beside them do not fit into %.1f GB of free memory, of which %.1f "
                 "stay free",
                 (double)bytes * 1e-9, (double)(need - bytes) * 1e-9, (double)have * 1e-9, (double)keep * 1e-9);
    else if (access(path, R_OK) != 0 && statvfs(o->dir, &disk) == 0 &&
             disk.f_bavail * disk.f_frsize < bytes + (1u << 30))
        snprintf(text, 200, "%.1f GB do not fit on the disk of %.100s", (double)bytes * 1e-9, o->dir);
    else if (o->seconds > 0 && wait > left)
        snprintf(text, 200, "%.0f s are left of --seconds %.0f, and it would take about %.0f", left > 0 ? left : 0,
                 o->seconds, wait);
    else
        return NULL;
    return text;
}

/* Steps, pairs and the peer's share of the work: on the CPU as many as some seconds have room for. */
static void plan_counts(struct rig *r, const struct settings *o, bool gpu, struct peer_run *peer) {
    enum { STEPS = 34, STEPS_LEAST = 12, PAIRS_LEAST = 12 };
    static const double DECODE_S = 6, SHARE_S = 12, LARGE_BYTES = 2e9;
    double fit = r->bandwidth / (double)r->token_bytes; /* steps a second, at most */
    *peer = (struct peer_run){.threads = o->threads, .gpu = gpu, .prompt = 512, .tokens = 64, .runs = 3};
    r->tokens = STEPS;
    r->pairs = PAIRS;
    if (!gpu) {
        r->tokens = (uint32_t)fmin(STEPS, fmax(STEPS_LEAST, DECODE_S * fit));
        r->pairs = (uint32_t)fmin(PAIRS, fmax(PAIRS_LEAST, SHARE_S * fit / 2));
        if ((double)model_shape_bytes(r->shape, r->type) > LARGE_BYTES) peer->tokens = 16, peer->runs = 2;
        if ((double)r->token_bytes > LARGE_BYTES) peer->prompt = 128;
    }
    if (o->tokens) r->tokens = o->tokens;
}

static void measure_bytes(struct rig *r, const gguf *g) {
    const struct engine_info *info = engine_describe(r->g);
    for (size_t i = 0; i < g->tensor_count; i++)
        if (str_find(g->tensors[i].name, STR("_exps."), 0) >= 0) r->expert_bytes += g->tensors[i].size_bytes;
    r->shared_bytes = r->token_bytes = info->token_bytes;
    if (r->shape->EXPERTS) r->shared_bytes -= r->expert_bytes / r->shape->EXPERTS * r->shape->TOPK;
}

static void bench(const struct model_shape *s, uint32_t type, struct settings *o, struct device_choice *d,
                  double bandwidth) {
    char path[512], why[200];
    const bool gpu = d->backend != kernels_cpu();
    const uint32_t prompt = o->prompt ? o->prompt : gpu ? MODEL_PROMPT_MAX : CPU_PROMPT;
    const double begun = now();
    struct engine_options options = {.cache_type = o->cache,
                                     .context_tokens = prompt + 512,
                                     .cache_tokens = 2 * prompt + 8 * ((o->tokens ? o->tokens : 34) + 128),
                                     .graphs = o->graphs};
    d->backend->info(d->device, &d->info);
    snprintf(path, sizeof path, "%s/%s-%s.gguf", o->dir, s->name, tensor_type_find(type)->name);
    const char *skip = misfit(s, type, o, path, d, options.cache_tokens, why);
    if (skip) {
        printf("%s %s: SKIP, %s\n", s->name, tensor_type_find(type)->name, skip);
        return;
    }
    error e = {0};
    double t = now();
    if (access(path, R_OK) != 0) {
        if (model_shape_write(s, type, path, &e) != 0) die(path, e.message);
        printf("%s %s: written in %.0f s\n", s->name, tensor_type_find(type)->name, now() - t);
    }
    arena *a = arena_new(0);
    gguf_opener opener = load_opener_large();
    gguf_set *set;
    struct rig r = {.shape = s, .type = type, .bandwidth = bandwidth};
    struct peer_run peer;
    if (gguf_set_open(a, path, &opener, NULL, &set, &e) != 0) die(path, e.message);
    t = now();
    if (engine_open(set, d->backend, d->device, &options, &r.g, &e) != 0) die(path, e.message);
    t = now() - t;
    const struct engine_info *info = engine_describe(r.g);
    measure_bytes(&r, set->head);
    plan_counts(&r, o, gpu, &peer);
    peer.model = path;
    double warm = now();
    if (engine_warm_up(r.g, 1, &e) != 0) die(path, e.message);
    warm = now() - warm;
    printf("%s %s: %.2f GB, loaded in %.2f s (%.2f GB/s), tried in %.2f s; a token reads %.2f GB, at most %.1f tok/s\n",
           s->name, tensor_type_find(type)->name, (double)info->weight_bytes * 1e-9, t,
           (double)info->weight_bytes * 1e-9 / t, warm, (double)info->token_bytes * 1e-9,
           bandwidth / (double)info->token_bytes);
    if (!gpu) share(&r, d);
    double one = decode(&r, 1), many = one;
    for (uint32_t columns = 2; columns <= 8; columns *= 2) many = decode(&r, columns);
    printf("  8 drafts are %.2f x one\n", many / one);
    verify(&r);
    double read = prompt >= peer.prompt ? first_token(&r, peer.prompt, o->dir) : 0; /* what the peer reads, too */
    if (prompt != peer.prompt) first_token(&r, prompt, o->dir);
    if (engine_graph_count(r.g)) printf("  small steps as %u captured graphs\n", engine_graph_count(r.g));
    engine_close(r.g);
    gguf_set_close(set);
    arena_free(a);
    if (o->peer && *o->peer) run_peers(o, &peer, one, read);
    if (!o->keep) unlink(path);
    double took = now() - begun, pace = (double)model_shape_bytes(s, type) / took;
    if (took < o->least_s || o->least_s == 0) o->least_s = took;
    if (pace > o->pace_bytes_s) o->pace_bytes_s = pace; /* large ones are what it must be right for */
}

static void open_device(const struct settings *o, struct device_choice *d) {
    const char *const folders[] = {o->plugin, NULL};
    error e = {0};
    if (o->isa) { /* a choice that only the CPU has */
        d->backend = kernels_cpu();
        if (d->backend->open(0, &(struct kernels_options){.threads = o->threads, .isa = o->isa}, &d->device, &e) != 0)
            die(o->isa, e.message);
        d->backend->info(d->device, &d->info);
    } else if (device_open(o->device, folders, o->threads, d, &e) != 0)
        die(o->device, e.message);
    if (d->note[0]) printf("no GPU is used: %s\n", d->note);
}

static struct settings read_arguments(int argc, char **argv) {
    struct settings o = {.device = "auto",
                         .plugin = "build/release",
                         .dir = ".",
                         .threads = (unsigned)sysconf(_SC_NPROCESSORS_ONLN),
                         .keep = true,
                         .begun_s = now(),
                         .pace_bytes_s = 200e6};
    const char *cache = "F16", *graphs = "auto";
    const struct {
        const char *name, **text;
    } texts[] = {{"--device", &o.device}, {"--plugin", &o.plugin}, {"--isa", &o.isa},
                 {"--model", &o.model},   {"--type", &o.type},     {"--dir", &o.dir},
                 {"--peer", &o.peer},     {"--cache", &cache},     {"--graphs", &graphs}};
    for (int i = 1; i + 1 < argc; i += 2) {
        bool done = false;
        for (size_t k = 0; k < COUNT_OF(texts); k++)
            if (strcmp(argv[i], texts[k].name) == 0) *texts[k].text = argv[i + 1], done = true;
        if (done) continue;
        if (strcmp(argv[i], "--threads") == 0)
            o.threads = (unsigned)atoi(argv[i + 1]);
        else if (strcmp(argv[i], "--tokens") == 0)
            o.tokens = (unsigned)atoi(argv[i + 1]);
        else if (strcmp(argv[i], "--prompt") == 0)
            o.prompt = (unsigned)atoi(argv[i + 1]);
        else if (strcmp(argv[i], "--seconds") == 0)
            o.seconds = atof(argv[i + 1]);
        else if (strcmp(argv[i], "--memory") == 0)
            o.memory_bytes = atof(argv[i + 1]) * 1e9;
        else if (strcmp(argv[i], "--keep") == 0)
            o.keep = strcmp(argv[i + 1], "no") != 0;
        else
            die(argv[i], "unknown option");
    }
    static const char *const CACHES[] = {"F16", "F32", "FP8"}, *const GRAPHS[] = {"auto", "off", "always"};
    static const enum tensor_type TYPES[] = {TENSOR_F16, TENSOR_F32, TENSOR_FP8};
    int known = 0;
    for (int i = 0; i < 3; i++) {
        if (strcmp(cache, CACHES[i]) == 0) o.cache = TYPES[i], known++;
        if (strcmp(graphs, GRAPHS[i]) == 0) o.graphs = (enum engine_graphs)i, known++;
    }
    if (known != 2) die("usage", "--cache is F16, F32 or FP8, --graphs auto, off or always");
    if (o.threads < 1 || (o.tokens && o.tokens < 4) || o.tokens > 400 || o.prompt > MODEL_PROMPT_MAX || o.prompt == 1 ||
        argc % 2 == 0)
        die("usage", "see the head of tests/bench/bench_lm.c; --tokens 4 to 400, --prompt 2 to 8192");
    return o;
}

int main(int argc, char **argv) {
    static const uint32_t TYPES[] = {TENSOR_Q8_0, TENSOR_Q4_K, TENSOR_MXFP4, TENSOR_NVFP4, TENSOR_BF16,
                                     TENSOR_Q4_0, TENSOR_Q5_K, TENSOR_Q6_K,  TENSOR_F16};
    enum { USUAL = 5 }; /* the others only when asked for */
    struct settings o = read_arguments(argc, argv);
    struct device_choice d = {0};
    open_device(&o, &d);
    double bandwidth = 0;
    for (int i = 0; i < 3; i++) bandwidth = fmax(bandwidth, device_bandwidth(&d));
    if (!(bandwidth > 0)) die("bandwidth", "no memory to measure it");
    printf("%s, %u threads: %.1f GB/s of bandwidth\n", d.info.name, d.info.host_visible ? d.info.threads : o.threads,
           bandwidth * 1e-9);
    for (size_t k = 0; k < COUNT_OF(TYPES); k++)
        for (size_t s = 0; s < MODEL_SHAPE_COUNT; s++) {
            if (o.model && strcmp(o.model, MODEL_SHAPES[s].name) != 0) continue;
            if (o.type ? strcmp(o.type, tensor_type_find(TYPES[k])->name) != 0 : k >= USUAL) continue;
            bench(&MODEL_SHAPES[s], TYPES[k], &o, &d, bandwidth);
        }
    device_close(&d);
    return 0;
}
