/* check.c - see check.h: two sides, guarded buffers, random weights, comparison. */
#include "check.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { GUARD = 256, POISON = 0xff };

void check_fail(struct check *c, const char *format, ...) {
    if (c->failure.code) return;
    char text[sizeof c->failure.message];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    error_set(&c->failure, ERROR_SUPPORT, "%s", text);
}

int check_open(struct check *c, const struct kernels_backend *backend, kernels_device *device, uint64_t seed,
               error *e) {
    memset(c, 0, sizeof *c);
    c->random = seed * 2 + 1;
    c->side[0].b = kernels_cpu();
    c->side[1].b = backend;
    c->side[1].device = device;
    struct kernels_options two = {.threads = 2};
    struct kernels_info info;
    backend->info(device, &info);
    c->exact_mxfp4 = info.mxfp4_scaled;
    int code = c->side[0].b->open(0, &two, &c->side[0].device, e);
    if (code) return code;
    for (int i = 0; i < CHECK_SIDES; i++) {
        c->side[i].queue = c->side[i].b->queue_new(c->side[i].device, 4096, e);
        if (!c->side[i].queue) {
            check_close(c);
            return e && e->code ? (int)e->code : (int)ERROR_MEMORY;
        }
    }
    return 0;
}

static void release(struct check *c) {
    for (int s = 0; s < CHECK_SIDES; s++) {
        for (int i = 0; i < c->buffers; i++) c->side[s].b->free(c->side[s].device, c->buffer[i].base[s]);
        for (int i = 0; i < c->weights; i++) c->side[s].b->weight_free(c->weight[i][s]);
    }
    for (int i = 0; i < c->weights; i++) {
        free(c->host[i].value);
        free(c->host[i].factor);
    }
    c->buffers = c->weights = 0;
}

void check_close(struct check *c) {
    release(c);
    for (int i = 0; i < CHECK_SIDES; i++) c->side[i].b->queue_free(c->side[i].queue);
    c->side[0].b->close(c->side[0].device);
}

/* Guards are looked at when the case ends, after everything ran. */
static void look_at_guards(struct check *c) {
    for (int i = 0; i < c->buffers && !c->failure.code; i++) {
        uint8_t edge[2 * GUARD];
        const struct check_buffer *b = &c->buffer[i];
        c->side[1].b->download(c->side[1].queue, edge, b->base[1], GUARD);
        c->side[1].b->download(c->side[1].queue, edge + GUARD, b->base[1] + GUARD + b->size_bytes, GUARD);
        if (c->side[1].b->queue_sync(c->side[1].queue, &c->failure)) return;
        for (int k = 0; k < 2 * GUARD; k++)
            if (edge[k] != POISON) {
                check_fail(c, "a byte %s buffer %d was written", k < GUARD ? "before" : "behind", i);
                return;
            }
    }
}

int check_end(struct check *c, const char *name, error *e) {
    for (int s = 0; s < CHECK_SIDES; s++) {
        error sync = {0};
        if (c->side[s].b->queue_sync(c->side[s].queue, &sync)) check_fail(c, "%s", sync.message);
    }
    look_at_guards(c);
    release(c);
    int code = (int)c->failure.code;
    if (code) error_set(e, ERROR_SUPPORT, "%s: %s", name, c->failure.message);
    memset(&c->failure, 0, sizeof c->failure);
    return code;
}

/* ---- inputs ----------------------------------------------------------------------------------------------------- */

/* xorshift64* (Vigna 2014) */
uint32_t check_random(struct check *c, uint32_t below) {
    c->random ^= c->random >> 12;
    c->random ^= c->random << 25;
    c->random ^= c->random >> 27;
    return (uint32_t)((c->random * 0x2545f4914f6cdd1du >> 32) % (below ? below : 1));
}

float *check_floats(struct check *c, size_t count) {
    float *x = calloc(count ? count : 1, sizeof *x);
    if (!x) {
        check_fail(c, "no memory on the host");
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        float sum = 0;
        for (int k = 0; k < 4; k++) sum += (float)check_random(c, 65536) / 65536.0f - 0.5f;
        x[i] = sum * 1.7320508f;
        if (c->odd && check_random(c, 200) == 0)
            x[i] = check_random(c, 2) ? NAN : check_random(c, 2) ? INFINITY : -INFINITY;
    }
    return x;
}

