/* paths.h - where an article is, for those who know it by another path: configurations, baselines.
 *
 * Names of staged files need not exist in the work tree, and a link to an article is the link, not what it points to:
 * the deepest folder that exists is resolved, the rest is taken as written, without "." and "..".
 */
#ifndef ASSAY_CONFIG_PATHS_H
#define ASSAY_CONFIG_PATHS_H

#include "base/arena.h"

/* Absolute form of a path, in the arena; NULL when memory or the current folder is gone. */
char *path_absolute(arena *a, str path);
/* `path` relative to `folder` when it lies inside it, else its absolute form; as given when neither can be found. */
str path_inside(arena *a, str folder, str path);
/* The path by which a report names an article to a service that knows the current folder's files: relative to it where
 * it lies inside, by whatever path it was named; what lies outside as it was named. */
str path_reported(arena *a, str path);

#endif
