/* undeclared.c - does the text name something that the manifest does not declare?
 *
 *     "a budget of 85.2 GiB"                    a size of something that the fact is not called
 *     "six disks of 16 TB"                      of each disk, whatever the pool holds
 *     "116.8B, 5.1B active"                     the fact's own value stands there already
 *     "| p99 | 4.1 ms |"                        a case of statistics that the fact does not have
 *     maintenance_work_mem = 2GB                a longer key than the fact's name
 *     pool_size=5                               a shorter one than the fact's key, default_pool_size
 *     "Linux shows 119.7 GiB of memory"         of one of the machines, and not all of them have declared theirs
 *
 * A manifest never declares everything. A fact may contradict a number only where the text names that fact, not where
 * it names something more special that shares an owner, a unit or a word with it. In: a question, a fact that
 * disagrees. Out: why it may not contradict the number, or NULL. It never says which fact is meant. Found by taking one
 * entry at a time out of a manifest: what is contradicted then in a true article is contradicted wrongly.
 */
#include "facts/numbers/proofs.h"
#include "facts/reading/standing.h"
#include "facts/verdicts/weighing.h"

enum {
    KEY_LIMIT = 64,
    LINE_WORDS = 12,
    NAMED_BEHIND = 3,
    CELLS_READ = 240,
    SENTENCES_READ = 2,
    CLAUSE_WORDS = 8,
    FACTS_READ = 64,
    SPELLED_MOST = 12,
    DOZENS = 24
};

static bool is_owners_stem(const question *q, const numeric_fact *f, uint64_t stem) {
    for (uint32_t o = 0; o < f->owner_count; o++) {
        uint32_t count;
        const uint64_t *stems = fact_index_entity_stems(q->j->index, f->owners[o], &count);
        for (uint32_t i = 0; i < count; i++)
            if (stems[i] == stem) return true;
    }
    return false;
}

bool fact_has_word(const question *q, const numeric_fact *f, uint32_t w) {
    const pword *said = &q->p->words[w];
    return fact_has_stem(f, said->stem) || fact_has_condition_stem(f, said->stem) || is_owners_stem(q, f, said->stem) ||
           has_synonym_word(f, q, w) || question_unit_says(q, said->stem) || question_implies(q, said->stem);
}

bool word_in_entity(const passage *p, uint32_t w) {
    uint32_t first, end;
    passage_hit_window(p, p->words[w].lo, p->words[w].hi, &first, &end);
    for (uint32_t h = first; h < end; h++)
        if (p->on->hits[h].where.lo <= p->words[w].lo && p->on->hits[h].where.hi >= p->words[w].hi &&
            hit_has(&p->on->hits[h], ALIAS_ENTITY))
            return true;
    return false;
}

/* ---- the fact's own value stands there ---- */

/* "127,600,748 KiB is 121.7 GiB, or 130.7 GB": the later of the two says the same again. */
static bool is_equation(const passage *p, const token *a, const token *b) {
    uint32_t w = standing_word_at(p, a->text.lo > b->text.lo ? a->text.lo : b->text.lo);
    while (w > 0 && word_in(p, w - 1, "about some roughly nearly almost just")) w--;
    uint32_t lo = w < p->word_count ? p->words[w].lo : p->text.hi; /* "17.3 kWh (some 62 MJ)" */
    uint32_t first = a->text.hi < b->text.hi ? a->text.hi : b->text.hi;
    if (lo == first + 2 && p->on->text.p[lo - 1] == '(') return true;
    return w > 0 && word_in(p, w - 1, "or is are was were equals makes means");
}

/* "10 Cortex-X925" of a count so called: the number, and right behind it a word of the fact's own. */
static bool is_count_of(const passage *p, const token *t, const numeric_fact *f) {
    uint32_t w = standing_word_at(p, t->text.hi);
    return w < p->word_count && p->words[w].lo == t->text.hi + 1 && fact_has_stem(f, p->words[w].stem) &&
           decimal_to_f64(t->value) == f->base;
}

