/* doubt_cell.c - does anything in its row or its column let a cell be true after all?
 *
 *     | | Jana's | mine |                  a column beside one that is ours by name
 *     | cost, at 0.34 EUR per kWh | 5.88 |  a row whose label states another figure of the sort
 *     | 22 | nothing |                     a row that denies something
 *     | February | Ollama, for a week |   a row of a time that is over
 *     | | Solr 8.11 | Solr 9.8 |           a column of a release that is over, beside that of today's
 *
 * In: a claim that is about to be contradicted, in its cell. Out: the first doubt, or NULL. Whose a whole table is, is
 * for foreign_table.c and doubt_table.c, which are asked here; sentences are for doubt.c.
 */
#include "facts/verdicts/doubt.h"

/* Does the fact have siblings, under other conditions? Then a row may hold several of them. */
static bool has_siblings(const judge *j, const numeric_fact *f) {
    uint32_t count;
    fact_index_group(j->index, f->group, &count);
    return count > 1;
}

/* "| cost, at €0.34 per kWh | €5.88 |": the label states another figure of the sort; "| energy | 125 kWh | 59 kWh |":
 * two cases side by side, neither of them the fact's. */
static bool is_derived_row(judge *j, const passage *p, const numeric_fact *f) {
    if (p->label == PASSAGE_NONE) return false;
    bool owned = doubt_names_owner(j, f, p->label) || doubt_names_owner(j, f, p->column) ||
                 doubt_names_owner(j, f, p->lead) || doubt_names_owner(j, f, p->heading);
    for (uint32_t i = p->label; i < j->passage_count && i < p->label + 16; i++) {
        const passage *q = &j->passages[i];
        if (q == p || (i != p->label && q->label != p->label)) continue;
        for (uint32_t t = q->token_lo; t < q->token_hi; t++) {
            measure m;
            if (q->on->tokens[t].kind != TOKEN_QUANTITY || !measure_of_token(q->on, &q->on->tokens[t], &m)) continue;
            if (m.dimension != f->dimension || m.dimension == DIM_COUNT || m.dimension == DIM_DATA) continue;
            bool money = m.dimension == DIM_MONEY_EUR || m.dimension == DIM_MONEY_USD || m.dimension == DIM_MONEY_GBP ||
                         m.dimension == DIM_COST_RATE;
            if ((i == p->label && money) || (i != p->label && !j->by_row && !owned && !has_siblings(j, f) &&
                                             !measure_agrees(&m, f->base, f->tolerance)))
                return true;
        }
    }
    return false;
}

/* "| model | decode | my edits |": the heading is nothing but the fact's name, and the one of ours speaks of something
 * else. */
static bool is_column_of_fact(const judge *j, const passage *p, const passage *ours) {
    const numeric_fact *f = j->contradicting;
    const passage *head = &j->passages[p->column];
    if (!f || !doubt_names_owner(j, f, p->label) || ours->word_count < 2) return false;
    bool named = false;
    for (uint32_t i = 0; i < ours->word_count; i++)
        if (fact_has_stem(f, ours->words[i].stem)) return false;
    for (uint32_t i = 0; i < head->word_count; i++) {
        str said = surface_slice(head->on, head->words[i].lo, head->words[i].hi);
        bool mine = fact_has_stem(f, head->words[i].stem);
        if (!mine && !(head->words[i].cues & CUE_STOP) && unit_parse(said, true) == UNIT_NONE) return false;
        named = named || mine;
    }
    return named;
}

/* "| | Jana's | mine |": a column beside one that is ours by name. */
static bool is_foreign_column(judge *j, const passage *p) {
    if (p->column == PASSAGE_NONE || p->label == PASSAGE_NONE) return false;
    bool mine = false;
    const uint32_t own = p->column;
    uint32_t first = own;
    while (first > 0 && j->passages[first - 1].flags & PASSAGE_HEADER_CELL && own - first < 32) first--;
    for (uint32_t i = first; i < j->passage_count && i < first + 64 && j->passages[i].flags & PASSAGE_HEADER_CELL;
         i++) {
        if (j->passages[i].flags & PASSAGE_LABEL_CELL) continue; /* "| My machine | part |" heads the labels */
        passage_prepare(j, &j->passages[i]);
        bool ours = j->passages[i].cues & CUE_FIRST || doubt_word(&j->passages[i], 0, "here");
        if (i == own && ours) return false;
        mine = mine || (ours && !is_column_of_fact(j, p, &j->passages[i]));
    }
    return mine;
}

