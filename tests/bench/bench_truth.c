/* bench_truth.c - the error rates of the truth stage, by injection.
 *
 *     corpus/articles/OP/pass/, claims.tsv, corpus/manifests/OP.yaml
 *         ├─► one mutation at a time at a gold claim ──► judge ──► is the false claim caught, at its place?
 *         ├─► harmless rewritings and inserted controls ──► judge ──► does anything fire?
 *         └─► the clean articles ──► true claims left unverified, false contradictions
 *
 * Out: docs/TRUTH.md on standard output: figures per kind with 95 % intervals (bootstrap over articles: cases of one
 * article are not independent), the held-out operation apart, misses listed. Deterministic: no clock, a fixed seed.
 * A case counts as caught when a claim that overlaps the mutated bytes is contradicted; for paths, which no manifest
 * closes, when it is contradicted or unverified (it then earns nothing). Claims that the extractor never found count as
 * missed.
 */
#include "truth_mutate.h"

#include "base/file.h"
#include "facts/claim.h"
#include "facts/manifest.h"
#include "lex/token.h"

#include <math.h>

enum { MAX_ARTICLES = 32, MAX_MISSES = 12, RESAMPLES = 1000 };

static const char *const operations[] = {"kestrel", "harborlight", "saltmarsh"};
enum { OPERATIONS = 3, HELD_OUT = 2 };

typedef struct gold {
    uint32_t article, line;
    str claim, kind, fact;
    ptrdiff_t lo, hi; /* bytes of the claim in its article */
} gold;

typedef struct page {
    str path, source;
    uint32_t *ends; /* [end_count] where a paragraph of prose ends with a whole sentence: places to add another */
    uint32_t end_count;
} page;

typedef struct operation {
    const char *name;
    manifest *truth;
    page pages[MAX_ARTICLES];
    uint32_t page_count;
    gold *rows;
    size_t row_count, row_capacity;
} operation;

typedef struct cell {
    uint32_t tried, caught;
    uint32_t unpaid; /* caught, or at least no longer paid for: unverified, or not found at all */
} cell;

typedef struct miss {
    str path, was, now;
    uint32_t line;
} miss;

typedef struct kind_result {
    const char *name;
    cell by_page[OPERATIONS][MAX_ARTICLES];
    miss misses[OPERATIONS][MAX_MISSES];
    uint32_t miss_count[OPERATIONS];
    struct kind_result *next;
} kind_result;

static arena *keep;
static kind_result *results, *results_end;
static uint32_t stray[OPERATIONS], contradictions[OPERATIONS];

static kind_result *result_of(const char *name) {
    for (kind_result *r = results; r; r = r->next)
        if (strcmp(r->name, name) == 0) return r;
    kind_result *r = ARENA_NEW(keep, kind_result);
    r->name = name;
    if (results_end)
        results_end->next = r;
    else
        results = r;
    return results_end = r;
}

/* ---- reading the corpus ---------------------------------------------------------------------------------------- */

static str read_file(const char *path) {
    str text;
    error e = {0};
    if (file_read(keep, path, 1 << 22, &text, &e)) {
        fprintf(stderr, "bench_truth: %s: %s\n", path, e.message);
        exit(2);
    }
    return text;
}

/* Ends of the paragraphs of the body that end a sentence: not in a list, a table, a quotation or a code block, and not
 * a line that leads into one of them. */
static void find_ends(page *p) {
    article art;
    error e = {0};
    if (article_parse(keep, STR("x.md"), p->source, NULL, &art, &e)) exit(2);
    p->ends = ARENA_ARRAY(keep, uint32_t, art.block_count + 1);
    for (uint32_t i = 0; i < art.block_count; i++) {
        const block *b = &art.blocks[i];
        if (b->kind != BLOCK_PARAGRAPH || b->parent != 0 || b->where.hi <= b->where.lo) continue;
        uint8_t last = p->source.p[b->where.hi - 1];
        if (last == '.' || last == '!' || last == '?') p->ends[p->end_count++] = b->where.hi;
    }
}

static uint32_t page_of(operation *op, str path) {
    for (uint32_t i = 0; i < op->page_count; i++)
        if (str_eq(op->pages[i].path, path)) return i;
    if (op->page_count == MAX_ARTICLES) exit(2);
    str full = arena_printf(keep, "corpus/articles/%s/%.*s", op->name, STR_ARG(path));
    op->pages[op->page_count] = (page){.path = path, .source = read_file((const char *)full.p)};
    find_ends(&op->pages[op->page_count]);
    return op->page_count++;
}

/* Where a gold claim stands: its text on its line. */
static bool locate(const operation *op, gold *g) {
    str source = op->pages[g->article].source;
    ptrdiff_t at = 0;
    for (uint32_t line = 1; line < g->line; line++) {
        at = str_find_byte(source, '\n', at);
        if (at < 0) return false;
        at++;
    }
    ptrdiff_t end = str_find_byte(source, '\n', at);
    str row = str_slice(source, at, end < 0 ? source.n : end);
    ptrdiff_t hit = str_find(row, g->claim, 0);
    g->lo = at + hit;
    g->hi = g->lo + g->claim.n;
    return hit >= 0;
}

