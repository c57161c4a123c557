/* named_values.c - attributes whose value is a name: "quantized to MXFP4", "a Ryzen 9 7950X", "| CPU | Intel N100 |".
 *
 *     "AMD Ryzen 9 7950X" ──► "7950X", its last word, is looked up ──► the words before are compared, the maker's name
 *                                                                      may be missing ──► whose is it?
 *
 * In: a token that ends such a name. Out: a claim, supported where its owner or the attribute is named around. In a
 * table whose row or column is one entity, and whose other heading names the attribute, the value must be that
 * entity's: another one's is contradicted, and so is another model of the declared family ("EPYC 7402P" of "EPYC
 * 7302P"). In a sentence it is one where the machine "has" it, or a label says "CPU:". Elsewhere a name that no
 * attribute has makes no claim.
 */
#include "facts/numbers/cells.h"
#include "facts/reading/standing.h"

enum { VALUES_LOOKED_AT = 64 };

static uint64_t last_stem(str text) {
    uint32_t at = 0, lo, hi;
    uint64_t stem = 0;
    while (fact_word_next(text, &at, &lo, &hi)) stem = fact_stem(str_slice(text, (ptrdiff_t)lo, (ptrdiff_t)hi));
    return stem;
}

static bool is_mark(uint8_t c) {
    static const char MARKS[] = ",.;:!?()[]|*`\"";
    return memchr(MARKS, c, sizeof MARKS - 1) != NULL;
}

/* The blank-separated word around a token, without the marks at its ends. */
static text_range word_around(const passage *p, const token *t) {
    enum { LONGEST = 40 };
    text_range r = t->text;
    while (r.lo > p->text.lo && t->text.lo - r.lo < LONGEST && !byte_is_space(p->on->text.p[r.lo - 1])) r.lo--;
    while (r.hi < p->text.hi && r.hi - t->text.hi < LONGEST && !byte_is_space(p->on->text.p[r.hi])) r.hi++;
    while (r.lo < r.hi && is_mark(p->on->text.p[r.lo])) r.lo++;
    while (r.hi > r.lo && is_mark(p->on->text.p[r.hi - 1])) r.hi--;
    return r;
}

static bool has_digit(str s) {
    for (ptrdiff_t i = 0; i < s.n; i++)
        if (byte_is_digit(s.p[i])) return true;
    return false;
}

/* How many bytes before `hi` are the value, or its last two words or more; 0 when they are not. A value of one word
 * stands whole. */
static uint32_t value_length(const passage *p, uint32_t hi, str value) {
    for (ptrdiff_t from = 0; from >= 0 && from < value.n;) {
        str tail = str_slice(value, from, value.n);
        if (from && (str_find_byte(tail, ' ', 0) < 0 || !has_digit(tail))) return 0;
        if (tail.n <= (ptrdiff_t)(hi - p->text.lo)) {
            uint32_t lo = hi - (uint32_t)tail.n;
            bool begins = lo == p->text.lo || !byte_is_alnum(p->on->text.p[lo - 1]);
            if (begins && str_eq_nocase(surface_slice(p->on, lo, hi), tail)) return (uint32_t)tail.n;
        }
        ptrdiff_t blank = str_find_byte(value, ' ', from);
        from = blank < 0 ? -1 : blank + 1;
    }
    return 0;
}

static bool names_attr(const context *near, const manifest_attr *attr) {
    if (context_stem(near, last_stem(attr->name)) <= REGION_LABEL) return true;
    for (uint32_t i = 0; i < attr->aliases.n; i++)
        if (context_stem(near, last_stem(attr->aliases.at[i].text)) <= REGION_LABEL) return true;
    return false;
}

typedef struct match { /* of the values that stand there */
    const text_fact *best;
    const manifest_attr *other; /* the same attribute of the row's entity, which says something else */
    uint32_t length;
    uint8_t region;
} match;

