/* surfaces.c - what is read, and what stands around it.
 *
 *     blocks ──► sentences, headings, cells, lines of code          each a passage, knowing its heading, lead, label,
 *     frontmatter values ──► one passage each (front_values.c)     column and predecessor
 *
 * In: the parsed article, its tokens, the manifest's names. Out: judge.surfaces and judge.passages, in document order,
 * with the tokens and hits that lie inside each. One pass over blocks, lines, tokens and hits: linear. It judges
 * nothing and splits no words: that is done when a claim asks for it.
 */
#include "facts/reading/callouts.h"
#include "facts/reading/front_values.h"
#include "facts/reading/reading.h"

/* PASSAGE_LIMIT: what looks at a claim's whole passage must not see a megabyte of it. Longer sentences, headings, cells
 * and lines are read in parts of this many bytes; no sentence that a person wrote is as long. */
enum { COLUMN_LIMIT = 64, NEST_LIMIT = 64, INDENT_LIMIT = 32, PASSAGE_LIMIT = 4096 };

typedef struct nest { /* a list that is open: passages inside have this lead */
    uint32_t end, lead;
} nest;

typedef struct walker {
    judge *j;
    VEC(passage) passages;
    uint32_t token, hit;      /* next ones of the surface */
    uint32_t heading, latest; /* passages */
    nest nests[NEST_LIMIT];
    uint32_t nest_count;
    uint32_t columns[COLUMN_LIMIT]; /* header cells of the open table */
    uint32_t row, row_label, table_lead;
    uint32_t callout_end; /* blocks before this one stand in a quote that is the author's own note */
} walker;

/* Adds the passage [lo, hi) of the surface; returns its index or PASSAGE_NONE. */
static uint32_t add(walker *w, const surface *on, uint32_t lo, uint32_t hi, enum passage_kind kind) {
    if (!vec_reserve(w->j->a, (void **)(void *)&w->passages.at, w->passages.n, &w->passages.capacity,
                     sizeof *w->passages.at)) {
        w->j->failed = true;
        return PASSAGE_NONE;
    }
    passage *p = &w->passages.at[w->passages.n]; /* zeroed */
    p->on = on;
    p->text = (text_range){lo, hi};
    p->sentence = p->block = BLOCK_NONE;
    p->heading = w->heading;
    p->lead = p->above = p->label = p->column = p->previous = PASSAGE_NONE;
    p->kind = (uint16_t)kind;
    while (w->token < on->token_count && on->tokens[w->token].text.lo < lo) w->token++;
    p->token_lo = w->token;
    while (w->token < on->token_count && on->tokens[w->token].text.lo < hi) w->token++;
    p->token_hi = w->token;
    while (w->hit < on->hit_count && on->hits[w->hit].where.lo < lo) w->hit++;
    p->hit_lo = w->hit;
    while (w->hit < on->hit_count && on->hits[w->hit].where.lo < hi) w->hit++;
    p->hit_hi = w->hit;
    while (p->hit_hi > p->hit_lo && on->hits[p->hit_hi - 1].where.hi > hi) p->hit_hi--;
    return (uint32_t)w->passages.n++;
}

/* Where the part of [lo, hi) that begins at `lo` ends: at `hi`, or at a space outside tokens. Always beyond `lo`. */
static uint32_t part_end(const surface *on, uint32_t lo, uint32_t hi) {
    if (hi - lo <= PASSAGE_LIMIT) return hi;
    uint32_t cut = lo + PASSAGE_LIMIT, a = 0, b = on->token_count;
    while (cut > lo + PASSAGE_LIMIT / 2 && !byte_is_space(on->text.p[cut - 1])) cut--;
    while (a < b) { /* the first token that begins at the cut or behind it */
        uint32_t middle = a + (b - a) / 2;
        if (on->tokens[middle].text.lo < cut)
            a = middle + 1;
        else
            b = middle;
    }
    if (a && on->tokens[a - 1].text.hi > cut) cut = on->tokens[a - 1].text.hi;
    return cut < hi ? cut : hi;
}

static uint32_t lead_of(const walker *w, uint32_t leaf) {
    for (uint32_t i = w->nest_count; i > 0; i--)
        if (leaf < w->nests[i - 1].end) return w->nests[i - 1].lead;
    return PASSAGE_NONE;
}

static bool is_callout(const walker *w, uint32_t quote) {
    str before = {0};
    if (w->latest != PASSAGE_NONE) before = passage_text(&w->passages.at[w->latest]);
    return callout_is_own(w->j, quote, before);
}

