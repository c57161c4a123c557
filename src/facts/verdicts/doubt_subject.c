/* doubt_subject.c - the sentence says whose it is: yours, theirs, that of a thing it has just introduced.
 *
 *     "Their reference instance does 9,000 …"                                          somebody else's
 *     "The story goes that we rent …"                                                   what others tell or believe
 *     "The Debian package is 1.24.1"                                                   what a distribution offers
 *     "a rented machine with 2 vCPU, 4 GB and 40 GB of disk"                            of what "a" introduces
 *     "Start Blender 4.2. It is not there any more."                                    the next sentence takes it back
 *     "a night desk in San Jose"                                                       the town of that
 *
 * In: a scene. Out: the doubt, or NULL. Only closed classes of English decide: possessives, articles, and the
 * pronoun with which the next sentence goes on.
 */
#include "facts/verdicts/doubt.h"
#include "facts/reading/standing.h"

enum { WORDS_BACK = 24, HITS_READ = 64 };

/* Is the clause's first word, or that behind "and", "but", "while", the possessive of another person? */
static bool is_possessed_by_others(const scene *s, uint32_t from) {
    while (from < s->at && doubt_word(s->p, from, "and but while whereas so because on in at with under")) from++;
    return from + 1 < s->at && doubt_word(s->p, from, "their his her theirs");
}

/* The owner's last name before the claim; else its first one behind it. NULL: the sentence does not name it. */
static const alias_hit *nearest_name(const scene *s) {
    const alias_hit *nearest = NULL;
    for (uint32_t h = s->p->hit_lo; h < s->p->hit_hi && h - s->p->hit_lo < HITS_READ; h++) {
        const alias_hit *hit = &s->p->on->hits[h];
        if (hit_entity(s->j, hit, -1) != s->entity) continue;
        if (hit->where.hi <= s->lo || !nearest) nearest = hit;
    }
    return nearest;
}

static uint32_t word_from(const scene *s, uint32_t byte) {
    uint32_t i = s->first;
    while (i < s->end && s->p->words[i].lo < byte) i++;
    return i;
}

/* "The Debian package is 1.24.1": what the distribution offers, not what it is. */
static bool is_of_a_package(const scene *s) {
    const alias_hit *name = s->entity == MANIFEST_NONE || s->c->kind != CLAIM_VERSION ? NULL : nearest_name(s);
    return name && name->where.hi <= s->lo &&
           doubt_word(s->p, word_from(s, name->where.hi), "package packages repository archive mirror");
}

static bool names_something(const scene *s, uint32_t lo, uint32_t hi) {
    for (uint32_t h = s->p->hit_lo; h < s->p->hit_hi && h - s->p->hit_lo < HITS_READ; h++)
        if (s->p->on->hits[h].where.lo >= lo && s->p->on->hits[h].where.hi <= hi &&
            hit_entity(s->j, &s->p->on->hits[h], -1) != MANIFEST_NONE)
            return true;
    return false;
}

/* "… come to 41 dollars a day", "on demand": what it would be is told by what it costs. */
static bool is_priced(const scene *s) {
    for (uint32_t i = s->after; i < s->end; i++)
        if (doubt_word(s->p, i, "cost costs come comes demand rent rented quoted quote offer offered price priced"))
            return true;
    return false;
}

/* "on a rented machine with 2 vCPU, 4 GB …": the number is in the list of what a thing has that is introduced here, and
 * is none of ours. "It is a machine with 96 GB" says it of what is. */
static bool is_of_the_introduced(const scene *s) {
    const passage *p = s->p;
    uint32_t from = s->at > WORDS_BACK + s->first ? s->at - WORDS_BACK : s->first;
    for (uint32_t i = s->at; i > from; i--) {
        if (!doubt_word(p, i - 1, "with")) continue;
        for (uint32_t k = i - 1; k > from && i - k < 5; k--) {
            bool several = doubt_word(p, i - 2, "instances machines servers nodes cards boxes") &&
                           (byte_is_digit(p->on->text.p[p->words[k - 1].lo]) ||
                            doubt_word(p, k - 1, "two three four five six seven eight ten twelve"));
            if (!several && !doubt_word(p, k - 1, "a an")) continue;
            if (several && k - 1 == from && from == s->first && s->part.lo <= p->words[from].lo)
                return !names_something(s, p->words[k - 1].lo, s->lo) && is_priced(s);
            bool said = k > 1 && doubt_word(p, k - 2, "is it was as has have got became becomes bought");
            return !said && k > 1 && !names_something(s, p->words[k - 1].lo, s->lo) &&
                   doubt_word(p, i - 2,
                              "machine box server computer node card laptop workstation tower pc instance vps");
        }
        return false;
    }
    return false;
}

