/* model_counts.c - how many of a model are there?
 *
 *     "octavo carries two NVIDIA A2 cards"      of a card of which the manifest counts one
 *     "cherwell holds eight L40S"               of four, by the machine's own count of them
 *     "two DGX Spark units"                     of one
 *
 * In: a sentence, a number right before the name of declared hardware. Out: a claim that agrees with the count, or is
 * contradicted by it where it says more than there are: fewer may be some of them. It never judges what a sentence says
 * of such cards in general: a machine or the first person must be there.
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

static void judge_count(judge *j, passage *p, const alias_hit *hit, const manifest_entity *e, const token *t) {
    counted model = {0}, here = {0};
    context near;
    bool machine = false;
    context_make(j, p, t->text.lo, hit->where.hi, &near);
    for (uint32_t i = 0; i < near.mention_count; i++) {
        const manifest_entity *m = &j->m->entities[near.mentions[i].entity];
        if (near.mentions[i].region > REGION_SENTENCE || !is_machine(m) || m == e) continue;
        machine = true;
        count_in_machine(j, m, e, &here);
    }
    count_of_model(j, e, &model);
    const counted *is = here.attr ? &here : &model;
    uint64_t said = (uint64_t)t->value.digits, most = model.count > is->count ? model.count : is->count;
    if (!is->attr || said < 2 || (said != is->count && said <= most)) return; /* fewer: some of them */
    stance_view s = stance_at(j, p, t->text.lo, hit->where.hi);
    bool wrong = said != is->count, loose = s.loose || s.denied || s.past || s.others;
    loose = loose || p->cues & CUE_MODAL; /* "With two of them, I could run a larger one" */
    if (s.stance != STANCE_ASSERTED && s.stance != STANCE_HISTORICAL) return;
    bool main = j->main_hardware == (uint32_t)(e - j->m->entities);
    bool made = main && existence_is_made_of(j, p, t->text.lo);
    bool ours = machine || made || p->cues & CUE_FIRST || (main && is_at_work(p, hit));
    if (wrong && (!is_name(surface_slice(p->on, hit->where.lo, hit->where.hi)) || loose || !ours ||
                  (!made && stance_is_foreign(j, p, t->text.lo, hit->where.hi))))
        return;
    for (uint32_t i = p->token_lo; i < p->token_hi; i++)
        if (&p->on->tokens[i] == t) p->on->used[i] = 1;
    claim *c = claim_add(j, p, t->text.lo, hit->where.hi, CLAIM_HARDWARE, &s);
    if (!c || c->verdict == VERDICT_NOT_ABOUT_US) return;
    c->normal = judge_printf(j, "= %llu", (unsigned long long)said);
    c->subject = j->m->entities[is->attr->entity].id;
    c->plain = true; /* it names what it counts */
    str says = is->attr->views[0].quantity.value;
    if (!wrong)
        claim_supported(j, c, &is->attr->fact, says, STR("as many are declared"));
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
        if (!t) continue;
        passage_prepare(j, p);
        if (is_thing_itself(p, hit) || is_at_work(p, hit)) judge_count(j, p, hit, &j->m->entities[entity], t);
    }
}