/* Does a number of passage `p`, but this one, say what the fact does? */
bool fact_is_said_in(const question *q, const passage *p, const numeric_fact *f) {
    for (uint32_t i = p->token_lo; i < p->token_hi && i - p->token_lo < 64; i++) {
        const token *t = &p->on->tokens[i];
        measure m;
        if (p == q->p) {
            if (t->text.lo < q->t->text.hi && t->text.hi > q->t->text.lo) continue;
            if (t->text.hi + WINDOW_REACH < q->t->text.lo || t->text.lo > q->t->text.hi + WINDOW_REACH) continue;
        }
        if (t->flags & (TOKEN_INTERVAL | TOKEN_CHANGE)) continue;
        if (t->kind == TOKEN_NUMBER && f->dimension == DIM_COUNT && is_count_of(p, t, f) && !proof_is_aim(p, t, f))
            return true;
        token unit = *t; /* a column's numbers have the unit of their header */
        if (t->kind == TOKEN_NUMBER && p->kind == PASSAGE_CELL && p != q->p && f->dimension != DIM_COUNT)
            unit.kind = TOKEN_QUANTITY, unit.unit = q->t->unit;
        if (unit.kind != TOKEN_QUANTITY) continue;
        if (!measure_of_token(p->on, &unit, &m) || m.dimension != f->dimension || m.bound > BOUND_ABOUT) continue;
        if (m.dimension == DIM_COUNT && m.noun != q->m.noun && !fact_has_stem(f, m.noun)) continue;
        if (p == q->p && is_equation(p, q->t, t)) continue;
        if (measure_agrees(&m, f->base, f->tolerance) && !measure_is_coarse(&m, f->base, f->tolerance) &&
            !proof_is_aim(p, t, f))
            return true;
    }
    return false;
}

/* Another number of the sentence, of the same sort, that is what the fact says: then this one is something else. The
 * same of another row of its column; and, of a case that is not stated here, in a sentence next to this one. */
static bool is_said_already(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    uint32_t own = (uint32_t)(p - q->j->passages);
    for (uint32_t i = 0; i < p->word_count && i < 64; i++)
        if (word_is(p, i, "respectively")) return false; /* each of several owners has its number */
    if (fact_is_said_in(q, p, f)) return true;
    if (p->kind == PASSAGE_CELL && p->column != PASSAGE_NONE) {
        for (uint32_t i = p->column + 1; i < q->j->passage_count && i < p->column + CELLS_READ; i++) {
            const passage *x = &q->j->passages[i];
            if (x->kind != PASSAGE_CELL) break;
            if (x->block == p->block || x->column != p->column || !fact_is_said_in(q, x, f)) continue;
            uint32_t line = x->label == PASSAGE_NONE ? MANIFEST_NONE : cell_line_entity(q->j, x->label);
            if (line == MANIFEST_NONE || fact_is_owned(f, line)) return true; /* not an equal one of another's */
        }
        return false;
    }
    if (f->kind != FACT_BENCHMARK || !f->condition_count || p->kind != PASSAGE_SENTENCE) return false;
    for (uint32_t k = 0, back = p->previous; k < SENTENCES_READ && back != PASSAGE_NONE; k++) {
        if (fact_is_said_in(q, &q->j->passages[back], f)) return true;
        back = q->j->passages[back].previous;
    }
    return own + 1 < q->j->passage_count && q->j->passages[own + 1].previous == own &&
           fact_is_said_in(q, &q->j->passages[own + 1], f);
}

/* "Mistral made 28.1 tok/s where Qwen made 59.7": the owner has been named and given its value, and this number comes
 * after both. In an exchange of two true values the wrong one stands with the owner. */