static void load(operation *op) {
    error e = {0};
    const char *path = (const char *)arena_printf(keep, "corpus/manifests/%s.yaml", op->name).p;
    if (manifest_load_files(&path, 1, &op->truth, &e)) {
        fprintf(stderr, "bench_truth: %s: %s\n", e.file, e.message);
        exit(2);
    }
    str text = read_file((const char *)arena_printf(keep, "corpus/articles/%s/claims.tsv", op->name).p), line;
    for (bool first = true; text.n > 0 && str_cut(&text, '\n', &line); first = false) {
        str columns[6] = {{0}};
        for (int i = 0; i < 6 && str_cut(&line, '\t', &columns[i]); i++) {
        }
        uint64_t number;
        if (first || !str_starts(columns[0], STR("pass/")) || !str_eq(columns[4], STR("supported"))) continue;
        if (!str_to_u64(columns[1], &number)) continue;
        gold g = {.article = page_of(op, columns[0]),
                  .line = (uint32_t)number,
                  .claim = columns[2],
                  .kind = columns[3],
                  .fact = str_trim(columns[5])};
        if (!locate(op, &g)) continue;
        struct {
            gold *at;
            size_t n, capacity;
        } rows = {op->rows, op->row_count, op->row_capacity};
        if (!VEC_PUSH(keep, &rows, g)) exit(2);
        op->rows = rows.at, op->row_count = rows.n, op->row_capacity = rows.capacity;
    }
}

/* ---- judging --------------------------------------------------------------------------------------------------- */

typedef struct outcome {
    bool found, contradicted, unproved, underspecified;
    uint32_t contradicted_elsewhere;
} outcome;

static outcome judge(arena *a, const operation *op, str source, ptrdiff_t lo, ptrdiff_t hi) {
    article art;
    token_list tokens;
    claim_list claims = {0};
    finding_list findings = {0};
    facts_options options = {0};
    error e = {0};
    outcome o = {0};
    arena_reset(a);
    if (article_parse(a, STR("x.md"), source, NULL, &art, &e) || lex_article(a, &art, &tokens, &e) ||
        facts_judge(a, op->truth, &art, &tokens, &options, &claims, &findings, &e)) {
        fprintf(stderr, "bench_truth: %s\n", e.message);
        exit(2);
    }
    for (size_t i = 0; i < claims.n; i++) {
        const claim *c = &claims.at[i];
        bool overlaps = (ptrdiff_t)c->where.lo < hi && (ptrdiff_t)c->where.hi > lo;
        if (!overlaps) {
            o.contradicted_elsewhere += c->verdict == VERDICT_CONTRADICTED;
            continue;
        }
        o.found = true;
        o.contradicted = o.contradicted || c->verdict == VERDICT_CONTRADICTED;
        o.unproved = o.unproved || (c->verdict == VERDICT_UNVERIFIED && c->credit_bearing);
        o.underspecified = o.underspecified || c->verdict == VERDICT_UNDERSPECIFIED;
    }
    return o;
}

typedef struct bench {
    operation ops[OPERATIONS];
    uint32_t clean_contradicted[OPERATIONS][MAX_ARTICLES];
    arena *a;
} bench;

static str spliced(const operation *op, uint32_t index, ptrdiff_t lo, ptrdiff_t hi, str by, buf *out) {
    str source = op->pages[index].source;
    out->n = 0;
    buf_str(out, str_slice(source, 0, lo));
    buf_str(out, by);
    buf_str(out, str_slice(source, hi, source.n));
    return buf_view(out);
}

static void count(bench *b, const char *kind, int op, const gold *g, str now, bool caught, bool unpaid,
                  uint32_t elsewhere) {
    kind_result *r = result_of(kind);
    cell *c = &r->by_page[op][g->article];
    c->tried++;
    c->caught += caught;
    c->unpaid += caught || unpaid;
    contradictions[op] += caught;
    uint32_t known = b->clean_contradicted[op][g->article];
    if (elsewhere > known) stray[op] += elsewhere - known, contradictions[op] += elsewhere - known;
    if (caught) return;
    if (r->miss_count[op] < MAX_MISSES)
        r->misses[op][r->miss_count[op]] =
            (miss){b->ops[op].pages[g->article].path, g->claim, arena_str(keep, now), g->line};
    r->miss_count[op]++;
}

typedef enum catch_by { CATCH_CONTRADICTED, CATCH_UNPROVED, CATCH_UNDERSPECIFIED } catch_by;

static void try_case(bench *b, const char *kind, int op, const gold *g, const buf *now, catch_by by, buf *scratch) {
    str text = buf_view(now);
    if (str_eq(text, g->claim)) return;
    str source = spliced(&b->ops[op], g->article, g->lo, g->hi, text, scratch);
    outcome o = judge(b->a, &b->ops[op], source, g->lo, g->lo + text.n);
    bool caught =
        o.contradicted || (by == CATCH_UNPROVED && o.unproved) || (by == CATCH_UNDERSPECIFIED && o.underspecified);
    count(b, kind, op, g, text, caught, o.unproved, o.contradicted_elsewhere);
}

/* ---- mutations ------------------------------------------------------------------------------------------------- */

static bool kind_is(const gold *g, const char *kind) { return str_eq(g->kind, str_from_cstr(kind)); }

static double tolerance_of(const operation *op, str fact) {
    for (uint32_t i = 0; i < op->truth->benchmark_count; i++)
        if (str_eq(op->truth->benchmarks[i].fact.id, fact)) return op->truth->benchmarks[i].tol.rel;
    return 0;
}

