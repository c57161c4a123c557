/* alias.h - which names of the manifest start at this word?
 *
 * A read-only trie over words, kept in one hash table:
 *
 *     "DGX Spark" ──► root ─dgx─► node ─spark─► node {hardware spark}
 *     "Qwen3.6-35B"   root ─qwen3─► ─.─► ─6─► ─35b─► node {component primary-model}
 *
 * A word is a maximal run of letters and digits (any script), case-folded; any other character that is not a separator
 * is a word of its own, and whether it stands off from its neighbour counts ("v 1" is not "v1"). Separators are white
 * space (no-break kinds included), '-', '_', and the Unicode hyphens: "DGX Spark", "DGX-Spark" and "dgx_spark" are the
 * same name. Time to match at one place: O(length of the longest alias that could start there), whatever the number of
 * aliases; a word that starts no alias costs one hash and one bit test.
 *
 * Exclusions (`not_alias`): a name of an entity that lies inside a match of one of that entity's not_alias texts is
 * dropped ("CUDA" in "CUDA graphs", "Debian" in "SMP PREEMPT_DYNAMIC Debian").
 */
#ifndef ASSAY_MANIFEST_ALIAS_H
#define ASSAY_MANIFEST_ALIAS_H

#include "base/arena.h"

enum alias_kind {
    ALIAS_ENTITY,    /* `index` into manifest.entities */
    ALIAS_PACKAGE,   /* `index` into manifest.entities, an ENTITY_PACKAGE: its bare name ("time", "make"): not a subject
                        by   itself, only next to a version, in code or in an install command */
    ALIAS_ATTR,      /* `index` into manifest.attrs (its name and aliases) */
    ALIAS_METRIC,    /* `index` into manifest.benchmarks (metric and metric_aliases) */
    ALIAS_CONDITION, /* `index` into manifest.benchmarks, `part` into its conditions: the condition's key */
    ALIAS_ABSENT,    /* `index` into manifest.absences, `part` into its matches */
    ALIAS_MEMBER,    /* `index` into manifest.scopes, `part` into its members */
    ALIAS_EXPOSED,   /* `index` into manifest.entities, `part` into its exposes.items */
    ALIAS_RUN,       /* `index` into manifest.entities, `part` into its runs.items: a named item that is no entity */
    ALIAS_STEP,      /* `index` into manifest.entities (a process), `part` into its steps */
    ALIAS_DERIVED,   /* `index` into manifest.derived: its aliases */
    ALIAS_LOCATION,  /* `index` into manifest.entities (a host): the text of its location */
    ALIAS_COMMAND,   /* `index` into manifest.commands: what is typed to run it */
    ALIAS_EXCLUDED   /* `index` into manifest.entities: a not_alias; alias_scan never reports it */
};

typedef struct alias_target {
    uint8_t kind; /* enum alias_kind */
    uint32_t index, part;
} alias_target;

typedef struct alias_hit {
    span where;                  /* bytes of the scanned text */
    uint32_t words;              /* words that matched, ≥ 1 */
    const alias_target *targets; /* all that bear this name: [target_count], sorted by kind, index, part */
    uint32_t target_count;
    int32_t inside; /* index of the longer hit whose span contains this one, or -1 */
} alias_hit;

enum { ALIAS_LIMIT_BYTES = 256 };

typedef struct alias_index alias_index; /* opaque, immutable once built, shared between threads */

/* Building (the manifest loader does this). `seed` salts the hashes; all memory comes from the arena. */
typedef struct alias_builder alias_builder;
alias_builder *alias_builder_new(arena *a, uint64_t seed);
/* Adds one name (the same target under the same name once). False when memory is gone. A text without any word, or of
 * over ALIAS_LIMIT_BYTES, is ignored and sets *words = 0. */
bool alias_add(alias_builder *b, str text, alias_target target, uint32_t *words);
alias_index *alias_build(alias_builder *b); /* NULL when memory is gone */
/* The first target already added under exactly this name with this kind, or NULL. */
const alias_target *alias_added(const alias_builder *b, str text, enum alias_kind kind);

/* All hits in `text`, by start, the longer first; at one start only the longest name and the longer ones' proper
 * prefixes that name something else. Exclusions are applied. `hits` lives in the arena; false when memory is gone. */
bool alias_scan(const alias_index *index, arena *a, str text, alias_hit **hits, size_t *hit_count);
/* The same of the article's text, sooner, since the words of its sentences are known. */
struct article;
bool alias_scan_article(const alias_index *index, arena *a, const struct article *art, alias_hit **hits,
                        size_t *hit_count);
/* The longest name that starts exactly at byte `at` (a word's first byte); false when none does. Raw: exclusions are
 * not applied, instead ALIAS_EXCLUDED targets are listed like any other. Touches no memory of its own. */
bool alias_match_at(const alias_index *index, str text, ptrdiff_t at, alias_hit *hit);
/* Could any name start with this word? (A false "yes" is possible, a false "no" is not.) */
bool alias_may_start(const alias_index *index, str word);
/* The targets of a name as a whole ("CUDA toolkit"); NULL and *count 0 when nothing bears it. */
const alias_target *alias_lookup(const alias_index *index, str name, uint32_t *count);
/* The form under which a name is known: folded words, one space for each gap. Two texts are one name when these are
 * equal. {NULL,0} when memory is gone. */
str alias_fold(arena *a, str name);
/* Distinct names held. */
size_t alias_count(const alias_index *index);

#endif
