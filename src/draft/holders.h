/* holders.h - who holds memory: processes by what they have resident, and by what they have on a GPU.
 *
 * When a model does not fit, the commonest reason is another server that is still there, or one that has just ended and
 * whose memory is on its way back. Its name and number spare the search. Of a command line nothing is kept but the name
 * of a known server, since command lines hold secrets.
 */
#ifndef ASSAY_DRAFT_HOLDERS_H
#define ASSAY_DRAFT_HOLDERS_H

#include "base/arena.h"

typedef struct memory_holder {
    char name[64];
    uint32_t pid;
    uint64_t rss_bytes;
    uint64_t gpu_bytes; /* on the GPU that was asked about; 0 = none, or the driver does not say */
    bool server;        /* known as an inference server */
} memory_holder;

/* Where to look; tests give other places. */
struct holder_look {
    const char *proc; /* "/proc" */
    const char *nvml; /* NVIDIA's management library, as dlopen takes it: "libnvidia-ml.so.1" */
};
extern const struct holder_look HOLDERS_SYSTEM;

/* The processes that hold the most memory, largest first; inference servers (by the name of the program, or of the
 * module a Python runs) come first and are marked whatever they hold. Returns how many. */
size_t memory_holders(arena *a, const char *proc, memory_holder *out, size_t capacity);

/* The processes that compute on the GPU at this PCI address ("0000:01:00.0"), by the memory they hold there, largest
 * first. Returns how many; 0 also where the library is not there or does not say. */
size_t gpu_memory_holders(arena *a, const struct holder_look *look, const char *bus, memory_holder *out,
                          size_t capacity);

/* "vllm (process 20) holds 60.0 GiB": who holds most of the GPU's memory, or with `bus` NULL of the host's, this
 * process left out; less than `least_bytes` is not worth telling. Empty when nobody is seen. */
void memory_holder_text(const struct holder_look *look, const char *bus, uint64_t least_bytes, char *out,
                        size_t capacity);

#endif
