/* version_dates.c - when did a version come, and when did it go?
 *
 *     | component | now    | before | changed on |        a row of a component, and a date under "changed", "since"
 *     | Blender   | 4.5.3  | 4.2.9  | 2026-04-18 |
 *     "we went to 7.1.3 on 14 February"                   the day that the version came
 *     "it has been 8.12 since 3 June 2025"                the same
 *     "until 9 March we ran 1.7.4"                        the day that it went
 *
 *     | Gitea 1.22 to 1.24 | 2025-09-15 |                 both ends of a move, on the row's day
 *
 * In: a date beside a version that the component of the row or of the clause has or had. Out: a claim that agrees or
 * disagrees with the declared history. A date without a year agrees with the day of any. Where a machine is named the
 * date may be that machine's alone, and a sentence of several dates may tell of one day each: these are supported,
 * never contradicted. What the history does not date is left alone.
 */
#include "facts/versions/versions.h"

#include "manifest/date.h"

typedef prose_date when;

enum { LEAP_YEAR = 2024 }; /* without a year, 29 February is a day */

static unsigned month_of(str word_text) {
    static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    if (word_text.n < 3) return 0;
    for (unsigned m = 0; m < 12; m++)
        if (str_eq_nocase(str_slice(word_text, 0, 3), str_make(names + 3 * m, 3))) return m + 1;
    return 0;
}

/* "2026-04-18", "14 February", "3 June 2025", "June 3rd, 2025": a day; false where one of its parts is missing, and of
 * "31 February". */
bool prose_date_read(str text, prose_date *out) {
    day_number day;
    *out = (when){0};
    if (date_parse(text, &day)) {
        date_split(day, &out->year, &out->month, &out->day);
        return true;
    }
    for (ptrdiff_t i = 0; i < text.n;) {
        ptrdiff_t end = i;
        if (byte_is_digit(text.p[i])) {
            unsigned value = 0;
            while (end < text.n && byte_is_digit(text.p[end]) && end - i < 5)
                value = value * 10 + (unsigned)(text.p[end++] - '0');
            if (end - i == 4)
                out->year = value;
            else if (end - i <= 2)
                out->day = value;
            else
                return false;
        } else if (byte_is_alpha(text.p[i])) {
            while (end < text.n && byte_is_alpha(text.p[end])) end++;
            unsigned month = month_of(str_slice(text, i, end));
            if (month) out->month = month;
        } else {
            end++;
        }
        i = end;
    }
    return out->month && out->day && date_make(out->year ? out->year : LEAP_YEAR, out->month, out->day);
}

bool version_day(const judge *j, str text, day_number *day) {
    when w;
    if (!prose_date_read(text, &w)) return false;
    if (w.year) {
        *day = date_make(w.year, w.month, w.day);
        return *day != 0;
    }
    unsigned year, month, of_month;
    if (!j->day) return false;
    date_split(j->day, &year, &month, &of_month);
    if (w.month > month || (w.month == month && w.day > of_month)) year--;
    *day = date_make(year, w.month, w.day);
    return *day != 0;
}

static bool is_day(const when *w, day_number day) {
    unsigned year, month, of_month;
    if (!day) return false;
    date_split(day, &year, &month, &of_month);
    return w->month == month && w->day == of_month && (!w->year || w->year == year);
}

/* The places in a component's history that a version has, as bits: bit i the i-th period, bit history_count what runs.
 */
static uint64_t places_of(const manifest_version *v, str stated) {
    uint64_t places = 0;
    for (uint32_t i = 0; i < v->history_count && i < 62; i++)
        if (version_agrees(v, stated, v->history[i].version)) places |= (uint64_t)1 << i;
    if (v->text.n && v->history_count < 62 && version_agrees(v, stated, v->text))
        places |= (uint64_t)1 << v->history_count;
    return places;
}

/* Is it the day of another change? Then the version beside it may be the one that is wrong. */
static bool is_any_change(const manifest_version *v, const when *w) {
    for (uint32_t i = 0; i < v->history_count; i++)
        if (is_day(w, v->history[i].from) || is_day(w, v->history[i].to)) return true;
    return false;
}

