/* about.c - is this article about the operation?
 *
 * Facts bind only where the article speaks of the machines that the manifest declares: it names a host or hardware
 * alias outside quotations, once in a thousand words at least, or the operator's configuration says so (`about: ours`).
 *
 * No name decides alone. A model's name is everybody's: the maker's own guides say "DGX Spark" in every line; and
 * others have a VPS and a switch too. What tells an operator's article from theirs is how much else of the manifest it
 * names, and who speaks:
 *
 * - A name that is no ordinary word ("gpu-01", "DGX Spark"): a declared thing in every 120 words, or "I", "my", "our".
 * - An ordinary word or acronym ("VPS", "Spark", "quay"): both.
 * - Four names in cells of their own: nobody else's table has the same four machines.
 * - An article that tells "you" what to do is the reader's, unless it names several machines, and much else.
 *
 * An untrusted draft cannot talk itself out of being judged: there the first kind of name decides alone, and the second
 * where anybody speaks ("we run it on quay") or much else is named.
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
        upper = upper || (i && byte_is_alpha(name.p[i]) && !(name.p[i] & 0x20)); /* "Our cluster" opens a sentence */
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

/* WORDS_A_MENTION: two "I" in the hundred thousand words of a change log make nobody's article. WORDS_A_MACHINE: nor
 * does one host in as many, and a host that bears an ordinary word's name is always found. YOU_A_THOUSAND: guides of
 * makers and projects hold 4 to 60 "you" in a thousand words and hardly a "we". WORDS_A_THING: operators' own articles
 * name a declared thing in every 20 to 106 words, other people's blogs and makers' guides in every 170 to 3,000,
 * whichever manifest they are held against. WORDS_A_MINE: where one ordinary word is all there is, "I" and "my" are
 * everywhere.
 */
enum {
    WORDS_A_MENTION = 400,
    WORDS_A_MACHINE = 1000,
    YOU_A_THOUSAND = 3,
    YOU_AT_LEAST = 3,
    WORDS_A_THING = 120,
    WORDS_A_MINE = 150,
    CELLS_THAT_DECIDE = 4
};

typedef struct persons { /* how often the article says them, outside quotations and code */
    uint32_t mine;       /* "I", "my", "our": of whose machines? */
    uint32_t we;         /* and "we", which guides say too */
    uint32_t you;        /* "you", "your" */
} persons;

static persons count_persons(const judge *j) {
    const uint64_t i_hash = str_hash(STR("i")), my = str_hash(STR("my")), our = str_hash(STR("our")),
                   we = str_hash(STR("we")), you = str_hash(STR("you")), your = str_hash(STR("your"));
    persons n = {0};
    for (uint32_t w = 0; w < j->art->word_count; w++) {
        uint64_t h = j->art->words[w].hash;
        if (j->art->words[w].flags & (WORD_QUOTED | WORD_CODE)) continue;
        n.mine += h == i_hash || h == my || h == our;
        n.we += h == we;
        n.you += h == you || h == your;
    }
    return n;
}

static bool speaks_of_itself(const judge *j, persons n) {
    return n.mine >= 2 && n.mine >= j->art->word_count / WORDS_A_MENTION;
}

/* "Install it on your Spark, then open the port": what it tells is the reader's. */
static bool is_guide(persons n, uint32_t words) {
    return (uint64_t)n.you * 1000 >= (uint64_t)words * YOU_A_THOUSAND && n.you >= YOU_AT_LEAST &&
           2 * (n.mine + n.we) <= n.you;
}

/* Does it name a declared thing every few sentences, or half of what is declared? */
static bool names_much(const judge *j) {
    uint32_t things = 0;
    for (uint32_t i = 0; i <= j->m->entity_count / 64; i++) things += (uint32_t)__builtin_popcountll(j->entity_seen[i]);
    return (uint64_t)things * WORDS_A_THING >= j->art->word_count || (uint64_t)things * 2 >= j->m->entity_count;
}

void about_decide(judge *j) {
    j->main_hardware = MANIFEST_NONE;
    if (!j->m) return;
    j->entity_seen = ARENA_ARRAY(j->a, uint64_t, j->m->entity_count / 64 + 1);
    struct {
        uint32_t entity, times;
        bool in_cell;
    } named[64]; /* machines, in the order of their first mention; more than 64 are no longer counted */
    uint32_t named_count = 0, in_cells = 0, times = 0;
    if (!j->entity_seen) {
        j->failed = true;
        return;
    }
    bool distinctive = false;
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
            times++;
            if (k < named_count && !named[k].in_cell && is_alone_in_cell(p, hit)) {
                named[k].in_cell = true;
                in_cells++;
            }
            if (is_distinctive(surface_slice(p->on, hit->where.lo, hit->where.hi))) distinctive = true;
        }
    }
    j->names_ours = named_count > 0;
    j->about_us = j->options->about_ours;
    if (!j->about_us && named_count && (uint64_t)times * WORDS_A_MACHINE >= j->art->word_count) {
        persons n = count_persons(j);
        bool dense = names_much(j), personal = (uint64_t)n.mine * WORDS_A_MINE >= j->art->word_count,
             plural = (uint64_t)(n.mine + n.we) * WORDS_A_MINE >= j->art->word_count;
        bool readers = is_guide(n, j->art->word_count) && (named_count == 1 || !dense);
        bool untrusted = j->options->untrusted && (distinctive || dense || n.mine || n.we);
        bool own = distinctive ? dense || personal : dense && speaks_of_itself(j, n) && (named_count > 1 || plural);
        j->about_us = untrusted || (!readers && (in_cells >= CELLS_THAT_DECIDE || own));
    }
    for (uint32_t k = 0, best = 0; k < named_count; k++) {
        const manifest_entity *e = &j->m->entities[named[k].entity];
        bool better = named[k].times > best || (named[k].times == best && named[k].entity < j->main_hardware);
        if (!better || (e->kind != ENTITY_HARDWARE && !e->attr_count)) continue;
        best = named[k].times;
        j->main_hardware = named[k].entity;
    }
    if (j->main_hardware == MANIFEST_NONE) j->main_hardware = fact_index_hardware(j->index);
    for (uint32_t i = 0; i < j->m->entity_count && j->main_hardware != MANIFEST_NONE && !j->main_is_host; i++)
        j->main_is_host = j->m->entities[i].host == j->main_hardware;
}
