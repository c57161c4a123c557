/* toml.c - TOML frontmatter: keys, scalars, arrays, tables, as the fields that the same YAML would be.
 *
 * In: the source bytes between "+++" fences. Out: fields; a malformed place is an issue and what stands on the other
 * lines is recovered. Malformed is what is no TOML.
 *
 *     title = "A log"            basic, literal ('…'), and both multi-line strings ("""…""", '''…''')
 *     date = 2026-05-18          numbers, booleans, dates: kept as text
 *     tags = ["a", "b",          arrays of scalars, over several lines, with comments
 *             "c"]
 *     [params.box]               a table: its keys become "params.box.key"
 *     author.name = "X"          a dotted key
 *     cover = {image = "a.png"}  an inline table: "cover" and "cover.image"
 *     [[faq]]                    an array of tables: "faq", "faq.0.answer", "faq.1.answer"
 *     faq = [{answer = "No"}]    the same
 *
 * Passed over, as in YAML: arrays as items of an array. Syntax and escapes follow TOML 1.0.0 (and "\e" of 1.1)
 * (toml.io/en/v1.0.0). Time is linear: an error goes on at the next line, so only an unclosed multi-line string or
 * array is read twice; keys are as short as YAML's, since each is written out with the tables that it stands in.
 */
#include "article/internal.h"

#include <stdio.h>

enum { MAX_OPEN = 64, MAX_KEY_BYTES = 1024, MAX_KEY_PARTS = 16, MAX_TABLE_ARRAYS = 256 };

typedef struct table_array { /* [[name]] */
    str name;                /* with the numbers of the arrays that it stands in: "faq.0.links" */
    uint32_t count;
} table_array;

typedef struct reader {
    builder *b;
    str s; /* the whole source up to the closing fence */
    ptrdiff_t at;
    str table; /* current table's name, empty at the top */
    VEC(table_array) arrays;
    bool passing;       /* what is read is not kept: in an array that is an array's item */
    int depth;          /* of arrays and inline tables that are open */
    bool malformed;     /* an issue was reported */
    ptrdiff_t tried_to; /* an unclosed value was looked for up to here */
} reader;

static bool fail(reader *r, ptrdiff_t at, const char *what) {
    if (!r->malformed) {
        uint32_t lo = (uint32_t)at, hi = at < r->s.n ? lo + 1 : lo;
        issue_add(r->b, ISSUE_FRONTMATTER_MALFORMED, (span){lo, hi}, "the TOML frontmatter is malformed: %s", what);
    }
    r->malformed = true;
    return false;
}

static uint8_t peek(const reader *r) { return r->at < r->s.n ? r->s.p[r->at] : '\n'; }
static bool at_end_of_line(const reader *r) { return peek(r) == '\n' || peek(r) == '\r'; }
static void pass_blanks(reader *r) {
    while (r->at < r->s.n && (r->s.p[r->at] == ' ' || r->s.p[r->at] == '\t')) r->at++;
}
static void pass_line(reader *r) {
    while (r->at < r->s.n && !at_end_of_line(r)) r->at++;
    if (r->at < r->s.n) r->at++;
}
/* Blanks, line ends and comments, as they may stand inside an array. */
static void pass_lines(reader *r) {
    for (;;) {
        while (r->at < r->s.n && byte_is_space(r->s.p[r->at])) r->at++;
        if (r->at >= r->s.n || r->s.p[r->at] != '#') return;
        while (r->at < r->s.n && !at_end_of_line(r)) r->at++;
    }
}

/* ---- strings ---------------------------------------------------------------------------------------------------- */

/* One backslash escape at r->at (on the backslash) into out; returns bytes written, 0 on error. */
static ptrdiff_t escape(reader *r, uint8_t out[4]) {
    static const char from[] = "btnfr\"\\e", to[] = "\b\t\n\f\r\"\\\x1b";
    ptrdiff_t start = r->at++;
    uint8_t c = r->at < r->s.n ? r->s.p[r->at++] : 0;
    const char *hit = c ? strchr(from, c) : NULL;
    if (hit) {
        out[0] = (uint8_t)to[hit - from];
        return 1;
    }
    int digits = c == 'u' ? 4 : c == 'U' ? 8 : 0;
    uint32_t code = 0;
    for (int i = 0; i < digits; i++) {
        uint8_t d = byte_lower(peek(r));
        if (!byte_is_digit(d) && !(d >= 'a' && d <= 'f'))
            digits = 0;
        else
            code = code << 4 | (uint32_t)(byte_is_digit(d) ? d - '0' : d - 'a' + 10), r->at++;
    }
    if (!digits || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
        fail(r, start, "an escape sequence that TOML does not know");
        return 0;
    }
    return utf8_encode(code, out);
}

