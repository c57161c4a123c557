/* cmocka.h - the few cmocka calls that the kernel tests use, for a cross build: distributions have cmocka for the
 * machine that builds, not for the one that is emulated. A failed assertion ends the program. */
#ifndef ASSAY_TESTS_ARM64_CMOCKA_H
#define ASSAY_TESTS_ARM64_CMOCKA_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct CMUnitTest {
    const char *name;
    void (*run)(void **state);
};
#define cmocka_unit_test(function)                                                                                     \
    { #function, function }

#define fail_msg(...)                                                                                                  \
    do {                                                                                                               \
        printf("not ok - %s:%d: ", __FILE__, __LINE__);                                                                \
        printf(__VA_ARGS__);                                                                                           \
        printf("\n");                                                                                                  \
        exit(1);                                                                                                       \
    } while (0)
#define assert_true(x)                                                                                                 \
    do {                                                                                                               \
        if (!(x)) fail_msg("%s", #x);                                                                                  \
    } while (0)
#define assert_false(x) assert_true(!(x))
#define assert_int_equal(a, b) assert_true((long long)(a) == (long long)(b))
#define assert_int_not_equal(a, b) assert_true((long long)(a) != (long long)(b))
#define assert_null(p) assert_true((p) == NULL)
#define assert_non_null(p) assert_true((p) != NULL)
#define assert_memory_equal(a, b, n) assert_true(memcmp(a, b, n) == 0)
#define assert_string_equal(a, b) assert_true(strcmp(a, b) == 0)

static inline int run_all(const struct CMUnitTest *tests, size_t count) {
    printf("1..%zu\n", count);
    for (size_t i = 0; i < count; i++) {
        tests[i].run(NULL);
        printf("ok %zu - %s\n", i + 1, tests[i].name);
        fflush(stdout);
    }
    return 0;
}
#define cmocka_run_group_tests_name(name, tests, setup, teardown) run_all(tests, sizeof(tests) / sizeof((tests)[0]))
#define cmocka_run_group_tests(tests, setup, teardown) run_all(tests, sizeof(tests) / sizeof((tests)[0]))

#endif
