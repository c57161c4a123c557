/* doubt_figures.c - what lets a number be another thing than the fact's size.
 *
 *     "reads 6.8 GB/s and writes 5.1"          the fact's own value stands beside it: this is another figure
 *     "the weights of Qwen9-32B are 18 GiB"    a name that the manifest does not know is in the clause
 *     "the maximum context is …"               a limit, not what is set
 *     "with a KV cache of 10 GiB it refused"   an experiment, told with its outcome
 *     "with a prompt of 30,000 tokens …"       a case that no declared fact has
 *     "the shortest took 36 minutes"           one of many
 *     "the p50 is 12 ms"                       another statistic
 *
 * In: a scene, and the fact that is about to contradict (judge.contradicting). Out: the doubt, or NULL.
 */
#include "facts/verdicts/doubt.h"
#include "facts/reading/calendar.h"

#include "manifest/fact_index.h"
#include "lex/decimal.h"

#include <math.h>

/* Numbers of a sentence that are looked at. */
enum { FIGURE_LIMIT = 64, CONDITION_LIMIT = 4096 };

static bool overlaps(const scene *s, const token *t) { return t->text.lo < s->hi && t->text.hi > s->lo; }

/* The fact's own value, or another view of its attribute, stands elsewhere in the sentence. */
static const token *own_value(const scene *s, const numeric_fact *f, uint32_t lo, uint32_t hi) {
    const passage *p = s->p;
    for (uint32_t i = p->token_lo; i < p->token_hi && i - p->token_lo < FIGURE_LIMIT; i++) {
        const token *t = &p->on->tokens[i];
        measure m;
        if (overlaps(s, t) || t->text.lo < lo || t->text.hi > hi ||
            (t->kind != TOKEN_QUANTITY && t->kind != TOKEN_NUMBER && t->kind != TOKEN_VERSION))
            continue;
        token plain = *t;
        if (t->kind != TOKEN_QUANTITY) { /* "0.70" behind a setting: compared as it is written */
            decimal value;
            if (!decimal_parse(surface_slice(p->on, t->core.lo, t->core.hi), false, &value) && !t->value.valid)
                continue;
            if (!t->value.valid) plain.value = value;
            if (fabs(decimal_to_f64(plain.value) - f->shown) < 1e-9 * (1 + fabs(f->shown))) return t;
            continue;
        }
        if (!measure_of_token(p->on, &plain, &m) || m.dimension != f->dimension || m.interval) continue;
        if (f->noun && m.noun && f->noun != m.noun) continue;
        uint32_t before = passage_word_before(p, t->text.lo); /* "our objective of one hour" measures nothing */
        bool aim = before != UINT32_MAX && before > 0 && word_in(p, before, "of") &&
                   word_in(p, before - 1, "objective objectives target goal rto rpo slo sla budget deadline");
        if (!aim && measure_agrees(&m, f->base, f->tolerance)) return t;
    }
    return NULL;
}

/* The bytes around [lo, hi) between two of ", ; and but": what is said in one go. */
static text_range segment_at(const scene *s, uint32_t lo, uint32_t hi) {
    const passage *p = s->p;
    text_range r = {p->text.lo, p->text.hi};
    for (uint32_t k = lo; k > r.lo && lo - k < WINDOW_REACH; k--)
        if ((p->on->text.p[k - 1] == ',' || p->on->text.p[k - 1] == ';') && !byte_is_digit(p->on->text.p[k])) {
            r.lo = k;
            break;
        }
    for (uint32_t k = hi; k < r.hi && k - hi < WINDOW_REACH; k++)
        if ((p->on->text.p[k] == ',' || p->on->text.p[k] == ';') &&
            (k + 1 >= r.hi || !byte_is_digit(p->on->text.p[k + 1]))) {
            r.hi = k;
            break;
        }
    for (uint32_t i = s->first; i < s->end; i++) {
        if (!doubt_word(p, i, "and but while")) continue;
        if (p->words[i].hi <= lo && p->words[i].lo > r.lo) r.lo = p->words[i].lo;
        if (p->words[i].lo >= hi && p->words[i].lo < r.hi) r.hi = p->words[i].lo;
    }
    return r;
}

/* How many names of the fact and of its conditions stand in [r.lo, r.hi)? */
static uint32_t count_names(const scene *s, const numeric_fact *f, text_range r) {
    const passage *p = s->p;
    uint32_t n = 0;
    for (uint32_t i = s->first; i < s->end; i++)
        if (p->words[i].lo >= r.lo && p->words[i].hi <= r.hi)
            n += fact_has_stem(f, p->words[i].stem) || fact_has_condition_stem(f, p->words[i].stem);
    return n;
}

