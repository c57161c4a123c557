/* apposition.c - whose is a number that no verb leads to?
 *
 *     "an RTX 3090 (24 GB at 936 GB/s, bought second-hand)"     in the parenthesis behind a name: that thing's
 *     "- `quarry`, the VM: 2 vCPUs, 4 GB, £6.20 a month"        in the list of values behind it
 *     "eight RTX A5000, 24 GB", "two drives of 1.92 TB"         right behind it
 *     "the reindex (03:40, 26 minutes)"                         the only duration of a process
 *     "our 900 VA UPS", "a 512 GB Spark"                        right before it, as one word with it
 *
 * In: a question. Out: the facts of that owner which the number can only mean by its unit, as candidates that no other
 * word has to name: the only one in the number's dimension; of a model or a file, its size; of a machine, its memory,
 * where its storage is declared as well and both disagree. What stands between the name and the number may be other
 * values, commas and small words, never a verb and never a noun that the manifest does not know: "tern, 3 years and
 * 40 TB later" is nobody's capacity.
 */
#include "facts/numbers/question.h"
#include "facts/reading/standing.h"

#include <math.h>

enum { REACH = 160, ITEMS = 10 };

static const alias_hit *hit_ending(const passage *p, uint32_t lo, uint32_t hi) {
    uint32_t first, end;
    passage_hit_window(p, lo, hi, &first, &end);
    for (uint32_t h = first; h < end; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (hit->inside < 0 && hit->where.hi >= lo && hit->where.hi <= hi && hit_has(hit, ALIAS_ENTITY)) return hit;
    }
    return NULL;
}

static uint32_t owner_by(const question *q, const alias_hit *hit) {
    if (!hit || inside_opaque(q->p, hit->where.lo, hit->where.hi)) return MANIFEST_NONE;
    uint32_t entity = hit_entity(q->j, hit, -1);
    if (entity == MANIFEST_NONE || q->j->m->entities[entity].kind == ENTITY_PROCESS) return MANIFEST_NONE;
    return entity;
}

/* Is the name compared, denied or only looked at: "than an RTX 3090 (24 GB)", "like", "no", "instead of"? */
static bool is_held_off(const passage *p, uint32_t lo) {
    uint32_t first, end;
    passage_window(p, lo, lo, &first, &end);
    for (uint32_t i = end, k = 0; i > first && k < 3; i--) {
        if (p->words[i - 1].hi > lo) continue;
        if (p->words[i - 1].cues & (CUE_NEGATION | CUE_MODAL) ||
            word_in(p, i - 1, "than like unlike versus instead any every another your"))
            return true;
        k++;
    }
    return false;
}

/* Where the parenthesis around the number opens; 0 where none does. */
static uint32_t parenthesis_of(const question *q) {
    const passage *p = q->p;
    uint32_t at = q->t->text.lo;
    while (at > p->text.lo && q->t->text.lo - at < REACH) {
        uint8_t c = p->on->text.p[--at];
        if (c == ')' || c == ';' || c == '?') return 0;
        if (c == '(') return at;
    }
    return 0;
}

static bool is_number_item(const passage *p, uint32_t lo, uint32_t hi) {
    for (uint32_t i = p->token_lo; i < p->token_hi; i++) {
        const token *t = &p->on->tokens[i];
        if (t->text.lo >= hi) break;
        if (t->text.lo >= lo && (t->kind == TOKEN_QUANTITY || t->kind == TOKEN_NUMBER) && t->text.lo <= lo + 12)
            return true;
    }
    return false;
}

/* A finite verb in [lo, hi)? */
static bool has_verb(const passage *p, uint32_t lo, uint32_t hi) {
    uint32_t first, end;
    passage_window(p, lo, hi, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        if (p->words[i].lo < lo || p->words[i].hi > hi) continue;
        if (p->words[i].cues & (CUE_MODAL | CUE_NEGATION | CUE_TAKE | CUE_BREAK)) return true;
        if (word_in(p, i,
                    "is are was were be been has have had runs holds sits stands makes draws serves keeps uses gets"))
            return true;
    }
    return false;
}

