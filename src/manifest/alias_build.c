/* alias_build.c - from names to the trie.
 *
 * In: names with targets. Out: an immutable index. Time in proportion to the bytes of the names; targets of one name
 * end up sorted by kind, index and part, each once. It does not inflect: plurals are names of their own.
 */
#include "manifest/alias_parts.h"

#include <stdlib.h>
#include <utf8proc.h>

typedef struct entry {
    uint32_t node;
    alias_target target;
} entry;

struct alias_builder {
    arena *a;
    alias_index index;
    uint32_t word_count, edge_count, node_count;
    VEC(entry) entries;
    VEC(uint32_t) newest; /* [node_count] 1 + the newest entry under this node, 0 = none */
    VEC(uint32_t) older;  /* [entries.n] likewise, the entry before it under the same node */
    bool failed;
};

ptrdiff_t alias_wide_rune(str text, ptrdiff_t at, enum rune_class *class, uint32_t *folded) {
    uint32_t code;
    ptrdiff_t n = utf8_decode(text, at, &code);
    *folded = code;
    *class = RUNE_OTHER;
    if (code == UTF8_INVALID) return n;
    if (code == 0x2019) *folded = '\'';
    if (code == 0xad || code == 0x2010 || code == 0x2011 || code == 0x200b || code == 0x2060) {
        *class = RUNE_GAP;
        return n;
    }
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)code);
    if (category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP) {
        *class = RUNE_GAP;
    } else if (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO) {
        *class = RUNE_WORD;
        *folded = (uint32_t)utf8proc_tolower((utf8proc_int32_t)code);
        if (*folded == 0xb5) *folded = 0x3bc; /* micro sign and mu */
    }
    return n;
}

static bool grow_words(alias_builder *b) {
    alias_index *x = &b->index, old = *x;
    uint32_t capacity = (old.word_mask + 1) * 2;
    word_slot *slots = ARENA_ARRAY(b->a, word_slot, capacity);
    if (!slots) return false;
    for (uint32_t i = 0; i <= old.word_mask; i++) {
        if (!old.words[i].text.p) continue;
        uint32_t k = (uint32_t)old.words[i].hash & (capacity - 1);
        while (slots[k].text.p) k = (k + 1) & (capacity - 1);
        slots[k] = old.words[i];
    }
    x->words = slots;
    x->word_mask = capacity - 1;
    return true;
}

static bool grow_edges(alias_builder *b) {
    alias_index *x = &b->index, old = *x;
    uint32_t capacity = (old.edge_mask + 1) * 2;
    edge_slot *slots = ARENA_ARRAY(b->a, edge_slot, capacity);
    if (!slots) return false;
    for (uint32_t i = 0; i <= old.edge_mask; i++) {
        if (!old.edges[i].child) continue;
        uint32_t k = (uint32_t)old.edges[i].key & (capacity - 1);
        while (slots[k].child) k = (k + 1) & (capacity - 1);
        slots[k] = old.edges[i];
    }
    x->edges = slots;
    x->edge_mask = capacity - 1;
    return true;
}

alias_builder *alias_builder_new(arena *a, uint64_t seed) {
    alias_builder *b = ARENA_NEW(a, alias_builder);
    if (!b) return NULL;
    enum { FIRST = 64 };
    b->a = a;
    b->index.seed = hash_mix(seed ^ 0xcbf29ce484222325u);
    b->index.words = ARENA_ARRAY(a, word_slot, FIRST);
    b->index.edges = ARENA_ARRAY(a, edge_slot, FIRST);
    b->index.word_mask = b->index.edge_mask = FIRST - 1;
    if (!b->index.words || !b->index.edges || !VEC_PUSH(a, &b->newest, 0)) return NULL;
    b->node_count = 1;
    return b;
}

static bool intern_word(alias_builder *b, const name_word *w) {
    uint32_t i = word_slot_of(&b->index, w);
    if (b->index.words[i].text.p) return true;
    if (b->word_count >= (b->index.word_mask + 1) / 2) {
        if (!grow_words(b)) return false;
        i = word_slot_of(&b->index, w);
    }
    str copy = arena_str(b->a, str_make(w->folded, (size_t)w->length));
    if (!copy.p) return false;
    b->index.words[i] = (word_slot){w->hash, copy};
    b->word_count++;
    return true;
}

