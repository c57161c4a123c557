/* flags.c - the table of flags and the parser that reads it.
 *
 * In: argv. Out: an `invocation`, or one line that says what is wrong, with the nearest known flag.
 * Accepted: --name value, --name=value, -x value, -xvalue, bundles of switches (-qj2), `--` and `-` (standard input).
 */
#include "base/shown.h"
#include "cli/cli.h"
#include "cli/manual.h"
#include "report/report.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

const flag cli_flags[] = {
    {"config", 0, "FILE", NULL, false, "read this configuration instead of the nearest .assay.yaml"},
    {"no-config", 0, NULL, NULL, false, "read no configuration"},
    {"style", 0, "NAME", NULL, false, "judge under this style, whatever the article declares"},
    {"threshold", 0, "POINTS", NULL, false, "minimum score, instead of the style's"},
    {"manifest", 0, "FILE", NULL, true, "ground truth to compare claims with; several are merged"},
    {"rules", 0, "DIR", NULL, false, "rules to judge by, instead of the built-in ones"},
    {"format", 'f', "FORMAT", NULL, true, "how to report"},
    {"output", 'o', "FILE", NULL, true, "write the report of the --format before it, or else the text, into FILE"},
    {"fail-on", 0, "LEVEL", "note|warning|error", false,
     "findings at this level or above fail the gate (default error)"},
    {"fail-on-claims", 0, "WHICH", "contradicted|unverified|never", false,
     "claims that fail the gate (default contradicted)"},
    {"untrusted", 0, NULL, NULL, false, "honour nothing that an article says about its own judging"},
    {"about", 0, "WHOM", "ours|auto", false, "whether the articles are about the manifest's operation (default auto)"},
    {"baseline", 0, "FILE", NULL, false, "fail only on what this baseline does not hold"},
    {"write-baseline", 0, "FILE", NULL, false, "write what is found now as the baseline; exit 0 once it is written"},
    {"reason", 0, "TEXT", NULL, false, "why the baseline that is written lets claims stand"},
    {"changed-since", 0, "REV", NULL, false, "judge only articles changed since this git revision"},
    {"staged", 0, NULL, NULL, false, "judge git's index: what is staged, or differs from --changed-since"},
    {"stdin-filename", 0, "PATH", NULL, false, "name that standard input goes by"},
    {"quiet", 'q', NULL, NULL, false, "print failures and the summary only"},
    {"statistics", 0, NULL, NULL, false, "end with how often each rule fired"},
    {"print-config", 0, NULL, NULL, false, "print every setting with where it comes from, and stop"},
    {"force-exclude", 0, NULL, NULL, false, "apply excludes to files named on the command line too"},
    {"cache-location", 0, "FILE", NULL, false,
     "accepted and not used: judging costs less than a cache (see docs/configuration.md)"},
    {"jobs", 'j', "N", NULL, false, "threads (default: one a processor)"},
    {"color", 0, "WHEN", "auto|always|never", false, "colour the text report (default auto; NO_COLOR is honoured)"},
    {"no-exit", 0, NULL, NULL, false, "report only: exit 0 even when articles fail"},
    {"max-size", 0, "BYTES", NULL, false, "largest article that is read (default 1M; K, M and G are understood)"},
    {"no-unwrap", 0, NULL, NULL, false, "do not take off a code fence around a whole article"},
    {"context", 0, "TOKENS", NULL, false, "length of context (model info: default 8K; draft: what the texts need)"},
    {"sessions", 0, "N", NULL, false, "sequences at once (model info: default 1; draft: 8)"},
    {"bandwidth", 0, "GB/S", NULL, false, "memory bandwidth to reckon the highest speed from"},
    {"sums", 0, "FILE", NULL, false, "published sums to compare with, in the format of sha256sum"},
    {"values", 0, NULL, NULL, false, "list what the derived facts come to"},
    {"root", 0, "DIR", NULL, false, "probe the machine whose file system is under DIR, running nothing"},
    {"no-packages", 0, NULL, NULL, false, "do not list installed packages"},
    {"from", 0, "KIND", "auto|cyclonedx|osquery", false, "what the JSON is (default: see for itself)"},
    {"limit", 0, "N", NULL, false, "stubs at most (default 50; 0 = all)"},
    {"db", 0, "FILE", NULL, false, "keep the run in this SQLite ledger; an interrupted run goes on where it stopped"},
    {"run", 0, "NAME", NULL, false, "name of the run in the ledger (default: the time it began)"},
    {"trusted", 0, NULL, NULL, false, "honour styles and suppressions of the drafts (batch and draft do not)"},
    {"brief", 0, "FILE", NULL, true,
     "what the article is to be about: title, style, what it must cover; draft takes several, and folders of them"},
    {"model", 'm', "FILE", NULL, true, "model in the GGUF format; of a split model any part"},
    {"count", 'n', "N", NULL, false, "drafts to write of each brief (default 1; bench: 3 a model)"},
    {"out", 0, "DIR", NULL, false,
     "folder for the drafts; never one that the configuration gates or names as published"},
    {"resume", 0, NULL, NULL, false, "go on with an interrupted run: drafts that are there and belong to it are taken"},
    {"repair", 0, "K", NULL, false, "rewrite a draft that fails up to K times, by what the gate found (default 0)"},
    {"seed", 0, "S", NULL, false, "draft i is drawn with seed S + i - 1 (default 0)"},
    {"temperature", 0, "T", NULL, false, "how freely words are drawn; 0 takes the likeliest (default 0.7)"},
    {"top-k", 0, "K", NULL, false, "draw among the K likeliest only; 0 = all (default 40)"},
    {"top-p", 0, "P", NULL, false, "draw among the likeliest that together have probability P (default 0.95)"},
    {"min-p", 0, "P", NULL, false, "draw only what is P times as likely as the likeliest (default 0.05)"},
    {"repetition", 0, "R", NULL, false,
     "make words that the draft has used already R times less likely; the request does not count (default 1: off)"},
    {"max-tokens", 0, "N", NULL, false, "longest draft in tokens (default: by the brief's length)"},
    {"chat", 0, "FORMAT",
     "chatml|qwen|qwen3.5|llama3|llama3.1|mistral-v1|mistral-v3|mistral-v3-tekken|mistral-v7|mistral-v7-tekken|gemma|"
     "gemma4",
     false, "how the model wants a conversation written (default: seen from its file)"},
    {"think", 0, NULL, NULL, false, "leave the thinking of models that have it on"},
    {"speculate", 0, "WHEN", "auto|on|off", false,
     "guess words from what was read and written (default auto: in prose, while it pays); changes no text"},
    {"prefix-cache", 0, "DIR", NULL, false,
     "keep what was computed for the request in DIR, for the next run; 'off' = nowhere (default: ~/.cache/assay)"},
    {"kv-cache", 0, "TYPE", "f16|fp8", false,
     "how keys and values are kept (default f16): fp8 takes half the memory, and texts differ a little"},
    {"device", 0, "NAME", NULL, false, "auto, cpu, cuda or cuda:N (default auto)"},
    {"wait-memory", 0, "SECONDS", NULL, false, "wait so long for memory to come back before refusing (default 0)"},
    {"no-hash", 0, NULL, NULL, false, "do not compute the model's SHA-256; the drafts' sidecars then name none"},
    {"drafts", 0, "NAME=DIR", NULL, true, "put the saved replies in DIR into the table under NAME"},
    {"help", 'h', NULL, NULL, false, "show this help"},
};
const size_t cli_flag_count = COUNT_OF(cli_flags);

