/* settings.c - bare numbers that a setting's name makes a size: max_connections = 120, backoff_s 90, quota=200G.
 *
 * In: a number, or in code a number with the letter of a power ("200G", "512mb"), and the name right before it. Out:
 * the name's hit, and the unit where the name ends in one ("_s", "_ms", "_mb"). A letter says neither 1000 nor 1024:
 * such a size agrees in either reading. Nothing is judged here.
 */
#include "facts/numbers/question.h"

#include "lex/decimal.h"

/* Only words that may part a setting's name from its value? `owner`: the name of an entity among them, "the batch size
 * of Tesseract is 25". */
static bool is_assignment(str between, str owner) {
    ptrdiff_t named = owner.n ? str_find(between, owner, 0) : -1;
    if (named >= 0)
        return is_assignment(str_slice(between, 0, named), (str){0}) &&
               is_assignment(str_slice(between, named + owner.n, between.n), (str){0});
    static const char *const words[] = {"is",  "of",   "at",   "to",  "was", "has", "set",
                                        "for", "down", "went", "the", "a",   "on",  "in"};
    uint32_t at = 0, lo, hi, n = 0;
    for (ptrdiff_t i = 0; i < between.n; i++)
        if (between.p[i] == ',' || between.p[i] == ';' || between.p[i] == '.') return false;
    while (fact_word_next(between, &at, &lo, &hi)) {
        bool known = false;
        for (size_t k = 0; k < COUNT_OF(words); k++)
            known = known || str_eq_nocase(str_slice(between, (ptrdiff_t)lo, (ptrdiff_t)hi), str_from_cstr(words[k]));
        if (!known || ++n > 3) return false;
    }
    return true;
}

/* "backoff_s", "limit_mb": where the name ends whose last part is a unit; `at` itself when none is. */
static uint32_t suffix_end(const passage *p, uint32_t at, uint32_t limit, unit_id *unit) {
    static const struct {
        const char *suffix, *unit;
    } suffixes[] = {{"s", "s"},     {"sec", "s"},       {"secs", "s"},  {"seconds", "s"}, {"ms", "ms"},
                    {"min", "min"}, {"minutes", "min"}, {"hours", "h"}, {"days", "day"},  {"kb", "kB"},
                    {"mb", "MB"},   {"gb", "GB"},       {"bytes", "B"}};
    const uint8_t *text = p->on->text.p;
    if (at + 1 >= limit || text[at] != '_') return at;
    uint32_t end = at + 1;
    while (end < limit && byte_is_alnum(text[end])) end++;
    str said = surface_slice(p->on, at + 1, end);
    for (size_t i = 0; i < COUNT_OF(suffixes); i++)
        if (str_eq_nocase(said, str_from_cstr(suffixes[i].suffix))) {
            *unit = unit_parse(str_from_cstr(suffixes[i].unit), true);
            return end;
        }
    return at;
}

/* Is a bare number worth a claim? Only where a setting or an attribute is named right before it. */
const alias_hit *setting_of(judge *j, passage *p, const token *t, unit_id *unit) {
    if (!j->m || !j->about_us) return NULL;
    if (p->kind == PASSAGE_CELL || p->flags & PASSAGE_TERMINAL || is_year_like(t) || t->flags & TOKEN_SPELLED)
        return NULL;
    uint32_t first, end;
    str owner = {0};
    passage_hit_window(p, t->text.lo, t->text.hi, &first, &end);
    for (uint32_t h = end; h > first; h--) {
        const alias_hit *hit = &p->on->hits[h - 1];
        if (hit->where.hi > t->text.lo || hit->inside >= 0) continue;
        if (!hit_has(hit, ALIAS_ATTR) && !hit_has(hit, ALIAS_METRIC)) {
            if (hit_has(hit, ALIAS_ENTITY)) owner = surface_slice(p->on, hit->where.lo, hit->where.hi);
            continue;
        }
        /* "--max-concurrency 8" is not the concurrency */
        const uint8_t *text = p->on->text.p;
        uint32_t lo = hit->where.lo;
        if (lo > p->text.lo + 1 && (text[lo - 1] == '-' || text[lo - 1] == '_') && byte_is_alnum(text[lo - 2]))
            return NULL;
        for (uint32_t w = 1; w < p->word_count && p->words[w].lo <= hit->where.lo; w++) /* "I count 31": a verb */
            if (p->words[w].lo == hit->where.lo && word_in(p, w - 1, "i we you they he she")) return NULL;
        unit_id of_name = UNIT_NONE;
        uint32_t from = suffix_end(p, hit->where.hi, t->text.lo, &of_name);
        if (!is_assignment(surface_slice(p->on, from, t->text.lo), owner)) return NULL;
        if (unit) *unit = of_name;
        return hit;
    }
    return NULL;
}

