/* prose.c - what in a leaf's text is not the author's running text.
 *
 * In: the text and runs of one leaf, just written. Out: bare URLs as AUTOLINK runs and links, masked; shortcodes
 * (Liquid, Hugo) and MDX expressions masked; quotation-mark pairs, masked after the sentences were split; comments.
 *
 * Each kind is looked for only when its first bytes occur somewhere in the body (has_… of the builder), so plain
 * prose pays nothing. Every search moves forward only. An opening without its end on the same leaf is plain text.
 */
#include "article/internal.h"

static str leaf_text(const builder *b, uint32_t lo) { return str_make(b->text + lo, b->n - lo); }

/* ---- bare URLs -------------------------------------------------------------------------------------------------- */

static bool is_url_byte(uint8_t c) { return c > ' ' && c != '<' && c != '>' && c != '"' && c != '`' && c != 0x7f; }

/* End of a URL's text by the GFM rules: trailing punctuation and unbalanced ')' do not belong to it. */
static uint32_t url_end(str s, uint32_t lo) {
    uint32_t hi = lo, open = 0, close = 0;
    while ((ptrdiff_t)hi < s.n && is_url_byte(s.p[hi])) {
        open += s.p[hi] == '(';
        close += s.p[hi] == ')';
        hi++;
    }
    while (hi > lo) {
        uint8_t c = s.p[hi - 1];
        if (c == ')' && close > open)
            close--;
        else if (c == 0 || !memchr("?!.,:*_~'\"", c, 10))
            break;
        hi--;
    }
    return hi;
}

static uint32_t scheme_start(str s, uint32_t colon) {
    static const char *const schemes[] = {"https", "http", "ftp"};
    for (size_t i = 0; i < COUNT_OF(schemes); i++) {
        str scheme = str_from_cstr(schemes[i]);
        if ((ptrdiff_t)colon < scheme.n) continue;
        uint32_t lo = colon - (uint32_t)scheme.n;
        if (str_eq_nocase(str_slice(s, lo, colon), scheme) && (lo == 0 || !byte_is_alnum(s.p[lo - 1]))) return lo;
    }
    return UINT32_MAX;
}

/* Cuts the leaf's runs at the ends of the URLs found and gives the plain pieces inside the new kind: one merge pass
 * over runs and URLs, both in order. */
static void cut_runs(builder *b, uint32_t run_lo, const text_range *urls, size_t count) {
    size_t n = b->runs.n - run_lo;
    run *old = ARENA_ARRAY(b->a, run, n);
    if (!old) {
        b->failed = true;
        return;
    }
    memcpy(old, b->runs.at + run_lo, n * sizeof *old);
    b->runs.n = run_lo;
    size_t url = 0;
    for (size_t i = 0; i < n && !b->failed; i++) {
        run rest = old[i];
        bool plain = rest.kind == RUN_PLAIN && !rest.replaced && !(rest.flags & RUN_LINK);
        while (url < count && urls[url].hi <= rest.text_lo) url++;
        for (size_t k = url; plain && k < count && urls[k].lo < rest.text_hi; k++) {
            uint32_t cuts[2] = {urls[k].lo, urls[k].hi};
            for (int c = 0; c < 2; c++) {
                if (cuts[c] <= rest.text_lo || cuts[c] >= rest.text_hi) continue;
                run head = rest;
                head.text_hi = cuts[c];
                head.source_hi = rest.source_lo + (cuts[c] - rest.text_lo);
                head.kind = c == 1 ? RUN_AUTOLINK : RUN_PLAIN;
                (void)PUSH(b, runs, head);
                rest.text_lo = cuts[c];
                rest.source_lo = head.source_hi;
            }
            if (rest.text_lo >= urls[k].lo && rest.text_hi <= urls[k].hi) rest.kind = RUN_AUTOLINK;
        }
        (void)PUSH(b, runs, rest);
    }
}

static bool in_link_text(const builder *b, size_t *next_run, uint32_t at) {
    while (*next_run < b->runs.n && b->runs.at[*next_run].text_hi <= at) ++*next_run;
    return *next_run < b->runs.n && (b->runs.at[*next_run].flags & RUN_LINK || b->runs.at[*next_run].kind != RUN_PLAIN);
}

