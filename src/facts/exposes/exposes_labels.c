/* exposes_labels.c - what a service offers, where a label or a column stands in the place of the verb.
 *
 *     - **MCP server**: file system, git and SQL tools     the service, and a list that ends in the noun of calls
 *     Tools on the MCP server: file read, git commit       the noun of calls, the service, a colon
 *     MCP server tools: file read, git commit
 *     | Service | Tools |                                  a column of calls, in the row of the service
 *     | MCP server | file system, git |
 *
 * In: a sentence that begins an item or a paragraph, or a cell. Out: a claim an item of two or more. One of them must
 * be on the service's closed list, or be what invented services give: a line like "MCP server: Python, FastMCP and our
 * own tools" says what it is built of. Of a label or a column of "tools", which may mean either, only what is
 * unmistakably an operation is contradicted.
 */
#include "facts/exposes/exposes.h"

#include "facts/reading/standing.h"

static const char CALLS[] = "tools operations functions endpoints calls methods capabilities";

/* What a service is built of, or runs in, and no operation of it. */
static const char MADE_OF[] = "python go rust node typescript javascript fastmcp fastapi flask docker container podman "
                              "systemd uvicorn kubernetes nginx caddy";

/* The service with a closed list that a hit in [lo, hi) names, and where. */
static const manifest_entity *service_in(const judge *j, const passage *p, uint32_t lo, uint32_t hi,
                                         text_range *where) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++) {
        const alias_hit *hit = &p->on->hits[h];
        uint32_t e = hit->where.lo >= lo && hit->where.hi <= hi ? hit_entity(j, hit, ENTITY_SERVICE) : MANIFEST_NONE;
        if (e == MANIFEST_NONE || hit->inside >= 0 || stance_is_any(p, hit->where.lo)) continue;
        const manifest_entity *service = &j->m->entities[e];
        if (service->exposes.world != WORLD_CLOSED || !service->exposes.fact.id.p) continue;
        *where = (text_range){hit->where.lo, hit->where.hi};
        return service;
    }
    return NULL;
}

static bool is_colon(const passage *p, uint32_t at) {
    return at < p->text.hi && p->on->text.p[at] == ':' && at + 1 < p->text.hi;
}

/* Is what stands above of somebody else, over, or only thought of? */
static bool is_framed_away(judge *j, uint32_t at) {
    if (at == PASSAGE_NONE) return false;
    passage *q = &j->passages[at];
    passage_prepare(j, q);
    bool leads = q->kind == PASSAGE_HEADING || str_ends(str_trim(passage_text(q)), STR(":"));
    if (!leads) return false; /* the paragraph above has ended */
    if (q->cues & (CUE_NEGATION | CUE_PAST | CUE_GONE | CUE_MODAL | CUE_COMPARE | CUE_IF | CUE_REPORT | CUE_OTHERS))
        return true;
    for (uint32_t i = 0; i < q->word_count && i < 60; i++)
        if (word_in(q, i, "ask asks asked want wants wanted wish wishes planned plan plans typical popular example"))
            return true;
    return false;
}

/* Are words [from, to) two items or more, of which one is listed or unmistakably an operation, and none what the
 * service is made of? */
static bool lists_operations(const judge *j, const passage *p, const manifest_entity *service, uint32_t from,
                             uint32_t to) {
    bool several = false, known = false;
    if (from >= to || to > p->word_count) return false;
    for (uint32_t i = from; i < to && i < from + 40; i++) {
        if (word_in(p, i, MADE_OF)) return false;
        bool comma = i > from && str_find_byte(surface_slice(p->on, p->words[i - 1].hi, p->words[i].lo), ',', 0) >= 0;
        several = several || comma || (i > from && word_in(p, i, "and"));
        known = known || exposes_capability(p, i);
    }
    return several && (known || exposes_item_between(j, p, service, p->words[from].lo, p->words[to - 1].hi));
}

