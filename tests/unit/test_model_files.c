/* test_model_files.c - what a model file is said to be, whether it fits, how it is read and verified. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/file.h"
#include "lm/gguf_write.h"
#include "lm/load_memory.h"
#include "lm/load_reader.h"
#include "lm/model_info.h"
#include "lm/model_verify.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* ---- a folder for each test -------------------------------------------------------------------------------------- */

typedef struct place {
    arena *a;
    char folder[64];
} work_place;

static work_place *enter(void) {
    static work_place w;
    w.a = arena_new(0);
    strcpy(w.folder, "/tmp/assay-model-XXXXXX");
    assert_non_null(mkdtemp(w.folder));
    return &w;
}

static const char *at(work_place *w, const char *name) {
    return path_join(w->a, str_from_cstr(w->folder), str_from_cstr(name));
}

static void leave(work_place *w) {
    char command[96];
    snprintf(command, sizeof command, "rm -rf %s", w->folder);
    assert_int_equal(system(command), 0);
    arena_free(w->a);
}

static int fill(void *context, uint32_t tensor, uint64_t offset, void *out, size_t len_bytes, error *e) {
    (void)context, (void)e;
    for (size_t i = 0; i < len_bytes; i++)
        ((uint8_t *)out)[i] = (uint8_t)(tensor * 31 + (offset + i) * 7 + (offset + i) / 251);
    return 0;
}

static void save(gguf_writer *w, const char *path) {
    error e = {0};
    assert_int_equal(gguf_writer_file(w, path, fill, NULL, &e), 0);
    gguf_writer_free(w);
}

static model_info *info_of(work_place *w, const char *path, gguf_set **set) {
    static gguf_opener opener;
    opener = load_opener();
    error e = {0};
    model_info *m = NULL;
    if (gguf_set_open(w->a, path, &opener, NULL, set, &e) || model_info_read(w->a, *set, &m, &e))
        fail_msg("%s", e.message);
    return m;
}

static gguf_writer *dense(void) {
    gguf_writer *w = gguf_writer_new();
    gguf_write_str(w, "general.architecture", STR("qwen3"));
    gguf_write_str(w, "general.name", STR("Tiny"));
    gguf_write_u32(w, "general.file_type", 7);
    gguf_write_u32(w, "qwen3.block_count", 2);
    gguf_write_u32(w, "qwen3.context_length", 4096);
    gguf_write_u32(w, "qwen3.embedding_length", 64);
    gguf_write_u32(w, "qwen3.attention.head_count", 4);
    gguf_write_u32(w, "qwen3.attention.head_count_kv", 2);
    gguf_write_u32(w, "qwen3.attention.key_length", 32);
    gguf_write_u32(w, "qwen3.attention.value_length", 32);
    gguf_write_strs(w, "tokenizer.ggml.tokens", (str[]){STR("a"), STR("b")}, 2);
    gguf_write_tensor(w, "token_embd.weight", GGUF_TYPE_Q8_0, 2, (uint64_t[]){64, 100});
    gguf_write_tensor(w, "blk.0.attn_q.weight", GGUF_TYPE_Q8_0, 2, (uint64_t[]){64, 128});
    gguf_write_tensor(w, "blk.0.attn_norm.weight", GGUF_TYPE_F32, 1, (uint64_t[]){64});
    return w;
}

