/* lint_terminal.c - terminal output that no such command prints.
 *
 * In: code blocks. Out: places. Only what can be stood behind: first lines that a known command always begins with, an
 * nvidia-smi panel that contradicts itself, ping statistics that do not add up, an HTTP status with another status's
 * reason. What a command would print on the machine in question is the truth stage's business, not this one's.
 *
 *     $ docker ps                        a prompt line: command, no pipe, no redirection
 *     CONTAINER ID   IMAGE   COMMAND     the line under it must begin as the table says, or report an error
 */
#include "signals/lint.h"

#include <math.h>

/* ---- commands and how their output begins ------------------------------------------------------------------------ */

enum { STARTS_MAX = 12 };

typedef struct known_output {
    const char *command;            /* the words that the command line begins with */
    bool whole;                     /* nothing may follow them */
    const char *starts[STARTS_MAX]; /* one of these begins the first line (ASCII case ignored) */
    const char *other;              /* letters of short options with which it prints something else: "docker ps -aq" */
    bool translated;                /* speaks the reader's language, or as a configuration has it: "Auf Branch main" */
} known_output;

#define PODMAN "Emulate Docker CLI"

static const known_output known[] = {
    {"docker ps", false, {"CONTAINER ID", PODMAN}, "q", false},
    {"docker images", false, {"REPOSITORY", "IMAGE", PODMAN}, "q", false},
    {"docker --version", true, {"Docker version", "podman version", PODMAN}, NULL, false},
    {"df -h", true, {"Filesystem", "df:"}, NULL, true},
    {"free -h", true, {"total"}, NULL, true},
    {"free -m", true, {"total"}, NULL, true},
    {"free", true, {"total"}, NULL, true},
    {"lsblk", true, {"NAME"}, NULL, false},
    {"ps aux", true, {"USER", "PID"}, NULL, true},
    {"nvcc --version", true, {"nvcc: NVIDIA"}, NULL, false},
    {"nvcc -V", true, {"nvcc: NVIDIA"}, NULL, false},
    {"python --version", true, {"Python "}, NULL, false},
    {"python3 --version", true, {"Python "}, NULL, false},
    {"node --version", true, {"v"}, NULL, false},
    {"node -v", true, {"v"}, NULL, false},
    {"git --version", true, {"git version"}, NULL, false},
    {"git status", true, {"On branch", "HEAD detached", "rebase in progress", "interactive rebase"}, NULL, true},
    {"psql --version", true, {"psql ("}, NULL, false},
    {"gcc --version",
     true,
     {"gcc", "Apple clang", "Apple LLVM", "Configured with", "clang version", "x86_64-", "aarch64-"},
     NULL,
     false},
    {"go version", true, {"go version "}, NULL, false},
    {"rustc --version", true, {"rustc "}, NULL, false},
    {"cargo --version", true, {"cargo "}, NULL, false},
    {"nginx -v", true, {"nginx version:"}, NULL, false},
    {"kubectl get pods", true, {"NAME", "No resources"}, NULL, false},
    {"kubectl get nodes", true, {"NAME", "No resources"}, NULL, false},
    {"vmstat", false, {"procs"}, "dDfmpsVh", false},
    {"iostat", false, {"Linux ", "disk", "tty", "cpu"}, "oVh", false}, /* the last three: macOS and the BSDs */
    {"uname -a",
     true,
     {"Linux ", "Darwin ", "FreeBSD ", "NetBSD ", "OpenBSD ", "DragonFly ", "SunOS ", "AIX ", "MINGW", "MSYS",
      "CYGWIN"},
     NULL,
     false},
};

static str next_line(str *rest) {
    str line;
    if (!str_cut(rest, '\n', &line)) return (str){NULL, 0};
    if (line.n && line.p[line.n - 1] == '\r') line.n--;
    return line;
}

/* The command of a prompt line: "$ cmd", "% cmd", "user@host:~$ cmd"; empty where the line is none. */
static str prompt_command(str line) {
    str trimmed = str_trim(line);
    if (str_starts(trimmed, STR("$ "))) return str_trim(str_slice(trimmed, 2, trimmed.n));
    ptrdiff_t at = str_find_byte(trimmed, '@', 0), dollar = str_find(trimmed, STR("$ "), 0);
    if (at <= 0 || dollar < at || str_find_byte(str_slice(trimmed, 0, dollar), ' ', 0) >= 0) return (str){NULL, 0};
    return str_trim(str_slice(trimmed, dollar + 2, trimmed.n));
}

