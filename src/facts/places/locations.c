/* locations.c - where hosts stand.
 *
 * In: sentences, cells and fields that name a place. A place contradicts only when it is known to be one (gazetteer.c),
 * stands behind "in" or "from", and is said of something of ours:
 *
 *     of a declared host        "the hardened VPS, in Frankfurt", "Location of the VPS | Amsterdam"
 *     of machines at all        "three machines in Frankfurt": where a closed scope of locations does not hold it
 *
 * A name that the gazetteer does not know is a place where the build leaves nothing else, "attic stands in Telford",
 * and a closed scope of locations excludes it.
 *
 * A town agrees with its country and a country with its towns. What a provider, a customer or an author has there is
 * nothing of ours.
 */
#include "facts/places/locations.h"

#include "facts/reading/standing.h"

#include <string.h>

enum { HOSTS_LOOKED_AT = 1024, HITS_LOOKED_AT = 64, SECTION_READ = 32 };

/* ---- places ---- */

static bool same_place(const judge *j, str stated, str declared) {
    if (str_eq_nocase(stated, declared) || str_find(declared, stated, 0) >= 0) return true;
    const char *stated_country = fact_index_country(j->index, stated),
               *declared_country = fact_index_country(j->index, declared);
    if (!stated_country || !declared_country || strcmp(stated_country, declared_country) != 0) return false;
    return str_eq(stated, str_from_cstr(stated_country)) || str_eq(declared, str_from_cstr(declared_country));
}

/* The closed scope of locations that does not hold the town; NULL when there is none. */
static const manifest_scope *excluding_scope(const judge *j, str town) {
    for (uint32_t i = 0; i < j->m->scope_count && i < 256; i++) {
        const manifest_scope *s = &j->m->scopes[i];
        if (s->world != WORLD_CLOSED || str_find(s->kind, STR("location"), 0) < 0) continue;
        for (uint32_t k = 0; k < s->members.n; k++)
            if (same_place(j, town, s->members.at[k].text)) return NULL;
        return s;
    }
    return NULL;
}

/* A town that no closed scope of locations holds, said of machines of ours. */
static bool judge_excluded(judge *j, passage *p, uint32_t lo, uint32_t hi, str town, bool behind) {
    const manifest_scope *scope = excluding_scope(j, town);
    bool data = place_of_transfer(p, lo) || place_of_copies(p, lo) || place_of_pronoun(j, p, lo);
    bool kind = p->kind == PASSAGE_SENTENCE || (p->kind == PASSAGE_FIELD && data);
    if (!scope || !kind || !(data || (behind && place_of_machines(p, lo)))) return false;
    stance_view s = place_stance(j, p, lo, hi);
    uint32_t first, end;
    bool ours = data;
    passage_window(p, lo, hi, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        ours = ours || p->words[i].cues & CUE_FIRST;
        if (word_is(p, i, "a") && word_is(p, i + 1, "second")) ours = true; /* a second one of what we have */
    }
    for (uint32_t i = first; i < end; i++) /* "the offer of a rack in Manchester was kind and too dear" */
        if (word_is(p, i, "offer") || word_is(p, i, "offered") || word_is(p, i, "offers") || word_is(p, i, "quote"))
            return false;
    bool indefinite = !ours && stance_is_foreign(j, p, lo, hi);
    if (s.stance != STANCE_ASSERTED || s.denied || s.loose || s.past || s.others || indefinite) return false;
    claim *c = claim_add(j, p, lo, hi, CLAIM_PLACE, &s);
    if (!c || c->verdict == VERDICT_NOT_ABOUT_US) return true;
    claim_contradicted(
        j, c, &scope->fact, scope->members.n ? scope->members.at[0].text : STR("none"),
        judge_printf(j, "%.*s is not a member of the closed scope %.*s", STR_ARG(town), STR_ARG(scope->name)));
    return true;
}

