/* steps.c - in which order is it done?
 *
 * Steps are found by their words, in the sentence, the cell, or the items of an ordered list whose lead or heading
 * (or the sentence behind it that speaks of "this order") names the process. Out of the declared strict order:
 * contradicted. A step left out of a plain enumeration: contradicted. Both only where every step found begins a part of
 * an enumeration: a sentence that merely uses the words says no order.
 */
#include "base/buf.h"
#include "facts/judge.h"
#include "facts/processes/steps.h"
#include "facts/reading/standing.h"

enum { STEP_LIMIT = 24, LIST_PASSAGES = 64 };

typedef struct step_find {
    uint32_t at[STEP_LIMIT]; /* where each declared step stands; UINT32_MAX = nowhere */
    uint32_t found, lo, hi;
    bool listed;         /* every step found begins a part of an enumeration */
    bool whole;          /* the enumeration says that it is all of the steps */
    bool before, behind; /* an item in other words stands where the first, the last step would */
} step_find;

/* An arrow outside ASCII, which the word reader takes for a word: it parts steps as a comma does. */
static bool is_arrow(const passage *p, uint32_t i) {
    return str_eq(surface_slice(p->on, p->words[i].lo, p->words[i].hi), STR("\xe2\x86\x92"));
}

/* Whether a comma or semicolon stands between word i - 1 and word i: there a part of an enumeration ends. */
static bool cut_before(const passage *p, uint32_t i) {
    for (uint32_t k = p->words[i - 1].hi; k < p->words[i].lo; k++)
        if (p->on->text.p[k] == ',' || p->on->text.p[k] == ';' || p->on->text.p[k] == '>') return true;
    return is_arrow(p, i) || is_arrow(p, i - 1);
}

/* Where the words of a step begin in [first, end) of the passage's words; UINT32_MAX when nowhere. They stand in one
 * part of an enumeration: "restic check" is not found at the first word of "restic backup, restic check". */
static uint32_t find_words(const passage *p, uint32_t first, uint32_t end, const step_phrase *step) {
    for (uint32_t i = first; step->n && i < end; i++) {
        bool begins = p->words[i].stem == step->stems[0] ||
                      (step->participle.n &&
                       str_eq_nocase(surface_slice(p->on, p->words[i].lo, p->words[i].hi), step->participle));
        if (!begins) continue;
        uint32_t have = 1;
        for (uint32_t k = 1; k < step->n; k++)
            for (uint32_t w = i + 1; w < end && w < i + 4 + step->n && !cut_before(p, w); w++)
                if (p->words[w].stem == step->stems[k]) {
                    have++;
                    break;
                }
        if (have * 10 >= step->n * 7) return i;
    }
    return UINT32_MAX;
}

/* The same by any name of the step: the first place of all. */
static uint32_t find_step(const passage *p, uint32_t first, uint32_t end, const step_words *step) {
    uint32_t at = UINT32_MAX;
    for (uint32_t k = 0; k < step->n && step->begins & p->stems; k++) {
        uint32_t other = find_words(p, first, end, &step->names[k]);
        if (other < at) at = other;
    }
    return at;
}

/* Not in the process's own name: the "patch" of the patch window, the "roll out" of the roll-out. */
static uint32_t find_step_outside(const judge *j, const passage *p, uint32_t first, uint32_t end, uint32_t entity,
                                  const step_words *step) {
    uint32_t at = find_step(p, first, end, step);
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64 && at != UINT32_MAX; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (hit_entity(j, hit, ENTITY_PROCESS) != entity || hit->where.lo > p->words[at].lo ||
            hit->where.hi < p->words[at].hi)
            continue;
        uint32_t behind = at;
        while (behind < end && p->words[behind].lo < hit->where.hi) behind++;
        uint32_t other = behind < end ? find_step(p, behind, end, step) : UINT32_MAX;
        if (other != UINT32_MAX) at = other;
    }
    return at;
}

