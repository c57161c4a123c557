/* foreign_table.c - does a row or a column of a table speak of somebody else's things?
 *
 *     ## Other people's machines                                   the heading says so, or the line that leads in:
 *     None of these is mine.                                       all rows but those that name what is ours
 *     | machine | bandwidth |
 *     | a Mac (Jonas) | 819 GB/s |  | **tern** | 273 GB/s |
 *
 *     | who | card |  | a reader in Leeds | RTX 5090 |             the label says so; "the same" is the one above
 *     | where | their rate |                                       the header says so
 *     | | Marrowfield | Friesland |          a name that is none of ours, beside one that is
 *     | node | cores |  | tern | 16 |  | the new one | 64 |        others are named in this line of headings, this is
 * not
 *     | machine | source |  | one H100 | a review |        what stands under "source", "measured by", or names people
 *     | card | list price |                                what is for sale
 *     | GPUs | asked | got |  | used | yesterday | limit |         a column of what was wanted, is allowed, or was then
 *
 * In: a cell that is about to be contradicted. Out: why it may be true of another thing, or NULL. Looked at: a bounded
 * part of the table. What names ours (an entity of the manifest, "mine", "we") is never somebody else's.
 */
#include "facts/verdicts/doubt.h"

enum { TABLE_REACH = 240, LABELS_READ = 32, WORDS_READ = 48, HITS_READ = 16 };

/* ---- what a heading, a label or a line that leads in says ---- */

static passage *read(judge *j, uint32_t index) {
    if (index == PASSAGE_NONE) return NULL;
    passage_prepare(j, &j->passages[index]);
    return &j->passages[index];
}

static uint32_t words_of(const passage *p) { return p->word_count < WORDS_READ ? p->word_count : WORDS_READ; }

static bool names_entity(const judge *j, const passage *p) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h - p->hit_lo < HITS_READ; h++)
        if (hit_entity(j, &p->on->hits[h], -1) != MANIFEST_NONE) return true;
    return false;
}

static bool is_first_person(judge *j, uint32_t index) {
    passage *p = read(j, index);
    for (uint32_t i = 0; p && i < words_of(p); i++) {
        if (doubt_word(p, i, "my our") && doubt_is_people(p, i + 1)) continue; /* "my brother" */
        if (doubt_word(p, i, "mine ours here us we i my our")) return true;
    }
    return false;
}

/* Does the label or header name what is ours? */
static bool is_ours(judge *j, uint32_t index) {
    return index != PASSAGE_NONE && (is_first_person(j, index) || names_entity(j, &j->passages[index]));
}

static bool is_person(const passage *p, uint32_t i) {
    return doubt_is_people(p, i) ||
           doubt_word(p, i,
                      "reader readers user users customer customers client clients visitor visitors man woman "
                      "person people student teacher stranger strangers guest owner owners acquaintance "
                      "acquaintances shop company companies studio firm firms farm clinic school schools office "
                      "house lab labs club cloud clouds broker agency institute museum library department "
                      "consortium gentleman lady lawyer journalist engineer admin developer blogger contractor");
}

static bool is_possessive(const passage *p, uint32_t i) {
    str text = surface_slice(p->on, p->words[i].lo, p->words[i].hi);
    return str_find_byte(text, '\'', 0) > 0 || str_find(text, STR("\xe2\x80\x99"), 0) > 0;
}

/* "others have", "other people's", "somebody else's", "a friend's box", "the vendors say" */
static bool speaks_of_others(const passage *p) {
    for (uint32_t i = 0; i < words_of(p); i++) {
        bool counted = i > 0 && (doubt_word(p, i - 1, "the our my its two three four five six") ||
                                 p->words[i - 1].cues & CUE_FIRST);
        if (doubt_word(p, i, "others") && !counted) return true;
        if (doubt_word(p, i, "other") && doubt_word(p, i + 1, "people person people's houses labs sites shops"))
            return true;
        if (doubt_word(p, i, "else else's") && i > 0 &&
            doubt_word(p, i - 1, "somebody someone everybody everyone anybody anyone"))
            return true;
        if (doubt_word(p, i, "elsewhere theirs")) return true;
        if (!is_person(p, i) || i + 1 >= p->word_count) continue;
        if (is_possessive(p, i) || p->words[i + 1].cues & (CUE_HAVE | CUE_RUN) ||
            doubt_word(p, i + 1,
                       "own owns use uses get gets got sent send measured measure report reported reports say "
                       "says said quote quotes quoted promise promises wrote write claim claims claimed"))
            return true;
    }
    return false;
}