/* Does anything run, listen or lie on it? What the manifest calls a host and gives only people is no machine. */
static bool is_used_host(const judge *j, uint32_t e) {
    const manifest_entity *host = &j->m->entities[e];
    bool used = host->runs.n > 0 || !host->attr_count;
    for (uint32_t i = 0; i < host->attr_count && !used; i++)
        used = unit_get(j->m->attrs[host->first_attr + i].views[0].quantity.measure)->dimension == DIM_DATA;
    for (uint32_t i = 0; i < j->m->entity_count && i < HOSTS_LOOKED_AT && !used; i++)
        used = j->m->entities[i].kind == ENTITY_SERVICE && j->m->entities[i].host == e;
    for (uint32_t i = 0; i < j->m->path_count && !used; i++) used = j->m->paths[i].host == e;
    return used;
}

/* Is there a host whose place nobody declared, and may the town be its? It is the last machine named before the town,
 * or the sentence does not name `e`, or what stands right before is data: backups in X lie on a host. */
static bool may_be_unlocated(const judge *j, const passage *p, const manifest_entity *e, uint32_t lo) {
    bool unlocated = false, nearest = false, named = false;
    for (uint32_t i = 0; i < j->m->entity_count && i < HOSTS_LOOKED_AT && !unlocated; i++)
        unlocated = j->m->entities[i].kind == ENTITY_HOST && !j->m->entities[i].location.text.n && is_used_host(j, i);
    if (!unlocated) return false;
    const passage *read[3] = {p->label == PASSAGE_NONE ? p : &j->passages[p->label],
                              p->column == PASSAGE_NONE || p->kind != PASSAGE_CELL ? p : &j->passages[p->column], p};
    for (int k = 0; k < 3; k++) {
        const passage *q = read[k];
        if (q == p && k < 2) continue;
        for (uint32_t h = q->hit_lo; h < q->hit_hi && h < q->hit_lo + HITS_LOOKED_AT; h++) {
            uint32_t x = q->on->hits[h].inside < 0 ? hit_entity(j, &q->on->hits[h], -1) : MANIFEST_NONE;
            if (x == MANIFEST_NONE) continue;
            const manifest_entity *m = &j->m->entities[x];
            if (m->kind == ENTITY_SERVICE && m->host != MANIFEST_NONE) m = &j->m->entities[m->host];
            named = named || m == e;
            if (q == p && q->on->hits[h].where.lo >= lo) continue;
            nearest = m != e && (nearest || (m->kind == ENTITY_HOST && !m->location.text.n));
        }
    }
    return nearest || !named || place_of_data(p, lo);
}

/* "our own firewall in Porto" where the manifest's stands in Odense: a kind of thing by its noun, which the town right
 * behind tells from others, and we have things in that town. A name ("gate in Porto") is one thing's, wherever. */
static bool may_be_another_there(const judge *j, const passage *p, const manifest_entity *e, str town, uint32_t lo) {
    uint32_t count, i = passage_word_before(p, lo), own = (uint32_t)(e - j->m->entities);
    const uint32_t *located = fact_index_located(j->index, &count);
    bool ours = false, beside = false;
    for (uint32_t k = 0; k < count && !ours; k++) ours = same_place(j, town, j->m->entities[located[k]].location.text);
    if (!ours || p->kind != PASSAGE_SENTENCE || i == UINT32_MAX || i == 0 || !(p->words[i].cues & CUE_PLACE))
        return false;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + HITS_LOOKED_AT; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (hit_entity(j, hit, -1) != own) continue;
        str said = surface_slice(p->on, hit->where.lo, hit->where.hi);
        if (str_eq_nocase(said, e->id)) return false; /* "burrow, the storage box in Helsinki" */
        for (ptrdiff_t k = 0; k < said.n; k++)
            if (said.p[k] != ' ' && !(said.p[k] & 0x20)) return false;
        uint32_t first = passage_word_before(p, hit->where.lo);
        beside = beside || (hit->where.hi == p->words[i - 1].hi && first != UINT32_MAX &&
                            word_in(p, first, "the our my own this that"));
    }
    return beside;
}

