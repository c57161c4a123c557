/* article_check.c - the invariants of article.h as code, and a printable form of an article. */
#include "tests/support/article_check.h"

#include "base/buf.h"

static bool has_bad_bytes(const article *art) {
    str body = str_span(art->source, art->body);
    return utf8_find_invalid(body) >= 0 || str_find_byte(body, 0, 0) >= 0;
}

/* A typographer's apostrophe, hyphen or blank, which the text has as ASCII's. */
static bool is_typography(str shown, str source) {
    bool one = str_eq(shown, STR("'")) || str_eq(shown, STR("-")) || str_eq(shown, STR(" "));
    return one && source.n > 1 && source.n < 4 && source.p[0] >= 0xc2 && utf8_find_invalid(source) < 0;
}

static const char *check_runs(const article *art) {
    bool bad = has_bad_bytes(art);
    uint32_t text = 0;
    for (uint32_t i = 0; i < art->run_count; i++) {
        const run *r = &art->runs[i];
        if (r->text_lo < text || r->text_hi <= r->text_lo || r->text_hi > art->text.n) return "runs are not in order";
        if (r->source_lo > r->source_hi || r->source_hi > art->source.n) return "a run lies outside the source";
        text = r->text_hi;
        str shown = str_slice(art->text, r->text_lo, r->text_hi);
        bool exact = r->kind <= RUN_AUTOLINK && !r->replaced;
        if (exact && !str_eq(shown, str_span(art->source, (span){r->source_lo, r->source_hi})))
            return "a plain run is not its source bytes";
        bool half_tab = str_trim(shown).n == 0; /* before an HTML block's line */
        bool set = is_typography(shown, str_span(art->source, (span){r->source_lo, r->source_hi}));
        if (r->replaced && r->kind == RUN_PLAIN && !bad && !half_tab && !set) return "text was not found in the source";
        /* every part of a plain run, too */
        text_range inner = {r->text_lo + (r->text_hi - r->text_lo) / 3, r->text_hi - (r->text_hi - r->text_lo) / 4};
        if (exact && inner.lo < inner.hi &&
            !str_eq(article_text(art, inner), str_span(art->source, article_source_span(art, inner))))
            return "article_source_span is not the bytes of the text";
    }
    return NULL;
}

static const char *check_blocks(const article *art) {
    uint32_t run_at = 0;
    for (uint32_t i = 0; i < art->block_count; i++) {
        const block *b = &art->blocks[i];
        if ((i == 0) != (b->parent == BLOCK_NONE)) return "only the document has no parent";
        if (i > 0 && (b->parent >= i || b->end > art->blocks[b->parent].end))
            return "a block is not nested in its parent";
        if (b->end <= i || b->end > art->block_count) return "a block's end is wrong";
        if (b->where.lo > b->where.hi || b->where.hi > art->source.n) return "a block lies outside the source";
        if (b->text.lo > b->text.hi || b->text.hi > art->text.n) return "a block's text lies outside the text";
        if (b->sentence_lo > b->sentence_hi || b->sentence_hi > art->sentence_count)
            return "a block's sentences are wrong";
        if (b->run_lo > b->run_hi || b->run_hi > art->run_count) return "a block's runs are wrong";
        if (b->end == i + 1 && b->run_hi > b->run_lo) {
            if (b->run_lo != run_at) return "runs between blocks";
            run_at = b->run_hi;
            if (art->runs[b->run_lo].text_lo != b->text.lo) return "a leaf's first run is not where its text begins";
            if (art->runs[b->run_hi - 1].text_hi != b->text.hi) return "a leaf's last run is not where its text ends";
            for (uint32_t k = b->run_lo + 1; k < b->run_hi; k++)
                if (art->runs[k].text_lo != art->runs[k - 1].text_hi) return "a leaf's runs leave a gap";
            if (article_block_at(art, b->text.lo) != i) return "article_block_at misses a leaf";
        }
    }
    return run_at == art->run_count ? NULL : "runs outside leaves";
}

static const char *check_sentences(const article *art) {
    uint32_t text = 0, next_word = 0;
    for (uint32_t i = 0; i < art->sentence_count; i++) {
        const sentence *s = &art->sentences[i];
        if (s->block >= art->block_count) return "a sentence without a block";
        const block *b = &art->blocks[s->block];
        if (s->text.lo < text || s->text.hi <= s->text.lo) return "sentences are not in order";
        if (s->text.lo < b->text.lo || s->text.hi > b->text.hi) return "a sentence leaves its block";
        if (i < b->sentence_lo || i >= b->sentence_hi) return "a block does not know its sentence";
        if (byte_is_space(art->text.p[s->text.lo]) || byte_is_space(art->text.p[s->text.hi - 1]))
            return "untrimmed sentence";
        if (s->word_lo != next_word || s->word_hi < s->word_lo || s->word_hi > art->word_count)
            return "a sentence's words are wrong";
        next_word = s->word_hi;
        for (uint32_t k = s->word_lo, at = s->text.lo; k < s->word_hi; k++) {
            const word *w = &art->words[k];
            if (w->lo < at || w->hi <= w->lo || w->hi > s->text.hi) return "words are not in order";
            at = w->hi;
        }
        text = s->text.hi;
        if (article_sentence_at(art, s->text.lo) != i) return "article_sentence_at misses a sentence";
        if (s->word_lo < s->word_hi && article_word_at(art, art->words[s->word_lo].lo) != s->word_lo)
            return "article_word_at misses a word";
    }
    return next_word == art->word_count ? NULL : "words outside sentences";
}

