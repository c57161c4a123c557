/* timelines.c - time stamps that run backwards.
 *
 *     | 2026-05-01 10:00 | start  |        2026-05-01 10:00:00 start          May 01 10:00:00 forge api[12]: start
 *     | 2026-05-01 10:05 | loaded |        2026-05-01 10:05:00 loaded         May 01 10:05:00 forge api[12]: loaded
 *     | 2026-05-01 10:02 | ready  |        2026-05-01 10:02:00 ready          May 01 10:02:00 forge api[12]: ready
 *
 * In: the first cells of a table of events; the lines of a code block. Out: findings physics-time. A code block is
 * judged only where it is the log of one program, as one command or none shows it: every line has a stamp of one form,
 * and the stamps run forward except at one place, by a minute or more. Newest first is an order too, listings are
 * in another one, bare clock times may pass midnight, and where the section speaks of clocks, of several nights or of
 * an excerpt it says itself why.
 */
#include "facts/physics/physics.h"

#include <math.h>

/* ---- tables ---- */

/* Time stamp at the start of a cell: minutes since an epoch, or -1. */
static double stamp_of(const judge *j, uint32_t index, bool *dated) {
    str text = str_trim(passage_text(&j->passages[index]));
    day_number day = 0;
    ptrdiff_t at = 0;
    *dated = false;
    if (text.n >= 10 && date_parse(str_slice(text, 0, 10), &day)) {
        *dated = true;
        at = 10;
        if (at < text.n && text.p[at] != ' ' && text.p[at] != 'T') return -1;
        at++;
    }
    str clock = str_slice(text, at, text.n);
    if (clock.n >= 5 && byte_is_digit(clock.p[0]) && byte_is_digit(clock.p[1]) && clock.p[2] == ':' &&
        byte_is_digit(clock.p[3]) && byte_is_digit(clock.p[4])) {
        if (clock.n > 5 && clock.p[5] != ':' && clock.p[5] != ' ') return -1;
        return day * 1440.0 + (clock.p[0] - '0') * 600 + (clock.p[1] - '0') * 60 + (clock.p[3] - '0') * 10 +
               (clock.p[4] - '0');
    }
    return -1;
}

static bool header_is_event(judge *j, const uint32_t *header, uint32_t columns) {
    for (uint32_t c = 1; c < columns; c++) {
        passage *p = &j->passages[header[c]];
        passage_prepare(j, p);
        if (physics_any(p, p->text.lo, p->text.hi, "event events happened what action message messages log entry"))
            return true;
    }
    return false;
}

void timeline_in_table(judge *j, const uint32_t *header, uint32_t columns, const uint32_t *labels, uint32_t rows) {
    double last = -1;
    uint32_t backwards = 0;
    if (rows < 3 || !header_is_event(j, header, columns)) return;
    for (uint32_t r = 0; r < rows; r++) {
        bool dated;
        double now = stamp_of(j, labels[r], &dated);
        if (now < 0 || !dated) return; /* bare clock times may pass midnight */
        backwards += now < last;
        last = now;
    }
    if (!backwards || backwards * 2 >= rows) return; /* newest first is an order too */
    last = -1;
    for (uint32_t r = 0; r < rows; r++) {
        bool dated;
        double now = stamp_of(j, labels[r], &dated);
        const passage *p = &j->passages[labels[r]];
        if (now < last)
            physics_finding(j, "physics-time", p, p->text.lo, p->text.hi,
                            STR("this time stamp is earlier than the one in the row above"));
        last = now;
    }
}

/* ---- logs ---- */

enum stamp_form { FORM_NONE, FORM_CLOCK, FORM_DATED, FORM_SYSLOG };
enum { LOG_LINES = 200, LEAST_STEP_S = 60, DAY_S = 86400 };

typedef struct log_line {
    enum stamp_form form;
    double at; /* seconds since an epoch of the form's own */
    uint32_t passage;
    uint32_t month; /* FORM_SYSLOG: 1 to 12, no year is said */
    str zone;       /* "Z", "+02:00" */
    str said;       /* what stands behind the stamp */
} log_line;

/* "10:05:00", "10:05:00.123": its length, 0 where none stands there. */
static ptrdiff_t clock_read(str text, double *seconds) {
    static const char shape[] = "dd:dd:dd";
    if (text.n < 8) return 0;
    for (ptrdiff_t i = 0; i < 8; i++)
        if (shape[i] == 'd' ? !byte_is_digit(text.p[i]) : text.p[i] != ':') return 0;
    const uint8_t *c = text.p;
    *seconds = (c[0] - '0') * 36000 + (c[1] - '0') * 3600 + (c[3] - '0') * 600 + (c[4] - '0') * 60 + (c[6] - '0') * 10 +
               (c[7] - '0');
    ptrdiff_t n = 8;
    if (n + 1 < text.n && (text.p[n] == '.' || text.p[n] == ',') && byte_is_digit(text.p[n + 1]))
        for (n++; n < text.n && byte_is_digit(text.p[n]);) n++;
    return *seconds < DAY_S ? n : 0;
}

