/* article.c - bytes to article: the order of work, the limits, the look-ups.
 *
 * In: the bytes of one file. Out: an immutable article (article.h).
 *
 *     size, binary? ─► frontmatter ─► fence around everything? ─► frontmatter inside ─► guard ─► blocks
 *
 * Bounds, before the parser runs: input size (options.max_bytes), block nesting, open markup, table cells (guard.c);
 * while it runs: its memory, 32 MiB + 128 bytes a byte of body (parse_memory.h). Text and prose take at most 3 bytes
 * each for a byte of body. Everything else is linear in the number of blocks, runs, sentences and words.
 */
#include "article/internal.h"
#include "base/eight.h"

enum {
    DEFAULT_DEPTH = 64,
    MOST_DEPTH = 1000,
    MOST_BYTES = 256 << 20, /* whatever max_bytes says: offsets are 32 bits wide and text may grow */
    BINARY_SAMPLE_BYTES = 8192
};

static const uint8_t CONTROL[256] = {[0 ... 8] = 1, [14 ... 26] = 1, [28 ... 31] = 1, [0x7f] = 1};

/* Control bytes that text files do not hold: more than 1 in 16 of the first 8 KiB make a file binary. */
static bool is_binary(str source) {
    ptrdiff_t n = source.n < BINARY_SAMPLE_BYTES ? source.n : BINARY_SAMPLE_BYTES, control = 0;
    for (ptrdiff_t i = 0; i < n;) {
        uint64_t v = n - i >= 8 ? eight_load(source.p + i) : 0;
        if (((eight_between(v, ' ', '~') | v) & EIGHT_TOPS) == EIGHT_TOPS) { /* all drawn, or outside ASCII */
            i += 8;
            continue;
        }
        ptrdiff_t end = n - i >= 8 ? i + 8 : n;
        for (; i < end; i++) control += CONTROL[source.p[i]];
    }
    return control * 16 > n;
}

/* Text of two bytes a letter, as Windows saves it under "Unicode": half of its bytes are NUL. */
static bool is_utf16(str source) { return str_starts(source, STR("\xff\xfe")) || str_starts(source, STR("\xfe\xff")); }

static void look_for_features(builder *b) {
    str body = str_span(b->out->source, b->out->body);
    b->has_tilde = str_find(body, STR("~~"), 0) >= 0;
    b->has_url = str_find(body, STR("://"), 0) >= 0;
    b->has_www = str_find(body, STR("www."), 0) >= 0;
    b->has_brace = str_find_byte(body, '{', 0) >= 0;
    b->has_comment = str_find(body, STR("<!--"), 0) >= 0 || (b->has_brace && str_find(body, STR("{/*"), 0) >= 0);
    b->has_wide_quote = str_find(body, STR("\xe2\x80\x9c"), 0) >= 0 || str_find(body, STR("\xc2\xab"), 0) >= 0 ||
                        str_find(body, STR("\xe2\x80\x98"), 0) >= 0 || str_find(body, STR("\xe2\x80\x9a"), 0) >= 0 ||
                        str_find(body, STR("\xe2\x80\x9e"), 0) >= 0 || str_find(body, STR("quo"), 0) >= 0 ||
                        str_find(body, STR("&#"), 0) >= 0;
    b->has_shapeless = unseen_may_occur(body);
    b->has_typography = text_has_typography(body);
    b->has_quote = b->has_wide_quote || str_find_byte(body, '"', 0) >= 0;
}

/* Frontmatter and the fence around everything: settles what the body is. */
static void find_body(builder *b) {
    article *out = b->out;
    uint32_t n = (uint32_t)out->source.n, first = str_starts(out->source, STR("\xef\xbb\xbf")) ? 3 : 0;
    out->body = (span){frontmatter_read(b, (span){first, n}), n};
    if (out->status != FRONTMATTER_MISSING && out->status != FRONTMATTER_UNTERMINATED) {
        span inside, fence;
        if (!unwrap_find(out->source, out->body, &inside, &fence)) return;
        issue_add(b, ISSUE_ARTICLE_FENCED, fence, "the whole article stands in a code fence");
        if (b->options.keep_fence) return;
        out->unwrapped = true;
        out->body = inside;
        return;
    }
    span inside, fence;
    if (out->status == FRONTMATTER_MISSING && unwrap_find(out->source, out->body, &inside, &fence)) {
        issue_add(b, ISSUE_ARTICLE_FENCED, fence, "the whole article stands in a code fence");
        if (!b->options.keep_fence) {
            out->unwrapped = true;
            out->body = inside;
            out->body.lo = frontmatter_read(b, inside);
            if (out->status == FRONTMATTER_OK || out->status == FRONTMATTER_MALFORMED) out->status = FRONTMATTER_FENCED;
        }
    }
    if (out->status == FRONTMATTER_MISSING)
        issue_add(b, ISSUE_FRONTMATTER_MISSING, (span){out->body.lo, out->body.lo}, "there is no frontmatter");
}

