/* ruleset.h - the ruler as data: signals, lints, styles, read from rules/ or built into the program.
 *
 *     rules/signals/NAME.yaml   one of the 19 signals: what is counted, where, how, unit, cap, test lines
 *     rules/lints/NAME.yaml     one lint: level, budget, kind, message, test lines
 *     rules/styles/NAME.yaml    one style: weights, caps, minimum, required keys, length, lint levels
 *
 *     rules/ruleset.yaml        name, ruler (article or raw), default style
 *
 * A ruleset is immutable once open and may be shared by threads; patterns are compiled when first needed, behind a
 * lock. The built-in rulesets are generated C data (no YAML is read at start): see rules_embed_tool.c. `ruleset_open`
 * reads a folder and is strict: an unknown key, a bad pattern, a weight without a signal, a style without a minimum are
 * errors with file, line, column. What a rule file may say is described in docs/RULES.md.
 */
#ifndef ASSAY_RULES_RULESET_H
#define ASSAY_RULES_RULESET_H

#include "base/arena.h"
#include "base/error.h"
#include "base/hash.h"
#include "rules/finding.h"
#include "rules/phrase.h"

enum signal_id {
    SIGNAL_CODE_BLOCKS,
    SIGNAL_VERSION_REFS,
    SIGNAL_FILE_PATHS,
    SIGNAL_ERROR_LINES,
    SIGNAL_CAVEATS,
    SIGNAL_H2_COUNT,
    SIGNAL_CONCRETE_NUMBERS,
    SIGNAL_COMPARISON_TERMS,
    SIGNAL_CONCRETE_EXAMPLES,
    SIGNAL_LEXICAL_DIVERSITY,
    SIGNAL_DEFINED_TERMS,
    SIGNAL_BECAUSE_ANSWERS,
    SIGNAL_STEP_SEQUENCES,
    SIGNAL_TEMPORAL_MARKERS,
    SIGNAL_SENTENCE_BURSTINESS, /* fifteen positive above, four negative below */
    SIGNAL_FILLER_PHRASES,
    SIGNAL_HEDGING_PHRASES,
    SIGNAL_EM_DASHES,
    SIGNAL_TRIPLE_BULLET_LISTS,
    SIGNAL_COUNT
};

enum scope {
    SCOPE_PROSE = 1 << 0,
    SCOPE_HEADINGS = 1 << 1,
    SCOPE_LISTS = 1 << 2,
    SCOPE_TABLES = 1 << 3,
    SCOPE_QUOTES = 1 << 4,
    SCOPE_CODE = 1 << 5,
    SCOPE_INLINE_CODE = 1 << 6,
    SCOPE_RAW = 1 << 7
};

enum rule_kind {
    RULE_PATTERN,   /* phrases and patterns are counted */
    RULE_STRUCTURE, /* a named measure of the block tree */
    RULE_STATISTIC, /* a named measure of words and sentences */
    RULE_TOKENS     /* a named measure of the technical lexer's tokens */
};

/* What is counted when a rule matches: every match; matches whose text differs; sentences that hold a match; or the
 * number that the measure itself gives. */
enum count_mode { COUNT_MATCHES, COUNT_DISTINCT, COUNT_SENTENCES, COUNT_VALUE };

typedef struct rule_param {
    str key;
    str text;
    double number; /* NaN where the text is no number */
} rule_param;

typedef struct rule_test {
    str text;      /* Markdown */
    double expect; /* signals: the value; lints: the number of findings. match: above 0; no_match: 0 */
    bool at_least; /* from `match:`: anything above 0 will do */
    uint32_t line; /* in the rule file */
} rule_test;

/* The declared text of what a rule matches, kept for `assay rules NAME`, docs/signals/ and compiling. */
typedef struct rule_source {
    const str *phrases; /* see rules/phrase.h */
    uint32_t phrase_count;
    const str *excepts; /* phrases whose match cancels the matches that it overlaps */
    uint32_t except_count;
    const uint32_t *patterns; /* indices into ruleset.data->patterns */
    uint32_t pattern_count;
} rule_source;

typedef struct signal_rule {
    enum signal_id id;
    str name, title, summary,
        details; /* summary one line; details Markdown, for docs/signals/ and `assay rules NAME` */
    bool negative;
    enum rule_kind kind;
    enum count_mode count;
    uint32_t scopes; /* enum scope */
    str unit;
    double cap;  /* values above earn no more (or cost no more); styles may override */
    str measure; /* structure, statistic, tokens: name of the built-in measure; empty for patterns */
    rule_source source;
    const rule_param *params;
    uint32_t param_count;
    const rule_test *tests;
    uint32_t test_count;
    str file; /* rule file it came from, for messages; empty: this ruleset does not define the signal (value 0) */
} signal_rule;

