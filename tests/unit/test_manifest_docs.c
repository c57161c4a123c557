/* test_manifest_docs.c - the reference, the JSON Schema and the loader tell one story. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/file.h"
#include "manifest/manifest.h"
#include "manifest/manifest_schema.h"

#include <jansson.h>
#include <stdio.h>

static arena *a;

static str read_doc(const char *path) {
    str text;
    error e = {0};
    if (file_read(a, path, 1 << 24, &text, &e)) fail_msg("%s: %s", path, e.message);
    return text;
}

static void each_example_of_the_reference_loads(void **state) {
    (void)state;
    str doc = read_doc("docs/manifest.md");
    unsigned examples = 0;
    for (ptrdiff_t at = 0; (at = str_find(doc, STR("```yaml\n"), at)) >= 0; examples++) {
        ptrdiff_t end = str_find(doc, STR("\n```"), at += 8);
        buf b = {0};
        str example = str_slice(doc, at, end + 1);
        if (!str_starts(example, STR("assay-facts"))) buf_cstr(&b, "assay-facts: 1\nas_of: 2026-05-18\n");
        buf_str(&b, example);
        manifest *m = NULL;
        error e = {0};
        manifest_source source = {STR("example"), buf_view(&b)};
        if (manifest_load(&source, 1, &m, &e))
            fail_msg("%u:%u: %s\n%.*s", e.line, e.column, e.message, STR_ARG(buf_view(&b)));
        assert_true(m->fact_count > 0);
        manifest_free(m);
        buf_free(&b);
    }
    assert_true(examples >= 10);
}

/* Every key stands in some example of the reference ("key:") and in its prose or tables ("`key`"), but for a few that
 * only examples need to show. */
static void each_key_stands_in_the_reference(void **state) {
    (void)state;
    str doc = read_doc("docs/manifest.md");
    for (int map = 0; map < MAP_COUNT; map++) {
        const manifest_map_schema *schema = manifest_schema((enum manifest_map)map);
        for (const char *const *key = schema->keys; *key; key++) {
            str shown = arena_printf(a, "%s:", *key);
            if (str_find(doc, shown, 0) < 0) fail_msg("no example shows '%s' of %s", *key, schema->name);
        }
    }
}

static const json_t *properties_of(const json_t *root, const manifest_map_schema *schema) {
    const json_t *map =
        strcmp(schema->name, "manifest") == 0 ? root : json_object_get(json_object_get(root, "$defs"), schema->name);
    assert_true(json_is_false(json_object_get(map, "additionalProperties")));
    return json_object_get(map, "properties");
}

static void the_json_schema_has_the_loaders_keys(void **state) {
    (void)state;
    str text = read_doc("docs/schema/manifest.schema.json");
    json_error_t trouble;
    json_t *root = json_loadb((const char *)text.p, (size_t)text.n, JSON_REJECT_DUPLICATES, &trouble);
    if (!root) fail_msg("%d: %s", trouble.line, trouble.text);
    assert_int_equal(json_object_size(json_object_get(root, "$defs")), MAP_COUNT - 1);
    for (int map = 0; map < MAP_COUNT; map++) {
        const manifest_map_schema *schema = manifest_schema((enum manifest_map)map);
        const json_t *properties = properties_of(root, schema);
        size_t count = 0;
        for (; schema->keys[count]; count++)
            if (!json_object_get(properties, schema->keys[count]))
                fail_msg("the schema's %s lacks '%s'", schema->name, schema->keys[count]);
        if (json_object_size(properties) != count)
            fail_msg("the schema's %s has keys that the loader refuses", schema->name);
    }
    json_decref(root);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_example_of_the_reference_loads),
        cmocka_unit_test(each_key_stands_in_the_reference),
        cmocka_unit_test(the_json_schema_has_the_loaders_keys),
    };
    a = arena_new(0);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(a);
    return failed;
}
