/* jansson.h - the few jansson calls that the tokenizer test uses, for a cross build (see cmocka.h beside this). Reads
 * well-formed JSON only; nothing is freed before the program ends. */
#ifndef ASSAY_TESTS_ARM64_JANSSON_H
#define ASSAY_TESTS_ARM64_JANSSON_H

#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { JSON_ALLOW_NUL = 1 };
typedef struct {
    char text[64];
} json_error_t;

typedef struct json_t {
    char *text; /* of a string, or of the key's value */
    size_t length;
    double number;
    long long integer;
    struct json_member {
        const char *key;
        struct json_t *value;
    } * members; /* of an array or object */
    size_t count, capacity;
} json_t;

static inline void *json_room(void *old, size_t bytes) {
    void *p = realloc(old, bytes);
    if (!p) abort();
    return p;
}

static inline unsigned json_hex(const char *p) {
    char digits[5] = {p[0], p[1], p[2], p[3], 0};
    return (unsigned)strtoul(digits, NULL, 16);
}

/* *at stands behind the opening quote. */
static inline void json_read_string(const char **at, json_t *j) {
    const char *p = *at;
    size_t capacity = 16;
    for (j->text = json_room(NULL, capacity); *p != '"'; p++) {
        uint8_t bytes[4] = {(uint8_t)*p};
        size_t n = 1;
        if (*p == '\\') {
            static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
            const char *plain = strchr(from, *++p);
            bytes[0] = (uint8_t)(plain ? to[plain - from] : *p);
            if (*p == 'u') {
                uint32_t code = json_hex(p + 1);
                p += 4;
                if (code >= 0xd800 && code < 0xdc00) {
                    code = 0x10000 + ((code & 0x3ff) << 10) + (json_hex(p + 3) & 0x3ff);
                    p += 6;
                }
                n = (size_t)utf8_encode(code, bytes);
            }
        }
        if (j->length + 5 > capacity) j->text = json_room(j->text, capacity *= 2);
        memcpy(j->text + j->length, bytes, n);
        j->length += n;
    }
    j->text[j->length] = 0;
    *at = p + 1;
}

static inline json_t *json_read(const char **at) {
    json_t *j = calloc(1, sizeof *j);
    if (!j) abort();
    *at += strspn(*at, " \t\r\n");
    char first = *(*at)++;
    if (first == '"') {
        json_read_string(at, j);
    } else if (first == '[' || first == '{') {
        for (*at += strspn(*at, " \t\r\n,"); **at != ']' && **at != '}'; *at += strspn(*at, " \t\r\n,")) {
            if (j->count == j->capacity)
                j->members = json_room(j->members, (j->capacity = 2 * j->capacity + 4) * sizeof *j->members);
            struct json_member *m = &j->members[j->count++];
            m->key = first == '{' ? json_read(at)->text : NULL;
            *at += strspn(*at, " \t\r\n:");
            m->value = json_read(at);
        }
        ++*at;
    } else {
        char *end;
        j->integer = strtoll(--*at, &end, 10);
        j->number = strtod(*at, &end);
        *at = end > *at ? end : *at + strspn(*at, "truefalsn");
    }
    return j;
}

static inline json_t *json_load_file(const char *path, int flags, json_error_t *why) {
    (void)flags;
    FILE *f = fopen(path, "rb");
    size_t size = 0, n = 1;
    char *all = NULL;
    snprintf(why->text, sizeof why->text, "cannot be read");
    if (!f) return NULL;
    while (n > 0) {
        all = json_room(all, size + 65537);
        n = fread(all + size, 1, 65536, f);
        size += n;
    }
    fclose(f);
    all[size] = 0;
    const char *at = all;
    return json_read(&at);
}

static inline json_t *json_object_get(const json_t *j, const char *key) {
    for (size_t i = 0; j && i < j->count; i++)
        if (j->members[i].key && strcmp(j->members[i].key, key) == 0) return j->members[i].value;
    return NULL;
}
static inline size_t json_array_size(const json_t *j) { return j ? j->count : 0; }
static inline json_t *json_array_get(const json_t *j, size_t i) {
    return j && i < j->count ? j->members[i].value : NULL;
}
static inline const char *json_string_value(const json_t *j) { return j ? j->text : NULL; }
static inline size_t json_string_length(const json_t *j) { return j->length; }
static inline long long json_integer_value(const json_t *j) { return j ? j->integer : 0; }
static inline double json_number_value(const json_t *j) { return j ? j->number : 0; }
static inline void json_decref(json_t *j) { (void)j; }

#endif
