/* prefix_cache.h - the keys and values of a prompt, kept in a file from one run to the next.
 *
 *     FOLDER/1f83…c9.kv   [header][tokens][layer 0: keys of page 0, 1, …; values …][layer 1 …]
 *            └── SHA-256 of: model, kernels (backend, ABI, device), shape of the cache, tokens
 *
 * Computing a prefix takes a pass over it; reading one back takes a read. A file is used only when it is exactly what
 * this run would have computed, by its name, its header, its length and the checksum of its bytes; any other is
 * ignored, and the word that says why is returned. The device's name is part of the key (on the CPU: instruction set
 * and threads), since other kernels round differently. The checksum finds damage; it is no seal: the folder is the
 * user's own.
 */
#ifndef ASSAY_LM_PREFIX_CACHE_H
#define ASSAY_LM_PREFIX_CACHE_H

#include "base/hash.h"
#include "lm/engine.h"

enum prefix_state {
    PREFIX_HIT,
    PREFIX_ABSENT,     /* there is no such file */
    PREFIX_OLDER,      /* of another version of this format */
    PREFIX_FOREIGN,    /* no such file at all, or of another model, backend or text */
    PREFIX_TRUNCATED,  /* longer or shorter than its tokens ask for */
    PREFIX_CORRUPT,    /* its bytes are not those that were written */
    PREFIX_UNREADABLE, /* or no regular file */
    PREFIX_FULL,       /* memory or cache pages do not suffice for it */
    PREFIX_OFF         /* not asked for */
};
const char *prefix_state_word(enum prefix_state state); /* "hit", "absent", "older" … */

/* Whose keys and values: the header of the model's first file, the lengths of all files, and 64 samples of 4 KiB of the
 * weights, so that two trainings of one model with the same header are told apart. Reads some MB. */
int prefix_model_id(const gguf_set *set, sha256_text *out, error *e);

#define PREFIX_KEEP_BYTES ((uint64_t)16 << 30) /* of all files of a folder, where nothing else is asked for */

/* A session that holds `tokens` [count], from the file in `folder`; PREFIX_HIT and the session, or why not and NULL.
 * One read; needs the file's size in memory meanwhile. */
enum prefix_state prefix_cache_load(engine *g, const char *folder, const char *model_id, const uint32_t *tokens,
                                    uint32_t count, session **out);
/* Keeps the first `count` tokens of a session; makes the folder and the one above it, writes atomically. Then
 * removes the files of the folder that were not used for longest until at most `keep_bytes` are left (0 =
 * PREFIX_KEEP_BYTES), the new one excepted, and what a killed run left half-written. ERROR_LIMIT when the new one alone
 * is larger, or larger than half of what the disk has left; ERROR_IO, ERROR_MEMORY: an older file of that name is
 * untouched then. */
int prefix_cache_save(engine *g, const char *folder, const char *model_id, const session *s, uint32_t count,
                      uint64_t keep_bytes, error *e);
/* Path of the file, in the arena; NULL on lack of memory. */
char *prefix_cache_path(arena *a, const engine *g, const char *folder, const char *model_id, const uint32_t *tokens,
                        uint32_t count);
/* $XDG_CACHE_HOME/assay, ~/.cache/assay where that is not set (XDG Base Directory Specification: a relative path is
 * ignored), or NULL where neither can be had. In the arena. */
char *prefix_cache_folder(arena *a, const char *xdg_cache_home, const char *home);

#endif
