/* version_past.c - may the version be one of a time that is over, of a component whose history nobody declared?
 *
 *     "OpenZFS 2.3.4. It was 2.2.7 under Proxmox 8"       what runs now stands beside it, in the next sentence
 *     "| driver | 580.95.05 | 580.126.09 |"               or in the row
 *     "**8th.** It boots DGX OS 7.2.3"                    a diary's day
 *     "The versions that night: vLLM 0.18.0; forge 1.7.2" a fragment takes its tense from what is told around it
 *     date: 2026-08-30, as_of: 2026-10-18                 an article of long before the manifest's day
 *     "0.15.1 to 0.17.1", "in place of 2.10.2"            where a change began
 *     "I went with vLLM 0.12.0", "we updated Ubuntu to 25.10"   not: what was chosen is there, and what is newer than
 * what runs came after it, unless the article says that it went
 *
 * A manifest that says what runs, and nothing of what ran, cannot refute what ran. In: a version that is not what runs,
 * bound to a component without a declared history. Out: whether anything says that it is told of another time than now.
 * A version that is newer than what runs was hardly there before it: only words of the past in its own clause count.
 * What has a history is judged by it, and never asked here.
 */
#include "facts/reading/calendar.h"
#include "facts/reading/standing.h"
#include "facts/versions/versions.h"

enum { TOKENS_LOOKED_AT = 64, CELLS_LOOKED_AT = 32, LONG_BEFORE_DAYS = 45, TOKENS_OF_ARTICLE = 8192 };

/* "b8214" is 8214: tags of builds order as their numbers. */
static str bare(str text) {
    ptrdiff_t i = 0;
    while (i < text.n && byte_is_alpha(text.p[i])) i++;
    return i < text.n && byte_is_digit(text.p[i]) ? str_slice(text, i, text.n) : text;
}

static bool is_newer(const manifest_version *v, str stated) {
    enum version_order order = version_compare((enum version_scheme)v->scheme, stated, v->text);
    if (order == VERSION_UNORDERED) order = version_compare(VERSION_LOOSE, bare(stated), bare(v->text));
    return order == VERSION_GREATER;
}

/* Does some other token of the passage state what runs now? */
static bool states_current(const passage *p, const token *t, const manifest_version *v) {
    for (uint32_t i = p->token_lo; i < p->token_hi && i < p->token_lo + TOKENS_LOOKED_AT; i++) {
        const token *x = &p->on->tokens[i];
        if (x->text.lo < t->text.hi && x->text.hi > t->text.lo) {
            if (!(x->flags & TOKEN_CHANGE)) continue; /* "from 16.11 to 16.12" is one token */
            str to = surface_slice(p->on, t->text.hi, x->text.hi);
            while (to.n && !byte_is_digit(to.p[0])) to = str_slice(to, 1, to.n);
            if (to.n > 2 && version_agrees(v, to, v->text)) return true;
            continue;
        }
        str text = surface_slice(p->on, x->core.lo, x->core.hi);
        if (x->kind == TOKEN_IDENT) text = surface_slice(p->on, x->text.lo, x->text.hi);
        if (x->kind != TOKEN_VERSION && x->kind != TOKEN_NUMBER && x->kind != TOKEN_IDENT && x->kind != TOKEN_IMAGE)
            continue;
        bool pointed = str_find_byte(text, '.', 0) > 0 || x->kind == TOKEN_IDENT;
        if (pointed && text.n > 2 && version_agrees(v, text, v->text)) return true;
    }
    return false;
}

static bool current_beside(judge *j, const passage *p, const token *t, const manifest_version *v) {
    uint32_t own = (uint32_t)(p - j->passages);
    if (states_current(p, t, v)) return true;
    if (p->kind == PASSAGE_SENTENCE) {
        if (p->previous != PASSAGE_NONE && states_current(&j->passages[p->previous], t, v)) return true;
        return own + 1 < j->passage_count && j->passages[own + 1].previous == own &&
               states_current(&j->passages[own + 1], t, v);
    }
    if (p->kind != PASSAGE_CELL) return false;
    uint32_t label = p->label != PASSAGE_NONE ? p->label : own; /* a header's cells have no label of their own */
    for (uint32_t i = label; i < j->passage_count && i < label + CELLS_LOOKED_AT; i++) {
        const passage *q = &j->passages[i];
        if (q->kind != PASSAGE_CELL || (i != label && q->label != p->label)) break;
        if (q != p && states_current(q, t, v)) return true;
    }
    for (uint32_t i = own, n = 0; i > 0 && n < CELLS_LOOKED_AT; i--, n++) {
        const passage *q = &j->passages[i - 1];
        if (q->kind != PASSAGE_CELL || q->label != p->label) break;
        if (states_current(q, t, v)) return true;
    }
    return false;
}