static const char *check_rest(const article *art) {
    if (art->text.n != art->prose.n) return "text and prose differ in length";
    for (ptrdiff_t i = 0; i < art->text.n; i++)
        if (art->prose.p[i] != art->text.p[i] && art->prose.p[i] != PROSE_MASK) return "prose is neither text nor mask";
    if (utf8_find_invalid(art->text) >= 0) return "the text is not UTF-8";
    if (art->body.lo > art->body.hi || art->body.hi > art->source.n) return "the body lies outside the source";
    if (art->frontmatter.lo > art->frontmatter.hi || art->frontmatter.hi > art->source.n)
        return "the frontmatter lies outside";
    for (uint32_t i = 0; i < art->link_count; i++) {
        const article_link *l = &art->links[i];
        if (l->text.lo > l->text.hi || l->text.hi > art->text.n) return "a link's text lies outside the text";
        if (l->target.lo > l->target.hi || l->target.hi > art->source.n)
            return "a link's target lies outside the source";
    }
    for (uint32_t i = 0; i < art->quote_count; i++)
        if (art->quotes[i].lo >= art->quotes[i].hi || art->quotes[i].hi > art->text.n)
            return "a quotation lies outside";
    for (uint32_t i = 0; i < art->comment_count; i++)
        if (art->comments[i].lo >= art->comments[i].hi || art->comments[i].hi > art->source.n)
            return "a comment lies outside";
    for (uint32_t i = 0; i < art->issue_count; i++)
        if (art->issues[i].where.lo > art->issues[i].where.hi || art->issues[i].where.hi > art->source.n)
            return "an issue lies outside the source";
    for (uint32_t i = 0; i < art->field_count; i++) {
        const field *f = &art->fields[i];
        if (f->where.lo > f->where.hi || f->where.hi > art->source.n || f->key_where.lo > f->key_where.hi ||
            f->key_where.hi > art->source.n)
            return "a field lies outside the source";
    }
    return NULL;
}

const char *article_check(const article *art) {
    const char *wrong = check_rest(art);
    if (!wrong) wrong = check_runs(art);
    if (!wrong) wrong = check_blocks(art);
    if (!wrong) wrong = check_sentences(art);
    return wrong;
}

static void dump_text(buf *out, str s) {
    for (ptrdiff_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\n')
            buf_cstr(out, "\\n");
        else if (s.p[i] < 0x20)
            buf_byte(out, '#');
        else
            buf_byte(out, s.p[i]);
    }
}

void article_dump(const article *art, bool offsets, buf *out) {
    static const char *const kinds[] = {"document", "paragraph", "heading", "quote", "list", "item",     "code",
                                        "html",     "table",     "row",     "cell",  "rule", "footnote", "machinery"};
    for (uint32_t i = 0; i < art->field_count; i++) {
        const field *f = &art->fields[i];
        buf_printf(out, "field %.*s kind %d ", STR_ARG(f->key), f->kind);
        dump_text(out, f->value);
        for (uint32_t k = 0; k < f->item_count; k++) buf_byte(out, '|'), dump_text(out, f->items[k]);
        buf_byte(out, '\n');
    }
    for (uint32_t i = 0; i < art->block_count; i++) {
        const block *b = &art->blocks[i];
        buf_printf(out, "%u %s level %u flags %u parent %d end %u number %u", i, kinds[b->kind], b->level, b->flags,
                   (int)b->parent, b->end, b->number);
        if (offsets) buf_printf(out, " where %u..%u info %u..%u", b->where.lo, b->where.hi, b->info.lo, b->info.hi);
        if (b->end == i + 1) buf_byte(out, ' '), dump_text(out, article_text(art, b->text));
        buf_byte(out, '\n');
        for (uint32_t k = b->run_lo; k < b->run_hi; k++) {
            const run *r = &art->runs[k];
            buf_printf(out, "    run %u..%u kind %u flags %u%s", r->text_lo, r->text_hi, r->kind, r->flags,
                       r->replaced ? " replaced" : "");
            if (offsets) buf_printf(out, " from %u..%u", r->source_lo, r->source_hi);
            buf_byte(out, '\n');
        }
    }
    for (uint32_t i = 0; i < art->sentence_count; i++) {
        const sentence *s = &art->sentences[i];
        buf_printf(out, "sentence %u..%u block %u flags %u words %u end %c ", s->text.lo, s->text.hi, s->block,
                   s->flags, s->word_hi - s->word_lo, s->terminator ? s->terminator : '-');
        dump_text(out, str_slice(art->prose, s->text.lo, s->text.hi));
        buf_byte(out, '\n');
    }
    for (uint32_t i = 0; i < art->issue_count; i++) {
        buf_printf(out, "issue %d %.*s", art->issues[i].kind, STR_ARG(art->issues[i].message));
        if (offsets) buf_printf(out, " at %u..%u", art->issues[i].where.lo, art->issues[i].where.hi);
        buf_byte(out, '\n');
    }
    for (uint32_t i = 0; i < art->link_count; i++) {
        buf_printf(out, "link %u..%u %.*s", art->links[i].text.lo, art->links[i].text.hi, STR_ARG(art->links[i].url));
        if (offsets) buf_printf(out, " target %u..%u", art->links[i].target.lo, art->links[i].target.hi);
        buf_byte(out, '\n');
    }
    buf_printf(out, "comments %u quotes %u status %d format %d\n", art->comment_count, art->quote_count, art->status,
               art->format);
}
