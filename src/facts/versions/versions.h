/* versions.h - the component that a version is said of. Private to the truth stage.
 *
 *     version_bind.c   which component: glued to it, next to it, its row's label, the nearest one before it
 *     release_moves.c  bare versions whose component another version in the construct tells
 *     version_anaphora.c  "it is at 0.16.0": named before
 *     version_answer.c   "Is SGLang stable? … My build is v0.4.9": the question's
 *     version_context.c  "it replaces 3.7.4", "2.10.2 until May": the construct can only speak of what was named
 *     version_machine.c  "kernel on quay", "kernel on lamp1": of the nearest machine
 *     version_apposition.c  "perch, which is at 1.5.0": set off from its name
 *     version_series.c "the 545-series driver", "its 20.04 edition"
 *     version_tags.c   build tags, "b8412"
 *     version_changes.c  what the history rules out at an end of a change
 *     version_dates.c  when a version came, and when it went
 *     version_when.c   when does the place say that it ran?
 *     version_period.c did it run then?
 *     version_proof.c  the claim's proof, and what could stand in its place
 *     version_package.c  a package and a component of one name
 *     version_ranges.c  ranges of releases, ">= 2.9, < 3"
 *     version_query.c  what a command in pasted output was asked for
 *     version_subject.c  does the clause say itself that it is another thing's?
 *     version_past.c   may it be of a time that is over, where no history is declared?
 *     version_rows.c   do rows of a table, or items of a list, name several releases of it?
 *     version_stated.c does a token state a version?
 *     release_talk.c   is it spoken of as a release among others?
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
    uint32_t name_lo;        /* where the name begins, when it stands in the passage before the version; else 0 */
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

/* version_stated.c: what the token states as a version; empty when it states none. */
str version_stated(judge *j, const passage *p, const token *t);
/* release_moves.c: "from 1.3.2 to 1.4.0", "went to 16.11", "run 16.12": the component of a bare version or number, told
 * by the construct. False where none is. Prepares the passage. */
bool bind_move(judge *j, passage *p, const token *t, binding *b);
/* release_moves.c: a version alone in a header or at the head of a row, beside others of one component. */
bool bind_table_release(judge *j, passage *p, const token *t, binding *b);
/* Does the number stand alone: before a stop, or before a word that no quantity takes for its noun? */
bool version_stands_alone(const passage *p, const token *t);
/* version_anaphora.c: "it is at 0.16.0", "in the place of 16.11": a component that was named before. False where none
 * is. Prepares the passage. */
bool bind_anaphora(judge *j, passage *p, const token *t, binding *b);
/* A bare version behind "with", "run", "to" in a sentence without a component: the running subject's. */
void bind_running_subject(judge *j, passage *p, const token *t, binding *b);
/* version_anaphora.c: could the text be a version of the entity: as many points, the same first number as some version
 * it has or had? */
bool version_fits(const judge *j, uint32_t entity, str text);
/* version_context.c: a bare version in a construct that speaks of a component which was named. */
bool bind_context(judge *j, passage *p, const token *t, binding *b);
/* version_answer.c: a version that answers a question about one component. */
bool bind_answer(judge *j, passage *p, const token *t, binding *b);
/* version_context.c: the only component whose name ends in the prepared passage's word `i`, "driver"; MANIFEST_NONE
 * where none or several. */
uint32_t component_by_noun(const judge *j, const passage *p, uint32_t i);
/* version_context.c: "the toolkit 13.0.2": the last word of one component's name alone. */
bool bind_short_name(judge *j, passage *p, const token *t, binding *b);
/* version_alone.c: the only version of a sentence about us, and the only component in it. False where it is not. */
bool bind_alone(judge *j, passage *p, const token *t, binding *b);
/* version_machine.c: "kernel 6.12.48" of the machine that is named nearest, where the manifest has a "kernel on" each.
 */
bool bind_on_machine(judge *j, passage *p, const token *t, binding *b);
/* release_moves.c: the one component of the article that ever had this version; MANIFEST_NONE when none or several had.
 */
