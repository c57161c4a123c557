/* glob.c - path patterns by a set of states, one bit a pattern position.
 *
 * In: pattern, path. Out: whether it matches. The pattern is a little automaton whose states are its byte offsets; the
 * path's bytes move all live states on together, so nothing backtracks. Patterns are at most MAX_PATTERN bytes. What
 * git would match nothing with is no pattern: glob_problem says why. tests/property/test_globs.c asks git.
 */
#include "config/glob.h"

enum { MAX_PATTERN = 1024 };

typedef struct states {
    uint64_t bits[MAX_PATTERN / 64 + 1];
} states;

static bool state_is(const states *s, ptrdiff_t at) { return s->bits[at / 64] >> (at % 64) & 1; }

/* ---- stars ------------------------------------------------------------------------------------------------------- */

static ptrdiff_t stars_end(str pattern, ptrdiff_t at) {
    while (at < pattern.n && pattern.p[at] == '*') at++;
    return at;
}

/* Several stars go through folders where they are all that stands between two slashes (or an end); else they are one.
 */
static bool stars_cross(str pattern, ptrdiff_t at, ptrdiff_t end) {
    str rest = str_slice(pattern, end, pattern.n);
    return end - at > 1 && (at == 0 || pattern.p[at - 1] == '/') &&
           (rest.n == 0 || rest.p[0] == '/' || str_starts(rest, STR("\\/")));
}

static void state_add(states *s, str pattern, ptrdiff_t at) {
    for (;;) {
        s->bits[at / 64] |= (uint64_t)1 << (at % 64);
        ptrdiff_t end = stars_end(pattern, at);
        if (end == at) return;
        /* Stars may also match nothing: the state behind them lives too. */
        s->bits[end / 64] |= (uint64_t)1 << (end % 64);
        if (!stars_cross(pattern, at, end) || end == pattern.n || pattern.p[end] != '/') return;
        at = end + 1; /* and such with their slash no folder at all */
    }
}

/* ---- classes ----------------------------------------------------------------------------------------------------- */

/* Of ASCII, as git has them. */
static bool class_holds(str name, uint8_t c, bool *known) {
    bool print = c >= 0x20 && c < 0x7f, blank = c == ' ' || c == '\t', digit = c >= '0' && c <= '9';
    bool upper = c >= 'A' && c <= 'Z', lower = c >= 'a' && c <= 'z', alnum = upper || lower || digit;
    uint8_t small = (uint8_t)(upper ? c + 32 : c);
    const struct {
        str name;
        bool holds;
    } classes[] = {
        {STR("alnum"), alnum},
        {STR("alpha"), upper || lower},
        {STR("blank"), blank},
        {STR("cntrl"), c < 0x20 || c == 0x7f},
        {STR("digit"), digit},
        {STR("graph"), print && c != ' '},
        {STR("lower"), lower},
        {STR("print"), print},
        {STR("punct"), print && c != ' ' && !alnum},
        {STR("space"), blank || c == '\n' || c == '\r'},
        {STR("upper"), upper},
        {STR("xdigit"), digit || (small >= 'a' && small <= 'f')},
    };
    for (size_t i = 0; i < COUNT_OF(classes); i++)
        if (str_eq(name, classes[i].name)) return classes[i].holds;
    return *known = false;
}

enum class_kind { CLASS_GOOD, CLASS_OPEN, CLASS_UNKNOWN };

typedef struct class_test {
    enum class_kind kind;
    bool member;
    ptrdiff_t end; /* behind the bracket */
} class_test;

/* The class at `at` ("[a-z]", "[![:upper:]_]") and the byte `c`. */
static class_test class_at(str pattern, ptrdiff_t at, uint8_t c) {
    ptrdiff_t i = at + 1;
    bool negated = i < pattern.n && (pattern.p[i] == '!' || pattern.p[i] == '^'), found = false, known = true;
    if (negated) i++;
    int before = -1; /* the byte that a "-" would go on from */
    for (ptrdiff_t first = i; i < pattern.n && (pattern.p[i] != ']' || i == first); i++) {
        uint8_t p = pattern.p[i], next = i + 1 < pattern.n ? pattern.p[i + 1] : 0;
        ptrdiff_t close = p == '[' && next == ':' ? str_find_byte(pattern, ']', i + 2) : -1;
        if (close > i + 2 && pattern.p[close - 1] == ':') {
            found |= class_holds(str_slice(pattern, i + 2, close - 1), c, &known);
            i = close;
            before = -1;
        } else if (p == '-' && before >= 0 && next && next != ']') {
            i += next == '\\' ? 2 : 1;
            found |= i < pattern.n && c >= before && c <= pattern.p[i];
            before = -1;
        } else {
            if (p == '\\') i++;
            before = i < pattern.n ? pattern.p[i] : -1;
            found |= c == before;
        }
    }
    if (i >= pattern.n) return (class_test){.kind = CLASS_OPEN};
    return (class_test){known ? CLASS_GOOD : CLASS_UNKNOWN, known && found != negated && c != '/', i + 1};
}

/* ---- matching ---------------------------------------------------------------------------------------------------- */

