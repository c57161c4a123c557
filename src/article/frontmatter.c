/* frontmatter.c - the declared fields of an article.
 *
 * In: the source bytes in which an article begins (behind a byte order mark, or inside an outer code fence).
 * Out: fields with their places, format, status, the span between the fences, the offset of the body.
 *
 *     ---                              +++
 *     title: A log        YAML         title = "A log"     TOML (toml.c)
 *     tags: [a, b]        author.name: x   author: {name: x} gives the dotted key "author.name"
 *     ---   or  ...                    +++
 *
 * The opening fence must be the first line. Without a closing one the file has no frontmatter: when the line behind the
 * opening fence looks like a key it is UNTERMINATED, else "---" is a thematic break and the frontmatter is MISSING. The
 * keys of an unterminated one, up to the first blank line, are recovered as those of a malformed one are, so that the
 * one forgotten line is said and not a title, a date and a style besides that are all there.
 *
 * Malformed YAML is an issue at the place that libyaml names, and every top-level line `key: rest` is recovered as text
 * (or as a list, when the rest is a one-line list), so that the article can still be judged by its style.
 *
 * Bounds: YAML depth 16, 100 aliases, 20,000 nodes, MAX_FIELDS fields, MAX_KEY_BYTES of a key with those that it stands
 * below (each field has them written out); what is beyond is malformed.
 */
#include "article/internal.h"

#include "base/yaml.h"

#include <stdarg.h>
#include <stdio.h>

enum { MAX_DEPTH = 16, MAX_ALIASES = 100, MAX_NODES = 20000, MAX_FIELDS = 4096, MAX_KEY_BYTES = 2048 };

void issue_add(builder *b, enum article_issue_kind kind, span where, const char *format, ...) {
    char text[512];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    str message = arena_str(b->a, str_from_cstr(text));
    if (!message.p) b->failed = true;
    (void)PUSH(b, issues, (article_issue){kind, where, message});
}

void field_add(builder *b, field f) {
    if (b->fields.n >= MAX_FIELDS) return;
    for (size_t i = 0; i < b->fields.n && i < 256; i++)
        if (str_eq(b->fields.at[i].key, f.key)) {
            issue_add(b, ISSUE_FRONTMATTER_DUPLICATE, f.key_where, "the key '%.*s' stands twice; the first one counts",
                      (int)(f.key.n < 100 ? f.key.n : 100), (const char *)f.key.p);
            return;
        }
    (void)PUSH(b, fields, f);
}

/* ---- YAML ------------------------------------------------------------------------------------------------------- */

str field_key(builder *b, str prefix, str key) {
    if (prefix.n == 0 || b->fields.n >= MAX_FIELDS) return key; /* no field will have it */
    str joined = arena_printf(b->a, "%.*s.%.*s", STR_ARG(prefix), STR_ARG(key));
    if (!joined.p) b->failed = true;
    return joined;
}

/* False at the first key that is too long, which is an issue. */
static bool add_yaml_map(builder *b, str prefix, const yaml_node *map, uint32_t depth);

static bool key_fits(builder *b, str prefix, const yaml_node *key, ptrdiff_t bytes) {
    if (prefix.n == 0 || prefix.n + bytes <= MAX_KEY_BYTES) return true;
    issue_add(b, ISSUE_FRONTMATTER_MALFORMED, (span){key->where.lo, key->where.lo + 1},
              "the frontmatter does not load: a key has at most 2,048 bytes, with those that it stands below");
    return false;
}

/* Scalars are the list's items; a map in it has fields of its own, "faq.0.answer". */
static bool add_yaml_list(builder *b, field f, const yaml_node *node, uint32_t depth) {
    f.kind = FIELD_LIST;
    f.items = ARENA_ARRAY(b->a, str, node->count);
    if (!f.items) b->failed = true;
    for (uint32_t i = 0; i < node->count && f.items; i++)
        if (node->items[i]->kind == YAML_SCALAR) f.items[f.item_count++] = node->items[i]->text;
    field_add(b, f);
    for (uint32_t i = 0; i < node->count && depth < MAX_DEPTH && !b->failed; i++) {
        char number[16];
        if (node->items[i]->kind != YAML_MAP) continue;
        snprintf(number, sizeof number, "%u", i);
        if (!key_fits(b, f.key, node->items[i], (ptrdiff_t)sizeof number)) return false;
        if (!add_yaml_map(b, field_key(b, f.key, str_from_cstr(number)), node->items[i], depth + 1)) return false;
    }
    return true;
}

static bool add_yaml_map(builder *b, str prefix, const yaml_node *map, uint32_t depth) {
    for (uint32_t i = 0; i < map->count && !b->failed; i++) {
        const yaml_node *key = map->keys[i], *value = map->items[i];
        bool again = false;
        for (uint32_t k = 0; k < i && k < 256 && !again; k++) again = str_eq(map->keys[k]->text, key->text);
        if (again) continue;
        if (!key_fits(b, prefix, key, key->text.n)) return false;
        field f = {
            .kind = FIELD_NULL, .key = field_key(b, prefix, key->text), .key_where = key->where, .where = value->where};
        if (value->kind == YAML_LIST) {
            if (!add_yaml_list(b, f, value, depth)) return false;
        } else if (value->kind == YAML_MAP) {
            f.kind = FIELD_MAP;
            field_add(b, f);
            if (depth < MAX_DEPTH && !add_yaml_map(b, f.key, value, depth + 1)) return false;
        } else {
            if (!yaml_is_null(value)) {
                f.kind = FIELD_TEXT;
                f.value = value->text;
            }
            field_add(b, f);
        }
    }
    return true;
}

