/* told_changes.c - contradictions that the article itself tells as changed.
 *
 *     "The fraction went down from 0.85 to 0.78." … "SGLang was set to 0.85, so it held 103 GiB."    0.85 was so once
 *     "Power limit was set to 280 W from 350 W" … and in the output above it: 350.00 W
 *     "PostgreSQL 16 to 18" … # systemctl stop postgresql@16-main                                      before the move
 *     "With llama.cpp a run took three minutes. Now it's 94 seconds."                                  before "Now"
 *
 * In: a contradicted claim, and the claims of the same fact that are true. Out: the one that tells of the change. Who
 * tells both ends of a change, the later one truly, knows what is so; the earlier value in another place is told of the
 * time before. Not where that place says that it is so now: a sentence in the present, a table, a configuration. A
 * table with dated columns is itself what tells of the change.
 */
#include "facts/verdicts/set_right.h"
#include "lex/decimal.h"

#include <math.h>

enum { PAIR_REACH = 100, TOKENS_READ = 48, CELLS_READ = 16 };

static bool is_of_version(const claim *c) { return c->kind == CLAIM_VERSION || c->kind == CLAIM_PACKAGE; }

/* The numbers of a release, without what stands before and behind them: "1.33.4" of "v1.33.4+k3s1", "6.1.0-41". */
static str release_numbers(str text) {
    ptrdiff_t lo = text.n > 1 && (text.p[0] | 0x20) == 'v' ? 1 : 0, hi = lo;
    for (; hi < text.n; hi++) {
        bool joint = hi > lo && hi + 1 < text.n && (text.p[hi] == '.' || text.p[hi] == '-');
        if (!byte_is_digit(text.p[hi]) && !(joint && byte_is_digit(text.p[hi + 1]))) break;
    }
    return str_slice(text, lo, hi);
}

/* "16" and "16.13" */
static bool is_same_release(str one, str other) {
    str shorter = release_numbers(one), longer = release_numbers(other);
    if (shorter.n > longer.n) {
        str swap = shorter;
        shorter = longer;
        longer = swap;
    }
    return shorter.n && str_starts(longer, shorter) && (longer.n == shorter.n || !byte_is_digit(longer.p[shorter.n]));
}

/* The number that the claim's normal form begins with; NaN where it begins with none. */
static double number_of(const claim *c) {
    str value = claim_value(c);
    ptrdiff_t n = 0;
    decimal number;
    while (n < value.n && (byte_is_digit(value.p[n]) || value.p[n] == '.')) n++;
    return decimal_parse(str_slice(value, 0, n), false, &number) ? decimal_to_f64(number) : NAN;
}

static bool is_equal(decimal value, double wanted) {
    return value.valid && !isnan(wanted) && fabs(decimal_to_f64(value) - wanted) <= fabs(wanted) * 1e-9;
}

typedef struct sought { /* what a claim says, read once */
    bool release;
    str text;
    double number;
} sought;

static sought sought_of(const claim *c) {
    bool release = is_of_version(c);
    return (sought){.release = release, .text = claim_value(c), .number = release ? NAN : number_of(c)};
}

static bool is_value_of(const sought *v, const passage *p, const token *t) {
    if (v->release) return is_same_release(v->text, surface_slice(p->on, t->core.lo, t->core.hi));
    return is_equal(t->value, v->number);
}

/* ---- is it told of now? ------------------------------------------------------------------------------------------ */

/* "a publish run", "one such use": no verb. */
static bool is_noun(const passage *p, uint32_t i) {
    if (!word_in(p, i, "run runs use uses")) return false;
    for (uint32_t k = i; k-- > 0 && i - k < 3;)
        if (word_in(p, k, "a an the each every one our this such")) return true;
    return false;
}