static void step(const states *from, states *to, str pattern, uint8_t c) {
    *to = (states){0};
    for (ptrdiff_t at = 0; at < pattern.n; at++) {
        if (!state_is(from, at)) continue;
        uint8_t p = pattern.p[at];
        if (p == '*') {
            ptrdiff_t end = stars_end(pattern, at);
            if (c == '/' && !stars_cross(pattern, at, end)) continue;
            to->bits[at / 64] |= (uint64_t)1 << (at % 64);
            state_add(to, pattern, end);
        } else if (p == '?') {
            if (c != '/') state_add(to, pattern, at + 1);
        } else if (p == '[') {
            class_test class = class_at(pattern, at, c);
            if (class.kind == CLASS_GOOD && class.member) state_add(to, pattern, class.end);
        } else if (p == '\\') {
            if (at + 1 < pattern.n && pattern.p[at + 1] == c) state_add(to, pattern, at + 2);
        } else if (p == c) {
            state_add(to, pattern, at + 1);
        }
    }
}

/* `folder`: the pattern names folders alone. */
static bool match_at(str pattern, str path, bool folder) {
    states a = {0}, b;
    state_add(&a, pattern, 0);
    for (ptrdiff_t i = 0; i < path.n; i++) {
        /* What matches a folder matches everything below it. */
        if (path.p[i] == '/' && i > 0 && state_is(&a, pattern.n)) return true;
        step(&a, &b, pattern, path.p[i]);
        a = b;
    }
    return !folder && state_is(&a, pattern.n);
}

/* "./a" is "/a": a folder named from here. */
static str anchor_cut(str pattern, bool *anchored) {
    *anchored = str_starts(pattern, STR("./"));
    while (str_starts(pattern, STR("./"))) pattern = str_slice(pattern, 2, pattern.n);
    if (*anchored || !str_starts(pattern, STR("/"))) return pattern;
    *anchored = true;
    return str_slice(pattern, 1, pattern.n);
}

bool glob_match(str pattern, str path) {
    bool anchored, folder;
    while (str_starts(path, STR("./"))) path = str_slice(path, 2, path.n);
    if (pattern.n >= MAX_PATTERN) return false;
    pattern = anchor_cut(pattern, &anchored);
    folder = str_ends(pattern, STR("/"));
    if (folder) pattern.n--;
    if (pattern.n == 0) return false;
    anchored = anchored || str_find_byte(pattern, '/', 0) >= 0;
    if (match_at(pattern, path, folder)) return true;
    for (ptrdiff_t i = 0; !anchored && i < path.n; i++)
        if (path.p[i] == '/' && match_at(pattern, str_slice(path, i + 1, path.n), folder)) return true;
    return false;
}

/* ---- what is no pattern ------------------------------------------------------------------------------------------ */

/* "a//b", "../a" and "a/./b" name no path that is ever compared; a slash inside a class parts nothing. */
static bool has_odd_part(str pattern) {
    bool anchored;
    ptrdiff_t from = 0;
    pattern = anchor_cut(pattern, &anchored);
    if (str_ends(pattern, STR("/"))) pattern.n--;
    for (ptrdiff_t i = 0; i <= pattern.n; i++) {
        class_test class = {.kind = CLASS_OPEN};
        if (i < pattern.n && pattern.p[i] == '[') class = class_at(pattern, i, 0);
        if (i < pattern.n && pattern.p[i] == '\\') class = (class_test){.kind = CLASS_GOOD, .end = i + 2};
        if (class.kind != CLASS_OPEN) i = class.end - 1; /* the byte behind a backslash stands for itself as well */
        if (class.kind != CLASS_OPEN || (i < pattern.n && pattern.p[i] != '/')) continue;
        str part = str_slice(pattern, from, i);
        if (part.n == 0 || str_eq(part, STR(".")) || str_eq(part, STR(".."))) return true;
        from = i + 1;
    }
    return false;
}

/* What is wrong inside: "*.{md,mdx}" as shells take it would name one file with braces in its name (not so "\{" and
 * "[{]"); the others match nothing in git. */
static const char *inner_problem(str pattern) {
    for (ptrdiff_t i = 0; i < pattern.n; i++) {
        bool escaped = pattern.p[i] == '\\';
        if (pattern.p[i] == '{') return "braces are not taken apart here: give each pattern, or write \\{ for a brace";
        if (pattern.p[i] == '\\' && ++i == pattern.n) return "a backslash at the end escapes nothing";
        if (pattern.p[i] != '[' || escaped) continue;
        class_test class = class_at(pattern, i, 0);
        if (class.kind == CLASS_OPEN) return "a [ without its ]: write \\[ for a bracket";
        if (class.kind == CLASS_UNKNOWN) return "an unknown class: [:alnum:] and its like are those of POSIX";
        i = class.end - 1;
    }
    return NULL;
}

const char *glob_problem(str pattern) {
    if (pattern.n == 0 || str_eq(pattern, STR("/")) || str_eq(pattern, STR("./")))
        return "an empty pattern matches nothing";
    if (pattern.n >= MAX_PATTERN) return "a pattern takes at most 1023 bytes";
    if (pattern.p[0] == '!') return "patterns are not negated here: name what is meant";
    if (has_odd_part(pattern)) return "'.', '..' and an empty name stand in no path that is compared";
    return inner_problem(pattern);
}