void version_judge_day(judge *j, passage *p, const token *t, uint32_t entity, const when *w, day_number day,
                       bool agrees, enum day_proof proof) {
    const manifest_entity *e = &j->m->entities[entity];
    if (!agrees && proof == DAY_PROVES_ONLY) return;
    stance_view s = stance_at(j, p, t->text.lo, t->text.hi);
    if (s.stance != STANCE_ASSERTED && s.stance != STANCE_HISTORICAL) return;
    if (!agrees && (s.loose || s.denied || s.others)) return;
    claim *c = claim_add(j, p, t->text.lo, t->text.hi, CLAIM_VERSION, &s);
    if (!c || c->verdict == VERDICT_NOT_ABOUT_US) return;
    j->said_here = proof == DAY_OF_CHANGE;
    c->subject = e->id;
    c->normal = !w->day   ? surface_slice(p->on, t->text.lo, t->text.hi)
                : w->year ? judge_printf(j, "%04u-%02u-%02u", w->year, w->month, w->day)
                          : judge_printf(j, "--%02u-%02u", w->month, w->day);
    str says = arena_str(j->a, str_from_cstr(date_format(day).text));
    if (agrees)
        claim_supported(j, c, &e->version.fact, says, STR("the day of the change"));
    else
        claim_contradicted(j, c, &e->version.fact, says, judge_printf(j, "the change was on %.*s", STR_ARG(says)));
}

/* ---- rows ---- */

static bool is_date_column(judge *j, const passage *p) {
    if (p->column == PASSAGE_NONE || p->label == PASSAGE_NONE || p->flags & PASSAGE_HEADER_CELL) return false;
    passage *column = &j->passages[p->column];
    passage_prepare(j, column);
    return column->word_count && column->word_count < 4 &&
           (word_in(column, 0, "changed since on upgraded updated replaced installed date upgrade") ||
            word_in(column, column->word_count - 1, "since changed"));
}

/* The component that a row's label names, and the place of the newest version that its cells state. `*sound`: each of
 * them states another place, so that the date must be the one that is wrong. */
static bool row_of(judge *j, const passage *p, uint32_t *entity, uint32_t *newest, bool *sound) {
    const passage *label = &j->passages[p->label];
    binding b = {.n = 0};
    bind_inside(j, label, label->text.lo, label->text.hi, &b);
    if (b.n != 1) return false;
    const manifest_version *v = &j->m->entities[b.entity[0]].version;
    uint64_t places = 0;
    *sound = true;
    for (uint32_t i = p->label; i < j->passage_count && i < p->label + 16; i++) {
        const passage *q = &j->passages[i];
        if (i != p->label && q->label != p->label) break;
        if (q == p) continue;
        for (uint32_t k = q->token_lo; k < q->token_hi && k < q->token_lo + 8; k++) {
            const token *x = &q->on->tokens[k];
            if (x->kind != TOKEN_VERSION && x->kind != TOKEN_NUMBER && x->kind != TOKEN_IDENT) continue;
            uint64_t own = places_of(v, surface_slice(q->on, x->core.lo, x->core.hi));
            *sound = *sound && (own || x->kind == TOKEN_IDENT) && !(own & places) && !(own & (own - 1));
            places |= own;
        }
    }
    if (!places) return false;
    *entity = b.entity[0];
    for (*newest = 63; !(places >> *newest & 1);) --*newest;
    return true;
}

/* ---- sentences ---- */

bool version_names_machine(const judge *j, const passage *p) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++) {
        uint32_t e = hit_entity(j, &p->on->hits[h], -1);
        if (e != MANIFEST_NONE && (j->m->entities[e].kind == ENTITY_HOST || j->m->entities[e].kind == ENTITY_HARDWARE))
            return true;
    }
    return false;
}

uint32_t version_word_before(const passage *p, uint32_t lo) {
    uint32_t before = passage_word_before(p, lo);
    return before != UINT32_MAX && p->words[before].hi + 2 > lo ? before : UINT32_MAX;
}

/* The version whose coming or going the date tells: right before "on", "since" and "until", or behind a date that the
 * sentence begins with. NULL when none does. */
static const token *version_beside(const passage *p, const token *t, uint32_t lead) {
    static const char arrivals[] = "to in live installed ran run had it was been";
    const token *before = NULL, *behind = NULL;
    for (uint32_t i = p->token_lo; i < p->token_hi && i < p->token_lo + 64; i++) {
        const token *x = &p->on->tokens[i];
        if (x->kind != TOKEN_VERSION && x->kind != TOKEN_NUMBER) continue;
        if (str_find_byte(surface_slice(p->on, x->core.lo, x->core.hi), '.', 0) < 1) continue;
        if (x->text.hi <= p->words[lead].lo && p->words[lead].lo - x->text.hi <= 3) before = x;
        if (x->text.lo >= t->text.hi && !behind) behind = x;
    }
    if (before) return before;
    if (!behind || behind->text.lo - t->text.hi > 60 || lead > 1) return NULL;
    uint32_t word_lead = version_word_before(p, behind->text.lo);
    return word_lead != UINT32_MAX && word_in(p, word_lead, arrivals) ? behind : NULL;
}

