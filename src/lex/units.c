/* units.c - reads units out of text and converts between them.
 *
 * In: the bytes behind a number. Out: a unit id and how many bytes spell it.
 *
 *     unit  = word [sep word] [per]         longest spelling wins: "B params" before "B", "ms per token" before "ms"
 *     per   = "/" time | " per " time | " a " time | " an " time | " each " time
 *
 * Words are looked up by binary search in unit_spellings (byte order). Invariant: no match reads beyond UNIT_MATCH_MAX
 * bytes, and a match never ends inside a word. Deliberately not here: what "35B" or "200k" means, which takes the words
 * around the number and is the lexer's business.
 */
#include "lex/units.h"

#include "base/utf8.h"
#include "lex/units_table.h"

enum { KEY_MAX = 48 };

/* A spelling put together for lookup. */
typedef struct key {
    char text[KEY_MAX];
    size_t n;
} key;

static bool key_add(key *k, str piece) {
    if (piece.n < 0 || (size_t)piece.n >= KEY_MAX - k->n) return false;
    if (piece.n) memcpy(k->text + k->n, piece.p, (size_t)piece.n);
    k->n += (size_t)piece.n;
    return true;
}

/* Order of two views by bytes, shorter first; inlined, for the searches below. */
static inline int order_of(str a, str b) {
    int order = memcmp(a.p, b.p, (size_t)(a.n < b.n ? a.n : b.n));
    return order ? order : (a.n > b.n) - (a.n < b.n);
}

