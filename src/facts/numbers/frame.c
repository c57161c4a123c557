/* frame.c - what does the sentence make of a number: the size of a thing, or something else?
 *
 *     "tern has 256 GB of RAM"            its size: may be compared with what is declared
 *     "31 GB of RAM are in use"           a part
 *     "4 GB more", "by 6 °C"              a difference
 *     "while it compiles", "alone"        a case that no fact declares
 *     "the board of tern takes 1 TB"      another thing's
 *     "twice as fast as the one with 2"   a comparison
 *
 * In: a question, and the fact that it could contradict. Out: the reason why the fact may not contradict it, or NULL.
 * Asked only where a contradiction is near, so it may look at words one by one. When in doubt it finds a reason.
 */
#include "facts/numbers/proofs.h"
#include "facts/reading/standing.h"
#include "facts/verdicts/weighing.h"

void question_words_around(const question *q, uint32_t *before, uint32_t *after) {
    const passage *p = q->p;
    uint32_t first, end;
    passage_window(p, q->t->text.lo, q->t->text.hi, &first, &end);
    *before = first;
    while (*before < end && p->words[*before].hi <= q->t->text.lo) ++*before;
    *after = *before;
    while (*after < end && p->words[*after].lo < q->t->text.hi) ++*after;
}

bool question_in_clause(const question *q, uint32_t i) {
    return q->p->words[i].lo >= q->near.clause.lo && q->p->words[i].hi <= q->near.clause.hi;
}

/* "by 6 °C", "another 90 GB", "4 GB more", "that saved 4 GB" */
static bool is_difference(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    uint32_t before, after, words = 0;
    if (q->m.dimension == DIM_RATIO || q->m.dimension == DIM_PERCENT || q->t->flags & TOKEN_RATIO) return false;
    question_words_around(q, &before, &after);
    for (uint32_t i = before; i > 0 && words < 4 && question_in_clause(q, i - 1); i--) {
        bool means = word_is(p, i - 1, "by") && word_is(p, i, "means");
        bool agent = word_is(p, i - 1, "by") && word_in(p, before - 1, "a an the"); /* "held by an 8 TB drive" */
        if (words < 2 && !means && !agent && word_in(p, i - 1, "by another additional extra further")) return true;
        bool verb = word_in(p, i - 1,
                            "add adds added adding save saves saved saving gain gains gained lose loses lost "
                            "free frees freed");
        bool rate = q->m.dimension == DIM_TOKEN_RATE || q->m.dimension == DIM_EVENT_RATE;
        bool costs = rate && word_in(p, i - 1, "cost costs"); /* so many tok/s less */
        if ((verb || costs) && !fact_has_stem(f, p->words[i - 1].stem)) return true;
        if (!word_in(p, i - 1, "about some nearly roughly almost only just the a of")) words++;
    }
    for (uint32_t i = after; i < after + 2 && i < p->word_count && question_in_clause(q, i); i++)
        if (word_in(p, i,
                    "more less fewer faster slower extra additional further shorter longer larger smaller later "
                    "earlier ago apart above below higher lower cheaper") &&
            !fact_has_stem(f, p->words[i].stem))
            return true;
    return false;
}

/* "each" behind the number deals it out ("1.92 TB each"); before a thing that is no owner it makes it a part. */
static bool is_dealt_out(const question *q, uint32_t i) {
    return word_in(q->p, i, "each") && q->p->words[i].lo >= q->t->text.hi;
}

static bool is_machine_word(const judge *j, const passage *p, uint32_t i) {
    return i < p->word_count && cue_of(j->cues, surface_slice(p->on, p->words[i].lo, p->words[i].hi)) & CUE_PART;
}

/* Does the passage state the fact's own value somewhere else? Then this number, of the same sort, is another thing's or
 * a part of it: "each night it writes 16 drafts, and 5 drafts reach me". */
static bool is_stated_beside(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    uint32_t a = p->token_lo, b = p->token_hi;
    if (p->kind != PASSAGE_SENTENCE) return false;
    while (a < b) {
        uint32_t middle = a + (b - a) / 2;
        if (p->on->tokens[middle].text.hi + WINDOW_REACH < q->t->text.lo)
            a = middle + 1;
        else
            b = middle;
    }
    for (uint32_t i = a; i < p->token_hi && p->on->tokens[i].text.lo < q->t->text.hi + WINDOW_REACH; i++) {
        const token *t = &p->on->tokens[i];
        measure m;
        if (t->kind != TOKEN_QUANTITY || (t->text.lo < q->t->text.hi && t->text.hi > q->t->text.lo)) continue;
        if (!measure_of_token(p->on, t, &m) || m.dimension != f->dimension || m.noun != q->m.noun) continue;
        if (measure_agrees(&m, f->base, f->tolerance)) return true;
    }
    return false;
}

