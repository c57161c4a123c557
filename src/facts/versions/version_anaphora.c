/* version_anaphora.c - "it is at 0.16.0": a version whose component was named before.
 *
 *     "pgBackRest was 2.53.1 until December and has been 2.57.0 since"     the subject goes on
 *     "When we began, PostgreSQL was 15.8. … From then on it was 16.11"    a pronoun, and a verb of being
 *     "… 16.12, in the place of 16.11"                                     what was replaced
 *     "It is 16.12. The one before, 16.11, …", "Before that came 16.11"    what went before it
 *     "$ caddy version" "v2.10.2" "Until May it was 2.8.4"                 the output right above
 *     "## Caddy", "The version is 2.10.2"                                  the heading
 *
 * In: a version, or a bare number with a point, that stands next to no name. Out: its component, if there is one that
 * fits: the only one of the nearest sentence that names any, of which that sentence states a version, and whose
 * versions have as many points and the same first number. "perch talks to a proxy. It is at 1.2.0" binds nothing.
 */
#include "facts/versions/versions.h"

static str first_number(str version) {
    ptrdiff_t lo = version.n && byte_is_alpha(version.p[0]) ? 1 : 0, hi = lo;
    while (hi < version.n && byte_is_digit(version.p[hi])) hi++;
    return str_slice(version, lo, hi);
}

bool version_fits(const judge *j, uint32_t entity, str text) {
    const manifest_version *v = &j->m->entities[entity].version;
    str first = first_number(text);
    if (v->text.n && count_dots(v->text) == count_dots(text) && str_eq(first_number(v->text), first)) return true;
    for (uint32_t i = 0; i < v->history_count; i++)
        if (count_dots(v->history[i].version) == count_dots(text) && str_eq(first_number(v->history[i].version), first))
            return true;
    return false;
}

/* Does a version of the entity, as the text writes it, stand beside the name: within a few words behind it? */
static bool is_stated_with(const passage *p, const alias_hit *name, uint32_t hi) {
    for (uint32_t i = p->token_lo; i < p->token_hi && p->on->tokens[i].text.lo < hi && i < p->token_lo + 64; i++) {
        const token *v = &p->on->tokens[i];
        if (v->kind != TOKEN_VERSION && v->kind != TOKEN_NUMBER && v->kind != TOKEN_IMAGE) continue;
        bool around = v->text.lo <= name->where.lo && v->text.hi >= name->where.hi;
        if (around || (v->core.lo >= name->where.hi && v->core.lo < name->where.hi + 24)) return true;
    }
    return false;
}

/* The component named before `hi` in a passage that the version fits, and a version of which stands there; *named
 * counts the components that have versions. */
static uint32_t fitting(const judge *j, const passage *p, uint32_t hi, str text, bool stated, uint32_t *named) {
    uint32_t found = MANIFEST_NONE, seen[8], n = 0, fit = 0;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64 && p->on->hits[h].where.hi <= hi; h++) {
        binding one = {.n = 0};
        add_component(j, &one, &p->on->hits[h]);
        for (uint32_t k = 0; k < one.n; k++) {
            bool known = n == COUNT_OF(seen);
            for (uint32_t i = 0; i < n; i++) known = known || seen[i] == one.entity[k];
            if (known) continue;
            seen[n++] = one.entity[k];
            if (!version_fits(j, one.entity[k], text) || (stated && !is_stated_with(p, &p->on->hits[h], hi))) continue;
            found = one.entity[k];
            fit++;
        }
    }
    *named = n;
    return fit == 1 ? found : MANIFEST_NONE;
}

enum lead { LEAD_NONE, LEAD_BACK, LEAD_SAME }; /* back: a pronoun, a noun; same: the sentence's own subject goes on */

/* What leads to the version at word `before`, the one right before it. `past` tells of a verb in the past tense. */
static enum lead find_lead(const passage *p, uint32_t before, bool *past) {
    static const char being[] =
        "is was are were been be at on has have had now still then today here currently already "
        "stays stayed remained remains became runs ran run stands stood only just";
    *past = false;
    if (word_in(p, before, "replaced replaces replacing succeeds succeeded")) return *past = true, LEAD_SAME;
    if (word_in(p, before, "of") && before > 0 && word_in(p, before - 1, "place instead ahead stead"))
        return *past = true, LEAD_SAME;
    if (word_in(p, before, "version release")) return LEAD_BACK;
    bool one = (word_in(p, before, "before") && before > 0 && word_in(p, before - 1, "one release version")) ||
               (word_in(p, before, "one") && before > 0 && word_in(p, before - 1, "previous earlier")) ||
               (word_in(p, before, "predecessor") && before > 0 && word_in(p, before - 1, "its"));
    bool that = before > 1 && word_in(p, before, "came was") && word_in(p, before - 1, "that") &&
                word_in(p, before - 2, "before");
    if (one || that) return *past = true, LEAD_BACK;
    bool verb = false;
    uint32_t i = before;
    for (uint32_t k = 0; k < 5 && word_in(p, i, being); k++) {
        verb = verb ||
               word_in(p, i, "is was are were been at stays stayed remained remains became runs ran run stands stood");
        *past = *past || word_in(p, i, "was were had stayed remained ran stood became");
        if (i == 0) return LEAD_NONE;
        i--;
    }
    if (!verb) return LEAD_NONE;
    if (word_in(p, i, "it that this which they both version release we")) return LEAD_BACK;
    return word_in(p, i, "and") ? LEAD_SAME : LEAD_NONE;
}

bool bind_anaphora(judge *j, passage *p, const token *t, binding *b) {
    if (p->kind != PASSAGE_SENTENCE || !j->about_us) return false;
    if (t->kind != TOKEN_VERSION && t->kind != TOKEN_NUMBER) return false;
    str text = surface_slice(p->on, t->core.lo, t->core.hi);
    if (count_dots(text) < 1 || !version_stands_alone(p, t)) return false;
    passage_prepare(j, p);
    uint32_t first, end, before = UINT32_MAX;
    passage_window(p, t->text.lo, t->text.lo, &first, &end);
    for (uint32_t i = first; i < end && p->words[i].hi <= t->text.lo; i++) before = i;
    if (before == UINT32_MAX || p->words[before].hi + 3 < t->text.lo) return false;
    bool past = false;
    enum lead lead = find_lead(p, before, &past);
    if (lead == LEAD_NONE) return false;
    uint32_t named = 0, found = fitting(j, p, t->text.lo, text, true, &named);
    for (uint32_t back = p->previous, k = 0; !named && lead == LEAD_BACK && back != PASSAGE_NONE && k < 3;
         k++, back = j->passages[back].previous)
        found = fitting(j, &j->passages[back], j->passages[back].text.hi, text, true, &named);
    uint32_t own = (uint32_t)(p - j->passages);
    for (uint32_t k = 1; !named && lead == LEAD_BACK && p->previous == PASSAGE_NONE && k <= own && k < 12; k++) {
        const passage *line = &j->passages[own - k]; /* what was printed right above */
        if (line->kind != PASSAGE_CODE || line->block != j->passages[own - 1].block) break;
        found = fitting(j, line, line->text.hi, text, true, &named);
    }
    if (!named && lead == LEAD_BACK && p->heading != PASSAGE_NONE && p->previous == PASSAGE_NONE) {
        passage *heading = &j->passages[p->heading];
        passage_prepare(j, heading);
        if (heading->word_count < 4) found = fitting(j, heading, heading->text.hi, text, false, &named);
    }
    if (found == MANIFEST_NONE) return false;
    b->entity[b->n++] = found;
    b->strong = true;
    b->past_too = past;
    return true;
}
