/* judge.c - a list of articles through the pool to the reports.
 *
 *     inputs --> pool: read, judge, render one piece a format --> in input order --> streams at once, or files at the end
 *
 * Each worker has one arena, reset between articles: what an article leaves behind is its rendered pieces only.
 */
#include "cli/judge.h"

#include "base/file.h"
#include "batch/pool.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

enum { MAX_TARGETS = 16, ARENA_PER_SOURCE_BYTE = 512, ARENA_FLOOR_BYTES = 64 << 20 };

/* The file that belongs to the format at place `from`: the --output before the next --format. */
static const char *output_of(const option_values *outputs, int from, int to) {
    for (size_t i = 0; i < outputs->n; i++)
        if (outputs->places.at[i] > from && outputs->places.at[i] < to) return outputs->at[i];
    return NULL;
}

int judge_targets(const invocation *call, const report_format *text, judge_target **targets, size_t *count) {
    const option_values *formats = option_list(call, "format"), *outputs = option_list(call, "output");
    const char *step_summary = getenv("GITHUB_STEP_SUMMARY");
    judge_target *list = ARENA_ARRAY(call->a, judge_target, MAX_TARGETS + 1);
    if (!list) return cli_trouble("out of memory");
    if (formats->n > MAX_TARGETS - 2) return cli_trouble("at most %d reports at once", MAX_TARGETS - 2);
    size_t n = 0, on_stdout = 0, with_file = 0;
    bool github = false;
    for (size_t i = 0; i < formats->n || (i == 0 && formats->n == 0); i++) {
        const char *name = formats->n ? formats->at[i] : "text", *nearest = NULL;
        const report_format *format = strcmp(name, "text") == 0 ? text : report_format_find(str_from_cstr(name), &nearest);
        if (!format) return cli_trouble("unknown format '%s'; did you mean '%s'?", name, nearest ? nearest : "text");
        int from = formats->n ? formats->places.at[i] : -1, to = i + 1 < formats->n ? formats->places.at[i + 1] : INT_MAX;
        list[n] = (judge_target){.format = format, .file = output_of(outputs, from, to)};
        with_file += list[n].file != NULL;
        on_stdout += list[n].file == NULL;
        github = github || strcmp(format->name, "github") == 0;
        n++;
    }
    if (with_file != outputs->n) return cli_trouble("each --output belongs to the one --format before it");
    if (on_stdout > 1) return cli_trouble("two reports on standard output: give all but one --format an --output FILE");
    if (github && step_summary && *step_summary)
        list[n++] = (judge_target){.format = report_format_find(STR("markdown"), NULL), .file = step_summary, .append = true};
    *targets = list;
    *count = n;
    return 0;
}

/* ---- the run --------------------------------------------------------------------------------------------------- */

typedef struct outcome {
    buf pieces[MAX_TARGETS]; /* one a target */
    buf baseline_entry;      /* with --write-baseline */
    bool passed, broken, excluded;
    uint32_t suppressed, waived, baseline;
} outcome;

typedef struct judge_run {
    const invocation *call;
    const judge_setup *setup;
    const input_list *inputs;
    const judge_target *targets;
    size_t target_count;
    outcome *outcomes; /* [inputs] */
    arena **arenas;    /* [threads] */
    report_summary summary;
    const char *write_baseline; /* NULL without */
    int write_status;
} judge_run;

static report_context context_of(const judge_run *r, size_t target) {
    report_context context = *judge_report(r->setup);
    context.color = context.color && !r->targets[target].file && !r->targets[target].format->machine;
    return context;
}

static void count_findings(outcome *o, const judgement *judged) {
    o->passed = judged->passed;
    o->suppressed = judged->suppressed;
    o->waived = judged->claims.coverage.waived;
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
    const input *in = &r->inputs->at[job];
    arena *a = r->arenas[worker];
    error e = {0};
    judgement judged;
    o->excluded = judge_plan_of(r->setup, job)->excluded;
    if (o->excluded) return;
    arena_reset(a);
    int status = judge_one(r->setup, in, job, a, &judged, &e);
    o->broken = status != 0;
    if (!status) count_findings(o, &judged);
    if (!status && r->write_baseline) baseline_entry(&judged, &o->baseline_entry);
    for (size_t t = 0; t < r->target_count; t++) {
        report_context c = context_of(r, t);
        if (status)
            r->targets[t].format->failure(&c, in->name, &e, &o->pieces[t]);
        else
            r->targets[t].format->article(&c, &judged, &o->pieces[t]);
        if (o->pieces[t].failed) o->broken = true;
    }
}

static bool done(void *context, size_t job) {
    judge_run *r = context;
    outcome *o = &r->outcomes[job];
    if (o->excluded) return true;
    r->summary.files++;
    r->summary.errors += o->broken;
    r->summary.passed += !o->broken && o->passed;
    r->summary.failed += !o->broken && !o->passed;
    r->summary.suppressed += o->suppressed;
    r->summary.waived += o->waived;
    r->summary.baseline += o->baseline;
    for (size_t t = 0; t < r->target_count && !r->write_status; t++) {
        if (r->targets[t].file || !r->targets[t].format->streams) continue;
        r->write_status = cli_write(buf_view(&o->pieces[t]));
        buf_free(&o->pieces[t]);
    }
    return !r->write_status;
}

