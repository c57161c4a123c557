/* article.h - one article, parsed: what every later stage reads and none changes.
 *
 *     source bytes ──► frontmatter fields                         (YAML, TOML)
 *                 └──► blocks ──► text + runs ──► sentences ──► words
 *
 * THE TEXT BUFFER. The words of an article do not lie in one piece in its source: emphasis marks, link targets,
 * entities, list markers and quote markers stand between them. So every leaf block (paragraph, heading, table cell,
 * code block) is flattened into one buffer, `text`: blocks follow each other, each ended by one '\n' that belongs to no
 * block's text range; inside a paragraph a soft or hard line break is one ' ', as are several blanks; an entity or
 * backslash escape is what it stands for; link and image targets, HTML tags, comments, characters without a shape (soft
 * hyphen, zero-width space) and markup characters are left out. Two parallel buffers of the same length serve the two
 * kinds of reader:
 *
 *     source  "run `make` **now** &mdash; it's [fast](/x)"
 *     text    "run make now — it's fast"                          for the lexer and the truth stage
 *     prose   "run \1\1\1\1 now — it's fast"                      for prose patterns: what is not the author's running
 *                                                                 text (inline code, autolinks, quoted matter: see
 *                                                                 below) is PROSE_MASK bytes, one for one
 *     runs    {text 0..4 ⇐ source 0..4} {text 4..8 ⇐ source 5..9, CODE} …
 *
 * All positions inside the article are TEXT offsets (`text_range`); `article_source_span` turns one into the source
 * bytes it came from: from the first byte's origin to the last byte's, so markup inside the range is included and the
 * reported bytes are always really there. Property: for a range inside one plain run the source bytes equal the text.
 *
 * In `prose` these are masked: code spans, autolinks and bare URLs, image texts, template tags ({{ }}, {% %}), whole
 * code, HTML and machinery blocks, and what stands between quotation marks (the marks stay). Block quotes are not
 * masked: ask BLOCK_IN_QUOTE / SENTENCE_QUOTE. Inline HTML and comments, footnote references and the "~~" of
 * struck-through text are in neither buffer. An HTML block is its tags (BLOCK_HTML, masked) and, between them, the
 * paragraphs, headings, tables and <pre> that a reader sees, which are blocks like any other.
 *
 * Immutable after article_parse; everything lives in the arena given to it, which must outlive the article. `source`
 * too must outlive it.
 */
#ifndef ASSAY_ARTICLE_ARTICLE_H
#define ASSAY_ARTICLE_ARTICLE_H

#include "base/arena.h"
#include "base/error.h"
#include "base/utf8.h"

#define PROSE_MASK 0x01              /* stands for a byte that is not running text, in `prose` */
#define ARTICLE_MAX_BYTES (1u << 20) /* default of article_options.max_bytes: 1 MiB */
#define BLOCK_NONE UINT32_MAX

typedef struct text_range {
    uint32_t lo, hi; /* half-open, offsets into article.text and article.prose */
} text_range;

/* ---- findings of the parser ----------------------------------------------------------------------------------- */

enum article_issue_kind {
    ISSUE_FRONTMATTER_MISSING,
    ISSUE_FRONTMATTER_MALFORMED,    /* not YAML/TOML; the message says why, fields were recovered line by line */
    ISSUE_FRONTMATTER_UNTERMINATED, /* opening fence without a closing one: the whole file is body */
    ISSUE_FRONTMATTER_DUPLICATE,    /* a key stands twice; the first counts */
    ISSUE_ARTICLE_FENCED,           /* the whole article stands in a code fence; a short preamble ("Here is the
                                       article:") or closing remark beside it does not count */
    ISSUE_INVALID_UTF8,             /* first invalid byte; such bytes are U+FFFD in `text` */
    ISSUE_NUL_BYTE,
    ISSUE_BINARY,  /* more than 1 in 16 of the first 8 KiB are control bytes: body is empty */
    ISSUE_NESTING, /* blocks nested deeper than the limit: what is deeper is kept as flat text */
    ISSUE_HIDDEN,  /* an element that a style or attribute hides: readers do not see its text, which is kept */
    ISSUE_KIND_COUNT
};

typedef struct article_issue {
    enum article_issue_kind kind;
    span where;  /* source bytes */
    str message; /* one line, no trailing full stop */
} article_issue;

/* ---- frontmatter ----------------------------------------------------------------------------------------------- */

enum frontmatter_format { FRONTMATTER_NONE, FRONTMATTER_YAML, FRONTMATTER_TOML };
enum frontmatter_status {
    FRONTMATTER_OK,
    FRONTMATTER_MISSING,
    FRONTMATTER_MALFORMED,
    FRONTMATTER_FENCED, /* found only after taking off a fence around the whole article */
    FRONTMATTER_UNTERMINATED
};
enum field_kind { FIELD_NULL, FIELD_TEXT, FIELD_LIST, FIELD_MAP };

