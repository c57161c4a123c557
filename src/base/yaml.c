/* yaml.c - libyaml events to a bounded tree.
 *
 * In: one YAML document as text. Out: nodes in the arena, with source places.
 *
 *     events ──► build(): an explicit stack of open collections, so that nesting costs arena bytes, not C stack
 *
 * Invariants: depth ≤ limits.depth; expanded nodes ≤ limits.nodes, where an alias counts as many nodes as its anchor's
 * tree holds (so nested aliases cannot multiply unseen); an alias inside its own anchor is an error. libyaml itself
 * needs quadratic time on deep flow nesting, so nesting of '[' and '{' is bounded before it starts.
 */
#include "base/yaml.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <yaml.h>

enum { DEFAULT_DEPTH = 64, DEFAULT_NODES = 1000000, DEFAULT_ALIASES = 1000 };

typedef struct anchor {
    str name;
    yaml_node *node;
    uint64_t size; /* nodes in its tree; 0 while still open */
} anchor;

typedef struct frame {
    yaml_node *node;
    VEC(yaml_node *) keys, items;
    yaml_node *pending_key;
    uint32_t *by_hash; /* [hash_capacity] 1 + index of a key, open-addressed; NULL while there are few keys */
    size_t hash_capacity;
    uint64_t first_size; /* nodes counted before this collection began */
    ptrdiff_t anchor;    /* index into anchors, or -1 */
} frame;

typedef struct builder {
    arena *a;
    str text;
    yaml_limits limits;
    error *e;
    line_table lines;
    bool ascii;
    size_t cursor_line,
        cursor_column; /* where offset_of last was, so that one long line is not walked again and again */
    ptrdiff_t cursor_at;
    uint64_t size;
    uint32_t aliases;
    VEC(frame) stack;
    VEC(anchor) anchors;
    VEC(yaml_duplicate) duplicates;
    yaml_node *root;
} builder;

static int fail_at(builder *b, enum error_code code, const yaml_mark_t *mark, const char *what) {
    return error_at(b->e, code, STR(""), (uint32_t)mark->line + b->limits.first_line, (uint32_t)mark->column + 1, "%s",
                    what);
}

static int out_of_memory(builder *b) { return error_set(b->e, ERROR_MEMORY, "out of memory while reading YAML"); }

/* Bytes of the byte order mark that some editors put before UTF-8: it is no part of the document. */
static ptrdiff_t mark_bytes(str text) { return str_starts(text, STR("\xef\xbb\xbf")) ? 3 : 0; }

/* libyaml's mark.index counts characters; in ASCII text that is the byte offset, else line and column lead to it. */
static uint32_t offset_of(builder *b, const yaml_mark_t *mark) {
    if (b->ascii) return (uint32_t)mark->index;
    if (mark->line >= b->lines.count) return (uint32_t)b->text.n;
    if (mark->line != b->cursor_line || mark->column < b->cursor_column) {
        b->cursor_line = mark->line;
        b->cursor_column = 0;
        b->cursor_at = (ptrdiff_t)b->lines.starts[mark->line];
        if (mark->line == 0) b->cursor_at = mark_bytes(b->text);
    }
    for (; b->cursor_column < mark->column && b->cursor_at < b->text.n; b->cursor_column++) {
        uint32_t code;
        b->cursor_at += utf8_decode(b->text, b->cursor_at, &code);
    }
    return (uint32_t)b->cursor_at;
}

static yaml_node *node_new(builder *b, enum yaml_kind kind, const yaml_event_t *event) {
    yaml_node *node = ARENA_NEW(b->a, yaml_node);
    if (!node) return NULL;
    node->kind = kind;
    node->where.lo = offset_of(b, &event->start_mark) + b->limits.first_offset;
    node->where.hi = offset_of(b, &event->end_mark) + b->limits.first_offset;
    node->line = (uint32_t)event->start_mark.line + b->limits.first_line;
    node->column = (uint32_t)event->start_mark.column + 1;
    b->size++;
    return node;
}

