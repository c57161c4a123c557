/* test_lm_sampler.c - sampling. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buf.h"
#include "lm/sampler.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { V = 1000 };
static float LOGITS[V];
static void make_logits(void) {
    for (int i = 0; i < V; i++) LOGITS[i] = (float)((i * 7919) % V) / 100.0f; /* a permutation of 0 .. 9.99 */
}
static const struct sampler_options PLAIN = {.temperature = 1, .top_p = 1, .repetition = 1, .seed = 7};

static sampler *make(struct sampler_options o) {
    sampler *s;
    error e = {0};
    if (sampler_new(&o, V, &s, &e) != 0) fail_msg("%s", e.message);
    return s;
}
static uint32_t pick(sampler *s, const float *logits) {
    uint32_t t = UINT32_MAX;
    error e = {0};
    if (sampler_pick(s, logits, NULL, 0, NULL, &t, &e) != 0) fail_msg("%s", e.message);
    return t;
}
static uint32_t best_token(int rank) {
    for (uint32_t i = 0; i < V; i++)
        if ((int)((i * 7919) % V) == V - 1 - rank) return i;
    return V;
}

static void draws_have_the_softmax_frequencies(void **state) {
    (void)state;
    enum { DRAWS = 200000 };
    const float logits[V] = {3, 2, 1, 0, -1}; /* the rest 0 */
    struct sampler_options o = PLAIN;
    o.temperature = 0.5f;
    sampler *s = make(o);
    int count[5] = {0};
    for (int i = 0; i < DRAWS; i++) {
        uint32_t t = pick(s, logits);
        if (t < 5) count[t]++;
    }
    double total = 0;
    for (int i = 0; i < V; i++) total += exp((double)logits[i] / 0.5);
    for (int i = 0; i < 5; i++) { /* within five standard deviations */
        double p = exp((double)logits[i] / 0.5) / total;
        assert_true(fabs(count[i] - DRAWS * p) < 5 * sqrt(DRAWS * p * (1 - p)) + 1);
    }
    sampler_free(s);
}

static void cuts_keep_what_they_say(void **state) {
    (void)state;
    make_logits();
    struct sampler_options o = PLAIN;
    o.top_k = 3;
    o.temperature = 100;
    sampler *s = make(o);
    bool seen[3] = {0};
    for (int i = 0; i < 200; i++) {
        uint32_t t = pick(s, LOGITS);
        int rank = t == best_token(0) ? 0 : t == best_token(1) ? 1 : t == best_token(2) ? 2 : -1;
        assert_true(rank >= 0);
        seen[rank] = true;
    }
    assert_true(seen[0] && seen[1] && seen[2]);
    sampler_free(s);
    /* exp(-0.01 i): the first n hold (1 - r^n) / (1 - r^1000) of all. p = 0.1: n = 11. min-p 0.95: i <= 5. */
    o = PLAIN;
    o.top_p = 0.1f;
    s = make(o);
    uint32_t worst = 0;
    for (int i = 0; i < 5000; i++) {
        uint32_t t = pick(s, LOGITS);
        for (uint32_t r = 0; r < V; r++)
            if (t == best_token((int)r) && r > worst) worst = r;
    }
    assert_int_equal(worst, 10);
    sampler_free(s);
    o = PLAIN;
    o.min_p = 0.95f;
    s = make(o);
    worst = 0;
    for (int i = 0; i < 500; i++) {
        uint32_t t = pick(s, LOGITS);
        for (uint32_t r = 0; r < V; r++)
            if (t == best_token((int)r) && r > worst) worst = r;
    }
    assert_int_equal(worst, 5);
    sampler_free(s);
}

static void a_seed_is_a_text(void **state) {
    (void)state;
    make_logits();
    sampler *a = make(PLAIN), *b = make(PLAIN);
    struct sampler_options o = PLAIN;
    o.seed = 8;
    sampler *c = make(o);
    int same = 0;
    uint32_t first[50];
    for (int i = 0; i < 50; i++) {
        first[i] = pick(a, LOGITS);
        assert_int_equal(first[i], pick(b, LOGITS));
        same += first[i] == pick(c, LOGITS);
    }
    assert_true(same < 10);
    sampler_seed(a, 7);
    for (int i = 0; i < 50; i++) assert_int_equal(pick(a, LOGITS), first[i]);
    sampler_free(a);
    sampler_free(b);
    sampler_free(c);
    /* The reduced list gives the same choice as all logits do. */
    o = PLAIN;
    o.top_k = 20;
    a = make(o);
    b = make(o);
    int32_t tokens[20];
    float values[20];
    for (int i = 0; i < 20; i++) {
        tokens[i] = (int32_t)best_token(i);
        values[i] = LOGITS[tokens[i]];
    }
    assert_int_equal(sampler_top_needed(a), 20);
    for (int i = 0; i < 100; i++) {
        uint32_t t;
        assert_int_equal(sampler_pick_top(a, tokens, values, 20, &t, NULL), 0);
        assert_int_equal(t, pick(b, LOGITS));
    }
    sampler_free(a);
    sampler_free(b);
}

