/* owners.c - whose is a fact, where nobody's name is said?
 *
 *     "max_connections is 300"      one program has such a thing
 *     "my tariff is 42 cents"       ours, and there is one
 *     "the outage of 19 March"      there was one on that day
 *
 * In: a question and a fact of which the name is said. Out: need the owner be named? Where every fact of the name
 * disagrees, it is no matter whose it is, so long as the text speaks of us.
 */
#include "facts/numbers/cells.h"

#include <math.h>

enum { SECTION_READ = 160, CLIENTS_READ = 40, ITEMS_READ = 16, LABEL_BYTES = 32, FACTS_READ = 64 };

/* Does only one entity have facts of this group? Then the name alone says whose it is. */
bool fact_owner_is_unique(const question *q, const numeric_fact *f) {
    uint32_t count;
    const uint32_t *group = fact_index_group(q->j->index, f->group, &count);
    for (uint32_t i = 0; i < count; i++) {
        const numeric_fact *other = &q->facts[group[i]];
        if (!other->owner_count || !f->owner_count || other->owners[0] != f->owners[0]) return false;
    }
    return count > 0;
}

/* "A neighbour has a small server", "Pickle replaced an old laptop": a machine that is none of ours, or not the one
 * that the sentence names. What ours is said to be, "badger is a small server", is none. */
static bool speaks_of_unnamed_machine(const passage *x, bool named) {
    if (x->kind == PASSAGE_CELL || x->kind == PASSAGE_CODE) return false;
    if (x->cues & CUE_OTHERS) return true;
    for (uint32_t i = 0; i < x->word_count; i++)
        if (word_in(x, i,
                    "guest guests vm vms container containers twin clone spare successor predecessor virtual "
                    "replacement sibling brother sister"))
            return true;
    for (uint32_t i = 1; i < x->word_count; i++)
        for (uint32_t k = i; x->words[i].marks & (MARK_MACHINE | MARK_DEVICE) && k-- > 0 && i - k < 4;) {
            bool said_of_it =
                named && (k == 0 || word_in(x, k - 1, "is was as called") || x->on->text.p[x->words[k - 1].hi] == ',');
            if (word_in(x, k, "a an another any some other second old new next") && !said_of_it) return true;
        }
    return false;
}

/* "The hardware in brief:", "Here is the full specification:": nothing is said there but that the machine's sizes
 * follow. A table needs no such line. */
static bool is_led_as_spec(const question *q) {
    static const char words[] =
        "the its our my in brief short a few hardware machine box server computer spec specs "
        "specification specifications data sheet key full complete here is are detail details "
        "what has under hood lid inside at glance configuration main this all numbers figures it";
    const passage *p = q->p;
    if (p->lead == PASSAGE_NONE) return p->kind == PASSAGE_CELL;
    passage *lead = &q->j->passages[p->lead];
    bool colon = str_ends(str_trim(passage_text(lead)), STR(":"));
    passage_prepare(q->j, lead);
    if (!colon) return p->kind == PASSAGE_CELL && !(lead->cues & (CUE_MODAL | CUE_FUTURE | CUE_IF | CUE_WAS));
    for (uint32_t i = 0; i < lead->word_count; i++)
        if (!word_in(lead, i, words)) return false;
    return lead->word_count > 0 && !word_in(lead, 0, "is are has");
}

/* "| Bandwidth in our copy test | 241 GB/s |", "| Draw while printing | 60 W |": the label says when, or of what. */
static bool is_of_an_occasion(const question *q) {
    if (q->p->kind != PASSAGE_CELL || q->p->label == PASSAGE_NONE) return false;
    passage *label = &q->j->passages[q->p->label];
    passage_prepare(q->j, label);
    for (uint32_t i = 1; i < label->word_count; i++)
        if (word_in(label, i, "in during while when with after before for per of from by on")) return true;
    return false;
}

/* "**CPU:** 24 cores" between "**Memory:** 128 GB" and "**Storage:** 4 TB": is another labelled item of the list what a
 * fact of the machine says? Then the list is of its sizes, whatever leads in. */
