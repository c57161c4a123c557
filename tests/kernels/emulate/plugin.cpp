/* plugin.cpp - the emulated backend as a library that the program can open like the real one (test_device.c). */
#include "emulate_machine.h"
extern "C" {
#include "kernels.h"

const struct kernels_backend *kernels_emulated_plugin(void);
const struct kernels_backend *kernels_plugin(void) {
    static struct kernels_backend other;
    if (!emulate_machine.abi) return kernels_emulated_plugin();
    other = *kernels_emulated_plugin();
    other.abi = emulate_machine.abi;
    return &other;
}
}
