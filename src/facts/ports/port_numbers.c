/* port_numbers.c - is a bare number a port?
 *
 * In: a number that the lexer did not call a port. Out: yes, no, or "only if a declared service has it". The number
 * must be whole, ungrouped and of a port's size, and stand in one of these frames:
 *
 *     | port | over it, | gateway port | before it      listens on N, NAME on N         port is N, port, N,
 *     TCP N, N/udp                                      N and M beside a port            listen_port = N
 *     NAME (N), N (NAME), N is the NAME's, NAME: N      sure only where the passage speaks of ports
 *     to N, at N, from N                                only a declared one
 *
 * A year, a process number and a count of things are none: where no word says "port", what no service has is left
 * alone.
 */
#include "facts/ports/ports.h"

enum { LOWEST = 20, REACH_WORDS = 9 };

/* A whole number, written plainly, that could be a port. */
static bool is_plain(const passage *p, const token *t) {
    bool number = t->kind == TOKEN_NUMBER || (t->kind == TOKEN_QUANTITY && t->flags & TOKEN_COUNTED);
    if (!number || !t->value.valid || t->value.scale || t->value.digits < LOWEST || t->value.digits > 65535)
        return false;
    if (t->flags & (TOKEN_INTERVAL | TOKEN_CHANGE | TOKEN_SPELLED | TOKEN_GROUPED | TOKEN_RATIO)) return false;
    str behind = surface_slice(p->on, t->core.hi, p->text.hi);
    if (str_starts(behind, STR(" of ")) && behind.n > 4 && byte_is_digit(behind.p[4])) return false;
    if (t->bound != BOUND_EXACT || t->core.lo != t->text.lo) return false;
    for (uint32_t k = t->core.lo; k < t->core.hi; k++)
        if (!byte_is_digit(p->on->text.p[k])) return false;
    return t->core.hi - t->core.lo >= 2 && p->on->text.p[t->core.lo] != '0';
}

/* Well-known ones are short; a short number is any other number otherwise. */
static bool is_likely(const token *t) {
    static const uint16_t known[] = {22, 25, 53, 80, 110, 123, 143, 389, 443, 465, 514, 587, 631, 636, 853, 873, 993};
    for (size_t i = 0; i < COUNT_OF(known); i++)
        if (t->value.digits == known[i]) return true;
    return t->value.digits >= 1000;
}

static bool has_head(judge *j, uint32_t at) {
    passage *head = &j->passages[at];
    passage_prepare(j, head);
    for (uint32_t i = 0; i < head->word_count && i < 8; i++)
        if (word_in(head, i, "port ports listen listens listening socket bind binds bound")) return true;
    return false;
}

/* "| port |" above a bare number, "| gateway port |" before it. */
static bool is_cell(judge *j, const passage *p, const token *t) {
    if (p->kind != PASSAGE_CELL || p->column == PASSAGE_NONE || p->flags & PASSAGE_HEADER_CELL) return false;
    if (has_head(j, p->column)) return true;
    if (p->label == PASSAGE_NONE) return false;
    if (is_plain(p, t) && is_likely(t) && port_is_row_label(j, p->label)) return true;
    passage *label = &j->passages[p->label];
    str said = str_trim(passage_text(label));
    if (said.n < 4 || !str_eq_nocase(str_slice(said, said.n - 4, said.n), STR("port"))) return false;
    passage_prepare(j, label);
    uint32_t last = label->word_count;
    str text = str_trim(passage_text(p));
    return last && word_in(label, last - 1, "port") && text.n == (ptrdiff_t)(t->core.hi - t->core.lo);
}

/* The last word that ends before byte `lo`; UINT32_MAX when none does. */
static bool is_blank(const passage *p, uint32_t lo, uint32_t hi) {
    for (uint32_t k = lo; k < hi; k++)
        if (!strchr(" `\"'*", p->on->text.p[k])) return false;
    return true;
}

/* "the port of the gateway is N", "port, N,", "port: N", "ports are N": nothing but names between. */
static bool follows_port(const passage *p, uint32_t before, uint32_t lo) {
    str between = str_trim(surface_slice(p->on, p->words[before].hi, lo));
    bool joined = between.n == 1 && strchr(",:=(", between.p[0]);
    if (word_in(p, before, "port") && (joined || !between.n)) return p->kind != PASSAGE_CODE;
    if (!word_in(p, before, "is are be stays remains number called") || !is_blank(p, p->words[before].hi, lo))
        return false;
    for (uint32_t i = before, k = 0; i > 0 && k < REACH_WORDS; i--, k++) {
        if (!is_blank(p, p->words[i - 1].hi, p->words[i].lo) || p->words[i - 1].cues & CUE_BREAK) return false;
        if (word_in(p, i - 1, "port ports")) return !word_in(p, i, "range ranges count limit");
    }
    return false;
}