static bool has_true_sibling(const question *q, uint32_t entity) {
    uint32_t own = (uint32_t)(q->p - q->j->passages), count;
    const uint32_t *facts = fact_index_owned(q->j->index, entity, &count);
    if (q->p->kind != PASSAGE_SENTENCE || !(q->p->flags & PASSAGE_IN_LIST)) return false;
    for (uint32_t i = own > ITEMS_READ ? own - ITEMS_READ : 0; i < q->j->passage_count && i < own + ITEMS_READ; i++) {
        const passage *x = &q->j->passages[i];
        if (i == own || x->lead != q->p->lead || x->kind != q->p->kind || !(x->flags & PASSAGE_IN_LIST)) continue;
        ptrdiff_t colon = str_find_byte(passage_text(x), ':', 0);
        for (uint32_t k = 0; colon > 0 && colon < LABEL_BYTES && k < count && k < FACTS_READ; k++)
            if (q->facts[facts[k]].kind == FACT_ATTR && fact_is_said_in(q, x, &q->facts[facts[k]])) return true;
    }
    return false;
}

/* From the heading of the section down to the number, the one machine is spoken of and no other. */
static bool section_names_only(const question *q, uint32_t entity) {
    const passage *p = q->p;
    uint32_t own = (uint32_t)(p - q->j->passages), all = 0;
    if (p->heading == PASSAGE_NONE) return false;
    for (uint32_t i = own + 1; i-- > p->heading && own - i < SECTION_READ;) {
        passage *x = &q->j->passages[i];
        uint32_t named = 0;
        if (i != p->heading && x->heading != p->heading) return false;
        for (uint32_t h = x->hit_lo; h < x->hit_hi && h - x->hit_lo < 64; h++) {
            uint32_t e = hit_entity(q->j, &x->on->hits[h], -1);
            uint8_t kind = e == MANIFEST_NONE ? ENTITY_COMPONENT : q->j->m->entities[e].kind;
            if (kind != ENTITY_HOST && kind != ENTITY_HARDWARE) continue;
            if (e != entity) return false;
            named++;
        }
        passage_prepare(q->j, x);
        if (speaks_of_unnamed_machine(x, named > 0)) return false;
        all += named;
        if (i == p->heading) /* "What I'd buy" */
            return all > 0 && !(x->cues & (CUE_MODAL | CUE_FUTURE | CUE_IF)) && !word_in(x, 1, "I'd we'd I’d we’d");
    }
    return false;
}

/* "The heart of it is a Spark … | Memory bandwidth | 512 GB/s |": does the section speak of the one machine down to the
 * list or the table that holds the number, and is that of its sizes? */
bool section_is_of(const question *q, uint32_t entity) {
    const passage *p = q->p;
    if (!(p->kind == PASSAGE_CELL || p->flags & PASSAGE_IN_LIST) || is_of_an_occasion(q)) return false;
    return (is_led_as_spec(q) || has_true_sibling(q, entity)) && section_names_only(q, entity);
}

/* "It idles at 52 W", where the section has spoken of the main machine alone: a machine has or does it. */
static bool is_the_sections_machine(const question *q) {
    static const char verbs[] = "idles draws has carries holds packs comes offers weighs consumes";
    const passage *p = q->p;
    uint32_t verb = word_in(p, 1, "also still now only") ? 2 : 1;
    if (p->kind != PASSAGE_SENTENCE || !word_is(p, 0, "it") || p->words[0].lo < q->near.clause.lo) return false;
    return word_in(p, verb, verbs) && q->j->main_hardware != MANIFEST_NONE &&
           section_names_only(q, q->j->main_hardware);
}

/* "… when nobody needs the machine. At the wall it idles at 38 W": the sentence before ends with it, and "it" goes on.
 */
