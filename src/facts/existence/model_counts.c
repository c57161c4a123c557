/* model_counts.c - how many of a model are there?
 *
 *     "octavo carries two NVIDIA A2 cards"      of a card of which the manifest counts one
 *     "cherwell holds eight L40S"               of four, by the machine's own count of them
 *     "two DGX Spark units"                     of one
 *     "a second DGX Spark mirrors the first"    of one: an ordinal, "both" or "a pair of" counts, too
 *
 * In: a sentence, a number right before the name of declared hardware. Out: a claim that agrees with the count, or is
 * contradicted by it where it says more than there are: fewer may be some of them. It never judges what a sentence says
 * of such cards in general: a machine or the first person must be there, or the one too many must do some work here.
 * "A second Spark doubles the memory" is true of anybody's, and only not paid.
 */
#include "facts/judge.h"
#include "facts/reading/standing.h"

enum { ATTRS_LOOKED_AT = 64 };

typedef struct counted {
    const manifest_attr *attr;
    uint64_t count;
} counted;

static bool read_count(const manifest_attr *attr, counted *out) {
    const manifest_quantity *q = &attr->views[0].quantity;
    uint64_t value;
    if (q->measure != UNIT_COUNT || attr->view_count != 1 || !str_to_u64(q->value, &value)) return false;
    if (out->attr && value <= out->count) return true;
    *out = (counted){attr, value};
    return true;
}

/* The count of the model itself: its attribute "count", "nodes", "units". */
static void count_of_model(const judge *j, const manifest_entity *e, counted *out) {
    for (uint32_t i = 0; i < e->attr_count && i < ATTRS_LOOKED_AT; i++) {
        const manifest_attr *attr = &j->m->attrs[e->first_attr + i];
        if (str_is_among(attr->name, "count number units cards nodes gpus")) read_count(attr, out);
    }
}

/* The count of the model in a machine: an attribute that is called by a name of the model. */
static void count_in_machine(const judge *j, const manifest_entity *machine, const manifest_entity *e, counted *out) {
    for (uint32_t i = 0; i < machine->attr_count && i < ATTRS_LOOKED_AT; i++) {
        const manifest_attr *attr = &j->m->attrs[machine->first_attr + i];
        for (uint32_t a = 0; a < attr->aliases.n; a++)
            for (uint32_t n = 0; n < e->aliases.n; n++)
                if (str_eq_nocase(attr->aliases.at[a].text, e->aliases.at[n].text)) read_count(attr, out);
    }
}

/* The whole number that stands right before the name: "eight L40S", "two NVIDIA A2". */
static const token *number_before(const passage *p, const alias_hit *hit) {
    for (uint32_t i = p->token_lo; i < p->token_hi && p->on->tokens[i].text.lo < hit->where.lo; i++) {
        const token *t = &p->on->tokens[i];
        if ((t->kind != TOKEN_NUMBER && t->kind != TOKEN_QUANTITY) || !t->value.valid || t->value.scale) continue;
        if (t->core.hi >= hit->where.lo || hit->where.lo - t->core.hi > 12 || t->bound != BOUND_EXACT) continue;
        if (t->flags & (TOKEN_INTERVAL | TOKEN_CHANGE | TOKEN_RATIO | TOKEN_COMPOUND)) continue;
        str between = str_trim(surface_slice(p->on, t->core.hi, hit->where.lo));
        bool own_unit = t->kind == TOKEN_NUMBER || t->flags & TOKEN_COUNTED;
        if (own_unit && (!between.n || str_is_among(between, "nvidia amd intel identical used"))) return t;
    }
    return NULL;
}

/* Does the name stand for the things themselves: "two A2 cards", "eight L40S, …"; not "two A100 hours"? */
static bool is_thing_itself(const passage *p, const alias_hit *hit) {
    uint32_t first = standing_word_at(p, hit->where.hi);
    if (first == p->word_count || p->words[first].lo != hit->where.hi + 1) return true;
    return p->words[first].cues & (CUE_STOP | CUE_PART | CUE_HAVE) ||
           word_in(p, first, "card cards gpu gpus unit units board boards module modules processor processors now");
}

/* "A2", "DGX Spark"; "printers" are anybody's. */
static bool is_name(str text) {
    for (ptrdiff_t i = 0; i < text.n; i++)
        if (byte_is_digit(text.p[i]) || (text.p[i] >= 'A' && text.p[i] <= 'Z')) return true;
    return false;
}

static bool is_machine(const manifest_entity *e) {
    return e->kind == ENTITY_HOST || (e->kind == ENTITY_HARDWARE && (e->location.text.n || e->runs.n));
}

/* "Two DGX Sparks form the cluster", "… handle inference": what the sentence begins with, and they do something here.
 */
