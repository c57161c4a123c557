/* set_right.c - contradictions that the article itself sets right.
 *
 * In: all claims, in the order of the text. Out: some of the contradicted ones are unverified.
 *
 *     "Ours has 128 GB of memory. For a model of 70 GB a server with 80 GB is the least."     80 is of another machine
 *     "`/opt/models` went in February. … `/opt/models` held 400 GB then."                     it is told as gone
 *     "We retrain nothing. I had dreamt of a weekly retraining and a BLEU score."             it is told as not done
 *
 * Who writes the true value of a fact knows it, and has another thing in mind where another value stands. Of what
 * language models drafted about fifteen operations, 52 of 80 honest claims that an older assay had contradicted stood
 * in an article that stated the same fact truly elsewhere, and of 959 invented ones 26 (exposed operations left aside).
 * So such a contradiction is kept only where the text leaves no other reading, or where people do repeat a fact and err
 * in one of the copies: versions, ports, cadences, benchmarks. It never pays: what is unverified earns nothing.
 *
 *   - A figure of a machine, in the section that states the true one, unless its own words name that machine or it is
 *     the figure of another of ours.
 *   - A path that is gone, in an article that says so.
 *   - A process that is declared absent, in the section that says that it is not done; and a thing, in the paragraph
 * that said so before, "No Plex, no Nextcloud. … Samba is our Nextcloud.", or in an article that says so, where the
 *     sentence speaks of many: "Every such post starts with Proxmox."
 *   - A setting or a count of what runs, in an article that states the true one, unless its own place says that it is
 *     so now.
 *   - A figure told in the past, in the section that states the one of now: "It was set up for six jobs. Today it has
 *     12."
 *   - What the article tells as changed, said of the time before (told_changes.c).
 *   - A release that a measurement in its sentence was made with, which is true of it (measured_with.c).
 */
#include "facts/verdicts/set_right.h"

#include "facts/reading/standing.h"

#include <stdlib.h>

static int compare_stated(const void *left, const void *right) {
    const stated *x = left, *y = right;
    int by_fact = str_cmp(x->c->fact, y->c->fact);
    if (by_fact) return by_fact;
    if (x->section != y->section) return x->section < y->section ? -1 : 1;
    return (x->c->where.lo > y->c->where.lo) - (x->c->where.lo < y->c->where.lo);
}

/* Sections are counted by the headings above; claims come in the order of the text. */
static uint32_t sections_until(const article *art, uint32_t *reached, uint32_t before, uint32_t lo) {
    for (; *reached < art->block_count && art->blocks[*reached].where.lo <= lo; ++*reached)
        before += art->blocks[*reached].kind == BLOCK_HEADING;
    return before;
}

/* "The runner was configured for six jobs", in the past. */
static bool is_told_of_then(judge *j, const claim *c) {
    passage *p = &j->passages[c->passage];
    if (p->kind != PASSAGE_SENTENCE || c->text.hi <= c->text.lo) return false;
    passage_prepare(j, p);
    return p->cues & CUE_WAS && told_in_past(p, c->text.lo, c->text.hi);
}

/* "Nearly every post on home labs starts with Proxmox": in a sentence about all or many, that names nothing of ours. */
static bool is_of_many(judge *j, const claim *c) {
    static const char many[] =
        "every each most many some few people others everybody everyone anyone nobody everywhere "
        "elsewhere usually typically posts guides tutorials readers";
    passage *p = &j->passages[c->passage];
    bool all = false;
    if (p->kind != PASSAGE_SENTENCE) return false;
    passage_prepare(j, p);
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 32; h++)
        if (hit_entity(j, &p->on->hits[h], -1) != MANIFEST_NONE) return false;
    for (uint32_t i = 0; i < p->word_count && i < 400; i++) {
        if (word_in(p, i, "we our ours us here")) return false;
        all = all || (i < 6 && word_in(p, i, many) && p->words[i].hi <= c->text.lo);
    }
    return all;
}

/* "Samba on the NAS is our Nextcloud": another thing is what this would be. */
static bool is_likeness(judge *j, const claim *c) {
    passage *p = &j->passages[c->passage];
    passage_prepare(j, p);
    uint32_t at = p->kind == PASSAGE_SENTENCE ? standing_word_at(p, c->text.lo) : 0;
    return at > 2 && at < p->word_count && word_in(p, at - 1, "our my the") && word_in(p, at - 2, "is are was becomes");
}