static void count_prose_words(article *out) {
    for (uint32_t i = 0; i < out->sentence_count; i++)
        if (out->sentences[i].flags & SENTENCE_PROSE)
            out->prose_word_count += out->sentences[i].word_hi - out->sentences[i].word_lo;
}

static void hand_over(builder *b) {
    article *out = b->out;
    out->fields = b->fields.at, out->field_count = (uint32_t)b->fields.n;
    out->text = str_make(b->text, b->n), out->prose = str_make(b->prose, b->n);
    out->blocks = b->blocks.at, out->block_count = (uint32_t)b->blocks.n;
    out->runs = b->runs.at, out->run_count = (uint32_t)b->runs.n;
    for (uint32_t i = 0; i < out->run_count && !out->has_struck; i++) out->has_struck = out->runs[i].flags & RUN_STRUCK;
    out->links = b->links.at, out->link_count = (uint32_t)b->links.n;
    out->sentences = b->sentences.at, out->sentence_count = (uint32_t)b->sentences.n;
    out->words = b->words.at, out->word_count = (uint32_t)b->words.n;
    out->issues = b->issues.at, out->issue_count = (uint32_t)b->issues.n;
    out->quotes = b->quotes.at, out->quote_count = (uint32_t)b->quotes.n;
    out->tags = b->tags.at, out->tag_count = (uint32_t)b->tags.n;
    out->comments = b->comments.at, out->comment_count = (uint32_t)b->comments.n;
    count_prose_words(out);
}

int article_parse(arena *a, str path, str source, const article_options *options, article *out, error *e) {
    builder b = {.a = a, .out = out, .e = e, .depth_at = UINT32_MAX};
    if (options) b.options = *options;
    if (!b.options.max_bytes) b.options.max_bytes = ARTICLE_MAX_BYTES;
    if (b.options.max_bytes > MOST_BYTES) b.options.max_bytes = MOST_BYTES;
    if (!b.options.max_depth) b.options.max_depth = DEFAULT_DEPTH;
    if (b.options.max_depth > MOST_DEPTH) b.options.max_depth = MOST_DEPTH;
    static const uint8_t nothing[1];
    if (!source.p) source = (str){nothing, 0};
    *out = (article){.path = path, .source = source};
    if ((size_t)source.n > b.options.max_bytes)
        return error_at(e, ERROR_LIMIT, path, 0, 0, "the article has %td bytes, more than the limit of %zu", source.n,
                        b.options.max_bytes);
    out->lines = line_table_make(a, out->source);
    if (!out->lines.count) return error_at(e, ERROR_MEMORY, path, 0, 0, "out of memory while parsing");
    if (is_utf16(source) || is_binary(source)) {
        issue_add(&b, ISSUE_BINARY, (span){0, (uint32_t)(source.n < 1 ? 0 : 1)},
                  is_utf16(source) ? "the file is UTF-16: save it as UTF-8, or nothing in it can be read"
                                   : "the file is binary: there is no article in it");
        out->status = FRONTMATTER_MISSING;
        out->body = (span){(uint32_t)source.n, (uint32_t)source.n};
    } else {
        find_body(&b);
    }
    look_for_features(&b);
    label_list footnotes = {0};
    uint32_t first_line = line_table_index(&out->lines, out->body.lo);
    bool fine = guard_make_input(&b, first_line, &footnotes) && !b.failed;
    if (!fine) return error_at(e, ERROR_MEMORY, path, 0, 0, "out of memory while parsing");
    int status = blocks_build(&b, first_line, &footnotes);
    if (status) return status;
    if (str_find_byte(out->source, '\r', 0) >= 0) /* parsed by CommonMark's lines, told in everybody's */
        out->lines = line_table_make_numbered(a, out->source);
    if (!out->lines.count) return error_at(e, ERROR_MEMORY, path, 0, 0, "out of memory while parsing");
    hand_over(&b);
    return ERROR_NONE;
}

/* ---- look-ups --------------------------------------------------------------------------------------------------- */

