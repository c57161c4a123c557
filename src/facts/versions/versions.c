/* versions.c - which version of what, and is it the one that runs?
 *
 * In: version, image and package tokens, bound to their component (version_bind.c). A version that stands next to a
 * name the manifest does not know belongs to that name and is never contradicted.
 *
 *     agrees with what runs (or ran on the article's day)           supported
 *     agrees with the history, and the sentence speaks of the past  supported
 *     agrees with the history, and is stated as current             contradicted: stale
 *     bound to a component and agrees with nothing it ever was      contradicted
 */
#include "facts/versions/versions.h"

#include "lex/decimal.h"

/* ---- comparison ---- */

version_match version_agree_with(const judge *j, uint32_t entity, str stated) {
    const manifest_version *v = &j->m->entities[entity].version;
    version_match m = {0};
    for (ptrdiff_t i = 1; i + 1 < stated.n; i++) /* a unit's instance name behind it: postgresql@16-main */
        if (stated.p[i] == '-' && byte_is_alpha(stated.p[i + 1]) && byte_is_digit(stated.p[0]) &&
            !version_agrees(v, stated, v->text)) {
            version_match cut = version_agree_with(j, entity, str_slice(stated, 0, i));
            if (cut.version) return cut;
            break;
        }
    if (v->text.n && version_agrees(v, stated, v->text)) return (version_match){v, NULL, NULL};
    if (v->text.n && stated.n > v->text.n + 1 && str_starts(stated, v->text) && stated.p[v->text.n] == '+' &&
        str_find_byte(v->text, '+', 0) < 0 && str_find_byte(v->text, '.', 0) > 0)
        return (version_match){v, NULL, NULL}; /* 2.7.1+cu128: a local label of the build (PEP 440) */
    if (v->text.n && stated.n > v->text.n + 1 && str_starts(stated, v->text) && stated.p[v->text.n] == '-' &&
        byte_is_digit(stated.p[v->text.n + 1]) && str_find_byte(v->text, '-', 0) < 0)
        return (version_match){v, NULL, NULL}; /* 2.3.4-1: a packager's revision of what is declared without one */
    str then = j->day ? manifest_version_on(v, j->day) : (str){0};
    for (uint32_t i = 0; (i = version_next_place(j, v, stated, i)) < v->history_count; i++) {
        const manifest_period *period = &v->history[i];
        bool on_the_day = then.n && j->day >= period->from && j->day < period->to;
        if (on_the_day) return (version_match){v, NULL, period};
        m = (version_match){v, period, NULL};
    }
    return m;
}

static bool looks_like_version(str text) {
    for (ptrdiff_t i = 0; i < text.n; i++)
        if (byte_is_digit(text.p[i])) return true;
    return false;
}

/* "3.N.N", "X.Y.Z": a part that is one capital letter. */
static bool is_placeholder(str text) {
    for (ptrdiff_t i = 0; i < text.n; i++) {
        bool starts = i == 0 || text.p[i - 1] == '.', ends = i + 1 == text.n || text.p[i + 1] == '.';
        if (starts && ends && byte_is_alpha(text.p[i]) && text.p[i] != 'x') return true;
    }
    return false;
}

/* Is all that speaks of the past a duration, "gives its first token after 1.1 s"? */
static bool is_only_duration(const passage *p, uint32_t lo, uint32_t hi) {
    uint32_t first, end, durations = 0;
    passage_window(p, lo, hi, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        if (!(p->words[i].cues & (CUE_PAST | CUE_WAS))) continue;
        bool duration = (word_is(p, i, "after") || word_is(p, i, "before")) && p->words[i].hi + 1 < p->text.hi &&
                        byte_is_digit(p->on->text.p[p->words[i].hi + 1]);
        duration = duration || (word_is(p, i, "before") && i > first && /* "built the Sunday before" */
                                (p->words[i].hi >= p->text.hi || strchr(".,;)", p->on->text.p[p->words[i].hi])) &&
                                word_in(p, i - 1,
                                        "day night week month year monday tuesday wednesday thursday friday "
                                        "saturday sunday"));
        if (!duration) return false;
        durations++;
    }
    return durations > 0;
}

