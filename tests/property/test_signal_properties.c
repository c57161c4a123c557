/* test_signal_properties.c - what must hold for every article: over the corpus and seeded edits of it.
 *
 * Line ends, BOM and a last newline change nothing; code is not prose; frontmatter is not text; order does not matter
 * to patterns; length does not move the statistics; a fabricated specific never raises a score. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/file.h"
#include "tests/support/measured.h"

#include <math.h>
#include <stdio.h>

static const ruleset *rules;
static uint32_t seed = 20260518;

static uint32_t random_below(uint32_t n) {
    seed = seed * 1664525 + 1013904223;
    return n ? (uint32_t)(((uint64_t)(seed >> 8) * n) >> 24) : 0;
}

typedef struct corpus {
    arena *a;
    str *texts;
    const char **paths;
    size_t n;
} corpus;

static corpus articles;

/* ---- comparing ----------------------------------------------------------------------------------------------------
 */

enum { PROSE_SIGNALS = 14 };
static const enum signal_id prose_signals[PROSE_SIGNALS] = {SIGNAL_CAVEATS,           SIGNAL_H2_COUNT,
                                                            SIGNAL_CONCRETE_NUMBERS,  SIGNAL_COMPARISON_TERMS,
                                                            SIGNAL_LEXICAL_DIVERSITY, SIGNAL_DEFINED_TERMS,
                                                            SIGNAL_BECAUSE_ANSWERS,   SIGNAL_STEP_SEQUENCES,
                                                            SIGNAL_TEMPORAL_MARKERS,  SIGNAL_SENTENCE_BURSTINESS,
                                                            SIGNAL_FILLER_PHRASES,    SIGNAL_HEDGING_PHRASES,
                                                            SIGNAL_EM_DASHES,         SIGNAL_TRIPLE_BULLET_LISTS};

static void assert_same(const char *path, enum signal_id id, const measured_article *before,
                        const measured_article *after) {
    double x = before->values.signals[id].value, y = after->values.signals[id].value;
    if (fabs(x - y) > 1e-9) print_error("%s: %s was %g, is %g\n", path, signal_name(id), x, y);
    assert_true(fabs(x - y) <= 1e-9);
}

static void measure_bytes(arena *a, str text, measured_article *m) {
    measure_text_article(a, rules, text, NULL, NULL, m);
}

static str copy_of(arena *a, const buf *b) {
    str s = arena_str(a, buf_view(b));
    assert_non_null(s.p);
    return s;
}

/* ---- bytes that mean nothing ----------------------------------------------------------------------------------------
 */

static str with_crlf(arena *a, str text) {
    buf b = {0};
    for (ptrdiff_t i = 0; i < text.n; i++) {
        if (text.p[i] == '\n') buf_byte(&b, '\r');
        buf_byte(&b, text.p[i]);
    }
    str out = copy_of(a, &b);
    buf_free(&b);
    return out;
}

static void line_ends_and_marks_change_nothing(void **state) {
    (void)state;
    for (size_t i = 0; i < articles.n; i++) {
        arena *a = arena_new(0);
        measured_article before, after;
        str text = articles.texts[i];
        str variants[] = {with_crlf(a, text), arena_printf(a, "\xef\xbb\xbf%.*s", STR_ARG(text)),
                          arena_printf(a, "%.*s\n\n", STR_ARG(text)), str_trim(text)};
        measure_bytes(a, text, &before);
        for (size_t v = 0; v < COUNT_OF(variants); v++) {
            measure_bytes(a, variants[v], &after);
            for (int id = 0; id < SIGNAL_COUNT; id++)
                assert_same(articles.paths[i], (enum signal_id)id, &before, &after);
            assert_int_equal(before.findings.n, after.findings.n);
        }
        arena_free(a);
    }
}

/* ---- code and frontmatter
 * -------------------------------------------------------------------------------------------- */

