/* exposes.c - what a service is said to offer, against the closed list of what it exposes.
 *
 *     "The gateway exposes | chat completions | the local file system | and a shell for maintenance"
 *      service     verb      item               item                     item
 *
 * The verb's sentence names the service or has it as running subject ("This server …", "These tools interact with …").
 * An item that names a declared one is supported; one that shares no word with any of them is contradicted where the
 * list is closed; one that shares a word is left unverified. Words that name nothing in particular (tools, things, an
 * API) are passed over. A denial of what is not listed is supported.
 */
#include "facts/judge.h"

static bool is_generic(const passage *p, const pword *w) {
    static const char *const words[] = {
        "tool",     "tools",      "thing",        "things",  "function", "functions",   "operation", "operations",
        "endpoint", "endpoints",  "api",          "apis",    "service",  "services",    "interface", "interfaces",
        "data",     "capability", "capabilities", "feature", "features", "everything",  "nothing",   "something",
        "anything", "port",       "ports",        "llm",     "model",    "models",      "client",    "clients",
        "access",   "support",    "way",          "call",    "calls",    "request",     "requests",  "method",
        "methods",  "set",        "more",         "less",    "exactly",  "only",        "four",      "five",
        "three",    "two",        "six",          "seven",   "local",    "entire",      "whole",     "full",
        "own",      "each",       "item",         "items",   "metrics",  "information", "user",      "users",
        "world",    "network",    "internet",     "address"};
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (str_eq_nocase(surface_slice(p->on, w->lo, w->hi), str_from_cstr(words[i]))) return true;
    return byte_is_digit(p->on->text.p[w->lo]);
}

/* Is word i the verb of exposing? Returns the index of the word behind it, 0 when it is not. */
static uint32_t behind_verb(const passage *p, uint32_t i) {
    if (!(p->words[i].cues & CUE_EXPOSE)) return 0;
    if (word_is(p, i, "interact") || word_is(p, i, "interacts")) return word_is(p, i + 1, "with") ? i + 2 : 0;
    if (word_is(p, i, "give") || word_is(p, i, "gives"))
        return word_is(p, i + 1, "access") && word_is(p, i + 2, "to") ? i + 3 : 0;
    return i + 1;
}

static const manifest_entity *service_of(judge *j, passage *p, uint32_t verb, bool tools) {
    const manifest_entity *found = NULL;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && p->on->hits[h].where.hi <= p->words[verb].lo; h++) {
        uint32_t e = hit_entity(j, &p->on->hits[h], ENTITY_SERVICE);
        if (e != MANIFEST_NONE && p->on->hits[h].inside < 0) found = &j->m->entities[e];
    }
    if (found) return found->exposes.fact.id.p ? found : NULL;
    /* Running subject: only where this sentence begins with a word that points back. */
    bool back = word_is(p, 0, "it") || word_is(p, 0, "this") || word_is(p, 0, "these") || word_is(p, 0, "they") ||
                word_is(p, 0, "its") || tools;
    if (!back) return NULL;
    for (uint32_t at = p->previous, k = 0; at != PASSAGE_NONE && k < 6; at = j->passages[at].previous, k++) {
        passage *q = &j->passages[at];
        for (uint32_t h = q->hit_hi; h > q->hit_lo; h--) {
            uint32_t e = hit_entity(j, &q->on->hits[h - 1], ENTITY_SERVICE);
            if (e != MANIFEST_NONE) return j->m->entities[e].exposes.fact.id.p ? &j->m->entities[e] : NULL;
        }
    }
    if (p->heading == PASSAGE_NONE) return NULL;
    const passage *q = &j->passages[p->heading];
    for (uint32_t h = q->hit_lo; h < q->hit_hi; h++) {
        uint32_t e = hit_entity(j, &q->on->hits[h], ENTITY_SERVICE);
        if (e != MANIFEST_NONE) return j->m->entities[e].exposes.fact.id.p ? &j->m->entities[e] : NULL;
    }
    return NULL;
}

static bool text_has_stem(str text, uint64_t stem) {
    uint32_t at = 0, lo, hi;
    while (fact_word_next(text, &at, &lo, &hi))
        if (fact_stem(str_slice(text, (ptrdiff_t)lo, (ptrdiff_t)hi)) == stem) return true;
    return false;
}

static bool item_has_stem(const manifest_item *item, uint64_t stem) {
    if (text_has_stem(item->name, stem)) return true;
    for (uint32_t i = 0; i < item->aliases.n; i++)
        if (text_has_stem(item->aliases.at[i].text, stem)) return true;
    return false;
}

typedef struct piece {
    uint32_t lo, hi;  /* words */
    uint32_t content; /* words that name something */
} piece;

