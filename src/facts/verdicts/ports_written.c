/* ports_written.c - which passages write a number, so that not every claim reads them all.
 *
 *     "ssh -L 8999:localhost:8400"  ──►  8400: passage 12 │ 8999: passage 12, 31
 *
 * In: the first passages of the article. Out: for each run of digits the passages that have it, in order, and a place
 * for what was found out of it. One pass over the text and a sort; then a bisection each.
 */
#include "facts/verdicts/ports_written.h"

#include <stdlib.h>

static int compare_lines(const void *a, const void *b) {
    const port_line *x = a, *y = b;
    if (x->digits != y->digits) return x->digits < y->digits ? -1 : 1;
    return x->passage < y->passage ? -1 : x->passage > y->passage;
}

static bool read_passages(judge *j, ports_written *x) {
    VEC(port_line) all = {0};
    for (uint32_t i = 0; i < j->passage_count && i < PORT_PASSAGES_READ; i++) {
        str text = passage_text(&j->passages[i]);
        for (ptrdiff_t at = 0, end; at < text.n; at = end + 1) {
            for (end = at; end < text.n && byte_is_digit(text.p[end]);) end++;
            port_line one = {str_hash(str_slice(text, at, end)), i};
            if (end > at && !VEC_PUSH(j->a, &all, one)) return false;
        }
    }
    if (all.n) qsort(all.at, all.n, sizeof *all.at, compare_lines);
    x->at = all.at;
    for (size_t i = 0; i < all.n; i++)
        if (!x->n || compare_lines(&all.at[i], &x->at[x->n - 1])) x->at[x->n++] = all.at[i];
    return true;
}

static bool open_answers(judge *j, ports_written *x) {
    x->answers = ARENA_ARRAY(j->a, port_answer, (size_t)x->n + 1);
    x->sets_up = ARENA_ARRAY(j->a, uint8_t, PORT_PASSAGES_READ);
    if (!x->answers || !x->sets_up) return false;
    for (uint32_t i = 0; i < x->n; i++) {
        if (!i || x->at[i].digits != x->at[i - 1].digits)
            x->answers[x->answer_count++] = (port_answer){.digits = x->at[i].digits, .first = i};
        x->answers[x->answer_count - 1].end = i + 1;
    }
    return true;
}

ports_written *ports_written_of(judge *j) {
    if (j->ports_written) return j->ports_written;
    ports_written *x = ARENA_NEW(j->a, ports_written);
    if (!x || !read_passages(j, x) || !open_answers(j, x)) {
        j->failed = true;
        return NULL;
    }
    return j->ports_written = x;
}

port_answer *ports_written_find(ports_written *x, str digits) {
    uint64_t wanted = str_hash(digits);
    uint32_t a = 0, b = x->answer_count;
    while (a < b) {
        uint32_t middle = a + (b - a) / 2;
        if (x->answers[middle].digits < wanted)
            a = middle + 1;
        else
            b = middle;
    }
    return a < x->answer_count && x->answers[a].digits == wanted ? &x->answers[a] : NULL;
}
