/* test_gate_properties.c - what must hold for the whole gate, over the corpus with its manifests.
 *
 * The ledger adds up; what `explain` proposes names nothing that is neither in the article nor in the manifest; a
 * fabricated specific, put anywhere into an article, never raises its score; a manifest that knows less never supports
 * more. Seeded: the same cases every time.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/file.h"
#include "manifest/manifest.h"
#include "gate/gate.h"

#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { OPERATIONS = 3, MAX_PAGES = 40 };
static const char *const operations[OPERATIONS] = {"kestrel", "harborlight", "saltmarsh"};

typedef struct page {
    str path, source;
} page;

typedef struct operation {
    str manifest_text;
    manifest *truth;
    page pages[MAX_PAGES];
    size_t count;
} operation;

static operation ops[OPERATIONS];
static arena *keep, *work;
static const ruleset *rules;
static uint32_t seed = 20260518;

static uint32_t random_below(uint32_t n) {
    seed = seed * 1664525 + 1013904223;
    return n ? (uint32_t)(((uint64_t)(seed >> 8) * n) >> 24) : 0;
}

static gate_options options_for(const manifest *truth) {
    return (gate_options){.rules = rules,
                          .manifest = truth,
                          .minimum = NAN,
                          .ratchet = NAN,
                          .fail_level = LEVEL_ERROR,
                          .about_ours = true};
}

static void judge(const manifest *truth, str path, str source, judgement *out) {
    error e = {0};
    gate_options options = options_for(truth);
    arena_reset(work);
    assert_int_equal(gate_judge(work, &options, path, source, out, &e), 0);
}

static void load_folder(operation *op, const char *folder) {
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir));) {
        error e = {0};
        if (!str_ends(str_from_cstr(entry->d_name), STR(".md"))) continue;
        assert_true(op->count < MAX_PAGES);
        page *p = &op->pages[op->count++];
        char *path = path_join(keep, str_from_cstr(folder), str_from_cstr(entry->d_name));
        p->path = str_from_cstr(path);
        assert_int_equal(file_read(keep, path, 1 << 20, &p->source, &e), 0);
    }
    closedir(dir);
}

static int load(void **state) {
    (void)state;
    keep = arena_new(0);
    work = arena_new(0);
    error e = {0};
    assert_int_equal(ruleset_builtin(&rules, &e), 0);
    for (int i = 0; i < OPERATIONS; i++) {
        char path[128];
        snprintf(path, sizeof path, "corpus/manifests/%s.yaml", operations[i]);
        const char *files[] = {path};
        assert_int_equal(file_read(keep, path, 1 << 20, &ops[i].manifest_text, &e), 0);
        assert_int_equal(manifest_load_files(files, 1, &ops[i].truth, &e), 0);
        static const char *const folders[] = {"pass", "fail"};
        for (size_t k = 0; k < COUNT_OF(folders); k++) {
            snprintf(path, sizeof path, "corpus/articles/%s/%s", operations[i], folders[k]);
            load_folder(&ops[i], path);
        }
    }
    return 0;
}

static int unload(void **state) {
    (void)state;
    for (int i = 0; i < OPERATIONS; i++) manifest_free(ops[i].truth);
    ruleset_free((ruleset *)(uintptr_t)rules);
    arena_free(keep);
    arena_free(work);
    return 0;
}

static void the_ledger_adds_up(void **state) {
    (void)state;
    for (int i = 0; i < OPERATIONS; i++)
        for (size_t p = 0; p < ops[i].count; p++) {
            judgement j;
            judge(ops[i].truth, ops[i].pages[p].path, ops[i].pages[p].source, &j);
            double sum = j.contradiction_points;
            for (int id = 0; id < SIGNAL_COUNT; id++) sum += j.ledger[id].points;
            assert_true(fabs(sum - j.score) < 1e-6);
            assert_int_equal(j.passed, j.reason_count == 0);
            assert_true(!j.passed || j.score >= j.minimum);
        }
}

/* Whether a run of letters, digits and points stands in either text; the dotted name of a fact ("lamp1.cpu_cores"),
 * part by part. */
static bool stands_in(str run_text, str source, str truth) {
    if (str_find(source, run_text, 0) >= 0 || str_find(truth, run_text, 0) >= 0) return true;
    str rest = run_text, part;
    bool parts = byte_is_alpha(run_text.p[0]);
    while (parts && str_cut(&rest, '.', &part)) parts = str_find(truth, part, 0) >= 0;
    return parts;
}