static const char code_noise[] =
    "delve into — perhaps because it is faster than 2026-01-01\n## heading\n1. a\n2. b\n3. c\n";

/* The text with noise in every fenced code block, right behind the line that opens it. */
static str with_noise_in_code(arena *a, const measured_article *m) {
    buf b = {0};
    uint32_t at = 0;
    for (uint32_t i = 0; i < m->art.block_count; i++) {
        const block *c = &m->art.blocks[i];
        if (c->kind != BLOCK_CODE || !(c->flags & BLOCK_FENCED) || c->level > 2) continue;
        ptrdiff_t line = str_find_byte(m->art.source, '\n', (ptrdiff_t)c->where.lo);
        if (line < 0 || line >= (ptrdiff_t)c->where.hi) continue;
        buf_str(&b, str_slice(m->art.source, (ptrdiff_t)at, line + 1));
        buf_cstr(&b, code_noise);
        at = (uint32_t)line + 1;
    }
    buf_str(&b, str_slice(m->art.source, (ptrdiff_t)at, m->art.source.n));
    str out = copy_of(a, &b);
    buf_free(&b);
    return out;
}

static void text_added_to_code_leaves_the_prose_signals_alone(void **state) {
    (void)state;
    for (size_t i = 0; i < articles.n; i++) {
        arena *a = arena_new(0);
        measured_article before, after;
        measure_bytes(a, articles.texts[i], &before);
        if (before.art.unwrapped) {
            arena_free(a);
            continue;
        }
        str fenced = arena_printf(a, "%.*s\n\n~~~text\n%s~~~\n", STR_ARG(articles.texts[i]), code_noise);
        str variants[] = {with_noise_in_code(a, &before), fenced};
        for (size_t v = 0; v < COUNT_OF(variants); v++) {
            measure_bytes(a, variants[v], &after);
            for (size_t k = 0; k < PROSE_SIGNALS; k++)
                assert_same(articles.paths[i], prose_signals[k], &before, &after);
        }
        arena_free(a);
    }
}

static void frontmatter_is_not_text(void **state) {
    (void)state;
    for (size_t i = 0; i < articles.n; i++) {
        arena *a = arena_new(0);
        measured_article before, after;
        measure_bytes(a, articles.texts[i], &before);
        if (before.art.format == FRONTMATTER_YAML && before.art.status == FRONTMATTER_OK) {
            ptrdiff_t at = (ptrdiff_t)before.art.frontmatter.lo;
            str text =
                arena_printf(a, "%.*sextra: delve into it because perhaps 12 GB at /etc/x is faster than v1.2.3\n%.*s",
                             STR_ARG(str_slice(articles.texts[i], 0, at)),
                             STR_ARG(str_slice(articles.texts[i], at, articles.texts[i].n)));
            measure_bytes(a, text, &after);
            for (int id = 0; id < SIGNAL_COUNT; id++)
                assert_same(articles.paths[i], (enum signal_id)id, &before, &after);
        }
        arena_free(a);
    }
}

/* ---- order and length
 * -------------------------------------------------------------------------------------------------- */

/* A paragraph that may stand anywhere: top level, announces nothing, refers to no note, breaks no definition list. */
static bool may_move(const article *art, uint32_t index) {
    const block *b = &art->blocks[index];
    str text = str_span(art->source, b->where);
    return b->kind == BLOCK_PARAGRAPH && b->parent == 0 && !str_ends(text, STR(":")) &&
           str_find(text, STR("[^"), 0) < 0;
}