/* ---- recovery --------------------------------------------------------------------------------------------------- */

static str unquote(str s) {
    if (s.n >= 2 && (s.p[0] == '"' || s.p[0] == '\'') && s.p[s.n - 1] == s.p[0]) return str_slice(s, 1, s.n - 1);
    return s;
}

static void recover_list(builder *b, field f, str inside) {
    VEC(str) items = {0};
    str piece;
    while (str_cut(&inside, ',', &piece)) {
        piece = unquote(str_trim(piece));
        if (piece.n && !VEC_PUSH(b->a, &items, piece)) b->failed = true;
    }
    f.kind = FIELD_LIST;
    f.items = items.at;
    f.item_count = (uint32_t)items.n;
    field_add(b, f);
}

/* `key: rest`, in TOML `key = rest`, at the start of a line; keys are words of letters, digits, '_' and '-'. */
static void recover_line(builder *b, str line, uint32_t base, uint8_t mark) {
    ptrdiff_t end = 0;
    while (end < line.n && (byte_is_alnum(line.p[end]) || line.p[end] == '_' || line.p[end] == '-')) end++;
    ptrdiff_t colon = end;
    while (colon < line.n && line.p[colon] == ' ') colon++;
    if (end == 0 || colon >= line.n || line.p[colon] != mark) return;
    if (mark == ':' && colon + 1 < line.n && line.p[colon + 1] != ' ' && line.p[colon + 1] != '\t') return;
    str key = str_slice(line, 0, end), rest = str_trim(str_slice(line, colon + 1, line.n));
    for (size_t i = 0; i < b->fields.n && i < 256; i++)
        if (str_eq(b->fields.at[i].key, key)) return;
    uint32_t at = rest.n ? base + (uint32_t)(rest.p - line.p) : base + (uint32_t)line.n;
    field f = {.kind = FIELD_NULL,
               .recovered = true,
               .key = key,
               .key_where = {base, base + (uint32_t)end},
               .where = {at, at + (uint32_t)rest.n}};
    if (rest.n >= 2 && rest.p[0] == '[' && rest.p[rest.n - 1] == ']') {
        recover_list(b, f, str_slice(rest, 1, rest.n - 1));
        return;
    }
    rest = unquote(rest);
    if (rest.n) {
        f.kind = FIELD_TEXT;
        f.value = rest;
    }
    field_add(b, f);
}

static void recover(builder *b, span where) {
    str text = str_span(b->out->source, where);
    for (ptrdiff_t at = 0; at < text.n;) {
        ptrdiff_t end = at;
        while (end < text.n && text.p[end] != '\n' && text.p[end] != '\r') end++;
        recover_line(b, str_slice(text, at, end), where.lo + (uint32_t)at, ':');
        at = end + 1;
    }
}

/* ---- reading ---------------------------------------------------------------------------------------------------- */

/* Source offset of a place that a reader named. */
static uint32_t offset_of_place(const builder *b, uint32_t line, uint32_t column) {
    const line_table *t = &b->out->lines;
    if (line == 0 || line > t->count) return 0;
    ptrdiff_t at = (ptrdiff_t)t->starts[line - 1], end = line < t->count ? (ptrdiff_t)t->starts[line] : t->text.n;
    if (line == 1 && str_starts(t->text, STR("\xef\xbb\xbf"))) at = 3;
    for (uint32_t i = 1; i < column && at < end; i++) {
        uint32_t code;
        at += utf8_decode(t->text, at, &code);
    }
    return (uint32_t)at;
}

static bool yaml_read(builder *b, span where) {
    str text = str_span(b->out->source, where);
    place first = line_table_place(&b->out->lines, where.lo);
    yaml_limits limits = {.depth = MAX_DEPTH,
                          .nodes = MAX_NODES,
                          .aliases = MAX_ALIASES,
                          .first_line = first.line,
                          .first_offset = where.lo};
    yaml_document document;
    error e = {0};
    int status = yaml_parse(b->a, text, &limits, &document, &e);
    if (status == ERROR_MEMORY) b->failed = true;
    if (status == 0 && document.root->kind == YAML_MAP) {
        for (size_t i = 0; i < document.duplicate_count; i++) {
            const yaml_node *key = document.duplicates[i].again;
            issue_add(b, ISSUE_FRONTMATTER_DUPLICATE, key->where, "the key '%.*s' stands twice; the first one counts",
                      (int)(key->text.n < 100 ? key->text.n : 100), (const char *)key->text.p);
        }
        if (add_yaml_map(b, STR(""), document.root, 0)) return true;
        recover(b, where);
        return false;
    }
    if (status == 0 && yaml_is_null(document.root)) return true;
    if (status == 0) {
        issue_add(b, ISSUE_FRONTMATTER_MALFORMED, document.root->where,
                  "the frontmatter is not a list of keys and values");
    } else {
        uint32_t at = offset_of_place(b, e.line, e.column ? e.column : 1);
        if (at < where.lo) at = where.lo;
        if (at > where.hi) at = where.hi;
        /* "is not YAML: ...", "does not load: a key must be plain text" */
        bool not_yaml = str_starts(str_from_cstr(e.message), STR("not "));
        issue_add(b, ISSUE_FRONTMATTER_MALFORMED, (span){at, at < where.hi ? at + 1 : at}, "the frontmatter %s%s",
                  not_yaml ? "is " : "does not load: ", e.message);
    }
    recover(b, where);
    return false;
}

