/* lex_error.c - error output that an article quotes.
 *
 * In: a word, a number, or the end of a path. Out: one TOKEN_ERROR over what makes it an error: "ValueError:",
 * "error[E0382]", "exit status 1", "HTTP 503", ":12:5: error", "Segmentation fault". The rest of the line is lexed as
 * usual, so that the numbers in a message are read too. Deliberately no error: the word "error" in prose, exit status
 * 0, HTTP below 400. Texts of errno values: POSIX strerror messages as the GNU C library prints them.
 */
#include "lex/lex_internal.h"

/* Beginnings in their own spelling; each one is an error wherever it stands. */
static const char *const PHRASES[] = {"Address already in use",
                                      "Bad address",
                                      "Bad file descriptor",
                                      "Broken pipe",
                                      "Cannot allocate memory",
                                      "Cannot assign requested address",
                                      "CUDA error",
                                      "CUDA out of memory",
                                      "Connection refused",
                                      "Connection reset by peer",
                                      "Connection timed out",
                                      "CrashLoopBackOff",
                                      "Device or resource busy",
                                      "Directory not empty",
                                      "Disk quota exceeded",
                                      "ErrImagePull",
                                      "Exception in thread",
                                      "Exec format error",
                                      "File exists",
                                      "Host is down",
                                      "ImagePullBackOff",
                                      "Input/output error",
                                      "Invalid argument",
                                      "Is a directory",
                                      "Killed process",
                                      "Name or service not known",
                                      "Network is unreachable",
                                      "No route to host",
                                      "No space left on device",
                                      "No such device",
                                      "No such file or directory",
                                      "No such process",
                                      "Not a directory",
                                      "OOMKilled",
                                      "Operation not permitted",
                                      "Operation not supported",
                                      "Operation timed out",
                                      "Out of memory",
                                      "Permission denied",
                                      "Read-only file system",
                                      "Resource temporarily unavailable",
                                      "Segmentation fault",
                                      "Temporary failure in name resolution",
                                      "Text file busy",
                                      "Too many levels of symbolic links",
                                      "Too many open files",
                                      "Traceback (most recent call last)",
                                      "Transport endpoint is not connected",
                                      "Value too large",
                                      "out of memory",
                                      "segfault",
                                      "segfaulted",
                                      "segfaults",
                                      "segmentation fault"};
/* The same, in code only. */
static const char *const CODE_PHRASES[] = {"address already in use",
                                           "broken pipe",
                                           "cannot open shared object file",
                                           "command not found",
                                           "connection refused",
                                           "connection reset by peer",
                                           "connection timed out",
                                           "core dumped",
                                           "kernel panic",
                                           "killed",
                                           "Killed",
                                           "no space left on device",
                                           "no such file or directory",
                                           "not found",
                                           "npm ERR!",
                                           "panicked at",
                                           "permission denied",
                                           "undefined reference to",
                                           "Aborted",
                                           "unbound variable"};

static const char *const ERRNO[] = {
    "E2BIG",      "EACCES",    "EADDRINUSE", "EADDRNOTAVAIL", "EAGAIN",       "EALREADY",     "EBADF",
    "EBUSY",      "ECANCELED", "ECHILD",     "ECONNABORTED",  "ECONNREFUSED", "ECONNRESET",   "EDEADLK",
    "EDQUOT",     "EEXIST",    "EFAULT",     "EFBIG",         "EHOSTDOWN",    "EHOSTUNREACH", "EINPROGRESS",
    "EINTR",      "EINVAL",    "EIO",        "EISCONN",       "EISDIR",       "ELIFECYCLE",   "ELOOP",
    "EMFILE",     "EMLINK",    "EMSGSIZE",   "ENAMETOOLONG",  "ENETDOWN",     "ENETUNREACH",  "ENFILE",
    "ENOBUFS",    "ENODEV",    "ENOENT",     "ENOEXEC",       "ENOLCK",       "ENOMEM",       "ENOSPC",
    "ENOSYS",     "ENOTCONN",  "ENOTDIR",    "ENOTEMPTY",     "ENOTFOUND",    "ENOTSUP",      "ENXIO",
    "EOPNOTSUPP", "EPERM",     "EPIPE",      "ERANGE",        "ERESOLVE",     "EROFS",        "ESPIPE",
    "ESRCH",      "ESTALE",    "ETIMEDOUT",  "ETXTBSY",       "EXDEV",        "SIGABRT",      "SIGBUS",
    "SIGFPE",     "SIGILL",    "SIGKILL",    "SIGSEGV"};

