/* gguf.h - the header of a GGUF model file: keys, values, tensor places. No tensor bytes are read here.
 *
 *     "GGUF" | u32 version | u64 tensors | u64 pairs | pair … | tensor info … | pad | tensor data …
 *                                                                               ▲
 *                                          data_offset, a multiple of general.alignment (32 unless stated)
 *
 * Everything is little-endian. Versions 2 and 3 are read (they differ in nothing but big-endian files, which are named
 * and refused). Format and type layouts: the public ggml headers (gguf.h, ggml.h, ggml-common.h).
 *
 * A file is checked before any of it is believed: counts against the bytes that are left, every product for overflow,
 * every tensor's offset against the running padded sum, duplicate keys and names, and at the end the length of the file
 * against the length that its header promises - a download that was cut short is the commonest broken model, so the
 * error says how many bytes are missing.
 *
 * A model may be split over files NAME-00001-of-00003.gguf …; see gguf_set_open.
 */
#ifndef ASSAY_LM_GGUF_H
#define ASSAY_LM_GGUF_H

#include "base/arena.h"
#include "base/error.h"

/* Kinds of value, as stored in the file. */
enum gguf_kind {
    GGUF_U8,
    GGUF_I8,
    GGUF_U16,
    GGUF_I16,
    GGUF_U32,
    GGUF_I32,
    GGUF_F32,
    GGUF_BOOL,
    GGUF_STRING,
    GGUF_ARRAY,
    GGUF_U64,
    GGUF_I64,
    GGUF_F64,
    GGUF_KIND_COUNT
};

/* Tensor types that assay computes with; the numbers are the file's. gguf_type_of knows the layout of the others too.
 */
enum gguf_type_id {
    GGUF_TYPE_F32 = 0,
    GGUF_TYPE_F16 = 1,
    GGUF_TYPE_Q4_0 = 2,
    GGUF_TYPE_Q8_0 = 8,
    GGUF_TYPE_Q4_K = 12,
    GGUF_TYPE_Q5_K = 13,
    GGUF_TYPE_Q6_K = 14,
    GGUF_TYPE_I32 = 26,
    GGUF_TYPE_BF16 = 30,
    GGUF_TYPE_MXFP4 = 39,
    GGUF_TYPE_NVFP4 = 40
};

typedef struct gguf_type {
    uint32_t id;
    const char *name;       /* "Q4_K" */
    uint32_t block_weights; /* weights in a block; a row is a whole number of blocks */
    uint32_t block_bytes;
    bool loadable; /* assay has kernels for it */
} gguf_type;

/* The type with that number in the file; NULL when its layout is not known. */
const gguf_type *gguf_type_of(uint32_t id);
const char *gguf_kind_name(enum gguf_kind kind);

/* Where the bytes come from: a file, a mapping, a test. `read` fills `out` with bytes [offset, offset + len_bytes) and
 * returns 0, or sets the error; it is never asked for bytes beyond size_bytes. */
typedef struct gguf_source {
    void *context;
    uint64_t size_bytes;
    int (*read)(void *context, uint64_t offset, void *out, size_t len_bytes, error *e);
} gguf_source;

/* A source over bytes in memory; `*bytes` must stay where it is. */
gguf_source gguf_source_bytes(const str *bytes);

typedef struct gguf_value {
    enum gguf_kind kind;
    enum gguf_kind element; /* of an array */
    uint64_t n;             /* elements of an array, else 1 */
    union {
        uint64_t u; /* unsigned kinds and bool */
        int64_t i;  /* signed kinds */
        double f;   /* f32, f64 */
        str s;
        const uint8_t *raw; /* array of numbers: n little-endian elements, not aligned for them */
        const str *strs;    /* array of strings */
    };
} gguf_value;

typedef struct gguf_pair {
    str key;
    gguf_value value;
} gguf_pair;

typedef struct gguf_tensor {
    str name;
    const gguf_type *type; /* never NULL */
    uint32_t dims;         /* 1 to 4 */
    uint64_t ne[4];        /* ne[0] = row length, contiguous; unused ones are 1 */
    uint64_t count;        /* weights: product of ne */
    uint64_t offset;       /* of its first byte, from the start of its file */
    uint64_t size_bytes;   /* without padding */
    uint32_t part;         /* which file of a split model, 0-based */
} gguf_tensor;

typedef struct gguf {
    uint32_t version, alignment;
    const gguf_pair *pairs; /* in file order */
    size_t pair_count;
    const gguf_tensor *tensors; /* in file order */
    size_t tensor_count;
    uint64_t data_offset;    /* of the data section */
    uint64_t needed_bytes;   /* length that the header asks of the file */
    uint64_t size_bytes;     /* length that it has */
    str architecture;        /* general.architecture; empty when absent */
    const uint32_t *by_key;  /* indices of pairs, sorted by key */
    const uint32_t *by_name; /* indices of tensors, sorted by name */
} gguf;