bool give_setting(judge *j, passage *p, token *t) {
    unit_id unit = UNIT_NONE;
    if (t->kind != TOKEN_NUMBER || !setting_of(j, p, t, &unit)) return false;
    if (unit == UNIT_NONE) return true;
    t->kind = TOKEN_QUANTITY;
    t->unit = unit;
    t->unit_text = (text_range){0};
    return true;
}

bool read_code_size(const passage *p, token *t) {
    static const char *const units[] = {"kB", "MB", "GB", "TB"};
    str text = surface_slice(p->on, t->text.lo, t->text.hi);
    ptrdiff_t n = 0;
    while (n < text.n && (byte_is_digit(text.p[n]) || text.p[n] == '.')) n++;
    if (!n || n == text.n || !decimal_parse(str_slice(text, 0, n), false, &t->value)) return false;
    str rest = str_slice(text, n + 1, text.n);
    ptrdiff_t power = str_find_byte(STR("kmgt"), byte_lower(text.p[n]), 0);
    if (power < 0 ||
        (rest.n && !str_eq_nocase(rest, STR("b")) && !str_eq_nocase(rest, STR("i")) && !str_eq_nocase(rest, STR("ib"))))
        return false;
    t->kind = TOKEN_QUANTITY;
    t->unit = unit_parse(str_from_cstr(units[power]), true);
    t->unit_text = (text_range){0};
    return true;
}

/* Is the owner named before a verb of having, and that before the number, and is no part taken of it? */
static bool is_had_in_all(judge *j, passage *p, uint32_t owner, uint32_t lo) {
    uint32_t named = UINT32_MAX;
    bool had = false;
    passage_prepare(j, p);
    if (p->kind != PASSAGE_SENTENCE || p->cues & (CUE_MODAL | CUE_FUTURE | CUE_PARTIAL)) return false;
    if (word_in(p, 0, "of from among in")) return false; /* "Of the collection 40 open reels are lost" */
    for (uint32_t h = p->hit_lo; h < p->hit_hi && named == UINT32_MAX && p->on->hits[h].where.hi <= lo; h++)
        if (hit_entity(j, &p->on->hits[h], -1) == owner) named = p->on->hits[h].where.hi;
    for (uint32_t i = 0; i < p->word_count && p->words[i].hi <= lo; i++) {
        if (word_in(p, i, "to")) return false;
        had = had || (p->words[i].lo >= named &&
                      word_in(p, i, "comprises contains has holds includes counts numbers consists owns"));
    }
    return had;
}

/* "The collection comprises 212 open reels": behind a bare number stands the name of an attribute that counts, in
 * several words. */
bool give_counted_name(judge *j, passage *p, token *t) {
    uint32_t first, end, at = t->text.hi + 1;
    passage_hit_window(p, at, at, &first, &end);
    for (uint32_t h = first; h < end; h++) {
        const alias_hit *hit = &p->on->hits[h];
        str said = surface_slice(p->on, hit->where.lo, hit->where.hi);
        ptrdiff_t last = said.n;
        while (last > 0 && said.p[last - 1] != ' ') last--;
        if (hit->where.lo != at || last == 0 || !byte_is_alpha(said.p[0])) continue;
        for (uint32_t k = 0; k < hit->target_count && k < 8; k++) {
            if (hit->targets[k].kind != ALIAS_ATTR) continue;
            const manifest_attr *attr = &j->m->attrs[hit->targets[k].index];
            if (!attr->view_count || !fact_index_noun(j->index, fact_stem(attr->views[0].quantity.unit))) continue;
            if (!is_had_in_all(j, p, attr->entity, t->text.lo)) continue;
            t->unit = UNIT_COUNT;
            t->flags |= TOKEN_COUNTED;
            t->unit_text = (text_range){hit->where.lo + (uint32_t)last, hit->where.hi};
            t->text.hi = hit->where.hi;
            return true;
        }
    }
    return false;
}
