/* fuzz_manifest.c - any bytes as manifests, as JSON to import, as claims to make stubs of.
 *
 * The first byte chooses. What loads must hold the loader's invariants: ids find their facts, indices stay inside their
 * arrays, histories are in order, names found in any text lie inside it. What the importers and the stubs write must
 * load.
 */
#include "manifest/command_index.h"
#include "manifest/gaps.h"
#include "manifest/import.h"
#include "manifest/manifest.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int truth) {
    if (!truth) abort();
}

static void check_facts(const manifest *m) {
    for (uint32_t i = 0; i < m->fact_count; i++) {
        const manifest_fact *f = m->facts[i];
        const manifest_fact *found = manifest_find_fact(m, f->id);
        check(found && str_eq(found->id, f->id) && f->place.line > 0 && f->place.file < m->file_count);
        manifest_fact_state(m, f, 0);
    }
    for (uint32_t i = 0; i < m->entity_count; i++) {
        const manifest_entity *e = &m->entities[i];
        check(e->host == MANIFEST_NONE || e->host < m->entity_count);
        check(e->first_attr + e->attr_count <= m->attr_count);
        for (uint32_t k = 0; k < e->runs.n; k++)
            check(e->runs.items[k].entity < m->entity_count || e->runs.items[k].named);
        for (uint32_t k = 1; k < e->version.history_count; k++)
            check(e->version.history[k].from >= e->version.history[k - 1].to);
        manifest_version_on(&e->version, m->as_of);
    }
    for (uint32_t i = 0; i < m->attr_count; i++)
        check(m->attrs[i].view_count > 0 && m->attrs[i].entity < m->entity_count);
    for (uint32_t i = 0; i < m->subcommand_count; i++) {
        const manifest_subcommand *s = &m->subcommands[i];
        check(s->command < m->command_count && (s->parent == MANIFEST_NONE || s->parent < i));
        check((s->parent == MANIFEST_NONE) == (m->commands[s->command].root == i) &&
              (s->parent != MANIFEST_NONE || s->fact.id.p));
        uint32_t children = 0;
        for (uint32_t c = s->child; c != MANIFEST_NONE; c = m->subcommands[c].next, children++)
            check(c < m->subcommand_count && m->subcommands[c].parent == i && children < m->subcommand_count &&
                  command_child(m, i, m->subcommands[c].name) == c);
        check(children == s->child_count);
        for (uint32_t f = s->first_flag; f != MANIFEST_NONE; f = m->flags[f].next)
            check(f < m->flag_count && m->flags[f].of == i && command_flag_at(m, i, m->flags[f].name) == f);
    }
    for (uint32_t i = 0; i < m->command_count; i++) {
        const manifest_command *c = &m->commands[i];
        check(command_find(m, c->binary) == i && c->root < m->subcommand_count);
        check((c->owner == MANIFEST_NONE || c->owner < m->entity_count) &&
              (c->host == MANIFEST_NONE || c->host < m->entity_count));
    }
    for (uint32_t i = 0; i < m->derived_count; i++) {
        const manifest_derived *d = &m->derived[i];
        for (uint32_t k = 0; k < d->step_count; k++)
            if (d->steps[k].op == EXPR_FACT) check(d->steps[k].fact < m->fact_count);
        check(m->derived_order[i] < m->derived_count && d->step_count > 0 && d->stack_depth > 0);
    }
}

static void check_names(const manifest *m, str text) {
    arena *a = arena_new(64u << 20);
    alias_hit *hits;
    size_t n;
    if (a && alias_scan(m->names, a, text, &hits, &n))
        for (size_t i = 0; i < n; i++) {
            check(hits[i].where.lo < hits[i].where.hi && hits[i].where.hi <= (uint32_t)text.n &&
                  hits[i].target_count > 0);
            check(i == 0 || hits[i].where.lo >= hits[i - 1].where.lo);
            check(hits[i].inside < (int32_t)i);
            uint32_t count;
            const alias_target *targets = alias_lookup(m->names, str_span(text, hits[i].where), &count);
            check(targets && count >= hits[i].target_count);
        }
    arena_free(a);
}

static void load(str one, str two, size_t n, bool must) {
    manifest *m = NULL;
    error e = {0};
    manifest_source sources[] = {{STR("one"), one}, {STR("two"), two}};
    int status = manifest_load(sources, n, &m, &e);
    if (must && status) fprintf(stderr, "%u:%u: %s\n", e.line, e.column, e.message);
    check(!must || status == ERROR_NONE);
    check((status == ERROR_NONE) == (m != NULL));
    if (!m) {
        check(e.code != ERROR_NONE && e.message[0]);
        return;
    }
    check_facts(m);
    check_names(m, one);
    manifest_free(m);
}

static void import(str json) {
    buf out = {0};
    error e = {0};
    import_options options = {.path = STR("in"), .today = date_make(2026, 5, 18)};
    if (manifest_import(json, &options, &out, &e) == ERROR_NONE)
        load(buf_view(&out), STR(""), 1, true);
    else
        check(out.n == 0 && e.message[0]);
    buf_free(&out);
}

static void stubs(str text) {
    static const char *const kinds[] = {"version", "quantity", "path",     "port",    "package",
                                        "process", "exposes",  "terminal", "command", "flag"};
    arena *a = arena_new(64u << 20);
    gap_set *set = a ? gap_set_new(a) : NULL;
    str subject, normal;
    for (uint32_t i = 0; set && str_cut(&text, '\n', &subject); i++) {
        if (!str_cut(&text, '\n', &normal)) break;
        uint8_t kind = subject.n ? subject.p[0] : 0;
        manifest_gap gap = {.kind = str_from_cstr(kinds[kind % COUNT_OF(kinds)]),
                            .subject = str_slice(subject, 1, subject.n),
                            .text = subject,
                            .normal = normal,
                            .noun = str_slice(subject, subject.n / 2, subject.n),
                            .count = i,
                            .credit = 1};
        if (!gap_set_add(set, &gap)) break;
    }
    buf out = {0};
    size_t n = 0;
    manifest_gap *gaps = set ? gap_set_items(set, &n) : NULL;
    gaps_options options = {.today = date_make(2026, 5, 18)};
    if (set && manifest_gaps_render(gaps, n, &options, &out, NULL) == ERROR_NONE)
        load(buf_view(&out), STR(""), 1, true);
    buf_free(&out);
    arena_free(a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (!size) return 0;
    str text = str_make(data + 1, size - 1), two = text, one;
    switch (data[0] % 4) {
    case 0: import(text); break;
    case 1: stubs(text); break;
    case 2:
        str_cut(&two, 0, &one);
        load(one, two.p ? two : STR(""), 2, false);
        break;
    default: load(text, STR(""), 1, false); break;
    }
    return 0;
}
