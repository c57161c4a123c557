/* command_stance.c - is a command used, proposed, denied, gone, or shown failing?
 *
 * In: the place of something that is typed. Out: how it is said. What stands in code is asserted of the program even
 * where the reader is told to type it ("run `berth check`", "if the disk is full, run `berth prune`"): whoever tells so
 * says that it is there. A use that is denied ("never run `berth prune` by hand") denies no existence; "has no",
 * "there is no", "does not know" and "unknown command" do.
 */
#include "facts/commands/commands.h"
#include "facts/reading/standing.h"

static bool one_of(const passage *p, uint32_t i, const char *const *words, size_t n) {
    for (size_t k = 0; k < n; k++)
        if (word_is(p, i, words[k])) return true;
    return false;
}
#define ONE_OF(p, i, words) one_of((p), (i), (words), COUNT_OF(words))

/* ---- refusals ---- */

/* "unknown command", "unrecognized option", "no such subcommand", "command not found", "invalid choice". */
static bool text_refuses(str text) {
    static const char *const how[] = {"unknown",   "unrecognized", "unrecognised", "no such",  "invalid",
                                      "illegal",   "unexpected",   "not a valid",  "is not a", "isn't a",
                                      "undefined", "no command",   "unsupported"};
    static const char *const what[] = {"command", "subcommand", "option", "flag", "argument", "choice", "switch"};
    char folded[400];
    ptrdiff_t n = text.n < (ptrdiff_t)sizeof folded ? text.n : (ptrdiff_t)sizeof folded;
    for (ptrdiff_t i = 0; i < n; i++) folded[i] = (char)byte_lower(text.p[i]);
    str low = str_make(folded, (size_t)n);
    if (str_find(low, STR("command not found"), 0) >= 0 || str_find(low, STR("no such command"), 0) >= 0) return true;
    for (size_t i = 0; i < COUNT_OF(how); i++) {
        ptrdiff_t at = str_find(low, str_from_cstr(how[i]), 0);
        if (at < 0) continue;
        str behind = str_slice(low, at, at + (ptrdiff_t)strlen(how[i]) + 40);
        for (size_t k = 0; k < COUNT_OF(what); k++)
            if (str_find(behind, str_from_cstr(what[k]), 0) >= 0) return true;
    }
    return false;
}

/* "error: 'sync' was removed, use 'publish'" */
static bool text_retires(str text) {
    static const char *const how[] = {"removed", "deprecated", "no longer", "renamed", "did you mean", "not allowed"};
    if (str_find(text, STR("rror"), 0) < 0 && str_find(text, STR("fatal"), 0) < 0) return false;
    for (size_t i = 0; i < COUNT_OF(how); i++)
        if (str_find(text, str_from_cstr(how[i]), 0) >= 0) return true;
    return false;
}

bool output_refuses(judge *j, const passage *p) {
    uint32_t own = (uint32_t)(p - j->passages), command = p->label == PASSAGE_NONE ? own : p->label;
    for (uint32_t i = own + 1; i < j->passage_count && i < own + 16; i++) {
        const passage *q = &j->passages[i];
        if (q->block != p->block || (q->flags & PASSAGE_PROMPT && q->label != command)) break;
        if (q->flags & PASSAGE_TERMINAL && (text_refuses(passage_text(q)) || text_retires(passage_text(q))))
            return true;
    }
    return false;
}

/* ---- prose ---- */

/* A word of inline code says nothing of how the sentence speaks: `plan` is no plan. */
static bool is_code_word(const judge *j, const passage *p, uint32_t i) {
    return !p->on->of && j->art->prose.p[p->words[i].lo] == PROSE_MASK;
}

static uint32_t spoken_cues(const judge *j, const passage *p, uint32_t lo, uint32_t hi) {
    uint32_t first, end, cues = 0;
    passage_window(p, lo, hi, &first, &end);
    for (uint32_t i = first; i < end; i++)
        if (!is_code_word(j, p, i)) cues |= p->words[i].cues;
    return cues;
}

/* "no `x`", "has no `x`", "lacks `x`", "does not have `x`", "there never was a `x`": before it in the clause. */
static bool denies_before(const passage *p, clause_range clause, uint32_t lo) {
    static const char *const none[] = {"no", "lacks", "lack", "lacking", "without", "nor", "neither"};
    static const char *const having[] = {"have",    "has",   "had",     "know",  "knows", "offer",  "support", "accept",
                                         "provide", "exist", "include", "got",   "take",  "offers", "ship",    "be",
                                         "a",       "an",    "any",     "known", "such",  "been",   "contain", "there"};
    uint32_t first, end, last = UINT32_MAX;
    passage_window(p, clause.lo, lo, &first, &end);
    for (uint32_t i = first; i < end && p->words[i].hi <= lo; i++)
        if (p->words[i].lo >= clause.lo && p->words[i].cues & CUE_NEGATION) last = i;
    if (last == UINT32_MAX || lo - p->words[last].hi > 60) return false;
    if (ONE_OF(p, last, none)) return !word_is(p, last + 1, "longer") && !word_is(p, last + 1, "need");
    for (uint32_t i = last + 1; i < end && p->words[i].hi <= lo; i++)
        if (ONE_OF(p, i, having)) return true;
    return false;
}