/* "a night desk in San Jose", "the programme for Leeds": the town of people or of an institution that is none of ours.
 * "In a hall in X" is ours. */
bool doubt_town_of_another(const passage *p, uint32_t lo) {
    uint32_t i = standing_word_over(p, lo);
    if (i < 2) return false;
    if (doubt_word(p, i - 1, "for about near beyond")) return true;
    if (!doubt_word(p, i - 1, "in at")) return false;
    bool theirs =
        doubt_is_others(p, i - 2) || doubt_word(p, i - 2, "desk centre center institute conference fair firm company");
    if (i > 2 && doubt_word(p, i - 2, "centre center") && doubt_word(p, i - 3, "data")) return false;
    for (uint32_t k = i - 2; theirs && k > 0 && i - k < 5; k--)
        if (doubt_word(p, k - 1, "a an another")) return true;
    return false;
}

/* "A rumour has it that we rent …", "the story goes that …", "clients think that …": what is told, or believed by
 * others. */
static bool is_hearsay(const scene *s, uint32_t from) {
    static const char hearsay[] = "rumour rumor rumours rumors legend myth myths gossip hearsay misconception "
                                  "misconceptions misunderstanding misunderstandings",
                      tales[] = "joke story word talk saying tale suspicion belief superstition",
                      believes[] = "think thinks believe believes assume assumes suspect suspects imagine imagines "
                                   "suppose supposes thought believed assumed suspected";
    const passage *p = s->p;
    for (uint32_t i = from; i < s->at; i++) {
        if (doubt_word(p, i, hearsay)) return true;
        bool tale = doubt_word(p, i, tales);
        for (uint32_t k = i + 1; tale && k + 1 < s->at && k < i + 7; k++)
            if ((doubt_word(p, k, "is goes was") && doubt_word(p, k + 1, "that")) ||
                (doubt_word(p, k, "has had") && doubt_word(p, k + 1, "it")))
                return true;
        bool believed = doubt_word(p, i, believes);
        ptrdiff_t colon = str_find_byte(surface_slice(p->on, p->words[i].hi, s->lo), ':', 0);
        if (!believed || colon >= 0 || i == from || p->words[i - 1].cues & CUE_FIRST ||
            doubt_word(p, i - 1, "i'd to we'd would"))
            continue;
        bool ours = i > from + 1 && p->words[i - 2].cues & CUE_FIRST; /* "I still think" */
        if (!ours) return true;
    }
    return false;
}

/* "I've seen a guide that does so, with `cuda-toolkit-12-2` and all": what somebody's writing uses. */
static bool is_of_a_guide(const scene *s) {
    for (uint32_t i = s->first + 1; i < s->at; i++)
        if (doubt_word(s->p, i - 1, "a an another some many most old older") && doubt_is_others(s->p, i) &&
            !doubt_is_people(s->p, i))
            return true;
    return false;
}

/* "A WireGuard tunnel on port N │connects it with my home network": such a one as does something for us. */
bool doubt_serves_us(const scene *s) {
    if (!doubt_word(s->p, s->after, "connects links joins leads carries serves ties")) return false;
    for (uint32_t i = s->after + 1; i < s->end && i < s->after + 8; i++) {
        if (s->p->words[i].cues & CUE_BREAK) return false;
        if (doubt_word(s->p, i, "my our")) return true;
    }
    return false;
}

/* "In a talk I showed how to run the same stack with Nomad": what is taught. */
static bool is_taught(const scene *s, uint32_t from) {
    for (uint32_t i = from; i + 1 < s->at; i++)
        if (doubt_word(s->p, i, "how") && doubt_word(s->p, i + 1, "to") && s->p->words[i].lo >= s->clause.lo)
            return true;
    return false;
}

/* "I thought a serious site should have one too: scheduled retraining": what seemed right once. */
static bool is_wished_once(const scene *s) {
    bool thought = false;
    for (uint32_t i = s->first; i < s->at; i++) {
        thought = thought || (doubt_word(s->p, i, "thought felt figured believed hoped assumed") && i > s->first &&
                              s->p->words[i - 1].cues & CUE_FIRST);
        if (thought && doubt_word(s->p, i, "should ought must needed")) return true;
    }
    return false;
}

