/* version_context.c - a version without a name, in a construct that can only speak of one that was named.
 *
 *     "It replaces 3.7.4", "6.12.48 was replaced by 6.12.57"     one follows the other
 *     "… 2.11.2; 2.10.2 until 16 May", "and 1.10.1 since June"   from when, until when
 *     "On 12 July the queue went to 0.9.4"                       the one program of the service that was named
 *     "it got faster with 4.5.3"                                 the only component of the sentence, and it fits
 *     "we went from 570.172.08 to 580.95.05"                     nobody is named, but only one ever had the other end
 *     "the driver is 580.126.09, the toolkit 13.0.2"             the last word of one component's name alone
 *
 * In: a version, or a bare number with a point, that stands next to no name. Out: its component: the only one that the
 * sentence names before it, else the only one of the nearest sentence that names any. A name that the manifest does not
 * know (a capital letter) between the two binds nothing; several components are none, unless one alone fits: as many
 * points and the same first number as some version it has or had.
 */
#include "facts/versions/versions.h"

#include "facts/ports/ports.h"

enum { SENTENCES_BACK = 3, COMPONENTS_LOOKED_AT = 512 };

typedef enum construct { NOTHING, WITH, TIMED, PAIRED } construct;

typedef struct setting {    /* words around the version */
    uint32_t first, end;    /* of the window */
    uint32_t before, after; /* next to it, UINT32_MAX = none */
} setting;

static const char MOVES[] = "went moved upgraded updated switched jumped came step stepped changed bumped upgrade move "
                            "moving jump switch update";
static const char TIMES[] =
    "january february march april may june july august september october november december jan feb mar apr jun jul aug "
    "sep oct nov dec monday tuesday wednesday thursday friday saturday sunday spring summer autumn winter week month "
    "year day night morning evening noon weekend early late mid middle beginning end start the of last this our my "
    "that then now today yesterday and";

static bool is_blank(const passage *p, uint32_t lo, uint32_t hi) {
    for (uint32_t k = lo; k < hi; k++)
        if (!strchr(" `\"'*(,", p->on->text.p[k])) return false;
    return hi - lo < 5;
}

static setting setting_of(const passage *p, const token *t) {
    setting s = {.before = UINT32_MAX, .after = UINT32_MAX};
    passage_window(p, t->text.lo, t->text.hi, &s.first, &s.end);
    for (uint32_t i = s.first; i < s.end; i++) {
        if (p->words[i].hi <= t->text.lo) s.before = i;
        if (p->words[i].lo >= t->text.hi && s.after == UINT32_MAX) s.after = i;
    }
    if (s.before != UINT32_MAX && !is_blank(p, p->words[s.before].hi, t->text.lo)) s.before = UINT32_MAX;
    if (s.after != UINT32_MAX && p->words[s.after].lo > t->text.hi + 1) s.after = UINT32_MAX;
    return s;
}

static bool is_time(const passage *p, uint32_t i) {
    if (i >= p->word_count) return false;
    return byte_is_digit(p->on->text.p[p->words[i].lo]) || word_in(p, i, TIMES) ||
           (p->words[i].hi - p->words[i].lo > 4 &&
            str_find_byte(surface_slice(p->on, p->words[i].lo, p->words[i].hi), '-', 0) == 3); /* mid-September */
}

/* "until late February N", "before the middle of April N": nothing but a time between. */
static bool ends_time(const passage *p, const setting *s, bool *past) {
    if (s->before == UINT32_MAX || !is_time(p, s->before)) return false;
    for (uint32_t i = s->before + 1, k = 0; i > s->first && k < 7; i--, k++) {
        if (word_in(p, i - 1, "until since before by")) {
            *past = !word_is(p, i - 1, "since");
            return k > 0;
        }
        if (!is_time(p, i - 1) && !word_in(p, i - 1, "i we it ran had used")) return false;
    }
    return false;
}

/* "Until 9 March we ran N": the sentence, or what follows a ; or (, begins with a time. */
static bool begins_with_time(const passage *p, const setting *s, bool *past) {
    uint32_t from = s->before;
    while (from > s->first && s->before - from < 14 && p->words[from - 1].hi + 1 >= p->words[from].lo) from--;
    for (uint32_t i = from; i < s->before && i < from + 3; i++)
        if (word_in(p, i, "until since before") && is_time(p, i + 1)) {
            *past = !word_is(p, i, "since");
            return true;
        }
    return false;
}