static bool has_been_given(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    uint32_t first, end;
    if (p->kind != PASSAGE_SENTENCE) return false;
    passage_hit_window(p, q->t->text.lo, q->t->text.lo, &first, &end);
    for (uint32_t h = first; h < end; h++) {
        const alias_hit *hit = &p->on->hits[h];
        uint32_t e = hit_entity(q->j, hit, -1);
        if (hit->where.hi > q->t->text.lo || e == MANIFEST_NONE || !fact_is_owned(f, e)) continue;
        uint32_t until =
            h + 1 < end && p->on->hits[h + 1].where.lo < q->t->text.lo ? p->on->hits[h + 1].where.lo : q->t->text.lo;
        for (uint32_t i = p->token_lo; i < p->token_hi && p->on->tokens[i].text.hi <= until; i++) {
            const token *t = &p->on->tokens[i];
            measure m;
            if (t->text.lo < hit->where.hi || t->kind != TOKEN_QUANTITY || !measure_of_token(p->on, t, &m)) continue;
            if (m.dimension == f->dimension && measure_agrees(&m, f->base, f->tolerance)) return true;
        }
    }
    return false;
}

/* "410 GB of object storage": rented somewhere, no part of a machine. */
static bool is_kept_elsewhere(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    if (f->kind != FACT_ATTR || q->m.dimension != DIM_DATA) return false;
    for (uint32_t i = standing_word_at(p, q->t->text.hi), n = 0; i + 1 < p->word_count && n < 4; i++, n++)
        if (word_in(p, i, "object block cloud network remote external offsite off-site") &&
            (fact_has_stem(f, p->words[i + 1].stem) || word_in(p, i + 1, "storage store")))
            return true;
    return false;
}

/* "106B with 12B active", and no name of ours in the sentence: of whichever model it is about. */
static bool is_active_of_another(const question *q, const numeric_fact *f) {
    uint32_t before, after;
    if (f->dimension != DIM_PARAMS || q->p->kind != PASSAGE_SENTENCE || word_in(q->p, 0, "it")) return false;
    question_words_around(q, &before, &after);
    if (!word_in(q->p, after, "active activated")) return false;
    for (uint32_t i = 0; i < f->owner_count; i++)
        if (context_entity(&q->near, f->owners[i]) <= REGION_SENTENCE) return false;
    return true;
}

/* "if available memory stays under 12 GB": a line that is drawn, not what there is. */
static bool is_line_drawn(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    if (f->kind != FACT_ATTR || q->m.interval || (q->m.bound != BOUND_MAX && q->m.bound != BOUND_MIN)) return false;
    for (uint32_t i = 0; i < p->word_count && p->words[i].hi <= q->t->text.lo; i++)
        if (word_in(p, i, "when once whenever if until unless alert alerts")) return true;
    return false;
}

/* ---- a setting's key ---- */

/* "maintenance_work_mem = 2GB", "--max-num-seqs 64": the key right before the number; empty where there is none. */
static str key_before(const question *q) {
    const passage *p = q->p;
    const uint8_t *text = p->on->text.p;
    bool code = p->kind == PASSAGE_CODE;
    uint32_t hi = q->t->text.lo, lo;
    while (hi > p->text.lo && q->t->text.lo - hi < 6 && strchr(" \t=:\"'", text[hi - 1])) hi--;
    lo = hi;
    while (lo > p->text.lo && hi - lo < KEY_LIMIT &&
           (byte_is_alnum(text[lo - 1]) || text[lo - 1] == '_' || (code && text[lo - 1] == '-')))
        lo--;
    while (lo < hi && text[lo] == '-') lo++;
    str key = surface_slice(p->on, lo, hi);
    bool parted = str_find_byte(key, '_', 0) > 0 || (code && str_find_byte(key, '-', 0) > 0);
    return parted ? key : (str){0};
}

/* Has the key a part that neither the fact nor its owner is called by? */
static bool is_another_key(const question *q, const numeric_fact *f) {
    str rest = key_before(q), part, one;
    if (!rest.n) return false;
    while (str_cut(&rest, '_', &part)) {
        str inner = part;
        while (str_cut(&inner, '-', &one)) {
            uint64_t stem = fact_stem(one);
            unit_id unit = unit_parse(one, true);
            if (one.n < 3 || byte_is_digit(one.p[0])) continue;
            if (unit != UNIT_NONE && unit_get(unit)->dimension != DIM_COUNT) continue;
            if (str_is_among(one, "size num number count value")) continue;
            if (!fact_has_stem(f, stem) && !fact_has_condition_stem(f, stem) && !is_owners_stem(q, f, stem))
                return true;
        }
    }
    return false;
}

