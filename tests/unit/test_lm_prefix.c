/* test_lm_prefix.c - prefixes kept between runs: a hit is the prefill, anything else is ignored with its word. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/file.h"
#include "lm/prefix_cache.h"
#include "tests/support/tiny_model.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LENGTH = 100 }; /* tokens: a full page and a part of one */

struct rig {
    char folder[64];
    arena *a;
    buf bytes;
    str view;
    gguf_opener opener;
    gguf_set *set;
    kernels_device *device;
    engine *engine;
    sha256_text id;
    uint32_t tokens[LENGTH];
};

static void model_open(struct rig *r, const struct tiny_model *model, enum tensor_type cache, uint32_t cache_tokens) {
    error e = {0};
    struct engine_options o = {.cache_type = cache, .cache_tokens = cache_tokens, .batch_columns = 32};
    *r = (struct rig){.a = arena_new(0)};
    assert_int_equal(tiny_model_bytes(model, &r->bytes, &e), 0);
    r->view = buf_view(&r->bytes);
    r->opener = tiny_model_opener(&r->view);
    if (gguf_set_open(r->a, "tiny.gguf", &r->opener, NULL, &r->set, &e) ||
        kernels_cpu()->open(0, &(struct kernels_options){.threads = 1}, &r->device, &e) ||
        engine_open(r->set, kernels_cpu(), r->device, &o, &r->engine, &e) || prefix_model_id(r->set, &r->id, &e))
        fail_msg("%s", e.message);
    for (uint32_t i = 0; i < LENGTH; i++) r->tokens[i] = (i * 37 + 5) % TINY_VOCAB;
    snprintf(r->folder, sizeof r->folder, "/tmp/assay-prefix-XXXXXX");
    assert_non_null(mkdtemp(r->folder));
}
static void model_close(struct rig *r) {
    engine_close(r->engine);
    kernels_cpu()->close(r->device);
    gguf_set_close(r->set);
    buf_free(&r->bytes);
    arena_free(r->a);
}

static uint32_t count_files(const char *folder, bool remove_them) {
    DIR *d = opendir(folder);
    uint32_t n = 0;
    assert_non_null(d);
    for (struct dirent *f; (f = readdir(d));) {
        if (f->d_name[0] == '.') continue;
        n++;
        if (remove_them) assert_int_equal(unlinkat(dirfd(d), f->d_name, 0), 0);
    }
    closedir(d);
    return n;
}
static void folder_close(const char *folder) {
    count_files(folder, true);
    assert_int_equal(rmdir(folder), 0);
}

static const struct tiny_model QWEN = {.architecture = "qwen3", .type = GGUF_TYPE_Q8_0, .extra = ""};

static session *prefill(struct rig *r, uint32_t count) {
    session *s;
    error e = {0};
    assert_int_equal(session_new(r->engine, &s, &e), 0);
    if (engine_step(r->engine, &(struct engine_input){s, r->tokens, count, 0}, 1, &e)) fail_msg("%s", e.message);
    return s;
}

/* Logits after each of some tokens more; the session is freed. */
static float *continue_with(struct rig *r, session *s) {
    enum { MORE = 5 };
    const uint32_t more[MORE] = {3, 1, 4, 1, 5};
    float *logits = malloc(sizeof *logits * MORE * TINY_VOCAB);
    error e = {0};
    assert_non_null(logits);
    if (engine_step(r->engine, &(struct engine_input){s, more, MORE, MORE}, 1, &e)) fail_msg("%s", e.message);
    memcpy(logits, engine_logits(r->engine, 0), sizeof *logits * MORE * TINY_VOCAB);
    session_free(s);
    return logits;
}

static void a_hit_is_the_prefill_bit_for_bit(void **state) {
    static const char *const architectures[] = {"llama", "mistral", "qwen2", "qwen3", "qwen3moe"};
    static const enum tensor_type caches[] = {TENSOR_F32, TENSOR_F16, TENSOR_FP8};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(architectures); i++)
        for (size_t c = 0; c < COUNT_OF(caches); c++) {
            struct rig r;
            struct tiny_model m = {.architecture = architectures[i], .type = GGUF_TYPE_F32, .extra = ""};
            model_open(&r, &m, caches[c], 2048);
            session *s = prefill(&r, LENGTH), *hit;
            error e = {0};
            assert_int_equal(prefix_cache_load(r.engine, r.folder, r.id.text, r.tokens, LENGTH, &hit), PREFIX_ABSENT);
            assert_null(hit);
            if (prefix_cache_save(r.engine, r.folder, r.id.text, s, LENGTH, 0, &e)) fail_msg("%s", e.message);
            assert_int_equal(prefix_cache_load(r.engine, r.folder, r.id.text, r.tokens, LENGTH, &hit), PREFIX_HIT);
            assert_int_equal(session_length(hit), LENGTH);
            assert_memory_equal(session_tokens(hit), r.tokens, sizeof r.tokens);
            float *a = continue_with(&r, s), *b = continue_with(&r, hit);
            assert_memory_equal(a, b, sizeof *a * 5 * TINY_VOCAB);
            free(a);
            free(b);
            folder_close(r.folder);
            model_close(&r);
        }
}

