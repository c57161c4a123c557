/* prefix_cache.c - see prefix_cache.h.
 *
 *     header, little-endian   magic 8 | version u32 | tokens u32 | payload bytes u64 | checksum u64 | key 64 hex digits
 *     payload                 tokens u32 [count], then per layer [pages][key page], [pages][value page]
 *
 * Everything about the file's size follows from the engine and the number of tokens, nothing is taken from the file.
 * Invariant: a session leaves here only when every byte of its pages was checked. Not here: when to save (the writer).
 */
#include "lm/prefix_cache.h"

#include "base/file.h"
#include "lm/engine_impl.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

enum {
    VERSION = 1,
    KEY_DIGITS = 64,
    SAMPLES = 64,
    SAMPLE_BYTES = 4096,
    HEADER_PIECE_BYTES = 1 << 20,
    LEFT_OVER_SECONDS = 3600
};
static const char MAGIC[8] = {'a', 's', 's', 'a', 'y', '-', 'k', 'v'};

struct header {
    char magic[8];
    uint32_t version, count;
    uint64_t payload_bytes, checksum;
    char key[KEY_DIGITS];
};
_Static_assert(sizeof(struct header) == 96, "no padding in the header");

const char *prefix_state_word(enum prefix_state state) {
    static const char *const words[] = {"hit",     "absent",     "older", "foreign", "truncated",
                                        "corrupt", "unreadable", "full",  "off"};
    return words[state];
}

/* ---- whose it is --------------------------------------------------------------------------------------------------
 */

int prefix_model_id(const gguf_set *set, sha256_text *out, error *e) {
    const gguf *g = set->head;
    uint8_t *piece = malloc(HEADER_PIECE_BYTES);
    sha256 *h = sha256_new();
    int bad = piece && h ? 0 : error_set(e, ERROR_MEMORY, "no memory to identify the model");
    for (uint64_t at = 0; !bad && at < g->data_offset;) {
        uint64_t left = g->data_offset - at;
        size_t n = left < HEADER_PIECE_BYTES ? (size_t)left : HEADER_PIECE_BYTES;
        bad = set->sources[0].read(set->sources[0].context, at, piece, n, e);
        if (!bad) sha256_add(h, str_make(piece, n));
        at += n;
    }
    if (!bad) sha256_add(h, str_make(set->size_bytes, set->count * sizeof *set->size_bytes));
    for (size_t i = 0; !bad && i < SAMPLES && g->tensor_count; i++) {
        const gguf_tensor *t = &g->tensors[i * g->tensor_count / SAMPLES];
        size_t n = t->size_bytes < SAMPLE_BYTES ? (size_t)t->size_bytes : SAMPLE_BYTES;
        bad = n ? gguf_set_read(set, t, (t->size_bytes - n) / 2, piece, n, e) : 0;
        if (!bad) sha256_add(h, str_make(piece, n));
    }
    sha256_text id = {""};
    if (h) id = sha256_finish(h);
    free(piece);
    if (!bad) *out = id;
    return bad;
}

/* The digits of the key; false on lack of memory. */
static bool make_key(const engine *g, const char *model_id, const uint32_t *tokens, uint32_t count,
                     char key[KEY_DIGITS + 1]) {
    const struct shape *s = &g->model.shape;
    char text[512];
    sha256 *h = sha256_new();
    if (!h) return false;
    int n = snprintf(text, sizeof text, "%d %s\n%s %u %s\n%d %d %u %u %u %u %u\n", VERSION, model_id, g->backend->name,
                     g->backend->abi, g->device_info.name, (int)g->options.cache_type, CACHE_PAGE, s->LAYERS,
                     s->KV_HEADS, s->KEY, s->VALUE, count);
    sha256_add(h, str_make(text, n > 0 && (size_t)n < sizeof text ? (size_t)n : sizeof text - 1));
    sha256_add(h, str_make(tokens, (size_t)count * sizeof *tokens));
    sha256_text hash = sha256_finish(h);
    snprintf(key, KEY_DIGITS + 1, "%s", hash.text + strlen("sha256:"));
    return true;
}

static char *path_of(arena *a, const char *folder, const char *key) {
    str name = arena_printf(a, "%s.kv", key);
    return name.p ? path_join(a, str_from_cstr(folder), name) : NULL;
}

char *prefix_cache_path(arena *a, const engine *g, const char *folder, const char *model_id, const uint32_t *tokens,
                        uint32_t count) {
    char key[KEY_DIGITS + 1];
    return make_key(g, model_id, tokens, count, key) ? path_of(a, folder, key) : NULL;
}