static bool same_key(str a, str b) {
    if (a.n != b.n) return false;
    for (ptrdiff_t i = 0; i < a.n; i++) {
        uint8_t x = a.p[i] == '-' ? '_' : byte_lower(a.p[i]), y = b.p[i] == '-' ? '_' : byte_lower(b.p[i]);
        if (x != y) return false;
    }
    return true;
}

/* "pool_size" where the fact is declared by the key default_pool_size: a name in the form of a key is that key only. */
static bool is_shorter_key(const question *q, const numeric_fact *f) {
    str key = key_before(q);
    if (!key.n || f->kind != FACT_ATTR) return false;
    const manifest_attr *attr = &q->j->m->attrs[f->index];
    bool longer = false;
    for (uint32_t i = 0; i <= attr->aliases.n; i++) {
        str name = i ? attr->aliases.at[i - 1].text : attr->name;
        if (str_find_byte(name, ' ', 0) >= 0) continue;
        if (same_key(name, key)) return false;
        ptrdiff_t more = name.n - key.n;
        longer = longer || (more > 1 && strchr("_-", name.p[more - 1]) && same_key(str_slice(name, more, name.n), key));
    }
    return longer;
}

/* ---- a case of statistics ---- */

static const char RANKS[] = "p50 p75 p90 p95 p99 p999 percentile median";

/* Does the row's label or the column's header say a rank that the fact has not, or not the one that it has? */
static bool is_other_rank_of_line(const question *q, const numeric_fact *f) {
    uint32_t around[2] = {q->p->label, q->p->column};
    bool of_rank = false, said = false;
    for (int side = 0; side < 2; side++) {
        if (around[side] == PASSAGE_NONE) continue;
        passage *x = &q->j->passages[around[side]];
        passage_prepare(q->j, x);
        for (uint32_t i = 0; i < x->word_count && i < LINE_WORDS; i++) {
            bool own = fact_has_stem(f, x->words[i].stem) || fact_has_condition_stem(f, x->words[i].stem);
            if (word_in(x, i, RANKS) && !own) return true;
            said = said || (own && word_in(x, i, RANKS));
        }
    }
    str rest = str_from_cstr(RANKS), rank;
    while (str_cut(&rest, ' ', &rank)) of_rank = of_rank || fact_has_stem(f, fact_stem(rank));
    return of_rank && !said && q->p->column != PASSAGE_NONE;
}

/* "5.1B active", "23 W on average": right behind the number. */
static bool is_other_of_many(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    uint32_t w = standing_word_at(p, q->t->text.hi), last = q->t->text.hi;
    if (p->kind == PASSAGE_CELL && is_other_rank_of_line(q, f)) return true;
    for (uint32_t i = w; i < p->word_count && i < w + NAMED_BEHIND; i++) {
        if (p->words[i].lo < q->t->text.hi) continue;
        for (uint32_t k = last; k < p->words[i].lo; k++)
            if (strchr(",;:.()|", p->on->text.p[k])) return false;
        if (word_in(p, i, "average") && q->takes && f->dimension == DIM_TIME && !f->condition_count) return false;
        if ((word_in(p, i, RANKS) || word_in(p, i, "active average mean")))
            return !fact_has_stem(f, p->words[i].stem) && !fact_has_condition_stem(f, p->words[i].stem);
        last = p->words[i].hi;
    }
    return false;
}

/* ---- a size of something else ---- */

static const char GENERAL[] = "means pair couple set trio group total rate speed size value figure number amount level "
                              "sum result reading length rest "
                              "out instead because consists made most all some half part one both each because "
                              "average mean median maximum minimum peak";