static void judge_piece(judge *j, passage *p, const manifest_entity *service, piece x, bool sure) {
    const manifest_list *list = &service->exposes;
    uint32_t lo = p->words[x.lo].lo, hi = p->words[x.hi - 1].hi;
    stance_view s = stance_at(j, p, lo, hi);
    uint32_t known = MANIFEST_NONE;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && known == MANIFEST_NONE; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (hit->where.lo < lo || hit->where.hi > hi) continue;
        for (uint32_t t = 0; t < hit->target_count; t++)
            if (hit->targets[t].kind == ALIAS_EXPOSED && &j->m->entities[hit->targets[t].index] == service)
                known = hit->targets[t].part;
    }
    uint32_t best_shared = 0, nearest = MANIFEST_NONE;
    for (uint32_t i = 0; i < list->n && known == MANIFEST_NONE; i++) {
        uint32_t shared = 0;
        for (uint32_t w = x.lo; w < x.hi; w++)
            if (!(p->words[w].cues & CUE_STOP) && item_has_stem(&list->items[i], p->words[w].stem)) shared++;
        if (shared > best_shared) best_shared = shared, nearest = i;
    }
    if (known == MANIFEST_NONE && best_shared && best_shared == x.content) known = nearest;
    claim *c = claim_add(j, p, lo, hi, CLAIM_EXPOSES, &s);
    if (!c || c->verdict == VERDICT_NOT_ABOUT_US) return;
    c->subject = service->id;
    if (known != MANIFEST_NONE) {
        if (s.denied)
            claim_unverified(j, c, STR("a denial of what is listed"));
        else
            claim_supported(j, c, &list->fact, list->items[known].name, STR("on the list of what it exposes"));
    } else if (list->world != WORLD_CLOSED || best_shared) {
        claim_unverified(
            j, c, best_shared ? STR("shares a word with what is listed") : STR("not listed, and the list is open"));
    } else if (s.denied) {
        c->stance = STANCE_NEGATED;
        claim_supported(j, c, &list->fact, STR("a closed list"),
                        STR("a truthful denial: the closed list does not hold it"));
    } else if (!sure) {
        claim_unverified(j, c, STR("not listed, but \"offers\" may mean anything"));
    } else if (!s.loose && !s.others) {
        claim_contradicted(
            j, c, &list->fact, list->n ? list->items[0].name : STR("nothing"),
            judge_printf(j, "%.*s exposes a closed list of %u, this is not among them", STR_ARG(service->id), list->n));
    }
}

static bool ends_piece(const passage *p, uint32_t i) {
    static const char *const words[] = {"for",     "to",      "that",  "which", "who",   "each", "behind",
                                        "because", "so",      "when",  "where", "while", "but",  "without",
                                        "via",     "through", "if",    "since", "on",    "by",   "in",
                                        "with",    "from",    "until", "at"};
    for (size_t k = 0; k < COUNT_OF(words); k++)
        if (word_is(p, i, words[k])) return true;
    return false;
}

/* "exposes", "interacts with", "gives access to"; "offers" and "provides" say many other things too. */
static bool is_strict_verb(const passage *p, uint32_t i) {
    return !word_is(p, i, "offer") && !word_is(p, i, "offers") && !word_is(p, i, "offering") &&
           !word_is(p, i, "offered") && !word_is(p, i, "provide") && !word_is(p, i, "provides") &&
           !word_is(p, i, "provided") && !word_is(p, i, "providing");
}

static bool names_item(const judge *j, const passage *p, const manifest_entity *service) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi; h++)
        for (uint32_t t = 0; t < p->on->hits[h].target_count; t++)
            if (p->on->hits[h].targets[t].kind == ALIAS_EXPOSED &&
                &j->m->entities[p->on->hits[h].targets[t].index] == service)
                return true;
    return false;
}

static void judge_items(judge *j, passage *p, const manifest_entity *service, uint32_t from, bool sure) {
    /* "exposes exactly four things: a, b": the items stand behind the colon. */
    for (uint32_t i = from; i < p->word_count && i < from + 8; i++)
        if (p->on->text.p[p->words[i].hi < p->text.hi ? p->words[i].hi : p->text.hi - 1] == ':') {
            from = i + 1;
            break;
        }
    bool skipping = false;
    piece x = {from, from, 0};
    for (uint32_t i = from; i <= p->word_count && i < from + 64; i++) {
        bool end = i == p->word_count;
        bool broken = !end && i > from;
        if (broken) {
            broken = false;
            for (uint32_t k = p->words[i - 1].hi; k < p->words[i].lo; k++) {
                uint8_t c = p->on->text.p[k];
                if (c == ';' || c == '(' || c == '.') end = true;
                broken = broken || c == ',';
            }
        }
        bool joins = !end && (word_is(p, i, "and") || word_is(p, i, "or") || word_is(p, i, "nor"));
        bool addition = !end && word_is(p, i, "in") && word_is(p, i + 1, "addition");
        if (end || broken || joins || addition) {
            if (x.content && x.hi > x.lo) judge_piece(j, p, service, x, sure);
            if (end) return;
            x = (piece){i + (joins || addition), i + (joins || addition), 0};
            skipping = addition;
            if (joins || addition) continue;
        }
        if (skipping) { /* "in addition to the tenant listing" */
            if (word_is(p, i, "addition") || word_is(p, i, "to")) {
                x = (piece){i + 1, i + 1, 0};
                continue;
            }
            skipping = false;
        }
        if (ends_piece(p, i) && x.hi > x.lo) {
            if (x.content) judge_piece(j, p, service, x, sure);
            x = (piece){i, i, 0};
            /* What follows up to the next comma qualifies the item. */
            while (i + 1 < p->word_count &&
                   !str_eq(str_trim(surface_slice(p->on, p->words[i].hi, p->words[i + 1].lo)), STR(",")) &&
                   !word_is(p, i + 1, "and"))
                i++;
            x.lo = x.hi = i + 1;
            continue;
        }
        bool means =
            !(p->words[i].cues & (CUE_STOP | CUE_NEGATION)) && !ends_piece(p, i) && !is_generic(p, &p->words[i]);
        if (x.hi == x.lo && !means) {
            x.lo = x.hi = i + 1;
            if (!is_generic(p, &p->words[i])) continue;
            x.lo = i;
        }
        x.hi = i + 1;
        x.content += means;
    }
}

