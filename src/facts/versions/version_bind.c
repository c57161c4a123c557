/* version_bind.c - what is this version a version of?
 *
 * In: a version, image or package token. Out: its component, in this order: the name that is glued to it or stands next
 * to it; the row's label; the nearest component before it in the clause; the running subject of the paragraph. A
 * version that stands next to a name the manifest does not know belongs to that name.
 */
#include "facts/reading/calendar.h"
#include "facts/versions/versions.h"

enum { COLUMNS_READ = 16 };

bool has_version(const judge *j, uint32_t entity) {
    const manifest_version *v = &j->m->entities[entity].version;
    return v->fact.id.p && (v->text.n || v->history_count);
}

void add_component(const judge *j, binding *b, const alias_hit *hit) {
    for (uint32_t i = 0; i < hit->target_count; i++) {
        const alias_target *t = &hit->targets[i];
        if ((t->kind != ALIAS_ENTITY && t->kind != ALIAS_PACKAGE) || !has_version(j, t->index)) continue;
        bool known = b->n == COMPONENT_LIMIT;
        for (uint32_t k = 0; k < b->n; k++) known = known || b->entity[k] == t->index;
        if (!known) b->entity[b->n++] = t->index;
    }
}

void bind_inside(judge *j, const passage *p, uint32_t lo, uint32_t hi, binding *b) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi && p->on->hits[h].where.lo < hi; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (hit->where.lo < lo || hit->where.hi > hi) continue;
        add_component(j, b, hit);
        if (hit_has(hit, ALIAS_ABSENT)) b->absent = hit;
    }
}

/* The components named in [lo, hi) by a whole name; `foreign` when what stands there is another product's. */
static void bind_whole(judge *j, const passage *p, uint32_t lo, uint32_t hi, bool image, binding *b) {
    bool part = false;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && p->on->hits[h].where.lo < hi; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (hit->where.lo < lo || hit->where.hi > hi) continue;
        if (name_is_part(p, hit->where.lo, hit->where.hi, image)) {
            part = true;
            continue;
        }
        binding longer = {.n = 0}; /* "backports kernel 6.17": the longer name that ends here, not the kernel's */
        if (hit->inside >= 0 && p->on->hits[hit->inside].where.hi == hit->where.hi)
            add_component(j, &longer, &p->on->hits[hit->inside]);
        if (longer.n) {
            add_component(j, b, &p->on->hits[hit->inside]);
            continue;
        }
        add_component(j, b, hit);
        if (hit_has(hit, ALIAS_ABSENT)) b->absent = hit;
    }
    b->foreign = part && !b->n && !b->absent;
}

/* A dash, an arrow or a bullet outside ASCII, which the word reader takes for a letter. */
static bool is_mark(const passage *p, const pword *w) {
    for (uint32_t i = w->lo; i < w->hi; i++)
        if (p->on->text.p[i] < 0x80 || p->on->text.p[i] > 0xe2) return false;
    return w->hi - w->lo <= 3 && (p->on->text.p[w->lo] == 0xe2 || p->on->text.p[w->lo] < 0xc0);
}

static const char PROGRAMS[] =
    "application app server service framework program library database engine gateway package "
    "daemon client proxy broker tool toolkit release";

/* Is it a word of "one release behind at", which tells how old what runs is? Not of "two releases behind 0.19". */
static bool is_release_behind(const passage *p, uint32_t i) {
    if (word_in(p, i, "a one two three some")) i++;
    if (word_in(p, i, "release releases version versions")) i++;
    return word_is(p, i, "behind") && word_in(p, i + 1, "at on with");
}

