/* reply.h - from the pieces that a model writes to the text that it means: without what belongs to the chat format.
 *
 *     "[/INST]" ─► " ---", "\n", "title"        the space is the format's: no text of it begins with one
 *     "so.", "<|im", "_end", "|>\n"             a vocabulary without the mark spells it out, over tokens' borders
 */
#ifndef ASSAY_DRAFT_REPLY_H
#define ASSAY_DRAFT_REPLY_H

#include "base/buf.h"
#include "lm/chat.h"
#include "lm/tokenizer.h"

struct reply {
    buf text;   /* the caller's to free */
    str lead;   /* what the format has in front of a text, and the model writes */
    str end;    /* the mark that the vocabulary has to spell out; empty where it is a token */
    bool begun; /* some byte was written */
};

struct reply reply_begin(const tokenizer *t, enum chat_family family);
/* Appends a piece; gives what of it is text, or might be. True when it ended the reply: the mark, and what stands
 * behind it, are no longer in the text then. */
bool reply_add(struct reply *r, str piece, str *shown);

#endif
