/* test_base.c - str, arena, buf, json, utf8, file, yaml, hash. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/shown.h"
#include "base/str.h"
#include "base/utf8.h"
#include "base/yaml.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* One very long line with letters of two, three and four bytes and with broken ones: columns by marks equal columns by
 * counting. */
static void long_lines_have_the_same_columns(void **state) {
    (void)state;
    arena *a = arena_new(0);
    buf text = {0};
    static const char *const pieces[] = {"plain ", "\xc3\xa9", "\xe2\x80\x94", "\xf0\x9f\x92\xa1", "\xff", "\xe2\x80"};
    buf_cstr(&text, "\xef\xbb\xbf"
                    "first\n");
    for (unsigned i = 0; i < 9000; i++) buf_cstr(&text, pieces[(i * 7 + i / 5) % COUNT_OF(pieces)]);
    buf_cstr(&text, "\nshort \xc3\xa9 line\n");
    str all = buf_view(&text);
    line_table t = line_table_make(a, all);
    assert_non_null(t.marks);
    uint32_t line = 1;
    for (ptrdiff_t at = 3, start = 3, codes = 0; at < all.n; codes++) {
        uint32_t code;
        place p = line_table_place(&t, (uint32_t)at);
        if (p.line != line || p.column != codes + 1) fail_msg("offset %td: %u:%u", at, p.line, p.column);
        at += utf8_decode(all, at, &code);
        if (code == '\n') line++, start = at, codes = -1;
        (void)start;
    }
    assert_int_equal(line, 4);
    buf_free(&text);
    arena_free(a);
}

static bool is_among_one_by_one(str s, const char *words) {
    str rest = str_from_cstr(words), one;
    while (str_cut(&rest, ' ', &one))
        if (s.n && str_eq_nocase(one, s)) return true;
    return false;
}

/* Every piece of a list, and lists of every length: eight places at a time must find what one by one is found. */
static void words_of_lists(void **state) {
    (void)state;
    static const char list[] = "a an the their Theirs one another other others 24/7 \xc3\xa9t\xc3\xa9 [x {x x  y i've";
    const size_t n = sizeof list - 1;
    for (size_t from = 0; from < n; from++) {
        const char *words = list + from;
        const uint64_t shapes = str_shapes(words);
        for (size_t lo = 0; lo <= n; lo++)
            for (size_t hi = lo; hi <= n && hi < lo + 10; hi++) {
                char folded[10];
                for (size_t i = lo; i < hi; i++)
                    folded[i - lo] = (char)(list[i] >= 'a' && list[i] <= 'z' ? list[i] - 32 : list[i]);
                str piece = str_make(list + lo, hi - lo), upper = str_make(folded, hi - lo);
                bool among = is_among_one_by_one(piece, words);
                assert_int_equal(str_is_among(piece, words), among);
                assert_int_equal(str_is_among(upper, words), among);
                if (among) assert_true(str_shape(piece) & shapes && str_shape(upper) & shapes);
            }
    }
}

