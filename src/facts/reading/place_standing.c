/* place_standing.c - of which machines a sentence says that they stand in a town.
 *
 *     quay, our rented box, is kept in X               the subject of a verb of standing
 *     all five nodes, tun among them, are in X         one of the subject's machines is named
 *     we rent one box, quay, and it is in a hall in X  a pronoun
 *     the mails come from X, where quay stands         a clause of its own
 *     tun stands in Y, and our box, quay, in X         the verb is left out the second time
 *     tun is 40 km away, in X; tun, in X, is           an aside, an apposition
 *     quay, a small machine in X, is                   what it is, and where
 *     Y for tun, X for quay                            and here the first time, too
 *     all but the last stand in X                      those of the list or the table right above
 *     the X box, quay, is small                        the town before a noun that the machine is called by
 *     quay sits on a shelf in my home office in X      what it stands on or in, between
 *     quay sits in our X studio                        a room of ours, by its town
 *     The machine is a tower, running in my flat in X  the article's own machine, by its noun
 *     two machines in our X studio: | | quay | tun |   those of the table below
 *     the heart is quay, which sits on a shelf in X    what a relative clause is about
 *     we moved quay to X; quay was moved to X          where it stands since
 *
 * In: a prepared passage and the town in it. Out: hosts and hardware with a declared location. Whose provider, whose
 * backup or whose customers are in X is another question: the machine must be the head of its phrase.
 */
#include "facts/reading/standing.h"

enum { SUBJECT_REACH = 160 };

static uint32_t located(const judge *j, const alias_hit *hit) {
    uint32_t e = hit->inside < 0 ? hit_entity(j, hit, -1) : MANIFEST_NONE;
    if (e == MANIFEST_NONE || !j->m->entities[e].location.text.n) return MANIFEST_NONE;
    return j->m->entities[e].kind == ENTITY_HOST || j->m->entities[e].kind == ENTITY_HARDWARE ? e : MANIFEST_NONE;
}

typedef struct found {
    uint32_t *at, n, capacity;
    uint32_t hi; /* end of the last */
} found;

static void add(found *f, uint32_t machine, uint32_t hi) {
    f->hi = hi;
    for (uint32_t i = 0; i < f->n; i++)
        if (f->at[i] == machine) return;
    if (f->n < f->capacity) f->at[f->n++] = machine;
}

/* "All five nodes of the cluster": the phrase's head is machines, whatever the name behind "of" or "at" is part of. */
static bool is_machine_noun(const passage *p, uint32_t i) {
    return word_in(p, i, "machines machine nodes node servers server hosts host boxes box parts half halves");
}

/* May the machine at `lo` speak for the subject? */
static bool is_head(const passage *p, uint32_t lo) {
    uint32_t i = standing_word_at(p, lo);
    if (!standing_is_governed(p, lo)) return true;
    while (i > 0 && standing_is_determiner(p, i - 1)) i--;
    if (i > 1 && word_in(p, i - 1, "of") && is_machine_noun(p, i - 2)) return true;
    return i > 0 &&
           (is_machine_noun(p, i - 1) || word_in(p, i - 1, "rented bucket vps small old")); /* "the bucket N" */
}

static void read_machines(const judge *j, const passage *p, uint32_t lo, uint32_t hi, bool heads, found *f) {
    uint32_t first, last;
    passage_hit_window(p, hi, hi, &first, &last);
    for (uint32_t h = first; h < last; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (hit->where.lo < lo || hit->where.hi > hi) continue;
        uint32_t e = located(j, hit);
        if (e != MANIFEST_NONE && (!heads || is_head(p, hit->where.lo))) add(f, e, hit->where.hi);
    }
}

/* "the VPS provider is", "quay's disks are": something else is. "…, tun among them, are": the machine is. */
static bool is_rest(const passage *p, uint32_t lo, uint32_t hi) {
    uint32_t i = standing_word_at(p, lo), end = standing_word_at(p, hi);
    if (lo < hi && (p->on->text.p[lo] == '\'' || p->on->text.p[lo] == 0xe2)) return false;
    if (word_in(p, i, "among") && word_in(p, i + 1, "them") && i + 2 == end) return true;
    return standing_is_subject_rest(p, lo, hi);
}

