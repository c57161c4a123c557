/* lex_name.c - words with structure: URLs, addresses, paths, images, pinned packages, identifiers.
 *
 * In: the first byte of a word that holds a digit, an underscore, an inner point, a slash, or stands before : @ or =.
 * Out: at most one token over it (two for "main.c:12:5: error"), and the position behind what was read.
 *
 *     chunk = letters digits _ . - + /        what stands behind it decides:
 *         "://" URL    "@" e-mail, pinned version    ":" port, image tag, file:line    "=" "==" pinned version
 *
 * A chunk is read once and left behind as a whole, so "a1a1a1…" is linear. Deliberately undecided: "and/or", "TCP/IP",
 * "input/output" are no paths and give no token; nor do names without a digit ("PostgreSQL"), which the version to
 * their right finds by looking left.
 */
#include "lex/lex_internal.h"

typedef struct chunk {
    ptrdiff_t lo, hi;
    ptrdiff_t slash, last_slash; /* -1: none */
    int slashes, dots, digits, uppers, lowers, underscores;
} chunk;

static chunk read_chunk(const lexer *x, ptrdiff_t i) {
    chunk c = {.lo = i, .hi = i, .slash = -1, .last_slash = -1};
    while (c.hi < x->s.n) {
        uint8_t b = x->s.p[c.hi];
        if (byte_is_digit(b))
            c.digits++;
        else if (b >= 'a' && b <= 'z')
            c.lowers++;
        else if (b >= 'A' && b <= 'Z')
            c.uppers++;
        else if (b == '_')
            c.underscores++;
        else if (b == '.')
            c.dots++;
        else if (b == '/') {
            if (c.slash < 0) c.slash = c.hi;
            c.last_slash = c.hi;
            c.slashes++;
        } else if (b >= 0xC0) {
            uint32_t code;
            if (lex_boundary(x, c.hi)) break;
            c.hi += lex_code_point(x, c.hi, &code);
            continue;
        } else if (b != '-' && b != '+') {
            break;
        }
        c.hi++;
    }
    while (c.hi > i + 1) {
        uint8_t last = x->s.p[c.hi - 1];
        bool plus = last == '+' && x->s.p[c.hi - 2] != '+' && !(c.hi - 3 >= i && x->s.p[c.hi - 3] == '+');
        if (last != '.' && last != '-' && !plus) break;
        c.dots -= last == '.';
        c.hi--;
    }
    return c;
}

static token *emit_named(lexer *x, enum token_kind kind, ptrdiff_t lo, ptrdiff_t hi, range core, range subject) {
    token *t = lex_emit(x, kind, lo, hi);
    t->core = lex_range(x, core);
    t->subject = lex_range(x, subject);
    return t;
}

/* ---- URLs ------------------------------------------------------------------------------------------------------- */

ptrdiff_t lex_url_end(const lexer *x, ptrdiff_t i) {
    int parens = 0;
    ptrdiff_t end = i;
    while (end < x->s.n) {
        uint8_t c = x->s.p[end];
        if (c <= ' ' || c == '<' || c == '>' || c == '"' || c == '`' || c == '|' || c == '\\' || c == '^' || c == 0x7F)
            break;
        if (c >= 0x80) {
            uint32_t code;
            ptrdiff_t n = lex_code_point(x, end, &code);
            if (lex_boundary(x, end)) break;
            end += n;
            continue;
        }
        parens += c == '(';
        if (c == ')' && --parens < 0) break;
        end++;
    }
    while (end > i && memchr(".,;:!?'*_]}", x->s.p[end - 1], 11)) end--;
    return end;
}

static ptrdiff_t emit_url(lexer *x, ptrdiff_t lo, ptrdiff_t from) {
    ptrdiff_t end = lex_url_end(x, from);
    lex_emit(x, TOKEN_URL, lo, end);
    return end;
}

/* ---- behind the chunk: @ --------------------------------------------------------------------------------------------
 */

static bool version_begins(const lexer *x, ptrdiff_t i) {
    return byte_is_digit(at(x, i)) || ((at(x, i) | 0x20) == 'v' && byte_is_digit(at(x, i + 1)));
}

