/* truth_judge.c - one edited article at a time: judged with its manifest, looked at where it was edited, counted.
 *
 *     page + edits ──► article ──► facts_judge ──► claims and findings ──► cell (kind, operation, article)
 *
 * A falsehood is caught where a claim that overlaps an edit is contradicted, and the article has more contradictions
 * than it had when it was clean. A claim that was never extracted is a miss. A contradiction elsewhere is a stray: it
 * costs precision. A control is right where no claim and no finding fires that did not fire in the clean article.
 */
#include "tests/bench/truth_bench.h"

#include "facts/verdicts/weighing.h"
#include "lex/token.h"

typedef struct outcome {
    bool found, contradicted, unproved, underspecified;
    uint32_t here, elsewhere, findings; /* contradictions at the edits, and elsewhere; physics findings */
} outcome;

typedef struct range {
    ptrdiff_t lo, hi;
} range;

static outcome judge_text(bench *b, const operation *op, str source, const range *at, size_t n) {
    article art;
    token_list tokens;
    claim_list claims = {0};
    finding_list findings = {0};
    facts_options options = {.weighing = b->weighing};
    error e = {0};
    outcome o = {0};
    arena_reset(b->a);
    b->judged = source;
    b->edited_count = n;
    for (size_t i = 0; i < n; i++) b->edited[i] = (span){(uint32_t)at[i].lo, (uint32_t)at[i].hi};
    if (b->weighing) {
        arena_reset(b->weighing->a);
        b->weighing->list.n = b->weighing->list.capacity = 0;
        b->weighing->list.at = NULL;
    }
    if (article_parse(b->a, STR("x.md"), source, NULL, &art, &e) || lex_article(b->a, &art, &tokens, &e) ||
        facts_judge(b->a, op->truth, &art, &tokens, &options, &claims, &findings, &e)) {
        fprintf(stderr, "bench_truth: %s\n", e.message);
        exit(2);
    }
    o.findings = (uint32_t)findings.n;
    for (size_t i = 0; i < claims.n; i++) {
        const claim *c = &claims.at[i];
        bool overlaps = false;
        for (size_t k = 0; k < n; k++)
            overlaps = overlaps || ((ptrdiff_t)c->where.lo < at[k].hi && (ptrdiff_t)c->where.hi > at[k].lo);
        if (!overlaps) {
            o.elsewhere += c->verdict == VERDICT_CONTRADICTED;
            continue;
        }
        o.found = true;
        o.here += c->verdict == VERDICT_CONTRADICTED;
        o.unproved = o.unproved || (c->verdict == VERDICT_UNVERIFIED && c->credit_bearing);
        o.underspecified = o.underspecified || c->verdict == VERDICT_UNDERSPECIFIED;
    }
    o.contradicted = o.here > 0;
    return o;
}

static void count(bench *b, const char *kind, int op, const gold *g, str now, bool caught, bool unproved) {
    kind_result *r = result_of(b, kind);
    cell *c = &r->by_page[op][g->article];
    c->tried++;
    c->caught += caught;
    c->unpaid += caught || unproved;
    if (caught) return;
    if (r->miss_count[op] < MAX_MISSES)
        r->misses[op][r->miss_count[op]] =
            (miss){b->ops[op].pages[g->article].path, g->claim, arena_str(b->keep, now), g->line};
    r->miss_count[op]++;
}

static str edited(bench *b, const page *p, edit *edits, size_t n, range *at) {
    b->scratch.n = 0;
    ptrdiff_t from = 0;
    for (size_t i = 0; i < n; i++) {
        buf_str(&b->scratch, str_slice(p->source, from, edits[i].lo));
        edits[i].at = (ptrdiff_t)b->scratch.n;
        buf_str(&b->scratch, edits[i].by);
        at[i] = (range){edits[i].at, (ptrdiff_t)b->scratch.n};
        from = edits[i].hi;
    }
    buf_str(&b->scratch, str_slice(p->source, from, p->source.n));
    return buf_view(&b->scratch);
}

static bool changes(const page *p, const edit *edits, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (!str_eq(str_slice(p->source, edits[i].lo, edits[i].hi), edits[i].by)) return true;
    return false;
}

void case_false(bench *b, const char *kind, int op, const gold *g, edit *edits, size_t n, str now, catch_by by) {
    const page *p = &b->ops[op].pages[g->article];
    range at[EDITS_MAX];
    if (n > EDITS_MAX || !changes(p, edits, n)) return;
    if (by == CATCH_UNDERSPECIFIED && edits[0].lo < edits[0].hi) { /* said already that something is missing */
        range here = {g->lo, g->hi};
        if (judge_text(b, &b->ops[op], p->source, &here, 1).underspecified) return;
    }
    str source = edited(b, p, edits, n, at);
    outcome o = judge_text(b, &b->ops[op], source, at, n);
    bool contradicted = o.contradicted && o.here + o.elsewhere > p->contradicted;
    bool caught = contradicted || (by == CATCH_UNPROVED && o.unproved) ||
                  (by == CATCH_UNDERSPECIFIED && o.underspecified) || (by == CATCH_FINDING && o.findings > p->findings);
    uint32_t strays = o.elsewhere > p->contradicted ? o.elsewhere - p->contradicted : 0;
    b->contradictions[op] += contradicted + strays;
    b->stray[op] += strays;
    count(b, kind, op, g, now, caught, o.unproved);
    if (b->watch) b->watch(b, kind, op, g, true, caught);
}

