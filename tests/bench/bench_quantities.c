/* bench_quantities.c - value and unit F1 of the quantity lexer on public technical prose.
 *
 *     quantities.tsv (annotation, no text) ─┐
 *     lines of the prose, by id ────────────┴─► precision, recall, F1, with intervals clustered by project
 *
 * In: the annotation, and a file "id TAB line" that quantities.sh takes out of clones of the projects at the annotated
 * commits; a line whose SHA-256 is not the annotated one is refused, so nothing else can be measured. Each line is one
 * article: parsed as Markdown, lexed, and its quantities outside code compared with the annotation as multisets of
 * (unit, value). Out: the figures, Markdown; with --misses also what differs, and with --agreement how far the two
 * annotators agreed before they were reconciled. It counts neither nouns ("3 nodes") nor units that the annotators were
 * not asked for (metres, points): those are left out on both sides.
 */
#include "base/file.h"
#include "base/hash.h"
#include "lex/token.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_LINES = 4096, MAX_PROJECTS = 32, MAX_PAIRS = 128, RESAMPLES = 2000, FIELDS = 9 };

typedef struct pair {
    double value;
    int dimension;
    double factor;
    str shown;
} pair;

typedef struct pairs {
    pair at[MAX_PAIRS];
    size_t n;
} pairs;

typedef struct counts {
    uint32_t right, wrong, missed;
} counts;

/* Dimensions that were annotated; the two that prose cannot tell apart ("64 bits" as a width or as data) and the rates
 * of events ("/s") are one each. */
static int dimension_scored(enum unit_dimension d) {
    switch (d) {
    case DIM_DATA:
    case DIM_DATA_RATE:
    case DIM_TIME:
    case DIM_FREQUENCY:
    case DIM_POWER:
    case DIM_ENERGY:
    case DIM_TEMPERATURE:
    case DIM_PERCENT:
    case DIM_RATIO:
    case DIM_MONEY_USD:
    case DIM_MONEY_EUR:
    case DIM_MONEY_GBP:
    case DIM_PARAMS:
    case DIM_TOKENS:
    case DIM_PIXELS: return (int)d;
    case DIM_BITS_WIDTH: return DIM_DATA;
    case DIM_EVENT_RATE:
    case DIM_REQUEST_RATE:
    case DIM_TOKEN_RATE: return DIM_EVENT_RATE;
    default: return DIM_NONE;
    }
}

static void pairs_add(pairs *list, double value, unit_id unit, str shown) {
    const unit_info *u = unit_get(unit);
    int dimension = dimension_scored(u->dimension);
    double factor = u->dimension == DIM_BITS_WIDTH ? 0.125 : u->factor;
    if (dimension == DIM_NONE || list->n == MAX_PAIRS) return;
    list->at[list->n++] = (pair){value, dimension, factor, shown};
}

static bool is_cores(str noun) {
    char stem[64];
    str s = unit_noun_stem(noun, stem);
    for (ptrdiff_t i = s.n; i > 0; i--)
        if (s.p[i - 1] == ' ' || s.p[i - 1] == '-') {
            s = str_slice(s, i, s.n);
            break;
        }
    return str_eq(s, STR("core")) || str_eq(s, STR("vcpu"));
}

static void pairs_add_count(pairs *list, double value, str noun, str shown) {
    if (is_cores(noun) && list->n < MAX_PAIRS) list->at[list->n++] = (pair){value, DIM_COUNT, 1, shown};
}

/* "10 min; 15 min" of the annotation. False: a unit that is none. */
static bool pairs_of_annotation(str text, pairs *out) {
    out->n = 0;
    while (text.n) {
        ptrdiff_t semicolon = str_find_byte(text, ';', 0);
        str one = str_trim(semicolon < 0 ? text : str_slice(text, 0, semicolon));
        text = semicolon < 0 ? (str){0} : str_slice(text, semicolon + 1, text.n);
        if (!one.n) continue;
        ptrdiff_t space = str_find_byte(one, ' ', 0);
        if (space < 1) return false;
        char number[64];
        snprintf(number, sizeof number, "%.*s", (int)space, (const char *)one.p);
        char *end;
        double value = strtod(number, &end);
        str unit = str_trim(str_slice(one, space, one.n));
        if (*end) return false;
        if (str_eq(unit, STR("core"))) {
            pairs_add_count(out, value, unit, one);
            continue;
        }
        static const struct {
            const char *short_name, *name;
        } spelled[] = {{"/s", "op/s"}, {"/min", "op/min"}, {"/h", "op/h"}, {"/d", "op/day"}, {"bit", "b"},
                       {"d", "day"},   {"wk", "week"},     {"yr", "year"}, {"us", "µs"}};
        for (size_t i = 0; i < COUNT_OF(spelled); i++)
            if (str_eq(unit, str_from_cstr(spelled[i].short_name))) {
                unit = str_from_cstr(spelled[i].name);
                break;
            }
        unit_id id = unit_parse(unit, true);
        if (id == UNIT_NONE) return false;
        pairs_add(out, value, id, one);
    }
    return true;
}