/* "24 GB, 48 GB, 80 GB": three values in one unit are a choice, none of them what the machine has. */
static bool is_choice(const passage *p) {
    str unit = {0};
    uint32_t values = 0;
    for (uint32_t t = p->token_lo; t < p->token_hi && t - p->token_lo < 32; t++) {
        const token *x = &p->on->tokens[t];
        if (x->kind != TOKEN_QUANTITY) continue;
        str own = surface_slice(p->on, x->unit_text.lo, x->unit_text.hi);
        if (!own.n || (values && !str_eq(own, unit))) return false;
        unit = own;
        values++;
    }
    return values >= 3;
}

/* "| vLLM 0.18.0 | skipped |", "| `vllm-openai:v0.16.0` | retired |": another cell of the row says what became of it.
 */
static bool is_out_of_use(judge *j, const passage *p) {
    uint32_t own = (uint32_t)(p - j->passages), row = p->label == PASSAGE_NONE ? own : p->label;
    for (uint32_t i = row; i < j->passage_count && i < row + 16 && (i == row || j->passages[i].label == row); i++) {
        passage_prepare(j, &j->passages[i]);
        bool failed =
            doubt_word(&j->passages[i], 0, "crashed failed froze hung refused broke died"); /* "after an hour" */
        if (i != own && failed &&
            doubt_find(&j->passages[i], 0, j->passages[i].word_count, "runs now again since") == UINT32_MAX)
            return true;
        if (i != own && doubt_word(&j->passages[i], 0,
                                   "skipped retired removed rejected planned tested tried obsolete dropped replaced "
                                   "postponed pending upcoming superseded deprecated unused abandoned archived"))
            return true;
    }
    return false;
}

/* "| DGX Spark | Gaming PC |": a word of the name of one of ours, which says nothing of whose the column is. */
static bool is_in_our_name(const judge *j, const passage *p, uint32_t i) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 16; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (hit->where.lo <= p->words[i].lo && hit->where.hi >= p->words[i].hi &&
            hit_entity(j, hit, -1) != MANIFEST_NONE)
            return true;
    }
    return false;
}

/* "| February | Models move from `/opt/llm` to `/srv/models` |": the row begins with a day or a month of a year that is
 * told; what was so then, no absence and no path that is gone denies. A column of dates under "Since" says what is so.
 */
static bool is_row_of_then(judge *j, const passage *p) {
    static const char months[] = "january february march april may june july august september october november "
                                 "december jan feb mar apr jun jul aug "
                                 "sep sept oct nov dec spring summer autumn winter";
    if (p->label == PASSAGE_NONE || p->label == (uint32_t)(p - j->passages)) return false;
    passage *label = &j->passages[p->label];
    passage_prepare(j, label);
    if (!label->word_count || label->word_count > 4) return false;
    bool dated = doubt_find(label, 0, label->word_count, months) != UINT32_MAX;
    for (uint32_t t = label->token_lo; t < label->token_hi && t < label->token_lo + 4; t++)
        dated = dated || label->on->tokens[t].kind == TOKEN_DATE;
    if (!dated || label->column == PASSAGE_NONE) return dated;
    passage *head = &j->passages[label->column];
    passage_prepare(j, head);
    return doubt_find(head, 0, head->word_count, "since") == UINT32_MAX;
}

/* What release of a component of ours does the header name? */
enum release { NO_RELEASE, TODAYS, ANOTHER };

static enum release release_of_header(const judge *j, const passage *head) {
    for (uint32_t h = head->hit_lo; h < head->hit_hi && h < head->hit_lo + 16; h++) {
        uint32_t e = hit_entity(j, &head->on->hits[h], ENTITY_COMPONENT);
        if (e == MANIFEST_NONE || !j->m->entities[e].version.text.n) continue;
        const manifest_version *v = &j->m->entities[e].version;
        for (uint32_t t = head->token_lo; t < head->token_hi && t < head->token_lo + 8; t++) {
            const token *x = &head->on->tokens[t];
            if (x->kind != TOKEN_VERSION && x->kind != TOKEN_NUMBER && x->kind != TOKEN_IDENT) continue;
            str stated = surface_slice(head->on, x->core.lo, x->core.hi);
            if (x->text.lo >= head->on->hits[h].where.hi && stated.n)
                return version_agrees(v, stated, v->text) ? TODAYS : ANOTHER;
        }
    }
    return NO_RELEASE;
}

