/* proof_build.c - whose is a number that agrees, by the build of the sentence or the table?
 *
 *     "the VPS in Oslo has 128 GB", "my VPS, with 128 GB", "- **VPS:** 128 GB"    the VPS's, whoever has 128 GB
 *     | VPS | 128 GB |                                   so is what stands in its row
 *     "3B total, 35B active", "activates 35B"            of two sizes the word beside the number says which it is
 *     "A and B decode at x and y", "A beats B: x against y", "from A to B … from x to y"    by their order
 *     "A and B both decode at x"                         said of each
 *     "prefill runs at 70 tok/s"                         of the other phase
 *     "the gap between x and y", "falls short of x", "our objective of x"      no value at all
 *
 * In: a question, a fact that agrees. Out: whether the build gives the number to something else. As in proof.c that
 * contradicts nothing; where the build says nothing the answer is no.
 */
#include "facts/numbers/proofs.h"
#include "facts/reading/standing.h"

enum { HITS_READ = 48, REACH = 160, ROW_CELLS = 16 };

/* ---- the machine that the sentence begins with ---- */

static bool in_token(const passage *p, const pword *w) {
    for (uint32_t t = p->token_lo; t < p->token_hi && t < p->token_lo + 64; t++)
        if (p->on->tokens[t].text.lo <= w->lo && p->on->tokens[t].text.hi >= w->hi) return true;
    return false;
}

/* Do only values, their names, a place and "has" or "with" stand between the machine's name and the number? */
static bool leads_to_number(const question *q, const alias_hit *hit, uint32_t entity) {
    const passage *p = q->p;
    str town = q->j->m->entities[entity].location.text;
    uint32_t count;
    bool has = p->on->text.p[hit->where.hi] == ':';
    for (uint32_t k = hit->where.hi; k < q->t->text.lo; k++)
        if (strchr(";?!", p->on->text.p[k])) return false;
    for (uint32_t i = standing_word_at(p, hit->where.hi); i < p->word_count && p->words[i].hi <= q->t->text.lo; i++) {
        str text = surface_slice(p->on, p->words[i].lo, p->words[i].hi);
        if (word_in(p, i, "has have had with"))
            has = true;
        else if (word_in(p, i, "in at from near and a an the its of only just about") || in_token(p, &p->words[i]))
            continue;
        else if (town.n && str_find(town, text, 0) >= 0)
            continue;
        else if (fact_index_named(q->j->index, p->words[i].stem, &count), count)
            continue;
        else
            return false;
    }
    return has;
}

static bool is_of_fronted_machine(const question *q, const numeric_fact *f) {
    static const char LEADS[] =
        "to of beside behind with from for unlike than like near by under over into onto against "
        "versus vs as feeds compared";
    const passage *p = q->p;
    const alias_hit *last = NULL;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + HITS_READ; h++) {
        const alias_hit *hit = &p->on->hits[h];
        uint32_t e = hit->inside >= 0 || hit->where.hi > q->t->text.lo ? MANIFEST_NONE : hit_entity(q->j, hit, -1);
        if (e != MANIFEST_NONE && entity_is_machine(q->j, e)) last = hit;
    }
    if (!last || q->t->text.lo - last->where.hi > REACH || !leads_to_number(q, last, hit_entity(q->j, last, -1)))
        return false;
    uint32_t w = standing_word_at(p, last->where.lo);
    while (w > 0 && word_in(p, w - 1, "the our my a an this")) w--;
    return (!w || !word_in(p, w - 1, LEADS)) && proof_is_other_than_owners(q, f, hit_entity(q->j, last, -1));
}

static bool is_of_row_label(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    uint32_t row = p->label, label = cell_line_entity(q->j, row), column = cell_line_entity(q->j, p->column);
    if (label == MANIFEST_NONE || (column != MANIFEST_NONE && fact_is_owned(f, column))) return false;
    for (uint32_t i = row + 1; i < q->j->passage_count && i < row + ROW_CELLS && q->j->passages[i].label == row; i++) {
        const passage *cell = &q->j->passages[i];
        for (uint32_t h = cell->hit_lo; h < cell->hit_hi && h < cell->hit_lo + 8; h++) {
            uint32_t e = hit_entity(q->j, &cell->on->hits[h], -1);
            if (e != MANIFEST_NONE && fact_is_owned(f, e)) return false;
        }
    }
    return proof_is_other_than_owners(q, f, label);
}

