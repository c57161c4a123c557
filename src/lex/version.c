/* version.c - versions by scheme: validity, order, prefixes, constraints.
 *
 * In: version texts as they were written, with or without a leading v. Out: an order, or a yes or no. What each scheme
 * means stands in version_order.c; here is what is common: trimming, "13.0 is a prefix of 13.0.2", and constraint
 * lists. Deliberately not here: alternatives ("||") and npm's hyphen ranges; they are "not understood", never guessed.
 */
#include "lex/version.h"

#include "lex/version_order.h"

static const char *const NAMES[VERSION_SCHEME_COUNT] = {"semver", "pep440", "deb", "rpm", "calver", "loose"};

bool version_scheme_parse(str name, enum version_scheme *scheme) {
    for (int i = 0; i < VERSION_SCHEME_COUNT; i++)
        if (str_eq(name, str_from_cstr(NAMES[i]))) return *scheme = (enum version_scheme)i, true;
    return false;
}

const char *version_scheme_name(enum version_scheme scheme) {
    return (unsigned)scheme < VERSION_SCHEME_COUNT ? NAMES[scheme] : "unknown";
}

static str bare(str s) {
    s = str_trim(s);
    if (s.n > 1 && (s.p[0] | 0x20) == 'v' && byte_is_digit(s.p[1])) s = str_slice(s, 1, s.n);
    return s;
}

static bool valid(enum version_scheme scheme, str s) {
    switch (scheme) {
    case VERSION_SEMVER: return semver_valid(s);
    case VERSION_PEP440: return pep440_valid(s);
    case VERSION_DEB: return deb_valid(s);
    case VERSION_RPM: return rpm_valid(s);
    case VERSION_CALVER: return calver_valid(s);
    case VERSION_LOOSE: return loose_valid(s);
    case VERSION_SCHEME_COUNT: break;
    }
    return false;
}

bool version_readable(enum version_scheme scheme, str text) { return valid(scheme, bare(text)); }

enum version_order version_compare(enum version_scheme scheme, str a, str b) {
    static int (*const COMPARE[VERSION_SCHEME_COUNT])(str, str) = {semver_cmp, pep440_cmp, deb_cmp,
                                                                   rpm_cmp,    calver_cmp, loose_cmp};
    a = bare(a), b = bare(b);
    if (!valid(scheme, a) || !valid(scheme, b)) return VERSION_UNORDERED;
    return (enum version_order)COMPARE[scheme](a, b);
}

/* ---- prefixes --------------------------------------------------------------------------------------------------- */

/* One component: a run of digits or a run of letters; the separator before it, 0 where letters and digits touch. */
typedef struct component {
    str text;
    uint8_t separator;
} component;

static bool next_component(str *rest, component *c) {
    *c = (component){0};
    ptrdiff_t at = 0;
    while (at < rest->n && !byte_is_alnum(rest->p[at])) c->separator = rest->p[at++];
    ptrdiff_t end = at;
    if (end < rest->n && byte_is_digit(rest->p[end]))
        while (end < rest->n && byte_is_digit(rest->p[end])) end++;
    else
        while (end < rest->n && byte_is_alpha(rest->p[end])) end++;
    c->text = str_slice(*rest, at, end);
    *rest = str_slice(*rest, end, rest->n);
    return c->text.n > 0;
}

static bool component_eq(component a, component b) {
    if (byte_is_digit(a.text.p[0]) && byte_is_digit(b.text.p[0])) return version_number_cmp(a.text, b.text) == 0;
    return str_eq_nocase(a.text, b.text);
}

static str without_epoch(enum version_scheme scheme, str full, str stated) {
    uint8_t mark = scheme == VERSION_PEP440 ? '!' : ':';
    ptrdiff_t at = scheme == VERSION_LOOSE ? -1 : str_find_byte(full, mark, 0);
    return at < 0 || str_find_byte(stated, mark, 0) >= 0 ? full : str_slice(full, at + 1, full.n);
}

bool version_is_prefix(enum version_scheme scheme, str stated, str full) {
    stated = bare(stated), full = bare(full);
    if (!valid(scheme, full)) return false;
    if (version_compare(scheme, stated, full) == VERSION_EQUAL) return true;
    if (!loose_valid(stated)) return false;
    str rest = without_epoch(scheme, full, stated);
    component said, fact;
    while (next_component(&stated, &said))
        if (!next_component(&rest, &fact) || !component_eq(said, fact)) return false;
    if (!next_component(&rest, &fact)) return true;
    return fact.separator && fact.separator != '~' && !version_prerelease_rank(fact.text);
}

/* ---- constraints ------------------------------------------------------------------------------------------------ */

enum operator{ OP_NONE, OP_EQ, OP_NE, OP_GE, OP_LE, OP_GT, OP_LT, OP_COMPATIBLE, OP_TILDE, OP_CARET };

static const struct {
    const char *text;
    enum operator op;
} OPERATORS[] = {{">=", OP_GE}, {"=>", OP_GE},         {"\u2265", OP_GE},     {"<=", OP_LE},
                 {"=<", OP_LE}, {"\u2264", OP_LE},     {"===", OP_EQ},        {"==", OP_EQ},
                 {"!=", OP_NE}, {"~=", OP_COMPATIBLE}, {"~>", OP_COMPATIBLE}, {"=", OP_EQ},
                 {">", OP_GT},  {"<", OP_LT},          {"~", OP_TILDE},       {"^", OP_CARET}};

