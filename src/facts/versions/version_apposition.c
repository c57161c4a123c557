/* version_apposition.c - a version set off from its name: by a comma, a parenthesis, a relative clause or a list.
 *
 *     "OpenZFS, and 2.2.8 is what modinfo shows", "perch, which is at 1.5.0", "k6, of which we have 0.54.0",
 *     "vLLM, which we hold back at 0.9.1", "vLLM, where we're up to 0.10.2"
 *     "a FastAPI application, 0.115.1, with four workers", "SVT-AV1 to us (2.3.2)"      the name before the mark
 *     "Code goes to Forgejo. It is at 12.0.4."            the name that ends the sentence before
 *     "FFmpeg is the one from Debian, 5.1.7."             the subject, not whose package it is
 *     "nightshift, some lines of Python, is at 0.9.4"     the subject, not what its apposition names
 *     - nightshift, our watchman: now 0.9.4               the same as an item
 *     "Bellows, unlike nightshift, is at 0.8.0"           not nightshift's
 *     "Grafana and Prometheus …, at 12.4.1 and 3.1.0"     as many versions as names: in order
 *
 * In: a version that stands next to no name. Out: its component, where the version has the shape of that one's. A name
 * that is not ours between the two binds nothing.
 */
#include "facts/reading/standing.h"
#include "facts/versions/versions.h"

enum { HITS_READ = 64, WORDS_BACK = 7, LIST_LIMIT = 6 };

static uint64_t first_number(str text) {
    ptrdiff_t lo = 0, hi;
    uint64_t n = 0;
    while (lo < text.n && !byte_is_digit(text.p[lo])) lo++;
    for (hi = lo; hi < text.n && byte_is_digit(text.p[hi]) && hi < lo + 9; hi++)
        n = n * 10 + (uint64_t)(text.p[hi] - '0');
    return n;
}

/* As many points as a version that it has or had, and a first number not far from it. */
static bool has_shape(const judge *j, uint32_t entity, str text) {
    const manifest_version *v = &j->m->entities[entity].version;
    for (uint32_t i = 0; i <= v->history_count; i++) {
        str own = i == v->history_count ? v->text : v->history[i].version;
        if (!own.n || count_dots(own) != count_dots(text)) continue;
        uint64_t a = first_number(own), b = first_number(text);
        if ((a > b ? a - b : b - a) <= 3) return true;
    }
    return false;
}

uint32_t program_of(const judge *j, uint32_t service) {
    uint32_t found = MANIFEST_NONE;
    if (service == MANIFEST_NONE) return found;
    const manifest_list *runs = &j->m->entities[service].runs;
    for (uint32_t i = 0; i < runs->n; i++) {
        if (runs->items[i].entity == MANIFEST_NONE || !has_version(j, runs->items[i].entity)) continue;
        if (found != MANIFEST_NONE) return MANIFEST_NONE;
        found = runs->items[i].entity;
    }
    return found;
}

static uint32_t component_of(const judge *j, const alias_hit *hit) {
    binding one = {.n = 0};
    if (hit->inside >= 0) return MANIFEST_NONE;
    add_component(j, &one, hit);
    return one.n == 1 ? one.entity[0] : one.n ? MANIFEST_NONE : program_of(j, hit_entity(j, hit, ENTITY_SERVICE));
}

/* A capital letter that is none of our names, nor a word that opens a sentence, in [lo, hi)? */
static bool has_stranger(const passage *p, uint32_t lo, uint32_t hi) {
    for (uint32_t i = 0; i < p->word_count && p->words[i].lo < hi; i++) {
        const pword *w = &p->words[i];
        uint8_t c = p->on->text.p[w->lo];
        if (w->lo < lo || !byte_is_alpha(c) || c & 0x20 || i == 0 || w->cues) continue;
        if (word_in(p, i,
                    "january february march april may june july august september october november december monday "
                    "tuesday wednesday thursday friday saturday sunday"))
            continue;
        bool ours = false;
        for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + HITS_READ && !ours; h++)
            ours = p->on->hits[h].where.lo <= w->lo && p->on->hits[h].where.hi >= w->hi;
        if (!ours) return true;
    }
    return false;
}

