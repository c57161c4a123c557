/* schema_check.c - validates JSON against the part of JSON Schema (2020-12) that our schemas use.
 *
 *     schema_check SCHEMA FILE          one document
 *     schema_check --lines SCHEMA FILE  one document a line; SCHEMA may be FILE.json#/$defs/name
 *
 *     schema_check --get /a/0/b FILE    prints what stands there
 *
 * In: two files. Out: nothing and exit 0; or each complaint as a line "path: what", exit 1; exit 2 when the schema uses
 * a keyword that is not understood here: an unknown keyword must not become a check that always passes.
 */
#include <jansson.h>
#include <math.h>
#include <regex.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct checker {
    const json_t *root;
    int complaints;
    bool quiet; /* inside anyOf: only the outcome counts */
} checker;

static bool valid(checker *c, const json_t *schema, const json_t *value, const char *path);

static bool complain(checker *c, const char *path, const char *what, const char *detail) {
    if (!c->quiet) printf("%s: %s%s%s\n", *path ? path : "/", what, detail ? " " : "", detail ? detail : "");
    c->complaints++;
    return false;
}

static void unsupported(const char *keyword) {
    fprintf(stderr, "schema_check: keyword '%s' is not understood\n", keyword);
    exit(2);
}

static bool is_type(const json_t *value, const char *name) {
    if (strcmp(name, "object") == 0) return json_is_object(value);
    if (strcmp(name, "array") == 0) return json_is_array(value);
    if (strcmp(name, "string") == 0) return json_is_string(value);
    if (strcmp(name, "boolean") == 0) return json_is_boolean(value);
    if (strcmp(name, "null") == 0) return json_is_null(value);
    if (strcmp(name, "integer") == 0)
        return json_is_integer(value) ||
               (json_is_real(value) && json_real_value(value) == floor(json_real_value(value)));
    if (strcmp(name, "number") == 0) return json_is_number(value);
    unsupported(name);
    return false;
}

static const json_t *resolve(const checker *c, const char *ref) {
    if (strncmp(ref, "#/$defs/", 8) != 0) unsupported(ref);
    const json_t *found = json_object_get(json_object_get(c->root, "$defs"), ref + 8);
    if (!found) unsupported(ref);
    return found;
}

static bool matches(const char *pattern, const char *text) {
    regex_t re;
    if (regcomp(&re, pattern, REG_EXTENDED | REG_NOSUB) != 0) unsupported(pattern);
    bool found = regexec(&re, text, 0, NULL, 0) == 0;
    regfree(&re);
    return found;
}

static bool check_type(checker *c, const json_t *rule, const json_t *value, const char *path) {
    if (json_is_string(rule))
        return is_type(value, json_string_value(rule)) || complain(c, path, "is not of type", json_string_value(rule));
    for (size_t i = 0; i < json_array_size(rule); i++)
        if (is_type(value, json_string_value(json_array_get(rule, i)))) return true;
    return complain(c, path, "is of none of the types", NULL);
}

static bool check_properties(checker *c, const json_t *schema, const json_t *value, const char *path) {
    const json_t *known = json_object_get(schema, "properties"),
                 *others = json_object_get(schema, "additionalProperties");
    bool ok = true;
    void *at = json_object_iter((json_t *)(size_t)value);
    for (; at; at = json_object_iter_next((json_t *)(size_t)value, at)) {
        const char *key = json_object_iter_key(at);
        char below[4096];
        snprintf(below, sizeof below, "%s/%s", path, key);
        const json_t *rule = json_object_get(known, key);
        if (rule)
            ok = valid(c, rule, json_object_iter_value(at), below) && ok;
        else if (json_is_false(others))
            ok = complain(c, below, "is not foreseen", NULL);
        else if (json_is_object(others))
            ok = valid(c, others, json_object_iter_value(at), below) && ok;
    }
    return ok;
}

