/* hosting.h - services and the machines they are on. Private to the truth stage.
 *
 *     hosting.c         sentences: "the site runs on perch", "the VPS runs Caddy"
 *     hosting_cells.c   rows: | gateway | kestrel | 8400 |
 *     hosting_programs.c  programs that a closed list lacks: "a MinIO bucket on the same VPS"
 *     hosting_denials.c  what is said not to run there: "the VPS does not run Caddy"
 *     hosting_nouns.c   what it runs where no program is named: "a mail server", "AI models"
 *     hosting_lists.c   the same in lists and tables of what a machine runs
 *     standing.c        subjects, verbs and paths: "RLM, our licence server, is kept on boggle"
 */
#ifndef ASSAY_FACTS_HOSTING_H
#define ASSAY_FACTS_HOSTING_H

#include "facts/judge.h"
#include "facts/reading/standing.h"

/* Does the machine have a service that the same words may mean, for it is called by all of them: "the tunnel", of which
 * both ends have one? `name` is how the text calls `service`. */
bool hosting_has_namesake(const judge *j, const manifest_entity *service, uint32_t machine, str name);
/* A cell that names a machine under "host": is the row's service on it? */
void judge_host_cell(judge *j, passage *p);
/* Is word `i` a program that everybody knows by name, the program itself, and none of the manifest's? */
bool hosting_is_program(const judge *j, const passage *p, uint32_t i);
/* Has something that runs on the machine a word of this stem? */
bool hosting_runs(const judge *j, const manifest_entity *host, uint64_t stem);
/* Does the entity run there, by the machine's list or its services? */
bool hosting_runs_entity(const judge *j, const manifest_entity *host, uint32_t entity);
/* The claim that [lo, hi) runs on the machine, whose closed list lacks it. */
void hosting_contradict_run(judge *j, passage *p, const manifest_entity *host, uint32_t lo, uint32_t hi, str name);
/* Has a claim about what a host runs been made of the name at `lo`? */
bool hosting_is_judged(const judge *j, const passage *p, uint32_t lo);
/* hosting_denials.c: the denial at a verb of running, "does not run any models", of the machine that is its subject;
 * and those with the thing in front, "Caddy does not run on the VPS". */
void judge_denied_run(judge *j, passage *p, uint32_t verb, uint32_t machine, uint32_t end);
void judge_denied_standings(judge *j, passage *p);
/* hosting_nouns.c: what the phrase of words [first, head] is to what the machine's closed list holds. */
enum hosting_noun {
    NOUN_LISTED, /* a word of it, or a program that does its work, is there */
    NOUN_LACKED, /* a program's name, or a kind of program, of which nothing is there */
    NOUN_OPEN    /* a role that something listed may play, or a noun that tells nothing: "reverse proxy", "job" */
};
enum hosting_noun hosting_noun(const judge *j, const passage *p, const manifest_entity *host, uint32_t first,
                               uint32_t head);
/* The noun phrase that begins at word `from` or behind its "any", "no", "the", before byte `end`; false: none does. */
bool hosting_noun_phrase(const passage *p, uint32_t from, uint32_t end, uint32_t *first, uint32_t *head);
/* "The VPS runs AI models": behind the verb, whose subject is the machine. */
void hosting_judge_noun(judge *j, passage *p, uint32_t verb, const manifest_entity *host);
/* "On the VPS, a mail server runs": in front of the verb; "a mail server runs on the VPS": and the machine behind it.
 */
void hosting_judge_noun_there(judge *j, passage *p, uint32_t verb, const manifest_entity *host);
void hosting_judge_noun_on(judge *j, passage *p, uint32_t verb);
/* hosting_programs.c: of a prepared sentence. */
void judge_programs_there(judge *j, passage *p);
/* Is the program's name at word `i` a name there, not the English word, "the vault"? */
bool hosting_is_name(const passage *p, uint32_t i);
/* hosting_lists.c: of a prepared item or cell. */
void judge_programs_listed(judge *j, passage *p);

/* ---- standing.c ---- */

/* The machines that a sentence puts things of ours on. */
void judge_standings(judge *j, passage *p);
/* The preposition that the machine's name at `lo` stands behind; UINT32_MAX where there is none. */
uint32_t standing_preposition(const passage *p, uint32_t lo);
/* Everything that the subject in front of word `verb` names; false where the subject's head is nothing declared. */
bool standing_read_subject(const judge *j, const passage *p, uint32_t verb, uint32_t asked, standing_subject *t);
/* The claim that the things are on the machine that the hit names. */
void standing_judge(judge *j, passage *p, const standing_subject *t, const alias_hit *at, uint32_t machine);
/* Is one of the two a group of machines and the other one of its nodes, perhaps? */
bool standing_is_group_and_node(const judge *j, uint32_t a, uint32_t b);
/* Is what stands in [lo, hi) said of a case or of a while: "after a failover …", "… for an hour", "until we are done"?
 */
bool standing_is_then(const passage *p, uint32_t lo, uint32_t hi);

/* standing_forms.c: where the machine is not behind its verb: "we run X on quay", "it is quay that hosts X". `ends`:
 * the machine's name ends its phrase. */
void standing_judge_forms(judge *j, passage *p, const alias_hit *at, uint32_t machine, bool ends);

#endif
