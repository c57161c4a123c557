/* paths.c - which files and folders are there.
 *
 *     declared present   "the models lie in /srv/models"              supported
 *                        "/srv/models no longer exists"               contradicted; "the link to it is gone" says
 * nothing declared removed   "we keep them in /opt/models"                contradicted
 *                        "/opt/models is gone", "until January …"     supported; "until April …", past that day, is not
 *     neither            unverified: a manifest does not list every file
 *
 * In: a path token. It is compared whole with the declared ones; a folder above a declared path is there too. Out: a
 * claim with its verdict.
 */
#include "facts/places/paths.h"

#include "facts/reading/calendar.h"

static str clean_path(str path) {
    while (path.n > 1 && (path.p[path.n - 1] == '/' || path.p[path.n - 1] == '.' || path.p[path.n - 1] == ','))
        path.n--;
    return path;
}

/* Routes of an HTTP interface are no files. */
static bool is_route(str path) {
    return path.n > 2 && path.p[0] == '/' && path.p[1] == 'v' && byte_is_digit(path.p[2]) &&
           (path.n == 3 || path.p[3] == '/');
}

/* A place that somebody chose: not a device, a kernel file, a system program, nor a bare name without a folder. */
static bool is_our_path(str path) {
    static const char *const system[] = {"/dev/", "/proc/", "/sys/", "/bin/", "/sbin/", "/usr/bin/", "/tmp"};
    for (size_t i = 0; i < COUNT_OF(system); i++)
        if (str_starts(path, str_from_cstr(system[i]))) return false;
    return str_find_byte(path, '/', 0) >= 0 || str_find_byte(path, '\\', 0) >= 0;
}

static bool has_declared_sibling(const judge *j, str path) {
    ptrdiff_t at = path.n;
    while (at > 1 && path.p[at - 1] != '/') at--;
    return at > 1 && fact_index_folder(j->index, str_slice(path, 0, at - 1));
}

/* The last two steps of a path, "caddy/Caddyfile"; empty where it has no more than two. */
static str tail_of(str path) {
    ptrdiff_t at = path.n;
    for (int steps = 0; at > 0; at--)
        if (path.p[at - 1] == '/' && ++steps == 2) break;
    return at > 1 ? str_slice(path, at, path.n) : (str){0};
}

/* The one declared path that ends as this one does, on a machine that the sentence names: "/srv/caddy/Caddyfile on
 * quay" where quay has /etc/caddy/Caddyfile. NULL where none or several do, or the sentence speaks of another copy. */
static const manifest_path *path_by_tail(judge *j, passage *p, str path) {
    const manifest_path *found = NULL;
    str tail = tail_of(path);
    if (!tail.n || p->kind != PASSAGE_SENTENCE) return NULL;
    for (uint32_t i = 0; i < j->m->path_count; i++) {
        const manifest_path *x = &j->m->paths[i];
        if (x->removed || x->host == MANIFEST_NONE || !str_eq(tail_of(x->path), tail)) continue;
        if (found) return NULL;
        found = x;
    }
    bool named = false;
    for (uint32_t h = p->hit_lo; found && h < p->hit_hi && h < p->hit_lo + 64; h++)
        named = named || hit_entity(j, &p->on->hits[h], -1) == found->host;
    if (!named) return NULL;
    passage_prepare(j, p);
    for (uint32_t i = 0; i < p->word_count; i++)
        if (p->words[i].cues & (CUE_NEGATION | CUE_PAST | CUE_GONE | CUE_DEFAULT | CUE_MODAL | CUE_FUTURE | CUE_IF) ||
            word_in(p, i,
                    "copy copies copied example sample packaged template backup link symlink links mounted mount "
                    "moved inside container image also too or"))
            return NULL;
    return found;
}

/* "You can still find them under /srv/old, where they take up room to this day", "is still installed at /opt/old": what
 * remains there now, whatever else the sentence calls old. A script that still looks for it, an old guide that still
 * names it, a snapshot that still holds it say nothing of the kind. */
