/* judge.c - a list of articles through the pool to the reports.
 *
 *     inputs --> pool: read, judge, render one piece a format --> in input order --> streams at once, or files at the
 * end
 *
 * Each worker has one arena, reset between articles: what an article leaves behind is its rendered pieces only.
 */
#include "cli/judge.h"

#include "base/file.h"
#include "batch/pool.h"
#include "report/tally.h"

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct outcome {
    buf baseline_entry; /* with --write-baseline */
    bool passed, broken;
    uint32_t suppressed, waived, baseline;
    baseline_counts held; /* by the new baseline */
} outcome;

typedef struct judge_run {
    const invocation *call;
    const judge_setup *setup;
    const input_list *inputs;
    reports *reports;
    outcome *outcomes;    /* [inputs] */
    arena **arenas;       /* [threads] */
    arena **tally_arenas; /* [threads]; with --statistics */
    rule_tally *tallies;  /* [threads] */
    report_summary summary;
    const char *write_baseline; /* NULL without */
    baseline_counts held;       /* by the new baseline */
    uint32_t articles_held;
    int write_status;
} judge_run;

static void count_findings(outcome *o, const judgement *judged) {
    o->passed = judged->passed;
    o->suppressed = judged->suppressed;
    o->waived = judged->claims.coverage.waived + judged->waived;
    for (size_t i = 0; i < judged->findings.n; i++) o->baseline += judged->findings.at[i].baseline;
}

int judge_one(const judge_setup *setup, const input *in, size_t index, arena *a, judgement *judged, error *e) {
    const judge_plan *plan = judge_plan_of(setup, index);
    str source = {0};
    int status = input_read(a, in, plan->max_bytes, &source, e);
    if (!status) status = gate_judge(a, &plan->gate, in->name, source, judged, e);
    if (status) error_in_file(e, in->name);
    return status;
}

static void work(void *context, size_t job, unsigned worker) {
    judge_run *r = context;
    outcome *o = &r->outcomes[job];
    arena *a = r->arenas[worker];
    error e = {0};
    judgement judged;
    arena_reset(a);
    int status = judge_one(r->setup, &r->inputs->at[job], job, a, &judged, &e);
    if (!status) count_findings(o, &judged);
    if (!status && r->tallies && !rule_tally_add(r->tally_arenas[worker], &r->tallies[worker], &judged))
        status = error_set(&e, ERROR_MEMORY, "out of memory");
    if (!status && r->write_baseline)
        o->held = baseline_entry(judge_plan_of(r->setup, job)->baseline_key, &judged, &o->baseline_entry);
    if (!status && !reports_article(r->reports, job, &judge_plan_of(r->setup, job)->gate, (str){0}, &judged))
        status = error_set(&e, ERROR_MEMORY, "out of memory");
    o->broken = status != 0;
    if (status) reports_failure(r->reports, job, &e);
}

static bool done(void *context, size_t job) {
    judge_run *r = context;
    outcome *o = &r->outcomes[job];
    r->summary.files++;
    r->summary.errors += o->broken;
    r->summary.passed += !o->broken && o->passed;
    r->summary.failed += !o->broken && !o->passed;
    r->summary.suppressed += o->suppressed;
    r->summary.waived += o->waived;
    r->summary.baseline += o->baseline;
    r->held.findings += o->held.findings;
    r->held.claims += o->held.claims;
    r->articles_held += o->baseline_entry.n > 0;
    r->write_status = reports_hand_out(r->reports, job);
    return !r->write_status;
}

/* ---- the baseline that is written ------------------------------------------------------------------------------- */

static int by_key(const void *left, const void *right) { return str_cmp(*(const str *)left, *(const str *)right); }

/* Which articles this run judged, by their keys, and where the file's folder is. */
typedef struct judged_keys {
    arena *a;
    str folder;
    str *at; /* sorted */
    size_t n;
} judged_keys;

/* An entry stays where this run says nothing of its article and the article is still there. */
static bool stays(void *context, str key) {
    judged_keys *k = context;
    if (k->n && bsearch(&key, k->at, k->n, sizeof *k->at, by_key)) return false;
    const char *path = path_join(k->a, k->folder, key);
    return path && access(path, F_OK) == 0;
}

/* What the file that is replaced says of other articles: a run over a part of them knows nothing of the rest. */
static int keep_others(const judge_run *r, const baseline *before, str reason, buf *entries) {
    arena *a = r->call->a;
    judged_keys keys = {.a = a, .folder = path_folder(str_from_cstr(r->write_baseline)), .n = r->inputs->n};
    keys.at = ARENA_ARRAY(a, str, keys.n);
    if (!keys.at) return cli_trouble("out of memory");
    for (size_t i = 0; i < keys.n; i++) keys.at[i] = judge_plan_of(r->setup, i)->baseline_key;
    if (keys.n) qsort(keys.at, keys.n, sizeof *keys.at, by_key);
    baseline_keep(before, stays, &keys, reason, entries);
    return 0;
}

/* The reason is --reason, else that of the file which is replaced: whoever writes it anew did not take it back. */
static int render_baseline(const judge_run *r, const baseline *before, buf *entries, buf *out) {
    const char *given = option_text(r->call, "reason");
    str reason = given ? str_trim(str_from_cstr(given)) : before ? baseline_reason(before) : (str){0};
    if (r->held.claims && !reason.n)
        return cli_trouble("%s is not written: it would let %u claim%s stand; say why with --reason TEXT",
                           r->write_baseline, r->held.claims, r->held.claims == 1 ? "" : "s");
    for (size_t i = 0; i < r->inputs->n; i++) buf_str(entries, buf_view(&r->outcomes[i].baseline_entry));
    if (before && keep_others(r, before, reason, entries)) return EXIT_TROUBLE;
    baseline_render(buf_view(entries), reason, out);
    return out->failed || entries->failed ? cli_trouble("out of memory") : 0;
}