/* Behind the three quotes of a multi-line string: passes the line end that does not count. */
static void pass_first_line_end(reader *r) {
    if (peek(r) == '\r' && r->at + 1 < r->s.n && r->s.p[r->at + 1] == '\n') r->at++;
    if (r->at < r->s.n && at_end_of_line(r)) r->at++;
}

static bool quoted(reader *r, str *value) {
    ptrdiff_t start = r->at;
    uint8_t quote = r->s.p[r->at], three[3] = {quote, quote, quote};
    bool literal = quote == '\'', multi = str_starts(str_slice(r->s, r->at, r->s.n), str_make(three, 3));
    if (multi && start < r->tried_to) return fail(r, start, "a string that is not closed");
    r->at += multi ? 3 : 1;
    if (multi) pass_first_line_end(r);
    ptrdiff_t capacity = 64, n = 0;
    uint8_t *out = arena_alloc(r->b->a, (size_t)capacity, 1);
    while (out && r->at < r->s.n) {
        uint8_t c = r->s.p[r->at];
        if (c == quote && (!multi || str_starts(str_slice(r->s, r->at, r->s.n), str_make(three, 3)))) {
            r->at += multi ? 3 : 1;
            while (multi && n < r->s.n && peek(r) == quote && r->at < r->s.n && n + 1 < capacity)
                out[n++] = quote, r->at++;
            *value = (str){out, n};
            return true;
        }
        if (!multi && (c == '\n' || c == '\r')) break;
        if (n + 8 > capacity) {
            out = arena_grow(r->b->a, out, (size_t)capacity, (size_t)capacity * 2, 1);
            capacity *= 2;
            if (!out) break;
        }
        if (c == '\\' && !literal) {
            ptrdiff_t look = r->at + 1;
            while (look < r->s.n && (r->s.p[look] == ' ' || r->s.p[look] == '\t')) look++;
            if (multi && look < r->s.n && (r->s.p[look] == '\n' || r->s.p[look] == '\r')) {
                r->at = look; /* a backslash at a line's end eats the white space behind it */
                while (r->at < r->s.n && byte_is_space(r->s.p[r->at])) r->at++;
                continue;
            }
            ptrdiff_t written = escape(r, out + n);
            if (!written) return false;
            n += written;
        } else if (c == '\r' && r->at + 1 < r->s.n && r->s.p[r->at + 1] == '\n') {
            r->at++;
        } else {
            out[n++] = c;
            r->at++;
        }
    }
    if (!out) return r->b->failed = true, false;
    if (multi) r->tried_to = r->s.n;
    return fail(r, start, "a string that is not closed");
}

/* ---- values ----------------------------------------------------------------------------------------------------- */

static bool is_bare_value(str s) {
    if (str_eq(s, STR("true")) || str_eq(s, STR("false"))) return true;
    str sign = s.n && (s.p[0] == '+' || s.p[0] == '-') ? str_slice(s, 1, s.n) : s;
    if (str_eq(sign, STR("inf")) || str_eq(sign, STR("nan"))) return true;
    if (sign.n == 0 || !byte_is_digit(sign.p[0])) return false;
    for (ptrdiff_t i = 1; i < sign.n; i++) {
        uint8_t c = sign.p[i];
        bool date_and_time = c == ' ' && i == 10 && sign.p[4] == '-'; /* 2026-05-18 07:32:00 */
        if (!byte_is_alnum(c) && c != '_' && c != '.' && c != ':' && c != '-' && c != '+' && !date_and_time)
            return false;
    }
    return true;
}

/* Numbers, booleans, dates, times: as text. */
static bool bare(reader *r, str *value) {
    ptrdiff_t start = r->at;
    while (r->at < r->s.n && !at_end_of_line(r) && peek(r) && !strchr(",]}#", peek(r))) r->at++;
    *value = str_trim(str_slice(r->s, start, r->at));
    r->at = start + value->n;
    if (value->n == 0) return fail(r, start, "a key without a value");
    if (!is_bare_value(*value))
        return fail(r, start, "a value that is neither quoted, nor a number, a date or true/false");
    return true;
}

