/* bench_silence.c - the truth stage where the manifest says nothing of what an article states.
 *
 *     corpus/manifests/OP.yaml ──less one entry──► a manifest that knows less
 *     corpus/articles/OP/pass, tests/facts/honest/OP-N.md ──judged with each──► contradicted all the same?
 *
 * The articles are true, so what is contradicted by a manifest that lacks an entry is held against another fact; but a
 * closed list or scope says that it is whole, and what it does not list is contradicted rightly: counted apart.
 *
 * usage: bench_silence OPERATION… [--share=0.2] [--show]. With a share, that part of all entries is missing at once, in
 * 40 drawings. Out: Markdown; with --show, every false contradiction, in how many manifests it
 * came, and what was missing in the first of them.
 */
#include "base/file.h"
#include "facts/claim.h"
#include "lex/token.h"
#include "manifest/manifest.h"
#include "tests/support/silence.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_BYTES = 1 << 22, MAX_ARTICLES = 64, SHARE_ROUNDS = 40 };

enum group { NUMBERS, VERSIONS, PORTS, OUTPUT, OTHERS, GROUPS };

typedef struct page {
    str path;
    article art;
    token_list tokens;
} page;

typedef struct spot { /* a false contradiction, counted once however many missing entries bring it about */
    size_t page, times;
    uint32_t lo, hi;
    str shown; /* what there is to say of it; empty where it is not false */
} spot;

typedef struct tally {
    size_t variants, judged, failing; /* judged: an article with a variant; failing: one with a false contradiction */
    size_t places[GROUPS], closed;
} tally;

typedef struct survey {
    arena *keep, *work;
    page pages[MAX_ARTICLES];
    size_t page_count;
    VEC(spot) places;
    size_t whole; /* of them, those that the whole manifest contradicts: another bench's */
    tally count;
    bool show;
} survey;

static void die(const char *what) {
    fprintf(stderr, "bench_silence: %s\n", what);
    exit(2);
}

static enum group group_of(enum claim_kind kind) {
    switch (kind) {
    case CLAIM_HARDWARE:
    case CLAIM_QUANTITY:
    case CLAIM_BENCHMARK: return NUMBERS;
    case CLAIM_VERSION: return VERSIONS;
    case CLAIM_PORT: return PORTS;
    case CLAIM_TERMINAL: return OUTPUT;
    default: return OTHERS;
    }
}

/* Its number among the places, where it was there before; else it is added, and the result is its new number. */
static size_t note_place(survey *s, size_t which, span where) {
    for (size_t i = 0; i < s->places.n; i++) {
        const spot *p = &s->places.at[i];
        if (p->page == which && p->lo == where.lo && p->hi == where.hi) return i;
    }
    spot here = {.page = which, .lo = where.lo, .hi = where.hi};
    if (!VEC_PUSH(s->keep, &s->places, here)) die("out of memory");
    return s->places.n - 1;
}

static bool is_by_closed_world(const claim *c) {
    return str_find(c->why, STR("closed"), 0) >= 0 || str_find(c->says, STR("closed"), 0) >= 0;
}

static void judge_page(survey *s, const manifest *m, size_t which, str missing) {
    const page *p = &s->pages[which];
    facts_options options = {.about_ours = true};
    claim_list claims = {0};
    finding_list findings = {0};
    error e = {0};
    bool failing = false;
    if (facts_judge(s->work, m, &p->art, &p->tokens, &options, &claims, &findings, &e)) die(e.message);
    for (size_t i = 0; i < claims.n; i++) {
        const claim *c = &claims.at[i];
        if (c->verdict != VERDICT_CONTRADICTED) continue;
        size_t known = s->places.n, at = note_place(s, which, c->where);
        bool closed = is_by_closed_world(c), whole = missing.n == 0;
        if (whole || at < s->whole) continue;
        failing = failing || !closed;
        s->places.at[at].times++;
        if (at < known) continue;
        if (closed) {
            s->count.closed++;
            continue;
        }
        s->count.places[group_of(c->kind)]++;
        if (!s->show) continue;
        place shown = line_table_place(&p->art.lines, c->where.lo);
        s->places.at[at].shown =
            arena_printf(s->keep, "without %.*s: %.*s:%u:%u: %s %.*s: %.*s", STR_ARG(missing), STR_ARG(p->path),
                         shown.line, shown.column, claim_kind_name(c->kind), STR_ARG(c->quote), STR_ARG(c->why));
    }
    s->count.judged += missing.n > 0;
    s->count.failing += failing;
}

/* False: no manifest, since another entry needs the missing one. */
static bool judge_with(survey *s, str yaml, str missing) {
    manifest *m = NULL;
    manifest_source source = {STR("less.yaml"), yaml};
    error e = {0};
    if (manifest_load(&source, 1, &m, &e)) return false;
    for (size_t k = 0; k < s->page_count; k++) {
        arena_reset(s->work);
        judge_page(s, m, k, missing);
    }
    manifest_free(m);
    return true;
}

