/* lex_sign.c - at signs: flags, paths with a root, ports, issue numbers, comparison operators; non-ASCII bytes.
 *
 * In: one of # + - . / : < = > @ ^ ~ or the first byte of a non-ASCII character. Out: a token where the sign begins
 * one, else the next position. Signs that only belong to a number ("~70", "-5", "≥ 3") are left to the number, which
 * looks back.
 */
#include "base/utf8.h"
#include "lex/lex_internal.h"

/* Whether a token with a sign of its own may begin at i: start, blank, bracket, quote, or one of = : , | before it. */
static bool opens(const lexer *x, ptrdiff_t i) {
    uint32_t code;
    ptrdiff_t n = lex_code_before(x, i, &code);
    if (!n) return true;
    if (code < 0x80) return !byte_is_alnum((uint8_t)code) && !strchr("_./-~+@#%*&\\)]}", (int)code);
    return code == 0xA0 || (code >= 0x2000 && code <= 0x206F);
}

static ptrdiff_t flag(lexer *x, ptrdiff_t i) {
    ptrdiff_t p = i + 1 + (at(x, i + 1) == '-'), end = p;
    bool code = lex_in_code(x, i);
    if (byte_is_digit(at(x, p)) && p == i + 1) { /* kill -9: a flag in code, a negative number elsewhere */
        while (end < x->s.n && byte_is_digit(x->s.p[end])) end++;
        uint8_t before = at(x, i - 1);
        if (!code || before != ' ' || end - p > 2 || !lex_boundary(x, end) || at(x, end) == '.') return i + 1;
        range w = lex_word_before(x, lex_blanks_before(x, i));
        if (range_empty(w)) return i + 1;
        lex_emit(x, TOKEN_FLAG, i, end);
        return end;
    }
    while (end < x->s.n && (byte_is_alnum(x->s.p[end]) || x->s.p[end] == '-' || x->s.p[end] == '_' ||
                            (x->s.p[end] == '.' && byte_is_alpha(at(x, end + 1))))) {
        end++;
    }
    if (end == p || !byte_is_alpha(x->s.p[p])) return end > p ? end : p;
    while (x->s.p[end - 1] == '-') end--;
    lex_emit(x, TOKEN_FLAG, i, end);
    return end;
}

/* ::1, fe80::1 and the like from `i` on: end, or 0. */
static ptrdiff_t ipv6_end(const lexer *x, ptrdiff_t i) {
    ptrdiff_t end = i;
    int colons = 0, digits = 0;
    bool twice = false;
    while (end < x->s.n && end - i < 45) {
        uint8_t c = byte_lower(x->s.p[end]);
        if (c == ':') {
            colons++;
            twice |= at(x, end + 1) == ':';
        } else if (byte_is_digit(c)) {
            digits++;
        } else if (c < 'a' || c > 'f') {
            break;
        }
        end++;
    }
    return (twice || colons == 7) && digits > 0 && end - i > 2 && lex_boundary(x, end) && at(x, end - 1) != ':' ? end
                                                                                                                : 0;
}

static bool mac_address(const lexer *x, ptrdiff_t i) { /* aa:bb:cc:dd:ee:ff */
    for (int k = 0; k < 6; k++, i += 3) {
        for (int j = 0; j < 2; j++) {
            uint8_t c = byte_lower(at(x, i + j));
            if (!byte_is_digit(c) && (c < 'a' || c > 'f')) return false;
        }
        if (k < 5 ? at(x, i + 2) != ':' : !lex_boundary(x, i + 2) || at(x, i + 2) == ':') return false;
    }
    return true;
}

ptrdiff_t lex_colon_address(lexer *x, ptrdiff_t i) {
    if (mac_address(x, i)) return lex_emit(x, TOKEN_IDENT, i, i + 17), i + 17;
    ptrdiff_t end = ipv6_end(x, i);
    if (end) lex_emit(x, TOKEN_ADDRESS, i, end);
    return end;
}

