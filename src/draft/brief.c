/* brief.c - a brief from YAML. In: bytes and the ruleset. Out: a brief whose style is one of the ruleset's, or one
 * error with its place. Deliberately strict: a key that is misspelt would be an order that nobody carries out.
 */
#include "draft/brief.h"

#include "base/file.h"
#include "base/yaml.h"

static const char *const keys[] = {"title", "style", "audience", "must_cover", "must_not", "length", NULL};
static const char *const length_keys[] = {"min", "max", NULL};

static str style_names(arena *a, const ruleset *rules) {
    str all = STR("");
    for (uint32_t i = 0; i < rules->style_count; i++)
        all = arena_printf(a, "%.*s%s%.*s", STR_ARG(all), i ? ", " : "", STR_ARG(rules->styles[i].name));
    return all;
}

static int read_text(const yaml_node *root, const char *key, bool required, str file, str *out, error *e) {
    const yaml_node *node = yaml_get(root, key);
    if (!node && !required) return 0;
    if (!node) return yaml_error(e, ERROR_SCHEMA, file, root, "a brief needs a '%s'", key);
    *out = str_trim(yaml_text(node));
    if (node->kind != YAML_SCALAR || out->n == 0)
        return yaml_error(e, ERROR_SCHEMA, file, node, "'%s' takes a text", key);
    return 0;
}

static int read_style(arena *a, const yaml_node *root, str file, const ruleset *rules, brief *out, error *e) {
    const yaml_node *node = yaml_get(root, "style");
    str nearest = {0};
    if (!node || yaml_is_null(node))
        return yaml_error(e, ERROR_SCHEMA, file, node ? node : root, "a brief needs a 'style': one of %.*s",
                          STR_ARG(style_names(a, rules)));
    if (node->kind != YAML_SCALAR) return yaml_error(e, ERROR_SCHEMA, file, node, "'style' takes the name of a style");
    out->style = ruleset_style(rules, node->text, &nearest);
    if (out->style) return 0;
    str_hint_text hint = str_hint(node->text, nearest);
    return yaml_error(e, ERROR_SCHEMA, file, node, "unknown style '%.*s'%s Known: %.*s",
                      STR_ARG(str_slice(node->text, 0, 64)), *hint.text ? hint.text : ".",
                      STR_ARG(style_names(a, rules)));
}

static int read_items(arena *a, const yaml_node *root, const char *key, str file, const str **out, uint32_t *count,
                      error *e) {
    const yaml_node *node = yaml_get(root, key);
    if (!node) return 0;
    if (node->kind != YAML_LIST) return yaml_error(e, ERROR_SCHEMA, file, node, "'%s' takes a list of texts", key);
    if (node->count > BRIEF_LIMIT_ITEMS)
        return yaml_error(e, ERROR_LIMIT, file, node, "'%s' has %u items; a brief may have %d", key, node->count,
                          BRIEF_LIMIT_ITEMS);
    str *items = ARENA_ARRAY(a, str, node->count);
    if (!items) return error_set(e, ERROR_MEMORY, "out of memory");
    for (uint32_t i = 0; i < node->count; i++) {
        items[i] = str_trim(yaml_text(node->items[i]));
        if (node->items[i]->kind != YAML_SCALAR || items[i].n == 0)
            return yaml_error(e, ERROR_SCHEMA, file, node->items[i],
                              "an item of '%s' is a text; put one that holds ': ' in quotes", key);
    }
    *out = items;
    *count = node->count;
    return 0;
}

static int read_words(const yaml_node *map, const char *key, str file, uint32_t *out, error *e) {
    const yaml_node *node = yaml_get(map, key);
    int64_t words;
    if (!node) return 0;
    if (!yaml_to_i64(node, &words) || words < 1 || words > 100000)
        return yaml_error(e, ERROR_SCHEMA, file, node, "length.%s takes a number of words, 1 to 100000", key);
    *out = (uint32_t)words;
    return 0;
}

static int read_length(const yaml_node *root, str file, brief *out, error *e) {
    const yaml_node *node = yaml_get(root, "length");
    out->words_min = out->style->words_min;
    out->words_max = out->style->words_max;
    if (!node) return 0;
    int bad = yaml_check_keys(node, length_keys, "length", file, e);
    if (!bad) bad = read_words(node, "min", file, &out->words_min, e);
    if (!bad) bad = read_words(node, "max", file, &out->words_max, e);
    if (!bad && out->words_max && out->words_min > out->words_max)
        bad = yaml_error(e, ERROR_CONFLICT, file, node, "no article has at least %u and at most %u words",
                         out->words_min, out->words_max);
    const style *s = out->style; /* what the brief lets be written, the style's ruler must let pass */
    if (!bad && (out->words_min < s->words_min || (s->words_max && out->words_max > s->words_max)))
        bad = yaml_error(e, ERROR_CONFLICT, file, node,
                         "style '%.*s' judges articles of %u to %u words, and the brief asks for "
                         "%u to %u",
                         STR_ARG(s->name), s->words_min, s->words_max, out->words_min, out->words_max);
    return bad;
}

int brief_read(arena *a, str content, str file, const ruleset *rules, brief *out, error *e) {
    yaml_document document;
    *out = (brief){.file = file, .hash = sha256_of(content)};
    int bad = yaml_parse(a, content, NULL, &document, e);
    if (bad) return error_in_file(e, file), bad;
    const yaml_node *root = document.root;
    bad = yaml_check_keys(root, keys, "a brief", file, e);
    if (!bad && document.duplicate_count)
        bad = yaml_error(e, ERROR_CONFLICT, file, document.duplicates[0].again, "'%.*s' stands here twice",
                         STR_ARG(document.duplicates[0].again->text));
    if (!bad) bad = read_text(root, "title", true, file, &out->title, e);
    if (!bad) bad = read_style(a, root, file, rules, out, e);
    if (!bad) bad = read_text(root, "audience", false, file, &out->audience, e);
    if (!bad) bad = read_items(a, root, "must_cover", file, &out->must_cover, &out->must_cover_count, e);
    if (!bad) bad = read_items(a, root, "must_not", file, &out->must_not, &out->must_not_count, e);
    return bad ? bad : read_length(root, file, out, e);
}

int brief_open(arena *a, const char *path, const ruleset *rules, brief *out, error *e) {
    str content;
    int bad = file_read(a, path, BRIEF_LIMIT_BYTES, &content, e);
    return bad ? bad : brief_read(a, content, str_from_cstr(path), rules, out, e);
}
