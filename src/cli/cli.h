/* cli.h - the command line: one table of commands, one table of flags.
 *
 *     argv --> command + flags + operands --> run() --> exit code
 *
 * Only this room prints and exits. The flag table feeds the parser, --help, the manual pages and the completions, so
 * that none of them can tell another story. Exit codes: 0 pass, 1 the gate failed, 2 usage, configuration, rule,
 * manifest, model or I/O error; 2 outranks 1.
 */
#ifndef ASSAY_CLI_CLI_H
#define ASSAY_CLI_CLI_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"

enum exit_code { EXIT_PASS = 0, EXIT_FAIL = 1, EXIT_TROUBLE = 2 };

typedef struct flag {
    const char *name;    /* without dashes */
    char letter;         /* 0 = none */
    const char *value;   /* placeholder of its argument; NULL = a switch */
    const char *choices; /* "a|b|c" when only these are allowed; NULL = free */
    bool repeatable;
    const char *help; /* one line */
} flag;

extern const flag cli_flags[];
extern const size_t cli_flag_count;

struct invocation;

typedef struct command {
    const char *name;
    const char *operands;        /* "[FILES|DIRS|-]…" */
    const char *verbs;           /* "check|probe": what its first operand may be; NULL = files */
    const char *others;          /* "pre-commit|pre-push|…": what those after a verb may be; NULL = files */
    const char *summary;         /* one line */
    const char *description;     /* paragraphs for the manual page, '\n' between them */
    const char *const *flags;    /* names from cli_flags, NULL-terminated; --help is understood by all */
    const char *const *examples; /* "command line\0what it does" pairs: line, text, line, text, NULL */
    int (*run)(const struct invocation *call);
    const char *formats; /* "text|json": what its --format takes; NULL = the formats of articles' reports */
} command;

extern const command *const cli_commands[]; /* NULL-terminated, in the order of --help */

typedef struct option_values {
    const char **at; /* arguments in order; a switch has one empty string a use */
    size_t n, capacity;
    struct {
        int *at; /* where each stood on the command line, so that --output finds its --format */
        size_t n, capacity;
    } places;
} option_values;

typedef struct invocation {
    arena *a;
    const command *command;
    option_values *values; /* [cli_flag_count] */
    const char **operands;
    size_t operand_count;
    bool color_out, color_err; /* by --color, NO_COLOR and isatty */
} invocation;

/* Whether a flag was given; its last argument (NULL when absent); all arguments. The name must be in the table. */
bool option_given(const invocation *call, const char *name);
const char *option_text(const invocation *call, const char *name);
const option_values *option_list(const invocation *call, const char *name);
/* Refuses every flag but those named (NULL-terminated), which would do nothing there: 0, or EXIT_TROUBLE after one
 * line. `where` = "batch diff". */
int option_refuse_others(const invocation *call, const char *const *taken, const char *where);
/* A flag's argument as a number; the fallback where it is absent. False after printing one line when it is none. */
bool option_number(const invocation *call, const char *name, double fallback, double *value);
/* "4096", "512K", "8M", "2G" (powers of 1024). */
bool option_size(const invocation *call, const char *name, uint64_t fallback, uint64_t *value);

/* Parses argv for a command; 0, or EXIT_TROUBLE after one line on stderr. `--` ends the flags. */
int cli_parse(const command *command, int argc, char **argv, arena *a, invocation *call);
/* One line on stderr: "assay: …". Returns EXIT_TROUBLE. */
int cli_trouble(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* The same line where nothing is wrong. */
void cli_say(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* cli_trouble from an error. */
int cli_error(const error *e);
/* As error.h says it of error_set. */
#define cli_trouble(...) error_given(cli_trouble(__VA_ARGS__), EXIT_TROUBLE)
#define cli_error(e) error_given(cli_error(e), EXIT_TROUBLE)
/* Writes all bytes to stdout; EXIT_TROUBLE when that fails (a closed pipe is not trouble). */
int cli_write(str bytes);
/* The last thing of a run: `status`, or EXIT_TROUBLE after one line where what was printed with stdio did not get out.
 */
int cli_end(int status);
/* What a flag's argument may be in a command, as "a|b|c"; nothing where it is free. */
void command_choices(const command *command, const flag *f, buf *out);
/* --help of the program (command NULL) or of a command. */
void cli_help(const command *command, buf *out);
#endif
