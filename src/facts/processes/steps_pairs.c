/* steps_pairs.c - two steps of a strict process, told one behind the other.
 *
 *     we │upload│ first and │sign│ afterwards         "first" behind the one, a word of order with the other
 *     first we │measure│, then we │reboot│            "first" before it
 *     we │publish│ before we │ask for consent│        "before" and "after" between the two
 *
 * In: a prepared sentence without the enumeration that steps.c reads. Out: a contradiction where the declared order is
 * the other one. The process is named in the sentence, or it is the only one that the sentence before, or the heading,
 * names; each part holds one step and, where the sentence does not name the process, nothing else. It must be our
 * habit: a doer of ours in the present, no case ("in an emergency"), no question, no condition. An agreeing pair proves
 * little and makes no claim.
 */
#include "base/buf.h"
#include "facts/judge.h"
#include "facts/processes/steps.h"
#include "facts/reading/standing.h"

enum { PART_WORDS = 7, BETWEEN = 14, SENTENCES_BACK = 4, NO_STEP = UINT32_MAX };

typedef struct part { /* words [lo, hi) that tell one step */
    uint32_t lo, hi, step, at;
    bool bare;
} part;

/* ---- parts ---- */

static bool is_cut(const passage *p, uint32_t i) { /* before word `i` */
    return !standing_is_gap_free(p, p->words[i - 1].hi, p->words[i].lo, ",;:().");
}

static bool phrase_at(const passage *p, uint32_t i, uint32_t hi, const step_phrase *x) {
    if (!x->n) return false;
    bool begins =
        p->words[i].stem == x->stems[0] ||
        (x->participle.n && str_eq_nocase(surface_slice(p->on, p->words[i].lo, p->words[i].hi), x->participle));
    for (uint32_t k = 1; k < x->n && begins; k++) {
        bool found = false;
        for (uint32_t w = i + 1; w < hi && !found; w++) found = p->words[w].stem == x->stems[k];
        begins = found;
    }
    return begins;
}

/* Words that carry a step without being one: "ask for │consent│", "do the │upload│". */
static bool is_carrier(const passage *p, uint32_t i) {
    return word_in(p, i,
                   "we i it they the a an our my all everything it them this for of do does ask asks get gets run runs "
                   "make makes take takes always then only just again is are and thing");
}

/* The one step that the words of the part tell; false where they tell none, or two. */
static bool read_part(const judge *j, const passage *p, uint32_t process, uint32_t lo, uint32_t hi, part *out) {
    const step_words *steps = fact_index_process(j->index, process)->steps;
    uint32_t count = j->m->entities[process].process.step_count;
    *out = (part){.lo = lo, .hi = hi, .step = NO_STEP, .bare = true};
    if (lo >= hi || hi - lo > PART_WORDS + 4) return false;
    for (uint32_t s = 0; s < count; s++)
        for (uint32_t k = 0; k < steps[s].n; k++)
            for (uint32_t i = lo; i < hi; i++) {
                if (!phrase_at(p, i, hi, &steps[s].names[k])) continue;
                if (out->step != NO_STEP && out->step != s) return false;
                out->step = s;
                out->at = i;
            }
    if (out->step == NO_STEP) return false;
    for (uint32_t i = lo; i < hi; i++) {
        bool own = false;
        for (uint32_t k = 0; k < steps[out->step].n && !own; k++)
            for (uint32_t n = 0; n < steps[out->step].names[k].n; n++)
                own = own || p->words[i].stem == steps[out->step].names[k].stems[n];
        out->bare = out->bare && (own || i == out->at || is_carrier(p, i));
    }
    return true;
}

/* The first word of the part that ends before word `hi`, and the end of the one that begins at `lo`. */
static uint32_t part_begins(const passage *p, uint32_t hi) {
    uint32_t lo = hi;
    while (lo > 0 && hi - lo < PART_WORDS && !word_in(p, lo - 1, "and but so because that since as while then")) {
        lo--;
        if (lo > 0 && is_cut(p, lo)) break;
    }
    return lo;
}

static uint32_t part_ends(const passage *p, uint32_t lo) {
    uint32_t hi = lo;
    while (hi < p->word_count && hi - lo < PART_WORDS && (hi == lo || !is_cut(p, hi)) &&
           !word_in(p, hi, "and but so because since as while then first before after afterwards later next"))
        hi++;
    return hi;
}

/* ---- doers and times ---- */

/* "the job │", "the script then │": by whom a process is done. */
static bool is_its_doer(const passage *p, uint32_t i) {
    while (i > 0 && word_in(p, i - 1, "first then always also only")) i--;
    return i > 1 && word_in(p, i - 1, "job script run procedure process pipeline routine") &&
           word_in(p, i - 2, "the this our");
}

static bool names_process_at(const judge *j, const passage *p, uint32_t i) {
    while (i > 0 && word_in(p, i - 1, "first then always also only")) i--;
    for (uint32_t h = p->hit_lo; i > 0 && h < p->hit_hi && h < p->hit_lo + 64; h++)
        if (p->on->hits[h].where.hi == p->words[i - 1].hi &&
            hit_entity(j, &p->on->hits[h], ENTITY_PROCESS) != MANIFEST_NONE)
            return true;
    return false;
}

