/* fake_driver.c - a libcuda.so.1 that is no driver: what the CUDA plug-in says when it meets an old one, or one without
 * a GPU. FAKE_VERSION: the CUDA it supports (12040); FAKE_DEVICES: how many GPUs it finds (0).
 *
 * CUDA's runtime, linked into the plug-in, asks it for everything by cuGetProcAddress; what it has not got is refused.
 * Only functions that are called before a device is open are here. Results: CUresult of the driver's public interface.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { SUCCESS = 0, INVALID_VALUE = 1, NO_DEVICE = 100, NOT_FOUND = 500 };
#define EXPORT __attribute__((visibility("default")))

static int number(const char *name, int otherwise) {
    const char *text = getenv(name);
    return text ? atoi(text) : otherwise;
}
EXPORT int cuInit(unsigned flags);
EXPORT int cuInit(unsigned flags) {
    (void)flags;
    return number("FAKE_DEVICES", 0) > 0 ? SUCCESS : NO_DEVICE;
}
EXPORT int cuDriverGetVersion(int *version);
EXPORT int cuDriverGetVersion(int *version) {
    *version = number("FAKE_VERSION", 13000);
    return SUCCESS;
}
EXPORT int cuDeviceGetCount(int *count);
EXPORT int cuDeviceGetCount(int *count) {
    *count = number("FAKE_DEVICES", 0);
    return SUCCESS;
}
EXPORT int cuGetProcAddress_v2(const char *name, void **function, int version, uint64_t flags, void *status);
EXPORT int cuGetProcAddress_v2(const char *name, void **function, int version, uint64_t flags, void *status) {
    static const struct {
        const char *name;
        void *function;
    } KNOWN[] = {{"cuInit", (void *)cuInit},
                 {"cuDriverGetVersion", (void *)cuDriverGetVersion},
                 {"cuDeviceGetCount", (void *)cuDeviceGetCount},
                 {"cuGetProcAddress", (void *)cuGetProcAddress_v2}};
    (void)version;
    (void)flags;
    (void)status;
    *function = NULL;
    for (size_t i = 0; i < sizeof KNOWN / sizeof *KNOWN; i++)
        if (!strcmp(name, KNOWN[i].name)) *function = KNOWN[i].function;
    return *function ? SUCCESS : NOT_FOUND;
}
EXPORT int cuGetProcAddress(const char *name, void **function, int version, uint64_t flags);
EXPORT int cuGetProcAddress(const char *name, void **function, int version, uint64_t flags) {
    return cuGetProcAddress_v2(name, function, version, flags, NULL);
}
