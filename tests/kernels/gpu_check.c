/* gpu_check.c - every kernel of a backend against the CPU reference, over odd shapes, all types, fresh random data.
 *
 *     gpu_check [--seed N] [--cases N] [--seeds N] [--first] [PLUGIN]   TAP on standard output, exit 1 when a case
 * fails
 *
 * --seeds runs the short cases of N seeds instead (no seed may fail by chance); --first ends at the first failure.
 * `make gpu-check` builds it with gcc alone and runs it on libassay-cuda.so. With ASSAY_EMULATE it is linked with the
 * same kernels compiled for the processor (emulate/), which is what `make test` runs: every seed there is also another
 * order of the threads. Fixed shapes first (1, primes, one more and one less than a tile), then random ones.
 */
#include "kernels/check/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#if defined(ASSAY_EMULATE)
#include "tests/kernels/emulate/emulate_machine.h"
const struct kernels_backend *kernels_emulated_plugin(void);
#endif

static const enum tensor_type TYPES[] = {TENSOR_F32,  TENSOR_F16,  TENSOR_BF16, TENSOR_Q8_0,  TENSOR_Q4_0,
                                         TENSOR_Q4_K, TENSOR_Q5_K, TENSOR_Q6_K, TENSOR_MXFP4, TENSOR_NVFP4};
static int tests, failures;
static bool first_only;

static void report(struct check *c, const char *name) {
    error e = {0};
    tests++;
    if (check_end(c, name, &e)) {
        failures++;
        printf("not ok %d - %s\n", tests, e.message);
        if (first_only) {
            fflush(stdout);
            _Exit(1);
        }
    } else
        printf("ok %d - %s\n", tests, name);
    fflush(stdout);
}

static int columns_unit(enum tensor_type t) { return (int)tensor_type_find(t)->block_count; }

/* A width that the type allows: around `about` columns, a multiple of its block. */
static int width(struct check *c, enum tensor_type t, int about) {
    int unit = columns_unit(t), blocks = about / unit;
    return unit * (1 + (int)check_random(c, (uint32_t)(blocks > 0 ? blocks : 1)));
}