static void mutate_versions(bench *b, int op, const gold *g, buf *now, buf *scratch) {
    static const char *const names[] = {"version: patch", "version: minor", "version: major",
                                        "version: digits transposed", "version: another scheme"};
    for (int k = 0; k < VERSION_MUTATIONS; k++) {
        now->n = 0;
        if (version_mutate(g->claim, (enum version_mutation)k, now))
            try_case(b, names[k], op, g, now, CATCH_CONTRADICTED, scratch);
    }
    const operation *o = &b->ops[op];
    for (uint32_t i = 0; i < o->truth->entity_count; i++) {
        const manifest_entity *entity = &o->truth->entities[i];
        version_at v;
        if (!str_eq(entity->id, g->fact) || entity->version.history_count == 0 || !version_find(g->claim, &v)) continue;
        str old = entity->version.history[entity->version.history_count - 1].version;
        if (str_starts(old, str_slice(g->claim, v.lo, v.hi))) continue;
        /* The whole version, "b8412" or "6.14.0-1015-nvidia", but not the name of a package that carries one. */
        ptrdiff_t lo = v.lo, hi = v.hi;
        while (lo > 0 && (byte_is_digit(g->claim.p[lo - 1]) || strchr(".-+~", g->claim.p[lo - 1]))) lo--;
        while (lo < v.lo && !byte_is_digit(g->claim.p[lo])) lo++;
        if (lo > 0 && byte_is_alpha(g->claim.p[lo - 1]) && (lo == 1 || !byte_is_alnum(g->claim.p[lo - 2]))) lo--;
        while (hi < g->claim.n && (byte_is_alnum(g->claim.p[hi]) || strchr(".-+~:", g->claim.p[hi]))) hi++;
        now->n = 0;
        put_replaced(g->claim, lo, hi, arena_cstr(keep, old), now);
        try_case(b, "version: stale as current", op, g, now, CATCH_CONTRADICTED, scratch);
    }
}

static void mutate_quantities(bench *b, int op, const gold *g, buf *now, buf *scratch) {
    static const char *const names[] = {"quantity: x 10",
                                        "quantity: x 1000",
                                        "quantity: GB for GiB",
                                        "quantity: bits for bytes",
                                        "quantity: just outside tolerance",
                                        "quantity: ~ before a wrong value",
                                        "quantity: interval end shifted"};
    for (int k = 0; k < QUANTITY_MUTATIONS; k++) {
        now->n = 0;
        if (quantity_mutate(g->claim, (enum quantity_mutation)k, tolerance_of(&b->ops[op], g->fact), now))
            try_case(b, names[k], op, g, now, CATCH_CONTRADICTED, scratch);
    }
}

/* Two true values of one article, same unit text, different facts, change places. */
static void mutate_attribution(bench *b, int op, size_t index, buf *scratch) {
    const operation *o = &b->ops[op];
    const gold *g = &o->rows[index];
    number_at x, y;
    if (!number_find(g->claim, 0, &x)) return;
    str unit = str_slice(g->claim, x.hi, g->claim.n);
    for (size_t k = index + 1; k < o->row_count; k++) {
        const gold *h = &o->rows[k];
        if (h->article != g->article || !str_eq(h->kind, g->kind) || str_eq(h->fact, g->fact) || h->lo < g->hi)
            continue;
        if (!number_find(h->claim, 0, &y) || x.value == y.value ||
            !str_eq(unit, str_slice(h->claim, y.hi, h->claim.n)) || unit.n == 0)
            continue;
        str source = o->pages[g->article].source;
        scratch->n = 0;
        buf_str(scratch, str_slice(source, 0, g->lo));
        buf_str(scratch, h->claim);
        buf_str(scratch, str_slice(source, g->hi, h->lo));
        ptrdiff_t second = (ptrdiff_t)scratch->n;
        buf_str(scratch, g->claim);
        buf_str(scratch, str_slice(source, h->hi, source.n));
        outcome first = judge(b->a, o, buf_view(scratch), g->lo, g->lo + h->claim.n);
        outcome other = judge(b->a, o, buf_view(scratch), second, second + g->claim.n);
        uint32_t elsewhere = first.contradicted_elsewhere - (other.contradicted ? 1 : 0);
        count(b, "attribution: two true values swapped", op, g, h->claim, first.contradicted || other.contradicted,
              first.unproved && other.unproved, first.contradicted_elsewhere ? elsewhere : 0);
        return;
    }
}

static void mutate_path(bench *b, int op, const gold *g, buf *now, buf *scratch) {
    static const char *const tails[] = {"-old", "2", ".bak"};
    for (size_t i = 0; i < COUNT_OF(tails); i++) {
        now->n = 0;
        str text = g->claim;
        bool slash = str_ends(text, STR("/"));
        ptrdiff_t end = text.n - slash;
        while (end > 0 && (text.p[end - 1] == '`' || text.p[end - 1] == '.')) end--;
        if (i == 1) { /* another folder in the middle */
            ptrdiff_t cut = end;
            while (cut > 0 && text.p[cut - 1] != '/') cut--;
            if (cut <= 1) continue;
            put_replaced(text, cut, cut, "srv2/", now);
        } else {
            put_replaced(text, end, end, tails[i], now);
        }
        try_case(b, "path: plausible but not there", op, g, now, CATCH_UNPROVED, scratch);
    }
}

