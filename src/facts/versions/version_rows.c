/* version_rows.c - do the rows of a table, or the items of a list, name several releases of one component?
 *
 *     | 3 | Phi-4    | vLLM 0.12.0 |     a list of runs: each row has the release of its day, and at most one of
 *     | 4 | Devstral | vLLM 0.13.0 |     them is what runs now
 *
 *     1. vLLM 0.12.0, 30 tok/s           the same as a list
 *     2. vLLM 0.13.0, 38 tok/s
 *
 *     2026-01-04  vllm 0.13.0            lines of a code block: a log of runs, a comparison, a file before and after
 *     2026-03-20  vllm 0.17.0
 *
 *     | symptom | seen with   |          a table of faults: where each was seen, or mended
 *     | it hung | vLLM 0.15.1 |
 *
 *     | host    | engine      |          not where the rows are our machines or services: each of them has what its
 *     | heron   | vLLM 0.12.0 |          row says
 *     | kestrel | vLLM 0.13.0 |
 *
 * In: a version bound to a component that stands beside its name. Out: whether other cells of the column, or other
 * items, name another release of it, or of another component: then the column tells of different times. A manifest
 * without a history of the component cannot refute what ran then. Bounded: so many passages around the version.
 */
#include "facts/versions/versions.h"

enum { PASSAGES_AROUND = 400, TOKENS_EACH = 24, SEEN_LIMIT = 16 };

typedef struct seen { /* the first release of each component that the column, or the list, names */
    uint32_t entity[SEEN_LIMIT];
    str text[SEEN_LIMIT];
    const passage *in[SEEN_LIMIT];
    uint32_t n;
} seen;

/* The components whose name the token's subject is, "vLLM 0.12.0", or is a part of it, "vllm-openai:v0.12.0". */
static binding named_beside(judge *j, const passage *p, const token *t) {
    binding b = {.n = 0};
    bool pin = t->kind == TOKEN_IDENT && str_find(surface_slice(p->on, t->text.lo, t->text.hi), STR("=="), 0) > 0;
    if (t->kind == TOKEN_IMAGE || pin) bind_inside(j, p, t->text.lo, t->text.hi, &b);
    if (t->kind != TOKEN_VERSION || t->subject.hi <= t->subject.lo) return b;
    uint32_t lo = t->subject.lo < t->text.lo ? t->subject.lo : t->text.lo,
             hi = t->subject.hi > t->text.hi ? t->subject.hi : t->text.hi;
    bind_inside(j, p, lo, hi, &b);
    return b;
}

/* Is it another release of a component than another row has? "0.12" and "0.12.0" are one. */
static bool adds_release(const judge *j, const passage *p, uint32_t entity, str text, seen *s) {
    const manifest_version *v = &j->m->entities[entity].version;
    for (uint32_t k = 0; k < s->n; k++)
        if (s->entity[k] == entity)
            return s->in[k] != p && !version_agrees(v, text, s->text[k]) && !version_agrees(v, s->text[k], text);
    if (s->n == SEEN_LIMIT) return false;
    s->entity[s->n] = entity;
    s->text[s->n] = text;
    s->in[s->n++] = p;
    return false;
}

/* Does one of the passage's versions differ from one before it? `only`: of this component, MANIFEST_NONE = of any. */
static bool adds_passage(judge *j, const passage *p, uint32_t only, seen *s) {
    for (uint32_t i = p->token_lo; i < p->token_hi && i < p->token_lo + TOKENS_EACH; i++) {
        const token *t = &p->on->tokens[i];
        binding b = named_beside(j, p, t);
        str stated = b.n ? version_stated(j, p, t) : (str){0};
        if (!stated.n && j->about_us && bind_build_tag(j, (passage *)p, t, &b)) /* "tern r7" */
            stated = surface_slice(p->on, t->text.lo, t->text.hi);
        if (!stated.n) continue;
        for (uint32_t k = 0; k < b.n; k++)
            if ((only == MANIFEST_NONE || b.entity[k] == only) && adds_release(j, p, b.entity[k], stated, s))
                return true;
    }
    return false;
}

/* Is the row one of a thing of ours that runs what the row says: a machine, a service? */
static bool is_row_of_ours(const judge *j, const passage *p) {
    const passage *label = p->label == PASSAGE_NONE ? p : &j->passages[p->label];
    for (uint32_t h = label->hit_lo; h < label->hit_hi && h < label->hit_lo + 16; h++) {
        uint32_t e = hit_entity(j, &label->on->hits[h], -1);
        if (e == MANIFEST_NONE) continue;
        uint8_t kind = j->m->entities[e].kind;
        if (kind == ENTITY_HOST || kind == ENTITY_HARDWARE || kind == ENTITY_SERVICE) return true;
    }
    return false;
}

