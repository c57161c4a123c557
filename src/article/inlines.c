/* inlines.c - one leaf block's inline tree to text, prose and runs, each byte with its origin.
 *
 * In: a cmark-gfm leaf (paragraph, heading, cell), parsed; the origins of its content string's bytes.
 * Out: text and prose appended, runs, links, comments.
 *
 * cmark-gfm's inline positions cannot be trusted, but its tree can: the inlines are met in the order of the content
 * string, and each kind of node says what stands at the cursor.
 *
 *     content   see \*this\* **[page](/x "t")** &amp; `code`
 *     cursor    ▲ text: byte by byte, "\*" is an escape, "&amp;" an entity; a literal that still points into the
 * content string says exactly where it stands STRONG    +2 at its start and at its end; EMPH +1; LINK "[" … "](…)";
 * CODE "`" … "`"; breaks up to the line's end
 *
 * Invariant: a PLAIN, CODE, AUTOLINK or ALT run that is not `replaced` is copied from the source, never from the tree;
 * so whatever the cursor does, the text of a run is the source bytes that it claims. Where literal and content
 * disagree, the literal is shown as a `replaced` run over the whole stretch. The cursor never moves back: time is
 * linear.
 *
 * Strikethrough and bare URLs are not cmark's here: attaching those extensions changes tables that all threads share
 * (SPECIAL_CHARS in its inlines.c), and a second parser then sees the other's half. "~~" is paired in this file, URLs
 * in prose.c.
 */
#include "article/blocks.h"

#include <cmark-gfm/houdini.h>

#include "article/parse_memory.h"

typedef struct walker {
    builder *b;
    const uint8_t *p;                   /* content string */
    uint32_t n;                         /* its length, trailing white space excluded */
    uint32_t at;                        /* cursor */
    uint32_t piece;                     /* index into b->origins of the cursor's origin */
    uint8_t flags;                      /* enum run_flag in force */
    uint8_t kind;                       /* RUN_PLAIN, RUN_ALT, RUN_AUTOLINK, or RUN_CODE inside <code> */
    uint32_t tagged;                    /* open <code>, <kbd> … */
    uint32_t struck;                    /* open <del>, <s> … */
    uint32_t images, emphases, strongs; /* open nodes */
    size_t strike;                      /* next of b->strikes */
    VEC(uint32_t) open_links;
} walker;

/* ---- content to source ------------------------------------------------------------------------------------------ */

/* Source offset of content byte `at`; `at` may be the content's end. */
static uint32_t source_of(walker *w, uint32_t at) {
    const builder *b = w->b;
    while (w->piece + 1 < b->origins.n && b->origins.at[w->piece + 1].content <= at) w->piece++;
    while (w->piece > 0 && b->origins.at[w->piece].content > at) w->piece--;
    return b->origins.at[w->piece].source + (at - b->origins.at[w->piece].content);
}

/* Source offset just behind content byte `at - 1`. */
static uint32_t source_behind(walker *w, uint32_t at) { return at == 0 ? source_of(w, 0) : source_of(w, at - 1) + 1; }

/* Appends content [lo, hi) as it stands in the source; a line end becomes one space. */
static void put_content(walker *w, uint8_t kind, uint8_t flags, uint32_t lo, uint32_t hi, bool masked) {
    builder *b = w->b;
    while (lo < hi) {
        uint32_t source = source_of(w, lo), end = hi;
        if (w->piece + 1 < b->origins.n && b->origins.at[w->piece + 1].content < end)
            end = b->origins.at[w->piece + 1].content;
        /* only code spans hold line ends: elsewhere they are nodes of their own */
        const uint8_t *line_end = kind == RUN_CODE ? memchr(w->p + lo, '\n', end - lo) : NULL;
        uint32_t stop = line_end ? (uint32_t)(line_end - w->p) : end;
        bool differs = b->loose && (source + (stop - lo) > b->out->body.hi ||
                                    memcmp(w->p + lo, b->clean.p + source, stop - lo) != 0);
        if (differs)
            text_other(b, kind, flags, str_make(w->p + lo, stop - lo), source, source, masked, true);
        else
            text_source(b, kind, flags, source, stop - lo, masked);
        lo = stop;
        if (line_end) {
            uint32_t from = source_of(w, lo), to = lo + 1 < w->n ? source_of(w, lo + 1) : from + 1;
            text_other(b, kind, flags, STR(" "), from, to, masked, true);
            lo++;
        }
    }
}