static bool is_plain_command(str command) {
    static const char special[] = "|><;&`\\#";
    for (ptrdiff_t i = 0; i < command.n; i++)
        if (memchr(special, command.p[i], sizeof special - 1)) return false;
    return true;
}

static bool starts_nocase(str s, str prefix) {
    return s.n >= prefix.n && str_eq_nocase(str_slice(s, 0, prefix.n), prefix);
}

/* Whether any of `words` stands in the line, ASCII case ignored; whole ones only where asked. */
static bool holds_any(str line, const char *const *words, size_t count, bool whole) {
    for (size_t i = 0; i < count; i++) {
        ptrdiff_t n = (ptrdiff_t)strlen(words[i]);
        for (ptrdiff_t at = 0; at + n <= line.n; at++) {
            if (!starts_nocase(str_slice(line, at, line.n), str_from_cstr(words[i]))) continue;
            if (!whole ||
                ((at == 0 || !byte_is_alnum(line.p[at - 1])) && (at + n == line.n || !byte_is_alnum(line.p[at + n]))))
                return true;
        }
    }
    return false;
}

/* "fatal: not a git repository", "Warning: v1 is deprecated", "pyenv: python: …": who says it and what; a line that
 * introduces others, "The python command exists in these versions:"; kubectl's log line "E0512 10:15:32.1 …" */
static bool is_message(str line) {
    ptrdiff_t colon = str_find_byte(line, ':', 0), blank = str_find_byte(line, ' ', 0);
    if (colon > 0 && (blank == colon + 1 || line.p[line.n - 1] == ':')) return true;
    if (line.n < 6 || !memchr("EFIW", line.p[0], 4) || line.p[5] != ' ') return false;
    for (ptrdiff_t i = 1; i < 5; i++)
        if (!byte_is_digit(line.p[i])) return false;
    return true;
}

/* "Dateisystem     Größe Benutzt  Verf.  Verw%": three columns and no figure, the head of a table in other words:
 * another language's, or a format that the reader has configured. */
static bool is_table_head(str line) {
    int gaps = 0;
    for (ptrdiff_t i = 0; i < line.n; i++) {
        if (byte_is_digit(line.p[i])) return false;
        bool gap = line.p[i] == '\t' || (line.p[i] == ' ' && i + 1 < line.n && line.p[i + 1] == ' ');
        gaps += gap;
        while (gap && i + 1 < line.n && line.p[i + 1] == ' ') i++;
    }
    return gaps >= 2;
}

/* An error report, a warning, the author's comment or an elision may stand instead of the usual output:
 * "# list them all", "(output trimmed)", "--- snip ---", "…". */
static bool may_stand_instead(str line) {
    static const char *const signs[] = {"error",   "not found", "cannot",  "denied",  "fail",     "usage",
                                        "no such", "unknown",   "invalid", "unable",  "refused",  "warning",
                                        "omitted", "trimmed",   "snip",    "shorten", "truncated"};
    if (line.n == 0 || !byte_is_alnum(line.p[0])) return true;
    return holds_any(line, signs, COUNT_OF(signs), false) || is_message(line) || is_table_head(line);
}

/* A line that a command says in another language holds none of these: "Auf Branch main", "Sur la branche main". */
static bool is_english(str line) {
    static const char *const words[] = {"is",  "are",  "was",  "were", "has",     "have",  "the",
                                        "all", "your", "this", "it",   "running", "clean", "nothing"};
    return holds_any(line, words, COUNT_OF(words), true);
}

