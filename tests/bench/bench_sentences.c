/* bench_sentences.c - the truth stage on sentences that people wrote who had not seen it.
 *
 *     tests/facts/OP.true, open/, held/     each as an article of its own ─► contradicted all the same?
 *     tests/facts/OP.false, open/, held/    each as an article of its own ─► the marked specific contradicted?
 *                                           each at the end of a true article ─► does the score rise?
 *
 * The last question is what the gate is for: an invented specific must never pay. A line that holds a true sentence
 * besides may raise the score by that one; it is counted all the same.
 *
 * usage: bench_sentences OPERATION… [--show]. Out: Markdown; with --show, the lines that are judged wrongly or pay.
 */
#include "base/file.h"
#include "gate/gate.h"
#include "manifest/manifest.h"
#include "tests/support/sentences.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_BYTES = 1 << 22 };

typedef struct tally {
    unsigned truths, contradicted, falsehoods, caught, unproved, raised;
} tally;

typedef struct survey {
    arena *keep, *work;
    const manifest *truth;
    gate_options options;
    str article; /* a true one, to whose end lines are put */
    double score;
    tally count;
    bool show;
} survey;

static void die(const char *what, const error *e) {
    fprintf(stderr, "bench_sentences: %s: %s\n", what, e->message);
    exit(2);
}

static void judge(survey *s, str source, judgement *out) {
    error e = {0};
    arena_reset(s->work);
    if (gate_judge(s->work, &s->options, STR("t.md"), source, out, &e)) die("judging", &e);
}

static void judge_true(survey *s, str line) {
    said_page p = said_page_make(line, s->truth->as_of);
    judgement j;
    judge(s, buf_view(&p.page), &j);
    bool wrong = false;
    for (size_t i = 0; i < j.claims.n; i++) wrong = wrong || j.claims.at[i].verdict == VERDICT_CONTRADICTED;
    s->count.truths++;
    s->count.contradicted += wrong;
    if (wrong && s->show) printf("contradicted: %.*s\n", STR_ARG(line));
    said_page_free(&p);
}

static double score_with(survey *s, const said_page *p) {
    buf longer = {0};
    judgement j;
    str page = buf_view(&p->page);
    ptrdiff_t body = str_find(page, STR("---\n\n"), 1) + 5; /* behind the frontmatter */
    buf_str(&longer, s->article);
    buf_byte(&longer, '\n');
    buf_str(&longer, str_slice(page, body, page.n));
    judge(s, buf_view(&longer), &j);
    buf_free(&longer);
    return j.score;
}

static void judge_false(survey *s, str line) {
    said_page p = said_page_make(line, s->truth->as_of);
    judgement j;
    judge(s, buf_view(&p.page), &j);
    const claim *met = NULL;
    for (size_t i = 0; i < j.claims.n; i++) {
        const claim *c = &j.claims.at[i];
        bool here = c->where.lo < p.mark.hi && c->where.hi > p.mark.lo;
        if (here && !(met && met->verdict == VERDICT_CONTRADICTED)) met = c;
    }
    bool caught = met && met->verdict == VERDICT_CONTRADICTED;
    bool unproved = met && met->verdict == VERDICT_UNVERIFIED;
    const char *how = met ? verdict_name(met->verdict) : "no claim";
    bool raised = score_with(s, &p) > s->score + 1e-9;
    s->count.falsehoods++;
    s->count.caught += caught;
    s->count.unproved += unproved;
    s->count.raised += raised;
    if ((!caught || raised) && s->show) printf("%s%s: %.*s\n", how, raised ? ", pays" : "", STR_ARG(line));
    said_page_free(&p);
}

static void judge_lines(survey *s, const char *form, const char *name, void (*each)(survey *, str)) {
    char path[256];
    str rest, line;
    snprintf(path, sizeof path, form, name);
    if (file_read(s->keep, path, MAX_BYTES, &rest, NULL)) return;
    while (str_cut(&rest, '\n', &line))
        if (line.n) each(s, line);
}

/* The operation's first article in the order of labels.tsv that passes. */
static void choose_article(survey *s, const char *name) {
    char path[512];
    str rest, line;
    error e = {0};
    snprintf(path, sizeof path, "corpus/articles/%s/labels.tsv", name);
    if (file_read(s->keep, path, MAX_BYTES, &rest, &e)) die(path, &e);
    while (str_cut(&rest, '\n', &line)) {
        str file;
        if (!str_cut(&line, '\t', &file) || !str_starts(file, STR("pass/"))) continue;
        snprintf(path, sizeof path, "corpus/articles/%s/%.*s", name, STR_ARG(file));
        if (file_read(s->keep, path, MAX_BYTES, &s->article, &e)) die(path, &e);
        return;
    }
    die(path, &e);
}

static void survey_operation(survey *s, const char *name) {
    char path[256];
    const char *paths[1] = {path};
    manifest *truth = NULL;
    judgement j;
    error e = {0};
    snprintf(path, sizeof path, "corpus/manifests/%s.yaml", name);
    if (manifest_load_files(paths, 1, &truth, &e)) die(path, &e);
    s->truth = s->options.manifest = truth;
    s->count = (tally){0};
    choose_article(s, name);
    judge(s, s->article, &j);
    s->score = j.score;
    judge_lines(s, "tests/facts/%s.true", name, judge_true);
    judge_lines(s, "tests/facts/open/%s.true", name, judge_true);
    judge_lines(s, "tests/facts/held/%s.true", name, judge_true);
    judge_lines(s, "tests/facts/%s.false", name, judge_false);
    judge_lines(s, "tests/facts/open/%s.false", name, judge_false);
    judge_lines(s, "tests/facts/held/%s.false", name, judge_false);
    manifest_free(truth);
}

static void print_row(const char *name, const tally *t) {
    printf("| %s | %u | %u | %u | %u | %u | %u |\n", name, t->truths, t->contradicted, t->falsehoods, t->caught,
           t->unproved, t->raised);
}

int main(int argc, char **argv) {
    error e = {0};
    survey s = {.keep = arena_new(0), .work = arena_new(0)};
    const ruleset *rules = NULL;
    tally all = {0};
    if (ruleset_builtin(&rules, &e)) die("rules", &e);
    s.options =
        (gate_options){.rules = rules, .minimum = NAN, .ratchet = NAN, .fail_level = LEVEL_ERROR, .about_ours = true};
    for (int i = 1; i < argc; i++) s.show = s.show || strcmp(argv[i], "--show") == 0;
    if (!s.show)
        printf("| operation | true | contradicted | false | caught | else unverified | raise the score |\n"
               "| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n");
    for (int i = 1; i < argc; i++) {
        if (argv[i][0] == '-') continue;
        survey_operation(&s, argv[i]);
        if (!s.show) print_row(argv[i], &s.count);
        all.truths += s.count.truths;
        all.contradicted += s.count.contradicted;
        all.falsehoods += s.count.falsehoods;
        all.caught += s.count.caught;
        all.unproved += s.count.unproved;
        all.raised += s.count.raised;
    }
    if (!s.show) print_row("all", &all);
    ruleset_free((ruleset *)(uintptr_t)rules);
    arena_free(s.work);
    arena_free(s.keep);
    return 0;
}
