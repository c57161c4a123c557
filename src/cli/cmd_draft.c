/* cmd_draft.c - `assay draft`: a local model writes, the gate judges, a person publishes.
 *
 *     briefs + manifest ─► prompts ─► N drafts each, many at once ─► OUT/001.md, 001.json … ─► verdicts, repairs ─►
 * table
 *
 * On a terminal the text of one draft is shown as it is written, the others follow in order. Ctrl-C keeps every draft
 * that is finished, has it judged, and names those that are missing; --resume goes on from there.
 */
#include "base/file.h"
#include "base/shown.h"
#include "batch/digest.h"
#include "batch/summary.h"
#include "cli/commands.h"
#include "cli/progress.h"
#include "cli/writing.h"
#include "draft/kept.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MISSING_NAMED = 20 };

/* ---- the text as it comes -------------------------------------------------------------------------------------------
 */

typedef struct stream {
    const struct draft_options *o;
    bool text;                    /* standard output is a terminal: show one draft's text */
    uint32_t drafts;              /* in all */
    buf *pending;                 /* [jobs] what was written of those that are not shown yet */
    buf half;                     /* the beginning of a character of the text that is shown */
    uint32_t shown;               /* number of the job that is shown: the next one to be reported */
    progress bar;                 /* otherwise */
    uint64_t tokens, told_tokens; /* of all texts; of those that were reported */
    uint32_t told;                /* drafts that were reported */
    atomic_uint judged;           /* texts; counted on the scoring thread */
    bool line_begins;             /* the cursor stands at the beginning of a line */
} stream;

/* A model's text is nobody's text: what could command the terminal is shown as its number. The saved draft is verbatim.
 * A token may end inside a character, which is then shown with the next one, or at the text's end. */
static void show(stream *s, str piece, bool last) {
    buf out = {0};
    buf_str(&s->half, piece);
    ptrdiff_t taken = shown_live(&out, buf_view(&s->half), last);
    s->half.n -= (size_t)taken;
    if (s->half.n) memmove(s->half.p, s->half.p + taken, s->half.n);
    if (out.n) {
        fwrite(out.p, 1, out.n, stdout);
        s->line_begins = out.p[out.n - 1] == '\n';
        fflush(stdout);
    }
    buf_free(&out);
}

static void show_bar(stream *s) {
    char words[96];
    if (!s->bar.on) return;
    double each = s->told ? (double)s->told_tokens / s->told : (double)s->o->origin.max_tokens;
    double share = each > 0 ? (double)s->tokens / (each * s->drafts) : 0;
    double seconds = progress_clock_s() - s->bar.start_s;
    snprintf(words, sizeof words, "%u judged, %u of %u drafts done, %.0f tok/s", atomic_load(&s->judged), s->told,
             s->drafts, seconds > 0 ? (double)s->tokens / seconds : 0);
    progress_say(&s->bar, share < 0.99 ? share : 0.99, words);
}

static void on_text(void *context, uint32_t job, str piece) {
    stream *s = context;
    s->tokens++;
    show_bar(s);
    if (!s->text) return;
    if (job == s->shown)
        show(s, piece, false);
    else
        buf_str(&s->pending[job], piece);
}

/* A line of its own is to come. */
static void end_line(stream *s) {
    if (s->half.n) show(s, STR(""), true);
    if (s->text && !s->line_begins) putc('\n', stdout);
    s->line_begins = true;
}

/* A text was reported: the one that is reported next is shown from its beginning. */
static void next_text(stream *s, const struct draft_record *r) {
    uint32_t draft = draft_index(s->o, r->task, r->number);
    s->told_tokens += r->tokens;
    if (!r->repaired) s->told++;
    s->shown = r->repaired ? draft_job_number(s->o, draft, r->attempt + 1) : draft_job_number(s->o, draft + 1, 0);
    if (!s->text || s->shown >= s->drafts * (s->o->repairs + 1)) return;
    buf *waiting = &s->pending[s->shown];
    if (waiting->n) show(s, buf_view(waiting), false);
    buf_free(waiting);
}

