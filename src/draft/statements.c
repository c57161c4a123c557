/* statements.c - facts to sentences. In: a manifest. Out: Markdown list items in the order of the file.
 *
 * Invariant: nothing is said that no fact says; a condition that must be stated is said with its figure, and a complete
 * list is called complete, so that a writer knows that the rest does not exist.
 */
#include "draft/statements.h"

typedef struct teller {
    const manifest *m;
    buf *out;
    uint32_t stated;
} teller;

static bool usable(const teller *t, const manifest_fact *f) {
    return f->id.p && manifest_fact_state(t->m, f, 0) == FACT_USABLE;
}

static void put_name(teller *t, uint32_t entity) { buf_str(t->out, manifest_entity_name(&t->m->entities[entity])); }

/* "memory_bandwidth" reads "memory bandwidth". */
static void put_words(teller *t, str name) {
    for (ptrdiff_t i = 0; i < name.n; i++) buf_byte(t->out, name.p[i] == '_' ? ' ' : name.p[i]);
}

static void put_texts(teller *t, const manifest_texts *texts, uint32_t from) {
    for (uint32_t i = from; i < texts->n; i++)
        buf_printf(t->out, "%s%.*s", i > from ? ", " : "", STR_ARG(texts->at[i].text));
}

static void put_quantity(teller *t, const manifest_quantity *q) {
    bool plural = q->measure == UNIT_COUNT && !str_eq(q->value, STR("1")) && !str_ends(q->unit, STR("s"));
    buf_printf(t->out, "%.*s%s%.*s%s", STR_ARG(q->value), q->unit.n ? " " : "", STR_ARG(q->unit), plural ? "s" : "");
    if (!q->render.n) return;
    buf_cstr(t->out, " (also written ");
    put_texts(t, &q->render, 0);
    buf_byte(t->out, ')');
}

static void put_items(teller *t, const manifest_list *list) {
    for (uint32_t i = 0; i < list->n; i++) {
        const manifest_item *item = &list->items[i];
        str name = item->entity != MANIFEST_NONE ? manifest_entity_name(&t->m->entities[item->entity]) : item->name;
        buf_printf(t->out, "%s%.*s", i ? ", " : "", STR_ARG(name));
    }
    if (list->world == WORLD_CLOSED) buf_cstr(t->out, ", and nothing else");
}

/* ---- entities ---------------------------------------------------------------------------------------------------- */

static void state_version(teller *t, const manifest_version *v) {
    if (!usable(t, &v->fact)) return;
    t->stated++;
    if (v->text.n) buf_printf(t->out, " Version %.*s is in use now.", STR_ARG(v->text));
    for (uint32_t i = 0; i < v->history_count; i++) {
        const manifest_period *p = &v->history[i];
        buf_printf(t->out, " Version %.*s was in use", STR_ARG(p->version));
        if (p->from) buf_printf(t->out, " from %s", date_format(p->from).text);
        buf_printf(t->out, " until %s.", date_format(p->to).text);
    }
}

static void state_attr(teller *t, const manifest_attr *attr) {
    bool first = true;
    for (uint32_t i = 0; i < attr->view_count; i++) {
        const manifest_view *view = &attr->views[i];
        if (!usable(t, &view->fact)) continue;
        if (first) {
            buf_byte(t->out, ' ');
            put_words(t, attr->name);
            buf_cstr(t->out, ": ");
        } else
            buf_cstr(t->out, ", or ");
        put_quantity(t, &view->quantity);
        if (view->name.n) buf_printf(t->out, " (%.*s)", STR_ARG(view->name));
        first = false;
        t->stated++;
    }
    if (!first) buf_byte(t->out, '.');
}

static void state_service(teller *t, const manifest_entity *x) {
    if (x->host != MANIFEST_NONE && usable(t, &x->host_fact)) {
        buf_cstr(t->out, " It runs on ");
        put_name(t, x->host);
        buf_byte(t->out, '.');
        t->stated++;
    }
    if (x->port && usable(t, &x->port_fact)) {
        buf_printf(t->out, " It listens on port %u%s%.*s.", x->port, x->protocol.n ? "/" : "", STR_ARG(x->protocol));
        t->stated++;
    }
    if (usable(t, &x->exposes.fact)) {
        buf_cstr(t->out, " It offers ");
        put_items(t, &x->exposes);
        buf_byte(t->out, '.');
        t->stated++;
    }
}

static void state_process(teller *t, const manifest_process *p) {
    if (!usable(t, &p->fact)) return;
    t->stated++;
    if (p->cadence.n) buf_printf(t->out, " It happens %.*s.", STR_ARG(p->cadence));
    if (!p->step_count) return;
    buf_cstr(t->out, p->strict ? " Its steps, always in this order: " : " Its steps: ");
    for (uint32_t i = 0; i < p->step_count; i++) buf_printf(t->out, "%s%.*s", i ? ", " : "", STR_ARG(p->steps[i].name));
    buf_byte(t->out, '.');
}

