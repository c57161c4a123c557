/* manifest_read.c - typed reading of YAML nodes.
 *
 * In: a node and what it should be. Out: text, dates, choices, quantities with their places; or the first authoring
 * error. Invariant: nothing is guessed. A key without a value, a number that is none, a day that does not exist are
 * errors at their own line and column, not defaults.
 */
#include "manifest/manifest_load.h"

#include <stdarg.h>
#include <stdio.h>

/* ---- errors ---- */

int(loader_out_of_memory)(loader *l) {
    str file = l->file < l->files.n ? l->files.at[l->file].path : STR("");
    return error_at(l->e, ERROR_MEMORY, file, 0, 0, "the manifest needs more than %d MB of memory",
                    MANIFEST_LIMIT_MEMORY_BYTES / (1024 * 1024));
}

static int place_error(loader *l, enum error_code code, manifest_place place, const char *format, va_list args) {
    char message[sizeof l->e->message];
    vsnprintf(message, sizeof message, format, args);
    return error_at(l->e, code, l->files.at[place.file].path, place.line, place.column, "%s", message);
}

int(loader_error)(loader *l, enum error_code code, manifest_place place, const char *format, ...) {
    va_list args;
    va_start(args, format);
    int status = place_error(l, code, place, format, args);
    va_end(args);
    return status;
}

int(node_error)(loader *l, enum error_code code, const yaml_node *node, const char *format, ...) {
    va_list args;
    va_start(args, format);
    int status = place_error(l, code, node_place(l, node), format, args);
    va_end(args);
    return status;
}

manifest_place node_place(const loader *l, const yaml_node *node) {
    return (manifest_place){l->file, node->line, node->column};
}

place_text other_place(const loader *l, manifest_place place) {
    place_text out;
    if (place.file == l->file && l->files.n == 1)
        snprintf(out.text, sizeof out.text, "line %u", place.line);
    else
        snprintf(out.text, sizeof out.text, "%.*s:%u:%u",
                 (int)(l->files.at[place.file].path.n < 240 ? l->files.at[place.file].path.n : 240),
                 (const char *)l->files.at[place.file].path.p, place.line, place.column);
    return out;
}

int check_map(loader *l, const yaml_node *node, enum manifest_map map) {
    const manifest_map_schema *schema = manifest_schema(map);
    return yaml_check_keys(node, schema->keys, schema->what, l->files.at[l->file].path, l->e);
}

int check_list(loader *l, const yaml_node *node, const char *key) {
    if (node->kind == YAML_LIST) return ERROR_NONE;
    return node_error(l, ERROR_SCHEMA, node, "'%s' must be a list, each entry starting with '- '", key);
}

/* ---- texts ---- */

static int check_scalar(loader *l, const yaml_node *node, const char *key) {
    if (node->kind == YAML_LIST || node->kind == YAML_MAP)
        return node_error(l, ERROR_SCHEMA, node, "'%s' must be plain text, not a %s", key,
                          node->kind == YAML_LIST ? "list" : "map");
    if (yaml_is_null(node) || str_trim(node->text).n == 0)
        return node_error(l, ERROR_SCHEMA, node, "'%s' has no value: leave the key out or state one", key);
    return ERROR_NONE;
}

int read_text(loader *l, const yaml_node *map, const char *key, manifest_text *slot) {
    const yaml_node *node = yaml_get(map, key);
    if (!node) return ERROR_NONE;
    TRY(check_scalar(l, node, key));
    if (slot->text.p && !str_eq(slot->text, node->text)) {
        /* Mostly what two machines have installed: a component has one version. */
        bool machines = strcmp(key, "version") == 0 && slot->place.file != l->file;
        return node_error(l, ERROR_CONFLICT, node, "'%s' is '%.*s' here and '%.*s' at %s%s", key, STR_ARG(node->text),
                          STR_ARG(slot->text), other_place(l, slot->place).text,
                          machines ? "; of two machines list one's (probe --no-packages), or give each its own manifest"
                                   : "");
    }
    if (!slot->text.p) *slot = (manifest_text){node->text, node_place(l, node)};
    return ERROR_NONE;
}

int read_str(loader *l, const yaml_node *map, const char *key, str *slot) {
    manifest_text text = {0};
    TRY(read_text(l, map, key, &text));
    if (text.text.p) *slot = text.text;
    return ERROR_NONE;
}

