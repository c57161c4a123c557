/* input.c - files, folders and standard input to a list of articles. In: operands. Out: entries in a fixed order. */
#include "cli/input.h"

#include "base/file.h"
#include "config/paths.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX_FOLDER_DEPTH = 64 };

bool input_is_markdown(str name) {
    str extension = path_extension(name);
    return str_eq_nocase(extension, STR(".md")) || str_eq_nocase(extension, STR(".markdown")) ||
           str_eq_nocase(extension, STR(".mdx"));
}

/* ".git", ".github", "node_modules": what a folder holds beside its content. */
static bool passed_by(str name) { return str_starts(name, STR(".")) || str_eq(name, STR("node_modules")); }

bool input_is_found(str path) {
    str rest = path, part;
    while (rest.n > 0 && str_cut(&rest, '/', &part))
        if (passed_by(part)) return false;
    return input_is_markdown(path);
}

static int out_of_memory(error *e) { return error_set(e, ERROR_MEMORY, "out of memory"); }

int input_missing(arena *a, input_list *out, const char *path, const char *why, error *e) {
    input in = {.name = str_from_cstr(path), .broken = true};
    error_at(&in.problem, ERROR_IO, in.name, 0, 0, "%s", why);
    return VEC_PUSH(a, out, in) ? ERROR_NONE : out_of_memory(e);
}

int input_operand_missing(arena *a, input_list *out, const char *operand, const char *why, error *e) {
    int status = input_missing(a, out, operand, why, e);
    if (!status) out->at[out->n - 1].named = true;
    return status;
}

static int by_name(const void *left, const void *right) {
    const char *const *a = left, *const *b = right;
    return strcmp(*a, *b);
}

/* ---- folders --------------------------------------------------------------------------------------------------- */

/* One folder operand: which real folders were walked, and which links to folders wait until all others are. */
typedef struct expedition {
    arena *a;
    input_list *out;
    error *e;
    struct {
        struct seen_folder {
            dev_t device;
            ino_t number;
        } * at;
        size_t n, capacity;
    } seen;
    struct {
        char **at;
        size_t n, capacity;
    } links;
} expedition;

/* False when this folder was walked before, under whatever name. */
static bool first_visit(expedition *x, const struct stat *st, bool *lost) {
    for (size_t i = 0; i < x->seen.n; i++)
        if (x->seen.at[i].device == st->st_dev && x->seen.at[i].number == st->st_ino) return false;
    *lost = !VEC_PUSH(x->a, &x->seen, (struct seen_folder){st->st_dev, st->st_ino});
    return !*lost;
}

static int walk(expedition *x, const char *folder, int depth);

/* One entry of a folder: an article, a folder to walk, or a link to one for later. */
static int walk_entry(expedition *x, char *path, int depth) {
    struct stat st, target;
    str name = str_from_cstr(path);
    if (lstat(path, &st) != 0) {
        /* What went away meanwhile is no article; what may not be looked at might be one. */
        return errno == ENOENT ? ERROR_NONE : input_missing(x->a, x->out, path, strerror(errno), x->e);
    }
    if (S_ISDIR(st.st_mode)) return walk(x, path, depth + 1);
    bool leads = stat(path, &target) == 0;
    if (S_ISLNK(st.st_mode) && leads && S_ISDIR(target.st_mode))
        return VEC_PUSH(x->a, &x->links, path) ? ERROR_NONE : out_of_memory(x->e);
    if (!input_is_markdown(name)) return ERROR_NONE;
    if (!leads) return input_missing(x->a, x->out, path, strerror(errno), x->e);
    /* A pipe that nobody writes to would be waited for without end. One that is named is meant: <(git show ...). */
    if (!S_ISREG(target.st_mode)) return input_missing(x->a, x->out, path, "is no file", x->e);
    return VEC_PUSH(x->a, x->out, (input){.path = path, .name = name}) ? ERROR_NONE : out_of_memory(x->e);
}

