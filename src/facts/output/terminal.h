/* terminal.h - one block of pasted output and one declared signature. Private to the truth stage.
 *
 *     terminal.c   which signatures a block answers to, "field: value" lines, versions that a command prints
 *     output_match.c  does a value agree: by words, by pattern
 *     panels.c     boxed panels and columns under a header line, a GPU panel's memory
 */
#ifndef ASSAY_FACTS_TERMINAL_H
#define ASSAY_FACTS_TERMINAL_H

#include "facts/judge.h"

typedef struct code_block {
    uint32_t first, end; /* passages */
    bool panel;          /* nvidia-smi */
} code_block;

enum { SIGNATURE_LIMIT = 256 };

typedef struct signature_set {
    uint32_t at[SIGNATURE_LIMIT];
    uint32_t n;
} signature_set;

typedef struct asked { /* one signature, asked of one block */
    judge *j;
    const code_block *block;
    const manifest_output *out;
    const signature_set *set;
    bool sure;                          /* the block is this command's on this host, today: it may contradict */
    struct pcre2_real_code_8 *compiled; /* of the signature's pattern; NULL where it states what the output equals */
} asked;

/* output_match.c. Opens what the signature's pattern needs; false when it does not compile. Closing twice is harmless.
 */
bool output_open(asked *q);
void output_close(asked *q);
/* Does the value agree with the signature: 1 = yes, 0 = no, -1 = not known (a pattern met its limit). */
int output_agrees(const asked *q, str value);
/* The words that a pattern begins with, up to its last blank or colon: "Driver Version:" of "Driver Version:
 * 570\\.172"; empty where it begins otherwise, or the words are short. Memory: the judge's arena. */
str output_key(const asked *q);
/* Where in the text the signature's value stands: as above, with its bytes where it is 1. */
int output_find(const asked *q, str text, ptrdiff_t *lo, ptrdiff_t *hi);

static inline str line_of(const judge *j, uint32_t at) { return passage_text(&j->passages[at]); }

/* The machine that a prompt, a command or a line of its own calls so, by a name or its id; MANIFEST_NONE when none. */
uint32_t machine_named(const judge *j, str name);
/* Equal but for runs of blanks? */
bool same_words(str a, str b);
/* +---+, |===|: a line that parts groups of a panel. */
bool is_rule(str line);
/* The n-th word of a line. */
bool word_at(str line, uint32_t index, ptrdiff_t *lo, ptrdiff_t *hi);
/* Claims that bytes [lo, hi) of the line are the signature's value; one that disagrees only where `sure`. */
bool claim_output(const asked *q, uint32_t at, ptrdiff_t lo, ptrdiff_t hi, bool agrees);

/* Header line `at` holds the field at byte `where`: judges the values below it. */
void judge_panel_column(const asked *q, uint32_t at, ptrdiff_t where);
/* Line `at` is the header of comma-separated values, or the first of them where the command names the fields: judges
 * the values of the signature's field. False when the field is not among them. */
bool judge_comma_columns(const asked *q, uint32_t at, str command);
bool judge_panel_device(const asked *q, uint32_t at); /* one line of a panel that lost its header */
void judge_plain_column(const asked *q, uint32_t at, ptrdiff_t where);
/* "71342MiB /  98304MiB" in a GPU panel: the total is the memory of the machine's own accelerator. */
void judge_panel_memory(judge *j, const code_block *b);

#endif