/* Does the number end its item: punctuation, a closing bracket, or a small word behind it? */
static bool ends_item(const question *q) {
    const passage *p = q->p;
    uint32_t at = q->t->text.hi, first, end;
    if (at >= p->text.hi) return true;
    uint8_t c = p->on->text.p[at];
    if (c == ',' || c == ')' || c == '.' || c == ';' || c == '\n') return true;
    passage_window(p, at, at, &first, &end);
    while (first < end && p->words[first].lo < at) first++;
    return first < end && p->words[first].lo == at + 1 && word_in(p, first, "at and with");
}

/* "ray (EPYC 9124, 16 cores, 128 GB)": the name right before the parenthesis, or, where a part is named inside it right
 * before the number, the part. */
static uint32_t owner_of_parenthesis(const question *q) {
    const passage *p = q->p;
    uint32_t open = parenthesis_of(q);
    if (open <= p->text.lo + 1 || p->on->text.p[open - 1] != ' ') return MANIFEST_NONE;
    if (has_verb(p, open, q->t->text.lo)) return MANIFEST_NONE;
    const alias_hit *hit = hit_ending(p, open - 2, open - 1);
    if (!hit || is_held_off(p, hit->where.lo)) return MANIFEST_NONE;
    uint32_t first, end;
    passage_hit_window(p, open, q->t->text.lo, &first, &end);
    for (uint32_t h = first; h < end; h++) /* somebody else is named in between */
        if (p->on->hits[h].where.lo > open && p->on->hits[h].where.hi <= q->t->text.lo &&
            hit_has(&p->on->hits[h], ALIAS_ENTITY))
            return MANIFEST_NONE;
    return owner_by(q, hit);
}

/* Back over ", "-separated values to the name that they are said of. */
static uint32_t owner_of_list(const question *q) {
    const passage *p = q->p;
    uint32_t hi = q->t->text.lo;
    for (uint32_t k = 0; k < ITEMS; k++) {
        uint32_t at = hi;
        while (at > p->text.lo && p->on->text.p[at - 1] == ' ') at--;
        if (at == p->text.lo || q->t->text.lo - at > REACH) return MANIFEST_NONE;
        uint8_t c = p->on->text.p[at - 1];
        if (c != ',' && c != ':') return MANIFEST_NONE;
        uint32_t lo = at - 1;
        const alias_hit *hit = hit_ending(p, lo > p->text.lo ? lo - 1 : lo, lo);
        if (hit && hit->where.hi == lo)
            return is_held_off(p, hit->where.lo) || has_verb(p, p->text.lo, hit->where.lo) ? MANIFEST_NONE
                                                                                           : owner_by(q, hit);
        uint32_t from = lo;
        while (from > p->text.lo && p->on->text.p[from - 1] != ',' && p->on->text.p[from - 1] != ':') from--;
        uint32_t begin = from;
        while (begin < lo && p->on->text.p[begin] == ' ') begin++;
        if (c == ':') { /* "`quarry`, the VM in Nuremberg: ": the sentence begins with the name, and has no verb */
            uint32_t first, end;
            passage_hit_window(p, p->text.lo, p->text.lo + 1, &first, &end);
            for (uint32_t h = first; h < end; h++)
                if (p->on->hits[h].where.lo <= p->text.lo + 4 && !has_verb(p, p->text.lo, lo))
                    return owner_by(q, &p->on->hits[h]);
            return MANIFEST_NONE;
        }
        if (!is_number_item(p, begin, lo) || has_verb(p, begin, lo)) return MANIFEST_NONE;
        hi = from;
    }
    return MANIFEST_NONE;
}

/* "a 400 Gb/s switch", "any 4 GB VPS" */
static bool is_any_one(const passage *p, uint32_t lo) {
    uint32_t first, end;
    passage_window(p, lo, lo, &first, &end);
    for (uint32_t i = end; i > first; i--)
        if (p->words[i - 1].hi <= lo) return word_in(p, i - 1, "a an any another some");
    return true; /* it begins the sentence: "64 GB servers" */
}

