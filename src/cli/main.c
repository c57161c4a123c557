/* main.c - finds the command, runs it, returns its exit code. */
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/manual.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

/* One a line, in the order of --help. */
/* clang-format off */
const command *const cli_commands[] = {
    &command_check,
    &command_explain,
    &command_facts,
    &command_manifest,
    &command_batch,
    &command_model,
    &command_draft,
    &command_bench,
    &command_doctor,
    &command_rules,
    &command_hook,
    NULL,
};
/* clang-format on */

static const command *find_command(const char *name) {
    for (size_t i = 0; cli_commands[i]; i++)
        if (strcmp(cli_commands[i]->name, name) == 0) return cli_commands[i];
    return NULL;
}

static int unknown_command(const char *name) {
    str nearest = {NULL, 0};
    unsigned best = 3;
    for (size_t i = 0; cli_commands[i]; i++) {
        unsigned distance = str_distance(str_from_cstr(name), str_from_cstr(cli_commands[i]->name), 3);
        if (distance < best) best = distance, nearest = str_from_cstr(cli_commands[i]->name);
    }
    return cli_trouble("unknown command '%s'%s; see 'assay --help'", name, str_hint(str_from_cstr(name), nearest).text);
}

static int print_help(const command *cmd) {
    buf out = {0};
    cli_help(cmd, &out);
    int status = out.failed ? cli_trouble("out of memory") : cli_write(buf_view(&out));
    buf_free(&out);
    return status;
}

static int print_names(void) {
    for (size_t i = 0; cli_commands[i]; i++) puts(cli_commands[i]->name);
    return 0;
}

/* `assay help --man [COMMAND]`, `assay help --completions SHELL`: what `make install` puts into place. */
static int print_generated(int argc, char **argv) {
    buf out = {0};
    bool man = strcmp(argv[2], "--man") == 0;
    const command *cmd = man && argc > 3 ? find_command(argv[3]) : NULL;
    int status = 0;
    if (man && argc > 3 && !cmd)
        status = unknown_command(argv[3]);
    else if (man)
        manual_page(cmd, &out);
    else if (argc < 4 || !manual_completions(argv[3], &out))
        status = cli_trouble("--completions takes bash, zsh or fish");
    if (!status) status = out.failed ? cli_trouble("out of memory") : cli_write(buf_view(&out));
    buf_free(&out);
    return status;
}

static int run(int argc, char **argv) {
    if (argc < 2) {
        print_help(NULL);
        return EXIT_TROUBLE;
    }
    const char *name = argv[1];
    if (strcmp(name, "--version") == 0 || strcmp(name, "version") == 0)
        return cli_write(STR("assay " ASSAY_VERSION "\n"));
    bool help = strcmp(name, "help") == 0;
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 || (help && argc == 2)) return print_help(NULL);
    if (help && strcmp(argv[2], "--commands") == 0) return print_names();
    if (help && (strcmp(argv[2], "--man") == 0 || strcmp(argv[2], "--completions") == 0))
        return print_generated(argc, argv);
    if (help) name = argv[2];
    const command *cmd = find_command(name);
    if (!cmd) return unknown_command(name);
    if (help) return print_help(cmd);
    arena *a = arena_new(0);
    if (!a) return cli_trouble("out of memory");
    invocation call;
    int status = cli_parse(cmd, argc - 2, argv + 2, a, &call);
    if (!status) status = option_given(&call, "help") ? print_help(cmd) : cmd->run(&call);
    arena_free(a);
    return status;
}

/* Started without standard input or output (`>&-`), the first file that is opened would get their number, and a report
 * would be written into it. Something else takes the place: every use of it fails, as of what is closed. */
static void fill_closed(void) {
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
            (void)!open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

int main(int argc, char **argv) {
    signal(SIGPIPE, SIG_DFL); /* a reader that has seen enough is no error */
    signal(SIGXFSZ, SIG_IGN); /* a limit on file sizes is a full disk: the write says so */
    fill_closed();
    return cli_end(run(argc, argv));
}