static void a_dense_model_is_summed_up(void **state) {
    (void)state;
    work_place *w = enter();
    gguf_set *set;
    save(dense(), at(w, "tied.gguf"));
    model_info *m = info_of(w, at(w, "tied.gguf"), &set);
    assert_string_equal(m->quantisation, "Q8_0");
    assert_int_equal(m->weights, 6400 + 8192 + 64);
    assert_int_equal(m->weight_bytes, 6800 + 8704 + 256);
    assert_int_equal(m->active_bytes, m->weight_bytes); /* the embedding is the output too */
    assert_int_equal(model_info_kv_bytes_token(m), 2 * 2 * (32 + 32) * 2);
    assert_true(model_info_ceiling_tok_s(m, 1, 0) > 1e9 / 15761 && model_info_ceiling_tok_s(m, 1, 0) < 1e9 / 15759);
    assert_true(m->loadable && m->type_count == 2 && m->types[0].type->id == GGUF_TYPE_Q8_0);
    gguf_set_close(set);

    gguf_writer *untied = dense();
    gguf_write_tensor(untied, "output.weight", 11, 2, (uint64_t[]){256, 10});
    save(untied, at(w, "untied.gguf"));
    m = info_of(w, at(w, "untied.gguf"), &set);
    assert_int_equal(m->active_bytes, m->weight_bytes - 6800 + 68); /* one row of the embedding */
    assert_false(m->loadable);
    buf out = {0};
    memory_state memory = {.total_bytes = 1 << 20, .available_bytes = 1 << 20};
    model_info_options o = {.tokens = 16, .bandwidth_gb_s = 273, .memory = &memory};
    model_info_text(m, &o, &out);
    assert_true(str_find(buf_view(&out), STR("Q3_K"), 0) >= 0);
    assert_true(str_find(buf_view(&out), STR("tok/s at 273 GB/s"), 0) >= 0);
    assert_true(str_find(buf_view(&out), STR("KV cache      512 bytes a token, 8.00 KiB at 16 tokens"), 0) >= 0);
    out.n = 0;
    json j = {.out = &out};
    model_info_json(m, &o, &j);
    assert_true(str_find(buf_view(&out), STR("\"kv_bytes\":8192,"), 0) >= 0);
    assert_true(str_find(buf_view(&out), STR("\"fits\":false"), 0) >= 0);
    buf_free(&out);
    gguf_set_close(set);
    leave(w);
}

static void experts_windows_and_recurrent_layers_count_in_part(void **state) {
    (void)state;
    work_place *w = enter();
    gguf_set *set;
    gguf_writer *g = gguf_writer_new();
    gguf_write_str(g, "general.architecture", STR("x"));
    gguf_write_u32(g, "x.block_count", 4);
    gguf_write_u32(g, "x.embedding_length", 64);
    gguf_write_u32(g, "x.attention.head_count", 2);
    gguf_write_i32s(g, "x.attention.head_count_kv", (int32_t[]){2, 1, 2, 1}, 4);
    gguf_write_u32(g, "x.expert_count", 8);
    gguf_write_u32(g, "x.expert_used_count", 2);
    gguf_write_u32(g, "x.attention.sliding_window", 10);
    gguf_write_u32(g, "x.attention.sliding_window_pattern", 2);
    gguf_write_tensor(g, "blk.0.ffn_up_exps.weight", GGUF_TYPE_F16, 3, (uint64_t[]){64, 16, 8});
    save(g, at(w, "moe.gguf"));
    model_info *m = info_of(w, at(w, "moe.gguf"), &set);
    assert_int_equal(m->active_bytes, 64 * 16 * 2 * 2);
    /* layers 0 and 2 slide: 2 heads x (32 + 32) x 2 bytes for 10 tokens at most; 1 and 3 are full, with one head */
    assert_int_equal(model_info_kv_bytes(m, 100), 2 * 256 * 10 + 2 * 128 * 100);
    gguf_set_close(set);

    g = gguf_writer_new();
    gguf_write_str(g, "general.architecture", STR("y"));
    gguf_write_u32(g, "y.block_count", 8);
    gguf_write_u32(g, "y.attention.kv_lora_rank", 256);
    gguf_write_u32(g, "y.rope.dimension_count", 64);
    gguf_write_u32(g, "y.full_attention_interval", 4);
    save(g, at(w, "hybrid.gguf"));
    m = info_of(w, at(w, "hybrid.gguf"), &set);
    assert_int_equal(model_info_kv_bytes(m, 3), 2 * (256 + 64) * 2 * 3);
    gguf_set_close(set);
    leave(w);
}

/* ---- memory ------------------------------------------------------------------------------------------------------ */

