/* shell.h - one or more lines that somebody types, split into simple commands and their words.
 *
 *     sudo -u app berth plan import --dry-run | tee log && berth check
 *     └─────── sudo -u app berth plan import --dry-run ──────┘ └ tee log ┘ └ berth check ┘
 *
 * A reader of documentation, not a shell: it expands nothing, and it knows the marks of usage lines, "<plan|import>"
 * and
 * "[--json]", as one word each.
 */
#ifndef ASSAY_FACTS_SHELL_H
#define ASSAY_FACTS_SHELL_H

#include "base/arena.h"

typedef struct shell_word {
    uint32_t lo, hi; /* bytes of the text, quotes left out where they enclose the whole word */
    bool quoted;     /* it stood in quotes: an argument */
} shell_word;

typedef VEC(shell_word) shell_words;

typedef struct shell_reader {
    str text;
    uint32_t at;
    str heredoc; /* the word behind the last "<<": lines up to it are no commands; {NULL,0} = none */
} shell_reader;

static inline shell_reader shell_read(str text) { return (shell_reader){.text = text}; }
/* The words of the next simple command; false at the end. Redirections, comments and the keywords that may stand before
 * a command (then, do, !) are left out. *ok turns false when memory is gone. */
bool shell_next(shell_reader *r, arena *a, shell_words *words, bool *ok);
/* The part of the words that is the program itself and what follows: behind assignments, sudo, env, nohup, time, nice,
 * timeout, xargs, exec. Index of the program, or words->n. *sure turns false when a flag of the wrapper may have taken
 * the word for its value. */
uint32_t shell_program(str text, const shell_words *words, uint32_t from, bool *sure);
/* Does the program at `at` run another one: docker exec NAME cmd, ssh HOST cmd, kubectl exec POD -- cmd, flock FILE
 * cmd? Index of the first word of the inner command, 0 when there is none. *operand: the word that it is run on. */
uint32_t shell_inner(str text, const shell_words *words, uint32_t at, uint32_t *operand, bool *sure);
/* "/usr/local/bin/heron" -> "heron". */
str shell_basename(str word);

static inline str shell_text(str text, const shell_word *w) {
    return str_slice(text, (ptrdiff_t)w->lo, (ptrdiff_t)w->hi);
}

#endif