static bool is_said_to_remain(const passage *p, const token *t) {
    static const char being[] = "is are sits sit lies lie lives live stands stand exists exist remains remain there "
                                "installed mounted find found has have holds hold keeps keep kept takes take";
    static const char elsewhere[] = "list excludes exclude dotfiles docs readme snapshot snapshots backup backups "
                                    "archive archives history tape tapes repository "
                                    "git image container copy copies mention mentions reference references link links "
                                    "point points refers path name names looks expects default until till was were had "
                                    "did if might may would could should not never no nothing";
    bool now = false, be = false, at = false;
    if (p->kind != PASSAGE_SENTENCE) return false;
    for (uint32_t i = 0; i < p->word_count && i < 60; i++) {
        const pword *w = &p->words[i];
        if (w->lo >= t->text.lo && w->hi <= t->text.hi) continue;
        if (word_in(p, i, elsewhere) || w->cues & (CUE_NEGATION | CUE_IF | CUE_FUTURE)) return false;
        now = now || word_is(p, i, "still") || (word_is(p, i, "even") && word_in(p, i + 1, "now today")) ||
              (word_is(p, i, "to") && word_is(p, i + 1, "this") && word_is(p, i + 2, "day"));
        be = be || word_in(p, i, being);
        bool before = w->hi <= t->text.lo && t->text.lo - w->hi < 4,
             behind = w->lo >= t->text.hi && w->lo - t->text.hi < 4;
        at = at || (before && word_in(p, i, "at under in on inside below")) ||
             (behind && word_in(p, i, "is still exists remains sits holds takes has"));
    }
    str end = str_trim(passage_text(p));
    return now && be && at && !str_ends(end, STR("?"));
}

/* Does a word of the passage tell of what is gone? "old" in the path itself is only its name. */
static bool says_gone(const passage *p, const token *t) {
    for (uint32_t i = 0; i < p->word_count; i++)
        if (p->words[i].cues & CUE_GONE && (p->words[i].hi <= t->text.lo || p->words[i].lo >= t->text.hi)) return true;
    return false;
}

/* "stayed for three more weeks", "lay there unused", "waited": a state that the past tense says is over. What "has
 * stayed" is still so; what was *moved* there may be. */
static bool is_past_state(const passage *p, const token *t) {
    clause_range part = stance_part(p, t->text.lo, t->text.hi);
    for (uint32_t i = 0; i < p->word_count && i < 60; i++) {
        if (p->words[i].lo < part.lo || p->words[i].hi > part.hi) continue;
        if (!word_in(p, i, "stayed remained lay stood sat waited lingered survived lived held contained kept existed"))
            continue;
        bool perfect =
            i > 0 && (word_in(p, i - 1, "has have is are be") ||
                      (i > 1 && word_in(p, i - 2, "has have is are be") && word_in(p, i - 1, "been always")));
        if (!perfect) return true;
    }
    return false;
}

/* "From /opt/gguf to /srv/models on mosaic.", below "Model files moved": what something was moved away from. */
static bool is_moved_from(judge *j, const passage *p, const token *t) {
    static const char moving[] = "moved move moves moving relocated migrated renamed";
    uint32_t from = passage_word_before(p, t->text.lo);
    if (from == UINT32_MAX || !word_is(p, from, "from")) return false;
    bool to = false, moved = false;
    for (uint32_t i = from; i < p->word_count && i < from + 20 && !to; i++)
        to = p->words[i].lo >= t->text.hi && word_in(p, i, "to into");
    for (uint32_t i = 0; i < p->word_count && i < 60 && !moved; i++) moved = word_in(p, i, moving);
    const passage *heading = p->heading == PASSAGE_NONE ? NULL : &j->passages[p->heading];
    if (heading && from == 0) { /* no verb of its own */
        passage_prepare(j, &j->passages[p->heading]);
        for (uint32_t i = 0; i < heading->word_count && !moved; i++) moved = word_in(heading, i, moving);
    }
    return to && moved;
}

/* ---- said to be gone ---- */

enum going { GOING_NOT, GOING_PERHAPS, GOING_PLAIN };

static bool are_among(const passage *p, uint32_t first, uint32_t end, const char *words) {
    for (uint32_t i = first; i < end; i++)
        if (!word_in(p, i, words)) return false;
    return true;
}

