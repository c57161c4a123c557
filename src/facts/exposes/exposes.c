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
#include "facts/exposes/exposes.h"

#include "facts/reading/standing.h"

enum { PIECE_WORDS = 64 };

bool exposes_is_generic(const passage *p, const pword *w) {
    static const char words[] =
        "tool tools thing things function functions operation operations endpoint endpoints api apis service services "
        "interface interfaces data capability capabilities feature features everything nothing something anything port "
        "ports llm model models client clients access support way call calls request requests method methods set more "
        "less exactly only four five three two six seven local entire whole full own each item items metrics "
        "information user users world network internet address too also well one ones below above following listed";
    return word_in(p, (uint32_t)(w - p->words), words) || byte_is_digit(p->on->text.p[w->lo]);
}

/* "the model", "my agents", "it", "Claude": to whom something is exposed. The word behind, or i. */
static uint32_t skip_recipient(const passage *p, uint32_t i) {
    static const char whom[] = "model models llm llms agent agents assistant it them me us you claude assistants client"
                               " clients user users anyone which engine bot ai";
    for (uint32_t k = i; k < p->word_count && k < i + 4; k++) {
        if (word_in(p, k, whom)) return k + 1;
        bool goes_on = word_in(p, k, "the my our an a any local language ai every each connected");
        if (!goes_on) break;
    }
    return i;
}

/* "… [full write] access to": the word behind it, when it follows within a few words of i; else 0. */
static uint32_t behind_access(const passage *p, uint32_t i) {
    for (uint32_t k = i; k + 2 < p->word_count && k < i + 4; k++) {
        if (word_is(p, k, "access") && word_is(p, k + 1, "to")) return k + 2;
        if (p->words[k].cues & CUE_NEGATION && !word_is(p, k, "no")) return 0;
    }
    return 0;
}

static bool is_tool(const passage *p, uint32_t i) {
    return word_in(p, i, "tool tools function functions operation operations endpoint endpoints");
}

/* "tools for querying …", "a tool to publish …": the word behind, where that begins within a few words of i; else 0. */
static uint32_t behind_tools(const passage *p, uint32_t i) {
    for (uint32_t k = i; k + 1 < p->word_count && k < i + 4; k++)
        if (is_tool(p, k) && word_in(p, k + 1, "for to")) return k + 2;
    return 0;
}

/* "has a `publish_article` tool": does a noun phrase from word i on end in the word for one? */
static bool is_a_tool(const passage *p, uint32_t i) {
    if (!word_in(p, i, "a an")) return false;
    for (uint32_t k = i + 1; k < p->word_count && k < i + 5; k++) {
        if (is_tool(p, k)) return k > i + 1;
        if (p->words[k].cues & (CUE_STOP | CUE_NEGATION)) return false;
    }
    return false;
}

/* What kind of phrase of exposing begins at word i, and at which word its items begin. */
enum phrase exposes_phrase_at(const passage *p, uint32_t i, uint32_t *from) {
    static const char plain[] = "exposes expose exposed exposing";
    static const char offers[] = "offers offer offering provides provide providing";
    static const char gives[] = "gives give gave grants grant allows allow";
    static const char lets[] = "lets let allows allow enables enable permits";
    if (!(p->words[i].cues & CUE_EXPOSE)) return PHRASE_NONE;
    if (word_in(p, i, plain)) {
        if ((*from = behind_tools(p, i + 1))) return PHRASE_CAPABILITY; /* "exposes tools for querying …" */
        return *from = i + 1, PHRASE_STRICT;
    }
    if (word_is(p, i, "interact") || word_is(p, i, "interacts"))
        return *from = i + 2, word_is(p, i + 1, "with") ? PHRASE_STRICT : PHRASE_NONE;
    uint32_t has = i + 1 + word_in(p, i + 1, "now also even");
    if (word_in(p, i, "has have includes include") && (*from = behind_tools(p, has))) return PHRASE_CAPABILITY;
    if (word_in(p, i, "has have includes include") && is_a_tool(p, has)) return *from = has + 1, PHRASE_OFFER;
    if (word_in(p, i, "has have gets get")) return (*from = behind_access(p, i + 1)) ? PHRASE_CAPABILITY : PHRASE_NONE;
    if (word_in(p, i, gives) && (*from = behind_access(p, skip_recipient(p, i + 1)))) return PHRASE_STRICT;
    if (word_in(p, i, "gives give gave grants") &&
        skip_recipient(p, i + 1) > i + 1) /* "gives you a terminal and a notebook" */
        return *from = skip_recipient(p, i + 1), PHRASE_OFFER;
    if (word_in(p, i, offers)) {
        if ((*from = behind_access(p, i + 1))) return PHRASE_STRICT;
        if ((*from = behind_tools(p, i + 1))) return PHRASE_CAPABILITY;
        return *from = i + 1, PHRASE_OFFER;
    }
    if (word_in(p, i, lets)) {
        uint32_t whom = skip_recipient(p, i + 1);
        if (whom == i + 1) return PHRASE_NONE;
        return *from = whom + word_is(p, whom, "to"), PHRASE_CAPABILITY;
    }
    if ((word_is(p, i, "include") || word_is(p, i, "includes")) && i > 0 && word_is(p, i - 1, "tools"))
        return *from = i + 1, PHRASE_CAPABILITY;
    for (uint32_t k = i; word_is(p, i, "include") && k > 0 && i - k < 7;
         k--) /* "The tools that it exposes include …" */
        if (word_in(p, k - 1, "other others every"))
            break;
        else if (word_in(p, k - 1, "tools operations functions") && k < 4)
            return *from = i + 1, PHRASE_CAPABILITY;
    return PHRASE_NONE;
}