static bool speaks_of_past(judge *j, passage *p, const token *at, const stance_view *s) {
    if ((s->historical && !is_only_duration(p, at->text.lo, at->text.hi)) || p->cues & CUE_GONE) return true;
    for (uint32_t t = p->token_lo; t < p->token_hi && t < p->token_lo + 40; t++)
        if (p->on->tokens[t].kind == TOKEN_DATE) return true;
    for (uint32_t t = 0; p->kind == PASSAGE_CELL && p->column != PASSAGE_NONE && t < 8; t++) { /* | December 2025 | */
        const passage *column = &j->passages[p->column];
        if (column->token_lo + t >= column->token_hi) break;
        if (column->on->tokens[column->token_lo + t].kind == TOKEN_DATE) return true;
    }
    if (p->kind == PASSAGE_CELL && p->label != PASSAGE_NONE) return false;
    if (p->lead != PASSAGE_NONE) {
        passage_prepare(j, &j->passages[p->lead]);
        return p->kind == PASSAGE_CODE && (j->passages[p->lead].cues & CUE_PAST) != 0;
    }
    return false;
}

/* Value first: some component named nearby has, or had, exactly this version. */
static bool judge_by_value(judge *j, claim *c, passage *p, const token *t, str stated, const stance_view *s,
                           bool in_clause) {
    uint32_t count;
    const uint32_t *entities = fact_index_version(j->index, stated, &count);
    if (!count) return false;
    context near;
    context_make(j, p, c->text.lo, c->text.hi, &near);
    for (uint32_t i = 0; i < count; i++) {
        bool seen = j->entity_seen[entities[i] / 64] >> entities[i] % 64 & 1;
        bool long_form =
            str_find_byte(stated, '.', str_find_byte(stated, '.', 0) + 1) > 0; /* 4.1.3 is nobody else's by chance */
        if (in_clause ? context_entity(&near, entities[i]) != REGION_CLAUSE
                      : context_entity(&near, entities[i]) == REGION_COUNT && !(seen && long_form))
            continue;
        const manifest_entity *e = &j->m->entities[entities[i]];
        version_match m = version_agree_with(j, entities[i], stated);
        if (version_is_shadowed(j, p, t, entities[i], stated)) continue;
        if (!m.version || (m.period && !speaks_of_past(j, p, t, s) && p->kind != PASSAGE_CELL)) continue;
        if (m.period && (version_target_is_late(j, p, t, m.period) || version_has_been_since(j, p, t))) continue;
        version_days days;
        if (version_then_of(j, p, t, entities[i], stated, &days) > THEN_RAN ||
            version_is_undated(j, p, t, entities[i], stated, m.period))
            continue;
        c->subject = e->id;
        claim_supported(j, c, &e->version.fact, version_says(j, &e->version, m.then ? m.then : m.period),
                        version_agreement(j, stated, &e->version, &m));
        return true;
    }
    return false;
}

/* Does the stated version say more than a declared one: 24.04.2 of 24.04, the package's revision 2.3.4-1 of 2.3.4? */
static bool is_more_precise(const judge *j, const binding *b, str stated) {
    for (uint32_t i = 0; i < b->n; i++) {
        str now = j->m->entities[b->entity[i]].version.text;
        if (!now.n || stated.n <= now.n + 1 || !str_starts(stated, now)) continue;
        if (count_dots(now) < 2 && stated.p[now.n] == '.') return true;
        if ((stated.p[now.n] == '-' || stated.p[now.n] == '~') && byte_is_digit(stated.p[now.n + 1])) return true;
    }
    return false;
}

/* "Under CUDA 12.4 it decodes fast": with it, not below it. */
static bool stands_under(const passage *p, uint32_t lo) {
    str before = str_trim(surface_slice(p->on, p->text.lo, lo));
    return str_ends(before, STR("Under")) || str_ends(before, STR(" under")) ||
           str_starts(surface_slice(p->on, lo, p->text.hi), STR("Under "));
}

/* "we're up to 0.10.2", "vLLM is up to 0.10.2": where it has come to, no bound. */
static bool stands_up_to(const passage *p, uint32_t lo) {
    uint32_t i = version_word_before(p, lo);
    return i != UINT32_MAX && i > 1 && word_is(p, i, "to") && word_is(p, i - 1, "up") &&
           word_in(p, i - 2, "is are we're i'm am");
}