/* ---- text nodes ------------------------------------------------------------------------------------------------- */

/* The pairs of "~~" in the leaf: content ranges between them, markers included. */
static void pair_strikes(walker *w) {
    builder *b = w->b;
    b->strikes.n = 0;
    uint32_t open = UINT32_MAX;
    if (!memchr(w->p, '~', w->n)) return;
    for (uint32_t i = 0; i + 1 < w->n; i++) {
        if (w->p[i] == '\\') {
            i++;
            continue;
        }
        if (w->p[i] != '~') continue;
        uint32_t end = i;
        while (end < w->n && w->p[end] == '~') end++;
        if (end - i == 2) {
            bool can_open = end < w->n && !byte_is_space(w->p[end]), can_close = i > 0 && !byte_is_space(w->p[i - 1]);
            if (open != UINT32_MAX && can_close) {
                (void)PUSH(b, strikes, (text_range){open, i});
                open = UINT32_MAX;
            } else if (can_open) {
                open = i;
            }
        }
        i = end - 1;
    }
}

/* Behind the end of a "~~" pair: struck through only where a tag says so. */
static void end_strike(walker *w) {
    if (!w->struck) w->flags &= (uint8_t)~RUN_STRUCK;
    w->strike++;
}

/* Plain text content [lo, hi), in which struck-through stretches and their markers are looked after. */
static void put_plain(walker *w, uint32_t lo, uint32_t hi) {
    builder *b = w->b;
    bool masked = w->kind != RUN_PLAIN;
    while (lo < hi && w->strike < b->strikes.n) {
        text_range s = b->strikes.at[w->strike];
        uint32_t end = hi;
        bool inside = lo >= s.lo;
        uint32_t mark = inside ? s.hi : s.lo;
        if (lo > mark) { /* the marker lay in code or in a link target: no strikethrough */
            end_strike(w);
            continue;
        }
        if (inside && lo == s.lo) {
            w->flags |= RUN_STRUCK;
            lo += 2;
            continue;
        }
        if (mark < end) end = mark;
        put_content(w, w->kind, w->flags, lo, end, masked);
        lo = end;
        if (inside && lo == mark && lo < hi) {
            end_strike(w);
            lo += 2;
        }
    }
    if (lo < hi) put_content(w, w->kind, w->flags, lo, hi, masked);
}

uint32_t inlines_entity(str s, uint32_t at, uint8_t out[8], uint32_t *out_n) {
    cmark_strbuf decoded;
    cmark_strbuf_init(parse_memory_callbacks(), &decoded, 0);
    bufsize_t length = houdini_unescape_ent(&decoded, s.p + at + 1, (bufsize_t)(s.n - at - 1));
    *out_n = 0;
    if (length > 0 && decoded.size > 0 && decoded.size <= 8) {
        *out_n = (uint32_t)decoded.size;
        memcpy(out, decoded.ptr, *out_n);
    }
    cmark_strbuf_free(&decoded);
    return *out_n ? (uint32_t)length + 1 : 0;
}

