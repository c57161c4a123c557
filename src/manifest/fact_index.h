/* fact_index.h - the manifest's numbers, found by value and by the words that name them.
 *
 *     attributes, benchmarks, derived facts ──► numeric facts ──┬─► sorted by (dimension, value)   "which facts say 214
 * s?" └─► postings: word stem ──► facts   "which facts speak of loading?"
 *
 * Built once with the manifest, read-only afterwards. A claim asks both ways: a fact that agrees in value supports it,
 * a fact that is named beside it and disagrees may contradict it. Both questions cost the logarithm of the number of
 * facts, and word lists that are too long to tell anything apart (over POSTING_LIMIT facts) are not read.
 */
#ifndef ASSAY_MANIFEST_FACT_INDEX_H
#define ASSAY_MANIFEST_FACT_INDEX_H

#include "lex/stem.h"
#include "lex/units.h"
#include "manifest/manifest.h"

enum { POSTING_LIMIT = 192, NAME_LIMIT = 12 };

typedef struct fact_phrase { /* one name of a fact, as word stems */
    const uint64_t *stems;   /* [n], words that mean something only */
    uint32_t n;
    uint32_t durations; /* bits: the stem is "duration" or "time", which "takes" says too */
    uint32_t owned;     /* bits: the stem is a word of the owner's own name, as "deploy" in the "deploy duration" of a
                           deployment: whoever names the owner has said it. 0 where that would leave nothing */
} fact_phrase;

typedef struct fact_condition { /* a condition of a benchmark, ready to be looked for */
    const manifest_condition *of;
    uint64_t key, last; /* stems: first word of the key, last word of the value */
    double value;
    bool is_number;
    enum unit_dimension dimension; /* of a value that is a quantity, "280 W"; DIM_NONE of any other */
    double base;                   /* that quantity in base units */
    uint16_t year;                 /* of a value that is a day or a month, "2026-03-19", "2026-03"; 0 of any other */
    uint8_t month, day;            /* day 0: of the whole month */
} fact_condition;

typedef struct numeric_fact {
    const manifest_fact *fact;
    uint8_t kind;   /* FACT_ATTR, FACT_BENCHMARK, FACT_DERIVED */
    uint32_t index; /* into manifest.attrs, .benchmarks, .derived */
    uint32_t group; /* facts that say the same thing of other subjects or under other conditions share it; derived facts
                       of one shape, "load power * time / 3600", do */
    enum unit_dimension dimension;
    uint8_t family;
    double base;  /* in the dimension's base unit */
    double shown; /* as the fact writes it */
    unit_id unit;
    uint64_t noun;                     /* stem of a counted noun, 0 = none */
    double tolerance;                  /* base units: the larger of what rel and abs allow */
    const manifest_quantity *quantity; /* NULL for derived facts */
    const fact_phrase *names;          /* [name_count]: metric or attribute name, aliases, id */
    uint32_t name_count;
    const uint32_t *owners; /* [owner_count] entities */
    uint32_t owner_count;
    uint32_t
        first_owner; /* of a derived fact: the first operand's; else owners[0]. MANIFEST_NONE where there is none */
    const fact_condition *conditions;
    uint32_t condition_count;
} numeric_fact;

typedef struct text_fact { /* an attribute whose value is a name: MXFP4 */
    uint32_t attr;
    str value;
} text_fact;

typedef struct condition_ref { /* one condition of a benchmark that is a number */
    uint32_t benchmark, part;
} condition_ref;

enum { STEP_ALIASES = 8 }; /* more names of a step are not looked for */

typedef struct step_phrase { /* one name of a step, without its articles and pronouns */
    uint64_t stems[6];
    uint32_t n;
    str participle; /* of its first word where that is irregular, "built"; else empty */
} step_phrase;

typedef struct step_words {
    const step_phrase *names; /* [n], the step's own name first */
    uint32_t n;
    uint64_t begins; /* bits of the stems that one of the names can begin with */
} step_words;

typedef struct process_words {
    const step_words *steps; /* [step_count] */
    const uint64_t *stems;   /* [n], of its names' words and its steps' */
    uint32_t n;
    uint64_t bits; /* of those */
} process_words;

typedef struct fact_index fact_index;

/* Builds the index in the arena; NULL when memory is gone. The manifest must outlive it. */
fact_index *fact_index_make(arena *a, const manifest *m);

/* What follows gives views into the index, *count long and valid as long as its arena: lists are empty (NULL or *count
 * 0) where there is nothing. Every number: */