/* "None of these is mine", "not one of these cards is here", "nothing below is ours" */
static bool disowns(const passage *p) {
    bool denied = false;
    for (uint32_t i = 0; i < words_of(p); i++) {
        denied = denied || p->words[i].cues & CUE_NEGATION || doubt_word(p, i, "none neither nothing not nor");
        if (denied && i > 0 && doubt_word(p, i, "mine ours here") &&
            (doubt_word(p, i - 1, "is are was were of stands stand") || p->words[i - 1].cues & CUE_NEGATION))
            return true;
    }
    return false;
}

/* "For comparison", "for scale", "by way of comparison" */
static bool compares(const passage *p) {
    for (uint32_t i = 1; i < words_of(p); i++)
        if (doubt_word(p, i, "comparison scale contrast reference") && doubt_word(p, i - 1, "for of by in"))
            return true;
    return false;
}

static bool frame_is_others(judge *j, const passage *p) {
    const uint32_t frames[2] = {p->lead, p->heading};
    for (int k = 0; k < 2; k++) {
        passage *frame = read(j, frames[k]);
        if (frame && (speaks_of_others(frame) || disowns(frame) || compares(frame))) return true;
    }
    return false;
}

/* ---- the headings of the table ---- */

/* The first header cell of the table in which the cell stands; PASSAGE_NONE where it has none. */
static uint32_t first_header(const judge *j, const passage *p) {
    uint32_t at = p->flags & PASSAGE_HEADER_CELL ? (uint32_t)(p - j->passages) : p->column;
    for (uint32_t step = 0; at != PASSAGE_NONE && at > 0 && step < LABELS_READ; step++, at--)
        if (!(j->passages[at - 1].flags & PASSAGE_HEADER_CELL) || j->passages[at - 1].kind != PASSAGE_CELL) break;
    return at;
}

/* "| who |", "| | their rate |": the header row gives the rows to others. */
static bool header_is_others(judge *j, const passage *p) {
    uint32_t first = first_header(j, p);
    for (uint32_t i = first; first != PASSAGE_NONE && i < j->passage_count && i < first + LABELS_READ; i++) {
        passage *head = &j->passages[i];
        if (head->kind != PASSAGE_CELL || !(head->flags & PASSAGE_HEADER_CELL)) break;
        passage_prepare(j, head);
        if (i == first && head->word_count == 1 && doubt_word(head, 0, "who whose")) return true;
        for (uint32_t w = 0; w < words_of(head); w++)
            if (doubt_word(head, w, "their theirs his hers")) return true;
    }
    return false;
}

/* "a gentleman in Whitby": an indefinite somebody, with a name behind "in" */
static bool is_of_a_place(const passage *p) {
    if (!doubt_word(p, 0, "a an another one some")) return false;
    for (uint32_t i = 2; i + 1 < words_of(p); i++) {
        uint8_t c = p->on->text.p[p->words[i + 1].lo];
        if (doubt_word(p, i, "in at from near") && byte_is_alpha(c) && !(c & 0x20)) return true;
    }
    return false;
}

/* "a reader in Leeds", "workstation (an office)", "my brother's box" */
static bool is_somebodys(const passage *p) {
    for (uint32_t i = 0; i < words_of(p); i++)
        if (is_person(p, i) &&
            (is_possessive(p, i) || (i > 0 && doubt_word(p, i - 1, "a an another one some my our his her their its")) ||
             (i > 1 && doubt_word(p, i - 2, "a an another one some his her their its"))))
            return true;
    return doubt_word(p, 0, "somebody someone he she they theirs his hers") || is_of_a_place(p);
}

/* "the same", "the same house", "ditto", "its neighbour" */
static bool goes_on(const passage *p) {
    return doubt_word(p, 0, "same ditto idem") || (doubt_word(p, 0, "the") && doubt_word(p, 1, "same"));
}

/* The label of the row above; PASSAGE_NONE where there is none. */
static uint32_t label_above(const judge *j, uint32_t label) {
    for (uint32_t step = 1; step <= LABELS_READ && step <= label; step++) {
        const passage *p = &j->passages[label - step];
        if (p->kind != PASSAGE_CELL || p->flags & PASSAGE_HEADER_CELL) break;
        if (p->flags & PASSAGE_LABEL_CELL) return label - step;
    }
    return PASSAGE_NONE;
}

static bool label_is_others(judge *j, uint32_t label) {
    for (uint32_t step = 0; step < 4 && label != PASSAGE_NONE; step++) {
        passage *p = read(j, label);
        if (is_somebodys(p)) return true;
        if (!goes_on(p)) return false;
        label = label_above(j, label);
    }
    return false;
}

/* ---- what the other cells of the row say ---- */