typedef struct field {
    enum field_kind kind;
    bool recovered; /* read from a malformed block by the line-wise rule `key: rest of line` */
    str key;        /* dotted for nested maps: "author.name" */
    str value;      /* FIELD_TEXT: the scalar as text (dates and numbers too) */
    str *items;     /* FIELD_LIST: scalar items as text */
    uint32_t item_count;
    span key_where, where; /* source bytes of key and value */
} field;

/* ---- blocks ---------------------------------------------------------------------------------------------------- */

enum block_kind {
    BLOCK_DOCUMENT,
    BLOCK_PARAGRAPH,
    BLOCK_HEADING,
    BLOCK_QUOTE,
    BLOCK_LIST,
    BLOCK_ITEM,
    BLOCK_CODE,
    BLOCK_HTML, /* tags, scripts, styles: the text between them has blocks of its own */
    BLOCK_TABLE,
    BLOCK_ROW,
    BLOCK_CELL,
    BLOCK_RULE,
    BLOCK_FOOTNOTE,
    BLOCK_MACHINERY /* MDX import/export/JSX lines, Liquid/Hugo shortcodes standing alone, HTML comments: not prose, not
                       code */
};

enum block_flag {
    BLOCK_IN_QUOTE = 1 << 0, /* inside a block quote at any depth */
    BLOCK_IN_LIST = 1 << 1,
    BLOCK_ORDERED = 1 << 2,    /* list */
    BLOCK_TIGHT = 1 << 3,      /* list */
    BLOCK_FENCED = 1 << 4,     /* code block with a fence (else indented) */
    BLOCK_HEADER_ROW = 1 << 5, /* table row; cells of it carry it too */
    BLOCK_TASK = 1 << 6,       /* list item with a check box */
    BLOCK_UNCLOSED = 1 << 7    /* fenced code that the end of the file closes */
};

/* Blocks stand in document order (preorder): the children of block i are those in i+1 … end-1 whose parent is i.
 * Footnotes stand where they are defined; one defined inside a quote or list comes behind that container. */
typedef struct block {
    uint8_t kind;            /* enum block_kind */
    uint8_t level;           /* heading: 1–6; others: nesting depth, at most 255 */
    uint16_t flags;          /* enum block_flag */
    uint32_t parent;         /* BLOCK_NONE for the document, which is block 0 */
    uint32_t end;            /* one past its last descendant */
    uint32_t number;         /* ordered list: start; item: ordinal in its list from 0; row: index; cell: column */
    span where;              /* source bytes, line ends of its last line excluded */
    text_range text;         /* leaf blocks: their text; containers: from first to last leaf inside */
    span info;               /* fenced code: source bytes of the info string; else empty */
    uint32_t run_lo, run_hi; /* leaf: its runs */
    uint32_t sentence_lo, sentence_hi; /* sentences inside (containers: of all leaves inside) */
} block;

enum run_kind { RUN_PLAIN, RUN_CODE, RUN_ALT, RUN_AUTOLINK, RUN_ENTITY, RUN_ESCAPE, RUN_BREAK };
enum run_flag { RUN_EMPHASIS = 1, RUN_STRONG = 2, RUN_LINK = 4, RUN_STRUCK = 8 };

/* A piece of text and where it came from. PLAIN, CODE, AUTOLINK, ALT: equal length, byte for byte, unless `replaced`
 * (NUL or invalid byte shown as U+FFFD, line end inside inline code shown as ' ', half a tab before code shown as
 * spaces). ENTITY, ESCAPE, BREAK: unequal lengths; BREAK is a line end in a paragraph (with the next line's prefix), a
 * <br>, or a CRLF or lone CR inside a code block. The first four kinds are those whose bytes can be trusted: kind <=
 * RUN_AUTOLINK. */
typedef struct run {
    uint32_t text_lo, text_hi;
    uint32_t source_lo, source_hi;
    uint8_t kind;  /* enum run_kind */
    uint8_t flags; /* enum run_flag */
    bool replaced;
} run;

typedef struct article_link {
    text_range text; /* link text (or image alt) */
    span target;     /* source bytes of the destination where they could be located, else empty */
    str url;         /* destination, decoded */
    bool image;
} article_link;

/* ---- sentences and words --------------------------------------------------------------------------------------- */

enum sentence_flag {
    SENTENCE_PROSE = 1 << 0, /* in a paragraph (list items' paragraphs included), not in a quote */
    SENTENCE_HEADING = 1 << 1,
    SENTENCE_ITEM = 1 << 2, /* in a list item */
    SENTENCE_CELL = 1 << 3,
    SENTENCE_QUOTE = 1 << 4,    /* in a block quote */
    SENTENCE_FRAGMENT = 1 << 5, /* no terminal punctuation and (in a list item or cell): a label, not a sentence */
    SENTENCE_FOOTNOTE = 1 << 6
};

typedef struct sentence {
    text_range text; /* trimmed; includes its closing punctuation and quotes */
    uint32_t block;  /* the leaf block */
    uint32_t word_lo, word_hi;
    uint16_t flags;     /* enum sentence_flag */
    uint8_t terminator; /* '.', '!', '?', ':', or 0 */
} sentence;

