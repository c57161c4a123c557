/* doubt_kinds.c - what only one kind of claim can be doubted for. Exposes and processes: doubt_habits.c.
 *
 *     version    "vLLM 0.18 is out", "pip offers …", "mainline is at …"     a release, not what runs here
 *     port       "the stock image exposes …", "the test starts it on …"     another instance, another layer
 *     place      "the company behind the VPS is in …", "it stood in …"      another thing, another time
 *     existence  "it has a PostgreSQL back-end", "X reads the same files"   a part of something else, general knowledge
 *
 * In: a scene (doubt.h). Out: the doubt, or NULL. Words are closed classes of English or of the field: verbs of
 * offering, of being tagged or released, nouns that a name may qualify. No list holds a thing of any one article.
 */
#include "facts/reading/cadence.h"
#include "facts/verdicts/doubt.h"

#include "facts/reading/standing.h"

/* ---- shared ---- */

bool doubt_has(const scene *s, uint32_t from, uint32_t to, const char *list) {
    for (uint32_t i = from; (i = doubt_find(s->p, i, to, list)) != UINT32_MAX; i++)
        if (i < s->at || i >= s->after) return true; /* not the claim's own words */
    return false;
}

/* Does the clause speak in the past tense? */
bool doubt_is_past(const scene *s) {
    uint32_t from, to;
    doubt_words_of(s, s->clause, &from, &to);
    return doubt_has(
        s, from, to,
        "was were had used stood ran started began listened happened came went exposed gave lived sat moved");
}

/* Does the sentence hold a time of its own: "before the incident", "at first", "on the night of", "in the beginning"?
 */
bool doubt_has_then(const scene *s) {
    const passage *p = s->p;
    for (uint32_t i = s->first; i < s->end; i++) {
        if (p->words[i].lo >= s->lo && p->words[i].hi <= s->hi) continue;
        if (doubt_word(p, i,
                       "before until once then originally initially earlier formerly previously ago yesterday during "
                       "first beginning"))
            return true;
        if (doubt_word(p, i, "night day week month evening morning") && doubt_word(p, i + 1, "of before after when") &&
            i > s->first && doubt_word(p, i - 1, "the that"))
            return true;
        if (doubt_word(p, i, "last that this") &&
            doubt_word(p, i + 1, "night day week month year spring summer autumn winter"))
            return true;
        if (doubt_word(p, i, "in on") && doubt_word(p, i + 1,
                                                    "january february march april may june july august september "
                                                    "october november december spring summer autumn winter"))
            return true;
    }
    return false;
}

/* The words right behind the claim, in its clause. */
static bool goes_on(const scene *s, const char *list) {
    return s->after < s->end && s->p->words[s->after].lo <= s->hi + 2 && doubt_word(s->p, s->after, list);
}

/* The word right before word `i`, past articles. */
uint32_t doubt_word_before(const scene *s, uint32_t i) {
    while (i > s->first && doubt_word(s->p, i - 1, "the a an my our its this")) i--;
    return i > s->first ? i - 1 : UINT32_MAX;
}

/* Is the word part of any entity's name? */
bool doubt_is_declared(const scene *s, uint32_t i) {
    const passage *p = s->p;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++)
        if (p->on->hits[h].where.lo <= p->words[i].lo && p->on->hits[h].where.hi >= p->words[i].hi &&
            hit_entity(s->j, &p->on->hits[h], -1) != MANIFEST_NONE)
            return true;
    return false;
}

/* ---- versions ---- */

/* The name that stands before the version, and its hit's first word. */
static uint32_t name_word(const scene *s) {
    const passage *p = s->p;
    const alias_hit *name = NULL;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++)
        if (p->on->hits[h].where.lo < s->hi && hit_entity(s->j, &p->on->hits[h], -1) == s->entity &&
            p->on->hits[h].inside < 0)
            name = &p->on->hits[h];
    uint32_t i = s->at;
    if (name && name->where.hi + 40 > s->lo)
        while (i > s->first && p->words[i - 1].lo >= name->where.lo) i--;
    return i;
}

/* "PostgreSQL 2.8.4 and Caddy 16.4": does another component's name stand right before the version? */
static bool is_of_another_name(const scene *s, const token *t) {
    const passage *p = s->p;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (hit->inside >= 0 || hit->where.hi > t->core.lo || hit->where.hi + 2 < t->core.lo) continue;
        uint32_t e = hit_entity(s->j, hit, -1);
        if (e != MANIFEST_NONE && e != s->entity && s->j->m->entities[e].version.text.n) return true;
    }
    return false;
}

