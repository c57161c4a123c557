/* lex_internal.h - what the files of the lexer share. Not for other rooms: they read lex/token.h.
 *
 *     lex.c       the scan: a class per byte decides who looks closer
 *       lex_word.c      at letters: keywords, spelled numbers, errors      lex_name.c      names, paths, images, hosts
 *       lex_number.c    at digits: dates, versions, ports, sections, then  lex_quantity.c  units, intervals, nouns
 *       lex_sign.c      at < > = ^ ~ - / . : @ # : constraints, flags, paths
 *       lex_cue.c       words to the left and right, and what each word may mean
 *
 * Every handler gets the position where its token could begin and returns where the scan goes on, which is always
 * further right. Looking left never passes `floor`, the end of the last token, and never takes more than a constant
 * number of words of at most WORD_MAX bytes; looking right is bounded likewise or consumes what it read. So the whole
 * scan is linear.
 */
#ifndef ASSAY_LEX_LEX_INTERNAL_H
#define ASSAY_LEX_LEX_INTERNAL_H

#include "lex/token.h"

enum { WORD_MAX = 64 };

/* A view of a literal as an initialiser of static tables. */
#define LIT(literal)                                                                                                   \
    { (const uint8_t *)(literal), (ptrdiff_t)sizeof(literal) - 1 }

typedef struct lexer {
    arena *arena;
    const article *article; /* NULL for lex_text */
    str s;                  /* the block's text; positions below are offsets into it */
    uint32_t base;          /* of s.p[0] in the whole text */
    uint32_t block, sentence_at;
    uint32_t run_at, run_end;   /* runs of the block still ahead */
    ptrdiff_t code_lo, code_hi; /* the current or next inline code run */
    ptrdiff_t floor;            /* end of the last token of this block */
    bool code, heading, comma_decimal;
    bool number_in_code; /* whether the number being read stands in code */
    bool failed;
    VEC(token) tokens;
    size_t block_first; /* first token of this block */
    token spare;        /* written to, never read, when memory is gone */
} lexer;

typedef struct range {
    ptrdiff_t lo, hi;
} range;
static inline str range_str(const lexer *x, range r) { return str_slice(x->s, r.lo, r.hi); }
static inline bool range_empty(range r) { return r.lo >= r.hi; }

/* ---- lex.c ---- */

/* What a byte may begin: nothing, a word, a number, a name (underscore), a non-ASCII character, a token with a sign. */
enum byte_class { B_SKIP, B_BLANK, B_LOWER, B_UPPER, B_DIGIT, B_NAME, B_HIGH, B_SIGN };
extern const uint8_t lex_class[256];
static inline uint8_t at(const lexer *x, ptrdiff_t i) { return i >= 0 && i < x->s.n ? x->s.p[i] : 0; }
bool lex_in_code(lexer *x, ptrdiff_t i);
/* Appends a token [lo, hi), clipped to the floor, which moves to hi. Never NULL. core is the whole text, the other
 * ranges are empty, until the caller says otherwise. */
token *lex_emit(lexer *x, enum token_kind kind, ptrdiff_t lo, ptrdiff_t hi);
text_range lex_range(const lexer *x, range r);
/* The last token of this block, NULL when there is none. */
token *lex_last(lexer *x);
/* Offset in the block of a text offset. */
static inline ptrdiff_t lex_offset(const lexer *x, uint32_t text_offset) { return (ptrdiff_t)text_offset - x->base; }

/* ---- lex_cue.c ---- */

