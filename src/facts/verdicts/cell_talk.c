/* cell_talk.c - do the headings of a cell say that its number is another thing than the fact states?
 *
 *     | machine | fps | whole programme |      the header names something, and nothing that the fact is called
 *     | node | × tern | difference |           a ratio, a difference: no size of the thing
 *     | item | per month | per year |          another period than the fact's name says
 *     | searches a second | 20 | 40 | 80 |     each column is a case, and this one's number is none of the fact's
 *     | tern | 2 |  | tern, 96 cores only | 0 |    two rows of one thing are cases of it
 *     | streams | power | | 2 | 126 W |        a fact of idling, where no heading says idle
 *
 * In: a cell and the fact that is about to contradict it. Out: the doubt, or NULL. Neither heading is read beyond its
 * first words, no line beyond a bounded number of cells. What the table's own lines decide (cells.c) is not asked
 * again for its name.
 */
#include "facts/verdicts/doubt.h"

enum { TOLD_WORDS = 6, HEAD_WORDS = 12, LINE_REACH = 240, HEAD_HITS = 8 };

static passage *heading(judge *j, uint32_t index) {
    if (index == PASSAGE_NONE) return NULL;
    passage_prepare(j, &j->passages[index]);
    return &j->passages[index];
}

static uint32_t words_of(const passage *p) {
    return p && p->word_count < HEAD_WORDS ? p->word_count : p ? HEAD_WORDS : 0;
}

/* ---- which words of a heading name something ---- */

/* Words that head any column. */
static const char GENERIC[] =
    "value values figure figures number numbers result results measured measurement reading now today present current "
    "currently here mine ours used total amount size what how much many all sum overall per each a an of in at after "
    "before with one time times average mean median typical as actual real new old first last second third node "
    "machine "
    "host box server service model item thing run runs test remark note notes comment we i my our it its";

static bool in_name(const judge *j, const passage *p, uint32_t i) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h - p->hit_lo < HEAD_HITS; h++)
        if (p->on->hits[h].where.lo <= p->words[i].lo && p->on->hits[h].where.hi >= p->words[i].hi &&
            hit_entity(j, &p->on->hits[h], -1) != MANIFEST_NONE)
            return true;
    return false;
}

static bool is_owner_stem(const judge *j, const numeric_fact *f, uint64_t stem) {
    for (uint32_t o = 0; o < f->owner_count; o++) {
        uint32_t count;
        const uint64_t *stems = fact_index_entity_stems(j->index, f->owners[o], &count);
        for (uint32_t k = 0; k < count && k < 32; k++)
            if (stems[k] == stem) return true;
    }
    return false;
}

/* Words that everybody uses for a machine's attribute. */
static bool is_synonym(const judge *j, const numeric_fact *f, const passage *p, uint32_t i) {
    if (f->kind != FACT_ATTR) return false;
    str name = j->m->attrs[f->index].name;
    if (str_eq(name, STR("memory"))) return doubt_word(p, i, "ram vram dram");
    if (str_eq(name, STR("storage"))) return doubt_word(p, i, "nvme ssd disk disks drive drives");
    return str_eq(name, STR("cpu_cores")) && doubt_word(p, i, "cpu cpus");
}

typedef struct head_words { /* of one heading */
    bool own;               /* a word of the fact's names */
    bool foreign;           /* a word that neither it nor its owners and conditions know */
    bool entity;            /* a name of the manifest */
} head_words;

static head_words read_heading(judge *j, uint32_t index, const numeric_fact *f) {
    head_words s = {false, false, false};
    passage *p = heading(j, index);
    for (uint32_t i = 0; i < words_of(p); i++) {
        const pword *w = &p->words[i];
        if (in_name(j, p, i)) {
            s.entity = true;
            continue;
        }
        str text = surface_slice(p->on, w->lo, w->hi);
        unit_id unit = unit_parse(text, true);
        bool sized = unit != UNIT_NONE && unit_get(unit)->dimension != DIM_COUNT;
        if (fact_has_stem(f, w->stem) || is_synonym(j, f, p, i)) {
            s.own = true;
        } else if (sized) {
            enum unit_dimension d = unit_get(unit)->dimension;
            s.own = s.own || (d == f->dimension && !dimension_is_common(d)); /* "W", "tok/s" name their metric */
        } else if (!(w->cues & CUE_STOP) && !doubt_word(p, i, GENERIC) && !byte_is_digit(text.p[0]) &&
                   !fact_has_condition_stem(f, w->stem) && !is_owner_stem(j, f, w->stem)) {
            s.foreign = true;
        }
    }
    return s;
}

