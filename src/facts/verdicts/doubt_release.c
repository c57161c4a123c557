/* doubt_release.c - a version that is spoken of and is not said to run here; a port that is another one of the same
 * name.
 *
 *     "There is a llama.cpp b8300 by now"            any release, by its article
 *     "Parabricks 4.7 is said to …", "GCC 15.2 compiles it"     what a release does, will do, did
 *     "Slurm 25.11.2 we left out"                    what somebody did with it
 *     "Driver 590.44 is on NVIDIA's page"            where it lies
 *     "kernel 6.17.13 → 6.18.15"                     history, or the version of another entity
 *     "Keycloak's management interface is on 9000"   another port of the thing that is named
 *
 * In: a scene. Out: the doubt, or NULL. What a program that runs does (serves, listens, answers) is no such verb.
 */
#include "facts/verdicts/doubt.h"

enum { HITS_READ = 64 };

/* The last name of the entity before the claim; NULL when it is not named there. */
static const alias_hit *name_before(const scene *s) {
    const alias_hit *name = NULL;
    if (s->entity == MANIFEST_NONE) return NULL; /* a version of what is declared absent */
    for (uint32_t h = s->p->hit_lo; h < s->p->hit_hi && h - s->p->hit_lo < HITS_READ; h++)
        if (s->p->on->hits[h].where.hi <= s->lo && hit_entity(s->j, &s->p->on->hits[h], -1) == s->entity)
            name = &s->p->on->hits[h];
    return name;
}

static uint32_t word_at(const scene *s, uint32_t byte) {
    uint32_t i = s->first;
    while (i < s->end && s->p->words[i].lo < byte) i++;
    return i;
}

/* Is the clause about what is ours: "we", "my", "here", one of our machines, services or processes? What stands behind
 * a
 * ", and" or a "but" is another clause's: "Caddy 2.11 is in beta, and I am not". */
bool doubt_is_here(const scene *s) {
    const passage *p = s->p;
    uint32_t lo = s->part.lo, hi = s->part.hi;
    for (uint32_t i = s->first; i < s->end; i++) {
        bool joins = i > s->first && p->words[i - 1].hi + 1 < p->words[i].lo &&
                     p->on->text.p[p->words[i - 1].hi] == ',' && doubt_word(p, i, "and but or so which of who where");
        if (!joins) continue;
        if (p->words[i].hi <= s->lo && p->words[i].lo > lo) lo = p->words[i].lo;
        if (p->words[i].lo >= s->hi && p->words[i].lo < hi) hi = p->words[i].lo;
    }
    for (uint32_t i = s->first; i < s->end; i++)
        if (p->words[i].lo >= lo && p->words[i].hi <= hi && (p->words[i].cues & CUE_FIRST || doubt_word(p, i, "here")))
            return true;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h - p->hit_lo < HITS_READ; h++) {
        const alias_hit *hit = &p->on->hits[h];
        uint32_t e = hit->where.lo < lo || hit->where.hi > hi ? MANIFEST_NONE : hit_entity(s->j, hit, -1);
        if (e == MANIFEST_NONE || e == s->entity || (hit->where.lo < s->hi && hit->where.hi > s->lo)) continue;
        uint8_t kind = s->j->m->entities[e].kind;
        if (kind == ENTITY_HOST || kind == ENTITY_HARDWARE || kind == ENTITY_SERVICE) return true;
    }
    return false;
}

/* "SQLite 3.50 has …", "For pgBackRest 2.58 a change …": the name begins the clause, and the version is shorter than
 * what is installed. */
