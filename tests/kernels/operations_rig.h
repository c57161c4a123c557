/* operations_rig.h - what the tests of single operations share: a device of each instruction set, made-up numbers,
 * comparing. Included by one program each, after cmocka. */
#ifndef ASSAY_TESTS_OPERATIONS_RIG_H
#define ASSAY_TESTS_OPERATIONS_RIG_H

#include "kernels.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const char *const ISAS[] = {"ref", "avx2", "avx512", "neon", "i8mm"};
static const struct kernels_backend *K;
static kernels_device *device;
static kernels_queue *queue;
static const char *isa;

static uint64_t seed = 99;
static float uniform(void) {
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return (float)((double)((seed * 0x2545F4914F6CDD1DULL) >> 40) / (1 << 23) - 1);
}
static float *floats(size_t n) {
    float *x = malloc((n + 1) * sizeof *x);
    for (size_t i = 0; i < n; i++) x[i] = uniform();
    return x;
}
static float *poison(size_t n) {
    float *x = malloc((n + 1) * sizeof *x);
    for (size_t i = 0; i < n; i++) x[i] = NAN;
    return x;
}
static inline double *as_doubles(const float *x, int n) {
    double *y = malloc((size_t)n * sizeof *y);
    for (int i = 0; i < n; i++) y[i] = (double)x[i];
    return y;
}
static void near_enough(double got, double want, double tolerance, const char *what, int at) {
    if (!(fabs(got - want) <= tolerance * (1 + fabs(want))))
        fail_msg("%s, %s, entry %d: %.9g, not %.9g", what, isa, at, got, want);
}
static void sync(void) {
    error e = {0};
    if (K->queue_sync(queue, &e) != 0) fail_msg("%s", e.message);
}

/* Runs the body once for each instruction set that this processor has. */
#define EACH_ISA(...)                                                                                                  \
    for (size_t isa_index = 0; isa_index < COUNT_OF(ISAS); isa_index++) {                                              \
        struct kernels_options isa_options = {.threads = 2, .isa = isa = ISAS[isa_index]};                             \
        if (K->open(0, &isa_options, &device, NULL) != 0) continue;                                                    \
        queue = K->queue_new(device, 64, NULL);                                                                        \
        __VA_ARGS__;                                                                                                   \
        K->queue_free(queue);                                                                                          \
        K->close(device);                                                                                              \
    }

#endif
