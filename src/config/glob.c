/* glob.c - path patterns by a set of states, one bit a pattern position.
 *
 * In: pattern, path. Out: whether it matches. The pattern is a little automaton whose states are its byte offsets; the
 * path's bytes move all live states on together, so nothing backtracks. Patterns are at most MAX_PATTERN bytes.
 */
#include "config/glob.h"

enum { MAX_PATTERN = 1024 };

typedef struct states {
    uint64_t bits[MAX_PATTERN / 64 + 1];
} states;

static void state_add(states *s, str pattern, ptrdiff_t at) {
    for (;;) {
        s->bits[at / 64] |= (uint64_t)1 << (at % 64);
        /* A star may also match nothing: the state behind it lives too. */
        if (at >= pattern.n || pattern.p[at] != '*') return;
        bool two = at + 1 < pattern.n && pattern.p[at + 1] == '*';
        at += two ? 2 : 1;
        /* Two stars and a slash also match no folder at all. */
        if (two && at < pattern.n && pattern.p[at] == '/') state_add(s, pattern, at + 1);
    }
}

/* Whether the class at `at` ("[a-z]") holds `c`; *end gets the offset behind it, or -1 when it is no class. */
static bool in_class(str pattern, ptrdiff_t at, uint8_t c, ptrdiff_t *end) {
    ptrdiff_t i = at + 1;
    bool negated = i < pattern.n && (pattern.p[i] == '!' || pattern.p[i] == '^'), found = false;
    if (negated) i++;
    for (ptrdiff_t first = i; i < pattern.n && (pattern.p[i] != ']' || i == first); i++) {
        uint8_t lo = pattern.p[i], hi = lo;
        if (i + 2 < pattern.n && pattern.p[i + 1] == '-' && pattern.p[i + 2] != ']') hi = pattern.p[i += 2];
        found = found || (c >= lo && c <= hi);
    }
    *end = i < pattern.n ? i + 1 : -1;
    return found != negated && c != '/';
}

static void step(const states *from, states *to, str pattern, uint8_t c) {
    *to = (states){0};
    for (ptrdiff_t at = 0; at < pattern.n; at++) {
        if (!(from->bits[at / 64] >> (at % 64) & 1)) continue;
        uint8_t p = pattern.p[at];
        ptrdiff_t end;
        if (p == '*') {
            bool two = at + 1 < pattern.n && pattern.p[at + 1] == '*';
            if (two || c != '/') state_add(to, pattern, at);
        } else if (p == '?') {
            if (c != '/') state_add(to, pattern, at + 1);
        } else if (p == '[') {
            bool member = in_class(pattern, at, c, &end);
            if (end < 0 ? c == '[' : member) state_add(to, pattern, end < 0 ? at + 1 : end);
        } else if (p == '\\' && at + 1 < pattern.n) {
            if (pattern.p[at + 1] == c) state_add(to, pattern, at + 2);
        } else if (p == c) {
            state_add(to, pattern, at + 1);
        }
    }
}

static bool match_at(str pattern, str path) {
    states a = {0}, b;
    state_add(&a, pattern, 0);
    for (ptrdiff_t i = 0; i < path.n; i++) {
        /* What matches a folder matches everything below it. */
        if (path.p[i] == '/' && a.bits[pattern.n / 64] >> (pattern.n % 64) & 1) return true;
        step(&a, &b, pattern, path.p[i]);
        a = b;
    }
    return a.bits[pattern.n / 64] >> (pattern.n % 64) & 1;
}

bool glob_match(str pattern, str path) {
    while (str_starts(path, STR("./"))) path = str_slice(path, 2, path.n);
    while (str_starts(pattern, STR("./"))) pattern = str_slice(pattern, 2, pattern.n);
    if (str_ends(pattern, STR("/"))) pattern.n--;
    if (pattern.n == 0 || pattern.n >= MAX_PATTERN) return false;
    bool anchored = str_find_byte(pattern, '/', 0) >= 0;
    if (str_starts(pattern, STR("/"))) pattern = str_slice(pattern, 1, pattern.n);
    if (match_at(pattern, path)) return true;
    for (ptrdiff_t i = 0; !anchored && i < path.n; i++)
        if (path.p[i] == '/' && match_at(pattern, str_slice(path, i + 1, path.n))) return true;
    return false;
}

/* "*.{md,mdx}" as shells take it, where it would name one file with braces in its name; not "\{" nor "[{]". */
static bool has_brace(str pattern) {
    for (ptrdiff_t i = 0, end; i < pattern.n; i++) {
        if (pattern.p[i] == '{') return true;
        if (pattern.p[i] == '\\') {
            i++;
        } else if (pattern.p[i] == '[') {
            in_class(pattern, i, 0, &end);
            if (end > 0) i = end - 1;
        }
    }
    return false;
}

const char *glob_problem(str pattern) {
    if (pattern.n == 0 || str_eq(pattern, STR("/")) || str_eq(pattern, STR("./")))
        return "an empty pattern matches nothing";
    if (pattern.n >= MAX_PATTERN) return "a pattern takes at most 1023 bytes";
    if (pattern.p[0] == '!') return "patterns are not negated here: name what is meant";
    return has_brace(pattern) ? "braces are not taken apart here: give each pattern, or write \\{ for a brace" : NULL;
}