/* Does the sentence state the version that is installed as well? Then this one is another release. */
static bool states_the_installed(const scene *s) {
    const passage *p = s->p;
    if (s->entity == MANIFEST_NONE) return false;
    str now = s->j->m->entities[s->entity].version.text;
    str other = {0}; /* the last that is not it: an endless sentence may say it again and again */
    for (uint32_t t = p->token_lo; t < p->token_hi && t < p->token_lo + 64; t++) {
        const token *k = &p->on->tokens[t];
        if (k->text.lo < s->hi && k->text.hi > s->lo) continue;
        if (k->kind != TOKEN_VERSION && k->kind != TOKEN_NUMBER && k->kind != TOKEN_IDENT) continue;
        str text = surface_slice(p->on, k->core.lo, k->core.hi);
        if (!now.n || text.n < 3 || str_eq(text, other)) continue;
        if (version_agrees(&s->j->m->entities[s->entity].version, text, now) && !is_of_another_name(s, k)) return true;
        other = text;
    }
    return false;
}

/* Is word `i` part of the entity's name? */
static bool is_in_name(const scene *s, uint32_t i) {
    const passage *p = s->p;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++)
        if (p->on->hits[h].where.lo <= p->words[i].lo && p->on->hits[h].where.hi >= p->words[i].hi &&
            hit_entity(s->j, &p->on->hits[h], -1) == s->entity)
            return true;
    return false;
}

/* "2.9.0 to 2.10.0", with nothing that moves: which releases, not from which to which. */
static bool range_end(const scene *s) {
    const passage *p = s->p;
    if (s->at < s->first + 2 || !doubt_word(p, s->at - 1, "to through until")) return false;
    if (!byte_is_digit(p->on->text.p[p->words[s->at - 2].lo])) return false;
    return !doubt_has(
        s, s->first, s->at,
        "from went go goes moved upgraded updated switched jumped stepped changed migrated bumped took came");
}

/* "12", "v2": a generation, not a release. */
static bool is_whole_number(str version) {
    if (version.n && (version.p[0] == 'v' || version.p[0] == 'V')) version = str_slice(version, 1, version.n);
    for (ptrdiff_t i = 0; i < version.n; i++)
        if (!byte_is_digit(version.p[i])) return false;
    return version.n > 0 && version.n <= 4;
}

/* Is it a version that ran here once? */
static bool is_history(const scene *s) {
    if (s->entity == MANIFEST_NONE) return false;
    const manifest_version *v = &s->j->m->entities[s->entity].version;
    return version_next_place(s->j, v, s->c->normal, 0) < v->history_count;
}

static bool is_past_ed(const scene *s, uint32_t from, uint32_t to) {
    for (uint32_t i = from; i < to; i++)
        if (str_ends(surface_slice(s->p->on, s->p->words[i].lo, s->p->words[i].hi), STR("ed"))) return true;
    return doubt_is_past(s);
}

/* "0.17.1", "b8412", "vLLM 0.17.1", not "nvidia-driver-550". */
static bool is_release(str quote) {
    ptrdiff_t n = 0;
    while (n < quote.n && byte_is_alpha(quote.p[n])) n++;
    return n == quote.n || quote.p[n] == ' ' || byte_is_digit(quote.p[n]) || quote.p[n] == '.';
}

/* "Until 17 February that was N, on kernel M": what ran until then, of what has a declared history. */
static bool is_until(const scene *s) {
    uint32_t from, to;
    doubt_words_of(s, s->part, &from, &to);
    uint32_t i = doubt_find(s->p, from, s->at, "until");
    return i != UINT32_MAX && i + 1 < s->at && s->entity != MANIFEST_NONE &&
           s->j->m->entities[s->entity].version.history_count > 0;
}

static const char MONTHS[] = "january february march april may june july august september october november december";

/* "The stack is built on vLLM 0.17.0 and …": what is ours as a whole, and what it is built on runs here; of a program
 * of ours, "the gateway is built on …", it may be the library it was compiled against. */