static void a_moved_paragraph_changes_no_pattern_signal(void **state) {
    (void)state;
    for (size_t i = 0; i < articles.n; i++) {
        arena *a = arena_new(0);
        measured_article before, after;
        measure_bytes(a, articles.texts[i], &before);
        uint32_t chosen = BLOCK_NONE;
        for (uint32_t b = 0; b < before.art.block_count; b++)
            if (may_move(&before.art, b) && random_below(4) == 0) chosen = b;
        if (chosen != BLOCK_NONE && !before.art.unwrapped) {
            span where = before.art.blocks[chosen].where;
            str text =
                arena_printf(a, "%.*s\n\n%.*s\n\n%.*s\n", STR_ARG(str_slice(articles.texts[i], 0, (ptrdiff_t)where.lo)),
                             STR_ARG(str_slice(articles.texts[i], (ptrdiff_t)where.hi, articles.texts[i].n)),
                             STR_ARG(str_span(articles.texts[i], where)));
            measure_bytes(a, text, &after);
            for (int id = 0; id < SIGNAL_COUNT; id++)
                if (rules->signals[id].kind != RULE_STATISTIC)
                    assert_same(articles.paths[i], (enum signal_id)id, &before, &after);
        }
        arena_free(a);
    }
}

static void doubling_hardly_moves_the_statistics(void **state) {
    (void)state;
    for (size_t i = 0; i < articles.n; i++) {
        arena *a = arena_new(0);
        measured_article once, twice;
        measure_bytes(a, articles.texts[i], &once);
        if (!once.art.unwrapped && once.values.words >= 400) {
            str body = str_span(articles.texts[i], once.art.body);
            measure_bytes(a, arena_printf(a, "%.*s\n\n%.*s\n", STR_ARG(body), STR_ARG(body)), &twice);
            measure_bytes(a, body, &once);
            static const enum signal_id moved[] = {SIGNAL_LEXICAL_DIVERSITY, SIGNAL_SENTENCE_BURSTINESS};
            for (size_t k = 0; k < COUNT_OF(moved); k++) {
                double x = once.values.signals[moved[k]].value, y = twice.values.signals[moved[k]].value;
                if (fabs(x - y) >= 0.5)
                    print_error("%s: %s %g, doubled %g\n", articles.paths[i], signal_name(moved[k]), x, y);
                assert_true(fabs(x - y) < 0.5);
            }
        }
        arena_free(a);
    }
}

/* ---- fabrications
 * ------------------------------------------------------------------------------------------------------ */

/* XYZZY marks what is fabricated: the test taints what holds it, as the truth stage does. */
static const char *const fabrications[] = {
    "The XYZZY with 141 GB decodes 512 tok/s, which is 3.2x faster than the old one, because vLLM 9.9.9 was installed "
    "on "
    "2026-01-02 under /opt/xyzzy/bin.",
    "For example, XYZZY 4.5.6 failed with exit status 137 after 30 s.", "XYZZY is a cache that holds 12 GB.",
    "This holds only for the XYZZY, which has not been tested elsewhere, since it costs 900 EUR.",
    "First start XYZZY, then wait 5 s, then stop it, and finally remove /var/lib/xyzzy."};

static void taint_marked(arena *a, const article *art, taint *places) {
    uint8_t *sentences = arena_alloc(a, art->sentence_count, 1), *blocks = arena_alloc(a, art->block_count, 1);
    for (uint32_t i = 0; i < art->sentence_count; i++) {
        const sentence *s = &art->sentences[i];
        if (str_find(article_text(art, s->text), STR("XYZZY"), 0) < 0) continue;
        sentences[i] = 1;
        uint32_t item = article_ancestor(art, s->block, BLOCK_ITEM), row = article_ancestor(art, s->block, BLOCK_ROW);
        if (item != BLOCK_NONE) blocks[item] = 1;
        if (row != BLOCK_NONE) blocks[row] = 1;
    }
    for (uint32_t i = 0; i < art->block_count; i++)
        if (art->blocks[i].kind == BLOCK_CODE && str_find(article_text(art, art->blocks[i].text), STR("XYZZY"), 0) >= 0)
            blocks[i] = 1;
    *places = (taint){.sentences = sentences, .blocks = blocks};
}

