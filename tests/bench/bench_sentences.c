/* bench_sentences.c - the truth stage on sentences that people wrote who had not seen it.
 *
 *     tests/facts/OP.true, open/, held/     each as an article of its own ─► contradicted all the same?
 *     tests/facts/OP.false, open/, held/    each as an article of its own ─► the marked specific contradicted?
 *                                           each at the end of a true article ─► does the score rise?
 *     tests/facts/bribes/OP.bribe           what a writer invents to sound concrete, false or unheard of: the same
 *     tests/facts/bribes/OP.honest          what is worth reading and claims nothing, or something true: should pay
 *     tests/facts/anecdotes/                the same, of inventions with hardly a sign: people, places, habits, causes
 *     tests/facts/attacks/                  the same, by somebody who has read the rules and the code that pays
 *
 * The last question is what the gate is for: an invented specific must never pay. A line that holds a true sentence
 * besides may raise the score by that one; it is counted all the same, and once more where the line without what is
 * marked raises it less.
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

static const double EVEN = 1e-9; /* scores closer than this are the same */

typedef struct tally {
    unsigned truths, contradicted, earning; /* earning: at the end of an article, it raises the score */
    unsigned falsehoods, caught, unproved, raised;
    unsigned by_mark; /* of these, by more than the line without what is marked */
} tally;

typedef struct survey {
    arena *keep, *work;
    const manifest *truth;
    gate_options options;
    str article; /* a true one, to whose end lines are put */
    double score, points[SIGNAL_COUNT];
    tally count;
    bool show, honest; /* honest: sentences are asked whether they earn */
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
    if (s->show && j.score > s->score + EVEN)
        for (int id = 0; id < SIGNAL_COUNT; id++)
            if (j.ledger[id].points > s->points[id] + EVEN)
                printf("[%s %+.3g] ", signal_name((enum signal_id)id), j.ledger[id].points - s->points[id]);
    return j.score;
}

/* What the rest of the line is worth, so that what is marked is seen apart from a true part beside it. */
static double score_without_mark(survey *s, str line) {
    said_page p = said_page_make_without(line, s->truth->as_of);
    bool show = s->show;
    s->show = false;
    double score = score_with(s, &p);
    s->show = show;
    said_page_free(&p);
    return score;
}