static bool is_our_stack(const scene *s, uint32_t lead) {
    for (uint32_t i = s->first; i + 1 < lead; i++)
        if (doubt_word(s->p, i, "the our my this") &&
            doubt_word(s->p, i + 1,
                       "stack setup system platform infrastructure deployment blog site server machine box"))
            return doubt_word(s->p, lead, "on");
    const passage *p = s->p; /* "the inference service is built on …": a service that is declared to run it */
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64 && p->on->hits[h].where.hi <= s->lo; h++) {
        uint32_t e = hit_entity(s->j, &p->on->hits[h], ENTITY_SERVICE);
        const manifest_list *runs = e == MANIFEST_NONE ? NULL : &s->j->m->entities[e].runs;
        for (uint32_t i = 0; runs && s->entity != MANIFEST_NONE && i < runs->n; i++)
            if (runs->items[i].entity == s->entity) return doubt_word(p, lead, "on");
    }
    return false;
}

/* "the driver, 560.35.03, is older", "the driver (560.35.03) is", "vLLM, which we run at 0.12.0, is quick": what is
 * said behind it is said of the program, whose version is set off by marks. */
static bool is_set_off(const scene *s) {
    const passage *p = s->p;
    uint32_t open = s->lo;
    if (s->hi >= p->text.hi || !strchr(",)", p->on->text.p[s->hi]) ||
        doubt_word(p, s->after + 1, "out due coming available announced released here new there"))
        return false;
    while (open > p->text.lo && s->lo - open < 60 && !strchr(",(", p->on->text.p[open - 1])) open--;
    if (open == p->text.lo || s->lo - open >= 60) return false;
    if (s->lo - open < 2) return true;
    for (uint32_t i = s->first; i < s->at; i++)
        if (p->words[i].lo >= open) return doubt_word(p, i, "which where");
    return false;
}

/* "the 545-series driver", "its 20.04 long-term edition": a definite branch is the one that is here. */
static bool is_branch(const scene *s) {
    const passage *p = s->p;
    if (s->at == s->first || !doubt_word(p, s->at - 1, "the its our my this")) return false;
    str behind = surface_slice(p->on, s->lo, s->hi + 32 < p->text.hi ? s->hi + 32 : p->text.hi);
    for (ptrdiff_t k = 0; k + 4 < behind.n && !strchr(",;:()", behind.p[k]); k++) {
        ptrdiff_t end = k + 1;
        if (behind.p[k] != ' ' && behind.p[k] != '-') continue;
        while (end < behind.n && byte_is_alpha(behind.p[end])) end++;
        if (str_is_among(str_slice(behind, k + 1, end), "series branch line edition release")) return true;
    }
    return false;
}