/* The entity of the cell's row, or of its column; MANIFEST_NONE outside tables. */
static uint32_t line_entity(judge *j, const passage *p) {
    if (p->kind != PASSAGE_CELL || p->flags & (PASSAGE_LABEL_CELL | PASSAGE_HEADER_CELL)) return MANIFEST_NONE;
    uint32_t row = cell_line_entity(j, p->label), column = cell_line_entity(j, p->column);
    if (row != MANIFEST_NONE && column != MANIFEST_NONE && row != column) return MANIFEST_NONE;
    return row != MANIFEST_NONE ? row : column;
}

/* Does the cell hold nothing but the value, a maker's name apart? */
static bool is_whole_cell(const passage *p, uint32_t hi, uint32_t length) {
    enum { MAKER_BYTES = 12 };
    str text = str_trim(passage_text(p));
    return text.p + text.n == p->on->text.p + hi && text.n <= (ptrdiff_t)length + MAKER_BYTES;
}

static match find_match(judge *j, const passage *p, text_range last, const context *near, uint32_t line) {
    match m = {.region = REGION_COUNT + 1};
    uint32_t count;
    const uint32_t *found = fact_index_texts(j->index, surface_slice(p->on, last.lo, last.hi), &count);
    for (uint32_t i = 0; i < count && i < VALUES_LOOKED_AT; i++) {
        const text_fact *f = fact_index_text_at(j->index, found[i]);
        const manifest_attr *attr = &j->m->attrs[f->attr];
        uint32_t length = value_length(p, last.hi, f->value);
        if (!length) continue;
        enum region region = context_entity(near, attr->entity);
        if (attr->entity == line) region = REGION_CLAUSE;
        const manifest_attr *theirs = NULL;
        if (line != MANIFEST_NONE && attr->entity != line)
            theirs = manifest_find_attr(j->m, &j->m->entities[line], attr->name);
        bool better = !m.best || length > m.length || (length == m.length && region < m.region);
        if (!better) continue;
        m = (match){.best = f, .other = theirs, .length = length, .region = (uint8_t)region};
    }
    return m;
}

/* ---- a cell that is a name ---- */

enum { NAME_WORDS = 8 };

/* The words of a cell up to a comma or a parenthesis; 0 when it holds anything that is no name. */
static uint32_t name_words(judge *j, passage *p, str *words, text_range *range) {
    uint32_t n = 0, hi = p->text.lo;
    passage_prepare(j, p);
    for (; hi < p->text.hi; hi++) {
        uint8_t c = p->on->text.p[hi];
        bool grouped = c == ',' && hi + 1 < p->text.hi && byte_is_digit(p->on->text.p[hi + 1]); /* "7,302P" */
        if ((c == ',' && !grouped) || c == '(' || c == ';') break;
    }
    for (uint32_t i = p->token_lo; i < p->token_hi && i - p->token_lo < NAME_WORDS; i++) {
        uint8_t kind = p->on->tokens[i].kind;
        if (p->on->tokens[i].text.lo < hi && kind != TOKEN_IDENT && kind != TOKEN_NUMBER && kind != TOKEN_VERSION)
            return 0;
    }
    str rest = str_trim(surface_slice(p->on, p->text.lo, hi)), one;
    range->lo = (uint32_t)(rest.p - p->on->text.p);
    range->hi = range->lo + (uint32_t)rest.n;
    while (str_cut(&rest, ' ', &one)) {
        if (!one.n) continue;
        if (n == NAME_WORDS) return 0;
        words[n++] = one;
    }
    return n;
}

static bool value_has(str value, str one) {
    str part;
    while (str_cut(&value, ' ', &part))
        if (str_eq_letters(part, one)) return true;
    return false;
}

/* "EPYC 9354" of a 9354P: the number, less the letter behind it. */
static bool value_begins(str value, str one) {
    str part;
    while (str_cut(&value, ' ', &part))
        if (one.n > 2 && str_starts(part, one) && part.n <= one.n + 1) return true;
    return false;
}