char *prefix_cache_folder(arena *a, const char *xdg_cache_home, const char *home) {
    if (xdg_cache_home && xdg_cache_home[0] == '/') return path_join(a, str_from_cstr(xdg_cache_home), STR("assay"));
    return home && home[0] == '/' ? path_join(a, str_from_cstr(home), STR(".cache/assay")) : NULL;
}

/* ---- the payload --------------------------------------------------------------------------------------------------
 */

/* Four independent streams of multiply and rotate, so that it runs at the speed of memory; the length is mixed in. */
static uint64_t checksum(const uint8_t *p, size_t n) {
    const uint64_t A = 0x9e3779b97f4a7c15u, B = 0xd1342543de82ef95u;
    uint64_t lane[4] = {A, B, ~A, ~B}, word[4], sum = n;
    size_t i = 0;
    for (; i + sizeof word <= n; i += sizeof word) {
        memcpy(word, p + i, sizeof word);
        for (int k = 0; k < 4; k++) {
            lane[k] = (lane[k] ^ word[k]) * A;
            lane[k] ^= lane[k] >> 32;
        }
    }
    for (; i < n; i++) lane[0] = (lane[0] ^ p[i]) * B, lane[0] ^= lane[0] >> 32;
    for (int k = 0; k < 4; k++) sum = (sum ^ lane[k]) * B, sum ^= sum >> 29;
    return sum;
}

struct layout {
    size_t key, value; /* bytes of a page in one layer */
    uint32_t pages;
    uint64_t payload_bytes;
};

static struct layout layout_of(const engine *g, uint32_t count) {
    const struct kernels_cache *c = &g->model.layer[0].cache;
    struct layout l = {.key = c->key ? kernels_cache_page_bytes(c->type, c->PAGE, c->KV_HEADS, c->KEY) : 0,
                       .value = c->value ? kernels_cache_page_bytes(c->type, c->PAGE, c->KV_HEADS, c->VALUE) : 0,
                       .pages = (count + CACHE_PAGE - 1) / CACHE_PAGE};
    l.payload_bytes =
        (uint64_t)count * sizeof(uint32_t) + (uint64_t)l.pages * (l.key + l.value) * g->model.shape.LAYERS;
    return l;
}

/* Copies the pages of a session to (`save`) or from `p`, in the file's order. */
static int move_pages(engine *g, const session *s, const struct layout *l, uint8_t *p, bool save, error *e) {
    const struct kernels_backend *b = g->backend;
    for (uint32_t i = 0; i < g->model.shape.LAYERS; i++) {
        const struct kernels_cache *c = &g->model.layer[i].cache;
        char *const base[2] = {c->key, c->value};
        const size_t size[2] = {l->key, l->value};
        for (int half = 0; half < 2; half++)
            for (uint32_t k = 0; k < l->pages && size[half]; k++, p += size[half]) {
                char *page = base[half] + size[half] * (size_t)s->pages[k];
                if (save)
                    b->download(g->queue, p, page, size[half]);
                else
                    b->upload(g->queue, page, p, size[half]);
            }
    }
    return b->queue_sync(g->queue, e);
}

/* ---- loading ------------------------------------------------------------------------------------------------------
 */

/* One read, in as many calls as the system needs (Linux gives at most 2 GiB a call). */
static bool read_whole(int fd, uint8_t *p, uint64_t n) {
    while (n) {
        ssize_t got = read(fd, p, n < (1u << 30) ? (size_t)n : (size_t)1 << 30);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        p += got;
        n -= (uint64_t)got;
    }
    return true;
}

static enum prefix_state check(const uint8_t *file, uint64_t size, const char *key, const struct layout *l,
                               const uint32_t *tokens, uint32_t count) {
    struct header h;
    if (size < sizeof h) return PREFIX_TRUNCATED;
    memcpy(&h, file, sizeof h);
    if (memcmp(h.magic, MAGIC, sizeof MAGIC) != 0) return PREFIX_FOREIGN;
    if (h.version != VERSION) return PREFIX_OLDER;
    if (memcmp(h.key, key, KEY_DIGITS) != 0 || h.count != count) return PREFIX_FOREIGN;
    if (h.payload_bytes != l->payload_bytes || size != sizeof h + l->payload_bytes) return PREFIX_TRUNCATED;
    if (checksum(file + sizeof h, (size_t)l->payload_bytes) != h.checksum) return PREFIX_CORRUPT;
    return memcmp(file + sizeof h, tokens, (size_t)count * sizeof *tokens) == 0 ? PREFIX_HIT : PREFIX_FOREIGN;
}

