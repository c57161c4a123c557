/* doubt_habits.c - what a service exposes and when a process runs: doubts of these two kinds alone.
 *
 *     exposes    "exposes a race", "is exposed to the tunnel"               the verb means something else
 *     process    "the weekly snapshots", "it started at 02:20"              another noun's cadence, one night's time
 *                "I read the backup's log every Monday"                     of what it left behind
 *
 * In: a scene (doubt.h). Out: the doubt, or NULL. Words are closed classes of English or of the field.
 */
#include "facts/reading/cadence.h"
#include "facts/verdicts/doubt.h"

#include "facts/reading/standing.h"

enum { PIECE_WORDS = 4 };

/* What an article that invents tools gives its agents: files, shells, mail, databases. Words of the list of what is
 * exposed are compared before this is asked. */
bool exposes_capability(const passage *p, uint32_t i) {
    static const char words[] =
        "generation restart log logs download downloads export exports upload uploads training"
        " editing execution deletion provisioning file files filesystem calendar email emails"
        " mail inbox database databases sql postgres postgresql mysql sqlite shell terminal"
        " command commands bash git repository repositories repo repos commit commits branches"
        " docker container containers browser slack github gitlab jira notion ssh sudo root"
        " secrets credentials passwords contacts code scripts python disk folder folders"
        " directory directories kubernetes cluster cron systemd messages payments crm spreadsheet"
        " spreadsheets drive clipboard desktop sandbox publishing moderation newsletter"
        " subscription subscriptions comment comments notifications scheduling analytics"
        " translation screenshots weather generator telemetry temperature temperatures controls"
        " runner";
    return word_in(p, i, words);
}

bool exposes_act(const passage *p, uint32_t i) {
    return word_in(p, i,
                   "creation creating deletion deleting removal removing editing update updates updating publishing "
                   "publication restart restarts restarting reboot reboots purge purges purging scheduling moderation "
                   "submission approval renaming rewriting drafting retraining training generation execution upload "
                   "uploads uploading rollback rollbacks deployment deploys deploying trigger triggers tuning "
                   "enrolment enrollment registration");
}

/* "publish drafts", "publishing articles", "even restart the engine": a verb that changes one of the things that such
 * services have. */
static bool begins_with_act(const passage *p, uint32_t i, uint32_t hi) {
    bool verb = p->words[i].marks & MARK_ACT || exposes_act(p, i) ||
                word_in(p, i,
                        "publish post moderate deploy trigger schedule execute draft purge retrain swap send generate "
                        "upload restart");
    if (!verb || i + 1 >= hi) return false;
    return word_in(
        p, hi - 1,
        "article articles post posts draft drafts comment comments image images page pages file files "
        "deployment deployments engine engines container containers model models cache newsletter newsletters "
        "user users database entry entries service services job jobs");
}

bool exposes_acts(const passage *p, uint32_t lo, uint32_t hi, const manifest_list *list) {
    while (hi > lo + 1 && word_in(p, hi - 1, "too tool tools well as operation function call")) hi--;
    while (lo + 1 < hi && word_in(p, lo, "even also then it can will")) lo++;
    if (hi == lo) return false;
    uint32_t act = exposes_act(p, hi - 1) ? hi - 1 : begins_with_act(p, lo, hi) ? lo : UINT32_MAX;
    if (act == UINT32_MAX) return false;
    for (uint32_t i = 0; i < list->n; i++) {
        if (fact_text_has_stem(list->items[i].name, p->words[act].stem)) return false;
        for (uint32_t a = 0; a < list->items[i].aliases.n; a++)
            if (fact_text_has_stem(list->items[i].aliases.at[a].text, p->words[act].stem)) return false;
    }
    return true;
}

/* ---- what a service exposes ---- */

/* Behind the verb of exposing, as many short pieces ("a, b, c and d") as there are; 0 where one is longer than a name,
 * so that a comma may part anything. */
static uint32_t count_pieces(const scene *s) {
    const passage *p = s->p;
    uint32_t verb = UINT32_MAX, pieces = 1, words = 0;
    for (uint32_t i = s->at; i > s->first && verb == UINT32_MAX; i--)
        if (p->words[i - 1].cues & CUE_EXPOSE) verb = i - 1;
    if (verb == UINT32_MAX || s->at - verb > 24) return 0;
    for (uint32_t i = verb + 1; i < s->end && i < verb + 32; i++) {
        bool comma = i > verb + 1 && !standing_is_gap_free(p, p->words[i - 1].hi, p->words[i].lo, ",");
        if (!standing_is_gap_free(p, p->words[i - 1].hi, p->words[i].lo, ";:().")) break;
        if (doubt_word(p, i, "for to that which so because while but with")) return words ? pieces : 0;
        if (comma || doubt_word(p, i, "and or plus")) {
            if (words) pieces++;
            words = 0;
            if (doubt_word(p, i, "and or plus")) continue;
        }
        if (!doubt_word(p, i, "a an the its also even both") && ++words > PIECE_WORDS) return 0;
    }
    return words ? pieces : 0;
}