/* "six disks": is the word the noun of a number? */
static bool is_counted(const question *q, const pword *w) {
    const passage *p = q->p;
    for (uint32_t i = p->token_lo; i < p->token_hi && p->on->tokens[i].text.lo < w->lo && i - p->token_lo < 64; i++) {
        const token *t = &p->on->tokens[i];
        if (t->text.hi >= w->hi && t->kind == TOKEN_QUANTITY && t->flags & TOKEN_COUNTED) return true;
    }
    return false;
}

/* "a budget of 85.2 GiB", "six disks of 16 TB": the noun that has the size is no word of the fact's. */
static bool is_size_of_another(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    uint32_t w = standing_word_at(p, q->t->text.lo);
    while (w > 0 && (w >= p->word_count || p->words[w].lo >= q->t->text.lo)) {
        if (w < p->word_count && p->words[w].hi <= q->t->text.lo) break;
        w--;
    }
    while (w > 0 && word_in(p, w, "about around some roughly nearly almost only just over")) w--;
    if (w < 1 || !word_in(p, w, "of") || q->t->text.lo - p->words[w].hi > 12) return false;
    w--;
    if (word_in(p, w, "usable available visible free")) return false; /* "110 GB usable of 144 GB" */
    const pword *head = &p->words[w];
    if (head->hi + 1 != p->words[w + 1].lo || head->cues & CUE_STOP ||
        (head->cues & CUE_PART && !is_counted(q, head)) || word_in(p, w, GENERAL))
        return false;
    if (fact_has_word(q, f, w) || word_in_entity(p, w)) return false;
    return byte_is_alpha(p->on->text.p[head->lo]);
}

/* "€1.43 of electricity", "42 GB of weights": what it is so much of is no word of the fact's. */
static bool is_so_much_of_another(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    uint32_t w = standing_word_at(p, q->t->text.hi);
    if (q->m.dimension == DIM_COUNT || q->m.dimension == DIM_NONE || q->m.dimension == DIM_RATIO) return false;
    if (w + 1 >= p->word_count || !word_in(p, w, "of") || p->words[w].lo != q->t->text.hi + 1) return false;
    for (uint32_t i = w + 1; i < p->word_count && i < w + 5 && p->words[i].lo - p->words[i - 1].hi == 1; i++) {
        const uint8_t *text = p->on->text.p + p->words[i].lo;
        if (word_in(p, i, "the its it them our my your their this that these those which") ||
            (text[0] >= 'A' && text[0] <= 'Z'))
            return false;
        for (uint32_t k = p->words[i].lo; k < p->words[i].hi; k++)
            if (byte_is_digit(p->on->text.p[k])) return false;
        if (p->words[i].cues & CUE_STOP) return i > w + 1;
        if (fact_has_word(q, f, i) || word_in_entity(p, i) || p->words[i].cues & CUE_PART) return false;
    }
    return true;
}

/* ---- whose it is, among those of which it is not declared ---- */

static bool is_machine(const manifest_entity *e) {
    return e->kind == ENTITY_HOST || (e->kind == ENTITY_HARDWARE && (e->location.text.n || e->runs.n));
}

/* Has every machine that the article names (of a part's fact: and every part) an attribute of this name? Else the
 * number may be one's of which it is not declared. */
static bool all_declare(const question *q, const numeric_fact *f) {
    const manifest *m = q->j->m;
    bool part = !is_machine(&m->entities[f->owners[0]]);
    uint32_t count;
    const uint32_t *group = fact_index_group(q->j->index, f->group, &count);
    for (uint32_t e = 0; e < m->entity_count; e++) {
        const manifest_entity *x = &m->entities[e];
        if (x->kind != ENTITY_HOST && x->kind != ENTITY_HARDWARE) continue;
        if ((!is_machine(x) && !part) || !(q->j->entity_seen[e / 64] >> e % 64 & 1)) continue;
        bool has = false;
        for (uint32_t i = 0; i < x->attr_count && !has; i++)
            has = str_eq(m->attrs[x->first_attr + i].name, m->attrs[f->index].name);
        for (uint32_t i = 0; i < count && !has; i++) has = fact_is_owned(&q->facts[group[i]], e);
        if (!has) return false;
    }
    return true;
}