/* The last component named in the passage before byte `hi`; *end is where its name ends. */
static uint32_t last_named(const judge *j, const passage *p, uint32_t hi, uint32_t *end) {
    uint32_t found = MANIFEST_NONE;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + HITS_READ && p->on->hits[h].where.hi <= hi; h++) {
        uint32_t e = component_of(j, &p->on->hits[h]);
        if (e != MANIFEST_NONE) found = e, *end = p->on->hits[h].where.hi;
    }
    return found;
}

static bool has_mark(const passage *p, uint32_t lo, uint32_t hi) {
    for (uint32_t i = lo; i < hi; i++)
        if (p->on->text.p[i] == ',' || p->on->text.p[i] == '(') return true;
    return false;
}

static bool take(binding *b, uint32_t entity, bool past) {
    b->entity[b->n++] = entity;
    b->strong = b->apart = true;
    b->past_too = past;
    return true;
}

/* The first word that a lead does not hold, going back from the version; UINT32_MAX where all of them are its. */
static uint32_t behind_lead(const passage *p, const token *t, const char *lead, uint32_t *next) {
    uint32_t first, end, i = UINT32_MAX;
    passage_window(p, t->core.lo, t->core.lo, &first, &end);
    for (uint32_t k = first; k < end && p->words[k].hi <= t->text.lo; k++) i = k;
    *next = UINT32_MAX;
    for (uint32_t k = 0; i != UINT32_MAX && k < WORDS_BACK && word_in(p, i, lead); k++) {
        *next = i;
        if (i == first) return UINT32_MAX;
        i--;
    }
    return i;
}

/* "it came with the new Debian, 5.4.2", behind "a word on Podman": what came is the program that was named before. */
static bool bind_through_bringer(const judge *j, const passage *p, const token *t, uint32_t source, binding *b) {
    uint32_t with = source, end = 0;
    while (with > 0 && source - with < 3 && word_in(p, with, "the new a fresh latest current old")) with--;
    if (with < 2 || !word_is(p, with, "with") || !word_in(p, with - 1, "came comes ships shipped arrived"))
        return false;
    uint32_t found = last_named(j, p, p->words[with].lo, &end);
    bool it = with - 2 < p->word_count && word_in(p, with - 2, "it that which this");
    if (found == MANIFEST_NONE || (!it && standing_word_at(p, end) != with - 1)) return false;
    return has_shape(j, found, surface_slice(p->on, t->core.lo, t->core.hi)) && take(b, found, false);
}

/* "FFmpeg is the one from Debian, 5.1.7", "comes from Debian, version 5.1.7" */
static bool bind_through_source(const judge *j, const passage *p, const token *t, binding *b) {
    const alias_hit *source = NULL;
    uint32_t found = MANIFEST_NONE, end = 0;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + HITS_READ; h++)
        if (p->on->hits[h].where.hi <= t->text.lo && p->on->hits[h].inside < 0) source = &p->on->hits[h];
    if (!source) return false;
    str between = str_trim(surface_slice(p->on, source->where.hi, t->text.lo));
    if (!str_eq(between, STR(",")) && !str_eq(between, STR(", version"))) return false;
    uint32_t from = passage_word_before(p, source->where.lo);
    if (from != UINT32_MAX && bind_through_bringer(j, p, t, from, b)) return true;
    if (from == UINT32_MAX || from < 2 || !word_is(p, from, "from") ||
        !word_in(p, from - 1, "one package build comes came is"))
        return false;
    found = last_named(j, p, source->where.lo, &end);
    uint32_t verb = found == MANIFEST_NONE ? UINT32_MAX : standing_word_at(p, end);
    if (verb == UINT32_MAX || !word_in(p, verb, "is comes came")) return false;
    return has_shape(j, found, surface_slice(p->on, t->core.lo, t->core.hi)) && take(b, found, false);
}