static void state_entity(teller *t, const manifest_entity *x) {
    size_t begin = t->out->n;
    uint32_t before = t->stated;
    if (!x->confirmed) return;
    buf_printf(t->out, "- %.*s", STR_ARG(manifest_entity_name(x)));
    if (x->aliases.n > 1) {
        buf_cstr(t->out, " (also ");
        put_texts(t, &x->aliases, 1);
        buf_byte(t->out, ')');
    }
    buf_byte(t->out, ':');
    state_version(t, &x->version);
    for (uint32_t i = 0; i < x->attr_count; i++) state_attr(t, &t->m->attrs[x->first_attr + i]);
    state_service(t, x);
    if (usable(t, &x->runs.fact)) {
        buf_cstr(t->out, " It runs ");
        put_items(t, &x->runs);
        buf_byte(t->out, '.');
        t->stated++;
    }
    if (x->location.text.n && usable(t, &x->location_fact)) {
        buf_printf(t->out, " It stands in %.*s.", STR_ARG(x->location.text));
        t->stated++;
    }
    if (x->kind == ENTITY_PROCESS) state_process(t, &x->process);
    if (t->stated == before)
        t->out->n = begin; /* a name without a fact says nothing */
    else
        buf_byte(t->out, '\n');
}

/* ---- the rest ---------------------------------------------------------------------------------------------------- */

static void state_scopes(teller *t) {
    for (uint32_t i = 0; i < t->m->scope_count; i++) {
        const manifest_scope *s = &t->m->scopes[i];
        if (s->world != WORLD_CLOSED || !usable(t, &s->fact)) continue;
        if (s->members.n) {
            buf_cstr(t->out, "- The only ");
            put_words(t, s->name);
            if (s->host != MANIFEST_NONE) buf_cstr(t->out, " of "), put_name(t, s->host);
            buf_cstr(t->out, ": ");
            put_texts(t, &s->members, 0);
            buf_cstr(t->out, ". There are no others.\n");
            t->stated++;
        }
        if (s->categories.n) {
            buf_cstr(t->out, "- There is no other routine than those listed here in: ");
            put_texts(t, &s->categories, 0);
            buf_cstr(t->out, ".\n");
            t->stated++;
        }
    }
}

static void state_absences(teller *t) {
    for (uint32_t i = 0; i < t->m->absence_count; i++) {
        const manifest_absence *x = &t->m->absences[i];
        if (!usable(t, &x->fact)) continue;
        buf_cstr(t->out, "- There is");
        for (uint32_t k = 0; k < x->matches.n; k++) /* each is denied by itself: a list hides what the "no" reaches */
            buf_printf(t->out, "%s no %.*s", k ? "," : "", STR_ARG(x->matches.at[k].text));
        buf_printf(t->out, "%s%.*s.\n", x->note.n ? ": " : "", STR_ARG(x->note));
        t->stated++;
    }
}

static void state_paths(teller *t) {
    for (uint32_t i = 0; i < t->m->path_count; i++) {
        const manifest_path *p = &t->m->paths[i];
        if (!usable(t, &p->fact)) continue;
        buf_printf(t->out, "- The path %.*s %s", STR_ARG(p->path), p->removed ? "was removed" : "is there");
        if (p->since) buf_printf(t->out, " %s %s", p->removed ? "on" : "since", date_format(p->since).text);
        if (p->host != MANIFEST_NONE) buf_cstr(t->out, ", on "), put_name(t, p->host);
        buf_cstr(t->out, ".\n");
        t->stated++;
    }
}

static void state_benchmarks(teller *t) {
    for (uint32_t i = 0; i < t->m->benchmark_count; i++) {
        const manifest_benchmark *b = &t->m->benchmarks[i];
        bool must = false;
        if (!usable(t, &b->fact)) continue;
        buf_printf(t->out, "- Measured, %.*s of ", STR_ARG(b->metric));
        for (uint32_t k = 0; k < b->subject_count; k++) {
            if (k) buf_cstr(t->out, k + 1 == b->subject_count ? " and " : ", ");
            put_name(t, b->subjects[k]);
        }
        buf_cstr(t->out, ": ");
        put_quantity(t, &b->quantity);
        for (uint32_t k = 0; k < b->condition_count; k++) {
            const manifest_condition *c = &b->conditions[k];
            buf_printf(t->out, "%s%.*s %.*s", k ? ", " : " with ", STR_ARG(c->key), STR_ARG(c->value));
            must |= c->must_state;
        }
        buf_cstr(t->out, must ? ". Never give this figure without its conditions.\n" : ".\n");
        t->stated++;
    }
}

static void state_outputs(teller *t) {
    for (uint32_t i = 0; i < t->m->output_count; i++) {
        const manifest_output *o = &t->m->outputs[i];
        if (!o->equals.n || !usable(t, &o->fact)) continue;
        buf_printf(t->out, "- The output of %.*s", STR_ARG(o->command));
        if (o->host != MANIFEST_NONE) buf_cstr(t->out, " on "), put_name(t, o->host);
        if (o->field.n)
            buf_printf(t->out, " shows %.*s: %.*s.\n", STR_ARG(o->field), STR_ARG(o->equals));
        else
            buf_printf(t->out, " has the line: %.*s\n", STR_ARG(o->equals));
        t->stated++;
    }
}

uint32_t manifest_statements(const manifest *m, buf *out) {
    teller t = {.m = m, .out = out};
    for (uint32_t i = 0; i < m->entity_count; i++) state_entity(&t, &m->entities[i]);
    state_scopes(&t);
    state_absences(&t);
    state_paths(&t);
    state_benchmarks(&t);
    state_outputs(&t);
    return t.stated;
}
