/* quantity_verdict.c - from scored facts to a verdict.
 *
 * A fact that agrees supports the claim if nothing that is named clearly better disagrees. A fact that is named beyond
 * doubt (its whole name, its owner, no other condition) contradicts the claim if every fact that could be meant as well
 * disagrees. Between the two lies unverified. A right number on the wrong subject is contradicted by the subject's own
 * fact and says whose number it is. Every rule here that says no to a contradiction was paid for by a false one.
 */
#include "facts/verdicts/doubt.h"
#include "facts/numbers/proofs.h"

#include <math.h>

static str fact_says(judge *j, const numeric_fact *f) {
    if (f->quantity)
        return judge_printf(j, "%.*s%s%.*s", STR_ARG(f->quantity->value), f->quantity->unit.n ? " " : "",
                            STR_ARG(f->quantity->unit));
    /* A suggested edit may quote it: it must be what the manifest itself writes. */
    if (f->kind == FACT_DERIVED) return j->m->derived[f->index].text;
    return judge_printf(j, "%.4g", f->shown);
}

/* "11 min is not a / b = 8.3": the proof, where the value was worked out, in the unit of the number. */
static str value_text(const question *q, const numeric_fact *f) {
    if (f->kind != FACT_DERIVED) return fact_says(q->j, f);
    const unit_info *u = unit_get(q->t->unit);
    double factor = u->dimension == f->dimension ? u->factor : 1;
    return judge_printf(q->j, "%.*s = %.4g", STR_ARG(q->j->m->derived[f->index].text), f->shown / factor);
}

static const manifest_entity *owner_of(const question *q, const numeric_fact *f) {
    if (!f->owner_count) return NULL;
    uint32_t best = f->owners[0];
    for (uint32_t i = 1; i < f->owner_count; i++)
        if (context_entity(&q->near, f->owners[i]) < context_entity(&q->near, best)) best = f->owners[i];
    return &q->j->m->entities[best];
}

/* Conditions that the fact requires to be stated and that the article leaves out. */
static const manifest_condition *unstated(question *q, const numeric_fact *f) {
    for (uint32_t i = 0; i < f->condition_count; i++) {
        const fact_condition *c = &f->conditions[i];
        if (!c->of->must_state || condition_state_of(q, c) != CONDITION_UNSTATED) continue;
        if (context_stem(&q->near, c->key) != REGION_COUNT || context_stem(&q->near, c->last) != REGION_COUNT) continue;
        return c->of;
    }
    return NULL;
}

static void support(question *q, claim *c, const numeric_fact *f) {
    str says = fact_says(q->j, f), value = value_text(q, f);
    const manifest_entity *owner = owner_of(q, f);
    if (owner) c->subject = owner->id;
    claim_supported(q->j, c, f->fact, says,
                    judge_printf(q->j, "%.*s agrees with %.*s", STR_ARG(claim_value(c)), STR_ARG(value)));
    const manifest_condition *left_out = unstated(q, f);
    if (left_out && c->verdict == VERDICT_SUPPORTED) {
        c->verdict = VERDICT_UNDERSPECIFIED;
        c->why = judge_printf(q->j, "right, but does not state %.*s = %.*s", STR_ARG(left_out->key),
                              STR_ARG(left_out->value));
    }
}

/* "not 20 cores": the denial stands within three words before the number. */
static bool denied_beside(const question *q) {
    const passage *p = q->p;
    uint32_t first, end, words = 0;
    passage_window(p, q->t->text.lo, q->t->text.hi, &first, &end);
    for (uint32_t i = end; i > first && words < 3; i--) {
        if (p->words[i - 1].hi > q->t->text.lo) continue;
        for (uint32_t k = p->words[i - 1].hi; k < q->t->text.lo; k++)
            if (p->on->text.p[k] == ',') return false;
        words++;
        if (p->words[i - 1].cues & CUE_NEGATION) return true;
    }
    return false;
}

