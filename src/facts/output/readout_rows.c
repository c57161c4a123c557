/* readout_rows.c - rows that name one of our things, and columns that name one of its attributes.
 *
 *     Filesystem    Size  Used Avail Use% Mounted on
 *     store_nodev   698T  511T  187T  74% /scratch       the row is scratch, the column its size
 *
 *     PARTITION TIMELIMIT   GRES          NODELIST
 *     hopper    1-00:00:00  gpu:h100:2    evenlode       the row is evenlode, the column its time limit, two cards
 *
 *     scratch   /scratch/imaging   7.4 TB of  10 TB      a share of a quota, a limit or a size
 *     TARGET      ID   TOTAL                             what the first column is called has a size of its own
 *
 * In: a reading with its row. Out: claims. What changes by the minute (used, free, load) is supported where it is the
 * declared value, and else unverified, never contradicted.
 */
#include "facts/output/readouts.h"

static bool same_letters(str a, const char *b) {
    ptrdiff_t i = 0;
    for (; *b; b++) {
        while (i < a.n && (a.p[i] == ' ' || a.p[i] == '_' || a.p[i] == '-')) i++;
        if (i == a.n || byte_lower(a.p[i++]) != (uint8_t)*b) return false;
    }
    return i == a.n;
}

/* Columns that tell the state of a moment. */
static bool is_volatile(str key) {
    static const char *const keys[] = {"used",  "use%",      "avail",  "available", "free",      "free%",
                                       "alloc", "allocated", "cap",    "capacity%", "frag",      "load",
                                       "idle",  "age",       "uptime", "status",    "state",     "elapsed",
                                       "time",  "cpu%",      "mem%",   "use",       "referenced"};
    for (size_t i = 0; i < COUNT_OF(keys); i++)
        if (same_letters(key, keys[i])) return true;
    return false;
}

static bool is_total(str key) {
    static const char *const keys[] = {"total", "size", "capacity"};
    for (size_t i = 0; i < COUNT_OF(keys); i++)
        if (same_letters(key, keys[i])) return true;
    return false;
}

static bool is_key_of(const manifest_attr *a, str key) {
    char folded[48];
    size_t n = 0;
    for (ptrdiff_t i = 0; i < key.n && n + 1 < sizeof folded; i++)
        if (key.p[i] != ' ' && key.p[i] != '_' && key.p[i] != '-') folded[n++] = (char)byte_lower(key.p[i]);
    folded[n] = 0;
    if (same_letters(a->name, folded)) return true;
    for (uint32_t i = 0; i < a->aliases.n && i < 16; i++)
        if (same_letters(a->aliases.at[i].text, folded)) return true;
    return false;
}

/* ---- whose row is it? ---- */

static bool is_thing(const judge *j, uint32_t e) {
    uint8_t kind = e == MANIFEST_NONE ? ENTITY_PROCESS : j->m->entities[e].kind;
    return kind == ENTITY_HOST || kind == ENTITY_HARDWARE;
}

uint32_t readout_row_owner(const judge *j, uint32_t at) {
    const passage *p = &j->passages[at];
    uint32_t found = MANIFEST_NONE;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 24; h++) {
        const alias_hit *hit = &p->on->hits[h];
        uint32_t e = hit->inside < 0 ? hit_entity(j, hit, -1) : MANIFEST_NONE;
        uint8_t before = hit->where.lo > p->text.lo ? p->on->text.p[hit->where.lo - 1] : ' ';
        uint8_t after = hit->where.hi < p->text.hi ? p->on->text.p[hit->where.hi] : ' ';
        uint8_t far = hit->where.lo > p->text.lo + 1 ? p->on->text.p[hit->where.lo - 2] : ' ';
        bool whole = (before == ' ' || (before == '/' && far == ' ')) && (after == ' ' || after == '*');
        if (!whole || !is_thing(j, e) || e == found) continue;
        bool host = j->m->entities[e].kind == ENTITY_HOST; /* a partition called like its cards: the node's row */
        if (found != MANIFEST_NONE && host == (j->m->entities[found].kind == ENTITY_HOST)) return MANIFEST_NONE;
        if (found == MANIFEST_NONE || host) found = e;
    }
    return found;
}

