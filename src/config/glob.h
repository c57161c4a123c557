/* glob.h - path patterns as people know them from .gitignore.
 *
 *     *  any run of bytes but '/'     ?  one byte but '/'     [a-z] [!a-z]  a class     **  any run of bytes, '/' too
 *
 * A pattern without '/' (but at its end) matches the last component anywhere; "folder/" matches everything below it;
 * "a" also matches everything below a folder a. Matching takes time linear in pattern × path: no exponential patterns.
 */
#ifndef ASSAY_CONFIG_GLOB_H
#define ASSAY_CONFIG_GLOB_H

#include "base/str.h"

/* Whether `path` (relative, "/" between its parts; a leading "./" is passed over) is one that the pattern names, or
 * lies below one. False for a pattern that is empty or over 1023 bytes long. Allocates nothing. */
bool glob_match(str pattern, str path);
/* Why a text is no pattern that can match here (too long, negated, empty, with braces); NULL when it is one. */
const char *glob_problem(str pattern);

#endif
