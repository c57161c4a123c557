/* cpu.h - what the files of the CPU backend share: packed weights, activation tiles, the table of one instruction set.
 *
 * Packed weights. Rows stand in panels of 16; inside, four neighbouring weights of each of the 16 rows make 64 bytes,
 * the shape that vpdpbusd, sdot and (after a zip) smmla want, so that lanes are rows and no sum runs across lanes:
 *
 *     quad:  row 0: k k+1 k+2 k+3 | row 1: k k+1 k+2 k+3 | … | row 15       64 int8, or 64 bytes of nibbles (low: this
 *                                                                           quad, high: the quad 16 weights later)
 *   a chunk = 32 columns of the 16 rows:
 *     Q8_0   f16 d[16] | 8 quads                                            544 bytes, as GGUF
 *     Q4_0   f16 d[16] | 4 nibble quads                                     288, as GGUF
 *     MXFP4  e8m0 d[16] | 4 nibble quads                                    272, as GGUF
 *     NVFP4  ue4m3 d[2][16] (one each 16 columns) | 4 nibble quads          288, as GGUF
 *     Q4_K   u8 scale[16], min[16] | 4 nibble quads                         288 each, and before every eighth chunk
 *            f16 d[16], dmin[16]: 64                                        2368 against GGUF's 2304
 *     Q5_K   as Q4_K + 64 bytes of fifth bits (bit b of byte 4r+i: weight 4b+i of row r)       2880 against 2816
 *     Q6_K   int8 scale[2][16] | 4 nibble quads | 2 x 64 bytes of upper pairs (pair b of byte 4r+i of part j: quad
 * b+4j), before every eighth chunk f16 d[16]: 32                        3360, as GGUF plain:   F32, F16 [k][16 rows];
 * BF16 [k/2][16 rows][2] Rows beyond ROWS are zeros. Codes of E2M1 stay codes; everything else keeps GGUF's numbers.
 *
 * Activation tiles. Up to tile_columns columns stand side by side, COLS long:
 *   int8:  per 32: q [8 quads][C][4] | f32 d[C] | f32 d*sum[C] | i32 -128*sum of the first 16 [C], of the last 16 [C],
 * of all [C];  x = d q, |q| <= 127, d = max|x| / 127; a chunk holding NaN or infinity has d = NaN and q = 0 float:
 * [k][C] The number of columns in a tile changes no result: each (row, column) is one chain of the same operations.
 */
#ifndef ASSAY_KERNELS_CPU_CPU_H
#define ASSAY_KERNELS_CPU_CPU_H

#include "kernels.h"
#include "pool.h"
#include "half.h"

#include <pthread.h>
#include <stdatomic.h>

enum { PANEL = 16, CHUNK = 32, TILE_MAX = 12 };

/* Bytes of a chunk of an int8 tile with C columns, and where its parts begin. */
#define TILE_CHUNK(C) ((size_t)(C)*52)
#define TILE_D(C) ((size_t)(C)*32)
#define TILE_DSUM(C) ((size_t)(C)*36)
#define TILE_BIAS0(C) ((size_t)(C)*40)
#define TILE_BIAS1(C) ((size_t)(C)*44)
#define TILE_BIAS(C) ((size_t)(C)*48)

/* What stands behind the numbers of column c (of C) in a chunk of an int8 tile: its scale `d`, and what the sums of its
 * first and last 16 numbers are worth in a product with weights, plain or offset by 128. */
static inline void tile_put_scales(uint8_t *tile, int C, int c, float d, int32_t first, int32_t last) {
    float *scale = (float *)(void *)(tile + TILE_D(C));
    int32_t *bias = (int32_t *)(void *)(tile + TILE_BIAS0(C));
    scale[c] = d;
    scale[C + c] = d * (float)(first + last);
    bias[c] = -128 * first;
    bias[C + c] = -128 * last;
    bias[2 * C + c] = -128 * (first + last);
}

enum layout {
    LAY_F32,
    LAY_F16,
    LAY_BF16,
    LAY_Q8_0,
    LAY_Q4_0,
    LAY_Q4_K,
    LAY_Q5_K,
    LAY_Q6_K,
    LAY_MXFP4,
    LAY_NVFP4,
    LAYOUTS
};

/* out[c*16 + r] = sum over k of panel row r times tile column c; 1 <= C <= tile_columns. */
typedef void panel_function(const uint8_t *panel, int COLS, const void *tile, int C, float *out);
/* The same of PANELS_AT_ONCE(C) panels, one behind the other in memory and read side by side: out[(i*C + c)*16 + r].
 * One stream of memory a thread leaves a fifth of the bandwidth unused where a byte costs many instructions. */
#define PANELS_AT_ONCE(C) ((C) <= 3 ? 4 : (C) <= 8 ? 2 : 1)
enum { SUMS_MAX = 16 }; /* of columns times panels at once */
typedef void panels_function(const uint8_t *panel, size_t panel_bytes, int COLS, const void *tile, int C, float *out);

struct attention_tile; /* attention.h */

