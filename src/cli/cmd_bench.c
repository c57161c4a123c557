/* cmd_bench.c - `assay bench`: several models, one brief, no edit: the published table's rows side by side.
 *
 *     --model A --model B ─► the same request, the same seeds ─► drafts ─► judged ─┐
 *     --drafts NAME=DIR   ─► saved replies of any other server ─────────► judged ─┴─► one column each
 *
 * Models are loaded one after the other. Results that are impossible rather than bad mean that the instrument is
 * broken: they are said, and the exit code is 2.
 */
#include "base/file.h"
#include "batch/comparison.h"
#include "cli/commands.h"
#include "cli/progress.h"
#include "cli/writing.h"
#include "draft/folder.h"

#include <stdio.h>
#include <stdlib.h>

enum { DEFAULT_COUNT = 3 };

typedef struct comparison_column contestant;

typedef struct bench {
    writing w;
    contestant *at; /* [n] */
    size_t n;
    arena *scored; /* the scoring thread's: texts of the drafts' digests */
    progress bar;
    uint64_t tokens;
    bool interrupted; /* the table is of what there is until then */
} bench;

/* ---- drafts ---------------------------------------------------------------------------------------------------------
 */

static digest *add_draft(arena *a, contestant *c) {
    digest d = {.model = c->name};
    return VEC_PUSH(a, c, d) ? &c->at[c->n - 1] : NULL;
}

typedef struct collecting {
    bench *b;
    contestant *c;
} collecting;

/* On the scoring thread, while the calling one waits for the model. */
static void on_judged(void *context, const struct draft_record *record, const judgement *judged) {
    collecting *k = context;
    digest *d = &k->c->at[record->number - 1];
    d->path = arena_str(k->b->scored, record->path);
    if (!judged) {
        d->problem = arena_str(k->b->scored, record->problem);
        return;
    }
    digest_of(k->b->scored, judged, false, d);
    d->content = sha256_of(judged->article.source);
}

static void on_text(void *context, uint32_t job, str piece) {
    bench *b = context;
    (void)job;
    (void)piece;
    progress_step(&b->bar, ++b->tokens);
}

static int run_model(bench *b, const char *path, contestant *c) {
    written_model m = {0};
    struct draft_result result = {0};
    collecting k = {b, c};
    error e = {0};
    writing *w = &b->w;
    const char *out = option_text(w->call, "out");
    struct draft_task task = w->tasks[0];
    task.folder = out ? path_join(w->call->a, str_from_cstr(out), c->name) : NULL;
    struct draft_options o = {
        .tasks = &task, .task_count = 1, .count = w->count, .seed = w->seed, .judged = on_judged, .context = &k};
    int status = out && draft_folders_prepare(&o, NULL, &e) ? cli_error(&e) : writing_load(w, path, &m);
    if (status) return written_model_free(&m), status;
    c->at = ARENA_ARRAY(w->call->a, digest, w->count);
    if (!c->at) return written_model_free(&m), cli_trouble("out of memory");
    struct draft_source *source = writer_source(m.writer);
    source->wrote = on_text;
    source->wrote_context = b;
    o.origin = m.origin;
    b->tokens = 0;
    progress_start(&b->bar, "tokens", (uint64_t)w->count * m.model->max_tokens);
    int bad = draft_run(w->call->a, &o, source, &result, &e);
    progress_end(&b->bar);
    for (uint32_t i = 0; i < w->count; i++) /* those that there are: all, unless the run was interrupted */
        if (result.done && result.done[i]) c->at[c->n] = c->at[i], c->at[c->n++].model = c->name;
    c->capacity = w->count;
    c->wrote = true;
    writing_measure(&m, &c->speed);
    written_model_free(&m);
    b->interrupted = bad == ERROR_CANCELLED;
    if (b->interrupted)
        return cli_trouble("interrupted after %u of %u drafts of %.*s; what there is follows", result.finished,
                           w->count, STR_ARG(c->name));
    return bad ? cli_error(&e) : 0;
}

