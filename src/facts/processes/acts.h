/* acts.h - deeds with a rhythm that name no process: "every Sunday I audit the firewall". Private to the truth stage.
 *
 *     acts.c           which deed of which category a sentence tells
 *     process_told.c   what is told of a process without its name
 *     process_acts.c   that deed against the declared processes of its category
 *     process.c        the cadence against the process that is named
 */
#ifndef ASSAY_FACTS_PROCESS_ACTS_H
#define ASSAY_FACTS_PROCESS_ACTS_H

#include "facts/judge.h"
#include "facts/reading/cadence.h"

typedef struct act {
    const char *category;
    const manifest_scope *scope; /* that closes the category; NULL where none does */
    uint32_t word;               /* the verb, or the noun of what is run */
    uint64_t stem, also;         /* of the deed; of the noun that the verb only carries, "takes a backup" */
    uint32_t object, object_end; /* words of what it is done to; empty where nothing is said */
    bool strong;                 /* the verb means this category and no other: retrain, audit; not test */
    bool firm;                   /* so does the noun: "an evaluation of the model" */
} act;

/* acts.c. The closed scope of the category; NULL where none has it. */
const manifest_scope *act_scope(const judge *j, const char *category);
/* Category of the verb at word `i`, NULL for any other word. */
const char *act_category_at(const passage *p, uint32_t i, bool *strong);
/* "for another project", "at work": done for somebody else. */
bool act_is_elsewhere(const passage *p);
/* The first deed of ours near the cadence of a prepared passage; false where there is none. */
bool act_told(const judge *j, const passage *p, const cadence *c, const stance_view *s, act *out);

/* "Every Sunday I │read│ the cards": the first person's verb that is a word of the process, with its object; false
 * where none is. */
bool act_of_process(const judge *j, const passage *p, const cadence *c, uint32_t process, act *out);

/* Do the process's names and steps hold the stem as a word? */
bool process_does(const judge *j, uint32_t process, uint64_t stem);
/* The declared cadences of all processes, in the order of the index, read once an article; lo == hi where there is none
 * that can be read. NULL when memory is gone. */
const cadence *process_cadences(judge *j);

/* process_told.c: the process that the cadence at [lo, hi) is said of where it is told and not named, "files are
 * verified every night"; MANIFEST_NONE where none is. */
uint32_t process_by_telling(judge *j, passage *p, uint32_t lo, uint32_t hi);

/* process_acts.c. How well a deed fits what is declared for its rhythm. */
enum act_fit {
    ACT_FITS_NONE, /* no process of this cadence does anything like it */
    ACT_FITS_NEAR, /* one may: the same rhythm, another word */
    ACT_FITS       /* one does it, to what it may be done to */
};
/* Is the deed done to something that the process does not deal in, "the cards"? Only deeds of checking tell. */
bool act_is_foreign(const judge *j, const passage *p, const act *x, uint32_t process);
enum act_fit act_fit(judge *j, const passage *p, const cadence *c, const act *x, uint32_t *process);
/* One claim of the deed. `sure`: it may contradict. */
void judge_act(judge *j, passage *p, const cadence *c, const stance_view *s, const act *x, bool sure);
/* A cadence that names no declared process: the deed it stands with, or a habit that nothing declares. */
void judge_habit(judge *j, passage *p, const cadence *c, const stance_view *s);
/* "If accuracy falls below 90 percent, I fine-tune the adapter": a trigger in place of a cadence. */
void judge_trigger(judge *j, passage *p);

#endif
