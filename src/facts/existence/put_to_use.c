/* put_to_use.c - what a sentence says is done with a thing that is declared absent, where no verb of having says it.
 *
 *     We alert at 85% in Datadog.  I've attached an RTX 4090.           the first person, what it does every day
 *     Some prefer Ollama, and I keep it installed.                      the same, by a pronoun
 *     The API publishes a job to RabbitMQ.                              what is ours hands something over to it
 *     I gave the pool a mirrored SLOG.                  what the first person gave to what is ours
 *     Every node boots Proxmox.                         what each machine of ours starts with
 *     a Grafana dashboard that hangs next to my desk    where it is, which is a place of ours
 *     The Kafka cluster we run serves the shop.         what we run, or set up, and what it does now
 *     The app is written in Go, packaged as a Docker image.             a participle of our app
 *     Training on both cards uses DeepSpeed.                            what ours uses
 *     A pool of Celery workers picks it up.                             counted, and what it does to what was named
 *     The monitoring stack runs on quay:  - Prometheus scrapes …        an item below a line that says what runs
 *     I ask ChatGPT for a second opinion.               whom the first person turns to
 *     A second Spark, which we connected with a cable, …         a thing, and what we did with it
 *     Install ROCm 6.4 first.  Start it with `docker compose`.          an order of our own instructions
 *
 * In: a prepared passage and the name in it. Out: does it say so, in the present? Verbs, prepositions and nouns are
 * closed classes; a negation, a condition, a comparison, a wish or another time in the clause forbids all of it.
 */
#include "facts/existence/ours.h"
#include "facts/reading/standing.h"

static const uint32_t NOT_NOW =
    CUE_NEGATION | CUE_COMPARE | CUE_MODAL | CUE_IF | CUE_FUTURE | CUE_REQUIRE | CUE_OTHERS | CUE_SECOND;

/* First word of the phrase whose name begins at word `w`: past articles, counts and adjectives. */
static uint32_t phrase_start(const passage *p, uint32_t w) {
    for (uint32_t looked = 0; w > 0 && looked < 5; w--, looked++)
        if (p->words[w - 1].hi + 2 < p->words[w].lo ||
            !word_in(p, w - 1,
                     "a an the our my its one two three four single second small tiny little big large simple modest "
                     "plain basic local central internal dedicated separate shared private managed hosted self "
                     "self-hosted lightweight cheap free new own existing"))
            break;
    return w;
}

enum { HITS_READ = 64, WORDS_BACK = 64 };

/* Does nothing in the words [first, end) forbid it? Of an endless clause only its last ones are asked. */
static bool is_open(const passage *p, uint32_t first, uint32_t end) {
    for (uint32_t i = first + WORDS_BACK < end ? end - WORDS_BACK : first; i < end && i < p->word_count; i++)
        if (p->words[i].cues & NOT_NOW) return false;
    return true;
}

/* The words of the clause up to `i`: behind the last semicolon, "while", "but". */
static uint32_t part_start(const passage *p, uint32_t lo, uint32_t hi) {
    return standing_word_at(p, stance_part(p, lo, hi).lo);
}

static bool is_adverb(const passage *p, uint32_t i) {
    return word_in(p, i,
                   "also always then usually now only still just mostly even already additionally simply since "
                   "recently later");
}

/* "we alert at 85% in X", "I've packaged the app as X", "I log every run to X", "we keep X installed". */
static bool is_done_by_us(const passage *p, uint32_t first, uint32_t begin) {
    static const char habits[] =
        "alert log export track record plot publish upload post archive replicate save package deploy host queue "
        "schedule push ship sync mirror store write send back keep run use operate maintain manage monitor collect "
        "route forward cache serve build compile bundle render stream visualise visualize orchestrate rely";
    static const char perfect[] =
        "attached added installed fitted mounted plugged deployed packaged set built moved put "
        "migrated switched adopted containerized containerised wired";
    for (uint32_t i = begin; i > first && begin - i < 10; i--) {
        if (!word_in(p, i - 1, "i we i've we've")) continue;
        uint32_t verb = i;
        bool has = word_in(p, i - 1, "i've we've") || word_in(p, verb, "have");
        if (word_in(p, verb, "have")) verb++;
        while (is_adverb(p, verb)) verb++;
        if (verb >= begin || !word_in(p, verb, has ? perfect : habits) || !is_open(p, first, begin)) return false;
        if (verb + 1 == begin) return true; /* its object */
        return word_in(p, begin - 1, "in to into on with via through over as at");
    }
    return false;
}