static const step_words *steps_of(const judge *j, uint32_t process) {
    return fact_index_process(j->index, process)->steps;
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

/* "… and publish on a Friday": does a preposition behind the last step narrow what is said, other than "in this order"?
 */
static bool goes_on_behind(const passage *p, const step_find *f, uint32_t count, uint32_t hi) {
    uint32_t last = 0;
    for (uint32_t i = 0; i < count; i++)
        if (f->at[i] != UINT32_MAX && f->at[i] > last) last = f->at[i];
    for (uint32_t i = last + 1; i < p->word_count && p->words[i].hi <= hi; i++)
        if (word_in(p, i, "on in at without with before after during for from by when while until unless") &&
            !(word_is(p, i, "in") && word_in(p, i + 1, "that this") && word_in(p, i + 2, "order sequence way")))
            return true;
    return false;
}

/* Does an item in other words stand wherever a step is missing? */
static bool may_be_otherwise(const step_find *f, uint32_t count) {
    for (uint32_t i = 0; i < count; i++)
        if (f->at[i] == UINT32_MAX && !(i == 0 && f->before) && !(i + 1 == count && f->behind)) return false;
    return true;
}

static void conclude(judge *j, passage *p, uint32_t lo, uint32_t hi, const manifest_entity *e, const step_find *f,
                     uint32_t pieces) {
    uint32_t count = e->process.step_count < STEP_LIMIT ? e->process.step_count : STEP_LIMIT;
    stance_view s = stance_at(j, p, lo, hi);
    for (uint32_t i = 0; i < p->word_count && p->words[i].hi <= lo && i < 64;
         i++) /* "In the past it had these steps:" */
        s.past =
            s.past || word_is(p, i, "past") || word_is(p, i, "had") || word_is(p, i, "were") || word_is(p, i, "was");
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
        bool enough = f->found == count || (f->found > 2 && f->found + 1 == count && steps_say_then(p, lo, hi));
        if (e->process.strict && f->listed && enough && !steps_have_figures(p, lo, hi) &&
            !steps_tell_order(p, lo, hi) && !s.denied && !s.past)
            claim_contradicted(j, c, &e->process.fact, list, STR("not in the declared order"));
        else
            claim_unverified(j, c, STR("another order than the declared one"));
    } else if (f->found == count) {
        if (pieces == count) take_tokens(p, lo, hi);
        if (goes_on_behind(p, f, count, hi) && denial_of_declared(p, lo, hi) == DENIES_IT) {
            claim_unverified(j, c, STR("a denial of the declared steps, too indirect to judge"));
            return;
        }
        if (pieces > count && f->listed && e->process.strict && !s.denied) {
            claim_unverified(j, c, STR("tells more steps than are declared"));
            return;
        }
        if (claim_is_denied(j, p, c, &e->process.fact, list, STR("the declared steps"))) return;
        claim_supported(j, c, &e->process.fact, list, STR("the declared steps in their order"));
    } else if (e->process.strict && f->listed && pieces == f->found && (f->whole || pieces + 1 >= count) &&
               pieces >= 2 && !s.denied && !s.past && !may_be_otherwise(f, count) &&
               !(f->at[0] == UINT32_MAX && steps_go_on(p))) {
        uint32_t missing = 0;
        while (f->at[missing] != UINT32_MAX) missing++;
        if (steps_name_half(p, &steps_of(j, (uint32_t)(e - j->m->entities))[missing], lo, hi)) {
            claim_unverified(j, c, STR("the step that is left out may stand there in other words"));
            return;
        }
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
            cut = cut || p->on->text.p[k] == ',' || p->on->text.p[k] == ';' || p->on->text.p[k] == '>';
        if (word_is(p, i, "and") || word_is(p, i, "then") || is_arrow(p, i)) {
            cut = true;
            continue;
        }
        pieces += cut;
        cut = false;
    }
    return pieces;
}

