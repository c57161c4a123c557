/* version_alone.c - the only version of a sentence, and the only component in it that has one.
 *
 *     "We settled on 12.8 for CUDA"                       wherever in the sentence the name stands
 *     "As for vLLM, I'm on 0.9.2"
 *     "Our box has the 12.9.1 CUDA toolkit"
 *     "The driver? That one's at 570.133.20"              the name asked for right before
 *
 * Drafts part a version from its name in more ways than can be listed. Where the first person, one of our machines or
 * "here" is in the sentence, nothing else in it has a version and the number could be a release of the component by its
 * size, it is that of the component. In: a version or a bare number with a point. Out: the binding. A sentence that
 * speaks of other releases (older, tried, required, the next one), of others or of no present binds nothing: that
 * the number is near does not say that it runs.
 */
#include "facts/reading/standing.h"
#include "facts/versions/versions.h"

enum { HITS_READ = 32, TOKENS_READ = 64, WORDS_READ = 64 };

/* Words that make a release another one than what runs, or the number something else than a release. */
static const char OTHER_RELEASES[] =
    "than newer older previous earlier later former next latest newest skipped skip skips tried try trying test tested "
    "testing wait waiting waited broke breaks broken required requires require requirement needs need needed supports "
    "support supported minimum maximum least below above since release releases if unless until before after without "
    "instead unlike except not "
    "never no nor would could might may should will shall was were had did used until once first second third "
    "drops dropped dropping fixed fixes fix bug bugs regression changelog notes release-notes wheels wheel upstream "
    "faster slower times percent score against compared versus vs back rolled downgrade downgraded they he she his her "
    "their reader readers colleague friend someone somebody others people you your article post issue section chapter "
    "table figure page step from between around about roughly nearly almost over under average mean";

static const uint32_t OTHER_CUES = CUE_NEGATION | CUE_COMPARE | CUE_IF | CUE_MODAL | CUE_FUTURE | CUE_WAS | CUE_OTHERS |
                                   CUE_REPORT | CUE_GONE | CUE_SECOND;

/* Is the token one that could be a version: with a point in it, and without a unit? */
static bool is_versionlike(const passage *p, const token *t) {
    if (t->kind == TOKEN_VERSION || t->kind == TOKEN_IMAGE) return true;
    if (t->kind == TOKEN_QUANTITY) return true; /* "70 tok/s with 12.8": the number may be another figure */
    return t->kind == TOKEN_NUMBER && str_find_byte(surface_slice(p->on, t->core.lo, t->core.hi), '.', 0) > 0;
}

static bool is_only_version(const passage *p, const token *t) {
    for (uint32_t i = p->token_lo; i < p->token_hi && i < p->token_lo + TOKENS_READ; i++) {
        const token *x = &p->on->tokens[i];
        if (x != t && x->core.lo != t->core.lo && is_versionlike(p, x)) return false;
    }
    return p->token_hi - p->token_lo <= TOKENS_READ;
}

/* The one component with a version that the sentence names; its hit, or NULL. `*other`: it names another, too, or what
 * is declared absent. */
static const alias_hit *only_component(const judge *j, const passage *p, uint32_t *entity, bool *other) {
    const alias_hit *found = NULL;
    *entity = MANIFEST_NONE;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + HITS_READ; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (hit->inside >= 0) continue;
        uint32_t e = hit_entity(j, hit, ENTITY_COMPONENT);
        *other = *other || hit_has(hit, ALIAS_ABSENT);
        if (e == MANIFEST_NONE || e == *entity) continue;
        *other = *other || *entity != MANIFEST_NONE;
        if (!has_version(j, e)) continue;
        *entity = e;
        found = hit;
    }
    return found;
}

/* Could it be a release of the component by its size, written as precisely as what runs or more so: "22.04.5" of 24.04?
 */
static bool is_near(const judge *j, uint32_t entity, str text) {
    str now = j->m->entities[entity].version.text;
    ptrdiff_t dots = count_dots(now), end = 0;
    if (!now.n) return false;
    for (; end < text.n && (text.p[end] != '.' || dots-- > 0); end++) {
    }
    return version_is_near(j, entity, str_slice(text, 0, end));
}

/* "The driver? That one's at 570": the noun of the question right before. */
static uint32_t asked_for(judge *j, const passage *p) {
    if (p->previous == PASSAGE_NONE) return MANIFEST_NONE;
    passage *q = &j->passages[p->previous];
    passage_prepare(j, q);
    if (!str_ends(str_trim(passage_text(q)), STR("?")) || q->word_count > 3 || !word_in(q, 0, "the my our and"))
        return MANIFEST_NONE;
    if (!word_in(p, 0, "that that's mine it it's that'd ours")) return MANIFEST_NONE;
    uint32_t entity;
    bool other = false;
    if (only_component(j, q, &entity, &other)) return other ? MANIFEST_NONE : entity;
    return component_by_noun(j, q, q->word_count - 1);
}

