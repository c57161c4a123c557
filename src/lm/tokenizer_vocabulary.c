/* tokenizer_vocabulary.c - from a header's arrays to tables that text can be merged by.
 *
 * In: tokenizer.ggml.{tokens, token_type, scores, merges}. Out: pieces, words, pairs, byte tokens, joins, specials.
 *
 *   gpt2     a token's text is written in an alphabet of 256 printable characters, one a byte (the bytes 33-126,
 * 161-172 and 174-255 stand for themselves, the other 68 are U+0100 and on, in order); a merge is "left right" llama no
 * merges: any two symbols whose texts together are a token merge, by that token's score. All such pairs are listed
 * here, once, so that merging text is the same for all families. A character that occurs inside tokens without being
 * one gets a number behind the tokens. gemma4   merges as in gpt2, texts in plain UTF-8
 *
 * Bounds: the length of a token, the work of splitting tokens, the length of a chain in a table: each exceeded bound is
 * an error that says so. Control tokens, and user-defined ones that only the prompt may write, are in no table that
 * text is looked up in: text cannot become one.
 */
#include "lm/tokenizer_impl.h"

#include "base/utf8.h"
#include "lm/chat.h"

#include <stdlib.h>

static const uint64_t SPLIT_WORK_LIMIT = UINT64_C(1) << 31;

static int out_of_memory(error *e) { return error_set(e, ERROR_MEMORY, "no memory for the model's vocabulary"); }

/* ---- pieces ------------------------------------------------------------------------------------------------------ */

/* Byte that an alphabet character stands for, or -1. */
static int alphabet_byte(uint32_t code) {
    if ((code >= 33 && code <= 126) || (code >= 161 && code <= 172) || (code >= 174 && code <= 255)) return (int)code;
    if (code < 256 || code > 323) return -1;
    uint32_t n = code - 256; /* n-th of 0-32, 127-160, 173 */
    return (int)(n < 33 ? n : n < 67 ? n - 33 + 127 : 173);
}

/* The bytes of a text in the alphabet, into `to` (room for text.n); false when a character is not in it. */
static bool from_alphabet(str text, uint8_t *to, ptrdiff_t *n) {
    *n = 0;
    for (ptrdiff_t at = 0; at < text.n;) {
        uint32_t code;
        at += utf8_decode(text, at, &code);
        int byte = alphabet_byte(code);
        if (byte < 0) return false;
        to[(*n)++] = (uint8_t)byte;
    }
    return true;
}

/* U+2581 becomes a space; returns the new length. */
static ptrdiff_t with_spaces(str text, uint8_t *to) {
    ptrdiff_t n = 0;
    for (ptrdiff_t i = 0; i < text.n; i++) {
        bool mark = i + 2 < text.n && text.p[i] == 0xe2 && text.p[i + 1] == 0x96 && text.p[i + 2] == 0x81;
        to[n++] = mark ? ' ' : text.p[i];
        if (mark) i += 2;
    }
    return n;
}

