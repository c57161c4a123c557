/* places.c - addresses, which numbers are ports (ports.c judges those), and which paths are ours (paths.c).
 *
 * In: path, port, address and URL tokens, and numbers that stand as ports. Out: claims; an address agrees with the
 * machine that the manifest gives it, and is contradicted where the text gives it to another.
 */
#include "facts/places/paths.h"
#include "facts/ports/ports.h"

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
    static const char heads[] = "address addresses ip addr ipv4 ipv6 tunnel interface";
    if (p->kind != PASSAGE_CELL || p->column == PASSAGE_NONE) return false;
    passage *column = &j->passages[p->column];
    passage_prepare(j, column);
    for (uint32_t i = 0; i < column->word_count && i < 6; i++)
        if (word_in(column, i, heads)) return true;
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

/* "registry.internal:5000/vllm/vllm-openai:v0.17.0": where an image comes from, a host, a path and a tag. */
static bool is_registry(const passage *p, const token *t) {
    uint32_t end = t->text.hi;
    if (end >= p->text.hi || p->on->text.p[end] != '/') return false;
    while (end < p->text.hi && !strchr(" \t\"'`)", p->on->text.p[end])) end++;
    str path = surface_slice(p->on, t->text.hi, end);
    return str_find_byte(path, ':', 0) > 0 || str_find_byte(path, '@', 0) > 0;
}

static void judge_token(judge *j, passage *p, uint32_t index) {
    const token *t = &p->on->tokens[index];
    uint32_t port = 0;
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
        judge_path(j, p, index, &s);
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
    if (!has_port || is_registry(p, t)) return;
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