static int anchor_open(builder *b, const yaml_char_t *name, yaml_node *node, uint64_t size, ptrdiff_t *index) {
    *index = -1;
    if (!name) return ERROR_NONE;
    str copy = arena_str(b->a, str_from_cstr((const char *)name));
    if (!copy.p || !VEC_PUSH(b->a, &b->anchors, (anchor){copy, node, size})) return out_of_memory(b);
    *index = (ptrdiff_t)b->anchors.n - 1;
    return ERROR_NONE;
}

static int remember_duplicate(builder *b, yaml_node *first, yaml_node *again) {
    return VEC_PUSH(b->a, &b->duplicates, (yaml_duplicate){first, again}) ? ERROR_NONE : out_of_memory(b);
}

/* The slot of the key's text in f->by_hash, or the free slot where it belongs. The hash is salted by an address, so
 * that keys cannot be chosen to collide. */
static uint32_t *key_slot(const builder *b, frame *f, str text) {
    uint64_t h = (uint64_t)(uintptr_t)b->text.p ^ 0x9e3779b97f4a7c15u;
    for (ptrdiff_t i = 0; i < text.n; i++) h = (h ^ text.p[i]) * 0x100000001b3u;
    h ^= h >> 32;
    h *= 0xd6e8feb86659fd93u;
    h ^= h >> 32;
    size_t i = (size_t)h & (f->hash_capacity - 1);
    while (f->by_hash[i] && !str_eq(f->keys.at[f->by_hash[i] - 1]->text, text)) i = (i + 1) & (f->hash_capacity - 1);
    return &f->by_hash[i];
}

static bool rehash_keys(builder *b, frame *f) {
    size_t capacity = f->hash_capacity ? f->hash_capacity * 2 : 128;
    f->by_hash = ARENA_ARRAY(b->a, uint32_t, capacity);
    if (!f->by_hash) return false;
    f->hash_capacity = capacity;
    for (size_t i = f->keys.n; i-- > 0;) *key_slot(b, f, f->keys.at[i]->text) = (uint32_t)i + 1;
    return true;
}

/* Called before the key is appended as f->keys.at[f->keys.n]. */
static int note_duplicate(builder *b, frame *f, yaml_node *key) {
    enum { FEW = 32 };
    if (f->keys.n < FEW) {
        for (size_t i = 0; i < f->keys.n; i++)
            if (str_eq(f->keys.at[i]->text, key->text)) return remember_duplicate(b, f->keys.at[i], key);
        return ERROR_NONE;
    }
    if ((f->keys.n + 1) * 2 > f->hash_capacity && !rehash_keys(b, f)) return out_of_memory(b);
    uint32_t *slot = key_slot(b, f, key->text);
    if (*slot) return remember_duplicate(b, f->keys.at[*slot - 1], key);
    *slot = (uint32_t)f->keys.n + 1;
    return ERROR_NONE;
}

/* Puts a finished node into the collection that is open, or makes it the root. */
static int place_node(builder *b, yaml_node *node, const yaml_mark_t *mark) {
    if (b->size > b->limits.nodes)
        return error_at(b->e, ERROR_LIMIT, STR(""), (uint32_t)mark->line + b->limits.first_line,
                        (uint32_t)mark->column + 1,
                        "too many YAML nodes: more than %zu, aliases counted as often as they are used; make the file "
                        "smaller",
                        (size_t)b->limits.nodes);
    if (b->stack.n == 0) {
        b->root = node;
        return ERROR_NONE;
    }
    frame *f = &b->stack.at[b->stack.n - 1];
    if (f->node->kind == YAML_MAP && !f->pending_key) {
        if (node->kind != YAML_SCALAR && node->kind != YAML_NULL)
            return fail_at(b, ERROR_SYNTAX, mark, "a key must be plain text, not a list or map");
        f->pending_key = node;
        return ERROR_NONE;
    }
    if (f->node->kind == YAML_MAP) {
        int status = note_duplicate(b, f, f->pending_key);
        if (status) return status;
        if (!VEC_PUSH(b->a, &f->keys, f->pending_key)) return out_of_memory(b);
        f->pending_key = NULL;
    }
    return VEC_PUSH(b->a, &f->items, node) ? ERROR_NONE : out_of_memory(b);
}