static int stream_open(stream *s, const struct draft_options *o) {
    *s = (stream){.o = o, .drafts = o->task_count * o->count, .text = isatty(STDOUT_FILENO), .line_begins = true};
    s->pending = s->text ? calloc((size_t)s->drafts * (o->repairs + 1), sizeof *s->pending) : NULL;
    if (s->text && !s->pending) return cli_trouble("out of memory");
    progress_start(&s->bar, "drafts", s->drafts);
    if (s->text) s->bar.on = false;
    return 0;
}

static void stream_close(stream *s) {
    progress_end(&s->bar);
    end_line(s);
    for (uint32_t i = 0; s->pending && i < s->drafts * (s->o->repairs + 1); i++) buf_free(&s->pending[i]);
    free(s->pending);
    buf_free(&s->half);
}

/* ---- one draft is there
 * ---------------------------------------------------------------------------------------------- */

/* The table's rows, a judged text each, wait in a file without a name, by job: a night has thousands of them. Their
 * texts (model, style) are few and stay in memory. */
typedef struct draft_run_state {
    stream stream;
    arena *a;   /* the scoring thread's, for … */
    str *names; /* [repairs + 1] the model as first writer, as repairer … */
    FILE *rows; /* digest [jobs]; none = zeros */
    size_t row_count;
    bool lost;        /* one could not be written */
    bool limit_given; /* --max-tokens; else texts are as long as the brief's length lets them */
} draft_run_state;

static const char *why_cut(const draft_run_state *s, const struct draft_record *r) {
    if (r->stop != STOP_LENGTH) return "where the context is full";
    return s->limit_given ? "--max-tokens" : "the default for the brief's length: --max-tokens gives more room";
}

static int open_rows(draft_run_state *s) {
    const struct draft_options *o = s->stream.o;
    s->rows = tmpfile();
    s->names = ARENA_ARRAY(s->a, str, (size_t)o->repairs + 1);
    if (!s->rows || !s->names) return cli_trouble("there is neither memory nor a temporary file for the table");
    for (uint32_t i = 0; i <= o->repairs; i++)
        s->names[i] = i ? arena_printf(s->a, "%.*s, repair %u", STR_ARG(o->origin.model), i) : o->origin.model;
    return 0;
}

/* On the scoring thread. */
static void on_judged(void *context, const struct draft_record *r, const judgement *judged) {
    draft_run_state *s = context;
    const struct draft_options *o = s->stream.o;
    uint32_t job = draft_job_number(o, draft_index(o, r->task, r->number), r->attempt);
    digest one = {0};
    atomic_fetch_add(&s->stream.judged, 1);
    if (judged) digest_of(s->a, judged, false, &one);
    one.model = s->names[r->attempt];
    if (judged) one.content = sha256_of(judged->article.source);
    s->row_count++;
    if (pwrite(fileno(s->rows), &one, sizeof one, (off_t)job * (off_t)sizeof one) != (ssize_t)sizeof one)
        s->lost = true;
}

static void on_saved(void *context, const struct draft_record *r) {
    draft_run_state *s = context;
    bool bar = s->stream.bar.on;
    progress_end(&s->stream.bar);
    s->stream.bar.on = bar;
    end_line(&s->stream);
    buf line = {0};
    shown_name(&line, r->path);
    buf_cstr(&line, ": ");
    if (r->judged)
        buf_printf(&line, "%s, score %.1f of %.1f%s", r->passed ? "pass" : "FAIL", r->score, r->minimum,
                   r->reason_count ? ": " : "");
    if (r->judged) shown_put(&line, r->reason);
    if (r->judged && r->reason_count > 1) buf_printf(&line, " (and %u more)", r->reason_count - 1);
    if (r->judged && r->problem.n) buf_cstr(&line, "; ");
    shown_put(&line, r->problem);
    if (r->kept) buf_cstr(&line, "; kept from an earlier run");
    if (r->stop != STOP_END) buf_printf(&line, "; cut after %u tokens, %s", r->tokens, why_cut(s, r));
    buf_byte(&line, '\n');
    fwrite(line.p ? line.p : (const uint8_t *)"", 1, line.n, stdout);
    buf_free(&line);
    next_text(&s->stream, r);
    fflush(stdout);
}

/* ---- the end of the run --------------------------------------------------------------------------------------------
 */

