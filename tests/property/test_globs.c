/* Globs against git's own: generated patterns, each the .gitignore of one folder, and paths made to meet them; what
 * `git check-ignore` names is what glob_match matches. Fixed seed; skips where there is no git.
 *
 * Left out: "x**" behind nothing but plain bytes. git compares these apart and then takes the stars for such that begin
 * the pattern, against its own manual. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "config/glob.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATTERNS = 1500, PATHS = 40, ATOMS = 5, MAX_TEXT = 120 };

static uint64_t seed = 20260518;

static uint32_t below(uint32_t n) { /* splitmix64 */
    uint64_t z = (seed += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return (uint32_t)((z ^ (z >> 31)) % n);
}

/* A part of a pattern, and what of a path may stand for it. */
typedef struct atom {
    const char *pattern, *meets[4];
} atom;

static const atom atoms[] = {
    {"a", {"a", "a", "b", "A"}},
    {"b", {"b", "b", "a", ""}},
    {".md", {".md", ".md", ".mdx", ".m"}},
    {"/", {"/", "/", "/", "/b/"}},
    {"/", {"/", "/", "/a/b/", "/a"}},
    {"*", {"", "a", "Ab", "a/b"}},
    {"*", {"b", "ba", "/", ".md"}},
    {"**", {"", "a", "a/b", "b/a/c"}},
    {"/**/", {"/", "/a/", "/a/b/", "a/"}},
    {"**/", {"", "a/", "a/b/", "b"}},
    {"/**", {"/a", "/a/b", "/", ""}},
    {"***", {"", "a", "a/b", "b"}},
    {"?", {"a", "b", "/", ""}},
    {"[ab]", {"a", "b", "c", "/"}},
    {"[!a]", {"a", "b", "/", "A"}},
    {"[^b-]", {"-", "b", "a", "c"}},
    {"[a-c-e]", {"b", "-", "d", "e"}},
    {"[]-a]", {"]", "^", "a", "-"}},
    {"[--0]", {"-", ".", "0", "1"}},
    {"[\\]b]", {"]", "b", "\\", "a"}},
    {"[a\\-c]", {"-", "b", "c", "a"}},
    {"[[:upper:]]", {"A", "a", "Z", "1"}},
    {"[![:digit:]_]", {"1", "_", "a", "b"}},
    {"[[:alpha:]-0]", {"a", "-", "0", "5"}},
    {"[[:punct:]]", {".", "-", "_", "a"}},
    {"[[:a]", {"[", ":", "a", "b"}},
    {"[[:xdigit:][:space:]]", {"f", " ", "g", "0"}},
    {"\\*", {"*", "a", "", "*"}},
    {"\\[", {"[", "a", "[", "["}},
    {"\\a", {"a", "b", "a", "\\"}},
    {"a/", {"a/", "a", "a/b", "a/b/c"}},
};

typedef struct text {
    char at[MAX_TEXT];
} text;

static void add(text *t, const char *more) {
    if (strlen(t->at) + strlen(more) < MAX_TEXT) strcat(t->at, more);
}

/* No "//", no "." and "..", nothing at the ends: what a path is. */
static bool is_path(const char *path) {
    size_t n = strlen(path);
    if (n == 0 || path[0] == '/' || path[n - 1] == '/') return false;
    for (str rest = str_from_cstr(path), part; str_cut(&rest, '/', &part);)
        if (part.n == 0 || str_eq(part, STR(".")) || str_eq(part, STR("..")) || str_eq(part, STR(".gitignore")))
            return false;
    return true;
}

static bool plain_before_stars(const char *pattern) {
    if (*pattern == '/') pattern++;
    size_t plain = strcspn(pattern, "*?[\\");
    return plain > 0 && strncmp(pattern + plain, "**", 2) == 0 && pattern[plain - 1] != '/' && strchr(pattern, '/');
}

typedef struct trial {
    text pattern, paths[PATHS];
} trial;

