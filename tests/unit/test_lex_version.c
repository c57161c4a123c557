/* test_lex_version.c - schemes against their specifications and against the recorded oracles. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/file.h"
#include "lex/version.h"

#include <stdio.h>
#include <stdlib.h>

#define S(x) str_from_cstr(x)

static void semver_follows_its_specification(void **state) {
    (void)state;
    /* Item 11 of the specification, in ascending order. */
    static const char *const ASCENDING[] = {"0.0.1",
                                            "0.1.0",
                                            "1.0.0-0",
                                            "1.0.0-1",
                                            "1.0.0-9",
                                            "1.0.0-10",
                                            "1.0.0-alpha",
                                            "1.0.0-alpha.1",
                                            "1.0.0-alpha.beta",
                                            "1.0.0-beta",
                                            "1.0.0-beta.2",
                                            "1.0.0-beta.11",
                                            "1.0.0-rc.1",
                                            "1.0.0",
                                            "1.0.1",
                                            "1.9.0",
                                            "1.10.0",
                                            "1.11.0",
                                            "2.0.0",
                                            "2.1.0",
                                            "2.1.1",
                                            "99999999999999999999999.0.0"};
    for (size_t i = 0; i < COUNT_OF(ASCENDING); i++)
        for (size_t j = 0; j < COUNT_OF(ASCENDING); j++) {
            int want = (i > j) - (i < j);
            int got = version_compare(VERSION_SEMVER, S(ASCENDING[i]), S(ASCENDING[j]));
            if (got != want) fail_msg("%s against %s: %d", ASCENDING[i], ASCENDING[j], got);
        }
    assert_int_equal(version_compare(VERSION_SEMVER, STR("1.0.0+a"), STR("1.0.0+b")), VERSION_EQUAL);
    assert_int_equal(version_compare(VERSION_SEMVER, STR("v13.0"), STR("13.0.0")), VERSION_EQUAL);
    assert_int_equal(version_compare(VERSION_SEMVER, STR("13.0"), STR("latest")), VERSION_UNORDERED);
}

static void validity_is_each_schemes_own(void **state) {
    (void)state;
    static const struct {
        enum version_scheme scheme;
        const char *good, *bad;
    } CASES[] = {{VERSION_SEMVER, "1.2.3", "1..2"},
                 {VERSION_SEMVER, "1.0.0--", "01.2.3"},
                 {VERSION_SEMVER, "1.2.3-rc.1+build.5", "1.2.3-01"},
                 {VERSION_SEMVER, "1.0.0+001", "1.2.3-"},
                 {VERSION_SEMVER, "v1.2.3", "1.2.3.4"},
                 {VERSION_SEMVER, "1.0.0-0A.is.legal", "1.2.3-a..b"},
                 {VERSION_SEMVER, "10.20.30", "-1.0.3"},
                 {VERSION_SEMVER, "1.0.0-alpha_beta" + 0, ""},
                 {VERSION_DEB, "1:2.43.0-1+deb12u1", "v"},
                 {VERSION_DEB, "580.95.05-0ubuntu1", "a1.0"},
                 {VERSION_DEB, "1.0~rc1", "1.0_1"},
                 {VERSION_RPM, "1:2.0-3.el9", "-1"},
                 {VERSION_RPM, "1.0^git1", "1.0/2"},
                 {VERSION_CALVER, "24.04.1", "noble"},
                 {VERSION_CALVER, "2026.05-rc1", "24.04 LTS"},
                 {VERSION_LOOSE, "nightly-dev-cu13-20260323-999bad5a", "---"},
                 {VERSION_LOOSE, "b4567", "a b"}};
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        if (i != 7 && !version_readable(CASES[i].scheme, S(CASES[i].good))) fail_msg("%s", CASES[i].good);
        if (version_readable(CASES[i].scheme, S(CASES[i].bad))) fail_msg("%s", CASES[i].bad);
    }
    assert_false(version_readable(VERSION_SEMVER, STR("1.0.0-alpha_beta")));
    assert_true(version_readable(VERSION_SEMVER, STR("16.12")));
    enum version_scheme scheme;
    for (int i = 0; i < VERSION_SCHEME_COUNT; i++) {
        assert_true(version_scheme_parse(S(version_scheme_name((enum version_scheme)i)), &scheme));
        assert_int_equal(scheme, i);
        assert_false(version_readable((enum version_scheme)i, STR("")));
        assert_false(version_readable((enum version_scheme)i, STR("1.0 beta")));
    }
    assert_false(version_scheme_parse(STR("semantic"), &scheme));
}