uint32_t owner_of_version(const judge *j, str text);
/* version_context.c: does word `i`, "until", name an end that has not come: "until the bug is fixed"? */
bool version_is_open_end(const passage *p, uint32_t i);
/* version_context.c: is the version in a place that only what was replaced can have: "in place of N", "N until May"? */
bool version_is_past_place(judge *j, passage *p, const token *t);
typedef struct version_match {
    const manifest_version *version; /* NULL = none agrees */
    const manifest_period *period;   /* agrees with the history only */
    const manifest_period *then;     /* agrees with what ran on the article's day, and no longer does */
} version_match;
/* versions.c: what of the component's versions the text agrees with: the one that runs (or ran on the article's day),
 * or one of its history. */
version_match version_agree_with(const judge *j, uint32_t entity, str stated);
/* version_changes.c: does the place in a change, or in a table of one, rule out a version that the component has
 * (`period` NULL) or had? */
bool version_breaks_change(judge *j, passage *p, const token *t, uint32_t entity, const manifest_period *period);
/* version_changes.c: does the history have both, `to` later than `from`? */
bool version_is_step(const judge *j, uint32_t entity, str from, str to);
/* version_dates.c: the version of the history that was there on the day that the place tells of; NULL where it tells of
 * none, or the history has a gap there. */
const manifest_period *version_period_told(judge *j, passage *p, const manifest_version *v, bool *told);
/* version_dates.c: is the version an end of "1.22 to 1.24", and does the history have it there, on the row's day where
 * it states one? `*change`: the number of the period that the move led to (history_count: what runs now). */
enum move_end { MOVE_NONE, MOVE_AGREES, MOVE_DISAGREES };
enum move_end version_move_end(judge *j, passage *p, const token *t, uint32_t entity, str stated, uint32_t *change);
/* version_period.c: did the version run when its place says that it did? */
enum version_then {
    THEN_UNTOLD, /* the place says of no time, or of none that can be read */
    THEN_RAN,
    THEN_PERHAPS, /* the history neither proves nor refutes it; or no calendar has the day */
    THEN_MISSED   /* it did not, or the component never had it */
};
typedef struct version_days {
    str text;        /* "on 2025-06-01", "until 2026-02-10"; empty of a day that no calendar has */
    str ran;         /* the one version that its history has then; empty where it has none, or several */
    day_number last; /* of them */
    bool sure;       /* false: of one of several machines, which may have had it then */
} version_days;
enum version_then version_then_of(judge *j, passage *p, const token *t, uint32_t entity, str stated, version_days *out);
/* version_period.c: do dates stand around a version that its component has or had, and on none of them it ran? */
bool version_dates_miss(judge *j, passage *p, const token *t, uint32_t entity, str stated);
/* version_period.c: the day on which period `i` of the history, or what runs now (i = history_count), came, and on
 * which it went; 0 = not declared, or not gone. */
day_number version_came(const manifest_version *v, uint32_t i);
day_number version_went(const manifest_version *v, uint32_t i);
/* version_when.c: does a verb of the past say that it ran: "we were running 2.7.6"? */
bool version_is_told_past(const passage *p, const token *t);
/* version_proof.c: what the history says of a version that agrees, and the comparison. */
str version_says(judge *j, const manifest_version *v, const manifest_period *period);
str version_agreement(judge *j, str stated, const manifest_version *v, const version_match *m);
/* version_proof.c: why a version that once ran and is stated as current is wrong. */
str version_staleness(judge *j, const manifest_version *v, const manifest_period *period, str stated);
/* version_proof.c: is it told of another time than it ran? `period`: of the history, NULL what runs now. */
bool version_is_undated(judge *j, passage *p, const token *t, uint32_t entity, str stated,
                        const manifest_period *period);
/* version_proof.c: judges the claim where its place says when it ran and it did not, or perhaps not; else false.
 * `plain`: it may be contradicted. */
