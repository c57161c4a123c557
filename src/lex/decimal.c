/* decimal.c - printed numbers to (digits, scale) and back.
 *
 * In: a view that should be one number, digits or English words. Out: an exact decimal.
 *
 *     [sign] int [sep frac] [vulgar] [e±exp]        int = d{1,3} (g d{3})* | d+      one grouping mark g throughout
 *
 * Invariant: |digits| < 10^18 and -100 <= scale <= 100, so that every comparison of two exact values fits 128 bits.
 * What does not fit sets `overflow`, and decimal_cmp takes it for equal to nothing that fits; who compares as doubles
 * (facts/reading/compare.c, to nine digits) takes 2^64 printed in full for what it is. Deliberately not here: which of
 * "1,5" and "1,500" a comma means is the caller's decision (the lexer looks at the document), and so are multipliers
 * such as k or M, which are decimal_shift.
 */
#include "lex/decimal.h"

#include "base/utf8.h"

#include <math.h>
#include <stdio.h>

enum { DIGITS_MAX = 18, SCALE_MAX = 100 };

static const int64_t POW10[19] = {1,
                                  10,
                                  100,
                                  1000,
                                  10000,
                                  100000,
                                  1000000,
                                  10000000,
                                  100000000,
                                  1000000000,
                                  10000000000,
                                  100000000000,
                                  1000000000000,
                                  10000000000000,
                                  100000000000000,
                                  1000000000000000,
                                  10000000000000000,
                                  100000000000000000,
                                  1000000000000000000};

/* 10^e: exact up to 22, then correct to a few units in the last place, which the callers allow for. */
static double pow10_f64(int e) {
    static const double EXACT[23] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                     1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    return e <= 22 ? EXACT[e] : pow(10, e);
}

/* ---- reading digits --------------------------------------------------------------------------------------------- */

/* Digits as they arrive: the first 18 significant ones are kept, the rest only move the scale. */
typedef struct reader {
    int64_t digits;
    int kept;       /* significant digits in `digits` */
    ptrdiff_t lost; /* significant digits dropped */
    ptrdiff_t scale;
} reader;

static void reader_digit(reader *r, uint8_t c, bool fraction) {
    if (r->kept == DIGITS_MAX) {
        r->lost++;
        if (!fraction) r->scale--;
        return;
    }
    r->digits = r->digits * 10 + (c - '0');
    if (r->digits) r->kept++;
    if (fraction) r->scale++;
}

static decimal reader_finish(const reader *r, bool negative, int64_t exponent) {
    int64_t scale = (int64_t)r->scale - exponent;
    decimal d = {.digits = negative ? -r->digits : r->digits, .valid = true, .overflow = r->lost > 0};
    if (scale > SCALE_MAX || scale < -SCALE_MAX) {
        d.overflow = true;
        scale = scale > 0 ? SCALE_MAX : -SCALE_MAX;
    }
    d.scale = (int8_t)scale;
    return d;
}

/* Length of a grouping mark at `at`: comma or point (the one that is not the decimal mark), apostrophes, underscore,
 * ASCII and Unicode spaces that never stand inside a word: U+00A0, 2007, 2008, 2009, 200A, 202F. 0 when none. */
static ptrdiff_t group_mark(str s, ptrdiff_t at, uint8_t decimal_mark) {
    uint8_t c = s.p[at];
    if (c == '_' || c == '\'' || c == ' ') return 1;
    if ((c == ',' || c == '.') && c != decimal_mark) return 1;
    if (c < 0x80) return 0;
    uint32_t code;
    ptrdiff_t n = utf8_decode(s, at, &code);
    bool mark = code == 0xA0 || (code >= 0x2007 && code <= 0x200A) || code == 0x202F || code == 0x2019;
    return mark ? n : 0;
}

static bool three_digits(str s, ptrdiff_t at) {
    return at + 3 <= s.n && byte_is_digit(s.p[at]) && byte_is_digit(s.p[at + 1]) && byte_is_digit(s.p[at + 2]) &&
           (at + 3 == s.n || !byte_is_digit(s.p[at + 3]));
}