static str content_of(struct rig *r, const char *path) {
    str content;
    error e = {0};
    if (file_read(r->a, path, 64u << 20, &content, &e)) fail_msg("%s", e.message);
    return content;
}

static enum prefix_state load_bytes(struct rig *r, const char *path, str bytes) {
    session *s;
    FILE *f = fopen(path, "wb"); /* plainly: what is tested is any file that could be there */
    assert_non_null(f);
    assert_int_equal(fwrite(bytes.p, 1, (size_t)bytes.n, f), (size_t)bytes.n);
    assert_int_equal(fclose(f), 0);
    enum prefix_state state = prefix_cache_load(r->engine, r->folder, r->id.text, r->tokens, LENGTH, &s);
    assert_int_equal(s != NULL, state == PREFIX_HIT);
    session_free(s);
    return state;
}

static void damaged_and_foreign_files_are_ignored_with_their_word(void **state) {
    (void)state;
    struct rig r;
    model_open(&r, &QWEN, TENSOR_F16, 2048);
    session *s = prefill(&r, LENGTH), *other;
    error e = {0};
    if (prefix_cache_save(r.engine, r.folder, r.id.text, s, LENGTH, 0, &e)) fail_msg("%s", e.message);
    char *path = prefix_cache_path(r.a, r.engine, r.folder, r.id.text, r.tokens, LENGTH);
    str good = content_of(&r, path);
    uint8_t *bytes = arena_alloc(r.a, (size_t)good.n + 1, 1);
    str all = {bytes, good.n};
    uint64_t random = 17;
    for (int i = 0; i < 400; i++) { /* one byte, the header's each and the payload's at random */
        random = random * 6364136223846793005u + 1442695040888963407u;
        size_t at = i < 96 ? (size_t)i : (size_t)(random >> 20) % (size_t)good.n;
        memcpy(bytes, good.p, (size_t)good.n);
        bytes[at] = (uint8_t)(bytes[at] ^ (1 + (random >> 60)));
        enum prefix_state got = load_bytes(&r, path, all);
        if (got == PREFIX_HIT) fail_msg("byte %zu changed, and it was believed", at);
        assert_int_equal(got, at < 8    ? PREFIX_FOREIGN
                              : at < 12 ? PREFIX_OLDER
                              : at < 16 ? PREFIX_FOREIGN
                              : at < 24 ? PREFIX_TRUNCATED
                              : at < 32 ? PREFIX_CORRUPT
                              : at < 96 ? PREFIX_FOREIGN
                                        : PREFIX_CORRUPT);
    }
    memcpy(bytes, good.p, (size_t)good.n);
    bytes[good.n] = 0;
    static const size_t cuts[] = {0, 1, 95, 96, 97, 500};
    for (size_t i = 0; i < COUNT_OF(cuts); i++)
        assert_int_equal(load_bytes(&r, path, (str){bytes, (ptrdiff_t)cuts[i]}), PREFIX_TRUNCATED);
    assert_int_equal(load_bytes(&r, path, (str){bytes, good.n - 1}), PREFIX_TRUNCATED);
    assert_int_equal(load_bytes(&r, path, (str){bytes, good.n + 1}), PREFIX_TRUNCATED);
    assert_int_equal(load_bytes(&r, path, good), PREFIX_HIT);
    /* Another model, another text, another length: other files. */
    assert_int_equal(prefix_cache_load(r.engine, r.folder, "sha256:other", r.tokens, LENGTH, &other), PREFIX_ABSENT);
    assert_int_equal(prefix_cache_load(r.engine, r.folder, r.id.text, r.tokens, LENGTH - 1, &other), PREFIX_ABSENT);
    r.tokens[3] ^= 1;
    assert_int_equal(prefix_cache_load(r.engine, r.folder, r.id.text, r.tokens, LENGTH, &other), PREFIX_ABSENT);
    /* … and under the name of another one it is told by what is in it. */
    char *stolen = prefix_cache_path(r.a, r.engine, r.folder, r.id.text, r.tokens, LENGTH);
    assert_int_equal(load_bytes(&r, stolen, good), PREFIX_FOREIGN);
    assert_int_equal(unlink(stolen), 0);
    assert_int_equal(mkdir(stolen, 0700), 0);
    assert_int_equal(prefix_cache_load(r.engine, r.folder, r.id.text, r.tokens, LENGTH, &other), PREFIX_UNREADABLE);
    assert_int_equal(rmdir(stolen), 0);
    session_free(s);
    folder_close(r.folder);
    model_close(&r);
}

