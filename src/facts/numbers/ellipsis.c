/* ellipsis.c - bare numbers that left out the unit of a quantity before them.
 *
 *     "8,310 transactions per second against 12,480"     the same again
 *     "612 W for tern, 334 for gull"                      the same preposition behind both
 *     "it promises 256 GB/s. I have measured 215."        at the end of a clause: nothing else is counted there
 *     "| idle / load | 96 / 742 W |", "32.5 and 63.4 GB"  one unit behind both
 *
 * In: a number token and what stands around it. Out: the token with a unit. The unit is a guess, save behind the same
 * preposition: a claim that rests on it may be supported, and is forgotten otherwise.
 */
#include "facts/numbers/question.h"

bool is_year_like(const token *t) {
    return t->kind == TOKEN_NUMBER && t->value.valid && t->value.scale == 0 && t->value.digits >= 1900 &&
           t->value.digits <= 2100;
}

/* "8,310 transactions per second against 12,480": a large bare number has the unit of the quantity before it. */
bool inherit_unit(const passage *p, uint32_t index, token *t) {
    if (t->kind != TOKEN_NUMBER || t->flags & TOKEN_SPELLED || t->value.digits < 100 || is_year_like(t)) return false;
    if (p->kind == PASSAGE_CODE || p->kind == PASSAGE_CELL) return false;
    for (uint32_t i = index; i > p->token_lo && index - i < 6; i--) {
        const token *before = &p->on->tokens[i - 1];
        if (before->kind != TOKEN_QUANTITY) continue;
        t->unit = before->unit;
        t->unit_text = before->unit_text;
        t->flags |= before->flags & TOKEN_COUNTED;
        return true;
    }
    return false;
}

/* The word right behind a number, when it is a preposition; empty otherwise. */
static str preposition_after(const passage *p, uint32_t at) {
    static const char *const words[] = {"for", "on", "in", "from", "at", "with", "through", "under", "without"};
    uint32_t from = at, lo, hi;
    str rest = surface_slice(p->on, 0, p->text.hi < at + 16 ? p->text.hi : at + 16);
    if (!fact_word_next(rest, &from, &lo, &hi) || lo != at + 1) return (str){0};
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (str_eq_nocase(surface_slice(p->on, lo, hi), str_from_cstr(words[i]))) return str_from_cstr(words[i]);
    return (str){0};
}

/* The last word that ends before `at`, and stands within a byte or two of it; UINT32_MAX when none does. */
static uint32_t word_right_before(const passage *p, uint32_t at) {
    uint32_t first, end, found = UINT32_MAX;
    passage_window(p, at, at, &first, &end);
    for (uint32_t i = first; i < end && p->words[i].hi <= at; i++) found = i;
    return found != UINT32_MAX && at - p->words[found].hi <= 2 ? found : UINT32_MAX;
}

/* "96 ms at forty requests a second and 186 at eighty": a quantity behind a preposition is a case, and lends nothing to
 * what stands before the same one. */
static bool is_case(const passage *p, const token *t) {
    uint32_t w = word_right_before(p, t->text.lo);
    return w != UINT32_MAX && word_in(p, w, "for on in from at with through under without");
}

/* "with it" beside "without the card" */
static bool is_same_place(str before, str mine) {
    return str_eq(before, mine) || (str_eq(mine, STR("with")) && str_eq(before, STR("without")));
}

/* "612 W for tern, 334 for gull": the same preposition behind both numbers; the second left its unit out. */
bool inherit_by_ellipsis(const passage *p, uint32_t index, token *t) {
    if (t->kind != TOKEN_NUMBER || t->flags & TOKEN_SPELLED || is_year_like(t) || p->kind != PASSAGE_SENTENCE)
        return false;
    str mine = preposition_after(p, t->text.hi);
    for (uint32_t i = index; i > p->token_lo && index - i < 6 && mine.n; i--) {
        const token *before = &p->on->tokens[i - 1];
        if (before->kind != TOKEN_QUANTITY) continue;
        str theirs = preposition_after(p, before->text.hi);
        if (!is_same_place(theirs, mine) && is_case(p, before)) continue;
        if (!is_same_place(theirs, mine) || before->flags & (TOKEN_INTERVAL | TOKEN_CHANGE)) return false;
        t->unit = before->unit;
        t->unit_text = before->unit_text;
        t->flags |= before->flags & TOKEN_COUNTED;
        return true;
    }
    return false;
}

