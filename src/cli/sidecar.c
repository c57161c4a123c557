/* sidecar.c - the JSON file beside a draft. In: a draft's name. Out: its model, prompt and style, or what is wrong with
 * the file that says them.
 *
 * JSON of another shape is something else's and says nothing; what is no JSON, cannot be read, or says a text that is
 * none was meant to be a sidecar: without it the draft would be judged under another style, or counted as another
 * model's.
 */
#include "cli/sidecar.h"

#include "base/file.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <sys/stat.h>

enum { MAX_SIDECAR_BYTES = 1 << 20 };

/* What is wrong with a sidecar, said of its draft: the place is the sidecar's. Line 0: no place. */
static int bad_sidecar(error *e, str path, uint32_t line, uint32_t column, const char *what) {
    error where = {0};
    char text[900];
    error_at(&where, ERROR_SCHEMA, path, line, column, "%s", what);
    return error_set(e, ERROR_SCHEMA, "its sidecar %s", error_text(&where, text, sizeof text));
}

/* The line and column where a key stands in the text: `"style": "essai"`. */
static void place_of_key(str text, const char *key, uint32_t *line, uint32_t *column) {
    char quoted[16];
    snprintf(quoted, sizeof quoted, "\"%s\"", key);
    ptrdiff_t at = str_find(text, str_from_cstr(quoted), 0);
    *line = *column = 1;
    for (ptrdiff_t i = 0; i < at; i++) {
        bool ends = text.p[i] == '\n';
        *line += ends;
        *column = ends ? 1 : *column + 1;
    }
}

/* A text that a sidecar says of its draft; nothing, where it says none. */
static int said(arena *a, const json_t *object, const char *key, str path, str text, str *out, error *e) {
    const json_t *value = json_object_get(object, key);
    uint32_t line, column;
    if (!value || json_is_null(value)) return ERROR_NONE;
    place_of_key(text, key, &line, &column);
    if (!json_is_string(value)) {
        str what = arena_printf(a, "%s takes a text", key);
        return bad_sidecar(e, path, line, column, what.p ? (const char *)what.p : key);
    }
    *out = arena_str(a, str_from_cstr(json_string_value(value)));
    return ERROR_NONE;
}

/* The style is the brief's, not the draft's: it chooses the ruler where the operator has fixed none. */
static int check_style(arena *a, const gate_options *gate, str path, str text, str asked, error *e) {
    str nearest = {0};
    uint32_t line, column;
    if (gate->style.n || !asked.n || ruleset_style(gate->rules, asked, &nearest)) return ERROR_NONE;
    place_of_key(text, "style", &line, &column);
    str what = arena_printf(a, "unknown style '%.*s'%s", STR_ARG(asked), str_hint(asked, nearest).text);
    return bad_sidecar(e, path, line, column, what.p ? (const char *)what.p : "unknown style");
}

/* One file beside a draft: {"model", "prompt", "style"}. JSON of another shape is something else's. `*found` stays
 * false where there is none; what is there and cannot be read was meant to be one. */
static int read_sidecar(arena *a, const gate_options *gate, str path, digest *d, bool *found, error *e) {
    struct stat st;
    str text = {0};
    json_error_t where;
    if (lstat((const char *)path.p, &st) != 0 && errno == ENOENT) return ERROR_NONE;
    if (file_read(a, (const char *)path.p, MAX_SIDECAR_BYTES, &text, e))
        return bad_sidecar(e, path, 0, 0, arena_cstr(a, str_from_cstr(e->message)));
    json_t *root = json_loadb((const char *)text.p, (size_t)text.n, JSON_DECODE_INT_AS_REAL, &where);
    if (!root) {
        str what = arena_printf(a, "not JSON: %s", where.text);
        return bad_sidecar(e, path, where.line > 0 ? (uint32_t)where.line : 1,
                           where.column > 0 ? (uint32_t)where.column : 1, what.p ? (const char *)what.p : "not JSON");
    }
    int status = said(a, root, "model", path, text, &d->model, e);
    if (!status) status = said(a, root, "prompt", path, text, &d->prompt, e);
    if (!status) status = said(a, root, "style", path, text, &d->style, e);
    if (!status) status = check_style(a, gate, path, text, d->style, e);
    json_decref(root);
    *found = d->model.n > 0;
    return status;
}

/* `a.md` is described by `a.md.json` or `a.json` beside it, as `assay draft` writes them, else by the folder that it
 * lies in. What the draft itself says is not asked. */
int sidecar_read(arena *a, const gate_options *gate, const input *in, digest *d, error *e) {
    str stem = in->name;
    stem.n -= path_extension(stem).n;
    const str candidates[] = {arena_printf(a, "%.*s.json", STR_ARG(in->name)),
                              arena_printf(a, "%.*s.json", STR_ARG(stem))};
    bool found = false;
    int status = ERROR_NONE;
    for (size_t i = 0; i < COUNT_OF(candidates) && !found && !status && !in->loaded && !in->broken; i++)
        status = candidates[i].p ? read_sidecar(a, gate, candidates[i], d, &found, e)
                                 : error_set(e, ERROR_MEMORY, "out of memory");
    str folder = path_folder(in->name);
    if (d->model.n == 0 && !str_eq(folder, STR("."))) d->model = path_name(folder);
    return status;
}
