/* output_match.c - does printed text agree with a declared signature?
 *
 *     equals   the same words, blanks aside
 *     pattern  PCRE2, found somewhere in the value or the line, within a bounded number of steps
 *
 * In: a signature and a piece of pasted output. Out: where it agrees, or that it does not. A pattern that meets its
 * limit says neither yes nor no: the caller is told, and claims nothing.
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "facts/output/terminal.h"

enum { MATCH_STEPS = 20000 };

bool output_open(asked *q) {
    str pattern = q->out->pattern;
    int code;
    PCRE2_SIZE offset;
    if (!pattern.n) return true;
    q->compiled = pcre2_compile(pattern.p, (PCRE2_SIZE)pattern.n, PCRE2_UTF | PCRE2_UCP, &code, &offset, NULL);
    return q->compiled != NULL;
}

void output_close(asked *q) {
    pcre2_code_free(q->compiled);
    q->compiled = NULL;
}

/* 1 = found at [*lo, *hi), 0 = not, -1 = not known. */
static int find_pattern(const asked *q, str text, ptrdiff_t *lo, ptrdiff_t *hi) {
    pcre2_match_data *data = pcre2_match_data_create_from_pattern(q->compiled, NULL);
    pcre2_match_context *bounds = pcre2_match_context_create(NULL);
    int found = -1;
    if (data && bounds) {
        pcre2_set_match_limit(bounds, MATCH_STEPS);
        pcre2_set_depth_limit(bounds, MATCH_STEPS);
        int rc = pcre2_match(q->compiled, text.p, (PCRE2_SIZE)text.n, 0, 0, data, bounds);
        found = rc >= 0 ? 1 : rc == PCRE2_ERROR_NOMATCH ? 0 : -1;
        if (found > 0) {
            *lo = (ptrdiff_t)pcre2_get_ovector_pointer(data)[0];
            *hi = (ptrdiff_t)pcre2_get_ovector_pointer(data)[1];
        }
    }
    pcre2_match_data_free(data);
    pcre2_match_context_free(bounds);
    return found;
}

str output_key(const asked *q) {
    str pattern = q->out->pattern;
    uint8_t *text = ARENA_ARRAY(q->j->a, uint8_t, (size_t)pattern.n + 1);
    ptrdiff_t n = 0, cut = 0;
    if (!text) return (str){0};
    for (ptrdiff_t i = pattern.n && pattern.p[0] == '^'; i < pattern.n; i++) {
        uint8_t c = pattern.p[i];
        uint8_t next = i + 1 < pattern.n ? pattern.p[i + 1] : 0;
        if (next && strchr("*?{", next)) break;
        if (c == '\\' && next && !byte_is_alnum(next)) {
            text[n++] = next;
            i++;
            continue;
        }
        if (strchr("[](){}.*+?|\\^$", c)) break;
        text[n++] = c;
        if (c == ' ' || c == ':') cut = n;
        if (next == '+') break;
    }
    while (cut > 0 && text[cut - 1] == ' ') cut--;
    return cut >= 4 ? str_make(text, (size_t)cut) : (str){0};
}

int output_agrees(const asked *q, str value) {
    ptrdiff_t lo, hi;
    if (q->compiled) return find_pattern(q, value, &lo, &hi);
    return same_words(value, q->out->equals);
}

int output_find(const asked *q, str text, ptrdiff_t *lo, ptrdiff_t *hi) {
    if (q->compiled) return find_pattern(q, text, lo, hi);
    *lo = str_find(text, q->out->equals, 0);
    *hi = *lo + q->out->equals.n;
    return *lo >= 0;
}