/* A piece without a word of files, shells and the like, in a sentence that leaves a listed item unnamed, may name that
 * one in other words. */
static bool may_be_renamed(const scene *s) {
    const passage *p = s->p;
    if (s->entity == MANIFEST_NONE) return false;
    for (uint32_t i = s->at; i < s->after; i++)
        if (exposes_capability(p, i)) return false;
    if (doubt_word(p, s->at + 1, "a an the any all one")) return false; /* "delete a tenant": a verb that no item has */
    const manifest_list *list = &s->j->m->entities[s->entity].exposes;
    if (exposes_acts(p, s->at, s->after, list)) return false;
    uint64_t named = 0;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++)
        for (uint32_t t = 0; t < p->on->hits[h].target_count; t++)
            if (p->on->hits[h].targets[t].kind == ALIAS_EXPOSED && p->on->hits[h].targets[t].index == s->entity &&
                p->on->hits[h].targets[t].part < 64)
                named |= (uint64_t)1 << p->on->hits[h].targets[t].part;
    uint32_t count = 0;
    for (uint32_t k = 0; k < list->n && k < 64; k++) count += (uint32_t)(named >> k & 1);
    if (count > 1 && exposes_is_none_of(p, s->at, s->after, list, named)) return false;
    if (count > 1 && count_pieces(s) > list->n) return false; /* more pieces than names: some are none's other name */
    return count > 0 && count < list->n;
}

/* Is word `i` what the operation behind it is done to: "draft publishing", "message export"? */
static bool is_done_to(const scene *s, uint32_t i) {
    const passage *p = s->p;
    if (i + 1 >= s->after || p->words[i + 1].lo != p->words[i].hi + 1) return false;
    str next = surface_slice(p->on, p->words[i + 1].lo, p->words[i + 1].hi);
    return exposes_capability(p, i + 1) || str_ends(next, STR("ing")) || str_ends(next, STR("ion"));
}

/* "our MCP server, which exposes": does the "which" at word `i` take up the service itself? */
static bool takes_up_its_own(const scene *s, uint32_t i, uint32_t verb) {
    const passage *p = s->p;
    if (!doubt_word(p, i, "which") || verb > i + 2 || (verb == i + 2 && !doubt_word(p, i + 1, "also now only even")))
        return false;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++)
        if (hit_entity(s->j, &p->on->hits[h], -1) == s->entity && s->entity != MANIFEST_NONE &&
            standing_word_at(p, p->on->hits[h].where.hi) == i)
            return true;
    return false;
}