static void products(struct check *c) {
    static const int COLUMNS[] = {1, 2, 7, 8, 9, 31, 33, 67}, ROWS[] = {1, 16, 17, 129};
    char name[160];
    for (size_t i = 0; i < COUNT_OF(TYPES); i++)
        for (size_t k = 0; k < COUNT_OF(COLUMNS); k++) {
            enum tensor_type t = TYPES[i];
            int rows = ROWS[(i + k) % COUNT_OF(ROWS)], cols = width(c, t, 700);
            if (columns_unit(t) == 1 && k % 2) cols = 97; /* a prime: nothing is aligned */
            snprintf(name, sizeof name, "matmul %s [%d][%d], %d columns", tensor_type_find(t)->name, rows, cols,
                     COLUMNS[k]);
            check_matmul(c, &t, 1, COLUMNS[k], &rows, cols, k % 2 == 0);
            report(c, name);
        }
    for (int cols = 1; cols <= 4; cols++) { /* so few terms that the last of the 24 bits show */
        const enum tensor_type f32 = TENSOR_F32;
        snprintf(name, sizeof name, "matmul F32 [19][%d], 5 columns", cols);
        check_matmul(c, &f32, 1, 5, &(int){19}, cols, false);
        report(c, name);
    }
    static const int MANY[KERNELS_PARTS] = {33, 5, 16, 40};
    enum tensor_type mixed[KERNELS_PARTS] = {TENSOR_Q4_K, TENSOR_Q6_K, TENSOR_BF16, TENSOR_Q4_K};
    check_matmul(c, mixed, 4, 3, MANY, 512, true);
    report(c, "matmul of four parts, three types, 3 columns");
    check_matmul(c, mixed, 4, 40, MANY, 256, true);
    report(c, "matmul of four parts, three types, 40 columns");
    for (size_t i = 0; i < COUNT_OF(TYPES); i++) {
        enum tensor_type t = TYPES[i];
        int cols = width(c, t, 600), rows = 1 + (int)check_random(c, 70), N = 1 + (int)check_random(c, 12);
        snprintf(name, sizeof name, "gate_up %s [%d][%d], %d columns", tensor_type_find(t)->name, rows, cols, N);
        check_gate_up(c, t, t, (enum kernels_act)(i % 4), N, cols, rows);
        report(c, name);
        N += 40;
        snprintf(name, sizeof name, "gate_up %s [%d][%d], %d columns", tensor_type_find(t)->name, rows, cols, N);
        check_gate_up(c, t, t, (enum kernels_act)(i % 4), N, cols, rows);
        report(c, name);
        int vocabulary = i % 2 ? 11 : 32; /* whole tiles: what lies behind the last row is not there */
        snprintf(name, sizeof name, "embed %s [%d][%d]", tensor_type_find(t)->name, vocabulary, cols);
        check_embed(c, t, 5, vocabulary, cols);
        report(c, name);
        snprintf(name, sizeof name, "matmul_heads %s, 3 heads of [%d][%d], %d columns", tensor_type_find(t)->name, rows,
                 cols, N % 13 + 1);
        check_matmul_heads(c, t, N % 13 + 1, 3, rows, cols);
        report(c, name);
        int ff = width(c, t, 300);
        snprintf(name, sizeof name, "experts %s, 6 of [%d][%d], 5 columns", tensor_type_find(t)->name, ff, cols);
        check_moe(c, t, t, t, 5, 6, 3, cols, ff);
        report(c, name);
        if (i % 3 == 0) {
            snprintf(name, sizeof name, "experts %s, 3 of [%d][%d], 41 columns", tensor_type_find(t)->name, ff, cols);
            check_moe(c, t, t, t, 41, 3, 2, cols, ff);
            report(c, name);
        }
    }
    check_gate_up(c, TENSOR_Q4_K, TENSOR_Q6_K, ACT_SILU, 4, 256, 19);
    report(c, "gate_up of Q4_K and Q6_K");
    check_moe(c, TENSOR_Q4_0, TENSOR_Q8_0, TENSOR_BF16, 1, 8, 4, 64, 32);
    report(c, "experts of three types, 1 column");
}

/* MXFP4 alone, every operation and both kernels: run on a second opening of the device that has the other kind of
 * product, where there are two. */
static void mxfp4(struct check *c, const char *kind) {
    static const int COLUMNS[] = {1, 3, 8, 9, 32, 33, 64, 65, 131}, ROWS[] = {1, 15, 16, 33, 129, 131};
    enum tensor_type t = TENSOR_MXFP4;
    char name[160];
    for (size_t k = 0; k < COUNT_OF(COLUMNS); k++) {
        int rows[2] = {ROWS[k % COUNT_OF(ROWS)], 7}, cols = k % 3 ? width(c, t, 700) : 32;
        enum tensor_type both[2] = {t, t};
        snprintf(name, sizeof name, "%s: matmul MXFP4 [%d]+[%d][%d], %d columns", kind, rows[0], rows[1], cols,
                 COLUMNS[k]);
        check_matmul(c, both, 2, COLUMNS[k], rows, cols, k % 2 == 0);
        report(c, name);
    }
    for (int N = 5; N < 100; N += 40) {
        snprintf(name, sizeof name, "%s: gate_up, heads and experts of MXFP4, %d columns", kind, N);
        check_gate_up(c, t, t, ACT_SILU, N, width(c, t, 500), 37);
        report(c, name);
        check_matmul_heads(c, t, N, 3, 19, 160);
        report(c, name);
        check_moe(c, t, t, t, N, 3, 2, 288, 96);
        report(c, name);
    }
    c->odd = true;
    check_matmul(c, &t, 1, 35, &(int){19}, 256, false);
    report(c, "MXFP4 with NaN and infinities, 35 columns");
    check_matmul(c, &t, 1, 3, &(int){19}, 256, false);
    report(c, "MXFP4 with NaN and infinities, 3 columns");
    c->odd = false;
}