bool bind_subject(judge *j, passage *p, const token *t, binding *b) {
    static const char verbs[] =
        "is was has have been reached at version in on now still release stands stays remains today currently";
    uint32_t next, k;
    if (p->kind != PASSAGE_SENTENCE || !j->about_us || t->kind != TOKEN_VERSION) return false;
    if (bind_through_source(j, p, t, b)) return true;
    k = behind_lead(p, t, verbs, &next);
    if (k == UINT32_MAX || next == UINT32_MAX) return false;
    bool item = p->flags & PASSAGE_IN_LIST &&
                str_find_byte(surface_slice(p->on, p->words[k].hi, p->words[next].lo), ':', 0) >= 0;
    if (!item && !has_mark(p, p->words[k].hi, p->words[next].lo)) return false;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 8; h++) {
        const alias_hit *hit = &p->on->hits[h];
        uint32_t e = component_of(j, hit), at = hit->where.hi;
        if (e == MANIFEST_NONE) continue;
        while (at < p->text.hi && strchr("`*\"", p->on->text.p[at])) at++;
        bool opens = p->words[0].lo + 12 > hit->where.lo && at < p->text.hi && p->on->text.p[at] == ',';
        if (!opens || at >= p->words[k].hi || (item && has_stranger(p, at, t->text.lo)) ||
            !has_shape(j, e, surface_slice(p->on, t->core.lo, t->core.hi)))
            return false;
        return take(b, e, false);
    }
    return false;
}

/* ---- as many versions as names ---- */

static bool is_joined(const passage *p, uint32_t lo, uint32_t hi) {
    str between = str_trim(surface_slice(p->on, lo, hi));
    while (between.n && strchr("`*", between.p[0])) between = str_trim(str_slice(between, 1, between.n));
    while (between.n && strchr("`*", between.p[between.n - 1]))
        between = str_trim(str_slice(between, 0, between.n - 1));
    return str_eq(between, STR(",")) || str_eq(between, STR("and")) || str_eq(between, STR(", and"));
}

/* The list of bare versions that holds `t`: its length, and which of them `t` is. */
static uint32_t list_of(const passage *p, const token *t, uint32_t *which, uint32_t *lo) {
    uint32_t n = 0, last = 0;
    bool here = false;
    for (uint32_t i = p->token_lo; i < p->token_hi && i < p->token_lo + 64; i++) {
        const token *x = &p->on->tokens[i];
        if (x->kind != TOKEN_VERSION && x->kind != TOKEN_NUMBER) continue;
        bool bare = x->text.lo == x->core.lo || p->on->text.p[x->text.lo] == 'v';
        if (n && bare && is_joined(p, last, x->text.lo)) {
            n++;
        } else {
            if (here) return n;
            n = 1;
            *lo = x->text.lo;
        }
        if (x == t || x->core.lo == t->core.lo) here = true, *which = n - 1;
        last = x->text.hi;
    }
    return here ? n : 0;
}

bool bind_version_list(judge *j, const passage *p, const token *t, binding *b) {
    uint32_t which, lo, n = list_of(p, t, &which, &lo), named[LIST_LIMIT], count = 0, first, end, before = UINT32_MAX;
    if (n < 2 || n > LIST_LIMIT || p->kind != PASSAGE_SENTENCE || !j->about_us) return false;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + HITS_READ && p->on->hits[h].where.hi <= lo; h++) {
        uint32_t e = component_of(j, &p->on->hits[h]);
        bool known = e == MANIFEST_NONE;
        for (uint32_t k = 0; k < count && !known; k++) known = named[k] == e;
        if (known) continue;
        if (count == LIST_LIMIT) return false;
        named[count++] = e;
    }
    if (count < n) return false;
    which += count - n; /* the last of them: "Berthbook 4.2 brought Django and Python; they replaced …" */
    if (!has_shape(j, named[which], surface_slice(p->on, t->core.lo, t->core.hi))) return false;
    passage_window(p, lo, lo, &first, &end);
    for (uint32_t i = first; i < end && p->words[i].hi <= lo; i++) before = i;
    bool past = before != UINT32_MAX && word_in(p, before, "replaced replaces replacing succeeded from");
    return take(b, named[which], past);
}

/* "vLLM, which we hold back at 0.9.1", "vLLM, where we're up to 0.10.2": a clause that hangs on the name, says what we
 * do or what is done with it, and ends in the version. */