static int add_text(loader *l, const yaml_node *node, const char *key, bool names, text_list *out) {
    TRY(check_scalar(l, node, key));
    if (names && node->text.n > ALIAS_LIMIT_BYTES)
        return node_error(l, ERROR_LIMIT, node, "a name of %td bytes: at most %d", node->text.n, ALIAS_LIMIT_BYTES);
    if (names && ++l->name_count > MANIFEST_LIMIT_NAMES)
        return node_error(l, ERROR_LIMIT, node, "more than %d names", MANIFEST_LIMIT_NAMES);
    manifest_text text = {node->text, node_place(l, node)};
    return VEC_PUSH(l->a, out, text) ? ERROR_NONE : loader_out_of_memory(l);
}

int read_texts(loader *l, const yaml_node *map, const char *key, bool names, text_list *out) {
    const yaml_node *node = yaml_get(map, key);
    if (!node) return ERROR_NONE;
    if (node->kind != YAML_LIST) return add_text(l, node, key, names, out);
    for (uint32_t i = 0; i < node->count; i++) TRY(add_text(l, node->items[i], key, names, out));
    return ERROR_NONE;
}

manifest_texts freeze_texts(const text_list *texts) { return (manifest_texts){texts->at, (uint32_t)texts->n}; }

int read_choice(loader *l, const manifest_text *text, const char *what, const char *const *words, uint8_t *choice) {
    if (!text->text.p) return ERROR_NONE;
    char list[160] = "";
    size_t used = 0;
    for (uint8_t i = 0; words[i]; i++) {
        if (str_eq(text->text, str_from_cstr(words[i]))) {
            *choice = i;
            return ERROR_NONE;
        }
        int n = snprintf(list + used, sizeof list - used, "%s%s", i ? ", " : "", words[i]);
        if (n > 0 && (size_t)n < sizeof list - used) used += (size_t)n;
    }
    return loader_error(l, ERROR_SCHEMA, text->place, "unknown %s '%.*s': it is one of %s", what, STR_ARG(text->text),
                        list);
}

int read_world(loader *l, const yaml_node *map, manifest_text *slot, uint8_t *world) {
    static const char *const words[] = {"open", "closed", NULL};
    uint8_t choice = 0;
    TRY(read_text(l, map, "world", slot));
    TRY(read_choice(l, slot, "world", words, &choice));
    if (slot->text.p) *world = choice ? WORLD_CLOSED : WORLD_OPEN;
    return ERROR_NONE;
}

int check_id(loader *l, const yaml_node *node, const char *what) {
    bool letter = false;
    if (!node || yaml_is_null(node) || node->kind != YAML_SCALAR)
        return node_error(l, ERROR_SCHEMA, node, "%s must be plain text", what);
    for (ptrdiff_t i = 0; i < node->text.n; i++) {
        uint8_t c = node->text.p[i];
        letter = letter || byte_is_alpha(c);
        bool inner = c == '.' || c == '_' || c == '+' || c == '-';
        if (!byte_is_alnum(c) && !(inner && i > 0))
            return node_error(l, ERROR_SCHEMA, node, "%s '%.*s' may hold letters, digits and . _ + - only", what,
                              STR_ARG(node->text));
    }
    if (!letter || node->text.n > 128)
        return node_error(l, ERROR_SCHEMA, node, "%s '%.*s' needs a letter, and at most 128 characters", what,
                          STR_ARG(node->text));
    return ERROR_NONE;
}

/* ---- dates and evidence ---- */

int read_date(loader *l, const yaml_node *map, const char *key, day_number *day) {
    const yaml_node *node = yaml_get(map, key);
    if (!node) return ERROR_NONE;
    TRY(check_scalar(l, node, key));
    if (date_parse(node->text, day)) return ERROR_NONE;
    return node_error(l, ERROR_SCHEMA, node, "'%s: %.*s' is no day: write it as 2026-05-18", key, STR_ARG(node->text));
}

