/* lex_version.c - versions, the components they belong to, and version ranges.
 *
 * In: where a version begins. Out: TOKEN_VERSION with its component as subject, or TOKEN_CONSTRAINT.
 *
 *     "CUDA 12.5"  "PostgreSQL version 16.2"  "Python (3.11)"  "CUDA Version: 13.0"  "kernel 6.8.0-41-generic"
 *      subject      subject    cue             subject          subject  cue          subject  core
 *
 * A component's name is read leftwards: up to four words, each with a capital, or known as a product; "toolkit",
 * "driver", "server" may end it. What is no name: function words, months, "Figure", and a capital that only begins a
 * sentence ("Setting 0.8 …"). Whether a number is a version at all, lex_number.c decides.
 */
#include "lex/lex_internal.h"

/* ---- components ------------------------------------------------------------------------------------------------- */

typedef struct shape {
    bool capital, inner_capital, digit, lower_only;
} shape;

static shape shape_of(str w) {
    shape s = {.lower_only = true};
    for (ptrdiff_t i = 0; i < w.n; i++) {
        bool upper = w.p[i] >= 'A' && w.p[i] <= 'Z';
        s.capital |= upper;
        s.inner_capital |= upper && i > 0;
        s.digit |= byte_is_digit(w.p[i]);
        s.lower_only &= byte_is_alpha(w.p[i]) && !upper;
    }
    return s;
}

static bool verb_form(str w) { return str_ends(w, STR("ing")) || str_ends(w, STR("ed")) || str_ends(w, STR("ly")); }

/* Whether a word can be part of a component's name; `last` is the one next to the version. */
static bool name_word(const lexer *x, range r, bool last, unsigned *cues) {
    str w = range_str(x, r);
    shape s = shape_of(w);
    *cues = lex_cues(w);
    bool stop = *cues & (CUE_STOP | CUE_NUMBER), opening = lex_sentence_start(x, r.lo);
    if (s.digit && !s.capital) return false;
    if (*cues & CUE_PRODUCT) return s.capital || !stop || x->code;
    if (*cues & (CUE_MONTH | CUE_ORDINAL) || ((*cues & CUE_SECTION) && last)) return false;
    if (s.inner_capital) return w.n > 1 && !(stop && s.lower_only);
    if (!s.capital) return false;
    if (stop || w.n < 2) return false;
    return !(opening && verb_form(w));
}

/* Opening marks and blanks between a name and its version; a colon, bracket or equals sign makes the link weak. */
static ptrdiff_t skip_marks(const lexer *x, ptrdiff_t i, bool *weak) {
    for (int k = 0; k < 5 && i > x->floor; k++) {
        ptrdiff_t blanks = lex_blanks_before(x, i);
        if (blanks < i) {
            i = blanks;
            continue;
        }
        uint8_t c = at(x, i - 1);
        if (c == '(' || c == ')' || c == ':' || c == '=' || c == '"' || c == '\'')
            *weak = true;
        else if (c != '`')
            break;
        i--;
    }
    return i;
}

static ptrdiff_t skip_cue_words(const lexer *x, ptrdiff_t i, bool *cue) {
    range w = lex_word_before(x, i);
    str text = range_str(x, w);
    if (str_eq(text, STR("is")) || str_eq(text, STR("was")) || str_eq(text, STR("to"))) {
        ptrdiff_t before = lex_blanks_before(x, w.lo);
        range v = lex_word_before(x, before);
        if (before == w.lo || !(lex_cues(range_str(x, v)) & CUE_VERSION)) return i;
        w = v;
    } else if (!(lex_cues(text) & CUE_VERSION) || range_empty(w)) {
        return i;
    }
    *cue = true;
    bool weak = false;
    return skip_marks(x, w.lo, &weak);
}

