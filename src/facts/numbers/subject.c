/* subject.c - is another thing named nearer to the number than the one that the fact describes?
 *
 *     | octavo | 256 GB |                         of octavo, whatever colophon has
 *     "`verso` is the smallest, it idles at 41 W"  of verso
 *     | node | idle | load |                      "idle" is the name of another attribute of the same unit
 *
 * A manifest states some facts of some things. What an article says of a declared thing that the manifest leaves out is
 * no falsehood about another thing of which the manifest states it. In: a question, a fact that disagrees. Out: why it
 * may not contradict the number, or NULL. Found by taking one fact at a time out of a manifest (make bench-doubts):
 * whatever is contradicted then that was supported before is contradicted wrongly. It never says whose the number is.
 */
#include "facts/numbers/question.h"
#include "facts/reading/standing.h"
#include "facts/verdicts/weighing.h"

/* What may be taken for each other: a machine for a machine, a program for a program. A part ("an EPYC 7313P") stands
 * in a machine and is no other subject beside it. */
enum { ATTRS_COMPARED = 16, ROW_CELLS = 16, ROW_HITS = 16 };
enum sort { SORT_MACHINE = 1, SORT_PART = 2, SORT_PROGRAM = 4, SORT_PROCESS = 8 };

static unsigned sort_of(const judge *j, uint32_t entity) {
    const manifest_entity *e = &j->m->entities[entity];
    switch (e->kind) {
    case ENTITY_HOST: return SORT_MACHINE;
    case ENTITY_HARDWARE:
        return e->location.text.n || e->runs.n || (entity == j->main_hardware && j->main_is_host) ? SORT_MACHINE
                                                                                                  : SORT_PART;
    case ENTITY_PROCESS: return SORT_PROCESS;
    default: return SORT_PROGRAM;
    }
}

/* "| ROCm | 741 tok/s |": the name in the row is what one of the fact's conditions says. */
static bool is_its_condition(const question *q, const numeric_fact *f, uint32_t entity) {
    const manifest_entity *e = &q->j->m->entities[entity];
    for (uint32_t i = 0; i < f->condition_count; i++) {
        str value = f->conditions[i].of->value;
        if (str_eq_nocase(value, e->id)) return true;
        for (uint32_t k = 0; k < e->aliases.n; k++)
            if (str_eq_nocase(value, e->aliases.at[k].text)) return true;
    }
    return false;
}

/* Does the text name a thing of one of the sorts, that is no owner, in a nearer region than any owner? */
static bool names_another(const question *q, const numeric_fact *f, unsigned sorts, enum region own, enum region last) {
    for (uint32_t i = 0; i < q->near.mention_count; i++) {
        const mention *x = &q->near.mentions[i];
        if (x->region < own && x->region <= last && !fact_is_owned(f, x->entity) && sort_of(q->j, x->entity) & sorts &&
            !is_its_condition(q, f, x->entity))
            return true;
    }
    return false;
}

/* What a service runs and has no release, where its engine has one: a model. */
static bool is_model(const judge *j, uint32_t entity) {
    uint32_t count = 0;
    const manifest_entity *e = &j->m->entities[entity];
    if (e->kind == ENTITY_COMPONENT && !e->version.text.n) fact_index_services(j->index, entity, &count);
    return count > 0;
}

/* Have the two an attribute of the same name: two models, two cards, two databases? */
static bool are_alike(const judge *j, uint32_t a, uint32_t b) {
    const manifest_entity *x = &j->m->entities[a], *y = &j->m->entities[b];
    if (is_model(j, a) && is_model(j, b)) return true;
    for (uint32_t i = 0; i < x->attr_count && i < ATTRS_COMPARED; i++)
        for (uint32_t k = 0; k < y->attr_count && k < ATTRS_COMPARED; k++)
            if (str_eq(j->m->attrs[x->first_attr + i].name, j->m->attrs[y->first_attr + k].name)) return true;
    return false;
}

/* "It runs Qwen3-8B; the other is gpt-oss-120b, 117B parameters": does the sentence name another thing of the owner's
 * sort, and no owner? What the manifest does not say of that one, it does not say of this one either. */
