/* loose_times.c - days, times of day, rhythms and models that nothing vouches for.
 *
 *     "the third crash, on 2026-03-02"      a day that the manifest never names
 *     "load spikes at 07:05 each morning"   a time of day that it never names
 *     "the import runs once an hour"        a rhythm, where no claim reads it
 *     "costs half of their throughput"      a share in words
 *     "the job feeds an LTO-8 drive"        a model's or a format's name, as good as a number
 *
 * In: a token or words of prose. Out: whether they are loose, like a number in no claim (loose.c). Years, quarters and
 * the days of the manifest are innocent; so are names that the whole trade uses and that say nothing of a machine.
 */
#include "facts/credit/loose.h"

#include "facts/reading/calendar.h"
#include "manifest/date.h"
#include "manifest/said.h"

#include <string.h>

/* "14:05", "14:05:09Z", "3 pm", "3:30 p.m.": the minute of the day. False where it is no time. */
static bool minute_of_day(str text, uint32_t *minute) {
    uint64_t hour = 0, past = 0;
    ptrdiff_t n = 0, end;
    while (n < text.n && byte_is_digit(text.p[n])) n++;
    end = n;
    if (n < 1 || n > 2 || !str_to_u64(str_slice(text, 0, n), &hour)) return false;
    if (end < text.n && text.p[end] == ':') {
        if (!str_to_u64(str_slice(text, n + 1, n + 3), &past)) return false;
        end = n + 3;
    }
    str half = str_trim(str_slice(text, end, text.n));
    bool half_day = half.n > 1 && (half.p[1] == 'm' || half.p[1] == '.');
    bool before = half_day && half.p[0] == 'a', after = half_day && half.p[0] == 'p';
    if (end == n && !before && !after) return false;
    if ((before || after) && hour < 13) hour = hour % 12 + (after ? 12 : 0);
    *minute = (uint32_t)(hour * 60 + past);
    return hour < 25 && past < 60;
}

static bool is_declared_time(const manifest_said *said, str text) {
    uint32_t minute;
    return minute_of_day(text, &minute) && said_time(said, minute);
}

/* A day that the manifest names, or the article's own; with a time behind it ("2026-03-02T14:05Z") that one, too. */
static bool is_declared_day(const judge *j, const manifest_said *said, const calendar *w, str rest) {
    if (rest.n && !is_declared_time(said, str_slice(rest, 1, rest.n))) return false;
    if (!w->year) return w->day && said_day_of_year(said, w->month, w->day);
    day_number first = date_make(w->year, w->month, w->day ? w->day : 1), last = w->day ? first : first + 30;
    return (j->day >= first && j->day <= last) || said_day(said, first, last);
}

/* A day or month that is not declared, or that no calendar has ("30 February 2026"). A year alone and a month of any
 * year ("in March") are innocent. */
static bool is_loose_day(const judge *j, const manifest_said *said, str text) {
    calendar w;
    str rest;
    if (!calendar_read(text, &w, &rest)) return true;
    if (!w.month || (!w.year && !w.day)) return false;
    return !is_declared_day(j, said, &w, rest);
}

/* "on the 25th", "until the 25th of each month"; small ones are counted on fingers. */
static bool is_loose_day_of_month(const passage *p, const manifest_said *said, const token *t, str text) {
    str before = str_trim(surface_slice(p->on, p->text.lo, t->text.lo));
    str behind = str_trim(surface_slice(p->on, t->text.hi, p->text.hi));
    bool framed = str_ends(before, STR(" on the")) || str_ends(before, STR(" until the")) ||
                  str_ends(before, STR(" by the")) || str_ends(before, STR(" before the")) ||
                  str_ends(before, STR(" after the")) || str_ends(before, STR(" since the"));
    bool ends = !behind.n || !byte_is_alnum(behind.p[0]) || str_starts(behind, STR("of ")) ||
                str_starts(behind, STR("and ")) || str_starts(behind, STR("because "));
    return framed && ends && text.n == 4 && byte_is_digit(text.p[0]) && byte_is_digit(text.p[1]) &&
           !said_word(said, text);
}

/* "NVFP4", "LTO-8", "SN850X", "98G"; not "p95", "utf-8", "x86_64", "h264". */
static bool is_loose_name(const manifest_said *said, str text) {
    static const char trade[] = "IPv4 IPv6 UTF-8 UTF8 UTF-16 SHA-256 SHA256 SHA-1 SHA1 SHA-512 MD5 S3 H.264 H264 H.265 "
                                "H265 AV1 MP3 MP4 HTTP2 HTTP3 OAuth2 OIDC2 TLS1.2 TLS1.3 Ed25519 Base64 ISO-8601 "
                                "RFC3339 X11 A4 A5 L2 L3 B2B B2C K8s I18n P50 P95 P99 Q1 Q2 Q3 Q4 W3C E2E";
    uint32_t capitals = 0, digits = 0;
    for (ptrdiff_t i = 0; i < text.n; i++) {
        uint8_t c = text.p[i];
        capitals += c >= 'A' && c <= 'Z';
        digits += byte_is_digit(c);
        if (c == ' ' || c == '/' || c == '@' || c == '=') return false;
    }
    return capitals && digits && text.n > 2 && !str_is_among(text, trade) && !said_word(said, text);
}