/* Is a number that is a condition of the fact stated in the clause itself? */
static bool condition_in_clause(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    for (uint32_t i = p->token_lo; i < p->token_hi && i - p->token_lo < 48; i++) {
        const token *t = &p->on->tokens[i];
        if (t->text.lo < q->near.clause.lo || t->text.hi > q->near.clause.hi || !t->value.valid) continue;
        if (t->kind != TOKEN_NUMBER && t->kind != TOKEN_QUANTITY) continue;
        for (uint32_t k = 0; k < f->condition_count; k++)
            if (f->conditions[k].is_number && fabs(decimal_to_f64(t->value) - f->conditions[k].value) < 1e-9 &&
                number_has_key(p, t, f->conditions[k].key))
                return true;
    }
    return false;
}

/* "46 to 69 GiB" agrees with something by chance: a wide statement proves a fact only by its name. */
static bool is_wide(const question *q) {
    return q->m.interval && q->m.dimension != DIM_COUNT &&
           fabs(q->m.high - q->m.value) > 0.08 * fmax(fabs(q->m.high), fabs(q->m.value));
}

/* "35B parameters in total and 3B active": does another number stand between the claim and every word of the stem? */
static bool is_cut_off(const question *q, uint64_t stem) {
    const passage *p = q->p;
    bool met = false;
    for (uint32_t w = 0; w < p->word_count && w < 400; w++) {
        if (p->words[w].stem != stem) continue;
        uint32_t lo = p->words[w].lo < q->t->text.lo ? p->words[w].hi : q->t->text.hi;
        uint32_t hi = p->words[w].lo < q->t->text.lo ? q->t->text.lo : p->words[w].lo;
        bool between = false;
        for (uint32_t i = p->token_lo; i < p->token_hi && i - p->token_lo < 64 && !between; i++) {
            const token *t = &p->on->tokens[i];
            between = (t->kind == TOKEN_QUANTITY || t->kind == TOKEN_NUMBER) && t->text.lo >= lo && t->text.hi <= hi;
        }
        if (!between) return false;
        met = true;
    }
    return met;
}

/* Is the name that makes `theirs` a candidate only a part of the longer one that `named` has in full: "timeout" in
 * archive_timeout? */
static bool has_longer_name(const question *q, const numeric_fact *named, const numeric_fact *theirs) {
    for (uint32_t i = 0; i < named->name_count; i++) {
        const fact_phrase *long_name = &named->names[i];
        bool whole = long_name->n > 1, inside = false;
        for (uint32_t k = 0; k < long_name->n && whole; k++)
            whole = context_stem(&q->near, long_name->stems[k]) <= REGION_CLAUSE && !is_cut_off(q, long_name->stems[k]);
        for (uint32_t n = 0; n < theirs->name_count && whole; n++) {
            const fact_phrase *name = &theirs->names[n];
            bool there = true, part = true;
            for (uint32_t k = 0; k < name->n; k++) {
                there = there && context_stem(&q->near, name->stems[k]) <= REGION_LABEL;
                bool found = false;
                for (uint32_t w = 0; w < long_name->n; w++) found = found || long_name->stems[w] == name->stems[k];
                part = part && found;
            }
            if (there && (!part || name->n >= long_name->n)) return false; /* a whole name of its own */
            inside = inside || (there && part);
        }
        if (inside) return true;
    }
    return false;
}

/* "Of 31 drills two failed", "three of the four seats": the number of all. */
static bool is_whole_of_part(const question *q) {
    str before = str_trim(surface_slice(q->p->on, q->p->text.lo, q->t->text.lo));
    return str_ends(before, STR(" of")) || str_ends(before, STR("Of")) || str_ends(before, STR(" of the"));
}

/* Is the owner of `named` named only in a later clause, with a number of the same sort of its own? "On that brief it
 * was 59.7 tok/s; the other reached 28.1 tok/s": the other is not whose the first number is. */
static bool has_own_number(const question *q, const numeric_fact *named) {
    const passage *p = q->p;
    bool later = false;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h - p->hit_lo < 64; h++) {
        const alias_hit *hit = &p->on->hits[h];
        uint32_t entity = hit->inside >= 0 ? MANIFEST_NONE : hit_entity(q->j, hit, -1);
        if (entity == MANIFEST_NONE || !fact_is_owned(named, entity)) continue;
        if (hit->where.lo < q->near.clause.hi) return false;
        for (uint32_t i = p->token_lo; i < p->token_hi && i - p->token_lo < 64; i++) {
            const token *t = &p->on->tokens[i];
            bool same = t->kind == TOKEN_QUANTITY && unit_get(t->unit)->dimension == unit_get(q->t->unit)->dimension;
            later = later || ((same || t->kind == TOKEN_NUMBER) && t->text.lo >= hit->where.hi);
        }
    }
    return later;
}