/* ---- of two sizes of one thing, the one that its word says ---- */

static bool has_stem_in(const fact_phrase *name, uint64_t stem) {
    for (uint32_t k = 0; k < name->n; k++)
        if (name->stems[k] == stem) return true;
    return false;
}

/* The stem by which `longer` says more than `shorter`, "active" of "active parameters"; 0 where it does not. */
static uint64_t surplus(const fact_phrase *longer, const fact_phrase *shorter) {
    uint64_t more = 0;
    if (longer->n != shorter->n + 1) return 0;
    for (uint32_t k = 0; k < shorter->n; k++)
        if (!has_stem_in(longer, shorter->stems[k])) return 0;
    for (uint32_t k = 0; k < longer->n; k++)
        if (!has_stem_in(shorter, longer->stems[k])) more = longer->stems[k];
    return more;
}

enum quality { QUALITY_UNSAID, QUALITY_WHOLE, QUALITY_PART };

static enum quality quality_of_word(const passage *p, uint32_t i, uint64_t part) {
    if (word_in(p, i, "total overall altogether totals")) return QUALITY_WHOLE;
    bool activates = word_in(p, i, "activates activate activated activating") && part == fact_stem(STR("active"));
    return activates || p->words[i].stem == part ? QUALITY_PART : QUALITY_UNSAID;
}

/* What the words beside the number say; of a cell, those of its header and its label. */
static enum quality quality_said(const question *q, uint64_t part) {
    static const char SMALL[] = "parameters parameter params weights of them are is being in a only just about some";
    passage *p = q->p;
    enum quality found = QUALITY_UNSAID;
    for (int side = 0; side < 2 && p->kind == PASSAGE_CELL && !found; side++) {
        uint32_t at = side ? p->label : p->column;
        passage *head = at == PASSAGE_NONE ? NULL : &q->j->passages[at];
        if (head) passage_prepare(q->j, head);
        for (uint32_t i = 0; head && i < head->word_count && i < 8 && !found; i++)
            found = quality_of_word(head, i, part);
    }
    if (p->kind != PASSAGE_SENTENCE) return found;
    uint32_t behind = standing_word_at(p, q->t->text.hi), end = q->t->text.hi, begin = q->t->text.lo;
    uint32_t before = passage_word_before(p, q->t->text.lo);
    for (uint32_t n = 0; n < 4 && behind < p->word_count; n++, behind++) {
        if (surface_slice(p->on, end, p->words[behind].lo).n > 1) break; /* a comma */
        if ((found = quality_of_word(p, behind, part))) return found;
        if (!word_in(p, behind, SMALL)) break;
        end = p->words[behind].hi;
    }
    if (before != UINT32_MAX && before > 0 && word_in(p, before, "a an") && word_in(p, before - 1, "is are was") &&
        word_in(p, standing_word_at(p, q->t->text.hi), "model llm"))
        return QUALITY_WHOLE;
    for (uint32_t n = 0; n < 3 && before != UINT32_MAX; n++) {
        if (surface_slice(p->on, p->words[before].hi, begin).n > 3) break;
        if ((found = quality_of_word(p, before, part))) return found;
        if (!word_in(p, before, SMALL) || !before) break;
        begin = p->words[before--].lo;
    }
    return QUALITY_UNSAID;
}

static bool is_of_other_quality(const question *q, const numeric_fact *f) {
    if (f->kind != FACT_ATTR || !f->owner_count || !f->name_count) return false;
    uint32_t count;
    const uint32_t *owned = fact_index_owned(q->j->index, f->owners[0], &count);
    for (uint32_t i = 0; i < count && i < 64; i++) {
        const numeric_fact *g = &q->facts[owned[i]];
        if (g == f || g->kind != FACT_ATTR || g->dimension != f->dimension || !g->name_count || candidate_agrees(q, g))
            continue;
        uint64_t theirs = surplus(&g->names[0], &f->names[0]), mine = surplus(&f->names[0], &g->names[0]);
        if (theirs && quality_said(q, theirs) == QUALITY_PART) return true;
        if (mine && quality_said(q, mine) == QUALITY_WHOLE) return true;
    }
    return false;
}

/* ---- two names and two numbers ---- */

