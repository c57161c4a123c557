/* question.h - one number of the article and the facts it could be about. Private to the truth stage.
 *
 *     quantities.c        which numbers are claims, and with which unit
 *     conditions.c        what the context states of a benchmark's conditions
 *     candidates.c        which facts agree, which are named, how well each fits
 *     quantity_verdict.c  supported, contradicted, or neither
 */
#ifndef ASSAY_FACTS_QUESTION_H
#define ASSAY_FACTS_QUESTION_H

#include "facts/judge.h"

enum { CANDIDATE_LIMIT = 96 };

typedef struct scored {
    uint32_t fact;
    double name, owner, condition;
    bool conflict;  /* the context states another value of one of its conditions */
    bool elsewhere; /* so does the row's label: the value stands in another row's place */
    bool sole;      /* the only fact of its kind that the row's owner has */
    bool agrees;
} scored;

enum { STATED_LIMIT = 12 };

typedef struct stated { /* what the context states of one condition's key, looked up once a question */
    uint64_t key;
    bool found, in_label;
    double value;
} stated;

typedef struct question {
    judge *j;
    passage *p;
    const token *t;
    measure m;
    context near;
    const numeric_fact *facts;
    scored found[CANDIDATE_LIMIT];
    uint32_t n;
    const alias_hit *setting_hit; /* an attribute is named right before it: max_connections = 120 */
    bool setting_in_code;         /* and that name is inline code */
    bool bare;                    /* a number without a unit: compared with what facts write, whatever their unit */
    unsigned synonyms;            /* bits of the synonyms that the clause holds */
    stated stated[STATED_LIMIT];
    uint32_t stated_count;
    bool takes;       /* "takes", "lasts": a duration is named */
    bool change;      /* one end of "from a to b" */
    bool change_from; /* the first end, which is the past's */
} question;

enum condition_state { CONDITION_UNSTATED, CONDITION_MET, CONDITION_OTHER };

/* ---- conditions.c ---- */
enum condition_state condition_state_of(question *q, const fact_condition *c);
/* What the context states of a condition's key; looked up once a question. */
stated stated_of(question *q, uint64_t key);
/* Supports a claim that is itself a declared condition: "32 clients". */
void judge_condition(question *q, claim *c);

/* ---- candidates.c ---- */
/* Fills q->found: facts that agree in value, facts that the context names, each scored. */
void find_candidates(question *q);
double candidate_total(const scored *s);
bool candidate_agrees(const question *q, const numeric_fact *f);
/* Dimensions that everything has: time, data, counts. In others a unit narrows down what is meant. */
bool candidate_is_common(enum unit_dimension d);
/* A unit that is a metric of its own: tok/s, tps. */
bool is_metric_unit(const question *q);
/* Does the clause hold an everyday word for the attribute: VRAM for memory? */
bool has_synonym(const question *q, const numeric_fact *f);

/* ---- quantity_verdict.c ---- */
void decide_quantity(question *q, claim *c, const stance_view *s);

#endif