/* Wires are measured in bits, files in bytes. */
static bool is_in_bits(unit_id unit) {
    const char *name = unit_get(unit)->name;
    return name && strchr(name, 'b') && !strchr(name, 'B');
}

/* "It only wakes up 3B parameters for each token": the number is what its owner has under a longer name, "active
 * parameters", and no verb of having says that it is all of them. */
static bool is_said_otherwise(const question *q, const numeric_fact *named, const numeric_fact *theirs) {
    const passage *p = q->p;
    if (p->kind != PASSAGE_SENTENCE || named->kind != FACT_ATTR || theirs->kind != FACT_ATTR || !theirs->owner_count ||
        !fact_is_owned(named, theirs->owners[0]) || named->index == theirs->index)
        return false;
    bool longer = false;
    for (uint32_t i = 0; i < theirs->name_count; i++)
        for (uint32_t n = 0; n < named->name_count; n++) {
            uint32_t held = 0;
            for (uint32_t k = 0; k < named->names[n].n; k++)
                for (uint32_t w = 0; w < theirs->names[i].n; w++)
                    held += theirs->names[i].stems[w] == named->names[n].stems[k];
            longer = longer || (held == named->names[n].n && theirs->names[i].n > held);
        }
    uint32_t w = passage_word_before(p, q->t->text.lo);
    while (w != UINT32_MAX && w > 0 && word_in(p, w, "about around some roughly only just a an its all")) w--;
    return longer && w != UINT32_MAX && !(p->words[w].cues & CUE_HAVE) && !word_in(p, w, "with of is are at the");
}

/* Do the words of one of the fact's names stand behind each other in the sentence, "the restore duration of the drill"?
 */
static bool is_said_outright(const question *q, const numeric_fact *f) {
    const passage *p = q->p;
    uint32_t first, end;
    passage_window(p, q->t->text.lo, q->t->text.hi, &first, &end);
    for (uint32_t i = 0; i < f->name_count; i++) {
        uint32_t n = f->names[i].n;
        for (uint32_t w = first; n > 1 && w + n <= end; w++) {
            uint32_t k = 0;
            while (k < n && p->words[w + k].stem == f->names[i].stems[k]) k++;
            if (k == n) return true;
        }
    }
    return false;
}

/* "400 GB of RAM", which is the size of the same machine's disk: the words right there name the one attribute, and the
 * number is the other's. */
static bool is_named_sibling(const question *q, const scored *yes, const scored *no) {
    const numeric_fact *theirs = &q->facts[yes->fact], *named = &q->facts[no->fact];
    return theirs->kind == FACT_ATTR && named->kind == FACT_ATTR && theirs->group != named->group &&
           theirs->owner_count && fact_is_owned(named, theirs->owners[0]) && q->m.dimension != DIM_COUNT &&
           yes->name < 0.3 && no->name >= 0.93 && fact_named_adjacent(q, named) && !fact_named_beside(q, theirs);
}

/* Is the number that of another subject? Only when its own fact is plainly not what the sentence speaks of: the same
 * metric of somebody who is not named, or a fact whose name is not there while the other's is. */