/* ---- one cell ---- */

static bool settle_as(readout *o, const reading *r, enum agreement says, const manifest_attr *a) {
    if (says == SAYS_NO && is_volatile(r->key)) return readout_leave(o, r, a);
    return readout_settle(o, r, says, &a->fact, o->j->m->entities[a->entity].id, readout_declared(o->j, a));
}

/* The size of what the first column's name calls: a target, a slot. */
static const manifest_attr *head_attr(const readout *o, const reading *r, enum agreement *says) {
    uint32_t count = 0;
    const alias_target *targets = r->head.n > 3 ? alias_lookup(o->j->m->names, r->head, &count) : NULL;
    const manifest_attr *found = NULL;
    for (uint32_t i = 0; i < count && i < 32; i++) {
        if (targets[i].kind != ALIAS_ATTR) continue;
        const manifest_attr *a = &o->j->m->attrs[targets[i].index];
        if (unit_get(a->views[0].quantity.measure)->dimension != DIM_DATA) continue;
        enum agreement now = attr_says(a, reading_text(o, r), ROUND_NEAREST, o->decimal);
        if (!found || now == SAYS_YES) found = a, *says = now;
    }
    return found;
}

/* A name in one word: the partition "hopper", shown as "hopper*" where it is the default. */
static enum agreement word_says(const manifest_attr *a, str text) {
    const manifest_quantity *q = &a->views[0].quantity;
    if (str_ends(text, STR("*"))) text.n--;
    if (q->number.valid || q->value.n < 2 || text.n < 2 || !byte_is_alpha(text.p[0])) return SAYS_NOTHING;
    if (str_find_byte(q->value, ' ', 0) >= 0 || str_find_byte(text, ' ', 0) >= 0) return SAYS_NOTHING;
    return str_eq_nocase(q->value, text) ? SAYS_YES : SAYS_NO;
}

const manifest_attr *readout_row_attr(const readout *o, const reading *r, enum agreement *says) {
    const manifest_attr *found = NULL;
    if (r->owner == MANIFEST_NONE) return NULL;
    const manifest_entity *e = &o->j->m->entities[r->owner];
    for (uint32_t i = 0; i < e->attr_count && i < 64; i++) {
        const manifest_attr *a = &o->j->m->attrs[e->first_attr + i];
        if (!is_key_of(a, r->key)) continue;
        enum rounding how = readout_runs(o, "df") ? ROUND_UP : ROUND_NEAREST;
        enum agreement now = attr_says(a, reading_text(o, r), how, o->decimal);
        if (now == SAYS_NOTHING) now = word_says(a, reading_text(o, r));
        if (!found || now == SAYS_YES) found = a, *says = now;
    }
    return found;
}

enum agreement readout_total_says(const readout *o, const reading *r) {
    enum agreement says = SAYS_NOTHING;
    if (!readout_row_attr(o, r, &says)) head_attr(o, r, &says);
    return says;
}

bool judge_row_value(readout *o, const reading *r) {
    enum agreement says = SAYS_NOTHING;
    const manifest_attr *found = readout_row_attr(o, r, &says);
    if (!found && is_total(r->key)) found = head_attr(o, r, &says);
    return found && settle_as(o, r, says, found);
}