static void the_budget_shows_its_sum(void **state) {
    (void)state;
    memory_state s;
    error e = {0};
    assert_int_equal(
        memory_parse(STR("MemTotal:  131072000 kB\nMemFree: 1 kB\nMemAvailable:   104857600 kB\nCached: 5 kB\n"), &s,
                     &e),
        0);
    assert_true(s.available_bytes == UINT64_C(104857600) * 1024 && s.cache_bytes == 5120);
    assert_int_equal(memory_keep_free(s.total_bytes), UINT64_C(8) << 30);
    assert_int_equal(memory_keep_free(UINT64_C(8) << 30), UINT64_C(1) << 30);
    memory_plan p = {.keep_free_bytes = UINT64_C(8) << 30};
    memory_plan_add(&p, "weights", UINT64_C(60) << 30);
    memory_plan_add(&p, "KV cache", UINT64_C(30) << 30);
    assert_int_equal(memory_check(&p, &s, &e), 0);
    memory_plan_add(&p, "working buffers", UINT64_C(3) << 30);
    assert_int_equal(memory_check(&p, &s, &e), ERROR_LIMIT);
    assert_non_null(strstr(e.message, "weights 60.0 GiB + KV cache 30.0 GiB + working buffers 3.00 GiB = 93.0 GiB"));
    assert_non_null(strstr(e.message, "1.00 GiB too much"));
    memory_plan_add(&p, "a lie", UINT64_MAX);
    assert_int_equal(memory_check(&p, &s, &e), ERROR_LIMIT);
    assert_int_equal(memory_plan_need(&p), UINT64_MAX);
    assert_int_equal(memory_parse(STR("MemTotal: 1 kB\n"), &s, &e), ERROR_SYNTAX);
    assert_int_equal(memory_parse(STR("MemTotal: x kB\nMemAvailable: 1 kB\n"), &s, &e), ERROR_SYNTAX);
}

static void a_control_group_narrows_the_budget(void **state) {
    (void)state;
    memory_state s = {.total_bytes = 1000, .available_bytes = 900};
    memory_limit(&s, STR("max\n"), STR("5\n"), STR(""));
    assert_true(s.available_bytes == 900 && !s.limited);
    memory_limit(&s, STR("500\n"), STR("400\n"), STR("anon 50\ninactive_file 250\nfile 300\n"));
    assert_true(s.available_bytes == 350 && s.total_bytes == 500 && s.limited);
}

typedef struct clock_and_memory {
    double now, back_at; /* seconds; memory is back at back_at */
    int told;
    bool stop;
} clock_and_memory;

static int fake_read(void *context, memory_state *out, error *e) {
    (void)e;
    const clock_and_memory *c = context;
    *out = (memory_state){.total_bytes = 100, .available_bytes = c->now >= c->back_at ? 80 : 10};
    return 0;
}
static double fake_now(void *context) { return ((clock_and_memory *)context)->now; }
static void fake_sleep(void *context, double seconds) {
    assert_true(seconds > 0);
    ((clock_and_memory *)context)->now += seconds;
}
static bool fake_waiting(void *context, const memory_state *s, double waited_s, double limit_s) {
    clock_and_memory *c = context;
    assert_true(s->available_bytes == 10 && waited_s < limit_s);
    c->told++;
    return c->stop;
}

static void waiting_for_memory_has_an_end(void **state) {
    (void)state;
    clock_and_memory c = {.now = 1000, .back_at = 1040};
    memory_platform platform = {
        .context = &c, .read = fake_read, .now_s = fake_now, .sleep_s = fake_sleep, .waiting = fake_waiting};
    memory_plan p = {0};
    error e = {0};
    memory_plan_add(&p, "weights", 50);
    assert_int_equal(memory_wait(&p, &platform, 120, &e), 0);
    assert_true(c.now >= 1040 && c.now < 1043 && c.told > 3);
    c = (clock_and_memory){.now = 5, .back_at = 1000};
    assert_int_equal(memory_wait(&p, &platform, 30, &e), ERROR_LIMIT);
    assert_non_null(strstr(e.message, "(waited 30 s)"));
    assert_true(c.now == 35);
    assert_int_equal(memory_wait(&p, &platform, 0, &e), ERROR_LIMIT);
    c.stop = true;
    assert_int_equal(memory_wait(&p, &platform, 30, &e), ERROR_CANCELLED);
    memory_state real;
    memory_platform machine = memory_system();
    assert_int_equal(machine.read(NULL, &real, &e), 0);
    assert_true(real.total_bytes > 0 && real.available_bytes <= real.total_bytes);
}

/* ---- reading ----------------------------------------------------------------------------------------------------- */