/* The name whose last word ends at q: up to four words. */
static void read_name(const lexer *x, ptrdiff_t q, component *c) {
    ptrdiff_t none = c->name.lo;
    bool part = false;
    for (int words = 0; words < 4; words++) {
        range w = lex_word_before(x, q);
        unsigned cues = 0;
        if (range_empty(w)) break;
        bool named = name_word(x, w, words == 0, &cues);
        if (!named && words == 0 && (cues & CUE_PART))
            part = true; /* "driver" needs a name before it */
        else if (!named)
            break;
        if (words == 0) {
            c->name.hi = w.hi;
            c->product = (cues & CUE_PRODUCT) != 0;
            c->hardware = (cues & CUE_HARDWARE) && shape_of(range_str(x, w)).capital;
            c->plain = !shape_of(range_str(x, w)).inner_capital && lex_sentence_start(x, w.lo);
        }
        if (named) c->name.lo = w.lo, part = false;
        ptrdiff_t before = lex_blanks_before(x, w.lo);
        if (before == w.lo || w.lo - before > 2) break;
        q = before;
    }
    if (part || c->name.lo >= c->name.hi || c->name.lo == none) {
        c->name = (range){none, none};
        c->product = c->hardware = c->plain = false;
    } else {
        c->lo = c->name.lo;
    }
}

/* "Docker is 28.5.1", "perch went from 1.3.2", "Caddy on roost went to 2.10.2": over the words that link and one phrase
 * of place, to the end of a name; i where nothing links. */
static ptrdiff_t skip_links(const lexer *x, ptrdiff_t i) {
    static const str LINKING[] = {LIT("is"),    LIT("was"),    LIT("at"),       LIT("from"),    LIT("to"),
                                  LIT("now"),   LIT("still"),  LIT("went"),     LIT("moved"),   LIT("goes"),
                                  LIT("stays"), LIT("stayed"), LIT("upgraded"), LIT("updated"), LIT("bumped")};
    static const str PLACES[] = {LIT("on"), LIT("in"), LIT("at"), LIT("of"), LIT("for")};
    ptrdiff_t end = lex_blanks_before(x, i), start = end;
    for (int k = 0; k < 3 && end < i; k++) {
        range w = lex_word_before(x, end);
        bool linking = false;
        for (size_t n = 0; n < COUNT_OF(LINKING); n++) linking |= str_eq(range_str(x, w), LINKING[n]);
        ptrdiff_t before = lex_blanks_before(x, w.lo);
        if (!linking || before == w.lo) break;
        end = before;
    }
    if (end == start) return i;
    ptrdiff_t q = end; /* "… on [the] roost" */
    for (int k = 0; k < 3; k++) {
        range w = lex_word_before(x, q);
        ptrdiff_t before = lex_blanks_before(x, w.lo);
        if (range_empty(w) || before == w.lo) break;
        for (size_t n = 0; k > 0 && n < COUNT_OF(PLACES); n++)
            if (str_eq(range_str(x, w), PLACES[n])) return before;
        q = before;
    }
    return end;
}

component lex_component(const lexer *x, ptrdiff_t i) {
    component c = {.name = {i, i}, .lo = i};
    ptrdiff_t q = skip_marks(x, i, &c.weak);
    if (q == i) return c;
    q = skip_cue_words(x, q, &c.cue);
    if (c.cue) c.lo = q;
    read_name(x, q, &c);
    if (!range_empty(c.name) || c.cue) return c;
    ptrdiff_t linked = skip_links(x, i); /* "PostgreSQL is at 16.12": for products only */
    if (linked < i) {
        read_name(x, linked, &c);
        if (!c.product) c = (component){.name = {i, i}, .lo = i};
        c.weak = true;
    }
    return c;
}

