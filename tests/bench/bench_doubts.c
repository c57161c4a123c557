/* bench_doubts.c - what each reason that keeps a contradiction back is worth.
 *
 *     falsehoods at annotated claims (as in bench_truth) ─┐
 *     true articles, harmless rewritings of them          ├─► every contradiction that there could be, with all that
 *     tests/facts: true and false sentences               │   speaks against it (facts/weighing.h) ─► a table
 *     tests/facts/drafts: honest and fabricated ones      │
 *     true articles, a manifest with one fact less       ─┘
 *
 * A reason is *alone* where nothing else speaks against the contradiction: without it, it would be stated. Alone at a
 * falsehood, against the fact that was made false, it costs a catch; alone at a truth it saves a false contradiction.
 * The manifest with one fact less is the hardest of the truths: what was supported by that fact is as true as before,
 * and whatever contradicts it now is wrong, as on the first day of a manifest that says little.
 *
 * usage: bench_doubts OPERATION… [--show REASON] [--drafts OPERATION…]. Out: Markdown. With --show, the places where
 * the reason ("all": any) is alone; with "wrong", what is contradicted when its own fact is not declared (and nothing
 * else is judged then); with "strays", what is contradicted in articles that were made false elsewhere.
 */
#include "tests/bench/truth_bench.h"

#include "base/file.h"
#include "facts/verdicts/weighing.h"
#include "tests/support/drafts.h"
#include "tests/support/sentences.h"

#include <string.h>

enum { MAX_REASONS = 256, LESS_MAX = 64 };

enum source {
    AT_FALSEHOOD,
    AT_FALSE_LINE,
    AT_FALSE_DRAFT,
    AT_ARTICLE,
    AT_REWRITING,
    AT_LINE,
    AT_DRAFT,
    AT_LESS,
    SOURCES
};

typedef struct reason {
    const char *text;
    uint32_t alone[SOURCES];
    uint32_t by_op[MAX_OPERATIONS], less_by_op[MAX_OPERATIONS]; /* of alone[AT_FALSEHOOD], alone[AT_LESS] */
} reason;

typedef struct table {
    reason reasons[MAX_REASONS];
    int n;
    uint32_t falsehoods[MAX_OPERATIONS], caught[MAX_OPERATIONS];
    uint32_t doubted[MAX_OPERATIONS], unweighed[MAX_OPERATIONS]; /* missed: several reasons at least; no fact asked */
    uint32_t less[MAX_OPERATIONS], wrong[MAX_OPERATIONS];        /* claims that lost their fact; contradicted then */
    uint32_t not_removed;
    const char *show;
    const char *doing; /* the kind of falsehood, for --show */
} table;

static weighing scale;
static table totals;

static reason *reason_of(const char *text) {
    for (int i = 0; i < totals.n; i++)
        if (strcmp(totals.reasons[i].text, text) == 0) return &totals.reasons[i];
    if (totals.n == MAX_REASONS) exit(2);
    totals.reasons[totals.n].text = text;
    return &totals.reasons[totals.n++];
}

static void show(str text, const weighed *w, int source, const char *op) {
    static const char *const names[SOURCES] = {"false",     "false line", "false draft", "article",
                                               "rewritten", "line",       "draft",       "one less"};
    ptrdiff_t lo = w->where.lo > 120 ? w->where.lo - 120 : 0, hi = w->where.hi + 80;
    bool asked = totals.show && (strcmp(totals.show, "all") == 0 || strcmp(totals.show, w->against[0]) == 0);
    if (!asked) return;
    printf("%s: %s %s (%s) [%.*s] ", w->against[0], names[source], op, totals.doing, STR_ARG(w->fact));
    for (ptrdiff_t i = lo; i < hi && i < text.n; i++) {
        if (i == (ptrdiff_t)w->where.lo) printf(">>");
        if (i == (ptrdiff_t)w->where.hi) printf("<<");
        putchar(text.p[i] == '\n' ? ' ' : text.p[i]);
    }
    putchar('\n');
}

