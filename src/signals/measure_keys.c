/* measure_keys.c - when two tokens are the same thing, said twice.
 *
 * In: a token. Out: the key under which it counts once, however it is spelled.
 *
 *     121 GB · 121.0 GB · 121 gigabytes        value and unit
 *     30 s · 30 seconds · thirty seconds
 *     /etc/hosts · /etc//hosts · /etc/./hosts/  the path without what changes nothing
 *     OSError: [Errno 28] No space left …       an error in code: its whole line, or its inline code
 *
 * Not here: values that are equal in other units (0.5 min and 30 s are told apart).
 */
#include "signals/measure.h"

/* ---- quantities -------------------------------------------------------------------------------------------------- */

static decimal without_zeros(decimal d) {
    while (d.digits != 0 && d.digits % 10 == 0) d.digits /= 10, d.scale--;
    if (d.digits == 0) d.scale = 0;
    return d;
}

str measure_quantity_key(const measuring *m, const token *k) {
    static const uint16_t shapes = TOKEN_INTERVAL | TOKEN_CHANGE | TOKEN_PLUS_MINUS;
    if (!k->value.valid || k->value.overflow || k->high.overflow) return article_text(m->art, k->text);
    decimal low = without_zeros(k->value), high = without_zeros(k->high);
    const unit_info *unit = unit_get(k->unit);
    bool counts = unit->dimension == DIM_NONE || unit->dimension == DIM_COUNT || unit->dimension == DIM_CUSTOM ||
                  unit->dimension == DIM_EVENT_RATE || unit->dimension == DIM_REQUEST_RATE;
    char stem[64];
    str noun = counts ? unit_noun_stem(article_text(m->art, k->unit_text), stem) : str_from_cstr("");
    return arena_printf(m->a, "%lld.%d %lld.%d %u %s %.*s", (long long)low.digits, low.scale, (long long)high.digits,
                        high.scale, (unsigned)(k->flags & shapes), unit->name, STR_ARG(noun));
}

/* ---- paths ------------------------------------------------------------------------------------------------------- */

str measure_path_key(const measuring *m, const token *k) {
    str path = article_text(m->art, k->text), part;
    uint8_t *out = ARENA_ARRAY(m->a, uint8_t, (size_t)path.n + 1);
    if (!out) return (str){NULL, 0};
    size_t n = 0;
    bool first = true;
    while (str_cut(&path, '/', &part)) {
        bool nothing = part.n == 0 || (!first && part.n == 1 && part.p[0] == '.');
        if (first || !nothing) {
            if (!first && (n == 0 || out[n - 1] != '/')) out[n++] = '/';
            memcpy(out + n, part.p, (size_t)part.n);
            n += (size_t)part.n;
        }
        first = false;
    }
    return str_make(out, n);
}

/* ---- errors ------------------------------------------------------------------------------------------------------ */

/* From the line end before `at` to the one behind it, inside its block. */
static str line_around(const article *art, const block *b, uint32_t at) {
    uint32_t lo = at, hi = at;
    enum { REACH = 400 }; /* a longer line is one line as far as this goes */
    while (lo > b->text.lo && at - lo < REACH && art->text.p[lo - 1] != '\n') lo--;
    while (hi < b->text.hi && hi - at < REACH && art->text.p[hi] != '\n') hi++;
    return str_trim(article_text(art, (text_range){lo, hi}));
}

str measure_error_key(const measuring *m, const token *k) {
    const article *art = m->art;
    if (k->sentence == BLOCK_NONE) return line_around(art, &art->blocks[k->block], k->text.lo);
    uint32_t piece = k->flags & TOKEN_IN_CODE ? article_run_at(art, k->text.lo) : BLOCK_NONE;
    if (piece == BLOCK_NONE || art->runs[piece].kind != RUN_CODE) return str_trim(article_text(art, k->text));
    return str_trim(article_text(art, (text_range){art->runs[piece].text_lo, art->runs[piece].text_hi}));
}

/* Source that speaks of an error prints none: a comment, a text that is handed to a function or to echo, `except X:`.
 */
bool measure_error_is_source(const measuring *m, const token *k) {
    static const char *const comments[] = {"//", "/*", "# ", "-- ", ";"};
    static const char *const callers[] = {"echo", "echo -e", "printf", "except", "raise", "throw", "catch", "print"};
    if (k->sentence != BLOCK_NONE) return false;
    str line = line_around(m->art, &m->art->blocks[k->block], k->text.lo);
    str before = str_trim(str_slice(line, 0, m->art->text.p + k->text.lo - line.p));
    for (size_t i = 0; i < COUNT_OF(comments); i++)
        if (str_starts(line, str_from_cstr(comments[i]))) return true;
    if (str_find(before, STR(" //"), 0) >= 0 || str_find(before, STR(" # "), 0) >= 0) return true;
    bool quoted = before.n && (before.p[before.n - 1] == '"' || before.p[before.n - 1] == '\'');
    if (quoted) before.n--;
    while (before.n && (before.p[before.n - 1] == 'f' || before.p[before.n - 1] == 'r') && quoted && before.n > 1 &&
           before.p[before.n - 2] == '(')
        before.n--; /* f"…", r"…" */
    if (quoted && before.n && before.p[before.n - 1] == '(') return true;
    before = str_trim(before);
    for (size_t i = 0; i < COUNT_OF(callers); i++)
        if (str_ends(before, str_from_cstr(callers[i]))) return true;
    return false;
}
