/* json.c - JSON writer. In: a sequence of calls in document order. Out: RFC 8259 text, valid UTF-8 always. */
#include "base/json.h"

#include "base/utf8.h"

#include <math.h>
#include <stdio.h>

static void line_break(json *j) {
    if (!j->indent) return;
    buf_byte(j->out, '\n');
    buf_repeat(j->out, ' ', (size_t)j->indent * j->depth);
}

static void before_value(json *j) {
    if (j->after_key) {
        j->after_key = false;
        return;
    }
    if (j->need_comma) buf_byte(j->out, ',');
    if (j->depth) line_break(j);
}

static void open_with(json *j, uint8_t bracket) {
    before_value(j);
    buf_byte(j->out, bracket);
    j->depth++;
    j->need_comma = false;
}

static void close_with(json *j, uint8_t bracket) {
    j->depth--;
    if (j->need_comma) line_break(j);
    buf_byte(j->out, bracket);
    j->need_comma = true;
}

void json_object_open(json *j) { open_with(j, '{'); }
void json_object_close(json *j) { close_with(j, '}'); }
void json_array_open(json *j) { open_with(j, '['); }
void json_array_close(json *j) { close_with(j, ']'); }

static void quoted(buf *out, str s) {
    static const char hex[] = "0123456789abcdef";
    buf_byte(out, '"');
    ptrdiff_t run = 0;
    for (ptrdiff_t i = 0; i < s.n;) {
        uint8_t c = s.p[i];
        ptrdiff_t step = 1;
        bool plain = c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
        uint32_t code = c;
        if (c >= 0x80) {
            step = utf8_decode(s, i, &code);
            plain = code != UTF8_INVALID && code >= 0xa0; /* C1 commands a terminal as C0 does */
        }
        if (plain) {
            i += step;
            continue;
        }
        buf_bytes(out, s.p + run, (size_t)(i - run));
        switch (c) {
        case '"': buf_cstr(out, "\\\""); break;
        case '\\': buf_cstr(out, "\\\\"); break;
        case '\n': buf_cstr(out, "\\n"); break;
        case '\r': buf_cstr(out, "\\r"); break;
        case '\t': buf_cstr(out, "\\t"); break;
        default:
            if (code < 0xa0) {
                buf_cstr(out, "\\u00");
                buf_byte(out, (uint8_t)hex[code >> 4]);
                buf_byte(out, (uint8_t)hex[code & 15]);
            } else {
                buf_cstr(out, "\xef\xbf\xbd");
            }
        }
        i += step;
        run = i;
    }
    buf_bytes(out, s.p + run, (size_t)(s.n - run));
    buf_byte(out, '"');
}

void json_key_view(json *j, str key) {
    if (j->need_comma) buf_byte(j->out, ',');
    line_break(j);
    quoted(j->out, key);
    buf_cstr(j->out, j->indent ? ": " : ":");
    j->after_key = true;
}

void json_key(json *j, const char *key) { json_key_view(j, str_from_cstr(key)); }

void json_str(json *j, str value) {
    before_value(j);
    quoted(j->out, value);
    j->need_comma = true;
}

void json_cstr(json *j, const char *value) {
    if (value)
        json_str(j, str_from_cstr(value));
    else
        json_nil(j);
}

static void bare(json *j, const char *text) {
    before_value(j);
    buf_cstr(j->out, text);
    j->need_comma = true;
}

void json_u64(json *j, uint64_t value) {
    char text[24];
    snprintf(text, sizeof text, "%llu", (unsigned long long)value);
    bare(j, text);
}

void json_f64(json *j, double value, int decimals) {
    char text[352]; /* the longest double has 309 digits before the point */
    if (!isfinite(value)) {
        json_nil(j);
        return;
    }
    if (decimals > 17) decimals = 17;
    int n = snprintf(text, sizeof text, "%.*f", decimals, value);
    if (decimals > 0) {
        while (n > 0 && text[n - 1] == '0') text[--n] = 0;
        if (n > 0 && text[n - 1] == '.') text[--n] = 0;
    }
    bare(j, strcmp(text, "-0") == 0 ? "0" : text);
}

void json_bool(json *j, bool value) { bare(j, value ? "true" : "false"); }
void json_nil(json *j) { bare(j, "null"); }

void json_key_str(json *j, const char *key, str value) {
    json_key(j, key);
    json_str(j, value);
}
void json_key_str_or_null(json *j, const char *key, str value) {
    json_key(j, key);
    if (value.n)
        json_str(j, value);
    else
        json_nil(j);
}

void json_key_cstr(json *j, const char *key, const char *value) {
    json_key(j, key);
    json_cstr(j, value);
}
void json_key_u64(json *j, const char *key, uint64_t value) {
    json_key(j, key);
    json_u64(j, value);
}
void json_key_exact(json *j, const char *key, uint64_t value) {
    char digits[24];
    snprintf(digits, sizeof digits, "%llu", (unsigned long long)value);
    if (value >> 53)
        json_key_cstr(j, key, digits);
    else
        json_key_u64(j, key, value);
}
void json_key_f64(json *j, const char *key, double value, int decimals) {
    json_key(j, key);
    json_f64(j, value, decimals);
}
void json_key_bool(json *j, const char *key, bool value) {
    json_key(j, key);
    json_bool(j, value);
}