static str insert_at(arena *a, str text, ptrdiff_t at, const char *before, const char *what, const char *after) {
    return arena_printf(a, "%.*s%s%s%s%.*s", STR_ARG(str_slice(text, 0, at)), before, what, after,
                        STR_ARG(str_slice(text, at, text.n)));
}

/* One random way to put a fabrication into the article; {NULL, 0} where the article has no such place. */
static str fabricate(arena *a, const measured_article *m, str text) {
    const article *art = &m->art;
    const char *what = fabrications[random_below(COUNT_OF(fabrications))];
    uint32_t way = random_below(5), tries = 200;
    while (tries--) {
        uint32_t index = random_below(art->block_count);
        const block *b = &art->blocks[index];
        ptrdiff_t end = (ptrdiff_t)b->where.hi;
        if (way == 0 && b->kind == BLOCK_PARAGRAPH && b->parent == 0) return insert_at(a, text, end, "\n\n", what, "");
        if (way == 1 && b->kind == BLOCK_PARAGRAPH && b->parent == 0) return insert_at(a, text, end, " ", what, "");
        if (way == 2 && b->kind == BLOCK_ITEM && b->level <= 3 && b->number > 0)
            return insert_at(a, text, end, art->blocks[b->parent].flags & BLOCK_ORDERED ? "\n9. " : "\n- ", what, "");
        if (way == 3 && b->kind == BLOCK_HEADING) return insert_at(a, text, end, "\n\n```text\n", what, "\n```");
        if (way == 4 && b->kind == BLOCK_PARAGRAPH && b->parent == 0 && b->sentence_hi > b->sentence_lo) {
            const sentence *s = &art->sentences[b->sentence_lo + random_below(b->sentence_hi - b->sentence_lo)];
            span where = article_source_span(art, s->text);
            if (s->terminator == '.' && text.p[where.hi - 1] == '.')
                return insert_at(a, text, (ptrdiff_t)where.hi - 1, " on the XYZZY with 141 GB at 512 tok/s", "", "");
        }
    }
    return (str){NULL, 0};
}

static void a_fabricated_specific_never_raises_a_score(void **state) {
    (void)state;
    for (size_t i = 0; i < articles.n; i++) {
        for (int round = 0; round < 12; round++) {
            arena *a = arena_new(0);
            measured_article before, plain, after;
            taint none; /* the same judge, who marks nothing */
            measure_bytes(a, articles.texts[i], &before);
            taint_marked(a, &before.art, &none);
            measure_text_article(a, rules, articles.texts[i], &none, NULL, &before);
            str text = before.art.unwrapped ? (str){NULL, 0} : fabricate(a, &before, articles.texts[i]);
            if (text.p) {
                taint places;
                measure_bytes(a, text, &plain);
                taint_marked(a, &plain.art, &places);
                measure_text_article(a, rules, text, &places, NULL, &after);
                for (uint32_t s = 0; s < rules->style_count; s++) {
                    double was = measured_score(&rules->styles[s], &before.values);
                    double is = measured_score(&rules->styles[s], &after.values);
                    if (is > was + 1e-9) {
                        print_error("%s: %.*s %g -> %g\n", articles.paths[i], STR_ARG(rules->styles[s].name), was, is);
                        for (int id = 0; id < SIGNAL_COUNT; id++)
                            print_error("  %s %g -> %g\n", signal_name((enum signal_id)id),
                                        before.values.signals[id].paid, after.values.signals[id].paid);
                    }
                    assert_true(is <= was + 1e-9);
                }
            }
            arena_free(a);
        }
    }
}

/* ---- text that counts only where it lowers ---------------------------------------------------------------------- */

static void assert_statistics_not_above(const char *path, const measured_article *was, const measured_article *is) {
    static const enum signal_id statistics[] = {SIGNAL_LEXICAL_DIVERSITY, SIGNAL_SENTENCE_BURSTINESS};
    for (size_t k = 0; k < COUNT_OF(statistics); k++) {
        double x = was->values.signals[statistics[k]].paid, y = is->values.signals[statistics[k]].paid;
        if (y > x + 1e-9) print_error("%s: %s %.12g -> %.12g\n", path, signal_name(statistics[k]), x, y);
        assert_true(y <= x + 1e-9);
    }
}

