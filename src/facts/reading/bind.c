/* bind.c - what is it said of?
 *
 * In: a place in a passage. Out: the entities that are named around it, nearest first, and the words around it, each
 * with the region it stands in:
 *
 *     clause < sentence < row label, column header < sentence before, lead of the list < heading < article
 *
 * A name inside a URL, an image or an address is no name. Lists are bounded (MENTION_LIMIT, BAG_LIMIT): what stands
 * farther off than the bound is not looked at, so a claim costs a bounded time in any article.
 */
#include "facts/reading/reading.h"

uint32_t hit_entity(const judge *j, const alias_hit *hit, int kind) {
    for (uint32_t i = 0; i < hit->target_count; i++)
        if (hit->targets[i].kind == ALIAS_ENTITY && (kind < 0 || j->m->entities[hit->targets[i].index].kind == kind))
            return hit->targets[i].index;
    return MANIFEST_NONE;
}

bool hit_has(const alias_hit *hit, enum alias_kind kind) {
    for (uint32_t i = 0; i < hit->target_count; i++)
        if (hit->targets[i].kind == kind) return true;
    return false;
}

bool inside_opaque(const passage *p, uint32_t lo, uint32_t hi) {
    uint32_t a = p->token_lo, b = p->token_hi;
    while (a < b) { /* first token that ends behind lo */
        uint32_t middle = a + (b - a) / 2;
        if (p->on->tokens[middle].text.hi <= lo)
            a = middle + 1;
        else
            b = middle;
    }
    if (a >= p->token_hi) return false;
    const token *t = &p->on->tokens[a];
    bool opaque = t->kind == TOKEN_URL || t->kind == TOKEN_EMAIL || t->kind == TOKEN_PATH;
    return opaque && t->text.lo <= lo && hi <= t->text.hi;
}

enum { PATH_REACH = 64 };

bool word_is_path_step(const passage *p, const pword *w) {
    const uint8_t *text = p->on->text.p;
    uint32_t lo = w->lo, hi = w->hi, slashes = 0;
    bool before = lo > p->text.lo && text[lo - 1] == '/', behind = hi < p->text.hi && text[hi] == '/';
    if (!before && !behind) return false;
    while (lo > p->text.lo && w->lo - lo < PATH_REACH && !byte_is_space(text[lo - 1]) && text[lo - 1] != '`')
        slashes += text[--lo] == '/';
    while (hi < p->text.hi && hi - w->hi < PATH_REACH && !byte_is_space(text[hi])) slashes += text[hi++] == '/';
    return slashes > 1 && byte_is_alnum(text[lo]); /* "/srv/models/drafter" speaks of the drafter, too */
}

/* What may be one; nearly no byte is. */
static const bool marks[256] = {
    [';'] = true, ['('] = true, [')'] = true, ['['] = true, [']'] = true, [':'] = true, [','] = true, ['.'] = true};

static bool is_boundary(str text, uint32_t at, uint32_t hi) {
    uint8_t c = text.p[at];
    if (c == ';' || c == '(' || c == ')' || c == '[' || c == ']') return true;
    if (c == ':' || c == ',') return at + 1 >= hi || byte_is_space(text.p[at + 1]);
    return c == '.' && at + 1 < hi && byte_is_space(text.p[at + 1]);
}

static const token *token_over(const passage *p, uint32_t at) {
    uint32_t a = p->token_lo, b = p->token_hi;
    while (a < b) {
        uint32_t middle = a + (b - a) / 2;
        if (p->on->tokens[middle].text.hi <= at)
            a = middle + 1;
        else
            b = middle;
    }
    return a < p->token_hi && p->on->tokens[a].text.lo <= at ? &p->on->tokens[a] : NULL;
}

enum { CLAUSE_REACH = 400 };

clause_range clause_at(judge *j, passage *p, uint32_t lo, uint32_t hi) {
    passage_prepare(j, p);
    clause_range r = {p->text.lo, p->text.hi};
    if (lo - r.lo > CLAUSE_REACH) r.lo = lo - CLAUSE_REACH;
    if (r.hi - hi > CLAUSE_REACH) r.hi = hi + CLAUSE_REACH;
    for (uint32_t i = lo; i > r.lo; i--)
        if (marks[p->on->text.p[i - 1]] && is_boundary(p->on->text, i - 1, p->text.hi) && !token_over(p, i - 1)) {
            r.lo = i;
            break;
        }
    for (uint32_t i = hi; i < r.hi; i++)
        if (marks[p->on->text.p[i]] && is_boundary(p->on->text, i, p->text.hi) && !token_over(p, i)) {
            r.hi = i;
            break;
        }
    uint32_t first, end;
    passage_window(p, lo, hi, &first, &end);
    for (uint32_t i = first; p->cues & CUE_BREAK && i < end; i++) {
        if (!(p->words[i].cues & CUE_BREAK)) continue;
        if (word_is(p, i, "since") && i > 0 && p->words[i - 1].cues & CUE_HAVE) continue; /* "has since released" */
        if (p->words[i].hi <= lo && p->words[i].lo > r.lo) r.lo = p->words[i].lo;
        if (p->words[i].lo >= hi && p->words[i].lo < r.hi) r.hi = p->words[i].lo;
    }
    return r;
}

