/* version_machine.c - the kernel of which machine?
 *
 *     aliases: [kernel on quay], [kernel on lamp1]       the manifest tells two of a kind apart by their machines
 *
 *     "- quay: Debian 13.1, kernel 6.12.48"              the machine that stands before it in the item or sentence,
 *     "driver 580.95.05 on quay and 550.163.01 on lamp1" right behind it,
 *     | kernel | 6.12.48 | under "quay"                  over its column or at the head of its row,
 *     "## quay", "The kernel is 6.12.48."                or in the heading
 *
 * In: a version whose noun is one that only names of the form "NOUN on MACHINE" hold. Out: the component of the nearest
 * machine. Where no machine, or one without such a component, is named, nothing is bound.
 */
#include "facts/versions/versions.h"

enum { COMPONENTS_LOOKED_AT = 512, HITS_READ = 64 };

static bool is_machine(const judge *j, uint32_t e) {
    return e != MANIFEST_NONE && (j->m->entities[e].kind == ENTITY_HOST || j->m->entities[e].kind == ENTITY_HARDWARE);
}

static uint32_t machine_named(const judge *j, str name) {
    uint32_t count;
    const alias_target *targets = alias_lookup(j->m->names, name, &count);
    for (uint32_t i = 0; i < count; i++)
        if (targets[i].kind == ALIAS_ENTITY && is_machine(j, targets[i].index)) return targets[i].index;
    return MANIFEST_NONE;
}

/* The component that is called "NOUN on MACHINE" (or "NOUN of MACHINE"); with no machine, any that is. */
static uint32_t component_on(const judge *j, str noun, uint32_t machine) {
    static const char *const joins[] = {" on ", " of ", " at "};
    for (uint32_t i = 0; i < j->m->entity_count && i < COMPONENTS_LOOKED_AT; i++) {
        if (!has_version(j, i)) continue;
        const manifest_texts *names = &j->m->entities[i].aliases;
        for (uint32_t k = 0; k < names->n; k++) {
            if (names->at[k].text.n <= noun.n || names->at[k].text.p[noun.n] != ' ') continue;
            for (size_t w = 0; w < COUNT_OF(joins); w++) {
                str name = names->at[k].text, join = str_make(joins[w], 4);
                if (name.n <= noun.n + join.n || !str_eq_nocase(str_slice(name, 0, noun.n), noun)) continue;
                if (!str_eq(str_slice(name, noun.n, noun.n + join.n), join)) continue;
                uint32_t of = machine_named(j, str_slice(name, noun.n + join.n, name.n));
                if (of != MANIFEST_NONE && (machine == MANIFEST_NONE || of == machine)) return i;
            }
        }
    }
    return MANIFEST_NONE;
}

/* The one machine that a passage names; MANIFEST_NONE when it names none, or two. */
static uint32_t only_machine(const judge *j, uint32_t index) {
    uint32_t found = MANIFEST_NONE;
    if (index == PASSAGE_NONE) return found;
    const passage *p = &j->passages[index];
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + HITS_READ; h++) {
        uint32_t e = hit_entity(j, &p->on->hits[h], -1);
        if (!is_machine(j, e) || e == found || j->m->entities[e].kind == ENTITY_HARDWARE) continue;
        if (found != MANIFEST_NONE) return MANIFEST_NONE;
        found = e;
    }
    return found;
}

/* The one machine that the frontmatter names: "title: Starting over on estuary". */
static uint32_t machine_of_title(const judge *j) {
    uint32_t found = MANIFEST_NONE;
    for (uint32_t i = 0; i < j->passage_count; i++) {
        if (j->passages[i].kind != PASSAGE_FIELD) continue;
        uint32_t e = only_machine(j, i);
        if (e == MANIFEST_NONE || e == found) continue;
        if (found != MANIFEST_NONE) return MANIFEST_NONE;
        found = e;
    }
    return found;
}