static int append_file(const char *path, str content) {
    int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    bool ok = fd >= 0 && write(fd, content.p, (size_t)content.n) == content.n;
    if (fd >= 0 && close(fd) != 0) ok = false;
    return ok ? 0 : cli_trouble("%s: cannot append: %s", path, strerror(errno));
}

static int finish_target(const judge_run *r, size_t target) {
    const judge_target *t = &r->targets[target];
    bool streamed = !t->file && t->format->streams;
    size_t count = streamed ? 0 : r->inputs->n;
    report_piece *pieces = calloc(count ? count : 1, sizeof *pieces);
    buf out = {0};
    if (!pieces) return cli_trouble("out of memory");
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (!r->outcomes[i].excluded)
            pieces[kept++] = (report_piece){buf_view(&r->outcomes[i].pieces[target]), r->inputs->at[i].name,
                                            r->outcomes[i].passed, r->outcomes[i].broken};
    report_context c = context_of(r, target);
    t->format->finish(&c, &r->summary, pieces, kept, &out);
    int status = 0;
    error e = {0};
    if (out.failed) status = cli_trouble("out of memory");
    else if (!t->file) status = cli_write(buf_view(&out));
    else if (t->append) status = append_file(t->file, buf_view(&out));
    else if (file_write(t->file, buf_view(&out), &e)) status = cli_error(&e);
    buf_free(&out);
    free(pieces);
    return status;
}

static int write_baseline_file(const judge_run *r) {
    buf entries = {0}, out = {0};
    error e = {0};
    for (size_t i = 0; i < r->inputs->n; i++) buf_str(&entries, buf_view(&r->outcomes[i].baseline_entry));
    baseline_render(buf_view(&entries), &out);
    int status = out.failed || entries.failed ? cli_trouble("out of memory")
                 : file_write(r->write_baseline, buf_view(&out), &e) ? cli_error(&e)
                                                                      : 0;
    buf_free(&entries);
    buf_free(&out);
    return status;
}

static int threads_asked(const invocation *call, unsigned *threads) {
    double n;
    if (!option_number(call, "jobs", 0, &n)) return EXIT_TROUBLE;
    if (n < 0 || n > 256 || n != floor(n)) return cli_trouble("--jobs takes 1 to 256");
    *threads = (unsigned)n;
    return 0;
}

/* Arenas for the workers: an article's memory is bounded by its size. */
static int arenas_make(judge_run *r, unsigned threads) {
    size_t largest = 0;
    for (size_t i = 0; i < r->inputs->n; i++)
        if (judge_plan_of(r->setup, i)->max_bytes > largest) largest = judge_plan_of(r->setup, i)->max_bytes;
    r->arenas = calloc(threads, sizeof *r->arenas);
    for (unsigned i = 0; r->arenas && i < threads; i++) {
        r->arenas[i] = arena_new(largest * ARENA_PER_SOURCE_BYTE + ARENA_FLOOR_BYTES);
        if (!r->arenas[i]) return cli_trouble("out of memory");
    }
    return r->arenas ? 0 : cli_trouble("out of memory");
}

static void run_free(judge_run *r, unsigned threads) {
    for (size_t i = 0; r->outcomes && i < r->inputs->n; i++) {
        for (size_t t = 0; t < r->target_count; t++) buf_free(&r->outcomes[i].pieces[t]);
        buf_free(&r->outcomes[i].baseline_entry);
    }
    for (unsigned i = 0; r->arenas && i < threads; i++) arena_free(r->arenas[i]);
    free(r->outcomes);
    free(r->arenas);
}

int judge_all(const invocation *call, const judge_setup *setup, const input_list *inputs, const judge_target *targets,
              size_t target_count) {
    judge_run r = {.call = call, .setup = setup, .inputs = inputs, .targets = targets, .target_count = target_count,
                   .write_baseline = option_text(call, "write-baseline")};
    pool_jobs jobs = {.count = inputs->n, .work = work, .done = done, .context = &r};
    int status = threads_asked(call, &jobs.threads);
    if (status) return status;
    unsigned threads = pool_threads(&jobs);
    r.outcomes = calloc(inputs->n ? inputs->n : 1, sizeof *r.outcomes);
    status = r.outcomes ? arenas_make(&r, threads) : cli_trouble("out of memory");
    error e = {0};
    if (!status && pool_run(&jobs, &e)) status = r.write_status ? r.write_status : cli_error(&e);
    for (size_t t = 0; t < target_count && !status; t++) status = finish_target(&r, t);
    if (!status && r.write_baseline) status = write_baseline_file(&r);
    run_free(&r, threads);
    if (status) return status;
    if (r.summary.errors) return EXIT_TROUBLE;
    return r.summary.failed && !option_given(call, "no-exit") ? EXIT_FAIL : EXIT_PASS;
}
