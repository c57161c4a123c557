/* version_attribute.c - a version that is the text of an attribute: the kernel, the system, the firmware of one
 * machine.
 *
 *     attrs: {kernel: {value: 6.1.0-28-amd64}, os: {value: Debian 12.8, aliases: [operating system]}}
 *     "The kernel of the VPS is 6.1.0-28-amd64."      the attribute and its owner are named
 *     "The VPS runs Debian 12.8."                     the owner, and the value's own words stand before its number
 *     "The kernel of the VPS is 6.1.0-31-amd64."      contradicted: nothing but both names leads to the value
 *
 * In: a version that no component or package was found for. Out: whether it was judged. A value that agrees must be of
 * the machine named nearest. Another one is contradicted only in a sentence of just these words, in the present.
 */
#include "facts/versions/versions.h"

enum { VALUES_LOOKED_AT = 64, LEADING_WORDS = 12 };

static str last_word(str value) {
    ptrdiff_t at = value.n;
    while (at > 0 && value.p[at - 1] != ' ') at--;
    return str_slice(value, at, value.n);
}

/* Does the value end at `hi`, with the words before its number? Its length; 0 where it does not. */
static uint32_t value_length(const passage *p, uint32_t hi, str value) {
    if (value.n > (ptrdiff_t)(hi - p->text.lo)) return 0;
    uint32_t lo = hi - (uint32_t)value.n;
    bool begins = lo == p->text.lo || !byte_is_alnum(p->on->text.p[lo - 1]);
    return begins && str_eq_nocase(surface_slice(p->on, lo, hi), value) ? (uint32_t)value.n : 0;
}

static uint64_t last_stem(str text) {
    uint32_t at = 0, lo, hi;
    uint64_t stem = 0;
    while (fact_word_next(text, &at, &lo, &hi)) stem = fact_stem(str_slice(text, (ptrdiff_t)lo, (ptrdiff_t)hi));
    return stem;
}

static bool names_attr(const context *near, const manifest_attr *attr) {
    if (context_stem(near, last_stem(attr->name)) <= REGION_LABEL) return true;
    for (uint32_t i = 0; i < attr->aliases.n; i++)
        if (context_stem(near, last_stem(attr->aliases.at[i].text)) <= REGION_LABEL) return true;
    return false;
}

/* The machine named nearest; MANIFEST_NONE where none is, or two are as near. */
static uint32_t nearest_machine(const judge *j, const context *near, enum region *region) {
    for (enum region r = REGION_CLAUSE; r <= REGION_HEADING; r++) {
        uint32_t found = MANIFEST_NONE;
        for (uint32_t i = 0; i < near->mention_count; i++) {
            const mention *x = &near->mentions[i];
            uint8_t kind = j->m->entities[x->entity].kind;
            if (x->region != r || (kind != ENTITY_HOST && kind != ENTITY_HARDWARE)) continue;
            if (found != MANIFEST_NONE && found != x->entity) return MANIFEST_NONE;
            found = x->entity;
        }
        *region = r;
        if (found != MANIFEST_NONE) return found;
    }
    return MANIFEST_NONE;
}

static bool is_of(str one, str names) {
    str part;
    while (str_cut(&names, ' ', &part))
        if (str_eq_letters(part, one)) return true;
    return false;
}

static bool is_attr_word(const manifest_attr *attr, str one) {
    if (is_of(one, attr->name)) return true;
    for (uint32_t i = 0; i < attr->aliases.n; i++)
        if (is_of(one, attr->aliases.at[i].text)) return true;
    return false;
}

/* "The kernel of the VPS is", "The VPS's operating system is Debian": nothing but the owner, the attribute, the value's
 * own words and small words stands before the version, and a present "is" or "runs" among them. */
