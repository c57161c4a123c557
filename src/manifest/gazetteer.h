/* gazetteer.h - the names of towns and countries, one by one, for whoever makes an index of them. */
#ifndef ASSAY_MANIFEST_GAZETTEER_H
#define ASSAY_MANIFEST_GAZETTEER_H

#include "base/str.h"

/* Calls `take` with every name and its country (a country with itself) until it returns false; so does this then. */
bool gazetteer_each(bool (*take)(void *context, str name, const char *country), void *context);

#endif
