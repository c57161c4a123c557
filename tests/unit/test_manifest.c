/* test_manifest.c - a manifest in memory: what loads, what it says, merging, dates, names. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buf.h"
#include "manifest/command_index.h"
#include "manifest/manifest.h"
#include "manifest/manifest_schema.h"

#include <glob.h>
#include <stdio.h>
#include <unistd.h>

#define HEAD "assay-facts: 1\nas_of: 2026-05-18\n"

static manifest *load_two(const char *one, const char *two, error *e) {
    manifest *m = NULL;
    manifest_source sources[] = {{STR("site.yaml"), str_from_cstr(one)}, {STR("host.yaml"), str_from_cstr(two)}};
    manifest_load(sources, two ? 2 : 1, &m, e);
    return m;
}

static manifest *load(const char *text) {
    error e = {0};
    manifest *m = load_two(text, NULL, &e);
    if (!m) fail_msg("%u:%u: %s", e.line, e.column, e.message);
    return m;
}

static const char full[] = HEAD
    "units: [marina]\n"
    "scopes:\n"
    "  gpus: {world: closed, kind: gpu-model, host: spark, members: [GB10]}\n"
    "  processes: {world: closed, categories: [quality]}\n"
    "components:\n"
    "  - id: cuda-toolkit\n"
    "    aliases: [CUDA, CUDA toolkit]\n"
    "    not_alias: [CUDA graphs]\n"
    "    scheme: semver\n"
    "    version: 13.0.2\n"
    "    accept: prefix\n"
    "    source: dpkg\n"
    "    evidence: {observed: 2026-05-01, half_life: 10 days}\n"
    "    history:\n"
    "      - {version: 12.9.1, from: 2026-01-14, to: 2026-03-01}\n"
    "      - {version: 12.8.1, from: 2025-10-01, to: 2026-01-14}\n"
    "  - {id: plain}\n"
    "packages:\n"
    "  - {name: libc6, version: 2.41-12}\n"
    "hardware:\n"
    "  - id: spark\n"
    "    aliases: [DGX Spark, GB10]\n"
    "    attrs:\n"
    "      memory:\n"
    "        aliases: [RAM]\n"
    "        views:\n"
    "          spec: {value: 128, unit: GB}\n"
    "          visible: {value: 127600748, unit: KiB, render: [121 GB]}\n"
    "      berths: {value: 7, unit: marina, confirmed: false, tol: {rel: 3%, abs: 0.5}}\n"
    "services:\n"
    "  - id: mcp\n"
    "    aliases: [MCP server]\n"
    "    host: spark\n"
    "    port: 30010/tcp\n"
    "    runs: [plain]\n"
    "    exposes: {world: closed, items: [blog search, {name: diagnostics, aliases: [diag]}]}\n"
    "hosts:\n"
    "  - {id: vps, aliases: [VPS], location: Romania, runs: {world: closed, items: [plain, {name: sftp}, libc6]}}\n"
    "paths:\n"
    "  - {path: /srv/models, host: spark}\n"
    "  - {path: /srv/models, host: vps, state: removed, since: 2026-02-01}\n"
    "processes:\n"
    "  - {id: deploy, category: quality, cadence: on each publish, steps: [build, score], order: strict}\n"
    "benchmarks:\n"
    "  - {id: new, subject: [spark, plain], metric: decode, metric_aliases: [throughput], value: 59.7, "
    "unit: tok/s, where: {run: x, batch: 1}, must_state: [batch]}\n"
    "  - {id: old, subject: [spark], metric: decode, value: 30, unit: tok/s, where: {batch: 2}}\n"
    "output_signatures:\n"
    "  - {cmd: nvidia-smi, host: spark, field: Memory-Usage, equals: Not Supported}\n"
    "absent:\n"
    "  - {match: [B100, B200], in: gpus, note: no discrete GPU}\n"
    "derived:\n"
    "  - {id: twice, expr: \"2 * speedup\"}\n"
    "  - {id: speedup, expr: new / (old + new - -1), aliases: [speed-up]}\n";

static void a_full_manifest_says_what_was_written(void **state) {
    (void)state;
    manifest *m = load(full);
    const manifest_entity *cuda = manifest_find_entity(m, STR("cuda-toolkit"));
    assert_true(str_eq(cuda->version.text, STR("13.0.2")) && cuda->version.scheme == VERSION_SEMVER);
    assert_int_equal(cuda->version.accept, ACCEPT_PREFIX);
    assert_true(str_eq(cuda->version.fact.id, STR("cuda-toolkit.version")) &&
                str_eq(cuda->version.fact.source, STR("dpkg")));
    assert_int_equal(cuda->version.fact.place.line, 12);
    assert_int_equal(cuda->version.fact.place.column, 14);
    assert_int_equal(cuda->version.history_count, 2);
    assert_true(str_eq(cuda->version.history[0].version, STR("12.8.1")));

    const manifest_entity *spark = manifest_find_entity(m, STR("spark"));
    const manifest_attr *memory = manifest_find_attr(m, spark, STR("memory"));
    assert_int_equal(memory->view_count, 2);
    assert_true(str_eq(memory->views[1].quantity.unit, STR("KiB")) && memory->views[1].quantity.render.n == 1);
    assert_true(manifest_find_fact(m, STR("spark.memory.visible")) == &memory->views[1].fact);
    const manifest_attr *berths = manifest_find_attr(m, spark, STR("berths"));
    assert_false(berths->fact.confirmed);
    assert_true(berths->tol.relative && berths->tol.absolute && berths->tol.rel > 0.0299 && berths->tol.rel < 0.0301);
    assert_int_equal(manifest_fact_state(m, &berths->fact, 0), FACT_UNCONFIRMED);

    const manifest_entity *mcp = manifest_find_entity(m, STR("mcp"));
    assert_true(mcp->port == 30010 && str_eq(mcp->protocol, STR("tcp")) && &m->entities[mcp->host] == spark);
    assert_true(mcp->exposes.world == WORLD_CLOSED && mcp->exposes.n == 2 && mcp->exposes.items[1].aliases.n == 1);
    const manifest_entity *vps = manifest_find_entity(m, STR("vps"));
    assert_true(vps->runs.n == 3 && &m->entities[vps->runs.items[0].entity] == manifest_find_entity(m, STR("plain")));
    assert_ptr_equal(&m->entities[vps->runs.items[2].entity], manifest_find_entity(m, STR("packages.libc6")));
    assert_int_equal(vps->runs.items[1].entity, MANIFEST_NONE);
    uint32_t found[4];
    assert_int_equal(manifest_find_paths(m, STR("/srv/models"), found, 4), 2);
    assert_true(!m->paths[found[0]].removed && m->paths[found[1]].removed);
    assert_int_equal(manifest_find_paths(m, STR("/srv"), found, 4), 0);
    assert_non_null(manifest_find_fact(m, STR("path:/srv/models@vps")));
    assert_non_null(manifest_find_fact(m, STR("output:nvidia-smi/Memory-Usage@spark")));
    assert_non_null(manifest_find_entity(m, STR("packages.libc6")));
    assert_null(manifest_find_entity(m, STR("libc6")));
    const manifest_fact *bench = manifest_find_fact(m, STR("new"));
    assert_true(m->benchmarks[bench->index].subject_count == 2 && m->benchmarks[bench->index].conditions[0].must_state);
    const manifest_derived *speedup = &m->derived[m->derived_order[0]];
    assert_true(str_eq(speedup->fact.id, STR("speedup")) && speedup->step_count == 8 && speedup->stack_depth == 3);
    assert_true(str_eq(manifest_find_scope(m, STR("gpus"))->kind, STR("gpu-model")));
    for (uint32_t i = 0; i < m->fact_count; i++) assert_true(m->facts[i]->place.line > 2 && m->facts[i]->id.n > 0);
    manifest_free(m);
}

static void versions_follow_the_calendar(void **state) {
    (void)state;
    manifest *m = load(full);
    const manifest_version *v = &manifest_find_entity(m, STR("cuda-toolkit"))->version;
    const struct {
        unsigned y, m, d;
        const char *version;
    } days[] = {{2025, 9, 30, ""},       {2025, 10, 1, "12.8.1"}, {2026, 1, 13, "12.8.1"},
                {2026, 1, 14, "12.9.1"}, {2026, 3, 1, "13.0.2"},  {2027, 1, 1, "13.0.2"}};
    for (size_t i = 0; i < COUNT_OF(days); i++)
        assert_true(
            str_eq(manifest_version_on(v, date_make(days[i].y, days[i].m, days[i].d)), str_from_cstr(days[i].version)));
    assert_int_equal(manifest_fact_state(m, &v->fact, date_make(2026, 5, 11)), FACT_USABLE);
    assert_int_equal(manifest_fact_state(m, &v->fact, date_make(2026, 5, 12)), FACT_STALE);
    assert_int_equal(manifest_fact_state(m, &v->fact, 0), FACT_STALE);
    manifest_free(m);
}

static void days_round_trip(void **state) {
    (void)state;
    day_number before = 0;
    for (unsigned y = 1900; y <= 2400; y++)
        for (unsigned month = 1; month <= 12; month++)
            for (unsigned d = 1; d <= 31; d++) {
                day_number day = date_make(y, month, d), again;
                if (!day) continue;
                assert_true(before == 0 || day == before + 1);
                before = day;
                assert_true(date_parse(str_from_cstr(date_format(day).text), &again) && again == day);
            }
    day_number day;
    assert_false(date_parse(STR("2026-02-29"), &day));
    assert_false(date_parse(STR("2026-2-1"), &day));
    assert_false(date_parse(STR("2026/02/01"), &day));
    assert_int_equal(date_make(1970, 1, 1), 719468);
}

static size_t scan(const manifest *m, arena *a, const char *text, alias_hit **hits) {
    size_t n;
    assert_true(alias_scan(m->names, a, str_from_cstr(text), hits, &n));
    return n;
}

static void names_are_found_whole_folded_and_unless_excluded(void **state) {
    (void)state;
    manifest *m = load(full);
    arena *a = arena_new(0);
    alias_hit *h;
    assert_int_equal(
        scan(m, a, "On my dgx\xc2\xa0spark\xe2\x80\x99s GB10, cuda-Toolkit 13.0 (not CUDA graphs; CUDAx) runs", &h), 4);
    assert_true(h[0].where.lo == 6 && h[0].where.hi == 16 && h[0].words == 2);
    assert_true(h[0].targets[0].kind == ALIAS_ENTITY && str_eq(m->entities[h[0].targets[0].index].id, STR("spark")));
    assert_int_equal(h[1].target_count, 2); /* GB10: the machine, and a member of the scope */
    assert_true(h[2].words == 2 && h[3].words == 1 && h[3].inside == 2 && h[3].where.lo == h[2].where.lo);
    assert_int_equal(scan(m, a, "MCP servers, memory, RAM: throughput at batch 1 in Romania; speed-up; DIAG, B100", &h),
                     8);
    assert_int_equal(h[0].targets[0].kind, ALIAS_ATTR);
    assert_int_equal(h[2].targets[0].kind, ALIAS_METRIC);
    assert_int_equal(h[3].targets[0].kind, ALIAS_CONDITION);
    assert_int_equal(h[4].targets[0].kind, ALIAS_LOCATION);
    assert_int_equal(h[5].targets[0].kind, ALIAS_DERIVED);
    assert_int_equal(h[6].targets[0].kind, ALIAS_EXPOSED);
    assert_int_equal(h[7].targets[0].kind, ALIAS_ABSENT);
    assert_int_equal(scan(m, a, "DGX. Spark; C UDA; B1 00 \xff", &h), 0);
    alias_hit one;
    assert_true(alias_match_at(m->names, STR("x CUDA graphs"), 2, &one));
    assert_int_equal(one.targets[0].kind, ALIAS_EXCLUDED);
    assert_false(alias_match_at(m->names, STR("x CUDA graphs"), 0, &one));
    assert_true(alias_may_start(m->names, STR("cuda")));
    manifest_free(m);
    arena_free(a);
}

