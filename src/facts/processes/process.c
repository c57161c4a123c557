/* process.c - what is done, and how often.
 *
 * Cadence. A sentence, a row or a list item that names a declared process and states a cadence is compared with the
 * declared one. Where it names none, closed-world judgement needs all of: an explicit cadence, a first person, and a
 * verb of a category that the manifest declares closed ("I verify this weekly"). "I discuss model selection" is no
 * process.
 */
#include "facts/reading/cadence.h"
#include "facts/reading/calendar.h"
#include "facts/reading/standing.h"
#include "facts/judge.h"
#include "facts/processes/acts.h"

/* ---- which process ---- */

/* "the purge logs are mailed": the name only says whose logs. */
static bool is_modifier(const passage *p, uint32_t hi) {
    static const char verbs[] = "is are was were has have get gets";
    static const char adverbs[] = "then also now never always itself alone here only usually still often already itself"
                                  " that which";
    uint32_t i = standing_word_at(p, hi);
    if (i + 1 >= p->word_count || p->words[i].lo != hi + 1 || p->words[i].cues & CUE_STOP) return false;
    if (word_in(p, i, adverbs) || word_in(p, i, verbs)) return false;
    return word_in(p, i + 1, verbs) && p->words[i + 1].lo == p->words[i].hi + 1;
}

/* The process named in the passage nearest to [lo, hi); MANIFEST_NONE when none is. */
uint32_t process_in(judge *j, const passage *p, uint32_t lo, uint32_t hi) {
    uint32_t best = MANIFEST_NONE, distance = UINT32_MAX, first, end;
    if (p->hit_lo == p->hit_hi) return best;
    passage_hit_window(p, lo, hi, &first, &end);
    for (uint32_t h = first; h < end; h++) {
        const alias_hit *hit = &p->on->hits[h];
        uint32_t e = hit_entity(j, hit, ENTITY_PROCESS);
        if (e == MANIFEST_NONE || hit->inside >= 0 || inside_opaque(p, hit->where.lo, hit->where.hi)) continue;
        if (is_modifier(p, hit->where.hi)) continue;
        /* What stands behind it is farther off: "runs at 04:40, after the batch has ended". */
        uint32_t gap = hit->where.hi <= lo   ? lo - hit->where.hi
                       : hit->where.lo >= hi ? (hit->where.lo - hi) * 4 + 40
                                             : 0;
        if (gap < distance) best = e, distance = gap;
    }
    return best;
}

static bool passage_denies(const judge *j, const passage *p, uint32_t lo, uint32_t hi) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi; h++)
        if (hit_entity(j, &p->on->hits[h], ENTITY_PROCESS) != MANIFEST_NONE && p->on->hits[h].where.lo <= lo &&
            hi <= p->on->hits[h].where.hi)
            return true;
    return false;
}

/* ---- cadences ---- */

bool process_does(const judge *j, uint32_t process, uint64_t stem) {
    return process_words_hold(fact_index_process(j->index, process), stem);
}

bool process_cadence(const manifest_entity *e, cadence *c) {
    if (!e->process.cadence.n) return false;
    return cadence_find(e->process.cadence, 0, c) || cadence_find_time(e->process.cadence, 0, c);
}

const cadence *process_cadences(judge *j) {
    uint32_t count;
    const uint32_t *all = fact_index_processes(j->index, &count);
    if (j->cadences) return j->cadences;
    cadence *read = ARENA_ARRAY(j->a, cadence, count);
    for (uint32_t k = 0; read && k < count; k++)
        if (!process_cadence(&j->m->entities[all[k]], &read[k])) read[k] = (cadence){.lo = 0};
    if (!read) j->failed = true;
    return j->cadences = read;
}

/* What is part of a cadence or a step is no quantity of its own. */
void take_tokens(passage *p, uint32_t lo, uint32_t hi) {
    for (uint32_t t = p->token_lo; t < p->token_hi; t++)
        if (p->on->tokens[t].text.lo >= lo && p->on->tokens[t].text.hi <= hi &&
            (p->on->tokens[t].kind == TOKEN_QUANTITY || p->on->tokens[t].kind == TOKEN_NUMBER))
            p->on->used[t] = 1;
}

/* ---- cadence claims ---- */

/* Does the first person tell what is done, and not by a pronoun: "I retrain it" points back, "I bake bread" does not?
 */
static bool tells_own_deed(const passage *p) {
    for (uint32_t i = 0; i < p->word_count; i++)
        if (word_in(p, i, "it this that these them one so")) return false;
    return (p->cues & CUE_FIRST) != 0;
}

