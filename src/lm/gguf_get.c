/* gguf_get.c - typed reading of a GGUF header's values.
 *
 * In: a key and the type that the caller needs. Out: the value, or an error that names the key and what stands there.
 * Converters write the same key in different widths (u32, i32, u64, even f64 for whole numbers is refused), so integers
 * of every width are taken when the number itself fits. Deliberately no defaults here: the caller's variable keeps the
 * value that it had.
 */
#include "lm/gguf.h"

#include <stdio.h>

static int wrong(error *e, const char *key, const gguf_value *v, const char *wanted) {
    return error_set(e, ERROR_SCHEMA, "key '%s' is %s %s, not %s", key, v->kind == GGUF_ARRAY ? "an" : "of type",
                     gguf_kind_name(v->kind), wanted);
}

/* The value; NULL with *rc = 0 or ERROR_SCHEMA when it is absent. */
static const gguf_value *look(const gguf *g, const char *key, bool required, int *rc, error *e) {
    const gguf_value *v = gguf_get(g, key);
    *rc = v || !required ? 0 : error_set(e, ERROR_SCHEMA, "the model's header has no key '%s'", key);
    return v;
}

static bool as_u32(const gguf_value *v, uint32_t *out) {
    switch (v->kind) {
    case GGUF_U8:
    case GGUF_U16:
    case GGUF_U32:
    case GGUF_U64: *out = (uint32_t)v->u; return v->u <= UINT32_MAX;
    case GGUF_I8:
    case GGUF_I16:
    case GGUF_I32:
    case GGUF_I64: *out = (uint32_t)v->i; return v->i >= 0 && v->i <= (int64_t)UINT32_MAX;
    default: return false;
    }
}

int gguf_get_u32(const gguf *g, const char *key, bool required, uint32_t *out, error *e) {
    int rc;
    uint32_t value;
    const gguf_value *v = look(g, key, required, &rc, e);
    if (!v) return rc;
    if (!as_u32(v, &value)) return wrong(e, key, v, "a whole number of 32 bits");
    *out = value;
    return 0;
}

int gguf_get_f32(const gguf *g, const char *key, bool required, float *out, error *e) {
    int rc;
    const gguf_value *v = look(g, key, required, &rc, e);
    if (!v) return rc;
    if (v->kind != GGUF_F32 && v->kind != GGUF_F64) return wrong(e, key, v, "a floating-point number");
    if (!(v->f >= -3.4028234663852886e38 && v->f <= 3.4028234663852886e38))
        return error_set(e, ERROR_SCHEMA, "key '%s' is not a finite number", key);
    *out = (float)v->f;
    return 0;
}

int gguf_get_bool(const gguf *g, const char *key, bool required, bool *out, error *e) {
    int rc;
    const gguf_value *v = look(g, key, required, &rc, e);
    if (!v) return rc;
    if (v->kind != GGUF_BOOL) return wrong(e, key, v, "a bool");
    *out = v->u != 0;
    return 0;
}

int gguf_get_str(const gguf *g, const char *key, bool required, str *out, error *e) {
    int rc;
    const gguf_value *v = look(g, key, required, &rc, e);
    if (!v) return rc;
    if (v->kind != GGUF_STRING) return wrong(e, key, v, "a string");
    *out = v->s;
    return 0;
}

/* ---- arrays ------------------------------------------------------------------------------------------------------ */

static unsigned width(enum gguf_kind kind) {
    switch (kind) {
    case GGUF_U8:
    case GGUF_I8: return 1;
    case GGUF_U16:
    case GGUF_I16: return 2;
    case GGUF_U32:
    case GGUF_I32: return 4;
    case GGUF_U64:
    case GGUF_I64: return 8;
    default: return 0;
    }
}

/* Element i of an array of integers, by the rules of a scalar. */
static bool element_u32(const gguf_value *v, size_t i, uint32_t *out) {
    unsigned n = width(v->element);
    if (!n) return false;
    uint64_t bits = 0;
    for (unsigned b = n; b-- > 0;) bits = bits << 8 | v->raw[i * n + b];
    bool is_signed =
        v->element == GGUF_I8 || v->element == GGUF_I16 || v->element == GGUF_I32 || v->element == GGUF_I64;
    *out = (uint32_t)bits;
    return bits <= UINT32_MAX && !(is_signed && bits >> (8 * n - 1));
}

static int elements_u32(const gguf_value *v, arena *a, const char *key, const uint32_t **out, error *e) {
    uint32_t *items = ARENA_ARRAY(a, uint32_t, (size_t)v->n);
    if (!items) return error_set(e, ERROR_MEMORY, "no memory for key '%s'", key);
    if (v->n && !width(v->element)) return wrong(e, key, v, "an array of whole numbers");
    for (size_t i = 0; i < v->n; i++)
        if (!element_u32(v, i, &items[i]))
            return error_set(e, ERROR_SCHEMA, "key '%s': element %zu is no whole number of 32 bits", key, i);
    *out = items;
    return 0;
}

