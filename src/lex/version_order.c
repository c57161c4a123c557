/* version_order.c - semver, PEP 440, Debian, rpm, calver and loose ordering.
 *
 * In: two version texts. Out: their order. Numbers are compared as digit strings, so no length overflows. Each scheme's
 * comparison walks both texts once; nothing is allocated. Invariant: on valid texts each is a total preorder
 * (antisymmetric, transitive), which the property test checks on random triples.
 *
 * Sources: semver.org 2.0.0 item 11; PEP 440 "Summary of permitted suffixes and relative ordering"; Debian
 * Policy 5.6.12; rpm's documentation of version comparison (tilde sorts before, caret after the end); calver.org.
 */
#include "lex/version_order.h"

/* ---- pieces ----------------------------------------------------------------------------------------------------- */

static int sign_of(ptrdiff_t v) { return (v > 0) - (v < 0); }

int version_number_cmp(str a, str b) {
    while (a.n > 0 && *a.p == '0') a.p++, a.n--;
    while (b.n > 0 && *b.p == '0') b.p++, b.n--;
    if (a.n != b.n) return sign_of(a.n - b.n);
    return a.n ? sign_of(memcmp(a.p, b.p, (size_t)a.n)) : 0;
}

int version_prerelease_rank(str word) {
    static const struct {
        const char *word;
        int rank;
    } RANKS[] = {{"dev", -5},  {"nightly", -5}, {"snapshot", -5}, {"a", -4}, {"alpha", -4}, {"b", -3},
                 {"beta", -3}, {"pre", -2},     {"preview", -2},  {"c", -1}, {"rc", -1}};
    for (size_t i = 0; i < COUNT_OF(RANKS); i++)
        if (str_eq_nocase(word, str_from_cstr(RANKS[i].word))) return RANKS[i].rank;
    return 0;
}

static bool all_digits(str s) {
    for (ptrdiff_t i = 0; i < s.n; i++)
        if (!byte_is_digit(s.p[i])) return false;
    return s.n > 0;
}

/* Takes the longest prefix of *rest whose bytes satisfy `is`. */
static str take(str *rest, bool (*is)(uint8_t)) {
    ptrdiff_t n = 0;
    while (n < rest->n && is(rest->p[n])) n++;
    str piece = str_slice(*rest, 0, n);
    *rest = str_slice(*rest, n, rest->n);
    return piece;
}

static str drop(str s, ptrdiff_t n) { return str_slice(s, n, s.n); }

/* Takes N(.N)*, which may be empty. */
static str dotted_numbers(str *s) {
    str all = *s;
    take(s, byte_is_digit);
    while (s->n > 1 && s->n < all.n && s->p[0] == '.' && byte_is_digit(s->p[1])) {
        *s = drop(*s, 1);
        take(s, byte_is_digit);
    }
    return str_slice(all, 0, all.n - s->n);
}

/* ---- semver ----------------------------------------------------------------------------------------------------- */

static bool semver_number(str s) { return all_digits(s) && (s.n == 1 || s.p[0] != '0'); }

static bool semver_identifiers(str s, bool build) {
    str piece;
    while (str_cut(&s, '.', &piece)) {
        if (piece.n == 0) return false;
        for (ptrdiff_t i = 0; i < piece.n; i++)
            if (!byte_is_alnum(piece.p[i]) && piece.p[i] != '-') return false;
        if (!build && all_digits(piece) && !semver_number(piece)) return false;
    }
    return true;
}

/* core [- pre] [+ build]; `pre` has a NULL pointer when there is none. */
static str semver_split(str s, str *pre, str *build) {
    ptrdiff_t plus = str_find_byte(s, '+', 0);
    *build = plus < 0 ? (str){NULL, 0} : drop(s, plus + 1);
    if (plus >= 0) s = str_slice(s, 0, plus);
    ptrdiff_t dash = str_find_byte(s, '-', 0);
    *pre = dash < 0 ? (str){NULL, 0} : drop(s, dash + 1);
    return dash < 0 ? s : str_slice(s, 0, dash);
}

bool semver_valid(str s) {
    str pre, build, core = semver_split(s, &pre, &build), piece;
    int numbers = 0;
    while (str_cut(&core, '.', &piece)) {
        if (++numbers > 3 || !semver_number(piece)) return false;
    }
    if (numbers < 1) return false;
    return (!pre.p || semver_identifiers(pre, false)) && (!build.p || semver_identifiers(build, true));
}