/* Does the number's sentence, its label or what leads in name a machine or a part that is not the owner? */
static bool names_a_machine(const question *q, const numeric_fact *f) {
    for (uint32_t i = 0; i < q->near.mention_count; i++) {
        const mention *x = &q->near.mentions[i];
        uint8_t kind = q->j->m->entities[x->entity].kind;
        if (x->region <= REGION_LEAD && !fact_is_owned(f, x->entity) &&
            (kind == ENTITY_HOST || kind == ENTITY_HARDWARE))
            return true;
    }
    return false;
}

static bool is_only_hardware(const judge *j, uint32_t entity) {
    uint32_t n = 0;
    for (uint32_t e = 0; e < j->m->entity_count; e++) n += j->m->entities[e].kind == ENTITY_HARDWARE;
    return n == 1 && entity == j->main_hardware;
}

/* "| Interface | Scarlett 4i4 | 8 inputs |": is the owner all that a cell of the row says, below a heading for what the
 * things are called, and does the row name no other machine? */
static bool is_owners_row(const question *q, const numeric_fact *f) {
    uint32_t own = (uint32_t)(q->p - q->j->passages);
    bool owner = false;
    if (q->p->kind != PASSAGE_CELL || q->p->label == PASSAGE_NONE) return false;
    for (uint32_t i = q->p->label; i < own && i < q->p->label + LINE_WORDS; i++) {
        const passage *x = &q->j->passages[i];
        for (uint32_t h = x->hit_lo; h < x->hit_hi && h - x->hit_lo < NAMED_BEHIND; h++) {
            uint32_t e = hit_entity(q->j, &x->on->hits[h], -1);
            if (e == MANIFEST_NONE) continue;
            if (!fact_is_owned(f, e)) return false;
            if (x->column == PASSAGE_NONE || x->on->hits[h].where.hi - x->on->hits[h].where.lo < passage_text(x).n)
                continue;
            passage *head = &q->j->passages[x->column];
            passage_prepare(q->j, head);
            owner = owner || (head->word_count == 1 && word_in(head, 0, "model name device type make product machine"));
        }
    }
    return owner;
}

/* An attribute of one of the machines, where none of its owners is named in the sentence or the line. What the article
 * is mainly about needs no name, so long as no other machine has one. */
static bool is_anybodys(const question *q, const numeric_fact *f) {
    bool nearer = false;
    if (f->kind != FACT_ATTR || !f->owner_count) return false;
    const manifest_entity *e = &q->j->m->entities[f->owners[0]];
    if (e->kind != ENTITY_HOST && e->kind != ENTITY_HARDWARE) return false;
    if (f->dimension == DIM_COUNT && owner_is_the_only_one(q, f)) return false; /* "our 41 customers" */
    for (uint32_t i = 0; i < f->owner_count; i++) {
        enum region r = context_entity(&q->near, f->owners[i]);
        if (r <= REGION_LABEL || (f->owners[i] == q->j->main_hardware && q->the_machine)) return false;
        nearer = nearer || r <= REGION_LEAD || (r <= REGION_HEADING && f->owners[i] == q->j->main_hardware) ||
                 is_only_hardware(q->j, f->owners[i]);
    }
    return (!nearer || names_a_machine(q, f)) && !all_declare(q, f) && !section_is_of(q, f->owners[0]) &&
           !is_owners_row(q, f);
}

/* ---- the only one by its unit ---- */