/* Does the cell name people who are not us: "a friend in Aarhus", "the university", "my brother", "somebody on a
 * forum"?
 */
static bool names_people(judge *j, passage *p) {
    for (uint32_t i = 0; i < words_of(p) && p->word_count <= 8; i++)
        if (doubt_word(p, i, "somebody someone anonymous they them") ||
            (is_person(p, i) && i > 0 && doubt_word(p, i - 1, "a an another one some the my our his her their")))
            return !names_entity(j, p);
    return false;
}

/* "| source |", "| who |", "| measured by |": what stands under it says whose the row is. */
static bool is_attribution(judge *j, const passage *p) {
    const passage *head = p->flags & PASSAGE_HEADER_CELL ? NULL : read(j, p->column);
    return head && head->word_count && head->word_count < 4 &&
           (doubt_word(head, 0, "who whose source sources owner origin") ||
            (head->word_count > 1 && doubt_word(head, head->word_count - 1, "by")));
}

/* "| list price |": a table of what is for sale, unless its head, lead or heading speaks of us, or of buying. */
static bool is_for_sale(judge *j, const passage *p) {
    uint32_t first = first_header(j, p);
    bool priced = false;
    const uint32_t frames[2] = {p->lead, p->heading};
    for (int k = 0; k < 2; k++) {
        if (frames[k] == PASSAGE_NONE) continue;
        const passage *frame = read(j, frames[k]);
        for (uint32_t i = 0; i < words_of(frame); i++)
            if (doubt_word(frame, i, "our my ours mine bought paid own owned inventory here")) return false;
    }
    for (uint32_t i = first; first != PASSAGE_NONE && i < j->passage_count && i < first + LABELS_READ; i++) {
        passage *head = &j->passages[i];
        if (head->kind != PASSAGE_CELL || !(head->flags & PASSAGE_HEADER_CELL)) break;
        passage_prepare(j, head);
        for (uint32_t w = 0; w < words_of(head); w++) {
            if (doubt_word(head, w, "our my ours mine paid bought count number host")) return false;
            priced = priced || doubt_word(head, w, "price prices priced retail msrp rrp");
        }
    }
    return priced;
}

/* "| ours | L40S |", "| batch | ours, one W7900 | group A, A100 |": another label, or another header, says "ours" by a
 * pronoun, and this one names nothing of ours. */
static bool stands_beside_ours(judge *j, const passage *p) {
    bool header = p->flags & PASSAGE_HEADER_CELL;
    uint32_t own = (uint32_t)(p - j->passages);
    for (int side = 0; side < 2; side++)
        for (uint32_t step = 1; step < TABLE_REACH; step++) {
            if (side ? own + step >= j->passage_count : step > own) break;
            passage *q = &j->passages[side ? own + step : own - step];
            if (q->kind != PASSAGE_CELL) break;
            bool heads = q->flags & PASSAGE_HEADER_CELL, labels = q->flags & PASSAGE_LABEL_CELL;
            if (heads != header || labels == header) continue; /* labels with labels, headers but the corner */
            passage_prepare(j, q);
            for (uint32_t i = 0; i < words_of(q); i++)
                if (doubt_word(q, i, "ours mine us here")) return true;
        }
    return false;
}

/* "group A", "Team B": somebody by a letter. */
static bool is_lettered(judge *j, uint32_t index) {
    const passage *p = read(j, index);
    for (uint32_t i = 0; p && i + 1 < words_of(p); i++)
        if (doubt_word(p, i, "group team lab company party") && p->words[i + 1].hi == p->words[i + 1].lo + 1 &&
            byte_is_alpha(p->on->text.p[p->words[i + 1].lo]))
            return true;
    return false;
}

/* Does another cell of the row state what runs? Then this one, in a column that is neither ours by name nor that of
 * what is installed, compares. */
static bool is_current_beside(judge *j, const passage *p, const claim *c) {
    const manifest_entity *e = c->subject.n ? manifest_find_entity(j->m, c->subject) : NULL;
    const passage *head = read(j, p->column);
    if (!e || !e->version.text.n || !head || head->cues & CUE_VERSIONISH || p->label == PASSAGE_NONE) return false;
    for (uint32_t i = 0; i < words_of(head); i++)
        if (doubt_word(head, i, "installed current now today running runs here")) return false;
    for (uint32_t i = p->label + 1; i < j->passage_count && i < p->label + LABELS_READ; i++) {
        const passage *q = &j->passages[i];
        if (q->label != p->label) break;
        for (uint32_t t = q->token_lo; q != p && t < q->token_hi; t++) {
            const token *k = &q->on->tokens[t];
            str said = surface_slice(q->on, k->core.lo, k->core.hi);
            if ((k->kind == TOKEN_VERSION || k->kind == TOKEN_NUMBER) && said.n > 2 &&
                version_agrees(&e->version, said, e->version.text))
                return true;
        }
    }
    return false;
}