static bool tells_change(const passage *p) {
    for (uint32_t i = 0; i < p->word_count && i < 64; i++)
        if (word_in(p, i, "went moved upgraded updated switched came installed replaced brought arrived migrated"))
            return true;
    return false;
}

static void judge_sentence(judge *j, passage *p, const token *t, const when *w) {
    uint32_t lead = version_word_before(p, t->text.lo);
    if (lead == UINT32_MAX || !word_in(p, lead, "on since until") || (word_is(p, lead, "on") && !tells_change(p)))
        return;
    const token *x = version_beside(p, t, lead);
    if (!x) return;
    token as_version = *x;
    binding b = {.n = 0};
    as_version.kind = TOKEN_VERSION;
    bind_version(j, p, &as_version, &b);
    if (b.n != 1 || !b.strong) return;
    const manifest_version *v = &j->m->entities[b.entity[0]].version;
    uint64_t places = places_of(v, surface_slice(p->on, x->core.lo, x->core.hi));
    if (!places || places & (places - 1)) return; /* none, or several periods */
    uint32_t at = 0, dates = 0;
    while (!(places >> at & 1)) at++;
    bool until = word_is(p, lead, "until") || (word_is(p, lead, "on") && version_is_past_place(j, p, x));
    day_number day = until ? version_went(v, at) : version_came(v, at);
    if (!day) return;
    for (uint32_t i = p->token_lo; i < p->token_hi && i < p->token_lo + 64; i++)
        dates += p->on->tokens[i].kind == TOKEN_DATE;
    bool may = word_is(p, lead, "on") ? dates == 1 && !version_names_machine(j, p) : !version_names_machine(j, p);
    version_judge_day(j, p, t, b.entity[0], w, day, is_day(w, day),
                      may && !is_any_change(v, w) ? DAY_OF_VERSION : DAY_PROVES_ONLY);
}

void judge_version_date(judge *j, passage *p, const token *t) {
    when w;
    size_t before = j->claims->n;
    if (!j->m || !j->about_us) return;
    passage_prepare(j, p);
    if (p->kind == PASSAGE_SENTENCE) judge_change_date(j, p, t);
    if (j->claims->n > before || !prose_date_read(surface_slice(p->on, t->text.lo, t->text.hi), &w)) return;
    if (p->kind == PASSAGE_SENTENCE) {
        judge_sentence(j, p, t, &w);
        return;
    }
    uint32_t entity, newest;
    bool sound;
    if (p->kind != PASSAGE_CELL || !is_date_column(j, p) || !row_of(j, p, &entity, &newest, &sound)) return;
    if (str_trim(passage_text(p)).n > (ptrdiff_t)(t->text.hi - t->text.lo) + 4) return;
    const manifest_version *v = &j->m->entities[entity].version;
    day_number day = version_came(v, newest);
    if (day)
        version_judge_day(j, p, t, entity, &w, day, is_day(&w, day),
                          sound && !is_any_change(v, &w) ? DAY_OF_VERSION : DAY_PROVES_ONLY);
}

/* ---- the two ends of a move ---- */

static bool is_of_version(uint8_t c) {
    return byte_is_digit(c) || byte_is_alpha(c) || c == '.' || c == '-' || c == '_';
}

/* "1.22 to 1.24", "1.22.3 → 1.24.6": the other end; `*later`: it is the one that the move led to. Empty where the
 * version is no end of a move that is written so. */