/* Has the sentence no verb that tells its time? */
static bool is_timeless(const passage *p) {
    for (uint32_t i = 0; i < p->word_count && i < 64; i++)
        if (word_in(p, i,
                    "is are am has have do does runs run uses use serves listens remains remain stays stay sits stands "
                    "rests here's it's we're i'm now today currently"))
            return false;
    return true;
}

/* "at first", "originally", "on the day": a time that is not now, in words. */
static bool says_of_then(const passage *p) {
    for (uint32_t i = 0; i < p->word_count && i < 128; i++) {
        if (told_time_before(p, i)) return true;
        if (word_in(p, i,
                    "originally initially formerly previously earlier replaces replaced replacing until "
                    "yesterday ago then") &&
            !(word_is(p, i, "then") && (i == 0 || word_in(p, i - 1, "only since"))) && !version_is_open_end(p, i))
            return true;
        if (word_is(p, i, "at") && word_in(p, i + 1, "first")) return true;
        if (word_is(p, i, "on") && word_is(p, i + 1, "the") && word_in(p, i + 2, "day evening night")) return true;
    }
    return false;
}

static bool neighbour_is_past(judge *j, uint32_t index) {
    if (index == PASSAGE_NONE || index >= j->passage_count || j->passages[index].kind != PASSAGE_SENTENCE) return false;
    passage *q = &j->passages[index];
    passage_prepare(j, q);
    if (word_is(q, 0, "if")) return false;                     /* "If everything went well, the log ends like ours:" */
    for (uint32_t i = 0; i + 1 < q->word_count && i < 32; i++) /* "was captured during normal operation:" */
        if (word_is(q, i, "during") && word_in(q, i + 1, "normal regular ordinary usual everyday")) return false;
    return told_in_past(q, q->text.lo, q->text.lo + 1);
}

/* Told in the past by what stands around a sentence without a tense, or leads into a list, a table or code. */
static bool surroundings_are_past(judge *j, const passage *p, const token *t) {
    if (p->kind == PASSAGE_SENTENCE && is_timeless(p)) {
        uint32_t own = (uint32_t)(p - j->passages);
        if (neighbour_is_past(j, p->previous)) return true;
        if (own + 1 < j->passage_count && j->passages[own + 1].previous == own && neighbour_is_past(j, own + 1))
            return true;
        if (p->previous == PASSAGE_NONE && neighbour_is_past(j, p->above)) return true;
    }
    bool under = p->kind != PASSAGE_SENTENCE || (p->flags & PASSAGE_IN_LIST && is_timeless(p));
    if (!under || !neighbour_is_past(j, p->lead)) return false;
    bool typed = p->kind == PASSAGE_CODE && (p->flags & (PASSAGE_PROMPT | PASSAGE_CONFIG) || t->flags & TOKEN_PINNED);
    if (!typed) return true; /* "The installation was two lines:" is how what runs was put there */
    passage *lead = &j->passages[p->lead];
    passage_prepare(j, lead);
    for (uint32_t i = 0; i < lead->word_count && i < 64; i++)
        if (i > 0 && word_in(lead, i, "first initial original") && word_in(lead, i - 1, "the our my its a"))
            return true; /* "The first requirements file was this:" */
    return says_of_then(lead);
}

/* "0.16 → 0.17", not "- vLLM → 0.17", whose only arrow parts the name from its version. */
static bool has_arrow(const passage *p, const token *t) {
    static const char *const arrows[] = {"\xe2\x86\x92", "->"};
    str text = passage_text(p), before = str_trim(surface_slice(p->on, p->text.lo, t->text.lo));
    for (size_t k = 0; k < COUNT_OF(arrows); k++) {
        str arrow = str_from_cstr(arrows[k]);
        ptrdiff_t at = str_find(text, arrow, 0);
        if (at < 0) continue;
        str name = str_trim(str_slice(text, 0, at));
        bool parts = str_ends(before, arrow) && before.n == at + arrow.n && str_find(text, arrow, at + arrow.n) < 0;
        for (ptrdiff_t i = 0; i < name.n; i++) parts = parts && !byte_is_digit(name.p[i]);
        if (!parts) return true;
    }
    return false;
}

