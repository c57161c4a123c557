/* doubt.h - the last question before a contradiction. Private to the truth stage.
 *
 *     a judge has decided ──► contradiction_doubt ──► no doubt: contradicted
 *                                               └──► a doubt:  unverified, and the proof says which
 *
 * doubt.c asks what holds for every kind of claim: whose thing, of what time, is it stated at all. doubt_kinds.c asks
 * what only one kind needs, doubt_figures.c what numbers need, doubt_code.c what lines of code do.
 */
#ifndef ASSAY_FACTS_DOUBT_H
#define ASSAY_FACTS_DOUBT_H

#include "facts/verdicts/verdict.h"
#include "facts/verdicts/weighing.h"

typedef struct scene { /* one claim in its sentence */
    judge *j;
    passage *p;
    const claim *c;
    uint32_t lo, hi;     /* the claim */
    uint32_t first, end; /* words near it: all of its sentence but the parts of an endless one */
    uint32_t at, after;  /* first word that ends behind lo; first word behind hi */
    clause_range clause; /* its clause */
    clause_range part;   /* its part of the sentence: commas do not end it */
    uint32_t entity;     /* the entity that the claim is about, or MANIFEST_NONE */
} scene;

/* Why claim `c`, the last that was added, may not be contradicted; NULL when nothing speaks against it. Costs a bounded
 * time, and is asked only where a contradiction is about to be stated. */
const char *contradiction_doubt(judge *j, const claim *c);

/* Does the text hold this part, bytes compared as they are? */
static inline bool doubt_holds(str text, const char *part) { return str_find(text, str_from_cstr(part), 0) >= 0; }
/* Word `i` without its possessive 's. */
str doubt_said(const passage *p, uint32_t i);
/* May word `i`, of those there are, be one of a list that lives as long as the program? The stem of a possessive is not
 * that of its word. */
static inline bool doubt_may_be(const passage *p, uint32_t i, const char *list) {
    return p->words[i].marks & MARK_OWNS || word_list_may_hold(list, p->words[i].stem);
}
/* Is word `i` one of the words of a list, "by more less"? ASCII case folded; a possessive 's does not count. */
static inline bool doubt_word(const passage *p, uint32_t i, const char *list) {
    if (i >= p->word_count) return false;
#ifdef __GNUC__
    if (__builtin_constant_p(strlen(list)) && !doubt_may_be(p, i, list)) return false;
#endif
    return str_is_among(doubt_said(p, i), list);
}
/* The first word of [from, to) that is on the list, which lives as long as the program; UINT32_MAX when none is. */
uint32_t doubt_find(const passage *p, uint32_t from, uint32_t to, const char *list);
/* Words of a range: the first one that begins at or behind its start, the first one behind its end. */
void doubt_words_of(const scene *s, clause_range range, uint32_t *from, uint32_t *to);

/* Is word `i` of the claim's passage a stem of the fact, of its conditions, or of what owns it? */
bool doubt_is_own_stem(const scene *s, const numeric_fact *f, uint32_t i);
/* Is the stem of a word of a condition under which this or a sibling of it was measured? */
bool doubt_is_of_condition(const scene *s, const numeric_fact *f, uint64_t stem);
/* Does passage `index` (PASSAGE_NONE: none) name an owner of the fact? */
bool doubt_names_owner(const judge *j, const numeric_fact *f, uint32_t index);

/* doubt_kinds.c: what speaks against a claim of this kind, or NULL. */
const char *doubt_of_kind(const scene *s);

/* doubt_habits.c: what speaks against what a service is said to expose, against when a process is said to run. */
const char *doubt_exposes(const scene *s);
const char *doubt_process(const scene *s);
/* other_name.c: are the words [lo, hi), in none of the list's names, no other name either of an item that is not
 * `named` (bit k: item k)? */
bool exposes_is_none_of(const passage *p, uint32_t lo, uint32_t hi, const manifest_list *list, uint64_t named);
/* doubt_kinds.c, for both: is one of the words in [from, to), beside the claim's own? */
bool doubt_has(const scene *s, uint32_t from, uint32_t to, const char *list);
/* Does the clause speak in the past tense? Does the sentence hold a time of its own, "before the incident"? */
bool doubt_is_past(const scene *s);
bool doubt_has_then(const scene *s);
uint32_t doubt_word_before(const scene *s, uint32_t i);
/* Is word `i` part of a name that the manifest declares? */
bool doubt_is_declared(const scene *s, uint32_t i);

/* Is the word one of somebody who is not us, or of what others have written: "friend", "vendor's", "documentation"? */
bool doubt_is_others(const passage *p, uint32_t i);
/* The same, without what is written. */
bool doubt_is_people(const passage *p, uint32_t i);

/* doubt_person.c: is it said of a person's thing, whose name begins the clause at word `i`? */
bool doubt_begins_with_person(const scene *s, uint32_t i);
/* doubt_person.c: does somebody advise it, in words from `from` on, "I have been told to put Cloudflare in front"? */
bool doubt_is_advised(const scene *s, uint32_t from);
/* doubt_person.c: is it said of many people, of whom nobody is one of us? */
bool doubt_is_of_many_people(const scene *s);

/* doubt_code.c: what lets a line of code or output be true after all, or NULL. */
const char *doubt_of_code(judge *j, passage *p, const claim *c);

/* doubt_lead.c: what the sentence before or behind a block says of where and when; or NULL. */
const char *doubt_of_lead(judge *j, passage *p, const claim *c);

/* doubt_config.c: what lets a line of configuration be true of another part of the file, or for a while; or NULL. */
const char *doubt_of_config(judge *j, const passage *p, const claim *c);

