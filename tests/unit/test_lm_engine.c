/* test_lm_engine.c - whole tiny models against the public reference, and sessions against themselves.
 *
 * Tolerances, root mean square of the difference as a share of that of the logits: weights as F32 (plain, or
 * dequantised by this program) with an F32 cache 1e-5; with an F16 cache 2e-3; quantised weights 5 %, since activations
 * then have 8 bits a block of 32, in some 15 products one after the other (random weights forgive nothing).
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/file.h"
#include "lm/engine.h"
#include "tests/support/tiny_model.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

struct model {
    buf bytes;
    str view;
    gguf_opener opener;
    arena *a;
    gguf_set *set;
    const struct kernels_backend *backend;
    kernels_device *device;
    engine *engine;
};

static void model_open(struct model *m, const struct tiny_model *tiny, const struct engine_options *options,
                       unsigned threads, const char *isa) {
    error e = {0};
    *m = (struct model){.a = arena_new(0), .backend = kernels_cpu()};
    assert_int_equal(tiny_model_bytes(tiny, &m->bytes, &e), 0);
    m->view = buf_view(&m->bytes);
    m->opener = tiny_model_opener(&m->view);
    struct kernels_options o = {.threads = threads, .isa = isa};
    if (gguf_set_open(m->a, "tiny.gguf", &m->opener, NULL, &m->set, &e) != 0 ||
        m->backend->open(0, &o, &m->device, &e) != 0 ||
        engine_open(m->set, m->backend, m->device, options, &m->engine, &e) != 0)
        fail_msg("%s", e.message);
}
static void model_close(struct model *m) {
    engine_close(m->engine);
    m->backend->close(m->device);
    gguf_set_close(m->set);
    arena_free(m->a);
    buf_free(&m->bytes);
}

static const struct engine_options F32_CACHE = {.cache_type = TENSOR_F32, .cache_tokens = 2048, .batch_columns = 32};
static const struct engine_options F16_CACHE = {.cache_type = TENSOR_F16, .cache_tokens = 2048, .batch_columns = 32};

static const struct engine_options FP8_CACHE = {.cache_type = TENSOR_FP8, .cache_tokens = 2048, .batch_columns = 32};

static void step(engine *g, session *s, const uint32_t *tokens, uint32_t count, uint32_t want) {
    error e = {0};
    struct engine_input in = {s, tokens, count, want};
    if (engine_step(g, &in, 1, &e) != 0) fail_msg("%s", e.message);
}
static void example_tokens(uint32_t *t, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) t[i] = (i * 37 + 11) % TINY_VOCAB;
}

/* Root mean square of the difference, as a share of that of the logits. */
static double off_by(const float *got, const double *want, int n) {
    double square = 0, difference = 0;
    for (int i = 0; i < n; i++) {
        square += want[i] * want[i];
        difference += isfinite(got[i]) ? ((double)got[i] - want[i]) * ((double)got[i] - want[i]) : INFINITY;
    }
    return sqrt(difference / square);
}

static double compare(const struct tiny_model *tiny, const struct engine_options *options,
                      const double rows[2][TINY_VOCAB], const char *isa) {
    struct model m;
    session *s;
    uint32_t tokens[40];
    example_tokens(tokens, 40);
    model_open(&m, tiny, options, 2, isa);
    assert_int_equal(session_new(m.engine, &s, NULL), 0);
    step(m.engine, s, tokens, 40, 23); /* two passes of at most 32 columns; rows 17 .. 39 */
    double worst = fmax(off_by(engine_logits(m.engine, 0), rows[0], TINY_VOCAB),
                        off_by(engine_logits(m.engine, 22), rows[1], TINY_VOCAB));
    assert_null(engine_logits(m.engine, 23));
    session_free(s);
    model_close(&m);
    return worst;
}

static uint32_t type_of(const char *name) {
    for (uint32_t t = 0; t < 64; t++)
        if (tensor_type_find(t) && strcmp(tensor_type_find(t)->name, name) == 0) return t;
    fail_msg("type %s", name);
    return 0;
}