enum word_flag {
    WORD_CODE = 1 << 0, /* inside inline code, an autolink, an image's text or a template tag */
    WORD_QUOTED = 1 << 1, /* inside quotation marks ("…", “…”, „…“, «…», ‘…’) closed within the paragraph */
    WORD_DIGIT = 1 << 2,   /* holds a digit */
    WORD_CAPITAL = 1 << 3, /* begins with an upper-case letter */
    WORD_ALLCAPS = 1 << 4, /* two or more letters, all upper-case */
    WORD_NON_ASCII = 1 << 5,
    WORD_PLAIN = 1 << 6 /* of letters and digits of ASCII alone, nothing wider right behind it */
};

/* Words by the rules of UAX #29 (default word boundaries, letters and digits), with technical joins kept together:
 * "don't", "v0.6.3", "35B-A3B" is one word only where UAX #29 says so; hyphenated compounds are separate words joined
 * by position (text[hi] == '-'). `hash` is str_hash of the word case-folded (utf8proc for non-ASCII; a typographic
 * apostrophe counts as '), so that vocabularies are compared by one integer. */
typedef struct word {
    uint32_t lo, hi; /* text offsets */
    uint64_t hash;
    uint16_t flags; /* enum word_flag */
} word;

/* ---- the article ----------------------------------------------------------------------------------------------- */

typedef struct article {
    str path;         /* as given, for messages */
    str source;       /* the bytes as they were read */
    line_table lines; /* as people and programs number them */

    enum frontmatter_format format;
    enum frontmatter_status status;
    span frontmatter; /* source bytes between the fences (fence lines excluded); empty when there is none */
    field *fields;
    uint32_t field_count;

    bool unwrapped; /* a fence around the whole article was taken off */
    span body;      /* source bytes of the body; inside the outer fence where unwrapped */

    str text, prose; /* equal length */
    block *blocks;
    uint32_t block_count;
    run *runs;
    uint32_t run_count;
    bool has_struck; /* is any of them struck out? */
    article_link *links;
    uint32_t link_count;
    sentence *sentences;
    uint32_t sentence_count;
    word *words;
    uint32_t word_count;       /* of all sentences; code blocks have none */
    uint32_t prose_word_count; /* words of SENTENCE_PROSE sentences, WORD_CODE included */
    article_issue *issues;
    uint32_t issue_count;
    text_range *quotes;
    uint32_t quote_count; /* quotation-mark pairs, in order, marks included */
    text_range *tags;
    uint32_t tag_count;  /* template tags and MDX expressions outside code, in order, braces included */
    size_t parser_bytes; /* what cmark-gfm held at most; freed by now: for measurements */
    span *comments;
    uint32_t comment_count; /* HTML and MDX comments, source bytes, whole: suppressions live here */
} article;

typedef struct article_options {
    size_t max_bytes;   /* 0 = ARTICLE_MAX_BYTES; larger input is ERROR_LIMIT */
    uint32_t max_depth; /* block nesting; 0 = 64 */
    bool keep_fence;    /* --no-unwrap: do not take off a fence around the whole article */
    bool mdx;           /* import/export/JSX lines are machinery; set for *.mdx, harmless elsewhere */
} article_options;

/* Parses `source` into `*out`. Prose is never an error: malformed frontmatter, binary files, invalid UTF-8 are issues.
 * Errors: ERROR_LIMIT (larger than max_bytes, or of markup so dense that its tree takes over 32 MiB + 128 bytes a byte:
 * prose takes 5 to 15), ERROR_MEMORY. Time is linear in the bytes, at worst (nothing but nested lists and blank lines)
 * about a second a MiB; guard.c says why. Thread-safe: any number of threads may parse at once (see
 * docs/ARCHITECTURE.md on cmark-gfm). `options` NULL = defaults. */
int article_parse(arena *a, str path, str source, const article_options *options, article *out, error *e);

/* Source bytes of a text range: see the top of this file. An empty range gives an empty span at its origin. */
span article_source_span(const article *art, text_range range);
/* Does the range begin or end in struck-through text (~~…~~, <del>, <s>)? */
bool article_is_struck(const article *art, text_range range);
/* The text of a range. */
static inline str article_text(const article *art, text_range range) {
    return str_slice(art->text, (ptrdiff_t)range.lo, (ptrdiff_t)range.hi);
}
/* Run, leaf block, sentence and word at a text offset by binary search; BLOCK_NONE between blocks / words. */
uint32_t article_run_at(const article *art, uint32_t text_offset);
/* The leaf block there; BLOCK_NONE on the line end that parts two blocks. */
uint32_t article_block_at(const article *art, uint32_t text_offset);
/* The sentence there; BLOCK_NONE in code, and on what parts two sentences. */
uint32_t article_sentence_at(const article *art, uint32_t text_offset);
/* The word there; BLOCK_NONE on blanks and punctuation. */
uint32_t article_word_at(const article *art, uint32_t text_offset);
/* The nearest ancestor of block `index` (itself included) of `kind`; BLOCK_NONE when there is none. */
uint32_t article_ancestor(const article *art, uint32_t index, enum block_kind kind);
/* The field of a key ("style"); NULL when there is none. */
const field *article_field(const article *art, const char *key);

#endif