typedef struct name_pair { /* two names of entities, and what stands between them */
    uint32_t entity[2];
    uint32_t lo, hi;
    str between;
} name_pair;

/* The only two names of the sentence. */
static bool two_names(const question *q, name_pair *out) {
    const passage *p = q->p;
    const alias_hit *hits[2];
    uint32_t n = 0;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + HITS_READ; h++) {
        const alias_hit *hit = &p->on->hits[h];
        uint32_t e = hit->inside >= 0 ? MANIFEST_NONE : hit_entity(q->j, hit, -1);
        if (e == MANIFEST_NONE || q->j->m->entities[e].kind == ENTITY_PROCESS) continue;
        if (n == 2) return false;
        out->entity[n] = e;
        hits[n++] = hit;
    }
    if (n != 2 || hits[0]->where.hi >= hits[1]->where.lo || out->entity[0] == out->entity[1]) return false;
    out->lo = hits[0]->where.lo;
    out->hi = hits[1]->where.hi;
    out->between = str_trim(surface_slice(p->on, hits[0]->where.hi, hits[1]->where.lo));
    return true;
}

/* Which of two numbers this one is, where `words` stand between them; -1 where it is none of two. */
static int place_of_number(const question *q, const numeric_fact *f, const char *words) {
    const passage *p = q->p;
    const token *two[2];
    uint32_t n = 0;
    for (uint32_t t = p->token_lo; t < p->token_hi && t < p->token_lo + 64; t++) {
        const token *x = &p->on->tokens[t];
        bool same = x->kind == TOKEN_QUANTITY && unit_get(x->unit)->dimension == f->dimension;
        bool bare = x->kind == TOKEN_NUMBER && x->value.valid && (x->value.scale > 0 || x->text.lo == q->t->text.lo);
        if (!same && !bare && x->text.lo != q->t->text.lo) continue;
        if (n == 2) return -1;
        two[n++] = x;
    }
    if (n != 2 || two[0]->text.hi >= two[1]->text.lo) return -1;
    if (!str_is_among(str_trim(surface_slice(p->on, two[0]->text.hi, two[1]->text.lo)), words)) return -1;
    return two[1]->text.lo == q->t->text.lo;
}

static bool is_between(str between, const char *words) {
    str rest = between, one;
    bool any = false;
    while (str_cut(&rest, ' ', &one)) any = any || str_is_among(one, words);
    return any && between.n < 24;
}

/* "A and B … x and y", "A beats B: x against y", "from A to B … from x to y": is the number, which is one name's, in
 * the other one's place? */
static bool is_in_others_place(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    name_pair names;
    int which = -1;
    if (!two_names(q, &names)) return false;
    uint32_t w = passage_word_before(p, names.lo);
    while (w != UINT32_MAX && w > 0 && word_in(p, w, "the our my")) w--;
    bool from = w != UINT32_MAX && word_is(p, w, "from");
    if (is_between(names.between, "and"))
        which = place_of_number(q, f, "and");
    else if (is_between(names.between, "beats outruns outpaces outperforms tops"))
        which = place_of_number(q, f, "against versus vs to");
    else if (from && is_between(names.between, "to") && q->change)
        which = q->change_from ? 0 : 1;
    if (which < 0) return false;
    return fact_is_owned(f, names.entity[1 - which]) && proof_is_other_than_owners(q, f, names.entity[which]);
}

/* "A and B both decode at x": is one of them not the fact's? */
static bool is_said_of_both(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    name_pair names;
    if (!proof_is_only_one(q) || question_is_of_a_pair(q) || !two_names(q, &names) ||
        !is_between(names.between, "and") || names.hi > q->t->text.lo)
        return false;
    uint32_t w = passage_word_before(p, names.lo), behind = standing_word_at(p, names.hi);
    while (w != UINT32_MAX && w > 0 && word_in(p, w, "the our my")) w--;
    if (!(w != UINT32_MAX && word_is(p, w, "both")) && !word_in(p, behind, "both each")) return false;
    return proof_is_other_than_owners(q, f, names.entity[0]) || proof_is_other_than_owners(q, f, names.entity[1]);
}