static ptrdiff_t emit_pinned(lexer *x, enum token_kind kind, ptrdiff_t lo, range name, ptrdiff_t version_at) {
    bool plus;
    ptrdiff_t end = lex_version_end(x, version_at, true, &plus);
    token *t = emit_named(x, kind, lo, end, (range){version_at, end}, name);
    t->flags |= TOKEN_PINNED;
    return end;
}

static ptrdiff_t at_sign(lexer *x, const chunk *c) {
    ptrdiff_t p = c->hi + 1;
    range name = {c->lo, c->hi};
    if (at(x, c->lo - 1) == '@' && c->lo - 1 >= x->floor) name.lo--;
    if (lex_literal(x, p, STR("sha256")) && at(x, p + 6) == ':') {
        ptrdiff_t end = p + 7;
        while (end < x->s.n && byte_is_alnum(x->s.p[end])) end++;
        emit_named(x, TOKEN_IMAGE, name.lo, end, (range){p, end}, name)->flags |= TOKEN_PINNED;
        return end;
    }
    if (version_begins(x, p)) return emit_pinned(x, TOKEN_VERSION, name.lo, name, p);
    chunk host = read_chunk(x, p);
    if (host.slash >= 0) host.hi = host.slash;
    if (host.hi <= p || c->slash >= 0) return c->hi + 1;
    bool domain = lex_is_domain(x, host.lo, host.hi) || (host.dots > 0 && host.digits == 0);
    if (at(x, host.hi) == ':' && domain && byte_is_alnum(at(x, host.hi + 1))) return emit_url(x, c->lo, host.hi);
    ptrdiff_t before = lex_blanks_before(x, c->lo); /* "ssh deploy@spark", but "wg-quick@wg0" is a unit's name */
    str program = range_str(x, lex_word_before(x, before));
    bool remote = str_eq(program, STR("ssh")) || str_eq(program, STR("scp")) || str_eq(program, STR("rsync")) ||
                  str_eq(program, STR("sftp"));
    enum token_kind kind = domain ? TOKEN_EMAIL : remote ? TOKEN_ADDRESS : TOKEN_IDENT;
    emit_named(x, kind, c->lo, host.hi, (range){c->lo, host.hi}, (range){p, host.hi});
    return host.hi;
}

/* ---- behind the chunk: : --------------------------------------------------------------------------------------------
 */

static ptrdiff_t plain(lexer *x, const chunk *c);

static ptrdiff_t emit_address(lexer *x, ptrdiff_t lo, range host, ptrdiff_t port_lo, ptrdiff_t port_hi) {
    token *t = emit_named(x, TOKEN_ADDRESS, lo, port_hi, (range){port_lo, port_hi}, host);
    decimal_parse(str_slice(x->s, port_lo, port_hi), false, &t->value);
    return port_hi;
}

/* The end of "2026-05-01" or "20260501" at `lo`, with a suffix: an image's tag that is the day of its build. 0: none.
 */
static ptrdiff_t dated_tag_end(lexer *x, ptrdiff_t lo) {
    static const uint8_t forms[2][11] = {"dddd-dd-dd", "dddddddd"};
    if (at(x, lo) != '2' || at(x, lo + 1) != '0') return 0;
    for (int form = 0; form < 2; form++) {
        ptrdiff_t i = lo;
        const uint8_t *f = forms[form];
        while (*f && (*f == 'd' ? byte_is_digit(at(x, i)) : at(x, i) == *f)) f++, i++;
        if (*f || byte_is_digit(at(x, i))) continue;
        while (i < lo + WORD_MAX && (byte_is_alnum(at(x, i)) || (strchr("-._", at(x, i)) && at(x, i)))) i++;
        while (strchr("-._", at(x, i - 1))) i--;
        return i;
    }
    return 0;
}