/* Is the contradiction at one of the places [n], or anywhere where there are none, and by the fact, where one is? */
static bool is_asked(const weighed *w, const span *at, size_t n, str fact) {
    bool here = !n;
    for (size_t k = 0; k < n; k++) here = here || (w->where.lo < at[k].hi && w->where.hi > at[k].lo);
    str longer = w->fact.n > fact.n ? w->fact : fact, shorter = w->fact.n > fact.n ? fact : w->fact;
    return here && (!fact.n || (str_starts(longer, shorter) && (longer.n == shorter.n || longer.p[shorter.n] == '.')));
}

/* Counts, once each, the reasons that are alone at one of the places; `fact`: only against this fact, where one is. */
static void count_alone(bench *b, int op, enum source source, const span *at, size_t n, str fact) {
    const char *seen[16];
    size_t seen_count = 0;
    for (size_t i = 0; i < scale.list.n && source <= AT_FALSE_DRAFT; i++)
        if (!scale.list.at[i].count && is_asked(&scale.list.at[i], at, n, fact)) return; /* caught after all */
    for (size_t i = 0; i < scale.list.n; i++) {
        const weighed *w = &scale.list.at[i];
        bool known = w->count != 1;
        if (!is_asked(w, at, n, fact)) continue;
        for (size_t k = 0; k < seen_count && !known && n; k++) known = strcmp(seen[k], w->against[0]) == 0;
        if (known) continue;
        if (seen_count < COUNT_OF(seen)) seen[seen_count++] = w->against[0];
        reason *r = reason_of(w->against[0]);
        r->alone[source]++;
        r->by_op[op] += source == AT_FALSEHOOD;
        r->less_by_op[op] += source == AT_LESS;
        show(b->judged, w, source, b->ops[op].name);
    }
}

/* --show strays: what is contradicted in an article made false elsewhere. */
static void show_strays(bench *b, const char *kind, int op, const gold *g) {
    for (size_t i = 0; i < scale.list.n; i++) {
        const weighed *w = &scale.list.at[i];
        bool here = w->count != 0;
        for (size_t k = 0; k < b->edited_count; k++)
            here = here || (w->where.lo < b->edited[k].hi && w->where.hi > b->edited[k].lo);
        if (here) continue;
        str made = str_slice(b->judged, b->edited[0].lo, b->edited[0].hi);
        ptrdiff_t lo = w->where.lo > 120 ? w->where.lo - 120 : 0, hi = w->where.hi + 80;
        printf("stray: %s (%s) %.*s made %.*s [%.*s] ", b->ops[op].name, kind, STR_ARG(g->claim), STR_ARG(made),
               STR_ARG(w->fact));
        for (ptrdiff_t k = lo; k < hi && k < b->judged.n; k++) {
            if (k == (ptrdiff_t)w->where.lo) printf(">>");
            if (k == (ptrdiff_t)w->where.hi) printf("<<");
            putchar(b->judged.p[k] == '\n' ? ' ' : b->judged.p[k]);
        }
        putchar('\n');
    }
}

/* Called by truth_judge.c behind every case. */
static void watch(bench *b, const char *kind, int op, const gold *g, bool falsehood, bool good) {
    totals.doing = kind;
    if (totals.show && strcmp(totals.show, "strays") == 0) {
        show_strays(b, kind, op, g);
        return;
    }
    if (!falsehood) {
        count_alone(b, op, b->edited_count ? AT_REWRITING : AT_ARTICLE, b->edited, b->edited_count, (str){0});
        return;
    }
    bool by_number = str_starts(str_from_cstr(kind), STR("quantity")) || str_starts(str_from_cstr(kind), STR("port")) ||
                     str_starts(str_from_cstr(kind), STR("version"));
    if (!by_number) return;
    totals.falsehoods[op]++;
    totals.caught[op] += good;
    if (good) return;
    uint32_t fewest = UINT32_MAX;
    for (size_t i = 0; i < scale.list.n; i++)
        if (is_asked(&scale.list.at[i], b->edited, b->edited_count, g->fact) && scale.list.at[i].count < fewest)
            fewest = scale.list.at[i].count;
    totals.unweighed[op] += fewest == UINT32_MAX;
    totals.doubted[op] += fewest != UINT32_MAX && fewest > 1;
    count_alone(b, op, AT_FALSEHOOD, b->edited, b->edited_count, g->fact);
}

