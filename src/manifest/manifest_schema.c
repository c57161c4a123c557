/* manifest_schema.c - the table of keys. In: a kind of map. Out: its name and keys. */
#include "manifest/manifest_schema.h"

#include <stddef.h>

#define COMMON "source", "evidence", "confirmed", "note"

static const manifest_map_schema schemas[MAP_COUNT] = {
    [MAP_MANIFEST] = {"manifest",
                      "a manifest",
                      {"assay-facts", "as_of", "note", "units", "scopes", "components", "packages", "hardware", "hosts",
                       "services", "processes", "absent", "paths", "benchmarks", "output_signatures", "derived",
                       "commands"}},
    [MAP_SCOPE] = {"scope", "a scope", {"world", "kind", "host", "members", "categories", COMMON}},
    [MAP_COMPONENT] = {"component",
                       "a component",
                       {"id", "aliases", "not_alias", "scheme", "version", "accept", "history", "attrs", COMMON}},
    [MAP_PACKAGE] = {"package",
                     "a package",
                     {"name", "aliases", "not_alias", "scheme", "version", "accept", "history", COMMON}},
    [MAP_PERIOD] = {"period", "a history entry", {"version", "from", "to", "note"}},
    [MAP_HARDWARE] = {"hardware", "hardware", {"id", "aliases", "not_alias", "location", "runs", "attrs", COMMON}},
    [MAP_HOST] = {"host", "a host", {"id", "aliases", "not_alias", "location", "runs", "attrs", COMMON}},
    [MAP_SERVICE] = {"service",
                     "a service",
                     {"id", "aliases", "not_alias", "host", "port", "exposes", "runs", "attrs", COMMON}},
    [MAP_PROCESS] = {"process",
                     "a process",
                     {"id", "aliases", "not_alias", "category", "cadence", "steps", "order", "attrs", COMMON}},
    [MAP_LIST] = {"list", "a list with a world", {"world", "items", COMMON}},
    [MAP_ITEM] = {"item", "an item", {"name", "aliases", "note"}},
    [MAP_ATTR] = {"attr", "an attribute", {"value", "unit", "render", "aliases", "views", "tol", COMMON}},
    [MAP_VIEW] = {"view", "a view", {"value", "unit", "render", COMMON}},
    [MAP_TOLERANCE] = {"tolerance", "a tolerance", {"rel", "abs"}},
    [MAP_EVIDENCE] = {"evidence", "evidence", {"source", "observed", "half_life"}},
    [MAP_ABSENCE] = {"absence", "an absence", {"match", "in", COMMON}},
    [MAP_PATH] = {"path", "a path", {"path", "host", "state", "since", COMMON}},
    [MAP_BENCHMARK] = {"benchmark",
                       "a benchmark",
                       {"id", "subject", "metric", "metric_aliases", "value", "unit", "render", "tol", "where",
                        "must_state", COMMON}},
    [MAP_OUTPUT] = {"output", "an output signature", {"cmd", "host", "field", "equals", "pattern", COMMON}},
    [MAP_DERIVED] = {"derived", "a derived fact", {"id", "expr", "aliases", "unit", "tol", COMMON}},
    [MAP_COMMAND] = {"command",
                     "a command",
                     {"binary", "aliases", "of", "host", "world", "subcommands", "flags", "state", "since", COMMON}},
    [MAP_SUBCOMMAND] = {"subcommand", "a subcommand", {"name", "aliases", "world", "flags", "state", "since", COMMON}},
    [MAP_FLAG] = {"flag", "a flag", {"name", "aliases", "state", "since", COMMON}},
};

const manifest_map_schema *manifest_schema(enum manifest_map map) { return map < MAP_COUNT ? &schemas[map] : NULL; }
