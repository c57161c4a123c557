/* cmd_batch.c - `assay batch`: thousands of drafts, a ledger, a summary table, the broken-ruler alarm.
 *
 *     inputs ─► pool: read, hash ─► in the ledger already? take its digest : judge ─► pieces + digest ─► in input
 * order: write the pieces, record the digest, commit every COMMIT_EVERY drafts or COMMIT_SECONDS
 *
 * Drafts are untrusted by default: they neither waive, nor suppress, nor choose the laxest style. Ctrl-C stops after
 * the draft at hand; what was judged is in the ledger, and the same command goes on from there. Where a report of every
 * draft is asked for, a resumed run judges all of them again (the ledger holds numbers, not reports) and records none
 * twice.
 */
#include "base/file.h"
#include "base/shown.h"
#include "batch/ledger.h"
#include "batch/pool.h"
#include "batch/summary.h"
#include "cli/commands.h"
#include "cli/judge.h"
#include "cli/overwrite.h"
#include "cli/progress.h"
#include "cli/sidecar.h"
#include "report/formats.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { COMMIT_EVERY = 500, TROUBLES_NAMED = 20, MAX_LIST_BYTES = 256 << 20, DIGEST_BYTES = 16 << 20 };
static const double COMMIT_SECONDS = 1.0;

static volatile sig_atomic_t interrupted;
/* The first stops after the draft at hand; the next, as ever: a draft that does not come to its end (a pipe that nobody
 * writes to) holds nobody up. */
static void on_interrupt(int number) {
    interrupted = 1;
    signal(number, SIG_DFL);
}

/* A terminal that is closed ends a run as Ctrl-C does, unless nohup said otherwise; and so does a reader of the report
 * who has seen enough: its next line is an error, no death that leaves half a file. */
static void on_closed(int number) {
    (void)number;
    interrupted = 1;
}

static void watch_interrupts(void) {
    signal(SIGINT, on_interrupt);
    signal(SIGTERM, on_interrupt);
    if (signal(SIGHUP, on_interrupt) == SIG_IGN) signal(SIGHUP, SIG_IGN);
    signal(SIGPIPE, on_closed);
}

/* What one draft leaves behind until it is handed out. */
typedef struct draft_result {
    arena *a; /* digest texts; freed when handed out */
    digest d;
    bool known; /* the ledger has it */
    bool done;
} draft_result;

typedef struct batch_run {
    const invocation *call;
    const judge_setup *setup;
    const input_list *inputs;
    draft_result *results;
    arena **arenas; /* a worker's, reset for each draft */
    ledger *book;
    digest_list recorded; /* what an interrupted run left, by path */
    reports *reports;
    bool wanted; /* reports of the drafts, not only the table */
    progress bar;
    report_summary summary;
    VEC(str) names; /* of models and styles */
    int write_status;
    size_t handed_out, since_commit;
    double last_commit_s;
    error failure;
} batch_run;

/* ---- judging --------------------------------------------------------------------------------------------------- */

static void judge_draft(batch_run *r, size_t job, arena *a, str source) {
    draft_result *o = &r->results[job];
    const input *in = &r->inputs->at[job];
    error e = {0};
    judgement judged;
    gate_options gate = judge_plan_of(r->setup, job)->gate;
    if (gate.style.n == 0) gate.style = o->d.style;
    int status = gate_judge(a, &gate, in->name, source, &judged, &e);
    if (!status) {
        digest_of(o->a, &judged, r->book != NULL, &o->d);
        if (r->wanted && !reports_article(r->reports, job, &gate, o->d.model, &judged))
            status = error_set(&e, ERROR_MEMORY, "out of memory");
    }
    if (!status) return;
    o->d.judged = false;
    o->d.problem = arena_str(o->a, str_from_cstr(e.message));
    error_in_file(&e, in->name);
    if (r->wanted) reports_failure(r->reports, job, &e);
}

static int by_path(const void *key, const void *item) {
    return str_cmp(*(const str *)key, ((const digest *)item)->path);
}