const numeric_fact *fact_index_all(const fact_index *x, uint32_t *count);
/* Indices of facts of one dimension with lo <= base <= hi: a contiguous piece of a sorted list. */
const uint32_t *fact_index_range(const fact_index *x, enum unit_dimension dimension, double lo, double hi,
                                 uint32_t *count);
/* Facts of one dimension whose value is written with the number's significant digits, wherever its point stands. */
const uint32_t *fact_index_digits(const fact_index *x, enum unit_dimension dimension, decimal number, uint32_t *count);
/* Facts of an entity. */
const uint32_t *fact_index_owned(const fact_index *x, uint32_t entity, uint32_t *count);
/* Facts that have the stem among their names or their owners' names; NULL when none or too many. */
const uint32_t *fact_index_named(const fact_index *x, uint64_t stem, uint32_t *count);
/* Text attribute by value, ASCII case folded; NULL when there is none. */
const text_fact *fact_index_text(const fact_index *x, str value);
/* Text attributes whose value ends in this word (or in one of the same hash: compare), for fact_index_text_at. */
const uint32_t *fact_index_texts(const fact_index *x, str last, uint32_t *count);
/* By an index that fact_index_texts gave. */
const text_fact *fact_index_text_at(const fact_index *x, uint32_t index);
/* Services that run a component or model, or whose own id it is: entity indices. */
const uint32_t *fact_index_services(const fact_index *x, uint32_t entity, uint32_t *count);
/* Services by port; entity indices. */
const uint32_t *fact_index_port(const fact_index *x, uint32_t port, uint32_t *count);
/* Does the process's or attribute's group hold another fact? Facts of one group, by group number. */
const uint32_t *fact_index_group(const fact_index *x, uint32_t group, uint32_t *count);
/* Derived facts that have a reading in this dimension. */
const uint32_t *fact_index_derived(const fact_index *x, enum unit_dimension dimension, uint32_t *count);
/* Conditions of benchmarks by their numeric value ("batch: 8"). */
const condition_ref *fact_index_conditions(const fact_index *x, double value, uint32_t *count);
/* Is the stem the noun of a counted fact ("dpi", "lane"): a unit that the manifest declares? */
bool fact_index_noun(const fact_index *x, uint64_t stem);
/* Is the stem the first word of a condition's key ("batch")? */
bool fact_index_condition_key(const fact_index *x, uint64_t stem);
/* Stems of the words of four letters or more in an entity's names. */
const uint64_t *fact_index_entity_stems(const fact_index *x, uint32_t entity, uint32_t *count);
/* Is there a declared path below this folder? */
bool fact_index_folder(const fact_index *x, str path);
/* Output signatures whose command begins with this word; indices into manifest.outputs. */
const uint32_t *fact_index_outputs(const fact_index *x, str first_word, uint32_t *count);
/* The words of a process; NULL for an entity that is none. */
const process_words *fact_index_process(const fact_index *x, uint32_t entity);
/* Is the stem one of its names' words or of its steps'? */
bool process_words_hold(const process_words *x, uint64_t stem);
/* Components whose version, or last one, is letters and then a digit: b8412. */
const uint32_t *fact_index_tagged(const fact_index *x, uint32_t *count);
/* Entities that are processes, and hosts or hardware with a location. */
const uint32_t *fact_index_processes(const fact_index *x, uint32_t *count);
/* The second of them. */
const uint32_t *fact_index_located(const fact_index *x, uint32_t *count);
/* Hosts and hardware; components with a version that are kernels by name. */
const uint32_t *fact_index_machines(const fact_index *x, uint32_t *count);
/* The second of them. */
const uint32_t *fact_index_kernels(const fact_index *x, uint32_t *count);
/* The first hardware entity, or MANIFEST_NONE. */
uint32_t fact_index_hardware(const fact_index *x);
/* Can the name of a town or a country begin with a word of this stem? */
bool fact_index_begins_place(const fact_index *x, uint64_t stem);
/* Country of a town ("Frankfurt" -> "Germany"), or the country itself; NULL for a name that is neither. */
const char *fact_index_country(const fact_index *x, str name);
/* Its days, times of day and words with digits (said.h). */
const struct manifest_said *fact_index_said(const fact_index *x);
/* Versions by text: entities whose current version or history is exactly this (a leading v is ignored). "16.12-" asks
 * for those whose current version is some revision of 16.12 ("16.12-1.pgdg120+1"). */
const uint32_t *fact_index_version(const fact_index *x, str version, uint32_t *count);

#endif
