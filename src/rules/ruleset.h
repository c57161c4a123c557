/* ruleset.h - the ruler as data: signals, lints, styles, read from rules/ or built into the program.
 *
 *     rules/signals/NAME.yaml   one of the 19 signals: what is counted, where, how, unit, cap, test lines
 *     rules/lints/NAME.yaml     one lint: level, budget, kind, message, test lines
 *     rules/styles/NAME.yaml    one style: weights, caps, minimum, required keys, length, lint levels
 *
 * A ruleset is immutable once open and may be shared by threads; patterns are compiled when first needed, behind a lock.
 * The built-in ruleset is generated C data (no YAML is read at start); `ruleset_open` reads a folder and is strict: an
 * unknown key, a bad pattern, a weight without a signal, a style without a minimum are errors with file, line, column.
 */
#ifndef ASSAY_RULES_RULESET_H
#define ASSAY_RULES_RULESET_H

#include "base/arena.h"
#include "base/error.h"
#include "base/hash.h"
#include "rules/finding.h"

enum signal_id {
    SIGNAL_CODE_BLOCKS, SIGNAL_VERSION_REFS, SIGNAL_FILE_PATHS, SIGNAL_ERROR_LINES, SIGNAL_CAVEATS, SIGNAL_H2_COUNT,
    SIGNAL_CONCRETE_NUMBERS, SIGNAL_COMPARISON_TERMS, SIGNAL_CONCRETE_EXAMPLES, SIGNAL_LEXICAL_DIVERSITY,
    SIGNAL_DEFINED_TERMS, SIGNAL_BECAUSE_ANSWERS, SIGNAL_STEP_SEQUENCES, SIGNAL_TEMPORAL_MARKERS,
    SIGNAL_SENTENCE_BURSTINESS, /* fifteen positive above, four negative below */
    SIGNAL_FILLER_PHRASES, SIGNAL_HEDGING_PHRASES, SIGNAL_EM_DASHES, SIGNAL_TRIPLE_BULLET_LISTS, SIGNAL_COUNT
};

enum scope {
    SCOPE_PROSE = 1 << 0, SCOPE_HEADINGS = 1 << 1, SCOPE_LISTS = 1 << 2, SCOPE_TABLES = 1 << 3, SCOPE_QUOTES = 1 << 4,
    SCOPE_CODE = 1 << 5, SCOPE_INLINE_CODE = 1 << 6, SCOPE_RAW = 1 << 7, SCOPE_FRONTMATTER = 1 << 8
};

enum rule_kind {
    RULE_PATTERN,   /* phrases and patterns are counted */
    RULE_STRUCTURE, /* a named measure of the block tree */
    RULE_STATISTIC, /* a named measure of words and sentences */
    RULE_TOKENS     /* a named measure of the technical lexer's tokens */
};

/* What is counted when a rule matches. */
enum count_mode { COUNT_MATCHES, COUNT_DISTINCT, COUNT_SENTENCES, COUNT_VALUE };

typedef struct rule_param {
    str key;
    str text;
    double number; /* NaN where the text is no number */
} rule_param;

typedef struct rule_test {
    str text;      /* Markdown */
    double expect; /* signals: the value; lints: the number of findings. match: >= 1; no_match: 0 */
    bool at_least; /* from `match:` */
    uint32_t line; /* in the rule file */
} rule_test;

typedef struct signal_rule {
    enum signal_id id;
    str name, title, summary, details; /* summary one line; details Markdown, for docs/signals/ and `assay rules NAME` */
    bool negative;
    enum rule_kind kind;
    enum count_mode count;
    uint32_t scopes; /* enum scope */
    str unit;
    double cap;      /* values above earn no more (or cost no more); styles may override */
    str measure;     /* structure, statistic, tokens: name of the built-in measure; empty for patterns */
    rule_param *params;
    uint32_t param_count;
    rule_test *tests;
    uint32_t test_count;
    str file;        /* rule file it came from, for messages */
} signal_rule;

typedef struct lint_rule {
    str name, title, summary, details, message; /* message: template; {n}, {text}, {limit} are filled in */
    enum level level; /* default level; styles may override */
    enum rule_kind kind;
    uint32_t scopes;
    double budget_free;      /* findings only beyond `free + per_1000 x words / 1000` occurrences */
    double budget_per_1000;
    str measure;
    rule_param *params;
    uint32_t param_count;
    rule_test *tests;
    uint32_t test_count;
    str file;
} lint_rule;

typedef struct style_lint {
    uint32_t lint; /* index into ruleset.lints */
    enum level level;
} style_lint;

typedef struct style {
    str name, title, summary;
    double minimum;
    double weights[SIGNAL_COUNT]; /* points a unit, >= 0; subtracted for negative signals */
    double caps[SIGNAL_COUNT];    /* after override */
    str *required_keys;
    uint32_t required_count;
    uint32_t words_min, words_max; /* 0 = no bound */
    style_lint *lints;
    uint32_t lint_count;
    double unverified_share;       /* part of the points that an unverified specific may still earn; default 0 */
    double contradiction_cost;     /* points subtracted per contradicted claim */
    str file;
} style;

typedef struct ruleset {
    str origin;        /* "built-in" or the folder */
    sha256_text hash;  /* over the rule files' names and bytes, sorted by name; known at build time for the built-in one */
    bool published;    /* measures raw text as the published ruler did: `ruler: raw` in ruleset.yaml */
    const signal_rule *signals; /* [SIGNAL_COUNT], in enum order */
    const lint_rule *lints;
    uint32_t lint_count;
    const style *styles;
    uint32_t style_count;
    uint32_t default_style;  /* index */
    struct matcher *matcher; /* compiled phrases and patterns: rules/matcher.h */
} ruleset;

/* The rules built into the program; never fails once built, but compiling may run out of memory. */
int ruleset_builtin(const ruleset **out, error *e);
/* Opens the rules of a folder; caller frees. */
int ruleset_open(const char *folder, ruleset **out, error *e);
/* Frees what ruleset_open gave; NULL and the built-in set are allowed. */
void ruleset_free(ruleset *rules);
/* Style by name; NULL when unknown. `nearest` (may be NULL) gets the closest known name then. */
const style *ruleset_style(const ruleset *rules, str name, str *nearest);
const lint_rule *ruleset_lint(const ruleset *rules, str name, str *nearest);
const signal_rule *ruleset_signal(const ruleset *rules, str name, str *nearest);
/* Parameter of a rule as a number or text; the fallback where it is absent. */
double rule_param_number(const rule_param *params, uint32_t count, const char *key, double fallback);
str rule_param_text(const rule_param *params, uint32_t count, const char *key, str fallback);
const char *signal_name(enum signal_id id);

#endif