/* The style that a draft is judged under, as far as that is known before it is read: a trusted one may declare its own,
 * and then nothing is known. */
static str style_before(const gate_options *gate, str asked) {
    str name = gate->style.n ? gate->style : asked;
    if (!name.n && !gate->untrusted) return name;
    if (!name.n) name = gate->default_style;
    const style *found = name.n ? ruleset_style(gate->rules, name, NULL) : NULL;
    return found ? found->name : gate->rules->styles[gate->rules->default_style].name;
}

/* The digest that an interrupted run recorded for the same bytes by the same model under the same style. */
static const digest *find_recorded(const batch_run *r, const gate_options *gate, const digest *d) {
    if (!r->recorded.n) return NULL;
    const digest *found = bsearch(&d->path, r->recorded.at, r->recorded.n, sizeof *found, by_path);
    if (!found || !found->judged || strcmp(found->content.text, d->content.text) != 0) return NULL;
    if (!str_eq(found->model, d->model) || !str_eq(found->prompt, d->prompt)) return NULL;
    return str_eq(found->style, style_before(gate, d->style)) ? found : NULL;
}

static void work(void *context, size_t job, unsigned worker) {
    batch_run *r = context;
    draft_result *o = &r->results[job];
    const input *in = &r->inputs->at[job];
    arena *a = r->arenas[worker];
    const judge_plan *plan = judge_plan_of(r->setup, job);
    error e = {0}, unread = {0};
    str source = {0};
    if (interrupted) return;
    o->a = arena_new(DIGEST_BYTES);
    if (!o->a) return;
    arena_reset(a);
    o->d.path = in->name;
    int status = sidecar_read(o->a, &plan->gate, in, &o->d, &e);
    if (input_read(a, in, plan->max_bytes, &source, &unread)) status = (int)unread.code, e = unread;
    if (status) {
        o->d.problem = arena_str(o->a, str_from_cstr(e.message));
        if (r->wanted) reports_failure(r->reports, job, &e);
        return;
    }
    o->d.content = sha256_of(source);
    const digest *recorded = find_recorded(r, &plan->gate, &o->d);
    o->known = recorded != NULL;
    if (recorded && !r->wanted)
        o->d = *recorded;
    else
        judge_draft(r, job, a, source);
}

static int record(batch_run *r, draft_result *o) {
    if (!r->book) return 0;
    if (!o->known && ledger_record(r->book, &o->d, &r->failure)) return 1;
    double now = progress_clock_s();
    if (++r->since_commit < COMMIT_EVERY && now - r->last_commit_s < COMMIT_SECONDS) return 0;
    r->since_commit = 0;
    r->last_commit_s = now;
    return ledger_commit(r->book, &r->failure);
}

/* What the table and the alarms need of a digest outlives the draft: numbers, and names that many drafts share. */
static bool keep_numbers(batch_run *r, draft_result *o) {
    digest *d = &o->d;
    str *names[] = {&d->model, &d->style};
    d->findings_json = d->claims_json = d->prompt = d->problem = (str){0};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        size_t k = 0;
        while (k < r->names.n && !str_eq(r->names.at[k], *names[i])) k++;
        if (k == r->names.n && !VEC_PUSH(r->call->a, &r->names, arena_str(r->call->a, *names[i]))) return false;
        *names[i] = r->names.at[k];
    }
    arena_free(o->a);
    o->a = NULL;
    o->done = true;
    return true;
}

/* Which draft could not be judged, and why: a report says it, and where none is wanted, standard error. */
static void name_trouble(batch_run *r, const draft_result *o) {
    if (o->d.judged || r->wanted) return;
    if (r->summary.errors > TROUBLES_NAMED) return;
    buf line = {0};
    shown_put(&line, o->d.path);
    buf_cstr(&line, ": ");
    shown_put(&line, o->d.problem);
    progress_wipe(&r->bar);
    cli_trouble("%.*s", STR_ARG(buf_view(&line)));
    if (r->summary.errors == TROUBLES_NAMED)
        fputs("assay: further drafts that cannot be judged are only counted\n", stderr);
    buf_free(&line);
}