static bool is_at_work(const passage *p, const alias_hit *hit) {
    if (hit->where.lo >= p->text.lo + 24) return false;
    uint32_t w = standing_word_at(p, hit->where.hi);
    while (word_in(p, w, "units machines boxes nodes")) w++;
    return word_in(p, w, "form forms run serve handle power share do") && existence_has_object(p, w + 1);
}

/* Does the list's leading line speak of what we have, and of nothing thought of? */
static bool is_led_by_us(judge *j, const passage *p, bool unled) {
    if (!(p->flags & PASSAGE_IN_LIST) || p->lead == PASSAGE_NONE) return unled;
    passage *led = &j->passages[p->lead];
    passage_prepare(j, led);
    if (led->cues & (CUE_MODAL | CUE_IF | CUE_WAS | CUE_FUTURE | CUE_OTHERS)) return false;
    for (uint32_t i = 0; i < led->word_count; i++)
        if (led->words[i].cues & CUE_FIRST || word_in(led, i, "ours mine here")) return true;
    return false;
}

/* "The current deployment uses two DGX Spark units", "- Hardware: two of them", "- **Inference:** a cluster of two of
 * them" below "ours looks like this": what is ours is said to consist of so many as stand at `lo`. */
bool existence_is_made_of(judge *j, const passage *p, uint32_t lo) {
    uint32_t w = passage_word_before(p, lo), i = 0;
    if (w == UINT32_MAX || p->kind != PASSAGE_SENTENCE || p->cues & CUE_OTHERS) return false;
    if (word_in(p, w, "of") && w > 0 && w < 5 && word_in(p, w - 1, "cluster pair set rack stack"))
        return is_led_by_us(j, p, false);
    if (w < 3 && p->on->text.p[p->words[w].hi] == ':' && existence_is_labelled(j, p, lo))
        return is_led_by_us(j, p, true);
    if (!word_in(p, w, "uses runs spans comprises includes employs on of")) return false;
    if (word_in(p, w, "on of")) {
        if (w == 0 || !word_in(p, w - 1, "runs fits consists built made based")) return false;
        w--;
    }
    while (w > 0 && word_in(p, w - 1, "is already now currently still")) w--;
    if (w < 2 || !word_in(p, w - 1,
                          "deployment setup stack system cluster operation platform installation infrastructure "
                          "pipeline"))
        return false;
    for (i = w - 1; i > 0 && word_in(p, i - 1, "current whole present live entire existing production");) i--;
    return i == 1 && word_in(p, 0, "the our my this");
}

/* A number of things, said in front of their name. */
typedef struct counting {
    uint32_t lo;
    uint64_t said;
    const token *number; /* NULL where words say it: */
    bool stands;         /* they say that the things are here, "my pair of", "a second one mirrors the first" */
} counting;

/* "A second DGX Spark mirrors │ the first", "Both DGX Sparks draw │ little": word `v` is what one of them does here. */
static bool does_work(const passage *p, uint32_t v, bool both) {
    while (word_in(p, v, "now also then already still both")) v++;
    if (both) return word_in(p, v, "run serve share mirror handle host stand sit hum draw hold draft");
    if (!word_in(p, v, "runs serves shares mirrors handles hosts stands sits hums drafts holds")) return false;
    return word_in(p, v + 1, "the our my its all every in on under beside below next");
}

/* "I run a │", "we keep our │": does the first person have what the determiner at word `d` begins? */
static bool is_had_by_us(const passage *p, uint32_t d) {
    if (d == 0 || !word_in(p, d - 1, "run have own use keep operate")) return false;
    for (uint32_t i = d - 1; i > 0 && d - i < 4; i--) {
        if (p->words[i - 1].cues & CUE_FIRST) return true;
        if (!word_in(p, i - 1, "also now still even already")) return false;
    }
    return false;
}

/* "A second DGX Spark", "both DGX Sparks", "my pair of DGX Sparks". False where the words do not count: "the other
 * Spark", "no second Spark", "a friend's second Spark". */
