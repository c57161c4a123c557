/* test_loaded.c - what a model is loaded with: the context that every brief fits, the memory it takes, the device. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/file.h"
#include "draft/loaded.h"
#include "draft/writer.h"
#include "lm/load_reader.h"
#include "lm/text_side.h"
#include "tests/support/desk.h"
#include "tests/support/writer_model.h"

#include <string.h>

static struct chat_turn HELLO[] = {{CHAT_SYSTEM, STR("You write articles.")},
                                   {CHAT_USER, STR("Write the article about the test.")}};

/* The context holds every request with its text: neither the longest request nor the longest text alone decides. */
static void the_context_fits_every_brief(void **state) {
    struct desk *d = *state;
    static const char *const nowhere[] = {NULL};
    struct chat_turn longer[] = {HELLO[0],
                                 {CHAT_USER, STR("Write the article about the test, and then write the rest of it.")}};
    prompt small = {.turns = HELLO, .count = 2}, large = {.turns = longer, .count = 2};
    memory_platform memory = memory_system();
    struct device_choice device;
    loaded_model *m;
    token_ids ids[2] = {{0}};
    error e = {0};
    assert_int_equal(device_open("cpu", nowhere, 1, &device, &e), 0);
    struct load_text other = {&large, 10};
    struct load_request q = {.path = d->model, .device = &device, .first = &small, .max_tokens = 100, .texts = 1};
    q.memory = &memory;
    q.others = &other;
    q.other_count = 1;
    assert_int_equal(loaded_model_open(d->a, &q, &m, &e), 0);
    assert_int_equal(writer_encode(m->tokenizer, m->family, false, HELLO, 2, &ids[0], &e), 0);
    assert_int_equal(writer_encode(m->tokenizer, m->family, false, longer, 2, &ids[1], &e), 0);
    assert_true(ids[1].n > ids[0].n && ids[1].n + 10 < ids[0].n + 100);
    assert_int_equal(m->prompt_tokens, ids[1].n);
    assert_int_equal(m->context_tokens, ids[0].n + 100);
    assert_true(m->max_tokens == 100 && m->wanted_tokens == 100);
    loaded_model_close(m);
    q.max_tokens = 10; /* now the other one's text is the longer */
    other.max_tokens = 200;
    assert_int_equal(loaded_model_open(d->a, &q, &m, &e), 0);
    assert_int_equal(m->context_tokens, ids[1].n + 200);
    assert_int_equal(m->max_tokens, 200);
    loaded_model_close(m);
    q.context_tokens = (uint32_t)ids[1].n + 6; /* cuts the other's text alone */
    other.max_tokens = 9;
    assert_int_equal(loaded_model_open(d->a, &q, &m, &e), 0);
    assert_true(m->max_tokens == 7 && m->wanted_tokens == 9);
    loaded_model_close(m);
    q.context_tokens = (uint32_t)ids[1].n; /* `first` alone would fit */
    assert_int_equal(loaded_model_open(d->a, &q, &m, &e), ERROR_LIMIT);
    assert_non_null(strstr(e.message, "the longest request takes"));
    token_ids_free(&ids[0]);
    token_ids_free(&ids[1]);
    device_close(&device);
}

static int little_memory(void *context, memory_state *out, error *e) {
    (void)context;
    (void)e;
    *out = (memory_state){.total_bytes = 4u << 20, .available_bytes = 1u << 20};
    return 0;
}
static double no_time(void *context) {
    (void)context;
    return 0;
}