/* doubt_chart.c: the version is that of a chart, which packs the program; or NULL. Of a prepared passage of any kind.
 */
const char *doubt_of_chart(judge *j, const passage *p, const claim *c);

/* doubt_scratch.c: the port is that of what the article sets up for a drill, a test; or NULL. */
const char *doubt_of_scratch(judge *j, const passage *p, const claim *c);

/* doubt_former.c: what is declared absent was here once, and the article tells that it went; or NULL. */
const char *doubt_of_former(const scene *s);

/* doubt_figures.c: what lets a number be another thing than the size that fact `f` states, or NULL. */
const char *doubt_of_figure(const scene *s, const numeric_fact *f);
/* doubt_case.c: the number is said of a case, a part or a sum that `f` does not state, or NULL; doubt_table.c: of a
 * cell. */
const char *doubt_of_case(const scene *s, const numeric_fact *f);
/* doubt_other.c: it is that of another thing, or what was moved, worked or done; or NULL. */
const char *doubt_of_another(const scene *s, const numeric_fact *f);
/* doubt_machine.c: it is that of hardware that is not ours, of another way to run, of what was attached; or NULL. */
const char *doubt_of_machine(const scene *s, const numeric_fact *f);
/* doubt_occasion.c: it is said of one day, one test, a peak; or NULL. */
const char *doubt_of_occasion(const scene *s, const numeric_fact *f);
/* doubt_happening.c: it came free, a job takes it at its height, nothing went for so long, an experiment; or NULL. */
const char *doubt_of_happening(const scene *s, const numeric_fact *f);
/* doubt_table.c: is it an amount of money? */
bool doubt_is_money(const numeric_fact *f);
/* doubt_share.c: the number that the claim states; false where its token is none. */
bool doubt_stated_measure(const scene *s, measure *out);
/* doubt_share.c: it is a share of the whole that `f` counts, a quotient, or a difference; or NULL. */
const char *doubt_of_share(const scene *s, const numeric_fact *f);
const char *doubt_of_row(judge *j, const passage *p, const numeric_fact *f);
/* cell_talk.c: its headings say that a cell's number is another thing than the fact states; or NULL. */
const char *doubt_of_headings(judge *j, const passage *p, const numeric_fact *f);
/* doubt_cell.c: anything in its row, its column or its table lets a cell be true after all; or NULL. */
const char *doubt_of_cell(judge *j, const passage *p, const claim *c);
/* foreign_table.c: the cell's row, column or table is somebody else's, or of another time; or NULL. */
const char *doubt_of_foreign_table(judge *j, const passage *p, const claim *c);
/* doubt_release.c: the version is spoken of, the port is another one of the name; or NULL. */
const char *doubt_of_release(const scene *s);
/* doubt_upstream.c: it is said of a release as its makers made it, "0.18.0 renames two metrics"; or NULL. */
const char *doubt_of_upstream(const scene *s);
/* doubt_failed.c: it is a release that failed here, or was tried and left; or NULL. */
const char *doubt_of_failed(const scene *s);
/* doubt_beginning.c: it ran in the beginning, "as delivered", and the history says so; or NULL. */
const char *doubt_of_beginning(const scene *s);
/* doubt_vendor.c: a distribution, absent hardware or those whom we serve have it; or NULL. */
const char *doubt_of_vendor(const scene *s);
/* Is the pin in a quote, "docker==7.1.0", that of a package which only bears the entity's name? */
bool doubt_is_namesake_package(const manifest_entity *e, str quote);
/* doubt_teller.c: a model, a draft or somebody else says so, or the sentence says that it is false; or NULL. */
const char *doubt_of_teller(const scene *s);
/* doubt_subject.c: is the writing at word `i`, behind the claim, why something was done: "after the advisory"? Is word
 * `i` the program itself that tells its version: "the vLLM build says"? */
bool doubt_is_occasion(const scene *s, uint32_t i);
bool doubt_is_program(const scene *s, uint32_t i);
/* doubt_subject.c: is word `i` "everyone" behind the claim, whom our thing serves? */
bool doubt_is_for_all(const scene *s, uint32_t i);
const char *doubt_of_other_port(const scene *s);
/* Is it said to be a guess, "(9.4, I think)"? */
bool doubt_is_guess(const passage *p, uint32_t lo, uint32_t hi);
/* doubt_release.c: is it where the last step to what runs began, "1.0.3 → 1.2.1"? */
bool doubt_is_last_step(const scene *s);
/* doubt_release.c: does the next sentence deny or end what this one names, "It is not there any more", "It went"? */
bool doubt_is_taken_back(const scene *s);
/* doubt_foreign.c: it is that of any such machine, of another's thing, of a part or of another system; or NULL. */
const char *doubt_of_foreign(const scene *s);
/* doubt_subject.c: the sentence says that it is the reader's, somebody else's, what it introduces; or NULL. */
const char *doubt_of_subject(const scene *s);
/* "A tunnel on port N connects it with my home": is what is behind the claim work of such a thing for us? */
bool doubt_serves_us(const scene *s);
/* doubt_subject.c: is the town at byte `lo` of a prepared passage that of people or an institution, none of ours? */
bool doubt_town_of_another(const passage *p, uint32_t lo);
/* Is the clause about what is ours: a first person, "here", one of our machines or services beside the claim's? */
bool doubt_is_here(const scene *s);

/* doubt_table.c: a cell of a table of candidates, of what was tried. */
bool doubt_of_a_trial(judge *j, const passage *p);

#endif