/* How many names of its owners? */
static uint32_t count_owners(const scene *s, const numeric_fact *f, text_range r) {
    const passage *p = s->p;
    uint32_t n = 0;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h - p->hit_lo < FIGURE_LIMIT; h++) {
        uint32_t e = hit_entity(s->j, &p->on->hits[h], -1);
        n += e != MANIFEST_NONE && fact_is_owned(f, e) && p->on->hits[h].where.lo >= r.lo &&
             p->on->hits[h].where.hi <= r.hi;
    }
    return n;
}

/* "5.03 GB, or 4.68 GiB", "7.03 GB is 4.68 GiB": one thing in two units. */
static bool is_equation(const scene *s, const token *own) {
    uint32_t lo = own->text.hi <= s->lo ? own->text.hi : s->hi, hi = own->text.hi <= s->lo ? s->lo : own->text.lo;
    if (hi <= lo || hi - lo > 24) return false;
    str between = surface_slice(s->p->on, lo, hi);
    return str_ends(between, STR(" or ")) || str_eq(between, STR(" is ")) || str_ends(between, STR("= ")) ||
           str_ends(between, STR("("));
}

/* "at 47 W when idle and 92 W when it compiles": the fact's own value stands elsewhere in the sentence, where its names
 * are; two values that changed places would stand with each other's names. "The backup covers 1.3 TB and sends 4.8 GB":
 * whose they are is said once, of both. */
static bool is_stated_beside(const scene *s, const numeric_fact *f) {
    const token *own = own_value(s, f, s->p->text.lo, s->p->text.hi);
    if (!own || is_equation(s, own)) return false;
    if (!s->j->swapped) return true;
    if (doubt_find(s->p, s->first, s->end, "respectively") != UINT32_MAX) return false;
    text_range here = segment_at(s, s->lo, s->hi), there = segment_at(s, own->text.lo, own->text.hi);
    bool once = there.lo > here.lo && !count_owners(s, f, there) &&
                str_starts(surface_slice(s->p->on, there.lo, there.hi), STR("and "));
    uint32_t names_here = count_names(s, f, here) + (once ? 0 : 2 * count_owners(s, f, here)),
             names_there = count_names(s, f, there) + 2 * count_owners(s, f, there);
    return here.lo != there.lo && names_there > names_here;
}

/* "a 25-gigabit switch": the figure is that of the noun behind it. Names may stand before the noun, "72-core ARM CPU".
 */
static bool is_of_the_noun_behind(const scene *s, const numeric_fact *f) {
    const passage *p = s->p;
    bool hyphen = false;
    for (uint32_t k = s->lo; k < s->hi; k++) hyphen = hyphen || p->on->text.p[k] == '-';
    if (!hyphen || s->after >= s->end || p->words[s->after].lo != s->hi + 1) return false;
    bool machine = p->words[s->after].cues & CUE_PART && /* "a 64-core machine", not "a 25-gigabit switch" */
                   !doubt_word(p, s->after, "switch switches network link port ports nic nics card cards interface");
    bool chip = f->dimension == DIM_COUNT && doubt_find(p, s->after, s->after + 3, "processor cpu chip soc") < s->end;
    if (chip && fact_has_stem(f, fact_stem(STR("core")))) return false; /* "a 72-core ARM processor" */
    uint32_t noun = s->after;
    for (; noun < s->after + 2 && noun + 1 < s->end && !fact_has_stem(f, p->words[noun].stem); noun++) {
        uint8_t first = p->on->text.p[p->words[noun].lo];
        bool name = first >= 'A' && first <= 'Z' && p->words[noun + 1].lo == p->words[noun].hi + 1;
        if (!name || !fact_has_stem(f, p->words[noun + 1].stem)) break;
    }
    return !machine && !fact_has_stem(f, p->words[noun].stem) && !(p->words[s->after].cues & CUE_STOP);
}

/* "It has a Ryzen 7 5800X with 8 cores", "They are equipped with the M2 Pro and 32 GB", "We built it around a Ryzen":
 * what a machine has, spoken of by a pronoun, is a part of it. How much memory stands behind "with" is the part's. */
