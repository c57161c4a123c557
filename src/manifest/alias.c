/* alias.c - which names start where.
 *
 *     text ──► each word: start bit? ──no──► next word
 *                              └─yes─► walk the trie as far as it goes ──► hits, longest first ──► exclusions
 *
 * In: an index and a text. Out: hits. Invariants: a walk takes at most as many steps as the longest name has words; a
 * word that starts no name costs its bytes and one bit test; hits come in the order of the text.
 */
#include "article/article.h"
#include "manifest/alias_parts.h"

/* ---- matching ---- */

/* Could a name start at the word that begins at `at`? `*end` is where an ASCII word ends; words with wider characters
 * are let through, with *end = at, for the full reading to decide. */
static inline bool may_start(const alias_index *x, str text, ptrdiff_t at, ptrdiff_t *end) {
    bool wide;
    uint64_t first = eight_at(text, at);
    ptrdiff_t hi = ascii_word_end(text, at, first, &wide);
    *end = wide ? at : hi;
    return wide || starts_a_name(x, first, hi - at);
}

bool alias_may_start(const alias_index *index, str text) {
    name_word w;
    ptrdiff_t end;
    return word_next(text, 0, index->seed, &w) && may_start(index, text, w.lo, &end);
}

const alias_target *alias_lookup(const alias_index *index, str name, uint32_t *count) {
    ptrdiff_t end;
    *count = 0;
    if (name.n && byte_class[name.p[0]] == RUNE_WORD && !may_start(index, name, 0, &end)) return NULL;
    uint32_t at = node_of_name(index, name);
    *count = index->nodes[at].count;
    return *count ? index->targets + index->nodes[at].first : NULL;
}

str alias_fold(arena *a, str name) {
    name_word w;
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
    name_word w;
    bool found = false;
    uint32_t at_node = 0, words = 0;
    ptrdiff_t lo = at, end;
    if (at >= text.n || !may_start(index, text, at, &end)) return false;
    while (word_next(text, at, index->seed, &w)) {
        if (words == 0 && w.lo != lo) break;
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
    size_t first_live;             /* exclusions before this one end before the current name_word */
    int32_t cover;                 /* the hit that reaches furthest so far, or -1 */
    const word *known, *known_end; /* the parser's words, from the next one on */
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

/* Targets are sorted by kind: entities stand first and exclusions last, so a long list of attributes is not walked. */
static bool may_exclude(const scan *s, const alias_hit *hit) {
    if (hit->targets[hit->target_count - 1].kind == ALIAS_EXCLUDED) return true;
    return hit->targets[0].kind == ALIAS_ENTITY && s->first_live < s->exclusions.n;
}

/* Drops excluded targets; copies the list only when something was dropped. False when memory is gone. */
static bool filter(const scan *s, alias_hit *hit) {
    uint32_t kept = 0;
    if (!may_exclude(s, hit)) return true;
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
    for (uint32_t i = hit->target_count; i-- > 0 && hit->targets[i].kind == ALIAS_EXCLUDED;)
        if (!VEC_PUSH(s->a, &s->exclusions, (exclusion){hit->targets[i].index, hit->where})) return false;
    return true;
}

/* All names that start with the word `w`, shorter first, appended to hits from `from` on; then longest first. */
static bool scan_word(scan *s, name_word *w) {
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

/* No name begins with the byte at `at`. */
static inline bool starts_nothing(const scan *s, ptrdiff_t at) {
    uint8_t byte = s->text.p[at], class = byte_class[byte];
    return class == RUNE_GAP || (class == RUNE_OTHER && !s->x->first[byte]);
}

/* From `at` on over words of the parser that begin no name, and over what stands between them. */
static ptrdiff_t skip_known(scan *s, ptrdiff_t at) {
    for (; s->known < s->known_end; s->known++) {
        const word *w = s->known;
        if (w->lo < at) continue;
        for (; at < w->lo; at++)
            if (!starts_nothing(s, at)) return at;
        if (!(w->flags & WORD_PLAIN) || hash_starts_a_name(s->x, w->hash)) return at;
        at = w->hi;
    }
    return at;
}

static bool scan_text(scan *s, alias_hit **hits, size_t *hit_count) {
    name_word w;
    for (ptrdiff_t at = skip_known(s, 0), end; at < s->text.n; at = skip_known(s, end)) {
        end = at + 1;
        if (starts_nothing(s, at) || !may_start(s->x, s->text, at, &end)) continue;
        w.gap = false;
        word_read(s->text, at, byte_class[s->text.p[at]] == RUNE_WORD ? end : at, s->x->seed, &w);
        end = w.hi;
        while (s->first_live < s->exclusions.n && s->exclusions.at[s->first_live].where.hi <= (uint32_t)w.lo)
            s->first_live++;
        if (!scan_word(s, &w)) return false;
    }
    *hits = s->hits.at;
    *hit_count = s->hits.n;
    return true;
}

bool alias_scan(const alias_index *index, arena *a, str text, alias_hit **hits, size_t *hit_count) {
    scan s = {.x = index, .a = a, .text = text, .cover = -1};
    *hits = NULL;
    *hit_count = 0;
    return scan_text(&s, hits, hit_count);
}

bool alias_scan_article(const alias_index *index, arena *a, const article *art, alias_hit **hits, size_t *hit_count) {
    scan s = {.x = index, .a = a, .text = art->text, .cover = -1};
    s.known = art->words;
    s.known_end = art->words + art->word_count;
    *hits = NULL;
    *hit_count = 0;
    return scan_text(&s, hits, hit_count);
}