static void judge_page(bench *b, const manifest *m, str source, bool ours, claim_list *claims) {
    article art;
    token_list tokens;
    finding_list findings = {0};
    facts_options options = {.weighing = &scale, .about_ours = ours};
    error e = {0};
    arena_reset(b->a);
    arena_reset(scale.a);
    scale.list.n = scale.list.capacity = 0;
    scale.list.at = NULL;
    *claims = (claim_list){0};
    b->judged = source;
    if (article_parse(b->a, STR("x.md"), source, NULL, &art, &e) || lex_article(b->a, &art, &tokens, &e) ||
        facts_judge(b->a, m, &art, &tokens, &options, claims, &findings, &e)) {
        fprintf(stderr, "bench_doubts: %s\n", e.message);
        exit(2);
    }
}

/* ---- a manifest with one fact less ---- */

static ptrdiff_t line_at(str s, uint32_t line) {
    ptrdiff_t at = 0;
    for (uint32_t i = 1; i < line && at >= 0; i++) at = str_find_byte(s, '\n', at) + 1;
    return at;
}

static ptrdiff_t indent_of(str s, ptrdiff_t at) {
    ptrdiff_t n = 0;
    while (at + n < s.n && s.p[at + n] == ' ') n++;
    return n;
}

static ptrdiff_t end_of_line(str s, ptrdiff_t at) {
    ptrdiff_t end = str_find_byte(s, '\n', at);
    return end < 0 ? s.n : end;
}

/* The text without [lo, hi); its line breaks stay, so that the places of what is left do. */
static str cut_out(bench *b, str s, ptrdiff_t lo, ptrdiff_t hi) {
    b->scratch.n = 0;
    buf_str(&b->scratch, str_slice(s, 0, lo));
    for (ptrdiff_t i = lo; i < hi; i++)
        if (s.p[i] == '\n') buf_byte(&b->scratch, '\n');
    buf_str(&b->scratch, str_slice(s, hi, s.n));
    return arena_str(b->keep, buf_view(&b->scratch));
}

/* A key with its value inside { }, up to the comma behind it; or, where it is the last, with the comma before it. */
static str cut_pair(bench *b, str s, ptrdiff_t at, ptrdiff_t end) {
    ptrdiff_t to = at;
    int depth = 0;
    for (bool quoted = false; to < end; to++) {
        uint8_t c = s.p[to];
        if (c == '"') quoted = !quoted;
        if (quoted) continue;
        if (c == '{' || c == '[') depth++;
        if ((c == '}' || c == ']') && depth-- == 0) break;
        if (c == ',' && depth == 0) break;
    }
    if (to < end && s.p[to] == ',')
        to++;
    else
        while (at > 0 && (s.p[at - 1] == ' ' || s.p[at - 1] == ',')) at--;
    return cut_out(b, s, at, to);
}

/* Cuts out what begins at a place: a whole list item, or a key with its value. `key` is the key's name, where the place
 * is its value's. */
static str cut_at(bench *b, str s, manifest_place where, const char *key, bool item) {
    ptrdiff_t lo = line_at(s, where.line), end = end_of_line(s, lo), at = lo + (ptrdiff_t)where.column - 1;
    ptrdiff_t indent = indent_of(s, lo), depth = 0;
    for (ptrdiff_t k = lo;
         key && (k = str_find(str_slice(s, 0, lo + (ptrdiff_t)where.column - 1), str_from_cstr(key), k)) >= 0; k++)
        at = k;
    for (ptrdiff_t i = lo; i < at; i++) depth += (s.p[i] == '{' || s.p[i] == '[') - (s.p[i] == '}' || s.p[i] == ']');
    if (!item && depth > 0) return cut_pair(b, s, at, end);
    if (item && s.p[lo + indent] != '-') return s;
    while (end < s.n) { /* with the deeper lines below it */
        ptrdiff_t next = end + 1, deeper = indent_of(s, next);
        if (deeper <= indent && next + deeper < end_of_line(s, next)) break;
        end = end_of_line(s, next);
    }
    return cut_out(b, s, lo, end);
}

/* The text without the history of the component whose version stands at a place: who leaves out the one does the other.
 */