static void what_finds_no_room_is_not_loaded_and_takes_none(void **state) {
    (void)state;
    struct rig r;
    error e = {0};
    model_open(&r, &QWEN, TENSOR_F16, 192); /* three pages */
    session *s = prefill(&r, LENGTH), *hit;
    if (prefix_cache_save(r.engine, r.folder, r.id.text, s, LENGTH, 0, &e)) fail_msg("%s", e.message);
    assert_int_equal(prefix_cache_load(r.engine, r.folder, r.id.text, r.tokens, LENGTH, &hit), PREFIX_FULL);
    session_free(s);
    for (int i = 0; i < 20; i++) { /* nothing leaks */
        assert_int_equal(prefix_cache_load(r.engine, r.folder, r.id.text, r.tokens, LENGTH, &hit), PREFIX_HIT);
        session_free(hit);
    }
    folder_close(r.folder);
    model_close(&r);
}

static void the_oldest_go_when_there_are_too_many(void **state) {
    (void)state;
    struct rig r;
    error e = {0};
    struct stat st;
    model_open(&r, &QWEN, TENSOR_F16, 2048);
    session *s = prefill(&r, LENGTH), *hit;
    if (prefix_cache_save(r.engine, r.folder, r.id.text, s, 64, 0, &e)) fail_msg("%s", e.message);
    char *first = prefix_cache_path(r.a, r.engine, r.folder, r.id.text, r.tokens, 64);
    assert_int_equal(stat(first, &st), 0);
    assert_int_equal(st.st_mode & 077, 0); /* for nobody else to read */
    uint64_t room = (uint64_t)st.st_size * 7 / 2;
    char *strange = path_join(r.a, str_from_cstr(r.folder), STR("notes.kv"));
    assert_int_equal(file_write(strange, STR("not ours"), &e), 0);
    for (uint32_t n = 60; n < 64; n++)
        if (prefix_cache_save(r.engine, r.folder, r.id.text, s, n, room, &e)) fail_msg("%s", e.message);
    assert_int_equal(count_files(r.folder, false), 4); /* three, and what is not ours */
    assert_int_equal(prefix_cache_load(r.engine, r.folder, r.id.text, r.tokens, 64, &hit), PREFIX_ABSENT);
    assert_int_equal(prefix_cache_load(r.engine, r.folder, r.id.text, r.tokens, 63, &hit), PREFIX_HIT);
    session_free(hit);
    assert_int_equal(prefix_cache_save(r.engine, r.folder, r.id.text, s, 64, 1000, &e), ERROR_LIMIT);
    assert_int_equal(prefix_cache_save(r.engine, r.folder, r.id.text, s, LENGTH + 1, 0, &e), ERROR_USAGE);
    assert_int_equal(prefix_cache_save(r.engine, "/proc/none/x/y", r.id.text, s, 64, 0, &e), ERROR_IO);
    session_free(s);
    folder_close(r.folder);
    model_close(&r);
}

static void models_with_the_same_header_are_told_apart(void **state) {
    (void)state;
    struct rig r;
    sha256_text again, other;
    error e = {0};
    model_open(&r, &QWEN, TENSOR_F16, 2048);
    assert_int_equal(prefix_model_id(r.set, &again, &e), 0);
    assert_string_equal(again.text, r.id.text);
    const gguf_tensor *t = &r.set->head->tensors[r.set->head->tensor_count / 2];
    r.bytes.p[t->offset + t->size_bytes / 2] ^= 1; /* other weights, same header */
    assert_int_equal(prefix_model_id(r.set, &other, &e), 0);
    assert_string_not_equal(other.text, r.id.text);
    folder_close(r.folder);
    model_close(&r);
}

/* A process of its own, so that what it breaks is its own; `work` gives its exit code. */
static int in_a_process(int (*work)(struct rig *r, session *s), struct rig *r, session *s) {
    int status = 0;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) _exit(work(r, s));
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int save_where_no_room_is(struct rig *r, session *s) {
    const struct rlimit little = {1000, 1000};
    error e = {0};
    signal(SIGXFSZ, SIG_IGN);
    if (setrlimit(RLIMIT_FSIZE, &little) != 0) return 99;
    return prefix_cache_save(r->engine, r->folder, r->id.text, s, LENGTH, 0, &e);
}

