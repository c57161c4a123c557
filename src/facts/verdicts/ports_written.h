/* ports_written.h - where an article writes a number, for the doubts that ask every line of it. Private to the truth
 * stage.
 */
#ifndef ASSAY_FACTS_PORTS_WRITTEN_H
#define ASSAY_FACTS_PORTS_WRITTEN_H

#include "facts/reading/reading.h"

enum { PORT_PASSAGES_READ = 4096 };

typedef struct port_line {
    uint64_t digits; /* their hash */
    uint32_t passage;
} port_line;

typedef struct port_answer { /* what has been found out of a number; the caller's */
    uint64_t digits;
    uint32_t first, end; /* its lines */
    bool asked, forwarded;
    uint32_t scratch[2]; /* passages, or PASSAGE_NONE */
} port_answer;

typedef struct ports_written {
    port_line *at; /* by digits, then passage; each once */
    port_answer *answers;
    uint32_t n, answer_count;
    uint8_t *sets_up; /* [PORT_PASSAGES_READ] 0 not asked, 1 no, 2 yes; the caller's */
} ports_written;

/* The numbers of the first PORT_PASSAGES_READ passages, read once; NULL, and the judge failed, when memory is gone. */
ports_written *ports_written_of(judge *j);
/* The answer to `digits` of these lines; NULL where none has them. */
port_answer *ports_written_find(ports_written *x, str digits);

#endif