/* Whether an option asks for another form of output: --format, --quiet, -q, -aq; `letters` are those of short ones. */
static bool asks_for_other_output(str options, const char *letters) {
    static const char *const words[] = {"--format", "--quiet", "--help", "--version", "--stats", "--disk", "--json"};
    str option;
    while (str_cut(&options, ' ', &option)) {
        for (size_t i = 0; i < COUNT_OF(words); i++)
            if (str_starts(option, str_from_cstr(words[i]))) return true;
        if (option.n < 2 || option.p[0] != '-' || option.p[1] == '-') continue;
        for (ptrdiff_t i = 1; letters && i < option.n && byte_is_alnum(option.p[i]); i++)
            if (memchr(letters, option.p[i], strlen(letters))) return true;
    }
    return false;
}

static bool output_fits(str command, str first_line) {
    for (size_t i = 0; i < COUNT_OF(known); i++) {
        str words = str_from_cstr(known[i].command);
        if (!str_starts(command, words)) continue;
        if (command.n > words.n && (known[i].whole || command.p[words.n] != ' ')) continue;
        if (asks_for_other_output(str_slice(command, words.n, command.n), known[i].other)) return true;
        for (size_t k = 0; k < COUNT_OF(known[i].starts) && known[i].starts[k]; k++)
            if (starts_nocase(first_line, str_from_cstr(known[i].starts[k]))) return true;
        return may_stand_instead(first_line) || (known[i].translated && !is_english(first_line));
    }
    return true;
}

/* ---- panels and statistics --------------------------------------------------------------------------------------- */

/* The decimal number that begins at or behind *at, behind blanks only; moves *at behind it. */
static bool read_number(str s, ptrdiff_t *at, double *value) {
    ptrdiff_t lo = *at;
    while (lo < s.n && s.p[lo] == ' ') lo++;
    ptrdiff_t hi = lo;
    while (hi < s.n && (byte_is_digit(s.p[hi]) || s.p[hi] == '.')) hi++;
    *at = hi;
    return hi > lo && str_to_f64(str_slice(s, lo, hi), value);
}

/* "71342MiB / 24564MiB": more used than there is. */
static bool uses_more_than_all(str line) {
    ptrdiff_t unit = str_find(line, STR("MiB /"), 0);
    if (unit <= 0) return false;
    ptrdiff_t lo = unit, hi = unit + 5;
    while (lo > 0 && byte_is_digit(line.p[lo - 1])) lo--;
    double used, all;
    ptrdiff_t at = lo;
    return read_number(line, &at, &used) && read_number(line, &hi, &all) && used > all;
}

/* Whether a temperature stands behind the share, "104%   63C": the fan's, whose speed may pass that of its rating. */
static bool is_fan(str line, ptrdiff_t percent) {
    ptrdiff_t at = percent + 1;
    double degrees;
    return read_number(line, &at, &degrees) && at < line.n && line.p[at] == 'C';
}

/* "|   104%   Default |": a share above 100. */
static bool passes_hundred(str line) {
    for (ptrdiff_t at = 0; (at = str_find_byte(line, '%', at)) >= 0; at++) {
        ptrdiff_t lo = at;
        while (lo > 0 && byte_is_digit(line.p[lo - 1])) lo--;
        double share;
        ptrdiff_t from = lo;
        if (lo < at && (lo == 0 || line.p[lo - 1] == ' ') && read_number(line, &from, &share) && share > 100 &&
            !is_fan(line, at))
            return true;
    }
    return false;
}

/* "550.54.14": as drivers for Linux are numbered; those for Windows have two parts. */
static bool is_linux_driver(str version) {
    int points = 0;
    for (ptrdiff_t i = 0; i < version.n; i++) points += version.p[i] == '.';
    return points == 2 && byte_is_digit(version.p[0]);
}

/* What the tool calls itself and the driver it reports are one number in every panel of a Linux machine. Under WSL they
 * are two: the tool of the Linux side and the driver of Windows ("NVIDIA-SMI 535.104.05   Driver Version: 537.13"). */
static bool names_two_drivers(str line) {
    ptrdiff_t tool = str_find(line, STR("NVIDIA-SMI "), 0), driver = str_find(line, STR("Driver Version: "), 0);
    if (tool < 0 || driver < 0) return false;
    str a = str_slice(line, tool + 11, line.n), b = str_slice(line, driver + 16, line.n), version, reported;
    str_cut(&a, ' ', &version);
    str_cut(&b, ' ', &reported);
    return version.n && byte_is_digit(version.p[0]) && is_linux_driver(reported) && !str_eq(version, reported);
}