static void mutate_port(bench *b, int op, const gold *g, buf *now, buf *scratch) {
    static const int steps[] = {1, 1000, 7};
    for (size_t i = 0; i < COUNT_OF(steps); i++) {
        version_at v;
        uint64_t n;
        char by[32];
        if (!version_find(g->claim, &v) || !str_to_u64(str_slice(g->claim, v.lo, v.hi), &n)) return;
        now->n = 0;
        snprintf(by, sizeof by, "%llu", (unsigned long long)n + (unsigned)steps[i]);
        put_replaced(g->claim, v.lo, v.hi, by, now);
        try_case(b, "port: another number", op, g, now, CATCH_CONTRADICTED, scratch);
    }
}

static void mutate_place(bench *b, int op, const gold *g, buf *now, buf *scratch) {
    static const char *const cities[] = {"Frankfurt", "Lisbon", "Toronto", "Singapore", "Oslo", "Warsaw"};
    const operation *o = &b->ops[op];
    for (uint32_t i = 0; i < o->truth->entity_count; i++) {
        str city = o->truth->entities[i].location.text;
        ptrdiff_t at = city.n ? str_find(g->claim, city, 0) : -1;
        if (at < 0) continue;
        for (size_t k = 0; k < COUNT_OF(cities); k++) {
            if (str_eq(city, str_from_cstr(cities[k]))) continue;
            now->n = 0;
            put_replaced(g->claim, at, at + city.n, cities[k], now);
            try_case(b, "place: another city", op, g, now, CATCH_CONTRADICTED, scratch);
        }
        return;
    }
}

static void mutate_terminal(bench *b, int op, const gold *g, buf *now, buf *scratch) {
    static const uint8_t shift[] = {1, 3, 5};
    for (size_t k = 0; k < COUNT_OF(shift); k++)
        for (ptrdiff_t i = g->claim.n; i-- > 0;) {
            if (!byte_is_digit(g->claim.p[i])) continue;
            char by[2] = {(char)('0' + (g->claim.p[i] - '0' + shift[k]) % 10), 0};
            now->n = 0;
            put_replaced(g->claim, i, i + 1, by, now);
            try_case(b, "terminal: an edited line", op, g, now, CATCH_CONTRADICTED, scratch);
            break;
        }
}

static void mutate_process(bench *b, int op, const gold *g, buf *now, buf *scratch) {
    now->n = 0;
    if (cadence_mutate(g->claim, now)) try_case(b, "process: another cadence", op, g, now, CATCH_CONTRADICTED, scratch);
    now->n = 0;
    if (steps_mutate(g->claim, false, now))
        try_case(b, "process: steps reordered", op, g, now, CATCH_CONTRADICTED, scratch);
    now->n = 0;
    if (steps_mutate(g->claim, true, now))
        try_case(b, "process: a step dropped", op, g, now, CATCH_CONTRADICTED, scratch);
}

/* A sentence put behind the first paragraph of prose that ends at or after the claim, or else the last one. */
static void insert_case(bench *b, const char *kind, int op, const gold *g, const char *added, bool falsehood,
                        buf *scratch) {
    const operation *o = &b->ops[op];
    const page *on = &o->pages[g->article];
    if (!on->end_count) return;
    uint32_t k = 0;
    while (k + 1 < on->end_count && (ptrdiff_t)on->ends[k] < g->hi) k++;
    ptrdiff_t at = (ptrdiff_t)on->ends[k];
    str text = str_from_cstr(added);
    str now = spliced(o, g->article, at, at, text, scratch);
    outcome result = judge(b->a, o, now, at, at + text.n);
    count(b, kind, op, g, text, falsehood ? result.contradicted : !result.contradicted, falsehood && result.unproved,
          falsehood ? result.contradicted_elsewhere : 0);
    if (!falsehood && !result.contradicted) contradictions[op]--; /* count() takes a caught case for a contradiction */
}

static bool has_upper(str name) {
    for (ptrdiff_t i = 0; i < name.n; i++)
        if (name.p[i] >= 'A' && name.p[i] <= 'Z') return true;
    return false;
}

/* A sentence that says that what is declared absent is here, fit for what kind of thing it is; NULL for a name that is
 * no noun ("retrain"). */
static const char *presence_frame(const operation *o, const manifest_absence *absence, str name, size_t pick) {
    static const char *const things[] = {" There is also %s %.*s in it.",  " We run %s %.*s here as well.",
                                         " Beside it sits %s %.*s.",       " It comes with %s %.*s.",
                                         " The machine has %s %.*s, too.", " I added %s %.*s last winter."};
    static const char *const systems[] = {" There is also %s%.*s on it.", " We run %s%.*s here as well.",
                                          " Beside it we use %s%.*s.",    " %s%.*s runs next to it.",
                                          " Our jobs go through %s%.*s.", " I installed %s%.*s on it."};
    static const char *const places[] = {" Another machine of ours stands in %s%.*s.",
                                         " We have a second server in %s%.*s."};
    const manifest_scope *scope = absence->scope == MANIFEST_NONE ? NULL : &o->truth->scopes[absence->scope];
    if (scope && str_eq(scope->name, STR("processes")))
        return str_ends(name, STR("ing")) || (has_upper(name) && !str_ends(name, STR("ed")))
                   ? " We use %s%.*s here every week."
                   : NULL;
    if (scope && str_eq(scope->kind, STR("location")) && (has_upper(name) || byte_is_digit(name.p[name.n - 1])))
        return places[pick % COUNT_OF(places)];
    bool hardware =
        scope && (str_find(scope->kind, STR("gpu"), 0) >= 0 || str_find(scope->kind, STR("accelerator"), 0) >= 0);
    bool common = !has_upper(name) && str_find_byte(name, ' ', 0) > 0;
    return hardware || common ? things[pick % COUNT_OF(things)] : systems[pick % COUNT_OF(systems)];
}