static bool names_alike(const question *q, const numeric_fact *f, enum region own) {
    if (own <= REGION_SENTENCE) return false;
    for (uint32_t i = 0; i < q->near.mention_count; i++) {
        const mention *x = &q->near.mentions[i];
        if (x->region > REGION_SENTENCE || fact_is_owned(f, x->entity) || is_its_condition(q, f, x->entity)) continue;
        for (uint32_t o = 0; o < f->owner_count; o++)
            if (are_alike(q->j, x->entity, f->owners[o])) return true;
    }
    return false;
}

/* A word of the label or the header, no name of the fact, by which the manifest calls other facts of the same unit. */
static bool names_another_fact(const question *q, const numeric_fact *f) {
    uint32_t around[2] = {q->p->label, q->p->column};
    for (int side = 0; side < 2; side++) {
        if (around[side] == PASSAGE_NONE) continue;
        passage *line = &q->j->passages[around[side]];
        passage_prepare(q->j, line);
        for (uint32_t i = 0; i < line->word_count && i < 12; i++) {
            uint64_t stem = line->words[i].stem;
            uint32_t count;
            if (line->words[i].cues & CUE_STOP || fact_has_stem(f, stem) || fact_has_condition_stem(f, stem)) continue;
            const uint32_t *named = fact_index_named(q->j->index, stem, &count);
            for (uint32_t k = 0; k < count; k++) {
                const numeric_fact *other = &q->facts[named[k]];
                if (other->dimension == f->dimension && other->group != f->group && fact_has_stem(other, stem))
                    return true;
            }
        }
    }
    return false;
}

/* "memory each", "memory per GPU": is it said of each part, where the fact (NULL: any) does not say so? */
static bool is_dealt_by(question *q, const numeric_fact *f, uint32_t line) {
    if (line == PASSAGE_NONE) return false;
    passage *p = &q->j->passages[line];
    passage_prepare(q->j, p);
    for (uint32_t i = 0; i < p->word_count && i < 12; i++) {
        if (word_in(p, i, "each apiece")) return !f || !fact_has_stem(f, p->words[i].stem);
        if (!word_in(p, i, "per") || i + 1 >= p->word_count) continue;
        unit_id unit = unit_parse(surface_slice(p->on, p->words[i + 1].lo, p->words[i + 1].hi), true);
        bool part = p->words[i + 1].cues & CUE_PART || (unit != UNIT_NONE && unit_get(unit)->dimension == DIM_COUNT);
        if (part && (!f || !fact_has_stem(f, p->words[i + 1].stem))) return true;
    }
    return false;
}

bool subject_is_each(question *q, const numeric_fact *f) {
    const passage *p = q->p;
    if (f && f->kind == FACT_BENCHMARK && p->kind == PASSAGE_CELL) return is_dealt_by(q, f, p->column);
    if (f && f->kind != FACT_ATTR) return false;
    if (p->kind == PASSAGE_CELL) return is_dealt_by(q, f, p->label) || is_dealt_by(q, f, p->column);
    uint32_t first, end;
    passage_window(p, q->t->text.hi, q->t->text.hi, &first, &end);
    while (first < end && p->words[first].lo < q->t->text.hi) first++;
    return first < end && p->words[first].lo == q->t->text.hi + 1 && word_in(p, first, "each apiece");
}

bool subject_is_part(const question *q, const numeric_fact *f) {
    return f->owner_count && sort_of(q->j, f->owners[0]) == SORT_PART;
}

/* A program with releases that a service runs: an engine, a database, a proxy. */
static bool is_engine(const judge *j, uint32_t entity) {
    uint32_t count = 0;
    const manifest_entity *e = &j->m->entities[entity];
    if (e->kind == ENTITY_COMPONENT && e->version.text.n) fact_index_services(j->index, entity, &count);
    return count > 0;
}

bool subject_is_of_one_role(const judge *j, uint32_t a, uint32_t b) {
    unsigned sort = sort_of(j, a);
    if (is_engine(j, a) && is_engine(j, b)) return true;
    return sort == sort_of(j, b) && (sort != SORT_PROGRAM || are_alike(j, a, b));
}

/* Does a cell of the number's row name the entity? */
static bool is_in_row(const question *q, uint32_t entity) {
    uint32_t own = (uint32_t)(q->p - q->j->passages), row = q->p->label;
    if (row == PASSAGE_NONE) return false;
    for (uint32_t i = row; i < q->j->passage_count && i < row + ROW_CELLS; i++) {
        const passage *p = &q->j->passages[i];
        if (i != row && p->label != row) break;
        for (uint32_t h = p->hit_lo; i != own && h < p->hit_hi && h < p->hit_lo + ROW_HITS; h++)
            if (hit_entity(q->j, &p->on->hits[h], -1) == entity) return true;
    }
    return false;
}

