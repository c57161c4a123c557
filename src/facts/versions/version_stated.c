/* version_stated.c - does a token state a version, and which?
 *
 *     0.17.0, `image:v0.17.0`             the lexer says so itself
 *     "| vLLM | 0.17 |", "perch 2031.7"   a number, in a column of versions or right behind a component
 *     cuda-toolkit-13-0                   what stands behind a component's name in a package's
 *
 * In: a token in its passage. Out: the version as text, or nothing. Whose it is, is for version_bind.c; whether it is
 * right, for versions.c.
 */
#include "facts/reading/standing.h"
#include "facts/versions/versions.h"

/* The version as it is written inside a package name or a tag: "13-0" of cuda-toolkit-13-0. */
static str dotted(judge *j, str text) {
    str copy = arena_str(j->a, text);
    for (ptrdiff_t i = 0; i + 1 < copy.n; i++)
        if (copy.p[i] == '-' && byte_is_digit(copy.p[i + 1])) ((uint8_t *)copy.p)[i] = '.'; /* our own copy */
    ptrdiff_t n = 0;
    while (n < copy.n && (byte_is_digit(copy.p[n]) || copy.p[n] == '.')) n++;
    return str_slice(copy, 0, n);
}

static bool is_version_cell(judge *j, const passage *p) {
    if (p->kind != PASSAGE_CELL || p->flags & PASSAGE_HEADER_CELL || p->column == PASSAGE_NONE) return false;
    passage *column = &j->passages[p->column];
    passage_prepare(j, column);
    if (column->cues & CUE_VERSIONISH) return true;
    if (p->label == PASSAGE_NONE || !is_installed_column(j, (passage *)p)) return false;
    binding named = {.n = 0}; /* under "before", in the row of a component */
    passage *label = &j->passages[p->label];
    bind_inside(j, label, label->text.lo, label->text.hi, &named);
    return named.n > 0;
}

/* "perch 2031.7 on port 8400": a number with a point right behind a component is its version, if no unit follows. */
static bool follows_component(judge *j, const passage *p, const token *t, str text) {
    static const char units[] = "times seconds percent million billion tokens hours minutes points";
    bool meta = p->kind == PASSAGE_FIELD || /* applies_to: slurm 26.05 */
                (p->kind == PASSAGE_CELL && t->text.hi == p->text.hi);
    if ((p->kind != PASSAGE_SENTENCE && !meta) || !j->about_us || str_find_byte(text, '.', 0) < 1) return false;
    for (uint32_t i = standing_word_at(p, t->text.hi); i < p->word_count && p->words[i].lo <= t->text.hi + 1; i++)
        if (word_in(p, i, units)) return false;
    if (t->text.hi < p->text.hi && p->on->text.p[t->text.hi] == '%') return false;
    uint32_t first, end;
    passage_hit_window(p, t->text.lo, t->text.hi, &first, &end);
    for (uint32_t h = first; h < end; h++) {
        binding one = {.n = 0};
        if (p->on->hits[h].where.hi + 1 != t->text.lo || p->on->text.p[p->on->hits[h].where.hi] != ' ') continue;
        add_component(j, &one, &p->on->hits[h]);
        if (one.n && hit_entity(j, &p->on->hits[h], ENTITY_COMPONENT) != MANIFEST_NONE) return true;
    }
    return false;
}

/* "vLLM (0.75 of 121.7)": so much of another number. */
static bool is_share_of_number(const passage *p, const token *t) {
    str behind = surface_slice(p->on, t->text.hi, p->text.hi);
    return str_starts(behind, STR(" of ")) && behind.n > 4 && byte_is_digit(behind.p[4]);
}

/* 2031.7: a year, a point, a month. */
static bool is_calendar(str text) {
    uint64_t year, month;
    ptrdiff_t point = str_find_byte(text, '.', 0);
    return point == 4 && count_dots(text) == 1 && str_to_u64(str_slice(text, 0, 4), &year) && year >= 2000 &&
           year < 2100 && str_to_u64(str_slice(text, 5, text.n), &month) && month >= 1 && month <= 12;
}

/* The numbers of a release up to the second point, "12.2" of 12.2.1; false where there is no point. */
static bool read_release(str text, unsigned part[2]) {
    ptrdiff_t at = 0;
    for (int k = 0; k < 2; k++, at++) {
        ptrdiff_t lo = at;
        for (part[k] = 0; at < text.n && byte_is_digit(text.p[at]) && at < lo + 6; at++)
            part[k] = part[k] * 10 + (unsigned)(text.p[at] - '0');
        if (at == lo || (k == 0 && (at == text.n || text.p[at] != '.'))) return false;
    }
    return true;
}

/* "12.4" where 13.0.2 runs, "22.04" of 24.04, "585.12" of 580.95.05: could the number be a release of the component by
 * its size? "0.85" is none of 0.17.0. */
