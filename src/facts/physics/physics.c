/* physics.c - what is wrong whatever the manifest says.
 *
 *     physics-speed-up    from a to b, "N times" or "N %": no reading of N follows from a and b
 *     physics-total       the row named total is not the sum of the rows above it
 *     physics-table       a sentence and the table beside it give one label two values in one unit
 *     physics-fit         "a 140 GB model fits in 121 GB"
 *     physics-time        a timeline that runs backwards, a duration that its own clock times contradict
 *     physics-version     a version stated before it was installed here
 *     physics-bandwidth   decode faster than bandwidth / active weight bytes, every operand declared, one stream
 *
 * A false finding here is worse than a miss: every rule needs all its operands in one place, allows for rounding of
 * each of them, and gives up where a second reading exists.
 */
#include "facts/physics/physics.h"

#include <math.h>

void physics_finding(judge *j, const char *rule, const passage *p, uint32_t lo, uint32_t hi, str message) {
    if (!p->on->of && article_is_struck(j->art, (text_range){lo, hi})) return;
    finding f = {.rule = str_from_cstr(rule),
                 .level = LEVEL_ERROR,
                 .message = message,
                 .where = surface_source(j, p->on, lo, hi)};
    bool kept = vec_reserve(j->a, (void **)(void *)&j->findings->at, j->findings->n, &j->findings->capacity, sizeof f);
    if (kept)
        j->findings->at[j->findings->n++] = f;
    else
        j->failed = true;
}

/* Asserted prose of ours or anybody's: not quoted, not hypothetical. */
bool physics_stated(judge *j, passage *p, uint32_t lo, uint32_t hi) {
    stance_view s = stance_at(j, p, lo, hi);
    return s.stance != STANCE_QUOTED && s.stance != STANCE_HYPOTHETICAL && s.stance != STANCE_INSTRUCTION && !s.denied;
}

/* ---- words ---- */

enum { AROUND = 24, TOKEN_LIMIT = 24, HIT_LIMIT = 24 };

void physics_around(const judge *j, const passage *p, uint32_t *first, uint32_t *end) {
    uint32_t at = (uint32_t)(p - j->passages);
    *first = at > AROUND ? at - AROUND : 0;
    *end = at + AROUND < j->passage_count ? at + AROUND : j->passage_count;
}

/* A sentence whose names and numbers may be looked at in pairs. */
bool physics_is_short(const passage *p) {
    return p->kind == PASSAGE_SENTENCE && p->token_hi - p->token_lo <= TOKEN_LIMIT &&
           p->hit_hi - p->hit_lo <= HIT_LIMIT;
}

void physics_words(const passage *p, uint32_t lo, uint32_t hi, uint32_t *first, uint32_t *end) {
    uint32_t a = 0, b = p->word_count;
    while (a < b && p->words[a].lo < lo) a++;
    for (*first = a; a < b && p->words[a].hi <= hi;) a++;
    *end = a;
}

bool physics_only(const passage *p, uint32_t lo, uint32_t hi, const char *words) {
    uint32_t first, end;
    physics_words(p, lo, hi, &first, &end);
    for (uint32_t i = first; i < end; i++)
        if (!word_in(p, i, words)) return false;
    return true;
}

bool physics_any(const passage *p, uint32_t lo, uint32_t hi, const char *words) {
    uint32_t first, end;
    physics_words(p, lo, hi, &first, &end);
    for (uint32_t i = first; i < end; i++)
        if (word_list_may_hold(words, p->words[i].stem) && word_in(p, i, words)) return true;
    return false;
}

bool physics_phrase(const passage *p, uint32_t lo, uint32_t hi, const char *phrase) {
    uint32_t first, end;
    str rest = str_from_cstr(phrase), one;
    physics_words(p, lo, hi, &first, &end);
    for (; str_cut(&rest, ' ', &one); first++)
        if (first >= end || !str_eq_nocase(surface_slice(p->on, p->words[first].lo, p->words[first].hi), one))
            return false;
    return first == end;
}

bool physics_begins(const passage *p, uint32_t lo, uint32_t hi, const char *stems) {
    uint32_t first, end;
    physics_words(p, lo, hi, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        str here = surface_slice(p->on, p->words[i].lo, p->words[i].hi), rest = str_from_cstr(stems), stem;
        while (str_cut(&rest, ' ', &stem))
            if (here.n >= stem.n && str_eq_nocase(str_slice(here, 0, stem.n), stem)) return true;
    }
    return false;
}

/* ---- durations ---- */