/* Does another cell of the row say that it is somebody else's? Nothing of ours may be named in it. */
static bool row_is_others(judge *j, const passage *p) {
    uint32_t from = p->label == PASSAGE_NONE ? (uint32_t)(p - j->passages) : p->label;
    bool others = false;
    for (uint32_t i = from; i < j->passage_count && i < from + LABELS_READ; i++) {
        passage *q = read(j, i);
        if (q->kind != PASSAGE_CELL || (i != from && q->label != from)) break;
        bool kin = names_people(j, q);
        for (uint32_t w = 0; w < words_of(q) && !kin; w++)
            if (doubt_word(q, w, "us we me i mine ours own myself here") || (w == 0 && doubt_word(q, w, "our my")))
                return false;
        if (q->word_count && names_entity(j, q) && !is_attribution(j, q)) return false;
        others = others || kin || (is_attribution(j, q) && q->word_count);
    }
    return others;
}

/* ---- one line among others ---- */

static unsigned sort_of(const judge *j, uint32_t entity) {
    switch (j->m->entities[entity].kind) {
    case ENTITY_HOST:
    case ENTITY_HARDWARE: return 1;
    case ENTITY_PROCESS: return 2;
    default: return 4;
    }
}

static unsigned owner_sorts(const judge *j, const numeric_fact *f) {
    unsigned sorts = 0;
    for (uint32_t i = 0; i < f->owner_count; i++) sorts |= sort_of(j, f->owners[i]);
    return sorts;
}

/* "/models/whisper" names a place, not the program. */
static bool is_path(const passage *p) { return str_starts(str_trim(passage_text(p)), STR("/")); }

static bool row_names_owner(const judge *j, const passage *p, const numeric_fact *f) {
    for (uint32_t i = p->label; i < j->passage_count && i < p->label + LABELS_READ; i++)
        if ((i == p->label || j->passages[i].label == p->label) && doubt_names_owner(j, f, i)) return true;
    return false;
}

/* "| node | |  | tern | 16 |  | the new one | 64 |": do other headings of this line name things like the fact's owner,
 * while this one, and the one across, names nothing of ours? */
static bool is_unnamed_among_named(judge *j, const passage *p, const numeric_fact *f) {
    unsigned sorts = owner_sorts(j, f);
    uint32_t own = (uint32_t)(p - j->passages);
    if (p->label == PASSAGE_NONE || p->column == PASSAGE_NONE || !sorts) return false;
    if (is_ours(j, p->label) || is_ours(j, p->column) || is_path(&j->passages[p->label]) || row_names_owner(j, p, f))
        return false;
    for (int across = 0; across < 2; across++) {
        uint32_t at = across ? p->column : p->label;
        if (!j->passages[at].word_count) continue; /* an empty heading says nothing */
        bool attribute =
            false; /* "| Memory | 128 GB |": the labels are those of a specification, and name no machines */
        for (uint32_t i = 0; i < j->passages[at].word_count && !across; i++)
            attribute = attribute || fact_has_stem(f, j->passages[at].words[i].stem);
        if (attribute) continue;
        for (int side = 0; side < 2; side++)
            for (uint32_t step = 1; step < TABLE_REACH; step++) {
                if (side ? own + step >= j->passage_count : step > own) break;
                uint32_t k = side ? own + step : own - step;
                const passage *q = &j->passages[k];
                if (q->kind != PASSAGE_CELL) break;
                bool header = q->flags & PASSAGE_HEADER_CELL, label = q->flags & PASSAGE_LABEL_CELL;
                if (header == label || (across ? !header : !label)) continue;
                uint32_t e = is_path(q) ? MANIFEST_NONE : cell_line_entity(j, k);
                if (e != MANIFEST_NONE && sort_of(j, e) & sorts) return true;
            }
    }
    return false;
}