/* "Through the MCP server the LLM can execute …", "the agent can restart containers through it", "has access to": what
 * somebody can do by way of the service. */
static bool is_by_way(const judge *j, const passage *p, uint32_t can, bool *pronoun, uint32_t *from) {
    static const char ways[] = "through via with using";
    *from = can + 1;
    if (word_in(p, can, "can may") && word_in(p, can + 1, "call use invoke") && word_in(p, can + 2, "it") &&
        word_in(p, can + 3, "to") && can + 4 < p->word_count) /* "Any assistant can call it to submit comments" */
        return *pronoun = true, *from = can + 4, true;
    if (word_in(p, can, "can may") && word_in(p, can + 1, "call use invoke")) /* "agents can use the MCP server to" */
        for (uint32_t h = p->hit_lo; h < p->hit_hi; h++) {
            uint32_t to = standing_word_at(p, p->on->hits[h].where.hi);
            if (hit_entity(j, &p->on->hits[h], ENTITY_SERVICE) == MANIFEST_NONE || !word_in(p, to, "to") ||
                p->on->hits[h].where.lo > p->words[can + 1].hi + 8 || p->on->hits[h].where.lo < p->words[can + 1].hi)
                continue;
            return *pronoun = false, *from = to + 1, to + 1 < p->word_count;
        }
    if (!word_in(p, can, "can has have gets get") || can == 0 || can + 2 >= p->word_count) return false;
    for (uint32_t i = 0; i + 1 < p->word_count; i++) {
        if (!word_in(p, i, ways)) continue;
        if (word_is(p, i + 1, "it") || word_is(p, i + 1, "this") || word_is(p, i + 1, "these")) {
            *pronoun = true;
            return true;
        }
        for (uint32_t h = p->hit_lo; h < p->hit_hi; h++)
            if (hit_entity(j, &p->on->hits[h], ENTITY_SERVICE) != MANIFEST_NONE &&
                p->on->hits[h].where.lo >= p->words[i].hi && p->on->hits[h].where.lo < p->words[i].hi + 8) {
                *pronoun = false;
                return true;
            }
    }
    return false;
}

/* "Through the MCP server any assistant can search. It can leave comments, too.": the sentence before says by which
 * way.
 */
static bool goes_on_by_way(const judge *j, const passage *p, uint32_t can, bool *pronoun, uint32_t *from) {
    if (can != 1 || !word_in(p, 0, "it they") || p->previous == PASSAGE_NONE) return false;
    bool more = word_in(p, 2, "also even");
    for (uint32_t i = 2; i < p->word_count; i++) more = more || word_in(p, i, "too");
    passage *before = &j->passages[p->previous];
    bool unused;
    for (uint32_t i = 0; more && before->flags & PASSAGE_READY && i < before->word_count; i++) {
        if (!word_is(before, i, "can") || !is_by_way(j, before, i, &unused, from)) continue;
        *from = 2 + word_in(p, 2, "also even");
        return *pronoun = true;
    }
    return false;
}

