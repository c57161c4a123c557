/* doubt_teller.c - somebody else's words: what a model, a draft or a directory says of us is not said by us.
 *
 *     "The model wrote that the box has an NPU"         the complement of a verb of speech
 *     "I retrain weekly, said the draft"                the same, told behind it
 *     "According to the draft …", "In the draft …"      what stands in it
 *     "GeoIP puts the server in Frankfurt"              where it places it
 *     "The worst hallucination: that I …"               what it invented
 *     "It is wrong that …", "That … is a rumour"        the sentence itself says that it is false
 *
 * In: a scene. Out: the doubt, or NULL. "I wrote that …" is said by us, and what an instrument of ours tells (a log, a
 * meter, an invoice, a program that is declared) is a fact. Verbs that also mean other work ("wrote twelve drafts")
 * need a "that" or a colon before what they say.
 */
#include "facts/verdicts/doubt.h"

enum { HITS_READ = 64 };

/* Who writes of us without knowing us. */
static const char TELLERS[] =
    "model models draft drafts drafter llm llms chatbot chatbots bot assistant ai gpt chatgpt "
    "claude gemini answer answers text summary summaries reviewer";
/* Who says where an address is. */
static const char DIRECTORIES[] = "geoip geolocation whois lookup lookups database site sites map traceroute";

static const char INSTRUMENTS[] =
    "sheet meter meters wattmeter multimeter gauge log logs output panel smi nvidia-smi journal dmesg invoice receipt "
    "bill contract label sticker plate firmware bios uname lscpu lsblk free command console terminal prompt shell "
    "monitor dashboard exporter counter clock file banner kernel system machine server box plug ups probe sensor "
    "status "
    "report diary notebook";

/* Verbs whose object is what is said; those of the second list only behind "that" or a colon. */
static const char INSISTS[] =
    "insists insisted insist asserts asserted assert swears swore swear alleges alleged allege "
    "hallucinates hallucinated claims claimed claim pretends pretended maintains maintained";
static const char WRITES[] =
    "wrote writes write written told tells tell invented invents invent answered answers replied "
    "announced announces promised promises believes believed thinks thought guessed guesses "
    "explained explains";
/* What instruments do as well: only of the tellers. */
static const char STATES[] = "states stated state says said say reports reported report mentions mentioned suggests "
                             "suggested argues argued concluded concludes";

static const char FALSEHOODS[] = "wrong false untrue incorrect nonsense rumour rumor myth lie fiction invention";

/* Is the word, or the name that holds it, one that tells: "the draft", "gpt-oss-120b" (a model has no version)? */
static bool is_teller(const scene *s, uint32_t i) {
    const passage *p = s->p;
    if (i >= s->end) return false;
    if (doubt_word(p, i, TELLERS)) return true;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h - p->hit_lo < HITS_READ; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (hit->where.lo > p->words[i].lo || hit->where.hi < p->words[i].hi) continue;
        uint32_t e = hit_entity(s->j, hit, -1);
        if (e == MANIFEST_NONE) continue;
        const manifest_entity *x = &s->j->m->entities[e];
        if (x->kind == ENTITY_COMPONENT && !x->version.text.n && !x->version.history_count) return true;
    }
    return false;
}

/* "the log", "nvidia-smi", "vLLM": what it tells is so. */
static bool is_instrument(const scene *s, uint32_t i) {
    const passage *p = s->p;
    if (doubt_word(p, i, INSTRUMENTS)) return true;
    if (!p->on->of && s->j->art->prose.p[p->words[i].lo] == PROSE_MASK) return true; /* `lsb_release -a` */
    return doubt_is_declared(s, i) && !is_teller(s, i);
}

/* The subject right before the verb at `verb`, past adverbs and "has"; UINT32_MAX where none is. */
static uint32_t subject_of(const scene *s, uint32_t verb) {
    const passage *p = s->p;
    uint32_t i = verb;
    while (i > s->first) {
        i--;
        bool adverb = str_ends(surface_slice(p->on, p->words[i].lo, p->words[i].hi), STR("ly"));
        if (!adverb &&
            !doubt_word(p, i, "even also still once just never always then again twice has had have did does"))
            return i;
    }
    return UINT32_MAX;
}