static bool bind_relative(judge *j, const passage *p, const token *t, binding *b) {
    static const char others[] = "skipped skip avoid avoided tried tested dropped refused rejected replaced considered "
                                 "left removed from not never than compared tempted came";
    str text = surface_slice(p->on, t->core.lo, t->core.hi);
    const alias_hit *name = NULL;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + HITS_READ; h++)
        if (p->on->hits[h].where.hi <= t->text.lo && component_of(j, &p->on->hits[h]) != MANIFEST_NONE)
            name = &p->on->hits[h];
    if (!name || count_dots(text) < 2 || t->text.lo - name->where.hi > 60) return false;
    str between = surface_slice(p->on, name->where.hi, t->text.lo);
    uint32_t first, end, i, last = UINT32_MAX;
    passage_window(p, name->where.hi, t->text.lo, &first, &end);
    while (first < end && p->words[first].lo < name->where.hi) first++;
    if (!word_in(p, first, "which where that") || p->words[first].lo > name->where.hi + 3) return false;
    if (str_find_byte(between, ',', 2) >= 0 || str_find_byte(between, ';', 0) >= 0 ||
        str_find_byte(between, '(', 0) >= 0)
        return false;
    for (i = first; i < end && p->words[i].hi <= t->text.lo; last = i++)
        if (word_in(p, i, others) || p->words[i].cues & (CUE_NEGATION | CUE_MODAL)) return false;
    bool ours = p->words[first + 1].cues & CUE_FIRST || word_in(p, first + 1, "is we're i'm has");
    if (!ours || last == UINT32_MAX || !word_in(p, last, "at on to version release") ||
        has_stranger(p, name->where.hi, t->text.lo))
        return false;
    return take(b, component_of(j, name), false);
}

/* "Bellows, unlike Herald, is at 0.9.4", "Bellows, which feeds Herald: now on 0.9.4": the sentence begins with a name
 * that is not ours, and what hangs on it names ours. */
bool version_is_of_front(const passage *p) {
    uint8_t c = p->word_count > 1 ? p->on->text.p[p->words[0].lo] : 0;
    if (!byte_is_alpha(c) || c & 0x20 || p->words[0].cues || p->on->text.p[p->words[0].hi] != ',') return false;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + HITS_READ; h++)
        if (p->on->hits[h].where.lo <= p->words[0].lo && p->on->hits[h].where.hi >= p->words[0].hi) return false;
    return word_in(p, 1, "which who whose unlike like where beside");
}

bool bind_apposition(judge *j, passage *p, const token *t, binding *b) {
    static const char lead[] = "at in version its release namely now being precisely to more then and today currently "
                               "of which we have i is are whose that a it latter";
    uint32_t next, end = 0;
    if (p->kind != PASSAGE_SENTENCE || !j->about_us) return false;
    if (t->kind != TOKEN_VERSION && t->kind != TOKEN_NUMBER) return false;
    str text = surface_slice(p->on, t->core.lo, t->core.hi);
    if (count_dots(text) < 2) return false;
    if (bind_relative(j, p, t, b)) return true;
    uint32_t k = behind_lead(p, t, lead, &next), found = MANIFEST_NONE;
    bool back =
        (k == UINT32_MAX && word_in(p, 0, "it that this")) || (next != UINT32_MAX && word_is(p, next, "latter"));
    if (k != UINT32_MAX && !back) {
        if (!has_mark(p, p->words[k].hi, t->text.lo)) return false;
        found = last_named(j, p, p->words[k].hi, &end);
        if (found != MANIFEST_NONE && (has_stranger(p, end, t->text.lo) || version_is_of_front(p))) return false;
    } else if (back && p->previous != PASSAGE_NONE) {
        passage *q = &j->passages[p->previous];
        passage_prepare(j, q);
        found = last_named(j, q, q->text.hi, &end);
        if (found != MANIFEST_NONE && end + 3 < q->text.hi) return false;
    }
    return found != MANIFEST_NONE && has_shape(j, found, text) && take(b, found, false);
}