static const char *doubt_version(const scene *s) {
    const passage *p = s->p;
    uint32_t from, to, name = name_word(s), lead = doubt_word_before(s, name);
    day_number day;
    if (str_starts(s->c->normal, STR("--")) || date_parse(s->c->normal, &day)) return NULL; /* of a change */
    if (!is_release(s->c->quote)) return NULL; /* a package or an image is pinned where it is written */
    const char *spoken_of = doubt_of_release(s);
    if (spoken_of) return spoken_of;
    doubt_words_of(s, s->clause, &from, &to);
    bool leads = lead != UINT32_MAX && lead >= from;
    bool chain = s->at > s->first &&
                 (doubt_word(p, s->at - 1, "from to replaced replaces replacing after was succeeded been") ||
                  (s->at > s->first + 1 && doubt_word(p, s->at - 1, "of") && doubt_word(p, s->at - 2, "place stead")));
    bool kept = s->entity != MANIFEST_NONE && s->j->m->entities[s->entity].version.history_count > 0,
         here = doubt_is_here(s);
    chain = chain || (kept && leads && doubt_word(p, lead, "replaced replaces replacing succeeded")) ||
            (kept && (goes_on(s, "became") || (s->at > s->first && doubt_word(p, s->at - 1, "became")))) ||
            (kept && goes_on(s, "before") && doubt_word(p, s->after + 1, "that then this it"));
    chain = chain || goes_on(s, "until since") || (leads && doubt_word(p, lead, "from") && goes_on(s, "to")) ||
            (goes_on(s, "was were") && doubt_word(p, s->after + 1, "replaced superseded followed succeeded")) ||
            (s->at > s->first && doubt_word(p, s->at - 1, "had ran by")) || is_until(s) || doubt_is_last_step(s);
    if (s->entity != MANIFEST_NONE && !chain && states_the_installed(s))
        OBJECT(s->j, "the version that runs is stated beside it");
    /* "0.18 is out", "12 is oldstable": what an installed one is said to be is few words */
    bool planned = goes_on(s, "is are") && doubt_word(p, s->after + 1, "on") &&
                   (doubt_word(p, s->after + 3, "list roadmap calendar agenda horizon plan") ||
                    doubt_word(p, s->after + 2, "my our"));
    if (planned) OBJECT(s->j, "it says what the release is");
    bool set_off = is_set_off(s), branch = is_branch(s);
    if (goes_on(s, "is are") && !set_off && !(here && doubt_word(p, s->after + 1, "held kept frozen")) &&
        !doubt_word(p, s->after + 1,
                    "installed running used in on what here pinned deployed live the our my written made "
                    "maintained"))
        OBJECT(s->j, "it says what the release is");
    if (!chain && !here &&
        goes_on(s, "becomes become waits exists appeared comes follows gets got had introduced learnt learned added "
                   "fixed removed "
                   "dropped will would"))
        OBJECT(s->j, "it says what the release did");
    bool named = goes_on(s, "release") && doubt_word(p, s->after + 1, "of"); /* "the 0.16.0 release of Tern serves" */
    if (!named && !branch &&
        goes_on(
            s,
            "branch series line code configuration release releases changelog documentation docs wheels wheel kernels "
            "users era api notes"))
        OBJECT(s->j, "it names a release");
    if (leads && doubt_word(p, lead,
                            "brings offers offered suggests suggested shows showed lists listed tagged names named "
                            "published compares compared awaits await announced backported skip skipped affects "
                            "affected hits than since before until entered"))
        OBJECT(s->j, "it is a release spoken of");
    if (leads && lead > s->first && doubt_word(p, lead, "on about of") &&
        doubt_word(p, lead - 1, "notes note post thoughts review look news"))
        OBJECT(s->j, "it is a release spoken of");
    if (s->entity != MANIFEST_NONE && is_history(s) && doubt_has_then(s) && is_past_ed(s, from, to))
        OBJECT(s->j, "it is said of the past");
    if (leads && lead > from && doubt_word(p, lead, "in") &&
        doubt_word(p, lead - 1, "is are came come arrived appears"))
        OBJECT(s->j, "it is a release spoken of"); /* "the fix is in kernel 6.15" */
    bool ours = leads && lead > s->first &&
                doubt_word(p, lead - 1, "release version") && /* "the installed version of" */
                (here || (lead > s->first + 1 &&
                          doubt_word(p, lead - 2, "installed running deployed pinned active current production")));
    if (leads && !ours && doubt_word(p, lead, "for by of") && lead > s->first &&
        doubt_word(p, lead - 1,
                   "asks asked written built initialised initialized tested compiled needed wants "
                   "fix release branch version"))
        OBJECT(s->j, "it is a release spoken of");
    if (leads && lead > s->first &&
        ((doubt_word(p, lead, "on from of") && doubt_word(p, lead - 1, "built based derived forked") &&
          !is_our_stack(s, lead)) ||
         (doubt_word(p, lead, "with") &&
          doubt_word(p, lead - 1, "delivered shipped came comes sold ordered preinstalled"))))
        OBJECT(s->j, "it may be the version of another thing");
    if (leads && lead > s->first && doubt_word(p, lead, "to") &&
        doubt_word(p, lead - 1, "go move upgrade switch update migrate jump") &&
        !(lead > s->first + 2 && doubt_word(p, lead - 2, "the our my last") && doubt_word(p, lead - 3, "since after")))
        OBJECT(s->j, "it is a step to come");
    if (goes_on(s, "came") && !doubt_word(p, s->after + 1, "in")) OBJECT(s->j, "it says what the release did");
    for (uint32_t i = name; i < s->at && !chain; i++) { /* "Docker API 1.52" */
        bool glued =
            i > s->first && p->words[i].lo == p->words[i - 1].hi + 1 && p->on->text.p[p->words[i - 1].hi] == '-';
        uint8_t capital = p->on->text.p[p->words[i].lo];
        bool near = i + 1 == s->at || (i > name && is_in_name(s, i - 1) && !is_in_name(s, i));
        if (glued || is_in_name(s, i) || doubt_word(p, i, MONTHS) ||
            p->words[i].cues & (CUE_FILLER | CUE_STOP | CUE_PAST))
            continue;
        if (near && byte_is_alpha(capital) && !(capital & 0x20) && !doubt_word(p, i, "i i'm"))
            OBJECT(s->j, "another name stands before it");
    }
    for (uint32_t i = from; i < to; i++) {
        if (i > s->after && doubt_word(p, i - 1, "and but") && doubt_word(p, i, "i we it he she they that this there"))
            break; /* "I am on driver 590 and I have no complaints": another clause */
        if (i >= s->after && doubt_word(p, i, "without")) continue; /* "does its work without complaint" */
        bool outside = i < s->at || i >= s->after;
        if (outside && p->words[i].cues & CUE_NEGATION &&
            !(i >= s->after && leads && lead == from &&
              doubt_word(p, lead, "in with since under on"))) /* "In tide 1.4.0 …" */
            OBJECT(s->j, "something is denied in the clause");
    }
    if (!kept && !here && leads && lead == from && doubt_word(p, lead, "with under on using") &&
        doubt_has(s, s->after, to, "was were had took ran gave made needed did"))
        OBJECT(s->j, "it is said of the past"); /* "With UCX 1.16 it was …", of what has no declared history */
    if (range_end(s)) OBJECT(s->j, "one end of a range of releases");
    if (doubt_has(s, from, to,
                  "newest latest upcoming mainline upstream oldstable registry maintainers ci runner runners "
                  "theme themes affected vulnerable cve tracker supports compatible") ||
        (!set_off && doubt_has(s, from, to, "older")) || (!branch && doubt_has(s, from, to, "term")))
        OBJECT(s->j, "it may be the version of another thing");
    bool started = leads && doubt_word(p, lead, "by"); /* "the image is … started by Docker Compose 2.39.1" */
    if (!started && !here && doubt_has(s, from, s->at, "image images container containers wheel wheels tests"))
        OBJECT(s->j, "it may be the version of another thing");
    uint32_t inside = doubt_find(p, s->after, to, "containers images wheels"); /* "is at 12.8 in most containers" */
    if (inside != UINT32_MAX && inside < s->after + 4 && doubt_word(p, s->after, "in inside"))
        OBJECT(s->j, "it may be the version of another thing");
    if (!chain && goes_on(s, "and or to") && s->after + 1 < s->end &&
        byte_is_digit(p->on->text.p[p->words[s->after + 1].lo]))
        OBJECT(s->j, "one of several releases");
    if (is_whole_number(s->c->normal)) {
        uint32_t verb = doubt_find(p, from, s->at, "runs run running uses use has have with on is installed under");
        bool whole = s->entity != MANIFEST_NONE && is_whole_number(s->j->m->entities[s->entity].version.text);
        uint8_t glue =
            lead != UINT32_MAX && p->words[lead].lo > p->text.lo + 1 ? p->on->text.p[p->words[lead].lo - 2] : 0;
        bool item = p->flags & PASSAGE_IN_LIST && (glue == ',' || glue == ':'); /* "…, 128 GB, driver 550" */
        bool at = s->at > s->first && doubt_word(p, s->at - 1, "at");
        if (verb == UINT32_MAX && !whole && !item && !branch && !at) OBJECT(s->j, "it names a generation");
    }
    return NULL;
}

