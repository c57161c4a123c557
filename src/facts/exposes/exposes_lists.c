/* exposes_lists.c - what a service exposes, an item a line.
 *
 *     "It runs on the box and exposes these tools:"      the lead: service, verb, colon
 *     - blog search                                      an item that is listed: the list is that of its operations
 *     - shell execution                                  then so is this one, and the closed list does not hold it
 *
 *     | Tool | Purpose |                                 or, without such a lead, a column of tools, or a lead that
 *     | blog search | … |                                speaks of tools and ends in a colon, with two listed ones
 *
 *     - MCP server. Tools:                               an item of a list of services, with a list of its own
 *       - blog search
 *
 * In: the first sentence of an item, or the first cell of a row; a list in a list is one with it. Out: a claim of its
 * head, the words before a dash, a colon, a comma or a preposition. A list none of whose items is listed may be of
 * anything, and makes no claim; nor does a long head, which is a sentence. What shares a word with a listed item may be
 * that one, unless another line names it.
 */
#include "facts/exposes/exposes.h"

enum { LIST_READ = 256, HEAD_WORDS = 5, NEST_READ = 4 };

static bool is_item(const passage *p) {
    if (p->kind == PASSAGE_CELL) return (p->flags & PASSAGE_LABEL_CELL) && !(p->flags & PASSAGE_HEADER_CELL);
    return p->kind == PASSAGE_SENTENCE && p->flags & PASSAGE_IN_LIST && p->previous == PASSAGE_NONE;
}

/* The table, or the outermost list, that the item stands in. */
static uint32_t listing_of(const judge *j, const passage *p) {
    if (p->block == BLOCK_NONE) return BLOCK_NONE;
    if (p->kind == PASSAGE_CELL) return article_ancestor(j->art, p->block, BLOCK_TABLE);
    uint32_t found = BLOCK_NONE, next = article_ancestor(j->art, p->block, BLOCK_LIST);
    for (int k = 0; k < NEST_READ && next != BLOCK_NONE; k++) {
        found = next;
        next = article_ancestor(j->art, j->art->blocks[next].parent, BLOCK_LIST);
    }
    return found;
}

/* What leads into the listing: of a list in a list, what leads into the outer one. */
static passage *lead_of(judge *j, const passage *p) {
    for (int k = 0; k < NEST_READ && p->lead != PASSAGE_NONE; k++) {
        passage *lead = &j->passages[p->lead];
        if (!(lead->flags & PASSAGE_IN_LIST)) return lead;
        p = lead;
    }
    return NULL;
}

/* The service whose operations the lead says will follow; NULL when it says nothing of the sort. */
static const manifest_entity *led_by(judge *j, passage *lead) {
    str text = str_trim(passage_text(lead));
    passage_prepare(j, lead);
    if (!(lead->cues & CUE_EXPOSE) || !str_ends(text, STR(":"))) return NULL;
    for (uint32_t i = 0; i < lead->word_count; i++) {
        uint32_t from;
        enum phrase phrase = exposes_phrase_at(lead, i, &from);
        if (phrase == PHRASE_STRICT || phrase == PHRASE_OFFER) return exposes_subject(j, lead, i, false);
    }
    return NULL;
}

/* "| Tool | Purpose |"; "The following tools are exposed:", "Through it, the model can use:" */
static bool is_of_tools(judge *j, const passage *p, passage *lead) {
    if (p->kind == PASSAGE_CELL) {
        uint32_t own = (uint32_t)(p - j->passages), from = own > 200 ? own - 200 : 0;
        const uint32_t table = listing_of(j, p);
        for (uint32_t i = own; i > from; i--) { /* the header of the column that the rows begin with */
            passage *q = &j->passages[i - 1];
            if (q->kind != PASSAGE_CELL || listing_of(j, q) != table) break;
            if (!(q->flags & PASSAGE_HEADER_CELL) || !(q->flags & PASSAGE_LABEL_CELL)) continue;
            passage_prepare(j, q);
            return q->word_count < 4 && q->word_count > 0 &&
                   word_in(q, q->word_count - 1,
                           "tool tools operation operations function functions endpoint endpoints call calls "
                           "capability capabilities");
        }
        return false;
    }
    if (!lead || !str_ends(str_trim(passage_text(lead)), STR(":"))) return false;
    passage_prepare(j, lead);
    if (lead->cues & CUE_NEGATION || lead->marks & MARK_ORDER) return false;
    uint32_t n = lead->word_count;
    if (n > 1 && word_in(lead, n - 1, "use call invoke") && word_in(lead, n - 2, "can may could")) return true;
    return lead->marks & MARK_CALLS;
}

