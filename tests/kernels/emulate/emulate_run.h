/* emulate_run.h - between the two halves of the emulated device: runtime.cpp launches, emulate.cpp runs. */
#ifndef ASSAY_TESTS_EMULATE_RUN_H
#define ASSAY_TESTS_EMULATE_RUN_H

#include "emulate.h"

enum { EMULATE_THREADS_MAX = 1024 }; /* of a block */

/* Runs all blocks of a grid, one after the other. */
void emulate_grid_run(const char *name, dim3 grid, dim3 block, size_t shared_bytes,
                      const std::function<void()> &kernel);
const char *emulate_named(void); /* the kernel that is to be launched next, as emulate_name() was told */
/* Says what is wrong, in which kernel and thread, and aborts: a kernel that does this is broken. */
[[noreturn]] void emulate_stop(const char *what, const char *more);

#endif