static void views_compare_cut_and_parse(void **state) {
    (void)state;
    assert_true(str_eq(str_trim(STR("  a b\n")), STR("a b")));
    assert_int_equal(str_find(STR("abcabd"), STR("abd"), 0), 3);
    assert_int_equal(str_find(STR("abc"), STR("abcd"), 0), -1);
    str rest = STR("a,,b"), piece;
    assert_true(str_cut(&rest, ',', &piece) && str_eq(piece, STR("a")));
    assert_true(str_cut(&rest, ',', &piece) && piece.n == 0);
    assert_true(str_cut(&rest, ',', &piece) && str_eq(piece, STR("b")));
    assert_false(str_cut(&rest, ',', &piece));
    assert_true(str_is_among(STR("More"), "by more less"));
    assert_false(str_is_among(STR("mor"), "by more less"));
    assert_false(str_is_among(STR(""), "by  more"));
    assert_false(str_is_among(STR("more less"), "by more less"));
    uint64_t u;
    assert_true(str_to_u64(STR("18446744073709551615"), &u) && u == UINT64_MAX);
    assert_false(str_to_u64(STR("18446744073709551616"), &u));
    int64_t i;
    assert_true(str_to_i64(STR("-9223372036854775808"), &i) && i == INT64_MIN);
    double f;
    assert_true(str_to_f64(STR("-1.5e3"), &f) && f == -1500);
    assert_false(str_to_f64(STR("0x10"), &f));
    assert_false(str_to_f64(STR("1e999"), &f));
    assert_false(str_to_f64(STR("-1e999"), &f));
    assert_false(str_to_f64(STR("."), &f));
    assert_int_equal(str_distance(STR("conlcusion"), STR("conclusion"), 9), 1);
    assert_int_equal(str_distance(STR("essay"), STR("tutorial"), 3), 3);
    assert_true(str_is_near(STR("verison"), STR("version")));
    assert_true(str_is_near(STR("sprak"), STR("spark")));
    assert_false(str_is_near(STR("sshd"), STR("sed")));
    assert_false(str_is_near(STR("nosuch"), STR("length")));
    assert_false(str_is_near(STR("x"), STR("id")));
    assert_false(str_is_near(STR("x"), (str){NULL, 0}));
    assert_string_equal(str_hint(STR("cady"), STR("caddy")).text, "; did you mean 'caddy'?");
    assert_string_equal(str_hint(STR("rule"), STR("length")).text, "");
}

static void an_arena_meets_its_budget(void **state) {
    (void)state;
    arena *a = arena_new(100000);
    assert_non_null(arena_alloc(a, 50000, 1));
    assert_null(arena_alloc(a, 60000, 1));
    assert_null(arena_alloc(a, SIZE_MAX / 2, 3));
    VEC(int) v = {0};
    for (int i = 0; i < 1000; i++) assert_true(VEC_PUSH(a, &v, i));
    for (int i = 0; i < 1000; i++) assert_int_equal(v.at[i], i);
    arena_reset(a);
    const uint8_t *p = arena_alloc(a, 40000, 1);
    for (int i = 0; i < 40000; i++) assert_int_equal(p[i], 0);
    arena_free(a);
}

/* What fits is decided by what was handed out, not by the chunks that lie about from before. */
static size_t most_that_fits(arena *a, size_t step) {
    size_t n = 0;
    while (arena_alloc(a, step, 1)) n++;
    return n;
}

static void an_arena_meets_its_budget_at_the_same_call_whatever_it_held(void **state) {
    (void)state;
    for (size_t step = 16; step < 100000; step = step * 3 + 16) {
        arena *fresh = arena_new(1 << 20), *used = arena_new(1 << 20);
        for (size_t i = 1; i < 5; i++) {
            (void)most_that_fits(used, i * 7000);
            arena_reset(used);
        }
        arena_chunk *lent = arena_chunk_lend(used, 3000);
        arena_chunk_return(used, lent);
        assert_int_equal(most_that_fits(fresh, step), most_that_fits(used, step));
        arena_free(fresh);
        arena_free(used);
    }
}

static void lent_memory_is_apart_from_what_is_handed_out(void **state) {
    (void)state;
    arena *a = arena_new(1 << 20);
    const arena_chunk *before = NULL;
    for (int round = 0; round < 6; round++) {
        arena_chunk *one = arena_chunk_lend(a, 200000), *two = arena_chunk_lend(a, 5000);
        assert_non_null(one);
        assert_non_null(two);
        assert_true(one->capacity >= 200000 && two->capacity >= 5000 && one != two);
        assert_true(one->used == 0 && two->used == 0 && !one->older && !two->older);
        if (round > 1) assert_ptr_equal(one, before); /* an arena that was reset keeps them */
        const uint8_t *own = arena_alloc(a, 777, 1);
        memset(one->bytes, 0xa5, one->used = 200000);
        memset(two->bytes, 0x5a, two->used = 5000);
        before = one;
        arena_chunk_return(a, two);
        arena_chunk_return(a, one);
        assert_int_equal(arena_used(a), 784);
        for (size_t i = 0; i < 777; i++) assert_int_equal(own[i], 0);
        for (size_t size = 1; size < 300000; size = size * 2 + 5) {
            uint8_t *p = arena_alloc(a, size, 1);
            for (size_t i = 0; i < size; i++) assert_int_equal(p[i], 0);
            memset(p, 0xff, size);
        }
        arena_reset(a);
        assert_int_equal(arena_used(a), 0);
    }
    arena_free(a);
}