/* A name at every depth and overlap, against a plain search over all names. */
static void the_trie_agrees_with_a_plain_search(void **state) {
    (void)state;
    static const char *const words[] = {"a", "b", "ab", "c"};
    arena *a = arena_new(0);
    alias_builder *b = alias_builder_new(a, 42);
    char names[40][32];
    uint32_t seed = 7, n;
    for (uint32_t i = 0; i < 40; i++) {
        int length = 1 + (int)((seed = seed * 1664525 + 1013904223) >> 30);
        names[i][0] = 0;
        for (int k = 0; k < length; k++) {
            if (k) strcat(names[i], " ");
            strcat(names[i], words[(seed = seed * 1664525 + 1013904223) >> 30]);
        }
        assert_true(alias_add(b, str_from_cstr(names[i]), (alias_target){ALIAS_ENTITY, i, 0}, &n));
    }
    alias_index *index = alias_build(b);
    char text[1024] = "";
    for (int k = 0; k < 200; k++) {
        strcat(text, words[(seed = seed * 1664525 + 1013904223) >> 30]);
        strcat(text, " ");
    }
    alias_hit *hits;
    size_t count, expected = 0;
    assert_true(alias_scan(index, a, str_from_cstr(text), &hits, &count));
    for (size_t at = 0; text[at]; at++) {
        if (at && text[at - 1] != ' ') continue;
        for (int i = 0; i < 40; i++) {
            size_t length = strlen(names[i]);
            if (strncmp(text + at, names[i], length) != 0 || text[at + length] != ' ') continue;
            bool found = false;
            for (size_t k = 0; k < count; k++)
                for (uint32_t t = 0;
                     hits[k].where.lo == at && hits[k].where.hi == at + length && t < hits[k].target_count; t++)
                    found = found || hits[k].targets[t].index == (uint32_t)i;
            assert_true(found);
            expected++;
        }
    }
    size_t reported = 0;
    for (size_t k = 0; k < count; k++) reported += hits[k].target_count;
    assert_int_equal(reported, expected);
    arena_free(a);
}

