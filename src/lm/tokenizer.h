/* tokenizer.h - text to token numbers and back, by the vocabulary in a GGUF file.
 *
 * Three families, by tokenizer.ggml.model:
 *   gpt2    byte-level BPE: the text is cut into words by the expression that tokenizer.ggml.pre names (pretokenize.h),
 *           each word's bytes are merged pair by pair, the merge of the lowest rank first, leftmost first among equals
 *   llama   SentencePiece BPE: characters merged by the score of what they give; a character without a token becomes
 *           its bytes as <0xNN>; a space is put before the text when add_space_prefix says so
 *   gemma4  BPE by ranks over characters of whole lines, spaces written as U+2581, <0xNN> for what has no token
 *
 * Same ids as the reference implementations (tests/oracles/tokenizers.py). Text is taken as it is: no normalisation
 * (the tokenizers of Qwen's publisher bring text to NFC first, GGUF engines do not; nor does this). Bytes that are no
 * valid UTF-8 are encoded byte by byte and come back unchanged.
 *
 * A tokenizer is immutable and may be shared by threads; each thread brings its own scratch, which holds the cache of
 * words. Time is linear in the text for texts of ordinary words and n log n for one endless word.
 */
#ifndef ASSAY_LM_TOKENIZER_H
#define ASSAY_LM_TOKENIZER_H

#include "base/buf.h"
#include "lm/gguf.h"

typedef struct tokenizer tokenizer;
typedef struct tokenizer_scratch tokenizer_scratch;

#define TOKEN_NONE UINT32_MAX

enum token_type {
    TOKEN_NORMAL = 1,
    TOKEN_UNKNOWN = 2,
    TOKEN_CONTROL = 3,
    TOKEN_USER_DEFINED = 4,
    TOKEN_UNUSED = 5,
    TOKEN_BYTE = 6
};

/* A growing list of tokens; zeroed is empty. Free with token_ids_free. */
typedef struct token_ids {
    uint32_t *at;
    size_t n, capacity;
} token_ids;
/* Frees the array and zeroes the list, which may then be used again. */
void token_ids_free(token_ids *l);

/* Builds the tokenizer from a header's tokenizer.* keys; copies what it keeps. Errors: a missing or contradictory key
 * (ERROR_SCHEMA), a family or pre-tokenizer that is not known (ERROR_SUPPORT, named), memory. */
int tokenizer_open(const gguf *g, tokenizer **out, error *e);
void tokenizer_free(tokenizer *t); /* NULL is allowed */

/* Per-thread working memory for one tokenizer (some 2 MB); NULL when memory is gone. */
tokenizer_scratch *tokenizer_scratch_new(const tokenizer *t);
/* NULL is allowed. */
void tokenizer_scratch_free(tokenizer_scratch *s);

enum {
    TOKENIZE_SPECIAL = 1, /* recognise control tokens (<|im_end|> …) in the text; without it they are plain text, as
                             text from outside must be. User-defined tokens are always recognised, but for those that
                             mark or end a turn: they count as control tokens, whatever type the file gives them. */
    TOKENIZE_BEGIN = 2    /* put the beginning-of-text token first, when the model wants one */
};
/* Appends the tokens of `text` (at most 2^31 bytes). On failure `out` is as before the call. */
int tokenizer_encode(const tokenizer *t, tokenizer_scratch *s, str text, unsigned flags, token_ids *out, error *e);

/* The bytes that a token stands for: words with their spaces, the byte of a byte token, the text of a user-defined one;
 * empty for control tokens and numbers that are no token. A multi-byte character may be spread over tokens. Lives as
 * long as the tokenizer. */
str tokenizer_piece(const tokenizer *t, uint32_t token);
/* Appends the text of tokens. At the beginning of a text (`first`) the space that add_space_prefix had added is taken
 * away again. Control tokens are left out, unless `control`: then their text is written. */
void tokenizer_decode(const tokenizer *t, const uint32_t *tokens, size_t n, bool first, bool control, buf *out);

uint32_t tokenizer_size(const tokenizer *t); /* number of tokens */
enum token_type tokenizer_type(const tokenizer *t, uint32_t token);
/* The control or user-defined token with exactly this text; TOKEN_NONE when there is none. */
uint32_t tokenizer_special(const tokenizer *t, str text);
/* Whether a token ends a turn or the text: eos, eot, eom of the header, and the well-known names of such tokens. */
bool tokenizer_is_end(const tokenizer *t, uint32_t token);
/* "byte-level BPE (qwen2), 151936 tokens, 151387 merges" for people; in the tokenizer's memory. */
const char *tokenizer_description(const tokenizer *t);

#endif
