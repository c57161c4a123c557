/* text_kind.c - see text_kind.h. In: bytes. Out: the kind. The state is what one line has shown so far, and what is
 * open across lines; a byte costs a few comparisons.
 */
#include "lm/text_kind.h"

const char *text_kind_name(enum text_kind kind) {
    static const char *const names[] = {"prose", "code", "table", "frontmatter"};
    return names[kind];
}

static bool is_blank(uint8_t c) { return c == ' ' || c == '\t' || c == '\r'; }

/* The line is nothing but `count` or more times `c` (exactly `count` where `exact`). */
static bool is_rule_of(const struct text_kind_state *s, uint8_t c, uint32_t count, bool exact) {
    return s->first == c && (exact ? s->run == count : s->run >= count) && (!s->run_over || s->tail_blank);
}

static void end_line(struct text_kind_state *s) {
    bool empty = s->first == 0, code = false;
    if (s->frontmatter) {
        if (s->indent == 0 && (is_rule_of(s, '-', 3, true) || is_rule_of(s, '.', 3, true))) s->frontmatter = false;
    } else if (s->fence) {
        if (s->indent < 4 && is_rule_of(s, s->fence, s->fence_length, false)) s->fence = 0;
    } else if (s->lines == 0 && s->indent == 0 && is_rule_of(s, '-', 3, true)) {
        s->frontmatter = true;
    } else if (s->indent < 4 && (s->first == '`' || s->first == '~') && s->run >= 3) {
        s->fence = s->first;
        s->fence_length = s->run;
    } else
        code = s->after_empty && s->indent >= 4 && !empty;
    *s = (struct text_kind_state){.lines = s->lines + 1,
                                  .frontmatter = s->frontmatter,
                                  .fence = s->fence,
                                  .fence_length = s->fence_length,
                                  .after_empty = empty || code};
}

static void add_byte(struct text_kind_state *s, uint8_t c) {
    if (c == '\n') {
        end_line(s);
        return;
    }
    if (s->line_bytes < UINT32_MAX) s->line_bytes++;
    if (c == '|') s->bar = true;
    if (s->first == 0 && is_blank(c)) {
        if (s->indent < UINT32_MAX - 4 && c != '\r') s->indent += c == '\t' ? 4 : 1;
    } else if (s->first == 0) {
        s->first = c;
        s->run = 1;
    } else if (!s->run_over && c == s->first) {
        if (s->run < UINT32_MAX) s->run++;
    } else {
        s->tail_blank = is_blank(c) && (s->tail_blank || !s->run_over);
        s->run_over = true;
    }
}

void text_kind_add(struct text_kind_state *s, str bytes) {
    if (s->lines == 0 && s->line_bytes == 0) s->after_empty = true;
    for (ptrdiff_t i = 0; i < bytes.n; i++) add_byte(s, bytes.p[i]);
}

enum text_kind text_kind_now(const struct text_kind_state *s) {
    bool dashes =
        s->indent == 0 && (s->first == 0 || (s->first == '-' && s->run <= 3 && (!s->run_over || s->tail_blank)));
    if (s->frontmatter || (s->lines == 0 && dashes)) return TEXT_FRONTMATTER;
    if (s->fence) return TEXT_CODE;
    if (s->indent < 4 && (s->first == '`' || s->first == '~') && s->run >= 3) return TEXT_CODE; /* an opening line */
    if (s->indent >= 4 && (s->after_empty || s->lines == 0)) return TEXT_CODE;
    return s->bar ? TEXT_TABLE : TEXT_PROSE;
}