/* "It all begins with quay, which sits in X": the machine right before "which". */
static bool by_relative(const judge *j, const passage *p, uint32_t verb, found *f) {
    if (verb < 2 || !word_in(p, verb - 1, "which")) return false;
    uint32_t end = p->words[verb - 2].hi;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (hit->where.hi == end && located(j, hit) != MANIFEST_NONE) add(f, located(j, hit), end);
    }
    return f->n == 1;
}

static bool by_verb(const judge *j, const passage *p, uint32_t preposition, found *f) {
    for (uint32_t v = preposition; v > 0 && preposition - v < 8; v--) {
        if (!standing_leads_to(p, v - 1, preposition)) continue;
        uint32_t verb = v - 1, end = p->words[verb].lo,
                 from = end > p->text.lo + SUBJECT_REACH ? end - SUBJECT_REACH : p->text.lo;
        from = standing_clause_start(p, verb, from);
        if (word_in(p, verb, "runs run watches works writes serves answers listens listen starts start")) return false;
        if (by_relative(j, p, verb, f)) return true;
        f->n = 0;
        if (verb > 0 && word_in(p, verb - 1, "it they") && p->words[verb - 1].lo >= from) {
            read_machines(j, p, p->text.lo, end, false, f);
            return f->n == 1 || (f->n && word_in(p, verb - 1, "they"));
        }
        read_machines(j, p, from, end, true, f);
        return f->n && is_rest(p, f->hi, end);
    }
    return false;
}

/* "quay, in X, is a small one": right behind the name, in commas. */
static bool by_apposition(const judge *j, const passage *p, uint32_t preposition, uint32_t hi, found *f) {
    if (preposition == 0 || hi >= p->text.hi || p->on->text.p[hi] != ',') return false;
    uint32_t end = p->words[preposition - 1].hi;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (hit->where.hi != end || located(j, hit) == MANIFEST_NONE || !is_head(p, hit->where.lo)) continue;
        uint32_t at = end + (end < p->text.hi && p->on->text.p[end] == '`');
        if (p->on->text.p[at] != ',') return false;
        add(f, located(j, hit), end);
        return true;
    }
    return false;
}

/* "we rent lookout", "I still keep quay" */
static bool is_kept_by_us(const passage *p, uint32_t lo) {
    uint32_t i = standing_word_at(p, lo);
    if (i < 2 || !word_in(p, i - 1, "rent run have keep own use operate")) return false;
    return word_in(p, i - 2, "i we") || (i > 2 && word_in(p, i - 2, "also still now") && word_in(p, i - 3, "i we"));
}

/* "a small VPS │with 4 GB of RAM│ in X": where the sizes of a machine begin that end before word `i`; `i` where none
 * do.
 */
static uint32_t sizes_start(const passage *p, uint32_t i) {
    for (uint32_t k = i; k > 1 && i - k < 12; k--) {
        if (word_in(p, k - 1, "with")) return k - 1;
        if (!word_in(p, k - 1,
                     "gb tb gib tib of ram memory disk storage ssd nvme core cores vcpu vcpus cpu cpus and a "
                     "one two three four six eight") &&
            !byte_is_digit(p->on->text.p[p->words[k - 1].lo]))
            return i;
    }
    return i;
}

/* "quay, a small machine in X, is": a phrase with an article between two commas behind the name says what it is, and
 * where. */
