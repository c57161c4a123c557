/* gguf_split.c - a model in several files, opened as one.
 *
 *     NAME-00001-of-00003.gguf   keys of the model + split.*, tensors a … f
 *     NAME-00002-of-00003.gguf   split.* only,               tensors g … p
 *     NAME-00003-of-00003.gguf   split.* only,               tensors q … z
 *
 * In: a path to any of them and a way to open files. Out: one header with all tensors, each knowing its part. Names
 * count from 1, split.no from 0. Invariant: each part says that it is what its name says, and the parts together hold
 * exactly split.tensors.count tensors, none twice.
 */
#include "lm/gguf.h"
#include "lm/gguf_index.h"

enum { SPLIT_LIMIT = 4096 };

static bool five_digits(const uint8_t *p, uint32_t *value) {
    *value = 0;
    for (int i = 0; i < 5; i++) {
        if (!byte_is_digit(p[i])) return false;
        *value = *value * 10 + (uint32_t)(p[i] - '0');
    }
    return true;
}

bool gguf_split_parse(str path, uint32_t *number, uint32_t *count, str *prefix) {
    enum { TAIL = 20 }; /* -00001-of-00003.gguf */
    if (path.n <= TAIL) return false;
    const uint8_t *p = path.p + path.n - TAIL;
    if (p[0] != '-' || memcmp(p + 6, "-of-", 4) != 0 || memcmp(p + 15, ".gguf", 5) != 0) return false;
    if (!five_digits(p + 1, number) || !five_digits(p + 10, count)) return false;
    *prefix = (str){path.p, path.n - TAIL};
    return *number >= 1 && *number <= *count;
}

char *gguf_split_path(arena *a, str prefix, uint32_t number, uint32_t count) {
    return (char *)(uintptr_t)arena_printf(a, "%.*s-%05u-of-%05u.gguf", STR_ARG(prefix), number, count).p;
}

/* Part `no` (0-based) must say so itself; the first also says how many tensors there are in all. */
static int check_part(const gguf *g, uint32_t no, uint32_t count, error *e) {
    uint32_t said_no = 0, said_count = 1;
    int rc = gguf_get_u32(g, "split.count", count > 1, &said_count, e);
    if (!rc) rc = gguf_get_u32(g, "split.no", count > 1, &said_no, e);
    if (rc) return rc;
    if (said_count == 0) said_count = 1;
    if (said_count != count || said_no != no)
        return error_set(e, ERROR_CONFLICT, "the file says that it is part %llu of %u, its name says %u of %u%s",
                         (unsigned long long)said_no + 1, said_count, no + 1, count,
                         count == 1 ? " (a split model's files must keep their names)" : "");
    return 0;
}

static int open_part(gguf_set *s, arena *a, uint32_t no, const gguf_limits *limits, gguf **part, error *e) {
    int rc = s->opener->open(s->opener->context, s->paths[no], &s->sources[no], e);
    if (rc) {
        s->sources[no].read = NULL;
        error_in_file(e, str_from_cstr(s->paths[no]));
        return rc;
    }
    s->size_bytes[no] = s->sources[no].size_bytes;
    rc = gguf_read(a, &s->sources[no], s->paths[no], limits, part, e);
    if (!rc) rc = check_part(*part, no, s->count, e);
    if (rc) error_in_file(e, str_from_cstr(s->paths[no]));
    return rc;
}

