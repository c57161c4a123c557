/* listed.c - a name of hardware in a list or a table: is the list that of what we have?
 *
 *     - GPU: B100                                   a label that stands for a part or a machine of ours
 *     - DGX Spark, 20 cores, 128 GB, an NPU         one of ours opens the item
 *     My Anvil:  - NVIDIA A100, 80 GB               the line that leads in, or the heading, says whose
 *     | GPU | B100 |                                the row's label, or the column
 *     - The box: our Anvil  - The helper: an A100   an item beside one with ours behind its label
 *
 * In: a prepared passage and the name in it. Out: does it say so? A ranking, "A100 80 GB: 680 tok/s", a comparison of
 * cards and an offer have none of these.
 */
#include "facts/existence/ours.h"
#include "facts/reading/standing.h"

#include <string.h>

enum { HITS_READ = 64, ITEM = 40, LABEL_BYTES = 60, NAME_REACH = 24, LIST = 24, COLUMN = 200, PART_WORDS = 6 };

static const char PARTS[] = "gpu gpus graphics accelerator accelerators card cards npu hardware";
static const char INVENTORY[] = "part parts component components item hardware piece what thing device have spec specs "
                                "specification specifications feature resource property attribute";
static const char SHEET[] = "the our my this in short key at a glance of and hardware spec specs specification "
                            "specifications setup machine box rig system components essentials data sheet inventory";

static bool passage_has(judge *j, uint32_t index, uint32_t cues) {
    if (index == PASSAGE_NONE) return false;
    passage_prepare(j, &j->passages[index]);
    return (j->passages[index].cues & cues) != 0;
}

/* "–", "0": a cell that says no. */
static bool is_empty_cell(const passage *p) {
    static const char *const marks[] = {"-", "\xe2\x80\x93", "\xe2\x80\x94", "0", "\xe2\x9c\x97", "\xe2\x9d\x8c", "x"};
    str text = str_trim(passage_text(p));
    for (size_t k = 0; k < COUNT_OF(marks); k++)
        if (str_eq(text, str_from_cstr(marks[k]))) return true;
    return false;
}

/* "I'd looked at five systems", "Which one to take", the column "Against": what stands below is chosen from. Not "a
 * look at the stack" and "what I chose", below which stands what runs. */
bool existence_is_of_choice(judge *j, uint32_t index, bool column) {
    static const char weighed[] =
        "candidate candidates shortlist alternatives contenders considered considering weighed "
        "evaluated rejected discarded refused declined shelved proposals proposal",
                      sides[] = "against con cons contra downside downsides drawback drawbacks disadvantage "
                                "disadvantages pros rejected dropped objection";
    if (index == PASSAGE_NONE) return false;
    passage *p = &j->passages[index];
    passage_prepare(j, p);
    for (uint32_t i = 0; i < p->word_count && i < 60; i++) {
        if (word_in(p, i, column ? sides : weighed)) return true;
        if (column) continue;
        if (word_is(p, i, "looked") && word_is(p, i + 1, "at") &&
            word_in(p, i + 2, "two three four five six several some many other different"))
            return true;
        if ((word_in(p, i, "put set laid") && word_is(p, i + 1, "aside")) ||
            (word_is(p, i, "turned") && word_is(p, i + 1, "down")) ||
            (word_is(p, i, "decided") && word_is(p, i + 1, "against")) ||
            (word_in(p, i, "not never") && word_is(p, i + 1, "taken")))
            return true;
        if (word_is(p, i, "which") && word_is(p, i + 1, "one") && word_in(p, i + 2, "to we i")) return true;
    }
    return column && word_is(p, 0, "why") && word_is(p, 1, "not");
}

/* | | Spark | Mac Studio | over | Do I own it? | yes | no |: does a row below the header cell say that the thing of its
 * column is not had? */
static bool column_disowns(judge *j, const passage *p) {
    uint32_t own = (uint32_t)(p - j->passages);
    for (uint32_t i = own + 1; i < j->passage_count && i < own + COLUMN && j->passages[i].kind == PASSAGE_CELL; i++) {
        const passage *cell = &j->passages[i];
        if (cell->column != own || cell->label == PASSAGE_NONE) continue;
        passage *label = &j->passages[cell->label];
        passage_prepare(j, label);
        bool asks = false;
        for (uint32_t k = 0; k < label->word_count && k < ITEM; k++)
            asks = asks || word_in(label, k, "own owned have has ours mine here bought possess");
        if (asks && (is_empty_cell(cell) || passage_has(j, i, CUE_NEGATION))) return true;
    }
    return false;
}

