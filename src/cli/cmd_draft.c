/* cmd_draft.c - `assay draft`: a local model writes, the gate judges, a person publishes.
 *
 *     brief + manifest ─► prompt ─► N drafts at once ─► OUT/001.md, 001.json … ─► verdicts, repairs ─► table
 *
 * On a terminal the text of one draft is shown as it is written, and the others are counted. Ctrl-C keeps every draft
 * that is finished and names those that are missing.
 */
#include "base/file.h"
#include "batch/digest.h"
#include "batch/summary.h"
#include "cli/commands.h"
#include "cli/progress.h"
#include "cli/writing.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* ---- the text as it comes -------------------------------------------------------------------------------------------
 */

typedef struct stream {
    bool text;      /* standard output is a terminal: show one draft's text */
    uint32_t count; /* drafts */
    buf *pending;   /* [count] what was written of those that are not shown yet */
    uint32_t shown; /* index of the one that is shown */
    progress bar;   /* otherwise: tokens of all */
    uint64_t tokens;
    bool line_begins; /* the cursor stands at the beginning of a line */
} stream;

/* A model's text is nobody's text: what could command the terminal is shown as '?'. The saved draft is verbatim. */
static void show(stream *s, const uint8_t *p, size_t n) {
    for (size_t i = 0; i < n; i++) {
        bool plain = (p[i] >= ' ' && p[i] != 0x7f) || p[i] == '\n' || p[i] == '\t';
        putc(plain ? p[i] : '?', stdout);
        s->line_begins = p[i] == '\n';
    }
    fflush(stdout);
}

static void on_text(void *context, uint32_t job, str piece) {
    stream *s = context;
    uint32_t i = job % s->count;
    progress_step(&s->bar, ++s->tokens);
    if (!s->text) return;
    if (i == s->shown)
        show(s, piece.p, (size_t)piece.n);
    else
        buf_str(&s->pending[i], piece);
}

/* A line of its own is to come. */
static void end_line(stream *s) {
    if (s->text && !s->line_begins) putc('\n', stdout);
    s->line_begins = true;
}

/* A draft has ended: the next one that has something to show is shown from its beginning. */
static void next_text(stream *s, uint32_t ended) {
    buf_free(&s->pending[ended]);
    if (!s->text || ended != s->shown) return;
    for (uint32_t i = 0; i < s->count; i++)
        if (s->pending[i].n) {
            s->shown = i;
            show(s, s->pending[i].p, s->pending[i].n);
            buf_free(&s->pending[i]);
            return;
        }
}

static int stream_open(stream *s, const writing *w) {
    *s = (stream){.count = w->count, .text = isatty(STDOUT_FILENO), .line_begins = true};
    s->pending = calloc(w->count, sizeof *s->pending);
    if (!s->pending) return cli_trouble("out of memory");
    progress_start(&s->bar, "tokens", (uint64_t)w->count * w->max_tokens);
    if (s->text) s->bar.on = false;
    return 0;
}

static void stream_close(stream *s) {
    progress_end(&s->bar);
    for (uint32_t i = 0; s->pending && i < s->count; i++) buf_free(&s->pending[i]);
    free(s->pending);
}

/* ---- one draft is there
 * ---------------------------------------------------------------------------------------------- */

typedef struct draft_run_state {
    const writing *w;
    stream stream;
    digest *digests; /* [count x (repairs + 1)] */
    size_t digest_count;
    str model;
} draft_run_state;

static void on_saved(void *context, const struct draft_record *record, const judgement *judged) {
    draft_run_state *s = context;
    arena *a = s->w->call->a;
    bool bar = s->stream.bar.on;
    progress_end(&s->stream.bar);
    s->stream.bar.on = bar;
    end_line(&s->stream);
    printf("%.*s: ", STR_ARG(record->path));
    if (judged) {
        digest *d = &s->digests[s->digest_count++];
        digest_of(a, judged, false, d);
        d->path = record->path;
        d->model = record->attempt ? arena_printf(a, "%.*s, repair %u", STR_ARG(s->model), record->attempt) : s->model;
        d->content = sha256_of(judged->article.source);
        printf("%s, score %.1f of %.1f", record->passed ? "pass" : "FAIL", record->score, record->minimum);
        if (judged->reason_count) printf(": %.*s", STR_ARG(judged->reasons[0]));
        if (judged->reason_count > 1) printf(" (and %u more)", judged->reason_count - 1);
    }
    printf("%s%.*s", judged && record->problem.n ? "; " : "", STR_ARG(record->problem));
    if (record->stop != STOP_END)
        printf("; cut after %u tokens, %s", record->tokens,
               record->stop == STOP_LENGTH ? "--max-tokens" : "where the context is full");
    printf("\n");
    next_text(&s->stream, record->number - 1);
    fflush(stdout);
}

static int write_table(draft_run_state *s) {
    buf out = {0};
    error e = {0};
    int status = summary_table(s->w->call->a, s->digests, s->digest_count, &out, &e) ? cli_error(&e) : 0;
    if (!status) fwrite(out.p ? out.p : (const uint8_t *)"", 1, out.n, stdout);
    buf_free(&out);
    return status;
}