const char *doubt_exposes(const scene *s) {
    const passage *p = s->p;
    uint32_t from, to;
    doubt_words_of(s, s->part, &from, &to);
    uint32_t verb = UINT32_MAX;
    for (uint32_t i = s->at; i > s->first && verb == UINT32_MAX; i--)
        if (p->words[i - 1].cues & CUE_EXPOSE && !doubt_word(p, i - 1, "can has have gets get")) verb = i - 1;
    if (verb != UINT32_MAX && doubt_word(p, verb, "exposed gave") &&
        (doubt_has_then(s) || (verb > s->first && doubt_word(p, verb - 1, "is are was were be been"))))
        OBJECT(s->j, "it is said of the past, or of to whom");
    if (verb != UINT32_MAX && verb > s->first && doubt_word(p, verb - 1, "to which what that than") &&
        !takes_up_its_own(s, verb - 1, verb)) {
        OBJECT(s->j, "it is said of something else");
    }
    /* who exposes: another name, or a relative clause, between the service and the verb */
    for (uint32_t i = s->first; verb != UINT32_MAX && i < verb; i++)
        if ((doubt_word(p, i, "unlike what than which") && !takes_up_its_own(s, i, verb)) ||
            (doubt_word(p, i, "log logs") && i + 1 == verb))
            OBJECT(s->j, "it is said of something else");
    uint32_t lead = doubt_word_before(s, s->at);
    if (lead != UINT32_MAX && doubt_word(p, lead, "in inside within from via through over behind"))
        OBJECT(s->j, "it says where or how, not what"); /* "gives you one in the browser" */
    if (doubt_word(p, s->at, "in inside within via through over") && s->after > s->at + 1)
        OBJECT(s->j, "it says where or how, not what");
    if (doubt_word(p, s->at, "offers offer provides provide exposes expose gives give lets"))
        OBJECT(s->j, "it is said of something else");
    bool acts = s->entity != MANIFEST_NONE && /* "publish drafts" */
                exposes_acts(p, s->at, s->after, &s->j->m->entities[s->entity].exposes);
    bool identifier = str_find_byte(surface_slice(p->on, s->lo, s->hi), '_', 0) > 0; /* `submit_draft` */
    for (uint32_t i = s->at; i < s->after && !identifier; i++) {
        bool head = !acts && !is_done_to(s, i); /* "tokens" are none, "token revocation" is one */
        if (doubt_word(p, i,
                       "itself less more everything anything all rest missing over http https called part weak") ||
            (head && doubt_word(p, i,
                                "bug bugs race races weakness weaknesses problem problems flaw flaws surface subset "
                                "value values limits limit token tokens draft drafts message messages source answer "
                                "answers question questions error errors check checks healthcheck probe")))
            OBJECT(s->j, "it is no operation of a service");
    }
    if (may_be_renamed(s)) OBJECT(s->j, "it may be another name of what is listed");
    return NULL;
}

/* ---- processes ---- */

/* "the weekly snapshots of the backup", "a monthly report": the cadence is another noun's. */
static bool qualifies_another(const scene *s) {
    const passage *p = s->p;
    if (s->after >= s->end || p->words[s->after].lo != s->hi + 1) return false;
    if (p->on->text.p[s->hi] != ' ') return false;
    const pword *w = &p->words[s->after];
    if (w->cues & (CUE_STOP | CUE_BREAK | CUE_PLACE | CUE_HAVE) || byte_is_digit(p->on->text.p[w->lo])) return false;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++)
        if (p->on->hits[h].where.lo <= w->lo && p->on->hits[h].where.hi >= w->hi &&
            hit_entity(s->j, &p->on->hits[h], ENTITY_PROCESS) != MANIFEST_NONE)
            return false;
    return s->at + 1 == s->after; /* one word: weekly, nightly */
}

/* What is trained, tuned, evaluated. */
static const char OF_A_MODEL[] =
    "model models adapter adapters network networks lora llm llms drafter reviewer classifier "
    "embedding embeddings weights checkpoint checkpoints";
static const char OF_THE_WORK[] =
    "output outputs answer answers article articles draft drafts quality score scores scoring accuracy perplexity "
    "benchmark "
    "benchmarks gate result results regression suite dataset datasets translation translations summaries evaluation "
    "evaluations "
    "eval evals audit audits validation backup backups snapshot snapshots retraining database databases data";

/* What anybody looks after on a machine, and no category of an operation's work. */
static const char OF_THE_HOUSE[] =
    "update updates upgrade upgrades release releases version versions power draw consumption temperature temperatures "
    "fan fans dust disk disks space log logs uptime bill mail inbox battery cable cables noise weather";

/* "check whether the Spark has updates", "measure the power draw of the Spark": a verb that may be said of anything,
 * and a machine, or what is looked after on it. A program or a model is what an operation's own work is about. */
static bool is_housekeeping(const scene *s) {
    const passage *p = s->p;
    uint32_t verb =
        doubt_find(p, s->first, s->end, "test check review score measure benchmark calibrate grade rate inspect");
    if (verb == UINT32_MAX ||
        doubt_find(p, s->first, s->end, "verify validate evaluate audit verified validated evaluated audited") !=
            UINT32_MAX)
        return false;
    if (doubt_find(p, verb + 1, s->end, OF_THE_HOUSE) != UINT32_MAX) return true;
    bool machine = false, other = false;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++) {
        uint32_t e = hit_entity(s->j, &p->on->hits[h], -1);
        if (e == MANIFEST_NONE || p->on->hits[h].where.lo < p->words[verb].hi) continue;
        uint8_t kind = s->j->m->entities[e].kind;
        if (kind == ENTITY_HOST || kind == ENTITY_HARDWARE)
            machine = true;
        else
            other = true;
    }
    return machine && !other;
}

/* "I restore a backup once a month", "I verify the backup every quarter": the process's product is treated by a verb
 * that is no word of the process, and how often that is done says nothing of how often it runs. */
