/* asked.c - whose "I" is it in a question that somebody asks, and what does a question leave open?
 *
 *     **2. I have vLLM 0.11.2 and get a KeyError. What's wrong? (Mirela)**      a paragraph's bold beginning
 *     ### My machine runs Ubuntu 22.04. Do I have to upgrade?                   a heading
 *     Q: I have vLLM 0.11.2. Is that too old?                                   a paragraph that calls itself so
 *
 * In: a prepared passage. Out: whether it is a part of a question that is set apart from its answer, and speaks in the
 * first person and to nobody: then "I" is who asks. "**I run vLLM 0.11.2.** Why would I change it?" is no such
 * question, nor is a sentence of running text before one.
 *
 *     **Q:** Does the DGX Spark have 24 cores?              behind a label,
 *     So, does the VPS have 16 GB of RAM?                   an adverb or a short phrase with its comma
 *
 * leaves open what stands behind its verb; "Q: Why does it have 24 cores?" does not, nor does "With 16 GB, does it
 * swap?", and the "Yes." behind a question says that it is so.
 */
#include "facts/reading/reading.h"

/* "What's wrong?", "What's wrong? (Mirela)", "What's wrong? — Mirela" */
static bool ends_asking(str text) {
    ptrdiff_t mark = -1;
    text = str_trim(text);
    for (ptrdiff_t at = 0; (at = str_find_byte(text, '?', at)) >= 0; at++) mark = at;
    if (mark < 0 || text.n - mark > 48) return false;
    str behind = str_trim(str_slice(text, mark + 1, text.n));
    if (behind.n && strchr("\"'", behind.p[0])) behind = str_trim(str_slice(behind, 1, behind.n));
    return !behind.n || behind.p[0] == '(' || str_starts(behind, STR("\xe2\x80\x94")) ||
           str_starts(behind, STR("\xe2\x80\x93")) || str_starts(behind, STR("\xe2\x80\x9d"));
}

/* The emphasised text with which the block begins; empty where it begins otherwise. */
static text_range emphasised_opening(const article *art, const block *b) {
    text_range r = {b->text.lo, b->text.lo};
    for (uint32_t i = b->run_lo; i < b->run_hi && art->runs[i].flags & (RUN_STRONG | RUN_EMPHASIS); i++)
        r.hi = art->runs[i].text_hi;
    return r;
}

bool passage_is_readers(const judge *j, const passage *p) {
    if (p->on->of || !(p->cues & CUE_FIRST) || p->cues & CUE_SECOND || p->block >= j->art->block_count) return false;
    if (p->kind != PASSAGE_HEADING && p->kind != PASSAGE_SENTENCE) return false;
    const block *b = &j->art->blocks[p->block];
    text_range set_apart = b->text;
    if (p->kind == PASSAGE_SENTENCE) {
        str whole = str_trim(surface_slice(p->on, b->text.lo, b->text.hi));
        bool called = str_starts(whole, STR("Q:")) || str_starts(whole, STR("Question:"));
        ptrdiff_t answer = called ? str_find(whole, STR(" A: "), 0) : -1;
        if (answer > 0) set_apart.hi = (uint32_t)(whole.p - p->on->text.p + answer);
        text_range opening = emphasised_opening(j->art, b);
        if (opening.hi > opening.lo + 16) set_apart = opening; /* not the bold "Q:" alone */
        if (!called && opening.hi <= opening.lo + 16) return false;
    }
    return p->text.hi <= set_apart.hi && ends_asking(surface_slice(p->on, set_apart.lo, set_apart.hi));
}

/* Does an inverted verb stand there, "does the …", "have you …", or "what about …"? */
static bool is_inverted(const passage *p, uint32_t i) {
    return word_in(p, i, "do does did should shall can could have has don't doesn't didn't can't hasn't haven't") ||
           (word_in(p, i, "is are was were isn't aren't") && word_in(p, i + 1, "there")) ||
           (word_in(p, i, "what") && word_in(p, i + 1, "about if")) ||
           (word_in(p, i, "why") && word_in(p, i + 1, "not"));
}

/* Is what follows the passage, whose verb is the word `verb`, a plain "Yes."? Not "Yes and no", nor "Yes, says the
 * shop, but …", nor the yes to what one should or needs to have. */
static bool is_affirmed(judge *j, const passage *p, uint32_t verb) {
    if (!word_in(p, verb, "do does has have") || p->cues & (CUE_SECOND | CUE_OTHERS | CUE_REQUIRE)) return false;
    if (p + 1 >= j->passages + j->passage_count) return false;
    passage *next = &j->passages[p - j->passages + 1];
    if (next->kind != PASSAGE_SENTENCE || next->on != p->on) return false;
    passage_prepare(j, next);
    uint32_t i = word_in(next, 0, "a answer") ? 1 : 0;
    if (!word_in(next, i, "yes yep yeah indeed correct right sure certainly exactly")) return false;
    for (uint32_t k = i + 1; k < next->word_count; k++)
        if (word_in(next, k, "but almost nearly")) return false;
    return !(next->cues & (CUE_NEGATION | CUE_REPORT | CUE_OTHERS | CUE_IF));
}

enum { LABEL_WORDS = 6 };

enum asks passage_asks_whether(judge *j, const passage *p, uint32_t lo) {
    if ((p->kind != PASSAGE_SENTENCE && p->kind != PASSAGE_HEADING) || !ends_asking(passage_text(p))) return ASKED_NOT;
    for (uint32_t i = 0; i < p->word_count && i <= LABEL_WORDS && p->words[i].lo < lo; i++) {
        if (!is_inverted(p, i)) continue;
        uint32_t at = i; /* "So does it …", "OK, but does it …" */
        if (at > 0 && word_in(p, at - 1, "so and but or then now ok okay well also yet")) at--;
        bool apart = at == 0;
        for (uint32_t k = at ? p->words[at - 1].hi : 0; at && k < p->words[at].lo; k++)
            apart = apart || strchr(",:;)-", p->on->text.p[k]) || p->on->text.p[k] >= 0x80; /* a dash, a quote */
        if (!apart) continue;
        return is_affirmed(j, p, i) ? ASKED_AFFIRMED : ASKED_OPEN;
    }
    return ASKED_NOT;
}