static bool is_quoted(const walker *w, uint32_t index) {
    return w->j->art->blocks[index].flags & BLOCK_IN_QUOTE && index >= w->callout_end;
}

/* One part of sentence `s` of paragraph `index`; returns its passage. */
static uint32_t add_sentence_part(walker *w, uint32_t index, uint32_t s, text_range part) {
    const article *art = w->j->art;
    const block *b = &art->blocks[index];
    uint32_t at = add(w, &w->j->surfaces[0], part.lo, part.hi, PASSAGE_SENTENCE);
    if (at == PASSAGE_NONE) return at;
    passage *p = &w->passages.at[at];
    p->sentence = s;
    p->block = index;
    p->lead = lead_of(w, index);
    bool own = b->flags & BLOCK_IN_QUOTE && !is_quoted(w, index);
    if (is_quoted(w, index) || (!own && art->sentences[s].flags & SENTENCE_QUOTE)) p->flags |= PASSAGE_IN_QUOTE;
    if (b->flags & BLOCK_IN_LIST) p->flags |= PASSAGE_IN_LIST;
    uint32_t list = b->flags & BLOCK_IN_LIST ? article_ancestor(art, index, BLOCK_LIST) : BLOCK_NONE;
    if (list != BLOCK_NONE && art->blocks[list].flags & BLOCK_ORDERED) p->flags |= PASSAGE_ORDERED;
    return at;
}

/* "A: It has …", "No, it has …", "Yes." right behind a paragraph that ends in a question: it goes on about the same. */
static bool answers_above(const walker *w, const block *b) {
    static const char *const openings[] = {"A:", "Answer:", "No,", "No.", "No:", "Yes,", "Yes.", "Yes:"};
    if (w->latest == PASSAGE_NONE || w->passages.at[w->latest].kind != PASSAGE_SENTENCE) return false;
    if (!str_ends(str_trim(passage_text(&w->passages.at[w->latest])), STR("?"))) return false;
    str text = str_trim(surface_slice(&w->j->surfaces[0], b->text.lo, b->text.hi));
    for (size_t k = 0; k < COUNT_OF(openings); k++)
        if (str_starts(text, str_from_cstr(openings[k]))) return true;
    return false;
}

static void add_sentences(walker *w, uint32_t index) {
    const block *b = &w->j->art->blocks[index];
    uint32_t previous = answers_above(w, b) ? w->latest : PASSAGE_NONE, above = w->latest;
    for (uint32_t s = b->sentence_lo; s < b->sentence_hi; s++) {
        text_range rest = w->j->art->sentences[s].text;
        do {
            uint32_t end = part_end(&w->j->surfaces[0], rest.lo, rest.hi);
            uint32_t at = add_sentence_part(w, index, s, (text_range){rest.lo, end});
            if (at == PASSAGE_NONE) return;
            w->passages.at[at].previous = previous;
            w->passages.at[at].above = above;
            previous = w->latest = at;
            rest.lo = end;
        } while (rest.lo < rest.hi);
    }
}

static void add_heading(walker *w, uint32_t index) {
    const article *art = w->j->art;
    const block *b = &art->blocks[index];
    uint32_t first = PASSAGE_NONE;
    text_range rest = b->text;
    do {
        uint32_t end = part_end(&w->j->surfaces[0], rest.lo, rest.hi);
        uint32_t at = add(w, &w->j->surfaces[0], rest.lo, end, PASSAGE_HEADING);
        if (at == PASSAGE_NONE) return;
        w->passages.at[at].block = index;
        w->passages.at[at].sentence = b->sentence_lo < b->sentence_hi ? b->sentence_lo : BLOCK_NONE;
        if (first == PASSAGE_NONE) first = at;
        rest.lo = end;
    } while (rest.lo < rest.hi);
    w->heading = first;
    w->latest = PASSAGE_NONE;
    w->nest_count = 0;
}

