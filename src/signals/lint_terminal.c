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

typedef struct known_output {
    const char *command;   /* the words that the command line begins with */
    bool whole;            /* nothing may follow them */
    const char *starts[4]; /* one of these begins the first line (ASCII case ignored) */
    const char *other;     /* letters of short options with which it prints something else: "docker ps -aq" */
} known_output;

static const known_output known[] = {
    {"docker ps", false, {"CONTAINER ID"}, "q"},
    {"docker images", false, {"REPOSITORY", "IMAGE"}, "q"},
    {"docker --version", true, {"Docker version"}, NULL},
    {"df -h", true, {"Filesystem", "df:"}, NULL},
    {"free -h", true, {"total"}, NULL},
    {"free -m", true, {"total"}, NULL},
    {"free", true, {"total"}, NULL},
    {"lsblk", true, {"NAME"}, NULL},
    {"ps aux", true, {"USER"}, NULL},
    {"nvcc --version", true, {"nvcc: NVIDIA"}, NULL},
    {"nvcc -V", true, {"nvcc: NVIDIA"}, NULL},
    {"python --version", true, {"Python "}, NULL},
    {"python3 --version", true, {"Python "}, NULL},
    {"node --version", true, {"v"}, NULL},
    {"node -v", true, {"v"}, NULL},
    {"git --version", true, {"git version"}, NULL},
    {"git status", true, {"On branch", "HEAD detached", "rebase in progress", "interactive rebase"}, NULL},
    {"psql --version", true, {"psql (PostgreSQL)"}, NULL},
    {"gcc --version", true, {"gcc"}, NULL},
    {"go version", true, {"go version go"}, NULL},
    {"rustc --version", true, {"rustc "}, NULL},
    {"cargo --version", true, {"cargo "}, NULL},
    {"nginx -v", true, {"nginx version:"}, NULL},
    {"kubectl get pods", true, {"NAME", "No resources"}, NULL},
    {"kubectl get nodes", true, {"NAME", "No resources"}, NULL},
    {"vmstat", false, {"procs"}, "dDfmpsVh"},
    {"iostat", false, {"Linux "}, "oVh"},
    {"uname -a", true, {"Linux ", "Darwin ", "FreeBSD ", "NetBSD "}, NULL},
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

/* An error report or an ellipsis may stand instead of the usual output. */
static bool may_stand_instead(str line) {
    static const char *const signs[] = {"error",   "not found", "cannot",  "denied", "fail",   "usage",
                                        "no such", "unknown",   "invalid", "unable", "refused"};
    if (line.n == 0 || line.p[0] == '.' || line.p[0] == '[' || line.p[0] == '<' ||
        str_starts(line, STR("\xe2\x80\xa6")))
        return true;
    for (size_t i = 0; i < COUNT_OF(signs); i++)
        for (ptrdiff_t at = 0; at + (ptrdiff_t)strlen(signs[i]) <= line.n; at++)
            if (starts_nocase(str_slice(line, at, line.n), str_from_cstr(signs[i]))) return true;
    return false;
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
        return may_stand_instead(first_line);
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

/* "|   104%   Default |": a share above 100. */
static bool passes_hundred(str line) {
    for (ptrdiff_t at = 0; (at = str_find_byte(line, '%', at)) >= 0; at++) {
        ptrdiff_t lo = at;
        while (lo > 0 && byte_is_digit(line.p[lo - 1])) lo--;
        double share;
        ptrdiff_t from = lo;
        if (lo < at && (lo == 0 || line.p[lo - 1] == ' ') && read_number(line, &from, &share) && share > 100)
            return true;
    }
    return false;
}

/* What the tool calls itself and the driver it reports are one number in every panel it prints. */
static bool names_two_drivers(str line) {
    ptrdiff_t tool = str_find(line, STR("NVIDIA-SMI "), 0), driver = str_find(line, STR("Driver Version: "), 0);
    if (tool < 0 || driver < 0) return false;
    str a = str_slice(line, tool + 11, line.n), b = str_slice(line, driver + 16, line.n), version, reported;
    str_cut(&a, ' ', &version);
    str_cut(&b, ' ', &reported);
    return version.n && byte_is_digit(version.p[0]) && reported.n && byte_is_digit(reported.p[0]) &&
           !str_eq(version, reported);
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
