/* gaps.c - unverified claims to stubs.
 *
 * In: claims with their counts and credit. Out: YAML by section, the most valuable stub first in each, every one marked
 * unconfirmed and headed by the claim it would answer. A claim about a known entity continues that entity, so that the
 * file merges with the manifest, and all claims about it make one entry; what a fact speaks of already is left out
 * (gap_spoken.c). Invariants: the output loads; nothing from an article reaches it unquoted; one stub an id path.
 */
#include "manifest/gaps.h"

#include "base/utf8.h"
#include "manifest/gap_spoken.h"
#include "manifest/probe_parts.h"

#include <stdlib.h>

enum section {
    IN_COMPONENTS,
    IN_PACKAGES,
    IN_HARDWARE,
    IN_HOSTS,
    IN_SERVICES,
    IN_PROCESSES,
    IN_PATHS,
    IN_COMMANDS,
    IN_NOTES,
    SECTION_COUNT
};

static const char *const section_names[SECTION_COUNT] = {"components", "packages", "hardware", "hosts", "services",
                                                         "processes",  "paths",    "commands", NULL};

typedef struct stub { /* an entry that grows with each claim about its entity */
    enum section section;
    str id;
    const manifest_entity *known; /* NULL: new */
    str name;                     /* of a new one: its alias */
    buf comments, fields, attrs;
} stub;

typedef struct gap_writer {
    arena *a;
    const gaps_options *options;
    VEC(stub) stubs;
    buf sections[SECTION_COUNT]; /* of what is no entity: paths, commands, notes */
    id_table ids;                /* id paths written */
    id_table entries, names;     /* ids of entities, and folded names of new ones -> stub */
    bool failed;
} gap_writer;

static int compare_gaps(const void *left, const void *right) {
    const manifest_gap *x = left, *y = right;
    if (x->credit != y->credit) return x->credit > y->credit ? -1 : 1;
    if (x->count != y->count) return x->count > y->count ? -1 : 1;
    int order = str_cmp(x->subject, y->subject);
    return order ? order : str_cmp(x->text, y->text);
}

struct gap_set {
    arena *a;
    id_table seen; /* kind, subject and normal form -> index */
    VEC(manifest_gap) gaps;
};

gap_set *gap_set_new(arena *a) {
    gap_set *set = ARENA_NEW(a, gap_set);
    if (!set) return NULL;
    set->a = a;
    set->seen.seed = (uint64_t)(uintptr_t)set; /* articles may be hostile: their claims must not be able to collide */
    return set;
}

bool gap_set_add(gap_set *set, const manifest_gap *gap) {
    str key = arena_printf(set->a, "%.*s\x1f%.*s\x1f%.*s\x1f%.*s", STR_ARG(gap->kind), STR_ARG(gap->subject),
                           STR_ARG(gap->normal), STR_ARG(gap->noun));
    const uint32_t *known = key.p ? id_table_find(&set->seen, key) : NULL;
    if (known) {
        set->gaps.at[*known].count += gap->count;
        set->gaps.at[*known].credit += gap->credit;
        return true;
    }
    manifest_gap copy = *gap;
    copy.kind = arena_str(set->a, gap->kind);
    copy.subject = arena_str(set->a, gap->subject);
    copy.text = arena_str(set->a, gap->text);
    copy.normal = arena_str(set->a, gap->normal);
    copy.noun = arena_str(set->a, gap->noun);
    copy.host = arena_str(set->a, gap->host);
    if (!copy.noun.p || !copy.host.p) return false;
    if (!key.p || !copy.kind.p || !copy.subject.p || !copy.text.p || !copy.normal.p) return false;
    return id_table_add(&set->seen, set->a, key, (uint32_t)set->gaps.n) && VEC_PUSH(set->a, &set->gaps, copy);
}

manifest_gap *gap_set_items(gap_set *set, size_t *count) {
    *count = set->gaps.n;
    return set->gaps.at;
}

