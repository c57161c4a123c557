/* import.c - CycloneDX and osquery JSON to a manifest.
 *
 * In: JSON text of any origin. Out: YAML. jansson parses; what it will have to hold is counted before, so that a small
 * file of brackets cannot fill the memory. Invariants: one entity an id (a second version of a library gets the version
 * into its id, not into its name); nothing is written unquoted; values that are missing are left out; what has no name
 * that an article could call it by, a version that is no string and a port that is none are errors: a row that is left
 * out in silence is a fact that nobody misses. CycloneDX: the ECMA-424 specification, 1.5 and 1.6; osquery: its
 * schema's column names. Deliberately not read: vulnerabilities, licences, hashes.
 */
#include "manifest/import.h"

#include "manifest/probe_parts.h"

#include <jansson.h>
#include <stdio.h>

typedef struct importer {
    arena *a;
    buf components, packages, hardware, services;
    id_table ids;      /* every id written */
    id_table numbered; /* what ids were made of by a number -> index into numbers, the last one tried */
    VEC(uint32_t) numbers;
    str host; /* id of the machine, {NULL,0} when not known */
    day_number as_of;
    const char *source;
    str refused; /* why the row or component at hand cannot be read */
    bool failed; /* out of memory */
} importer;

static void refuse(importer *im, const char *format, str what) {
    im->refused = arena_printf(im->a, format, STR_ARG(what));
    im->failed = im->failed || !im->refused.p;
}

/* Whether an article can call something so: "caddy", "スパーク"; not "~", "---", nor what is longer than an alias may
 * be. Its id is made up where it holds no letter of ours. */
static bool is_name(importer *im, str name) {
    bool speaks = false;
    for (ptrdiff_t i = 0; i < name.n; i++) speaks = speaks || byte_is_alnum(name.p[i]) || name.p[i] >= 0x80;
    if (speaks && name.n <= ALIAS_LIMIT_BYTES && alias_fold(im->a, name).n) return true;
    if (name.n > ALIAS_LIMIT_BYTES) name = str_slice(name, 0, 40);
    refuse(im, "'%.*s' is no name to call it by", name);
    return false;
}

static str text_of(const json_t *object, const char *key) {
    const json_t *value = json_object_get(object, key);
    if (!json_is_string(value)) return (str){NULL, 0};
    return str_trim(str_make(json_string_value(value), json_string_length(value)));
}

/* ---- entries ---- */

/* "base-2", or the first number whose id nobody has. The ids up to the number that a base has got stay taken, so the
 * next one goes on from there. */
static str numbered(importer *im, str base) {
    uint32_t at, i = 2;
    if (id_table_find(&im->numbered, base)) {
        at = *id_table_find(&im->numbered, base);
        i = im->numbers.at[at] + 1;
    } else {
        at = (uint32_t)im->numbers.n;
        if (!VEC_PUSH(im->a, &im->numbers, 1) || !id_table_add(&im->numbered, im->a, base, at)) return (str){NULL, 0};
    }
    str id = {NULL, 0};
    for (;; i++) {
        char text[128];
        int n = snprintf(text, sizeof text, "%.*s-%u", (int)base.n, (const char *)base.p, i);
        if (id_table_find(&im->ids, str_make(text, (size_t)n))) continue;
        id = arena_str(im->a, str_make(text, (size_t)n));
        break;
    }
    im->numbers.at[at] = i;
    return id;
}

/* An id for `name` that nobody has yet: the name, the name with the version, then numbered. */
static str fresh_id(importer *im, str name, str version, const char *otherwise) {
    str id = yaml_id(im->a, name, otherwise);
    if (id.p && id_table_find(&im->ids, id) && version.n)
        id = yaml_id(
            im->a, arena_printf(im->a, "%.*s-%.*s", (int)(id.n < 60 ? id.n : 60), (const char *)id.p, STR_ARG(version)),
            otherwise);
    if (id.p && id_table_find(&im->ids, id)) id = numbered(im, str_slice(id, 0, id.n < 110 ? id.n : 110));
    if (!id.p || !id_table_add(&im->ids, im->a, id, 0)) im->failed = true;
    return id;
}

