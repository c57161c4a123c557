/* doubt_case.c - a figure said of a case, a part or a share that no fact declares.
 *
 *     "On the night of the import …"  "At 50x, …"  "Per core, …"   what leads the sentence in narrows it
 *     "… while it boots", "… when the driver gave up"             so does a clause behind the number
 *     "One kiosk took …", "a single client gets …"                 one of many
 *     "two NVIDIA nodes", "two ports of the router"                a count of what a word narrows
 *     "24 GiB of which …", "22 TB free", "fills 96 GB of gull's disk"   a part, or what something takes
 *     "48 GB for all of them", "700 GB in all"                     a sum
 *     "€64.80 a year", of what is paid a month                     another period
 *
 * An adjunct is *explained* when its words are names of the fact, of its conditions or of its owner, declared values,
 * or words that narrow nothing ("in total", "in practice"). In: a scene and the fact that is about to contradict. Out:
 * the doubt, or NULL.
 */
#include "facts/verdicts/doubt.h"

#include "lex/decimal.h"
#include "manifest/fact_index.h"

#include <math.h>

enum { ADJUNCT_WORDS = 14, HITS_READ = 64, SIBLINGS_READ = 16, SHARE_REACH = 8 };

static const char NEUTRAL[] =
    "all total practice use fact numbers words figures short detail end now today here there turn addition "
    "particular general setup own same time once moment it its that this these those which what who we us our i my me "
    "mine them they both each every whole entire itself year years month months week weeks day days date time";
static const char TIMES[] =
    "january february march april june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday spring summer autumn winter night evening morning afternoon weekend christmas";
static const char SITUATIONS[] = "while when during whenever once if until before after unless as";

/* ---- which words are explained ---- */

/* Is the word part of an entity's name? */
static bool is_named_at(const scene *s, uint32_t i) {
    const passage *p = s->p;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h - p->hit_lo < HITS_READ; h++) {
        if (p->on->hits[h].where.lo > p->words[i].lo || p->on->hits[h].where.hi < p->words[i].hi) continue;
        if (hit_entity(s->j, &p->on->hits[h], -1) != MANIFEST_NONE) return true;
    }
    return false;
}

/* Is the word one of a condition's under which this or a sibling of it was measured? */
bool doubt_is_of_condition(const scene *s, const numeric_fact *f, uint64_t stem) {
    uint32_t count, all;
    const numeric_fact *facts = fact_index_all(s->j->index, &all);
    const uint32_t *group = fact_index_group(s->j->index, f->group, &count);
    for (uint32_t i = 0; i < count && i < SIBLINGS_READ; i++)
        for (uint32_t k = 0; k < facts[group[i]].condition_count; k++) {
            const manifest_condition *c = facts[group[i]].conditions[k].of;
            if (fact_text_has_stem(c->key, stem) || fact_text_has_stem(c->value, stem)) return true;
        }
    return false;
}

static bool is_number(const scene *s, uint32_t i) { return byte_is_digit(s->p->on->text.p[s->p->words[i].lo]); }

/* "batch 4", "8 streams": a number that some declared benchmark has as its condition. */
static bool is_declared_number(const scene *s, uint32_t i) {
    decimal value;
    uint32_t count;
    for (uint32_t t = s->p->token_lo; t < s->p->token_hi && t - s->p->token_lo < HITS_READ; t++) {
        const token *at = &s->p->on->tokens[t]; /* "32,768 tokens" is two words */
        if (at->text.lo > s->p->words[i].lo || at->text.hi < s->p->words[i].hi || !at->value.valid) continue;
        if (at->kind != TOKEN_QUANTITY && at->kind != TOKEN_NUMBER) continue;
        double said = decimal_to_f64(at->value);
        fact_index_conditions(s->j->index, said, &count);
        if (!count && said >= 1000) fact_index_conditions(s->j->index, said * 1.024, &count);
        if (count) return true;
    }
    if (!decimal_parse(surface_slice(s->p->on, s->p->words[i].lo, s->p->words[i].hi), false, &value) || !value.valid)
        return false;
    fact_index_conditions(s->j->index, decimal_to_f64(value), &count);
    return count > 0;
}

/* "With 0.17.1 it decodes at …": a version that some component has or had. */
static bool is_declared_version(const scene *s, uint32_t i) {
    uint32_t count;
    str said = surface_slice(s->p->on, s->p->words[i].lo, s->p->words[i].hi);
    if (str_find_byte(said, '.', 0) < 0) return false;
    fact_index_version(s->j->index, said, &count);
    return count > 0;
}

