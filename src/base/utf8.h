/* utf8.h - UTF-8 decoding and the line table.
 *
 * Invalid input is defined input: a byte that starts no valid sequence (RFC 3629: no overlong forms, no surrogates,
 * nothing above U+10FFFF) decodes as UTF8_INVALID with length 1.
 */
#ifndef ASSAY_BASE_UTF8_H
#define ASSAY_BASE_UTF8_H

#include "base/arena.h"

#define UTF8_INVALID 0xffffffffu

/* Decodes the code point at byte `at` (0 <= at < s.n) into `*code`; returns its length in bytes, 1 to 4. */
ptrdiff_t utf8_decode(str s, ptrdiff_t at, uint32_t *code);
/* libjansson.a exports a function of this name; ours has another one at the linker. */
#define utf8_encode assay_utf8_encode
/* Encodes `code` into `out` (room for 4) and returns the length; what is no scalar value becomes U+FFFD. */
ptrdiff_t utf8_encode(uint32_t code, uint8_t *out);
/* Offset of the first invalid byte, or -1. */
ptrdiff_t utf8_find_invalid(str s);
/* Whether a text draws nothing: empty, or white space of any kind (no-break and wide spaces included). */
bool utf8_is_blank(str s);
/* Number of code points (an invalid byte counts as one). */
size_t utf8_count(str s);

typedef struct line_mark {
    uint32_t offset, codes; /* a code point's boundary, and the code points before it */
} line_mark;

/* Where each line of a text begins. */
typedef struct line_table {
    str text;
    const uint32_t *starts; /* [count], starts[0] = 0 */
    uint32_t count;
    uint32_t first_line; /* number given to starts[0]; 1 unless the text is a part of a larger file */
    const struct line_mark
        *marks;          /* code points so far, about every KiB; only where a line is long: an article of one */
    uint32_t mark_count; /* line and many findings must not cost their product */
} line_table;

typedef struct place {
    uint32_t line, column; /* 1-based; the column counts code points */
} place;

/* Builds the table in the arena; count is 0 when memory is gone. LF, CRLF and lone CR end a line, as in CommonMark. */
line_table line_table_make(arena *a, str text);
/* The same as git, grep, editors and SARIF number lines: a lone CR ends none. */
line_table line_table_make_numbered(arena *a, str text);
/* Which of starts[] begins the line of byte `offset`. */
uint32_t line_table_index(const line_table *t, uint32_t offset);
/* Place of byte `offset` (clamped to the text's end). */
place line_table_place(const line_table *t, uint32_t offset);
/* The bytes of 1-based line `line`, without its line ending; empty when there is no such line. */
str line_table_line(const line_table *t, uint32_t line);

#endif