static int write_baseline_file(const judge_run *r) {
    baseline *before = NULL;
    buf entries = {0}, out = {0};
    error e = {0};
    if (r->summary.errors)
        return cli_trouble("%s is not written: %u article%s not judged", r->write_baseline, r->summary.errors,
                           r->summary.errors == 1 ? " was" : "s were");
    (void)baseline_open(r->write_baseline, &before, &e); /* none there, or none that can be read: `before` stays NULL */
    int status = render_baseline(r, before, &entries, &out);
    if (!status && file_write(r->write_baseline, buf_view(&out), &e)) status = cli_error(&e);
    if (!status)
        cli_say("%s: written with %u finding%s of %u article%s", r->write_baseline, r->held.findings,
                r->held.findings == 1 ? "" : "s", r->articles_held, r->articles_held == 1 ? "" : "s");
    baseline_free(before);
    buf_free(&entries);
    buf_free(&out);
    return status;
}

/* ---- the run ---------------------------------------------------------------------------------------------------- */

int judge_threads(const invocation *call, unsigned *threads) {
    double n;
    if (!option_number(call, "jobs", 0, &n)) return EXIT_TROUBLE;
    if (n < 0 || n > 256 || n != floor(n) || (n == 0 && option_given(call, "jobs")))
        return cli_trouble("--jobs takes 1 to 256");
    *threads = (unsigned)n;
    return 0;
}

/* An article's memory is bounded by its size. */
arena **judge_arenas_new(const judge_setup *setup, const input_list *inputs, unsigned threads) {
    size_t largest = 0;
    for (size_t i = 0; i < inputs->n; i++)
        if (judge_plan_of(setup, i)->max_bytes > largest) largest = judge_plan_of(setup, i)->max_bytes;
    arena **arenas = calloc(threads + 1, sizeof *arenas);
    for (unsigned i = 0; arenas && i < threads; i++) {
        arenas[i] = arena_new(gate_memory_bytes(largest));
        if (arenas[i]) continue;
        judge_arenas_free(arenas);
        return NULL;
    }
    return arenas;
}

void judge_arenas_free(arena **arenas) {
    for (unsigned i = 0; arenas && arenas[i]; i++) arena_free(arenas[i]);
    free(arenas);
}

static int tallies_make(judge_run *r, unsigned threads) {
    if (!option_given(r->call, "statistics")) return 0;
    r->tally_arenas = calloc(threads + 1, sizeof *r->tally_arenas);
    r->tallies = calloc(threads, sizeof *r->tallies);
    for (unsigned i = 0; r->tally_arenas && i < threads; i++)
        if (!(r->tally_arenas[i] = arena_new(0))) return cli_trouble("out of memory");
    return r->tally_arenas && r->tallies ? 0 : cli_trouble("out of memory");
}

/* Everything into the first one. */
static int tallies_join(judge_run *r, unsigned threads) {
    if (!r->tallies) return 0;
    for (unsigned i = 1; i < threads; i++)
        if (!rule_tally_merge(r->tally_arenas[0], &r->tallies[0], &r->tallies[i])) return cli_trouble("out of memory");
    r->summary.rules = &r->tallies[0];
    return 0;
}

static void run_free(judge_run *r) {
    for (size_t i = 0; r->outcomes && i < r->inputs->n; i++) buf_free(&r->outcomes[i].baseline_entry);
    judge_arenas_free(r->arenas);
    judge_arenas_free(r->tally_arenas);
    free(r->tallies);
    free(r->outcomes);
}

int judge_all(const invocation *call, const judge_setup *setup, const input_list *inputs, reports *out) {
    judge_run r = {.call = call,
                   .setup = setup,
                   .inputs = inputs,
                   .reports = out,
                   .write_baseline = option_text(call, "write-baseline")};
    pool_jobs jobs = {.count = inputs->n, .work = work, .done = done, .context = &r};
    int status = judge_threads(call, &jobs.threads);
    if (!status && option_given(call, "reason") && !r.write_baseline)
        status = cli_trouble("--reason says why a baseline lets claims stand: it belongs to --write-baseline");
    if (!status) status = reports_open(out, judge_report(setup), inputs);
    if (status) return status;
    unsigned threads = pool_jobs_threads(&jobs);
    r.outcomes = calloc(inputs->n + 1, sizeof *r.outcomes);
    r.arenas = judge_arenas_new(setup, inputs, threads);
    if (!r.outcomes || !r.arenas) status = cli_trouble("out of memory");
    if (!status) status = tallies_make(&r, threads);
    error e = {0};
    if (!status && pool_jobs_run(&jobs, &e)) status = r.write_status ? r.write_status : cli_error(&e);
    if (!status) status = tallies_join(&r, threads);
    if (!status) status = reports_finish(out, &r.summary);
    if (!status && r.write_baseline) status = write_baseline_file(&r);
    run_free(&r);
    if (status) return status;
    if (r.summary.errors) return EXIT_TROUBLE;
    if (r.write_baseline) return EXIT_PASS; /* what fails is known from here on: nothing is new */
    return r.summary.failed && !option_given(call, "no-exit") ? EXIT_FAIL : EXIT_PASS;
}