int gguf_get_u32s(const gguf *g, arena *a, const char *key, bool required, const uint32_t **out, size_t *n, error *e) {
    int rc;
    *n = 0;
    const gguf_value *v = look(g, key, required, &rc, e);
    if (!v) return rc;
    if (v->kind != GGUF_ARRAY) return wrong(e, key, v, "an array");
    rc = elements_u32(v, a, key, out, e);
    if (!rc) *n = (size_t)v->n;
    return rc;
}

int gguf_get_f32s(const gguf *g, arena *a, const char *key, bool required, const float **out, size_t *n, error *e) {
    int rc;
    *n = 0;
    const gguf_value *v = look(g, key, required, &rc, e);
    if (!v) return rc;
    if (v->kind != GGUF_ARRAY || (v->n && v->element != GGUF_F32)) return wrong(e, key, v, "an array of f32");
    float *items = ARENA_ARRAY(a, float, (size_t)v->n);
    if (!items) return error_set(e, ERROR_MEMORY, "no memory for key '%s'", key);
    for (size_t i = 0; i < v->n; i++) {
        const uint8_t *p = v->raw + 4 * i;
        uint32_t bits = (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
        memcpy(&items[i], &bits, sizeof bits);
    }
    *out = items;
    *n = (size_t)v->n;
    return 0;
}

int gguf_get_strs(const gguf *g, const char *key, bool required, const str **out, size_t *n, error *e) {
    int rc;
    *n = 0;
    const gguf_value *v = look(g, key, required, &rc, e);
    if (!v) return rc;
    if (v->kind != GGUF_ARRAY || v->element != GGUF_STRING) return wrong(e, key, v, "an array of strings");
    *out = v->strs;
    *n = (size_t)v->n;
    return 0;
}

/* ---- under the architecture's name ------------------------------------------------------------------------------- */

enum { ARCH_KEY_BYTES = 192 };

static int arch_key(const gguf *g, const char *key, char *out, error *e) {
    int n = snprintf(out, ARCH_KEY_BYTES, "%.*s.%s", STR_ARG(g->architecture), key);
    if (n < 0 || n >= ARCH_KEY_BYTES) return error_set(e, ERROR_SCHEMA, "general.architecture is too long a name");
    return 0;
}

int gguf_arch_u32(const gguf *g, const char *key, bool required, uint32_t *out, error *e) {
    char name[ARCH_KEY_BYTES];
    int rc = arch_key(g, key, name, e);
    return rc ? rc : gguf_get_u32(g, name, required, out, e);
}

int gguf_arch_f32(const gguf *g, const char *key, bool required, float *out, error *e) {
    char name[ARCH_KEY_BYTES];
    int rc = arch_key(g, key, name, e);
    return rc ? rc : gguf_get_f32(g, name, required, out, e);
}

int gguf_arch_bool(const gguf *g, const char *key, bool required, bool *out, error *e) {
    char name[ARCH_KEY_BYTES];
    int rc = arch_key(g, key, name, e);
    return rc ? rc : gguf_get_bool(g, name, required, out, e);
}

int gguf_arch_layers_u32(const gguf *g, arena *a, const char *key, bool required, uint32_t layers, uint32_t fallback,
                         const uint32_t **out, error *e) {
    char name[ARCH_KEY_BYTES];
    int rc = arch_key(g, key, name, e);
    if (rc) return rc;
    const gguf_value *v = look(g, name, required, &rc, e);
    if (rc) return rc;
    if (v && v->kind == GGUF_ARRAY) {
        if (v->n != layers)
            return error_set(e, ERROR_SCHEMA, "key '%s' has %llu values for %u layers", name, (unsigned long long)v->n,
                             layers);
        return elements_u32(v, a, name, out, e);
    }
    if (v && !as_u32(v, &fallback)) return wrong(e, name, v, "a whole number of 32 bits");
    uint32_t *items = ARENA_ARRAY(a, uint32_t, layers);
    if (!items) return error_set(e, ERROR_MEMORY, "no memory for key '%s'", name);
    for (uint32_t i = 0; i < layers; i++) items[i] = fallback;
    *out = items;
    return 0;
}

str gguf_arch_key(const gguf *g, arena *a, const char *key) {
    return arena_printf(a, "%.*s.%s", STR_ARG(g->architecture), key);
}

int gguf_check_loadable(const gguf *g, error *e) {
    for (size_t i = 0; i < g->tensor_count; i++)
        if (!g->tensors[i].type->loadable)
            return error_set(
                e, ERROR_SUPPORT,
                "tensor '%.*s' is of type %s, which cannot be computed with here; use F32, F16, BF16, Q8_0, "
                "Q4_0, Q4_K, Q5_K, Q6_K, MXFP4 or NVFP4",
                STR_ARG(g->tensors[i].name), g->tensors[i].type->name);
    return 0;
}
