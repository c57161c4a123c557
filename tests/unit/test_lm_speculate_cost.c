/* test_lm_speculate_cost.c - guessing on made-up machines: how much it gains where it pays, and how little it loses
 * where it does not. Times are the machine's, so nothing here depends on how fast the tests run. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "lm/speculate_cost.h"

/* A step of C columns takes 1 + extra x (C - 1), sometimes much longer; what was read before is met again in one step
 * of `seldom`, and each guessed token is right with `chance`. */
struct machine {
    double extra, chance;
    uint32_t seldom, texts;
    bool disturbed;
    uint64_t random;
    uint32_t steps, guesses;
};

static double draw(struct machine *m) {
    m->random ^= m->random << 13, m->random ^= m->random >> 7, m->random ^= m->random << 17;
    return (double)(m->random >> 11) * 0x1p-53;
}

static double step_seconds(struct machine *m, uint32_t columns) {
    double seconds = 1 + m->extra * (columns - 1) + 0.02 * draw(m);
    return m->disturbed && draw(m) < 0.05 ? seconds * 20 : seconds;
}

/* Seconds for `tokens` tokens of all texts together. */
static double write_with(struct machine *m, struct speculate_cost *c, uint32_t tokens) {
    double all = 0, chance = 0.5;
    for (uint32_t written = 0; written < tokens; m->steps++) {
        uint32_t columns = m->texts, given = m->texts;
        for (uint32_t i = 0; i < m->texts; i++) {
            bool met = m->seldom && draw(m) * m->seldom < 1;
            bool open = c && speculate_cost_open(c);
            uint32_t n = met && open ? speculate_cost_choose(c, m->texts, columns, 7, chance) : 0, right = 0;
            while (right < n && draw(m) < m->chance) right++;
            if (n) chance += 0.1 * ((double)right / (right + (right < n)) - chance); /* as it is learnt */
            columns += n, given += right, m->guesses += n;
        }
        double seconds = step_seconds(m, columns);
        if (c) speculate_cost_add(c, m->texts, columns, given, seconds);
        all += m->disturbed && seconds > 10 ? 1 : seconds; /* what disturbs a step is not the policy's */
        written += given;
    }
    return all;
}

static double ratio(struct machine m, struct speculate_cost *c, uint32_t tokens) {
    struct machine without = m;
    m.random = without.random = 4711;
    double with = write_with(&m, c, tokens), plain = write_with(&without, NULL, tokens);
    return plain / with;
}

static void what_pays_is_done(void **state) {
    (void)state;
    static const struct {
        struct machine m;
        double least;
    } cases[] = {
        {{.extra = 0.02, .chance = 0.8, .seldom = 2, .texts = 1},
         1.8}, /* memory is the limit, the text repeats itself */
        {{.extra = 0.02, .chance = 0.5, .seldom = 4, .texts = 1}, 1.1},  /* less so */
        {{.extra = 0.10, .chance = 0.8, .seldom = 2, .texts = 1}, 1.35}, /* wide steps cost more */
        {{.extra = 0.02, .chance = 0.8, .seldom = 2, .texts = 4}, 1.2},  /* four columns are left for four texts */
        {{.extra = 0.02, .chance = 0.8, .seldom = 2, .texts = 1, .disturbed = true}, 1.6},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct speculate_cost c = {0};
        double got = ratio(cases[i].m, &c, 2000);
        if (got < cases[i].least) fail_msg("case %zu: %.3f times as fast, not %.3f", i, got, cases[i].least);
    }
}

static void what_does_not_pay_costs_at_most_three_percent(void **state) {
    (void)state;
    static const struct machine machines[] = {
        {.extra = 1.0, .chance = 0.5, .seldom = 1, .texts = 1}, /* each column costs a step */
        {.extra = 1.0, .chance = 0.9, .seldom = 1, .texts = 1},
        {.extra = 0.6, .chance = 0.3, .seldom = 1, .texts = 1},
        {.extra = 0.3, .chance = 0.1, .seldom = 1, .texts = 1},
        {.extra = 0.1, .chance = 0.0, .seldom = 1, .texts = 1}, /* never right */
        {.extra = 0.02, .chance = 0.0, .seldom = 1, .texts = 1},
        {.extra = 0.3, .chance = 0.1, .seldom = 3, .texts = 3},
        {.extra = 0.6, .chance = 0.3, .seldom = 1, .texts = 1, .disturbed = true},
        {.extra = 0.02, .chance = 0.9, .seldom = 1, .texts = 9}, /* nothing is left for guesses */
    };
    for (size_t i = 0; i < COUNT_OF(machines); i++) {
        struct speculate_cost c = {0};
        double got = ratio(machines[i], &c, 2000);
        if (got < 0.97) fail_msg("machine %zu: %.3f of the speed without guesses", i, got);
    }
}

/* Guesses that were right stop being right, as when a story ends and a list begins; then they are right again. */
static void a_change_is_noticed(void **state) {
    (void)state;
    struct speculate_cost c = {0};
    struct machine good = {.extra = 0.1, .chance = 0.9, .seldom = 1, .texts = 1}, bad = good;
    bad.chance = 0.02;
    assert_true(ratio(good, &c, 2000) > 1.5);
    assert_true(ratio(bad, &c, 4000) > 0.97);
    assert_true(ratio(good, &c, 4000) > 1.3);
}

static void widths_are_estimated_from_those_measured(void **state) {
    (void)state;
    struct speculate_cost c = {0};
    assert_true(speculate_cost_seconds(&c, 1) == 0);
    assert_int_equal(speculate_cost_choose(&c, 1, 1, 7, 1.0), 0);                  /* nothing is known */
    for (int i = 0; i < 5; i++) speculate_cost_add(&c, 1, 1, 1, i == 2 ? 100 : 2); /* one step was disturbed */
    assert_true(speculate_cost_seconds(&c, 1) == 2);
    assert_true(speculate_cost_seconds(&c, 3) == 6); /* the worst is supposed */
    speculate_cost_add(&c, 1, 4, 4, 5);
    assert_true(speculate_cost_seconds(&c, 3) == 4);
    assert_true(speculate_cost_seconds(&c, 6) == 7);
    assert_int_equal(speculate_cost_choose(&c, 1, 1, 7, 1.0), 7);
    assert_int_equal(speculate_cost_choose(&c, 1, 6, 7, 1.0), 2); /* columns that are left */
    assert_int_equal(speculate_cost_choose(&c, 1, 1, 0, 1.0), 0);
    assert_int_equal(speculate_cost_choose(&c, 1, 8, 7, 1.0), 0);
    speculate_cost_add(&c, 2, 1, 1, 1); /* what cannot be teaches nothing */
    speculate_cost_add(&c, 0, 1, 1, 1);
    speculate_cost_add(&c, 1, 9, 1, 1);
    speculate_cost_add(&c, 1, 1, 1, 0);
    assert_true(speculate_cost_seconds(&c, 1) == 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_pays_is_done),
        cmocka_unit_test(what_does_not_pay_costs_at_most_three_percent),
        cmocka_unit_test(a_change_is_noticed),
        cmocka_unit_test(widths_are_estimated_from_those_measured),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