/* ---- ports ---- */

static const char *doubt_port(const scene *s) {
    const passage *p = s->p;
    uint32_t from, to;
    const char *other = doubt_of_other_port(s);
    if (other) return other;
    doubt_words_of(s, s->part, &from, &to);
    uint32_t began = doubt_find(p, s->at > s->first + 4 ? s->at - 4 : s->first, s->at, "started used");
    bool passive = began != UINT32_MAX && began > s->first && doubt_word(p, began - 1, "is are"); /* "is started on" */
    if (doubt_has(s, s->at > s->first + 4 ? s->at - 4 : s->first, s->at,
                  passive ? "was were listened tried picked ran" : "was were used listened started tried picked ran"))
        OBJECT(s->j, "it is said of the past");
    uint32_t a, b;
    doubt_words_of(s, s->clause, &a, &b);
    for (uint32_t i = s->after; i + 1 < to; i++) { /* "Port 22 on roost is closed", "22 stays shut" */
        bool copula = doubt_word(p, i, "is are stays stay remains was were be been keeps");
        if (copula &&
            doubt_word(p, i + 1,
                       "closed shut blocked filtered firewalled dropped disabled off unused free silent dead "
                       "gone taken dark deaf forbidden barred refused rejected") &&
            !doubt_word(p, i + 2, "from to for except but outside unless by until"))
            OBJECT(s->j, "nothing is said to listen there");
    }
    if (doubt_has(s, s->at > s->first + 2 ? s->at - 2 : s->first, s->at,
                  "closed blocked unused shut filtered firewalled"))
        OBJECT(s->j, "nothing is said to listen there");
    if (doubt_has(s, a, a + 4, "test tests")) OBJECT(s->j, "it may be the port of another thing");
    if (doubt_has(s, from, to,
                  "default defaults normally usually stock standard well-known sample staging "
                  "container containers image suggested proposed recommended tried bots scan scans scanner attackers"))
        OBJECT(s->j, "it may be the port of another thing");
    bool host = s->entity != MANIFEST_NONE && s->j->m->entities[s->entity].kind != ENTITY_SERVICE;
    for (uint32_t h = s->p->hit_lo; h < s->p->hit_hi && h < s->p->hit_lo + 64 && host;
         h++) { /* "PgBouncer on port 6433 of quay" */
        uint32_t e = hit_entity(s->j, &s->p->on->hits[h], -1);
        uint8_t kind = e == MANIFEST_NONE ? ENTITY_HOST : s->j->m->entities[e].kind;
        if (kind == ENTITY_SERVICE || kind == ENTITY_COMPONENT) host = false;
    }
    bool addressed = s->lo > s->p->text.lo && s->p->on->text.p[s->lo - 1] == ':';
    if (host && addressed) /* `curl http://store:8091/v1`, if nothing is said to be refused there */
        return doubt_has(s, s->first, s->end,
                         "refused refuses fails failed nothing closed blocked timeout unreachable dead")
                   ? "nothing is said to listen there"
                   : NULL;
    if (host &&
        !doubt_has(s, from, to,
                   "listens listen listening answers open opens opened reachable reached bound serves served runs "
                   "running available exposes exposed arrives arriving connects is are"))
        OBJECT(s->j, "nothing is said to listen there");
    return NULL;
}