static unit_id spelling_find(str text, bool after_number) {
    uint8_t first = text.p[0];
    size_t lo = unit_spelling_first[first < 128 ? first : 128];
    size_t hi = first < 128 ? unit_spelling_first[first + 1] : unit_spelling_count;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        const unit_spelling *s = &unit_spellings[mid];
        int order = order_of(s->text, text);
        if (order == 0) return s->after_number && !after_number ? UNIT_NONE : s->unit;
        if (order < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return UNIT_NONE;
}

static unit_id lookup_one(str word, bool after_number) {
    if (word.n == 0 || word.n >= KEY_MAX) return UNIT_NONE;
    unit_id unit = spelling_find(word, after_number);
    if (unit || word.n < 3 || word.p[0] < 'A' || word.p[0] > 'Z') return unit;
    /* Words may begin with a capital ("Tokens per second"); abbreviations may not change case. */
    for (ptrdiff_t i = 1; i < word.n; i++)
        if (word.p[i] < 'a' || word.p[i] > 'z') return UNIT_NONE;
    uint8_t lower[KEY_MAX];
    memcpy(lower, word.p, (size_t)word.n);
    lower[0] |= 0x20;
    return spelling_find((str){lower, word.n}, after_number);
}

static unit_id lookup_two(str first, const char *separator, str second) {
    key k = {.n = 0};
    if (first.n == 0 || second.n == 0) return UNIT_NONE;
    if (!key_add(&k, first) || !key_add(&k, str_from_cstr(separator)) || !key_add(&k, second)) return UNIT_NONE;
    return spelling_find(str_make(k.text, k.n), true);
}

/* ---- words ------------------------------------------------------------------------------------------------------ */

/* Non-ASCII characters of which units are written: ° µ μ Ω Ω ² ³ ℃ ℉ ¢ £ ¥ € ₹ ‰ ％ ″ × */
static bool unit_symbol(uint32_t code) {
    static const uint16_t SYMBOLS[] = {0xA2,  0xA3,   0xA5,   0xB0,   0xB2,   0xB3,   0xB5,   0xD7,   0x3A9,
                                       0x3BC, 0x2030, 0x2033, 0x20AC, 0x20B9, 0x2103, 0x2109, 0x2126, 0xFF05};
    for (size_t i = 0; i < COUNT_OF(SYMBOLS); i++)
        if (SYMBOLS[i] == code) return true;
    return false;
}

static bool single_symbol(uint32_t code) {
    return code == '%' || code == '$' || code == 0xD7 || (code >= 0xA2 && code <= 0xA5) || code == 0x20AC ||
           code == 0x20B9 || code == 0x2030 || code == 0xFF05 || code == 0x2103 || code == 0x2109;
}

/* End of the unit word at `at`: letters, digits and unit symbols; a percent or currency sign stands alone. */
static ptrdiff_t word_end(str s, ptrdiff_t at) {
    ptrdiff_t start = at;
    while (at < s.n) {
        uint32_t code = s.p[at];
        ptrdiff_t n = code < 0x80 ? 1 : utf8_decode(s, at, &code);
        if (single_symbol(code)) return at == start ? at + n : at;
        bool power = code == '^' && at > start && at + 1 < s.n && byte_is_digit(s.p[at + 1]);
        if (!(code < 0x80 ? byte_is_alnum((uint8_t)code) || power : unit_symbol(code))) break;
        at += n;
    }
    return at;
}

static bool letter_at(str s, ptrdiff_t at) {
    uint32_t code;
    if (at >= s.n) return false;
    if (s.p[at] < 0x80) return byte_is_alnum(s.p[at]) || s.p[at] == '_';
    utf8_decode(s, at, &code);
    return (code >= 0xC0 && code < 0x2000 && code != 0xD7 && code != 0xF7) || (code >= 0x2C00 && code < 0xE000);
}

/* A match may end here: behind a symbol always, behind letters only where no letter follows. */
static bool boundary(str s, ptrdiff_t at) {
    uint8_t last = s.p[at - 1];
    return !byte_is_alnum(last) || !letter_at(s, at);
}

/* One blank of any kind at `at` (space, line end, no-break and thin spaces): its length or 0. */
static ptrdiff_t blank(str s, ptrdiff_t at) {
    if (at >= s.n) return 0;
    if (s.p[at] == ' ' || s.p[at] == '\n' || s.p[at] == '\t') return 1;
    if (s.p[at] < 0xC2) return 0;
    uint32_t code;
    ptrdiff_t n = utf8_decode(s, at, &code);
    bool space =
        code == 0xA0 || (code >= 0x2000 && code <= 0x200A) || code == 0x202F || code == 0x205F || code == 0x3000;
    return space ? n : 0;
}

static str word_at(str s, ptrdiff_t at) { return str_slice(s, at, word_end(s, at)); }

/* Length of what says "per" at `at`, up to the denominator's first byte; 0 when nothing does. */
static ptrdiff_t per_sign(str s, ptrdiff_t at, bool loose) {
    static const char *const WORDS[] = {"per", "a", "an", "each", "every"};
    if (at < s.n && s.p[at] == '/') return 1 + blank(s, at + 1);
    ptrdiff_t lead = blank(s, at);
    if (!lead) return 0;
    if (at + lead < s.n && s.p[at + lead] == '/') return lead + 1 + blank(s, at + lead + 1);
    str word = word_at(s, at + lead);
    for (size_t i = 0; i < (loose ? COUNT_OF(WORDS) : 1); i++) {
        if (!str_eq(word, str_from_cstr(WORDS[i]))) continue;
        ptrdiff_t gap = blank(s, at + lead + word.n);
        return gap ? lead + word.n + gap : 0;
    }
    return 0;
}

static int time_index(unit_id unit) {
    static const uint16_t TIMES[PER_TIMES] = {U_SECOND, U_MINUTE, U_HOUR, U_DAY, U_WEEK, U_MONTH, U_YEAR};
    for (int i = 0; i < PER_TIMES; i++)
        if (TIMES[i] == unit) return i;
    return -1;
}

/* "twelve drafts every second Friday": the second of a row, no unit. */
static bool is_ordinal(str s, ptrdiff_t sign, ptrdiff_t end) {
    static const char CLOSED[] = "and or but on in at by for from to of with when while if as is are was were without";
    str before = word_at(s, sign + blank(s, sign));
    if (!str_is_among(before, "each every")) return false;
    ptrdiff_t gap = blank(s, end);
    str next = gap ? word_at(s, end + gap) : (str){0};
    return next.n && !str_is_among(next, CLOSED);
}

/* ---- matching --------------------------------------------------------------------------------------------------- */

static ptrdiff_t match_per(str s, ptrdiff_t at, unit_id numerator, unit_id *unit) {
    if (numerator == U_BIT_WIDTH) numerator = U_BIT;
    bool composes = numerator >= 1 && numerator <= U_NUMERATOR_COUNT;
    ptrdiff_t sign = per_sign(s, at, composes);
    if (!sign) return 0;
    str word = word_at(s, at + sign);
    unit_id below = lookup_one(word, true);
    if (!below || !boundary(s, at + sign + word.n)) return 0;
    int time = time_index(below);
    if (below == U_SECOND && is_ordinal(s, at, at + sign + word.n)) return 0;
    unit_id found = UNIT_NONE;
    if (composes && time >= 0) {
        found = (unit_id)PER(numerator, time);
    } else { /* km per hour, ms per token, joules per token */
        found = lookup_two(str_from_cstr(unit_get(numerator)->name), "/", str_from_cstr(unit_get(below)->name));
    }
    if (!found) return 0;
    *unit = found;
    return sign + word.n;
}

/* Two words, or one with a joint inside ("B params", "watt-hours", "I/Os", "dB(A)"). */
static ptrdiff_t match_joined(str s, ptrdiff_t at, str first, unit_id *unit) {
    ptrdiff_t end = at + first.n, gap = blank(s, end);
    const char *separator = " ";
    if (!gap && end < s.n && (s.p[end] == '-' || s.p[end] == '/' || s.p[end] == '(')) {
        separator = s.p[end] == '-' ? "-" : s.p[end] == '/' ? "/" : "(";
        gap = 1;
    }
    if (!gap) return 0;
    str second = word_at(s, end + gap);
    if (*separator == '(') second.n += second.p + second.n < s.p + s.n && second.p[second.n] == ')';
    unit_id found = lookup_two(first, separator, second);
    if (!found || !boundary(s, end + gap + second.n)) return 0;
    *unit = found;
    return first.n + gap + second.n;
}

/* "32gb", as one types in a hurry: bytes. But "100 mb/s" is as often megabits. */
static bool is_hasty(str word) { return str_eq(word, STR("gb")) || str_eq(word, STR("mb")) || str_eq(word, STR("tb")); }

static ptrdiff_t match(str text, ptrdiff_t at, bool after_number, unit_id *unit) {
    *unit = UNIT_NONE;
    if (at < 0 || at >= text.n) return 0;
    str s = str_slice(text, 0, at + UNIT_MATCH_MAX);
    str first = word_at(s, at);
    if (first.n == 0) return 0;
    ptrdiff_t n = match_joined(s, at, first, unit);
    if (!n) {
        if (!boundary(s, at + first.n)) return 0;
        *unit = lookup_one(first, after_number);
        if (!*unit && unit_noun_known(first)) *unit = UNIT_COUNT;
        if (!*unit) return 0;
        n = first.n;
    }
    ptrdiff_t per = match_per(s, at + n, *unit, unit);
    if (per && is_hasty(first)) return *unit = UNIT_NONE, 0;
    n += per;
    if (unit_table[*unit].dimension == DIM_COUNT) *unit = UNIT_COUNT;
    return n;
}

ptrdiff_t unit_match(str text, ptrdiff_t at, unit_id *unit) { return match(text, at, true, unit); }

ptrdiff_t unit_match_per(str text, ptrdiff_t at, unit_id numerator, unit_id *unit) {
    return at < 0 ? 0 : match_per(str_slice(text, 0, at + UNIT_MATCH_MAX), at, numerator, unit);
}

unit_id unit_parse(str text, bool after_number) {
    unit_id unit;
    str s = str_trim(text);
    ptrdiff_t n = match(s, 0, after_number, &unit);
    return n > 0 && n == s.n ? unit : UNIT_NONE;
}

/* ---- the dictionary --------------------------------------------------------------------------------------------- */

const unit_info *unit_get(unit_id unit) { return &unit_table[unit < U_END ? unit : U_NONE]; }
unit_id unit_count(void) { return U_END; }

bool unit_convert(double value, unit_id from, unit_id to, double *out) {
    const unit_info *a = unit_get(from), *b = unit_get(to);
    if (a->dimension != b->dimension || a->family != b->family || a->dimension == DIM_NONE) return false;
    *out = from == to ? value : (value * a->factor + a->offset - b->offset) / b->factor;
    return true;
}

const char *unit_dimension_name(enum unit_dimension dimension) {
    static const char *const NAMES[DIM_COUNT_OF_DIMENSIONS] = {
        "none",           "data",         "data rate",  "time",        "frequency",   "power",          "energy",
        "voltage",        "current",      "charge",     "temperature", "length",      "area",           "mass",
        "percentage",     "points",       "ratio",      "money (USD)", "money (EUR)", "money (GBP)",    "money",
        "cost rate",      "count",        "parameters", "tokens",      "token rate",  "time per token", "operations",
        "operation rate", "request rate", "bit width",  "decibel",     "pixels",      "event rate",     "pressure",
        "speed",          "custom"};
    return (unsigned)dimension < DIM_COUNT_OF_DIMENSIONS ? NAMES[dimension] : "none";
}

/* ---- counted nouns ---------------------------------------------------------------------------------------------- */

#define LIT(literal)                                                                                                   \
    { (const uint8_t *)(literal), (ptrdiff_t)sizeof(literal) - 1 }

typedef struct plural {
    str plural, singular;
} plural;

/* clang-format off */
/* In byte order of the plural. */
static const plural IRREGULAR[] = {
    {LIT("addenda"), LIT("addendum")}, {LIT("aliases"), LIT("alias")}, {LIT("analyses"), LIT("analysis")},
    {LIT("axes"), LIT("axis")}, {LIT("bases"), LIT("basis")}, {LIT("biases"), LIT("bias")},
    {LIT("buses"), LIT("bus")}, {LIT("caches"), LIT("cache")}, {LIT("campuses"), LIT("campus")},
    {LIT("canvases"), LIT("canvas")}, {LIT("chassis"), LIT("chassis")}, {LIT("children"), LIT("child")},
    {LIT("cookies"), LIT("cookie")}, {LIT("corpora"), LIT("corpus")}, {LIT("cpus"), LIT("cpu")},
    {LIT("criteria"), LIT("criterion")}, {LIT("feet"), LIT("foot")}, {LIT("gases"), LIT("gas")},
    {LIT("geese"), LIT("goose")}, {LIT("gpus"), LIT("gpu")}, {LIT("halves"), LIT("half")},
    {LIT("headaches"), LIT("headache")}, {LIT("hypotheses"), LIT("hypothesis")}, {LIT("indexes"), LIT("index")},
    {LIT("indices"), LIT("index")}, {LIT("knives"), LIT("knife")}, {LIT("leaves"), LIT("leaf")},
    {LIT("lenses"), LIT("lens")}, {LIT("lies"), LIT("lie")}, {LIT("lives"), LIT("life")},
    {LIT("matrices"), LIT("matrix")}, {LIT("men"), LIT("man")}, {LIT("menus"), LIT("menu")},
    {LIT("mice"), LIT("mouse")}, {LIT("movies"), LIT("movie")}, {LIT("npus"), LIT("npu")},
    {LIT("people"), LIT("person")}, {LIT("series"), LIT("series")}, {LIT("shelves"), LIT("shelf")},
    {LIT("species"), LIT("species")}, {LIT("statuses"), LIT("status")}, {LIT("teeth"), LIT("tooth")},
    {LIT("ties"), LIT("tie")}, {LIT("tpus"), LIT("tpu")}, {LIT("vcpus"), LIT("vcpu")},
    {LIT("vertices"), LIT("vertex")}, {LIT("viruses"), LIT("virus")}, {LIT("women"), LIT("woman")}
};

/* Words in -s that are no plurals, in byte order: function words, and verbs that are no nouns ("runs" is both). */
static const str NO_PLURALS[] = {
    LIT("accepts"), LIT("across"), LIT("adds"), LIT("afterwards"), LIT("allows"), LIT("always"), LIT("appears"),
    LIT("applies"), LIT("arrives"), LIT("as"), LIT("becomes"), LIT("begins"), LIT("belongs"), LIT("besides"),
    LIT("brings"), LIT("causes"), LIT("comes"), LIT("consists"), LIT("contains"), LIT("corresponds"), LIT("creates"),
    LIT("defines"), LIT("denotes"), LIT("depends"), LIT("describes"), LIT("determines"), LIT("differs"),
    LIT("disables"), LIT("does"), LIT("else"), LIT("enables"), LIT("ensures"), LIT("equals"), LIT("exceeds"),
    LIT("exists"), LIT("expects"), LIT("fails"), LIT("fits"), LIT("follows"), LIT("gets"), LIT("gives"), LIT("goes"),
    LIT("handles"), LIT("happens"), LIT("has"), LIT("helps"), LIT("hereby"), LIT("his"), LIT("holds"), LIT("implies"),
    LIT("includes"), LIT("indicates"), LIT("is"), LIT("its"), LIT("keeps"), LIT("less"), LIT("lets"), LIT("loses"),
    LIT("makes"), LIT("means"), LIT("minus"), LIT("news"), LIT("otherwise"), LIT("perhaps"), LIT("plus"),
    LIT("prevents"), LIT("proceeds"), LIT("produces"), LIT("provides"), LIT("puts"), LIT("reaches"), LIT("receives"),
    LIT("refers"), LIT("remains"), LIT("removes"), LIT("replaces"), LIT("represents"), LIT("requires"), LIT("says"),
    LIT("seems"), LIT("sends"), LIT("serves"), LIT("sits"), LIT("sometimes"), LIT("specifies"), LIT("stands"),
    LIT("stays"), LIT("succeeds"), LIT("suggests"), LIT("supports"), LIT("takes"), LIT("tells"), LIT("this"),
    LIT("throws"), LIT("thus"), LIT("towards"), LIT("upwards"), LIT("us"), LIT("varies"), LIT("versus"), LIT("wants"),
    LIT("was"), LIT("whereas"), LIT("yes"), LIT("yields")
};
/* clang-format on */

/* Does `word` stand in list[lo, hi), which is sorted? */
static bool in_list(str word, const str *list, size_t lo, size_t hi) {
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        int order = order_of(list[mid], word);
        if (order == 0) return true;
        if (order < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return false;
}

/* The singular of an irregular plural, {NULL, 0} when it is none. */
static str irregular(str word) {
    size_t lo = 0, hi = COUNT_OF(IRREGULAR);
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        int order = order_of(IRREGULAR[mid].plural, word);
        if (order == 0) return IRREGULAR[mid].singular;
        if (order < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return (str){NULL, 0};
}

static str lower_into(str word, char *out, size_t capacity) {
    size_t n = 0;
    for (ptrdiff_t i = 0; i < word.n && n < capacity; i++) out[n++] = (char)byte_lower(word.p[i]);
    return str_make(out, n);
}

/* Endings in -s of singular words. */
static bool singular_end(str w) {
    uint8_t before = w.p[w.n - 2];
    return before == 's' || before == 'u' || before == 'i' || before == '\'' || str_eq(w, STR("news")) ||
           str_eq(w, STR("alias")) || str_eq(w, STR("bias")) || str_eq(w, STR("canvas")) || str_eq(w, STR("lens")) ||
           str_eq(w, STR("gas"));
}

bool unit_noun_plural(str word) {
    char buffer[32];
    if (word.n < 3 || word.n > (ptrdiff_t)sizeof buffer) return false;
    str w = lower_into(word, buffer, sizeof buffer);
    if (irregular(w).n) return true;
    return w.p[w.n - 1] == 's' && !singular_end(w) && !in_list(w, NO_PLURALS, 0, COUNT_OF(NO_PLURALS));
}

/* -sses, -xes, -zzes, -ches, -shes lose two letters. */
static bool cuts_es(str w) {
    if (w.n < 4 || w.p[w.n - 2] != 'e') return false;
    uint8_t c = w.p[w.n - 3], before = w.p[w.n - 4];
    return c == 'x' || (c == 'h' && (before == 'c' || before == 's')) || ((c == 's' || c == 'z') && before == c);
}

/* The singular of a lower-case word, in place (room for one letter more). */
static str singular(char *p, str w) {
    str known = irregular(w);
    if (known.n) return memcpy(p, known.p, (size_t)known.n), str_make(p, (size_t)known.n);
    if (w.n < 3 || w.p[w.n - 1] != 's' || singular_end(w)) return w;
    if (w.n > 4 && str_ends(w, STR("ies"))) {
        p[w.n - 3] = 'y';
        return str_slice(w, 0, w.n - 2);
    }
    return str_slice(w, 0, w.n - (cuts_es(w) ? 2 : 1));
}

str unit_noun_stem(str noun, char out[64]) {
    size_t n = 0;
    bool gap = false;
    for (ptrdiff_t i = 0; i < noun.n && n < 63; i++) {
        if (byte_is_space(noun.p[i])) {
            gap = n > 0;
            continue;
        }
        if (gap) out[n++] = ' ';
        gap = false;
        out[n++] = (char)byte_lower(noun.p[i]);
    }
    size_t last = n;
    while (last > 0 && out[last - 1] != ' ') last--;
    str word = singular(out + last, str_make(out + last, n - last));
    return str_make(out, last + (size_t)word.n);
}

bool unit_noun_known(str word) {
    char buffer[64];
    if (word.n < 2 || word.n > 24 || !byte_is_alpha(word.p[0])) return false;
    str stem = unit_noun_stem(word, buffer);
    return in_list(stem, unit_nouns, unit_noun_first[stem.p[0] - 'a'], unit_noun_first[stem.p[0] - 'a' + 1]);
}

bool unit_noun_possible(str text) {
    static const str FUNCTION_WORDS[] = {
        LIT("a"),     LIT("an"),  LIT("and"),  LIT("as"),   LIT("at"),  LIT("be"),   LIT("but"), LIT("by"),
        LIT("false"), LIT("for"), LIT("from"), LIT("if"),   LIT("in"),  LIT("is"),   LIT("it"),  LIT("no"),
        LIT("none"),  LIT("not"), LIT("null"), LIT("of"),   LIT("on"),  LIT("or"),   LIT("per"), LIT("so"),
        LIT("than"),  LIT("the"), LIT("to"),   LIT("true"), LIT("was"), LIT("with"), LIT("yes")};
    str rest = str_trim(text), word;
    int words = 0;
    if (rest.n == 0 || rest.n > 60) return false;
    while (str_cut(&rest, ' ', &word)) {
        if (word.n == 0) continue;
        char buffer[64];
        if (++words > 3 || word.n < 2) return false;
        if (in_list(lower_into(word, buffer, sizeof buffer), FUNCTION_WORDS, 0, COUNT_OF(FUNCTION_WORDS))) return false;
        for (ptrdiff_t i = 0; i < word.n; i++)
            if (!byte_is_alpha(word.p[i]) && !(word.p[i] == '-' && i > 0 && i + 1 < word.n)) return false;
    }
    return true;
}
