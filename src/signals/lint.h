/* lint.h - inside the signals room: one article being linted. */
#ifndef ASSAY_SIGNALS_LINT_H
#define ASSAY_SIGNALS_LINT_H

#include "rules/matcher.h"
#include "signals/signals.h"

/* A place that a lint objects to. */
typedef struct lint_place {
    span where;      /* source bytes */
    str text;        /* {text} of the message */
    double n, limit; /* {n} and {limit} */
    enum level most; /* at most this level; LEVEL_OFF = the lint's own level */
} lint_place;

typedef struct linting {
    arena *a;
    error *e;
    const ruleset *rules;
    const style *under;
    const article *art;
    const token_list *tokens;
    const measurement *measured;
    VEC(lint_place) places; /* of the lint at work */
    const uint32_t *prose;  /* [prose_count] sentences of running paragraphs: no lists, quotes, tables, headings */
    uint32_t prose_count;
} linting;

typedef int (*lint_function)(linting *l, const lint_rule *rule);

lint_function lint_find(str name); /* NULL when there is none */
int lint_add(linting *l, span where, str text, double n, double limit);
int lint_no_memory(linting *l);
double lint_number(const lint_rule *rule, const char *key, double fallback);

/* Whether prose sentence k and k + 1 follow each other with nothing but a paragraph's end between them. */
bool lint_prose_joins(const linting *l, uint32_t k);
/* Source bytes from the beginning of prose sentence `first` to the end of `last`. */
span lint_prose_span(const linting *l, uint32_t first, uint32_t last);

int lint_anaphora_run(linting *l, const lint_rule *rule);
int lint_shape_run(linting *l, const lint_rule *rule);
int lint_paragraph_openings(linting *l, const lint_rule *rule);
int lint_monotone_length(linting *l, const lint_rule *rule);
int lint_sentence_repeats(linting *l, const lint_rule *rule);
int lint_contrast_pairs(linting *l, const lint_rule *rule);
int lint_heading_echo(linting *l, const lint_rule *rule);
int lint_specifics_pile(linting *l, const lint_rule *rule);
int lint_code_language(linting *l, const lint_rule *rule);
int lint_article_length(linting *l, const lint_rule *rule);
int lint_required_key(linting *l, const lint_rule *rule);
int lint_parser_issue(linting *l, const lint_rule *rule);
int lint_terminal(linting *l, const lint_rule *rule);
int lint_raw_frontmatter(linting *l, const lint_rule *rule);

#endif