static void steps(struct check *c) {
    static const int WIDTHS[] = {1, 31, 33, 128, 769, 2048, 5120, 9001};
    char name[160];
    for (size_t i = 0; i < COUNT_OF(WIDTHS); i++) {
        snprintf(name, sizeof name, "norm of width %d", WIDTHS[i]);
        check_norm(c, 3, i < 4 ? 5 : 1, WIDTHS[i], i & 1, i != 2, i % 3 == 0, i == 3, i % 4 == 1);
        report(c, name);
    }
    static const int EXPERTS[] = {1, 8, 37, 128, 256};
    for (size_t i = 0; i < COUNT_OF(EXPERTS); i++) {
        snprintf(name, sizeof name, "route over %d experts", EXPERTS[i]);
        check_route(c, 5, EXPERTS[i], EXPERTS[i] < 8 ? EXPERTS[i] : 8, i & 1, i & 2);
        report(c, name);
    }
    check_combine(c, 3, 301, true, true, true);
    report(c, "combine with one gate a column");
    check_combine(c, 1, 7, false, true, false);
    report(c, "combine of one with gates");
    check_combine(c, 2, 1, false, false, false);
    report(c, "combine, scale only");
    check_gather(c, 5, 263, true);
    report(c, "gather by index");
    check_gather(c, 2, 1, false);
    report(c, "gather, strided copy");
    static const int TAPS[] = {1, 2, 4, 8};
    for (size_t i = 0; i < COUNT_OF(TAPS); i++) {
        snprintf(name, sizeof name, "conv with %d taps", TAPS[i]);
        check_conv(c, 3, i % 2 ? 1 : 5, 131, TAPS[i]);
        report(c, name);
    }
    check_delta(c, 2, 1, 4, 2, 128, 128);
    report(c, "delta, states [128][128], one column");
    check_delta(c, 3, 4, 2, 1, 31, 33);
    report(c, "delta, states [31][33], columns in order");
    check_delta(c, 1, 2, 1, 1, 132, 5);
    report(c, "delta, states [132][5], kept in memory");
    check_logits(c, 2, 333, 21, true);
    report(c, "logits with list and mask");
    check_logits(c, 1, 1, 0, false);
    report(c, "logits of one token");
    static const struct { int VOCAB, K; } TOPS[] = {{1, 1}, {5, 5}, {4097, 1}, {12289, 40}, {31, 7}};
    for (size_t i = 0; i < COUNT_OF(TOPS); i++) {
        snprintf(name, sizeof name, "top %d of %d", TOPS[i].K, TOPS[i].VOCAB);
        check_top(c, 2, TOPS[i].VOCAB, TOPS[i].K);
        report(c, name);
    }
    for (size_t i = 0; i < COUNT_OF(TYPES); i += 3) {
        check_graph(c, TYPES[i], 1 + (int)i, 256);
        report(c, "captured graph");
    }
}

