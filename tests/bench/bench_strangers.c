/* bench_strangers.c - what the truth stage makes of text that is certainly not about the operation.
 *
 *     Markdown files (their paths on standard input) ─► judged as if the operator had declared them its own ─┬─► paid
 * by chance manifests (arguments)                                                                                  └─►
 * contradicted
 *
 * Documentation of other people's systems names the same products, ports and sizes as a manifest does, in sentences
 * that nobody here wrote. A claim in it that is *supported* is credit earned by coincidence; one that is *contradicted*
 * stands in a sentence that an operator could write about somebody else in an article of its own. Both rates are upper
 * bounds of two errors that a corpus written for the gate cannot show. With --show KIND it prints the claims of that
 * kind that are contradicted (or, with --paid, supported), one a line, for reading.
 *
 * With --auto nobody has declared anything: a row a manifest says how many pages are taken for the operator's, and how
 * many are contradicted, both of which should be none.
 */
#include "base/file.h"
#include "facts/claim.h"
#include "manifest/manifest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_BYTES = 1 << 20, MAX_FILES = 1 << 16, MAX_MANIFESTS = 32 };

typedef struct tally {
    uint64_t claims, supported, contradicted;
} tally;

typedef struct survey {
    const manifest *truth[MAX_MANIFESTS];
    const char *names[MAX_MANIFESTS];
    uint64_t taken[MAX_MANIFESTS], hit[MAX_MANIFESTS], hits[MAX_MANIFESTS]; /* --auto: pages, pages, contradictions */
    int manifests;
    tally by_kind[CLAIM_KIND_COUNT];
    uint64_t articles, bytes, *seen; /* hashes of contents: the same page is counted once */
    const char *show;
    bool paid, undeclared; /* undeclared: --auto */
} survey;

static bool is_supported(const claim *c) {
    return c->credit_bearing && (c->verdict == VERDICT_SUPPORTED || c->verdict == VERDICT_UNDERSPECIFIED);
}

static void show(const survey *s, const char *path, str source, const claim *c) {
    if (!s->show || strcmp(s->show, claim_kind_name(c->kind)) != 0) return;
    if (s->paid ? !is_supported(c) : c->verdict != VERDICT_CONTRADICTED) return;
    ptrdiff_t lo = c->where.lo, hi = c->where.hi;
    while (lo > 0 && source.p[lo - 1] != '\n' && (ptrdiff_t)c->where.lo - lo < 140) lo--;
    while (hi < source.n && source.p[hi] != '\n' && hi - (ptrdiff_t)c->where.hi < 140) hi++;
    printf("%s: [%.*s] %.*s; %.*s\n    %.*s\n", path, STR_ARG(c->quote), STR_ARG(c->fact), STR_ARG(c->why),
           STR_ARG(str_slice(source, lo, hi)));
}

static void judge_file(survey *s, arena *a, const char *path, str source) {
    for (int m = 0; m < s->manifests; m++) {
        article art;
        token_list tokens;
        claim_list claims = {0};
        finding_list findings = {0};
        facts_options options = {.about_ours = !s->undeclared};
        uint64_t ours = 0, wrong = 0;
        error e = {0};
        if (article_parse(a, STR("x.md"), source, NULL, &art, &e) || lex_article(a, &art, &tokens, &e) ||
            facts_judge(a, s->truth[m], &art, &tokens, &options, &claims, &findings, &e)) {
            fprintf(stderr, "bench_strangers: %s: %s\n", path, e.message);
            return;
        }
        for (size_t i = 0; i < claims.n; i++) {
            const claim *c = &claims.at[i];
            tally *t = &s->by_kind[c->kind];
            if (c->verdict == VERDICT_NOT_ABOUT_US) continue;
            ours++;
            wrong += c->verdict == VERDICT_CONTRADICTED;
            t->claims++;
            t->supported += is_supported(c);
            t->contradicted += c->verdict == VERDICT_CONTRADICTED;
            show(s, path, source, c);
        }
        s->taken[m] += ours > 0;
        s->hit[m] += wrong > 0;
        s->hits[m] += wrong;
    }
    s->articles++;
    s->bytes += (uint64_t)source.n;
}