static void logits_are_the_references(void **state) {
    (void)state;
    FILE *f = fopen("tests/data/lm-logits.txt", "r");
    assert_non_null(f);
    char arch[32], kind[32], extra[32];
    int models = 0, pos;
    assert_int_equal(fscanf(f, "#%*[^\n]\n"), 0);
    while (fscanf(f, " model %31s %31s %31s", arch, kind, extra) == 3) {
        double rows[2][TINY_VOCAB];
        for (int r = 0; r < 2; r++) {
            assert_int_equal(fscanf(f, " row %d", &pos), 1);
            assert_int_equal(pos, r ? 39 : 17);
            for (int i = 0; i < TINY_VOCAB; i++) assert_int_equal(fscanf(f, "%lf", &rows[r][i]), 1);
        }
        struct tiny_model tiny = {
            .architecture = arch, .type = type_of(kind), .extra = strcmp(extra, "-") ? extra : "", .as_floats = true};
        double exact = compare(&tiny, &F32_CACHE, rows, NULL);
        tiny.as_floats = false;
        double kernels = compare(&tiny, &F16_CACHE, rows, NULL), reference = compare(&tiny, &F32_CACHE, rows, "ref");
        double fp8 = compare(&tiny, &FP8_CACHE, rows, NULL);
        printf("# %s %s %s: as floats %.2g, kernels %.2g, plain C kernels %.2g, FP8 cache %.2g of the logits' rms\n",
               arch, kind, extra, exact, kernels, reference, fp8);
        bool plain = tensor_type_find(tiny.type)->block_count == 1;
        if (!(exact <= 1e-5)) fail_msg("%s %s %s as F32: off by %g of the rms", arch, kind, extra, exact);
        if (!(kernels <= (plain ? 2e-3 : 0.05))) fail_msg("%s %s %s: off by %g of the rms", arch, kind, extra, kernels);
        if (!(reference <= (plain ? 1e-5 : 0.05)))
            fail_msg("%s %s %s, plain C: off by %g of the rms", arch, kind, extra, reference);
        /* in the model with experts two of them are 5 % apart for the last token: FP8 may choose the other one */
        if (!(fp8 <= 0.1) && strcmp(extra, "experts") != 0)
            fail_msg("%s %s %s, FP8 cache: off by %g of the rms", arch, kind, extra, fp8);
        models++;
    }
    fclose(f);
    assert_int_equal(models, 19);
}

/* One batch, token by token, and among strangers: the same bits. */
static void a_text_does_not_see_its_neighbours(void **state) {
    (void)state;
    static const struct tiny_model MODELS[] = {{.architecture = "qwen3", .type = GGUF_TYPE_Q4_K, .extra = ""},
                                               {.architecture = "mistral", .type = GGUF_TYPE_F32, .extra = ""},
                                               {.architecture = "qwen3moe", .type = GGUF_TYPE_MXFP4, .extra = ""}};
    for (size_t k = 0; k < 2 * COUNT_OF(MODELS); k++) {
        enum { N = 150 };
        struct model m;
        uint32_t tokens[N];
        example_tokens(tokens, N);
        model_open(&m, &MODELS[k / 2], k % 2 ? &FP8_CACHE : &F16_CACHE, 1 + (unsigned)k / 2, NULL);
        session *whole, *single, *mixed, *stranger;
        float want[TINY_VOCAB];
        assert_int_equal(session_new(m.engine, &whole, NULL), 0);
        assert_int_equal(session_new(m.engine, &single, NULL), 0);
        assert_int_equal(session_new(m.engine, &mixed, NULL), 0);
        assert_int_equal(session_new(m.engine, &stranger, NULL), 0);
        step(m.engine, whole, tokens, N, 1);
        memcpy(want, engine_logits(m.engine, 0), sizeof want);
        for (int i = 0; i < N; i++) step(m.engine, single, tokens + i, 1, 1);
        assert_memory_equal(want, engine_logits(m.engine, 0), sizeof want);
        for (uint32_t at = 0, n = 1; at < N; at += n, n = n % 7 + 1) {
            if (n > N - at) n = N - at;
            struct engine_input in[2] = {{stranger, tokens + at / 2, 1 + at % 3, 1}, {mixed, tokens + at, n, 1}};
            error e = {0};
            assert_int_equal(engine_step(m.engine, in, 2, &e), 0);
        }
        assert_memory_equal(want, engine_logits(m.engine, 1), sizeof want);
        session_free(whole);
        session_free(single);
        session_free(mixed);
        session_free(stranger);
        model_close(&m);
    }
}