/* A name of several words, all of them in the clause; of a cell and of a labelled item, "CPU: 20 cores", in the label,
 * too. */
bool fact_named_whole(const question *q, const numeric_fact *f) {
    bool labelled = q->p->kind == PASSAGE_CELL && f->kind == FACT_ATTR;
    if (f->kind == FACT_ATTR && q->p->flags & PASSAGE_IN_LIST && q->p->kind == PASSAGE_SENTENCE && q->p->word_count &&
        q->p->word_count < 12) {
        uint32_t end = q->p->words[0].hi;
        if (q->p->word_count > 1 && q->p->on->text.p[end] != ':') end = q->p->words[1].hi;
        labelled = end < q->t->text.lo && q->p->on->text.p[end] == ':' && !(q->p->cues & CUE_COMPARE);
    }
    enum region reach = labelled ? REGION_LABEL : REGION_CLAUSE;
    for (uint32_t i = 0; i < f->name_count; i++) {
        bool whole = f->names[i].n > 1;
        for (uint32_t k = 0; k < f->names[i].n && whole; k++)
            whole = context_stem(&q->near, f->names[i].stems[k]) <= reach;
        if (whole) return true;
    }
    return false;
}

static bool is_money(const question *q) {
    return q->m.dimension == DIM_MONEY_EUR || q->m.dimension == DIM_MONEY_USD || q->m.dimension == DIM_MONEY_GBP ||
           q->m.dimension == DIM_COST_RATE;
}

/* "| free RAM | 77 GB |": the label or the header makes it a part. */
static bool is_labelled_part(const question *q, const numeric_fact *f) {
    uint32_t around[2] = {q->p->label, q->p->column};
    for (int side = 0; side < 2; side++) {
        if (around[side] == PASSAGE_NONE) continue;
        passage *x = &q->j->passages[around[side]];
        passage_prepare(q->j, x);
        for (uint32_t i = 0; i < x->word_count && i < 12; i++)
            if (word_in(x, i, "free used use left spare reserved available allocated limit headroom remaining share") &&
                !fact_has_stem(f, x->words[i].stem))
                return true;
    }
    return false;
}

/* "has grown to 161 GB" is a size; "and gets 104 MB/s" and "at full rate" behind the number say nothing of it. */
static bool is_said_beside(const question *q, uint32_t i) {
    const passage *p = q->p;
    if (word_in(p, i, "grow grew grown")) return word_in(p, i + 1, "to");
    if (word_in(p, i, "go goes") && p->words[i].hi <= q->t->text.lo)
        return word_in(p, i + 1, "to"); /* "to a 2 TB disk" */
    if (p->words[i].lo < q->t->text.hi) return false;
    if (word_in(p, i, "get gets")) return true;
    bool goes_on = i + 1 < p->word_count && question_in_clause(q, i + 1) && p->words[i + 1].lo == p->words[i].hi + 1;
    return word_in(p, i, "full") && goes_on && !(p->words[i + 1].cues & CUE_STOP);
}

/* Does the word stand within a few words of the number, where it can say what the number is? In "had left behind a
 * script that looked every hour for 42.5 GB" nothing is left of the 42.5 GB. */
static bool is_by_the_number(const question *q, uint32_t i) {
    enum { NEAR = 5 };
    uint32_t before, after;
    question_words_around(q, &before, &after);
    return i < before ? before - i <= NEAR : i < after + NEAR;
}

/* Does the name of an owner begin at word `i`? */
static bool is_owner_at(const question *q, const numeric_fact *f, uint32_t i) {
    for (uint32_t m = 0; m < q->near.mention_count && i < q->p->word_count; m++) {
        const mention *x = &q->near.mentions[m];
        if (fact_is_owned(f, x->entity) && x->hit && x->region == REGION_CLAUSE &&
            x->hit->where.lo == q->p->words[i].lo)
            return true;
    }
    return false;
}

