/* guard.c - the parser's input: the body, with what cmark-gfm 0.29 cannot take made harmless.
 *
 * In: the body's bytes. Out: bytes of the same length and offsets, where some single bytes are PLACEHOLDER. The text of
 * the article is copied from the source later, so a replaced byte is only robbed of its meaning as markup.
 *
 * Replaced are
 *   - NUL and bytes that are not UTF-8;
 *   - a block marker ('>', bullet, number) that is the (max_depth + 1)th of its line or stands right of column
 *     2 * max_depth: containers need a marker or two columns of indentation each, so no tree gets deeper than
 *     2 * max_depth, and no line costs more than that many steps;
 *   - a delimiter row that would make a table whose rows need more cells than the text has bytes (short rows are filled
 *     up with empty cells), and the 65th delimiter row between two blank lines (each one reads the paragraph again);
 *   - '|' beyond the MOST_COLUMNSth of a line;
 *   - emphasis runs and '[' while OPEN_MARKUP of them stand open between two blank lines: matching one costs a walk
 * over all that are open; "<!" and "<?" beyond as many, which each search their end to the end of the paragraph;
 *   - "[^" that is not followed by a plain label and ']': 0.29 mistakes the length of footnote references that hold
 *     markup or a line end, and drops text with them;
 *   - '&' of an entity right behind '[' that could spell '^' (0.29 then reads beyond a footnote label's end).
 *
 * So for n bytes the parser takes O(n * (OPEN_MARKUP + max_depth)) steps. Its memory has a budget of its own
 * (parse_memory.h).
 */
#include "article/internal.h"

enum {
    OPEN_MARKUP = 256,
    SMALL_REGION_BYTES = 1024,
    DELIMITER_ROWS = 64,
    SPARE_CELLS = 4096,
    PLAIN_LABEL_BYTES = 200,
    MOST_COLUMNS = 256
};

typedef struct guard {
    builder *b;
    str source;                   /* whole source, read */
    uint8_t *clean;               /* whole source's copy, changed; NULL until the first change */
    uint32_t region;              /* first byte behind the last blank line */
    uint32_t columns;             /* of the widest table that may be open */
    uint32_t columns_at;          /* offset of its delimiter row's first byte */
    uint64_t cells, region_cells; /* that rows may need: before this region, and in it */
    uint32_t delimiter_rows;
} guard;

static void replace(guard *g, uint32_t at) {
    if (!g->clean) {
        g->clean = ARENA_ARRAY(g->b->a, uint8_t, (size_t)g->source.n + 1);
        if (!g->clean) {
            g->b->failed = true;
            return;
        }
        memcpy(g->clean, g->source.p, (size_t)g->source.n);
    }
    g->clean[at] = PLACEHOLDER;
}

static void replace_bad_bytes(guard *g, str body, uint32_t base) {
    for (ptrdiff_t at = str_find_byte(body, 0, 0); at >= 0; at = str_find_byte(body, 0, at + 1)) {
        if (!g->b->has_bad)
            issue_add(g->b, ISSUE_NUL_BYTE, (span){base + (uint32_t)at, base + (uint32_t)at + 1},
                      "the file holds a NUL byte");
        g->b->has_bad = true;
        replace(g, base + (uint32_t)at);
    }
    ptrdiff_t at = utf8_find_invalid(body);
    if (at < 0) return;
    issue_add(g->b, ISSUE_INVALID_UTF8, (span){base + (uint32_t)at, base + (uint32_t)at + 1},
              "byte 0x%02x is not UTF-8", body.p[at]);
    g->b->has_bad = true;
    while (at >= 0 && at < body.n) {
        replace(g, base + (uint32_t)at);
        str rest = str_slice(body, at + 1, body.n);
        ptrdiff_t next = utf8_find_invalid(rest);
        if (next < 0) break;
        at += 1 + next;
    }
}

/* ---- block markers ---------------------------------------------------------------------------------------------- */

/* Length of the list marker at `at`, 0 when there is none. */
static uint32_t list_marker(str line, uint32_t at) {
    uint32_t n = (uint32_t)line.n, i = at;
    if (line.p[i] == '-' || line.p[i] == '+' || line.p[i] == '*') {
        i++;
    } else {
        while (i < n && i - at < 9 && byte_is_digit(line.p[i])) i++;
        if (i == at || i == n || (line.p[i] != '.' && line.p[i] != ')')) return 0;
        i++;
    }
    return i == n || line.p[i] == ' ' || line.p[i] == '\t' ? i - at : 0;
}

static bool is_thematic_break(str line, uint32_t at) {
    uint8_t c = line.p[at];
    if (c != '-' && c != '*' && c != '_') return false;
    for (ptrdiff_t i = at; i < line.n; i++)
        if (line.p[i] != c && line.p[i] != ' ' && line.p[i] != '\t') return false;
    return true;
}