/* "`x` does not exist", "`x` is no subcommand", "`x` is not a flag", "`x` was never there". */
static bool denies_behind(const passage *p, clause_range clause, uint32_t hi) {
    static const char *const what[] = {"exist",  "exists",     "command", "subcommand", "flag",    "option",   "there",
                                       "one",    "supported",  "known",   "listed",     "among",   "part",     "thing",
                                       "switch", "recognised", "valid",   "recognized", "existed", "available"};
    uint32_t first, end;
    passage_window(p, hi, clause.hi, &first, &end);
    for (uint32_t i = first; i < end && p->words[i].lo < clause.hi; i++) {
        if (p->words[i].lo < hi || !(p->words[i].cues & CUE_NEGATION)) continue;
        if (p->words[i].lo > hi + 40) return false;
        for (uint32_t k = i + 1; k < end && k < i + 4; k++)
            if (ONE_OF(p, k, what)) return true;
        return false;
    }
    return false;
}

/* "`x` is refused", "`x` is a joke of hers", "`x` gives an error": whoever says so claims no such command. */
static bool is_dismissed(const passage *p, uint32_t hi) {
    uint32_t i = standing_word_at(p, hi);
    if (i >= p->word_count || p->words[i].lo > hi + 2 || !word_in(p, i, "is was gives gave earns ends stays remains"))
        return false;
    for (uint32_t k = i + 1; k < p->word_count && k < i + 4; k++) {
        if (word_in(p, k,
                    "refused rejected ignored joke typo mistake error nonsense dream fantasy invention lie "
                    "imaginary wish wishes"))
            return true;
        if (!(p->words[k].cues & CUE_STOP)) return false;
    }
    return false;
}

/* "we thought of adding a `restore` subcommand", "a proposed `--fast`", "on the wish list". */
static bool is_proposed(const judge *j, const passage *p, uint32_t lo, uint32_t hi) {
    static const char *const words[] = {"adding",    "propose",      "proposed",    "proposal", "proposes", "suggested",
                                        "idea",      "planned",      "plans",       "wish",     "wishlist", "roadmap",
                                        "imagine",   "considered",   "considering", "someday",  "todo",     "requested",
                                        "request",   "upcoming",     "hope",        "hoped",    "wanted",   "asked",
                                        "wishes",    "hypothetical", "imaginary",   "future",   "invent",   "invented",
                                        "fictional", "missing",      "pretend",     "tempted",  "proposing"};
    uint32_t first, end;
    passage_window(p, lo, hi, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        if ((p->words[i].hi > lo && p->words[i].lo < hi) || is_code_word(j, p, i)) continue;
        if (ONE_OF(p, i, words)) return true;
        if (word_is(p, i, "to") && word_is(p, i + 1, "add") && p->words[i].hi <= lo) return true;
        if (p->words[i].cues & CUE_FUTURE && p->words[i].hi <= lo && lo - p->words[i].hi < 60) return true;
    }
    return false;
}

/* "Something asks you for `berth sync`. Then you read an old page. │ It's gone since February.": one of the next two
 * sentences. */
static bool is_gone_behind(judge *j, const passage *p) {
    uint32_t own = (uint32_t)(p - j->passages);
    for (uint32_t i = own + 1, n = 0; p->kind == PASSAGE_SENTENCE && i < j->passage_count && n < 2; i++, n++) {
        passage *q = &j->passages[i];
        if (q->kind != PASSAGE_SENTENCE || q->previous != i - 1) return false;
        passage_prepare(j, q);
        if (word_in(q, 0, "it it's that that's this they") && q->cues & CUE_GONE) return true;
    }
    return false;
}

/* "…, where the command `make` became `draft`. │ My fingers still type `berth make`.", "Removed. │ `lex sync`": the
 * sentence before renames it, or says that it went. */
static bool is_renamed_before(judge *j, const passage *p, uint32_t lo, uint32_t hi) {
    if (p->kind != PASSAGE_SENTENCE || p->previous == PASSAGE_NONE) return false;
    passage *q = &j->passages[p->previous];
    passage_prepare(j, q);
    if (q->word_count < 4 && word_in(q, 0, "removed deleted gone retired dropped"))
        return true; /* "Removed. `x sync`" */
    str path = surface_slice(p->on, lo, hi);
    ptrdiff_t name = path.n;
    while (name > 0 && path.p[name - 1] != ' ') name--;
    path = str_slice(path, name, path.n);
    for (uint32_t i = 0; i + 1 < q->word_count && i < 200; i++)
        if (str_eq(surface_slice(q->on, q->words[i].lo, q->words[i].hi), path) && is_code_word(j, q, i) &&
            word_in(q, i + 1, "became becomes turned gave was is has"))
            return !word_in(q, i + 1, "was is has") ||
                   word_in(q, i + 2, "renamed replaced called become gone removed now");
    return false;
}