/* Only words that may stand between a component and its version? `named` tells of a word that is another name. */
static bool only_filler(const passage *p, uint32_t lo, uint32_t hi, bool *named) {
    static const char *const adverbs[] = {
        "here",  "in",     "use",     "production", "currently",  "still",  "today",  "stays",
        "has",   "been",   "remains", "then",       "previously", "ours",   "mine",   "sits",
        "kept",  "held",   "says",    "set",        "prints",     "pinned", "stands", "answers",
        "gives", "locked", "stayed",  "upgraded",   "updated",    "had",    "brought"};
    uint32_t words = 0, first, end;
    *named = false;
    passage_window(p, lo, hi, &first, &end);
    for (uint32_t i = lo; i < hi; i++) {
        uint8_t c = p->on->text.p[i];
        if (c == ';' || c == ')' || c == '.') return false;
    }
    for (uint32_t i = first; i < end; i++) {
        const pword *w = &p->words[i];
        if (w->lo < lo || w->hi > hi || is_mark(p, w)) continue;
        if (p->on->text.p[w->lo - 1] == '-' && w->hi - w->lo < 9) continue; /* `uname -r` prints */
        bool adverb = false; /* "the Caddy here is at version", "Caddy in production is still" */
        for (size_t k = 0; k < COUNT_OF(adverbs) && !(w->cues & CUE_FILLER); k++)
            adverb = adverb || word_is(p, i, adverbs[k]);
        /* "a FastAPI application (0.117.1)": what it is */
        adverb = adverb || (i > first && p->words[i - 1].hi <= lo && p->on->text.p[w->hi] == ' ' &&
                            p->on->text.p[w->hi + 1] == '(' && w->hi + 2 >= hi && word_in(p, i, PROGRAMS));
        adverb = adverb || is_release_behind(p, i) ||
                 (i > first && word_in(p, i, "reports identifies itself as") &&
                  word_in(p, i - 1, "that which reports identifies itself"));
        if (w->cues & CUE_FILLER || adverb) {
            if (++words > 5) return false;
            continue;
        }
        uint8_t c = p->on->text.p[w->lo];
        *named = byte_is_alpha(c) && !(c & 0x20);
        return false;
    }
    return true;
}

/* "the version of vLLM that we run is": where the words that say that it is ours end; `lo` where there are none. */
static uint32_t behind_relative(const passage *p, uint32_t lo) {
    uint32_t i = passage_word_before(p, lo);
    i = i == UINT32_MAX ? 0 : i + 1;
    if (word_in(p, i, "that which")) i++;
    if (!word_in(p, i, "we i") || !word_in(p, i + 1, "run use have pin deploy serve install installed pinned"))
        return lo;
    if (p->words[i + 1].hi < p->text.hi && p->on->text.p[p->words[i + 1].hi] == ',')
        return p->words[i + 1].hi; /* "the CUDA I use, 12.9" */
    return word_in(p, i + 2, "is remains stays at here in") ? p->words[i + 1].hi : lo;
}

/* The word right before the token, if it is a name of its own: capitalised or with a digit, not at the sentence's
 * start. */
static bool foreign_neighbour(const passage *p, uint32_t lo) {
    uint32_t first, end;
    passage_window(p, lo, lo, &first, &end);
    for (uint32_t i = end; i > first; i--) {
        const pword *w = &p->words[i - 1];
        if (w->hi > lo) continue;
        for (uint32_t k = w->hi; k < lo; k++)
            if (p->on->text.p[k] == ',' || p->on->text.p[k] == ';' || p->on->text.p[k] == ':') return false;
        if (w->cues & (CUE_FILLER | CUE_STOP | CUE_PAST)) return false;
        uint8_t c = p->on->text.p[w->lo];
        bool cell = p->kind == PASSAGE_CELL && w->hi + 1 == lo && w->hi - w->lo > 1 && /* "Mesa 26.0.2" begins a cell */
                    !(w->cues & (CUE_VERSIONISH | CUE_CADENCE));
        return byte_is_alpha(c) && (!(c & 0x20) || p->kind == PASSAGE_CODE) && (i - 1 > first || cell);
    }
    return false;
}

static bool is_headed_now(const passage *column) {
    if (column->word_count == 2 && !word_in(column, 0, "version versions running installed today now")) return false;
    return column->word_count < 3 && (word_in(column, 0, "today now currently") || word_in(column, 1, "today now"));
}

/* "| | January | Today |": a column of what is, or one of a time that is over beside one of what is. Beside no such
 * column, "| project | March | April |" may list what was released then. */