static bool scalar(reader *r, str *value) {
    uint8_t c = peek(r);
    return c == '"' || c == '\'' ? quoted(r, value) : bare(r, value);
}

static bool inline_table(reader *r, str name);
static bool array(reader *r, field *f);

static str numbered(reader *r, str name, uint32_t number) {
    char digits[16];
    snprintf(digits, sizeof digits, "%u", number);
    return field_key(r->b, name, str_from_cstr(digits));
}

/* A table as item `number` of the array `name`, whose keys are fields; or an array, of which only what is behind it
 * counts. */
static bool nested_item(reader *r, str name, uint32_t number) {
    bool before = r->passing;
    field unused = {0};
    if (peek(r) == '{') return inline_table(r, r->passing ? name : numbered(r, name, number));
    r->passing = true;
    bool fine = array(r, &unused);
    r->passing = before;
    return fine;
}

static bool array_items(reader *r, field *f) {
    VEC(str) items = {0};
    ptrdiff_t start = r->at++;
    if (start < r->tried_to) return fail(r, start, "an array that is not closed");
    for (uint32_t number = 0;; number++) {
        pass_lines(r);
        if (r->at >= r->s.n) {
            r->tried_to = r->s.n;
            return fail(r, start, "an array that is not closed");
        }
        if (peek(r) == ']') break;
        str item;
        bool nested = peek(r) == '[' || peek(r) == '{';
        if (nested ? !nested_item(r, f->key, number) : !scalar(r, &item)) return false;
        if (!nested && !VEC_PUSH(r->b->a, &items, item)) return r->b->failed = true, false;
        pass_lines(r);
        if (peek(r) == ',' && r->at < r->s.n)
            r->at++;
        else if (r->at < r->s.n && peek(r) != ']')
            return fail(r, r->at, "array items are separated by commas");
    }
    r->at++;
    f->kind = FIELD_LIST;
    f->items = items.at;
    f->item_count = (uint32_t)items.n;
    return true;
}

static bool array(reader *r, field *f) {
    if (r->depth >= MAX_OPEN) return fail(r, r->at, "arrays and tables are nested too deeply");
    r->depth++;
    bool fine = array_items(r, f);
    r->depth--;
    return fine;
}

/* ---- keys and lines --------------------------------------------------------------------------------------------- */

static bool key_part(reader *r, str *part) {
    if (peek(r) == '"' || peek(r) == '\'') return quoted(r, part);
    ptrdiff_t start = r->at;
    while (r->at < r->s.n && (byte_is_alnum(peek(r)) || peek(r) == '_' || peek(r) == '-')) r->at++;
    *part = str_slice(r->s, start, r->at);
    return part->n > 0 || fail(r, start, "a key was expected here");
}

/* The table array that was named so last; NULL for none. */
static table_array *array_named(reader *r, str name) {
    for (size_t i = r->arrays.n; i > 0; i--)
        if (str_eq(r->arrays.at[i - 1].name, name)) return &r->arrays.at[i - 1];
    return NULL;
}

/* A key. With `of_table` it names a table: a part that is a table array stands for its last table, "faq.1.links". */
static bool key(reader *r, str *name, bool of_table) {
    ptrdiff_t start = r->at;
    str part = {NULL, 0};
    *name = (str){NULL, 0};
    for (int parts = 1;; parts++) {
        const table_array *within = of_table && name->n ? array_named(r, *name) : NULL;
        if (within) *name = numbered(r, *name, within->count - 1);
        if (!key_part(r, &part)) return false;
        if (name->n + part.n > MAX_KEY_BYTES || parts > MAX_KEY_PARTS)
            return fail(r, start, "a key has at most 16 parts and 1,024 bytes");
        *name = field_key(r->b, *name, part);
        if (r->b->failed) return false;
        ptrdiff_t end = r->at;
        pass_blanks(r);
        if (peek(r) != '.') {
            r->at = end;
            return true;
        }
        r->at++;
        pass_blanks(r);
    }
}

static bool line_ends(reader *r) {
    pass_blanks(r);
    if (peek(r) == '#' && r->at < r->s.n) return true;
    return at_end_of_line(r) || fail(r, r->at, "something stands behind the value");
}