bool exposes_item_has_stem(const manifest_item *item, uint64_t stem) {
    if (fact_text_has_stem(item->name, stem)) return true;
    for (uint32_t i = 0; i < item->aliases.n; i++)
        if (fact_text_has_stem(item->aliases.at[i].text, stem)) return true;
    return false;
}

/* "/v1/tenants/delete" in a piece: the route that it is, or begins like; empty where it holds none. */
static str route_in(const passage *p, uint32_t lo, uint32_t hi) {
    for (uint32_t t = p->token_lo; t < p->token_hi && p->on->tokens[t].text.lo < hi; t++) {
        const token *k = &p->on->tokens[t];
        if (k->kind == TOKEN_PATH && k->text.lo + 1 >= lo && k->text.hi <= hi && p->on->text.p[k->text.lo] == '/')
            return surface_slice(p->on, k->text.lo, k->text.hi);
    }
    return (str){0};
}

/* Does the list declare routes? Then one that is none of them is another; `*known`: the item whose route it is. */
static bool lists_routes(const manifest_list *list, str route, uint32_t *known) {
    bool routes = false;
    for (uint32_t i = 0; i < list->n; i++)
        for (uint32_t k = 0; k <= list->items[i].aliases.n; k++) {
            str name = k ? list->items[i].aliases.at[k - 1].text : list->items[i].name;
            routes = routes || (name.n && name.p[0] == '/');
            if (str_eq(name, route)) *known = i;
        }
    return routes;
}

/* Is somebody else named before word `i`, who may be the one that offers it? */
static bool names_people_before(const passage *p, uint32_t i) {
    for (uint32_t k = 0; k < i && k < p->word_count; k++)
        if (p->words[k].cues & (CUE_OTHERS | CUE_REPORT)) return true;
    return false;
}

void exposes_judge_piece(judge *j, passage *p, const manifest_entity *service, piece x, enum phrase phrase) {
    const manifest_list *list = &service->exposes;
    uint32_t lo = p->words[x.lo].lo, hi = p->words[x.hi - 1].hi;
    stance_view s = stance_at(j, p, lo, hi);
    if (s.stance == STANCE_INSTRUCTION && (x.named || !(p->words[0].cues & CUE_IMPERATIVE)))
        s.stance = STANCE_ASSERTED; /* "it gives you a terminal" orders nothing */
    if (s.aside && !s.others && !names_people_before(p, x.lo)) s.aside = false; /* "subscribe readers to it" */
    if (word_is(p, x.hi, "against")) s.loose = false; /* "queries against the store": no comparison */
    uint32_t known = MANIFEST_NONE;
    str route = route_in(p, lo, hi);
    bool routed = route.n && lists_routes(list, route, &known);
    for (uint32_t h = p->hit_lo; h < p->hit_hi && known == MANIFEST_NONE && !routed; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (hit->where.lo < lo || hit->where.hi > hi) continue;
        for (uint32_t t = 0; t < hit->target_count; t++)
            if (hit->targets[t].kind == ALIAS_EXPOSED && &j->m->entities[hit->targets[t].index] == service)
                known = hit->targets[t].part;
    }
    uint32_t best_shared = 0, nearest = MANIFEST_NONE, tells[PIECE_WORDS], tell = 0; /* words that name something */
    for (uint32_t w = x.lo; w < x.hi && tell < PIECE_WORDS; w++)
        if (!(p->words[w].cues & CUE_STOP) && !exposes_is_generic(p, &p->words[w])) tells[tell++] = w;
    for (uint32_t i = 0; i < list->n && known == MANIFEST_NONE && !routed; i++) {
        uint32_t shared = 0;
        for (uint32_t k = 0; k < tell; k++) shared += exposes_item_has_stem(&list->items[i], p->words[tells[k]].stem);
        if (i < 64 && x.named >> i & 1 && shared < x.content) shared = 0; /* another entry is that one */
        if (shared > best_shared) best_shared = shared, nearest = i;
    }
    if (known == MANIFEST_NONE && best_shared && best_shared == x.content) known = nearest;
    bool mine = false; /* "lets me publish articles in peace" */
    for (uint32_t w = 0; w < x.lo && phrase == PHRASE_CAPABILITY; w++) mine = mine || word_in(p, w, "me us");
    bool acts = known == MANIFEST_NONE && !mine && exposes_acts(p, x.lo, x.hi, list);
    if (acts) best_shared = 0; /* "article publishing" is no "article fetch" */
    bool sure = phrase == PHRASE_STRICT || routed || acts;
    str said = surface_slice(p->on, lo, hi);
    for (ptrdiff_t k = 1; k + 1 < said.n && phrase == PHRASE_OFFER && !sure; k++) /* "offers a `run_benchmark` tool" */
        sure = said.p[k] == '_' && byte_is_alnum(said.p[k - 1]) && byte_is_alnum(said.p[k + 1]);
    for (uint32_t w = x.lo; w < x.hi && !sure; w++) sure = exposes_capability(p, w);
    if (phrase == PHRASE_CAPABILITY && !sure && known == MANIFEST_NONE) return; /* "lets me sleep" */
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
            j, c, &list->fact, exposes_list_text(j, list),
            judge_printf(j, "%.*s exposes a closed list of %u, this is not among them", STR_ARG(service->id), list->n));
    }
}

