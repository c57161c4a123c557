/* standing.h - the grammar of "X stands on Y", which sentences about machines (../places/standing.c) and towns
 * (place_standing.c) share. Private to the truth stage. All passages are prepared.
 */
#ifndef ASSAY_FACTS_STANDING_H
#define ASSAY_FACTS_STANDING_H

#include "facts/reading/reading.h"

enum { STANDING_MACHINES = 8 };

typedef struct standing_subject { /* what a subject names, and where the manifest puts all of it */
    uint32_t machines[STANDING_MACHINES], machine_count;
    uint32_t n;   /* things */
    bool here;    /* one of them is on the machine that was asked for */
    bool sole;    /* each is a service, or a program that one service runs */
    bool program; /* one of them is no service */
    str name;     /* of the last */
    const manifest_fact *fact;
    uint32_t lo, hi; /* from the first to the end of the last */
} standing_subject;

/* ---- standing_things.c ---- */
/* A machine: a host, or hardware that has services. */
bool standing_is_machine(const judge *j, uint32_t entity);
void standing_add_machine(standing_subject *t, uint32_t machine);
/* Does the hit name something that is on a machine: a service, a program, a part, an item of what a machine runs? */
bool standing_is_thing(const judge *j, const alias_hit *hit);
/* Adds what it names; false where the manifest does not say where that is. `asked`: the machine in question. */
bool standing_add(const judge *j, const surface *on, const alias_hit *hit, uint32_t asked, standing_subject *t);

/* ---- standing_grammar.c ---- */
/* First word that begins at `at` or behind it. */
uint32_t standing_word_at(const passage *p, uint32_t at);
/* First word that ends behind `at`; the one in front of it is the last that ends there or before. */
uint32_t standing_word_over(const passage *p, uint32_t at);
/* Does none of the bytes stand in [lo, hi)? */
bool standing_is_gap_free(const passage *p, uint32_t lo, uint32_t hi, const char *stops);
/* "the", "our", "both", "two": may stand before the head of a subject. */
bool standing_is_determiner(const passage *p, uint32_t i);
/* Is the thing that begins at `lo` only part of a phrase with another head, "a backup of PostgreSQL", or one of
 * several, "a second Prometheus"? */
bool standing_is_governed(const passage *p, uint32_t lo);
/* "RLM, our licence server, runs", "Forgejo and its tickets are": may what lies in [lo, hi) stand between the thing and
 * its verb? */
bool standing_is_subject_rest(const passage *p, uint32_t lo, uint32_t hi);
/* A verb that says where something is; 2 where only its participle may follow: "is". 0 for any other word. */
int standing_verb(const passage *p, uint32_t i);
/* "hosted", "installed": the participle of a verb that says where something is. */
bool standing_is_participle(const passage *p, uint32_t i);
/* Does the verb lead to the preposition: "is now hosted on", "runs in a container on"? */
bool standing_leads_to(const passage *p, uint32_t verb, uint32_t preposition);
/* Where the clause of the subject in front of word `verb` begins, `from` at the earliest. */
uint32_t standing_clause_start(const passage *p, uint32_t verb, uint32_t from);

/* place_standing.c: the machines of which the sentence says, by its build, that they stand in the town at [lo, hi);
 * their number, 0 where it says so of none. */
uint32_t place_standing(judge *j, passage *p, uint32_t lo, uint32_t hi, uint32_t *machines, uint32_t capacity);
/* The machine that the sentence says was moved to the town at `lo`, and nothing of a move before or behind it;
 * MANIFEST_NONE where it says so of none. */
uint32_t place_moved_to(judge *j, passage *p, uint32_t lo);
/* What machines stand in, between them and the town: a cupboard, an office, a cellar. */
bool is_housing(const passage *p, uint32_t i);
/* The first word of the phrase that names what the machine stands in and ends before word `i`: "into a colleague's
 * former office"; `i` where there is none. */
uint32_t place_housing_start(const passage *p, uint32_t i);

#endif
