/* phrase.c - phrases to expansions to a trie.
 *
 * In: phrase texts. Out: the trie's constant tables.
 *
 *     text ──► parse(): recursive descent, each group a SET of element sequences, joined by product
 *          ──► insert each sequence ──► finish(): edges into the final table, outputs node by node
 *
 * Invariants: no expansion set passes PHRASE_MAX_EXPANSIONS, no sequence PHRASE_MAX_ELEMENTS, no nesting 8, so building
 * is bounded whatever a rule file says. Words are ASCII, folded to lower case, hashed with str_hash as words of
 * articles are. It does not match anything: that is matcher.c.
 */
#include "rules/phrase.h"

enum { MAX_GROUP_DEPTH = 8, MAX_NODES = 1 << 20 };
enum element_kind { ELEMENT_WORD, ELEMENT_ANY, ELEMENT_DIGIT };

typedef struct element {
    uint64_t key;
    uint8_t kind;
    bool comma_after;
} element;

typedef struct sequence {
    element at[PHRASE_MAX_ELEMENTS];
    uint8_t n;
} sequence;

typedef struct sequence_set {
    sequence *at;
    size_t n, capacity;
} sequence_set;

typedef struct node_output {
    uint32_t node;
    phrase_output output;
} node_output;

struct trie_builder {
    arena *a;
    phrase_edge *edges;
    uint32_t edge_mask, edge_count;
    VEC(phrase_node) nodes;
    VEC(node_output) outputs;
};

typedef struct parser {
    arena *a;
    str text;
    ptrdiff_t at;
    error *e;
    unsigned depth;
} parser;

static int no_memory(error *e) { return error_set(e, ERROR_MEMORY, "out of memory while compiling phrases"); }

/* ---- inflection -------------------------------------------------------------------------------------------------- */

