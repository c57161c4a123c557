/* doubt_person.c - is it said of a person's thing, whom only the article names?
 *
 *     "Priya's lab is still on CUDA 12.4"      a possessive, and a noun of somebody's place or machine
 *     "Petra's Ryzen runs Ubuntu 25.10"        a possessive, and a name that is none of ours
 *     "Jonas still has Ubuntu 22.04"           who has, runs or reports it: a name that the article writes with a
 *                                              capital inside sentences, too, and never without one
 *     "…, and other cooperatives that I know are happy with Axolotl"   many, of whom nobody is one of us
 *     "I have been told to put Cloudflare in front"                    somebody's advice
 *
 * In: a scene. Out: whether the clause begins so. "Inference runs vLLM 0.12.0" has no person in it: no article writes
 * "Inference" in the middle of a sentence. Bounded: so many words of the article.
 */
#include "facts/verdicts/doubt.h"

enum { WORDS_OF_ARTICLE = 30000 };

static const char PLACES[] = "lab team shop company office machine box server laptop desktop tower setup rig cluster "
                             "studio school department group workstation own homelab card computer pair";

static bool is_capital(const passage *p, uint32_t i) {
    uint8_t c = p->on->text.p[p->words[i].lo];
    return c >= 'A' && c <= 'Z';
}

/* Does the article write the word with a capital inside a sentence, and never without? */
static bool is_name_here(const judge *j, str name) {
    const article *art = j->art;
    uint64_t hash = str_hash(name);
    bool inside = false;
    for (uint32_t w = 0; w < art->word_count && w < WORDS_OF_ARTICLE; w++) {
        const word *x = &art->words[w];
        if (x->hash != hash && !str_eq_nocase(str_slice(art->text, x->lo, x->lo + (ptrdiff_t)name.n), name)) continue;
        uint8_t c = art->text.p[x->lo];
        if (c < 'A' || c > 'Z') return false;
        uint32_t at = x->lo;
        while (at > 0 && strchr(" (\"*", art->text.p[at - 1]) && art->text.p[at - 1] != '\n') at--;
        uint8_t before = at > 0 ? art->text.p[at - 1] : '\n';
        inside = inside || byte_is_alnum(before) || before == ',' || before == ';' || before == '\'';
    }
    return inside;
}

bool doubt_begins_with_person(const scene *s, uint32_t i) {
    static const char deeds[] =
        "has have had runs run uses used gets got reports reported writes wrote says said measured "
        "tried keeps kept owns bought sits stays sees saw";
    const passage *p = s->p;
    if (i + 1 >= s->at || p->kind != PASSAGE_SENTENCE || !is_capital(p, i) || doubt_is_declared(s, i) ||
        p->words[i].cues & (CUE_STOP | CUE_FIRST | CUE_PART))
        return false;
    str said = surface_slice(p->on, p->words[i].lo, p->words[i].hi), name = doubt_said(p, i);
    for (ptrdiff_t k = 1; k < name.n; k++)
        if (name.p[k] < 'a' || name.p[k] > 'z') return false;
    if (name.n < 3) return false;
    if (name.n < said.n) /* a possessive */
        return doubt_word(p, i + 1, PLACES) ||
               (is_capital(p, i + 1) && !doubt_is_declared(s, i + 1) && is_name_here(s->j, name));
    for (uint32_t k = i + 1; k + 1 < s->at; k++) /* "Grace has 20 cores, and the system is …": another clause */
        if (doubt_word(p, k, "and but") && doubt_word(p, k + 1, "the my our it i we this")) return false;
    uint32_t verb = i + 1;
    while (verb < s->at && doubt_word(p, verb, "still now also just only who")) verb++;
    return verb < s->at && doubt_word(p, verb, deeds) && is_name_here(s->j, name);
}

bool doubt_is_of_many_people(const scene *s) {
    static const char deeds[] = "are is use run have like love swear build keep stay prefer still do train trust live";
    const passage *p = s->p;
    for (uint32_t i = s->first; i + 2 < s->at; i++) {
        if (!doubt_word(p, i, "many most some other few plenty lots")) continue;
        uint32_t noun = i + 1 + doubt_word(p, i + 1, "of");
        bool starts = i == s->first || doubt_word(p, i - 1, "and but while whereas know that so since because") ||
                      p->words[i].lo > p->words[i - 1].hi + 1;
        if (!starts || doubt_word(p, noun, "our my us the these")) continue;
        uint32_t verb = noun + 1; /* "many people", "other cooperatives that I know", "most small shops" */
        if (!doubt_word(p, verb, deeds) && !doubt_word(p, verb, "that who whom")) verb++;
        if (doubt_word(p, verb, "that who whom") && doubt_word(p, verb + 1, "i we") &&
            doubt_word(p, verb + 2, "know met see"))
            verb += 3;
        verb += doubt_word(p, verb, "who that");
        if (verb < s->at && p->words[noun].cues & CUE_STOP) continue;
        if (verb < s->at && doubt_word(p, verb, deeds) &&
            doubt_find(p, verb, s->at, "i we my our us ours me here this these") == UINT32_MAX &&
            doubt_find(p, s->after, s->end, "i we") == UINT32_MAX) /* ", and I keep it installed" */
            return true;
    }
    return false;
}

bool doubt_is_advised(const scene *s, uint32_t from) {
    const passage *p = s->p;
    for (uint32_t i = s->first; i < s->at; i++)
        if (doubt_word(p, i, "asked asks asking wondered") && doubt_word(p, i + 1, "where") &&
            doubt_word(p, s->after, "was were is are"))
            return true; /* "A visitor asked where our Kubernetes was" */
    for (uint32_t i = from; i < s->at; i++) {
        if (doubt_word(p, i, "suggested suggests proposed proposes recommended recommends advised advises") &&
            i > from && !(p->words[i - 1].cues & CUE_FIRST))
            return true; /* "An assistant suggested `pip install …`" */
        if (doubt_word(p, i, "told advised urged asked begged") && doubt_word(p, i + 1, "to") && i > from &&
            doubt_word(p, i - 1, "been was were often repeatedly am"))
            return true; /* "I have been told to put Cloudflare in front" */
    }
    return false;
}