/* Whether the line at `at` is a fence of three `mark`s; `*next` is the offset behind its end. */
static bool is_fence(str s, uint32_t at, uint8_t mark, uint32_t *next) {
    uint32_t i = at;
    while ((ptrdiff_t)i < s.n && s.p[i] == mark) i++;
    if (i - at != 3) return false;
    while ((ptrdiff_t)i < s.n && (s.p[i] == ' ' || s.p[i] == '\t')) i++;
    if ((ptrdiff_t)i < s.n && s.p[i] != '\n' && s.p[i] != '\r') return false;
    if ((ptrdiff_t)i < s.n && s.p[i] == '\r') i++;
    if ((ptrdiff_t)i < s.n && s.p[i] == '\n' && (i == at + 3 || s.p[i - 1] != '\n')) i++;
    *next = i;
    return true;
}

static uint32_t next_line(str s, uint32_t at) {
    while ((ptrdiff_t)at < s.n && s.p[at] != '\n' && s.p[at] != '\r') at++;
    if ((ptrdiff_t)at < s.n && s.p[at] == '\r' && (ptrdiff_t)at + 1 < s.n && s.p[at + 1] == '\n') at++;
    return (ptrdiff_t)at < s.n ? at + 1 : at;
}

/* `key:` or `key =` at the start of a line. */
static bool looks_like_key(str s, uint32_t at) {
    uint32_t i = at;
    while ((ptrdiff_t)i < s.n && (byte_is_alnum(s.p[i]) || s.p[i] == '_' || s.p[i] == '-' || s.p[i] == '.')) i++;
    if (i == at) return false;
    while ((ptrdiff_t)i < s.n && s.p[i] == ' ') i++;
    return (ptrdiff_t)i < s.n && (s.p[i] == ':' || s.p[i] == '=');
}

/* The keys from `at` to the first line that is neither a key nor part of one: an indented line, "- item", a comment. */
static void recover_open(builder *b, str s, uint32_t at, uint8_t mark) {
    for (uint32_t next; (ptrdiff_t)at < s.n; at = next) {
        next = next_line(s, at);
        str line = str_slice(s, (ptrdiff_t)at, (ptrdiff_t)next);
        while (line.n && (line.p[line.n - 1] == '\n' || line.p[line.n - 1] == '\r')) line.n--;
        if (utf8_is_blank(line)) return;
        bool part = line.p[0] == ' ' || line.p[0] == '\t' || line.p[0] == '#' || str_starts(line, STR("- "));
        if (!part && !looks_like_key(s, at)) return;
        if (!part) recover_line(b, line, at, mark);
    }
}

uint32_t frontmatter_read(builder *b, span where) {
    article *out = b->out;
    str s = str_slice(out->source, 0, (ptrdiff_t)where.hi);
    uint32_t first;
    bool yaml = is_fence(s, where.lo, '-', &first), toml = !yaml && is_fence(s, where.lo, '+', &first);
    out->frontmatter = (span){where.lo, where.lo};
    out->status = FRONTMATTER_MISSING;
    out->format = FRONTMATTER_NONE;
    if (!yaml && !toml) return where.lo;
    for (uint32_t at = first; at < where.hi; at = next_line(s, at)) {
        uint32_t behind;
        if (!is_fence(s, at, yaml ? '-' : '+', &behind) && !(yaml && is_fence(s, at, '.', &behind))) continue;
        out->frontmatter = (span){first, at};
        out->format = yaml ? FRONTMATTER_YAML : FRONTMATTER_TOML;
        bool fine = yaml ? yaml_read(b, out->frontmatter) : toml_read(b, out->frontmatter);
        out->status = fine ? FRONTMATTER_OK : FRONTMATTER_MALFORMED;
        return behind;
    }
    if (looks_like_key(s, first)) {
        out->status = FRONTMATTER_UNTERMINATED;
        out->format = yaml ? FRONTMATTER_YAML : FRONTMATTER_TOML;
        issue_add(b, ISSUE_FRONTMATTER_UNTERMINATED, (span){where.lo, where.lo + 3},
                  "the frontmatter's opening %s has no closing one", yaml ? "---" : "+++");
        recover_open(b, s, first, yaml ? ':' : '=');
    }
    return where.lo;
}
