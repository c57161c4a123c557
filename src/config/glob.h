/* glob.h - path patterns as people know them from .gitignore.
 *
 *     *  any run of bytes but '/'     ?  one byte but '/'     [a-z] [!a-z] [[:upper:]_]  a class of ASCII     \*  a
 * star
 *     **  any run of bytes, '/' too, where it is all that stands between two slashes (or an end); else as *
 *
 * A pattern without '/' (but at its end) matches a name at any depth; "/a" and "./a" one in this folder. What matches a
 * folder matches everything below it; "a/" matches folders alone. Matching takes time linear in pattern × path.
 */
#ifndef ASSAY_CONFIG_GLOB_H
#define ASSAY_CONFIG_GLOB_H

#include "base/str.h"

/* Whether `path` (relative, "/" between its parts; a leading "./" is passed over) is one that the pattern names, or
 * lies below one. False for a pattern that is empty or over 1023 bytes long. Allocates nothing. */
bool glob_match(str pattern, str path);
/* Why a text is no pattern that can match here (too long, negated, empty, with braces, a class without an end); NULL
 * when it is one. */
const char *glob_problem(str pattern);

#endif
