/* gap_words.c - owner, noun, listener and town around a value.
 *
 * In: one sentence and where the value stands in it. Out: names and nouns for a stub. Names of entities come from the
 * manifest's alias index, towns from the gazetteer, what is no noun from the lexicon. Time: in proportion to the
 * sentence, and to the gazetteer where a machine is said to be *in* something.
 */
#include "manifest/gap_words.h"

#include "manifest/fact_index.h"
#include "manifest/gazetteer.h"
#include "lex/lexicon.h"

enum { NOUN_WORDS = 3, LISTENER_WORDS = 3 };

/* ---- words ---- */

static bool is_word_byte(uint8_t c) { return byte_is_alnum(c) || c >= 0x80 || c == '-' || c == '_' || c == '.'; }

static str trim_stops(str w) {
    while (w.n && (w.p[w.n - 1] == '.' || w.p[w.n - 1] == '-')) w.n--;
    return w;
}

/* The word that ends at `*hi`, blanks skipped; empty where something else than a blank is between. Moves `*hi`. */
static str word_before(str text, ptrdiff_t *hi) {
    ptrdiff_t end = *hi;
    while (end > 0 && text.p[end - 1] == ' ') end--;
    ptrdiff_t lo = end;
    while (lo > 0 && is_word_byte(text.p[lo - 1])) lo--;
    *hi = lo;
    return str_slice(text, lo, end);
}

static str word_behind(str text, ptrdiff_t *lo) {
    ptrdiff_t begin = *lo;
    while (begin < text.n && text.p[begin] == ' ') begin++;
    ptrdiff_t end = begin;
    while (end < text.n && is_word_byte(text.p[end])) end++;
    str w = trim_stops(str_slice(text, begin, end));
    *lo = begin + w.n;
    return w;
}

static bool is_among(str word, const char *words) {
    str rest = str_from_cstr(words), one;
    while (str_cut(&rest, ' ', &one))
        if (word.n && str_eq_nocase(word, one)) return true;
    return false;
}

/* Can it be the noun of a measure? Not what the lexicon knows as a small word or a verb, and no number. */
static bool is_noun(str word) {
    if (word.n < 2 || !byte_is_alpha(word.p[0])) return false;
    const uint32_t small = CUE_NEGATION | CUE_MODAL | CUE_IF | CUE_SECOND | CUE_FIRST | CUE_REPORT | CUE_PLACE |
                           CUE_FILLER | CUE_STOP | CUE_ONE | CUE_HAVE | CUE_BREAK | CUE_COMPARE | CUE_WAS | CUE_FUTURE |
                           CUE_CADENCE;
    if (cue_of(cue_table_get(), word) & small) return false;
    return !is_among(word,
                     "its their his her more less total each per today yesterday together instead again now free used "
                     "total whole wide fast slow big small large new old");
}

/* ---- owners ---- */

static bool is_of_kind(const manifest *m, const alias_target *t, unsigned kinds) {
    return t->kind == ALIAS_ENTITY && kinds >> m->entities[t->index].kind & 1;
}

const manifest_entity *gap_owner(const gap_sentence *s, unsigned kinds) {
    const manifest_entity *before = NULL, *behind = NULL;
    alias_hit *hits;
    size_t n;
    if (!alias_scan(s->m->names, s->a, s->text, &hits, &n)) return NULL;
    for (size_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < hits[i].target_count; k++) {
            if (hits[i].inside >= 0 || !is_of_kind(s->m, &hits[i].targets[k], kinds)) continue;
            const manifest_entity *e = &s->m->entities[hits[i].targets[k].index];
            if ((ptrdiff_t)hits[i].where.hi <= s->lo) before = e;
            if ((ptrdiff_t)hits[i].where.lo >= s->hi && !behind) behind = e;
        }
    return before ? before : behind;
}

/* ---- nouns ---- */

/* Up to three nouns on end that begin at `lo`: "unified memory". */
static str nouns_behind(const gap_sentence *s, ptrdiff_t lo) {
    ptrdiff_t at = lo, begin = -1, end = lo;
    for (int i = 0; i < NOUN_WORDS; i++) {
        str w = word_behind(s->text, &at);
        if (!is_noun(w)) break;
        if (begin < 0) begin = w.p - s->text.p;
        end = at;
    }
    return begin < 0 ? (str){NULL, 0} : str_slice(s->text, begin, end);
}

static str nouns_before(const gap_sentence *s, ptrdiff_t hi) {
    ptrdiff_t at = hi, begin = -1, end = hi;
    for (int i = 0; i < NOUN_WORDS; i++) {
        str w = word_before(s->text, &at);
        if (!is_noun(w)) break;
        begin = at;
        if (!i) end = at + w.n;
    }
    return begin < 0 ? (str){NULL, 0} : str_slice(s->text, begin, end);
}

