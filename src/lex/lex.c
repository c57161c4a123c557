/* lex.c - the scan: one pass over a text, a class per byte, a handler where a token may begin.
 *
 * In: an article's leaf blocks, or any text. Out: tokens in order, non-overlapping, inside their block.
 *
 *     most bytes of prose are lower-case words and blanks: lex_word skips them; only digits, capitals, signs and
 *     words with something in them (cue, slash, @, digit, underscore) cost more
 *
 * Invariants: a handler always moves right; token.text.lo >= the end of the token before it. Time is linear (see
 * lex_internal.h). Two things are decided for the whole text beforehand, in one cheap look at its commas: whether "1,5"
 * is one and a half. THE RULE: a comma between digits groups when exactly three digits follow each comma; otherwise it
 * is a decimal comma where a unit follows directly ("1,5 GB"). Where a text writes at least two such decimal commas and
 * no decimal points in front of units, its locale is taken to be comma-decimal, and bare "1,5" is a decimal too.
 */
#include "lex/lex_internal.h"

#define X2(a) a, a
#define X4(a) X2(a), X2(a)
#define X8(a) X4(a), X4(a)
#define X16(a) X8(a), X8(a)
#define X64(a) X16(a), X16(a), X16(a), X16(a)
#define L26(a) X16(a), X8(a), X2(a)

const uint8_t lex_class[256] = {
    X8(B_SKIP),     B_SKIP,         B_BLANK,        B_BLANK,        X2(B_SKIP),     B_BLANK, X2(B_SKIP), /* 0x00 */
    X16(B_SKIP),                                                                                         /* 0x10 */
    B_BLANK,        B_SKIP,         B_SKIP,         B_SIGN /* # */, B_SKIP,         B_SKIP,  B_SKIP,
    B_SKIP,         B_SKIP,         B_SKIP,         B_SKIP,         B_SIGN /* + */, B_SKIP,  B_SIGN /* - */,
    B_SIGN /* . */, B_SIGN /* / */, X8(B_DIGIT),    X2(B_DIGIT),    B_SIGN /* : */, B_SKIP,  B_SIGN /* < */,
    B_SIGN /* = */, B_SIGN /* > */, B_SKIP,         B_SIGN /* @ */, L26(B_UPPER),   B_SKIP,  B_SKIP,
    B_SKIP,         B_SIGN /* ^ */, B_NAME /* _ */, B_SKIP,         L26(B_LOWER),   B_SKIP,  B_SKIP,
    B_SKIP,         B_SIGN /* ~ */, B_SKIP,         X64(B_SKIP),    X64(B_HIGH)};

/* ---- tokens ----------------------------------------------------------------------------------------------------- */

bool lex_in_code(lexer *x, ptrdiff_t i) {
    while (!x->code && i >= x->code_hi && x->run_at < x->run_end) {
        const run *r = &x->article->runs[x->run_at++];
        if (r->kind != RUN_CODE) continue;
        x->code_lo = lex_offset(x, r->text_lo);
        x->code_hi = lex_offset(x, r->text_hi);
    }
    return x->code || (i >= x->code_lo && i < x->code_hi);
}

text_range lex_range(const lexer *x, range r) {
    if (r.hi < r.lo) r.hi = r.lo;
    return (text_range){x->base + (uint32_t)r.lo, x->base + (uint32_t)r.hi};
}

token *lex_last(lexer *x) { return x->tokens.n > x->block_first ? &x->tokens.at[x->tokens.n - 1] : NULL; }

static uint32_t sentence_of(lexer *x, uint32_t lo) {
    if (!x->article || x->code || x->block == BLOCK_NONE) return BLOCK_NONE;
    uint32_t end = x->article->blocks[x->block].sentence_hi;
    while (x->sentence_at < end && x->article->sentences[x->sentence_at].text.hi <= lo) x->sentence_at++;
    return x->sentence_at < end && x->article->sentences[x->sentence_at].text.lo <= lo ? x->sentence_at : BLOCK_NONE;
}

token *lex_emit(lexer *x, enum token_kind kind, ptrdiff_t lo, ptrdiff_t hi) {
    if (lo < x->floor) lo = x->floor;
    text_range text = lex_range(x, (range){lo, hi});
    token t = {
        .kind = (uint8_t)kind, .text = text, .core = text, .sentence = sentence_of(x, text.lo), .block = x->block};
    t.subject = t.unit_text = (text_range){text.lo, text.lo};
    if (lex_in_code(x, lo)) t.flags |= TOKEN_IN_CODE;
    x->floor = hi;
    if (!x->failed && !VEC_PUSH(x->arena, &x->tokens, t)) x->failed = true;
    return x->failed ? &x->spare : &x->tokens.at[x->tokens.n - 1];
}

/* ---- the scan --------------------------------------------------------------------------------------------------- */

static void scan(lexer *x) {
    const str s = x->s;
    ptrdiff_t i = 0;
    while (i < s.n && !x->failed) {
        switch (lex_class[s.p[i]]) {
        case B_SKIP:
        case B_BLANK: i++; break;
        case B_LOWER:
        case B_UPPER: i = lex_word(x, i); break;
        case B_DIGIT: i = lex_number(x, i); break;
        case B_NAME: i = lex_name(x, i); break;
        case B_HIGH: i = lex_high(x, i); break;
        default: i = lex_sign(x, i);
        }
    }
}