/* "With buffers of 0.6 GiB the footprint …": a value that the fact's own owner has, too. */
static bool is_declared_value(const scene *s, const numeric_fact *f, uint32_t i) {
    const passage *p = s->p;
    uint32_t count, all;
    const numeric_fact *facts = fact_index_all(s->j->index, &all);
    for (uint32_t t = p->token_lo; t < p->token_hi && t - p->token_lo < HITS_READ; t++) {
        measure m;
        const token *at = &p->on->tokens[t];
        if (at->text.lo > p->words[i].lo || at->text.hi < p->words[i].hi || at->kind != TOKEN_QUANTITY) continue;
        if (!measure_of_token(p->on, at, &m) || m.interval) return false;
        double reach = m.half + 0.03 * fabs(m.value);
        const uint32_t *near = fact_index_range(s->j->index, m.dimension, m.value - reach, m.value + reach, &count);
        for (uint32_t k = 0; k < count && k < SIBLINGS_READ; k++)
            for (uint32_t o = 0; o < f->owner_count; o++)
                if (fact_is_owned(&facts[near[k]], f->owners[o]) && facts[near[k]].kind == FACT_ATTR) return true;
        return false;
    }
    return false;
}

/* Does the word narrow what is said by something that the manifest does not tie to the fact? */
static bool is_unexplained(const scene *s, const numeric_fact *f, uint32_t i) {
    if (i >= s->at && i < s->after) return false;
    if (is_named_at(s, i)) return false;
    if ((is_number(s, i) || doubt_word(s->p, i, TIMES)) && fact_is_dated(s->p, f)) return false;
    if (is_number(s, i))
        return !is_declared_number(s, i) && !is_declared_version(s, i) && !is_declared_value(s, f, i) &&
               !doubt_is_of_condition(s, f, s->p->words[i].stem);
    if (doubt_word(s->p, i, TIMES)) return !doubt_is_own_stem(s, f, i);
    if (s->p->words[i].cues & CUE_STOP || doubt_word(s->p, i, NEUTRAL)) return false;
    return !doubt_is_own_stem(s, f, i) && !doubt_is_of_condition(s, f, s->p->words[i].stem);
}

static bool ends_phrase(const scene *s, uint32_t i) {
    const passage *p = s->p;
    if (i + 1 >= s->end) return true;
    for (uint32_t k = p->words[i].hi; k < p->words[i + 1].lo; k++)
        if (p->on->text.p[k] == ',' || p->on->text.p[k] == ';' || p->on->text.p[k] == ':' || p->on->text.p[k] == '(')
            return true;
    return false;
}

/* The head of the noun phrase that begins at word `i`: "on *cherwell's four cards*". UINT32_MAX when there is none. */
static uint32_t head_of(const scene *s, uint32_t i, uint32_t end) {
    static const char STOPS[] =
        "of in on at with from by for to and or but is are was were has have had takes took that "
        "which who while when as than";
    uint32_t head = UINT32_MAX;
    for (uint32_t n = 0; i < end && n < ADJUNCT_WORDS; i++, n++) {
        if (doubt_word(s->p, i, STOPS)) break;
        if (!(s->p->words[i].cues & CUE_STOP)) head = i;
        if (ends_phrase(s, i)) break;
    }
    return head;
}

/* ---- adjuncts ---- */

/* "On the night of the import the run took …", "At 50x, …", "In 2019 …", "While reading, …": from the start of the
 * sentence's part to its first comma, or to the subject that follows without one, a time, an event or a number. */