/* Concludes that the machine is said to stand in the town, or not to. */
static void settle_town(judge *j, const passage *p, claim *c, const manifest_entity *e, str town, bool same,
                        bool denied) {
    if (!c || c->verdict == VERDICT_NOT_ABOUT_US) return;
    c->subject = e->id;
    if (same && denied)
        claim_unverified(j, c, STR("a denial, too indirect to judge"));
    else if (same)
        claim_supported(j, c, &e->location_fact, e->location.text, STR("the declared place"));
    else if (may_be_another_there(j, p, e, town, c->text.lo))
        claim_unverified(j, c, STR("another one of its kind may be meant, which stands there"));
    else if (may_be_unlocated(j, p, e, c->text.lo))
        claim_unverified(j, c, STR("a host without a declared place may be meant"));
    else
        claim_contradicted(j, c, &e->location_fact, e->location.text,
                           judge_printf(j, "%.*s stands in %.*s, not in %.*s", STR_ARG(e->id),
                                        STR_ARG(e->location.text), STR_ARG(town)));
}

/* The construction itself says whose place it is. */
static bool judge_subject(judge *j, passage *p, uint32_t lo, uint32_t hi, str town) {
    uint32_t subject = place_subject(j, p, lo);
    if (subject == MANIFEST_NONE || is_occasion(p, lo)) return false;
    const manifest_entity *e = &j->m->entities[subject];
    stance_view s = place_stance(j, p, lo, hi);
    bool same = same_place(j, town, e->location.text);
    if (!same && (s.denied || s.loose || s.past)) return false;
    claim *c = claim_add(j, p, lo, hi, CLAIM_PLACE, &s);
    settle_town(j, p, c, e, town, same, s.denied);
    return true;
}

/* The build of the sentence says which machines stand there: all of them, or none. */
static bool judge_standing_machines(judge *j, passage *p, uint32_t lo, uint32_t hi, str town) {
    uint32_t machines[8], n = place_standing(j, p, lo, hi, machines, COUNT_OF(machines)), same = 0;
    if (!n || is_occasion(p, lo)) return false;
    const manifest_entity *e = &j->m->entities[machines[0]];
    for (uint32_t i = 0; i < n; i++) same += same_place(j, town, j->m->entities[machines[i]].location.text);
    stance_view s = place_stance(j, p, lo, hi);
    if (same < n && (same || s.denied || s.loose || s.past || s.stance != STANCE_ASSERTED)) return false;
    claim *c = claim_add(j, p, lo, hi, CLAIM_PLACE, &s);
    settle_town(j, p, c, e, town, same, s.denied);
    return true;
}

/* "We moved the VPS to X": it stands there since. */
static bool judge_moved(judge *j, passage *p, uint32_t lo, uint32_t hi, str town) {
    uint32_t machine = place_moved_to(j, p, lo);
    if (machine == MANIFEST_NONE) return false;
    const manifest_entity *e = &j->m->entities[machine];
    stance_view s = place_stance(j, p, lo, hi);
    if ((s.stance != STANCE_ASSERTED && s.stance != STANCE_HISTORICAL) || s.denied || s.others) return false;
    claim *c = claim_add(j, p, lo, hi, CLAIM_PLACE, &s);
    settle_town(j, p, c, e, town, same_place(j, town, e->location.text), false);
    return true;
}

/* The town that a label or a row says of the entity, unless it is of another time or somebody else's. */
static bool judge_plain_town(judge *j, passage *p, uint32_t lo, uint32_t hi, str town, uint32_t entity) {
    const manifest_entity *e = &j->m->entities[entity];
    if (!e->location.text.n) return false;
    stance_view s = place_stance(j, p, lo, hi);
    if (s.stance != STANCE_ASSERTED || s.denied || s.loose || s.past || s.others) return false;
    claim *c = claim_add(j, p, lo, hi, CLAIM_PLACE, &s);
    settle_town(j, p, c, e, town, same_place(j, town, e->location.text), false);
    return true;
}