/* "| Ethernet port | 10 Gb/s |": the label calls the only fact of such a unit by a name that is not its own. */
static bool is_called_otherwise(const question *q, const scored *best) {
    const numeric_fact *f = &q->facts[best->fact];
    bool other = false;
    if (!best->sole || best->certain || q->p->kind != PASSAGE_CELL || q->p->label == PASSAGE_NONE) return false;
    passage *x = &q->j->passages[q->p->label];
    passage_prepare(q->j, x);
    for (uint32_t i = 0; i < x->word_count && i < LINE_WORDS; i++) {
        const pword *w = &x->words[i];
        if (fact_has_stem(f, w->stem) || fact_has_condition_stem(f, w->stem) || is_owners_stem(q, f, w->stem) ||
            question_unit_says(q, w->stem))
            return false;
        if (w->cues & CUE_STOP || byte_is_digit(x->on->text.p[w->lo]) || word_in_entity(x, i)) continue;
        other = true;
    }
    return other;
}

/* ---- of another metric, by the rest of its column ---- */

/* Two rows of the column are what their owners have in another metric, and none what it is in the fact's: the column is
 * of that one. */
static bool is_column_of_another(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    uint32_t others = 0;
    if (f->kind != FACT_BENCHMARK || p->kind != PASSAGE_CELL || p->column == PASSAGE_NONE) return false;
    for (uint32_t i = p->column + 1; i < q->j->passage_count && i < p->column + CELLS_READ; i++) {
        const passage *x = &q->j->passages[i];
        if (x->kind != PASSAGE_CELL) break;
        if (x == p || x->column != p->column || x->label == PASSAGE_NONE) continue;
        uint32_t line = cell_line_entity(q->j, x->label), count = 0;
        const uint32_t *owned = line == MANIFEST_NONE ? NULL : fact_index_owned(q->j->index, line, &count);
        bool other = false;
        for (uint32_t k = 0; k < count && k < FACTS_READ; k++) {
            const numeric_fact *g = &q->facts[owned[k]];
            if (g->kind != FACT_BENCHMARK || g->dimension != f->dimension || !fact_is_said_in(q, x, g)) continue;
            if (g->group == f->group) return false;
            other = true;
        }
        others += other;
    }
    return others > 1;
}

/* ---- named by its unit ---- */

/* Is the word the unit of another number in the same unit? */
static bool is_unit_of(const passage *p, const token *t, uint32_t w) {
    if (unit_get(t->unit)->dimension == DIM_COUNT) return false;
    for (uint32_t i = p->token_lo; i < p->token_hi && i - p->token_lo < 64; i++) {
        const token *x = &p->on->tokens[i];
        if (x->kind == TOKEN_QUANTITY && x->unit == t->unit && x->text.lo <= p->words[w].lo &&
            x->text.hi >= p->words[w].hi)
            return true;
    }
    return false;
}

/* "12 drafts", "a context of 65,536 tokens": only the number's own unit says the fact's name. */
static bool is_named_by_unit_alone(const question *q, const scored *best) {
    const numeric_fact *f = &q->facts[best->fact];
    const passage *p = q->p;
    uint32_t first, end;
    bool unit = false;
    if (is_metric_unit(q)) return false; /* "tps" is a metric */
    if (f->kind != FACT_BENCHMARK || best->condition > 0 || best->certain || p->kind != PASSAGE_SENTENCE) return false;
    passage_window(p, q->t->text.lo, q->t->text.hi, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        if (!fact_has_stem(f, p->words[i].stem)) continue;
        bool own = p->words[i].lo >= q->t->text.lo && p->words[i].hi <= q->t->text.hi;
        if (!own && !is_unit_of(p, q->t, i)) return false;
        unit = unit || own;
    }
    return unit;
}

/* "two cartridges, one in use and one copy": nobody spells out a count of dozens; it is of some of them. */
static bool is_spelled_few(const question *q, const numeric_fact *f) {
    return q->m.dimension == DIM_COUNT && f->base > DOZENS && q->m.value <= SPELLED_MOST &&
           byte_is_alpha(q->p->on->text.p[q->t->text.lo]);
}