/* "From PostgreSQL 15 to 16 took 19 minutes": where a change began. */
static bool begins_change(const passage *p, uint32_t lo, uint32_t hi) {
    str before = str_trim(surface_slice(p->on, p->text.lo, lo)), after = surface_slice(p->on, hi, p->text.hi);
    if (str_ends(before, STR(", from"))) return true; /* "brought the kernel, from 6.12.57 to" */
    str next = str_trim(after);
    if (str_starts(next, STR("\xe2\x86\x92")) || str_starts(next, STR("->"))) return true; /* "0.6.34 → .36" */
    bool from = str_ends(before, STR("From")) || str_ends(before, STR(" from")) || str_eq(before, STR("from"));
    return from && str_find(str_slice(after, 0, after.n < 60 ? after.n : 60), STR("to "), 0) >= 0;
}

/* "the same script against Solr 9.6.1", "the bigger one is on vLLM 0.17.1": what would compare does not. */
static bool is_only_direction(const passage *p, uint32_t name, uint32_t lo) {
    uint32_t first, end;
    bool directs = false;
    passage_window(p, lo, lo, &first, &end);
    for (uint32_t i = first; i < end && p->words[i].lo < lo + 40; i++) {
        if (!(p->words[i].cues & (CUE_COMPARE | CUE_DEFAULT | CUE_ALSO_OTHER))) continue;
        bool against = word_is(p, i, "against") && p->words[i].hi + 1 == name;
        bool one = i > first && word_is(p, i - 1, "the") && word_in(p, i + 1, "one ones machine box server host");
        if (!against && !(one && p->words[i].hi < name)) return false;
        directs = true;
    }
    return directs;
}

enum { COMPONENTS_LOOKED_AT = 512 };

/* Does the passage name a machine that runs the component? */
static bool is_run_beside(const judge *j, const passage *p, uint32_t component) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 32; h++) {
        uint32_t e = hit_entity(j, &p->on->hits[h], -1);
        if (e == MANIFEST_NONE) continue;
        const manifest_entity *m = &j->m->entities[e];
        for (uint32_t i = 0; i < m->runs.n && (m->kind == ENTITY_HOST || m->kind == ENTITY_HARDWARE); i++)
            if (m->runs.items[i].entity == component) return true;
    }
    return false;
}

/* "backports kernel" and the id "sorrel-kernel" end in "kernel". */
static bool ends_in_name(str whole, str part) {
    ptrdiff_t at = whole.n - part.n;
    return part.n && at > 1 && (whole.p[at - 1] == ' ' || whole.p[at - 1] == '-') &&
           str_eq_nocase(str_slice(whole, at, whole.n), part);
}

static bool is_named_after(const manifest_entity *e, const manifest_texts *names) {
    for (uint32_t n = 0; n < names->n; n++) {
        if (ends_in_name(e->id, names->at[n].text)) return true;
        for (uint32_t k = 0; k < e->aliases.n; k++)
            if (ends_in_name(e->aliases.at[k].text, names->at[n].text)) return true;
    }
    return false;
}

/* "| kernel | 6.18.15 |", "the kernel of the small box was 6.17.13": of a component whose longer name ends in this
 * one's, "backports kernel". In a title that names no machine it may be either's. */
static bool is_namesakes(judge *j, const passage *p, claim *c, uint32_t entity, str stated) {
    bool anybodys = (p->kind == PASSAGE_FIELD || p->kind == PASSAGE_HEADING) && !version_names_machine(j, p);
    for (uint32_t i = 0; i < j->m->entity_count && i < COMPONENTS_LOOKED_AT; i++) {
        const manifest_entity *e = &j->m->entities[i];
        if (i == entity || !has_version(j, i) || !is_named_after(e, &j->m->entities[entity].aliases)) continue;
        bool proved = p->kind == PASSAGE_CELL || is_run_beside(j, p, i);
        version_match m = proved || anybodys ? version_agree_with(j, i, stated) : (version_match){0};
        bool older = proved && !e->version.history_count && !version_agree_with(j, entity, e->version.text).version &&
                     version_is_older_beside(j, p, &e->version);
        if (!m.version && !older) continue;
        c->subject = e->id;
        if (m.version && proved)
            claim_supported(j, c, &e->version.fact, version_says(j, m.version, m.period),
                            judge_printf(j, "%.*s agrees with %.*s", STR_ARG(stated), STR_ARG(e->id)));
        else
            claim_unverified(j, c, judge_printf(j, "may be that of %.*s", STR_ARG(e->id)));
        return true;
    }
    return false;
}

