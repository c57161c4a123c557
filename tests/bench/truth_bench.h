/* truth_bench.h - the inside of bench_truth: what its files share.
 *
 *     truth_corpus.c     articles, gold claims, manifests
 *     truth_text.c       one claim's text made false: knows no article and no checker
 *     truth_values.c     cases that change a value: versions, quantities, swaps, copies, conditions
 *     truth_world.c      cases that change the world: paths, ports, places, hosts, what is absent, terminal output
 *     truth_commands.c   cases that type what is not there: subcommands, flags; and what must stay quiet
 *     truth_processes.c  cases that change a habit: cadence, order, a step less
 *     truth_controls.c   what must not fire
 *     truth_judge.c      edits an article, judges it, counts
 *     truth_report.c     figures with intervals, docs/TRUTH.md
 */
#ifndef ASSAY_TESTS_TRUTH_BENCH_H
#define ASSAY_TESTS_TRUTH_BENCH_H

#include "base/arena.h"
#include "base/buf.h"
#include "facts/claim.h"
#include "manifest/manifest.h"

#include <stdio.h>
#include <stdlib.h>

enum { MAX_ARTICLES = 48, MAX_MISSES = 400, MISSES_IN_REPORT = 12, MAX_OPERATIONS = 16, CASES_WANTED = 150 };

typedef struct gold {
    uint32_t article, line;
    str claim, kind, fact;
    ptrdiff_t lo, hi; /* bytes of the claim in its article */
} gold;

typedef struct page {
    str path, source;
    uint32_t *ends; /* [end_count] where a paragraph of prose ends with a whole sentence: places to add another */
    uint32_t end_count;
    uint32_t contradicted, findings; /* in the clean article */
    day_number day;                  /* the article's date; 0 = none */
} page;

typedef struct operation {
    const char *name;
    manifest *truth;
    page pages[MAX_ARTICLES];
    uint32_t page_count;
    gold *rows;
    size_t row_count, row_capacity;
} operation;

typedef struct cell {
    uint32_t tried, caught;
    uint32_t unpaid; /* caught, or at least no longer paid for: unverified */
} cell;

typedef struct miss {
    str path, was, now;
    uint32_t line;
} miss;

typedef struct kind_result {
    const char *name;
    cell by_page[MAX_OPERATIONS][MAX_ARTICLES];
    miss misses[MAX_OPERATIONS][MAX_MISSES];
    uint32_t miss_count[MAX_OPERATIONS];
    struct kind_result *next;
} kind_result;

typedef struct bench {
    operation ops[MAX_OPERATIONS]; /* [0, held_out) are tuned on, [held_out, op_count) held out */
    int held_out, op_count;
    uint32_t shown; /* at most so many misses of a kind and operation */
    arena *keep;    /* the corpus, the results */
    arena *a;       /* one case */
    kind_result *results, *results_end;
    uint32_t contradictions[MAX_OPERATIONS]; /* in mutated articles */
    uint32_t stray[MAX_OPERATIONS];          /* of these, at places that were left true */
    buf now, scratch;

    /* bench_doubts: what is weighed before a contradiction, and who looks at it behind every case */
    struct weighing *weighing;
    void (*watch)(struct bench *b, const char *kind, int op, const gold *g, bool falsehood, bool good);
    str judged;     /* the text of the last case */
    span edited[4]; /* [edited_count] where it was edited; 0: the whole article */
    size_t edited_count;
} bench;

/* ---- truth_corpus.c ---- */
void operation_load(bench *b, operation *op);
/* The entity of a gold fact: "roost.location", "lamp1", "restore-drill.steps"; NULL when none is meant. */
const manifest_entity *fact_entity(const operation *op, str fact);
bool kind_is(const gold *g, const char *kind);
/* The line around a byte of a page, and the paragraph (blank line to blank line). */
span line_around(const page *p, ptrdiff_t at);
span block_around(const page *p, ptrdiff_t at);

/* ---- truth_judge.c ---- */
typedef struct edit {
    ptrdiff_t lo, hi; /* bytes of the page that it replaces; edits of one case come in order and do not overlap */
    str by;
    ptrdiff_t at; /* filled: where `by` begins in the edited text */
} edit;

enum { EDITS_MAX = 4 };

typedef enum catch_by {
    CATCH_CONTRADICTED,
    CATCH_UNPROVED,       /* no manifest closes this: unverified is caught, too, since it earns nothing */
    CATCH_UNDERSPECIFIED, /* the number stays right: what must be said is that its condition is missing */
    CATCH_FINDING         /* contradicted, or a physics finding that the clean article has not */
} catch_by;

/* A false article: caught where a claim that overlaps one of the edits gets its due. An edit that changes nothing marks
 * a place to look at. `now` is shown with a miss. Nothing is tried when no edit changes anything. */