/* Saved replies are judged as if they had been written here: untrusted, under the brief's style. */
static int read_replies(bench *b, const char *folder, contestant *c) {
    arena *a = b->w.call->a;
    input_list inputs = {0};
    error e = {0};
    if (input_collect(a, &folder, 1, NULL, &inputs, &e)) return cli_error(&e);
    for (size_t i = 0; i < inputs.n; i++) {
        str source;
        judgement judged;
        digest *d = add_draft(a, c);
        if (!d) return cli_trouble("out of memory");
        if (input_read(a, &inputs.at[i], judge_plan_of(b->w.setup, 0)->max_bytes, &source, &e)) return cli_error(&e);
        d->path = inputs.at[i].name;
        d->content = sha256_of(source);
        if (gate_judge(a, &b->w.tasks[0].gate, d->path, source, &judged, &e))
            d->problem = arena_str(a, str_from_cstr(e.message));
        else
            digest_of(a, &judged, false, d);
    }
    return 0;
}

/* ---- the command ----------------------------------------------------------------------------------------------------
 */

/* "models/a-q8_0.gguf" is "a-q8_0"; a second one of that name gets a number. */
static str name_model(bench *b, const char *path) {
    str name = path_name(str_from_cstr(path)), extension = path_extension(name);
    if (str_eq(extension, STR(".gguf"))) name.n -= extension.n;
    unsigned same = 1;
    for (size_t i = 0; i < b->n; i++) same += str_eq(b->at[i].name, name);
    return same > 1 ? arena_printf(b->w.call->a, "%.*s-%u", STR_ARG(name), same) : name;
}

static int run_all(bench *b) {
    const option_values *models = option_list(b->w.call, "model"), *replies = option_list(b->w.call, "drafts");
    int status = 0;
    b->at = ARENA_ARRAY(b->w.call->a, contestant, models->n + replies->n);
    if (!b->at) return cli_trouble("out of memory");
    for (size_t i = 0; i < models->n && !status; i++) {
        contestant *c = &b->at[b->n];
        c->name = name_model(b, models->at[i]);
        b->n++;
        status = run_model(b, models->at[i], c);
    }
    for (size_t i = 0; i < replies->n && !status; i++) {
        const char *equals = strchr(replies->at[i], '=');
        if (!equals || equals == replies->at[i] || !equals[1])
            return cli_trouble("--drafts takes NAME=DIR, not '%s'", replies->at[i]);
        contestant *c = &b->at[b->n++];
        c->name = str_make(replies->at[i], (size_t)(equals - replies->at[i]));
        for (size_t k = 0; k + 1 < b->n; k++)
            if (str_eq(b->at[k].name, c->name))
                return cli_trouble("two columns are named '%.*s': give one of them another NAME", STR_ARG(c->name));
        status = read_replies(b, equals + 1, c);
    }
    return status;
}

/* ---- what is reported ----------------------------------------------------------------------------------------------
 */

static int check_outputs(const invocation *call) {
    const option_values *wanted = option_list(call, "format");
    size_t on_stdout = wanted->n ? 0 : 1, files = 0;
    for (size_t i = 0; i < wanted->n; i++) {
        if (reports_output_of(call, i))
            files++;
        else
            on_stdout++;
    }
    if (files != option_list(call, "output")->n)
        return cli_trouble("each --output belongs to the one --format before it");
    return on_stdout > 1 ? cli_trouble("two reports on standard output: give all but one --format an --output FILE")
                         : 0;
}

static int write_report(const comparison *c, const char *format, const char *file, str alarms) {
    buf out = {0};
    error e = {0};
    if (strcmp(format, "json") == 0)
        comparison_json(c, alarms, &out);
    else if (strcmp(format, "html") == 0)
        comparison_html(c, alarms, &out);
    else
        comparison_text(c, &out);
    int status = out.failed                                  ? cli_trouble("out of memory")
                 : !file                                     ? cli_write(buf_view(&out))
                 : file_write(file, buf_view(&out), &e) != 0 ? cli_error(&e)
                                                             : 0;
    buf_free(&out);
    return status;
}