static bool is_release_line(const scene *s, const alias_hit *name) {
    const passage *p = s->p;
    ptrdiff_t stated = 0, now = 0;
    if (s->entity == MANIFEST_NONE || s->lo > name->where.hi + 2 || s->p->kind != PASSAGE_SENTENCE) return false;
    str own = s->j->m->entities[s->entity].version.text, said = s->c->normal;
    for (ptrdiff_t i = 0; i < own.n; i++) now += own.p[i] == '.';
    for (ptrdiff_t i = 0; i < said.n; i++) stated += said.p[i] == '.';
    uint32_t i = word_at(s, name->where.lo);
    while (i > s->first && doubt_word(p, i - 1, "the for of")) i--;
    bool opens = i == s->first || p->words[i].lo <= s->clause.lo + 1;
    if (doubt_word(p, s->after,
                   "and or on in with at for from to as by runs run serves handles listens answers behind "
                   "under here both does did"))
        return false;
    bool selected =
        doubt_word(p, s->after, "is was") && doubt_word(p, s->after + 1, "selected chosen picked preferred");
    bool installed = doubt_word(p, s->after, "is are") &&
                     (doubt_word(p, s->after + 1, "installed deployed running used active pinned configured enabled") ||
                      (doubt_word(p, s->after + 1, "in") && doubt_word(p, s->after + 2, "use")));
    /* "pgBackRest 2.48 takes the backups": what it does to what is ours, not what came with it */
    installed = installed || (existence_is_deed(p, s->after) && doubt_word(p, s->after + 1, "the our my all every") &&
                              !doubt_word(p, s->after,
                                          "changes adds removes brings supports drops fixes improves introduces breaks "
                                          "deprecates renames replaces requires lands ships moves makes lets allows "
                                          "gives wants loses saves knows closes ends marks raises lowers"));
    if (installed || selected || doubt_word(p, s->after, "powers drives manages hosts loads")) return false;
    return opens && stated < now && s->after < s->end && p->words[s->after].lo <= s->hi + 1 && !doubt_is_here(s);
}

static bool stands_next(const scene *s) { return s->after < s->end && s->p->words[s->after].lo <= s->hi + 1; }

/* Does an arrow stand right beside the claim: "6.17.13 → 6.18.15", "a -> b"? */
static bool has_arrow(const scene *s) {
    const str text = s->p->on->text;
    uint32_t lo = s->lo > s->p->text.lo + 5 ? s->lo - 5 : s->p->text.lo,
             hi = s->hi + 5 < s->p->text.hi ? s->hi + 5 : s->p->text.hi;
    str before = str_slice(text, lo, s->lo), behind = str_slice(text, s->hi, hi);
    return str_find(before, STR("\xe2\x86\x92"), 0) >= 0 || str_find(behind, STR("\xe2\x86\x92"), 0) >= 0 ||
           str_find(before, STR("->"), 0) >= 0 || str_find(behind, STR("->"), 0) >= 0;
}

/* Does what the word stands in tell of years, in which there were other steps: "Two years of transcription"? */
static bool tells_of_years(judge *j, passage *p) {
    passage_prepare(j, p);
    for (uint32_t i = 0; i < p->word_count && i < 32; i++)
        if (doubt_word(p, i, "year years decade decades since history evolution timeline journey then ever early"))
            return true;
    return false;
}

enum { LONG_KNOWN_DAYS = 120 };

/* "- faster-whisper: 1.0.3 → 1.2.1", below nothing that tells of years: the one step to what runs, which began where
 * its history says. */
bool doubt_is_last_step(const scene *s) {
    judge *j = s->j;
    str behind = str_trim(surface_slice(s->p->on, s->hi, s->p->text.hi));
    ptrdiff_t arrow = str_starts(behind, STR("\xe2\x86\x92")) ? 3 : str_starts(behind, STR("->")) ? 2 : 0;
    if (!arrow || s->entity == MANIFEST_NONE || !j->m->entities[s->entity].version.history_count) return false;
    const manifest_version *v = &j->m->entities[s->entity].version;
    str now = v->text, to = str_trim(str_slice(behind, arrow, behind.n));
    if (!now.n || !str_starts(to, now) || tells_of_years(j, s->p)) return false;
    day_number today =
        j->day ? j->day : j->m->as_of; /* of what is known for a short time, two steps may be told in one */
    if (v->history[0].from && v->history[0].from + LONG_KNOWN_DAYS > today) return false;
    const uint32_t frames[2] = {s->p->heading, s->p->flags & PASSAGE_IN_LIST ? s->p->lead : PASSAGE_NONE};
    for (int k = 0; k < 2; k++)
        if (frames[k] != PASSAGE_NONE && tells_of_years(j, &j->passages[frames[k]])) return false;
    for (uint32_t i = 0; i < j->passage_count && j->passages[i].kind == PASSAGE_FIELD; i++) /* which come first */
        if (tells_of_years(j, &j->passages[i])) return false;
    return true;
}

