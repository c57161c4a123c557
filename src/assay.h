/* assay.h - the library's one public header, and its manual.
 *
 *     assay_rules ────┐
 *     assay_manifest ─┼─► assay_judge ─► assay_verdict ─► score, signals, findings, claims, reasons, JSON
 *     bytes ──────────┘
 *
 * assay judges one Markdown article: it measures 19 signals of technical writing, runs the lints of the article's style
 * and, with a manifest of what is true, compares what the article claims with it. This header gives a program what
 * `assay check` gives a person. It judges only: it writes no drafts, searches no folders, reads no .assay.yaml, no
 * waivers and no baseline.
 *
 *     assay_error error;
 *     assay_rules *rules;
 *     assay_verdict *verdict;
 *     if (assay_rules_builtin(NULL, &rules, &error)) ...
 *     if (assay_judge(rules, NULL, NULL, bytes, length, &verdict, &error)) ...
 *     printf("%s: %g of %g\n", assay_verdict_passed(verdict) ? "pass" : "fail", assay_verdict_score(verdict),
 *            assay_verdict_minimum(verdict));
 *     assay_verdict_free(verdict);
 *     assay_rules_free(rules);
 *
 * A whole program stands in docs/library.md. `cc x.c $(pkg-config --cflags --static --libs assay)` builds it.
 *
 * ERRORS. A function that can fail returns ASSAY_OK (0) or one of enum assay_code, and fills the caller's assay_error,
 * which may be NULL. Bad prose is no error: it gives findings, claims and a failing verdict. Errors are files, limits,
 * memory, wrong arguments, and rules or manifests that cannot be trusted. Where there is an error there is no verdict:
 * what was not judged has not passed. On failure *out is NULL.
 *
 * MEMORY. What a function gives in an out parameter belongs to the caller, who frees it with the function of the same
 * name and `_free`. Rules and a manifest must live until the last verdict made with them is freed. The article's bytes
 * are copied. Texts and spans that accessors give are views into the verdict, valid until it is freed.
 *
 * NULL. A NULL object where one is needed is ASSAY_ERROR_USAGE; an accessor gives 0, false, NULL or empty texts for it.
 * An index beyond the end gives false, and zeroes what it should have filled.
 *
 * THREADS. Rules and manifests do not change once they are open: any number of threads may judge with the same ones at
 * once. A verdict may be read by many threads. Freeing is for one thread, when nobody else uses the object any more.
 * No function prints, exits, aborts, changes the locale or reads the clock; there is no global state that a caller can
 * see.
 *
 * NUMBERS. Lengths and offsets are in bytes; lines and columns count from 1, columns in Unicode code points; 0 = no
 * such place. Scores, values and points are those that `assay check` prints: points are kept to a thousandth, and the
 * signals' and the contradictions' points add up to the score. The formulas stand in docs/signals/ and src/gate/gate.h.
 */
#ifndef ASSAY_H
#define ASSAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of this header; assay_version() is that of the library that was linked. Before 1.0 a new minor version
 * may change this interface; a new patch does not. */
#define ASSAY_VERSION_MAJOR 0
#define ASSAY_VERSION_MINOR 1
#define ASSAY_VERSION_PATCH 0

/* "0.1.0"; static. */
const char *assay_version(void);

/* ---- texts and errors ------------------------------------------------------------------------------------------ */

/* UTF-8 as far as its source is; not NUL-terminated. `bytes` is NULL only where the text is empty.
 *     printf("%.*s\n", ASSAY_TEXT(reason)); */
typedef struct assay_text {
    const char *bytes;
    size_t length;
} assay_text;
#define ASSAY_TEXT(text) (int)(text).length, (text).bytes ? (text).bytes : ""

enum assay_code {
    ASSAY_OK = 0,
    ASSAY_ERROR_USAGE,    /* a wrong argument: NULL rules, an unknown style */
    ASSAY_ERROR_IO,       /* a file or folder cannot be read */
    ASSAY_ERROR_LIMIT,    /* a bound was exceeded: bytes, nesting, the match limit of a pattern */
    ASSAY_ERROR_MEMORY,   /* memory is gone, or one article would take more than its size allows */
    ASSAY_ERROR_SYNTAX,   /* a rule file or manifest is no YAML */
    ASSAY_ERROR_SCHEMA,   /* it is, but says what it must not: an unknown key, a version that is a number */
    ASSAY_ERROR_CONFLICT, /* two declarations exclude each other */
    ASSAY_ERROR_SUPPORT   /* meaningful, but not for this version of assay */
};

typedef struct assay_error {
    int code;              /* enum assay_code */
    uint32_t line, column; /* in `file` */
    char file[256];        /* as the caller named it; "" = none; a longer name is cut at the front */
    char message[512];     /* one line without full stop */
} assay_error;

