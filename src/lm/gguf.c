/* gguf.c - reads and checks the header of one GGUF file.
 *
 * In: a source of bytes. Out: a `gguf` in the arena, or one error.
 *
 *     source ─► window of 256 KiB ─► cursor ─► pairs, tensor infos ─► sorted indices ─► length check
 *
 * Invariants: nothing is allocated for a count before the bytes that such a count needs at the least are known to be
 * there; no sum or product of header values is formed unchecked; duplicate search is by sorting, so n log n for any
 * input. Deliberately not here: what the keys mean, and the tensors' bytes.
 */
#include "lm/gguf.h"
#include "lm/gguf_index.h"

#include <stdlib.h>

enum { WINDOW_BYTES = 256 << 10, POOL_BYTES = 64 << 10, NAME_BYTES = 64, KEY_BYTES = 65535 };

typedef struct cursor {
    arena *a;
    const gguf_source *source;
    gguf_limits limits;
    uint64_t at;     /* offset in the file of the next byte to take */
    uint8_t *window; /* bytes [window_lo, window_lo + window_n) of the file */
    uint64_t window_lo;
    size_t window_n;
    uint8_t *pool; /* room for the next small strings */
    size_t pool_left;
    error *e;
} cursor;

static int out_of_memory(error *e) {
    return error_set(e, ERROR_MEMORY, "the model's header needs more memory than it may have");
}

static int read_bytes(void *context, uint64_t offset, void *out, size_t len_bytes, error *e) {
    (void)e;
    const str *bytes = context;
    memcpy(out, bytes->p + offset, len_bytes);
    return 0;
}

gguf_source gguf_source_bytes(const str *bytes) {
    return (gguf_source){.context = (void *)(uintptr_t)bytes, .size_bytes = (uint64_t)bytes->n, .read = read_bytes};
}

/* ---- taking bytes ------------------------------------------------------------------------------------------------ */

static uint64_t left(const cursor *c) { return c->source->size_bytes - c->at; }

static int truncated(const cursor *c, const char *what, uint64_t need) {
    return error_set(c->e, ERROR_SYNTAX,
                     "the file ends inside its header: %s at byte %llu needs %llu bytes, only %llu are left; the "
                     "download was cut short, get the file again",
                     what, (unsigned long long)c->at, (unsigned long long)need, (unsigned long long)left(c));
}

/* Copies the next n bytes out. */
static int take(cursor *c, void *out, uint64_t n, const char *what) {
    if (n > left(c)) return truncated(c, what, n);
    uint8_t *to = out;
    while (n) {
        uint64_t skip = c->at - c->window_lo;
        if (c->at < c->window_lo || skip >= c->window_n) {
            size_t want = left(c) < WINDOW_BYTES ? (size_t)left(c) : WINDOW_BYTES;
            int rc = c->source->read(c->source->context, c->at, c->window, want, c->e);
            if (rc) return rc;
            c->window_lo = c->at;
            c->window_n = want;
            skip = 0;
        }
        size_t step = c->window_n - (size_t)skip;
        if (step > n) step = (size_t)n;
        memcpy(to, c->window + skip, step);
        to += step;
        c->at += step;
        n -= step;
    }
    return 0;
}

static uint64_t little(const uint8_t *p, unsigned bytes) {
    uint64_t v = 0;
    for (unsigned i = bytes; i-- > 0;) v = v << 8 | p[i];
    return v;
}

static int take_int(cursor *c, unsigned bytes, uint64_t *value, const char *what) {
    uint8_t raw[8] = {0};
    int rc = take(c, raw, bytes, what);
    if (!rc) *value = little(raw, bytes);
    return rc;
}

/* Room for n bytes that live as long as the arena: small ones share blocks, since the arena rounds each to 16. */
static uint8_t *pool(cursor *c, size_t n) {
    if (n >= POOL_BYTES / 4) return arena_alloc(c->a, n, 1);
    if (!c->pool || n > c->pool_left) {
        c->pool = arena_alloc(c->a, POOL_BYTES, 1);
        c->pool_left = c->pool ? POOL_BYTES : 0;
        if (!c->pool) return NULL;
    }
    uint8_t *p = c->pool;
    c->pool += n;
    c->pool_left -= n;
    return p;
}