static void forks_share_pages_and_part_when_they_write(void **state) {
    (void)state;
    const struct tiny_model tiny = {.architecture = "llama", .type = GGUF_TYPE_F32, .extra = ""};
    struct model m;
    uint32_t tokens[200];
    float want[TINY_VOCAB];
    error e = {0};
    example_tokens(tokens, 200);
    /* 4 pages of 64: a prefix of 100 takes two, so that two forks of it fit only because they share the first. */
    struct engine_options options = {.cache_type = TENSOR_F16, .cache_tokens = 256, .batch_columns = 64};
    model_open(&m, &tiny, &options, 2, NULL);
    session *prefix, *a, *b, *alone;
    assert_int_equal(session_new(m.engine, &prefix, NULL), 0);
    step(m.engine, prefix, tokens, 100, 0);
    assert_int_equal(session_fork(prefix, 100, &a, &e), 0);
    assert_int_equal(session_fork(prefix, 90, &b, &e), 0);
    assert_int_not_equal(session_fork(prefix, 101, &alone, &e), 0);
    for (int i = 0; i < 20; i++) { /* interleaved, so that a write to a shared page would be seen */
        struct engine_input in[2] = {{a, tokens + 100 + i, 1, 1}, {b, tokens + 150 + i, 1, 1}};
        assert_int_equal(engine_step(m.engine, in, 2, &e), 0);
    }
    memcpy(want, engine_logits(m.engine, 0), sizeof want);
    assert_int_equal(session_length(a), 120);
    assert_int_equal(session_tokens(b)[90], tokens[150]);
    session_free(prefix);
    session_free(b);
    assert_int_equal(session_new(m.engine, &alone, NULL), 0);
    step(m.engine, alone, tokens, 120, 1);
    assert_memory_equal(want, engine_logits(m.engine, 0), sizeof want);
    session_truncate(alone, 0);
    step(m.engine, alone, tokens, 118, 0);
    session_truncate(alone, 110); /* as after rejected guesses */
    step(m.engine, alone, tokens + 110, 10, 1);
    assert_memory_equal(want, engine_logits(m.engine, 0), sizeof want);
    session_free(alone);
    session_free(a);
    model_close(&m);
}

