/* sentences.c - see sentences.h. */
#include "tests/support/sentences.h"

#define MARK_OPEN "\xc2\xab"
#define MARK_CLOSE "\xc2\xbb"

static said_page make(str line, day_number day, bool whole) {
    said_page s = {0};
    bool marked = false;
    buf_printf(&s.page, "---\ntitle: T\ndate: %s\n---\n\n", date_format(day).text);
    for (ptrdiff_t i = 0; i < line.n; i++) {
        str rest = str_slice(line, i, line.n);
        bool breaks = str_starts(rest, STR("\\n")), opens = str_starts(rest, STR(MARK_OPEN));
        bool closes = str_starts(rest, STR(MARK_CLOSE));
        if (breaks && (whole || !marked)) buf_byte(&s.page, '\n');
        marked = (marked || opens) && !closes;
        if (opens) s.mark.lo = (uint32_t)buf_view(&s.page).n;
        if (closes) s.mark.hi = (uint32_t)buf_view(&s.page).n;
        if (breaks || opens || closes)
            i++;
        else if (whole || !marked)
            buf_byte(&s.page, line.p[i]);
    }
    buf_byte(&s.page, '\n');
    return s;
}

said_page said_page_make(str line, day_number day) { return make(line, day, true); }

said_page said_page_make_without(str line, day_number day) { return make(line, day, false); }

void said_page_free(said_page *s) { buf_free(&s->page); }
