/* standing_things.c - where the manifest puts what a sentence names.
 *
 *     a service            its host
 *     a program            the machines that list it, and those of the services that run it
 *     an item of a list    "Unbound", which no entry of its own declares: the machines that list it
 *     a part               the machines that measurements, recorded output or a machine's own entry name with it
 *     a path               its host; by its last step alone where only one path ends so
 *
 * In: a hit of a name, or a token. Out: machines, added to what the subject has so far. Measurements and commands only
 * widen the set: where a thing was measured once, it may be.
 */
#include "facts/reading/standing.h"

static const manifest_entity *entity_at(const judge *j, uint32_t e) { return &j->m->entities[e]; }

/* A machine: a host, or hardware that stands somewhere or has services. */
bool standing_is_machine(const judge *j, uint32_t e) {
    if (e == MANIFEST_NONE) return false;
    if (entity_at(j, e)->kind == ENTITY_HOST) return true;
    if (entity_at(j, e)->kind != ENTITY_HARDWARE) return false;
    for (uint32_t i = 0; i < j->m->entity_count && i < 4096; i++)
        if (entity_at(j, i)->kind == ENTITY_SERVICE && entity_at(j, i)->host == e) return true;
    return false;
}

void standing_add_machine(standing_subject *t, uint32_t machine) {
    for (uint32_t i = 0; i < t->machine_count; i++)
        if (t->machines[i] == machine) return;
    if (t->machine_count < STANDING_MACHINES) t->machines[t->machine_count++] = machine;
}

/* Does the machine list it among what it runs? */
static bool lists(const judge *j, uint32_t machine, uint32_t thing) {
    const manifest_list *runs = &entity_at(j, machine)->runs;
    for (uint32_t k = 0; k < runs->n; k++)
        if (runs->items[k].entity == thing) return true;
    return false;
}

/* The machines that measurements and recorded output name together with it. */
static void add_measured(const judge *j, uint32_t thing, standing_subject *t) {
    for (uint32_t b = 0; b < j->m->benchmark_count && b < 2048; b++) {
        const manifest_benchmark *x = &j->m->benchmarks[b];
        bool about = false;
        for (uint32_t s = 0; s < x->subject_count; s++) about = about || x->subjects[s] == thing;
        for (uint32_t s = 0; s < x->subject_count && about; s++)
            if (x->subjects[s] != thing && standing_is_machine(j, x->subjects[s]))
                standing_add_machine(t, x->subjects[s]);
    }
}

/* Does the text hold the name, ASCII case folded? */
static bool holds(str text, str name) {
    for (ptrdiff_t i = 0; i + name.n <= text.n; i++)
        if (str_eq_nocase(str_slice(text, i, i + name.n), name)) return true;
    return false;
}

static bool names_in(str text, const manifest_entity *e) {
    for (uint32_t k = 0; k < e->aliases.n; k++)
        if (e->aliases.at[k].text.n > 3 && holds(text, e->aliases.at[k].text)) return true;
    return false;
}

/* A line of output that names the thing: on the machine that the line names, too, else on the one that printed it. */
static void add_printed(const judge *j, uint32_t thing, const manifest_output *o, standing_subject *t) {
    uint32_t before = t->machine_count;
    if (!names_in(o->pattern, entity_at(j, thing)) && !names_in(o->equals, entity_at(j, thing))) return;
    for (uint32_t i = 0; i < j->m->entity_count && i < 4096; i++)
        if (entity_at(j, i)->kind == ENTITY_HOST && names_in(o->pattern, entity_at(j, i))) standing_add_machine(t, i);
    if (t->machine_count == before && o->host != MANIFEST_NONE && standing_is_machine(j, o->host))
        standing_add_machine(t, o->host);
}

static void add_shown(const judge *j, uint32_t thing, standing_subject *t) {
    for (uint32_t o = 0; o < j->m->output_count && o < 512; o++) add_printed(j, thing, &j->m->outputs[o], t);
    for (uint32_t a = 0; a < j->m->attr_count && a < 4096; a++) { /* gpu_model: NVIDIA A2 */
        const manifest_attr *x = &j->m->attrs[a];
        uint32_t owner = entity_at(j, x->entity)->kind == ENTITY_SERVICE ? entity_at(j, x->entity)->host : x->entity;
        if (x->views[0].quantity.measure == UNIT_NONE && standing_is_machine(j, owner) &&
            names_in(x->views[0].quantity.value, entity_at(j, thing)))
            standing_add_machine(t, owner);
    }
}

