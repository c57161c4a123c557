/* judge.c - flags to gate options; a list of articles through the pool to the reports.
 *
 *     inputs --> pool: read, judge, render one piece a format --> in input order --> streams at once, or files at the end
 *
 * Each worker has one arena, reset between articles: what an article leaves behind is its rendered pieces only.
 */
#include "cli/judge.h"

#include "base/file.h"
#include "batch/pool.h"

#include <math.h>
#include <stdlib.h>

enum { MAX_TARGETS = 16, ARENA_PER_SOURCE_BYTE = 512, ARENA_FLOOR_BYTES = 64 << 20 };

/* ---- setup ----------------------------------------------------------------------------------------------------- */

static int open_rules(const invocation *call, judge_setup *setup) {
    error e = {0};
    const char *folder = option_text(call, "rules");
    if (!folder) return ruleset_builtin(&setup->gate.rules, &e) ? cli_error(&e) : 0;
    if (ruleset_open(folder, &setup->owned_rules, &e)) return cli_error(&e);
    setup->gate.rules = setup->owned_rules;
    return 0;
}

static int open_manifest(const invocation *call, judge_setup *setup) {
    const option_values *files = option_list(call, "manifest");
    if (!files->n) return 0;
    error e = {0};
    if (manifest_load_files(files->at, files->n, &setup->truth, &e)) return cli_error(&e);
    setup->gate.manifest = setup->truth;
    return 0;
}

static int check_style(const invocation *call, judge_setup *setup) {
    const char *name = option_text(call, "style");
    if (!name) return 0;
    setup->gate.style = str_from_cstr(name);
    str nearest = {0};
    if (ruleset_style(setup->gate.rules, setup->gate.style, &nearest)) return 0;
    buf known = {0};
    for (uint32_t i = 0; i < setup->gate.rules->style_count; i++)
        buf_printf(&known, "%s%.*s", i ? ", " : "", STR_ARG(setup->gate.rules->styles[i].name));
    int status = cli_trouble("unknown style '%s'; did you mean '%.*s'? Known: %.*s", name, STR_ARG(nearest),
                             STR_ARG(buf_view(&known)));
    buf_free(&known);
    return status;
}

int judge_setup_make(const invocation *call, judge_setup *setup) {
    *setup = (judge_setup){0};
    uint64_t max_bytes;
    double threads;
    if (!option_size(call, "max-size", ARTICLE_MAX_BYTES, &max_bytes)) return EXIT_TROUBLE;
    if (max_bytes > UINT32_MAX / 2) return cli_trouble("--max-size: at most 2047M");
    if (!option_number(call, "jobs", 0, &threads)) return EXIT_TROUBLE;
    if (threads < 0 || threads > 256 || threads != floor(threads)) return cli_trouble("--jobs takes 1 to 256");
    if (!option_number(call, "threshold", NAN, &setup->gate.minimum)) return EXIT_TROUBLE;
    setup->max_bytes = (size_t)max_bytes;
    setup->threads = (unsigned)threads;
    setup->no_exit = option_given(call, "no-exit");
    gate_options *gate = &setup->gate;
    gate->article = (article_options){.max_bytes = setup->max_bytes, .keep_fence = option_given(call, "no-unwrap")};
    gate->untrusted = option_given(call, "untrusted");
    const char *about = option_text(call, "about"), *claims = option_text(call, "fail-on-claims");
    gate->about_ours = about && strcmp(about, "ours") == 0;
    if (claims && strcmp(claims, "unverified") == 0) gate->fail_claims = CLAIMS_UNVERIFIED;
    if (claims && strcmp(claims, "never") == 0) gate->fail_claims = CLAIMS_NEVER;
    gate->fail_level = LEVEL_ERROR;
    if (option_given(call, "fail-on")) level_parse(str_from_cstr(option_text(call, "fail-on")), &gate->fail_level);
    int status = open_rules(call, setup);
    if (!status) status = check_style(call, setup);
    if (!status) status = open_manifest(call, setup);
    if (status) return status;
    setup->report = (report_context){
        .version = ASSAY_VERSION, .rules = gate->rules, .command = call->command->name, .color = call->color_out,
        .manifest_hash = setup->truth ? setup->truth->hash.text : NULL,
        .quiet = option_given(call, "quiet"), .statistics = option_given(call, "statistics"),
    };
    return 0;
}

void judge_setup_free(judge_setup *setup) {
    ruleset_free(setup->owned_rules);
    manifest_free(setup->truth);
    *setup = (judge_setup){0};
}

