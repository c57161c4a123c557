/* chat.h - how a model family wants a conversation written.
 *
 *     chatml      <|im_start|>user\n…<|im_end|>\n<|im_start|>assistant\n
 *     qwen        chatml; thinking is off unless asked for: the reply begins with an empty <think> block
 *     llama3      <|start_header_id|>user<|end_header_id|>\n\n…<|eot_id|>…
 *     mistral     [INST] …[/INST] reply</s>        the system text stands before the last user text
 *     mistral-v7  [SYSTEM_PROMPT]…[/SYSTEM_PROMPT][INST]…[/INST]reply</s>
 *     gemma       <start_of_turn>user\n…<end_of_turn>\n<start_of_turn>model\n      the system text opens the first user
 * text
 *
 * A model's file holds a template in a programming language of its own; this room recognises the family by the marks in
 * it and does not run it. Text from outside stays text: pieces say which of them are control marks, and only those may
 * become control tokens. mistral and gemma insist on turns that alternate, so neighbouring turns of one role are
 * joined.
 */
#ifndef ASSAY_LM_CHAT_H
#define ASSAY_LM_CHAT_H

#include "base/arena.h"
#include "base/error.h"

enum chat_family { CHAT_CHATML, CHAT_QWEN, CHAT_LLAMA3, CHAT_MISTRAL, CHAT_MISTRAL_V7, CHAT_GEMMA, CHAT_FAMILIES };
enum chat_role { CHAT_SYSTEM, CHAT_USER, CHAT_ASSISTANT };

struct chat_turn {
    enum chat_role role;
    str text;
};

/* A stretch of the rendered conversation: to be encoded with TOKENIZE_SPECIAL where `control`, without it elsewhere. */
struct chat_piece {
    str text;
    bool control;
};

const char *chat_name(enum chat_family family);
/* "chatml, qwen, llama3, …" for messages. */
const char *chat_choices(void);
/* By name; ERROR_USAGE that lists the names. */
int chat_find(str name, enum chat_family *family, error *e);
/* From tokenizer.chat_template; ERROR_SUPPORT that says which --chat can be given, when the template is empty or not
 * one that is known. */
int chat_recognise(str template_text, enum chat_family *family, error *e);

struct chat_options {
    bool think; /* qwen: leave thinking on */
};
/* The conversation up to the point where the model's reply begins. Pieces live in the arena; neighbouring ones differ
 * in `control`. At most one system turn, first; the last turn is the user's: else ERROR_USAGE. `options` may be NULL.
 */
int chat_render(arena *a, enum chat_family family, const struct chat_turn *turns, size_t count,
                const struct chat_options *options, const struct chat_piece **pieces, size_t *piece_count, error *e);
/* The mark that ends a reply. */
str chat_end(enum chat_family family);

#endif