/* "until the regression is fixed", "until further notice": an end that has not come. */
bool version_is_open_end(const passage *p, uint32_t i) {
    if (!word_is(p, i, "until")) return false;
    if (word_is(p, i + 1, "further")) return true;
    for (uint32_t k = i + 2; k < p->word_count && k < i + 7; k++)
        if (word_in(p, k, "is are has have can does works lands ships gets comes")) return true;
    return false;
}

static construct construct_of(const passage *p, const token *t, const setting *s, bool *past) {
    *past = false;
    uint32_t b = s->before, a = s->after;
    if (a != UINT32_MAX) {
        if (word_in(p, a, "until since") && !version_is_open_end(p, a) &&
            (is_time(p, a + 1) || p->words[a].hi + 2 >= p->text.hi))
            return *past = word_is(p, a, "until"), TIMED;
        if (word_in(p, a, "was were is got") && word_in(p, a + 1, "replaced superseded followed succeeded") &&
            word_is(p, a + 2, "by"))
            return *past = true, PAIRED;
        if (word_is(p, a, "became") && a + 1 < s->end && byte_is_digit(p->on->text.p[p->words[a + 1].lo]))
            return *past = true, PAIRED;
        if (word_is(p, a, "followed") && p->words[a].hi + 2 >= p->text.hi) return PAIRED;
    }
    if (b == UINT32_MAX) return NOTHING;
    bool glued = p->words[b].hi + 1 >= t->text.lo;
    if (word_in(p, b, "replaced replaces replacing succeeds succeeded supersedes superseding") && glued)
        return *past = true, PAIRED;
    if (word_is(p, b, "became") && glued) return PAIRED;
    if (word_is(p, b, "of") && b > s->first && word_in(p, b - 1, "place instead stead")) return *past = true, PAIRED;
    if (word_is(p, b, "by") && b > s->first && word_in(p, b - 1, "replaced followed superseded succeeded"))
        return PAIRED;
    if (word_in(p, b, "from to") && glued) {
        for (uint32_t i = b, k = 0; i > s->first && k < 5; i--, k++)
            if (word_in(p, i - 1, MOVES)) return *past = word_is(p, b, "from"), PAIRED;
        return NOTHING;
    }
    if (ends_time(p, s, past)) return TIMED;
    if (word_in(p, b, "ran run runs running had has was been used said says to on") && glued &&
        begins_with_time(p, s, past))
        return TIMED;
    return word_in(p, b, "with under") && glued ? WITH : NOTHING;
}

bool version_is_past_place(judge *j, passage *p, const token *t) {
    bool past;
    passage_prepare(j, p);
    setting s = setting_of(p, t);
    bool file = t->kind == TOKEN_IMAGE && /* "FROM image:tag" builds on it now, "is started from `image:tag`" does */
                (p->kind == PASSAGE_CODE ||
                 (s.before != UINT32_MAX && s.before > s.first &&
                  word_in(p, s.before - 1, "built started pulled made launched runs run comes derived starts build")));
    if (s.before != UINT32_MAX && word_is(p, s.before, "from") && !file) return true;
    return construct_of(p, t, &s, &past) != NOTHING && past;
}

/* ---- who is meant ---- */

/* The component that a hit names, or the one with a version that a service runs. */
static uint32_t meant_by(const judge *j, const alias_hit *hit) {
    binding one = {.n = 0};
    add_component(j, &one, hit);
    if (one.n) return one.n == 1 ? one.entity[0] : MANIFEST_NONE;
    return program_of(j, hit_entity(j, hit, ENTITY_SERVICE));
}

/* Words that may open a sentence and are no names, beside those that have cues. */
static const char OPENERS[] =
    "before since until after at under with both these those all everything nothing there here "
    "again yesterday today back even meanwhile";