bool version_is_near(const judge *j, uint32_t entity, str text) {
    str now = j->m->entities[entity].version.text;
    unsigned own[2], said[2];
    uint64_t whole;
    if (count_dots(text) > count_dots(now) || !read_release(now, own)) return false;
    if (text.n < 4 && str_to_u64(text, &whole)) /* a branch: 570 of 580.95.05, 12 of 13.0.2 */
        return own[0] >= 100 ? whole >= 100 : own[0] > 2 && whole + 3 >= own[0] && whole <= own[0] + 3;
    if (!read_release(text, said)) return false;
    unsigned apart = own[0] > said[0] ? own[0] - said[0] : said[0] - own[0];
    if (own[0] >= 100) return said[0] >= 100 && said[0] < 1000;
    if (own[0] == 0 || apart == 0) return apart == 0 && (own[1] > said[1] ? own[1] - said[1] : said[1] - own[1]) <= 12;
    bool calendar = own[0] >= 15 && now.p[3] == '0'; /* 24.04: years and months */
    return calendar ? apart <= 8 && said[1] <= 12 && text.n == 5 : apart <= 3;
}

/* "RLM is at 16.0", "MetalLB (2031.7 at present)": a number with a point that is bound to a component beyond doubt, and
 * could be a version of it, or a release by the calendar. */
static bool is_bound_number(judge *j, const passage *p, const token *t, str text) {
    if (p->kind != PASSAGE_SENTENCE || !j->about_us || p->hit_lo == p->hit_hi || count_dots(text) < 1) return false;
    binding b = {.n = 0};
    token as_version = *t;
    as_version.kind = TOKEN_VERSION;
    passage_prepare(j, (passage *)p);
    if (!version_stands_alone(p, t)) return false;
    bind_version(j, (passage *)p, &as_version, &b);
    if (!b.n || !b.strong) return false;
    bool item = p->flags & PASSAGE_IN_LIST && t->text.hi + 1 >= p->text.hi; /* "- CUDA toolkit – 12.8" */
    if (item && version_is_near(j, b.entity[0], text)) return true;
    return is_calendar(text) || version_fits(j, b.entity[0], text);
}

/* "CUDA is pinned to 12.4", "Ubuntu is kept on 22.04", "CUDA stands at 12.2": what a component is held at, or stands
 * at, and could be a release of it. "A driver that reports itself as 585.12": what it says of itself. */
static bool is_held_at(judge *j, const passage *p, const token *t, str text) {
    if (p->kind != PASSAGE_SENTENCE || !j->about_us || p->hit_lo == p->hit_hi || str_find_byte(text, '.', 0) < 1)
        return false;
    passage_prepare(j, (passage *)p);
    uint32_t i = standing_word_over(p, t->text.lo), from, end;
    if (i < 2 || p->words[i - 1].hi + 1 != t->text.lo || !word_in(p, i - 1, "to at on as is")) return false;
    bool moved = i > 3 && word_is(p, i - 1, "to") && word_in(p, i - 2, "upgraded updated bumped raised downgraded") &&
                 word_in(p, i - 3, "was is been") && version_stands_alone(p, t);
    bool held = moved || (i > 2 && word_in(p, i - 2, "pinned held kept fixed frozen locked set"));
    bool stands = word_in(p, i - 1, "at on") && version_stands_alone(p, t) &&
                  word_in(p, i - 2, "is stands sits stays remains still currently now been");
    bool is = word_is(p, i - 1, "is") && version_stands_alone(p, t); /* "the CUDA toolkit is 12.6" */
    bool itself = i > 3 && word_is(p, i - 1, "as") && word_is(p, i - 2, "itself") && version_stands_alone(p, t) &&
                  word_in(p, i - 3, "reports identifies");
    if (!held && !stands && !itself && !is) return false;
    uint32_t first = is ? i - 1 : stands ? i - 2 : i - 3;
    while (
        first > 0 &&
        word_in(p, first, "is are was been has had stands sits stays remains still currently now reports identifies"))
        first--;
    if (itself && word_in(p, first, "that which") && first > 0) first--;
    passage_hit_window(p, p->words[first].lo, p->words[first].hi, &from, &end);
    for (uint32_t h = from; h < end && p->on->hits[h].where.lo < t->text.lo; h++) {
        binding one = {.n = 0};
        if (p->on->hits[h].where.hi != p->words[first].hi) continue;
        add_component(j, &one, &p->on->hits[h]);
        if (!one.n || !j->m->entities[one.entity[0]].version.text.n) continue;
        return held ? !is_calendar(text) : version_is_near(j, one.entity[0], text);
    }
    return false;
}