static str without_history(bench *b, str s, manifest_place where) {
    ptrdiff_t lo = line_at(s, where.line), end = lo;
    while (lo > 0 && str_find(str_slice(s, lo, end_of_line(s, lo)), STR("id:"), 0) < 0) {
        lo--;
        while (lo > 0 && s.p[lo - 1] != '\n') lo--;
    }
    end = end_of_line(s, lo);
    while (end < s.n && str_find(str_slice(s, end + 1, end_of_line(s, end + 1)), STR("- "), 0) < 0)
        end = end_of_line(s, end + 1); /* up to the next item */
    ptrdiff_t at = str_find(str_slice(s, 0, end), STR("history:"), lo);
    if (at < 0) return s;
    ptrdiff_t stop = str_find(str_slice(s, 0, end), STR("]"), at);
    while (at > lo && (s.p[at - 1] == ' ' || s.p[at - 1] == ',' || s.p[at - 1] == '\n') && s.p[at - 1] != '\n') at--;
    return stop < 0 ? s : cut_out(b, s, at, stop + 1);
}

/* The manifest without one fact, and without what is worked out of it; NULL when it cannot be cut out. */
static manifest *manifest_without(bench *b, str source, manifest_place where, const char *key, bool item) {
    str s = cut_at(b, source, where, key, item);
    for (int i = 0; i < LESS_MAX && !str_eq(s, source); i++) {
        manifest *m = NULL;
        error e = {0};
        manifest_source one = {STR("less.yaml"), s};
        if (!manifest_load(&one, 1, &m, &e)) return m;
        str less = cut_at(b, s, (manifest_place){.line = e.line, .column = 1}, NULL, true);
        if (str_eq(less, s)) break;
        s = less;
    }
    totals.not_removed++;
    return NULL;
}

/* --show wrong: what is contradicted when its own fact is not declared. */
static void show_wrong(str text, const claim *c, const manifest_fact *fact, const char *op) {
    if (!totals.show || strcmp(totals.show, "wrong") != 0) return;
    ptrdiff_t lo = c->where.lo > 120 ? c->where.lo - 120 : 0, hi = c->where.hi + 80;
    printf("wrong: %s without %.*s [%.*s: %.*s] ", op, STR_ARG(fact->id), STR_ARG(c->fact), STR_ARG(c->why));
    for (ptrdiff_t i = lo; i < hi && i < text.n; i++) {
        if (i == (ptrdiff_t)c->where.lo) printf(">>");
        if (i == (ptrdiff_t)c->where.hi) printf("<<");
        putchar(text.p[i] == '\n' ? ' ' : text.p[i]);
    }
    putchar('\n');
}

/* What stands on the pages with the whole manifest: who supports what, where. */
typedef struct support {
    str fact;
    span where;
    uint32_t page;
} support;

static VEC(support) supports;

static void find_supports(bench *b, int op) {
    operation *o = &b->ops[op];
    supports.n = 0;
    for (uint32_t p = 0; p < o->page_count; p++) {
        claim_list claims;
        judge_page(b, o->truth, o->pages[p].source, false, &claims);
        for (size_t i = 0; i < claims.n; i++) {
            const claim *c = &claims.at[i];
            if (c->verdict != VERDICT_SUPPORTED && c->verdict != VERDICT_UNDERSPECIFIED) continue;
            if (!VEC_PUSH(b->keep, &supports, (support){arena_str(b->keep, c->fact), c->where, p})) exit(2);
        }
    }
}

static void judge_without(bench *b, int op, str source, const manifest_fact *fact, const char *key, bool item) {
    operation *o = &b->ops[op];
    if (!fact->id.p) return;
    manifest *less = manifest_without(b, source, fact->place, key, item);
    for (uint32_t p = 0; p < o->page_count && less; p++) {
        claim_list claims;
        span held[LESS_MAX];
        size_t n = 0;
        for (size_t i = 0; i < supports.n && n < LESS_MAX; i++) {
            str by = supports.at[i].fact;
            if (supports.at[i].page == p && str_starts(by, fact->id) && (by.n == fact->id.n || by.p[fact->id.n] == '.'))
                held[n++] = supports.at[i].where;
        }
        if (!n) continue;
        judge_page(b, less, o->pages[p].source, false, &claims);
        for (size_t k = 0; k < n; k++) {
            const claim *wrong = NULL;
            for (size_t i = 0; i < claims.n && !wrong; i++)
                if (claims.at[i].verdict == VERDICT_CONTRADICTED && claims.at[i].where.lo < held[k].hi &&
                    claims.at[i].where.hi > held[k].lo)
                    wrong = &claims.at[i];
            if (wrong) show_wrong(o->pages[p].source, wrong, fact, o->name);
            totals.less[op]++;
            totals.wrong[op] += wrong != NULL;
            if (!wrong) count_alone(b, op, AT_LESS, &held[k], 1, (str){0});
        }
    }
    manifest_free(less);
}