static enum operator take_operator(str *s) {
    for (size_t i = 0; i < COUNT_OF(OPERATORS); i++) {
        str text = str_from_cstr(OPERATORS[i].text);
        if (!str_starts(*s, text)) continue;
        *s = str_trim(str_slice(*s, text.n, s->n));
        return OPERATORS[i].op;
    }
    return OP_NONE;
}

/* Leading number components of a version, counted, and how many lead with zero. */
static int count_numbers(str s, int *zeros) {
    component c;
    int n = 0;
    *zeros = 0;
    while (next_component(&s, &c) && byte_is_digit(c.text.p[0]) && (n == 0 || c.separator == '.')) {
        if (*zeros == n && version_number_cmp(c.text, STR("0")) == 0) (*zeros)++;
        n++;
    }
    return n;
}

/* Whether the first `count` number components agree; missing ones are 0. */
static bool same_numbers(str a, str b, int count) {
    for (int i = 0; i < count; i++) {
        component x, y;
        bool more_a = next_component(&a, &x), more_b = next_component(&b, &y);
        if (version_number_cmp(more_a ? x.text : STR("0"), more_b ? y.text : STR("0")) != 0) return false;
    }
    return true;
}

/* ">= limit, and the first `locked` numbers the same". */
static bool within(enum version_scheme scheme, str version, str limit, int locked, bool *understood) {
    enum version_order order = version_compare(scheme, version, limit);
    if (order == VERSION_UNORDERED) *understood = false;
    return (order == VERSION_GREATER || order == VERSION_EQUAL) && same_numbers(version, limit, locked);
}

static bool compares(enum version_scheme scheme, enum operator op, str version, str limit, bool *understood) {
    enum version_order order = version_compare(scheme, version, limit);
    if (order == VERSION_UNORDERED) return *understood = false;
    switch (op) {
    case OP_EQ: return order == VERSION_EQUAL;
    case OP_NE: return order != VERSION_EQUAL;
    case OP_GE: return order != VERSION_LESS;
    case OP_LE: return order != VERSION_GREATER;
    case OP_GT: return order == VERSION_GREATER;
    case OP_LT: return order == VERSION_LESS;
    default: return false;
    }
}

static bool is_wildcard(str s) {
    return s.n > 2 && s.p[s.n - 2] == '.' && (s.p[s.n - 1] == '*' || (s.p[s.n - 1] | 0x20) == 'x');
}

static bool satisfies_one(enum version_scheme scheme, str version, str part, bool *understood) {
    enum operator op = take_operator(&part);
    part = bare(part);
    int zeros;
    if (op == OP_NONE && part.n > 1 && part.p[part.n - 1] == '+') {
        op = OP_GE;
        part.n--;
    }
    if ((op == OP_NONE || op == OP_EQ || op == OP_NE) && is_wildcard(part)) {
        while (is_wildcard(part)) part.n -= 2;
        if (!loose_valid(part)) return *understood = false;
        return version_is_prefix(scheme, part, version) != (op == OP_NE);
    }
    int numbers = count_numbers(part, &zeros);
    if (part.n == 0 || !valid(scheme, part) || (numbers == 0 && op != OP_EQ && op != OP_NE && op != OP_NONE))
        return *understood = false;
    switch (op) {
    case OP_NONE: return version_is_prefix(scheme, part, version);
    case OP_COMPATIBLE: return within(scheme, version, part, numbers > 1 ? numbers - 1 : 1, understood);
    case OP_TILDE: return within(scheme, version, part, numbers > 1 ? 2 : 1, understood);
    case OP_CARET: return within(scheme, version, part, zeros < numbers ? zeros + 1 : numbers, understood);
    default: return compares(scheme, op, version, part, understood);
    }
}

/* End of the first part: a comma, or a blank in front of another operator or version. */
static ptrdiff_t part_end(str s) {
    ptrdiff_t at = 0;
    while (at < s.n && !byte_is_alnum(s.p[at]) && s.p[at] != ',') at++; /* operator and blanks before the version */
    while (at < s.n && s.p[at] != ',' && !byte_is_space(s.p[at])) at++;
    return at;
}

bool version_satisfies(enum version_scheme scheme, str version, str constraint, bool *understood) {
    bool ignored = false, *readable = understood ? understood : &ignored, all = true;
    *readable = true;
    version = bare(version);
    str rest = str_trim(constraint);
    if (!valid(scheme, version) || rest.n == 0) return *readable = false;
    while (rest.n > 0) {
        ptrdiff_t end = part_end(rest);
        str part = str_trim(str_slice(rest, 0, end));
        rest = str_trim(str_slice(rest, end, rest.n));
        if (rest.n && rest.p[0] == ',') {
            rest = str_trim(str_slice(rest, 1, rest.n));
            if (rest.n == 0) *readable = false; /* a comma with nothing behind it */
        }
        if (part.n == 0)
            *readable = false;
        else
            all &= satisfies_one(scheme, version, part, readable);
    }
    return all && *readable;
}
