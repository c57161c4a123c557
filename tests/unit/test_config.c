/* test_config.c - globs, paths: what configurations and baselines compare. (Whole files: tests/cli/config.t.) */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/file.h"
#include "config/config.h"
#include "config/glob.h"
#include "config/paths.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct glob_case {
    const char *pattern, *path;
    bool matches;
} glob_case;

static void globs_are_those_of_gitignore(void **state) {
    static const glob_case cases[] = {
        {"a.md", "a.md", true},
        {"a.md", "x/a.md", true},
        {"a.md", "x/b.md", false},
        {"/a.md", "a.md", true},
        {"/a.md", "x/a.md", false},
        {"*.md", "x/y/a.md", true},
        {"*.md", "a.mdx", false},
        {"x/*.md", "x/a.md", true},
        {"x/*.md", "x/y/a.md", false},
        {"x/*.md", "z/x/a.md", false},
        {"x/**/a.md", "x/a.md", true},
        {"x/**/a.md", "x/y/z/a.md", true},
        {"**/a.md", "a.md", true},
        {"**/a.md", "x/y/a.md", true},
        {"x/**", "x/y/z.md", true},
        {"vendor/", "vendor/a.md", true},
        {"vendor/", "x/vendor/a.md", true},
        {"vendor/", "vendors/a.md", false},
        {"posts", "posts/x/a.md", true},
        {"posts/old", "posts/old/a.md", true},
        {"posts/old", "posts/older/a.md", false},
        {"a?c.md", "abc.md", true},
        {"a?c.md", "a/c.md", false},
        {"[a-c].md", "b.md", true},
        {"[!a-c].md", "b.md", false},
        {"[!a-c].md", "d.md", true},
        {"[]].md", "].md", true},
        {"a\\[b.md", "a[b.md", true},
        {"a\\*.md", "a*.md", true},
        {"a\\*.md", "ab.md", false},
        {"./a.md", "./a.md", true},
        {"*", "x/y.md", true},
        {"*/", "top.md", false},
        {"*/", "sub/s.md", true},
        {"*.md/", "a.md", false},
        {"*.md/", "x/a.md", false},
        {"*.md/", "a.md/x.md", true},
        {"content/*/", "content/top.md", false},
        {"content/*/", "content/sub/s.md", true},
        {"./a.md", "x/a.md", false},
        {"./x/a.md", "y/x/a.md", false},
        {"./a.md", "a.md", true},
        {"a**.md", "ab/c.md", false},
        {"a**.md", "abc.md", true},
        {"x/a**.md", "x/ab/c.md", false},
        {"**a/b.md", "y/a/b.md", false},
        {"x/**/a.md", "x/ba.md", false},
        {"x/**/a.md", "x/y/ba.md", false},
        {"***/a.md", "x/y/a.md", true},
        {"[[:upper:]]*.md", "Abc.md", true},
        {"[[:upper:]]*.md", "abc.md", false},
        {"[![:digit:]_].md", "_.md", false},
        {"[![:digit:]_].md", "a.md", true},
        {"[[:xdigit:]-].md", "-.md", true},
        {"[\\]].md", "].md", true},
        {"[a\\-c].md", "b.md", false},
        {"[[:a].md", ":.md", true},
        {"", "a.md", false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        if (glob_match(str_from_cstr(cases[i].pattern), str_from_cstr(cases[i].path)) != cases[i].matches)
            fail_msg("'%s' and '%s'", cases[i].pattern, cases[i].path);
}

static void what_git_would_match_nothing_with_is_refused(void **state) {
    static const char *const refused[] = {"",        "/",   "./",   "!a",     "*.{md,mdx}", "a[b",   "[[:nosuch:]]",
                                          "[[::]]a", "a\\", "a//b", "a/../b", "..",         "a/./b", ".//a",
                                          "a//",     "[a\\"};
    static const char *const taken[] = {"a\\{b", "[{]", "a\\[b", "[[:alpha:]]", "./a",
                                        "/a/",   ".a",  "..a/",  "\\\\[ab]",    "a[//b]c"};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(refused); i++)
        if (!glob_problem(str_from_cstr(refused[i]))) fail_msg("'%s' is taken", refused[i]);
    for (size_t i = 0; i < COUNT_OF(taken); i++)
        if (glob_problem(str_from_cstr(taken[i])))
            fail_msg("'%s': %s", taken[i], glob_problem(str_from_cstr(taken[i])));
}

/* The pattern that takes exponential time by backtracking. */
static void globs_take_linear_time(void **state) {
    (void)state;
    char pattern[1000], path[60000];
    for (size_t i = 0; i + 2 < sizeof pattern; i += 2) memcpy(pattern + i, "*a", 2);
    pattern[998] = 'b';
    memset(path, 'a', sizeof path);
    assert_false(glob_match(str_make(pattern, 999), str_make(path, sizeof path)));
}

static void paths_are_the_same_from_everywhere(void **state) {
    (void)state;
    arena *a = arena_new(0);
    char template[] = "/tmp/assay-paths-XXXXXX", *before = getcwd(NULL, 0);
    assert_non_null(mkdtemp(template));
    assert_int_equal(chdir(template), 0);
    char *top = realpath(".", NULL);
    str root = str_from_cstr(top);
    assert_true(str_eq(path_inside(a, STR("."), STR("gone/deep/../a.md")), STR("gone/a.md")));
    assert_true(str_eq(path_inside(a, root, STR("./a.md")), STR("a.md")));
    assert_true(str_eq(path_inside(a, root, arena_printf(a, "%s/x/a.md", top)), STR("x/a.md")));
    assert_true(str_eq(path_inside(a, STR("/"), STR("/etc/./a.md")), STR("etc/a.md")));
    assert_true(str_eq(path_inside(a, root, STR("/nowhere/a.md")), STR("/nowhere/a.md")));
    assert_string_equal(path_absolute(a, STR(".")), top);
    assert_int_equal(mkdir("real", 0777), 0);
    assert_int_equal(symlink("/nowhere", "out"), 0);
    const char *const named[][2] = {{"x/a.md", "x/a.md"},
                                    {"././x/a.md", "x/a.md"},
                                    {"real/../x//./a.md", "x/a.md"},
                                    {"%s/x/a.md", "x/a.md"},
                                    {"%s/real/../x/a.md", "x/a.md"},
                                    {"%s/out/a.md", "out/a.md"}, /* as it was named, whatever the link leads to */
                                    {"out/a.md", "out/a.md"},
                                    {"%sx/a.md", "%sx/a.md"}, /* a name that begins alike */
                                    {"/nowhere/a.md", "/nowhere/a.md"},
                                    {"../a.md", "../a.md"},
                                    {"<stdin>", "<stdin>"}};
    for (size_t i = 0; i < COUNT_OF(named); i++) {
        str given = str_from_cstr(named[i][0]), wanted = str_from_cstr(named[i][1]);
        if (str_starts(given, STR("%s"))) given = arena_printf(a, "%s%s", top, named[i][0] + 2);
        if (str_starts(wanted, STR("%s"))) wanted = arena_printf(a, "%s%s", top, named[i][1] + 2);
        str got = path_reported(a, given);
        if (!str_eq(got, wanted)) fail_msg("%.*s is reported as %.*s", STR_ARG(given), STR_ARG(got));
    }
    unlink("out");
    rmdir("real");
    assert_int_equal(chdir(before), 0);
    rmdir(template);
    free(top);
    free(before);
    arena_free(a);
}

static void a_broken_configuration_is_one_without_details_too(void **state) {
    (void)state;
    char path[] = "/tmp/assay-config-XXXXXX";
    int made = mkstemp(path);
    config *c;
    error e = {0};
    assert_true(made >= 0);
    close(made);
    assert_int_equal(file_write(path, STR("style: [\n"), &e), 0);
    assert_int_equal(config_open(path, &c, &e), ERROR_SYNTAX);
    assert_string_equal(e.file, path);
    assert_int_equal(config_open(path, &c, NULL), ERROR_SYNTAX);
    assert_null(c);
    unlink(path);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(globs_are_those_of_gitignore),
        cmocka_unit_test(what_git_would_match_nothing_with_is_refused),
        cmocka_unit_test(globs_take_linear_time),
        cmocka_unit_test(paths_are_the_same_from_everywhere),
        cmocka_unit_test(a_broken_configuration_is_one_without_details_too),
    };
    return cmocka_run_group_tests_name("config", tests, NULL, NULL);
}
