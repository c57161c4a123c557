/* versions.h - the component that a version is said of. Private to the truth stage.
 *
 *     version_bind.c   which component: glued to it, next to it, its row's label, the nearest one before it
 *     versions.c       does the version agree with what runs, or with what ran?
 */
#ifndef ASSAY_FACTS_VERSIONS_H
#define ASSAY_FACTS_VERSIONS_H

#include "facts/judge.h"

enum { COMPONENT_LIMIT = 6 };

typedef struct binding {
    uint32_t entity[COMPONENT_LIMIT];
    uint32_t n;
    bool strong;   /* may contradict */
    bool apart;    /* words stand between the name and the version */
    bool foreign;  /* stands next to a name that is not ours */
    bool past_too; /* what it was is as true here as what it is: a column "with 4.1.3", "which replaced …" */
    const alias_hit *absent; /* stands next to something that is declared absent */
} binding;

/* Does the entity have a version, or a history of them? */
bool has_version(const judge *j, uint32_t entity);
/* The hit's component, if it has versions, into the binding; each once. */
void add_component(const judge *j, binding *b, const alias_hit *hit);
/* Hits that lie in [lo, hi), into the binding. */
void bind_inside(judge *j, const passage *p, uint32_t lo, uint32_t hi, binding *b);
/* Does the cell's column hold what is or was installed? */
bool is_installed_column(judge *j, passage *p);
/* What the version token, image or package name is said of. Prepares the passage. */
void bind_version(judge *j, passage *p, const token *t, binding *b);

#endif