/* Is it told, behind word `from`, that it did not stay: "… and took it out again", "… until March", "… at work"? */
static bool is_taken_back(const passage *p, uint32_t from) {
    for (uint32_t i = from; i < p->word_count && i < from + WORDS_BACK; i++)
        if (word_in(p, i,
                    "dreams nightmares theory but until again later then gone removed took sold dropped retired work "
                    "client employer once before "
                    "switched replaced shut closed"))
            return true;
    return false;
}

/* "we call the OpenAI API for it", "I ask ChatGPT": whom or what the first person turns to; what is asked or called
 * something ("we call the NAS Bertha") follows no preposition. */
static bool is_turned_to(const passage *p, uint32_t first, uint32_t begin, uint32_t hi) {
    uint32_t verb = begin, behind = standing_word_at(p, hi);
    if (verb > first + 1 && word_in(p, verb - 1, "to") && word_in(p, verb - 2, "turn"))
        verb -= 2;
    else if (verb > first && word_in(p, verb - 1, "ask call consult query"))
        verb--;
    else
        return false;
    while (verb > first && is_adverb(p, verb - 1)) verb--;
    uint32_t us = verb - (verb > first);
    if (verb <= first || !word_in(p, us, "i we") || !is_open(p, us - (us > first), begin)) return false;
    if (verb > first + 1 && word_in(p, verb - 2, "what which that as whom")) return false; /* "what we call the NAS" */
    bool ends = behind >= p->word_count || !standing_is_gap_free(p, hi, p->words[behind].lo, ",.;:");
    return ends || (word_in(p, behind, "for to when with about once in from every") && is_open(p, behind, behind + 6));
}

/* "A second X, which we connected with a cable, …", "the X that we use": what the first person did with it, or does. */
static bool is_related_to_us(const passage *p, uint32_t begin, uint32_t hi) {
    uint32_t which = standing_word_at(p, hi), verb = which + 2;
    if (which + 2 >= p->word_count || p->words[which].lo > hi + 2 || !word_in(p, which, "which that")) return false;
    if (!word_in(p, which + 1, "we i") || !word_in(p, begin, "a an another two three")) return false;
    while (is_adverb(p, verb)) verb++;
    return word_in(p, verb, "connected attached added installed mounted plugged bought built keep run own operate") &&
           is_open(p, begin, which + 12);
}

/* "…, and I keep it installed": of the only product that the sentence names before. */
static bool is_kept_by_pronoun(const passage *p, uint32_t lo, uint32_t hi) {
    uint32_t behind = standing_word_at(p, hi);
    for (uint32_t i = behind; i + 3 < p->word_count && i < behind + 6; i++) {
        if (!word_in(p, i, "and so but") || !word_in(p, i + 1, "i we")) continue;
        uint32_t verb = i + 2;
        while (is_adverb(p, verb)) verb++;
        if (!word_in(p, verb, "keep use run have") || !word_in(p, verb + 1, "it")) return false;
        for (uint32_t h = p->hit_lo; h < p->hit_hi && p->on->hits[h].where.lo < p->words[i].lo; h++)
            if (h - p->hit_lo == HITS_READ || p->on->hits[h].where.lo >= hi || p->on->hits[h].where.hi <= lo)
                return false;
        return is_open(p, i, i + WORDS_BACK);
    }
    return false;
}

/* Does the clause begin with what is ours: "the API", "our exporter", "each node", a declared name? Or does the
 * sentence tell a habit: "WAL-G ships a backup every night"? */