static ptrdiff_t colon(lexer *x, ptrdiff_t i) {
    if (at(x, i + 1) == ':') {
        ptrdiff_t end = opens(x, i) ? ipv6_end(x, i) : 0;
        if (!end) return i + 2;
        lex_emit(x, TOKEN_ADDRESS, i, end);
        return end;
    }
    ptrdiff_t end = i + 1;
    while (end < i + 7 && byte_is_digit(at(x, end))) end++;
    bool port =
        end - i > 2 && end - i <= 6 && lex_boundary(x, end) && at(x, end) != '.' && at(x, end) != ':' && opens(x, i);
    if (!port) return i + 1;
    uint8_t before = at(x, i - 1);
    if (before == ':' || before == '=' || before == ',') return i + 1;
    token *t = lex_emit(x, TOKEN_ADDRESS, i, end);
    t->core = lex_range(x, (range){i + 1, end});
    decimal_parse(str_slice(x->s, i + 1, end), false, &t->value);
    return end;
}

/* #12 is a reference; #fff a colour, passed over. */
static ptrdiff_t hash(lexer *x, ptrdiff_t i) {
    ptrdiff_t end = i + 1, digits = 0;
    while (end < x->s.n && byte_is_alnum(x->s.p[end])) digits += byte_is_digit(x->s.p[end++]);
    bool reference = digits > 0 && digits == end - i - 1 && digits <= 7 && opens(x, i) && at(x, end) != '-';
    if (reference && !lex_in_code(x, i)) lex_emit(x, TOKEN_SECTION, i, end);
    return end;
}

static bool blank_before(const lexer *x, ptrdiff_t i) { return lex_blanks_before(x, i) < i; }

static ptrdiff_t operator_at(lexer *x, ptrdiff_t i) {
    uint8_t c = at(x, i + 1);
    if (at(x, i) == '=' && c != '=') return i + 1; /* an assignment; "=>" too */
    if (at(x, i) < 0x80 && c != '=' && c != '>' && c != ' ' && c != 'v' && c != 'V' && !byte_is_digit(c) && c < 0x80)
        return i + 1;
    bool only;
    ptrdiff_t n = lex_operator(x, i, &only);
    if (!n) return i + 1;
    ptrdiff_t p = i + n + lex_blank(x, i + n);
    bool version = byte_is_digit(at(x, p)) || ((at(x, p) | 0x20) == 'v' && byte_is_digit(at(x, p + 1)));
    if (!version || at(x, i) == '=') {
        if (!version || n < 2) return i + n;
    }
    range name = lex_word_before(x, i); /* glued: vllm>=0.17 */
    if (!range_empty(name) && !byte_is_alpha(at(x, name.lo))) name = (range){i, i};
    const token *last = lex_last(x);
    if (last && last->kind == TOKEN_IDENT && lex_offset(x, last->text.hi) == i)
        name = (range){lex_offset(x, last->text.lo), i}; /* flash_attn>=2.5 */
    if (range_empty(name)) {
        component found = lex_component(x, i);
        if (!found.weak) name = found.name; /* not "random() > 0.5" */
    }
    if (range_empty(name) && blank_before(x, i)) name = lex_neighbour(x, i);
    ptrdiff_t end = lex_constraint(x, i, name);
    return end ? end : i + n;
}

/* .bashrc, .env, .github/workflows; not jq's ".data" */
static bool dot_file(str name) {
    static const str NAMES[] = {LIT("bash_history"),  LIT("bash_profile"), LIT("cache"),      LIT("clang-format"),
                                LIT("config"),        LIT("editorconfig"), LIT("env"),        LIT("git"),
                                LIT("gitattributes"), LIT("github"),       LIT("gitmodules"), LIT("htaccess"),
                                LIT("local"),         LIT("netrc"),        LIT("pgpass"),     LIT("profile"),
                                LIT("ssh"),           LIT("venv"),         LIT("vscode")};
    for (size_t k = 0; k < COUNT_OF(NAMES); k++)
        if (str_eq(name, NAMES[k])) return true;
    bool inner = str_find_byte(name, '.', 0) > 0 || str_find_byte(name, '/', 0) > 0;
    return inner || (name.n > 3 && (str_ends(name, STR("rc")) || str_ends(name, STR("ignore"))));
}

