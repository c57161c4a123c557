/* process.c - what is done, how often and in which order.
 *
 * Cadence. A sentence, a row or a list item that names a declared process and states a cadence is compared with the
 * declared one. Where it names none, closed-world judgement needs all of: an explicit cadence, a first person, and a
 * verb of a category that the manifest declares closed ("I verify this weekly"). "I discuss model selection" is no
 * process.
 *
 * Order. Steps are found by their words, in the sentence, the cell, or the items of an ordered list whose lead or
 * heading names the process. Out of the declared strict order: contradicted. A step left out of a plain enumeration:
 * contradicted.
 */
#include "facts/cadence.h"
#include "base/buf.h"
#include "facts/judge.h"

enum { STEP_LIMIT = 24 };

/* ---- which process ---- */

/* The process named in the passage nearest to [lo, hi); MANIFEST_NONE when none is. */
static uint32_t process_in(judge *j, const passage *p, uint32_t lo, uint32_t hi) {
    uint32_t best = MANIFEST_NONE, distance = UINT32_MAX, first, end;
    passage_hit_window(p, lo, hi, &first, &end);
    for (uint32_t h = first; h < end; h++) {
        const alias_hit *hit = &p->on->hits[h];
        uint32_t e = hit_entity(j, hit, ENTITY_PROCESS);
        if (e == MANIFEST_NONE || hit->inside >= 0 || inside_opaque(p, hit->where.lo, hit->where.hi)) continue;
        /* What stands behind it is farther off: "runs at 04:40, after the batch has ended". */
        uint32_t gap = hit->where.hi <= lo   ? lo - hit->where.hi
                       : hit->where.lo >= hi ? (hit->where.lo - hi) * 4 + 40
                                             : 0;
        if (gap < distance) best = e, distance = gap;
    }
    return best;
}

static bool passage_denies(const judge *j, const passage *p, uint32_t lo, uint32_t hi) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi; h++)
        if (hit_entity(j, &p->on->hits[h], ENTITY_PROCESS) != MANIFEST_NONE && p->on->hits[h].where.lo <= lo &&
            hi <= p->on->hits[h].where.hi)
            return true;
    return false;
}

/* ---- categories ---- */

/* Category of a verb: what somebody does who does it with a cadence. NULL for any other word. */
static const char *category_of(str term, bool *strong) {
    static const struct {
        const char *category, *verbs;
        bool strong;
    } table[] = {
        {"quality", "verify verified validate validated evaluate evaluated audit audited", true},
        {"quality", "test check review score measure benchmark calibrate", false},
        {"training", "train retrain finetune fine-tune retrained trained", true},
        {"backup", "backup snapshot dump restore", true},
        {"release", "deploy publish release ship", true},
        {"maintenance", "patch upgrade scrub vacuum", true},
        {"data", "import ingest", true},
        {"drafting", "draft", false},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        str rest = str_from_cstr(table[i].verbs), verb;
        while (str_cut(&rest, ' ', &verb))
            if (str_eq_nocase(verb, term)) {
                *strong = table[i].strong;
                return table[i].category;
            }
    }
    return NULL;
}

static const manifest_scope *closed_category(const judge *j, const char *category) {
    for (uint32_t i = 0; i < j->m->scope_count && i < 256; i++) {
        const manifest_scope *s = &j->m->scopes[i];
        if (s->world != WORLD_CLOSED) continue;
        for (uint32_t k = 0; k < s->categories.n; k++)
            if (str_eq_nocase(s->categories.at[k].text, str_from_cstr(category))) return s;
    }
    return NULL;
}

static bool text_has_stem(str text, uint64_t stem) {
    uint32_t at = 0, lo, hi;
    while (fact_word_next(text, &at, &lo, &hi))
        if (fact_stem(str_slice(text, (ptrdiff_t)lo, (ptrdiff_t)hi)) == stem) return true;
    return false;
}

static bool process_does(const manifest_entity *e, uint64_t stem) {
    bool does = text_has_stem(e->id, stem);
    for (uint32_t i = 0; i < e->aliases.n; i++) does = does || text_has_stem(e->aliases.at[i].text, stem);
    for (uint32_t i = 0; i < e->process.step_count; i++) does = does || text_has_stem(e->process.steps[i].name, stem);
    return does;
}