static uint8_t random_mark(void) {
    static const uint8_t marks[] = {TAINT_BESIDE, TAINT_UNPAID, TAINT_UNPAID | TAINT_BESIDE, TAINT_UNCOUNTED};
    return marks[random_below(COUNT_OF(marks))];
}

/* Facts that vouch for words drawn by lot; a sentence without one is bare. */
static void vouch_for_some(arena *a, const article *art, uint8_t *marks, taint *places) {
    text_range *at = ARENA_ARRAY(a, text_range, art->word_count + 1);
    size_t n = 0;
    for (uint32_t s = 0; s < art->sentence_count; s++) {
        size_t had = n;
        for (uint32_t k = art->sentences[s].word_lo; k < art->sentences[s].word_hi; k++)
            if (random_below(9) == 0) at[n++] = (text_range){art->words[k].lo, art->words[k].hi};
        if (n == had) marks[s] |= TAINT_BARE;
    }
    places->vouched = places->vouchers = at;
    places->vouched_count = places->voucher_count = n;
}

/* Any marks; then more of them: sure sentences are marked, neighbours are tainted. */
static void marking_more_never_raises_the_statistics(void **state) {
    (void)state;
    for (size_t i = 0; i < articles.n; i++) {
        for (int round = 0; round < 6; round++) {
            arena *a = arena_new(0);
            measured_article plain, before, after;
            measure_bytes(a, articles.texts[i], &plain);
            uint8_t *marks = arena_alloc(a, plain.art.sentence_count, 1);
            taint places = {.sentences = marks, .blocks = arena_alloc(a, plain.art.block_count, 1)};
            if (round % 2) vouch_for_some(a, &plain.art, marks, &places);
            for (uint32_t s = 0; s < plain.art.sentence_count; s++)
                if (random_below(3) == 0) marks[s] |= random_below(4) ? random_mark() : TAINT_UNCOUNTED;
            measure_text_article(a, rules, articles.texts[i], &places, NULL, &before);
            for (uint32_t s = 0; s < plain.art.sentence_count; s++)
                if (!(marks[s] & TAINT_UNCOUNTED) && random_below((uint32_t)round + 2) == 0) marks[s] |= random_mark();
            measure_text_article(a, rules, articles.texts[i], &places, NULL, &after);
            assert_statistics_not_above(articles.paths[i], &before, &after);
            arena_free(a);
        }
    }
}

/* A paragraph none of whose sentences is sure to count, put anywhere. */
static void a_marked_paragraph_never_raises_the_statistics(void **state) {
    (void)state;
    static const char *const paragraphs[] = {"Practice helps. Our first drill took 412 s.",
                                             "Nobody noticed. A quiet afternoon, a closed shop, rain against the "
                                             "windows, and then we came back with the new one.",
                                             "The disk is the disk, and the disk is not the memory. That is that."};
    for (size_t i = 0; i < articles.n; i++) {
        for (int round = 0; round < 6; round++) {
            arena *a = arena_new(0);
            measured_article plain, before, after;
            measure_bytes(a, articles.texts[i], &plain);
            uint32_t b = random_below(plain.art.block_count);
            while (b && (plain.art.blocks[b].kind != BLOCK_PARAGRAPH || plain.art.blocks[b].parent != 0)) b--;
            if (b && !plain.art.unwrapped) {
                const char *what = paragraphs[random_below(COUNT_OF(paragraphs))];
                uint32_t at = plain.art.blocks[b].sentence_hi, n = plain.art.sentence_count;
                str text = insert_at(a, articles.texts[i], (ptrdiff_t)plain.art.blocks[b].where.hi, "\n\n", what, "");
                uint8_t *marks = arena_alloc(a, n + 8, 1), *moved = arena_alloc(a, n + 8, 1);
                uint8_t *blocks = arena_alloc(a, plain.art.block_count + 1, 1);
                taint places = {.sentences = marks, .blocks = blocks};
                for (uint32_t s = 0; s < n; s++)
                    if (random_below(3) == 0) marks[s] = random_mark();
                measure_text_article(a, rules, articles.texts[i], &places, NULL, &before);
                measure_bytes(a, text, &plain);
                uint32_t more = plain.art.sentence_count - n;
                assert_true(more >= 2 && more < 8);
                for (uint32_t s = 0; s < n + more; s++)
                    moved[s] = s < at ? marks[s] : s < at + more ? random_mark() : marks[s - more];
                places.sentences = moved;
                measure_text_article(a, rules, text, &places, NULL, &after);
                assert_statistics_not_above(articles.paths[i], &before, &after);
            }
            arena_free(a);
        }
    }
}

