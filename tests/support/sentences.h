/* sentences.h - sentences about an operation, one a line, each made an article of its own.
 *
 *     tests/facts/OPERATION.true    true: nothing in the line may be contradicted
 *     tests/facts/OPERATION.false   false in one specific, which stands between « and »: that one must be contradicted
 *     tests/facts/open/             the same, of which this does not hold yet
 *     tests/facts/held/             the same, of the held-out operations: counted, read by nobody who tunes
 *
 * "\n" in a line is a line break.
 */
#ifndef ASSAY_TESTS_SENTENCES_H
#define ASSAY_TESTS_SENTENCES_H

#include "base/buf.h"
#include "manifest/date.h"

typedef struct said_page {
    buf page;  /* dated, with a title; without the marks */
    span mark; /* what was marked, in bytes of the page; empty where nothing was */
} said_page;

/* The page of one line, dated `day`: that of the manifest, of whose state the lines speak. Free with said_page_free. */
said_page said_page_make(str line, day_number day);
/* The same without what is marked. */
said_page said_page_make_without(str line, day_number day);
void said_page_free(said_page *s);

#endif