static int semver_pre_cmp(str a, str b) {
    if (!a.p || !b.p) return (a.p == NULL) - (b.p == NULL);
    for (;;) {
        str x, y;
        bool more_a = str_cut(&a, '.', &x), more_b = str_cut(&b, '.', &y);
        if (!more_a || !more_b) return more_a - more_b;
        bool digits_x = all_digits(x), digits_y = all_digits(y);
        int order = digits_x != digits_y ? (digits_x ? -1 : 1)
                    : digits_x           ? version_number_cmp(x, y)
                                         : sign_of(str_cmp(x, y));
        if (order) return order;
    }
}

/* Dotted numbers; what is missing counts as 0. */
static int dotted_cmp(str a, str b) {
    for (;;) {
        str x, y;
        bool more_a = str_cut(&a, '.', &x), more_b = str_cut(&b, '.', &y);
        if (!more_a && !more_b) return 0;
        int order = version_number_cmp(more_a ? x : STR(""), more_b ? y : STR(""));
        if (order) return order;
    }
}

int semver_cmp(str a, str b) {
    str pre_a, pre_b, build, core_a = semver_split(a, &pre_a, &build), core_b = semver_split(b, &pre_b, &build);
    int order = dotted_cmp(core_a, core_b);
    return order ? order : semver_pre_cmp(pre_a, pre_b);
}

/* ---- PEP 440 ---------------------------------------------------------------------------------------------------- */

/* [epoch !] release [pre] [post] [dev] [+ local]; ranks hold what the suffixes sort by. */
typedef struct pep440 {
    str epoch, release, pre_number, post_number, dev_number, local;
    int pre; /* alpha -4 … rc -1; 0 none */
    bool post, dev;
} pep440;

static void skip_separator(str *s) {
    if (s->n && (s->p[0] == '-' || s->p[0] == '_' || s->p[0] == '.')) *s = drop(*s, 1);
}

/* [separator] one of `words` [separator] [digits]: cut off `s` when it stands there. */
static bool pep440_suffix(str *s, const char *const *words, size_t count, str *word, str *number) {
    str rest = *s;
    skip_separator(&rest);
    *word = take(&rest, byte_is_alpha);
    for (size_t i = 0; i < count; i++) {
        if (!str_eq_nocase(*word, str_from_cstr(words[i]))) continue;
        str behind = rest;
        skip_separator(&behind);
        *number = take(&behind, byte_is_digit);
        if (number->n) rest = behind; /* a separator belongs to the suffix only in front of its number */
        *s = rest;
        return true;
    }
    return false;
}

static bool pep440_local(str s) {
    bool need = true;
    for (ptrdiff_t i = 0; i < s.n; i++) {
        bool separator = s.p[i] == '-' || s.p[i] == '_' || s.p[i] == '.';
        if (separator ? need : !byte_is_alnum(s.p[i])) return false;
        need = separator;
    }
    return !need;
}

static bool pep440_read(str s, pep440 *v) {
    static const char *const PRE[] = {"alpha", "beta", "preview", "pre", "rc", "a", "b", "c"};
    static const char *const POST[] = {"post", "rev", "r"};
    static const char *const DEV[] = {"dev"};
    *v = (pep440){0};
    ptrdiff_t bang = str_find_byte(s, '!', 0);
    if (bang >= 0) {
        v->epoch = str_slice(s, 0, bang);
        if (!all_digits(v->epoch)) return false;
        s = drop(s, bang + 1);
    }
    v->release = dotted_numbers(&s);
    if (v->release.n == 0) return false;
    str word;
    if (pep440_suffix(&s, PRE, COUNT_OF(PRE), &word, &v->pre_number)) {
        v->pre = version_prerelease_rank(word);
        if (v->pre == -2) v->pre = -1; /* pre and preview are spellings of rc */
    }
    if (s.n > 1 && s.p[0] == '-' && byte_is_digit(s.p[1])) {
        s = drop(s, 1);
        v->post_number = take(&s, byte_is_digit);
        v->post = true;
    } else {
        v->post = pep440_suffix(&s, POST, COUNT_OF(POST), &word, &v->post_number);
    }
    v->dev = pep440_suffix(&s, DEV, COUNT_OF(DEV), &word, &v->dev_number);
    if (s.n && s.p[0] == '+') {
        v->local = drop(s, 1);
        return pep440_local(v->local);
    }
    return s.n == 0;
}

bool pep440_valid(str s) {
    pep440 v;
    return pep440_read(s, &v);
}

static bool local_piece(str *rest, str *piece) {
    if (rest->n == 0) return false;
    *piece = take(rest, byte_is_alnum);
    *rest = drop(*rest, 1);
    return true;
}