static void limits_and_wrong_uses_are_sentences(void **state) {
    (void)state;
    const struct tiny_model tiny = {.architecture = "llama", .type = GGUF_TYPE_F32, .extra = ""};
    struct model m;
    uint32_t tokens[300];
    error e = {0};
    example_tokens(tokens, 300);
    static atomic_int cancel;
    struct engine_options options = {
        .cache_type = TENSOR_F16, .context_tokens = 128, .cache_tokens = 192, .cancel = &cancel};
    model_open(&m, &tiny, &options, 1, NULL);
    session *a, *b;
    assert_int_equal(session_new(m.engine, &a, NULL), 0);
    assert_int_equal(session_new(m.engine, &b, NULL), 0);
    struct engine_input in[2] = {{a, tokens, 129, 1}, {b, tokens, 100, 1}};
    assert_int_equal(engine_step(m.engine, in, 1, &e), ERROR_LIMIT);
    assert_string_equal(
        e.message, "the text has 0 tokens and 129 more would pass the context of 128; this model was trained on 256");
    in[0].count = 100;
    assert_int_equal(engine_step(m.engine, in, 2, &e), ERROR_LIMIT); /* 2 + 2 pages, there are 3 */
    assert_string_equal(e.message, "the cache is full: 2 pages of 64 tokens are wanted, 1 of 3 are free");
    assert_int_equal(session_length(a), 0);
    assert_int_equal(engine_step(m.engine, in, 1, &e), 0); /* what the failed step took was given back */
    assert_null(engine_logits(m.engine, 1));
    in[1] = in[0];
    in[0].count = in[1].count = 1;
    assert_int_equal(engine_step(m.engine, in, 2, &e), ERROR_USAGE);
    tokens[0] = TINY_VOCAB;
    assert_int_equal(engine_step(m.engine, in, 1, &e), ERROR_USAGE);
    tokens[0] = 0;
    atomic_store(&cancel, 1);
    assert_int_equal(engine_step(m.engine, in, 1, &e), ERROR_CANCELLED);
    assert_int_equal(session_length(a), 100);
    atomic_store(&cancel, 0);
    assert_int_equal(engine_step(m.engine, in, 1, &e), 0);
    int32_t best[3];
    float value[3], sum;
    assert_int_equal(engine_top(m.engine, 3, best, value, &sum, &e), 0);
    const float *logits = engine_logits(m.engine, 0);
    double total = 0;
    for (int i = 0; i < TINY_VOCAB; i++) {
        total += exp((double)logits[i]);
        assert_true(logits[i] <= value[0]);
    }
    assert_true(value[0] == logits[best[0]] && value[0] >= value[1] && value[1] >= value[2]);
    assert_true(fabs(log(total) - (double)sum) < 1e-4);
    session_free(a);
    session_free(b);
    model_close(&m);
}

static void drop_last_tensor(gguf_writer *w, void *context) {
    (void)context;
    gguf_write_u32(w, "llama.rope.dimension_count", 64); /* more than a head has */
}

static void broken_models_are_named(void **state) {
    (void)state;
    static const struct {
        struct tiny_model tiny;
        const char *replace, *with, *message;
    } CASES[] = {
        {{.architecture = "llama", .type = 0, .extra = ""},
         "blk.1.ffn_down.weight",
         "blk.1.ffn_dawn.weight",
         "the model has no tensor blk.1.ffn_down.weight"},
        {{.architecture = "llama", .type = 0, .extra = "", .add_keys = drop_last_tensor},
         NULL,
         NULL,
         "the rotated width is 64; 2 to 16 can be"},
        {{.architecture = "gptxx", .type = 0, .extra = ""},
         NULL,
         NULL,
         "the architecture 'gptxx' is not supported; these are: llama, mistral, qwen2, qwen3, qwen3moe"},
        /* tensors that nothing asks for: the model computes with them */
        {{.architecture = "llama", .type = 0, .extra = "factors"},
         "rope_freqs.weight",
         "blk.0.rope_weight",
         "tensor 'blk.0.rope_weight' is not known here: the model computes something with it that would be left out. "
         "If "
         "it is a published model, that is worth a report"},
        {{.architecture = "qwen3moe", .type = GGUF_TYPE_NVFP4, .extra = "scales"},
         "blk.1.ffn_down_exps.scale",
         "blk.1.ffn_down_exps.biass",
         "tensor 'blk.1.ffn_down_exps.biass' is not known here: the model computes something with it that would be "
         "left "
         "out. If it is a published model, that is worth a report"},
        {{.architecture = "qwen2", .type = 0, .extra = "experts"},
         NULL,
         NULL,
         "a qwen2 model with experts (8 of them) is not known here"},
        {{.architecture = "mistral", .type = 0, .extra = "experts"},
         NULL,
         NULL,
         "a mistral model with experts (8 of them) is not known here"},
    };
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        struct model m = {.a = arena_new(0), .backend = kernels_cpu()};
        error e = {0};
        assert_int_equal(tiny_model_bytes(&CASES[i].tiny, &m.bytes, &e), 0);
        m.view = buf_view(&m.bytes);
        if (CASES[i].replace) {
            ptrdiff_t at = str_find(m.view, str_from_cstr(CASES[i].replace), 0);
            memcpy(m.bytes.p + at, CASES[i].with, strlen(CASES[i].with));
        }
        m.opener = tiny_model_opener(&m.view);
        assert_int_equal(m.backend->open(0, NULL, &m.device, &e), 0);
        assert_int_equal(gguf_set_open(m.a, "tiny.gguf", &m.opener, NULL, &m.set, &e), 0);
        struct engine_info info;
        engine_measure(m.set->head, NULL, &info, &e);
        assert_int_not_equal(engine_open(m.set, m.backend, m.device, NULL, &m.engine, &e), 0);
        assert_string_equal(e.message, CASES[i].message);
        assert_null(m.engine);
        model_close(&m);
    }
}

