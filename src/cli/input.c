/* input.c - files, folders and standard input to a list of articles. In: operands. Out: entries in a fixed order. */
#include "cli/input.h"

#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX_FOLDER_DEPTH = 64 };

static bool is_markdown(str name) {
    str extension = path_extension(name);
    return str_eq_nocase(extension, STR(".md")) || str_eq_nocase(extension, STR(".markdown")) ||
           str_eq_nocase(extension, STR(".mdx"));
}

static int out_of_memory(error *e) { return error_set(e, ERROR_MEMORY, "out of memory"); }

static int add_broken(arena *a, input_list *out, const char *path, const char *why, error *e) {
    input in = {.name = str_from_cstr(path), .broken = true};
    error_at(&in.problem, ERROR_IO, in.name, 0, 0, "%s", why);
    return VEC_PUSH(a, out, in) ? ERROR_NONE : out_of_memory(e);
}

static int by_name(const void *left, const void *right) {
    const char *const *a = left, *const *b = right;
    return strcmp(*a, *b);
}

static int walk(arena *a, const char *folder, int depth, input_list *out, error *e) {
    DIR *dir = depth < MAX_FOLDER_DEPTH ? opendir(folder) : NULL;
    if (!dir)
        return add_broken(a, out, folder, depth < MAX_FOLDER_DEPTH ? strerror(errno) : "folders nested too deeply", e);
    struct {
        char **at;
        size_t n, capacity;
    } names = {0};
    int status = ERROR_NONE;
    for (struct dirent *entry; !status && (entry = readdir(dir));) {
        if (entry->d_name[0] == '.' || strcmp(entry->d_name, "node_modules") == 0) continue;
        char *path = path_join(a, str_from_cstr(folder), str_from_cstr(entry->d_name));
        if (!path || !VEC_PUSH(a, &names, path)) status = out_of_memory(e);
    }
    closedir(dir);
    if (names.n) qsort(names.at, names.n, sizeof *names.at, by_name);
    for (size_t i = 0; i < names.n && !status; i++) {
        struct stat st;
        if (lstat(names.at[i], &st) != 0) continue;
        str name = str_from_cstr(names.at[i]);
        if (S_ISDIR(st.st_mode))
            status = walk(a, names.at[i], depth + 1, out, e);
        else if (is_markdown(name) && !VEC_PUSH(a, out, (input){.path = names.at[i], .name = name}))
            status = out_of_memory(e);
    }
    return status;
}

static int collect_one(arena *a, const char *operand, const char *stdin_name, input_list *out, error *e) {
    if (strcmp(operand, "-") == 0) {
        input in = {.name = str_from_cstr(stdin_name ? stdin_name : "<stdin>")};
        return VEC_PUSH(a, out, in) ? ERROR_NONE : out_of_memory(e);
    }
    struct stat st;
    if (stat(operand, &st) != 0) return add_broken(a, out, operand, strerror(errno), e);
    if (!S_ISDIR(st.st_mode)) {
        char *path = arena_cstr(a, str_from_cstr(operand));
        if (!path || !VEC_PUSH(a, out, (input){.path = path, .name = str_from_cstr(path), .named = true}))
            return out_of_memory(e);
        return ERROR_NONE;
    }
    size_t before = out->n;
    int status = walk(a, operand, 0, out, e);
    if (!status && out->n == before) return add_broken(a, out, operand, "no Markdown files in this folder", e);
    return status;
}

int input_collect(arena *a, const char *const *operands, size_t count, const char *stdin_name, input_list *out,
                  error *e) {
    static const char *const here[] = {"."};
    if (count == 0) operands = here, count = 1;
    for (size_t i = 0; i < count; i++) {
        int status = collect_one(a, operands[i], stdin_name, out, e);
        if (status) return status;
    }
    return ERROR_NONE;
}

int input_read(arena *a, const input *in, size_t limit_bytes, str *content, error *e) {
    if (in->broken) {
        *e = in->problem;
        return (int)e->code;
    }
    if (in->loaded) {
        *content = in->content;
        if ((size_t)content->n <= limit_bytes) return ERROR_NONE;
        return error_at(e, ERROR_LIMIT, in->name, 0, 0, "larger than the limit of %zu bytes", limit_bytes);
    }
    if (!in->path) return file_read_fd(a, STDIN_FILENO, "<stdin>", limit_bytes, content, e);
    return file_read(a, in->path, limit_bytes, content, e);
}