static bool holds_colon(const scene *s, uint32_t lo, uint32_t hi) {
    for (uint32_t k = lo; k < hi; k++)
        if (s->p->on->text.p[k] == ':') return true;
    return false;
}

/* "wrote that", "told me that", "wrote in its summary that": no comma and no other clause stands before "that". */
static bool has_that(const scene *s, uint32_t i) {
    const passage *p = s->p;
    for (uint32_t k = i + 1; k < i + 6 && k < s->at; k++) {
        if (p->words[k].lo > p->words[k - 1].hi + 1 || doubt_word(p, k, "and or")) return false;
        if (doubt_word(p, k, "that")) return true;
    }
    return false;
}

/* "The drafter wrote: …", "told me: …", not "wrote twelve drafts: …". */
static bool ends_in_colon(const scene *s, uint32_t verb) {
    const passage *p = s->p;
    if (verb + 1 < s->at && doubt_word(p, verb + 1, "me us this it back")) verb++;
    return p->on->text.p[p->words[verb].hi] == ':';
}

static bool is_told(const scene *s) {
    const passage *p = s->p;
    for (uint32_t i = s->first + 1; i < s->at; i++) {
        if (p->words[i].lo < s->part.lo) continue;
        bool insists = doubt_word(p, i, INSISTS), writes = doubt_word(p, i, WRITES), states = doubt_word(p, i, STATES);
        if (!insists && !writes && !states) continue;
        uint32_t subject = subject_of(s, i);
        if (subject != UINT32_MAX && subject > s->first && doubt_word(p, subject, "which who that")) subject--;
        if (subject == UINT32_MAX || p->words[subject].cues & CUE_FIRST || is_instrument(s, subject)) continue;
        if (doubt_word(p, subject, "it this") && doubt_word(p, i, "told tells tell")) continue; /* what was seen */
        bool teller = is_teller(s, subject);
        if (states && !teller) continue;
        if (!(insists && teller) && !has_that(s, i) && !ends_in_colon(s, i)) continue;
        return true;
    }
    return false;
}

/* ", said the draft", ", the draft said" behind the claim. */
static bool is_told_behind(const scene *s) {
    const passage *p = s->p;
    for (uint32_t i = s->after; i < s->end; i++) {
        if (!doubt_word(p, i, INSISTS) && !doubt_word(p, i, WRITES) && !doubt_word(p, i, STATES)) continue;
        if (i > 0 && p->words[i - 1].hi >= s->hi && p->on->text.p[p->words[i - 1].hi] == ',' &&
            p->on->text.p[p->words[i].hi] == ' ') /* not "(63.4 GB, say)" */
            for (uint32_t k = i + 1; k < i + 4 && k < s->end; k++)
                if (is_teller(s, k)) return true;
        if (i < s->after + 1 || p->words[i].lo > p->words[i - 1].hi + 1 || !is_teller(s, i - 1)) continue;
        for (uint32_t k = i - 1; k > s->at && k + 4 > i; k--) /* ", the first draft said" */
            if (p->words[k - 1].hi >= s->hi && p->on->text.p[p->words[k - 1].hi] == ',') return true;
    }
    return false;
}

/* "According to the draft", wherever it stands. */
static bool is_according(const scene *s) {
    for (uint32_t i = s->first; i + 2 < s->end; i++) {
        if (!doubt_word(s->p, i, "according") || !doubt_word(s->p, i + 1, "to")) continue;
        for (uint32_t k = i + 2; k < i + 5 && k < s->end; k++)
            if (is_teller(s, k)) return true;
    }
    return false;
}

/* "In the draft I retrained …", not in "this draft", which is the article, nor in "the draft queue". */
static bool is_in_a_draft(const scene *s) {
    const passage *p = s->p;
    uint32_t i = s->first;
    while (i < s->at && p->words[i].lo < s->part.lo) i++;
    if (!doubt_word(p, i, "in") || !doubt_word(p, i + 1, "the a an one its another that every")) return false;
    uint32_t noun = i + 2 + (doubt_word(p, i + 2, "first second third last early old latest very") ? 1 : 0);
    if (noun + 1 >= s->end || noun >= s->at || !doubt_word(p, noun, "draft drafts answer summary hallucination"))
        return false;
    if (p->words[noun].hi + 1 < p->words[noun + 1].lo) return p->on->text.p[p->words[noun].hi] == ',';
    return p->words[noun + 1].cues & CUE_FIRST || doubt_is_declared(s, noun + 1) ||
           doubt_word(p, noun + 1, "the a an it there they my our");
}