static bool is_led_in(const scene *s, const numeric_fact *f) {
    static const char EVENTS[] =
        "test tests trial trials experiment import migration outage incident launch boot start "
        "bench box core thread holidays moment failover drill rehearsal demo";
    const passage *p = s->p;
    uint32_t from, to, content = 0;
    doubt_words_of(s, s->part, &from, &to);
    if (from >= s->at) return false;
    bool cadence = doubt_word(p, from, "once") && doubt_word(p, from + 1, "a per every each");
    if (doubt_word(p, from, "from") && doubt_word(p, from + 1, "my our") && from + 2 < s->at)
        return is_unexplained(s, f, from + 2); /* "From my desk …" */
    bool situation = !cadence && doubt_word(p, from, "while when whenever once before until");
    if (!situation &&
        !doubt_word(p, from, "at on in with without under per out across between as over inside after during"))
        return false;
    if (doubt_word(p, from, "in during") && doubt_word(p, from + 1, "a an the our one") &&
        doubt_word(p, from + 2, "test tests trial experiment rehearsal"))
        return !doubt_is_own_stem(s, f, from + 2);
    if (situation && doubt_word(p, from, "while")) /* "While the backup needs six minutes, the drill takes …" */
        for (uint32_t t = p->token_lo; t < p->token_hi && p->on->tokens[t].text.hi <= s->lo; t++)
            if (p->on->tokens[t].kind == TOKEN_QUANTITY && p->on->tokens[t].text.lo >= p->words[from].lo &&
                unit_get(p->on->tokens[t].unit)->dimension == f->dimension)
                return false;
    bool strange = false;
    for (uint32_t i = from + 1; i < s->at && i < from + ADJUNCT_WORDS; i++) {
        bool subject = content > 0 && doubt_word(p, i, "the a an we i it they our my this these there");
        if (content == 1 && doubt_word(p, i - 1, "cpu processor battery") && is_named_at(s, i))
            return is_unexplained(s, f, i - 1); /* "On the CPU TrOCR reads …" */
        if (subject && !situation && !doubt_word(p, i - 1, "of in on at with from by for to and or as than"))
            return strange;
        content += !(p->words[i].cues & CUE_STOP);
        bool event = situation || is_number(s, i) || doubt_word(p, i, TIMES) || doubt_word(p, i, EVENTS);
        strange = strange || (event && is_unexplained(s, f, i));
        if (ends_phrase(s, i)) return strange;
    }
    return false;
}

/* "… while it boots", "… when the driver gave up", behind the number. */
static bool is_situated_behind(const scene *s, const numeric_fact *f) {
    uint32_t from, to;
    doubt_words_of(s, s->part, &from, &to);
    for (uint32_t i = s->after; i < s->end && i < s->after + ADJUNCT_WORDS; i++) {
        bool parted = i > s->after ? ends_phrase(s, i - 1) : s->p->on->text.p[s->hi] == ','; /* "212 GB, of which" */
        if (parted && !doubt_word(s->p, i, "while when")) return false;
        if (doubt_word(s->p, i, "because which who")) return false; /* what follows is said of another verb */
        if (!doubt_word(s->p, i, SITUATIONS) || doubt_word(s->p, i + 1, "for of well")) continue;
        if (f->kind == FACT_ATTR && (f->dimension == DIM_TIME || f->dimension == DIM_COUNT) &&
            doubt_word(s->p, i, "before until") && doubt_word(s->p, i + 1, "it they"))
            continue; /* "waits 120 s before it gives up": where it ends */
        if (doubt_word(s->p, i, "as") && !doubt_word(s->p, i + 1, "the a an it its we our they this these")) continue;
        for (uint32_t k = i + 1; k < s->end && k < i + ADJUNCT_WORDS; k++) {
            if (is_number(s, k) || doubt_word(s->p, k, "and but or")) return false;
            if (is_unexplained(s, f, k)) return true;
            if (ends_phrase(s, k)) return false;
        }
    }
    return false;
}

/* ---- one of many, and counts of some ---- */

/* Is the claim's number below (above) what the fact says? A part is less than the whole, a sum is more. */
static int side_of(const scene *s, const numeric_fact *f) {
    for (uint32_t i = s->p->token_lo; i < s->p->token_hi; i++) {
        const token *t = &s->p->on->tokens[i];
        measure m;
        if (t->text.lo >= s->hi || t->text.hi <= s->lo || !measure_of_token(s->p->on, t, &m)) continue;
        return m.value < f->base ? -1 : m.value > f->base;
    }
    return 0;
}

/* Does the name of the article's own machine begin at word `i`, or behind its maker's? */
static bool opens_owner(const scene *s, uint32_t i) {
    const passage *p = s->p;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h - p->hit_lo < HITS_READ && i < s->at; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (hit_entity(s->j, hit, -1) != s->j->main_hardware) continue;
        if (hit->where.lo >= p->words[i].lo && hit->where.lo <= p->words[i].hi + 1) return true;
    }
    return false;
}

static bool is_single(const scene *s) {
    uint32_t from, to;
    doubt_words_of(s, s->part, &from, &to);
    for (uint32_t i = from; i + 1 < s->at && i < from + 3; i++) {
        bool counted = doubt_word(s->p, i, "a one") && doubt_word(s->p, i + 1, "single") && opens_owner(s, i + 2);
        if (counted) return false; /* "a single DGX Spark": there is one */
        if (doubt_word(s->p, i, "a an each one") && doubt_word(s->p, i + 1, "single sole lone")) return true;
        uint8_t first = s->p->on->text.p[s->p->words[i + 1].lo];
        if (i == from && doubt_word(s->p, i, "one") && first >= 'a' && first <= 'z' &&
            !doubt_word(s->p, i + 1, "of must can could may might should would has is was")) /* "One must …" */
            return true;
    }
    return false;
}