static bool by_description(const judge *j, const passage *p, uint32_t preposition, uint32_t hi, found *f) {
    uint32_t in = preposition, i = preposition = sizes_start(p, preposition);
    if (i == 0 || !standing_is_gap_free(p, p->words[i].hi, p->words[in].lo, ",;:()")) return false;
    bool noun = false;
    if (hi < p->text.hi && !strchr(",.;)", p->on->text.p[hi])) return false;
    while (i > 0 && preposition - i < 6 && standing_is_gap_free(p, p->words[i - 1].hi, p->words[i].lo, ",;:()")) i--;
    if (i == 0 || i + 1 >= preposition || !word_in(p, i, "a an our one")) return false;
    for (uint32_t k = i + 1; k < preposition; k++) {
        if (p->words[k].cues & (CUE_NEGATION | CUE_WAS | CUE_GONE | CUE_OTHERS | CUE_PLACE | CUE_BREAK)) return false;
        noun = is_machine_noun(p, k) || word_in(p, k, "vm instance vps cx22 cx32 droplet") ||
               byte_is_digit(p->on->text.p[p->words[k].hi - 1]);
    }
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64 && noun; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (hit->where.hi + 2 != p->words[i].lo || p->on->text.p[hit->where.hi] != ',') continue;
        if (located(j, hit) == MANIFEST_NONE || (!is_head(p, hit->where.lo) && !is_kept_by_us(p, hit->where.lo)))
            return false;
        add(f, located(j, hit), hit->where.hi);
        return true;
    }
    return false;
}

/* "tun is 40 km away, in X": what stands between is no other place. */
static bool by_aside(const judge *j, const passage *p, uint32_t preposition, found *f) {
    if (preposition < 3 || standing_is_gap_free(p, p->words[preposition - 1].hi, p->words[preposition].lo, ","))
        return false;
    for (uint32_t v = preposition - 1; v > 0 && preposition - v < 8; v--) {
        if (!standing_is_gap_free(p, p->words[v - 1].hi, p->words[v].lo, ",;:()")) return false;
        if (!word_in(p, v - 1, "is are stands stand lives lies sits")) continue;
        if (!word_in(p, preposition - 1, "away far elsewhere outside") && !word_in(p, v, "far away outside"))
            return false;
        read_machines(j, p, standing_clause_start(p, v - 1, p->text.lo), p->words[v - 1].lo, true, f);
        return f->n && is_rest(p, f->hi, p->words[v - 1].lo);
    }
    return false;
}

/* "X, where quay stands" */
static bool by_clause(const judge *j, const passage *p, uint32_t hi, found *f) {
    uint32_t i = standing_word_at(p, hi);
    if (!word_in(p, i, "where") || !standing_is_gap_free(p, hi, p->words[i].lo, ".;:()")) return false;
    for (i++; standing_is_determiner(p, i); i++) {
    }
    for (uint32_t h = p->hit_lo; h < p->hit_hi && i < p->word_count; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (hit->where.lo != p->words[i].lo || located(j, hit) == MANIFEST_NONE) continue;
        uint32_t after = standing_word_at(p, hit->where.hi);
        bool verb = standing_verb(p, after) || word_in(p, after, "has");
        if (hit->where.hi < p->text.hi && p->on->text.p[hit->where.hi] == ',') verb = true; /* "where quay, our box," */
        if (verb) add(f, located(j, hit), hit->where.hi);
        return verb;
    }
    return false;
}

/* Does [lo, hi) hold names of machines and nothing but what goes with them? */
static bool only_machines(const judge *j, const passage *p, uint32_t lo, uint32_t hi, found *f) {
    read_machines(j, p, lo, hi, false, f);
    uint32_t end = standing_word_at(p, hi);
    for (uint32_t i = standing_word_at(p, lo); i < end; i++) {
        bool covered = standing_is_determiner(p, i) || word_in(p, i, "and a");
        for (uint32_t h = p->hit_lo; h < p->hit_hi && !covered; h++)
            covered = p->on->hits[h].where.lo <= p->words[i].lo && p->on->hits[h].where.hi >= p->words[i].hi &&
                      located(j, &p->on->hits[h]) != MANIFEST_NONE;
        if (!covered) return false;
    }
    return f->n > 0;
}

