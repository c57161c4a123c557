/* test_device.c - choosing a device: every way in which a GPU can be missing, too old or wrong, through the same calls
 * as the program, with the emulated backend as its plug-in (emulate/plugin.cpp). What is said must be one sentence.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "draft/device.h"
#include "tests/kernels/emulate/emulate_machine.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[4096];
static const char *const folders[] = {folder, NULL};
static struct emulate_machine *machine, sound;

static int find_plugin(void **state) {
    (void)state;
    ssize_t n = readlink("/proc/self/exe", folder, sizeof folder - 64);
    if (n <= 0) return 0;
    folder[n] = 0;
    strcpy(strrchr(folder, '/'), "/emulated");
    char path[sizeof folder + 64];
    snprintf(path, sizeof path, "%s/%s", folder, DEVICE_PLUGIN);
    void *library = dlopen(path, RTLD_NOW); /* the same one that kernels_load will get */
    machine = library ? dlsym(library, "emulate_machine") : NULL;
    if (machine) sound = *machine;
    return 0;
}
/* No C++ compiler: no emulated GPU. */
#define NEEDS_PLUGIN()                                                                                                 \
    do {                                                                                                               \
        if (!machine) skip();                                                                                          \
        *machine = sound;                                                                                              \
    } while (0)

static void is_one_sentence(const char *text) {
    assert_true(strlen(text) > 10);
    assert_null(strchr(text, '\n'));
    assert_true(strlen(text) < 500);
}
static void refused(const char *name, enum error_code code, const char *part) {
    struct device_choice d;
    error e = {0};
    assert_int_equal(device_open(name, folders, 1, &d, &e), code);
    is_one_sentence(e.message);
    if (!strstr(e.message, part)) fail_msg("'%s' does not say '%s'", e.message, part);
}
/* cuda:0 is refused with `part`; auto takes the CPU and says the same. */
static void refused_and_replaced(const char *part) {
    struct device_choice d;
    error e = {0};
    refused("cuda:0", ERROR_SUPPORT, part);
    assert_int_equal(device_open("auto", folders, 1, &d, &e), 0);
    assert_string_equal(d.backend->name, "cpu");
    is_one_sentence(d.note);
    if (!strstr(d.note, part)) fail_msg("'%s' does not say '%s'", d.note, part);
    device_close(&d);
    assert_int_equal(machine->live, 0);
}

static void a_sound_gpu_is_taken(void **state) {
    (void)state;
    NEEDS_PLUGIN();
    static const char *const NAMES[] = {"auto", "cuda", "cuda:0"};
    for (size_t i = 0; i < COUNT_OF(NAMES); i++) {
        struct device_choice d;
        error e = {0};
        if (device_open(NAMES[i], folders, 1, &d, &e)) fail_msg("%s", e.message);
        assert_string_equal(d.backend->name, "cuda");
        assert_string_equal(d.note, "");
        assert_true(d.info.mxfp4_scaled);
        device_close(&d);
    }
    assert_int_equal(machine->live, 0);
}

static void what_is_missing_is_said(void **state) {
    (void)state;
    NEEDS_PLUGIN();
    machine->driver = 0;
    refused_and_replaced("no NVIDIA driver");
    *machine = sound;
    machine->driver = 12080;
    refused_and_replaced("supports CUDA 12.8 and this build needs 13.0: install driver 580 or newer");
    *machine = sound;
    machine->devices = 0;
    refused_and_replaced("no GPU that it can use");
    *machine = sound;
    machine->major = 7;
    machine->minor = 5;
    refused_and_replaced("has compute capability 7.5 and the kernels need 8.0 or higher");
    *machine = sound;
    refused("cuda:4", ERROR_SUPPORT, "no device cuda:4: there is 1, counted from 0");
    refused("cuda:x", ERROR_USAGE, "no device 'cuda:x'");
    machine->abi = KERNELS_ABI + 1;
    refused_and_replaced("speaks kernel contract");
}