static bool is_letters(str one) {
    for (ptrdiff_t i = 0; i < one.n; i++)
        if (!byte_is_alpha(one.p[i])) return false;
    return one.n > 2;
}

/* 7900X, 3960X, 9354P: three digits or more, with a letter or two behind them. */
static bool is_model_number(str one) {
    ptrdiff_t n = 0;
    while (n < one.n && byte_is_digit(one.p[n])) n++;
    ptrdiff_t letters = 0;
    while (n + letters < one.n && byte_is_alpha(one.p[n + letters])) letters++;
    return n > 2 && letters > 0 && letters < 3 && n + letters == one.n;
}

/* "Threadripper 3960X" of "Ryzen 9 7900X": under the attribute's own name, two model numbers are of two models. */
static bool is_other_number(str value, const str *words, uint32_t n) {
    str rest = value, part;
    bool theirs = false, ours = false;
    while (str_cut(&rest, ' ', &part)) theirs = theirs || is_model_number(part);
    for (uint32_t i = 0; i < n; i++) {
        if (value_has(value, words[i])) return false;
        ours = ours || is_model_number(words[i]);
    }
    return theirs && ours;
}

/* "EPYC 7402P" of "EPYC 7302P": a model of the same family with another number. One that shares no word, or lacks the
 * number, may be another way to say it. */
static bool is_other_model(str value, const str *words, uint32_t n) {
    bool family = false, number = false;
    for (uint32_t i = 0; i < n; i++) {
        bool mine = value_has(value, words[i]) || (has_digit(words[i]) && value_begins(value, words[i]));
        family = family || (mine && is_letters(words[i]));
        number = number || (!mine && has_digit(words[i]));
    }
    return family && number;
}

static bool is_machine(const judge *j, uint32_t entity) {
    uint8_t kind = j->m->entities[entity].kind;
    return kind == ENTITY_HARDWARE || kind == ENTITY_HOST;
}

/* The one machine that the place's clause names before it, else the sentence that leads in, else the heading; where
 * none does, the only one there is. MANIFEST_NONE where several are named. */
static uint32_t machine_spoken_of(judge *j, const context *near, enum region from) {
    for (enum region r = from; r <= REGION_HEADING; r++) {
        uint32_t found = MANIFEST_NONE;
        for (uint32_t i = 0; i < near->mention_count; i++) {
            const mention *x = &near->mentions[i];
            if (x->region != r || !is_machine(j, x->entity)) continue;
            if (r == REGION_CLAUSE && x->hit && x->hit->where.lo >= near->lo) continue;
            if (found != MANIFEST_NONE && found != x->entity) return MANIFEST_NONE;
            found = x->entity;
        }
        if (found != MANIFEST_NONE) return found;
    }
    uint32_t only = MANIFEST_NONE;
    for (uint32_t i = 0; i < j->m->entity_count; i++) {
        if (j->m->entities[i].kind != ENTITY_HARDWARE) continue;
        if (only != MANIFEST_NONE) return MANIFEST_NONE;
        only = i;
    }
    return only;
}

/* The attribute of the line's entity that the cell's other heading names, when its value is a name. */
static const manifest_attr *named_attr_of_cell(judge *j, passage *p, uint32_t *owner) {
    if (p->label == PASSAGE_NONE || p->column == PASSAGE_NONE) return NULL;
    uint32_t own = (uint32_t)(p - j->passages);
    for (int side = 0; side < 5; side++) {
        bool column = side & 1; /* the column is the entity's, the label names the attribute */
        uint32_t entity = MANIFEST_NONE;
        if (side < 4) {
            entity = side < 2 ? cell_line_entity(j, column ? p->column : p->label) : cell_voted_entity(j, own, column);
        } else if (j->passages[p->label].column + 1 == p->column) { /* "| Component | Details |" of one machine */
            context near;
            context_make(j, p, p->text.lo, p->text.hi, &near);
            entity = machine_spoken_of(j, &near, REGION_LEAD);
            column = true;
        }
        if (entity == MANIFEST_NONE) continue;
        const manifest_entity *e = &j->m->entities[entity];
        for (uint32_t i = 0; i < e->attr_count; i++) {
            const manifest_attr *attr = &j->m->attrs[e->first_attr + i];
            if (attr->views[0].quantity.number.valid || attr->view_count != 1) continue;
            if (!cell_names_attr(j, column ? p->label : p->column, attr)) continue;
            *owner = entity;
            return attr;
        }
    }
    return NULL;
}