/* One array of the tensors of all parts; the head takes it over. */
static int join_parts(gguf_set *s, arena *a, gguf **parts, error *e) {
    gguf *head = parts[0];
    size_t total = 0, at = 0;
    for (uint32_t i = 0; i < s->count; i++) total += parts[i]->tensor_count;
    uint32_t promised = (uint32_t)total;
    int rc = gguf_get_u32(head, "split.tensors.count", false, &promised, e);
    if (rc) return rc;
    if (promised != total)
        return error_set(e, ERROR_CONFLICT, "split.tensors.count promises %u tensors, the %u files hold %zu", promised,
                         s->count, total);
    if (s->count == 1) return 0;
    if (total > UINT32_MAX) return error_set(e, ERROR_LIMIT, "more tensors than can be numbered");
    gguf_tensor *all = ARENA_ARRAY(a, gguf_tensor, total);
    if (!all) return error_set(e, ERROR_MEMORY, "no memory for %zu tensors", total);
    for (uint32_t i = 0; i < s->count; i++)
        for (size_t k = 0; k < parts[i]->tensor_count; k++) {
            all[at] = parts[i]->tensors[k];
            all[at++].part = i;
        }
    head->tensors = all;
    head->tensor_count = total;
    return gguf_index_tensors(a, head, e);
}

static int open_all(gguf_set *s, arena *a, const gguf_limits *limits, error *e) {
    gguf **parts = ARENA_ARRAY(a, gguf *, s->count);
    if (!parts) return error_set(e, ERROR_MEMORY, "no memory to open the model");
    for (uint32_t i = 0; i < s->count; i++) {
        int rc = open_part(s, a, i, limits, &parts[i], e);
        if (rc) return rc;
    }
    s->head = parts[0];
    int rc = join_parts(s, a, parts, e);
    if (rc) error_in_file(e, str_from_cstr(s->paths[0]));
    return rc;
}

int gguf_set_open(arena *a, const char *path, const gguf_opener *opener, const gguf_limits *limits, gguf_set **out,
                  error *e) {
    error scratch;
    if (!e) e = &scratch;
    *e = (error){0};
    *out = NULL;
    uint32_t number = 1, count = 1;
    str prefix = {0};
    bool split = gguf_split_parse(str_from_cstr(path), &number, &count, &prefix);
    if (count > SPLIT_LIMIT)
        return error_at(e, ERROR_LIMIT, str_from_cstr(path), 0, 0, "a model of %u files is over the limit of %d", count,
                        SPLIT_LIMIT);
    gguf_set *s = ARENA_NEW(a, gguf_set);
    if (s) *s = (gguf_set){.count = count, .opener = opener};
    if (s) s->paths = ARENA_ARRAY(a, const char *, count);
    if (s) s->sources = ARENA_ARRAY(a, gguf_source, count);
    if (s) s->size_bytes = ARENA_ARRAY(a, uint64_t, count);
    if (!s || !s->paths || !s->sources || !s->size_bytes)
        return error_set(e, ERROR_MEMORY, "no memory to open '%s'", path);
    for (uint32_t i = 0; i < count; i++) {
        s->paths[i] = split ? gguf_split_path(a, prefix, i + 1, count) : arena_cstr(a, str_from_cstr(path));
        if (!s->paths[i]) return error_set(e, ERROR_MEMORY, "no memory to open '%s'", path);
    }
    int rc = open_all(s, a, limits, e);
    if (rc) {
        gguf_set_close(s);
        return rc;
    }
    *out = s;
    return 0;
}

void gguf_set_close(gguf_set *s) {
    if (!s) return;
    for (uint32_t i = 0; i < s->count; i++) {
        if (s->sources[i].read && s->opener->close) s->opener->close(s->opener->context, &s->sources[i]);
        s->sources[i].read = NULL;
    }
}

int gguf_set_read(const gguf_set *s, const gguf_tensor *t, uint64_t offset, void *out, size_t len_bytes, error *e) {
    if (offset > t->size_bytes || len_bytes > t->size_bytes - offset)
        return error_set(e, ERROR_LIMIT, "bytes beyond the end of tensor '%.*s' were asked for", STR_ARG(t->name));
    const gguf_source *source = &s->sources[t->part];
    int rc = source->read(source->context, t->offset + offset, out, len_bytes, e);
    if (rc) error_in_file(e, str_from_cstr(s->paths[t->part]));
    return rc;
}
