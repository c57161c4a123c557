/* at_work.c - is a thing that is declared absent said to do something for us?
 *
 *     Mails to our customers are sent by Celery.         the passive names who does it, or with what
 *     The backups also go to S3.                         a verb of motion names where to
 *     When quay is down, Patroni promotes the standby.   it does something to what is ours
 *     Our file store is a Ceph cluster.                  what is ours is one
 *     The tiles are read by an A100 in quay.             it is in a machine of ours
 *
 * In: a prepared passage and the name in it; what the sentence denies, supposes or tells of others is asked elsewhere
 * (stance.c). Out: true where the present tense says so of something of ours: a declared name, or what the first person
 * owns. "Patroni promotes a standby" by itself is what the program does anywhere.
 */
#include "facts/reading/standing.h"
#include "facts/verdicts/verdict.h"

static bool has_mark(const passage *p, uint32_t lo, uint32_t hi, const char *marks) {
    for (uint32_t k = lo; k < hi; k++)
        if (strchr(marks, p->on->text.p[k])) return true;
    return false;
}

static bool is_participle(const passage *p, uint32_t i) {
    if (i >= p->word_count) return false;
    str w = surface_slice(p->on, p->words[i].lo, p->words[i].hi);
    return (w.n > 4 && str_ends(w, STR("ed"))) ||
           word_in(p, i, "held kept sent run built done made written read drawn shown put served taken driven hidden");
}

/* A thing of ours within [lo, hi): a declared name but the absent one, or what the first person owns. */
static bool names_ours(const judge *j, const passage *p, uint32_t lo, uint32_t hi, uint32_t name_lo, uint32_t name_hi) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 128; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (hit->where.lo < lo || hit->where.hi > hi || (hit->where.lo < name_hi && hit->where.hi > name_lo)) continue;
        if (hit_entity(j, hit, -1) != MANIFEST_NONE || hit_has(hit, ALIAS_RUN)) return true;
        uint32_t w = standing_word_at(p, hit->where.lo);
        if (hit_has(hit, ALIAS_ATTR) && w > 0 && word_in(p, w - 1, "the our my both these")) return true;
    }
    for (uint32_t i = standing_word_at(p, lo); i < p->word_count && p->words[i].hi <= hi; i++)
        if (word_in(p, i, "our my us me here") || (word_in(p, i, "this") && word_in(p, i + 1, "site blog house place")))
            return true;
    return false;
}

static bool is_open(const passage *p, uint32_t first, uint32_t last) {
    for (uint32_t i = first; i < last; i++)
        if (p->words[i].cues & (CUE_NEGATION | CUE_COMPARE | CUE_MODAL | CUE_IF | CUE_FUTURE | CUE_REQUIRE))
            return false;
    return true;
}

/* "is handled by X", "are held in X", "is written to tapes and, now, copied to X": the passive before `preposition`. */
static bool is_passive(const passage *p, uint32_t preposition, uint32_t from) {
    for (uint32_t i = preposition; i > 0 && preposition - i < 6 && p->words[i - 1].lo >= from; i--) {
        if (!is_participle(p, i - 1)) continue;
        for (uint32_t v = i - 1; v > 0 && i - v < 16 && p->words[v - 1].lo >= from; v--) {
            if (!word_in(p, v - 1, "is are")) continue;
            bool joined = i - v < 4; /* else the participle is the second of two, "is written … and copied" */
            for (uint32_t k = v; k + 1 < i && !joined; k++) joined = is_participle(p, k) && k < v + 2;
            return joined && is_open(p, v - 1, preposition);
        }
        return false;
    }
    return false;
}

static bool is_motion(const passage *p, uint32_t preposition) {
    static const char verbs[] =
        "comes come goes go lives live forwards forward talks talk reports report sits sit runs "
        "run falls fall moves move flows flow work works wait waits rest rests sitting";
    if (preposition == 0) return false;
    if (word_in(p, preposition - 1, "out over back") && preposition > 1)
        return word_in(p, preposition - 2, verbs) && is_open(p, preposition - 2, preposition);
    return word_in(p, preposition - 1, verbs);
}