static void attentions(struct check *c, bool fp8) {
    static const struct check_attention_shape SHAPES[] = {
        {.type = TENSOR_F16,
         .S = 1,
         .prefill = 1,
         .steps = 2,
         .columns = 1,
         .HEADS = 1,
         .KV_HEADS = 1,
         .KEY = 8,
         .VALUE = 8,
         .PAGE = 32},
        {.type = TENSOR_F16,
         .S = 3,
         .prefill = 75,
         .steps = 3,
         .columns = 1,
         .HEADS = 8,
         .KV_HEADS = 2,
         .KEY = 128,
         .VALUE = 128,
         .PAGE = 32,
         .norms = true},
        {.type = TENSOR_F16,
         .S = 2,
         .prefill = 40,
         .steps = 2,
         .columns = 4,
         .HEADS = 6,
         .KV_HEADS = 2,
         .KEY = 80,
         .VALUE = 72,
         .PAGE = 32,
         .interleaved = true,
         .sharp = 48},
        {.type = TENSOR_F16,
         .S = 1,
         .prefill = 150,
         .steps = 2,
         .columns = 3,
         .HEADS = 4,
         .KV_HEADS = 1,
         .KEY = 64,
         .VALUE = 64,
         .PAGE = 64,
         .window = 33,
         .sinks = true},
        {.type = TENSOR_F16,
         .S = 1,
         .prefill = 600,
         .steps = 1,
         .columns = 1,
         .HEADS = 2,
         .KV_HEADS = 1,
         .KEY = 64,
         .VALUE = 64,
         .PAGE = 32,
         .cap = 5,
         .sinks = true},
        {.type = TENSOR_F16,
         .S = 2,
         .prefill = 33,
         .steps = 1,
         .columns = 1,
         .HEADS = 4,
         .KV_HEADS = 1,
         .KEY = 320,
         .VALUE = 256,
         .PAGE = 32,
         .shared_value = true},
        {.type = TENSOR_F16,
         .S = 1,
         .prefill = 20,
         .steps = 1,
         .columns = 1,
         .HEADS = 2,
         .KV_HEADS = 1,
         .KEY = 512,
         .VALUE = 512,
         .PAGE = 32},
        {.type = TENSOR_F16,
         .S = 1,
         .prefill = 20,
         .steps = 1,
         .columns = 1,
         .HEADS = 2,
         .KV_HEADS = 1,
         .KEY = 33,
         .VALUE = 5,
         .PAGE = 32},
        {.type = TENSOR_F32,
         .S = 2,
         .prefill = 40,
         .steps = 2,
         .columns = 2,
         .HEADS = 4,
         .KV_HEADS = 2,
         .KEY = 30,
         .VALUE = 20,
         .PAGE = 32,
         .window = 17,
         .norms = true,
         .sinks = true},
        {.type = TENSOR_F16,
         .S = 1,
         .prefill = 130,
         .steps = 0,
         .columns = 1,
         .HEADS = 16,
         .KV_HEADS = 16,
         .KEY = 32,
         .VALUE = 32,
         .PAGE = 32},
        {.type = TENSOR_FP8,
         .S = 2,
         .prefill = 70,
         .steps = 2,
         .columns = 1,
         .HEADS = 4,
         .KV_HEADS = 2,
         .KEY = 64,
         .VALUE = 64,
         .PAGE = 32},
        {.type = TENSOR_FP8,
         .S = 1,
         .prefill = 21,
         .steps = 1,
         .columns = 2,
         .HEADS = 2,
         .KV_HEADS = 1,
         .KEY = 36,
         .VALUE = 20,
         .PAGE = 32},
    };
    for (size_t i = 0; i < COUNT_OF(SHAPES); i++) {
        char name[160];
        if (SHAPES[i].type == TENSOR_FP8 && !fp8) continue;
        snprintf(name, sizeof name,
                 "rope_store and attention, cache type %d, heads %d/%d of %d and %d, %d sequences of %d",
                 (int)SHAPES[i].type, SHAPES[i].HEADS, SHAPES[i].KV_HEADS, SHAPES[i].KEY, SHAPES[i].VALUE, SHAPES[i].S,
                 SHAPES[i].prefill);
        check_attention(c, &SHAPES[i]);
        report(c, name);
    }
}

/* NaN and infinities among the inputs: what the reference makes of them, and nothing in the columns beside them. */
static void oddities(struct check *c) {
    char name[160];
    c->odd = true;
    for (size_t i = 0; i < COUNT_OF(TYPES); i++) {
        enum tensor_type t = TYPES[i];
        int rows = 19, N = i % 2 ? 5 : 35;
        snprintf(name, sizeof name, "matmul %s with NaN and infinities, %d columns", tensor_type_find(t)->name, N);
        check_matmul(c, &t, 1, N, &rows, 256, false);
        report(c, name);
    }
    check_norm(c, 9, 1, 70, true, true, false, false, false);
    report(c, "norm with NaN and infinities");
    check_top(c, 3, 999, 3);
    report(c, "top with NaN");
    c->odd = false;
}

#if defined(ASSAY_EMULATE)
static void expect(const char *name, bool held) {
    printf("%s %d - %s\n", held ? "ok" : "not ok", ++tests, name);
    failures += !held;
}
static bool says(const error *e, const char *part) { return strstr(e->message, part) != NULL; }