static bool declared_cadence(const manifest_entity *e, cadence *c) {
    if (!e->process.cadence.n) return false;
    return cadence_find(e->process.cadence, 0, c) || cadence_find_time(e->process.cadence, 0, c);
}

/* What is part of a cadence or a step is no quantity of its own. */
static void take_tokens(passage *p, uint32_t lo, uint32_t hi) {
    for (uint32_t t = p->token_lo; t < p->token_hi; t++)
        if (p->on->tokens[t].text.lo >= lo && p->on->tokens[t].text.hi <= hi &&
            (p->on->tokens[t].kind == TOKEN_QUANTITY || p->on->tokens[t].kind == TOKEN_NUMBER))
            p->on->used[t] = 1;
}

/* ---- cadence claims ---- */

/* A declared process that keeps exactly this cadence, with a word of its name or its steps around: MANIFEST_NONE when
 * none. */
static uint32_t process_by_cadence(judge *j, passage *p, const cadence *c) {
    context near;
    context_make(j, p, p->text.lo + c->lo, p->text.lo + c->hi, &near);
    uint32_t count;
    const uint32_t *all = fact_index_processes(j->index, &count);
    for (uint32_t k = 0; k < count; k++) {
        const manifest_entity *e = &j->m->entities[all[k]];
        cadence declared;
        if (!declared_cadence(e, &declared) || cadence_compare(c, &declared) != CADENCE_AGREES) continue;
        for (uint32_t w = 0; w < near.word_count; w++)
            if (process_does(e, near.words[w].stem)) return all[k];
    }
    return MANIFEST_NONE;
}

static void judge_named(judge *j, passage *p, uint32_t entity, const cadence *c, const stance_view *s, bool sure) {
    const manifest_entity *e = &j->m->entities[entity];
    cadence declared;
    if (!declared_cadence(e, &declared)) return;
    enum cadence_agreement a = cadence_compare(c, &declared);
    uint32_t count;
    const uint32_t *all = fact_index_processes(j->index, &count);
    for (uint32_t k = 0; a != CADENCE_AGREES && k < count; k++) {
        /* "Full backups run every Sunday, differentials on weekdays": another one, named in part, keeps this cadence.
         */
        const manifest_entity *other = &j->m->entities[all[k]];
        cadence theirs;
        if (all[k] == entity || !declared_cadence(other, &theirs) || cadence_compare(c, &theirs) != CADENCE_AGREES)
            continue;
        for (uint32_t w = 0; w < p->word_count && w < 200; w++)
            if (p->words[w].hi - p->words[w].lo > 3 && process_does(other, p->words[w].stem)) {
                e = other;
                a = CADENCE_AGREES;
                break;
            }
    }
    if (a != CADENCE_AGREES) { /* the cadence of another process that the sentences around speak of */
        uint32_t kept = process_by_cadence(j, p, c);
        if (kept != MANIFEST_NONE) e = &j->m->entities[kept], a = CADENCE_AGREES;
    }
    if (a != CADENCE_AGREES && !sure) return;
    claim *x = claim_add(j, p, p->text.lo + c->lo, p->text.lo + c->hi, CLAIM_PROCESS, s);
    if (!x || x->verdict == VERDICT_NOT_ABOUT_US) return;
    x->subject = e->id;
    take_tokens(p, p->text.lo + c->lo, p->text.lo + c->hi);
    if (a == CADENCE_AGREES)
        claim_supported(j, x, &e->process.fact, e->process.cadence, STR("the declared cadence"));
    else if (a == CADENCE_UNLIKE && !s->loose && !s->denied && !s->past)
        claim_contradicted(j, x, &e->process.fact, e->process.cadence,
                           judge_printf(j, "not the declared cadence of %.*s", STR_ARG(e->id)));
    else
        claim_unverified(j, x, judge_printf(j, "near the cadence of %.*s, not comparable", STR_ARG(e->id)));
}