/* Every run of letters, digits and points that holds a digit stands in the article or in the manifest. */
static void assert_no_new_specific(str text, str source, str truth) {
    for (ptrdiff_t i = 0; i < text.n;) {
        ptrdiff_t lo = i;
        bool digit = false;
        for (; i < text.n && text.p[i] && (byte_is_alnum(text.p[i]) || strchr(".-_", text.p[i])); i++)
            digit |= byte_is_digit(text.p[i]);
        str named = str_slice(text, lo, i);
        while (named.n > 0 && !byte_is_alnum(named.p[named.n - 1])) named.n--;
        if (digit && named.n > 1 && !stands_in(named, source, truth)) {
            print_error("the edit '%.*s' names '%.*s'\n", STR_ARG(text), STR_ARG(named));
            fail();
        }
        if (i == lo) i++;
    }
}

static void edits_only_remove_or_cite_the_manifest(void **state) {
    (void)state;
    size_t seen = 0;
    for (int i = 0; i < OPERATIONS; i++)
        for (size_t p = 0; p < ops[i].count; p++) {
            judgement j;
            advice given;
            error e = {0};
            judge(ops[i].truth, ops[i].pages[p].path, ops[i].pages[p].source, &j);
            gate_options options = options_for(ops[i].truth);
            assert_int_equal(gate_advise(work, &options, &j, &given, &e), 0);
            for (uint32_t k = 0; k < given.count; k++) {
                /* A lint's own sentence counts things ("shorter than the 500 words ..."): not a specific to write.
                 */
                if (!str_starts(given.edits[k].what, STR("remove"))) continue;
                assert_no_new_specific(given.edits[k].what, ops[i].pages[p].source, ops[i].manifest_text);
                seen++;
            }
        }
    assert_true(seen > 50);
}

static const char *const fabrications[] = {
    " It also runs Kafka 3.9.1 because the queue was slow, for example at 14,000 messages per second.",
    " On 2026-02-30 the cluster moved to Kubernetes 1.34.2, which is 3.2x faster than before.",
    " We measured 512 ms at the 99th percentile, up from 480 ms, since the cache lives in `/srv/turbo/cache.db`.",
    " A second server with 96 cores and 2 TB of RAM takes over after 30 s.",
    " However, the limit is 4,096 connections on port 7777, so it does not scale beyond 12 nodes.",
    " The Zephyr index is a table of 88 GB, compared to 91 GB in version 7.7.7.",
    " Every Tuesday the auditor checks 250 samples, then rebuilds the index, and finally reports to "
    "https://example.org/x.",
    " It failed with `error: connection refused (os error 111)` on the NVIDIA H100 at 72 W.",
    /* Numbers that nothing can bind: they make no claim, and earn nothing either. */
    " A single one reaches 1.12; with the option set, that becomes 1.62, because the queue is longer then.",
    " The evaluation: 45 of sixty, compared with 31 before.",
    " In the incident of 15 May, 218 of the 342 failed.",
    " Two of them make eighty-four, four 181, and so on.",
    "\n\n```ini\n[template]\nhourly = 224\nMaxArraySize = 5001\n```",
    "\n\n- **Queue**: 287 of 511 are free, so nobody waits",
};

/* Ends of paragraphs of prose that close a sentence: behind them another can be added. (Behind "Add them up:" it would
 * become part of an instruction to the reader, which states nothing about the operation.) */
static size_t prose_ends(const article *art, uint32_t *ends, size_t capacity) {
    size_t n = 0;
    for (uint32_t b = 0; b < art->block_count && n < capacity; b++)
        if (art->blocks[b].kind == BLOCK_PARAGRAPH && !(art->blocks[b].flags & (BLOCK_IN_QUOTE | BLOCK_IN_LIST)) &&
            art->blocks[b].sentence_hi > art->blocks[b].sentence_lo &&
            art->sentences[art->blocks[b].sentence_hi - 1].terminator == '.')
            ends[n++] = art->blocks[b].where.hi;
    return n;
}

static void a_fabricated_specific_never_raises_the_score(void **state) {
    (void)state;
    buf edited = {0};
    for (int i = 0; i < OPERATIONS; i++)
        for (size_t p = 0; p < ops[i].count; p++) {
            judgement j;
            uint32_t ends[256];
            str source = ops[i].pages[p].source;
            judge(ops[i].truth, ops[i].pages[p].path, source, &j);
            double before = j.score;
            size_t places = j.article.unwrapped ? 0 : prose_ends(&j.article, ends, COUNT_OF(ends));
            for (size_t k = 0; k < COUNT_OF(fabrications) && places; k++) {
                uint32_t at = ends[random_below((uint32_t)places)];
                edited.n = 0;
                buf_str(&edited, str_slice(source, 0, at));
                buf_cstr(&edited, fabrications[k]);
                buf_str(&edited, str_slice(source, at, source.n));
                judge(ops[i].truth, ops[i].pages[p].path, buf_view(&edited), &j);
                if (j.score > before + 1e-6)
                    print_error("%.*s: %g became %g with '%s'\n", STR_ARG(ops[i].pages[p].path), before, j.score,
                                fabrications[k]);
                assert_true(j.score <= before + 1e-6);
            }
        }
    buf_free(&edited);
}

