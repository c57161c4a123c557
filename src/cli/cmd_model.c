/* cmd_model.c - `assay model`: what a model file is, and whether it is the published one. */
#include "base/shown.h"
#include "cli/commands.h"
#include "lm/load_reader.h"
#include "lm/model_info.h"
#include "lm/model_verify.h"
#include "lm/text_side.h"

#include <math.h>
#include <stdio.h>
#include <unistd.h>

enum { MOST_SESSIONS = 4096 };
/* From a slow disk to far beyond any accelerator: nothing else is a memory's bandwidth. */
static const double LEAST_GB_S = 0.001, MOST_GB_S = 1e6;

static bool wants_json(const invocation *call) {
    const char *format = option_text(call, "format");
    return format && strcmp(format, "json") == 0;
}

static int write_out(buf *out) {
    int status = out->failed ? cli_trouble("out of memory") : cli_write(buf_view(out));
    buf_free(out);
    return status;
}

/* ---- info -------------------------------------------------------------------------------------------------------- */

static bool info_options(const invocation *call, model_info_options *o) {
    double sessions;
    if (!option_size(call, "context", 0, &o->tokens) || !option_number(call, "bandwidth", 0, &o->bandwidth_gb_s) ||
        !option_number(call, "sessions", 1, &sessions))
        return false;
    bool speeds = o->bandwidth_gb_s >= LEAST_GB_S && o->bandwidth_gb_s <= MOST_GB_S;
    if (option_given(call, "bandwidth") && !speeds)
        return cli_trouble("--bandwidth takes %g to %.0f GB/s", LEAST_GB_S, MOST_GB_S), false;
    if (!(sessions >= 1 && sessions <= MOST_SESSIONS && sessions == floor(sessions)))
        return cli_trouble("--sessions takes a whole number from 1 to %d", MOST_SESSIONS), false;
    o->sessions = (uint32_t)sessions;
    return true;
}

/* The tokenizer and the chat format are the header's, too: without them nothing can be written. */
static int note_text_side(arena *a, const gguf_set *set, model_info *m, error *e) {
    error why = {0};
    int bad = text_side_check(set->head, NULL, &why);
    if (bad == ERROR_MEMORY) return *e = why, bad;
    if (bad) m->why_not = arena_str(a, str_from_cstr(why.message));
    return 0;
}

static int info_one(const invocation *call, const char *path, const model_info_options *o, bool as_json, buf *out) {
    error e = {0};
    gguf_opener opener = load_opener();
    gguf_set *set;
    model_info *m;
    if (gguf_set_open(call->a, path, &opener, NULL, &set, &e)) return cli_error(&e);
    int status = model_info_read(call->a, set, &m, &e);
    if (!status && m->loadable && !m->why_not.n) status = note_text_side(call->a, set, m, &e);
    if (status) {
        error_in_file(&e, str_from_cstr(path));
        status = cli_error(&e);
    } else if (as_json) {
        json j = {.out = out, .indent = 2};
        model_info_json(m, o, &j);
        buf_byte(out, '\n');
    } else
        model_info_text(m, o, out);
    gguf_set_close(set);
    return status;
}

static int run_info(const invocation *call) {
    int status = 0;
    bool as_json = wants_json(call);
    model_info_options o = {0};
    memory_state memory;
    memory_platform machine = memory_system();
    static const char *const taken[] = {"format", "context", "sessions", "bandwidth", NULL};
    if (option_refuse_others(call, taken, "model info") || !info_options(call, &o)) return EXIT_TROUBLE;
    if (machine.read(machine.context, &memory, NULL) == 0) o.memory = &memory;
    buf out = {0};
    if (call->operand_count != 2) return cli_trouble("assay model info takes one file");
    status = info_one(call, call->operands[1], &o, as_json, &out);
    if (!status) return write_out(&out);
    buf_free(&out);
    return status;
}

/* ---- verify ------------------------------------------------------------------------------------------------------ */

typedef struct progress_line {
    uint64_t shown_percent;
    bool used;
} progress_line;

/* A line that rewrites itself, on a terminal only. */
static bool show_progress(void *context, str path, uint64_t done, uint64_t total) {
    progress_line *line = context;
    uint64_t percent = total ? (uint64_t)(100.0 * (double)done / (double)total) : 100;
    if (line->used && percent == line->shown_percent) return false;
    line->used = true;
    line->shown_percent = percent;
    buf name = {0};
    shown_put(&name, path);
    fprintf(stderr, "\r%3llu %%  %.*s\033[K", (unsigned long long)percent, STR_ARG(buf_view(&name)));
    buf_free(&name);
    return false;
}

static int run_verify(const invocation *call) {
    static const char *const taken[] = {"format", "sums", NULL};
    bool as_json = wants_json(call);
    if (option_refuse_others(call, taken, "model verify")) return EXIT_TROUBLE;
    if (call->operand_count != 2) return cli_trouble("assay model verify takes one file or folder");
    progress_line line = {0};
    verify_report *report;
    error e = {0};
    int status = model_verify(call->a, call->operands[1], option_text(call, "sums"), isatty(2) ? show_progress : NULL,
                              &line, &report, &e);
    if (line.used) fputs("\r\033[K", stderr);
    if (status) return cli_error(&e);
    buf out = {0};
    if (as_json) {
        json j = {.out = &out, .indent = 2};
        verify_json(report, &j);
        buf_byte(&out, '\n');
    } else
        verify_text(report, &out);
    status = write_out(&out);
    return status ? status : report->passed ? EXIT_PASS : EXIT_FAIL;
}

static int run_model(const invocation *call) {
    if (call->operand_count && strcmp(call->operands[0], "info") == 0) return run_info(call);
    if (call->operand_count && strcmp(call->operands[0], "verify") == 0) return run_verify(call);
    return cli_trouble("assay model info FILE, or assay model verify FILE|DIR");
}

static const char *const flags[] = {"format", "context", "sessions", "bandwidth", "sums", NULL};
static const char *const examples[] = {
    "assay model info qwen3-8b-q8_0.gguf --bandwidth 273", "sizes, memory, and the speed that 273 GB/s allow",
    "assay model verify models/ --sums models/SHA256SUMS", "compare every file with the published sums", NULL};

const command command_model = {
    .name = "model",
    .operands = "info FILE | verify FILE|DIR",
    .verbs = "info|verify",
    .summary = "say what a model file is and needs; verify its bytes",
    .description =
        "info reads the header only: architecture, sizes by type, what a token reads, what a context needs in "
        "memory, whether that fits now.\nverify checks that each file is as long as its header says, hashes "
        "it, and compares with a file in the format of sha256sum. It fails (exit 1) when a file is cut short, "
        "broken, different, missing or not listed.",
    .flags = flags,
    .examples = examples,
    .run = run_model,
    .formats = "text|json",
};