/* name:digits - a port, an image tag, or a line of a file. 0 when it is none of them. */
static ptrdiff_t colon_digits(lexer *x, const chunk *c) {
    ptrdiff_t lo = c->hi + 1, hi = lo;
    while (hi < lo + 8 && byte_is_digit(at(x, hi))) hi++;
    if (at(x, hi) == ':' && byte_is_digit(at(x, hi + 1))) return 0; /* file:line:column */
    str name = str_slice(x->s, c->lo, c->hi);
    bool code = lex_in_code(x, c->lo), product = lex_cues(name) & CUE_PRODUCT;
    ptrdiff_t day = dated_tag_end(x, lo);
    if (day && c->slash < 0) return 0; /* "date:2026-05-01" */
    if (day && c->lowers > 2) {
        emit_named(x, TOKEN_IMAGE, c->lo, day, (range){lo, day}, (range){c->lo, c->hi})->flags |= TOKEN_PINNED;
        return day;
    }
    bool tag = (at(x, hi) == '.' && byte_is_alnum(at(x, hi + 1))) || (at(x, hi) == '-' && byte_is_alpha(at(x, hi + 1)));
    if (tag && (code || product || c->slash >= 0 || c->lowers > 2))
        return emit_pinned(x, TOKEN_IMAGE, c->lo, (range){c->lo, c->hi}, lo);
    if (!lex_boundary(x, hi) || at(x, hi) == '.' || hi - lo > 5) {
        if (at(x, hi) != '.' || byte_is_alnum(at(x, hi + 1))) return 0;
    }
    if (lex_cues(name) & CUE_PORT) return 0;
    if (lex_is_domain(x, c->lo, c->hi) || str_eq_nocase(name, STR("localhost")))
        return emit_address(x, c->lo, (range){c->lo, c->hi}, lo, hi);
    if (hi - lo <= 2 && (product || (code && c->slash >= 0)))
        return emit_pinned(x, TOKEN_IMAGE, c->lo, (range){c->lo, c->hi}, lo);
    if (c->slash < 0 && hi - lo >= 4 && c->lowers > 0 && c->underscores == 0)
        return emit_address(x, c->lo, (range){c->lo, c->hi}, lo, hi);
    return 0;
}

static ptrdiff_t colon_tag(lexer *x, const chunk *c) {
    range name = {c->lo, c->hi};
    chunk tag = read_chunk(x, c->hi + 1);
    if (tag.slash >= 0) tag.hi = tag.slash;
    str text = str_slice(x->s, tag.lo, tag.hi);
    bool known = lex_is_tag(text), version = version_begins(x, tag.lo) && tag.dots > 0; /* not "node:v8" */
    bool image = c->slash >= 0 ? known || tag.digits > 0
                               : known || version || (lex_in_code(x, c->lo) && tag.digits > 3 && c->uppers == 0);
    if (!image || tag.hi <= tag.lo || c->lowers == 0) return 0;
    emit_named(x, TOKEN_IMAGE, c->lo, tag.hi, (range){tag.lo, tag.hi}, name)->flags |= TOKEN_PINNED;
    return tag.hi;
}

static ptrdiff_t colon(lexer *x, const chunk *c) {
    uint8_t next = at(x, c->hi + 1);
    if (next == '/' && at(x, c->hi + 2) == '/' && c->slash < 0 && c->hi - c->lo > 1) return emit_url(x, c->lo, c->hi);
    if (c->hi - c->lo == 1 && (next == '\\' || next == '/') && c->uppers == 1) { /* C:\x */
        ptrdiff_t end = c->hi + 1;
        while (end < x->s.n && (byte_is_alnum(x->s.p[end]) || memchr("\\/._-~+", x->s.p[end], 7))) end++;
        while (x->s.p[end - 1] == '.') end--;
        lex_emit(x, TOKEN_PATH, c->lo, end);
        return end;
    }
    ptrdiff_t end = c->hi - c->lo <= 4 ? lex_colon_address(x, c->lo) : 0;
    if (end) return end;
    bool digit = byte_is_digit(next);
    if ((digit || byte_is_alpha(next)) && !(lex_is_file(x, c->lo, c->hi) && (digit || c->slash >= 0)))
        end = digit ? colon_digits(x, c) : colon_tag(x, c);
    return end ? end : plain(x, c);
}

/* ---- behind the chunk: = --------------------------------------------------------------------------------------------
 */

