/* tokenizer_encode.c - a text to tokens.
 *
 * In: bytes. Out: tokens appended to a list.
 *
 *     text ─► special tokens (leftmost, longest) ─► fragments between them ─► words ─► cache or merge_word
 *
 * Words: the pre-tokenizer's (byte-level BPE); or pieces between places that no merge can cross (llama, gemma4), where
 * a line break ends a piece in gemma4. The cache is a plain table of 64-byte slots, one cache line each, that a newer
 * word overwrites: what it answers is what merging would.
 */
#include "lm/tokenizer_impl.h"

#include <stdlib.h>

enum { CACHE_SLOTS = 1 << 15, CACHE_WORD_BYTES = 30, CACHE_TOKENS = 8 };

typedef struct cache_slot {
    uint8_t length, count; /* length 0 = free */
    uint8_t word[CACHE_WORD_BYTES];
    uint32_t tokens[CACHE_TOKENS];
} cache_slot;
_Static_assert(sizeof(cache_slot) == 64, "a slot is one cache line");

struct tokenizer_scratch {
    void *block;       /* the cache's memory */
    cache_slot *cache; /* in it, at a multiple of 64 */
    merge_room room;
    uint8_t *text; /* a fragment with its spaces made plain, or with a space before it */
    size_t text_bytes;
};

tokenizer_scratch *tokenizer_scratch_new(const tokenizer *t) {
    (void)t;
    tokenizer_scratch *s = calloc(1, sizeof *s);
    if (s) s->block = calloc(CACHE_SLOTS + 1, sizeof *s->cache);
    if (s && !s->block) {
        free(s);
        return NULL;
    }
    if (s) s->cache = (cache_slot *)(((uintptr_t)s->block + 63) & ~(uintptr_t)63);
    return s;
}

void tokenizer_scratch_free(tokenizer_scratch *s) {
    if (!s) return;
    free(s->block);
    free(s->room.block);
    free(s->text);
    free(s);
}

static int no_memory(error *e) { return error_set(e, ERROR_MEMORY, "no memory for tokens"); }

/* ---- words ------------------------------------------------------------------------------------------------------- */

static inline int encode_word(const tokenizer *t, tokenizer_scratch *s, str word, token_ids *out, error *e) {
    if (word.n > CACHE_WORD_BYTES) return merge_word(t, &s->room, word, out, e);
    cache_slot *slot = &s->cache[hash_word(word.p, (size_t)word.n) & (CACHE_SLOTS - 1)];
    if (slot->length == word.n && memcmp(slot->word, word.p, (size_t)word.n) == 0) {
        for (unsigned i = 0; i < slot->count; i++)
            if (!token_push(out, slot->tokens[i])) return no_memory(e);
        return 0;
    }
    size_t before = out->n;
    int rc = merge_word(t, &s->room, word, out, e);
    size_t n = out->n - before;
    if (rc || n > CACHE_TOKENS) return rc;
    slot->length = (uint8_t)word.n;
    slot->count = (uint8_t)n;
    memcpy(slot->word, word.p, (size_t)word.n);
    memcpy(slot->tokens, out->at + before, n * sizeof *slot->tokens);
    return 0;
}

static int encode_bytes(const tokenizer *t, tokenizer_scratch *s, str text, token_ids *out, error *e) {
    int rc = 0;
    for (ptrdiff_t at = 0, end; at < text.n && !rc; at = end) {
        end = pretokenize_word(t->classes, t->pre, text, at);
        rc = encode_word(t, s, str_slice(text, at, end), out, e);
    }
    return rc;
}

/* Where the piece that begins at `at` may end: before the next character that no token joins with the one before it. */
static ptrdiff_t piece_end(const tokenizer *t, str text, ptrdiff_t at) {
    bool lines = t->family == FAMILY_GEMMA;
    ptrdiff_t i = at + 1;
    for (; i < text.n; i++) {
        if ((text.p[i] & 0xc0) == 0x80) continue;
        if (!joined(t, text.p[i - 1], text.p[i])) break;
        if (lines && (text.p[i] == '\n') != (text.p[i - 1] == '\n')) break;
    }
    return i;
}

/* gemma4: a run of line breaks that is a token is that token. 0 when the text at `at` is none. */
static ptrdiff_t line_breaks(const tokenizer *t, str text, ptrdiff_t at, uint32_t *token) {
    ptrdiff_t end = at;
    while (end < text.n && text.p[end] == '\n') end++;
    if (end == at || end - at > TOKEN_BYTES) return 0;
    *token = word_find(t, text.p + at, (size_t)(end - at));
    return *token == TOKEN_NONE ? 0 : end;
}

static int encode_pieces(const tokenizer *t, tokenizer_scratch *s, str text, token_ids *out, error *e) {
    size_t start = out->n;
    int rc = 0;
    for (ptrdiff_t at = 0, end; at < text.n && !rc; at = end) {
        uint32_t token;
        bool new_line = t->family == FAMILY_GEMMA && text.p[at] == '\n' && (at == 0 || text.p[at - 1] != '\n');
        if (new_line && (end = line_breaks(t, text, at, &token))) {
            if (!token_push(out, token)) return no_memory(e);
            continue;
        }
        end = piece_end(t, text, at);
        size_t before = out->n;
        rc = encode_word(t, s, str_slice(text, at, end), out, e);
        bool twice =
            before > start && before < out->n && out->at[before - 1] == t->unknown && out->at[before] == t->unknown;
        if (!rc && twice) { /* one unknown token stands for a run of unknown characters */
            memmove(out->at + before, out->at + before + 1, (out->n - before - 1) * sizeof *out->at);
            out->n--;
        }
    }
    return rc;
}