static bool check_items(checker *c, const json_t *rule, const json_t *value, const char *path) {
    bool ok = true;
    for (size_t i = 0; i < json_array_size(value); i++) {
        char below[4096];
        snprintf(below, sizeof below, "%s/%zu", path, i);
        ok = valid(c, rule, json_array_get(value, i), below) && ok;
    }
    return ok;
}

static bool check_any(checker *c, const json_t *rules, const json_t *value, const char *path) {
    for (size_t i = 0; i < json_array_size(rules); i++) {
        checker inner = {c->root, 0, true};
        if (valid(&inner, json_array_get(rules, i), value, path)) return true;
    }
    if (json_array_size(rules) == 1) return valid(c, json_array_get(rules, 0), value, path);
    /* Show why for the first, which is the usual one. */
    valid(c, json_array_get(rules, 0), value, path);
    return complain(c, path, "fits none of the alternatives", NULL);
}

static bool check_enum(checker *c, const json_t *choices, const json_t *value, const char *path) {
    for (size_t i = 0; i < json_array_size(choices); i++)
        if (json_equal(json_array_get(choices, i), value)) return true;
    return complain(c, path, "is none of the allowed values:", json_is_string(value) ? json_string_value(value) : NULL);
}

static bool check_keyword(checker *c, const json_t *schema, const char *keyword, const json_t *rule,
                          const json_t *value, const char *path) {
    static const char *const silent[] = {"$schema", "$id", "$defs", "title", "description", "additionalProperties",
                                         NULL};
    for (const char *const *s = silent; *s; s++)
        if (strcmp(keyword, *s) == 0) return true;
    double n = json_is_number(value) ? json_number_value(value) : 0;
    if (strcmp(keyword, "$ref") == 0) return valid(c, resolve(c, json_string_value(rule)), value, path);
    if (strcmp(keyword, "type") == 0) return check_type(c, rule, value, path);
    if (strcmp(keyword, "properties") == 0) return !json_is_object(value) || check_properties(c, schema, value, path);
    if (strcmp(keyword, "items") == 0) return !json_is_array(value) || check_items(c, rule, value, path);
    if (strcmp(keyword, "anyOf") == 0) return check_any(c, rule, value, path);
    if (strcmp(keyword, "enum") == 0) return check_enum(c, rule, value, path);
    if (strcmp(keyword, "const") == 0) return json_equal(rule, value) || complain(c, path, "is not the constant", NULL);
    if (strcmp(keyword, "required") == 0) {
        bool ok = true;
        for (size_t i = 0; json_is_object(value) && i < json_array_size(rule); i++)
            if (!json_object_get(value, json_string_value(json_array_get(rule, i))))
                ok = complain(c, path, "lacks", json_string_value(json_array_get(rule, i)));
        return ok;
    }
    if (strcmp(keyword, "pattern") == 0)
        return !json_is_string(value) || matches(json_string_value(rule), json_string_value(value)) ||
               complain(c, path, "does not match", json_string_value(rule));
    if (strcmp(keyword, "minimum") == 0)
        return !json_is_number(value) || n >= json_number_value(rule) || complain(c, path, "is too small", NULL);
    if (strcmp(keyword, "maximum") == 0)
        return !json_is_number(value) || n <= json_number_value(rule) || complain(c, path, "is too large", NULL);
    if (strcmp(keyword, "minItems") == 0)
        return !json_is_array(value) || json_array_size(value) >= (size_t)json_integer_value(rule) ||
               complain(c, path, "has too few items", NULL);
    if (strcmp(keyword, "maxItems") == 0)
        return !json_is_array(value) || json_array_size(value) <= (size_t)json_integer_value(rule) ||
               complain(c, path, "has too many items", NULL);
    if (strcmp(keyword, "minLength") == 0)
        return !json_is_string(value) || json_string_length(value) >= (size_t)json_integer_value(rule) ||
               complain(c, path, "is too short", NULL);
    unsupported(keyword);
    return false;
}