/* A comment holds one line of printable text. */
static void write_comment(buf *out, const manifest_gap *gap) {
    buf_printf(out, "  # %ux, %.4g points: ", gap->count, gap->credit);
    yaml_quote(out, gap->text);
    buf_byte(out, '\n');
}

static bool first_of(gap_writer *w, id_table *seen, str key) {
    if (!key.p || id_table_find(seen, key)) return false;
    if (id_table_add(seen, w->a, key, 0)) return true;
    w->failed = true;
    return false;
}

static enum section section_of_entity(const manifest_entity *e) {
    switch (e->kind) {
    case ENTITY_HARDWARE: return IN_HARDWARE;
    case ENTITY_SERVICE: return IN_SERVICES;
    case ENTITY_HOST: return IN_HOSTS;
    case ENTITY_PROCESS: return IN_PROCESSES;
    case ENTITY_PACKAGE: return IN_PACKAGES;
    default: return IN_COMPONENTS;
    }
}

static const manifest_entity *entity_of(const gap_writer *w, str subject) {
    const manifest *m = w->options->manifest;
    if (!m || !subject.n) return NULL;
    const manifest_entity *e = manifest_find_entity(m, subject);
    uint32_t count;
    const alias_target *targets = e ? NULL : alias_lookup(m->names, subject, &count);
    for (uint32_t i = 0; targets && i < count && !e; i++)
        if (targets[i].kind == ALIAS_ENTITY) e = &m->entities[targets[i].index];
    return e;
}

static stub *new_stub(gap_writer *w, enum section section, const manifest_entity *known, str name) {
    const manifest *m = w->options->manifest;
    stub s = {.section = section, .known = known, .name = name};
    s.id = known ? known->id : yaml_id(w->a, name, "unnamed");
    if (!known && (!probe_is_name(name) || s.id.n > 100 || gap_is_absent(m, name))) return NULL;
    if (!known && m && (manifest_find_fact(m, s.id) || manifest_find_entity(m, s.id)))
        s.id = arena_printf(w->a, "%.*s-new", STR_ARG(s.id));
    str folded = known ? s.id : alias_fold(w->a, name);
    if (!s.id.p || !folded.p || id_table_find(&w->entries, s.id)) return NULL;
    if (!first_of(w, &w->ids, s.id)) return NULL; /* "a.b" may be the attribute b of a */
    bool stored = id_table_add(&w->entries, w->a, s.id, (uint32_t)w->stubs.n) &&
                  (known || id_table_add(&w->names, w->a, folded, (uint32_t)w->stubs.n)) &&
                  VEC_PUSH(w->a, &w->stubs, s);
    if (!stored) w->failed = true;
    return stored ? &w->stubs.at[w->stubs.n - 1] : NULL;
}

/* The entry of this entity: the one that an earlier claim began, or a new one. NULL where none can be written. */
static stub *stub_of(gap_writer *w, enum section section, const manifest_entity *known, str name) {
    str key = known ? known->id : alias_fold(w->a, name);
    const uint32_t *found = id_table_find(known ? &w->entries : &w->names, key);
    if (!found) return new_stub(w, section, known, name);
    stub *s = &w->stubs.at[*found];
    return s->section == section && s->known == known ? s : NULL;
}

/* The entry for one more statement, "caddy.version", with the claim's comment above it. NULL where it is made already.
 */
static stub *open_stub(gap_writer *w, const manifest_gap *gap, enum section section, const manifest_entity *known,
                       str part) {
    stub *s = stub_of(w, section, known, gap->subject);
    if (!s || !first_of(w, &w->ids, arena_printf(w->a, "%.*s.%.*s", STR_ARG(s->id), STR_ARG(part)))) return NULL;
    str name = alias_fold(w->a, part); /* "Disk" and "disk" would be one name of two attributes */
    if (!first_of(w, &w->ids, arena_printf(w->a, "=%.*s.%.*s", STR_ARG(s->id), STR_ARG(name)))) return NULL;
    write_comment(&s->comments, gap);
    return s;
}