static ptrdiff_t read_integer(str s, ptrdiff_t at, uint8_t decimal_mark, reader *r) {
    ptrdiff_t start = at;
    while (at < s.n && byte_is_digit(s.p[at])) reader_digit(r, s.p[at++], false);
    if (at - start > 3 || at == start || at >= s.n) return at;
    ptrdiff_t mark = group_mark(s, at, decimal_mark), first = at;
    while (mark && at + mark < s.n && memcmp(s.p + at, s.p + first, (size_t)mark) == 0 && three_digits(s, at + mark)) {
        for (ptrdiff_t i = 0; i < 3; i++) reader_digit(r, s.p[at + mark + i], false);
        at += mark + 3;
        if (at >= s.n) break;
        if (group_mark(s, at, decimal_mark) != mark) break;
    }
    return at;
}

static ptrdiff_t skip_sign(str s, bool *negative) {
    if (s.n == 0) return 0;
    *negative = s.p[0] == '-';
    if (s.p[0] == '-' || s.p[0] == '+') return 1;
    if (s.p[0] < 0x80) return 0;
    uint32_t code;
    ptrdiff_t n = utf8_decode(s, 0, &code);
    *negative = code == 0x2212 || (code >= 0x2010 && code <= 0x2013) || code == 0xFE63 || code == 0xFF0D;
    return *negative ? n : 0;
}

static bool vulgar_fraction(uint32_t code, int64_t *digits, int *scale) {
    static const struct {
        uint32_t code;
        int64_t digits;
        int scale;
    } VULGAR[] = {{0xBC, 25, 2},    {0xBD, 5, 1},     {0xBE, 75, 2},    {0x2153, 333, 3}, {0x2154, 667, 3},
                  {0x2155, 2, 1},   {0x2156, 4, 1},   {0x2157, 6, 1},   {0x2158, 8, 1},   {0x2159, 167, 3},
                  {0x215A, 833, 3}, {0x215B, 125, 3}, {0x215C, 375, 3}, {0x215D, 625, 3}, {0x215E, 875, 3}};
    for (size_t i = 0; i < COUNT_OF(VULGAR); i++)
        if (VULGAR[i].code == code) return *digits = VULGAR[i].digits, *scale = VULGAR[i].scale, true;
    return false;
}

static bool read_vulgar(str s, ptrdiff_t at, bool negative, const reader *r, decimal *out) {
    uint32_t code;
    int64_t digits;
    int scale;
    if (s.p[at] < 0x80 || at + utf8_decode(s, at, &code) != s.n || !vulgar_fraction(code, &digits, &scale))
        return false;
    if (r->lost || r->kept > DIGITS_MAX - scale) return false;
    digits += r->digits * POW10[scale];
    *out = decimal_make(negative ? -digits : digits, scale);
    return true;
}

/* The exponent behind e or E, saturated far outside what a scale holds. */
static bool read_exponent(str s, ptrdiff_t at, int64_t *exponent) {
    bool negative = false;
    if (at < s.n && (s.p[at] == '-' || s.p[at] == '+')) negative = s.p[at++] == '-';
    if (at == s.n) return false;
    int64_t e = 0;
    for (; at < s.n; at++) {
        if (!byte_is_digit(s.p[at])) return false;
        if (e < 100000) e = e * 10 + (s.p[at] - '0');
    }
    *exponent = negative ? -e : e;
    return true;
}

bool decimal_parse(str s, bool comma_decimal, decimal *out) {
    *out = (decimal){0};
    const uint8_t mark = comma_decimal ? ',' : '.';
    bool negative = false;
    reader r = {0};
    ptrdiff_t start = skip_sign(s, &negative), at = read_integer(s, start, mark, &r);
    bool digits = at > start;
    if (at < s.n && s.p[at] >= 0x80) return read_vulgar(s, at, negative, &r, out);
    if (at < s.n && s.p[at] == mark) {
        ptrdiff_t fraction = ++at;
        while (at < s.n && byte_is_digit(s.p[at])) reader_digit(&r, s.p[at++], true);
        if (at == fraction) return false;
        digits = true;
    }
    int64_t exponent = 0;
    if (!digits) return false;
    if (at < s.n && (s.p[at] | 0x20) == 'e') {
        if (!read_exponent(s, at + 1, &exponent)) return false;
        at = s.n;
    }
    if (at != s.n) return false;
    *out = reader_finish(&r, negative, exponent);
    return true;
}

/* ---- reading words ---------------------------------------------------------------------------------------------- */

