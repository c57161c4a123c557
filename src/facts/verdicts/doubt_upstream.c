/* doubt_upstream.c - a release as its makers made it, which is here or anywhere.
 *
 *     "vLLM 0.18.0 renames two metrics"             the subject of what no program does for us, but a release does
 *     "vLLM 0.16.0 has the same bug"                has, and nothing of ours is named
 *     "the patch went into vLLM 0.17.2"             where a change is, and nothing of ours is named
 *     "Upgrading to vLLM 0.18.0 costs a restart"    a step that nobody says he took
 *     "What is new in vLLM 0.18"                    a heading over news
 *     "perch 1.3.2's config file still loads"       of its kind of files
 *
 * In: a scene whose version stands right behind its name. Out: the doubt, or NULL. A release that runs here is the
 * subject of a sentence that names something of ours ("… transcribes on bracken"), of a verb that needs nothing ("Caddy
 * 2.9 still serves"), or of one of a few verbs of work and a definite object ("… watches the two lamps"). Of what
 * releases do there is no end: whatever else one does, it does upstream. With something of ours named, only the verbs
 * of changes and failures are doubted ("0.18.0 recognises the GB10").
 */
#include "facts/verdicts/doubt.h"

enum { HITS_READ = 64 };

/* What a release does wherever it is, also on a machine of ours: "recognises the GB10", "supports kestrel's driver". */
static const char RELEASES[] =
    "renames renamed removes removed adds added fixes fixed drops dropped supports supported recognises recognised "
    "recognizes recognized detects detected knows knew understands understood introduces introduced deprecates "
    "deprecated changes changed brings brought breaks broke improves improved reverts reverted ignores ignored rejects "
    "rejected refuses warns warned complains crashes hangs leaks segfaults panics fails followed follows requires "
    "required mentions lists promises promised lacks lands landed ships shipped came learns learned learnt "
    "disables disabled hides splits";

/* What its makers put into a release, or find in it. */
static const char CHANGES[] =
    "flag flags option options bug bugs fix fixes patch patches change changes default defaults regression regressions "
    "issue issues crash leak feature features support metric metrics directive directives parameter argument "
    "deprecation vulnerability hole commit request behaviour behavior header headers variable variables protocol "
    "template "
    "syntax format schema module";

static const char MONTHS[] = "january february march april may june july august september october november december";

/* Something of ours beside the release: doubt_is_here, a model, a process, what a service runs, a part of a machine
 * ("the disk"), or a night of every day. */
static bool names_ours(const scene *s) {
    const passage *p = s->p;
    if (doubt_is_here(s)) return true;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h - p->hit_lo < HITS_READ; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (hit->where.lo < s->part.lo || hit->where.hi > s->part.hi) continue;
        if (hit->where.lo < s->hi && hit->where.hi > s->lo) continue;
        uint32_t e = hit_entity(s->j, hit, -1);
        if (e != MANIFEST_NONE && e == s->entity) continue;
        if (e != MANIFEST_NONE && !s->j->m->entities[e].version.text.n) return true;
        if (hit_has(hit, ALIAS_RUN) || hit_has(hit, ALIAS_METRIC)) return true;
        uint32_t w = s->first;
        while (w < s->end && p->words[w].lo < hit->where.lo) w++;
        bool definite = w > s->first && (doubt_word(p, w - 1, "the our my both these") ||
                                         byte_is_digit(p->on->text.p[p->words[w - 1].lo])); /* "builds 148 pages" */
        if (hit_has(hit, ALIAS_ATTR) && definite) return true;
    }
    return doubt_find(p, s->first, s->end, "night nights nightly daily weekly hourly weekday weekdays port") !=
           UINT32_MAX;
}

/* The name of the entity right before the version; NULL when it does not stand there. */
static const alias_hit *name_beside(const scene *s) {
    for (uint32_t h = s->p->hit_lo; h < s->p->hit_hi && h - s->p->hit_lo < HITS_READ; h++) {
        const alias_hit *hit = &s->p->on->hits[h];
        if (hit->where.hi <= s->lo && s->lo <= hit->where.hi + 2 && hit_entity(s->j, hit, -1) == s->entity) return hit;
    }
    return NULL;
}

/* "renames", "reverted", "froze": a verb in the third person or in the past, and no noun of what a release consists
 * of. */
static bool is_verb(const passage *p, uint32_t i) {
    if (i >= p->word_count) return false;
    str w = surface_slice(p->on, p->words[i].lo, p->words[i].hi);
    if (w.n < 3 || w.p[0] < 'a' || w.p[0] > 'z' || str_find_byte(w, '-', 0) >= 0 || str_find_byte(w, '\'', 0) >= 0)
        return false;
    if (doubt_word(p, i,
                   "containers images servers processes instances workers packages installs binaries installed "
                   "deployed pinned running released compiled since as this its plus versus across always"))
        return false;
    if (str_ends(w, STR("s"))) return !str_ends(w, STR("ss")) && !str_ends(w, STR("us"));
    if (str_ends(w, STR("ed"))) return true;
    return doubt_word(
        p, i,
        "broke froze hung fell went came got had gave made took left lost brought did kept knew began led "
        "ran shut split threw won sat stood cut let");
}