/* Does what leads in, "Of the 256 GB, …", hold a number of the sort, or a name of the fact? */
static bool is_set_against_whole(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    for (uint32_t i = p->token_lo; i < p->token_hi && p->on->tokens[i].text.hi <= q->near.clause.lo; i++) {
        const token *t = &p->on->tokens[i];
        if (t->kind == TOKEN_NUMBER || (t->kind == TOKEN_QUANTITY && unit_get(t->unit)->dimension == f->dimension))
            return true;
    }
    for (uint32_t i = 0; i < p->word_count && p->words[i].hi <= q->near.clause.lo && i < 32; i++)
        if (fact_has_stem(f, p->words[i].stem)) return true;
    return false;
}

/* "We leave 34 GB of RAM to the rest", "vLLM gets 87 GB of unified memory": a verb right before the number deals it
 * out, or takes it, and the owner is not who takes it. */
static bool is_apportioned(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    uint32_t before, after;
    if (q->m.dimension != DIM_DATA || p->kind != PASSAGE_SENTENCE || f->kind != FACT_ATTR) return false;
    question_words_around(q, &before, &after);
    while (before > 0 && word_in(p, before - 1, "about around roughly some only just the our its up to over under"))
        before--;
    if (before == 0 || !question_in_clause(q, before - 1)) return false;
    if (word_in(p, before - 1,
                "leave leaves left leaving give gives gave assign assigns reserve reserves allocate "
                "allocates dedicate dedicates keep keeps"))
        for (uint32_t i = after; i < p->word_count && i < after + 6 && question_in_clause(q, i); i++)
            if (word_in(p, i, "to for free")) return true;
    if (!word_in(p, before - 1, "gets takes occupies claims eats wants consumes fills")) return false;
    for (uint32_t i = 0; i < before; i++)
        if (question_in_clause(q, i) && is_owner_at(q, f, i)) return false;
    return true;
}

/* "Of its 128 GB, 115 GB are visible": the view of the attribute that the fact is, said right behind the number. */
static bool is_called_by_view(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    uint32_t before, w;
    if (f->kind != FACT_ATTR || p->kind != PASSAGE_SENTENCE) return false;
    const manifest_attr *attr = &q->j->m->attrs[f->index];
    question_words_around(q, &before, &w);
    while (w < p->word_count && word_in(p, w, "of it memory are is remain remains")) w++;
    for (uint32_t v = 0; v < attr->view_count && w < p->word_count && question_in_clause(q, w); v++)
        if (attr->view_count > 1 && &attr->views[v].fact == f->fact &&
            str_eq_nocase(surface_slice(p->on, p->words[w].lo, p->words[w].hi), attr->views[v].name))
            return true;
    return false;
}

/* Does the number's clause hold a word of the fact's name? */
static bool is_called_in_clause(const question *q, const numeric_fact *f) {
    uint32_t first, end;
    passage_window(q->p, q->t->text.lo, q->t->text.hi, &first, &end);
    for (uint32_t i = first; i < end; i++)
        if (question_in_clause(q, i) && fact_has_stem(f, q->p->words[i].stem)) return true;
    return false;
}