/* "6G", "1.5M", "24gb" in a file of settings. */
static bool is_size(str text) {
    ptrdiff_t n = 0;
    while (n < text.n && (byte_is_digit(text.p[n]) || text.p[n] == '.')) n++;
    return n > 0 && str_is_among(str_slice(text, n, text.n), "k m g t kb mb gb tb ki mi gi ti kib mib gib tib");
}

/* Is what stands there said of us, and said to be so? */
static bool is_stated(judge *j, passage *p, uint32_t lo, uint32_t hi) {
    stance_view s = stance_at(j, p, lo, hi);
    return !s.others && (s.stance == STANCE_ASSERTED || s.stance == STANCE_NEGATED || s.stance == STANCE_HISTORICAL);
}

bool loose_is_declared(const judge *j, const surface *on, const token *t) {
    const manifest_said *said = fact_index_said(j->index);
    str text = surface_slice(on, t->text.lo, t->text.hi);
    if (t->kind == TOKEN_TIME) return is_declared_time(said, text);
    calendar w;
    str rest;
    return calendar_read(text, &w, &rest) && w.month && is_declared_day(j, said, &w, rest);
}

bool loose_is_time_or_name(judge *j, passage *p, const token *t) {
    const manifest_said *said = fact_index_said(j->index);
    str text = surface_slice(p->on, t->text.lo, t->text.hi);
    bool loose = false;
    if (p->kind == PASSAGE_CODE) return t->kind == TOKEN_IDENT && !(p->flags & PASSAGE_TERMINAL) && is_size(text);
    if (p->kind != PASSAGE_SENTENCE) return false;
    if (t->kind == TOKEN_DATE) loose = is_loose_day(j, said, text);
    if (t->kind == TOKEN_TIME) loose = !is_declared_time(said, text);
    if (t->kind == TOKEN_IDENT) loose = is_loose_name(said, text);
    if (t->kind == TOKEN_ORDINAL) loose = is_loose_day_of_month(p, said, t, text);
    return loose && is_stated(j, p, t->text.lo, t->text.hi);
}

static const char days[] = "monday tuesday wednesday thursday friday saturday sunday";

/* "half of their throughput", "a fifth of", "half as often", "three to one": a measured share in words. Few words can
 * begin or go on so: the first letters are asked before the words. */
static uint32_t share_end(const passage *p, uint32_t i) {
    if (i + 1 >= p->word_count) return 0;
    const uint8_t *text = p->on->text.p;
    const pword *w = &p->words[i], *next = w + 1;
    uint32_t n = w->hi - w->lo, m = next->hi - next->lo;
    uint8_t c = text[w->lo] | 0x20, d = text[next->lo] | 0x20;
    if (m == 2 && d == 'a' && (c == 'h' || c == 't'))
        return word_in(p, i, "half twice") && word_is(p, i + 1, "as") ? i + 2 : 0;
    if (m == 2 && d == 'o' && c == 'h')
        return word_is(p, i, "half") && word_is(p, i + 1, "of") && word_in(p, i + 2, "its their our my") ? i + 2 : 0;
    if (m == 2 && d == 't' && n > 2 && n < 6)
        return word_is(p, i + 1, "to") && word_is(p, i + 2, "one") && word_in(p, i, "two three four five six ten")
                   ? i + 3
                   : 0;
    if (n < 6 && m > 4 && m < 8 && memchr("tqfse", d, 5) && word_in(p, i + 1, "third quarter fifth sixth eighth tenth"))
        return word_in(p, i, "a one two three") && word_in(p, i + 2, "of in faster slower less more") ? i + 2 : 0;
    return 0;
}

/* "Wednesday job", "on Mondays", "every third article". */
static uint32_t habit_end(const passage *p, uint32_t i) {
    if (word_in(p, i, days))
        return word_in(p, i + 1, "job task chore habit run round thing affair ritual business duty window") ? i + 2 : 0;
    if (word_in(p, i, "mondays tuesdays wednesdays thursdays fridays saturdays sundays"))
        return i && word_is(p, i - 1, "on") ? i + 1 : 0;
    return word_in(p, i, "every each") && word_in(p, i + 1, "third fourth fifth sixth seventh eighth ninth tenth")
               ? i + 2
               : 0;
}

uint32_t loose_rhythm(judge *j, passage *p, uint32_t i) {
    static const char spans[] = "second minute hour day night week fortnight month quarter year";
    uint32_t end = 0;
    if (p->marks & MARK_SHARE) {
        end = share_end(p, i);
        if (!end) end = loose_ratio_end(p, i);
    }
    if (end) return is_stated(j, p, p->words[i].lo, p->words[end - 1].hi) ? end : 0;
    if (!(p->words[i].cues & CUE_CADENCE)) return 0;
    end = habit_end(p, i);
    if (word_in(p, i, "every each") && word_in(p, i + 1, days)) end = i + 2;
    if (word_in(p, i, "every each") && word_in(p, i + 1, "second third fourth other") &&
        (word_in(p, i + 2, days) || word_in(p, i + 2, spans)))
        end = i + 3;
    if (word_in(p, i, "once twice thrice") && word_in(p, i + 1, "a an each every per") && word_in(p, i + 2, spans))
        end = i + 3;
    return end && is_stated(j, p, p->words[i].lo, p->words[end - 1].hi) ? end : 0;
}