static bool is_time_column(judge *j, passage *column) {
    uint32_t own = (uint32_t)(column - j->passages), first = own, end = own;
    calendar when;
    unsigned year;
    if (is_headed_now(column)) return true;
    bool dated = calendar_at(column, 0, &when) || calendar_year_at(column, 0, &year) ||
                 (column->word_count == 1 && word_in(column, 0, "then originally previously"));
    if (!dated || column->word_count > 3) return false;
    while (first > 0 && own - first < COLUMNS_READ && j->passages[first - 1].flags & PASSAGE_HEADER_CELL) first--;
    while (end < j->passage_count && end - own < COLUMNS_READ && j->passages[end].flags & PASSAGE_HEADER_CELL) end++;
    for (uint32_t i = first; i < end; i++) {
        passage_prepare(j, &j->passages[i]);
        if (i != own && is_headed_now(&j->passages[i])) return true;
    }
    return false;
}

/* Does the column hold what is or was installed? Its header says so ("version", "before"), names a release ("with
 * 4.2.0") or a machine of ours, and speaks of no requirement, default or upstream. */
bool is_installed_column(judge *j, passage *p) {
    passage *column = &j->passages[p->column];
    passage_prepare(j, column);
    if (column->cues & (CUE_REQUIRE | CUE_DEFAULT | CUE_ALSO_OTHER | CUE_OTHERS | CUE_SECOND | CUE_COMPARE | CUE_MODAL))
        return false;
    if (column->cues & (CUE_VERSIONISH | CUE_PAST) || word_in(column, 0, "since from") || is_time_column(j, column))
        return true;
    if (column->word_count == 1 &&
        word_in(column, 0,
                "value here details detail specification spec specs setting installed used running current "
                "deployed state status"))
        return true;
    if ((word_in(column, 0, "state status") && word_in(column, 1, "on as in today now")) ||
        (word_in(column, 0, "pinned held kept installed") && word_in(column, 1, "at to on release tag")) ||
        (word_in(column, 0, "in") && word_in(column, 1, "use production")))
        return true;
    for (uint32_t i = 0; i + 1 < column->word_count && i < 4; i++) /* "What we run", "Our setup" */
        if ((word_in(column, i, "we i") && word_in(column, i + 1, "run use have")) ||
            (word_in(column, i, "our my") && word_in(column, i + 1, "setup stack choice machine box")))
            return true;
    for (uint32_t i = 0; i < column->word_count && i < 8; i++)
        if (word_is(column, i, "before") || word_is(column, i, "now") || word_is(column, i, "after")) return true;
    for (uint32_t t = column->token_lo; t < column->token_hi; t++)
        if (column->on->tokens[t].kind == TOKEN_VERSION) return true;
    for (uint32_t h = column->hit_lo; h < column->hit_hi; h++) {
        uint32_t entity = hit_entity(j, &column->on->hits[h], -1);
        if (entity == MANIFEST_NONE) continue;
        uint8_t kind = j->m->entities[entity].kind;
        if (kind == ENTITY_HARDWARE || kind == ENTITY_HOST) return true;
    }
    return false;
}

/* "value", or a machine of ours: what stands below is so now. */
static bool is_current_column(const judge *j, const passage *column) {
    for (uint32_t i = 0; i < column->word_count && i < 8; i++) {
        if (word_is(column, i, "before") || word_is(column, i, "after") || word_is(column, i, "then")) return false;
        if (word_is(column, i, "value") || word_is(column, i, "here") || word_is(column, i, "now") ||
            word_is(column, i, "today"))
            return true;
    }
    if (column->cues & CUE_PAST) return false;
    for (uint32_t t = column->token_lo; t < column->token_hi; t++)
        if (column->on->tokens[t].kind == TOKEN_VERSION || column->on->tokens[t].kind == TOKEN_DATE) return false;
    for (uint32_t h = column->hit_lo; h < column->hit_hi; h++) {
        uint32_t e = hit_entity(j, &column->on->hits[h], -1);
        if (e != MANIFEST_NONE && (j->m->entities[e].kind == ENTITY_HARDWARE || j->m->entities[e].kind == ENTITY_HOST))
            return true;
    }
    return false;
}

/* "| version | component |": the version begins its row; the one component of the next cell. */
static bool bind_row(judge *j, passage *p, binding *b) {
    uint32_t row = (uint32_t)(p - j->passages);
    if (p->column == PASSAGE_NONE || p->flags & PASSAGE_HEADER_CELL || row + 1 >= j->passage_count) return false;
    passage *column = &j->passages[p->column], *next = &j->passages[row + 1];
    passage_prepare(j, column);
    if (!(column->cues & CUE_VERSIONISH) || next->label != row || next->text.hi - next->text.lo > 60) return false;
    bind_inside(j, next, next->text.lo, next->text.hi, b);
    b->absent = NULL;
    if (b->n != 1) b->n = 0;
    return b->strong = b->n == 1;
}

