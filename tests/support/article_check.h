/* article_check.h - what must hold of every article, whatever its bytes. Used by unit, property and fuzz tests. */
#ifndef ASSAY_TESTS_ARTICLE_CHECK_H
#define ASSAY_TESTS_ARTICLE_CHECK_H

#include "article/article.h"

/* NULL when every invariant holds, else a static text that names the first one that does not. */
const char *article_check(const article *art);
/* One line per block, sentence and run, for comparisons: everything but source offsets when `offsets` is false. */
typedef struct buf buf;
void article_dump(const article *art, bool offsets, buf *out);

#endif
