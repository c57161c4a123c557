/* test_holders.c - who holds memory: a made-up /proc, a made-up management library, and the refusal that names them. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/file.h"
#include "draft/holders.h"
#include "draft/loaded.h"
#include "tests/support/writer_model.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct corner {
    arena *a;
    char folder[64];
    struct holder_look look;
};

static char *at(struct corner *p, const char *name) {
    return path_join(p->a, str_from_cstr(p->folder), str_from_cstr(name));
}
static void put(struct corner *p, const char *name, str content) {
    error e = {0};
    if (file_write(at(p, name), content, &e)) fail_msg("%s", e.message);
}
static void put_process(struct corner *p, unsigned pid, const char *comm, uint64_t rss_kib) {
    char base[64], name[96];
    snprintf(base, sizeof base, "proc/%u", pid);
    assert_int_equal(mkdir(at(p, base), 0777), 0);
    snprintf(name, sizeof name, "%s/comm", base);
    put(p, name, arena_printf(p->a, "%s\n", comm));
    snprintf(name, sizeof name, "%s/status", base);
    put(p, name, arena_printf(p->a, "Name:\t%s\nVmRSS:\t%8llu kB\n", comm, (unsigned long long)rss_kib));
}

/* The library that was built beside this program. */
static const char *library(arena *a) {
    char program[4096];
    ssize_t n = readlink("/proc/self/exe", program, sizeof program - 1);
    return n > 0 ? path_join(a, path_folder(str_make(program, (size_t)n)), STR("libfake-nvml.so")) : NULL;
}

static int setup(void **state) {
    static struct corner p = {.folder = "/tmp/assay-holders-XXXXXX"};
    p.a = arena_new(0);
    if (!mkdtemp(p.folder) || mkdir(at(&p, "proc"), 0777) != 0) return -1;
    p.look = (struct holder_look){.proc = at(&p, "proc"), .nvml = library(p.a)};
    put_process(&p, 20, "llama-server", 3u << 20);
    put_process(&p, 21, "python3", 12u << 20);
    put_process(&p, (unsigned)getpid(), "test_holders", 500u << 20); /* not told about itself */
    *state = &p;
    return 0;
}
static int teardown(void **state) {
    struct corner *p = *state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", p->folder);
    int bad = system(command);
    arena_free(p->a);
    return bad;
}

static void the_host_memory_is_held_by_the_largest_process(void **state) {
    struct corner *p = *state;
    char text[128];
    memory_holder_text(&p->look, NULL, 1u << 30, text, sizeof text);
    assert_string_equal(text, "python3 (process 21) holds 12.0 GiB");
    memory_holder_text(&p->look, NULL, 64ull << 30, text, sizeof text);
    assert_string_equal(text, "");
    const struct holder_look nowhere = {.proc = at(p, "nothing"), .nvml = at(p, "nothing.so")};
    memory_holder_text(&nowhere, NULL, 0, text, sizeof text);
    assert_string_equal(text, "");
}

static void the_gpu_memory_is_held_by_whom_the_driver_names(void **state) {
    struct corner *p = *state;
    memory_holder h[8];
    char text[128];
    assert_int_equal(gpu_memory_holders(p->a, &p->look, "0000:01:00.0", h, COUNT_OF(h)), 3);
    assert_true(h[0].pid == 77 && h[1].pid == 20 && h[2].pid == 21);
    assert_string_equal(h[1].name, "llama-server");
    assert_true(h[1].server && h[1].gpu_bytes == 9ull << 30 && h[1].rss_bytes == 3ull << 30);
    assert_int_equal(gpu_memory_holders(p->a, &p->look, "0000:01:00.0", h, 1), 1);
    memory_holder_text(&p->look, "0000:01:00.0", 1, text, sizeof text); /* of another container: no name to be had */
    assert_string_equal(text, "a process that cannot be seen (process 77) holds 30.0 GiB");
    memory_holder_text(&p->look, "0000:02:00.0", 1, text, sizeof text);
    assert_string_equal(text, "llama-server (process 20) uses the GPU");
    memory_holder_text(&p->look, "0000:09:00.0", 0, text, sizeof text);
    assert_string_equal(text, "");
    const struct holder_look without = {.proc = p->look.proc, .nvml = "libnothing-of-the-kind.so.1"};
    assert_int_equal(gpu_memory_holders(p->a, &without, "0000:01:00.0", h, COUNT_OF(h)), 0);
}

/* ---- through loading -------------------------------------------------------------------------------------------- */

struct machine {
    double now;
    char told[256];
};
static int full(void *context, memory_state *out, error *e) {
    (void)context, (void)e;
    *out = (memory_state){.total_bytes = 128ull << 30, .available_bytes = 8ull << 30};
    return 0;
}
static double now(void *context) { return ((struct machine *)context)->now; }
static void rest(void *context, double seconds) { ((struct machine *)context)->now += seconds; }
static bool waiting(void *context, const memory_state *state, double waited_s, double limit_s) {
    (void)waited_s, (void)limit_s;
    struct machine *m = context;
    snprintf(m->told, sizeof m->told, "%s", state->holder);
    return false;
}

static void a_model_that_does_not_fit_names_who_holds_the_memory(void **state) {
    struct corner *p = *state;
    static struct chat_turn turns[] = {{CHAT_SYSTEM, STR("Write.")}, {CHAT_USER, STR("Write the article.")}};
    static const char *const nowhere[] = {NULL};
    struct writer_model m = {0};
    struct machine machine = {0};
    memory_platform platform = {.context = &machine, .read = full, .now_s = now, .sleep_s = rest, .waiting = waiting};
    prompt first = {.turns = turns, .count = 2};
    struct device_choice d;
    loaded_model *model;
    error e = {0};
    assert_int_equal(writer_model_file(&m, at(p, "m.gguf"), &e), 0);
    assert_int_equal(device_open("cpu", nowhere, 1, &d, &e), 0);
    struct load_request q = {.path = at(p, "m.gguf"),
                             .device = &d,
                             .first = &first,
                             .max_tokens = 100,
                             .texts = 1,
                             .wait_s = 20,
                             .memory = &platform,
                             .look = &p->look};
    assert_int_equal(loaded_model_open(p->a, &q, &model, &e),
                     ERROR_LIMIT); /* 8 GiB are kept free, and no more is there */
    assert_non_null(strstr(e.message, "; python3 (process 21) holds 12.0 GiB (waited 20 s)"));
    assert_string_equal(machine.told, "python3 (process 21) holds 12.0 GiB");
    assert_true(machine.now == 20);
    device_close(&d);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_host_memory_is_held_by_the_largest_process),
        cmocka_unit_test(the_gpu_memory_is_held_by_whom_the_driver_names),
        cmocka_unit_test(a_model_that_does_not_fit_names_who_holds_the_memory),
    };
    return cmocka_run_group_tests_name("who holds memory", tests, setup, teardown);
}
