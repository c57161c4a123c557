/* link.c - follows symbolic links by hand: realpath(3) gives up where a link leads to nothing yet.
 *
 *     report.json -> out/today.json        "out/today.json", beside the link
 */
#define _POSIX_C_SOURCE 200809L
#include "base/link.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_LINKS = 40, MOST_BYTES = 4096 }; /* Linux's own limits: path_resolution(7), PATH_MAX */

/* `name` as it is meant in the folder of `path`. */
static char *beside(const char *path, const char *name) {
    const char *slash = strrchr(path, '/');
    size_t folder = name[0] == '/' || !slash ? 0 : (size_t)(slash - path) + 1, n = strlen(name);
    char *out = malloc(folder + n + 1);
    if (!out) return NULL;
    memcpy(out, path, folder);
    memcpy(out + folder, name, n + 1);
    return out;
}

char *link_target(const char *path) {
    char *at = beside("", path), name[MOST_BYTES + 1];
    for (int i = 0; at; i++) {
        ssize_t n = readlink(at, name, MOST_BYTES);
        if (n < 0 && (errno == EINVAL || errno == ENOENT || errno == ENOTDIR))
            return at; /* no link, or nothing there */
        if (i == MOST_LINKS) errno = ELOOP;
        char *next = NULL;
        if (n >= 0 && i < MOST_LINKS) name[n] = 0, next = beside(at, name);
        int saved = errno;
        free(at);
        errno = saved;
        at = next;
    }
    return NULL;
}