/* Does what gives a cell or an item its meaning say that it is not, or no longer, here: the column "not used", the row
 * "| Grafana | no |", the heading "What we removed", the line that leads in, "It has none of these:"? */
bool existence_frame_denies(judge *j, const passage *p) {
    const uint32_t cues = CUE_NEGATION | CUE_GONE | CUE_IF | CUE_FUTURE | CUE_COMPARE;
    bool denies = passage_has(j, p->heading, cues) || existence_is_of_choice(j, p->heading, false) ||
                  existence_is_of_choice(j, p->lead, false);
    if (p->kind == PASSAGE_CELL) {
        denies = denies || passage_has(j, p->label, cues) || passage_has(j, p->column, cues) ||
                 (p->flags & PASSAGE_HEADER_CELL && column_disowns(j, p));
        uint32_t own = (uint32_t)(p - j->passages), row = p->label == PASSAGE_NONE ? own : p->label;
        for (uint32_t i = row + 1; i < j->passage_count && i < row + 32 && j->passages[i].label == row; i++)
            denies = denies || passage_has(j, i, CUE_NEGATION | CUE_GONE | CUE_COMPARE) ||
                     is_empty_cell(&j->passages[i]) || existence_is_of_choice(j, j->passages[i].column, true);
    } else if (p->flags & PASSAGE_IN_LIST) {
        denies = denies || passage_has(j, p->lead, cues);
    }
    return denies;
}

/* Is the item or cell about the thing itself: "NVIDIA B100, 192 GB", "GPU: two A100 cards", "a Kubernetes cluster"? In
 * "logs via Kafka", "Kubernetes pod names", "AWS config" the name only tells of what sort something else is. */
static bool heads_from(const passage *p, uint32_t from, uint32_t lo, uint32_t hi) {
    static const char *const links[] = {"for", "via", "to", "from", "into", "by", "about", "like", "as", "than"};
    static const char kinds[] =
        "cluster clusters instance instances database broker brokers nodes replica replicas"
        " partition file exporter accelerator support module modules chip board boards egpu unit"
        " pcie sxm nvl die ada ti super";
    static const char follow[] =
        "with and or at on in for plus is are as to rated attached connected that which over via"
        " reserved used";
    uint32_t first, end, after = standing_word_at(p, hi);
    passage_window(p, lo, lo, &first, &end);
    uint32_t colon = lo;
    while (colon > p->text.lo && lo - colon < WINDOW_REACH && p->on->text.p[colon - 1] != ':') colon--;
    colon = colon > p->text.lo && p->on->text.p[colon - 1] == ':' ? colon - 1 : 0;
    for (uint32_t i = first; i < end && p->words[i].hi <= lo; i++) {
        const pword *w = &p->words[i];
        if (w->lo < from) continue;
        bool label = w->hi <= colon; /* what stands before a colon is the item's label */
        for (size_t k = 0; k < COUNT_OF(links) && !label; k++)
            if (word_is(p, i, links[k])) return false;
        if (!label && w->cues & CUE_IMPERATIVE && i == 0) return false; /* "Add Kafka to the list" */
    }
    if (after == p->word_count || p->words[after].lo > hi + 1) return true; /* the end, or a comma, a bracket */
    if (p->words[after].cues & (CUE_PART | CUE_HAVE | CUE_RUN)) return true;
    if (word_in(p, after, follow)) return true;
    if (word_in(p, after, kinds)) return true;
    uint8_t c = p->on->text.p[p->words[after].lo];
    return byte_is_digit(c);
}

bool existence_heads_item(const passage *p, uint32_t lo, uint32_t hi) { return heads_from(p, p->text.lo, lo, hi); }

/* The same of a part of an item, behind its last comma or "and": "GB10, supplemented by four H100 cards and │ an NPU".
 */