/* A plain "16.12" in prose is a version where a component of the sentence has, or had, exactly it. */
static bool is_known_version(judge *j, const passage *p, const token *t, str text) {
    if (p->kind == PASSAGE_CODE || !j->about_us || str_find_byte(text, '.', 0) < 1) return false;
    uint32_t count, first, end;
    const uint32_t *entities = fact_index_version(j->index, text, &count);
    passage_hit_window(p, t->text.lo, t->text.hi, &first, &end);
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t h = first; h < end; h++)
            if (hit_entity(j, &p->on->hits[h], -1) == entities[i]) return true;
    return false;
}

static bool has_point(str text) { return str_find_byte(text, '.', 0) > 0; }

/* "vllm<tab>8<tab>112": a whole number that stands apart in a line of output counts something. */
static bool is_column_of_counts(const passage *p, const token *t, str text) {
    for (ptrdiff_t i = 0; i < text.n; i++)
        if (!byte_is_digit(text.p[i])) return false;
    if (p->kind != PASSAGE_CODE || t->core.lo < p->text.lo + 2) return false;
    const uint8_t *before = p->on->text.p + t->core.lo;
    return before[-1] == '\t' || (before[-1] == ' ' && before[-2] == ' ');
}

/* "cuda:0", "gpu:1": a device by its number. */
static bool is_device(const passage *p, const token *t, str tag) {
    str whole = surface_slice(p->on, t->text.lo, t->text.hi);
    return tag.n == 1 && byte_is_digit(tag.p[0]) && whole.n > 2 && whole.p[whole.n - 2] == ':' &&
           str_is_among(str_slice(whole, 0, whole.n - 2), "cuda gpu hip xpu mps npu tpu rocm cpu device");
}

str version_stated(judge *j, const passage *p, const token *t) {
    str text = surface_slice(p->on, t->core.lo, t->core.hi);
    if ((t->kind == TOKEN_VERSION || t->kind == TOKEN_NUMBER) && is_column_of_counts(p, t, text)) return (str){0};
    if (t->kind == TOKEN_VERSION && version_is_compilers(p, t)) {
        ptrdiff_t point = str_find_byte(text, '.', str_find_byte(text, '.', 0) + 1);
        return point > 0 ? str_slice(text, 0, point) : text;
    }
    if ((t->kind == TOKEN_VERSION || t->kind == TOKEN_NUMBER) && count_dots(text) == 1 && is_share_of_number(p, t))
        return (str){0};
    if (t->kind == TOKEN_VERSION) return text;
    if (is_device(p, t, text)) return (str){0};
    if (t->kind == TOKEN_IMAGE) return text.n < surface_slice(p->on, t->text.lo, t->text.hi).n ? text : (str){0};
    binding branch = {.n = 0};
    if (bind_series(j, (passage *)p, t, &branch)) return text;
    if (t->kind == TOKEN_NUMBER) {
        binding moved = {.n = 0};
        bool version = is_version_cell(j, p) || is_known_version(j, p, t, text) || follows_component(j, p, t, text) ||
                       bind_move(j, (passage *)p, t, &moved) || bind_anaphora(j, (passage *)p, t, &moved) ||
                       bind_table_release(j, (passage *)p, t, &moved) || bind_answer(j, (passage *)p, t, &moved) ||
                       bind_context(j, (passage *)p, t, &moved) || is_bound_number(j, p, t, text) ||
                       is_held_at(j, p, t, text) || bind_short_name(j, (passage *)p, t, &moved) ||
                       bind_alone(j, (passage *)p, t, &moved) ||
                       (j->about_us && has_point(text) && bind_query(j, (passage *)p, t, &moved));
        return version ? text : (str){0};
    }
    if (t->kind != TOKEN_IDENT) return (str){0};
    for (uint32_t h = p->hit_lo; h < p->hit_hi && p->on->hits[h].where.lo <= t->text.lo; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (hit->where.lo != t->text.lo || hit->where.hi > t->text.hi) continue;
        uint32_t entity = MANIFEST_NONE;
        for (uint32_t k = 0; k < hit->target_count; k++)
            if ((hit->targets[k].kind == ALIAS_ENTITY || hit->targets[k].kind == ALIAS_PACKAGE) &&
                has_version(j, hit->targets[k].index))
                entity = hit->targets[k].index;
        if (entity == MANIFEST_NONE) continue;
        str rest = surface_slice(p->on, hit->where.hi, t->text.hi);
        if (rest.n > 1 && rest.p[0] == '-' && version_is_instance(j, entity, str_slice(rest, 1, rest.n))) continue;
        if (rest.n > 1 && (rest.p[0] == '-' || rest.p[0] == '@' || rest.p[0] == '=') && byte_is_digit(rest.p[1]))
            return dotted(j, str_slice(rest, 1, rest.n));
    }
    return (str){0};
}
