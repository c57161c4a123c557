/* test_doctor.c - every disease that the doctor knows, made on purpose, and the healthy case beside it. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/file.h"
#include "base/hash.h"
#include "draft/doctor.h"
#include "draft/kernel_check.h"
#include "tests/support/writer_model.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

struct ward {
    arena *a;
    char folder[64];
    const ruleset *rules;
};

static int ward_open(void **state) {
    struct ward *w = calloc(1, sizeof *w);
    w->a = arena_new(0);
    strcpy(w->folder, "/tmp/assay-doctor-XXXXXX");
    assert_non_null(mkdtemp(w->folder));
    assert_int_equal(ruleset_builtin(&w->rules, NULL), 0);
    *state = w;
    return 0;
}

static int ward_close(void **state) {
    struct ward *w = *state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", w->folder);
    if (system(command) != 0) fail();
    ruleset_free(w->rules);
    arena_free(w->a);
    free(w);
    return 0;
}

static char *place(struct ward *w, const char *name) {
    return path_join(w->a, str_from_cstr(w->folder), str_from_cstr(name));
}

static void put(struct ward *w, const char *name, str content) {
    error e = {0};
    if (file_write(place(w, name), content, &e)) fail_msg("%s", e.message);
}

static void put_process(struct ward *w, const char *pid, const char *comm, str cmdline, uint64_t rss_kib) {
    mkdir(place(w, "proc"), 0777);
    str folder = arena_printf(w->a, "proc/%s", pid);
    mkdir(place(w, (const char *)folder.p), 0777);
    const char *base = (const char *)folder.p;
    put(w, (const char *)arena_printf(w->a, "%s/comm", base).p, arena_printf(w->a, "%s\n", comm));
    put(w, (const char *)arena_printf(w->a, "%s/cmdline", base).p, cmdline);
    put(w, (const char *)arena_printf(w->a, "%s/status", base).p,
        arena_printf(w->a, "Name:\t%s\nVmRSS:\t%8llu kB\nThreads:\t1\n", comm, (unsigned long long)rss_kib));
}

static int plenty(void *context, memory_state *out, error *e) {
    (void)e;
    *out = *(const memory_state *)context;
    return 0;
}

static memory_state HEALTHY = {.total_bytes = 128ull << 30, .available_bytes = 100ull << 30, .cache_bytes = 1ull << 30};
static const char *const NOWHERE[] = {NULL};

static diagnosis_list examine(struct ward *w, struct doctor_options o, memory_state *memory) {
    memory_platform platform = {.context = memory, .read = plenty};
    diagnosis_list l;
    error e = {0};
    if (!o.rules) o.rules = w->rules;
    if (!o.proc) o.proc = place(w, "empty");
    o.memory = &platform;
    if (!o.device) o.device = "auto";
    o.plugin_folders = NOWHERE;
    if (doctor_run(w->a, &o, &l, &e)) fail_msg("%s", e.message);
    return l;
}

/* The diagnosis of that check which says so. */
static const diagnosis *expect(const diagnosis_list *l, const char *check, enum health health, const char *says) {
    for (size_t i = 0; i < l->n; i++)
        if (strcmp(l->at[i].check, check) == 0 && l->at[i].health == health &&
            str_find(l->at[i].finding, str_from_cstr(says), 0) >= 0)
            return &l->at[i];
    buf all = {0};
    doctor_text(l, &all);
    fail_msg("no '%s' that is %s and says '%s' in\n%.*s", check, health_name(health), says, STR_ARG(buf_view(&all)));
    return NULL;
}