static bool heads_part(const passage *p, uint32_t lo, uint32_t hi) {
    uint32_t w = standing_word_at(p, lo), from = p->text.lo;
    for (uint32_t i = w; i > 0 && w - i < PART_WORDS; i--) {
        if (word_in(p, i - 1, "and plus")) from = p->words[i - 1].hi;
        if (i < p->word_count && !standing_is_gap_free(p, p->words[i - 1].hi, p->words[i].lo, ",/;"))
            from = p->words[i].lo;
        if (from > p->text.lo) break;
    }
    return heads_from(p, from, lo, hi);
}

/* "Swap on unified memory turns a crash into a coma": an item that is a sentence, with a verb of its own that says what
 * such a thing does, and nothing that says whose before its name. */
bool existence_is_general_item(const passage *p, uint32_t lo, uint32_t hi) {
    if (!p->word_count || (p->words[0].hi < lo && (!word_in(p, 0, "a an") || p->words[0].hi + 1 < lo))) return false;
    uint32_t i = standing_word_at(p, hi);
    for (uint32_t k = i; k < p->word_count && k < i + 8; k++) {
        bool noun =
            k > 0 && (word_in(p, k - 1, "the a an our my its with for of on in at to two three four all both") ||
                      byte_is_digit(p->on->text.p[p->words[k - 1].lo]));
        if (!noun && existence_is_deed(p, k) && existence_has_object(p, k + 1)) return true;
    }
    return false;
}

static bool passage_is_ours(judge *j, uint32_t index) {
    if (index == PASSAGE_NONE) return false;
    passage *p = &j->passages[index];
    passage_prepare(j, p);
    for (uint32_t i = 0; i < p->word_count && i < 8; i++)
        if (word_in(p, i, "our my here") || existence_names_us(j, p, i)) return true;
    return false;
}

static bool holds_part(judge *j, uint32_t index, const char *words) {
    if (index == PASSAGE_NONE) return false;
    passage *p = &j->passages[index];
    passage_prepare(j, p);
    for (uint32_t i = 0; i < p->word_count && i < 4; i++)
        if (word_in(p, i, words)) return true;
    return false;
}

/* "My Anvil:", "The box looks like this:", "Our setup consists of:", "What it has": ours is told of, and as it is. */
static bool leads_to_ours(judge *j, uint32_t index, bool heading) {
    if (index == PASSAGE_NONE) return false;
    passage *p = &j->passages[index];
    passage_prepare(j, p);
    if (p->cues & (CUE_OTHERS | CUE_COMPARE | CUE_SECOND | CUE_MODAL)) return false;
    if (!heading && !str_ends(str_trim(passage_text(p)), STR(":"))) return false;
    bool sheet = p->word_count > 0 && p->word_count < 7; /* "Hardware at a glance:", "The specs:" */
    for (uint32_t i = 0; i < p->word_count && sheet; i++) sheet = word_in(p, i, SHEET);
    if (sheet) return true;
    bool governed = false; /* "Some lessons of my Anvil:" */
    for (uint32_t i = 0; i < p->word_count; i++) {
        governed = governed || word_in(p, i, "of about from for to against");
        if (!existence_names_us(j, p, i)) continue;
        bool ends = i + 1 == p->word_count; /* "on the following machine:" */
        if ((ends && ((p->word_count < 6 && !governed) || word_in(p, i - (i > 0), "following"))) || (heading && i < 4))
            return true;
        uint32_t v = i + 1;
        while (word_in(p, v, "also now still currently")) v++;
        if (word_in(p, v, "has have had contains consists includes is are looks comprises uses use run runs"))
            return true;
        if (word_in(p, v, "keep own rely holds carries features bought")) return true;
    }
    return false;
}

/* | GPU | A100 |, | tern | A100 | below "GPU", | A100 | 2 | below "Part". */
static bool is_cell_of_ours(judge *j, const passage *p) {
    if (p->flags & PASSAGE_LABEL_CELL)
        return holds_part(j, p->column, INVENTORY) || passage_is_ours(j, p->column) || leads_to_ours(j, p->lead, false);
    if (leads_to_ours(j, p->lead, false)) return true;
    return holds_part(j, p->label, PARTS) || passage_is_ours(j, p->label) || passage_is_ours(j, p->column);
}