static void any_range_reads_the_same_in_every_way(void **state) {
    (void)state;
    work_place *w = enter();
    error e = {0};
    enum { SIZE = 3 * LOAD_ALIGN_BYTES + 777 };
    uint8_t *bytes = malloc(SIZE), *got = load_alloc(SIZE);
    for (int i = 0; i < SIZE; i++) bytes[i] = (uint8_t)(i * 7 + i / 251);
    const char *path = at(w, "data");
    assert_int_equal(file_write(path, str_make(bytes, SIZE), &e), 0);
    static const int edges[] = {0, 1, 511, 4095, 4096, 4097, 8192, 12287, 12288, 12289, SIZE - 1, SIZE};
    for (int mode = LOAD_PLAIN; mode <= LOAD_MEASURED; mode++) {
        load_reader *r;
        assert_int_equal(load_reader_open(path, (enum load_mode)mode, &r, &e), 0);
        for (size_t i = 0; i < COUNT_OF(edges); i++)
            for (size_t k = i; k < COUNT_OF(edges); k++)
                for (int shift = 0; shift < 2 && edges[k] - edges[i] + shift <= SIZE; shift++) {
                    size_t n = (size_t)(edges[k] - edges[i]);
                    memset(got, 0xee, SIZE);
                    assert_int_equal(load_reader_read(r, (uint64_t)edges[i], got + shift, n, &e), 0);
                    assert_memory_equal(got + shift, bytes + edges[i], n);
                }
        assert_int_equal(load_reader_read(r, SIZE - 10, got, 11, &e), ERROR_SYNTAX);
        assert_non_null(strstr(e.message, "1 of 11 bytes"));
        assert_int_equal(load_reader_read(r, UINT64_MAX - 1, got, 1, &e), ERROR_SYNTAX);
        assert_int_equal(truncate(path, 5000), 0); /* while it is open */
        assert_int_equal(load_reader_read(r, 4096, got, 2000, &e), ERROR_SYNTAX);
        load_reader_close(r);
        assert_int_equal(file_write(path, str_make(bytes, SIZE), &e), 0);
    }
    load_reader *r;
    assert_int_equal(load_reader_open(w->folder, LOAD_DIRECT, &r, &e), ERROR_IO);
    assert_int_equal(load_reader_open(at(w, "nothing"), LOAD_DIRECT, &r, &e), ERROR_IO);
    free(bytes);
    free(got);
    leave(w);
}

/* ---- verifying --------------------------------------------------------------------------------------------------- */

/* Long enough for both trials: whatever is measured, the bytes are right. */
static void measuring_changes_no_byte(void **state) {
    (void)state;
    work_place *w = enter();
    error e = {0};
    const uint64_t size = (UINT64_C(513) << 20) + 5;
    const char *path = at(w, "sparse");
    assert_int_equal(file_write(path, STR("x"), &e), 0);
    assert_int_equal(truncate(path, (off_t)size), 0); /* holes: no disk is filled */
    gguf_opener opener = load_opener_large();
    gguf_source source;
    assert_int_equal(opener.open(opener.context, path, &source, &e), 0);
    assert_true(source.size_bytes == size);
    uint8_t *piece = load_alloc(32u << 20);
    for (uint64_t offset = 0; offset < size;) {
        size_t n = size - offset < (32u << 20) ? (size_t)(size - offset) : 32u << 20;
        memset(piece, 0xee, 16);
        assert_int_equal(source.read(source.context, offset, piece, n, &e), 0);
        assert_int_equal(piece[0], offset ? 0 : 'x');
        assert_int_equal(piece[n - 1], 0);
        offset += n;
    }
    opener.close(opener.context, &source);
    free(piece);
    leave(w);
}

static void sums_files_are_those_of_sha256sum(void **state) {
    (void)state;
    arena *a = arena_new(0);
    sums s;
    error e = {0};
#define HEX "0123456789abcdef0123456789ABCDEF0123456789abcdef0123456789abcdef"
    assert_int_equal(
        sums_parse(a, STR("# c\n" HEX "  b c.gguf\r\n\n" HEX " *./a\n\\" HEX "  x\\ny\\\\z\n"), STR("S"), &s, &e), 0);
    assert_int_equal(s.count, 3);
    assert_true(str_eq(s.entries[0].name, STR("a")) && str_eq(s.entries[1].name, STR("b c.gguf")));
    assert_true(str_eq(s.entries[2].name, STR("x\ny\\z")));
    assert_string_equal(s.entries[0].hex + 16, "0123456789abcdef0123456789abcdef0123456789abcdef");
    assert_int_equal(sums_parse(a, STR(HEX "  a\n" HEX "\n"), STR("S"), &s, &e), ERROR_SYNTAX);
    assert_int_equal(e.line, 2);
    assert_int_equal(sums_parse(a, STR("g" HEX "  a\n"), STR("S"), &s, &e), ERROR_SYNTAX);
    assert_int_equal(sums_parse(a, STR(HEX "  a\nf" HEX), STR("S"), &s, &e), ERROR_SYNTAX);
    arena_free(a);
}