static str read_text(bench *b, const char *form, const char *name) {
    char path[256];
    str text = {0};
    snprintf(path, sizeof path, form, name);
    if (file_read(b->keep, path, 1 << 22, &text, NULL)) return (str){0};
    return text;
}

static void judge_less(bench *b, int op) {
    const manifest *m = b->ops[op].truth;
    str source = read_text(b, "corpus/manifests/%s.yaml", b->ops[op].name);
    totals.doing = "one fact less";
    find_supports(b, op);
    for (uint32_t i = 0; i < m->attr_count; i++) judge_without(b, op, source, &m->attrs[i].fact, NULL, false);
    for (uint32_t i = 0; i < m->benchmark_count; i++) judge_without(b, op, source, &m->benchmarks[i].fact, NULL, true);
    for (uint32_t i = 0; i < m->derived_count; i++) judge_without(b, op, source, &m->derived[i].fact, NULL, true);
    for (uint32_t i = 0; i < m->entity_count; i++) {
        const manifest_fact *version = &m->entities[i].version.fact;
        str less = version->id.p ? without_history(b, source, version->place) : source;
        judge_without(b, op, less, version, "version", false);
        judge_without(b, op, source, &m->entities[i].port_fact, "port", false);
    }
}

/* tests/facts/OP.true and OP.false, and what is open of them. */
static void judge_sentences(bench *b, int op, const char *form, bool truth) {
    str rest = read_text(b, form, b->ops[op].name), line;
    totals.doing = truth ? "a true sentence" : "a false sentence";
    while (str_cut(&rest, '\n', &line)) {
        claim_list claims;
        if (!line.n) continue;
        said_page s = said_page_make(line, b->ops[op].truth->as_of);
        judge_page(b, b->ops[op].truth, buf_view(&s.page), true, &claims);
        if (truth)
            count_alone(b, op, AT_LINE, NULL, 0, (str){0});
        else
            count_alone(b, op, AT_FALSE_LINE, &s.mark, 1, (str){0});
        said_page_free(&s);
    }
}

/* Drafts of an operation that has nothing else: a manifest, honest articles, fabricated ones with marks. */
static void judge_drafts(bench *b, const char *name) {
    const int op = b->op_count; /* behind the others, for as long as its drafts are judged */
    operation *o = &b->ops[op];
    char path[256];
    const char *paths[1] = {path};
    error e = {0};
    o->name = name;
    snprintf(path, sizeof path, "tests/facts/drafts/%s/manifest.yaml", o->name);
    if (manifest_load_files(paths, 1, &o->truth, &e)) {
        fprintf(stderr, "bench_doubts: %s\n", e.message);
        exit(2);
    }
    for (int n = 1;; n++) {
        claim_list claims;
        snprintf(path, sizeof path, "tests/facts/drafts/%s/honest-%d.md", o->name, n);
        str text = read_text(b, "%s", path);
        if (!text.p) break;
        totals.doing = "an honest draft";
        judge_page(b, o->truth, text, true, &claims);
        count_alone(b, op, AT_DRAFT, NULL, 0, (str){0});
    }
    for (int n = 1;; n++) {
        static marked_draft d;
        claim_list claims;
        snprintf(path, sizeof path, "tests/facts/drafts/%s/fabricated-%d.md", o->name, n);
        str text = read_text(b, "%s", path);
        if (!text.p) break;
        totals.doing = "a fabricated draft";
        if (!marked_draft_read(text, &d)) exit(2);
        judge_page(b, o->truth, buf_view(&d.text), true, &claims);
        for (size_t k = 0; k < d.mark_count; k++)
            if (d.marks[k].false_by_manifest) count_alone(b, op, AT_FALSE_DRAFT, &d.marks[k].where, 1, (str){0});
        marked_draft_free(&d);
    }
    manifest_free(o->truth);
    o->truth = NULL;
    arena_reset(b->keep);
}