/* "upgraded … to Heron 2.5.0", "updated Heron to 2.5.0": where a change went runs now, or a later change is told. */
static bool ends_change(const passage *p, uint32_t from, uint32_t lo) {
    static const char moves[] =
        "upgraded updated moved switched bumped went migrated brought raised lifted upgrade update "
        "move switch";
    uint32_t first, end, i;
    passage_window(p, from, from, &first, &end);
    for (i = first; i < end && p->words[i].hi <= from;) i++;
    if (i > first && word_is(p, i - 1, "to")) return true;
    uint32_t to = version_word_before(p, lo);
    bool moved = false;
    for (i = first; i < end && to != UINT32_MAX && i < to; i++) moved = moved || word_in(p, i, moves);
    return moved && word_is(p, to, "to");
}

/* Does the sentence, or one of the two behind it, tell of going back, or of what made one go back? */
static bool is_taken_back(judge *j, const passage *p) {
    static const char words[] =
        "back again rolled roll rollback reverted revert returned return downgraded downgrade undone "
        "undid undoing undo broke broken crashed crash crashes hung hang hangs failed fails lasted "
        "never regret regretted mistake removed uninstalled gone worse slower bug regression";
    uint32_t at = (uint32_t)(p - j->passages);
    for (uint32_t k = 0; k < 3 && at < j->passage_count; k++, at++) {
        passage *q = &j->passages[at];
        if (k && q->previous != at - 1) break;
        passage_prepare(j, q);
        for (uint32_t i = 0; i < q->word_count && i < 128; i++)
            if (word_in(q, i, words)) return true;
    }
    return false;
}

/* "I went with", "we settled on", "I chose": what we chose. */
static bool is_chosen(const passage *p, uint32_t from) {
    uint32_t first, end, at = UINT32_MAX;
    passage_window(p, from, from, &first, &end);
    for (uint32_t i = first; i < end && p->words[i].hi <= from; i++) at = i;
    if (at == UINT32_MAX || at < first + 1 || p->words[at].hi + 3 < from) return false;
    if (word_in(p, at, "chose picked pinned froze")) return word_in(p, at - 1, "i we have i've we've");
    uint32_t verb = at - 1, subject = verb > first ? verb - 1 : verb;
    bool chosen = (word_in(p, at, "with") && word_in(p, verb, "went stuck stayed")) ||
                  (word_in(p, at, "on") && word_in(p, verb, "settled standardised standardized decided stayed")) ||
                  (word_in(p, at, "for") && word_in(p, verb, "opted settled")) ||
                  (word_in(p, at, "at to") && word_in(p, verb, "stayed stuck"));
    return chosen && (p->words[subject].cues & CUE_FIRST || word_in(p, subject, "and finally then so eventually have"));
}

/* "CUDA 12.2 was selected, because …": the same behind it. */
static bool is_selected(const passage *p, uint32_t hi) {
    uint32_t i = standing_word_at(p, hi);
    if (word_is(p, i, "of")) { /* "version 0.6.3 of vLLM was adopted" */
        i++;
        i += word_in(p, i, "the our");
        for (uint32_t h = p->hit_lo; h < p->hit_hi && i < p->word_count; h++)
            if (p->on->hits[h].where.lo == p->words[i].lo && p->on->hits[h].inside < 0) hi = p->on->hits[h].where.hi;
        i = standing_word_at(p, hi);
    }
    if (!word_in(p, i, "was is has") || p->words[i].lo != hi + 1) return false;
    if (word_is(p, i, "has")) i++;
    return word_in(p, i + 1, "selected chosen picked preferred adopted qualified certified approved");
}

