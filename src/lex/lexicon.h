/* lexicon.h - small words and what they say about the stance of a sentence. */
#ifndef ASSAY_LEX_LEXICON_H
#define ASSAY_LEX_LEXICON_H

#include "base/str.h"

enum cue {                          /* what a word says about the stance of what follows or precedes it */
           CUE_NEGATION = 1 << 0,   /* no, not, never, without, isn't */
           CUE_MODAL = 1 << 1,      /* would, could, might */
           CUE_IF = 1 << 2,         /* if, unless, suppose */
           CUE_SECOND = 1 << 3,     /* you, your */
           CUE_FIRST = 1 << 4,      /* I, my, we, our */
           CUE_OTHERS = 1 << 5,     /* friend, vendor, readers, his, someone */
           CUE_REPORT = 1 << 6,     /* claims, reported, according */
           CUE_PAST = 1 << 7,       /* until, previously, old: no longer so */
           CUE_COMPARE = 1 << 8,    /* than, unlike, versus, instead */
           CUE_IMPERATIVE = 1 << 9, /* install, check: only when a sentence begins with it */
           CUE_FUTURE = 1 << 10,    /* will, plan, want, wish, someday */
           CUE_REQUIRE = 1 << 11,   /* requires, needs, minimum, newer */
           CUE_DEFAULT = 1 << 12,   /* default */
           CUE_HAVE = 1 << 13,      /* has, have, with, runs, uses, own: possession or use */
           CUE_CADENCE = 1 << 14,   /* daily, weekly, every, each, nightly, on */
           CUE_EXPOSE = 1 << 15,    /* exposes, offers, provides */
           CUE_PLACE = 1 << 16,     /* in, at, from: before a place */
           CUE_FILLER = 1 << 17, /* may stand between a component and its version: version, release, is, at, to, the */
           CUE_STOP = 1 << 18,   /* carries no meaning of its own: the, a, of, and */
           CUE_ONE = 1 << 19,    /* a, an, one, single, only, another */
           CUE_TAKE = 1 << 20,   /* takes, took, lasts: duration follows */
           CUE_BREAK = 1 << 21,  /* but, while, whereas, although, because: a clause begins */
           CUE_VERSIONISH = 1 << 22, /* version, release, current, installed */
           CUE_GONE = 1 << 23,       /* removed, deleted, gone, retired, replaced */
           CUE_RUN = 1 << 24,        /* runs, hosts, serves */
           CUE_ALSO_OTHER = 1 << 25, /* newer, ordinary, typical: somebody else's thing */
           CUE_PART = 1 << 27,       /* core, server, GPU: a machine or a part of one */
           CUE_FIGURE = 1 << 28,     /* thing, step, reason: counted as a figure of speech */
           CUE_PARTIAL = 1 << 29,    /* limit, left, used: a part of something, a need, a use */
           CUE_WAS = 1 << 26         /* was, ran, went: the past tense, which may still tell of today */
};

/* What else a word is: a closed class that some rule looks for. A passage keeps the marks of all its words, so that a
 * rule whose class does not occur leaves at once. */
enum word_mark {
    MARK_MACHINE = 1 << 0,  /* machine, server, box, card: one of them */
    MARK_MACHINES = 1 << 1, /* several */
    MARK_DEVICE = 1 << 2,   /* laptop, phone: seldom a server */
    MARK_POINTS = 1 << 3,   /* it, this, they, each: something spoken of before */
    MARK_DEFINITE = 1 << 4, /* the, my, both, two: makes a noun a known one */
    MARK_MISSING = 1 << 5,  /* missing, absent, gone */
    MARK_USED = 1 << 6,     /* used */
    MARK_RENTED = 1 << 7,   /* rented */
    MARK_WHETHER = 1 << 8,  /* whether */
    MARK_ACT = 1 << 9,      /* delete, restart, pause: changes what it is done to */
    MARK_CALLS = 1 << 10,   /* calls, operations, tools: what a service is asked for */
    MARK_ORDER = 1 << 11,   /* order, sequence, steps, procedure */
    MARK_START = 1 << 12,   /* starts, begins, fires, due */
    MARK_COMMAND = 1 << 13, /* command, flag, option, switch: a part of a command line */
    MARK_MAY = 1 << 14,     /* may, the month too */
    MARK_PEOPLE = 1 << 15,  /* friend, vendor, hospital: people and makers, and what they carry about: theirs */
    MARK_WRITING = 1 << 16, /* guide, datasheet, paper: what is written by somebody */
    MARK_SHARE = 1 << 17,   /* half, doubled, dozens: no measurement that is told in words is without one */
    MARK_PAST = 1 << 18,    /* was, went, built: the simple past of an irregular verb */
    MARK_THEIRS = 1 << 19,  /* his, she, different: of somebody or something else */
    MARK_TOLD = 1 << 20,    /* wrote, thought, promised: what was said, and may be taken back */
    MARK_AGAINST = 1 << 21, /* decided, turned, ruled: before "against", "down", "out" */
    MARK_RHYTHM = 1 << 22,  /* times, working: a rhythm that has no other word of one, "four times a day" */
    MARK_FIRST = 1 << 23,   /* first, before, after: which of two comes first */
    MARK_HOUSE = 1 << 24,   /* pi, nas, desktop: a machine of the house */
    MARK_CLOCK = 1 << 25,   /* noon, pm: a time of day */
    MARK_RADEON = 1 << 26,  /* radeon, rx: a card of AMD's, whose name is several words */
    MARK_OWNS = 1 << 27     /* no word of its own: ends in "'s", plain or typographic */
};

typedef struct word_sense {
    uint32_t cues, marks; /* enum cue, enum word_mark */
} word_sense;

/* All words with the mark, one of enum word_mark, separated by blanks. */
const char *mark_words(uint32_t mark);

struct cue_table;
/* The table of all cue words, hashed, and their stems: one for the process, made when it is first asked for. */
const struct cue_table *cue_table_get(void);
/* The cues of a word, ASCII case folded; 0 for a word that is none. */
uint32_t cue_of(const struct cue_table *t, str word);
/* The same, and its marks, where str_hash_nocase of it is known and it holds no apostrophe; *stem is set where the
 * table has the word. */
word_sense sense_of_hashed(const struct cue_table *t, uint64_t hash, uint64_t *stem);

#endif