/* ---- the report ---- */

static int by_cost(const void *left, const void *right) {
    const reason *x = left, *y = right;
    uint32_t a = 0, b = 0;
    for (int k = AT_FALSEHOOD; k <= AT_FALSE_DRAFT; k++) a += x->alone[k], b += y->alone[k];
    if (a != b) return a < b ? 1 : -1;
    return strcmp(x->text, y->text);
}

static void print_by_op(const bench *b, const uint32_t *n) {
    for (int op = 0; op < b->op_count; op++) printf("%s%u", op ? " " : "", n[op]);
}

static void print_table(const bench *b) {
    qsort(totals.reasons, (size_t)totals.n, sizeof *totals.reasons, by_cost);
    printf("Operations:");
    for (int op = 0; op < b->op_count; op++) printf(" %s", b->ops[op].name);
    printf("\n\n| | by operation |\n| --- | --- |\n| falsehoods about numbers | ");
    print_by_op(b, totals.falsehoods);
    printf(" |\n| caught | ");
    print_by_op(b, totals.caught);
    printf(" |\n| missed, with several reasons | ");
    print_by_op(b, totals.doubted);
    printf(" |\n| missed, held against no fact | ");
    print_by_op(b, totals.unweighed);
    printf(" |\n| true claims whose fact was taken out | ");
    print_by_op(b, totals.less);
    printf(" |\n| contradicted then | ");
    print_by_op(b, totals.wrong);
    printf(" |\n\n%u facts could not be taken out.\n\n", totals.not_removed);
    printf("| reason, where it is alone | falsehoods | false sentences | false in drafts | articles | rewritten | "
           "true sentences | honest drafts | one fact less | falsehoods, by operation | one fact less |\n"
           "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- | --- |\n");
    for (int i = 0; i < totals.n; i++) {
        const reason *r = &totals.reasons[i];
        printf("| %s | ", r->text);
        for (int k = 0; k < SOURCES; k++) printf("%u | ", r->alone[k]);
        print_by_op(b, r->by_op);
        printf(" | ");
        print_by_op(b, r->less_by_op);
        printf(" |\n");
    }
}

int main(int argc, char **argv) {
    bench *b = calloc(1, sizeof *b);
    if (!b) return 2;
    b->keep = arena_new(0);
    b->a = arena_new(0);
    scale.a = arena_new(0);
    bool sentences_only = false, drafts = false;
    b->weighing = &scale;
    b->watch = watch;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--show") == 0 && i + 1 < argc)
            totals.show = argv[++i];
        else if (strcmp(argv[i], "--sentences") == 0)
            sentences_only = true;
        else if (strcmp(argv[i], "--drafts") == 0)
            drafts = true;
        else if (drafts)
            judge_drafts(b, argv[i]);
        else if (b->op_count + 1 < MAX_OPERATIONS)
            b->ops[b->op_count++].name = argv[i];
    }
    b->held_out = b->op_count;
    for (int op = 0; op < b->op_count; op++) {
        operation_load(b, &b->ops[op]);
        bool wrong_only = totals.show && strcmp(totals.show, "wrong") == 0;
        bool strays_only = totals.show && strcmp(totals.show, "strays") == 0;
        if (!sentences_only && !wrong_only) judge_operation(b, op);
        if (!sentences_only && !strays_only) judge_less(b, op);
        if (wrong_only) {
            fprintf(stderr, "%s: %u of %u\n", b->ops[op].name, totals.wrong[op], totals.less[op]);
            continue;
        }
        if (strays_only) continue;
        judge_sentences(b, op, "tests/facts/%s.true", true);
        judge_sentences(b, op, "tests/facts/open/%s.true", true);
        judge_sentences(b, op, "tests/facts/%s.false", false);
        judge_sentences(b, op, "tests/facts/open/%s.false", false);
    }
    if (!totals.show) print_table(b);
    for (int op = 0; op < b->op_count; op++) manifest_free(b->ops[op].truth);
    buf_free(&b->now);
    buf_free(&b->scratch);
    arena_free(scale.a);
    arena_free(b->a);
    arena_free(b->keep);
    free(b);
    return 0;
}
