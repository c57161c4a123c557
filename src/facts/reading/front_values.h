/* front_values.h - the values of the frontmatter that say something. Private to the truth stage. */
#ifndef ASSAY_FACTS_FRONT_VALUES_H
#define ASSAY_FACTS_FRONT_VALUES_H

#include "facts/reading/reading.h"

typedef struct front_value {
    const field *of;
    str text; /* lies in the source bytes `raw` as it is, unless YAML escaped it */
    span raw;
} front_value;

/* All of them, in the arena, in the order of the fields; false when memory ran out. */
bool front_values(judge *j, front_value **values, uint32_t *count);

#endif