/* "| kettleness | 9 min 13 s |" under "whole programme" */
static bool names_another(judge *j, const passage *p, const numeric_fact *f) {
    head_words label = read_heading(j, p->label, f), column = read_heading(j, p->column, f);
    if (label.own || column.own) return false;
    if (label.entity && !column.entity) return column.foreign;
    if (column.entity && !label.entity) return label.foreign;
    return label.foreign || column.foreign;
}

/* ---- ratios, differences, periods ---- */

static bool is_relative(const passage *p, uint32_t i) {
    return doubt_word(p, i,
                      "ratio factor relative difference delta gain saving saved share change gap vs versus "
                      "faster slower");
}

/* "× tern", "x one": what stands there is multiplied. */
static bool begins_with_times(const passage *p) {
    str text = str_trim(passage_text(p));
    if (str_starts(text, STR("\xc3\x97"))) return true;
    return text.n > 2 && (text.p[0] == 'x' || text.p[0] == 'X') && text.p[1] == ' ';
}

enum period { PERIOD_NONE, PERIOD_HOUR, PERIOD_DAY, PERIOD_WEEK, PERIOD_MONTH, PERIOD_YEAR };

static enum period period_of(str text) {
    static const char *const words[] = {"",
                                        "hour hours hourly",
                                        "day days daily night nights nightly",
                                        "week weeks weekly",
                                        "month months monthly",
                                        "year years yearly annual annually"};
    for (enum period k = PERIOD_HOUR; k <= PERIOD_YEAR; k++)
        if (str_is_among(text, words[k])) return k;
    return PERIOD_NONE;
}

static bool knows_period(const numeric_fact *f, enum period period) {
    static const char *const words[] = {
        "", "hour hourly", "day daily night nightly", "week weekly", "month monthly", "year yearly annual annually"};
    str rest = str_from_cstr(words[period]), one;
    while (str_cut(&rest, ' ', &one))
        if (fact_has_stem(f, fact_stem(one)) || fact_has_condition_stem(f, fact_stem(one))) return true;
    return false;
}

/* Is the word part of a name of ours of several words, the "nightly" of the "nightly check"? */
static bool is_in_name(const passage *p, uint32_t i) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h - p->hit_lo < 64; h++)
        if (p->on->hits[h].words > 1 && hit_has(&p->on->hits[h], ALIAS_ENTITY) &&
            p->on->hits[h].where.lo <= p->words[i].lo && p->on->hits[h].where.hi >= p->words[i].hi)
            return true;
    return false;
}

/* "per year", "a year", "yearly" of a fact whose name says "monthly" */
static bool is_of_another_period(const passage *p, const numeric_fact *f) {
    bool known = false;
    for (enum period k = PERIOD_HOUR; k <= PERIOD_YEAR; k++) known = known || knows_period(f, k);
    for (uint32_t i = 0; i < words_of(p); i++) {
        str text = surface_slice(p->on, p->words[i].lo, p->words[i].hi);
        enum period of = period_of(text);
        if (of == PERIOD_NONE || is_in_name(p, i)) continue;
        bool each = (i > 0 && doubt_word(p, i - 1, "per a an each every")) || str_ends(text, STR("ly")) ||
                    str_eq_nocase(text, STR("annual"));
        if (each && known && !knows_period(f, of)) return true;
    }
    return false;
}

static const char *doubt_of_words(judge *j, const passage *p, const numeric_fact *f) {
    for (int side = 0; side < 2; side++) {
        passage *head = heading(j, side ? p->label : p->column);
        if (!head) continue;
        if (f->kind != FACT_DERIVED && begins_with_times(head)) OBJECT(j, "its heading makes it a ratio");
        for (uint32_t i = 0; i < words_of(head) && f->kind != FACT_DERIVED; i++)
            if (is_relative(head, i) && !fact_has_stem(f, head->words[i].stem))
                OBJECT(j, "its heading makes it a ratio");
        if (is_of_another_period(head, f)) OBJECT(j, "its heading says another period");
    }
    return NULL;
}