/* "- **VPS location**: Amsterdam", and "- Location: Amsterdam" below a heading that names the machine alone. */
static bool judge_labelled(judge *j, passage *p, uint32_t lo, uint32_t hi, str town) {
    uint32_t i = standing_word_at(p, lo), found = MANIFEST_NONE;
    if (p->kind != PASSAGE_SENTENCE || !(p->flags & PASSAGE_IN_LIST) || i == 0 || i > 4) return false;
    if (!word_in(p, i - 1, "location region datacenter datacentre country city place")) return false;
    if (!str_starts(str_trim(surface_slice(p->on, p->words[i - 1].hi, lo)), STR(":"))) return false;
    const passage *q = i > 1 || p->heading == PASSAGE_NONE ? p : &j->passages[p->heading];
    for (uint32_t h = q->hit_lo; h < q->hit_hi && h < q->hit_lo + HITS_LOOKED_AT; h++) {
        uint32_t e = hit_entity(j, &q->on->hits[h], -1);
        if (e == MANIFEST_NONE || (q == p && q->on->hits[h].where.lo >= lo)) continue;
        if (found != MANIFEST_NONE && e != found) return false;
        found = e;
    }
    return found != MANIFEST_NONE && judge_plain_town(j, p, lo, hi, town, found);
}

/* "our Frankfurt VPS", "the Frankfurt-based VPS": the town right before the machine, and none of ours stands there. */
static bool judge_attribute(judge *j, passage *p, uint32_t lo, uint32_t hi, str town) {
    uint32_t i = standing_word_at(p, lo), next = standing_word_at(p, hi), located;
    if (i == 0 || !word_in(p, i - 1, "our my the this")) return false;
    if (word_in(p, next, "based") && p->words[next].lo == hi + 1) hi = p->words[next].hi;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + HITS_LOOKED_AT; h++) {
        const alias_hit *hit = &p->on->hits[h];
        uint32_t e = hit->where.lo == hi + 1 && hit->inside < 0 ? hit_entity(j, hit, ENTITY_HOST) : MANIFEST_NONE;
        if (e == MANIFEST_NONE || !j->m->entities[e].location.text.n || place_hit_is_part(p, hit)) continue;
        const uint32_t *all = fact_index_located(j->index, &located);
        for (uint32_t k = 0; k < located; k++)
            if (same_place(j, town, j->m->entities[all[k]].location.text)) return false;
        stance_view s = place_stance(j, p, lo, lo + (uint32_t)town.n);
        if (s.stance != STANCE_ASSERTED || s.denied || s.loose || s.past || s.others) return false;
        claim *c = claim_add(j, p, lo, lo + (uint32_t)town.n, CLAIM_PLACE, &s);
        settle_town(j, p, c, &j->m->entities[e], town, false, false);
        return true;
    }
    return false;
}

/* "in a Frankfurt data center", "in Hetzner's Falkenstein datacenter": what the preposition leads to is in the town. */
static bool behind_housing_of(const passage *p, uint32_t i, uint32_t hi) {
    uint32_t next = standing_word_at(p, hi);
    if (i < 2 || next >= p->word_count || p->words[next].lo != hi + 1) return false;
    bool centre = word_in(p, next, "datacenter datacentre facility region") ||
                  (word_in(p, next, "data") && word_in(p, next + 1, "center centre"));
    return centre && (word_in(p, i - 1, "a an the") || word_is_possessive(p, i - 1)) &&
           p->words[i - 2].cues & CUE_PLACE;
}

/* place_cells.c: | Web | VPS | Nuremberg | below "Location". */
static bool judge_row(judge *j, passage *p, uint32_t lo, uint32_t hi, str town) {
    uint32_t found = place_of_row(j, p);
    return found != MANIFEST_NONE && judge_plain_town(j, p, lo, hi, town, found);
}

/* "## roost │ The small one. It stands in X": the machine that the heading names, where from there down to "it" no
 * other machine is. MANIFEST_NONE where there is none, or none that is placed. */