/* "July's drill restored in 49 minutes": one month's, one day's. */
static bool is_of_a_month(const scene *s) {
    for (uint32_t i = s->first; i < s->at; i++)
        if (doubt_word(s->p, i, TIMES) && s->p->words[i].hi < s->p->text.hi &&
            (s->p->on->text.p[s->p->words[i].hi - 1] == 's' && doubt_word(s->p, i, TIMES)) &&
            str_find_byte(surface_slice(s->p->on, s->p->words[i].lo, s->p->words[i].hi), '\'', 0) > 0)
            return true;
    return false;
}

/* "A Friday's tape run": of a process that is each Friday's. */
static bool is_of_its_day(const scene *s, const numeric_fact *f) {
    for (uint32_t o = 0; o < f->owner_count; o++) {
        const manifest_entity *e = &s->j->m->entities[f->owners[o]];
        for (uint32_t i = s->first; i < s->at && e->kind == ENTITY_PROCESS; i++) {
            str said = surface_slice(s->p->on, s->p->words[i].lo, s->p->words[i].hi);
            if (str_ends(said, STR("'s")) && doubt_word(s->p, i, TIMES) &&
                fact_text_has_stem(e->process.cadence, fact_stem(str_slice(said, 0, said.n - 2))))
                return true;
        }
    }
    return false;
}

/* "two NVIDIA nodes", "four machines in Ghent", "three kiosks are spares". */
static bool is_narrowed_count(const scene *s, const numeric_fact *f) {
    const passage *p = s->p;
    if (f->dimension != DIM_COUNT || side_of(s, f) > 0) return false;
    for (uint32_t i = s->at + 1; i + 1 < s->after; i++)
        if (!doubt_is_own_stem(s, f, i) && !(p->words[i].cues & CUE_STOP) && !is_number(s, i) &&
            !doubt_word(p, i, "hundred thousand million billion dozen and") && p->words[i].stem != f->noun)
            return true;
    if (s->after >= s->end || p->words[s->after].lo > s->hi + 1) return false;
    if (doubt_word(p, s->after, "of in at on from with that who which")) {
        uint32_t head = head_of(s, s->after + 1, s->end);
        if (head != UINT32_MAX && side_of(s, f) < 0 && doubt_word(p, head + 1, "are were")) return true;
        return head != UINT32_MAX && !doubt_is_own_stem(s, f, head) && !doubt_word(p, head, NEUTRAL) &&
               !(p->words[head].cues & CUE_CADENCE);
    }
    uint32_t from, to;
    doubt_words_of(s, s->clause, &from, &to);
    bool subject = s->at == from || (s->at == from + 1 && doubt_word(p, from, "and so then"));
    return subject && doubt_word(p, s->after, "are were run ran is was stood stand have had got get");
}

/* ---- parts and sums ---- */

static bool owner_stands_in(const scene *s, const numeric_fact *f, uint32_t lo, uint32_t hi) {
    const passage *p = s->p;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h - p->hit_lo < HITS_READ; h++) {
        uint32_t e = hit_entity(s->j, &p->on->hits[h], -1);
        if (e != MANIFEST_NONE && fact_is_owned(f, e) && p->on->hits[h].where.lo >= lo && p->on->hits[h].where.hi <= hi)
            return true;
    }
    return false;
}

static bool is_part(const scene *s, const numeric_fact *f) {
    const passage *p = s->p;
    uint32_t from, to, i = s->after;
    bool next = i < s->end && p->words[i].lo <= s->hi + 1;
    doubt_words_of(s, s->clause, &from, &to);
    if (!next) return false;
    if (doubt_word(p, i, "of") && doubt_word(p, i + 1, "which it them those these")) return true;
    if (doubt_word(p, i, "out") && doubt_word(p, i + 1, "of")) return true; /* "six drafts out of ten" */
    if (doubt_word(p, i, "free left unused spare net idle unallocated") && !doubt_is_own_stem(s, f, i)) return true;
    for (uint32_t k = i + 1; k + 1 < s->end && k < i + 7; k++) /* "four cores a node are left to the kernel" */
        if (doubt_word(p, k - 1, "is are was were stay stays remain remains be") &&
            doubt_word(p, k, "left reserved kept spared set given held") && p->words[k].hi <= s->part.hi &&
            doubt_word(p, k + 1, "to for aside free over out alone unused idle back") && !doubt_is_own_stem(s, f, k))
            return true;
    if (!doubt_word(p, i, "of")) return false;
    /* "takes 180 MB of gull's memory": whose it is stands behind the number, who takes it before */
    bool takes = doubt_find(p, from, s->at,
                            "take takes took taking fill fills filled use uses used eat eats occupy "
                            "occupies hog hogs claims claim pins") != UINT32_MAX;
    return takes && (doubt_word(p, i + 1, "its their his") || !owner_stands_in(s, f, p->text.lo, s->lo));
}