static bool is_of_ours(const judge *j, const passage *p, uint32_t first, uint32_t verb) {
    if (p->cues & CUE_CADENCE) return true;
    for (uint32_t i = first + WORDS_BACK < verb ? verb - WORDS_BACK : first; i < verb; i++) {
        bool opens = i == first || (i > 0 && !standing_is_gap_free(p, p->words[i - 1].hi, p->words[i].lo, ","));
        if (opens && word_in(p, i, "the our my this these each every both all")) return true;
        for (uint32_t h = p->hit_lo; h < p->hit_hi && h - p->hit_lo < HITS_READ && opens; h++)
            if (p->on->hits[h].where.lo == p->words[i].lo && hit_entity(j, &p->on->hits[h], -1) != MANIFEST_NONE)
                return true;
    }
    return false;
}

/* "the API publishes a job to X", "every node writes its log into X". */
static bool is_handed_over(const judge *j, const passage *p, uint32_t first, uint32_t begin) {
    static const char hands[] =
        "publishes pushes sends writes ships uploads posts forwards exports logs saves stores copies streams dumps "
        "mirrors replicates syncs queues puts hands passes delivers enqueues reports submits";
    if (begin < 2 || !word_in(p, begin - 1, "to into via through")) return false;
    for (uint32_t v = begin - 1; v > first && begin - v < 9; v--) {
        if (!standing_is_gap_free(p, p->words[v - 1].hi, p->words[v].lo, ",;:()")) return false;
        if (!word_in(p, v - 1, hands)) continue;
        return is_of_ours(j, p, first, v - 1) && is_open(p, first, begin);
    }
    return false;
}

/* "Training on both cards uses X", "the pipeline relies on X": by what the sentence begins with, which is ours. */
static bool is_used_by_ours(const passage *p, uint32_t first, uint32_t begin) {
    uint32_t verb = begin;
    if (verb > first + 1 && word_in(p, verb - 1, "on") && word_in(p, verb - 2, "relies rely depends"))
        verb -= 2;
    else if (verb > first && word_in(p, verb - 1, "uses"))
        verb--;
    else
        return false;
    if (verb - first >= 8) return false;
    bool ours = false;
    for (uint32_t i = first; i < verb; i++) ours = ours || word_in(p, i, "the our my both this these all");
    return ours && is_open(p, first, begin);
}

/* "The app is …, packaged as a Docker image and started with Docker Compose" */
static bool is_made_with(const passage *p, uint32_t first, uint32_t begin) {
    if (begin < 3 || !word_in(p, begin - 1, "as in with by via through on")) return false;
    if (!word_in(p, begin - 2,
                 "packaged deployed started managed built shipped orchestrated containerized containerised "
                 "run hosted served launched distributed configured provisioned"))
        return false;
    if (!word_in(p, first, "the our my all both each everything")) return false;
    bool copula = false;
    for (uint32_t i = first; i + 2 < begin && !copula; i++) copula = copula || word_in(p, i, "is are runs run");
    return copula && is_open(p, first, begin);
}

/* "A pool of Celery workers picks it up", "a cluster of three X nodes takes them" */
static bool is_pool_at_work(const passage *p, uint32_t begin, uint32_t hi) {
    if (begin < 3 || !word_in(p, begin - 1, "of") || !word_in(p, begin - 2, "pool cluster fleet set group handful"))
        return false;
    uint32_t verb = standing_word_at(p, hi);
    if (p->words[verb < p->word_count ? verb : 0].cues & CUE_PART) verb++;
    if (!word_in(p, begin - 3, "a our the my") || verb + 1 >= p->word_count || p->words[verb].lo > hi + 24)
        return false;
    str said = surface_slice(p->on, p->words[verb].lo, p->words[verb].hi);
    return str_ends(said, STR("s")) && word_in(p, verb + 1, "it them this these the our my each every all") &&
           is_open(p, 0, verb);
}