static void a_missing_or_broken_plugin_is_said(void **state) {
    (void)state;
    char broken[] = "/tmp/assay-device-XXXXXX", path[64];
    assert_non_null(mkdtemp(broken));
    const char *const there[] = {broken, NULL};
    struct device_choice d;
    error e = {0};
    assert_int_equal(device_open("cuda", there, 1, &d, &e), ERROR_SUPPORT);
    assert_non_null(strstr(e.message, DEVICE_PLUGIN " is not installed"));
    is_one_sentence(e.message);
    snprintf(path, sizeof path, "%s/%s", broken, DEVICE_PLUGIN);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs("half a download", f);
    fclose(f);
    e = (error){0};
    assert_int_equal(device_open("cuda", there, 1, &d, &e), ERROR_SUPPORT);
    assert_non_null(strstr(e.message, "cannot load"));
    is_one_sentence(e.message);
    assert_int_equal(device_open("auto", there, 1, &d, &e), 0);
    assert_string_equal(d.backend->name, "cpu");
    is_one_sentence(d.note);
    device_close(&d);
    unlink(path);
    rmdir(broken);
}

/* The youngest instructions of the chip are not what the kernels think: everything else is. */
static void wrong_block_scaled_products_are_done_without(void **state) {
    (void)state;
    NEEDS_PLUGIN();
    static const struct {
        enum emulate_wrong wrong;
        const char *part;
    } KINDS[] = {{EMULATE_OTHER_SCALES, "scales of MXFP4 [37][256]"}, {EMULATE_OTHER_BITS, "MXFP4 [37][256]"}};
    for (size_t i = 0; i < COUNT_OF(KINDS); i++) {
        struct device_choice d;
        error e = {0};
        machine->wrong = KINDS[i].wrong;
        if (device_open("cuda:0", folders, 1, &d, &e)) fail_msg("%s", e.message);
        assert_string_equal(d.backend->name, "cuda");
        assert_false(d.info.mxfp4_scaled);
        is_one_sentence(d.note);
        assert_non_null(strstr(d.note, "int8"));
        if (!strstr(d.note, KINDS[i].part)) fail_msg("'%s' does not say '%s'", d.note, KINDS[i].part);
        device_close(&d);
    }
    assert_int_equal(machine->live, 0);
}
static void a_chip_without_them_needs_no_note(void **state) {
    (void)state;
    NEEDS_PLUGIN();
    struct device_choice d;
    error e = {0};
    machine->major = 9; /* a Hopper */
    machine->minor = 0;
    machine->wrong = EMULATE_OTHER_SCALES;
    if (device_open("auto", folders, 1, &d, &e)) fail_msg("%s", e.message);
    assert_string_equal(d.backend->name, "cuda");
    assert_false(d.info.mxfp4_scaled);
    assert_string_equal(d.note, "");
    device_close(&d);
}
static void a_kernel_that_is_wrong_refuses_the_gpu(void **state) {
    (void)state;
    NEEDS_PLUGIN();
    machine->wrong = EMULATE_OTHER_SUMS;
    refused_and_replaced("Emulated GPU computes wrongly and is not used: ");
    refused("cuda:0", ERROR_SUPPORT, "MXFP4 [37][256] with 5 columns"); /* the first that goes wrong: name and shape */
    machine->major = 9;
    machine->minor = 0;
    refused_and_replaced("MXFP4 [37][256] with 5 columns");
    *machine = sound;
    machine->fail_launch =
        40; /* a launch that fails in the middle of the self-test counts as wrong: tried again without */
    struct device_choice d;
    error e = {0};
    assert_int_equal(device_open("cuda:0", folders, 1, &d, &e), 0);
    assert_false(d.info.mxfp4_scaled);
    device_close(&d);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sound_gpu_is_taken),
        cmocka_unit_test(what_is_missing_is_said),
        cmocka_unit_test(a_missing_or_broken_plugin_is_said),
        cmocka_unit_test(wrong_block_scaled_products_are_done_without),
        cmocka_unit_test(a_chip_without_them_needs_no_note),
        cmocka_unit_test(a_kernel_that_is_wrong_refuses_the_gpu),
    };
    return cmocka_run_group_tests(tests, find_plugin, NULL);
}
