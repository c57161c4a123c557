/* config_print.c - `--print-config`: the settings of one article as YAML, each with where it comes from as a comment.
 */
#include "config/config_parts.h"

#include "base/json.h"

/* A YAML scalar: plain where that is safe, else in double quotes (a JSON string is one). */
static void scalar(str text, buf *out) {
    bool plain = text.n > 0 && (byte_is_alnum(text.p[0]) || text.p[0] == '/' || text.p[0] == '.' || text.p[0] == '_');
    for (ptrdiff_t i = 0; i < text.n && plain; i++)
        plain = byte_is_alnum(text.p[i]) || (text.p[i] && strchr("./_-+@", text.p[i]));
    if (plain) {
        buf_str(out, text);
        return;
    }
    json j = {.out = out};
    json_str(&j, text);
}

static void origin(const config *c, const yaml_node *node, buf *out) {
    buf_printf(out, "  # %.*s:%u:%u\n", STR_ARG(c->path), node->line, node->column);
}

static void print_list(const config *c, const char *key, buf *out) {
    const yaml_node *node = yaml_get(c->document.root, key);
    if (!node) return;
    buf_printf(out, "%s:\n", key);
    uint32_t count = node->kind == YAML_LIST ? node->count : 1;
    for (uint32_t i = 0; i < count; i++) {
        const yaml_node *item = node->kind == YAML_LIST ? node->items[i] : node;
        buf_cstr(out, "  - ");
        scalar(item->text, out);
        origin(c, item, out);
    }
}

static void print_lints(const config *c, const yaml_node *lints, buf *out) {
    for (uint32_t i = 0; lints && i < lints->count; i++) {
        buf_cstr(out, "  ");
        scalar(lints->keys[i]->text, out);
        buf_printf(out, ": %.*s", STR_ARG(lints->items[i]->text));
        origin(c, lints->items[i], out);
    }
}

/* The override's line stands after the general one; the later one holds. */
static void print_levels(const config *c, str path, buf *out) {
    const yaml_node *root = c->document.root, *overrides = yaml_get(root, "overrides");
    bool any = yaml_get(root, "lints") != NULL;
    for (uint32_t i = 0; overrides && i < overrides->count; i++)
        any = any ||
              (yaml_get(overrides->items[i], "lints") && config_matches(yaml_get(overrides->items[i], "files"), path));
    if (!any) return;
    buf_cstr(out, "lints: # where one stands twice, the later holds\n");
    print_lints(c, yaml_get(root, "lints"), out);
    for (uint32_t i = 0; overrides && i < overrides->count; i++)
        if (config_matches(yaml_get(overrides->items[i], "files"), path))
            print_lints(c, yaml_get(overrides->items[i], "lints"), out);
}

static void print_waivers(const config *c, str path, buf *out) {
    static const char *const keys[] = {"claim", "fact", "rule", "reason", "until"};
    const yaml_node *waivers = yaml_get(c->document.root, "waivers");
    bool first = true;
    for (uint32_t i = 0; waivers && i < waivers->count; i++) {
        const yaml_node *item = waivers->items[i], *files = yaml_get(item, "files");
        if (files && !config_matches(files, path)) continue;
        if (first) buf_cstr(out, "waivers: # those for this article\n");
        first = false;
        buf_cstr(out, "  - {");
        for (size_t k = 0, n = 0; k < COUNT_OF(keys); k++) {
            str value = yaml_text(yaml_get(item, keys[k]));
            if (value.n == 0) continue;
            buf_printf(out, "%s%s: ", n++ ? ", " : "", keys[k]);
            scalar(value, out);
        }
        buf_cstr(out, "}");
        origin(c, item, out);
    }
}

void config_print(const config *c, const settings *s, str article_path, buf *out) {
    arena *a = arena_new(0);
    buf_cstr(out, "# settings for ");
    scalar(article_path, out);
    buf_byte(out, '\n');
    for (int id = 0; id < SETTING_COUNT; id++) {
        str value = s->at[id].value, part;
        bool list = str_find_byte(value, '\n', 0) >= 0;
        buf_printf(out, "%s: ", setting_name((enum setting_id)id));
        if (value.n == 0) buf_cstr(out, "~");
        if (list) buf_byte(out, '[');
        for (bool first = true; value.n > 0 && str_cut(&value, '\n', &part); first = false) {
            if (!first) buf_cstr(out, ", ");
            scalar(part, out);
        }
        buf_printf(out, "%s  # %.*s\n", list ? "]" : "", STR_ARG(s->at[id].origin));
    }
    if (a && c && c->document.root->kind == YAML_MAP) {
        str path = config_relative(a, c, article_path);
        print_list(c, "exclude", out);
        print_list(c, "published", out);
        print_levels(c, path, out);
        print_waivers(c, path, out);
    }
    out->failed = out->failed || !a;
    str by = s->excluded_by;
    buf_printf(out, "# this article is %sexcluded%s%.*s and %spublished\n", by.n ? "" : "not ", by.n ? " by " : "",
               STR_ARG(by), s->published ? "" : "not ");
    arena_free(a);
}