static ptrdiff_t equals(lexer *x, const chunk *c) {
    range name = {c->lo, c->hi};
    bool twice = at(x, c->hi + 1) == '=';
    ptrdiff_t version = c->hi + 1 + twice;
    if (!version_begins(x, version) || c->lowers == 0) return plain(x, c);
    bool plus;
    ptrdiff_t end = lex_version_end(x, version, true, &plus);
    int dots = 0, others = 0;
    for (ptrdiff_t i = version; i < end && i < version + WORD_MAX; i++)
        others += !byte_is_digit(x->s.p[i]) && x->s.p[i] != '.';
    for (ptrdiff_t i = version; i < end && i < version + WORD_MAX; i++) dots += x->s.p[i] == '.';
    if (twice ? dots >= 1 || !lex_in_code(x, c->lo)
              : dots >= 2 && (dots != 3 || others > 0)) /* an address is no version */

        return emit_pinned(x, TOKEN_VERSION, c->lo, name, version);
    return plain(x, c);
}

/* ---- chunks with a slash ---------------------------------------------------------------------------------------- */

/* nginx/1.25.3, HTTP/1.1, HTTP/2 */
static ptrdiff_t slash_version(lexer *x, const chunk *c) {
    if (c->slashes != 1 || !version_begins(x, c->slash + 1) || c->slash == c->lo) return 0;
    bool dotted = false;
    for (ptrdiff_t i = c->slash + 1 + !byte_is_digit(at(x, c->slash + 1)); i < c->hi; i++) {
        dotted |= x->s.p[i] == '.';
        if (!byte_is_digit(x->s.p[i]) && x->s.p[i] != '.') {
            if (!dotted) return 0;
            break;
        }
    }
    str name = str_slice(x->s, c->lo, c->slash);
    if (!dotted && !str_eq(name, STR("HTTP")) && !(lex_cues(name) & CUE_PRODUCT)) return 0;
    return emit_pinned(x, TOKEN_VERSION, c->lo, (range){c->lo, c->slash}, c->slash + 1);
}

static bool slash_path(lexer *x, const chunk *c) {
    bool code = lex_in_code(x, c->lo), trailing = c->last_slash == c->hi - 1;
    str root = str_slice(x->s, c->lo, c->slash);
    ptrdiff_t tail = trailing ? c->hi : c->last_slash + 1;
    if (root.n < 2 && !code) return false;
    if (root.n == 1 && (root.p[0] == 's' || root.p[0] == 'y') && c->slashes > 1) return false; /* sed's s/a/b/g */
    if (!trailing && lex_is_file(x, tail, c->hi)) return true;
    if (lex_is_root(root) && c->uppers == 0 && (code || c->slashes > 1 || trailing)) return true;
    if (trailing) return c->hi - c->lo > 3 && c->slashes + c->underscores + code > 0 && c->uppers < c->hi - c->lo - 1;
    if (code) return c->slashes > 1 || c->underscores > 0;
    return c->slashes > 1 && (c->underscores > 0 || c->dots > 0);
}

static ptrdiff_t emit_path(lexer *x, ptrdiff_t lo, ptrdiff_t hi) {
    lex_emit(x, TOKEN_PATH, lo, hi);
    ptrdiff_t end = at(x, hi) == ':' ? lex_error_place(x, hi) : 0;
    return end ? end : hi;
}

/* "github.com/a/b", "example.com/docs/": a host and what it serves. Endings that programs and folders share with
 * domains
 * ("run.sh/", "Foo.app/Contents", "x.io/") are no evidence. */
static bool is_web_address(const lexer *x, const chunk *c) {
    static const str SURE[] = {LIT(".com"), LIT(".org"), LIT(".net"), LIT(".dev"), LIT(".example"), LIT(".info")};
    str host = str_slice(x->s, c->lo, c->slash);
    if (!lex_is_domain(x, c->lo, c->slash)) return false;
    for (size_t k = 0; k < COUNT_OF(SURE); k++)
        if (str_ends(host, SURE[k]) && host.n > SURE[k].n) return true;
    return false;
}

