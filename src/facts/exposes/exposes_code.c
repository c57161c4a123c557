/* exposes_code.c - a listing of a service's tools in code.
 *
 *     {"name": "blog_search",  "description": "…"},      two lines of one shape name listed items: the lines of that
 *     {"name": "article_fetch", …},                      shape are its tools
 *     {"name": "score_draft", …}                         and the closed list does not hold this one
 *
 * In: a line of code. Shapes: "name": "x" in JSON, name: x in YAML, a function below a decorator of tools, an
 * identifier that is its line or its bullet. Out: a claim of the identifier, which is split at _ and -; contradicted
 * where none of its words is one of an item that no other line names. Lines of another indentation are other things:
 * the arguments of a tool have names, too.
 */
#include "facts/exposes/exposes.h"

enum { CODE_READ = 256, WORDS_READ = 8 };

enum shape { SHAPE_NONE, SHAPE_JSON, SHAPE_YAML, SHAPE_FUNCTION, SHAPE_BARE };

typedef struct entry {
    enum shape shape;
    uint32_t lo, hi; /* of the identifier, in its line */
} entry;

static bool is_name_byte(uint8_t c) { return byte_is_alnum(c) || c == '_' || c == '-' || c == '.' || c == ' '; }

/* The identifier that begins at `lo`, up to the byte `closes`, or to the line's end where that is 0. */
static bool read_name(str line, ptrdiff_t lo, uint8_t closes, entry *e) {
    ptrdiff_t hi = lo;
    while (hi < line.n && is_name_byte(line.p[hi])) hi++;
    bool closed = closes ? hi < line.n && line.p[hi] == closes : hi == line.n;
    while (hi > lo && line.p[hi - 1] == ' ') hi--;
    e->lo = (uint32_t)lo;
    e->hi = (uint32_t)hi;
    return closed && hi > lo + 2;
}

static entry read_entry(str line, str above) {
    entry e = {SHAPE_NONE, 0, 0};
    ptrdiff_t at = str_find(line, STR("\"name\""), 0), first = 0;
    if (at >= 0) {
        for (at += 6; at < line.n && strchr(": ", line.p[at]); at++) {
        }
        if (at < line.n && line.p[at] == '"' && read_name(line, at + 1, '"', &e)) e.shape = SHAPE_JSON;
        return e;
    }
    while (first < line.n && line.p[first] == ' ') first++;
    bool bullet = first + 2 < line.n && strchr("-*", line.p[first]) && line.p[first + 1] == ' ';
    str rest = str_slice(line, first + (bullet ? 2 : 0), line.n);
    ptrdiff_t lo = line.n - rest.n;
    if (str_starts(rest, STR("name: "))) {
        if (read_name(line, lo + 6, 0, &e)) e.shape = SHAPE_YAML;
    } else if (str_starts(rest, STR("def ")) || str_starts(rest, STR("async def "))) {
        lo += str_starts(rest, STR("def ")) ? 4 : 10;
        above = str_trim(above);
        bool tool = str_starts(above, STR("@")) && str_find(above, STR("tool"), 0) >= 0;
        if (tool && read_name(line, lo, '(', &e)) e.shape = SHAPE_FUNCTION;
    } else if (read_name(line, lo, 0, &e)) {
        str name = str_slice(line, e.lo, e.hi);
        bool one = str_find_byte(name, ' ', 0) < 0;
        bool joined = str_find_byte(name, '_', 0) > 0 || str_find_byte(name, '-', 0) > 0;
        if (one && joined && !byte_is_digit(name.p[0]) && name.p[0] != '-') e.shape = SHAPE_BARE;
    }
    return e;
}

static entry entry_of(const judge *j, uint32_t i) {
    const passage *p = &j->passages[i];
    bool same = i > 0 && j->passages[i - 1].kind == PASSAGE_CODE && j->passages[i - 1].block == p->block;
    return read_entry(passage_text(p), same ? passage_text(&j->passages[i - 1]) : (str){0});
}