/* "| Tools |", "| What it exposes |": is the column one of calls; `*strict`: and of nothing else? */
static bool is_column_of_calls(judge *j, const passage *p, bool *strict) {
    if (p->column == PASSAGE_NONE) return false;
    passage *of = &j->passages[p->column];
    passage_prepare(j, of);
    if (!of->word_count || of->word_count > 4 || of->cues & CUE_NEGATION) return false;
    uint32_t last = of->word_count - 1;
    *strict = word_in(of, last, "operations endpoints exposes offers exposed offered");
    return *strict || word_in(of, last, CALLS);
}

/* The cell of a row that is headed by the service, in a column of its calls. */
static bool judge_cell(judge *j, passage *p) {
    bool strict = false;
    if (p->label == PASSAGE_NONE || p->flags & (PASSAGE_LABEL_CELL | PASSAGE_HEADER_CELL)) return false;
    if (!is_column_of_calls(j, p, &strict)) return false;
    passage *label = &j->passages[p->label];
    text_range at;
    passage_prepare(j, label);
    const manifest_entity *service = service_in(j, label, label->text.lo, label->text.hi, &at);
    bool whole = service && at.lo < label->text.lo + 5 && at.hi + 2 >= label->text.hi;
    if (!whole || is_framed_away(j, p->lead) || is_framed_away(j, p->heading)) return false;
    if (!lists_operations(j, p, service, 0, p->word_count)) return false;
    strict = strict || exposes_item_in(j, p, service); /* beside one that is listed, the others are operations, too */
    exposes_judge_items(j, p, service, 0, p->word_count, strict ? PHRASE_STRICT : PHRASE_OFFER);
    return true;
}

/* "- MCP server", with an item of its own "offers: blog search, …": the service of the item above. */
static bool judge_label_below(judge *j, passage *p) {
    passage *above = p->lead == PASSAGE_NONE ? NULL : &j->passages[p->lead];
    if (!(p->flags & PASSAGE_IN_LIST) || !above || !(above->flags & PASSAGE_IN_LIST) || !is_colon(p, p->words[0].hi))
        return false;
    if (!word_in(p, 0, "offers exposes provides tools operations functions capabilities calls")) return false;
    passage_prepare(j, above);
    const manifest_entity *service = exposes_only_service(j, above);
    if (!service || !exposes_item_in(j, p, service) || above->cues & (CUE_NEGATION | CUE_PAST | CUE_GONE | CUE_MODAL))
        return false;
    exposes_judge_items(j, p, service, 1, p->word_count, PHRASE_STRICT);
    return true;
}

bool judge_exposed_label(judge *j, passage *p) {
    if (p->kind != PASSAGE_SENTENCE && p->kind != PASSAGE_CELL) return false;
    passage_prepare(j, p);
    if (p->cues & (CUE_OTHERS | CUE_IF | CUE_MODAL | CUE_GONE)) return false;
    if (p->kind == PASSAGE_CELL) return judge_cell(j, p);
    if (p->previous != PASSAGE_NONE || p->word_count < 4 || p->word_count > 60) return false;
    if (judge_label_below(j, p)) return true;
    text_range at = {0, 0};
    const manifest_entity *service = service_in(j, p, p->text.lo, p->words[0].lo + 64, &at);
    if (!service || is_framed_away(j, p->lead) || is_framed_away(j, p->heading)) return false;
    uint32_t name = standing_word_at(p, at.lo), behind = standing_word_at(p, at.hi), n = p->word_count;
    bool heads = name == 0 || (name == 1 && word_in(p, 0, "the our my"));
    bool called = name > 1 && word_in(p, word_in(p, name - 1, "the our my") ? name - 2 : name - 1, "on of in behind");
    uint32_t calls = called && name < 6 ? (word_in(p, 0, "the our my all") ? 1 : 0) : n;
    bool strict = called && calls < name && word_in(p, calls, CALLS) && is_colon(p, at.hi);
    if (heads && behind < n && word_in(p, behind, CALLS) && is_colon(p, p->words[behind].hi))
        strict = true, behind++; /* "MCP server tools: …" */
    bool label = heads && !strict && is_colon(p, at.hi) && word_in(p, n - 1, CALLS);
    if ((!strict && !label) || !lists_operations(j, p, service, behind, n)) return false;
    exposes_judge_items(j, p, service, behind, n, strict ? PHRASE_STRICT : PHRASE_OFFER);
    return true;
}