/* "CUDA is still at 12.4", "I'm on 0.9.2": the present, right before it. */
static bool is_present_state(const passage *p, uint32_t lo) {
    uint32_t at = version_word_before(p, lo);
    if (p->kind != PASSAGE_SENTENCE || at == UINT32_MAX || at == 0 || !word_in(p, at, "at on")) return false;
    uint32_t verb = at - 1;
    while (verb > 0 && word_in(p, verb, "still now currently")) verb--;
    if (verb > 0 && word_is(p, verb, "been") && word_in(p, verb - 1, "has have")) return true; /* and is */
    return word_in(p, verb, "is are am i'm we're it's stays remains sits stands");
}

/* "is frozen at NVIDIA driver 535", "was pinned to …": until somebody lets go of it. */
static bool is_frozen(const passage *p, uint32_t from) {
    uint32_t at = version_word_before(p, from);
    return at != UINT32_MAX && at > 0 && word_in(p, at, "at to on") &&
           word_in(p, at - 1, "frozen pinned locked fixed standardised standardized");
}

/* "I ended up on Ubuntu 24.10 with driver 550.90.07", "it came up with …": what was there in the end. Eight words, so
 * that a second component is reached. */
static bool is_outcome(const passage *p, uint32_t from) {
    uint32_t i = passage_word_before(p, from);
    if (i == UINT32_MAX) return false;
    for (uint32_t looked = 0; looked < 8; i--, looked++) {
        if (word_in(p, i, "ended landed came booted rebooted restarted"))
            return word_in(p, i + 1, "up into") && word_in(p, i + 2, "on with at in driver");
        if (i == 0) return false;
    }
    return false;
}

/* "The row in grey is from vLLM 0.13.0": what was measured, of which a part is older. */
static bool tells_of_a_row(const passage *p, uint32_t end) {
    for (uint32_t i = 0; i < end; i++)
        if (word_in(p, i, "row rows column columns line lines entry entries chart figure figures first others"))
            return true;
    return false;
}

/* "In January I went with …", "last winter": a time of its own. */
static bool names_a_time(const passage *p) {
    static const char times[] = "january february march april may june july august september october november december "
                                "spring summer autumn winter yesterday";
    for (uint32_t i = p->token_lo; i < p->token_hi && i < p->token_lo + TOKENS_LOOKED_AT; i++)
        if (p->on->tokens[i].kind == TOKEN_DATE) return true;
    for (uint32_t i = 0; i < p->word_count && i < 128; i++)
        if ((i && word_in(p, i, times)) || (word_is(p, i, "last") && word_in(p, i + 1, "year month week night time")))
            return true;
    return false;
}

/* "Those 52 tok/s are from February": what is told was so then. */
static bool is_from_a_month(const passage *p) {
    static const char months[] =
        "january february march april may june july august september october november december";
    for (uint32_t i = 1; i + 1 < p->word_count && i < 128; i++)
        if (word_is(p, i, "from") && word_in(p, i - 1, "is are was were comes come") && word_in(p, i + 1, months))
            return true;
    return false;
}

/* Does the article state anywhere what runs now? Then what was chosen may have gone since. */
static bool article_states(const judge *j, const manifest_version *v) {
    const surface *body = &j->surfaces[0];
    if (body->token_count > TOKENS_OF_ARTICLE) return true;
    for (uint32_t i = 0; i < body->token_count; i++) {
        const token *x = &body->tokens[i];
        str text = surface_slice(body, x->core.lo, x->core.hi);
        if ((x->kind == TOKEN_VERSION || x->kind == TOKEN_NUMBER || x->kind == TOKEN_IMAGE) && text.n > 2 &&
            str_find_byte(text, '.', 0) > 0 && version_agrees(v, text, v->text))
            return true;
    }
    return false;
}

/* "5.3.1-rc2", "1.26.0rc0", "2.0-beta": a release before the release. */
static bool is_candidate(str stated) {
    static const char *const tags[] = {"rc", "beta", "alpha", "pre", "dev", "preview"};
    for (size_t k = 0; k < COUNT_OF(tags); k++) {
        ptrdiff_t at = str_find(stated, str_from_cstr(tags[k]), 1);
        if (at > 0 && (byte_is_digit(stated.p[at - 1]) || strchr("-.~", stated.p[at - 1]))) return true;
    }
    return false;
}

