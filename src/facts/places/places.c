/* places.c - paths, addresses, and which numbers are ports (ports.c judges those).
 *
 * A path is compared whole with the declared ones; a folder above a declared path is there too. An unknown path is
 * unverified (a manifest does not list every file), one that was removed is contradicted where it is stated as there.
 */
#include "facts/ports/ports.h"

/* ---- paths ---- */

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

static void judge_path(judge *j, passage *p, const token *t, claim *c, const stance_view *s) {
    str path = clean_path(surface_slice(p->on, t->core.lo, t->core.hi));
    uint32_t found[8];
    c->normal = path;
    size_t count = manifest_find_paths(j->m, path, found, COUNT_OF(found));
    if (!count) {
        if (path.n > 4 && fact_index_folder(j->index, path)) {
            claim_supported(j, c, NULL, STR("a declared path lies in it"), STR("folder of a declared path"));
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
    if (!known->removed) {
        if (s->stance == STANCE_NEGATED)
            claim_unverified(j, c, STR("a denial, too indirect to judge"));
        else
            claim_supported(j, c, &known->fact, known->path, STR("declared"));
        return;
    }
    passage_prepare(j, p);
    bool past = told_under_past_heading(j, p) || told_removing(p, t->text.lo) ||
                (j->day && known->since && j->day < known->since);
    for (uint32_t i = p->token_lo; i < p->token_hi && !past; i++) past = p->on->tokens[i].kind == TOKEN_DATE;
    if (!past && !is_said_to_remain(p, t)) past = s->historical || s->denied || says_gone(p, t) || is_past_state(p, t);
    str says =
        judge_printf(j, "removed%s%s", known->since ? " on " : "", known->since ? date_format(known->since).text : "");
    bool named_only = false;
    for (uint32_t i = 0; i < p->word_count && i < 60 && p->kind == PASSAGE_SENTENCE; i++)
        named_only = named_only ||
                     word_in(p, i, "dotfiles docs documentation readme guide guides excludes exclude scripts") ||
                     (word_in(p, i, "backup backups snapshot snapshots archive") &&
                      (word_in(p, i + 1, "holds hold has have contains") || word_in(p, i + 1, "still")));
    if (past)
        claim_supported(j, c, &known->fact, says, STR("spoken of as gone"));
    else if (named_only && !is_said_to_remain(p, t))
        claim_unverified(j, c, STR("it may be a copy of it, or its name"));
    else
        claim_contradicted(j, c, &known->fact, says, STR("stated as there, but removed"));
}

static bool port_of(const passage *p, const token *t, uint32_t *port) {
    uint64_t value;
    if (t->value.valid && t->value.scale == 0 && t->value.digits > 0 && t->value.digits < 65536 &&
        t->kind == TOKEN_PORT) {
        *port = (uint32_t)t->value.digits;
        return true;
    }
    str core = surface_slice(p->on, t->core.lo, t->core.hi);
    if (t->core.lo == t->text.lo && t->kind == TOKEN_ADDRESS) return false; /* an address without a port */
    if (!str_to_u64(core, &value) || value < 1 || value > 65535) return false;
    *port = (uint32_t)value;
    return true;
}

/* ---- addresses ---- */

/* "| host | address |": what stands below is the row's own, not one that it talks to. */
static bool is_address_column(judge *j, const passage *p) {
    static const char *const heads[] = {"address", "addresses", "ip", "addr", "ipv4", "ipv6", "tunnel", "interface"};
    if (p->kind != PASSAGE_CELL || p->column == PASSAGE_NONE) return false;
    passage *column = &j->passages[p->column];
    passage_prepare(j, column);
    for (uint32_t i = 0; i < column->word_count && i < 6; i++)
        for (size_t k = 0; k < COUNT_OF(heads); k++)
            if (word_is(column, i, heads[k])) return true;
    return false;
}

/* "| address | 10.7.0.10 | 10.7.0.11 |", each column a machine's */
static bool is_address_row(judge *j, const passage *p) {
    if (p->kind != PASSAGE_CELL || p->column == PASSAGE_NONE || p->label == PASSAGE_NONE) return false;
    passage *label = &j->passages[p->label];
    passage_prepare(j, label);
    return label->word_count && label->word_count < 4 &&
           word_in(label, label->word_count - 1, "address addresses ip addr ipv4 ipv6");
}

/* An IPv4 address: its three first numbers, with the dot behind them; 0 for what is none. */
static ptrdiff_t network_of(str text) {
    ptrdiff_t dots = 0, third = 0;
    for (ptrdiff_t i = 0; i < text.n; i++) {
        if (!byte_is_digit(text.p[i]) && text.p[i] != '.') return 0;
        if (text.p[i] == '.' && ++dots == 3) third = i + 1;
    }
    return dots == 3 ? third : 0;
}

/* Has the machine an address in this one's network, and not this one? */
static bool has_other_in_network(const manifest_entity *e, str address) {
    ptrdiff_t n = network_of(address);
    for (uint32_t k = 0; k < e->aliases.n && n; k++)
        if (network_of(e->aliases.at[k].text) == n && str_starts(e->aliases.at[k].text, str_slice(address, 0, n)))
            return true;
    return false;
}

static bool only_words(const passage *p, uint32_t lo, uint32_t hi, const char *allowed, uint32_t *count) {
    *count = 0;
    for (uint32_t k = lo; k < hi; k++)
        if (strchr(";.\n", p->on->text.p[k])) return false;
    uint32_t first, end;
    passage_window(p, lo, hi, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        if (p->words[i].lo < lo || p->words[i].hi > hi) continue;
        ++*count;
        if (!word_in(p, i, allowed)) return false;
    }
    return true;
}

/* The machine that the text gives the address at [lo, hi): "quay is X", "quay has the address X", "the address of quay
 * is X", "quay (X)", "the machine with the address X is quay", or the row's. */
static uint32_t address_holder(judge *j, passage *p, uint32_t lo, uint32_t hi) {
    if (p->kind == PASSAGE_CELL && is_address_column(j, p) && p->label != PASSAGE_NONE) {
        const passage *label = &j->passages[p->label];
        uint32_t found =
            label->hit_hi == label->hit_lo + 1 ? hit_entity(j, &label->on->hits[label->hit_lo], -1) : MANIFEST_NONE;
        return found;
    }
    if (p->kind == PASSAGE_CODE || p->kind == PASSAGE_CELL) return MANIFEST_NONE;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++) {
        const alias_hit *hit = &p->on->hits[h];
        uint32_t e = hit->inside < 0 ? hit_entity(j, hit, -1) : MANIFEST_NONE, n;
        if (e == MANIFEST_NONE || hit->where.lo == lo) continue;
        if (byte_is_digit(p->on->text.p[hit->where.lo])) continue; /* "from 10.0.0.1 to 10.0.0.2" */
        if (hit->where.hi < lo && lo - hit->where.hi < 40 &&
            only_words(p, hit->where.hi, lo, "is has the address ip its own tunnel at under answers s", &n)) {
            bool bracket = lo == hit->where.hi + 2 && p->on->text.p[lo - 1] == '(';
            bool second = false; /* "tun has X, quay Y" */
            for (uint32_t t = p->token_lo; t < p->token_hi && !n && lo == hit->where.hi + 1; t++)
                second = second || (p->on->tokens[t].kind == TOKEN_ADDRESS && p->on->tokens[t].text.hi < hit->where.lo);
            if (n || bracket || second) return e;
        }
        if (hit->where.lo > hi && hit->where.lo - hi < 24 &&
            only_words(p, hi, hit->where.lo, "is belongs to the", &n) && n)
            return e;
    }
    return MANIFEST_NONE;
}

/* An address that is said to be a machine's and is not. True where a claim was made. */
static bool judge_holder(judge *j, passage *p, const token *t, const stance_view *s, str text,
                         const manifest_entity *owner) {
    passage_prepare(j, p);
    uint32_t holder = address_holder(j, p, t->text.lo, t->text.hi);
    if (holder == MANIFEST_NONE || s->loose || s->past || s->denied) return false;
    const manifest_entity *e = &j->m->entities[holder];
    if ((e->kind != ENTITY_HARDWARE && e->kind != ENTITY_HOST) || e == owner) return false;
    if (!owner && !has_other_in_network(e, text)) return false; /* another network's card */
    stance_view told = *s;                                      /* "you reach quay under X" orders nothing */
    if (told.stance == STANCE_INSTRUCTION && word_in(p, 0, "you one")) told.stance = STANCE_ASSERTED;
    claim *c = claim_add(j, p, t->text.lo, t->text.lo + (uint32_t)text.n, CLAIM_HOST, &told);
    if (!c) return true;
    c->subject = e->id;
    str says = owner ? judge_printf(j, "an address of %.*s", STR_ARG(owner->id)) : STR("another address");
    claim_contradicted(j, c, NULL, says, judge_printf(j, "it is no address of %.*s", STR_ARG(e->id)));
    return true;
}

static void judge_address(judge *j, passage *p, const token *t, const stance_view *s) {
    str text = surface_slice(p->on, t->text.lo, t->core.lo > t->text.lo ? t->core.lo - 1 : t->text.hi);
    uint32_t count;
    const alias_target *targets = alias_lookup(j->m->names, text, &count);
    const manifest_entity *e = NULL;
    for (uint32_t i = 0; i < count && !e; i++)
        if (targets[i].kind == ALIAS_ENTITY) e = &j->m->entities[targets[i].index];
    if (judge_holder(j, p, t, s, text, e) || !e) return;
    claim *c = claim_add(j, p, t->text.lo, t->text.lo + (uint32_t)text.n, CLAIM_HOST, s);
    if (!c) return;
    context near;
    context_make(j, p, t->text.lo, t->text.hi, &near);
    c->subject = e->id;
    /* In a row that names another host only, the address is on the wrong one. */
    const manifest_entity *other = NULL;
    for (uint32_t k = 0; k < near.mention_count; k++) {
        const manifest_entity *x = &j->m->entities[near.mentions[k].entity];
        if (x == e && (!near.mentions[k].hit || near.mentions[k].hit->where.lo != t->text.lo)) other = NULL;
        if (x != e && near.mentions[k].region == REGION_LABEL && (is_address_column(j, p) || is_address_row(j, p)) &&
            (x->kind == ENTITY_HARDWARE || x->kind == ENTITY_HOST))
            other = x;
    }
    if (other && !s->loose)
        claim_contradicted(j, c, NULL, judge_printf(j, "an address of %.*s", STR_ARG(e->id)),
                           judge_printf(j, "stands in the row of %.*s", STR_ARG(other->id)));
    else
        claim_supported(j, c, NULL, e->id, STR("declared address"));
}

/* "max_tokens":256 */
static bool is_json_value(const passage *p, const token *t) {
    uint32_t at = t->text.lo;
    const uint8_t *text = p->on->text.p;
    if (at > p->text.lo && text[at - 1] == ':') at--;
    return at > p->text.lo + 2 && text[at] == ':' && text[at - 1] == '"' &&
           (byte_is_alnum(text[at - 2]) || text[at - 2] == '_');
}

static void judge_token(judge *j, passage *p, uint32_t index) {
    const token *t = &p->on->tokens[index];
    uint32_t port;
    bool number = t->kind == TOKEN_NUMBER || t->kind == TOKEN_QUANTITY;
    enum port_number kind = number ? port_number_at(j, p, index) : PORT_NUMBER_NO;
    if (kind == PORT_NUMBER_DECLARED) {
        uint32_t count = 0;
        fact_index_port(j->index, (uint32_t)t->value.digits, &count);
        if (!count) kind = PORT_NUMBER_NO;
    }
    bool bare = kind != PORT_NUMBER_NO;
    if (t->kind != TOKEN_PATH && t->kind != TOKEN_PORT && t->kind != TOKEN_ADDRESS && t->kind != TOKEN_URL && !bare)
        return;
    if (p->kind == PASSAGE_CODE && is_json_value(p, t)) return;
    stance_view s = stance_at(j, p, t->text.lo, t->text.hi);
    if (t->kind == TOKEN_PATH) {
        if (is_route(surface_slice(p->on, t->text.lo, t->text.hi))) return;
        p->on->used[index] = 1;
        if (s.stance == STANCE_INSTRUCTION && word_in(p, 0, "you one") && word_in(p, 1, "can will still find") &&
            is_said_to_remain(p, t))
            s.stance = STANCE_ASSERTED; /* "You can still find them under X": that they are there */
        claim *c = claim_add(j, p, t->text.lo, t->text.hi, CLAIM_PATH, &s);
        if (c && j->about_us && c->verdict != VERDICT_NOT_ABOUT_US) judge_path(j, p, t, c, &s);
        return;
    }
    if (t->kind == TOKEN_URL) { /* http://127.0.0.1:8101/v1: only the port, and only of our own machines */
        str url = surface_slice(p->on, t->text.lo, t->text.hi);
        ptrdiff_t host = str_find(url, STR("://"), 0), user = host < 0 ? -1 : str_find_byte(url, '@', host + 3);
        if (user > 0 && str_find_byte(str_slice(url, host + 3, user), '/', 0) < 0) host = user - 2; /* app@quay:6432 */
        ptrdiff_t colon = host < 0 ? -1 : str_find_byte(url, ':', host + 3);
        if (colon < 0 || !j->about_us) return;
        ptrdiff_t end = colon + 1;
        while (end < url.n && byte_is_digit(url.p[end])) end++;
        uint64_t value;
        str name = str_slice(url, host + 3, colon);
        uint32_t known, service;
        alias_lookup(j->m->names, name, &known);
        if (!known && port_address_service(j, name, &service)) known = 1;
        bool local = str_eq(name, STR("localhost")) || str_starts(name, STR("127.")) || str_eq(name, STR("0.0.0.0")) ||
                     known; /* who listens everywhere, listens here */
        if (!local || !str_to_u64(str_slice(url, colon + 1, end), &value) || value < 1 || value > 65535) return;
        if (known && byte_is_digit(name.p[0])) {
            claim *h = claim_add(j, p, t->text.lo + (uint32_t)host + 3, t->text.lo + (uint32_t)colon, CLAIM_HOST, &s);
            claim_supported(j, h, NULL, name, STR("declared address"));
        }
        claim *c = claim_add(j, p, t->text.lo + (uint32_t)colon + 1, t->text.lo + (uint32_t)end, CLAIM_PORT, &s);
        if (c && c->verdict != VERDICT_NOT_ABOUT_US) judge_port(j, p, t, c, &s, (uint32_t)value, name);
        return;
    }
    if (t->kind == TOKEN_ADDRESS && j->about_us && !s.others) judge_address(j, p, t, &s);
    bool has_port = bare ? t->value.valid && t->value.scale == 0 && t->value.digits > 0 && t->value.digits < 65536
                         : port_of(p, t, &port);
    if (!has_port) return;
    if (bare) port = (uint32_t)t->value.digits;
    p->on->used[index] = 1;
    str host = {0};
    if (t->kind == TOKEN_ADDRESS && t->core.lo > t->text.lo) host = surface_slice(p->on, t->text.lo, t->core.lo - 1);
    claim *c = claim_add(j, p, t->text.lo, t->text.hi, CLAIM_PORT, &s);
    if (c && j->about_us && c->verdict != VERDICT_NOT_ABOUT_US) judge_port(j, p, t, c, &s, port, host);
}

void judge_places(judge *j) {
    for (uint32_t i = 0; i < j->passage_count && !j->failed; i++) {
        passage *p = &j->passages[i];
        for (uint32_t t = p->token_lo; t < p->token_hi; t++)
            if (!p->on->used[t]) judge_token(j, p, t);
    }
}