span article_source_span(const article *art, text_range range) {
    uint32_t first = article_run_at(art, range.lo);
    if (range.lo >= range.hi) {
        if (first == BLOCK_NONE) {
            uint32_t leaf = article_block_at(art, range.lo);
            uint32_t at = leaf == BLOCK_NONE ? art->body.lo : art->blocks[leaf].where.lo;
            return (span){at, at};
        }
        const run *r = &art->runs[first];
        bool exact = r->text_hi - r->text_lo == r->source_hi - r->source_lo;
        uint32_t at = exact ? r->source_lo + (range.lo - r->text_lo) : r->source_lo;
        return (span){at, at};
    }
    uint32_t lo = range.lo, hi = range.hi;
    /* a '\n' between blocks has no run: begin behind it, end before it */
    while (first == BLOCK_NONE && lo < hi) first = article_run_at(art, ++lo);
    uint32_t last = BLOCK_NONE;
    while (hi > lo && (last = article_run_at(art, hi - 1)) == BLOCK_NONE) hi--;
    if (lo >= hi || first == BLOCK_NONE) {
        uint32_t at = art->body.lo;
        return (span){at, at};
    }
    const run *f = &art->runs[first], *l = &art->runs[last];
    bool f_exact = f->text_hi - f->text_lo == f->source_hi - f->source_lo && !f->replaced;
    bool l_exact = l->text_hi - l->text_lo == l->source_hi - l->source_lo && !l->replaced;
    span s = {f_exact ? f->source_lo + (lo - f->text_lo) : f->source_lo,
              l_exact ? l->source_lo + (hi - l->text_lo) : l->source_hi};
    if (s.hi < s.lo) s = (span){s.hi, s.lo}; /* footnotes put back between others */
    return s;
}

bool article_is_struck(const article *art, text_range range) {
    if (!art->has_struck || range.lo >= range.hi) return false;
    uint32_t first = article_run_at(art, range.lo);
    if (first == BLOCK_NONE) return false;
    if (art->runs[first].flags & RUN_STRUCK) return true;
    uint32_t last = art->runs[first].text_hi >= range.hi ? first : article_run_at(art, range.hi - 1);
    return last != BLOCK_NONE && art->runs[last].flags & RUN_STRUCK;
}

uint32_t article_run_at(const article *art, uint32_t text_offset) {
    uint32_t lo = 0, hi = art->run_count;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (art->runs[mid].text_hi <= text_offset)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < art->run_count && art->runs[lo].text_lo <= text_offset ? lo : BLOCK_NONE;
}

static bool is_leaf(const block *b) {
    switch (b->kind) {
    case BLOCK_PARAGRAPH:
    case BLOCK_HEADING:
    case BLOCK_CELL:
    case BLOCK_CODE:
    case BLOCK_HTML:
    case BLOCK_MACHINERY: return true;
    default: return false;
    }
}

/* Leaves' texts stand in block order, each behind the last one, so the last block that begins at or before the offset
 * is a leaf or stands right behind one; an empty container or rule may begin at the same offset. */
uint32_t article_block_at(const article *art, uint32_t text_offset) {
    uint32_t lo = 0, hi = art->block_count;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (art->blocks[mid].text.lo <= text_offset)
            lo = mid + 1;
        else
            hi = mid;
    }
    while (lo > 0) {
        const block *b = &art->blocks[--lo];
        if (!is_leaf(b)) continue;
        if (b->text.lo <= text_offset && text_offset < b->text.hi) return lo;
        if (b->text.lo < text_offset) return BLOCK_NONE;
    }
    return BLOCK_NONE;
}

uint32_t article_sentence_at(const article *art, uint32_t text_offset) {
    uint32_t lo = 0, hi = art->sentence_count;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (art->sentences[mid].text.hi <= text_offset)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < art->sentence_count && art->sentences[lo].text.lo <= text_offset ? lo : BLOCK_NONE;
}

uint32_t article_word_at(const article *art, uint32_t text_offset) {
    uint32_t lo = 0, hi = art->word_count;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (art->words[mid].hi <= text_offset)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < art->word_count && art->words[lo].lo <= text_offset ? lo : BLOCK_NONE;
}

uint32_t article_ancestor(const article *art, uint32_t index, enum block_kind kind) {
    while (index != BLOCK_NONE && art->blocks[index].kind != kind) index = art->blocks[index].parent;
    return index;
}

const field *article_field(const article *art, const char *key) {
    str wanted = str_from_cstr(key);
    for (uint32_t i = 0; i < art->field_count; i++)
        if (str_eq(art->fields[i].key, wanted)) return &art->fields[i];
    return NULL;
}