ptrdiff_t count_dots(str text) {
    ptrdiff_t dots = 0;
    for (ptrdiff_t i = 0; i < text.n; i++) dots += text.p[i] == '.';
    return dots;
}

/* "Hugo 0.152.2, which replaced 0.147.9", "OpenZFS 2.3.2 …; before that it was 2.1.11": the next version of the same
 * shape, behind a word of succession, with no other name between. */
static bool is_succession(judge *j, const passage *p, const alias_hit *name, const token *t) {
    static const char *const leads[] = {"was", "replaced", "replaces", "from", "to", "after", "succeeded"};
    uint32_t first, end, before = UINT32_MAX;
    binding one = {.n = 0};
    if (t->kind != TOKEN_VERSION || p->kind != PASSAGE_SENTENCE) return false;
    add_component(j, &one, name);
    str stated = surface_slice(p->on, t->core.lo, t->core.hi);
    if (one.n != 1 || count_dots(stated) < 2 ||
        count_dots(stated) != count_dots(j->m->entities[one.entity[0]].version.text))
        return false;
    passage_window(p, name->where.lo, t->text.hi, &first, &end);
    for (uint32_t i = first; i < end && p->words[i].hi <= t->text.lo; i++) {
        if (p->words[i].lo < name->where.hi) continue;
        uint8_t c = p->on->text.p[p->words[i].lo];
        if (byte_is_alpha(c) && !(c & 0x20)) return false;
        before = i;
    }
    bool led = false;
    for (size_t k = 0; k < COUNT_OF(leads) && before != UINT32_MAX; k++) led = led || word_is(p, before, leads[k]);
    return led && p->words[before].hi + 2 > t->text.lo && version_fits(j, one.entity[0], stated);
}

/* "Until April it ran vLLM 0.14.0. With 0.17.1 it decodes …": a bare version behind a preposition or "run", in a
 * sentence that names no component, is that of the one component whose version the sentences before state. */
void bind_running_subject(judge *j, passage *p, const token *t, binding *b) {
    static const char *const leads[] = {"with", "run", "ran", "runs", "running", "under", "on", "to"};
    uint32_t first, end, before = UINT32_MAX;
    if (p->kind != PASSAGE_SENTENCE || (t->kind != TOKEN_VERSION && t->kind != TOKEN_NUMBER)) return;
    passage_window(p, t->text.lo, t->text.hi, &first, &end);
    for (uint32_t i = first; i < end && p->words[i].hi <= t->text.lo; i++) before = i;
    bool led = false;
    for (size_t k = 0; k < COUNT_OF(leads) && before != UINT32_MAX; k++) led = led || word_is(p, before, leads[k]);
    if (!led || p->words[before].hi + 1 < t->text.lo) return;
    for (uint32_t h = p->hit_lo; h < p->hit_hi && p->on->hits[h].where.lo < t->text.lo; h++) {
        if (hit_entity(j, &p->on->hits[h], ENTITY_COMPONENT) != MANIFEST_NONE) return; /* with a version or without */
    }
    str core = surface_slice(p->on, t->core.lo, t->core.hi);
    ptrdiff_t dots = count_dots(core);
    for (uint32_t back = p->previous, k = 0; back != PASSAGE_NONE && k < 2; k++, back = j->passages[back].previous) {
        passage *earlier = &j->passages[back];
        binding found = {.n = 0};
        for (uint32_t i = earlier->token_lo; i < earlier->token_hi && i < earlier->token_lo + 40; i++) {
            const token *v = &earlier->on->tokens[i];
            if (v->kind != TOKEN_VERSION || v->subject.hi <= v->subject.lo) continue;
            bind_inside(j, earlier, v->subject.lo < v->text.lo ? v->subject.lo : v->text.lo,
                        v->subject.hi > v->text.hi ? v->subject.hi : v->text.hi, &found);
        }
        if (!found.n) continue;
        if (found.n > 1) return;
        str now = j->m->entities[found.entity[0]].version.text;
        if (count_dots(now) != dots || dots == 0) return;
        b->entity[b->n++] = found.entity[0];
        b->strong = true;
        return;
    }
}

