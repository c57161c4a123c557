/* standing.c - on which machine a sentence says that a thing of ours is.
 *
 *     the thing ──► where the manifest puts it ──► is the machine that is named one of them?
 *
 *     RLM, our licence server, runs on boggle            a verb of standing, and the machine behind its preposition
 *     On boggle RLM hands out the licences                the machine in front
 *     copies go to boggle, where RLM runs                  in a clause of its own
 *     we have one A2, and it sits in boggle                a pronoun
 *     the script lies on boggle, as /srv/x.js              a path that is declared for another machine
 *
 * The thing: a service (its host), a program (the machines that list it, and those of the services that run it), a part
 * (the machines that measurements or output name it with), a path (its host). The thing must be the head of the
 * subject: a backup of it, its client or a second one may stand anywhere.
 *
 * Contradicted only where the machine is a declared one and the list of what it runs is closed, or the thing is one
 * service, which stands on one machine only. What is one of several machines (a cluster) is never set against a node.
 */
#include "facts/places/hosting.h"

static const manifest_entity *entity_at(const judge *j, uint32_t e) { return &j->m->entities[e]; }

enum { SUBJECT_REACH = 120 };

/* Is a node of a group of machines set against the group, or the other way round? */
bool standing_is_group_and_node(const judge *j, uint32_t a, uint32_t b) {
    const manifest_entity *x = entity_at(j, a), *y = entity_at(j, b);
    if (x->kind == y->kind) return false;
    return str_eq_nocase(x->location.text, y->location.text);
}

/* ---- the name of a machine ---- */

/* The preposition that the machine's name at `lo` stands behind; UINT32_MAX where there is none. */
uint32_t standing_preposition(const passage *p, uint32_t lo) {
    uint32_t i = standing_word_at(p, lo);
    for (uint32_t k = 0; k < 3 && i > 0 && word_in(p, i - 1, "the our my host machine node server box"); k++) i--;
    if (i == 0 || !standing_is_gap_free(p, p->words[i - 1].hi, lo, ",;:()\n")) return UINT32_MAX;
    return word_in(p, i - 1, "on in from by at to into") ? i - 1 : UINT32_MAX;
}

/* Does the name end its phrase: "on quay.", "on quay, where", not "on quay's disk", "on the quay side"? */
static bool ends_phrase(const passage *p, uint32_t hi) {
    if (hi < p->text.hi && (p->on->text.p[hi] == '\'' || p->on->text.p[hi] == '-' || p->on->text.p[hi] == ':' ||
                            p->on->text.p[hi] == 0xe2 || p->on->text.p[hi] == '/'))
        return false;
    uint32_t i = standing_word_at(p, hi);
    if (i >= p->word_count || !standing_is_gap_free(p, hi, p->words[i].lo, ",;:()\n.")) return true;
    return p->words[i].cues & (CUE_STOP | CUE_PLACE | CUE_BREAK | CUE_CADENCE | CUE_HAVE) ||
           word_in(p, i,
                   "and or with as now since so where which that only too today again under behind by over alone "
                   "next outside inside while itself instead for to without because using via until through");
}

/* ---- subjects ---- */

/* Everything that the subject in front of `verb` names, and where it is; false where the subject's head is none. */
bool standing_read_subject(const judge *j, const passage *p, uint32_t verb, uint32_t asked, standing_subject *t) {
    while (verb > 0 && word_in(p, verb - 1, "has have been can now always")) verb--;
    bool which = verb > 1 && word_in(p, verb - 1, "which that"); /* "lookout, which is hosted": what stands before it */
    uint32_t end = p->words[which ? verb - 1 : verb].lo, first, last;
    uint32_t from = end > p->text.lo + SUBJECT_REACH ? end - SUBJECT_REACH : p->text.lo;
    if (!which) from = standing_clause_start(p, verb, from);
    bool head = false;
    passage_hit_window(p, end, end, &first, &last);
    *t = (standing_subject){.lo = UINT32_MAX};
    for (uint32_t h = first; h < last; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (hit->where.lo < from || hit->where.hi > end || (which && hit->where.hi + 2 < end)) continue;
        if (hit->inside < 0 && standing_is_machine(j, hit_entity(j, hit, -1))) {
            head = false; /* "the disk of quay is on …" */
            continue;
        }
        if (!standing_is_thing(j, hit)) continue;
        if (!which && standing_is_governed(p, hit->where.lo)) { /* part of the head's phrase */
            if (!head) return false;
            continue;
        }
        if (!standing_add(j, p->on, hit, asked, t)) return false;
        head = true;
        if (hit->where.lo < t->lo) t->lo = hit->where.lo;
        t->hi = hit->where.hi;
    }
    return head && (which || standing_is_subject_rest(p, t->hi, end));
}

