/* text.c - appends to the text: bytes, their mask, the run that says where they came from.
 *
 * In: source bytes, or bytes that stand for source bytes. Out: text and prose of equal length, runs in order.
 *
 *     source  it’s 24⍽GB on the DGX‑1        text  it's 24 GB on the DGX-1        (⍽ a no-break space)
 *
 * What typesetting makes of an apostrophe, a blank and a hyphen is ASCII's in the text, so that all who read it know
 * one spelling of "isn't". Quotation marks and dashes stay: they say more than ASCII's. Code is as it was typed.
 *
 * Invariant: what text_source appends is copied from the source, so that a run without `replaced` is its source bytes.
 * Neighbouring runs of one kind become one.
 */
#include "article/internal.h"
#include "base/eight.h"

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

/* ---- what is shown otherwise than it stands in the source ------------------------------------------------------ */

/* The shown form of a stretch of the source. */
typedef struct shown_form {
    uint32_t source_lo, source_hi;
    str text;
} shown_form;

static bool ends_in_word(const builder *b) {
    if (!b->n) return false;
    uint8_t last = b->text[b->n - 1];
    return last < 0x80 ? byte_is_alnum(last) : b->n < 3 || b->text[b->n - 3] != 0xe2; /* no dash, no quotation mark */
}

static bool begins_word(str s, uint32_t at) {
    return at < (uint32_t)s.n && (s.p[at] < 0x80 ? byte_is_alnum(s.p[at]) : s.p[at] != 0xe2);
}

/* ASCII's form of a typographer's sign that stands in the source up to `behind`, and before which the text ends: a
 * blank of any width, and between letters or digits an apostrophe or a hyphen; not where it parts the thousands of a
 * number. Empty for any other character. */
static str plain_form(const builder *b, str sign, uint32_t behind) {
    str s = b->out->source;
    bool wide = sign.n == 3 && sign.p[0] == 0xe2 && sign.p[1] == 0x80;
    bool parts = b->n && byte_is_digit(b->text[b->n - 1]) && behind < (uint32_t)s.n && byte_is_digit(s.p[behind]);
    if (str_eq(sign, STR("\xc2\xa0")) || (wide && (sign.p[2] <= 0x8a || sign.p[2] == 0xaf)))
        return parts ? (str){0} : STR(" "); /* NO-BREAK SPACE, EN QUAD to HAIR SPACE, NARROW NO-BREAK SPACE */
    if (!wide || !ends_in_word(b) || !begins_word(s, behind)) return (str){0};
    if (sign.p[2] == 0x99) return parts ? (str){0} : STR("'");           /* RIGHT SINGLE QUOTATION MARK */
    return sign.p[2] == 0x90 || sign.p[2] == 0x91 ? STR("-") : (str){0}; /* HYPHEN, NON-BREAKING HYPHEN */
}

static bool is_bad(const builder *b, uint32_t at) {
    return b->has_bad && b->clean.p[at] == PLACEHOLDER && (b->out->source.p[at] == 0 || b->out->source.p[at] >= 0x80);
}

/* Copies source bytes from `lo` up to the first before `hi` that is shown otherwise, which goes to *next; false when
 * none is. */
static bool copy_up_to(builder *b, const run *as, uint32_t lo, uint32_t hi, bool masked, shown_form *next) {
    bool plain = b->has_typography && as->kind == RUN_PLAIN;
    uint32_t from = lo;
    for (uint32_t at = lo; at < hi; at++) {
        const uint8_t *p = b->out->source.p + at;
        if (hi - at >= 8 && eight_is_ascii(eight_load(p)) && !b->has_bad) {
            at += 7;
            continue;
        }
        if (is_bad(b, at)) {
            text_exact(b, as->kind, as->flags, from, at - from, masked);
            *next = (shown_form){at, at + 1, STR("\xef\xbf\xbd")};
            return true;
        }
        if (!plain || *p < 0xc2) continue;
        text_exact(b, as->kind, as->flags, from, at - from, masked);
        from = at;
        uint32_t behind = at + (*p == 0xc2 ? 2 : 3);
        str form = behind <= hi ? plain_form(b, str_slice(b->out->source, at, behind), behind) : (str){0};
        if (!form.n) continue;
        *next = (shown_form){at, behind, form};
        return true;
    }
    text_exact(b, as->kind, as->flags, from, hi - from, masked);
    return false;
}

void text_source(builder *b, uint8_t kind, uint8_t flags, uint32_t source_lo, size_t n, bool masked) {
    if (!b->has_bad && (!b->has_typography || kind != RUN_PLAIN)) {
        text_exact(b, kind, flags, source_lo, n, masked);
        return;
    }
    const run as = {.kind = kind, .flags = flags};
    shown_form next;
    for (uint32_t at = source_lo, hi = source_lo + (uint32_t)n; copy_up_to(b, &as, at, hi, masked, &next);) {
        text_other(b, kind, flags, next.text, next.source_lo, next.source_hi, masked, true);
        at = next.source_hi;
    }
}

void text_entity(builder *b, uint8_t flags, str bytes, uint32_t source_lo, uint32_t source_hi, bool masked) {
    str form = masked ? (str){0} : plain_form(b, bytes, source_hi);
    text_other(b, RUN_ENTITY, flags, form.n ? form : bytes, source_lo, source_hi, masked, false);
}

bool text_has_typography(str body) {
    for (ptrdiff_t i = 0; i < body.n; i++) {
        if (body.n - i >= 8 && eight_is_ascii(eight_load(body.p + i)))
            i += 7;
        else if (i + 1 < body.n &&
                 ((body.p[i] == 0xc2 && body.p[i + 1] == 0xa0) || (body.p[i] == 0xe2 && body.p[i + 1] == 0x80)))
            return true;
    }
    return false;
}
