/* desk.h - what tests of drafting need: a folder, a small model in it, the built-in rules, a brief. */
#ifndef ASSAY_TESTS_DESK_H
#define ASSAY_TESTS_DESK_H

#include "base/arena.h"
#include "draft/brief.h"
#include "gate/gate.h"

struct desk {
    arena *a;
    char folder[64], model[96]; /* a folder of its own, and a model file in it that writes noise */
    const ruleset *rules;
};
/* cmocka's setup and teardown of a group. */
int desk_open(void **state);
int desk_close(void **state);

extern const char *const DESK_BRIEF; /* a valid one: style essay, 700 to 900 words */
/* Fails the test when it is none. */
brief desk_read_brief(struct desk *d, const char *text);
/* As `assay draft` judges. */
gate_options desk_gate(const struct desk *d, const brief *b);
/* A file of a folder, whole; fails the test when it cannot be read. */
str desk_read(struct desk *d, const char *folder, const char *name);
bool desk_has(struct desk *d, const char *folder, const char *name);
char *desk_path(struct desk *d, const char *name); /* below the desk's folder */

#endif
