/* reports.c - pieces to reports. In: targets, judgements by job number. Out: standard output and files, written whole.
 *
 * Invariant: a job's pieces are touched by its worker until it is done, then by the thread that hands out.
 */
#include "cli/reports.h"

#include "base/file.h"
#include "base/link.h"
#include "config/paths.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { JOB_NONE, JOB_FAILED, JOB_PASSED, JOB_NOT_JUDGED };

/* ---- which reports --------------------------------------------------------------------------------------------- */

/* The file that belongs to the format at place `from`: the --output before the next --format. */
static const char *output_of(const option_values *outputs, int from, int to) {
    for (size_t i = 0; i < outputs->n; i++)
        if (outputs->places.at[i] > from && outputs->places.at[i] < to) return outputs->at[i];
    return NULL;
}

const char *reports_output_of(const invocation *call, size_t i) {
    const option_values *formats = option_list(call, "format");
    int from = i < formats->n ? formats->places.at[i] : -1,
        to = i + 1 < formats->n ? formats->places.at[i + 1] : INT_MAX;
    return output_of(option_list(call, "output"), from, to);
}

bool reports_same_file(arena *a, const char *one, const char *other) {
    struct stat st[2];
    if (stat(one, &st[0]) == 0 && stat(other, &st[1]) == 0)
        return st[0].st_dev == st[1].st_dev && st[0].st_ino == st[1].st_ino;
    const char *places[] = {path_absolute(a, str_from_cstr(one)), path_absolute(a, str_from_cstr(other))};
    return places[0] && places[1] ? strcmp(places[0], places[1]) == 0 : strcmp(one, other) == 0;
}

static int same_file_twice(arena *a, const reports *r) {
    for (size_t i = 0; i < r->count; i++)
        for (size_t k = i + 1; k < r->count; k++)
            if (r->targets[i].file && r->targets[k].file &&
                reports_same_file(a, r->targets[i].file, r->targets[k].file))
                return cli_trouble("two reports into %s: give each --format its own --output", r->targets[i].file);
    return 0;
}

int reports_check_file(const char *file) {
    char folder[4096];
    struct stat st;
    bool there = stat(file, &st) == 0;
    str above = path_folder(str_from_cstr(file));
    if (there && S_ISDIR(st.st_mode)) return cli_trouble("%s: is a folder, and a report is a file", file);
    if (snprintf(folder, sizeof folder, "%.*s", STR_ARG(above)) >= (int)sizeof folder) return 0; /* writing will tell */
    /* A device or a pipe is written itself, a file is replaced by one that is made beside it. */
    const char *written = there && !S_ISREG(st.st_mode) ? file : folder;
    return access(written, W_OK) == 0 ? 0 : cli_trouble("%s: cannot be written: %s", file, strerror(errno));
}

int reports_choose(const invocation *call, const report_format *text, reports *r) {
    const option_values *formats = option_list(call, "format"), *outputs = option_list(call, "output");
    const char *step_summary = getenv("GITHUB_STEP_SUMMARY");
    r->a = call->a;
    if (formats->n > REPORTS_MAX - 1) return cli_trouble("at most %d reports at once", REPORTS_MAX - 1);
    size_t on_stdout = 0, with_file = 0;
    bool github = false;
    for (size_t i = 0; i < formats->n || (i == 0 && formats->n == 0); i++) {
        const char *name = formats->n ? formats->at[i] : "text";
        const report_format *format = strcmp(name, "text") == 0 ? text : report_format_find(str_from_cstr(name), NULL);
        if (!format) return cli_trouble("unknown format '%s'", name);
        const char *file = reports_output_of(call, i);
        with_file += file != NULL;
        if (file && strcmp(file, "-") == 0) file = NULL;
        r->targets[r->count++] = (report_target){.format = format, .file = file};
        on_stdout += file == NULL;
        github = github || strcmp(format->name, "github") == 0;
    }
    if (with_file != outputs->n) return cli_trouble("each --output belongs to the one --format before it");
    if (on_stdout > 1) return cli_trouble("two reports on standard output: give all but one --format an --output FILE");
    if (github && step_summary && *step_summary)
        r->targets[r->count++] =
            (report_target){.format = report_format_find(STR("markdown"), NULL), .file = step_summary, .append = true};
    for (size_t i = 0; i < r->count; i++) {
        const report_target *t = &r->targets[i];
        int status = t->file && !t->append ? reports_check_file(t->file) : 0;
        if (status) return status;
    }
    return same_file_twice(call->a, r);
}