/* A cadence that names no declared process: judged by its category, if that is closed. */
static void judge_category(judge *j, passage *p, const cadence *c, const stance_view *s) {
    if (!(p->cues & CUE_FIRST) || s->stance != STANCE_ASSERTED || s->denied) return;
    for (uint32_t i = 0; i < p->word_count; i++) {
        if (p->words[i].lo > p->text.lo + c->lo + 120 || p->words[i].hi + 120 < p->text.lo + c->lo) continue;
        bool strong = false;
        const char *category = category_of(surface_slice(p->on, p->words[i].lo, p->words[i].hi), &strong);
        if (!category) continue;
        bool verb =
            i > 0 && (p->words[i - 1].cues & CUE_FIRST || word_is(p, i - 1, "and") || word_is(p, i - 1, "also"));
        if (!verb) continue;
        const manifest_scope *scope = closed_category(j, category);
        claim *x =
            claim_add(j, p, p->words[i].lo < p->text.lo + c->lo ? p->words[i].lo : p->text.lo + c->lo,
                      p->words[i].hi > p->text.lo + c->hi ? p->words[i].hi : p->text.lo + c->hi, CLAIM_PROCESS, s);
        if (!x || x->verdict == VERDICT_NOT_ABOUT_US) return;
        x->subject = str_from_cstr(category);
        if (!scope) return;
        uint32_t count;
        const uint32_t *all = fact_index_processes(j->index, &count);
        for (uint32_t e = 0; e < count; e++) {
            const manifest_entity *known = &j->m->entities[all[e]];
            cadence declared;
            if (!str_eq_nocase(known->process.category, str_from_cstr(category))) continue;
            bool does = process_does(known, p->words[i].stem);
            if (declared_cadence(known, &declared) && cadence_compare(c, &declared) == CADENCE_AGREES) {
                x->subject = known->id;
                claim_supported(j, x, &known->process.fact, known->process.cadence,
                                STR("a declared process with this cadence"));
                return;
            }
            if (does && !strong) {
                claim_unverified(j, x, judge_printf(j, "near %.*s", STR_ARG(known->id)));
                return;
            }
        }
        if (!s->loose && !s->past)
            claim_contradicted(
                j, x, &scope->fact, STR("a closed category"),
                judge_printf(j, "no declared process of the closed category %s has this cadence", category));
        return;
    }
    if (c->event_count || c->period_s < 3600) return;
    str after = str_slice(passage_text(p), (ptrdiff_t)c->hi, (ptrdiff_t)c->hi + 2); /* "quarterly planning" is a name */
    if (c->hi - c->lo < 12 && after.n > 1 && after.p[0] == ' ' && byte_is_alpha(after.p[1])) return;
    /* An explicit habit of ours that nothing declares. */
    claim *x = claim_add(j, p, p->text.lo + c->lo, p->text.lo + c->hi, CLAIM_PROCESS, s);
    claim_unverified(j, x, STR("a habit that the manifest does not declare"));
}

/* Another cell of the row that names a process: calendars put the time first. */
static uint32_t process_in_row(judge *j, uint32_t index) {
    const passage *p = &j->passages[index];
    if (p->kind != PASSAGE_CELL) return MANIFEST_NONE;
    if (p->label != PASSAGE_NONE)
        return process_in(j, &j->passages[p->label], j->passages[p->label].text.lo, j->passages[p->label].text.hi);
    for (uint32_t i = index + 1; i < j->passage_count && j->passages[i].label == index; i++) {
        uint32_t e = process_in(j, &j->passages[i], j->passages[i].text.lo, j->passages[i].text.hi);
        if (e != MANIFEST_NONE) return e;
    }
    return MANIFEST_NONE;
}