static size_t flag_index(const char *name) {
    for (size_t i = 0; i < cli_flag_count; i++)
        if (strcmp(cli_flags[i].name, name) == 0) return i;
    return SIZE_MAX;
}

bool command_takes(const command *cmd, const flag *f) {
    if (strcmp(f->name, "help") == 0) return true;
    for (const char *const *name = cmd->flags; *name; name++)
        if (strcmp(*name, f->name) == 0) return true;
    return false;
}

void command_choices(const command *cmd, const flag *f, buf *out) {
    bool format = strcmp(f->name, "format") == 0;
    const char *choices = format ? cmd->formats : f->choices;
    if (choices) buf_cstr(out, choices);
    for (size_t i = 0; format && !choices && report_formats[i]; i++)
        buf_printf(out, "%s%s", i ? "|" : "", report_formats[i]->name);
}

const option_values *option_list(const invocation *call, const char *name) {
    static const option_values none;
    size_t i = flag_index(name);
    return i == SIZE_MAX ? &none : &call->values[i];
}

bool option_given(const invocation *call, const char *name) { return option_list(call, name)->n > 0; }

const char *option_text(const invocation *call, const char *name) {
    const option_values *v = option_list(call, name);
    return v->n ? v->at[v->n - 1] : NULL;
}

int option_refuse_others(const invocation *call, const char *const *taken, const char *where) {
    for (size_t i = 0; i < cli_flag_count; i++) {
        const char *const *name = taken;
        while (*name && strcmp(*name, cli_flags[i].name) != 0) name++;
        if (call->values[i].n && !*name) return cli_trouble("--%s does nothing in '%s'", cli_flags[i].name, where);
    }
    return 0;
}