/* The file's bytes, at most what it should have and one more; NULL with the reason. */
static uint8_t *read_file(const char *path, uint64_t limit, uint64_t *size, enum prefix_state *state) {
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    *state = fd < 0 && errno == ENOENT ? PREFIX_ABSENT : PREFIX_UNREADABLE;
    if (fd < 0) return NULL;
    uint8_t *p = NULL;
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
        *size = (uint64_t)st.st_size < limit ? (uint64_t)st.st_size : limit;
        p = malloc((size_t)*size + 1);
        if (!p) *state = PREFIX_FULL;
        if (p && !read_whole(fd, p, *size)) {
            free(p);
            p = NULL;
        }
        if (p) futimens(fd, NULL); /* used now: the last to be removed. Where that is refused, nothing is lost */
    }
    close(fd);
    return p;
}

static enum prefix_state make_session(engine *g, const struct layout *l, const uint8_t *payload, const uint32_t *tokens,
                                      uint32_t count, session **out) {
    session *s;
    if (session_new(g, &s, NULL) != 0) return PREFIX_FULL;
    int bad = session_reserve(s, count, NULL);
    uint8_t *pages = (uint8_t *)(uintptr_t)payload + (size_t)count * sizeof *tokens; /* only read */
    if (!bad) bad = move_pages(g, s, l, pages, false, NULL);
    if (bad) {
        session_free(s);
        return PREFIX_FULL;
    }
    memcpy(s->tokens, tokens, (size_t)count * sizeof *tokens);
    s->length = count;
    *out = s;
    return PREFIX_HIT;
}

enum prefix_state prefix_cache_load(engine *g, const char *folder, const char *model_id, const uint32_t *tokens,
                                    uint32_t count, session **out) {
    char key[KEY_DIGITS + 1];
    *out = NULL;
    if (count == 0 || count > g->info.context_tokens) return PREFIX_ABSENT;
    arena *a = arena_new(0);
    char *path = a && make_key(g, model_id, tokens, count, key) ? path_of(a, folder, key) : NULL;
    struct layout l = layout_of(g, count);
    enum prefix_state state = PREFIX_FULL;
    uint64_t size = 0;
    uint8_t *file = path ? read_file(path, sizeof(struct header) + l.payload_bytes + 1, &size, &state) : NULL;
    if (file) state = check(file, size, key, &l, tokens, count);
    if (file && state == PREFIX_HIT) state = make_session(g, &l, file + sizeof(struct header), tokens, count, out);
    free(file);
    arena_free(a);
    return state;
}

/* ---- saving -------------------------------------------------------------------------------------------------------
 */

/* Our own names only: 64 digits and ".kv". */
static bool is_ours(const char *name) {
    size_t digits = strspn(name, "0123456789abcdef");
    return digits == KEY_DIGITS && strcmp(name + digits, ".kv") == 0;
}

/* What a run that was killed while it wrote left behind (base/file.c: the name and six letters): an hour old, so that
 * no run that lives writes it. */
static bool is_left_over(const char *name, const struct stat *st) {
    size_t digits = strspn(name, "0123456789abcdef");
    bool temporary = digits == KEY_DIGITS && strncmp(name + digits, ".kv.", 4) == 0 && strlen(name + digits) == 10;
    return temporary && st->st_mtim.tv_sec < time(NULL) - LEFT_OVER_SECONDS;
}