static void read_pages(survey *s, const char *pattern) {
    glob_t found = {0};
    if (glob(pattern, 0, NULL, &found)) return;
    for (size_t i = 0; i < found.gl_pathc && s->page_count < MAX_ARTICLES; i++) {
        page *p = &s->pages[s->page_count++];
        str text;
        error e = {0};
        p->path = str_from_cstr(arena_cstr(s->keep, str_from_cstr(found.gl_pathv[i])));
        if (file_read(s->keep, found.gl_pathv[i], MAX_BYTES, &text, &e) ||
            article_parse(s->keep, p->path, text, NULL, &p->art, &e) || lex_article(s->keep, &p->art, &p->tokens, &e))
            die(e.message);
    }
    globfree(&found);
}

static void print_row(const char *name, const tally *t) {
    size_t all = 0;
    for (int g = 0; g < GROUPS; g++) all += t->places[g];
    printf("| %s | %zu | %zu | %zu (%.2f %%) | %zu | %zu | %zu | %zu | %zu | %zu | %zu |\n", name, t->variants,
           t->judged, t->failing, t->judged ? 100.0 * (double)t->failing / (double)t->judged : 0, all,
           t->places[NUMBERS], t->places[VERSIONS], t->places[PORTS], t->places[OUTPUT], t->places[OTHERS], t->closed);
}

static int by_times(const void *a, const void *b) {
    const spot *x = a, *y = b;
    if (x->times != y->times) return x->times < y->times ? 1 : -1;
    if (x->page != y->page) return x->page < y->page ? -1 : 1;
    return x->lo < y->lo ? -1 : x->lo > y->lo;
}

/* What is false most often comes first. */
static void print_places(survey *s) {
    if (s->places.n) qsort(s->places.at, s->places.n, sizeof *s->places.at, by_times);
    for (size_t i = 0; i < s->places.n; i++)
        if (s->places.at[i].shown.n) printf("%zu times %.*s\n", s->places.at[i].times, STR_ARG(s->places.at[i].shown));
}

static void judge_without(survey *s, const silence *less, const bool *gone, str missing) {
    buf text = {0};
    silence_without(less, gone, &text);
    s->count.variants += judge_with(s, buf_view(&text), missing);
    buf_free(&text);
}

/* Manifests, each without that share of them, drawn with a fixed seed; an entry that others need
 * stays. */
static void lack_a_share(survey *s, const silence *less, double share, bool *gone) {
    uint64_t seed = 20261121;
    for (int round = 0; round < SHARE_ROUNDS; round++) {
        memset(gone, 0, less->entries.n * sizeof *gone);
        for (size_t i = 0; i < less->entries.n; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            if ((double)(seed >> 33) / (double)(1u << 31) >= share) continue;
            buf text = {0};
            manifest *m = NULL;
            error e = {0};
            gone[i] = true;
            silence_without(less, gone, &text);
            manifest_source source = {STR("less.yaml"), buf_view(&text)};
            gone[i] = !manifest_load(&source, 1, &m, &e);
            manifest_free(m);
            buf_free(&text);
        }
        judge_without(s, less, gone, STR("a share"));
    }
}

static void survey_operation(const char *operation, double share, bool show, tally *all) {
    survey *s = calloc(1, sizeof *s);
    if (!s) die("out of memory");
    s->keep = arena_new(0), s->work = arena_new(0), s->show = show;
    char path[512];
    str yaml;
    error e = {0};
    silence less;
    snprintf(path, sizeof path, "corpus/manifests/%s.yaml", operation);
    if (file_read(s->keep, path, MAX_BYTES, &yaml, &e)) die(e.message);
    if (!silence_make(s->keep, yaml, &less)) die("the manifest is no YAML");
    snprintf(path, sizeof path, "corpus/articles/%s/pass/*.md", operation);
    read_pages(s, path);
    snprintf(path, sizeof path, "tests/facts/honest/%s-*.md", operation);
    read_pages(s, path);
    judge_with(s, yaml, (str){NULL, 0});
    s->whole = s->places.n;
    bool *gone = ARENA_ARRAY(s->keep, bool, less.entries.n);
    if (!gone) die("out of memory");
    if (share > 0)
        lack_a_share(s, &less, share, gone);
    else
        for (size_t i = 0; i < less.entries.n; i++) {
            gone[i] = true;
            judge_without(s, &less, gone, less.entries.at[i].name);
            gone[i] = false;
        }
    print_places(s);
    print_row(operation, &s->count);
    fflush(stdout);
    all->variants += s->count.variants, all->judged += s->count.judged, all->failing += s->count.failing;
    all->closed += s->count.closed;
    for (int g = 0; g < GROUPS; g++) all->places[g] += s->count.places[g];
    arena_free(s->keep), arena_free(s->work);
    free(s);
}

int main(int argc, char **argv) {
    tally all = {0};
    bool show = false;
    double share = 0;
    for (int i = 1; i < argc; i++) {
        show = show || !strcmp(argv[i], "--show");
        if (!strncmp(argv[i], "--share=", 8)) share = atof(argv[i] + 8);
    }
    printf("| operation | manifests %s | judgements of an honest article | with a false contradiction | places falsely "
           "contradicted | numbers | versions | ports | output | others | by a closed list |\n",
           share > 0 ? "less a share" : "less one entry");
    puts("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for (int i = 1; i < argc; i++)
        if (argv[i][0] != '-') survey_operation(argv[i], share, show, &all);
    print_row("all", &all);
    return 0;
}
