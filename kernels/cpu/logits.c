/* logits.c - what happens to logits before a token is chosen: penalties, the mask, the highest K.
 *
 * The K highest are kept in a heap whose root is the worst of them, so one pass over VOCAB does; the result is then
 * sorted. Repetition penalty: Keskar et al. 2019 (CTRL), section 4.1; presence and frequency as the OpenAI API
 * documents them.
 */
#include "cpu.h"

static void penalise(const struct kernels_logits *a, int m) {
    float *x = a->logits + (size_t)m * (size_t)a->VOCAB;
    for (int i = 0; a->cap > 0 && i < a->VOCAB; i++) x[i] = a->cap * tanhf(x[i] / a->cap);
    for (int i = 0; a->seen && i < a->SEEN; i++) {
        int token = a->seen[(size_t)m * (size_t)a->SEEN + (size_t)i];
        if (token < 0) break;
        if (token >= a->VOCAB) continue;
        float count = (float)a->seen_count[(size_t)m * (size_t)a->SEEN + (size_t)i];
        x[token] = x[token] > 0 ? x[token] / a->repetition : x[token] * a->repetition;
        x[token] -= a->presence + count * a->frequency;
    }
    if (!a->mask) return;
    const uint32_t *mask = a->mask + (size_t)m * (((size_t)a->VOCAB + 31) / 32);
    for (int i = 0; i < a->VOCAB; i++)
        if (!(mask[i / 32] >> (i % 32) & 1)) x[i] = -INFINITY;
}
void cpu_logits(kernels_queue *q, const struct kernels_logits *a) {
    if (!queue_ready(q, !a->seen || a->seen_count, "logits: a list of tokens without counts")) return;
    for (int m = 0; m < a->M; m++) penalise(a, m);
}

/* Is (value, token) a worse candidate than the other? */
static bool worse(float value, int32_t token, float other, int32_t other_token) {
    return value < other || (value == other && token > other_token);
}

static void sift_down(float *value, int32_t *token, int count, int at) {
    for (;;) {
        int child = 2 * at + 1;
        if (child >= count) return;
        if (child + 1 < count && worse(value[child + 1], token[child + 1], value[child], token[child])) child++;
        if (!worse(value[child], token[child], value[at], token[at])) return;
        float v = value[at];
        int32_t t = token[at];
        value[at] = value[child];
        token[at] = token[child];
        value[child] = v;
        token[child] = t;
        at = child;
    }
}

static void top_of(const struct kernels_top *a, int m, float *value, int32_t *token) {
    const float *x = a->logits + (size_t)m * (size_t)a->VOCAB;
    for (int i = 0; i < a->K; i++) {
        value[i] = -INFINITY;
        token[i] = INT32_MAX; /* worse than any real token */
    }
    for (int32_t i = 0; i < a->VOCAB; i++) {
        if (!(x[i] >= value[0]) || !worse(value[0], token[0], x[i], i)) continue;
        value[0] = x[i];
        token[0] = i;
        sift_down(value, token, a->K, 0);
    }
    for (int left = a->K - 1; left > 0; left--) { /* the worst goes to the end */
        float v = value[0];
        int32_t t = token[0];
        value[0] = value[left];
        token[0] = token[left];
        value[left] = v;
        token[left] = t;
        sift_down(value, token, left, 0);
    }
    for (int i = 0; i < a->K; i++)
        if (token[i] == INT32_MAX) token[i] = i == 0 ? 0 : token[i - 1]; /* all NaN: some token, not a wild one */
    if (!a->log_sum) return;
    double sum = 0;
    for (int i = 0; i < a->VOCAB; i++)
        if (x[i] > -INFINITY) sum += (double)expf(x[i] - value[0]);
    a->log_sum[m] = sum > 0 ? value[0] + (float)log(sum) : -INFINITY;
}

struct tops {
    const struct kernels_top *a;
    float *value;
};
static void top_columns(void *context, int worker, int lo, int hi) {
    (void)worker;
    const struct tops *t = context;
    for (int m = lo; m < hi; m++)
        top_of(t->a, m, (t->a->value ? t->a->value : t->value) + (size_t)m * (size_t)t->a->K,
               t->a->token + (size_t)m * (size_t)t->a->K);
}
void cpu_top(kernels_queue *q, const struct kernels_top *a) {
    if (!queue_ready(q, a->K >= 1 && a->K <= a->VOCAB, "top: K is not between 1 and VOCAB")) return;
    struct tops t = {a, a->value ? NULL : scratch_get(q, &q->work, (size_t)a->M * (size_t)a->K * sizeof(float))};
    if (a->value || t.value) pool_run(q->device->pool, a->M, 1, top_columns, &t);
}