/* "Debian 14 should come in 2027. … We now run 17.9": no name stands before it, and another component that the article
 * names runs, or ran, just that. "On Ubuntu 24.04 … I took the driver along, to 580.95.05": the last word of its name.
 */
static bool runs_elsewhere(judge *j, claim *c, const passage *p, uint32_t entity, str stated) {
    uint32_t count;
    const uint32_t *entities = fact_index_version(j->index, stated, &count);
    for (uint32_t i = 0; i < count; i++) {
        const manifest_entity *e = &j->m->entities[entities[i]];
        bool seen = j->entity_seen[entities[i] / 64] >> entities[i] % 64 & 1;
        if (entities[i] == entity) continue;
        if (!seen && (count_dots(stated) < 2 || !version_is_half_named(p, e, &j->m->entities[entity]))) continue;
        claim_unverified(j, c, judge_printf(j, "may be that of %.*s", STR_ARG(e->id)));
        return true;
    }
    return false;
}

/* Does a comma or an "and" part the quantity from nothing but a name before the number? */
static bool is_name_in_list(const passage *p, const token *q, const token *t) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 32; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (hit->where.hi + 1 != t->text.lo || hit->where.lo < q->text.hi) continue;
        str between = str_trim(surface_slice(p->on, q->text.hi, hit->where.lo));
        if (str_eq(between, STR(",")) || str_eq(between, STR("and")) || str_eq(between, STR(", and"))) return true;
    }
    return false;
}

/* "47.2 tok/s with Vulkan, with ROCm at 44.6": fewer points than a version of it has, behind "at" and behind a
 * quantity. */
static bool is_figure_left_bare(const passage *p, const token *t, str now) {
    str stated = surface_slice(p->on, t->core.lo, t->core.hi),
        before = str_trim(surface_slice(p->on, p->text.lo, t->core.lo));
    bool at = str_ends(before, STR(" at"));
    if (p->kind != PASSAGE_SENTENCE || count_dots(stated) >= count_dots(now)) return false;
    for (uint32_t i = p->token_lo; i < p->token_hi && i < p->token_lo + 64; i++) {
        const token *q = &p->on->tokens[i];
        if (q->kind != TOKEN_QUANTITY || q->text.hi >= t->text.lo || p->on->used[i]) continue; /* "the 535 series" */
        if (at) return true;
        /* "llama.cpp gave 27.6 tok/s, vLLM 25.1": a name right before both, as many decimals */
        decimal value;
        if (!decimal_parse(stated, false, &value) || !value.valid) continue;
        double one = decimal_to_f64(q->value), other = decimal_to_f64(value);
        if (q->value.valid && q->value.scale == value.scale && other > one / 10 && other < one * 10 &&
            is_name_in_list(p, q, t))
            return true;
    }
    return false;
}