static void json_is_valid_for_any_bytes(void **state) {
    (void)state;
    buf b = {0};
    json j = {.out = &b};
    json_object_open(&j);
    json_key_str(&j, "a\"", STR("x\xff\n\x01é\x7f\xc2\x9b"));
    json_key(&j, "list");
    json_array_open(&j);
    json_f64(&j, 2.50, 3);
    json_f64(&j, -0.0001, 2);
    json_u64(&j, 7);
    json_array_close(&j);
    json_key(&j, "empty");
    json_array_open(&j);
    json_array_close(&j);
    json_object_close(&j);
    assert_true(str_eq(buf_view(&b),
                       STR("{\"a\\\"\":\"x\xef\xbf\xbd\\n\\u0001é\\u007f\\u009b\",\"list\":[2.5,0,7],\"empty\":[]}")));
    buf_free(&b);
}

static void places_count_code_points_and_all_line_ends(void **state) {
    (void)state;
    arena *a = arena_new(0);
    line_table t = line_table_make(a, STR("\xef\xbb\xbf"
                                          "aé\r\nb\rc\n"));
    assert_int_equal(t.count, 4);
    assert_int_equal(line_table_place(&t, 3).column, 1);
    assert_int_equal(line_table_place(&t, 6).column, 3);
    assert_int_equal(line_table_place(&t, 8).line, 2);
    assert_int_equal(line_table_place(&t, 10).line, 3);
    assert_true(str_eq(line_table_line(&t, 3), STR("c")));
    line_table numbered = line_table_make_numbered(a, STR("a\r\nb\rc\nd"));
    assert_int_equal(numbered.count, 3);
    assert_int_equal(line_table_place(&numbered, 5).line, 2);
    assert_int_equal(line_table_place(&numbered, 7).line, 3);
    assert_int_equal(utf8_find_invalid(STR("ab\xc0\x80")), 2);
    assert_int_equal(utf8_find_invalid(STR("\xed\xa0\x80")), 0);
    assert_int_equal(utf8_find_invalid(STR("h\xc3\xa9llo w\xc3\xb6rld, all is well")), -1);
    arena_free(a);
}

static void yaml_keeps_text_and_places(void **state) {
    (void)state;
    arena *a = arena_new(0);
    yaml_document d;
    error e = {0};
    str text = STR("v: 13.0\nlist: [a, {b: 'é', c: }]\nv: 2\n");
    assert_int_equal(yaml_parse(a, text, NULL, &d, &e), 0);
    assert_true(str_eq(yaml_text(yaml_get(d.root, "v")), STR("13.0")));
    assert_int_equal(d.duplicate_count, 1);
    assert_int_equal(d.duplicates[0].again->line, 3);
    const yaml_node *map = yaml_get(d.root, "list")->items[1];
    assert_true(str_eq(str_span(text, yaml_get(map, "b")->where), STR("'é'")));
    assert_true(yaml_is_null(yaml_get(map, "c")));
    assert_int_equal(yaml_parse(a, STR("title: A: b\n"), NULL, &d, &e), ERROR_SYNTAX);
    assert_int_equal(e.line, 1);
    assert_int_equal(e.column, 9);
    arena_free(a);
}