static bool is_part_of_it(const scene *s, const token *name, const numeric_fact *f) {
    const passage *p = s->p;
    uint32_t w = s->first;
    while (w < s->end && p->words[w].lo < s->part.lo) w++;
    bool built = doubt_word(p, w, "we i") && doubt_word(p, w + 1, "built") && doubt_word(p, w + 2, "it them") &&
                 doubt_word(p, w + 3, "around");
    if (!built && !doubt_word(p, w, "it they both these")) return false;
    if (!built && !doubt_word(p, w + 1, "has have") &&
        !(doubt_word(p, w + 1, "is are") && doubt_word(p, w + 3, "with around")))
        return false;
    while (w < s->end && p->words[w].hi <= name->text.hi) w++;
    uint32_t with = doubt_find(p, w, s->at, "with");
    return with == UINT32_MAX || f->dimension == DIM_COUNT || doubt_find(p, with, s->at, "and") != UINT32_MAX;
}

/* A name with a digit that the manifest does not know, before the number, where no owner of the fact is named. */
static bool is_of_unknown_name(const scene *s, const numeric_fact *f) {
    const passage *p = s->p;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h - p->hit_lo < FIGURE_LIMIT; h++) {
        const alias_hit *hit = &p->on->hits[h];
        uint32_t e = hit_entity(s->j, hit, -1);
        if (e != MANIFEST_NONE && fact_is_owned(f, e) && hit->where.lo >= s->clause.lo && hit->where.hi <= s->clause.hi)
            return false;
    }
    for (uint32_t i = p->token_lo; i < p->token_hi && i - p->token_lo < FIGURE_LIMIT; i++) {
        const token *t = &p->on->tokens[i];
        if (t->kind != TOKEN_IDENT || t->text.hi > s->lo || t->text.lo < s->clause.lo) continue;
        bool digit = false, known = false;
        for (uint32_t k = t->text.lo; k < t->text.hi; k++) digit = digit || byte_is_digit(p->on->text.p[k]);
        for (uint32_t h = p->hit_lo; h < p->hit_hi && h - p->hit_lo < FIGURE_LIMIT && !known; h++)
            known = p->on->hits[h].where.lo < t->text.hi && p->on->hits[h].where.hi > t->text.lo;
        known = known || (f->owner_count && fact_is_owned(f, s->j->main_hardware) &&
                          stance_is_part_of_ours(s->j, p, t->text.lo));
        if (digit && !known && !is_part_of_it(s, t, f)) return true;
    }
    return false;
}

/* Is a word of the list in the words, one that the fact does not have itself? */
static bool has_foreign(const scene *s, const numeric_fact *f, uint32_t from, uint32_t to, const char *list) {
    for (uint32_t i = from; i < to && i < s->end; i++) {
        if (i >= s->at && i < s->after) continue;
        uint8_t glue = s->p->words[i].lo > s->p->text.lo ? s->p->on->text.p[s->p->words[i].lo - 1] : ' ';
        uint8_t behind = s->p->words[i].hi < s->p->text.hi ? s->p->on->text.p[s->p->words[i].hi] : ' ';
        if (glue == '-' || glue == '_' || behind == '_') continue; /* process-max is no maximum, nor max_clients */
        if (doubt_word(s->p, i, list) && !doubt_is_own_stem(s, f, i)) return true;
    }
    return false;
}

/* "at 30k tokens", "with a prompt of 30,000 tokens", "on 3 nodes": a number that sets a case, and no declared fact
 * holds it. What a thing has beside its memory, "a box with 72 cores and 256 GB", is no case of it: "with" begins one
 * only where it begins the part of the sentence. */
static bool has_unknown_case(const scene *s, const numeric_fact *f) {
    const passage *p = s->p;
    for (uint32_t i = p->token_lo; i < p->token_hi && i - p->token_lo < FIGURE_LIMIT; i++) {
        const token *t = &p->on->tokens[i];
        measure m;
        uint32_t count;
        if (overlaps(s, t) || t->kind != TOKEN_QUANTITY || t->text.lo < s->part.lo || t->text.hi > s->part.hi) continue;
        if (!measure_of_token(p->on, t, &m) || m.dimension == f->dimension || m.interval) continue;
        if (m.dimension != DIM_TOKENS && m.dimension != DIM_COUNT && m.dimension != DIM_DATA) continue;
        uint32_t w = s->first;
        while (w < s->end && p->words[w].hi <= t->text.lo) w++;
        bool led = false;
        for (uint32_t back = w, looked = 0; back > s->first && looked < 4 && !led; back--, looked++) {
            bool beside = f->kind == FACT_ATTR && (back - 1 > s->first && p->words[back - 1].lo > s->part.lo);
            led = doubt_word(p, back - 1, beside ? "at under" : "with at under");
            if (!(p->words[back - 1].cues & CUE_STOP) && looked > 2) break;
        }
        if (!led) continue;
        double slack = m.half + 0.03 * fabs(m.value);
        fact_index_range(s->j->index, m.dimension, m.value - slack, m.value + slack, &count);
        if (count) continue;
        fact_index_conditions(s->j->index, m.value / (m.factor > 0 ? m.factor : 1), &count);
        if (!count) return true;
    }
    return false;
}

