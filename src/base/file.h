/* file.h - whole files in, whole files out.
 *
 * Reading states its limit and fails loudly: a failed read is never an empty file. Writing goes to a temporary file in
 * the same folder, is synced, and is renamed over the target, so a reader sees the old bytes or the new ones. A link is
 * followed: what it leads to is replaced (link.h).
 */
#ifndef ASSAY_BASE_FILE_H
#define ASSAY_BASE_FILE_H

#include "base/arena.h"
#include "base/error.h"

/* Reads the regular file or pipe at `path` into the arena; more than `limit_bytes` is ERROR_LIMIT, a folder or anything
 * unreadable ERROR_IO. "-" is not special. */
int file_read(arena *a, const char *path, size_t limit_bytes, str *content, error *e);
/* The same from an open descriptor, which stays open; `name` is for messages. */
int file_read_fd(arena *a, int fd, const char *name, size_t limit_bytes, str *content, error *e);
/* Replaces `path` atomically. On any failure the old file, if any, is untouched and the temporary one is gone. A target
 * that is a device or pipe (/dev/stdout, /dev/null) is written directly. */
int file_write(const char *path, str content, error *e);
/* The same for what is nobody else's to read: mode 0600, whatever the umask or the old file say, from its first byte
 * on. */
int file_write_private(const char *path, str content, error *e);

/* Last component, the part before it ("." where there is none), the extension with its dot (empty when none). */
str path_name(str path);
/* "posts" of "posts/a.md", "." of "a.md", "/" of "/a.md"; a view into `path` or static. */
str path_folder(str path);
/* ".md" of "posts/a.md"; empty of "Makefile" and ".profile". */
str path_extension(str path);
/* "folder/name" in the arena, NUL-terminated; an absolute `name` stands alone. */
char *path_join(arena *a, str folder, str name);

#endif