bool option_number(const invocation *call, const char *name, double fallback, double *value) {
    const char *text = option_text(call, name);
    *value = fallback;
    if (!text || str_to_f64(str_from_cstr(text), value)) return true;
    cli_trouble("--%s takes a number, not '%s'", name, text);
    return false;
}

bool option_size(const invocation *call, const char *name, uint64_t fallback, uint64_t *value) {
    const char *text = option_text(call, name);
    *value = fallback;
    if (!text) return true;
    str s = str_from_cstr(text);
    unsigned shift = 0;
    if (s.n > 1 && byte_is_alpha(s.p[s.n - 1])) {
        uint8_t c = byte_lower(s.p[s.n - 1]);
        shift = c == 'k' ? 10 : c == 'm' ? 20 : c == 'g' ? 30 : 99;
        s.n--;
    }
    uint64_t n;
    if (shift == 99 || !str_to_u64(s, &n) || n == 0 || n > (UINT64_MAX >> shift)) {
        cli_trouble("--%s takes a size such as 4096, 512K or 2M, not '%s'", name, text);
        return false;
    }
    *value = n << shift;
    return true;
}

/* ---- parsing --------------------------------------------------------------------------------------------------- */

static int unknown_flag(const command *cmd, str name) {
    const char *nearest = NULL;
    unsigned best = 4;
    for (size_t i = 0; i < cli_flag_count; i++) {
        unsigned distance = str_distance(name, str_from_cstr(cli_flags[i].name), 4);
        if (command_takes(cmd, &cli_flags[i]) && distance < best) best = distance, nearest = cli_flags[i].name;
    }
    if (nearest && !str_is_near(name, str_from_cstr(nearest))) nearest = NULL;
    return cli_trouble("unknown flag '--%.*s' for '%s'%s%s%s; see 'assay %s --help'", STR_ARG(name), cmd->name,
                       nearest ? "; did you mean '--" : "", nearest ? nearest : "", nearest ? "'?" : "", cmd->name);
}

/* Whether an argument is among the choices that a command leaves its flag; else one line with the nearest of them. */
static int check_choice(const invocation *call, const flag *f, const char *argument) {
    buf choices = {0};
    str wanted = str_from_cstr(argument), nearest = {0}, choice;
    unsigned best = 3;
    command_choices(call->command, f, &choices);
    str rest = buf_view(&choices);
    bool known = choices.n == 0;
    while (rest.n > 0 && !known && str_cut(&rest, '|', &choice)) {
        unsigned distance = str_distance(wanted, choice, 3);
        known = distance == 0;
        if (distance < best) best = distance, nearest = choice;
    }
    int status = known ? 0
                       : cli_trouble("--%s takes one of %.*s, not '%s'%s", f->name, STR_ARG(buf_view(&choices)),
                                     argument, str_hint(wanted, nearest).text);
    buf_free(&choices);
    return status;
}

