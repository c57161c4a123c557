/* reply.c - see reply.h. In: pieces, in order. Out: the text so far. Invariant: a mark is found at the piece that
 * completes it, so only the last bytes are looked through. Not here: tokens that end a text (the writer's).
 */
#include "draft/reply.h"

struct reply reply_begin(const tokenizer *t, enum chat_family family) {
    str end = chat_end(family);
    if (tokenizer_special(t, end) != TOKEN_NONE) end = (str){0};
    return (struct reply){.lead = chat_lead(family), .end = end};
}

bool reply_add(struct reply *r, str piece, str *shown) {
    const bool first = !r->begun && piece.n > 0;
    r->begun |= first;
    if (first && r->lead.n && str_starts(piece, r->lead)) piece = str_slice(piece, r->lead.n, piece.n);
    *shown = piece;
    buf_str(&r->text, piece);
    if (!r->end.n) return false;
    str text = buf_view(&r->text);
    ptrdiff_t from = text.n - piece.n - (r->end.n - 1), at = str_find(text, r->end, from > 0 ? from : 0);
    if (at >= 0) r->text.n = (size_t)at;
    return at >= 0;
}
