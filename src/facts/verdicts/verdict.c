/* verdict.c - claims and their proofs.
 *
 * Every claim leaves here with the place, the words, the fact it was compared with, what that fact says and the
 * comparison in one line. Rules that hold for all kinds stand here: nothing that is not asserted (or dated) is ever
 * contradicted, and struck-through text asserts nothing; a truthful denial is supported; a stale or unconfirmed fact
 * judges nothing and says so; in an article that is not about the operation nothing is judged.
 */
#include "facts/verdicts/doubt.h"

claim *claim_add(judge *j, passage *p, uint32_t lo, uint32_t hi, enum claim_kind kind, const stance_view *s) {
    claim c = {.kind = kind,
               .stance = s->stance,
               .verdict = VERDICT_UNVERIFIED,
               .where = surface_source(j, p->on, lo, hi),
               .quote = surface_slice(p->on, lo, hi),
               .sentence = p->sentence,
               .block = p->block,
               .passage = (uint32_t)(p - j->passages)};
    j->judging = p;
    j->said_here = false;
    j->judging_aside = s->aside || (p->flags & PASSAGE_ANSWERED && kind != CLAIM_TERMINAL);
    j->judging_at = (text_range){lo, hi};
    if (!p->on->of) c.text = (text_range){lo, hi};
    c.normal = c.quote;
    c.why = STR("no fact speaks of it");
    c.credit_bearing = s->stance != STANCE_HYPOTHETICAL && s->stance != STANCE_INSTRUCTION &&
                       s->stance != STANCE_QUOTED && s->stance != STANCE_REQUIREMENT && !s->others;
    if (!p->on->of && article_is_struck(j->art, c.text)) {
        c.struck = true;
        c.stance = STANCE_QUOTED; /* of what the article said before */
        c.credit_bearing = false;
        c.why = STR("struck through, not asserted");
    }
    if (!j->about_us) {
        c.verdict = VERDICT_NOT_ABOUT_US;
        c.why = j->names_ours ? STR("the article names one of our machines, and little tells that it is about ours")
                              : STR("the article names no declared host or hardware");
    } else if (s->others) {
        c.verdict = VERDICT_NOT_ABOUT_US;
        c.why = STR("said of somebody else");
    } else if (s->foreign) {
        /* Not contradicted, for it may be true of that machine; not paid either, or every invention would get one. */
        c.why = STR("said of a machine that the manifest does not know");
    }
    bool reserved = vec_reserve(j->a, (void **)(void *)&j->claims->at, j->claims->n, &j->claims->capacity, sizeof c);
    if (!reserved) {
        j->failed = true;
        return NULL;
    }
    j->claims->at[j->claims->n] = c;
    return &j->claims->at[j->claims->n++];
}

/* What the report names as stale or not confirmed: of a derived fact, the operand that makes it so. */
static const manifest_fact *weakest(const judge *j, const manifest_fact *fact) {
    while (fact->kind == FACT_DERIVED && j->m->derived[fact->index].rests_on != MANIFEST_NONE)
        fact = j->m->facts[j->m->derived[fact->index].rests_on];
    return fact;
}

bool fact_may_judge(judge *j, claim *c, const manifest_fact *fact) {
    if (!fact) return true;
    enum fact_state state = manifest_fact_state(j->m, fact, j->day);
    if (state == FACT_USABLE) return true;
    c->fact = fact->id;
    c->verdict = VERDICT_UNVERIFIED;
    const manifest_fact *cause = weakest(j, fact);
    const char *of = cause == fact ? "" : ", of which it is derived,";
    c->why = state == FACT_STALE ? judge_printf(j, "%.*s%s is stale: last observed %s", STR_ARG(cause->id), of,
                                                date_format(cause->observed).text)
                                 : judge_printf(j, "%.*s%s is not confirmed", STR_ARG(cause->id), of);
    return false;
}

static void fill(claim *c, const manifest_fact *fact, str says, str why) {
    if (fact) c->fact = fact->id;
    c->says = says;
    c->why = why;
}

void claim_supported(judge *j, claim *c, const manifest_fact *fact, str says, str why) {
    if (!c || c->struck || c->verdict == VERDICT_NOT_ABOUT_US) return;
    bool named = c->kind == CLAIM_PATH || c->kind == CLAIM_PORT ||
                 c->kind == CLAIM_PROCESS; /* "put this into /etc/x" names ours */
    if (c->stance == STANCE_HYPOTHETICAL || c->stance == STANCE_QUOTED || (c->stance == STANCE_INSTRUCTION && !named)) {
        c->why = judge_printf(j, "%s, not asserted", stance_name(c->stance));
        return;
    }
    if (!fact_may_judge(j, c, fact)) return;
    c->verdict = VERDICT_SUPPORTED;
    c->credit_bearing = true;
    fill(c, fact, says, why);
}

void claim_contradicted(judge *j, claim *c, const manifest_fact *fact, str says, str why) {
    if (!c || c->struck || c->verdict == VERDICT_NOT_ABOUT_US) return;
    if (c->stance != STANCE_ASSERTED && c->stance != STANCE_HISTORICAL && c->stance != STANCE_NEGATED) {
        c->why = judge_printf(j, "%s, not asserted", stance_name(c->stance));
        return;
    }
    if (j->judging_aside && !j->said_here) {
        c->why = STR("somebody else is spoken of beside it");
        return;
    }
    if (!fact_may_judge(j, c, fact)) return;
    if (fact) c->fact = fact->id;
    if (j->options->weighing && !j->contradicting) { /* numbers are weighed before: quantity_verdict.c */
        weighing_begin(j);
        contradiction_doubt(j, c);
        weighing_end(j, c, c->fact);
    }
    const char *doubt = contradiction_doubt(j, c);
    if (doubt) {
        c->why = str_from_cstr(doubt);
        return;
    }
    c->verdict = VERDICT_CONTRADICTED;
    c->credit_bearing = true;
    fill(c, fact, says, why);
}

void claim_unverified(judge *j, claim *c, str why) {
    (void)j;
    if (!c || c->struck || c->verdict == VERDICT_NOT_ABOUT_US) return;
    c->verdict = VERDICT_UNVERIFIED;
    c->why = why;
}
