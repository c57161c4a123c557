/* json.h - writes JSON (RFC 8259) into a buf.
 *
 * A small state machine puts the commas and, when `indent` is set, the line breaks; keys come out in the order in which
 * they are written, so equal input gives equal bytes. Strings are made valid UTF-8: bytes that are not become U+FFFD.
 * Reading JSON is jansson's business, not ours.
 */
#ifndef ASSAY_BASE_JSON_H
#define ASSAY_BASE_JSON_H

#include "base/buf.h"

typedef struct json {
    buf *out;
    unsigned indent; /* spaces a level; 0 = one line */
    unsigned depth;
    bool need_comma, after_key;
} json;

/* Containers. What is opened must be closed; the writer does not check. A failed allocation shows in j->out->failed. */
void json_object_open(json *j);
void json_object_close(json *j);
void json_array_open(json *j);
void json_array_close(json *j);
/* A key; the next call writes its value. */
void json_key(json *j, const char *key);
void json_key_view(json *j, str key); /* a key that is not NUL-terminated */
void json_str(json *j, str value);
void json_cstr(json *j, const char *value); /* NULL writes null */
void json_u64(json *j, uint64_t value);
/* Shortest of up to `decimals` places, trailing zeros dropped (2.50 -> 2.5, 3.00 -> 3); not-a-number writes null. */
void json_f64(json *j, double value, int decimals);
/* true or false; null. */
void json_bool(json *j, bool value);
void json_nil(json *j);
/* key + value in one call. */
void json_key_str(json *j, const char *key, str value);
/* An empty text is null. */
void json_key_str_or_null(json *j, const char *key, str value);
void json_key_cstr(json *j, const char *key, const char *value);
void json_key_u64(json *j, const char *key, uint64_t value);
/* As json_key_u64, but from 2^53 on the digits as a text: readers that take numbers for doubles would round them, and
 * two seeds beside each other would be one. */
void json_key_exact(json *j, const char *key, uint64_t value);
void json_key_f64(json *j, const char *key, double value, int decimals);
void json_key_bool(json *j, const char *key, bool value);

#endif