/* ---- context ---- */

static void add_mention(context *c, uint32_t entity, enum region region, uint32_t distance, const alias_hit *hit) {
    for (uint32_t i = 0; i < c->mention_count; i++) {
        mention *m = &c->mentions[i];
        if (m->entity != entity) continue;
        if (region < m->region || (region == m->region && distance < m->distance))
            *m = (mention){entity, (uint8_t)region, distance, hit};
        return;
    }
    if (c->mention_count < MENTION_LIMIT)
        c->mentions[c->mention_count++] = (mention){entity, (uint8_t)region, distance, hit};
}

static void add_stem(context *c, uint64_t stem, enum region region, uint32_t at) {
    unsigned bit = (unsigned)(stem >> 8) & 255;
    if (c->have[bit / 64] >> bit % 64 & 1)
        for (uint32_t i = 0; i < c->word_count; i++)
            if (c->words[i].stem == stem) {
                if (region < c->words[i].region) c->words[i].region = (uint8_t)region;
                return;
            }
    if (c->word_count >= BAG_LIMIT) return;
    c->have[bit / 64] |= (uint64_t)1 << bit % 64;
    c->words[c->word_count++] = (bag_word){stem, (uint8_t)region, at};
}

static uint32_t gap(uint32_t lo, uint32_t hi, uint32_t a, uint32_t b) {
    return b <= lo ? lo - b : a >= hi ? a - hi : 0;
}

enum { FAR_HITS = 32, FAR_WORDS = 64, TABLE_BACK = 64 }; /* read of a passage that is not the claim's own */

static void add_hits(context *c, passage *p, enum region region, bool own) {
    uint32_t first = p->hit_lo, end = p->hit_hi;
    if (own)
        passage_hit_window(p, c->lo, c->hi, &first, &end);
    else if (end - first > FAR_HITS)
        end = first + FAR_HITS;
    for (uint32_t h = first; h < end; h++) {
        const alias_hit *hit = &p->on->hits[h];
        bool in_clause = own && hit->where.lo >= c->clause.lo && hit->where.hi <= c->clause.hi;
        enum region r = in_clause ? REGION_CLAUSE : region;
        if (inside_opaque(p, hit->where.lo, hit->where.hi)) continue;
        for (uint32_t t = 0; t < hit->target_count; t++)
            if (hit->targets[t].kind == ALIAS_ENTITY)
                add_mention(c, hit->targets[t].index, r, own ? gap(c->lo, c->hi, hit->where.lo, hit->where.hi) : 0,
                            hit);
    }
}

/* The "over" of a "cut-over" is no preposition. */
static bool is_in_compound(const passage *p, const pword *w) {
    return w->lo > p->text.lo + 1 && p->on->text.p[w->lo - 1] == '-' && byte_is_alpha(p->on->text.p[w->lo - 2]);
}

static void add_words(judge *j, context *c, passage *p, enum region region, bool own) {
    passage_prepare(j, p);
    uint32_t first = 0, end = p->word_count;
    if (own)
        passage_window(p, c->lo, c->hi, &first, &end);
    else if (end > FAR_WORDS)
        end = FAR_WORDS;
    for (uint32_t i = first; i < end; i++) {
        const pword *w = &p->words[i];
        if (w->cues & CUE_STOP && !is_in_compound(p, w)) continue;
        if (own && w->lo >= c->lo && w->hi <= c->hi && (!c->counted || byte_is_digit(c->p->on->text.p[w->lo])))
            continue;
        if (own && word_is_path_step(p, w)) continue;
        bool in_clause = own && w->lo >= c->clause.lo && w->hi <= c->clause.hi;
        add_stem(c, w->stem, in_clause ? REGION_CLAUSE : region, w->lo);
    }
}

/* A row's label or a key of a compose file that is an entity's id: "drafting:". */
static void add_by_id(judge *j, context *c, const passage *p) {
    str text = str_trim(passage_text(p));
    while (text.n && (text.p[text.n - 1] == ':' || text.p[text.n - 1] == '"')) text.n--;
    if (!text.n || text.n > 40) return;
    const manifest_entity *e = manifest_find_entity(j->m, text);
    if (e) add_mention(c, (uint32_t)(e - j->m->entities), REGION_LABEL, 0, NULL);
}