bool exposes_ends_piece(const passage *p, uint32_t i) {
    static const char words[] =
        "for to that which who each behind because so when where while but without via through if"
        " since on by in with from until at next beside besides alongside against inside within"
        " across";
    return word_in(p, i, words);
}

bool exposes_item_in(const judge *j, const passage *p, const manifest_entity *service) {
    return exposes_item_between(j, p, service, p->text.lo, p->text.hi);
}

bool exposes_item_between(const judge *j, const passage *p, const manifest_entity *service, uint32_t lo, uint32_t hi) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi; h++)
        for (uint32_t t = 0; t < p->on->hits[h].target_count; t++)
            if (p->on->hits[h].targets[t].kind == ALIAS_EXPOSED && p->on->hits[h].where.lo >= lo &&
                p->on->hits[h].where.hi <= hi && &j->m->entities[p->on->hits[h].targets[t].index] == service)
                return true;
    return false;
}

/* Words that lead on to one more item: "and", "as well as", "together with", "but also"; 0 where none begins at `i`. */
static uint32_t joining_words(const passage *p, uint32_t i) {
    if (word_in(p, i, "as") && word_in(p, i + 1, "well") && word_in(p, i + 2, "as")) return 3;
    if (word_in(p, i, "together along") && word_in(p, i + 1, "with")) return 2;
    if (word_in(p, i, "but and") && word_in(p, i + 1, "also even")) return 2;
    return word_in(p, i, "and or nor plus");
}

/* ", limited to 60 requests a minute", ", kept small by design": how, not what. "Limited search" would be an item. */
static bool is_aside_participle(const passage *p, uint32_t i) {
    if (i + 1 >= p->word_count) return false;
    if (word_in(p, i, "written built kept held made given")) return true;
    return str_ends(surface_slice(p->on, p->words[i].lo, p->words[i].hi), STR("ed")) && exposes_ends_piece(p, i + 1);
}

static bool is_comma_before(const passage *p, uint32_t i) {
    return i > 0 && str_find_byte(surface_slice(p->on, p->words[i - 1].hi, p->words[i].lo), ',', 0) >= 0;
}

/* "…, that's the whole of it, and we'd like to keep it so": a subject, which no item begins with. */
static bool begins_clause(const passage *p, uint32_t i) {
    str said = surface_slice(p->on, p->words[i].lo, p->words[i].hi);
    ptrdiff_t end = str_find_byte(said, '\'', 0); /* "that's", "we'd", with either apostrophe */
    if (end < 0) end = str_find(said, STR("\xe2\x80\x99"), 0);
    if (end > 0) return str_is_among(str_slice(said, 0, end), "that it there this we i you they he she");
    return word_in(p, i, "we i you they he she");
}