void prose_mark_links(builder *b, uint32_t lo, uint32_t run_lo) {
    if (!b->has_url && !b->has_www) return;
    str s = leaf_text(b, lo);
    VEC(text_range) urls = {0};
    size_t next_run = run_lo;
    uint32_t done = 0;
    ptrdiff_t colon = -1, www = -1;
    for (ptrdiff_t at = 0; at < s.n && !b->failed;) {
        if (colon < at) colon = b->has_url ? str_find(s, STR("://"), at) : -1;
        if (www < at) www = b->has_www ? str_find(s, STR("www."), at) : -1;
        if (colon < 0) colon = s.n;
        if (www < 0) www = s.n;
        if (colon == s.n && www == s.n) break;
        uint32_t from;
        if (colon < www) {
            from = scheme_start(s, (uint32_t)colon);
            at = colon + 3;
        } else {
            from = www == 0 || !is_url_byte(s.p[www - 1]) || s.p[www - 1] == '(' ? (uint32_t)www : UINT32_MAX;
            at = www + 4;
        }
        if (from == UINT32_MAX || from < done || in_link_text(b, &next_run, lo + from)) continue;
        uint32_t end = url_end(s, from);
        if ((ptrdiff_t)end <= at) continue;
        if (!VEC_PUSH(b->a, &urls, (text_range){lo + from, lo + end})) b->failed = true;
        done = end;
        at = end;
    }
    if (urls.n == 0 || b->failed) return;
    cut_runs(b, run_lo, urls.at, urls.n);
    for (size_t i = 0; i < urls.n && !b->failed; i++) {
        text_range u = urls.at[i];
        memset(b->prose + u.lo, PROSE_MASK, u.hi - u.lo);
        str url = arena_str(b->a, str_make(b->text + u.lo, u.hi - u.lo));
        if (!url.p) b->failed = true;
        while (run_lo < b->runs.n && b->runs.at[run_lo].text_hi <= u.lo) run_lo++;
        const run *r = &b->runs.at[run_lo];
        bool whole = r->text_lo == u.lo && r->text_hi == u.hi && r->kind == RUN_AUTOLINK;
        (void)PUSH(b, links, (article_link){u, whole ? (span){r->source_lo, r->source_hi} : (span){0, 0}, url, false});
    }
}

/* ---- shortcodes ------------------------------------------------------------------------------------------------- */

/* Length of the template tag or MDX expression at `at`, 0 when there is none. `*unclosed` keeps, as bits, the kinds
 * whose end was looked for in `s` and does not come any more: each is looked for once. */
static ptrdiff_t tag_length(str s, ptrdiff_t at, bool mdx, uint32_t *unclosed) {
    static const char *const pairs[][2] = {{"{%", "%}"}, {"{{<", ">}}"}, {"{{%", "%}}"}, {"{{", "}}"}, {"{/*", "*/}"}};
    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        str open = str_from_cstr(pairs[i][0]), close = str_from_cstr(pairs[i][1]);
        if (!str_starts(str_slice(s, at, s.n), open)) continue;
        ptrdiff_t end = *unclosed >> i & 1 ? -1 : str_find(s, close, at + open.n);
        if (end < 0) *unclosed |= 1u << i;
        return end < 0 ? 0 : end + close.n - at;
    }
    if (!mdx) return 0;
    ptrdiff_t end = str_find_byte(s, '}', at);
    return end < 0 ? 0 : end + 1 - at;
}

void prose_mark_shortcodes(builder *b, uint32_t lo) {
    if (!b->has_brace) return;
    str s = leaf_text(b, lo);
    bool mdx = b->options.mdx;
    uint32_t unclosed = 0;
    ptrdiff_t last = s.n - 1; /* '}' */
    while (last >= 0 && s.p[last] != '}') last--;
    for (ptrdiff_t at = str_find_byte(s, '{', 0); at >= 0 && at < last; at = str_find_byte(s, '{', at)) {
        if (at + 1 < s.n && s.p[at + 1] != '{' && s.p[at + 1] != '%' && s.p[at + 1] != '/' && !mdx) {
            at++;
            continue;
        }
        ptrdiff_t n = b->prose[lo + (uint32_t)at] == PROSE_MASK ? 0 : tag_length(s, at, mdx, &unclosed);
        if (n) {
            memset(b->prose + lo + at, PROSE_MASK, (size_t)n);
            (void)PUSH(b, tags, (text_range){lo + (uint32_t)at, lo + (uint32_t)(at + n)});
        }
        at += n ? n : 1;
    }
}