static void mutate_existence(bench *b, int op, size_t index, buf *scratch) {
    const operation *o = &b->ops[op];
    size_t n = index / 3;
    if (o->truth->absence_count == 0) return;
    const manifest_absence *absence = &o->truth->absences[n % o->truth->absence_count];
    if (absence->matches.n == 0) return;
    str name = absence->matches.at[n / o->truth->absence_count % absence->matches.n].text;
    const char *frame = presence_frame(o, absence, name, n);
    if (!frame) return;
    bool plural = str_ends(name, STR("s")) && name.n > 3 && name.p[name.n - 2] >= 'A' && name.p[name.n - 2] <= 'Z';
    const char *article_word = !strstr(frame, "%s %")           ? ""
                               : plural                         ? "two"
                               : strchr("AEIOUaeio", name.p[0]) ? "an"
                                                                : "a";
    char added[256];
    snprintf(added, sizeof added, frame, article_word, STR_ARG(name));
    if (added[1] >= 'a' && added[1] <= 'z') added[1] = (char)(added[1] - 'a' + 'A');
    insert_case(b, "existence: what is declared absent", op, &o->rows[index], added, true, scratch);
}

/* ---- controls -------------------------------------------------------------------------------------------------- */

static void control_rewrite(bench *b, const char *kind, int op, const gold *g, const buf *now, buf *scratch) {
    str text = buf_view(now);
    if (str_eq(text, g->claim)) return;
    str source = spliced(&b->ops[op], g->article, g->lo, g->hi, text, scratch);
    outcome o = judge(b->a, &b->ops[op], source, g->lo, g->lo + text.n);
    count(b, kind, op, g, text, !o.contradicted, false, 0);
    if (!o.contradicted) contradictions[op]--;
}

/* The value of an attribute or benchmark as the manifest writes it; empty where there is no such fact. */
static str value_of(const operation *o, str fact) {
    for (uint32_t i = 0; i < o->truth->benchmark_count; i++)
        if (str_eq(o->truth->benchmarks[i].fact.id, fact)) return o->truth->benchmarks[i].quantity.value;
    for (uint32_t i = 0; i < o->truth->attr_count; i++)
        if (str_eq(o->truth->attrs[i].fact.id, fact)) return o->truth->attrs[i].views[0].quantity.value;
    return (str){0};
}

static void controls_quantity(bench *b, int op, const gold *g, buf *now, buf *scratch) {
    const operation *o = &b->ops[op];
    static const struct {
        const char *from, *to;
        double factor;
    } conversions[] = {{" GB", " MB", 1000},     {" TB", " GB", 1000}, {" GiB", " MiB", 1024},
                       {" ms", " s", 0.001},     {" min", " s", 60},   {" minutes", " seconds", 60},
                       {" GB/s", " MB/s", 1000}, {" kW", " W", 1000},  {" hours", " minutes", 60}};
    number_at x;
    if (!number_find(g->claim, 0, &x)) return;
    number_at second;
    bool single = !number_find(g->claim, x.hi, &second);
    for (size_t i = 0; i < COUNT_OF(conversions) && single; i++) {
        str from = str_from_cstr(conversions[i].from);
        if (!str_eq(str_slice(g->claim, x.hi, g->claim.n), from)) continue;
        /* 121.7 GiB is not 124,621 MiB: what was rounded is only converted where the manifest states that very number.
         */
        str exact = value_of(o, g->fact);
        if (x.decimals > 0 && conversions[i].factor > 1 && !str_eq(exact, str_slice(g->claim, x.lo, x.hi))) continue;
        char by[80];
        double value = x.value * conversions[i].factor;
        int decimals = conversions[i].factor < 1 ? x.decimals + 3 : 0;
        snprintf(by, sizeof by, "%.*f%s", decimals, value, conversions[i].to);
        now->n = 0;
        put_replaced(g->claim, x.lo, g->claim.n, by, now);
        control_rewrite(b, "control: unit conversion", op, g, now, scratch);
    }
    if (x.decimals > 0 && single) {
        now->n = 0;
        buf_str(now, str_slice(g->claim, 0, x.lo));
        bool already =
            x.lo > 0 && (g->claim.p[x.lo - 1] == '~' || str_find(str_slice(g->claim, 0, x.lo), STR("bout"), 0) >= 0);
        buf_printf(now, "%s%.*f", already ? "" : "about ", x.decimals - 1, x.value);
        buf_str(now, str_slice(g->claim, x.hi, g->claim.n));
        control_rewrite(b, "control: correct rounding", op, g, now, scratch);
    }
    static const char *const spelled[] = {"zero",     "one",      "two",      "three",   "four",    "five",
                                          "six",      "seven",    "eight",    "nine",    "ten",     "eleven",
                                          "twelve",   "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
                                          "eighteen", "nineteen", "twenty"};
    if (x.decimals == 0 && x.value <= 20 && single && x.hi < g->claim.n && g->claim.p[x.hi] == ' ') {
        now->n = 0;
        put_replaced(g->claim, x.lo, x.hi, spelled[(int)x.value], now);
        control_rewrite(b, "control: spelled out", op, g, now, scratch);
    }
    if (x.decimals == 0 && x.value >= 1000 && x.value < 1e9 && single) {
        char digits[32], by[48];
        int n = snprintf(digits, sizeof digits, "%.0f", x.value), k = 0;
        for (int i = 0; i < n; i++) {
            if (i && (n - i) % 3 == 0) by[k++] = x.grouped ? ' ' : ',';
            by[k++] = digits[i];
        }
        by[k] = 0;
        now->n = 0;
        put_replaced(g->claim, x.lo, x.hi, by, now);
        control_rewrite(b, "control: thousands separators", op, g, now, scratch);
    }
}