/* "costs", "renames" */
static bool is_present(const passage *p, uint32_t i) {
    return is_verb(p, i) && str_ends(surface_slice(p->on, p->words[i].lo, p->words[i].hi), STR("s"));
}

static bool is_adverb(const passage *p, uint32_t i) {
    if (doubt_word(p, i, "still also now then first finally already even again only just never once simply"))
        return true;
    return i < p->word_count && str_ends(surface_slice(p->on, p->words[i].lo, p->words[i].hi), STR("ly"));
}

/* "Caddy 2.9 still serves", "runs since May", "runs without complaint": it runs, and is said to do nothing more. */
static bool is_left_running(const scene *s, uint32_t verb) {
    const passage *p = s->p;
    if (!doubt_word(p, verb, "runs run ran serves listens answers works lives stays remains")) return false;
    if (verb + 1 >= s->end || p->words[verb + 1].lo > p->words[verb].hi + 1) return true;
    return is_adverb(p, verb + 1) ||
           doubt_word(p, verb + 1,
                      "since for fine well without today to in every and until there happily as behind under here both "
                      "at all on beside");
}

/* "fills the queue", "serves them", not "builds the same site twice as fast": what it does to what there is, where
 * nothing is compared with the release before. */
static bool is_doing(const scene *s, uint32_t verb) {
    static const char doing[] =
        "runs ran serves served hosts drives powers manages drafts fills feeds builds renders "
        "publishes answers terminates proxies scores watches sends holds decides counts draws "
        "transcribes hands sifts guards collects keeps stores backs pulls pushes indexes encodes "
        "transcodes schedules delivers delivered sorts prints records archives";
    const passage *p = s->p;
    uint32_t end = verb + 10 < s->end ? verb + 10 : s->end;
    if (!doubt_word(p, verb, doing)) return false;
    if (doubt_find(p, verb + 1, end, "fast again differently better instead") != UINT32_MAX ||
        doubt_find(p, verb + 1, end, CHANGES) != UINT32_MAX)
        return false;
    return doubt_word(p, verb + 1, "the our my all every each both everything it them whom what up out");
}

/* The verb whose subject is the release, UINT32_MAX where it is none: nothing but the beginning of a clause stands
 * before the name, and an adverb or what commas set off between the version and the verb. */
static uint32_t verb_of(const scene *s, uint32_t name) {
    const passage *p = s->p;
    uint32_t verb = s->after, before = name;
    if (before > s->first && doubt_word(p, before - 1, "the")) before--;
    bool opens =
        before == s->first || p->words[before].lo <= s->clause.lo + 1 ||
        doubt_word(p, before - 1,
                   "and but so because while that when though although whereas now then today upstream only even "
                   "here meanwhile");
    if (!opens || verb >= s->end) return UINT32_MAX;
    if (p->words[verb].lo > s->hi + 1) { /* "vLLM 0.18.0, out since Tuesday, renames" */
        if (p->on->text.p[s->hi] != ',' || !doubt_word(p, verb, "out due released announced new fresh published"))
            return UINT32_MAX;
        while (verb < s->end && verb < s->after + 8 && p->on->text.p[p->words[verb].hi] != ',') verb++;
        if (++verb >= s->end || verb >= s->after + 9) return UINT32_MAX;
    }
    for (int k = 0; k < 2 && is_adverb(p, verb); k++) verb++;
    return verb < s->end && is_verb(p, verb) ? verb : UINT32_MAX;
}

/* "has a fix for the GB10": one of the changes is its object, whatever of ours is named. */
static bool has_change(const scene *s, uint32_t verb) {
    if (!doubt_word(s->p, verb, "has have had gets got gives")) return false;
    return doubt_find(s->p, verb + 1, verb + 5 < s->end ? verb + 5 : s->end, CHANGES) != UINT32_MAX;
}

/* "is what I wait for", where "is what runs here", "is what we use" says that it runs. */
static bool is_awaited(const scene *s) {
    uint32_t i = s->after;
    if (!doubt_word(s->p, i, "is was") || !doubt_word(s->p, i + 1, "what")) return false;
    return doubt_find(s->p, i + 2, i + 7 < s->end ? i + 7 : s->end,
                      "wait waiting await want wanted hope hoped need recommend recommended everybody") != UINT32_MAX;
}