/* Does the hit end right before byte `lo`, but for blanks? */
static bool name_ends_before(const judge *j, const passage *p, uint32_t lo) {
    uint32_t first, end;
    passage_hit_window(p, lo, lo, &first, &end);
    for (uint32_t h = first; h < end && p->on->hits[h].where.lo < lo; h++)
        if (p->on->hits[h].where.hi <= lo && lo - p->on->hits[h].where.hi < 4 &&
            is_blank(p, p->on->hits[h].where.hi, lo) && port_names_service(j, &p->on->hits[h]))
            return true;
    return false;
}

/* "The default port of rest-server is 8000; ours is N" */
static bool is_ours(const passage *p, uint32_t before) {
    if (!before || !word_in(p, before, "is") || !word_in(p, before - 1, "ours mine")) return false;
    for (uint32_t i = before - 1, k = 0; i > 0 && k < 12; i--, k++)
        if (word_in(p, i - 1, "port ports")) return true;
    return false;
}

/* Is word `i` inside a machine's name? */
static bool in_machine(const judge *j, const passage *p, uint32_t i) {
    uint32_t first, end;
    passage_hit_window(p, p->words[i].lo, p->words[i].hi, &first, &end);
    for (uint32_t h = first; h < end; h++) {
        uint32_t e = hit_entity(j, &p->on->hits[h], -1);
        if (p->on->hits[h].where.lo <= p->words[i].lo && p->on->hits[h].where.hi >= p->words[i].hi &&
            e != MANIFEST_NONE && (j->m->entities[e].kind == ENTITY_HOST || j->m->entities[e].kind == ENTITY_HARDWARE))
            return true;
    }
    return false;
}

/* "listens on N", "is served, with TLS, on N", "the gateway on N", "answers at quay on N", "binds to N". */
static bool is_listening(const judge *j, const passage *p, const token *t, uint32_t before) {
    static const char verbs[] = "listens listening listen answers answer bound binds bind served serves serve exposed "
                                "exposes expose runs run running reachable available sits lives published opens mapped "
                                "accepts waits waiting started connections clients";
    uint32_t lo = t->text.lo; /* `:8400` */
    if (p->on->text.p[lo - 1] == ':' && lo > p->text.lo + 1 && strchr(" `", p->on->text.p[lo - 2])) lo--;
    bool to = before && word_in(p, before, "to") && word_in(p, before - 1, "binds bind bound mapped published");
    if (to && is_blank(p, p->words[before].hi, lo)) return true;
    if (!word_in(p, before, "on at") || !is_blank(p, p->words[before].hi, lo) || !before) return false;
    if (name_ends_before(j, p, p->words[before].lo)) return true;
    if (before > 1 && word_in(p, before - 2, "speaks speak serves accepts")) return true; /* "speaks IPP on 631" */
    for (uint32_t i = before, k = 0; i > 0 && k < 4; i--, k++) {
        if (word_in(p, i - 1, verbs)) return true;
        if (word_in(p, i - 1, "is are") && k == 0) return name_ends_before(j, p, p->words[i - 1].lo);
        if (!word_in(p, i - 1, "only both also now still it locally there at in") && !in_machine(j, p, i - 1))
            return false;
    }
    return false;
}

/* "listens on N", "speaks IPP on N", "the port of X is 8000; ours is N": a number of any size is a port here. */
static bool is_spoken_on(const passage *p, const token *t, uint32_t before) {
    if (before == UINT32_MAX || !before || !is_blank(p, p->words[before].hi, t->text.lo)) return false;
    str behind = str_trim(surface_slice(p->on, t->text.hi, p->text.hi));
    if (behind.n && byte_is_alpha(behind.p[0]) && !str_starts(behind, STR("as ")) && !str_starts(behind, STR("and ")) &&
        !str_starts(behind, STR("by ")))
        return false; /* "listens on 64 addresses" */
    if (word_in(p, before, "on"))
        return word_in(p, before - 1, "listens listening listen") ||
               (before > 1 && word_in(p, before - 2, "speaks speak"));
    return is_ours(p, before);
}