/* A declared process that keeps exactly this cadence, with a word of its name or its steps around: MANIFEST_NONE when
 * none. `named`: a process whose own words tell of no other; MANIFEST_NONE where none is sure. `*far`: the word stands
 * in another paragraph or a heading, and the sentence tells a deed of its own. */
static uint32_t process_by_cadence(judge *j, passage *p, const cadence *c, uint32_t named, bool *far) {
    context near;
    uint32_t found = MANIFEST_NONE;
    *far = false;
    context_make(j, p, p->text.lo + c->lo, p->text.lo + c->hi, &near);
    uint32_t count;
    const uint32_t *all = fact_index_processes(j->index, &count);
    const cadence *declared = process_cadences(j);
    for (uint32_t k = 0; declared && k < count; k++) {
        if (declared[k].lo == declared[k].hi || cadence_compare(c, &declared[k]) != CADENCE_AGREES) continue;
        for (uint32_t w = 0; w < near.word_count; w++)
            if (process_does(j, all[k], near.words[w].stem) &&
                (named == MANIFEST_NONE || !process_does(j, named, near.words[w].stem))) {
                bool paragraph = near.words[w].region == REGION_LEAD && p->previous != PASSAGE_NONE;
                if (near.words[w].region <= REGION_LABEL || paragraph) return *far = false, all[k];
                if (found == MANIFEST_NONE) found = all[k], *far = tells_own_deed(p);
            }
    }
    return found;
}

/* Is the byte in the cadence itself? Its "Sunday" is no word of the "Sunday updates". */
static bool in_cadence(const passage *p, const cadence *c, uint32_t at) {
    return at >= p->text.lo + c->lo && at < p->text.lo + c->hi;
}

/* "on each engine upgrade": what nobody has every day. */
static bool is_rare(const cadence *declared) {
    static const char *const events[] = {"upgrade", "migration", "purchase", "installation"};
    for (uint32_t i = 0; i < declared->event_count; i++)
        for (size_t k = 0; k < COUNT_OF(events); k++)
            if (declared->event[i] == fact_stem(str_from_cstr(events[k]))) return true;
    return false;
}

/* `sure`: it may contradict. `alone`: the grammar leaves no other process, whichever keeps this cadence. */
static void judge_named(judge *j, passage *p, uint32_t entity, const cadence *c, const stance_view *s, bool sure,
                        bool alone) {
    const manifest_entity *e = &j->m->entities[entity];
    cadence declared;
    if (!process_cadence(e, &declared)) return;
    enum cadence_agreement a = cadence_compare(c, &declared);
    if (a == CADENCE_UNLIKE && declared.event_count && !c->event_count && !c->weekdays && c->minute < 0 &&
        !(is_rare(&declared) && c->period_s > 0 && c->period_s <= 3600 * 24))
        a = CADENCE_UNKNOWN; /* "on each article" may well come to "weekly" */
    uint32_t count;
    const uint32_t *all = fact_index_processes(j->index, &count);
    for (uint32_t k = 0; a != CADENCE_AGREES && !alone && k < count; k++) {
        /* "Full backups run every Sunday, differentials on weekdays": another one, named in part, keeps this cadence.
         */
        const manifest_entity *other = &j->m->entities[all[k]];
        cadence theirs;
        if (all[k] == entity || !process_cadence(other, &theirs) || cadence_compare(c, &theirs) != CADENCE_AGREES)
            continue;
        for (uint32_t w = 0; w < p->word_count && w < 200; w++)
            if (p->words[w].hi - p->words[w].lo > 3 && process_does(j, all[k], p->words[w].stem) &&
                !(sure && process_does(j, entity, p->words[w].stem)) && !in_cadence(p, c, p->words[w].lo)) {
                e = other;
                a = CADENCE_AGREES;
                break;
            }
    }
    if (a != CADENCE_AGREES && !alone) { /* the cadence of another process that the sentences around speak of */
        bool far;
        uint32_t kept = process_by_cadence(j, p, c, sure ? entity : MANIFEST_NONE, &far);
        if (kept != MANIFEST_NONE) e = &j->m->entities[kept], a = far ? CADENCE_UNKNOWN : CADENCE_AGREES;
    }
    if (a != CADENCE_AGREES && !sure) return;
    claim *x = claim_add(j, p, p->text.lo + c->lo, p->text.lo + c->hi, CLAIM_PROCESS, s);
    if (!x || x->verdict == VERDICT_NOT_ABOUT_US) return;
    x->subject = e->id;
    take_tokens(p, p->text.lo + c->lo, p->text.lo + c->hi);
    if (a == CADENCE_AGREES &&
        claim_is_denied(j, p, x, &e->process.fact, e->process.cadence, STR("the declared cadence")))
        return;
    if (a == CADENCE_AGREES)
        claim_supported(j, x, &e->process.fact, e->process.cadence, STR("the declared cadence"));
    else if (a == CADENCE_UNLIKE && !s->loose && !s->denied && !s->past)
        claim_contradicted(j, x, &e->process.fact, e->process.cadence,
                           judge_printf(j, "not the declared cadence of %.*s", STR_ARG(e->id)));
    else
        claim_unverified(j, x, judge_printf(j, "near the cadence of %.*s, not comparable", STR_ARG(e->id)));
}