/* Does the row name a thing of the owner's role, and not the owner? */
static bool row_names_another(const question *q, const numeric_fact *f, uint32_t owner) {
    uint32_t row = q->p->label;
    if (row == PASSAGE_NONE || is_in_row(q, owner)) return false;
    for (uint32_t i = row; i < q->j->passage_count && i < row + ROW_CELLS; i++) {
        const passage *p = &q->j->passages[i];
        if (i != row && p->label != row) break;
        for (uint32_t h = p->hit_lo; p != q->p && h < p->hit_hi && h < p->hit_lo + ROW_HITS; h++) {
            uint32_t e = hit_entity(q->j, &p->on->hits[h], -1);
            if (e != MANIFEST_NONE && !fact_is_owned(f, e) && subject_is_of_one_role(q->j, e, owner) &&
                !is_its_condition(q, f, e))
                return true;
        }
    }
    return false;
}

/* "less than the big one's", "unlike the big one" */
static bool is_compared_to(const passage *p, const alias_hit *hit) {
    uint32_t w = standing_word_at(p, hit->where.lo);
    while (w > 0 && word_in(p, w - 1, "the our my a an this that")) w--;
    return w > 0 && word_in(p, w - 1, "than unlike like against beside as");
}

/* "59.7 tok/s against Quern's 28.1": in the clause the owner is named only as what the number is held against. */
static bool is_held_against_owner(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    uint32_t first, end;
    bool against = false;
    if (p->kind != PASSAGE_SENTENCE) return false;
    passage_hit_window(p, q->t->text.lo, q->t->text.hi, &first, &end);
    for (uint32_t h = first; h < end; h++) {
        const alias_hit *hit = &p->on->hits[h];
        uint32_t e = hit->inside >= 0 ? MANIFEST_NONE : hit_entity(q->j, hit, -1);
        if (e == MANIFEST_NONE || !fact_is_owned(f, e) || hit->where.lo < q->near.clause.lo) continue;
        if (hit->where.lo >= q->near.clause.hi) break;
        if (hit->where.hi <= q->t->text.lo || !is_compared_to(p, hit)) return false;
        against = true;
    }
    return against;
}

/* "Tallow gave 27.6 tok/s, Quern 25.1": a thing of the owner's sort is the subject of the number's clause, and every
 * owner of the fact is named behind that clause only, if at all. */
static bool is_said_of_the_subject(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    bool other = false, own = false;
    uint32_t first, end;
    if (p->kind != PASSAGE_SENTENCE) return false;
    passage_hit_window(p, q->t->text.lo, q->t->text.hi, &first, &end);
    for (uint32_t h = first; h < end; h++) {
        const alias_hit *hit = &p->on->hits[h];
        uint32_t e = hit->inside >= 0 ? MANIFEST_NONE : hit_entity(q->j, hit, -1);
        if (e == MANIFEST_NONE) continue;
        bool before = hit->where.hi <= q->t->text.lo, here = hit->where.lo < q->near.clause.hi;
        if (fact_is_owned(f, e)) {
            if (here) return false;
            own = true;
            continue;
        }
        for (uint32_t i = 0; i < f->owner_count && before && hit->where.lo >= q->near.clause.lo; i++)
            other = other || q->j->m->entities[e].kind == q->j->m->entities[f->owners[i]].kind;
    }
    return other && own;
}

/* "| Qwen3-32B | bracken | 58.3 tok/s |", "On the small card Quartz-8B writes at 47 tok/s": a measurement has several
 * subjects, a model, a program, a machine. One of them is not named near, and another of its role is. */