/* Is it said of what is ours: the first person, one of our machines, "here"? */
static bool is_of_ours(const judge *j, const passage *p) {
    if (p->cues & CUE_FIRST) return true;
    for (uint32_t i = 0; i < p->word_count && i < WORDS_READ; i++)
        if (word_in(p, i, "here mine ours") || (word_in(p, i, "this") && word_in(p, i + 1, "machine box server host")))
            return true;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + HITS_READ; h++) {
        uint32_t e = p->on->hits[h].inside < 0 ? hit_entity(j, &p->on->hits[h], -1) : MANIFEST_NONE;
        if (e != MANIFEST_NONE && (j->m->entities[e].kind == ENTITY_HARDWARE || j->m->entities[e].kind == ENTITY_HOST))
            return true;
    }
    return false;
}

/* A name of its own beside the number: "PyTorch 2.9", "2.9 PyTorch". `name`: the component's own, where it may stand.
 */
static bool has_stranger_beside(const passage *p, const token *t, const alias_hit *name) {
    uint32_t before = passage_word_before(p, t->text.lo), after = standing_word_at(p, t->text.hi);
    const uint8_t *text = p->on->text.p;
    if (before != UINT32_MAX && before > 0 && p->words[before].hi + 2 > t->text.lo && text[p->words[before].lo] < 'a' &&
        byte_is_alpha(text[p->words[before].lo]) && !word_in(p, before, "i i'm") &&
        !(name && p->words[before].lo >= name->where.lo && p->words[before].hi <= name->where.hi))
        return true;
    if (after >= p->word_count || p->words[after].lo > t->text.hi + 1) return false;
    bool capital = byte_is_alpha(text[p->words[after].lo]) && text[p->words[after].lo] < 'a';
    return capital && !word_in(p, after, "lts") &&
           !(name && p->words[after].lo >= name->where.lo && p->words[after].hi <= name->where.hi);
}

/* "the vLLM plugin", "Postgres clients": a noun right behind the name, so that it is only a part of another's. */
static bool is_of_longer_name(const passage *p, const alias_hit *name) {
    uint32_t after = standing_word_at(p, name->where.hi);
    if (after >= p->word_count || p->words[after].lo != name->where.hi + 1) return false;
    const pword *w = &p->words[after];
    return !(w->cues & (CUE_STOP | CUE_FILLER | CUE_BREAK | CUE_FIRST | CUE_RUN | CUE_HAVE)) &&
           !byte_is_digit(p->on->text.p[w->lo]) && !word_in(p, after, "stays remains sits stands because");
}

/* "on 12.8", "with 12.9", "the 12.9", "picked 23.10": not "a temperature of 0.6", "takes 0.5". */
static bool is_put_as_release(const passage *p, uint32_t lo) {
    uint32_t before = passage_word_before(p, lo);
    return before != UINT32_MAX && p->words[before].hi + 2 > lo &&
           word_in(p, before, "on at to with the is picked chose installed pinned run runs version");
}

bool bind_alone(judge *j, passage *p, const token *t, binding *b) {
    if (p->kind != PASSAGE_SENTENCE || !j->about_us || (t->kind != TOKEN_VERSION && t->kind != TOKEN_NUMBER))
        return false;
    str text = surface_slice(p->on, t->core.lo, t->core.hi);
    if (str_find_byte(text, '.', 0) < 1 || p->word_count > WORDS_READ || !is_only_version(p, t)) return false;
    passage_prepare(j, p);
    uint32_t entity;
    bool other = false;
    const alias_hit *name = only_component(j, p, &entity, &other);
    if (other) return false;
    if (!name) entity = asked_for(j, p);
    if (entity == MANIFEST_NONE || !is_near(j, entity, text)) return false;
    if (name && name->where.lo < t->text.hi && name->where.hi > t->text.lo) return false;
    if (name && is_of_longer_name(p, name)) return false;
    if (t->kind == TOKEN_NUMBER && !is_put_as_release(p, t->text.lo)) return false;
    if ((name && !is_of_ours(j, p)) || has_stranger_beside(p, t, name)) return false;
    uint32_t last = standing_word_at(p, name && name->where.hi > t->text.hi ? name->where.hi : t->text.hi);
    for (uint32_t i = 0; i < p->word_count && i <= last; i++)
        if (p->words[i].cues & OTHER_CUES || word_in(p, i, OTHER_RELEASES)) return false;
    b->entity[b->n++] = entity;
    b->strong = b->apart = true;
    b->name_lo = name ? name->where.lo : 0;
    return true;
}
