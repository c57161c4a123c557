/* What must hold of the truth stage whatever the article: deleting a fact never raises the number of supported positive
 * claims, unit conversions and correct roundings never change a verdict, CRLF and a trailing newline change nothing, an
 * unrelated manifest contradicts nothing in human documentation, and a manifest of 10,000 facts judges like a small
 * one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/file.h"
#include "tests/support/judged.h"

static manifest *load_text(const char *yaml, size_t n) {
    manifest *m = NULL;
    error e = {0};
    manifest_source source = {STR("test.yaml"), str_make(yaml, n)};
    if (manifest_load(&source, 1, &m, &e)) print_error("line %u: %s\n", e.line, e.message);
    assert_non_null(m);
    return m;
}

static manifest *load_operation(const char *name) {
    char path[128];
    const char *paths[1] = {path};
    manifest *m = NULL;
    snprintf(path, sizeof path, "corpus/manifests/%s.yaml", name);
    assert_int_equal(manifest_load_files(paths, 1, &m, NULL), 0);
    return m;
}

static unsigned supported_positive(const judged *x) {
    unsigned n = 0;
    for (size_t i = 0; i < x->claims.n; i++)
        n += (x->claims.at[i].verdict == VERDICT_SUPPORTED || x->claims.at[i].verdict == VERDICT_UNDERSPECIFIED) &&
             x->claims.at[i].stance != STANCE_NEGATED;
    return n;
}

/* ---- one sentence, one fact: the same quantity in other words ---- */

static const char SMALL[] =
    "assay-facts: 1\nas_of: 2026-05-18\n"
    "hardware:\n  - id: box\n    aliases: [Testbox 9]\n    attrs:\n"
    "      memory: {value: \"128\", unit: GB, aliases: [RAM]}\n"
    "      memory_bandwidth: {value: \"273\", unit: GB/s, aliases: [bandwidth]}\n"
    "      power_supply: {value: \"240\", unit: W, aliases: [power supply]}\n"
    "      cpu_cores: {value: \"20\", unit: core, aliases: [cores]}\n"
    "components:\n  - {id: cuda, aliases: [CUDA], scheme: semver, version: \"13.0.2\", accept: [prefix]}\n";

static enum verdict verdict_of(const manifest *m, const char *said) {
    char text[512];
    snprintf(text, sizeof text, "---\ntitle: T\ndate: 2026-05-18\n---\n\n%s\n", said);
    judged x = judged_text(m, "t.md", str_from_cstr(text), false);
    enum verdict v = VERDICT_COUNT;
    for (size_t i = 0; i < x.claims.n; i++)
        if (x.claims.at[i].kind == CLAIM_HARDWARE || x.claims.at[i].kind == CLAIM_QUANTITY ||
            x.claims.at[i].kind == CLAIM_VERSION)
            v = x.claims.at[i].verdict;
    judged_free(&x);
    return v;
}

static void conversions(void **state) {
    (void)state;
    manifest *m = load_text(SMALL, sizeof SMALL - 1);
    static const struct {
        const char *sentence;
        enum verdict verdict;
    } cases[] = {
        {"The Testbox 9 has 128 GB of RAM.", VERDICT_SUPPORTED},
        {"The Testbox 9 has 128,000 MB of RAM.", VERDICT_SUPPORTED},
        {"The Testbox 9 has 0.128 TB of RAM.", VERDICT_SUPPORTED},
        {"The Testbox 9 has 119.2 GiB of RAM.", VERDICT_SUPPORTED},
        {"The Testbox 9 has 119 GiB of RAM.", VERDICT_SUPPORTED},
        {"The Testbox 9 has 128 GiB of RAM.", VERDICT_CONTRADICTED},
        {"The Testbox 9 has 96 GB of RAM.", VERDICT_CONTRADICTED},
        {"The Testbox 9 has 96,000 MB of RAM.", VERDICT_CONTRADICTED},
        {"The Testbox 9 has ~127 GB of RAM.", VERDICT_CONTRADICTED},
        {"The Testbox 9 has 1280 GB of RAM.", VERDICT_CONTRADICTED},
        {"The Testbox 9 has a bandwidth of 273 GB/s.", VERDICT_SUPPORTED},
        {"The Testbox 9 has a bandwidth of 2.184 Tb/s.", VERDICT_SUPPORTED},
        {"The Testbox 9 has a bandwidth of 273 Gb/s.", VERDICT_CONTRADICTED},
        {"The Testbox 9 has twenty cores.", VERDICT_SUPPORTED},
        {"The Testbox 9 has 20 cores.", VERDICT_SUPPORTED},
        {"The Testbox 9 has 24 cores.", VERDICT_CONTRADICTED},
        {"The Testbox 9 has a power supply of 0.24 kW.", VERDICT_SUPPORTED},
        {"On the Testbox 9 I run CUDA 13.0.2.", VERDICT_SUPPORTED},
        {"On the Testbox 9 I run CUDA 13.0.", VERDICT_SUPPORTED},
        {"On the Testbox 9 I run CUDA v13.", VERDICT_SUPPORTED},
        {"On the Testbox 9 I run CUDA 13.0.3.", VERDICT_CONTRADICTED},
        {"On the Testbox 9 I run CUDA 12.4.", VERDICT_CONTRADICTED},
        {"If you have a Testbox 9, install CUDA 12.4.", VERDICT_UNVERIFIED},
        {"The vendor claims that the Testbox 9 has 256 GB of RAM.", VERDICT_NOT_ABOUT_US},
        {"The Testbox 9 would need 256 GB of RAM for that.", VERDICT_UNVERIFIED},
    };
    unsigned wrong = 0;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        enum verdict v = verdict_of(m, cases[i].sentence);
        if (v == cases[i].verdict) continue;
        wrong++;
        print_error("%s: %s, wanted %s\n", cases[i].sentence, v < VERDICT_COUNT ? verdict_name(v) : "no claim",
                    verdict_name(cases[i].verdict));
    }
    assert_int_equal(wrong, 0);
    manifest_free(m);
}