bool fact_name_is_said(const question *q, const numeric_fact *f) {
    for (uint32_t i = 0; i < f->name_count; i++) {
        bool said = true;
        for (uint32_t k = 0; k < f->names[i].n && said; k++)
            said = f->names[i].owned >> k & 1 || question_unit_says(q, f->names[i].stems[k]) ||
                   question_implies(q, f->names[i].stems[k]) ||
                   context_stem(&q->near, f->names[i].stems[k]) <= REGION_LABEL;
        if (said) return true;
    }
    return false;
}

/* What has another's value: "128 GB of memory and │ a 4 TB drive", a thing of its own. */
static bool is_anothers_thing(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    uint32_t before, after;
    question_words_around(q, &before, &after);
    if (q->m.dimension != DIM_DATA || before == 0 || !word_in(p, before - 1, "a an") || after >= p->word_count)
        return false;
    uint8_t first = p->on->text.p[p->words[after].lo];
    return p->words[after].lo == q->t->text.hi + 1 && first >= 'a' && first <= 'z' &&
           !(p->words[after].cues & CUE_STOP) && !fact_has_word(q, f, after);
}

/* "I raised the dedicated memory to 96 GB": a part that is set aside, where no name of the fact says so. */
static bool is_set_aside(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    if (q->m.dimension != DIM_DATA || f->kind != FACT_ATTR) return false;
    for (uint32_t i = 0; i + 1 < p->word_count && p->words[i].hi <= q->t->text.lo; i++)
        if (word_in(p, i, "dedicated reserved assigned allocated") && question_in_clause(q, i) &&
            !fact_has_word(q, f, i) && fact_has_word(q, f, i + 1))
            return true;
    return false;
}

const char *undeclared_objection(const question *q, const scored *best) {
    const numeric_fact *f = &q->facts[best->fact];
    bool prose = q->p->kind == PASSAGE_SENTENCE, cell = q->p->kind == PASSAGE_CELL;
    if (f->kind == FACT_DERIVED) return NULL;
    bool of_row = cell && best->certain && best->row; /* another row's number may agree by chance */
    if (!q->swapping && !q->change && !of_row && is_said_already(q, f))
        OBJECT(q->j, "the fact's own value stands beside it");
    if (prose && q->swapping && has_been_given(q, f)) OBJECT(q->j, "its owner has been given the fact's value");
    if (prose && q->swapping && is_anothers_thing(q, f)) OBJECT(q->j, "another thing has that value");
    if (prose && is_set_aside(q, f)) OBJECT(q->j, "it is a part that is set aside");
    if (is_active_of_another(q, f)) OBJECT(q->j, "another model may be meant");
    if (is_kept_elsewhere(q, f)) OBJECT(q->j, "it is kept elsewhere");
    if (prose && is_line_drawn(q, f)) OBJECT(q->j, "it is a line drawn, not an amount");
    if (is_another_key(q, f) || is_shorter_key(q, f)) OBJECT(q->j, "it is another setting's");
    if (is_other_of_many(q, f)) OBJECT(q->j, "it is another of many values");
    if (!q->swapping && is_column_of_another(q, f)) OBJECT(q->j, "its column is of another metric");
    if (best->certain) return NULL;
    if (is_called_otherwise(q, best)) OBJECT(q->j, "its line is called otherwise");
    if (prose && is_size_of_another(q, f)) OBJECT(q->j, "it is the size of something else");
    if (prose && is_so_much_of_another(q, f)) OBJECT(q->j, "it is so much of something else");
    const char *another = of_another_objection(q, f);
    if (another) return another;
    if (cell && q->bare && f->dimension != DIM_COUNT && f->dimension != DIM_NONE && f->dimension != DIM_RATIO)
        OBJECT(q->j, "its unit is not said");
    if (is_spelled_few(q, f)) OBJECT(q->j, "it is of a few of them");
    if (is_named_by_unit_alone(q, best)) OBJECT(q->j, "its unit alone names the fact");
    if (is_anybodys(q, f)) OBJECT(q->j, "of another machine it is not declared");
    return NULL;
}