/* Does a capital letter that is no name of ours and no day begin a word of [lo, hi)? */
static bool has_stranger(const passage *p, uint32_t lo, uint32_t hi) {
    for (uint32_t i = 0; i < p->word_count && p->words[i].lo < hi; i++) {
        const pword *w = &p->words[i];
        uint8_t c = p->on->text.p[w->lo];
        if (w->lo < lo || !byte_is_alpha(c) || c & 0x20 || word_is(p, i, "I") || is_time(p, i)) continue;
        bool ours = false;
        for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64 && !ours; h++)
            ours = p->on->hits[h].where.lo <= w->lo && p->on->hits[h].where.hi >= w->hi;
        bool opens = i == 0 || (p->words[i - 1].hi + 1 < w->lo && strchr(".?!:;", p->on->text.p[p->words[i - 1].hi]));
        if (!ours && !(opens && (w->cues || word_in(p, i, OPENERS)))) return true;
    }
    return false;
}

typedef struct named { /* the components that a stretch of text names */
    uint32_t at[8], n;
    uint32_t end; /* of the last name */
} named;

static void names_in(const judge *j, const passage *p, uint32_t lo, uint32_t hi, named *out) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64 && p->on->hits[h].where.hi <= hi; h++) {
        const alias_hit *hit = &p->on->hits[h];
        uint32_t e = hit->where.lo < lo || hit->inside >= 0 ? MANIFEST_NONE : meant_by(j, hit);
        if (e == MANIFEST_NONE) continue;
        bool known = out->n == COUNT_OF(out->at);
        for (uint32_t k = 0; k < out->n; k++) known = known || out->at[k] == e;
        if (!known) out->at[out->n++] = e;
        out->end = hit->where.hi;
    }
}

/* "the queue went to 0.9.4", "the queue was still at 0.8.7": the program of the one service that is called so. */
static uint32_t subject_service(const judge *j, const passage *p, const setting *s, bool *at) {
    static const char being[] = "went was is moved stayed still now came to at then back from";
    uint32_t i = s->before;
    *at = i != UINT32_MAX && word_is(p, i, "at");
    for (uint32_t k = 0; i != UINT32_MAX && i > s->first && k < 5 && word_in(p, i, being); k++) i--;
    if (i == UINT32_MAX || i <= s->first || i == s->before || !word_in(p, i - 1, "the our")) return MANIFEST_NONE;
    str noun = surface_slice(p->on, p->words[i].lo, p->words[i].hi);
    uint32_t service, found = MANIFEST_NONE;
    if (noun.n < 4 || p->words[i].cues & (CUE_STOP | CUE_FILLER) ||
        !port_label_service(j, noun, MANIFEST_NONE, &service))
        return MANIFEST_NONE;
    const manifest_list *runs = &j->m->entities[service].runs;
    for (uint32_t k = 0; k < runs->n; k++) {
        if (runs->items[k].entity == MANIFEST_NONE || !has_version(j, runs->items[k].entity)) continue;
        if (found != MANIFEST_NONE) return MANIFEST_NONE;
        found = runs->items[k].entity;
    }
    return found;
}

/* The only one, or the only one that fits. `loose`: the only one need not fit. */
static uint32_t choose(const judge *j, const named *list, str text, bool loose) {
    uint32_t fit = 0, found = MANIFEST_NONE;
    for (uint32_t k = 0; k < list->n; k++) {
        if (!version_fits(j, list->at[k], text)) continue;
        found = list->at[k];
        fit++;
    }
    if (fit == 1) return found;
    return !fit && list->n == 1 && loose ? list->at[0] : MANIFEST_NONE;
}

/* The other end of a move: the one component that ever had it. */
static uint32_t owner_of_other_end(const judge *j, const passage *p, const token *t) {
    uint32_t found = MANIFEST_NONE;
    ptrdiff_t dots = count_dots(surface_slice(p->on, t->core.lo, t->core.hi));
    for (uint32_t i = p->token_lo; i < p->token_hi && i < p->token_lo + 64; i++) {
        const token *x = &p->on->tokens[i];
        str text = surface_slice(p->on, x->core.lo, x->core.hi);
        uint32_t count, gap = x->text.lo > t->text.hi ? x->text.lo - t->text.hi : t->text.lo - x->text.hi;
        if (x == t || x->kind != TOKEN_VERSION || gap > 30 || count_dots(text) != dots || dots < 2) continue;
        const uint32_t *owners = fact_index_version(j->index, text, &count);
        if (count != 1 || (found != MANIFEST_NONE && owners[0] != found)) return MANIFEST_NONE;
        found = owners[0];
    }
    return found;
}