/* Does word i begin a part: behind a comma, a colon, "and", "then", "a"? */
static bool begins_part(const passage *p, uint32_t i, uint32_t list) {
    if (i == list) return true;
    while (i > list && word_in(p, i - 1, "a the then i we do first finally only lastly next afterwards") &&
           !cut_before(p, i))
        i--;
    if (i == 0 || is_arrow(p, i - 1) || word_is(p, i - 1, "and") || word_is(p, i - 1, "then") ||
        word_is(p, i - 1, "does") || word_is(p, i - 1, "runs"))
        return true;
    for (uint32_t k = p->words[i - 1].hi; k < p->words[i].lo; k++)
        if (strchr(",:;>", p->on->text.p[k])) return true;
    return false;
}

/* "Before I │ publish, …": when it is done, not what. */
static bool tells_when(const passage *p, uint32_t i) {
    return i > 1 && word_in(p, i - 1, "we i it they you") &&
           word_in(p, i - 2, "when whenever before after until while if once since unless");
}

/* "The backup dumps, …", "The deploy is build → …", "first dumps": may the first of the steps stand here? */
static bool begins_list(const judge *j, const passage *p, uint32_t i, uint32_t entity) {
    static const char leads[] = "first is are runs makes does means goes will";
    while (i > 0 && (word_is(p, i - 1, "a") || word_is(p, i - 1, "the"))) i--;
    if (i == 0 || word_in(p, i - 1, "we i it they")) return true; /* "once a quarter we announce, …" */
    if (word_in(p, i - 1, leads)) return true;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && p->on->hits[h].where.lo < p->words[i].lo; h++)
        if (p->on->hits[h].where.hi == p->words[i - 1].hi && hit_entity(j, &p->on->hits[h], ENTITY_PROCESS) == entity)
            return true;
    return false;
}

/* The words [*first, *end) among which steps stand: behind "in four steps," or "its steps are"; behind a colon where
 * enough follows, or before it where the list leads: "Draw, fetch, hash: the last of these …". */
static void find_enumeration(const passage *p, const step_words *steps, uint32_t count, uint32_t *first,
                             uint32_t *end) {
    *first = 0;
    *end = p->word_count;
    uint32_t colon = 0;
    for (uint32_t i = 0; i + 2 < p->word_count && i < 200; i++) {
        bool noun =
            word_is(p, i, "steps") || word_is(p, i, "stages") || word_is(p, i, "phases") || word_is(p, i, "namely");
        uint8_t behind = p->words[i].hi < p->text.hi ? p->on->text.p[p->words[i].hi] : 0;
        if (noun && (behind == ',' || (word_is(p, i, "namely") && behind == ' '))) {
            *first = i + 1;
            return;
        }
        if (noun && word_is(p, i + 1, "are")) {
            *first = i + 2;
            return;
        }
        if (!colon && behind == ':' && p->words[i].hi + 1 < p->text.hi && p->on->text.p[p->words[i].hi + 1] == ' ')
            colon = i + 1;
    }
    if (!colon) return;
    uint32_t before = 0, after = 0;
    for (uint32_t s = 0; s < count && *end < 200; s++) {
        before += find_step(p, 0, colon, &steps[s]) != UINT32_MAX;
        after += find_step(p, colon, *end, &steps[s]) != UINT32_MAX;
    }
    if (before >= 3 && before > after)
        *end = colon;
    else
        *first = colon;
}

/* Does what leads into the words from `first` on announce all of the steps: "It has three steps: …", "always in this
 * order: …"? Not "two of its steps: …". A cell in a process's row does so without words. */
static bool announces_all(const passage *p, uint32_t first) {
    static const char *const nouns[] = {"steps", "stages", "phases", "order", "sequence", "way", "routine"};
    static const char parts[] = "of some most slow first last only other few two";
    if (p->kind == PASSAGE_CELL) return true;
    for (uint32_t i = first; i > 0 && first - i < 12; i--)
        for (size_t n = 0; n < COUNT_OF(nouns); n++) {
            if (!word_is(p, i - 1, nouns[n])) continue;
            for (uint32_t k = i > 3 ? i - 4 : 0; k + 1 < i; k++)
                if (word_in(p, k, parts)) return false;
            return true;
        }
    return false;
}