static void two_files_make_one_manifest(void **state) {
    (void)state;
    error e = {0};
    manifest *m = load_two(
        HEAD "hosts:\n  - {id: h, aliases: [H], location: Oslo}\npaths: [{path: /a}]\n",
        "assay-facts: 1\nas_of: 2026-06-01\nhosts:\n  - {id: h, aliases: [the host], location: Oslo, source: uname, "
        "attrs: {memory: {value: 8, unit: GB}}}\npaths: [{path: /a}]\n",
        &e);
    if (!m) fail_msg("%s", e.message);
    const manifest_entity *h = manifest_find_entity(m, STR("h"));
    assert_true(m->entity_count == 1 && h->aliases.n == 2 && h->attr_count == 1 && m->file_count == 2);
    assert_true(m->as_of == date_make(2026, 6, 1));
    assert_true(m->attrs[h->first_attr].fact.place.file == 1 &&
                str_eq(m->attrs[h->first_attr].fact.source, STR("uname")));
    assert_null(h->location_fact.source.p);
    manifest_free(m);

    static const struct {
        const char *one, *two, *says;
    } conflicts[] = {
        {"components: [{id: c, version: 1}]\n", "components: [{id: c, version: 2}]\n",
         "'version' is '2' here and '1' at site.yaml:3:31; of two machines list one's (probe --no-packages)"},
        {"hosts: [{id: h, attrs: {m: {value: 1, unit: GB}}}]\n", "hosts: [{id: h, attrs: {m: {value: 2, unit: GB}}}]\n",
         "'h.m' is 2 GB here and 1 GB at site.yaml:3:36"},
        {"components: [{id: c}]\n", "hosts: [{id: c}]\n", "first at site.yaml:3:19"},
        {"components: [{id: c, aliases: [X]}]\n", "components: [{id: d, aliases: [x]}]\n", "'c' at site.yaml:3:19"},
        {"paths: [{path: /a}]\n", "paths: [{path: /a, state: removed}]\n", "first at site.yaml:3:9"},
        {"components:\n  - {id: c, history: [{version: 1, from: 2026-01-01, to: 2026-03-01}]}\n",
         "components:\n  - {id: c, history: [{version: 2, from: 2026-02-01, to: 2026-04-01}]}\n", "site.yaml:4:23"},
        {"processes: [{id: p, steps: [a, b]}]\n", "processes: [{id: p, steps: [b, a]}]\n",
         "the steps differ from those at site.yaml:3:29"},
        {"scopes: {s: {world: open}}\n", "scopes: {s: {world: closed}}\n",
         "'world' is 'closed' here and 'open' at site.yaml:3:21"},
        {"commands: [{binary: b, world: open}]\n", "commands: [{binary: b, world: closed, subcommands: []}]\n",
         "'world' is 'closed' here and 'open' at site.yaml:3:31"},
        {"commands: [{binary: b, subcommands: [{name: x, state: removed}]}]\n",
         "commands: [{binary: b, subcommands: [{name: x, state: present}]}]\n",
         "'state' is 'present' here and 'removed' at site.yaml:3:55"},
        {"commands: [{binary: b, aliases: [c]}]\n", "commands: [{binary: c}]\n", "first at site.yaml:3:21"},
    };
    for (size_t i = 0; i < COUNT_OF(conflicts); i++) {
        char one[512], two[512];
        snprintf(one, sizeof one, HEAD "%s", conflicts[i].one);
        snprintf(two, sizeof two, HEAD "%s", conflicts[i].two);
        assert_null(load_two(one, two, &e));
        assert_int_equal(e.code, ERROR_CONFLICT);
        assert_string_equal(e.file, "host.yaml");
        if (!strstr(e.message, conflicts[i].says)) fail_msg("%zu: %s", i, e.message);
    }
}