/* Work that grows with the square of the input would take minutes here. */
static void yaml_takes_many_keys_and_long_lines(void **state) {
    (void)state;
    arena *a = arena_new(0);
    yaml_document d;
    error e = {0};
    buf b = {0};
    for (int i = 0; i < 100000; i++) buf_printf(&b, "key%d: 1\n", i);
    buf_cstr(&b, "key77777: 2\nkey3: 2\n");
    assert_int_equal(yaml_parse(a, buf_view(&b), NULL, &d, &e), 0);
    assert_int_equal(d.duplicate_count, 2);
    assert_int_equal(d.duplicates[0].first->line, 77778);
    b.n = 0;
    buf_cstr(&b, "[");
    for (int i = 0; i < 200000; i++) buf_cstr(&b, "\xc3\xa9, ");
    buf_cstr(&b, "end]");
    assert_int_equal(yaml_parse(a, buf_view(&b), NULL, &d, &e), 0);
    assert_true(str_eq(str_span(buf_view(&b), d.root->items[200000]->where), STR("end")));
    assert_true(str_eq(str_span(buf_view(&b), d.root->where), buf_view(&b)));
    b.n = 0;
    buf_cstr(&b, "a: \xc3\xa9\nb: \1\n");
    assert_int_equal(yaml_parse(a, buf_view(&b), NULL, &d, &e), ERROR_SYNTAX);
    assert_true(e.line == 2 && e.column == 4);
    buf_free(&b);
    arena_free(a);
}

/* The same words, whatever stands behind the byte: an article with CRLF is the same article. */
static void a_byte_outside_utf8_is_named_so(void **state) {
    (void)state;
    arena *a = arena_new(0);
    static const char *const texts[] = {"title: \xef\n", "title: \xef\r\n", "title: \xf6\xef\n", "title: a\xc3"};
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        yaml_document d;
        error e = {0};
        assert_int_equal(yaml_parse(a, str_from_cstr(texts[i]), NULL, &d, &e), ERROR_SYNTAX);
        assert_non_null(strstr(e.message, "not YAML: a byte that is no part of UTF-8: save the file as UTF-8"));
    }
    arena_free(a);
}

static void yaml_bombs_meet_limits(void **state) {
    (void)state;
    arena *a = arena_new(64u << 20);
    yaml_document d;
    error e = {0};
    buf b = {0};
    buf_cstr(&b, "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 12; i++) {
        buf_printf(&b, "a%d: &a%d [", i, i);
        for (int k = 0; k < 10; k++) buf_printf(&b, "%s*a%d", k ? "," : "", i - 1);
        buf_cstr(&b, "]\n");
    }
    assert_int_equal(yaml_parse(a, buf_view(&b), NULL, &d, &e), ERROR_LIMIT);
    b.n = 0;
    buf_repeat(&b, '[', 100000);
    assert_int_equal(yaml_parse(a, buf_view(&b), NULL, &d, &e), ERROR_LIMIT);
    assert_int_equal(yaml_parse(a, STR("&a [*a]"), NULL, &d, &e), ERROR_SYNTAX);
    assert_int_equal(yaml_parse(a, STR(""), NULL, &d, &e), 0);
    assert_int_equal(d.root->kind, YAML_NULL);
    buf_free(&b);
    arena_free(a);
}

