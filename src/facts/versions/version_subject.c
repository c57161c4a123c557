/* version_subject.c - does the clause say itself that the version is another thing's?
 *
 *     "perch went from 1.3.2 to 1.4.0. heron has been at 0.9.4 since"    a name that the manifest does not know
 *     "- FFmpeg 7.1.1. - The driver of the card was 550.144.03"          a noun that no name of the component has
 *     "pilot 0.8.4 became 0.9.3"                                         right before the other end of the change
 *
 * A version without a name beside it was read as that of what the text spoke of before. In: that version and its
 * component. Out: whether the clause has a subject of its own, a noun or a name that is neither the component nor
 * anything that is declared. A pronoun, a machine, a service or a noun for any program ("the server is at 1.2") is
 * none.
 */
#include "facts/versions/versions.h"

enum { WORDS_LOOKED_AT = 12, HITS_LOOKED_AT = 64, SENTENCES_BACK = 3 };

static const char BEING[] =
    "is was are were been be has have had went goes go moved came became becomes stays stayed remains remained rose "
    "jumped stepped gone sits sat stands stood still now then since also already only just currently again at from to "
    "up back on version release build";
static const char VERBS[] =
    "is was are were been has have had went goes moved came became stays stayed remains remained "
    "rose jumped stepped sits sat stands stood";
static const char ANY[] = "one ones thing things side end rest number tag image software version release build branch "
                          "application app server service framework program library engine package daemon client tool";

static bool in_token(const passage *p, uint32_t i) {
    for (uint32_t t = p->token_lo; t < p->token_hi && t < p->token_lo + HITS_LOOKED_AT; t++)
        if (p->on->tokens[t].text.lo <= p->words[i].lo && p->on->tokens[t].text.hi >= p->words[i].hi &&
            p->on->tokens[t].kind != TOKEN_IDENT)
            return true;
    return byte_is_digit(p->on->text.p[p->words[i].lo]);
}

static bool in_name(const passage *p, uint32_t i) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + HITS_LOOKED_AT; h++)
        if (p->on->hits[h].where.lo < p->words[i].hi && p->on->hits[h].where.hi > p->words[i].lo) return true;
    return false;
}

static bool joined(const passage *p, uint32_t i) { /* nothing but a blank or a mark of code between it and the next */
    for (uint32_t k = p->words[i].hi; k < p->words[i + 1].lo; k++)
        if (!strchr(" `*\"", p->on->text.p[k])) return false;
    return true;
}

/* Is it a word of one of the component's names? Of "driver on estuary" the "driver" is. */
static bool is_own_word(const judge *j, uint32_t entity, const passage *p, uint32_t i) {
    const manifest_entity *e = &j->m->entities[entity];
    str said = surface_slice(p->on, p->words[i].lo, p->words[i].hi);
    for (uint32_t k = 0; k <= e->aliases.n && k < 32; k++) {
        str name = k < e->aliases.n ? e->aliases.at[k].text : e->id;
        uint32_t at = 0, lo, hi;
        while (fact_word_next(name, &at, &lo, &hi))
            if (fact_stem(str_slice(name, (ptrdiff_t)lo, (ptrdiff_t)hi)) == p->words[i].stem ||
                str_find(str_slice(name, (ptrdiff_t)lo, (ptrdiff_t)hi), said, 0) >= 0)
                return true;
    }
    return false;
}

/* "N became": the other end of the change follows. */
static bool changes_behind(const passage *p, uint32_t hi) {
    uint32_t first, end;
    passage_window(p, hi, hi, &first, &end);
    while (first < end && p->words[first].lo < hi) first++;
    return first < end && p->words[first].lo == hi + 1 && word_in(p, first, "became becomes gave followed replaced");
}

/* The last word of the clause's subject: before the verb that leads to the version (the other end of the change may
 * stand between), or `beside`, right before the version. UINT32_MAX where there is none. */
static uint32_t subject_end(const passage *p, uint32_t lo, bool beside) {
    uint32_t i = passage_word_before(p, lo);
    bool verb = beside;
    if (i == UINT32_MAX || p->words[i].hi + 3 < lo) return UINT32_MAX;
    for (uint32_t k = 0; k < WORDS_LOOKED_AT; k++, i--) {
        if (!word_in(p, i, BEING) && !in_token(p, i)) break;
        verb = verb || word_in(p, i, VERBS);
        if (i == 0 || !joined(p, i - 1)) return UINT32_MAX;
    }
    return verb ? i : UINT32_MAX;
}