/* Passes over the containers' markers at the start of a line; returns the offset of what follows them. */
static uint32_t pass_markers(guard *g, str line, uint32_t base) {
    uint32_t at = 0, column = 0, markers = 0, limit = g->b->options.max_depth;
    bool broken_looked = false;
    while ((ptrdiff_t)at < line.n) {
        uint8_t c = line.p[at];
        if (c == ' ') {
            at++, column++;
        } else if (c == '\t') {
            at++, column += 4 - column % 4;
        } else {
            uint32_t length = c == '>'                                                     ? 1
                              : (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '*' ? list_marker(line, at)
                                                                                           : 0;
            if (length == 0) break;
            if (!broken_looked && c != '>') {
                broken_looked = true; /* what makes one at a later marker makes one here or a list item before it */
                if (is_thematic_break(line, at)) break;
            }
            if (++markers > limit || column > 2 * limit) {
                if (g->b->depth_at == UINT32_MAX) g->b->depth_at = base + at;
                replace(g, base + at);
                break;
            }
            at += length, column += length;
        }
    }
    return at;
}

/* ---- tables ----------------------------------------------------------------------------------------------------- */

static uint32_t delimiter_columns(str line, uint32_t at) {
    uint32_t pipes = 0, dashes = 0;
    if ((ptrdiff_t)at >= line.n || (line.p[at] != '|' && line.p[at] != '-' && line.p[at] != ':')) return 0;
    for (ptrdiff_t i = at; i < line.n; i++) {
        uint8_t c = line.p[i];
        if (c == '|')
            pipes++;
        else if (c == '-')
            dashes++;
        else if (c != ':' && c != ' ' && c != '\t' && c != '\r')
            return 0;
    }
    return dashes ? pipes + 1 : 0;
}

/* 0.29 appends each cell of a row to a list by walking it: so rows have at most MOST_COLUMNS cells. */
static void bound_columns(guard *g, str line, uint32_t base) {
    uint32_t pipes = 0;
    for (ptrdiff_t i = str_find_byte(line, '|', 0); i >= 0; i = str_find_byte(line, '|', i + 1))
        if (++pipes > MOST_COLUMNS) replace(g, base + (uint32_t)i);
}

static void bound_tables(guard *g, str line, uint32_t base, uint32_t at) {
    if (line.n > MOST_COLUMNS) bound_columns(g, line, base);
    uint32_t columns = delimiter_columns(line, at);
    if (columns > 1 && ++g->delimiter_rows > DELIMITER_ROWS) {
        replace(g, base + at);
        columns = 0;
    }
    if (columns > g->columns) g->columns = columns, g->columns_at = base + at;
    g->region_cells += g->columns;
    if (g->columns && g->cells + g->region_cells > (uint64_t)base + (uint64_t)line.n + SPARE_CELLS) {
        replace(g, g->columns_at);
        g->region_cells = 0;
        g->columns = 0;
    }
}

/* ---- inline markup ---------------------------------------------------------------------------------------------- */

static bool is_word_byte(uint8_t c) { return byte_is_alnum(c) || c >= 0x80; }

static const uint8_t MARKUP[256] = {['*'] = 1, ['_'] = 1, ['['] = 1, [']'] = 1, ['<'] = 1};

/* One region between blank lines: what is still open is counted from above. An opener is taken off only by a closer
 * that certainly matches it: the newest run of its character, both of one length, one purely opening, one closing. */
static void bound_markup(guard *g, uint32_t lo, uint32_t hi) {
    const uint8_t *p = g->clean ? g->clean : g->source.p;
    uint32_t emphasis = 0, brackets = 0, unended = 0;
    struct {
        uint8_t byte, length;
    } open[OPEN_MARKUP];
    for (uint32_t i = lo; i < hi; i++) {
        while (i < hi && !MARKUP[p[i]]) i++;
        if (i == hi) break;
        uint8_t c = p[i];
        if (c == '*' || c == '_') {
            uint32_t end = i + 1;
            while (end < hi && p[end] == c) end++;
            uint8_t before = i > lo ? p[i - 1] : ' ', after = end < hi ? p[end] : ' ';
            bool can_open = !byte_is_space(after), can_close = !byte_is_space(before);
            bool inside = is_word_byte(before) && is_word_byte(after);
            uint8_t length = (uint8_t)(end - i < 255 ? end - i : 255);
            if (can_close && !can_open && emphasis && open[emphasis - 1].byte == c &&
                open[emphasis - 1].length == length) {
                emphasis--;
            } else if ((can_open || can_close) && !(c == '_' && inside)) {
                if (emphasis == OPEN_MARKUP) {
                    for (uint32_t k = i; k < end; k++) replace(g, k);
                    p = g->clean ? g->clean : g->source.p;
                } else {
                    open[emphasis].byte = can_close ? 0 : c;
                    open[emphasis].length = length;
                    emphasis++;
                }
            }
            i = end - 1;
        } else if (c == '[') {
            if (brackets == OPEN_MARKUP)
                replace(g, i);
            else
                brackets++;
            p = g->clean ? g->clean : g->source.p;
        } else if (c == ']') {
            if (brackets) brackets--;
        } else if (c == '<' && i + 1 < hi && (p[i + 1] == '!' || p[i + 1] == '?')) {
            if (++unended > OPEN_MARKUP) replace(g, i);
            p = g->clean ? g->clean : g->source.p;
        }
    }
}

static void end_region(guard *g, uint32_t end) {
    if (end - g->region > SMALL_REGION_BYTES) bound_markup(g, g->region, end);
    g->cells += g->region_cells;
    g->region_cells = 0;
    g->columns = 0;
    g->delimiter_rows = 0;
}

/* ---- footnotes -------------------------------------------------------------------------------------------------- */

/* Length of the plain label behind "[^" at `at`, 0 when it is not plain or not closed by ']'. */
static ptrdiff_t label_length(str s, ptrdiff_t at) {
    ptrdiff_t end = at + 2;
    while (end < s.n && end - at < PLAIN_LABEL_BYTES &&
           (is_word_byte(s.p[end]) || s.p[end] == '-' || s.p[end] == '.' || s.p[end] == ':' || s.p[end] == '_'))
        end++;
    return end < s.n && s.p[end] == ']' ? end - at - 2 : 0;
}

/* Makes every "[^" that is no plain footnote label plain text; lists the labels of those that define one. */
static void look_at_footnotes(guard *g, str body, uint32_t base, label_list *footnotes) {
    ptrdiff_t read = 0;
    bool words = false; /* before `read`, in its line */
    for (ptrdiff_t at = str_find(body, STR("[^"), 0); at >= 0; at = str_find(body, STR("[^"), at + 2)) {
        ptrdiff_t length = label_length(body, at);
        if (length == 0) {
            replace(g, base + (uint32_t)at);
            continue;
        }
        ptrdiff_t behind = at + length + 3;
        for (; read < at; read++) {
            uint8_t c = body.p[read];
            words = c != '\n' && c != '\r' && (words || (is_word_byte(c) && !byte_is_digit(c)));
        }
        bool defines = !words && behind < body.n && body.p[behind] == ':';
        if (defines && !VEC_PUSH(g->b->a, &footnotes->labels, str_slice(body, at + 2, at + 2 + length)))
            g->b->failed = true;
    }
}

/* Whether an entity that spells '^' begins at `at` (behind its '&'): "Hat;", "#94;", "#x5e;". */
static bool is_hat(str s, ptrdiff_t at) {
    str rest = str_slice(s, at, at + 12);
    if (str_starts(rest, STR("Hat;"))) return true;
    if (rest.n < 3 || rest.p[0] != '#') return false;
    bool hex = byte_lower(rest.p[1]) == 'x';
    ptrdiff_t i = hex ? 2 : 1;
    while (i < rest.n && rest.p[i] == '0') i++;
    rest = str_slice(rest, i, rest.n);
    return hex ? rest.n >= 2 && rest.p[0] == '5' && byte_lower(rest.p[1]) == 'e' : str_starts(rest, STR("94"));
}

/* "[&Hat;" and its like: see the top. */
static void break_hat_entities(guard *g, str body, uint32_t base) {
    for (ptrdiff_t at = str_find(body, STR("[&"), 0); at >= 0; at = str_find(body, STR("[&"), at + 2))
        if (is_hat(body, at + 2)) replace(g, base + (uint32_t)at + 1);
}

bool guard_make_input(builder *b, uint32_t first_line, label_list *footnotes) {
    guard g = {.b = b, .source = b->out->source, .region = b->out->body.lo};
    span body = b->out->body;
    const line_table *t = &b->out->lines;
    replace_bad_bytes(&g, str_span(g.source, body), body.lo);
    for (uint32_t i = first_line; i < t->count && t->starts[i] < body.hi; i++) {
        uint32_t lo = t->starts[i] < body.lo ? body.lo : t->starts[i];
        uint32_t hi = i + 1 < t->count ? t->starts[i + 1] : body.hi;
        if (hi > body.hi) hi = body.hi;
        str line = str_span(g.source, (span){lo, hi});
        while (line.n && (line.p[line.n - 1] == '\n' || line.p[line.n - 1] == '\r')) line.n--;
        uint32_t at = pass_markers(&g, line, lo);
        if ((ptrdiff_t)at == line.n) {
            end_region(&g, lo);
            g.region = hi;
            continue;
        }
        bound_tables(&g, line, lo, at);
    }
    end_region(&g, body.hi);
    look_at_footnotes(&g, str_span(g.source, body), body.lo, footnotes);
    break_hat_entities(&g, str_span(g.source, body), body.lo);
    b->clean = g.clean ? (str){g.clean, g.source.n} : g.source;
    return !b->failed;
}
