/* test_lex_properties.c - what holds for the tokens of any text: order, containment, determinism, linear growth.
 *
 * Texts are generated from pieces that the lexer cares about, glued at random, so that half-formed dates, versions and
 * addresses are common; plus runs of one piece, the pathological kind.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buf.h"
#include "lex/token.h"

#include <stdlib.h>
#include <time.h>

static const char *const PIECES[] = {"1",
                                     "12",
                                     "2026",
                                     "0",
                                     "5.5",
                                     "3.11",
                                     "13.0.2",
                                     ".",
                                     ",",
                                     "-",
                                     "/",
                                     ":",
                                     "@",
                                     "#",
                                     "~",
                                     "=",
                                     "==",
                                     ">=",
                                     "<",
                                     "^",
                                     "+",
                                     "_",
                                     "(",
                                     ")",
                                     "[",
                                     "]",
                                     "\"",
                                     "'",
                                     " ",
                                     "  ",
                                     "\n",
                                     "a",
                                     "v",
                                     "x",
                                     "k",
                                     "B",
                                     "GB",
                                     "GiB/s",
                                     "tok/s",
                                     "ms",
                                     "%",
                                     "\u00b0C",
                                     "\u00b5s",
                                     "\u2212",
                                     "\u2013",
                                     "\u2014",
                                     "\u00b1",
                                     "\u2265",
                                     "\u2192",
                                     "\u00bd",
                                     "\u20ac",
                                     "$",
                                     "\u00a0",
                                     "\u202f",
                                     "\u2026",
                                     "\u00e9",
                                     "\xff",
                                     "\xe2\x80",
                                     "CUDA",
                                     "vLLM",
                                     "Python",
                                     "kernel",
                                     "driver",
                                     "version",
                                     "port",
                                     "Section",
                                     "step",
                                     "from",
                                     "to",
                                     "between",
                                     "and",
                                     "up",
                                     "at",
                                     "least",
                                     "about",
                                     "one",
                                     "two",
                                     "twenty",
                                     "half",
                                     "million",
                                     "May",
                                     "Q3",
                                     "RTX",
                                     "4090",
                                     "B100",
                                     "q4_K_M",
                                     "http://",
                                     "www.",
                                     "::",
                                     "fe80",
                                     "localhost",
                                     "name",
                                     "sha256:",
                                     "error",
                                     "Error:",
                                     "exit",
                                     "status",
                                     "code",
                                     "HTTP",
                                     "404",
                                     "Permission denied",
                                     "Traceback (most recent call last)",
                                     "nodes",
                                     "GPUs",
                                     "model",
                                     "context",
                                     "per",
                                     "second",
                                     "or",
                                     "more",
                                     "src/base/str.c",
                                     "~/",
                                     "./",
                                     "/v1/",
                                     "--flag",
                                     "-p",
                                     "8080:80",
                                     "10.0.0.1",
                                     "or newer",
                                     "LTS",
                                     "1h30m",
                                     "2x",
                                     "{",
                                     "}",
                                     "|",
                                     "`",
                                     "*"};

static void check(str text, bool code) {
    arena *a = arena_new(0);
    token_list list, again;
    error e;
    assert_int_equal(lex_text(a, text, code, &list, &e), 0);
    uint32_t end = 0;
    for (uint32_t i = 0; i < list.n; i++) {
        const token *t = &list.at[i];
        if (t->text.lo < end || t->text.hi <= t->text.lo || t->text.hi > (uint64_t)text.n)
            fail_msg("token %u of '%.*s'", i, STR_ARG(text));
        if (t->core.lo < t->text.lo || t->core.hi > t->text.hi || t->core.hi < t->core.lo)
            fail_msg("core of token %u of '%.*s'", i, STR_ARG(text));
        assert_true(t->subject.lo <= t->subject.hi && t->subject.hi <= (uint64_t)text.n);
        assert_true(t->unit_text.lo <= t->unit_text.hi && t->unit_text.hi <= (uint64_t)text.n);
        assert_true(t->kind < TOKEN_KIND_COUNT && t->bound <= BOUND_MAX && t->unit < unit_count());
        assert_true((t->kind == TOKEN_QUANTITY) == (t->unit != UNIT_NONE));
        if (t->kind == TOKEN_QUANTITY) assert_true(t->value.valid);
        bool two = t->flags & (TOKEN_INTERVAL | TOKEN_CHANGE | TOKEN_PLUS_MINUS);
        assert_int_equal(t->high.valid, two);
        if (t->flags & TOKEN_COUNTED) assert_true(t->unit_text.hi > t->unit_text.lo);
        end = t->text.hi;
    }
    assert_int_equal(lex_text(a, text, code, &again, &e), 0);
    assert_int_equal(again.n, list.n);
    for (uint32_t i = 0; i < list.n; i++) {
        assert_int_equal(list.at[i].kind, again.at[i].kind);
        assert_int_equal(list.at[i].text.lo, again.at[i].text.lo);
        assert_int_equal(list.at[i].text.hi, again.at[i].text.hi);
    }
    arena_free(a);
}

static void tokens_of_any_text_are_ordered_and_inside(void **state) {
    (void)state;
    unsigned seed = 20260518;
    for (int round = 0; round < 60000; round++) {
        buf b = {0};
        int pieces = 1 + rand_r(&seed) % 14;
        for (int i = 0; i < pieces; i++) {
            buf_cstr(&b, PIECES[(size_t)rand_r(&seed) % COUNT_OF(PIECES)]);
            if (rand_r(&seed) % 3 == 0) buf_byte(&b, ' ');
        }
        check(buf_view(&b), round % 3 == 0);
        buf_free(&b);
    }
}

/* What is lexed does not depend on ordinary words around it. */
static void ordinary_words_around_change_nothing(void **state) {
    (void)state;
    static const char *const TEXTS[] = {"121 GiB",       "CUDA 12.5",  "10 to 15%",   "2026-05-18", "RTX 4090 24GB",
                                        "exit status 1", "port 30001", "/srv/models", "1.8 TB",     "a hundred nodes"};
    for (size_t i = 0; i < COUNT_OF(TEXTS); i++) {
        arena *a = arena_new(0);
        token_list alone, within;
        error e;
        lex_text(a, str_from_cstr(TEXTS[i]), false, &alone, &e);
        str longer = arena_printf(a, "we saw that, however, %s: it was so and they left it there.", TEXTS[i]);
        lex_text(a, longer, false, &within, &e);
        assert_int_equal(alone.n, within.n);
        for (uint32_t k = 0; k < alone.n; k++) {
            assert_int_equal(alone.at[k].kind, within.at[k].kind);
            assert_int_equal(alone.at[k].text.lo + 22, within.at[k].text.lo);
            assert_int_equal(alone.at[k].text.hi + 22, within.at[k].text.hi);
        }
        arena_free(a);
    }
}