/* "90 days", "90d", "6 months", "1 year": a month is 30 days, a year 365. */
static bool parse_duration_days(str text, uint32_t *days) {
    static const struct {
        const char *name;
        uint32_t days;
    } units[] = {{"d", 1},      {"day", 1},     {"days", 1}, {"w", 7},      {"week", 7},   {"weeks", 7},
                 {"month", 30}, {"months", 30}, {"y", 365},  {"year", 365}, {"years", 365}};
    ptrdiff_t n = 0;
    while (n < text.n && byte_is_digit(text.p[n])) n++;
    uint64_t count;
    str unit = str_trim(str_slice(text, n, text.n));
    if (!str_to_u64(str_slice(text, 0, n), &count) || count == 0 || count > 36500) return false;
    for (size_t i = 0; i < COUNT_OF(units); i++)
        if (str_eq(unit, str_from_cstr(units[i].name))) {
            *days = (uint32_t)count * units[i].days;
            return true;
        }
    return false;
}

evidence evidence_of_file(const loader *l) {
    return (evidence){.observed = l->files.at[l->file].as_of, .confirmed = true};
}

static int check_not_later(loader *l, const yaml_node *map, const char *key, day_number day) {
    day_number as_of = l->files.at[l->file].as_of;
    if (!as_of || day <= as_of) return ERROR_NONE;
    return node_error(l, ERROR_SCHEMA, yaml_get(map, key), "'%s: %s' is later than the manifest's as_of, %s", key,
                      date_format(day).text, date_format(as_of).text);
}

int read_evidence(loader *l, const yaml_node *map, const evidence *outer, evidence *out) {
    *out = *outer;
    TRY(read_str(l, map, "source", &out->source));
    const yaml_node *node = yaml_get(map, "evidence");
    if (node) {
        manifest_text half_life = {0};
        day_number observed = 0;
        TRY(check_map(l, node, MAP_EVIDENCE));
        TRY(read_str(l, node, "source", &out->source));
        TRY(read_date(l, node, "observed", &observed));
        if (observed) out->observed = observed;
        if (observed) TRY(check_not_later(l, node, "observed", observed));
        TRY(read_text(l, node, "half_life", &half_life));
        if (half_life.text.p && !parse_duration_days(half_life.text, &out->half_life_days))
            return loader_error(l, ERROR_SCHEMA, half_life.place,
                                "half_life '%.*s' is no duration: write it as '90 days', '6 months' or '1 year'",
                                STR_ARG(half_life.text));
    }
    node = yaml_get(map, "confirmed");
    if (node && !yaml_to_bool(node, &out->confirmed))
        return node_error(l, ERROR_SCHEMA, node, "'confirmed' is true or false");
    return ERROR_NONE;
}

manifest_fact fact_make(str id, enum fact_kind kind, manifest_place place, const evidence *ev) {
    return (manifest_fact){.id = id,
                           .kind = (uint8_t)kind,
                           .confirmed = ev->confirmed,
                           .index = MANIFEST_NONE,
                           .place = place,
                           .source = ev->source,
                           .observed = ev->observed,
                           .half_life_days = ev->half_life_days};
}

/* ---- quantities ---- */

/* A counted noun is a unit where the fact itself is named after it: "marinas: {value: 214, unit: marina}". */
static bool names_contain(str name, str noun) {
    for (ptrdiff_t at = 0; noun.n && at + noun.n <= name.n; at++) {
        if (!str_eq_nocase(str_slice(name, at, at + noun.n), noun)) continue;
        bool starts = at == 0 || !byte_is_alnum(name.p[at - 1]);
        str rest = str_slice(name, at + noun.n, name.n);
        if (rest.n && byte_lower(rest.p[0]) == 's') rest = str_slice(rest, 1, rest.n);
        if (starts && (!rest.n || !byte_is_alnum(rest.p[0]))) return true;
    }
    return false;
}

static int check_unit(loader *l, const yaml_node *node, const text_list *nouns, str name, unit_id *out) {
    str unit = node->text;
    if (unit.n > 64) return node_error(l, ERROR_SCHEMA, node, "a unit of %td bytes is no unit", unit.n);
    *out = unit_of_text(unit);
    if (*out) return ERROR_NONE;
    bool own = id_table_find(&l->units, unit) || names_contain(name, unit);
    for (size_t i = 0; !own && nouns && i < nouns->n; i++) own = names_contain(nouns->at[i].text, unit);
    *out = UNIT_COUNT;
    if (own) return ERROR_NONE;
    return node_error(l, ERROR_SCHEMA, node, "'%.*s' is no unit: correct it, or declare a counted noun under 'units'",
                      STR_ARG(unit));
}