/* Is it the version of another entity, now or once, or was it this one's? */
static bool is_known_elsewhere(const scene *s) {
    uint32_t count;
    const uint32_t *found = fact_index_version(s->j->index, s->c->normal, &count);
    for (uint32_t i = 0; i < count; i++)
        if (found[i] != s->entity) return true;
    const manifest_version *v = s->entity == MANIFEST_NONE ? NULL : &s->j->m->entities[s->entity].version;
    for (uint32_t i = 0; v && i < v->history_count; i++)
        if (str_eq(v->history[i].version, s->c->normal)) return true;
    return false;
}

/* ---- what stands around it says that it is not here ---- */

static passage *passage_read(judge *j, uint32_t index) {
    if (index == PASSAGE_NONE || index >= j->passage_count) return NULL;
    passage_prepare(j, &j->passages[index]);
    return &j->passages[index];
}

/* The sentence behind this one, in the same paragraph or item. */
static passage *next_sentence(const scene *s) {
    uint32_t own = (uint32_t)(s->p - s->j->passages);
    if (own + 1 >= s->j->passage_count || s->j->passages[own + 1].previous != own) return NULL;
    return passage_read(s->j, own + 1);
}

/* "Neither caused any downtime.", "No surprises.": what is denied is trouble, not what ran. */
static bool denies_trouble(const passage *next) {
    static const char trouble[] =
        "downtime outage outages surprise surprises regret regrets drama trouble troubles problem problems issue "
        "issues error errors complaint complaints regression regressions incident incidents crash crashes";
    static const char led_to[] = "caused causes cost costs brought took led broke gave made required requires";
    for (uint32_t i = 1; i < next->word_count; i++)
        if (doubt_word(next, i, trouble) || (i + 1 < next->word_count && doubt_word(next, i, led_to))) return true;
    return false;
}

/* "Start Blender 4.2. It is not there any more.", "A move to 26.04. Not this year.", "… It went in March." */
bool doubt_is_taken_back(const scene *s) {
    const passage *next = next_sentence(s);
    if (!next || !next->word_count) return false;
    bool brief = next->word_count <= 4 && doubt_word(next, 0, "not never no neither") && !denies_trouble(next);
    if (brief || !doubt_word(next, 0, "it that this both neither they these those")) return brief;
    if (doubt_word(next, 1, "went left vanished")) return true;
    bool joined = doubt_word(next, 1, "isn't aren't");
    if (joined ||
        (doubt_word(next, 1, "is are") && doubt_word(next, 2, "not no"))) /* "It is not slow" denies nothing */
        return doubt_word(next, joined ? 2 : 3, "there here installed ours in on longer yet available");
    return doubt_word(next, 1, "is are was were has have") &&
           doubt_word(next, 2, "gone nowhere removed uninstalled never");
}

/* Has the sentence no verb of its own: "Home Assistant 2026.6, which …", "Request one: Dorado 1.4."? A verb behind
 * "which", "whenever" or a colon is another clause's. */
static bool is_fragment(const scene *s) {
    const passage *p = s->p;
    if (s->after < s->end && p->words[s->after].lo == s->hi + 1) { /* "Tide 1.6 builds the site" */
        str behind = surface_slice(p->on, p->words[s->after].lo, p->words[s->after].hi);
        if (str_ends(behind, STR("s")) || str_ends(behind, STR("ed"))) return false;
    }
    for (uint32_t i = s->first; i < s->end; i++) {
        if (p->words[i].lo >= s->hi && p->words[i].cues & CUE_BREAK) break;
        if (p->words[i].lo >= s->hi && doubt_word(p, i, "which that who what whenever when once")) break;
        bool verb =
            p->words[i].cues & (CUE_HAVE | CUE_RUN | CUE_WAS | CUE_TAKE) ||
            doubt_word(p, i, "is are was were am has have had does do did runs went came stays keeps gives give i we");
        if (verb && !doubt_word(p, i, "with on and both before after since until")) return false;
    }
    return true;
}