/* "The k3s on my Raspberry Pis controls …": right behind the name, a device that the manifest does not know. */
static bool is_on_a_device(const scene *s) {
    const passage *p = s->p;
    uint32_t i = s->after;
    if (i + 2 >= s->end || !doubt_word(p, i, "on") || !doubt_word(p, i + 1, "my our the his her a an two three those"))
        return false;
    for (uint32_t k = i + 2; k < s->end && k < i + 6; k++) {
        if (doubt_is_declared(s, k)) return false;
        if (doubt_word(p, k, "pi pis laptop laptops notebook macbook phone tablet desktop")) return true;
        if (p->words[k].cues & CUE_STOP) return false;
    }
    return false;
}

const char *doubt_of_subject(const scene *s) {
    uint32_t from, to;
    bool number = s->c->kind == CLAIM_QUANTITY || s->c->kind == CLAIM_BENCHMARK || s->c->kind == CLAIM_HARDWARE;
    doubt_words_of(s, s->part, &from, &to);
    if (is_possessed_by_others(s, from)) OBJECT(s->j, "it is said of somebody else's");
    if (is_hearsay(s, from)) OBJECT(s->j, "it is hearsay");
    if (s->c->kind == CLAIM_VERSION && is_of_a_guide(s)) OBJECT(s->j, "it is said of somebody else's");
    if (number && is_of_the_introduced(s)) OBJECT(s->j, "it is of a thing that is introduced here");
    if (is_of_a_package(s)) OBJECT(s->j, "it is what a package holds");
    if (s->c->kind == CLAIM_PLACE && doubt_town_of_another(s->p, s->lo))
        OBJECT(s->j, "it is the town of another thing");
    bool named = s->c->kind == CLAIM_PATH || s->c->kind == CLAIM_SERVICE || s->c->kind == CLAIM_EXISTENCE;
    if (s->c->kind == CLAIM_EXISTENCE && is_taught(s, from)) OBJECT(s->j, "it is taught, not said to be here");
    if (s->c->kind == CLAIM_EXISTENCE && is_on_a_device(s)) OBJECT(s->j, "it is on a device that nobody declared");
    if ((s->c->kind == CLAIM_EXISTENCE || s->c->kind == CLAIM_PROCESS) && is_wished_once(s))
        OBJECT(s->j, "it seemed right once");
    if (named && doubt_is_taken_back(s)) OBJECT(s->j, "the next sentence takes it back");
    return NULL;
}

/* "upgraded to 0.13.0 after the tokenizer advisory": what was written is why it was done, and no owner. */
bool doubt_is_occasion(const scene *s, uint32_t i) {
    for (uint32_t k = i; k > s->after && i - k < 4; k--) {
        if (doubt_word(s->p, k - 1, "after since")) return true;
        if (doubt_word(s->p, k - 1, "of to") && k > s->after + 1 && doubt_word(s->p, k - 2, "because due")) return true;
        if (s->p->words[k - 1].hi + 1 < s->p->words[k].lo) return false;
    }
    return false;
}

/* "The vLLM build says 0.16.2", "vLLM says 0.16.2": the program itself tells its version. */
bool doubt_is_program(const scene *s, uint32_t i) {
    if (!s->p->on->of && s->j->art->prose.p[s->p->words[i].hi - 1] == PROSE_MASK) return true; /* `lsb_release -a` */
    if (i > s->first && doubt_word(s->p, i, "build binary banner package server")) i--;
    for (uint32_t h = s->p->hit_lo; h < s->p->hit_hi && h < s->p->hit_lo + 64; h++)
        if (s->p->on->hits[h].where.hi == s->p->words[i].hi && s->entity != MANIFEST_NONE &&
            hit_entity(s->j, &s->p->on->hits[h], -1) == s->entity)
            return true;
    return false;
}

/* "was down for everyone who came that way", behind the claim: those that our thing serves. */
bool doubt_is_for_all(const scene *s, uint32_t i) {
    return i >= s->after && i > s->first && doubt_word(s->p, i, "everyone everybody anyone anybody") &&
           doubt_word(s->p, i - 1, "for to");
}
