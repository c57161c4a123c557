/* place_said.c - is a place said of a machine?
 *
 *     "machines in X", "all of them stand in X", "the bucket is in X"       of machines, by the noun or the verb
 *     "the VPS is still in X", "the VPS, located in X", "the VPS (X)"       of the one that the name says
 *     "our VPS provider is in X", "we gave a talk on quay in X"             of no machine
 *
 * In: a prepared passage and the byte where the town begins. Out: yes or no, by the words between; which machine it is
 * and whether it stands there, is for locations.c.
 */
#include "facts/places/locations.h"
#include "facts/reading/standing.h"

bool place_is_behind(const passage *p, uint32_t at) {
    if (at > 1 && word_is(p, at - 1, "the")) at--; /* "in the Netherlands" */
    if (at > 1 && word_is(p, at - 1, "of") && (word_is(p, at - 2, "buildings") || word_is(p, at - 2, "halls")))
        return true; /* "in two buildings of Ghent" */
    return at > 0 && (p->words[at - 1].cues & CUE_PLACE || word_is(p, at - 1, "outside")) &&
           p->words[at - 1].hi + 2 > p->words[at].lo;
}

/* A verb that says where a machine is. */
bool place_stands(const passage *p) {
    static const char words[] = "stand stands stood standing located hosted sits sit racked rented lives housed"
                                " datacenter datacentre runs served placed installed";
    for (uint32_t i = 0; i < p->word_count && i < 200; i++)
        if (word_in(p, i, words)) return true;
    return false;
}

/* "Our VPS provider is in Nuremberg": the name is only part of another thing's. */
bool place_hit_is_part(const passage *p, const alias_hit *hit) {
    static const char nouns[] = "provider providers vendor market company plan reseller offers price invoice support"
                                " contract";
    if (!hit || hit->where.lo < p->text.lo || hit->where.hi > p->text.hi) return false;
    uint32_t first, end;
    passage_window(p, hit->where.hi, hit->where.hi, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        if (p->words[i].lo < hit->where.hi) continue;
        if (p->words[i].lo > hit->where.hi + 1) return false;
        return word_in(p, i, nouns);
    }
    return false;
}

static bool is_counted(const passage *p, uint32_t i) {
    static const char numbers[] = "one two three four five six seven eight nine ten";
    return byte_is_digit(p->on->text.p[p->words[i].lo]) || word_in(p, i, numbers);
}

/* "the bucket is in X", "our two servers are in X": the machine that ends at word `i` is one that was spoken of. */
static bool is_definite(const passage *p, uint32_t first, uint32_t i) {
    static const char determiners[] = "the our my this these both all";
    while (i > first && is_counted(p, i - 1)) i--;
    return i > first && word_in(p, i - 1, determiners);
}

/* "the 38.4 TB in X": data that was spoken of lies where its machine stands. */
static bool is_definite_data(const passage *p, uint32_t first, uint32_t i) {
    static const char units[] = "gb tb pb gib tib pib gigabytes terabytes";
    return word_in(p, i, units) && i > first && is_counted(p, i - 1) && is_definite(p, first, i);
}

/* Is the place said of machines: "machines in X", "all of them stand in X", "nodes in two buildings of X", "the bucket
 * is in X", "a tunnel to the house in X"? What stands right before the preposition decides: a customer or a meetup in X
 * is none of ours. */
bool place_of_machines(const passage *p, uint32_t lo) {
    static const char nouns[] = "machine machines server servers box boxes vps host hosts node nodes rack racks cluster"
                                " twins backup backups bucket replica replicas standby copy copies primary instance"
                                " instances database stand stands stood hosted located racked datacenter datacentre sit"
                                " sits live lives housed runs run region site colocated datacenters datacentres rented"
                                " deployed center centre listening listens hardware";
    static const char sources[] = "served hosted runs run running serves";
    static const char links[] = "tunnel tunnels";
    static const char copulas[] = "is are still now";
    static const char between[] = "the a an on under of port udp tcp our my wireguard";
    uint32_t first, end;
    bool led = false, copula = false; /* "to" is behind us; "is" is */
    passage_window(p, lo, lo, &first, &end);
    for (uint32_t i = end, looked = 0; i > first && looked < 10; i--) {
        uint32_t w = i - 1;
        if (p->words[w].hi > lo) continue;
        if (looked++ == 0 && word_is(p, w, "from")) { /* "served from X", not "I manage the server from X" */
            return w > first && word_in(p, w - 1, sources);
        }
        if (led && word_in(p, w, links)) return true;
        if (word_in(p, w, "live lives") && w > first && word_in(p, w - 1, "i we us you he she they them who people"))
            return false; /* "all of them live in X" may be people */
        if (word_in(p, w, nouns)) return !led && (!copula || is_definite(p, first, w));
        if (is_definite_data(p, first, w)) return !led;
        led = led || word_is(p, w, "to");
        copula = copula || word_in(p, w, copulas);
        if (!(p->words[w].cues & CUE_PLACE) && !word_is(p, w, "to") && !is_counted(p, w) && !is_housing(p, w) &&
            !word_in(p, w, between) && !word_in(p, w, copulas))
            return false;
    }
    return false;
}