/* "What might", "What I refuse so far", "Not yet", "Wishes": the heading or the line that leads in tells of what is
 * not. */
static bool is_framed_away(const scene *s) {
    const uint32_t frames[2] = {s->p->heading, s->p->flags & PASSAGE_IN_LIST ? s->p->lead : PASSAGE_NONE};
    for (int k = 0; k < 2; k++) {
        const passage *frame = passage_read(s->j, frames[k]);
        bool left = frame && doubt_word(frame, 0, "left") && doubt_word(frame, 1, "out alone aside");
        if (k == 1 && (left || (frame && doubt_word(frame, 0, "not")))) return true; /* "Not installed yet:" */
        for (uint32_t i = 0; frame && i < frame->word_count && i < 24; i++)
            if ((k == 0 && frame->words[i].cues & CUE_NEGATION) ||
                doubt_word(frame, i,
                           "might could would refuse refused skip skipped skipping wish wishes wishlist want wanted "
                           "rejected postponed deferred considered planned plans roadmap later next someday maybe "
                           "perhaps waiting awaited upcoming tempted comes coming ahead future upstream changelog"))
                return true;
    }
    return false;
}

/* "1.16: released, read about, left alone": what was done with it is no installing. */
static bool is_left_alone(const scene *s) {
    const passage *p = s->p;
    uint32_t mark = s->hi + (s->hi < p->text.hi && p->on->text.p[s->hi] == ' ');
    if (mark >= p->text.hi || !p->on->text.p[mark] || !strchr(":,(", p->on->text.p[mark])) return false;
    uint32_t end = s->after + 10 < s->end ? s->after + 10 : s->end;
    for (uint32_t i = s->after; i < end; i++)
        if (doubt_word(p, i, "left") ? doubt_word(p, i + 1, "alone out aside for") || i + 1 == s->end
                                     : doubt_word(p, i,
                                                  "skipped ignored postponed deferred refused rejected declined "
                                                  "unread untested untried uninstalled"))
            return i + 1 >= s->end || !byte_is_digit(p->on->text.p[p->words[i + 1].lo]); /* "having skipped 0.18.0" */
    return false;
}

/* "A 5.0.9 is out, and B 4.7.1 too", "A 5 is out, and so is B 4.7": what the sentence says of the one before. */
static bool is_out_too(const scene *s) {
    const passage *p = s->p;
    uint32_t out = doubt_find(p, s->first, s->at, "out released available there published announced");
    if (out == UINT32_MAX || out == s->first) return false;
    bool said = false;
    for (uint32_t k = out; k > s->first && out - k < 3 && !said; k--)
        said = doubt_word(p, k - 1, "is are was were been came comes");
    bool too = s->after < s->end && p->words[s->after].lo <= s->hi + 2 &&
               (doubt_word(p, s->after, "too also likewise") ||
                (doubt_word(p, s->after, "as") && doubt_word(p, s->after + 1, "well")));
    for (uint32_t i = out + 1; i + 1 < s->at; i++)
        too = too || (doubt_word(p, i, "so as") && doubt_word(p, i + 1, "is are was were has"));
    return said && too;
}

/* "2026.6, which came out this week", "which is due in May" */
static bool is_news(const scene *s) {
    const passage *p = s->p;
    uint32_t i = s->after;
    if (i >= s->end || p->words[i].lo > s->hi + 2 || !doubt_word(p, i, "which that")) return false;
    if (doubt_word(p, i + 1, "came") && doubt_word(p, i + 2, "out")) return true;
    if (doubt_word(p, i + 1, "appeared arrived exists will would might may")) return true;
    uint32_t been = doubt_word(p, i + 2, "been"); /* "which has been rock solid" is no news */
    return doubt_word(p, i + 1, "is was has") &&
           doubt_word(p, i + 2 + been, "out released published due new announced expected not still said");
}