/* "SMP PREEMPT_DYNAMIC Debian 6.1.159-1", "(Debian 16.12-1.pgdg120+1)": the revision under which a distribution packs
 * something, not the distribution's own version. */
static bool is_packaging(const passage *p, const token *t) {
    str stated = surface_slice(p->on, t->core.lo, t->core.hi);
    if (t->kind != TOKEN_VERSION || t->subject.hi <= t->subject.lo || t->subject.hi > t->core.lo) return false;
    bool revision = false;
    for (ptrdiff_t i = 1; i + 1 < stated.n; i++) revision = revision || stated.p[i] == '-';
    if (!revision) return false;
    str before = str_trim(surface_slice(p->on, p->text.lo, t->subject.lo));
    return str_ends(before, STR("(")) || str_ends(before, STR("SMP")) || str_ends(before, STR("PREEMPT")) ||
           str_ends(before, STR("PREEMPT_DYNAMIC")) || str_ends(before, STR("PREEMPT_RT"));
}

/* A row that begins with a date, under a header that is a component's name: what ran then. */
static bool bind_dated_row(judge *j, passage *p, binding *b) {
    if (p->column == PASSAGE_NONE || p->flags & PASSAGE_HEADER_CELL) return false;
    const passage *label = &j->passages[p->label], *column = &j->passages[p->column];
    bool dated = label->token_lo < label->token_hi && label->on->tokens[label->token_lo].kind == TOKEN_DATE;
    if (!dated || column->text.hi - column->text.lo > 40) return false;
    bind_inside(j, column, column->text.lo, column->text.hi, b);
    b->absent = NULL;
    if (b->n != 1) b->n = 0;
    b->past_too = true;
    return b->strong = b->n == 1;
}

/* "| Operating system | Ubuntu | 24.04 |": under a header of versions, behind a cell that is one component's name. */
static bool bind_named_cell(judge *j, passage *p, binding *b) {
    uint32_t own = (uint32_t)(p - j->passages);
    if (p->column == PASSAGE_NONE || p->flags & PASSAGE_HEADER_CELL || own < p->label + 2) return false;
    passage *column = &j->passages[p->column], *name = &j->passages[own - 1];
    passage_prepare(j, column);
    if (!(column->cues & CUE_VERSIONISH) || name->label != p->label || name->text.hi - name->text.lo > 60) return false;
    bind_inside(j, name, name->text.lo, name->text.hi, b);
    b->absent = NULL;
    if (b->n != 1) b->n = 0;
    return b->strong = b->n == 1;
}

/* "0.17.1 of vLLM", "the 0.17 line of vLLM" */
static bool is_of(str between) {
    static const char *const nouns[] = {"", "release ", "version ", "line ", "series ", "branch ", "build ", "tag "};
    for (size_t i = 0; i < COUNT_OF(nouns); i++) {
        str noun = str_from_cstr(nouns[i]);
        if (!str_starts(between, noun)) continue;
        str rest = str_slice(between, noun.n, between.n);
        if (str_eq(rest, STR("of")) || str_eq(rest, STR("of the")) || str_eq(rest, STR("of our"))) return true;
    }
    return false;
}

/* "The switchboard is at version 0.9.2": the program of the service, where nothing but small words stand between. */
static bool bind_service_program(judge *j, passage *p, const token *t, binding *b) {
    uint32_t first, end;
    if (p->kind != PASSAGE_SENTENCE || t->kind != TOKEN_VERSION) return false;
    passage_hit_window(p, t->text.lo, t->text.hi, &first, &end);
    for (uint32_t h = end; h > first; h--) {
        const alias_hit *hit = &p->on->hits[h - 1];
        bool named;
        if (hit->where.hi > t->core.lo || hit->inside >= 0) continue;
        uint32_t program = program_of(j, hit_entity(j, hit, ENTITY_SERVICE));
        str stated = surface_slice(p->on, t->core.lo, t->core.hi);
        if (program == MANIFEST_NONE || t->core.lo < hit->where.hi + 4 ||
            !only_filler(p, hit->where.hi, t->core.lo, &named))
            return false;
        if (count_dots(stated) != count_dots(j->m->entities[program].version.text)) return false;
        b->entity[b->n++] = program;
        b->name_lo = hit->where.lo;
        return b->strong = b->apart = true;
    }
    return false;
}