static void find_cadences(judge *j, uint32_t index) {
    passage *p = &j->passages[index];
    str text = passage_text(p);
    if (text.n > 4096) return; /* no sentence is that long; lists of words are no process */
    cadence c;
    for (uint32_t from = 0, n = p->cues & CUE_CADENCE ? 0 : 8; n < 8 && cadence_find(text, from, &c);
         from = c.hi, n++) {
        uint32_t lo = p->text.lo + c.lo, hi = p->text.lo + c.hi;
        if (passage_denies(j, p, lo, hi)) continue; /* "nightly batch" is a name */
        stance_view s = stance_at(j, p, lo, hi);
        uint32_t e = process_in(j, p, lo, hi);
        bool sure = true;
        if (e == MANIFEST_NONE) e = process_in_row(j, index);
        if (p->kind == PASSAGE_SENTENCE && p->previous != PASSAGE_NONE &&
            (word_is(p, 0, "it") || (e == MANIFEST_NONE && word_is(p, 1, "it")))) {
            const passage *q = &j->passages[p->previous];
            e = process_in(j, q, q->text.lo, q->text.lo);
            sure = e == process_in(j, q, q->text.hi, q->text.hi); /* only one is named there */
        }
        if (e == MANIFEST_NONE && p->heading != PASSAGE_NONE && p->kind == PASSAGE_SENTENCE) {
            e = process_in(j, &j->passages[p->heading], j->passages[p->heading].text.lo,
                           j->passages[p->heading].text.hi);
            sure = false;
            static const char *const acts[] = {"test",     "run",     "practise", "practice",
                                               "rehearse", "perform", "repeat",   "drill"};
            for (uint32_t i = 1; i < p->word_count && !sure; i++)
                for (size_t k = 0; k < COUNT_OF(acts); k++)
                    sure = sure || (word_is(p, i, acts[k]) && p->words[i - 1].cues & CUE_FIRST && c.period_s >= 86400);
        }
        if (e == MANIFEST_NONE || !sure) {
            uint32_t kept = process_by_cadence(j, p, &c);
            if (kept != MANIFEST_NONE) e = kept;
        }
        if (e != MANIFEST_NONE)
            judge_named(j, p, e, &c, &s, sure && s.stance != STANCE_INSTRUCTION);
        else if (p->kind != PASSAGE_FIELD)
            judge_category(j, p, &c, &s);
        else {
            /* "its weekly quality process": a category by name */
            for (uint32_t i = 0; i < p->word_count; i++) {
                const manifest_scope *scope = NULL;
                str term = surface_slice(p->on, p->words[i].lo, p->words[i].hi);
                for (uint32_t k = 0; k < j->m->scope_count && k < 256 && !scope; k++)
                    for (uint32_t m = 0; m < j->m->scopes[k].categories.n; m++)
                        if (j->m->scopes[k].world == WORLD_CLOSED &&
                            str_eq_nocase(j->m->scopes[k].categories.at[m].text, term))
                            scope = &j->m->scopes[k];
                if (!scope || p->words[i].lo < lo || p->words[i].lo > hi + 20) continue;
                bool known = false;
                cadence declared;
                uint32_t count;
                const uint32_t *all = fact_index_processes(j->index, &count);
                for (uint32_t k = 0; k < count; k++)
                    known = known || (str_eq_nocase(j->m->entities[all[k]].process.category, term) &&
                                      declared_cadence(&j->m->entities[all[k]], &declared) &&
                                      cadence_compare(&c, &declared) == CADENCE_AGREES);
                claim *x = claim_add(j, p, lo, p->words[i].hi, CLAIM_PROCESS, &s);
                if (x && !known)
                    claim_contradicted(j, x, &scope->fact, STR("a closed category"),
                                       STR("no declared process of this category has this cadence"));
            }
        }
    }
    /* "The nightly batch starts at 23:00" */
    bool timed = false;
    for (uint32_t t = p->token_lo; t < p->token_hi && !timed; t++) timed = p->on->tokens[t].kind == TOKEN_TIME;
    if (p->kind != PASSAGE_SENTENCE || !timed || !cadence_find_time(text, 0, &c)) return;
    static const char *const starts[] = {"starts", "start", "begins", "begin", "runs", "run", "started"};
    bool starting = false;
    for (uint32_t i = 0; i < p->word_count; i++)
        for (size_t k = 0; k < COUNT_OF(starts); k++)
            starting = starting || (word_is(p, i, starts[k]) && p->words[i].hi + 16 > p->text.lo + c.lo &&
                                    p->words[i].hi <= p->text.lo + c.lo);
    cadence any;
    if (!starting || (cadence_find(text, 0, &any) && any.minute >= 0)) return;
    uint32_t e = process_in(j, p, p->text.lo + c.lo, p->text.lo + c.hi);
    stance_view s = stance_at(j, p, p->text.lo + c.lo, p->text.lo + c.hi);
    if (e != MANIFEST_NONE && s.stance == STANCE_ASSERTED) judge_named(j, p, e, &c, &s, true);
}

