/* problems.h - what CI formats show of a judgement: every finding that counts, and a score below the minimum as one
 * more.
 *
 * All of them need the same: the place as lines and columns, and a fingerprint that survives when lines move.
 */
#ifndef ASSAY_REPORT_PROBLEMS_H
#define ASSAY_REPORT_PROBLEMS_H

#include "report/report.h"

enum { PROBLEM_TOLD = 3 };

typedef struct problem {
    str rule;
    enum level level;
    str message;
    span where;
    place from, to; /* end exclusive; equal for a place without text */
    str line_text;  /* the line it begins on */
    /* Of a claim or a sum that does not hold: its words, the fact, what that says. A line holds several of them, and
     * the next is not known because the first is. Empty for the rest: there the rule and the line are what is known. */
    str told[PROBLEM_TOLD];
    uint32_t ordinal; /* 0 for the first of its rule with this text (and told) in the article, 1 for the next … */
    bool suppressed, baseline;
    bool waived; /* suppressed by the operator; a claim that the baseline knows too */
    bool fails;  /* the gate */
    str reason;
} problem;

typedef struct problem_list {
    problem *at; /* malloc */
    size_t n;
} problem_list;

/* What counts; that and the claims that were waived; that and all that was suppressed; that and what the baseline
 * knows. */
enum problem_choice { PROBLEMS_COUNTING, PROBLEMS_AND_WAIVED, PROBLEMS_AND_SUPPRESSED, PROBLEMS_ALL };
/* Problems in the order of the page. at == NULL when memory is gone. Free with free(). */
problem_list report_problems(const judgement *judged, enum problem_choice which);
/* 64 hex digits over path, rule, text, what is told and ordinal: equal for the same problem after unrelated edits, and
 * never equal for another claim on the same line, nor for the same words when the fact says something else. */
sha256_text report_fingerprint(str path, const problem *p);
/* One line about a rule id, and a page for it; texts for ids that are no lint (truth-contradicted …) included. */
str report_rule_summary(const ruleset *rules, str rule);
/* The ids that findings can have beside the lints; NULL-terminated. */
extern const char *const report_own_rules[];
/* Path without a leading "./". */
str report_clean_path(str path);

#endif