static bool lends(const token *t) {
    enum unit_dimension d = unit_get(t->unit)->dimension;
    return t->kind == TOKEN_QUANTITY && t->unit_text.hi > t->unit_text.lo && d != DIM_NONE && d != DIM_COUNT &&
           d != DIM_PERCENT && d != DIM_RATIO && d != DIM_PARAMS && !(t->flags & TOKEN_RATIO);
}

static void take_unit(token *t, const token *from) {
    t->kind = TOKEN_QUANTITY;
    t->unit = from->unit;
    t->unit_text = from->unit_text;
}

/* Does the clause end behind the number, or go on with a word of a closed class? Then the number counts nothing. */
static bool ends_clause(const passage *p, const token *t) {
    static const char CLOSED[] = "and but or with on for under at when while which in from instead against";
    uint32_t at = t->text.hi, lo, hi;
    if (at >= p->text.hi) return true;
    uint8_t c = p->on->text.p[at];
    if (c == '.' || c == ',' || c == ';' || c == ':' || c == ')')
        return at + 1 >= p->text.hi || !byte_is_digit(p->on->text.p[at + 1]);
    str rest = surface_slice(p->on, 0, p->text.hi < at + 16 ? p->text.hi : at + 16);
    return c == ' ' && fact_word_next(rest, &at, &lo, &hi) && lo == t->text.hi + 1 &&
           str_is_among(surface_slice(p->on, lo, hi), CLOSED);
}

/* "from 287 MB to 241", "from 95 minutes to 74": the other end of a change. */
static bool is_other_end(const passage *p, const token *before, const token *t) {
    if (!str_eq(str_trim(surface_slice(p->on, before->text.hi, t->text.lo)), STR("to"))) return false;
    uint32_t w = word_right_before(p, before->text.lo);
    str said = surface_slice(p->on, before->text.lo, before->text.hi);
    return str_starts(said, STR("from ")) || (w != UINT32_MAX && word_is(p, w, "from"));
}

/* "took 48.9 s; … it takes 36.1", "segments 5.8 tiles a second, … segments 4.9": one verb right before both. */
static bool is_of_one_verb(const passage *p, const token *before, const token *t) {
    uint32_t a = word_right_before(p, before->text.lo), b = word_right_before(p, t->text.lo);
    if (a == UINT32_MAX || b == UINT32_MAX || a == b) return false;
    if (p->words[a].cues & CUE_TAKE && p->words[b].cues & CUE_TAKE) return true;
    return p->words[a].stem == p->words[b].stem && !(p->words[a].cues & (CUE_STOP | CUE_COMPARE | CUE_FILLER));
}

static bool ends_with_entity(const passage *p, uint32_t at) {
    uint32_t first, end;
    if (at <= p->text.lo + 1) return false;
    passage_hit_window(p, at - 1, at - 1, &first, &end);
    for (uint32_t h = first; h < end; h++)
        if (p->on->hits[h].where.hi + 1 == at && hit_has(&p->on->hits[h], ALIAS_ENTITY)) return true;
    return false;
}

/* "tern has 24 cores, gull 8": a name right before the number, and a name with its verb before the one that lends. */
static bool is_of_a_name(const passage *p, const token *before, const token *t) {
    uint32_t verb = word_right_before(p, before->text.lo);
    if (!ends_with_entity(p, t->text.lo) || verb == UINT32_MAX || t->text.lo - before->text.hi > 40) return false;
    if (before->unit_text.hi <= before->unit_text.lo || before->flags & TOKEN_RATIO) return false;
    return word_in(p, verb, "has have had takes take took draws needs gets reaches is") &&
           ends_with_entity(p, p->words[verb].lo);
}

bool inherit_by_structure(passage *p, uint32_t index, token *t) {
    enum { REACH = 6 };
    if (t->kind != TOKEN_NUMBER || t->flags & TOKEN_SPELLED || is_year_like(t) || p->kind != PASSAGE_SENTENCE ||
        !ends_clause(p, t))
        return false;
    for (uint32_t i = index; i > p->token_lo && index - i < REACH; i--) {
        const token *before = &p->on->tokens[i - 1];
        bool named = before->kind == TOKEN_QUANTITY && is_of_a_name(p, before, t);
        if (!(named || lends(before)) || before->flags & (TOKEN_INTERVAL | TOKEN_CHANGE)) continue;
        if (named) {
            take_unit(t, before);
            t->flags |= before->flags & TOKEN_COUNTED;
            return true;
        }
        if (!is_other_end(p, before, t) && !is_of_one_verb(p, before, t)) continue;
        take_unit(t, before);
        return true;
    }
    return false;
}

