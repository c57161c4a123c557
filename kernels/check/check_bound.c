/* check_bound.c - by how much two right answers to y = sum_k w_k x_k may differ, entry by entry.
 *
 * Enters: a weight's values and a column x, on the host. Leaves: the result in double, and the largest |difference|
 * that the operand's rounding and the order of sums allow. No case can exceed it by chance, whatever its random
 * numbers, and a wrong scale, nibble or tail does: it is relative to what this entry sums, not to the size of its
 * neighbours.
 *
 *     allowed = sum_k |w_k| dx_k  +  C sum_k W_k |x_k|  +  2^-22 |y|
 *
 * dx_k is what each weight type's operand loses of x_k (product.cuh). The CPU keeps F32, except for int8, where both
 * sides follow one rule and can differ only by a code whose x/d lies at a half:
 *
 *     BF16      2^-8 |x|                      8 bits, half a unit of the last
 *     F16       2^-11 |x| + 2^-25 s           11 bits, s = 2^exponent(max of the group of 32)
 *     F32       2^-22 |x|                     three planes of 8 bits; the products dropped are below 2^-23
 *     MXFP4     max(2^-9 |x|, 2^-10 d)        where block-scaled: two E4M3 planes, d = 2^(exponent(max) - 7)
 *     others    d = max/127                   where x/d is within 1e-4 of a half, else 0
 *
 * C = 4 n 2^-24: every sum of n terms in F32 errs by less than n 2^-24 of the sum of their magnitudes (Higham 2002,
 * section 4.2); both sides, and a tensor core that cuts instead of rounding, make that four times as much. n counts
 * the additions to an accumulator: one for 8 entries of a plain type and 2 more; two for a group of 32 of the other
 * types, and 16 for their scales.
 *
 * W_k = |w_k|, or |w_k| + 2 max|w| of its group for Q4_0, Q4_K and Q5_K, which sum codes and minima apart, each larger
 * than their difference.
 *
 * act(g) u: with L the largest slope of act (SiLU 1.0998, both GELU 1.1290, ReLU 1) and g, u wrong by dg, du:
 *
 *     |act(g+dg)(u+du) - act(g) u| <= L dg (|u| + du) + |act(g)| du + 2^-20 |act(g) u| + 2^-22 |g u|
 *
 * where the last two are what expf, tanhf and erff of either side may lose.
 */
#include "check.h"

#include <math.h>
#include <stdlib.h>

enum { GROUP = 32 };

static bool has_minimum(enum tensor_type t) { return t == TENSOR_Q4_0 || t == TENSOR_Q4_K || t == TENSOR_Q5_K; }
static bool is_plain(enum tensor_type t) { return t == TENSOR_F32 || t == TENSOR_F16 || t == TENSOR_BF16; }

double *check_losses(const struct check *c, enum tensor_type type, const float *x, int COLS) {
    double *loss = malloc((size_t)COLS * sizeof *loss);
    for (int from = 0; loss && from < COLS; from += GROUP) {
        int to = from + GROUP < COLS ? from + GROUP : COLS, exponent;
        double most = 0;
        for (int k = from; k < to; k++) most = fmax(most, fabs((double)x[k]));
        (void)frexp(most, &exponent); /* most = f * 2^exponent, 1/2 <= f < 1 */
        for (int k = from; k < to; k++) {
            double magnitude = fabs((double)x[k]), d = most / 127, q = d > 0 ? magnitude / d : 0;
            switch (type) {
            case TENSOR_F32: loss[k] = ldexp(magnitude, -22); break;
            case TENSOR_BF16: loss[k] = ldexp(magnitude, -8); break;
            case TENSOR_F16: loss[k] = ldexp(magnitude, -11) + ldexp(most > 0, exponent - 1 - 25); break;
            default:
                if (type == TENSOR_MXFP4 && c->exact_mxfp4)
                    loss[k] = fmax(ldexp(magnitude, -9), ldexp(most > 0, exponent - 1 - 7 - 10));
                else
                    loss[k] = fabs(q - floor(q) - 0.5) < 1e-4 ? d : 0;
            }
        }
    }
    return loss;
}

struct check_value check_dot(const struct check *c, int weight, int expert, int row, const float *x,
                             const double *loss) {
    const struct check_host_weight *h = &c->host[weight];
    const float *w = h->value + ((size_t)expert * (size_t)h->ROWS + (size_t)row) * (size_t)h->COLS;
    const bool plain = is_plain(h->type);
    double sum = 0, lost = 0, magnitude = 0, most = 0;
    for (int k = 0; k < h->COLS; k++) {
        if (has_minimum(h->type) && k % GROUP == 0) {
            most = 0;
            for (int i = k; i < k + GROUP && i < h->COLS; i++) most = fmax(most, fabs((double)w[i]));
        }
        double each = fabs((double)w[k]);
        sum += (double)w[k] * (double)x[k];
        lost += each * loss[k];
        magnitude += (each + 2 * most) * fabs((double)x[k]);
    }
    double n = plain ? h->COLS / 8.0 + 2 : 2 * ceil(h->COLS / (double)GROUP) + 16;
    double factor = h->factor ? (double)h->factor[expert] : 1;
    return (struct check_value){sum * factor, fabs(factor) * (lost + ldexp(4 * n, -24) * magnitude) +
                                                  ldexp(fabs(sum * factor), -22) + 1e-30};
}

struct check_value check_glu(enum kernels_act act, struct check_value g, struct check_value u) {
    static const double SLOPE[] = {1.0998, 1.1290, 1.1290, 1};
    double x = g.value, a = 0;
    switch (act) {
    case ACT_SILU: a = x / (1 + exp(-x)); break;
    case ACT_GELU_TANH: a = 0.5 * x * (1 + tanh(0.7978845608 * (x + 0.044715 * x * x * x))); break;
    case ACT_GELU_ERF: a = 0.5 * x * (1 + erf(x * sqrt(0.5))); break;
    case ACT_RELU: a = x > 0 ? x : 0; break;
    }
    double size = fabs(u.value) + u.allowed;
    return (struct check_value){a * u.value, SLOPE[act] * g.allowed * size + fabs(a) * u.allowed +
                                                 ldexp(fabs(a * u.value), -20) + ldexp(fabs(x) * size, -22)};
}

void check_within(struct check *c, int buffer, size_t count, size_t width, const struct check_value *value) {
    float *both = check_download(c, buffer, count * sizeof(float));
    for (size_t i = 0; both && value && i < count && !c->failure.code; i++) {
        double want = (double)both[i], got = (double)both[count + i];
        bool same = isfinite(want) ? fabs(got - want) <= value[i].allowed : !isfinite(got);
        if (!same)
            check_fail(c, "row %zu, entry %zu is %.9g and should be %.9g (allowed difference %.3g)", i / width,
                       i % width, got, want, value[i].allowed);
    }
    if (both && !value) check_fail(c, "no memory on the host");
    free(both);
}