/* Else every logit is NaN, and nobody says why. */
static void numbers_that_make_no_numbers_are_refused(void **state) {
    (void)state;
    static const struct {
        float epsilon;
        const char *message;
    } CASES[] = {{-1, "the epsilon of the norms is -1, and must be 0 to 1"},
                 {NAN, "key 'llama.attention.layer_norm_rms_epsilon' is not a finite number"}};
    static const char key[] = "layer_norm_rms_epsilon"; /* its type follows, and then its value */
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        const struct tiny_model tiny = {.architecture = "llama", .extra = ""};
        struct model m = {.a = arena_new(0)};
        struct engine_info info;
        error e = {0};
        assert_int_equal(tiny_model_bytes(&tiny, &m.bytes, &e), 0);
        m.view = buf_view(&m.bytes);
        ptrdiff_t at = str_find(m.view, str_from_cstr(key), 0) + (ptrdiff_t)sizeof key - 1 + 4;
        memcpy(m.bytes.p + at, &CASES[i].epsilon, sizeof(float));
        m.opener = tiny_model_opener(&m.view);
        assert_int_equal(gguf_set_open(m.a, "tiny.gguf", &m.opener, NULL, &m.set, &e), 0);
        assert_int_not_equal(engine_measure(m.set->head, NULL, &info, &e), 0);
        assert_string_equal(e.message, CASES[i].message);
        gguf_set_close(m.set);
        arena_free(m.a);
        buf_free(&m.bytes);
    }
    const struct tiny_model tiny = {.architecture = "llama", .type = GGUF_TYPE_F32, .extra = "factors"};
    struct model m = {.a = arena_new(0), .backend = kernels_cpu()};
    error e = {0};
    const float zero = 0;
    assert_int_equal(tiny_model_bytes(&tiny, &m.bytes, &e), 0);
    m.view = buf_view(&m.bytes);
    m.opener = tiny_model_opener(&m.view);
    assert_int_equal(gguf_set_open(m.a, "tiny.gguf", &m.opener, NULL, &m.set, &e), 0);
    const gguf_tensor *factors = gguf_find(m.set->head, "rope_freqs.weight");
    assert_non_null(factors);
    memcpy(m.bytes.p + factors->offset + 4, &zero, sizeof zero);
    assert_int_equal(m.backend->open(0, NULL, &m.device, &e), 0);
    assert_int_not_equal(engine_open(m.set, m.backend, m.device, NULL, &m.engine, &e), 0);
    assert_string_equal(e.message, "rope_freqs.weight: factor 1 is 0, and must be above 0");
    model_close(&m);
}

/* A key more in the header: the first word is its type, the last its value. */
static void add_key(gguf_writer *w, void *context) {
    char type[8], key[64], value[64];
    assert_int_equal(sscanf(context, "%7s %63s %63s", type, key, value), 3);
    if (strcmp(type, "u32") == 0) gguf_write_u32(w, key, (uint32_t)strtoul(value, NULL, 10));
    if (strcmp(type, "f32") == 0) gguf_write_f32(w, key, strtof(value, NULL));
    if (strcmp(type, "bool") == 0) gguf_write_bool(w, key, value[0] == 't');
    if (strcmp(type, "str") == 0) gguf_write_str(w, key, str_from_cstr(value));
}