static void what_does_not_fit_is_refused_before_it_is_loaded(void **state) {
    struct desk *d = *state;
    static const char *const nowhere[] = {NULL};
    struct device_choice device;
    prompt first = {.turns = HELLO, .count = 2};
    memory_platform little = {.read = little_memory, .now_s = no_time};
    loaded_model *m;
    error e = {0};
    assert_int_equal(device_open("cpu", nowhere, 1, &device, &e), 0);
    struct load_request q = {
        .path = d->model, .device = &device, .first = &first, .max_tokens = 10, .texts = 1, .memory = &little};
    assert_int_equal(loaded_model_open(d->a, &q, &m, &e), ERROR_LIMIT);
    assert_non_null(strstr(e.message, "weights"));
    assert_non_null(strstr(e.file, "noise.gguf"));
    struct writer_model unknown = {.chat_template = "{{ something else }}"};
    char *path = path_join(d->a, str_from_cstr(d->folder), STR("unknown.gguf"));
    assert_int_equal(writer_model_file(&unknown, path, &e), 0);
    q.path = path;
    assert_int_equal(loaded_model_open(d->a, &q, &m, &e), ERROR_SUPPORT);
    assert_non_null(strstr(e.message, "--chat"));
    device_close(&device);
}

static uint64_t planned(struct desk *d, const struct device_choice *device, uint32_t feed_forward) {
    struct writer_model wide = {.seed = 1, .feed_forward = feed_forward};
    char *path = path_join(d->a, str_from_cstr(d->folder), STR("wide.gguf"));
    prompt first = {.turns = HELLO, .count = 2};
    memory_platform memory = memory_system();
    struct load_request q = {.path = path, .device = device, .first = &first, .max_tokens = 10, .texts = 1};
    loaded_model *m;
    uint64_t bytes = 0;
    error e = {0};
    q.memory = &memory;
    assert_int_equal(writer_model_file(&wide, path, &e), 0);
    assert_int_equal(loaded_model_open(d->a, &q, &m, &e), 0);
    for (unsigned i = 0; i < m->plan.count; i++)
        if (strcmp(m->plan.items[i].what, "working buffers") == 0) bytes = m->plan.items[i].bytes;
    loaded_model_close(m);
    return bytes;
}

/* A step of 512 columns keeps the inner layer of each, however narrow the rest of the model is. */
static void the_plan_knows_the_inner_layer(void **state) {
    static const char *const nowhere[] = {NULL};
    struct device_choice device;
    assert_int_equal(device_open("cpu", nowhere, 1, &device, NULL), 0);
    uint64_t narrow = planned(*state, &device, 64), wide = planned(*state, &device, 4096);
    assert_true(wide > narrow && wide - narrow >= (uint64_t)(4096 - 64) * 512 * sizeof(float));
    device_close(&device);
}

/* Seen in the header: no prompt has to come upon such a token first. */
static void a_tokenizer_beyond_the_models_table_is_refused(void **state) {
    struct desk *d = *state;
    struct writer_model small = {.seed = 1, .rows_missing = 1};
    char *path = path_join(d->a, str_from_cstr(d->folder), STR("few.gguf"));
    gguf_opener opener = load_opener();
    gguf_set *set;
    error e = {0};
    assert_int_equal(writer_model_file(&small, path, &e), 0);
    assert_int_equal(gguf_set_open(d->a, path, &opener, NULL, &set, &e), 0);
    assert_int_equal(text_side_check(set->head, NULL, &e), ERROR_SCHEMA);
    assert_non_null(strstr(e.message, "token_embd.weight has rows for"));
    gguf_set_close(set);
}

static void devices_are_named_or_refused(void **state) {
    (void)state;
    static const char *const nowhere[] = {NULL};
    struct device_choice device;
    error e = {0};
    assert_int_equal(device_open("gpu", nowhere, 1, &device, &e), ERROR_USAGE);
    assert_int_equal(device_open("cuda:7", nowhere, 1, &device, &e), ERROR_SUPPORT);
    assert_int_equal(device_open("auto", nowhere, 1, &device, &e), 0);
    assert_string_equal(device.backend->name, "cpu");
    assert_true(strlen(device.note) > 0);
    device_close(&device);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_context_fits_every_brief),
        cmocka_unit_test(what_does_not_fit_is_refused_before_it_is_loaded),
        cmocka_unit_test(the_plan_knows_the_inner_layer),
        cmocka_unit_test(a_tokenizer_beyond_the_models_table_is_refused),
        cmocka_unit_test(devices_are_named_or_refused),
    };
    return cmocka_run_group_tests(tests, desk_open, desk_close);
}
