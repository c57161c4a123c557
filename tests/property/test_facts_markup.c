/* test_facts_markup.c - the same article, written or set otherwise, is judged alike.
 *
 * The corpus' articles and the true sentences of each studied operation, once as they are and once with one edit all
 * over their prose: a typographer's apostrophes, blanks and hyphens, entities for them, other Markdown for strong text,
 * list items and tables. Every claim must keep its kind, its verdict and its fact, in order.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/file.h"
#include "tests/support/judged.h"

static const char *const OPERATIONS[] = {"kestrel",   "fernhill",  "harborlight", "millbrook",
                                         "tidewater", "ravenscar", "wendlebury"};

/* Writes what stands for the byte at `at` of a line of prose and returns how many of its bytes that takes; 0 where the
 * edit changes nothing there. */
typedef ptrdiff_t edit_at(buf *out, str line, ptrdiff_t at);
typedef struct edit {
    edit_at *at;
    bool everywhere; /* also in lines that hold code and links */
} edit;

static bool is_between(str line, ptrdiff_t at, bool digits) {
    if (at == 0 || at + 1 >= line.n) return false;
    uint8_t before = line.p[at - 1], behind = line.p[at + 1];
    return digits ? byte_is_digit(before) && byte_is_alpha(behind) : byte_is_alpha(before) && byte_is_alpha(behind);
}

static ptrdiff_t put(buf *out, const char *text) { return buf_cstr(out, text), 1; }

static ptrdiff_t set_apostrophes(buf *out, str line, ptrdiff_t at) {
    return line.p[at] == '\'' && is_between(line, at, false) ? put(out, "\u2019") : 0;
}
static ptrdiff_t set_blanks(buf *out, str line, ptrdiff_t at) {
    return line.p[at] == ' ' && is_between(line, at, true) ? put(out, "\u00a0") : 0;
}
static ptrdiff_t set_narrow_blanks(buf *out, str line, ptrdiff_t at) {
    return line.p[at] == ' ' && is_between(line, at, true) ? put(out, "\u202f") : 0;
}
static ptrdiff_t set_hyphens(buf *out, str line, ptrdiff_t at) {
    return line.p[at] == '-' && is_between(line, at, false) ? put(out, "\u2011") : 0;
}
static ptrdiff_t write_entities(buf *out, str line, ptrdiff_t at) {
    if (line.p[at] == '\'' && is_between(line, at, false)) return put(out, "&rsquo;");
    return line.p[at] == ' ' && is_between(line, at, true) ? put(out, "&nbsp;") : 0;
}
static ptrdiff_t write_dashes_as_entities(buf *out, str line, ptrdiff_t at) {
    str rest = str_slice(line, at, line.n);
    if (str_starts(rest, STR("\u2013"))) return buf_cstr(out, "&ndash;"), 3;
    return str_starts(rest, STR("\u2014")) ? (buf_cstr(out, "&mdash;"), 3) : 0;
}
static ptrdiff_t write_strong_otherwise(buf *out, str line, ptrdiff_t at) {
    bool outer = (at == 0 || !byte_is_alnum(line.p[at - 1])) && str_starts(str_slice(line, at, line.n), STR("**"));
    ptrdiff_t end = outer ? str_find(line, STR("**"), at + 2) : -1;
    if (end < at + 3 || (end + 2 < line.n && byte_is_alnum(line.p[end + 2]))) return 0;
    buf_cstr(out, "__");
    buf_str(out, str_slice(line, at + 2, end));
    buf_cstr(out, "__");
    return end + 2 - at;
}
static ptrdiff_t write_items_otherwise(buf *out, str line, ptrdiff_t at) {
    bool first = str_trim(str_slice(line, 0, at)).n == 0, item = str_starts(str_slice(line, at, line.n), STR("- "));
    return first && item ? put(out, "*") : 0;
}
static ptrdiff_t pad_cells(buf *out, str line, ptrdiff_t at) {
    return line.p[0] == '|' && line.p[at] == '|' && at > 0 && line.p[at - 1] != '\\' ? put(out, "  |") : 0;
}

/* Lines whose bytes are not all prose are left alone. */
static bool is_prose(str line) {
    static const char *const others[] = {"`", "](", "://", "<", "    "};
    for (size_t i = 0; i < COUNT_OF(others); i++)
        if (str_find(line, str_from_cstr(others[i]), 0) >= 0) return false;
    return true;
}

static void edit_lines(str source, edit change, buf *out) {
    str rest = source, line;
    bool fenced = false, front = str_starts(source, STR("---\n")) || str_starts(source, STR("+++\n"));
    for (uint32_t n = 0; str_cut(&rest, '\n', &line); n++) {
        bool fence = str_starts(line, STR("```")) || str_starts(line, STR("~~~"));
        if (fence) fenced = !fenced;
        if (front && n > 0 && (str_eq(line, STR("---")) || str_eq(line, STR("+++")))) front = false;
        bool prose = !front && !fenced && !fence && (change.everywhere || is_prose(line));
        for (ptrdiff_t at = 0, took; at < line.n; at += took) {
            took = prose ? change.at(out, line, at) : 0;
            if (took) continue;
            buf_byte(out, line.p[at]);
            took = 1;
        }
        buf_byte(out, '\n');
    }
}