/* An item below "The monitoring stack runs on quay:", "We use these programs:", headed by the name. */
static bool is_listed_as_running(judge *j, const passage *p, uint32_t lo) {
    if (!(p->flags & PASSAGE_IN_LIST) || p->flags & PASSAGE_ORDERED || p->lead == PASSAGE_NONE || !p->word_count)
        return false;
    passage *lead = &j->passages[p->lead];
    passage_prepare(j, lead);
    if (p->words[0].lo + 2 < lo || p->previous != PASSAGE_NONE || lead->cues & NOT_NOW) return false;
    if (lead->cues & (CUE_WAS | CUE_PAST | CUE_GONE) || !str_ends(str_trim(passage_text(lead)), STR(":"))) return false;
    bool runs = false, ours = (lead->cues & CUE_FIRST) != 0;
    for (uint32_t i = 0; i < lead->word_count; i++) {
        runs = runs || word_in(lead, i, "run runs use uses consists comprises includes stack components");
        ours = ours || (i == 0 && word_in(lead, i, "the our my this"));
    }
    for (uint32_t h = lead->hit_lo; h < lead->hit_hi && h - lead->hit_lo < HITS_READ; h++)
        ours = ours || hit_entity(j, &lead->on->hits[h], -1) != MANIFEST_NONE;
    return runs && ours && !(p->cues & NOT_NOW);
}

/* "I also gave the NAS pool a mirrored X": the first person, and a machine of ours that got it. */
static bool is_given_to_ours(judge *j, const passage *p, uint32_t w, uint32_t behind) {
    uint32_t begin = w;
    while (begin > 0 && w - begin < 4 && !word_in(p, begin, "a an two")) begin--;
    bool part = behind > 0 && behind < p->word_count &&
                p->words[behind].lo == p->words[behind - 1].hi + 1 && /* "a Synology sticker" */
                !(p->words[behind].cues & (CUE_STOP | CUE_BREAK | CUE_PART | CUE_CADENCE));
    if (begin < 3 || part || !word_in(p, begin, "a an two")) return false;
    bool ours = existence_names_us(j, p, begin - 1) && !word_in(p, begin - 1, "it them me us");
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h - p->hit_lo < HITS_READ && !ours; h++)
        ours = p->on->hits[h].where.hi == p->words[begin - 1].hi && hit_has(&p->on->hits[h], ALIAS_ATTR);
    for (uint32_t v = begin - 1; ours && v > 0 && begin - v < 6; v--) {
        if (existence_is_of_another(j, p, v)) return false;
        if (!word_in(p, v, "gave give given")) continue;
        uint32_t us = v;
        while (us > 0 && (is_adverb(p, us - 1) || word_in(p, us - 1, "have"))) us--;
        bool first = us > 0 && word_in(p, us - 1, "i we i've we've") &&
                     (us == 1 || !word_in(p, us - 2, "when before if that until what"));
        return first && is_open(p, us - 1, w) && !is_taken_back(p, behind);
    }
    return false;
}

/* "Every node boots X": all machines of ours. */
static bool is_booted(const judge *j, const passage *p, uint32_t first, uint32_t begin) {
    uint32_t verb = begin;
    if (verb > first && word_in(p, verb - 1, "into from")) verb--;
    if (verb <= first + 1 || !word_in(p, verb - 1, "boots boot")) return false;
    verb--;
    if (is_taken_back(p, begin)) return false;
    if (!word_in(p, first, "every each both all the our my") || verb - first > 4 || !is_open(p, first, begin))
        return false;
    if (word_in(p, verb - 1, "node nodes machine machines box boxes server servers host hosts")) return true;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h - p->hit_lo < HITS_READ; h++) {
        uint32_t e = hit_entity(j, &p->on->hits[h], -1);
        if (p->on->hits[h].where.hi == p->words[verb - 1].hi && e != MANIFEST_NONE &&
            (j->m->entities[e].kind == ENTITY_HARDWARE || j->m->entities[e].kind == ENTITY_HOST))
            return true;
    }
    return false;
}