/* The claim of a cell that holds another model's name than the one declared. */
static bool judge_named_cell(judge *j, passage *p) {
    str words[NAME_WORDS];
    text_range range;
    uint32_t owner, n;
    if (p->kind != PASSAGE_CELL || p->flags & (PASSAGE_LABEL_CELL | PASSAGE_HEADER_CELL)) return false;
    const manifest_attr *attr = named_attr_of_cell(j, p, &owner);
    if (!attr || !(n = name_words(j, p, words, &range))) return false;
    str value = attr->views[0].quantity.value;
    if (!is_other_model(value, words, n) && !is_other_number(value, words, n)) return false;
    stance_view s = stance_at(j, p, range.lo, range.hi);
    if (s.denied || s.others) return false;
    claim *c = claim_add(j, p, range.lo, range.hi, CLAIM_HARDWARE, &s);
    take_tokens(p, range.lo, range.hi); /* "EPYC 9454P, 48 cores": the cores are judged by themselves */
    if (!c) return true;
    c->subject = j->m->entities[owner].id;
    claim_contradicted(j, c, &attr->fact, value,
                       judge_printf(j, "%.*s is not %.*s", STR_ARG(c->quote), STR_ARG(value)));
    return true;
}

/* ---- a sentence that gives a machine another model ---- */

static bool is_name_word(const passage *p, uint32_t i) {
    uint8_t c = p->on->text.p[p->words[i].lo];
    return (byte_is_alpha(c) && !(c & 0x20)) || byte_is_digit(c);
}

/* The words of the name that holds the bytes [lo, hi), each one blank from the next; in `first` the index of its
 * first. */
static uint32_t run_of_name(const passage *p, text_range at, str *words, text_range *range, uint32_t *first) {
    uint32_t i = standing_word_over(p, at.lo), n = 0;
    if (i == p->word_count || !is_name_word(p, i)) return 0;
    while (i > 0 && is_name_word(p, i - 1) && p->words[i - 1].hi + 1 == p->words[i].lo &&
           p->on->text.p[p->words[i - 1].hi] == ' ')
        i--;
    *first = i;
    *range = (text_range){p->words[i].lo, p->words[i].hi};
    for (; i < p->word_count && n < NAME_WORDS && is_name_word(p, i); i++) {
        if (n && (p->words[i].lo != range->hi + 1 || p->on->text.p[range->hi] != ' ')) break;
        words[n++] = surface_slice(p->on, p->words[i].lo, p->words[i].hi);
        range->hi = p->words[i].hi;
    }
    return n;
}

/* "It has a Ryzen 7 5800X with 8 cores", "They are equipped with the M2 Pro", "- **CPU:** EPYC 9654": a machine that is
 * named or pointed at has, in the present, another model of the family that is declared of it. */
