/* config_parts.h - what the files of the configuration share: the opened file itself. */
#ifndef ASSAY_CONFIG_CONFIG_PARTS_H
#define ASSAY_CONFIG_CONFIG_PARTS_H

#include "config/config.h"

struct config {
    arena *a;
    str path, folder, text;
    yaml_document document;
};

/* Whether a path (as config_relative gives it) matches one glob or one of a list; false for NULL. */
bool config_matches(const yaml_node *globs, str path);

#endif