/* "Both models decode at 70 tok/s": of two, where the fact is of one and no other of its group agrees. */
static bool is_said_of_both_kinds(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    uint32_t count;
    if (!word_is(p, 0, "both") || !f->owner_count || !proof_is_only_one(q) || question_is_of_a_pair(q) ||
        !word_in(p, 1, "models machines nodes hosts servers boxes engines endpoints services"))
        return false;
    for (uint32_t i = 1; i < f->owner_count; i++) /* "the model, and its endpoint" are one */
        if (q->j->m->entities[f->owners[i]].kind == q->j->m->entities[f->owners[0]].kind) return false;
    const uint32_t *group = fact_index_group(q->j->index, f->group, &count);
    for (uint32_t i = 0; i < count; i++)
        if (!fact_is_owned(&q->facts[group[i]], f->owners[0]) && candidate_agrees(q, &q->facts[group[i]])) return false;
    return f->kind == FACT_BENCHMARK ? count > 1 : entity_is_machine(q->j, f->owners[0]);
}

/* ---- no value at all ---- */

/* "falls short of x", "no model exceeds x", "the gap between x and y" */
static bool is_no_value(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    uint32_t w = passage_word_before(p, q->t->text.lo), k = w;
    if (w == UINT32_MAX) return false;
    if (w > 0 && word_is(p, w, "of") && word_is(p, w - 1, "short")) return true;
    while (q->m.interval && k > 0 && w - k < 3) {
        if (word_in(p, k, "gap difference distance")) return true;
        k--;
    }
    if (q->m.interval || !word_in(p, w, "exceeds exceed tops beats reaches passes")) return false;
    bool none = word_in(p, 0, "no none nothing neither");
    uint32_t count;
    const uint32_t *group = fact_index_group(q->j->index, f->group, &count);
    for (uint32_t i = 0; i < count && none; i++) /* what is the most of all is their bound */
        if (q->facts[group[i]].base > f->base + f->tolerance && q->facts[group[i]].dimension == f->dimension)
            return true;
    return false;
}

bool proof_is_aim(const passage *p, const token *t, const numeric_fact *f) {
    if (p->kind != PASSAGE_SENTENCE) return false;
    uint32_t w = passage_word_before(p, t->text.lo), first;
    if (w == UINT32_MAX) return false;
    while (w > 0 && word_in(p, w, "of is was about under below at an a the")) w--;
    first = w;
    if (!word_in(p, w, "objective objectives target goal rto rpo slo sla budget deadline") ||
        t->text.lo > p->words[w].hi + 12)
        return false;
    while (first > 0 && w - first < 2 && word_in(p, first - 1, "recovery time point level service our")) first--;
    for (uint32_t i = first; i <= w; i++)
        if ((fact_has_stem(f, p->words[i].stem) && !word_in(p, i, "time")) ||
            fact_has_condition_stem(f, p->words[i].stem))
            return false;
    return true;
}

bool proof_hangs_on_owner(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    uint32_t w = passage_word_before(p, q->t->text.lo), first, end;
    while (w != UINT32_MAX && w > 0 && word_in(p, w, "just only about around some roughly")) w--;
    if (w == UINT32_MAX || w < 2 || !word_in(p, w, "takes take lasts needs") || !word_in(p, w - 1, "that which"))
        return false;
    uint32_t name = p->words[w - 2].hi;
    passage_hit_window(p, name, name, &first, &end);
    for (uint32_t h = first; h < end; h++) {
        uint32_t e =
            p->on->hits[h].where.hi == name ? hit_entity(q->j, &p->on->hits[h], ENTITY_PROCESS) : MANIFEST_NONE;
        if (e != MANIFEST_NONE && fact_is_owned(f, e)) return true;
    }
    return false;
}

bool proof_is_built_otherwise(const question *q, const numeric_fact *f) {
    if (f->kind == FACT_DERIVED) return false;
    if (is_of_other_quality(q, f) || proof_is_of_another_store(q, f)) return true;
    if (q->p->kind == PASSAGE_CELL) return is_of_row_label(q, f);
    if (q->p->kind != PASSAGE_SENTENCE) return false;
    return is_no_value(q, f) || proof_is_aim(q->p, q->t, f) || is_in_others_place(q, f) || is_said_of_both(q, f) ||
           is_said_of_both_kinds(q, f) || figure_is_of_other_phase(q, f) || proof_is_of_another_noun(q, f) ||
           (f->kind == FACT_ATTR && is_of_fronted_machine(q, f));
}