static bool begins_machine(const judge *j, const passage *p, uint32_t lo) {
    uint32_t first, end;
    passage_hit_window(p, lo, lo, &first, &end);
    for (uint32_t h = first; h < end; h++) {
        uint32_t e = p->on->hits[h].where.lo == lo ? hit_entity(j, &p->on->hits[h], -1) : MANIFEST_NONE;
        if (e != MANIFEST_NONE && (j->m->entities[e].kind == ENTITY_HOST || j->m->entities[e].kind == ENTITY_HARDWARE))
            return true;
    }
    return false;
}

/* "From outside only 22 and N on `gate` can be reached": numbers on a machine, where something is reached or open. */
static bool is_reached_on(const judge *j, const passage *p, const token *t) {
    bool reached = false;
    for (uint32_t i = 0; i < p->word_count && i < 64 && !reached; i++)
        reached = word_in(p, i, "reached reachable open opened exposed");
    if (!reached || t->kind != TOKEN_NUMBER) return false;
    uint32_t at = t->text.hi;
    for (uint32_t i = 0, numbers = 0; i < p->word_count && numbers < 4; i++) {
        if (p->words[i].lo < at) continue;
        if (word_is(p, i, "on")) return i + 1 < p->word_count && begins_machine(j, p, p->words[i + 1].lo);
        bool number = byte_is_digit(p->on->text.p[p->words[i].lo]);
        numbers += number;
        if (!number && !word_in(p, i, "and or")) return false;
    }
    return false;
}

/* "80, 443 and N": beside a number that is a port, nothing but a conjunction between. */
static bool is_coordinated(judge *j, passage *p, uint32_t index, uint32_t depth) {
    static const char *const joins[] = {",", "and", "or", ", and", ", or", "/", "and on", "+", "&"};
    if (!depth || index == p->token_lo) return false;
    const token *t = &p->on->tokens[index], *other = t - 1;
    bool port = other->kind == TOKEN_PORT || (other->kind == TOKEN_ADDRESS && other->core.lo > other->text.lo);
    str between = surface_slice(p->on, other->text.hi, t->text.lo);
    ptrdiff_t name = str_find_byte(between, ')', 0); /* "2222 (SSH), N" */
    str head = str_trim(between);
    if (name >= 0 && head.n && head.p[0] == '(' && name < 40) between = str_slice(between, name + 1, between.n);
    if (str_starts(between, STR("/tcp")) || str_starts(between, STR("/udp")))
        between = str_slice(between, 4, between.n);
    between = str_trim(between);
    bool joined = false;
    for (size_t i = 0; i < COUNT_OF(joins); i++) joined = joined || str_eq(between, str_from_cstr(joins[i]));
    if (!joined) return false;
    if (port) return true;
    if (!is_plain(p, other)) return false;
    uint32_t before = passage_word_before(p, other->text.lo);
    return (before != UINT32_MAX && (is_listening(j, p, other, before) || follows_port(p, before, other->text.lo))) ||
           is_coordinated(j, p, index - 1, depth - 1);
}

/* "UDP N", "N/tcp" */
static bool has_protocol(const passage *p, const token *t, uint32_t before) {
    str behind = surface_slice(p->on, t->core.hi, p->text.hi);
    if (str_starts(behind, STR("/tcp")) || str_starts(behind, STR("/udp"))) return true;
    return before != UINT32_MAX && word_in(p, before, "tcp udp") && p->words[before].hi + 1 == t->text.lo;
}

static bool is_beside_name(judge *j, const passage *p, const token *t);

/* Does the passage, or what leads to it, speak of ports? */
static bool speaks_of_ports(judge *j, passage *p, uint32_t index) {
    static const char words[] = "port ports firewall listens listen listening ufw nftables iptables tcp udp loopback";
    for (uint32_t i = 0; i < p->word_count && i < 64; i++)
        if (word_in(p, i, words)) return true;
    for (uint32_t t = p->token_lo; t < p->token_hi && t < p->token_lo + 32; t++)
        if (t != index && p->on->tokens[t].kind == TOKEN_PORT) return true;
    for (uint32_t t = p->token_lo; t < p->token_hi && t < p->token_lo + 32; t++) { /* "drafting (8101), review (N)" */
        const token *x = &p->on->tokens[t];
        uint32_t count = 0;
        if (t == index || !is_plain(p, x)) continue;
        fact_index_port(j->index, (uint32_t)x->value.digits, &count);
        if (count && is_beside_name(j, p, x)) return true;
    }
    uint32_t from[2] = {p->lead, p->heading};
    for (size_t k = 0; k < COUNT_OF(from) && p->flags & PASSAGE_IN_LIST; k++) {
        if (from[k] == PASSAGE_NONE) continue;
        passage *q = &j->passages[from[k]];
        passage_prepare(j, q);
        for (uint32_t i = 0; i < q->word_count && i < 64; i++)
            if (word_in(q, i, "port ports")) return true;
    }
    return false;
}

