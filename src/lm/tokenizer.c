/* tokenizer.c - opens a tokenizer, and tokens back to text.
 *
 * In: a GGUF header. Out: an immutable tokenizer; pieces and decoded text.
 * What a key leaves open is settled by family: llama, llama-bpe and tekken begin with the beginning token, gemma4
 * always does; llama puts a space before the text. Deliberately not here: encoding (tokenizer_encode.c), tables
 * (tokenizer_vocabulary.c).
 */
#include "lm/tokenizer_impl.h"

#include <stdio.h>

static const size_t ARENA_LIMIT_BYTES = (size_t)4 << 30;

static int family_of(tokenizer *t, const gguf *g, error *e) {
    str model = {0}, pre = {0};
    int rc = gguf_get_str(g, "tokenizer.ggml.model", true, &model, e);
    if (!rc) rc = gguf_get_str(g, "tokenizer.ggml.pre", false, &pre, e);
    if (rc) return rc;
    if (str_eq(model, STR("llama"))) {
        t->family = FAMILY_SENTENCEPIECE;
        t->add_begin = t->add_space = true;
    } else if (str_eq(model, STR("gemma4"))) {
        t->family = FAMILY_GEMMA;
    } else if (str_eq(model, STR("gpt2"))) {
        t->family = FAMILY_BYTES;
        if (!pre.n)
            return error_set(e, ERROR_SCHEMA,
                             "the model's header names no pre-tokenizer (tokenizer.ggml.pre); convert it again");
        if (!pretokenizer_of(pre, &t->pre))
            return error_set(
                e, ERROR_SUPPORT,
                "the pre-tokenizer '%.*s' is not known; known are gpt-2, llama-bpe, qwen2, qwen35 and tekken",
                STR_ARG(str_slice(pre, 0, 64)));
        t->whole_words = t->add_begin = t->pre == PRETOKENIZE_LLAMA3 || t->pre == PRETOKENIZE_TEKKEN;
    } else
        return error_set(e, ERROR_SUPPORT, "the tokenizer '%.*s' is not known; known are gpt2, llama and gemma4",
                         STR_ARG(str_slice(model, 0, 64)));
    return 0;
}

static int token_key(const tokenizer *t, const gguf *g, const char *key, uint32_t *id, error *e) {
    int rc = gguf_get_u32(g, key, false, id, e);
    if (rc) return rc;
    if (*id != TOKEN_NONE && *id >= t->size)
        return error_set(e, ERROR_SCHEMA, "key '%s' is %u, but there are %u tokens", key, *id, t->size);
    return 0;
}

const str TOKEN_END_NAMES[] = {STR("<|im_end|>"),    STR("<|eot_id|>"),    STR("<|eom_id|>"), STR("<|end_of_text|>"),
                               STR("<|endoftext|>"), STR("<end_of_turn>"), STR("<turn|>"),    STR("</s>"),
                               STR("<eos>"),         STR("<|end|>"),       STR("<|return|>")};
const size_t TOKEN_END_NAME_COUNT = COUNT_OF(TOKEN_END_NAMES);

/* Only a token that is no plain text counts. */
static void note_ends_by_name(tokenizer *t) {
    for (size_t i = 0; i < TOKEN_END_NAME_COUNT; i++) {
        uint32_t id = tokenizer_special(t, TOKEN_END_NAMES[i]);
        if (id != TOKEN_NONE) t->ends[id] = 1;
    }
}

static int special_ids(tokenizer *t, const gguf *g, error *e) {
    uint32_t turn = TOKEN_NONE, message = TOKEN_NONE, unknown = TOKEN_NONE;
    bool by_default = t->add_begin || t->family == FAMILY_GEMMA;
    int rc = token_key(t, g, "tokenizer.ggml.bos_token_id", &t->begin, e);
    if (!rc) rc = token_key(t, g, "tokenizer.ggml.eos_token_id", &t->end, e);
    if (!rc) rc = token_key(t, g, "tokenizer.ggml.eot_token_id", &turn, e);
    if (!rc) rc = token_key(t, g, "tokenizer.ggml.eom_token_id", &message, e);
    if (!rc) rc = token_key(t, g, "tokenizer.ggml.unknown_token_id", &unknown, e);
    if (!rc) rc = gguf_get_bool(g, "tokenizer.ggml.add_bos_token", false, &t->add_begin, e);
    if (!rc) rc = gguf_get_bool(g, "tokenizer.ggml.add_space_prefix", false, &t->add_space, e);
    if (rc) return rc;
    if (unknown != TOKEN_NONE) t->unknown = unknown; /* else the one that has that type: text may need it */
    if (t->family == FAMILY_GEMMA) t->add_begin = true;
    if (t->family != FAMILY_SENTENCEPIECE) t->add_space = false;
    if (t->add_begin && t->begin == TOKEN_NONE) {
        if (!by_default) return error_set(e, ERROR_SCHEMA, "add_bos_token is true, but no bos_token_id is given");
        t->add_begin = false;
    }
    t->ends = ARENA_ARRAY(t->a, uint8_t, t->size);
    if (!t->ends) return error_set(e, ERROR_MEMORY, "no memory for the model's vocabulary");
    if (t->end != TOKEN_NONE) t->ends[t->end] = 1;
    if (turn != TOKEN_NONE) t->ends[turn] = 1;
    if (message != TOKEN_NONE) t->ends[message] = 1;
    note_ends_by_name(t);
    return 0;
}

