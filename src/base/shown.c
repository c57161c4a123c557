/* shown.c - see shown.h. In: bytes of anybody. Out: text that only prints. */
#include "base/shown.h"

#include "base/utf8.h"

/* What turns the direction of all that follows, on this line: a letter of Hebrew or Arabic needs none of them. */
static bool turns(uint32_t code) { return (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069); }

static bool commands(uint32_t code) {
    return code < 0x20 || (code >= 0x7f && code < 0xa0) || turns(code) || code == UTF8_INVALID;
}

static void put_one(buf *out, const uint8_t *p, ptrdiff_t step, uint32_t code) {
    if (!commands(code))
        buf_bytes(out, p, (size_t)step);
    else if (code == '\n')
        buf_cstr(out, "\\n");
    else if (code == '\t')
        buf_cstr(out, "\\t");
    else if (step > 1)
        buf_printf(out, "\\u%04x", (unsigned)code);
    else
        buf_printf(out, "\\x%02x", *p);
}

/* "##[add-mask]x", "##vso[…]x", "##teamcity[…]": the logs of CI services obey these wherever they stand in a line.
 * Where one begins at `at`, the place of its second '#'; else -1. */
static ptrdiff_t log_command(str text, ptrdiff_t at) {
    if (at + 2 >= text.n || text.p[at] != '#' || text.p[at + 1] != '#') return -1;
    ptrdiff_t end = at + 2;
    while (end < text.n && byte_is_alpha(text.p[end])) end++;
    return end < text.n && text.p[end] == '[' ? at + 1 : -1;
}

void shown_put(buf *out, str text) {
    ptrdiff_t hash = -1;
    for (ptrdiff_t i = 0; i < text.n;) {
        uint32_t code;
        ptrdiff_t step = utf8_decode(text, i, &code);
        if (i == hash)
            buf_cstr(out, "\\x23");
        else
            put_one(out, text.p + i, step, code);
        if (code == '#' && i != hash) hash = log_command(text, i);
        i += step;
    }
}

void shown_name(buf *out, str name) {
    str rest = name; /* logs trim a line before they look at it */
    while (rest.n > 0) {
        uint32_t code;
        ptrdiff_t step = utf8_decode(rest, 0, &code);
        if (!utf8_is_blank(str_slice(rest, 0, step))) break;
        rest = str_slice(rest, step, rest.n);
    }
    if (str_starts(rest, STR("::")) || str_starts(rest, STR("##")) || str_starts(rest, STR("-"))) buf_cstr(out, "./");
    shown_put(out, name);
}

str shown_str(arena *a, str text) {
    bool plain = true;
    for (ptrdiff_t i = 0; i < text.n && plain;) {
        uint32_t code;
        plain = log_command(text, i) < 0;
        i += utf8_decode(text, i, &code);
        plain = plain && !commands(code);
    }
    if (plain) return text;
    buf escaped = {0};
    shown_put(&escaped, text);
    str kept = escaped.failed ? (str){0} : arena_str(a, buf_view(&escaped));
    buf_free(&escaped);
    return kept;
}

/* Whether bytes that decode as nothing could be the beginning of a character: a lead byte and fewer continuations than
 * it asks for, up to the text's end. */
static bool is_begun(str rest) {
    uint8_t lead = rest.p[0];
    ptrdiff_t wants = lead >= 0xc2 && lead < 0xe0   ? 2
                      : lead >= 0xe0 && lead < 0xf0 ? 3
                      : lead >= 0xf0 && lead < 0xf5 ? 4
                                                    : 0;
    if (rest.n >= wants) return false;
    for (ptrdiff_t i = 1; i < rest.n; i++)
        if ((rest.p[i] & 0xc0) != 0x80) return false;
    return true;
}

ptrdiff_t shown_live(buf *out, str piece, bool last) {
    ptrdiff_t i = 0;
    while (i < piece.n) {
        uint32_t code;
        ptrdiff_t step = utf8_decode(piece, i, &code);
        if (code == UTF8_INVALID && !last && is_begun(str_slice(piece, i, piece.n))) break;
        if (code == '\r' && i + 1 == piece.n && !last) break;
        if (code == '\r' && i + 1 < piece.n && piece.p[i + 1] == '\n') {
            i++;
            continue;
        }
        if (code == '\n' || code == '\t')
            buf_byte(out, (uint8_t)code);
        else
            put_one(out, piece.p + i, step, code);
        i += step;
    }
    return i;
}
