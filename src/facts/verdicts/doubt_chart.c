/* doubt_chart.c - a release of what packs a program, not of the program.
 *
 *     NAME     REVISION  READY  MESSAGE              `flux get`, `helm list`, `kubectl get`: the column is the chart's,
 *     traefik  37.4.0    True   Helm upgrade …       or counts how often it was rolled out; APP VERSION is the
 * program's
 *
 *     dependencies: [{name: traefik, version: 37.4.0, repository: …}]   what a chart asks for is a chart
 *     | Traefik chart | 37.4.0 |                                        the row or the column says it
 *     "The chart for Traefik is at 37.4.0"                              and not "the chart runs Traefik 37.4.0"
 *
 * In: a version that is about to be contradicted. Out: the doubt, or NULL. A component that is itself declared as a
 * chart has no other number.
 */
#include "facts/verdicts/doubt.h"

enum { BLOCK_LINES = 80, CELL_GAP = 2 };

static bool is_chart_itself(const judge *j, const claim *c) {
    const manifest_entity *e = c->subject.n ? manifest_find_entity(j->m, c->subject) : NULL;
    uint32_t count = 0;
    const uint64_t *stems = e ? fact_index_entity_stems(j->index, (uint32_t)(e - j->m->entities), &count) : NULL;
    for (uint32_t k = 0; k < count && k < 32; k++)
        if (stems[k] == fact_stem(STR("chart"))) return true;
    return false;
}

/* ---- columns of output ---- */

/* "NAME  CHART VERSION  APP VERSION": capitals, in two columns or more. */
static bool is_header(str line) {
    uint32_t columns = 1;
    line = str_trim(line);
    for (ptrdiff_t i = 0; i < line.n; i++) {
        if ((line.p[i] & 0x20 && byte_is_alpha(line.p[i])) || byte_is_digit(line.p[i])) return false;
        if (i && line.p[i] != ' ' && line.p[i] != '\t' &&
            (line.p[i - 1] == '\t' || (line.p[i - 1] == ' ' && i > 1 && line.p[i - 2] == ' ')))
            columns++;
    }
    return columns > 1 && line.n && byte_is_alpha(line.p[0]);
}

/* The name of the column over byte `at` of a line: the last that begins there or before. Cells are parted by two blanks
 * or a tab. */
static str column_over(str header, ptrdiff_t at) {
    ptrdiff_t lo = 0, hi;
    for (ptrdiff_t i = 1; i < header.n && i <= at; i++) {
        bool begins = header.p[i] != ' ' && header.p[i] != '\t' &&
                      (header.p[i - 1] == '\t' || (header.p[i - 1] == ' ' && i >= CELL_GAP && header.p[i - 2] == ' '));
        if (begins) lo = i;
    }
    for (hi = lo; hi < header.n && header.p[hi] != '\t'; hi++)
        if (header.p[hi] == ' ' && hi + 1 < header.n && header.p[hi + 1] == ' ') break;
    return str_trim(str_slice(header, lo, hi));
}

static bool is_in_charts_column(const judge *j, const passage *p) {
    uint32_t own = (uint32_t)(p - j->passages);
    if (p->flags & PASSAGE_PROMPT) return false;
    for (uint32_t i = own; i > 0 && own - i < BLOCK_LINES && j->passages[i - 1].block == p->block; i--) {
        const passage *q = &j->passages[i - 1];
        if (q->flags & PASSAGE_PROMPT) return false;
        str header = passage_text(q);
        if (!is_header(header)) continue;
        str name = column_over(header, (ptrdiff_t)(j->judging_at.lo - p->text.lo));
        if (doubt_holds(name, "APP")) return false;
        return doubt_holds(name, "CHART") || doubt_holds(name, "REVISION") ||
               (doubt_holds(name, "VERSION") && doubt_holds(header, "CHART"));
    }
    return false;
}

/* ---- configuration ---- */

/* "version:" beside "repository:" and "name:", or under "chart:": what a chart or a release of one asks for. */
static bool is_asked_of_a_repository(const judge *j, const passage *p) {
    uint32_t own = (uint32_t)(p - j->passages), seen = 0;
    str line = str_trim(passage_text(p));
    if (!str_starts(line, STR("version:")) && !str_starts(line, STR("- version:")) &&
        !str_starts(line, STR("targetRevision:")))
        return false;
    for (uint32_t i = own > 6 ? own - 6 : 0; i < own + 6 && i < j->passage_count; i++) {
        if (j->passages[i].block != p->block) continue;
        str near = str_trim(passage_text(&j->passages[i]));
        seen |= (str_starts(near, STR("repository:")) || str_starts(near, STR("repoURL:"))) ? 1u : 0u;
        seen |= (str_starts(near, STR("chart:")) || str_starts(near, STR("- chart:"))) ? 2u : 0u;
        seen |= str_starts(near, STR("dependencies:")) ? 4u : 0u;
    }
    return seen != 0;
}

/* ---- sentences and cells ---- */

static bool says_chart(judge *j, uint32_t index) {
    if (index == PASSAGE_NONE) return false;
    passage *q = &j->passages[index];
    passage_prepare(j, q);
    return doubt_find(q, 0, q->word_count < 12 ? q->word_count : 12, "chart charts") != UINT32_MAX;
}

/* "Traefik's Helm chart is at 37.4.0", "the chart of Traefik went to": no name stands between the chart and the number
 * but the one that the chart is of. */
static bool is_said_of_a_chart(const judge *j, const passage *p) {
    clause_range part = stance_part(p, j->judging_at.lo, j->judging_at.hi);
    for (uint32_t i = 0; i < p->word_count && i < 400 && p->words[i].hi <= j->judging_at.lo; i++) {
        if (p->words[i].lo < part.lo || !doubt_word(p, i, "chart")) continue;
        uint32_t k = i + 1;
        bool of = doubt_word(p, k, "of for");
        bool named = false;
        for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++) {
            const alias_hit *hit = &p->on->hits[h];
            if (hit->where.lo < p->words[i].hi || hit->where.hi > j->judging_at.lo) continue;
            bool its = of && hit->where.lo <= p->words[k].hi + 6;
            named = named || !its;
        }
        if (!named) return true;
    }
    return false;
}

const char *doubt_of_chart(judge *j, const passage *p, const claim *c) {
    if ((c->kind != CLAIM_VERSION && c->kind != CLAIM_TERMINAL) || is_chart_itself(j, c)) return NULL;
    bool charts = false;
    if (p->kind == PASSAGE_CODE)
        charts = p->flags & PASSAGE_CONFIG ? is_asked_of_a_repository(j, p)
                                           : is_in_charts_column(j, p) || is_asked_of_a_repository(j, p);
    else if (c->kind == CLAIM_VERSION && p->kind == PASSAGE_CELL)
        charts = says_chart(j, p->column) || says_chart(j, p->label);
    else if (c->kind == CLAIM_VERSION && p->kind == PASSAGE_SENTENCE)
        charts = is_said_of_a_chart(j, p);
    if (charts) OBJECT(j, "it is the version of a chart");
    return NULL;
}
