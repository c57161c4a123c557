/* hosting_lists.c - programs in a list or a table of what a machine runs, which its closed list lacks.
 *
 *     The VPS is in X. It is small. Three services run there:     the lead: a word of running, and the machine, here or
 *     - Caddy, for TLS                                            in the sentences before; an item that is declared to
 *     - Redis, which caches pages                                 run there shows whose list it is: so is this one
 *
 *     | Service | Purpose | Memory |                              the same of a table, by its first column
 *
 * In: the first sentence of an item, or the first cell of a row, that begins with a program's name. Out: a
 * contradiction. A list none of whose items runs there may be of anything; one that is wished, over, or set against
 * others says nothing.
 */
#include "facts/places/hosting.h"

enum { LIST_READ = 128, BACK_READ = 3, HITS_READ = 32 };

static bool is_item(const passage *p) {
    if (p->block == BLOCK_NONE) return false;
    if (p->kind == PASSAGE_CELL) return (p->flags & PASSAGE_LABEL_CELL) && !(p->flags & PASSAGE_HEADER_CELL);
    return p->kind == PASSAGE_SENTENCE && p->flags & PASSAGE_IN_LIST && p->previous == PASSAGE_NONE;
}

static uint32_t listing_of(const judge *j, const passage *p) {
    if (p->block == BLOCK_NONE) return BLOCK_NONE;
    return article_ancestor(j->art, p->block, p->kind == PASSAGE_CELL ? BLOCK_TABLE : BLOCK_LIST);
}

/* The word of the item's name, behind an article. */
static uint32_t head_word(const passage *p) { return word_in(p, 0, "a an the our one") ? 1 : 0; }

/* The one machine that the passage names; MANIFEST_NONE where it names none, `*several` where it names more. */
static uint32_t only_machine(const judge *j, const passage *p, bool *several) {
    uint32_t found = MANIFEST_NONE;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + HITS_READ; h++) {
        uint32_t e = p->on->hits[h].inside < 0 ? hit_entity(j, &p->on->hits[h], -1) : MANIFEST_NONE;
        if (e == MANIFEST_NONE || e == found || !standing_is_machine(j, e)) continue;
        *several = *several || found != MANIFEST_NONE;
        found = e;
    }
    return found;
}

/* Is what the passage says so, and now, of ours? */
static bool is_plain(const passage *p) {
    return !(p->cues & (CUE_NEGATION | CUE_PAST | CUE_GONE | CUE_MODAL | CUE_IF | CUE_COMPARE | CUE_FUTURE |
                        CUE_SECOND | CUE_OTHERS | CUE_WAS));
}

/* The first column of the table is headed as that of services. */
static bool is_of_services(judge *j, const passage *p, uint32_t table) {
    uint32_t own = (uint32_t)(p - j->passages);
    for (uint32_t i = own; i > 0 && own - i < LIST_READ; i--) {
        passage *q = &j->passages[i - 1];
        if (q->kind != PASSAGE_CELL || listing_of(j, q) != table) return false;
        if (!(q->flags & PASSAGE_HEADER_CELL)) continue;
        passage_prepare(j, q);
        if (q->cues & (CUE_OTHERS | CUE_FIRST | CUE_PAST) || word_in(q, 0, "ours mine typical before"))
            return false; /* | Service | Typical blog | Ours | */
        if (!(q->flags & PASSAGE_LABEL_CELL)) continue;
        return q->word_count == 1 &&
               word_in(q, 0, "service services program programs software daemon process container");
    }
    return false;
}

/* "Ghost, which stores …": a name that is an English word, too, alone in front of a comma, a dash or the end. */
static bool stands_alone(const passage *p, uint32_t i) {
    uint32_t hi = p->words[i].hi;
    if (p->on->text.p[p->words[i].lo] & 0x20) return false;
    return hi == p->text.hi || strchr(",:(", p->on->text.p[hi]) ||
           (hi + 1 < p->text.hi && (p->on->text.p[hi + 1] == '-' || p->on->text.p[hi + 1] == 0xe2));
}