static log_line stamp_read(str line) {
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    log_line out = {.form = FORM_CLOCK};
    const log_line none = {0};
    bool bracket = line.n && line.p[0] == '[';
    str rest = str_slice(line, bracket, line.n);
    day_number day = 0;
    double seconds;
    if (rest.n > 11 && rest.p[4] == rest.p[7] && (rest.p[4] == '-' || rest.p[4] == '/')) {
        uint8_t iso[10];
        for (int i = 0; i < 10; i++) iso[i] = rest.p[i] == '/' ? '-' : rest.p[i];
        if (!date_parse(str_make(iso, 10), &day) || (rest.p[10] != ' ' && rest.p[10] != 'T')) return none;
        out.form = FORM_DATED;
        rest = str_slice(rest, 11, rest.n);
    } else if (rest.n > 7 && byte_is_alpha(rest.p[0])) {
        ptrdiff_t month = str_find(str_from_cstr(months), str_slice(rest, 0, 3), 0);
        if (month < 0 || month % 3 || rest.p[3] != ' ' || rest.p[6] != ' ' || !byte_is_digit(rest.p[5])) return none;
        out.form = FORM_SYSLOG;
        out.month = (uint32_t)month / 3 + 1;
        day = (day_number)(month / 3 * 31 + (rest.p[4] == ' ' ? 0 : (rest.p[4] - '0') * 10) + (rest.p[5] - '0'));
        rest = str_slice(rest, 7, rest.n);
    }
    ptrdiff_t n = clock_read(rest, &seconds), end = n;
    if (!n) return none;
    while (end < rest.n && rest.p[end] != ' ' && rest.p[end] != ']') end++;
    out.zone = str_slice(rest, n, end);
    if (out.zone.n && !str_eq(out.zone, STR("Z")) && out.zone.p[0] != '+' && out.zone.p[0] != '-') return none;
    out.at = (double)day * DAY_S + seconds;
    out.said = str_trim(str_slice(rest, end + bracket, rest.n));
    return out;
}

/* The program of "forge api[12]: start"; empty where the line is in another manner. */
static str program_of(str said) {
    ptrdiff_t host = str_find_byte(said, ' ', 0);
    if (host < 0) return (str){0};
    ptrdiff_t end = str_find_byte(said, ' ', host + 1);
    str second = str_slice(said, host + 1, end < 0 ? said.n : end);
    if (second.n < 2 || second.p[second.n - 1] != ':') return (str){0};
    ptrdiff_t id = str_find_byte(second, '[', 0);
    return str_slice(second, 0, id < 0 ? second.n - 1 : id);
}

/* Do two lines say the same but for their numbers: "pass 3 done", "pass 4 done"? Then the log may have begun anew. */
static bool says_the_same(str a, str b) {
    ptrdiff_t i = 0, k = 0;
    for (;;) {
        while (i < a.n && byte_is_digit(a.p[i])) i++;
        while (k < b.n && byte_is_digit(b.p[k])) k++;
        if (i == a.n || k == b.n) return i == a.n && k == b.n;
        if (a.p[i++] != b.p[k++]) return false;
    }
}

static bool holds_any(str text, const char *const *parts, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (str_find(text, str_from_cstr(parts[i]), 0) >= 0) return true;
    return false;
}

/* Does the command show one log in its own order: "journalctl -u api", "tail -n 3 api.log"? */
static bool shows_one_log(str command) {
    static const char *const logs[] = {"log", "journal"};
    static const char *const mixed[] = {";",    "&&",       "*",     "sort",    "tac ",  " -r",   "--reverse",
                                        "for ", "{",        "zgrep", "merge",   "git ",  "svn ",  "hg ",
                                        " -l ", "selector", "--all", "compose", "stern", "select"};
    if (!holds_any(command, logs, COUNT_OF(logs)) || holds_any(command, mixed, COUNT_OF(mixed))) return false;
    ptrdiff_t unit = str_find(command, STR(" -u"), 0), file = str_find(command, STR(".log"), 0);
    return (unit < 0 || str_find(command, STR(" -u"), unit + 1) < 0) &&
           (file < 0 || str_find(command, STR(".log"), file + 1) < 0);
}