/* Every way in which a GPU can be missing or fail, each one sentence. */
static void refusals(const struct kernels_backend *b) {
    error e = {0};
    kernels_device *d = NULL;
    struct emulate_machine was = emulate_machine;
    emulate_machine.driver = 0;
    expect("no driver", b->count(&e) == 0 && says(&e, "no NVIDIA driver"));
    emulate_machine.driver = 12040;
    expect("a driver too old", b->open(0, NULL, &d, &e) && says(&e, "12.4") && says(&e, "13.0") && says(&e, "580"));
    emulate_machine = was;
    emulate_machine.devices = 0;
    expect("no GPU", b->count(&e) == 0 && says(&e, "no GPU"));
    emulate_machine = was;
    expect("a number too high", b->open(3, NULL, &d, &e) && says(&e, "no GPU number 3"));
    emulate_machine.major = 7;
    expect("a GPU too old", b->open(0, NULL, &d, &e) && says(&e, "7.1") && says(&e, "8.0"));
    emulate_machine = was;
    struct kernels_options scaled = {.isa = "mxfp4"}, unknown = {.isa = "fp4"};
    struct kernels_info info = {0};
    expect("a kind of kernels that is not there", b->open(0, &unknown, &d, &e) == ERROR_USAGE && says(&e, "'fp4'"));
    emulate_machine.minor = 0;
    expect("block-scaled products demanded of a GPU without them",
           b->open(0, &scaled, &d, &e) == ERROR_SUPPORT && says(&e, "no block-scaled products"));
    if (!b->open(0, NULL, &d, &e)) {
        b->info(d, &info);
        b->close(d);
    }
    expect("and left out by itself", info.name[0] && !info.mxfp4_scaled);
    emulate_machine = was;
    if (b->open(0, NULL, &d, &e)) return expect("opens", false);
    expect("a weight of a shape that cannot be",
           !b->weight_new(d, TENSOR_Q4_K, 1, 4, 100, &e) && says(&e, "no weight of type"));
    kernels_weight *w = b->weight_new(d, TENSOR_F32, 1, 4, 8, &e);
    float rows[32] = {0};
    expect("a weight with rows missing",
           w && !b->weight_write(w, 1, 3, rows, &e) && b->weight_finish(w, NULL, 0, &e) && says(&e, "1 of 4 rows"));
    expect("rows beyond the end", b->weight_write(w, 3, 2, rows, &e) == ERROR_SCHEMA);
    b->weight_free(w);
    kernels_queue *q = b->queue_new(d, 8, &e);
    emulate_machine.fail_launch = 2; /* the second kernel from now: the product, after its operand */
    w = b->weight_new(d, TENSOR_F32, 1, 4, 8, &e);
    float *x = b->alloc(d, 64, &e), *y = b->alloc(d, 64, &e);
    emulate_machine.fail_launch = 0;
    if (w && !b->weight_write(w, 0, 4, rows, &e) && !b->weight_finish(w, NULL, 0, &e) && q && x && y) {
        struct kernels_matmul m = {.x = x, .N = 1, .COLS = 8, .PARTS = 1};
        m.part[0].w = w;
        m.part[0].y = y;
        emulate_machine.fail_launch = 2;
        b->matmul(q, &m);
        b->matmul(q, &m);
        expect("a launch that fails is reported once, by name",
               b->queue_sync(q, &e) && says(&e, "matrix product") && says(&e, "Emulated GPU"));
        expect("and forgotten", !b->queue_sync(q, &e));
        emulate_machine.allocations_left = 0;
        m.N = 300; /* wants more work space */
        b->matmul(q, &m);
        expect("no memory for work space", b->queue_sync(q, &e) == ERROR_MEMORY);
        expect("no memory at all", !b->alloc(d, 64, &e) && e.code == ERROR_MEMORY);
    } else
        expect("a small product", false);
    emulate_machine.allocations_left = -1;
    b->graph_begin(q);
    b->upload(q, x, rows, 4);
    expect("no upload while a graph is recorded", !b->graph_end(q, &e) && says(&e, "not while a graph"));
    (void)b->queue_sync(q, &e);
    b->free(d, x);
    b->free(d, y);
    b->weight_free(w);
    b->queue_free(q);
    /* a kernel that goes wrong at the start refuses the device */
    emulate_machine.fail_launch = 9;
    expect("a self-test that fails names the kernel and the shape",
           kernels_self_test(b, d, &e) && says(&e, "scales of MXFP4 [37][256]"));
    emulate_machine.fail_launch = 0;
    b->close(d);
}
#endif