static void write_entry(importer *im, buf *section, const char *title, const char *key, str name, str version,
                        const char *scheme, const char *accept) {
    if (!is_name(im, name)) return;
    str exact = arena_printf(im->a, "%s %.*s\x1f%.*s", key, STR_ARG(name), STR_ARG(version));
    if (!exact.p || id_table_find(&im->ids, exact)) return; /* the same again, as dependency graphs repeat things */
    if (!id_table_add(&im->ids, im->a, exact, 0)) im->failed = true;
    str id = fresh_id(im, name, version, section == &im->packages ? "package" : "component");
    if (!section->n) buf_printf(section, "%s:\n", title);
    buf_printf(section, "  - {%s: \"%.*s\", aliases: [", key, STR_ARG(id));
    yaml_quote(section, name);
    buf_printf(section, "], scheme: %s", yaml_scheme(scheme, version));
    yaml_field(section, "version", version);
    if (version.n) buf_printf(section, ", accept: [%s]", accept);
    buf_printf(section, ", source: %s}\n", im->source);
}

static void write_package(importer *im, str name, str version, const char *scheme) {
    /* "curl 7.88.1" is what people write of 7.88.1-10+deb12u14 */
    write_entry(im, &im->packages, "packages", "name", name, version, scheme, "prefix, build");
}

static str component_key(importer *im, str name) {
    str folded = alias_fold(im->a, name);
    return folded.p ? arena_printf(im->a, "component %.*s", STR_ARG(folded)) : folded;
}

static void write_component(importer *im, str name, str version) {
    /* Names of components are unique; a second one of the same name is the same thing. */
    str key = component_key(im, name);
    if (!key.p || id_table_find(&im->ids, key)) return;
    if (!id_table_add(&im->ids, im->a, key, 0)) im->failed = true;
    write_entry(im, &im->components, "components", "id", name, version, "loose", "prefix");
}

/* Begins the machine's entry, once. Called after the components: a name that one of them bears gets "machine-" before
 * it. */
static bool open_machine(importer *im, str name) {
    enum { TRIES = 8 };
    if (im->host.p || !is_name(im, name)) return false;
    for (int i = 0; i < TRIES; i++) {
        str key = component_key(im, name);
        if (!key.p || !id_table_find(&im->ids, key)) break;
        name = arena_printf(im->a, "machine-%.*s", STR_ARG(name));
    }
    str key = component_key(im, name);
    if (!key.p || id_table_find(&im->ids, key) || !is_name(im, name)) return false;
    if (!id_table_add(&im->ids, im->a, key, 0)) im->failed = true;
    im->host = fresh_id(im, name, (str){NULL, 0}, "machine");
    buf_printf(&im->hardware, "hardware:\n  - id: \"%.*s\"\n    aliases: [", STR_ARG(im->host));
    yaml_quote(&im->hardware, name);
    buf_printf(&im->hardware, "]\n    source: %s\n", im->source);
    return true;
}

/* ---- CycloneDX ---- */

static const char *scheme_of_purl(str purl) {
    static const char *const known[][2] = {
        {"pkg:deb/", "deb"},      {"pkg:rpm/", "rpm"},      {"pkg:pypi/", "pep440"},
        {"pkg:npm/", "semver"},   {"pkg:cargo/", "semver"}, {"pkg:golang/", "semver"},
        {"pkg:nuget/", "semver"}, {"pkg:gem/", "loose"},    {"pkg:maven/", "loose"}};
    for (size_t i = 0; i < COUNT_OF(known); i++)
        if (str_starts(purl, str_from_cstr(known[i][0]))) return known[i][1];
    return "loose";
}

/* 1.10 as a number is 1.1: what is written as text has to be text. */
static bool all_texts(importer *im, const json_t *object) {
    static const char *const keys[] = {"type",      "group",           "purl",          "name",
                                       "version",   "release",         "hostname",      "computer_name",
                                       "cpu_brand", "hardware_vendor", "hardware_model"};
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        const json_t *value = json_object_get(object, keys[i]);
        if (!value || json_is_string(value) || json_is_null(value)) continue;
        refuse(im, "its '%.*s' is no text in quotes", str_from_cstr(keys[i]));
        return false;
    }
    return true;
}