/* Of two steps in one part of the enumeration, "test" in "smoke test", the one that does not begin it is none. */
static void drop_inner(const passage *p, step_find *f, uint32_t count, uint32_t first) {
    for (uint32_t i = 0; i < count; i++) {
        if (f->at[i] == UINT32_MAX || begins_part(p, f->at[i], first)) continue;
        for (uint32_t k = 0; k < count; k++) {
            if (k == i || f->at[k] == UINT32_MAX || f->at[k] > f->at[i] || !begins_part(p, f->at[k], first)) continue;
            bool parted = false;
            for (uint32_t w = f->at[k] + 1; w <= f->at[i]; w++)
                parted = parted || cut_before(p, w) || word_is(p, w, "and") || word_is(p, w, "then");
            if (parted || f->at[i] - f->at[k] > 3) continue;
            f->at[i] = UINT32_MAX;
            f->found--;
            break;
        }
    }
}

/* `alone`: its steps are what tells the process; the first of them stands behind whoever does them. */
static void judge_steps_in(judge *j, passage *p, uint32_t entity, bool alone) {
    const manifest_entity *e = &j->m->entities[entity];
    uint32_t count = e->process.step_count < STEP_LIMIT ? e->process.step_count : STEP_LIMIT;
    if (count < 3) return;
    const step_words *steps = steps_of(j, entity);
    passage_prepare(j, p);
    uint32_t first, end;
    find_enumeration(p, steps, count, &first, &end);
    if (end - first > 200) return;
    step_find f = {.found = 0, .listed = true};
    uint32_t lowest = UINT32_MAX, highest = 0;
    for (uint32_t i = 0; i < count; i++) {
        f.at[i] = find_step_outside(j, p, first, end, entity, &steps[i]);
        if (f.at[i] == UINT32_MAX) continue;
        f.found++;
    }
    drop_inner(p, &f, count, first);
    f.whole = announces_all(p, first);
    for (uint32_t i = 0; i < count; i++) {
        if (f.at[i] == UINT32_MAX) continue;
        if (f.at[i] < lowest) lowest = f.at[i];
        if (f.at[i] > highest) highest = f.at[i];
    }
    alone = alone || (f.found == count && count > 3 && count_pieces(p, lowest, highest + 1) == count);
    for (uint32_t i = 0; i < count; i++)
        if (f.at[i] != UINT32_MAX)
            f.listed = f.listed && !tells_when(p, f.at[i]) &&
                       (begins_part(p, f.at[i], first) ||
                        (f.at[i] == lowest && (alone || begins_list(j, p, f.at[i], entity))));
    if (f.found < (f.whole ? 2u : 3u) || (!f.whole && f.found * 10 < count * 6)) return;
    uint32_t last = highest;
    while (last + 1 < end) { /* to the end of the last part */
        bool cut = false;
        for (uint32_t k = p->words[last].hi; k < p->words[last + 1].lo; k++)
            cut = cut || strchr(",.;:)", p->on->text.p[k]);
        if (cut || last > highest + 3) break;
        last++;
    }
    f.before = first == 0 && steps_item_before(p, lowest);
    f.behind = steps_item_behind(p, last, end);
    if (first == 0 && p->kind == PASSAGE_SENTENCE) first = lowest;
    conclude(j, p, p->words[lowest].lo, p->words[last].hi, e, &f, count_pieces(p, first, last + 1));
}