static bool done(void *context, size_t job) {
    batch_run *r = context;
    draft_result *o = &r->results[job];
    if (interrupted) return false;
    progress_step(&r->bar, job + 1);
    if (!o->a) {
        error_set(&r->failure, ERROR_MEMORY, "out of memory");
        return false;
    }
    r->summary.files++;
    r->summary.errors += !o->d.judged;
    r->summary.passed += o->d.judged && o->d.passed;
    r->summary.failed += o->d.judged && !o->d.passed;
    r->summary.waived += o->d.waived;
    name_trouble(r, o);
    if (record(r, o) || !keep_numbers(r, o)) return false;
    r->write_status = r->wanted ? reports_hand_out(r->reports, job) : 0;
    if (r->write_status) return false;
    r->handed_out = job + 1;
    return true;
}

/* ---- inputs ---------------------------------------------------------------------------------------------------- */

/* A single operand that is a file (or a pipe: `<(find …)`) but no Markdown is a list. */
static bool is_list(const char *operand) {
    struct stat st;
    return stat(operand, &st) == 0 && !S_ISDIR(st.st_mode) && !input_is_markdown(str_from_cstr(operand));
}

/* One path a line; in a list that holds a NUL (`find -print0`) one between NULs, where a line end is a part of a name.
 * A list that names nothing is no batch in which nothing was wrong. */
static int read_list(const invocation *call, const char *list, input_list *inputs) {
    bool from_stdin = strcmp(list, "-") == 0;
    error e = {0};
    str text, line;
    if (from_stdin ? file_read_fd(call->a, STDIN_FILENO, "<stdin>", MAX_LIST_BYTES, &text, &e)
                   : file_read(call->a, list, MAX_LIST_BYTES, &text, &e))
        return cli_error(&e);
    const bool by_nul = str_find_byte(text, 0, 0) >= 0;
    while (text.n > 0 && str_cut(&text, by_nul ? 0 : '\n', &line)) {
        if (!by_nul && str_ends(line, STR("\r"))) line.n--;
        if (line.n == 0) continue;
        const char *path = arena_cstr(call->a, line);
        if (!path || input_collect(call->a, &path, 1, NULL, inputs, &e)) return cli_error(&e);
    }
    if (inputs->n == 0) return cli_trouble("%s: this list names no draft", from_stdin ? "standard input" : list);
    return input_once(call->a, inputs, &e) ? cli_error(&e) : 0;
}

static int batch_inputs(const invocation *call, input_list *inputs) {
    const char *only = call->operand_count == 1 ? call->operands[0] : NULL;
    if (call->operand_count == 0)
        return cli_trouble("batch needs a folder, a list of paths, or - for a list on standard input");
    bool list = only && (strcmp(only, "-") == 0 || is_list(only));
    return list ? read_list(call, only, inputs) : judge_inputs(call, inputs);
}

/* ---- the ledger ------------------------------------------------------------------------------------------------ */

static int open_book(batch_run *r) {
    const char *path = option_text(r->call, "db"), *name = option_text(r->call, "run");
    if (!path) return 0;
    error e = {0};
    const report_context *report = judge_report(r->setup);
    buf key = {0};
    judge_setup_key(r->setup, &key);
    for (size_t i = 0; i < r->inputs->n; i++) {
        buf_byte(&key, 0);
        buf_str(&key, r->inputs->at[i].name);
    }
    if (key.failed) return cli_trouble("out of memory");
    sha256_text hash = sha256_of(buf_view(&key));
    buf_free(&key);
    char started[32];
    time_t now = time(NULL);
    strftime(started, sizeof started, "%Y-%m-%dT%H:%M:%SZ", gmtime(&now));
    ledger_run begun = {str_from_cstr(hash.text),
                        str_from_cstr(name ? name : started),
                        str_from_cstr(report->version),
                        str_from_cstr(report->rules->hash.text),
                        str_from_cstr(report->manifest_hash ? report->manifest_hash : ""),
                        name != NULL,
                        r->inputs->n};
    size_t resumed = 0;
    if (ledger_open(path, &r->book, &e) || ledger_begin(r->book, &begun, &resumed, &e)) return cli_error(&e);
    if (resumed && ledger_recorded(r->book, r->call->a, &r->recorded, &e)) return cli_error(&e);
    digests_best(judge_report(r->setup)->rules, r->recorded.at, r->recorded.n);
    if (resumed)
        fprintf(stderr, "assay: going on with an interrupted run: %zu draft%s recorded already\n", resumed,
                resumed == 1 ? " is" : "s are");
    r->last_commit_s = progress_clock_s();
    return 0;
}

