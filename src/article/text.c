/* text.c - appends to the text: bytes, their mask, the run that says where they came from.
 *
 * In: source bytes, or bytes that stand for source bytes. Out: text and prose of equal length, runs in order.
 *
 * Invariant: what text_source appends is copied from the source, so that a run without `replaced` is its source bytes.
 * Neighbouring runs of one kind become one.
 */
#include "article/internal.h"

bool text_reserve(builder *b, size_t more) {
    if (b->failed) return false;
    if (b->capacity - b->n >= more) return true;
    size_t wanted = b->capacity * 2 + more + 256;
    uint8_t *text = arena_grow(b->a, b->text, b->n, wanted, 1), *prose = arena_grow(b->a, b->prose, b->n, wanted, 1);
    if (!text || !prose) {
        b->failed = true;
        return false;
    }
    b->text = text;
    b->prose = prose;
    b->capacity = wanted;
    return true;
}

static void run_push(builder *b, run r) {
    if (b->runs.n) {
        run *last = &b->runs.at[b->runs.n - 1];
        if (!r.replaced && !last->replaced && last->kind == r.kind && last->flags == r.flags &&
            last->text_hi == r.text_lo && last->source_hi == r.source_lo && r.kind <= RUN_AUTOLINK) {
            last->text_hi = r.text_hi;
            last->source_hi = r.source_hi;
            return;
        }
    }
    (void)PUSH(b, runs, r);
}

void text_other(builder *b, uint8_t kind, uint8_t flags, str bytes, uint32_t source_lo, uint32_t source_hi, bool masked,
                bool replaced) {
    if (bytes.n == 0 || !text_reserve(b, (size_t)bytes.n)) return;
    memcpy(b->text + b->n, bytes.p, (size_t)bytes.n);
    if (masked)
        memset(b->prose + b->n, PROSE_MASK, (size_t)bytes.n);
    else
        memcpy(b->prose + b->n, bytes.p, (size_t)bytes.n);
    uint32_t lo = (uint32_t)b->n;
    b->n += (size_t)bytes.n;
    run_push(b, (run){lo, (uint32_t)b->n, source_lo, source_hi, kind, flags, replaced});
}

static void text_exact(builder *b, uint8_t kind, uint8_t flags, uint32_t source_lo, size_t n, bool masked) {
    if (n == 0 || !text_reserve(b, n)) return;
    memcpy(b->text + b->n, b->out->source.p + source_lo, n);
    if (masked)
        memset(b->prose + b->n, PROSE_MASK, n);
    else
        memcpy(b->prose + b->n, b->out->source.p + source_lo, n);
    uint32_t lo = (uint32_t)b->n;
    b->n += n;
    run_push(b, (run){lo, (uint32_t)b->n, source_lo, source_lo + (uint32_t)n, kind, flags, false});
}

void text_source(builder *b, uint8_t kind, uint8_t flags, uint32_t source_lo, size_t n, bool masked) {
    if (!b->has_bad) {
        text_exact(b, kind, flags, source_lo, n, masked);
        return;
    }
    for (size_t done = 0; done < n;) {
        const uint8_t *clean = b->clean.p + source_lo + done, *hit = memchr(clean, PLACEHOLDER, n - done);
        size_t fine = hit ? (size_t)(hit - clean) : n - done;
        uint32_t at = source_lo + (uint32_t)(done + fine);
        bool bad = hit && (b->out->source.p[at] == 0 || b->out->source.p[at] >= 0x80);
        text_exact(b, kind, flags, source_lo + (uint32_t)done, hit && !bad ? fine + 1 : fine, masked);
        if (bad) text_other(b, kind, flags, STR("\xef\xbf\xbd"), at, at + 1, masked, true);
        done += hit ? fine + 1 : fine;
    }
}