static bool take(binding *b, uint32_t entity, bool past) {
    if (entity == MANIFEST_NONE) return false;
    b->entity[b->n++] = entity;
    b->strong = true;
    b->apart = true;
    b->past_too = past;
    return true;
}

/* "Mine came up as 7.2.3 on top of Ubuntu 24.04.3; before that it was 7.2.1": the one that is named has its version
 * already, and one of another sort. */
static bool has_other_sort(const judge *j, const passage *p, const token *t, uint32_t component) {
    str text = surface_slice(p->on, t->core.lo, t->core.hi);
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (meant_by(j, hit) != component) continue;
        for (uint32_t i = p->token_lo; i < p->token_hi && i < p->token_lo + 64; i++) {
            const token *x = &p->on->tokens[i];
            bool beside = x->core.lo >= hit->where.hi && x->core.lo <= hit->where.hi + 3;
            str own = surface_slice(p->on, x->core.lo, x->core.hi);
            if (x == t || x->kind != TOKEN_VERSION || !beside) continue;
            ptrdiff_t point = str_find_byte(own, '.', 0);
            if (count_dots(own) != count_dots(text) || point < 0 || !str_starts(text, str_slice(own, 0, point + 1)))
                return true;
        }
    }
    return false;
}

/* "I changed the image tag from `v0.15.1` to `v0.20.0`" under "Step 3: vLLM": what the heading names alone, where the
 * version is of its sort. */
static bool bind_tag_move(judge *j, const passage *p, const token *t, const setting *s, binding *b) {
    uint32_t i = s->before;
    named here = {.n = 0}, over = {.n = 0};
    bool tag = false, moved = i != UINT32_MAX && word_in(p, i, "from to") && p->words[i].hi + 3 > t->text.lo;
    for (uint32_t k = 0; moved && i > s->first && k < 16; i--, k++) tag = tag || word_in(p, i - 1, "tag pin image");
    if (!tag || p->heading == PASSAGE_NONE || t->kind != TOKEN_VERSION) return false;
    names_in(j, p, p->text.lo, p->text.hi, &here);
    const passage *heading = &j->passages[p->heading];
    names_in(j, heading, heading->text.lo, heading->text.hi, &over);
    if (here.n || over.n != 1 || !version_fits(j, over.at[0], surface_slice(p->on, t->core.lo, t->core.hi)))
        return false;
    return take(b, over.at[0], word_is(p, s->before, "from"));
}

bool bind_context(judge *j, passage *p, const token *t, binding *b) {
    if (p->kind != PASSAGE_SENTENCE || !j->about_us) return false;
    if (t->kind != TOKEN_VERSION && t->kind != TOKEN_NUMBER) return false;
    str text = surface_slice(p->on, t->core.lo, t->core.hi);
    if (count_dots(text) < 1 || !version_stands_alone(p, t)) return false;
    passage_prepare(j, p);
    bool past, number = t->kind == TOKEN_NUMBER || count_dots(text) < 2;
    setting s = setting_of(p, t);
    construct how = construct_of(p, t, &s, &past);
    if (bind_tag_move(j, p, t, &s, b)) return true;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++) { /* "it ran nginx 1.26.2": nginx's */
        uint32_t e = p->on->hits[h].where.hi + 1 == t->text.lo ? hit_entity(j, &p->on->hits[h], ENTITY_COMPONENT)
                                                               : MANIFEST_NONE;
        if (e != MANIFEST_NONE && !has_version(j, e)) return false;
    }
    str before = str_trim(surface_slice(p->on, p->text.lo, t->text.lo));
    if (how == NOTHING && str_ends(before, STR(":"))) how = WITH; /* "Driver of the first two: 580.95.05" */
    bool at = false;
    uint32_t subject = number ? MANIFEST_NONE : subject_service(j, p, &s, &at);
    if (subject != MANIFEST_NONE && (how == PAIRED || at) && version_fits(j, subject, text))
        return take(b, subject, past || at);
    if (how == NOTHING || (how == WITH && number)) return false;
    named here = {.n = 0};
    names_in(j, p, p->text.lo, t->text.lo, &here);
    if (here.n) {
        if (has_stranger(p, here.end, t->text.lo)) return false;
        if (s.before != UINT32_MAX && word_is(p, s.before, "became") &&
            here.n > 1) /* what it became is the last named's */
            here.at[0] = here.at[here.n - 1], here.n = 1;
        bool loose = how != WITH && !number && !has_other_sort(j, p, t, here.at[0]);
        return take(b, choose(j, &here, text, loose), past || how == WITH);
    }
    if (how == WITH || has_stranger(p, p->text.lo, t->text.lo)) return false;
    if (how == PAIRED && take(b, owner_of_other_end(j, p, t), past)) return true;
    uint32_t back = p->previous;
    if (back == PASSAGE_NONE) back = p->above;
    for (uint32_t k = 0; back != PASSAGE_NONE && k < SENTENCES_BACK; k++) {
        passage *q = &j->passages[back];
        passage_prepare(j, q);
        names_in(j, q, q->text.lo, q->text.hi, &here);
        if (here.n) return !has_stranger(q, here.end, q->text.hi) && take(b, choose(j, &here, text, !number), past);
        back = q->previous;
    }
    return false;
}