static void a_full_disk_spoils_nothing(void **state) {
    (void)state;
    struct rig r;
    error e = {0};
    model_open(&r, &QWEN, TENSOR_F16, 2048);
    session *s = prefill(&r, LENGTH), *hit;
    assert_int_equal(in_a_process(save_where_no_room_is, &r, s), ERROR_IO);
    assert_int_equal(count_files(r.folder, false), 0); /* nothing half-written stays */
    assert_int_equal(prefix_cache_load(r.engine, r.folder, r.id.text, r.tokens, LENGTH, &hit), PREFIX_ABSENT);
    if (prefix_cache_save(r.engine, r.folder, r.id.text, s, LENGTH, 0, &e)) fail_msg("%s", e.message);
    assert_int_equal(in_a_process(save_where_no_room_is, &r, s), ERROR_IO);
    assert_int_equal(prefix_cache_load(r.engine, r.folder, r.id.text, r.tokens, LENGTH, &hit), PREFIX_HIT);
    session_free(hit);
    session_free(s);
    folder_close(r.folder);
    model_close(&r);
}

static void a_folder_that_is_none_is_told(void **state) {
    (void)state;
    struct rig r;
    error e = {0};
    struct stat st;
    model_open(&r, &QWEN, TENSOR_F16, 2048);
    session *s = prefill(&r, LENGTH), *hit;
    char *file = path_join(r.a, str_from_cstr(r.folder), STR("file"));
    assert_int_equal(file_write(file, STR("no folder"), &e), 0);
    assert_int_equal(prefix_cache_save(r.engine, file, r.id.text, s, LENGTH, 0, &e), ERROR_IO);
    assert_int_equal(prefix_cache_load(r.engine, file, r.id.text, r.tokens, LENGTH, &hit), PREFIX_UNREADABLE);
    if (geteuid() != 0) { /* for root every folder can be written to */
        assert_int_equal(chmod(r.folder, 0500), 0);
        assert_int_equal(prefix_cache_save(r.engine, r.folder, r.id.text, s, LENGTH, 0, &e), ERROR_IO);
        assert_int_equal(chmod(r.folder, 0700), 0);
    }
    char *below = path_join(r.a, str_from_cstr(r.folder), STR("a/b")); /* it, and the one above it, are made */
    if (prefix_cache_save(r.engine, below, r.id.text, s, LENGTH, 0, &e)) fail_msg("%s", e.message);
    assert_int_equal(stat(below, &st), 0);
    assert_int_equal(st.st_mode & 077, 0);
    folder_close(below);
    assert_int_equal(rmdir(path_join(r.a, str_from_cstr(r.folder), STR("a"))), 0);
    session_free(s);
    folder_close(r.folder);
    model_close(&r);
}

enum { TURNS = 60, WRITERS = 2 };

/* Both ends of the cap: the other one's file goes, and comes back. */
static int keep_saving(struct rig *r, session *s) {
    uint64_t room = (uint64_t)3 << 20;
    for (int i = 0; i < TURNS; i++) {
        error e = {0};
        uint64_t keep = i % 3 ? room : 1;
        int bad = prefix_cache_save(r->engine, r->folder, r->id.text, s, LENGTH - (uint32_t)i % 4, keep, &e);
        if (bad && bad != ERROR_LIMIT) return 1;
    }
    return 0;
}

/* Two processes write and remove the same files while a third reads them: it gets a whole one or none. */
static void processes_that_share_a_folder_do_not_meet(void **state) {
    (void)state;
    struct rig r;
    model_open(&r, &QWEN, TENSOR_F16, 2048);
    session *s = prefill(&r, LENGTH), *hit;
    pid_t child[WRITERS];
    uint32_t hits = 0;
    for (int i = 0; i < WRITERS; i++) {
        child[i] = fork();
        assert_true(child[i] >= 0);
        if (child[i] == 0) _exit(keep_saving(&r, s));
    }
    for (int i = 0, status, left = WRITERS; left > 0; i++) {
        uint32_t count = LENGTH - (uint32_t)i % 4;
        enum prefix_state got = prefix_cache_load(r.engine, r.folder, r.id.text, r.tokens, count, &hit);
        if (got != PREFIX_HIT && got != PREFIX_ABSENT) fail_msg("a file was %s", prefix_state_word(got));
        hits += got == PREFIX_HIT;
        session_free(hit);
        for (int k = 0; k < WRITERS; k++)
            if (child[k] && waitpid(child[k], &status, WNOHANG) == child[k]) {
                assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
                child[k] = 0;
                left--;
            }
    }
    assert_int_equal(prefix_cache_load(r.engine, r.folder, r.id.text, r.tokens, LENGTH - 3, &hit), PREFIX_HIT);
    session_free(hit);
    session_free(s);
    folder_close(r.folder);
    model_close(&r);
}