static int take_str(cursor *c, uint64_t limit_bytes, str *out, const char *what) {
    uint64_t n;
    int rc = take_int(c, 8, &n, what);
    if (rc) return rc;
    if (n > left(c)) return truncated(c, what, n);
    if (n > limit_bytes)
        return error_set(c->e, ERROR_LIMIT, "%s at byte %llu is %llu bytes long, over the limit of %llu", what,
                         (unsigned long long)c->at, (unsigned long long)n, (unsigned long long)limit_bytes);
    uint8_t *p = pool(c, (size_t)n);
    if (!p) return out_of_memory(c->e);
    *out = (str){p, (ptrdiff_t)n};
    return take(c, p, n, what);
}

/* ---- values ------------------------------------------------------------------------------------------------------ */

static unsigned kind_bytes(enum gguf_kind kind) {
    static const uint8_t bytes[GGUF_KIND_COUNT] = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};
    return bytes[kind];
}

static int64_t sign_extend(uint64_t v, unsigned bytes) {
    if (bytes == 8) return (int64_t)v;
    uint64_t sign = UINT64_C(1) << (8 * bytes - 1);
    return (int64_t)((v ^ sign) - sign);
}

static void decode_scalar(gguf_value *v, enum gguf_kind kind, const uint8_t *raw) {
    uint64_t bits = little(raw, kind_bytes(kind));
    v->kind = kind;
    v->n = 1;
    switch (kind) {
    case GGUF_I8:
    case GGUF_I16:
    case GGUF_I32:
    case GGUF_I64: v->i = sign_extend(bits, kind_bytes(kind)); break;
    case GGUF_BOOL: v->u = bits != 0; break;
    case GGUF_F32: {
        float f;
        uint32_t b = (uint32_t)bits;
        memcpy(&f, &b, sizeof f);
        v->f = (double)f;
        break;
    }
    case GGUF_F64: memcpy(&v->f, &bits, sizeof v->f); break;
    default: v->u = bits;
    }
}

static int take_array(cursor *c, gguf_value *v, str key) {
    uint64_t element, n, bytes;
    int rc = take_int(c, 4, &element, "an array's element type");
    if (!rc) rc = take_int(c, 8, &n, "an array's length");
    if (rc) return rc;
    if (element >= GGUF_KIND_COUNT || element == GGUF_ARRAY)
        return error_set(c->e, ERROR_SYNTAX, "key '%.*s': an array of elements of type %llu cannot be read",
                         STR_ARG(key), (unsigned long long)element);
    unsigned each = element == GGUF_STRING ? 8 : kind_bytes((enum gguf_kind)element);
    if (__builtin_mul_overflow(n, (uint64_t)each, &bytes) || bytes > left(c))
        return error_set(c->e, ERROR_SYNTAX,
                         "key '%.*s' promises an array of %llu elements, more than the %llu bytes left can hold; the "
                         "file is cut short or damaged",
                         STR_ARG(key), (unsigned long long)n, (unsigned long long)left(c));
    if (n > c->limits.array_items)
        return error_set(c->e, ERROR_LIMIT, "key '%.*s' is an array of %llu elements, over the limit of %llu",
                         STR_ARG(key), (unsigned long long)n, (unsigned long long)c->limits.array_items);
    *v = (gguf_value){.kind = GGUF_ARRAY, .element = (enum gguf_kind)element, .n = n};
    if (element != GGUF_STRING) {
        uint8_t *raw = arena_alloc(c->a, (size_t)bytes, 1);
        if (!raw) return out_of_memory(c->e);
        v->raw = raw;
        return take(c, raw, bytes, "an array");
    }
    str *strs = ARENA_ARRAY(c->a, str, (size_t)n);
    if (!strs) return out_of_memory(c->e);
    v->strs = strs;
    for (uint64_t i = 0; i < n && !rc; i++) rc = take_str(c, c->limits.string_bytes, &strs[i], "a string of an array");
    return rc;
}

