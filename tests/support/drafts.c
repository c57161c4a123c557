/* drafts.c - takes the marks off a draft (drafts.h). */
#include "tests/support/drafts.h"

#include <string.h>

static const struct {
    const char *open, *close;
    bool false_by_manifest;
} marks[] = {{"\xc2\xab", "\xc2\xbb", true}, {"\xe2\x9f\xa6", "\xe2\x9f\xa7", false}};

bool marked_draft_read(str source, marked_draft *out) {
    *out = (marked_draft){0};
    int open = -1;
    for (ptrdiff_t i = 0; i < source.n;) {
        ptrdiff_t taken = 0;
        str rest = str_slice(source, i, source.n);
        for (int k = 0; k < 2 && !taken; k++) {
            str opens = str_from_cstr(marks[k].open), closes = str_from_cstr(marks[k].close);
            uint32_t at = (uint32_t)buf_view(&out->text).n;
            if (str_starts(rest, opens)) {
                if (open >= 0 || out->mark_count == DRAFT_MARKS) return false;
                open = k;
                out->marks[out->mark_count] = (draft_mark){{at, at}, marks[k].false_by_manifest};
                taken = opens.n;
            } else if (str_starts(rest, closes)) {
                if (open != k) return false;
                out->marks[out->mark_count++].where.hi = at;
                open = -1;
                taken = closes.n;
            }
        }
        if (!taken) {
            buf_byte(&out->text, source.p[i]);
            taken = 1;
        }
        i += taken;
    }
    return open < 0;
}

void marked_draft_free(marked_draft *d) { buf_free(&d->text); }