typedef struct lint_rule {
    str name, title, summary, details, message; /* message: template; {n}, {text}, {limit} are filled in */
    enum level level;                           /* default level; styles may override */
    enum rule_kind kind;
    uint32_t scopes;
    double budget_free; /* findings only beyond `free + per_1000 x words / 1000` occurrences */
    double budget_per_1000;
    str measure;
    rule_source source;
    const rule_param *params;
    uint32_t param_count;
    const rule_test *tests;
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
    double vouched_minimum;       /* where a manifest judges: specifics that it does not vouch for earn nothing then */
    double weights[SIGNAL_COUNT]; /* points a unit, >= 0; subtracted for negative signals */
    double caps[SIGNAL_COUNT];    /* after override */
    const str *required_keys;
    uint32_t required_count;
    uint32_t words_min, words_max; /* 0 = no bound */
    const style_lint *lints;
    uint32_t lint_count;
    double unverified_share;   /* part of the points that what no fact vouches for may still earn; default 0 */
    double contradiction_cost; /* points subtracted per contradicted claim */
    str file;
} style;

/* A PCRE2 pattern of a rule. It runs only on sentences that hold one of its trigger words, or, in scope raw, once over
 * the body's source bytes. Caseless; in UTF mode where it names code points above 127. */
typedef struct rule_pattern {
    str regex;
    uint16_t rule;   /* rule number: a signal_id, or SIGNAL_COUNT + lint index */
    bool except;     /* its matches cancel the rule's matches that they overlap */
    const str *when; /* trigger words; empty only in scope raw */
    uint32_t when_count;
} rule_pattern;

/* Everything a ruleset says, as plain constant data: read from YAML, or linked in. */
typedef struct ruleset_data {
    str name;
    sha256_text hash; /* over the rule files' names and bytes, sorted by name */
    bool raw;         /* `ruler: raw`: measures source text as the published ruler did */
    uint32_t default_style;
    const signal_rule *signals; /* [SIGNAL_COUNT], in enum order */
    const lint_rule *lints;
    uint32_t lint_count;
    const style *styles;
    uint32_t style_count;
    const rule_pattern *patterns;
    uint32_t pattern_count;
    phrase_trie trie; /* all phrases and trigger words of all rules */
} ruleset_data;

typedef struct ruleset {
    str origin;                 /* "built-in" or the folder */
    sha256_text hash;           /* as in data */
    bool published;             /* data->raw */
    const signal_rule *signals; /* [SIGNAL_COUNT], in enum order */
    const lint_rule *lints;
    uint32_t lint_count;
    const style *styles;
    uint32_t style_count;
    uint32_t default_style; /* index */
    const ruleset_data *data;
    struct matcher *matcher; /* the trie and the patterns, compiled when first needed: rules/matcher.h */
} ruleset;

/* The rules built into the program. Costs one small allocation; nothing is parsed or compiled. Caller frees. Errors:
 * ERROR_MEMORY. */
int ruleset_builtin(const ruleset **out, error *e);
/* Another built-in set by name: "default" is the one above, "published" the published ruler. ERROR_USAGE when unknown.
 */
int ruleset_builtin_named(str name, const ruleset **out, error *e);
/* Opens the rules of a folder; caller frees. Errors carry file, line and column. */
int ruleset_open(const char *folder, ruleset **out, error *e);
/* Frees what the three above gave; NULL is allowed. */
void ruleset_free(const ruleset *rules);
/* Style by name; NULL when unknown. `nearest` (may be NULL) gets the closest known name then. */
const style *ruleset_style(const ruleset *rules, str name, str *nearest);
/* The same for lints, */
const lint_rule *ruleset_lint(const ruleset *rules, str name, str *nearest);
/* and for signals. */
const signal_rule *ruleset_signal(const ruleset *rules, str name, str *nearest);
/* Parameter of a rule as a number or text; the fallback where it is absent. */
double rule_param_number(const rule_param *params, uint32_t count, const char *key, double fallback);
/* As text; a view into the ruleset, or the fallback. */
str rule_param_text(const rule_param *params, uint32_t count, const char *key, str fallback);
/* "version_refs"; whether it counts against an article. `id` must be below SIGNAL_COUNT. */
const char *signal_name(enum signal_id id);
bool signal_is_negative(enum signal_id id);
/* Name of a scope bit, "prose"; names of kinds and count modes. */
const char *scope_name(enum scope scope);
/* "pattern", "matches" …: as rule files write them. Static. */
const char *rule_kind_name(enum rule_kind kind);
const char *count_mode_name(enum count_mode mode);
/* The rules linked into the program: [ruleset_builtin_count] data, the default one first. Generated. */
extern const ruleset_data *const ruleset_builtin_data[];
/* How many there are. */
extern const uint32_t ruleset_builtin_count;

#endif