void case_at_claim(bench *b, const char *kind, int op, const gold *g, catch_by by) {
    str now = buf_view(&b->now);
    edit e = {.lo = g->lo, .hi = g->hi, .by = now};
    case_false(b, kind, op, g, &e, 1, now, by);
}

void case_true(bench *b, const char *kind, int op, const gold *g, edit *edits, size_t n, str now) {
    const page *p = &b->ops[op].pages[g->article];
    range at[EDITS_MAX];
    if (n > EDITS_MAX || !changes(p, edits, n)) return;
    str source = edited(b, p, edits, n, at);
    outcome o = judge_text(b, &b->ops[op], source, at, n);
    bool quiet = o.here + o.elsewhere <= p->contradicted && o.findings <= p->findings;
    count(b, kind, op, g, now, quiet, false);
    if (b->watch) b->watch(b, kind, op, g, false, quiet);
}

void control_at_claim(bench *b, const char *kind, int op, const gold *g) {
    str now = buf_view(&b->now);
    edit e = {.lo = g->lo, .hi = g->hi, .by = now};
    case_true(b, kind, op, g, &e, 1, now);
}

void case_insert(bench *b, const char *kind, int op, const gold *g, str added, bool falsehood, catch_by by) {
    const page *p = &b->ops[op].pages[g->article];
    if (!p->end_count) return;
    uint32_t k = 0;
    while (k + 1 < p->end_count && (ptrdiff_t)p->ends[k] < g->hi) k++;
    edit e = {.lo = (ptrdiff_t)p->ends[k], .hi = (ptrdiff_t)p->ends[k], .by = added};
    if (falsehood)
        case_false(b, kind, op, g, &e, 1, added, by);
    else
        case_true(b, kind, op, g, &e, 1, added);
}

void clean_articles(bench *b, int op) {
    operation *o = &b->ops[op];
    for (uint32_t p = 0; p < o->page_count; p++) {
        outcome whole = judge_text(b, o, o->pages[p].source, NULL, 0);
        o->pages[p].contradicted = whole.elsewhere;
        o->pages[p].findings = whole.findings;
        /* At any place: the rows below see only what was annotated, and a gate fails for what was not. */
        gold all = {.article = p, .claim = STR("the whole article")};
        if (b->watch) b->watch(b, "the whole article", op, &all, false, !whole.elsewhere);
        count(b, "clean: whole article without a contradiction", op, &all,
              arena_printf(b->keep, "%u claims contradicted", whole.elsewhere), !whole.elsewhere, false);
    }
    for (size_t i = 0; i < o->row_count; i++) {
        const gold *g = &o->rows[i];
        range at = {g->lo, g->hi};
        outcome r = judge_text(b, o, o->pages[g->article].source, &at, 1);
        str kind = arena_printf(b->keep, "clean: true claim not contradicted: %.*s", STR_ARG(g->kind));
        count(b, (const char *)kind.p, op, g, g->claim, !r.contradicted, false);
        count(b, "clean: true claim supported", op, g, g->claim, r.found && !r.unproved && !r.contradicted, false);
    }
}

void judge_operation(bench *b, int op) {
    operation *o = &b->ops[op];
    clean_articles(b, op);
    for (size_t i = 0; i < o->row_count; i++) {
        const gold *g = &o->rows[i];
        bool number = kind_is(g, "quantity") || kind_is(g, "hardware");
        if (kind_is(g, "version")) mutate_versions(b, op, g);
        if (number) {
            mutate_quantities(b, op, g);
            mutate_attribution(b, op, i);
            mutate_condition(b, op, g);
            controls_quantity(b, op, g);
        }
        if (number || kind_is(g, "version")) mutate_copies(b, op, i);
        if (kind_is(g, "path")) mutate_path(b, op, g);
        if (kind_is(g, "port")) mutate_port(b, op, g);
        if (kind_is(g, "host")) mutate_place(b, op, g);
        if (kind_is(g, "host") || kind_is(g, "port")) mutate_host(b, op, g);
        if (kind_is(g, "terminal")) mutate_terminal(b, op, g);
        if (kind_is(g, "exposes")) mutate_exposes(b, op, g);
        if (kind_is(g, "command") || kind_is(g, "flag")) mutate_command(b, op, g);
        if (kind_is(g, "process")) mutate_process(b, op, i);
        insert_existence(b, op, i);
        insert_placements(b, op, i);
        insert_operations(b, op, i);
        insert_commands(b, op, i);
        insert_versions(b, op, i);
        insert_conditions(b, op, i);
        controls_alias(b, op, g);
        controls_inserted(b, op, i);
    }
}