static double seconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* Every run of a piece, and of two pieces, is lexed in a bounded time: a step that is quadratic over 256 KiB would take
 * minutes, a linear one takes milliseconds; the limit of two seconds tells them apart on any machine. */
static void hostile_runs_take_linear_time(void **state) {
    (void)state;
    unsigned seed = 5;
    for (size_t i = 0; i < COUNT_OF(PIECES) * 2; i++) {
        buf b = {0};
        const char *first = PIECES[i % COUNT_OF(PIECES)],
                   *second = i < COUNT_OF(PIECES) ? "" : PIECES[(size_t)rand_r(&seed) % COUNT_OF(PIECES)];
        while (b.n < (256u << 10)) buf_cstr(&b, first), buf_cstr(&b, second);
        for (int code = 0; code < 2; code++) {
            arena *a = arena_new(0);
            token_list list;
            error e;
            double start = seconds();
            assert_int_equal(lex_text(a, buf_view(&b), code, &list, &e), 0);
            if (seconds() - start > 2) fail_msg("'%s%s' takes %.1f s", first, second, seconds() - start);
            arena_free(a);
        }
        buf_free(&b);
    }
}

static void memory_that_runs_out_is_an_error(void **state) {
    (void)state;
    buf b = {0};
    for (int i = 0; i < 20000; i++) buf_cstr(&b, "5 GB, ");
    arena *a = arena_new(100000);
    token_list list;
    error e;
    assert_int_equal(lex_text(a, buf_view(&b), false, &list, &e), ERROR_MEMORY);
    arena_free(a);
    buf_free(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(tokens_of_any_text_are_ordered_and_inside),
                                       cmocka_unit_test(ordinary_words_around_change_nothing),
                                       cmocka_unit_test(hostile_runs_take_linear_time),
                                       cmocka_unit_test(memory_that_runs_out_is_an_error)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