/* "Spark: 20 cores / 128 GB / an A100", "GB10 · 100 GB · an A100 on the side": one of ours stands before it. */
static bool follows_ours(judge *j, const passage *p, uint32_t lo) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + HITS_READ && p->on->hits[h].where.hi <= lo; h++) {
        uint32_t e = hit_entity(j, &p->on->hits[h], -1);
        bool machine = hit_has(&p->on->hits[h], ALIAS_MEMBER) ||
                       (e != MANIFEST_NONE &&
                        (j->m->entities[e].kind == ENTITY_HARDWARE || j->m->entities[e].kind == ENTITY_HOST));
        if (!machine) continue;
        uint32_t next = standing_word_at(p, p->on->hits[h].where.hi); /* "GB10 plus a discrete A100" */
        if (word_in(p, next, "and plus") && !word_in(p, next + 1, "the")) return true;
        for (uint32_t k = p->on->hits[h].where.hi; k < lo; k++)
            if (strchr(",;:/(+", p->on->text.p[k]) || p->on->text.p[k] >= 0x80) return true; /* "·", a dash */
    }
    return false;
}

/* "RTX 5090, 1,792 GB/s: 597 tok/s", "Spark: 70 tok/s": a rate or a price behind a colon ranks it. */
static bool is_measured(const passage *p) {
    str text = passage_text(p);
    ptrdiff_t colon = str_find(text, STR(": "), 0);
    if (colon < 0) return false;
    str rest = str_slice(text, colon, text.n);
    bool rate = false; /* "546 GB/s" is a part's own */
    for (ptrdiff_t at = 0; (at = str_find(rest, STR("/s"), at)) >= 0; at++)
        rate = rate || at == 0 || rest.p[at - 1] != 'B';
    return str_find(rest, STR("tok"), 0) >= 0 || rate || str_find(rest, STR("\xe2\x82\xac"), 0) >= 0 ||
           str_find_byte(rest, '$', 0) >= 0;
}

/* "Leah's tower:", "The competition:", below a heading of that sort. */
static bool frame_is_others(judge *j, const passage *p) {
    const uint32_t frames[] = {p->flags & PASSAGE_IN_LIST ? p->lead : PASSAGE_NONE, p->heading};
    for (size_t k = 0; k < COUNT_OF(frames); k++) {
        if (frames[k] == PASSAGE_NONE) continue;
        passage *q = &j->passages[frames[k]];
        passage_prepare(j, q);
        if (q->kind == PASSAGE_SENTENCE && !str_ends(str_trim(passage_text(q)), STR(":"))) continue;
        for (uint32_t i = 0; i < q->word_count && i < ITEM; i++)
            if (word_in(q, i, "competition competitors alternatives candidates offer offers options rivals") ||
                (word_is_possessive(q, i) && existence_is_of_another(j, q, i)))
                return true;
    }
    return false;
}

/* Where the label of an item ends, "The helper:"; 0 where it has none. */
static uint32_t label_end(const passage *p) {
    str text = passage_text(p);
    ptrdiff_t colon = str_find_byte(str_slice(text, 0, text.n < LABEL_BYTES ? text.n : LABEL_BYTES), ':', 0);
    return colon > 0 ? p->text.lo + (uint32_t)colon : 0;
}

static uint32_t list_of(const judge *j, const passage *p) {
    bool item = p->flags & PASSAGE_IN_LIST && p->kind == PASSAGE_SENTENCE && p->block != BLOCK_NONE;
    return item ? article_ancestor(j->art, p->block, BLOCK_LIST) : BLOCK_NONE;
}

/* "- **The helper:** an RTX 4090 in an external enclosure", in a list with "- **The box:** my DGX Spark": one of ours
 * stands behind the label of another item, so each item is a thing that is here. */