/* Devices are read in a second pass: their names give way to those of components. */
static void read_component(importer *im, const json_t *c, bool devices) {
    str type = text_of(c, "type"), name = text_of(c, "name"), version = text_of(c, "version"),
        group = text_of(c, "group");
    if (str_eq(type, STR("file")) || str_eq(type, STR("data"))) return;
    if (str_eq(type, STR("device")) != devices || !all_texts(im, c)) return;
    if (devices) {
        open_machine(im, name);
    } else if (str_eq(type, STR("operating-system"))) {
        write_component(im, name, version);
    } else {
        bool scoped = group.n && str_starts(text_of(c, "purl"), STR("pkg:npm/"));
        write_package(im, scoped ? arena_printf(im->a, "%.*s/%.*s", STR_ARG(group), STR_ARG(name)) : name, version,
                      scheme_of_purl(text_of(c, "purl")));
    }
}

static int read_components(importer *im, const json_t *list, bool devices, unsigned depth,
                           const import_options *options, error *e) {
    size_t i;
    json_t *c;
    if (list && !json_is_array(list))
        return error_at(e, ERROR_SCHEMA, options->path, 0, 0, "CycloneDX 'components' is no list");
    if (depth > IMPORT_LIMIT_DEPTH)
        return error_at(e, ERROR_LIMIT, options->path, 0, 0, "components are nested too deeply");
    json_array_foreach(list, i, c) {
        if (!json_is_object(c))
            return error_at(e, ERROR_SCHEMA, options->path, 0, 0, "CycloneDX component %zu is no object", i + 1);
        if (!json_is_string(json_object_get(c, "name")))
            return error_at(e, ERROR_SCHEMA, options->path, 0, 0, "CycloneDX component %zu has no 'name'", i + 1);
        read_component(im, c, devices);
        if (im->refused.p)
            return error_at(e, ERROR_SCHEMA, options->path, 0, 0, "CycloneDX component %zu: %.*s", i + 1,
                            STR_ARG(im->refused));
        int status = read_components(im, json_object_get(c, "components"), devices, depth + 1, options, e);
        if (status) return status;
    }
    return ERROR_NONE;
}

static int read_cyclonedx(importer *im, const json_t *root, const import_options *options, error *e) {
    str spec = text_of(root, "specVersion"), major, day = text_of(json_object_get(root, "metadata"), "timestamp");
    str rest = spec;
    uint64_t above = 0, below = 0;
    bool understood = str_cut(&rest, '.', &major) && str_to_u64(major, &above) && str_to_u64(rest, &below);
    if (!understood || above != 1 || below < 5)
        return error_at(e, ERROR_SUPPORT, options->path, 0, 0, "CycloneDX '%.*s' is not read: 1.5 or a later 1.x is",
                        STR_ARG(spec));
    im->source = "cyclonedx";
    day_number made;
    if (date_parse(str_slice(day, 0, 10), &made)) im->as_of = made;
    const json_t *subject = json_object_get(json_object_get(root, "metadata"), "component");
    for (int devices = 0; devices < 2; devices++) {
        if (json_is_object(subject) && json_object_size(subject)) read_component(im, subject, devices);
        if (im->refused.p)
            return error_at(e, ERROR_SCHEMA, options->path, 0, 0, "CycloneDX metadata.component: %.*s",
                            STR_ARG(im->refused));
        int status = read_components(im, json_object_get(subject, "components"), devices, 1, options, e);
        if (!status) status = read_components(im, json_object_get(root, "components"), devices, 0, options, e);
        if (status) return status;
    }
    return ERROR_NONE;
}

/* ---- osquery ---- */

static bool number_of(const json_t *row, const char *key, uint64_t *value) {
    const json_t *v = json_object_get(row, key);
    if (json_is_integer(v) && json_integer_value(v) > 0) {
        *value = (uint64_t)json_integer_value(v);
        return true;
    }
    return str_to_u64(text_of(row, key), value) && *value > 0;
}

/* A row of package.json files without name and version says nothing. */
static void read_package(importer *im, const json_t *row, const char *scheme) {
    str name = text_of(row, "name"), version = text_of(row, "version");
    if (name.n || version.n) write_package(im, name, version, scheme);
}