static bool is_displaced(const question *q, const scored *best, const numeric_fact *f) {
    for (uint32_t i = 0; i < f->owner_count; i++) {
        uint32_t owner = f->owners[i];
        enum region r = context_entity(&q->near, owner);
        if (owner == q->focus || (q->the_machine && owner == q->j->main_hardware) || r <= REGION_LABEL) continue;
        if (q->p->kind == PASSAGE_CELL && row_names_another(q, f, owner)) return true;
        if (q->p->kind == PASSAGE_CELL && is_in_row(q, owner)) continue;
        for (uint32_t k = 0; k < q->near.mention_count; k++) {
            const mention *x = &q->near.mentions[k];
            bool led = x->region == REGION_LEAD && r > REGION_HEADING && best->condition < 0.3 &&
                       sort_of(q->j, owner) != SORT_PROCESS; /* what its own case says needs no name */
            bool nearer = x->region <= REGION_LABEL || led;
            uint32_t w = x->hit ? standing_word_at(q->p, x->hit->where.lo) : 0;
            bool through = x->region <= REGION_CLAUSE && w > 0 && is_engine(q->j, x->entity) &&
                           word_in(q->p, w - 1, "through via under by"); /* "24 tok/s through vLLM" */
            if (x->region <= REGION_SENTENCE && !through &&
                (!x->hit || x->hit->where.hi > q->t->text.lo || is_compared_to(q->p, x->hit)))
                continue;
            if (nearer && !fact_is_owned(f, x->entity) && subject_is_of_one_role(q->j, x->entity, owner) &&
                !is_its_condition(q, f, x->entity))
                return true;
        }
    }
    return false;
}

static bool is_hardware(const judge *j, uint32_t entity) {
    return entity != MANIFEST_NONE && sort_of(j, entity) & (SORT_MACHINE | SORT_PART);
}

/* "ray, in whose case the card sits, has 128 GB of memory": the last machine or part that the sentence names before the
 * number, as no object of a preposition, has it, where the owner is not named between nor behind. */
static bool is_of_the_one_before(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    uint32_t first, end, at = UINT32_MAX, own = UINT32_MAX, behind = standing_word_at(p, q->t->text.hi);
    for (uint32_t i = behind; i < p->word_count && i < behind + 5 && p->words[i].hi <= q->near.clause.hi; i++)
        if (word_in(p, i, "together total altogether combined") || (word_in(p, i, "in") && word_in(p, i + 1, "all")))
            return false; /* a sum is the whole's */
    passage_hit_window(p, q->t->text.lo, q->t->text.hi, &first, &end);
    for (uint32_t h = first; h < end; h++) {
        const alias_hit *hit = &p->on->hits[h];
        uint32_t e = hit_entity(q->j, hit, -1), w = standing_word_at(p, hit->where.lo);
        if (!is_hardware(q->j, e) || hit->inside >= 0 || inside_opaque(p, hit->where.lo, hit->where.hi)) continue;
        if (fact_is_owned(f, e)) {
            own = h; /* "24 GB in the card" */
            bool led = w > 0 && word_in(p, w - 1, "in of on for at") && hit->where.lo > q->t->text.hi;
            led = led || (w > 1 && word_in(p, w - 1, "the our my each") && word_in(p, w - 2, "in of on for at"));
            if (hit->where.lo > q->t->text.hi && !led) own = at == UINT32_MAX ? own : UINT32_MAX;
            if (own != UINT32_MAX) at = UINT32_MAX;
            continue;
        }
        if (hit->where.hi > q->t->text.lo) continue;
        while (w > 0 && (byte_is_digit(p->on->text.p[p->words[w - 1].lo]) ||
                         word_in(p, w - 1, "the our my a an this that one two three four five six eight both all")))
            w--;
        bool object =
            w > 0 && word_in(p, w - 1, "in inside of on for at beside from to with than unlike like against and or");
        if (!object) at = h;
    }
    return at != UINT32_MAX;
}

/* "a 500 GB SSD": the noun right behind the number names facts of its dimension, and not this one. */
static bool is_of_the_noun_behind(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    uint32_t w = standing_word_at(p, q->t->text.hi), count;
    if (w < p->word_count && word_in(p, w, "of") && p->words[w].lo == q->t->text.hi + 1) w++;
    if (w >= p->word_count || p->words[w].lo > q->t->text.hi + 4 || p->words[w].cues & CUE_STOP) return false;
    for (uint32_t k = q->t->text.hi; k < p->words[w].lo; k++)
        if (strchr(",;:.()", p->on->text.p[k])) return false;
    uint64_t stem = p->words[w].stem;
    if (fact_has_stem(f, stem) || fact_has_condition_stem(f, stem) || has_synonym_word(f, q, w)) return false;
    const uint32_t *named = fact_index_named(q->j->index, stem, &count);
    for (uint32_t k = 0; k < count; k++) {
        const numeric_fact *other = &q->facts[named[k]];
        if (other->dimension == f->dimension && other->group != f->group && fact_has_stem(other, stem)) return true;
    }
    return false;
}