static int open_collection(builder *b, enum yaml_kind kind, const yaml_event_t *event, const yaml_char_t *name) {
    if (b->stack.n >= b->limits.depth) return fail_at(b, ERROR_LIMIT, &event->start_mark, "YAML is nested too deeply");
    if (kind != YAML_SCALAR && b->stack.n > 0) {
        const frame *parent = &b->stack.at[b->stack.n - 1];
        if (parent->node->kind == YAML_MAP && !parent->pending_key)
            return fail_at(b, ERROR_SYNTAX, &event->start_mark, "a key must be plain text, not a list or map");
    }
    frame f = {.first_size = b->size, .anchor = -1};
    f.node = node_new(b, kind, event);
    if (!f.node) return out_of_memory(b);
    int status = anchor_open(b, name, f.node, 0, &f.anchor);
    if (status) return status;
    return VEC_PUSH(b->a, &b->stack, f) ? ERROR_NONE : out_of_memory(b);
}

static int close_collection(builder *b, const yaml_event_t *event) {
    if (b->stack.n == 0) return fail_at(b, ERROR_SYNTAX, &event->start_mark, "a YAML collection ends that none began");
    frame f = b->stack.at[--b->stack.n];
    f.node->where.hi = offset_of(b, &event->end_mark) + b->limits.first_offset;
    f.node->count = (uint32_t)f.items.n;
    f.node->keys = f.keys.at;
    f.node->items = f.items.at;
    if (f.anchor >= 0) b->anchors.at[f.anchor].size = b->size - f.first_size;
    return place_node(b, f.node, &event->start_mark);
}

static int scalar(builder *b, const yaml_event_t *event) {
    yaml_node *node = node_new(b, YAML_SCALAR, event);
    if (!node) return out_of_memory(b);
    node->text = arena_str(b->a, str_make(event->data.scalar.value, event->data.scalar.length));
    node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    if (!node->text.p) return out_of_memory(b);
    if (node->text.n == 0 && !node->quoted) node->kind = YAML_NULL;
    ptrdiff_t index;
    int status = anchor_open(b, event->data.scalar.anchor, node, 1, &index);
    return status ? status : place_node(b, node, &event->start_mark);
}

static int alias(builder *b, const yaml_event_t *event) {
    if (++b->aliases > b->limits.aliases) return fail_at(b, ERROR_LIMIT, &event->start_mark, "too many YAML aliases");
    str name = str_from_cstr((const char *)event->data.alias.anchor);
    for (size_t i = b->anchors.n; i-- > 0;) {
        if (!str_eq(b->anchors.at[i].name, name)) continue;
        if (b->anchors.at[i].size == 0)
            return fail_at(b, ERROR_SYNTAX, &event->start_mark, "a YAML alias stands inside its own anchor");
        b->size += b->anchors.at[i].size;
        return place_node(b, b->anchors.at[i].node, &event->start_mark);
    }
    return fail_at(b, ERROR_SYNTAX, &event->start_mark, "a YAML alias names an anchor that is not there");
}

/* Does a tab stand where the parser could not go on? */
static bool is_tab(builder *b, const yaml_mark_t *mark) {
    ptrdiff_t at = (ptrdiff_t)offset_of(b, mark);
    return at < b->text.n && b->text.p[at] == '\t';
}