/* "Request one: Dorado 1.4. We have 1.3.1": the next sentence says what is here. */
static bool is_set_right(const scene *s) {
    const passage *next = s->entity == MANIFEST_NONE ? NULL : next_sentence(s);
    if (!next || !(next->cues & CUE_FIRST || doubt_word(next, 0, "here ours"))) return false;
    str now = s->j->m->entities[s->entity].version.text;
    for (uint32_t t = next->token_lo; now.n && t < next->token_hi && t < next->token_lo + 16; t++) {
        const token *k = &next->on->tokens[t];
        if (k->kind != TOKEN_VERSION && k->kind != TOKEN_NUMBER && k->kind != TOKEN_IDENT) continue;
        str text = surface_slice(next->on, k->core.lo, k->core.hi);
        if (text.n > 2 && version_agrees(&s->j->m->entities[s->entity].version, text, now)) return true;
    }
    return false;
}

/* "(9.4, I think)", "9.4, if I remember rightly" */
bool doubt_is_guess(const passage *p, uint32_t lo, uint32_t hi) {
    for (uint32_t i = 0; i + 1 < p->word_count && i < 400; i++) {
        if (p->words[i].lo < hi && p->words[i].hi > lo) continue;
        uint32_t gap = p->words[i].lo >= hi ? p->words[i].lo - hi : lo - p->words[i + 1].hi;
        if (p->words[i].hi <= lo && p->words[i + 1].hi > lo) continue;
        if (gap > 8) continue;
        if (doubt_word(p, i, "i we") && doubt_word(p, i + 1, "think believe guess suppose reckon fancy")) return true;
        if (doubt_word(p, i, "if") && doubt_word(p, i + 1, "i we memory")) return true;
        if (doubt_word(p, i, "or") && doubt_word(p, i + 1, "so thereabouts something")) return true;
    }
    return false;
}

static bool ends_in(str longer, str name) {
    return longer.n > name.n && longer.p[longer.n - name.n - 1] == ' ' &&
           str_eq_nocase(str_slice(longer, longer.n - name.n, longer.n), name);
}

/* Is it the version of another entity that is called by the same noun, the backports kernel's? Not where a machine is
 * named beside it. */
static bool is_namesakes(const scene *s, const alias_hit *name) {
    const manifest *m = s->j->m;
    if (!name || doubt_is_here(s)) return false;
    const manifest_version *own = &m->entities[s->entity].version; /* what it was itself is its own */
    if (version_next_place(s->j, own, s->c->normal, 0) < own->history_count) return false;
    str noun = surface_slice(s->p->on, name->where.lo, name->where.hi);
    for (uint32_t e = 0; e < m->entity_count && e < 512; e++) {
        const manifest_entity *x = &m->entities[e];
        bool called = e != s->entity && x->kind == ENTITY_COMPONENT && x->version.text.n > 0;
        bool same = false;
        for (uint32_t k = 0; called && k < x->aliases.n && k < 16; k++)
            same = same || ends_in(x->aliases.at[k].text, noun);
        if (same && version_agrees(&x->version, s->c->normal, x->version.text)) return true;
    }
    return false;
}

static const char *doubt_of_surroundings(const scene *s, const alias_hit *name) {
    if (doubt_is_taken_back(s)) OBJECT(s->j, "the next sentence takes it back");
    if (is_out_too(s)) OBJECT(s->j, "it is a release spoken of");
    if (is_news(s)) OBJECT(s->j, "it says what the release did");
    if (is_left_alone(s)) OBJECT(s->j, "it says what was done with the release");
    if (doubt_is_guess(s->p, s->lo, s->hi)) OBJECT(s->j, "it is a guess");
    if (!is_fragment(s)) return NULL;
    if (is_namesakes(s, name)) OBJECT(s->j, "it is the version of another of that name");
    if (s->p->kind != PASSAGE_SENTENCE) return NULL;
    if (is_framed_away(s)) OBJECT(s->j, "what it stands under tells of what is not here");
    if (is_set_right(s)) OBJECT(s->j, "the next sentence says what is here");
    return NULL;
}