enum cue {
    CUE_STOP = 1 << 0,    /* function word, common verb: never part of a component's name, never a counted noun */
    CUE_NUMBER = 1 << 1,  /* one, twenty, hundred … */
    CUE_ORDINAL = 1 << 2, /* first, third */
    CUE_MONTH = 1 << 3,
    CUE_SECTION = 1 << 4,  /* figure, step, chapter, line, page */
    CUE_VERSION = 1 << 5,  /* version, release */
    CUE_PRODUCT = 1 << 6,  /* software that a plain integer versions: Debian 12, driver 580 */
    CUE_HARDWARE = 1 << 7, /* RTX 4090, Ryzen 9, RFC 8259: the number belongs to the name */
    CUE_PORT = 1 << 8,
    CUE_YEAR = 1 << 9,        /* in 2026, since 2024 */
    CUE_MODEL = 1 << 10,      /* model, parameter, LLM: "35B" before it is parameters */
    CUE_CONTEXT = 1 << 11,    /* context, window: "200k" before it is tokens */
    CUE_PART = 1 << 12,       /* toolkit, driver, server: may end a component's name */
    CUE_DETERMINER = 1 << 13, /* more, other: stands before a counted noun, is no part of it */
    CUE_COMPOUND = 1 << 14,
    /* core, node, bit: counted in the singular before another noun */ CUE_BYTES =
        1 << 15,         /* page, block, packet: "64B" before it is bytes */
    CUE_ERROR = 1 << 16, /* status, code, signal, HTTP: a number behind it may be an error */
    CUE_LINK = 1 << 17,  /* is, was, to, at: may link a name or "version" with a number */
    CUE_BOUND = 1 << 18, /* about, least, most, over: ends a phrase that bounds a number */
    CUE_SPAN = 1 << 19   /* from, between */
};
/* What a word may mean, ASCII case ignored; 0 for most words. */
unsigned lex_cues(str w);
/* Length of one blank at i (space, tab, no-break, thin; a line end only outside code), 0 when none. */
ptrdiff_t lex_blank(const lexer *x, ptrdiff_t i);
/* Bytes of a hyphen that joins a number to its noun, "32-core": ASCII's, or a typographic one between a digit and a
 * letter. */
ptrdiff_t lex_hyphen(const lexer *x, ptrdiff_t i);
/* The word that ends right before `i` (no blanks skipped), or that begins at `i`: letters, digits, inner . _ + - #.
 * Empty when there is none, when it is longer than WORD_MAX, or when it would pass the floor. */
range lex_word_before(const lexer *x, ptrdiff_t i);
range lex_word_at(const lexer *x, ptrdiff_t i);
/* Start of the blanks that end at i (at most two), i itself when there are none; not below the floor. */
ptrdiff_t lex_blanks_before(const lexer *x, ptrdiff_t i);
/* Letters only. */
range lex_letters_at(const lexer *x, ptrdiff_t i);
/* Whether [i] begins a sentence as far as the bytes say: block start, or behind . ! ? : and a blank. */
bool lex_sentence_start(const lexer *x, ptrdiff_t i);
/* Code point at i and its length; 0 and 0 at the end. */
ptrdiff_t lex_code_point(const lexer *x, ptrdiff_t i, uint32_t *code);
/* Code point before i and its length. */
ptrdiff_t lex_code_before(const lexer *x, ptrdiff_t i, uint32_t *code);
/* No letter, digit or underscore at i. */
bool lex_boundary(const lexer *x, ptrdiff_t i);
/* Case-insensitive ASCII literal at i, ending at a word boundary: its length or 0. */
ptrdiff_t lex_literal(const lexer *x, ptrdiff_t i, str text);
/* 1–12 for a month's name or abbreviation with a capital, else 0. */
int lex_month(str w);

/* ---- lex_word.c, lex_name.c, lex_sign.c ---- */

ptrdiff_t lex_word(lexer *x, ptrdiff_t i);
ptrdiff_t lex_name(lexer *x, ptrdiff_t i);
ptrdiff_t lex_path(lexer *x, ptrdiff_t i);
ptrdiff_t lex_sign(lexer *x, ptrdiff_t i);
ptrdiff_t lex_high(lexer *x, ptrdiff_t i);
/* An IPv6 or MAC address at i, whose first hexadecimal digits a colon follows: end of its token, or 0. */
ptrdiff_t lex_colon_address(lexer *x, ptrdiff_t i);
/* URL from `i` (scheme or www.) on: its end. */
ptrdiff_t lex_url_end(const lexer *x, ptrdiff_t i);