static bool is_new(survey *s, str source) {
    uint64_t h = 0xcbf29ce484222325u; /* FNV-1a */
    for (ptrdiff_t i = 0; i < source.n; i++) h = (h ^ source.p[i]) * 0x100000001b3u;
    h |= 1;
    size_t at = h % MAX_FILES;
    while (s->seen[at] && s->seen[at] != h) at = (at + 1) % MAX_FILES;
    if (s->seen[at]) return false;
    s->seen[at] = h;
    return true;
}

static void print_rows(const survey *s) {
    printf("%llu pages, %.1f MB, each judged with %d manifests as if it were the operator's own.\n\n",
           (unsigned long long)s->articles, (double)s->bytes / 1e6, s->manifests);
    printf("| kind | claims | paid by chance | a thousand | contradicted | a thousand |\n"
           "| --- | --- | --- | --- | --- | --- |\n");
    tally all = {0};
    for (int k = 0; k <= CLAIM_KIND_COUNT; k++) {
        const tally *t = k < CLAIM_KIND_COUNT ? &s->by_kind[k] : &all;
        if (!t->claims) continue;
        printf("| %s | %llu | %llu | %.1f | %llu | %.1f |\n",
               k < CLAIM_KIND_COUNT ? claim_kind_name((enum claim_kind)k) : "all", (unsigned long long)t->claims,
               (unsigned long long)t->supported, 1e3 * (double)t->supported / (double)t->claims,
               (unsigned long long)t->contradicted, 1e3 * (double)t->contradicted / (double)t->claims);
        all.claims += t->claims, all.supported += t->supported, all.contradicted += t->contradicted;
    }
}

static void print_undeclared(const survey *s) {
    printf(
        "%llu pages, %.1f MB, of which nobody has said whose they are.\n\n"
        "| manifest | pages taken for the operator's | contradicted | contradictions |\n| --- | ---: | ---: | ---: |\n",
        (unsigned long long)s->articles, (double)s->bytes / 1e6);
    for (int m = 0; m < s->manifests; m++)
        printf("| %s | %llu | %llu | %llu |\n", s->names[m], (unsigned long long)s->taken[m],
               (unsigned long long)s->hit[m], (unsigned long long)s->hits[m]);
}

int main(int argc, char **argv) {
    survey s = {.seen = calloc(MAX_FILES, sizeof *s.seen)};
    char path[4096];
    size_t files = 0;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--show") == 0 && i + 1 < argc) {
            s.show = argv[++i];
            continue;
        }
        if (strcmp(argv[i], "--paid") == 0) {
            s.paid = true;
            continue;
        }
        if (strcmp(argv[i], "--auto") == 0) {
            s.undeclared = true;
            continue;
        }
        manifest *m = NULL;
        error e = {0};
        const char *one = argv[i];
        if (s.manifests == MAX_MANIFESTS || manifest_load_files(&one, 1, &m, &e)) {
            fprintf(stderr, "bench_strangers: %s\n", e.code ? e.message : "too many manifests");
            return 2;
        }
        s.names[s.manifests] = one;
        s.truth[s.manifests++] = m;
    }
    arena *a = arena_new(0);
    while (s.seen && fgets(path, sizeof path, stdin) && files++ < MAX_FILES / 2) {
        str source;
        path[strcspn(path, "\n")] = 0;
        arena_reset(a);
        if (!file_read(a, path, MAX_BYTES, &source, NULL) && is_new(&s, source)) judge_file(&s, a, path, source);
    }
    if (s.undeclared && !s.show) print_undeclared(&s);
    if (!s.undeclared && !s.show) print_rows(&s);
    arena_free(a);
    free(s.seen);
    return s.articles ? 0 : 2;
}