/* "the temperature in the room", "the overhead at p50": what the name is narrowed by is not the fact's. */
static bool is_narrowed_behind(const scene *s, const numeric_fact *f) {
    const passage *p = s->p;
    uint32_t from, to;
    doubt_words_of(s, s->clause, &from, &to);
    for (uint32_t i = from; i + 2 < to && i + 1 < s->at; i++) {
        if (!fact_has_stem(f, p->words[i].stem) || p->words[i + 1].lo != p->words[i].hi + 1) continue;
        if (!doubt_word(p, i + 1, "in of for from at during")) continue;
        uint32_t k = i + 2;
        while (k < s->at &&
               (doubt_word(p, k, "the a an my our this these those its all both each one two three four five six")))
            k++;
        if (k >= s->at || byte_is_digit(p->on->text.p[p->words[k].lo]) || doubt_is_own_stem(s, f, k)) continue;
        calendar date;
        bool named = fact_is_dated(p, f) && calendar_at(p, k, &date); /* "the hit rate in September" */
        for (uint32_t h = p->hit_lo; h < p->hit_hi && h - p->hit_lo < FIGURE_LIMIT && !named; h++)
            named = p->on->hits[h].where.lo <= p->words[k].lo && p->on->hits[h].where.hi >= p->words[k].hi &&
                    !(doubt_word(p, i + 1, "from") && hit_has(&p->on->hits[h], ALIAS_LOCATION));
        uint32_t cues = p->words[k].cues;
        if (!named && !(cues & (CUE_PART | CUE_STOP)) && !doubt_word(p, k, "total sum")) return true;
    }
    return false;
}

static bool is_percentile(str said) {
    return said.n == 3 && (said.p[0] | 0x20) == 'p' && byte_is_digit(said.p[1]) && byte_is_digit(said.p[2]);
}

/* "at p50": a percentile that neither the fact's name nor its conditions hold. */
static bool is_other_statistic(const scene *s, const numeric_fact *f) {
    uint32_t from, to;
    doubt_words_of(s, s->clause, &from, &to);
    for (uint32_t i = from; i < to; i++) {
        str said = surface_slice(s->p->on, s->p->words[i].lo, s->p->words[i].hi);
        if (is_percentile(said) && !doubt_is_own_stem(s, f, i)) return true;
    }
    return false;
}

/* "With fsync off, …": a switch that the fact does not know. */
static bool is_switched(const scene *s, const numeric_fact *f) {
    const passage *p = s->p;
    return s->end > s->first + 3 && s->at > s->first + 2 && s->first == 0 && doubt_word(p, 0, "with") &&
           !doubt_is_own_stem(s, f, 1) && doubt_word(p, 2, "off on disabled enabled");
}

/* "A draft of 1,500 tokens is short": any one of that size. */
static bool is_any(const scene *s, const numeric_fact *f) {
    const passage *p = s->p;
    if (s->at < s->first + 3 || !doubt_word(p, s->at - 1, "of with")) return false;
    bool indefinite = doubt_word(p, s->at - 3, "a an") || (s->at > s->first + 3 && doubt_word(p, s->at - 4, "a an"));
    bool held = s->at > s->first + 4 && p->words[s->at - 4].cues & CUE_HAVE; /* "has a memory bandwidth of …" */
    if (s->at > s->first + 4) held = held || p->words[s->at - 5].cues & CUE_HAVE;
    if (!indefinite || held) return false;
    if (doubt_word(p, s->at - 1, "of") && doubt_word(p, s->at - 3, "a an") && !doubt_is_own_stem(s, f, s->at - 2) &&
        !(p->words[s->at - 2].cues & CUE_PART) &&
        !doubt_word(p, s->at - 2,
                    "factor ratio total sum size mean median average maximum minimum peak rate speed capacity width"))
        return true; /* "a podcast of eleven hours" */
    return s->after < s->end && p->words[s->after].lo <= s->hi + 1 &&
           doubt_word(p, s->after, "is are was were takes costs needs fits");
}

/* "With m = 16 the index was 33 GB", "At a context of 8,192 tokens it makes …", "heron with eight streams was no
 * faster": a setting under which something is told, and not the one that is set. "With our context of …" is that one.
 */
