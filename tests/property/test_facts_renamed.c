/* What the machines are called is nobody's business: with other names for them in the manifest and in the articles
 * alike, every verdict stays. A rule that knew a name of the corpus, or took one for a word of the language, would show
 * here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <glob.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/yaml.h"
#include "tests/support/judged.h"

enum { MAX_BYTES = 1 << 22, MAX_NAMES = 32, SHORTEST = 4, LONGEST = 16 };

typedef struct renaming {
    str was[MAX_NAMES];
    char is[MAX_NAMES][LONGEST + 1];
    size_t n;
} renaming;

/* A word that no language has: consonants and vowels in turn. As long as the old one, or columns of output would shift.
 */
static void invent(uint64_t *seed, ptrdiff_t length, char out[LONGEST + 1]) {
    static const char consonants[] = "bdfgklmnprstvz", vowels[] = "aeiou";
    for (ptrdiff_t i = 0; i < length; i++) {
        *seed = *seed * 6364136223846793005u + 1442695040888963407u;
        out[i] = i % 2 ? vowels[(*seed >> 33) % 5] : consonants[(*seed >> 33) % 14];
    }
    out[length] = 0;
}

static bool is_letter(uint8_t c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }

static bool is_plain_word(str s) {
    for (ptrdiff_t i = 0; i < s.n; i++)
        if (s.p[i] < 'a' || s.p[i] > 'z') return false;
    return s.n >= SHORTEST && s.n <= LONGEST;
}

/* The ids of hosts that are one word of small letters. (Hardware is often called by an ordinary noun, "switch".) */
static void names_of(const yaml_node *root, uint64_t seed, renaming *names) {
    const yaml_node *hosts = yaml_get(root, "hosts");
    for (uint32_t i = 0; hosts && i < hosts->count && names->n < MAX_NAMES; i++) {
        str id = yaml_text(yaml_get(hosts->items[i], "id"));
        if (!is_plain_word(id)) continue;
        names->was[names->n] = id;
        invent(&seed, id.n, names->is[names->n++]);
    }
}

/* Every whole word that is one of the names, in its own case. */
static void rename_all(const renaming *names, str text, buf *out) {
    for (ptrdiff_t i = 0; i < text.n;) {
        ptrdiff_t end = i;
        while (end < text.n && is_letter(text.p[end])) end++;
        str name = str_slice(text, i, end);
        size_t k = 0;
        while (k < names->n && !str_eq_nocase(name, names->was[k])) k++;
        if (end == i || k == names->n) {
            buf_str(out, str_slice(text, i, end > i ? end : i + 1));
            i = end > i ? end : i + 1;
            continue;
        }
        for (ptrdiff_t c = 0; c < name.n; c++) {
            bool large = name.p[c == 0 ? 0 : 1] < 'a';
            buf_byte(out, (uint8_t)(names->is[k][c] - (large ? 32 : 0)));
        }
        i = end;
    }
}

static unsigned differences(const judged *x, const judged *y, const char *path) {
    unsigned wrong = x->claims.n != y->claims.n;
    for (size_t i = 0; i < x->claims.n && i < y->claims.n && !wrong; i++) {
        const claim *c = &x->claims.at[i], *d = &y->claims.at[i];
        if (c->kind == d->kind && c->verdict == d->verdict && c->stance == d->stance) continue;
        wrong++;
        print_error("%s: '%.*s' is %s, renamed '%.*s' is %s\n", path, STR_ARG(c->quote), verdict_name(c->verdict),
                    STR_ARG(d->quote), verdict_name(d->verdict));
    }
    if (x->claims.n != y->claims.n) print_error("%s: %zu claims, renamed %zu\n", path, x->claims.n, y->claims.n);
    return wrong;
}

static void other_names_change_no_verdict(void **state) {
    (void)state;
    static const char *const operations[] = {"kestrel", "ravenscar", "wendlebury", "ashdown", "coldharbour"};
    unsigned wrong = 0, articles = 0;
    for (size_t k = 0; k < COUNT_OF(operations); k++) {
        arena *a = arena_new(0);
        char path[128];
        str yaml;
        yaml_document document;
        renaming names = {.n = 0};
        buf other = {0};
        glob_t found = {0};
        snprintf(path, sizeof path, "corpus/manifests/%s.yaml", operations[k]);
        assert_int_equal(file_read(a, path, MAX_BYTES, &yaml, NULL), 0);
        assert_int_equal(yaml_parse(a, yaml, NULL, &document, NULL), 0);
        names_of(document.root, 7919 * (k + 1), &names);
        assert_true(names.n > 2);
        rename_all(&names, yaml, &other);
        buf_byte(&other, 0);
        manifest *m = judged_manifest((const char *)arena_cstr(a, yaml));
        manifest *renamed = judged_manifest((const char *)buf_view(&other).p);
        snprintf(path, sizeof path, "corpus/articles/%s/pass/*.md", operations[k]);
        assert_int_equal(glob(path, 0, NULL, &found), 0);
        for (size_t i = 0; i < found.gl_pathc; i++) {
            str text;
            buf page = {0};
            assert_int_equal(file_read(a, found.gl_pathv[i], MAX_BYTES, &text, NULL), 0);
            rename_all(&names, text, &page);
            judged x = judged_text(m, found.gl_pathv[i], text, true);
            judged y = judged_text(renamed, found.gl_pathv[i], buf_view(&page), true);
            wrong += differences(&x, &y, found.gl_pathv[i]);
            articles++;
            judged_free(&x), judged_free(&y);
            buf_free(&page);
        }
        globfree(&found);
        manifest_free(m), manifest_free(renamed);
        buf_free(&other);
        arena_free(a);
    }
    assert_true(articles >= 30);
    assert_int_equal(wrong, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(other_names_change_no_verdict)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