int judge_targets(const invocation *call, const report_format *text, judge_target **targets, size_t *count) {
    const option_values *formats = option_list(call, "format"), *outputs = option_list(call, "output");
    judge_target *list = ARENA_ARRAY(call->a, judge_target, MAX_TARGETS + 1);
    if (!list) return cli_trouble("out of memory");
    if (formats->n > MAX_TARGETS) return cli_trouble("at most %d reports at once", MAX_TARGETS);
    if (outputs->n > formats->n && !(outputs->n == 1 && formats->n == 0))
        return cli_trouble("each --output needs the --format before it");
    size_t n = 0, on_stdout = 0;
    for (size_t i = 0; i < formats->n || (i == 0 && formats->n == 0); i++) {
        const char *name = formats->n ? formats->at[i] : "text", *nearest = NULL;
        const report_format *format = strcmp(name, "text") == 0 ? text : report_format_find(str_from_cstr(name), &nearest);
        if (!format) return cli_trouble("unknown format '%s'; did you mean '%s'?", name, nearest ? nearest : "text");
        list[n] = (judge_target){format, i < outputs->n ? outputs->at[i] : NULL};
        on_stdout += list[n++].file == NULL;
    }
    if (on_stdout > 1) return cli_trouble("two reports on standard output: give each --format its --output FILE");
    *targets = list;
    *count = n;
    return 0;
}

/* ---- the run --------------------------------------------------------------------------------------------------- */

typedef struct outcome {
    buf pieces[MAX_TARGETS]; /* one a target */
    bool passed, broken;
    uint32_t suppressed, waived, baseline;
} outcome;

typedef struct judge_run {
    const judge_setup *setup;
    const input_list *inputs;
    const judge_target *targets;
    size_t target_count;
    outcome *outcomes; /* [inputs] */
    arena **arenas;    /* [threads] */
    report_summary summary;
    int write_status;
} judge_run;

static report_context context_of(const judge_run *r, size_t target) {
    report_context context = r->setup->report;
    context.color = context.color && !r->targets[target].file && !r->targets[target].format->machine;
    return context;
}

static void count_findings(outcome *o, const judgement *judged) {
    o->passed = judged->passed;
    o->suppressed = judged->suppressed;
    o->waived = judged->claims.coverage.waived;
    for (size_t i = 0; i < judged->findings.n; i++) o->baseline += judged->findings.at[i].baseline;
}

static void work(void *context, size_t job, unsigned worker) {
    judge_run *r = context;
    outcome *o = &r->outcomes[job];
    const input *in = &r->inputs->at[job];
    arena *a = r->arenas[worker];
    error e = {0};
    str source = {0};
    judgement judged;
    arena_reset(a);
    gate_options options = r->setup->gate;
    options.article.mdx = str_eq_nocase(path_extension(in->name), STR(".mdx"));
    int status = input_read(a, in, r->setup->max_bytes, &source, &e);
    if (!status) status = gate_judge(a, &options, in->name, source, &judged, &e);
    o->broken = status != 0;
    if (status)
        error_in_file(&e, in->name);
    else
        count_findings(o, &judged);
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

static int finish_target(const judge_run *r, size_t target) {
    const judge_target *t = &r->targets[target];
    bool streamed = !t->file && t->format->streams;
    size_t count = streamed ? 0 : r->inputs->n;
    report_piece *pieces = calloc(count ? count : 1, sizeof *pieces);
    buf out = {0};
    if (!pieces) return cli_trouble("out of memory");
    for (size_t i = 0; i < count; i++)
        pieces[i] = (report_piece){buf_view(&r->outcomes[i].pieces[target]), r->inputs->at[i].name,
                                   r->outcomes[i].passed, r->outcomes[i].broken};
    report_context c = context_of(r, target);
    t->format->finish(&c, &r->summary, pieces, count, &out);
    int status = 0;
    error e = {0};
    if (out.failed) status = cli_trouble("out of memory");
    else if (!t->file) status = cli_write(buf_view(&out));
    else if (file_write(t->file, buf_view(&out), &e)) status = cli_error(&e);
    buf_free(&out);
    free(pieces);
    return status;
}

int judge_all(const invocation *call, const judge_setup *setup, const input_list *inputs, const judge_target *targets,
              size_t target_count) {
    (void)call;
    judge_run r = {.setup = setup, .inputs = inputs, .targets = targets, .target_count = target_count};
    pool_jobs jobs = {.count = inputs->n, .threads = setup->threads, .work = work, .done = done, .context = &r};
    unsigned threads = pool_threads(&jobs);
    r.outcomes = calloc(inputs->n ? inputs->n : 1, sizeof *r.outcomes);
    r.arenas = calloc(threads, sizeof *r.arenas);
    int status = r.outcomes && r.arenas ? 0 : cli_trouble("out of memory");
    for (unsigned i = 0; i < threads && !status; i++) {
        r.arenas[i] = arena_new(setup->max_bytes * ARENA_PER_SOURCE_BYTE + ARENA_FLOOR_BYTES);
        if (!r.arenas[i]) status = cli_trouble("out of memory");
    }
    error e = {0};
    if (!status && pool_run(&jobs, &e)) status = r.write_status ? r.write_status : cli_error(&e);
    for (size_t t = 0; t < target_count && !status; t++) status = finish_target(&r, t);
    for (size_t i = 0; r.outcomes && i < inputs->n; i++)
        for (size_t t = 0; t < target_count; t++) buf_free(&r.outcomes[i].pieces[t]);
    for (unsigned i = 0; r.arenas && i < threads; i++) arena_free(r.arenas[i]);
    free(r.outcomes);
    free(r.arenas);
    if (status) return status;
    if (r.summary.errors) return EXIT_TROUBLE;
    return r.summary.failed && !setup->no_exit ? EXIT_FAIL : EXIT_PASS;
}
