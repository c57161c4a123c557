/* columns.h - how wide a text is on a terminal, and tables of other people's names. */
#ifndef ASSAY_BATCH_COLUMNS_H
#define ASSAY_BATCH_COLUMNS_H

#include "base/buf.h"

/* Columns that a text takes: none for what stands on the letter before it, two for wide letters, one for a byte that is
 * no UTF-8. */
size_t columns_of(str s);
/* The text as shown_name() shows it ("-" stands for none), in `width` columns: spaces behind it. A longer one is not
 * cut. */
void columns_put(buf *out, str text, size_t width);
/* The same at the right of its columns, and cut to them. */
void columns_put_right(buf *out, str text, size_t width);

#endif
