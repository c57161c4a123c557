/* gap_words.h - what the words around a claim say of it, for the stub that would answer it.
 *
 *     "Harbor has a disk of 512 GB." ──► harbor, "disk"        "nginx listens on port 8080." ──► "nginx"
 *
 * A claim about something undeclared has no fact, and mostly no subject either. A stub is checked by hand before it
 * judges, so the likeliest reading will do here, where the truth stage would have to be sure.
 */
#ifndef ASSAY_MANIFEST_GAP_WORDS_H
#define ASSAY_MANIFEST_GAP_WORDS_H

#include "manifest/manifest.h"

typedef struct gap_sentence {
    const manifest *m;
    arena *a;
    str text;         /* the sentence */
    ptrdiff_t lo, hi; /* the value inside it */
} gap_sentence;

/* The declared entity of one of the kinds (bits, 1 << ENTITY_HOST …) named nearest before the value, else nearest
 * behind it; NULL when none is named. */
const manifest_entity *gap_owner(const gap_sentence *s, unsigned kinds);
/* What is measured: "disk" of "a disk of 512 GB", "unified memory" of "128 GB of unified memory", "memory" of "The
 * memory of Harbor is 64 GB". Empty where no noun stands in such a place. */
str gap_noun(const gap_sentence *s);
/* Who listens: "nginx" of "nginx listens on port 8080", "Grafana" of "Grafana is on port 3000". */
str gap_listener(const gap_sentence *s);

/* A machine that is said to be in a town: "Harbor is in Oslo". Looks only at sentences that say so plainly. */
typedef struct gap_whereabouts {
    const manifest_entity *machine; /* NULL: the sentence says nothing of the kind */
    str town;                       /* as written */
    ptrdiff_t lo, hi;               /* of "Harbor is in Oslo" */
} gap_whereabouts;
gap_whereabouts gap_place(const manifest *m, arena *a, str sentence);

#endif