static void add_cell_part(walker *w, uint32_t index, text_range part) {
    const article *art = w->j->art;
    const block *b = &art->blocks[index];
    uint32_t at = add(w, &w->j->surfaces[0], part.lo, part.hi, PASSAGE_CELL);
    if (at == PASSAGE_NONE) return;
    passage *p = &w->passages.at[at];
    p->block = index;
    p->sentence = b->sentence_lo < b->sentence_hi ? b->sentence_lo : BLOCK_NONE;
    p->lead = w->table_lead;
    if (is_quoted(w, index)) p->flags |= PASSAGE_IN_QUOTE;
    if (b->parent != w->row) {
        w->row = b->parent;
        w->row_label = at;
        p->flags |= PASSAGE_LABEL_CELL;
    } else {
        p->label = w->row_label;
    }
    if (b->flags & BLOCK_HEADER_ROW) {
        p->flags |= PASSAGE_HEADER_CELL;
        if (b->number < COLUMN_LIMIT && part.lo == b->text.lo) w->columns[b->number] = at;
    } else if (b->number < COLUMN_LIMIT) {
        p->column = w->columns[b->number];
    }
}

static void add_cell(walker *w, uint32_t index) {
    text_range rest = w->j->art->blocks[index].text;
    do {
        uint32_t end = part_end(&w->j->surfaces[0], rest.lo, rest.hi);
        add_cell_part(w, index, (text_range){rest.lo, end});
        rest.lo = end;
    } while (rest.lo < rest.hi);
}

/* ---- code ---- */

enum code_flavour { FLAVOUR_UNKNOWN, FLAVOUR_SHELL, FLAVOUR_CONSOLE, FLAVOUR_CONFIG, FLAVOUR_OUTPUT, FLAVOUR_PROGRAM };

static enum code_flavour flavour_of(str info) {
    static const struct {
        const char *names;
        enum code_flavour flavour;
    } known[] = {
        {"console shell-session terminal shellsession session", FLAVOUR_CONSOLE},
        {"bash sh shell zsh fish dockerfile", FLAVOUR_SHELL},
        {"yaml yml toml ini conf json jsonc nginx caddyfile systemd properties env hcl", FLAVOUR_CONFIG},
        {"text txt log output plain plaintext http", FLAVOUR_OUTPUT},
        {"c cpp c++ python py js javascript ts typescript go rust java sql html css diff awk perl lua ruby",
         FLAVOUR_PROGRAM},
    };
    ptrdiff_t n = 0;
    while (n < info.n && !byte_is_space(info.p[n]) && info.p[n] != '{' && info.p[n] != ',') n++;
    info.n = n;
    if (!n) return FLAVOUR_UNKNOWN;
    for (size_t i = 0; i < COUNT_OF(known); i++) {
        if (str_is_among(info, known[i].names)) return known[i].flavour;
    }
    return FLAVOUR_UNKNOWN;
}

/* "kettle$ ", "kettle:/srv# ", "[root@kettle ~]# " without the blank: a machine's name, perhaps a folder, a sign. */
static bool is_host_prompt(str line) {
    ptrdiff_t at = 0;
    if (!line.n || !byte_is_alpha(line.p[0])) return false;
    while (at < line.n && at < 32 && (byte_is_alnum(line.p[at]) || line.p[at] == '-' || line.p[at] == '.')) at++;
    if (at < line.n && line.p[at] == ':')
        while (at < line.n && at < 60 && line.p[at] != ' ' && line.p[at] != '$' && line.p[at] != '#') at++;
    return at > 1 && at + 2 < line.n && (line.p[at] == '$' || line.p[at] == '#') && line.p[at + 1] == ' ';
}

/* "[root@kettle ~]# cmd", as Red Hat's shells prompt: a name, perhaps a folder, between brackets. */
static bool is_bracket_prompt(str line) {
    ptrdiff_t end = str_find_byte(line, ']', 0), host = str_find_byte(line, '@', 0);
    if (line.p[0] != '[' || end < 3 || end > 60 || host < 2 || host > end || end + 2 >= line.n) return false;
    return (line.p[end + 1] == '$' || line.p[end + 1] == '#') && line.p[end + 2] == ' ';
}

/* A line that a person types: "$ cmd", "# cmd", "user@host:~$ cmd", "host$ cmd". */
static bool is_prompt(str line) {
    line = str_trim(line);
    if (line.n > 2 && (line.p[0] == '$' || line.p[0] == '%') && line.p[1] == ' ') return true;
    if (str_starts(line, STR("\xe2\x9d\xaf ")) || str_starts(line, STR("\xe2\x9e\x9c ")) || is_host_prompt(line))
        return true;
    if (line.n > 8 && is_bracket_prompt(line)) return true;
    ptrdiff_t at = str_find_byte(line, '@', 0), end = str_find(line, STR("$ "), 0);
    if (end < 0) end = str_find(line, STR("# "), 0);
    return at > 0 && end > at && end < 60 && str_find_byte(str_slice(line, 0, end), ' ', 0) < 0;
}