static int pep440_local_cmp(str a, str b) {
    for (;;) {
        str x, y;
        bool more_a = local_piece(&a, &x), more_b = local_piece(&b, &y);
        if (!more_a || !more_b) return more_a - more_b;
        bool digits_x = all_digits(x), digits_y = all_digits(y);
        int order = digits_x != digits_y ? digits_x - digits_y
                    : digits_x           ? version_number_cmp(x, y)
                                         : sign_of(str_cmp_nocase(x, y));
        if (order) return order;
    }
}

/* Where the pre-release part sorts: "1.0.dev1" before every pre-release of 1.0, no pre-release behind all of them. */
static int pep440_pre_rank(const pep440 *v) { return v->pre ? v->pre : !v->post && v->dev ? -9 : 9; }

int pep440_cmp(str a, str b) {
    pep440 x, y;
    if (!pep440_read(a, &x) || !pep440_read(b, &y)) return 0;
    int order = version_number_cmp(x.epoch, y.epoch);
    if (!order) order = dotted_cmp(x.release, y.release);
    if (!order) order = sign_of(pep440_pre_rank(&x) - pep440_pre_rank(&y));
    if (!order) order = version_number_cmp(x.pre_number, y.pre_number);
    if (!order) order = x.post - y.post;
    if (!order) order = version_number_cmp(x.post_number, y.post_number);
    if (!order) order = y.dev - x.dev;
    if (!order) order = version_number_cmp(x.dev_number, y.dev_number);
    return order ? order : pep440_local_cmp(x.local, y.local);
}

/* ---- Debian ----------------------------------------------------------------------------------------------------- */

static str epoch_split(str *s) {
    ptrdiff_t colon = str_find_byte(*s, ':', 0);
    if (colon < 0) return STR("");
    str epoch = str_slice(*s, 0, colon);
    *s = drop(*s, colon + 1);
    return epoch;
}

/* What stands behind the last dash; its pointer is NULL when there is no dash. */
static str revision_split(str *s) {
    ptrdiff_t dash = s->n;
    while (dash > 0 && s->p[dash - 1] != '-') dash--;
    if (dash == 0) return (str){NULL, 0};
    str revision = drop(*s, dash);
    *s = str_slice(*s, 0, dash - 1);
    return revision;
}

bool deb_valid(str s) {
    bool epoch = str_find_byte(s, ':', 0) >= 0;
    str number = epoch_split(&s);
    if (epoch && !all_digits(number)) return false;
    str revision = revision_split(&s);
    if (s.n == 0 || !byte_is_digit(s.p[0])) return false;
    for (ptrdiff_t i = 0; i < s.n; i++)
        if (!byte_is_alnum(s.p[i]) && !memchr(epoch ? ".+-~:" : ".+-~", s.p[i], epoch ? 5 : 4)) return false;
    if (!revision.p) return true;
    for (ptrdiff_t i = 0; i < revision.n; i++)
        if (!byte_is_alnum(revision.p[i]) && !memchr(".+~", revision.p[i], 3)) return false;
    return revision.n > 0;
}

/* Policy: letters before non-letters, and ~ before everything, the end included. */
static int deb_weight(str s) {
    if (s.n == 0 || byte_is_digit(s.p[0])) return 0;
    if (s.p[0] == '~') return -1;
    return byte_is_alpha(s.p[0]) ? s.p[0] : s.p[0] + 256;
}

static int deb_part_cmp(str a, str b) {
    while (a.n || b.n) {
        while ((a.n && !byte_is_digit(a.p[0])) || (b.n && !byte_is_digit(b.p[0]))) {
            int order = deb_weight(a) - deb_weight(b);
            if (order) return sign_of(order);
            a = drop(a, 1);
            b = drop(b, 1);
        }
        int order = version_number_cmp(take(&a, byte_is_digit), take(&b, byte_is_digit));
        if (order) return order;
    }
    return 0;
}

int deb_cmp(str a, str b) {
    int order = version_number_cmp(epoch_split(&a), epoch_split(&b));
    str revision_a = revision_split(&a), revision_b = revision_split(&b);
    if (!order) order = deb_part_cmp(a, b);
    return order ? order : deb_part_cmp(revision_a, revision_b);
}

/* ---- rpm -------------------------------------------------------------------------------------------------------- */

