/* kernel_check.h - are a device's kernels right on this very chip? Each operation against the plain C reference.
 *
 *     made-up inputs ─► operation on the device ──┐
 *                   └─► the same on the CPU, "ref" ┴─► difference as a share of the result's root mean square
 *
 * A kernel can exist, run, and be wrong for the chip at hand; that shows as odd prose, not as an error. So it is asked.
 */
#ifndef ASSAY_DRAFT_KERNEL_CHECK_H
#define ASSAY_DRAFT_KERNEL_CHECK_H

#include "base/arena.h"
#include "kernels.h"

/* Largest difference that passes: activations are rounded to 8 bits a block of 32 for quantised weights. */
#define KERNEL_CHECK_TOLERANCE 0.02

typedef struct kernel_result {
    char name[32]; /* "matmul Q4_K, 33 columns", "attention" */
    double off_by; /* rms of the difference / rms of the reference; infinite when it is no number */
    bool passed;
    char why[160]; /* when the operation could not be run at all */
} kernel_result;

typedef struct kernel_report {
    kernel_result *at;
    size_t n, capacity;
    size_t failed;
} kernel_report;

/* Runs every operation that the supported architectures use, every weight type, on 1, 7 and 33 columns; attention with
 * heads of 64, 128 and 256, norms and choices of 256, 1000 and 9000. What a GPU launches in other forms yet (long
 * texts, large batches) was run when the device was opened (kernels/check/self_test.c). Failures are results; the error
 * is memory, or that the reference cannot be opened. */
int kernel_check(arena *a, const struct kernels_backend *backend, kernels_device *device, kernel_report *out, error *e);

#endif