static void pairs_of_article(const article *art, const token_list *tokens, pairs *out) {
    out->n = 0;
    for (uint32_t i = 0; i < tokens->n; i++) {
        const token *t = &tokens->at[i];
        if (t->kind != TOKEN_QUANTITY || t->flags & TOKEN_IN_CODE || !t->value.valid) continue;
        str shown = str_slice(art->text, t->text.lo, t->text.hi);
        str noun = str_slice(art->text, t->unit_text.lo, t->unit_text.hi);
        double ends[2] = {decimal_to_f64(t->value), t->high.valid ? decimal_to_f64(t->high) : 0};
        for (int end = 0; end < (t->flags & (TOKEN_INTERVAL | TOKEN_CHANGE) && t->high.valid ? 2 : 1); end++) {
            if (t->unit == UNIT_COUNT || unit_get(t->unit)->dimension == DIM_COUNT)
                pairs_add_count(out, ends[end], noun, shown);
            else
                pairs_add(out, ends[end], t->unit, shown);
        }
    }
}

static bool pair_eq(const pair *a, const pair *b) {
    return a->dimension == b->dimension && fabs(a->factor - b->factor) <= 1e-9 * fabs(a->factor) &&
           fabs(a->value - b->value) <= 1e-9 * fmax(1, fabs(a->value));
}

/* Multiset intersection; reports what is left over where `misses` is given. */
static counts compare(const pairs *found, const pairs *gold, str id, FILE *misses) {
    bool taken[MAX_PAIRS] = {0};
    counts c = {0};
    for (size_t i = 0; i < found->n; i++) {
        size_t j = 0;
        while (j < gold->n && (taken[j] || !pair_eq(&found->at[i], &gold->at[j]))) j++;
        if (j < gold->n) {
            taken[j] = true;
            c.right++;
        } else {
            c.wrong++;
            if (misses) fprintf(misses, "%.*s\textra\t%.*s\n", STR_ARG(id), STR_ARG(found->at[i].shown));
        }
    }
    for (size_t j = 0; j < gold->n; j++)
        if (!taken[j]) {
            c.missed++;
            if (misses) fprintf(misses, "%.*s\tmissed\t%.*s\n", STR_ARG(id), STR_ARG(gold->at[j].shown));
        }
    return c;
}

static counts sum(counts a, counts b) { return (counts){a.right + b.right, a.wrong + b.wrong, a.missed + b.missed}; }

static double f1_of(counts c) {
    double all = 2.0 * c.right + c.wrong + c.missed;
    return all > 0 ? 2.0 * c.right / all : 1;
}

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* 95 % by resampling files, the units that share an author and a subject. */
static void interval(const counts *clusters, size_t n, double *low, double *high) {
    static double f1[RESAMPLES];
    uint64_t state = 20261120;
    for (int r = 0; r < RESAMPLES; r++) {
        counts c = {0};
        for (size_t i = 0; i < n; i++) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            c = sum(c, clusters[(state >> 33) % n]);
        }
        f1[r] = f1_of(c);
    }
    qsort(f1, RESAMPLES, sizeof *f1, by_value);
    *low = f1[RESAMPLES / 40];
    *high = f1[RESAMPLES - 1 - RESAMPLES / 40];
}

static str next_line(str *rest) {
    ptrdiff_t end = str_find_byte(*rest, '\n', 0);
    str line = end < 0 ? *rest : str_slice(*rest, 0, end);
    *rest = end < 0 ? (str){0} : str_slice(*rest, end + 1, rest->n);
    return line;
}

static int split(str line, str *fields, int most) {
    int n = 0;
    while (n < most) {
        ptrdiff_t tab = n == most - 1 ? -1 : str_find_byte(line, '\t', 0);
        fields[n++] = tab < 0 ? line : str_slice(line, 0, tab);
        if (tab < 0) break;
        line = str_slice(line, tab + 1, line.n);
    }
    return n;
}