static int parser_error(builder *b, const yaml_parser_t *parser) {
    const char *problem = parser->problem ? parser->problem : "not YAML";
    if (parser->error == YAML_MEMORY_ERROR) return out_of_memory(b);
    if (parser->error == YAML_READER_ERROR) {
        line_table lines = b->lines.count ? b->lines : line_table_make(b->a, b->text);
        place at = lines.count
                       ? line_table_place(&lines, (uint32_t)(parser->problem_offset + (size_t)mark_bytes(b->text)))
                       : (place){1, 1};
        if (strstr(problem, "UTF-8")) /* which of its faults it is changes with the line end behind it */
            problem = "a byte that is no part of UTF-8: save the file as UTF-8";
        return error_at(b->e, ERROR_SYNTAX, STR(""), at.line - 1 + b->limits.first_line, at.column, "not YAML: %s",
                        problem);
    }
    if (is_tab(b, &parser->problem_mark)) /* libyaml: "found character that cannot start any token" */
        return fail_at(b, ERROR_SYNTAX, &parser->problem_mark,
                       "not YAML: a tab, which YAML does not take for indentation: write blanks");
    return error_at(b->e, ERROR_SYNTAX, STR(""), (uint32_t)parser->problem_mark.line + b->limits.first_line,
                    (uint32_t)parser->problem_mark.column + 1, "not YAML: %s%s%s", problem, parser->context ? " " : "",
                    parser->context ? parser->context : "");
}

static int build(builder *b, yaml_parser_t *parser) {
    unsigned documents = 0;
    for (bool done = false; !done;) {
        yaml_event_t event;
        if (!yaml_parser_parse(parser, &event)) return parser_error(b, parser);
        int status = ERROR_NONE;
        switch (event.type) {
        case YAML_DOCUMENT_START_EVENT:
            if (documents++) status = fail_at(b, ERROR_SYNTAX, &event.start_mark, "more than one YAML document");
            break;
        case YAML_SCALAR_EVENT: status = scalar(b, &event); break;
        case YAML_ALIAS_EVENT: status = alias(b, &event); break;
        case YAML_SEQUENCE_START_EVENT:
            status = open_collection(b, YAML_LIST, &event, event.data.sequence_start.anchor);
            break;
        case YAML_MAPPING_START_EVENT:
            status = open_collection(b, YAML_MAP, &event, event.data.mapping_start.anchor);
            break;
        case YAML_SEQUENCE_END_EVENT:
        case YAML_MAPPING_END_EVENT: status = close_collection(b, &event); break;
        case YAML_STREAM_END_EVENT: done = true; break;
        default: break;
        }
        yaml_event_delete(&event);
        if (status) return status;
    }
    return ERROR_NONE;
}

/* libyaml keeps a simple-key slot per flow level and scans them all for each token: time is depth × tokens. Counting
 * brackets outside quotes is only an estimate from above, so the bound is generous. */
static int check_flow_depth(builder *b) {
    uint32_t depth = 0, line = 0;
    for (ptrdiff_t i = 0; i < b->text.n; i++) {
        uint8_t c = b->text.p[i];
        if (c == '\n') line++;
        if (c == '[' || c == '{') depth++;
        if ((c == ']' || c == '}') && depth) depth--;
        if (depth > b->limits.depth + 1000)
            return error_at(b->e, ERROR_LIMIT, STR(""), line + b->limits.first_line, 0, "YAML is nested too deeply");
    }
    return ERROR_NONE;
}