static int take_pair(cursor *c, gguf_pair *p) {
    int rc = take_str(c, KEY_BYTES, &p->key, "a key");
    if (rc) return rc;
    if (p->key.n == 0) return error_set(c->e, ERROR_SYNTAX, "a key is empty at byte %llu", (unsigned long long)c->at);
    uint64_t kind;
    rc = take_int(c, 4, &kind, "a value's type");
    if (rc) return rc;
    if (kind >= GGUF_KIND_COUNT)
        return error_set(c->e, ERROR_SYNTAX, "key '%.*s' has the unknown value type %llu", STR_ARG(p->key),
                         (unsigned long long)kind);
    if (kind == GGUF_ARRAY) return take_array(c, &p->value, p->key);
    if (kind == GGUF_STRING) {
        p->value = (gguf_value){.kind = GGUF_STRING, .n = 1};
        return take_str(c, c->limits.string_bytes, &p->value.s, "a string");
    }
    uint8_t raw[8];
    rc = take(c, raw, kind_bytes((enum gguf_kind)kind), "a value");
    if (!rc) decode_scalar(&p->value, (enum gguf_kind)kind, raw);
    return rc;
}

/* ---- tensor infos ------------------------------------------------------------------------------------------------ */

static int tensor_sizes(cursor *c, gguf_tensor *t) {
    t->count = 1;
    for (int d = 0; d < 4; d++)
        if (__builtin_mul_overflow(t->count, t->ne[d], &t->count) || t->count > INT64_MAX)
            return error_set(c->e, ERROR_SYNTAX, "tensor '%.*s' has more weights than can be counted",
                             STR_ARG(t->name));
    if (t->ne[0] % t->type->block_weights)
        return error_set(c->e, ERROR_SYNTAX,
                         "tensor '%.*s': a row of %llu weights is no whole number of %s blocks of %u", STR_ARG(t->name),
                         (unsigned long long)t->ne[0], t->type->name, t->type->block_weights);
    if (__builtin_mul_overflow(t->count / t->type->block_weights, (uint64_t)t->type->block_bytes, &t->size_bytes) ||
        t->size_bytes > INT64_MAX)
        return error_set(c->e, ERROR_SYNTAX, "tensor '%.*s' is larger than any file", STR_ARG(t->name));
    return 0;
}

static int take_tensor(cursor *c, gguf_tensor *t) {
    uint64_t v;
    int rc = take_str(c, NAME_BYTES - 1, &t->name, "a tensor's name");
    if (!rc) rc = take_int(c, 4, &v, "a tensor's number of dimensions");
    if (rc) return rc;
    if (t->name.n == 0) return error_set(c->e, ERROR_SYNTAX, "a tensor has no name");
    if (v < 1 || v > 4)
        return error_set(c->e, ERROR_SYNTAX, "tensor '%.*s' has %llu dimensions, not 1 to 4", STR_ARG(t->name),
                         (unsigned long long)v);
    t->dims = (uint32_t)v;
    for (uint32_t d = 0; d < 4; d++) {
        t->ne[d] = 1;
        if (d < t->dims && (rc = take_int(c, 8, &t->ne[d], "a tensor's shape"))) return rc;
        if (t->ne[d] == 0 || t->ne[d] > INT64_MAX)
            return error_set(c->e, ERROR_SYNTAX, "tensor '%.*s': dimension %u is %lld", STR_ARG(t->name), d,
                             (long long)t->ne[d]);
    }
    if ((rc = take_int(c, 4, &v, "a tensor's type"))) return rc;
    t->type = gguf_type_of((uint32_t)v);
    if (!t->type)
        return error_set(c->e, ERROR_SUPPORT, "tensor '%.*s' has the type number %llu, which this build does not know",
                         STR_ARG(t->name), (unsigned long long)v);
    if ((rc = take_int(c, 8, &t->offset, "a tensor's offset"))) return rc;
    return tensor_sizes(c, t);
}

/* Rounds up to the alignment (a power of two); false on overflow. */
static bool pad(uint64_t *v, uint32_t alignment) {
    if (__builtin_add_overflow(*v, (uint64_t)alignment - 1, v)) return false;
    *v &= ~((uint64_t)alignment - 1);
    return true;
}