/* A use, a share, a need, a rest: never the size of the thing itself. */
static bool is_part(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    uint32_t first, end, before, after;
    bool data = q->m.dimension == DIM_DATA;
    if (!data && q->m.dimension != DIM_COUNT && q->m.dimension != DIM_TIME && !is_money(q)) return false;
    if (data || q->m.dimension == DIM_COUNT)
        if (!q->swapping && is_stated_beside(q, f)) return true; /* a swapped value stands where the other belongs */
    if (p->kind == PASSAGE_CELL && is_labelled_part(q, f)) return true;
    if (is_called_by_view(q, f)) return false;
    if (is_apportioned(q, f)) return true;
    question_words_around(q, &before,
                          &after); /* "1.3 TB of that are checkpoints", and not "68 TB of that are usable" */
    if (word_in(p, after, "of") && word_in(p, after + 1, "that it this them these those") && !is_called_in_clause(q, f))
        return true;
    if (f->kind != FACT_ATTR || fact_named_whole(q, f) || fact_named_by_unit(q, f)) return false;
    passage_window(p, q->t->text.lo, q->t->text.hi, &first, &end);
    if (word_in(p, 0, "of") && q->near.clause.lo > p->words[0].hi && is_set_against_whole(q, f))
        return true; /* "Of the 256 GB, 12 GB go to …" */
    for (uint32_t i = first; i < end; i++) {
        if (!question_in_clause(q, i) || (p->words[i].lo >= q->t->text.lo && p->words[i].hi <= q->t->text.hi)) continue;
        if (fact_has_stem(f, p->words[i].stem)) continue;
        bool dealt = is_dealt_out(q, i) || (word_in(p, i, "each per") && is_machine_word(q->j, p, i + 1));
        bool lasts = q->m.dimension == DIM_TIME && q->takes && f->owner_count &&
                     q->j->m->entities[f->owners[0]].kind == ENTITY_PROCESS; /* a process "needs 9 s" */
        bool partial = p->words[i].cues & CUE_PARTIAL && is_by_the_number(q, i);
        partial = partial && !(word_is(p, i, "each") && is_owner_at(q, f, i + 1));
        partial = partial && !(word_is(p, i, "up") && q->m.bound == BOUND_MAX);
        if (q->m.dimension == DIM_TIME) /* a file, a buffer or a model is no part of a time */
            partial = partial && !word_in(p, i, "buffer file files image checkpoint weights model each per cache swap");
        if ((data || q->m.dimension == DIM_TIME) && partial && !dealt && !lasts) return true;
        if (q->m.dimension != DIM_TIME &&
            word_in(p, i,
                    "use uses burn burns burned wasted need needs needed taken limited get gets go goes gave "
                    "allowed grant grants open busy grow grew grown full "
                    "budgeted spend spent spends") &&
            !is_said_beside(q, i))
            return true;
    }
    /* "16 of the 24 cores" */
    return word_in(p, after, "of") && word_in(p, after + 1, "the its my our all those these their") &&
           after + 2 < p->word_count && byte_is_digit(p->on->text.p[p->words[after + 2].lo]);
}

/* "With a draft model in front, …": a case set before everything else, in words that the fact does not know. */
static bool is_set_case(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    if (!word_in(p, 0, "with without using under behind through") || p->words[0].lo >= q->t->text.lo) return false;
    uint32_t first, end;
    passage_hit_window(p, p->words[0].lo, p->words[0].hi, &first, &end);
    for (uint32_t i = 1; i < p->word_count && i < 8; i++) {
        if (p->words[i].lo >= q->t->text.lo) return false;
        for (uint32_t h = first; h < end; h++)
            if (p->on->hits[h].where.lo < p->words[i].hi && p->on->hits[h].where.hi > p->words[i].lo) return i > 2;
        if (fact_has_stem(f, p->words[i].stem) || fact_has_condition_stem(f, p->words[i].stem)) return false;
        if (!(p->words[i].cues & CUE_STOP) && byte_is_digit(p->on->text.p[p->words[i].lo])) return false;
    }
    return true;
}

/* Is the word a part of a quantity, as the "second" of "forty requests a second" is? */
static bool lies_in_quantity(const passage *p, uint32_t i) {
    uint32_t a = p->token_lo, b = p->token_hi;
    while (a < b) {
        uint32_t middle = a + (b - a) / 2;
        if (p->on->tokens[middle].text.hi <= p->words[i].lo)
            a = middle + 1;
        else
            b = middle;
    }
    return a < p->token_hi && p->on->tokens[a].kind == TOKEN_QUANTITY && p->on->tokens[a].text.lo < p->words[i].lo;
}

/* A case that the fact does not declare: "while it compiles", "alone", "the first", "prefill". */
static bool is_narrowed(const question *q, const numeric_fact *f) {
    static const char CASES[] =
        "alone during without except otherwise sometimes peak first second third last prefill prompt speculative "
        "speculation aggregate burst empty compiles compiling else elsewhere worst best average maximum minimum";
    const passage *p = q->p;
    uint32_t first, end;
    if (is_set_case(q, f)) return true;
    bool adjacent = fact_named_adjacent(q, f);
    passage_window(p, q->t->text.lo, q->t->text.hi, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        if (p->words[i].lo >= q->t->text.lo && p->words[i].hi <= q->t->text.hi) continue;
        if (word_in(p, i, "average") && q->takes && f->dimension == DIM_TIME && !f->condition_count) continue;
        if (!adjacent && question_in_clause(q, i) && word_in(p, i, CASES) && !lies_in_quantity(p, i) &&
            !fact_has_stem(f, p->words[i].stem) && !fact_has_condition_stem(f, p->words[i].stem))
            return true;
        /* "…, while it compiles": right behind the clause */
        if (p->words[i].lo == q->near.clause.hi && word_in(p, i, "while when until unless if")) return true;
    }
    return false;
}