/* ---- steps ---- */

typedef struct step_find {
    uint32_t at[STEP_LIMIT]; /* where each declared step stands; UINT32_MAX = nowhere */
    uint32_t found, lo, hi;
} step_find;

/* Where the words of a step begin in [first, end) of the passage's words, at or behind `from`; UINT32_MAX when nowhere.
 */
static uint32_t find_step(const passage *p, uint32_t first, uint32_t end, str step) {
    uint64_t stems[6];
    uint32_t n = 0, at = 0, lo, hi;
    while (n < COUNT_OF(stems) && fact_word_next(step, &at, &lo, &hi)) {
        str term = str_slice(step, (ptrdiff_t)lo, (ptrdiff_t)hi);
        if (str_eq_nocase(term, STR("the")) || str_eq_nocase(term, STR("a"))) continue;
        stems[n++] = fact_stem(term);
    }
    if (!n) return UINT32_MAX;
    for (uint32_t i = first; i < end; i++) {
        if (p->words[i].stem != stems[0]) continue;
        uint32_t have = 1;
        for (uint32_t k = 1; k < n; k++)
            for (uint32_t w = i + 1; w < end && w < i + 4 + n; w++)
                if (p->words[w].stem == stems[k]) {
                    have++;
                    break;
                }
        if (have * 10 >= n * 7) return i;
    }
    return UINT32_MAX;
}

static bool in_order(const step_find *f, uint32_t count) {
    uint32_t last = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (f->at[i] == UINT32_MAX) continue;
        if (f->at[i] + 1 <= last) return false;
        last = f->at[i] + 1;
    }
    return true;
}

static void conclude(judge *j, passage *p, uint32_t lo, uint32_t hi, const manifest_entity *e, const step_find *f,
                     uint32_t pieces) {
    uint32_t count = e->process.step_count < STEP_LIMIT ? e->process.step_count : STEP_LIMIT;
    stance_view s = stance_at(j, p, lo, hi);
    if (s.stance == STANCE_INSTRUCTION) s.stance = STANCE_ASSERTED; /* a list of orders is how steps are written */
    claim *c = claim_add(j, p, lo, hi, CLAIM_PROCESS, &s);
    if (!c || c->verdict == VERDICT_NOT_ABOUT_US) return;
    c->subject = e->id;
    buf says = {0};
    for (uint32_t i = 0; i < count; i++) {
        if (i) buf_cstr(&says, ", ");
        buf_str(&says, e->process.steps[i].name);
    }
    str list = arena_str(j->a, buf_view(&says));
    buf_free(&says);
    if (!in_order(f, count)) {
        if (e->process.strict && !s.denied && !s.past)
            claim_contradicted(j, c, &e->process.fact, list, STR("not in the declared order"));
        else
            claim_unverified(j, c, STR("another order than the declared one"));
    } else if (f->found == count) {
        if (pieces == count) take_tokens(p, lo, hi);
        claim_supported(j, c, &e->process.fact, list, STR("the declared steps in their order"));
    } else if (e->process.strict && pieces == f->found && pieces + 1 >= count && pieces >= 2 && !s.denied && !s.past) {
        uint32_t missing = 0;
        while (f->at[missing] != UINT32_MAX) missing++;
        claim_contradicted(j, c, &e->process.fact, list,
                           judge_printf(j, "leaves out the step \"%.*s\"", STR_ARG(e->process.steps[missing].name)));
    } else {
        claim_unverified(j, c, STR("only some of the declared steps"));
    }
}

