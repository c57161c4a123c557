/* about.c - is this article about the operation?
 *
 * Facts bind only where the article speaks of the machines that the manifest declares: it names a host or hardware
 * alias outside quotations, or the operator's configuration says so. A name that only this operation can mean (more
 * than one word, a digit, a mixed-case or dotted name) decides alone. A name that is an ordinary word or a common
 * acronym (VPS, Spark, quay) decides only where somebody speaks of their own machine: "my", "our", "I run"; or where
 * four of them stand in cells of their own, since nobody else's table has the same four machines.
 */
#include "facts/reading/reading.h"

static bool is_quoted(const judge *j, const passage *p, const alias_hit *h) {
    if (p->flags & PASSAGE_IN_QUOTE) return true;
    if (p->on->of) return false;
    uint32_t lo = 0, hi = j->art->quote_count;
    while (lo < hi) {
        uint32_t middle = lo + (hi - lo) / 2;
        if (j->art->quotes[middle].hi <= h->where.lo)
            lo = middle + 1;
        else
            hi = middle;
    }
    return lo < j->art->quote_count && j->art->quotes[lo].lo <= h->where.lo && h->where.hi <= j->art->quotes[lo].hi;
}

static bool is_distinctive(str name) {
    bool digit = false, lower_upper = false, upper = false;
    for (ptrdiff_t i = 0; i < name.n; i++) {
        digit = digit || byte_is_digit(name.p[i]);
        lower_upper = lower_upper || (i && byte_is_alpha(name.p[i]) && !(name.p[i] & 0x20) && (name.p[i - 1] & 0x20) &&
                                      byte_is_alpha(name.p[i - 1]));
        upper = upper || (byte_is_alpha(name.p[i]) && !(name.p[i] & 0x20));
    }
    bool many = str_find_byte(name, ' ', 0) > 0;
    return digit || lower_upper || (many && upper && name.n > 6) || str_find_byte(name, '.', 1) > 0;
}

/* "| | rook | wren | linnet | heron |": the name is all that its cell says. */
static bool is_alone_in_cell(const passage *p, const alias_hit *h) {
    str said = str_trim(passage_text(p));
    while (said.n && strchr("`*", said.p[0])) said = str_slice(said, 1, said.n);
    while (said.n && strchr("`*", said.p[said.n - 1])) said.n--;
    return p->kind == PASSAGE_CELL && said.n == (ptrdiff_t)(h->where.hi - h->where.lo);
}

enum { WORDS_A_MENTION = 400, CELLS_THAT_DECIDE = 4 };

/* "I", "my", "our": whose machine is it? Second-person guides say "we" too, so "we" alone decides nothing; nor do two
 * in the hundred thousand words of a change log, where a host that bears an ordinary word's name is always found. */
static bool speaks_of_itself(judge *j) {
    uint32_t mine = 0;
    const uint64_t i_hash = str_hash(STR("i")), my = str_hash(STR("my")), our = str_hash(STR("our"));
    for (uint32_t w = 0; w < j->art->word_count; w++) {
        uint64_t h = j->art->words[w].hash;
        if (h == i_hash || h == my || h == our) mine += !(j->art->words[w].flags & (WORD_QUOTED | WORD_CODE));
    }
    return mine >= 2 && mine >= j->art->word_count / WORDS_A_MENTION;
}

void about_decide(judge *j) {
    j->main_hardware = MANIFEST_NONE;
    if (!j->m) return;
    j->entity_seen = ARENA_ARRAY(j->a, uint64_t, j->m->entity_count / 64 + 1);
    struct {
        uint32_t entity, times;
        bool in_cell;
    } named[64]; /* machines, in the order of their first mention; more than 64 are no longer counted */
    uint32_t named_count = 0, in_cells = 0;
    if (!j->entity_seen) {
        j->failed = true;
        return;
    }
    bool distinctive = false, generic = false;
    for (uint32_t i = 0; i < j->passage_count; i++) {
        const passage *p = &j->passages[i];
        for (uint32_t h = p->hit_lo; h < p->hit_hi; h++) {
            const alias_hit *hit = &p->on->hits[h];
            uint32_t entity = hit_entity(j, hit, -1);
            if (entity == MANIFEST_NONE) continue;
            j->entity_seen[entity / 64] |= (uint64_t)1 << entity % 64;
            uint8_t kind = j->m->entities[entity].kind;
            if ((kind != ENTITY_HARDWARE && kind != ENTITY_HOST) || is_quoted(j, p, hit)) continue;
            if (inside_opaque(p, hit->where.lo, hit->where.hi)) continue;
            uint32_t k = 0;
            while (k < named_count && named[k].entity != entity) k++;
            if (k == named_count && k < COUNT_OF(named)) {
                named[k].entity = entity;
                named[named_count].in_cell = false;
                named[named_count++].times = 0;
            }
            if (k < named_count) named[k].times++;
            if (k < named_count && !named[k].in_cell && is_alone_in_cell(p, hit)) {
                named[k].in_cell = true;
                in_cells++;
            }
            if (is_distinctive(surface_slice(p->on, hit->where.lo, hit->where.hi)))
                distinctive = true;
            else
                generic = true;
        }
    }
    j->about_us =
        j->options->about_ours || distinctive || in_cells >= CELLS_THAT_DECIDE || (generic && speaks_of_itself(j));
    for (uint32_t k = 0, best = 0; k < named_count; k++) {
        const manifest_entity *e = &j->m->entities[named[k].entity];
        bool better = named[k].times > best || (named[k].times == best && named[k].entity < j->main_hardware);
        if (!better || (e->kind != ENTITY_HARDWARE && !e->attr_count)) continue;
        best = named[k].times;
        j->main_hardware = named[k].entity;
    }
    if (j->main_hardware == MANIFEST_NONE) j->main_hardware = fact_index_hardware(j->index);
}
