/* token.h - the technical lexer: what in a text is a name, a path, a version, a date, a quantity.
 *
 *     article text ──► one left-to-right scan ──► tokens (non-overlapping, in order)
 *
 * Order is everything: addresses, paths, dates, identifiers and versions are recognised BEFORE quantities, so that
 * `B100`, `nvidia-driver-550`, `q4_K_M`, `sm_121`, `2026-05-18` and `/v1/` never become numbers with units. The signals
 * (version_refs, file_paths, concrete_numbers, error_lines) and the truth stage read the same tokens.
 *
 * A token says what stands there, not whether it is true or about us. Ranges are offsets into article.text; the lexer
 * runs over every leaf block: prose, headings, cells, inline code, code blocks, and over frontmatter values.
 */
#ifndef ASSAY_LEX_TOKEN_H
#define ASSAY_LEX_TOKEN_H

#include "article/article.h"
#include "lex/decimal.h"
#include "lex/units.h"

enum token_kind {
    TOKEN_URL, /* scheme://…, www.… */
    TOKEN_EMAIL,
    TOKEN_ADDRESS,    /* IPv4/IPv6, host:port, localhost:8080, :30001 with a cue word ("port 30001" is TOKEN_PORT) */
    TOKEN_PORT,       /* number introduced as a port: "port 30001", "ports 80 and 443" (two), -p 8080:80 */
    TOKEN_PATH,       /* /srv/models, ~/x, ./a/b, C:\x, src/base/str.c, Makefile-like names with an extension */
    TOKEN_DATE,       /* 2026-05-18, May 2026, 18 May 2026, 05/18/2026, Q3 2026; a bare year 1990–2099 after a cue */
    TOKEN_TIME,       /* 02:30, 14:05:09Z, 3 pm */
    TOKEN_VERSION,    /* v0.6.3, 13.0.2, 6.8.0-41, 24.04, 3.11+ …, with or without its component, see below */
    TOKEN_CONSTRAINT, /* >= 1.2, < 2 : a version range */
    TOKEN_IDENT,      /* mixed letters/digits/._-: B100, q4_K_M, sm_121, Qwen3.6-35B-A3B, nvidia-driver-550, RTX 4090 */
    TOKEN_IMAGE,      /* container image: vllm/vllm-openai:v0.17.0, caddy:2.8.4, name@sha256:… */
    TOKEN_QUANTITY,   /* number + unit or counted noun, interval, change, ratio, percentage, money */
    TOKEN_NUMBER,     /* bare number */
    TOKEN_ORDINAL,    /* 1st, third */
    TOKEN_SECTION,    /* "Section 3", "Figure 2", "step 4", "chapter 7", heading numbers "1. Setup" */
    TOKEN_FLAG,       /* --max-model-len, -ngl */
    TOKEN_ERROR,      /* quoted error output: errno text, exit status N, HTTP 4xx/5xx, compiler and traceback lines */
    TOKEN_KIND_COUNT
};

/* The bound a number was stated with. */
enum bound {
    BOUND_EXACT, /* "59.7 tok/s" */
    BOUND_ABOUT, /* ~, ≈, about, roughly, approximately, around, nearly, ca. */
    BOUND_MIN,   /* ≥, >=, at least, over, more than, "+" suffix ("3.11+") */
    BOUND_MAX    /* ≤, <=, at most, up to, under, below, less than */
};

enum token_flag {
    TOKEN_STRICT = 1 << 0,     /* MIN/MAX bound excludes the value itself: >, <, over, under, more than */
    TOKEN_INTERVAL = 1 << 1,   /* value … high: "10 to 15 %", "10–15 %", "between 10 and 15" */
    TOKEN_CHANGE = 1 << 2,     /* "from 120 ms to 45 ms": value → high, in that order */
    TOKEN_RATIO = 1 << 3,      /* "3.2x", "4 times", "2.5× faster" */
    TOKEN_SPELLED = 1 << 4,    /* "twenty cores" */
    TOKEN_COMPOUND = 1 << 5,   /* adjective: "128-core", "4.75-bit" */
    TOKEN_PLUS_MINUS = 1 << 6, /* "59.7 ± 0.4 tok/s": high holds the deviation */
    TOKEN_RATE = 1 << 7,       /* per something: unit is a rate */
    TOKEN_IN_CODE = 1 << 8,    /* inside inline code or a code block */
    TOKEN_PINNED = 1 << 9,     /* version glued to its component: image tag, package name, name==1.2, name/1.2, @1.2 */
    TOKEN_GROUPED = 1 << 10,   /* digits were grouped: 816 000, 127,600,748 */
    TOKEN_COUNTED = 1 << 11    /* unit is a counted noun, not a unit of measure: "two GPUs", "40 nodes" */
};

/* What the ranges hold, by kind (empty ranges lie at text.lo):
 *     VERSION     text: the version, its v, "+" or "or newer", "LTS"; the component only where it is glued (PINNED).
 *                 core: digits and suffixes. subject: the component, before text unless PINNED. bound MIN for "3.11+",
 *                 "at least Python 3.11".
 *     CONSTRAINT  text, core: operators and versions. subject: the component before them.
 *     IMAGE       text: name:tag. core: the tag or digest. subject: the name.
 *     IDENT       PINNED when a package's name ends in a version ("foo-driver-550", "python3.11"): core holds the
 * version, subject the name before it. subject of "user@host": the host. ADDRESS     core: the port where there is one
 * (value holds it too). subject: host or IP. PORT        text: with the word "port". core, value: the number. SECTION
 * core: the number. QUANTITY    text: bound, "from"/"between", currency, numbers, unit, "or more". core: the first
 * number's digits. unit_text: unit, currency sign or noun. subject: the noun counted. A noun that is a name of its own
 *                 ("8 A100 GPUs", "1x A100") lies behind text, and the name has its own IDENT token.
 *     NUMBER      fractions and ratios that are no quantities ("24/7", "16:9") have no valid value. */
typedef struct token {
    uint8_t kind;        /* enum token_kind */
    uint8_t bound;       /* enum bound */
    uint16_t flags;      /* enum token_flag */
    text_range text;     /* the whole token */
    text_range core;     /* the part that carries the value, inside text */
    text_range subject;  /* what it is about, as written next to it */
    uint32_t sentence;   /* index, or BLOCK_NONE in code blocks and outside sentences */
    uint32_t block;      /* leaf block */
    decimal value, high; /* QUANTITY, NUMBER, PORT, ADDRESS with port; high only with INTERVAL, CHANGE, PLUS_MINUS */
    unit_id unit; /* QUANTITY; UNIT_NONE otherwise. UNIT_COUNT and its rates: compare unit_noun_stem(unit_text) */
    text_range unit_text; /* the unit or counted noun as written ("articles per day" for a rate of counted nouns) */
} token;

typedef struct token_list {
    token *at;
    uint32_t n;
} token_list;

/* Lexes the whole article. Linear time; a token costs O(1) beyond its bytes. ERROR_MEMORY only. */
int lex_article(arena *a, const article *article, token_list *out, error *e);
/* Lexes any text (frontmatter values, test lines): ranges are offsets into `text`, sentence and block are BLOCK_NONE.
 */
int lex_text(arena *a, str text, bool code, token_list *out, error *e);
/* "version", "quantity" … */
const char *token_kind_name(enum token_kind kind);

#endif
