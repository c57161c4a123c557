/* alias.c - the name trie.
 *
 * In: names with targets; then texts. Out: which names start where.
 *
 *     words:  folded bytes ──hash──► word number          edges: (node, word, gap) ──hash──► node
 *     nodes:  targets[first .. first+count)               starts: one bit per hash of a first word
 *
 * Both tables are open-addressed with linear probing, at most half full; the hash is FNV-1a from a salted basis, so
 * that a name list cannot be made to collide without knowing the salt (the manifest's content hash). Invariants: a word
 * is at most ALIAS_LIMIT_BYTES folded bytes; a walk takes at most `depth` steps; a build takes time in proportion to
 * the bytes of the names. It does not inflect: plurals are names of their own.
 */
#include "facts/alias.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <utf8proc.h>

typedef struct word_slot {
    uint64_t hash;
    str text; /* folded; p NULL = free slot */
} word_slot;

typedef struct edge_slot {
    uint64_t key;   /* mixed from the parent node, the word's salted hash and the gap bit */
    uint32_t child; /* 0 = free slot: the root is nobody's child */
} edge_slot;

typedef struct entry {
    uint32_t node;
    alias_target target;
} entry;

typedef struct node {
    uint32_t first, count; /* into targets */
} node;

struct alias_index {
    uint64_t seed;
    word_slot *words;
    edge_slot *edges;
    uint32_t word_mask, edge_mask, start_mask;
    uint32_t depth; /* words of the longest name */
    uint64_t *starts;
    node *nodes;
    alias_target *targets;
    size_t name_count;
};

struct alias_builder {
    arena *a;
    alias_index index;
    uint32_t word_count, edge_count, node_count;
    VEC(entry) entries;
    VEC(uint32_t) newest; /* [node_count] 1 + the newest entry under this node, 0 = none */
    VEC(uint32_t) older;  /* [entries.n] likewise, the entry before it under the same node */
    bool failed;
};

/* ---- words ---- */

typedef struct word {
    ptrdiff_t lo, hi; /* in the text */
    bool gap;         /* separators stand before it */
    uint64_t hash;    /* salted */
    int length;       /* folded bytes; 0 = too long to be part of a name */
    uint8_t folded[ALIAS_LIMIT_BYTES];
} word;

static uint64_t hash_add(uint64_t h, uint8_t byte) { return (h ^ byte) * 0x100000001b3u; }
static uint64_t hash_mix(uint64_t h) {
    h ^= h >> 32;
    h *= 0xd6e8feb86659fd93u;
    return h ^ h >> 32;
}

enum rune_class { RUNE_OTHER, RUNE_WORD, RUNE_GAP };

static enum rune_class ascii_class(uint8_t c) {
    if (byte_is_alnum(c)) return RUNE_WORD;
    return byte_is_space(c) || c == '-' || c == '_' ? RUNE_GAP : RUNE_OTHER;
}