/* Number of parts that commas, "then" and "and" make in words [first, end). */
static uint32_t count_pieces(const passage *p, uint32_t first, uint32_t end) {
    uint32_t pieces = 1;
    bool cut = false;
    for (uint32_t i = first + 1; i < end; i++) {
        for (uint32_t k = p->words[i - 1].hi; k < p->words[i].lo; k++)
            cut = cut || p->on->text.p[k] == ',' || p->on->text.p[k] == ';';
        if (word_is(p, i, "and") || word_is(p, i, "then")) {
            cut = true;
            continue;
        }
        pieces += cut;
        cut = false;
    }
    return pieces;
}

static void judge_steps_in(judge *j, passage *p, uint32_t entity) {
    const manifest_entity *e = &j->m->entities[entity];
    uint32_t count = e->process.step_count < STEP_LIMIT ? e->process.step_count : STEP_LIMIT;
    if (count < 3) return;
    passage_prepare(j, p);
    uint32_t first = 0, end = p->word_count;
    /* Steps stand behind a colon where there is one with enough behind it. */
    for (uint32_t i = 0; i + 2 < end; i++)
        if (p->words[i].hi < p->text.hi && p->on->text.p[p->words[i].hi] == ':' &&
            p->on->text.p[p->words[i].hi + 1] == ' ') {
            first = i + 1;
            break;
        }
    if (end - first > 200) return;
    step_find f = {.found = 0};
    uint32_t lowest = UINT32_MAX, highest = 0;
    for (uint32_t i = 0; i < count; i++) {
        f.at[i] = find_step(p, first, end, e->process.steps[i].name);
        if (f.at[i] == UINT32_MAX) continue;
        f.found++;
        if (f.at[i] < lowest) lowest = f.at[i];
        if (f.at[i] > highest) highest = f.at[i];
    }
    if (f.found < 3 || f.found * 10 < count * 6) return;
    uint32_t last = highest;
    while (last + 1 < end) { /* to the end of the last part */
        bool cut = false;
        for (uint32_t k = p->words[last].hi; k < p->words[last + 1].lo; k++)
            cut = cut || p->on->text.p[k] == ',' || p->on->text.p[k] == '.';
        if (cut || last > highest + 3) break;
        last++;
    }
    if (first == 0 && p->kind == PASSAGE_SENTENCE) first = lowest;
    conclude(j, p, p->words[lowest].lo, p->words[last].hi, e, &f, count_pieces(p, first, last + 1));
}

/* The process whose steps are the items, one each, in order; MANIFEST_NONE when none is. Only supports. */
static uint32_t process_by_steps(judge *j, const uint32_t *items, uint32_t n) {
    if (n < 3) return MANIFEST_NONE;
    uint32_t count;
    const uint32_t *all = fact_index_processes(j->index, &count);
    for (uint32_t k = 0; k < count; k++) {
        const manifest_entity *e = &j->m->entities[all[k]];
        if (e->process.step_count != n) continue;
        uint32_t same = 0;
        for (; same < n; same++) {
            passage *q = &j->passages[items[same]];
            passage_prepare(j, q);
            if (find_step(q, 0, q->word_count < 12 ? q->word_count : 12, e->process.steps[same].name) == UINT32_MAX)
                break;
        }
        if (same == n) return all[k];
    }
    return MANIFEST_NONE;
}