static bool is_tried_setting(const scene *s, const numeric_fact *f) {
    const passage *p = s->p;
    uint32_t from, to;
    if (f->kind != FACT_ATTR || p->kind != PASSAGE_SENTENCE || s->after >= s->end) return false;
    for (uint32_t o = 0; o < f->owner_count; o++)
        if (s->j->m->entities[f->owners[o]].kind != ENTITY_COMPONENT &&
            s->j->m->entities[f->owners[o]].kind != ENTITY_SERVICE)
            return false;
    doubt_words_of(s, s->part, &from, &to);
    for (uint32_t k = s->at; k > from && s->at - k < 6; k--) {
        if (doubt_word(p, k - 1, "the our its my their this")) return false;
        if (!doubt_word(p, k - 1, "with at under")) continue;
        bool opens = k - 1 == from || (k - 2 == from && p->words[from].cues & CUE_BREAK);
        return opens ||
               (p->words[s->after].lo <= s->hi + 1 && doubt_word(p, s->after, "was were gave took made brought"));
    }
    return false;
}

/* "so that a replay lasts 400 s", "anything above 90 GiB": the clause has a subject that is none of the names here. */
static bool is_of_indefinite(const scene *s, const numeric_fact *f, uint32_t from) {
    const passage *p = s->p;
    if (s->at > from && doubt_word(p, s->at - 1, "anything everything something nothing whatever")) return true;
    if (doubt_word(p, s->after - (s->after > 0), "anything everything") && s->after > s->at) return true;
    while (from < s->at && doubt_word(p, from, "so that and but while whereas because since then")) from++;
    if (from + 2 >= s->at || !doubt_word(p, from, "a an another")) return false;
    static const char verbs[] =
        "is takes lasts needs has costs weighs reaches makes draws gets was took lasted needed had "
        "cost weighed reached made drew got";
    uint32_t noun = from + 1;
    while (noun - from < 4 && noun + 1 < s->at && !doubt_word(p, noun + 1, verbs)) noun++;
    if (noun + 1 >= s->at || !doubt_word(p, noun + 1, verbs)) return false;
    for (uint32_t i = from + 1; i <= noun; i++)
        if (doubt_is_own_stem(s, f, i)) return false;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h - p->hit_lo < FIGURE_LIMIT; h++)
        if (p->on->hits[h].where.lo >= p->words[from].lo &&
            p->on->hits[h].where.hi <= s->lo && /* "takes kestrel 74 s" */
            hit_entity(s->j, &p->on->hits[h], -1) != MANIFEST_NONE)
            return false;
    return true;
}

/* "0.6, 1.7 and 32 B": one number of a list. */
static bool is_listed(const scene *s) {
    const passage *p = s->p;
    if (doubt_find(p, s->first, s->end, "respectively") != UINT32_MAX) return false;
    for (uint32_t i = p->token_lo; i + 2 < p->token_hi && i - p->token_lo < FIGURE_LIMIT; i++) {
        if (p->on->tokens[i + 2].text.lo != s->lo) continue;
        bool numbers = true;
        for (uint32_t k = i; k < i + 2; k++) {
            str between = str_trim(surface_slice(p->on, p->on->tokens[k].text.hi, p->on->tokens[k + 1].text.lo));
            uint8_t kind = p->on->tokens[k].kind;
            numbers = numbers && (kind == TOKEN_NUMBER || kind == TOKEN_VERSION) &&
                      (str_eq(between, STR(",")) || str_eq(between, STR("and")) || str_eq(between, STR("or")) ||
                       str_eq(between, STR(", and")));
        }
        return numbers;
    }
    return false;
}

/* "32k tokens", which are 32,768. */
static bool is_kibi(const scene *s, const numeric_fact *f) {
    str said = surface_slice(s->p->on, s->lo, s->hi);
    ptrdiff_t k = str_find_byte(said, 'k', 0);
    if (k < 0) k = str_find_byte(said, 'K', 0);
    decimal value;
    if (k < 1 || !decimal_parse(str_slice(said, 0, k), false, &value)) return false;
    return fabs(decimal_to_f64(value) * 1024 - f->base) < 1;
}

/* "about 20 seconds" of 21: a round number that is said to be one, and is no further off than its roundness. */
static bool is_round(const scene *s, const numeric_fact *f) {
    for (uint32_t t = s->p->token_lo; t < s->p->token_hi; t++) {
        const token *own = &s->p->on->tokens[t];
        measure m;
        if (!overlaps(s, own) || own->bound != BOUND_ABOUT || own->value.scale > 0 || own->value.digits % 10) continue;
        return measure_of_token(s->p->on, own, &m) && !m.interval && fabs(m.value - f->base) <= 0.1 * fabs(f->base);
    }
    return false;
}