range lex_neighbour(lexer *x, ptrdiff_t i) {
    const token *last = lex_last(x);
    ptrdiff_t end = lex_blanks_before(x, i), linked = skip_links(x, i);
    bool far = linked < i;
    if (far) end = linked;
    if (last && last->kind == TOKEN_IDENT && lex_offset(x, last->text.hi) == end && end < i)
        return (range){lex_offset(x, last->text.lo), end};
    component c = {.name = {i, i}, .lo = i};
    if (far) read_name(x, end, &c);
    if (!range_empty(c.name)) return c.name;
    range w = lex_word_before(x, end);
    str text = range_str(x, w);
    unsigned others = CUE_STOP | CUE_SECTION | CUE_MONTH | CUE_YEAR | CUE_NUMBER | CUE_VERSION;
    if (end == i || text.n < 3 || verb_form(text) || (lex_cues(text) & others) || !byte_is_alpha(text.p[0]))
        return (range){i, i};
    if (far && unit_noun_known(text)) return (range){i, i}; /* "the server went from 1.2.3": which one, nobody says */
    range before = lex_word_before(x, lex_blanks_before(x, w.lo)); /* uname's "Linux kestrel 6.14.0" */
    return str_eq(range_str(x, before), STR("Linux")) ? before : w;
}

/* "from vLLM 0.11.2 to 0.14.0": the second version is of the first one's component. */
static text_range inherited(lexer *x, ptrdiff_t i, text_range none) {
    static const str LINKS[] = {LIT(" to "),   LIT(" and "),     LIT(", "),     LIT(" or "),  LIT(", and "),
                                LIT(" -> "),   LIT(" \u2192 "),  LIT("\u2192"), LIT("->"),    LIT("-"),
                                LIT("\u2013"), LIT(" through "), LIT("/"),      LIT(" then ")};
    const token *last = lex_last(x);
    if (!last || last->kind != TOKEN_VERSION) return none;
    str gap = str_slice(x->s, lex_offset(x, last->text.hi), i);
    for (size_t k = 0; k < COUNT_OF(LINKS); k++)
        if (str_eq(gap, LINKS[k])) return last->subject;
    return none;
}

/* ---- the version's text ----------------------------------------------------------------------------------------- */

/* Words that follow a version's numbers as part of it. */
static bool suffix_word(str w) {
    static const str WORDS[] = {
        LIT("a"),          LIT("alpha"),    LIT("amd64"),    LIT("alpine"), LIT("arm64"), LIT("b"),
        LIT("beta"),       LIT("bookworm"), LIT("bullseye"), LIT("dev"),    LIT("final"), LIT("generic"),
        LIT("lts"),        LIT("nightly"),  LIT("noble"),    LIT("nvidia"), LIT("p"),     LIT("post"),
        LIT("pre"),        LIT("preview"),  LIT("r"),        LIT("rc"),     LIT("rev"),   LIT("server"),
        LIT("slim"),       LIT("snapshot"), LIT("stable"),   LIT("trixie"), LIT("jammy"), LIT("windows"),
        LIT("lowlatency"), LIT("rt"),       LIT("aws"),      LIT("azure"),  LIT("gcp"),   LIT("raspi")};
    for (size_t i = 0; i < COUNT_OF(WORDS); i++)
        if (str_eq_nocase(w, WORDS[i])) return true;
    return false;
}

/* End of the part at p (letters and digits); p itself where, outside code, it is no part of a version. */
static ptrdiff_t part_end(const lexer *x, ptrdiff_t p, bool code, bool first_letters) {
    ptrdiff_t letters = p, end;
    while (letters < x->s.n && byte_is_alpha(x->s.p[letters])) letters++;
    end = letters;
    while (end < x->s.n && byte_is_alnum(x->s.p[end])) end++;
    if (end == p || letters == p) return end;
    str w = str_slice(x->s, p, letters);
    if (code || end > letters || suffix_word(w) || (w.n == 1 && !first_letters)) return end;
    bool wildcard = w.n == 1 && (w.p[0] | 0x20) == 'x';
    return wildcard ? end : p;
}

static ptrdiff_t digits_end(const lexer *x, ptrdiff_t p) {
    while (p < x->s.n && byte_is_digit(x->s.p[p])) p++;
    return p;
}