static void judge_bound(judge *j, claim *c, passage *p, const token *t, str stated, const binding *b,
                        const stance_view *s) {
    version_match best = {0};
    uint32_t with = b->entity[0];
    for (uint32_t i = 0; i < b->n; i++) {
        version_match m;
        bool agrees = t->kind == TOKEN_IMAGE ? version_tag_agrees(j, b->entity[i], stated, &m)
                                             : (m = version_agree_with(j, b->entity[i], stated), m.version != NULL);
        if (!agrees || (best.version && !best.period)) continue;
        best = m;
        with = b->entity[i];
    }
    const manifest_entity *e = &j->m->entities[with];
    const manifest_version *v = &e->version;
    c->subject = e->id;
    bool itself = best.version && version_breaks_change(j, p, t, with, best.period);
    if (itself && b->strong && !s->denied && !s->loose &&
        (s->stance == STANCE_ASSERTED || s->stance == STANCE_HISTORICAL)) {
        claim_contradicted(j, c, &v->fact, (str){0},
                           judge_printf(j, "%.*s is no end of the change that is told", STR_ARG(stated)));
        return;
    }
    uint32_t change = 0;
    bool told_as_move = (s->stance == STANCE_ASSERTED || s->stance == STANCE_HISTORICAL) && !s->denied && !s->loose;
    enum move_end end = told_as_move ? version_move_end(j, p, t, with, stated, &change) : MOVE_NONE;
    if (end == MOVE_AGREES) {
        claim_supported(j, c, &v->fact, best.period ? version_says(j, v, best.period) : v->text,
                        judge_printf(j, "%.*s is an end of a declared move", STR_ARG(stated)));
        return;
    }
    if (end == MOVE_DISAGREES && b->strong) {
        str to = change < v->history_count ? v->history[change].version : v->text;
        claim_contradicted(j, c, &v->fact, (str){0},
                           judge_printf(j, "on that day it went from %.*s to %.*s, %.*s is no end of it",
                                        STR_ARG(v->history[change - 1].version), STR_ARG(to), STR_ARG(stated)));
        return;
    }
    if (best.version && version_judge_then(j, c, p, t, with, stated, b->strong && told_as_move && !s->others)) return;
    if (best.version && !best.period) {
        if (s->denied && s->stance == STANCE_NEGATED)
            claim_unverified(j, c, STR("a denial of what is installed, too indirect to judge"));
        else if (version_is_undated(j, p, t, with, stated, NULL))
            claim_unverified(j, c, STR("told of another time than it ran"));
        else
            claim_supported(j, c, &v->fact, version_says(j, v, best.then), version_agreement(j, stated, v, &best));
        return;
    }
    if (best.period && version_target_is_late(j, p, t, best.period)) {
        claim_contradicted(
            j, c, &v->fact, (str){0},
            judge_printf(j, "%.*s was replaced on %s", STR_ARG(stated), date_format(best.period->to).text));
        return;
    }
    uint32_t from = b->name_lo && b->name_lo < t->text.lo ? b->name_lo : t->text.lo;
    if (best.period && !version_has_been_since(j, p, t) &&
        (speaks_of_past(j, p, t, s) || begins_change(p, from, t->text.hi) || begins_change(p, t->text.lo, t->text.hi) ||
         b->past_too || version_is_older_beside(j, p, v) || (!b->strong && p->kind == PASSAGE_CELL) ||
         version_is_one_of_column(j, p, t, with) ||
         told_within(j, p, best.period->from, best.period->to + 1))) { /* on its last day it was there too */
        if (version_is_undated(j, p, t, with, stated, best.period))
            claim_unverified(j, c, STR("told of another time than it ran"));
        else
            claim_supported(
                j, c, &v->fact, version_says(j, v, best.period),
                judge_printf(j, "%.*s was installed until %s", STR_ARG(stated), date_format(best.period->to).text));
        return;
    }
    if (best.period && (told_in_past(p, from, t->text.hi) || told_under_past_heading(j, p) || told_removing(p, from))) {
        claim_unverified(j, c, STR("what it once was, told of a time that is over"));
        return;
    }
    if (b->apart && judge_by_value(j, c, p, t, stated, s, true)) return;
    if (!best.version && version_is_encoded(stated, v->text)) {
        claim_unverified(j, c, STR("a release written as one number"));
        return;
    }
    if (!best.version && (t->kind == TOKEN_IMAGE || t->flags & TOKEN_PINNED) && version_is_dated(stated, v->text)) {
        claim_unverified(j, c, STR("a tag that is a day"));
        return;
    }
    if (!best.version && t->kind == TOKEN_IMAGE && version_tag_floats(stated, v->text)) {
        claim_unverified(j, c, STR("a tag that names no release"));
        return;
    }
    if (!best.version && t->kind == TOKEN_IMAGE &&
        version_is_train(surface_slice(p->on, t->text.lo, t->core.lo), stated, v->text)) {
        claim_unverified(j, c, STR("a tag of another publisher's releases: a component of its own would declare it"));
        return;
    }
    if (!best.version && is_more_precise(j, b, stated)) {
        claim_unverified(j, c, STR("more precise than what is declared"));
        return;
    }
    bool told = false; /* of a day, on which the history has it or not */
    const manifest_period *then = best.version || v->text.n ? NULL : version_period_told(j, p, v, &told);
    if (told && !then) {
        claim_unverified(j, c, STR("on that day it was not here"));
        return;
    }
    if (!best.version && !v->text.n && !then && !speaks_of_past(j, p, t, s) && !told_in_past(p, from, t->text.hi)) {
        /* a history alone says what it was, not what it is */
        claim_unverified(j, c, STR("what is installed now is not declared"));
        return;
    }
    if (t->kind != TOKEN_IMAGE && is_release_talk(j, p, from, t->text.hi, v->history_count > 0)) {
        claim_unverified(j, c, STR("a release spoken of, not said to run here"));
        return;
    }
    if (!best.version && !v->history_count &&
        (begins_change(p, from, t->text.hi) || version_may_be_former(j, p, t, with, from, stated) ||
         version_is_of_its_row(j, p, t, with))) {
        claim_unverified(j, c, STR("of another time, perhaps, of what has no declared history"));
        return;
    }
    /* "we moved to 3.1.0, and to PyTorch 2.7.1": before the name, and another's that was named */
    if (!best.version && !b->name_lo && judge_by_value(j, c, p, t, stated, s, false)) return;
    if (!best.version && version_is_candidate_only(j, p, t, with, stated)) {
        claim_unverified(j, c, STR("a candidate of a release, not said to run here"));
        return;
    }
    if (!b->name_lo && version_is_of_stranger(j, p, t, with)) {
        claim_unverified(j, c, STR("the clause speaks of another thing"));
        return;
    }
    if (p->kind == PASSAGE_CODE && p->label != PASSAGE_NONE && prompt_elsewhere(j, &j->passages[p->label])) {
        claim_unverified(j, c, STR("printed by a machine that is not declared"));
        return;
    }
    if (is_placeholder(stated)) {
        c->credit_bearing = false;
        claim_unverified(j, c, STR("a placeholder"));
        return;
    }
    bool loose = s->loose && !is_only_direction(p, from, t->text.lo);
    bool exact =
        t->bound == BOUND_EXACT || (t->bound == BOUND_MAX && (stands_under(p, from) || stands_up_to(p, t->text.lo)));
    if (!b->strong || loose || s->denied || s->stance == STANCE_REQUIREMENT || !exact) {
        claim_unverified(j, c, judge_printf(j, "may speak of %.*s, not surely enough", STR_ARG(e->id)));
        return;
    }
    if (!best.version && (is_figure_left_bare(p, t, v->text) || version_is_operand(j, p, t, with))) {
        claim_unverified(j, c, STR("a figure whose unit stands before it, or an operand, perhaps"));
        return;
    }
    if (!best.version && is_namesakes(j, p, c, with, stated)) return;
    if (!best.version && !b->name_lo && runs_elsewhere(j, c, p, with, stated)) return;
    if (version_is_outdated(v, stated))
        claim_unverified(j, c, judge_printf(j, "older than %.*s: outdated, not wrong", STR_ARG(v->text)));
    else if (best.period)
        claim_contradicted(j, c, &v->fact, v->text, version_staleness(j, v, best.period, stated));
    else if (then)
        claim_contradicted(j, c, &v->fact, then->version,
                           judge_printf(j, "%.*s is not what ran then", STR_ARG(stated)));
    else
        version_contradict_never(j, c, p, t, with, stated,
                                 s->stance == STANCE_HISTORICAL || b->past_too || told_in_past(p, from, t->text.hi) ||
                                     told_under_past_heading(j, p) || version_is_past_place(j, p, t));
}