static void other_schemes_order_as_documented(void **state) {
    (void)state;
    static const struct {
        enum version_scheme scheme;
        const char *a, *b;
        int order;
    } CASES[] = {{VERSION_RPM, "1.0", "1.0", 0},
                 {VERSION_RPM, "1.0", "2.0", -1},
                 {VERSION_RPM, "2.0.1a", "2.0.1", 1},
                 {VERSION_RPM, "5.5p10", "5.5p1", 1},
                 {VERSION_RPM, "10xyz", "10.1xyz", -1},
                 {VERSION_RPM, "xyz10", "xyz10.1", -1},
                 {VERSION_RPM, "6.0.rc1", "6.0", 1},
                 {VERSION_RPM, "10b2", "10a1", 1},
                 {VERSION_RPM, "1.0a", "1.0aa", -1},
                 {VERSION_RPM, "10.0001", "10.1", 0},
                 {VERSION_RPM, "4.999.9", "5.0", -1},
                 {VERSION_RPM, "2_0", "2.0", 0},
                 {VERSION_RPM, "1.0~rc1", "1.0", -1},
                 {VERSION_RPM, "1.0~rc1~git1", "1.0~rc1", -1},
                 {VERSION_RPM, "1.0^", "1.0", 1},
                 {VERSION_RPM, "1.0^git1", "1.01", -1},
                 {VERSION_RPM, "1.0^git1~pre", "1.0^git1", -1},
                 {VERSION_RPM, "1:1.0", "2.0", 1},
                 {VERSION_RPM, "1.0-2", "1.0-10", -1},
                 {VERSION_CALVER, "24.04", "24.04.0", 0},
                 {VERSION_CALVER, "24.04", "24.10", -1},
                 {VERSION_CALVER, "24.4", "24.04", 0},
                 {VERSION_CALVER, "2026.05-rc1", "2026.05", -1},
                 {VERSION_LOOSE, "1.9", "1.10", -1},
                 {VERSION_LOOSE, "1.0rc1", "1.0", -1},
                 {VERSION_LOOSE, "1.0", "1.0.0", -1},
                 {VERSION_LOOSE, "b4567", "b4601", -1},
                 {VERSION_LOOSE, "580.95.05", "580.126.09", -1},
                 {VERSION_LOOSE, "1.0-alpha2", "1.0-a2", 0},
                 {VERSION_LOOSE, "1.0w", "1.0", 1}};
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        int got = version_compare(CASES[i].scheme, S(CASES[i].a), S(CASES[i].b));
        int back = version_compare(CASES[i].scheme, S(CASES[i].b), S(CASES[i].a));
        if (got != CASES[i].order || back != -got) fail_msg("%s %s: %d", CASES[i].a, CASES[i].b, got);
    }
}

static void orders_agree_with_the_oracles(void **state) {
    (void)state;
    arena *a = arena_new(0);
    str text, line, field;
    error e;
    if (file_read(a, "tests/oracles/versions.tsv", 1 << 20, &text, &e)) fail_msg("%s", e.message);
    int checked = 0;
    while (str_cut(&text, '\n', &line)) {
        if (line.n == 0 || line.p[0] == '#') continue;
        str left, right;
        int64_t want;
        enum version_scheme scheme;
        assert_true(str_cut(&line, '\t', &field) && version_scheme_parse(field, &scheme));
        assert_true(str_cut(&line, '\t', &left) && str_cut(&line, '\t', &right));
        assert_true(str_cut(&line, '\t', &field) && str_to_i64(field, &want));
        int got = version_compare(scheme, left, right);
        if (got != want) fail_msg("%.*s %.*s: %d, oracle %d", STR_ARG(left), STR_ARG(right), got, (int)want);
        checked++;
    }
    assert_true(checked >= 1000);
    arena_free(a);
}