/* ---- the last word of a name ---- */

static bool ends_with_word(str name, str word_text) {
    return name.n > word_text.n && name.p[name.n - word_text.n - 1] == ' ' &&
           str_eq_nocase(str_slice(name, name.n - word_text.n, name.n), word_text);
}

/* Does the word begin an item of the sentence: "Ubuntu 24.04, driver 580.95"? */
static bool begins_item(const passage *p, uint32_t i) {
    uint8_t before = i ? p->on->text.p[p->words[i].lo - 1] : ',',
            further = i > 1 ? p->on->text.p[p->words[i].lo - 2] : ',';
    return !i || before == '(' || (before == ' ' && (further == ',' || further == ';' || further == ':'));
}

/* "550.54" where 580.95.05 is installed: first numbers of three digits or more are of one kind of release. */
static bool looks_alike(const judge *j, uint32_t entity, str text) {
    str now = j->m->entities[entity].version.text;
    ptrdiff_t said = 0, own = 0;
    while (said < text.n && byte_is_digit(text.p[said])) said++;
    while (own < now.n && byte_is_digit(now.p[own])) own++;
    return said == own && own >= 3;
}

/* "NVIDIA's driver": the word before the noun is the possessive of the word before it in a component's name. */
static bool is_makers(const judge *j, const passage *p, uint32_t i) {
    str maker = surface_slice(p->on, p->words[i - 1].lo, p->words[i - 1].hi);
    uint32_t count;
    if (str_ends(maker, STR("'s")))
        maker.n -= 2;
    else if (str_ends(maker, STR("\xe2\x80\x99s")))
        maker.n -= 4;
    else
        return false;
    str name = judge_printf((judge *)j, "%.*s %.*s", STR_ARG(maker),
                            STR_ARG(surface_slice(p->on, p->words[i].lo, p->words[i].hi)));
    const alias_target *targets = alias_lookup(j->m->names, name, &count);
    return targets && count && targets[0].kind == ALIAS_ENTITY && has_version(j, targets[0].index);
}

uint32_t component_by_noun(const judge *j, const passage *p, uint32_t i) {
    str noun = surface_slice(p->on, p->words[i].lo, p->words[i].hi);
    uint32_t found = MANIFEST_NONE;
    if (noun.n < 4 || p->words[i].cues & (CUE_STOP | CUE_FILLER)) return found;
    for (uint32_t e = 0; e < j->m->entity_count && e < COMPONENTS_LOOKED_AT; e++) {
        bool called = false;
        if (!has_version(j, e)) continue;
        for (uint32_t k = 0; k < j->m->entities[e].aliases.n; k++)
            called = called || ends_with_word(j->m->entities[e].aliases.at[k].text, noun);
        if (!called) continue;
        if (found != MANIFEST_NONE) return MANIFEST_NONE;
        found = e;
    }
    return found;
}

/* Is the version the value of a row of output whose key is one word, "driver    580.95.05", "driver: 580.95.05"? */
static bool begins_row(const passage *p, const token *t) {
    str key = str_trim(surface_slice(p->on, p->text.lo, p->words[0].lo)),
        between = surface_slice(p->on, p->words[0].hi, t->text.lo);
    bool colon = between.n && between.p[0] == ':';
    return !key.n && between.n && !str_trim(str_slice(between, colon, between.n)).n;
}

