/* judge.h - the judges of the truth stage, one a kind of claim, and what they ask of each other. Nobody outside this
 * room includes it.
 *
 *     article ──reading/──► passages ──► a judge: what is claimed? which fact speaks of it? ──verdicts/──► claims
 *
 * The folders read in this order, and none includes from one behind it (tests/house/layers.t):
 *
 *     reading/    who says what of whom and when: passages, stance, tense, names; comparison of values
 *     verdicts/   claims, their proofs, and every doubt that keeps a contradiction back
 *     ports/ places/ commands/ processes/ output/ exposes/ existence/ versions/ numbers/
 *                 a kind of claim each
 *     credit/     what earns nothing
 *     physics/    what the article says against itself
 */
#ifndef ASSAY_FACTS_JUDGE_H
#define ASSAY_FACTS_JUDGE_H

#include "facts/verdicts/verdict.h"

/* ---- model_counts.c ---- */
/* "two NVIDIA A2 cards": as many as are declared, or more? */
void judge_model_counts(judge *j, passage *p);

/* Is what is ours said to consist of so many as stand at `lo`: "the deployment uses two", "Hardware: two"? */
bool existence_is_made_of(judge *j, const passage *p, uint32_t lo);

/* spoken_of.c: does the prepared sentence only speak of the name at [lo, hi), "has a contract with X", "X drives
 * can't"? */
bool existence_is_spoken_of(const passage *p, uint32_t lo, uint32_t hi);
/* spoken_of.c: is it one of several to choose from, or a plan that was given up? */
bool existence_is_option(const passage *p, uint32_t lo, uint32_t hi);

/* possession.c: how strongly does the passage say that the thing at [lo, hi) is here? `versioned`: with a version. */
typedef enum evidence { EVIDENCE_NONE, EVIDENCE_DEFINITE, EVIDENCE_STRONG } evidence;
evidence existence_possession(judge *j, passage *p, uint32_t lo, uint32_t hi, bool versioned);
/* practised.c: is the process at [lo, hi) said to be done here? */
evidence existence_practice(judge *j, passage *p, uint32_t lo, uint32_t hi);
/* here.c: the same of hardware, which must be somebody's who is ours. */
evidence existence_here(judge *j, passage *p, uint32_t lo, uint32_t hi);
/* here.c: does the sentence put the thing at [lo, hi) beside or into what is ours, "Next to it lives a NAS"? */
bool existence_is_placed(judge *j, passage *p, uint32_t lo, uint32_t hi);
/* listed.c, of a prepared passage: is the name at [lo, hi) in a list or table of what we have? Is it what its item or
 * cell is about? Does what gives it its meaning say that it is not here? */
bool existence_is_listed(judge *j, passage *p, uint32_t lo, uint32_t hi);
bool existence_heads_item(const passage *p, uint32_t lo, uint32_t hi);
/* "Swap on unified memory turns a crash into a coma": an item that says what such a thing does. */
bool existence_is_general_item(const passage *p, uint32_t lo, uint32_t hi);
bool existence_frame_denies(judge *j, const passage *p);
/* listed.c: does the heading, the line that leads in, or with `column` the column say that what stands below is chosen
 * from, "Put aside", "Which one to take"? */
bool existence_is_of_choice(judge *j, uint32_t index, bool column);
/* worked_with.c, of a prepared passage: is work of ours said to be done on the thing at [lo, hi), or a machine of ours
 * to be paired with it? Does the line begin with a label of ours, "GPU: …", "The server: …"? */
bool existence_is_worked_with(judge *j, const passage *p, uint32_t lo, uint32_t hi);
bool existence_is_labelled(judge *j, const passage *p, uint32_t lo);
/* put_to_use.c, of a prepared passage: is something done with the name at [lo, hi), "we alert in X"? Is the reader of
 * our instructions told to install or start it? */
bool existence_is_put_to_use(judge *j, const passage *p, uint32_t lo, uint32_t hi);
bool existence_is_ordered(judge *j, const passage *p, uint32_t lo);
/* shown.c: does the structure of a line of code show that the name at [lo, hi) is here? */
bool existence_is_shown(judge *j, passage *p, uint32_t lo, uint32_t hi);
/* gone.c: a component whose history has ended, said to be here. */
void judge_gone(judge *j, passage *p, const alias_hit *hit, uint32_t entity);

/* ---- process.c, steps.c ---- */
/* The process named in the passage nearest to [lo, hi), names before it preferred; MANIFEST_NONE when none is. */
uint32_t process_in(judge *j, const passage *p, uint32_t lo, uint32_t hi);
/* process_topic.c: the process that the cadence at [lo, hi) is said of where the grammar leaves no other; MANIFEST_NONE
 * when none is. */
uint32_t process_of_cadence(judge *j, passage *p, uint32_t lo, uint32_t hi);
/* Marks numbers inside [lo, hi) as judged: what is part of a cadence or a step is no quantity of its own. */
void take_tokens(passage *p, uint32_t lo, uint32_t hi);
void judge_steps(judge *j);
/* The strict process whose steps the sentence enumerates, all of them and nothing else, in whatever order: with a
 * cadence beside them, a word of order, or five of them there is no doubt of which it is. MANIFEST_NONE where there is.
 */
uint32_t process_told(judge *j, passage *p);
/* timers.c: the process that shares most words with a unit, script or file that the text names; MANIFEST_NONE where
 * none or several do. */
uint32_t process_of_files(const judge *j, str text);
void judge_timers(judge *j); /* timers.c: OnCalendar=, crontab lines */

/* ---- the judges, in the order in which they take tokens ---- */
void judge_terminal(judge *j);  /* terminal.c */
void judge_processes(judge *j); /* process.c */
void judge_exposes(judge *j);   /* exposes.c */
void judge_commands(judge *j);  /* command_places.c, command_talk.c */
void judge_existence(judge *j); /* existence.c */
void judge_versions(judge *j);  /* versions.c */
/* terminal.c: does the prompt, if the passage is one, name a machine that nobody declared? */
bool prompt_elsewhere(const judge *j, const passage *p);
/* ports.c: the claim at the token that something listens on `port`; `host` is the address that stands before it, or
 * empty. */
void judge_port(judge *j, passage *p, const token *t, claim *c, const stance_view *s, uint32_t port, str host);
void judge_locations(judge *j);           /* locations.c: where hosts stand; hosting.c with it */
void judge_hosting(judge *j, passage *p); /* hosting.c: which host a service is on, what a host runs */
void judge_places(judge *j);              /* places.c: ports, addresses, paths */
void judge_quantities(judge *j);          /* quantities.c */
void judge_exchanges(judge *j);           /* exchanges.c: what quantities.c supported, once more in pairs */
void judge_physics(judge *j);             /* physics/ */

/* ---- loose.c ---- */
/* Once the claims are in order, of an article about the operation; false: memory is gone. */
bool judge_loose(judge *j);
/* ---- vouched.c ---- */
bool judge_vouched(judge *j); /* the same */

#endif