bool version_judge_then(judge *j, claim *c, passage *p, const token *t, uint32_t entity, str stated, bool plain);
/* version_proof.c: contradicts one that the component never had. `past`: told of a time that is over. */
void version_contradict_never(judge *j, claim *c, passage *p, const token *t, uint32_t entity, str stated, bool past);
/* version_package.c: is the entity a package, and means prose a component of its name? */
bool version_is_shadowed(const judge *j, const passage *p, const token *t, uint32_t entity, str stated);
/* version_package.c: takes such packages out of the binding. True where the claim is judged by that: the version is the
 * package's, and does not run. */
bool version_drop_packages(judge *j, claim *c, const passage *p, const token *t, str stated, binding *b);
/* version_period.c: the day on which the version that runs now came; 0 = not declared. */
day_number version_current_since(const manifest_version *v);
/* version_dates.c: "comes in at", "arrives as" between the component and its version, in an entry of a diary. */
bool version_is_arrival(judge *j, passage *p, const token *t, const binding *b);
/* version_changes.c: what it went *to* on the sentence's one day may not have ended by then; what it "has been since"
 * may not have ended at all. */
bool version_target_is_late(judge *j, passage *p, const token *t, const manifest_period *period);
bool version_has_been_since(judge *j, passage *p, const token *t);
/* version_changes.c: does another cell of the row, or another item of the list, state what runs, so that this one tells
 * of an older release? */
bool version_is_older_beside(const judge *j, const passage *p, const manifest_version *v);
/* version_past.c: may a version that the component does not have be one that it had, of which no history is declared?
 * `from`: where the claim begins, its name included. */
bool version_may_be_former(judge *j, passage *p, const token *t, uint32_t entity, uint32_t from, str stated);
/* version_rows.c: do the rows of its column, or the items of its list, name several releases, each of its own day? */
bool version_is_of_its_row(judge *j, const passage *p, const token *t, uint32_t entity);
/* version_subject.c: does the passage say the last word of a name of `other`, "the driver" of an "NVIDIA driver", that
 * is none of `bound`? */
bool version_is_half_named(const passage *p, const manifest_entity *other, const manifest_entity *bound);
/* version_rows.c: is it in a column that names another release of the component, too: "| tern r7 |", "| tern r8 |"? */
bool version_is_one_of_column(judge *j, const passage *p, const token *t, uint32_t entity);
/* version_past.c: is it a candidate of a release to come, "5.3.1-rc2", that nobody says runs here? */
bool version_is_candidate_only(judge *j, passage *p, const token *t, uint32_t entity, str stated);
/* version_subject.c: has the clause of a version without a name beside it a subject that is not the component? Or has
 * that of a version between it and where the component was named? */
bool version_is_of_stranger(judge *j, passage *p, const token *t, uint32_t entity);
/* version_dates.c: does the passage name a machine of ours, of whose releases it may tell? */
bool version_names_machine(const judge *j, const passage *p);
/* version_dates.c: the word that ends right before byte `lo`, a blank between; UINT32_MAX where none does. */
uint32_t version_word_before(const passage *p, uint32_t lo);
/* version_ranges.c: ">= 2.9, < 3", a range of releases. */
void judge_version_range(judge *j, passage *p, const token *t);
/* version_dates.c: is the date beside a version the day on which it came, or went? */
void judge_version_date(judge *j, passage *p, const token *t);
/* version_dates.c: the parts of a date, 0 = not stated; true where it has a day and a month. */
typedef struct prose_date {
    unsigned year, month, day;
} prose_date;
bool prose_date_read(str text, prose_date *out);
/* The claim that the date `w` of a token is the day of a change of the entity's, which was on `day`. */
enum day_proof {
    DAY_PROVES_ONLY, /* it contradicts nothing */
    DAY_OF_VERSION,  /* it stands beside a version, of which it is doubted as that one is */
    DAY_OF_CHANGE    /* the sentence tells of the change itself */
};
void version_judge_day(judge *j, passage *p, const token *t, uint32_t entity, const prose_date *w, day_number day,
                       bool agrees, enum day_proof proof);