/* A name of its own, with a figure or with letters of both sizes in it, not "switch" or "VPS". */
static bool is_proper(const passage *p, const alias_hit *hit) {
    bool big = false, small = false, digit = false;
    for (uint32_t i = hit->where.lo; i < hit->where.hi; i++) {
        uint8_t c = p->on->text.p[i];
        big = big || (c >= 'A' && c <= 'Z');
        small = small || (c >= 'a' && c <= 'z');
        digit = digit || byte_is_digit(c);
    }
    return big && (small || digit);
}

/* "our 900 VA UPS carries": the name right behind the number, and no noun behind the name. */
static uint32_t owner_of_compound(const question *q) {
    const passage *p = q->p;
    uint32_t at = q->t->text.hi, first, end;
    passage_hit_window(p, at, at + 2, &first, &end);
    for (uint32_t h = first; h < end; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (hit->inside >= 0 || hit->where.lo != at + 1 || !hit_has(hit, ALIAS_ENTITY)) continue;
        if (hit->where.hi < p->text.hi && p->on->text.p[hit->where.hi] == ' ') {
            uint32_t w, last;
            passage_window(p, hit->where.hi, hit->where.hi, &w, &last);
            while (w < last && p->words[w].lo < hit->where.hi) w++;
            if (w < last && !(p->words[w].cues & (CUE_STOP | CUE_HAVE | CUE_TAKE | CUE_RUN | CUE_PLACE | CUE_BREAK)))
                return MANIFEST_NONE;
        }
        return is_any_one(p, q->t->text.lo) && !is_proper(p, hit) ? MANIFEST_NONE : owner_by(q, hit);
    }
    return MANIFEST_NONE;
}

/* "Alder is a 70B model": the name, a copula, the number, and "model" behind it. */
static uint32_t owner_of_copula(const question *q) {
    const passage *p = q->p;
    uint32_t first, end, w = passage_word_before(p, q->t->text.lo);
    if (q->m.dimension != DIM_PARAMS || w == UINT32_MAX || w < 2 || !word_in(p, w, "a an") || !word_in(p, w - 1, "is"))
        return MANIFEST_NONE;
    passage_hit_window(p, p->words[w - 2].lo, p->words[w - 2].hi, &first, &end);
    for (uint32_t h = first; h < end; h++) {
        const alias_hit *hit = &p->on->hits[h];
        uint32_t begins = standing_word_at(p, hit->where.lo); /* "Priya's primary model" is another */
        if (begins > 1 || (begins == 1 && !word_in(p, 0, "the our my this"))) continue;
        if (hit->inside < 0 && hit->where.hi == p->words[w - 2].hi) return owner_by(q, hit);
    }
    return MANIFEST_NONE;
}

static bool has_name(const numeric_fact *f, const char *words) {
    str rest = str_from_cstr(words), term;
    while (str_cut(&rest, ' ', &term))
        if (fact_has_stem(f, fact_stem(term))) return true;
    return false;
}

static bool is_same(const numeric_fact *f, const numeric_fact *g) { return f->index == g->index && f->kind == g->kind; }