/* The machine right behind the version, "on quay", else the last one named before it in the passage. */
static uint32_t machine_beside(const judge *j, const passage *p, const token *t) {
    uint32_t before = MANIFEST_NONE, first, end;
    passage_hit_window(p, t->text.lo, t->text.hi, &first, &end);
    for (uint32_t h = first; h < end; h++) {
        const alias_hit *hit = &p->on->hits[h];
        uint32_t e = hit_entity(j, hit, ENTITY_HOST);
        if (e == MANIFEST_NONE) continue;
        if (hit->where.hi <= t->text.lo) before = e;
        if (hit->where.lo < t->text.hi || hit->where.lo > t->text.hi + 12) continue;
        str between = str_trim(surface_slice(p->on, t->text.hi, hit->where.lo));
        while (between.n && strchr("`*", between.p[between.n - 1])) between.n--;
        between = str_trim(between);
        if (str_eq(between, STR("on")) || str_eq(between, STR("on the")) || str_eq(between, STR("on my"))) return e;
    }
    return before;
}

/* The word that the version stands behind. */
static str noun_before(const passage *p, const token *t) {
    uint32_t first, end, i = UINT32_MAX;
    passage_window(p, t->core.lo, t->core.lo, &first, &end);
    for (uint32_t k = first; k < end && p->words[k].hi <= t->core.lo; k++) i = k;
    while (i != UINT32_MAX && i > first && word_in(p, i, "is at version now v")) i--;
    if (i == UINT32_MAX || p->words[i].hi + 16 < t->core.lo || p->words[i].cues & CUE_STOP) return (str){0};
    for (uint32_t k = p->words[i].hi; k < t->core.lo; k++)
        if (strchr(",;:.()", p->on->text.p[k]) && p->on->text.p[k] != ':') return (str){0};
    if (word_in(p, i, "boots booted booting")) return STR("kernel");
    return surface_slice(p->on, p->words[i].lo, p->words[i].hi);
}

bool bind_on_machine(judge *j, passage *p, const token *t, binding *b) {
    if (!j->about_us || (t->kind != TOKEN_VERSION && t->kind != TOKEN_NUMBER) || p->kind == PASSAGE_CODE) return false;
    str noun = noun_before(p, t);
    uint32_t machine = MANIFEST_NONE;
    if (p->kind == PASSAGE_CELL && !noun.n) {
        if (p->label == PASSAGE_NONE || p->column == PASSAGE_NONE) return false;
        str label = str_trim(passage_text(&j->passages[p->label])),
            column = str_trim(passage_text(&j->passages[p->column]));
        bool by_row = component_on(j, label, MANIFEST_NONE) != MANIFEST_NONE;
        noun = by_row ? label : column;
        machine = only_machine(j, by_row ? p->column : p->label);
    }
    if (noun.n < 3 || component_on(j, noun, MANIFEST_NONE) == MANIFEST_NONE) return false;
    if (machine == MANIFEST_NONE) machine = machine_beside(j, p, t);
    if (machine == MANIFEST_NONE && p->kind == PASSAGE_CELL) machine = only_machine(j, p->label);
    if (machine == MANIFEST_NONE && p->kind == PASSAGE_CELL) machine = only_machine(j, p->column);
    if (machine == MANIFEST_NONE && p->flags & PASSAGE_IN_LIST) machine = only_machine(j, p->lead);
    if (machine == MANIFEST_NONE) machine = only_machine(j, p->previous);
    if (machine == MANIFEST_NONE) machine = only_machine(j, p->heading);
    if (machine == MANIFEST_NONE) machine = machine_of_title(j);
    uint32_t found = machine == MANIFEST_NONE ? MANIFEST_NONE : component_on(j, noun, machine);
    if (found == MANIFEST_NONE) return false;
    b->entity[b->n++] = found;
    b->strong = true;
    b->apart = true;
    return true;
}
