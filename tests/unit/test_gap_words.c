/* test_gap_words.c - what a sentence says of a claim that no fact answers: whose it is, what is measured, who listens,
 * and in which town a machine is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "manifest/gap_words.h"

static const char site[] = "assay-facts: 1\nas_of: 2026-05-18\n"
                           "hosts: [{id: harbor, aliases: [Harbor]}, {id: quay, aliases: [Quay], location: Bergen}]\n"
                           "components: [{id: caddy, aliases: [Caddy]}]\n"
                           "services: [{id: web, aliases: [web service], host: harbor}]\n";

typedef struct word_case {
    const char *text, *value, *owner, *noun, *listener; /* NULL: none */
} word_case;

static const word_case cases[] = {
    {"Harbor has 16 cores.", "16 cores", "harbor", NULL, NULL},
    {"Harbor has a disk of 512 GB.", "512 GB", "harbor", "disk", NULL},
    {"The memory of Harbor is 64 GB.", "64 GB", "harbor", "memory", NULL},
    {"There are 128 GB of unified memory in Harbor.", "128 GB", "harbor", "unified memory", NULL},
    {"Harbor has 64 GB RAM.", "64 GB", "harbor", "RAM", NULL},
    {"Harbor draws 38 W at idle.", "38 W", "harbor", NULL, NULL},
    {"Harbor is 3 years old.", "3 years", "harbor", NULL, NULL},
    {"Quay runs at 3.4 GHz and Harbor at 2.1 GHz.", "3.4 GHz", "quay", NULL, NULL},
    {"Quay runs at 3.4 GHz and Harbor at 2.1 GHz.", "2.1 GHz", "harbor", NULL, NULL},
    {"With 2.1 GHz our Harbor is slow.", "2.1 GHz", "harbor", NULL, NULL},
    {"The reader took 412 s.", "412 s", NULL, NULL, NULL},
    {"nginx listens on port 8080.", "port 8080", NULL, NULL, "nginx"},
    {"Our metrics exporter is on port 9100.", "port 9100", NULL, NULL, "metrics exporter"},
    {"Grafana runs on port 3000 of Quay.", "port 3000", "quay", NULL, "Grafana"},
    {"It listens on port 8080.", "port 8080", NULL, NULL, NULL},
    {"Open port 8080.", "port 8080", NULL, NULL, NULL},
};

typedef struct town_case {
    const char *text, *machine, *town;
} town_case;

static const town_case towns[] = {
    {"Harbor is in Oslo.", "harbor", "Oslo"},
    {"Our Harbor stands in a rack in Las Vegas, and hums.", "harbor", "Las Vegas"},
    {"Quay is in Oslo.", NULL, NULL},               /* its place is declared: that is for the truth stage */
    {"Harbor is not in Oslo.", NULL, NULL},         /* a denial */
    {"Is Harbor in Oslo?", NULL, NULL},             /* a question */
    {"Harbor was in Oslo.", NULL, NULL},            /* then */
    {"Harbor is in Production.", NULL, NULL},       /* no town */
    {"Harbor is in Osloform.", NULL, NULL},         /* a longer word */
    {"The user of Harbor is in Oslo.", NULL, NULL}, /* somebody else */
};

static manifest *load(void) {
    manifest *m = NULL;
    error e = {0};
    manifest_source source = {STR("site.yaml"), str_from_cstr(site)};
    if (manifest_load(&source, 1, &m, &e)) fail_msg("%s", e.message);
    return m;
}

static void same(const char *text, const char *what, str got, const char *wanted) {
    if (!str_eq(got, wanted ? str_from_cstr(wanted) : STR("")) && (got.n || wanted))
        fail_msg("%s: %s is '%.*s'", text, what, STR_ARG(got));
}

static void words_around_a_value(void **state) {
    (void)state;
    manifest *m = load();
    arena *a = arena_new(0);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const word_case *c = &cases[i];
        gap_sentence s = {.m = m, .a = a, .text = str_from_cstr(c->text)};
        s.lo = str_find(s.text, str_from_cstr(c->value), 0);
        s.hi = s.lo + str_from_cstr(c->value).n;
        const manifest_entity *e = gap_owner(&s, 1u << ENTITY_HOST | 1u << ENTITY_HARDWARE);
        same(c->text, "owner", e ? e->id : (str){NULL, 0}, c->owner);
        if (!str_starts(str_from_cstr(c->value), STR("port"))) same(c->text, "noun", gap_noun(&s), c->noun);
        if (str_starts(str_from_cstr(c->value), STR("port"))) same(c->text, "listener", gap_listener(&s), c->listener);
    }
    arena_free(a);
    manifest_free(m);
}

static void towns_of_machines(void **state) {
    (void)state;
    manifest *m = load();
    arena *a = arena_new(0);
    for (size_t i = 0; i < COUNT_OF(towns); i++) {
        gap_whereabouts found = gap_place(m, a, str_from_cstr(towns[i].text));
        same(towns[i].text, "machine", found.machine ? found.machine->id : (str){NULL, 0}, towns[i].machine);
        same(towns[i].text, "town", found.town, towns[i].town);
    }
    arena_free(a);
    manifest_free(m);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_around_a_value),
        cmocka_unit_test(towns_of_machines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