static void random_cases(struct check *c, int count) {
    for (int i = 0; i < count; i++) {
        char name[200];
        enum tensor_type t = TYPES[check_random(c, COUNT_OF(TYPES))];
        int rows[2] = {1 + (int)check_random(c, 150), 1 + (int)check_random(c, 40)}, N = 1 + (int)check_random(c, 90);
        int cols = columns_unit(t) == 1 ? 1 + (int)check_random(c, 300) : width(c, t, 900);
        enum tensor_type both[2] = {t, t};
        snprintf(name, sizeof name, "random: matmul %s [%d]+[%d][%d], %d columns", tensor_type_find(t)->name, rows[0],
                 rows[1], cols, N);
        check_matmul(c, both, 2, N, rows, cols, check_random(c, 2));
        report(c, name);
        struct check_attention_shape s = {.type = check_random(c, 4) ? TENSOR_F16 : TENSOR_F32,
                                          .S = 1 + (int)check_random(c, 3),
                                          .prefill = 1 + (int)check_random(c, 90),
                                          .steps = 1,
                                          .columns = 1 + (int)check_random(c, 3),
                                          .KV_HEADS = 1 + (int)check_random(c, 2),
                                          .KEY = 8 * (1 + (int)check_random(c, 20)),
                                          .VALUE = 8 * (1 + (int)check_random(c, 20)),
                                          .PAGE = 32,
                                          .window = check_random(c, 2) ? 0 : 1 + (int)check_random(c, 60),
                                          .sinks = check_random(c, 2)};
        s.HEADS = s.KV_HEADS * (1 + (int)check_random(c, 7));
        snprintf(name, sizeof name, "random: attention, heads %d/%d of %d and %d, %d sequences of %d, window %d",
                 s.HEADS, s.KV_HEADS, s.KEY, s.VALUE, s.S, s.prefill, s.window);
        check_attention(c, &s);
        report(c, name);
    }
}

/* Small shapes of everything that is compared by a tolerance, for many seeds. */
static int many_seeds(const struct kernels_backend *b, kernels_device *device, uint64_t seed, int seeds) {
    for (uint64_t end = seed + (uint64_t)seeds; seed < end; seed++) {
        struct check c;
        error e = {0};
        char name[160];
#if defined(ASSAY_EMULATE)
        emulate_machine.seed = seed;
#endif
        if (check_open(&c, b, device, seed, &e)) return printf("Bail out! %s\n", e.message), 1;
        for (size_t i = 0; i < COUNT_OF(TYPES); i++) {
            enum tensor_type t = TYPES[i];
            int unit = columns_unit(t), cols = width(&c, t, 300), rows = 1 + (int)check_random(&c, 150);
            int N = 1 + (int)check_random(&c, 8);
            snprintf(name, sizeof name, "seed %llu: matmul, gate_up and experts of %s, [%d][%d], %d columns",
                     (unsigned long long)seed, tensor_type_find(t)->name, rows, cols, N);
            check_matmul(&c, &t, 1, N, &rows, cols, true);
            report(&c, name);
            check_gate_up(&c, t, t, (enum kernels_act)(seed % 4), N, cols, rows);
            report(&c, name);
            check_moe(&c, t, t, t, 1 + N / 3, 3, 2, unit == 1 ? 37 : unit, unit == 1 ? 13 : unit);
            report(&c, name);
        }
        snprintf(name, sizeof name, "seed %llu: the other operations", (unsigned long long)seed);
        check_norm(&c, 2, 2, 37, true, true, true, false, false);
        check_route(&c, 3, 37, 4, seed & 1, seed & 2);
        check_conv(&c, 2, 3, 37, 4);
        report(&c, name);
        check_delta(&c, 2, 3, 2, 1, 32, 24);
        check_logits(&c, 2, 77, 9, true);
        check_top(&c, 2, 777, 5);
        report(&c, name);
        const struct check_attention_shape shape = {.type = seed % 3 ? TENSOR_F16 : TENSOR_F32,
                                                    .S = 2,
                                                    .prefill = 1 + (int)check_random(&c, 70),
                                                    .steps = 1,
                                                    .columns = 1,
                                                    .HEADS = 4,
                                                    .KV_HEADS = 2,
                                                    .KEY = 64,
                                                    .VALUE = 40,
                                                    .PAGE = 32,
                                                    .window = seed % 2 ? 19 : 0,
                                                    .norms = seed % 5 == 0,
                                                    .cap = seed % 7 ? 0 : 5,
                                                    .sinks = seed % 4 == 1};
        check_attention(&c, &shape);
        report(&c, name);
        check_close(&c);
    }
    printf("1..%d\n", tests);
    return failures != 0;
}