static uint32_t machine_of_section(judge *j, const passage *p) {
    uint32_t own = (uint32_t)(p - j->passages), found = MANIFEST_NONE;
    if (p->heading == PASSAGE_NONE || p->kind != PASSAGE_SENTENCE || !word_in(p, 0, "it") ||
        !word_in(p, 1, "stands sits lives is"))
        return MANIFEST_NONE;
    for (uint32_t i = p->heading; i <= own && i - p->heading < SECTION_READ; i++) {
        passage *x = &j->passages[i];
        for (uint32_t h = x->hit_lo; h < x->hit_hi && h < x->hit_lo + HITS_LOOKED_AT; h++) {
            uint32_t e = x->on->hits[h].inside < 0 ? hit_entity(j, &x->on->hits[h], -1) : MANIFEST_NONE;
            if (e == MANIFEST_NONE || !j->m->entities[e].location.text.n) continue;
            if (found != MANIFEST_NONE && e != found) return MANIFEST_NONE;
            if (found == MANIFEST_NONE && i != p->heading) return MANIFEST_NONE;
            found = e;
        }
        passage_prepare(j, x);
        if (x->cues & (CUE_OTHERS | CUE_WAS | CUE_IF | CUE_MODAL)) return MANIFEST_NONE;
    }
    if (own - p->heading >= SECTION_READ || found == MANIFEST_NONE) return MANIFEST_NONE;
    bool short_one = p->previous != PASSAGE_NONE && j->passages[p->previous].word_count <= 3; /* "The small one." */
    return !short_one && antecedent_is_other(j, p, found) ? MANIFEST_NONE : found; /* "The office is far away." */
}