static void a_healthy_machine_has_no_findings(void **state) {
    struct ward *w = *state;
    struct writer_model m = {0};
    assert_int_equal(writer_model_file(&m, place(w, "m.gguf"), NULL), 0);
    put_process(w, "12", "bash", STR("bash\0-l\0"), 4000);
    diagnosis_list l =
        examine(w, (struct doctor_options){.model = place(w, "m.gguf"), .proc = place(w, "proc")}, &HEALTHY);
    assert_int_equal(l.failed, 0);
    assert_int_equal(l.warnings, 0);
    expect(&l, "model", HEALTH_OK, "as long as its header promises");
    expect(&l, "chat", HEALTH_OK, "chatml");
    expect(&l, "kernels", HEALTH_OK, "agree with the plain reference");
    expect(&l, "instrument", HEALTH_OK, "tells samples apart");
    expect(&l, "rules", HEALTH_OK, "none fails");
    expect(&l, "servers", HEALTH_OK, "no other inference server");
    expect(&l, "device", HEALTH_SKIPPED, "libassay-cuda.so"); /* what is not there is not ok */
    expect(&l, "speculation", HEALTH_OK, "--speculate auto");
}

static void other_servers_are_named_but_not_their_command_lines(void **state) {
    struct ward *w = *state;
    put_process(w, "20", "python3",
                STR("/usr/bin/python3\0-m\0vllm.entrypoints.openai.api_server\0--api-key\0SECRET\0"), 60u << 20);
    put_process(w, "21", "llama-server", STR("/opt/llama-server\0-m\0x.gguf\0"), 1000);
    put_process(w, "22", "firefox", STR("firefox\0"), 20u << 20);
    put_process(w, "23", "ollamassay", STR("ollamassay\0"), 9); /* another name that begins like one */
    memory_state low = {.total_bytes = 128ull << 30, .available_bytes = 4ull << 30, .cache_bytes = 60ull << 30};
    diagnosis_list l = examine(w, (struct doctor_options){.proc = place(w, "proc")}, &low);
    const diagnosis *x = expect(&l, "servers", HEALTH_WARNING, "vllm (process 20) holds 60.0 GiB");
    assert_true(x->remedy.n > 0);
    expect(&l, "servers", HEALTH_WARNING, "llama-server (process 21)");
    expect(&l, "memory", HEALTH_WARNING, "firefox (process 22) holds 20.0 GiB");
    expect(&l, "memory", HEALTH_WARNING, "4.00 GiB of 128.0 GiB");
    expect(&l, "page cache", HEALTH_OK, "60.0 GiB");
    for (size_t i = 0; i < l.n; i++) {
        assert_true(str_find(l.at[i].finding, STR("SECRET"), 0) < 0);
        assert_true(str_find(l.at[i].finding, STR("ollama"), 0) < 0);
    }
}

static void broken_models_are_found(void **state) {
    struct ward *w = *state;
    struct writer_model m = {0};
    buf bytes = {0};
    assert_int_equal(writer_model_bytes(&m, &bytes, NULL), 0);
    put(w, "cut.gguf", str_slice(buf_view(&bytes), 0, (ptrdiff_t)bytes.n - 1000));
    put(w, "whole.gguf", buf_view(&bytes));
    put(w, "SUMS", arena_printf(w->a, "%s  whole.gguf\n", sha256_of(buf_view(&bytes)).text + 7));
    bytes.p[bytes.n - 5] ^= 1;
    put(w, "changed.gguf", buf_view(&bytes));
    put(w, "SUMS2", arena_printf(w->a, "%s  changed.gguf\n", sha256_of(STR("what was published")).text + 7));
    buf_free(&bytes);
    diagnosis_list l = examine(w, (struct doctor_options){.model = place(w, "cut.gguf")}, &HEALTHY);
    expect(&l, "model", HEALTH_FAILED, "missing");
    l = examine(w, (struct doctor_options){.model = place(w, "whole.gguf"), .sums = place(w, "SUMS")}, &HEALTHY);
    expect(&l, "model", HEALTH_OK, "every byte");
    l = examine(w, (struct doctor_options){.model = place(w, "changed.gguf"), .sums = place(w, "SUMS2")}, &HEALTHY);
    expect(&l, "model", HEALTH_FAILED, "different");
    l = examine(w, (struct doctor_options){.model = place(w, "nothing.gguf")}, &HEALTHY);
    expect(&l, "model", HEALTH_FAILED, "nothing.gguf");
    l = examine(w, (struct doctor_options){0}, &HEALTHY);
    expect(&l, "model", HEALTH_SKIPPED, "no model was named");
    m.chat_template = "{{ a template of its own }}";
    assert_int_equal(writer_model_file(&m, place(w, "own.gguf"), NULL), 0);
    l = examine(w, (struct doctor_options){.model = place(w, "own.gguf")}, &HEALTHY);
    expect(&l, "chat", HEALTH_FAILED, "--chat");
    l = examine(w, (struct doctor_options){.model = place(w, "own.gguf"), .chat = "llama3"}, &HEALTHY);
    expect(&l, "chat", HEALTH_WARNING, "<|eot_id|>"); /* the vocabulary has no such mark */
}