static bool is_treated(const scene *s) {
    const passage *p = s->p;
    if (s->entity == MANIFEST_NONE || s->j->m->entities[s->entity].kind != ENTITY_PROCESS) return false;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (hit_entity(s->j, hit, ENTITY_PROCESS) != s->entity) continue;
        uint32_t w = passage_word_before(p, hit->where.lo), behind = standing_word_at(p, hit->where.hi);
        if (doubt_word(p, behind, "is are gets get") && /* "every month the backup is restored to a spare disk" */
            doubt_word(p, behind + 1 + doubt_word(p, behind + 1, "also then fully itself"),
                       "restored verified checked tested reviewed inspected audited deleted rotated copied downloaded "
                       "watched monitored measured validated read mounted compared archived"))
            return true;
        while (w != UINT32_MAX && w > 0 &&
               doubt_word(p, w, "a an the my our its this that one each every all old last latest newest full nightly"))
            w--;
        if (w == UINT32_MAX) continue;
        if (doubt_word(p, w,
                       "restore restored verify check test review inspect audit prune delete rotate copy download "
                       "watch monitor measure clean validate read mount compare") &&
            !process_words_hold(fact_index_process(s->j->index, s->entity), p->words[w].stem))
            return true;
    }
    return false;
}

/* "The page check finds something nearly every week", "the backup fails once a month": what comes of it, and not how
 * often it is done. */
static bool is_what_comes_of_it(const scene *s) {
    const passage *p = s->p;
    if (s->at > 0 && doubt_word(p, s->at - 1, "nearly almost practically virtually")) return true;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++) {
        if (hit_entity(s->j, &p->on->hits[h], ENTITY_PROCESS) != s->entity || s->entity == MANIFEST_NONE) continue;
        uint32_t verb = standing_word_at(p, p->on->hits[h].where.hi);
        if (doubt_word(p, verb, "of for at") && doubt_word(p, verb + 1, "another other somebody someone others"))
            return true; /* "the month close of another firm" */
        if (verb < s->at &&
            doubt_word(p, verb,
                       "finds find catches catch fails fail reveals reveal uncovers uncover misses miss "
                       "saves save costs cost grows grow produces produce"))
            return true;
    }
    return false;
}

/* What a process leaves to be looked at. */
static const char RECORDS[] =
    "log logs report reports number numbers mail mails output result results record records history "
    "size duration chart charts graph status";

/* "the backup's log", "the log of the batch", "look at the full backup": what it left behind, and whoever reads that.
 */
static bool is_of_its_record(const scene *s) {
    const passage *p = s->p;
    if (s->entity == MANIFEST_NONE || s->j->m->entities[s->entity].kind != ENTITY_PROCESS) return false;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (hit_entity(s->j, hit, ENTITY_PROCESS) != s->entity) continue;
        uint32_t behind = standing_word_at(p, hit->where.hi), w = passage_word_before(p, hit->where.lo);
        if (behind < s->end && doubt_word(p, behind, "s") && behind + 1 < s->end) behind++;
        if (behind < p->word_count && p->words[behind].lo <= hit->where.hi + 4 && doubt_word(p, behind, RECORDS))
            return true;
        while (w != UINT32_MAX && w > 0 && doubt_word(p, w, "a an the my our its this that last latest full nightly"))
            w--;
        if (w == UINT32_MAX || w == 0) continue;
        if (doubt_word(p, w, "of from") && doubt_word(p, w - 1, RECORDS)) return true;
        if (doubt_word(p, w, "at") && doubt_word(p, w - 1, "look looks looked looking")) return true;
    }
    return false;
}

/* "compare the answers with last week's": whose, and not when. */
static bool is_owner(const passage *p, uint32_t i) { return word_is_possessive(p, i); }

/* "I patch the nodes every Sunday", "we back up all our servers": what is looked after, and it is ours. */
static bool is_upkeep_of_ours(const scene *s, uint32_t i) {
    return i > s->at && i < s->after && str_is_among(s->c->subject, "maintenance patching backup") &&
           doubt_word(s->p, i, "nodes machines hosts servers boxes systems cluster databases vms") &&
           doubt_word(s->p, i - 1, "the our my all both") && !doubt_word(s->p, i + 1, "at in for of");
}

