/* emulate_machine.h - what the emulated machine is like and what is wrong with it; tests write it. C and C++. */
#ifndef ASSAY_TESTS_EMULATE_MACHINE_H
#define ASSAY_TESTS_EMULATE_MACHINE_H

#include <stddef.h>
#include <stdint.h>

enum emulate_wrong {
    EMULATE_SOUND,
    EMULATE_OTHER_SCALES, /* block-scaled products take their scales from other lanes than the kernels think */
    EMULATE_OTHER_BITS,   /* they take E2M1 codes from the low bits of a byte */
    EMULATE_OTHER_SUMS    /* int8 products are wrong by one in one entry */
};
struct emulate_machine {
    int driver, devices, major, minor, integrated;
    long allocations_left; /* < 0: no limit */
    int fail_launch;       /* the n-th launch from now fails; 0 = none */
    uint64_t seed;         /* order of threads, and how late streams run; 0 = rising, and as late as can be */
    long live;             /* device and pinned blocks not yet freed */
    long launches;
    enum emulate_wrong wrong;
    unsigned abi; /* what the plug-in says its contract is; 0 = the truth */
    size_t memory_bytes, used_bytes; /* of the device */
    long fail_call;                  /* the n-th call of the runtime library from now fails; 0 = none */
    int lost;                        /* ... and is a launch failure, and so does every call from then on (1; 2 = has) */
    long calls;                      /* of the runtime library, that could have failed */
    long waits;                      /* times that the host waited for the device */
};
#ifdef __cplusplus
extern "C"
#else
extern
#endif
    struct emulate_machine emulate_machine;

#endif
