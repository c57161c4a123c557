/* bandwidth.c - decode faster than the memory can be read.
 *
 *     one stream reads every active weight once a token:   tok/s <= bandwidth / (active parameters * bits / 8)
 *     200 GB/s, 5 B active, 16 bits                        at most 20 tok/s
 *
 * In: a sentence that gives one decode rate of one model. Out: a finding physics-bandwidth, only where all operands are
 * known: the bandwidth of the machine that the sentence is about, the active parameters, the precision (the article's
 * own word before the manifest's), that there is one stream, and that nothing is speculated. The last is known where
 * the article says so, or the manifest (`speculation: {value: none}`), and the article nowhere says that it is on: with
 * several tokens a pass the ceiling is another.
 */
#include "facts/physics/physics.h"

/* The greatest of the attribute's views in base units; 0 without one. */
static double attr_most(const judge *j, const manifest_entity *e, str name, enum unit_dimension dimension) {
    const manifest_attr *attr = manifest_find_attr(j->m, e, name);
    double most = 0;
    for (uint32_t v = 0; attr && v < attr->view_count; v++) {
        const manifest_quantity *q = &attr->views[v].quantity;
        const unit_info *u = unit_get(q->measure);
        if (!q->number.valid || u->dimension != dimension) continue;
        double value = decimal_to_f64(q->number) * u->factor;
        if (value > most) most = value;
    }
    return most;
}

/* Is one stream spoken of: "at batch 1", "batch size of one", "in a single stream", "one request at a time"? */
static bool is_one_stream(const passage *p) {
    for (uint32_t w = 0; w < p->word_count; w++) {
        uint32_t number = w + 1;
        if (word_is(p, w, "batch")) {
            while (word_in(p, number, "size of")) number++;
        } else if (!word_is(p, w, "bs")) {
            if (word_in(p, w, "one single 1") && word_in(p, w + 1, "stream request user client sequence session"))
                return true;
            continue;
        }
        if (!word_in(p, number, "1 one")) continue;
        uint32_t next = number + 1 + word_in(p, number + 1, "to and or through");
        bool range = next < p->word_count && byte_is_digit(p->on->text.p[p->words[next].lo]) && unit_get(UNIT_NONE) &&
                     p->words[next].lo - p->words[number].hi < 6;
        if (!range) return true;
    }
    return false;
}

/* Does word `i` speak of guessing tokens ahead? */
static bool is_speculation(const passage *p, uint32_t i) {
    str here = surface_slice(p->on, p->words[i].lo, p->words[i].hi);
    if (here.n >= 9 && str_eq_nocase(str_slice(here, 0, 9), STR("speculati"))) return true;
    if (word_in(p, i, "MTP EAGLE EAGLE2 EAGLE3 Medusa DFlash speculator drafter lookahead")) return true;
    if (word_is(p, i, "draft")) return word_in(p, i + 1, "model models token tokens head heads");
    return word_is(p, i, "multi") && word_is(p, i + 1, "token");
}

/* Is it said to be off: "without speculative decoding or MTP", "speculation is off"? */
static bool is_off(const passage *p, uint32_t i) {
    for (uint32_t k = i; k > 0 && i - k < 5; k--) {
        if (word_in(p, k - 1, "with but only just while")) break;
        if (p->words[k - 1].cues & CUE_NEGATION) return true;
    }
    for (uint32_t k = i + 1; k < p->word_count && k < i + 5; k++) {
        if (word_in(p, k, "on enabled with but")) return false;
        if (word_in(p, k, "off disabled not never none")) return true;
    }
    return false;
}

/* Does every negation of the sentence say that nothing is speculated? "Without speculative decoding the model decodes
 * 200 tok/s" denies no rate. */