static void judge_place(judge *j, passage *p, uint32_t lo, uint32_t hi, str town, bool behind) {
    uint32_t next = standing_word_at(p, hi);
    if (p->words && next < p->word_count && p->words[next].lo == hi + 1 &&
        word_in(p, next, "Road Street Lane Avenue Square Drive Row Close Terrace Way"))
        return; /* "in Newcastle Road" */
    if (judge_attribute(j, p, lo, hi, town)) return;
    if (judge_labelled(j, p, lo, hi, town) || judge_row(j, p, lo, hi, town)) return;
    if (judge_standing_machines(j, p, lo, hi, town) || judge_moved(j, p, lo, hi, town)) return;
    if (behind && judge_subject(j, p, lo, hi, town)) return;
    context near;
    context_make(j, p, lo, hi, &near);
    const manifest_entity *agrees = NULL, *denies = NULL;
    uint32_t located_count;
    const uint32_t *located = fact_index_located(j->index, &located_count);
    enum region agree_region = REGION_COUNT, deny_region = REGION_COUNT;
    uint32_t deny_distance = UINT32_MAX;
    const alias_hit *deny_hit = NULL;
    for (uint32_t i = 0; i < near.mention_count; i++) {
        const mention *m = &near.mentions[i];
        const manifest_entity *e = &j->m->entities[m->entity];
        if (!e->location.text.n || m->region > REGION_HEADING || place_hit_is_part(p, m->hit)) continue;
        if (same_place(j, town, e->location.text)) {
            if (m->region < agree_region) agrees = e, agree_region = (enum region)m->region;
        } else if (m->region < deny_region || (m->region == deny_region && m->distance < deny_distance)) {
            denies = e;
            deny_region = (enum region)m->region;
            deny_distance = m->distance;
            deny_hit = m->hit;
        }
    }
    if (!agrees && !denies) {
        /* No host named: still true if some host of the article stands there. */
        bool anothers = place_is_of_undeclared(j, p, lo) || (behind && is_occasion(p, lo));
        for (uint32_t k = 0; k < located_count && !agrees && !anothers; k++)
            if (same_place(j, town, j->m->entities[located[k]].location.text)) agrees = &j->m->entities[located[k]];
        if (!agrees) {
            judge_excluded(j, p, lo, hi, town, behind);
            return;
        }
        agree_region = REGION_ARTICLE;
    }
    bool data = place_of_transfer(p, lo) || place_of_copies(p, lo) || place_of_pronoun(j, p, lo);
    if (!agrees && (data || deny_region > REGION_CLAUSE) && judge_excluded(j, p, lo, hi, town, behind)) return;
    stance_view s = place_stance(j, p, lo, hi);
    claim *c = claim_add(j, p, lo, hi, CLAIM_PLACE, &s);
    if (!c || c->verdict == VERDICT_NOT_ABOUT_US) return;
    /* Swapped places: the nearest host in the same clause stands elsewhere, and the one that agrees is not in the
     * clause. */
    bool swapped = agrees && denies && deny_region == REGION_CLAUSE && agree_region > REGION_SENTENCE && behind;
    uint32_t unplaced = agrees && agree_region > REGION_SENTENCE ? place_of_unplaced(j, p, lo) : MANIFEST_NONE;
    if (unplaced != MANIFEST_NONE) {
        c->subject = j->m->entities[unplaced].id;
        claim_unverified(j, c, STR("said of a machine without a declared place"));
        return;
    }
    if (agrees && !swapped) {
        c->subject = agrees->id;
        if (s.denied)
            claim_unverified(j, c, STR("a denial, too indirect to judge"));
        else
            claim_supported(j, c, &agrees->location_fact, agrees->location.text, STR("the declared place"));
        return;
    }
    c->subject = denies->id;
    bool ours = false; /* a place of ours: it may be said of a host that is not named */
    for (uint32_t k = 0; k < located_count && !ours; k++)
        ours = same_place(j, town, j->m->entities[located[k]].location.text);
    uint32_t section = ours && behind && !s.denied ? machine_of_section(j, p) : MANIFEST_NONE;
    if (section != MANIFEST_NONE && same_place(j, town, j->m->entities[section].location.text)) section = MANIFEST_NONE;
    if (section != MANIFEST_NONE) {
        c->subject = j->m->entities[section].id;
        if (s.loose || s.past || is_occasion(p, lo))
            claim_unverified(j, c, STR("not surely said of a declared host"));
        else
            settle_town(j, p, c, &j->m->entities[section], town, false, false);
        return;
    }
    if (ours && deny_region > REGION_CLAUSE && behind && !s.denied) {
        for (uint32_t k = 0; k < located_count; k++)
            if (same_place(j, town, j->m->entities[located[k]].location.text)) agrees = &j->m->entities[located[k]];
        c->subject = agrees->id;
        if (deny_region == REGION_SENTENCE && place_subject_unnamed(p, lo)) /* "The tower is in X, and estuary in Y" */
            claim_unverified(j, c, STR("a host of ours stands there; whether it is this one, is not said"));
        else
            claim_supported(j, c, &agrees->location_fact, agrees->location.text, STR("the place of a declared host"));
        return;
    }
    enum region reach = !ours && place_stands(p) ? REGION_LEAD : REGION_CLAUSE;
    bool bound = deny_region <= reach && (behind || p->kind == PASSAGE_CELL);
    if (p->kind == PASSAGE_CELL) bound = deny_region <= REGION_LABEL && !place_column_leads_away(j, p);
    /* "The hardened VPS, in Frankfurt": the host stands right before, across a comma. */
    if (!ours && behind && deny_region == REGION_SENTENCE && deny_distance <= 24) bound = true;
    if (is_occasion(p, lo)) bound = false;
    if (deny_hit && place_leads_elsewhere(p, deny_hit->where.hi, lo)) bound = false;
    bool own = deny_hit && deny_hit->where.lo >= p->text.lo && deny_hit->where.hi <= p->text.hi;
    if (p->kind != PASSAGE_CELL && !place_said_of(p, own ? deny_hit : NULL, lo)) bound = false;
    if (own && place_set_beside(p, deny_hit, lo, hi)) bound = true;
    if (!bound || s.denied || s.loose || s.past) {
        claim_unverified(j, c, STR("not surely said of a declared host"));
        return;
    }
    settle_town(j, p, c, denies, town, false, false);
}

static bool is_location_hit(const passage *p, uint32_t lo, uint32_t *hi) {
    uint32_t first, end;
    if (p->hit_lo == p->hit_hi) return false;
    passage_hit_window(p, lo, lo, &first, &end);
    for (uint32_t h = first; h < end && p->on->hits[h].where.lo <= lo; h++)
        if (p->on->hits[h].where.lo == lo && hit_has(&p->on->hits[h], ALIAS_LOCATION)) {
            *hi = p->on->hits[h].where.hi;
            return true;
        }
    return false;
}

