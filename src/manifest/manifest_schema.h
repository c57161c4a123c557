/* manifest_schema.h - which keys each kind of map in a manifest may have: one table for the loader, the JSON Schema
 * (docs/schema/manifest.schema.json) and the reference (docs/manifest.md), which tests hold to it. */
#ifndef ASSAY_MANIFEST_MANIFEST_SCHEMA_H
#define ASSAY_MANIFEST_MANIFEST_SCHEMA_H

enum manifest_map {
    MAP_MANIFEST,
    MAP_SCOPE,
    MAP_COMPONENT,
    MAP_PACKAGE,
    MAP_PERIOD,
    MAP_HARDWARE,
    MAP_HOST,
    MAP_SERVICE,
    MAP_PROCESS,
    MAP_LIST, /* exposes, runs */
    MAP_ITEM, /* one thing exposed, one step */
    MAP_ATTR,
    MAP_VIEW,
    MAP_TOLERANCE,
    MAP_EVIDENCE,
    MAP_ABSENCE,
    MAP_PATH,
    MAP_BENCHMARK,
    MAP_OUTPUT,
    MAP_DERIVED,
    MAP_COMMAND,
    MAP_SUBCOMMAND,
    MAP_FLAG,
    MAP_COUNT
};

typedef struct manifest_map_schema {
    const char *name;     /* its name under $defs of the JSON Schema */
    const char *what;     /* for messages: "a component" */
    const char *keys[20]; /* NULL-terminated */
} manifest_map_schema;

const manifest_map_schema *manifest_schema(enum manifest_map map);

#endif