static bool denies_only_speculation(const passage *p) {
    bool any = false;
    for (uint32_t w = 0; w < p->word_count; w++) {
        if (!(p->words[w].cues & CUE_NEGATION)) continue;
        uint32_t k = w + 1;
        while (k < p->word_count && k < w + 3 && !is_speculation(p, k)) k++;
        if (!word_in(p, w, "without no") || k >= p->word_count || !is_speculation(p, k)) return false;
        any = true;
    }
    return any && !physics_any(p, p->text.lo, p->text.hi,
                               "short hardly barely scarcely fails misses below under impossible unreachable dream "
                               "nobody neither nor");
}

enum speculation { SPECULATION_UNKNOWN, SPECULATION_OFF, SPECULATION_ON };

/* What the whole article says of it. */
static enum speculation speculation_said(judge *j) {
    enum speculation said = SPECULATION_UNKNOWN;
    for (uint32_t i = 0; i < j->passage_count; i++) {
        passage *p = &j->passages[i];
        passage_prepare(j, p);
        for (uint32_t w = 0; w < p->word_count; w++) {
            if (!is_speculation(p, w)) continue;
            if (!is_off(p, w)) return SPECULATION_ON;
            said = SPECULATION_OFF;
        }
    }
    return said;
}

/* Is it known that nothing is speculated: the article says so, or the manifest and the article does not differ? */
static bool none_is_speculated(const judge *j, const manifest_entity *model, enum speculation said) {
    const manifest_attr *attr = manifest_find_attr(j->m, model, STR("speculation"));
    bool declared = attr && str_is_among(attr->views[0].quantity.value, "none off no");
    return attr ? declared && said != SPECULATION_ON : said == SPECULATION_OFF;
}

/* The one model of the passage whose active parameters are declared; NULL where there is none, or several. */
static const manifest_entity *model_in(const judge *j, const passage *p, bool *several) {
    const manifest_entity *found = NULL;
    for (uint32_t h = p->hit_lo; h < p->hit_hi; h++) {
        uint32_t e = hit_entity(j, &p->on->hits[h], ENTITY_COMPONENT);
        if (e == MANIFEST_NONE || !manifest_find_attr(j->m, &j->m->entities[e], STR("active_parameters"))) continue;
        if (found && found != &j->m->entities[e]) *several = true;
        found = &j->m->entities[e];
    }
    return *several ? NULL : found;
}

static bool in_a_hit(const passage *p, uint32_t lo, uint32_t hi) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi; h++)
        if (p->on->hits[h].where.lo <= lo && hi <= p->on->hits[h].where.hi) return true;
    return false;
}

/* Does the passage name a machine that is not declared ("a rented H100", "on Groq"), or several of one? */
static bool names_other_machine(const passage *p) {
    for (uint32_t i = p->token_lo; i < p->token_hi; i++) {
        const token *t = &p->on->tokens[i];
        if (t->kind == TOKEN_IDENT && !in_a_hit(p, t->text.lo, t->text.hi) &&
            precision_bits(surface_slice(p->on, t->text.lo, t->text.hi)) == 0)
            return true;
    }
    for (uint32_t w = 0; w < p->word_count; w++) {
        if (in_a_hit(p, p->words[w].lo, p->words[w].hi)) continue;
        if (p->words[w].marks & (MARK_MACHINE | MARK_MACHINES | MARK_DEVICE)) return true;
        if (word_in(p, w, "two three four eight both pair cluster tensor parallel rented cloud")) return true;
        if (!word_is(p, w, "on")) continue;
        uint32_t at = w + 1 + word_in(p, w + 1, "the our my this a an one");
        if (at < p->word_count && !in_a_hit(p, p->words[at].lo, p->words[at].hi) && !word_in(p, at, "it average"))
            return true;
    }
    return false;
}