static ptrdiff_t dot(lexer *x, ptrdiff_t i) {
    uint8_t next = at(x, i + 1), before = at(x, i - 1);
    if (byte_is_digit(next) && (opens(x, i) || (before == '-' && opens(x, i - 1)))) return lex_number(x, i);
    if (next == '/' && opens(x, i)) return lex_path(x, i);
    if (next == '.' && at(x, i + 2) == '/' && (opens(x, i) || before == 0)) return lex_path(x, i);
    if (next >= 'a' && next <= 'z' && opens(x, i)) { /* .bashrc; not ".NET", not a sentence's stray point */
        ptrdiff_t end = i + 1;
        while (end < x->s.n && (byte_is_alnum(x->s.p[end]) || strchr("_-/", x->s.p[end]) ||
                                (x->s.p[end] == '.' && byte_is_alnum(at(x, end + 1))))) {
            if (x->s.p[end] == 0) break;
            end++;
        }
        while (x->s.p[end - 1] == '-') end--;
        if (dot_file(str_slice(x->s, i + 1, end)) && at(x, end) != '[' && at(x, end) != '(')
            lex_emit(x, TOKEN_PATH, i, end);
        return end;
    }
    return i + 1;
}

/* "</body>", "</Tabs.Item >": the end tag whose slash is at i, and not "</etc/hosts" or "</dev/null". Its end, or 0. */
static ptrdiff_t end_tag(const lexer *x, ptrdiff_t i) {
    ptrdiff_t end = i + 1;
    if (at(x, i - 1) != '<' || !byte_is_alpha(at(x, end))) return 0;
    while (byte_is_alnum(at(x, end)) || at(x, end) == '-' || at(x, end) == '.' || at(x, end) == ':') end++;
    while (at(x, end) == ' ') end++;
    return at(x, end) == '>' ? end : 0;
}

static ptrdiff_t slash(lexer *x, ptrdiff_t i) {
    uint8_t next = at(x, i + 1);
    ptrdiff_t tag_end = end_tag(x, i);
    if (tag_end) return tag_end;
    bool name =
        byte_is_alnum(next) || next == '.' || next == '_' || next == '{' || next == '$' || next == '*' || next >= 0xC3;
    if (next == '/') return i + 2;
    return name && opens(x, i) ? lex_path(x, i) : i + 1;
}

ptrdiff_t lex_sign(lexer *x, ptrdiff_t i) {
    uint8_t c = x->s.p[i], next = at(x, i + 1);
    switch (c) {
    case '-':
        if (next == '>') return i + 2;
        return (next == '-' || byte_is_alnum(next)) && opens(x, i) ? flag(x, i) : i + 1;
    case '.': return dot(x, i);
    case '/': return slash(x, i);
    case ':': return colon(x, i);
    case '#': return hash(x, i);
    case '~':
        if (next == '/' && opens(x, i)) return lex_path(x, i);
        return operator_at(x, i);
    case '<':
    case '>':
    case '=':
    case '^': return operator_at(x, i);
    default: return i + 1;
    }
}

/* Full-width digits, "\uff12\uff14": a bare number, whatever stands behind it. The end of the run. */
static ptrdiff_t wide_number(lexer *x, ptrdiff_t i) {
    enum { WIDE_DIGITS = 15 };
    int64_t value = 0;
    ptrdiff_t end = i, n;
    uint32_t code;
    for (int k = 0; k < WIDE_DIGITS; k++, end += n) {
        n = lex_code_point(x, end, &code);
        if (code < 0xFF10 || code > 0xFF19) break;
        value = value * 10 + (int64_t)(code - 0xFF10);
    }
    lex_emit(x, TOKEN_NUMBER, i, end)->value = decimal_make(value, 0);
    return end;
}

ptrdiff_t lex_high(lexer *x, ptrdiff_t i) {
    uint32_t code;
    ptrdiff_t n = lex_code_point(x, i, &code);
    if (code >= 0xFF10 && code <= 0xFF19) return wide_number(x, i);
    if (!lex_boundary(x, i)) { /* a word that begins with a non-ASCII letter gives no token */
        for (i += n; !lex_boundary(x, i); i += n) n = lex_code_point(x, i, &code);
        return i;
    }
    if (code == 0x2265 || code == 0x2264) return operator_at(x, i);
    if (code == 0xBC || code == 0xBD || code == 0xBE || (code >= 0x2153 && code <= 0x215E)) {
        number half;
        if (lex_read_number(x, i, &half)) return lex_quantity(x, &half);
    }
    return i + n;
}