bool rpm_valid(str s) {
    bool epoch = str_find_byte(s, ':', 0) >= 0, any = false;
    str number = epoch_split(&s);
    if (epoch && !all_digits(number)) return false;
    str release = revision_split(&s);
    for (ptrdiff_t i = 0; i < s.n; i++) {
        any |= byte_is_alnum(s.p[i]);
        if (!byte_is_alnum(s.p[i]) && !memchr("._+~^", s.p[i], 5)) return false;
    }
    if (!release.p) return any;
    for (ptrdiff_t i = 0; i < release.n; i++)
        if (!byte_is_alnum(release.p[i]) && !memchr("._+~^", release.p[i], 5)) return false;
    return any && release.n > 0;
}

static bool rpm_separator(uint8_t c) { return !byte_is_alnum(c) && c != '~' && c != '^'; }

/* A mark (~ or ^) that stands at one place and not at the other decides; 2 when neither stands anywhere. */
static int rpm_mark_cmp(str *a, str *b, uint8_t mark) {
    bool in_a = a->n && a->p[0] == mark, in_b = b->n && b->p[0] == mark;
    if (!in_a && !in_b) return 2;
    if (in_a && in_b) return *a = drop(*a, 1), *b = drop(*b, 1), 0;
    if (mark == '~') return in_a ? -1 : 1;
    if (in_a) return b->n ? -1 : 1; /* ^ is newer than the end, older than more of the version */
    return a->n ? 1 : -1;
}

static int rpm_part_cmp(str a, str b) {
    for (;;) {
        take(&a, rpm_separator);
        take(&b, rpm_separator);
        int tilde = rpm_mark_cmp(&a, &b, '~');
        if (tilde == 0) continue;
        if (tilde != 2) return tilde;
        int caret = rpm_mark_cmp(&a, &b, '^');
        if (caret == 0) continue;
        if (caret != 2) return caret;
        if (!a.n || !b.n) return (a.n > 0) - (b.n > 0);
        bool digits_a = byte_is_digit(a.p[0]), digits_b = byte_is_digit(b.p[0]);
        if (digits_a != digits_b) return digits_a ? 1 : -1;
        str x = take(&a, digits_a ? byte_is_digit : byte_is_alpha),
            y = take(&b, digits_a ? byte_is_digit : byte_is_alpha);
        int order = digits_a ? version_number_cmp(x, y) : sign_of(str_cmp(x, y));
        if (order) return order;
    }
}

int rpm_cmp(str a, str b) {
    int order = version_number_cmp(epoch_split(&a), epoch_split(&b));
    str release_a = revision_split(&a), release_b = revision_split(&b);
    if (!order) order = rpm_part_cmp(a, b);
    return order ? order : rpm_part_cmp(release_a, release_b);
}

/* ---- loose and calver ------------------------------------------------------------------------------------------- */

bool loose_valid(str s) {
    bool any = false;
    for (ptrdiff_t i = 0; i < s.n; i++) {
        any |= byte_is_alnum(s.p[i]);
        if (!byte_is_alnum(s.p[i]) && !memchr("._+~:-", s.p[i], 6)) return false;
    }
    return any;
}

static bool loose_separator(uint8_t c) { return !byte_is_alnum(c); }

/* Order of kinds at one place: pre-release word < end < other word < number. */
static int loose_kind(str piece) {
    if (piece.n == 0) return 1;
    if (byte_is_digit(piece.p[0])) return 3;
    return version_prerelease_rank(piece) ? 0 : 2;
}

static str loose_piece(str *rest) {
    take(rest, loose_separator);
    if (rest->n == 0) return STR("");
    return take(rest, byte_is_digit(rest->p[0]) ? byte_is_digit : byte_is_alpha);
}

int loose_cmp(str a, str b) {
    for (;;) {
        str x = loose_piece(&a), y = loose_piece(&b);
        int kind = loose_kind(x), order = sign_of(kind - loose_kind(y));
        if (order) return order;
        if (kind == 1) return 0;
        order = kind == 3   ? version_number_cmp(x, y)
                : kind == 0 ? sign_of(version_prerelease_rank(x) - version_prerelease_rank(y))
                            : sign_of(str_cmp_nocase(x, y));
        if (order) return order;
    }
}

/* Numbers first, then a modifier in the loose order ("24.04-beta1"). */
bool calver_valid(str s) { return s.n > 0 && byte_is_digit(s.p[0]) && loose_valid(s) && byte_is_alnum(s.p[s.n - 1]); }

int calver_cmp(str a, str b) {
    str numbers_a = dotted_numbers(&a), numbers_b = dotted_numbers(&b);
    int order = dotted_cmp(numbers_a, numbers_b);
    return order ? order : loose_cmp(a, b);
}