/* "The draft put the server in Germany", "GeoIP puts it in X", "put its memory at 256 GB". */
static bool is_put_there(const scene *s) {
    const passage *p = s->p;
    bool town = s->c->kind == CLAIM_PLACE;
    for (uint32_t i = s->first + 1; i < s->at; i++) {
        if (p->words[i].lo < s->part.lo) continue;
        bool puts = doubt_word(p, i, "put puts placed places locates located sees"), had = doubt_word(p, i, "had has");
        if (!puts && !had) continue;
        uint32_t subject = subject_of(s, i);
        if (subject == UINT32_MAX) continue;
        if (had && town && doubt_word(p, subject, "draft drafts answer text summary")) return true;
        if (!puts || !(is_teller(s, subject) || (town && doubt_word(p, subject, DIRECTORIES)))) continue;
        if (town || doubt_find(p, i + 1, s->at, "at") != UINT32_MAX) return true;
    }
    return false;
}

/* "The worst hallucination: that I retrain", "the answer was that": what follows is its content. */
static bool is_its_content(const scene *s) {
    const passage *p = s->p;
    for (uint32_t i = s->first; i < s->at; i++) {
        bool invented = doubt_word(p, i,
                                   "hallucination hallucinations invention inventions fabrication fabrications fiction "
                                   "untruth lie lies");
        if (!invented && !doubt_word(p, i, "answer reply")) continue;
        if (i > s->first && doubt_word(p, i - 1, "no not my our")) continue;
        if (invented && (has_that(s, i) || holds_colon(s, p->words[i].hi, s->lo))) return true;
        if (doubt_word(p, i + 1, "was is") && doubt_word(p, i + 2, "that")) return true;
    }
    return false;
}

static bool is_denied_before(const passage *p, uint32_t i) {
    for (uint32_t k = i; k > 0 && k + 4 > i; k--)
        if (p->words[k - 1].cues & CUE_NEGATION) return true;
    return false;
}

/* "It is wrong that …", "it is not true that …", "that … is a rumour", "the claim that … is false". */
static bool is_said_to_be_false(const scene *s) {
    const passage *p = s->p;
    bool claimed = doubt_word(p, s->first, "that") && s->first == 0;
    for (uint32_t i = s->first + 1; i < s->at; i++) {
        if (!doubt_word(p, i, "that")) continue;
        claimed = claimed || doubt_word(p, i - 1, "claim statement sentence story idea belief assertion rumour rumor");
        bool is = false;
        for (uint32_t k = i - 1; k > s->first && k + 4 > i; k--)
            is = is || doubt_word(p, k - 1, "is was it's isn't wasn't are were");
        if (is && doubt_word(p, i - 1, FALSEHOODS) && !is_denied_before(p, i - 1)) return true;
        if (is && doubt_word(p, i - 1, "true correct case so right") && is_denied_before(p, i - 1)) return true;
    }
    for (uint32_t i = s->after; claimed && i < s->end; i++) {
        if (!doubt_word(p, i, "is was isn't wasn't are were")) continue;
        bool denied = doubt_word(p, i + 1, "not") || doubt_word(p, i, "isn't wasn't");
        for (uint32_t k = i + 1; k < i + 5 && k < s->end; k++) {
            if (!denied && doubt_word(p, k, "no not")) break;
            if (!denied && doubt_word(p, k, FALSEHOODS)) return true;
            if (denied && doubt_word(p, k, "true correct case so right")) return true;
        }
    }
    return false;
}

const char *doubt_of_teller(const scene *s) {
    if (is_told(s) || is_told_behind(s) || is_according(s)) OBJECT(s->j, "somebody else says so");
    if (is_in_a_draft(s) || is_its_content(s)) OBJECT(s->j, "it is what a draft says");
    if (is_put_there(s)) OBJECT(s->j, "somebody else puts it so");
    if (is_said_to_be_false(s)) OBJECT(s->j, "the sentence says that it is false");
    return NULL;
}