static void penalties_follow_their_formulas(void **state) {
    (void)state;
    float logits[V] = {0};
    logits[1] = 4;
    logits[2] = 3.5f;
    logits[3] = 3;
    struct sampler_options o = PLAIN;
    o.temperature = 0;
    const uint32_t text[] = {1, 1, 2, 9, 9, 9};
    static const struct {
        float repetition, presence, frequency;
        uint32_t window, want;
    } CASES[] = {
        {1, 0, 0, 0, 1},    {2, 0, 0, 0, 3},    {2, 0, 0, 4, 1},    {1, 0.6f, 0, 4, 1},
        {1, 1.2f, 0, 0, 3}, {1, 0, 0.4f, 0, 1}, {1, 0, 0.6f, 0, 3}, {0.5f, 0, 0, 0, 1},
    };
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        o.repetition = CASES[i].repetition;
        o.presence = CASES[i].presence;
        o.frequency = CASES[i].frequency;
        o.window = CASES[i].window;
        sampler *s = make(o);
        uint32_t t;
        for (int again = 0; again < 2; again++) { /* counts do not stay behind */
            assert_int_equal(sampler_pick(s, logits, text, 6, NULL, &t, NULL), 0);
            if (t != CASES[i].want) fail_msg("case %zu: token %u", i, t);
        }
        sampler_free(s);
    }
}

static str digits(void *context, uint32_t token) {
    char *text = context;
    snprintf(text, 16, "%u", token);
    return str_from_cstr(text);
}
static int asked;
static bool no_seven(void *context, uint32_t token, str bytes) {
    (void)context;
    (void)token;
    asked++;
    return str_find(bytes, STR("7"), 0) < 0;
}
static bool only_500(void *context, uint32_t token, str bytes) {
    (void)context;
    (void)bytes;
    return token == 500;
}
static bool nothing(void *context, uint32_t token, str bytes) {
    (void)context;
    (void)token;
    (void)bytes;
    return false;
}

static void constraints_see_bytes(void **state) {
    (void)state;
    make_logits();
    char text[16];
    struct sampler_options o = PLAIN;
    uint32_t t;
    error e = {0};
    for (uint32_t k = 0; k <= 40; k += 20) {
        o.top_k = k;
        sampler *s = make(o);
        struct sampler_constraint c = {text, digits, no_seven};
        asked = 0;
        for (int i = 0; i < 300; i++) {
            assert_int_equal(sampler_pick(s, LOGITS, NULL, 0, &c, &t, &e), 0);
            char decimal[16];
            snprintf(decimal, sizeof decimal, "%u", t);
            assert_null(strchr(decimal, '7'));
        }
        assert_true(k == 0 || asked < 300 * 100);
        c.allows = only_500;
        assert_int_equal(sampler_pick(s, LOGITS, NULL, 0, &c, &t, &e), 0);
        assert_int_equal(t, 500);
        c.allows = nothing;
        assert_int_equal(sampler_pick(s, LOGITS, NULL, 0, &c, &t, &e), ERROR_LIMIT);
        sampler_free(s);
    }
}

static void wild_logits_and_options(void **state) {
    (void)state;
    float logits[V];
    uint32_t t;
    error e = {0};
    sampler *s = make(PLAIN);
    for (int i = 0; i < V; i++) logits[i] = NAN;
    assert_int_equal(sampler_pick(s, logits, NULL, 0, NULL, &t, &e), ERROR_LIMIT);
    logits[17] = -1e30f;
    assert_int_equal(pick(s, logits), 17);
    for (int i = 0; i < V; i++) logits[i] = -INFINITY;
    logits[3] = 2;
    assert_int_equal(pick(s, logits), 3);
    sampler_free(s);
    static const struct sampler_options BAD[] = {
        {.temperature = -1, .top_p = 1, .repetition = 1},
        {.temperature = NAN, .top_p = 1, .repetition = 1},
        {.temperature = 1, .top_p = 0, .repetition = 1},
        {.temperature = 1, .top_p = 1.1f, .repetition = 1},
        {.temperature = 1, .top_p = 1, .repetition = 0},
        {.temperature = 1, .top_p = 1, .repetition = 1, .min_p = 2},
        {.temperature = 1, .top_p = 1, .repetition = 1, .presence = INFINITY},
    };
    for (size_t i = 0; i < COUNT_OF(BAD); i++) assert_int_equal(sampler_new(&BAD[i], V, &s, &e), ERROR_USAGE);
    struct sampler_options defaults = sampler_defaults();
    assert_int_equal(sampler_check(&defaults, &e), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(draws_have_the_softmax_frequencies),
        cmocka_unit_test(cuts_keep_what_they_say),
        cmocka_unit_test(a_seed_is_a_text),
        cmocka_unit_test(penalties_follow_their_formulas),
        cmocka_unit_test(constraints_see_bytes),
        cmocka_unit_test(wild_logits_and_options),
    };
    return cmocka_run_group_tests_name("sampler and chat formats", tests, NULL, NULL);
}