/* Is [first, end) of the words nothing but a time, "in March 2026", "any more", or machines, one of which may be
 * `host`? */
static bool is_time_or_machine(const judge *j, const passage *p, uint32_t first, uint32_t end, uint32_t host) {
    static const char words[] = "in on at since last this year month week spring summer autumn winter yesterday today "
                                "now any more anymore longer there here the our ago entirely altogether early late";
    for (uint32_t i = first; i < end; i++) {
        calendar date;
        unsigned year;
        uint32_t named = MANIFEST_NONE;
        for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 32; h++)
            if (p->on->hits[h].where.lo <= p->words[i].lo && p->on->hits[h].where.hi >= p->words[i].hi)
                named = hit_entity(j, &p->on->hits[h], -1);
        bool number = byte_is_digit(p->on->text.p[p->words[i].lo]);
        bool time = number || word_in(p, i, words) || calendar_at(p, i, &date) || calendar_year_at(p, i, &year);
        if (!time && (named == MANIFEST_NONE || (host != MANIFEST_NONE && named != host))) return false;
    }
    return true;
}

/* Does the sentence behind tell that it came back? */
static bool comes_back(judge *j, const passage *p) {
    uint32_t next = (uint32_t)(p - j->passages) + 1;
    if (next >= j->passage_count || j->passages[next].previous != next - 1) return false;
    passage *q = &j->passages[next];
    passage_prepare(j, q);
    for (uint32_t i = 0; i < q->word_count && i < 60; i++)
        if (word_in(q, i, "back again anew restored recreated new returned rebuilt later")) return true;
    return false;
}

/* "The directory X no longer exists", "X is gone", "we removed X last year", "there is no X on attic": the path itself,
 * and nothing of it or about it. */
static enum going is_said_gone(judge *j, passage *p, const token *t, uint32_t host) {
    static const char nouns[] = "the our my a directory folder path tree file mount volume itself";
    uint32_t behind = 0, first = passage_word_before(p, t->text.lo), end = p->word_count;
    if (p->kind != PASSAGE_SENTENCE || end > 60 || str_ends(str_trim(passage_text(p)), STR("?"))) return GOING_NOT;
    first = first == UINT32_MAX ? 0 : first + 1; /* the first word that is not before the path */
    for (behind = first; behind < end && p->words[behind].lo < t->text.hi;) behind++;
    uint32_t object = first;
    while (object > 0 && word_in(p, object - 1, nouns)) object--;
    bool subject = object == 0, verb = object > 0 && word_in(p, object - 1, "removed deleted dropped purged erased");
    uint32_t rest = UINT32_MAX;
    if (verb && are_among(p, 0, object - 1, "we i have then and finally already has"))
        rest = behind;
    else if (object > 1 && word_in(p, object - 1, "no") && are_among(p, 0, object - 1, "there is now"))
        rest = behind;
    else if (subject && word_is(p, behind, "no") && word_is(p, behind + 1, "longer") &&
             word_in(p, behind + 2, "exists exist"))
        rest = behind + 3;
    else if (subject && word_in(p, behind, "doesn't don't") && word_in(p, behind + 1, "exist"))
        rest = behind + 2;
    else if (subject && word_in(p, behind, "does do") && word_is(p, behind + 1, "not") &&
             word_is(p, behind + 2, "exist"))
        rest = behind + 3;
    else if (subject && word_in(p, behind, "is are was were has have")) {
        rest = behind + 1;
        while (word_in(p, rest, "been now long already all")) rest++;
        rest = word_in(p, rest, "gone removed deleted dropped purged erased") ? rest + 1 : UINT32_MAX;
    }
    if (rest == UINT32_MAX) return GOING_NOT;
    return is_time_or_machine(j, p, rest, end, host) && !comes_back(j, p) ? GOING_PLAIN : GOING_PERHAPS;
}

/* Does the sentence date itself, and every date of it lies behind `since`? */
static bool is_dated_after(const passage *p, day_number since) {
    bool any = false;
    for (uint32_t i = 0; i < p->word_count && i < 60; i++) {
        calendar d;
        if (!calendar_at(p, i, &d)) continue;
        if (!d.year || date_make(d.year, d.month, d.day ? d.day : 1) <= since) return false;
        any = true;
        if (byte_is_digit(p->on->text.p[p->words[i].lo])) i += d.day ? 2 : 1;
    }
    return any;
}

