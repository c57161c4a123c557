/* self_test.c - one small case of every operation and type, at the start of a device.
 *
 * Shapes are odd on purpose (a tail in every tile) and small: the whole takes some tens of milliseconds on a GPU. What
 * fails is named with its shape, so that a report says which kernel a chip computes wrongly.
 *
 * A backend may have several kernels for one operation, or one that it launches in several ways. Each that a model can
 * meet must be met here, or a chip that computes it wrongly is trusted. What the CUDA backend chooses by:
 *
 *     products       columns 1-8, 9-32, more; a gate beside them; parts of several types; experts with few or many
 * columns norm           width up to 4 or 16 entries a thread, or beyond what registers hold attention      width of a
 * value 64, 128, 256, each in F16 and FP8; cut into splits that a second kernel merges (more than 128 positions); a
 * warp a tile (many runs), with more shared memory than a block has unasked top            one slice of 4096 tokens, or
 * several that a second kernel merges
 */
#include "check.h"

#include <stdio.h>

static const enum tensor_type TYPES[] = {TENSOR_F32,  TENSOR_F16,  TENSOR_BF16, TENSOR_Q8_0,  TENSOR_Q4_0,
                                         TENSOR_Q4_K, TENSOR_Q5_K, TENSOR_Q6_K, TENSOR_MXFP4, TENSOR_NVFP4};

static int products(struct check *c, error *e) {
    for (int N = 5; N < 100; N += 35) { /* which lane scales what: with random weights most scales agree */
        char what[96];
        snprintf(what, sizeof what, "scales of MXFP4 [37][256] with %d columns", N);
        check_scales(c, N);
        if (check_end(c, what, e)) return (int)ERROR_SUPPORT;
    }
    for (size_t i = 0; i < COUNT_OF(TYPES); i++) {
        enum tensor_type t = TYPES[i];
        const char *name = tensor_type_find(t)->name;
        static const int COLUMNS[] = {3, 19, 70};
        for (size_t k = 0; k < COUNT_OF(COLUMNS); k++) {
            char what[96];
            snprintf(what, sizeof what, "matmul of %s [37][256] with %d columns", name, COLUMNS[k]);
            check_matmul(c, &t, 1, COLUMNS[k], &(int){37}, 256, true);
            if (check_end(c, what, e)) return (int)ERROR_SUPPORT;
        }
        char what[96];
        for (size_t k = 0; k < (t == TENSOR_Q4_K ? COUNT_OF(COLUMNS) : 1); k++) { /* its wide forms are each type's */
            snprintf(what, sizeof what, "gate_up of %s [21][256] with %d columns", name, COLUMNS[k]);
            check_gate_up(c, t, t, ACT_SILU, COLUMNS[k], 256, 21);
            if (check_end(c, what, e)) return (int)ERROR_SUPPORT;
        }
        snprintf(what, sizeof what, "embed of %s [9][256]", name);
        check_embed(c, t, 5, 9, 256);
        if (check_end(c, what, e)) return (int)ERROR_SUPPORT;
    }
    check_matmul_heads(c, TENSOR_Q8_0, 3, 2, 18, 64);
    if (check_end(c, "matmul_heads of Q8_0 [2][18][64] with 3 columns", e)) return (int)ERROR_SUPPORT;
    for (int N = 3; N < 70; N += 35) { /* q, k and v in one product; long enough for every warp of a block */
        char what[96];
        snprintf(what, sizeof what, "matmul of Q4_K, Q4_K and Q6_K, [37], [18] and [18][1024], %d columns", N);
        check_matmul(c, (enum tensor_type[]){TENSOR_Q4_K, TENSOR_Q4_K, TENSOR_Q6_K}, 3, N, (int[]){37, 18, 18}, 1024,
                     true);
        if (check_end(c, what, e)) return (int)ERROR_SUPPORT;
    }
    for (int N = 3; N < 40; N += 27) { /* an expert has about one column, or many */
        char what[96];
        snprintf(what, sizeof what, "moe_gate_up and moe_down, 5 experts of [32][64], %d columns", N);
        check_moe(c, TENSOR_Q4_0, TENSOR_Q4_0, TENSOR_Q8_0, N, 5, 2, 64, 32);
        if (check_end(c, what, e)) return (int)ERROR_SUPPORT;
    }
    return 0;
}