static bool version_stub(gap_writer *w, const manifest_gap *gap, enum section section, const manifest_entity *known) {
    str version = gap_without_bound(gap->normal);
    if (known && known->kind != ENTITY_COMPONENT && known->kind != ENTITY_PACKAGE) return false;
    bool number = false; /* without one it is a version of few schemes */
    for (ptrdiff_t i = 0; i < version.n; i++) number = number || byte_is_digit(version.p[i]);
    stub *s = number ? open_stub(w, gap, known ? section_of_entity(known) : section, known, STR("version")) : NULL;
    if (s) yaml_field(&s->fields, "version", version);
    return s != NULL;
}

/* Can the entity get an attribute of this name? Those that are keys of entries would be stated twice. */
static bool is_free_attr(const gap_writer *w, const manifest_entity *known, str name) {
    static const char *const keys[] = {"version", "host", "port", "exposes", "runs", "location"};
    for (size_t i = 0; i < COUNT_OF(keys); i++)
        if (str_eq(name, str_from_cstr(keys[i]))) return false;
    return !known || !manifest_find_attr(w->options->manifest, known, name);
}

/* The attribute's name: the noun of the sentence, a counted noun, else the unit's dimension, for the operator to
 * rename. {NULL,0} when the entity has one of each name. */
static str attr_name(gap_writer *w, const manifest_gap *gap, const manifest_entity *known, str unit) {
    enum unit_dimension dimension = unit.n ? unit_get(unit_of_text(unit))->dimension : DIM_NONE;
    str noun = dimension == DIM_COUNT ? unit : gap->noun, owner = known ? known->id : gap->subject;
    const uint32_t *begun = known ? NULL : id_table_find(&w->names, alias_fold(w->a, gap->subject));
    if (begun) owner = w->stubs.at[*begun].id;
    str names[2] = {
        noun.n ? yaml_id(w->a, noun, "unnamed") : (str){NULL, 0},
        yaml_id(w->a, arena_printf(w->a, "unnamed-%s", unit.n ? unit_dimension_name(dimension) : "value"), "unnamed")};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        if (!names[i].n || !is_free_attr(w, known, names[i])) continue;
        if (!id_table_find(&w->ids, arena_printf(w->a, "%.*s.%.*s", STR_ARG(owner), STR_ARG(names[i]))))
            return names[i];
    }
    return (str){NULL, 0};
}

static bool quantity_stub(gap_writer *w, const manifest_gap *gap, const manifest_entity *known) {
    str number, unit;
    enum section section = known ? section_of_entity(known) : IN_HARDWARE;
    if (section == IN_PACKAGES || !gap_quantity(gap->normal, &number, &unit)) return false;
    str name = attr_name(w, gap, known, unit);
    stub *s = name.n ? open_stub(w, gap, section, known, name) : NULL;
    if (!s) return false;
    buf_printf(&s->attrs, "%s\"%.*s\": {value: ", s->attrs.n ? ", " : "", STR_ARG(name));
    yaml_quote(&s->attrs, number);
    yaml_field(&s->attrs, "unit", unit);
    buf_byte(&s->attrs, '}');
    return true;
}

/* A name that is a program's already gets a service of its own: no two entities may share a name. */
static bool port_stub(gap_writer *w, const manifest_gap *gap, const manifest_entity *known) {
    str port = gap_without_bound(gap->normal);
    manifest_gap service = *gap;
    uint64_t number;
    if (str_starts(port, STR("port "))) port = str_trim(str_slice(port, 5, port.n));
    if (!str_to_u64(port, &number) || number < 1 || number > 65535) return false;
    if (known && known->kind == ENTITY_COMPONENT) {
        service.subject = arena_printf(w->a, "%.*s service", STR_ARG(manifest_entity_name(known)));
        known = entity_of(w, service.subject);
    }
    if (known && (known->kind != ENTITY_SERVICE || known->port)) return false;
    str folded = known ? (str){NULL, 0} : alias_fold(w->a, service.subject);
    const uint32_t *other = folded.p ? id_table_find(&w->names, folded) : NULL;
    if (other && w->stubs.at[*other].section != IN_SERVICES)
        service.subject = arena_printf(w->a, "%.*s service", STR_ARG(gap->subject));
    str host = known && known->host != MANIFEST_NONE ? w->options->manifest->entities[known->host].id : gap->host;
    str taken = arena_printf(w->a, "%.*s:%u", STR_ARG(host), (unsigned)number);
    if (gap_port_is_taken(w->options->manifest, host, number) || id_table_find(&w->ids, taken)) return false;
    stub *s = open_stub(w, &service, IN_SERVICES, known, STR("port"));
    if (!s) return false;
    if (host.n) first_of(w, &w->ids, taken);
    if (!known) yaml_field(&s->fields, "host", gap->host);
    buf_printf(&s->fields, ", port: %u", (unsigned)number);
    return true;
}