/* "| | Solr 8.11 | Solr 9.8 |": the column is headed by a release that is over, and another by the one of today. */
static bool is_column_of_then(const judge *j, const passage *p) {
    if (p->column == PASSAGE_NONE || release_of_header(j, &j->passages[p->column]) != ANOTHER) return false;
    uint32_t first = p->column;
    while (first > 0 && j->passages[first - 1].flags & PASSAGE_HEADER_CELL && p->column - first < 16) first--;
    for (uint32_t i = first; i < j->passage_count && i < first + 32 && j->passages[i].flags & PASSAGE_HEADER_CELL; i++)
        if (release_of_header(j, &j->passages[i]) == TODAYS) return true;
    return false;
}

/* "Inside the containers:" above a table */
static bool is_of_containers(judge *j, passage *lead) {
    passage_prepare(j, lead);
    for (uint32_t i = 1; i < lead->word_count && i < 24; i++)
        if (doubt_word(lead, i, "container containers pod pods image images") &&
            (doubt_word(lead, i - 1, "inside in within the") || doubt_word(lead, 0, "inside within")))
            return true;
    return false;
}

/* "| container port |", "| default |", "| the maker's seat |": the column is another thing's; "| 22 | nothing |": the
 * row says that it is not so. */
const char *doubt_of_cell(judge *j, const passage *p, const claim *c) {
    if (p->column != PASSAGE_NONE) {
        passage *column = &j->passages[p->column];
        passage_prepare(j, column);
        for (uint32_t i = 0; i < column->word_count && i < 16; i++) {
            bool others = column->words[i].cues & CUE_SECOND || doubt_is_people(column, i) ||
                          doubt_word(column, i, "default defaults upstream seat office planned typical");
            if (others && !is_in_our_name(j, column, i)) OBJECT(j, "the column is that of another thing");
            if (j->contradicting && doubt_is_money(j->contradicting) &&
                doubt_word(column, i, "seen street shop shops retail offer offered asking market quoted used"))
                OBJECT(j, "the column is what it is sold for");
            if (c->kind == CLAIM_PORT &&
                doubt_word(column, i, "container inside internal inner old before previous former"))
                OBJECT(j, "the column is that of another port");
        }
    }
    if (doubt_is_guess(p, j->judging_at.lo, j->judging_at.hi)) OBJECT(j, "it is a guess");
    if (c->kind == CLAIM_PLACE && doubt_town_of_another(p, j->judging_at.lo))
        OBJECT(j, "it is the town of another thing");
    if (j->contradicting && is_derived_row(j, p, j->contradicting)) OBJECT(j, "the row's figures are a comparison");
    const char *of_row = j->contradicting ? doubt_of_row(j, p, j->contradicting) : NULL;
    if (of_row) return of_row;
    if ((c->kind == CLAIM_EXISTENCE || c->kind == CLAIM_PATH) && is_row_of_then(j, p))
        OBJECT(j, "the row tells of a time before");
    if (c->kind != CLAIM_VERSION && is_column_of_then(j, p)) OBJECT(j, "the column is that of a release that is over");
    if (j->contradicting && is_choice(p)) OBJECT(j, "one value of several to choose from");
    if (is_foreign_column(j, p)) OBJECT(j, "the column is that of another thing");
    if (c->kind == CLAIM_VERSION && doubt_of_a_trial(j, p)) OBJECT(j, "it was tried, not said to run");
    if (c->kind == CLAIM_VERSION && is_out_of_use(j, p)) OBJECT(j, "the row says that it is not in use");
    const char *foreign = doubt_of_foreign_table(j, p, c);
    if (foreign) return foreign;
    const char *headed = j->contradicting ? doubt_of_headings(j, p, j->contradicting) : NULL;
    if (headed) return headed;
    if (c->kind != CLAIM_PORT) return NULL;
    if (p->lead != PASSAGE_NONE && is_of_containers(j, &j->passages[p->lead]))
        OBJECT(j, "what leads in speaks of containers");
    uint32_t own = (uint32_t)(p - j->passages), row = p->label == PASSAGE_NONE ? own : p->label;
    for (uint32_t i = row; i < j->passage_count && i < row + 16 && (i == row || j->passages[i].label == row); i++) {
        passage_prepare(j, &j->passages[i]);
        if (j->passages[i].cues & (CUE_NEGATION | CUE_GONE)) OBJECT(j, "the row denies something");
    }
    return NULL;
}