static void add_passage(judge *j, context *c, uint32_t index, enum region region) {
    if (index == PASSAGE_NONE) return;
    passage *p = &j->passages[index];
    if (p == c->p) return;
    if (region == REGION_LABEL) add_by_id(j, c, p);
    add_hits(c, p, region, false);
    add_words(j, c, p, region, false);
}

static bool names_machine(const judge *j, const passage *p) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + FAR_HITS; h++)
        if (hit_entity(j, &p->on->hits[h], ENTITY_HARDWARE) != MANIFEST_NONE ||
            hit_entity(j, &p->on->hits[h], ENTITY_HOST) != MANIFEST_NONE)
            return true;
    return false;
}

/* "| Machine | DGX Spark |" at the top of a table of two columns: what the rows below it say is said of that machine.
 */
static void add_machine_of_table(judge *j, context *c, passage *p) {
    uint32_t own = (uint32_t)(p - j->passages), top = own, found = MANIFEST_NONE, rows = 0;
    const alias_hit *name = NULL;
    bool pair = p->kind == PASSAGE_CELL && p->label != PASSAGE_NONE && own == p->label + 1 &&
                !(p->flags & PASSAGE_HEADER_CELL) &&
                (own + 1 >= j->passage_count || j->passages[own + 1].label != p->label);
    pair = pair && !names_machine(j, &j->passages[p->label]);
    while (pair && top > 0 && own - top < TABLE_BACK && j->passages[top - 1].kind == PASSAGE_CELL &&
           !(j->passages[top - 1].flags & PASSAGE_HEADER_CELL))
        top--;
    for (uint32_t i = top; pair && i < own && rows < 2; i++) {
        const passage *q = &j->passages[i];
        if (q->flags & PASSAGE_LABEL_CELL) {
            if (names_machine(j, q)) return; /* a list of machines */
            continue;
        }
        rows++;
        for (uint32_t h = q->hit_lo; h < q->hit_hi && h < q->hit_lo + FAR_HITS; h++) {
            uint32_t e = hit_entity(j, &q->on->hits[h], ENTITY_HARDWARE);
            if (e == MANIFEST_NONE) e = hit_entity(j, &q->on->hits[h], ENTITY_HOST);
            if (e == MANIFEST_NONE || e == found) continue;
            if (found != MANIFEST_NONE) return; /* two machines: which one is it? */
            found = e;
            name = &q->on->hits[h];
        }
    }
    if (found != MANIFEST_NONE) add_mention(c, found, REGION_LABEL, 0, name);
}

static void fill_context(judge *j, passage *p, uint32_t lo, uint32_t hi, bool counted, context *c) {
    c->counted = counted;
    c->mention_count = c->word_count = 0;
    memset(c->have, 0, sizeof c->have);
    c->p = p;
    c->lo = lo;
    c->hi = hi;
    c->clause = clause_at(j, p, lo, hi);
    add_hits(c, p, REGION_SENTENCE, true);
    add_words(j, c, p, REGION_SENTENCE, true);
    for (uint32_t at = p->label, k = 0; at != PASSAGE_NONE && k < 6; at = j->passages[at].label, k++)
        add_passage(j, c, at, REGION_LABEL);
    add_passage(j, c, p->column, REGION_LABEL);
    add_machine_of_table(j, c, p);
    /* The running subject: back to the nearest sentence that names something ("It ...", "This server ..."). */
    uint32_t own = c->mention_count;
    for (uint32_t back = p->previous, k = 0; back != PASSAGE_NONE && k < 8; k++, back = j->passages[back].previous) {
        if (k < 2)
            add_passage(j, c, back, REGION_LEAD);
        else
            add_hits(c, &j->passages[back], REGION_LEAD, false);
        if (c->mention_count > own && k > 0) break;
    }
    add_passage(j, c, p->lead, REGION_LEAD);
    add_passage(j, c, p->heading, REGION_HEADING);
    add_passage(j, c, p->above, REGION_HEADING);
}

void context_make(judge *j, passage *p, uint32_t lo, uint32_t hi, context *c) { fill_context(j, p, lo, hi, false, c); }

void context_make_counted(judge *j, passage *p, uint32_t lo, uint32_t hi, context *c) {
    fill_context(j, p, lo, hi, true, c);
}

enum region context_entity(const context *c, uint32_t entity) {
    for (uint32_t i = 0; i < c->mention_count; i++)
        if (c->mentions[i].entity == entity) return (enum region)c->mentions[i].region;
    return REGION_COUNT;
}

enum region context_stem(const context *c, uint64_t stem) {
    unsigned bit = (unsigned)(stem >> 8) & 255;
    if (!(c->have[bit / 64] >> bit % 64 & 1)) return REGION_COUNT;
    for (uint32_t i = 0; i < c->word_count; i++)
        if (c->words[i].stem == stem) return (enum region)c->words[i].region;
    return REGION_COUNT;
}
