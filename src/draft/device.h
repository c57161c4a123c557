/* device.h - which machine part computes: the CPU, or a GPU by the plug-in. */
#ifndef ASSAY_DRAFT_DEVICE_H
#define ASSAY_DRAFT_DEVICE_H

#include "kernels.h"

#define DEVICE_PLUGIN "libassay-cuda.so"

struct device_choice {
    const struct kernels_backend *backend;
    kernels_device *device;
    struct kernels_info info;
    char note[512]; /* why the GPU is not used, where "auto" fell back, or not its block-scaled products; else empty */
};

/* Opens "auto" (a GPU when there is one, else the CPU), "cpu", "cuda" or "cuda:N". The plug-in is sought as
 * `folders`[i]/DEVICE_PLUGIN, in order (NULL-terminated). `threads` 0 = one a core. Errors: ERROR_USAGE for another
 * name, ERROR_SUPPORT when a GPU was asked for and cannot be had, or computes one of the small cases of
 * kernels_self_test wrongly, with the reason. When only block-scaled products are wrong the GPU is used without them.
 */
int device_open(const char *name, const char *const *folders, unsigned threads, struct device_choice *out, error *e);
void device_close(struct device_choice *d);
/* The plug-in's table; ERROR_SUPPORT that says where it was sought. */
int device_plugin(const char *const *folders, const struct kernels_backend **out, error *e);

/* Bytes a second that the device reads from its memory, measured now (well below a second; 256 MiB or twice the last
 * cache); 0 where there is no memory for it. On the CPU: the best of five passes of the device's own threads; on a GPU:
 * half of what a copy moves, twice. */
double device_bandwidth(const struct device_choice *d);

#endif