int check_buffer(struct check *c, const void *in, size_t size_bytes) {
    if (c->failure.code || c->buffers == CHECK_BUFFERS) {
        check_fail(c, "too many buffers in a case");
        return -1;
    }
    struct check_buffer *b = &c->buffer[c->buffers];
    memset(b, 0, sizeof *b);
    b->size_bytes = size_bytes;
    uint8_t *host = malloc(size_bytes + 2 * GUARD);
    if (!host) {
        check_fail(c, "no memory on the host");
        return -1;
    }
    memset(host, POISON, size_bytes + 2 * GUARD);
    if (in) memcpy(host + GUARD, in, size_bytes);
    c->buffers++;
    for (int s = 0; s < CHECK_SIDES; s++) {
        b->base[s] = c->side[s].b->alloc(c->side[s].device, size_bytes + 2 * GUARD, &c->failure);
        if (b->base[s]) c->side[s].b->upload(c->side[s].queue, b->base[s], host, size_bytes + 2 * GUARD);
    }
    free(host);
    return c->failure.code ? -1 : c->buffers - 1;
}

void *check_at(const struct check *c, int buffer, int side) {
    return buffer < 0 ? NULL : c->buffer[buffer].base[side] + GUARD;
}

struct host_rows {
    enum tensor_type type;
    size_t row_bytes;
    const void *rows; /* NULL: there was no memory for them */
};
/* In two parts, the later one first. */
static kernels_weight *weight_of(struct check *c, int side, const struct host_rows *from, int EXPERTS, int ROWS,
                                 int COLS, const float *factor) {
    const struct check_side *s = &c->side[side];
    int64_t rows = (int64_t)EXPERTS * ROWS, cut = rows / 3;
    if (!from->rows) {
        check_fail(c, "no memory on the host");
        return NULL;
    }
    kernels_weight *w = s->b->weight_new(s->device, from->type, EXPERTS, ROWS, COLS, &c->failure);
    if (!w) return NULL;
    const uint8_t *second = (const uint8_t *)from->rows + (size_t)cut * from->row_bytes;
    if (s->b->weight_write(w, cut, rows - cut, second, &c->failure) == 0 &&
        s->b->weight_write(w, 0, cut, from->rows, &c->failure) == 0)
        (void)s->b->weight_finish(w, factor, factor ? EXPERTS : 0, &c->failure);
    return w; /* a failure is kept, and the weight freed with the case */
}

float *check_activations(struct check *c, int N, int COLS, int stride) {
    float *x = check_floats(c, (size_t)N * (size_t)stride);
    for (int i = 0; x && i < N * stride; i += stride)
        for (int k = 0; k < COLS; k += 32) {
            float size = ldexpf(1, (int)check_random(c, 7) - 3);
            for (int e = k; e < k + 32 && e < COLS; e++) x[i + e] *= size;
        }
    return x;
}

/* The values and their GGUF rows; false without memory. */
static bool make_rows(struct check *c, struct check_host_weight *h, size_t rows, size_t row_bytes, uint8_t *blocks) {
    float *x = check_floats(c, (size_t)h->COLS);
    for (size_t r = 0; x && h->value && r < rows; r++) {
        float size = 1;
        for (int k = 0; k < h->COLS; k++) {
            if (k % 16 == 0) size = ldexpf(1, (int)check_random(c, 5) - 2);
            x[k] = x[k] * 0.9f + ((float)check_random(c, 1024) / 512.0f - 1) * 0.5f;
            h->value[r * (size_t)h->COLS + (size_t)k] = x[k] * size;
        }
        tensor_quantise(h->type, h->value + r * (size_t)h->COLS, (size_t)h->COLS, blocks + r * row_bytes);
    }
    if (x && h->value) tensor_dequantise(h->type, blocks, rows * (size_t)h->COLS, h->value);
    free(x);
    return x && h->value;
}

/* GGUF rows onto both sides. */
static void place(struct check *c, const uint8_t *blocks, int EXPERTS, size_t row_bytes) {
    const struct check_host_weight *h = &c->host[c->weights - 1];
    const struct host_rows coded = {h->type, row_bytes, blocks};
    struct host_rows reference = coded;
    if (h->type == TENSOR_MXFP4 && c->exact_mxfp4)
        reference = (struct host_rows){TENSOR_F32, (size_t)h->COLS * sizeof *h->value, h->value};
    for (int s = 0; s < CHECK_SIDES && !c->failure.code; s++)
        c->weight[c->weights - 1][s] = weight_of(c, s, s ? &coded : &reference, EXPERTS, h->ROWS, h->COLS, h->factor);
}

