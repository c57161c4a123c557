/* place_cells.c - whose place is a cell of a table?
 *
 *     | Role | Machine | Location |       the machine that another cell of the row names and nothing else, where the
 *     | Web | VPS | Nuremberg |           column is one of places
 *     | VPS | 31 ms from | Paris |        a column "fastest from" says whence, not where
 *
 * In: a cell that holds a town. Out: the machine, or none: in a row of somebody else's, of another time, of two
 * machines.
 */
#include "facts/places/locations.h"
#include "facts/reading/standing.h"

enum { ROW_CELLS = 16, TABLE_CELLS = 200 };

static bool is_place_column(judge *j, const passage *p) {
    if (p->kind != PASSAGE_CELL || p->column == PASSAGE_NONE || p->flags & PASSAGE_HEADER_CELL) return false;
    passage *column = &j->passages[p->column];
    passage_prepare(j, column);
    return column->word_count > 0 && column->word_count < 3 &&
           word_in(column, column->word_count - 1,
                   "location place city country region where site datacenter datacentre");
}

/* Does a header speak of whose each row is: "Reader", "Who", "Friend"? */
static bool is_of_people(judge *j, const passage *p) {
    uint32_t at = (uint32_t)(p - j->passages);
    const uint32_t table = article_ancestor(j->art, p->block, BLOCK_TABLE);
    for (uint32_t n = 0; at > 0 && n < TABLE_CELLS; n++) {
        passage *q = &j->passages[--at];
        if (q->kind != PASSAGE_CELL || article_ancestor(j->art, q->block, BLOCK_TABLE) != table) break;
        if (!(q->flags & PASSAGE_HEADER_CELL)) continue;
        passage_prepare(j, q);
        if (q->cues & CUE_OTHERS || word_in(q, 0, "who name person author owner")) return true;
    }
    return false;
}

uint32_t place_of_row(judge *j, const passage *p) {
    uint32_t own = (uint32_t)(p - j->passages), row = p->label == PASSAGE_NONE ? own : p->label, found = MANIFEST_NONE;
    if (!is_place_column(j, p) || is_of_people(j, p)) return MANIFEST_NONE;
    for (uint32_t i = row; i < j->passage_count && i < row + ROW_CELLS; i++) {
        passage *q = &j->passages[i];
        if (i != row && q->label != row) break;
        passage_prepare(j, q);
        if (q->cues & (CUE_OTHERS | CUE_NEGATION | CUE_PAST | CUE_GONE | CUE_WAS) || word_in(q, 0, "before until"))
            return MANIFEST_NONE;
        for (uint32_t h = q->hit_lo; h < q->hit_hi && i != own; h++) {
            uint32_t e = q->on->hits[h].inside < 0 ? hit_entity(j, &q->on->hits[h], -1) : MANIFEST_NONE;
            bool whole = q->on->hits[h].where.hi - q->on->hits[h].where.lo + 3 > q->text.hi - q->text.lo;
            if (!whole || e == found || !standing_is_machine(j, e)) continue;
            if (found != MANIFEST_NONE) return MANIFEST_NONE;
            found = e;
        }
    }
    return found;
}

bool place_column_leads_away(judge *j, const passage *p) {
    if (p->column == PASSAGE_NONE) return false;
    passage *column = &j->passages[p->column];
    passage_prepare(j, column);
    return column->word_count > 0 && word_in(column, column->word_count - 1, "from to for");
}