/* "NAME (N)", "NAME: N" as an item, "N (NAME)", "N is the NAME": beside a service, and nothing says what it is. */
static bool is_beside_name(judge *j, const passage *p, const token *t) {
    uint32_t first, end;
    passage_hit_window(p, t->text.lo, t->core.hi, &first, &end);
    for (uint32_t h = first; h < end; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (!port_names_service(j, hit)) continue;
        if (port_belongs_behind(p, t->core.hi, hit)) return true;
        if (hit->where.hi > t->text.lo || t->text.lo - hit->where.hi > 6) continue;
        str between = str_trim(surface_slice(p->on, hit->where.hi, t->text.lo));
        str behind = str_trim(surface_slice(p->on, t->core.hi, p->text.hi));
        bool ends = !behind.n || strchr(",;.", behind.p[0]);
        if (!between.n && ends && port_in_list(j, p)) return true; /* "- hill player N" under "Ports" */
        if (str_eq(between, STR("(")) ||
            (p->flags & PASSAGE_IN_LIST &&
             (str_eq(between, STR(":")) || str_eq(between, STR(",")) || str_eq(between, STR("**:")))))
            return true;
    }
    return false;
}

/* listen_port = N, ListenPort = N, published: N */
static bool is_setting(const passage *p, const token *t) {
    str line = passage_text(p);
    ptrdiff_t at = (ptrdiff_t)(t->text.lo - p->text.lo), end = at;
    while (end > 0 && strchr(" \"'", line.p[end - 1])) end--;
    if (end == 0 || !strchr("=:,", line.p[end - 1])) return false;
    str key = str_trim(str_slice(line, 0, end - 1));
    if (line.p[end - 1] == ',') return str_ends(key, STR("\"--port\"")) || str_ends(key, STR("'--port'")); /* a list */
    for (ptrdiff_t i = key.n; i > 0; i--) /* "{host = \"10.9.0.2\", port = N}" */
        if (strchr("{,", key.p[i - 1])) {
            key = str_slice(key, i, key.n);
            break;
        }
    while (key.n && strchr("-+ \"'", key.p[0])) key = str_slice(key, 1, key.n);
    while (key.n && strchr(" \"'", key.p[key.n - 1])) key.n--;
    if (!key.n || str_find_byte(key, ' ', 0) >= 0) return false;
    if (str_eq_nocase(key, STR("published")) || str_eq_nocase(key, STR("listen"))) return true;
    return key.n >= 4 && str_eq_nocase(str_slice(key, key.n - 4, key.n), STR("port"));
}

/* "*:443 users:((…" and "[::]:443" in what a command prints of its sockets. */
static bool is_socket(const passage *p, const token *t) {
    str line = passage_text(p), before = surface_slice(p->on, p->text.lo, t->core.lo);
    if (!(p->flags & PASSAGE_TERMINAL)) return false;
    if (str_find(line, STR("LISTEN"), 0) < 0 && str_find(line, STR("users:(("), 0) < 0) return false;
    return str_ends(before, STR("*:")) || str_ends(before, STR("]:")) || str_ends(before, STR(":::"));
}

/* "One UDP port is open there for the tunnel, N.": the only such number, set off at the end of a clause that speaks of
 * a port. */
static bool ends_port_clause(const passage *p, const token *t, uint32_t before) {
    bool port = false;
    str behind = str_trim(surface_slice(p->on, t->core.hi, p->text.hi));
    if (before == UINT32_MAX || t->kind != TOKEN_NUMBER || (behind.n && !strchr(".,;)", behind.p[0]))) return false;
    str between = str_trim(surface_slice(p->on, p->words[before].hi, t->text.lo));
    if (between.n < 1 || !strchr(",:", between.p[0])) return false;
    for (uint32_t i = 0; i <= before && i < 64; i++) port = port || word_is(p, i, "port");
    for (uint32_t i = p->token_lo; i < p->token_hi && i < p->token_lo + 32; i++) {
        const token *x = &p->on->tokens[i];
        if (x != t && (x->kind == TOKEN_PORT || x->kind == TOKEN_QUANTITY || is_plain(p, x))) return false;
    }
    return port;
}

