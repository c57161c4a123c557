/* place_talk.c - the sentences in which a town is said of our things without their names beside it.
 *
 *     That is in X.  It stands in X.                  what the sentence before ended with
 *     the review service in X                         a service: where its host stands
 *     the bucket is with a provider in X              the provider stands between
 *     the data centre is in X                         what the one machine that was spoken of is in
 *     we send 11 GB a night from X to Y               data of ours, from and to machines of ours
 *     a verified copy in X, two cartridges in X       what data of ours lies on
 *     put into a colleague's former office in X       what a machine stands in, whoever's it was
 *
 * In: a prepared passage and where the town begins. Out: whose place it is, or whether it is one of ours. What is
 * wished, asked or somebody else's stays with stance.c: only what these constructions themselves make of it is undone.
 */
#include "facts/places/locations.h"

#include "facts/reading/standing.h"

/* ---- stance ---- */

/* Does somebody else's name stand only in what the machine stands in? */
static bool only_lent_rooms(const passage *p) {
    bool lent = false;
    for (uint32_t i = 0; i < p->word_count && i < 200; i++) {
        if (!(p->words[i].cues & CUE_OTHERS) && !word_is_possessive(p, i)) continue;
        bool room = false;
        for (uint32_t k = i + 1; k < p->word_count && k < i + 5; k++) room = room || is_housing(p, k);
        if (!room && p->words[i].cues & CUE_OTHERS) return false;
        lent = lent || room;
    }
    return lent;
}

static uint32_t word_before(const passage *p, uint32_t lo) {
    uint32_t first, end;
    passage_window(p, lo, lo, &first, &end);
    uint32_t i = end;
    while (i > first && p->words[i - 1].hi > lo) i--;
    return i; /* words before it are i - 1, i - 2, … */
}

/* "put into a colleague's former office": what is over is the room's use, not the machine's stand. */
static bool only_former_rooms(const passage *p, uint32_t lo) {
    clause_range part = stance_part(p, lo, lo);
    bool former = false;
    for (uint32_t i = 0; i < p->word_count && i < 200; i++) {
        if (p->words[i].lo < part.lo || p->words[i].hi > part.hi || !(p->words[i].cues & CUE_PAST)) continue;
        if (i + 1 >= p->word_count || !is_housing(p, i + 1)) return false;
        former = true;
    }
    return former;
}

/* "Our documentation comes from a rented machine in X": rented, and ours. */
static bool is_rented_for_us(const passage *p, uint32_t lo) {
    static const char starts[] = "our my we i";
    static const char links[] = "from on by";
    uint32_t i = word_before(p, lo);
    if (!p->word_count || !word_in(p, 0, starts)) return false;
    for (uint32_t k = i; k > 1 && i - k < 7; k--)
        if (word_is(p, k - 1, "rented")) {
            uint32_t a = k - 1 - (word_is(p, k - 2, "a") || word_is(p, k - 2, "the"));
            return a > 0 && word_in(p, a - 1, links);
        }
    return false;
}

/* "the 38.4 TB in X would keep the line busy": the wish follows what is there. */
static bool is_wished_behind(const passage *p, uint32_t lo) {
    uint32_t i = word_before(p, lo);
    clause_range part = stance_part(p, lo, lo);
    bool definite = false;
    for (uint32_t k = i; k > 0 && p->words[k - 1].lo >= part.lo; k--) {
        if (p->words[k - 1].cues & (CUE_MODAL | CUE_IF | CUE_FUTURE)) return false;
        definite = definite || (i - k < 6 && (word_is(p, k - 1, "the") || word_is(p, k - 1, "our")));
    }
    return definite;
}

/* "The site lives elsewhere, on a VPS in X": the adverb alone sounds like somebody else's. */
static bool only_elsewhere(const passage *p) {
    bool found = false;
    for (uint32_t i = 0; i < p->word_count && i < 200; i++) {
        if (!(p->words[i].cues & CUE_OTHERS) && !word_is_possessive(p, i)) continue;
        if (i == 0 || !word_is(p, i, "elsewhere") || !standing_verb(p, i - 1)) return false;
        found = true;
    }
    return found;
}