static void files_are_replaced_whole_and_reads_are_bounded(void **state) {
    (void)state;
    arena *a = arena_new(0);
    error e = {0};
    char folder[] = "/tmp/assay-test-XXXXXX";
    assert_non_null(mkdtemp(folder));
    char *path = path_join(a, str_from_cstr(folder), STR("x.md"));
    assert_int_equal(file_write(path, STR("hello"), &e), 0);
    str content;
    assert_int_equal(file_read(a, path, 100, &content, &e), 0);
    assert_true(str_eq(content, STR("hello")));
    assert_int_equal(file_read(a, path, 4, &content, &e), ERROR_LIMIT);
    assert_int_equal(file_read(a, folder, 4, &content, &e), ERROR_IO);
    assert_int_equal(file_read(a, "/nonexistent/x", 4, &content, &e), ERROR_IO);
    struct stat st;
    mode_t mask = umask(0);
    assert_int_equal(chmod(path, 0644), 0);
    assert_int_equal(file_write(path, STR("still everybody's"), &e) || stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0644);
    assert_int_equal(file_write_private(path, STR("mine"), &e) || stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    unlink(path);
    assert_int_equal(file_write_private(path, STR("mine"), &e) || stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    umask(mask);
    assert_true(str_eq(path_extension(STR("a.b/c.md")), STR(".md")));
    assert_true(str_eq(path_folder(STR("/c")), STR("/")));
    unlink(path);
    rmdir(folder);
    arena_free(a);
}

/* A link stays one, and the file that it leads to gets the bytes, through two of them, and where nothing is there yet.
 */
static void what_is_written_through_a_link_lands_where_it_leads(void **state) {
    (void)state;
    arena *a = arena_new(0);
    error e = {0};
    struct stat st;
    str content;
    char folder[] = "/tmp/assay-test-XXXXXX";
    assert_non_null(mkdtemp(folder));
    str in = str_from_cstr(folder);
    char *sub = path_join(a, in, STR("sub")), *real = path_join(a, in, STR("sub/real")),
         *link = path_join(a, in, STR("link")), *far = path_join(a, in, STR("sub/far")),
         *circle = path_join(a, in, STR("circle"));
    assert_int_equal(mkdir(sub, 0777), 0);
    assert_int_equal(symlink("sub/far", link), 0); /* a link's name is meant in its own folder */
    assert_int_equal(symlink("real", far), 0);
    assert_int_equal(symlink("circle", circle), 0);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(file_write(link, i ? STR("second") : STR("first"), &e), 0);
        assert_int_equal(file_read(a, real, 100, &content, &e), 0);
        assert_true(str_eq(content, i ? STR("second") : STR("first")));
    }
    assert_true(lstat(link, &st) == 0 && S_ISLNK(st.st_mode) && lstat(far, &st) == 0 && S_ISLNK(st.st_mode));
    assert_int_equal(file_write(circle, STR("x"), &e), ERROR_IO);
    assert_true(lstat(circle, &st) == 0 && S_ISLNK(st.st_mode));
    unlink(circle), unlink(link), unlink(far), unlink(real);
    rmdir(sub);
    rmdir(folder);
    arena_free(a);
}

static void sha256_matches_the_published_vector(void **state) {
    (void)state; /* FIPS 180-4, "abc" */
    assert_string_equal(sha256_of(STR("abc")).text,
                        "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

/* ---- text for a terminal --------------------------------------------------------------------------------------- */

static void what_commands_a_terminal_is_shown_by_its_number(void **state) {
    static const struct {
        str text, shown;
    } cases[] = {
        {STR("a name, \u00fcn\u00efcode \u00a0\u2603 \U0001f680"),
         STR("a name, \u00fcn\u00efcode \u00a0\u2603 \U0001f680")},
        {STR(""), STR("")},
        {STR("a\033[2Jb\007\177"), STR("a\\x1b[2Jb\\x07\\x7f")},
        {STR("one\ntwo\tthree\r"), STR("one\\ntwo\\tthree\\x0d")},
        {STR("\xc2\x9b"
             "2J \xc2\x80\xc2\x9f"),
         STR("\\u009b2J \\u0080\\u009f")},
        {STR("\x9b"
             "2J \xff \xe2\x98 \xc0\x9b \xed\xa0\x80"),
         STR("\\x9b2J \\xff \\xe2\\x98 \\xc0\\x9b \\xed\\xa0\\x80")},
        {STR("a ##[add-mask]b ##vso[x]c ##[group]"), STR("a #\\x23[add-mask]b #\\x23vso[x]c #\\x23[group]")},
        {STR("###[x] # [x] ## [x] ##x ##"), STR("##\\x23[x] # [x] ## [x] ##x ##")},
    };
    arena *a = arena_new(0);
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        buf out = {0};
        shown_put(&out, cases[i].text);
        assert_true(str_eq(buf_view(&out), cases[i].shown));
        assert_true(str_eq(shown_str(a, cases[i].text), cases[i].shown));
        buf_free(&out);
    }
    assert_ptr_equal(shown_str(a, cases[0].text).p, cases[0].text.p); /* nothing was copied */
    static const str NAMES[][2] = {
        {STR("a.md"), STR("a.md")},
        {STR("a::b.md"), STR("a::b.md")},
        {STR("/a.md"), STR("/a.md")},
        {STR("./-a.md"), STR("./-a.md")},
        {STR("-a.md"), STR("./-a.md")},
        {STR("::error::a.md"), STR("./::error::a.md")},
        {STR(" \xc2\xa0::error::a.md"), STR("./ \xc2\xa0::error::a.md")},
        {STR("##[group]a.md"), STR("./#\\x23[group]a.md")},
    };
    for (size_t i = 0; i < COUNT_OF(NAMES); i++) {
        buf out = {0};
        shown_name(&out, NAMES[i][0]);
        assert_true(str_eq(buf_view(&out), NAMES[i][1]));
        buf_free(&out);
    }
    arena_free(a);
}

/* Cut anywhere, a text is shown as it is in one piece. */
static void pieces_are_shown_as_the_whole(void **state) {
    static const str TEXT = STR("A\xc2\x9b"
                                "2J\r\n\tb \xe2\x98\x83 \xf0\x9f\x9a\x80\r\xe2\x98.\xc3");
    static const str SHOWN = STR("A\\u009b2J\n\tb \xe2\x98\x83 \xf0\x9f\x9a\x80\\x0d\\xe2\\x98.\\xc3");
    (void)state;
    for (ptrdiff_t one = 0; one <= TEXT.n; one++)
        for (ptrdiff_t two = one; two <= TEXT.n; two++) {
            const ptrdiff_t ends[] = {one, two, TEXT.n};
            buf out = {0};
            ptrdiff_t at = 0;
            for (size_t i = 0; i < COUNT_OF(ends); i++) {
                str piece = str_slice(TEXT, at, ends[i]);
                ptrdiff_t taken = shown_live(&out, piece, i + 1 == COUNT_OF(ends));
                assert_in_range(piece.n - taken, 0, i + 1 == COUNT_OF(ends) ? 0 : 3);
                at += taken;
            }
            if (!str_eq(buf_view(&out), SHOWN)) fail_msg("cut at %td and %td: %.*s", one, two, STR_ARG(buf_view(&out)));
            buf_free(&out);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(views_compare_cut_and_parse),
        cmocka_unit_test(words_of_lists),
        cmocka_unit_test(long_lines_have_the_same_columns),
        cmocka_unit_test(an_arena_meets_its_budget),
        cmocka_unit_test(an_arena_meets_its_budget_at_the_same_call_whatever_it_held),
        cmocka_unit_test(lent_memory_is_apart_from_what_is_handed_out),
        cmocka_unit_test(json_is_valid_for_any_bytes),
        cmocka_unit_test(places_count_code_points_and_all_line_ends),
        cmocka_unit_test(yaml_keeps_text_and_places),
        cmocka_unit_test(yaml_takes_many_keys_and_long_lines),
        cmocka_unit_test(a_byte_outside_utf8_is_named_so),
        cmocka_unit_test(yaml_bombs_meet_limits),
        cmocka_unit_test(files_are_replaced_whole_and_reads_are_bounded),
        cmocka_unit_test(what_is_written_through_a_link_lands_where_it_leads),
        cmocka_unit_test(sha256_matches_the_published_vector),
        cmocka_unit_test(what_commands_a_terminal_is_shown_by_its_number),
        cmocka_unit_test(pieces_are_shown_as_the_whole),
    };
    return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
