/* persons.c - is it the thing of somebody whom only the article knows, or what the writer takes back?
 *
 *     "Hanna's VPS is in Helsinki"           a possessive that is no name of the manifest's, before a name that is
 *     "Canonical's HWE kernel is at 6.17"    a distribution's
 *     "kestrel's memory", "NVIDIA's Spark"   ours, and who built ours: neither
 *     "In the last letter I wrote that …"    who tells what he once said is about to say otherwise
 *
 * In: a prepared passage and a place in it. Out: is what stands there such a one's? It may be ours all the same (a
 * manifest names no people), so it is proved or unproved, never contradicted: stance.c makes it an aside.
 */
#include "facts/reading/reading.h"

enum { OWNED_WORDS = 4, NAME_LEAST = 3 };

/* Who makes, sells or rents out what others own. */
static const char MAKERS[] = "intel google apple meta alibaba mistral microsoft amazon hetzner netcup contabo linode "
                             "scaleway digitalocean hostinger samsung crucial seagate dell lenovo gigabyte deepseek "
                             "anthropic moonshot qwen micron toshiba nvidia";

/* With a capital at the beginning of a sentence, and nobody's name. */
static const char NOBODYS[] = "today tonight yesterday tomorrow everyone everybody nobody someone somebody anyone "
                              "anybody one nothing everything other another each let there here what that this where "
                              "who how when why last next world life year month week night morning evening day winter "
                              "summer spring autumn monday tuesday wednesday thursday friday saturday sunday january "
                              "february march april may june july august september october november december machine "
                              "server box site blog gate model engine writer reviewer";

/* Length of the name in front of "'s", plain or typographic; 0 where the word has none. */
static uint32_t name_bytes(const passage *p, uint32_t i) {
    str said = surface_slice(p->on, p->words[i].lo, p->words[i].hi);
    if (str_ends(said, STR("'s"))) return (uint32_t)said.n - 2;
    return str_ends(said, STR("\xe2\x80\x99s")) ? (uint32_t)said.n - 4 : 0;
}

/* Does a name of the manifest's stand there, of a scope's member or of what is absent, too? */
static bool is_known(const passage *p, uint32_t lo, uint32_t hi) {
    uint32_t first, end;
    passage_hit_window(p, lo, hi, &first, &end);
    for (uint32_t h = first; h < end; h++)
        if (p->on->hits[h].where.lo < hi && p->on->hits[h].where.hi > lo) return true;
    return false;
}

bool person_has(const passage *p, uint32_t i) {
    uint32_t n = i < p->word_count ? name_bytes(p, i) : 0;
    if (n < NAME_LEAST) return false;
    str name = surface_slice(p->on, p->words[i].lo, p->words[i].lo + n);
    if (name.p[0] < 'A' || name.p[0] > 'Z') return false;
    for (ptrdiff_t k = 1; k < name.n; k++)
        if (name.p[k] < 'a' || name.p[k] > 'z') return false;
    return !str_is_among(name, MAKERS) && !str_is_among(name, NOBODYS) && !is_known(p, p->words[i].lo, p->words[i].hi);
}

bool person_owns(const passage *p, clause_range part, uint32_t lo) {
    uint32_t first, end;
    passage_window(p, lo, lo, &first, &end);
    bool owned = false;
    for (uint32_t i = first; i < end && p->words[i].hi <= lo; i++) {
        if (p->words[i].lo < part.lo) continue;
        if (p->words[i].cues & CUE_FIRST) owned = false; /* "Hanna's gateway is on 8000, ours on 8400" */
        if (!person_has(p, i)) continue;
        uint32_t k = i + 1;
        while (k < end && k <= i + OWNED_WORDS && p->words[k].hi <= lo && !owned) {
            owned = is_known(p, p->words[k].lo, p->words[k].hi);
            if (strchr(",;:.()", p->on->text.p[p->words[k].hi])) break;
            k++;
        }
    }
    return owned;
}

bool person_takes_back(const passage *p, clause_range part, uint32_t lo) {
    static const char before[] = "first last earlier previous once then correction erratum wrongly mistakenly ago "
                                 "yesterday letter issue edition version post";
    uint32_t first, end;
    bool then = false;
    passage_window(p, lo, lo, &first, &end);
    for (uint32_t i = first; i + 1 < end && p->words[i].hi <= lo; i++) {
        then = then || word_in(p, i, before);
        if (p->words[i].lo < part.lo ||
            !word_in(p, i, "wrote claimed thought believed assumed guessed promised said written"))
            continue;
        uint32_t who = i;
        while (who > first && word_in(p, who - 1, "i we had have even also once first always long still")) {
            who--;
            if (word_in(p, who, "i we")) break;
        }
        bool had = i > first && word_in(p, i - 1, "had");
        if (word_in(p, who, "i we") && word_in(p, i + 1, "that") && (then || had)) return true;
    }
    return false;
}