static bool count_in_words(const passage *p, const alias_hit *hit, counting *out) {
    uint32_t name = standing_word_at(p, hit->where.lo), verb = standing_word_at(p, hit->where.hi);
    while (name > 0 && word_in(p, name - 1, "nvidia identical")) name--;
    if (name == 0 || name >= p->word_count) return false;
    uint32_t w = name - 1;
    bool plural = str_ends(surface_slice(p->on, hit->where.lo, hit->where.hi), STR("s"));
    bool both = plural && word_in(p, w, "both"),
         pair = plural && w > 0 && word_in(p, w, "of") && word_in(p, w - 1, "pair");
    if (!plural && word_in(p, w, "second third fourth")) {
        if (w == 0 || !word_in(p, w - 1, "a the our my")) return false;
        bool own = word_in(p, w - 1, "our my");
        out->said = word_in(p, w, "second") ? 2 : word_in(p, w, "third") ? 3 : 4;
        out->stands = ((own || w == 1) && does_work(p, verb, false)) || is_had_by_us(p, w - 1);
    } else if (pair) {
        bool own = w > 1 && word_in(p, w - 2, "our my");
        if (w < 2 || !word_in(p, w - 2, "a the our my this")) return false;
        out->said = 2;
        out->stands = own || is_had_by_us(p, w - 2);
        w--;
    } else if (both) {
        out->said = 2;
        out->stands = (w == 0 && does_work(p, verb, true)) || is_had_by_us(p, w);
    } else {
        return false;
    }
    out->lo = p->words[w].lo;
    return p->words[name - 1].hi + 1 == p->words[name].lo;
}

static void judge_count(judge *j, passage *p, const alias_hit *hit, const manifest_entity *e, const counting *by) {
    const token *t = by->number;
    counted model = {0}, here = {0};
    context near;
    bool machine = false;
    context_make(j, p, by->lo, hit->where.hi, &near);
    for (uint32_t i = 0; i < near.mention_count; i++) {
        const manifest_entity *m = &j->m->entities[near.mentions[i].entity];
        if (near.mentions[i].region > REGION_SENTENCE || !is_machine(m) || m == e) continue;
        machine = true;
        count_in_machine(j, m, e, &here);
    }
    count_of_model(j, e, &model);
    const counted *is = here.attr ? &here : &model;
    uint64_t said = by->said, most = model.count > is->count ? model.count : is->count;
    if (!is->attr || said < 2 || (said != is->count && said <= most)) return; /* fewer: some of them */
    if (!t && said <= is->count) return;                                      /* "the second of them" proves no count */
    stance_view s = stance_at(j, p, by->lo, hit->where.hi);
    bool wrong = said != is->count, loose = s.loose || s.denied || s.past || s.others;
    loose = loose || p->cues & CUE_MODAL; /* "With two of them, I could run a larger one" */
    if (s.stance != STANCE_ASSERTED && s.stance != STANCE_HISTORICAL) return;
    bool main = j->main_hardware == (uint32_t)(e - j->m->entities);
    bool made = main && existence_is_made_of(j, p, by->lo);
    bool ours = machine || made || p->cues & CUE_FIRST || (main && is_at_work(p, hit));
    bool foreign = !made && stance_is_foreign(j, p, by->lo, hit->where.hi);
    if (!t) ours = by->stands && !(p->cues & (CUE_OTHERS | CUE_SECOND | CUE_REPORT | CUE_FUTURE));
    bool sure = is_name(surface_slice(p->on, hit->where.lo, hit->where.hi)) && ours && !foreign;
    if (wrong && (loose || (t ? !sure : (p->cues & CUE_IF) != 0))) return;
    for (uint32_t i = p->token_lo; i < p->token_hi; i++)
        if (&p->on->tokens[i] == t) p->on->used[i] = 1;
    claim *c = claim_add(j, p, by->lo, hit->where.hi, CLAIM_HARDWARE, &s);
    if (!c || c->verdict == VERDICT_NOT_ABOUT_US) return;
    c->normal = judge_printf(j, "= %llu", (unsigned long long)said);
    c->subject = j->m->entities[is->attr->entity].id;
    c->plain = true; /* it names what it counts */
    str says = is->attr->views[0].quantity.value;
    if (!wrong)
        claim_supported(j, c, &is->attr->fact, says, STR("as many are declared"));
    else if (!sure)
        claim_unverified(j, c, judge_printf(j, "one more than the %.*s declared, not said to be here", STR_ARG(says)));
    else
        claim_contradicted(j, c, &is->attr->fact, says,
                           judge_printf(j, "%llu is more than %.*s", (unsigned long long)said, STR_ARG(says)));
}

void judge_model_counts(judge *j, passage *p) {
    if (p->kind != PASSAGE_SENTENCE) return;
    for (uint32_t h = p->hit_lo; h < p->hit_hi; h++) {
        const alias_hit *hit = &p->on->hits[h];
        uint32_t entity = hit->inside < 0 ? hit_entity(j, hit, ENTITY_HARDWARE) : MANIFEST_NONE;
        if (entity == MANIFEST_NONE) continue;
        const token *t = number_before(p, hit);
        counting by = {.number = t};
        passage_prepare(j, p);
        if (t) {
            by.lo = t->text.lo;
            by.said = (uint64_t)t->value.digits;
            if (!is_thing_itself(p, hit) && !is_at_work(p, hit)) continue;
        } else if (!count_in_words(p, hit, &by)) {
            continue;
        }
        judge_count(j, p, hit, &j->m->entities[entity], &by);
    }
}