bool claim_says_now(judge *j, const claim *c) {
    static const char present[] =
        "is are am has have runs run uses use holds hold gives give serves serve sits listens "
        "needs comes takes offers keeps keep draws stays remains";
    passage *p = &j->passages[c->passage];
    if (p->kind == PASSAGE_CELL) return true;
    if (p->kind == PASSAGE_CODE) return p->flags & PASSAGE_CONFIG;
    if (p->kind != PASSAGE_SENTENCE) return false;
    passage_prepare(j, p);
    uint32_t first, end;
    passage_window(p, c->text.lo, c->text.hi, &first, &end);
    clause_range part = stance_part(p, c->text.lo, c->text.hi);
    for (uint32_t i = first; i < end; i++) {
        if (p->words[i].lo < part.lo || p->words[i].lo >= part.hi) continue;
        if ((word_in(p, i, present) && !is_noun(p, i)) ||
            word_in(p, i, "now today currently current still nowadays ours"))
            return true;
    }
    return false;
}

/* ---- is the change told? ----------------------------------------------------------------------------------------- */

static bool has_word(const passage *p, uint32_t lo, uint32_t hi, const char *words) {
    uint32_t a = 0, end = p->word_count < 400 ? p->word_count : 400;
    for (uint32_t b = end; a < b;) { /* the first word that begins at `lo` or behind it */
        uint32_t middle = a + (b - a) / 2;
        if (p->words[middle].lo < lo)
            a = middle + 1;
        else
            b = middle;
    }
    for (uint32_t i = a; i < end && p->words[i].hi <= hi; i++)
        if (word_in(p, i, words)) return true;
    return false;
}

static bool has_arrow(const passage *p, uint32_t lo, uint32_t hi) {
    str between = surface_slice(p->on, lo, hi);
    return str_find(between, STR("→"), 0) >= 0 || str_find(between, STR("->"), 0) >= 0 ||
           str_find(between, STR("=>"), 0) >= 0;
}

/* What stands at `old`, and at `now` in the same sentence or line: "from 0.85 to 0.78", "to 280 W from 350 W". */
static bool is_change(judge *j, passage *p, text_range old, text_range now) {
    bool forward = old.hi <= now.lo;
    uint32_t lo = forward ? old.hi : now.hi, hi = forward ? now.lo : old.lo;
    if (lo > hi || hi - lo > PAIR_REACH) return false;
    passage_prepare(j, p);
    if (forward)
        return has_arrow(p, lo, hi) || has_word(p, lo, hi, "to into then now today later after became since until");
    return has_word(p, lo, hi, "from instead rather not before previously formerly earlier was were replaced old");
}

/* "It took three minutes. │ Now it's 94 seconds.": the sentence behind the contradicted one says what is so now. */
static bool follows_as_now(judge *j, const claim *said, const claim *c) {
    passage *q = &j->passages[said->passage];
    if (q->kind != PASSAGE_SENTENCE || q->previous != c->passage) return false;
    passage_prepare(j, q);
    return word_in(q, 0, "now today nowadays") || (word_is(q, 0, "these") && word_is(q, 1, "days"));
}

/* Does the passage of a true statement pair its value with the contradicted one's? */
static bool tells_change(judge *j, const claim *said, const claim *c, const sought *was) {
    passage *p = &j->passages[said->passage];
    uint32_t end = p->token_hi < p->token_lo + TOKENS_READ ? p->token_hi : p->token_lo + TOKENS_READ;
    for (uint32_t i = p->token_lo; i < end; i++) {
        const token *old = &p->on->tokens[i];
        if (!is_value_of(was, p, old) || (said->passage == c->passage && old->text.lo == c->text.lo)) continue;
        sought is = sought_of(said);
        for (uint32_t k = p->token_lo; k < end; k++)
            if (k != i && is_value_of(&is, p, &p->on->tokens[k]) && is_change(j, p, old->core, p->on->tokens[k].core))
                return true;
    }
    return false;
}