static void describe(tokenizer *t, const gguf *g) {
    static const char *const families[] = {"byte-level BPE", "SentencePiece BPE", "BPE over characters"};
    str pre = {0};
    size_t merges = 0;
    const str *list;
    gguf_get_str(g, "tokenizer.ggml.pre", false, &pre, NULL);
    gguf_get_strs(g, "tokenizer.ggml.merges", false, &list, &merges, NULL);
    int n = snprintf(t->description, sizeof t->description, "%s", families[t->family]);
    if (t->family == FAMILY_BYTES)
        n += snprintf(t->description + n, sizeof t->description - (size_t)n, " (%.*s)", STR_ARG(str_slice(pre, 0, 40)));
    n += snprintf(t->description + n, sizeof t->description - (size_t)n, ", %u tokens", t->size);
    if (merges) snprintf(t->description + n, sizeof t->description - (size_t)n, ", %zu merges", merges);
}

int tokenizer_open(const gguf *g, tokenizer **out, error *e) {
    *out = NULL;
    arena *a = arena_new(ARENA_LIMIT_BYTES);
    tokenizer *t = a ? ARENA_NEW(a, tokenizer) : NULL;
    if (!t) {
        arena_free(a);
        return error_set(e, ERROR_MEMORY, "no memory for the model's vocabulary");
    }
    t->a = a;
    t->begin = t->end = t->unknown = TOKEN_NONE;
    t->classes = unicode_classes_new(a);
    int rc = t->classes ? family_of(t, g, e) : error_set(e, ERROR_MEMORY, "no memory for the model's vocabulary");
    if (!rc) rc = vocabulary_build(t, g, e);
    if (!rc) rc = special_ids(t, g, e);
    if (rc) {
        arena_free(a);
        return rc;
    }
    describe(t, g);
    *out = t;
    return 0;
}

void tokenizer_free(tokenizer *t) {
    if (t) arena_free(t->a);
}

/* ---- looking at tokens ------------------------------------------------------------------------------------------- */

str tokenizer_piece(const tokenizer *t, uint32_t token) { return token < t->size ? t->pieces[token] : (str){0}; }
uint32_t tokenizer_size(const tokenizer *t) { return t->size; }
bool tokenizer_is_end(const tokenizer *t, uint32_t token) { return token < t->size && t->ends[token]; }
const char *tokenizer_description(const tokenizer *t) { return t->description; }

enum token_type tokenizer_type(const tokenizer *t, uint32_t token) {
    return token < t->size ? (enum token_type)t->types[token] : TOKEN_UNUSED;
}

uint32_t tokenizer_special(const tokenizer *t, str text) {
    size_t lo = 0, hi = t->special_count;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        int order = str_cmp(special_text(t, t->specials[mid]), text);
        if (order == 0) return t->specials[mid];
        if (order < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return TOKEN_NONE;
}

void tokenizer_decode(const tokenizer *t, const uint32_t *tokens, size_t n, bool first, bool control, buf *out) {
    bool drop_space = first && t->add_space;
    for (size_t i = 0; i < n; i++) {
        if (tokens[i] >= t->size) continue;
        uint8_t type = t->types[tokens[i]];
        if (type == TOKEN_CONTROL || (type == TOKEN_UNKNOWN && t->family != FAMILY_SENTENCEPIECE)) {
            if (control) buf_str(out, t->texts[tokens[i]]);
            continue;
        }
        str piece = t->pieces[tokens[i]];
        if (drop_space && piece.n && piece.p[0] == ' ') piece = str_slice(piece, 1, piece.n);
        drop_space = false;
        buf_str(out, piece);
    }
}
