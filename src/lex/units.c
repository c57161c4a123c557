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

static unit_id spelling_find(const char *text, size_t n, bool after_number) {
    size_t lo = 0, hi = unit_spelling_count;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        const unit_spelling *s = &unit_spellings[mid];
        int order = strncmp(s->text, text, n);
        if (order == 0 && s->text[n] == 0) return s->after_number && !after_number ? UNIT_NONE : s->unit;
        if (order < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return UNIT_NONE;
}

static unit_id lookup_one(str word, bool after_number) {
    key k = {.n = 0};
    if (word.n == 0 || !key_add(&k, word)) return UNIT_NONE;
    unit_id unit = spelling_find(k.text, k.n, after_number);
    if (unit || k.n < 3) return unit;
    /* Words may begin with a capital ("Tokens per second"); abbreviations may not change case. */
    if (k.text[0] < 'A' || k.text[0] > 'Z') return UNIT_NONE;
    for (size_t i = 1; i < k.n; i++)
        if (k.text[i] < 'a' || k.text[i] > 'z') return UNIT_NONE;
    k.text[0] = (char)(k.text[0] | 0x20);
    return spelling_find(k.text, k.n, after_number);
}

static unit_id lookup_two(str first, const char *separator, str second) {
    key k = {.n = 0};
    if (first.n == 0 || second.n == 0) return UNIT_NONE;
    if (!key_add(&k, first) || !key_add(&k, str_from_cstr(separator)) || !key_add(&k, second)) return UNIT_NONE;
    return spelling_find(k.text, k.n, true);
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
    return code == 0xA0 || code == 0x2009 || code == 0x202F || code == 0x2007 ? n : 0;
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
    n += match_per(s, at + n, *unit, unit);
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

typedef struct plural {
    const char *plural, *singular;
} plural;

static const plural IRREGULAR[] = {{"addenda", "addendum"},
                                   {"analyses", "analysis"},
                                   {"axes", "axis"},
                                   {"bases", "basis"},
                                   {"buses", "bus"},
                                   {"caches", "cache"},
                                   {"campuses", "campus"},
                                   {"chassis", "chassis"},
                                   {"cpus", "cpu"},
                                   {"gpus", "gpu"},
                                   {"npus", "npu"},
                                   {"tpus", "tpu"},
                                   {"vcpus", "vcpu"},
                                   {"menus", "menu"},
                                   {"children", "child"},
                                   {"cookies", "cookie"},
                                   {"corpora", "corpus"},
                                   {"criteria", "criterion"},
                                   {"feet", "foot"},
                                   {"geese", "goose"},
                                   {"halves", "half"},
                                   {"headaches", "headache"},
                                   {"hypotheses", "hypothesis"},
                                   {"indices", "index"},
                                   {"indexes", "index"},
                                   {"knives", "knife"},
                                   {"leaves", "leaf"},
                                   {"lies", "lie"},
                                   {"lives", "life"},
                                   {"matrices", "matrix"},
                                   {"men", "man"},
                                   {"mice", "mouse"},
                                   {"movies", "movie"},
                                   {"people", "person"},
                                   {"series", "series"},
                                   {"shelves", "shelf"},
                                   {"species", "species"},
                                   {"statuses", "status"},
                                   {"teeth", "tooth"},
                                   {"ties", "tie"},
                                   {"vertices", "vertex"},
                                   {"viruses", "virus"},
                                   {"women", "woman"}};

/* Words in -s that are no plurals: function words, and verbs that are no nouns ("runs" and "reads" are both). */
static const char *const NO_PLURALS[] = {
    "accepts",   "across",     "adds",     "afterwards",  "allows",     "always",   "appears",   "applies",
    "arrives",   "as",         "becomes",  "begins",      "belongs",    "besides",  "brings",    "causes",
    "comes",     "consists",   "contains", "corresponds", "creates",    "defines",  "denotes",   "depends",
    "describes", "determines", "differs",  "disables",    "does",       "else",     "enables",   "ensures",
    "equals",    "exceeds",    "exists",   "expects",     "fails",      "fits",     "follows",   "gets",
    "gives",     "goes",       "handles",  "happens",     "has",        "helps",    "hereby",    "his",
    "holds",     "implies",    "includes", "indicates",   "is",         "its",      "keeps",     "less",
    "lets",      "loses",      "makes",    "means",       "minus",      "news",     "otherwise", "perhaps",
    "plus",      "prevents",   "proceeds", "produces",    "provides",   "puts",     "reaches",   "receives",
    "refers",    "remains",    "removes",  "replaces",    "represents", "requires", "says",      "seems",
    "sends",     "serves",     "sits",     "sometimes",   "specifies",  "stands",   "stays",     "succeeds",
    "suggests",  "supports",   "takes",    "tells",       "this",       "throws",   "thus",      "towards",
    "upwards",   "us",         "varies",   "versus",      "wants",      "was",      "whereas",   "yes",
    "yields"};

static bool in_list(str word, const char *const *list, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (str_eq(word, str_from_cstr(list[i]))) return true;
    return false;
}

static str lower_into(str word, char *out, size_t capacity) {
    size_t n = 0;
    for (ptrdiff_t i = 0; i < word.n && n < capacity; i++) out[n++] = (char)byte_lower(word.p[i]);
    return str_make(out, n);
}

static bool ends_any(str s, const char *const *endings, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (str_ends(s, str_from_cstr(endings[i]))) return true;
    return false;
}

bool unit_noun_plural(str word) {
    char buffer[32];
    if (word.n < 3 || word.n > (ptrdiff_t)sizeof buffer) return false;
    str w = lower_into(word, buffer, sizeof buffer);
    for (size_t i = 0; i < COUNT_OF(IRREGULAR); i++)
        if (str_eq(w, str_from_cstr(IRREGULAR[i].plural))) return true;
    static const char *const SINGULAR_ENDS[] = {"ss", "us", "is", "ous", "'s"};
    if (w.p[w.n - 1] != 's' || ends_any(w, SINGULAR_ENDS, COUNT_OF(SINGULAR_ENDS))) return false;
    return !in_list(w, NO_PLURALS, COUNT_OF(NO_PLURALS));
}

/* The singular of a lower-case word, in place. */
static str singular(char *p, str w) {
    for (size_t i = 0; i < COUNT_OF(IRREGULAR); i++) {
        if (!str_eq(w, str_from_cstr(IRREGULAR[i].plural))) continue;
        size_t n = strlen(IRREGULAR[i].singular);
        if (n <= (size_t)w.n + 1) return memcpy(p, IRREGULAR[i].singular, n), str_make(p, n);
    }
    static const char *const KEEP[] = {"ss", "us", "is", "news"};
    static const char *const CUT_ES[] = {"sses", "xes", "zzes", "ches", "shes"};
    if (w.n < 3 || w.p[w.n - 1] != 's' || ends_any(w, KEEP, COUNT_OF(KEEP))) return w;
    if (w.n > 4 && str_ends(w, STR("ies"))) {
        p[w.n - 3] = 'y';
        return str_slice(w, 0, w.n - 2);
    }
    return str_slice(w, 0, w.n - (ends_any(w, CUT_ES, COUNT_OF(CUT_ES)) ? 2 : 1));
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
    size_t lo = 0, hi = unit_noun_count;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        int order = str_cmp(str_from_cstr(unit_nouns[mid]), stem);
        if (order == 0) return true;
        if (order < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return false;
}

bool unit_noun_possible(str text) {
    static const char *const FUNCTION_WORDS[] = {"a",    "an",   "and",  "as",    "at",   "be",   "but", "by",
                                                 "for",  "from", "if",   "in",    "is",   "it",   "no",  "not",
                                                 "of",   "on",   "or",   "per",   "so",   "than", "the", "to",
                                                 "true", "was",  "with", "false", "null", "none", "yes"};
    str rest = str_trim(text), word;
    int words = 0;
    if (rest.n == 0 || rest.n > 60) return false;
    while (str_cut(&rest, ' ', &word)) {
        if (word.n == 0) continue;
        char buffer[64];
        if (++words > 3 || word.n < 2) return false;
        if (in_list(lower_into(word, buffer, sizeof buffer), FUNCTION_WORDS, COUNT_OF(FUNCTION_WORDS))) return false;
        for (ptrdiff_t i = 0; i < word.n; i++)
            if (!byte_is_alpha(word.p[i]) && !(word.p[i] == '-' && i > 0 && i + 1 < word.n)) return false;
    }
    return true;
}
