/* trial.c - see trial.h. In: a judged article, places to cut out of it. Out: what is left, judged in the same way. */
#include "gate/trial.h"

#include <stdlib.h>

/* What judging the article costs, in bytes of plain prose: a claim is asked many questions, some of each passage. */
static size_t cost_of(const judgement *judged) {
    enum { BYTES_A_CLAIM = 64, PASSAGES_A_BYTE = 4 };
    const article *art = &judged->article;
    size_t claims = judged->claims.n, passages = (size_t)art->sentence_count + art->lines.count;
    return (size_t)art->source.n + claims * BYTES_A_CLAIM + claims * passages / PASSAGES_A_BYTE;
}

bool trials_open(trials *t, const gate_options *options, const judgement *judged, uint32_t most, size_t most_bytes) {
    size_t bytes = (size_t)judged->article.source.n, affordable = most_bytes / (cost_of(judged) + 1);
    *t = (trials){.options = options, .judged = judged, .a = arena_new(gate_memory_bytes(bytes))};
    t->left = affordable < 1 ? 1 : affordable > most ? most : (uint32_t)affordable;
    return t->a != NULL;
}

void trials_close(trials *t) {
    arena_free(t->a);
    t->a = NULL;
}

uint32_t trial_failing(const judgement *judged) {
    uint32_t n = 0;
    for (size_t i = 0; i < judged->findings.n; i++) n += gate_fails(judged, &judged->findings.at[i]);
    return n;
}

static int by_place(const void *left, const void *right) {
    const span *a = left, *b = right;
    return (a->lo > b->lo) - (a->lo < b->lo);
}

static str without(arena *a, str source, span *cuts, size_t count) {
    uint8_t *kept = ARENA_ARRAY(a, uint8_t, (size_t)source.n);
    ptrdiff_t n = 0;
    uint32_t at = 0;
    if (!kept) return (str){0};
    if (count > 1) qsort(cuts, count, sizeof *cuts, by_place);
    for (size_t i = 0; i <= count; i++) {
        uint32_t to = i < count ? cuts[i].lo : (uint32_t)source.n;
        if (to > at) {
            memcpy(kept + n, source.p + at, to - at);
            n += to - at;
        }
        if (i < count && cuts[i].hi > at) at = cuts[i].hi;
    }
    return (str){kept, n};
}

static bool judge_again(trials *t, const gate_options *options, str source, trial_result *out) {
    judgement edited;
    error ignored = {0};
    if (!source.p || gate_judge(t->a, options, t->judged->article.path, source, &edited, &ignored)) return false;
    *out = (trial_result){edited.score, edited.minimum, trial_failing(&edited), edited.passed};
    return true;
}

bool trial_without(trials *t, span *cuts, size_t count, trial_result *out) {
    if (!t->left) return false;
    t->left--;
    arena_reset(t->a);
    return judge_again(t, t->options, without(t->a, t->judged->article.source, cuts, count), out);
}

bool trial_granting(trials *t, const span *claims, size_t count, trial_result *out) {
    gate_options options = *t->options;
    if (!t->left) return false;
    t->left--;
    arena_reset(t->a);
    options.granted = claims;
    options.granted_count = count;
    return judge_again(t, &options, t->judged->article.source, out);
}