static bool is_sum(const scene *s, const numeric_fact *f) {
    const passage *p = s->p;
    for (uint32_t i = s->after; i + 1 < s->end && i < s->after + 6; i++) {
        if (doubt_is_own_stem(s, f, i) && !doubt_word(p, i, "in for")) continue;
        if (doubt_word(p, i, "in") && doubt_word(p, i + 1, "all sum")) return true;
        if (doubt_word(p, i, "for") && doubt_word(p, i + 1, "all both") && doubt_word(p, i + 2, "of them three"))
            return true;
        if (doubt_word(p, i, "all") && doubt_word(p, i + 1, "told")) return true;
    }
    return false;
}

/* "£168 a year" of what costs £14 a month. */
static bool is_other_period(const scene *s, const numeric_fact *f) {
    static const char *const periods[][2] = {
        {"month", "monthly"}, {"year", "yearly"}, {"year", "annual"}, {"week", "weekly"}, {"day", "daily"}};
    bool money = f->dimension == DIM_MONEY_EUR || f->dimension == DIM_MONEY_USD || f->dimension == DIM_MONEY_GBP;
    if (!money) return false;
    bool other = false;
    for (uint32_t i = s->at; i < s->end && i < s->after + 2; i++)
        for (size_t k = 0; k < COUNT_OF(periods); k++) {
            if (!doubt_word(s->p, i, periods[k][0])) continue;
            if (i >= s->after && !doubt_word(s->p, i - 1, "a per each every")) continue;
            if (fact_has_stem(f, fact_stem(str_from_cstr(periods[k][1]))) || doubt_is_own_stem(s, f, i)) return false;
            other = true;
        }
    return other;
}

/* "410 to 96 ms": the fact's own value is where the change began. */
static bool is_end_of_its_change(const scene *s, const numeric_fact *f) {
    decimal value;
    if (s->at < s->first + 3 || !doubt_word(s->p, s->at - 1, "to") || !doubt_word(s->p, s->at - 3, "from"))
        return false;
    str before = surface_slice(s->p->on, s->p->words[s->at - 2].lo, s->p->words[s->at - 2].hi);
    return decimal_parse(before, false, &value) && value.valid &&
           fabs(decimal_to_f64(value) - f->shown) <= 1e-9 * fabs(f->shown);
}

/* "Solr ran on a virtual machine with six cores": any such machine. */
static bool is_of_some_machine(const scene *s) {
    const passage *p = s->p;
    if (s->at < s->first + 4 || !doubt_word(p, s->at - 1, "with of")) return false;
    for (uint32_t i = s->at - 2; i > s->first + 1 && i + 6 > s->at; i--) {
        if (!(p->words[i].cues & CUE_PART)) continue;
        for (uint32_t k = i; k > s->first + 1 && k + 3 > i; k--)
            if (doubt_word(p, k - 1, "a an another") && doubt_word(p, k - 2, "on to from in like than")) return true;
    }
    return false;
}

static bool is_behind_name(const scene *s, const numeric_fact *f, uint32_t at) {
    const passage *p = s->p;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h - p->hit_lo < HITS_READ; h++) {
        uint32_t e = hit_entity(s->j, &p->on->hits[h], -1);
        if (e != MANIFEST_NONE && fact_is_owned(f, e) && p->on->hits[h].where.hi + 1 == at) return true;
    }
    return false;
}

/* "wend 0.6 had three subcommands": said of a release that is not the one in use. */
static bool is_of_another_release(const scene *s, const numeric_fact *f) {
    const passage *p = s->p;
    for (uint32_t o = 0; o < f->owner_count; o++) {
        const manifest_version *v = &s->j->m->entities[f->owners[o]].version;
        for (uint32_t i = p->token_lo; v->text.n && i < p->token_hi && i < p->token_lo + HITS_READ; i++) {
            const token *t = &p->on->tokens[i];
            bool dotted = t->kind == TOKEN_NUMBER && t->value.scale > 0 && t->core.hi > t->core.lo &&
                          is_behind_name(s, f, t->text.lo); /* "wend 0.6" */
            if (!dotted && t->kind != TOKEN_VERSION) continue;
            bool labels = p->flags & PASSAGE_IN_LIST && i < p->token_lo + 2; /* "- wend 0.6: three subcommands" */
            if (t->text.hi > s->lo || (t->text.lo < s->clause.lo && !labels)) continue;
            str release = surface_slice(p->on, t->core.lo, t->core.hi);
            bool declared = false; /* a release under which it was measured, then or now */
            uint32_t count, all;
            const numeric_fact *facts = fact_index_all(s->j->index, &all);
            const uint32_t *group = fact_index_group(s->j->index, f->group, &count);
            for (uint32_t g = 0; g < count && g < SIBLINGS_READ; g++)
                for (uint32_t k = 0; k < facts[group[g]].condition_count; k++)
                    declared = declared || str_eq(facts[group[g]].conditions[k].of->value, release);
            if (declared) continue;
            if (!version_agrees(v, surface_slice(p->on, t->core.lo, t->core.hi), v->text)) return true;
        }
    }
    return false;
}