typedef struct tally {
    size_t articles, claims;
} tally;

static void compare(const manifest *m, const char *path, str source, edit change, tally *seen) {
    if (str_starts(str_trim(source), STR("```"))) return; /* all of it in a fence */
    buf other = {0};
    edit_lines(source, change, &other);
    if (!str_eq(source, buf_view(&other))) {
        judged x = judged_text(m, path, source, true), y = judged_text(m, path, buf_view(&other), true);
        for (size_t i = 0; i < x.claims.n && i < y.claims.n; i++) {
            const claim *a = &x.claims.at[i], *b = &y.claims.at[i];
            if (a->kind == b->kind && a->verdict == b->verdict && str_eq(a->fact, b->fact)) continue;
            print_error("%s:%u: \"%.*s\" %s, then \"%.*s\" %s\n", path, judged_line(&x, a), STR_ARG(a->quote),
                        verdict_name(a->verdict), STR_ARG(b->quote), verdict_name(b->verdict));
            fail();
        }
        assert_int_equal(x.claims.n, y.claims.n);
        seen->articles++;
        seen->claims += x.claims.n;
        judged_free(&x);
        judged_free(&y);
    }
    buf_free(&other);
}

/* The true sentences of a list, each a paragraph. */
static void paragraphs(str list, buf *out) {
    str line;
    while (str_cut(&list, '\n', &line)) {
        if (str_find(line, STR("\\n"), 0) >= 0) continue; /* several lines in one */
        buf_str(out, line);
        buf_cstr(out, "\n\n");
    }
}

static void compare_operation(const char *name, edit change, tally *seen) {
    char path[512];
    const char *paths[1] = {path};
    manifest *m = NULL;
    arena *a = arena_new(0);
    str source;
    snprintf(path, sizeof path, "corpus/manifests/%s.yaml", name);
    assert_int_equal(manifest_load_files(paths, 1, &m, NULL), 0);

    for (size_t f = 0; f < 2; f++) {
        char folder[128];
        snprintf(folder, sizeof folder, f ? "corpus/articles/%s/fail" : "corpus/articles/%s/pass", name);
        DIR *d = opendir(folder);
        for (struct dirent *entry; d && (entry = readdir(d));) {
            if (entry->d_name[0] == '.') continue;
            snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
            assert_int_equal(file_read(a, path, 1 << 20, &source, NULL), 0);
            compare(m, path, source, change, seen);
        }
        if (d) closedir(d);
    }
    snprintf(path, sizeof path, "tests/facts/%s.true", name);
    assert_int_equal(file_read(a, path, 1 << 20, &source, NULL), 0);
    buf text = {0};
    paragraphs(source, &text);
    compare(m, path, buf_view(&text), change, seen);
    buf_free(&text);
    arena_free(a);
    manifest_free(m);
}

static void compare_all(edit change, size_t least_claims) {
    tally seen = {0};
    for (size_t i = 0; i < COUNT_OF(OPERATIONS); i++) compare_operation(OPERATIONS[i], change, &seen);
    assert_in_range(seen.claims, least_claims, 1000000);
}

static void apostrophes_set_by_a_typographer(void **state) {
    (void)state, compare_all((edit){set_apostrophes, false}, 4000);
}
static void blanks_that_do_not_break(void **state) { (void)state, compare_all((edit){set_blanks, false}, 4000); }
static void narrow_blanks(void **state) { (void)state, compare_all((edit){set_narrow_blanks, false}, 4000); }
static void hyphens_that_do_not_break(void **state) { (void)state, compare_all((edit){set_hyphens, false}, 4000); }
static void entities(void **state) { (void)state, compare_all((edit){write_entities, false}, 4000); }
static void dashes_as_entities(void **state) { (void)state, compare_all((edit){write_dashes_as_entities, false}, 100); }
static void strong_text_by_underscores(void **state) {
    (void)state, compare_all((edit){write_strong_otherwise, false}, 400);
}
static void items_by_asterisks(void **state) { (void)state, compare_all((edit){write_items_otherwise, true}, 1000); }
static void padded_cells(void **state) { (void)state, compare_all((edit){pad_cells, true}, 1000); }

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(apostrophes_set_by_a_typographer),
        cmocka_unit_test(blanks_that_do_not_break),
        cmocka_unit_test(narrow_blanks),
        cmocka_unit_test(hyphens_that_do_not_break),
        cmocka_unit_test(entities),
        cmocka_unit_test(dashes_as_entities),
        cmocka_unit_test(strong_text_by_underscores),
        cmocka_unit_test(items_by_asterisks),
        cmocka_unit_test(padded_cells),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