/* "Prometheus has 9090, Alertmanager N": a service's name right before it, and a service with its own port so written.
 */
static bool is_paired(const judge *j, const passage *p, const token *t, uint32_t before) {
    uint32_t at = t->text.lo, named = 0;
    if (before == UINT32_MAX || !is_blank(p, p->words[before].hi, at)) return false;
    for (uint32_t k = p->token_lo; k < p->token_hi && k < p->token_lo + 32; k++) {
        const token *x = &p->on->tokens[k];
        uint32_t count = 0;
        if (x == t || !x->value.valid || x->value.scale || x->value.digits < LOWEST || x->value.digits > 65535)
            continue;
        const uint32_t *services = fact_index_port(j->index, (uint32_t)x->value.digits, &count);
        for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64 && count; h++) {
            const alias_hit *hit = &p->on->hits[h];
            uint32_t running_count = 0;
            if (hit->where.hi > x->text.lo || x->text.lo - hit->where.hi > 8 || !port_names_service(j, hit)) continue;
            const uint32_t *running = fact_index_services(j->index, hit_entity(j, hit, -1), &running_count);
            for (uint32_t a = 0; a < count; a++)
                for (uint32_t b = 0; b < running_count; b++) named += services[a] == running[b];
        }
    }
    uint32_t lo = word_in(p, before, "has uses takes on") ? p->words[before].lo : at;
    return named && name_ends_before(j, p, lo);
}

bool port_number_of(const passage *p, const token *t, uint32_t *port) {
    if (t->kind == TOKEN_ADDRESS) {
        uint64_t value;
        if (t->core.lo == t->text.lo || !str_to_u64(surface_slice(p->on, t->core.lo, t->core.hi), &value)) return false;
        *port = (uint32_t)(value > 65535 ? 0 : value);
        return *port > 0;
    }
    if (t->kind != TOKEN_PORT && t->kind != TOKEN_NUMBER) return false;
    if (!t->value.valid || t->value.scale || t->value.digits < 1 || t->value.digits > 65535) return false;
    *port = (uint32_t)t->value.digits;
    return true;
}

enum port_number port_number_at(judge *j, passage *p, uint32_t index) {
    const token *t = &p->on->tokens[index];
    if (!j->about_us || !is_plain(p, t)) return is_cell(j, p, t) ? PORT_NUMBER_YES : PORT_NUMBER_NO;
    if (is_cell(j, p, t)) return PORT_NUMBER_YES;
    if (p->kind == PASSAGE_CODE) return is_setting(p, t) || is_socket(p, t) ? PORT_NUMBER_YES : PORT_NUMBER_NO;
    if (p->kind != PASSAGE_SENTENCE) return PORT_NUMBER_NO;
    passage_prepare(j, p);
    uint32_t before = passage_word_before(p, t->text.lo);
    if (has_protocol(p, t, before)) return PORT_NUMBER_YES;
    if (before != UINT32_MAX && follows_port(p, before, t->text.lo)) return PORT_NUMBER_YES;
    if (is_reached_on(j, p, t)) return PORT_NUMBER_YES;
    if (!is_likely(t) && !(t->kind == TOKEN_NUMBER && is_spoken_on(p, t, before))) return PORT_NUMBER_NO;
    bool counted = t->kind == TOKEN_QUANTITY;
    if (before != UINT32_MAX && !counted && is_ours(p, before)) return PORT_NUMBER_YES;
    uint32_t listed, listed_end;
    if (!counted && port_listed_word(j, p, t->text.lo, &listed, &listed_end)) return PORT_NUMBER_YES;
    if (before != UINT32_MAX && is_listening(j, p, t, before)) return counted ? PORT_NUMBER_DECLARED : PORT_NUMBER_YES;
    if (!counted && is_coordinated(j, p, index, 6)) return PORT_NUMBER_YES;
    if (!counted && (ends_port_clause(p, t, before) || is_paired(j, p, t, before))) return PORT_NUMBER_YES;
    if (is_beside_name(j, p, t)) return speaks_of_ports(j, p, index) ? PORT_NUMBER_YES : PORT_NUMBER_DECLARED;
    if (before != UINT32_MAX && word_in(p, before, "to at from on behind through opens admits") && !counted &&
        is_blank(p, p->words[before].hi, t->text.lo))
        return PORT_NUMBER_DECLARED;
    return PORT_NUMBER_NO;
}