/* Of "The memory of Harbor", that which ends before the verb: what stands before "of", else before the verb itself, if
 * it is no name of an entity. */
static str noun_of_subject(const gap_sentence *s, ptrdiff_t verb) {
    ptrdiff_t of = str_find(str_slice(s->text, 0, verb), STR(" of "), 0);
    str noun = nouns_before(s, of > 0 ? of : verb);
    uint32_t count = 0;
    const alias_target *targets = noun.n ? alias_lookup(s->m->names, noun, &count) : NULL;
    for (uint32_t i = 0; targets && i < count; i++)
        if (targets[i].kind == ALIAS_ENTITY) return (str){NULL, 0};
    return noun;
}

str gap_noun(const gap_sentence *s) {
    ptrdiff_t at = s->hi, back = s->lo;
    str next = word_behind(s->text, &at), last = word_before(s->text, &back);
    if (str_eq(next, STR("of"))) return nouns_behind(s, at);
    if (is_noun(next) && !str_ends(next, STR("ly"))) return nouns_behind(s, s->hi);
    if (str_eq(last, STR("of"))) return nouns_before(s, back);
    if (is_among(last, "is are was were")) return noun_of_subject(s, back);
    return (str){NULL, 0};
}

/* ---- listeners ---- */

str gap_listener(const gap_sentence *s) {
    static const char verbs[] = "listens runs is answers serves binds sits waits lives listening";
    ptrdiff_t at = 0, begin = -1, end = 0;
    for (int i = 0; i <= LISTENER_WORDS; i++) {
        str w = word_behind(s->text, &at);
        if (!w.n || at > s->lo) break;
        if (is_among(w, verbs)) return begin < 0 ? (str){NULL, 0} : str_slice(s->text, begin, end);
        if (begin < 0 && is_among(w, "the our my a an its their")) continue;
        if (!is_noun(w)) break;
        if (begin < 0) begin = w.p - s->text.p;
        end = at;
    }
    return (str){NULL, 0};
}

/* ---- towns ---- */

typedef struct town_search {
    str rest;  /* what stands behind "in" */
    str found; /* the longest name that begins it */
} town_search;

static bool try_town(void *context, str name, const char *country) {
    town_search *t = context;
    (void)country;
    bool ends = t->rest.n == name.n || (t->rest.n > name.n && !is_word_byte(t->rest.p[name.n])) ||
                (t->rest.n == name.n + 1 && t->rest.p[name.n] == '.');
    if (name.n > t->found.n && str_starts(t->rest, name) && ends) t->found = str_slice(t->rest, 0, name.n);
    return true;
}

/* "is in", "stands in a rack in": the verb first, then "in" within a few words. */
static ptrdiff_t behind_in(const gap_sentence *s, ptrdiff_t lo) {
    enum { WORDS = 6 };
    ptrdiff_t at = lo;
    if (!is_among(word_behind(s->text, &at), "is stands sits lives lies runs hums")) return -1;
    for (int i = 0; i < WORDS; i++) {
        str w = word_behind(s->text, &at);
        if (!w.n || cue_of(cue_table_get(), w) & (CUE_NEGATION | CUE_IF | CUE_MODAL)) return -1;
        if (str_eq(w, STR("in")) && at + 1 < s->text.n && s->text.p[at + 1] >= 'A' && s->text.p[at + 1] <= 'Z')
            return at + 1;
    }
    return -1;
}

gap_whereabouts gap_place(const manifest *m, arena *a, str sentence) {
    gap_whereabouts none = {0};
    gap_sentence s = {.m = m, .a = a, .text = sentence};
    alias_hit *hits;
    size_t n;
    if (str_find(sentence, STR(" in "), 0) < 0 || str_ends(sentence, STR("?"))) return none;
    if (!alias_scan(m->names, a, sentence, &hits, &n)) return none;
    for (size_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < hits[i].target_count; k++) {
            if (!is_of_kind(m, &hits[i].targets[k], 1u << ENTITY_HOST | 1u << ENTITY_HARDWARE)) continue;
            const manifest_entity *e = &m->entities[hits[i].targets[k].index];
            ptrdiff_t front = (ptrdiff_t)hits[i].where.lo;
            if (e->location.text.n || is_among(word_before(sentence, &front), "of for from with by to behind on at"))
                continue; /* "the owner of Harbor is in Oslo" */
            ptrdiff_t at = behind_in(&s, (ptrdiff_t)hits[i].where.hi);
            if (at < 0) continue;
            town_search t = {.rest = str_slice(sentence, at, sentence.n)};
            gazetteer_each(try_town, &t);
            if (t.found.n) return (gap_whereabouts){e, t.found, (ptrdiff_t)hits[i].where.lo, at + t.found.n};
        }
    return none;
}
