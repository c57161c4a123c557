/* doubt_foreign.c - the sentence says by its build that the name is another's: of any such machine, of a thing of
 * somebody's, of a part, of another operating system.
 *
 *     "Mastodon wants a VPS with 8 GB of RAM"          what somebody else's program or shop asks for, or offers
 *     "Every VPS has 16 GB of RAM"                     any such machine
 *     "GitHub's runner has 4 cores and 16 GB of RAM"   the genitive owns all that is listed
 *     "The build of LLVM takes 90 minutes"             a common noun that "of" gives to another
 *     "The build's first step takes 40 seconds"        a part of it
 *     "On macOS bash 3.2 fails"                        a system that nobody declared is the place, or the subject
 *     "cmake 3.10 is the oldest that works"            what is required
 *
 * In: a scene. Out: the doubt, or NULL. "We rent a VPS with 16 GB", "the site runs on a VPS with 16 GB" say whose it
 * is: a first person, a declared name, a verb of having or running, or a place where something stands keep the doubt
 * away.
 */
#include "facts/verdicts/doubt.h"
#include "facts/reading/standing.h"

enum { HITS_READ = 64, NAME_WORDS = 4 };

/* The last name of the claim's entity before it, else its first one behind it; NULL where the sentence has none. */
static const alias_hit *name_of(const scene *s) {
    const alias_hit *nearest = NULL;
    for (uint32_t h = s->p->hit_lo; h < s->p->hit_hi && h < s->p->hit_lo + HITS_READ; h++) {
        const alias_hit *hit = &s->p->on->hits[h];
        if (hit_entity(s->j, hit, -1) != s->entity) continue;
        if (hit->where.hi <= s->lo || !nearest) nearest = hit;
    }
    return nearest;
}

/* Is word `i`, its possessive aside, or a part of it a name of the manifest's? */
static bool is_known(const scene *s, uint32_t i) {
    const pword *w = &s->p->words[i];
    uint32_t first, end;
    passage_hit_window(s->p, w->lo, w->hi, &first, &end);
    for (uint32_t h = first; h < end; h++)
        if (s->p->on->hits[h].where.lo <= w->lo && s->p->on->hits[h].where.hi > w->lo) return true;
    return false;
}

/* "Harborlight's", of lamp1.harborlight.example: a word that a name of one of our machines or services holds is most
 * likely what we are called. */
static bool is_in_our_names(const scene *s, str name) {
    const manifest *m = s->j->m;
    for (uint32_t e = 0, asked = 0; e < m->entity_count && e < 512 && asked < 64; e++) {
        uint8_t kind = m->entities[e].kind;
        if (kind != ENTITY_HOST && kind != ENTITY_HARDWARE && kind != ENTITY_SERVICE) continue;
        asked++;
        for (uint32_t i = 0; i < m->entities[e].aliases.n && i < 8; i++) {
            str alias = m->entities[e].aliases.at[i].text;
            for (ptrdiff_t at = 0; at + name.n <= alias.n && at < 64; at++)
                if (str_eq_nocase(str_slice(alias, at, at + name.n), name)) return true;
        }
    }
    return false;
}

/* Is word `i` a name that the manifest does not know: a capital that no sentence's beginning asks for, or at its
 * beginning no word that carries no meaning of its own? */
static bool is_strange_name(const scene *s, uint32_t i) {
    const passage *p = s->p;
    uint8_t c = i < p->word_count ? p->on->text.p[p->words[i].lo] : 0;
    if (c < 'A' || c > 'Z' || is_known(s, i)) return false;
    if (doubt_said(p, i).n > 3 && is_in_our_names(s, doubt_said(p, i))) return false;
    return !(p->words[i].cues & (CUE_STOP | CUE_FIRST | CUE_NEGATION | CUE_IF | CUE_BREAK | CUE_PART | CUE_CADENCE)) &&
           !doubt_word(p, i, "it its this that these those everything all one here there now today so also then still");
}

static bool is_possessive(const passage *p, uint32_t i) {
    const uint8_t *end = p->on->text.p + p->words[i].hi;
    return p->words[i].hi - p->words[i].lo > 2 &&
           ((end[-1] == 's' && (end[-2] == '\'' || end[-2] == 0x99)) || end[-1] == '\'');
}

/* Has the manifest a plural of what the hit says among the entity's names: "each node" of declared "nodes"? */
static bool is_one_of_a_fleet(const scene *s, const alias_hit *hit) {
    str said = surface_slice(s->p->on, hit->where.lo, hit->where.hi);
    const manifest_entity *e = &s->j->m->entities[s->entity];
    for (uint32_t i = 0; i < e->aliases.n && i < 16; i++) {
        str name = e->aliases.at[i].text;
        if (str_ends(name, STR("s")) && str_eq_nocase(str_slice(name, 0, name.n - 1), said)) return true;
    }
    return false;
}

