/* brief.h - what an article is to be about: the operator's order to the writer.
 *
 *     title: "How much WAL should a lost standby cost?"      required
 *     style: best_practice_learnings                         required; chooses the ruler, whatever the draft declares
 *     audience: "engineers who run one standby"              optional
 *     must_cover: ["what a replication slot keeps", ...]     optional
 *     must_not: ["recommend automatic failover", ...]        optional
 *     length: {min: 800, max: 1400}                          optional, in words; the style's bounds where left out
 *
 * A brief states no facts: those come from the manifest alone.
 */
#ifndef ASSAY_DRAFT_BRIEF_H
#define ASSAY_DRAFT_BRIEF_H

#include "base/hash.h"
#include "rules/ruleset.h"

typedef struct brief {
    str file;              /* as given */
    str title, audience;   /* audience may be empty */
    const style *style;    /* of the ruleset it was read with */
    const str *must_cover; /* [must_cover_count] */
    const str *must_not;   /* [must_not_count] */
    uint32_t must_cover_count, must_not_count;
    uint32_t words_min, words_max; /* 0 = no bound; the style's where the brief says nothing */
    sha256_text hash;              /* of the file's bytes */
} brief;

enum { BRIEF_LIMIT_BYTES = 256 * 1024, BRIEF_LIMIT_ITEMS = 64 };

/* Reads a brief from its bytes; texts live in the arena, `rules` must outlive it. Errors carry file, line and column:
 * no YAML, an unknown key (the nearest one is named), no title, no style or an unknown one (the nearest is named),
 * lengths that exclude each other or go beyond what the style allows, more than BRIEF_LIMIT_ITEMS items. */
int brief_read(arena *a, str content, str file, const ruleset *rules, brief *out, error *e);
/* The same from a file of at most BRIEF_LIMIT_BYTES. */
int brief_open(arena *a, const char *path, const ruleset *rules, brief *out, error *e);

#endif