static bool is_the_machine_before(const question *q) {
    const passage *p = q->p;
    bool it = false;
    if (p->kind != PASSAGE_SENTENCE || p->previous == PASSAGE_NONE) return false;
    for (uint32_t i = 0; i < p->word_count && i < 5 && p->words[i].hi <= q->t->text.lo && !it; i++)
        it = word_is(p, i, "it") && p->words[i].lo >= q->near.clause.lo;
    passage *x = &q->j->passages[p->previous];
    if (!it) return false;
    passage_prepare(q->j, x);
    bool person = false; /* "The amplifier stands on the machine": it is the amplifier */
    for (uint32_t i = x->word_count > 6 ? x->word_count - 6 : 0; i + 2 < x->word_count; i++)
        person = person || word_in(x, i, "nobody somebody everybody we i you they he she one");
    return person && x->word_count > 2 &&
           word_in(x, x->word_count - 1, "machine box server workstation computer desktop") &&
           word_in(x, x->word_count - 2, "the this my our") && !(x->cues & CUE_OTHERS);
}

/* "the machine", "this box": the operation's own, unless another machine was named shortly before. */
void owner_find_machine(question *q) {
    static const char *const nouns[] = {"machine", "box", "server", "workstation", "computer", "desktop", "system"};
    const passage *p = q->p;
    uint32_t first, end;
    passage_window(p, q->near.clause.lo, q->near.clause.hi, &first, &end);
    bool whole = false;
    bool it_is = (word_is(p, 0, "it") || word_is(p, 0, "this")) && word_is(p, 1, "is"); /* "It is a 24-core machine" */
    for (uint32_t i = 2; i < p->word_count && i < 8 && it_is; i++)
        for (size_t n = 0; n < COUNT_OF(nouns); n++) q->the_machine = q->the_machine || word_is(p, i, nouns[n]);
    for (uint32_t i = first; i + 1 < end && p->words[i].hi <= q->t->text.lo && !q->the_machine; i++) {
        if (p->words[i].lo < q->near.clause.lo) continue;
        if (!word_is(p, i, "the") && !word_is(p, i, "this") && !word_is(p, i, "my") && !word_is(p, i, "our")) continue;
        bool all = word_in(p, i + 1, "whole entire");
        uint32_t k = all ? i + 2 : i + 1;
        for (size_t n = 0; n < COUNT_OF(nouns); n++) q->the_machine = q->the_machine || word_is(p, k, nouns[n]);
        whole = all && q->the_machine;
    }
    q->the_machine = q->the_machine || is_the_machine_before(q) || is_the_sections_machine(q);
    for (uint32_t i = 0; i < q->near.mention_count; i++) {
        const manifest_entity *x = &q->j->m->entities[q->near.mentions[i].entity];
        if (whole && x->kind == ENTITY_HARDWARE && !x->runs.n && q->near.mentions[i].region > REGION_SENTENCE)
            continue; /* a part of it, named before */
        if (q->near.mentions[i].region <= REGION_LEAD && q->near.mentions[i].entity != q->j->main_hardware &&
            (x->kind == ENTITY_HARDWARE || x->kind == ENTITY_HOST))
            q->the_machine = false;
    }
}

/* Does every fact of this name disagree, whoever owns it? Then it need not be known whose it is. */
static bool nobody_agrees(const question *q, const numeric_fact *f) {
    uint32_t count;
    const uint32_t *group = fact_index_group(q->j->index, f->group, &count);
    for (uint32_t i = 0; i < count; i++)
        if (q->facts[group[i]].dimension == f->dimension && candidate_agrees(q, &q->facts[group[i]])) return false;
    return count > 0;
}