static bool is_in_table(const judge *j, uint32_t i) {
    return i < j->passage_count && j->passages[i].kind == PASSAGE_CELL;
}

static bool column_differs(judge *j, const passage *p, uint32_t only) {
    uint32_t own = (uint32_t)(p - j->passages), first = own, end = own + 1;
    seen s = {.n = 0};
    if (p->column == PASSAGE_NONE || is_row_of_ours(j, p)) return false;
    while (first > 0 && own - first < PASSAGES_AROUND && is_in_table(j, first - 1)) first--;
    while (end - own < PASSAGES_AROUND && is_in_table(j, end)) end++;
    for (uint32_t i = first; i < end; i++)
        if (j->passages[i].column == p->column && adds_passage(j, &j->passages[i], only, &s)) return true;
    return false;
}

static bool is_in_list(const judge *j, const passage *p, uint32_t i) {
    return i < j->passage_count && j->passages[i].kind == PASSAGE_SENTENCE && j->passages[i].flags & PASSAGE_IN_LIST &&
           j->passages[i].heading == p->heading;
}

static bool items_differ(judge *j, const passage *p, uint32_t entity) {
    uint32_t own = (uint32_t)(p - j->passages), first = own, end = own + 1;
    seen s = {.n = 0};
    if (!(p->flags & PASSAGE_IN_LIST)) return false;
    while (first > 0 && own - first < PASSAGES_AROUND && is_in_list(j, p, first - 1)) first--;
    while (end - own < PASSAGES_AROUND && is_in_list(j, p, end)) end++;
    for (uint32_t i = first; i < end; i++)
        if (j->passages[i].lead == p->lead && adds_passage(j, &j->passages[i], entity, &s)) return true;
    return false;
}

/* The lines of one code block; what one command printed, where there are commands. */
static bool lines_differ(judge *j, const passage *p, uint32_t entity) {
    uint32_t own = (uint32_t)(p - j->passages), first = own, end = own + 1;
    seen s = {.n = 0};
    while (first > 0 && own - first < PASSAGES_AROUND && j->passages[first - 1].block == p->block) first--;
    while (end - own < PASSAGES_AROUND && end < j->passage_count && j->passages[end].block == p->block) end++;
    for (uint32_t i = first; i < end; i++) {
        const passage *q = &j->passages[i];
        if (q->kind == PASSAGE_CODE && (q->flags & PASSAGE_PROMPT) == (p->flags & PASSAGE_PROMPT) &&
            q->label == p->label && adds_passage(j, q, entity, &s))
            return true;
    }
    return false;
}

/* Does the table list faults, and where they were seen: is its first column headed "Symptom", "Error"? */
static bool is_list_of_faults(judge *j, const passage *p) {
    uint32_t header = p->label == PASSAGE_NONE ? PASSAGE_NONE : j->passages[p->label].column;
    if (header == PASSAGE_NONE) return false;
    passage *head = &j->passages[header];
    passage_prepare(j, head);
    for (uint32_t i = 0; i < head->word_count && i < 4; i++)
        if (word_in(head, i,
                    "error errors symptom symptoms bug bugs issue issues problem problems failure failures crash "
                    "crashes fault faults regression regressions message"))
            return true;
    return false;
}

static bool rows_differ(judge *j, const passage *p, uint32_t entity) {
    if (p->kind == PASSAGE_CODE) return lines_differ(j, p, entity);
    return p->kind == PASSAGE_CELL ? column_differs(j, p, MANIFEST_NONE)
                                   : p->kind == PASSAGE_SENTENCE && items_differ(j, p, entity);
}

bool version_is_of_its_row(judge *j, const passage *p, const token *t, uint32_t entity) {
    rows_found *known = &j->rows;
    if (p->kind == PASSAGE_CELL && is_list_of_faults(j, p)) return true;
    if (named_beside(j, p, t).n == 0) return false;
    if (known->around != p) *known = (rows_found){.around = p};
    for (uint32_t k = 0; k < known->n; k++)
        if (known->entity[k] == entity) return known->differ[k];
    bool differ = rows_differ(j, p, entity);
    if (known->n < ROWS_REMEMBERED) {
        known->entity[known->n] = entity;
        known->differ[known->n++] = differ;
    }
    return differ;
}

bool version_is_one_of_column(judge *j, const passage *p, const token *t, uint32_t entity) {
    binding tag = {.n = 0};
    if (p->kind != PASSAGE_CELL || (!named_beside(j, p, t).n && !bind_build_tag(j, (passage *)p, t, &tag)))
        return false;
    return column_differs(j, p, entity);
}
