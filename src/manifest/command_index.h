/* command_index.h - the manifest's commands, found by what is typed.
 *
 *     "berth" ──► command ──root──► "plan" ──► "import" ──► "--dry-run"
 *
 * Built once with the manifest, read-only afterwards; each step is one look into a hash table. Names are compared byte
 * by byte: a shell knows no case folding.
 */
#ifndef ASSAY_MANIFEST_COMMAND_INDEX_H
#define ASSAY_MANIFEST_COMMAND_INDEX_H

#include "manifest/manifest.h"

typedef struct command_index command_index;

/* Builds the index in the arena; NULL when memory is gone. The manifest must outlive it. */
command_index *command_index_make(arena *a, const manifest *m);

/* Each returns MANIFEST_NONE when there is none. The command of a binary or one of its aliases. */
uint32_t command_find(const manifest *m, str binary);
/* The child of a node that a word names. */
uint32_t command_child(const manifest *m, uint32_t node, str name);
/* The flag of the node itself ("--json", "-v"). */
uint32_t command_flag_at(const manifest *m, uint32_t node, str flag);
/* The flag of the node or of one above it. */
uint32_t command_flag_on_path(const manifest *m, uint32_t node, str flag);
/* Some flag of this name anywhere in the command: of another subcommand. */
uint32_t command_flag_anywhere(const manifest *m, uint32_t command, str flag);
/* The only command of an entity ("Berthbook" -> berth). */
uint32_t command_of_entity(const manifest *m, uint32_t entity);
/* Some subcommand of the command, at any depth, whose own word this is: "import" of "plan import". */
uint32_t command_node_anywhere(const manifest *m, uint32_t command, str name);

#endif