/* "The drafter ran at 24 tok/s under ROCm 6.2.4": beside a release of something that went since. */
static bool is_beside_a_gone_release(const scene *s, const numeric_fact *f) {
    const passage *p = s->p;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h - p->hit_lo < HITS_READ; h++) {
        uint32_t e = hit_entity(s->j, &p->on->hits[h], ENTITY_COMPONENT);
        if (e == MANIFEST_NONE || fact_is_owned(f, e) || p->on->hits[h].where.lo < s->part.lo) continue;
        const manifest_version *v = &s->j->m->entities[e].version;
        for (uint32_t i = p->token_lo; v->history_count && i < p->token_hi && i < p->token_lo + HITS_READ; i++) {
            const token *t = &p->on->tokens[i];
            if (t->text.hi > s->part.hi || t->core.lo != p->on->hits[h].where.hi + 1 || t->core.hi <= t->core.lo)
                continue;
            str stated = surface_slice(p->on, t->core.lo, t->core.hi);
            bool gone = false, declared = false;
            for (uint32_t k = 0; k < v->history_count; k++)
                gone = gone || version_agrees(v, stated, v->history[k].version);
            for (uint32_t k = 0; k < f->condition_count; k++)
                declared = declared || str_eq(f->conditions[k].of->value, stated);
            if (gone && !declared && !version_agrees(v, stated, v->text)) return true;
        }
    }
    return false;
}

/* "192 GB on gull's cards": of what is on it. */
static bool is_of_its_parts(const scene *s, const numeric_fact *f) {
    if (s->after >= s->end || !doubt_word(s->p, s->after, "on in") || s->p->words[s->after].lo > s->hi + 1)
        return false;
    if (s->after + 1 < s->end &&
        str_ends(surface_slice(s->p->on, s->p->words[s->after + 1].lo, s->p->words[s->after + 1].hi), STR("'s")) &&
        (s->after + 2 >= s->end || doubt_word(s->p, s->after + 2, "and or is are") || ends_phrase(s, s->after + 1)))
        return true; /* "188 GB on gull's cards, 192 on tern's" */
    uint32_t head = head_of(s, s->after + 1, s->end);
    if (head == UINT32_MAX || inside_opaque(s->p, s->p->words[head].lo, s->p->words[head].hi)) return false;
    bool possessive = false; /* "on gull's cards", not "in our pgbench run" */
    for (uint32_t k = s->hi; k + 1 < s->p->words[head].lo; k++)
        possessive = possessive || (s->p->on->text.p[k] == '\'' && s->p->on->text.p[k + 1] == 's') ||
                     (s->p->on->text.p[k] == 0x99 && s->p->on->text.p[k + 1] == 's');
    return possessive && head > s->after + 1 && is_unexplained(s, f, head) &&
           owner_stands_in(s, f, s->hi, s->p->words[head].lo);
}

/* "1,390,000 loans a year is about 3,800 a day": the fact's number stands beside it, in another unit. */
static bool is_worked_out(const scene *s, const numeric_fact *f) {
    const passage *p = s->p;
    for (uint32_t i = p->token_lo; i < p->token_hi && i < p->token_lo + HITS_READ; i++) {
        const token *t = &p->on->tokens[i];
        if (t->kind != TOKEN_QUANTITY || t->text.hi > s->lo || !t->value.valid || f->shown < 100) continue;
        if (unit_get(t->unit)->dimension == f->dimension && f->dimension != DIM_COUNT) continue; /* converted only */
        if (fabs(decimal_to_f64(t->value) - f->shown) <= 1e-9 * f->shown) return true;
    }
    return false;
}