/* ---- lex_ending.c: of a name [lo, hi) ---- */

/* Its last part has a file's extension, or it is a Makefile and the like. */
bool lex_is_file(const lexer *x, ptrdiff_t lo, ptrdiff_t hi);
/* It ends in a top-level domain and is no path. */
bool lex_is_domain(const lexer *x, ptrdiff_t lo, ptrdiff_t hi);
/* A folder that begins paths: src, etc, usr, docs … */
bool lex_is_root(str folder);
/* latest, main, stable … */
bool lex_is_tag(str tag);

/* ---- lex_number.c ---- */

ptrdiff_t lex_number(lexer *x, ptrdiff_t i);

/* ---- lex_date.c: 0 when it is none, else the end of the emitted token ---- */

ptrdiff_t lex_date(lexer *x, ptrdiff_t i, ptrdiff_t digits_end);
ptrdiff_t lex_time(lexer *x, ptrdiff_t i, ptrdiff_t digits_end);
ptrdiff_t lex_year(lexer *x, ptrdiff_t i, ptrdiff_t digits_end);

/* ---- lex_version.c ---- */

typedef struct component {
    range name;    /* empty when none is adjacent */
    ptrdiff_t lo;  /* where the whole mention begins: name, cue word or the version itself */
    bool cue;      /* "version", "release" stand before it, or a v */
    bool product;  /* the name's last word is CUE_PRODUCT */
    bool hardware; /* … CUE_HARDWARE */
    bool weak;     /* a colon, bracket, quote or equals sign stands between name and number */
    bool plain;    /* the name's only capital is the one that begins a sentence */
} component;
/* The component named in front of a version or model number at `i`. */
component lex_component(const lexer *x, ptrdiff_t i);
/* The ordinary word or identifier right before `i`, where lex_component found no name: what a full version belongs to.
 */
range lex_neighbour(lexer *x, ptrdiff_t i);
/* End of the version text that begins at `i` (digits or v + digits). *plus: a trailing '+' follows. */
ptrdiff_t lex_version_end(const lexer *x, ptrdiff_t i, bool code, bool *plus);
/* Emits a version [i, end) with its component; returns where the scan goes on. */
ptrdiff_t lex_version(lexer *x, ptrdiff_t i, const component *c);
/* A comparison operator at i: its length, 0 when none. */
ptrdiff_t lex_operator(const lexer *x, ptrdiff_t i, bool *constraint_only);
/* ">= 1.2, < 2" from the operator at `i` on, the component at [name]: end, or 0 when it is a bound of a quantity. */
ptrdiff_t lex_constraint(lexer *x, ptrdiff_t i, range name);

/* ---- lex_quantity.c ---- */

/* A number that was read: digits or words. */
typedef struct number {
    range text;
    decimal value;
    bool spelled, grouped;
} number;
/* Digits at i (grouping, fraction, exponent, vulgar fraction); false when there are none. */
bool lex_read_number(const lexer *x, ptrdiff_t i, number *out);
bool lex_read_words(const lexer *x, ptrdiff_t i, number *out);
/* Emits the quantity or bare number that begins with `n`; returns where the scan goes on. */
ptrdiff_t lex_quantity(lexer *x, const number *n);

/* "at least", "up to" … in front of `lo`: where the phrase begins (`lo` when there is none), and its bound. */
ptrdiff_t lex_bound_words(const lexer *x, ptrdiff_t lo, enum bound *bound, bool *strict);

/* ---- lex_error.c ---- */

/* Error output that begins with the word [i, end): end of the emitted token, or 0. */
ptrdiff_t lex_error_word(lexer *x, ptrdiff_t i, ptrdiff_t end);
/* Exit status, HTTP status or signal number at [i, end): likewise. */
ptrdiff_t lex_error_number(lexer *x, ptrdiff_t i, ptrdiff_t end);
/* ":12:5: error:" behind a path that ends at i: likewise. */
ptrdiff_t lex_error_place(lexer *x, ptrdiff_t i);

#endif