static bool claimed_already(const judge *j, const passage *p, uint32_t lo, uint32_t hi) {
    span where = surface_source(j, p->on, lo, hi);
    for (size_t i = j->claims->n; i > 0 && j->claims->n - i < 64; i--) {
        const claim *c = &j->claims->at[i - 1];
        if (c->where.lo < where.hi && where.lo < c->where.hi && c->kind == CLAIM_EXISTENCE) return true;
    }
    return false;
}

/* "in Frankfurt, Germany": the country of a town that was just contradicted is as wrong as the town. */
static bool follows_its_town(judge *j, passage *p, text_range town, uint32_t lo, uint32_t hi) {
    if (!town.hi || lo <= town.hi || !j->claims->n) return false;
    str between = surface_slice(p->on, town.hi, lo);
    if (!str_eq(between, STR(", ")) && !str_eq(between, STR(", the "))) return false;
    const char *country = fact_index_country(j->index, surface_slice(p->on, town.lo, town.hi));
    const claim *last = &j->claims->at[j->claims->n - 1];
    if (!country || !str_eq(str_from_cstr(country), surface_slice(p->on, lo, hi))) return false;
    if (last->kind != CLAIM_PLACE || last->verdict != VERDICT_CONTRADICTED || last->text.lo != town.lo) return false;
    const manifest_entity *e = manifest_find_entity(j->m, last->subject);
    if (!e || !e->location.text.n || same_place(j, surface_slice(p->on, lo, hi), e->location.text)) return false;
    stance_view s = place_stance(j, p, town.lo, town.hi);
    claim *c = claim_add(j, p, lo, hi, CLAIM_PLACE, &s);
    settle_town(j, p, c, e, surface_slice(p->on, lo, hi), false, false);
    return true;
}

/* "… on a VPS in Amsterdam. We chose the Netherlands because …": the country of the town that the sentence before was
 * wrong about, which we chose. */
static bool follows_its_choice(judge *j, passage *p, uint32_t lo, uint32_t hi) {
    uint32_t i = standing_word_at(p, lo);
    while (i > 0 && word_in(p, i - 1, "the for on")) i--;
    if (i != 2 || !word_in(p, 0, "we i") || !word_in(p, 1, "chose picked prefer wanted settled")) return false;
    for (size_t k = j->claims->n; p->previous != PASSAGE_NONE && k > 0 && j->claims->n - k < 8; k--) {
        const claim *last = &j->claims->at[k - 1];
        const passage *q = &j->passages[p->previous];
        if (last->kind != CLAIM_PLACE || last->verdict != VERDICT_CONTRADICTED || last->text.lo < q->text.lo ||
            last->text.hi > q->text.hi || q->on != p->on)
            continue;
        const char *country = fact_index_country(j->index, surface_slice(q->on, last->text.lo, last->text.hi));
        const manifest_entity *e = manifest_find_entity(j->m, last->subject);
        if (!country || !e || !str_eq(str_from_cstr(country), surface_slice(p->on, lo, hi))) continue;
        stance_view s = {.stance = STANCE_ASSERTED};
        settle_town(j, p, claim_add(j, p, lo, hi, CLAIM_PLACE, &s), e, surface_slice(p->on, lo, hi), false, false);
        return true;
    }
    return false;
}

/* Is a member of the scope written into it: "Herefordshire", where Hereford is ours? Or is it a region by its form? */
static bool may_hold_ours(str name, const manifest_scope *scope) {
    static const char *const regions[] = {"shire", "land", "lands", "ia", "any", "ony", "Valley", "Coast", "Isles"};
    for (size_t i = 0; i < COUNT_OF(regions); i++)
        if (str_ends(name, str_from_cstr(regions[i]))) return true;
    for (uint32_t k = 0; k < scope->members.n; k++) {
        str member = scope->members.at[k].text;
        ptrdiff_t n = member.n < name.n ? member.n : name.n;
        if (n > 3 && str_eq_nocase(str_slice(member, 0, n), str_slice(name, 0, n))) return true;
    }
    return false;
}

/* The end of the name that begins with word `i` of "stands in Telford", "is located in Milton Keynes,"; 0 where it may
 * be anything else: a room, a company, a possessive, the first part of a longer name. */