static bool line_next(str text, ptrdiff_t *at, str *line, ptrdiff_t *lo) {
    if (*at > text.n || (*at == text.n && *at > 0)) return false;
    ptrdiff_t end = str_find_byte(text, '\n', *at);
    if (end < 0) end = text.n;
    *lo = *at;
    *line = str_slice(text, *at, end);
    *at = end + 1;
    return true;
}

static bool has_prompt(str text) {
    str line;
    ptrdiff_t at = 0, lo;
    while (line_next(text, &at, &line, &lo))
        if (is_prompt(line)) return true;
    return false;
}

typedef struct indents { /* open keys of a YAML-like text */
    uint32_t column[INDENT_LIMIT], at[INDENT_LIMIT];
    uint32_t n;
} indents;

static uint32_t parent_line(indents *open, str line, uint32_t at) {
    uint32_t column = 0;
    while (column < (uint32_t)line.n && (line.p[column] == ' ' || line.p[column] == '\t')) column++;
    if (column == (uint32_t)line.n) return PASSAGE_NONE;
    if (line.p[column] == '#' || line.p[column] == ';') return PASSAGE_NONE;
    if (line.p[column] == '[') open->n = 0; /* a section of an ini file holds what follows it at the same column */
    while (open->n && open->column[open->n - 1] >= column + (line.p[column] == '-')) open->n--;
    uint32_t parent = open->n ? open->at[open->n - 1] : PASSAGE_NONE;
    if (open->n < INDENT_LIMIT) {
        open->column[open->n] = column;
        open->at[open->n++] = at;
    }
    return parent;
}

static void add_code(walker *w, uint32_t index) {
    judge *j = w->j;
    const block *b = &j->art->blocks[index];
    str text = article_text(j->art, b->text), line;
    enum code_flavour flavour = flavour_of(str_trim(str_span(j->art->source, b->info)));
    bool prompts = flavour != FLAVOUR_CONFIG && has_prompt(text);
    if (flavour == FLAVOUR_UNKNOWN && !prompts && str_find(text, STR("services:"), 0) >= 0) flavour = FLAVOUR_CONFIG;
    bool roots = flavour == FLAVOUR_CONSOLE && !prompts && typed_has_root(text);
    if (flavour == FLAVOUR_UNKNOWN && !prompts && typed_all(text)) flavour = FLAVOUR_SHELL;
    indents open = {.n = 0};
    uint32_t command = PASSAGE_NONE;
    bool continues = false;
    ptrdiff_t at = 0, lo;
    while (line_next(text, &at, &line, &lo)) {
        uint32_t from = b->text.lo + (uint32_t)lo, to = from + (uint32_t)line.n;
        uint32_t end = part_end(&j->surfaces[0], from, to), here = add(w, &j->surfaces[0], from, end, PASSAGE_CODE);
        if (here == PASSAGE_NONE) return;
        passage *p = &w->passages.at[here];
        p->block = index;
        p->lead = w->latest;
        bool root = roots && typed_by_root(line);
        bool typed = roots ? root || continues : prompts ? is_prompt(line) || continues : flavour == FLAVOUR_SHELL;
        if (root) p->flags |= PASSAGE_ROOT;
        if (flavour == FLAVOUR_CONFIG) {
            p->flags |= PASSAGE_CONFIG;
            p->label = parent_line(&open, line, here);
        } else if (typed) {
            p->flags |= PASSAGE_PROMPT;
            if (continues)
                p->label = command;
            else
                command = here;
        } else {
            if (flavour != FLAVOUR_PROGRAM) p->flags |= PASSAGE_TERMINAL;
            p->label = command;
        }
        continues = typed && line.n && line.p[line.n - 1] == '\\';
        if (is_quoted(w, index)) p->flags |= PASSAGE_IN_QUOTE;
        passage first = *p;
        while (end < to) { /* the rest of an endless line */
            uint32_t lo_part = end;
            end = part_end(&j->surfaces[0], lo_part, to);
            here = add(w, &j->surfaces[0], lo_part, end, PASSAGE_CODE);
            if (here == PASSAGE_NONE) return;
            p = &w->passages.at[here];
            p->block = index;
            p->lead = first.lead;
            p->label = first.label;
            p->flags = first.flags;
        }
    }
}

/* ---- the body ---- */