/* The machine that the lead says the list is of. */
static uint32_t machine_of(judge *j, const passage *p, uint32_t listing) {
    if (p->lead == PASSAGE_NONE) return MANIFEST_NONE;
    passage *lead = &j->passages[p->lead];
    bool several = false, runs = p->kind == PASSAGE_CELL && is_of_services(j, p, listing);
    passage_prepare(j, lead);
    if (lead->flags & PASSAGE_IN_LIST || !is_plain(lead)) return MANIFEST_NONE;
    if (p->kind != PASSAGE_CELL && !str_ends(str_trim(passage_text(lead)), STR(":"))) return MANIFEST_NONE;
    for (uint32_t i = 0; i < lead->word_count && i < 64 && !runs; i++)
        runs = word_in(lead, i, "run runs running hosts hosting lives live sits services programs daemons containers");
    uint32_t found = only_machine(j, lead, &several), k = 0;
    passage *named = lead;
    for (passage *q = lead; runs && found == MANIFEST_NONE && k < BACK_READ && q->previous != PASSAGE_NONE; k++) {
        passage *before = &j->passages[q->previous];
        passage_prepare(j, before);
        if (before->cues & (CUE_OTHERS | CUE_IF | CUE_PAST | CUE_GONE)) return MANIFEST_NONE;
        found = only_machine(j, before, &several);
        q = named = before;
    }
    bool ours =
        lead->cues & CUE_FIRST || word_in(lead, 0, "ours mine"); /* "A VPS should do one job. Ours does five:" */
    if (found != MANIFEST_NONE && !ours && host_is_any(j, named, found)) return MANIFEST_NONE;
    if (found == MANIFEST_NONE && lead->heading != PASSAGE_NONE)
        found = only_machine(j, &j->passages[lead->heading], &several);
    return runs && !several ? found : MANIFEST_NONE;
}

/* Does an item begin with the name of what is declared to run on the machine? */
static bool lists_its_own(judge *j, const passage *p, uint32_t listing, uint32_t machine) {
    uint32_t first = (uint32_t)(p - j->passages), own = first;
    while (first > 0 && own - first < LIST_READ && listing_of(j, &j->passages[first - 1]) == listing) first--;
    for (uint32_t i = first; i < j->passage_count && i < first + LIST_READ; i++) {
        passage *q = &j->passages[i];
        if (listing_of(j, q) != listing) break;
        if (!is_item(q)) continue;
        passage_prepare(j, q);
        uint32_t head = head_word(q);
        for (uint32_t h = q->hit_lo; h < q->hit_hi && h < q->hit_lo + HITS_READ && head < q->word_count; h++)
            if (q->on->hits[h].where.lo == q->words[head].lo &&
                host_names_its_own(j, q, machine, q->on->hits[h].where.lo, q->on->hits[h].where.hi))
                return true;
    }
    return false;
}

/* "Redis on the Spark", "| Redis | no | yes |": of another machine, or said not to be there. */
static bool is_elsewhere(judge *j, passage *p, uint32_t machine) {
    uint32_t own = (uint32_t)(p - j->passages);
    for (uint32_t i = own; i < j->passage_count && i < own + 16; i++) {
        passage *q = &j->passages[i];
        bool several = false;
        if (i != own &&
            !(p->kind == PASSAGE_CELL ? q->label == own : q->block == p->block && q->previous != PASSAGE_NONE))
            break;
        passage_prepare(j, q);
        uint32_t named = only_machine(j, q, &several);
        if (several || (named != MANIFEST_NONE && named != machine)) return true;
        if (q->cues & (CUE_NEGATION | CUE_GONE | CUE_PAST | CUE_FUTURE | CUE_MODAL)) return true;
    }
    return false;
}

void judge_programs_listed(judge *j, passage *p) {
    if (!is_item(p)) return;
    uint32_t i = head_word(p), listing = BLOCK_NONE, machine;
    if (i >= p->word_count || !hosting_is_program(j, p, i) || !(hosting_is_name(p, i) || stands_alone(p, i))) return;
    if ((listing = listing_of(j, p)) == BLOCK_NONE) return;
    if ((machine = machine_of(j, p, listing)) == MANIFEST_NONE) return;
    const manifest_entity *host = &j->m->entities[machine];
    if (host->runs.world != WORLD_CLOSED || !host->runs.fact.id.p || hosting_runs(j, host, p->words[i].stem)) return;
    if (is_elsewhere(j, p, machine) || !lists_its_own(j, p, listing, machine)) return;
    str name = surface_slice(p->on, p->words[i].lo, p->words[i].hi);
    hosting_contradict_run(j, p, host, p->words[i].lo, p->words[i].hi, name);
}