/* Is the step told of us, or of the process, as what is done now: "we upload", "the deploy uploads", "is uploaded"? */
static bool is_done_now(const judge *j, const passage *p, const part *x) {
    str verb = surface_slice(p->on, p->words[x->at].lo, p->words[x->at].hi);
    bool passive = false, ours = false, it = false;
    for (uint32_t i = x->lo > 1 ? x->lo - 2 : 0; i < x->at; i++) {
        passive = passive || (i >= x->lo && word_in(p, i, "is are gets get"));
        ours = ours || word_in(p, i, "we i");
        it = it || word_is(p, i, "it");
    }
    if (str_ends(verb, STR("ed"))) return passive;
    return ours || (str_ends(verb, STR("s")) && (it || is_its_doer(p, x->at) || names_process_at(j, p, x->at)));
}

/* A case, a wish, somebody else: then it says nothing of the order as it is. */
static bool is_case(const passage *p, uint32_t hi) {
    if (p->cues & (CUE_IF | CUE_OTHERS | CUE_REPORT | CUE_SECOND | CUE_GONE)) return true;
    for (uint32_t i = 0; i < p->word_count && i < 80; i++)
        if (word_in(
                p, i,
                "if when whenever unless emergency emergencies hotfix exception except sometimes occasionally rarely "
                "staging demo rehearsal practice instead rather never used formerly ago yesterday "
                "tomorrow wrong wrongly mistake mistakenly accidentally either or why must should could "
                "would might may want wanted tempting tempted lest"))
            return true;
    if (word_in(p, 0, "today once yesterday")) return true;
    for (uint32_t i = 0; i < p->word_count && p->words[i].lo < hi; i++)
        if (p->words[i].cues & CUE_NEGATION && i < 2) return true;
    return p->text.hi > p->text.lo && p->on->text.p[p->text.hi - 1] == '?';
}

/* ---- which process ---- */

/* The only process that the passage names, other than as the time of something else ("after the deploy"); `*several`
 * where it names two. */
static uint32_t only_named(judge *j, passage *p, bool *several) {
    uint32_t found = MANIFEST_NONE;
    passage_prepare(j, p);
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++) {
        uint32_t e = hit_entity(j, &p->on->hits[h], ENTITY_PROCESS);
        if (e == MANIFEST_NONE || inside_opaque(p, p->on->hits[h].where.lo, p->on->hits[h].where.hi)) continue;
        uint32_t i = standing_word_at(p, p->on->hits[h].where.lo);
        while (i > 0 && word_in(p, i - 1, "the a an our my each every")) i--;
        bool aside = i > 0 && word_in(p, i - 1, "after before without unlike like than besides outside since until");
        if (aside || (found != MANIFEST_NONE && found != e)) return *several = true, MANIFEST_NONE;
        found = e;
    }
    return found;
}

static uint32_t process_spoken_of(judge *j, passage *p, bool *here) {
    bool several = false;
    uint32_t found = only_named(j, p, &several), back = p->previous;
    *here = found != MANIFEST_NONE;
    for (uint32_t k = 0; k < SENTENCES_BACK && found == MANIFEST_NONE && !several && back != PASSAGE_NONE; k++) {
        found = only_named(j, &j->passages[back], &several);
        back = j->passages[back].previous;
    }
    if (found == MANIFEST_NONE && !several && p->heading != PASSAGE_NONE)
        found = only_named(j, &j->passages[p->heading], &several);
    return several ? MANIFEST_NONE : found;
}

/* The word before the name at byte `lo` and its article. */
static uint32_t word_before(const passage *p, uint32_t lo) {
    uint32_t i = standing_word_at(p, lo);
    while (i > 0 && word_in(p, i - 1, "the our my")) i--;
    return i > 0 ? i - 1 : UINT32_MAX;
}

/* Does the sentence name a machine, a program or a service of ours there? The deeds may be done to that. `on`: only
 * where it says on what they are done. */
static bool names_things(const judge *j, const passage *p, uint32_t lo, uint32_t hi, bool on) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++) {
        uint32_t e = hit_entity(j, &p->on->hits[h], -1);
        if (p->on->hits[h].where.lo >= lo && p->on->hits[h].where.hi <= hi && e != MANIFEST_NONE &&
            j->m->entities[e].kind != ENTITY_PROCESS &&
            (!on || word_in(p, word_before(p, p->on->hits[h].where.lo), "on at")))
            return true;
    }
    return false;
}

/* ---- pairs ---- */