static void controls_inserted(bench *b, int op, size_t index, buf *scratch) {
    const operation *o = &b->ops[op];
    const gold *g = &o->rows[index];
    static const struct {
        const char *kind, *sentence;
    } fixed[] = {
        {"control: hypothetical", " With 512 GB of memory a larger model would fit."},
        {"control: hypothetical", " If we had bought an A100 with 80 GB, none of this would matter."},
        {"control: quoted error", " The log said \"CUDA 11.8 or newer is required\" and nothing else."},
        {"control: third-party figure", " A friend's machine with 64 cores and 256 GB of RAM does it in 3 seconds."},
        {"control: third-party figure", " The vendor's page claims 900 GB/s for the next generation."},
        {"control: reader-side", " Put your own settings into `/home/you/app.conf` and use port 9999 if you like."},
        {"control: reader-side", " If you run Ubuntu 20.04 with Python 3.8, upgrade first."},
        {"control: figure and section numbers", " See Figure 7 and Section 12.4 for the layout."},
        {"control: years", " In 2014 nobody would have tried this, and in 2031 nobody will remember it."},
        {"control: requirement", " The client library needs Python 3.9+ on your side."},
        {"control: general knowledge", " An H100 has 80 GB of memory and a memory bandwidth of 3.35 TB/s."},
        {"control: general knowledge", " There are cards with 24 GB of memory on the market."},
        {"control: third-party figure",
         " My previous employer ran Kubernetes 1.27 on 40 nodes with 512 GB of RAM each."},
        {"control: third-party figure", " On a Raspberry Pi 5 with 8 GB of RAM the same job took 12 minutes."},
        {"control: third-party figure", " Somebody on a forum measured 212 tok/s and a latency of 9 ms."},
        {"control: requirement", " The documentation recommends at least 16 GB of memory and 4 cores."},
        {"control: hypothetical", " A second machine in Lisbon with 32 cores would cost 400 EUR a month."},
        {"control: hypothetical", " I considered Kafka 3.8 and a cluster of 12 nodes, and decided against both."},
        {"control: quoted error", " The model wrote \"running on Ubuntu 18.04 with 96 cores\", which is invented."},
        {"control: release notes", " Upstream has since released PostgreSQL 19.1, Docker 31.0.2 and Python 3.15.2."},
    };
    size_t pick = index % COUNT_OF(fixed);
    insert_case(b, fixed[pick].kind, op, g, fixed[pick].sentence, false, scratch);
    if (o->truth->absence_count && index % 3 == 0) {
        const manifest_absence *absence = &o->truth->absences[index % o->truth->absence_count];
        if (absence->matches.n) {
            str added = arena_printf(keep, " There is no %.*s here.", STR_ARG(absence->matches.at[0].text));
            insert_case(b, "control: true denial", op, g, (const char *)added.p, false, scratch);
        }
    }
    uint32_t with_history[64], n = 0;
    for (uint32_t i = 0; i < o->truth->entity_count && n < 64; i++)
        if (o->truth->entities[i].version.history_count) with_history[n++] = i;
    if (!n || index % 3 != 1) return;
    const manifest_entity *entity = &o->truth->entities[with_history[index % n]];
    const manifest_period *period = &entity->version.history[0];
    date_text until = date_format(period->to);
    str added = arena_printf(keep, " Until %s it ran %.*s %.*s.", until.text, STR_ARG(manifest_entity_name(entity)),
                             STR_ARG(period->version));
    insert_case(b, "control: dated history", op, g, (const char *)added.p, false, scratch);
}

/* ---- the run --------------------------------------------------------------------------------------------------- */

static void clean_articles(bench *b, int op) {
    const operation *o = &b->ops[op];
    for (uint32_t p = 0; p < o->page_count; p++) {
        outcome whole = judge(b->a, o, o->pages[p].source, -1, -1);
        b->clean_contradicted[op][p] = whole.contradicted_elsewhere;
    }
    for (size_t i = 0; i < o->row_count; i++) {
        const gold *g = &o->rows[i];
        outcome result = judge(b->a, o, o->pages[g->article].source, g->lo, g->hi);
        const char *kind =
            (const char *)arena_printf(keep, "clean: true claim not contradicted: %.*s", STR_ARG(g->kind)).p;
        count(b, kind, op, g, g->claim, !result.contradicted, false, 0);
        if (!result.contradicted) contradictions[op]--;
        bool left = !result.found || (result.unproved && !result.contradicted);
        count(b, "clean: true claim supported", op, g, g->claim, !left && !result.contradicted, false, 0);
        if (!left && !result.contradicted) contradictions[op]--;
    }
}

