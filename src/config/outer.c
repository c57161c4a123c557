/* outer.c - what the configurations above an article's own say of it. In: a path. Out: the place of the glob that
 * excludes it, or nothing; whether one calls it published. */
#include "config/outer.h"

#include "base/file.h"
#include "config/paths.h"

static int no_memory(error *e) { return error_set(e, ERROR_MEMORY, "out of memory while reading the configurations"); }

static int find_above(outer_configs *o, str folder, str within, error *e) {
    char *base = within.n ? path_absolute(o->a, within) : NULL, *at = path_absolute(o->a, folder);
    str start = str_from_cstr(at), root = str_from_cstr(base);
    const char *nearest = config_next(o->a, &start, (str){0}), *file;
    o->above.n = 0;
    o->folder = folder;
    o->within = within;
    for (str rest = str_from_cstr(at); rest.n > 0 && (file = config_next(o->a, &rest, root));)
        if ((!nearest || strcmp(file, nearest) != 0) && !VEC_PUSH(o->a, &o->above, file)) return no_memory(e);
    return ERROR_NONE;
}

static int opened(outer_configs *o, const char *file, const config **out, error *e) {
    config *c;
    for (size_t i = 0; i < o->opened.n; i++)
        if (str_eq(config_path(o->opened.at[i]), str_from_cstr(file))) return *out = o->opened.at[i], ERROR_NONE;
    int status = config_open(file, &c, e);
    if (status) return status;
    if (!VEC_PUSH(o->a, &o->opened, c)) {
        config_free(c);
        return no_memory(e);
    }
    *out = c;
    return ERROR_NONE;
}

/* In o->above the files that hold for the article. */
static int look_above(outer_configs *o, str article_path, str within, error *e) {
    str folder = path_folder(article_path);
    bool same = o->folder.p && str_eq(folder, o->folder) && str_eq(within, o->within);
    return same ? ERROR_NONE : find_above(o, folder, within, e);
}

int outer_excludes(outer_configs *o, str article_path, str within, str *by, error *e) {
    *by = (str){0};
    int status = look_above(o, article_path, within, e);
    for (size_t i = o->above.n; i-- > 0 && !status && !by->n;) {
        const config *c = NULL;
        status = opened(o, o->above.at[i], &c, e);
        if (!status) *by = config_excludes(o->a, c, article_path);
    }
    return status;
}

int outer_publishes(outer_configs *o, str article_path, str within, bool *published, error *e) {
    *published = false;
    int status = look_above(o, article_path, within, e);
    for (size_t i = 0; i < o->above.n && !status && !*published; i++) {
        const config *c = NULL;
        status = opened(o, o->above.at[i], &c, e);
        if (!status) *published = config_publishes(o->a, c, article_path);
    }
    return status;
}

void outer_free(outer_configs *o) {
    for (size_t i = 0; i < o->opened.n; i++) config_free(o->opened.at[i]);
    o->opened.n = 0;
}