/* ---- fewer facts, no more support ---- */

/* The manifest without its n-th removable line (an entry in flow style that nothing refers to); false when there is
 * none. */
static bool without_line(str yaml, unsigned n, buf *out) {
    str rest = yaml, line;
    bool removed = false;
    out->n = 0;
    while (str_cut(&rest, '\n', &line)) {
        str t = str_trim(line);
        bool entry = str_starts(t, STR("- {path:")) || str_starts(t, STR("- {match:")) || str_starts(t, STR("- {cmd:"));
        if (entry && !removed && n-- == 0) {
            removed = true;
            continue;
        }
        buf_str(out, line);
        buf_byte(out, '\n');
    }
    return removed;
}

static void deletion(void **state) {
    (void)state;
    static const char *const pages[] = {"corpus/articles/kestrel/pass/kestrel-reference.md",
                                        "corpus/articles/kestrel/pass/two-servers-one-gb10.md"};
    arena *a = arena_new(0);
    str yaml;
    assert_int_equal(file_read(a, "corpus/manifests/kestrel.yaml", 1 << 20, &yaml, NULL), 0);
    for (size_t p = 0; p < COUNT_OF(pages); p++) {
        manifest *whole = load_text((const char *)yaml.p, (size_t)yaml.n);
        judged full = judged_file(whole, pages[p], false);
        unsigned most = supported_positive(&full);
        buf less = {0};
        for (unsigned n = 0; without_line(yaml, n, &less); n++) {
            manifest *m = load_text((const char *)less.p, less.n);
            judged x = judged_file(m, pages[p], false);
            assert_true(supported_positive(&x) <= most);
            judged_free(&x);
            manifest_free(m);
        }
        buf_free(&less);
        judged_free(&full);
        manifest_free(whole);
    }
    arena_free(a);
}

/* ---- bytes that mean nothing ---- */

static void line_ends(void **state) {
    (void)state;
    manifest *m = load_operation("kestrel");
    arena *a = arena_new(0);
    str source;
    assert_int_equal(file_read(a, "corpus/articles/kestrel/fail/spec-sheet.md", 1 << 20, &source, NULL), 0);
    buf crlf = {0};
    for (ptrdiff_t i = 0; i < source.n; i++) {
        if (source.p[i] == '\n') buf_byte(&crlf, '\r');
        buf_byte(&crlf, source.p[i]);
    }
    buf_cstr(&crlf, "\r\n");
    judged x = judged_text(m, "a.md", source, false), y = judged_text(m, "a.md", buf_view(&crlf), false);
    assert_int_equal(x.claims.n, y.claims.n);
    for (size_t i = 0; i < x.claims.n; i++) {
        assert_int_equal(x.claims.at[i].verdict, y.claims.at[i].verdict);
        assert_true(str_eq(x.claims.at[i].fact, y.claims.at[i].fact));
        assert_int_equal(judged_line(&x, &x.claims.at[i]), judged_line(&y, &y.claims.at[i]));
    }
    judged_free(&x);
    judged_free(&y);
    buf_free(&crlf);
    arena_free(a);
    manifest_free(m);
}

/* ---- somebody else's documentation ---- */