/* "3.10-3.12": two versions, not one with a revision. */
static bool is_range_dash(const lexer *x, ptrdiff_t dash, int dots) {
    ptrdiff_t p = dash + 1;
    int right = 0;
    for (int k = 0; k < 6 && byte_is_digit(at(x, p)); k++) {
        p = digits_end(x, p);
        if (at(x, p) != '.' || !byte_is_digit(at(x, p + 1))) break;
        right++;
        p++;
    }
    bool goes_on = at(x, p) == '.' && byte_is_alpha(at(x, p + 1)); /* 5.14.0-570.28.1.el9_6: one release of a package */
    return dots == right && dots > 0 && !goes_on && lex_boundary(x, p);
}

ptrdiff_t lex_version_end(const lexer *x, ptrdiff_t i, bool code, bool *plus) {
    *plus = false;
    ptrdiff_t p = i + !byte_is_digit(at(x, i));
    int dots = 0;
    bool suffix = false;
    p = digits_end(x, p);
    if (at(x, p) == ':' && p - i <= 2 && byte_is_digit(at(x, p + 1))) p = digits_end(x, p + 1); /* epoch */
    for (;;) {
        uint8_t c = at(x, p), next = at(x, p + 1);
        ptrdiff_t end = p;
        if (byte_is_alpha(c))
            end = part_end(x, p, code, false);
        else if (c == '.' && byte_is_alnum(next))
            end = part_end(x, p + 1, code || suffix, true), dots += !suffix;
        else if (c == '.' && next == '*')
            end = p + 2;
        else if (c == '-' && byte_is_alnum(next) && !is_range_dash(x, p, dots))
            end = part_end(x, p + 1, code, true), suffix = true;
        else if ((c == '+' || c == '~' || (c == '_' && (code || suffix))) && byte_is_alnum(next))
            end = part_end(x, p + 1, true, true), suffix = true;
        if (end <= p + (byte_is_alpha(c) ? 0 : 1)) break;
        p = end;
    }
    *plus = at(x, p) == '+' && lex_boundary(x, p + 1);
    return p;
}

/* "or newer", "or later", "and up" behind a version; LTS belongs to it. */
static ptrdiff_t version_tail(const lexer *x, ptrdiff_t end, bool *minimum) {
    static const str TAILS[] = {LIT("or newer"), LIT("or later"),  LIT("or higher"), LIT("or above"), LIT("or greater"),
                                LIT("and up"),   LIT("and later"), LIT("and newer"), LIT("and above")};
    ptrdiff_t gap = lex_blank(x, end);
    if (!gap) return end;
    ptrdiff_t lts = lex_literal(x, end + gap, STR("LTS"));
    if (lts) end += gap + lts, gap = lex_blank(x, end);
    for (size_t k = 0; gap && k < COUNT_OF(TAILS); k++) {
        ptrdiff_t n = lex_literal(x, end + gap, TAILS[k]);
        if (n) return *minimum = true, end + gap + n;
    }
    return end;
}

ptrdiff_t lex_version(lexer *x, ptrdiff_t i, const component *c) {
    bool plus, code = lex_in_code(x, i);
    ptrdiff_t end = lex_version_end(x, i, code, &plus);
    ptrdiff_t core_lo = i + !byte_is_digit(at(x, i));
    range name = c->name;
    bool minimum = plus;
    ptrdiff_t tail = version_tail(x, end + plus, &minimum);
    text_range subject = range_empty(name) ? inherited(x, i, lex_range(x, (range){i, i})) : lex_range(x, name);
    if (subject.lo == subject.hi) {
        int dots = 0;
        for (ptrdiff_t k = i; k < end && k < i + WORD_MAX; k++) dots += x->s.p[k] == '.';
        if (dots >= 2 || c->cue) subject = lex_range(x, lex_neighbour(x, i));
    }
    ptrdiff_t floor_before = x->floor;
    token *t = lex_emit(x, TOKEN_VERSION, i, tail);
    t->core = lex_range(x, (range){core_lo, end});
    t->subject = subject;
    enum bound bound = BOUND_EXACT;
    bool strict = false;
    x->floor = floor_before;
    lex_bound_words(x, c->lo, &bound, &strict); /* "at least Python 3.11" */
    x->floor = tail;
    t->bound = (uint8_t)(minimum ? BOUND_MIN : bound);
    if (strict && !minimum) t->flags |= TOKEN_STRICT;
    return tail;
}