static bool is_swapped(question *q, const scored *yes, const scored *no) {
    const numeric_fact *theirs = &q->facts[yes->fact], *named = &q->facts[no->fact];
    if (subject_is_part(q, theirs) && !subject_is_part(q, named) && subject_is_each(q, NULL))
        return false; /* "24 GB each" */
    static const char *const cards[] = {"video", "vram", "graphics", "gpu", "card"};
    for (size_t i = 0; i < COUNT_OF(cards); i++) /* "15,356 MiB of video memory": of what stands in it */
        if (subject_is_part(q, theirs) && !subject_is_part(q, named) && q->m.dimension == DIM_DATA &&
            context_stem(&q->near, fact_stem(str_from_cstr(cards[i]))) == REGION_CLAUSE)
            return false;
    if (no->certain && !no->sole && named->kind == FACT_DERIVED && (yes->name >= 0.3 || theirs->kind != FACT_DERIVED))
        return false; /* a sum that somebody could mean, and a fact that says the number */
    if (no->certain) return !yes->certain && (theirs->index != named->index || theirs->kind != named->kind);
    if (theirs->kind == FACT_BENCHMARK && named->kind == FACT_BENCHMARK && is_said_outright(q, theirs) &&
        !is_said_outright(q, named))
        return false; /* not how long the drill takes */
    /* An interval holds something of everybody's: what is not named at all is no proof against what is. */
    if (q->m.interval && yes->name < 0.3 && yes->owner < 0.6 && theirs->group != named->group) return true;
    if (no->row && yes->elsewhere) return true; /* another row's value */
    if (theirs->kind == FACT_DERIVED) {
        /* "The hot tier offers 15.36 TB": what its disks come to, which is not what it has */
        bool same = theirs->owner_count == 1 && named->kind == FACT_ATTR && fact_is_owned(named, theirs->owners[0]);
        return yes->name < (same ? 0.6 : 0.3) && no->name >= 0.95 && no->owner >= (same ? 0.29 : 0.9);
    }
    if (no->row && (yes->row ? no->name >= yes->name + 0.3 : no->name + 0.3 >= yes->name)) return true;
    if (theirs->group == named->group && theirs != named) {
        bool pair = q->p->kind == PASSAGE_SENTENCE && question_is_of_a_pair(q);
        uint32_t subject = question_subject_by_order(q, named->group);
        if (subject == MANIFEST_NONE && !pair) subject = question_subject(q, named->group);
        if (subject != MANIFEST_NONE && !fact_is_owned(theirs, subject) && fact_is_owned(named, subject)) return true;
        if (pair || proof_is_in_own_condition(q, theirs, named)) return false;
        if (!q->change && no->stated == REGION_CLAUSE && yes->stated > REGION_CLAUSE && !yes->numbered &&
            no->owner >= yes->owner)
            return true;
    }
    /* "At batch 4 it decodes at 38.4 tok/s", which is another batch's */
    if (theirs->group == named->group && yes->conflict && no->numbered && !no->conflict && !q->change &&
        no->owner + 0.1 >= yes->owner && condition_in_clause(q, named))
        return true;
    if (theirs->group == named->group && has_own_number(q, named)) return false;
    if (is_said_otherwise(q, named, theirs)) return false;
    if (theirs->group != named->group && q->m.dimension == DIM_DATA_RATE && is_in_bits(q->t->unit) &&
        is_in_bits(theirs->unit) && !is_in_bits(named->unit))
        return false; /* "10 GbE, and sequential reads reach about 1,050 MB/s": wires are measured in bits */
    if (theirs->group == named->group && is_wide(q) && named->kind == FACT_ATTR && no->owner >= yes->owner + 0.3)
        return true;
    if (theirs->group == named->group)
        return (yes->owner <= 0.5 && no->owner >= 0.9) || (yes->elsewhere && !no->elsewhere && no->condition > 0);
    if (is_named_sibling(q, yes, no)) return true;
    if (q->t->value.digits >= 100 && q->p->kind == PASSAGE_SENTENCE)
        return false; /* three digits of another metric are hardly that one's by chance */
    bool sure = no->name >= 0.93 && (no->owner >= 0.69 || (no->owner >= 0.29 && fact_owner_is_unique(q, named)));
    if (!sure) return false;
    if ((q->m.dimension != DIM_COUNT || (yes->owner <= 0.5 && q->t->value.digits < 100 && !is_whole_of_part(q))) &&
        has_longer_name(q, named, theirs))
        return true;
    if (is_wide(q) && yes->name < 0.6 && (fact_named_adjacent(q, named) || fact_named_whole(q, named)) &&
        is_in_bits(q->t->unit) == is_in_bits(named->unit) && candidate_total(no) >= candidate_total(yes) + 0.25)
        return true;
    /* The words there say the one and not the other. */
    /* "437 drafts": which of them? "The throughput was …": of what? An attribute's name, or a longer one, says it. */
    bool plain = named->kind == FACT_ATTR && q->m.dimension != DIM_COUNT && fact_named_adjacent(q, named);
    bool whole = plain || fact_named_whole(q, named);
    if (whole && yes->condition <= no->condition && yes->owner <= no->owner + 0.25 && no->name >= yes->name + 0.3 &&
        !fact_named_beside(q, theirs))
        return true;
    if (yes->owner > no->owner) return false;
    return yes->name < 0.4 || (fact_named_adjacent(q, named) && !fact_named_adjacent(q, theirs));
}