static bool may_be_set_right(judge *j, const claim *c) {
    if (c->verdict != VERDICT_CONTRADICTED || !c->fact.n) return false;
    if (c->kind == CLAIM_QUANTITY && !claim_says_now(j, c)) return true;
    if (c->kind == CLAIM_QUANTITY || c->kind == CLAIM_BENCHMARK) return is_told_of_then(j, c);
    if (c->kind == CLAIM_EXISTENCE) return true;
    if (c->plain) return false;
    return c->kind == CLAIM_HARDWARE || c->kind == CLAIM_PATH || c->kind == CLAIM_PROCESS;
}

static bool sets_right(judge *j, const claim *said, const claim *c) {
    if (c->kind == CLAIM_EXISTENCE)
        return said->stance == STANCE_NEGATED &&
               ((said->where.lo < c->where.lo && j->passages[said->passage].block == j->passages[c->passage].block &&
                 is_likeness(j, c)) ||
                (!c->plain && is_of_many(j, c)));
    if (c->kind == CLAIM_PATH) /* the same one, told as gone; no host's "on verso", and no other path that ends alike */
        return said->kind == CLAIM_PATH && str_eq(said->normal, c->normal);
    return c->kind != CLAIM_PROCESS || said->stance == STANCE_NEGATED;
}

/* The claim that sets `c` right, of those of its fact; NULL where none does. */
static const claim *set_right_by(judge *j, const stated *all, size_t n, const claim *c, uint32_t section) {
    size_t lo = 0, hi = n;
    bool anywhere =
        c->kind == CLAIM_PATH || c->kind == CLAIM_EXISTENCE || (c->kind == CLAIM_QUANTITY && !claim_says_now(j, c));
    while (lo < hi) {
        size_t middle = lo + (hi - lo) / 2;
        int order = str_cmp(all[middle].c->fact, c->fact);
        if (order < 0 || (!order && !anywhere && all[middle].section < section))
            lo = middle + 1;
        else
            hi = middle;
    }
    for (size_t i = lo; i < n && i < lo + TRIED && str_eq(all[i].c->fact, c->fact); i++) {
        if (!anywhere && all[i].section != section) break;
        if (sets_right(j, all[i].c, c)) return all[i].c;
    }
    return NULL;
}

/* The true statements of one fact: [*lo, *hi) of `all`. */
static void find_fact(const stated *all, size_t n, str fact, size_t *lo, size_t *hi) {
    size_t from = 0, to = n;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (str_cmp(all[middle].c->fact, fact) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    for (*lo = *hi = from; *hi < n && *hi < from + TRIED && str_eq(all[*hi].c->fact, fact);) ++*hi;
}

static bool may_have_changed(const claim *c) {
    return c->verdict == VERDICT_CONTRADICTED && c->fact.n && c->kind != CLAIM_PROCESS && c->kind != CLAIM_PATH;
}

bool judge_set_right(judge *j) {
    claim_list *claims = j->claims;
    VEC(stated) all = {0};
    uint32_t reached = 0, section = 0;
    bool any = false;
    judge_measured_with(j);
    for (size_t i = 0; i < claims->n; i++)
        any = any || may_be_set_right(j, &claims->at[i]) || may_have_changed(&claims->at[i]);
    if (!any) return true;
    for (size_t i = 0; i < claims->n; i++) {
        const claim *c = &claims->at[i];
        section = sections_until(j->art, &reached, section, c->where.lo);
        if (c->verdict == VERDICT_SUPPORTED && c->fact.n && !VEC_PUSH(j->a, &all, (stated){.c = c, .section = section}))
            return false;
    }
    if (!all.n) return true;
    qsort(all.at, all.n, sizeof *all.at, compare_stated);
    tellings tells;
    tellings_find(j, &tells);
    reached = section = 0;
    for (size_t i = 0; i < claims->n; i++) {
        claim *c = &claims->at[i];
        section = sections_until(j->art, &reached, section, c->where.lo);
        const claim *by = may_be_set_right(j, c) ? set_right_by(j, all.at, all.n, c, section) : NULL;
        if (!by && may_have_changed(c)) {
            size_t lo, hi;
            find_fact(all.at, all.n, c->fact, &lo, &hi);
            by = told_as_changed(j, &tells, all.at + lo, hi - lo, c);
            if (!by) continue;
            claim_unverified(j, c,
                             judge_printf(j, "the article tells the change, \"%.*s\", and this of the time before it",
                                          STR_ARG(by->quote)));
            continue;
        }
        if (!by) continue;
        claim_unverified(
            j, c,
            c->kind != CLAIM_PATH && c->kind != CLAIM_PROCESS && c->kind != CLAIM_EXISTENCE
                ? judge_printf(j, "the article says \"%.*s\" of it, so this is taken for another's", STR_ARG(by->quote))
                : STR("the article tells it as gone, or not done, elsewhere"));
    }
    return true;
}