/* A literal that the parser joined from several pieces: lay it beside the content. Returns how much of it fitted. */
static uint32_t match_literal(walker *w, const uint8_t *literal, uint32_t n) {
    uint32_t done = 0;
    while (done < n && w->at < w->n) {
        uint8_t c = w->p[w->at];
        if (c == '\\' && w->at + 1 < w->n && is_markup_punctuation(w->p[w->at + 1]) &&
            w->p[w->at + 1] == literal[done]) {
            uint32_t from = source_of(w, w->at);
            text_other(w->b, RUN_ESCAPE, w->flags, str_make(literal + done, 1), from, source_behind(w, w->at + 2),
                       w->kind != RUN_PLAIN, false);
            w->at += 2, done++;
            continue;
        }
        uint8_t decoded[8];
        uint32_t decoded_n, length;
        if (c == '&' && (length = inlines_entity(str_make(w->p, w->n), w->at, decoded, &decoded_n)) &&
            decoded_n <= n - done && memcmp(decoded, literal + done, decoded_n) == 0) {
            text_entity(w->b, w->flags, str_make(decoded, decoded_n), source_of(w, w->at),
                        source_behind(w, w->at + length), w->kind != RUN_PLAIN);
            w->at += length, done += decoded_n;
            continue;
        }
        if (c != literal[done]) break;
        uint32_t end = 1;
        while (done + end < n && w->at + end < w->n) {
            uint8_t next = w->p[w->at + end];
            if (next != literal[done + end] || next == '\\' || next == '&') break;
            end++;
        }
        put_plain(w, w->at, w->at + end);
        w->at += end, done += end;
    }
    return done;
}

static void put_text(walker *w, const cmark_chunk *literal) {
    uint32_t n = (uint32_t)literal->len;
    const uint8_t *p = literal->data;
    if (n == 0) return;
    if (p >= w->p && p + n <= w->p + w->n) {
        uint32_t at = (uint32_t)(p - w->p);
        if (n == 1 && at == w->at + 1 && w->p[w->at] == '\\' && is_markup_punctuation(*p)) {
            text_other(w->b, RUN_ESCAPE, w->flags, str_make(p, 1), source_of(w, w->at), source_behind(w, at + 1),
                       w->kind != RUN_PLAIN, false);
            w->at = at + 1;
            return;
        }
        if (at < w->at) {
            /* what is left of a closing delimiter run points at the run's start: the cursor stands where it is now;
             * white space behind a "\\" line break was taken by the break: skip it */
            if (*p != '*' && *p != '_') n = at + n > w->at ? at + n - w->at : 0;
            at = w->at;
        }
        w->at = at + n < w->n ? at + n : w->n;
        put_plain(w, at, w->at);
        return;
    }
    while (n > 0 && (*p == ' ' || *p == '\t') && w->at < w->n && w->p[w->at] != *p)
        p++, n--; /* taken by the break, too */
    uint32_t done = match_literal(w, p, n);
    if (done == n) return;
    uint32_t from = w->at < w->n ? source_of(w, w->at) : source_behind(w, w->n);
    text_other(w->b, RUN_PLAIN, w->flags, str_make(p + done, n - done), from, from, w->kind != RUN_PLAIN, true);
}

/* ---- other nodes ------------------------------------------------------------------------------------------------ */

static void put_break(walker *w) {
    const uint8_t *line_end = w->at < w->n ? memchr(w->p + w->at, '\n', w->n - w->at) : NULL;
    if (!line_end) return;
    uint32_t from = w->at, at = (uint32_t)(line_end - w->p);
    while (at > from && (w->p[at - 1] == ' ' || w->p[at - 1] == '\t')) at--;
    if (at > from + 1) from = at; /* the cursor was left behind: begin at the white space */
    at = (uint32_t)(line_end - w->p) + 1;
    while (at < w->n && (w->p[at] == ' ' || w->p[at] == '\t')) at++;
    uint32_t source_lo = source_of(w, from), source_hi = at < w->n ? source_of(w, at) : source_behind(w, at);
    text_other(w->b, RUN_BREAK, w->flags, STR(" "), source_lo, source_hi, w->kind == RUN_ALT, false);
    w->at = at;
}