stance_view place_stance(judge *j, passage *p, uint32_t lo, uint32_t hi) {
    stance_view s = stance_at(j, p, lo, hi);
    if ((s.others || s.aside) && (only_lent_rooms(p) || only_elsewhere(p))) s.others = s.aside = false;
    if (s.past && only_former_rooms(p, lo)) {
        s.past = false;
        if (s.stance == STANCE_HISTORICAL) s.stance = STANCE_ASSERTED;
    }
    if ((s.others || s.aside || s.loose) && is_rented_for_us(p, lo)) s.others = s.aside = s.loose = false;
    if (s.stance == STANCE_INSTRUCTION && word_in(p, 0, "what") && word_in(p, 1, "you") &&
        (word_in(p, 2, "read see") || word_in(p, 3, "reading seeing")))
        s.stance = STANCE_ASSERTED; /* "What you are reading comes from a VPS in X" orders nothing */
    if (s.stance == STANCE_HYPOTHETICAL && is_wished_behind(p, lo)) s.stance = STANCE_ASSERTED;
    return s;
}

/* ---- data ---- */

static bool is_data(const passage *p, uint32_t i) {
    static const char words[] = "gb tb gib tib gigabytes terabytes data backups snapshots dumps copies copy archive"
                                " archives masters results images files backup snapshot dump stacks replica volumes";
    return word_in(p, i, words);
}

/* "rsync brings it to X": what a program moves is data. */
static bool is_program(const passage *p, uint32_t i) {
    static const char words[] = "rsync rclone restic syncoid zrepl borg kopia timer script pipeline job cron mirror";
    return word_in(p, i, words);
}

bool place_of_transfer(const passage *p, uint32_t lo) {
    static const char verbs[] = "send sends bring brings copy copies push pushes ship ships replicate replicates mirror"
                                " mirrors upload uploads sync syncs rsync write writes stream streams";
    static const char ways[] = "to from into";
    clause_range part = stance_part(p, lo, lo);
    uint32_t i = word_before(p, lo);
    bool data = false;
    if (!i || !word_in(p, i - 1, ways)) return false;
    for (uint32_t k = i - 1; k > 0 && i - k < 14 && p->words[k - 1].lo >= part.lo; k--) {
        bool verb = word_in(p, k - 1, verbs);
        if (verb && k > 1 && is_program(p, k - 2) && !word_is(p, k - 1, "mirror")) return true;
        if (verb && data) {
            bool noun = k > 1 && (word_is(p, k - 2, "a") || word_is(p, k - 2, "the") || word_is(p, k - 2, "of"));
            return !noun && !(k > 1 && p->words[k - 2].cues & (CUE_SECOND | CUE_MODAL | CUE_OTHERS));
        }
        data = data || is_data(p, k - 1);
    }
    return false;
}

bool place_of_copies(const passage *p, uint32_t lo) {
    static const char carriers[] = "copy copies cartridge cartridges tapes replica replicas";
    uint32_t i = word_before(p, lo);
    return i > 1 && p->words[i - 1].cues & CUE_PLACE && word_in(p, i - 2, carriers) &&
           p->words[i - 2].hi + 1 == p->words[i - 1].lo;
}

bool place_of_data(const passage *p, uint32_t lo) {
    uint32_t i = word_before(p, lo);
    return i > 1 && p->words[i - 1].cues & CUE_PLACE && is_data(p, i - 2);
}

/* ---- whose place ---- */

static uint32_t located(const judge *j, uint32_t entity) {
    if (entity == MANIFEST_NONE) return MANIFEST_NONE;
    const manifest_entity *e = &j->m->entities[entity];
    if (e->location.text.n) return entity;
    return e->kind == ENTITY_SERVICE && e->host != MANIFEST_NONE && j->m->entities[e->host].location.text.n
               ? e->host
               : MANIFEST_NONE;
}

static bool begins_with_pronoun(const passage *p, uint32_t i) {
    static const char pronouns[] = "that it";
    static const char verbs[] = "is stands sits lives";
    return i == 3 && word_in(p, 0, pronouns) && word_in(p, 1, verbs) && p->previous != PASSAGE_NONE &&
           p->words[2].cues & CUE_PLACE;
}

/* "That machine is in X", "This box stands in X" */
static bool begins_with_machine(const passage *p, uint32_t i) {
    return i == 4 && word_in(p, 0, "that this") && word_in(p, 1, "machine server box host vps node computer") &&
           word_in(p, 2, "is stands sits lives") && p->previous != PASSAGE_NONE && p->words[3].cues & CUE_PLACE;
}

