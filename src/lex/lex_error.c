/* lex_error.c - error output that an article quotes.
 *
 * In: a word, a number, or the end of a path. Out: one TOKEN_ERROR over what makes it an error: "ValueError:",
 * "error[E0382]", "exit status 1", "HTTP 503", ":12:5: error", "Segmentation fault". The rest of the line is lexed as
 * usual, so that the numbers in a message are read too. Deliberately no error: the word "error" in prose, exit status
 * 0, HTTP below 400. Texts of errno values: POSIX strerror messages as the GNU C library prints them.
 */
#include "lex/lex_internal.h"

/* Beginnings in their own spelling; each one is an error wherever it stands. */
static const str PHRASES[] = {LIT("Address already in use"),
                              LIT("Bad address"),
                              LIT("Bad file descriptor"),
                              LIT("Broken pipe"),
                              LIT("CUDA error"),
                              LIT("CUDA out of memory"),
                              LIT("Cannot allocate memory"),
                              LIT("Cannot assign requested address"),
                              LIT("Connection refused"),
                              LIT("Connection reset by peer"),
                              LIT("Connection timed out"),
                              LIT("CrashLoopBackOff"),
                              LIT("Device or resource busy"),
                              LIT("Directory not empty"),
                              LIT("Disk quota exceeded"),
                              LIT("ErrImagePull"),
                              LIT("Exception in thread"),
                              LIT("Exec format error"),
                              LIT("File exists"),
                              LIT("Host is down"),
                              LIT("ImagePullBackOff"),
                              LIT("Input/output error"),
                              LIT("Invalid argument"),
                              LIT("Is a directory"),
                              LIT("Killed process"),
                              LIT("Name or service not known"),
                              LIT("Network is unreachable"),
                              LIT("No route to host"),
                              LIT("No space left on device"),
                              LIT("No such device"),
                              LIT("No such file or directory"),
                              LIT("No such process"),
                              LIT("Not a directory"),
                              LIT("OOMKilled"),
                              LIT("Operation not permitted"),
                              LIT("Operation not supported"),
                              LIT("Operation timed out"),
                              LIT("Out of memory"),
                              LIT("Permission denied"),
                              LIT("Read-only file system"),
                              LIT("Resource temporarily unavailable"),
                              LIT("Segmentation fault"),
                              LIT("Temporary failure in name resolution"),
                              LIT("Text file busy"),
                              LIT("Too many levels of symbolic links"),
                              LIT("Too many open files"),
                              LIT("Traceback (most recent call last)"),
                              LIT("Transport endpoint is not connected"),
                              LIT("Value too large")};
/* PHRASES_FIRST[k]: the first phrase that begins with capital k; they are in byte order. */
static const uint8_t PHRASES_FIRST[27] = {0,  1,  4,  12, 15, 18, 19, 19, 20, 24, 24, 25, 25, 25,
                                          33, 38, 39, 39, 41, 42, 48, 48, 49, 49, 49, 49, 49};
static const str LOWER_PHRASES[] = {LIT("out of memory"), LIT("segfault"), LIT("segfaulted"), LIT("segfaults"),
                                    LIT("segmentation fault")};
/* The same, in code only. */
static const str CODE_PHRASES[] = {LIT("address already in use"),
                                   LIT("broken pipe"),
                                   LIT("cannot open shared object file"),
                                   LIT("command not found"),
                                   LIT("connection refused"),
                                   LIT("connection reset by peer"),
                                   LIT("connection timed out"),
                                   LIT("core dumped"),
                                   LIT("kernel panic"),
                                   LIT("Killed"),
                                   LIT("no space left on device"),
                                   LIT("no such file or directory"),
                                   LIT("not found"),
                                   LIT("npm ERR!"),
                                   LIT("panicked at"),
                                   LIT("permission denied"),
                                   LIT("undefined reference to"),
                                   LIT("Aborted"),
                                   LIT("unbound variable")};