static ptrdiff_t exact(const lexer *x, ptrdiff_t i, const char *text) {
    ptrdiff_t n = (ptrdiff_t)strlen(text);
    bool same = i + n <= x->s.n && memcmp(x->s.p + i, text, (size_t)n) == 0;
    return same && (!byte_is_alnum((uint8_t)text[n - 1]) || lex_boundary(x, i + n)) ? n : 0;
}

/* Longest of the phrases that begin with this letter. */
static ptrdiff_t phrase(const lexer *x, ptrdiff_t i, const char *const *list, size_t count) {
    ptrdiff_t best = 0;
    for (size_t k = 0; k < count; k++) {
        if ((uint8_t)list[k][0] != x->s.p[i] || (uint8_t)list[k][1] != at(x, i + 1)) continue;
        ptrdiff_t n = exact(x, i, list[k]);
        if (n > best) best = n;
    }
    return best;
}

static ptrdiff_t emit(lexer *x, ptrdiff_t lo, ptrdiff_t hi) {
    lex_emit(x, TOKEN_ERROR, lo, hi);
    return hi;
}

static bool errno_name(str w) {
    for (size_t k = 0; k < COUNT_OF(ERRNO); k++)
        if (str_eq(w, str_from_cstr(ERRNO[k]))) return true;
    return false;
}

static bool all_caps(str w) {
    for (ptrdiff_t k = 0; k < w.n; k++)
        if (w.p[k] < 'A' || w.p[k] > 'Z') return false;
    return w.n > 0;
}

/* "Error: ENOENT" is one piece of output. */
static ptrdiff_t with_errno(const lexer *x, ptrdiff_t end) {
    ptrdiff_t gap = lex_blank(x, end);
    range next = lex_letters_at(x, end + gap);
    return gap && errno_name(range_str(x, next)) ? next.hi : end;
}

/* error, fatal, panic and their capitals, with what must stand behind them. */
static ptrdiff_t error_label(lexer *x, ptrdiff_t i, ptrdiff_t end, bool code) {
    static const char *const LABELS[] = {"error", "fatal", "panic", "err", "fatal error"};
    ptrdiff_t length = 0;
    for (size_t k = 0; k < COUNT_OF(LABELS); k++) {
        ptrdiff_t n = lex_literal(x, i, LABELS[k]);
        if (n > length) length = n;
    }
    if (length == 0 || i + length < end) return 0;
    end = i + length;
    bool capital = lex_class[x->s.p[i]] == B_UPPER;
    if (at(x, end) == '[' && at(x, end + 1) == 'E' && byte_is_digit(at(x, end + 2))) { /* rustc: error[E0382] */
        ptrdiff_t close = end + 2;
        while (close < end + 10 && byte_is_digit(at(x, close))) close++;
        if (at(x, close) == ']') return emit(x, i, close + 1);
    }
    if (at(x, end) == ':' && (code || capital)) return emit(x, i, with_errno(x, end + 1));
    bool level = code && all_caps(str_slice(x->s, i, end)); /* a log level */
    return level ? emit(x, i, end) : 0;
}

/* ValueError, java.io.IOException: in code, or in prose where a colon or the message follows. */
static bool exception_name(str w) {
    return (w.n > 5 && str_ends(w, STR("Error"))) || (w.n > 9 && str_ends(w, STR("Exception")));
}

ptrdiff_t lex_error_word(lexer *x, ptrdiff_t i, ptrdiff_t end) {
    str w = str_slice(x->s, i, end);
    bool code = lex_in_code(x, i), capital = lex_class[w.p[0]] == B_UPPER;
    if (capital && exception_name(w))
        return code || at(x, end) == ':' ? emit(x, i, with_errno(x, end + (at(x, end) == ':'))) : 0;
    if (capital && w.n > 2 && (w.p[0] == 'E' || w.p[0] == 'S') && errno_name(w)) return emit(x, i, end);
    ptrdiff_t n = error_label(x, i, end, code);
    if (n) return n;
    n = phrase(x, i, PHRASES, COUNT_OF(PHRASES));
    if (!n && code) n = phrase(x, i, CODE_PHRASES, COUNT_OF(CODE_PHRASES));
    if (n > 0 && w.n <= n) return emit(x, i, i + n);
    return 0;
}

/* ---- numbers that are errors ------------------------------------------------------------------------------------ */