static void commands_make_a_tree(void **state) {
    (void)state;
    error e = {0};
    manifest *m = load_two(
        HEAD "hosts: [{id: h}]\ncomponents: [{id: book}]\ncommands:\n  - {binary: b, of: book, host: h, world: closed, "
             "subcommands: [plan import, {name: rm, aliases: [remove]}], flags: [--json]}\n",
        HEAD "commands:\n  - {binary: b, aliases: [bb], subcommands: [plan export, {name: plan import, flags: "
             "[\"--from FILE\", -n]}, {name: rm, since: 2026-05-01}]}\n",
        &e);
    if (!m) fail_msg("%s", e.message);
    assert_int_equal(m->command_count, 1);
    assert_int_equal(m->subcommand_count, 5); /* the program, plan, import, rm, export */
    assert_int_equal(m->flag_count, 3);
    uint32_t b = command_find(m, STR("bb")), root = m->commands[0].root;
    assert_true(b == 0 && command_find(m, STR("B")) == MANIFEST_NONE);
    assert_true(str_eq(m->entities[m->commands[0].owner].id, STR("book")) && m->commands[0].host != MANIFEST_NONE);
    uint32_t plan = command_child(m, root, STR("plan")), import = command_child(m, plan, STR("import"));
    assert_true(plan != MANIFEST_NONE && !m->subcommands[plan].fact.id.p);
    assert_true(str_eq(m->subcommands[import].path, STR("plan import")));
    assert_int_equal(m->subcommands[import].world, WORLD_CLOSED); /* inherited */
    assert_int_equal(m->subcommands[plan].child_count, 2);
    assert_true(command_child(m, root, STR("remove")) == command_child(m, root, STR("rm")));
    assert_int_equal(m->subcommands[command_child(m, root, STR("rm"))].since, date_make(2026, 5, 1));
    assert_true(command_child(m, root, STR("import")) == MANIFEST_NONE);
    assert_true(command_node_anywhere(m, 0, STR("import")) == import);
    uint32_t from = command_flag_at(m, import, STR("--from"));
    assert_true(from != MANIFEST_NONE && m->flags[from].takes_value);
    assert_true(!m->flags[command_flag_at(m, import, STR("-n"))].takes_value);
    assert_true(command_flag_at(m, root, STR("--from")) == MANIFEST_NONE);
    assert_true(command_flag_anywhere(m, 0, STR("--from")) == from);
    assert_true(command_flag_on_path(m, import, STR("--json")) == command_flag_at(m, root, STR("--json")));
    assert_true(command_of_entity(m, m->commands[0].owner) == 0);
    assert_non_null(manifest_find_fact(m, STR("command:b plan import --from")));
    assert_non_null(manifest_find_fact(m, STR("command:b")));
    assert_null(manifest_find_fact(m, STR("command:b plan")));
    manifest_free(m);
}