static unsigned contradictions_below(const manifest *m, const char *folder, unsigned depth, unsigned *files) {
    unsigned found = 0;
    DIR *d = depth < 4 ? opendir(folder) : NULL;
    for (struct dirent *entry; d && *files < 400 && (entry = readdir(d));) {
        char path[1024];
        if (entry->d_name[0] == '.') continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (entry->d_type == DT_DIR) {
            found += contradictions_below(m, path, depth + 1, files);
            continue;
        }
        str name = str_from_cstr(entry->d_name), source;
        if (!str_ends(name, STR(".md")) && !str_ends(name, STR(".txt")) && !str_starts(name, STR("README"))) continue;
        arena *a = arena_new(0);
        if (!str_ends(name, STR(".gz")) && !file_read(a, path, 400000, &source, NULL)) {
            judged x = judged_text(m, path, source, false);
            ++*files;
            for (size_t i = 0; i < x.claims.n; i++)
                if (x.claims.at[i].verdict == VERDICT_CONTRADICTED) {
                    found++;
                    print_error("%s: \"%.*s\" %.*s\n", path, STR_ARG(x.claims.at[i].quote),
                                STR_ARG(x.claims.at[i].why));
                }
            judged_free(&x);
        }
        arena_free(a);
    }
    if (d) closedir(d);
    return found;
}

static void unrelated(void **state) {
    (void)state;
    static const char *const operations[] = {"kestrel", "harborlight"};
    unsigned files = 0;
    for (size_t i = 0; i < COUNT_OF(operations); i++) {
        manifest *m = load_operation(operations[i]);
        files = 0;
        assert_int_equal(contradictions_below(m, "/usr/share/doc", 0, &files), 0);
        manifest_free(m);
    }
    print_message("# %u documents of this machine, nothing contradicted\n", files);
    if (!files) skip();
}

/* ---- size ---- */

static void large_manifest(void **state) {
    (void)state;
    buf yaml = {0};
    buf_cstr(&yaml, "assay-facts: 1\nas_of: 2026-05-18\nhardware:\n  - {id: box, aliases: [Testbox 9], attrs: {memory: "
                    "{value: \"128\", unit: GB, "
                    "aliases: [RAM]}}}\ncomponents:\n");
    for (int i = 0; i < 5000; i++)
        buf_printf(&yaml,
                   "  - {id: part%d, aliases: [Part Number %d], version: \"%d.%d\", attrs: {footprint: {value: \"%d\", "
                   "unit: MB}}}\n",
                   i, i, i % 40, i % 7, i + 1);
    manifest *m = load_text((const char *)yaml.p, yaml.n);
    assert_int_equal(verdict_of(m, "The Testbox 9 has 128 GB of RAM."), VERDICT_SUPPORTED);
    assert_int_equal(verdict_of(m, "The Testbox 9 has 96 GB of RAM."), VERDICT_CONTRADICTED);
    assert_int_equal(verdict_of(m, "On the Testbox 9 I run Part Number 77 v37.0."), VERDICT_SUPPORTED);
    assert_int_equal(verdict_of(m, "On the Testbox 9 I run Part Number 77 v38.0."), VERDICT_CONTRADICTED);
    manifest_free(m);
    buf_free(&yaml);
}

/* A sentence, heading, cell or line without an end is read in parts: no claim is lost where they meet. */
static void endless_sentence(void **state) {
    (void)state;
    static const struct {
        const char *head, *tail;
    } places[] = {{"", "."},
                  {"# ", "\n\nText.\n"},
                  {"| box | says |\n| --- | --- |\n| Testbox 9 | ", " |\n"},
                  {"```\n", "\n```\n"}};
    manifest *m = load_text(SMALL, sizeof SMALL - 1);
    for (size_t p = 0; p < COUNT_OF(places); p++) {
        buf text = {0};
        buf_cstr(&text, places[p].head);
        buf_cstr(&text, "On the Testbox 9 we saw");
        size_t n = 0;
        for (; text.n < 500000; n++) buf_printf(&text, " %zu GB and CUDA %zu.%zu with RAM,", n + 1, n % 30, n % 9);
        buf_cstr(&text, places[p].tail);
        judged x = judged_text(m, "long.md", buf_view(&text), true);
        size_t versions = 0, quantities = 0;
        for (size_t i = 0; i < x.claims.n; i++) {
            versions += x.claims.at[i].kind == CLAIM_VERSION;
            quantities += str_ends(x.claims.at[i].quote, STR(" GB"));
        }
        assert_int_equal(versions, n);
        assert_int_equal(quantities, n);
        judged_free(&x);
        buf_free(&text);
    }
    manifest_free(m);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(conversions),    cmocka_unit_test(deletion),
                                       cmocka_unit_test(line_ends),      cmocka_unit_test(unrelated),
                                       cmocka_unit_test(large_manifest), cmocka_unit_test(endless_sentence)};
    return cmocka_run_group_tests_name("facts: properties", tests, NULL, NULL);
}