/* One import or export statement of MDX. */
static bool is_module_line(str line) {
    static const char *const exports[] = {"const ", "let ",   "var ", "default ", "function ",
                                          "async ", "class ", "{",    "*"};
    if (str_starts(line, STR("import "))) {
        str rest = str_trim(str_slice(line, 7, line.n));
        while (rest.n && rest.p[rest.n - 1] == ';') rest.n--;
        bool quoted = rest.n > 1 && (rest.p[rest.n - 1] == '"' || rest.p[rest.n - 1] == '\'');
        return quoted && (str_find(rest, STR(" from "), 0) > 0 || rest.p[0] == rest.p[rest.n - 1]);
    }
    if (!str_starts(line, STR("export "))) return false;
    str rest = str_trim(str_slice(line, 7, line.n));
    for (size_t i = 0; i < COUNT_OF(exports); i++)
        if (str_starts(rest, str_from_cstr(exports[i])))
            return str_find_byte(rest, '=', 0) > 0 || str_find_byte(rest, '(', 0) > 0 ||
                   str_find_byte(rest, '{', 0) >= 0 || str_starts(rest, STR("default ")) ||
                   str_find(rest, STR(" from "), 0) > 0;
    return false;
}

/* End of the JSX element or comment that begins at `at` and whose tag name is capitalised; 0 when it is none. */
static ptrdiff_t jsx_length(str s, ptrdiff_t at) {
    str rest = str_slice(s, at, s.n);
    if (str_starts(rest, STR("<!--"))) {
        ptrdiff_t end = str_find(rest, STR("-->"), 4);
        return end < 0 ? 0 : end + 3;
    }
    ptrdiff_t name = str_starts(rest, STR("</")) ? 2 : 1;
    if (rest.n < 3 || rest.p[0] != '<') return 0;
    bool fragment = rest.p[name] == '>';
    if (!fragment && !(rest.p[name] >= 'A' && rest.p[name] <= 'Z')) return 0;
    ptrdiff_t end = str_find_byte(rest, '>', name);
    return end < 0 ? 0 : end + 1;
}

bool prose_is_machinery(const builder *b, str text) {
    text = str_trim(text);
    if (text.n == 0) return false;
    if (text.p[0] == 'i' || text.p[0] == 'e') {
        str rest = text, line;
        while (str_cut(&rest, '\n', &line))
            if (str_trim(line).n && !is_module_line(str_trim(line))) return false;
        return true;
    }
    if (text.p[0] != '{' && text.p[0] != '<') return false;
    ptrdiff_t at = 0;
    uint32_t unclosed = 0;
    while (at < text.n) {
        ptrdiff_t n = text.p[at] == '{'   ? tag_length(text, at, b->options.mdx, &unclosed)
                      : text.p[at] == '<' ? jsx_length(text, at)
                                          : byte_is_space(text.p[at]);
        if (n == 0) return false;
        at += n;
    }
    return true;
}

/* ---- comments --------------------------------------------------------------------------------------------------- */

static void collect(builder *b, span where, str open, str close) {
    str s = str_span(b->out->source, where);
    for (ptrdiff_t at = str_find(s, open, 0); at >= 0; at = str_find(s, open, at)) {
        ptrdiff_t end = str_find(s, close, at + open.n);
        if (end < 0) return;
        end += close.n;
        (void)PUSH(b, comments, (span){where.lo + (uint32_t)at, where.lo + (uint32_t)end});
        at = end;
    }
}

void prose_collect_comments(builder *b, span where, bool braces) {
    if (braces)
        collect(b, where, STR("{/*"), STR("*/}"));
    else
        collect(b, where, STR("<!--"), STR("-->"));
}

/* ---- quotation marks -------------------------------------------------------------------------------------------- */

enum quote_mark {
    NO_MARK,
    STRAIGHT,
    CURLY_OPEN,
    CURLY_CLOSE,
    ANGLE_OPEN,
    ANGLE_CLOSE,
    SINGLE_OPEN,
    SINGLE_CLOSE,
    LOW,
    LOW_SINGLE
};