const char *doubt_of_release(const scene *s) {
    const passage *p = s->p;
    const char *around = doubt_of_surroundings(s, name_before(s));
    if (around) return around;
    const char *once = doubt_of_failed(s);
    if (!once) once = doubt_of_beginning(s);
    if (!once) once = doubt_of_upstream(s);
    if (once) return once;
    if (has_arrow(s) && is_known_elsewhere(s)) OBJECT(s->j, "it is a step of a history, or another's version");
    const alias_hit *name = name_before(s);
    uint32_t at = name ? word_at(s, name->where.lo) : s->at;
    bool beside = name && s->lo <= name->where.hi + 2, here = doubt_is_here(s);
    if (name && is_release_line(s, name)) OBJECT(s->j, "it is a release spoken of");
    if (beside && !here && at > s->first && doubt_word(p, at - 1, "a an") &&
        (at < s->first + 2 || doubt_word(p, at - 2, "is was be see saw there published released got")))
        OBJECT(s->j, "it is a release spoken of");
    if (beside && at > s->first + 1 && doubt_word(p, at - 1, "me us him her them") &&
        doubt_word(p, at - 2, "gave gives give got offered handed"))
        OBJECT(s->j, "it is what something offers");
    for (uint32_t i = s->after; i + 1 < s->end && i < s->after + 5; i++)
        if (doubt_word(p, i, "is are was") && doubt_word(p, i + 1, "said reported rumoured"))
            OBJECT(s->j, "it is a release spoken of");
    if (doubt_find(p, s->first, s->at, "people folks") != UINT32_MAX) OBJECT(s->j, "it is somebody else's");
    uint32_t picture = doubt_find(p, s->first, s->at, "screenshot screenshots photo photos picture pictures");
    if (picture != UINT32_MAX && /* "the photo library" is none */
        doubt_word(p, picture + 1,
                   "show shows showed showing of from on in with above below still has have is are was"))
        OBJECT(s->j, "it is what a picture shows");
    if (!stands_next(s)) return NULL;
    uint32_t from, to;
    doubt_words_of(s, s->clause, &from, &to);
    bool at_work = here && (doubt_word(p, s->after, "takes take does needs gives makes saves") ||
                            (s->entity != MANIFEST_NONE && s->j->m->entities[s->entity].version.history_count &&
                             doubt_find(p, s->after, to, "until") != UINT32_MAX));
    bool with =
        at > s->first && doubt_word(p, at - 1, "with on under by using via through"); /* it is not the subject */
    if (!at_work && !with &&
        doubt_word(p, s->after,
                   "loses lost lose promises promised brings shall should needs needed wants wanted "
                   "compiles compiled gives gave makes made breaks broke knows knew saves saved introduces "
                   "introduced ends ended had took takes did does can could might may"))
        OBJECT(s->j, "it says what the release does");
    if (doubt_word(p, s->after, "was were") &&
        !doubt_word(p, s->after + 1,
                    "installed deployed pinned rolled upgraded running replaced followed succeeded shut stopped "
                    "retired selected "
                    "chosen picked preferred") &&
        !(here && s->entity != MANIFEST_NONE && s->j->m->entities[s->entity].version.history_count))
        OBJECT(s->j, "it is said of the past");
    if (!here && doubt_word(p, s->after, "is are") && doubt_word(p, s->after + 1, "what") &&
        doubt_find(p, s->after, s->end, "brings ships has offers gives had") != UINT32_MAX)
        OBJECT(s->j, "it is what something offers");
    if (doubt_word(p, s->after, "we i they he she you") &&
        doubt_word(p, s->after + 1, "left skipped passed never did have had will"))
        OBJECT(s->j, "it is a release spoken of");
    if (doubt_word(p, s->after, "is are") && doubt_find(p, s->after, s->end < s->after + 6 ? s->end : s->after + 6,
                                                        "page pages website site list mirror") != UINT32_MAX)
        OBJECT(s->j, "it says where the release is to be had");
    return NULL;
}

