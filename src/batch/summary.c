/* summary.c - tables over digests. In: digests. Out: text for people. */
#include "batch/summary.h"

#include "batch/columns.h"
#include "base/shown.h"

#include <math.h>
#include <stdlib.h>

enum { NAME_COLUMNS = 24 };

typedef struct group {
    str model, style;
    uint32_t drafts, judged, passed, frontmatter_ok;
    uint64_t words, contradicted, unverified;
    double score, signals[SIGNAL_COUNT];
} group;

typedef struct group_list {
    group *at;
    size_t n, capacity;
} group_list;

static group *group_of(arena *a, group_list *groups, const digest *d) {
    for (size_t i = 0; i < groups->n; i++)
        if (str_eq(groups->at[i].model, d->model) && str_eq(groups->at[i].style, d->style)) return &groups->at[i];
    if (!VEC_PUSH(a, groups, (group){.model = d->model, .style = d->style})) return NULL;
    return &groups->at[groups->n - 1];
}

static int by_name(const void *left, const void *right) {
    const group *a = left, *b = right;
    int order = str_cmp(a->model, b->model);
    return order ? order : str_cmp(a->style, b->style);
}

static void add(group *g, const digest *d) {
    g->drafts++;
    if (!d->judged) return;
    g->judged++;
    g->passed += d->passed;
    g->frontmatter_ok += d->frontmatter_ok;
    g->words += d->words;
    g->score += d->score;
    g->contradicted += d->contradicted;
    g->unverified += d->unverified;
    for (int id = 0; id < SIGNAL_COUNT; id++) g->signals[id] += d->signals[id];
}

static double mean(double sum, uint32_t n) { return n ? sum / n : 0; }

int summary_table(arena *a, const digest *at, size_t count, buf *out, error *e) {
    group_list groups = {0};
    for (size_t i = 0; i < count; i++) {
        group *g = group_of(a, &groups, &at[i]);
        if (!g) return error_set(e, ERROR_MEMORY, "out of memory");
        add(g, &at[i]);
    }
    if (groups.n > 1) qsort(groups.at, groups.n, sizeof *groups.at, by_name);
    buf_printf(out, "%-24s %-24s %6s %6s %6s %6s %6s %6s %6s %6s %6s %6s %7s %6s %6s %9s\n", "model", "style", "drafts",
               "words", "front", "dashes", "filler", "lists", "code", "vers", "divers", "burst", "score", "contra",
               "unver", "pass");
    for (size_t i = 0; i < groups.n; i++) {
        const group *g = &groups.at[i];
        const double *s = g->signals;
        /* A sidecar or a header said these. */
        columns_put(out, g->model.n ? g->model : STR("-"), NAME_COLUMNS);
        buf_byte(out, ' ');
        columns_put(out, g->style.n ? g->style : STR("-"), NAME_COLUMNS);
        buf_printf(out, " %6u %6.0f %5.0f%% %6.1f %6.1f %6.1f %6.1f %6.1f %6.1f %6.2f %7.1f %6llu %6llu %4u/%-4u\n",
                   g->drafts, mean((double)g->words, g->judged), 100 * mean(g->frontmatter_ok, g->judged),
                   mean(s[SIGNAL_EM_DASHES], g->judged), mean(s[SIGNAL_FILLER_PHRASES], g->judged),
                   mean(s[SIGNAL_TRIPLE_BULLET_LISTS], g->judged), mean(s[SIGNAL_CODE_BLOCKS], g->judged),
                   mean(s[SIGNAL_VERSION_REFS], g->judged), mean(s[SIGNAL_LEXICAL_DIVERSITY], g->judged),
                   mean(s[SIGNAL_SENTENCE_BURSTINESS], g->judged), mean(g->score, g->judged),
                   (unsigned long long)g->contradicted, (unsigned long long)g->unverified, g->passed, g->drafts);
    }
    return ERROR_NONE;
}

/* ---- the broken-ruler alarm ------------------------------------------------------------------------------------ */

static size_t alarm_scores(const digest *at, size_t count, buf *out) {
    size_t read = 0, judged = 0, empty = 0, alarms = 0;
    double lo = INFINITY, hi = -INFINITY, least = INFINITY, most = -INFINITY;
    bool withheld = false;
    for (size_t i = 0; i < count; i++) {
        read += at[i].content.text[0] != 0;
        if (!at[i].judged) continue;
        judged++;
        empty += at[i].words == 0;
        lo = fmin(lo, at[i].score);
        hi = fmax(hi, at[i].score);
        least = fmin(least, at[i].counted);
        most = fmax(most, at[i].counted);
        withheld = withheld || digest_is_withheld(&at[i]);
    }
    /* A draft that was not there to be read says nothing about the ruler: its name may have been mistyped. */
    if (judged == 0 && read > 0) {
        buf_printf(out, "not one of %zu drafts could be judged\n", count);
        return 1;
    }
    if (empty == judged && judged == 1) buf_cstr(out, "the only draft is empty\n"), alarms++;
    if (empty == judged && judged > 1) buf_printf(out, "every one of %zu drafts is empty\n", judged), alarms++;
    if (judged < ALARM_DRAFTS) return alarms;
    if (withheld && least < most) return alarms; /* drafts that tell no fact of the manifest earn nothing, all alike */
    if (lo == hi) {
        alarms++;
        if (lo == 0)
            buf_printf(out, "every one of %zu scores is zero\n", judged);
        else
            buf_printf(out, "every one of %zu scores is %g\n", judged, lo);
    }
    return alarms;
}