static str other_end(const passage *p, const token *t, bool *later) {
    static const char *const links[] = {"to ", "\xe2\x86\x92", "->", "to Version ", "to version "};
    str behind = str_trim(surface_slice(p->on, t->text.hi, p->text.hi));
    str before = str_trim(surface_slice(p->on, p->text.lo, t->text.lo));
    for (size_t k = 0; k < COUNT_OF(links); k++) {
        str link = str_from_cstr(links[k]), bare = str_trim(link);
        if (str_starts(behind, link)) {
            str rest = str_trim(str_slice(behind, link.n, behind.n));
            ptrdiff_t n = 0;
            while (n < rest.n && is_of_version(rest.p[n])) n++;
            while (n && !byte_is_digit(rest.p[n - 1]) && !byte_is_alpha(rest.p[n - 1])) n--;
            *later = true;
            if (n && byte_is_digit(rest.p[0])) return str_slice(rest, 0, n);
        }
        if (str_ends(before, bare) && before.n > bare.n && !byte_is_alpha(before.p[before.n - bare.n - 1])) {
            str rest = str_trim(str_slice(before, 0, before.n - bare.n));
            ptrdiff_t n = rest.n;
            while (n && is_of_version(rest.p[n - 1])) n--;
            *later = false;
            if (n < rest.n && byte_is_digit(rest.p[n])) return str_slice(rest, n, rest.n);
        }
    }
    return (str){0};
}

/* The one day that a cell's row states, or its own passage; false where there is none, or several. */
static bool day_of_row(const judge *j, const passage *p, when *w) {
    bool found = false;
    uint32_t own = (uint32_t)(p - j->passages),
             from = p->kind == PASSAGE_CELL && p->label != PASSAGE_NONE ? p->label : own;
    for (uint32_t i = from; i < j->passage_count && i < from + 16; i++) {
        const passage *q = &j->passages[i];
        if (i != from && (p->kind != PASSAGE_CELL || q->label != from)) break;
        for (uint32_t k = q->token_lo; k < q->token_hi && k < q->token_lo + 32; k++) {
            when read;
            const token *x = &q->on->tokens[k];
            if (x->kind != TOKEN_DATE || !prose_date_read(surface_slice(q->on, x->text.lo, x->text.hi), &read))
                continue;
            if (found) return false;
            *w = read;
            found = true;
        }
    }
    return found;
}

enum move_end version_move_end(judge *j, passage *p, const token *t, uint32_t entity, str stated, uint32_t *change) {
    const manifest_version *v = &j->m->entities[entity].version;
    bool later;
    str other = other_end(p, t, &later);
    if (!other.n || !v->history_count || v->history_count > 61) return MOVE_NONE;
    uint64_t own = places_of(v, stated), far = places_of(v, other);
    uint64_t from = later ? own : far, to = later ? far : own;
    when w = {0};
    if (day_of_row(j, p, &w))
        for (uint32_t i = 1; i <= v->history_count; i++) {
            if (!is_day(&w, version_came(v, i))) continue;
            *change = i;
            if (own >> (later ? i - 1 : i) & 1) return MOVE_AGREES;
            return p->kind == PASSAGE_CELL && own | far ? MOVE_DISAGREES : MOVE_NONE;
        }
    for (uint32_t i = 1; i <= v->history_count; i++)
        if (from >> (i - 1) & 1 && to >> i & 1) return *change = i, MOVE_AGREES;
    return MOVE_NONE;
}

/* ---- on the day that the place tells of ---- */

const manifest_period *version_period_told(judge *j, passage *p, const manifest_version *v, bool *told) {
    day_number first, last;
    *told = told_days(j, p, &first, &last);
    if (!*told) return NULL;
    for (uint32_t i = 0; i < v->history_count; i++)
        if (v->history[i].from && v->history[i].to && v->history[i].from <= first && last < v->history[i].to)
            return &v->history[i];
    return NULL;
}

/* "**2nd.** SGLang comes in at 0.5.5": what arrives on the day of an entry is there from that day on. */
bool version_is_arrival(judge *j, passage *p, const token *t, const binding *b) {
    day_number first, last;
    uint32_t from, end, lo = 0, words = 0;
    if (p->kind != PASSAGE_SENTENCE || !b->n || !told_days(j, p, &first, &last)) return false;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (hit_entity(j, hit, -1) == b->entity[0] && hit->where.hi < t->text.lo) lo = hit->where.hi;
    }
    if (!lo) return false;
    passage_window(p, lo, t->text.lo, &from, &end);
    bool arrives = false;
    for (uint32_t i = from; i < end; i++) {
        if (p->words[i].lo < lo || p->words[i].hi > t->text.lo) continue;
        if (!word_in(p, i, "comes came arrives arrived enters entered joins joined moves moved in as at to"))
            return false;
        arrives = arrives || word_in(p, i, "comes came arrives arrived enters entered joins joined moves moved");
        words++;
    }
    for (uint32_t k = lo; k < t->text.lo; k++)
        if (strchr(",;:.()", p->on->text.p[k])) return false;
    return arrives && words > 1;
}