/* `agreed`: there is a fact that agrees. */
static const char *why_not(question *q, const scored *no, bool agreed, const stance_view *s) {
    const char *objection = contradiction_objection(q, no, s);
    if (objection) return objection;
    if (agreed) return "another fact agrees";
    bool ours = s->stance == STANCE_ASSERTED || s->stance == STANCE_HISTORICAL || s->stance == STANCE_NEGATED;
    return ours ? "not surely of it" : "not stated as our own";
}

/* Of two sizes of one thing the one that agrees is meant, unless the other is called by its name. */
static bool is_other_size(const question *q, const scored *yes, const scored *no) {
    const numeric_fact *theirs = &q->facts[yes->fact], *named = &q->facts[no->fact];
    if (theirs->kind != FACT_ATTR || named->kind != FACT_ATTR || !theirs->owner_count || no->certain) return false;
    return fact_is_owned(named, theirs->owners[0]) && !fact_named_adjacent(q, named) && !fact_named_whole(q, named);
}

/* The best fact that disagrees, is named and may contradict; with a fact that agrees, one that shows it to be swapped.
 * `agrees` may agree by chance only. */
static const scored *contradicting(question *q, const scored *yes, const scored *agrees, const stance_view *s) {
    const scored *best = NULL;
    q->swapping = yes != NULL;
    for (uint32_t i = 0; i < q->n; i++) {
        const scored *x = &q->found[i];
        if (x->agrees || x->doubted || (best && candidate_total(x) <= candidate_total(best))) continue;
        if (agrees && !yes && is_other_size(q, agrees, x)) continue;
        if ((!yes || is_swapped(q, yes, x)) && !contradiction_objection(q, x, s)) best = x;
    }
    return best;
}

/* Does the clause, the sentence or the row name whose the figure is, "The Spark has 24 GB", "our machine has 24 GB"? */
static bool is_by_name(const question *q, const numeric_fact *f) {
    for (uint32_t k = 0; k < f->owner_count; k++)
        if (context_entity(&q->near, f->owners[k]) <= REGION_LABEL) return true;
    uint32_t first, end;
    passage_window(q->p, q->t->text.lo, q->t->text.hi, &first, &end);
    for (uint32_t i = first; i < end; i++)
        if (word_in(q->p, i, "our my stack deployment setup cluster")) return true; /* all we have */
    return q->the_machine;
}

static void contradict_by(question *q, claim *c, const scored *no, const scored *yes) {
    const numeric_fact *f = &q->facts[no->fact];
    const manifest_entity *owner = owner_of(q, f);
    str says = fact_says(q->j, f);
    if (owner) c->subject = owner->id;
    bool swapped = yes && yes->owner <= no->owner;
    c->plain = swapped || is_by_name(q, f);
    if (swapped) {
        const manifest_entity *theirs = owner_of(q, &q->facts[yes->fact]);
        claim_contradicted(q->j, c, f->fact, says,
                           judge_printf(q->j, "%.*s is not %.*s; it belongs to %.*s (%.*s)", STR_ARG(claim_value(c)),
                                        STR_ARG(says), STR_ARG(theirs ? theirs->id : STR("another")),
                                        STR_ARG(q->facts[yes->fact].fact->id)));
        return;
    }
    claim_contradicted(q->j, c, f->fact, says,
                       judge_printf(q->j, "%.*s is not %.*s", STR_ARG(claim_value(c)), STR_ARG(value_text(q, f))));
}

