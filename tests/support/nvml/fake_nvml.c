/* fake_nvml.c - as much of NVIDIA's management library as draft/holders.c asks for: a GPU with three processes on it.
 */
#include <string.h>

int nvmlInit_v2(void);
int nvmlShutdown(void);
int nvmlDeviceGetHandleByPciBusId_v2(const char *bus, void **device);

/* nvmlProcessInfo_t of nvml.h 12 */
struct process {
    unsigned pid;
    unsigned long long used_bytes;
    unsigned gpu_instance, compute_instance;
};
int nvmlDeviceGetComputeRunningProcesses_v3(void *device, unsigned *count, struct process *out);

static int open_count;

int nvmlInit_v2(void) {
    open_count++;
    return 0;
}
int nvmlShutdown(void) { return --open_count; }

int nvmlDeviceGetHandleByPciBusId_v2(const char *bus, void **device) {
    static int big, untold;
    if (strcmp(bus, "0000:01:00.0") == 0) return *device = &big, 0;
    if (strcmp(bus, "0000:02:00.0") == 0) return *device = &untold, 1 - open_count;
    return 6; /* NVML_ERROR_NOT_FOUND */
}

int nvmlDeviceGetComputeRunningProcesses_v3(void *device, unsigned *count, struct process *out) {
    static const struct process ALL[] = {{20, 9ull << 30, 0, 0}, {77, 30ull << 30, 0, 0}, {21, 1ull << 30, 0, 0}};
    void *first;
    (void)nvmlDeviceGetHandleByPciBusId_v2("0000:01:00.0", &first);
    if (device != first) { /* unified memory: one process, and how much is not told */
        *count = 1;
        out[0] = (struct process){20, ~0ull, 0, 0};
        return 0;
    }
    *count = 3;
    memcpy(out, ALL, sizeof ALL);
    return 0;
}