static int word_value(str w) {
    static const char *const SMALL[] = {
        "zero", "one",    "two",    "three",    "four",     "five",    "six",     "seven",     "eight",    "nine",
        "ten",  "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
    static const char *const TENS[] = {"twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"};
    for (size_t i = 0; i < COUNT_OF(SMALL); i++)
        if (str_eq_nocase(w, str_from_cstr(SMALL[i]))) return (int)i;
    for (size_t i = 0; i < COUNT_OF(TENS); i++)
        if (str_eq_nocase(w, str_from_cstr(TENS[i]))) return (int)(20 + 10 * i);
    return -1;
}

static int word_power(str w) {
    if (str_eq_nocase(w, STR("thousand"))) return 3;
    if (str_eq_nocase(w, STR("million"))) return 6;
    if (str_eq_nocase(w, STR("billion"))) return 9;
    return str_eq_nocase(w, STR("trillion")) ? 12 : 0;
}

static bool next_word(str *rest, str *word) {
    ptrdiff_t at = 0;
    while (at < rest->n && (byte_is_space(rest->p[at]) || rest->p[at] == '-')) at++;
    ptrdiff_t end = at;
    while (end < rest->n && byte_is_alpha(rest->p[end])) end++;
    *word = str_slice(*rest, at, end);
    *rest = str_slice(*rest, end, rest->n);
    return word->n > 0;
}

/* State of one cardinal: `total` whole powers so far, `part` the hundreds being built, `last` the size of the last
 * small number (so that "one two" and "ten twenty" are refused). */
typedef struct words {
    int64_t total, part;
    int power; /* of the last multiplier, 0 = none yet: the next one must be smaller */
    int last;  /* 0 nothing, 1 units, 2 tens, 3 hundred, 4 power */
    bool half, article, any;
} words;

static bool words_add_small(words *w, int value) {
    if (w->article || w->last == 1 || (w->last == 2 && (value >= 10 || value == 0))) return false;
    if (w->any && value == 0) return false;
    w->part += value;
    w->last = value >= 20 ? 2 : 1;
    return w->any = true;
}

static bool words_add(words *w, str word, bool after_and) {
    int value = word_value(word), power = word_power(word);
    if (value >= 0) return words_add_small(w, value);
    if (str_eq_nocase(word, STR("hundred"))) {
        if (w->part >= 100 || w->last > 2) return false;
        w->part = (w->part ? w->part : 1) * 100;
        w->article = false;
        w->last = 3;
        return (w->any = true);
    }
    if (str_eq_nocase(word, STR("dozen"))) {
        if (w->last > 2 || w->part > 99) return false;
        w->part = (w->part ? w->part : 1) * 12;
        w->article = false;
        w->last = 1;
        return (w->any = true);
    }
    if (power) {
        if (w->power && power >= w->power) return false;
        if (w->last == 4 || after_and) return false;
        w->total += (w->part ? w->part : 1) * POW10[power];
        w->part = 0;
        w->power = power;
        w->last = 4;
        w->article = false;
        return (w->any = true);
    }
    return false;
}

static decimal words_finish(const words *w) {
    if (w->half) return decimal_make((w->total + w->part) * 10 + 5, 1);
    if (w->total && w->part == 0) { /* "two million": the zeros were not counted out */
        int64_t digits = w->total;
        int scale = 0;
        while (scale > -w->power) digits /= 10, scale--;
        return decimal_make(digits, scale);
    }
    return decimal_make(w->total + w->part, 0);
}

bool decimal_parse_words(str text, decimal *out) {
    *out = (decimal){0};
    str rest = text, word;
    words w = {0};
    bool and_before = false;
    if (text.n == 0 || text.n > 200 || !byte_is_alpha(text.p[0]) || !byte_is_alpha(text.p[text.n - 1])) return false;
    for (bool first = true; next_word(&rest, &word); first = false) {
        if (w.half) { /* only "half a" may follow a half, and ends it */
            if (w.any || w.article || !(str_eq_nocase(word, STR("a")) || str_eq_nocase(word, STR("an"))) || rest.n) {
                return false;
            }
        } else if (str_eq_nocase(word, STR("half"))) {
            if (!first && !and_before) return false;
            w.half = true;
            w.article = false;
        } else if (str_eq_nocase(word, STR("and"))) {
            if (!w.any || and_before) return false;
            and_before = true;
            continue;
        } else if (str_eq_nocase(word, STR("a")) || str_eq_nocase(word, STR("an"))) {
            if (!first && !and_before) return false;
            w.article = true;
            continue;
        } else if (!words_add(&w, word, and_before) || (and_before && w.last < 1)) {
            return false;
        }
        and_before = false;
    }
    if (rest.n || and_before || w.article || !(w.any || w.half)) return false;
    *out = words_finish(&w);
    return true;
}

/* ---- arithmetic ------------------------------------------------------------------------------------------------- */

decimal decimal_make(int64_t digits, int scale) {
    decimal d = {.digits = digits, .valid = true};
    while (d.digits <= -POW10[DIGITS_MAX] || d.digits >= POW10[DIGITS_MAX]) {
        d.digits /= 10;
        d.overflow = true;
        scale--;
    }
    if (scale > SCALE_MAX || scale < -SCALE_MAX) d.overflow = true;
    d.scale = (int8_t)(scale > SCALE_MAX ? SCALE_MAX : scale < -SCALE_MAX ? -SCALE_MAX : scale);
    return d;
}

decimal decimal_shift(decimal d, int power) {
    decimal shifted = decimal_make(d.digits, d.scale - power);
    shifted.valid = d.valid;
    shifted.overflow |= d.overflow;
    return shifted;
}

double decimal_to_f64(decimal d) {
    if (!d.valid) return 0;
    return d.scale >= 0 ? (double)d.digits / pow10_f64(d.scale) : (double)d.digits * pow10_f64(-d.scale);
}

static int sign_of(bool greater, bool less) { return (int)greater - (int)less; }

int decimal_cmp(decimal a, decimal b) {
    if (a.overflow || b.overflow) {
        double x = decimal_to_f64(a), y = decimal_to_f64(b);
        if (x != y) return sign_of(x > y, x < y);
        if (a.overflow != b.overflow) return a.overflow ? 1 : -1;
        if (a.scale != b.scale) return sign_of(a.scale > b.scale, a.scale < b.scale);
        return sign_of(a.digits > b.digits, a.digits < b.digits);
    }
    if (a.digits == 0 || b.digits == 0 || (a.digits < 0) != (b.digits < 0)) {
        int sa = sign_of(a.digits > 0, a.digits < 0), sb = sign_of(b.digits > 0, b.digits < 0);
        return sign_of(sa > sb, sa < sb);
    }
    /* Bring both to the finer scale. Beyond 18 places apart the coarser one, being at least one of its units, is the
     * larger in size: 10^18 units of the finer scale exceed any digits. */
    int apart = a.scale - b.scale, size = a.digits > 0 ? 1 : -1;
    if (apart > DIGITS_MAX) return -size;
    if (apart < -DIGITS_MAX) return size;
    __int128 x = a.digits, y = b.digits;
    if (apart > 0) y *= POW10[apart];
    if (apart < 0) x *= POW10[-apart];
    return sign_of(x > y, x < y);
}

double decimal_half_unit(decimal d) { return d.scale >= 0 ? 0.5 / pow10_f64(d.scale) : 0.5 * pow10_f64(-d.scale); }

/* ---- writing ---------------------------------------------------------------------------------------------------- */

static char *put(char *p, char byte, ptrdiff_t count) {
    while (count-- > 0) *p++ = byte;
    return p;
}

static char *put_digits(char *p, const char *digits, ptrdiff_t n) {
    memcpy(p, digits, (size_t)n);
    return p + n;
}

/* Longest forms: sign + 18 digits, sign + "0." + 20 places, sign + 18 digits + "e-100": all below 32. */
const char *decimal_text(decimal d, char out[32]) {
    char digits[24], *p = out;
    ptrdiff_t n = snprintf(digits, sizeof digits, "%lld", (long long)(d.digits < 0 ? -d.digits : d.digits));
    ptrdiff_t scale = d.scale;
    if (d.digits < 0) *p++ = '-';
    if (!d.valid) {
        p = put(out, '?', 1);
    } else if (scale <= 0 && n - scale <= DIGITS_MAX) {
        p = put(put_digits(p, digits, n), '0', d.digits ? -scale : 0);
    } else if (scale > 0 && scale < n) {
        p = put(put_digits(p, digits, n - scale), '.', 1);
        p = put_digits(p, digits + n - scale, scale);
    } else if (scale > 0 && scale <= 20) {
        p = put_digits(put(put(put(p, '0', 1), '.', 1), '0', scale - n), digits, n);
    } else {
        p += snprintf(put_digits(p, digits, n), 6, "e%d", (int)(int8_t)-scale) + n;
    }
    *p = 0;
    return out;
}
