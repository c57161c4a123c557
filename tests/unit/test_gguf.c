/* test_gguf.c - GGUF headers: what is written is read back; everything that is wrong with a file is said. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "lm/gguf_write.h"

#include <stdio.h>
#include <stdlib.h>

static gguf_writer *small_model(void) {
    gguf_writer *w = gguf_writer_new();
    gguf_write_str(w, "general.architecture", STR("llama"));
    gguf_write_u32(w, "llama.block_count", 3);
    gguf_write_i32(w, "llama.context_length", 4096);
    gguf_write_f32(w, "llama.rope.freq_base", 10000.5f);
    gguf_write_bool(w, "tokenizer.ggml.add_bos_token", true);
    gguf_write_strs(w, "tokenizer.ggml.tokens", (str[]){STR("a"), STR(""), STR("\xff\x00z")}, 3);
    gguf_write_i32s(w, "llama.attention.head_count_kv", (int32_t[]){8, 4, 2}, 3);
    gguf_write_f32s(w, "tokenizer.ggml.scores", (float[]){-1, 0.5f, 2}, 3);
    gguf_write_tensor(w, "token_embd.weight", GGUF_TYPE_Q8_0, 2, (uint64_t[]){64, 3});
    gguf_write_tensor(w, "output_norm.weight", GGUF_TYPE_F32, 1, (uint64_t[]){5});
    gguf_write_tensor(w, "blk.0.ffn_up_exps.weight", GGUF_TYPE_Q4_K, 3, (uint64_t[]){256, 2, 4});
    return w;
}

static int fill_with_number(void *context, uint32_t tensor, uint64_t offset, void *out, size_t len_bytes, error *e) {
    (void)context, (void)e;
    for (size_t i = 0; i < len_bytes; i++) ((uint8_t *)out)[i] = (uint8_t)(tensor * 100 + (offset + i) % 97);
    return 0;
}

static buf model_bytes(gguf_writer *w) {
    buf b = {0};
    error e = {0};
    assert_int_equal(gguf_writer_bytes(w, &b, fill_with_number, NULL, &e), 0);
    gguf_writer_free(w);
    return b;
}

static int read_bytes(arena *a, str bytes, gguf **g, error *e) {
    gguf_source source = gguf_source_bytes(&bytes);
    return gguf_read(a, &source, "m.gguf", NULL, g, e);
}

static void what_is_written_is_read_back(void **state) {
    (void)state;
    arena *a = arena_new(1 << 20);
    error e = {0};
    gguf *g;
    buf b = model_bytes(small_model());
    assert_int_equal(read_bytes(a, buf_view(&b), &g, &e), 0);
    assert_true(str_eq(g->architecture, STR("llama")));
    uint32_t u = 7;
    float f = 0;
    bool yes = false;
    assert_int_equal(gguf_arch_u32(g, "block_count", true, &u, &e), 0);
    assert_int_equal(u, 3);
    assert_int_equal(gguf_arch_f32(g, "rope.freq_base", true, &f, &e), 0);
    assert_true(f == 10000.5f);
    assert_int_equal(gguf_get_bool(g, "tokenizer.ggml.add_bos_token", true, &yes, &e), 0);
    assert_true(yes);
    const str *tokens;
    const float *scores;
    const uint32_t *heads;
    size_t n;
    assert_int_equal(gguf_get_strs(g, "tokenizer.ggml.tokens", true, &tokens, &n, &e), 0);
    assert_int_equal(n, 3);
    assert_true(str_eq(tokens[2], STR("\xff\x00z")));
    assert_int_equal(gguf_get_f32s(g, a, "tokenizer.ggml.scores", true, &scores, &n, &e), 0);
    assert_true(n == 3 && scores[1] == 0.5f);
    assert_int_equal(gguf_arch_layers_u32(g, a, "attention.head_count_kv", true, 3, 0, &heads, &e), 0);
    assert_int_equal(heads[1], 4);
    assert_int_equal(gguf_arch_layers_u32(g, a, "block_count", true, 2, 0, &heads, &e), 0);
    assert_int_equal(heads[1], 3);
    const gguf_tensor *t = gguf_find(g, "blk.0.ffn_up_exps.weight");
    assert_non_null(t);
    assert_int_equal(t->size_bytes, 2 * 4 * 144);
    assert_int_equal(t->count, 256 * 2 * 4);
    assert_int_equal(t->offset % 32, 0);
    assert_int_equal(b.p[t->offset], 200);
    assert_null(gguf_find(g, "blk.0"));
    assert_int_equal(gguf_check_loadable(g, &e), 0);
    buf_free(&b);
    arena_free(a);
}

static void values_of_another_kind_are_named(void **state) {
    (void)state;
    arena *a = arena_new(0);
    error e = {0};
    gguf *g;
    buf b = model_bytes(small_model());
    assert_int_equal(read_bytes(a, buf_view(&b), &g, &e), 0);
    uint32_t u = 7;
    assert_int_equal(gguf_arch_u32(g, "nothing", false, &u, &e), 0);
    assert_int_equal(u, 7);
    assert_int_equal(gguf_arch_u32(g, "nothing", true, &u, &e), ERROR_SCHEMA);
    assert_non_null(strstr(e.message, "llama.nothing"));
    assert_int_equal(gguf_arch_u32(g, "rope.freq_base", true, &u, &e), ERROR_SCHEMA);
    assert_non_null(strstr(e.message, "f32"));
    const uint32_t *heads;
    assert_int_equal(gguf_arch_layers_u32(g, a, "attention.head_count_kv", true, 4, 0, &heads, &e), ERROR_SCHEMA);
    buf_free(&b);
    arena_free(a);
}

/* Every prefix of a file is an error, never a crash and never a model; the end of the data is told in bytes. */
static void every_truncation_is_an_error(void **state) {
    (void)state;
    buf b = model_bytes(small_model());
    arena *a = arena_new(1 << 20);
    error e = {0};
    gguf *g;
    assert_int_equal(read_bytes(a, buf_view(&b), &g, &e), 0);
    size_t needed = (size_t)g->needed_bytes, data = (size_t)g->data_offset;
    for (size_t n = 0; n < needed; n++) {
        uint8_t *copy = malloc(n + 1); /* its own block, so that the sanitizer sees a read beyond it */
        memcpy(copy, b.p, n);
        assert_int_not_equal(read_bytes(a, str_make(copy, n), &g, &e), 0);
        free(copy);
        if (n >= data) {
            char wanted[64];
            snprintf(wanted, sizeof wanted, "; %zu bytes (", needed - n);
            assert_non_null(strstr(e.message, wanted));
        }
        arena_reset(a);
    }
    assert_int_equal(read_bytes(a, str_make(b.p, needed), &g, &e), 0);
    buf_free(&b);
    arena_free(a);
}