static int write_table(draft_run_state *s) {
    buf out = {0}, alarms = {0};
    error e = {0};
    struct stat file;
    if (s->lost || fstat(fileno(s->rows), &file) != 0)
        return cli_trouble("the table's temporary file could not be written: %s", strerror(errno));
    digest *all = mmap(NULL, (size_t)file.st_size, PROT_READ | PROT_WRITE, MAP_SHARED, fileno(s->rows), 0);
    if (all == MAP_FAILED) return cli_trouble("no memory for the table");
    size_t jobs = (size_t)file.st_size / sizeof *all, rows = 0;
    for (size_t job = 0; job < jobs; job++)
        if (all[job].model.p) all[rows++] = all[job];
    int status = summary_table(s->a, all, rows, &out, &e) ? cli_error(&e) : 0;
    if (!status) fwrite(out.p ? out.p : (const uint8_t *)"", 1, out.n, stdout);
    fflush(stdout);
    if (!status && summary_alarms(s->a, all, rows, &alarms)) {
        fprintf(stderr, "assay: THE RULER IS BROKEN, these results are impossible rather than bad:\n%.*s",
                STR_ARG(buf_view(&alarms)));
        status = EXIT_TROUBLE;
    }
    buf_free(&out);
    buf_free(&alarms);
    munmap(all, (size_t)file.st_size);
    return status;
}

/* Which drafts there are not, as "003, 004"; `why` is the run's end: Ctrl-C, memory, a device that was lost. */
static int name_missing(const writing *w, const struct draft_result *result, const error *why) {
    const char *end = "interrupted";
    /* A folder that holds another run's drafts, or one that was changed: this run would be refused again. */
    if (why->code == ERROR_CONFLICT) return cli_error(why);
    if (why->code != ERROR_CANCELLED) {
        cli_error(why);
        end = "the run ended there";
    }
    buf missing = {0};
    uint32_t named = 0, drafts = w->task_count * w->count;
    for (uint32_t i = 0; i < drafts; i++) {
        if (result->done && result->done[i]) continue;
        str folder = path_name(str_from_cstr(w->tasks[i / w->count].folder));
        if (named++ >= MISSING_NAMED) continue;
        buf_cstr(&missing, named > 1 ? ", " : "");
        if (w->task_count > 1) buf_printf(&missing, "%.*s/", STR_ARG(folder));
        buf_printf(&missing, "%03u", i % w->count + 1);
    }
    if (named > MISSING_NAMED) buf_printf(&missing, " and %u more", named - MISSING_NAMED);
    int status = named
                     ? cli_trouble("%s: %u of %u drafts are finished and kept; missing: %.*s; --resume goes on", end,
                                   result->finished, drafts, STR_ARG(buf_view(&missing)))
                     : cli_trouble("%s: all %u drafts are kept, not all were repaired; --resume goes on", end, drafts);
    buf_free(&missing);
    return status;
}

static void tell_result(const struct draft_result *result, const char *folder) {
    uint32_t failed = result->finished - result->passed;
    printf("%u draft%s in %s: %u pass%s, %u %s not; ", result->finished, result->finished == 1 ? "" : "s", folder,
           result->passed, result->passed == 1 ? "es" : "", failed, failed == 1 ? "does" : "do");
    if (result->kept) printf("%u text%s there already; ", result->kept, result->kept == 1 ? " was" : "s were");
    printf("nothing was published\n");
    fflush(stdout);
}

static int write_drafts(const writing *w, written_model *m, const char *folder, const struct draft_options *given) {
    draft_run_state s = {.a = arena_new(0), .limit_given = w->max_tokens > 0};
    struct draft_result result = {0};
    error e = {0};
    struct draft_options o = *given;
    o.origin = m->origin;
    o.judged = on_judged;
    o.saved = on_saved;
    o.context = &s;
    int status = s.a ? stream_open(&s.stream, &o) : cli_trouble("out of memory");
    if (!status) status = open_rows(&s);
    if (status) {
        if (s.rows) fclose(s.rows);
        return arena_free(s.a), status;
    }
    struct draft_source *source = writer_source(m->writer);
    source->wrote = on_text;
    source->wrote_context = &s.stream;
    int bad = draft_run(w->call->a, &o, source, &result, &e);
    stream_close(&s.stream);
    if (s.row_count) status = write_table(&s);
    fclose(s.rows);
    arena_free(s.a);
    tell_result(&result, folder);
    if (!bad || bad == ERROR_CANCELLED) writing_keep_prefix(m);
    buf speed = {0};
    writing_speed(m, &speed);
    fwrite(speed.p ? speed.p : (const uint8_t *)"", 1, speed.n, stderr);
    buf_free(&speed);
    if (bad) return name_missing(w, &result, &e);
    if (status) return status;
    return result.passed < result.finished && !option_given(w->call, "no-exit") ? EXIT_FAIL : EXIT_PASS;
}