/* Offsets: each tensor begins where the padded sum of those before it ends. Then the file's length. */
static int place_tensors(cursor *c, gguf *g, gguf_tensor *tensors) {
    uint64_t start = c->at, sum = 0, end = 0;
    if (!pad(&start, g->alignment)) return error_set(c->e, ERROR_SYNTAX, "the header is longer than any file");
    g->data_offset = start;
    for (size_t i = 0; i < g->tensor_count; i++) {
        gguf_tensor *t = &tensors[i];
        if (t->offset != sum)
            return error_set(c->e, ERROR_SYNTAX,
                             "tensor '%.*s' says it starts at byte %llu of the data, but %llu is next",
                             STR_ARG(t->name), (unsigned long long)t->offset, (unsigned long long)sum);
        if (__builtin_add_overflow(sum, t->size_bytes, &sum) || __builtin_add_overflow(start, sum, &end) ||
            !pad(&sum, g->alignment))
            return error_set(c->e, ERROR_SYNTAX, "tensor '%.*s' ends beyond any file", STR_ARG(t->name));
        t->offset += start;
    }
    g->needed_bytes = g->tensor_count ? end : c->at;
    g->size_bytes = c->source->size_bytes;
    if (g->needed_bytes <= g->size_bytes || c->limits.any_length) return 0;
    return error_set(c->e, ERROR_SYNTAX,
                     "the file is cut short: its header promises %llu bytes, it has %llu; %llu bytes (%.1f %%) are "
                     "missing, get it again",
                     (unsigned long long)g->needed_bytes, (unsigned long long)g->size_bytes,
                     (unsigned long long)(g->needed_bytes - g->size_bytes),
                     100.0 * (double)(g->needed_bytes - g->size_bytes) / (double)g->needed_bytes);
}

/* ---- the whole header -------------------------------------------------------------------------------------------- */

/* What a file that does not begin with the magic is, where its first bytes tell. */
static const char *looks_like(const uint8_t *p, size_t n) {
    static const struct {
        const char *start, *what;
    } known[] = {
        {"FUGG", "a GGUF file with its magic in another byte order"},
        {"ggml", "a GGML file of before GGUF; convert the model again"},
        {"lmgg", "a GGML file of before GGUF; convert the model again"},
        {"tjgg", "a GGJT file of before GGUF; convert the model again"},
        {"fmgg", "a GGMF file of before GGUF; convert the model again"},
        {"PK\x03\x04", "a zip archive or PyTorch checkpoint; convert it to GGUF"},
        {"version https://git-lfs", "a git-lfs pointer, not the model; run git lfs pull"},
        {"<!DOCTYPE", "a web page; the download address gave an error page"},
        {"<html", "a web page; the download address gave an error page"},
        {"<?xml", "an XML answer; the download address gave an error page"},
        {"{\"error", "a JSON error answer of a server"},
    };
    for (size_t i = 0; i < COUNT_OF(known); i++) {
        size_t len = strlen(known[i].start);
        if (n >= len && memcmp(p, known[i].start, len) == 0) return known[i].what;
    }
    if (n >= 9 && p[8] == '{' && little(p, 8) < (UINT64_C(1) << 32)) return "a safetensors file; convert it to GGUF";
    return NULL;
}

static int check_magic(cursor *c) {
    uint8_t first[32];
    size_t n = left(c) < sizeof first ? (size_t)left(c) : sizeof first;
    if (n == 0) return error_set(c->e, ERROR_SYNTAX, "the file is empty");
    int rc = take(c, first, n, "the magic");
    if (rc) return rc;
    c->at = 4;
    if (n >= 4 && memcmp(first, "GGUF", 4) == 0) return 0;
    const char *what = looks_like(first, n);
    return error_set(c->e, ERROR_SYNTAX, what ? "not a GGUF file: this is %s" : "not a GGUF file%s", what ? what : "");
}