/* The last name before the claim of the service, or of a program that it runs. */
static const alias_hit *service_before(const scene *s) {
    const alias_hit *name = name_before(s);
    const manifest_list *runs = s->entity == MANIFEST_NONE ? NULL : &s->j->m->entities[s->entity].runs;
    for (uint32_t h = s->p->hit_lo; runs && h < s->p->hit_hi && h - s->p->hit_lo < HITS_READ; h++) {
        uint32_t e = s->p->on->hits[h].where.hi <= s->lo ? hit_entity(s->j, &s->p->on->hits[h], -1) : MANIFEST_NONE;
        for (uint32_t i = 0; i < runs->n && e != MANIFEST_NONE; i++)
            if (runs->items[i].entity == e) name = &s->p->on->hits[h];
    }
    return name;
}

/* "The admin API of Caddy", "the metrics endpoint for vLLM": a door of the program's beside the service's own. */
static bool is_ports_of(const scene *s, const alias_hit *name) {
    const passage *p = s->p;
    uint32_t of = word_at(s, name->where.lo), stems = 0;
    while (of > s->first && doubt_word(p, of - 1, "the our my")) of--;
    if (of <= s->first || !doubt_word(p, of - 1, "of for")) return false;
    const uint64_t *own = s->entity == MANIFEST_NONE ? NULL : fact_index_entity_stems(s->j->index, s->entity, &stems);
    for (uint32_t i = of - 1; i > s->first && of - i < 5; i--) {
        bool its = false; /* "the admin API", of a service that is called so */
        for (uint32_t k = 0; k < stems && !its; k++) its = own[k] == p->words[i - 1].stem;
        if (!its && doubt_word(p, i - 1,
                               "management admin administration metrics debug debugging profiling pprof status health "
                               "healthcheck liveness readiness gossip cluster replication peer internal second extra"))
            return true;
        bool api = doubt_word(p, i - 1, "api") && s->entity != MANIFEST_NONE && !s->j->m->entities[s->entity].exposes.n;
        if (!its && api) return true; /* of what serves no operations that are declared */
        if (p->words[i - 1].cues & CUE_STOP) return false;
    }
    return false;
}

const char *doubt_of_other_port(const scene *s) {
    static const char OTHERS[] =
        "management admin metrics debug status health probe probes test api ui console dashboard web "
        "interface endpoint itself internal inner other second extra peer cluster replication gossip";
    const passage *p = s->p;
    const alias_hit *name = service_before(s);
    if (doubt_find(p, s->first, s->at, "itself") != UINT32_MAX) OBJECT(s->j, "it may be another port of the same name");
    if (!name) return NULL;
    if (is_ports_of(s, name)) OBJECT(s->j, "it may be another port of the same name");
    bool direct = hit_entity(s->j, name, -1) == s->entity;
    uint32_t i = word_at(s, name->where.hi), content = 0;
    for (; i < s->at && content < 4; i++) {
        if (p->words[i].lo > name->where.hi + 5 && content == 0 && !doubt_word(p, i, "own")) break;
        bool own = false; /* "BeeGFS management", of the service that is called so */
        uint32_t stems = 0;
        const uint64_t *of =
            s->entity == MANIFEST_NONE ? NULL : fact_index_entity_stems(s->j->index, s->entity, &stems);
        for (uint32_t k = 0; k < stems && !own; k++) own = of[k] == p->words[i].stem;
        if (doubt_word(p, i,
                       direct ? OTHERS : "management admin metrics debug status health gossip cluster replication") &&
            (direct || (!own && doubt_word(p, i + 1, "interface port endpoint api page check checks server listener"))))
            OBJECT(s->j, "it may be another port of the same name");
        if (p->words[i].cues & CUE_STOP && !doubt_word(p, i, "own")) break;
        content++;
    }
    return NULL;
}
