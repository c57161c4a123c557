/* text_kind.h - what kind of Markdown is being written right now, from the bytes so far.
 *
 *     --- ─► frontmatter ─► --- ─► prose ─┬─ ``` or ~~~ ─► code ─► the same fence ─► prose
 *                                         ├─ four blanks after an empty line ─► code, this line
 *                                         └─ | ─► table, the rest of this line
 *
 * For a writer that treats structure differently from prose; a wrong guess costs time, never text. Not a Markdown
 * parser: fences inside quotes and lists deeper than three blanks are not followed.
 */
#ifndef ASSAY_LM_TEXT_KIND_H
#define ASSAY_LM_TEXT_KIND_H

#include "base/str.h"

enum text_kind { TEXT_PROSE, TEXT_CODE, TEXT_TABLE, TEXT_FRONTMATTER, TEXT_KINDS };

/* Zeroed = before the first byte. Fixed size, whatever the line. */
struct text_kind_state {
    uint64_t lines;        /* that have ended */
    uint32_t line_bytes;   /* of this line; stops counting at its highest value */
    uint32_t indent;       /* blanks that this line begins with (a tab counts 4) */
    uint32_t run;          /* how often `first` stands after the blanks, without a gap */
    uint8_t first;         /* first byte that is no blank; 0 = none yet */
    bool run_over;         /* another byte came after the run */
    bool tail_blank;       /* only blanks came after the run */
    bool bar;              /* a '|' was seen in this line */
    bool after_empty;      /* the line before was empty, or code by its blanks, or there was none */
    bool frontmatter;      /* its closing line has not come */
    uint8_t fence;         /* '`' or '~' of the open block; 0 = none */
    uint32_t fence_length; /* of its opening */
};

/* Takes the next bytes of the text, in pieces of any size. */
void text_kind_add(struct text_kind_state *s, str bytes);
/* The kind of what comes next. The first line is frontmatter as long as it may still become "---". */
enum text_kind text_kind_now(const struct text_kind_state *s);
const char *text_kind_name(enum text_kind kind); /* "prose", "code", "table", "frontmatter" */

#endif