/* "one DGX Spark with 20 cores": the word begins the name of a machine. */
static bool is_machine_at(const scene *s, uint32_t i) {
    const passage *p = s->p;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h - p->hit_lo < FIGURE_LIMIT; h++) {
        uint32_t e = p->on->hits[h].where.lo == p->words[i].lo ? hit_entity(s->j, &p->on->hits[h], -1) : MANIFEST_NONE;
        if (e == MANIFEST_NONE) continue;
        uint8_t kind = s->j->m->entities[e].kind;
        if (kind == ENTITY_HARDWARE || kind == ENTITY_HOST) return true;
    }
    return false;
}

/* "at my tariff of 34 cents is €5.88" */
static bool has_its_own(const scene *s, const numeric_fact *f, uint32_t from) {
    for (uint32_t i = from; i + 2 < s->at; i++)
        if (fact_has_stem(f, s->p->words[i].stem) && doubt_word(s->p, i + 1, "of") &&
            byte_is_digit(s->p->on->text.p[s->p->words[i + 2].lo])) /* and not "with an overlap of" ours */
            return !(s->at > i + 3 && doubt_word(s->p, s->at - 1, "of") &&
                     fact_has_stem(f, s->p->words[s->at - 2].stem));
    return false;
}

/* Does the clause hold a word of the fact's names, or a verb of cost for a price? */
static bool is_named_in(const scene *s, const numeric_fact *f) {
    uint32_t from, to;
    doubt_words_of(s, s->clause, &from, &to);
    for (uint32_t i = from; i < to; i++)
        if (fact_has_stem(f, s->p->words[i].stem) ||
            doubt_word(s->p, i, "cost costs paid pay price priced rent bought was is for"))
            return true;
    return false;
}

/* The sentence before; where that only goes on, "It has …", the one before it. */
static uint32_t told_before(judge *j, const passage *p) {
    uint32_t at = p->previous;
    for (int i = 0; i < 3 && at != PASSAGE_NONE && doubt_word(p, 0, "it"); i++) {
        passage *x = &j->passages[at];
        passage_prepare(j, x);
        if (!doubt_word(x, 0, "it")) break;
        if (x->previous == PASSAGE_NONE) break;
        at = x->previous;
    }
    return at;
}

/* "my own timeout of 45 minutes", "a machine at €2.10": money, and what every program has, by a name of one word, where
 * neither this sentence nor the one before, the lead or the heading names the owner. */
static bool is_of_nobody(const scene *s, const numeric_fact *f) {
    const passage *p = s->p;
    if (p->kind != PASSAGE_SENTENCE || !f->owner_count) return false;
    uint8_t kind = s->j->m->entities[f->owners[0]].kind;
    bool money = f->dimension == DIM_MONEY_EUR || f->dimension == DIM_MONEY_USD || f->dimension == DIM_MONEY_GBP;
    bool common =
        f->kind == FACT_ATTR && (kind == ENTITY_SERVICE || kind == ENTITY_COMPONENT) && f->dimension == DIM_TIME;
    if (!money && !common) return false;
    for (uint32_t i = 0; i < f->name_count && !money; i++) {
        bool whole = f->names[i].n > 1;
        for (uint32_t k = 0; k < f->names[i].n && whole; k++) {
            bool there = false;
            for (uint32_t w = s->first; w < s->end && !there; w++) there = p->words[w].stem == f->names[i].stems[k];
            whole = there;
        }
        if (whole) return false;
    }
    str behind = surface_slice(p->on, s->hi, p->text.hi); /* "43 cents per kilowatt-hour": the tariff, where we speak */
    if (str_starts(behind, STR(" per k")) && p->cues & CUE_FIRST) return false;
    for (uint32_t w = s->first; w + 1 < s->end; w++) /* "my tariff is …" */
        if (doubt_word(p, w, "my our") && fact_has_stem(f, p->words[w + 1].stem)) return false;
    uint32_t own = (uint32_t)(p - s->j->passages);
    if (doubt_names_owner(s->j, f, own) || doubt_names_owner(s->j, f, told_before(s->j, p)) ||
        doubt_names_owner(s->j, f, p->lead) || doubt_names_owner(s->j, f, p->heading))
        return money && !is_named_in(s, f);
    return true;
}