/* Does the label or the header hold a word of the fact's names? */
static bool line_names(const question *q, const numeric_fact *f) {
    uint32_t around[2] = {q->p->label, q->p->column};
    for (int side = 0; side < 2; side++) {
        if (around[side] == PASSAGE_NONE) continue;
        passage *line = &q->j->passages[around[side]];
        passage_prepare(q->j, line);
        for (uint32_t i = 0; i < line->word_count && i < 12; i++)
            if (!(line->words[i].cues & CUE_STOP) && fact_has_stem(f, line->words[i].stem)) return true;
    }
    return false;
}

/* "the lab's eight nodes", "Petra's 64 GB": a genitive right before the number that is no name or part of ours. */
static bool is_somebodys(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    uint32_t first, end, w = passage_word_before(p, q->t->text.lo);
    if (w == UINT32_MAX || p->words[w].hi + 1 != q->t->text.lo) return false;
    str said = surface_slice(p->on, p->words[w].lo, p->words[w].hi);
    if (!str_ends(said, STR("'s")) && !str_ends(said, STR("\xe2\x80\x99s"))) return false;
    str noun = str_slice(said, 0, said.n - (str_ends(said, STR("'s")) ? 2 : 4));
    if (p->words[w].cues & CUE_PART || cue_of(q->j->cues, noun) & CUE_PART || fact_has_stem(f, fact_stem(noun)) ||
        str_is_among(noun, "it that here there what"))
        return false;
    passage_hit_window(p, p->words[w].lo, p->words[w].hi, &first, &end);
    for (uint32_t h = first; h < end; h++)
        if (p->on->hits[h].where.hi > p->words[w].lo && p->on->hits[h].where.lo < p->words[w].hi) return false;
    return true;
}

/* Why it is another's or another attribute, whatever else speaks for the fact; NULL where it is not. */
const char *subject_displaced(const question *q, const scored *best) {
    const numeric_fact *f = &q->facts[best->fact];
    bool prose = q->p->kind == PASSAGE_SENTENCE, attr = f->kind == FACT_ATTR;
    if (f->kind == FACT_BENCHMARK && is_said_of_the_subject(q, f))
        OBJECT(q->j, "another thing is the subject of its clause");
    if (is_held_against_owner(q, f)) OBJECT(q->j, "its owner is what the number is held against");
    if (f->kind == FACT_BENCHMARK && is_displaced(q, best, f))
        OBJECT(q->j, "another thing of its role is named nearer");
    if (q->p->kind == PASSAGE_CELL && attr && !(best->certain && subject_is_part(q, f))) {
        for (uint32_t i = 0; i < f->owner_count; i++)
            if (is_hardware(q->j, f->owners[i]) && context_entity(&q->near, f->owners[i]) > REGION_LABEL &&
                !is_in_row(q, f->owners[i]) && names_another(q, f, SORT_MACHINE | SORT_PART, REGION_LEAD, REGION_LABEL))
                OBJECT(q->j, "its line is another machine's");
    }
    if (q->p->kind == PASSAGE_CELL && attr && fact_is_behind_another_head(q, f))
        OBJECT(q->j, "its line's own noun is another thing's");
    if (q->p->kind == PASSAGE_CELL && f->kind == FACT_BENCHMARK && !line_names(q, f) && names_another_fact(q, f))
        OBJECT(q->j, "its line names another metric");
    if (prose && attr && f->owner_count && is_hardware(q->j, f->owners[0]) && is_of_the_one_before(q, f))
        OBJECT(q->j, "another machine stands right before it");
    if (prose && is_somebodys(q, f)) OBJECT(q->j, "it is somebody's, by the genitive before it");
    if (prose && attr && is_of_the_noun_behind(q, f)) OBJECT(q->j, "the noun behind it names another attribute");
    return NULL;
}

/* "**Memory:** 3 GB.", "| memory | 3 GB |": nothing but the attribute's name stands before the number. */
static bool is_bare_item(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    bool named = false;
    if (p->kind == PASSAGE_CELL) return true;
    for (uint32_t i = 0; i < p->word_count && p->words[i].hi <= q->t->text.lo; i++) {
        bool mine = fact_has_stem(f, p->words[i].stem) || has_synonym_word(f, q, i);
        if (i > 4 || (!mine && !(p->words[i].cues & CUE_STOP))) return false;
        named = named || mine;
    }
    return named;
}