static int steps(struct check *c, error *e) {
    check_norm(c, 3, 2, 37, true, true, true, false, false);
    if (check_end(c, "norm [3][2][37]", e)) return (int)ERROR_SUPPORT;
    static const int WIDTHS[] = {300, 4097, 8200};
    for (size_t i = 0; i < COUNT_OF(WIDTHS); i++) {
        char what[96];
        snprintf(what, sizeof what, "norm [3][1][%d]", WIDTHS[i]);
        check_norm(c, 3, 1, WIDTHS[i], true, true, true, false, false);
        if (check_end(c, what, e)) return (int)ERROR_SUPPORT;
    }
    check_route(c, 3, 37, 4, false, false);
    if (check_end(c, "route [3][37], 4 of them", e)) return (int)ERROR_SUPPORT;
    check_combine(c, 3, 37, true, true, false);
    if (check_end(c, "combine [3][37]", e)) return (int)ERROR_SUPPORT;
    check_gather(c, 3, 37, true);
    if (check_end(c, "gather [3][37]", e)) return (int)ERROR_SUPPORT;
    check_conv(c, 2, 3, 37, 4);
    if (check_end(c, "conv, 37 channels, 4 taps", e)) return (int)ERROR_SUPPORT;
    check_delta(c, 2, 3, 2, 1, 32, 24);
    if (check_end(c, "delta, states [32][24]", e)) return (int)ERROR_SUPPORT;
    check_logits(c, 2, 77, 9, true);
    if (check_end(c, "logits [2][77]", e)) return (int)ERROR_SUPPORT;
    check_top(c, 2, 777, 5);
    if (check_end(c, "top 5 of [2][777]", e)) return (int)ERROR_SUPPORT;
    check_top(c, 2, 9001, 9);
    return check_end(c, "top 9 of [2][9001]", e);
}

/* Every width of a head that has a kernel of its own, in the types that have one: few columns over a long cache, which
 * is cut into splits, and many runs. */
static int head_widths(struct check *c, const struct kernels_info *info, error *e) {
    static const int WIDTHS[] = {64, 128, 256};
    const int runs = 8 * (int)info->threads; /* of two key heads: 16 blocks a processor are a large batch */
    for (size_t i = 0; i < COUNT_OF(WIDTHS) * (info->cache_fp8 ? 2 : 1); i++)
        for (int many = 0; many < 2; many++) {
            const int width = WIDTHS[i % COUNT_OF(WIDTHS)];
            const struct check_attention_shape shape = {.type = i < COUNT_OF(WIDTHS) ? TENSOR_F16 : TENSOR_FP8,
                                                        .S = 1,
                                                        .prefill = many ? 53 : 133,
                                                        .steps = many ? 0 : 1,
                                                        .columns = 1,
                                                        .HEADS = 2,
                                                        .KV_HEADS = many ? 2 : 1,
                                                        .KEY = width,
                                                        .VALUE = width,
                                                        .PAGE = 32,
                                                        .spare_runs = many ? runs : 0};
            char what[96];
            snprintf(what, sizeof what, "attention, cache type %d, heads of %d, %s", (int)shape.type, width,
                     many ? "many runs" : "133 positions");
            check_attention(c, &shape);
            if (check_end(c, what, e)) return (int)ERROR_SUPPORT;
        }
    return 0;
}

static int caches(struct check *c, const struct kernels_info *info, error *e) {
    static const struct check_attention_shape SHAPES[] = {
        {.type = TENSOR_F16,
         .S = 2,
         .prefill = 37,
         .steps = 1,
         .columns = 1,
         .HEADS = 4,
         .KV_HEADS = 2,
         .KEY = 64,
         .VALUE = 64,
         .PAGE = 32,
         .norms = true},
        {.type = TENSOR_F32,
         .S = 1,
         .prefill = 9,
         .steps = 1,
         .columns = 2,
         .HEADS = 2,
         .KV_HEADS = 1,
         .KEY = 24,
         .VALUE = 16,
         .PAGE = 32},
        {.type = TENSOR_FP8,
         .S = 1,
         .prefill = 37,
         .steps = 1,
         .columns = 1,
         .HEADS = 2,
         .KV_HEADS = 1,
         .KEY = 64,
         .VALUE = 64,
         .PAGE = 32},
    };
    for (size_t i = 0; i < COUNT_OF(SHAPES) - !info->cache_fp8; i++) {
        char what[96];
        snprintf(what, sizeof what, "rope_store and attention, cache type %d, heads of %d and %d", (int)SHAPES[i].type,
                 SHAPES[i].KEY, SHAPES[i].VALUE);
        check_attention(c, &SHAPES[i]);
        if (check_end(c, what, e)) return (int)ERROR_SUPPORT;
    }
    return head_widths(c, info, e);
}

int kernels_self_test(const struct kernels_backend *backend, kernels_device *device, error *e) {
    struct check c;
    struct kernels_info info;
    int code = check_open(&c, backend, device, 20, e);
    if (code) return code;
    backend->info(device, &info);
    code = products(&c, e);
    if (!code) code = steps(&c, e);
    if (!code) code = caches(&c, &info, e);
    if (!code && info.graphs) {
        check_graph(&c, TENSOR_Q8_0, 2, 64);
        code = check_end(&c, "a captured graph of norm and matmul", e);
    }
    check_close(&c);
    return code;
}