static void put_code(walker *w, const cmark_chunk *literal) {
    const uint8_t *tick = w->at < w->n ? memchr(w->p + w->at, '`', w->n - w->at) : NULL;
    if (!tick) return;
    uint32_t open = (uint32_t)(tick - w->p), from = open;
    while (from < w->n && w->p[from] == '`') from++;
    uint32_t ticks = from - open, length = (uint32_t)literal->len, end = from + length;
    bool bare = end + ticks <= w->n && w->p[end] == '`' && (length == 0 || w->p[end - 1] != '`');
    for (uint32_t i = 0; bare && i < ticks; i++) bare = w->p[end + i] == '`';
    if (bare && end + ticks < w->n && w->p[end + ticks] == '`') bare = false;
    if (!bare) from++, end++; /* one space of padding at either side */
    if (end > w->n) end = w->n;
    if (from > end) from = end;
    put_content(w, RUN_CODE, w->flags, from, end, true);
    uint32_t behind = bare ? end + ticks : end + 1 + ticks;
    w->at = behind < w->n ? behind : w->n;
}

static void put_html(walker *w, const cmark_chunk *literal) {
    const uint8_t *p = literal->data;
    uint32_t n = (uint32_t)literal->len;
    if (p < w->p || p + n > w->p + w->n || n == 0) return;
    uint32_t at = (uint32_t)(p - w->p);
    if (at < w->at) return;
    span where = {source_of(w, at), 0};
    where.hi = source_behind(w, at + n);
    str html = str_make(p, n);
    if (str_starts(html, STR("<!--"))) (void)PUSH(w->b, comments, where);
    html_tag tag = html_tag_read(html, 0);
    html_tag_report(w->b, &tag, where);
    if (tag.is & HTML_CODE && !w->images) { /* what stands between is code, as between backticks */
        w->tagged = tag.closes ? w->tagged - (w->tagged > 0) : w->tagged + 1;
        w->kind = w->tagged ? RUN_CODE : RUN_PLAIN;
    }
    if (tag.is & HTML_STRUCK) {
        w->struck = tag.closes ? w->struck - (w->struck > 0) : w->struck + 1;
        w->flags = (uint8_t)((w->flags & ~RUN_STRUCK) | (w->struck ? RUN_STRUCK : 0));
    }
    if (tag.is & HTML_BREAK)
        text_other(w->b, RUN_BREAK, w->flags, STR(" "), where.lo, where.hi, w->kind == RUN_ALT, false);
    w->at = at + n;
}

/* guard.c leaves only plain labels: no bracket, escape or line end inside. */
static void pass_footnote(walker *w) {
    const uint8_t *close = w->at < w->n ? memchr(w->p + w->at, ']', w->n - w->at) : NULL;
    if (close) w->at = (uint32_t)(close - w->p) + 1;
}

/* ---- links ------------------------------------------------------------------------------------------------------ */

static void open_link(walker *w, cmark_node *node) {
    builder *b = w->b;
    bool image = node->type == CMARK_NODE_IMAGE;
    uint8_t first = w->at < w->n ? w->p[w->at] : 0;
    str url = arena_str(b->a, str_make(node->as.link.url.data, (size_t)node->as.link.url.len));
    if (!url.p) b->failed = true;
    article_link l = {{(uint32_t)b->n, (uint32_t)b->n}, {0, 0}, url, image};
    if (!PUSH(b, links, l) || !VEC_PUSH(b->a, &w->open_links, (uint32_t)b->links.n - 1)) {
        b->failed = true;
        return;
    }
    if (image) {
        w->at += first == '!' ? 2 : 0;
        w->images++;
        w->kind = RUN_ALT;
    } else {
        w->flags |= RUN_LINK;
        if (first == '<') {
            w->at++;
            if (!w->images) w->kind = RUN_AUTOLINK;
            uint32_t from = source_of(w, w->at);
            uint32_t end = w->at;
            while (end < w->n && w->p[end] != '>') end++;
            b->links.at[b->links.n - 1].target = (span){from, source_behind(w, end)};
        } else if (first == '[') {
            w->at++;
        }
    }
    if (w->at > w->n) w->at = w->n;
}