/* "tun stands in Y, and our box, quay, in X" */
static bool by_gap(const judge *j, const passage *p, uint32_t preposition, found *f) {
    uint32_t in = p->words[preposition].lo;
    for (uint32_t i = preposition; i > 1 && preposition - i < 8; i--) {
        bool joins = word_in(p, i - 1, "and but while") || standing_verb(p, i - 1);
        if (!joins) continue;
        if (standing_verb(p, i - 1)) return false;
        bool stood = false;
        for (uint32_t k = 1; k + 1 < i && !stood; k++)
            stood = standing_verb(p, k - 1) && word_in(p, k, "in at") && k + 1 < i;
        if (stood && only_machines(j, p, p->words[i - 1].hi, in, f)) return true;
        f->n = 0;
    }
    return false;
}

/* "Y for tun, X for quay": each town before its machine. */
static bool by_list(const judge *j, const passage *p, uint32_t lo, uint32_t hi, found *f) {
    uint32_t i = standing_word_at(p, hi), pairs = 0;
    if (!word_in(p, i, "for") || p->words[i].lo != hi + 1) return false;
    for (uint32_t k = 1; k < p->word_count && k < 60; k++)
        pairs += word_in(p, k, "for") &&
                 fact_index_country(j->index, surface_slice(p->on, p->words[k - 1].lo, p->words[k - 1].hi)) != NULL;
    bool starts = lo == p->text.lo || !standing_is_gap_free(p, lo > 2 ? lo - 2 : 0, lo, ",");
    uint32_t end = p->words[i].hi;
    while (end < p->text.hi && !strchr(",;:.", p->on->text.p[end])) end++;
    return pairs > 1 && starts && only_machines(j, p, p->words[i].hi, end, f);
}

/* Does the block of passage `i` stand in the list or the table whose last line is passage `end`? */
static bool is_line_of(const judge *j, uint32_t i, uint32_t end) {
    const passage *q = &j->passages[i], *last = &j->passages[end];
    if (last->kind == PASSAGE_CELL) return q->kind == PASSAGE_CELL && q->on == last->on;
    return q->kind == PASSAGE_SENTENCE && q->flags & PASSAGE_IN_LIST && q->lead == last->lead && q->on == last->on;
}

/* The machines of the list, or of the rows, right above; `*last` counts those of its last line. */
static void read_above(const judge *j, const passage *p, found *f, uint32_t *last) {
    uint32_t own = (uint32_t)(p - j->passages), end = own, first, line = PASSAGE_NONE;
    *last = 0;
    if (own == 0) return;
    const passage *q = &j->passages[own - 1];
    while (own > 0 && j->passages[own - 1].on == p->on && j->passages[own - 1].block == p->block) own--;
    /* between the two nothing stands but what the paragraph itself begins with */
    if (own != end || (q->kind != PASSAGE_CELL && !(q->flags & PASSAGE_IN_LIST))) return;
    for (first = end - 1; first > 0 && end - first < 200 && is_line_of(j, first - 1, end - 1); first--) {
    }
    for (uint32_t i = first; i < end; i++) {
        q = &j->passages[i];
        uint32_t of = q->kind == PASSAGE_CELL ? (q->label == PASSAGE_NONE ? i : q->label) : q->block, before = f->n;
        if (q->flags & PASSAGE_HEADER_CELL) continue;
        read_machines(j, q, q->text.lo, q->text.hi, false, f);
        if (f->n == before) continue;
        *last = of == line ? *last + f->n - before : f->n - before;
        line = of;
    }
}

/* "All but the last stand in X", "All of them live in X", "All three are in X" */
static bool by_all(judge *j, const passage *p, uint32_t preposition, found *f) {
    uint32_t i = 1, last = 0;
    bool but = false;
    if (!word_in(p, 0, "all") || preposition < 2) return false;
    if (word_in(p, i, "of") && word_in(p, i + 1, "them these")) i += 2;
    if (word_in(p, i, "two three four five six seven eight nine ten")) i++;
    if (word_in(p, i, "but except") && word_in(p, i + 1, "the") && word_in(p, i + 2, "last")) {
        but = true;
        i += 3;
    }
    if (i == 1 || i + 1 != preposition || !standing_verb(p, i)) return false;
    read_above(j, p, f, &last);
    if (but) f->n = last < f->n ? f->n - last : 0;
    return f->n > 1;
}

