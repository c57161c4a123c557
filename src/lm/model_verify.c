/* model_verify.c - header, length and hash of model files.
 *
 * In: a file or folder, perhaps a sums file. Out: one item a file.
 *
 *     names = .gguf files found  ∪  files listed      sorted, each once
 *     item  = header (GGUF only) ─► length ─► SHA-256, the kernel reading ahead ─► compare
 *
 * Invariant: what could not be checked is never OK: unlisted, missing and unreadable files fail the report.
 */
#include "lm/model_verify.h"

#include "base/file.h"
#include "base/shown.h"
#include "lm/load_memory.h"
#include "lm/load_reader.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { FILES_LIMIT = 65536, SUMS_LIMIT_BYTES = 16 << 20, PIECE_BYTES = 8 << 20, HEADER_LIMIT_BYTES = 1 << 30 };

static int out_of_memory(error *e) { return error_set(e, ERROR_MEMORY, "no memory to verify"); }

/* ---- sums files -------------------------------------------------------------------------------------------------- */

static int entry_order(const void *x, const void *y) {
    return str_cmp(((const sums_entry *)x)->name, ((const sums_entry *)y)->name);
}

/* Undoes sha256sum's escapes: \\ and \n (and \r of newer ones). */
static str unescape(arena *a, str name) {
    uint8_t *to = arena_alloc(a, (size_t)name.n, 1);
    ptrdiff_t n = 0;
    for (ptrdiff_t i = 0; to && i < name.n; i++) {
        uint8_t c = name.p[i], next = i + 1 < name.n ? name.p[i + 1] : 0;
        if (c == '\\' && (next == '\\' || next == 'n' || next == 'r')) {
            c = next == 'n' ? '\n' : next == 'r' ? '\r' : '\\';
            i++;
        }
        to[n++] = c;
    }
    return (str){to, to ? n : 0};
}

static bool parse_line(arena *a, str line, sums_entry *entry) {
    bool escaped = line.n && line.p[0] == '\\';
    if (escaped) line = str_slice(line, 1, line.n);
    if (line.n < 67 || line.p[64] != ' ' || (line.p[65] != ' ' && line.p[65] != '*')) return false;
    for (int i = 0; i < 64; i++) {
        uint8_t c = byte_lower(line.p[i]);
        if (!byte_is_digit(c) && !(c >= 'a' && c <= 'f')) return false;
        entry->hex[i] = (char)c;
    }
    entry->hex[64] = 0;
    entry->name = str_slice(line, 66, line.n);
    if (escaped) entry->name = unescape(a, entry->name);
    if (str_starts(entry->name, STR("./"))) entry->name = str_slice(entry->name, 2, entry->name.n);
    return entry->name.n > 0;
}

int sums_parse(arena *a, str text, str file, sums *out, error *e) {
    VEC(sums_entry) list = {0};
    *out = (sums){0};
    str rest = text, line;
    for (uint32_t number = 1; str_cut(&rest, '\n', &line); number++) {
        if (line.n && line.p[line.n - 1] == '\r') line.n--;
        if (str_trim(line).n == 0 || line.p[0] == '#') continue;
        sums_entry entry;
        if (!parse_line(a, line, &entry))
            return error_at(e, ERROR_SYNTAX, file, number, 0,
                            "no line of sha256sum: 64 hex digits, two spaces, a name");
        if (!VEC_PUSH(a, &list, entry)) return out_of_memory(e);
    }
    if (list.n) qsort(list.at, list.n, sizeof *list.at, entry_order);
    for (size_t i = 0; i < list.n; i++) {
        if (out->count && str_eq(list.at[i].name, list.at[out->count - 1].name)) {
            if (strcmp(list.at[i].hex, list.at[out->count - 1].hex) != 0)
                return error_at(e, ERROR_CONFLICT, file, 0, 0, "'%.*s' is listed with two different sums",
                                STR_ARG(list.at[i].name));
            continue;
        }
        list.at[out->count++] = list.at[i];
    }
    out->entries = list.at;
    return 0;
}