/* A text that writes decimal commas: see the rule at the top. */
static bool comma_locale(str s) {
    int commas = 0, points = 0;
    for (ptrdiff_t i = 1; i + 1 < s.n;) {
        const uint8_t *p = memchr(s.p + i, ',', (size_t)(s.n - i - 1));
        if (!p) break;
        i = p - s.p + 1;
        if (!byte_is_digit(p[-1]) || !byte_is_digit(p[1])) continue;
        ptrdiff_t digits = 0;
        while (i + digits < s.n && digits < 4 && byte_is_digit(s.p[i + digits])) digits++;
        if (digits == 3 || digits == 4) continue;
        unit_id unit;
        ptrdiff_t end = i + digits;
        commas += unit_match(s, end < s.n && s.p[end] == ' ' ? end + 1 : end, &unit) > 0;
    }
    for (ptrdiff_t i = 1; commas >= 2 && i + 1 < s.n;) {
        const uint8_t *p = memchr(s.p + i, '.', (size_t)(s.n - i - 1));
        if (!p) break;
        i = p - s.p + 1;
        if (!byte_is_digit(p[-1]) || !byte_is_digit(p[1])) continue;
        ptrdiff_t end = i;
        while (end < s.n && end < i + 4 && byte_is_digit(s.p[end])) end++;
        unit_id unit;
        points += end - i != 3 && unit_match(s, end < s.n && s.p[end] == ' ' ? end + 1 : end, &unit) > 0;
    }
    return commas >= 2 && points == 0;
}

static void lex_block(lexer *x, str text, text_range where, uint32_t index) {
    const block *b = index == BLOCK_NONE ? NULL : &x->article->blocks[index];
    x->s = str_slice(text, (ptrdiff_t)where.lo, (ptrdiff_t)where.hi);
    x->base = where.lo;
    x->block = index;
    x->floor = 0;
    x->block_first = x->tokens.n;
    x->code_lo = x->code_hi = 0;
    x->run_at = b ? b->run_lo : 0;
    x->run_end = b ? b->run_hi : 0;
    x->sentence_at = b ? b->sentence_lo : 0;
    x->heading = b && b->kind == BLOCK_HEADING;
    if (b) x->code = b->kind == BLOCK_CODE;
    scan(x);
}

static bool is_leaf(const block *b) {
    return b->kind == BLOCK_PARAGRAPH || b->kind == BLOCK_HEADING || b->kind == BLOCK_CELL || b->kind == BLOCK_CODE;
}

static int finish(const lexer *x, token_list *out, error *e) {
    *out = (token_list){x->tokens.at, (uint32_t)x->tokens.n};
    return x->failed ? error_set(e, ERROR_MEMORY, "out of memory while reading the tokens of an article") : 0;
}

/* What stands in a template tag is its argument: "{{< ref "/posts/old.md" >}}" and "{{< /note >}}" name no path. */
static void drop_paths_in_tags(const article *parsed, token_list *out) {
    uint32_t kept = 0, tag = 0;
    if (!parsed->tag_count) return;
    for (uint32_t i = 0; i < out->n; i++) {
        const token *t = &out->at[i];
        while (tag < parsed->tag_count && parsed->tags[tag].hi <= t->text.lo) tag++;
        bool inside = tag < parsed->tag_count && parsed->tags[tag].lo <= t->text.lo;
        if (!inside || t->kind != TOKEN_PATH) out->at[kept++] = *t;
    }
    out->n = kept;
}

int lex_article(arena *a, const article *parsed, token_list *out, error *e) {
    lexer x = {.arena = a, .article = parsed, .comma_decimal = comma_locale(parsed->text)};
    for (uint32_t i = 0; i < parsed->block_count && !x.failed; i++)
        if (is_leaf(&parsed->blocks[i])) lex_block(&x, parsed->text, parsed->blocks[i].text, i);
    int status = finish(&x, out, e);
    if (!status) drop_paths_in_tags(parsed, out);
    return status;
}

int lex_text(arena *a, str text, bool code, token_list *out, error *e) {
    if (text.n > (ptrdiff_t)UINT32_MAX - 1) return error_set(e, ERROR_LIMIT, "text of over 4 GiB");
    lexer x = {.arena = a, .code = code, .comma_decimal = comma_locale(text)};
    lex_block(&x, text, (text_range){0, (uint32_t)text.n}, BLOCK_NONE);
    return finish(&x, out, e);
}

const char *token_kind_name(enum token_kind kind) {
    static const char *const NAMES[TOKEN_KIND_COUNT] = {
        "url",        "email", "address",  "port",   "path",    "date",    "time", "version", "constraint",
        "identifier", "image", "quantity", "number", "ordinal", "section", "flag", "error"};
    return (unsigned)kind < TOKEN_KIND_COUNT ? NAMES[kind] : "unknown";
}
