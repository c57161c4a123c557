/* columns.c - see columns.h. In: text. Out: columns, by the character widths of Unicode 16.0 (utf8proc). */
#include "batch/columns.h"

#include "base/shown.h"
#include "base/utf8.h"

#include <utf8proc.h>

static size_t width_at(str s, ptrdiff_t at, ptrdiff_t *step) {
    uint32_t code;
    *step = utf8_decode(s, at, &code);
    return code == UTF8_INVALID ? 1 : (size_t)utf8proc_charwidth((utf8proc_int32_t)code);
}

size_t columns_of(str s) {
    size_t columns = 0;
    for (ptrdiff_t at = 0, step; at < s.n; at += step) columns += width_at(s, at, &step);
    return columns;
}

void columns_put(buf *out, str text, size_t width) {
    buf shown = {0};
    if (str_eq(text, STR("-"))) /* no name */
        buf_byte(&shown, '-');
    else
        shown_name(&shown, text);
    buf_str(out, buf_view(&shown));
    for (size_t n = columns_of(buf_view(&shown)); n < width; n++) buf_byte(out, ' ');
    buf_free(&shown);
}

void columns_put_right(buf *out, str text, size_t width) {
    buf shown = {0};
    size_t used = 0;
    ptrdiff_t end = 0;
    shown_put(&shown, text);
    str whole = buf_view(&shown);
    for (ptrdiff_t step; end < whole.n; end += step) {
        size_t wide = width_at(whole, end, &step);
        if (used + wide > width) break;
        used += wide;
    }
    for (; used < width; used++) buf_byte(out, ' ');
    buf_str(out, str_slice(whole, 0, end));
    buf_free(&shown);
}
