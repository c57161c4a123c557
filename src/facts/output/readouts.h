/* readouts.h - pasted output read by its structure. Private to the truth stage.
 *
 *     readouts.c         which programs printed a stretch of output, on which machine; "key: value", columns, panels
 *     readout_facts.c    what a program's column or key means, and what the manifest says of it
 *     readout_rows.c     rows of our things, columns of their attributes
 *     readout_machines.c whose output it is, where no prompt says it
 *     readout_sums.c     rows whose cells do not add up
 *     readout_releases.c versions: a kernel's, a package's, a component's
 *     readout_values.c   does a printed value agree: sizes as the program rounds them, numbers, names, versions
 */
#ifndef ASSAY_FACTS_READOUTS_H
#define ASSAY_FACTS_READOUTS_H

#include "facts/output/terminal.h"

enum {
    PROGRAM_LIMIT = 6,
    MACHINE_LIMIT = 128,
    LED_LIMIT = 6,
    READING_LIMIT = 1024,
    LOOKUP_LIMIT = 64
}; /* of a line; machines asked when none is named */

typedef struct readout { /* the output of one typed line */
    judge *j;
    const code_block *block;
    uint32_t command;            /* the passage of the prompt, or PASSAGE_NONE */
    str programs[PROGRAM_LIMIT]; /* what was run: "free", "nvidia-smi" */
    uint32_t program_count;
    uint32_t machine;        /* that the prompt, ssh or a line of its own names, or MANIFEST_NONE: any of ours */
    uint32_t led[LED_LIMIT]; /* machines that what leads in, or the heading, names */
    uint32_t led_count;
    uint32_t device;        /* hardware that a row before this one names: the memory below "NVIDIA A2" is its */
    bool sure;              /* ours, and of today: it may contradict */
    bool decimal;           /* sizes in powers of 1000: df -H, lsblk --si */
    uint32_t readings_left; /* that may still be compared in this block, and rows that may be looked up */
    uint32_t lookups_left;
    size_t own_claims;  /* claims from here on are of this reader */
    size_t first_claim; /* claims from here on may lie in this block */
} readout;

typedef struct reading { /* one value of a line of output */
    uint32_t at;         /* passage */
    ptrdiff_t lo, hi;    /* the value in its line */
    str key;             /* its column or key */
    str row, tail;       /* the first and the last word of a row; empty where it has no row */
    str head;            /* what the first column is called */
    uint32_t owner;      /* the machine or thing that the row is of, or MANIFEST_NONE */
    text_range name;     /* the cell that names the row's device, in the surface's text; empty where none does */
} reading;

/* How a program rounds what it prints. */
enum rounding {
    ROUND_NEAREST,
    ROUND_EXACT, /* to the nearest, of something that is no figure on a box: a quota */
    ROUND_DOWN,  /* memory, of which drivers and kernels keep some: free: or to the nearest, by its version */
    ROUND_UP     /* df: or to the nearest */
};

enum agreement { SAYS_NO, SAYS_YES, SAYS_NOTHING };

/* readouts.c. Reads a block and judges what it prints; claims before `first_claim` do not lie in it. `today`: nothing
 * that leads in speaks of another time or place. */
void judge_readouts(judge *j, const code_block *b, size_t first_claim, bool today);
/* Was a program of this name run? */
bool readout_runs(const readout *o, const char *program);

/* readout_facts.c. Judges one value; true when a claim was made of it. */
bool judge_reading(readout *o, const reading *r);
/* Is the name at [lo, hi) of the passage's surface one of hardware? Its entity, or MANIFEST_NONE. */
uint32_t hardware_at(const judge *j, const passage *p, uint32_t lo, uint32_t hi);

/* Claims that the reading's value agrees with a fact, or that it does not; nothing where it may not be contradicted. */
bool readout_settle(readout *o, const reading *r, enum agreement says, const manifest_fact *fact, str subject,
                    str declared);
static inline str reading_text(const readout *o, const reading *r) {
    return str_slice(line_of(o->j, r->at), r->lo, r->hi);
}

/* An unverified claim: of what the attribute says at another time. */
bool readout_leave(readout *o, const reading *r, const manifest_attr *a);
str readout_declared(judge *j, const manifest_attr *a);
/* The value is, or holds, a card's name: contradicted where a closed scope of GPUs does not list it. */
bool judge_card_name(readout *o, const reading *r, str card);

/* readout_rows.c. The one machine or other hardware that a row names; MANIFEST_NONE where none or several. */
uint32_t readout_row_owner(const judge *j, uint32_t at);
/* The column names an attribute of what the row is of. */
bool judge_row_value(readout *o, const reading *r);
bool judge_share(readout *o, uint32_t at);              /* "7.4 TB of 10 TB" in line `at` */
bool judge_cards_of_node(readout *o, const reading *r); /* "gpu:h100:2" */

/* The attribute of the row's owner that the column names, and what it says; NULL where there is none. */
const manifest_attr *readout_row_attr(const readout *o, const reading *r, enum agreement *says);
/* What is declared as the size of the row's owner, or of what the first column's name calls. */
enum agreement readout_total_says(const readout *o, const reading *r);

/* Is the row the only disk that lsblk(8) lists, asked for no device, or the file system "/" that df(1) was asked for,
 * and of another size than the attribute? Then it is all that the machine has. */
bool readout_only_disk(const readout *o, const reading *r, const manifest_attr *a);

/* readout_machines.c: the machine that the block's programs run on, or that the text before it speaks of; MANIFEST_NONE
 * where neither tells. */
uint32_t readout_machine_around(const readout *o);

/* readout_sums.c. Cells of one row by what they tell; an empty one has hi = 0. */
enum role { ROLE_TOTAL, ROLE_USED, ROLE_FREE, ROLE_USED_SHARE, ROLE_FREE_SHARE, ROLE_COUNT };
enum role readout_role(str key); /* of a column's name; ROLE_COUNT where it is none of them */
/* Contradicts a cell that neither agrees with what is declared nor with the rest of its row. */
void judge_sums(readout *o, const reading *cells);

/* readout_releases.c. The value is a version: of a kernel; of the package that the row names; of a component with one
 * of these names (parted by ';'), or that the program belongs to. */
bool judge_output_kernel(readout *o, const reading *r);
bool judge_output_package(readout *o, const reading *r);
bool judge_output_row(readout *o, const reading *r); /* of the one component that the row names */
bool judge_output_component(readout *o, const reading *r, const char *names, const char *program);

/* readout_values.c. Does an attribute agree with the printed text? `decimal`: a bare letter is a power of 1000. */
enum agreement attr_says(const manifest_attr *a, str text, enum rounding how, bool decimal);
enum agreement quantity_says(const manifest_quantity *q, str text, bool decimal);
/* The printed number in base units, and half its printed unit; `share`: a percentage. */
bool readout_number(str text, bool share, double *value, double *half);
/* Could something of the printed size lie on what the attribute measures: is it no larger? */
bool attr_holds(const manifest_attr *a, str text, bool decimal);
/* Does the text hold the words of the name, in order, a maker's noise aside? */
bool words_hold(str text, str name);
/* The same for a name, "AMD Ryzen 9 7950X 16-Core Processor": are the declared words among the printed ones? */
enum agreement name_says(const manifest_attr *a, str text);
/* Does one of the attribute's views say this number? */
enum agreement count_says(const manifest_attr *a, uint64_t said);

#endif