/* "An H100 has 80 GB" where ours is an H100 NVL: the short name, with "a", is that of the family. */
static bool is_of_the_family(const scene *s, const numeric_fact *f) {
    const passage *p = s->p;
    uint8_t kind = s->j->m->entities[f->owners[0]].kind;
    if (kind != ENTITY_HARDWARE && kind != ENTITY_HOST) return false; /* "an HNSW index with m = 16" is set up by us */
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h - p->hit_lo < HITS_READ; h++) { /* "our DGX Spark, a GB10 with …" */
        uint32_t e = hit_entity(s->j, &p->on->hits[h], -1), i = s->first;
        if (e == MANIFEST_NONE || !fact_is_owned(f, e) || p->on->hits[h].where.hi > s->lo) continue;
        while (i < s->end && p->words[i].lo < p->on->hits[h].where.lo) i++;
        if (i > s->first && is_named_at(s, i - 1)) i--; /* of "NVIDIA DGX Spark" */
        bool any = (i > s->first && doubt_word(p, i - 1, "a an any every with")) ||
                   (i > s->first + 1 && doubt_word(p, i - 2, "a an any every")); /* "a PCIe H100" */
        if (e == s->j->main_hardware && !any) return false;
    }
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h - p->hit_lo < HITS_READ; h++) {
        uint32_t e = hit_entity(s->j, &p->on->hits[h], -1), i = s->first;
        if (e == MANIFEST_NONE || !fact_is_owned(f, e) || p->on->hits[h].where.hi > s->lo) continue;
        while (i < s->end && p->words[i].lo < p->on->hits[h].where.lo) i++;
        bool modified = i > s->first + 1 && doubt_word(p, i - 2, "a an any") && !(p->words[i - 1].cues & CUE_STOP) &&
                        !is_named_at(s, i - 1); /* "a PCIe H100" */
        if (i == s->first || !(modified || doubt_word(p, i - 1, "a an any every"))) continue;
        if (i > s->first + 1 && doubt_word(p, i - 2, "is") && s->j->main_hardware == e) continue; /* ours "is a GB10" */
        str said = surface_slice(p->on, p->on->hits[h].where.lo, p->on->hits[h].where.hi);
        const manifest_texts *names = &s->j->m->entities[e].aliases;
        for (uint32_t k = 0; k < names->n && k < 32; k++)
            if (names->at[k].text.n > said.n + 1 && names->at[k].text.p[said.n] == ' ' &&
                str_eq_nocase(str_slice(names->at[k].text, 0, said.n), said))
                return true;
    }
    return false;
}

/* "318 jobs, or 93 % of those running": a share of the fact's whole, which stands behind it. */
static bool is_share_of_it(const scene *s, const numeric_fact *f) {
    const passage *p = s->p;
    if (side_of(s, f) > 0) return false;
    for (uint32_t i = p->token_lo; i < p->token_hi && i < p->token_lo + HITS_READ; i++) {
        const token *t = &p->on->tokens[i];
        if (t->text.lo < s->hi || t->text.lo > s->hi + SHARE_REACH || t->kind != TOKEN_QUANTITY) continue;
        if (unit_get(t->unit)->dimension != DIM_PERCENT) continue;
        uint32_t w = s->after;
        while (w < s->end && p->words[w].lo < t->text.hi) w++;
        return w < s->end && doubt_word(p, w, "of");
    }
    return false;
}