/* "4 GB", "16 cores": a number and the unit behind it; its length, 0 for any other text. Without the blank two letters
 * are needed: "4B" and "5s" are names of models. */
static ptrdiff_t number_with_unit(str text, str *unit) {
    ptrdiff_t n = 0;
    while (n < text.n && (byte_is_digit(text.p[n]) || text.p[n] == '.')) n++;
    *unit = str_trim(str_slice(text, n, text.n));
    bool apart = n < text.n && text.p[n] == ' ';
    return n && unit->n && (apart || unit->n > 1 || *unit->p == '%') && unit_of_text(*unit) ? n : 0;
}

static int write_apart(loader *l, const yaml_node *node, ptrdiff_t n, str unit) {
    return node_error(l, ERROR_SCHEMA, node, "write the number and its unit apart: 'value: %.*s' and 'unit: %.*s'",
                      (int)n, (const char *)node->text.p, STR_ARG(unit));
}

static int check_number(loader *l, const yaml_node *node, const decimal *number) {
    str rest;
    if (number->valid && !number->overflow) return ERROR_NONE;
    ptrdiff_t n = number_with_unit(node->text, &rest);
    if (n) return write_apart(l, node, n, rest);
    return node_error(l, ERROR_SCHEMA, node, "'%.*s' has a unit but is no decimal number%s", STR_ARG(node->text),
                      number->valid ? " of at most 18 digits" : "");
}

int read_quantity(loader *l, const yaml_node *map, const text_list *nouns, str name, manifest_quantity *out) {
    const yaml_node *value = yaml_get(map, "value"), *unit = yaml_get(map, "unit");
    text_list render = {0};
    if (!value) return node_error(l, ERROR_SCHEMA, map, "a value is missing");
    TRY(read_str(l, map, "value", &out->value));
    TRY(read_str(l, map, "unit", &out->unit));
    TRY(read_texts(l, map, "render", false, &render));
    double plain;
    if (str_to_f64(out->value, &plain)) decimal_parse(out->value, false, &out->number);
    if (unit) {
        TRY(check_unit(l, unit, nouns, name, &out->measure));
        TRY(check_number(l, value, &out->number));
    } else {
        str glued; /* a text that no article's "4 GB" would be compared with */
        ptrdiff_t n = number_with_unit(value->text, &glued);
        if (n) return write_apart(l, value, n, glued);
    }
    out->render = freeze_texts(&render);
    out->place = node_place(l, value);
    return ERROR_NONE;
}

static int read_bound(loader *l, const yaml_node *map, const char *key, bool percent, bool *stated, double *out) {
    manifest_text text = {0};
    TRY(read_text(l, map, key, &text));
    if (!text.text.p) return ERROR_NONE;
    str number = text.text;
    double scale = 1;
    if (percent && str_ends(number, STR("%"))) {
        number = str_trim(str_slice(number, 0, number.n - 1));
        scale = 0.01;
    }
    if (!str_to_f64(number, out) || !(*out >= 0) || *out > 1e300 || (percent && *out * scale >= 1))
        return loader_error(l, ERROR_SCHEMA, text.place,
                            percent ? "tolerance '%.*s' must be a share below 100%%, as '3%%' or 0.03"
                                    : "tolerance '%.*s' must be a number, in the fact's unit",
                            STR_ARG(text.text));
    *out *= scale;
    *stated = true;
    return ERROR_NONE;
}

int read_tolerance(loader *l, const yaml_node *map, manifest_tolerance *out) {
    const yaml_node *node = yaml_get(map, "tol");
    if (!node) return ERROR_NONE;
    TRY(check_map(l, node, MAP_TOLERANCE));
    TRY(read_bound(l, node, "rel", true, &out->relative, &out->rel));
    TRY(read_bound(l, node, "abs", false, &out->absolute, &out->abs));
    if (!out->relative && !out->absolute)
        return node_error(l, ERROR_SCHEMA, node, "a tolerance states 'rel' (a share) or 'abs' (in the fact's unit)");
    return ERROR_NONE;
}