/* Does a clause begin with the name, whose first word (or article) is `i`: "Patroni …", "…, so k3s …", "When the power
 * fails, a UPS …"? */
static bool begins_clause(const passage *p, uint32_t i) {
    if (i == 0) return true;
    if (p->words[i - 1].cues & CUE_BREAK || word_in(p, i - 1, "so and since because where which"))
        return !word_in(p, i - 1, "and") || has_mark(p, p->words[i - 1].lo - 2, p->words[i - 1].lo, ",;");
    return has_mark(p, p->words[i - 1].hi, p->words[i].lo, ",") && word_in(p, 0, "when whenever should if once while");
}

/* What it does, not what it is, needs or costs. */
bool existence_is_deed(const passage *p, uint32_t i) {
    if (i >= p->word_count) return false;
    str w = surface_slice(p->on, p->words[i].lo, p->words[i].hi);
    if (w.n < 4 || !str_ends(w, STR("s")) || str_ends(w, STR("ss"))) return false;
    uint8_t c = w.p[0];
    return c >= 'a' && c <= 'z' &&
           !word_in(p, i,
                    "this needs requires means costs wants sounds seems looks supports promises offers says helps "
                    "differs lacks comes ships makes takes claims beats wins loses remains fits knows uses gives "
                    "draws weighs measures exists reaches gets");
}

/* Behind a verb, not behind a plural, "Docker images become": an article, a name, a number, a preposition. */
bool existence_has_object(const passage *p, uint32_t i) {
    if (i >= p->word_count) return false;
    uint8_t c = p->on->text.p[p->words[i].lo];
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++)
        if (p->on->hits[h].where.lo == p->words[i].lo) return true;
    return byte_is_digit(c) || word_in(p, i,
                                       "the a an our my its it them this that these all both each every one two "
                                       "three four for on in over to between up down as");
}

/* "we start lookout on X", "I keep the notes in X": what the first person does with it, every day. */
static bool is_first_person_deed(const passage *p, uint32_t preposition, uint32_t from) {
    for (uint32_t i = preposition; i > 0 && preposition - i < 8 && p->words[i - 1].lo >= from; i--)
        if (word_in(p, i - 1, "we i") && p->words[i - 1].hi < p->words[preposition].lo) {
            uint32_t verb = i + (word_in(p, i, "also always then usually now only still") ? 1 : 0);
            return word_in(p, verb,
                           "start run keep store send write put serve build deploy host queue schedule back copy push "
                           "ship sync mirror manage monitor collect route forward proxy cache hold render train log") &&
                   is_open(p, verb, preposition);
        }
    return false;
}

/* "the mails reach quay, our small box, where X …": does the clause that begins with word `begin` tell what happens on
 * the machine of ours before it? */
static bool is_in_place_of_ours(const judge *j, const passage *p, uint32_t begin) {
    if (begin < 2 || !word_in(p, begin - 1, "where")) return false;
    uint32_t from = p->words[begin - 1].lo;
    for (uint32_t h = p->hit_hi; h > p->hit_lo && p->hit_hi - h < 64; h--) {
        const alias_hit *hit = &p->on->hits[h - 1];
        if (hit->where.hi > from || hit->inside >= 0) continue;
        uint32_t e = hit_entity(j, hit, -1);
        if (e == MANIFEST_NONE) continue;
        uint32_t w = standing_word_at(p, hit->where.lo);
        bool other = w > 0 && word_in(p, w - 1, "another other old former second their his her your second-hand");
        return from - hit->where.hi < 48 && standing_is_machine(j, e) && !other;
    }
    return false;
}

static const char DAYS[] = "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays "
                           "thursdays fridays saturdays sundays";

/* "The reviews are stored in X", "Jobs are sent by X": not what is usual, what one product is made of, or what
 * another's are. */