static bool is_protocol(str name) {
    static const char *const protocols[] = {"HTTP", "TLS",  "SSL",  "SMTP", "IMAP",   "FTP",
                                            "SSH",  "JSON", "YAML", "XML",  "OpenAPI"};
    for (size_t i = 0; i < COUNT_OF(protocols); i++)
        if (str_eq_nocase(name, str_from_cstr(protocols[i]))) return true;
    return false;
}

/* "ghcr.io/ggml-org/llama.cpp:server-cuda-b8412": a path with a tag is an image. */
static bool join_image(const passage *p, uint32_t at, token *image) {
    const token *t = &p->on->tokens[at];
    if (t->kind != TOKEN_PATH || at + 1 >= p->token_hi || p->on->tokens[at + 1].text.lo != t->text.hi + 1) return false;
    if (p->on->text.p[t->text.hi] != ':' || p->on->text.p[t->text.lo] == '/') return false;
    const token *tag = &p->on->tokens[at + 1];
    if (tag->kind != TOKEN_IDENT && tag->kind != TOKEN_VERSION && tag->kind != TOKEN_DATE) return false;
    *image = *t;
    image->kind = TOKEN_IMAGE;
    image->text.hi = tag->text.hi;
    image->core = tag->text;
    image->subject = t->text;
    p->on->used[at] = p->on->used[at + 1] = 1;
    return true;
}