static uint8_t quote_at(str s, ptrdiff_t at, uint32_t *length) {
    uint8_t c = s.p[at];
    *length = 1;
    if (c == '"') return STRAIGHT;
    if (c == 0xe2 && at + 2 < s.n && s.p[at + 1] == 0x80) {
        *length = 3;
        switch (s.p[at + 2]) {
        case 0x98: return SINGLE_OPEN;
        case 0x99: return SINGLE_CLOSE;
        case 0x9a: return LOW_SINGLE;
        case 0x9c: return CURLY_OPEN;
        case 0x9d: return CURLY_CLOSE;
        case 0x9e: return LOW;
        default: return NO_MARK;
        }
    }
    if (c == 0xc2 && at + 1 < s.n && (s.p[at + 1] == 0xab || s.p[at + 1] == 0xbb)) {
        *length = 2;
        return s.p[at + 1] == 0xab ? ANGLE_OPEN : ANGLE_CLOSE;
    }
    return NO_MARK;
}

/* Whether `mark` closes what `open` opened: "…", “…”, „…“, «…», ‘…’, ‚…‘. */
static bool closes(uint8_t open, uint8_t mark) {
    switch (open) {
    case STRAIGHT: return mark == STRAIGHT;
    case LOW: return mark == CURLY_OPEN || mark == CURLY_CLOSE;
    case LOW_SINGLE: return mark == SINGLE_OPEN || mark == SINGLE_CLOSE;
    default: return mark == open + 1;
    }
}

/* Whether a mark may open a quotation, by what stands around it. A single one before a digit is an apostrophe ("’90s",
 * often set the wrong way round). */
static bool may_open(uint8_t mark, uint8_t before, uint8_t after) {
    if (mark == CURLY_CLOSE || mark == ANGLE_CLOSE || mark == SINGLE_CLOSE) return false;
    if (mark == SINGLE_OPEN) return !byte_is_alnum(before) && !byte_is_space(after) && !byte_is_digit(after);
    return mark != STRAIGHT || (!byte_is_space(after) && !byte_is_alnum(before) && before != '.' && before != ',');
}

static bool may_close(uint8_t mark, uint8_t before, uint8_t after) {
    if (mark != STRAIGHT && mark != SINGLE_CLOSE) return true;
    return !byte_is_space(before) && !byte_is_alnum(after); /* "don’t" closes nothing */
}

void prose_find_quotes(builder *b, uint32_t lo, size_t *first_quote) {
    *first_quote = b->quotes.n;
    if (!b->has_quote) return;
    str s = leaf_text(b, lo);
    uint32_t open = UINT32_MAX;
    uint8_t open_kind = 0;
    if (!b->has_wide_quote && str_find_byte(s, '"', 0) < 0) return;
    for (ptrdiff_t at = 0; at < s.n; at++) {
        if (!b->has_wide_quote && (at = str_find_byte(s, '"', at)) < 0) return;
        uint8_t c = s.p[at];
        if ((c != '"' && c != 0xe2 && c != 0xc2) || b->prose[lo + (uint32_t)at] == PROSE_MASK) continue;
        uint32_t length;
        uint8_t kind = quote_at(s, at, &length);
        if (!kind) continue;
        uint8_t before = at ? s.p[at - 1] : ' ',
                after = at + (ptrdiff_t)length < s.n ? s.p[at + (ptrdiff_t)length] : ' ';
        if (open != UINT32_MAX && closes(open_kind, kind) && may_close(kind, before, after)) {
            (void)PUSH(b, quotes, (text_range){lo + open, lo + (uint32_t)at + length});
            open = UINT32_MAX;
        } else if (may_open(kind, before, after) && (open == UINT32_MAX || open_kind == kind)) {
            open = (uint32_t)at;
            open_kind = kind;
        }
        at += (ptrdiff_t)length - 1;
    }
}

void prose_mask_quotes(builder *b, size_t first_quote) {
    for (size_t i = first_quote; i < b->quotes.n; i++) {
        text_range q = b->quotes.at[i];
        uint32_t length = b->text[q.lo] == '"' ? 1 : b->text[q.lo] == 0xe2 ? 3 : 2;
        memset(b->prose + q.lo + length, PROSE_MASK, q.hi - q.lo - 2 * length);
    }
}