/* "at cap 350 W", "with a toleration of 300 s": under which a declared benchmark was measured. */
static bool is_declared_condition(const scene *s) {
    const manifest *m = s->j->m;
    str said = surface_slice(s->p->on, s->lo, s->hi);
    uint32_t key = s->at;
    while (key > s->first && s->at - key < 3 && doubt_word(s->p, key - 1, "of at to is was a the")) key--;
    if (key == s->first) return false;
    for (size_t i = 0; i < m->benchmark_count && i < CONDITION_LIMIT; i++)
        for (uint32_t k = 0; k < m->benchmarks[i].condition_count; k++) {
            const manifest_condition *c = &m->benchmarks[i].conditions[k];
            if (!str_eq_letters(c->value, said)) continue;
            if (fact_text_has_stem(c->key, s->p->words[key - 1].stem)) return true;
        }
    return false;
}

/* "On disk the two take 32.5 and 63.4 GB": what lies there, not how much there is. */
static bool is_taken_on_it(const scene *s, uint32_t from, uint32_t to) {
    if (doubt_find(s->p, from, to, "take takes took occupy occupies need needs weigh weighs") == UINT32_MAX)
        return false;
    for (uint32_t i = from; i + 1 < to; i++)
        if (doubt_word(s->p, i, "on in") && doubt_word(s->p, i + 1, "disk disks memory ram vram")) return true;
    return false;
}

/* "273 GB/s divided by 35 GB is under 8 tokens per second", "its memory divided by two gives 64 GB" */
static bool is_worked_out(const scene *s) {
    const passage *p = s->p;
    uint32_t by = doubt_find(p, s->first, s->at, "divided multiplied times over");
    if (by == UINT32_MAX || by == s->first) return false;
    bool times = doubt_word(p, by, "times over"), number = !times, is = false;
    for (uint32_t i = s->first; i < by; i++) number = number || byte_is_digit(p->on->text.p[p->words[i].lo]);
    if (!number || !(times ? byte_is_digit(p->on->text.p[p->words[by + 1].lo]) : doubt_word(p, by + 1, "by")))
        return false;
    for (uint32_t i = by + 1; i < s->at; i++)
        is = is || doubt_word(p, i, "is are gives give makes make equals comes yields leaves");
    return is;
}

/* Does the clause of the claim say the words, which are no name of the fact's? */
static bool says_phrase(const scene *s, const char *words, const numeric_fact *f) {
    str said = surface_slice(s->p->on, s->clause.lo, s->clause.hi);
    ptrdiff_t at = -1, n = (ptrdiff_t)strlen(words);
    for (ptrdiff_t i = 0; i + n <= said.n && at < 0 && i < WINDOW_REACH; i++)
        if (str_eq_nocase(str_slice(said, i, i + n), str_from_cstr(words))) at = i;
    if (at < 0) return false;
    for (uint32_t i = s->first; i < s->end; i++)
        if (s->p->words[i].hi == s->clause.lo + (uint32_t)(at + n)) return !doubt_is_own_stem(s, f, i);
    return false;
}

/* "By September the median was down to 4.2 minutes", which was measured in September: the state is the declared one. */
static bool says_its_month(const scene *s, const numeric_fact *f) {
    calendar when;
    for (uint32_t c = 0; c < f->condition_count && f->kind == FACT_BENCHMARK; c++)
        for (uint32_t i = s->first; i < s->end && f->conditions[c].month; i++)
            if (calendar_at(s->p, i, &when) && when.month == f->conditions[c].month &&
                (!when.year || when.year == f->conditions[c].year))
                return true;
    return false;
}