/* "a Grafana dashboard that hangs on a tablet next to my monitor" */
static bool is_beside_ours(judge *j, const passage *p, uint32_t first, uint32_t begin, uint32_t behind) {
    uint32_t which = behind + !word_in(p, behind, "that which"); /* past the noun of what it is */
    if (!word_in(p, which, "that which") || !word_in(p, which + 1, "hangs sits runs lives stands")) return false;
    if (!word_in(p, begin, "a an the our my") || !is_open(p, first, which)) return false;
    for (uint32_t i = which + 2; i < p->word_count && i < which + 12; i++) {
        if (p->words[i].cues & (CUE_BREAK | NOT_NOW)) return false;
        if (word_in(p, i, "my our"))
            return existence_holds_us(j, p, i, i + 2) && !word_in(p, i + 1, "office work company employer client");
    }
    return false;
}

/* "The Kubernetes cluster we set up in Rotterdam already serves our traffic", "The Kafka we run …" */
static bool is_run_by_us(const passage *p, uint32_t w, uint32_t behind) {
    uint32_t us = behind;
    if (w == 0 || !word_in(p, w - 1, "the") || w > 4) return false;
    if (!word_in(p, us, "we i that which")) us++; /* "cluster" */
    if (word_in(p, us, "that which")) us++;
    if (!word_in(p, us, "we i") || is_taken_back(p, us) || !is_open(p, 0, us)) return false;
    uint32_t verb = us + 1;
    while (is_adverb(p, verb)) verb++;
    if (!word_in(p, verb, "run operate maintain host keep set built installed deployed started rolled")) return false;
    for (uint32_t i = verb + 1; i < p->word_count && i < verb + 14; i++) {
        if (p->words[i].cues & (CUE_BREAK | NOT_NOW) || word_in(p, i, "was were did had")) return false;
        if (existence_is_deed(p, i) && !word_in(p, i - 1, "the a an our my in at") && existence_has_object(p, i + 1))
            for (uint32_t k = i + 1; k < p->word_count && k < i + 7; k++)
                if (word_in(p, k, "our my")) return true;
    }
    return false;
}

bool existence_is_put_to_use(judge *j, const passage *p, uint32_t lo, uint32_t hi) {
    if (p->kind != PASSAGE_SENTENCE) return false;
    uint32_t w = standing_word_at(p, lo);
    if (w >= p->word_count) return false;
    uint32_t begin = phrase_start(p, w), first = part_start(p, lo, hi);
    if (begin < first) begin = first;
    uint32_t behind = standing_word_at(p, hi);
    if (is_given_to_ours(j, p, w, behind) || is_booted(j, p, first, begin) ||
        is_beside_ours(j, p, first, begin, behind) || is_run_by_us(p, w, behind))
        return true;
    if (is_listed_as_running(j, p, lo) || is_kept_by_pronoun(p, lo, hi) || is_pool_at_work(p, begin, hi)) return true;
    if (is_turned_to(p, first, begin, hi) || is_related_to_us(p, begin, hi)) return true;
    return is_done_by_us(p, first, begin) || is_handed_over(j, p, first, begin) || is_used_by_ours(p, first, begin) ||
           is_made_with(p, first, begin);
}

bool existence_is_ordered(judge *j, const passage *p, uint32_t lo) {
    uint32_t w = standing_word_at(p, lo), verb = 0;
    if (p->kind != PASSAGE_SENTENCE || w >= p->word_count || w > 16) return false;
    uint32_t begin = phrase_start(p, w);
    if (begin == 0 || begin > 8) return false;
    if (p->heading != PASSAGE_NONE) { /* "Things you will be tempted to do" */
        passage_prepare(j, &j->passages[p->heading]);
        if (j->passages[p->heading].cues & NOT_NOW) return false;
    }
    while (word_in(p, verb, "now then next first finally")) verb++;
    if (!word_in(p, verb, "install start run launch deploy build pull use create")) return false;
    if (p->cues & (NOT_NOW & ~(uint32_t)CUE_SECOND) || p->cues & (CUE_PAST | CUE_GONE | CUE_DEFAULT)) return false;
    for (uint32_t i = 0; i < p->word_count; i++)
        if (word_in(p, i, "or you your optional optionally alternatively anyway")) return false;
    if (verb + 1 == begin) return true; /* "Install X", "Build the X image" */
    return word_in(p, begin - 1, "with via in as using") && verb + 4 > begin - 1 &&
           word_in(p, verb + 1, "it them the our everything all");
}