/* "accelerator memory | 48 GB": another attribute of the same machine. */
static bool is_other_attribute(const question *q, const scored *no, const scored *yes) {
    if (!yes || no->certain || q->p->kind != PASSAGE_CELL) return false;
    const numeric_fact *f = &q->facts[no->fact], *g = &q->facts[yes->fact];
    return f->kind == FACT_ATTR && g->kind == FACT_ATTR && f->owner_count && fact_is_owned(g, f->owners[0]);
}

/* Writes down what speaks against each fact that disagrees (weighing.h). */
static void weigh(question *q, claim *c, const scored *yes, const stance_view *s) {
    str subject = c->subject;
    q->swapping = yes != NULL;
    if (c->stance != STANCE_ASSERTED && c->stance != STANCE_HISTORICAL && c->stance != STANCE_NEGATED) return;
    for (uint32_t i = 0; i < q->n; i++) {
        const scored *x = &q->found[i];
        const numeric_fact *f = &q->facts[x->fact];
        const manifest_entity *owner = owner_of(q, f);
        if (x->agrees) continue;
        weighing_begin(q->j);
        if (yes && !is_swapped(q, yes, x)) weighing_note(q->j, "another fact agrees");
        if (is_other_attribute(q, x, yes)) weighing_note(q->j, "another attribute of the same machine agrees");
        contradiction_objection(q, x, s);
        q->j->contradicting = f;
        q->j->swapped = q->swapping;
        q->j->by_row = x->row;
        if (owner) c->subject = owner->id;
        contradiction_doubt(q->j, c);
        weighing_end(q->j, c, f->fact->id);
        q->j->contradicting = NULL;
        c->subject = subject;
    }
}

/* Contradicts unless something speaks against it (doubt.h); then what agrees, if anything does, supports. */
static bool contradict(question *q, claim *c, const scored *no, const scored *yes) {
    if (is_other_attribute(q, no, yes)) return false;
    q->j->contradicting = &q->facts[no->fact];
    q->j->swapped = q->swapping;
    q->j->belongs_to = yes ? &q->facts[yes->fact] : NULL;
    q->j->by_row = no->row;
    q->j->by_line = no->certain && no->sole;
    contradict_by(q, c, no, yes);
    q->j->contradicting = NULL;
    return c->verdict == VERDICT_CONTRADICTED;
}

/* Does the fact that agrees stand by itself? The fewer the digits, the more must be named: small numbers agree with
 * something by chance. */
static bool agrees_surely(const question *q, const scored *yes) {
    double need = 0.55;
    const numeric_fact *f = &q->facts[yes->fact];
    if (f->quantity && measure_is_coarse(&q->m, f->base, f->tolerance)) return false;
    if (proof_is_far_bound(q, f)) return false;
    if (q->t->flags & TOKEN_RATIO && q->p->kind == PASSAGE_SENTENCE && yes->name < 0.3 && yes->condition <= 0 &&
        q->t->value.digits < 10)
        return false; /* of two things that are not named so, something is "three times" */
    if (q->t->value.digits >= 10) need = 0.45;
    if (q->t->value.digits >= 100) need = 0.29;
    if (q->m.dimension == DIM_COUNT || q->m.dimension == DIM_NONE || q->bare) need = 0.75;
    if (q->m.dimension == DIM_RATIO && f->kind == FACT_DERIVED && q->t->value.digits < 10 &&
        q->p->kind == PASSAGE_SENTENCE)
        need = 1.0; /* "four times": many a ratio is about four */
    if (is_wide(q)) return yes->name >= 0.5 && candidate_total(yes) >= 0.75;
    bool precise = q->t->value.digits >= 100 && q->m.dimension != DIM_COUNT && q->m.dimension != DIM_NONE && !q->bare;
    bool named = yes->name >= 0.3 || yes->owner >= 0.6 || yes->condition > 0 || precise ||
                 (yes->name >= 0.28 && yes->owner >= 0.29);
    return named && candidate_total(yes) >= need;
}

