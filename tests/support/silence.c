/* silence.c - test support: the YAML of a manifest, with one entry left out. In: a tree. Out: YAML in flow style, every
 * scalar quoted but for booleans, since a manifest's scalars are text. */
#include "tests/support/silence.h"

#include <string.h>

static bool add(silence *s, const yaml_node *parent, uint32_t index, str name) {
    silence_entry entry = {parent, index, name};
    return name.p && VEC_PUSH(s->a, &s->entries, entry);
}

static str name_of(const yaml_node *entry) {
    static const char *const keys[] = {"id", "name", "path", "cmd", "binary"};
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        str text = yaml_text(yaml_get(entry, keys[i]));
        if (text.n) return text;
    }
    return STR("?");
}

/* The fields of an entity, each of which it may lack. */
static bool add_fields(silence *s, const yaml_node *entity, str name) {
    for (uint32_t k = 0; k < entity->count; k++) {
        str key = yaml_text(entity->keys[k]);
        const yaml_node *value = entity->items[k];
        bool whole = str_is_among(key, "port location cadence steps history") ||
                     (str_eq(key, STR("version")) && yaml_get(entity, "attrs") && !yaml_get(entity, "history"));
        bool parts = (str_eq(key, STR("attrs")) && value->kind == YAML_MAP) ||
                     (str_eq(key, STR("aliases")) && value->kind == YAML_LIST);
        if (whole && !add(s, entity, k, arena_printf(s->a, "%.*s.%.*s", STR_ARG(name), STR_ARG(key)))) return false;
        for (uint32_t i = 0; parts && i < value->count; i++) {
            str part = yaml_text(value->kind == YAML_MAP ? value->keys[i] : value->items[i]);
            if (!add(s, value, i, arena_printf(s->a, "%.*s.%.*s.%.*s", STR_ARG(name), STR_ARG(key), STR_ARG(part))))
                return false;
        }
    }
    return true;
}

bool silence_make(arena *a, str yaml, silence *out) {
    static const char entities[] = "components packages hardware hosts services processes";
    static const char plain[] = "paths benchmarks derived output_signatures absent";
    yaml_document document;
    error e = {0};
    *out = (silence){.a = a};
    if (yaml_parse(a, yaml, NULL, &document, &e) || document.root->kind != YAML_MAP) return false;
    out->root = document.root;
    for (uint32_t k = 0; k < out->root->count; k++) {
        str section = yaml_text(out->root->keys[k]);
        const yaml_node *list = out->root->items[k];
        bool rich = str_is_among(section, entities);
        if (list->kind != YAML_LIST || (!rich && !str_is_among(section, plain))) continue;
        for (uint32_t i = 0; i < list->count; i++) {
            str name = arena_printf(a, "%.*s.%.*s", STR_ARG(section), STR_ARG(name_of(list->items[i])));
            if (!add(out, list, i, name)) return false;
            if (rich && list->items[i]->kind == YAML_MAP && !add_fields(out, list->items[i], name)) return false;
        }
    }
    return true;
}

/* ---- writing ---- */

static void write_text(str text, buf *out) {
    buf_byte(out, '"');
    for (ptrdiff_t i = 0; i < text.n; i++) {
        uint8_t c = text.p[i];
        if (c == '"' || c == '\\') buf_byte(out, '\\');
        if (c < 0x20)
            buf_printf(out, "\\x%02x", c);
        else
            buf_byte(out, c);
    }
    buf_byte(out, '"');
}

typedef struct writer {
    const silence *s;
    const bool *gone;
    buf *out;
} writer;

static bool is_gone(const writer *w, const yaml_node *parent, uint32_t index) {
    for (size_t i = 0; i < w->s->entries.n; i++) {
        const silence_entry *entry = &w->s->entries.at[i];
        if (w->gone[i] && entry->parent == parent && entry->index == index) return true;
    }
    return false;
}

/* Is nothing left of a list or map that had something in it? */
static bool is_emptied(const writer *w, const yaml_node *node) {
    if (node->kind == YAML_SCALAR || node->count == 0) return false;
    for (uint32_t i = 0; i < node->count; i++)
        if (!is_gone(w, node, i)) return false;
    return true;
}

static void write_node(const writer *w, const yaml_node *node) {
    bool truth, first = true;
    if (node->kind == YAML_NULL) return buf_cstr(w->out, "~");
    if (node->kind == YAML_SCALAR) {
        if (!node->quoted && yaml_to_bool(node, &truth)) return buf_cstr(w->out, truth ? "true" : "false");
        return write_text(node->text, w->out);
    }
    buf_byte(w->out, node->kind == YAML_MAP ? '{' : '[');
    for (uint32_t i = 0; i < node->count; i++) {
        if (is_gone(w, node, i) || is_emptied(w, node->items[i])) continue;
        if (!first) buf_cstr(w->out, ", ");
        first = false;
        if (node->kind == YAML_MAP) {
            write_text(yaml_text(node->keys[i]), w->out);
            buf_cstr(w->out, ": ");
        }
        write_node(w, node->items[i]);
    }
    buf_byte(w->out, node->kind == YAML_MAP ? '}' : ']');
}

void silence_without(const silence *s, const bool *gone, buf *out) {
    write_node(&(writer){s, gone, out}, s->root);
    buf_byte(out, '\n');
}