static void generate(trial *t) {
    uint32_t chosen[ATOMS], n;
    str pattern;
    do {
        t->pattern.at[0] = 0;
        n = 1 + below(ATOMS);
        if (below(6) == 0) add(&t->pattern, "/");
        for (uint32_t i = 0; i < n; i++) add(&t->pattern, atoms[chosen[i] = below(COUNT_OF(atoms))].pattern);
        if (below(6) == 0) add(&t->pattern, "/");
        pattern = str_from_cstr(t->pattern.at);
    } while (glob_problem(pattern) || plain_before_stars(t->pattern.at));
    for (int k = 0; k < PATHS; k++) do {
            t->paths[k].at[0] = 0;
            if (below(4) == 0) add(&t->paths[k], below(2) ? "a/" : "b");
            for (uint32_t i = 0; i < n; i++)
                add(&t->paths[k], below(12) ? atoms[chosen[i]].meets[below(4)] : below(2) ? "a" : "/");
            if (below(4) == 0) add(&t->paths[k], below(2) ? "/a" : "x");
        } while (!is_path(t->paths[k].at) && (below(50) || (strcpy(t->paths[k].at, "a"), false)));
}

static bool shell(const char *command) {
    return system(command) == 0; // NOLINT: the commands are fixed
}

static void write_text(const char *path, const char *content) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fprintf(file, "%s\n", content);
    assert_int_equal(fclose(file), 0);
}

static void globs_match_what_git_ignores(void **state) {
    (void)state;
    char here[] = "/tmp/assay-globs-XXXXXX", path[2 * MAX_TEXT + 64], *before = getcwd(NULL, 0);
    if (!shell("git --version >/dev/null 2>&1")) skip();
    trial *trials = calloc(PATTERNS, sizeof *trials);
    bool(*ignored)[PATHS] = calloc(PATTERNS, sizeof *ignored);
    assert_true(trials && ignored && mkdtemp(here) && chdir(here) == 0);
    setenv("HOME", "/nonexistent", 1);
    setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
    unsetenv("GIT_DIR");
    unsetenv("GIT_WORK_TREE");
    assert_true(shell("git init -q ."));
    FILE *asked = fopen("asked", "wb");
    assert_non_null(asked);
    for (int i = 0; i < PATTERNS; i++) {
        generate(&trials[i]);
        snprintf(path, sizeof path, "%d", i);
        assert_int_equal(mkdir(path, 0777), 0);
        snprintf(path, sizeof path, "%d/.gitignore", i);
        write_text(path, trials[i].pattern.at);
        for (int k = 0; k < PATHS; k++) fprintf(asked, "%d/%s%c", i, trials[i].paths[k].at, 0);
    }
    assert_int_equal(fclose(asked), 0);
    /* Records of four: source, line, pattern, path; the first three empty where nothing matches. */
    assert_true(shell("git check-ignore --no-index --stdin -z -v -n <asked >said"));
    FILE *said = fopen("said", "rb");
    assert_non_null(said);
    for (int i = 0; i < PATTERNS; i++)
        for (int k = 0; k < PATHS; k++)
            for (int field = 0, c; field < 4; field++)
                for (bool first = true; (c = fgetc(said)) > 0; first = false)
                    if (field == 0 && first) ignored[i][k] = true;
    fclose(said);
    int matches = 0, wrong = 0;
    for (int i = 0; i < PATTERNS; i++)
        for (int k = 0; k < PATHS; k++) {
            bool ours = glob_match(str_from_cstr(trials[i].pattern.at), str_from_cstr(trials[i].paths[k].at));
            matches += ours;
            if (ours == ignored[i][k]) continue;
            if (wrong++ < 10)
                print_error("'%s' and '%s': git says %d\n", trials[i].pattern.at, trials[i].paths[k].at, ignored[i][k]);
        }
    assert_int_equal(chdir(before), 0);
    snprintf(path, sizeof path, "rm -rf %s", here);
    assert_true(shell(path));
    free(trials);
    free(ignored);
    free(before);
    assert_int_equal(wrong, 0);
    /* A generator whose paths meet nothing would prove nothing. */
    assert_in_range(matches, PATTERNS * PATHS / 10, PATTERNS * PATHS * 9 / 10);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(globs_match_what_git_ignores)};
    return cmocka_run_group_tests_name("globs", tests, NULL, NULL);
}