/* "| | Marrowfield | Friesland |": a header that is a proper name, none of ours, beside one that names ours alone. */
static bool is_proper_name_beside_ours(judge *j, const passage *p, const numeric_fact *f) {
    passage *head = read(j, p->column);
    uint32_t first = first_header(j, p);
    if (!head || head->word_count == 0 || head->word_count > 3 || is_ours(j, p->column)) return false;
    for (uint32_t i = 0; i < head->word_count; i++) {
        str said = surface_slice(head->on, head->words[i].lo, head->words[i].hi);
        bool proper = said.n > 3 && said.p[0] >= 'A' && said.p[0] <= 'Z' && said.p[1] >= 'a' && said.p[1] <= 'z';
        if (!proper || (f && fact_has_stem(f, head->words[i].stem)) || head->words[i].cues & (CUE_PART | CUE_STOP))
            return false;
    }
    for (uint32_t i = first; i != PASSAGE_NONE && i < j->passage_count && i < first + LABELS_READ; i++) {
        const passage *q = &j->passages[i];
        if (q->kind != PASSAGE_CELL || !(q->flags & PASSAGE_HEADER_CELL)) break;
        if (q != head && !(q->flags & PASSAGE_LABEL_CELL) && cell_line_entity(j, i) != MANIFEST_NONE) return true;
    }
    return false;
}

/* ---- columns of what was wanted, is allowed, or was then ---- */

static bool is_wish(const passage *p, uint32_t i) {
    return doubt_word(p, i,
                      "asked requested ordered wanted granted allocated reserved offered proposed quoted promised "
                      "advertised expected estimated forecast needed wish");
}

static bool is_other_time(const passage *p, uint32_t i) {
    return doubt_word(p, i, "yesterday ago tomorrow") ||
           (doubt_word(p, i, "last previous") && doubt_word(p, i + 1, "night day week month quarter year time run"));
}

static bool is_limit(const passage *p, uint32_t i) { return doubt_word(p, i, "limit limits ceiling alarm threshold"); }

static const char *doubt_of_header(judge *j, const passage *p, const numeric_fact *f) {
    passage *head = read(j, p->column);
    uint32_t first = first_header(j, p);
    for (uint32_t i = 0; head && i < words_of(head); i++) {
        if (f && fact_has_stem(f, head->words[i].stem)) continue;
        if (is_wish(head, i)) OBJECT(j, "the column is that of a wish");
        if (is_other_time(head, i)) OBJECT(j, "the column is that of another time");
        if (f && is_limit(head, i)) OBJECT(j, "the column is that of a limit");
    }
    /* "| asked | got |": what was got was asked for */
    for (uint32_t i = first; head && first != PASSAGE_NONE && i < j->passage_count && i < first + LABELS_READ; i++) {
        passage *q = &j->passages[i];
        if (q->kind != PASSAGE_CELL || !(q->flags & PASSAGE_HEADER_CELL)) break;
        passage_prepare(j, q);
        if (q->word_count == 1 && doubt_word(q, 0, "asked requested ordered wanted reserved") &&
            doubt_word(head, 0, "got granted allocated given received used"))
            OBJECT(j, "the column is that of a wish");
    }
    return NULL;
}

const char *doubt_of_foreign_table(judge *j, const passage *p, const claim *c) {
    const numeric_fact *f = j->contradicting;
    if (!f && c->kind != CLAIM_EXISTENCE && c->kind != CLAIM_VERSION) return NULL;
    uint32_t label = p->label == PASSAGE_NONE ? (uint32_t)(p - j->passages) : p->label;
    bool header = p->flags & PASSAGE_HEADER_CELL;
    bool ours = is_ours(j, p->label) || is_ours(j, p->column);
    if (!header && !is_first_person(j, p->label) && !is_ours(j, p->column) && label_is_others(j, label))
        OBJECT(j, "the row is somebody else's");
    if (header ? !is_ours(j, (uint32_t)(p - j->passages)) && stands_beside_ours(j, p)
               : !ours && !is_ours(j, label) && stands_beside_ours(j, label == p->label ? &j->passages[label] : p))
        OBJECT(j, "another line is ours, this one is not");
    if (is_lettered(j, p->column) || is_lettered(j, label)) OBJECT(j, "the table is of others' things");
    if (c->kind == CLAIM_VERSION && !ours && is_current_beside(j, p, c)) OBJECT(j, "what runs stands beside it");
    if (!header && !ours && row_is_others(j, p)) OBJECT(j, "the row is somebody else's");
    if (!header && !ours && c->kind == CLAIM_EXISTENCE && is_for_sale(j, p)) OBJECT(j, "it is a price list");
    if (!ours && header_is_others(j, p)) OBJECT(j, "the table is of others' things");
    if (!ours && frame_is_others(j, p)) OBJECT(j, "the table is of others' things");
    if (!header && is_proper_name_beside_ours(j, p, f)) OBJECT(j, "the column is that of another name");
    if (!f) return NULL;
    if (!j->by_line && is_unnamed_among_named(j, p, f)) OBJECT(j, "other lines name what is ours, this one does not");
    return doubt_of_header(j, p, f);
}
