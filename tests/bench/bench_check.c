/* bench_check.c - the gate against the bare parse of the same bytes, in one run.
 *
 * In: Markdown files (arguments; folders are not searched), env BENCH_MANIFEST. Out: a table of times and ratios. With
 * `--only parse|article|lex|check|truth` it runs one stage once over everything and prints nothing: for callgrind.
 * Every stage is timed as the best of ROUNDS passes over all files, stages interleaved, so that a busy machine slows
 * all alike.
 */
#include "base/file.h"
#include "manifest/manifest.h"
#include "gate/gate.h"
#include "lex/token.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

enum { ROUNDS = 7, MAX_BYTES = 1 << 20 };
enum stage { STAGE_PARSE, STAGE_ARTICLE, STAGE_LEX, STAGE_CHECK, STAGE_TRUTH, STAGE_COUNT };
static const char *const stage_names[] = {"parse", "article", "lex", "check", "truth"};

typedef struct file_set {
    str *at;
    size_t n;
    uint64_t bytes;
} file_set;

static double now_s(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* What a plain renderer would do: the same extensions, parse, free. */
static void bare_parse(str source) {
    cmark_parser *parser = cmark_parser_new(CMARK_OPT_FOOTNOTES);
    static const char *const extensions[] = {"table", "strikethrough", "autolink", "tasklist"};
    for (size_t i = 0; i < COUNT_OF(extensions); i++)
        cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(extensions[i]));
    cmark_parser_feed(parser, (const char *)source.p, (size_t)source.n);
    cmark_node_free(cmark_parser_finish(parser));
    cmark_parser_free(parser);
}

static gate_options options;

static void one(enum stage stage, arena *a, str source) {
    error e = {0};
    article art;
    token_list tokens;
    judgement judged;
    arena_reset(a);
    switch (stage) {
    case STAGE_PARSE: bare_parse(source); break;
    case STAGE_ARTICLE: article_parse(a, STR("x.md"), source, NULL, &art, &e); break;
    case STAGE_LEX:
        if (!article_parse(a, STR("x.md"), source, NULL, &art, &e)) lex_article(a, &art, &tokens, &e);
        break;
    default: gate_judge(a, &options, STR("x.md"), source, &judged, &e); break;
    }
    if (e.code) fprintf(stderr, "bench: %s\n", e.message);
}

static double pass(enum stage stage, const file_set *files, const manifest *truth) {
    arena *a = arena_new(0);
    options.manifest = stage == STAGE_TRUTH ? truth : NULL;
    options.about_ours = stage == STAGE_TRUTH;
    double start = now_s();
    for (size_t i = 0; i < files->n; i++) one(stage, a, files->at[i]);
    double seconds = now_s() - start;
    arena_free(a);
    return seconds;
}

static bool read_files(int count, char **paths, arena *a, file_set *files) {
    files->at = calloc((size_t)count, sizeof *files->at);
    for (int i = 0; i < count; i++) {
        error e = {0};
        str content;
        if (file_read(a, paths[i], MAX_BYTES, &content, &e))
            continue; /* over the gate's limit: left out of both sides */
        files->at[files->n++] = content;
        files->bytes += (uint64_t)content.n;
    }
    return files->n > 0;
}

int main(int argc, char **argv) {
    const char *only = argc > 2 && strcmp(argv[1], "--only") == 0 ? argv[2] : NULL;
    int first = only ? 3 : 1;
    arena *a = arena_new(0);
    file_set files = {0};
    error e = {0};
    manifest *truth = NULL;
    const char *path = getenv("BENCH_MANIFEST");
    cmark_gfm_core_extensions_ensure_registered();
    if (ruleset_builtin(&options.rules, &e) || (path && manifest_load_files(&path, 1, &truth, &e))) {
        fprintf(stderr, "bench: %s\n", e.message);
        return 2;
    }
    options.minimum = options.ratchet = NAN;
    options.style = options.rules->styles[options.rules->default_style].name;
    if (!read_files(argc - first, argv + first, a, &files)) {
        fprintf(stderr, "usage: bench_check [--only parse|article|lex|check|truth] FILES...\n");
        return 2;
    }
    for (int s = 0; only && s < STAGE_COUNT; s++)
        if (strcmp(only, stage_names[s]) == 0) {
            pass((enum stage)s, &files, truth);
            return 0;
        }
    double best[STAGE_COUNT];
    for (int s = 0; s < STAGE_COUNT; s++) best[s] = INFINITY;
    for (int round = 0; round < ROUNDS; round++)
        for (int s = 0; s < STAGE_COUNT; s++) best[s] = fmin(best[s], pass((enum stage)s, &files, truth));
    printf("%zu files, %.2f MB\n%-8s %10s %10s %12s\n", files.n, (double)files.bytes / 1e6, "stage", "ms", "MB/s",
           "x parse");
    for (int s = 0; s < STAGE_COUNT; s++)
        if (s != STAGE_TRUTH || truth)
            printf("%-8s %10.1f %10.1f %12.2f\n", stage_names[s], best[s] * 1e3, (double)files.bytes / 1e6 / best[s],
                   best[s] / best[STAGE_PARSE]);
    if (truth) printf("truth alone: %.1f MB/s\n", (double)files.bytes / 1e6 / (best[STAGE_TRUTH] - best[STAGE_CHECK]));
    manifest_free(truth);
    free(files.at);
    arena_free(a);
    return 0;
}