static void add_number(importer *im, const char *name, const char *aliases, uint64_t value, const char *unit) {
    buf_printf(&im->hardware, "      %s: {value: %llu, unit: %s%s%s%s}\n", name, (unsigned long long)value, unit,
               *aliases ? ", aliases: [" : "", aliases, *aliases ? "]" : "");
}

static void add_text(importer *im, const char *name, str value) {
    if (!value.n) return;
    buf_printf(&im->hardware, "      %s: {value: ", name);
    yaml_quote(&im->hardware, value);
    buf_cstr(&im->hardware, "}\n");
}

static void read_system_info(importer *im, const json_t *row) {
    uint64_t n;
    str name = text_of(row, "hostname");
    if (!open_machine(im, name.n ? name : text_of(row, "computer_name"))) return;
    buf_cstr(&im->hardware, "    attrs:\n");
    size_t before = im->hardware.n;
    add_text(im, "vendor", text_of(row, "hardware_vendor"));
    add_text(im, "product", text_of(row, "hardware_model"));
    add_text(im, "cpu_model", text_of(row, "cpu_brand"));
    if (number_of(row, "cpu_physical_cores", &n)) add_number(im, "cpu_cores", "cores, core CPU", n, "core");
    if (number_of(row, "cpu_logical_cores", &n)) add_number(im, "cpu_threads", "hardware threads", n, "thread");
    if (number_of(row, "physical_memory", &n)) add_number(im, "memory", "RAM", n, "B");
    if (im->hardware.n == before && !im->hardware.failed) im->hardware.n -= strlen("    attrs:\n");
}

/* "24.04.1 LTS (Noble Numbat)" is 24.04.1, as people write it; "2012 R2" stays. */
static str without_words(str version) {
    ptrdiff_t end = str_find_byte(version, ' ', 0);
    if (!version.p || end <= 0 || !byte_is_digit(version.p[0])) return version;
    for (ptrdiff_t i = end; i < version.n; i++)
        if (byte_is_digit(version.p[i])) return version;
    return str_slice(version, 0, end);
}

static void read_os_version(importer *im, const json_t *row) {
    write_component(im, text_of(row, "name"), without_words(text_of(row, "version")));
}
static void read_kernel_info(importer *im, const json_t *row) {
    write_component(im, STR("kernel"), text_of(row, "version"));
}
static void read_deb(importer *im, const json_t *row) { read_package(im, row, "deb"); }
static void read_python(importer *im, const json_t *row) { read_package(im, row, "pep440"); }
static void read_npm(importer *im, const json_t *row) { read_package(im, row, "semver"); }
static void read_brew(importer *im, const json_t *row) { read_package(im, row, "loose"); }

static void read_rpm(importer *im, const json_t *row) {
    str version = text_of(row, "version"), release = text_of(row, "release");
    if (release.n) version = arena_printf(im->a, "%.*s-%.*s", STR_ARG(version), STR_ARG(release));
    write_package(im, text_of(row, "name"), version, "rpm");
}

/* A port that several processes or addresses hold is one service. Family-less rows of Unix sockets have port 0. */
static void read_port(importer *im, const json_t *row) {
    uint64_t port = 0, protocol = 6;
    str text = text_of(row, "port");
    const json_t *value = json_object_get(row, "port");
    number_of(row, "protocol", &protocol);
    if (json_is_integer(value)) text = arena_printf(im->a, "%lld", (long long)json_integer_value(value));
    if (!str_to_u64(text, &port) || port > 65535) return refuse(im, "'%.*s' is no port", text);
    if (port == 0 || (protocol != 6 && protocol != 17)) return;
    const char *name = protocol == 17 ? "udp" : "tcp";
    str host = im->host.p ? im->host : STR("machine");
    str id = arena_printf(im->a, "%.*s-%s-%u", STR_ARG(host), name, (unsigned)port);
    if (!id.p || id_table_find(&im->ids, id)) return;
    if (!id_table_add(&im->ids, im->a, id, 0)) im->failed = true;
    if (!im->services.n) buf_cstr(&im->services, "services:\n");
    buf_printf(&im->services, "  - {id: \"%.*s\", aliases: [\"%.*s:%u%s\"], ", STR_ARG(id), STR_ARG(host),
               (unsigned)port, protocol == 17 ? "/udp" : "");
    if (im->host.p) buf_printf(&im->services, "host: \"%.*s\", ", STR_ARG(host));
    buf_printf(&im->services, "port: %u/%s, source: osquery}\n", (unsigned)port, name);
}