/* Bounds against hostile headers; 0 takes the default. All memory comes from the arena, so its budget is one more. */
typedef struct gguf_limits {
    uint64_t pairs;        /* 65,536 */
    uint64_t tensors;      /* 1,048,576 */
    uint64_t string_bytes; /* of one string value: 64 MiB; a key has 65,535 at most, a tensor's name 63 */
    uint64_t array_items;  /* of one array: 16,777,216 */
    bool any_length;       /* a file shorter than its header promises is no error: compare needed and size_bytes */
} gguf_limits;

/* Reads and checks a header. Errors, each with `name` as the file: not a GGUF file (and what it is instead, where that
 * can be told), big-endian, an unreadable version, truncation, anything that contradicts itself (ERROR_SYNTAX), a bound
 * (ERROR_LIMIT), a tensor type whose layout is not known (ERROR_SUPPORT). `limits` may be NULL. */
int gguf_read(arena *a, const gguf_source *source, const char *name, const gguf_limits *limits, gguf **out, error *e);

/* The value under `key`, or NULL. */
const gguf_value *gguf_get(const gguf *g, const char *key);
/* The tensor `name`, or NULL. */
const gguf_tensor *gguf_find(const gguf *g, const char *name);

/* Typed reading. An absent key leaves `*out` as it is: 0 when `required` is false, else ERROR_SCHEMA. A value of
 * another kind, negative, or too large for the type is ERROR_SCHEMA always. Integers of every width are accepted. */
int gguf_get_u32(const gguf *g, const char *key, bool required, uint32_t *out, error *e);
int gguf_get_f32(const gguf *g, const char *key, bool required, float *out, error *e);
int gguf_get_bool(const gguf *g, const char *key, bool required, bool *out, error *e);
int gguf_get_str(const gguf *g, const char *key, bool required, str *out, error *e);
/* Arrays: numbers are copied into the arena, strings are the file's. `*n` is 0 for an absent optional array. */
int gguf_get_u32s(const gguf *g, arena *a, const char *key, bool required, const uint32_t **out, size_t *n, error *e);
int gguf_get_f32s(const gguf *g, arena *a, const char *key, bool required, const float **out, size_t *n, error *e);
int gguf_get_strs(const gguf *g, const char *key, bool required, const str **out, size_t *n, error *e);
/* The same under the architecture's prefix: gguf_arch_u32(g, "block_count", …) reads "llama.block_count". */
int gguf_arch_u32(const gguf *g, const char *key, bool required, uint32_t *out, error *e);
int gguf_arch_f32(const gguf *g, const char *key, bool required, float *out, error *e);
int gguf_arch_bool(const gguf *g, const char *key, bool required, bool *out, error *e);
/* A value for each of `layers` layers: a single number is repeated, an array must have that length. Absent and not
 * required: `fallback` for each. The result is [layers] in the arena. */
int gguf_arch_layers_u32(const gguf *g, arena *a, const char *key, bool required, uint32_t layers, uint32_t fallback,
                         const uint32_t **out, error *e);
/* The prefixed key itself, for messages and for gguf_get; empty on lack of memory. */
str gguf_arch_key(const gguf *g, arena *a, const char *key);

/* ERROR_SUPPORT at the first tensor whose type has no kernel here, naming both; 0 when all can be computed with. */
int gguf_check_loadable(const gguf *g, error *e);

/* ---- split models ------------------------------------------------------------------------------------------------ */

/* When `path` ends in -NNNNN-of-MMMMM.gguf: true, with the 1-based number, the count and the part before the dash. */
bool gguf_split_parse(str path, uint32_t *number, uint32_t *count, str *prefix);
/* "PREFIX-00002-of-00003.gguf" in the arena (number 1-based), NUL-terminated; NULL on lack of memory. */
char *gguf_split_path(arena *a, str prefix, uint32_t number, uint32_t count);

/* Opens one file of a model: fills the source or sets the error. `close` releases it. */
typedef struct gguf_opener {
    void *context;
    int (*open)(void *context, const char *path, gguf_source *source, error *e);
    void (*close)(void *context, gguf_source *source);
} gguf_opener;

/* A model in one file or several: `head` holds the keys of the first file and the tensors of all. */
typedef struct gguf_set {
    gguf *head;
    uint32_t count;       /* files */
    const char **paths;   /* [count] */
    gguf_source *sources; /* [count], open until gguf_set_close */
    uint64_t *size_bytes; /* [count] */
    const gguf_opener *opener;
} gguf_set;

/* Opens and checks the model at `path`: any part of a split model stands for the whole. Checks that each part says its
 * place (split.no, split.count), that no tensor comes twice and that split.tensors.count is met. On failure nothing
 * stays open. `opener` must outlive the set. */
int gguf_set_open(arena *a, const char *path, const gguf_opener *opener, const gguf_limits *limits, gguf_set **out,
                  error *e);
void gguf_set_close(gguf_set *s); /* NULL is allowed; the memory is the arena's */
/* Reads bytes [offset, offset + len) of a tensor. */
int gguf_set_read(const gguf_set *s, const gguf_tensor *t, uint64_t offset, void *out, size_t len_bytes, error *e);

#endif