/* The machine that the passage is about: named in it, else in the sentence before it or in what stands above it. */
static const manifest_entity *machine_of(judge *j, passage *p) {
    const uint32_t places[] = {PASSAGE_NONE, p->previous, p->lead, p->heading};
    for (size_t k = 0; k < COUNT_OF(places); k++) {
        if (k && places[k] == PASSAGE_NONE) continue;
        passage *at = k ? &j->passages[places[k]] : p;
        const manifest_entity *found = NULL;
        passage_prepare(j, at);
        if (names_other_machine(at)) return NULL;
        for (uint32_t h = at->hit_lo; h < at->hit_hi; h++) {
            if (hit_entity(j, &at->on->hits[h], ENTITY_HOST) != MANIFEST_NONE) return NULL;
            uint32_t e = hit_entity(j, &at->on->hits[h], ENTITY_HARDWARE);
            if (e == MANIFEST_NONE) continue;
            if (found && found != &j->m->entities[e]) return NULL;
            found = &j->m->entities[e];
        }
        if (found) return found;
    }
    return NULL;
}

static void check_rate(judge *j, passage *p, const token *t, bool *asked, enum speculation *said) {
    double stated = decimal_to_f64(t->value) * unit_get(t->unit)->factor;
    passage_prepare(j, p);
    if (p->cues & (CUE_OTHERS | CUE_REPORT) || !is_one_stream(p) ||
        !physics_begins(p, p->text.lo, p->text.hi, "decod generat") ||
        physics_any(p, p->text.lo, p->text.hi, "prefill prompt"))
        return;
    bool several = false;
    const manifest_entity *model = model_in(j, p, &several), *box = machine_of(j, p);
    if (!model && !several && p->previous != PASSAGE_NONE) model = model_in(j, &j->passages[p->previous], &several);
    if (!model || !box) return;
    double bits, bandwidth = attr_most(j, box, STR("memory_bandwidth"), DIM_DATA_RATE),
                 active = attr_most(j, model, STR("active_parameters"), DIM_PARAMS);
    enum precision named = precision_named(p, &bits);
    if (named == PRECISION_UNNAMED) { /* what is declared, unless the section speaks of another */
        const manifest_attr *format = manifest_find_attr(j->m, model, STR("quantization"));
        bits = format && format->view_count == 1 ? precision_bits(format->views[0].quantity.value) : 0;
        if (bits > 0 && precision_elsewhere(j, p)) return;
    }
    if (named == PRECISION_UNCLEAR || bandwidth <= 0 || active <= 0 || bits <= 0) return;
    double ceiling = bandwidth / (active * bits / 8);
    if (stated <= ceiling * 1.05) return;
    stance_view s = stance_at(j, p, t->text.lo, t->text.hi);
    if (s.others || s.foreign || s.past) return;
    if (!*asked) *said = speculation_said(j), *asked = true; /* once, it reads the whole article */
    if (!none_is_speculated(j, model, *said)) return;
    bool denied = s.denied && (s.stance == STANCE_NEGATED || s.stance == STANCE_ASSERTED) && denies_only_speculation(p);
    if (!denied && !physics_stated(j, p, t->text.lo, t->text.hi)) return;
    physics_finding(j, "physics-bandwidth", p, t->text.lo, t->text.hi,
                    judge_printf(j, "%g GB/s over %g B active weights of %g bits are at most %.3g tok/s in one stream",
                                 bandwidth / 1e9, active / 1e9, bits, ceiling));
}

void bandwidth_in_article(judge *j) {
    bool asked = false;
    enum speculation said = SPECULATION_UNKNOWN;
    for (uint32_t i = 0; i < j->passage_count && !j->failed; i++) {
        passage *p = &j->passages[i];
        const token *rate = NULL;
        uint32_t rates = 0;
        if (!physics_is_short(p)) continue;
        for (uint32_t k = p->token_lo; k < p->token_hi; k++) {
            const token *t = &p->on->tokens[k];
            if (t->kind == TOKEN_QUANTITY && unit_get(t->unit)->dimension == DIM_TOKEN_RATE) rate = t, rates++;
        }
        if (rates == 1 && rate->value.valid && rate->bound != BOUND_MAX &&
            !(rate->flags & (TOKEN_CHANGE | TOKEN_INTERVAL)))
            check_rate(j, p, rate, &asked, &said);
    }
}