static bool count_progress(void *context, str path, uint64_t done, uint64_t total) {
    (void)path;
    assert_true(done <= total);
    return --*(int *)context < 0;
}

static void write_sums(work_place *w, const char *name, const char *text) {
    error e = {0};
    assert_int_equal(file_write(at(w, name), str_from_cstr(text), &e), 0);
}

static void a_folder_is_verified_file_by_file(void **state) {
    (void)state;
    work_place *w = enter();
    error e = {0};
    verify_report *r;
    str content;
    save(dense(), at(w, "a.gguf"));
    save(dense(), at(w, "b.gguf"));
    assert_int_equal(file_read(w->a, at(w, "a.gguf"), 1 << 20, &content, &e), 0);
    sha256_text good = sha256_of(content);
    assert_int_equal(model_verify(w->a, w->folder, NULL, NULL, NULL, &r, &e), 0);
    assert_true(r->passed && r->count == 2 && r->items[0].state == VERIFY_HASHED);
    assert_string_equal(r->items[1].hash.text, good.text);

    char sums_text[512];
    snprintf(sums_text, sizeof sums_text, "%s  a.gguf\n%s  gone.json\n", good.text + 7, good.text + 7);
    write_sums(w, "SHA256SUMS", sums_text);
    assert_int_equal(model_verify(w->a, w->folder, at(w, "SHA256SUMS"), NULL, NULL, &r, &e), 0);
    assert_true(!r->passed && r->count == 3);
    assert_int_equal(r->items[0].state, VERIFY_OK);
    assert_int_equal(r->items[1].state, VERIFY_UNLISTED);
    assert_int_equal(r->items[2].state, VERIFY_MISSING);
    assert_int_equal(model_verify(w->a, at(w, "a.gguf"), at(w, "SHA256SUMS"), NULL, NULL, &r, &e), 0);
    assert_true(r->passed && r->count == 1);

    assert_int_equal(truncate(at(w, "a.gguf"), (off_t)content.n - 1000), 0);
    write_sums(w, "b.gguf", "<!DOCTYPE html>");
    assert_int_equal(model_verify(w->a, w->folder, at(w, "SHA256SUMS"), NULL, NULL, &r, &e), 0);
    assert_int_equal(r->items[0].state, VERIFY_TRUNCATED);
    assert_int_equal(r->items[0].missing_bytes, 1000);
    assert_int_equal(r->items[1].state, VERIFY_BROKEN);
    assert_true(str_find(r->items[1].why, STR("web page"), 0) >= 0);
    buf out = {0};
    verify_text(r, &out);
    assert_true(str_find(buf_view(&out), STR("1000 of"), 0) >= 0);
    out.n = 0;
    json j = {.out = &out};
    verify_json(r, &j);
    assert_true(str_find(buf_view(&out), STR("\"missing_bytes\":1000"), 0) >= 0);
    buf_free(&out);

    gguf_writer *other = dense();
    gguf_write_u32(other, "extra", 1);
    save(other, at(w, "a.gguf"));
    assert_int_equal(model_verify(w->a, at(w, "a.gguf"), at(w, "SHA256SUMS"), NULL, NULL, &r, &e), 0);
    assert_true(!r->passed && r->items[0].state == VERIFY_DIFFERENT);
    int pieces = 0;
    assert_int_equal(model_verify(w->a, at(w, "a.gguf"), NULL, count_progress, &pieces, &r, &e), ERROR_CANCELLED);
    assert_int_equal(model_verify(w->a, at(w, "x-00001-of-00002.gguf"), NULL, NULL, NULL, &r, &e), ERROR_IO);
    leave(w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_dense_model_is_summed_up),
        cmocka_unit_test(experts_windows_and_recurrent_layers_count_in_part),
        cmocka_unit_test(the_budget_shows_its_sum),
        cmocka_unit_test(a_control_group_narrows_the_budget),
        cmocka_unit_test(waiting_for_memory_has_an_end),
        cmocka_unit_test(any_range_reads_the_same_in_every_way),
        cmocka_unit_test(measuring_changes_no_byte),
        cmocka_unit_test(sums_files_are_those_of_sha256sum),
        cmocka_unit_test(a_folder_is_verified_file_by_file),
    };
    return cmocka_run_group_tests_name("model_files", tests, NULL, NULL);
}