/* Which drafts there are not, as "003, 004". */
static int name_missing(const writing *w, const struct draft_result *result) {
    buf missing = {0};
    uint32_t named = 0;
    for (uint32_t i = 0; i < w->count; i++)
        if (!result->done || !result->done[i]) {
            if (named++ < 20) buf_printf(&missing, "%s%03u", named > 1 ? ", " : "", i + 1);
        }
    if (named > 20) buf_printf(&missing, " and %u more", named - 20);
    int status = named ? cli_trouble("interrupted: %u of %u drafts are finished and kept; missing: %.*s",
                                     result->finished, w->count, STR_ARG(buf_view(&missing)))
                       : cli_trouble("interrupted: all %u drafts are kept, not all were repaired", w->count);
    buf_free(&missing);
    return status;
}

static int write_drafts(const writing *w, written_model *m, const char *folder, struct draft_options *o) {
    draft_run_state s = {.w = w, .model = m->origin.model};
    struct draft_result result = {0};
    error e = {0};
    s.digests = ARENA_ARRAY(w->call->a, digest, (size_t)w->count * (w->repairs + 1));
    int status = s.digests ? stream_open(&s.stream, w) : cli_trouble("out of memory");
    if (status) return status;
    struct draft_source *source = writer_source(m->writer);
    source->wrote = on_text;
    source->wrote_context = &s.stream;
    o->origin = m->origin;
    o->saved = on_saved;
    o->saved_context = &s;
    int bad = draft_run(w->call->a, o, &w->first, source, &result, &e);
    stream_close(&s.stream);
    if (s.digest_count) status = write_table(&s);
    printf("%u drafts in %s: %u pass, %u do not; nothing was published\n", result.finished, folder, result.passed,
           result.finished - result.passed);
    fflush(stdout);
    writing_keep_prefix(m);
    buf speed = {0};
    writing_speed(m, &speed);
    fwrite(speed.p ? speed.p : (const uint8_t *)"", 1, speed.n, stderr);
    buf_free(&speed);
    if (bad == ERROR_CANCELLED) return name_missing(w, &result);
    if (bad) return cli_error(&e);
    if (status) return status;
    return result.passed < result.finished && !option_given(w->call, "no-exit") ? EXIT_FAIL : EXIT_PASS;
}

static int run_draft(const invocation *call) {
    const char *folder = option_text(call, "out");
    const option_values *models = option_list(call, "model");
    writing w = {0};
    written_model m = {0};
    error e = {0};
    if (call->operand_count) return cli_trouble("draft takes no operands; the brief is given with --brief FILE");
    if (models->n != 1) return cli_trouble("draft needs one --model FILE; 'assay bench' compares several");
    if (!folder || !*folder) return cli_trouble("draft needs --out DIR");
    char *path = path_join(call->a, str_from_cstr(folder), STR("001.md"));
    if (!path) return cli_trouble("out of memory");
    writing_watch_interrupts();
    int status = writing_make(call, path, 1, &w);
    if (!status) status = writing_refuse_published(&w, folder);
    struct draft_options o = {.brief = &w.brief,
                              .facts = w.gate.manifest,
                              .gate = w.gate,
                              .folder = folder,
                              .count = w.count,
                              .repairs = w.repairs,
                              .seed = w.seed};
    if (!status && draft_folder_prepare(&o, &e)) status = cli_error(&e);
    if (!status) status = writing_load(&w, models->at[0], &m);
    if (!status) status = write_drafts(&w, &m, folder, &o);
    written_model_free(&m);
    writing_free(&w);
    return status;
}

static const char *const flags[] = {"brief",       "manifest",   "model",       "count",          "out",
                                    "repair",      "seed",       "temperature", "top-k",          "top-p",
                                    "min-p",       "repetition", "max-tokens",  "context",        "sessions",
                                    "chat",        "think",      "speculate",   "prefix-cache",   "device",
                                    "wait-memory", "sums",       "no-hash",     "config",         "no-config",
                                    "threshold",   "rules",      "fail-on",     "fail-on-claims", "about",
                                    "color",       "no-exit",    NULL};
static const char *const examples[] = {
    "assay draft --brief b.yaml --manifest site.yaml --model m.gguf -n 4 --out drafts",
    "write four drafts and judge them",
    "assay draft --brief b.yaml --model m.gguf --out drafts --repair 2",
    "let the model repair what fails, twice at most",
    "assay draft --brief b.yaml --model m.gguf --out drafts --wait-memory 120",
    "wait up to two minutes for another program's memory to come back",
    NULL};

const command command_draft = {
    .name = "draft",
    .operands = "--brief FILE --model FILE --out DIR",
    .summary = "let a local model write drafts, and judge them",
    .description =
        "The contract, the brief's style and the manifest's facts become the request; the drafts are written in one\n"
        "batch, saved verbatim with their provenance beside them (NNN.json), and judged as untrusted articles under\n"
        "the brief's style. What fails can be repaired: findings only ever ask to remove something or to cite the\n"
        "manifest. Nothing is published. Exits 1 when a draft does not pass.",
    .flags = flags,
    .examples = examples,
    .run = run_draft,
};
