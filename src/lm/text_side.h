/* text_side.h - what stands between text and a model: its tokenizer and its chat format. */
#ifndef ASSAY_LM_TEXT_SIDE_H
#define ASSAY_LM_TEXT_SIDE_H

#include "lm/chat.h"
#include "lm/tokenizer.h"

/* Opens the tokenizer of a header and finds the chat format: `chat` by its name, NULL = by the file's template. Errors
 * as of tokenizer_open, chat_find and chat_recognise, and more tokens than the model's table has rows for
 * (ERROR_SCHEMA); then `*t` is NULL. Free it with tokenizer_free. */
int text_side_open(const gguf *g, const char *chat, tokenizer **t, enum chat_family *family, error *e);
/* The same for whoever asks only whether it can be opened. */
int text_side_check(const gguf *g, const char *chat, error *e);

#endif