static ptrdiff_t wide_rune_at(str text, ptrdiff_t at, enum rune_class *class, uint32_t *folded) {
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

/* Class and folded form of the character at `at`; returns its length. */
static inline ptrdiff_t rune_at(str text, ptrdiff_t at, enum rune_class *class, uint32_t *folded) {
    uint8_t byte = text.p[at];
    if (byte >= 0x80) return wide_rune_at(text, at, class, folded);
    *class = ascii_class(byte);
    *folded = byte_lower(byte);
    return 1;
}

/* Reads the next word at or after `at`; false at the end of the text. */
static bool word_next(str text, ptrdiff_t at, uint64_t seed, word *w) {
    enum rune_class class = RUNE_GAP;
    uint32_t folded = 0;
    ptrdiff_t n = 0;
    w->gap = false;
    for (; at < text.n; at += n) {
        n = rune_at(text, at, &class, &folded);
        if (class != RUNE_GAP) break;
        w->gap = true;
    }
    if (at >= text.n) return false;
    w->lo = at;
    w->length = 0;
    uint64_t h = seed;
    bool fits = true;
    do {
        uint8_t bytes[4];
        ptrdiff_t k = folded < 0x80 ? (bytes[0] = (uint8_t)folded, 1) : utf8_encode(folded, bytes);
        fits = fits && w->length + k <= ALIAS_LIMIT_BYTES;
        for (ptrdiff_t i = 0; fits && i < k; i++) {
            w->folded[w->length++] = bytes[i];
            h = hash_add(h, bytes[i]);
        }
        at += n;
        if (class == RUNE_OTHER || at >= text.n) break;
        n = rune_at(text, at, &class, &folded);
    } while (class == RUNE_WORD);
    if (!fits) w->length = 0;
    w->hi = at;
    w->hash = hash_mix(h);
    return true;
}

/* ---- tables ---- */

static bool word_equals(const word_slot *slot, const word *w) {
    return slot->hash == w->hash && slot->text.n == w->length &&
           memcmp(slot->text.p, w->folded, (size_t)w->length) == 0;
}

/* Slot of the word, or of the free place where it belongs. */
static uint32_t word_slot_of(const alias_index *x, const word *w) {
    uint32_t i = (uint32_t)w->hash & x->word_mask;
    while (x->words[i].text.p && !word_equals(&x->words[i], w)) i = (i + 1) & x->word_mask;
    return i;
}

static uint64_t edge_key(uint32_t from, uint64_t word_hash, bool gap) {
    /* Words are told apart by their full 64-bit salted hash here; the word table has compared their bytes before. */
    return hash_mix(word_hash + ((uint64_t)from << 1 | gap) * 0x9e3779b97f4a7c15u);
}

static uint32_t edge_slot_of(const alias_index *x, uint64_t key) {
    uint32_t i = (uint32_t)key & x->edge_mask;
    while (x->edges[i].child && x->edges[i].key != key) i = (i + 1) & x->edge_mask;
    return i;
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

static bool intern_word(alias_builder *b, const word *w) {
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
static uint32_t step_or_make(alias_builder *b, uint32_t from, const word *w, bool gap) {
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
    word w;
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

static uint32_t step(const alias_index *x, uint32_t from, const word *w, bool gap) {
    if (!w->length || !x->words[word_slot_of(x, w)].text.p) return 0;
    return x->edges[edge_slot_of(x, edge_key(from, w->hash, gap))].child;
}

static uint32_t node_of_name(const alias_index *x, str name) {
    uint32_t at = 0, count = 0;
    word w;
    if (name.n > ALIAS_LIMIT_BYTES) return 0;
    for (ptrdiff_t i = 0; word_next(name, i, x->seed, &w); i = w.hi)
        if (!(at = step(x, at, &w, w.gap && count > 0)) || !++count) return 0;
    return at;
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

/* One bit per hash of a word that leads away from the root, in a table of at least 16 bits a word. */
static bool mark_starts(alias_builder *b) {
    alias_index *x = &b->index;
    uint32_t bits = 4096;
    while (bits < b->word_count * 16 && bits < 1u << 24) bits *= 2;
    x->starts = ARENA_ARRAY(b->a, uint64_t, bits / 64);
    if (!x->starts) return false;
    x->start_mask = bits - 1;
    for (uint32_t i = 0; i <= x->word_mask; i++) {
        const word_slot *slot = &x->words[i];
        if (!slot->text.p || !x->edges[edge_slot_of(x, edge_key(0, slot->hash, false))].child) continue;
        uint32_t bit = (uint32_t)(slot->hash >> 32) & x->start_mask;
        x->starts[bit / 64] |= (uint64_t)1 << bit % 64;
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

/* ---- matching ---- */

static bool may_start(const alias_index *x, uint64_t hash) {
    uint32_t bit = (uint32_t)(hash >> 32) & x->start_mask;
    return x->starts[bit / 64] >> bit % 64 & 1;
}

bool alias_may_start(const alias_index *index, str text) {
    word w;
    return word_next(text, 0, index->seed, &w) && may_start(index, w.hash);
}

const alias_target *alias_lookup(const alias_index *index, str name, uint32_t *count) {
    uint32_t at = node_of_name(index, name);
    *count = index->nodes[at].count;
    return *count ? index->targets + index->nodes[at].first : NULL;
}

str alias_fold(arena *a, str name) {
    word w;
    ptrdiff_t n = 0;
    uint8_t *out =
        arena_alloc(a, (size_t)name.n * 2 + 1, 1); /* folding at most doubles a character, and takes the gaps */
    for (ptrdiff_t at = 0; out && word_next(name, at, 0, &w); at = w.hi) {
        if (n + w.length + 1 > name.n * 2 + 1) break;
        if (w.gap && n) out[n++] = ' ';
        memcpy(out + n, w.folded, (size_t)w.length);
        n += w.length;
    }
    return (str){out, out ? n : 0};
}

size_t alias_count(const alias_index *index) { return index->name_count; }

static alias_hit hit_at(const alias_index *x, uint32_t at, ptrdiff_t lo, ptrdiff_t hi, uint32_t words) {
    const node *n = &x->nodes[at];
    return (alias_hit){{(uint32_t)lo, (uint32_t)hi}, words, x->targets + n->first, n->count, -1};
}

bool alias_match_at(const alias_index *index, str text, ptrdiff_t at, alias_hit *hit) {
    word w;
    bool found = false;
    uint32_t at_node = 0, words = 0;
    ptrdiff_t lo = at;
    while (word_next(text, at, index->seed, &w)) {
        if (words == 0 && (w.lo != lo || !may_start(index, w.hash))) break;
        at_node = step(index, at_node, &w, w.gap && words > 0);
        if (!at_node) break;
        words++;
        if (index->nodes[at_node].count) {
            *hit = hit_at(index, at_node, lo, w.hi, words);
            found = true;
        }
        at = w.hi;
    }
    return found;
}

typedef struct exclusion {
    uint32_t entity;
    span where;
} exclusion;

typedef struct scan {
    const alias_index *x;
    arena *a;
    str text;
    VEC(alias_hit) hits;
    VEC(exclusion) exclusions;
    size_t first_live; /* exclusions before this one end before the current word */
    int32_t cover;     /* the hit that reaches furthest so far, or -1 */
} scan;

static bool is_excluded(const scan *s, alias_target target, span where) {
    if (target.kind == ALIAS_EXCLUDED) return true;
    if (target.kind != ALIAS_ENTITY) return false;
    for (size_t i = s->first_live; i < s->exclusions.n; i++) {
        const exclusion *ex = &s->exclusions.at[i];
        if (ex->entity == target.index && ex->where.lo <= where.lo && where.hi <= ex->where.hi) return true;
    }
    return false;
}

/* Drops excluded targets; copies the list only when something was dropped. False when memory is gone. */
static bool filter(const scan *s, alias_hit *hit) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < hit->target_count; i++) kept += !is_excluded(s, hit->targets[i], hit->where);
    if (kept == hit->target_count) return true;
    alias_target *copy = ARENA_ARRAY(s->a, alias_target, kept);
    if (!copy) return false;
    kept = 0;
    for (uint32_t i = 0; i < hit->target_count; i++)
        if (!is_excluded(s, hit->targets[i], hit->where)) copy[kept++] = hit->targets[i];
    hit->targets = copy;
    hit->target_count = kept;
    return true;
}

static bool note_exclusions(scan *s, const alias_hit *hit) {
    for (uint32_t i = 0; i < hit->target_count; i++)
        if (hit->targets[i].kind == ALIAS_EXCLUDED &&
            !VEC_PUSH(s->a, &s->exclusions, (exclusion){hit->targets[i].index, hit->where}))
            return false;
    return true;
}

/* All names that start with the word `w`, shorter first, appended to hits from `from` on; then longest first. */
static bool scan_word(scan *s, word *w) {
    size_t from = s->hits.n;
    uint32_t at_node = 0, words = 0;
    ptrdiff_t lo = w->lo;
    do {
        at_node = step(s->x, at_node, w, w->gap && words > 0);
        if (!at_node) break;
        words++;
        if (!s->x->nodes[at_node].count) continue;
        alias_hit hit = hit_at(s->x, at_node, lo, w->hi, words);
        if (!note_exclusions(s, &hit) || !VEC_PUSH(s->a, &s->hits, hit)) return false;
    } while (word_next(s->text, w->hi, s->x->seed, w));
    size_t to = s->hits.n, kept = from;
    for (size_t i = from, k = to; i + 1 < k; i++) {
        alias_hit swap = s->hits.at[i];
        s->hits.at[i] = s->hits.at[--k];
        s->hits.at[k] = swap;
    }
    for (size_t i = from; i < to; i++) {
        alias_hit hit = s->hits.at[i];
        if (!filter(s, &hit)) return false;
        if (!hit.target_count) continue;
        if (s->cover >= 0 && hit.where.hi <= s->hits.at[s->cover].where.hi)
            hit.inside = s->cover;
        else
            s->cover = (int32_t)kept;
        s->hits.at[kept++] = hit;
    }
    s->hits.n = kept;
    return true;
}

bool alias_scan(const alias_index *index, arena *a, str text, alias_hit **hits, size_t *hit_count) {
    scan s = {.x = index, .a = a, .text = text, .cover = -1};
    word w;
    *hits = NULL;
    *hit_count = 0;
    for (ptrdiff_t at = 0; word_next(text, at, index->seed, &w);) {
        at = w.hi;
        while (s.first_live < s.exclusions.n && s.exclusions.at[s.first_live].where.hi <= (uint32_t)w.lo)
            s.first_live++;
        if (may_start(index, w.hash) && !scan_word(&s, &w)) return false;
    }
    *hits = s.hits.at;
    *hit_count = s.hits.n;
    return true;
}
