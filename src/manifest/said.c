/* said.c - see said.h.
 *
 *     every text of the manifest ──► ISO days and months, hours and minutes, words that hold a digit ──► three sorted
 * lists
 *
 * Built once with the manifest; a question is a binary search. Dates in words ("3 May") are not looked for in the
 * manifest, which writes ISO. A month without its day counts as its first day.
 */
#include "manifest/said.h"

#include <stdlib.h>

typedef VEC(uint64_t) numbers;

struct manifest_said {
    numbers days, times, words;
};

typedef struct reader {
    arena *a;
    manifest_said *said;
    bool failed;
} reader;

static void add(reader *r, numbers *to, uint64_t value) {
    if (!VEC_PUSH(r->a, to, value)) r->failed = true;
}

static void add_day(reader *r, day_number day) {
    if (day) add(r, &r->said->days, day);
}

static bool is_number(str text, ptrdiff_t lo, ptrdiff_t hi, uint64_t *value) {
    return lo >= 0 && hi <= text.n && str_to_u64(str_slice(text, lo, hi), value);
}

/* "2026-03-04", "2026-03" at `i`. */
static void read_day(reader *r, str text, ptrdiff_t i) {
    uint64_t year, month, day = 1;
    if (i + 7 > text.n || text.p[i + 4] != '-' || (i && byte_is_digit(text.p[i - 1]))) return;
    if (!is_number(text, i, i + 4, &year) || !is_number(text, i + 5, i + 7, &month)) return;
    if (i + 10 <= text.n && text.p[i + 7] == '-' && !is_number(text, i + 8, i + 10, &day)) day = 1;
    if (year >= 1900) add_day(r, date_make((unsigned)year, (unsigned)month, (unsigned)day));
}

/* "02:30", "8:12" at the colon. */
static void read_time(reader *r, str text, ptrdiff_t colon) {
    uint64_t hour, minute;
    ptrdiff_t lo = colon > 1 && byte_is_digit(text.p[colon - 2]) ? colon - 2 : colon - 1;
    if (is_number(text, lo, colon, &hour) && is_number(text, colon + 1, colon + 3, &minute) && hour < 24)
        add(r, &r->said->times, hour * 60 + minute);
}

static bool is_word_byte(uint8_t c) { return byte_is_alnum(c) || c == '-' || c == '_' || c == '.' || c == '+'; }

static void read_text(reader *r, str text) {
    for (ptrdiff_t i = 0; i < text.n;) {
        ptrdiff_t end = i;
        bool digit = false;
        for (; end < text.n && is_word_byte(text.p[end]); end++) digit = digit || byte_is_digit(text.p[end]);
        if (digit) {
            str word = str_slice(text, i, end), part;
            while (word.n && word.p[word.n - 1] == '.') word.n--;
            add(r, &r->said->words, str_hash_nocase(word));
            while (str_cut(&word, '-', &part)) /* "GPT-oss-120b" is also called by its parts */
                if (part.n) add(r, &r->said->words, str_hash_nocase(part));
            read_day(r, text, i);
        }
        if (end < text.n && text.p[end] == ':' && digit) read_time(r, text, end);
        i = end > i ? end : i + 1;
    }
}

static void read_texts(reader *r, const manifest_texts *texts) {
    for (uint32_t i = 0; i < texts->n; i++) read_text(r, texts->at[i].text);
}

static void read_items(reader *r, const manifest_item *items, uint32_t n) {
    for (uint32_t i = 0; i < n; i++) {
        read_text(r, items[i].name);
        read_texts(r, &items[i].aliases);
    }
}

static void read_entity(reader *r, const manifest *m, const manifest_entity *e) {
    read_text(r, e->id);
    read_texts(r, &e->aliases);
    read_text(r, e->version.text);
    read_text(r, e->process.cadence);
    read_items(r, e->process.steps, e->process.step_count);
    read_items(r, e->exposes.items, e->exposes.n);
    read_items(r, e->runs.items, e->runs.n);
    for (uint32_t i = 0; i < e->version.history_count; i++) {
        read_text(r, e->version.history[i].version);
        add_day(r, e->version.history[i].from);
        add_day(r, e->version.history[i].to);
    }
    for (uint32_t i = 0; i < e->attr_count; i++) {
        const manifest_attr *attr = &m->attrs[e->first_attr + i];
        read_texts(r, &attr->aliases);
        for (uint32_t v = 0; v < attr->view_count; v++) {
            read_text(r, attr->views[v].quantity.value);
            read_texts(r, &attr->views[v].quantity.render);
        }
    }
}

static int compare_numbers(const void *x, const void *y) {
    uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;
    return (a > b) - (a < b);
}

static void sort(numbers *list) {
    if (list->n) qsort(list->at, list->n, sizeof *list->at, compare_numbers);
}

manifest_said *said_make(arena *a, const manifest *m) {
    reader r = {.a = a, .said = ARENA_NEW(a, manifest_said)};
    if (!r.said) return NULL;
    add_day(&r, m->as_of);
    for (uint32_t i = 0; i < m->entity_count; i++) read_entity(&r, m, &m->entities[i]);
    for (uint32_t i = 0; i < m->scope_count; i++) read_texts(&r, &m->scopes[i].members);
    for (uint32_t i = 0; i < m->benchmark_count; i++) {
        read_text(&r, m->benchmarks[i].metric);
        read_texts(&r, &m->benchmarks[i].metric_aliases);
        for (uint32_t k = 0; k < m->benchmarks[i].condition_count; k++)
            read_text(&r, m->benchmarks[i].conditions[k].value);
    }
    for (uint32_t i = 0; i < m->path_count; i++) add_day(&r, m->paths[i].since);
    for (uint32_t i = 0; i < m->absence_count; i++) {
        read_texts(&r, &m->absences[i].matches);
        read_text(&r, m->absences[i].note);
    }
    for (uint32_t i = 0; i < m->output_count; i++) {
        read_text(&r, m->outputs[i].equals);
        read_text(&r, m->outputs[i].pattern);
    }
    for (uint32_t i = 0; i < m->fact_count; i++) {
        add_day(&r, m->facts[i]->observed);
        read_text(&r, m->facts[i]->source);
    }
    sort(&r.said->days);
    sort(&r.said->times);
    sort(&r.said->words);
    return r.failed ? NULL : r.said;
}

static bool has(const numbers *list, uint64_t lo, uint64_t hi) {
    size_t a = 0, b = list->n;
    while (a < b) {
        size_t middle = a + (b - a) / 2;
        if (list->at[middle] < lo)
            a = middle + 1;
        else
            b = middle;
    }
    return a < list->n && list->at[a] <= hi;
}

bool said_day(const manifest_said *s, day_number lo, day_number hi) { return has(&s->days, lo, hi); }

bool said_day_of_year(const manifest_said *s, unsigned month, unsigned day) {
    for (size_t i = 0; i < s->days.n; i++) {
        unsigned year, own_month, own_day;
        if (i && s->days.at[i] == s->days.at[i - 1]) continue;
        date_split((day_number)s->days.at[i], &year, &own_month, &own_day);
        if (own_month == month && own_day == day) return true;
    }
    return false;
}

bool said_time(const manifest_said *s, uint32_t minute) { return has(&s->times, minute, minute); }

bool said_word(const manifest_said *s, str word) {
    uint64_t hash = str_hash_nocase(word);
    return has(&s->words, hash, hash);
}
