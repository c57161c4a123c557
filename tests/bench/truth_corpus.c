/* truth_corpus.c - what the bench starts from: true articles, their annotated claims, the manifest of each operation.
 *
 *     corpus/articles/OP/claims.tsv: path, line, claim, kind, verdict, fact ──► gold rows, each with its bytes
 *
 * Only claims that are supported in articles that pass are rows: they are what can be made false. Where one line states
 * the same text in two rows, the second row is the second place.
 */
#include "tests/bench/truth_bench.h"

#include "base/file.h"

static str read_file(bench *b, const char *path) {
    str text;
    error e = {0};
    if (file_read(b->keep, path, 1 << 22, &text, &e)) {
        fprintf(stderr, "bench_truth: %s: %s\n", path, e.message);
        exit(2);
    }
    return text;
}

/* Ends of the paragraphs of the body that end a sentence: not in a list, a table, a quotation or a code block, and not
 * a line that leads into one of them. */
static void find_ends(bench *b, page *p) {
    article art;
    error e = {0};
    if (article_parse(b->keep, STR("x.md"), p->source, NULL, &art, &e)) exit(2);
    p->ends = ARENA_ARRAY(b->keep, uint32_t, art.block_count + 1);
    for (uint32_t i = 0; i < art.block_count; i++) {
        const block *k = &art.blocks[i];
        if (k->kind != BLOCK_PARAGRAPH || k->parent != 0 || k->where.hi <= k->where.lo) continue;
        uint8_t last = p->source.p[k->where.hi - 1];
        if (last == '.' || last == '!' || last == '?') p->ends[p->end_count++] = k->where.hi;
    }
}

/* "date: 2026-05-20", "date = 2026-04-15": the first date of the article stands in its frontmatter. */
static day_number date_of(str source) {
    ptrdiff_t at = str_find(source, STR("\ndate"), 0);
    for (ptrdiff_t i = at; i >= 0 && i < at + 12 && i + 10 <= source.n; i++) {
        day_number day;
        if (date_parse(str_slice(source, i, i + 10), &day)) return day;
    }
    return 0;
}

static uint32_t page_of(bench *b, operation *op, str path) {
    for (uint32_t i = 0; i < op->page_count; i++)
        if (str_eq(op->pages[i].path, path)) return i;
    if (op->page_count == MAX_ARTICLES) {
        fprintf(stderr, "bench_truth: %s has more than %d articles\n", op->name, MAX_ARTICLES);
        exit(2);
    }
    str full = arena_printf(b->keep, "corpus/articles/%s/%.*s", op->name, STR_ARG(path));
    op->pages[op->page_count] = (page){.path = path, .source = read_file(b, (const char *)full.p)};
    op->pages[op->page_count].day = date_of(op->pages[op->page_count].source);
    find_ends(b, &op->pages[op->page_count]);
    return op->page_count++;
}

/* The text from `from` on, not in the middle of a longer number: "12 MB" does not stand in "512 MB". */
static ptrdiff_t find_whole(str source, str said, ptrdiff_t from) {
    ptrdiff_t at = str_find(source, said, from);
    while (at > 0 && byte_is_digit(said.p[0]) && (byte_is_alnum(source.p[at - 1]) || source.p[at - 1] == '.'))
        at = str_find(source, said, at + 1);
    return at;
}

/* Where a gold claim stands: its text on its line; the n-th place for the n-th row that says the same. */
static bool locate(const operation *op, gold *g) {
    str source = op->pages[g->article].source;
    ptrdiff_t at = 0;
    for (uint32_t line = 1; line < g->line; line++) {
        at = str_find_byte(source, '\n', at);
        if (at < 0) return false;
        at++;
    }
    ptrdiff_t end = str_find_byte(source, '\n', at), after = at;
    for (size_t i = 0; i < op->row_count; i++) {
        const gold *h = &op->rows[i];
        if (h->article == g->article && h->line == g->line && str_eq(h->claim, g->claim)) after = h->hi;
    }
    if (end < 0) end = source.n;
    ptrdiff_t hit = find_whole(str_slice(source, 0, end), g->claim, after);
    if (hit < 0) hit = str_find(str_slice(source, 0, end), g->claim, at);
    g->lo = hit;
    g->hi = hit + g->claim.n;
    return hit >= 0;
}

void operation_load(bench *b, operation *op) {
    error e = {0};
    const char *path = (const char *)arena_printf(b->keep, "corpus/manifests/%s.yaml", op->name).p;
    if (manifest_load_files(&path, 1, &op->truth, &e)) {
        fprintf(stderr, "bench_truth: %s: %s\n", e.file, e.message);
        exit(2);
    }
    str text = read_file(b, (const char *)arena_printf(b->keep, "corpus/articles/%s/claims.tsv", op->name).p), line;
    for (bool first = true; text.n > 0 && str_cut(&text, '\n', &line); first = false) {
        str columns[6] = {{0}};
        for (int i = 0; i < 6 && str_cut(&line, '\t', &columns[i]); i++) {
        }
        uint64_t number;
        if (first || !str_starts(columns[0], STR("pass/")) || !str_eq(columns[4], STR("supported"))) continue;
        if (!str_to_u64(columns[1], &number)) continue;
        gold g = {.article = page_of(b, op, columns[0]),
                  .line = (uint32_t)number,
                  .claim = columns[2],
                  .kind = columns[3],
                  .fact = str_trim(columns[5])};
        if (!locate(op, &g)) {
            fprintf(stderr, "bench_truth: %s/%.*s:%u: \"%.*s\" is not on its line\n", op->name, STR_ARG(columns[0]),
                    g.line, STR_ARG(g.claim));
            exit(2);
        }
        struct {
            gold *at;
            size_t n, capacity;
        } rows = {op->rows, op->row_count, op->row_capacity};
        if (!VEC_PUSH(b->keep, &rows, g)) exit(2);
        op->rows = rows.at, op->row_count = rows.n, op->row_capacity = rows.capacity;
    }
}

bool kind_is(const gold *g, const char *kind) { return str_eq(g->kind, str_from_cstr(kind)); }

const manifest_entity *fact_entity(const operation *op, str fact) {
    str id = fact;
    for (int i = 0; i < 2; i++) {
        const manifest_entity *e = manifest_find_entity(op->truth, id);
        if (e) return e;
        ptrdiff_t dot = str_find_byte(id, '.', 0);
        if (dot < 0) return NULL;
        id = str_slice(id, 0, dot);
    }
    return NULL;
}

span line_around(const page *p, ptrdiff_t at) {
    str s = p->source;
    ptrdiff_t lo = at, hi = at;
    while (lo > 0 && s.p[lo - 1] != '\n') lo--;
    while (hi < s.n && s.p[hi] != '\n') hi++;
    return (span){(uint32_t)lo, (uint32_t)hi};
}

span block_around(const page *p, ptrdiff_t at) {
    str s = p->source;
    ptrdiff_t lo = at, hi = at;
    while (lo > 1 && !(s.p[lo - 1] == '\n' && s.p[lo - 2] == '\n')) lo--;
    while (hi + 1 < s.n && !(s.p[hi] == '\n' && s.p[hi + 1] == '\n')) hi++;
    return (span){(uint32_t)lo, (uint32_t)hi};
}