/* Writes "file:line:column: message", the parts that there are, into `out`, cut to `capacity` bytes with the NUL (0:
 * nothing is written). Returns `out`. NULL error: "". */
const char *assay_error_text(const assay_error *error, char *out, size_t capacity);

/* ---- rules ----------------------------------------------------------------------------------------------------- */

/* The ruler: signals, lints, styles. */
typedef struct assay_rules assay_rules;

/* The rules built into the library, by name: NULL or "default", or "published" (see docs/RULES.md). Reads no file.
 * Errors: USAGE (unknown name, NULL rules), MEMORY. */
int assay_rules_builtin(const char *name, assay_rules **rules, assay_error *error);
/* The rules of a folder such as rules/ of the source tree. Errors, with file, line and column: USAGE, IO, LIMIT,
 * MEMORY, SYNTAX, SCHEMA, CONFLICT. */
int assay_rules_open(const char *folder, assay_rules **rules, assay_error *error);
void assay_rules_free(assay_rules *rules); /* NULL is allowed */
/* "sha256:" and 64 hex digits over names and bytes of the rule files: equal rules, equal hash. */
const char *assay_rules_hash(const assay_rules *rules);
/* How many styles there are, and their names: "essay", "tutorial" … Empty beyond the last. */
size_t assay_rules_styles(const assay_rules *rules);
assay_text assay_rules_style(const assay_rules *rules, size_t index);

/* ---- manifests ------------------------------------------------------------------------------------------------- */

/* What the operator declares to be true. docs/manifest.md says how it is written. */
typedef struct assay_manifest assay_manifest;

/* One YAML text. */
typedef struct assay_source {
    const char *name;  /* for messages: "site.yaml"; NULL = "" */
    const void *bytes; /* [length]; need not outlive the call */
    size_t length;
} assay_source;

/* Loads, checks and merges `count` >= 1 texts into one manifest. The first mistake is the error, with the name of the
 * text, line and column. Errors: USAGE, LIMIT, MEMORY, SYNTAX, SCHEMA, CONFLICT. */
int assay_manifest_read(const assay_source *sources, size_t count, assay_manifest **manifest, assay_error *error);
/* The same from `count` >= 1 files. Errors: IO too. */
int assay_manifest_open(const char *const *paths, size_t count, assay_manifest **manifest, assay_error *error);
void assay_manifest_free(assay_manifest *manifest); /* NULL is allowed */
/* "sha256:" and 64 hex digits over the bytes of all texts in the order given. */
const char *assay_manifest_hash(const assay_manifest *manifest);
/* How many facts it declares. */
size_t assay_manifest_facts(const assay_manifest *manifest);

/* ---- judging --------------------------------------------------------------------------------------------------- */

enum assay_level { ASSAY_LEVEL_OFF, ASSAY_LEVEL_NOTE, ASSAY_LEVEL_WARNING, ASSAY_LEVEL_ERROR };

/* Which claims fail an article: contradicted ones; also those that no fact supports (an error without a manifest, since
 * no claim would be read and every article would pass); none. */
enum assay_claims_policy { ASSAY_FAIL_CONTRADICTED, ASSAY_FAIL_UNVERIFIED, ASSAY_FAIL_NEVER };

/* Zeroed options are the defaults of `assay check` without configuration:
 *     assay_options options = {0};
 *     options.path = "posts/a.md"; */
typedef struct assay_options {
    const char *path;  /* the article's name, for messages and JSON; NULL = "<article>". ".mdx" is read as MDX */
    const char *style; /* judge under this style; NULL or "" = the one that the article declares */
    const char *default_style; /* where it declares none or an unknown one; NULL or "" = the rules' own */
    double threshold;          /* with threshold_given: the least score that passes, finite; else the style's */
    bool threshold_given;
    bool about_ours;  /* the article is about the declared operation whatever its text names and whoever speaks in it */
    bool untrusted;   /* a draft: its comments suppress nothing, and it does not choose its style */
    bool keep_fence;  /* judge an article that stands in one code fence as code; else the fence is taken off */
    int fail_level;   /* enum assay_level: findings from here on fail the article; 0 = ASSAY_LEVEL_ERROR */
    int fail_claims;  /* enum assay_claims_policy */
    size_t max_bytes; /* a longer article is ASSAY_ERROR_LIMIT; 0 = 1 MiB; more than 256 MiB is 256 MiB */
} assay_options;

typedef struct assay_verdict assay_verdict;

/* Judges an article. `bytes` [length] may be NULL only with length 0. Without a manifest (NULL) nothing is compared,
 * and only what the article says against itself is found. NULL options: the defaults. Memory: up to 512 bytes for each
 * of max_bytes, and 64 MiB; usually some hundred KiB. Errors: USAGE, LIMIT, MEMORY. */
int assay_judge(const assay_rules *rules, const assay_manifest *manifest, const assay_options *options,
                const void *bytes, size_t length, assay_verdict **verdict, assay_error *error);