/* "We read about the key rotation every week": spoken of, not done. */
static bool is_topic(const passage *p, uint32_t lo) {
    uint32_t i = standing_word_at(p, lo);
    while (i > 0 && word_in(p, i - 1, "the a an our my this")) i--;
    return i > 0 && word_in(p, i - 1, "about");
}

/* Another cell of the row that names a process: calendars put the time first. */
static uint32_t process_in_row(judge *j, uint32_t index) {
    const passage *p = &j->passages[index];
    if (p->kind != PASSAGE_CELL) return MANIFEST_NONE;
    if (p->label != PASSAGE_NONE)
        return process_in(j, &j->passages[p->label], j->passages[p->label].text.lo, j->passages[p->label].text.hi);
    for (uint32_t i = index + 1; i < j->passage_count && j->passages[i].label == index; i++) {
        uint32_t e = process_in(j, &j->passages[i], j->passages[i].text.lo, j->passages[i].text.hi);
        if (e != MANIFEST_NONE) return e;
    }
    return MANIFEST_NONE;
}

/* Is the process named in the clause of the cadence? "Between backups, a sensor reports every minute" says nothing of
 * one. */
static bool process_in_clause(judge *j, passage *p, uint32_t entity, uint32_t lo, uint32_t hi) {
    clause_range clause = clause_at(j, p, lo, hi);
    for (uint32_t h = p->hit_lo; h < p->hit_hi; h++)
        if (hit_entity(j, &p->on->hits[h], ENTITY_PROCESS) == entity && p->on->hits[h].where.lo >= clause.lo &&
            p->on->hits[h].where.hi <= clause.hi && !is_topic(p, p->on->hits[h].where.lo))
            return true;
    return false;
}

/* "Backups run once a week", "the pools are scrubbed on …": the name of a process in another form, as what happens. */
static uint32_t process_by_form(judge *j, passage *p, uint32_t lo, uint32_t hi) {
    static const char verbs[] = "run runs happen happens start starts is are take takes";
    clause_range clause = clause_at(j, p, lo, hi);
    uint32_t count, found = MANIFEST_NONE;
    const uint32_t *all = fact_index_processes(j->index, &count);
    for (uint32_t k = 0; k < count && k < 64; k++) {
        const manifest_entity *e = &j->m->entities[all[k]];
        for (uint32_t a = 0; a < e->aliases.n; a++) {
            str name = e->aliases.at[a].text;
            const name_stems stems = name_stems_of(name);
            const uint32_t n = stems.n;
            for (uint32_t i = 0; (i = name_stems_find(p, &stems, i, 100)) != UINT32_MAX; i++) {
                if (p->words[i].lo < clause.lo || p->words[i + n - 1].hi > clause.hi || is_topic(p, p->words[i].lo))
                    continue;
                bool happens =
                    n > 1 && i + n < p->word_count &&
                    (p->words[i + n].lo == lo || (i + n + 1 < p->word_count && p->words[i + n + 1].lo == lo &&
                                                  word_is(p, i + n, "on"))); /* "the rota changes every Monday" */
                happens = happens || word_in(p, i + n, verbs);
                bool passive = n == 1 && i > 0 && str_eq(name, e->id) && p->words[i].hi - p->words[i].lo > 5 &&
                               (word_is(p, i - 1, "is") || word_is(p, i - 1, "are")) &&
                               str_ends(surface_slice(p->on, p->words[i].lo, p->words[i].hi), STR("ed"));
                if (!happens && !passive) continue;
                if (found != MANIFEST_NONE && found != all[k]) return MANIFEST_NONE;
                found = all[k];
            }
        }
    }
    return found;
}