static int run_draft(const invocation *call) {
    const char *folder = option_text(call, "out");
    const option_values *models = option_list(call, "model");
    writing w = {0};
    written_model m = {0};
    error e = {0};
    buf made = {0};
    int lock = -1;
    if (call->operand_count) return cli_trouble("draft takes no operands; the brief is given with --brief FILE");
    if (models->n != 1) return cli_trouble("draft needs one --model FILE; 'assay bench' compares several");
    if (!folder || !*folder) return cli_trouble("draft needs --out DIR");
    writing_watch_interrupts();
    int status = writing_make(call, folder, 1, &w);
    if (!status) status = writing_refuse_published(&w);
    struct draft_options o = {.tasks = w.tasks,
                              .task_count = w.task_count,
                              .count = w.count,
                              .repairs = w.repairs,
                              .seed = w.seed,
                              .resume = option_given(call, "resume")};
    if (!status && draft_folders_prepare(&o, &made, &e)) status = cli_error(&e);
    if (!status && draft_folder_lock(folder, &lock, &e)) status = cli_error(&e);
    o.origin = writing_origin(&w, models->at[0]);
    if (!status && o.resume && draft_check_kept(&o, &e))
        status = cli_error(&e); /* again with the model, for the rest */
    if (!status) status = writing_load(&w, models->at[0], &m);
    if (!status) status = write_drafts(&w, &m, folder, &o);
    if (status == EXIT_TROUBLE) draft_folders_unmake(&made); /* those without a draft: no model, no memory, Ctrl-C */
    buf_free(&made);
    if (lock >= 0) close(lock);
    written_model_free(&m);
    writing_free(&w);
    return status;
}

static const char *const flags[] = {"brief",          "manifest",    "model",    "count",       "out",   "repair",
                                    "seed",           "temperature", "top-k",    "top-p",       "min-p", "repetition",
                                    "max-tokens",     "context",     "sessions", "chat",        "think", "speculate",
                                    "prefix-cache",   "kv-cache",    "device",   "wait-memory", "sums",  "no-hash",
                                    "config",         "no-config",   "resume",   "threshold",   "rules", "fail-on",
                                    "fail-on-claims", "about",       "color",    "no-exit",     NULL};
static const char *const examples[] = {
    "assay draft --brief b.yaml --manifest site.yaml --model m.gguf -n 4 --out drafts",
    "write four drafts and judge them",
    "assay draft --brief b.yaml --model m.gguf --out drafts --repair 2",
    "let the model repair what fails, twice at most",
    "assay draft --brief b.yaml --model m.gguf --out drafts --wait-memory 120",
    "wait up to two minutes for another program's memory to come back",
    "assay draft --brief briefs/ --manifest site.yaml --model m.gguf -n 3 --out night --resume",
    "a night's work: three drafts of every brief in a folder, going on where it stopped",
    NULL};

const command command_draft = {
    .name = "draft",
    .operands = "--brief FILE|DIR... --model FILE --out DIR",
    .summary = "let a local model write drafts, and judge them",
    .description =
        "The contract, the brief's style and the manifest's facts become the request; the drafts are written in one\n"
        "batch, saved verbatim with their provenance beside them (NNN.json), and judged as untrusted articles under\n"
        "the brief's style, while the model writes the next ones. What fails can be repaired: findings only ever ask "
        "to\n"
        "remove something or to cite the manifest. Several briefs, or a folder of them, are written in one run, each\n"
        "into OUT/NAME. Nothing is published. Exits 1 when a draft does not pass, and 2 when the results are "
        "impossible "
        "rather\n"
        "than bad, as batch does: every draft empty, every one the same bytes, ...",
    .flags = flags,
    .examples = examples,
    .run = run_draft,
};