/* The items of an ordered list, as one sequence. */
static uint32_t judge_list(judge *j, uint32_t index) {
    passage *p = &j->passages[index];
    uint32_t list = article_ancestor(j->art, p->block, BLOCK_LIST), end = index, items[64], n = 0, item = BLOCK_NONE;
    for (; end < j->passage_count && j->passages[end].block != BLOCK_NONE &&
           j->passages[end].block < j->art->blocks[list].end;
         end++) {
        uint32_t own = article_ancestor(j->art, j->passages[end].block, BLOCK_ITEM);
        if (own == item) continue;
        item = own;
        if (n < COUNT_OF(items)) items[n++] = end;
    }
    if (n < 2 || n == COUNT_OF(items)) return end;
    uint32_t entity = MANIFEST_NONE, from[3] = {p->lead, PASSAGE_NONE, p->heading};
    if (p->lead != PASSAGE_NONE) from[1] = j->passages[p->lead].previous;
    for (int k = 0; k < 3 && entity == MANIFEST_NONE; k++)
        if (from[k] != PASSAGE_NONE)
            entity = process_in(j, &j->passages[from[k]], j->passages[from[k]].text.lo, j->passages[from[k]].text.hi);
    if (entity == MANIFEST_NONE) entity = process_by_steps(j, items, n);
    if (entity == MANIFEST_NONE) return end;
    const manifest_entity *e = &j->m->entities[entity];
    uint32_t count = e->process.step_count < STEP_LIMIT ? e->process.step_count : STEP_LIMIT;
    if (count < 2) return end;
    step_find f = {.found = 0};
    for (uint32_t i = 0; i < count; i++) {
        f.at[i] = UINT32_MAX;
        for (uint32_t k = 0; k < n && f.at[i] == UINT32_MAX; k++) {
            passage *q = &j->passages[items[k]];
            passage_prepare(j, q);
            if (find_step(q, 0, q->word_count < 40 ? q->word_count : 40, e->process.steps[i].name) != UINT32_MAX)
                f.at[i] = k;
        }
        f.found += f.at[i] != UINT32_MAX;
    }
    /* One item may hold several steps' words; order them by item, ties are in order. */
    if (f.found < 2 || f.found * 10 < count * 6) return end;
    bool ordered = true;
    uint32_t last = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (f.at[i] == UINT32_MAX) continue;
        ordered = ordered && f.at[i] >= last;
        last = f.at[i];
    }
    for (uint32_t k = 0; k < n; k++) { /* one claim an item, so that each is marked */
        passage *q = &j->passages[items[k]];
        step_find one = f;
        if (ordered)
            for (uint32_t i = 0; i < count; i++) one.at[i] = f.at[i] == UINT32_MAX ? UINT32_MAX : i;
        bool own = false;
        for (uint32_t i = 0; i < count; i++) own = own || f.at[i] == k;
        if (own || n == f.found) conclude(j, q, q->text.lo, q->text.hi, e, &one, n);
    }
    return end;
}

void judge_processes(judge *j) {
    if (!j->m || !j->about_us) return;
    for (uint32_t i = 0; i < j->passage_count && !j->failed; i++) {
        passage *p = &j->passages[i];
        if (p->kind == PASSAGE_CODE || p->kind == PASSAGE_HEADING ||
            p->flags & (PASSAGE_IN_QUOTE | PASSAGE_HEADER_CELL))
            continue;
        passage_prepare(j, p);
        find_cadences(j, i);
        if (p->kind == PASSAGE_CELL && p->label != PASSAGE_NONE) {
            uint32_t e =
                process_in(j, &j->passages[p->label], j->passages[p->label].text.lo, j->passages[p->label].text.hi);
            if (e != MANIFEST_NONE) judge_steps_in(j, p, e);
        }
        if (p->kind != PASSAGE_SENTENCE || p->flags & PASSAGE_ORDERED) continue;
        if (p->word_count < 4 || p->word_count > 200) continue;
        uint32_t e = process_in(j, p, p->text.lo, p->text.lo);
        for (uint32_t back = p->previous, k = 0; e == MANIFEST_NONE && back != PASSAGE_NONE && k < 3;
             k++, back = j->passages[back].previous)
            e = process_in(j, &j->passages[back], j->passages[back].text.lo, j->passages[back].text.lo);
        if (e == MANIFEST_NONE && p->heading != PASSAGE_NONE)
            e = process_in(j, &j->passages[p->heading], j->passages[p->heading].text.lo,
                           j->passages[p->heading].text.lo);
        if (e != MANIFEST_NONE) judge_steps_in(j, p, e);
    }
    for (uint32_t i = 0; i < j->passage_count && !j->failed;)
        if (j->passages[i].kind == PASSAGE_SENTENCE && j->passages[i].flags & PASSAGE_ORDERED)
            i = judge_list(j, i);
        else
            i++;
}
