/* test_loaded.c - what a model is loaded with: the context that every brief fits, the memory it takes, the device. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/file.h"
#include "draft/loaded.h"
#include "draft/writer.h"
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
        cmocka_unit_test(devices_are_named_or_refused),
    };
    return cmocka_run_group_tests(tests, desk_open, desk_close);
}