static void walk_body(walker *w) {
    const article *art = w->j->art;
    for (uint32_t i = 0; i < art->block_count && !w->j->failed; i++) {
        const block *b = &art->blocks[i];
        while (w->nest_count && i >= w->nests[w->nest_count - 1].end) w->nest_count--;
        switch (b->kind) {
        case BLOCK_PARAGRAPH: add_sentences(w, i); break;
        case BLOCK_HEADING: add_heading(w, i); break;
        case BLOCK_CODE: add_code(w, i); break;
        case BLOCK_CELL: add_cell(w, i); break;
        case BLOCK_QUOTE:
            if (i >= w->callout_end && is_callout(w, i)) w->callout_end = b->end;
            break;
        case BLOCK_LIST:
            if (w->nest_count < NEST_LIMIT) w->nests[w->nest_count++] = (nest){b->end, w->latest};
            break;
        case BLOCK_TABLE:
            w->table_lead = w->latest;
            w->row = w->row_label = PASSAGE_NONE;
            for (int c = 0; c < COLUMN_LIMIT; c++) w->columns[c] = PASSAGE_NONE;
            break;
        default: break;
        }
    }
}

/* ---- frontmatter ---- */

static bool add_field(walker *w, const front_value *f, surface *s) {
    judge *j = w->j;
    token_list tokens = {0};
    alias_hit *hits = NULL;
    size_t hit_count = 0;
    if (lex_text(j->a, f->text, false, &tokens, NULL)) return false;
    if (j->m && !alias_scan(j->m->names, j->a, f->text, &hits, &hit_count)) return false;
    uint8_t *used = ARENA_ARRAY(j->a, uint8_t, tokens.n);
    if (!used) return false;
    *s = (surface){f->text, tokens.at, tokens.n, hits, (uint32_t)hit_count, f->of, f->raw, used, 0};
    w->token = w->hit = 0;
    w->heading = PASSAGE_NONE;
    uint32_t lo = 0, hi = (uint32_t)f->text.n, previous = PASSAGE_NONE;
    do {
        uint32_t end = part_end(s, lo, hi), at = add(w, s, lo, end, PASSAGE_FIELD);
        if (at == PASSAGE_NONE) return false;
        w->passages.at[at].previous = previous;
        previous = at;
        lo = end;
    } while (lo < hi);
    return true;
}

bool surfaces_make(judge *j) {
    const article *art = j->art;
    front_value *fields = NULL;
    uint32_t field_count = 0;
    if (!front_values(j, &fields, &field_count)) return false;
    alias_hit *hits = NULL;
    size_t hit_count = 0;
    j->surfaces = ARENA_ARRAY(j->a, surface, (size_t)field_count + 1);
    if (!j->surfaces || (j->m && !alias_scan_article(j->m->names, j->a, art, &hits, &hit_count))) return false;
    uint8_t *used = ARENA_ARRAY(j->a, uint8_t, j->tokens->n);
    if (!used) return false;
    j->surfaces[0] =
        (surface){art->text, j->tokens->at, j->tokens->n, hits, (uint32_t)hit_count, NULL, {0, 0}, used, 1};
    j->surface_count = 1;
    walker w = {.j = j, .heading = PASSAGE_NONE, .latest = PASSAGE_NONE, .table_lead = PASSAGE_NONE};
    for (uint32_t i = 0; i < field_count; i++)
        if (!add_field(&w, &fields[i], &j->surfaces[j->surface_count++])) return false;
    w.token = w.hit = 0;
    w.heading = w.latest = PASSAGE_NONE;
    walk_body(&w);
    j->passages = w.passages.at;
    j->passage_count = (uint32_t)w.passages.n;
    return !j->failed;
}

str passage_text(const passage *p) { return surface_slice(p->on, p->text.lo, p->text.hi); }

span surface_source(const judge *j, const surface *s, uint32_t lo, uint32_t hi) {
    if (!s->of) return article_source_span(j->art, (text_range){lo, hi});
    surface *own = &j->surfaces[s - j->surfaces];
    if (!own->placed) { /* once, however many claims the value makes */
        ptrdiff_t at = str_find(str_span(j->art->source, own->raw), own->text, 0);
        own->placed = at < 0 ? 2 : 1;
        if (at >= 0) own->raw = (span){own->raw.lo + (uint32_t)at, own->raw.lo + (uint32_t)(at + own->text.n)};
    }
    return own->placed == 1 ? (span){own->raw.lo + lo, own->raw.lo + hi} : own->raw;
}