static bool location_stub(gap_writer *w, const manifest_gap *gap, const manifest_entity *known) {
    bool machine = known && (known->kind == ENTITY_HOST || known->kind == ENTITY_HARDWARE);
    if (!machine) return false;
    stub *s = open_stub(w, gap, section_of_entity(known), known, STR("location"));
    if (s) yaml_field(&s->fields, "location", gap->normal);
    return s != NULL;
}

static bool process_stub(gap_writer *w, const manifest_gap *gap, const manifest_entity *known) {
    stub *s = known ? NULL : open_stub(w, gap, IN_PROCESSES, NULL, STR("cadence"));
    if (s) yaml_field(&s->fields, "cadence", gap_without_bound(gap->normal));
    return s != NULL;
}

static bool path_stub(gap_writer *w, const manifest_gap *gap) {
    str path = gap_without_bound(gap->normal.n ? gap->normal : gap->text);
    buf *out = &w->sections[IN_PATHS];
    if (!path.n || path.n > 4096 || utf8_find_invalid(path) >= 0) return false;
    if (!first_of(w, &w->ids, arena_printf(w->a, "path:%.*s", STR_ARG(path)))) return false;
    write_comment(out, gap);
    buf_cstr(out, "  - {path: ");
    yaml_quote(out, path);
    buf_cstr(out, ", confirmed: false}\n");
    return true;
}

/* What may be typed, as the loader takes it. */
static bool is_typed_word(str text) {
    for (ptrdiff_t i = 0; i < text.n; i++)
        if (!byte_is_alnum(text.p[i]) && !(i > 0 && memchr("._:+-", text.p[i], 5))) return false;
    return text.n > 0 && text.n <= 100 && byte_is_alpha(text.p[0]);
}

/* "docker compose rebalance", "restic forget --moon": the last part is what no list holds. */
static bool command_stub(gap_writer *w, const manifest_gap *gap) {
    str rest = gap->normal, name, binary = {0}, flag = {0};
    buf *out = &w->sections[IN_COMMANDS];
    uint32_t words = 0;
    while (str_cut(&rest, ' ', &name)) {
        if (!binary.n)
            binary = name;
        else if (str_starts(name, STR("--")))
            flag = name;
        else
            words++;
        if (flag.n ? !is_typed_word(str_slice(flag, 2, flag.n)) || rest.p : !is_typed_word(name)) return false;
    }
    /* a subcommand may hold a colon ("cache:clear"), a program's name may not */
    if (!binary.n || str_find_byte(binary, ':', 0) >= 0 || words > 7 || (!words && !flag.n)) return false;
    str id = arena_printf(w->a, "command:%.*s", STR_ARG(binary));
    if (!first_of(w, &w->ids, id)) return false;
    write_comment(out, gap);
    buf_cstr(out, "  - {binary: ");
    yaml_quote(out, binary);
    buf_cstr(out, ", confirmed: false");
    str path = str_slice(gap->normal, binary.n + 1, gap->normal.n - (flag.n ? flag.n + 1 : 0));
    if (words) {
        buf_cstr(out, ", subcommands: [{name: ");
        yaml_quote(out, path);
    }
    if (flag.n) {
        buf_cstr(out, ", flags: [");
        yaml_quote(out, flag);
        buf_byte(out, ']');
    }
    buf_cstr(out, words ? "}]}\n" : "}\n");
    return true;
}

