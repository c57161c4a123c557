/* gap_spoken.c - the facts that speak of an unverified claim already.
 *
 * In: a gap and its entity. Out: whether the manifest declares that very thing: the attribute under one of its names,
 * the count of the same noun, the version, port, place or path, a name that is absent. Two names are taken for one
 * where the shorter ends the longer, "memory" and "unified memory", and both measure the same: to lose a stub costs its
 * author a line of typing, a stub too many makes an invented value true.
 */
#include "manifest/gap_spoken.h"

#include "manifest/fact_index.h"

enum { NAME_WORDS = 8 };

str gap_without_bound(str normal) {
    static const char *const bounds[] = {"=", "~", "≈", "≥", "≤", ">=", "<=", ">", "<"};
    for (size_t i = 0; i < COUNT_OF(bounds); i++)
        if (str_starts(normal, str_from_cstr(bounds[i])))
            return gap_without_bound(str_trim(str_slice(normal, str_from_cstr(bounds[i]).n, normal.n)));
    return str_trim(normal);
}

bool gap_quantity(str normal, str *number, str *unit) {
    decimal value;
    double plain;
    str text = gap_without_bound(normal);
    ptrdiff_t space = str_find_byte(text, ' ', 0);
    *number = space < 0 ? text : str_slice(text, 0, space);
    *unit = space < 0 ? (str){NULL, 0} : str_trim(str_slice(text, space + 1, text.n));
    return decimal_parse(*number, false, &value) && value.valid && !value.overflow && str_to_f64(*number, &plain) &&
           (!unit->n || unit_parse(*unit, true));
}

bool gap_is_absent(const manifest *m, str name) {
    uint32_t count = 0;
    const alias_target *targets = m && name.n ? alias_lookup(m->names, name, &count) : NULL;
    for (uint32_t i = 0; targets && i < count; i++)
        if (targets[i].kind == ALIAS_ABSENT) return true;
    return false;
}

/* ---- numbers ---- */

static uint32_t stems_of(str text, uint64_t stems[NAME_WORDS]) {
    uint32_t at = 0, lo, hi, n = 0;
    while (n < NAME_WORDS && fact_word_next(text, &at, &lo, &hi))
        stems[n++] = fact_stem(str_slice(text, (ptrdiff_t)lo, (ptrdiff_t)hi));
    return n;
}

/* Does the shorter of the two end the longer? */
static bool ends_alike(const uint64_t *one, uint32_t n, const uint64_t *other, uint32_t k) {
    uint32_t shared = n < k ? n : k;
    for (uint32_t i = 1; i <= shared; i++)
        if (one[n - i] != other[k - i]) return false;
    return shared > 0;
}

/* Is it the fact that the noun names? One without a noun is taken for any attribute that measures the same. */
static bool names_fact(const numeric_fact *f, const uint64_t *noun, uint32_t n) {
    if (!n) return f->kind == FACT_ATTR && f->dimension != DIM_NONE;
    for (uint32_t i = 0; i < f->name_count; i++)
        if (ends_alike(noun, n, f->names[i].stems, f->names[i].n)) return true;
    return false;
}

/* "8 cores" and "64 GB of RAM" of a machine with `cpu_cores` and with a memory in KiB. */
static bool is_number_declared(const manifest *m, const manifest_gap *gap, const manifest_entity *known) {
    str number, unit;
    uint64_t noun[NAME_WORDS];
    uint32_t count;
    if (!gap_quantity(gap->normal, &number, &unit)) return false;
    const unit_info *u = unit_get(unit.n ? unit_parse(unit, true) : UNIT_NONE);
    bool counted = u->dimension == DIM_COUNT;
    uint32_t n = stems_of(counted ? unit : gap->noun, noun);
    const numeric_fact *all = fact_index_all(m->numbers, &count);
    const uint32_t *owned = fact_index_owned(m->numbers, (uint32_t)(known - m->entities), &count);
    for (uint32_t i = 0; owned && i < count; i++) {
        const numeric_fact *f = &all[owned[i]];
        bool bare = f->dimension == DIM_NONE;
        if (!bare && (f->dimension != u->dimension || f->family != u->family)) continue;
        if (counted && n && f->noun == noun[n - 1]) return true;
        if (names_fact(f, noun, n)) return true;
    }
    return false;
}

/* ---- the rest ---- */

static bool is_place_declared(const manifest *m, const manifest_entity *known) {
    bool located = false;
    if (known) return known->location.text.n > 0;
    for (uint32_t i = 0; i < m->entity_count; i++) {
        const manifest_entity *e = &m->entities[i];
        if (e->kind != ENTITY_HOST && e->kind != ENTITY_HARDWARE) continue;
        if (!e->location.text.n) return false; /* it may be of this one */
        located = true;
    }
    return located;
}

bool gap_port_is_taken(const manifest *m, str host, uint64_t port) {
    uint32_t count = 0;
    const uint32_t *services =
        m && host.n && port <= 65535 ? fact_index_port(m->numbers, (uint32_t)port, &count) : NULL;
    for (uint32_t i = 0; services && i < count; i++) {
        uint32_t on = m->entities[services[i]].host;
        if (on != MANIFEST_NONE && str_eq(m->entities[on].id, host)) return true;
    }
    return false;
}

static bool is_port_declared(const manifest *m, const manifest_gap *gap, const manifest_entity *known) {
    str port = gap_without_bound(gap->normal);
    uint64_t number;
    if (known && known->kind == ENTITY_SERVICE && known->port) return true;
    if (str_starts(port, STR("port "))) port = str_trim(str_slice(port, 5, port.n));
    return str_to_u64(port, &number) && gap_port_is_taken(m, gap->host, number);
}

bool gap_is_spoken_of(const manifest *m, const manifest_gap *gap, const manifest_entity *known) {
    uint32_t found;
    if (!m) return false;
    if (!known && (gap_is_absent(m, gap->subject) || gap_is_absent(m, gap->text))) return true;
    if (str_eq(gap->kind, STR("quantity")) || str_eq(gap->kind, STR("hardware")))
        return known && is_number_declared(m, gap, known);
    if (str_eq(gap->kind, STR("version")) || str_eq(gap->kind, STR("terminal")) || str_eq(gap->kind, STR("package")))
        return known && known->version.text.n > 0;
    if (str_eq(gap->kind, STR("port"))) return is_port_declared(m, gap, known);
    if (str_eq(gap->kind, STR("place"))) return is_place_declared(m, known);
    if (str_eq(gap->kind, STR("path")))
        return manifest_find_paths(m, gap_without_bound(gap->normal.n ? gap->normal : gap->text), &found, 1) > 0;
    return false;
}