static enum region owner_region(const question *q, const numeric_fact *f) {
    enum region owner = REGION_COUNT;
    for (uint32_t i = 0; i < f->owner_count; i++) {
        enum region r = context_entity(&q->near, f->owners[i]);
        if (r < owner) owner = r;
    }
    return owner;
}

/* "each draft gets", "one worker of": one of many things, none of which owns the fact. */
static bool is_one_of_many(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    uint32_t i, end;
    passage_window(p, q->near.clause.lo, q->near.clause.lo, &i, &end);
    while (i < end && p->words[i].lo < q->near.clause.lo) i++;
    if (i + 1 >= end || p->words[i].lo >= q->t->text.lo || !word_in(p, i, "each every one")) return false;
    if (word_in(p, i, "one") && !word_in(p, i + 2, "of")) return false;
    if (proof_hangs_on_owner(q, f)) return false; /* "Each merge triggers a deployment that takes 4 minutes" */
    if (i > 0 && word_is(p, i, "each") && word_in(p, i + 1, "with has have having") &&
        owner_region(q, f) <= REGION_SENTENCE &&
        (is_machine_word(q->j, p, i - 1) || word_in(p, i - 1, "units nodes boxes machines") ||
         fact_index_noun(q->j->index, p->words[i - 1].stem)))
        return false; /* "two DGX Spark units, each with 24 cores": every one of the owner's */
    if (word_in(p, i, "each every") && is_owner_at(q, f, i + 1)) return false; /* "Every mirror run takes …" */
    if (word_is(p, i, "each") && fact_has_word(q, f, i + 1)) return false;     /* "Each run generates six drafts" */
    return !is_machine_word(q->j, p, i + 1) && !word_in(p, i + 1, "of night day week month has");
}

/* Who speaks, and of when: advice to the reader, what people report, a state before a change. */
static const char *is_told(const question *q) {
    const passage *p = q->p;
    if (p->kind != PASSAGE_SENTENCE) return NULL;
    bool apart = false; /* "You can read it in one evening: it has 4,870 lines" */
    for (uint32_t k = p->text.lo; k < q->t->text.lo && !apart && k < p->text.lo + WINDOW_REACH; k++)
        apart = (p->on->text.p[k] == ':' || p->on->text.p[k] == ';') && k + 1 < q->t->text.lo &&
                byte_is_space(p->on->text.p[k + 1]);
    if (p->word_count && p->words[0].cues & CUE_SECOND && !apart) OBJECT(q->j, "it is advice to the reader");
    for (uint32_t i = 0; i < p->word_count && i < 8 && p->words[i].hi <= q->t->text.lo; i++)
        if (word_in(p, i, "people others owners reviewers") && !(p->cues & CUE_FIRST)) OBJECT(q->j, "others report it");
    uint32_t behind = standing_word_at(p, q->t->text.hi);
    for (uint32_t i = behind; q->m.dimension == DIM_DATA_RATE && i < p->word_count && i < behind + 8; i++)
        if (word_in(p, i, "test tests benchmark benchmarks") &&
            question_in_clause(q, i)) /* "reaches 241 GB/s in a copy test" */
            OBJECT(q->j, "it is what was measured");
    uint32_t at = passage_word_before(p, q->t->text.lo);
    while (at != UINT32_MAX && at > 0 && word_in(p, at, "a an the at about for")) at--; /* "I looked at a 2 TB drive" */
    if (at != UINT32_MAX && word_in(p, at,
                                    "look looked looking considered considering thought wanted wished priced "
                                    "returned rejected refused declined avoided skipped"))
        OBJECT(q->j, "it is only thought of");
    for (uint32_t i = 1; i < p->word_count && i < 64 && p->words[i].hi <= q->t->text.lo; i++) /* "is also sold with" */
        if (p->words[i].lo >= q->near.clause.lo && word_in(p, i, "sold offered orderable available") &&
            word_in(p, i + 1, "with in for at"))
            OBJECT(q->j, "it is said of what is for sale");
    bool first_of_all =
        (word_in(p, 0, "in") && word_in(p, 2, "beginning")) || (word_in(p, 0, "at") && word_is(p, 1, "first"));
    bool then = (first_of_all || word_in(p, 0, "before until originally formerly once initially")) &&
                p->words[0].lo < q->t->text.lo;
    uint32_t first, end;
    passage_window(p, q->t->text.lo, q->t->text.hi, &first, &end);
    for (uint32_t i = first; i < end && then; i++)
        if (word_in(p, i, "had was were ran held used") &&
            (p->words[i].hi <= q->t->text.lo || question_in_clause(q, i)))
            OBJECT(q->j, "it is said of the past");
    return NULL;
}