/* ---- fragments --------------------------------------------------------------------------------------------------- */

/* The fragment with U+2581 made a plain space and, when asked, a space before it. */
static int plain_spaces(tokenizer_scratch *s, str text, bool space_first, str *out, error *e) {
    size_t room = (size_t)text.n + 1;
    if (room > s->text_bytes) {
        uint8_t *grown = realloc(s->text, room);
        if (!grown) return error_set(e, ERROR_MEMORY, "no memory to encode %td bytes", text.n);
        s->text = grown;
        s->text_bytes = room;
    }
    uint8_t *to = s->text;
    if (space_first) *to++ = ' ';
    for (ptrdiff_t i = 0; i < text.n;) {
        ptrdiff_t mark = str_find(text, STR("\xe2\x96\x81"), i), end = mark < 0 ? text.n : mark;
        memcpy(to, text.p + i, (size_t)(end - i));
        to += end - i;
        if (mark >= 0) *to++ = ' ';
        i = mark < 0 ? end : end + 3;
    }
    *out = (str){s->text, to - s->text};
    return 0;
}

static int encode_fragment(const tokenizer *t, tokenizer_scratch *s, str text, bool space_first, token_ids *out,
                           error *e) {
    if (t->family == FAMILY_BYTES) return encode_bytes(t, s, text, out, e);
    if (space_first || str_find(text, STR("\xe2\x96\x81"), 0) >= 0) {
        int rc = plain_spaces(s, text, space_first, &text, e);
        if (rc) return rc;
    }
    return encode_pieces(t, s, text, out, e);
}

/* ---- special tokens ---------------------------------------------------------------------------------------------- */

/* First special in [lo, hi), all equal in their first k bytes and longer than that, whose byte k is >= `byte`. */
static uint32_t special_bound(const tokenizer *t, uint32_t lo, uint32_t hi, ptrdiff_t k, unsigned byte) {
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        str text = special_text(t, t->specials[mid]);
        if (text.n > k && text.p[k] >= byte)
            hi = mid;
        else
            lo = mid + 1;
    }
    return lo;
}

/* The longest special token that stands at `at`, or TOKEN_NONE. Control and unknown ones, and the prompt's marks of
 * whatever type, only when `control`. */
static uint32_t special_at(const tokenizer *t, str text, ptrdiff_t at, bool control, ptrdiff_t *length) {
    uint32_t lo = 0, hi = t->special_count, found = TOKEN_NONE;
    for (ptrdiff_t k = 0; lo < hi && at + k < text.n; k++) {
        unsigned byte = text.p[at + k];
        uint32_t first = special_bound(t, lo, hi, k, byte);
        hi = special_bound(t, first, hi, k, byte + 1);
        lo = first;
        if (lo == hi) break;
        uint32_t id = t->specials[lo]; /* the shortest of them comes first */
        if (special_text(t, id).n == k + 1 && (control || free_in_text(t, id))) {
            found = id;
            *length = k + 1;
        }
    }
    return found;
}

static int encode_text(const tokenizer *t, tokenizer_scratch *s, str text, bool control, token_ids *out, error *e) {
    ptrdiff_t from = 0, length = 0;
    bool space_first = t->add_space && text.n > 0;
    uint8_t wanted = control ? 1 : 2;
    int rc = 0;
    for (ptrdiff_t at = 0; at < text.n && !rc;) {
        uint32_t id = t->special_first[text.p[at]] & wanted ? special_at(t, text, at, control, &length) : TOKEN_NONE;
        if (id == TOKEN_NONE) {
            at++;
            continue;
        }
        bool user = t->types[id] == TOKEN_USER_DEFINED;
        if (from < at || (space_first && user)) {
            rc = encode_fragment(t, s, str_slice(text, from, at), space_first, out, e);
            space_first = false;
        }
        if (!user) space_first = t->add_space;
        if (!rc && !token_push(out, id)) rc = no_memory(e);
        from = at += length;
    }
    if (!rc && from < text.n) rc = encode_fragment(t, s, str_slice(text, from, text.n), space_first, out, e);
    return rc;
}

int tokenizer_encode(const tokenizer *t, tokenizer_scratch *s, str text, unsigned flags, token_ids *out, error *e) {
    size_t before = out->n;
    if (text.n > INT32_MAX)
        return error_set(e, ERROR_LIMIT, "a text of %td bytes is over the limit of 2 GiB for one call", text.n);
    int rc = 0;
    if ((flags & TOKENIZE_BEGIN) && t->add_begin && !token_push(out, t->begin)) rc = no_memory(e);
    if (!rc) rc = encode_text(t, s, text, (flags & TOKENIZE_SPECIAL) != 0, out, e);
    if (rc) out->n = before;
    return rc;
}