/* Does the process stand in the event of the cadence alone: "on each deploy" is when, not what? */
static bool is_trigger(const judge *j, const passage *p, const cadence *c, uint32_t entity) {
    bool inside = false;
    for (uint32_t h = p->hit_lo; h < p->hit_hi; h++) {
        if (hit_entity(j, &p->on->hits[h], ENTITY_PROCESS) != entity) continue;
        if (!in_cadence(p, c, p->on->hits[h].where.lo)) return false;
        inside = true;
    }
    return inside && c->event_count > 0;
}

/* "Once a quarter we kill the primary, and on the first Thursday of each month we restore": several rhythms in a
 * sentence, and each is that of a declared process of its own: they are those processes, in whatever words. The one of
 * `own`; MANIFEST_NONE where it is not so. */
static uint32_t process_of_rhythms(judge *j, str text, const cadence *own) {
    uint32_t count, n = 0, taken[4] = {0}, its = MANIFEST_NONE;
    const uint32_t *all = fact_index_processes(j->index, &count);
    const cadence *declared = process_cadences(j);
    cadence c;
    for (uint32_t from = 0; n < COUNT_OF(taken) && cadence_find(text, from, &c); from = c.hi) {
        uint32_t found = MANIFEST_NONE;
        for (uint32_t k = 0; k < count && found == MANIFEST_NONE; k++) {
            bool used = false;
            for (uint32_t i = 0; i < n; i++) used = used || taken[i] == all[k];
            if (!used && declared[k].lo != declared[k].hi && cadence_compare(&c, &declared[k]) == CADENCE_AGREES)
                found = all[k];
        }
        if (found == MANIFEST_NONE) return MANIFEST_NONE;
        if (c.lo == own->lo) its = found;
        taken[n++] = found;
    }
    return n > 1 ? its : MANIFEST_NONE;
}

/* Judges the deed of a closed category that the cadence stands with, where no process `e` is named for sure, or only as
 * the event that triggers it. False where there is none, or the process named may well be it. */
static bool judge_deed(judge *j, passage *p, const cadence *c, const stance_view *s, uint32_t e, bool sure,
                       uint32_t topic) {
    act x;
    uint32_t unused;
    if (topic != MANIFEST_NONE || p->kind == PASSAGE_FIELD) return false;
    if (e != MANIFEST_NONE && sure && !is_trigger(j, p, c, e)) return false;
    if (!act_told(j, p, c, s, &x) || !x.scope) return false;
    if (e != MANIFEST_NONE && act_fit(j, p, c, &x, &unused) != ACT_FITS_NONE) return false;
    bool checks = str_eq(str_from_cstr(x.category), STR("quality"));
    judge_act(j, p, c, s, &x, e == MANIFEST_NONE || !checks);
    return true;
}

/* The rhythm of a process that the text around speaks of, in a sentence that tells another deed, perhaps. */
static void claim_near(judge *j, passage *p, const cadence *c, const stance_view *s, uint32_t process) {
    claim *x = claim_add(j, p, p->text.lo + c->lo, p->text.lo + c->hi, CLAIM_PROCESS, s);
    if (!x || x->verdict == VERDICT_NOT_ABOUT_US) return;
    x->subject = j->m->entities[process].id;
    take_tokens(p, p->text.lo + c->lo, p->text.lo + c->hi);
    claim_unverified(j, x, judge_printf(j, "the cadence of %.*s, and another deed, perhaps", STR_ARG(x->subject)));
}

/* "Every weekday one of us does the proof listen │at 08:00│": the hour stands behind the process that the cadence is
 * said of, with nothing but verbs of happening between. */
static void add_hour_behind(const judge *j, const passage *p, uint32_t entity, cadence *c) {
    if (c->minute >= 0 || c->event_count || c->period_s < 3600 * 24) return;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (hit_entity(j, hit, ENTITY_PROCESS) != entity || hit->where.lo < p->text.lo + c->hi) continue;
        uint32_t i = standing_word_at(p, hit->where.hi);
        while (word_in(p, i, "runs run starts start begins begin happens happen takes place is itself")) i++;
        cadence hour;
        if (!word_in(p, i, "at") || !standing_is_gap_free(p, p->text.lo + c->hi, p->words[i].lo, ";:.") ||
            !cadence_find_time(passage_text(p), p->words[i].lo - p->text.lo, &hour) ||
            p->text.lo + hour.lo > p->words[i].hi + 1)
            return;
        c->minute = hour.minute;
        c->whole_hour = hour.whole_hour;
        c->hi = hour.hi;
        return;
    }
}