/* Do the words name the other fact, of which they leave this one's name a part or work it out? */
static bool is_named_longer(const question *q, const numeric_fact *named, const numeric_fact *theirs) {
    bool derived = theirs->kind == FACT_DERIVED && theirs->owner_count == 1 && fact_is_owned(named, theirs->owners[0]);
    return derived || (q->m.dimension == DIM_COUNT && q->t->value.digits < 100 && named->kind == FACT_ATTR &&
                       has_longer_name(q, named, theirs));
}

/* Contradicts a number that has a fact's digits in another magnitude or unit, where nothing keeps it from being that.
 */
static bool contradict_slip(question *q, claim *c, const stance_view *s) {
    const scored *best = NULL;
    if (s->loose || s->denied || s->others || s->wished || s->past) return false;
    for (uint32_t i = 0; i < q->n; i++)
        if (q->found[i].slip && !q->found[i].doubted && slip_is_sure(q, &q->found[i]) &&
            (!best || candidate_total(&q->found[i]) > candidate_total(best)))
            best = &q->found[i];
    if (!best || q->p->flags & (PASSAGE_LABEL_CELL | PASSAGE_TERMINAL)) return false;
    if (figure_is_compared(q) || figure_is_measure(q) || number_is_condition(q)) return false;
    return contradict(q, c, best, NULL);
}

void decide_quantity(question *q, claim *c, const stance_view *s) {
    const scored *yes = NULL, *near = NULL;
    for (uint32_t i = 0; i < q->n; i++) {
        const scored *x = &q->found[i];
        const scored **slot = x->agrees ? &yes : &near;
        if (!*slot || candidate_total(x) > candidate_total(*slot)) *slot = x;
    }
    q->another = yes && proof_is_anothers(q, yes);
    bool stands = yes && !q->another && agrees_surely(q, yes);
    const numeric_fact *reversed = stands ? change_reversed(q, &q->facts[yes->fact]) : NULL;
    if (reversed && !s->denied && !s->others && !s->loose) {
        scored right = *yes;
        right.fact = (uint32_t)(reversed - q->facts);
        if (contradict(q, c, &right, yes)) return;
    }
    /* A fact that agrees and is named is no proof against itself; one that agrees by chance is. */
    const scored *whose = stands || (q->another && proof_is_of_another_store(q, &q->facts[yes->fact])) ? yes : NULL;
    bool opposite =
        q->another && (proof_is_of_opposite(q, &q->facts[yes->fact]) ||
                       proof_is_of_another_machine(q, &q->facts[yes->fact])); /* what it is not shields nothing */
    const scored *proof = yes && !opposite && (stands || q->another || yes->name >= 0.5 || q->m.interval) ? yes : NULL,
                 *no = NULL;
    bool swapped =
        false; /* the words name another fact: then what agrees is no proof, even where that one is in doubt */
    if (q->j->options->weighing) weigh(q, c, proof, s);
    for (uint32_t n = 0; n < 4 && (no = contradicting(q, proof, yes, s));
         n++) { /* what is doubted leaves room for the next */
        swapped = swapped || (proof && (is_named_longer(q, &q->facts[no->fact], &q->facts[proof->fact]) ||
                                        is_named_sibling(q, proof, no)));
        if (contradict(q, c, no, whose) || (whose && !stands && contradict(q, c, no, NULL))) return;
        q->found[no - q->found].doubted = true;
    }
    if (!yes && contradict_slip(q, c, s)) return;
    if (c->verdict == VERDICT_UNVERIFIED && ((c->fact.n && !stands) || swapped)) return;
    if (stands && s->denied && s->stance == STANCE_NEGATED && denied_beside(q))
        claim_unverified(q->j, c, STR("a denial of a true figure, too indirect to judge"));
    else if (stands)
        support(q, c, &q->facts[yes->fact]);
    else if (near && candidate_total(near) > 1.2 && !q->another)
        c->why = judge_printf(q->j, "near %.*s, but %s", STR_ARG(q->facts[near->fact].fact->id),
                              why_not(q, near, yes != NULL, s));
    else if (yes && q->another)
        c->why = judge_printf(q->j, "%.*s says it of another thing or case", STR_ARG(q->facts[yes->fact].fact->id));
}
