/* version_answer.c - a version that answers a question about one component.
 *
 *     **Is SGLang stable?**                       the question names one component, and
 *     It is stable enough. My build is v0.4.9.    the answer goes on about it in the first person, or as "it"
 *
 *     **Which CUDA version do you run?** 12.8.    asked for a version, the answer is one
 *     Which driver? — We're on 570.86.10.         the last word of one component's name
 *
 * In: a version, or a number with a point, in a sentence that names no component before it. Out: the component of the
 * question, where nothing but words of having and being leads to the version, and no sentence between names another
 * one. "Is SGLang stable? Since 0.4.9 it was." binds nothing.
 */
#include "facts/versions/versions.h"

enum { SENTENCES_BACK = 3, QUESTION_WORDS = 24 };

/* Words that lead from a subject to its version: "we are still on", "my build is", "it's version". */
static bool is_leading(const passage *p, uint32_t i) {
    return p->words[i].cues & CUE_FIRST ||
           word_in(p, i,
                   "it it's its that's that is are am on at run runs use uses have still currently now today version "
                   "release build image copy install installation here the mine ours v a an by");
}

/* Does nothing but such words stand before the version since the sentence, or the part behind a comma, began? */
static bool is_led(const passage *p, const token *t, uint32_t *words) {
    *words = 0;
    for (uint32_t i = p->word_count; i > 0; i--) {
        const pword *w = &p->words[i - 1];
        if (w->hi > t->text.lo) continue;
        if (p->on->text.p[w->hi] == ',' || p->on->text.p[w->hi] == ';' || p->on->text.p[w->hi] == ':') break;
        if (*words == 0 && w->hi + 3 < t->text.lo) return false;
        if (!is_leading(p, i - 1) || ++*words > 6) return false;
    }
    return true;
}

/* The one component that the question names, or whose name's last word it says; MANIFEST_NONE where several. */
static uint32_t asked_about(judge *j, const passage *q) {
    binding named = {.n = 0};
    bind_inside(j, q, q->text.lo, q->text.hi, &named);
    if (named.n) return named.n == 1 ? named.entity[0] : MANIFEST_NONE;
    uint32_t found = MANIFEST_NONE;
    for (uint32_t i = 0; i < q->word_count && i < QUESTION_WORDS; i++) {
        uint32_t e = component_by_noun(j, q, i);
        if (e == MANIFEST_NONE) continue;
        if (found != MANIFEST_NONE && found != e) return MANIFEST_NONE;
        found = e;
    }
    return found;
}

/* A question about what we have: not "Which CUDA do I need?", "What did it come with?", "Which will you try next?". */
static bool is_question(const passage *q) {
    if ((q->kind != PASSAGE_SENTENCE && q->kind != PASSAGE_HEADING) || !str_ends(str_trim(passage_text(q)), STR("?")))
        return false;
    for (uint32_t i = 0; i < q->word_count; i++)
        if (word_in(
                q, i,
                "i need needs require requires required should would minimum latest newest recommend did will was were "
                "first next skip skipped tried try began begin begun left leave refuse"))
            return false;
    return true;
}

/* The question that the sentence answers: up to three sentences back, over the edge of its paragraph. */
static passage *question_before(judge *j, const passage *p) {
    for (uint32_t k = 0; k < SENTENCES_BACK; k++) {
        uint32_t back = p->previous != PASSAGE_NONE ? p->previous : p->above;
        if (back == PASSAGE_NONE) back = p->heading;
        if (back == PASSAGE_NONE) return NULL;
        passage *q = &j->passages[back];
        binding other = {.n = 0};
        passage_prepare(j, q);
        if (is_question(q)) return q->word_count <= QUESTION_WORDS ? q : NULL;
        bind_inside(j, q, q->text.lo, q->text.hi, &other);
        if (other.n || q->kind != PASSAGE_SENTENCE) return NULL;
        p = q;
    }
    return NULL;
}

bool bind_answer(judge *j, passage *p, const token *t, binding *b) {
    uint32_t words;
    if (p->kind != PASSAGE_SENTENCE || !j->about_us || (t->kind != TOKEN_VERSION && t->kind != TOKEN_NUMBER))
        return false;
    str text = surface_slice(p->on, t->core.lo, t->core.hi);
    if (count_dots(text) < 1 || !version_stands_alone(p, t)) return false;
    passage_prepare(j, p);
    if (!is_led(p, t, &words)) return false;
    bind_inside(j, p, p->text.lo, t->text.lo, b);
    if (b->n) {
        b->n = 0;
        return false;
    }
    passage *q = question_before(j, p);
    if (!q || q == p) return false;
    bool asks = false; /* "0.12.0, and no newer." needs a question for it */
    for (uint32_t i = 0; i < q->word_count && i < QUESTION_WORDS; i++)
        asks = asks || word_in(q, i, "which what version versions release releases");
    uint32_t e = words || asks ? asked_about(j, q) : MANIFEST_NONE;
    if (e == MANIFEST_NONE || (t->kind == TOKEN_NUMBER && !version_is_near(j, e, text))) return false;
    b->entity[b->n++] = e;
    return b->strong = b->apart = true;
}
