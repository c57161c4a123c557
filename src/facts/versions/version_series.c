/* version_series.c - a branch or an edition of a component, which is named by a number.
 *
 *     "the 545-series NVIDIA driver", "the 22.04 LTS release of Ubuntu"    the name behind the noun
 *     "the 575 driver branch"                                              before it, in full or by its last word
 *     "the 570.86.10 driver", "our 0.12.0 vLLM"            a whole version before it
 *     "the NVIDIA driver is from the 535 series", "Ubuntu in its 20.04 long-term edition"    the subject
 *
 * In: a number, or a quantity whose noun is such a word. Out: its component. Only a definite phrase says what is here,
 * "the 570 series", "its 20.04 edition"; "a 570-series driver" is any.
 */
#include "facts/versions/versions.h"

enum { COMPONENTS_LOOKED_AT = 512, NOUN_WITHIN = 3 };

static const char NOUNS[] = "series branch line edition release";

/* The next word of the text at byte `at`, a blank or a dash before it; empty where another mark stands. */
static str next_word(const passage *p, uint32_t *at) {
    uint32_t lo = *at;
    if (lo < p->text.hi && (p->on->text.p[lo] == ' ' || p->on->text.p[lo] == '-')) lo++;
    uint32_t hi = lo;
    while (hi < p->text.hi && (byte_is_alpha(p->on->text.p[hi]) || (hi > lo && p->on->text.p[hi] == '-'))) hi++;
    *at = hi;
    return surface_slice(p->on, lo, hi);
}

/* The component that a name ending at byte `hi` names, in full or, alone, by its last word: "driver". */
static uint32_t named_until(const judge *j, const passage *p, uint32_t hi) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++) {
        binding one = {.n = 0};
        if (p->on->hits[h].where.hi != hi || p->on->hits[h].inside >= 0) continue;
        add_component(j, &one, &p->on->hits[h]);
        if (one.n == 1) return one.entity[0];
    }
    uint32_t lo = hi, found = MANIFEST_NONE;
    while (lo > p->text.lo && byte_is_alpha(p->on->text.p[lo - 1])) lo--;
    str noun = surface_slice(p->on, lo, hi);
    if (noun.n < 5) return MANIFEST_NONE;
    for (uint32_t e = 0; e < j->m->entity_count && e < COMPONENTS_LOOKED_AT; e++) {
        const manifest_texts *names = &j->m->entities[e].aliases;
        bool called = false;
        for (uint32_t k = 0; k < names->n && has_version(j, e); k++) {
            str name = names->at[k].text;
            called = called || (name.n > noun.n + 1 && name.p[name.n - noun.n - 1] == ' ' &&
                                str_eq_nocase(str_slice(name, name.n - noun.n, name.n), noun));
        }
        if (!called) continue;
        if (found != MANIFEST_NONE) return MANIFEST_NONE;
        found = e;
    }
    return found;
}

/* The component whose name begins right behind byte `at`, an "of the" between. */
static uint32_t named_from(const judge *j, const passage *p, uint32_t at) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++) {
        binding one = {.n = 0};
        if (p->on->hits[h].where.lo < at || p->on->hits[h].where.lo > at + 12) continue;
        str between = surface_slice(p->on, at, p->on->hits[h].where.lo);
        if (!str_eq(between, STR(" ")) && !str_eq(between, STR(" of ")) && !str_eq(between, STR(" of the ")) &&
            !str_eq(between, STR(" of our ")))
            continue;
        add_component(j, &one, &p->on->hits[h]);
        if (one.n == 1) return one.entity[0];
    }
    return MANIFEST_NONE;
}