uint32_t fact_by_unit(const question *q, uint32_t owner) {
    uint32_t count, only = UINT32_MAX, size = UINT32_MAX, room = UINT32_MAX;
    bool several = false;
    const uint32_t *facts = fact_index_owned(q->j->index, owner, &count);
    for (uint32_t i = 0; i < count && i < 128; i++) {
        const numeric_fact *f = &q->facts[facts[i]];
        if (f->kind == FACT_DERIVED || !candidate_same_kind(q, f)) continue;
        if (f->condition_count) return UINT32_MAX;
        if (candidate_agrees(q, f)) return UINT32_MAX;
        several = several || (only != UINT32_MAX && !is_same(f, &q->facts[only]));
        only = facts[i];
        if (f->kind != FACT_ATTR) continue;
        if (has_name(f, "memory ram vram size weights file checkpoint parameters")) {
            if (size != UINT32_MAX && !is_same(f, &q->facts[size]) && !has_name(f, "parameters")) return UINT32_MAX;
            if (size == UINT32_MAX || f->base > q->facts[size].base) size = facts[i];
        } else if (has_name(f, "storage disk ssd nvme drive")) {
            room = facts[i];
        }
    }
    if (only == UINT32_MAX) return only;
    if (q->m.dimension == DIM_PARAMS) return size;
    if (q->m.dimension != DIM_DATA) return several ? UINT32_MAX : only;
    uint8_t kind = q->j->m->entities[owner].kind;
    bool machine = kind == ENTITY_HOST || (kind == ENTITY_HARDWARE && !subject_is_part(q, &q->facts[only]));
    return machine && room == UINT32_MAX ? UINT32_MAX : size;
}

void ask_by_apposition(question *q, scored *(*score)(question *, uint32_t)) {
    enum unit_dimension d = q->m.dimension;
    if (q->p->kind != PASSAGE_SENTENCE || q->bare || q->t->flags & TOKEN_RATIO || q->change) return;
    if (dimension_is_common(d) && d != DIM_DATA) return;
    uint32_t owner = owner_of_compound(q);
    if (owner == MANIFEST_NONE) owner = owner_of_copula(q);
    if (owner == MANIFEST_NONE && ends_item(q)) owner = owner_of_parenthesis(q);
    if (owner == MANIFEST_NONE && ends_item(q)) owner = owner_of_list(q);
    uint32_t fact = owner == MANIFEST_NONE ? UINT32_MAX : fact_by_unit(q, owner);
    if (fact == UINT32_MAX) return;
    uint32_t count;
    const uint32_t *facts = fact_index_owned(q->j->index, owner, &count);
    for (uint32_t i = 0; i < count && i < 128; i++) { /* every view of it */
        if (!is_same(&q->facts[facts[i]], &q->facts[fact])) continue;
        scored *s = score(q, facts[i]);
        if (!s) continue;
        if (s->name < 0.9) s->name = 0.9;
        if (s->owner < 0.9) s->owner = 0.9;
        s->sole = true;
    }
}

/* ---- the duration of a process ---- */

/* "The nightly reindex (03:40, 26 minutes) makes …": the process whose name stands before the parenthesis. */
static uint32_t process_of_parenthesis(const question *q) {
    const passage *p = q->p;
    uint32_t open = q->t->text.lo, first, end;
    while (open > p->text.lo && q->t->text.lo - open < 40 && p->on->text.p[open - 1] != '(' &&
           p->on->text.p[open - 1] != ')')
        open--;
    if (open <= p->text.lo + 2 || p->on->text.p[open - 1] != '(') return MANIFEST_NONE;
    if (q->t->text.hi < p->text.hi && p->on->text.p[q->t->text.hi] != ')' && p->on->text.p[q->t->text.hi] != ',')
        return MANIFEST_NONE;
    for (uint32_t i = p->token_lo; i < p->token_hi; i++) /* nothing but times and dates beside it */
        if (p->on->tokens[i].text.lo >= open && p->on->tokens[i].text.hi <= q->t->text.lo &&
            p->on->tokens[i].kind != TOKEN_TIME && p->on->tokens[i].kind != TOKEN_DATE)
            return MANIFEST_NONE;
    for (uint32_t k = open; k < q->t->text.lo; k++)
        if (byte_is_alpha(p->on->text.p[k])) return MANIFEST_NONE;
    passage_hit_window(p, open - 2, open - 2, &first, &end);
    for (uint32_t h = first; h < end; h++)
        if (p->on->hits[h].where.hi == open - 2) return hit_entity(q->j, &p->on->hits[h], ENTITY_PROCESS);
    return MANIFEST_NONE;
}