/* ---- places ---- */

static const char *doubt_place(const scene *s) {
    uint32_t from, to;
    doubt_words_of(s, s->clause, &from, &to);
    if (doubt_has(s, from, s->at,
                  "offer offers offered proposal proposals quote quotes option options alternative alternatives idea"))
        OBJECT(s->j, "it is spoken of, not said to be so");
    if (goes_on(s, "that which who a an the one some somebody") && /* "the server in X that a listener recommends" */
        doubt_has(s, s->after, s->end,
                  "recommends recommended recommend suggests suggested suggest proposes proposed offers offered quotes "
                  "quoted "
                  "advertises advertised"))
        OBJECT(s->j, "it is spoken of, not said to be so");
    bool then = doubt_has_then(s) || doubt_has(s, s->first, s->at, "when");
    for (uint32_t i = from; i < to && then; i++)
        if (str_ends(surface_slice(s->p->on, s->p->words[i].lo, s->p->words[i].hi), STR("ed")) ||
            doubt_word(s->p, i, "burnt burned died went"))
            OBJECT(s->j, "it is said of the past");
    if (doubt_is_past(s) && then) OBJECT(s->j, "it is said of the past");
    /* "the company behind the VPS is in …": the host only tells whose */
    const alias_hit *name = NULL;
    for (uint32_t h = s->p->hit_lo; h < s->p->hit_hi && h < s->p->hit_lo + 64; h++)
        if (s->p->on->hits[h].where.hi <= s->lo && hit_entity(s->j, &s->p->on->hits[h], -1) == s->entity)
            name = &s->p->on->hits[h];
    uint32_t i = s->first;
    while (name && i < s->at && s->p->words[i].lo < name->where.lo) i++;
    uint32_t lead = name ? doubt_word_before(s, i) : UINT32_MAX;
    if (lead != UINT32_MAX && lead > s->first && doubt_word(s->p, lead, "behind of for") &&
        !doubt_word(s->p, lead - 1, "location place home site seat address machines nodes servers hosts boxes"))
        OBJECT(s->j, "it may be the place of another thing");
    return NULL;
}