static bool valid(checker *c, const json_t *schema, const json_t *value, const char *path) {
    bool ok = true;
    void *at = json_object_iter((json_t *)(size_t)schema);
    for (; at; at = json_object_iter_next((json_t *)(size_t)schema, at))
        ok = check_keyword(c, schema, json_object_iter_key(at), json_object_iter_value(at), value, path) && ok;
    return ok;
}

static int check_document(checker *c, const json_t *schema, json_t *value, const json_error_t *e, const char *name) {
    if (!value) {
        printf("%s:%d:%d: not JSON: %s\n", name, e->line, e->column, e->text);
        return 1;
    }
    bool ok = valid(c, schema, value, "");
    json_decref(value);
    return ok ? 0 : 1;
}

static int check_lines(checker *c, const json_t *schema, const char *name) {
    FILE *f = fopen(name, "rb");
    char *line = NULL;
    size_t capacity = 0;
    ssize_t n;
    int bad = 0;
    json_error_t e = {0};
    if (!f) return perror(name), 2;
    while ((n = getline(&line, &capacity, f)) > 0) {
        json_t *value = json_loadb(line, (size_t)n, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &e);
        bad |= check_document(c, schema, value, &e, name);
    }
    free(line);
    fclose(f);
    return bad;
}

/* --get /articles/0/path FILE: the value at a path; "#" for a list's length, "?key=text" for the first item that has
 * it. */
static const json_t *step_into(const json_t *at, const char *step, size_t *length, bool *counted) {
    char *equals = strchr(step, '=');
    if (strcmp(step, "#") == 0) {
        *counted = true;
        *length = json_is_array(at) ? json_array_size(at) : json_object_size(at);
        return at;
    }
    if (*step == '?' && equals) {
        *equals = 0;
        for (size_t i = 0; i < json_array_size(at); i++) {
            const char *value = json_string_value(json_object_get(json_array_get(at, i), step + 1));
            if (value && strcmp(value, equals + 1) == 0) return json_array_get(at, i);
        }
        return NULL;
    }
    return json_is_array(at) ? json_array_get(at, strtoul(step, NULL, 10)) : json_object_get(at, step);
}

static int get(char *path, const char *file) {
    json_error_t e;
    json_t *root = json_load_file(file, JSON_DECODE_ANY | JSON_ALLOW_NUL, &e);
    if (!root) return fprintf(stderr, "%s:%d: %s\n", file, e.line, e.text), 2;
    const json_t *at = root;
    size_t length = 0;
    bool counted = false;
    for (char *step = strtok(path, "/"); step && at && !counted; step = strtok(NULL, "/"))
        at = step_into(at, step, &length, &counted);
    if (counted)
        printf("%zu\n", length);
    else if (json_is_string(at))
        puts(json_string_value(at));
    else if (at)
        json_dumpf(at, stdout, JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(15)), putchar('\n');
    else
        puts("(nothing)");
    json_decref(root);
    return 0;
}

int main(int argc, char **argv) {
    if (argc == 4 && strcmp(argv[1], "--get") == 0) return get(argv[2], argv[3]);
    bool lines = argc == 4 && strcmp(argv[1], "--lines") == 0;
    if (argc != 3 + lines) return fprintf(stderr, "usage: schema_check [--lines] SCHEMA[#/$defs/NAME] FILE\n"), 2;
    char *schema_name = argv[1 + lines], *part = strchr(schema_name, '#');
    if (part) *part = 0;
    json_error_t e;
    json_t *root = json_load_file(schema_name, 0, &e);
    if (!root) return fprintf(stderr, "%s:%d: %s\n", schema_name, e.line, e.text), 2;
    checker c = {root, 0, false};
    const json_t *schema = root;
    if (part) {
        *part = '#';
        schema = resolve(&c, part);
    }
    int status = lines
                     ? check_lines(&c, schema, argv[3])
                     : check_document(&c, schema, json_load_file(argv[2], JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &e),
                                      &e, argv[2]);
    json_decref(root);
    return status;
}
