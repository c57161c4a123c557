/* outer.h - the configurations above an article's own: of them only the excludes hold, and what they call published.
 *
 * The nearest `.assay.yaml` makes an article's settings. What one further out excludes stays excluded, whatever a
 * folder below it brings along: what is vendored does not decide that it is judged, nor that drafts go there.
 */
#ifndef ASSAY_CONFIG_OUTER_H
#define ASSAY_CONFIG_OUTER_H

#include "config/config.h"

typedef struct outer_configs {
    arena *a;
    VEC(config *) opened;
    str folder, within;      /* of the article before: most share their folder */
    VEC(const char *) above; /* the files that hold for it beside the nearest one, the nearest first */
} outer_configs;

/* Where an article is excluded by a configuration above its nearest one (".assay.yaml:1:11"); empty where it is not.
 * They are searched up to the folder that holds `.git`, as the nearest one is; a folder inside `within` (the one that
 * is searched for articles; empty = none) does not end the search. The outermost is asked first, and one below an
 * exclude is not opened. */
int outer_excludes(outer_configs *o, str article_path, str within, str *by, error *e);
/* Whether one of the same configurations names the article's place as published: no draft is written there. */
int outer_publishes(outer_configs *o, str article_path, str within, bool *published, error *e);
void outer_free(outer_configs *o);

#endif