/* Is the place at `lo` said of the host that the hit names: "the VPS in X", "the VPS is still in X", "the VPS, located
 * in X"? Not "the VPS serves customers in X", "I manage the VPS from X". */
static bool leads_back_to(const passage *p, const alias_hit *hit, uint32_t lo) {
    static const char passed[] = /* "a VPS with 2 vCPUs and 4 GB of RAM in X" */
        "is are still now also currently physically both all was a the near down over up here there far away in at "
        "and with of ram memory gb tb vcpu vcpus core cores cpu cpus disk ssd nvme storage rented machine server box "
        "vm virtual dedicated small rack cellar room office building our my put into moved placed installed hosted "
        "resides has been lives sits stands located somewhere outside data center centre datacenter datacentre to";
    uint32_t first, end;
    passage_window(p, lo, lo, &first, &end);
    for (uint32_t i = end, looked = 0; i > first && looked < 16; i--) {
        if (p->words[i - 1].hi > lo) continue;
        if (looked++ == 0 && word_is(p, i - 1, "from")) return false; /* "I manage the VPS from X" */
        if (hit && p->words[i - 1].lo < hit->where.hi && p->words[i - 1].hi > hit->where.lo) return true;
        uint32_t room = place_housing_start(p, i); /* "put into a colleague's former office in X" */
        if (room < i) {
            i = room + 1;
            continue;
        }
        bool passes = is_counted(p, i - 1) || word_is_possessive(p, i - 1) || word_in(p, i - 1, passed);
        if (i > 2 && !(p->on->text.p[p->words[i - 1].lo] & 0x20) && word_in(p, i - 2, "with at by") &&
            word_in(p, i - 3, "hosted rented kept"))
            return true; /* "hosted with Hetzner in X" */
        if (!passes) return false;
    }
    return false;
}

bool place_said_of(const passage *p, const alias_hit *hit, uint32_t lo) {
    return place_of_machines(p, lo) || leads_back_to(p, hit, lo);
}

/* The machine named last before the town, where the town is said of it and nobody declared its place; MANIFEST_NONE
 * where that is none: what stands in another's town is not proved by the other. */
uint32_t place_of_unplaced(const judge *j, const passage *p, uint32_t lo) {
    const alias_hit *last = NULL;
    uint32_t first, end, found = MANIFEST_NONE;
    passage_hit_window(p, lo, lo, &first, &end);
    for (uint32_t h = first; h < end && p->on->hits[h].where.hi <= lo; h++) {
        uint32_t e = p->on->hits[h].inside < 0 ? hit_entity(j, &p->on->hits[h], -1) : MANIFEST_NONE;
        if (e == MANIFEST_NONE) continue;
        if (j->m->entities[e].kind != ENTITY_HOST && j->m->entities[e].kind != ENTITY_HARDWARE) continue;
        last = &p->on->hits[h];
        found = e;
    }
    if (!last || j->m->entities[found].location.text.n || place_hit_is_part(p, last)) return MANIFEST_NONE;
    return p->kind == PASSAGE_SENTENCE && leads_back_to(p, last, lo) ? found : MANIFEST_NONE;
}

/* "Front: VPS, memory: 1 GB, place: Sofia, Bulgaria": right behind the label of a place, or behind the town there. */
static bool is_labelled_place(const passage *p, uint32_t lo) {
    const uint8_t *text = p->on->text.p;
    uint32_t at = standing_word_at(p, lo);
    for (uint32_t back = 0; at > 0 && back < 2; back++, at--) {
        uint32_t from = p->words[at - 1].hi;
        if (from + 2 != p->words[at].lo) return false;
        if (text[from] == ':') return word_in(p, at - 1, "place location located site region datacenter datacentre");
        if (text[from] != ',' || text[p->words[at - 1].lo] & 0x20) return false;
    }
    return false;
}