static int take_counts(cursor *c, gguf *g, uint64_t *tensors, uint64_t *pairs) {
    uint64_t version;
    int rc = check_magic(c);
    if (!rc) rc = take_int(c, 4, &version, "the version");
    if (rc) return rc;
    if ((version & 0xffff) == 0 && version != 0)
        return error_set(c->e, ERROR_SUPPORT, "this is a big-endian GGUF file (version %u); get the little-endian one",
                         (unsigned)__builtin_bswap32((uint32_t)version));
    if (version != 2 && version != 3)
        return error_set(c->e, ERROR_SUPPORT, "GGUF version %llu cannot be read, only 2 and 3%s",
                         (unsigned long long)version, version == 1 ? "; convert the model again" : "");
    g->version = (uint32_t)version;
    rc = take_int(c, 8, tensors, "the number of tensors");
    if (!rc) rc = take_int(c, 8, pairs, "the number of keys");
    if (rc) return rc;
    if (*pairs > c->limits.pairs || *tensors > c->limits.tensors)
        return error_set(c->e, ERROR_LIMIT,
                         "the header promises %llu keys and %llu tensors; the limits are %llu and %llu",
                         (unsigned long long)*pairs, (unsigned long long)*tensors, (unsigned long long)c->limits.pairs,
                         (unsigned long long)c->limits.tensors);
    /* The least that a pair takes: length, one byte, type, one byte. A tensor: length, name, dims, one ne, type,
     * offset. */
    if (*pairs > left(c) / 14 || *tensors > left(c) / 33)
        return error_set(
            c->e, ERROR_SYNTAX,
            "the header promises %llu keys and %llu tensors, more than its %llu bytes can hold; the file is "
            "cut short or damaged",
            (unsigned long long)*pairs, (unsigned long long)*tensors, (unsigned long long)left(c));
    return 0;
}

static int read_alignment(cursor *c, gguf *g) {
    g->alignment = 32;
    const gguf_value *v = gguf_get(g, "general.alignment");
    if (!v) return 0;
    if (v->kind != GGUF_U32 || v->u == 0 || (v->u & (v->u - 1)))
        return error_set(c->e, ERROR_SYNTAX, "general.alignment is no u32 power of two");
    g->alignment = (uint32_t)v->u;
    return 0;
}

static int read_header(cursor *c, gguf *g) {
    uint64_t tensors = 0, pairs = 0;
    int rc = take_counts(c, g, &tensors, &pairs);
    if (rc) return rc;
    gguf_pair *pair = ARENA_ARRAY(c->a, gguf_pair, (size_t)pairs);
    gguf_tensor *tensor = ARENA_ARRAY(c->a, gguf_tensor, (size_t)tensors);
    if (!pair || !tensor) return out_of_memory(c->e);
    for (size_t i = 0; i < pairs; i++)
        if ((rc = take_pair(c, &pair[i]))) return rc;
    g->pairs = pair;
    g->pair_count = (size_t)pairs;
    if ((rc = gguf_index_pairs(c->a, g, c->e)) || (rc = read_alignment(c, g))) return rc;
    const gguf_value *architecture = gguf_get(g, "general.architecture");
    if (architecture && architecture->kind == GGUF_STRING) g->architecture = architecture->s;
    for (size_t i = 0; i < tensors; i++)
        if ((rc = take_tensor(c, &tensor[i]))) return rc;
    g->tensors = tensor;
    g->tensor_count = (size_t)tensors;
    if ((rc = gguf_index_tensors(c->a, g, c->e))) return rc;
    return place_tensors(c, g, tensor);
}

int gguf_read(arena *a, const gguf_source *source, const char *name, const gguf_limits *limits, gguf **out, error *e) {
    error scratch;
    if (!e) e = &scratch;
    *e = (error){0};
    *out = NULL;
    cursor c = {.a = a, .source = source, .limits = limits ? *limits : (gguf_limits){0}, .e = e};
    if (!c.limits.pairs) c.limits.pairs = 65536;
    if (!c.limits.tensors) c.limits.tensors = 1048576;
    if (!c.limits.string_bytes) c.limits.string_bytes = 64u << 20;
    if (!c.limits.array_items) c.limits.array_items = 16777216;
    if (c.limits.pairs > UINT32_MAX) c.limits.pairs = UINT32_MAX;
    if (c.limits.tensors > UINT32_MAX) c.limits.tensors = UINT32_MAX;
    gguf *g = ARENA_NEW(a, gguf);
    c.window = malloc(WINDOW_BYTES);
    int rc = g && c.window ? read_header(&c, g) : out_of_memory(e);
    free(c.window);
    if (rc) {
        error_in_file(e, str_from_cstr(name));
        return rc;
    }
    *out = g;
    return 0;
}
