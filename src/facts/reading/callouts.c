/* callouts.c - block quotes that are no quotations.
 *
 *     > [!TIP]                     GitHub's own mark
 *     > **Note** …, > Setup: …     a label of such notes, in bold or before a colon
 *     > kestrel: …                 the name of a machine of ours
 *     > (warning sign) …           a sign that heads a note
 *
 *     The model wrote:             a line that introduces it as somebody's words, or
 *     > **Note** …  — Jonas        a line that says whose they are: a quotation, whatever its label
 *
 * In: a block quote and the sentence in front of it. Out: whether it speaks in the author's voice. Without a label or a
 * sign a block quote is a quotation: "> My Spark runs X" may be a draft's or a friend's.
 */
#include "facts/reading/callouts.h"

enum { LABEL_MOST = 40 };

static const char *const labels[] = {
    "note",        "tip",          "warning",     "important",     "caution",      "info",          "spec",
    "specs",       "setup",        "hardware",    "specification", "software",     "stack",         "system",
    "host",        "machine",      "environment", "testbed",       "test bed",     "configuration", "summary",
    "tl;dr",       "tldr",         "update",      "versions",      "in short",     "setup here",    "takeaway",
    "takeaways",   "key takeaway", "key point",   "key takeaways", "key points",   "remember",      "heads up",
    "heads-up",    "disclaimer",   "disclosure",  "correction",    "edit",         "erratum",       "bottom line",
    "at a glance", "caveat",       "fyi",         "hint",          "pro tip",      "short version", "background",
    "context",     "in brief",     "reminder",    "good to know",  "rule of thumb"};

/* Signs that head a note, as code points; a smiley heads anything. */
static const uint32_t signs[] = {0x26a0,  0x2139, 0x1f4a1, 0x1f4dd, 0x1f4cc, 0x2705,  0x2757,  0x1f6a7, 0x1f6d1,
                                 0x1f514, 0x261d, 0x1f449, 0x1f50e, 0x1f511, 0x1f9e0, 0x1f4e3, 0x1f4cd, 0x1f525,
                                 0x1f6a8, 0x2728, 0x1f680, 0x1f9f0, 0x1f5d2, 0x1f4d3, 0x1f4cb, 0x1f5a5, 0x1f4bb};

/* Takes signs, their variation selectors and blanks off the front. */
static bool take_signs(str *text) {
    bool any = false;
    while (text->n) {
        uint32_t code;
        ptrdiff_t n = utf8_decode(*text, 0, &code);
        bool sign = false;
        for (size_t i = 0; i < COUNT_OF(signs); i++) sign = sign || code == signs[i];
        if (n <= 0 || (!sign && code != 0xfe0f && !(any && code == ' '))) break;
        any = any || sign;
        *text = str_slice(*text, n, text->n);
    }
    return any;
}

/* "My setup", "The setup", "Update (October)", "Note!" without what is none of the label. */
static str bare_label(str label) {
    static const char *const fronts[] = {"my ", "our ", "the ", "a ", "one "};
    ptrdiff_t bracket = str_find_byte(label, '(', 0);
    if (bracket > 0) label = str_slice(label, 0, bracket);
    label = str_trim(label);
    while (label.n && strchr(":.!-", label.p[label.n - 1])) label.n--;
    label = str_trim(label);
    for (size_t i = 0; i < COUNT_OF(fronts); i++) {
        str front = str_from_cstr(fronts[i]);
        if (label.n > front.n && str_eq_nocase(str_slice(label, 0, front.n), front))
            return str_slice(label, front.n, label.n);
    }
    return label;
}

static bool is_label(const judge *j, str said) {
    uint32_t count = 0;
    str label = bare_label(said), name = str_trim(said);
    if (name.n && name.p[name.n - 1] == ':') name = str_trim(str_slice(name, 0, name.n - 1));
    for (size_t i = 0; i < COUNT_OF(labels); i++)
        if (str_eq_nocase(label, str_from_cstr(labels[i]))) return true;
    const alias_target *targets = j->m ? alias_lookup(j->m->names, name, &count) : NULL;
    for (uint32_t i = 0; i < count; i++)
        if (targets[i].kind == ALIAS_ENTITY) {
            uint8_t kind = j->m->entities[targets[i].index].kind;
            if (kind == ENTITY_HARDWARE || kind == ENTITY_HOST) return true;
        }
    return false;
}

/* The bold text that the paragraph begins with, behind its signs; empty where none does. */
static str leading_bold(const article *art, const block *leaf, uint32_t from) {
    uint32_t lo = 0, hi = 0;
    for (uint32_t i = leaf->run_lo; i < leaf->run_hi; i++) {
        const run *r = &art->runs[i];
        if (r->text_hi <= from) continue;
        if (!(r->flags & RUN_STRONG)) break;
        if (hi == 0) lo = r->text_lo;
        hi = r->text_hi;
    }
    return hi > lo && hi - lo <= LABEL_MOST ? article_text(art, (text_range){lo, hi}) : (str){0};
}

/* "— Jonas", "-- the release notes": the quote's last line says whose it is. */
static bool is_signed(const article *art, uint32_t quote) {
    str text = str_trim(article_text(art, art->blocks[quote].text));
    ptrdiff_t line = text.n;
    while (line > 0 && text.p[line - 1] != '\n') line--;
    str last = str_trim(str_slice(text, line, text.n));
    return str_starts(last, STR("\xe2\x80\x94")) || str_starts(last, STR("\xe2\x80\x93 ")) ||
           str_starts(last, STR("-- "));
}

/* "The model wrote this.", "Its draft began so:" */
static bool introduces(str before) {
    static const char told[] = "wrote writes written said says answered answers replied reply generated draft drafts "
                               "quote quotes quoted began begins sentence paragraph output";
    uint32_t at = 0, lo, hi;
    while (fact_word_next(before, &at, &lo, &hi))
        if (str_is_among(str_slice(before, (ptrdiff_t)lo, (ptrdiff_t)hi), told)) return true;
    return false;
}

bool callout_is_own(const judge *j, uint32_t quote, str before) {
    const article *art = j->art;
    uint32_t leaf = quote + 1;
    while (leaf < art->blocks[quote].end && art->blocks[leaf].kind != BLOCK_PARAGRAPH) leaf++;
    if (leaf >= art->blocks[quote].end) return false;
    before = str_trim(before);
    if (before.n && before.p[before.n - 1] == ':') return false;
    str text = str_trim(article_text(art, art->blocks[leaf].text)), rest = text;
    if (str_starts(text, STR("[!"))) return true;
    if (introduces(before) || is_signed(art, quote)) return false;
    bool sign = take_signs(&rest);
    str bold = leading_bold(art, &art->blocks[leaf], art->blocks[leaf].text.lo + (uint32_t)(text.n - rest.n));
    if (bold.n) return is_label(j, bold);
    ptrdiff_t colon = str_find_byte(rest, ':', 0);
    if (colon > 1 && colon <= LABEL_MOST && is_label(j, str_slice(rest, 0, colon))) return true;
    return sign && !(colon > 1 && colon <= LABEL_MOST); /* "(sign) Ada: …" is Ada's */
}
