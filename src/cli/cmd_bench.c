/* cmd_bench.c - `assay bench`: several models, one brief, no edit: the published table's rows side by side.
 *
 *     --model A --model B ─► the same request, the same seeds ─► drafts ─► judged ─┐
 *     --drafts NAME=DIR   ─► saved replies of any other server ─────────► judged ─┴─► one column each
 *
 * What can be wrong with the operands is found before anything is loaded; then models are loaded one after the other.
 * Whatever ends the run, the table of the columns that there are is written. Results that are impossible rather than
 * bad mean that the instrument is broken: they are said, and the exit code is 2.
 */
#include "base/file.h"
#include "batch/comparison.h"
#include "cli/commands.h"
#include "cli/overwrite.h"
#include "cli/progress.h"
#include "cli/writing.h"
#include "draft/folder.h"
#include "lm/engine.h"
#include "lm/text_side.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { DEFAULT_COUNT = 3 };

typedef struct comparison_column contestant;

/* Where a column's drafts come from: one of the two. */
typedef struct origin {
    const char *model;  /* to be loaded; its drafts go to … */
    const char *folder; /* … NULL = they are not kept */
    input_list replies; /* saved ones */
} origin;

typedef struct bench {
    writing w;
    contestant *at;  /* [n] the models in their order, then the replies in theirs */
    origin *origins; /* [n] */
    size_t n, model_count;
    arena *scored; /* the scoring thread's: texts of the drafts' digests */
    progress bar;
    uint64_t tokens;
    bool told_end; /* it was said that the run ended before its end */
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

/* The task of a model: the one brief, and a folder of its own. */
static struct draft_options options_of(const bench *b, const origin *from, struct draft_task *task) {
    *task = b->w.tasks[0];
    task->folder = from->folder;
    return (struct draft_options){.tasks = task, .task_count = 1, .count = b->w.count, .seed = b->w.seed};
}

static int run_model(bench *b, const origin *from, contestant *c) {
    written_model m = {0};
    struct draft_result result = {0};
    collecting k = {b, c};
    error e = {0};
    writing *w = &b->w;
    struct draft_task task;
    struct draft_options o = options_of(b, from, &task);
    o.judged = on_judged;
    o.context = &k;
    int status = writing_load(w, from->model, &m);
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
    if (bad != ERROR_CANCELLED) return bad ? cli_error(&e) : 0;
    b->told_end = true;
    return cli_trouble("interrupted after %u of %u drafts of %.*s; what there is follows", result.finished, w->count,
                       STR_ARG(c->name));
}

/* Saved replies are judged as if they had been written here: untrusted, under the brief's style. */
static int read_replies(bench *b, const input_list *inputs, contestant *c) {
    arena *a = b->w.call->a;
    error e = {0};
    for (size_t i = 0; i < inputs->n; i++) {
        str source;
        judgement judged;
        if (writing_interrupted()) return cli_trouble("interrupted");
        digest *d = add_draft(a, c);
        if (!d) return cli_trouble("out of memory");
        if (input_read(a, &inputs->at[i], judge_plan_of(b->w.setup, 0)->max_bytes, &source, &e)) return cli_error(&e);
        d->path = inputs->at[i].name;
        d->content = sha256_of(source);
        if (gate_judge(a, &b->w.tasks[0].gate, d->path, source, &judged, &e))
            d->problem = arena_str(a, str_from_cstr(e.message));
        else
            digest_of(a, &judged, false, d);
    }
    return 0;
}

/* ---- what is compared: everything that can be wrong with it is found before the first model is loaded ---------------
 */

static bool is_named(const bench *b, str name) {
    for (size_t i = 0; i < b->n; i++)
        if (str_eq(b->at[i].name, name)) return true;
    return false;
}

/* "models/a-q8_0.gguf" is "a-q8_0". The first of a name has it, whatever follows is numbered: of a.gguf, x/a.gguf and
 * a-2.gguf the second is "a-3". */
static int name_models(bench *b) {
    for (size_t i = 0; i < b->model_count; i++) {
        str name = path_name(str_from_cstr(b->origins[i].model)), extension = path_extension(name);
        if (str_eq(extension, STR(".gguf"))) name.n -= extension.n;
        bool taken = false;
        for (size_t k = 0; k < i && !taken; k++) taken = str_eq(b->at[k].name, name);
        b->at[i].name = name;
        b->at[i].n = taken; /* for the moment: it is still to be numbered */
    }
    for (size_t i = 0; i < b->model_count; i++) {
        str name = b->at[i].name, numbered = name;
        for (unsigned same = 2; b->at[i].n && is_named(b, numbered); same++) {
            numbered = arena_printf(b->w.call->a, "%.*s-%u", STR_ARG(name), same);
            if (!numbered.p) return cli_trouble("out of memory");
        }
        b->at[i].name = numbered;
        b->at[i].n = 0;
    }
    return 0;
}

/* NAME=DIR; a folder without a draft is a broken entry, too. */
static int find_replies(bench *b, const char *given, size_t at) {
    arena *a = b->w.call->a;
    const char *equals = strchr(given, '=');
    origin *from = &b->origins[at];
    error e = {0};
    if (!equals || equals == given || !equals[1]) return cli_trouble("--drafts takes NAME=DIR, not '%s'", given);
    str name = str_make(given, (size_t)(equals - given));
    if (is_named(b, name))
        return cli_trouble("two columns are named '%.*s': give one of them another NAME", STR_ARG(name));
    b->at[at].name = name;
    const char *folder = equals + 1;
    if (input_collect(a, &folder, 1, NULL, &from->replies, &e)) return cli_error(&e);
    for (size_t i = 0; i < from->replies.n; i++)
        if (from->replies.at[i].broken) return cli_error(&from->replies.at[i].problem);
    return 0;
}

/* A model that the header says cannot be run, or cannot be written with: its tokenizer, its chat format. */
static int check_header(void *context, const gguf_set *set, error *e) {
    const bench *b = context;
    struct engine_info info;
    int bad = engine_measure(set->head, NULL, &info, e);
    if (!bad) bad = gguf_check_loadable(set->head, e);
    return bad ? bad : text_side_check(set->head, option_text(b->w.call, "chat"), e);
}

/* The folder of a model's drafts, empty of them. */
static int prepare_folder(bench *b, const char *out, size_t at, buf *made) {
    struct draft_task task;
    error e = {0};
    b->origins[at].folder = path_join(b->w.call->a, str_from_cstr(out), b->at[at].name);
    if (!b->origins[at].folder) return cli_trouble("out of memory");
    struct draft_options o = options_of(b, &b->origins[at], &task);
    int bad = draft_folders_prepare(&o, made, &e);
    if (bad == ERROR_CONFLICT) /* a bench does not go on with an earlier one */
        return cli_trouble("%s: is there already, and drafts are never overwritten: give another --out", e.file);
    return bad ? cli_error(&e) : 0;
}

static int plan(bench *b, buf *made) {
    const option_values *models = option_list(b->w.call, "model"), *replies = option_list(b->w.call, "drafts");
    const char *out = option_text(b->w.call, "out");
    size_t count = models->n + replies->n;
    int status = 0;
    b->at = ARENA_ARRAY(b->w.call->a, contestant, count);
    b->origins = ARENA_ARRAY(b->w.call->a, origin, count);
    if (!b->at || !b->origins) return cli_trouble("out of memory");
    b->n = count;
    b->model_count = models->n;
    for (size_t i = 0; i < models->n; i++) b->origins[i].model = models->at[i];
    if (name_models(b)) return EXIT_TROUBLE;
    for (size_t i = 0; i < replies->n && !status; i++) status = find_replies(b, replies->at[i], models->n + i);
    for (size_t i = 0; i < models->n && !status; i++) status = writing_read_header(models->at[i], check_header, b);
    for (size_t i = 0; i < models->n && !status && out; i++) status = prepare_folder(b, out, i, made);
    return status;
}

/* The replies first: they are judged at once, and what is wrong with one of them is known before a model writes. */
static int run_all(bench *b) {
    int status = 0;
    for (size_t i = b->model_count; i < b->n && !status; i++)
        status = read_replies(b, &b->origins[i].replies, &b->at[i]);
    for (size_t i = 0; i < b->model_count && !status; i++) status = run_model(b, &b->origins[i], &b->at[i]);
    return status;
}

/* After a run that ended before its end: the columns that there are. */
static void keep_written(bench *b) {
    size_t kept = 0, planned = b->n;
    for (size_t i = 0; i < b->n; i++)
        if (b->at[i].n) b->at[kept++] = b->at[i];
    b->n = kept;
    if (kept && !b->told_end) cli_trouble("the run ended there; the table has %zu of %zu columns", kept, planned);
}

/* ---- what is reported ----------------------------------------------------------------------------------------------
 */

/* Without a --format the one report is text. */
static size_t report_count(const invocation *call) {
    size_t n = option_list(call, "format")->n;
    return n ? n : 1;
}

/* Of the i-th report; NULL = standard output. */
static const char *file_of(const invocation *call, size_t i) {
    const char *file = reports_output_of(call, i);
    return file && strcmp(file, "-") != 0 ? file : NULL;
}

static int check_outputs(const invocation *call) {
    size_t on_stdout = 0, outputs = 0;
    for (size_t i = 0; i < report_count(call); i++) {
        const char *file = file_of(call, i);
        outputs += reports_output_of(call, i) != NULL;
        on_stdout += file == NULL;
        if (file && (reports_check_file(file) || overwrite_check_report(call, file))) return EXIT_TROUBLE;
        for (size_t k = 0; k < i && file; k++)
            if (file_of(call, k) && reports_same_file(call->a, file, file_of(call, k)))
                return cli_trouble("two reports into %s: give each --format its own --output", file);
    }
    if (outputs != option_list(call, "output")->n)
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
    for (size_t i = 0; i < report_count(call) && !alarms.failed; i++) /* each is tried: what was written cost hours */
        if (write_report(&c, wanted->n ? wanted->at[i] : "text", file_of(call, i), buf_view(&alarms)))
            status = EXIT_TROUBLE;
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
    buf made = {0};
    int lock = -1;
    error e = {0};
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
    if (!status) status = plan(&b, &made);
    if (!status && out && b.model_count && draft_folder_lock(out, &lock, &e)) status = cli_error(&e);
    if (!status) {
        status = run_all(&b);
        if (status) keep_written(&b);
        if (b.n && report(&b)) status = EXIT_TROUBLE;
    }
    if (status) draft_folders_unmake(&made); /* those without a draft */
    if (lock >= 0) close(lock);
    buf_free(&made);
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