/* ---- the run --------------------------------------------------------------------------------------------------- */

static int summarise(batch_run *r) {
    arena *a = arena_new(0);
    digest *all = ARENA_ARRAY(a, digest, r->inputs->n);
    buf text = {0}, alarms = {0};
    error e = {0};
    size_t count = 0;
    for (size_t i = 0; all && i < r->inputs->n; i++)
        if (r->results[i].done) all[count++] = r->results[i].d;
    int status = !all || summary_table(a, all, count, &text, &e) ? cli_trouble("out of memory") : 0;
    size_t broken = status ? 0 : summary_alarms(a, all, count, &alarms);
    buf_printf(&text, "%u draft%s: %u passed, %u failed, %u not judged\n", r->summary.files,
               r->summary.files == 1 ? "" : "s", r->summary.passed, r->summary.failed, r->summary.errors);
    /* The table is for people: beside a machine's report it goes to standard error. */
    bool taken = false;
    for (size_t t = 0; t < r->reports->count && r->wanted; t++) taken = taken || !r->reports->targets[t].file;
    FILE *table = taken ? stderr : stdout;
    if (!status) fwrite(text.p, 1, text.n, table);
    if (broken) {
        fprintf(stderr, "assay: THE RULER IS BROKEN, these results are impossible rather than bad:\n%.*s",
                STR_ARG(buf_view(&alarms)));
        status = EXIT_TROUBLE;
    }
    buf_free(&text);
    buf_free(&alarms);
    arena_free(a);
    return status;
}

static int run_pool(batch_run *r) {
    pool_jobs jobs = {.count = r->inputs->n, .work = work, .done = done, .context = r};
    if (judge_threads(r->call, &jobs.threads)) return EXIT_TROUBLE;
    r->results = calloc(r->inputs->n + 1, sizeof *r->results);
    r->arenas = judge_arenas_new(r->setup, r->inputs, pool_jobs_threads(&jobs));
    if (!r->results || !r->arenas) return cli_trouble("out of memory");
    progress_start(&r->bar, "drafts", r->inputs->n);
    error e = {0}, lost = {0};
    int status = pool_jobs_run(&jobs, &e);
    progress_end(&r->bar);
    /* Whatever stopped the run, what was recorded stays. */
    int kept = r->book && status ? ledger_commit(r->book, &lost) : 0;
    if (interrupted) {
        if (kept) return cli_error(&lost);
        return cli_trouble("interrupted after %zu of %zu drafts%s", r->handed_out, r->inputs->n,
                           r->book ? "; the same command goes on from there" : "");
    }
    if (r->write_status) return r->write_status;
    if (status) return cli_error(r->failure.code ? &r->failure : &e);
    if (r->book && ledger_finish(r->book, &r->failure)) return cli_error(&r->failure);
    return 0;
}

/* What it lacks would look like drafts that are only in the other run. */
static void tell_unfinished(const digest_list *half) {
    if (half->finished) return;
    if (half->planned)
        cli_trouble("run '%.*s' is unfinished: it has %zu of its %zu drafts", STR_ARG(half->run_name), half->n,
                    half->planned);
    else
        cli_trouble("run '%.*s' is unfinished: it has %zu drafts so far", STR_ARG(half->run_name), half->n);
}