static void keys_that_change_the_result_are_applied_or_refused(void **state) {
    (void)state;
    /* What public converters write beside what is read here, and what must stop a model; NULL = it is run. */
    static const struct {
        const char *arch, *key, *message;
    } CASES[] = {
        {"llama", "u32 llama.vocab_size 96", NULL},
        {"llama", "str llama.tensor_data_layout Meta_AI_original_pth", NULL},
        {"llama", "bool llama.rope.scaling.finetuned true", NULL},
        {"llama", "u32 llama.expert_count 0", NULL},
        {"llama", "f32 llama.rope.scale_linear 1", NULL},
        {"llama", "f32 llama.attention.layer_norm_epsilon 1e-5", NULL},
        {"llama", "f32 llama.logit_scale 1", NULL},
        {"llama", "bool llama.attention.causal true", NULL},
        {"qwen2", "u32 qwen2.pooling_type 0", NULL},
        {"qwen3", "u32 qwen3.leading_dense_block_count 0", NULL},
        {"qwen3moe", "u32 qwen3moe.expert_shared_feed_forward_length 0", NULL},
        {"qwen3moe", "u32 qwen3moe.expert_gating_func 1", NULL},
        {"qwen3moe", "bool qwen3moe.expert_weights_norm true", NULL},
        {"qwen3moe", "f32 qwen3moe.expert_weights_scale 1", NULL},
        {"llama", "f32 gpt2.logit_scale 3", NULL}, /* of another architecture */
        {"llama", "f32 llama.logit_scale 0.1", "key 'llama.logit_scale' is 0.1, and that is not computed here"},
        {"llama", "f32 llama.attention.scale 2", "key 'llama.attention.scale' is 2, and that is not computed here"},
        {"llama", "bool llama.attention.causal false",
         "key 'llama.attention.causal' is 0, and that is not computed here"},
        {"qwen3moe", "u32 qwen3moe.expert_gating_func 2",
         "key 'qwen3moe.expert_gating_func' is 2, and that is not computed here"},
        {"llama", "f32 llama.rope.freq_base_swa 500",
         "key 'llama.rope.freq_base_swa' is not known here, and may change what the model computes: not run. If it is "
         "a "
         "published model, that is worth a report"},
        {"llama", "str llama.rope.scaling.type longrope", "rotation scaling 'longrope' is not known"},
    };
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        const struct tiny_model tiny = {.architecture = CASES[i].arch,
                                        .type = GGUF_TYPE_F32,
                                        .extra = "",
                                        .add_keys = add_key,
                                        .context = (void *)(uintptr_t)CASES[i].key};
        struct model m = {.a = arena_new(0)};
        struct engine_info info;
        error e = {0};
        if (tiny_model_bytes(&tiny, &m.bytes, &e)) fail_msg("%s", e.message);
        m.view = buf_view(&m.bytes);
        m.opener = tiny_model_opener(&m.view);
        assert_int_equal(gguf_set_open(m.a, "tiny.gguf", &m.opener, NULL, &m.set, &e), 0);
        int bad = engine_measure(m.set->head, NULL, &info, &e);
        if (!CASES[i].message && bad) fail_msg("%s: %s", CASES[i].key, e.message);
        if (CASES[i].message) assert_string_equal(e.message, CASES[i].message);
        gguf_set_close(m.set);
        arena_free(m.a);
        buf_free(&m.bytes);
    }
}

/* The scale of an old file, the factor of one that names no type, and "linear" said outright are the same; the weights
 * of experts are as expert_weights_norm says. */