static void run_operation(bench *b, int op) {
    operation *o = &b->ops[op];
    buf now = {0}, scratch = {0};
    clean_articles(b, op);
    for (size_t i = 0; i < o->row_count; i++) {
        const gold *g = &o->rows[i];
        if (kind_is(g, "version")) mutate_versions(b, op, g, &now, &scratch);
        if (kind_is(g, "quantity") || kind_is(g, "hardware")) {
            mutate_quantities(b, op, g, &now, &scratch);
            mutate_attribution(b, op, i, &scratch);
            controls_quantity(b, op, g, &now, &scratch);
        }
        if (kind_is(g, "path")) mutate_path(b, op, g, &now, &scratch);
        if (kind_is(g, "port")) mutate_port(b, op, g, &now, &scratch);
        if (kind_is(g, "host")) mutate_place(b, op, g, &now, &scratch);
        if (kind_is(g, "terminal")) mutate_terminal(b, op, g, &now, &scratch);
        if (kind_is(g, "process")) mutate_process(b, op, g, &now, &scratch);
        if (i % 3 == 0) mutate_existence(b, op, i, &scratch);
        controls_inserted(b, op, i, &scratch);
    }
    buf_free(&now);
    buf_free(&scratch);
}

/* ---- figures --------------------------------------------------------------------------------------------------- */