/* ---- pieces ---------------------------------------------------------------------------------------------------- */

/* What is streamed into a file goes beside the one that FILE leads to; into a device or a pipe, at once. */
static int open_partial(report_target *t) {
    struct stat st;
    bool special = stat(t->file, &st) == 0 && !S_ISREG(st.st_mode);
    if (special && S_ISDIR(st.st_mode)) return cli_trouble("%s: is a folder", t->file);
    t->place = link_target(t->file);
    if (!t->place) return cli_trouble("%s: cannot follow the link: %s", t->file, strerror(errno));
    t->partial = malloc(strlen(t->place) + sizeof ".partial");
    if (!t->partial) return cli_trouble("out of memory");
    strcpy(t->partial, t->place);
    if (!special) strcat(t->partial, ".partial");
    t->stream = fopen(t->partial, "wbe");
    return t->stream ? 0 : cli_trouble("%s: cannot be written: %s", t->partial, strerror(errno));
}

/* Names for services that look the files up, made here once: no worker has the run's arena. */
static bool find_places(reports *r, const input_list *inputs) {
    bool asked = false;
    for (size_t t = 0; t < r->count; t++) asked = asked || r->targets[t].format->located;
    if (asked && !(r->places = ARENA_ARRAY(r->a, str, inputs->n))) return false;
    for (size_t i = 0; asked && i < inputs->n; i++)
        if (inputs->at[i].name.n && !(r->places[i] = path_reported(r->a, inputs->at[i].name)).p) return false;
    return true;
}

int reports_open(reports *r, const report_context *context, const input_list *inputs) {
    r->context = context;
    r->inputs = inputs;
    r->pieces = calloc(inputs->n * r->count + 1, sizeof *r->pieces);
    r->states = calloc(inputs->n + 1, 1);
    if (!r->pieces || !r->states || !find_places(r, inputs)) return cli_trouble("out of memory");
    for (size_t t = 0; t < r->count && r->stream_files; t++) {
        int status = r->targets[t].file && r->targets[t].format->streams ? open_partial(&r->targets[t]) : 0;
        if (status) return status;
    }
    return 0;
}

static report_context context_of(const reports *r, const report_target *t) {
    report_context context = *r->context;
    context.color = context.color && !t->file && !t->format->machine;
    return context;
}

bool reports_article(reports *r, size_t job, const gate_options *gate, str model, const judgement *judged) {
    bool ok = true;
    r->states[job] = judged->passed ? JOB_PASSED : JOB_FAILED;
    for (size_t t = 0; t < r->count; t++) {
        report_context c = context_of(r, &r->targets[t]);
        c.gate = gate;
        c.model = model;
        buf *piece = &r->pieces[job * r->count + t];
        judgement located;
        if (r->targets[t].format->located) {
            located = *judged;
            located.article.path = r->places[job];
        }
        r->targets[t].format->article(&c, r->targets[t].format->located ? &located : judged, piece);
        ok = ok && !piece->failed;
    }
    return ok;
}

bool reports_failure(reports *r, size_t job, const error *e) {
    bool ok = true;
    r->states[job] = JOB_NOT_JUDGED;
    for (size_t t = 0; t < r->count; t++) {
        report_context c = context_of(r, &r->targets[t]);
        buf *piece = &r->pieces[job * r->count + t];
        buf_free(piece);
        r->targets[t].format->failure(&c, r->targets[t].format->located ? r->places[job] : r->inputs->at[job].name, e,
                                      piece);
        ok = ok && !piece->failed;
    }
    return ok;
}

/* ---- writing --------------------------------------------------------------------------------------------------- */