/* The word before "of (the) NAME", where the name is an owner's: "the board of tern". Is it another thing's name? */
static bool is_of_another(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    for (uint32_t m = 0; m < q->near.mention_count; m++) {
        const mention *x = &q->near.mentions[m];
        if (x->region != REGION_CLAUSE || !x->hit || !fact_is_owned(f, x->entity)) continue;
        uint32_t first, end, i;
        passage_window(p, x->hit->where.lo, x->hit->where.hi, &first, &end);
        for (i = first; i < end && p->words[i].lo < x->hit->where.lo; i++) {
        }
        if (i > first && word_in(p, i - 1, "the this my our")) i--;
        if (i < first + 2 || !word_in(p, i - 1, "of inside") || p->words[i - 2].hi + 1 != p->words[i - 1].lo) continue;
        const pword *head = &p->words[i - 2];
        if (head->lo >= q->t->text.lo && head->hi <= q->t->text.hi) continue; /* "24 cores of tern" */
        if (head->lo >= q->t->text.hi) continue;                              /* "256 GB in the memory of tern" */
        if (word_in(p, i - 2, "that those")) continue;                        /* "and that of tern 256 GB" */
        if (!fact_has_stem(f, head->stem) && !fact_has_condition_stem(f, head->stem)) return true;
    }
    return false;
}

static bool has_fact_in(const judge *j, uint32_t entity, enum unit_dimension dimension) {
    uint32_t count, all;
    const numeric_fact *facts = fact_index_all(j->index, &all);
    const uint32_t *owned = fact_index_owned(j->index, entity, &count);
    for (uint32_t i = 0; i < count && i < 64; i++)
        if (facts[owned[i]].dimension == dimension) return true;
    return false;
}

/* A machine's attribute, and the clause names something else before the number: a program ("PostgreSQL takes 3 GB of
 * memory"), or another machine that has such an attribute itself. A part without one ("an EPYC 7313P and 64 GB") is
 * no other subject. */
static bool is_said_of_another(const question *q, const numeric_fact *f) {
    const judge *j = q->j;
    if (q->p->kind == PASSAGE_CELL || q->p->kind == PASSAGE_CODE || f->kind != FACT_ATTR) return false;
    uint8_t whose = f->owner_count ? j->m->entities[f->owners[0]].kind : ENTITY_PACKAGE;
    if ((whose != ENTITY_HARDWARE && whose != ENTITY_HOST) || owner_region(q, f) <= REGION_CLAUSE) return false;
    for (uint32_t m = 0; m < q->near.mention_count; m++) {
        const mention *x = &q->near.mentions[m];
        if (x->region > REGION_SENTENCE || fact_is_owned(f, x->entity) || !x->hit || x->hit->where.lo > q->t->text.lo)
            continue;
        uint32_t w = standing_word_at(q->p, x->hit->where.lo); /* "Memory for vLLM: 87 GB" */
        if (x->region == REGION_SENTENCE &&
            !(w > 0 && word_in(q->p, w - 1, "for of") && q->p->on->text.p[x->hit->where.hi] == ':'))
            continue;
        uint8_t kind = j->m->entities[x->entity].kind;
        if (kind == ENTITY_COMPONENT || kind == ENTITY_SERVICE) return true;
        if (kind != ENTITY_PROCESS && has_fact_in(j, x->entity, f->dimension)) return true;
    }
    return false;
}

/* "The blog has 170 posts": the verb stands right before the number. */
static bool is_had(const question *q) {
    uint32_t before, after;
    question_words_around(q, &before, &after);
    return before > 0 && word_in(q->p, before - 1, "has have");
}

static bool is_owners_word(const question *q, const numeric_fact *f, uint32_t i) {
    for (uint32_t o = 0; o < f->owner_count; o++) {
        uint32_t count;
        const uint64_t *stems = fact_index_entity_stems(q->j->index, f->owners[o], &count);
        for (uint32_t n = 0; n < count; n++)
            if (stems[n] == q->p->words[i].stem) return true;
    }
    return fact_has_condition_stem(f, q->p->words[i].stem);
}

