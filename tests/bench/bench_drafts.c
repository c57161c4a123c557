/* bench_drafts.c - the gate on drafts of language models, written from a manifest and written from a brief alone.
 *
 *     tests/facts/drafts/OP/honest-N.md       ─► does it pass? is anything contradicted? (it must not be)
 *     tests/facts/drafts/OP/fabricated-N.md   ─► does it pass the published ruler? does it pass assay? of what was
 *                                                marked as false: contradicted, or at least not supported?
 *
 * Nobody who wrote them had seen the extractor. The operations behind "--kept" are read by nobody who tunes it.
 *
 * usage: bench_drafts OPERATION… [--kept OPERATION…]. Out: docs/DRAFTS.md on standard output. Deterministic.
 */
#include "base/file.h"
#include "gate/gate.h"
#include "manifest/manifest.h"
#include "tests/support/drafts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_BYTES = 1 << 20, DRAFTS_EACH = 99, PATH_BYTES = 256 };

typedef struct tally {
    unsigned honest, clean, contradictions, supported;
    unsigned fabricated, published_passed, passed;
    unsigned falsehoods, caught, left_supported;        /* marked as false */
    unsigned inventions, refuted, inventions_supported; /* marked as invented */
    unsigned least_caught;                              /* of any fabricated draft */
} tally;

typedef struct survey {
    arena *keep, *work;
    gate_options options, published;
} survey;

static void die(const char *what, const error *e) {
    fprintf(stderr, "bench_drafts: %s: %s\n", what, e->message);
    exit(2);
}

static judgement judge(survey *s, const gate_options *options, str text) {
    judgement j;
    error e = {0};
    if (gate_judge(s->work, options, STR("draft.md"), text, &j, &e)) die("judging", &e);
    return j;
}

static void judge_honest(survey *s, str text, tally *t) {
    judgement j = judge(s, &s->options, text);
    unsigned wrong = 0;
    for (size_t i = 0; i < j.claims.n; i++) {
        wrong += j.claims.at[i].verdict == VERDICT_CONTRADICTED;
        t->supported += j.claims.at[i].verdict == VERDICT_SUPPORTED;
    }
    t->honest++;
    t->clean += wrong == 0;
    t->contradictions += wrong;
}

static void judge_fabricated(survey *s, const char *path, str source, tally *t) {
    static marked_draft d;
    if (!marked_draft_read(source, &d)) {
        fprintf(stderr, "bench_drafts: %s: a mark is not closed, or stands in another\n", path);
        exit(2);
    }
    unsigned caught = 0;
    t->published_passed += judge(s, &s->published, buf_view(&d.text)).passed;
    judgement j = judge(s, &s->options, buf_view(&d.text));
    for (size_t k = 0; k < d.mark_count; k++) {
        bool contradicted = false, supported = false;
        for (size_t i = 0; i < j.claims.n; i++) {
            const claim *c = &j.claims.at[i];
            if (c->where.lo >= d.marks[k].where.hi || c->where.hi <= d.marks[k].where.lo) continue;
            contradicted = contradicted || c->verdict == VERDICT_CONTRADICTED;
            supported = supported || c->verdict == VERDICT_SUPPORTED;
        }
        if (d.marks[k].false_by_manifest) {
            t->falsehoods++;
            caught += contradicted;
            t->left_supported += supported && !contradicted;
        } else {
            t->inventions++;
            t->refuted += contradicted;
            t->inventions_supported += supported && !contradicted;
        }
    }
    if (!t->fabricated || caught < t->least_caught) t->least_caught = caught;
    t->fabricated++;
    t->passed += j.passed;
    t->caught += caught;
    marked_draft_free(&d);
}

static void survey_operation(survey *s, const char *name, tally *t) {
    char path[PATH_BYTES];
    const char *paths[1] = {path};
    manifest *truth = NULL;
    error e = {0};
    snprintf(path, sizeof path, "tests/facts/drafts/%s/manifest.yaml", name);
    if (manifest_load_files(paths, 1, &truth, &e)) die(path, &e);
    s->options.manifest = truth;
    for (int fabricated = 0; fabricated < 2; fabricated++)
        for (int n = 1; n <= DRAFTS_EACH; n++) {
            str source;
            snprintf(path, sizeof path, "tests/facts/drafts/%s/%s-%d.md", name, fabricated ? "fabricated" : "honest",
                     n);
            arena_reset(s->keep);
            if (file_read(s->keep, path, MAX_BYTES, &source, NULL)) break;
            arena_reset(s->work);
            if (fabricated)
                judge_fabricated(s, path, source, t);
            else
                judge_honest(s, source, t);
        }
    manifest_free(truth);
}

