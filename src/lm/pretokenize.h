/* pretokenize.h - where the words end that a byte-level BPE vocabulary was trained on.
 *
 * Each family publishes a regular expression; its matches, left to right, are the words, and no merge crosses a word's
 * end. The expressions match every text without gaps. They are hand-written scanners here: the same matches, linear
 * time, no backtracking. Letters, marks, numbers and spaces are Unicode's (unicode_class.h); a byte that is no valid
 * UTF-8 counts as a character of no class.
 *
 *   gpt-2      's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
 *   llama-bpe  (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*
 *              |\s*[\r\n]+|\s+(?!\S)|\s+
 *   qwen2      the same with \p{N} in place of \p{N}{1,3}
 *   qwen35     as qwen2 with [\p{L}\p{M}]+ for \p{L}+, and \p{M} out of the punctuation
 *   tekken     [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+
 *              |[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*|\p{N}
 *              | ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+
 */
#ifndef ASSAY_LM_PRETOKENIZE_H
#define ASSAY_LM_PRETOKENIZE_H

#include "lm/unicode_class.h"

enum pretokenizer { PRETOKENIZE_GPT2, PRETOKENIZE_LLAMA3, PRETOKENIZE_QWEN2, PRETOKENIZE_QWEN35, PRETOKENIZE_TEKKEN };

/* The scanner that a file's tokenizer.ggml.pre names; false for a name that is not known. */
bool pretokenizer_of(str name, enum pretokenizer *out);

/* End of the word that begins at byte `at` (0 <= at < text.n); always > at. */
ptrdiff_t pretokenize_word(const unicode_classes *u, enum pretokenizer kind, str text, ptrdiff_t at);

#endif
