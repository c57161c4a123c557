/* held_text.h - the parts of the body that claims of one sort hold. Private to the truth stage. */
#ifndef ASSAY_FACTS_HELD_TEXT_H
#define ASSAY_FACTS_HELD_TEXT_H

#include "facts/judge.h"

typedef struct held_text { /* in order, none touching the next */
    text_range *at;
    uint32_t n;
} held_text;

typedef bool (*held_sort)(const claim *c);
/* Where the claims stand that `sort` takes; those of the frontmatter hold nothing of the body. In the article's arena;
 * false: memory is gone. */
bool held_text_make(judge *j, held_sort sort, held_text *held);
/* Does a byte of [lo, hi) stand in one of them? */
bool held_text_covers(const held_text *held, uint32_t lo, uint32_t hi);

#endif