static int run_diff(const invocation *call) {
    static const char *const taken[] = {"db", NULL};
    const char *path = option_text(call, "db");
    ledger *book = NULL;
    digest_list runs[2] = {{0}};
    error e = {0};
    if (option_refuse_others(call, taken, "batch diff")) return EXIT_TROUBLE;
    if (!path || call->operand_count != 3) return cli_trouble("usage: assay batch diff --db FILE RUN-A RUN-B");
    if (access(path, F_OK) != 0) return cli_trouble("%s: there is no such ledger", path);
    if (ledger_open(path, &book, &e)) return cli_error(&e);
    int status = 0;
    for (int i = 0; i < 2 && !status; i++)
        if (ledger_read(book, call->a, str_from_cstr(call->operands[1 + i]), &runs[i], &e)) status = cli_error(&e);
    buf out = {0};
    for (int i = 0; i < 2 && !status; i++) tell_unfinished(&runs[i]);
    if (!status) {
        summary_diff(runs[0].at, runs[0].n, runs[1].at, runs[1].n, &out);
        status = out.failed ? cli_trouble("out of memory") : cli_write(buf_view(&out));
    }
    buf_free(&out);
    ledger_close(book);
    return status;
}

static int run_batch(const invocation *call) {
    if (call->operand_count && strcmp(call->operands[0], "diff") == 0) return run_diff(call);
    reports out = {.stream_files = true};
    batch_run r = {
        .call = call, .reports = &out, .wanted = option_given(call, "format") || option_given(call, "output")};
    input_list inputs = {0};
    judge_setup *setup = NULL;
    if (option_given(call, "run") && !option_given(call, "db"))
        return cli_trouble("--run names a run in a ledger: give --db FILE too");
    int status = reports_choose(call, &report_text, &out);
    if (!status) status = batch_inputs(call, &inputs);
    if (!status) status = judge_setup_make(call, &inputs, &setup);
    if (!status) status = overwrite_check(call, setup, &inputs, &out);
    r.setup = setup;
    r.inputs = &inputs;
    watch_interrupts(); /* before anything is begun that would be left behind */
    if (!status && r.wanted) status = reports_open(&out, judge_report(setup), &inputs);
    if (!status) status = open_book(&r);
    if (!status) status = run_pool(&r);
    if (!status && r.wanted) status = reports_finish(&out, &r.summary);
    signal(SIGPIPE, SIG_DFL); /* what is left is the table, for whoever reads it */
    if (!status) status = summarise(&r);
    ledger_close(r.book);
    for (size_t i = 0; r.results && i < inputs.n; i++) arena_free(r.results[i].a);
    free(r.results);
    judge_arenas_free(r.arenas);
    reports_free(&out);
    judge_setup_free(setup);
    if (status) return status;
    if (r.summary.errors) return EXIT_TROUBLE;
    return r.summary.failed && !option_given(call, "no-exit") ? EXIT_FAIL : EXIT_PASS;
}

static const char *const flags[] = {"config",  "no-config", "style",    "threshold", "manifest",
                                    "rules",   "format",    "output",   "fail-on",   "fail-on-claims",
                                    "trusted", "about",     "db",       "run",       "jobs",
                                    "color",   "no-exit",   "max-size", "no-unwrap", NULL};
static const char *const examples[] = {
    "assay batch --manifest site.yaml --db runs.sqlite drafts/",
    "score every draft; an interrupted run goes on where it stopped",
    "assay batch --format ndjson --output drafts.ndjson --format html --output run.html drafts/",
    "one JSON object a draft, in input order, and a page to look at",
    "find drafts -name '*.md' | assay batch -",
    "a list of paths on standard input",
    "assay batch diff --db runs.sqlite monday tuesday",
    "what changed between two runs",
    NULL};

const command command_batch = {
    .name = "batch",
    .operands = "DIR|LIST|-|diff A B",
    .summary = "score many drafts; a ledger, a table, an alarm",
    .description =
        "Judges drafts as untrusted: they neither waive, nor suppress, nor choose the laxest style. Results that are\n"
        "impossible rather than bad (every score equal, every output identical, ...) are an instrument failure:\n"
        "exit 2. The model of a draft is that of its sidecar (NAME.json), else the folder it lies in.",
    .flags = flags,
    .examples = examples,
    .run = run_batch,
};