void assay_verdict_free(assay_verdict *verdict); /* NULL is allowed */

/* ---- what was found -------------------------------------------------------------------------------------------- */

/* Source bytes [start, end) of the article. start == end: a place, not a text. */
typedef struct assay_span {
    size_t start, end;
    uint32_t line, column;         /* of start */
    uint32_t end_line, end_column; /* of end, which the span excludes */
    assay_text text;               /* the bytes as they stand in the source */
} assay_span;

bool assay_verdict_passed(const assay_verdict *verdict);
double assay_verdict_score(const assay_verdict *verdict);
double assay_verdict_minimum(const assay_verdict *verdict); /* the score that was needed */
uint32_t assay_verdict_words(const assay_verdict *verdict); /* of the body */
assay_text assay_verdict_style(const assay_verdict *verdict);
bool assay_verdict_style_declared(const assay_verdict *verdict); /* that style is the article's own */
/* <= 0: what contradicted claims cost. */
double assay_verdict_contradiction_points(const assay_verdict *verdict);

/* Why it fails, a line each: "score 12 is below the minimum 150 of style 'essay'". None where it passed. */
size_t assay_verdict_reasons(const assay_verdict *verdict);
assay_text assay_verdict_reason(const assay_verdict *verdict, size_t index);

/* The ledger: points = weight × min(paid, cap), negative for what counts against the article. */
typedef struct assay_signal {
    assay_text id;     /* "version_refs" */
    double value;      /* as measured */
    double paid;       /* the part that may earn: what nothing proves earns nothing */
    double cap;        /* more than this earns no more */
    double weight;     /* points a unit */
    double points;     /* signed */
    size_t span_count; /* places that produced the value */
} assay_signal;

size_t assay_verdict_signals(const assay_verdict *verdict); /* 19 */
bool assay_verdict_signal(const assay_verdict *verdict, size_t index, assay_signal *signal);
/* The place `index` of signal `signal`, in the order of the article. */
bool assay_verdict_signal_span(const assay_verdict *verdict, size_t signal, size_t index, assay_span *span);

typedef struct assay_finding {
    assay_text rule;    /* "anaphora-run", "truth-contradicted": docs/RULES.md */
    int level;          /* enum assay_level */
    assay_text message; /* one line: what was found, and what to do */
    bool suppressed;    /* silenced by a comment of the article: does not fail it */
    assay_text reason;  /* of the suppression */
    assay_span span;
} assay_finding;

/* In the order of the article. */
size_t assay_verdict_findings(const assay_verdict *verdict);
bool assay_verdict_finding(const assay_verdict *verdict, size_t index, assay_finding *finding);

enum assay_claim_verdict {
    ASSAY_SUPPORTED,
    ASSAY_UNDERSPECIFIED, /* the right number, without the conditions that the manifest wants stated */
    ASSAY_CONTRADICTED,
    ASSAY_UNVERIFIED, /* no fact speaks for or against it */
    ASSAY_NOT_ABOUT_US
};

typedef struct assay_claim {
    const char *kind;   /* "version", "hardware", "port" …: static */
    const char *stance; /* "asserted", "negated", "hypothetical" …: static */
    int verdict;        /* enum assay_claim_verdict */
    assay_text text;    /* the claim as it stands */
    assay_text subject; /* whose it is: "vllm"; empty: nobody was found */
    assay_text normal;  /* its value in normal form: "= 24 cores" */
    assay_text fact;    /* id of the fact that it was compared with: "kestrel.cpu_cores"; empty: none */
    assay_text says;    /* what that fact says: "20 core" */
    assay_text why;     /* the comparison made, one line */
    bool credit;        /* a specific that a signal would pay for: it counts in the coverage */
    assay_span span;
} assay_claim;

size_t assay_verdict_claims(const assay_verdict *verdict);
bool assay_verdict_claim(const assay_verdict *verdict, size_t index, assay_claim *claim);

/* Claims about the operation that bear credit, and what became of them. */
typedef struct assay_coverage {
    uint32_t claims, supported, contradicted, unverified;
    uint32_t not_about_us; /* beside `claims` */
} assay_coverage;

assay_coverage assay_verdict_coverage(const assay_verdict *verdict);

/* "off", "note", "warning", "error"; "supported", "contradicted" … Static; NULL for a number that is none. */
const char *assay_level_name(int level);
const char *assay_claim_verdict_name(int verdict);

/* The verdict as `assay check --format json` writes it for this one article, byte for byte
 * (docs/schema/assay.schema.json).
 * `*json` is NUL-terminated, and `*length` (may be NULL) its length without the NUL. Free it with assay_json_free.
 * Errors: USAGE, MEMORY. */
int assay_verdict_json(const assay_verdict *verdict, char **json, size_t *length, assay_error *error);
void assay_json_free(char *json); /* NULL is allowed */

#ifdef __cplusplus
}
#endif

#endif