/* version_moved.c: is the date the one at which we moved to a release, or parted with a program? */
void judge_change_date(judge *j, passage *p, const token *t);
/* version_dates.c: a day as prose writes it; without a year the last such one up to the article's day. */
bool version_day(const judge *j, str text, day_number *day);
/* Points in a version. */
ptrdiff_t count_dots(str text);

/* version_apposition.c: does the sentence begin with a name that is not ours, and what hangs on it name ours: "Bellows,
 * which feeds Herald: now on 0.9.4"? */
bool version_is_of_front(const passage *p);
/* version_apposition.c: the only program with a version that a service runs; MANIFEST_NONE where it runs none, or two.
 */
uint32_t program_of(const judge *j, uint32_t service);
/* version_apposition.c: "nightshift, some lines of Python, is at 0.9.4": the subject before its apposition. */
bool bind_subject(judge *j, passage *p, const token *t, binding *b);
/* version_apposition.c: one of as many bare versions as components are named before them, "at 12.4.1 and 3.1.0". */
bool bind_version_list(judge *j, const passage *p, const token *t, binding *b);
/* version_apposition.c: a version set off from its name by a comma, a parenthesis, "which is at", or in a list. */
bool bind_apposition(judge *j, passage *p, const token *t, binding *b);
/* version_stated.c: could the number be a release of the component by its size, "12.4" where 13.0.2 runs? */
bool version_is_near(const judge *j, uint32_t entity, str text);
/* version_series.c: "the 545-series NVIDIA driver", "Ubuntu in its 20.04 edition": a branch named by a number. Prepares
 * the passage. */
bool bind_series(judge *j, passage *p, const token *t, binding *b);
/* version_tags.c: the component of a build tag, "b8412". */
bool bind_build_tag(judge *j, passage *p, const token *t, binding *b);
/* version_tags.c: does a part of the tag agree with a version of the entity? */
bool version_tag_agrees(const judge *j, uint32_t entity, str tag, version_match *found);
/* version_tags.c: does an image's tag name no release: "latest-cu130", "nightly"? `now`: what is declared. */
bool version_tag_floats(str tag, str now);
/* Does what stands behind the name's dash say which of several it is, the "00" of "wrf-00"? */
bool version_is_instance(const judge *j, uint32_t entity, str number);
/* Are the parts of a release written as one number, "v100300", where `now` has points? */
bool version_is_encoded(str stated, str now);
/* Is a tag the day of a build, "2026-05-01", where `now` is no day? */
bool version_is_dated(str stated, str now);
/* version_attribute.c: a version that is the text of a machine's attribute, "kernel: {value: 6.1.0-28-amd64}". False
 * where it judges nothing. */
bool version_judge_attribute(judge *j, claim *c, passage *p, const token *t, str stated, const stance_view *s);
/* Is an image's tag a year and month, "25.09-py3", where `now` is none? `path`: the image's name. */
bool version_is_train(str path, str tag, str now);
/* version_query.c: "NVRM version: … 580.95.05": a field of some output that tells whose version stands behind it. */
bool bind_field(judge *j, const passage *p, binding *b);
/* version_query.c: what pasted output answers: "--version", "pip show", "release 12.8". False where it is no answer. */
/* version_query.c: "release 12.8, V12.8.93": the compiler's build, whose last number is its own. */
bool version_is_compilers(const passage *p, const token *t);
bool bind_query(judge *j, passage *p, const token *t, binding *b);
/* version_query.c: "$ lexfind release 26-0417": what the component, typed as a program, is given to work on. */
bool version_is_operand(const judge *j, const passage *p, const token *t, uint32_t entity);

/* release_talk.c: is the name with its version, at bytes [lo, hi), spoken of as a release among others? `has_history`
 * tells whether the manifest declares what ran before. */
bool is_release_talk(judge *j, passage *p, uint32_t lo, uint32_t hi, bool has_history);

#endif