enum role readout_role(str key) {
    static const struct {
        const char *key;
        enum role role;
    } roles[] = {{"total", ROLE_TOTAL},
                 {"size", ROLE_TOTAL},
                 {"capacity", ROLE_TOTAL},
                 {"used", ROLE_USED},
                 {"alloc", ROLE_USED},
                 {"allocated", ROLE_USED},
                 {"free", ROLE_FREE},
                 {"avail", ROLE_FREE},
                 {"available", ROLE_FREE},
                 {"use%", ROLE_USED_SHARE},
                 {"used%", ROLE_USED_SHARE},
                 {"cap", ROLE_USED_SHARE},
                 {"capacity%", ROLE_USED_SHARE},
                 {"free%", ROLE_FREE_SHARE},
                 {"avail%", ROLE_FREE_SHARE}};
    for (size_t i = 0; i < COUNT_OF(roles); i++)
        if (same_letters(key, roles[i].key)) return roles[i].role;
    return ROLE_COUNT;
}

/* ---- "7.4 TB of 10 TB" ---- */

static ptrdiff_t number_back(str line, ptrdiff_t end) {
    ptrdiff_t i = end;
    while (i > 0 && byte_is_alpha(line.p[i - 1])) i--;
    while (i > 0 && line.p[i - 1] == ' ') i--;
    ptrdiff_t digits = i;
    while (i > 0 && (byte_is_digit(line.p[i - 1]) || line.p[i - 1] == '.')) i--;
    return i < digits ? i : -1;
}

static ptrdiff_t number_on(str line, ptrdiff_t at) {
    ptrdiff_t i = at;
    while (i < line.n && (byte_is_digit(line.p[i]) || line.p[i] == '.')) i++;
    if (i == at) return -1;
    ptrdiff_t unit = i;
    while (unit < line.n && line.p[unit] == ' ') unit++;
    while (unit < line.n && byte_is_alpha(line.p[unit])) unit++;
    return unit > i && byte_is_alpha(line.p[unit - 1]) ? unit : i;
}

bool judge_share(readout *o, uint32_t at) {
    static const char *const limits[] = {"quota", "limit", "size", "capacity", "total"};
    str line = line_of(o->j, at);
    ptrdiff_t of = str_find(line, STR(" of "), 0), lo = of + 4;
    uint32_t owner = of > 0 ? readout_row_owner(o->j, at) : MANIFEST_NONE;
    if (owner == MANIFEST_NONE || number_back(line, of) < 0) return false;
    while (lo < line.n && line.p[lo] == ' ') lo++;
    ptrdiff_t hi = number_on(line, lo);
    if (hi < 0) return false;
    const manifest_entity *e = &o->j->m->entities[owner];
    const manifest_attr *found = NULL;
    reading r = {.at = at, .lo = lo, .hi = hi, .key = STR("of"), .owner = owner};
    enum agreement says = SAYS_NOTHING;
    for (uint32_t i = 0; i < e->attr_count && i < 64; i++) {
        const manifest_attr *a = &o->j->m->attrs[e->first_attr + i];
        for (size_t k = 0; k < COUNT_OF(limits); k++) {
            if (!is_key_of(a, str_from_cstr(limits[k]))) continue;
            enum agreement now = attr_says(a, reading_text(o, &r), ROUND_EXACT, true);
            if (k > 1 && now == SAYS_NO) continue; /* what somebody may use is less than its size */
            if (!found || now == SAYS_YES || (now == SAYS_NOTHING && says == SAYS_NO)) found = a, says = now;
        }
    }
    return found && readout_settle(o, &r, says, &found->fact, e->id, readout_declared(o->j, found));
}

/* ---- "gpu:h100:2" ---- */