static const char *doubt_as_subject(const scene *s, uint32_t name) {
    const passage *p = s->p;
    if (p->kind != PASSAGE_SENTENCE) return NULL;
    if (is_awaited(s)) OBJECT(s->j, "it is a release spoken of");
    uint32_t verb = verb_of(s, name);
    if (verb == UINT32_MAX || doubt_word(p, verb, "is are was were")) return NULL;
    if (doubt_word(p, verb, "has have") && doubt_word(p, verb + 1, "been") && /* "has been stable for 14 months" */
        doubt_word(p, verb + 2, "stable solid rock fine running boring reliable quiet") &&
        doubt_find(p, verb + 3, verb + 8 < s->end ? verb + 8 : s->end, "others people them everybody everyone most") ==
            UINT32_MAX)
        return NULL;
    bool compared = doubt_find(p, verb + 1, verb + 10 < s->end ? verb + 10 : s->end, "twice faster slower same") !=
                    UINT32_MAX; /* with the release before, "builds the same site twice as fast" */
    bool release = has_change(s, verb) || doubt_word(p, verb, RELEASES) || (compared && !(p->cues & CUE_FIRST));
    if (release) OBJECT(s->j, "it says what the release does");
    if (!names_ours(s) && !is_left_running(s, verb) && !is_doing(s, verb))
        OBJECT(s->j, "it says what the release does");
    return NULL;
}

/* Has the sentence a finite verb outside the name and the version? */
static bool has_verb(const scene *s, uint32_t name) {
    for (uint32_t i = s->first; i < s->end; i++)
        if ((i < name || i >= s->after) && (is_verb(s->p, i) || doubt_word(s->p, i, "is are was were has have")))
            return true;
    return false;
}

/* "The flag is gone in Caddy 2.11", "a bug report against Hugo 0.149 describes it", "was backported to vLLM 0.17.2":
 * where a change is. "The pages are rendered with Hugo 0.149" says what is done with it, by a verb of work. */
static const char *doubt_as_place(const scene *s, uint32_t name) {
    static const char done[] =
        "runs run running ran served serves built made drafted rendered decoded measured tested "
        "benchmarked taken done written produced generated loaded hosted uses use pinned deployed "
        "installed works work sits lives stands depends based started keeps keep kept stores stored";
    const passage *p = s->p;
    uint32_t lead = doubt_word_before(s, name), from, end;
    if (lead == UINT32_MAX || p->words[lead].lo < s->part.lo || p->kind != PASSAGE_SENTENCE) return NULL;
    doubt_words_of(s, s->part, &from, &end);
    bool change = doubt_has(s, from, end, CHANGES);
    if (doubt_word(p, lead, "between") ||
        (doubt_word(p, lead, "and") && doubt_find(p, from, lead, "between") != UINT32_MAX))
        OBJECT(s->j, "one end of a range of releases");
    bool to = doubt_word(p, lead, "to") && lead > s->first;
    if (to && doubt_word(p, lead - 1, "upgrading updating moving switching going") && lead - 1 == from &&
        is_present(p, s->after) && !doubt_is_here(s))
        OBJECT(s->j, "it is a step to come");
    if (names_ours(s) || !has_verb(s, name)) return NULL;
    if (to && doubt_word(p, lead - 1, "backported ported belongs belong applied added limited new specific unique"))
        OBJECT(s->j, "it is a release spoken of");
    if (doubt_word(p, lead, "of") && (change || (lead > s->first && doubt_word(p, lead - 1, "part parts"))))
        OBJECT(s->j, "it is a release spoken of");
    if (doubt_word(p, lead, "for") && change) OBJECT(s->j, "it is a release spoken of");
    bool worked = doubt_has(s, from, end, done);
    worked = worked || (from < end && doubt_word(p, from, "there")); /* "There are seven dashboards in Grafana 11.4" */
    if (doubt_word(p, lead, "in into against") && (change || !worked)) OBJECT(s->j, "it is a release spoken of");
    bool dated = s->j->m->entities[s->entity].version.history_count && doubt_find(p, from, end, MONTHS) != UINT32_MAX;
    if (doubt_word(p, lead, "with") && !dated && (change || (lead == from && !worked)))
        OBJECT(s->j, "it is a release spoken of");
    return NULL;
}

const char *doubt_of_upstream(const scene *s) {
    const alias_hit *beside = s->entity == MANIFEST_NONE ? NULL : name_beside(s);
    if (!beside) return NULL;
    uint32_t name = s->first;
    while (name < s->end && s->p->words[name].lo < beside->where.lo) name++;
    if (s->p->kind == PASSAGE_HEADING) {
        if (doubt_find(s->p, s->first, s->at, "waiting awaiting news changelog upcoming coming") != UINT32_MAX ||
            (name > s->first + 1 && doubt_word(s->p, name - 1, "in for about to") &&
             doubt_word(s->p, name - 2, "new changed changes changing fixed gone different")))
            OBJECT(s->j, "it is a release spoken of");
        return NULL;
    }
    str behind = surface_slice(s->p->on, s->hi, s->p->text.hi);
    if ((str_starts(behind, STR("'s ")) || str_starts(behind, STR("\xe2\x80\x99s "))) &&
        doubt_find(
            s->p, s->after, s->after + 3 < s->end ? s->after + 3 : s->end,
            "config configuration file files format schema syntax flag flags option options default defaults docs "
            "documentation changelog notes api protocol") != UINT32_MAX)
        OBJECT(s->j, "it names a release");
    const char *subject = doubt_as_subject(s, name);
    return subject ? subject : doubt_as_place(s, name);
}
