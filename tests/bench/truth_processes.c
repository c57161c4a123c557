/* truth_processes.c - habits made false: another cadence, two steps in the wrong order, a step less.
 *
 *     "build, test, migrate" ─► "test, build, migrate" ─► "build, migrate"
 *     1. build  2. test  3. migrate: the same with the items of the list
 *
 * A list of steps is what its rows say of one process: one row with commas, or one row an item on lines that follow
 * each other. A step less is a falsehood where the list claims to be whole, which is how they are written here.
 */
#include "tests/bench/truth_bench.h"

typedef struct steps {
    str at[STEPS_MAX]; /* the text of each step, views into the claim or the page */
    uint32_t n;
} steps;

/* The steps of "lead: a, b, then c and d", without what joins them; at most as many as the process has. */
static bool steps_inline(const operation *op, const gold *g, steps *out) {
    const manifest_entity *e = fact_entity(op, g->fact);
    uint32_t limit = e && e->process.step_count ? e->process.step_count : STEPS_MAX;
    if (limit > STEPS_MAX) limit = STEPS_MAX;
    str text = g->claim;
    ptrdiff_t from = 0, colon = str_find(text, STR(": "), 0);
    if (colon >= 0) from = colon + 2;
    out->n = 0;
    while (from < text.n && out->n < limit) {
        ptrdiff_t end = str_find(text, STR(", "), from);
        if (end < 0) end = text.n;
        str step = str_slice(text, from, end);
        static const char *const joins[] = {"and ", "then "};
        for (size_t i = 0; i < COUNT_OF(joins); i++)
            if (str_starts(step, str_from_cstr(joins[i]))) step = str_slice(step, (ptrdiff_t)strlen(joins[i]), step.n);
        ptrdiff_t both = end == text.n && out->n + 2 <= limit ? str_find(step, STR(" and "), 0) : -1;
        if (both > 0) {
            out->at[out->n++] = str_slice(step, 0, both);
            step = str_slice(step, both + 5, step.n);
        }
        if (step.n > 0) out->at[out->n++] = step;
        from = end + 2;
    }
    return out->n >= 3;
}

/* The rows of an ordered list about one process, on lines that follow each other. */
static uint32_t steps_listed(const operation *op, size_t index, steps *out) {
    const gold *g = &op->rows[index];
    const page *p = &op->pages[g->article];
    out->n = 0;
    for (size_t i = index; i < op->row_count && out->n < STEPS_MAX; i++) {
        const gold *h = &op->rows[i];
        if (h->article != g->article || !kind_is(h, "process") || !str_eq(h->fact, g->fact)) break;
        if (h->line != g->line + out->n) break;
        span line = line_around(p, h->lo);
        if (!byte_is_digit(p->source.p[line.lo])) break;
        ptrdiff_t dot = str_find(p->source, STR(". "), line.lo);
        if (dot < 0 || dot > (ptrdiff_t)line.lo + 3) break;
        out->at[out->n++] = str_slice(p->source, dot + 2, line.hi);
    }
    return out->n;
}

/* Writes `text` with step i's text in the place of step `order[i]`'s; the joining text stays. */
static void put_ordered(str text, const steps *s, const uint32_t *order, buf *out) {
    const uint8_t *from = text.p;
    for (uint32_t i = 0; i < s->n; i++) {
        buf_bytes(out, from, (size_t)(s->at[i].p - from));
        buf_str(out, s->at[order[i]]);
        from = s->at[i].p + s->at[i].n;
    }
    buf_bytes(out, from, (size_t)(text.p + text.n - from));
}

/* Writes `text` without the steps [gone, gone + count), and without what joined them to the next one; the items of a
 * list are numbered anew. */
static void put_without(str text, const steps *s, uint32_t gone, uint32_t count, bool numbered, buf *out) {
    const uint8_t *from = text.p;
    for (uint32_t i = 0, number = 1; i < s->n; i++) {
        bool dropped = i >= gone && i < gone + count, tail = gone + count == s->n;
        if (!dropped && numbered) {
            buf_printf(out, "%s%u. %.*s", number > 1 ? "\n" : "", number, STR_ARG(s->at[i]));
            number++;
        } else if (!numbered && !(dropped && (tail || i > gone))) {
            buf_bytes(out, from, (size_t)(s->at[i].p - from));
            if (!dropped) buf_str(out, s->at[i]);
        }
        from = dropped && !tail ? s->at[gone + count].p : s->at[i].p + s->at[i].n;
    }
    if (!numbered) buf_bytes(out, from, (size_t)(text.p + text.n - from));
}

static void try_order(bench *b, int op, const gold *g, const steps *s, const uint32_t *order, str text, ptrdiff_t lo) {
    b->now.n = 0;
    put_ordered(text, s, order, &b->now);
    edit e = {.lo = lo, .hi = lo + text.n, .by = buf_view(&b->now)};
    case_false(b, "process: steps reordered", op, g, &e, 1, buf_view(&b->now), CATCH_CONTRADICTED);
}

static void try_drop(bench *b, int op, const gold *g, const steps *s, uint32_t gone, uint32_t count, str text,
                     ptrdiff_t lo, bool numbered) {
    b->now.n = 0;
    put_without(text, s, gone, count, numbered, &b->now);
    edit e = {.lo = lo, .hi = lo + text.n, .by = buf_view(&b->now)};
    case_false(b, "process: a step dropped", op, g, &e, 1, buf_view(&b->now), CATCH_CONTRADICTED);
}

/* Neighbours change places, all of them do, the first one comes last; each step is left out, and the middle two. */
static void try_steps(bench *b, int op, const gold *g, const steps *s, str text, ptrdiff_t lo, bool numbered) {
    uint32_t order[STEPS_MAX];
    for (uint32_t k = 0; k + 1 < s->n; k++) {
        for (uint32_t i = 0; i < s->n; i++) order[i] = i == k ? k + 1 : i == k + 1 ? k : i;
        try_order(b, op, g, s, order, text, lo);
    }
    for (uint32_t i = 0; i < s->n; i++) order[i] = s->n - 1 - i;
    try_order(b, op, g, s, order, text, lo);
    for (uint32_t i = 0; i < s->n; i++) order[i] = (i + 1) % s->n;
    try_order(b, op, g, s, order, text, lo);
    for (uint32_t k = 0; k < s->n; k++) try_drop(b, op, g, s, k, 1, text, lo, numbered);
    if (s->n > 3) try_drop(b, op, g, s, s->n / 2 - 1, 2, text, lo, numbered);
}

void mutate_process(bench *b, int op, size_t index) {
    const operation *o = &b->ops[op];
    const gold *g = &o->rows[index];
    steps s;
    for (int k = 0; k < CADENCE_VARIANTS; k++) {
        b->now.n = 0;
        if (!cadence_mutate(g->claim, k, &b->now)) break;
        case_at_claim(b, "process: another cadence", op, g, CATCH_CONTRADICTED);
    }
    if (steps_inline(o, g, &s)) {
        try_steps(b, op, g, &s, g->claim, g->lo, false);
        return;
    }
    bool continued = index > 0 && o->rows[index - 1].article == g->article && o->rows[index - 1].line + 1 == g->line &&
                     kind_is(&o->rows[index - 1], "process") && str_eq(o->rows[index - 1].fact, g->fact);
    if (continued || steps_listed(o, index, &s) < 3) return;
    const page *p = &o->pages[g->article];
    span first = line_around(p, g->lo);
    ptrdiff_t end = s.at[s.n - 1].p + s.at[s.n - 1].n - p->source.p;
    try_steps(b, op, g, &s, str_slice(p->source, first.lo, end), first.lo, true);
}
