/* gone.c - a program that the manifest only remembers, said to run now.
 *
 *     - {id: minio, aliases: [MinIO], history: [{version: 1.2, from: 2025-05-05, to: 2026-07-15}], note: replaced}
 *     "We run MinIO on it."                                             it was there until then
 *
 * In: the name of a component without an installed version, whose history has ended and which nothing runs. Out: a
 * claim, where the sentence says in the present that it is here and the article is not of a day when it was.
 */
#include "facts/judge.h"
#include "facts/reading/standing.h"

enum { TOKENS_READ = 256, ENTITIES_ASKED = 4096 };

/* Has its history ended before the article's day? */
static bool has_ended(const judge *j, uint32_t entity) {
    const manifest_entity *e = &j->m->entities[entity];
    const manifest_version *v = &e->version;
    if (e->kind != ENTITY_COMPONENT || v->text.n || !v->history_count) return false;
    day_number last = v->history[v->history_count - 1].to;
    return last && (!j->day || j->day >= last);
}

static bool is_run_by_any(const judge *j, uint32_t entity) {
    for (uint32_t i = 0; i < j->m->entity_count && i < ENTITIES_ASKED; i++)
        for (uint32_t k = 0; k < j->m->entities[i].runs.n; k++)
            if (j->m->entities[i].runs.items[k].entity == entity) return true;
    return false;
}

/* "We run MinIO on it", "It runs MinIO": the object of a verb of running in the present. */
static bool is_run(const passage *p, uint32_t lo) {
    uint32_t i = standing_word_at(p, lo);
    while (i > 0 && word_in(p, i - 1, "a the our my single one")) i--;
    return i > 1 && i < 8 && word_in(p, i - 1, "run runs use uses") &&
           (word_in(p, i - 2, "we i it also still") || !(p->words[i - 2].cues & CUE_STOP));
}

void judge_gone(judge *j, passage *p, const alias_hit *hit, uint32_t entity) {
    uint32_t lo = hit->where.lo, hi = hit->where.hi;
    if (p->kind != PASSAGE_SENTENCE || p->flags & PASSAGE_IN_QUOTE || !has_ended(j, entity)) return;
    if (name_is_part(p, lo, hi, false)) return;
    for (uint32_t t = p->token_lo; t < p->token_hi && t - p->token_lo < TOKENS_READ;
         t++) /* with a version or a date it is those that are judged */
        if (p->on->tokens[t].kind == TOKEN_VERSION || p->on->tokens[t].kind == TOKEN_DATE) return;
    stance_view s = stance_at(j, p, lo, hi);
    if (s.stance != STANCE_ASSERTED || s.past || s.historical || s.loose || s.others || s.denied) return;
    passage_prepare(j, p);
    clause_range part = stance_part(p, lo, hi);
    uint32_t first, end;
    passage_window(p, lo, hi, &first, &end);
    for (uint32_t i = first; i < end; i++)
        if (p->words[i].cues & (CUE_GONE | CUE_PAST | CUE_WAS | CUE_NEGATION | CUE_IMPERATIVE) &&
            p->words[i].lo >= part.lo && p->words[i].hi <= part.hi && !word_in(p, i, "run use"))
            return;
    if (!is_run(p, lo) && !existence_is_put_to_use(j, p, lo, hi)) return;
    if (is_run_by_any(j, entity)) return;
    claim *c = claim_add(j, p, lo, hi, CLAIM_EXISTENCE, &s);
    if (!c) return;
    const manifest_entity *e = &j->m->entities[entity];
    c->subject = e->id;
    claim_contradicted(
        j, c, &e->version.fact,
        judge_printf(j, "until %s", date_format(e->version.history[e->version.history_count - 1].to).text),
        STR("its history has ended, and nothing runs it"));
}
