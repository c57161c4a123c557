/* paths.c - absolute and relative forms of paths. In: paths as users write them. Out: paths that compare equal. */
#include "config/paths.h"

#include "base/file.h"

#include <stdlib.h>

/* Appends one component to an absolute path: "." adds nothing, ".." takes one away. */
static void append(char *out, size_t *n, str part) {
    if (part.n == 0 || str_eq(part, STR("."))) return;
    if (str_eq(part, STR(".."))) {
        while (*n > 0 && out[*n - 1] != '/') --*n;
        if (*n > 0) --*n;
        return;
    }
    out[(*n)++] = '/';
    memcpy(out + *n, part.p, (size_t)part.n);
    *n += (size_t)part.n;
}

char *path_absolute(arena *a, str path) {
    str folder = path_folder(path), rest = path_name(path);
    if (rest.n == 0 || str_eq(rest, STR(".")) || str_eq(rest, STR(".."))) folder = path, rest = (str){path.p, 0};
    for (;;) {
        char *asked = arena_cstr(a, folder), *real = asked ? realpath(asked, NULL) : NULL;
        if (real) {
            size_t n = strlen(real);
            char *out = arena_alloc(a, n + (size_t)rest.n + 3, 1);
            if (out) {
                memcpy(out, real, n);
                if (n == 1) n = 0; /* the root: its slash comes with the next component */
                str part;
                while (rest.p && rest.n > 0 && str_cut(&rest, '/', &part)) append(out, &n, part);
                if (n == 0) out[n++] = '/';
                out[n] = 0;
            }
            free(real);
            return out;
        }
        /* The folder is not there: try the one it would be in. */
        if (!asked || str_eq(folder, STR(".")) || str_eq(folder, STR("/"))) return NULL;
        str above = path_folder(folder);
        folder = above;
        ptrdiff_t behind =
            str_eq(above, STR(".")) && !str_starts(path, STR("./")) ? 0 : above.n + (above.n > 1 || above.p[0] != '/');
        rest = str_slice(path, behind, path.n);
    }
}

str path_inside(arena *a, str folder, str path) {
    char *whole = path_absolute(a, path), *root = path_absolute(a, folder);
    if (!whole || !root) return path;
    size_t n = strlen(root);
    if (n == 1) n = 0;
    if (strncmp(whole, root, n) != 0 || whole[n] != '/') return str_from_cstr(whole);
    return str_from_cstr(whole + n + 1);
}

/* Holds no part that another writing of the same path would lack: "", "." or "..". */
static bool is_plain(str path) {
    str part;
    while (path.n > 0 && str_cut(&path, '/', &part))
        if (part.n == 0 || str_eq(part, STR(".")) || str_eq(part, STR(".."))) return false;
    return true;
}

str path_reported(arena *a, str path) {
    while (str_starts(path, STR("./"))) path = str_slice(path, 2, path.n);
    if (path.n == 0 || is_plain(path)) return path; /* relative */
    /* As it was named, where that is enough: what a link inside leads to is not looked for. */
    const char *here = path_absolute(a, STR("."));
    str root = str_from_cstr(here ? here : ""), rest = str_slice(path, root.n + 1, path.n);
    if (root.n > 1 && str_starts(path, root) && rest.n > 0 && path.p[root.n] == '/' && is_plain(rest)) return rest;
    str inside = path_inside(a, STR("."), path);
    return str_starts(inside, STR("/")) ? path : inside;
}
