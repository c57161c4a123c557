/* link_tail.c - what stands behind a link's text.
 *
 * In: a leaf's content string and the place of the ']' that closes a link's or image's text; the parser has said that
 * there is a link. Out: the place behind the whole link, and the destination's bytes.
 *
 *     [text](dest "title")     [text](<dest>)     [text][label]     [label][]     [label]
 *
 * Reads these as cmark-gfm 0.29 does, its leniencies included (manual_scan_link_url, link_label in its inlines.c): the
 * cursor must come out where the parser's did. A destination has at most 32 open parentheses, a label 1000 bytes.
 */
#include "article/internal.h"

static uint32_t pass_spaces(str s, uint32_t at) {
    while (at < (uint32_t)s.n && byte_is_space(s.p[at])) at++;
    return at;
}

/* The destination at `at` as 0.29 reads it; 0 when there is none. `*target` is its content range. */
static uint32_t pass_destination(str s, uint32_t at, text_range *target) {
    uint32_t i = at, depth = 0;
    if (i < (uint32_t)s.n && s.p[i] == '<') {
        for (i++; i < (uint32_t)s.n && s.p[i] != '>'; i++) {
            if (s.p[i] == '\\')
                i++;
            else if (s.p[i] == '\n' || s.p[i] == '<')
                return 0;
        }
        if (i >= (uint32_t)s.n) return 0;
        *target = (text_range){at + 1, i};
        return i + 1;
    }
    for (; i < (uint32_t)s.n; i++) {
        uint8_t c = s.p[i];
        if (c == '\\' && i + 1 < (uint32_t)s.n && is_markup_punctuation(s.p[i + 1]))
            i++;
        else if (c == '(')
            depth++;
        else if (c == ')' && depth-- == 0)
            break;
        else if (is_markup_space(c))
            break;
        if (depth > 32 && depth != UINT32_MAX) return 0;
    }
    if (i >= (uint32_t)s.n) return 0;
    *target = (text_range){at, i};
    return i;
}

static uint32_t pass_title(str s, uint32_t at) {
    uint8_t open = at < (uint32_t)s.n ? s.p[at] : 0, close = open == '(' ? ')' : open;
    if (open != '"' && open != '\'' && open != '(') return at;
    for (uint32_t i = at + 1; i < (uint32_t)s.n; i++) {
        if (s.p[i] == '\\')
            i++;
        else if (s.p[i] == close)
            return i + 1;
        else if (s.p[i] == open)
            return at; /* "(a (b": so no title is looked for beyond the next one's start */
    }
    return at;
}

/* What stands behind a link's text, from its ']' on: returns the content offset behind the whole link. */
uint32_t link_tail_pass(str s, uint32_t at, text_range *target) {
    *target = (text_range){0, 0};
    if (at >= (uint32_t)s.n || s.p[at] != ']') return at;
    at++;
    if (at < (uint32_t)s.n && s.p[at] == '(') {
        text_range found;
        uint32_t first = pass_spaces(s, at + 1), i = pass_destination(s, first, &found);
        if (i || (first < (uint32_t)s.n && s.p[first] == ')' && (found = (text_range){first, first}, i = first))) {
            uint32_t title = pass_spaces(s, i), end = title > i ? pass_title(s, title) : title;
            end = pass_spaces(s, end);
            if (end < (uint32_t)s.n && s.p[end] == ')') {
                *target = found;
                return end + 1;
            }
        }
    }
    if (at < (uint32_t)s.n && s.p[at] == '[') {
        for (uint32_t i = at + 1; i < (uint32_t)s.n && i - at < 1002 && s.p[i] != '['; i++) {
            if (s.p[i] == '\\' && i + 1 < (uint32_t)s.n && is_markup_punctuation(s.p[i + 1]))
                i++;
            else if (s.p[i] == ']')
                return i + 1;
        }
    }
    return at;
}