static bool judge_other_model(judge *j, passage *p, const token *t) {
    str words[NAME_WORDS];
    text_range range;
    uint32_t first, n, from = 0;
    if (p->kind != PASSAGE_SENTENCE || !j->m || !j->about_us) return false;
    passage_prepare(j, p);
    n = run_of_name(p, t->text, words, &range, &first);
    if (!n || first == 0 || p->cues & (CUE_WAS | CUE_PAST)) return false;
    bool label = p->flags & PASSAGE_IN_LIST && first < 3 &&
                 str_find_byte(surface_slice(p->on, p->text.lo, range.lo), ':', 0) > 0;
    uint32_t verb = word_in(p, first - 1, "a an the") ? first - 1 : first;
    bool had = verb > 1 && (word_in(p, verb - 1, "has have uses features carries") ||
                            (word_in(p, verb - 1, "with") && word_in(p, verb - 2, "equipped")));
    if (!label && !had) return false;
    bool points = word_in(p, 0, "it they both these each") && verb <= 4;
    context near;
    context_make(j, p, range.lo, range.hi, &near);
    from = points || label ? REGION_LEAD : REGION_CLAUSE;
    uint32_t entity = machine_spoken_of(j, &near, (enum region)from);
    if (entity == MANIFEST_NONE || (!points && !label && context_entity(&near, entity) > REGION_CLAUSE)) return false;
    const manifest_entity *e = &j->m->entities[entity];
    for (uint32_t i = 0; i < e->attr_count; i++) {
        const manifest_attr *attr = &j->m->attrs[e->first_attr + i];
        if (attr->view_count != 1 || attr->views[0].quantity.number.valid) continue;
        str value = attr->views[0].quantity.value;
        if (!is_other_model(value, words, n)) continue;
        stance_view s = stance_at(j, p, range.lo, range.hi);
        if (s.denied || s.others || s.past || s.loose) return false;
        claim *c = claim_add(j, p, range.lo, range.hi, CLAIM_HARDWARE, &s);
        take_tokens(p, range.lo, range.hi);
        if (!c) return true;
        c->subject = e->id;
        claim_contradicted(j, c, &attr->fact, value,
                           judge_printf(j, "%.*s is not %.*s", STR_ARG(c->quote), STR_ARG(value)));
        return true;
    }
    return false;
}

void judge_named_value(judge *j, passage *p, uint32_t index) {
    const token *t = &p->on->tokens[index];
    if (p->kind == PASSAGE_CELL && index == p->token_lo && (t->kind == TOKEN_IDENT || t->kind == TOKEN_NUMBER) &&
        judge_named_cell(j, p))
        return;
    if ((t->kind != TOKEN_IDENT && t->kind != TOKEN_NUMBER) || token_lies_in_name(p, t)) return;
    text_range last = word_around(p, t);
    uint32_t count;
    for (uint32_t k = last.hi; k > last.lo; k--) /* "AMD EPYC 7302P" is one name to the lexer */
        if (p->on->text.p[k - 1] == ' ') {
            last.lo = k;
            break;
        }
    fact_index_texts(j->index, surface_slice(p->on, last.lo, last.hi), &count);
    if (!count && judge_other_model(j, p, t)) return;
    if (!count || p->flags & PASSAGE_HEADER_CELL) return;
    context near;
    context_make(j, p, last.lo, last.hi, &near);
    uint32_t line = line_entity(j, p);
    match m = find_match(j, p, last, &near, line);
    if (!m.best) return;
    const manifest_attr *attr = &j->m->attrs[m.best->attr];
    bool named = names_attr(&near, attr), swapped = m.other && named && is_whole_cell(p, last.hi, m.length);
    if (!named && m.region > REGION_HEADING) return;
    text_range where = {last.hi - m.length, last.hi};
    stance_view s = stance_at(j, p, where.lo, where.hi);
    if (s.denied || s.others) return;
    claim *c = claim_add(j, p, where.lo, where.hi, CLAIM_HARDWARE, &s);
    if (!c) return;
    p->on->used[index] = 1;
    const manifest_entity *owner = &j->m->entities[swapped ? line : attr->entity];
    c->subject = owner->id;
    if (!swapped) {
        claim_supported(j, c, &attr->fact, m.best->value, STR("the declared value"));
        return;
    }
    str says = m.other->view_count ? m.other->views[0].quantity.value : (str){0};
    claim_contradicted(j, c, &m.other->fact, says,
                       judge_printf(j, "%.*s is not %.*s; it belongs to %.*s", STR_ARG(m.best->value), STR_ARG(says),
                                    STR_ARG(j->m->entities[attr->entity].id)));
}