static ptrdiff_t with_slash(lexer *x, const chunk *c) {
    ptrdiff_t end = slash_version(x, c);
    if (!end && at(x, c->lo) == 'I') end = lex_error_word(x, c->lo, c->slash); /* "Input/output error" */
    if (end) return end;
    if (is_web_address(x, c)) return emit_url(x, c->lo, c->lo);
    if (slash_path(x, c)) return emit_path(x, c->lo, c->hi);
    if (c->digits > 0 && c->slashes == 1 && c->last_slash < c->hi - 2 && c->slash > c->lo + 1)
        lex_emit(x, TOKEN_IDENT, c->lo, c->hi);
    return c->hi;
}

/* ---- chunks without one ----------------------------------------------------------------------------------------- */

/* foo-1.2.3, linux-image-6.8.0-41-generic: where the version begins, -1 when the name carries none. */
static ptrdiff_t dotted_part(const lexer *x, const chunk *c) {
    for (ptrdiff_t i = c->lo + 2; i < c->hi; i++) {
        if (x->s.p[i - 1] != '-' || !byte_is_digit(x->s.p[i])) continue;
        ptrdiff_t p = i;
        int dots = 0;
        while (p < c->hi && (byte_is_digit(x->s.p[p]) || (x->s.p[p] == '.' && byte_is_digit(at(x, p + 1)))))
            dots += x->s.p[p++] == '.';
        if (dots >= 2 && (p == c->hi || !byte_is_alpha(x->s.p[p]))) return i;
        if (dots == 1 && c->uppers == 0 && p == c->hi) return i;
        return -1;
    }
    return -1;
}

/* foo-driver-550, postgresql-16, python3.11: the digits that end a lower-case package name. */
static range pinned_digits(const lexer *x, const chunk *c) {
    if (c->uppers || c->underscores || c->lowers < 3) return (range){0, 0};
    ptrdiff_t hi = c->hi;
    if (str_ends(str_slice(x->s, c->lo, c->hi), STR("-open")) ||
        str_ends(str_slice(x->s, c->lo, c->hi), STR("-server"))) {
        while (x->s.p[hi - 1] != '-') hi--;
        hi--;
    }
    ptrdiff_t lo = hi;
    while (lo > c->lo && (byte_is_digit(x->s.p[lo - 1]) || (x->s.p[lo - 1] == '.' && lo < hi))) lo--;
    bool dotted = memchr(x->s.p + lo, '.', (size_t)(hi - lo)) != NULL;
    if (lo == hi || lo < c->lo + 3 || hi - lo > 12) return (range){0, 0};
    if (x->s.p[lo - 1] != '-' && !dotted) return (range){0, 0};
    return (range){lo, hi};
}

static ptrdiff_t quarter(lexer *x, const chunk *c) { /* Q3 2026, H1 2026 */
    uint8_t letter = at(x, c->lo), digit = at(x, c->lo + 1);
    if (c->hi - c->lo != 2 ||
        !((letter == 'Q' && digit >= '1' && digit <= '4') || (letter == 'H' && digit >= '1' && digit <= '2')))
        return 0;
    ptrdiff_t year = c->hi + lex_blank(x, c->hi), end = year;
    while (end < year + 5 && byte_is_digit(at(x, end))) end++;
    if (year == c->hi || end - year != 4 || !lex_boundary(x, end)) return 0;
    lex_emit(x, TOKEN_DATE, c->lo, end);
    return end;
}