static void print_row(const char *name, size_t lines, counts c, double low, double high) {
    double precision = c.right + c.wrong ? (double)c.right / (c.right + c.wrong) : 1;
    double recall = c.right + c.missed ? (double)c.right / (c.right + c.missed) : 1;
    printf("| %s | %zu | %u | %.3f | %.3f | %.3f", name, lines, c.right + c.missed, precision, recall, f1_of(c));
    if (high > 0) printf(" (%.3f to %.3f)", low, high);
    printf(" |\n");
}

int main(int argc, char **argv) {
    bool misses = argc > 3 && !strcmp(argv[3], "--misses");
    if (argc < 3) {
        fprintf(stderr, "usage: bench_quantities ANNOTATION LINES [--misses]   (quantities.sh calls it)\n");
        return 2;
    }
    arena *a = arena_new(0), *scratch = arena_new(0);
    error e = {0};
    str annotation, prose;
    if (file_read(a, argv[1], 1 << 24, &annotation, &e) || file_read(a, argv[2], 1 << 24, &prose, &e)) {
        char text[512];
        fprintf(stderr, "bench_quantities: %s\n", error_text(&e, text, sizeof text));
        return 2;
    }
    static counts clusters[MAX_LINES], projects[MAX_PROJECTS];
    static size_t project_lines[MAX_PROJECTS];
    str project_names[MAX_PROJECTS], last_path = {0};
    size_t cluster_n = 0, project_n = 0, lines = 0, absent = 0;
    counts all = {0}, agreement = {0};
    static pairs first, second, gold, found;
    while (annotation.n) {
        str line = next_line(&annotation), f[FIELDS], p[2] = {{0}};
        if (!line.n || line.p[0] == '#') continue;
        if (split(line, f, FIELDS) != FIELDS || !pairs_of_annotation(f[6], &first) ||
            !pairs_of_annotation(f[7], &second) || !pairs_of_annotation(f[8], &gold)) {
            fprintf(stderr, "bench_quantities: bad annotation: %.*s\n", STR_ARG(line));
            return 2;
        }
        agreement = sum(agreement, compare(&first, &second, f[0], NULL));
        /* both files are in the order of ids, but a line may be absent from the prose */
        str ahead = prose, candidate = next_line(&ahead);
        if (split(candidate, p, 2) != 2 || !str_eq(p[0], f[0])) {
            absent++;
            continue;
        }
        prose = ahead;
        if (!str_eq(str_from_cstr(sha256_of(p[1]).text), f[5])) {
            fprintf(stderr, "bench_quantities: line %.*s is not the annotated one\n", STR_ARG(f[0]));
            return 2;
        }
        arena_reset(scratch);
        article art;
        token_list tokens;
        if (article_parse(scratch, STR("line.md"), p[1], NULL, &art, &e) || lex_article(scratch, &art, &tokens, &e))
            return 2;
        pairs_of_article(&art, &tokens, &found);
        counts c = compare(&found, &gold, f[0], misses ? stdout : NULL);
        if (!str_eq(f[3], last_path) && cluster_n < MAX_LINES) cluster_n++;
        last_path = f[3];
        clusters[cluster_n - 1] = sum(clusters[cluster_n - 1], c);
        if (!project_n || !str_eq(project_names[project_n - 1], f[1])) project_names[project_n++] = f[1];
        projects[project_n - 1] = sum(projects[project_n - 1], c);
        project_lines[project_n - 1]++;
        all = sum(all, c);
        lines++;
        if (project_n == MAX_PROJECTS) break;
    }
    if (misses) return 0;
    double low = 0, high = 0;
    if (cluster_n) interval(clusters, cluster_n, &low, &high);
    printf("| project | lines | quantities | precision | recall | F1 |\n| --- | --- | --- | --- | --- | --- |\n");
    for (size_t i = 0; i < project_n; i++) {
        char name[128];
        snprintf(name, sizeof name, "%.*s", STR_ARG(project_names[i]));
        print_row(name, project_lines[i], projects[i], 0, 0);
    }
    print_row("all", lines, all, low, high);
    printf("\nThe two annotators agreed to F1 %.3f before their differences were settled.\n", f1_of(agreement));
    if (absent) printf("%zu annotated lines were not found.\n", absent);
    arena_free(scratch);
    arena_free(a);
    return 0;
}
