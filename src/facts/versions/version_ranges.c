/* version_ranges.c - a range of releases: ">= 2.9, < 3", "~=1.4".
 *
 *     "vLLM needs Python >= 3.10"         a requirement: nothing is said of what runs
 *     "attic runs Caddy >= 2.9, < 3"      said of what runs: the declared release lies in it, or does not
 *
 * In: a constraint in a sentence or a cell. Out: a claim, so that its numbers do not stand unread. Lines of code that
 * pin a range ("pip install 'torch>=2.5'") say what may be installed, and are left alone.
 */
#include "facts/versions/versions.h"

/* "runs Caddy >= 2.9": does a verb of running or being stand before the name, or between it and the range? */
static bool is_said_to_run(judge *j, passage *p, uint32_t lo) {
    uint32_t first, end;
    passage_prepare(j, p);
    passage_window(p, lo, lo, &first, &end);
    for (uint32_t i = end; i > first; i--) {
        if (p->words[i - 1].hi > lo) continue;
        if (word_in(p, i - 1, "needs need requires require wants want supports support with from for if")) return false;
        if (word_in(p, i - 1, "runs run running is are uses use has have")) return true;
    }
    return false;
}

void judge_version_range(judge *j, passage *p, const token *t) {
    if ((p->kind != PASSAGE_SENTENCE && p->kind != PASSAGE_CELL) || !j->m) return;
    stance_view s = stance_at(j, p, t->text.lo, t->text.hi);
    if (s.stance == STANCE_ASSERTED && !is_said_to_run(j, p, t->text.lo)) s.stance = STANCE_REQUIREMENT;
    claim *c = claim_add(j, p, t->text.lo, t->text.hi, CLAIM_VERSION, &s);
    if (!c || !j->about_us || c->verdict == VERDICT_NOT_ABOUT_US) return;
    binding b = {.n = 0};
    bind_version(j, p, t, &b);
    claim_unverified(j, c, STR("a range, and no release"));
    if (b.n != 1) return;
    const manifest_entity *e = &j->m->entities[b.entity[0]];
    bool understood = false, holds = e->version.text.n && version_satisfies((enum version_scheme)e->version.scheme,
                                                                            e->version.text, c->quote, &understood);
    c->subject = e->id;
    if (!understood || s.stance != STANCE_ASSERTED || s.denied || s.loose || s.past) return;
    if (holds)
        claim_supported(j, c, &e->version.fact, e->version.text, STR("the declared release lies in the range"));
    else if (b.strong)
        claim_contradicted(j, c, &e->version.fact, e->version.text,
                           judge_printf(j, "%.*s does not lie in the range", STR_ARG(e->version.text)));
}