/* "| NVIDIA-SMI 580.95.05   Driver Version: 580.95.05   CUDA Version: 13.0 |" */
static bool is_driver_cuda(const passage *p, const token *t) {
    str before = str_trim(surface_slice(p->on, p->text.lo, t->core.lo));
    return str_ends(before, STR("CUDA Version:")) && str_find(before, STR("Driver Version:"), 0) >= 0;
}

/* Does a hit before the version have just this name? */
static bool names_field(const passage *p, const token *t, str name) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi && h < p->hit_lo + 64; h++)
        if (p->on->hits[h].where.hi <= t->core.lo &&
            str_eq(surface_slice(p->on, p->on->hits[h].where.lo, p->on->hits[h].where.hi), name))
            return true;
    return false;
}

/* "buildkite/agent:3.87.0": the maker and the program, which its name joins by a dash, "buildkite-agent". */
static void bind_image_path(judge *j, const passage *p, const token *t, binding *b) {
    str path = surface_slice(p->on, t->text.lo, t->core.lo), program = {0}, maker = {0}, part;
    while (path.n && path.p[path.n - 1] == ':') path.n--;
    while (str_cut(&path, '/', &part)) maker = program, program = part;
    if (!maker.n || !program.n) return;
    uint32_t count;
    str name = judge_printf(j, "%.*s-%.*s", STR_ARG(maker), STR_ARG(program));
    const alias_target *targets = alias_lookup(j->m->names, name, &count);
    for (uint32_t i = 0; targets && i < count && b->n < COMPONENT_LIMIT; i++)
        if (targets[i].kind == ALIAS_ENTITY && has_version(j, targets[i].index)) b->entity[b->n++] = targets[i].index;
}

/* Is the line a container's "image: …", of a compose file, a pod or a unit? */
static bool is_image_key(const passage *p) {
    str line = str_trim(passage_text(p));
    if (str_starts(line, STR("- "))) line = str_trim(str_slice(line, 2, line.n));
    return p->kind == PASSAGE_CODE && (str_starts(line, STR("image:")) || str_starts(line, STR("Image=")));
}

/* "PRETTY_NAME="Debian GNU/Linux 13 (trixie)"", "Operating System: Debian GNU/Linux 13": Debian's. */
static bool bind_gnu_linux(const judge *j, const passage *p, const token *t, binding *b) {
    str family = STR(" GNU/Linux ");
    for (uint32_t h = p->hit_lo; h < p->hit_hi && p->on->hits[h].where.hi < t->core.lo; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (str_eq(surface_slice(p->on, hit->where.hi, t->core.lo), family)) add_component(j, b, hit);
    }
    return b->strong = b->n > 0;
}

/* "Driver: NVIDIA 580.95.05", "| Kernel driver | NVIDIA 580.95.05 |", "The driver is NVIDIA 580.95.05": the maker, and
 * the noun in front. */
static bool bind_labelled_maker(judge *j, const passage *p, const token *t, binding *b) {
    str noun = {0}, maker = surface_slice(p->on, t->subject.lo, t->subject.hi), text = passage_text(p);
    ptrdiff_t colon = str_find_byte(text, ':', 0);
    if (t->subject.hi > t->core.lo) return false;
    if (p->kind == PASSAGE_CELL && p->label != PASSAGE_NONE && t->subject.lo <= p->text.lo + 1)
        noun = str_trim(passage_text(&j->passages[p->label]));
    else if (p->kind == PASSAGE_SENTENCE && colon > 0 && colon < 24 &&
             t->subject.lo <= p->text.lo + (uint32_t)colon + 4)
        noun = str_slice(text, 0, colon);
    else if (p->kind == PASSAGE_SENTENCE) {
        str before = str_trim(surface_slice(p->on, p->text.lo, t->subject.lo));
        if (!str_ends(before, STR(" is")) || before.n > 40) return false;
        noun = str_trim(str_slice(before, 0, before.n - 3));
    }
    while (noun.n && strchr("*_` ", noun.p[0])) noun = str_slice(noun, 1, noun.n);
    while (noun.n && strchr("*_` ", noun.p[noun.n - 1])) noun.n--;
    static const char *const kinds[] = {"The ",      "Our ",       "My ",        "the ", "our ",
                                        "my ",       "Installed ", "installed ", "GPU ", "Graphics ",
                                        "graphics ", "Kernel ",    "kernel "};
    for (size_t k = 0; k < COUNT_OF(kinds); k++)
        if (str_starts(noun, str_from_cstr(kinds[k]))) noun = str_slice(noun, (ptrdiff_t)strlen(kinds[k]), noun.n);
    if (noun.n < 4 || noun.n > 24) return false;
    uint32_t count;
    const alias_target *targets =
        alias_lookup(j->m->names, judge_printf(j, "%.*s %.*s", STR_ARG(maker), STR_ARG(noun)), &count);
    for (uint32_t i = 0; targets && i < count && !b->n; i++)
        if (targets[i].kind == ALIAS_ENTITY && has_version(j, targets[i].index)) b->entity[b->n++] = targets[i].index;
    if (!b->n) return false;
    b->foreign = false;
    b->name_lo = t->subject.lo;
    return b->strong = true;
}