static void judge_true(survey *s, str line) {
    said_page p = said_page_make(line, s->truth->as_of);
    judgement j;
    judge(s, buf_view(&p.page), &j);
    bool wrong = false;
    for (size_t i = 0; i < j.claims.n; i++) wrong = wrong || j.claims.at[i].verdict == VERDICT_CONTRADICTED;
    s->count.truths++;
    s->count.contradicted += wrong;
    if (s->honest) {
        bool earns = score_with(s, &p) > s->score + EVEN;
        s->count.earning += earns;
        if (s->show) printf("honest, %s: %.*s\n", earns ? "pays" : "pays nothing", STR_ARG(line));
    }
    if (wrong && s->show) printf("contradicted: %.*s\n", STR_ARG(line));
    said_page_free(&p);
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
    double score = score_with(s, &p), least = s->score;
    bool raised = score > least + EVEN;
    if (raised) least = fmax(least, score_without_mark(s, line));
    s->count.falsehoods++;
    s->count.by_mark += score > least + EVEN;
    s->count.caught += caught;
    s->count.unproved += unproved;
    s->count.raised += raised;
    if ((!caught || raised) && s->show)
        printf("%s%s%s: %.*s\n", how, raised ? ", pays" : "", score > least + EVEN ? " itself" : "", STR_ARG(line));
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

/* The operation's youngest article that passes: a line says what is true on the manifest's day, and an article of
 * before an upgrade would make the old release true. */
static void choose_article(survey *s, const char *name) {
    char path[512], youngest[16] = "";
    str rest, line, text;
    error e = {0};
    snprintf(path, sizeof path, "corpus/articles/%s/labels.tsv", name);
    if (file_read(s->keep, path, MAX_BYTES, &rest, &e)) die(path, &e);
    while (str_cut(&rest, '\n', &line)) {
        str file;
        if (!str_cut(&line, '\t', &file) || !str_starts(file, STR("pass/"))) continue;
        snprintf(path, sizeof path, "corpus/articles/%s/%.*s", name, STR_ARG(file));
        if (file_read(s->keep, path, MAX_BYTES, &text, &e)) die(path, &e);
        char date[16] = "";
        ptrdiff_t at = str_find(text, STR("\ndate: "), 0);
        if (at >= 0) snprintf(date, sizeof date, "%.*s", STR_ARG(str_slice(text, at + 7, at + 17)));
        if (strcmp(date, youngest) <= 0) continue;
        memcpy(youngest, date, sizeof date);
        s->article = text;
    }
    if (!youngest[0]) die(path, &e);
}

enum lot { SENTENCES, BRIBES, ANECDOTES, ATTACKS, LOTS };

/* Judges the lines of a lot that are there for the operation. False: there are none. */
static bool survey_lot(survey *s, const char *name, enum lot lot) {
    static const char *const truths[LOTS][3] = {
        {"tests/facts/%s.true", "tests/facts/open/%s.true", "tests/facts/held/%s.true"},
        {"tests/facts/bribes/%s.honest"},
        {"tests/facts/anecdotes/%s.honest"},
        {NULL}};
    static const char *const lies[LOTS][3] = {
        {"tests/facts/%s.false", "tests/facts/open/%s.false", "tests/facts/held/%s.false"},
        {"tests/facts/bribes/%s.bribe"},
        {"tests/facts/anecdotes/%s.bribe"},
        {"tests/facts/attacks/%s.bribe"}};
    s->count = (tally){0};
    s->honest = lot != SENTENCES;
    for (int i = 0; i < 3 && truths[lot][i]; i++) judge_lines(s, truths[lot][i], name, judge_true);
    s->honest = false;
    for (int i = 0; i < 3 && lies[lot][i]; i++) judge_lines(s, lies[lot][i], name, judge_false);
    return s->count.truths + s->count.falsehoods > 0;
}

static void print_row(const char *name, const tally *t, enum lot lot) {
    printf("| %s | %u | %u |", name, t->truths, t->contradicted);
    if (lot != SENTENCES) printf(" %u |", t->earning);
    printf(" %u | %u | %u | %u | %u |\n", t->falsehoods, t->caught, t->unproved, t->raised, t->by_mark);
}

static void print_head(enum lot lot) {
    printf(lot != SENTENCES
               ? "\n| operation | honest | contradicted | raise the score | invented | caught | else "
                 "unverified | raise the "
                 "score | by what is marked |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n"
               : "| operation | true | contradicted | false | caught | else unverified | raise the score | by what is "
                 "marked |\n"
                 "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
}

static void add(tally *all, const tally *t) {
    all->truths += t->truths;
    all->contradicted += t->contradicted;
    all->earning += t->earning;
    all->falsehoods += t->falsehoods;
    all->caught += t->caught;
    all->unproved += t->unproved;
    all->raised += t->raised;
    all->by_mark += t->by_mark;
}

static void survey_operation(survey *s, const char *name, enum lot lot, tally *all) {
    char path[256];
    const char *paths[1] = {path};
    manifest *truth = NULL;
    judgement j;
    error e = {0};
    snprintf(path, sizeof path, "corpus/manifests/%s.yaml", name);
    if (manifest_load_files(paths, 1, &truth, &e)) die(path, &e);
    s->truth = s->options.manifest = truth;
    choose_article(s, name);
    judge(s, s->article, &j);
    s->score = j.score;
    for (int id = 0; id < SIGNAL_COUNT; id++) s->points[id] = j.ledger[id].points;
    if (survey_lot(s, name, lot) && !s->show) print_row(name, &s->count, lot);
    add(all, &s->count);
    manifest_free(truth);
}

int main(int argc, char **argv) {
    error e = {0};
    survey s = {.keep = arena_new(0), .work = arena_new(0)};
    const ruleset *rules = NULL;
    if (ruleset_builtin(&rules, &e)) die("rules", &e);
    s.options =
        (gate_options){.rules = rules, .minimum = NAN, .ratchet = NAN, .fail_level = LEVEL_ERROR, .about_ours = true};
    for (int i = 1; i < argc; i++) s.show = s.show || strcmp(argv[i], "--show") == 0;
    for (int lot = SENTENCES; lot < LOTS; lot++) {
        tally all = {0};
        if (!s.show) print_head((enum lot)lot);
        for (int i = 1; i < argc; i++)
            if (argv[i][0] != '-') survey_operation(&s, argv[i], (enum lot)lot, &all);
        if (!s.show) print_row("all", &all, (enum lot)lot);
    }
    ruleset_free((ruleset *)(uintptr_t)rules);
    arena_free(s.work);
    arena_free(s.keep);
    return 0;
}