static void two_files_may_tell_one_history(void **state) {
    (void)state;
    const char *one = HEAD "components: [{id: c, version: 3, history: [{version: 1, to: 2026-01-01}]}]\n";
    const char *two = HEAD "components:\n  - {id: c, version: 3, history: [{version: 1, to: 2026-01-01},\n"
                           "     {version: 2, from: 2026-01-01, to: 2026-03-01}]}\n";
    error e = {0};
    manifest *m = load_two(one, two, &e);
    if (!m) fail_msg("%s", e.message);
    const manifest_version *v = &manifest_find_entity(m, STR("c"))->version;
    assert_int_equal(v->history_count, 2);
    assert_true(str_eq(v->history[0].version, STR("1")) && str_eq(v->history[1].version, STR("2")));
    manifest_free(m);
}

static void what_is_inside_may_be_confirmed_on_its_own(void **state) {
    (void)state;
    manifest *m = load(HEAD "hosts:\n  - {id: h, confirmed: false, location: Oslo,\n"
                            "     attrs: {a: {value: 1, unit: GB, confirmed: true}, b: {value: 2, unit: GB}}}\n");
    assert_int_equal(manifest_fact_state(m, manifest_find_fact(m, STR("h.a")), 0), FACT_USABLE);
    assert_int_equal(manifest_fact_state(m, manifest_find_fact(m, STR("h.b")), 0), FACT_UNCONFIRMED);
    assert_int_equal(manifest_fact_state(m, manifest_find_fact(m, STR("h.location")), 0), FACT_UNCONFIRMED);
    manifest_free(m);
}