static bool is_plain_statement(const passage *p, clause_range part) {
    uint32_t first = standing_word_at(p, part.lo);
    bool counted =
        word_in(p, first, "a") && word_in(p, first + 1, "second third fourth further nightly weekly monthly");
    if (!counted && word_in(p, first, "a an any no one in at on for with when if as where what who")) return false;
    uint32_t own = first + 1; /* "CI itself is …" */
    if (!counted && !word_in(p, first, "the all both these") && first < p->word_count && !word_in(p, own, "itself")) {
        str w = surface_slice(p->on, p->words[first].lo, p->words[first].hi);
        bool plural = str_ends(w, STR("s")) ||
                      str_ends(surface_slice(p->on, p->words[first + 1 < p->word_count ? first + 1 : first].lo,
                                             p->words[first + 1 < p->word_count ? first + 1 : first].hi),
                               STR("s"));
        if (!plural || str_ends(w, STR("'s"))) return false;
    }
    for (uint32_t i = first; i < p->word_count && p->words[i].hi <= part.hi; i++) {
        if (word_in(p, i, "most") && i > 0 && word_in(p, i - 1, "the") && i == first + 1) continue; /* "The most …" */
        if (word_in(p, i,
                    "most many some such other others people usually often commonly typically generally normally "
                    "mostly best better traditionally elsewhere any anybody everyone everybody they you should "
                    "must can may built based forked derived designed competition world industry"))
            return false;
        uint8_t c = p->on->text.p[p->words[i].lo]; /* another product's: "the jobs of Mastodon are kept in X" */
        bool known = i == first || word_in(p, i, DAYS);
        for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64 && !known; h++)
            known = p->on->hits[h].where.lo <= p->words[i].lo && p->on->hits[h].where.hi >= p->words[i].hi;
        if (c >= 'A' && c <= 'Z' && !known && p->words[i].hi - p->words[i].lo > 1) return false;
    }
    return true;
}

/* Does a name of the manifest begin where the word does? */
static bool is_in_name(const passage *p, uint32_t i) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++)
        if (p->on->hits[h].where.lo <= p->words[i].lo && p->on->hits[h].where.hi > p->words[i].lo) return true;
    return false;
}

/* "The backups of the county go to X": whose they are is told, and it is nobody of ours. */
static bool has_other_owner(const passage *p, uint32_t from, uint32_t to) {
    for (uint32_t i = from; i < to && i < p->word_count; i++) { /* "their reviews", "the client's reviews" */
        if (word_in(p, i, "their his her your")) return true;
        str term = surface_slice(p->on, p->words[i].lo, p->words[i].hi);
        bool possessive =
            str_ends(term, STR("'s")) || str_ends(term, STR("s'")) || str_ends(term, STR("\xe2\x80\x99s"));
        if (possessive && !is_in_name(p, i) && !word_in(p, i, "today's tonight's year's week's month's day's"))
            return true;
    }
    for (uint32_t i = from; i + 1 < to && i + 1 < p->word_count; i++) {
        if (!word_in(p, i, "of") || !word_in(p, i + 1, "our my us the both all these this them a an")) continue;
        uint32_t noun = i + 1;
        while (noun < to && word_in(p, noun, "the both all these a an")) noun++;
        if (noun >= to || word_in(p, noun, "our my us this them house site night nights day days week run job"))
            continue;
        if (!is_in_name(p, noun)) return true;
    }
    return false;
}

