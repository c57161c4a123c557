/* measured_with.c - a release that is the condition of a measurement.
 *
 *     where: {version: 25.05.3}   0.55 s      "Slurm 25.05.3 answers squeue in 0.55 s"     true, whatever runs today
 *                                             "we run Slurm 25.05.3; squeue takes 0.55 s"  still stale
 *
 * In: all claims, in the order of the text. Out: a release that is contradicted as stale, in a sentence that states the
 * number which was measured with it, is supported and historical. Only where the component's history has the release,
 * and nothing beside it says that it runs now.
 */
#include "facts/verdicts/set_right.h"

enum { BESIDE = 3, CLAIMS_READ = 64 };

static const manifest_entity *entity_named(const manifest *m, str id) {
    for (size_t i = 0; i < m->entity_count; i++)
        if (str_eq(m->entities[i].id, id)) return &m->entities[i];
    return NULL;
}

static bool ran_once(const manifest_version *v, str release) {
    for (uint32_t i = 0; i < v->history_count; i++)
        if (str_eq(v->history[i].version, release)) return true;
    return false;
}

/* Is the release the benchmark's condition, of a subject of it or under the component's own name? */
static bool is_condition_of(const manifest *m, const manifest_benchmark *b, const manifest_entity *of, str release) {
    bool subject = false;
    for (uint32_t i = 0; i < b->subject_count; i++) subject = subject || &m->entities[b->subjects[i]] == of;
    for (uint32_t i = 0; i < b->condition_count; i++)
        if (str_eq(b->conditions[i].value, release) && (subject || str_eq_nocase(b->conditions[i].key, of->id)))
            return true;
    return false;
}

static const manifest_benchmark *benchmark_of(const manifest *m, const claim *c) {
    if (c->kind != CLAIM_QUANTITY && c->kind != CLAIM_BENCHMARK) return NULL;
    if (c->verdict != VERDICT_SUPPORTED && c->verdict != VERDICT_UNDERSPECIFIED) return NULL;
    for (size_t i = 0; i < m->benchmark_count; i++)
        if (str_eq(m->benchmarks[i].fact.id, c->fact)) return &m->benchmarks[i];
    return NULL;
}

/* "we run 25.05.3", "25.05.3 is installed", "went to 25.05.3", "today" */
static bool is_said_to_run(judge *j, const claim *c) {
    passage *p = &j->passages[c->passage];
    passage_prepare(j, p);
    uint32_t first, end;
    passage_window(p, c->text.lo, c->text.hi, &first, &end);
    clause_range part = stance_part(p, c->text.lo, c->text.hi);
    for (uint32_t i = first; i < end; i++) {
        const pword *w = &p->words[i];
        if (w->lo >= part.lo && w->lo < part.hi && word_in(p, i, "now today currently current still nowadays"))
            return true;
        if (word_is(p, i, "to") && w->hi <= c->text.lo && c->text.lo - w->hi < 2) return true;
        if (!word_in(p, i, "run runs running use uses using installed install have has")) continue;
        uint32_t between = 0;
        for (uint32_t k = first; k < end; k++)
            between += w->hi <= c->text.lo ? p->words[k].lo >= w->hi && p->words[k].hi <= c->text.lo
                                           : p->words[k].lo >= c->text.hi && p->words[k].hi <= w->lo;
        if (between < BESIDE) return true;
    }
    return false;
}

void judge_measured_with(judge *j) {
    const manifest *m = j->m;
    for (size_t i = 0; i < j->claims->n; i++) {
        claim *c = &j->claims->at[i];
        if (c->verdict != VERDICT_CONTRADICTED || c->kind != CLAIM_VERSION) continue;
        if (j->passages[c->passage].kind != PASSAGE_SENTENCE || c->text.hi <= c->text.lo) continue;
        const manifest_entity *of = entity_named(m, c->subject);
        str release = claim_value(c);
        if (!of || !ran_once(&of->version, release) || is_said_to_run(j, c)) continue;
        size_t k = i;
        while (k > 0 && i - k < CLAIMS_READ && j->claims->at[k - 1].passage == c->passage) k--;
        for (; k < j->claims->n && k < i + CLAIMS_READ && j->claims->at[k].passage == c->passage; k++) {
            const manifest_benchmark *b = benchmark_of(m, &j->claims->at[k]);
            if (!b || !is_condition_of(m, b, of, release)) continue;
            c->stance = STANCE_HISTORICAL;
            claim_supported(j, c, &of->version.fact, release,
                            judge_printf(j, "%.*s was measured with it", STR_ARG(b->fact.id)));
            break;
        }
    }
}