/* The child of `from` along the word; made when `make` is set. 0 = none. */
static uint32_t step_or_make(alias_builder *b, uint32_t from, const name_word *w, bool gap) {
    uint64_t key = edge_key(from, w->hash, gap);
    uint32_t i = edge_slot_of(&b->index, key);
    if (b->index.edges[i].child) return b->index.edges[i].child;
    if (b->edge_count >= (b->index.edge_mask + 1) / 2) {
        if (!grow_edges(b)) return 0;
        i = edge_slot_of(&b->index, key);
    }
    if (!VEC_PUSH(b->a, &b->newest, 0)) return 0;
    b->index.edges[i] = (edge_slot){key, b->node_count};
    b->edge_count++;
    return b->node_count++;
}

bool alias_add(alias_builder *b, str text, alias_target target, uint32_t *words) {
    uint32_t at = 0, count = 0;
    name_word w;
    *words = 0;
    if (text.n > ALIAS_LIMIT_BYTES) return true;
    for (ptrdiff_t i = 0; word_next(text, i, b->index.seed, &w); i = w.hi) {
        if (!w.length) return true;
        if (!intern_word(b, &w)) return false;
        at = step_or_make(b, at, &w, w.gap && count > 0);
        if (!at) return false;
        count++;
    }
    *words = count;
    if (!count) return true;
    if (!VEC_PUSH(b->a, &b->older, b->newest.at[at]) || !VEC_PUSH(b->a, &b->entries, (entry){at, target})) return false;
    if (!b->newest.at[at]) b->index.name_count++;
    b->newest.at[at] = (uint32_t)b->entries.n;
    if (count > b->index.depth) b->index.depth = count;
    return true;
}
const alias_target *alias_added(const alias_builder *b, str text, enum alias_kind kind) {
    uint32_t at = node_of_name(&b->index, text);
    const alias_target *first = NULL;
    for (uint32_t i = at ? b->newest.at[at] : 0; i; i = b->older.at[i - 1])
        if (b->entries.at[i - 1].target.kind == kind) first = &b->entries.at[i - 1].target;
    return first;
}
static int compare_entries(const void *left, const void *right) {
    const entry *x = left, *y = right;
    if (x->node != y->node) return x->node < y->node ? -1 : 1;
    if (x->target.kind != y->target.kind) return x->target.kind < y->target.kind ? -1 : 1;
    if (x->target.index != y->target.index) return x->target.index < y->target.index ? -1 : 1;
    return (x->target.part > y->target.part) - (x->target.part < y->target.part);
}
/* One bit per key of a word that leads away from the root, in a table of at least 16 bits a word. */
static bool mark_starts(alias_builder *b) {
    alias_index *x = &b->index;
    uint32_t bits = 4096;
    while (bits < b->word_count * 16 && bits < 1u << 24) bits *= 2;
    x->starts = ARENA_ARRAY(b->a, uint64_t, bits / 64);
    x->hashed_starts = ARENA_ARRAY(b->a, uint64_t, bits / 64);
    if (!x->starts || !x->hashed_starts) return false;
    x->start_mask = bits - 1;
    for (int byte = 0x80; byte < 0x100; byte++) x->first[byte] = true;
    for (uint32_t i = 0; i <= x->word_mask; i++) {
        const word_slot *slot = &x->words[i];
        if (!slot->text.p || !x->edges[edge_slot_of(x, edge_key(0, slot->hash, false))].child) continue;
        uint32_t bit = start_key(eight_at(slot->text, 0), slot->text.n) & x->start_mask;
        x->starts[bit / 64] |= (uint64_t)1 << bit % 64;
        bit = (uint32_t)(str_hash(slot->text) >> 32) & x->start_mask;
        x->hashed_starts[bit / 64] |= (uint64_t)1 << bit % 64;
        x->first[slot->text.p[0]] = true;
        if (byte_is_alpha(slot->text.p[0])) x->first[slot->text.p[0] ^ 0x20] = true;
    }
    return true;
}

alias_index *alias_build(alias_builder *b) {
    alias_index *x = &b->index;
    x->nodes = ARENA_ARRAY(b->a, node, b->node_count);
    x->targets = ARENA_ARRAY(b->a, alias_target, b->entries.n);
    if (!x->nodes || !x->targets || !mark_starts(b)) return NULL;
    if (b->entries.n) qsort(b->entries.at, b->entries.n, sizeof *b->entries.at, compare_entries);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < b->entries.n; i++) {
        if (i && compare_entries(&b->entries.at[i - 1], &b->entries.at[i]) == 0) continue;
        node *at = &x->nodes[b->entries.at[i].node];
        if (!at->count++) at->first = kept;
        x->targets[kept++] = b->entries.at[i].target;
    }
    return x;
}