/* "| SGLang | 0.5.9 | 0.5.13 |": the true value's row states the other to its left. */
static bool row_tells_change(const judge *j, const claim *said, const claim *c, const sought *was) {
    const passage *p = &j->passages[said->passage];
    if (p->kind != PASSAGE_CELL || p->label == PASSAGE_NONE) return false;
    for (uint32_t i = said->passage; i-- > p->label && said->passage - i < CELLS_READ;) {
        const passage *q = &j->passages[i];
        if (q->label != p->label || i == c->passage) continue;
        for (uint32_t k = q->token_lo; k < q->token_hi && k < q->token_lo + 8; k++)
            if (is_value_of(was, q, &q->on->tokens[k])) return true;
    }
    return false;
}

/* "went down from 0.85 to 0.78", anywhere, which is one token. */
static bool is_told_in_one(const tellings *all, const claim *said, const sought *was) {
    for (uint32_t i = 0; i < all->change_count && !was->release; i++)
        if (is_equal(all->changes[i]->value, was->number) && is_equal(all->changes[i]->high, number_of(said)))
            return true;
    return false;
}

void tellings_find(const judge *j, tellings *out) {
    const surface *body = &j->surfaces[0];
    *out = (tellings){.change_count = 0};
    for (uint32_t i = 0; i < body->token_count && out->change_count < COUNT_OF(out->changes); i++)
        if (body->tokens[i].flags & TOKEN_CHANGE) out->changes[out->change_count++] = &body->tokens[i];
}

/* Is a column's header a date, a year, or a word of what was? */
static bool heads_past(judge *j, uint32_t header) {
    passage *head = &j->passages[header];
    passage_prepare(j, head);
    for (uint32_t i = head->token_lo; i < head->token_hi && i < head->token_lo + 8; i++) {
        const token *t = &head->on->tokens[i];
        bool year = t->kind == TOKEN_NUMBER && t->value.valid && !t->value.scale && t->value.digits >= 1990 &&
                    t->value.digits < 2100;
        if (t->kind == TOKEN_DATE || year) return true;
    }
    for (uint32_t i = 0; i < head->word_count && i < 8; i++)
        if (word_in(head, i, "before then was were old previous previously last former")) return true;
    return false;
}

/* "| | October 2025 | October 2026 |", and below it "| occupied | 142 TB | 171 TB |": its row has the true value to its
 * right, and its column is dated. */
static bool stands_in_earlier_column(judge *j, const claim *said, const claim *c) {
    const passage *p = &j->passages[c->passage], *q = &j->passages[said->passage];
    if (p->kind != PASSAGE_CELL || q->kind != PASSAGE_CELL || c->passage >= said->passage) return false;
    bool row = p->label != PASSAGE_NONE && (p->label == q->label || said->passage == p->label);
    bool columns = p->column != PASSAGE_NONE && q->column != PASSAGE_NONE && p->column != q->column;
    return row && columns && heads_past(j, p->column);
}

const claim *told_as_changed(judge *j, const tellings *all, const stated *of_fact, size_t n, const claim *c) {
    bool cell = j->passages[c->passage].kind == PASSAGE_CELL;
    if (!cell && claim_says_now(j, c)) return NULL;
    sought was = sought_of(c);
    for (size_t i = 0; i < n && i < TRIED; i++) {
        const claim *said = of_fact[i].c;
        if (cell) { /* only its column can tell of another time */
            if (!was.release && stands_in_earlier_column(j, said, c)) return said;
            continue;
        }
        bool same = was.release && is_same_release(was.text, claim_value(said));
        bool once = same && said->kind == c->kind && said->passage != c->passage && c->says.n &&
                    !is_same_release(was.text, c->says); /* it was so once, says the history */
        if (same && !once) continue;
        if (once || follows_as_now(j, said, c) || tells_change(j, said, c, &was) ||
            row_tells_change(j, said, c, &was) || is_told_in_one(all, said, &was))
            return said;
    }
    return NULL;
}
