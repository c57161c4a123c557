/* finding.h - one thing found in an article: what, where, how bad. Lints, the parser, the truth stage and suppressions
 * all speak in findings, so that every report format renders one list. */
#ifndef ASSAY_RULES_FINDING_H
#define ASSAY_RULES_FINDING_H

#include "base/arena.h"

enum level { LEVEL_OFF, LEVEL_NOTE, LEVEL_WARNING, LEVEL_ERROR };

typedef struct finding {
    str rule; /* lint id ("anaphora-run"), or "truth/contradicted", "physics/speed-up", "frontmatter" ... */
    enum level level;
    str message;     /* one line, no trailing full stop; says what was found and what to do */
    span where;      /* source bytes; lo == hi means the place, not a text */
    bool suppressed; /* silenced by the article or waived by the operator: counted, never failing */
    bool waived;     /* suppressed, and by the operator */
    bool baseline;   /* known from the baseline: never failing */
    uint32_t claim;  /* 1 + index of the claim that it is about; 0 = none */
    str reason;      /* of a suppression or waiver; of a contradicted claim that the baseline knows, the baseline's */
} finding;

typedef struct finding_list {
    finding *at;
    size_t n, capacity;
} finding_list;

const char *level_name(enum level level); /* "off", "note", "warning", "error" */
bool level_parse(str name, enum level *level);
/* Stable order for reports: by place, then rule, then message. */
void finding_list_sort(finding_list *list);

#endif