/* "/opt/llama.cpp is on bracken", "the models of bracken are in /var/lib/models", which is declared of another machine
 * and not of that one. */
static bool is_said_elsewhere(const judge *j, const passage *p, const token *t, const manifest_path *known) {
    enum { REACH = 60, PATHS_READ = 4096 };
    if (p->kind != PASSAGE_SENTENCE || known->host == MANIFEST_NONE) return false;
    uint32_t first, end, other = MANIFEST_NONE;
    for (uint32_t i = 0; i < p->word_count && i < 60; i++)
        if (word_in(p, i, "both all each every machines hosts too also")) return false;
    passage_hit_window(p, t->text.lo, t->text.hi, &first, &end);
    for (uint32_t h = first; h < end; h++) {
        const alias_hit *hit = &p->on->hits[h];
        uint32_t e = hit->inside < 0 ? hit_entity(j, hit, -1) : MANIFEST_NONE;
        if (e == MANIFEST_NONE || (hit->where.lo < t->text.hi && hit->where.hi > t->text.lo)) continue;
        if (e == known->host) return false; /* both are named: whose it is, is for others to say */
        uint32_t before = passage_word_before(p, hit->where.lo);
        uint8_t kind = j->m->entities[e].kind;
        bool near = hit->where.lo < t->text.hi + REACH && hit->where.hi + REACH > t->text.lo;
        if (!near || before == UINT32_MAX || (kind != ENTITY_HOST && kind != ENTITY_HARDWARE)) continue;
        bool on = hit->where.lo >= t->text.hi ? word_in(p, before, "on") : word_in(p, before, "of on");
        if (on && p->words[before].hi + 1 == hit->where.lo) other = e;
    }
    for (uint32_t i = 0; other != MANIFEST_NONE && i < j->m->path_count && i < PATHS_READ; i++)
        if (j->m->paths[i].host == other && str_eq(j->m->paths[i].path, known->path)) return false;
    return other != MANIFEST_NONE && j->m->entities[other].host != known->host;
}

/* ---- verdicts ---- */

static void judge_present(judge *j, passage *p, const token *t, claim *c, const stance_view *s,
                          const manifest_path *known) {
    passage_prepare(j, p);
    bool stated = s->stance == STANCE_ASSERTED || s->stance == STANCE_HISTORICAL || s->stance == STANCE_NEGATED;
    enum going going = stated && !s->others ? is_said_gone(j, p, t, known->host) : GOING_NOT;
    if (going == GOING_PLAIN && !known->since && !s->aside)
        claim_contradicted(j, c, &known->fact, known->path, STR("said to be gone, but declared as there"));
    else if (going != GOING_NOT)
        claim_unverified(j, c, STR("said to be gone, of another time perhaps"));
    else if (s->stance == STANCE_NEGATED)
        claim_unverified(j, c, STR("a denial, too indirect to judge"));
    else if (is_said_elsewhere(j, p, t, known))
        claim_unverified(j, c, STR("declared of another machine than is named"));
    else
        claim_supported(j, c, &known->fact, known->path, STR("declared"));
}