void case_false(bench *b, const char *kind, int op, const gold *g, edit *edits, size_t n, str now, catch_by by);
/* One edit at the claim itself: its text becomes b->now. */
void case_at_claim(bench *b, const char *kind, int op, const gold *g, catch_by by);
/* A true article: right where nothing fires that did not fire before. */
void case_true(bench *b, const char *kind, int op, const gold *g, edit *edits, size_t n, str now);
void control_at_claim(bench *b, const char *kind, int op, const gold *g);
/* A sentence put behind the first paragraph of prose that ends at or after the claim, or else the last one. */
void case_insert(bench *b, const char *kind, int op, const gold *g, str added, bool falsehood, catch_by by);
/* Every case of an operation: falsehoods, controls, the clean articles. */
void judge_operation(bench *b, int op);
/* The clean articles: true claims contradicted, true claims left. */
void clean_articles(bench *b, int op);

/* ---- truth_text.c ---- */
typedef struct number_at {
    ptrdiff_t lo, hi; /* digits, one decimal point and thousands separators included */
    double value;
    int decimals;
    bool grouped;
} number_at;

/* The first number of a text from `from` on that is not part of a word; false when there is none. */
bool number_find(str text, ptrdiff_t from, number_at *out);
void put_replaced(str text, ptrdiff_t lo, ptrdiff_t hi, str by, buf *out);

typedef struct version_at {
    ptrdiff_t lo, hi; /* digits and points */
    int parts;
    ptrdiff_t part_lo[8], part_hi[8];
} version_at;

bool version_find(str text, version_at *out);

enum version_mutation {
    VERSION_PATCH,
    VERSION_MINOR,
    VERSION_MAJOR,
    VERSION_TRANSPOSED,
    VERSION_TRANSPOSED_LAST,
    VERSION_OTHER_SCHEME,
    VERSION_MUTATIONS
};
bool version_mutate(str text, enum version_mutation kind, buf *out);

enum quantity_mutation {
    QUANTITY_TEN,
    QUANTITY_THOUSAND,
    QUANTITY_BINARY_UNIT,
    QUANTITY_BINARY_SPELLED,
    QUANTITY_BIT_UNIT,
    QUANTITY_BIT_SPELLED,
    QUANTITY_NEAR,
    QUANTITY_ABOUT_WRONG,
    QUANTITY_END_UP,
    QUANTITY_END_DOWN,
    QUANTITY_MUTATIONS
};
/* Changes the number at `x`, or its unit. `tolerance` is the fact's, relative. */
bool quantity_mutate(str text, number_at x, enum quantity_mutation kind, double tolerance, buf *out);
/* A true interval around the one number of the claim: "46 to 57 tok/s". */
bool quantity_widen(str text, buf *out);

typedef struct unit_at {
    ptrdiff_t lo, hi; /* letters of the unit behind a number, without "/s" */
    double factor;    /* to bytes, bits or seconds; 1 where it is none of these */
    char dimension;   /* 'B' bytes, 'b' bits, 's' seconds, 0 another one or none */
} unit_at;
unit_at unit_find(str text, ptrdiff_t number_end);

/* The variant-th other cadence; false when there is no such variant. */
bool cadence_mutate(str text, int variant, buf *out);
enum { CADENCE_VARIANTS = 5, STEPS_MAX = 12 };

/* ---- the kinds ---- */
void mutate_versions(bench *b, int op, const gold *g);
void mutate_quantities(bench *b, int op, const gold *g);
void mutate_attribution(bench *b, int op, size_t index);
void mutate_copies(bench *b, int op, size_t index);
void mutate_condition(bench *b, int op, const gold *g);
/* Is `text` still true of the fact, by one of its views, at its printed precision and the fact's tolerance? */
bool quantity_still_true(const operation *op, str fact, str text);
/* Does the claim stand in "from 118 W to 152 W", where an interval would be no English? */
bool quantity_in_change(const page *p, const gold *g);
/* The number of the claim that its fact declares: 1000 of "32 clients at scale 1000", not the 7 of "Ryzen 7 3700X",
 * which is a name; false when there is none. */
bool quantity_own_number(const operation *op, const gold *g, number_at *out);

void mutate_path(bench *b, int op, const gold *g);
void mutate_port(bench *b, int op, const gold *g);
void mutate_place(bench *b, int op, const gold *g);
void mutate_host(bench *b, int op, const gold *g);
void mutate_terminal(bench *b, int op, const gold *g);
void mutate_exposes(bench *b, int op, const gold *g);
void insert_existence(bench *b, int op, size_t index);
void insert_placements(bench *b, int op, size_t index); /* a service on another host; the true one as a control */
void insert_operations(bench *b, int op, size_t index); /* an operation that no service has */
void insert_versions(bench *b, int op, size_t index);   /* an old version as the current one; the true one as control */
void insert_conditions(bench *b, int op, size_t index); /* a benchmark without its condition; with it as a control */

void mutate_command(bench *b, int op, const gold *g); /* kinds command and flag */
void insert_commands(bench *b, int op, size_t index); /* an invented subcommand or flag; true ones as controls */

void mutate_process(bench *b, int op, size_t index);

void controls_quantity(bench *b, int op, const gold *g);
void controls_alias(bench *b, int op, const gold *g);
void controls_inserted(bench *b, int op, size_t index);

/* ---- truth_report.c ---- */
kind_result *result_of(bench *b, const char *name);
void print_report(const bench *b);
/* Kinds of falsehood with fewer than CASES_WANTED cases, named on standard error; their number. */
unsigned thin_kinds(const bench *b);

#endif
