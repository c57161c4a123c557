/* pretokenize.c - the scanners.
 *
 * In: a text and the place where a word begins. Out: the place where it ends.
 * Each alternative of the expressions stands in the code in their order. Greedy runs are loops over classes; the only
 * backtracking that the expressions need is worked out beforehand:
 *   \s*[\r\n]+      ends behind the last newline of a run of white space
 *   \s+(?!\S)       leaves the run's last character to the next word, unless the text ends there
 *   U*L+ (tekken)   where no lower-case run follows: ends behind the last character of U* that is also in L
 */
#include "lm/pretokenize.h"

#include "base/utf8.h"

#define BIT(class) (1u << (class))
enum {
    LETTERS = BIT(CLASS_UPPER) | BIT(CLASS_LOWER) | BIT(CLASS_LETTER),
    MARKS = BIT(CLASS_MARK),
    NUMBERS = BIT(CLASS_NUMBER),
    NEWLINES = BIT(CLASS_NEWLINE),
    SPACES = BIT(CLASS_SPACE) | BIT(CLASS_NEWLINE),
    OTHERS = BIT(CLASS_OTHER),
    TEKKEN_UPPER = BIT(CLASS_UPPER) | BIT(CLASS_LETTER) | BIT(CLASS_MARK),
    TEKKEN_LOWER = BIT(CLASS_LOWER) | BIT(CLASS_LETTER) | BIT(CLASS_MARK),
};

typedef struct scan {
    const unicode_classes *u;
    const uint8_t *ascii; /* classes of the code points below 256 */
    str text;
} scan;

/* The bit of the class of the character at `i`, and where the next one begins; 0 at the end of the text. */
static inline unsigned peek(const scan *s, ptrdiff_t i, ptrdiff_t *next) {
    if (i >= s->text.n) return 0;
    uint8_t byte = s->text.p[i];
    if (byte < 0x80) {
        *next = i + 1;
        return BIT(s->ascii[byte]);
    }
    uint32_t code;
    *next = i + utf8_decode(s->text, i, &code);
    return BIT(unicode_class_of(s->u, code));
}

/* End of the run of characters of the classes in `mask` that begins at `i`. */
static inline ptrdiff_t run(const scan *s, ptrdiff_t i, unsigned mask) {
    ptrdiff_t next = i;
    while (peek(s, i, &next) & mask) i = next;
    return i;
}

static ptrdiff_t run_of_up_to(const scan *s, ptrdiff_t i, unsigned mask, int limit) {
    ptrdiff_t next = i;
    while (limit-- > 0 && peek(s, i, &next) & mask) i = next;
    return i;
}

/* 's 't 're 've 'm 'll 'd behind the apostrophe at `at`: its end, or 0. Case-insensitive matching is Unicode's, by
 * which U+017F LONG S is an s. */
static ptrdiff_t contraction(const scan *s, ptrdiff_t at, bool any_case) {
    const uint8_t *p = s->text.p + at + 1;
    ptrdiff_t left = s->text.n - at - 1;
    if (left < 1) return 0;
    uint8_t fold = any_case ? 0x20 : 0, a = p[0] | fold, b = left > 1 ? p[1] | fold : 0;
    if (a == 's' || a == 't' || a == 'm' || a == 'd') return at + 2;
    if ((a == 'r' && b == 'e') || (a == 'v' && b == 'e') || (a == 'l' && b == 'l')) return at + 3;
    if (any_case && left > 1 && p[0] == 0xc5 && p[1] == 0xbf) return at + 3;
    return 0;
}

/* The tail of the later expressions: \s*[\r\n]+|\s+(?!\S)|\s+ at a white-space character; without `lines` only the
 * last two. */
static ptrdiff_t white_space(const scan *s, ptrdiff_t at, bool lines) {
    ptrdiff_t i = at, next = at, last = at, behind_newline = 0;
    for (unsigned bit; (bit = peek(s, i, &next)) & SPACES; i = next) {
        last = i;
        if (bit & NEWLINES) behind_newline = next;
    }
    if (lines && behind_newline) return behind_newline;
    if (i == s->text.n || last == at) return i;
    return last;
}

static ptrdiff_t word_gpt2(const scan *s, ptrdiff_t at) {
    if (s->text.p[at] == '\'') {
        ptrdiff_t end = contraction(s, at, false);
        if (end) return end;
    }
    ptrdiff_t start = at + (s->text.p[at] == ' '), next = start;
    unsigned bit = peek(s, start, &next);
    if (bit & LETTERS) return run(s, next, LETTERS);
    if (bit & NUMBERS) return run(s, next, NUMBERS);
    if (bit & (OTHERS | MARKS)) return run(s, next, OTHERS | MARKS);
    return white_space(s, at, false);
}