static ptrdiff_t plain_with_digits(lexer *x, const chunk *c) {
    ptrdiff_t end = quarter(x, c);
    if (end) return end;
    uint8_t first = at(x, c->lo);
    if ((first | 0x20) == 'v' && byte_is_digit(at(x, c->lo + 1)) && (first == 'v' || c->dots > 0) && !c->underscores) {
        ptrdiff_t p = c->lo + 1;
        while (p < c->hi && byte_is_digit(x->s.p[p])) p++;
        if (at(x, c->hi) == ':' && at(x, c->hi + 1) == ':') p = c->lo; /* v8::Local */
        if (p > c->lo && (p == c->hi || x->s.p[p] == '.' || x->s.p[p] == '-' || x->s.p[p] == '+')) {
            component named = lex_component(x, c->lo);
            named.cue = true;
            return lex_version(x, c->lo, &named);
        }
    }
    ptrdiff_t version = dotted_part(x, c);
    if (version > 0 && c->lowers > 1) return emit_pinned(x, TOKEN_VERSION, c->lo, (range){c->lo, version - 1}, version);
    token *t = lex_emit(x, TOKEN_IDENT, c->lo, c->hi);
    range digits = pinned_digits(x, c);
    if (digits.hi > digits.lo) {
        t->core = lex_range(x, digits);
        t->subject = lex_range(x, (range){c->lo, digits.lo - (x->s.p[digits.lo - 1] == '-')});
        t->flags |= TOKEN_PINNED;
    }
    return c->hi;
}

static ptrdiff_t plain(lexer *x, const chunk *c) {
    if (c->slash >= 0) return with_slash(x, c);
    if (c->dots > 0) {
        ptrdiff_t tail = c->hi;
        while (tail > c->lo && x->s.p[tail - 1] != '.') tail--;
        ptrdiff_t error_end = lex_class[at(x, tail)] == B_UPPER ? lex_error_word(x, tail, c->hi) : 0;
        if (error_end) return error_end;
        if (c->lowers + c->uppers > 0 && lex_is_file(x, c->lo, c->hi)) return emit_path(x, c->lo, c->hi);
        if (lex_is_domain(x, c->lo, c->hi)) {
            emit_named(x, TOKEN_ADDRESS, c->lo, c->hi, (range){c->lo, c->hi}, (range){c->lo, c->hi});
            return c->hi;
        }
    } else if (c->digits == 0 && c->underscores == 0) {
        if (lex_is_file(x, c->lo, c->hi)) return emit_path(x, c->lo, c->hi);
        ptrdiff_t end = c->lo;
        while (end < c->hi && byte_is_alpha(x->s.p[end])) end++;
        ptrdiff_t error_end = lex_error_word(x, c->lo, end);
        if (error_end) return error_end;
    }
    if (c->digits > 0) return plain_with_digits(x, c);
    if (c->underscores > 0 && c->lowers + c->uppers > 1) lex_emit(x, TOKEN_IDENT, c->lo, c->hi);
    return c->hi;
}

ptrdiff_t lex_name(lexer *x, ptrdiff_t i) {
    chunk c = read_chunk(x, i);
    if (lex_literal(x, i, STR("www.")) && c.dots > 1) return emit_url(x, i, i);
    switch (at(x, c.hi)) {
    case '@': return byte_is_alnum(at(x, c.hi + 1)) ? at_sign(x, &c) : plain(x, &c);
    case ':': return colon(x, &c);
    case '=': return equals(x, &c);
    default: return plain(x, &c);
    }
}

/* ---- paths with a root ------------------------------------------------------------------------------------------ */

ptrdiff_t lex_path(lexer *x, ptrdiff_t i) {
    ptrdiff_t end = i;
    bool any = false, open = false;
    while (end < x->s.n) {
        uint8_t c = x->s.p[end];
        open |= c == '{';
        if (c >= 0xC0) {
            uint32_t code;
            if (lex_boundary(x, end)) break;
            end += lex_code_point(x, end, &code);
            any = true;
            continue;
        }
        if (!byte_is_alnum(c) && (c == 0 || !strchr("_./-+~%@*{}$", c))) break;
        any |= byte_is_alnum(c);
        end++;
    }
    while (end > i + 1 && strchr(".-+*{}$~%@", x->s.p[end - 1])) {
        if (x->s.p[end - 1] == '}' && open) break;
        end--;
    }
    bool long_part = at(x, i) != '/'; /* "/o/g" is a regular expression */
    for (ptrdiff_t k = i, part = 0; k < end && !long_part; k++) {
        part = x->s.p[k] == '/' ? 0 : part + 1;
        long_part = part > 1;
    }
    if (!any || end - i < 2 || !long_part) return end > i ? end : i + 1;
    return emit_path(x, i, end);
}
