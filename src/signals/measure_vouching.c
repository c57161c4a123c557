/* measure_vouching.c - what a fact can vouch for, and where one does.
 *
 *     "kestrel has 20 cores, so the geese sleep"      the number is in a fact: it earns; no fact says what follows from
 * it [kestrel has 20 cores], [so the geese sleep]    the statistics read the first clause alone
 *
 * In: hits in the order of the text, vouchers (what the truth stage handed on; without a manifest none of this is
 * asked). Out: hits marked as unpaid; the words of a sentence that stand in vouched clauses.
 *
 * Whether one thing is the cause of another, is like it, is an example of it, limits it or heads it, stands in no
 * manifest: beside a true number anything may be said, so under a manifest these signals are counted and not paid.
 * docs/manifest.md ("What earns") says it to authors, docs/FIRST-CONTACT.md ("Anecdotes") what it does to honest and to
 * invented lines.
 */
#include "signals/measure.h"

static const uint32_t OF_NO_FACT = 1u << SIGNAL_BECAUSE_ANSWERS | 1u << SIGNAL_COMPARISON_TERMS |
                                   1u << SIGNAL_CONCRETE_EXAMPLES | 1u << SIGNAL_DEFINED_TERMS | 1u << SIGNAL_CAVEATS |
                                   1u << SIGNAL_H2_COUNT;

bool signal_is_of_no_fact(enum signal_id id) { return OF_NO_FACT >> id & 1; }

/* What its place has made worthless stays so for that reason, unless no fact could vouch for it anywhere. */
static void withhold(hit *h, enum hit_taint why) {
    if (h->tainted && why != TAINT_OF_KIND) return;
    h->tainted = true;
    h->why = (uint8_t)why;
}

/* "On 18 May, kestrel got 128 GB": a time that a fact holds or the manifest names, beside a claim that vouches for what
 * was then; of several times in a sentence one. */
static void pay_times(const measuring *m, tally *t) {
    uint32_t last = BLOCK_NONE;
    for (size_t i = 0; i < t->n; i++) {
        hit *h = &t->at[i];
        uint32_t in = article_sentence_at(m->art, h->text.lo);
        if (!measure_is_vouched(m, h->text)) withhold(h, TAINT_UNVOUCHED);
        if (in == BLOCK_NONE || h->tainted) continue;
        if (!measure_has_voucher(m, m->art->sentences[in].text))
            withhold(h, TAINT_RESTS);
        else if (in == last)
            withhold(h, TAINT_AGAIN);
        else
            last = in;
    }
}

void tally_pay_what_facts_hold(const measuring *m, const signal_rule *rule, tally *t) {
    if (!measure_is_judged(m) || m->rules->published) return;
    if (rule->id == SIGNAL_TEMPORAL_MARKERS) pay_times(m, t);
    if (!signal_is_of_no_fact(rule->id)) return;
    for (size_t i = 0; i < t->n; i++) withhold(&t->at[i], TAINT_OF_KIND);
}

/* ---- in words ---------------------------------------------------------------------------------------------------- */

static const char *in_words(enum signal_id id) {
    switch (id) {
    case SIGNAL_CODE_BLOCKS:
        return "pays a block where one of its lines holds a supported claim and each line of output or of a file "
               "something that is vouched for, and once";
    case SIGNAL_STEP_SEQUENCES:
        return "pays a numbered list where three of its items hold a supported claim each and none is in doubt; steps "
               "that headings or a paragraph tell are counted and not paid";
    case SIGNAL_TEMPORAL_MARKERS:
        return "pays a time that a supported claim holds or the manifest names, beside a claim that vouches for what "
               "was then; one a sentence";
    case SIGNAL_SENTENCE_BURSTINESS: return "reads the clauses that hold a supported claim, and nothing else";
    case SIGNAL_TRIPLE_BULLET_LISTS: return "counted and not fined: any line below a list would break it up";
    default: return "pays what a supported claim holds";
    }
}

void signal_put_with_manifest(const ruleset *rules, enum signal_id id, buf *out) {
    const signal_rule *rule = &rules->signals[id];
    if (rules->published)
        buf_cstr(out, rule->negative ? "the same" : "the same, but for places that earn nothing");
    else if (signal_is_of_no_fact(id))
        buf_cstr(out, "counted and not paid: no fact can vouch for it");
    else if (rule->negative && id != SIGNAL_TRIPLE_BULLET_LISTS)
        buf_cstr(out, "the same");
    else if (id == SIGNAL_LEXICAL_DIVERSITY)
        buf_printf(out,
                   "reads the clauses that hold a supported claim, and nothing else, in windows of %d words, so that "
                   "it may pay more than the value",
                   VOUCHED_WINDOW);
    else
        buf_cstr(out, in_words(id));
}

/* ---- clauses ----------------------------------------------------------------------------------------------------- */

/* A word that joins clauses belongs to none of them. */
static bool joins(const article *art, uint32_t i) {
    static const char *const by_first[26] = {
        ['a' - 'a'] = "and although as",
        ['b' - 'a'] = "but because",
        ['f' - 'a'] = "for",
        ['i' - 'a'] = "if",
        ['l' - 'a'] = "like",
        ['n' - 'a'] = "nor",
        ['o' - 'a'] = "or",
        ['s' - 'a'] = "so since",
        ['t' - 'a'] = "though that than",
        ['u' - 'a'] = "unless until",
        ['w' - 'a'] = "while whereas when where which who whose whom",
        ['y' - 'a'] = "yet",
    };
    str text = article_text(art, (text_range){art->words[i].lo, art->words[i].hi});
    uint8_t letter = text.n > 1 && text.n <= 8 && byte_is_alpha(text.p[0]) ? (text.p[0] | 0x20) - 'a' : 'z' - 'a';
    const char *words = by_first[letter];
    return words && str_is_listed(text, words, strlen(words));
}

/* Does any mark but a blank, a hyphen inside a word, an apostrophe or a slash stand before word `i`? Not inside code.
 */
static bool stands_apart(const article *art, uint32_t i) {
    const word *w = &art->words[i], *before = w - 1;
    if (w->flags & WORD_CODE && before->flags & WORD_CODE) return false;
    for (uint32_t at = before->hi; at < w->lo; at++)
        if (art->text.p[at] != ' ' && art->text.p[at] != '-' && art->text.p[at] != '\'' && art->text.p[at] != '/')
            return true;
    return w->lo - before->hi > 2 && art->text.p[w->lo - 2] == '-'; /* "sing - the" */
}

bool measure_vouched_clause(const measuring *m, const sentence *s, uint32_t from, uint32_t *lo, uint32_t *hi) {
    bool all = !measure_is_judged(m);
    const word *words = m->art->words;
    if (!all && from < s->word_hi && !measure_has_voucher(m, (text_range){words[from].lo, words[s->word_hi - 1].hi}))
        return false; /* as in most sentences */
    for (*lo = from; *lo < s->word_hi; *lo = *hi) {
        *hi = all ? s->word_hi : *lo + 1;
        if (!all && joins(m->art, *lo)) continue;
        while (*hi < s->word_hi && !stands_apart(m->art, *hi) && !joins(m->art, *hi)) ++*hi;
        if (all || measure_has_voucher(m, (text_range){words[*lo].lo, words[*hi - 1].hi})) return true;
    }
    return false;
}