/* Does a claim that vouches for its neighbours stand in the stretch of the source? */
static bool has_voucher(const judgement *j, uint32_t lo, uint32_t hi) {
    for (size_t i = 0; i < j->claims.n; i++) {
        const claim *c = &j->claims.at[i];
        bool agrees = c->verdict == VERDICT_SUPPORTED || c->verdict == VERDICT_UNDERSPECIFIED;
        if (agrees && c->where.lo < hi && c->where.hi > lo) return true;
    }
    return false;
}

/* Puts the line behind a paragraph drawn by lot, without its marks. Counts it where nothing in it is vouched for. */
static uint32_t expect_no_gain(const operation *op, const page *to, str line, buf *edited) {
    judgement j;
    uint32_t ends[256];
    judge(op->truth, to->path, to->source, &j);
    double before = j.score;
    size_t places = j.article.unwrapped ? 0 : prose_ends(&j.article, ends, COUNT_OF(ends));
    if (!places) return 0;
    uint32_t at = ends[random_below((uint32_t)places)];
    edited->n = 0;
    buf_str(edited, str_slice(to->source, 0, at));
    buf_byte(edited, ' ');
    for (ptrdiff_t i = 0; i < line.n; i++) {
        bool mark = line.p[i] == 0xc2 && i + 1 < line.n && (line.p[i + 1] == 0xab || line.p[i + 1] == 0xbb);
        if (mark)
            i++;
        else
            buf_byte(edited, line.p[i]);
    }
    uint32_t end = (uint32_t)edited->n;
    buf_str(edited, str_slice(to->source, at, to->source.n));
    judge(op->truth, to->path, buf_view(edited), &j);
    if (has_voucher(&j, at, end)) return 0;
    if (j.score > before + 1e-6)
        print_error("%.*s: %g became %g with '%.*s'\n", STR_ARG(to->path), before, j.score, STR_ARG(line));
    return j.score > before + 1e-6 ? UINT32_MAX : 1;
}

/* Habits, causes, places and opinions that people invented who had not seen the rules, and what is true of anybody's
 * machines: told without a fact of the manifest, none of it pays, wherever it stands. */
static void what_no_fact_vouches_for_never_raises_the_score(void **state) {
    (void)state;
    static const char *const lots[] = {"anecdotes/%s.bribe", "anecdotes/%s.honest", "bribes/%s.bribe",
                                       "bribes/%s.honest"};
    buf edited = {0};
    uint32_t tried = 0, raised = 0;
    for (int i = 0; i < 2; i++) /* the third operation has no such lines */
        for (size_t k = 0; k < COUNT_OF(lots); k++) {
            char name[64], path[128];
            str rest, line;
            error e = {0};
            snprintf(name, sizeof name, lots[k], operations[i]);
            snprintf(path, sizeof path, "tests/facts/%s", name);
            assert_int_equal(file_read(keep, path, 1 << 20, &rest, &e), 0);
            while (str_cut(&rest, '\n', &line)) {
                if (!line.n || str_find(line, STR("\\n"), 0) >= 0) continue;
                const page *to = &ops[i].pages[random_below((uint32_t)ops[i].count)];
                uint32_t got = expect_no_gain(&ops[i], to, line, &edited);
                raised += got == UINT32_MAX;
                tried += got == 1;
            }
        }
    print_message("# %u lines\n", tried);
    buf_free(&edited);
    assert_int_equal(raised, 0);
    assert_true(tried > 100);
}

/* The k-th program of the operation: a declared command, or a component whose name can be typed. */
static str program_name(const manifest *truth, uint32_t k) {
    for (uint32_t i = 0; i < truth->command_count; i++) { /* what it is given must be a subcommand, not an argument */
        const manifest_command *c = &truth->commands[(k + i) % truth->command_count];
        if (truth->subcommands[c->root].child != MANIFEST_NONE) return c->binary;
    }
    for (uint32_t i = 0; i < truth->entity_count; i++) {
        const manifest_entity *e = &truth->entities[(k * 7 + i) % truth->entity_count];
        bool typed = e->kind == ENTITY_COMPONENT && e->aliases.n && e->id.n > 3;
        for (ptrdiff_t c = 0; c < e->id.n; c++) typed = typed && byte_is_alpha(e->id.p[c]);
        for (uint32_t n = 0; n < e->aliases.n && typed; n++)
            if (str_eq_nocase(e->aliases.at[n].text, e->id)) return e->id;
    }
    return (str){NULL, 0};
}