/* Do the words around say that these lines are a log, and nothing that would put its stamps out of order? */
static bool told_as_log(judge *j, uint32_t first, const log_line *lines, uint32_t n, bool shown) {
    static const char CLOCKS[] =
        "clock clocks NTP chrony skew drift backwards backward timezone zone DST daylight order merged interleaved "
        "timestamps stamps";
    static const char PIECES[] =
        "two three both several each every days nights runs sessions newest latest reverse sorted files services hosts "
        "machines nodes excerpt excerpts pieces requests queries slowest longest worst first largest biggest important "
        "by "
        "impossible reordered wrong bad broken strange odd example invented fake forged";
    static const char *const levels[] = {"INFO", "WARN", "ERROR", "DEBUG"};
    const passage *code = &j->passages[first];
    str info = str_trim(str_span(j->art->source, j->art->blocks[code->block].info));
    bool log = shown || str_is_among(info, "log logs");
    uint32_t levelled = 0;
    for (uint32_t i = 0; i < n; i++) levelled += holds_any(str_slice(lines[i].said, 0, 40), levels, COUNT_OF(levels));
    log = log || levelled * 2 >= n;
    uint32_t begin, end;
    physics_around(j, code, &begin, &end);
    for (uint32_t i = begin; i < end + 2; i++) { /* what is around, and what stands above it, however far */
        uint32_t at = i < end ? i : i == end ? code->heading : code->lead;
        if (at == PASSAGE_NONE) continue;
        passage *p = &j->passages[at];
        bool near = at == code->heading || at == code->lead;
        if (p->on != code->on || p->kind == PASSAGE_CODE || (!near && p->heading != code->heading)) continue;
        passage_prepare(j, p);
        if (physics_any(p, p->text.lo, p->text.hi, CLOCKS)) return false;
        if (near && physics_any(p, p->text.lo, p->text.hi, PIECES)) return false;
        log = log || (near && physics_any(p, p->text.lo, p->text.hi, "log logs journal logged"));
    }
    return log;
}

/* The one place where the stamps go back; 0 where there is none, or another reading. */
static uint32_t step_back(const log_line *lines, uint32_t n) {
    uint32_t at = 0, forward = 0;
    for (uint32_t i = 1; i < n; i++) {
        /* cppcheck-suppress uninitvar ; n of them are set */
        if (lines[i].form != lines[0].form || !str_eq(lines[i].zone, lines[0].zone) ||
            !str_eq(program_of(lines[i].said), program_of(lines[0].said)) || lines[i].month < lines[i - 1].month)
            return 0;
        forward += lines[i].at > lines[i - 1].at;
        if (lines[i].at >= lines[i - 1].at) continue;
        if (at) return 0;
        at = i;
    }
    if (!at || !forward || (at == 1 && forward < 2) || lines[at - 1].at - lines[at].at < LEAST_STEP_S) return 0;
    double step = lines[at - 1].at - lines[at].at, hour = fmod(lines[at].at, DAY_S) / 3600;
    if (lines[0].form == FORM_CLOCK && lines[at].at < lines[0].at) return 0; /* midnight has passed */
    if (!lines[0].zone.n && step <= 3600 && hour >= 1 && hour < 3) return 0; /* the end of summer time */
    static const char *const requests[] = {"GET ", "POST ", "PUT ", "HTTP/"};
    for (uint32_t i = 0; i < n; i++) /* written when they end, stamped when they began */
        if (holds_any(lines[i].said, requests, COUNT_OF(requests))) return 0;
    for (uint32_t i = at; i < n; i++)
        for (uint32_t k = 0; k < at; k++)
            if (says_the_same(lines[i].said, lines[k].said)) return 0;
    return at;
}

uint32_t timeline_in_code(judge *j, uint32_t first) {
    uint32_t end = first, n = 0, of = j->passages[first].block;
    while (end < j->passage_count && j->passages[end].kind == PASSAGE_CODE && j->passages[end].block == of) end++;
    if (end - first < 3 || end - first > LOG_LINES || j->passages[first].flags & PASSAGE_IN_QUOTE) return end;
    log_line lines[LOG_LINES];
    bool shown = false, gap = false;
    for (uint32_t i = first; i < end; i++) {
        const passage *p = &j->passages[i];
        str text = passage_text(p);
        if (p->flags & PASSAGE_PROMPT) { /* one command, before what it shows */
            if (i != first || !shows_one_log(text)) return end;
            shown = true;
            continue;
        }
        if (!str_trim(text).n) {
            gap = n > 0;
            continue;
        }
        if (n && byte_is_space(text.p[0])) continue; /* a line of the message above */
        lines[n] = stamp_read(text);
        if (!lines[n].form || gap) return end;
        lines[n++].passage = i;
    }
    uint32_t at = n < 3 ? 0 : step_back(lines, n);
    if (!at || !told_as_log(j, first, lines, n, shown)) return end;
    const passage *p = &j->passages[lines[at].passage];
    physics_finding(j, "physics-time", p, p->text.lo, p->text.hi,
                    STR("this time stamp is earlier than the one in the line above"));
    return end;
}