/* A key, "=" and a value at r->at, in the table `name` (empty at the top). */
static bool assignment(reader *r, str name) {
    field f = {.kind = FIELD_TEXT, .recovered = r->malformed, .key_where = {(uint32_t)r->at, 0}};
    if (!key(r, &f.key, false)) return false;
    f.key_where.hi = (uint32_t)r->at;
    if (name.n + f.key.n > 2 * MAX_KEY_BYTES)
        return fail(r, (ptrdiff_t)f.key_where.lo, "tables are nested too deeply for their names");
    if (!r->passing) f.key = field_key(r->b, name, f.key);
    if (r->b->failed) return false;
    pass_blanks(r);
    if (peek(r) != '=' || r->at >= r->s.n) return fail(r, r->at, "a key is followed by =");
    r->at++;
    pass_blanks(r);
    bool map = peek(r) == '{';
    f.where.lo = (uint32_t)r->at;
    if (map && !r->passing) f.kind = FIELD_MAP, f.where = f.key_where, field_add(r->b, f);
    if (map ? !inline_table(r, f.key) : peek(r) == '[' ? !array(r, &f) : !scalar(r, &f.value)) return false;
    f.where.hi = (uint32_t)r->at;
    if (!r->passing && !map) field_add(r->b, f);
    return true;
}

/* {image = "a.png", caption = "b"}, on one line or, as TOML 1.1 has it, on several. */
static bool inline_table(reader *r, str name) {
    ptrdiff_t start = r->at++;
    if (r->depth >= MAX_OPEN) return fail(r, start, "arrays and tables are nested too deeply");
    if (start < r->tried_to) return fail(r, start, "an inline table that is not closed");
    r->depth++;
    for (bool fine = true; fine;) {
        pass_lines(r);
        if (r->at < r->s.n && peek(r) == '}') break;
        fine = r->at < r->s.n && assignment(r, name);
        if (fine) pass_lines(r);
        if (fine && r->at < r->s.n && peek(r) == ',')
            r->at++;
        else if (fine && r->at < r->s.n && peek(r) != '}')
            fine = fail(r, r->at, "the keys of an inline table are separated by commas");
        if (fine && r->at < r->s.n) continue;
        r->depth--;
        if (r->at >= r->s.n) r->tried_to = r->s.n;
        return fail(r, start, "an inline table that is not closed");
    }
    r->depth--;
    r->at++;
    return true;
}

/* One more table of [[name]]: the array is a field when it is met first. */
static bool array_add(reader *r, str *name, field f) {
    table_array *known = array_named(r, *name);
    if (!known && r->arrays.n >= MAX_TABLE_ARRAYS)
        return fail(r, (ptrdiff_t)f.where.lo, "more than 256 arrays of tables");
    if (!known) {
        f.kind = FIELD_LIST;
        field_add(r->b, f);
        if (!VEC_PUSH(r->b->a, &r->arrays, (table_array){*name, 0})) return r->b->failed = true, false;
        known = &r->arrays.at[r->arrays.n - 1];
    }
    *name = numbered(r, *name, known->count++);
    return !r->b->failed;
}

/* [name], [name.part] and [[name]] */
static bool table(reader *r) {
    ptrdiff_t start = r->at++;
    bool several = peek(r) == '[';
    str name;
    if (several) r->at++;
    pass_blanks(r);
    if (!key(r, &name, true)) return false;
    pass_blanks(r);
    for (int i = 0; i < 1 + several; i++)
        if (r->at >= r->s.n || r->s.p[r->at++] != ']') return fail(r, r->at - 1, "a table's name is closed by ]");
    if (!line_ends(r)) return false;
    field f = {.kind = FIELD_MAP,
               .key = name,
               .key_where = {(uint32_t)start, (uint32_t)r->at},
               .where = {(uint32_t)start, (uint32_t)r->at}};
    if (several ? !array_add(r, &name, f) : array_named(r, name) != NULL)
        return several ? false : fail(r, start, "a table of the same name is an array, [[…]]");
    r->table = name;
    if (!several) field_add(r->b, f);
    return true;
}

static bool pair(reader *r) { return assignment(r, r->table) && line_ends(r); }

bool toml_read(builder *b, span where) {
    reader r = {.b = b, .s = str_slice(b->out->source, 0, (ptrdiff_t)where.hi), .at = (ptrdiff_t)where.lo};
    while (r.at < r.s.n && !b->failed) {
        ptrdiff_t line = r.at;
        pass_blanks(&r);
        bool fine = true;
        if (peek(&r) == '[')
            fine = table(&r);
        else if (peek(&r) != '#' && !at_end_of_line(&r))
            fine = pair(&r);
        if (!fine) r.at = line; /* go on behind the line on which the failed pair began */
        pass_line(&r);
    }
    return !r.malformed;
}