static int hex_digit(uint8_t c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

/* "<0x0A>" -> 10; -1 for other texts. */
static int byte_token(str text) {
    if (text.n != 6 || memcmp(text.p, "<0x", 3) != 0 || text.p[5] != '>') return -1;
    int high = hex_digit(text.p[3]), low = hex_digit(text.p[4]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/* Text or alphabet form to the bytes that text holds; `to` has room for text.n. */
static str to_piece(const tokenizer *t, str text, uint8_t *to) {
    ptrdiff_t n;
    if (t->family != FAMILY_BYTES) return (str){to, with_spaces(text, to)};
    if (from_alphabet(text, to, &n)) return (str){to, n};
    return text; /* a character outside the alphabet: the text stands for itself */
}

static int piece_of_token(tokenizer *t, uint32_t i, uint8_t **pool, error *e) {
    str text = t->texts[i];
    t->pieces[i] = (str){*pool, 0};
    switch (t->types[i]) {
    case TOKEN_CONTROL: break;
    case TOKEN_UNKNOWN:
        if (t->family == FAMILY_SENTENCEPIECE) t->pieces[i] = STR(" \xe2\x81\x87 "); /* as SentencePiece shows it */
        break;
    case TOKEN_USER_DEFINED:
        t->pieces[i] = text;
        if (t->family != FAMILY_BYTES) t->pieces[i] = to_piece(t, text, *pool);
        break;
    case TOKEN_BYTE: {
        int byte = byte_token(text);
        if (byte < 0)
            return error_set(e, ERROR_SCHEMA, "token %u is of type byte, but its text '%.*s' is no <0xNN>", i,
                             STR_ARG(text));
        **pool = (uint8_t)byte;
        t->pieces[i].n = 1;
        t->byte_ids[byte] = i;
        break;
    }
    default: t->pieces[i] = to_piece(t, text, *pool);
    }
    if (t->pieces[i].p == *pool) *pool += t->pieces[i].n;
    return 0;
}

static int take_tokens(tokenizer *t, const gguf *g, error *e) {
    const str *tokens;
    const uint32_t *types;
    size_t n, type_count, bytes = 0;
    int rc = gguf_get_strs(g, "tokenizer.ggml.tokens", true, &tokens, &n, e);
    if (!rc) rc = gguf_get_u32s(g, t->a, "tokenizer.ggml.token_type", false, &types, &type_count, e);
    if (rc) return rc;
    if (n == 0 || n > (1u << 24)) return error_set(e, ERROR_SCHEMA, "a vocabulary of %zu tokens cannot be used", n);
    if (type_count && type_count != n)
        return error_set(e, ERROR_SCHEMA, "there are %zu tokens but %zu token types", n, type_count);
    for (size_t i = 0; i < n; i++) {
        bytes += (size_t)tokens[i].n;
        if (tokens[i].n > TOKEN_BYTES)
            return error_set(e, ERROR_LIMIT, "token %zu is %td bytes long, over the limit of %d", i, tokens[i].n,
                             TOKEN_BYTES);
    }
    t->size = t->symbols = (uint32_t)n;
    t->texts = ARENA_ARRAY(t->a, str, n);
    t->pieces = ARENA_ARRAY(t->a, str, n);
    t->types = ARENA_ARRAY(t->a, uint8_t, n);
    uint8_t *pool = arena_alloc(t->a, bytes, 1), *pieces = arena_alloc(t->a, bytes + 1, 1);
    if (!t->texts || !t->pieces || !t->types || !pool || !pieces) return out_of_memory(e);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t type = type_count ? types[i] : TOKEN_NORMAL;
        if (type < TOKEN_NORMAL || type > TOKEN_BYTE)
            return error_set(e, ERROR_SCHEMA, "token %u has the unknown type %u", i, type);
        t->types[i] = (uint8_t)type;
        if (tokens[i].n) memcpy(pool, tokens[i].p, (size_t)tokens[i].n);
        t->texts[i] = (str){pool, tokens[i].n};
        pool += tokens[i].n;
        if ((rc = piece_of_token(t, i, &pieces, e))) return rc;
    }
    return 0;
}

/* ---- marks ------------------------------------------------------------------------------------------------------- */

/* Many files call the marks of the chat format "user-defined", a type for words that any text may hold. A brief that
 * spells "<|im_end|>" would end its own turn, so what a format writes, what ends a turn, and what the header names as
 * such is set apart. "<tool_call>" stays a word. */
static bool prompt_mark(str text) {
    for (size_t i = 0; i < TOKEN_END_NAME_COUNT; i++)
        if (str_eq(text, TOKEN_END_NAMES[i])) return true;
    return chat_is_mark(text);
}

static int note_marks(tokenizer *t, const gguf *g, error *e) {
    static const char *const KEYS[] = {"tokenizer.ggml.bos_token_id", "tokenizer.ggml.eos_token_id",
                                       "tokenizer.ggml.eot_token_id", "tokenizer.ggml.eom_token_id"};
    t->marks = ARENA_ARRAY(t->a, uint8_t, t->size);
    if (!t->marks) return out_of_memory(e);
    for (uint32_t i = 0; i < t->size; i++) t->marks[i] = t->types[i] == TOKEN_USER_DEFINED && prompt_mark(t->texts[i]);
    for (size_t k = 0; k < COUNT_OF(KEYS); k++) {
        uint32_t id = TOKEN_NONE;
        int rc = gguf_get_u32(g, KEYS[k], false, &id, e);
        if (rc) return rc;
        if (id < t->size && t->types[id] == TOKEN_USER_DEFINED) t->marks[id] = 1;
    }
    return 0;
}

/* ---- words ------------------------------------------------------------------------------------------------------- */

static int word_insert(tokenizer *t, uint32_t id, error *e) {
    str piece = t->pieces[id];
    uint64_t h = hash_word(piece.p, (size_t)piece.n);
    uint32_t tag = (uint32_t)(h >> 32), at = (uint32_t)h & t->words.mask;
    for (int i = 0; i < PROBE_LIMIT; i++, at = (at + 1) & t->words.mask) {
        word_slot *slot = &t->words.slots[at];
        bool same = slot->index && slot->tag == tag && str_eq(t->pieces[slot->index - 1], piece);
        if (slot->index && !same) continue;
        *slot = (word_slot){tag, id + 1}; /* of equal texts the last one counts, as in the reference */
        return 0;
    }
    return error_set(e, ERROR_LIMIT, "the vocabulary cannot be indexed: too many tokens hash alike");
}

static uint32_t table_size(uint64_t items) {
    uint32_t size = 64;
    while (size < items * 2) size *= 2;
    return size;
}

static bool is_word(const tokenizer *t, uint32_t i) {
    return (t->types[i] == TOKEN_NORMAL || t->types[i] == TOKEN_UNUSED || free_in_text(t, i)) && t->pieces[i].n > 0;
}

static int build_words(tokenizer *t, uint32_t extra, error *e) {
    uint32_t size = table_size((uint64_t)t->size + extra);
    t->words.slots = ARENA_ARRAY(t->a, word_slot, size);
    if (!t->words.slots) return out_of_memory(e);
    t->words.mask = size - 1;
    for (uint32_t i = 0; i < t->size; i++) {
        int rc = is_word(t, i) ? word_insert(t, i, e) : 0;
        if (rc) return rc;
    }
    return 0;
}

/* Characters that occur inside tokens without being tokens get numbers behind them. */
static int add_characters(tokenizer *t, error *e) {
    VEC(str) missing = {0};
    for (uint32_t i = 0; i < t->size; i++) {
        if (!is_word(t, i)) continue;
        str piece = t->pieces[i];
        for (ptrdiff_t at = 0, length; at < piece.n; at += length) {
            uint32_t code;
            length = utf8_decode(piece, at, &code);
            if (length == piece.n || word_find(t, piece.p + at, (size_t)length) != TOKEN_NONE) continue;
            if (!VEC_PUSH(t->a, &missing, str_slice(piece, at, at + length))) return out_of_memory(e);
        }
    }
    if (!missing.n) return 0;
    if (missing.n > (1u << 26))
        return error_set(e, ERROR_LIMIT, "the vocabulary's tokens hold too many odd characters");
    str *pieces = ARENA_ARRAY(t->a, str, t->size + missing.n);
    if (!pieces) return out_of_memory(e);
    memcpy(pieces, t->pieces, t->size * sizeof *pieces);
    t->pieces = pieces;
    int rc = build_words(t, (uint32_t)missing.n, e);
    for (size_t i = 0; i < missing.n && !rc; i++) {
        if (word_find(t, missing.at[i].p, (size_t)missing.at[i].n) != TOKEN_NONE) continue;
        t->pieces[t->symbols] = missing.at[i];
        rc = word_insert(t, t->symbols++, e);
    }
    return rc;
}

/* ---- pairs ------------------------------------------------------------------------------------------------------- */

static int pairs_new(tokenizer *t, uint64_t count, error *e) {
    if (count > (1u << 28))
        return error_set(e, ERROR_LIMIT, "a vocabulary with %llu merges cannot be used", (unsigned long long)count);
    uint32_t size = table_size(count);
    t->pairs = ARENA_ARRAY(t->a, pair_slot, size);
    if (!t->pairs) return out_of_memory(e);
    t->pair_mask = size - 1;
    for (uint32_t i = 0; i < size; i++) t->pairs[i].key = UINT64_MAX;
    return 0;
}

static int pair_insert(tokenizer *t, uint32_t left, uint32_t right, uint32_t rank, uint32_t id, error *e) {
    uint64_t key = (uint64_t)left << 32 | right;
    uint32_t at = pair_home(key, t->pair_mask);
    for (int i = 0; i < PROBE_LIMIT; i++, at = (at + 1) & t->pair_mask) {
        pair_slot *slot = &t->pairs[at];
        if (slot->key == key) return 0; /* a merge that is listed twice has its first rank */
        if (slot->key != UINT64_MAX) continue;
        *slot = (pair_slot){key, rank, id};
        return 0;
    }
    return error_set(e, ERROR_LIMIT, "the merges cannot be indexed: too many hash alike");
}

static bool is_control(const tokenizer *t, str text) {
    uint32_t id = tokenizer_special(t, text);
    return id != TOKEN_NONE && !free_in_text(t, id);
}

/* "left right": both and the two together must be tokens. A merge that needs or gives a control token is left out. */
static int take_merge(tokenizer *t, str merge, uint32_t rank, error *e) {
    uint8_t bytes[2 * TOKEN_BYTES + 1];
    ptrdiff_t space = merge.n > 1 ? str_find_byte(merge, ' ', 1) : -1;
    if (space < 0 || space + 1 >= merge.n || merge.n > 2 * TOKEN_BYTES)
        return error_set(e, ERROR_SCHEMA, "merge %u is no pair: '%.*s'", rank, STR_ARG(str_slice(merge, 0, 64)));
    str left = to_piece(t, str_slice(merge, 0, space), bytes);
    str right = to_piece(t, str_slice(merge, space + 1, merge.n), bytes + left.n);
    if (left.p != bytes) memcpy(bytes, left.p, (size_t)left.n);
    if (right.p != bytes + left.n) memcpy(bytes + left.n, right.p, (size_t)right.n);
    left.p = bytes;
    right.p = bytes + left.n;
    str whole = {bytes, left.n + right.n};
    uint32_t left_id = word_find(t, left.p, (size_t)left.n), right_id = word_find(t, right.p, (size_t)right.n);
    uint32_t id = word_find(t, whole.p, (size_t)whole.n);
    if (left_id != TOKEN_NONE && right_id != TOKEN_NONE && id != TOKEN_NONE)
        return pair_insert(t, left_id, right_id, rank, id, e);
    if (is_control(t, left) || is_control(t, right) || is_control(t, whole)) return 0;
    const char *lacks = left_id == TOKEN_NONE    ? "its left side"
                        : right_id == TOKEN_NONE ? "its right side"
                                                 : "its result";
    return error_set(e, ERROR_SCHEMA, "merge %u ('%.*s'): the vocabulary lacks %s", rank,
                     STR_ARG(str_slice(merge, 0, 64)), lacks);
}

static int pairs_of_merges(tokenizer *t, const gguf *g, error *e) {
    const str *merges;
    size_t n;
    int rc = gguf_get_strs(g, "tokenizer.ggml.merges", true, &merges, &n, e);
    if (!rc) rc = pairs_new(t, n, e);
    for (size_t i = 0; i < n && !rc; i++) rc = take_merge(t, merges[i], (uint32_t)i, e);
    return rc;
}

typedef struct scored {
    float score;
    uint32_t id;
} scored;

static int by_score(const void *x, const void *y) {
    const scored *a = x, *b = y;
    if (a->score != b->score) return a->score > b->score ? -1 : 1;
    return (a->id > b->id) - (a->id < b->id);
}

/* rank[id]: 0 for the highest score; equal scores, equal ranks. */
static int rank_scores(tokenizer *t, const gguf *g, uint32_t *rank, error *e) {
    const float *scores;
    size_t n;
    int rc = gguf_get_f32s(g, t->a, "tokenizer.ggml.scores", true, &scores, &n, e);
    if (rc) return rc;
    if (n != t->size) return error_set(e, ERROR_SCHEMA, "there are %u tokens but %zu scores", t->size, n);
    scored *order = ARENA_ARRAY(t->a, scored, n);
    if (!order) return out_of_memory(e);
    for (uint32_t i = 0; i < n; i++) {
        if (scores[i] != scores[i]) return error_set(e, ERROR_SCHEMA, "the score of token %u is not a number", i);
        order[i] = (scored){scores[i], i};
    }
    qsort(order, n, sizeof *order, by_score);
    for (uint32_t i = 0, r = 0; i < n; i++) {
        if (i && order[i].score != order[i - 1].score) r = i;
        rank[order[i].id] = r;
    }
    return 0;
}

/* Every way to cut a token into two symbols, at a character's edge: counted, or inserted when `rank` is given. */
static int split_token(tokenizer *t, uint32_t id, const uint32_t *rank, uint64_t *count, error *e) {
    str piece = t->pieces[id];
    uint32_t code;
    for (ptrdiff_t at = utf8_decode(piece, 0, &code); at < piece.n; at += utf8_decode(piece, at, &code)) {
        uint32_t left = word_find(t, piece.p, (size_t)at);
        if (left == TOKEN_NONE) continue;
        uint32_t right = word_find(t, piece.p + at, (size_t)(piece.n - at));
        if (right == TOKEN_NONE) continue;
        ++*count;
        int rc = rank ? pair_insert(t, left, right, rank[id], id, e) : 0;
        if (rc) return rc;
    }
    return 0;
}

static int pairs_of_scores(tokenizer *t, const gguf *g, error *e) {
    uint32_t *rank = ARENA_ARRAY(t->a, uint32_t, t->size);
    if (!rank) return out_of_memory(e);
    uint64_t count = 0, work = 0;
    int rc = rank_scores(t, g, rank, e);
    for (uint32_t i = 0; i < t->size; i++) work += (uint64_t)(t->pieces[i].n * t->pieces[i].n);
    if (!rc && work > SPLIT_WORK_LIMIT) rc = error_set(e, ERROR_LIMIT, "the vocabulary has too many long tokens");
    /* Only the token that a text finds counts; a second one with the same text is never made by merging. */
    for (int insert = 0; insert < 2 && !rc; insert++) {
        if (insert) rc = pairs_new(t, count, e);
        for (uint32_t i = 0; i < t->size && !rc; i++)
            if (is_word(t, i) && word_find(t, t->pieces[i].p, (size_t)t->pieces[i].n) == i)
                rc = split_token(t, i, insert ? rank : NULL, &count, e);
    }
    return rc;
}

/* ---- bytes, joins, specials -------------------------------------------------------------------------------------- */

static int take_bytes(tokenizer *t, error *e) {
    for (unsigned b = 0; b < 256; b++) {
        uint8_t byte = (uint8_t)b;
        if (t->family == FAMILY_BYTES)
            t->byte_ids[b] = word_find(t, &byte, 1);
        else if (b < 128)
            t->ascii_ids[b] = word_find(t, &byte, 1);
        if (t->byte_ids[b] != TOKEN_NONE) continue;
        if (t->family == FAMILY_BYTES || t->unknown == TOKEN_NONE)
            return error_set(e, ERROR_SCHEMA, "the vocabulary has no token for the byte 0x%02X%s", b,
                             t->family == FAMILY_BYTES ? "" : " and no unknown token");
    }
    return 0;
}

static void note_joins(tokenizer *t) {
    for (uint32_t i = 0; i < t->size; i++)
        for (ptrdiff_t k = 1; is_word(t, i) && k < t->pieces[i].n; k++) {
            unsigned bit = (unsigned)t->pieces[i].p[k - 1] << 8 | t->pieces[i].p[k];
            t->joins[bit >> 3] |= (uint8_t)(1u << (bit & 7));
        }
}

/* How a control or user-defined token looks in a text. */
str special_text(const tokenizer *t, uint32_t id) {
    return t->types[id] == TOKEN_USER_DEFINED ? t->pieces[id] : t->texts[id];
}

typedef struct special_row {
    str text;
    uint32_t id;
} special_row;

static int by_text(const void *x, const void *y) {
    const special_row *a = x, *b = y;
    int order = str_cmp(a->text, b->text);
    return order ? order : (a->id > b->id) - (a->id < b->id);
}

static int take_specials(tokenizer *t, error *e) {
    VEC(special_row) rows = {0};
    for (uint32_t i = 0; i < t->size; i++) {
        uint8_t type = t->types[i];
        if (type != TOKEN_CONTROL && type != TOKEN_UNKNOWN && type != TOKEN_USER_DEFINED) continue;
        special_row row = {special_text(t, i), i};
        if (row.text.n == 0) continue;
        if (row.text.n > SPECIAL_BYTES)
            return error_set(e, ERROR_LIMIT, "the special token %u is %td bytes long, over the limit of %d", i,
                             row.text.n, SPECIAL_BYTES);
        t->special_first[row.text.p[0]] |= free_in_text(t, i) ? 3 : 1;
        if (!VEC_PUSH(t->a, &rows, row)) return out_of_memory(e);
    }
    t->specials = ARENA_ARRAY(t->a, uint32_t, rows.n);
    if (!t->specials) return out_of_memory(e);
    if (rows.n) qsort(rows.at, rows.n, sizeof *rows.at, by_text);
    for (size_t i = 0; i < rows.n; i++) /* of equal texts the last one counts */
        if (i + 1 == rows.n || !str_eq(rows.at[i].text, rows.at[i + 1].text))
            t->specials[t->special_count++] = rows.at[i].id;
    return 0;
}

int vocabulary_build(tokenizer *t, const gguf *g, error *e) {
    for (int b = 0; b < 256; b++) t->byte_ids[b] = TOKEN_NONE;
    for (int b = 0; b < 128; b++) t->ascii_ids[b] = TOKEN_NONE;
    int rc = take_tokens(t, g, e);
    if (!rc) rc = note_marks(t, g, e);
    if (rc) return rc;
    for (uint32_t i = 0; i < t->size && t->unknown == TOKEN_NONE; i++)
        if (t->types[i] == TOKEN_UNKNOWN) t->unknown = i;
    if ((rc = build_words(t, 0, e))) return rc;
    if (t->family == FAMILY_SENTENCEPIECE && (rc = add_characters(t, e))) return rc;
    if ((rc = take_bytes(t, e)) || (rc = take_specials(t, e))) return rc;
    note_joins(t);
    return t->family == FAMILY_SENTENCEPIECE ? pairs_of_scores(t, g, e) : pairs_of_merges(t, g, e);
}