static const sums_entry *sums_find(const sums *s, str name) {
    size_t lo = 0, hi = s->count;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        int order = str_cmp(s->entries[mid].name, name);
        if (order == 0) return &s->entries[mid];
        if (order < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return NULL;
}

/* ---- which files ------------------------------------------------------------------------------------------------- */

typedef struct names {
    str *at;
    size_t n, capacity;
} names;

static int add_name(arena *a, names *list, str name, error *e) {
    if (list->n >= FILES_LIMIT) return error_set(e, ERROR_LIMIT, "more than %d files to verify", FILES_LIMIT);
    str copy = str_make(arena_cstr(a, name), (size_t)name.n);
    return copy.p && VEC_PUSH(a, list, copy) ? 0 : out_of_memory(e);
}

/* "a.gguf", "A.GGUF". */
static bool is_named_gguf(str name) {
    const str extension = STR(".gguf");
    bool same = name.n >= extension.n;
    for (ptrdiff_t i = 0; i < extension.n && same; i++)
        same = byte_lower(name.p[name.n - extension.n + i]) == extension.p[i];
    return same;
}

static int folder_names(arena *a, const char *folder, names *list, error *e) {
    DIR *d = opendir(folder);
    if (!d) return error_at(e, ERROR_IO, str_from_cstr(folder), 0, 0, "cannot open: %s", strerror(errno));
    int rc = 0;
    for (const struct dirent *entry; !rc && (entry = readdir(d));)
        if (is_named_gguf(str_from_cstr(entry->d_name))) rc = add_name(a, list, str_from_cstr(entry->d_name), e);
    closedir(d);
    return rc;
}

static int file_names(arena *a, str path, names *list, error *e) {
    str prefix, name = path_name(path);
    uint32_t number, count;
    if (!gguf_split_parse(name, &number, &count, &prefix)) return add_name(a, list, name, e);
    int rc = 0;
    for (uint32_t i = 1; i <= count && !rc; i++) {
        const char *part = gguf_split_path(a, prefix, i, count);
        rc = part ? add_name(a, list, str_from_cstr(part), e) : out_of_memory(e);
    }
    return rc;
}

static int name_order(const void *x, const void *y) { return str_cmp(*(const str *)x, *(const str *)y); }

static void sort_once(names *list) {
    size_t kept = 0;
    if (list->n) qsort(list->at, list->n, sizeof *list->at, name_order);
    for (size_t i = 0; i < list->n; i++)
        if (!kept || !str_eq(list->at[i], list->at[kept - 1])) list->at[kept++] = list->at[i];
    list->n = kept;
}

/* ---- one file ---------------------------------------------------------------------------------------------------- */

typedef struct verifier {
    arena *a;
    const sums *listed; /* NULL without a sums file */
    verify_progress progress;
    void *context;
    uint64_t done, total; /* bytes hashed, bytes to hash */
    error *e;
} verifier;

static int hash_file(verifier *v, verify_item *item) {
    load_reader *r;
    uint8_t *piece = load_alloc(PIECE_BYTES);
    sha256 *h = sha256_new();
    int rc = piece && h ? load_reader_open((const char *)item->path.p, LOAD_PLAIN, &r, v->e) : out_of_memory(v->e);
    if (rc) {
        free(piece);
        if (h) sha256_finish(h);
        return rc;
    }
    for (uint64_t at = 0; at < item->size_bytes && !rc;) {
        uint64_t n = item->size_bytes - at < PIECE_BYTES ? item->size_bytes - at : PIECE_BYTES;
        rc = load_reader_read(r, at, piece, n, v->e);
        if (rc) break;
        sha256_add(h, str_make(piece, (size_t)n));
        at += n;
        v->done += n;
        if (v->progress && v->progress(v->context, item->path, v->done, v->total))
            rc = error_set(v->e, ERROR_CANCELLED, "verification was stopped");
    }
    item->hash = sha256_finish(h);
    if (rc) item->hash.text[0] = 0;
    load_reader_close(r);
    free(piece);
    if (rc) error_in_file(v->e, item->path);
    return rc;
}

/* Header and length of a GGUF file; sets the state when something is wrong. */
static int check_header(verifier *v, verify_item *item) {
    arena *a = arena_new(HEADER_LIMIT_BYTES);
    if (!a) return out_of_memory(v->e);
    const char *path = (const char *)item->path.p;
    gguf_opener opener = load_opener();
    gguf_limits limits = {.any_length = true};
    gguf_source source;
    gguf *g = NULL;
    error why = {0};
    int rc = opener.open(opener.context, path, &source, &why);
    if (!rc) {
        rc = gguf_read(a, &source, path, &limits, &g, &why);
        opener.close(opener.context, &source);
    }
    if (rc) {
        item->state = VERIFY_BROKEN;
        item->why = arena_printf(v->a, "%s", why.message);
    } else if (g->needed_bytes > g->size_bytes) {
        item->state = VERIFY_TRUNCATED;
        item->missing_bytes = g->needed_bytes - g->size_bytes;
        item->why = arena_printf(v->a, "%llu of %llu bytes are missing", (unsigned long long)item->missing_bytes,
                                 (unsigned long long)g->needed_bytes);
    }
    arena_free(a);
    return rc == ERROR_MEMORY ? out_of_memory(v->e) : 0;
}

/* Whatever it is called: a download may be a file without an extension. What cannot be read is found when it is
 * hashed. */
static bool begins_as_gguf(const char *path) {
    gguf_opener opener = load_opener();
    gguf_source source;
    uint8_t magic[4];
    if (opener.open(opener.context, path, &source, NULL)) return false;
    bool same = source.size_bytes >= sizeof magic && !source.read(source.context, 0, magic, sizeof magic, NULL) &&
                memcmp(magic, "GGUF", sizeof magic) == 0;
    opener.close(opener.context, &source);
    return same;
}

static int verify_one(verifier *v, verify_item *item, str name) {
    item->state = VERIFY_HASHED;
    bool model = is_named_gguf(name) || begins_as_gguf((const char *)item->path.p);
    int rc = model ? check_header(v, item) : 0;
    if (rc || item->state != VERIFY_HASHED) return rc;
    rc = hash_file(v, item);
    if (rc == ERROR_IO || rc == ERROR_SYNTAX) { /* unreadable: a finding about this file, the others go on */
        item->state = VERIFY_BROKEN;
        item->why = arena_printf(v->a, "%s", v->e->message);
        *v->e = (error){0};
        return 0;
    }
    if (rc || !v->listed) return rc;
    const sums_entry *entry = sums_find(v->listed, name);
    if (!entry)
        item->state = VERIFY_UNLISTED;
    else
        item->state = strcmp(entry->hex, item->hash.text + strlen("sha256:")) == 0 ? VERIFY_OK : VERIFY_DIFFERENT;
    return 0;
}

/* Paths and sizes first, so that progress knows the whole. */
static int find_files(verifier *v, str folder, const names *list, verify_item *items) {
    for (size_t i = 0; i < list->n; i++) {
        char *path = path_join(v->a, folder, list->at[i]);
        if (!path) return out_of_memory(v->e);
        items[i].path = str_from_cstr(path);
        struct stat s;
        if (stat(path, &s) != 0) {
            items[i].state = VERIFY_MISSING;
            items[i].why = arena_printf(v->a, "%s", strerror(errno));
        } else
            items[i].size_bytes = (uint64_t)s.st_size;
        v->total += items[i].size_bytes;
    }
    return 0;
}

static int verify_all(verifier *v, str folder, const names *list, verify_report *r) {
    r->items = ARENA_ARRAY(v->a, verify_item, list->n);
    if (!r->items) return out_of_memory(v->e);
    r->count = list->n;
    int rc = find_files(v, folder, list, r->items);
    r->passed = list->n > 0;
    for (size_t i = 0; i < list->n && !rc; i++) {
        verify_item *item = &r->items[i];
        if (item->state != VERIFY_MISSING) rc = verify_one(v, item, list->at[i]);
        if (item->state != VERIFY_OK && item->state != VERIFY_HASHED) r->passed = false;
    }
    return rc;
}

static int read_sums(arena *a, const char *sums_path, sums *out, error *e) {
    str text;
    int rc = file_read(a, sums_path, SUMS_LIMIT_BYTES, &text, e);
    return rc ? rc : sums_parse(a, text, str_from_cstr(sums_path), out, e);
}

int model_verify(arena *a, const char *path, const char *sums_path, verify_progress progress, void *context,
                 verify_report **out, error *e) {
    error scratch;
    if (!e) e = &scratch;
    *out = NULL;
    str at = str_from_cstr(path), folder = str_slice(at, 0, at.n - path_name(at).n); /* files keep the names given */
    struct stat s;
    if (stat(path, &s) != 0) return error_at(e, ERROR_IO, at, 0, 0, "%s", strerror(errno));
    sums listed = {0};
    names list = {0};
    verify_report *r = ARENA_NEW(a, verify_report);
    if (!r) return out_of_memory(e);
    int rc = sums_path ? read_sums(a, sums_path, &listed, e) : 0;
    if (S_ISDIR(s.st_mode)) {
        folder = at;
        if (!rc) rc = folder_names(a, path, &list, e);
        for (size_t i = 0; i < listed.count && !rc; i++) rc = add_name(a, &list, listed.entries[i].name, e);
    } else if (!rc)
        rc = file_names(a, at, &list, e);
    if (rc) return rc;
    sort_once(&list);
    if (!list.n) return error_at(e, ERROR_IO, at, 0, 0, "no .gguf file in this folder");
    verifier v = {.a = a, .listed = sums_path ? &listed : NULL, .progress = progress, .context = context, .e = e};
    rc = verify_all(&v, folder, &list, r);
    if (!rc) *out = r;
    return rc;
}

/* ---- output ------------------------------------------------------------------------------------------------------ */

const char *verify_state_name(enum verify_state state) {
    static const char *const names_of[] = {"ok", "hashed", "different", "truncated", "broken", "missing", "unlisted"};
    return (unsigned)state < COUNT_OF(names_of) ? names_of[state] : "unknown";
}

void verify_text(const verify_report *r, buf *out) {
    for (size_t i = 0; i < r->count; i++) {
        const verify_item *item = &r->items[i];
        char size[32];
        memory_size_text(item->size_bytes, size);
        buf_printf(out, "%-9s  ", verify_state_name(item->state));
        shown_put(out, item->path);
        if (item->state != VERIFY_MISSING) buf_printf(out, "  %s", size);
        if (item->hash.text[0]) buf_printf(out, "  %s", item->hash.text);
        if (item->why.n) buf_cstr(out, "  ");
        shown_put(out, item->why);
        buf_byte(out, '\n');
    }
}

void verify_json(const verify_report *r, json *j) {
    json_object_open(j);
    json_key_bool(j, "passed", r->passed);
    json_key(j, "files");
    json_array_open(j);
    for (size_t i = 0; i < r->count; i++) {
        const verify_item *item = &r->items[i];
        json_object_open(j);
        json_key_str(j, "path", item->path);
        json_key_cstr(j, "state", verify_state_name(item->state));
        json_key_u64(j, "size_bytes", item->size_bytes);
        if (item->missing_bytes) json_key_u64(j, "missing_bytes", item->missing_bytes);
        if (item->hash.text[0]) json_key_cstr(j, "hash", item->hash.text);
        if (item->why.n) json_key_str(j, "why", item->why);
        json_object_close(j);
    }
    json_array_close(j);
    json_object_close(j);
}