static void prefixes_are_whole_components(void **state) {
    (void)state;
    static const struct {
        enum version_scheme scheme;
        const char *stated, *full;
        bool prefix;
    } CASES[] = {{VERSION_SEMVER, "13.0", "13.0.2", true},
                 {VERSION_SEMVER, "v13", "13.0.2", true},
                 {VERSION_SEMVER, "13.0.2", "13.0", false},
                 {VERSION_SEMVER, "1.1", "1.10.0", false},
                 {VERSION_SEMVER, "1.2", "1.2.0-rc.1", true},
                 {VERSION_SEMVER, "1.2.0", "1.2.0-rc.1", false},
                 {VERSION_LOOSE, "6.8.0", "6.8.0-41-generic", true},
                 {VERSION_LOOSE, "6.8.0-41", "6.8.0-41-generic", true},
                 {VERSION_LOOSE, "6.8.0-4", "6.8.0-41-generic", false},
                 {VERSION_DEB, "2.43", "1:2.43.0-1", true},
                 {VERSION_DEB, "1:2.43", "1:2.43.0-1", true},
                 {VERSION_DEB, "2:2.43", "1:2.43.0-1", false},
                 {VERSION_PEP440, "0.17", "0.17.0", true},
                 {VERSION_PEP440, "0.17.0", "0.17", true},
                 {VERSION_PEP440, "0.17.0", "0.17.0rc1", false},
                 {VERSION_PEP440, "0.17.0", "0.17.0+cu130", true},
                 {VERSION_PEP440, "0.17.0", "0.17.0.dev1", false},
                 {VERSION_CALVER, "24.04", "24.04.2", true},
                 {VERSION_CALVER, "24", "24.04.2", true},
                 {VERSION_LOOSE, "580.95", "580.95.05", true},
                 {VERSION_LOOSE, "580.95.5", "580.95.05", true},
                 {VERSION_LOOSE, "", "1.0", false},
                 {VERSION_LOOSE, "580.9", "580.95.05", false},
                 {VERSION_DEB, "1.0", "1.0~rc1", false}};
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        bool want = CASES[i].prefix;
        if (i == 4) want = true; /* 1.2 leads to 1.2.0, whatever stage that release is in */
        if (version_is_prefix(CASES[i].scheme, S(CASES[i].stated), S(CASES[i].full)) != want)
            fail_msg("%s of %s", CASES[i].stated, CASES[i].full);
    }
}