void exposes_judge_items(judge *j, passage *p, const manifest_entity *service, uint32_t from, uint32_t to,
                         enum phrase phrase) {
    /* "exposes exactly four things: a, b": the items stand behind the colon. */
    for (uint32_t i = from; i < to && i < from + 8; i++)
        if (p->on->text.p[p->words[i].hi < p->text.hi ? p->words[i].hi : p->text.hi - 1] == ':') {
            from = i + 1;
            break;
        }
    bool skipping = false;
    piece x = {from, from, 0, 0};
    for (uint32_t i = from; i <= to && i < from + 64; i++) {
        bool end = i == to;
        bool broken = !end && i > from;
        if (broken) {
            broken = false;
            for (uint32_t k = p->words[i - 1].hi; k < p->words[i].lo; k++) {
                uint8_t c = p->on->text.p[k];
                if (c == ';' || c == '(' || c == '.') end = true;
                broken = broken || c == ',';
            }
            end = end || (broken && is_aside_participle(p, i));
            if (broken && !joining_words(p, i) &&
                ((word_is(p, i, "the") && (word_is(p, i + 1, "last") || word_is(p, i + 1, "first"))) ||
                 word_is(p, i, "all") || word_is(p, i, "each") || word_is(p, i, "none") || word_is(p, i, "both") ||
                 word_in(p, i,
                         "so because while but though although when where if since which who whose yet is are was were "
                         "has had "
                         "will would gets got")))
                end = true; /* "…, the last of which is for workers", "…, so the model can read it" */
        }
        if (i > from && word_in(p, i, "that this it these those") && word_in(p, i + 1, "is are was were"))
            end = true; /* "…, and that is the whole list" */
        end = end || (i > from && begins_clause(p, i));
        uint32_t joins = end ? 0 : joining_words(p, i);
        bool addition = !end && word_is(p, i, "in") && word_is(p, i + 1, "addition");
        end = end || (i == from && word_in(p, i, "what whatever whom")); /* "access to what I have written" */
        if (end || broken || joins || addition) {
            if (x.content && x.hi > x.lo) exposes_judge_piece(j, p, service, x, phrase);
            if (end) return;
            while (broken && !joins && word_in(p, i, "as") && i + 1 < p->word_count) /* ", as you would expect," */
                do i++;
                while (i + 1 < p->word_count && !is_comma_before(p, i));
            if (!joins) joins = joining_words(p, i);
            uint32_t next = i + (joins ? joins : addition);
            x = (piece){next, next, 0, 0};
            skipping = addition;
            if (joins > 1) i = next - 1;
            if (joins || addition) continue;
        }
        if (skipping) { /* "in addition to the tenant listing" */
            if (word_is(p, i, "addition") || word_is(p, i, "to")) {
                x = (piece){i + 1, i + 1, 0, 0};
                continue;
            }
            skipping = false;
        }
        if (i > from && word_in(p, i, "to for") && is_tool(p, i - 1)) { /* "and a tool │ to publish drafts" */
            x = (piece){i + 1, i + 1, 0, 0};
            continue;
        }
        if (exposes_ends_piece(p, i) && x.hi > x.lo) {
            if (x.content) exposes_judge_piece(j, p, service, x, phrase);
            x = (piece){i, i, 0, 0};
            /* What follows up to the next comma qualifies the item. */
            while (i + 1 < p->word_count &&
                   !str_eq(str_trim(surface_slice(p->on, p->words[i].hi, p->words[i + 1].lo)), STR(",")) &&
                   !word_is(p, i + 1, "and"))
                i++;
            x.lo = x.hi = i + 1;
            continue;
        }
        bool means = !(p->words[i].cues & (CUE_STOP | CUE_NEGATION)) && !exposes_ends_piece(p, i) &&
                     !exposes_is_generic(p, &p->words[i]);
        if (x.hi == x.lo && !means) {
            x.lo = x.hi = i + 1;
            if (!exposes_is_generic(p, &p->words[i])) continue;
            x.lo = i;
        }
        x.hi = i + 1;
        x.content += means;
    }
}

/* Behind a verb that has no object: "does not run on the DGX Spark" says where, not what it does. */
static const char WITHOUT_OBJECT[] = "on in at under behind inside outside as every each daily nightly weekly hourly "
                                     "always anymore here there itself alone yet when while if unless";

