/* test_operand_error.c - what each way of rounding activations costs: the figures of docs/kernels.md, measured.
 *
 *     error = sqrt(sum (x - rounded x)^2 / sum x^2) over 2^18 activations, in percent
 *
 * Three kinds of activations: normal numbers; normal numbers with one column in a hundred twenty times as large, as the
 * residual streams of real models have; and products of two normal numbers, as a gated feed-forward block gives.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/error.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum { COUNT = 1 << 18, GROUP = 32, KINDS = 3 };

/* Nearest value of a small float without sign: mantissa bits, smallest normal exponent, largest value. */
static double nearest(double x, int mantissa, int least, double most) {
    int exponent;
    double magnitude = fabs(x);
    if (magnitude >= most) return copysign(most, x);
    (void)frexp(magnitude, &exponent);
    exponent = exponent - 1 < least ? least : exponent - 1;
    return copysign(ldexp(nearbyint(ldexp(magnitude, mantissa - exponent)), exponent - mantissa), x);
}
static double e4m3(double x) { return nearest(x, 3, -6, 448); }
static double e2m1(double x) { return nearest(x, 1, 0, 6); }

static double largest(const double *x, int n) {
    double most = 0;
    for (int i = 0; i < n; i++) most = fmax(most, fabs(x[i]));
    return most;
}

typedef void rounding(const double *x, double *y, double tensor);
static void int8_per_32(const double *x, double *y, double tensor) {
    (void)tensor;
    double d = largest(x, GROUP) / 127;
    for (int i = 0; i < GROUP; i++) y[i] = d > 0 ? d * nearbyint(x[i] / d) : 0;
}
static double power(const double *x) { /* 2^(exponent(max) - 7), as operand.cu: |x / d| < 256 */
    int exponent;
    (void)frexp(largest(x, GROUP), &exponent);
    return ldexp(1, exponent - 1 - 7);
}
static void two_e4m3(const double *x, double *y, double tensor) {
    (void)tensor;
    double d = power(x);
    for (int i = 0; i < GROUP; i++) {
        double hi = e4m3(x[i] / d);
        y[i] = d * (hi + e4m3(x[i] / d - hi));
    }
}
static void one_e4m3(const double *x, double *y, double tensor) {
    (void)tensor;
    double d = power(x);
    for (int i = 0; i < GROUP; i++) y[i] = d * e4m3(x[i] / d);
}
/* kind::mxf4nvf4: a factor for all, a UE4M3 scale per 16. */
static void fp4_per_16(const double *x, double *y, double tensor) {
    for (int from = 0; from < GROUP; from += 16) {
        double s = e4m3(largest(x + from, 16) / 6 / tensor) * tensor;
        for (int i = from; i < from + 16; i++) y[i] = s > 0 ? s * e2m1(x[i] / s) : 0;
    }
}
/* kind::mxf8f6f4 and mxf4 with E8M0 per 32: the smallest power of two that cuts nothing off. */
static void fp4_per_32(const double *x, double *y, double tensor) {
    (void)tensor;
    int exponent;
    double most = largest(x, GROUP);
    (void)frexp(most / 6, &exponent);
    double s = ldexp(1, exponent);
    for (int i = 0; i < GROUP; i++) y[i] = s * e2m1(x[i] / s);
}

static uint64_t state = 88172645463325252u;
static double uniform(void) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return ((double)(state >> 11) + 0.5) / 9007199254740992.0;
}
static double normal(void) { return sqrt(-2 * log(uniform())) * cos(6.283185307179586 * uniform()); }

static double percent(rounding *f, const double *x, double tensor) {
    double lost = 0, all = 0, y[GROUP];
    for (int i = 0; i < COUNT; i += GROUP) {
        f(x + i, y, tensor);
        for (int k = 0; k < GROUP; k++) {
            lost += (x[i + k] - y[k]) * (x[i + k] - y[k]);
            all += x[i + k] * x[i + k];
        }
    }
    return 100 * sqrt(lost / all);
}

static void errors_are_those_of_the_documentation(void **unused) {
    (void)unused;
    static const struct {
        const char *name;
        rounding *f;
        double expected[KINDS];
    } WAYS[] = {
        {"two E4M3 planes", two_e4m3, {0.063, 0.063, 0.063}}, {"int8, max/127 per 32", int8_per_32, {0.54, 1.15, 0.75}},
        {"one E4M3 plane", one_e4m3, {2.65, 2.64, 2.65}},     {"FP4, UE4M3 per 16", fp4_per_16, {9.5, 9.0, 9.2}},
        {"FP4, E8M0 per 32", fp4_per_32, {11.5, 17.4, 13.9}},
    };
    double *x = malloc(COUNT * sizeof *x);
    assert_non_null(x);
    for (int kind = 0; kind < KINDS; kind++) {
        for (int i = 0; i < COUNT; i++) x[i] = normal() * (kind == 1 && i % 100 == 7 ? 20 : kind == 2 ? normal() : 1);
        double tensor = largest(x, COUNT) / (448 * 6);
        for (size_t i = 0; i < COUNT_OF(WAYS); i++) {
            double got = percent(WAYS[i].f, x, tensor);
            if (fabs(got - WAYS[i].expected[kind]) > 0.02 * WAYS[i].expected[kind])
                fail_msg("%s, kind %d: %.3g %%, and the documentation says %.3g %%", WAYS[i].name, kind, got,
                         WAYS[i].expected[kind]);
            print_message("# %s, kind %d: %.3g %%\n", WAYS[i].name, kind, got);
        }
    }
    free(x);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(errors_are_those_of_the_documentation)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