/* "Mastodon wants a VPS", "AWS gives each VPS", "For Mastodon a VPS …", "every VPS has": an indefinite one, in a clause
 * whose subject is a name that is none of ours, or which has no other than "every" one. */
static bool is_of_any_machine(const scene *s) {
    const passage *p = s->p;
    if (s->entity == MANIFEST_NONE || p->kind != PASSAGE_SENTENCE || s->j->m->entities[s->entity].kind != ENTITY_HOST)
        return false;
    const alias_hit *hit = name_of(s);
    if (!hit || p->cues & CUE_FIRST || host_is_ours(s->j, s->j->judging, s->entity)) return false;
    uint32_t from, to, at = standing_word_at(p, hit->where.lo), one = at;
    doubt_words_of(s, s->part, &from, &to);
    while (one > from && at - one < NAME_WORDS && !doubt_word(p, one, "a an each every") &&
           !(p->words[one].cues & CUE_STOP))
        one--;
    if (!doubt_word(p, one, "a an each every") || is_one_of_a_fleet(s, hit)) return false;
    for (uint32_t i = from; i < to; i++)
        if (doubt_word(p, i, "here our my")) return false;
    if (one == from) return doubt_word(p, one, "each every");
    if (doubt_word(p, one - 1, "on from to in at as with into onto is was via through by") ||
        p->words[one - 1].cues & (CUE_HAVE | CUE_RUN | CUE_WAS))
        return false;
    bool strange = is_strange_name(s, from);
    uint32_t subject = from; /* "Oracle Database": all of the name */
    while (strange && subject < one && byte_is_alpha(p->on->text.p[p->words[subject].lo]) &&
           !(p->on->text.p[p->words[subject].lo] & 0x20))
        subject++;
    for (uint32_t i = subject; i < one; i++) /* nothing of ours has it, and nothing runs there */
        if ((is_known(s, i) && !(p->words[i].lo >= hit->where.lo)) || p->words[i].cues & (CUE_HAVE | CUE_RUN))
            return false;
    bool fronted = doubt_word(p, from, "for") && is_strange_name(s, from + 1) && from + 2 == one;
    return fronted || strange || doubt_word(p, from, "they others some");
}

/* Whose is it: people, those whom we serve, or a name that the manifest does not know? */
static bool is_strange_owner(const scene *s, uint32_t i) {
    if (i >= s->p->word_count || is_known(s, i)) return false;
    return doubt_is_people(s->p, i) || is_strange_name(s, i) ||
           doubt_word(s->p, i, "customer customers client clients tenant tenants vendor user users");
}

/* "database", "VPS": no name that is written like one. */
static bool is_common_noun(const passage *p, const alias_hit *hit) {
    str said = surface_slice(p->on, hit->where.lo, hit->where.hi);
    bool small = said.p[0] < 'A' || said.p[0] > 'Z', capitals = said.n < 5;
    for (ptrdiff_t i = 0; i < said.n; i++) capitals = capitals && said.p[i] >= 'A' && said.p[i] <= 'Z';
    return small || capitals;
}

static const char DAYS[] =
    "january february march april may june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday spring summer autumn winter easter christmas";

/* "GitHub's runner │ has 4 cores and 16 GB": the possessive begins the clause, and what it owns is none of ours by a
 * name; "MySQL's database port": a common noun of ours, but theirs by the genitive. */
static bool is_in_a_genitive(const scene *s) {
    const passage *p = s->p;
    uint32_t from, to;
    doubt_words_of(s, s->part, &from, &to);
    while (from < s->at && doubt_word(p, from, "and but while whereas so because")) from++;
    for (uint32_t i = from; i < s->at && i < from + 3; i++) {
        if (!is_possessive(p, i)) continue;
        if (is_known(s, i)) return false;
        if (!doubt_is_people(p, i) && !is_strange_name(s, i)) return false;
        if (doubt_word(p, i, DAYS)) return false;  /* "in February's outage" */
        for (uint32_t k = i + 1; k < s->at; k++) { /* "Anna's machine, alder, has" names ours */
            uint32_t first, end;
            passage_hit_window(p, p->words[k].lo, p->words[k].hi, &first, &end);
            for (uint32_t h = first; h < end; h++) {
                const alias_hit *hit = &p->on->hits[h];
                if (hit->where.lo > p->words[k].lo || hit->where.hi < p->words[k].hi) continue;
                if (hit_entity(s->j, hit, -1) != MANIFEST_NONE && (k > i + 1 || !is_common_noun(p, hit))) return false;
            }
        }
        return true;
    }
    return false;
}

/* "The database of our customer", "a build of Firefox", "the build's first step": right behind a common noun of ours,
 * whose it is, or which part of it. */