bool existence_at_work(judge *j, passage *p, uint32_t lo, uint32_t hi) {
    if (p->kind != PASSAGE_SENTENCE) return false;
    passage_prepare(j, p);
    clause_range part = stance_part(p, lo, hi);
    uint32_t w = standing_word_at(p, lo), after = standing_word_at(p, hi), begin = w;
    while (begin > 0 && w - begin < 5 &&
           word_in(p, begin - 1,
                   "a an the our my one second single two three four all both small little simple local dedicated "
                   "separate self-hosted self hosted managed shared private"))
        begin--;
    if (w >= p->word_count || has_mark(p, p->words[begin].lo, lo, ",;:(")) begin = w;
    if (has_other_owner(p, standing_word_at(p, part.lo), w)) return false;
    bool ours = names_ours(j, p, p->text.lo, p->text.hi, lo, hi);
    bool each = word_in(p, 0, "every each all everything"); /* a habit of ours, whatever it is done to */
    bool anywhere =
        !ours && !each; /* nothing of ours is named: only what the article's own things, "the reviews", do */
    if (anywhere && !is_plain_statement(p, part)) return false;
    if (!anywhere && begin > 1 && word_in(p, begin - 1, "is are") && word_in(p, begin - 2, "there") &&
        is_open(p, begin - 2, w))
        return true; /* "in front of the site there is an X" */
    bool next = after + 1 < p->word_count && p->words[after].lo == hi + 1;
    if (next && word_in(p, after, "on") &&
        names_ours(j, p, p->words[after + 1].lo, p->words[after + 1].lo + 24, lo, hi) && is_open(p, begin, after))
        return true; /* "X on quay terminates TLS" */
    if (after + 2 < p->word_count && word_in(p, after, "and") && word_in(p, after + 1, "it") &&
        existence_is_deed(p, after + 2) && names_ours(j, p, p->words[after + 2].hi, part.hi, lo, hi))
        return true; /* "I took X, and it serves the site" */
    if (!anywhere && after + 1 < p->word_count && word_in(p, after, "in inside of") && p->words[after].lo == hi + 1 &&
        w != begin && names_ours(j, p, p->words[after + 1].lo, p->words[after + 1].lo + 24, lo, hi) &&
        is_open(p, begin, after))
        return true; /* "an A100 in quay", "the A100 of our farm" */
    if (begin > 0 && !has_mark(p, p->words[begin - 1].hi, p->words[begin].lo, ",;:()")) {
        uint32_t b = begin - 1;
        bool preposition = word_in(p, b, "by in on with to through via from into over of") ||
                           (word_in(p, b, "behind") && b > 0 && word_in(p, b - 1, "sits sitting"));
        if (preposition && (is_passive(p, b, p->text.lo) || is_motion(p, b) || is_first_person_deed(p, b, part.lo)))
            return true;
        if (anywhere) return false;
        bool plural = begin == w && word_in(p, b, "are") && after < p->word_count && p->words[after].lo == hi + 1 &&
                      str_ends(surface_slice(p->on, p->words[after].lo, p->words[after].hi), STR("s"));
        if (plural && names_ours(j, p, part.lo, p->words[b].lo, lo, hi))
            return true; /* "the jobs of X are Docker jobs" */
        if (word_in(p, b, "is are") && begin != w && b > 0 && names_ours(j, p, part.lo, p->words[b].lo, lo, hi)) {
            if (b < 5 && word_in(p, 0, "our my")) return true;                     /* "Our order queue is a …" */
            for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++) /* "Scratch is a Lustre …" */
                if (p->on->hits[h].where.hi + 1 == p->words[b].lo &&
                    hit_entity(j, &p->on->hits[h], -1) != MANIFEST_NONE)
                    return true;
        }
    }
    bool definite = begin != w && word_in(p, begin, "the both two three four"); /* "The NPU accelerates the model" */
    if (anywhere && !definite) return false;
    uint32_t verb = after; /* "an NVLink bridge joins" */
    if (!existence_is_deed(p, verb) && begin != w && verb + 1 < p->word_count && p->words[verb].lo == hi + 1) verb++;
    if (is_in_place_of_ours(j, p, begin) && existence_is_deed(p, verb) &&
        !has_mark(p, hi, p->words[verb].lo, ",;:()'") && existence_has_object(p, verb + 1) &&
        is_open(p, begin, verb + 1))
        return true; /* "quay, where X hands them out" */
    if (!begins_clause(p, begin) || !existence_is_deed(p, verb) || has_mark(p, hi, p->words[verb].lo, ",;:()'"))
        return false;
    if (!existence_has_object(p, verb + 1)) return false;
    if (anywhere) return word_in(p, verb + 1, "the our my");
    clause_range clause = clause_at(j, p, lo, p->words[verb].hi);
    return names_ours(j, p, p->words[verb].hi, clause.hi, lo, hi) ||
           (word_in(p, verb, "does") && word_in(p, verb + 1, "it this that"));
}