/* "four times a day", "third working day of", which need none of the words that a cadence has else. */
static bool tells_rhythm(const passage *p) {
    for (uint32_t i = 0; p->marks & MARK_RHYTHM && i + 2 < p->word_count && i < 200; i++)
        if ((word_in(p, i, "times thrice") && word_in(p, i + 1, "a per each")) ||
            (word_in(p, i, "working business") && word_in(p, i + 1, "day days")))
            return true;
    return false;
}

/* "takes │place│", "is │held│" */
static bool takes_place(const passage *p, uint32_t i) {
    return (word_is(p, i, "place") && i > 0 && word_in(p, i - 1, "takes")) ||
           (word_is(p, i, "held") && i > 0 && word_in(p, i - 1, "is")) || word_is(p, i, "happens");
}

static void find_cadences(judge *j, uint32_t index) {
    passage *p = &j->passages[index];
    str text = passage_text(p);
    if (text.n > 4096) return; /* no sentence is that long; lists of words are no process */
    cadence c;
    for (uint32_t from = 0, n = p->cues & CUE_CADENCE || tells_rhythm(p) ? 0 : 8; n < 8 && cadence_find(text, from, &c);
         from = c.hi, n++) {
        uint32_t lo = p->text.lo + c.lo, hi = p->text.lo + c.hi;
        if (passage_denies(j, p, lo, hi)) continue; /* "nightly batch" is a name */
        stance_view s = stance_at(j, p, lo, hi);
        if (s.stance == STANCE_REQUIREMENT) s.stance = STANCE_ASSERTED; /* "starts every night and needs 38 minutes" */
        uint32_t e = process_in(j, p, lo, hi);
        bool sure = true;
        if (e != MANIFEST_NONE && p->kind == PASSAGE_SENTENCE && !process_in_clause(j, p, e, lo, hi)) sure = false;
        if (e == MANIFEST_NONE) e = process_in_row(j, index);
        if ((e == MANIFEST_NONE || !sure) && p->kind == PASSAGE_SENTENCE) { /* "Full backups run every …" */
            uint32_t form = process_by_form(j, p, lo, hi);
            if (form != MANIFEST_NONE) e = form, sure = true;
        }
        if (p->kind == PASSAGE_SENTENCE && p->previous != PASSAGE_NONE &&
            (word_is(p, 0, "it") || (e == MANIFEST_NONE && word_is(p, 1, "it")))) {
            const passage *q = &j->passages[p->previous];
            e = process_in(j, q, q->text.lo, q->text.lo);
            sure = e == process_in(j, q, q->text.hi, q->text.hi); /* only one is named there */
        }
        if (e == MANIFEST_NONE && p->heading != PASSAGE_NONE && p->kind == PASSAGE_SENTENCE) {
            e = process_in(j, &j->passages[p->heading], j->passages[p->heading].text.lo,
                           j->passages[p->heading].text.hi);
            sure = false;
            static const char *const acts[] = {"test",     "run",     "practise", "practice",
                                               "rehearse", "perform", "repeat",   "drill"};
            for (uint32_t i = 1; i < p->word_count && !sure; i++)
                for (size_t k = 0; k < COUNT_OF(acts); k++)
                    sure = sure || (word_is(p, i, acts[k]) && p->words[i - 1].cues & CUE_FIRST && c.period_s >= 86400);
        }
        uint32_t topic = process_of_cadence(j, p, lo, hi);
        if (topic != MANIFEST_NONE) e = topic, sure = true;
        bool far = false, kept_by_word = false;
        uint32_t its = e == MANIFEST_NONE || !sure ? process_of_rhythms(j, text, &c) : MANIFEST_NONE;
        if (its != MANIFEST_NONE) {
            claim_near(j, p, &c, &s, its);
            continue;
        }
        if (judge_deed(j, p, &c, &s, e, sure, topic)) continue;
        if (e == MANIFEST_NONE || !sure) {
            uint32_t kept = process_by_cadence(j, p, &c, MANIFEST_NONE, &far);
            if (far && e == MANIFEST_NONE)
                claim_near(j, p, &c, &s, kept);
            else if (kept != MANIFEST_NONE && !far)
                e = kept, kept_by_word = true;
        }
        if (far && e == MANIFEST_NONE) continue;
        act own;
        if (kept_by_word && act_of_process(j, p, &c, e, &own) && act_is_foreign(j, p, &own, e)) {
            claim_near(j, p, &c, &s, e); /* "every Sunday I read the cards" */
            continue;
        }
        if (e != MANIFEST_NONE && sure && p->kind == PASSAGE_SENTENCE) add_hour_behind(j, p, e, &c);
        if (e != MANIFEST_NONE)
            judge_named(j, p, e, &c, &s, sure && s.stance != STANCE_INSTRUCTION, topic != MANIFEST_NONE);
        else if (p->kind != PASSAGE_FIELD)
            judge_habit(j, p, &c, &s);
        else {
            /* "its weekly quality process": a category by name */
            for (uint32_t i = 0; i < p->word_count; i++) {
                const manifest_scope *scope = NULL;
                str term = surface_slice(p->on, p->words[i].lo, p->words[i].hi);
                for (uint32_t k = 0; k < j->m->scope_count && k < 256 && !scope; k++)
                    for (uint32_t m = 0; m < j->m->scopes[k].categories.n; m++)
                        if (j->m->scopes[k].world == WORLD_CLOSED &&
                            str_eq_nocase(j->m->scopes[k].categories.at[m].text, term))
                            scope = &j->m->scopes[k];
                if (!scope || p->words[i].lo < lo || p->words[i].lo > hi + 20) continue;
                bool known = false;
                cadence declared;
                uint32_t count;
                const uint32_t *all = fact_index_processes(j->index, &count);
                for (uint32_t k = 0; k < count; k++)
                    known = known || (str_eq_nocase(j->m->entities[all[k]].process.category, term) &&
                                      process_cadence(&j->m->entities[all[k]], &declared) &&
                                      cadence_compare(&c, &declared) == CADENCE_AGREES);
                claim *x = claim_add(j, p, lo, p->words[i].hi, CLAIM_PROCESS, &s);
                if (x && !known)
                    claim_contradicted(j, x, &scope->fact, STR("a closed category"),
                                       STR("no declared process of this category has this cadence"));
            }
        }
    }
    judge_trigger(j, p);
    /* "The nightly batch starts at 23:00" */
    bool timed = false;
    for (uint32_t t = p->token_lo; t < p->token_hi && !timed; t++) timed = p->on->tokens[t].kind == TOKEN_TIME;
    for (uint32_t i = 0; p->marks & MARK_CLOCK && i < p->word_count && i < 64 && !timed; i++)
        timed = (p->words[i].marks & MARK_CLOCK) != 0;
    if (p->kind != PASSAGE_SENTENCE || !timed || !cadence_find_time(text, 0, &c)) return;
    static const char *const starts[] = {"starts",  "start",     "begins", "begin", "runs", "run",
                                         "started", "scheduled", "fires",  "fire",  "due",  "set"};
    bool starting = false, seasonal = false; /* "in summer the call takes place at 06:15": a case */
    for (uint32_t i = 0; i < p->word_count && i < 64; i++) {
        calendar unused;
        seasonal =
            seasonal || calendar_at(p, i, &unused) ||
            word_in(p, i, "summer winter spring autumn holidays holiday weekend weekends sometimes exceptionally");
    }
    for (uint32_t i = 0; i < p->word_count; i++)
        for (size_t k = 0; k < COUNT_OF(starts); k++)
            starting = starting || ((word_is(p, i, starts[k]) || (!seasonal && takes_place(p, i))) &&
                                    p->words[i].hi + 16 > p->text.lo + c.lo && p->words[i].hi <= p->text.lo + c.lo);
    cadence any;
    if (!starting || (cadence_find(text, 0, &any) && any.minute >= 0)) return;
    uint32_t e = process_in(j, p, p->text.lo + c.lo, p->text.lo + c.hi);
    stance_view s = stance_at(j, p, p->text.lo + c.lo, p->text.lo + c.hi);
    if (e != MANIFEST_NONE && s.stance == STANCE_ASSERTED) judge_named(j, p, e, &c, &s, true, false);
}

void judge_processes(judge *j) {
    if (!j->m || !j->about_us) return;
    for (uint32_t i = 0; i < j->passage_count && !j->failed; i++) {
        passage *p = &j->passages[i];
        if (p->kind == PASSAGE_CODE || p->kind == PASSAGE_HEADING ||
            p->flags & (PASSAGE_IN_QUOTE | PASSAGE_HEADER_CELL))
            continue;
        passage_prepare(j, p);
        find_cadences(j, i);
    }
    judge_timers(j);
    judge_steps(j);
}