/* One look through the folder: the bytes in all, and the oldest file but `ours`. Left-overs go at once. */
static uint64_t look_through(DIR *d, const char *ours, char oldest[KEY_DIGITS + 4]) {
    uint64_t all = 0;
    struct timespec first = {0};
    struct stat st;
    oldest[0] = 0;
    rewinddir(d);
    for (struct dirent *f; (f = readdir(d));) {
        if (fstatat(dirfd(d), f->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(st.st_mode)) continue;
        if (is_left_over(f->d_name, &st)) unlinkat(dirfd(d), f->d_name, 0);
        if (!is_ours(f->d_name)) continue;
        all += (uint64_t)st.st_size;
        bool older = !oldest[0] || st.st_mtim.tv_sec < first.tv_sec ||
                     (st.st_mtim.tv_sec == first.tv_sec && st.st_mtim.tv_nsec < first.tv_nsec);
        if (!older || strcmp(f->d_name, ours) == 0) continue;
        first = st.st_mtim;
        memcpy(oldest, f->d_name, KEY_DIGITS + 4);
    }
    return all;
}

static void remove_oldest(const char *folder, const char *ours, uint64_t keep_bytes) {
    char oldest[KEY_DIGITS + 4];
    DIR *d = opendir(folder);
    if (!d) return;
    while (look_through(d, ours, oldest) > keep_bytes && oldest[0])
        if (unlinkat(dirfd(d), oldest, 0) != 0) break;
    closedir(d);
}

static int write_file(engine *g, const char *path, const char *key, const session *s, uint32_t count, error *e) {
    struct layout l = layout_of(g, count);
    size_t size = sizeof(struct header) + (size_t)l.payload_bytes;
    uint8_t *file = malloc(size);
    if (!file) return error_set(e, ERROR_MEMORY, "no memory for the %zu bytes of a prefix", size);
    uint8_t *payload = file + sizeof(struct header);
    memcpy(payload, s->tokens, (size_t)count * sizeof *s->tokens);
    int bad = move_pages(g, s, &l, payload + (size_t)count * sizeof *s->tokens, true, e);
    struct header h = {.version = VERSION, .count = count, .payload_bytes = l.payload_bytes};
    memcpy(h.magic, MAGIC, sizeof MAGIC);
    memcpy(h.key, key, KEY_DIGITS);
    if (!bad) {
        h.checksum = checksum(payload, (size_t)l.payload_bytes);
        memcpy(file, &h, sizeof h);
        bad = file_write_private(path, str_make(file, size), e); /* a text's keys are a text */
    }
    free(file);
    return bad;
}

/* The folder, and the one that it is in (a first run finds no ~/.cache). */
static int make_folder(const char *folder, error *e) {
    char parent[4096];
    str above = path_folder(str_from_cstr(folder));
    if (mkdir(folder, 0700) == 0 || errno == EEXIST) return 0;
    int why = errno;
    if (why == ENOENT && (size_t)above.n < sizeof parent) {
        snprintf(parent, sizeof parent, "%.*s", STR_ARG(above));
        if (mkdir(parent, 0700) == 0 && mkdir(folder, 0700) == 0) return 0;
        if (errno != EEXIST) why = errno; /* of the folder above, where that could not be made */
    }
    return error_at(e, ERROR_IO, str_from_cstr(folder), 0, 0, "cannot be made: %s", strerror(why));
}

/* A cache is not worth a full disk: at most half of what is free is taken. */
static int check_disk(const char *folder, uint64_t size, error *e) {
    struct statvfs disk;
    if (statvfs(folder, &disk) != 0) return 0; /* writing will tell */
    uint64_t left = (uint64_t)disk.f_bavail * disk.f_frsize;
    if (size <= left / 2) return 0;
    return error_at(e, ERROR_LIMIT, str_from_cstr(folder), 0, 0,
                    "%llu bytes would be more than half of the %llu that the disk has left", (unsigned long long)size,
                    (unsigned long long)left);
}

int prefix_cache_save(engine *g, const char *folder, const char *model_id, const session *s, uint32_t count,
                      uint64_t keep_bytes, error *e) {
    char key[KEY_DIGITS + 1];
    struct layout l = layout_of(g, count);
    if (!keep_bytes) keep_bytes = PREFIX_KEEP_BYTES;
    if (count == 0 || count > s->length)
        return error_set(e, ERROR_USAGE, "cannot keep %u tokens of a text of %u", count, s->length);
    if (l.payload_bytes + sizeof(struct header) > keep_bytes)
        return error_set(e, ERROR_LIMIT, "a prefix of %llu bytes is more than the %llu that are kept in all",
                         (unsigned long long)l.payload_bytes, (unsigned long long)keep_bytes);
    int bad = make_folder(folder, e);
    if (!bad) bad = check_disk(folder, l.payload_bytes + sizeof(struct header), e);
    if (bad) return bad;
    arena *a = arena_new(0);
    char *path = a && make_key(g, model_id, s->tokens, count, key) ? path_of(a, folder, key) : NULL;
    bad = path ? write_file(g, path, key, s, count, e) : error_set(e, ERROR_MEMORY, "no memory to keep a prefix");
    if (!bad) {
        str name = path_name(str_from_cstr(path));
        remove_oldest(folder, (const char *)name.p, keep_bytes);
    }
    arena_free(a);
    return bad;
}