/* "The hardened VPS (Frankfurt)", "- **VPS**: Hetzner, Frankfurt": the town alone, in a parenthesis behind the host or
 * as an item of its line in a list. */
bool place_set_beside(const passage *p, const alias_hit *host, uint32_t lo, uint32_t hi) {
    const uint8_t *text = p->on->text.p;
    uint8_t before = lo > p->text.lo + 1 ? text[lo - 2] : 0, behind = hi < p->text.hi ? text[hi] : ',';
    if (host->where.hi + 2 == lo && text[lo - 1] == '(') return behind == ')' || behind == ',';
    if (host->where.hi < lo && p->flags & PASSAGE_IN_LIST && is_labelled_place(p, lo)) return true;
    bool inside = host->where.hi + 2 < lo; /* the host stands before it */
    if (inside && behind == ')' && before == ',' &&
        text[host->where.hi + 1] == '(') { /* "VPS (Hetzner, Falkenstein)" */
        uint32_t first = standing_word_at(p, host->where.hi), at = standing_word_at(p, lo);
        bool names = at > first && at < first + 4;
        for (uint32_t i = first; i < at && names; i++)
            names = !(text[p->words[i].lo] & 0x20) || byte_is_digit(text[p->words[i].lo]);
        if (names) return true;
    }
    if (inside && text[host->where.hi + 1] == '(' && before != 0 && text[lo - 1] == ' ' &&
        place_is_behind(p, standing_word_at(p, lo)) &&
        str_find_byte(surface_slice(p->on, host->where.hi, lo), ')', 0) < 0)
        return behind == ')' || behind == ','; /* "the VPS (2 GB of RAM, data centre in Amsterdam)" */
    bool heads = p->flags & PASSAGE_IN_LIST && host->where.lo < p->text.lo + 8 && host->where.hi < p->text.hi &&
                 str_find_byte(surface_slice(p->on, host->where.hi, lo), ':', 0) >= 0 &&
                 str_find_byte(surface_slice(p->on, host->where.hi, lo), ':', 0) < 4;
    return heads && text[lo - 1] == ' ' && (before == ',' || before == ':') && (behind == ',' || behind == '.');
}

/* "We gave a talk on quay in Bristol": where something was said or somebody was, not where the host stands. */
bool is_occasion(const passage *p, uint32_t lo) {
    static const char *const words[] = {"talk",    "talks",   "conference", "meetup", "workshop", "presented", "spoke",
                                        "session", "visited", "drove",      "met",    "flew",     "bought",    "wrote"};
    uint32_t from = 0; /* "I spoke about the farm that two of us run in X": the clause of the town alone */
    for (uint32_t i = 0; i < p->word_count && i < 100 && p->words[i].hi <= lo; i++)
        if (word_is(p, i, "that") || word_is(p, i, "which")) from = i;
    clause_range part = stance_part(p, lo, lo);
    for (uint32_t i = from; i < p->word_count && i < 100 && (!from || p->words[i].hi <= part.hi); i++)
        for (size_t k = 0; k < COUNT_OF(words); k++)
            if (word_is(p, i, words[k])) return true;
    return false;
}

/* "Backups go from quay to the bucket in X": from the host, something leads to another thing, and that is there. */
bool place_leads_elsewhere(const passage *p, uint32_t from, uint32_t lo) {
    uint32_t first, end;
    passage_window(p, lo, lo, &first, &end);
    for (uint32_t i = first; i + 1 < end; i++)
        if (p->words[i].lo >= from && p->words[i + 1].hi < lo && word_in(p, i, "to") &&
            word_in(p, i + 1, "the our my a") && !word_in(p, i - (i > 0), "moved migrated relocated went"))
            return true;
    return false;
}

/* "The tower is in X": a thing that was spoken of, by no name of ours. */
bool place_subject_unnamed(const passage *p, uint32_t lo) {
    uint32_t first, end;
    passage_window(p, lo, lo, &first, &end);
    for (uint32_t i = first; i + 3 < end && p->words[i + 2].hi <= lo; i++)
        if (word_in(p, i, "the our my this") && word_in(p, i + 2, "is stands sits lives") &&
            p->words[i + 2].hi + 5 > lo)
            return true;
    return false;
}