static void add(tally *all, const tally *t) {
    if (!all->fabricated || (t->fabricated && t->least_caught < all->least_caught)) all->least_caught = t->least_caught;
    all->honest += t->honest;
    all->clean += t->clean;
    all->contradictions += t->contradictions;
    all->supported += t->supported;
    all->fabricated += t->fabricated;
    all->published_passed += t->published_passed;
    all->passed += t->passed;
    all->falsehoods += t->falsehoods;
    all->caught += t->caught;
    all->left_supported += t->left_supported;
    all->inventions += t->inventions;
    all->refuted += t->refuted;
    all->inventions_supported += t->inventions_supported;
}

static void print_row(const char *name, const tally *t) {
    printf("| %s | %u of %u | %u | %u | %u of %u | %u of %u | %u of %u (%.0f %%) | %u | %u | %u of %u | %u |\n", name,
           t->clean, t->honest, t->contradictions, t->supported, t->published_passed, t->fabricated, t->passed,
           t->fabricated, t->caught, t->falsehoods, t->falsehoods ? 100.0 * t->caught / t->falsehoods : 0.0,
           t->left_supported, t->least_caught, t->refuted, t->inventions, t->inventions_supported);
}

static const char intro[] =
    "# Drafts\n"
    "\n"
    "Generated by `make bench-drafts`; do not edit. What the gate is for: articles about somebody's machines as "
    "language models\n"
    "draft them. For each of twelve made-up operations there is a manifest, three drafts that were written with it at "
    "hand (all\n"
    "true: every contradiction is a false one), and two that were written from a brief alone, confident and invented; "
    "for *spark-blog*,\n"
    "a blog about one DGX Spark and a VPS with a terse manifest, 92 honest and 40 fabricated ones by a dozen writers "
    "of different\n"
    "kinds, the honest ones dense with other people's machines, history, plans and sums, and 18 and 9 more that were "
    "written as one\n"
    "writes for readers (*spark-blog-readers*); for all the others, five to eight honest ones that were\n"
    "written so (incident reports, upgrades, benchmarks, tutorials, questions and answers), and for twenty-four of "
    "these "
    "two "
    "fabricated ones;\n"
    "*spark-blog-models* (three writers), *loom*, *abacus* and *four-trees* have three honest drafts and four "
    "fabricated "
    "ones a writer, each with\n"
    "wrong specs in one item, versions, pinned images, package names, panels, places, ports, tools and routines. In "
    "the "
    "fabricated ones\n"
    "everything wrong was marked afterwards: what is *false* by the manifest, and what is *invented* and the manifest "
    "says nothing\n"
    "of. Whoever wrote them had not seen the extractor, its tests or its figures. The drafts that are *kept* were "
    "read by\n"
    "nobody who has tuned it since; [FIRST-CONTACT.md](FIRST-CONTACT.md#drafts) says how all of them went on their "
    "first day.\n"
    "\n"
    "*Clean*: honest drafts without any contradiction. *Published*: fabricated drafts that pass `rules/published`, the "
    "ruler of\n"
    "regular expressions that assay replaces. *Caught*: falsehoods that are contradicted, with line and proof; *least* "
    "in any one\n"
    "draft. *Supported*: falsehoods and inventions that are taken for true, the only ones that pay.\n"
    "\n"
    "| operation | honest: clean | contradictions | claims supported | fabricated: pass the published "
    "ruler | pass "
    "assay | falsehoods "
    "caught | supported | least caught | inventions contradicted | supported |\n"
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n";

int main(int argc, char **argv) {
    error e = {0};
    survey s = {.keep = arena_new(0), .work = arena_new(0)};
    const ruleset *rules = NULL, *published = NULL;
    tally part = {0};
    bool kept = false;
    if (ruleset_builtin(&rules, &e) || ruleset_builtin_named(STR("published"), &published, &e)) die("rules", &e);
    s.options =
        (gate_options){.rules = rules, .minimum = NAN, .ratchet = NAN, .fail_level = LEVEL_ERROR, .about_ours = true};
    s.published = s.options;
    s.published.rules = published;
    fputs(intro, stdout);
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--kept") == 0) {
            print_row("**studied**", &part);
            part = (tally){0};
            kept = true;
            continue;
        }
        tally t = {0};
        survey_operation(&s, argv[i], &t);
        print_row(argv[i], &t);
        add(&part, &t);
    }
    print_row(kept ? "**kept**" : "**all**", &part);
    ruleset_free((ruleset *)(uintptr_t)rules);
    ruleset_free((ruleset *)(uintptr_t)published);
    arena_free(s.work);
    arena_free(s.keep);
    return 0;
}