/* "ended at 03:14", "started at 02:31 today", "in UTC it starts at 02:40": an end, one night's time, another clock. */
static bool is_of_one_run(const scene *s) {
    const passage *p = s->p;
    uint32_t from, to;
    doubt_words_of(s, s->clause, &from, &to);
    if (doubt_find(p, from, to, "today yesterday tonight utc gmt") != UINT32_MAX) return true;
    for (uint32_t i = from; i < s->after && i < to; i++) /* "ended at 03:14": right before the hour */
        if (i + 4 > s->at && doubt_word(p, i, "ended ends finished finishes")) return true;
    for (uint32_t i = from; i + 1 < to; i++) {
        if (doubt_word(p, i, "is was") && doubt_word(p, i + 1, "done over through") && doubt_word(p, i + 2, "at by"))
            return true;
        if (doubt_word(p, i, "last") && !doubt_word(p, i + 2, "of in") && !is_owner(p, i + 1) &&
            doubt_word(p, i + 1, "night week monday tuesday wednesday thursday friday saturday sunday month"))
            return true;
    }
    return false;
}

/* Does the sentence hold the process's own time besides: "coffee at 07:30, the review at 07:45"? */
static bool keeps_its_time(const scene *s) {
    cadence own, other;
    if (s->entity == MANIFEST_NONE || !s->j->m->entities[s->entity].process.cadence.n) return false;
    if (str_find_byte(s->c->quote, ',', 0) >= 0) return false; /* steps, not a cadence */
    str declared = s->j->m->entities[s->entity].process.cadence, text = passage_text(s->p);
    if (!cadence_find_time(declared, 0, &own) || text.n > 2048) return false;
    for (uint32_t at = 0, n = 0; n < 8 && cadence_find_time(text, at, &other); at = other.hi, n++)
        if (other.minute == own.minute && (s->p->text.lo + other.hi <= s->lo || s->p->text.lo + other.lo >= s->hi))
            return true;
    return false;
}

const char *doubt_process(const scene *s) {
    const passage *p = s->p;
    uint32_t from, to;
    doubt_words_of(s, s->clause, &from, &to);
    if (doubt_is_past(s) && doubt_has_then(s)) OBJECT(s->j, "it is said of the past");
    bool named = false; /* "what happens every night, what to do on patch day": each has its own subject */
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++)
        named = named || (p->on->hits[h].where.lo >= s->clause.lo && p->on->hits[h].where.hi <= s->clause.hi &&
                          hit_entity(s->j, &p->on->hits[h], ENTITY_PROCESS) != MANIFEST_NONE);
    uint32_t subject = from;
    while (subject < s->at && doubt_word(p, subject, "and or but then")) subject++;
    if (!named && subject + 1 < s->at && doubt_word(p, subject, "what whatever everything something nothing who where"))
        OBJECT(s->j, "it is said of something else");
    if (qualifies_another(s)) OBJECT(s->j, "the cadence is that of another thing");
    if (doubt_has(s, from, s->at,
                  "ask asks asked demand demands recommend recommends suggest suggests require requires expect expects "
                  "mailed report summary"))
        OBJECT(s->j, "it is asked for, not said to be done");
    if (doubt_has(s, from, to, "train trained") && !doubt_has(s, from, to, OF_A_MODEL) && !doubt_has(s, from, to, "on"))
        OBJECT(s->j, "it is done to another thing");
    if (s->entity == MANIFEST_NONE && str_eq(s->c->fact, STR("scopes.processes"))) { /* a category: what is checked? */
        /* nothing but a model is tuned so */
        bool ours = doubt_find(p, s->at > 0 ? s->at - 1 : 0, s->after, "tune finetune retrain") != UINT32_MAX;
        for (uint32_t i = s->first; i < s->end && !ours; i++)
            ours = doubt_word(p, i, OF_A_MODEL) || doubt_word(p, i, OF_THE_WORK) || doubt_is_declared(s, i) ||
                   (i >= s->at && i < s->after && doubt_word(p, i, "this it them these everything")) ||
                   is_upkeep_of_ours(s, i);
        if (!ours || is_housekeeping(s)) OBJECT(s->j, "it is done to another thing");
    }
    if (is_of_its_record(s)) OBJECT(s->j, "it is what is done with its record");
    if (is_of_one_run(s)) OBJECT(s->j, "it is said of one run, or of its end");
    if (is_what_comes_of_it(s)) OBJECT(s->j, "it is what comes of it, or another's");
    if (is_treated(s)) OBJECT(s->j, "it is what is done to its product");
    if (keeps_its_time(s)) OBJECT(s->j, "its own time is stated beside it");
    return NULL;
}
