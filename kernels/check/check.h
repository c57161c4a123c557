/* check.h - does a backend compute what the CPU reference computes?
 *
 *     a case = shapes + seed ──► the same random inputs on both backends ──► outputs compared, guards looked at
 *
 * Used twice: kernels_self_test runs one small case of every operation when a GPU is opened (a kernel that exists but
 * is wrong for the chip refuses the device, with its name and shape); tests/kernels/gpu_check.c runs many odd ones.
 *
 * Every output is poisoned with NaN and lies between guards of 256 bytes, which must be untouched afterwards. Results
 * of products are compared by a bound derived for each entry (check_bound.c), all others by |difference| <= tolerance *
 * root mean square of the reference (its row, or all of it if that is more); what is not finite in the reference must
 * not be finite in the other, and the reverse.
 */
#ifndef ASSAY_KERNELS_CHECK_H
#define ASSAY_KERNELS_CHECK_H

#include "kernels.h"

/* Runs one case of every operation on an open device; ERROR_SUPPORT naming the operation and its shape. */
int kernels_self_test(const struct kernels_backend *backend, kernels_device *device, error *e);

/* ---- for the cases ---------------------------------------------------------------------------------------------- */

enum { CHECK_SIDES = 2, CHECK_BUFFERS = 64, CHECK_WEIGHTS = 16 }; /* side 0: the CPU; side 1: the backend under test */

struct check_side {
    const struct kernels_backend *b;
    kernels_device *device;
    kernels_queue *queue;
};
struct check {
    struct check_side side[CHECK_SIDES];
    uint64_t random;
    error failure; /* the first of this case */
    int buffers, weights;
    struct check_buffer {
        uint8_t *base[CHECK_SIDES];
        size_t size_bytes;
    } buffer[CHECK_BUFFERS];
    kernels_weight *weight[CHECK_WEIGHTS][CHECK_SIDES];
    struct check_host_weight { /* the same numbers on the host */
        enum tensor_type type;
        int ROWS, COLS;
        float *value, *factor; /* [EXPERTS][ROWS][COLS]; [EXPERTS] or NULL */
    } host[CHECK_WEIGHTS];
    bool exact_mxfp4; /* the backend rounds activations less than the CPU: MXFP4 is checked against F32 weights */
    bool odd;         /* put some NaN and infinities among the inputs */
};

int check_open(struct check *c, const struct kernels_backend *backend, kernels_device *device, uint64_t seed, error *e);
void check_close(struct check *c);
/* Frees what the last case made; returns its failure (0 = none) prefixed with "name: ", and forgets it. */
int check_end(struct check *c, const char *name, error *e);

uint32_t check_random(struct check *c, uint32_t below);
/* Roughly normal, with spread 1; when c->odd, now and then NaN or infinity. Caller frees. */
float *check_floats(struct check *c, size_t count);
/* A pair of device buffers; `in` (host) is uploaded, NULL = poison. Returns its number; -1 after a failure. */
int check_buffer(struct check *c, const void *in, size_t size_bytes);
void *check_at(const struct check *c, int buffer, int side);
/* [N][COLS] for a product, columns `stride` apart: groups of 32 of very different size, so that a scale taken from
 * another group or column shows. Caller frees. */
float *check_activations(struct check *c, int N, int COLS, int stride);
/* A pair of weights of random values, groups of 16 of different size; scale: also per-expert factors. */
int check_weight(struct check *c, enum tensor_type type, int EXPERTS, int ROWS, int COLS, bool scale);
/* The same of given GGUF rows. */
int check_weight_rows(struct check *c, enum tensor_type type, int ROWS, int COLS, const uint8_t *blocks);
/* Compares [rows][width] floats of a buffer. */
void check_compare(struct check *c, int buffer, size_t rows, size_t width, double tolerance);
void check_compare_ints(struct check *c, int buffer, size_t count);
void check_fail(struct check *c, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* What a buffer holds on both sides, the reference first; NULL after a failure. Caller frees. */
void *check_download(struct check *c, int buffer, size_t size_bytes);

/* An entry, and by how much both sides may differ there (check_bound.c). */
struct check_value {
    double value, allowed;
};
/* What the operand of a product with this type loses of each entry of a column, at most. NULL = no memory; caller
 * frees. */
double *check_losses(const struct check *c, enum tensor_type type, const float *x, int COLS);
struct check_value check_dot(const struct check *c, int weight, int expert, int row, const float *x,
                             const double *loss);
struct check_value check_glu(enum kernels_act act, struct check_value g, struct check_value u);
/* Compares `count` floats in rows of `width`; value NULL = there was no memory for it. */
void check_within(struct check *c, int buffer, size_t count, size_t width, const struct check_value *value);

/* Each runs its operation on both sides. */
void check_embed(struct check *c, enum tensor_type type, int N, int VOCAB, int DIM);
void check_norm(struct check *c, int N, int GROUPS, int WIDTH, bool add, bool weight, bool gate, bool l2,
                bool in_place);
void check_matmul(struct check *c, const enum tensor_type *types, int PARTS, int N, const int *ROWS, int COLS,
                  bool extras);
void check_gate_up(struct check *c, enum tensor_type gate, enum tensor_type up, enum kernels_act act, int N, int COLS,
                   int FF);
/* Products of MXFP4 whose every scale is another power of two, each entry exact: shows which lane scales which row,
 * group and column. */
void check_scales(struct check *c, int N);
void check_matmul_heads(struct check *c, enum tensor_type type, int N, int HEADS, int ROWS, int COLS);
struct check_attention_shape {
    enum tensor_type type;
    int S, prefill,
        steps; /* sequences; columns of the first step a sequence; further steps of `columns` columns each */
    int columns;
    int HEADS, KV_HEADS, KEY, VALUE, PAGE, window;
    bool shared_value; /* values are the first VALUE entries of the keys */
    bool norms, interleaved, sinks;
    float cap;
    int spare_runs; /* runs without a column behind the others: a backend that launches by their number takes the form
                       for a large batch, with little to compute */
    float sharp;    /* scores are this many times as large as usual, so that the last bits of q show; 0 = 1 */
};
void check_attention(struct check *c, const struct check_attention_shape *s);
void check_route(struct check *c, int N, int EXPERTS, int TOPK, bool sigmoid, bool bias);
void check_moe(struct check *c, enum tensor_type gate, enum tensor_type up, enum tensor_type down, int N, int EXPERTS,
               int TOPK, int COLS, int FF);
void check_combine(struct check *c, int N, int WIDTH, bool b, bool gate, bool gate_scalar);
void check_gather(struct check *c, int M, int WIDTH, bool index);
void check_conv(struct check *c, int S, int columns, int CHANNELS, int TAPS);
void check_delta(struct check *c, int S, int columns, int STATES, int KEY_HEADS, int STATE_KEY, int STATE_VALUE);
void check_logits(struct check *c, int M, int VOCAB, int SEEN, bool mask);
void check_top(struct check *c, int M, int VOCAB, int K);
/* The same list of operations run at once and from a captured graph must agree bit for bit. */
void check_graph(struct check *c, enum tensor_type type, int N, int COLS);

#endif