/* Where the manifest puts the entity; false where it does not say. */
static bool add_thing(const judge *j, uint32_t e, uint32_t asked, standing_subject *t) {
    uint32_t before = t->machine_count, count = 0, kind = entity_at(j, e)->kind;
    standing_subject own = {.n = 0};
    bool sole = false;
    if (kind == ENTITY_SERVICE) {
        if (entity_at(j, e)->host == MANIFEST_NONE) return false;
        standing_add_machine(&own, entity_at(j, e)->host);
        t->fact = &entity_at(j, e)->host_fact;
        sole = true;
    } else if (kind == ENTITY_COMPONENT) {
        const uint32_t *services = fact_index_services(j->index, e, &count);
        const manifest_fact *there = NULL; /* what says so of the machine that is asked for */
        for (uint32_t i = 0; i < count; i++) {
            const manifest_entity *x = entity_at(j, services[i]);
            if (x->host == MANIFEST_NONE) continue;
            standing_add_machine(&own, x->host);
            if (x->host == asked) there = &x->host_fact;
        }
        sole = own.machine_count == 1;
        if (own.machine_count) t->fact = &entity_at(j, services[0])->host_fact;
        for (uint32_t i = 0; i < j->m->entity_count && i < 4096; i++)
            if (standing_is_machine(j, i) && lists(j, i, e)) {
                standing_add_machine(&own, i);
                t->fact = &entity_at(j, i)->runs.fact;
                if (i == asked) there = t->fact;
            }
        if (there) t->fact = there;
        if (!own.machine_count) return false; /* a measurement alone says no more than that it was there once */
        add_measured(j, e, &own);
        for (uint32_t c = 0; c < j->m->command_count && c < 512; c++)
            if (j->m->commands[c].owner == e && j->m->commands[c].host != MANIFEST_NONE)
                standing_add_machine(&own, j->m->commands[c].host);
        sole = sole && own.machine_count == 1;
        t->program = true;
    } else if (kind == ENTITY_HARDWARE && !standing_is_machine(j, e) && !entity_at(j, e)->location.text.n) {
        add_measured(j, e, &own);
        add_shown(j, e, &own);
        for (uint32_t i = 0; i < j->m->entity_count && i < 4096; i++)
            if (standing_is_machine(j, i) && lists(j, i, e)) standing_add_machine(&own, i);
        sole = own.machine_count == 1;
    }
    if (!own.machine_count) return false;
    for (uint32_t i = 0; i < own.machine_count; i++) {
        standing_add_machine(t, own.machines[i]);
        t->here = t->here || own.machines[i] == asked;
    }
    t->sole = (before == 0 || t->sole) && sole;
    t->name = entity_at(j, e)->id;
    t->n++;
    return true;
}

static uint32_t thing_of(const judge *j, const alias_hit *hit) {
    uint32_t e = hit_entity(j, hit, ENTITY_SERVICE);
    if (e == MANIFEST_NONE) e = hit_entity(j, hit, ENTITY_COMPONENT);
    if (e == MANIFEST_NONE) {
        e = hit_entity(j, hit, ENTITY_HARDWARE);
        if (e != MANIFEST_NONE && (standing_is_machine(j, e) || entity_at(j, e)->location.text.n)) e = MANIFEST_NONE;
    }
    return e;
}

bool standing_is_thing(const judge *j, const alias_hit *hit) {
    return hit->inside < 0 && (thing_of(j, hit) != MANIFEST_NONE || hit_has(hit, ALIAS_RUN));
}

/* "slurmctld runs on ray": of a program of several daemons the one that a single service is called after, its
 * "slurmctld port". The component itself where the name is its own, or none is called so. */
static uint32_t daemon_of(const judge *j, const surface *on, const alias_hit *hit, uint32_t component) {
    const manifest_entity *e = entity_at(j, component);
    str said = surface_slice(on, hit->where.lo, hit->where.hi);
    uint32_t count, found = component;
    if (e->kind != ENTITY_COMPONENT || !e->aliases.n || str_eq_nocase(said, e->aliases.at[0].text)) return component;
    const uint32_t *services = fact_index_services(j->index, component, &count);
    for (uint32_t i = 0; i < count; i++) {
        const manifest_texts *names = &entity_at(j, services[i])->aliases;
        bool called = false;
        for (uint32_t k = 0; k < names->n; k++) {
            str name = names->at[k].text;
            called = called ||
                     (name.n > said.n + 1 && name.p[said.n] == ' ' && str_eq_nocase(str_slice(name, 0, said.n), said));
        }
        if (!called || entity_at(j, services[i])->host == MANIFEST_NONE) continue;
        if (found != component) return component;
        found = services[i];
    }
    return found;
}

bool standing_add(const judge *j, const surface *on, const alias_hit *hit, uint32_t asked, standing_subject *t) {
    uint32_t e = thing_of(j, hit);
    if (e != MANIFEST_NONE) e = daemon_of(j, on, hit, e);
    bool daemon = e != MANIFEST_NONE && e != thing_of(j, hit);
    bool added = e != MANIFEST_NONE && add_thing(j, e, asked, t);
    for (uint32_t k = 0; k < hit->target_count && (e == MANIFEST_NONE || added) && !daemon; k++) {
        const alias_target *target = &hit->targets[k];
        if (target->kind != ALIAS_RUN || !standing_is_machine(j, target->index)) continue;
        standing_add_machine(t, target->index);
        t->here = t->here || target->index == asked;
        if (added) continue;
        t->fact = &entity_at(j, target->index)->runs.fact;
        t->name = surface_slice(on, hit->where.lo, hit->where.hi);
        t->program = true;
        t->n++;
        added = true;
        e = MANIFEST_NONE;
    }
    if (added && e == MANIFEST_NONE) t->sole = false;
    return added;
}