/* The word before `i`, one blank or "=" or ": " away; false when it is not `text` (ASCII case ignored). */
static bool word_before_is(const lexer *x, ptrdiff_t *i, const char *text) {
    ptrdiff_t end = lex_blanks_before(x, *i);
    range w = lex_word_before(x, end);
    if (!str_eq_nocase(range_str(x, w), str_from_cstr(text))) return false;
    *i = w.lo;
    return true;
}

static ptrdiff_t exit_status_start(const lexer *x, ptrdiff_t i) {
    static const char *const VERBS[] = {"exit", "exited", "exits", "exiting", "return", "returned", "failed"};
    ptrdiff_t p = i;
    if (!word_before_is(x, &p, "status") && !word_before_is(x, &p, "code")) return -1;
    word_before_is(x, &p, "exit");
    for (int k = 0; k < 2; k++) word_before_is(x, &p, k ? "with" : "a");
    ptrdiff_t from = p;
    for (size_t k = 0; k < COUNT_OF(VERBS); k++)
        if (word_before_is(x, &p, VERBS[k])) return p;
    return lex_literal(x, from, "exit") ? from : -1;
}

static bool http_reason(const lexer *x, ptrdiff_t end) {
    static const char *const REASONS[] = {"Bad Gateway",         "Bad Request",       "Forbidden",
                                          "Gateway Timeout",     "Gateway Time-out",  "Internal Server Error",
                                          "Not Found",           "Payload Too Large", "Service Temporarily Unavailable",
                                          "Service Unavailable", "Too Many Requests", "Unauthorized",
                                          "Method Not Allowed",  "Request Timeout"};
    ptrdiff_t gap = lex_blank(x, end);
    for (size_t k = 0; gap && k < COUNT_OF(REASONS); k++)
        if (exact(x, end + gap, REASONS[k])) return true;
    return false;
}

/* Where "HTTP", "HTTP/1.1", "HTTP status", "status code", "a 503" begins; -1 when the number is no HTTP status. */
static ptrdiff_t http_start(lexer *x, ptrdiff_t i, ptrdiff_t end) {
    ptrdiff_t p = i;
    bool status = word_before_is(x, &p, "status") || word_before_is(x, &p, "code");
    const token *last = lex_last(x);
    if (last && last->kind == TOKEN_VERSION && lex_offset(x, last->text.hi) == lex_blanks_before(x, i) &&
        lex_blanks_before(x, i) < i && str_starts(str_slice(x->s, lex_offset(x, last->text.lo), i), STR("HTTP/"))) {
        return i; /* "HTTP/1.1 404": the protocol is a token of its own */
    }
    if (word_before_is(x, &p, "status")) status = true;
    if (word_before_is(x, &p, "HTTP") || word_before_is(x, &p, "HTTPS")) return p;
    return status || http_reason(x, end) ? p : -1;
}

ptrdiff_t lex_error_number(lexer *x, ptrdiff_t i, ptrdiff_t end) {
    if (end - i > 3 || !lex_boundary(x, end) || (at(x, end) == '.' && byte_is_digit(at(x, end + 1)))) return 0;
    int value = 0;
    for (ptrdiff_t k = i; k < end; k++) value = value * 10 + (x->s.p[k] - '0');
    if (value == 0) return 0;
    ptrdiff_t lo = exit_status_start(x, i);
    if (lo >= 0) return emit(x, lo, end);
    if (end - i == 3 && value >= 400 && value < 600) {
        lo = http_start(x, i, end);
        if (lo >= 0) return emit(x, lo, end);
    }
    ptrdiff_t p = i;
    if (word_before_is(x, &p, "signal") && value <= 31 && value != 15 && value != 1 && value != 2)
        return emit(x, p, end);
    return 0;
}

ptrdiff_t lex_error_place(lexer *x, ptrdiff_t i) {
    ptrdiff_t p = i;
    int numbers = 0;
    while (numbers < 2 && at(x, p) == ':' && byte_is_digit(at(x, p + 1))) {
        p++;
        while (p < i + 24 && byte_is_digit(at(x, p))) p++;
        numbers++;
    }
    if (numbers == 0) return 0;
    ptrdiff_t q = p + (at(x, p) == ':') + (at(x, p + 1) == ' ');
    static const char *const KINDS[] = {"fatal error", "error", "undefined reference"};
    for (size_t k = 0; k < COUNT_OF(KINDS); k++) {
        ptrdiff_t n = at(x, p) == ':' ? exact(x, q, KINDS[k]) : 0;
        if (n) return emit(x, i + 1, q + n);
    }
    return p;
}