static void close_link(walker *w, const cmark_node *node) {
    builder *b = w->b;
    if (!w->open_links.n) return;
    article_link *l = &b->links.at[w->open_links.at[--w->open_links.n]];
    l->text.hi = (uint32_t)b->n;
    if (node->type == CMARK_NODE_IMAGE)
        w->images--;
    else
        w->flags &= (uint8_t)~RUN_LINK;
    bool autolink = w->kind == RUN_AUTOLINK;
    w->kind = w->images ? RUN_ALT : w->tagged ? RUN_CODE : RUN_PLAIN;
    if (autolink || (w->at < w->n && w->p[w->at] == '>' && l->target.hi > l->target.lo)) {
        if (w->at < w->n && w->p[w->at] == '>') w->at++;
        return;
    }
    text_range target;
    w->at = link_tail_pass(str_make(w->p, w->n), w->at, &target);
    if (target.hi > target.lo) l->target = (span){source_of(w, target.lo), source_behind(w, target.hi)};
}

/* ---- the walk --------------------------------------------------------------------------------------------------- */

static void pass_delimiter(walker *w, uint32_t length) {
    if (w->at + length <= w->n && (w->p[w->at] == '*' || w->p[w->at] == '_')) w->at += length;
}

static void enter(walker *w, cmark_node *node) {
    switch (node->type) {
    case CMARK_NODE_TEXT: put_text(w, &node->as.literal); break;
    case CMARK_NODE_SOFTBREAK:
    case CMARK_NODE_LINEBREAK: put_break(w); break;
    case CMARK_NODE_CODE: put_code(w, &node->as.literal); break;
    case CMARK_NODE_HTML_INLINE: put_html(w, &node->as.literal); break;
    case CMARK_NODE_EMPH:
        w->flags |= RUN_EMPHASIS;
        w->emphases++;
        pass_delimiter(w, 1);
        break;
    case CMARK_NODE_STRONG:
        w->flags |= RUN_STRONG;
        w->strongs++;
        pass_delimiter(w, 2);
        break;
    case CMARK_NODE_LINK:
    case CMARK_NODE_IMAGE: open_link(w, node); break;
    case CMARK_NODE_FOOTNOTE_REFERENCE: pass_footnote(w); break;
    default: break;
    }
}

static void leave(walker *w, cmark_node *node) {
    switch (node->type) {
    case CMARK_NODE_EMPH:
        if (--w->emphases == 0) w->flags &= (uint8_t)~RUN_EMPHASIS;
        pass_delimiter(w, 1);
        break;
    case CMARK_NODE_STRONG:
        if (--w->strongs == 0) w->flags &= (uint8_t)~RUN_STRONG;
        pass_delimiter(w, 2);
        break;
    case CMARK_NODE_LINK:
    case CMARK_NODE_IMAGE: close_link(w, node); break;
    default: break;
    }
}

void inlines_flatten(builder *b, struct cmark_node *leaf) {
    walker w = {.b = b, .p = leaf->content.ptr, .n = (uint32_t)leaf->content.size};
    while (w.n > 0 && is_markup_space(w.p[w.n - 1])) w.n--;
    if (w.n == 0 || b->origins.n == 0) return;
    b->strikes.n = 0;
    if (b->has_tilde) pair_strikes(&w);
    cmark_node *node = leaf->first_child;
    while (node) {
        enter(&w, node);
        if (node->first_child) {
            node = node->first_child;
            continue;
        }
        while (node != leaf) {
            leave(&w, node);
            if (node->next) break;
            node = node->parent;
        }
        node = node == leaf ? NULL : node->next;
    }
}