/* "the X box, quay, is small": the noun behind the town is one that the machine in apposition is called by. */
static bool by_attribute(const judge *j, const passage *p, uint32_t lo, uint32_t hi, found *f) {
    uint32_t i = standing_word_at(p, lo), noun = standing_word_at(p, hi);
    if (i == 0 || !standing_is_determiner(p, i - 1) || noun + 1 >= p->word_count) return false;
    if (p->words[noun].lo != hi + 1 || p->words[noun].hi + 2 >= p->text.hi) return false;
    if (p->on->text.p[p->words[noun].hi] != ',') return false;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++) {
        const alias_hit *hit = &p->on->hits[h];
        uint32_t e = located(j, hit), end = hit->where.hi;
        if (hit->where.lo != p->words[noun + 1].lo || e == MANIFEST_NONE) continue;
        while (end < p->text.hi && strchr("`*", p->on->text.p[end])) end++;
        if (end < p->text.hi && !strchr(",.;:", p->on->text.p[end])) return false;
        str called = surface_slice(p->on, p->words[noun].lo, p->words[noun].hi);
        bool own = is_machine_noun(p, noun);
        for (uint32_t a = 0; a < j->m->entities[e].aliases.n && !own; a++) {
            str name = j->m->entities[e].aliases.at[a].text;
            own = name.n > called.n && str_ends(name, called) && name.p[name.n - called.n - 1] == ' ';
        }
        if (own) add(f, e, hit->where.hi);
        return own;
    }
    return false;
}

/* "on a shelf", "in a small rack": the preposition of the furniture that ends before word `i`; `i` where none does. */
static uint32_t furniture_start(const passage *p, uint32_t i) {
    if (!i || !word_in(p, i - 1, "shelf rack desk table cupboard closet cabinet corner drawer stand")) return i;
    for (uint32_t k = i - 1; k > 0 && i - k < 5; k--)
        if (word_in(p, k - 1, "on in under at beside")) return k - 1;
    return i;
}

/* Is a machine other than `e` named in the passage? */
static bool names_other(const judge *j, uint32_t index, uint32_t e) {
    if (index == PASSAGE_NONE) return false;
    const passage *p = &j->passages[index];
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++) {
        uint32_t x = hit_entity(j, &p->on->hits[h], -1);
        if (x != MANIFEST_NONE && x != e && located(j, &p->on->hits[h]) != MANIFEST_NONE) return true;
    }
    return false;
}

/* "quay sits in a cabinet in our X studio": the town tells which of our rooms it is. */
static bool by_room_of(const judge *j, const passage *p, uint32_t lo, uint32_t hi, found *f) {
    uint32_t i = standing_word_at(p, lo), room = standing_word_at(p, hi);
    if (i < 3 || !is_housing(p, room) || p->words[room].lo != hi + 1 || !word_in(p, i - 1, "our my")) return false;
    if (!word_in(p, i - 2, "in at") || word_in(p, room + 1, "of for")) return false;
    uint32_t shelf = furniture_start(p, i - 2);
    if (by_verb(j, p, i - 2, f)) return true;
    f->n = 0;
    return shelf < i - 2 && by_verb(j, p, shelf, f);
}