static const char *doubt_of_words(const scene *s, const numeric_fact *f) {
    const passage *p = s->p;
    uint32_t from, to;
    doubt_words_of(s, s->clause, &from, &to);
    for (uint32_t i = from; i + 1 < s->at; i++) {
        if (doubt_word(p, i, "a an one") && doubt_word(p, i + 1, "year month week day hour") &&
            doubt_word(p, i + 2, "has have is"))
            OBJECT(s->j, "it is said of any year");
    }
    if (s->first == 0 && doubt_word(p, 0, "last") && !fact_is_dated(p, f) &&
        (doubt_word(p, 1, TIMES) || doubt_word(p, 1, "week month year")))
        OBJECT(s->j, "it is said of one time"); /* "Last Tuesday …" */
    for (uint32_t i = from; i + 1 < s->at; i++)
        if (doubt_word(p, i, "of from") && doubt_word(p, i + 1, "only just") && s->at > i + 2)
            OBJECT(s->j, "it is said of a part"); /* "a restore of only the schema" */
    for (uint32_t i = from; i + 1 < to; i++) {
        if (doubt_word(p, i, "had") && doubt_word(p, i + 1, "been")) OBJECT(s->j, "it is said of the past");
        if (doubt_word(p, i, "at") && doubt_word(p, i + 1, "first") && !doubt_word(p, i + 2, "boot start run sight"))
            OBJECT(s->j, "it is said of the past");
    }
    if (s->after < s->end && s->p->words[s->after].lo <= s->hi + 1 && doubt_word(p, s->after, "raw gross") &&
        !doubt_is_own_stem(s, f, s->after))
        OBJECT(s->j, "it is the raw figure");
    uint32_t open, close;
    doubt_words_of(s, s->part, &open, &close);
    if (doubt_find(p, open, s->at, "twice thrice") != UINT32_MAX) OBJECT(s->j, "it is said of single events");
    if (doubt_word(p, from, "between") && doubt_find(p, from, s->at, "lie lies lay") != UINT32_MAX)
        OBJECT(s->j, "it is a difference");
    if (s->j->swapped && s->at > s->first && doubt_word(p, s->at - 1, "against versus vs"))
        OBJECT(s->j, "it is compared with another's");
    if (s->at == s->first + 1 && doubt_word(p, s->first, "with") && s->first == 0 &&
        doubt_find(p, s->after, s->end, "was were ate took broke fell ran had died went got became") != UINT32_MAX)
        OBJECT(s->j, "it is an experiment");
    str said = surface_slice(p->on, s->lo, s->hi);
    bool bare = said.n > 0 && byte_is_digit(said.p[said.n - 1]);
    if (bare && f->dimension == DIM_TIME && s->at > s->first && doubt_word(p, s->at - 1, "take takes took taking"))
        OBJECT(s->j, "it has no unit");
    doubt_words_of(s, s->part, &from, &to);
    if (doubt_find(p, from, s->at, "default defaults") != UINT32_MAX) {
        uint32_t w = doubt_find(p, from, s->at, "default defaults");
        if (!doubt_is_own_stem(s, f, w) && (w == s->first || s->p->on->text.p[s->p->words[w].lo - 1] == ' '))
            OBJECT(s->j, "it is a default");
    }
    return NULL;
}

/* "We allow ourselves four hours", "I had budgeted 5,000 euros": what somebody grants, not what there is. */
static bool is_granted(const scene *s, const numeric_fact *f) {
    uint32_t from, to;
    doubt_words_of(s, s->clause, &from, &to);
    uint32_t verb = doubt_find(s->p, from, s->at, "allow allows allowed reserve reserves budgeted grant granted");
    return verb != UINT32_MAX && !doubt_is_own_stem(s, f, verb);
}

const char *doubt_of_case(const scene *s, const numeric_fact *f) {
    const passage *p = s->p;
    if (s->at > s->first && doubt_word(p, s->at - 1, "minus")) OBJECT(s->j, "it stands behind a minus");
    int side = side_of(s, f);
    if (side <= 0 && is_part(s, f)) OBJECT(s->j, "it is a part, or what something takes");
    if (side >= 0 && is_sum(s, f)) OBJECT(s->j, "it is a sum");
    if (is_other_period(s, f)) OBJECT(s->j, "it is that of another period");
    if (is_end_of_its_change(s, f)) OBJECT(s->j, "it is where a change from the fact's own value ends");
    if (is_single(s) || (is_of_a_month(s) && !fact_is_dated(p, f) && !is_of_its_day(s, f)))
        OBJECT(s->j, "it is one of many");
    if (is_narrowed_count(s, f)) OBJECT(s->j, "it counts some of them");
    if (is_granted(s, f)) OBJECT(s->j, "it is a limit");
    if (is_of_the_family(s, f)) OBJECT(s->j, "it is said of the family");
    const char *other = doubt_of_another(s, f);
    if (!other) other = doubt_of_share(s, f);
    if (other) return other;
    if (is_share_of_it(s, f)) OBJECT(s->j, "it is a share of it");
    if (is_of_some_machine(s)) OBJECT(s->j, "it is said of some machine");
    if (is_of_another_release(s, f)) OBJECT(s->j, "it is said of another release");
    if (is_beside_a_gone_release(s, f)) OBJECT(s->j, "it is said of another release");
    if (is_of_its_parts(s, f)) OBJECT(s->j, "it is that of a part");
    if (is_worked_out(s, f)) OBJECT(s->j, "it is worked out of the fact's own value");
    const char *words = doubt_of_words(s, f);
    if (words) return words;
    bool ratio = f->kind == FACT_DERIVED && (f->dimension == DIM_RATIO || f->dimension == DIM_PERCENT);
    if (!ratio && !fact_is_dated(p, f) && !passage_is_spec_line(s->j, s->p) &&
        (is_led_in(s, f) || is_situated_behind(s, f))) /* a ratio's case is that of its two numbers */
        OBJECT(s->j, "a case is stated that no fact declares");
    return NULL;
}