/* "it sits in X", "they are on X": everything that the sentence named before is meant. */
static bool read_pronoun(const judge *j, const passage *p, uint32_t verb, uint32_t asked, standing_subject *t) {
    if (verb < 2 || !word_in(p, verb - 1, "it they") || !word_in(p, verb - 2, "and so but therefore thus"))
        return false;
    uint32_t first, last;
    passage_hit_window(p, p->words[verb].lo, p->words[verb].lo, &first, &last);
    *t = (standing_subject){.lo = UINT32_MAX};
    for (uint32_t h = first; h < last; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (hit->where.hi > p->words[verb].lo) break;
        if (hit->inside < 0 && standing_is_machine(j, hit_entity(j, hit, -1))) return false;
        if (!standing_is_thing(j, hit)) continue;
        if (!standing_add(j, p->on, hit, asked, t)) return false;
    }
    t->lo = p->words[verb - 1].lo; /* what else the sentence says of them, "must not die", has a stance of its own */
    t->hi = p->words[verb].hi;
    return t->n > 0;
}

/* The one service that the passage names, and nothing else that could be meant by "it"; MANIFEST_NONE otherwise. */
static uint32_t only_service(judge *j, passage *p, bool *named) {
    uint32_t found = MANIFEST_NONE;
    passage_prepare(j, p);
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 32; h++) {
        uint32_t e = p->on->hits[h].inside < 0 ? hit_entity(j, &p->on->hits[h], -1) : MANIFEST_NONE;
        if (e == MANIFEST_NONE || e == found) continue;
        *named = true;
        if (found != MANIFEST_NONE || entity_at(j, e)->kind != ENTITY_SERVICE) return MANIFEST_NONE;
        uint32_t w = standing_word_at(p, p->on->hits[h].where.lo); /* its subject, or its last word */
        while (w > 0 && standing_is_determiner(p, w - 1)) w--;
        bool last = p->on->hits[h].where.hi + 2 > p->text.hi;
        if ((w > 0 && !last && p->kind != PASSAGE_HEADING) || (w > 0 && word_in(p, w - 1, "of for behind like and or")))
            return MANIFEST_NONE;
        found = e;
    }
    return found;
}

/* "The MCP server is small. It runs on X", "Since it is hosted on X, …": the service of the sentence before, or of the
 * heading where no sentence has named anything. */
static bool read_running_service(judge *j, const passage *p, uint32_t verb, uint32_t asked, standing_subject *t) {
    uint32_t it = word_in(p, 0, "since because as") ? 1 : 0, service = MANIFEST_NONE, from = p->previous;
    bool named = false;
    if (!word_is(p, it, "it") || verb != it + 1) return false;
    for (uint32_t k = 0; k < 2 && from != PASSAGE_NONE && !named; k++) {
        service = only_service(j, &j->passages[from], &named);
        from = j->passages[from].previous;
    }
    if (!named && from == PASSAGE_NONE && p->heading != PASSAGE_NONE)
        service = only_service(j, &j->passages[p->heading], &named);
    if (service == MANIFEST_NONE || entity_at(j, service)->host == MANIFEST_NONE) return false;
    const manifest_entity *e = entity_at(j, service);
    *t = (standing_subject){.n = 1,
                            .here = e->host == asked,
                            .sole = true,
                            .name = e->id,
                            .fact = &e->host_fact,
                            .lo = p->words[it].lo,
                            .hi = p->words[verb].hi};
    standing_add_machine(t, e->host);
    return true;
}

/* "- **MCP server:** runs on X": the service of the item's label. */
static bool read_label(const judge *j, const passage *p, uint32_t verb, uint32_t asked, standing_subject *t) {
    const alias_hit *name = NULL;
    if (!(p->flags & PASSAGE_IN_LIST) || verb == 0 || verb > 4) return false;
    if (!str_eq(str_trim(surface_slice(p->on, p->words[verb - 1].hi, p->words[verb].lo)), STR(":"))) return false;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && p->on->hits[h].where.hi <= p->words[verb].lo; h++)
        if (p->on->hits[h].inside < 0 && hit_entity(j, &p->on->hits[h], ENTITY_SERVICE) != MANIFEST_NONE)
            name = &p->on->hits[h];
    if (!name || name->where.hi != p->words[verb - 1].hi || name->where.lo > p->text.lo + 4) return false;
    *t = (standing_subject){.lo = p->words[verb].lo, .hi = p->words[verb].hi};
    return standing_add(j, p->on, name, asked, t);
}

/* ---- verdict ---- */

bool standing_is_then(const passage *p, uint32_t lo, uint32_t hi) {
    clause_range part = stance_part(p, lo, hi);
    uint32_t first = standing_word_at(p, part.lo), i = standing_word_at(p, hi);
    if (word_in(p, first, "after during before when whenever while once should until")) return true;
    for (; i < p->word_count && p->words[i].hi <= part.hi; i++)
        if (word_in(p, i, "after during until while when whenever today") ||
            (word_in(p, i, "for") && word_in(p, i + 1, "a an one two three some half") &&
             word_in(p, i + 2, "second seconds minute minutes hour hours day days week weeks night while moment")))
            return true;
    return false;
}