static size_t alarm_signals(const digest *at, size_t count, buf *out) {
    size_t alarms = 0;
    for (int id = 0; id < SIGNAL_FILLER_PHRASES; id++) { /* the positive ones */
        size_t judged = 0;
        double first = 0;
        bool constant = true;
        for (size_t i = 0; i < count && constant; i++) {
            if (!at[i].judged || at[i].words == 0) continue;
            if (judged++ == 0) first = at[i].signals[id];
            constant = at[i].signals[id] == first;
        }
        /* Nothing of a rare kind in twenty drafts (no error lines, say) is a finding about the drafts, not the ruler.
         */
        if (!constant || judged < ALARM_DRAFTS || first == 0) continue;
        buf_printf(out, "signal %s is %g in every one of %zu drafts\n", signal_name((enum signal_id)id), first, judged);
        alarms++;
    }
    return alarms;
}

static int by_model(const void *left, const void *right) {
    const digest *a = *(const digest *const *)left, *b = *(const digest *const *)right;
    int order = str_cmp(a->model, b->model);
    return order ? order : strcmp(a->content.text, b->content.text);
}

static size_t alarm_identical(arena *a, const digest *at, size_t count, buf *out) {
    const digest **sorted = ARENA_ARRAY(a, const digest *, count);
    size_t alarms = 0, n = 0;
    for (size_t i = 0; sorted && i < count; i++)
        if (at[i].judged && at[i].model.n) sorted[n++] = &at[i];
    if (n > 1) qsort(sorted, n, sizeof *sorted, by_model);
    for (size_t lo = 0, hi; lo < n; lo = hi) {
        for (hi = lo + 1; hi < n && str_eq(sorted[hi]->model, sorted[lo]->model);) hi++;
        bool same = strcmp(sorted[lo]->content.text, sorted[hi - 1]->content.text) == 0;
        if (hi - lo < 2 || !same) continue;
        str model = shown_str(a, sorted[lo]->model);
        buf_printf(out, "all %zu drafts of model %.*s are the same bytes\n", hi - lo, STR_ARG(model));
        alarms++;
    }
    return alarms;
}

static size_t alarm_perfect(const digest *at, size_t count, buf *out) {
    size_t judged = 0, perfect = 0;
    for (size_t i = 0; i < count; i++) {
        if (!at[i].judged) continue;
        judged++;
        perfect += at[i].best > 0 && at[i].score >= at[i].best;
    }
    if (judged < ALARM_DRAFTS || perfect < judged) return 0;
    buf_printf(out, "every one of %zu drafts is perfect\n", judged);
    return 1;
}

size_t summary_alarms(arena *a, const digest *at, size_t count, buf *out) {
    return alarm_scores(at, count, out) + alarm_perfect(at, count, out) + alarm_signals(at, count, out) +
           alarm_identical(a, at, count, out);
}

/* ---- two runs -------------------------------------------------------------------------------------------------- */

static const char *verdict_of(const digest *d) { return !d->judged ? "not judged" : d->passed ? "pass" : "fail"; }

static void put_path(buf *out, const char *mark, str path) {
    buf_cstr(out, mark);
    shown_put(out, path);
}

void summary_diff(const digest *before, size_t before_count, const digest *after, size_t after_count, buf *out) {
    size_t i = 0, k = 0, same = 0, flipped = 0, moved = 0, gone = 0, added = 0;
    while (i < before_count || k < after_count) {
        int order = i == before_count ? 1 : k == after_count ? -1 : str_cmp(before[i].path, after[k].path);
        if (order < 0) {
            put_path(out, "- ", before[i].path);
            buf_printf(out, "  %s %g\n", verdict_of(&before[i]), before[i].score);
            gone++, i++;
            continue;
        }
        if (order > 0) {
            put_path(out, "+ ", after[k].path);
            buf_printf(out, "  %s %g\n", verdict_of(&after[k]), after[k].score);
            added++, k++;
            continue;
        }
        const digest *b = &before[i++], *a = &after[k++];
        bool flip = b->judged != a->judged || b->passed != a->passed;
        bool move = b->score != a->score || b->contradicted != a->contradicted || b->unverified != a->unverified;
        flipped += flip;
        moved += move && !flip;
        same += !flip && !move;
        if (!flip && !move) continue;
        put_path(out, flip ? "! " : "~ ", a->path);
        buf_printf(out, "  %s %g -> %s %g (%+g)  contradicted %u -> %u, unverified %u -> %u%s\n", verdict_of(b),
                   b->score, verdict_of(a), a->score, a->score - b->score, b->contradicted, a->contradicted,
                   b->unverified, a->unverified, strcmp(a->content.text, b->content.text) ? ", text changed" : "");
    }
    buf_printf(out, "%zu the same, %zu moved, %zu verdicts flipped, %zu only before, %zu only after\n", same, moved,
               flipped, gone, added);
}