static void a_ruler_that_reads_the_same_for_everyone_is_found(void **state) {
    struct ward *w = *state;
    ruleset dull = *w->rules;
    style *styles = ARENA_ARRAY(w->a, style, dull.style_count);
    memcpy(styles, dull.styles, dull.style_count * sizeof *styles);
    for (uint32_t i = 0; i < dull.style_count; i++) memset(styles[i].weights, 0, sizeof styles[i].weights);
    dull.styles = styles;
    diagnosis_list l = examine(w, (struct doctor_options){.rules = &dull}, &HEALTHY);
    expect(&l, "instrument", HEALTH_FAILED, "reads 0 for nothing");
}

static void an_unknown_device_is_a_failure(void **state) {
    diagnosis_list l = examine(*state, (struct doctor_options){.device = "cuda:3"}, &HEALTHY);
    expect(&l, "device", HEALTH_FAILED, "cuda:3");
}

/* ---- kernels ---- */

static struct kernels_backend sabotaged;

static void norm_that_forgets_its_weight(kernels_queue *q, const struct kernels_norm *a) {
    struct kernels_norm wrong = *a;
    wrong.weight = NULL;
    kernels_cpu()->norm(q, &wrong);
}

static void a_wrong_kernel_is_caught_by_name(void **state) {
    struct ward *w = *state;
    kernels_device *device;
    kernel_report r;
    assert_int_equal(kernels_cpu()->open(0, NULL, &device, NULL), 0);
    assert_int_equal(kernel_check(w->a, kernels_cpu(), device, &r, NULL), 0);
    assert_int_equal(r.failed, 0);
    assert_true(r.n > 60);
    sabotaged = *kernels_cpu();
    sabotaged.norm = norm_that_forgets_its_weight;
    assert_int_equal(kernel_check(w->a, &sabotaged, device, &r, NULL), 0);
    assert_int_equal(r.failed, 7); /* the norm, of two widths on 1, 7 and 33 columns, and a third; nothing else */
    for (size_t i = 0; i < r.n; i++) assert_int_equal(!r.at[i].passed, strncmp(r.at[i].name, "norm", 4) == 0);
    kernels_cpu()->close(device);
}

static void the_report_is_json_too(void **state) {
    diagnosis_list l = examine(*state, (struct doctor_options){0}, &HEALTHY);
    buf out = {0};
    json j = {.out = &out};
    doctor_json(&l, &j);
    assert_true(str_find(buf_view(&out), STR("{\"check\":\"memory\",\"health\":\"ok\""), 0) > 0);
    assert_true(str_ends(buf_view(&out), STR("\"failed\":0,\"warnings\":0}")));
    buf_free(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_healthy_machine_has_no_findings),
        cmocka_unit_test(other_servers_are_named_but_not_their_command_lines),
        cmocka_unit_test(broken_models_are_found),
        cmocka_unit_test(a_ruler_that_reads_the_same_for_everyone_is_found),
        cmocka_unit_test(an_unknown_device_is_a_failure),
        cmocka_unit_test(a_wrong_kernel_is_caught_by_name),
        cmocka_unit_test(the_report_is_json_too),
    };
    return cmocka_run_group_tests(tests, ward_open, ward_close);
}