static int store(invocation *call, size_t index, const char *argument, int at) {
    const flag *f = &cli_flags[index];
    option_values *v = &call->values[index];
    /* `--manifest "$SITE"` with SITE unset: no flag means "none" by an empty text, and no gate may be left out by one.
     */
    if (argument && !*argument)
        return cli_trouble("--%s needs an argument, and this one is empty: is a variable not set?", f->name);
    if (argument && check_choice(call, f, argument)) return EXIT_TROUBLE;
    if (!f->repeatable) v->n = v->places.n = 0;
    bool stored = VEC_PUSH(call->a, v, argument ? argument : "") && VEC_PUSH(call->a, &v->places, at);
    return stored ? 0 : cli_trouble("out of memory");
}

static int long_flag(invocation *call, int argc, char **argv, int *i) {
    const char *name = argv[*i] + 2;
    const char *equals = strchr(name, '=');
    str wanted = equals ? str_make(name, (size_t)(equals - name)) : str_from_cstr(name);
    for (size_t k = 0; k < cli_flag_count; k++) {
        const flag *f = &cli_flags[k];
        if (!str_eq(wanted, str_from_cstr(f->name)) || !command_takes(call->command, f)) continue;
        if (!f->value && equals) return cli_trouble("--%s takes no argument", f->name);
        if (!f->value) return store(call, k, NULL, *i);
        if (equals) return store(call, k, equals + 1, *i);
        if (*i + 1 >= argc) return cli_trouble("--%s needs an argument: --%s %s", f->name, f->name, f->value);
        *i += 1;
        return store(call, k, argv[*i], *i);
    }
    return unknown_flag(call->command, wanted);
}

static int short_flags(invocation *call, int argc, char **argv, int *i) {
    for (const char *c = argv[*i] + 1; *c; c++) {
        size_t k = 0;
        while (k < cli_flag_count && !(cli_flags[k].letter == *c && command_takes(call->command, &cli_flags[k]))) k++;
        if (k == cli_flag_count)
            return cli_trouble("unknown flag '-%c' for '%s'; see 'assay %s --help'", *c, call->command->name,
                               call->command->name);
        const flag *f = &cli_flags[k];
        if (!f->value) {
            int status = store(call, k, NULL, *i);
            if (status) return status;
            continue;
        }
        if (c[1]) return store(call, k, c + 1, *i);
        if (*i + 1 >= argc) return cli_trouble("-%c needs an argument: -%c %s", *c, *c, f->value);
        *i += 1;
        return store(call, k, argv[*i], *i);
    }
    return 0;
}

static void choose_colours(invocation *call) {
    const char *when = option_text(call, "color");
    bool always = when && strcmp(when, "always") == 0, never = when && strcmp(when, "never") == 0;
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
    bool off = (no_color && *no_color) || (term && strcmp(term, "dumb") == 0);
    call->color_out = always || (!never && !off && isatty(STDOUT_FILENO));
    call->color_err = always || (!never && !off && isatty(STDERR_FILENO));
}

int cli_parse(const command *cmd, int argc, char **argv, arena *a, invocation *call) {
    *call = (invocation){.a = a, .command = cmd};
    call->values = ARENA_ARRAY(a, option_values, cli_flag_count);
    call->operands = ARENA_ARRAY(a, const char *, (size_t)argc + 1);
    if (!call->values || !call->operands) return cli_trouble("out of memory");
    bool flags_over = false;
    for (int i = 0; i < argc; i++) {
        int status = 0;
        if (!flags_over && strcmp(argv[i], "--") == 0)
            flags_over = true;
        else if (!flags_over && argv[i][0] == '-' && argv[i][1] == '-')
            status = long_flag(call, argc, argv, &i);
        else if (!flags_over && argv[i][0] == '-' && argv[i][1])
            status = short_flags(call, argc, argv, &i);
        else
            call->operands[call->operand_count++] = argv[i];
        if (status) return status;
    }
    choose_colours(call);
    return 0;
}