static bool is_item_beside_ours(judge *j, const passage *p, uint32_t lo) {
    uint32_t colon = label_end(p), list = list_of(j, p), own = (uint32_t)(p - j->passages);
    uint32_t first = colon ? standing_word_at(p, colon) : 0, w = standing_word_at(p, lo);
    if (!colon || colon > lo || list == BLOCK_NONE || first > 4 || w < first + 1 || w > first + 4) return false;
    if (!word_in(p, first, "a an the one two our my")) return false;
    for (uint32_t i = 0; i < first; i++) /* "A reader's machine:", "My old tower:" */
        if (word_is_possessive(p, i) || existence_is_of_another(j, p, i) ||
            word_in(p, i, "old former previous next other alternative wish instead option before"))
            return false;
    if (p->cues & (CUE_OTHERS | CUE_SECOND | CUE_MODAL | CUE_NEGATION | CUE_GONE | CUE_FUTURE)) return false;
    for (uint32_t i = own > LIST ? own - LIST : 0; i < j->passage_count && i < own + LIST; i++) {
        const passage *q = &j->passages[i];
        uint32_t end = i != own && list_of(j, q) == list ? label_end(q) : 0;
        for (uint32_t h = q->hit_lo; end && h < q->hit_hi && h < q->hit_lo + HITS_READ; h++) {
            uint32_t e = hit_entity(j, &q->on->hits[h], -1), at = q->on->hits[h].where.lo;
            bool machine = e != MANIFEST_NONE &&
                           (j->m->entities[e].kind == ENTITY_HARDWARE || j->m->entities[e].kind == ENTITY_HOST);
            if (machine && at > end && at < end + NAME_REACH) return true;
        }
    }
    return false;
}

/* "Memory: 121 GB; accelerators: GB10, B200": behind a label of parts in the middle of an item, and one of ours. */
static bool is_behind_part_label(judge *j, const passage *p, uint32_t lo) {
    uint32_t colon = lo;
    while (colon > p->text.lo && lo - colon < LABEL_BYTES && !strchr(":;", p->on->text.p[colon - 1])) colon--;
    if (colon == p->text.lo || p->on->text.p[colon - 1] != ':' || !(p->flags & PASSAGE_IN_LIST)) return false;
    uint32_t label = passage_word_before(p, colon - 1);
    if (label == UINT32_MAX || !word_in(p, label, "gpu gpus accelerator accelerators acceleration compute cards"))
        return false;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + HITS_READ; h++)
        if (p->on->hits[h].where.lo >= colon && p->on->hits[h].where.hi <= lo &&
            (hit_has(&p->on->hits[h], ALIAS_MEMBER) ||
             hit_entity(j, &p->on->hits[h], ENTITY_HARDWARE) != MANIFEST_NONE))
            return true;
    return false;
}

/* "and an H100 in the cloud does the rest": not among ours. */
static bool is_put_elsewhere(const passage *p, uint32_t hi) {
    uint32_t after = standing_word_at(p, hi);
    for (uint32_t i = after; i < p->word_count && i < after + PART_WORDS; i++)
        if (word_in(p, i, "cloud rented elsewhere others somebody's friend's colleague's provider's")) return true;
    return false;
}

bool existence_is_listed(judge *j, passage *p, uint32_t lo, uint32_t hi) {
    if (p->cues & (CUE_COMPARE | CUE_IF) || !heads_part(p, lo, hi) || existence_frame_denies(j, p)) return false;
    if (p->kind == PASSAGE_CELL) return is_cell_of_ours(j, p);
    if (p->kind != PASSAGE_SENTENCE) return false;
    uint32_t w = standing_word_at(p, lo);
    for (uint32_t i = 0; i < w && i < p->word_count; i++)
        if (p->words[i].cues & (CUE_HAVE | CUE_RUN | CUE_PAST) && !word_in(p, i, "unified and with both on plus"))
            return false;
    if (frame_is_others(j, p) || is_put_elsewhere(p, hi)) return false;
    if (existence_is_labelled(j, p, lo) || is_item_beside_ours(j, p, lo) || is_behind_part_label(j, p, lo)) return true;
    if (!(p->flags & PASSAGE_IN_LIST) || w > ITEM || existence_has_verb(p, standing_word_at(p, hi))) return false;
    if (p->cues & (CUE_OTHERS | CUE_SECOND) || is_measured(p) || existence_is_general_item(p, lo, hi)) return false;
    return follows_ours(j, p, lo) || leads_to_ours(j, p->lead, false) ||
           ((p->lead == PASSAGE_NONE || !str_ends(str_trim(passage_text(&j->passages[p->lead])), STR(":"))) &&
            leads_to_ours(j, p->heading, true));
}
