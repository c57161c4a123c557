/* truth_report.c - docs/TRUTH.md on standard output: figures per kind with 95 % intervals, misses.
 *
 *     cells (kind, operation, article) ──► rate = caught / tried; interval: bootstrap over articles, since the cases of
 *                                          one article are not independent
 *
 * Deterministic: the resampling has a fixed seed, and nothing here knows the time.
 */
#include "tests/bench/truth_bench.h"

#include "base/file.h"

#include <math.h>

enum { RESAMPLES = 1000 };

kind_result *result_of(bench *b, const char *name) {
    for (kind_result *r = b->results; r; r = r->next)
        if (strcmp(r->name, name) == 0) return r;
    kind_result *r = ARENA_NEW(b->keep, kind_result);
    r->name = name;
    if (b->results_end)
        b->results_end->next = r;
    else
        b->results = r;
    return b->results_end = r;
}

static uint64_t random_next(uint64_t *state) { /* splitmix64, Steele et al. 2014 */
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static int by_value(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

typedef struct rate {
    uint32_t tried, caught, unpaid;
    double lo, hi;
} rate;

/* Rate over the operations [first, last), its interval by resampling articles. */
static rate rate_of(const kind_result *r, int first, int last) {
    cell cells[MAX_OPERATIONS * MAX_ARTICLES];
    size_t n = 0;
    rate out = {0};
    for (int op = first; op < last; op++)
        for (int p = 0; p < MAX_ARTICLES; p++)
            if (r->by_page[op][p].tried) cells[n++] = r->by_page[op][p];
    for (size_t i = 0; i < n; i++)
        out.tried += cells[i].tried, out.caught += cells[i].caught, out.unpaid += cells[i].unpaid;
    double samples[RESAMPLES];
    uint64_t seed = 20260518;
    for (int s = 0; s < RESAMPLES && n; s++) {
        uint32_t tried = 0, caught = 0;
        for (size_t i = 0; i < n; i++) {
            const cell *c = &cells[random_next(&seed) % n];
            tried += c->tried, caught += c->caught;
        }
        samples[s] = tried ? (double)caught / tried : 0;
    }
    if (n) qsort(samples, RESAMPLES, sizeof *samples, by_value);
    out.lo = n ? samples[RESAMPLES * 25 / 1000] : 0;
    out.hi = n ? samples[RESAMPLES * 975 / 1000 - 1] : 0;
    return out;
}

static void print_rate(const rate *r) {
    if (!r->tried) {
        printf(" - |");
        return;
    }
    printf(" %u/%u = %.3f (%.3f to %.3f)", r->caught, r->tried, (double)r->caught / r->tried, r->lo, r->hi);
    if (r->unpaid != r->caught) printf("; %.3f not paid", (double)r->unpaid / r->tried);
    printf(" |");
}

static void print_names(const bench *b, int first, int last) {
    for (int op = first; op < last; op++) printf("%s%s", op > first ? ", " : "", b->ops[op].name);
}

static void print_table(const bench *b, const char *title, const char *prefix, bool want) {
    printf("\n## %s\n\n| kind | tuned on (", title);
    print_names(b, 0, b->held_out);
    printf(") | held out (");
    print_names(b, b->held_out, b->op_count);
    printf(") |\n| --- | --- | --- |\n");
    for (const kind_result *r = b->results; r; r = r->next) {
        bool clean = strncmp(r->name, "clean", 5) == 0;
        if ((strncmp(r->name, prefix, strlen(prefix)) == 0) != want || (!want && clean)) continue;
        rate tuned = rate_of(r, 0, b->held_out), held = rate_of(r, b->held_out, b->op_count);
        printf("| %s |", r->name);
        print_rate(&tuned);
        print_rate(&held);
        printf("\n");
    }
}

static void print_cell_text(str s) {
    for (ptrdiff_t i = 0; i < s.n && i < 90; i++)
        putchar(s.p[i] == '|' || s.p[i] == '`' || s.p[i] == '\n' ? ' ' : s.p[i]);
}

static void print_misses(const bench *b) {
    printf("\n## Misses\n\nAt most %u of a kind and operation; the held-out operation's are counted, not shown, so "
           "that nobody tunes on them.\n\n"
           "| kind | where | was | became |\n| --- | --- | --- | --- |\n",
           b->shown);
    for (const kind_result *r = b->results; r; r = r->next)
        for (int op = 0; op < b->op_count; op++) {
            if (op >= b->held_out) {
                if (r->miss_count[op])
                    printf("| %s | %s | %u misses | |\n", r->name, b->ops[op].name, r->miss_count[op]);
                continue;
            }
            for (uint32_t i = 0; i < r->miss_count[op] && i < b->shown; i++) {
                const miss *m = &r->misses[op][i];
                printf("| %s | %s/%.*s:%u | ", r->name, b->ops[op].name, STR_ARG(m->path), m->line);
                print_cell_text(m->was);
                printf(" | ");
                print_cell_text(m->now);
                printf(" |\n");
            }
            if (r->miss_count[op] > b->shown)
                printf("| %s | %s | and %u more | |\n", r->name, b->ops[op].name, r->miss_count[op] - b->shown);
        }
}

typedef struct target {
    const char *name, *prefix;
    double at_least;
} target;

/* The targets that are missed, by name: on the tuned operations, on the held-out one. */
static void print_shortfalls(const char *where, const char *const *names, size_t n) {
    printf("%s: ", where);
    for (size_t i = 0; i < n; i++) printf("%s%s", i ? ", " : "", names[i]);
    printf("%s.\n", n ? "" : "none");
}

/* Of the contradictions in mutated articles, those at places that were left true. */
static void print_precision(const bench *b, int first, int last) {
    uint32_t all = 0, wrong = 0;
    for (int op = first; op < last; op++) all += b->contradictions[op], wrong += b->stray[op];
    printf(" %u of %u strays = %.4f |", wrong, all, all ? 1 - (double)wrong / all : 1);
}

static void print_summary(const bench *b) {
    const char *short_tuned[32], *short_held[32];
    size_t tuned_count = 0, held_count = 0;
    /* Without a target: a kind that has none of its own. */
    static const target targets[] = {{"recall: version", "version", .95},
                                     {"recall: path", "path", .95},
                                     {"recall: port", "port", .95},
                                     {"recall: absent", "existence: what", .95},
                                     {"recall: quantity and unit", "quantity", .92},
                                     {"recall: attribution swap", "attribution", .85},
                                     {"recall: terminal", "terminal", .80},
                                     {"recall: process order", "process: step", .60},
                                     {"recall: process, all", "process", .60},
                                     {"recall: place", "place", .85},
                                     {"recall: host", "host", 0},
                                     {"recall: operation of a service", "existence: an", 0},
                                     {"recall: subcommand", "existence: unknown", 0},
                                     {"recall: flag", "flag: unknown", 0},
                                     {"recall: one of two copies", "copies", 0},
                                     {"recall: dropped condition", "condition", 0},
                                     {"controls that do not fire", "control", 1},
                                     {"true claims not contradicted", "clean: true claim not", 1},
                                     {"true articles without any contradiction", "clean: whole article", 1},
                                     {"true claims supported", "clean: true claim supported", .90}};
    printf("| figure | target | tuned on | held out |\n| --- | --- | --- | --- |\n");
    for (size_t i = 0; i < COUNT_OF(targets); i++) {
        kind_result sum = {.name = ""};
        for (const kind_result *r = b->results; r; r = r->next)
            if (strncmp(r->name, targets[i].prefix, strlen(targets[i].prefix)) == 0)
                for (int op = 0; op < b->op_count; op++)
                    for (int p = 0; p < MAX_ARTICLES; p++) {
                        sum.by_page[op][p].tried += r->by_page[op][p].tried;
                        sum.by_page[op][p].caught += r->by_page[op][p].caught;
                        sum.by_page[op][p].unpaid += r->by_page[op][p].unpaid;
                    }
        rate tuned = rate_of(&sum, 0, b->held_out), held = rate_of(&sum, b->held_out, b->op_count);
        printf("| %s |", targets[i].name);
        if (targets[i].at_least > 0)
            printf(" %s %.2f |", targets[i].at_least == 1 ? "=" : ">=", targets[i].at_least);
        else
            printf(" |");
        print_rate(&tuned);
        print_rate(&held);
        printf("\n");
        if (tuned.caught < targets[i].at_least * tuned.tried) short_tuned[tuned_count++] = targets[i].name;
        if (held.caught < targets[i].at_least * held.tried) short_held[held_count++] = targets[i].name;
    }
    printf("| precision of contradicted | >= 0.99 |");
    print_precision(b, 0, b->held_out);
    print_precision(b, b->held_out, b->op_count);
    printf("\n");
    printf("\nWhat falls short of its target:\n\n");
    print_shortfalls("- on the operations it was tuned on", short_tuned, tuned_count);
    print_shortfalls("- on the held-out operations", short_held, held_count);
    printf("\nMost missed quantities become *unverified*: a number is contradicted only where the text names the fact "
           "and its owner\n"
           "beyond doubt, since a false contradiction costs an honest writer more than a miss. Two true values that "
           "change places\n"
           "mostly stay supported, each by the other's fact. A subcommand or a flag must be contradicted where the "
           "manifest "
           "closes the\n"
           "list that it is not on; where it only lists some, or lists nothing for a component's own program, it "
           "counts as "
           "caught when\n"
           "it is left unverified. Programs that the manifest does not know at all make no claim, and are controls "
           "here.\n");
}

/* The broken checkers that the table of tests/house/mutants.sh has now: its lines "src/FILE|EDIT". */
static unsigned count_mutants(str script) {
    unsigned count = 0;
    for (ptrdiff_t at = 0, end; at < script.n; at = end + 1) {
        end = str_find_byte(script, '\n', at);
        if (end < 0) end = script.n;
        str line = str_slice(script, at, end);
        count += str_starts(line, STR("src/")) && str_find(line, STR("|s/"), 0) > 0;
    }
    return count;
}

/* What tests/house/mutants.sh wrote when all of its table was run last: "87 of 87". */
static void print_mutants(const bench *b) {
    str text, script;
    if (file_read(b->keep, "tests/house/mutants.txt", 256, &text, NULL) ||
        file_read(b->keep, "tests/house/mutants.sh", 1 << 20, &script, NULL))
        return;
    text = str_trim(text);
    printf("\n## The mutated checker\n\nEach comparator of the truth stage is broken in one place by a line of "
           "`tests/house/mutants.sh`, and the tests must notice\n(`make mutants`). When the whole table was run last, "
           "**%.*s broken checkers were noticed**; it has %u lines today.\n",
           STR_ARG(text), count_mutants(script));
}

void print_report(const bench *b) {
    printf("# How often the truth stage is wrong\n\n"
           "Generated by `make bench-truth`; do not edit. One falsehood at a time is put into an article that was "
           "true, at an\n"
           "annotated claim or as a sentence of its own, and the article is judged with its manifest. A falsehood is "
           "caught\n"
           "where a claim at its place is contradicted; a claim that the extractor never found counts as missed. Three "
           "kinds\n"
           "differ, because nothing could contradict them: a path, a subcommand or a flag that no manifest closes is "
           "caught "
           "also when it\n"
           "is unverified (it earns nothing); a benchmark without the condition that its fact must state is caught "
           "when it is\n"
           "*supported, under-specified*; one of two copies is caught also by a physics finding. *Not paid* adds what "
           "is\n"
           "unverified in the other kinds: it does not fail the gate, but earns nothing. A mutation that another view "
           "of the same\n"
           "fact makes true is not tried, nor one that the true statement implies (what is under 3 %% is under 30 %%, "
           "too).\n"
           "What changes is the number that the fact declares: never the digits of a name, and of two values that "
           "change\n"
           "places the numbers alone, since a value that takes its own name along stays true. Intervals: 95 %%, by "
           "resampling articles. A control counts as quiet when "
           "nothing fires\n"
           "in the whole article that did not fire before. Of the held-out operations saltmarsh was annotated and "
           "committed "
           "before the\n"
           "extractor existed; nobody tunes on its articles, but rules that contradicted true claims there were looked "
           "for in the\n"
           "code and checked against its totals by kind, so its figures on clean articles are no longer wholly blind. "
           "Larkspur\n"
           "and stonebridge were written and annotated by people who had not seen the extractor, and are read by "
           "nobody who "
           "tunes it:\n"
           "what they say is what an operator should expect of a site that nobody studied "
           "([FIRST-CONTACT.md](FIRST-CONTACT.md) "
           "keeps\nhow it went with each lot of operations on its first day).\n\n");
    print_summary(b);
    print_table(b, "Falsehoods caught, by kind", "control", false);
    print_table(b, "Controls that stayed quiet, by kind", "control", true);
    print_table(b, "The clean articles", "clean", true);
    print_mutants(b);
    printf(
        "\n## Reading numbers\n\nHow well values and their units are read in public technical prose that nobody here "
        "wrote, with\nprecision, recall and F1 by project: [QUANTITIES.md](QUANTITIES.md).\n");
    print_misses(b);
}

unsigned thin_kinds(const bench *b) {
    unsigned thin = 0;
    for (const kind_result *r = b->results; r; r = r->next) {
        if (strncmp(r->name, "control", 7) == 0 || strncmp(r->name, "clean", 5) == 0) continue;
        rate all = rate_of(r, 0, b->op_count);
        if (all.tried >= CASES_WANTED) continue;
        fprintf(stderr, "bench_truth: only %u cases of \"%s\", %d are wanted\n", all.tried, r->name, CASES_WANTED);
        thin++;
    }
    return thin;
}