static int walk(expedition *x, const char *folder, int depth) {
    DIR *dir = depth < MAX_FOLDER_DEPTH ? opendir(folder) : NULL;
    struct stat st;
    bool lost = false;
    if (!dir || fstat(dirfd(dir), &st) != 0) {
        const char *why = depth < MAX_FOLDER_DEPTH ? strerror(errno) : "folders nested too deeply";
        if (dir) closedir(dir);
        return input_missing(x->a, x->out, folder, why, x->e);
    }
    struct {
        char **at;
        size_t n, capacity;
    } names = {0};
    int status = ERROR_NONE;
    if (!first_visit(x, &st, &lost)) return closedir(dir), lost ? out_of_memory(x->e) : ERROR_NONE;
    for (struct dirent *entry; !status && (entry = readdir(dir));) {
        if (passed_by(str_from_cstr(entry->d_name))) continue;
        char *path = path_join(x->a, str_from_cstr(folder), str_from_cstr(entry->d_name));
        if (!path || !VEC_PUSH(x->a, &names, path)) status = out_of_memory(x->e);
    }
    closedir(dir);
    if (names.n) qsort(names.at, names.n, sizeof *names.at, by_name);
    for (size_t i = 0; i < names.n && !status; i++) status = walk_entry(x, names.at[i], depth);
    return status;
}

/* A link to a folder above is a circle, and no content of this one: those above count as walked. */
static int pass_by_those_above(expedition *x, const char *folder) {
    struct stat st, above;
    bool lost = false;
    if (stat(folder, &st) != 0) return ERROR_NONE;
    for (char *up = path_join(x->a, str_from_cstr(folder), STR(".."));;
         up = path_join(x->a, str_from_cstr(up), STR(".."))) {
        if (!up) return out_of_memory(x->e);
        if (stat(up, &above) != 0 || (above.st_dev == st.st_dev && above.st_ino == st.st_ino)) return ERROR_NONE;
        first_visit(x, &above, &lost);
        if (lost) return out_of_memory(x->e);
        st = above;
    }
}

/* Real folders first, then what links lead to and no real folder did: a folder is walked once, by its own name where
 * it has one here, and a link in a circle ends. */
static int walk_all(arena *a, const char *folder, input_list *out, error *e) {
    expedition x = {.a = a, .out = out, .e = e};
    int status = pass_by_those_above(&x, folder);
    if (!status) status = walk(&x, folder, 0);
    for (size_t i = 0; i < x.links.n && !status; i++) status = walk(&x, x.links.at[i], 0);
    return status;
}

/* ---- operands -------------------------------------------------------------------------------------------------- */

static int collect_one(arena *a, const char *operand, const char *stdin_name, input_list *out, error *e) {
    if (strcmp(operand, "-") == 0) {
        input in = {.name = str_from_cstr(stdin_name ? stdin_name : "<stdin>"), .named = true};
        return VEC_PUSH(a, out, in) ? ERROR_NONE : out_of_memory(e);
    }
    struct stat st;
    if (stat(operand, &st) != 0) return input_operand_missing(a, out, operand, strerror(errno), e);
    if (!S_ISDIR(st.st_mode)) {
        char *path = arena_cstr(a, str_from_cstr(operand));
        if (!path || !VEC_PUSH(a, out, (input){.path = path, .name = str_from_cstr(path), .named = true}))
            return out_of_memory(e);
        return ERROR_NONE;
    }
    size_t before = out->n;
    int status = walk_all(a, operand, out, e);
    if (!status && out->n == before)
        return input_operand_missing(a, out, operand, "no Markdown files in this folder", e);
    uint32_t number = (uint32_t)out->folders.n;
    if (!status && !VEC_PUSH(a, &out->folders, operand)) return out_of_memory(e);
    for (size_t i = before; i < out->n && !status; i++)
        if (!VEC_PUSH(a, &out->at[i].folders, number)) status = out_of_memory(e);
    return status;
}

