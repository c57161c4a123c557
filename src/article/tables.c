/* tables.c - tables, rows, cells.
 *
 * In: a table node. Out: its blocks, each cell with its origins and text.
 *
 *     | a | b \| c |      pieces between the pipes that no backslash escapes; a cell is a piece, trimmed
 *     |---|-------|
 *       x | y             the leading and trailing pipe may be missing; missing cells are empty blocks
 *
 * cmark-gfm's lines are right for body rows only: a table that follows a paragraph's lines carries the paragraph's
 * first line, so the header is two lines above the first body row, or one above the table's end. Its columns are not
 * used.
 */
#include "article/blocks.h"

#include <cmark-gfm-core-extensions.h>

/* The part of a row's line that belongs to its next cell, from `at` on; false at the end. */
static bool next_piece(const uint8_t *p, uint32_t *at, uint32_t end, span *piece) {
    if (*at > end) return false;
    uint32_t i = *at;
    while (i < end && !(p[i] == '|' && !(i > 0 && p[i - 1] == '\\' && i > *at))) i++;
    *piece = (span){*at, i};
    *at = i + 1;
    return true;
}

static void cell(build *w, uint32_t parent, uint32_t column, uint16_t flags, cmark_node *node, span piece) {
    builder *b = w->b;
    const uint8_t *p = b->clean.p;
    while (piece.lo < piece.hi && is_markup_space(p[piece.lo])) piece.lo++;
    while (piece.hi > piece.lo && is_markup_space(p[piece.hi - 1])) piece.hi--;
    uint32_t index = block_open(w, BLOCK_CELL, parent, flags, piece);
    if (index == BLOCK_NONE) return;
    b->blocks.at[index].number = column;
    uint32_t n = (uint32_t)node->content.size, first = piece.lo;
    b->origins.n = 0;
    b->loose = false;
    bool laid = origin_lay_unescaped(b, node->content.ptr, 0, n, piece, &first);
    if (laid && n) {
        b->blocks.at[index].where.lo = first;
        leaf_flatten(b, index, node);
    } else if (n) {
        leaf_lost(w, index, node);
    }
    if (!b->failed) leaf_close(b, index);
}

/* Where a row's cells begin: behind its leading '|', or, without one, at the line's start (the prefix of the containers
 * is then left of the first cell's content, which is laid down from the right). cmark-gfm's column is that of the
 * paragraph's first line, so the first cell decides. */
static uint32_t row_start(builder *b, span line, const cmark_node *first, bool *piped) {
    const uint8_t *p = b->clean.p;
    uint32_t pipe = line.lo, at = line.lo, found;
    while (pipe < line.hi && p[pipe] != '|') pipe++;
    *piped = false;
    if (pipe == line.hi || !first) return line.lo;
    while (at < pipe) { /* markers of containers */
        uint32_t mark = at;
        while (mark < pipe && byte_is_digit(p[mark])) mark++;
        bool bullet = p[mark] == '-' || p[mark] == '+' || p[mark] == '*';
        bool number = mark > at && (p[mark] == '.' || p[mark] == ')');
        if (is_markup_space(p[at]) || p[at] == '>')
            at++;
        else if ((number || (bullet && mark == at)) && is_markup_space(p[mark + 1]))
            at = mark + 1;
        else
            break;
    }
    if (at < pipe) return line.lo;
    span piece;
    uint32_t next = pipe + 1, n = (uint32_t)first->content.size;
    if (n > 0 && next_piece(p, &next, line.hi, &piece)) {
        b->origins.n = 0;
        if (!origin_lay_unescaped(b, first->content.ptr, 0, n, piece, &found)) return line.lo;
        while (found > piece.lo && byte_is_space(p[found - 1])) found--; /* \v and \f belong to the pipe, too */
        if (found != piece.lo) return line.lo;
    }
    *piped = true;
    return pipe + 1;
}

static void row(build *w, uint32_t parent, uint32_t number, cmark_node *node, int line) {
    builder *b = w->b;
    span s = origin_line(w, line);
    bool header = cmark_gfm_extensions_get_table_row_is_header(node) != 0, piped;
    uint16_t flags = header ? BLOCK_HEADER_ROW : 0;
    uint32_t at = row_start(b, s, node->first_child, &piped), start = piped ? at - 1 : at;
    uint32_t index = block_open(w, BLOCK_ROW, parent, flags, (span){start, s.hi});
    if (index == BLOCK_NONE) return;
    b->blocks.at[index].number = number;
    uint32_t i = 0;
    w->depth++;
    for (cmark_node *c = node->first_child; c && !b->failed; c = c->next) {
        span piece;
        if (!next_piece(b->clean.p, &at, s.hi, &piece)) piece = (span){s.hi, s.hi};
        cell(w, index, i++, flags, c, piece);
    }
    w->depth--;
    if (b->failed) return;
    container_close(b, index);
    b->blocks.at[index].where =
        (span){piped || index + 1 >= b->blocks.n ? start : b->blocks.at[index + 1].where.lo, s.hi};
}

void table_build(build *w, uint32_t parent, cmark_node *node) {
    builder *b = w->b;
    cmark_node *second = node->first_child ? node->first_child->next : NULL;
    int header = second ? second->start_line - 2 : node->end_line - 1;
    uint32_t index = block_open(w, BLOCK_TABLE, parent, 0,
                                (span){origin_column(w, header, node->start_column), origin_line(w, header + 1).hi});
    if (index == BLOCK_NONE) return;
    uint32_t number = 0;
    w->depth++;
    for (cmark_node *r = node->first_child; r && !b->failed; r = r->next, number++)
        row(w, index, number, r, number == 0 ? header : r->start_line);
    w->depth--;
    if (b->failed) return;
    container_close(b, index);
    if (number > 1) b->blocks.at[index].where.hi = origin_line(w, node->last_child->start_line).hi;
}