static bool is_determiner(const passage *p, uint32_t i) {
    return word_in(p, i, "the our my its this that his her their");
}

/* "The driver of the card", "the kernel on quay": the phrase's head, not its complement. */
static uint32_t head_of(const passage *p, uint32_t end) {
    for (uint32_t i = end, k = 0; i > 1 && k < WORDS_LOOKED_AT && joined(p, i - 1); k++) {
        i--;
        if (word_in(p, i, "of on for in at") && joined(p, i - 1)) end = --i;
        if (is_determiner(p, i) && !(i > 1 && word_in(p, i - 1, "of on for in at"))) break;
    }
    return end;
}

static bool has_own_subject(const judge *j, const passage *p, const token *t, uint32_t entity) {
    uint32_t end = subject_end(p, t->text.lo, changes_behind(p, t->text.hi)), i;
    if (end == UINT32_MAX) return false;
    i = end = head_of(p, end);
    if (word_in(p, end, ANY)) return false;
    for (uint32_t k = 0; k < 5; k++, i--) { /* the words of the phrase, to its determiner or where it begins */
        const pword *w = &p->words[i];
        if (in_name(p, i) || in_token(p, i) || is_own_word(j, entity, p, i)) return false;
        if (is_determiner(p, i)) return i < end;
        if (w->cues & (CUE_STOP | CUE_FILLER | CUE_PAST | CUE_FIRST) || word_in(p, i, "a an both each")) return false;
        if (i == 0 || !joined(p, i - 1) || word_in(p, i - 1, "and but while whereas of so as on")) return true;
    }
    return false;
}

static bool names(const judge *j, const passage *p, uint32_t entity) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + HITS_LOOKED_AT; h++) {
        uint32_t e = hit_entity(j, &p->on->hits[h], -1);
        if (e == entity || (e != MANIFEST_NONE && program_of(j, e) == entity)) return true;
    }
    return false;
}

/* Does a version before byte `hi` have such a subject? */
static bool one_before_has(judge *j, const passage *p, uint32_t hi, uint32_t entity) {
    for (uint32_t i = p->token_lo; i < p->token_hi && i < p->token_lo + HITS_LOOKED_AT; i++) {
        const token *x = &p->on->tokens[i];
        bool number = x->kind == TOKEN_NUMBER && count_dots(surface_slice(p->on, x->core.lo, x->core.hi)) == 1;
        if (x->text.hi <= hi && (x->kind == TOKEN_VERSION || number) && has_own_subject(j, p, x, entity)) return true;
    }
    return false;
}

bool version_is_of_stranger(judge *j, passage *p, const token *t, uint32_t entity) {
    if (p->kind != PASSAGE_SENTENCE) return false;
    passage_prepare(j, p);
    if (has_own_subject(j, p, t, entity)) return true;
    uint32_t hi = t->text.lo;
    for (uint32_t k = 0; k <= SENTENCES_BACK && !names(j, p, entity); k++) {
        if (one_before_has(j, p, hi, entity)) return true;
        if (p->previous == PASSAGE_NONE) break;
        p = &j->passages[p->previous];
        passage_prepare(j, p);
        hi = p->text.hi;
    }
    return false;
}

/* Is the word the last of one of the names? */
static bool ends_a_name(const manifest_entity *e, const passage *p, uint32_t w) {
    str said = surface_slice(p->on, p->words[w].lo, p->words[w].hi);
    for (uint32_t a = 0; a < e->aliases.n && a < 32; a++) {
        str name = e->aliases.at[a].text;
        if (name.n > said.n && str_eq_nocase(str_slice(name, name.n - said.n, name.n), said) &&
            name.p[name.n - said.n - 1] == ' ')
            return true;
    }
    return false;
}

bool version_is_half_named(const passage *p, const manifest_entity *other, const manifest_entity *bound) {
    for (uint32_t i = 0; i < p->word_count && i < 200; i++)
        if (p->words[i].hi > p->words[i].lo + 3 && ends_a_name(other, p, i) && !ends_a_name(bound, p, i)) return true;
    return false;
}