static void judge_removed(judge *j, passage *p, const token *t, claim *c, const stance_view *s,
                          const manifest_path *known) {
    passage_prepare(j, p);
    day_number first, last;
    bool later = known->since && is_dated_after(p, known->since), dated = false;
    bool told_earlier = known->since && told_days(j, p, &first, &last) && last < known->since;
    bool gone = is_said_gone(j, p, t, known->host) != GOING_NOT, until = false;
    for (uint32_t i = 0; i < p->word_count && i < 60; i++) until = until || word_is(p, i, "until");
    for (uint32_t i = p->token_lo; i < p->token_hi && !dated; i++) dated = p->on->tokens[i].kind == TOKEN_DATE;
    bool past = told_under_past_heading(j, p) || told_removing(p, t->text.lo) || told_earlier || (dated && !later) ||
                (j->day && known->since && j->day < known->since);
    bool spoken =
        !past && !is_said_to_remain(p, t) &&
        (s->historical || s->denied || gone || is_moved_from(j, p, t) || says_gone(p, t) || is_past_state(p, t));
    str says =
        judge_printf(j, "removed%s%s", known->since ? " on " : "", known->since ? date_format(known->since).text : "");
    bool named_only = false;
    for (uint32_t i = 0; i < p->word_count && i < 60 && p->kind == PASSAGE_SENTENCE; i++)
        named_only = named_only ||
                     word_in(p, i, "dotfiles docs documentation readme guide guides excludes exclude scripts") ||
                     (word_in(p, i, "backup backups snapshot snapshots archive") &&
                      (word_in(p, i + 1, "holds hold has have contains") || word_in(p, i + 1, "still")));
    bool removal = gone || s->denied || (says_gone(p, t) && !until);
    if (spoken && later && !removal)
        claim_unverified(j, c, judge_printf(j, "of a day on which it was gone: %.*s", STR_ARG(says)));
    else if (past || spoken)
        claim_supported(j, c, &known->fact, says, STR("spoken of as gone"));
    else if (named_only && !is_said_to_remain(p, t))
        claim_unverified(j, c, STR("it may be a copy of it, or its name"));
    else
        claim_contradicted(j, c, &known->fact, says, STR("stated as there, but removed"));
}

/* The first declared path that is there and lies in the folder; NULL where only what was removed does. */
static const manifest_path *path_below(const judge *j, str folder) {
    for (uint32_t i = 0; i < j->m->path_count; i++) {
        const manifest_path *x = &j->m->paths[i];
        if (!x->removed && x->path.n > folder.n && x->path.p[folder.n] == '/' && str_starts(x->path, folder)) return x;
    }
    return NULL;
}

static void judge_known(judge *j, passage *p, const token *t, claim *c, const stance_view *s) {
    str path = clean_path(surface_slice(p->on, t->core.lo, t->core.hi));
    uint32_t found[8];
    c->normal = path;
    size_t count = manifest_find_paths(j->m, path, found, COUNT_OF(found));
    if (!count) {
        if (path.n > 4 && fact_index_folder(j->index, path)) {
            const manifest_path *inside = path_below(j, path);
            claim_supported(j, c, inside ? &inside->fact : NULL, inside ? inside->path : STR("a declared path"),
                            STR("it lies in this folder"));
            return;
        }
        const manifest_path *meant = s->stance == STANCE_ASSERTED ? path_by_tail(j, p, path) : NULL;
        if (meant) {
            claim_contradicted(j, c, &meant->fact, meant->path, STR("another path ends so on this machine"));
            return;
        }
        claim_unverified(j, c, STR("no such path is declared"));
        bool beside = has_declared_sibling(j, path); /* next to a declared path it is a specific wherever it stands */
        if (beside)
            c->credit_bearing = c->stance != STANCE_HYPOTHETICAL && c->stance != STANCE_QUOTED;
        else if (!is_our_path(path))
            c->credit_bearing = false;
        return;
    }
    const manifest_path *known = &j->m->paths[found[0]];
    for (size_t i = 0; i < count && i < COUNT_OF(found); i++)
        if (!j->m->paths[found[i]].removed) known = &j->m->paths[found[i]];
    if (known->removed)
        judge_removed(j, p, t, c, s, known);
    else
        judge_present(j, p, t, c, s, known);
}

void judge_path(judge *j, passage *p, uint32_t index, const stance_view *s) {
    const token *t = &p->on->tokens[index];
    stance_view told = *s;
    if (is_route(surface_slice(p->on, t->text.lo, t->text.hi))) return;
    p->on->used[index] = 1;
    if (told.stance == STANCE_INSTRUCTION && word_in(p, 0, "you one") && word_in(p, 1, "can will still find") &&
        is_said_to_remain(p, t))
        told.stance = STANCE_ASSERTED; /* "You can still find them under X": that they are there */
    claim *c = claim_add(j, p, t->text.lo, t->text.hi, CLAIM_PATH, &told);
    if (c && j->about_us && c->verdict != VERDICT_NOT_ABOUT_US) judge_known(j, p, t, c, &told);
}