/* "The draft model has 0.6B parameters", "the USB disk has 2 TB": word `i` says which one, and it is none by which the
 * owner is called. */
static bool is_other_one(const question *q, const numeric_fact *f, uint32_t i) {
    bool model = f->dimension == DIM_PARAMS && word_in(q->p, i + 1, "model llm");
    bool disk = f->dimension == DIM_DATA && word_in(q->p, i + 1, "disk drive ssd");
    return (model || disk) && !is_owners_word(q, f, i) && !(q->p->words[i].cues & (CUE_STOP | CUE_FIRST)) &&
           !fact_has_stem(f, q->p->words[i].stem) &&
           !word_in(q->p, i, "main only same whole entire local internal big large current new own actual fast nvme");
}

static bool condition_has_word(const numeric_fact *f, str said) {
    for (uint32_t i = 0; i < f->condition_count; i++) {
        uint32_t at = 0, lo, hi;
        while (fact_word_next(f->conditions[i].of->value, &at, &lo, &hi))
            if (str_eq_nocase(str_slice(f->conditions[i].of->value, lo, hi), said)) return true;
    }
    return false;
}

/* "The domain costs 9 EUR": the clause begins with a thing of its own, which is neither the owner nor the fact. */
static bool begins_with_another(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    uint32_t i, end;
    if (p->kind != PASSAGE_SENTENCE || owner_region(q, f) <= REGION_CLAUSE || fact_is_owned(f, q->focus)) return false;
    if (f->kind == FACT_ATTR && fact_owner_is_unique(q, f) && /* "The pooler has a default_pool_size of 25" */
        (q->m.dimension == DIM_COUNT || q->m.dimension == DIM_NONE) &&
        (fact_named_whole(q, f) || owner_is_the_only_one(q, f) ||
         (f->noun && f->noun == q->m.noun && fact_has_stem(f, f->noun) && is_had(q))))
        return false;
    if (f->dimension == DIM_COUNT && existence_is_made_of(q->j, p, q->t->text.lo)) return false;
    passage_window(p, q->near.clause.lo, q->near.clause.lo, &i, &end);
    while (i < end && p->words[i].lo < q->near.clause.lo) i++;
    if (i + 2 >= end || p->words[i + 2].hi > q->t->text.lo || !word_in(p, i, "the a an my our this")) return false;
    if (p->flags & PASSAGE_IN_LIST && word_in(p, i, "a an") && byte_is_digit(p->on->text.p[p->words[i + 1].lo]))
        return false; /* ", a 2 TB NVMe and 410 GB/s": more of what the item lists */
    for (uint32_t m = 0; m < q->near.mention_count; m++) { /* "the primary model, a mixture of experts with …" */
        const mention *x = &q->near.mentions[m];
        if (x->hit && fact_is_owned(f, x->entity) && x->region == REGION_SENTENCE && word_in(p, i, "a an") &&
            x->hit->where.hi + 2 == p->words[i].lo && p->on->text.p[x->hit->where.hi] == ',')
            return false;
    }
    if (is_other_one(q, f, i + 1)) return true;
    for (uint32_t k = i + 1; k < i + 5 && k < p->word_count && p->words[k].hi <= q->t->text.lo; k++)
        if (f->kind == FACT_BENCHMARK && fact_has_condition_stem(f, p->words[k].stem) && k > i + 1 &&
            condition_has_word(f, surface_slice(p->on, p->words[k - 1].lo, p->words[k - 1].hi)))
            return false; /* "The hub article brief runs"; "the short brief" is another */
    for (uint32_t k = i + 1; k < i + 3; k++) {
        str said = surface_slice(p->on, p->words[k].lo, p->words[k].hi);
        bool verb = k > i + 1 && (said.p[said.n - 1] == 's' || str_ends(said, STR("ed")));
        if (is_machine_word(q->j, p, k) || word_in(p, k, "system setup platform rig") ||
            ((fact_has_stem(f, p->words[k].stem) || fact_has_condition_stem(f, p->words[k].stem)) && !verb))
            return false; /* "The encoder hevc_nvenc …" */
        if (is_owners_word(q, f, k)) return false;
    }
    return true;
}