static uint64_t random_next(uint64_t *state) { /* splitmix64, Steele et al. 2014 */
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static int by_value(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

typedef struct rate {
    uint32_t tried, caught, unpaid;
    double lo, hi;
} rate;

/* Rate over the operations [first, last), its interval by resampling articles. */
static rate rate_of(const kind_result *r, int first, int last) {
    cell cells[OPERATIONS * MAX_ARTICLES];
    size_t n = 0;
    rate out = {0};
    for (int op = first; op < last; op++)
        for (int p = 0; p < MAX_ARTICLES; p++)
            if (r->by_page[op][p].tried) cells[n++] = r->by_page[op][p];
    for (size_t i = 0; i < n; i++)
        out.tried += cells[i].tried, out.caught += cells[i].caught, out.unpaid += cells[i].unpaid;
    double samples[RESAMPLES];
    uint64_t seed = 20260518;
    for (int s = 0; s < RESAMPLES && n; s++) {
        uint32_t tried = 0, caught = 0;
        for (size_t i = 0; i < n; i++) {
            const cell *c = &cells[random_next(&seed) % n];
            tried += c->tried, caught += c->caught;
        }
        samples[s] = tried ? (double)caught / tried : 0;
    }
    if (n) qsort(samples, RESAMPLES, sizeof *samples, by_value);
    out.lo = n ? samples[RESAMPLES * 25 / 1000] : 0;
    out.hi = n ? samples[RESAMPLES * 975 / 1000 - 1] : 0;
    return out;
}

static void print_rate(const rate *r) {
    if (!r->tried) {
        printf(" - |");
        return;
    }
    printf(" %u/%u = %.3f (%.3f to %.3f)", r->caught, r->tried, (double)r->caught / r->tried, r->lo, r->hi);
    if (r->unpaid != r->caught) printf("; %.3f not paid", (double)r->unpaid / r->tried);
    printf(" |");
}

static void print_table(const char *title, const char *prefix, bool want) {
    printf("\n## %s\n\n| kind | tuned on (kestrel, harborlight) | held out (saltmarsh) |\n| --- | --- | --- |\n",
           title);
    for (const kind_result *r = results; r; r = r->next) {
        bool clean = strncmp(r->name, "clean", 5) == 0;
        if ((strncmp(r->name, prefix, strlen(prefix)) == 0) != want || (!want && clean)) continue;
        rate tuned = rate_of(r, 0, HELD_OUT), held = rate_of(r, HELD_OUT, OPERATIONS);
        printf("| %s |", r->name);
        print_rate(&tuned);
        print_rate(&held);
        printf("\n");
    }
}

static void print_cell_text(str s) {
    for (ptrdiff_t i = 0; i < s.n && i < 90; i++)
        putchar(s.p[i] == '|' || s.p[i] == '`' || s.p[i] == '\n' ? ' ' : s.p[i]);
}

static void print_misses(const bench *b) {
    printf("\n## Misses\n\nAt most %d of a kind and operation; the held-out operation's are counted, not shown, so "
           "that nobody tunes on them.\n\n"
           "| kind | where | was | became |\n| --- | --- | --- | --- |\n",
           MAX_MISSES);
    for (const kind_result *r = results; r; r = r->next)
        for (int op = 0; op < OPERATIONS; op++) {
            if (op == HELD_OUT) {
                if (r->miss_count[op])
                    printf("| %s | %s | %u misses | |\n", r->name, b->ops[op].name, r->miss_count[op]);
                continue;
            }
            for (uint32_t i = 0; i < r->miss_count[op] && i < MAX_MISSES; i++) {
                const miss *m = &r->misses[op][i];
                printf("| %s | %s/%.*s:%u | ", r->name, b->ops[op].name, STR_ARG(m->path), m->line);
                print_cell_text(m->was);
                printf(" | ");
                print_cell_text(m->now);
                printf(" |\n");
            }
            if (r->miss_count[op] > MAX_MISSES)
                printf("| %s | %s | and %u more | |\n", r->name, b->ops[op].name, r->miss_count[op] - MAX_MISSES);
        }
}

typedef struct target {
    const char *name, *prefix;
    double at_least;
} target;

/* The targets that are missed, by name: on the tuned operations, on the held-out one. */
static void print_shortfalls(const char *where, const char *const *names, size_t n) {
    printf("%s: ", where);
    for (size_t i = 0; i < n; i++) printf("%s%s", i ? ", " : "", names[i]);
    printf("%s.\n", n ? "" : "none");
}

static void print_summary(void) {
    const char *short_tuned[16], *short_held[16];
    size_t tuned_count = 0, held_count = 0;
    static const target targets[] = {{"recall: version", "version", .95},
                                     {"recall: path", "path", .95},
                                     {"recall: port", "port", .95},
                                     {"recall: absent", "existence", .95},
                                     {"recall: quantity and unit", "quantity", .92},
                                     {"recall: attribution swap", "attribution", .85},
                                     {"recall: terminal", "terminal", .80},
                                     {"recall: process", "process", .60},
                                     {"recall: place", "place", .85},
                                     {"controls that do not fire", "control", 1},
                                     {"true claims not contradicted", "clean: true claim not", 1},
                                     {"true claims supported", "clean: true claim supported", .90}};
    printf("| figure | target | tuned on | held out |\n| --- | --- | --- | --- |\n");
    for (size_t i = 0; i < COUNT_OF(targets); i++) {
        kind_result sum = {.name = ""};
        for (const kind_result *r = results; r; r = r->next)
            if (strncmp(r->name, targets[i].prefix, strlen(targets[i].prefix)) == 0)
                for (int op = 0; op < OPERATIONS; op++)
                    for (int p = 0; p < MAX_ARTICLES; p++) {
                        sum.by_page[op][p].tried += r->by_page[op][p].tried;
                        sum.by_page[op][p].caught += r->by_page[op][p].caught;
                        sum.by_page[op][p].unpaid += r->by_page[op][p].unpaid;
                    }
        rate tuned = rate_of(&sum, 0, HELD_OUT), held = rate_of(&sum, HELD_OUT, OPERATIONS);
        printf("| %s | %s %.2f |", targets[i].name, targets[i].at_least == 1 ? "=" : ">=", targets[i].at_least);
        print_rate(&tuned);
        print_rate(&held);
        printf("\n");
        if (tuned.caught < targets[i].at_least * tuned.tried) short_tuned[tuned_count++] = targets[i].name;
        if (held.caught < targets[i].at_least * held.tried) short_held[held_count++] = targets[i].name;
    }
    uint32_t tuned = contradictions[0] + contradictions[1], wrong = stray[0] + stray[1];
    printf("| precision of contradicted | >= 0.99 | %u of %u strays = %.4f | %u of %u strays = %.4f |\n", wrong, tuned,
           tuned ? 1 - (double)wrong / tuned : 1, stray[2], contradictions[2],
           contradictions[2] ? 1 - (double)stray[2] / contradictions[2] : 1);
    printf("\nWhat falls short of its target:\n\n");
    print_shortfalls("- on the operations it was tuned on", short_tuned, tuned_count);
    print_shortfalls("- on the held-out operation", short_held, held_count);
    printf("\nMost missed quantities become *unverified*: a number is contradicted only where the text names the fact "
           "and its owner\n"
           "beyond doubt, since a false contradiction costs an honest writer more than a miss. Two true values that "
           "change places\n"
           "mostly stay supported, each by the other's fact.\n");
}

int main(void) {
    bench *b = calloc(1, sizeof *b);
    keep = arena_new(0);
    b->a = arena_new(0);
    for (int op = 0; op < OPERATIONS; op++) {
        b->ops[op].name = operations[op];
        load(&b->ops[op]);
        fprintf(stderr, "%s: %zu gold claims\n", operations[op], b->ops[op].row_count);
        run_operation(b, op);
    }
    printf("# How often the truth stage is wrong\n\nGenerated by `make bench-truth`; do not edit. One falsehood at a "
           "time is put into an article that was true, at an\n"
           "annotated claim, and the article is judged with its manifest. A claim that the extractor never found "
           "counts as\nmissed. "
           "*Not paid* adds what is unverified instead: it does not fail the gate, but earns nothing. Intervals: 95 "
           "%%, by\n"
           "resampling articles. The held-out operation was annotated and committed before the extractor existed. "
           "Nobody tunes on\n"
           "its articles, but rules that contradicted true claims there were looked for in the code and checked "
           "against its totals\n"
           "by kind, so its figures on clean articles are no longer wholly blind.\n\n");
    print_summary();
    print_table("Falsehoods caught, by kind", "control", false);
    print_table("Controls that stayed quiet, by kind", "control", true);
    print_table("The clean articles", "clean", true);
    print_misses(b);
    for (int op = 0; op < OPERATIONS; op++) manifest_free(b->ops[op].truth);
    arena_free(b->a);
    arena_free(keep);
    free(b);
    return 0;
}