/* "It does not run SQL, it cannot restart a service": denials of acts by a service whose list is closed. */
static void judge_denied_acts(judge *j, passage *p) {
    if (!(p->cues & CUE_NEGATION) || !(word_is(p, 0, "it") || word_is(p, 0, "the"))) return;
    for (uint32_t i = 1; i + 2 < p->word_count; i++) {
        bool no = (word_is(p, i, "does") && word_is(p, i + 1, "not")) || word_is(p, i, "cannot") ||
                  (word_is(p, i, "can") && word_is(p, i + 1, "not"));
        if (!no) continue;
        uint32_t verb = word_is(p, i, "cannot") ? i + 1 : i + 2;
        static const char *const acts[] = {"run",  "delete", "restart", "execute", "write",
                                           "read", "touch",  "modify",  "stop",    "reach"};
        bool act = false;
        for (size_t k = 0; k < COUNT_OF(acts); k++) act = act || word_is(p, verb, acts[k]);
        const manifest_entity *service = act ? service_of(j, p, verb, false) : NULL;
        if (!service || service->exposes.world != WORLD_CLOSED || verb + 1 >= p->word_count) continue;
        uint32_t object = verb + 1;
        while (object + 1 < p->word_count && p->words[object].cues & CUE_STOP) object++;
        if (word_is(p, object, "tools") || word_is(p, object, "code") || word_is(p, object, "requests")) continue;
        stance_view s = stance_at(j, p, p->words[i].lo, p->words[object].hi);
        claim *c = claim_add(j, p, p->words[i].lo, p->words[object].hi, CLAIM_EXPOSES, &s);
        if (!c) return;
        c->stance = STANCE_NEGATED;
        c->subject = service->id;
        for (uint32_t k = 0; k < service->exposes.n; k++)
            if (item_has_stem(&service->exposes.items[k], p->words[object].stem)) {
                claim_unverified(j, c, STR("a denial that touches what is listed"));
                c = NULL;
                break;
            }
        if (c) claim_supported(j, c, &service->exposes.fact, STR("a closed list"), STR("a truthful denial"));
        i = object;
    }
}

/* A row or a line that names a declared item or its route, under a heading or behind a lead that names the service. */
static void judge_listed(judge *j, passage *p) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi; h++) {
        const alias_hit *hit = &p->on->hits[h];
        for (uint32_t t = 0; t < hit->target_count; t++) {
            if (hit->targets[t].kind != ALIAS_EXPOSED || hit->inside >= 0) continue;
            context near;
            context_make(j, p, hit->where.lo, hit->where.hi, &near);
            if (context_entity(&near, hit->targets[t].index) > REGION_HEADING) continue;
            const manifest_entity *service = &j->m->entities[hit->targets[t].index];
            stance_view s = stance_at(j, p, hit->where.lo, hit->where.hi);
            if (s.stance != STANCE_ASSERTED || s.denied) continue;
            claim *c = claim_add(j, p, hit->where.lo, hit->where.hi, CLAIM_EXPOSES, &s);
            if (!c) return;
            c->subject = service->id;
            claim_supported(j, c, &service->exposes.fact, service->exposes.items[hit->targets[t].part].name,
                            STR("on the list of what it exposes"));
            break;
        }
    }
}

void judge_exposes(judge *j) {
    if (!j->m || !j->about_us) return;
    for (uint32_t n = 0; n < j->passage_count && !j->failed; n++) {
        passage *p = &j->passages[n];
        if (p->flags & PASSAGE_IN_QUOTE) continue;
        if (p->kind == PASSAGE_CELL || p->kind == PASSAGE_CODE) judge_listed(j, p);
        if (p->kind != PASSAGE_SENTENCE) continue;
        passage_prepare(j, p);
        for (uint32_t i = 0; p->cues & CUE_EXPOSE && i < p->word_count; i++) {
            uint32_t from = behind_verb(p, i);
            if (!from || from >= p->word_count) continue;
            const manifest_entity *service = service_of(j, p, i, word_is(p, 1, "tools"));
            if (service) judge_items(j, p, service, from, is_strict_verb(p, i) || names_item(j, p, service));
            i = from;
        }
        if (p->cues & CUE_NEGATION) judge_denied_acts(j, p);
    }
}
