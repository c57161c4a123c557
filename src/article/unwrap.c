/* unwrap.c - is the whole article one code block?
 *
 * In: the bytes where the body should be. Out: the bytes inside an outer fence, and the fence's opening line.
 *
 *     Here is the article:          at most PREAMBLE_LINES lines, PREAMBLE_BYTES bytes (a model's courtesy), or none
 *     ```markdown                   ``` or ~~~, with the info string markdown, md, mdx, text, or none
 *     ---
 *     title: …                      what is inside
 *     ```                           the last line with text on it, or a closing fence that was forgotten
 *
 * A code block at the top of an ordinary article must not be taken for this. So it counts only when
 *   - the info string says Markdown, or what is inside begins with frontmatter or a level-1 heading with a blank line
 *     under it ("# install" above a command is a comment),
 *   - the file does not read well as it is: once the first fence is closed by the first bare one, a fence with an info
 *     string comes (inside a fenced article, the first such stands between an opening and a bare fence), and
 *   - the outer fence closes on the last line with text (a remark of POSTSCRIPT_BYTES bytes may follow), or no fence in
 *     the file is left to close it. Fences inside are paired as the author meant them: one with an info string opens, a
 *     bare one closes what is open.
 */
#include "article/internal.h"

enum { PREAMBLE_LINES = 3, PREAMBLE_BYTES = 240, POSTSCRIPT_BYTES = 240 };

typedef struct fence_line {
    uint8_t mark;
    uint32_t length;
    str info;
} fence_line;

static bool read_fence(str line, fence_line *f) {
    ptrdiff_t at = 0;
    while (at < line.n && line.p[at] == ' ' && at < 4) at++;
    if (at >= line.n || at > 3 || (line.p[at] != '`' && line.p[at] != '~')) return false;
    f->mark = line.p[at];
    f->length = 0;
    while (at < line.n && line.p[at] == f->mark) at++, f->length++;
    f->info = str_trim(str_slice(line, at, line.n));
    return f->length >= 3 && !(f->mark == '`' && str_find_byte(f->info, '`', 0) >= 0);
}

/* Cuts the line at `*at`; false at the end. */
static bool next_line(str s, uint32_t *at, uint32_t end, span *line) {
    if (*at >= end) return false;
    uint32_t i = *at;
    while (i < end && s.p[i] != '\n' && s.p[i] != '\r') i++;
    *line = (span){*at, i};
    if (i < end && s.p[i] == '\r' && i + 1 < end && s.p[i + 1] == '\n') i++;
    *at = i < end ? i + 1 : i;
    return true;
}

static bool says_markdown(str info) {
    static const char *const names[] = {"markdown", "md", "mdx"};
    ptrdiff_t end = 0;
    while (end < info.n && byte_is_alnum(info.p[end])) end++;
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (str_eq_nocase(str_slice(info, 0, end), str_from_cstr(names[i]))) return true;
    return false;
}

static bool begins_like_article(str inside) {
    inside = str_trim(inside);
    if (str_starts(inside, STR("# "))) {
        str heading, below;
        return str_cut(&inside, '\n', &heading) && (!str_cut(&inside, '\n', &below) || str_trim(below).n == 0);
    }
    return str_starts(inside, STR("---\n")) || str_starts(inside, STR("---\r")) || str_starts(inside, STR("+++\n")) ||
           str_starts(inside, STR("+++\r"));
}

/* Passes over the preamble; the opening fence's line, or false. */
static bool find_opening(str s, span where, span *line, fence_line *outer, uint32_t *behind) {
    uint32_t at = where.lo, lines = 0;
    while (next_line(s, &at, where.hi, line)) {
        str text = str_span(s, *line);
        if (read_fence(text, outer)) {
            *behind = at;
            return true;
        }
        if (str_trim(text).n == 0) continue;
        bool structured = text.p[0] == '#' || text.p[0] == '-' || text.p[0] == '>' || text.p[0] == '|';
        if (++lines > PREAMBLE_LINES || line->hi - where.lo > PREAMBLE_BYTES || structured) return false;
    }
    return false;
}

/* Nothing, or one short paragraph. */
static bool is_remark(str s) {
    bool heading = s.n > 0 && s.p[0] == '#';
    return s.n <= POSTSCRIPT_BYTES && !heading && str_find(s, STR("\n\n"), 0) < 0 &&
           str_find(s, STR("\r\n\r\n"), 0) < 0 && str_find(s, STR("```"), 0) < 0;
}

/* Whether fences pair as CommonMark pairs them up to the first one with an info string behind the `outer` one's end. */
static bool pairs_as_it_is(str source, uint32_t at, uint32_t end, fence_line outer) {
    bool open = true;
    fence_line f;
    span line;
    while (next_line(source, &at, end, &line)) {
        if (!read_fence(str_span(source, line), &f)) continue;
        bool fits = f.mark == outer.mark && f.length >= outer.length;
        if (!open) {
            if (f.info.n) return true;
            outer = f;
            open = true;
        } else if (fits && f.info.n) {
            return false;
        } else if (fits) {
            open = false;
        }
    }
    return false;
}

bool unwrap_find(str source, span where, span *inside, span *fence) {
    span line;
    fence_line outer, f;
    uint32_t at;
    if (!find_opening(source, where, &line, &outer, &at)) return false;
    *fence = line;
    uint32_t begin = at, close = UINT32_MAX, close_end = where.hi;
    str rest = str_slice(source, (ptrdiff_t)begin, (ptrdiff_t)where.hi);
    bool article_like = begins_like_article(rest), preamble = str_trim(str_slice(source, where.lo, line.lo)).n > 0;
    if (!article_like && (!says_markdown(outer.info) || preamble)) return false;
    if (outer.info.n && !says_markdown(outer.info) && !str_eq_nocase(outer.info, STR("text")) &&
        !str_eq_nocase(outer.info, STR("txt")))
        return false;
    if (pairs_as_it_is(source, at, where.hi, outer)) return false;
    bool open = false;
    fence_line inner = {0};
    while (next_line(source, &at, where.hi, &line)) {
        if (!read_fence(str_span(source, line), &f)) continue;
        if (open) {
            if (f.mark == inner.mark && f.length >= inner.length && f.info.n == 0) open = false;
        } else if (f.info.n == 0 && f.mark == outer.mark && f.length >= outer.length) {
            str behind = str_trim(str_slice(source, (ptrdiff_t)at, (ptrdiff_t)where.hi));
            if (is_remark(behind)) {
                close = line.lo;
                close_end = line.lo;
                break;
            }
            open = true; /* not the last: an inner block without an info string */
            inner = f;
        } else {
            open = true;
            inner = f;
        }
    }
    if (close == UINT32_MAX && open) return false;
    *inside = (span){begin, close_end};
    return true;
}