/* Under the heading "The MCP server", or behind a sentence that leads in with it, an item "Memory: 3 GB" is the
 * server's, not the machine's, which is not named so near. */
static bool is_program_headed(const question *q, const numeric_fact *f, enum region own) {
    if (f->kind != FACT_ATTR || !is_bare_item(q, f)) return false;
    passage *lead = q->p->lead == PASSAGE_NONE || !(q->p->flags & PASSAGE_IN_LIST) ? NULL : &q->j->passages[q->p->lead];
    if (lead) passage_prepare(q->j, lead);
    for (uint32_t i = 0; lead && !(lead->cues & CUE_FIRST) && lead->hit_lo == lead->hit_hi && i < 2; i++) {
        if (i >= lead->word_count) break; /* "The maker's own demo:" */
        str said = surface_slice(lead->on, lead->words[i].lo, lead->words[i].hi);
        bool genitive = str_ends(said, STR("'s")) || str_ends(said, STR("\xe2\x80\x99s"));
        str noun = str_slice(said, 0, said.n - (str_ends(said, STR("'s")) ? 2 : 4));
        if (genitive && !str_is_among(noun, "here it that there what this let who how where")) return true;
    }
    uint32_t program = UINT32_MAX, machine = UINT32_MAX; /* "vLLM on the Spark": the heading's own noun comes first */
    for (uint32_t i = 0; i < q->near.mention_count; i++) {
        const mention *x = &q->near.mentions[i];
        if (x->region < REGION_LEAD || x->region > REGION_HEADING || x->region > own || !x->hit) continue;
        if (sort_of(q->j, x->entity) == SORT_PROGRAM) {
            if (x->region < own) return true;
            if (x->hit->where.lo < program) program = x->hit->where.lo;
        } else if (fact_is_owned(f, x->entity) && x->hit->where.lo < machine) {
            machine = x->hit->where.lo;
        }
    }
    return program < machine && machine != UINT32_MAX;
}

const char *subject_objection(const question *q, const scored *best) {
    const numeric_fact *f = &q->facts[best->fact];
    enum region own = REGION_COUNT;
    unsigned sorts = 0;
    bool spoken_of = false; /* "it takes", "the machine" */
    for (uint32_t i = 0; i < f->owner_count; i++) {
        enum region r = context_entity(&q->near, f->owners[i]);
        if (r < own) own = r;
        sorts |= sort_of(q->j, f->owners[i]);
        spoken_of = spoken_of || f->owners[i] == q->focus || (q->the_machine && f->owners[i] == q->j->main_hardware);
    }
    if (q->p->kind == PASSAGE_CELL) {
        unsigned others = f->kind == FACT_ATTR ? SORT_MACHINE | sorts : sorts;
        if (own > REGION_LABEL && names_another(q, f, others, own, REGION_LABEL)) OBJECT(q->j, "its line is another's");
        if (f->kind == FACT_ATTR && sorts & (SORT_MACHINE | SORT_PART) && own > REGION_LEAD &&
            names_another(q, f, SORT_MACHINE, own, REGION_HEADING))
            OBJECT(q->j, "the table stands under another machine's name");
        if (best->sole && names_another_fact(q, f)) OBJECT(q->j, "its line names another attribute");
    } else if (f->kind == FACT_ATTR && sorts & SORT_MACHINE && !spoken_of) {
        enum region last = q->m.dimension == DIM_COUNT ? REGION_LEAD : REGION_HEADING;
        if (names_another(q, f, SORT_MACHINE, own, last)) OBJECT(q->j, "another machine is named nearer");
    }
    if (sorts & (SORT_MACHINE | SORT_PART) && !(sorts & SORT_PROGRAM) && !spoken_of && is_program_headed(q, f, own) &&
        !(q->p->kind == PASSAGE_CELL && f->owner_count && is_in_row(q, f->owners[0])))
        OBJECT(q->j, "a program is named nearer than the machine");
    if (q->p->kind == PASSAGE_SENTENCE && f->kind == FACT_ATTR && names_alike(q, f, own))
        OBJECT(q->j, "another thing of its sort is named nearer");
    return NULL;
}