/* "It does not run SQL, it cannot restart a service": denials of acts by a service whose list is closed. */
static void judge_denied_acts(judge *j, passage *p) {
    if (!(p->cues & CUE_NEGATION) || !(word_is(p, 0, "it") || word_is(p, 0, "the"))) return;
    for (uint32_t i = 1; i + 2 < p->word_count; i++) {
        bool no = (word_is(p, i, "does") && word_is(p, i + 1, "not")) || word_is(p, i, "cannot") ||
                  (word_is(p, i, "can") && word_is(p, i + 1, "not"));
        if (!no) continue;
        uint32_t verb = word_is(p, i, "cannot") ? i + 1 : i + 2;
        static const char acts[] = "run delete restart execute write read touch modify stop reach";
        bool act = word_in(p, verb, acts);
        const manifest_entity *service = act ? exposes_subject(j, p, verb, false) : NULL;
        if (!service || service->exposes.world != WORLD_CLOSED || verb + 1 >= p->word_count) continue;
        uint32_t object = verb + 1;
        if (word_in(p, verb, "run stop") && word_in(p, object, WITHOUT_OBJECT)) continue;
        while (object + 1 < p->word_count && p->words[object].cues & CUE_STOP) object++;
        if (word_is(p, object, "tools") || word_is(p, object, "code") || word_is(p, object, "requests")) continue;
        stance_view s = stance_at(j, p, p->words[i].lo, p->words[object].hi);
        claim *c = claim_add(j, p, p->words[i].lo, p->words[object].hi, CLAIM_EXPOSES, &s);
        if (!c) return;
        c->stance = STANCE_NEGATED;
        c->subject = service->id;
        for (uint32_t k = 0; k < service->exposes.n; k++)
            if (exposes_item_has_stem(&service->exposes.items[k], p->words[object].stem)) {
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
            bool route = str_find_byte(surface_slice(p->on, hit->where.lo, hit->where.hi), '/', 0) >= 0;
            if (context_entity(&near, hit->targets[t].index) > REGION_HEADING && !(route && p->kind == PASSAGE_CELL))
                continue;
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

/* "takes five verbs, namely submit, cancel and list", "understands these calls: …", "has five operations, …". */
static void judge_enumerated(judge *j, passage *p) {
    static const char verbs[] = "takes has knows understands answers accepts offers exposes have";
    static const char numbers[] = "two three four five six seven eight nine ten eleven twelve "
                                  "second third fourth fifth sixth seventh eighth ninth tenth another";
    for (uint32_t i = 2; p->marks & MARK_CALLS && i + 3 < p->word_count && i < 24; i++) {
        if (!(p->words[i].marks & MARK_CALLS)) continue;
        uint8_t behind = p->on->text.p[p->words[i].hi];
        bool colon = behind == ':', namely = word_is(p, i + 1, "namely");
        bool counted = behind == ',' && word_in(p, i - 1, numbers);
        if (!colon && !namely && !counted) continue;
        uint32_t verb = UINT32_MAX, unused;
        for (uint32_t b = i; b > 0 && i - b < 4; b--)
            if (word_in(p, b - 1, verbs)) verb = b - 1;
        if (verb == UINT32_MAX) continue;
        if (exposes_phrase_at(p, verb, &unused)) return; /* the verb is judged itself */
        const manifest_entity *service = exposes_subject(j, p, i, false);
        if (service) exposes_judge_items(j, p, service, i + (namely ? 2 : 1), p->word_count, PHRASE_STRICT);
        return;
    }
}

/* Does what stands in [from, end of the sentence) hold every word of some listed item of two words or more: "can search
 * the blog" of "blog search"? */
static bool holds_listed_item(const passage *p, const manifest_list *list, uint32_t from) {
    for (uint32_t k = 0; k < list->n && k < 64; k++) {
        uint32_t met = 0;
        uint64_t last = 0;
        for (uint32_t i = from; i < p->word_count && i < from + 32; i++)
            if (!(p->words[i].cues & CUE_STOP) && p->words[i].stem != last &&
                exposes_item_has_stem(&list->items[k], p->words[i].stem))
                met++, last = p->words[i].stem;
        str name = list->items[k].name;
        if (met > 1 && str_find_byte(name, ' ', 0) > 0) return true;
    }
    return false;
}

/* "…, and │ the agent can restart containers": where what the service itself can do ends. */
static uint32_t end_of_own(const passage *p, uint32_t from) {
    for (uint32_t k = from + 1; k < p->word_count; k++) {
        if (!word_in(p, k, "can could may must will does is are has") || word_in(p, k - 1, "it also and")) continue;
        for (uint32_t m = k; m > from; m--)
            if (word_in(p, m - 1, "and but while or") ||
                !standing_is_gap_free(p, p->words[m - 1].hi, p->words[m < p->word_count ? m : m - 1].lo, ",;"))
                return m - word_in(p, m - 1, "and but while or");
        return k;
    }
    return p->word_count;
}

/* "The MCP server can search the blog and restart containers", "It can …" behind a sentence of it: the service at whose
 * own "can" a list of its operations begins, one of which is listed; NULL for any other. */
static const manifest_entity *can_itself(judge *j, passage *p, uint32_t can) {
    if (!word_is(p, can, "can") || can == 0 || can + 2 >= p->word_count) return NULL;
    bool it = can == 1 && word_is(p, 0, "it"), named = false;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 32 && !named; h++)
        named = p->on->hits[h].where.hi == p->words[can - 1].hi &&
                hit_entity(j, &p->on->hits[h], ENTITY_SERVICE) != MANIFEST_NONE;
    const manifest_entity *service = it || named ? exposes_subject(j, p, can, it) : NULL;
    if (!service || service->exposes.world != WORLD_CLOSED) return NULL;
    return holds_listed_item(p, &service->exposes, can + 1) ? service : NULL;
}

void judge_exposes(judge *j) {
    if (!j->m || !j->about_us) return;
    exposed_listing lists[2] = {{.block = BLOCK_NONE}, {.block = BLOCK_NONE}}, code[CODE_LISTINGS];
    for (uint32_t i = 0; i < CODE_LISTINGS; i++) code[i] = lists[0];
    for (uint32_t n = 0; n < j->passage_count && !j->failed; n++) {
        passage *p = &j->passages[n];
        if (p->flags & PASSAGE_IN_QUOTE) continue;
        bool labelled = judge_exposed_label(j, p);
        if (!labelled && (p->kind == PASSAGE_CELL || p->kind == PASSAGE_CODE)) judge_listed(j, p);
        judge_routes(j, p);
        if (labelled) continue;
        judge_exposed_list(j, p, lists);
        if (p->kind == PASSAGE_CODE) judge_exposed_code(j, p, code);
        if (p->kind != PASSAGE_SENTENCE) continue;
        passage_prepare(j, p);
        judge_enumerated(j, p);
        if (p->marks & MARK_CALLS) judge_exposed_count(j, p);
        for (uint32_t i = 0; p->cues & CUE_EXPOSE && i < p->word_count; i++) {
            if (!(p->words[i].cues & CUE_EXPOSE)) continue;
            uint32_t from = 0, behind;
            bool back = word_is(p, 1, "tools") || word_is(p, 1, "server");
            enum phrase phrase = exposes_phrase_at(p, i, &from);
            bool by_way = (phrase ? word_in(p, i, "has have gets get") : word_is(p, i, "can")) &&
                          (is_by_way(j, p, i, &back, &behind) || goes_on_by_way(j, p, i, &back, &behind));
            if (!phrase && by_way) phrase = PHRASE_CAPABILITY, from = behind;
            const manifest_entity *itself = phrase ? NULL : can_itself(j, p, i);
            if (itself) {
                exposes_judge_items(j, p, itself, i + 1, end_of_own(p, i + 1), PHRASE_CAPABILITY);
                break;
            }
            bool use = by_way && word_in(p, from, "use call invoke"); /* "through it they can use blog search, …" */
            from += use;
            if (!phrase || from >= p->word_count) continue;
            const manifest_entity *service = exposes_subject(j, p, by_way ? p->word_count - 1 : i, back);
            bool tools =
                phrase == PHRASE_CAPABILITY && from > 1 && /* "provides tools for …", "its tools include …" */
                ((word_in(p, from - 1, "for to") && is_tool(p, from - 2)) || word_in(p, from - 1, "include includes"));
            bool listing =
                phrase == PHRASE_OFFER || tools || use; /* beside one that is listed, the others are operations, too */
            if (service && listing && exposes_item_in(j, p, service)) phrase = PHRASE_STRICT;
            if (service) exposes_judge_items(j, p, service, from, p->word_count, phrase);
            i = from;
        }
        judge_operations(j, p);
        judge_exposed_frames(j, p);
        if (p->cues & CUE_NEGATION) judge_denied_acts(j, p);
    }
}