/* The words of the item's head, up to a dash, a colon, a comma, a bracket or a preposition. */
static piece head_of(const passage *p) {
    piece x = {0, 0, 0, 0};
    for (; x.hi < p->word_count && !exposes_ends_piece(p, x.hi); x.hi++) {
        const pword *w = &p->words[x.hi];
        str glue = x.hi ? str_trim(surface_slice(p->on, p->words[x.hi - 1].hi, w->lo)) : (str){0};
        bool joined = x.hi && w->lo == p->words[x.hi - 1].hi + 1 && (str_eq(glue, STR("_")) || str_eq(glue, STR("-")));
        if (glue.n && !joined && !str_eq(glue, STR("`"))) break;
        x.content += !(w->cues & (CUE_STOP | CUE_NEGATION)) && !exposes_is_generic(p, w);
    }
    return x;
}

/* `search_blog`, "fetching an article": has the item each of the words of the head, two at least? */
static bool is_called_by(const manifest_item *item, const passage *p, const piece *x) {
    uint32_t shared = 0;
    for (uint32_t w = x->lo; w < x->hi; w++)
        shared += !(p->words[w].cues & (CUE_STOP | CUE_NEGATION)) && !exposes_is_generic(p, &p->words[w]) &&
                  exposes_item_has_stem(item, p->words[w].stem);
    return x->content > 1 && shared == x->content;
}

/* The items of the service's list that lines of the listing name, in bits, from its first line `p` on; `*count` of
 * them.
 */
static uint64_t named_in(judge *j, const passage *p, uint32_t listing, const manifest_entity *service,
                         uint32_t *count) {
    uint32_t own = (uint32_t)(p - j->passages), end = j->art->blocks[listing].end;
    uint64_t named = 0;
    *count = 0;
    for (uint32_t i = own; i < j->passage_count && i < own + LIST_READ && j->passages[i].block < end; i++) {
        passage *q = &j->passages[i];
        if (!is_item(q)) continue;
        passage_prepare(j, q);
        piece head = head_of(q);
        for (uint32_t k = 0; k < service->exposes.n && k < 64; k++)
            if (is_called_by(&service->exposes.items[k], q, &head)) named |= (uint64_t)1 << k;
        for (uint32_t h = q->hit_lo; h < q->hit_hi && h < q->hit_lo + 16; h++)
            for (uint32_t t = 0; t < q->on->hits[h].target_count; t++) {
                const alias_target *x = &q->on->hits[h].targets[t];
                if (x->kind == ALIAS_EXPOSED && &j->m->entities[x->index] == service && x->part < 64)
                    named |= (uint64_t)1 << x->part;
            }
    }
    for (uint64_t rest = named; rest; rest &= rest - 1) ++*count;
    return named;
}

/* The one service with a closed list of which two items are named in the listing. */
static const manifest_entity *named_twice(judge *j, const passage *p, uint32_t listing) {
    const manifest_entity *found = NULL;
    for (uint32_t e = 0; e < j->m->entity_count && e < 1024; e++) {
        const manifest_entity *x = &j->m->entities[e];
        uint32_t count;
        if (x->kind != ENTITY_SERVICE || x->exposes.world != WORLD_CLOSED || !x->exposes.fact.id.p) continue;
        named_in(j, p, listing, x, &count);
        if (count < 2) continue;
        if (found) return NULL;
        found = x;
    }
    return found;
}

/* "Through the MCP server a client gets:": a lead that names a service, whatever its verb. */
static bool speaks_of_service(judge *j, passage *lead) {
    if (!str_ends(str_trim(passage_text(lead)), STR(":"))) return false;
    passage_prepare(j, lead);
    if (lead->cues & (CUE_NEGATION | CUE_PAST | CUE_GONE | CUE_MODAL | CUE_COMPARE | CUE_IF | CUE_REPORT)) return false;
    for (uint32_t i = 0; i < lead->word_count && i < 60; i++)
        if (word_in(lead, i, "ask asks asked want wants wanted request requested suggest suggested miss wish"))
            return false;
    for (uint32_t h = lead->hit_lo; h < lead->hit_hi && h < lead->hit_lo + 16; h++) {
        uint32_t e = hit_entity(j, &lead->on->hits[h], ENTITY_SERVICE);
        if (e != MANIFEST_NONE && j->m->entities[e].exposes.fact.id.p &&
            !stance_is_any(lead, lead->on->hits[h].where.lo))
            return true;
    }
    return false;
}