int yaml_parse(arena *a, str text, const yaml_limits *limits, yaml_document *document, error *e) {
    builder b = {.a = a, .text = text, .e = e, .ascii = true};
    if (limits) b.limits = *limits;
    if (!b.limits.depth) b.limits.depth = DEFAULT_DEPTH;
    if (!b.limits.nodes) b.limits.nodes = DEFAULT_NODES;
    if (!b.limits.aliases) b.limits.aliases = DEFAULT_ALIASES;
    if (!b.limits.first_line) b.limits.first_line = 1;
    *document = (yaml_document){0};
    for (ptrdiff_t i = 0; i < text.n && b.ascii; i++) b.ascii = text.p[i] < 0x80;
    if (!b.ascii) {
        b.lines = line_table_make(a, text);
        if (!b.lines.count) return out_of_memory(&b);
    }
    int status = check_flow_depth(&b);
    if (status) return status;
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser)) return out_of_memory(&b);
    static const unsigned char nothing[1];
    str body = str_slice(text, mark_bytes(text), text.n);
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING); /* so stated, libyaml does not look for a mark itself */
    yaml_parser_set_input_string(&parser, body.n ? body.p : nothing, (size_t)body.n);
    status = build(&b, &parser);
    yaml_parser_delete(&parser);
    if (status) return status;
    if (!b.root) {
        b.root = ARENA_NEW(a, yaml_node);
        if (!b.root) return out_of_memory(&b);
        b.root->line = b.limits.first_line;
        b.root->column = 1;
        b.root->where = (span){b.limits.first_offset, b.limits.first_offset};
    }
    document->root = b.root;
    document->duplicates = b.duplicates.at;
    document->duplicate_count = b.duplicates.n;
    return ERROR_NONE;
}

const yaml_node *yaml_get(const yaml_node *map, const char *key) {
    if (!map || map->kind != YAML_MAP) return NULL;
    str wanted = str_from_cstr(key);
    for (uint32_t i = 0; i < map->count; i++)
        if (str_eq(map->keys[i]->text, wanted)) return map->items[i];
    return NULL;
}

str yaml_text(const yaml_node *node) { return node && node->kind == YAML_SCALAR ? node->text : (str){NULL, 0}; }

bool yaml_is_null(const yaml_node *node) {
    if (!node || node->kind == YAML_NULL) return true;
    return node->kind == YAML_SCALAR && !node->quoted &&
           (str_eq(node->text, STR("~")) || str_eq_nocase(node->text, STR("null")));
}

bool yaml_to_bool(const yaml_node *node, bool *value) {
    static const char *const words[] = {"false", "true", "no", "yes", "off", "on"};
    if (!node || node->kind != YAML_SCALAR || node->quoted) return false;
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (str_eq_nocase(node->text, str_from_cstr(words[i]))) {
            *value = i % 2 == 1;
            return true;
        }
    return false;
}

bool yaml_to_i64(const yaml_node *node, int64_t *value) {
    return node && node->kind == YAML_SCALAR && str_to_i64(node->text, value);
}

bool yaml_to_f64(const yaml_node *node, double *value) {
    return node && node->kind == YAML_SCALAR && str_to_f64(node->text, value);
}

int yaml_error(error *e, enum error_code code, str file, const yaml_node *node, const char *format, ...) {
    char message[sizeof e->message];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    return error_at(e, code, file, node ? node->line : 0, node ? node->column : 0, "%s", message);
}

int yaml_check_keys(const yaml_node *map, const char *const *allowed, const char *what, str file, error *e) {
    if (!map || map->kind != YAML_MAP) return yaml_error(e, ERROR_SCHEMA, file, map, "%s must be a map", what);
    for (uint32_t i = 0; i < map->count; i++) {
        str key = map->keys[i]->text, nearest = {NULL, 0};
        unsigned best = 4;
        bool known = false;
        for (const char *const *name = allowed; *name && !known; name++) known = str_eq(key, str_from_cstr(*name));
        if (known) continue;
        for (const char *const *name = allowed; *name; name++) {
            unsigned distance = str_distance(key, str_from_cstr(*name), 4);
            if (distance < best) best = distance, nearest = str_from_cstr(*name);
        }
        return yaml_error(e, ERROR_SCHEMA, file, map->keys[i], "unknown key '%.*s' in %s%s", STR_ARG(key), what,
                          str_hint(key, nearest).text);
    }
    return ERROR_NONE;
}