static bool write_stub(gap_writer *w, const manifest_gap *gap, const manifest_entity *known) {
    if (str_eq(gap->kind, STR("version")) || str_eq(gap->kind, STR("terminal")))
        return version_stub(w, gap, IN_COMPONENTS, known);
    if (str_eq(gap->kind, STR("package"))) return version_stub(w, gap, IN_PACKAGES, known);
    if (str_eq(gap->kind, STR("path"))) return path_stub(w, gap);
    if (str_eq(gap->kind, STR("command")) || str_eq(gap->kind, STR("flag"))) return command_stub(w, gap);
    if (str_eq(gap->kind, STR("port"))) return port_stub(w, gap, known);
    if (str_eq(gap->kind, STR("place"))) return location_stub(w, gap, known);
    if (str_eq(gap->kind, STR("process"))) return process_stub(w, gap, known);
    if (str_eq(gap->kind, STR("quantity")) || str_eq(gap->kind, STR("hardware"))) return quantity_stub(w, gap, known);
    return false;
}

static void close_stub(gap_writer *w, stub *s) {
    buf *out = &w->sections[s->section];
    buf_str(out, buf_view(&s->comments));
    buf_printf(out, "  - {%s: \"%.*s\", confirmed: false", s->section == IN_PACKAGES ? "name" : "id", STR_ARG(s->id));
    if (!s->known) {
        buf_cstr(out, ", aliases: [");
        yaml_quote(out, s->name);
        buf_byte(out, ']');
    }
    buf_str(out, buf_view(&s->fields));
    if (s->attrs.n) buf_printf(out, ", attrs: {%.*s}", STR_ARG(buf_view(&s->attrs)));
    buf_cstr(out, "}\n");
    w->failed = w->failed || s->comments.failed || s->fields.failed || s->attrs.failed;
    buf_free(&s->comments);
    buf_free(&s->fields);
    buf_free(&s->attrs);
}

int manifest_gaps_render(manifest_gap *gaps, size_t gap_count, const gaps_options *options, buf *out, error *e) {
    if (!options->today) return error_set(e, ERROR_USAGE, "stubs need today's date");
    gap_writer w = {.a = arena_new((size_t)1 << 30), .options = options};
    if (!w.a) return error_set(e, ERROR_MEMORY, "out of memory");
    if (gap_count) qsort(gaps, gap_count, sizeof *gaps, compare_gaps);
    size_t written = 0, noted = 0, limit = options->limit ? options->limit : SIZE_MAX;
    for (size_t i = 0; i < gap_count && written < limit; i++) {
        const manifest_entity *known = entity_of(&w, gaps[i].subject);
        if (gap_is_spoken_of(options->manifest, &gaps[i], known)) continue;
        if (write_stub(&w, &gaps[i], known))
            written++;
        else if (noted++ < limit) /* takes no stub's place */
            write_comment(&w.sections[IN_NOTES], &gaps[i]);
    }
    for (size_t i = 0; i < w.stubs.n; i++) close_stub(&w, &w.stubs.at[i]);
    buf_printf(out,
               "# Stubs for what no fact speaks of, worth most first. Check each one, correct it, then delete\n"
               "# `confirmed: false`: until then it judges nothing.\nassay-facts: 1\nas_of: %s\n",
               date_format(options->today).text);
    for (int i = 0; i < SECTION_COUNT; i++) {
        if (w.sections[i].n && section_names[i]) buf_printf(out, "%s:\n", section_names[i]);
        if (w.sections[i].n && !section_names[i]) buf_cstr(out, "# No stub could be made of these:\n");
        buf_str(out, buf_view(&w.sections[i]));
        w.failed = w.failed || w.sections[i].failed;
        buf_free(&w.sections[i]);
    }
    arena_free(w.a);
    return w.failed || out->failed ? error_set(e, ERROR_MEMORY, "out of memory") : ERROR_NONE;
}