int check_weight(struct check *c, enum tensor_type type, int EXPERTS, int ROWS, int COLS, bool scale) {
    if (c->failure.code || c->weights == CHECK_WEIGHTS) {
        check_fail(c, "too many weights in a case");
        return -1;
    }
    size_t rows = (size_t)EXPERTS * (size_t)ROWS, row_bytes = tensor_row_bytes(type, (uint64_t)COLS);
    bool odd = c->odd;
    c->odd = false; /* a scale of NaN in a weight says nothing about a kernel */
    struct check_host_weight *h = &c->host[c->weights];
    *h = (struct check_host_weight){type, ROWS, COLS, malloc(rows * (size_t)COLS * sizeof(float) + 1), NULL};
    if (scale) h->factor = check_floats(c, (size_t)EXPERTS);
    uint8_t *blocks = malloc(rows * row_bytes + 1);
    c->weights++;
    memset(c->weight[c->weights - 1], 0, sizeof c->weight[0]);
    if (blocks && row_bytes && make_rows(c, h, rows, row_bytes, blocks + 1))
        place(c, blocks + 1, EXPERTS, row_bytes); /* unaligned on purpose */
    else
        check_fail(c, "no such weight, or no memory on the host");
    c->odd = odd;
    free(blocks);
    return c->failure.code ? -1 : c->weights - 1;
}

int check_weight_rows(struct check *c, enum tensor_type type, int ROWS, int COLS, const uint8_t *blocks) {
    if (c->failure.code || c->weights == CHECK_WEIGHTS) return -1;
    struct check_host_weight *h = &c->host[c->weights++];
    *h = (struct check_host_weight){type, ROWS, COLS, malloc((size_t)ROWS * (size_t)COLS * sizeof(float)), NULL};
    memset(c->weight[c->weights - 1], 0, sizeof c->weight[0]);
    if (h->value) {
        tensor_dequantise(type, blocks, (size_t)ROWS * (size_t)COLS, h->value);
        place(c, blocks, 1, tensor_row_bytes(type, (uint64_t)COLS));
    } else
        check_fail(c, "no memory on the host");
    return c->failure.code ? -1 : c->weights - 1;
}

/* ---- outputs ---------------------------------------------------------------------------------------------------- */

void *check_download(struct check *c, int buffer, size_t size_bytes) {
    if (c->failure.code || buffer < 0) return NULL;
    uint8_t *host = malloc(2 * size_bytes + 1);
    for (int s = 0; host && s < CHECK_SIDES; s++) {
        c->side[s].b->download(c->side[s].queue, host + (size_t)s * size_bytes, check_at(c, buffer, s), size_bytes);
        if (c->side[s].b->queue_sync(c->side[s].queue, &c->failure)) {
            free(host);
            return NULL;
        }
    }
    return host;
}

/* Of the finite ones. */
static double mean_square(const float *x, size_t count) {
    double squares = 0;
    size_t finite = 0;
    for (size_t i = 0; i < count; i++)
        if (isfinite(x[i])) {
            squares += (double)x[i] * (double)x[i];
            finite++;
        }
    return squares / (double)(finite ? finite : 1);
}

void check_compare(struct check *c, int buffer, size_t rows, size_t width, double tolerance) {
    float *values = check_download(c, buffer, rows * width * sizeof(float));
    if (!values) return;
    const float *want = values, *got = values + rows * width;
    double whole = mean_square(want, rows * width); /* for rows so short that their own mean says little */
    for (size_t r = 0; r < rows && !c->failure.code; r++, want += width, got += width) {
        double mean = mean_square(want, width);
        double allowed = tolerance * sqrt(mean > whole ? mean : whole) + 1e-30;
        for (size_t i = 0; i < width && !c->failure.code; i++) {
            bool same = isfinite(want[i]) ? fabs((double)got[i] - (double)want[i]) <= allowed : !isfinite(got[i]);
            if (!same)
                check_fail(c, "row %zu, entry %zu is %.9g and should be %.9g (allowed difference %.3g)", r, i,
                           (double)got[i], (double)want[i], allowed);
        }
    }
    free(values);
}

void check_compare_ints(struct check *c, int buffer, size_t count) {
    int32_t *values = check_download(c, buffer, count * sizeof(int32_t));
    for (size_t i = 0; values && i < count && !c->failure.code; i++)
        if (values[i] != values[count + i])
            check_fail(c, "entry %zu is %d and should be %d", i, (int)values[count + i], (int)values[i]);
    free(values);
}
