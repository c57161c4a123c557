/* worked_out.c - is the number worked out of others that stand around it?
 *
 *     "Four drives of 12 TB. That is 48 TB on the labels, and 31.9 TiB in practice."     of what was said before
 *     | archive, 38.4 TB | 207.36 EUR | 2,488.32 EUR |     the fact's own value, 5.40 EUR, 38.4 times; and 12 times
 * that | decode | 78.9 | over | power | 128 W | over | joules a token | 1.62 |     two cells of its own column
 *
 * In: a question, one fact that disagrees. Out: whether the text itself says where the number comes from: then it is no
 * falsehood about the fact. Two numbers chosen at will seldom make a third of three digits.
 */
#include "facts/numbers/question.h"
#include "facts/reading/standing.h"

#include <math.h>

enum { NUMBERS_READ = 24, CELLS_READ = 240, DIGITS_NEEDED = 100 };

/* "0.72 of the memory, which is 87 GB": a share stands before it. */
static bool is_of_a_share(const question *q) {
    static const char SHARES[] = "half third quarter thirds quarters fifth fifths percent";
    const passage *p = q->p;
    for (uint32_t i = p->token_lo; i < p->token_hi && p->on->tokens[i].text.hi <= q->t->text.lo; i++) {
        const token *t = &p->on->tokens[i];
        if (!t->value.valid || (t->kind != TOKEN_NUMBER && t->kind != TOKEN_QUANTITY)) continue;
        if (t->kind == TOKEN_QUANTITY ? unit_get(t->unit)->dimension == DIM_PERCENT : decimal_to_f64(t->value) < 1)
            return true;
    }
    for (uint32_t i = 0; i < p->word_count && p->words[i].hi <= q->t->text.lo; i++)
        if (word_in(p, i, SHARES)) return true;
    return false;
}

/* "That is 48 TB", "which makes 111 W": the sentence or the clause begins so, right before the number, or before what
 * an "and" joins it to. */
static bool begins_so(const question *q) {
    const passage *p = q->p;
    uint32_t w = standing_word_at(p, q->t->text.lo), verb;
    while (w > 0 && word_in(p, w - 1, "about some roughly only just exactly therefore then around nearly almost")) w--;
    if (w > 1 && word_in(p, w - 1, "and") && word_in(p, 0, "that this") &&
        word_in(p, 1, "is makes gives comes leaves means was made"))
        return true;
    if (w < 2 || p->words[w - 1].hi + 2 < p->words[w < p->word_count ? w : w - 1].lo) return false;
    verb = w - 1;
    if (word_in(p, verb, "to") && verb > 1) verb--;
    if (!word_in(p, verb, "is makes make gives comes come leaves means was made")) return false;
    if (verb > 0 && word_in(p, verb - 1, "that this which") && p->words[verb - 1].lo <= p->text.lo + 1) return true;
    if (verb > 0 && word_in(p, verb - 1, "that which") && word_in(p, verb, "is") && is_of_a_share(q)) return true;
    return verb > 0 && word_in(p, verb, "makes gives comes leaves") && word_in(p, verb - 1, "that this which");
}

typedef struct numbers { /* values as they are written, without their units */
    double at[NUMBERS_READ];
    uint32_t n;
} numbers;

static void read_numbers(const question *q, const passage *p, numbers *out) {
    for (uint32_t i = p->token_lo; i < p->token_hi && i - p->token_lo < NUMBERS_READ; i++) {
        const token *t = &p->on->tokens[i];
        if ((p == q->p && t->text.lo < q->t->text.hi && t->text.hi > q->t->text.lo) || !t->value.valid) continue;
        if ((t->kind == TOKEN_QUANTITY || t->kind == TOKEN_NUMBER) && out->n < NUMBERS_READ)
            out->at[out->n++] = fabs(decimal_to_f64(t->value));
    }
}

/* Is `said`, rounded as it is written, the value? */
static bool is_about(const question *q, double value) {
    double said = fabs(decimal_to_f64(q->t->value)), half = 0.5 * pow(10, -(double)q->t->value.scale);
    return fabs(said - value) <= half + 1e-9 * said;
}