/* ---- existence ---- */

/* "our tax adviser is in X", "the exchange in X": nothing that stands in a rack is said to be there. */
static bool is_place_unsaid(const scene *s, uint32_t lead) {
    const passage *p = s->p;
    bool is_place = fact_index_country(s->j->index, surface_slice(p->on, s->lo, s->hi)) != NULL ||
                    (byte_is_digit(p->on->text.p[s->hi - 1]) && str_find_byte(s->c->quote, '-', 0) > 0);
    uint32_t machines[4];
    if (!is_place || place_standing(s->j, s->j->judging, s->lo, s->hi, machines, COUNT_OF(machines))) return false;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++) { /* "the nearest AWS region is in X" */
        const alias_hit *hit = &p->on->hits[h];
        if (hit->where.hi < s->lo && hit->where.lo >= s->clause.lo && hit_has(hit, ALIAS_ABSENT)) return true;
    }
    for (uint32_t i = lead, looked = 0; i > s->first && looked < 7; i--, looked++) {
        if (p->words[i - 1].cues & CUE_PART ||
            doubt_word(
                p, i - 1,
                "copy copies bucket stand stands stood hosted located region regions datacenter datacentre center "
                "centre backup backups vps database rack racks twin hardware") ||
            doubt_is_declared(s, i - 1))
            return false;
    }
    return true;
}

/* "mount an NFS │share│ from the NAS": a noun, of a file server; "the cards share the connector" is a verb. */
static bool is_share_of_files(const passage *p, uint32_t i) {
    if (!doubt_word(p, i, "share shares") || i == 0) return false;
    return doubt_word(p, i - 1, "a the nfs smb samba cifs network file") ||
           (i > 1 && doubt_word(p, i - 2, "a an the my our"));
}