/* A row of a table that lists the parts of what the article is about: no label of it is a thing of ours. */
static bool is_line_of_the_main(const question *q, const numeric_fact *f) {
    if (q->p->kind != PASSAGE_CELL || f->kind != FACT_ATTR || !fact_is_owned(f, q->j->main_hardware)) return false;
    uint32_t cells[CELL_SIBLINGS], n = cell_siblings(q->j, (uint32_t)(q->p - q->j->passages), true, cells);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t label = q->j->passages[cells[i]].label;
        uint32_t entity = label == PASSAGE_NONE ? MANIFEST_NONE : cell_line_entity(q->j, label);
        uint8_t kind = entity == MANIFEST_NONE ? ENTITY_COMPONENT : q->j->m->entities[entity].kind;
        if (kind == ENTITY_HARDWARE || kind == ENTITY_HOST) return false;
    }
    return n > 1;
}

/* And does the text speak of us? */
bool owner_is_no_matter(const question *q, const numeric_fact *f) {
    bool anchored = (q->p->cues & CUE_FIRST) != 0 || is_line_of_the_main(q, f);
    for (uint32_t i = 0; i < q->near.mention_count && !anchored; i++)
        anchored = q->near.mentions[i].region <= REGION_LEAD;
    return anchored && nobody_agrees(q, f);
}

/* Does "my" or "our" stand right before a word of the fact's name? */
static bool is_possessed(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    for (uint32_t i = 0; i + 1 < p->word_count && p->words[i].lo < q->near.clause.hi; i++)
        if (p->words[i].lo >= q->near.clause.lo && word_in(p, i, "my our") && fact_has_stem(f, p->words[i + 1].stem))
            return true;
    return false;
}

static bool names_another(const question *q, const numeric_fact *f) {
    for (uint32_t i = 0; i < q->near.mention_count; i++)
        if (q->near.mentions[i].region == REGION_CLAUSE && !fact_is_owned(f, q->near.mentions[i].entity)) return true;
    return false;
}

/* "this blog", "this site": the one that is being read. */
static bool speaks_of_itself(const passage *p) {
    for (uint32_t i = 0; i + 1 < p->word_count && i < 64; i++)
        if (word_is(p, i, "this") && word_in(p, i + 1, "blog site website journal")) return true;
    return false;
}

/* Is it all of them that are counted, "our 120 customers", "the top 60 candidates"? "12 tenants moved" are some. */
static bool counts_all(const question *q) {
    const passage *p = q->p;
    uint32_t first, end, at;
    passage_window(p, q->t->text.lo, q->t->text.hi, &first, &end);
    for (at = first; at < end && p->words[at].hi <= q->t->text.lo;) at++;
    if (at == first || p->words[at - 1].lo < q->near.clause.lo) return false;
    if (word_in(p, at - 1, "our my its top")) return true;
    return word_in(p, at - 1, "all") && !fact_index_condition_key(q->j->index, q->m.noun);
}

/* Is the noun, by itself, one of the fact's names: "customers" of the tenants? */
static bool is_called(const numeric_fact *f, uint64_t noun) {
    for (uint32_t i = 0; i < f->name_count; i++)
        if (f->names[i].n == 1 && f->names[i].stems[0] == noun) return true;
    return false;
}

/* Is it the only thing of ours that is counted by this noun: candidates, tenants, workers? */
static bool is_only_count(const question *q, const numeric_fact *f) {
    uint32_t count;
    if (!counts_all(q)) return false;
    const uint32_t *found = fact_index_range(q->j->index, DIM_COUNT, -INFINITY, INFINITY, &count);
    if (f->dimension != DIM_COUNT || !f->noun || !is_called(f, q->m.noun)) return false;
    if (!fact_index_noun(q->j->index, f->noun)) return false;
    for (uint32_t i = 0; i < count; i++) {
        const numeric_fact *other = &q->facts[found[i]];
        if (other->group != f->group && (other->noun == q->m.noun || is_called(other, q->m.noun))) return false;
    }
    return true;
}

/* Do the words "of", "is" or a colon lead from the name to the number, "chunks of 800 tokens", "an overlap of 100
 * tokens"? */