static uint32_t name_of_town(const passage *p, uint32_t i) {
    uint32_t verb = i - 2, hi = p->words[i].hi;
    if (i < 3 || p->kind != PASSAGE_SENTENCE || !word_is(p, i - 1, "in")) return 0;
    if (word_in(p, verb, "today now also both all still here")) verb--;
    if (!word_in(p, verb, "stands stand located housed hosted sits sit lives live colocated co-located racked"))
        return 0;
    for (uint32_t k = i; k < i + 2 && k < p->word_count; k++) {
        str said = surface_slice(p->on, p->words[k].lo, p->words[k].hi);
        bool capital = said.n > 3 && said.p[0] >= 'A' && said.p[0] <= 'Z';
        for (ptrdiff_t c = 1; c < said.n; c++)
            capital = capital && (said.p[c] & 0x20 || said.p[c] >= 0x80) && said.p[c] != '\'';
        if (k > i && p->words[k].lo > hi + 1) break;
        if (k > i && !capital) {
            if (!word_in(p, k, "and since near with as at on for where which because but while under beside")) return 0;
            break;
        }
        if (!capital ||
            str_is_among(said, "Park House Hall Street Road Lane Room Rack Tower Building Centre Center Campus"))
            return 0;
        for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + HITS_LOOKED_AT; h++)
            if (p->on->hits[h].where.lo < p->words[k].hi && p->on->hits[h].where.hi > p->words[k].lo) return 0;
        hi = p->words[k].hi;
    }
    uint8_t next = hi < p->text.hi ? p->on->text.p[hi] : '.';
    return strchr(".,; )!", next) ? hi : 0;
}

static void judge_unknown_town(judge *j, passage *p, uint32_t i) {
    uint32_t lo = p->words[i].lo, hi = name_of_town(p, i);
    if (!hi || inside_opaque(p, lo, hi) || claimed_already(j, p, lo, hi)) return;
    str name = surface_slice(p->on, lo, hi);
    const manifest_scope *scope = excluding_scope(j, name);
    if (!scope || may_hold_ours(name, scope)) return;
    if (!judge_standing_machines(j, p, lo, hi, name)) judge_subject(j, p, lo, hi, name);
}

static void find_places(judge *j, passage *p) {
    text_range town = {0, 0};
    passage_prepare(j, p);
    for (uint32_t i = 0; i < p->word_count; i++) {
        const pword *w = &p->words[i];
        uint8_t c = p->on->text.p[w->lo];
        if ((c & 0x20 && c < 0x80) || byte_is_digit(c)) continue;
        uint32_t hi = w->hi;
        bool known = is_location_hit(p, w->lo, &hi);
        if (!known && !fact_index_begins_place(j->index, w->stem)) {
            judge_unknown_town(j, p, i);
            continue;
        }
        if (!known && i + 1 < p->word_count && p->words[i + 1].lo == w->hi + 1) {
            hi = p->words[i + 1].hi;
            known = fact_index_country(j->index, surface_slice(p->on, w->lo, hi)) != NULL;
            if (!known) hi = w->hi;
        }
        if (!known) known = fact_index_country(j->index, surface_slice(p->on, w->lo, hi)) != NULL;
        if (!known || inside_opaque(p, w->lo, hi) || claimed_already(j, p, w->lo, hi)) continue;
        if (!follows_its_town(j, p, town, w->lo, hi) && !follows_its_choice(j, p, w->lo, hi))
            judge_place(j, p, w->lo, hi, surface_slice(p->on, w->lo, hi),
                        place_is_behind(p, i) || behind_housing_of(p, i, hi));
        town = (text_range){w->lo, hi};
    }
}

void judge_locations(judge *j) {
    if (!j->m || !j->about_us) return;
    for (uint32_t i = 0; i < j->passage_count && !j->failed; i++) {
        passage *p = &j->passages[i];
        if (p->kind == PASSAGE_CODE || p->flags & PASSAGE_IN_QUOTE) continue;
        find_places(j, p);
        judge_hosting(j, p);
    }
}