/* "The machine is a fairly typical build, running in my flat in X": the hardware that the article is about. */
static bool by_main(const judge *j, const passage *p, uint32_t preposition, found *f) {
    uint32_t e = j->main_hardware, own = (uint32_t)(p - j->passages);
    if (e == MANIFEST_NONE || !j->m->entities[e].location.text.n) return false;
    if (!word_in(p, 0, "the this my our") || !word_in(p, 1, "machine box server workstation rig computer system tower"))
        return false;
    if (names_other(j, own, e) || names_other(j, p->previous, e) || names_other(j, p->above, e) ||
        names_other(j, p->heading, e))
        return false;
    bool stands =
        preposition > 0 && word_in(p, preposition - 1, "running standing sitting living housed hosted located");
    for (uint32_t v = 2; v < preposition && v < 5 && !stands; v++)
        stands = standing_verb(p, v) && standing_leads_to(p, v, preposition);
    if (stands) add(f, e, p->words[1].hi);
    return stands;
}

/* "two machines in our X studio:", over a table that is headed with their names. */
static bool by_table_below(judge *j, const passage *p, uint32_t lo, uint32_t hi, found *f) {
    uint32_t i = standing_word_at(p, lo), room = standing_word_at(p, hi), own = (uint32_t)(p - j->passages);
    if (i < 3 || !is_housing(p, room) || p->words[room].lo != hi + 1 || !word_in(p, i - 1, "our my the")) return false;
    if (!word_in(p, i - 2, "in at") || !is_machine_noun(p, i - 3)) return false;
    if (!str_ends(str_trim(passage_text(p)), STR(":"))) return false;
    for (uint32_t k = own + 1; k < j->passage_count && k < own + 12 && j->passages[k].flags & PASSAGE_HEADER_CELL; k++)
        read_machines(j, &j->passages[k], j->passages[k].text.lo, j->passages[k].text.hi, false, f);
    return f->n > 1;
}

/* Words that take a move back, or that tell of more moves than one; of a dated one nobody knows what came after it. */
static bool is_moved_again(const passage *p) {
    for (uint32_t t = p->token_lo; t < p->token_hi; t++) {
        const token *k = &p->on->tokens[t];
        for (uint32_t at = k->text.lo; k->kind == TOKEN_DATE && at < k->text.hi; at++)
            if (byte_is_digit(p->on->text.p[at])) return true;
    }
    for (uint32_t i = 0; i < p->word_count; i++)
        if (p->words[i].cues & (CUE_NEGATION | CUE_IF | CUE_MODAL | CUE_FUTURE | CUE_GONE | CUE_OTHERS) ||
            word_in(p, i,
                    "then until before back again later first nearly almost briefly planned wanted meanwhile once "
                    "temporarily weeks days"))
            return true;
    return false;
}

uint32_t place_moved_to(judge *j, passage *p, uint32_t lo) {
    uint32_t i = standing_word_at(p, lo);
    if (p->kind != PASSAGE_SENTENCE || p->word_count > 60 || i < 3 || is_moved_again(p)) return MANIFEST_NONE;
    uint32_t to = i - 1;
    if (word_in(p, to, "in at")) { /* "to a data centre in X" */
        uint32_t room = place_housing_start(p, to);
        if (room == to && word_in(p, to - 1, "centre center datacentre datacenter hall rack facility")) {
            room = to - 1;
            while (room > 0 && to - room < 4 && word_in(p, room - 1, "data small large new own our a the")) room--;
        }
        if (room == to || room == 0) return MANIFEST_NONE;
        to = room - 1;
    }
    if (!word_in(p, to, "to into") || to < 2) return MANIFEST_NONE;
    for (uint32_t v = to; v > 0 && to - v < 8; v--) {
        if (!word_in(p, v - 1, "moved relocated migrated")) continue;
        bool object = v < to; /* "moved the VPS to X"; else "the VPS was moved to X", "the VPS has moved to X" */
        if (!object && !(v > 1 && word_in(p, v - 2, "was has been"))) return MANIFEST_NONE;
        uint32_t verb = v - 2;
        while (!object && verb > 0 && word_in(p, verb - 1, "has have")) verb--;
        bool second = !object && verb > 0 && word_in(p, verb - 1, "and"); /* "quay has 16 GB and was moved to X" */
        uint32_t from = object ? p->words[v - 1].hi : second ? p->text.lo : standing_clause_start(p, verb, p->text.lo);
        uint32_t end = object ? p->words[to].lo : p->words[verb].lo, at[2];
        found f = {.at = at, .capacity = COUNT_OF(at)};
        if (object) return only_machines(j, p, from, end, &f) && f.n == 1 ? at[0] : MANIFEST_NONE;
        read_machines(j, p, from, end, true, &f);
        return f.n == 1 && (second || is_rest(p, f.hi, end)) ? at[0] : MANIFEST_NONE;
    }
    return MANIFEST_NONE;
}