/* "9 GiB of WAL per hour": an amount per time is no size, which has no time in it. */
static bool is_per_time(const question *q) {
    static const char *const times[] = {" per hour", " an hour", " per second", " a second",
                                        " per day",  " a day",   " a night"};
    const passage *p = q->p;
    uint32_t hi = q->t->text.hi;
    if (q->m.dimension != DIM_DATA) return false;
    str behind = surface_slice(p->on, hi, p->text.hi < hi + 32 ? p->text.hi : hi + 32);
    for (size_t i = 0; i < COUNT_OF(times); i++) {
        ptrdiff_t at = str_find(behind, str_from_cstr(times[i]), 0);
        if (at < 0 || str_find_byte(str_slice(behind, 0, at), ',', 0) >= 0) continue;
        uint32_t next = standing_word_at(p, hi + (uint32_t)(at + (ptrdiff_t)strlen(times[i])));
        uint32_t end = hi + (uint32_t)(at + (ptrdiff_t)strlen(times[i]));
        bool part = end < p->text.hi && byte_is_alnum(p->on->text.p[end]); /* "and a secondary card" */
        bool counts = next < p->word_count && p->words[next].lo == end + 1 && !(p->words[next].cues & CUE_STOP);
        if (!part && !(counts && str_eq(str_from_cstr(times[i]), STR(" a second")))) return true; /* "a second card" */
    }
    return false;
}

/* "which of the two nodes", "neither of the three": those that were spoken of, however many there are. */
static bool counts_the_spoken_of(const question *q) {
    const passage *p = q->p;
    uint32_t before, after;
    question_words_around(q, &before, &after);
    return q->m.dimension == DIM_COUNT && p->kind == PASSAGE_SENTENCE && before > 2 &&
           word_in(p, before - 1, "the these those") && word_in(p, before - 2, "of") &&
           word_in(p, before - 3, "which either neither each any none whichever");
}

/* "whose models fit in 24 GB", "a million output tokens cost 13 EUR": room for something, a measure of counting. */
bool figure_is_measure(const question *q) {
    const passage *p = q->p;
    uint32_t before, after;
    question_words_around(q, &before, &after);
    if (p->kind != PASSAGE_SENTENCE) return false;
    if (counts_the_spoken_of(q)) return true;
    uint32_t into = before > 0 && word_in(p, before - 1, "in into within inside on");
    if (q->m.dimension == DIM_DATA && before > into &&
        word_in(p, before - 1 - into, "fit fits fitted fitting squeeze squeezes squeezed"))
        return true;
    uint32_t a = before > 0 && word_in(p, before - 1, "a") ? before - 1 : before;
    bool round = word_in(p, a, "a") && word_in(p, a + 1, "hundred thousand million billion dozen");
    return round && !(a > 0 && word_in(p, a - 1, "has have had is was wrote writes read reads made makes"));
}

/* "The team behind the project consists of twelve volunteers": all who do the work, of which one fact tells. */
bool figure_is_all_of_us(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    uint32_t i = 0;
    if (f->kind != FACT_ATTR || q->m.dimension != DIM_COUNT || f->noun != q->m.noun || !fact_owner_is_unique(q, f))
        return false;
    if (p->kind != PASSAGE_SENTENCE || !word_in(p, i, "the our this")) return false;
    while (word_in(p, i, "the our this whole entire")) i++;
    if (!word_in(p, i, "team crew staff group")) return false;
    for (i++; word_in(p, i, "behind of the our this project work archive it all now today"); i++) {
    }
    if (word_in(p, i, "is") && word_in(p, i + 1, "made")) i++;
    if (!word_in(p, i, "consists comprises counts numbers made")) return false;
    for (i++; word_in(p, i, "of up now just only about"); i++) {
    }
    return i < p->word_count && p->words[i].lo <= q->t->text.lo && p->words[i].hi >= q->t->text.lo;
}

const char *frame_objection(const question *q, const numeric_fact *f) {
    const char *told = is_told(q);
    if (told) return told;
    if (is_difference(q, f)) OBJECT(q->j, "it is a difference");
    if (is_per_time(q)) OBJECT(q->j, "it is an amount per time");
    if (is_part(q, f)) OBJECT(q->j, "it is a part or a use");
    if (f->kind == FACT_BENCHMARK && is_narrowed(q, f)) OBJECT(q->j, "it is a case that no fact declares");
    if (is_one_of_many(q, f)) OBJECT(q->j, "it is said of one of many");
    if (!figure_is_all_of_us(q, f) && (is_of_another(q, f) || is_said_of_another(q, f) || begins_with_another(q, f)))
        OBJECT(q->j, "it is said of something else");
    return NULL;
}
