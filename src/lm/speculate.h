/* speculate.h - guesses at the next tokens, from what was read and written before.
 *
 *     … the port is 8443 .  …  then the port is ▏            the last tokens stood in the text before:
 *           └────┬────┘                                       what followed them there is the guess
 *                └──────► 8443 .
 *
 *     step:  [drawn][guess 1][guess 2] … ─► logits after each ─► draw after `drawn`: is it guess 1? then draw after
 * guess 1 … the first draw that is not the guess is the next `drawn`; the rest is forgotten (session_truncate)
 *
 * Prompt lookup (Saxena 2023): no second model. Lossless: every token of the text is drawn from its own logits, once,
 * by the text's own sampler, so the text is the one that would have been written without guesses (bit for bit where a
 * column's result does not depend on the other columns: on the CPU; on a GPU as far as its sums are the same).
 *
 * A guess that is not taken costs time: they are made for prose only, and only as many as pay (lm/speculate_cost.h).
 */
#ifndef ASSAY_LM_SPECULATE_H
#define ASSAY_LM_SPECULATE_H

#include "base/error.h"
#include "lm/text_kind.h"

enum speculate_mode {
    SPECULATE_AUTO, /* prose only, and only while it pays */
    SPECULATE_ON,   /* always, as many as there is room for */
    SPECULATE_OFF
};
/* "auto", "on", "off"; ERROR_USAGE names them. */
int speculate_find(str name, enum speculate_mode *mode, error *e);

enum { SPECULATE_COLUMNS = 8 }; /* of one verifying step, the drawn token included */

struct speculate_counts {
    uint64_t guessed, taken; /* tokens */
    uint64_t steps;          /* that held a guess */
    struct speculate_kind {
        uint64_t guessed, taken;
    } kind[TEXT_KINDS]; /* the same by the kind of text that was being written */
};
/* Adds `one` to `all`. */
void speculate_counts_add(struct speculate_counts *all, const struct speculate_counts *one);

typedef struct speculator speculator;
/* For one text at a time, of at most `context_tokens` (memory: 16 to 28 bytes a token). */
int speculator_new(enum speculate_mode mode, uint32_t context_tokens, speculator **out, error *e);
void speculator_free(speculator *s); /* NULL is allowed */
/* A new text behind this prompt; forgets the old one. Tokens beyond context_tokens are ignored. */
void speculator_begin(speculator *s, const uint32_t *prompt, size_t count);
/* A token was written, which stands for these bytes. */
void speculator_add(speculator *s, uint32_t token, str bytes);
/* Guesses at the tokens behind the last one, at most `room` and SPECULATE_COLUMNS - 1. Returns how many; 0 = do not.
 * `chance` (may be NULL) = how likely each is right if those before it are, by what became of guesses like this one,
 * those of earlier texts among them. Fewer than were given may be used. */
uint32_t speculator_guess(speculator *s, uint32_t room, uint32_t *tokens, double *chance);
/* What became of the last guess: `guessed` tokens of it were in the step, `taken` of them were drawn too. */
void speculator_report(speculator *s, uint32_t guessed, uint32_t taken);
const struct speculate_counts *speculator_counts(const speculator *s); /* of this text */

#endif