static void what_a_killed_run_left_goes(void **state) {
    (void)state;
    struct rig r;
    error e = {0};
    const struct timespec long_ago[2] = {{.tv_sec = 1000}, {.tv_sec = 1000}};
    model_open(&r, &QWEN, TENSOR_F16, 2048);
    session *s = prefill(&r, LENGTH);
    const char *path = prefix_cache_path(r.a, r.engine, r.folder, r.id.text, r.tokens, LENGTH);
    const char *old = (const char *)arena_printf(r.a, "%s.aB3xyz", path).p;
    const char *young = (const char *)arena_printf(r.a, "%s.aB3xyy", path).p;
    const char *other = (const char *)arena_printf(r.a, "%s/notes.kv.aB3xyz", r.folder).p;
    const char *const files[] = {old, young, other};
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        assert_int_equal(file_write(files[i], STR("half"), &e), 0);
        if (files[i] != young) assert_int_equal(utimensat(AT_FDCWD, files[i], long_ago, 0), 0);
    }
    if (prefix_cache_save(r.engine, r.folder, r.id.text, s, LENGTH, 0, &e)) fail_msg("%s", e.message);
    assert_int_not_equal(access(old, F_OK), 0);
    assert_int_equal(access(young, F_OK), 0); /* somebody may be writing it */
    assert_int_equal(access(other, F_OK), 0); /* not ours */
    session_free(s);
    folder_close(r.folder);
    model_close(&r);
}

/* Another cache type, another architecture of the same text: another key, so another file. */
static void other_settings_are_other_files(void **state) {
    (void)state;
    struct rig r, other;
    error e = {0};
    session *hit;
    model_open(&r, &QWEN, TENSOR_F16, 2048);
    session *s = prefill(&r, LENGTH);
    if (prefix_cache_save(r.engine, r.folder, r.id.text, s, LENGTH, 0, &e)) fail_msg("%s", e.message);
    model_open(&other, &QWEN, TENSOR_F32, 2048);
    assert_int_equal(prefix_cache_load(other.engine, r.folder, r.id.text, r.tokens, LENGTH, &hit), PREFIX_ABSENT);
    /* Under the other's name it is told by the key that stands in it. */
    const char *stolen = prefix_cache_path(r.a, other.engine, r.folder, r.id.text, r.tokens, LENGTH);
    assert_int_equal(rename(prefix_cache_path(r.a, r.engine, r.folder, r.id.text, r.tokens, LENGTH), stolen), 0);
    assert_int_equal(prefix_cache_load(other.engine, r.folder, r.id.text, r.tokens, LENGTH, &hit), PREFIX_FOREIGN);
    session_free(s);
    folder_close(other.folder);
    model_close(&other);
    folder_close(r.folder);
    model_close(&r);
}

static void the_folder_follows_the_users_settings(void **state) {
    (void)state;
    arena *a = arena_new(0);
    assert_string_equal(prefix_cache_folder(a, "/c", "/home/u"), "/c/assay");
    assert_string_equal(prefix_cache_folder(a, "relative", "/home/u"), "/home/u/.cache/assay");
    assert_string_equal(prefix_cache_folder(a, NULL, "/home/u"), "/home/u/.cache/assay");
    assert_null(prefix_cache_folder(a, "", NULL));
    arena_free(a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hit_is_the_prefill_bit_for_bit),
        cmocka_unit_test(damaged_and_foreign_files_are_ignored_with_their_word),
        cmocka_unit_test(what_finds_no_room_is_not_loaded_and_takes_none),
        cmocka_unit_test(the_oldest_go_when_there_are_too_many),
        cmocka_unit_test(models_with_the_same_header_are_told_apart),
        cmocka_unit_test(a_full_disk_spoils_nothing),
        cmocka_unit_test(a_folder_that_is_none_is_told),
        cmocka_unit_test(processes_that_share_a_folder_do_not_meet),
        cmocka_unit_test(what_a_killed_run_left_goes),
        cmocka_unit_test(other_settings_are_other_files),
        cmocka_unit_test(the_folder_follows_the_users_settings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
