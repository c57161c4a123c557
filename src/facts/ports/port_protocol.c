/* port_protocol.c - is a port said to be TCP's or UDP's, and is it?
 *
 *     N/udp    UDP port N    port N (UDP)    port N over UDP    | N | UDP |    | UDP port | below it N
 *
 * In: a port that a declared service has. Out: whether the text gives it to the other protocol than the manifest. "TCP
 * and UDP port N" and "N/tcp+udp" give it to both: that is more than is declared, and not judged. A port that is
 * declared without a protocol is not judged either. Where no name says whose it is, "30010/udp is open", and in code,
 * it is unverified.
 */
#include "facts/ports/ports.h"

enum { PROTOCOL_NONE, PROTOCOL_TCP, PROTOCOL_UDP, ROW_CELLS = 16 };

static int protocol_named(str name) {
    if (str_eq_nocase(name, STR("tcp"))) return PROTOCOL_TCP;
    return str_eq_nocase(name, STR("udp")) ? PROTOCOL_UDP : PROTOCOL_NONE;
}

/* The protocol with which the text begins; not that of "tcp4" or "udpxy". */
static int begins_with(str text) {
    if (text.n > 3 && byte_is_alnum(text.p[3])) return PROTOCOL_NONE;
    return protocol_named(str_slice(text, 0, text.n < 3 ? text.n : 3));
}

/* Behind "N/tcp": "/udp", "+udp", ",udp", " and udp", and "and N/udp". */
static bool goes_on_with_other(str rest) {
    static const char *const links[] = {"/", "+", ",", ", ", " and ", " or ", "|", " & "};
    for (size_t k = 0; k < COUNT_OF(links); k++) {
        str link = str_from_cstr(links[k]);
        if (str_starts(rest, link) && begins_with(str_slice(rest, link.n, rest.n))) return true;
    }
    return false;
}

static int protocol_behind(const passage *p, const token *t) {
    static const char *const links[] = {"/", " ", " (", " over ", " via ", " on ", ", "};
    str rest = surface_slice(p->on, t->core.hi, p->text.hi);
    for (size_t k = 0; k < COUNT_OF(links); k++) {
        str link = str_from_cstr(links[k]);
        if (!str_starts(rest, link)) continue;
        str tail = str_slice(rest, link.n, rest.n);
        int said = begins_with(tail);
        bool of_next = tail.n > 4 && tail.p[3] == ' ' && byte_is_digit(tail.p[4]); /* "TCP N, UDP M" */
        if (said && !of_next) return goes_on_with_other(str_slice(tail, 3, tail.n)) ? PROTOCOL_NONE : said;
    }
    return PROTOCOL_NONE;
}

static int protocol_before(const passage *p, const token *t) {
    uint32_t i = passage_word_before(p, t->core.lo);
    while (i != UINT32_MAX && i > 0 && word_in(p, i, "port ports number")) i--;
    if (i == UINT32_MAX || p->words[i].hi + 14 < t->core.lo) return PROTOCOL_NONE;
    int said = protocol_named(surface_slice(p->on, p->words[i].lo, p->words[i].hi));
    if (!said || i == 0) return said;
    uint32_t other = word_in(p, i - 1, "and or") && i > 1 ? i - 2 : i - 1;
    bool both = protocol_named(surface_slice(p->on, p->words[other].lo, p->words[other].hi)) != PROTOCOL_NONE;
    return both ? PROTOCOL_NONE : said;
}

/* The one protocol among the words of a column's head, or that a cell of the row is; none where both are. */
static int protocol_of_row(judge *j, const passage *p) {
    int said = PROTOCOL_NONE;
    if (p->kind != PASSAGE_CELL || p->flags & PASSAGE_HEADER_CELL) return PROTOCOL_NONE;
    if (p->column != PASSAGE_NONE) {
        passage *head = &j->passages[p->column];
        passage_prepare(j, head);
        for (uint32_t i = 0; i < head->word_count && i < 8; i++) {
            int one = protocol_named(surface_slice(head->on, head->words[i].lo, head->words[i].hi));
            if (one && said && one != said) return PROTOCOL_NONE;
            if (one) said = one;
        }
    }
    uint32_t own = (uint32_t)(p - j->passages), row = p->label == PASSAGE_NONE ? own : p->label;
    for (uint32_t i = row; !said && i < j->passage_count && i < row + ROW_CELLS; i++) {
        if (i != row && j->passages[i].label != row) break;
        said = protocol_named(str_trim(passage_text(&j->passages[i])));
    }
    return said;
}

/* "53/tcp and 53/udp" */
static bool is_said_twice(const passage *p, const token *t) {
    str number = surface_slice(p->on, t->core.lo, t->core.hi);
    for (uint32_t i = p->token_lo; i < p->token_hi && i < p->token_lo + 64; i++) {
        const token *x = &p->on->tokens[i];
        if (x->core.lo != t->core.lo && str_eq(surface_slice(p->on, x->core.lo, x->core.hi), number)) return true;
    }
    return false;
}

static int protocol_said(judge *j, passage *p, const token *t) {
    passage_prepare(j, p);
    int said = protocol_behind(p, t);
    if (!said) said = protocol_before(p, t);
    return said ? said : protocol_of_row(j, p);
}

void port_check_protocol(judge *j, passage *p, const token *t, claim *c, const stance_view *s) {
    const manifest_entity *e = c->verdict == VERDICT_SUPPORTED ? manifest_find_entity(j->m, c->subject) : NULL;
    int declared = e && e->kind == ENTITY_SERVICE ? protocol_named(e->protocol) : PROTOCOL_NONE;
    int said = declared ? protocol_said(j, p, t) : PROTOCOL_NONE;
    if (!said || said == declared) return;
    uint32_t count;
    const uint32_t *same = fact_index_port(j->index, e->port, &count);
    claim_unverified(j, c, STR("of the other protocol than what is declared"));
    if (is_said_twice(p, t)) return;
    for (uint32_t i = 0; i < count; i++)
        if (protocol_named(j->m->entities[same[i]].protocol) == said) return; /* that one may be meant */
    context near;
    context_make(j, p, t->text.lo, t->text.hi, &near);
    bool named = context_entity(&near, (uint32_t)(e - j->m->entities)) < REGION_COUNT;
    for (uint32_t i = 0; i < e->runs.n && !named; i++)
        named =
            e->runs.items[i].entity != MANIFEST_NONE && context_entity(&near, e->runs.items[i].entity) < REGION_COUNT;
    /* a line that opens or closes a port, "deny 30010/udp", says nothing of who listens */
    if (s->denied || s->loose || s->past || !named || p->kind == PASSAGE_CODE) return;
    claim_contradicted(j, c, &e->port_fact, judge_printf(j, "%u/%.*s", e->port, STR_ARG(e->protocol)),
                       judge_printf(j, "%s is not %.*s", said == PROTOCOL_TCP ? "tcp" : "udp", STR_ARG(e->protocol)));
}