static bool is_vowel(uint8_t c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

/* One syllable ending consonant-vowel-consonant doubles its last letter: plan, planned. */
static bool doubles(str w) {
    if (w.n < 3) return false;
    uint8_t last = w.p[w.n - 1];
    if (is_vowel(last) || last == 'w' || last == 'x' || last == 'y') return false;
    if (!is_vowel(w.p[w.n - 2]) || is_vowel(w.p[w.n - 3])) return false;
    int groups = 0;
    for (ptrdiff_t i = 0; i < w.n; i++) groups += is_vowel(w.p[i]) && (i == 0 || !is_vowel(w.p[i - 1]));
    return groups == 1;
}

static bool ends_hissing(str w) {
    return str_ends(w, STR("s")) || str_ends(w, STR("x")) || str_ends(w, STR("z")) || str_ends(w, STR("ch")) ||
           str_ends(w, STR("sh"));
}

int phrase_inflect(arena *a, str base, str out[4]) {
    str stem = base;
    const char *s = "s", *ed = "ed", *ing = "ing";
    bool consonant_y = base.n > 2 && base.p[base.n - 1] == 'y' && !is_vowel(base.p[base.n - 2]);
    out[0] = base;
    if (str_ends(base, STR("e")) && !str_ends(base, STR("ee"))) {
        stem = str_slice(base, 0, base.n - 1);
        out[1] = arena_printf(a, "%.*ss", STR_ARG(base));
    } else if (consonant_y) {
        out[1] = arena_printf(a, "%.*sies", STR_ARG(str_slice(base, 0, base.n - 1)));
        out[2] = arena_printf(a, "%.*sied", STR_ARG(str_slice(base, 0, base.n - 1)));
        out[3] = arena_printf(a, "%.*sing", STR_ARG(base));
        return 4;
    } else if (doubles(base)) {
        stem = arena_printf(a, "%.*s%c", STR_ARG(base), base.p[base.n - 1]);
        out[1] = arena_printf(a, "%.*ss", STR_ARG(base));
    } else {
        if (ends_hissing(base)) s = "es";
        if (str_ends(base, STR("ee"))) ed = "d";
        out[1] = arena_printf(a, "%.*s%s", STR_ARG(base), s);
    }
    out[2] = arena_printf(a, "%.*s%s", STR_ARG(stem), ed);
    out[3] = arena_printf(a, "%.*s%s", STR_ARG(stem), ing);
    return 4;
}

/* ---- parsing ----------------------------------------------------------------------------------------------------- */

static int malformed(parser *p, const char *what) {
    return error_set(p->e, ERROR_SCHEMA, "phrase '%.*s': %s at byte %td", STR_ARG(p->text), what, p->at + 1);
}

static bool add_sequence(parser *p, sequence_set *set, const sequence *s) { return VEC_PUSH(p->a, set, *s); }

static int add_word(parser *p, sequence_set *set, str word, uint8_t kind, bool comma) {
    sequence s = {.n = 1};
    s.at[0] = (element){kind == ELEMENT_WORD ? str_hash(word) : 0, kind, comma};
    return add_sequence(p, set, &s) ? ERROR_NONE : no_memory(p->e);
}

static bool word_byte(uint8_t c) { return byte_is_alnum(c) || c == '\'' || c == '.' || c == '_' || c == '#'; }

/* word, word~, _, # with an optional comma behind. */
static int parse_word(parser *p, sequence_set *set) {
    ptrdiff_t from = p->at;
    while (p->at < p->text.n && word_byte(p->text.p[p->at])) p->at++;
    str raw = str_slice(p->text, from, p->at);
    if (raw.n == 0) return malformed(p, "unexpected character");
    bool inflect = p->at < p->text.n && p->text.p[p->at] == '~';
    p->at += inflect;
    bool comma = p->at < p->text.n && p->text.p[p->at] == ',';
    p->at += comma;
    if (str_eq(raw, STR("_"))) return add_word(p, set, raw, ELEMENT_ANY, comma);
    if (str_eq(raw, STR("#"))) return add_word(p, set, raw, ELEMENT_DIGIT, comma);
    uint8_t *lower = arena_alloc(p->a, (size_t)raw.n, 1);
    if (!lower) return no_memory(p->e);
    for (ptrdiff_t i = 0; i < raw.n; i++) {
        if (raw.p[i] == '_' || raw.p[i] == '#') return malformed(p, "'_' and '#' stand alone");
        lower[i] = byte_lower(raw.p[i]);
    }
    str word = str_make(lower, (size_t)raw.n), forms[4] = {{0}};
    if (word.p[word.n - 1] == '.') word.n--; /* "e.g." is the word "e.g" and a stop */
    if (!inflect) return add_word(p, set, word, ELEMENT_WORD, comma);
    int count = phrase_inflect(p->a, word, forms);
    for (int i = 0; i < count; i++) {
        if (!forms[i].p) return no_memory(p->e);
        int status = add_word(p, set, forms[i], ELEMENT_WORD, comma);
        if (status) return status;
    }
    return ERROR_NONE;
}

static int multiply(parser *p, sequence_set *left, const sequence_set *right) {
    if (left->n * right->n > PHRASE_MAX_EXPANSIONS) return malformed(p, "too many alternatives");
    sequence_set out = {0};
    for (size_t i = 0; i < left->n; i++)
        for (size_t k = 0; k < right->n; k++) {
            sequence s = left->at[i];
            if (s.n + right->at[k].n > PHRASE_MAX_ELEMENTS) return malformed(p, "too many words");
            for (uint8_t m = 0; m < right->at[k].n; m++) s.at[s.n++] = right->at[k].at[m];
            if (!add_sequence(p, &out, &s)) return no_memory(p->e);
        }
    *left = out;
    return ERROR_NONE;
}

static int parse_alternatives(parser *p, sequence_set *out);

static int parse_group(parser *p, sequence_set *item) {
    uint8_t open = p->text.p[p->at++], close = open == '(' ? ')' : ']';
    if (++p->depth > MAX_GROUP_DEPTH) return malformed(p, "groups are nested too deeply");
    int status = parse_alternatives(p, item);
    if (status) return status;
    if (p->at >= p->text.n || p->text.p[p->at] != close) return malformed(p, "unclosed group");
    p->at++;
    p->depth--;
    if (p->at < p->text.n && p->text.p[p->at] == ',') {
        p->at++;
        for (size_t i = 0; i < item->n; i++)
            if (item->at[i].n) item->at[i].at[item->at[i].n - 1].comma_after = true;
    }
    sequence empty = {.n = 0};
    if (open == '[' && !add_sequence(p, item, &empty)) return no_memory(p->e);
    return ERROR_NONE;
}

static bool at_separator(const parser *p) {
    uint8_t c = p->text.p[p->at];
    return c == ' ' || c == '-' || c == '\n';
}

static int parse_sequence(parser *p, sequence_set *out) {
    sequence empty = {.n = 0};
    *out = (sequence_set){0};
    if (!add_sequence(p, out, &empty)) return no_memory(p->e);
    while (p->at < p->text.n) {
        uint8_t c = p->text.p[p->at];
        if (c == '|' || c == ')' || c == ']') break;
        if (at_separator(p)) {
            p->at++;
            continue;
        }
        sequence_set item = {0};
        int status = c == '(' || c == '[' ? parse_group(p, &item) : parse_word(p, &item);
        if (!status) status = multiply(p, out, &item);
        if (status) return status;
    }
    return ERROR_NONE;
}

static int parse_alternatives(parser *p, sequence_set *out) {
    *out = (sequence_set){0};
    for (;;) {
        sequence_set part;
        int status = parse_sequence(p, &part);
        if (status) return status;
        if (out->n + part.n > PHRASE_MAX_EXPANSIONS) return malformed(p, "too many alternatives");
        for (size_t i = 0; i < part.n; i++)
            if (!add_sequence(p, out, &part.at[i])) return no_memory(p->e);
        if (p->at >= p->text.n || p->text.p[p->at] != '|') return ERROR_NONE;
        p->at++;
    }
}

/* ---- the trie ---------------------------------------------------------------------------------------------------- */

static bool edges_new(trie_builder *b, uint32_t slots) {
    phrase_edge *edges = ARENA_ARRAY(b->a, phrase_edge, slots);
    if (!edges) return false;
    for (uint32_t i = 0; i < slots; i++) edges[i].node = UINT32_MAX;
    for (uint32_t i = 0; b->edges && i <= b->edge_mask; i++) {
        if (b->edges[i].node == UINT32_MAX) continue;
        uint32_t slot = phrase_slot(b->edges[i].node, b->edges[i].key, slots - 1);
        while (edges[slot].node != UINT32_MAX) slot = (slot + 1) & (slots - 1);
        edges[slot] = b->edges[i];
    }
    b->edges = edges;
    b->edge_mask = slots - 1;
    return true;
}

trie_builder *trie_builder_new(arena *a) {
    trie_builder *b = ARENA_NEW(a, trie_builder);
    if (!b) return NULL;
    b->a = a;
    if (!edges_new(b, 1024) || !VEC_PUSH(a, &b->nodes, (phrase_node){0})) return NULL;
    return b;
}

static uint32_t node_new(trie_builder *b) {
    if (b->nodes.n >= MAX_NODES || !VEC_PUSH(b->a, &b->nodes, (phrase_node){0})) return 0;
    return (uint32_t)b->nodes.n - 1;
}

/* Child over an element, made where it is not there; 0 when memory is gone. */
static uint32_t step(trie_builder *b, uint32_t node, const element *what, bool comma_before) {
    if (what->kind != ELEMENT_WORD) {
        const phrase_node *from = &b->nodes.at[node];
        uint32_t known = what->kind == ELEMENT_ANY ? from->any : from->digit;
        if (known) return known;
        uint32_t fresh = node_new(b); /* may move the nodes */
        if (what->kind == ELEMENT_ANY)
            b->nodes.at[node].any = fresh;
        else
            b->nodes.at[node].digit = fresh;
        return fresh;
    }
    uint64_t key = what->key ^ (comma_before ? PHRASE_COMMA_SALT : 0);
    uint32_t slot = phrase_slot(node, key, b->edge_mask);
    for (; b->edges[slot].node != UINT32_MAX; slot = (slot + 1) & b->edge_mask)
        if (b->edges[slot].node == node && b->edges[slot].key == key) return b->edges[slot].child;
    if ((b->edge_count + 1) / 3 * 4 > b->edge_mask) {
        if (b->edge_mask >= MAX_NODES || !edges_new(b, (b->edge_mask + 1) * 2)) return 0;
        slot = phrase_slot(node, key, b->edge_mask);
        while (b->edges[slot].node != UINT32_MAX) slot = (slot + 1) & b->edge_mask;
    }
    uint32_t fresh = node_new(b);
    if (!fresh) return 0;
    b->edges[slot] = (phrase_edge){key, node, fresh};
    b->edge_count++;
    return fresh;
}

static bool same_output(const node_output *a, uint32_t node, const phrase_output *what) {
    const phrase_output *o = &a->output;
    return a->node == node && o->rule == what->rule && o->kind == what->kind && o->at_start == what->at_start &&
           o->at_end == what->at_end && o->comma_before == what->comma_before && o->comma_after == what->comma_after;
}

static int insert(trie_builder *b, const sequence *s, phrase_output what, size_t first_output, parser *p) {
    uint32_t node = 0;
    for (uint8_t i = 0; i < s->n; i++) {
        bool comma = i > 0 && s->at[i - 1].comma_after;
        if (i == 0 && s->at[0].kind != ELEMENT_WORD) return malformed(p, "a phrase must begin with a word");
        if (comma && s->at[i].kind != ELEMENT_WORD) return malformed(p, "a word must stand behind a comma");
        node = step(b, node, &s->at[i], comma);
        if (!node) return no_memory(p->e);
    }
    what.comma_after = s->at[s->n - 1].comma_after;
    for (size_t i = first_output; i < b->outputs.n; i++) /* two ways through one phrase may read alike */
        if (same_output(&b->outputs.at[i], node, &what)) return ERROR_NONE;
    return VEC_PUSH(b->a, &b->outputs, (node_output){node, what}) ? ERROR_NONE : no_memory(p->e);
}

int trie_builder_add(trie_builder *b, str phrase, phrase_output what, error *e) {
    parser p = {.a = b->a, .text = str_trim(phrase), .e = e};
    str inner = p.text;
    if (inner.n && inner.p[0] == '^')
        what.at_start = true, inner = str_trim(str_slice(inner, 1, inner.n));
    else if (inner.n && inner.p[0] == ',')
        what.comma_before = true, inner = str_trim(str_slice(inner, 1, inner.n));
    if (inner.n && inner.p[inner.n - 1] == '$') what.at_end = true, inner = str_trim(str_slice(inner, 0, inner.n - 1));
    p.text = inner;
    if (inner.n == 0) return error_set(e, ERROR_SCHEMA, "an empty phrase matches nothing");
    sequence_set all;
    int status = parse_alternatives(&p, &all);
    if (status) return status;
    if (p.at < p.text.n) return malformed(&p, "unexpected ')' or ']'");
    size_t first_output = b->outputs.n;
    for (size_t i = 0; i < all.n; i++) {
        if (all.at[i].n == 0) return error_set(e, ERROR_SCHEMA, "phrase '%.*s' may match nothing", STR_ARG(p.text));
        status = insert(b, &all.at[i], what, first_output, &p);
        if (status) return status;
    }
    return ERROR_NONE;
}

static void set_bit(uint64_t *bits, uint32_t bit) { bits[bit >> 6] |= (uint64_t)1 << (bit & 63); }

/* The bitmaps of words that begin phrases: see phrase.h. Outputs must be in their nodes already. */
static bool fill_bitmaps(const trie_builder *b, phrase_trie *t) {
    size_t words = ((size_t)1 << PHRASE_FIRST_BITS) / 64;
    uint64_t *first = ARENA_ARRAY(b->a, uint64_t, words), *alone = ARENA_ARRAY(b->a, uint64_t, words);
    uint64_t *pairs = ARENA_ARRAY(b->a, uint64_t, words);
    uint64_t *key_of = ARENA_ARRAY(b->a, uint64_t, b->nodes.n); /* of the root's children */
    bool *begins = ARENA_ARRAY(b->a, bool, b->nodes.n);
    if (!first || !alone || !pairs || !key_of || !begins) return false;
    for (uint32_t i = 0; i <= b->edge_mask; i++) {
        if (b->edges[i].node != 0) continue;
        const phrase_node *child = &b->nodes.at[b->edges[i].child];
        uint32_t bit = phrase_bit(b->edges[i].key);
        set_bit(first, bit);
        if (child->output_hi > child->output_lo || child->any || child->digit) set_bit(alone, bit);
        key_of[b->edges[i].child] = b->edges[i].key;
        begins[b->edges[i].child] = true;
    }
    for (uint32_t i = 0; i <= b->edge_mask; i++) {
        uint32_t from = b->edges[i].node;
        if (from != UINT32_MAX && begins[from]) set_bit(pairs, phrase_pair_bit(key_of[from], b->edges[i].key));
    }
    t->first = first;
    t->alone = alone;
    t->pairs = pairs;
    return true;
}

int trie_builder_finish(trie_builder *b, phrase_trie *out, error *e) {
    phrase_output *outputs = ARENA_ARRAY(b->a, phrase_output, b->outputs.n);
    if (!outputs) return no_memory(e);
    /* Counting sort of the outputs by node. */
    for (size_t i = 0; i < b->outputs.n; i++) b->nodes.at[b->outputs.at[i].node].output_hi++;
    uint32_t sum = 0;
    for (size_t i = 0; i < b->nodes.n; i++) {
        uint32_t count = b->nodes.at[i].output_hi;
        b->nodes.at[i].output_lo = b->nodes.at[i].output_hi = sum;
        sum += count;
    }
    for (size_t i = 0; i < b->outputs.n; i++)
        outputs[b->nodes.at[b->outputs.at[i].node].output_hi++] = b->outputs.at[i].output;
    *out = (phrase_trie){.edges = b->edges,
                         .edge_mask = b->edge_mask,
                         .nodes = b->nodes.at,
                         .node_count = (uint32_t)b->nodes.n,
                         .outputs = outputs,
                         .output_count = (uint32_t)b->outputs.n};
    return fill_bitmaps(b, out) ? ERROR_NONE : no_memory(e);
}