/* "It lasted 31 minutes, from 07:58 to 08:49" */
static void check_duration(judge *j, passage *p) {
    const token *length = NULL, *times[2] = {0};
    uint32_t lengths = 0, n = 0;
    for (uint32_t i = p->token_lo; i < p->token_hi; i++) {
        const token *t = &p->on->tokens[i];
        if (t->kind == TOKEN_QUANTITY && unit_get(t->unit)->dimension == DIM_TIME) length = t, lengths++;
        if (t->kind == TOKEN_TIME) {
            if (n < 2) times[n] = t;
            n++;
        }
    }
    if (lengths != 1 || n != 2 || !length->value.valid || length->bound != BOUND_EXACT) return;
    str between = str_trim(surface_slice(p->on, times[0]->text.hi, times[1]->text.lo));
    str before = str_trim(surface_slice(p->on, p->text.lo, times[0]->text.lo));
    if (!str_eq(between, STR("to")) || !str_ends(before, STR("from"))) return;
    passage_prepare(j, p);
    bool lasts = false;
    for (uint32_t i = 0; i < p->word_count; i++)
        lasts = lasts || word_is(p, i, "lasted") || word_is(p, i, "lasts") || word_is(p, i, "down");
    int minute[2];
    for (int k = 0; k < 2; k++) {
        str t = surface_slice(p->on, times[k]->text.lo, times[k]->text.hi);
        if (t.n != 5 || t.p[2] != ':') return;
        minute[k] = (t.p[0] - '0') * 600 + (t.p[1] - '0') * 60 + (t.p[3] - '0') * 10 + (t.p[4] - '0');
    }
    double stated = decimal_to_f64(length->value) * unit_get(length->unit)->factor / 60;
    double half = decimal_half_unit(length->value) * unit_get(length->unit)->factor / 60;
    int real = minute[1] - minute[0] + (minute[1] < minute[0] ? 1440 : 0);
    if (!lasts || fabs(stated - real) <= half + 1.01 || !physics_stated(j, p, length->text.lo, length->text.hi)) return;
    physics_finding(j, "physics-time", p, length->text.lo, times[1]->text.hi,
                    judge_printf(j, "these clock times are %d min apart, not %g", real, stated));
}

/* ---- with a manifest ---- */

/* "goes live tomorrow", "will be": the sentence speaks of what is to come. */
static bool is_to_come(const judge *j, uint32_t at) {
    static const char *const words[] = {"tomorrow", " next ", " will ", "planned", " soon", "tonight", "'ll "};
    if (at == BLOCK_NONE) return false;
    str text = article_text(j->art, j->art->sentences[at].text);
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (str_find(text, str_from_cstr(words[i]), 0) >= 0) return true;
    return false;
}

static void check_versions(judge *j) {
    uint32_t asked = BLOCK_NONE; /* once a sentence, however many releases it names */
    bool to_come = false;
    if (!j->day) return;
    for (size_t i = 0; i < j->claims->n; i++) {
        claim *c = &j->claims->at[i];
        if (c->kind != CLAIM_VERSION || c->verdict != VERDICT_SUPPORTED || !c->text.hi || c->stance != STANCE_ASSERTED)
            continue;
        const manifest_entity *e = manifest_find_entity(j->m, c->subject);
        if (!e || !e->version.history_count || !e->version.text.n) continue;
        const manifest_period *last = &e->version.history[e->version.history_count - 1];
        bool newer = j->day < last->to && version_agrees(&e->version, c->normal, e->version.text) &&
                     !version_agrees(&e->version, c->normal, last->version);
        if (newer && c->sentence != asked) {
            asked = c->sentence;
            to_come = is_to_come(j, asked);
        }
        if (!newer || to_come) continue;
        finding f = {.rule = STR("physics-version"),
                     .level = LEVEL_ERROR,
                     .where = c->where,
                     .message = judge_printf(j, "%.*s %.*s was installed on %s, after the article's date",
                                             STR_ARG(e->id), STR_ARG(e->version.text), date_format(last->to).text)};
        c->verdict = VERDICT_UNVERIFIED; /* it agrees with what is installed now, not with its own day */
        c->why = f.message;
        if (vec_reserve(j->a, (void **)(void *)&j->findings->at, j->findings->n, &j->findings->capacity, sizeof f))
            j->findings->at[j->findings->n++] = f;
        else
            j->failed = true;
    }
}

void judge_physics(judge *j) {
    for (uint32_t i = 0; i < j->passage_count && !j->failed;) {
        passage *p = &j->passages[i];
        if (p->kind == PASSAGE_CELL && p->block != BLOCK_NONE) {
            i = physics_table(j, i);
            continue;
        }
        if (p->kind == PASSAGE_CODE && p->on == &j->surfaces[0]) {
            i = timeline_in_code(j, i);
            continue;
        }
        if (physics_is_short(p)) {
            speed_up_in_sentence(j, p);
            fit_in_sentence(j, p);
            check_duration(j, p);
        }
        i++;
    }
    if (!j->m || !j->about_us) return;
    check_versions(j);
    bandwidth_in_article(j);
}