struct cpu_isa {
    const char *name;
    int tile_columns;
    panel_function *panel[LAYOUTS];
    panels_function *many[LAYOUTS]; /* NULL: one after the other */
    /* Column c (of C) of an int8 tile from x [COLS]. */
    void (*quantise)(const float *x, int COLS, uint8_t *tile, int c, int C);
    void (*attend)(const struct attention_tile *t);
    /* g = act(g) * u, [count]. */
    void (*glu)(enum kernels_act act, float *g, const float *u, int count);
    /* Loads n bytes (p aligned to 64) once; the sum of their 64-bit words and of the bytes left over. */
    uint64_t (*read)(const uint8_t *p, size_t n);
};
extern const struct cpu_isa cpu_isa_ref;
#if defined(__x86_64__)
extern const struct cpu_isa cpu_isa_avx2, cpu_isa_avx512;
#elif defined(__aarch64__)
extern const struct cpu_isa cpu_isa_neon, cpu_isa_i8mm;
#endif
/* The best one here, or the one named; NULL when this processor has not got it. */
const struct cpu_isa *cpu_isa_choose(const char *name);

struct kernels_device {
    const struct cpu_isa *isa;
    pool *pool;
    pthread_mutex_t chunk_lock;
    struct chunk *chunk; /* chunk.c: the one that is being filled */
};

struct kernels_weight {
    kernels_device *device;
    struct chunk *chunk; /* that holds the data */
    enum tensor_type type;
    enum layout layout;
    int EXPERTS, ROWS, COLS;
    int panels; /* an expert: (ROWS + 15) / 16 */
    size_t panel_bytes;
    uint8_t *data; /* [EXPERTS][panels][panel_bytes], aligned to 64 */
    float *scale;  /* [EXPERTS] or NULL */
    _Atomic int64_t rows_missing;
};

/* Work space of a queue: grows, never shrinks. */
struct scratch {
    uint8_t *p;
    size_t capacity;
};

struct kernels_queue {
    kernels_device *device;
    struct error failure; /* code ERROR_NONE = none */
    struct scratch tiles, values, work;
    kernels_graph *recording; /* graph.c; NULL = operations run */
};

/* ---- pack.c ---- */
bool pack_layout(enum tensor_type type, enum layout *layout);
size_t pack_panel_bytes(enum layout layout, int COLS);
/* One GGUF row into row r of a panel; one row of a panel to F32. */
void pack_row(enum layout layout, int COLS, const uint8_t *row, uint8_t *panel, int r);
void unpack_row(enum layout layout, int COLS, const uint8_t *panel, int r, float *y);
static inline bool layout_is_float(enum layout l) { return l <= LAY_BF16; }
static inline const uint8_t *weight_panel(const kernels_weight *w, int expert, int panel) {
    return w->data + ((size_t)expert * (size_t)w->panels + (size_t)panel) * w->panel_bytes;
}
/* Start of chunk i of a quantised panel: for the K types the head of eight chunks lies before the first of them. */
size_t pack_chunk_offset(enum layout layout, int chunk);

/* ---- chunk.c ---- */
/* Memory for a weight, zeroed, aligned to 64 bytes, behind the one before; NULL when there is none. */
uint8_t *chunk_alloc(kernels_device *d, size_t bytes, struct chunk **owner);
void chunk_release(kernels_device *d, struct chunk *c); /* one tensor of it; NULL is allowed */

/* ---- queue.c ---- */
/* The scratch with room for `size_bytes`, 64-byte aligned; NULL, with the failure noted, when memory is gone. */
void *scratch_get(kernels_queue *q, struct scratch *s, size_t size_bytes);
/* Notes the first failure. */
void queue_fail(kernels_queue *q, enum error_code code, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* True when the operation may run: nothing failed before, and `fits` holds (else "OP: WHAT" is the failure). */
static inline bool queue_ready(kernels_queue *q, bool fits, const char *what) {
    if (!fits) queue_fail(q, ERROR_USAGE, "%s", what);
    return fits && q->failure.code == ERROR_NONE;
}

/* ---- matmul.c, moe.c, norm.c, rope.c, attention.c, step.c, recurrent.c, logits.c: the operations ---- */
void cpu_embed(kernels_queue *q, const struct kernels_embed *a);
void cpu_norm(kernels_queue *q, const struct kernels_norm *a);
void cpu_matmul(kernels_queue *q, const struct kernels_matmul *a);
void cpu_gate_up(kernels_queue *q, const struct kernels_gate_up *a);
void cpu_matmul_heads(kernels_queue *q, const struct kernels_matmul_heads *a);
void cpu_rope_store(kernels_queue *q, const struct kernels_rope_store *a);
void cpu_attention(kernels_queue *q, const struct kernels_attention *a);
void cpu_route(kernels_queue *q, const struct kernels_route *a);
void cpu_moe_gate_up(kernels_queue *q, const struct kernels_moe_gate_up *a);
void cpu_moe_down(kernels_queue *q, const struct kernels_moe_down *a);
void cpu_combine(kernels_queue *q, const struct kernels_combine *a);
void cpu_gather(kernels_queue *q, const struct kernels_gather *a);
void cpu_conv(kernels_queue *q, const struct kernels_conv *a);
void cpu_delta(kernels_queue *q, const struct kernels_delta *a);
void cpu_logits(kernels_queue *q, const struct kernels_logits *a);
void cpu_top(kernels_queue *q, const struct kernels_top *a);

/* act(g) * u, one at a time. */
float cpu_glu(enum kernels_act act, float g, float u);

#endif