uint32_t place_standing(judge *j, passage *p, uint32_t lo, uint32_t hi, uint32_t *machines, uint32_t capacity) {
    found f = {.at = machines, .capacity = capacity};
    if (p->kind != PASSAGE_SENTENCE || p->word_count > 120) return 0;
    uint32_t i = standing_word_at(p, lo);
    while (i > 0 && word_in(p, i - 1, "the")) i--;
    if (by_clause(j, p, hi, &f)) return f.n;
    f.n = 0;
    if (by_list(j, p, lo, hi, &f)) return f.n;
    f.n = 0;
    if (by_attribute(j, p, lo, hi, &f)) return f.n;
    f.n = 0;
    if (by_table_below(j, p, lo, hi, &f)) return f.n;
    f.n = 0;
    if (by_room_of(j, p, lo, hi, &f)) return f.n;
    f.n = 0;
    if (i > 0 && word_in(p, i - 1, "in at") && by_all(j, p, i - 1, &f)) return f.n;
    f.n = 0;
    if (i > 0 && word_in(p, i - 1, "in at") && by_apposition(j, p, i - 1, hi, &f)) return f.n;
    f.n = 0;
    if (i > 0 && word_in(p, i - 1, "in at") && by_description(j, p, i - 1, hi, &f)) return f.n;
    f.n = 0;
    if (i > 0 && word_in(p, i - 1, "in at") && by_aside(j, p, i - 1, &f)) return f.n;
    f.n = 0;
    if (i == 0 || !word_in(p, i - 1, "in at") || !standing_is_gap_free(p, p->words[i - 1].hi, lo, ",;:()")) return 0;
    if (by_verb(j, p, i - 1, &f)) return f.n;
    f.n = 0;
    uint32_t room = place_housing_start(p, i - 1); /* "in a hall in X" */
    bool inside = room < i - 1 && room > 0 && word_in(p, room - 1, "in at");
    if (inside && by_verb(j, p, room - 1, &f)) return f.n;
    f.n = 0;
    uint32_t shelf = furniture_start(p, inside ? room - 1 : i - 1); /* "on a shelf in my office in X" */
    if (shelf < (inside ? room - 1 : i - 1) && by_verb(j, p, shelf, &f)) return f.n;
    f.n = 0;
    if (by_main(j, p, inside ? room - 1 : i - 1, &f)) return f.n;
    f.n = 0;
    return by_gap(j, p, i - 1, &f) ? f.n : 0;
}

bool is_housing(const passage *p, uint32_t i) {
    return word_in(
        p, i,
        "house home cellar basement attic loft garage flat cupboard closet room office offices building shed "
        "roof hall halls buildings library school warehouse studio workshop");
}

uint32_t place_housing_start(const passage *p, uint32_t i) {
    if (!i || !is_housing(p, i - 1)) return i;
    uint32_t k = i - 1;
    for (uint32_t steps = 0; k > 0 && steps < 4; steps++, k--) {
        static const char determiners[] = "a an the our my his her their one";
        if (word_in(p, k - 1, determiners)) return k - 1;
        if (word_is_possessive(p, k - 1)) {
            k--;
            return k > 0 && word_in(p, k - 1, determiners) ? k - 1 : k;
        }
        for (uint32_t at = p->words[k - 1].hi; at < p->words[k].lo; at++)
            if (strchr(",;:.()", p->on->text.p[at])) return k;
    }
    return i - 1;
}
