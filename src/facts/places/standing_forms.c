/* standing_forms.c - the sentences that put a thing on a machine without making it the subject.
 *
 *     we run the queue on quay; you find Grafana on quay       the object of a first or second person's verb
 *     it is quay that hosts Grafana                            the cleft
 *     the machine that runs Grafana is quay                    and its mirror image
 *     quay is home to Grafana; quay hosts Grafana              the machine as the subject
 *     in quay the A2, in tun the A10                           without a verb
 *     Grafana and Prometheus share quay                        the machine as the object
 *
 * In: a machine's name in a prepared passage. Out: a claim, as standing.c makes it.
 */
#include "facts/places/hosting.h"

/* The thing whose name begins at byte `lo`, or behind determiners there; NULL where none does. */
static const alias_hit *thing_at(const judge *j, const passage *p, uint32_t i) {
    while (standing_is_determiner(p, i)) i++;
    if (i >= p->word_count) return NULL;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && p->on->hits[h].where.lo <= p->words[i].lo; h++)
        if (p->on->hits[h].where.lo == p->words[i].lo && standing_is_thing(j, &p->on->hits[h])) return &p->on->hits[h];
    return NULL;
}

/* The thing whose name ends right before word `i`. */
static const alias_hit *thing_before(const judge *j, const passage *p, uint32_t i) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi && i > 0 && p->on->hits[h].where.lo < p->words[i].lo; h++)
        if (p->on->hits[h].where.hi == p->words[i - 1].hi && p->words[i].lo == p->words[i - 1].hi + 1 &&
            standing_is_thing(j, &p->on->hits[h]))
            return &p->on->hits[h];
    return NULL;
}

static void judge_one(judge *j, passage *p, const alias_hit *thing, const alias_hit *at, uint32_t machine) {
    standing_subject t = {.lo = thing->where.lo, .hi = thing->where.hi};
    if (standing_add(j, p->on, thing, machine, &t)) standing_judge(j, p, &t, at, machine);
}

static bool has_date(const passage *p) {
    for (uint32_t t = p->token_lo; t < p->token_hi && t < p->token_lo + 64; t++)
        if (p->on->tokens[t].kind == TOKEN_DATE) return true;
    return p->cues & CUE_PAST;
}

/* "we run X on quay", "I moved X to quay", "you find X on quay" */
static bool judge_object(judge *j, passage *p, const alias_hit *at, uint32_t machine) {
    uint32_t preposition = standing_preposition(p, at->where.lo);
    const alias_hit *thing = preposition == UINT32_MAX ? NULL : thing_before(j, p, preposition);
    if (!thing) return false;
    uint32_t i = standing_word_at(p, thing->where.lo);
    while (i > 0 && standing_is_determiner(p, i - 1)) i--;
    if (i < 2) return false;
    bool to = word_in(p, preposition, "to"), on = word_in(p, preposition, "on in"),
         here = word_in(p, preposition, "from");
    bool now = word_in(p, i - 1, "run host keep have"), find = word_in(p, i - 1, "find reach"),
         done = word_in(p, i - 1, "put installed set placed deployed") && on && !has_date(p),
         moved = word_in(p, i - 1, "moved") && to && !has_date(p), served = word_in(p, i - 1, "serve") && (on || here);
    if (!((now || find) && on) && !done && !moved && !served) return false;
    uint32_t who = i - 2;
    while (who > 0 && word_in(p, who, "have also now will can still therefore only always")) who--;
    if (!word_in(p, who, "we i") && !(find && word_in(p, who, "you one"))) return false;
    standing_subject t = {.lo = find ? thing->where.lo : p->words[who].lo, .hi = thing->where.hi};
    if (standing_add(j, p->on, thing, machine, &t)) standing_judge(j, p, &t, at, machine);
    return true;
}

static bool is_running(const passage *p, uint32_t i) { return word_in(p, i, "runs hosts serves holds carries houses"); }

void standing_judge_forms(judge *j, passage *p, const alias_hit *at, uint32_t machine, bool ends) {
    uint32_t w = standing_word_at(p, at->where.lo), next = standing_word_at(p, at->where.hi);
    const alias_hit *thing = NULL;
    if (ends && judge_object(j, p, at, machine)) return;
    while (w > 0 && word_in(p, w - 1, "the our my")) w--;
    bool joined = next < p->word_count && p->words[next].lo == at->where.hi + 1;
    if (w > 1 && word_in(p, w - 1, "is") && word_in(p, w - 2, "it") && joined && word_in(p, next, "that which") &&
        is_running(p, next + 1))
        thing = thing_at(j, p, next + 2); /* "it is quay that hosts X" */
    bool subject = w == 0 || (word_in(p, w - 1, "and but") &&
                              !standing_is_gap_free(p, p->words[w - 1].lo - 2, p->words[w - 1].lo, ",;"));
    if (subject && joined && word_in(p, next, "is") && word_in(p, next + 1, "home") && word_in(p, next + 2, "to"))
        thing = thing_at(j, p, next + 3);
    if (subject && joined && word_in(p, next, "hosts houses")) thing = thing_at(j, p, next + 1);
    if (ends && w > 2 && word_in(p, w - 1, "is")) { /* "the machine that runs X is quay" */
        const alias_hit *before = thing_before(j, p, w - 1);
        uint32_t i = before ? standing_word_at(p, before->where.lo) : 0;
        while (i > 0 && standing_is_determiner(p, i - 1)) i--;
        if (before && i > 2 && is_running(p, i - 1) && word_in(p, i - 2, "that which") &&
            word_in(p, i - 3, "machine box host server node one computer"))
            thing = before;
        bool end = next >= p->word_count || !standing_is_gap_free(p, at->where.hi, p->words[next].lo, ",.;");
        if (before && end && i == 0 && word_in(p, 0, "my our the") &&
            hit_entity(j, before, ENTITY_SERVICE) != MANIFEST_NONE)
            thing = before; /* "My git server is quay." */
    }
    if (!thing && joined && w > 0 && word_in(p, w - 1, "in on") && standing_is_determiner(p, next)) {
        bool opens = w == 1 || !standing_is_gap_free(p, p->words[w - 2].hi, p->words[w - 1].lo, ":,;") ||
                     word_in(p, w - 2, "and");
        const alias_hit *behind = opens ? thing_at(j, p, next) : NULL;
        if (behind && (behind->where.hi >= p->text.hi || strchr(",.;", p->on->text.p[behind->where.hi])))
            thing = behind; /* "in quay the A2, in tun the A10" */
    }
    standing_subject t;
    if (!thing && w > 0 && word_in(p, w - 1, "share shares") && standing_read_subject(j, p, w - 1, machine, &t))
        standing_judge(j, p, &t, at, machine); /* "Grafana and Prometheus share quay" */
    if (thing && thing->where.lo != at->where.lo) judge_one(j, p, thing, at, machine);
}