/* "The data centre is in X", "…: the rack stands in X": what a machine of ours is in, told of by itself. */
static bool tells_of_housing(const passage *p, uint32_t i) {
    if (i < 4 || !word_in(p, i - 2, "is stands sits lies") || !(p->words[i - 1].cues & CUE_PLACE)) return false;
    uint32_t noun = i - 3;
    bool housing = word_in(p, noun, "rack datacenter datacentre facility");
    if (word_in(p, noun, "centre center") && word_in(p, noun - 1, "data")) housing = true, noun--;
    if (!housing || noun == 0 || !word_in(p, noun - 1, "the its")) return false;
    return noun == 1 || !standing_is_gap_free(p, p->words[noun - 2].hi, p->words[noun - 1].lo, ":;,");
}

/* The one machine that the sentence names before byte `hi`; MANIFEST_NONE for none, `*several` for more than one. */
static uint32_t only_machine(const judge *j, const passage *p, uint32_t hi, bool *several) {
    uint32_t found = MANIFEST_NONE;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64 && p->on->hits[h].where.hi <= hi; h++) {
        uint32_t e = p->on->hits[h].inside < 0 ? hit_entity(j, &p->on->hits[h], -1) : MANIFEST_NONE;
        if (e == MANIFEST_NONE || e == found) continue;
        if (j->m->entities[e].kind != ENTITY_HOST && j->m->entities[e].kind != ENTITY_HARDWARE) continue;
        *several = *several || found != MANIFEST_NONE;
        found = e;
    }
    return found;
}

/* The machine that the sentence, or the nearest one before it in its paragraph that names any, names alone. */
static uint32_t by_housing(judge *j, const passage *p, uint32_t lo, uint32_t i) {
    bool several = false;
    if (!tells_of_housing(p, i)) return MANIFEST_NONE;
    uint32_t found = only_machine(j, p, lo, &several);
    for (uint32_t k = 0; found == MANIFEST_NONE && k < 3 && p->previous != PASSAGE_NONE; k++) {
        p = &j->passages[p->previous];
        found = only_machine(j, p, p->text.hi, &several);
        if (p->cues & CUE_OTHERS) return MANIFEST_NONE;
    }
    return several || found == MANIFEST_NONE || !j->m->entities[found].location.text.n ? MANIFEST_NONE : found;
}

/* The only machine with a place that the sentence before names. */
static uint32_t by_machine(judge *j, passage *p, uint32_t i) {
    uint32_t found = MANIFEST_NONE;
    if (!begins_with_machine(p, i)) return MANIFEST_NONE;
    passage *q = &j->passages[p->previous];
    passage_prepare(j, q);
    if (is_occasion(q, q->text.hi) || q->cues & CUE_OTHERS) return MANIFEST_NONE;
    for (uint32_t h = q->hit_lo; h < q->hit_hi && h < q->hit_lo + 64; h++) {
        uint32_t w = standing_word_at(q, q->on->hits[h].where.lo);
        if (w > 0 && word_in(q, w - 1, "a an another every any")) continue; /* "runs a VPS": anybody's */
        uint32_t e = q->on->hits[h].inside < 0 ? hit_entity(j, &q->on->hits[h], -1) : MANIFEST_NONE;
        if (e == MANIFEST_NONE || e == found) continue;
        if (j->m->entities[e].kind != ENTITY_HOST && j->m->entities[e].kind != ENTITY_HARDWARE) continue;
        if (found != MANIFEST_NONE) return MANIFEST_NONE;
        found = e;
    }
    return found != MANIFEST_NONE && j->m->entities[found].location.text.n ? found : MANIFEST_NONE;
}

bool place_of_pronoun(judge *j, const passage *p, uint32_t lo) {
    static const char machines[] = "bucket server machine host box vps node replica standby cluster servers";
    static const char determiners[] = "the our my";
    if (!begins_with_pronoun(p, word_before(p, lo))) return false;
    passage *q = &j->passages[p->previous];
    passage_prepare(j, q);
    if (is_occasion(q, q->text.hi)) return false;
    for (uint32_t i = q->word_count; i > 1; i--)
        if (word_in(q, i - 1, machines)) return word_in(q, i - 2, determiners);
    return false;
}