void bind_version(judge *j, passage *p, const token *t, binding *b) {
    memset(b, 0, sizeof *b);
    passage_prepare(j, p);
    if (t->kind == TOKEN_VERSION && bind_gnu_linux(j, p, t, b)) return;
    if (is_packaging(p, t)) { /* a package that is declared with some revision of this release is meant */
        str stated = surface_slice(p->on, t->core.lo, t->core.hi);
        uint32_t count;
        const uint32_t *packed =
            fact_index_version(j->index, str_slice(stated, 0, str_find_byte(stated, '-', 0) + 1), &count);
        for (uint32_t i = 0; i < count && b->n < COMPONENT_LIMIT; i++) b->entity[b->n++] = packed[i];
        b->strong = b->n > 0;
        b->foreign = !b->n;
        return;
    }
    if (t->kind == TOKEN_IMAGE || t->kind == TOKEN_IDENT) {
        bind_whole(j, p, t->text.lo, t->text.hi, t->kind == TOKEN_IMAGE, b);
        if (t->kind == TOKEN_IMAGE && !b->n && !b->absent) bind_image_path(j, p, t, b);
        if (b->absent && !is_image_key(p)) b->absent = NULL; /* "docker run --rm redis redis-cli" only borrows it */
        b->strong = b->n > 0 || b->absent;
        b->foreign = !b->strong;
        return;
    }
    if (p->kind == PASSAGE_CODE && bind_field(j, p, b)) return;
    if (t->subject.hi > t->subject.lo) {
        uint32_t lo = t->subject.lo < t->text.lo ? t->subject.lo : t->text.lo;
        uint32_t hi = t->subject.hi > t->text.hi ? t->subject.hi : t->text.hi;
        /* "docker-ce 5:28.5.1-1~ubuntu.24.04~noble": whom it was packed for is not what it is a version of */
        bool apart = t->subject.hi <= t->core.lo && hi == t->core.hi;
        bind_whole(j, p, lo, apart ? t->core.lo : hi, false, b);
        if (apart && !b->n && !b->absent) {
            binding packed = {.n = 0};
            bind_inside(j, p, t->core.lo + 1, hi, &packed);
            b->foreign = b->foreign || packed.n;
        }
        str pinned = surface_slice(p->on, t->subject.hi, t->core.lo < t->subject.hi ? t->subject.hi : t->core.lo);
        if (!b->n && !b->absent && p->kind == PASSAGE_CODE && str_find(pinned, STR("=="), 0) >= 0)
            b->foreign = true; /* "pillow==11.2.1": its own, whatever the line above names */
        if (!b->n && !b->absent && bind_labelled_maker(j, p, t, b)) return;
        if (b->foreign) return;
        if (b->n || b->absent) {
            b->strong = true;
            b->name_lo = lo;
            return;
        }
    }
    if (bind_series(j, p, t, b)) return;
    if (bind_on_machine(j, p, t, b) || bind_subject(j, p, t, b)) return;
    if (t->kind == TOKEN_VERSION && bind_version_list(j, p, t, b)) return;
    if (is_driver_cuda(p, t) && !names_field(p, t, STR("CUDA Version"))) { /* what the driver can, no toolkit's */
        b->foreign = true;
        return;
    }
    /* The nearest name before it with nothing but filler between. */
    const alias_hit *nearest = NULL;
    bool unversioned =
        false; /* "we moved Caddy to 2.7.6", of which no version is declared: not what was spoken of before */
    uint32_t first, end;
    passage_hit_window(p, t->text.lo, t->text.hi, &first, &end);
    for (uint32_t h = first; h < end; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (hit->where.hi > t->core.lo) break;
        binding one = {.n = 0};
        add_component(j, &one, hit);
        if (hit->inside < 0) unversioned = !one.n && hit_entity(j, hit, ENTITY_COMPONENT) != MANIFEST_NONE;
        if (!one.n && !hit_has(hit, ALIAS_ABSENT)) continue;
        if (!nearest || hit->where.hi > nearest->where.hi || hit->inside < 0) nearest = hit;
    }
    bool named = false;
    if (unversioned && !nearest && p->kind == PASSAGE_SENTENCE) {
        b->foreign = true;
        return;
    }
    if (nearest && nearest->inside < 0 && name_is_part(p, nearest->where.lo, nearest->where.hi, false)) {
        b->foreign = true;
        return;
    }
    if (nearest && p->kind == PASSAGE_SENTENCE && version_is_of_front(p) && /* of what the sentence begins with */
        (str_find_byte(surface_slice(p->on, nearest->where.hi, t->core.lo), ',', 0) >= 0 ||
         str_find_byte(surface_slice(p->on, nearest->where.hi, t->core.lo), ':', 0) >= 0)) {
        b->foreign = true;
        return;
    }
    if (nearest && only_filler(p, behind_relative(p, nearest->where.hi), t->core.lo, &named)) {
        add_component(j, b, nearest);
        if (hit_has(nearest, ALIAS_ABSENT)) b->absent = nearest;
        b->strong = true;
        b->apart = t->core.lo - nearest->where.hi > 3;
        b->name_lo = nearest->where.lo;
        return;
    }
    if (bind_service_program(j, p, t, b)) return;
    if (bind_move(j, p, t, b) || bind_anaphora(j, p, t, b) || bind_table_release(j, p, t, b) || bind_query(j, p, t, b))
        return;
    if (bind_answer(j, p, t, b) || bind_context(j, p, t, b) || bind_apposition(j, p, t, b)) return;
    if (foreign_neighbour(p, t->text.lo)) {
        b->foreign = true;
        return;
    }
    if (bind_short_name(j, p, t, b) || bind_alone(j, p, t, b)) return;
    /* "0.17.1 of vLLM" */
    for (uint32_t h = first; h < end; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (hit->where.lo < t->text.hi) continue;
        str between = str_trim(surface_slice(p->on, t->text.hi, hit->where.lo));
        if (is_of(between)) {
            add_component(j, b, hit);
            b->strong = b->n > 0;
            b->name_lo = hit->where.lo;
            if (b->n) return;
        }
        break;
    }
    if (p->kind == PASSAGE_CELL && (p->label == PASSAGE_NONE ? bind_row(j, p, b) : bind_dated_row(j, p, b))) return;
    if (p->label != PASSAGE_NONE && p->kind == PASSAGE_CELL) {
        if (bind_named_cell(j, p, b)) return;
        passage *label = &j->passages[p->label];
        bind_inside(j, label, label->text.lo, label->text.hi, b);
        bool versionish = p->column == PASSAGE_NONE;
        if (!versionish) {
            passage *column = &j->passages[p->column];
            passage_prepare(j, label);
            versionish = is_installed_column(j, p) || label->cues & CUE_VERSIONISH;
            b->past_too = !(column->cues & CUE_VERSIONISH) && !is_current_column(j, column);
        }
        b->strong = versionish && (b->n > 0 || b->absent);
        if (b->n || b->absent) return;
    }
    if (nearest) {
        clause_range clause = clause_at(j, p, t->text.lo, t->text.hi);
        if (nearest->where.lo >= clause.lo) add_component(j, b, nearest);
        if (is_succession(j, p, nearest, t)) {
            if (!b->n) add_component(j, b, nearest);
            b->strong = b->n > 0;
            b->past_too = true;
        }
        b->strong = b->strong || version_is_arrival(j, p, t, b);
    }
    if (!b->n) bind_running_subject(j, p, t, b);
}