/* Is the process all that a stretch of text names, an article apart: "Model swap", "A model swap"? */
static uint32_t process_named_by(const question *q, const passage *p, uint32_t lo, uint32_t hi) {
    uint32_t first, end;
    while (lo < hi && p->on->text.p[lo] == ' ') lo++;
    while (hi > lo && strchr(" :*", p->on->text.p[hi - 1])) hi--;
    static const char *const more[] = {" time", " duration"}; /* "Model swap time: …" */
    for (size_t i = 0; i < COUNT_OF(more); i++)
        if (str_ends(surface_slice(p->on, lo, hi), str_from_cstr(more[i]))) hi -= (uint32_t)strlen(more[i]);
    passage_hit_window(p, lo, hi, &first, &end);
    for (uint32_t h = first; h < end; h++) {
        const alias_hit *hit = &p->on->hits[h];
        str before = hit->where.lo >= lo ? str_trim(surface_slice(p->on, lo, hit->where.lo)) : STR("?");
        if (hit->inside < 0 && hit->where.hi == hi && (!before.n || str_is_among(before, "a the each every one")))
            return hit_entity(q->j, hit, ENTITY_PROCESS);
    }
    return MANIFEST_NONE;
}

/* "- Model swap: 14 minutes", "| Model swap | 14 min |": nothing but the process and its time. */
static uint32_t process_of_item(const question *q) {
    const passage *p = q->p;
    if (p->kind == PASSAGE_CELL) {
        if (p->label == PASSAGE_NONE || p->column == PASSAGE_NONE || q->t->text.lo > p->text.lo + 2 ||
            q->t->text.hi + 2 < p->text.hi)
            return MANIFEST_NONE;
        passage *label = &q->j->passages[p->label], *head = &q->j->passages[p->column];
        passage_prepare(q->j, head);
        for (uint32_t i = 0; i < head->word_count; i++)
            if (!(head->words[i].cues & CUE_STOP) &&
                !word_in(head, i, "how long time duration takes take value cost costs needs minutes min seconds"))
                return MANIFEST_NONE;
        return process_named_by(q, label, label->text.lo, label->text.hi);
    }
    uint32_t colon = q->t->text.lo, w = passage_word_before(p, q->t->text.lo);
    if (p->kind != PASSAGE_SENTENCE) return MANIFEST_NONE;
    if (w != UINT32_MAX && word_in(p, w, "about around roughly some")) colon = p->words[w].lo;
    while (colon > p->text.lo && p->on->text.p[colon - 1] == ' ') colon--;
    if (colon <= p->text.lo || p->on->text.p[colon - 1] != ':') return MANIFEST_NONE;
    if (q->t->text.hi < p->text.hi && p->on->text.p[q->t->text.hi] != '.') return MANIFEST_NONE;
    return process_named_by(q, p, p->text.lo, colon);
}

void ask_by_parenthesis(question *q, scored *(*score)(question *, uint32_t)) {
    uint32_t count, process = q->m.dimension == DIM_TIME ? process_of_parenthesis(q) : MANIFEST_NONE, only = UINT32_MAX;
    if (process == MANIFEST_NONE && q->m.dimension == DIM_TIME) process = process_of_item(q);
    if (process == MANIFEST_NONE) return;
    const uint32_t *facts = fact_index_owned(q->j->index, process, &count);
    for (uint32_t k = 0; k < count && k < 64; k++) {
        const numeric_fact *f = &q->facts[facts[k]];
        bool lasts = false;
        for (uint32_t n = 0; n < f->name_count; n++) lasts = lasts || phrase_is_duration(&f->names[n]);
        if (f->dimension != DIM_TIME || !lasts || f->kind == FACT_DERIVED) continue;
        if (only != UINT32_MAX) return;
        only = facts[k];
    }
    scored *s = only == UINT32_MAX ? NULL : score(q, only);
    if (!s) return;
    s->name = fmax(s->name, 0.95);
    s->owner = fmax(s->owner, 0.9);
    s->sole = true;
}