/* "Hugo 0.152.2 needs 3.1 s": what it needs is a figure, not another program. */
static bool needs_time(const passage *p, uint32_t hi) {
    str behind = surface_slice(p->on, hi, p->text.hi);
    static const char *const verbs[] = {" needs ", " need ", " requires ", " needed "};
    for (size_t k = 0; k < COUNT_OF(verbs); k++) {
        str verb = str_from_cstr(verbs[k]);
        if (str_starts(behind, verb) && behind.n > verb.n && byte_is_digit(behind.p[verb.n])) return true;
    }
    return false;
}

/* "from 16.11 to 16.12", "k3s 1.33 to 1.34", which are one number for whoever measures: its two ends. */
static bool split_change(const passage *p, const token *t, token ends[2]) {
    bool bare = t->kind == TOKEN_NUMBER || (t->kind == TOKEN_QUANTITY && t->unit_text.hi == t->unit_text.lo);
    if (!bare || !(t->flags & (TOKEN_CHANGE | TOKEN_INTERVAL)) || !t->high.valid) return false;
    ends[0] = ends[1] = *t;
    uint32_t lo = t->core.hi, hi = t->text.hi;
    while (lo < hi && !byte_is_digit(p->on->text.p[lo])) lo++;
    if (lo == hi || t->core.hi <= t->core.lo) return false;
    if (t->flags & TOKEN_INTERVAL && !str_eq(surface_slice(p->on, t->core.hi, lo), STR(" to "))) return false;
    ends[0].text = t->core;
    ends[1].text = ends[1].core = (text_range){lo, hi};
    ends[1].value = t->high;
    for (int k = 0; k < 2; k++) {
        ends[k].kind = TOKEN_NUMBER;
        ends[k].flags &= (uint16_t) ~(unsigned)(TOKEN_CHANGE | TOKEN_INTERVAL);
    }
    return true;
}

static void judge_stated(judge *j, passage *p, const token *t, uint32_t at) {
    binding b = {.n = 0};
    str stated = j->m                       ? version_stated(j, p, t)
                 : t->kind == TOKEN_VERSION ? surface_slice(p->on, t->core.lo, t->core.hi)
                                            : (str){0};
    bool build = !stated.n && j->m && j->about_us && bind_build_tag(j, p, t, &b);
    if (build) stated = surface_slice(p->on, t->text.lo, t->text.hi);
    if (!stated.n) return;
    if (t->kind == TOKEN_IMAGE && !looks_like_version(stated)) return;
    p->on->used[at] = 1;
    stance_view s = stance_at(j, p, t->text.lo, t->text.hi);
    s.foreign = !s.others &&
                (t->kind == TOKEN_VERSION &&
                 stance_is_foreign(
                     j, p, t->subject.hi > t->subject.lo && t->subject.lo < t->text.lo ? t->subject.lo : t->text.lo,
                     t->text.hi));
    if (t->kind == TOKEN_IMAGE || (t->kind == TOKEN_IDENT && !build)) {
        /* Pinned: asserted of our system even where the reader is told to type it. */
        if (s.stance == STANCE_INSTRUCTION || s.stance == STANCE_REQUIREMENT) s.stance = STANCE_ASSERTED;
    }
    if (s.stance == STANCE_REQUIREMENT && needs_time(p, t->text.hi)) s.stance = STANCE_ASSERTED;
    if (t->kind == TOKEN_VERSION && t->bound == BOUND_MIN) s.stance = STANCE_REQUIREMENT;
    claim *c = claim_add(j, p, t->text.lo, t->text.hi, CLAIM_VERSION, &s);
    if (!c || !j->about_us || s.foreign || c->verdict == VERDICT_NOT_ABOUT_US) return;
    c->normal = stated;
    if (!build) bind_version(j, p, t, &b);
    if (b.absent && b.strong && !b.n && s.stance == STANCE_ASSERTED && !s.denied && !s.loose) {
        for (uint32_t i = 0; i < b.absent->target_count; i++)
            if (b.absent->targets[i].kind == ALIAS_ABSENT) {
                const manifest_absence *gone = &j->m->absences[b.absent->targets[i].index];
                claim_contradicted(j, c, &gone->fact, gone->note, STR("a version of what is declared absent"));
                return;
            }
    }
    if (b.n && (b.strong || !b.foreign)) {
        if (version_drop_packages(j, c, p, t, stated, &b)) return;
        judge_bound(j, c, p, t, stated, &b, &s);
        if (c->verdict == VERDICT_UNVERIFIED && !b.strong) judge_by_value(j, c, p, t, stated, &s, false);
        return;
    }
    if (!b.n && !b.absent && version_judge_attribute(j, c, p, t, stated, &s)) return;
    if (is_protocol(surface_slice(p->on, t->subject.lo, t->subject.hi))) {
        c->credit_bearing = false;
        claim_unverified(j, c, STR("the version of a protocol"));
        return;
    }
    if (b.foreign || !judge_by_value(j, c, p, t, stated, &s, false))
        if (b.foreign) claim_unverified(j, c, STR("stands next to a name that the manifest does not know"));
}

