/* chat.h - how a model family wants a conversation written.
 *
 *     chatml             <|im_start|>user\n…<|im_end|>\n<|im_start|>assistant\n
 *     qwen               chatml; thinking is off unless asked for: the reply begins with an empty <think> block
 *     qwen3.5            the same with texts trimmed, and with an open <think> where thinking is asked for
 *     llama3             <|start_header_id|>user<|end_header_id|>\n\n…<|eot_id|>…
 *     llama3.1           the same behind a system turn that begins with the two dates of its template
 *     mistral-v1          [INST] … [/INST] reply</s>     the marks are plain text; the system text opens the first user
 * text mistral-v3         [INST] …[/INST] reply</s>      the system text stands before the last user text
 *     mistral-v3-tekken  [INST]…[/INST]reply</s>        the same
 *     mistral-v7         [SYSTEM_PROMPT] …[/SYSTEM_PROMPT][INST] …[/INST] reply</s>
 *     mistral-v7-tekken  [SYSTEM_PROMPT]…[/SYSTEM_PROMPT][INST]…[/INST]reply</s>
 *     gemma              <start_of_turn>user\n…<end_of_turn>\n<start_of_turn>model\n   the system text opens the first
 * user text gemma4             <|turn>user\n…<turn|>\n<|turn>model\n   with an empty thought, unless thinking is asked
 * for
 *
 * A model's file holds a template in a programming language of its own; this room recognises the family by the marks in
 * it and does not run it. What is written is what the published template writes (tests/oracles/chat.py), but for two
 * things: no system text that a publisher puts where there is none is added, and the date of llama3.1 is its template's
 * own default, so that the same request gives the same prompt on any day. Text from outside stays text: pieces say
 * which of them are control marks, and only those may become control tokens. mistral and gemma insist on turns that
 * alternate, so neighbouring turns of one role are joined.
 */
#ifndef ASSAY_LM_CHAT_H
#define ASSAY_LM_CHAT_H

#include "base/arena.h"
#include "base/error.h"

enum chat_family {
    CHAT_CHATML,
    CHAT_QWEN,
    CHAT_QWEN35,
    CHAT_LLAMA3,
    CHAT_LLAMA31,
    CHAT_MISTRAL_V1,
    CHAT_MISTRAL_V3,
    CHAT_MISTRAL_V3_TEKKEN,
    CHAT_MISTRAL_V7,
    CHAT_MISTRAL_V7_TEKKEN,
    CHAT_GEMMA,
    CHAT_GEMMA4,
    CHAT_FAMILIES
};
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

/* "qwen3.5": what --chat takes. Static; `family` must be one. */
const char *chat_name(enum chat_family family);
/* "chatml, qwen, llama3, …" for messages. */
const char *chat_choices(void);
/* By name; ERROR_USAGE that lists the names. */
int chat_find(str name, enum chat_family *family, error *e);
/* From tokenizer.chat_template; ERROR_SUPPORT that says which --chat can be given, when the template is empty or not
 * one that is known. */
int chat_recognise(str template_text, enum chat_family *family, error *e);

struct chat_options {
    bool think; /* qwen, qwen3.5, gemma4: leave thinking on */
};
/* The conversation up to the point where the model's reply begins. Pieces live in the arena; neighbouring ones differ
 * in `control`. At most one system turn, first; the last turn is the user's: else ERROR_USAGE. `options` may be NULL.
 */
int chat_render(arena *a, enum chat_family family, const struct chat_turn *turns, size_t count,
                const struct chat_options *options, const struct chat_piece **pieces, size_t *piece_count, error *e);
/* Whether neighbouring turns of one role are joined. */
bool chat_alternates(enum chat_family family);
/* The mark that ends a reply. */
str chat_end(enum chat_family family);
/* What stands between the opening of a reply and its text, and is left to the model, since its token holds the text's
 * first letters too: a space, or nothing. */
str chat_lead(enum chat_family family);
/* Whether a format writes this as a mark of its own ("<|im_start|>", "[INST]"): text from outside must not become it.
 */
bool chat_is_mark(str text);

#endif