static bool is_sized(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    uint32_t first, end, at;
    passage_window(p, q->t->text.lo, q->t->text.hi, &first, &end);
    for (at = first; at < end && p->words[at].hi <= q->t->text.lo;) at++;
    while (at > first && word_in(p, at - 1, "about around roughly some only just currently")) at--;
    if (at < first + 2 || !word_in(p, at - 1, "of is")) return false;
    return f->kind == FACT_ATTR && fact_has_stem(f, p->words[at - 2].stem);
}

/* Does a noun of another's stand before the name, "a prefix hit rate" for the "hit rate"? */
static bool is_called_longer(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    for (uint32_t i = 1; i < p->word_count && p->words[i].lo < q->near.clause.hi; i++) {
        if (p->words[i].lo < q->near.clause.lo || !fact_has_stem(f, p->words[i].stem)) continue;
        const pword *before = &p->words[i - 1];
        bool beside = before->lo >= q->near.clause.lo && before->hi + 1 >= p->words[i].lo &&
                      !(before->lo < q->t->text.hi && before->hi > q->t->text.lo);
        if (!beside || before->cues & (CUE_STOP | CUE_HAVE | CUE_TAKE | CUE_WAS | CUE_FIRST)) continue;
        if (!fact_has_word(q, f, i - 1) && !word_in(p, i - 1, "top best all average mean")) return true;
    }
    return false;
}

/* "We alert when the hit rate drops below 85 %" */
static bool is_threshold(const question *q) {
    const passage *p = q->p;
    for (uint32_t i = 0; i < p->word_count && p->words[i].hi <= q->t->text.lo; i++)
        if (word_in(p, i, "when once whenever if until alert alerts below above exceeds")) return true;
    return false;
}

bool owner_is_the_only_one(const question *q, const numeric_fact *f) {
    if (q->p->kind != PASSAGE_SENTENCE || f->kind == FACT_DERIVED || !fact_owner_is_unique(q, f)) return false;
    if (q->m.interval || q->t->bound > BOUND_ABOUT || is_threshold(q)) return false;
    if (f->dimension == DIM_COUNT) return is_only_count(q, f);
    if (names_another(q, f) || is_called_longer(q, f)) return false;
    if (q->p->cues & CUE_WAS && !fact_is_dated(q->p, f)) return false; /* "was 4.4 GB on the day I moved the photos" */
    return fact_named_whole(q, f) || (q->m.dimension == DIM_TOKENS && is_sized(q, f));
}

/* Is nothing else of ours measured in such a unit: transactions, tiles a second? */
static bool is_unit_of_one(const question *q, const numeric_fact *f) {
    uint32_t count;
    const uint32_t *found = fact_index_range(q->j->index, f->dimension, -INFINITY, INFINITY, &count);
    if (!is_metric_unit(q)) return false;
    for (uint32_t i = 0; i < count; i++) {
        const numeric_fact *other = &q->facts[found[i]];
        bool shared = other->kind == FACT_DERIVED || other->family != f->family;
        for (uint32_t o = 0; o < f->owner_count && !shared; o++) shared = fact_is_owned(other, f->owners[o]);
        if (!shared) return false;
    }
    return count > 0;
}

/* "The router has 640 lines of Python", of the one program that our router runs: does the clause begin with a service
 * that runs the owner, and nothing else? */
static bool is_of_what_it_runs(const question *q, const numeric_fact *f) {
    bool runs = false;
    for (uint32_t i = 0; i < q->near.mention_count && f->kind == FACT_ATTR; i++) {
        const manifest_entity *e = &q->j->m->entities[q->near.mentions[i].entity];
        const alias_hit *hit = q->near.mentions[i].hit;
        if (q->near.mentions[i].region != REGION_CLAUSE) continue;
        if (hit && fact_has_stem(f, fact_stem(surface_slice(q->p->on, hit->where.lo, hit->where.hi)))) continue;
        if (e->kind != ENTITY_SERVICE || e->runs.n != 1) return false;
        uint32_t w = hit ? passage_word_before(q->p, hit->where.lo) : UINT32_MAX; /* "The exporter beside the router" */
        for (; w != UINT32_MAX && q->p->words[w].lo >= q->near.clause.lo; w = w ? w - 1 : UINT32_MAX)
            if (!word_in(q->p, w, "the our my this small little tiny own whole")) return false;
        for (uint32_t o = 0; o < f->owner_count; o++) runs = runs || e->runs.items[0].entity == f->owners[o];
    }
    return runs;
}