static int cannot_write(const report_target *t) {
    return cli_trouble("%s: cannot write the report: %s", t->file ? t->file : "standard output", strerror(errno));
}

static bool streams(const report_target *t) { return t->format->streams && (!t->file || t->stream); }

static int put(const report_target *t, str bytes) {
    if (!t->file) return cli_write(bytes);
    if (!t->stream || bytes.n == 0) return 0;
    return fwrite(bytes.p, 1, (size_t)bytes.n, t->stream) == (size_t)bytes.n ? 0 : cannot_write(t);
}

int reports_hand_out(reports *r, size_t job) {
    for (size_t t = 0; t < r->count; t++) {
        if (!streams(&r->targets[t])) continue;
        buf *piece = &r->pieces[job * r->count + t];
        int status = put(&r->targets[t], buf_view(piece));
        buf_free(piece);
        if (status) return status;
    }
    return 0;
}

/* A file that only grows: what is there stays, and what is added is added in one write. */
static int append_file(const char *path, str content) {
    int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    errno = fd < 0 ? errno : ENOSPC;
    bool ok = fd >= 0 && write(fd, content.p, (size_t)content.n) == content.n;
    if (fd >= 0 && close(fd) != 0) ok = false;
    return ok ? 0 : cli_trouble("%s: cannot append: %s", path, strerror(errno));
}

static int close_partial(report_target *t) {
    bool special = strcmp(t->partial, t->place) == 0;
    bool ok = fflush(t->stream) == 0 && (special || fsync(fileno(t->stream)) == 0);
    ok = fclose(t->stream) == 0 && ok;
    t->stream = NULL;
    if (ok && !special) ok = rename(t->partial, t->place) == 0;
    return ok ? 0 : cannot_write(t);
}

static int write_out(report_target *t, str bytes) {
    error e = {0};
    if (t->stream) return put(t, bytes) ? EXIT_TROUBLE : close_partial(t);
    if (!t->file) return cli_write(bytes);
    if (t->append) return append_file(t->file, bytes);
    return file_write(t->file, bytes, &e) ? cli_error(&e) : 0;
}

static int finish_target(reports *r, size_t target, const report_summary *summary) {
    report_target *t = &r->targets[target];
    size_t count = streams(t) ? 0 : r->inputs->n, kept = 0;
    report_piece *pieces = calloc(count + 1, sizeof *pieces);
    buf out = {0};
    if (!pieces) return cli_trouble("out of memory");
    for (size_t i = 0; i < count; i++)
        if (r->states[i] != JOB_NONE)
            pieces[kept++] = (report_piece){buf_view(&r->pieces[i * r->count + target]), r->inputs->at[i].name,
                                            r->states[i] == JOB_PASSED, r->states[i] == JOB_NOT_JUDGED};
    report_context c = context_of(r, t);
    t->format->finish(&c, summary, pieces, kept, &out);
    int status = out.failed ? cli_trouble("out of memory") : write_out(t, buf_view(&out));
    buf_free(&out);
    free(pieces);
    return status;
}

int reports_finish(reports *r, const report_summary *summary) {
    sigset_t stops, before;
    sigemptyset(&stops);
    sigaddset(&stops, SIGINT);
    sigaddset(&stops, SIGTERM);
    sigaddset(&stops, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &stops, &before); /* Ctrl-C waits until the file is whole */
    int status = 0;
    for (size_t t = 0; t < r->count; t++)
        if (finish_target(r, t, summary)) status = EXIT_TROUBLE;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return status;
}

void reports_free(reports *r) {
    for (size_t t = 0; t < r->count; t++) {
        if (r->targets[t].stream) {
            fclose(r->targets[t].stream);
            if (strcmp(r->targets[t].partial, r->targets[t].place) != 0) unlink(r->targets[t].partial);
        }
        free(r->targets[t].partial);
        free(r->targets[t].place);
    }
    for (size_t i = 0; r->pieces && i < r->inputs->n * r->count; i++) buf_free(&r->pieces[i]);
    free(r->pieces);
    free(r->states);
}