static void a_byte_order_mark_is_no_part_of_it(void **state) {
    (void)state;
    error e = {0};
    char text[200];
    snprintf(text, sizeof text, "%s%s", "\xef\xbb\xbf", HEAD "hosts: [{id: h, location: Zürich}]\n");
    manifest *m = load(text);
    assert_true(m->entities[0].place.line == 3 && m->entities[0].place.column == 14);
    manifest_free(m);
    snprintf(text, sizeof text, "%s%s", "\xef\xbb\xbf", HEAD "hosts: [\n");
    assert_null(load_two(text, NULL, &e));
    assert_int_equal(e.line, 4);
    snprintf(text, sizeof text, "%s%s", "\xef\xbb\xbf", "as_of: 2026-05-18\n");
    assert_null(load_two(text, NULL, &e));
    assert_int_equal(e.column, 1);
}

static void a_folder_is_written_with_or_without_its_slash(void **state) {
    (void)state;
    uint32_t found;
    manifest *m = load(HEAD "paths: [{path: /srv/models/}, {path: /}]\n");
    assert_int_equal(manifest_find_paths(m, STR("/srv/models"), &found, 1), 1);
    assert_int_equal(manifest_find_paths(m, STR("/"), &found, 1), 1);
    manifest_free(m);
}

static void the_hash_is_over_all_bytes_in_order(void **state) {
    (void)state;
    error e = {0};
    const char *one = HEAD "paths: [{path: /a}]\n", *two = HEAD "paths: [{path: /b}]\n";
    manifest *m = load_two(one, two, &e), *swapped = load_two(two, one, &e);
    char both[256];
    snprintf(both, sizeof both, "%s%s", one, two);
    assert_string_equal(m->hash.text, sha256_of(str_from_cstr(both)).text);
    assert_string_not_equal(m->hash.text, swapped->hash.text);
    assert_string_equal(m->files[1].hash.text, sha256_of(str_from_cstr(two)).text);
    manifest_free(m);
    manifest_free(swapped);
}

static void real_manifests_load(void **state) {
    (void)state;
    glob_t found = {0};
    glob("corpus/manifests/*.yaml", 0, NULL, &found);
    assert_true(found.gl_pathc >= 3);
    glob("../shared/acceptance/stack.yaml", GLOB_APPEND, NULL, &found);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        const char *path = found.gl_pathv[i];
        manifest *m = NULL;
        error e = {0};
        char text[1024];
        if (manifest_load_files(&path, 1, &m, &e)) fail_msg("%s", error_text(&e, text, sizeof text));
        assert_true(m->fact_count > 20);
        manifest_free(m);
    }
    globfree(&found);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_full_manifest_says_what_was_written),
        cmocka_unit_test(versions_follow_the_calendar),
        cmocka_unit_test(days_round_trip),
        cmocka_unit_test(names_are_found_whole_folded_and_unless_excluded),
        cmocka_unit_test(the_trie_agrees_with_a_plain_search),
        cmocka_unit_test(two_files_make_one_manifest),
        cmocka_unit_test(commands_make_a_tree),
        cmocka_unit_test(two_files_may_tell_one_history),
        cmocka_unit_test(what_is_inside_may_be_confirmed_on_its_own),
        cmocka_unit_test(a_byte_order_mark_is_no_part_of_it),
        cmocka_unit_test(a_folder_is_written_with_or_without_its_slash),
        cmocka_unit_test(the_hash_is_over_all_bytes_in_order),
        cmocka_unit_test(real_manifests_load),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
