/* file.c - bounded reads, atomic writes, path parts. In: paths. Out: bytes in an arena, or files replaced whole. */
#define _POSIX_C_SOURCE 200809L
#include "base/file.h"

#include "base/link.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static int limit_error(const char *name, size_t limit_bytes, error *e) {
    return error_at(e, ERROR_LIMIT, str_from_cstr(name), 0, 0, "larger than the limit of %zu bytes", limit_bytes);
}

static int system_error(const char *name, const char *verb, error *e) {
    return error_at(e, ERROR_IO, str_from_cstr(name), 0, 0, "cannot %s: %s", verb, strerror(errno));
}

static int memory_error(const char *name, error *e) {
    return error_at(e, ERROR_MEMORY, str_from_cstr(name), 0, 0, "out of memory while reading");
}

int file_read_fd(arena *a, int fd, const char *name, size_t limit_bytes, str *content, error *e) {
    struct stat st;
    if (fstat(fd, &st) != 0) return system_error(name, "read", e);
    if (S_ISDIR(st.st_mode)) return error_at(e, ERROR_IO, str_from_cstr(name), 0, 0, "is a folder, not a file");
    bool sized = S_ISREG(st.st_mode) && st.st_size > 0;
    if (sized && (uintmax_t)st.st_size > limit_bytes) return limit_error(name, limit_bytes, e);
    size_t capacity = sized ? (size_t)st.st_size + 1 : 64 * 1024, n = 0;
    uint8_t *bytes = arena_alloc(a, capacity, 1);
    if (!bytes) return memory_error(name, e);
    for (;;) {
        if (n == capacity) {
            uint8_t *grown = arena_grow(a, bytes, capacity, capacity * 2, 1);
            if (!grown) return memory_error(name, e);
            bytes = grown;
            capacity *= 2;
        }
        ssize_t got = read(fd, bytes + n, capacity - n);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return system_error(name, "read", e);
        if (got == 0) break;
        n += (size_t)got;
        if (n > limit_bytes) return limit_error(name, limit_bytes, e);
    }
    *content = (str){bytes, (ptrdiff_t)n};
    return ERROR_NONE;
}

int file_read(arena *a, const char *path, size_t limit_bytes, str *content, error *e) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return system_error(path, "open", e);
    int status = file_read_fd(a, fd, path, limit_bytes, content, e);
    close(fd);
    return status;
}

static bool write_all(int fd, str content) {
    while (content.n > 0) {
        ssize_t put = write(fd, content.p, (size_t)content.n);
        if (put < 0 && errno == EINTR) continue;
        if (put <= 0) return false;
        content = str_slice(content, put, content.n);
    }
    return true;
}

static int write_directly(const char *path, str content, error *e) {
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0) return system_error(path, "open for writing", e);
    bool ok = write_all(fd, content);
    if (!ok) system_error(path, "write", e);
    if (close(fd) != 0 && ok) return system_error(path, "write", e);
    return ok ? ERROR_NONE : ERROR_IO;
}

/* Writes beside `target` and renames over it; `path` is what the caller called it. */
static int replace(const char *path, const char *target, mode_t mode, str content, error *e) {
    size_t n = strlen(target);
    char *temporary = malloc(n + sizeof ".XXXXXX");
    if (!temporary) return memory_error(path, e);
    memcpy(temporary, target, n);
    memcpy(temporary + n, ".XXXXXX", sizeof ".XXXXXX");
    int fd = mkstemp(temporary);
    if (fd < 0) {
        int status = system_error(path, "create a temporary file beside it", e);
        free(temporary);
        return status;
    }
    bool ok = fchmod(fd, mode) == 0 && write_all(fd, content) && fsync(fd) == 0;
    int saved = errno;
    if (close(fd) != 0 && ok) ok = false, saved = errno;
    if (ok && rename(temporary, target) != 0) ok = false, saved = errno;
    if (!ok) unlink(temporary);
    free(temporary);
    errno = saved;
    return ok ? ERROR_NONE : system_error(path, "write", e);
}

/* What is private goes where it was told to, and through nobody's link. */
static int write_whole(const char *path, str content, bool is_private, error *e) {
    struct stat st;
    bool there = stat(path, &st) == 0;
    if (there && S_ISDIR(st.st_mode)) return error_at(e, ERROR_IO, str_from_cstr(path), 0, 0, "is a folder");
    if (there && !S_ISREG(st.st_mode)) return write_directly(path, content, e);
    char *target = is_private ? NULL : link_target(path);
    if (!is_private && !target) return system_error(path, "follow the link", e);
    mode_t mask = umask(0);
    umask(mask);
    mode_t mode = is_private ? 0600 : there ? st.st_mode & 07777 : 0666 & ~mask;
    int status = replace(path, target ? target : path, mode, content, e);
    free(target);
    return status;
}

int file_write(const char *path, str content, error *e) { return write_whole(path, content, false, e); }
int file_write_private(const char *path, str content, error *e) { return write_whole(path, content, true, e); }

static ptrdiff_t name_start(str path) {
    ptrdiff_t i = path.n;
    while (i > 0 && path.p[i - 1] != '/') i--;
    return i;
}

str path_name(str path) { return str_slice(path, name_start(path), path.n); }

str path_folder(str path) {
    ptrdiff_t i = name_start(path);
    if (i == 0) return STR(".");
    return i == 1 ? STR("/") : str_slice(path, 0, i - 1);
}

str path_extension(str path) {
    str name = path_name(path);
    for (ptrdiff_t i = name.n; i-- > 1;)
        if (name.p[i] == '.') return str_slice(name, i, name.n);
    return (str){name.p + name.n, 0};
}

char *path_join(arena *a, str folder, str name) {
    if (folder.n == 0 || str_starts(name, STR("/"))) return arena_cstr(a, name);
    bool slash = folder.p[folder.n - 1] == '/';
    str joined = arena_printf(a, "%.*s%s%.*s", STR_ARG(folder), slash ? "" : "/", STR_ARG(name));
    return (char *)(uintptr_t)joined.p;
}