/* Does a verb that measures, or a preposition, stand right before it: no "page 12", no "preset 6"? */
static bool is_introduced(passage *p, const token *t) {
    static const char WORDS[] =
        "is was are were has had takes took pulls pulled draws drew reaches reached needs needed take reach weigh "
        "weighs "
        "measured gives gave gets got does did lasts lasted at to with its about only just of by";
    uint32_t first, end, before = UINT32_MAX;
    passage_window(p, t->text.lo, t->text.lo, &first, &end);
    for (uint32_t i = first; i < end && p->words[i].hi <= t->text.lo; i++) before = i;
    if (before == UINT32_MAX || t->text.lo - p->words[before].hi > 2) return false;
    passage_hit_window(p, p->words[before].lo, p->words[before].hi, &first, &end);
    for (uint32_t h = first; h < end; h++) /* "Central lasts 34 minutes, Mill Lane 41" */
        if (p->on->hits[h].where.hi == p->words[before].hi && hit_has(&p->on->hits[h], ALIAS_ENTITY)) return true;
    return t->text.lo - p->words[before].hi == 1 &&
           str_is_among(surface_slice(p->on, p->words[before].lo, p->words[before].hi), WORDS);
}

/* "96 / 742 W" */
static bool inherit_behind(const passage *p, uint32_t index, token *t) {
    if (index + 1 >= p->token_hi) return false;
    const token *next = &p->on->tokens[index + 1];
    if (!lends(next) || next->text.lo < t->text.hi || next->text.lo - t->text.hi > 3) return false;
    if (!str_eq(str_trim(surface_slice(p->on, t->text.hi, next->text.lo)), STR("/"))) return false;
    take_unit(t, next);
    return true;
}

/* "32.5 and 63.4 GB": one unit behind both, where a verb or a preposition leads to the first. */
bool inherit_by_coordination(passage *p, uint32_t index, token *t) {
    enum { ALIKE = 100 };
    if (t->kind != TOKEN_NUMBER || t->flags & TOKEN_SPELLED || is_year_like(t) || t->value.digits < 10) return false;
    if (index + 1 >= p->token_hi || p->kind != PASSAGE_SENTENCE) return false;
    const token *next = &p->on->tokens[index + 1];
    if (!lends(next) || next->flags & (TOKEN_INTERVAL | TOKEN_CHANGE) || next->text.lo < t->text.hi) return false;
    if (!str_eq(surface_slice(p->on, t->text.hi, next->text.lo), STR(" and ")) || next->bound != BOUND_EXACT)
        return false;
    double mine = decimal_to_f64(t->value), theirs = decimal_to_f64(next->value);
    if (!is_introduced(p, t) || mine > ALIKE * theirs || theirs > ALIKE * mine) return false; /* "1.7 and 0.0025 s" */
    take_unit(t, next);
    return true;
}

bool inherit_at_end(judge *j, passage *p, uint32_t index, token *t) {
    enum { REACH = 8 };
    if (t->kind != TOKEN_NUMBER || t->flags & TOKEN_SPELLED || is_year_like(t) || !t->value.digits) return false;
    if (inherit_behind(p, index, t)) return true;
    str before_it = surface_slice(p->on, p->text.lo, t->text.lo);
    if (str_ends(before_it, STR("factor of ")) || str_ends(before_it, STR("ratio of "))) return false;
    if (p->kind != PASSAGE_SENTENCE || !ends_clause(p, t) || !is_introduced(p, t)) return false;
    for (uint32_t i = index; i > p->token_lo && index - i < REACH; i--)
        if (lends(&p->on->tokens[i - 1])) {
            take_unit(t, &p->on->tokens[i - 1]);
            return true;
        }
    if (p->previous == PASSAGE_NONE || j->passages[p->previous].on != p->on) return false;
    const passage *before = &j->passages[p->previous];
    for (uint32_t i = before->token_hi; i > before->token_lo && before->token_hi - i < REACH; i--)
        if (lends(&before->on->tokens[i - 1])) {
            take_unit(t, &before->on->tokens[i - 1]);
            return true;
        }
    return false;
}