static bool has_claim(const judge *j, const passage *p, uint32_t lo, uint32_t hi) {
    span where = surface_source(j, p->on, lo, hi);
    for (size_t i = j->claims->n; i > 0 && j->claims->n - i < 64; i--) {
        const claim *c = &j->claims->at[i - 1];
        if (c->where.lo < where.hi && where.lo < c->where.hi && (c->kind == CLAIM_SERVICE || c->kind == CLAIM_HOST))
            return true;
    }
    return false;
}

void standing_judge(judge *j, passage *p, const standing_subject *t, const alias_hit *at, uint32_t machine) {
    if (has_claim(j, p, at->where.lo, at->where.hi)) return;
    uint32_t lo = t->lo < at->where.lo ? t->lo : at->where.lo, hi = t->hi > at->where.hi ? t->hi : at->where.hi;
    stance_view s = stance_at(j, p, lo, hi);
    if (s.stance == STANCE_INSTRUCTION && word_in(p, 0, "you one"))
        s.stance = STANCE_ASSERTED; /* "you find X on quay" */
    if (s.stance != STANCE_ASSERTED || s.others || s.foreign || s.past || s.denied || s.loose) return;
    const manifest_entity *e = entity_at(j, machine);
    bool closed = e->runs.world == WORLD_CLOSED && t->program;
    if (!t->here && (!(closed || t->sole) || standing_is_then(p, lo, hi))) return;
    for (uint32_t i = 0; i < t->machine_count && !t->here; i++)
        if (standing_is_group_and_node(j, t->machines[i], machine)) return;
    claim *c = claim_add(j, p, at->where.lo, at->where.hi, CLAIM_SERVICE, &s);
    if (!c || c->verdict == VERDICT_NOT_ABOUT_US) return;
    c->subject = t->name;
    str says = entity_at(j, t->machines[0])->id;
    if (t->here && t->fact == &e->runs.fact)
        claim_supported(j, c, t->fact, t->name, STR("on the list of what it runs"));
    else if (t->here)
        claim_supported(j, c, t->fact, e->id, STR("the declared host"));
    else
        claim_contradicted(j, c, t->fact, says, judge_printf(j, "%.*s is on %.*s", STR_ARG(t->name), STR_ARG(says)));
}

/* The verb before the preposition that stands behind the machine, and its subject. */
static bool judge_behind(judge *j, passage *p, const alias_hit *at, uint32_t machine) {
    uint32_t preposition = standing_preposition(p, at->where.lo);
    if (preposition == UINT32_MAX) return false;
    for (uint32_t v = preposition; v > 0 && preposition - v < 7; v--) {
        standing_subject t;
        if (!standing_leads_to(p, v - 1, preposition)) continue;
        if (!standing_read_subject(j, p, v - 1, machine, &t) && !read_pronoun(j, p, v - 1, machine, &t) &&
            !read_running_service(j, p, v - 1, machine, &t) && !read_label(j, p, v - 1, machine, &t))
            return false;
        standing_judge(j, p, &t, at, machine);
        return true;
    }
    return false;
}

/* "On quay PgBouncer runs …": the machine in front. "…, quay, where PgBouncer is": in a clause of its own. */
static void judge_before(judge *j, passage *p, const alias_hit *at, uint32_t machine) {
    uint32_t w = standing_word_at(p, at->where.lo), next = standing_word_at(p, at->where.hi);
    bool fronted = w == 1 && word_in(p, 0, "on");
    bool relative = word_in(p, next, "where") || (word_in(p, next, "on in") && word_in(p, next + 1, "which"));
    if (next >= p->word_count || (!fronted && !relative)) return;
    uint32_t from = fronted ? p->words[next].lo : p->words[next + (word_in(p, next, "where") ? 0 : 1)].hi;
    if (fronted && !standing_is_gap_free(p, at->where.hi, from, ";:()\n.")) return;
    uint32_t first, last;
    passage_hit_window(p, from, from, &first, &last);
    for (uint32_t h = first; h < last; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (hit->where.lo < from) continue;
        if (!standing_is_thing(j, hit)) return;
        uint32_t i = standing_word_at(p, hit->where.lo), after = standing_word_at(p, hit->where.hi);
        while (i > 0 && p->words[i - 1].lo >= from && standing_is_determiner(p, i - 1)) i--;
        if (p->words[i].lo < from || (i > 0 && p->words[i - 1].lo >= from)) return; /* not its first words */
        if (!standing_verb(p, after) || !standing_is_gap_free(p, hit->where.hi, p->words[after].lo, ",;:()")) return;
        uint32_t behind = after + 1 < p->word_count ? p->words[after + 1].lo : p->text.hi;
        bool ends = relative && !standing_is_gap_free(p, p->words[after].hi, behind, ".,;"); /* "where PgBouncer is." */
        if (word_in(p, after, "is are") && !ends && !standing_is_participle(p, after + 1)) return;
        standing_subject t = {.lo = hit->where.lo, .hi = hit->where.hi};
        if (standing_add(j, p->on, hit, machine, &t)) standing_judge(j, p, &t, at, machine);
        return;
    }
}