static bool is_of_anothers(const scene *s) {
    const passage *p = s->p;
    const alias_hit *hit = s->entity == MANIFEST_NONE ? NULL : name_of(s);
    if (!hit || hit->where.hi > s->lo) return false;
    uint8_t kind = s->j->m->entities[s->entity].kind;
    if ((kind != ENTITY_SERVICE && kind != ENTITY_PROCESS && kind != ENTITY_HOST) || !is_common_noun(p, hit))
        return false;
    uint32_t of = standing_word_at(p, hit->where.hi);
    if (!doubt_word(p, of, "of") || of >= s->at) return false;
    uint32_t owner = of + 1;
    while (owner < s->at && doubt_word(p, owner, "the our my a an another one some every each")) owner++;
    return owner < s->at && is_strange_owner(s, owner);
}

static bool is_of_its_part(const scene *s) {
    const passage *p = s->p;
    const alias_hit *hit = s->entity == MANIFEST_NONE ? NULL : name_of(s);
    const numeric_fact *f = s->j->contradicting;
    if (!hit || !f || hit->where.hi >= s->lo || s->j->m->entities[s->entity].kind != ENTITY_PROCESS) return false;
    uint32_t w = standing_word_over(p, hit->where.hi - 1), noun;
    if (w >= s->at || !is_possessive(p, w)) return false;
    for (noun = w + 1; noun < s->at && noun < w + 4; noun++) {
        if (doubt_is_own_stem(s, f, noun) || doubt_word(p, noun, "time run runtime length total duration own whole"))
            return false;
        if (doubt_word(p, noun, "step steps phase stage part half leg job task pass check checks upload download"))
            return true;
    }
    return false;
}

static const char SYSTEMS[] = "macos osx windows wsl android ios ipados freebsd openbsd netbsd alpine ubuntu debian "
                              "fedora arch rhel centos rocky almalinux suse opensuse gentoo nixos raspbian amazon "
                              "oracle manjaro mint void slackware illumos solaris";

/* "On macOS Caddy 2.6 fails", "Alpine uses kernel 6.6": a system that nobody declared is where, or who. */
static bool is_of_another_system(const scene *s) {
    const passage *p = s->p;
    if (s->c->kind != CLAIM_VERSION || p->cues & CUE_FIRST || p->kind != PASSAGE_SENTENCE) return false;
    uint32_t from, to;
    doubt_words_of(s, s->part, &from, &to);
    while (from < s->at && doubt_word(p, from, "and but while whereas so because")) from++;
    bool fronted = doubt_word(p, from, "on under in with for");
    uint32_t i = from + fronted;
    if (i >= s->at || !doubt_word(p, i, SYSTEMS) || is_known(s, i)) return false;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + HITS_READ; h++) { /* one of our machines */
        uint32_t e = hit_entity(s->j, &p->on->hits[h], -1);
        if (e != MANIFEST_NONE &&
            (s->j->m->entities[e].kind == ENTITY_HOST || s->j->m->entities[e].kind == ENTITY_HARDWARE))
            return false;
    }
    if (fronted) return true;
    for (uint32_t k = i + 1; k < s->at && k < i + 6; k++)
        if (doubt_word(p, k,
                       "uses has ships comes carries runs boots brings includes packages provides offers still "
                       "needs wants installs"))
            return true;
    return false;
}

/* "cmake 3.10 is the oldest that works": a bound of what would do. */
static bool is_the_least(const scene *s) {
    const passage *p = s->p;
    if (s->c->kind != CLAIM_VERSION || !doubt_word(p, s->after, "is was")) return false;
    if (!doubt_word(p, s->after + 1, "the") ||
        !doubt_word(p, s->after + 2, "oldest lowest earliest minimum least first newest latest last"))
        return false;
    for (uint32_t i = s->after + 3; i < s->end && i < s->after + 7; i++)
        if (doubt_word(p, i, "works work builds compiles supports supported accepted do does passes understands knows"))
            return true;
    return false;
}

const char *doubt_of_foreign(const scene *s) {
    if (s->p->kind != PASSAGE_SENTENCE) return NULL;
    bool number = s->c->kind == CLAIM_QUANTITY || s->c->kind == CLAIM_BENCHMARK || s->c->kind == CLAIM_HARDWARE;
    if ((number || s->c->kind == CLAIM_PLACE) && is_of_any_machine(s)) OBJECT(s->j, "it is said of any such thing");
    if ((number || s->c->kind == CLAIM_PORT) && (is_in_a_genitive(s) || is_of_anothers(s)))
        OBJECT(s->j, "another name owns it");
    if (number && is_of_its_part(s)) OBJECT(s->j, "it is that of a part");
    if (is_of_another_system(s)) OBJECT(s->j, "it is said of another operating system");
    if (is_the_least(s)) OBJECT(s->j, "it says what would do");
    return NULL;
}