/* The counts and bare numbers of an item that lists what a machine has: "2 TB" there is no "twice". */
static void read_counts(const question *q, numbers *out) {
    const passage *p = q->p;
    for (uint32_t i = p->token_lo; i < p->token_hi && i - p->token_lo < NUMBERS_READ; i++) {
        const token *t = &p->on->tokens[i];
        if ((t->text.lo < q->t->text.hi && t->text.hi > q->t->text.lo) || !t->value.valid) continue;
        bool count =
            t->kind == TOKEN_NUMBER || (t->kind == TOKEN_QUANTITY && unit_get(t->unit)->dimension == DIM_COUNT);
        if (count && out->n < NUMBERS_READ) out->at[out->n++] = fabs(decimal_to_f64(t->value));
    }
}

/* The fact's value so many times, by a number of the sentence or the row; and twelve times that, a year's. */
static bool is_multiple(const question *q, const numeric_fact *f) {
    numbers around = {.n = 0};
    uint32_t own = (uint32_t)(q->p - q->j->passages), row = q->p->label;
    bool item = q->p->flags & PASSAGE_IN_LIST && q->p->kind == PASSAGE_SENTENCE && f->kind == FACT_ATTR;
    if (item)
        read_counts(q, &around);
    else
        read_numbers(q, q->p, &around);
    for (uint32_t i = row; q->p->kind == PASSAGE_CELL && row != PASSAGE_NONE && i <= own; i++)
        if (i != own) read_numbers(q, &q->j->passages[i], &around);
    for (uint32_t i = 0; i < around.n; i++) {
        double n = around.at[i];
        if ((n < 2 && n > 0.5) || n <= 0 || log10(n) == floor(log10(n))) continue; /* ten times is a slip */
        if (is_about(q, f->shown * n) || is_about(q, f->shown * n * 12)) return true;
    }
    return false;
}

/* One cell of the same column over another. */
static bool is_ratio_of_column(const question *q) {
    const passage *p = q->p;
    numbers column = {.n = 0};
    if (p->kind != PASSAGE_CELL || p->column == PASSAGE_NONE) return false;
    for (uint32_t i = p->column + 1; i < q->j->passage_count && i < p->column + CELLS_READ; i++) {
        const passage *x = &q->j->passages[i];
        if (x->kind != PASSAGE_CELL) break;
        if (x->column == p->column && x != p && column.n < NUMBERS_READ) read_numbers(q, x, &column);
    }
    for (uint32_t a = 0; a < column.n; a++)
        for (uint32_t b = 0; b < column.n; b++)
            if (a != b && column.at[b] > 0 && is_about(q, column.at[a] / column.at[b])) return true;
    return false;
}

/* "273 divided by 3, so 91 tokens a second": a sum that the sentence says in words, before the number. */
static bool ends_a_sum(const question *q) {
    const passage *p = q->p;
    for (uint32_t i = p->token_lo; i + 1 < p->token_hi && p->on->tokens[i + 1].text.hi <= q->t->text.lo; i++) {
        const token *a = &p->on->tokens[i], *b = a + 1;
        uint32_t w = standing_word_at(p, a->text.hi);
        if (!a->value.valid || !b->value.valid) continue;
        for (; w < p->word_count && p->words[w].hi <= b->text.lo; w++)
            if (word_in(p, w, "divided multiplied times minus plus")) return true;
    }
    return false;
}

bool number_is_worked_out(const question *q, const numeric_fact *f) {
    if (!q->t->value.valid) return false;
    if (q->p->kind == PASSAGE_SENTENCE && f->kind != FACT_DERIVED && ends_a_sum(q)) return true;
    if (q->p->kind == PASSAGE_SENTENCE && f->kind != FACT_DERIVED && begins_so(q)) return true;
    if (q->t->value.digits < DIGITS_NEEDED || q->m.interval) return false;
    return is_ratio_of_column(q) || (f->kind != FACT_DERIVED && is_multiple(q, f));
}