/* "4 packets transmitted, 4 received, 25% packet loss" */
static bool loses_wrongly(str line) {
    ptrdiff_t sent_at = str_find(line, STR(" packets transmitted, "), 0),
              loss_at = str_find(line, STR("% packet loss"), 0);
    if (sent_at < 0 || loss_at < 0) return false;
    double sent, received, loss;
    ptrdiff_t at = 0, got = sent_at + 22, lost = loss_at;
    while (lost > 0 && (byte_is_digit(line.p[lost - 1]) || line.p[lost - 1] == '.')) lost--;
    if (!read_number(line, &at, &sent) || !read_number(line, &got, &received) || !read_number(line, &lost, &loss))
        return false;
    if (str_find(line, STR("duplicates"), 0) >= 0 || sent <= 0) return false;
    return received > sent || fabs(100 * (1 - received / sent) - loss) > 1;
}

static bool has_wrong_reason(str line) {
    static const struct {
        int code;
        const char *reason;
    } reasons[] = {{200, "OK"},
                   {201, "Created"},
                   {204, "No Content"},
                   {301, "Moved Permanently"},
                   {302, "Found"},
                   {304, "Not Modified"},
                   {400, "Bad Request"},
                   {401, "Unauthorized"},
                   {403, "Forbidden"},
                   {404, "Not Found"},
                   {429, "Too Many Requests"},
                   {500, "Internal Server Error"},
                   {502, "Bad Gateway"},
                   {503, "Service Unavailable"},
                   {504, "Gateway Timeout"}};
    ptrdiff_t at = str_starts(line, STR("HTTP/1.1 ")) || str_starts(line, STR("HTTP/1.0 ")) ? 9 : -1;
    double code;
    if (at < 0 || !read_number(line, &at, &code)) return false;
    str reason = str_trim(str_slice(line, at, line.n));
    for (size_t i = 0; i < COUNT_OF(reasons); i++)
        if (str_eq_nocase(reason, str_from_cstr(reasons[i].reason))) {
            for (size_t k = 0; k < COUNT_OF(reasons); k++)
                if (reasons[k].code == (int)code) return k != i;
        }
    return false;
}

static const char *line_trouble(str line, bool panel) {
    if (panel && uses_more_than_all(line)) return "more memory in use than there is";
    if (panel && passes_hundred(line)) return "a share above 100 %";
    if (names_two_drivers(line)) return "two driver versions in one panel";
    if (loses_wrongly(line)) return "packet loss that does not follow from the packets";
    if (has_wrong_reason(line)) return "an HTTP status with the reason of another";
    return NULL;
}

static int check_block(linting *l, const block *b) {
    str rest = article_text(l->art, b->text), command = {NULL, 0};
    bool panel = str_find(rest, STR("NVIDIA-SMI"), 0) >= 0;
    if (!panel && str_find(rest, STR("$ "), 0) < 0 && str_find(rest, STR("% packet loss"), 0) < 0 &&
        str_find(rest, STR("HTTP/1."), 0) < 0)
        return ERROR_NONE; /* nothing here that any check speaks of */
    for (str line; (line = next_line(&rest)).p;) {
        uint32_t lo = (uint32_t)(line.p - l->art->text.p);
        span where = article_source_span(l->art, (text_range){lo, lo + (uint32_t)line.n});
        const char *trouble = line_trouble(line, panel);
        str next = prompt_command(line);
        if (!trouble && !next.p && command.p && is_plain_command(command) && !output_fits(command, str_trim(line)))
            trouble = "no output of the command above begins like this";
        command = next;
        if (!trouble) continue;
        int status = lint_add(l, where, str_from_cstr(trouble), 1, 0);
        if (status) return status;
    }
    return ERROR_NONE;
}

int lint_terminal(linting *l, const lint_rule *rule) {
    (void)rule;
    for (uint32_t i = 0; i < l->art->block_count; i++) {
        if (l->art->blocks[i].kind != BLOCK_CODE) continue;
        int status = check_block(l, &l->art->blocks[i]);
        if (status) return status;
    }
    return ERROR_NONE;
}