static const char *doubt_existence(const scene *s) {
    const passage *p = s->p;
    const char *former = doubt_of_former(s);
    if (former) return former;
    uint32_t from, to, lead = doubt_word_before(s, s->at);
    doubt_words_of(s, s->clause, &from, &to);
    bool leads = lead != UINT32_MAX && lead >= from;
    if (goes_on(
            s,
            "backend back-end endpoint endpoints format formats chart charts adapter adapters plugin plug-in client "
            "clients "
            "metrics queue queues support integration api driver drivers compatible exporter operator protocol dialect "
            "syntax tutorial guide articles benchmark benchmarks weights"))
        OBJECT(s->j, "it qualifies another thing");
    bool pair_of = leads && lead > from && doubt_word(p, lead, "of") && doubt_word(p, lead - 1, "pair");
    if (leads && !pair_of && doubt_word(p, lead, "for like about against than as of with") &&
        doubt_find(p, from, lead,
                   "shares share shared pair chart "
                   "instructions recipe support designed made built "
                   "trained known compares compared") != UINT32_MAX)
        OBJECT(s->j, "it is spoken of, not said to be here");
    for (uint32_t i = s->first; i < s->at && s->c->kind == CLAIM_EXISTENCE;
         i++) /* "X would be on 5432, Redis on 6379" */
        if (p->words[i].lo >= s->part.lo && doubt_word(p, i, "would could might"))
            OBJECT(s->j, "it is not said to be so now");
    uint32_t part_lo, part_hi;
    doubt_words_of(s, s->part, &part_lo, &part_hi);
    bool spoken = doubt_has(s, part_lo, s->at, "supports support");
    for (uint32_t i = part_lo; i < s->at; i++) /* "it pairs the GB10 with …" and "a pair of …" are here */
        spoken = spoken || (doubt_word(p, i, "pair pairs") && !doubt_word(p, i + 1, "of the our my its it")) ||
                 (doubt_word(p, i, "share shares") && !is_share_of_files(p, i));
    if (spoken) OBJECT(s->j, "it is spoken of, not said to be here");
    if (leads && doubt_word(p, lead, "from") &&
        doubt_has(s, from, lead, "forked fork derived descends descended came comes moved migrated"))
        OBJECT(s->j, "it is spoken of, not said to be here");
    if (leads && p->words[lead].cues & CUE_PLACE && s->c->kind == CLAIM_EXISTENCE && is_place_unsaid(s, lead))
        OBJECT(s->j, "no machine is said to stand there");
    bool consulted = s->at > 1 && doubt_word(p, s->at - 1, "ask") && doubt_word(p, s->at - 2, "i we"); /* "I ask X" */
    if (!consulted &&
        doubt_has(s, from, s->at, "asked ask asks wanted wants offered offers suggested proposed proposes demanded"))
        OBJECT(s->j, "it is asked for, not said to be here");
    if (leads && doubt_word(p, lead, "about") &&
        doubt_has(s, part_lo, lead, "read heard written talked thought asked learnt"))
        OBJECT(s->j, "it is spoken of, not said to be here");
    if (doubt_has(s, part_lo, s->at, "quote quotes price prices") && !doubt_has(s, part_lo, s->at, "we our my i"))
        OBJECT(s->j, "it is offered, not said to be here");
    if (doubt_word(p, s->first, "they") && doubt_word(p, s->first + 1, "run have use own rent keep"))
        OBJECT(s->j, "it may be said of somebody else"); /* "A mail from Durham. They run …" */
    if (leads && doubt_has(s, from, lead, "tests test")) OBJECT(s->j, "it may be said of another thing");
    for (uint32_t i = from; i + 1 < s->at; i++)
        if (doubt_word(p, i, "its") && doubt_word(p, i + 1, "own")) OBJECT(s->j, "it may be said of another thing");
    if (doubt_has(s, from, to, "can could")) OBJECT(s->j, "it says what could be");
    if (s->c->kind == CLAIM_PROCESS) {
        if (leads && doubt_word(p, lead, "word term")) OBJECT(s->j, "the word is spoken of");
        /* what is tuned, trained or measured must be a model */
        if (goes_on(s, "the a an my our its it them this")) {
            bool model = false;
            for (uint32_t i = s->after; i < to && i < s->after + 5; i++) {
                model = model ||
                        doubt_word(p, i,
                                   "it them model models adapter adapters lora network networks checkpoint weights llm "
                                   "llms drafter reviewer classifier embedding embeddings transformer");
                for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64 && !model; h++)
                    model = p->on->hits[h].where.lo == p->words[i].lo &&
                            hit_entity(s->j, &p->on->hits[h], ENTITY_COMPONENT) != MANIFEST_NONE;
            }
            if (!model) OBJECT(s->j, "it is done to another thing");
        }
        return NULL;
    }
    bool brief = false; /* "installed it for one evening", "ran it to compare" */
    for (uint32_t i = s->after; i < s->end; i++)
        brief =
            brief || doubt_word(p, i, "before briefly") ||
            (doubt_word(p, i, "for") && doubt_word(p, i + 1, "a an one two three some") &&
             doubt_word(p, i + 2, "hour hours day days evening evenings week weeks weekend month months test while")) ||
            (doubt_word(p, i, "to") && doubt_word(p, i + 1, "compare test try measure see"));
    if (brief && doubt_has(s, from, to, "had ran installed used tried tested measured was borrowed rented"))
        OBJECT(s->j, "it is said of the past");
    /* "X uses Y underneath", "X and Y read": what a product is or does anywhere */
    if (goes_on(s, "uses use reads read ships needs wraps supports means has have had keeps stores is are was were") &&
        (s->at == from || s->at == from + 1) && !doubt_has(s, from, to, "our my us here this") &&
        !existence_at_work(s->j, s->j->judging, s->j->judging_at.lo, s->j->judging_at.hi))
        OBJECT(s->j, "it says what the thing does anywhere");
    if (goes_on(s, "and or") && s->at <= from + 1) {
        for (uint32_t i = s->after; i < to; i++)
            if (doubt_word(p, i, "read use share speak support are have need"))
                OBJECT(s->j, "it says what the things do anywhere");
    }
    return NULL;
}

const char *doubt_of_kind(const scene *s) {
    switch (s->c->kind) {
    case CLAIM_VERSION: return s->j->said_here ? NULL : doubt_version(s); /* the day of a change is no release */
    case CLAIM_PORT: return doubt_port(s);
    case CLAIM_PLACE: return doubt_place(s);
    case CLAIM_EXISTENCE: return s->j->said_here ? NULL : doubt_existence(s);
    case CLAIM_EXPOSES: return doubt_exposes(s);
    case CLAIM_PROCESS: return str_starts(s->c->fact, STR("absent")) ? doubt_existence(s) : doubt_process(s);
    default: return NULL;
    }
}