/* "NAME is from the N", "NAME in its N": the subject before the number, `i` the word right before it. */
static uint32_t subject_of(const judge *j, const passage *p, uint32_t i) {
    static const char links[] = "is are comes come belongs stays remains stands still from of in on to the its at";
    for (uint32_t k = 0; k < 7 && i > 0 && word_in(p, i, links); k++, i--)
        if (p->words[i - 1].hi + 1 != p->words[i].lo) return MANIFEST_NONE;
    return word_in(p, i, links) ? MANIFEST_NONE : named_until(j, p, p->words[i].hi);
}

/* "the 570.86.10 driver", "NVIDIA's 570.86.10 driver": a version between a definite article and its noun. */
static bool bind_attribute(judge *j, passage *p, const token *t, binding *b) {
    uint32_t at = t->text.hi;
    if (t->text.hi >= p->text.hi || p->on->text.p[at] != ' ' || t->bound != BOUND_EXACT) return false;
    static const char behind[] = "is are runs does has on in for with and at under from to by keeps stays remains here";
    uint32_t before = version_word_before(p, t->text.lo), count = 0, next;
    str noun = next_word(p, &at);
    if (!noun.n || before == UINT32_MAX) return false;
    next = at;
    str after = next_word(p, &next); /* not "the 0.12.0 driver check", "the 0.12.0 driver that it came with" */
    if (after.n && !str_is_among(after, behind)) return false;
    str owner = surface_slice(p->on, p->words[before].lo, p->words[before].hi);
    bool makers = str_ends(owner, STR("'s")) || str_ends(owner, STR("\xe2\x80\x99s"));
    if (makers) owner = str_slice(owner, 0, owner.n - (owner.p[owner.n - 2] == '\'' ? 2 : 4));
    if (makers &&
        (!alias_lookup(j->m->names, judge_printf(j, "%.*s %.*s", STR_ARG(owner), STR_ARG(noun)), &count) || !count))
        return false;
    if (!makers && !word_in(p, before, "the its our my this")) return false;
    uint32_t found = named_until(j, p, at);
    str text = surface_slice(p->on, t->core.lo, t->core.hi);
    if (found == MANIFEST_NONE || (!version_is_near(j, found, text) && !version_fits(j, found, text))) return false;
    b->entity[b->n++] = found;
    b->name_lo = t->text.lo;
    return b->strong = true;
}

bool bind_series(judge *j, passage *p, const token *t, binding *b) {
    str text = surface_slice(p->on, t->core.lo, t->core.hi), said = {0};
    if (p->kind != PASSAGE_SENTENCE || !j->about_us) return false;
    if (t->kind == TOKEN_VERSION && t->subject.hi <= t->subject.lo && count_dots(text) > 0) {
        passage_prepare(j, p);
        return bind_attribute(j, p, t, b);
    }
    if (t->kind != TOKEN_NUMBER && t->kind != TOKEN_QUANTITY) return false;
    if (!text.n || !byte_is_digit(text.p[0]) || !byte_is_digit(text.p[text.n - 1]) || t->text.lo != t->core.lo)
        return false;
    uint32_t at = t->core.hi, ends[NOUN_WITHIN], inside = MANIFEST_NONE, n = 0;
    for (; n < NOUN_WITHIN; n++) {
        said = next_word(p, &at);
        if (!said.n || str_is_among(said, NOUNS)) break;
        ends[n] = at;
    }
    if (n == NOUN_WITHIN || !said.n) return false;
    passage_prepare(j, p);
    uint32_t before = version_word_before(p, t->text.lo);
    if (before == UINT32_MAX || !word_in(p, before, "the its our my this")) return false;
    for (uint32_t k = 0; k < n && inside == MANIFEST_NONE; k++) inside = named_until(j, p, ends[k]);
    uint32_t found = inside;
    if (found == MANIFEST_NONE) found = named_from(j, p, at);
    if (found == MANIFEST_NONE && before > 0) found = subject_of(j, p, before);
    if (found == MANIFEST_NONE || !version_is_near(j, found, text)) return false;
    b->entity[b->n++] = found;
    b->name_lo = t->text.lo;
    return b->strong = true;
}