static bool speaks_of_past(judge *j, const passage *p, uint32_t lo, uint32_t hi, const stance_view *s) {
    static const char *const words[] = {"renamed",  "deprecated", "formerly", "until",  "removed", "dropped",   "gone",
                                        "replaced", "retired",    "old",      "former", "longer",  "previously"};
    static const char *const ended[] = {"deleted", "discontinued", "buried", "scrapped", "sunset"};
    uint32_t first, end;
    if (s->past || s->stance == STANCE_HISTORICAL || told_in_past(p, lo, hi)) return true;
    str behind = surface_slice(p->on, hi, p->text.hi); /* "…, which is why it is no more" */
    if (str_find(behind, STR(" is no more"), 0) >= 0 || str_find(behind, STR(" are no more"), 0) >= 0) return true;
    passage_window(p, lo, hi, &first, &end);
    for (uint32_t i = first; i < end; i++)
        if (!(p->words[i].hi > lo && p->words[i].lo < hi) && !is_code_word(j, p, i) && ONE_OF(p, i, words)) return true;
    for (uint32_t i = first + 1; i < end; i++) /* "it has been deleted"; what a command deletes is not it */
        if (p->words[i].lo >= hi && ONE_OF(p, i, ended) && word_in(p, i - 1, "been was were")) return true;
    for (uint32_t t = p->token_lo; t < p->token_hi && t < p->token_lo + 64 && s->historical; t++)
        if (p->on->tokens[t].kind == TOKEN_DATE) return true;
    if (is_gone_behind(j, p) || is_renamed_before(j, p, lo, hi)) return true;
    if (p->kind != PASSAGE_CELL && !(p->flags & PASSAGE_IN_LIST)) return false;
    for (int k = 0; k < 2; k++) { /* "Removed in 4.1:" above the list; the column "gone since" */
        uint32_t at = k ? p->column : p->lead;
        if (at == PASSAGE_NONE) continue;
        passage_prepare(j, &j->passages[at]);
        if (j->passages[at].cues & (CUE_PAST | CUE_GONE)) return true;
    }
    return false;
}

/* A code block takes the tense of the line that leads into it: "Until 4.1 it was:". */
static void lead_says(judge *j, const passage *p, said *out) {
    if (p->lead == PASSAGE_NONE) return;
    passage *lead = &j->passages[p->lead];
    passage_prepare(j, lead);
    if (!str_ends(passage_text(lead), STR(":"))) return;
    bool now = false;
    for (uint32_t i = 0; i < lead->word_count && i < 200; i++) now = now || word_is(lead, i, "now");
    if (lead->cues & (CUE_PAST | CUE_GONE) && !now) out->past = true;
    if (lead->cues & (CUE_MODAL | CUE_OTHERS | CUE_NEGATION) || is_proposed(j, lead, lead->text.hi - 1, lead->text.hi))
        out->weak = true;
    if (text_refuses(passage_text(lead))) out->denies = true;
}

said said_at(judge *j, passage *p, uint32_t lo, uint32_t hi, bool noun) {
    said out = {.view = stance_at(j, p, lo, hi)};
    if (!j->about_us) return out;
    passage_prepare(j, p);
    stance_view *s = &out.view;
    if (s->loose) out.weak = true;
    if (p->kind == PASSAGE_CODE) {
        if (s->stance == STANCE_ASSERTED) lead_says(j, p, &out);
        if (output_refuses(j, p)) out.denies = true;
        return out;
    }
    bool asked = str_ends(passage_text(p), STR("?"));
    bool proposed = is_proposed(j, p, lo, hi);
    if (s->stance == STANCE_QUOTED) return out;
    if (s->stance == STANCE_INSTRUCTION || s->stance == STANCE_REQUIREMENT) s->stance = STANCE_ASSERTED;
    /* "If it is full, run `berth prune`" asserts prune; "if it had a prune, I would use it" does not. */
    bool future = noun && spoken_cues(j, p, lo, hi) & CUE_IF;
    if (s->stance == STANCE_HYPOTHETICAL && !(spoken_cues(j, p, lo, hi) & (CUE_MODAL | CUE_FUTURE)) && !asked &&
        !future && !word_is(p, 0, "had"))
        s->stance = s->denied ? STANCE_NEGATED : STANCE_ASSERTED;
    if (proposed || (asked && !noun)) s->stance = STANCE_HYPOTHETICAL;
    if (s->stance == STANCE_HYPOTHETICAL) return out;
    clause_range clause = clause_at(j, p, lo, hi);
    out.denies = denies_before(p, clause, lo) || denies_behind(p, clause, hi) || text_refuses(passage_text(p));
    if (is_dismissed(p, hi)) out.weak = true;
    out.refused = s->denied && !out.denies;
    out.past = speaks_of_past(j, p, lo, hi, s);
    if (out.past && s->stance == STANCE_ASSERTED) s->stance = STANCE_HISTORICAL;
    return out;
}