/* "Clients are limited to 120 requests a minute": one such limit is declared, of the service that the section named
 * last. */
static bool is_limit_of_clients(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    uint32_t i = word_in(p, 0, "all our its these") ? 1 : 0, count;
    if (f->kind != FACT_ATTR || p->kind != PASSAGE_SENTENCE || !f->owner_count || !word_in(p, i + 1, "are is"))
        return false;
    if (!word_in(p, i, "clients callers users visitors agents")) return false;
    if (!word_in(p, i + 2, "limited") || !word_in(p, i + 3, "to")) return false;
    if (i + 4 >= p->word_count || p->words[i + 4].lo > q->t->text.lo) return false;
    const uint32_t *found = fact_index_range(q->j->index, f->dimension, -INFINITY, INFINITY, &count);
    for (uint32_t k = 0; k < count; k++)
        if (q->facts[found[k]].kind == FACT_ATTR && !fact_is_owned(&q->facts[found[k]], f->owners[0])) return false;
    uint32_t own = (uint32_t)(p - q->j->passages);
    for (uint32_t k = own; k-- > 0 && own - k < CLIENTS_READ && q->j->passages[k].heading == p->heading;) {
        const passage *x = &q->j->passages[k];
        for (uint32_t h = x->hit_hi; h-- > x->hit_lo;) {
            uint32_t e = hit_entity(q->j, &x->on->hits[h], ENTITY_SERVICE);
            if (e != MANIFEST_NONE) return fact_is_owned(f, e);
        }
    }
    return false;
}

/* "My tariff is 42 cents", "the 99th percentile of latency with 32 clients …": the whole name, of something that only
 * one of ours has or under a condition that is ours, beside nothing else's name; and whoever it is, it is not so. */
bool owner_is_implied(const question *q, const scored *best) {
    const numeric_fact *f = &q->facts[best->fact];
    if (f->dimension == DIM_COUNT && f->owner_count && f->owners[0] == q->j->main_hardware && f->noun == q->m.noun &&
        existence_is_made_of(q->j, q->p, q->t->text.lo))
        return true; /* "The stack runs on two nodes" */
    if (best->name >= 0.79 && q->p->kind == PASSAGE_SENTENCE && fact_owner_is_unique(q, f) && is_of_what_it_runs(q, f))
        return nobody_agrees(q, f);
    if (is_limit_of_clients(q, f) || (word_in(q->p, 0, "our") && figure_is_all_of_us(q, f))) return nobody_agrees(q, f);
    if (best->name >= 0.89 && f->kind != FACT_DERIVED && fact_owner_is_unique(q, f) && figure_is_tariff(q))
        return owner_is_no_matter(q, f);
    if (q->p->kind != PASSAGE_SENTENCE || best->name < (is_metric_unit(q) ? 0.8 : 0.94) || f->kind == FACT_DERIVED)
        return false;
    bool whole = fact_named_whole(q, f) && best->condition >= 0.3 && !names_another(q, f);
    if (best->condition >= 0.59 || (best->numbered && (fact_owner_is_unique(q, f) || is_unit_of_one(q, f))))
        return !names_another(q, f) && nobody_agrees(q, f); /* two conditions, or a number of ours, say so, too */
    if (fact_owner_is_unique(q, f) && speaks_of_itself(q->p)) return nobody_agrees(q, f);
    if (fact_is_of_one_day(q->p, f)) return nobody_agrees(q, f); /* there is one outage of that day */
    whole = whole || fact_is_dated(q->p, f);
    return (whole || (is_possessed(q, f) && fact_owner_is_unique(q, f))) && owner_is_no_matter(q, f);
}