static int report(bench *b) {
    const invocation *call = b->w.call;
    const option_values *wanted = option_list(call, "format");
    const struct draft_task *task = &b->w.tasks[0];
    const comparison c = {.title = task->brief->title,
                          .style = task->brief->style->name,
                          .version = ASSAY_VERSION,
                          .prompt = task->first->hash.text,
                          .rules = task->gate.rules->hash.text,
                          .manifest = task->facts ? task->facts->hash.text : NULL,
                          .seed = b->w.seed,
                          .columns = b->at,
                          .n = b->n};
    buf alarms = {0};
    size_t count = comparison_alarms(call->a, &c, &alarms);
    int status = alarms.failed ? cli_trouble("out of memory") : 0;
    if (!status && wanted->n == 0) status = write_report(&c, "text", NULL, buf_view(&alarms));
    for (size_t i = 0; i < wanted->n && !status; i++)
        status = write_report(&c, wanted->at[i], reports_output_of(call, i), buf_view(&alarms));
    if (count && !status) {
        fprintf(stderr, "assay: THE RULER IS BROKEN, these results are impossible rather than bad:\n%.*s",
                STR_ARG(buf_view(&alarms)));
        status = EXIT_TROUBLE;
    }
    buf_free(&alarms);
    return status;
}

static int run_bench(const invocation *call) {
    const char *out = option_text(call, "out");
    bench b = {0};
    if (call->operand_count) return cli_trouble("bench takes no operands; see 'assay bench --help'");
    if (!option_given(call, "model") && !option_given(call, "drafts"))
        return cli_trouble("bench needs a --model FILE or --drafts NAME=DIR to compare");
    int status = check_outputs(call);
    if (status) return status;
    writing_watch_interrupts();
    char *folder = path_join(call->a, str_from_cstr(out ? out : "."), STR("bench"));
    b.scored = arena_new(0);
    status = folder && b.scored ? writing_make(call, folder, DEFAULT_COUNT, &b.w) : cli_trouble("out of memory");
    if (!status && b.w.task_count > 1)
        status = cli_trouble("bench compares models on one brief: give one --brief FILE");
    if (!status && out) status = writing_refuse_published(&b.w);
    if (!status) status = run_all(&b);
    if (!status || b.interrupted) {
        int told = report(&b);
        if (!status) status = told;
    }
    writing_free(&b.w);
    arena_free(b.scored);
    return status;
}

static const char *const flags[] = {"brief",      "manifest",    "model",     "drafts",  "count",   "out",
                                    "seed",       "temperature", "top-k",     "top-p",   "min-p",   "repetition",
                                    "max-tokens", "context",     "sessions",  "chat",    "think",   "kv-cache",
                                    "device",     "wait-memory", "sums",      "no-hash", "format",  "output",
                                    "config",     "no-config",   "threshold", "rules",   "fail-on", "fail-on-claims",
                                    "about",      NULL};
static const char *const examples[] = {"assay bench --brief b.yaml --manifest site.yaml --model a.gguf --model b.gguf",
                                       "three drafts of each, in one table",
                                       "assay bench --brief b.yaml --model a.gguf --drafts other=replies/",
                                       "beside the saved replies of another server",
                                       "assay bench --brief b.yaml --model a.gguf -n 8 --out bench --format json",
                                       "keep the drafts; the table for a program",
                                       "assay bench --brief b.yaml --model a.gguf -f text -f html -o bench.html",
                                       "the table here, and a page to look at",
                                       NULL};

const command command_bench = {
    .name = "bench",
    .operands = "--brief FILE --model FILE...",
    .summary = "compare models on one brief, in one table",
    .description =
        "Every model gets the same request and the same seeds, and nothing is edited or repaired. The rows are those "
        "of\n"
        "the published table, then the truth of what was claimed, then speed. Signals, words and scores are means;\n"
        "claims are sums. Exit 2 when the results are impossible rather than bad: all equal, all zero, all perfect,\n"
        "empty, nothing written.",
    .flags = flags,
    .examples = examples,
    .run = run_bench,
    .formats = "text|json|html",
};
