/* gaps.c - unverified claims to stubs.
 *
 * In: claims with their counts and credit. Out: YAML by section, the most valuable stub first in each, every one marked
 * unconfirmed and headed by the claim it would answer. A claim about a known entity continues that entity, so that the
 * file merges with the manifest. Invariants: the output loads; nothing from an article reaches it unquoted; one stub an
 * id path.
 */
#include "manifest/gaps.h"

#include "base/utf8.h"
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

typedef struct gap_writer {
    arena *a;
    const gaps_options *options;
    buf sections[SECTION_COUNT];
    id_table ids, names; /* id paths written; folded names of new entities -> 0 */
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
    str key =
        arena_printf(set->a, "%.*s\x1f%.*s\x1f%.*s", STR_ARG(gap->kind), STR_ARG(gap->subject), STR_ARG(gap->normal));
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

/* Without the bound: "~ 70 tok/s" and "= 12.5" are stubs for the operator to correct, not intervals. */
static str without_bound(str normal) {
    static const char *const bounds[] = {"=", "~", "≈", "≥", "≤", ">=", "<=", ">", "<"};
    for (size_t i = 0; i < COUNT_OF(bounds); i++)
        if (str_starts(normal, str_from_cstr(bounds[i])))
            return without_bound(str_trim(str_slice(normal, str_from_cstr(bounds[i]).n, normal.n)));
    return str_trim(normal);
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

/* "  - {id: x" for a known entity, with its name as alias for a new one. False when the stub was written before. */
static bool open_stub(gap_writer *w, const manifest_gap *gap, enum section section, const manifest_entity *known) {
    buf *out = &w->sections[section];
    str id = known ? known->id : yaml_id(w->a, gap->subject, "unnamed");
    if (!known && (!probe_is_name(gap->subject) || id.n > 100)) return false;
    if (!known && w->options->manifest && manifest_find_fact(w->options->manifest, id))
        id = arena_printf(w->a, "%.*s-new", STR_ARG(id));
    if (!known && w->options->manifest && manifest_find_entity(w->options->manifest, id))
        id = arena_printf(w->a, "%.*s-new", STR_ARG(id));
    /* One entry an id: a second statement about it waits for the first to be confirmed. */
    if (!first_of(w, &w->ids, id)) return false;
    if (!known && !first_of(w, &w->names, alias_fold(w->a, gap->subject))) return false;
    write_comment(out, gap);
    buf_printf(out, "  - {%s: \"%.*s\", confirmed: false", section == IN_PACKAGES ? "name" : "id", STR_ARG(id));
    if (!known) {
        buf_cstr(out, ", aliases: [");
        yaml_quote(out, gap->subject);
        buf_byte(out, ']');
    }
    return true;
}

static bool version_stub(gap_writer *w, const manifest_gap *gap, enum section section, const manifest_entity *known) {
    str version = without_bound(gap->normal);
    if (known && known->kind != ENTITY_COMPONENT && known->kind != ENTITY_PACKAGE) return false;
    if (known && known->version.text.p) return false;
    if (!version.n || !open_stub(w, gap, known ? section_of_entity(known) : section, known)) return false;
    yaml_field(&w->sections[known ? section_of_entity(known) : section], "version", version);
    return true;
}

static bool number_and_unit(str normal, str *number, str *unit) {
    decimal value;
    str text = without_bound(normal);
    ptrdiff_t space = str_find_byte(text, ' ', 0);
    *number = space < 0 ? text : str_slice(text, 0, space);
    *unit = space < 0 ? (str){NULL, 0} : str_trim(str_slice(text, space + 1, text.n));
    double plain;
    return decimal_parse(*number, false, &value) && value.valid && !value.overflow && str_to_f64(*number, &plain) &&
           (!unit->n || unit_of_text(*unit));
}

/* An attribute cannot be guessed from its number: it is named after its unit's dimension, for the operator to rename.
 */
static bool quantity_stub(gap_writer *w, const manifest_gap *gap, const manifest_entity *known) {
    str number, unit;
    enum section section = known ? section_of_entity(known) : IN_HARDWARE;
    if (section == IN_PACKAGES || !number_and_unit(gap->normal, &number, &unit)) return false;
    const char *dimension = unit.n ? unit_dimension_name(unit_get(unit_of_text(unit))->dimension) : "value";
    str name = yaml_id(w->a, arena_printf(w->a, "unnamed-%s", dimension), "unnamed");
    if (known && manifest_find_attr(w->options->manifest, known, name)) return false;
    if (!open_stub(w, gap, section, known)) return false;
    buf *out = &w->sections[section];
    buf_printf(out, ", attrs: {\"%.*s\": {value: ", STR_ARG(name));
    yaml_quote(out, number);
    yaml_field(out, "unit", unit);
    buf_cstr(out, "}}");
    return true;
}

static bool port_stub(gap_writer *w, const manifest_gap *gap, const manifest_entity *known) {
    str port = without_bound(gap->normal);
    uint64_t number;
    if (known && (known->kind != ENTITY_SERVICE || known->port)) return false;
    if (!str_to_u64(port, &number) || number < 1 || number > 65535) return false;
    if (!open_stub(w, gap, IN_SERVICES, known)) return false;
    buf_printf(&w->sections[IN_SERVICES], ", port: %u", (unsigned)number);
    return true;
}

static bool process_stub(gap_writer *w, const manifest_gap *gap, const manifest_entity *known) {
    if (known && known->kind != ENTITY_PROCESS) return false;
    if (known || !open_stub(w, gap, IN_PROCESSES, NULL)) return false;
    yaml_field(&w->sections[IN_PROCESSES], "cadence", without_bound(gap->normal));
    return true;
}

static bool path_stub(gap_writer *w, const manifest_gap *gap) {
    str path = without_bound(gap->normal.n ? gap->normal : gap->text);
    buf *out = &w->sections[IN_PATHS];
    uint32_t found;
    if (!path.n || path.n > 4096 || utf8_find_invalid(path) >= 0) return false;
    if (w->options->manifest && manifest_find_paths(w->options->manifest, path, &found, 1)) return false;
    if (!first_of(w, &w->ids, arena_printf(w->a, "path:%.*s", STR_ARG(path)))) return false;
    write_comment(out, gap);
    buf_cstr(out, "  - {path: ");
    yaml_quote(out, path);
    buf_cstr(out, ", confirmed: false");
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
    if (words) buf_cstr(out, "}]");
    return true;
}

static bool write_stub(gap_writer *w, const manifest_gap *gap, enum section *section) {
    const manifest_entity *known = entity_of(w, gap->subject);
    *section = known ? section_of_entity(known) : IN_COMPONENTS;
    if (str_eq(gap->kind, STR("version")) || str_eq(gap->kind, STR("terminal")))
        return version_stub(w, gap, IN_COMPONENTS, known);
    if (str_eq(gap->kind, STR("package"))) {
        if (!known) *section = IN_PACKAGES;
        return version_stub(w, gap, IN_PACKAGES, known);
    }
    if (str_eq(gap->kind, STR("path"))) return *section = IN_PATHS, path_stub(w, gap);
    if (str_eq(gap->kind, STR("command")) || str_eq(gap->kind, STR("flag")))
        return *section = IN_COMMANDS, command_stub(w, gap);
    if (str_eq(gap->kind, STR("port"))) return *section = IN_SERVICES, port_stub(w, gap, known);
    if (str_eq(gap->kind, STR("process"))) return *section = IN_PROCESSES, process_stub(w, gap, known);
    if (!known) *section = IN_HARDWARE;
    if (str_eq(gap->kind, STR("quantity")) || str_eq(gap->kind, STR("hardware"))) return quantity_stub(w, gap, known);
    return false;
}

int manifest_gaps_render(manifest_gap *gaps, size_t gap_count, const gaps_options *options, buf *out, error *e) {
    gap_writer w = {.a = arena_new((size_t)1 << 30), .options = options};
    size_t stubs = 0;
    if (!options->today) return arena_free(w.a), error_set(e, ERROR_USAGE, "stubs need today's date");
    if (!w.a) return error_set(e, ERROR_MEMORY, "out of memory");
    if (gap_count) qsort(gaps, gap_count, sizeof *gaps, compare_gaps);
    for (size_t i = 0; i < gap_count && (!options->limit || stubs < options->limit); i++) {
        enum section section;
        stubs++;
        if (write_stub(&w, &gaps[i], &section))
            buf_cstr(&w.sections[section], "}\n");
        else
            write_comment(&w.sections[IN_NOTES], &gaps[i]);
    }
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