/* "Ours runs on the box as well and provides:", behind a sentence about such services. */
static bool speaks_of_ours(judge *j, passage *lead) {
    if (!str_ends(str_trim(passage_text(lead)), STR(":"))) return false;
    passage_prepare(j, lead);
    return word_in(lead, 0, "ours mine") && lead->cues & CUE_EXPOSE &&
           !(lead->cues & (CUE_NEGATION | CUE_PAST | CUE_GONE | CUE_MODAL | CUE_IF));
}

const manifest_entity *exposes_only_service(judge *j, const passage *p) {
    const manifest_entity *found = NULL;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 16; h++) {
        uint32_t e = p->on->hits[h].inside < 0 ? hit_entity(j, &p->on->hits[h], ENTITY_SERVICE) : MANIFEST_NONE;
        const manifest_entity *x = e == MANIFEST_NONE ? NULL : &j->m->entities[e];
        if (!x || x == found) continue;
        if (found || x->exposes.world != WORLD_CLOSED || stance_is_any(p, p->on->hits[h].where.lo)) return NULL;
        found = x;
    }
    return found;
}

/* "- **MCP server:** on the box, exposes" and a list below it, "- MCP server. Tools:": an item of a list of services
 * whose own list is of what it exposes. */
static const manifest_entity *led_by_item(judge *j, const passage *p) {
    passage *lead = p->lead == PASSAGE_NONE ? NULL : &j->passages[p->lead];
    if (p->kind == PASSAGE_CELL || !lead || !(lead->flags & PASSAGE_IN_LIST)) return NULL;
    passage_prepare(j, lead);
    if (lead->cues & (CUE_NEGATION | CUE_PAST | CUE_GONE | CUE_MODAL | CUE_COMPARE | CUE_IF)) return NULL;
    bool tells =
        lead->cues & CUE_EXPOSE || lead->marks & MARK_CALLS || str_ends(str_trim(passage_text(lead)), STR(":"));
    if (!tells) return NULL;
    const manifest_entity *service = exposes_only_service(j, lead);
    if (!service && lead->previous != PASSAGE_NONE && lead->word_count < HEAD_WORDS)
        service = exposes_only_service(j, &j->passages[lead->previous]);
    return service;
}

/* Whose operations the listing is of, and which of them its lines name. */
static exposed_listing read_listing(judge *j, const passage *p, uint32_t listing) {
    exposed_listing read = {.block = listing};
    passage *lead = lead_of(j, p);
    uint32_t count;
    read.service = lead ? led_by(j, lead) : NULL;
    if (!read.service && (is_of_tools(j, p, lead) || (lead && (speaks_of_service(j, lead) || speaks_of_ours(j, lead)))))
        read.service = named_twice(j, p, listing);
    if (read.service && read.service->exposes.world == WORLD_CLOSED)
        read.named = named_in(j, p, listing, read.service, &count);
    return read;
}

/* "- **Content**", with a list of its own below: a heading of operations. */
static bool leads_list(const judge *j, const passage *p) {
    uint32_t own = (uint32_t)(p - j->passages);
    for (uint32_t i = own + 1; i < j->passage_count && i < own + NEST_READ; i++)
        if (j->passages[i].lead == own && is_item(&j->passages[i]) &&
            listing_of(j, &j->passages[i]) == listing_of(j, p))
            return true;
    return false;
}

void judge_exposed_list(judge *j, passage *p, exposed_listing last[2]) {
    if (!is_item(p)) return;
    uint32_t listing = listing_of(j, p), count;
    if (listing == BLOCK_NONE) return;
    const manifest_entity *above = led_by_item(j, p);
    if (above) listing = article_ancestor(j->art, p->block, BLOCK_LIST);
    if (above) last++; /* an inner list that is read does not make the outer one forgotten */
    if (above && last->block != listing)
        *last = (exposed_listing){.block = listing, .service = above, .named = named_in(j, p, listing, above, &count)};
    else if (last->block != listing)
        *last = read_listing(j, p, listing);
    if (!last->named || leads_list(j, p)) return;
    passage_prepare(j, p);
    piece x = head_of(p);
    x.named = last->named;
    if (word_in(p, 0, "total totals sum all average mean median other others rest none both")) return;
    for (uint32_t t = p->token_lo; t < p->token_hi && t < p->token_lo + 8; t++)
        if (p->on->tokens[t].kind == TOKEN_PATH) return; /* "GET /v1/cuts": exposes_routes.c judges it */
    if (x.content && x.hi <= HEAD_WORDS) exposes_judge_piece(j, p, last->service, x, PHRASE_STRICT);
}
