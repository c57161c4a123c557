/* exposes_lists.c - what a service exposes, an item a line.
 *
 *     "It runs on the box and exposes these tools:"      the lead: service, verb, colon
 *     - blog search                                      an item that is listed: the list is that of its operations
 *     - shell execution                                  then so is this one, and the closed list does not hold it
 *
 * In: the first sentence of an item, or the first cell of a row. Out: a claim of its head, the words before a dash, a
 * colon, a comma or a preposition. A list none of whose items is listed may be of anything, and makes no claim; nor
 * does a long head, which is a sentence.
 */
#include "facts/exposes/exposes.h"

enum { LIST_READ = 48, HEAD_WORDS = 5 };

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

static bool is_item(const passage *p) {
    if (p->kind == PASSAGE_CELL) return (p->flags & PASSAGE_LABEL_CELL) && !(p->flags & PASSAGE_HEADER_CELL);
    return p->kind == PASSAGE_SENTENCE && p->flags & PASSAGE_IN_LIST && p->previous == PASSAGE_NONE;
}

/* Is an item of the same list one of the service's operations? */
static bool has_listed(const judge *j, const passage *p, const manifest_entity *service) {
    uint32_t own = (uint32_t)(p - j->passages);
    for (int side = 0; side < 2; side++)
        for (uint32_t step = 1; step < LIST_READ; step++) {
            if (side ? own + step >= j->passage_count : step > own) break;
            const passage *q = &j->passages[side ? own + step : own - step];
            if (q->lead == p->lead && is_item(q) && exposes_item_in(j, q, service)) return true;
        }
    return false;
}

void judge_exposed_list(judge *j, passage *p) {
    if (p->lead == PASSAGE_NONE || !is_item(p)) return;
    const manifest_entity *service = led_by(j, &j->passages[p->lead]);
    if (!service || service->exposes.world != WORLD_CLOSED || !has_listed(j, p, service)) return;
    passage_prepare(j, p);
    piece x = {0, 0, 0};
    for (; x.hi < p->word_count && !exposes_ends_piece(p, x.hi); x.hi++) {
        const pword *w = &p->words[x.hi];
        str glue = x.hi ? str_trim(surface_slice(p->on, p->words[x.hi - 1].hi, w->lo)) : (str){0};
        if (glue.n && !str_eq(glue, STR("`"))) break; /* a dash, a colon, a comma, a bracket */
        x.content += !(w->cues & (CUE_STOP | CUE_NEGATION)) && !exposes_is_generic(p, w);
    }
    if (x.content && x.hi <= HEAD_WORDS) exposes_judge_piece(j, p, service, x, PHRASE_STRICT);
}