/*  ?[^\s\p{L}\p{N}]+[\r\n]* - the end, or 0 where none begins. */
static ptrdiff_t punctuation(const scan *s, ptrdiff_t at, unsigned mask, bool slashes) {
    ptrdiff_t start = at + (s->text.p[at] == ' '), end = run(s, start, mask);
    if (end == start) return 0;
    while (end < s->text.n && (s->text.p[end] == '\r' || s->text.p[end] == '\n' || (slashes && s->text.p[end] == '/')))
        end++;
    return end;
}

static ptrdiff_t word_llama(const scan *s, ptrdiff_t at, int digits, unsigned word_mask) {
    if (s->text.p[at] == '\'') {
        ptrdiff_t end = contraction(s, at, true);
        if (end) return end;
    }
    ptrdiff_t next = at, after = at;
    unsigned bit = peek(s, at, &next);
    if (bit & word_mask) return run(s, next, word_mask);
    if (bit & NUMBERS) return run_of_up_to(s, next, NUMBERS, digits - 1);
    if (!(bit & NEWLINES) && peek(s, next, &after) & word_mask) return run(s, after, word_mask);
    ptrdiff_t end = punctuation(s, at, (OTHERS | MARKS) & ~word_mask, false);
    return end ? end : white_space(s, at, true);
}

/* U*L+ from `at`: its end, or 0. */
static ptrdiff_t tekken_mixed(const scan *s, ptrdiff_t at) {
    ptrdiff_t i = at, next = at, behind_both = 0;
    unsigned bit;
    for (; (bit = peek(s, i, &next)) & TEKKEN_UPPER; i = next)
        if (bit & TEKKEN_LOWER) behind_both = next;
    if (bit & TEKKEN_LOWER) return run(s, next, TEKKEN_LOWER);
    return behind_both;
}

static ptrdiff_t word_tekken(const scan *s, ptrdiff_t at) {
    ptrdiff_t next = at, end;
    unsigned bit = peek(s, at, &next);
    bool may_lead = !(bit & (LETTERS | NUMBERS | NEWLINES)); /* [^\r\n\p{L}\p{N}]? */
    if (may_lead && (end = tekken_mixed(s, next))) return end;
    if ((end = tekken_mixed(s, at))) return end;
    if (may_lead && (end = run(s, next, TEKKEN_UPPER)) > next) return end;
    if ((end = run(s, at, TEKKEN_UPPER)) > at) return end;
    if (bit & NUMBERS) return next;
    end = punctuation(s, at, OTHERS | MARKS, true);
    return end ? end : white_space(s, at, true);
}

ptrdiff_t pretokenize_word(const unicode_classes *u, enum pretokenizer kind, str text, ptrdiff_t at) {
    scan s = {.u = u, .ascii = u->pages[0], .text = text};
    switch (kind) {
    case PRETOKENIZE_GPT2: return word_gpt2(&s, at);
    case PRETOKENIZE_LLAMA3: return word_llama(&s, at, 3, LETTERS);
    case PRETOKENIZE_QWEN2: return word_llama(&s, at, 1, LETTERS);
    case PRETOKENIZE_QWEN35: return word_llama(&s, at, 1, LETTERS | MARKS);
    case PRETOKENIZE_TEKKEN: return word_tekken(&s, at);
    }
    return text.n;
}

bool pretokenizer_of(str name, enum pretokenizer *out) {
    static const struct {
        const char *name;
        enum pretokenizer kind;
    } known[] = {
        {"gpt-2", PRETOKENIZE_GPT2},
        {"gpt2", PRETOKENIZE_GPT2},
        {"llama-bpe", PRETOKENIZE_LLAMA3},
        {"llama3", PRETOKENIZE_LLAMA3},
        {"llama-v3", PRETOKENIZE_LLAMA3},
        {"qwen2", PRETOKENIZE_QWEN2},
        {"deepseek-r1-qwen", PRETOKENIZE_QWEN2},
        {"qwen35", PRETOKENIZE_QWEN35},
        {"tekken", PRETOKENIZE_TEKKEN},
    };
    for (size_t i = 0; i < COUNT_OF(known); i++)
        if (str_eq(name, str_from_cstr(known[i].name))) {
            *out = known[i].kind;
            return true;
        }
    return false;
}