/* ---- ranges ----------------------------------------------------------------------------------------------------- */

ptrdiff_t lex_operator(const lexer *x, ptrdiff_t i, bool *constraint_only) {
    static const struct {
        str text;
        bool only;
    } OPERATORS[] = {{LIT(">="), false},     {LIT("<="), false}, {LIT("==="), true}, {LIT("=="), true},
                     {LIT("!="), true},      {LIT("~="), true},  {LIT("~>"), true},  {LIT("\u2265"), false},
                     {LIT("\u2264"), false}, {LIT(">"), false},  {LIT("<"), false},  {LIT("^"), true},
                     {LIT("~"), true},       {LIT("="), true}};
    for (size_t k = 0; k < COUNT_OF(OPERATORS); k++) {
        str text = OPERATORS[k].text;
        if (!str_starts(str_slice(x->s, i, i + 3), text)) continue;
        *constraint_only = OPERATORS[k].only;
        return text.n;
    }
    return 0;
}

/* One "op version" at i: end and number of points in the version; 0 when there is none. */
static ptrdiff_t constraint_part(const lexer *x, ptrdiff_t i, bool *only, int *dots) {
    ptrdiff_t n = lex_operator(x, i, only);
    if (!n) return 0;
    ptrdiff_t p = i + n, blanks = lex_blank(x, p);
    p += blanks;
    bool v = (at(x, p) | 0x20) == 'v' && byte_is_digit(at(x, p + 1)), plus;
    if (!v && !byte_is_digit(at(x, p))) return 0;
    ptrdiff_t end = lex_version_end(x, p, false, &plus);
    *dots = 0;
    for (ptrdiff_t k = p; k < end && k < p + WORD_MAX; k++) *dots += x->s.p[k] == '.';
    return end;
}

static bool measured(const lexer *x, ptrdiff_t end) { /* a unit or percent sign follows: a bound, not a range */
    unit_id unit;
    ptrdiff_t p = end + lex_blank(x, end);
    return unit_match(x->s, p, &unit) > 0 || (p == end && !lex_boundary(x, end));
}

ptrdiff_t lex_constraint(lexer *x, ptrdiff_t i, range name) {
    bool only = false, first_only;
    int dots = 0, most = 0, parts = 0;
    ptrdiff_t end = 0, p = i, blanks;
    first_only = false;
    for (; parts < 8; parts++) { /* longer lists do not occur; the rest would begin a new one */
        ptrdiff_t part = constraint_part(x, p, &only, &dots);
        if (!part) break;
        if (parts == 0) first_only = only;
        if (dots > most) most = dots;
        end = part;
        p = end;
        blanks = lex_blank(x, p);
        if (at(x, p) == ',')
            p += 1 + lex_blank(x, p + 1);
        else if (blanks)
            p += blanks;
        else
            break;
    }
    bool glued = parts > 1 && name.hi == i; /* "caddy>=2.9,<3 runs": three runs are no release's */
    if (!end || (!glued && measured(x, end)) || at(x, end) == ':') return 0;
    bool named = !range_empty(name);
    if (first_only ? most < (named || at(x, i) == '~' ? 1 : 1) ||
                         (at(x, i) == '~' && byte_is_digit(at(x, i + 1)) && most < 2 && !named)
                   : !(parts > 1 ? most > 0 || named : named && (most > 0 || name.hi == i))) {
        return 0;
    }
    token *t = lex_emit(x, TOKEN_CONSTRAINT, i, end);
    if (named) t->subject = lex_range(x, name);
    return end;
}