/* The process whose steps are the items, one each: in order, or, where they are four or more, in another; MANIFEST_NONE
 * when none or several are. */
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
            if (find_step(q, 0, q->word_count < 12 ? q->word_count : 12, &steps_of(j, all[k])[same]) == UINT32_MAX)
                break;
        }
        if (same == n) return all[k];
    }
    uint32_t found = MANIFEST_NONE;
    for (uint32_t k = 0; n >= 4 && k < count; k++) {
        const manifest_entity *e = &j->m->entities[all[k]];
        uint64_t taken = 0;
        uint32_t same = 0;
        if (e->process.step_count != n || n > 60 || !e->process.strict) continue;
        for (uint32_t s = 0; s < n; s++)
            for (uint32_t i = 0; i < n; i++) {
                const passage *q = &j->passages[items[i]];
                uint32_t words = q->word_count < 12 ? q->word_count : 12;
                if (taken >> i & 1 || find_step(q, 0, words, &steps_of(j, all[k])[s]) == UINT32_MAX) continue;
                taken |= (uint64_t)1 << i;
                same++;
                break;
            }
        if (same < n) continue;
        if (found != MANIFEST_NONE) return MANIFEST_NONE;
        found = all[k];
    }
    return found;
}

/* The strict process of which the items, one step each and in order, leave out exactly one. */
static uint32_t process_but_one(judge *j, const uint32_t *items, uint32_t n) {
    uint32_t count, found = MANIFEST_NONE;
    const uint32_t *all = fact_index_processes(j->index, &count);
    for (uint32_t k = 0; n >= 4 && k < count; k++) {
        const manifest_entity *e = &j->m->entities[all[k]];
        uint32_t item = 0, left_out = 0;
        if (e->process.step_count != n + 1 || !e->process.strict) continue;
        for (uint32_t s = 0; s <= n && left_out < 2; s++) {
            passage *q = item < n ? &j->passages[items[item]] : NULL;
            if (q) passage_prepare(j, q);
            uint32_t words = q ? (q->word_count < 12 ? q->word_count : 12) : 0;
            uint32_t at = q ? find_step(q, 0, words, &steps_of(j, all[k])[s]) : UINT32_MAX;
            if (at < 3)
                item++;
            else
                left_out++;
        }
        if (left_out != 1 || item != n) continue;
        if (found != MANIFEST_NONE) return MANIFEST_NONE;
        found = all[k];
    }
    return found;
}

/* "This is the order of the nightly drafts.", "The patch window keeps to this order.": the sentence right behind a
 * list; PASSAGE_NONE where it speaks of no order. */