typedef struct table {
    const char *name;
    void (*read)(importer *, const json_t *row);
    const char *mark;     /* a column that only this table has, to know bare rows by; NULL = named tables only */
    const char *needs[2]; /* columns of which each row has one, or it is none of this table */
} table;

/* In the order in which they are read: what names the machine comes before what refers to it. */
static const table tables[] = {
    {"os_version", read_os_version, "platform_like", {"name"}},
    {"kernel_info", read_kernel_info, "arguments", {"version"}},
    {"system_info", read_system_info, "cpu_brand", {"hostname", "computer_name"}},
    {"deb_packages", read_deb, "revision", {"name"}},
    {"rpm_packages", read_rpm, "release", {"name"}},
    {"python_packages", read_python, NULL, {"name"}},
    {"npm_packages", read_npm, NULL, {"name"}},
    {"homebrew_packages", read_brew, NULL, {"name"}},
    {"listening_ports", read_port, "port", {"port"}},
};

static const table *table_of_rows(const json_t *rows) {
    const json_t *row = json_array_get(rows, 0);
    for (size_t i = 0; i < COUNT_OF(tables); i++)
        if (tables[i].mark && json_object_get(row, tables[i].mark)) return &tables[i];
    return NULL;
}

static bool has_value(const json_t *row, const char *column) {
    const json_t *value = column ? json_object_get(row, column) : NULL;
    return json_is_string(value) || (json_is_integer(value) && strcmp(column, "port") == 0);
}

/* jansson keeps no places: a row is named by its table and its number. */
static int read_rows(importer *im, const table *t, const json_t *rows, const import_options *options, error *e) {
    size_t i;
    json_t *row;
    json_array_foreach(rows, i, row) {
        if (!json_is_object(row))
            return error_at(e, ERROR_SCHEMA, options->path, 0, 0, "row %zu of '%s' is no object", i + 1, t->name);
        if (!has_value(row, t->needs[0]) && !has_value(row, t->needs[1]))
            return error_at(e, ERROR_SCHEMA, options->path, 0, 0, "row %zu of '%s' has no '%s'", i + 1, t->name,
                            t->needs[0]);
        if (all_texts(im, row)) t->read(im, row);
        if (im->refused.p)
            return error_at(e, ERROR_SCHEMA, options->path, 0, 0, "row %zu of '%s': %.*s", i + 1, t->name,
                            STR_ARG(im->refused));
    }
    return ERROR_NONE;
}

static bool any_table_of(const json_t *root) {
    for (size_t i = 0; i < COUNT_OF(tables); i++)
        if (json_object_get(root, tables[i].name)) return true;
    return false;
}

/* A table of another name is refused: "deb_package" would leave out every package. */
static int refuse_others(const json_t *root, const import_options *options, error *e) {
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)root, key, value) {
        bool known = !json_is_array(value) && !json_is_object(value);
        for (size_t i = 0; i < COUNT_OF(tables) && !known; i++) known = strcmp(key, tables[i].name) == 0;
        if (known) continue;
        buf names = {0};
        for (size_t i = 0; i < COUNT_OF(tables); i++) buf_printf(&names, "%s%s", i ? ", " : "", tables[i].name);
        int status =
            error_at(e, ERROR_SCHEMA, options->path, 0, 0, "the table '%.80s' is not read: leave it out. Read are %.*s",
                     key, STR_ARG(buf_view(&names)));
        buf_free(&names);
        return status;
    }
    return ERROR_NONE;
}