/* "That is in X": the last thing of the sentence before that stands somewhere. */
static uint32_t by_pronoun(judge *j, passage *p, uint32_t i) {
    if (!begins_with_pronoun(p, i)) return MANIFEST_NONE;
    static const char topics[] = "about of for with from on to by against in";
    passage *q = &j->passages[p->previous];
    passage_prepare(j, q);
    if (is_occasion(q, q->text.hi)) return MANIFEST_NONE;
    for (uint32_t h = q->hit_hi; h > q->hit_lo; h--) {
        const alias_hit *hit = &q->on->hits[h - 1];
        uint32_t e = hit->inside < 0 ? hit_entity(j, hit, -1) : MANIFEST_NONE;
        if (e == MANIFEST_NONE) continue;
        uint32_t w = standing_word_at(q, hit->where.lo);
        while (w > 0 && (word_is(q, w - 1, "the") || word_is(q, w - 1, "our") || word_is(q, w - 1, "my"))) w--;
        bool topic = w > 0 && word_in(q, w - 1, topics);
        return topic && !word_is(p, 0, "that") ? MANIFEST_NONE : located(j, e); /* the nearest thing, or none */
    }
    return MANIFEST_NONE;
}

/* The hit that ends at word `i`, and its entity. */
static uint32_t entity_before(const judge *j, const passage *p, uint32_t i, uint32_t *start) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi && i > 0; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (hit->inside >= 0 || hit->where.hi != p->words[i - 1].hi) continue;
        uint32_t e = hit_entity(j, hit, -1);
        if (e == MANIFEST_NONE) continue;
        *start = i;
        while (*start > 0 && p->words[*start - 1].lo >= hit->where.lo) --*start;
        return e;
    }
    return MANIFEST_NONE;
}

uint32_t place_subject(judge *j, passage *p, uint32_t lo) {
    static const char providers[] = "provider hoster host company firm reseller";
    static const char with[] = "with at by";
    static const char determiners[] = "the our my";
    uint32_t i = word_before(p, lo), start = 0;
    if (i < 2 || p->kind != PASSAGE_SENTENCE || !(p->words[i - 1].cues & CUE_PLACE)) return MANIFEST_NONE;
    uint32_t found = by_pronoun(j, p, i);
    if (found == MANIFEST_NONE) found = by_machine(j, p, i);
    if (found == MANIFEST_NONE) found = by_housing(j, p, lo, i);
    if (found != MANIFEST_NONE) return found;
    i--;
    uint32_t named = entity_before(j, p, i, &start);
    if (named != MANIFEST_NONE && j->m->entities[named].kind == ENTITY_SERVICE && start > 0 &&
        word_in(p, start - 1, determiners))
        return located(j, named);
    if (!word_in(p, i - 1, providers)) return MANIFEST_NONE;
    for (uint32_t k = i - 1; k > 1 && i - k < 6; k--)
        if (word_in(p, k - 1, with) && (word_is(p, k - 2, "is") || word_is(p, k - 2, "are")))
            return located(j, entity_before(j, p, k - 2, &start));
    return MANIFEST_NONE;
}

bool place_is_of_undeclared(const judge *j, const passage *p, uint32_t lo) {
    static const char small[] = "still now also currently both all here there up down based located situated just back "
                                "usually mostly itself";
    static const char ours[] =
        "machine machines server servers box boxes vps host hosts node nodes rack racks cluster "
        "clusters twins bucket replica replicas standby primary instance instances database "
        "region site hardware room cellar cupboard centre center datacenter datacentre tb gb data "
        "blog site website page pages article articles file files backup backups copy copies archive everything all "
        "both one ones rest others";
    uint32_t i = word_before(p, lo);
    if (i < 3 || p->kind != PASSAGE_SENTENCE || !(p->words[i - 1].cues & CUE_PLACE)) return false;
    for (i--; i > 1 && word_in(p, i - 1, small);) i--;
    if (!word_in(p, i - 1, "is are am was were i'm we're stand stands stood sit sits lie lies live lives lived"))
        return false;
    if (word_in(p, i - 1, "i'm we're")) return true;
    for (i--; i > 1 && word_in(p, i - 1, small);) i--;
    if (i == 0) return false;
    if (word_in(p, i - 1, "i we you he she who")) return true;
    uint32_t start;
    if (word_in(p, i - 1, "one two three four five six") || byte_is_digit(p->on->text.p[p->words[i - 1].lo]))
        return false;
    if (word_in(p, i - 1, ours) || entity_before(j, p, i, &start) != MANIFEST_NONE) return false;
    for (uint32_t k = i - 1; k > 0 && i - k < 5; k--) {
        if (!standing_is_gap_free(p, p->words[k - 1].hi, p->words[k].lo, ",;:()") || word_in(p, k, "of and"))
            return false;
        if (word_in(p, k - 1, "the our my a an this her his their your")) return true;
    }
    return false;
}
