/* cmd_bench.c - `assay bench`: several models, one brief, no edit: the published table's rows side by side.
 *
 *     --model A --model B ─► the same request, the same seeds ─► drafts ─► judged ─┐
 *     --drafts NAME=DIR   ─► saved replies of any other server ─────────► judged ─┴─► one column each
 *
 * Models are loaded one after the other. Results that are impossible rather than bad mean that the instrument is
 * broken: they are said, and the exit code is 2.
 */
#include "base/file.h"
#include "batch/digest.h"
#include "batch/summary.h"
#include "cli/commands.h"
#include "cli/progress.h"
#include "cli/writing.h"
#include "draft/folder.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { DEFAULT_COUNT = 3 };

typedef struct contestant {
    str name;
    digest *at; /* [n] */
    size_t n, capacity;
    bool wrote; /* a model that was run here: the numbers below are there */
    uint64_t tokens;
    double prefill_tok_s, decode_tok_s, text_tok_s, first_token_s, weights_gb_s, ceiling_share, predicted_tok_s;
} contestant;

typedef struct bench {
    writing w;
    contestant *at; /* [n] */
    size_t n;
    arena *scored; /* the scoring thread's: texts of the drafts' digests */
    progress bar;
    uint64_t tokens;
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

static void take_speed(contestant *c, const written_model *m) {
    const struct writer_stats *s = writer_stats_of(m->writer);
    const struct engine_info *info = engine_describe(m->model->engine);
    double steps = s->decode_s > 0 ? (double)s->decode_steps / s->decode_s : 0;
    c->wrote = true;
    c->tokens = s->written_tokens;
    c->prefill_tok_s = s->prefill_s > 0 ? (double)s->prefill_tokens / s->prefill_s : 0;
    c->decode_tok_s = s->decode_s > 0 ? (double)s->decode_tokens / s->decode_s : 0;
    c->text_tok_s = steps;
    c->first_token_s = s->first_token_s;
    c->weights_gb_s = steps * (double)info->token_bytes / 1e9;
    if (m->bandwidth <= 0) return;
    c->ceiling_share = c->weights_gb_s * 1e9 / m->bandwidth;
    c->predicted_tok_s = model_info_ceiling_tok_s(m->model->info, m->bandwidth / 1e9, m->model->prompt_tokens);
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
    int status = out && draft_folders_prepare(&o, &e) ? cli_error(&e) : writing_load(w, path, &m);
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
    c->n = c->capacity = w->count;
    for (size_t i = 0; i < c->n; i++) c->at[i].model = c->name;
    take_speed(c, &m);
    written_model_free(&m);
    if (bad == ERROR_CANCELLED)
        return cli_trouble("interrupted after %u of %u drafts of %.*s", result.finished, w->count, STR_ARG(c->name));
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

/* ---- the table ------------------------------------------------------------------------------------------------------
 */

static double mean_signal(const contestant *c, enum signal_id id) {
    double sum = 0;
    size_t judged = 0;
    for (size_t i = 0; i < c->n; i++)
        if (c->at[i].judged) sum += c->at[i].signals[id], judged++;
    return judged ? sum / (double)judged : 0;
}

enum row {
    ROW_DRAFTS,
    ROW_WORDS,
    ROW_FRONTMATTER,
    ROW_DASHES,
    ROW_FILLER,
    ROW_LISTS,
    ROW_CODE,
    ROW_VERSIONS,
    ROW_DIVERSITY,
    ROW_BURSTINESS,
    ROW_SCORE,
    ROW_MINIMUM,
    ROW_PASSED,
    ROW_SUPPORTED,
    ROW_CONTRADICTED,
    ROW_UNVERIFIED,
    ROW_TOKENS,
    ROW_FIRST,
    ROW_PREFILL,
    ROW_DECODE,
    ROW_TEXT,
    ROW_PREDICTED,
    ROW_WEIGHTS,
    ROW_SHARE,
    ROW_COUNT
};

static const struct {
    const char *key, *title;
    int decimals;
    bool of_models; /* only where a model was run here */
    int signal;     /* enum signal_id, or -1 */
} rows[ROW_COUNT] = {
    [ROW_DRAFTS] = {"drafts", "drafts judged", 0, false, -1},
    [ROW_WORDS] = {"words", "words in the body", 0, false, -1},
    [ROW_FRONTMATTER] = {"frontmatter", "valid frontmatter, %", 0, false, -1},
    [ROW_DASHES] = {"em_dashes", "em-dashes", 1, false, SIGNAL_EM_DASHES},
    [ROW_FILLER] = {"filler_phrases", "filler phrases", 1, false, SIGNAL_FILLER_PHRASES},
    [ROW_LISTS] = {"triple_bullet_lists", "repeated three-bullet lists", 1, false, SIGNAL_TRIPLE_BULLET_LISTS},
    [ROW_CODE] = {"code_blocks", "code blocks", 1, false, SIGNAL_CODE_BLOCKS},
    [ROW_VERSIONS] = {"version_refs", "version references", 1, false, SIGNAL_VERSION_REFS},
    [ROW_DIVERSITY] = {"lexical_diversity", "lexical diversity", 1, false, SIGNAL_LEXICAL_DIVERSITY},
    [ROW_BURSTINESS] = {"sentence_burstiness", "sentence-length std deviation", 2, false, SIGNAL_SENTENCE_BURSTINESS},
    [ROW_SCORE] = {"score", "score", 1, false, -1},
    [ROW_MINIMUM] = {"minimum", "minimum of the style", 0, false, -1},
    [ROW_PASSED] = {"passed", "drafts that pass", 0, false, -1},
    [ROW_SUPPORTED] = {"supported", "claims supported", 0, false, -1},
    [ROW_CONTRADICTED] = {"contradicted", "claims contradicted", 0, false, -1},
    [ROW_UNVERIFIED] = {"unverified", "claims unverified", 0, false, -1},
    [ROW_TOKENS] = {"tokens", "tokens written", 0, true, -1},
    [ROW_FIRST] = {"first_token_s", "time to the first token, s", 2, true, -1},
    [ROW_PREFILL] = {"prefill_tok_s", "request read, tok/s", 0, true, -1},
    [ROW_DECODE] = {"decode_tok_s", "written, tok/s, all texts", 1, true, -1},
    [ROW_TEXT] = {"text_tok_s", "written, tok/s, each text", 1, true, -1},
    [ROW_PREDICTED] = {"ceiling_tok_s", "possible by memory, tok/s", 1, true, -1},
    [ROW_WEIGHTS] = {"weights_gb_s", "weights read, GB/s", 1, true, -1},
    [ROW_SHARE] = {"ceiling_share", "share of the bandwidth, %", 0, true, -1},
};

static double measured(const contestant *c, enum row row) {
    switch (row) {
    case ROW_TOKENS: return (double)c->tokens;
    case ROW_FIRST: return c->first_token_s;
    case ROW_PREFILL: return c->prefill_tok_s;
    case ROW_DECODE: return c->decode_tok_s;
    case ROW_TEXT: return c->text_tok_s;
    case ROW_PREDICTED: return c->predicted_tok_s > 0 ? c->predicted_tok_s : NAN;
    case ROW_WEIGHTS: return c->weights_gb_s;
    default: return c->ceiling_share > 0 ? 100 * c->ceiling_share : NAN;
    }
}

static double added(const digest *d, enum row row) {
    switch (row) {
    case ROW_WORDS: return d->words;
    case ROW_FRONTMATTER: return d->frontmatter_ok ? 100 : 0;
    case ROW_SCORE: return d->score;
    case ROW_MINIMUM: return d->minimum;
    case ROW_PASSED: return d->passed ? 1 : 0;
    case ROW_SUPPORTED: return d->supported;
    case ROW_CONTRADICTED: return d->contradicted;
    case ROW_UNVERIFIED: return d->unverified;
    default: return 1;
    }
}

/* A cell: means of signals, words and scores, sums of drafts and claims; NaN = not known. */
static double cell(const contestant *c, enum row row) {
    if (rows[row].of_models) return c->wrote ? measured(c, row) : NAN;
    if (rows[row].signal >= 0) return mean_signal(c, (enum signal_id)rows[row].signal);
    double sum = 0;
    size_t judged = 0;
    for (size_t i = 0; i < c->n; i++)
        if (c->at[i].judged) sum += added(&c->at[i], row), judged++;
    bool mean = row == ROW_WORDS || row == ROW_FRONTMATTER || row == ROW_SCORE || row == ROW_MINIMUM;
    return mean && judged ? sum / (double)judged : sum;
}

static void write_table(const bench *b, buf *out) {
    buf_printf(out, "%-30s", "measure");
    for (size_t i = 0; i < b->n; i++)
        buf_printf(out, " %20.*s", (int)(b->at[i].name.n < 20 ? b->at[i].name.n : 20), (const char *)b->at[i].name.p);
    buf_byte(out, '\n');
    for (enum row row = 0; row < ROW_COUNT; row++) {
        buf_printf(out, "%-30s", rows[row].title);
        for (size_t i = 0; i < b->n; i++) {
            double value = cell(&b->at[i], row);
            if (isnan(value))
                buf_printf(out, " %20s", "-");
            else
                buf_printf(out, " %20.*f", rows[row].decimals, value);
        }
        buf_byte(out, '\n');
    }
}

static void write_json(const bench *b, str alarms, buf *out) {
    json j = {.out = out, .indent = 2};
    str line;
    json_object_open(&j);
    json_key_cstr(&j, "version", ASSAY_VERSION);
    json_key_str(&j, "style", b->w.tasks[0].brief->style->name);
    json_key_cstr(&j, "prompt", b->w.tasks[0].first->hash.text);
    json_key_cstr(&j, "rules", b->w.tasks[0].gate.rules->hash.text);
    json_key_cstr(&j, "manifest", b->w.tasks[0].gate.manifest ? b->w.tasks[0].gate.manifest->hash.text : NULL);
    json_key_u64(&j, "seed", b->w.seed);
    json_key(&j, "columns");
    json_array_open(&j);
    for (size_t i = 0; i < b->n; i++) {
        json_object_open(&j);
        json_key_str(&j, "name", b->at[i].name);
        for (enum row row = 0; row < ROW_COUNT; row++) json_key_f64(&j, rows[row].key, cell(&b->at[i], row), 3);
        json_object_close(&j);
    }
    json_array_close(&j);
    json_key(&j, "alarms");
    json_array_open(&j);
    while (alarms.n > 0 && str_cut(&alarms, '\n', &line))
        if (line.n) json_str(&j, line);
    json_array_close(&j);
    json_object_close(&j);
    buf_byte(out, '\n');
}

/* ---- the alarm ------------------------------------------------------------------------------------------------------
 */

/* With fewer drafts than batch asks for, the same impossibilities: a bench is small by nature. */
static size_t alarm_small(const digest *at, size_t n, buf *out) {
    size_t judged = 0, zero = 0, perfect = 0, differ = 0;
    const digest *first = NULL;
    for (size_t i = 0; i < n; i++) {
        const digest *d = &at[i];
        if (!d->judged) continue;
        if (!first) first = d;
        judged++;
        zero += d->score == 0;
        perfect += d->best > 0 && d->score >= d->best;
        differ += d->score != first->score || strcmp(d->content.text, first->content.text) == 0;
    }
    if (judged < 2 || n >= ALARM_DRAFTS) return 0;
    if (zero == judged) return buf_printf(out, "every one of %zu scores is zero\n", judged), (size_t)1;
    if (perfect == judged) return buf_printf(out, "every one of %zu drafts is perfect\n", judged), (size_t)1;
    if (differ > 1) return 0; /* the first one is the same as itself */
    return buf_printf(out, "every one of %zu different drafts scores %g\n", judged, first->score), (size_t)1;
}

static size_t find_alarms(bench *b, buf *out) {
    arena *a = b->w.call->a;
    struct {
        digest *at;
        size_t n, capacity;
    } all = {0};
    size_t alarms = 0;
    for (size_t i = 0; i < b->n; i++) {
        const contestant *c = &b->at[i];
        size_t empty = 0;
        for (size_t k = 0; k < c->n; k++) {
            empty += c->at[k].judged && c->at[k].words == 0;
            if (!VEC_PUSH(a, &all, c->at[k])) return buf_cstr(out, "out of memory\n"), (size_t)1;
        }
        if (c->wrote && c->tokens <= c->n)
            buf_printf(out, "%.*s wrote no tokens\n", STR_ARG(c->name)), alarms++;
        else if (c->n && empty == c->n)
            buf_printf(out, "every draft of %.*s is empty\n", STR_ARG(c->name)), alarms++;
        if (c->n == 0) buf_printf(out, "there is no draft of %.*s\n", STR_ARG(c->name)), alarms++;
    }
    return alarms + alarm_small(all.at, all.n, out) + summary_alarms(a, all.at, all.n, out);
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
        status = read_replies(b, equals + 1, c);
    }
    return status;
}

static int report(bench *b, bool as_json) {
    buf out = {0}, alarms = {0};
    size_t count = find_alarms(b, &alarms);
    if (as_json)
        write_json(b, buf_view(&alarms), &out);
    else
        write_table(b, &out);
    int status = out.failed || alarms.failed ? cli_trouble("out of memory") : cli_write(buf_view(&out));
    if (count && !status) {
        fprintf(stderr, "assay: THE RULER IS BROKEN, these results are impossible rather than bad:\n%.*s",
                STR_ARG(buf_view(&alarms)));
        status = EXIT_TROUBLE;
    }
    buf_free(&out);
    buf_free(&alarms);
    return status;
}

static int run_bench(const invocation *call) {
    const char *out = option_text(call, "out"), *format = option_text(call, "format");
    bool as_json = format && strcmp(format, "json") == 0;
    bench b = {0};
    if (call->operand_count) return cli_trouble("bench takes no operands; see 'assay bench --help'");
    if (format && !as_json && strcmp(format, "text") != 0)
        return cli_trouble("bench reports as text or json, not '%s'", format);
    if (!option_given(call, "model") && !option_given(call, "drafts"))
        return cli_trouble("bench needs a --model FILE or --drafts NAME=DIR to compare");
    writing_watch_interrupts();
    char *folder = path_join(call->a, str_from_cstr(out ? out : "."), STR("bench"));
    b.scored = arena_new(0);
    int status = folder && b.scored ? writing_make(call, folder, DEFAULT_COUNT, &b.w) : cli_trouble("out of memory");
    if (!status && b.w.task_count > 1)
        status = cli_trouble("bench compares models on one brief: give one --brief FILE");
    if (!status && out) status = writing_refuse_published(&b.w);
    if (!status) status = run_all(&b);
    if (!status) status = report(&b, as_json);
    writing_free(&b.w);
    arena_free(b.scored);
    return status;
}

static const char *const flags[] = {"brief",       "manifest",    "model",    "drafts",         "count",  "out",
                                    "seed",        "temperature", "top-k",    "top-p",          "min-p",  "repetition",
                                    "max-tokens",  "context",     "sessions", "chat",           "think",  "device",
                                    "wait-memory", "sums",        "no-hash",  "format",         "config", "no-config",
                                    "threshold",   "rules",       "fail-on",  "fail-on-claims", "about",  NULL};
static const char *const examples[] = {"assay bench --brief b.yaml --manifest site.yaml --model a.gguf --model b.gguf",
                                       "three drafts of each, in one table",
                                       "assay bench --brief b.yaml --model a.gguf --drafts other=replies/",
                                       "beside the saved replies of another server",
                                       "assay bench --brief b.yaml --model a.gguf -n 8 --out bench --format json",
                                       "keep the drafts; the table for a program",
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
};