static void expect_error(const buf *b, int code, const char *part) {
    arena *a = arena_new(1 << 20);
    error e = {0};
    gguf *g;
    assert_int_equal(read_bytes(a, buf_view(b), &g, &e), code);
    if (!strstr(e.message, part)) fail_msg("'%s' is not in '%s'", part, e.message);
    assert_string_equal(e.file, "m.gguf");
    arena_free(a);
}

static void expect_text_error(const char *bytes, size_t n, int code, const char *part) {
    buf b = {0};
    buf_bytes(&b, bytes, n);
    expect_error(&b, code, part);
    buf_free(&b);
}

static void other_files_are_told_apart(void **state) {
    (void)state;
    expect_text_error("", 0, ERROR_SYNTAX, "empty");
    expect_text_error("hello world", 11, ERROR_SYNTAX, "not a GGUF file");
    expect_text_error("version https://git-lfs.github.com/spec/v1\n", 43, ERROR_SYNTAX, "git lfs pull");
    expect_text_error("<!DOCTYPE html>", 15, ERROR_SYNTAX, "web page");
    expect_text_error("\x40\0\0\0\0\0\0\0{\"a\":1}", 15, ERROR_SYNTAX, "safetensors");
    expect_text_error("GGUF\1\0\0\0\0\0\0\0\0\0\0\0", 16, ERROR_SUPPORT, "version 1");
    expect_text_error("GGUF\4\0\0\0\0\0\0\0\0\0\0\0", 16, ERROR_SUPPORT, "version 4");
    expect_text_error("GGUF\3\0\0\0\1\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1\0\0\0"
                      "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
                      57, ERROR_SYNTAX, "no name");
    expect_text_error("GGUF\0\0\0\3\0\0\0\0\0\0\0\0", 16, ERROR_SUPPORT, "big-endian");
}