static bool leads_plainly(const passage *p, const token *t, const manifest_attr *attr, const mention *owner) {
    bool named = false, is = false;
    str value = attr->views[0].quantity.value, own = str_slice(value, 0, value.n - last_word(value).n);
    uint32_t i = 0;
    for (; i < p->word_count && p->words[i].lo < t->core.lo; i++) {
        str one = surface_slice(p->on, p->words[i].lo, p->words[i].hi);
        if (i == LEADING_WORDS) return false;
        if (p->words[i].lo >= owner->hit->where.lo && p->words[i].hi <= owner->hit->where.hi + 2) continue;
        bool verb = word_in(p, i, "is runs");
        is = is || verb;
        bool mine = is_attr_word(attr, one);
        named = named || mine;
        if (!mine && !verb && !is_of(one, own) && !word_in(p, i, "the our my of on at version release currently now s"))
            return false;
    }
    str before = str_trim(surface_slice(p->on, p->text.lo, t->core.lo));
    str behind = str_trim(surface_slice(p->on, t->text.hi, p->text.hi));
    bool ends = !behind.n || strchr(".,;!", behind.p[0]);
    own = str_trim(own);
    bool called = !own.n || (own.n <= before.n && str_eq_nocase(str_slice(before, before.n - own.n, before.n), own));
    return named && is && ends && called;
}

static bool refute(judge *j, claim *c, passage *p, const token *t, str stated, const context *near, uint32_t machine) {
    const manifest_entity *e = &j->m->entities[machine];
    const mention *owner = NULL;
    if (p->kind != PASSAGE_SENTENCE || c->stance != STANCE_ASSERTED || str_find_byte(stated, '.', 0) < 0) return false;
    if (p->cues & (CUE_WAS | CUE_PAST | CUE_NEGATION | CUE_IF | CUE_MODAL | CUE_OTHERS)) return false;
    for (uint32_t i = 0; i < near->mention_count; i++)
        if (near->mentions[i].entity == machine && near->mentions[i].region == REGION_CLAUSE)
            owner = &near->mentions[i];
    if (!owner || !owner->hit) return false;
    for (uint32_t i = 0; i < e->attr_count; i++) {
        const manifest_attr *attr = &j->m->attrs[e->first_attr + i];
        if (attr->view_count != 1 || attr->views[0].quantity.number.valid) continue;
        str value = attr->views[0].quantity.value, number = last_word(value);
        if (!number.n || !byte_is_digit(number.p[0]) || str_find_byte(number, '.', 0) < 0) continue;
        if (version_is_prefix(VERSION_LOOSE, stated, number) || version_is_prefix(VERSION_LOOSE, number, stated))
            continue;
        if (!leads_plainly(p, t, attr, owner)) continue;
        c->subject = e->id;
        claim_contradicted(j, c, &attr->fact, value,
                           judge_printf(j, "%.*s is not %.*s", STR_ARG(stated), STR_ARG(value)));
        return true;
    }
    return false;
}

bool version_judge_attribute(judge *j, claim *c, passage *p, const token *t, str stated, const stance_view *s) {
    enum region region;
    context near;
    if (p->flags & PASSAGE_HEADER_CELL || t->kind == TOKEN_IMAGE || t->flags & TOKEN_PINNED || s->denied || s->others)
        return false;
    passage_prepare(j, p);
    context_make(j, p, t->text.lo, t->text.hi, &near);
    uint32_t machine = nearest_machine(j, &near, &region), count;
    if (machine == MANIFEST_NONE) return false;
    const uint32_t *found = fact_index_texts(j->index, stated, &count);
    for (uint32_t i = 0; i < count && i < VALUES_LOOKED_AT; i++) {
        const text_fact *f = fact_index_text_at(j->index, found[i]);
        const manifest_attr *attr = &j->m->attrs[f->attr];
        bool several = str_find_byte(f->value, ' ', 0) > 0;
        if (attr->entity != machine || !value_length(p, t->core.hi, f->value)) continue;
        if (!several && !names_attr(&near, attr)) continue; /* "zlib 1.0.8 on the VPS" is no BIOS */
        c->subject = j->m->entities[machine].id;
        claim_supported(j, c, &attr->fact, f->value, STR("the declared value"));
        return true;
    }
    return refute(j, c, p, t, stated, &near, machine);
}