/* Slurm's generic resources: kind, type, count (sinfo(1), "%G"). */
bool judge_cards_of_node(readout *o, const reading *r) {
    str text = reading_text(o, r), kind, type, count;
    uint32_t known = 0, card = MANIFEST_NONE;
    uint64_t said;
    ptrdiff_t end = str_find_byte(text, '(', 0);
    if (end > 0) text.n = end;
    if (!str_cut(&text, ':', &kind) || !str_eq(kind, STR("gpu")) || !str_cut(&text, ':', &type)) return false;
    count = text;
    const alias_target *targets = alias_lookup(o->j->m->names, type, &known);
    for (uint32_t i = 0; i < known; i++)
        if (targets[i].kind == ALIAS_ENTITY && o->j->m->entities[targets[i].index].kind == ENTITY_HARDWARE)
            card = targets[i].index;
    if (!known) {
        return judge_card_name(o, r, type);
    }
    if (!str_to_u64(count, &said)) return false;
    uint32_t of[] = {r->owner, card};
    for (size_t k = 0; k < COUNT_OF(of); k++) {
        if (of[k] == MANIFEST_NONE) continue;
        const manifest_entity *e = &o->j->m->entities[of[k]];
        for (uint32_t i = 0; i < e->attr_count && i < 64; i++) {
            const manifest_attr *a = &o->j->m->attrs[e->first_attr + i];
            bool counts = same_letters(a->name, k ? "count" : "gpus") || same_letters(a->name, "cards");
            if (counts) return readout_settle(o, r, count_says(a, said), &a->fact, e->id, readout_declared(o->j, a));
        }
    }
    return false;
}

/* "df -h /" on a machine whose visible disk is declared beside its nominal size: df(1) shows the visible one, of the
 * one file system that it was asked for. A disk alone may hold others beside "/". */
static bool is_root_of(const readout *o, const reading *r, const manifest_attr *a) {
    if (!readout_runs(o, "df") || a->view_count < 2 || !str_starts(str_trim(line_of(o->j, r->at)), STR("/dev/")))
        return false;
    uint32_t at = o->j->passages[r->at].lead;
    for (uint32_t i = 0; at != PASSAGE_NONE && o->machine == MANIFEST_NONE && i < 32;
         i++) { /* "The NAS, for comparison:" */
        passage_prepare(o->j, &o->j->passages[at]);
        if (word_in(&o->j->passages[at], i,
                    "nas router laptop desktop tower pi mac mini other another second comparison"))
            return false;
    }
    str line = line_of(o->j, o->command), one = {0};
    ptrdiff_t from = str_find(line, STR("df "), 0), lo, hi;
    if (from < 0) return false;
    line = str_slice(line, from + 3, line.n);
    for (uint32_t w = 0; w < 12 && word_at(line, w, &lo, &hi) && !strchr("|>&;", line.p[lo]); w++) {
        if (line.p[lo] == '-') continue;
        if (one.n) return false;
        one = str_slice(line, lo, hi);
    }
    return str_eq(one, STR("/"));
}

bool readout_only_disk(const readout *o, const reading *r, const manifest_attr *a) {
    uint32_t disks = 0;
    double value, half;
    if (!readout_number(reading_text(o, r), false, &value, &half)) return false;
    for (uint32_t v = 0; v < a->view_count; v++) { /* "3.7T" of 3.7 TB: near it in either reading */
        const manifest_quantity *q = &a->views[v].quantity;
        double fact = q->number.valid ? decimal_to_f64(q->number) * unit_get(q->measure)->factor : 0;
        if (value > 0.8 * fact && value < 1.25 * fact) return false;
    }
    if (o->command == PASSAGE_NONE) return false;
    if (is_root_of(o, r, a)) return true;
    if (!readout_runs(o, "lsblk") || str_find(line_of(o->j, o->command), STR("/dev/"), 0) >= 0 ||
        str_find(line_of(o->j, o->command), STR("grep"), 0) >= 0)
        return false;
    for (uint32_t at = o->block->first; at < o->block->end; at++) {
        const passage *p = &o->j->passages[at];
        str line = line_of(o->j, at);
        if (!(p->flags & PASSAGE_TERMINAL) || p->label != o->command) continue;
        bool disk = str_starts(line, STR("nvme")) || str_starts(line, STR("sd")) || str_starts(line, STR("vd")) ||
                    str_starts(line, STR("mmcblk")) || str_starts(line, STR("md")) || str_starts(line, STR("dm-"));
        disks += disk;
        if (at == r->at && !disk) return false;
    }
    return disks == 1;
}