bool version_is_candidate_only(judge *j, passage *p, const token *t, uint32_t entity, str stated) {
    static const char runs[] = "run runs running is are serves serve have has on uses use installed deployed since "
                               "now today currently still";
    const manifest_version *v = &j->m->entities[entity].version;
    if (!v->text.n || !is_candidate(stated) || is_candidate(v->text) || !is_newer(v, stated)) return false;
    passage_prepare(j, p);
    if (p->kind == PASSAGE_CODE || (p->kind == PASSAGE_CELL && t->text.hi + 2 >= p->text.hi)) return false;
    clause_range part = stance_part(p, t->text.lo, t->text.hi);
    for (uint32_t i = 0; i < p->word_count && i < 128; i++) {
        if (p->words[i].lo < part.lo || p->words[i].hi > part.hi) continue;
        bool before = p->words[i].hi <= t->text.lo;
        if (before ? word_in(p, i, runs)
                   : p->words[i].lo >= t->text.hi && word_in(p, i,
                                                             "installed deployed running live today now currently "
                                                             "serves runs since"))
            return false;
    }
    return true;
}

/* "| | January | Today |": of the column of a time, which only a history could refute. */
static bool is_of_dated_column(judge *j, const passage *p) {
    calendar when;
    unsigned year;
    if (p->kind != PASSAGE_CELL || p->column == PASSAGE_NONE || p->label == PASSAGE_NONE) return false;
    passage *column = &j->passages[p->column];
    passage_prepare(j, column);
    return column->word_count < 4 && (calendar_at(column, 0, &when) || calendar_year_at(column, 0, &year) ||
                                      (column->word_count == 1 && word_in(column, 0, "then originally previously")));
}

bool version_may_be_former(judge *j, passage *p, const token *t, uint32_t entity, uint32_t from, str stated) {
    const manifest_version *v = &j->m->entities[entity].version;
    if (v->history_count || !v->text.n) return false;
    day_number first, last;
    passage_prepare(j, p);
    bool newer = is_newer(v, stated);
    if (newer && ends_change(p, from, t->text.lo) && !is_taken_back(j, p)) return false;
    bool of_then = (j->day && j->day + LONG_BEFORE_DAYS < j->m->as_of) || told_days(j, p, &first, &last);
    if (is_present_state(p, t->text.lo) && !(j->day && j->day + LONG_BEFORE_DAYS < j->m->as_of)) return false;
    bool frozen = is_frozen(p, from);
    bool stands = p->kind == PASSAGE_SENTENCE && (frozen || is_chosen(p, from) || is_selected(p, t->text.hi) ||
                                                  is_outcome(p, from) || ends_change(p, from, t->text.lo));
    if (stands && !of_then && !says_of_then(p) && !names_a_time(p) && (frozen || !is_taken_back(j, p)) &&
        !told_under_past_heading(j, p) && !article_states(j, v))
        return false;
    uint32_t verb = version_word_before(p, from);
    bool runs = verb != UINT32_MAX && /* "it began on a host that runs Ubuntu 22.04", "after that we're running …" */
                (word_in(p, verb, "runs run uses use") ||
                 (verb > 0 && word_is(p, verb, "running") && word_in(p, verb - 1, "are is i'm we're it's now still")));
    if (runs && p->kind == PASSAGE_SENTENCE && !of_then && !says_of_then(p) && !names_a_time(p)) return false;
    if (told_in_past(p, from, t->text.hi) || told_under_past_heading(j, p) || version_is_past_place(j, p, t))
        return true;
    if ((p->kind != PASSAGE_CODE && has_arrow(p, t)) || is_of_dated_column(j, p)) return true;
    if (p->kind == PASSAGE_SENTENCE && verb != UINT32_MAX && word_is(p, verb, "from") && tells_of_a_row(p, verb))
        return true;
    if (newer) return false;
    day_number today = j->day ? j->day : j->m->as_of;
    if (j->day && j->day + LONG_BEFORE_DAYS < j->m->as_of) return true; /* what ran when it was written? */
    if (told_days(j, p, &first, &last) && last < today) return true;
    return current_beside(j, p, t, v) || surroundings_are_past(j, p, t) ||
           (p->kind == PASSAGE_SENTENCE &&
            (says_of_then(p) || is_from_a_month(p) || (names_a_time(p) && is_timeless(p))));
}
