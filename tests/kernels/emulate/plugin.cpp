/* plugin.cpp - the emulated backend as a library that the program can open like the real one (test_device.c, gpu.t), with
 * faults from the environment:
 *
 *     ASSAY_EMULATE_LOST=N     the GPU is lost when the N-th captured graph is run
 *     ASSAY_EMULATE_FULL=N     its memory holds N MiB
 */
#include "emulate_machine.h"
extern "C" {
#include "kernels.h"
const struct kernels_backend *kernels_emulated_plugin(void);
const struct kernels_backend *kernels_plugin(void);
}

#include <cstdlib>

static struct kernels_backend table;
static void (*run_graph)(kernels_queue *, kernels_graph *);
static long graphs_run;

static long number(const char *name) {
    const char *text = getenv(name);
    return text ? atol(text) : 0;
}

static void count_graph(kernels_queue *q, kernels_graph *g) {
    if (++graphs_run == number("ASSAY_EMULATE_LOST")) {
        emulate_machine.fail_call = 1;
        emulate_machine.lost = 1;
    }
    run_graph(q, g);
}

const struct kernels_backend *kernels_plugin(void) {
    table = *kernels_emulated_plugin();
    if (emulate_machine.abi) table.abi = emulate_machine.abi;
    run_graph = table.graph_run;
    table.graph_run = count_graph;
    if (number("ASSAY_EMULATE_FULL") > 0) {
        emulate_machine.memory_bytes = (size_t)number("ASSAY_EMULATE_FULL") << 20;
        emulate_machine.integrated = 0;
    }
    return &table;
}