/* ---- each article once ----------------------------------------------------------------------------------------- */

typedef struct located {
    const char *place; /* absolute path; of standard input and of what was not found, a text that is no path */
    size_t index;
} located;

static int by_place(const void *left, const void *right) {
    const located *a = left, *b = right;
    int order = strcmp(a->place, b->place);
    return order ? order : (a->index > b->index) - (a->index < b->index);
}

/* `folder` and `base` remember the last folder and where it is: the files of one folder stand together. */
static const char *place_of(arena *a, const input *in, str *folder, char **base) {
    if (in->broken || !in->path) return (const char *)arena_printf(a, "?%d%.*s", in->broken, STR_ARG(in->name)).p;
    if (!*base || !str_eq(path_folder(in->name), *folder)) {
        *folder = path_folder(in->name);
        char *inside = path_join(a, *folder, STR("."));
        *base = inside ? path_absolute(a, str_from_cstr(inside)) : NULL;
    }
    return *base ? path_join(a, str_from_cstr(*base), path_name(in->name)) : in->path;
}

/* The one that stays stands for the other too: named where that was, found where that was. */
static bool take_over(arena *a, input *stays, const input *goes) {
    stays->named = stays->named || goes->named;
    for (size_t i = 0; i < goes->folders.n; i++)
        if (!VEC_PUSH(a, &stays->folders, goes->folders.at[i])) return false;
    return true;
}

int input_once(arena *a, input_list *list, error *e) {
    located *all = ARENA_ARRAY(a, located, list->n);
    bool *again = ARENA_ARRAY(a, bool, list->n);
    str folder = {0};
    char *base = NULL;
    if (!all || !again) return out_of_memory(e);
    for (size_t i = 0; i < list->n; i++) {
        all[i] = (located){place_of(a, &list->at[i], &folder, &base), i};
        if (!all[i].place) return out_of_memory(e);
    }
    if (list->n > 1) qsort(all, list->n, sizeof *all, by_place);
    for (size_t i = 1, first = 0; i < list->n; i++) {
        bool same = strcmp(all[i].place, all[first].place) == 0;
        again[all[i].index] = same;
        if (same && !take_over(a, &list->at[all[first].index], &list->at[all[i].index])) return out_of_memory(e);
        if (!same) first = i;
    }
    size_t kept = 0;
    for (size_t i = 0; i < list->n; i++)
        if (!again[i]) list->at[kept++] = list->at[i];
    list->n = kept;
    return ERROR_NONE;
}

/* ---- all of it ------------------------------------------------------------------------------------------------- */

int input_collect(arena *a, const char *const *operands, size_t count, const char *stdin_name, input_list *out,
                  error *e) {
    static const char *const here[] = {"."};
    if (count == 0) operands = here, count = 1;
    for (size_t i = 0; i < count; i++) {
        int status = collect_one(a, operands[i], stdin_name, out, e);
        if (status) return status;
    }
    return count > 1 ? input_once(a, out, e) : ERROR_NONE;
}

int input_read(arena *a, const input *in, size_t limit_bytes, str *content, error *e) {
    if (in->broken) {
        *e = in->problem;
        return (int)e->code;
    }
    bool small = !in->loaded || (size_t)in->content.n <= limit_bytes;
    *content = in->content;
    int status = !small       ? ERROR_LIMIT
                 : in->loaded ? ERROR_NONE
                 : in->path   ? file_read(a, in->path, limit_bytes, content, e)
                              : file_read_fd(a, STDIN_FILENO, "<stdin>", limit_bytes, content, e);
    if (status != ERROR_LIMIT) return status;
    return error_at(e, ERROR_LIMIT, in->name, 0, 0,
                    "larger than the limit of %zu bytes; --max-size, or max-size in .assay.yaml, sets it", limit_bytes);
}