static const str ERRNO[] = {
    LIT("EACCES"),       LIT("EADDRINUSE"), LIT("EADDRNOTAVAIL"), LIT("EAGAIN"),       LIT("EALREADY"),
    LIT("EBADF"),        LIT("EBUSY"),      LIT("ECANCELED"),     LIT("ECHILD"),       LIT("ECONNABORTED"),
    LIT("ECONNREFUSED"), LIT("ECONNRESET"), LIT("EDEADLK"),       LIT("EDQUOT"),       LIT("EEXIST"),
    LIT("EFAULT"),       LIT("EFBIG"),      LIT("EHOSTDOWN"),     LIT("EHOSTUNREACH"), LIT("EINPROGRESS"),
    LIT("EINTR"),        LIT("EINVAL"),     LIT("EIO"),           LIT("EISCONN"),      LIT("EISDIR"),
    LIT("ELIFECYCLE"),   LIT("ELOOP"),      LIT("EMFILE"),        LIT("EMLINK"),       LIT("EMSGSIZE"),
    LIT("ENAMETOOLONG"), LIT("ENETDOWN"),   LIT("ENETUNREACH"),   LIT("ENFILE"),       LIT("ENOBUFS"),
    LIT("ENODEV"),       LIT("ENOENT"),     LIT("ENOEXEC"),       LIT("ENOLCK"),       LIT("ENOMEM"),
    LIT("ENOSPC"),       LIT("ENOSYS"),     LIT("ENOTCONN"),      LIT("ENOTDIR"),      LIT("ENOTEMPTY"),
    LIT("ENOTFOUND"),    LIT("ENOTSUP"),    LIT("ENXIO"),         LIT("EOPNOTSUPP"),   LIT("EPERM"),
    LIT("EPIPE"),        LIT("ERANGE"),     LIT("ERESOLVE"),      LIT("EROFS"),        LIT("ESPIPE"),
    LIT("ESRCH"),        LIT("ESTALE"),     LIT("ETIMEDOUT"),     LIT("ETXTBSY"),      LIT("EXDEV"),
    LIT("SIGABRT"),      LIT("SIGBUS"),     LIT("SIGFPE"),        LIT("SIGILL"),       LIT("SIGKILL"),
    LIT("SIGSEGV")};

static ptrdiff_t exact(const lexer *x, ptrdiff_t i, str text) {
    if (text.n > x->s.n - i || memcmp(x->s.p + i, text.p, (size_t)text.n) != 0) return 0;
    return byte_is_alnum(text.p[text.n - 1]) && !lex_boundary(x, i + text.n) ? 0 : text.n;
}