static void a_key_by_another_name_computes_the_same(void **state) {
    (void)state;
    static const struct {
        const char *arch, *extra, *key[2];
        bool same;
    } CASES[] = {
        {"llama", "", {"f32 llama.rope.scale_linear 4", "f32 llama.rope.scaling.factor 4"}, true},
        {"llama", "", {"f32 llama.rope.scale_linear 4", "f32 llama.rope.scale_linear 1"}, false},
        {"llama", "experts", {"u32 llama.vocab_size 96", "bool llama.expert_weights_norm true"}, true},
        {"llama", "experts", {"u32 llama.vocab_size 96", "bool llama.expert_weights_norm false"}, false},
    };
    uint32_t tokens[40];
    example_tokens(tokens, 40);
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        float logits[2][TINY_VOCAB];
        for (int k = 0; k < 2; k++) {
            const struct tiny_model tiny = {.architecture = CASES[i].arch,
                                            .type = GGUF_TYPE_F32,
                                            .extra = CASES[i].extra,
                                            .add_keys = add_key,
                                            .context = (void *)(uintptr_t)CASES[i].key[k]};
            struct model m;
            session *s;
            model_open(&m, &tiny, &F32_CACHE, 1, NULL);
            assert_int_equal(session_new(m.engine, &s, NULL), 0);
            step(m.engine, s, tokens, 40, 1);
            memcpy(logits[k], engine_logits(m.engine, 0), sizeof logits[k]);
            session_free(s);
            model_close(&m);
        }
        if ((memcmp(logits[0], logits[1], sizeof logits[0]) == 0) != CASES[i].same)
            fail_msg("'%s' and '%s'", CASES[i].key[0], CASES[i].key[1]);
    }
}

/* Activations' scales stand beside quantised weights and change no result. */
/* Columns times positions pass 2^31 there; a window keeps the trial short. */
static void the_largest_step_is_tried_at_the_end_of_the_longest_context(void **state) {
    (void)state;
    struct engine_options o = {
        .cache_type = TENSOR_F16, .context_tokens = 1 << 24, .cache_tokens = 1024, .batch_sessions = 1};
    struct model m;
    error e = {0};
    model_open(&m, &(struct tiny_model){.architecture = "mistral", .extra = ""}, &o, 2, NULL);
    if (engine_warm_up(m.engine, 1, &e)) fail_msg("%s", e.message);
    model_close(&m);
}

static void tensors_that_are_no_matter_are_passed_over(void **state) {
    (void)state;
    const struct tiny_model tiny = {.architecture = "llama", .type = GGUF_TYPE_F32, .extra = "factors"};
    struct model m = {.a = arena_new(0)};
    struct engine_info info;
    error e = {0};
    assert_int_equal(tiny_model_bytes(&tiny, &m.bytes, &e), 0);
    m.view = buf_view(&m.bytes);
    memcpy(m.bytes.p + str_find(m.view, STR("rope_freqs.weight"), 0), "blk.0.input_scale", 17);
    m.opener = tiny_model_opener(&m.view);
    assert_int_equal(gguf_set_open(m.a, "tiny.gguf", &m.opener, NULL, &m.set, &e), 0);
    if (engine_measure(m.set->head, NULL, &info, &e)) fail_msg("%s", e.message);
    gguf_set_close(m.set);
    arena_free(m.a);
    buf_free(&m.bytes);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(logits_are_the_references),
        cmocka_unit_test(a_text_does_not_see_its_neighbours),
        cmocka_unit_test(forks_share_pages_and_part_when_they_write),
        cmocka_unit_test(limits_and_wrong_uses_are_sentences),
        cmocka_unit_test(broken_models_are_named),
        cmocka_unit_test(numbers_that_make_no_numbers_are_refused),
        cmocka_unit_test(keys_that_change_the_result_are_applied_or_refused),
        cmocka_unit_test(a_key_by_another_name_computes_the_same),
        cmocka_unit_test(the_largest_step_is_tried_at_the_end_of_the_longest_context),
        cmocka_unit_test(tensors_that_are_no_matter_are_passed_over),
    };
    return cmocka_run_group_tests_name("language model engine", tests, NULL, NULL);
}