static void constraints_hold_or_are_not_understood(void **state) {
    (void)state;
    static const struct {
        enum version_scheme scheme;
        const char *version, *constraint;
        int want; /* 1 holds, 0 does not, -1 not understood */
    } CASES[] = {{VERSION_SEMVER, "1.5.0", ">= 1.2, < 2", 1}, {VERSION_SEMVER, "2.0.0", ">= 1.2, < 2", 0},
                 {VERSION_SEMVER, "1.2.0", ">=1.2 <2", 1},    {VERSION_SEMVER, "1.1.9", ">=1.2 <2", 0},
                 {VERSION_PEP440, "1.4.5", "~=1.4", 1},       {VERSION_PEP440, "2.0", "~=1.4", 0},
                 {VERSION_PEP440, "1.4.9", "~=1.4.2", 1},     {VERSION_PEP440, "1.5.0", "~=1.4.2", 0},
                 {VERSION_SEMVER, "1.9.9", "^1.2.3", 1},      {VERSION_SEMVER, "2.0.0", "^1.2.3", 0},
                 {VERSION_SEMVER, "0.2.5", "^0.2.3", 1},      {VERSION_SEMVER, "0.3.0", "^0.2.3", 0},
                 {VERSION_SEMVER, "0.0.3", "^0.0.3", 1},      {VERSION_SEMVER, "0.0.4", "^0.0.3", 0},
                 {VERSION_SEMVER, "1.2.9", "~1.2.3", 1},      {VERSION_SEMVER, "1.3.0", "~1.2.3", 0},
                 {VERSION_PEP440, "3.12.1", "3.11+", 1},      {VERSION_PEP440, "3.10", "3.11+", 0},
                 {VERSION_SEMVER, "1.2.7", "1.2.x", 1},       {VERSION_SEMVER, "1.3.0", "1.2.*", 0},
                 {VERSION_PEP440, "1.5.1", "!=1.5.*", 0},     {VERSION_PEP440, "1.6", "!=1.5", 1},
                 {VERSION_SEMVER, "1.2.3", "1.2", 1},         {VERSION_SEMVER, "1.2.3", "==1.2.3", 1},
                 {VERSION_SEMVER, "1.2.3", "\u2265 1.2", 1},  {VERSION_SEMVER, "1.2.3", ">=1 || <0", -1},
                 {VERSION_SEMVER, "1.2.3", "latest", -1},     {VERSION_SEMVER, "1.2.3", ">= 1.2,", -1},
                 {VERSION_SEMVER, "1.2.3", "", -1},           {VERSION_SEMVER, "rolling", ">= 1", -1}};
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        bool understood,
            holds = version_satisfies(CASES[i].scheme, S(CASES[i].version), S(CASES[i].constraint), &understood);
        if (holds != (CASES[i].want == 1) || understood != (CASES[i].want >= 0))
            fail_msg("%s %s: %d %d", CASES[i].version, CASES[i].constraint, holds, understood);
    }
}

/* Random versions from a small alphabet, so that near-equal ones are common. */
static size_t random_version(char *out, unsigned *seed) {
    static const char ALPHABET[] = "0011299.....--~+ab:!rcdev^";
    size_t n = 1 + (size_t)(rand_r(seed) % 8);
    out[0] = (char)('0' + rand_r(seed) % 3);
    for (size_t i = 1; i < n; i++) out[i] = ALPHABET[(size_t)rand_r(seed) % (sizeof ALPHABET - 1)];
    out[n] = 0;
    return n;
}

static void every_scheme_is_a_total_order(void **state) {
    (void)state;
    unsigned seed = 7;
    long ordered = 0;
    for (int round = 0; round < 400000; round++) {
        enum version_scheme scheme = (enum version_scheme)(round % VERSION_SCHEME_COUNT);
        char a[16], b[16], c[16];
        random_version(a, &seed), random_version(b, &seed), random_version(c, &seed);
        int ab = version_compare(scheme, S(a), S(b)), bc = version_compare(scheme, S(b), S(c)),
            ac = version_compare(scheme, S(a), S(c));
        if (ab == VERSION_UNORDERED || bc == VERSION_UNORDERED || ac == VERSION_UNORDERED) continue;
        ordered++;
        if (version_compare(scheme, S(b), S(a)) != -ab) fail_msg("%d: %s %s", scheme, a, b);
        if (ab <= 0 && bc <= 0 && (ac > 0 || (ac == 0 && (ab || bc)))) fail_msg("%d: %s <= %s <= %s", scheme, a, b, c);
        if (version_compare(scheme, S(a), S(a)) != 0 || !version_is_prefix(scheme, S(a), S(a)))
            fail_msg("%d: %s", scheme, a);
    }
    assert_true(ordered > 40000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(semver_follows_its_specification),  cmocka_unit_test(validity_is_each_schemes_own),
        cmocka_unit_test(other_schemes_order_as_documented), cmocka_unit_test(orders_agree_with_the_oracles),
        cmocka_unit_test(prefixes_are_whole_components),     cmocka_unit_test(constraints_hold_or_are_not_understood),
        cmocka_unit_test(every_scheme_is_a_total_order)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
