/* asked.c - whose "I" is it in a question that somebody asks?
 *
 *     **2. I have vLLM 0.11.2 and get a KeyError. What's wrong? (Mirela)**      a paragraph's bold beginning
 *     ### My machine runs Ubuntu 22.04. Do I have to upgrade?                   a heading
 *     Q: I have vLLM 0.11.2. Is that too old?                                   a paragraph that calls itself so
 *
 * In: a prepared passage. Out: whether it is a part of a question that is set apart from its answer, and speaks in the
 * first person and to nobody: then "I" is who asks. "**I run vLLM 0.11.2.** Why would I change it?" is no such
 * question, nor is a sentence of running text before one.
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