static void put_at(buf *b, const char *after, size_t skip, uint64_t value, unsigned bytes) {
    ptrdiff_t at = str_find(buf_view(b), str_from_cstr(after), 0);
    assert_true(at >= 0);
    for (unsigned i = 0; i < bytes; i++) b->p[(size_t)at + strlen(after) + skip + i] = (uint8_t)(value >> (8 * i));
}

/* One field of a tensor info or of the header made a lie. */
static void lies_are_found(void **state) {
    (void)state;
    static const struct {
        const char *after;
        size_t skip;
        uint64_t value;
        unsigned bytes;
        int code;
        const char *part;
    } cases[] = {
        {"token_embd.weight", 0, 0, 4, ERROR_SYNTAX, "0 dimensions"},
        {"token_embd.weight", 0, 5, 4, ERROR_SYNTAX, "5 dimensions"},
        {"token_embd.weight", 4, 65, 8, ERROR_SYNTAX, "no whole number of Q8_0 blocks"},
        {"token_embd.weight", 4, UINT64_MAX, 8, ERROR_SYNTAX, "dimension 0 is -1"},
        {"token_embd.weight", 4, UINT64_C(1) << 62, 8, ERROR_SYNTAX, "more weights"},
        {"token_embd.weight", 12, 0, 8, ERROR_SYNTAX, "dimension 1 is 0"},
        {"token_embd.weight", 20, 4, 4, ERROR_SUPPORT, "type number 4"},
        {"token_embd.weight", 20, 77, 4, ERROR_SUPPORT, "type number 77"},
        {"token_embd.weight", 24, 32, 8, ERROR_SYNTAX, "but 0 is next"},
        {"output_norm.weight", 16, 8, 8, ERROR_SYNTAX, "is next"},
        {"GGUF", 4, UINT64_C(1) << 19, 8, ERROR_SYNTAX, "more than"},
        {"GGUF", 4, UINT64_MAX, 8, ERROR_LIMIT, "limits"},
        {"GGUF", 12, UINT64_MAX, 8, ERROR_LIMIT, "limits"},
        {"llama.block_count", 0, 13, 4, ERROR_SYNTAX, "unknown value type 13"},
        {"tokenizer.ggml.tokens", 4, 9, 4, ERROR_SYNTAX, "elements of type 9"},
        {"tokenizer.ggml.tokens", 8, UINT64_C(1) << 61, 8, ERROR_SYNTAX, "promises an array"},
        {"tokenizer.ggml.tokens", 16, UINT64_C(1) << 63, 8, ERROR_SYNTAX, "inside its header"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        buf b = model_bytes(small_model());
        put_at(&b, cases[i].after, cases[i].skip, cases[i].value, cases[i].bytes);
        expect_error(&b, cases[i].code, cases[i].part);
        buf_free(&b);
    }
}

static void names_stand_once(void **state) {
    (void)state;
    gguf_writer *w = small_model();
    gguf_write_u32(w, "llama.block_count", 4);
    buf b = model_bytes(w);
    expect_error(&b, ERROR_CONFLICT, "key 'llama.block_count' stands twice");
    buf_free(&b);
    w = small_model();
    gguf_write_tensor(w, "output_norm.weight", GGUF_TYPE_F32, 1, (uint64_t[]){5});
    b = model_bytes(w);
    expect_error(&b, ERROR_CONFLICT, "tensor 'output_norm.weight' stands twice");
    buf_free(&b);
}

static void alignment_is_a_power_of_two(void **state) {
    (void)state;
    gguf_writer *w = gguf_writer_new();
    gguf_write_alignment(w, 256);
    gguf_write_tensor(w, "a", GGUF_TYPE_F32, 1, (uint64_t[]){1});
    gguf_write_tensor(w, "b", GGUF_TYPE_F32, 1, (uint64_t[]){1});
    buf b = model_bytes(w);
    arena *a = arena_new(0);
    gguf *g;
    error e = {0};
    assert_int_equal(read_bytes(a, buf_view(&b), &g, &e), 0);
    assert_int_equal(g->tensors[1].offset - g->tensors[0].offset, 256);
    put_at(&b, "general.alignment", 4, 48, 4);
    expect_error(&b, ERROR_SYNTAX, "power of two");
    put_at(&b, "general.alignment", 4, 0, 4);
    expect_error(&b, ERROR_SYNTAX, "power of two");
    buf_free(&b);
    arena_free(a);
}

static void types_without_kernels_are_read_but_not_loadable(void **state) {
    (void)state;
    gguf_writer *w = gguf_writer_new();
    gguf_write_tensor(w, "blk.0.attn_q.weight", 11, 2, (uint64_t[]){256, 2});
    buf b = model_bytes(w);
    arena *a = arena_new(0);
    gguf *g;
    error e = {0};
    assert_int_equal(read_bytes(a, buf_view(&b), &g, &e), 0);
    assert_int_equal(g->tensors[0].size_bytes, 220);
    assert_int_equal(gguf_check_loadable(g, &e), ERROR_SUPPORT);
    assert_non_null(strstr(e.message, "Q3_K"));
    assert_non_null(strstr(e.message, "blk.0.attn_q.weight"));
    buf_free(&b);
    arena_free(a);
}

/* ---- splits ------------------------------------------------------------------------------------------------------ */

typedef struct folder {
    const char *names[4];
    buf files[4];
    str views[4];
    int open;
} folder;

static int folder_open(void *context, const char *path, gguf_source *source, error *e) {
    folder *f = context;
    for (int i = 0; i < 4; i++)
        if (f->names[i] && strcmp(f->names[i], path) == 0) {
            f->views[i] = buf_view(&f->files[i]);
            *source = gguf_source_bytes(&f->views[i]);
            f->open++;
            return 0;
        }
    return error_set(e, ERROR_IO, "no such file");
}

static void folder_close(void *context, gguf_source *source) {
    (void)source;
    ((folder *)context)->open--;
}

static int read_nothing(void *context, uint64_t offset, void *out, size_t len_bytes, error *e) {
    (void)context, (void)offset, (void)out, (void)len_bytes;
    return error_set(e, ERROR_IO, "the disk is gone");
}

static void add_part(folder *f, int i, const char *name, uint16_t no, uint16_t count, const char *tensor,
                     int32_t total) {
    gguf_writer *w = gguf_writer_new();
    if (no == 0) gguf_write_str(w, "general.architecture", STR("qwen3"));
    gguf_write_u16(w, "split.no", no);
    gguf_write_u16(w, "split.count", count);
    gguf_write_i32(w, "split.tensors.count", total);
    gguf_write_tensor(w, tensor, GGUF_TYPE_F32, 1, (uint64_t[]){8});
    f->names[i] = name;
    f->files[i] = model_bytes(w);
}

static void split_models_open_from_any_part(void **state) {
    (void)state;
    uint32_t no, count;
    str prefix;
    assert_true(gguf_split_parse(STR("d/x-00002-of-00003.gguf"), &no, &count, &prefix));
    assert_true(no == 2 && count == 3 && str_eq(prefix, STR("d/x")));
    assert_false(gguf_split_parse(STR("x-00004-of-00003.gguf"), &no, &count, &prefix));
    assert_false(gguf_split_parse(STR("x-0002-of-00003.gguf"), &no, &count, &prefix));

    folder f = {0};
    gguf_opener opener = {&f, folder_open, folder_close};
    add_part(&f, 0, "x-00001-of-00002.gguf", 0, 2, "a", 2);
    add_part(&f, 1, "x-00002-of-00002.gguf", 1, 2, "b", 2);
    arena *a = arena_new(0);
    gguf_set *s;
    error e = {0};
    assert_int_equal(gguf_set_open(a, "x-00002-of-00002.gguf", &opener, NULL, &s, &e), 0);
    assert_true(str_eq(s->head->architecture, STR("qwen3")));
    const gguf_tensor *b = gguf_find(s->head, "b");
    assert_int_equal(b->part, 1);
    uint8_t bytes[4];
    assert_int_equal(gguf_set_read(s, b, 28, bytes, 4, &e), 0);
    assert_int_equal(bytes[0], 28);
    assert_int_equal(gguf_set_read(s, b, 29, bytes, 4, &e), ERROR_LIMIT);
    s->sources[1].read = read_nothing; /* a failure for those, too, who ask for no details */
    assert_int_equal(gguf_set_read(s, b, 28, bytes, 4, &e), ERROR_IO);
    assert_string_equal(e.file, "x-00002-of-00002.gguf");
    assert_int_equal(gguf_set_read(s, b, 28, bytes, 4, NULL), ERROR_IO);
    gguf_set_close(s);
    assert_int_equal(f.open, 0);

    buf_free(&f.files[1]);
    add_part(&f, 1, "x-00002-of-00002.gguf", 0, 2, "b", 2);
    assert_int_equal(gguf_set_open(a, "x-00001-of-00002.gguf", &opener, NULL, &s, &e), ERROR_CONFLICT);
    buf_free(&f.files[1]);
    add_part(&f, 1, "x-00002-of-00002.gguf", 1, 2, "a", 2);
    assert_int_equal(gguf_set_open(a, "x-00001-of-00002.gguf", &opener, NULL, &s, &e), ERROR_CONFLICT);
    assert_non_null(strstr(e.message, "twice"));
    buf_free(&f.files[0]);
    add_part(&f, 0, "x-00001-of-00002.gguf", 0, 2, "c", 3);
    assert_int_equal(gguf_set_open(a, "x-00001-of-00002.gguf", &opener, NULL, &s, &e), ERROR_CONFLICT);
    assert_non_null(strstr(e.message, "promises 3"));
    f.names[1] = NULL;
    assert_int_equal(gguf_set_open(a, "x-00001-of-00002.gguf", &opener, NULL, &s, &e), ERROR_IO);
    assert_string_equal(e.file, "x-00002-of-00002.gguf");
    f.names[0] = "renamed.gguf";
    assert_int_equal(gguf_set_open(a, "renamed.gguf", &opener, NULL, &s, &e), ERROR_CONFLICT);
    assert_int_equal(f.open, 0);
    buf_free(&f.files[0]);
    buf_free(&f.files[1]);
    arena_free(a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read_back),
        cmocka_unit_test(values_of_another_kind_are_named),
        cmocka_unit_test(every_truncation_is_an_error),
        cmocka_unit_test(other_files_are_told_apart),
        cmocka_unit_test(lies_are_found),
        cmocka_unit_test(names_stand_once),
        cmocka_unit_test(alignment_is_a_power_of_two),
        cmocka_unit_test(types_without_kernels_are_read_but_not_loadable),
        cmocka_unit_test(split_models_open_from_any_part),
    };
    return cmocka_run_group_tests_name("gguf", tests, NULL, NULL);
}