/* The stems of the words of an identifier; their number. */
static uint32_t split(str name, uint64_t *stems) {
    uint32_t n = 0;
    for (ptrdiff_t lo = 0, hi; lo < name.n && n < WORDS_READ; lo = hi + 1) {
        for (hi = lo; hi < name.n && !strchr("_-. ", name.p[hi]);) hi++;
        if (hi > lo) stems[n++] = fact_stem(str_slice(name, lo, hi));
    }
    return n;
}

/* How many of the words has the item, in one of its names; all: it is called so. */
static uint32_t shared_with(const manifest_item *item, str name, bool *all) {
    uint64_t stems[WORDS_READ];
    uint32_t n = split(name, stems), shared = 0;
    for (uint32_t k = 0; k < n; k++) shared += exposes_item_has_stem(item, stems[k]);
    *all = n > 0 && shared == n;
    for (uint32_t k = 0; k < item->aliases.n; k++) *all = *all || str_eq_nocase(item->aliases.at[k].text, name);
    return shared;
}

/* The items of the service that the lines of this one's shape name, from it on, in bits; `*count` of them. */
static uint64_t named_in(const judge *j, const passage *p, entry own, const manifest_entity *service, uint32_t *count) {
    uint32_t at = (uint32_t)(p - j->passages);
    uint64_t named = 0;
    *count = 0;
    for (uint32_t i = at; i < j->passage_count && i < at + CODE_READ && j->passages[i].block == p->block; i++) {
        entry e = entry_of(j, i);
        if (e.shape != own.shape || e.lo != own.lo) continue;
        for (uint32_t k = 0; k < service->exposes.n && k < 64; k++) {
            bool all;
            shared_with(&service->exposes.items[k], str_slice(passage_text(&j->passages[i]), e.lo, e.hi), &all);
            *count += all && !(named >> k & 1);
            if (all) named |= (uint64_t)1 << k;
        }
    }
    return named;
}

/* Whose tools the lines of the shape list: the one service of which they name two. */
static exposed_listing read_listing(const judge *j, const passage *p, entry e) {
    exposed_listing read = {.block = p->block, .shape = e.shape, .lo = e.lo};
    uint32_t count;
    for (uint32_t i = 0; i < j->m->entity_count && i < 1024; i++) {
        const manifest_entity *x = &j->m->entities[i];
        if (x->kind != ENTITY_SERVICE || x->exposes.world != WORLD_CLOSED || !x->exposes.fact.id.p) continue;
        uint64_t bits = named_in(j, p, e, x, &count);
        if (count < 2) continue;
        if (read.service) {
            read.service = NULL; /* of two, none is meant */
            return read;
        }
        read.service = x;
        read.named = bits;
    }
    return read;
}

void judge_exposed_code(judge *j, passage *p, exposed_listing *last) {
    entry e = entry_of(j, (uint32_t)(p - j->passages));
    if (!e.shape) return;
    last += (e.shape + e.lo) % CODE_LISTINGS;
    if (last->block != p->block || last->shape != e.shape || last->lo != e.lo) *last = read_listing(j, p, e);
    const manifest_entity *service = last->service;
    uint64_t named = last->named;
    if (!service) return;
    str name = str_slice(passage_text(p), e.lo, e.hi);
    for (uint32_t k = 0; k < service->exposes.n; k++) {
        bool all;
        uint32_t shared = shared_with(&service->exposes.items[k], name, &all);
        if (all || (shared && (k > 63 || !(named >> k & 1)))) return; /* a listed one, or perhaps */
    }
    uint32_t lo = p->text.lo + e.lo, hi = p->text.lo + e.hi;
    stance_view s = stance_at(j, p, lo, hi);
    if (s.denied || s.others || s.foreign) return;
    s.stance = STANCE_ASSERTED;
    claim *c = claim_add(j, p, lo, hi, CLAIM_EXPOSES, &s);
    if (!c || c->verdict == VERDICT_NOT_ABOUT_US) return;
    c->subject = service->id;
    claim_contradicted(j, c, &service->exposes.fact, exposes_list_text(j, &service->exposes),
                       judge_printf(j, "%.*s exposes a closed list of %u, this is not among them", STR_ARG(service->id),
                                    service->exposes.n));
}