/* Longest of the phrases that stand at i. */
static ptrdiff_t phrase(const lexer *x, ptrdiff_t i, const str *list, size_t count) {
    ptrdiff_t best = 0;
    for (size_t k = 0; k < count; k++) {
        if (list[k].p[0] != x->s.p[i] || list[k].p[1] != at(x, i + 1)) continue;
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
        if (str_eq(w, ERRNO[k])) return true;
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
    static const str LABELS[] = {LIT("error"), LIT("fatal"), LIT("panic"), LIT("err"), LIT("fatal error")};
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

/* ValueError, java.io.IOException: an error where a colon and its message follow; a class that is only named is none.
 */
static bool exception_name(str w) {
    return (w.n > 5 && str_ends(w, STR("Error"))) || (w.n > 9 && str_ends(w, STR("Exception")));
}

/* First letters, in lower case, of the labels and phrases: the others cost one test. */
static bool may_begin_error(uint8_t first, bool code) {
    static const uint32_t LETTERS = 1u << 4 | 1u << 5 | 1u << 14 | 1u << 15 | 1u << 18; /* e f o p s */
    static const uint32_t IN_CODE =
        1u << 0 | 1u << 1 | 1u << 2 | 1u << 10 | 1u << 13 | 1u << 15 | 1u << 20; /* a b c k n p u */
    unsigned letter = (unsigned)first - 'a';
    return letter >= 26 || ((LETTERS | (code ? IN_CODE : 0)) >> letter & 1);
}

ptrdiff_t lex_error_word(lexer *x, ptrdiff_t i, ptrdiff_t end) {
    str w = str_slice(x->s, i, end);
    bool code = lex_in_code(x, i), capital = w.p[0] < 'a';
    if (!may_begin_error(w.p[0], code)) return 0;
    if (capital && exception_name(w)) return at(x, end) == ':' ? emit(x, i, with_errno(x, end + 1)) : 0;
    if ((w.p[0] == 'E' || w.p[0] == 'S') && w.n > 2 && all_caps(w) && errno_name(w)) return emit(x, i, end);
    uint8_t lower = byte_lower(w.p[0]);
    ptrdiff_t n = lower == 'e' || lower == 'f' || lower == 'p' ? error_label(x, i, end, code) : 0;
    if (n) return n;
    if (!capital)
        n = phrase(x, i, LOWER_PHRASES, COUNT_OF(LOWER_PHRASES));
    else if (w.p[0] <= 'Z')
        n = phrase(x, i, PHRASES + PHRASES_FIRST[w.p[0] - 'A'],
                   (size_t)(PHRASES_FIRST[w.p[0] - 'A' + 1] - PHRASES_FIRST[w.p[0] - 'A']));
    if (!n && code) n = phrase(x, i, CODE_PHRASES, COUNT_OF(CODE_PHRASES));
    return n > 0 && w.n <= n ? emit(x, i, i + n) : 0;
}

/* ---- numbers that are errors ------------------------------------------------------------------------------------ */

/* The word before `i`, one blank or "=" or ": " away; false when it is not `text` (ASCII case ignored). */
static bool word_before_is(const lexer *x, ptrdiff_t *i, str text) {
    ptrdiff_t end = lex_blanks_before(x, *i);
    range w = lex_word_before(x, end);
    if (!str_eq_nocase(range_str(x, w), text)) return false;
    *i = w.lo;
    return true;
}

static ptrdiff_t exit_status_start(const lexer *x, ptrdiff_t i) {
    static const str VERBS[] = {LIT("exit"),   LIT("exited"),   LIT("exits"), LIT("exiting"),
                                LIT("return"), LIT("returned"), LIT("failed")};
    ptrdiff_t p = i;
    if (!word_before_is(x, &p, STR("status")) && !word_before_is(x, &p, STR("code"))) return -1;
    word_before_is(x, &p, STR("exit"));
    for (int k = 0; k < 2; k++) word_before_is(x, &p, k ? STR("with") : STR("a"));
    ptrdiff_t from = p;
    for (size_t k = 0; k < COUNT_OF(VERBS); k++)
        if (word_before_is(x, &p, VERBS[k])) return p;
    return lex_literal(x, from, STR("exit")) ? from : -1;
}

static bool http_reason(const lexer *x, ptrdiff_t end) {
    static const str REASONS[] = {
        LIT("Bad Gateway"),         LIT("Bad Request"),       LIT("Forbidden"),
        LIT("Gateway Timeout"),     LIT("Gateway Time-out"),  LIT("Internal Server Error"),
        LIT("Not Found"),           LIT("Payload Too Large"), LIT("Service Temporarily Unavailable"),
        LIT("Service Unavailable"), LIT("Too Many Requests"), LIT("Unauthorized"),
        LIT("Method Not Allowed"),  LIT("Request Timeout")};
    ptrdiff_t gap = lex_blank(x, end);
    for (size_t k = 0; gap && k < COUNT_OF(REASONS); k++)
        if (exact(x, end + gap, REASONS[k])) return true;
    return false;
}

/* Where "HTTP", "HTTP/1.1", "HTTP status", "status code", "a 503" begins; -1 when the number is no HTTP status. */
static ptrdiff_t http_start(lexer *x, ptrdiff_t i, ptrdiff_t end) {
    ptrdiff_t p = i;
    bool status = word_before_is(x, &p, STR("status")) || word_before_is(x, &p, STR("code"));
    const token *last = lex_last(x);
    if (last && last->kind == TOKEN_VERSION && lex_offset(x, last->text.hi) == lex_blanks_before(x, i) &&
        lex_blanks_before(x, i) < i && str_starts(str_slice(x->s, lex_offset(x, last->text.lo), i), STR("HTTP/"))) {
        return i; /* "HTTP/1.1 404": the protocol is a token of its own */
    }
    if (word_before_is(x, &p, STR("status"))) status = true;
    if (word_before_is(x, &p, STR("HTTP")) || word_before_is(x, &p, STR("HTTPS"))) return p;
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
    if (word_before_is(x, &p, STR("signal")) && value <= 31 && value != 15 && value != 1 && value != 2)
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
    static const str KINDS[] = {LIT("fatal error"), LIT("error"), LIT("undefined reference")};
    for (size_t k = 0; k < COUNT_OF(KINDS); k++) {
        ptrdiff_t n = at(x, p) == ':' ? exact(x, q, KINDS[k]) : 0;
        if (n) return emit(x, i + 1, q + n);
    }
    return p;
}