const char *doubt_of_figure(const scene *s, const numeric_fact *f) {
    uint32_t from, to;
    bool spec = passage_is_spec_line(s->j, s->p); /* what stands beside it is the next size */
    doubt_words_of(s, s->clause, &from, &to);
    if (is_declared_condition(s)) OBJECT(s->j, "it is the condition of a declared measurement");
    if (is_taken_on_it(s, from, to)) OBJECT(s->j, "it is what something takes there");
    if (is_stated_beside(s, f)) OBJECT(s->j, "its own value is stated beside it");
    if (is_of_unknown_name(s, f)) OBJECT(s->j, "a name that is not ours stands before it");
    if (has_foreign(s, f, from, spec ? s->at : to,
                    "maximum max minimum limit ceiling bound theoretical theory supports trained rated stock factory "
                    "default defaults"))
        OBJECT(s->j, "it is a limit");
    if (doubt_find(s->p, s->first, s->end, "datasheet") != UINT32_MAX || says_phrase(s, "data sheet", f) ||
        says_phrase(s, "out of the box", f) || says_phrase(s, "on paper", f))
        OBJECT(s->j, "it is what the maker states");
    bool program = f->owner_count && s->j->m->entities[f->owners[0]].kind == ENTITY_COMPONENT;
    if (program && has_foreign(s, f, from, s->at, "ships shipped")) OBJECT(s->j, "it is a default");
    if (!fact_is_dated(s->p, f) && has_foreign(s, f, from, to, "refused crashed swapped broke hung starves too tried"))
        OBJECT(s->j, "it is an experiment");
    bool summed = f->kind == FACT_DERIVED; /* a declared sum says itself what it is of */
    bool of_several = summed;
    for (uint32_t i = 0; i < f->condition_count && f->kind == FACT_BENCHMARK; i++)
        of_several =
            of_several || (f->conditions[i].is_number && f->conditions[i].value > 1 && f->conditions[i].value < 10000 &&
                           !f->conditions[i].month); /* of 32 streams, of all four nodes */
    if (!summed && has_foreign(s, f, from, to, of_several ? "alone rest" : "together combined altogether alone rest"))
        OBJECT(s->j, "it is a sum, or a part");
    if (has_foreign(s, f, from, s->at,
                    "shortest longest slowest fastest largest smallest biggest best worst lowest highest"))
        OBJECT(s->j, "it is one of many");
    bool of_the = doubt_word(s->p, from + 1, "of") && /* "one of the drafts was", not "one of the boxes has" */
                  !(f->kind == FACT_BENCHMARK && doubt_word(s->p, from + 2, "the my our these those"));
    uint32_t part, part_end;
    doubt_words_of(s, s->part, &part, &part_end);
    if (f->kind == FACT_BENCHMARK && doubt_word(s->p, part, "one") && doubt_word(s->p, part + 1, "of") && !of_the &&
        part < from && doubt_word(s->p, part + 2, "the my our these those")) /* "…, about 7,300 tokens" */
        OBJECT(s->j, "it is one of many");
    if (s->at > from + 1 && doubt_word(s->p, from, "one single") && !of_the && !is_machine_at(s, from + 1))
        OBJECT(s->j, "it is one of many");
    if (is_of_the_noun_behind(s, f)) OBJECT(s->j, "it is the figure of the noun behind it");
    if (is_round(s, f)) OBJECT(s->j, "a round number, near it");
    if (is_of_indefinite(s, f, from)) OBJECT(s->j, "its subject is another thing");
    if (is_tried_setting(s, f)) OBJECT(s->j, "it is a case under which something is told");
    if (is_any(s, f)) OBJECT(s->j, "it is said of any such thing");
    if (is_listed(s)) OBJECT(s->j, "one of several numbers");
    if (f->dimension == DIM_TOKENS && is_kibi(s, f)) OBJECT(s->j, "it is the same number, in another thousand");
    if (has_foreign(s, f, from, s->at, "fell rose dropped climbed sank") &&
        doubt_find(s->p, from, to, "from") == UINT32_MAX)
        OBJECT(s->j, "it is said of one time");
    if (has_foreign(s, f, from, s->at, "room ambient outside outdoor indoor street"))
        OBJECT(s->j, "it is that of another thing");
    if (s->at > s->first + 1 && doubt_word(s->p, s->at - 1, "to") && doubt_word(s->p, s->at - 2, "down back") &&
        !says_its_month(s, f))
        OBJECT(s->j, "it is said of one state");
    if (is_of_nobody(s, f)) OBJECT(s->j, "whose it is, is not said");
    if (!summed && has_its_own(s, f, from) && !fact_is_dated(s->p, f)) OBJECT(s->j, "the name has a number of its own");
    if (is_worked_out(s)) OBJECT(s->j, "it is worked out in the sentence");
    if (is_switched(s, f)) OBJECT(s->j, "a case is stated that no fact declares");
    const char *occasion = doubt_of_occasion(s, f);
    if (!occasion) occasion = doubt_of_happening(s, f);
    if (occasion) return occasion;
    if (!spec && has_unknown_case(s, f)) OBJECT(s->j, "a case is stated that no fact declares");
    if (is_narrowed_behind(s, f)) OBJECT(s->j, "it is that of a part, or of another thing");
    if (is_other_statistic(s, f)) OBJECT(s->j, "it is another statistic");
    const char *machine = doubt_of_machine(s, f);
    return machine ? machine : doubt_of_case(s, f);
}