static void an_invented_subcommand_never_raises_the_score(void **state) {
    (void)state;
    static const char *const frames[] = {
        " Afterwards we run `%.*s conjure` once, because the rest is slower then.",
        " However, `%.*s` has a `conjure` subcommand, so nobody waits.",
        " Run `sudo %.*s conjure --moonlight` if the disk is full.",
        "\n\n```console\n$ %.*s conjure --moonlight\n```\n",
        " Since last week `%.*s conjure --json` writes what `/usr/bin/env` reads, for example.",
    };
    buf edited = {0};
    uint32_t tried = 0;
    for (int i = 0; i < OPERATIONS; i++)
        for (size_t p = 0; p < ops[i].count; p++) {
            judgement j;
            uint32_t ends[256];
            str source = ops[i].pages[p].source;
            judge(ops[i].truth, ops[i].pages[p].path, source, &j);
            double before = j.score;
            size_t places = j.article.unwrapped ? 0 : prose_ends(&j.article, ends, COUNT_OF(ends));
            for (size_t k = 0; k < COUNT_OF(frames) && places; k++) {
                uint32_t at = ends[random_below((uint32_t)places)];
                str name = program_name(ops[i].truth, (uint32_t)(p + k));
                if (!name.n) continue;
                edited.n = 0;
                buf_str(&edited, str_slice(source, 0, at));
                buf_printf(&edited, frames[k], STR_ARG(name));
                buf_str(&edited, str_slice(source, at, source.n));
                judge(ops[i].truth, ops[i].pages[p].path, buf_view(&edited), &j);
                tried++;
                if (j.score > before + 1e-6)
                    print_error("%.*s: %g became %g with '%.*s' in '%s'\n", STR_ARG(ops[i].pages[p].path), before,
                                j.score, STR_ARG(name), frames[k]);
                assert_true(j.score <= before + 1e-6);
            }
        }
    assert_true(tried > 100);
    buf_free(&edited);
}

static uint32_t supported_claims(const manifest *truth, const page *p) {
    judgement j;
    uint32_t n = 0;
    judge(truth, p->path, p->source, &j);
    for (size_t i = 0; i < j.claims.n; i++) {
        const claim *c = &j.claims.at[i];
        bool agrees = c->verdict == VERDICT_SUPPORTED || c->verdict == VERDICT_UNDERSPECIFIED;
        n += agrees && c->stance == STANCE_ASSERTED && c->credit_bearing && c->kind != CLAIM_EXISTENCE;
    }
    return n;
}

/* The manifest without its `skip`-th one-line benchmark; false when there is none. */
static bool without_benchmark(str text, uint32_t skip, buf *out) {
    str line;
    bool inside = false, dropped = false;
    for (uint32_t n = 0; text.n > 0 && str_cut(&text, '\n', &line);) {
        if (line.n && line.p[0] != ' ') inside = str_starts(line, STR("benchmarks:"));
        bool entry = inside && str_starts(line, STR("  - {")) && str_ends(line, STR("}"));
        if (entry && n++ == skip) {
            dropped = true;
            continue;
        }
        buf_str(out, line);
        buf_byte(out, '\n');
    }
    return dropped;
}

static void a_manifest_that_knows_less_never_supports_more(void **state) {
    (void)state;
    uint32_t tried = 0;
    for (int i = 0; i < OPERATIONS; i++)
        for (int round = 0; round < 12; round++) {
            buf less = {0};
            manifest *truth = NULL;
            error e = {0};
            bool made = without_benchmark(ops[i].manifest_text, random_below(40), &less);
            manifest_source source = {.path = STR("less.yaml"), .content = buf_view(&less)};
            /* A derived fact may name what was dropped: then the file is refused, which is right. */
            if (made && manifest_load(&source, 1, &truth, &e) == 0) {
                const page *p = &ops[i].pages[random_below((uint32_t)ops[i].count)];
                uint32_t all = supported_claims(ops[i].truth, p), fewer = supported_claims(truth, p);
                if (fewer > all) print_error("%.*s: %u supported, %u with a fact less\n", STR_ARG(p->path), all, fewer);
                assert_true(fewer <= all);
                tried++;
            }
            manifest_free(truth);
            buf_free(&less);
        }
    assert_true(tried >= 10);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_ledger_adds_up),
        cmocka_unit_test(edits_only_remove_or_cite_the_manifest),
        cmocka_unit_test(a_fabricated_specific_never_raises_the_score),
        cmocka_unit_test(what_no_fact_vouches_for_never_raises_the_score),
        cmocka_unit_test(an_invented_subcommand_never_raises_the_score),
        cmocka_unit_test(a_manifest_that_knows_less_never_supports_more),
    };
    return cmocka_run_group_tests_name("gate properties", tests, load, unload);
}