static int read_osquery(importer *im, const json_t *root, const import_options *options, error *e) {
    bool any = false;
    im->source = "osquery";
    if (json_is_object(root) && any_table_of(root) && refuse_others(root, options, e)) return (int)e->code;
    if (json_is_array(root)) {
        const table *t = table_of_rows(root);
        int status = t ? read_rows(im, t, root, options, e) : ERROR_NONE;
        if (status) return status;
        any = t || json_array_size(root) == 0;
    }
    for (size_t i = 0; json_is_object(root) && i < COUNT_OF(tables); i++) {
        const json_t *rows = json_object_get(root, tables[i].name);
        if (!rows) continue;
        if (!json_is_array(rows))
            return error_at(e, ERROR_SCHEMA, options->path, 0, 0, "'%s' is no list of rows", tables[i].name);
        int status = read_rows(im, &tables[i], rows, options, e);
        if (status) return status;
        any = true;
    }
    if (any) return ERROR_NONE;
    return error_at(
        e, ERROR_SCHEMA, options->path, 1, 1,
        "neither CycloneDX (bomFormat) nor a known osquery table: write osquery's as {\"deb_packages\": [rows]}");
}

/* ---- the whole ---- */

/* Bounds what the parser will allocate: commas and brackets outside strings are at least the values, less one. */
static int check_size(str json, const import_options *options, error *e) {
    size_t values = 1;
    bool quoted = false;
    if (json.n > IMPORT_LIMIT_BYTES)
        return error_at(e, ERROR_LIMIT, options->path, 0, 0, "larger than %d MB", IMPORT_LIMIT_BYTES / (1024 * 1024));
    for (ptrdiff_t i = 0; i < json.n; i++) {
        uint8_t c = json.p[i];
        if (quoted && c == '\\')
            i++;
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted)
            values += c == ',' || c == '[' || c == '{';
    }
    if (values <= IMPORT_LIMIT_VALUES) return ERROR_NONE;
    return error_at(e, ERROR_LIMIT, options->path, 0, 0, "more than %d JSON values", IMPORT_LIMIT_VALUES);
}

static int read_root(importer *im, const json_t *root, const import_options *options, error *e) {
    enum import_format format = options->format;
    bool bom = str_eq(text_of(root, "bomFormat"), STR("CycloneDX"));
    if (format == IMPORT_AUTO) format = bom ? IMPORT_CYCLONEDX : IMPORT_OSQUERY;
    if (format == IMPORT_OSQUERY) return read_osquery(im, root, options, e);
    if (!bom) return error_at(e, ERROR_SCHEMA, options->path, 1, 1, "not CycloneDX: 'bomFormat' does not say so");
    return read_cyclonedx(im, root, options, e);
}

int manifest_import(str json, const import_options *options, buf *out, error *e) {
    json_error_t trouble;
    importer im = {.as_of = options->today};
    if (str_starts(json, STR("\xef\xbb\xbf"))) json = str_slice(json, 3, json.n); /* a byte order mark is no JSON */
    int status = check_size(json, options, e);
    if (status) return status;
    im.a = arena_new((size_t)1 << 30);
    if (!im.a) return error_set(e, ERROR_MEMORY, "out of memory");
    json_t *root = json_loadb((const char *)json.p, (size_t)json.n, JSON_REJECT_DUPLICATES, &trouble);
    if (!root)
        status = error_at(e, ERROR_SYNTAX, options->path, trouble.line > 0 ? (uint32_t)trouble.line : 0,
                          trouble.column > 0 ? (uint32_t)trouble.column : 0, "not JSON: %s", trouble.text);
    if (!status) status = read_root(&im, root, options, e);
    json_decref(root);
    if (!status && !im.as_of)
        status = error_at(e, ERROR_USAGE, options->path, 0, 0, "the file does not say when it was made");
    buf *const sections[] = {&im.components, &im.packages, &im.hardware, &im.services};
    if (!status) buf_printf(out, "assay-facts: 1\nas_of: %s\n", date_format(im.as_of).text);
    for (size_t i = 0; i < COUNT_OF(sections); i++) {
        if (!status) buf_str(out, buf_view(sections[i]));
        im.failed = im.failed || sections[i]->failed;
        buf_free(sections[i]);
    }
    arena_free(im.a);
    if (!status && (im.failed || out->failed)) return error_set(e, ERROR_MEMORY, "out of memory");
    return status;
}