static uint32_t order_told_behind(judge *j, uint32_t index) {
    uint32_t list = article_ancestor(j->art, j->passages[index].block, BLOCK_LIST), at = index;
    while (at < j->passage_count && at < index + LIST_PASSAGES && j->passages[at].block != BLOCK_NONE &&
           j->passages[at].block < j->art->blocks[list].end)
        at++;
    if (at == j->passage_count || at == index + LIST_PASSAGES) return PASSAGE_NONE;
    passage *p = &j->passages[at];
    if (p->kind != PASSAGE_SENTENCE || p->flags & (PASSAGE_IN_LIST | PASSAGE_IN_QUOTE)) return PASSAGE_NONE;
    passage_prepare(j, p);
    if (p->cues & (CUE_PAST | CUE_NEGATION | CUE_MODAL)) return PASSAGE_NONE;
    for (uint32_t i = 0; i + 1 < p->word_count && i < 60; i++)
        if (word_is(p, i, "this") &&
            (word_is(p, i + 1, "order") || (word_is(p, i + 1, "is") && word_is(p, i + 3, "order"))))
            return at;
    return PASSAGE_NONE;
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
    uint32_t entity = MANIFEST_NONE, from[4] = {order_told_behind(j, index), p->lead, PASSAGE_NONE, p->heading};
    if (p->lead != PASSAGE_NONE) from[2] = j->passages[p->lead].previous;
    for (int k = 0; k < 4 && entity == MANIFEST_NONE; k++)
        if (from[k] != PASSAGE_NONE)
            entity = process_in(j, &j->passages[from[k]], j->passages[from[k]].text.lo, j->passages[from[k]].text.hi);
    if (entity == MANIFEST_NONE) entity = process_by_steps(j, items, n);
    if (entity == MANIFEST_NONE) entity = process_but_one(j, items, n);
    if (entity == MANIFEST_NONE) return end;
    const manifest_entity *e = &j->m->entities[entity];
    uint32_t count = e->process.step_count < STEP_LIMIT ? e->process.step_count : STEP_LIMIT;
    if (count < 2) return end;
    step_find f = {.found = 0, .listed = true};
    for (uint32_t i = 0; i < count; i++) {
        f.at[i] = UINT32_MAX;
        uint32_t nearest = UINT32_MAX; /* the item that begins with the step, not one that speaks of it */
        for (uint32_t k = 0; k < n && nearest > 0; k++) {
            passage *q = &j->passages[items[k]];
            passage_prepare(j, q);
            uint32_t at = find_step(q, 0, q->word_count < 40 ? q->word_count : 40, &steps_of(j, entity)[i]);
            if (at < nearest) nearest = at, f.at[i] = k;
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

/* Words that the names of its steps have in all. */
static uint32_t step_words_of(const manifest_entity *e) {
    uint32_t count = 0, lo, hi;
    for (uint32_t i = 0; i < e->process.step_count && i < STEP_LIMIT; i++)
        for (uint32_t at = 0; fact_word_next(e->process.steps[i].name, &at, &lo, &hi);) count += hi - lo > 1;
    return count;
}

/* Two commas, arrows or the like part the steps of an enumeration, of few of them one. */
static bool has_parts(const passage *p, uint32_t needed) {
    static const uint8_t parting[] = {',', ';', '>', 0xe2};
    uint32_t marks = 0;
    for (size_t i = 0; i < COUNT_OF(parting); i++)
        for (uint32_t k = p->text.lo; k < p->text.hi && marks < needed; k++, marks++) {
            const uint8_t *next = memchr(p->on->text.p + k, parting[i], p->text.hi - k);
            if (!next) break;
            k = (uint32_t)(next - p->on->text.p);
        }
    return marks >= needed;
}

/* Are all steps of the process told in the sentence, each in a part of its own? */
static bool tells_all(const judge *j, const passage *p, uint32_t process) {
    const step_words *steps = steps_of(j, process);
    uint32_t n = j->m->entities[process].process.step_count, at[STEP_LIMIT], lowest = UINT32_MAX, highest = 0;
    for (uint32_t i = 0; i < n; i++)
        if (!(steps[i].begins & p->stems)) return false; /* decides nearly always */
    uint32_t first, end; /* "Training, each month: export, train" trains behind the colon */
    find_enumeration(p, steps, n, &first, &end);
    for (uint32_t i = 0; i < n; i++) {
        at[i] = find_step_outside(j, p, first, end, process, &steps[i]);
        if (at[i] == UINT32_MAX) return false;
        if (at[i] < lowest) lowest = at[i];
        if (at[i] > highest) highest = at[i];
    }
    bool listed = count_pieces(p, lowest, highest + 1) == n;
    for (uint32_t i = 0; i < n && listed; i++) listed = at[i] == lowest || begins_part(p, at[i], 0);
    return listed;
}

uint32_t process_told(judge *j, passage *p) {
    passage_prepare(j, p);
    if (p->word_count > 60) return MANIFEST_NONE;
    bool cadence = (p->cues & CUE_CADENCE) != 0;
    uint32_t needed = cadence ? 3 : p->marks & MARK_ORDER ? 4 : 5; /* steps */
    uint32_t count, found = MANIFEST_NONE;
    const uint32_t *all = fact_index_processes(j->index, &count);
    for (uint32_t k = 0; k < count && k < 256; k++) {
        const manifest_entity *e = &j->m->entities[all[k]];
        uint32_t n = e->process.step_count;
        if (n < needed || n > STEP_LIMIT || !e->process.strict || !tells_all(j, p, all[k])) continue;
        if ((n == 3 && step_words_of(e) < 4) || !has_parts(p, cadence ? 1 : 2)) continue;
        if (found != MANIFEST_NONE) return MANIFEST_NONE;
        found = all[k];
    }
    return found;
}

static void judge_passage(judge *j, passage *p) {
    if (p->kind == PASSAGE_CODE || p->kind == PASSAGE_HEADING || p->flags & (PASSAGE_IN_QUOTE | PASSAGE_HEADER_CELL))
        return;
    if (p->kind == PASSAGE_CELL && p->label != PASSAGE_NONE) {
        uint32_t e =
            process_in(j, &j->passages[p->label], j->passages[p->label].text.lo, j->passages[p->label].text.hi);
        if (e != MANIFEST_NONE) judge_steps_in(j, p, e, false);
    }
    if (p->kind != PASSAGE_SENTENCE || p->flags & PASSAGE_ORDERED) return;
    if (p->word_count < 4 || p->word_count > 200 || judge_step_pair(j, p)) return;
    uint32_t e = process_in(j, p, p->text.lo, p->text.lo);
    uint32_t told = process_told(j, p);
    if (told != MANIFEST_NONE) {
        judge_steps_in(j, p, told, true);
        return;
    }
    for (uint32_t back = p->previous, k = 0; e == MANIFEST_NONE && back != PASSAGE_NONE && k < 3;
         k++, back = j->passages[back].previous)
        e = process_in(j, &j->passages[back], j->passages[back].text.lo, j->passages[back].text.lo);
    if (e == MANIFEST_NONE && p->heading != PASSAGE_NONE)
        e = process_in(j, &j->passages[p->heading], j->passages[p->heading].text.lo, j->passages[p->heading].text.lo);
    if (e == MANIFEST_NONE && has_parts(p, 2)) e = process_by_id(j, p);
    if (e != MANIFEST_NONE) judge_steps_in(j, p, e, false);
}

/* "Nightly backup, as the script does it:" over bullets that are the bare steps of it, all of them. */
static bool is_list_of_bare_steps(judge *j, const passage *p, const passage *lead) {
    uint32_t list = article_ancestor(j->art, p->block, BLOCK_LIST), n = 0, index = (uint32_t)(p - j->passages);
    uint32_t e = process_in(j, (passage *)lead, lead->text.lo, lead->text.hi);
    if (e == MANIFEST_NONE || list == BLOCK_NONE) return false;
    for (uint32_t i = index; i < j->passage_count && i < index + LIST_PASSAGES; i++, n++) {
        passage *item = &j->passages[i];
        if (item->block == BLOCK_NONE || item->block >= j->art->blocks[list].end) break;
        passage_prepare(j, item);
        if (item->word_count > 3) return false;
    }
    return n > 2 && n == j->m->entities[e].process.step_count;
}

/* "The deploy has these steps:", over a list with bullets; "… keeps to this order" below one. */
static bool is_list_of_steps(judge *j, const passage *p) {
    if (!(p->flags & PASSAGE_IN_LIST)) return false;
    bool first = p == j->passages || !(p[-1].flags & PASSAGE_IN_LIST);
    if (first && order_told_behind(j, (uint32_t)(p - j->passages)) != PASSAGE_NONE) return true;
    if (p->lead == PASSAGE_NONE) return false;
    passage *lead = &j->passages[p->lead];
    if (lead->flags & PASSAGE_IN_LIST || !str_ends(str_trim(passage_text(lead)), STR(":"))) return false;
    passage_prepare(j, lead);
    if (lead->cues & (CUE_PAST | CUE_WAS | CUE_NEGATION | CUE_MODAL)) return false;
    for (uint32_t i = 0; i < lead->word_count && i < 60; i++)
        if (word_is(lead, i, "steps") || word_is(lead, i, "order")) return true;
    return first && is_list_of_bare_steps(j, p, lead);
}

void judge_steps(judge *j) {
    for (uint32_t i = 0; i < j->passage_count && !j->failed; i++) judge_passage(j, &j->passages[i]);
    for (uint32_t i = 0; i < j->passage_count && !j->failed;)
        if (j->passages[i].kind == PASSAGE_SENTENCE &&
            (j->passages[i].flags & PASSAGE_ORDERED || is_list_of_steps(j, &j->passages[i])))
            i = judge_list(j, i);
        else
            i++;
}