bool bind_short_name(judge *j, passage *p, const token *t, binding *b) {
    uint32_t i = UINT32_MAX;
    passage *on = p;
    bool item = false;
    bool number = t->kind == TOKEN_NUMBER && p->kind == PASSAGE_CELL &&
                  str_find_byte(surface_slice(p->on, t->core.lo, t->core.hi), '.', 0) > 0;
    if (!j->about_us || (t->kind != TOKEN_VERSION && t->kind != TOKEN_NUMBER)) return false;
    if (t->kind == TOKEN_NUMBER && !number && p->kind != PASSAGE_SENTENCE) return false;
    if (p->kind == PASSAGE_CELL && p->label != PASSAGE_NONE) { /* "| Driver | 580.95.05 |" */
        on = &j->passages[p->label];
        passage_prepare(j, on);
        if (t->core.lo > p->text.lo + 1) return false;
        if (on->word_count != 1 && !(on->word_count == 2 && word_in(on, 0, "gpu graphics kernel installed")))
            return false;
        i = on->word_count - 1;
        item = true;
    } else if (p->kind == PASSAGE_SENTENCE) {
        setting s = setting_of(p, t);
        i = s.before;
        item = i != UINT32_MAX && begins_item(p, i) && p->words[i].hi + 1 == t->text.lo;
        if (i == UINT32_MAX && p->word_count && p->words[0].lo == p->text.lo && t->text.lo < p->words[0].hi + 6 &&
            p->on->text.p[p->words[0].hi] == ':')
            i = 0, item = true; /* "- Driver: 580.95.05" */
        if (i == UINT32_MAX && p->word_count > 1 && p->words[0].lo == p->text.lo && t->text.lo < p->words[1].hi + 6 &&
            word_in(p, 0, "gpu graphics kernel installed") && p->on->text.p[p->words[1].hi] == ':')
            i = 1, item = true; /* "- GPU driver: 580.95.05" */
        if (i != UINT32_MAX && i > s.first + 3 && word_is(p, i, "as") && word_is(p, i - 1, "itself") &&
            word_in(p, i - 2, "reports identifies")) { /* "a driver that reports itself as 585.12" */
            i -= 3;
            if (word_in(p, i, "that which")) i--;
            item = number = i > s.first && word_in(p, i - 1, "the our my its a");
        }
        if (i != UINT32_MAX && i > s.first + 1 && word_in(p, i, "been") && word_in(p, i - 1, "has")) i -= 2;
        for (uint32_t k = 0;
             k < 3 && i != UINT32_MAX && i > s.first && word_in(p, i, "is at on version currently now branch series");
             k++)
            i--;
        /* "came back with driver 590.44": a number that looks like what is installed */
        item = item || (i != UINT32_MAX && i > s.first && p->words[i].hi + 1 == t->text.lo &&
                        word_in(p, i - 1, "with and on using"));
        uint32_t front = i; /* "the GPU driver", "NVIDIA's driver" */
        if (i != UINT32_MAX && i > s.first && word_in(p, i - 1, "gpu graphics card installed current")) front = i - 1;
        bool makers = i != UINT32_MAX && i > s.first && is_makers(j, p, i);
        if (i == UINT32_MAX || (!item && !makers && (front <= s.first || !word_in(p, front - 1, "the our my its"))))
            return false;
    } else if (p->flags & PASSAGE_TERMINAL && p->word_count && t->kind == TOKEN_VERSION) {
        if (!begins_row(p, t)) return false; /* "driver    580.95.05" in a panel */
        i = 0;
        item = true;
    } else {
        return false;
    }
    if (t->kind == TOKEN_NUMBER && !number) {
        str whole = surface_slice(p->on, t->core.lo, t->core.hi); /* "the driver is at 570" */
        if (whole.n != 3 || count_dots(whole) || item || !version_stands_alone(p, t)) return false;
    }
    uint32_t found = component_by_noun(j, on, i);
    str said = surface_slice(p->on, t->core.lo, t->core.hi);
    return found != MANIFEST_NONE &&
           (looks_alike(j, found, said) || (!item && !number && version_fits(j, found, said))) && take(b, found, item);
}