int main(int argc, char **argv) {
    int seeds = 0;
#if defined(ASSAY_EMULATE)
    uint64_t seed = 20;
    int cases = 6;
#else
    uint64_t seed = (uint64_t)time(NULL);
    int cases = 40;
#endif
    const char *path = NULL;
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--seed") && i + 1 < argc)
            seed = strtoull(argv[++i], NULL, 10);
        else if (!strcmp(argv[i], "--cases") && i + 1 < argc)
            cases = atoi(argv[++i]);
        else if (!strcmp(argv[i], "--seeds") && i + 1 < argc)
            seeds = atoi(argv[++i]);
        else if (!strcmp(argv[i], "--first"))
            first_only = true;
        else
            path = argv[i];
    }
    const struct kernels_backend *b = NULL;
    kernels_device *device = NULL;
    error e = {0};
#if defined(ASSAY_EMULATE)
    (void)path;
    b = kernels_emulated_plugin();
    emulate_machine.seed = seed;
#else
    if (kernels_load(path ? path : "./libassay-cuda.so", &b, &e)) return printf("Bail out! %s\n", e.message), 1;
#endif
    if (!b->count(&e)) return printf("1..0 # SKIP %s\n", e.message), 0;
    struct check c;
    if (b->open(0, NULL, &device, &e) || (seeds == 0 && check_open(&c, b, device, seed, &e)))
        return printf("Bail out! %s\n", e.message), 1;
    if (seeds > 0) {
        int bad = many_seeds(b, device, seed, seeds);
        b->close(device);
        return bad;
    }
    struct kernels_info info;
    b->info(device, &info);
    printf("# %s, seed %llu\n", info.name, (unsigned long long)seed);
    if (kernels_self_test(b, device, &e)) {
        printf("not ok %d - self-test: %s\n", ++tests, e.message);
        failures++;
        if (first_only) return 1;
    }
    products(&c);
    steps(&c);
    attentions(&c, info.cache_fp8);
    oddities(&c);
    random_cases(&c, cases);
    if (info.mxfp4_scaled) mxfp4(&c, "block-scaled");
    check_close(&c);
    b->close(device);
    if (info.mxfp4_scaled) {
        if (b->open(0, &(struct kernels_options){.isa = "int8"}, &device, &e) || check_open(&c, b, device, seed, &e))
            return printf("Bail out! %s\n", e.message), 1;
        mxfp4(&c, "int8");
        check_close(&c);
        b->close(device);
    }
#if defined(ASSAY_EMULATE)
    refusals(b);
    printf("%s %d - nothing is left on the device\n", emulate_machine.live ? "not ok" : "ok", ++tests);
    failures += emulate_machine.live != 0;
#endif
    printf("1..%d\n", tests);
    return failures != 0;
}