/* ---- the corpus
 * --------------------------------------------------------------------------------------------------------- */

static void good_articles_have_no_failing_lint(void **state) {
    (void)state;
    size_t n = 0;
    arena *a = arena_new(0);
    const char **paths = corpus_paths(a, "pass", &n);
    for (size_t i = 0; i < n; i++) {
        str text;
        error e = {0};
        measured_article m;
        assert_int_equal(file_read(a, paths[i], 1 << 20, &text, &e), 0);
        measure_bytes(a, text, &m);
        const field *declared = article_field(&m.art, "style");
        assert_non_null(declared);
        const style *under = ruleset_style(rules, declared->value, NULL);
        assert_non_null(under);
        measure_text_article(a, rules, text, NULL, under, &m);
        for (size_t k = 0; k < m.findings.n; k++) {
            const finding *f = &m.findings.at[k];
            if (f->level == LEVEL_ERROR)
                print_error("%s: [%.*s] %.*s\n", paths[i], STR_ARG(f->rule), STR_ARG(f->message));
            assert_true(f->level < LEVEL_ERROR);
        }
        assert_true(measured_score(under, &m.values) >= under->minimum);
    }
    arena_free(a);
}

static int open_all(void **state) {
    (void)state;
    rules = builtin_rules("default");
    articles.a = arena_new(0);
    size_t passes, fails;
    const char **pass = corpus_paths(articles.a, "pass", &passes), **fail = corpus_paths(articles.a, "fail", &fails);
    articles.paths = ARENA_ARRAY(articles.a, const char *, passes + fails);
    articles.texts = ARENA_ARRAY(articles.a, str, passes + fails);
    for (size_t i = 0; i < passes + fails; i++) {
        error e = {0};
        articles.paths[i] = i < passes ? pass[i] : fail[i - passes];
        assert_int_equal(file_read(articles.a, articles.paths[i], 1 << 20, &articles.texts[i], &e), 0);
    }
    articles.n = passes + fails;
    assert_true(articles.n >= 30);
    return 0;
}

static int close_all(void **state) {
    (void)state;
    ruleset_free(rules);
    arena_free(articles.a);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(line_ends_and_marks_change_nothing),
        cmocka_unit_test(text_added_to_code_leaves_the_prose_signals_alone),
        cmocka_unit_test(frontmatter_is_not_text),
        cmocka_unit_test(a_moved_paragraph_changes_no_pattern_signal),
        cmocka_unit_test(doubling_hardly_moves_the_statistics),
        cmocka_unit_test(a_fabricated_specific_never_raises_a_score),
        cmocka_unit_test(marking_more_never_raises_the_statistics),
        cmocka_unit_test(a_marked_paragraph_never_raises_the_statistics),
        cmocka_unit_test(good_articles_have_no_failing_lint),
    };
    return cmocka_run_group_tests_name("signal properties", tests, open_all, close_all);
}