/* "… first, then │", "… first and │ … afterwards", behind word `i`: the later part. */
static bool later_part(const judge *j, const passage *p, uint32_t process, uint32_t i, part *out) {
    for (uint32_t k = i; k < p->word_count && k < i + BETWEEN; k++) {
        bool stops = k > i && !standing_is_gap_free(p, p->words[k - 1].hi, p->words[k].lo, ";.:(");
        if (stops) return false;
        bool then = word_in(p, k, "then"), joined = word_in(p, k, "and") && !word_in(p, k + 1, "then only");
        if (!then && !joined) continue;
        uint32_t from = k + 1, to = part_ends(p, from);
        bool ordered = then || word_in(p, to, "afterwards later next") ||
                       (word_is(p, to, "after") && word_in(p, to + 1, "that this"));
        if (ordered && read_part(j, p, process, from, to, out)) return true;
        if (then) return false;
    }
    return false;
}

/* The two parts that word `i` puts one behind the other, in the order that is told. */
static bool pair_at(const judge *j, const passage *p, uint32_t process, uint32_t i, part *one, part *two) {
    bool opens = i == 0 || is_cut(p, i) || word_in(p, i - 1, "and");
    if (word_is(p, i, "first")) {
        /* "the job │first│ replicates the datasets, then takes the snapshot" */
        bool doer = i > 0 && word_in(p, i - 1, "we i it job script run procedure process pipeline routine");
        if (opens || doer) {
            uint32_t to = part_ends(p, i + 1);
            return read_part(j, p, process, i + 1, to, one) && later_part(j, p, process, to, two);
        }
        uint32_t behind = i + 1 + word_in(p, i + 1, "thing");
        if (word_is(p, i + 1, "of") && word_is(p, i + 2, "all")) behind = i + 3;
        bool ends = behind >= p->word_count || behind > i + 1 || is_cut(p, behind) || word_in(p, behind, "and then");
        return ends && read_part(j, p, process, part_begins(p, i), i, one) && later_part(j, p, process, behind, two);
    }
    bool before = word_is(p, i, "before");
    if (opens || !(before || word_is(p, i, "after")) || i + 1 >= p->word_count) return false;
    str next = surface_slice(p->on, p->words[i + 1].lo, p->words[i + 1].hi);
    if (!word_in(p, i + 1, "we i it") && !str_ends(next, STR("ing"))) return false;
    part *left = before ? one : two, *right = before ? two : one;
    return read_part(j, p, process, part_begins(p, i), i, left) && left->bare &&
           read_part(j, p, process, i + 1, part_ends(p, i + 1), right) && right->bare;
}

/* Verbs of which a process has many: with an object it may be another deed, "verify the checksum". */
static bool is_common_deed(const passage *p, const part *x) {
    return !x->bare &&
           word_in(p, x->at, "verify check test read write run copy scan sort review verifies checks tests");
}

static str steps_text(judge *j, const manifest_entity *e) {
    buf text = {0};
    for (uint32_t i = 0; i < e->process.step_count; i++) {
        if (i) buf_cstr(&text, ", ");
        buf_str(&text, e->process.steps[i].name);
    }
    str said = arena_str(j->a, buf_view(&text));
    buf_free(&text);
    return said;
}

bool judge_step_pair(judge *j, passage *p) {
    passage_prepare(j, p);
    if (p->kind != PASSAGE_SENTENCE || p->word_count < 4 || p->word_count > 60) return false;
    bool here = false;
    if (!(p->marks & MARK_FIRST)) return false;
    uint32_t process = process_spoken_of(j, p, &here);
    if (process == MANIFEST_NONE) return false;
    const manifest_entity *e = &j->m->entities[process];
    if (!e->process.strict || e->process.step_count < 2) return false;
    for (uint32_t i = 0; i < p->word_count; i++) {
        part one, two;
        if (!(p->words[i].marks & MARK_FIRST) || !pair_at(j, p, process, i, &one, &two)) continue;
        if (one.step <= two.step || one.at == two.at) continue;
        uint32_t first = one.lo < two.lo ? one.lo : two.lo, last = one.hi > two.hi ? one.hi : two.hi;
        uint32_t lo = p->words[one.at < two.at ? one.at : two.at].lo, hi = p->words[last - 1].hi;
        bool bare = one.bare && two.bare;
        bool doer = is_its_doer(p, one.at < two.at ? one.at : two.at);
        if ((!here && !doer && !bare) || is_common_deed(p, &one) || is_common_deed(p, &two)) continue;
        if (!is_done_now(j, p, one.at < two.at ? &one : &two) || is_case(p, hi)) continue;
        if (names_things(j, p, here || doer ? p->text.lo : p->words[first].lo, hi, here || doer)) continue;
        stance_view s = stance_at(j, p, lo, p->words[one.at < two.at ? one.at : two.at].hi);
        if (s.stance != STANCE_ASSERTED || s.denied || s.past || s.others || s.loose) continue;
        claim *c = claim_add(j, p, lo, hi, CLAIM_PROCESS, &s);
        if (!c || c->verdict == VERDICT_NOT_ABOUT_US) return true;
        c->subject = e->id;
        claim_contradicted(j, c, &e->process.fact, steps_text(j, e),
                           judge_printf(j, "\"%.*s\" comes before \"%.*s\"", STR_ARG(e->process.steps[two.step].name),
                                        STR_ARG(e->process.steps[one.step].name)));
        return true;
    }
    return false;
}