/* ---- paths ---- */

/* "lies on quay, as /srv/x", "from quay, out of /srv/x": from the machine to the path. */
static bool is_path_link(const passage *p, uint32_t lo, uint32_t hi) {
    uint32_t i = standing_word_at(p, lo), end = standing_word_at(p, hi);
    if (hi - lo > 40 || i >= end || !standing_is_gap_free(p, lo, hi, ";:\n.")) return false;
    if (!word_in(p, end - 1, "as in under at of")) return false;
    for (; i < end; i++)
        if (!word_in(p, i, "as in under at out of and appears there the file path folder directory lies is visible"))
            return false;
    return true;
}

/* "`/srv/x` on quay", "`/srv/x`, is on quay" */
static bool is_machine_link(const passage *p, uint32_t lo, uint32_t hi) {
    uint32_t i = standing_word_at(p, lo), end = standing_word_at(p, hi);
    if (hi - lo > 40 || i >= end || !standing_is_gap_free(p, lo, hi, ";:\n(")) return false;
    while (end > i && word_in(p, end - 1, "the our my")) end--;
    if (end == i || !word_in(p, end - 1, "on")) return false;
    for (; i + 1 < end; i++)
        if (!word_in(p, i, "is lies lives sits stays stands kept can be found")) return false;
    return true;
}

static void judge_path_host(judge *j, passage *p, const token *x, const alias_hit *at, uint32_t machine) {
    bool linked = at->where.hi <= x->text.lo ? is_path_link(p, at->where.hi, x->text.lo)
                                             : is_machine_link(p, x->text.hi, at->where.lo);
    uint32_t found[8], w = standing_word_at(p, x->text.lo);
    bool copy =
        w > 0 && (word_in(p, w - 1, "from with like") || (word_in(p, w - 1, "of") && !word_in(p, w - 2, "out")));
    if (!linked || copy) return; /* "a copy of /srv/x on quay" */
    size_t count = manifest_find_paths(j->m, surface_slice(p->on, x->core.lo, x->core.hi), found, COUNT_OF(found));
    standing_subject t = {.lo = x->text.lo, .hi = x->text.hi, .sole = true};
    if (!count) { /* a folder of declared paths: theirs */
        str folder = surface_slice(p->on, x->core.lo, x->core.hi);
        for (uint32_t i = 0; i < j->m->path_count && folder.n > 4; i++)
            if (str_starts(j->m->paths[i].path, folder) && j->m->paths[i].path.n > folder.n &&
                j->m->paths[i].path.p[folder.n] == '/' && count < COUNT_OF(found))
                found[count++] = i;
    }
    for (size_t i = 0; i < count && i < COUNT_OF(found); i++) {
        const manifest_path *known = &j->m->paths[found[i]];
        if (known->host == MANIFEST_NONE) return;
        t.here = t.here || known->host == machine;
        t.fact = &known->fact;
        t.name = known->path;
        standing_add_machine(&t, known->host);
    }
    if (t.machine_count) standing_judge(j, p, &t, at, machine);
}

void judge_standings(judge *j, passage *p) {
    if (p->kind != PASSAGE_SENTENCE && p->kind != PASSAGE_FIELD) return;
    if (p->hit_hi - p->hit_lo > 64) return; /* a list of everything says nothing of one */
    for (uint32_t h = p->hit_lo; h < p->hit_hi; h++) {
        const alias_hit *at = &p->on->hits[h];
        uint32_t machine = at->inside < 0 ? hit_entity(j, at, -1) : MANIFEST_NONE;
        if (machine == MANIFEST_NONE || entity_at(j, machine)->kind == ENTITY_SERVICE ||
            !standing_is_machine(j, machine))
            continue;
        passage_prepare(j, p);
        bool ends = ends_phrase(p, at->where.hi);
        if (!ends || !judge_behind(j, p, at, machine)) judge_before(j, p, at, machine);
        standing_judge_forms(j, p, at, machine, ends);
        for (uint32_t t = p->token_lo; t < p->token_hi && t < p->token_lo + 64; t++)
            if (p->on->tokens[t].kind == TOKEN_PATH) judge_path_host(j, p, &p->on->tokens[t], at, machine);
    }
}
