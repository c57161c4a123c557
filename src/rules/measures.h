/* measures.h - which built-in measures a rule file may name, and which parameters each takes.
 *
 * The measures themselves live in the signals room; here stand their names and parameters, so that a rule file is
 * refused when it is read and not when the first article is judged.
 */
#ifndef ASSAY_RULES_MEASURES_H
#define ASSAY_RULES_MEASURES_H

#include "article/article.h"
#include "rules/load.h"

/* Name of measure `i` of the signals or of the lints, in a fixed order; NULL behind the last. */
const char *measure_known(bool of_lints, size_t i);
/* Name of a parser's issue, as the parameter `issues` of the measure parser_issue writes it. */
const char *issue_name(enum article_issue_kind kind);
/* Refuses a measure that there is not, and parameters that it does not take or not in such a value. `rule` is the
 * name of the rule. */
int load_check_measure(loader *l, const yaml_node *root, bool of_lint, str rule, str measure);

#endif