/* ---- lines that are cases ---- */

static bool is_bare_number(const passage *p, double *value) {
    decimal d;
    str text = str_trim(passage_text(p));
    if (!decimal_parse(text, false, &d)) return false;
    *value = decimal_to_f64(d);
    return true;
}

/* Is the line headed by a number, another one by another, and none of the fact's conditions says this one's? */
static bool is_another_case(judge *j, const passage *p, const numeric_fact *f, bool across) {
    uint32_t own = across ? p->column : p->label;
    double value, other;
    if (own == PASSAGE_NONE || !is_bare_number(&j->passages[own], &value)) return false;
    for (uint32_t i = 0; i < f->condition_count; i++)
        if (f->conditions[i].is_number && f->conditions[i].value == value) return false;
    for (int side = 0; side < 2; side++)
        for (uint32_t step = 1; step < LINE_REACH; step++) {
            if (side ? own + step >= j->passage_count : step > own) break;
            const passage *q = &j->passages[side ? own + step : own - step];
            if (q->kind != PASSAGE_CELL) break;
            bool header = q->flags & PASSAGE_HEADER_CELL, label = q->flags & PASSAGE_LABEL_CELL;
            if (across ? !header || label : !label || header) continue;
            if (is_bare_number(q, &other) && other != value) return true;
        }
    return false;
}

/* "tern, 96 cores only", "tern without its card" */
static bool is_restricted(const passage *p) {
    for (uint32_t i = 1; i < words_of(p); i++)
        if (doubt_word(p, i, "only alone without") && !doubt_word(p, i + 1, "the")) return true;
    return false;
}

/* Does another row's label name the same one thing, in other words? */
static bool has_twin_row(judge *j, const passage *p) {
    uint32_t entity = p->label == PASSAGE_NONE ? MANIFEST_NONE : cell_line_entity(j, p->label), own = p->label;
    if (entity == MANIFEST_NONE) return false;
    for (int side = 0; side < 2; side++)
        for (uint32_t step = 1; step < LINE_REACH; step++) {
            if (side ? own + step >= j->passage_count : step > own) break;
            uint32_t at = side ? own + step : own - step;
            const passage *q = &j->passages[at];
            if (q->kind != PASSAGE_CELL) break;
            if (!(q->flags & PASSAGE_LABEL_CELL) || q->flags & PASSAGE_HEADER_CELL) continue;
            if (cell_line_entity(j, at) == entity) return true;
        }
    return false;
}

/* ---- states ---- */

/* A fact of a state ("idle") among others of the metric, where nothing says that state. */
static bool is_of_unstated_state(judge *j, const passage *p, const numeric_fact *f) {
    const uint32_t frames[4] = {p->label, p->column, p->lead, p->heading};
    for (uint32_t i = 0; f->kind == FACT_BENCHMARK && i < f->condition_count; i++) {
        const fact_condition *c = &f->conditions[i];
        bool told = !str_is_among(c->of->value, "idle asleep sleeping standby off full empty cold busy");
        for (int k = 0; k < 4 && !told; k++) {
            passage *q = heading(j, frames[k]);
            for (uint32_t w = 0; q && w < q->word_count && w < 64; w++) told = told || q->words[w].stem == c->last;
        }
        if (!told) return true;
    }
    return false;
}

const char *doubt_of_headings(judge *j, const passage *p, const numeric_fact *f) {
    if (p->label == PASSAGE_NONE) return NULL;
    const char *words = doubt_of_words(j, p, f);
    if (words) return words;
    if (is_another_case(j, p, f, false) || is_another_case(j, p, f, true)) OBJECT(j, "its line is another case");
    passage *label = heading(j, p->label);
    if (is_restricted(label)) OBJECT(j, "its row is a case");
    if (!j->by_row && f->kind == FACT_ATTR && has_twin_row(j, p)) OBJECT(j, "the rows are cases of one thing");
    if (j->by_line) return NULL;
    if (is_of_unstated_state(j, p, f)) OBJECT(j, "its state is not stated");
    if (dimension_is_common(f->dimension) && p->word_count <= TOLD_WORDS && names_another(j, p, f))
        OBJECT(j, "its headings name another thing");
    return NULL;
}