/* ---- output ---------------------------------------------------------------------------------------------------- */

static void say(const char *format, va_list args) {
    char text[1200];
    buf line = {0};
    vsnprintf(text, sizeof text, format, args);
    shown_put(&line, str_from_cstr(text)); /* names of files, keys and models are anybody's */
    fprintf(stderr, "assay: %.*s\n", STR_ARG(buf_view(&line)));
    buf_free(&line);
}

int(cli_trouble)(const char *format, ...) {
    va_list args;
    va_start(args, format);
    say(format, args);
    va_end(args);
    return EXIT_TROUBLE;
}

void cli_say(const char *format, ...) {
    va_list args;
    va_start(args, format);
    say(format, args);
    va_end(args);
}

int(cli_error)(const error *e) {
    char text[900];
    return cli_trouble("%s", error_text(e, text, sizeof text));
}

int cli_write(str bytes) {
    while (bytes.n > 0) {
        ssize_t put = write(STDOUT_FILENO, bytes.p, (size_t)bytes.n);
        if (put <= 0) return cli_trouble("cannot write to standard output: %s", strerror(errno));
        bytes = str_slice(bytes, put, bytes.n);
    }
    return 0;
}

int cli_end(int status) {
    errno = 0;
    bool lost = fflush(stdout) != 0, before = ferror(stdout) != 0;
    if (!lost && !before) return status;
    /* A flush that failed before has dropped its bytes, and its reason with them. */
    return cli_trouble("cannot write to standard output: %s",
                       lost && errno ? strerror(errno) : "a part of it did not get out");
}

static void help_flag(const command *cmd, const flag *f, buf *out) {
    char left[64];
    int n = snprintf(left, sizeof left, "  %c%c%s--%s%s%s", f->letter ? '-' : ' ', f->letter ? f->letter : ' ',
                     f->letter ? ", " : "  ", f->name, f->value ? " " : "", f->value ? f->value : "");
    buf_printf(out, "%-32s%s%s", left, n > 31 ? "\n                                " : "", f->help);
    buf choices = {0};
    command_choices(cmd, f, &choices);
    if (choices.n) buf_printf(out, " [%.*s]", STR_ARG(buf_view(&choices)));
    buf_free(&choices);
    buf_byte(out, '\n');
}

void cli_help(const command *cmd, buf *out) {
    if (!cmd) {
        buf_cstr(out, "assay: tests an article the way a metallurgist tests ore: how much of what glitters is gold.\n\n"
                      "usage: assay COMMAND [FLAGS] [FILES|DIRS|-]...\n\ncommands:\n");
        for (size_t i = 0; cli_commands[i]; i++)
            buf_printf(out, "  %-12s %s\n", cli_commands[i]->name, cli_commands[i]->summary);
        buf_cstr(out,
                 "\n'assay COMMAND --help' explains one, 'assay help --man [COMMAND]' prints its manual page, and\n"
                 "'assay help --completions bash|zsh|fish' what a shell loads to complete commands and flags.\n"
                 "Exit codes: 0 pass, 1 the gate failed, 2 something could not be judged.\n");
        return;
    }
    buf_printf(out, "usage: assay %s [FLAGS] %s\n\n%s\n", cmd->name, cmd->operands, cmd->summary);
    if (cmd->description) buf_printf(out, "\n%s\n", cmd->description);
    buf_cstr(out, "\nflags:\n");
    for (size_t i = 0; i < cli_flag_count; i++)
        if (command_takes(cmd, &cli_flags[i])) help_flag(cmd, &cli_flags[i], out);
    if (cmd->examples) buf_cstr(out, "\nexamples:\n");
    for (const char *const *x = cmd->examples; x && *x; x += 2) buf_printf(out, "  %s\n      %s\n", x[0], x[1]);
}