/* "k3s 1.33 to 1.34", in a title: from what it was to what came after. `ends` as split_change gives them. */
static bool judge_step(judge *j, passage *p, const token *t, uint32_t at, token ends[2]) {
    binding b = {.n = 0};
    if (!split_change(p, t, ends)) return false;
    bind_version(j, p, &ends[0], &b);
    str from = surface_slice(p->on, ends[0].core.lo, ends[0].core.hi),
        to = surface_slice(p->on, ends[1].core.lo, ends[1].core.hi);
    if (b.n != 1 || !version_is_step(j, b.entity[0], from, to)) return false;
    const manifest_entity *e = &j->m->entities[b.entity[0]];
    stance_view s = stance_at(j, p, t->text.lo, t->text.hi);
    claim *c = claim_add(j, p, t->text.lo, t->text.hi, CLAIM_VERSION, &s);
    p->on->used[at] = 1;
    if (!c || !j->about_us || c->verdict == VERDICT_NOT_ABOUT_US) return true;
    c->subject = e->id;
    if (s.denied || s.loose)
        claim_unverified(j, c, STR("a step that was taken, and is denied here or compared"));
    else
        claim_supported(j, c, &e->version.fact, e->version.text, STR("two of its versions, the older first"));
    return true;
}

static void judge_token(judge *j, passage *p, uint32_t at) {
    token image, ends[2];
    const token *t = &p->on->tokens[at];
    if (t->kind == TOKEN_DATE) {
        judge_version_date(j, p, t);
        return;
    }
    if (t->kind == TOKEN_CONSTRAINT) {
        judge_version_range(j, p, t);
        return;
    }
    if (join_image(p, at, &image)) t = &image;
    if (t->kind != TOKEN_VERSION && t->kind != TOKEN_IMAGE && t->kind != TOKEN_IDENT && t->kind != TOKEN_NUMBER &&
        t->kind != TOKEN_QUANTITY)
        return;
    if (j->m && split_change(p, t, ends) && version_stated(j, p, &ends[0]).n && version_stated(j, p, &ends[1]).n) {
        judge_stated(j, p, &ends[0], at);
        judge_stated(j, p, &ends[1], at);
        return;
    }
    if (j->m && judge_step(j, p, t, at, ends)) return;
    judge_stated(j, p, t, at);
}

void judge_versions(judge *j) {
    for (uint32_t i = 0; i < j->passage_count && !j->failed; i++) {
        passage *p = &j->passages[i];
        for (uint32_t t = p->token_lo; t < p->token_hi; t++)
            if (!p->on->used[t]) judge_token(j, p, t);
    }
}
