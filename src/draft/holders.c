/* holders.c - see holders.h. In: /proc, and NVML where there is a driver. Out: names, numbers, sizes.
 *
 * NVML is opened when asked and closed again: the driver's library is not there on most machines. Its functions and the
 * layout of what they fill are those of nvml.h, version 12 and newer (nvmlProcessInfo_t as the _v3 call fills it).
 */
#include "draft/holders.h"

#include "base/file.h"
#include "lm/load_memory.h"

#include <dirent.h>
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { COMMAND_BYTES = 4096, GPU_PROCESSES = 256 };

const struct holder_look HOLDERS_SYSTEM = {.proc = "/proc", .nvml = "libnvidia-ml.so.1"};

/* Programs and Python modules that serve models, as they appear in a process's name or command. */
static const char *const SERVERS[] = {"vllm",
                                      "sglang",
                                      "llama-server",
                                      "ollama",
                                      "tritonserver",
                                      "trtllm-serve",
                                      "text-generation-server",
                                      "text-generation-launcher",
                                      "koboldcpp",
                                      "lmdeploy",
                                      "tgi",
                                      "mlx_lm",
                                      "exllama",
                                      "tabbyapi",
                                      "local-ai",
                                      "LM Studio",
                                      "mistralrs",
                                      "aphrodite"};

/* ---- processes
 * ------------------------------------------------------------------------------------------------------------ */

/* "VmRSS:\t  123 kB" in a status file. */
static uint64_t resident_bytes(str status) {
    str line;
    uint64_t kib = 0;
    while (status.n > 0 && str_cut(&status, '\n', &line)) {
        if (!str_starts(line, STR("VmRSS:"))) continue;
        str number = str_trim(str_slice(line, 6, line.n));
        number.n -= str_ends(number, STR(" kB")) ? 3 : 0;
        if (str_to_u64(str_trim(number), &kib)) return kib << 10;
    }
    return 0;
}

/* Whether a word of the command (its arguments end in NULs) names a server: as the program, a path's end, or a module.
 */
static const char *server_in(str command) {
    str word;
    for (int i = 0; i < 4 && command.n > 0 && str_cut(&command, 0, &word); i++) {
        str name = path_name(word);
        for (size_t k = 0; k < COUNT_OF(SERVERS); k++) {
            str server = str_from_cstr(SERVERS[k]);
            if (!str_starts(name, server)) continue;
            uint8_t after = name.n > server.n ? name.p[server.n] : 0;
            if (!byte_is_alnum(after)) return SERVERS[k];
        }
    }
    return NULL;
}

static bool read_holder(arena *a, const char *proc, const char *pid, memory_holder *out) {
    str status, command, name;
    str folder = arena_printf(a, "%s/%s", proc, pid);
    uint64_t number = 0;
    *out = (memory_holder){0};
    if (!str_to_u64(str_from_cstr(pid), &number) || !folder.p) return false;
    if (file_read(a, path_join(a, folder, STR("status")), 1 << 16, &status, NULL)) return false; /* it has ended */
    if (file_read(a, path_join(a, folder, STR("comm")), 256, &name, NULL)) return false;
    if (file_read(a, path_join(a, folder, STR("cmdline")), COMMAND_BYTES, &command, NULL)) command = (str){0};
    const char *server = server_in(command);
    if (!server) server = server_in(str_trim(name));
    str shown = server ? str_from_cstr(server) : str_trim(name);
    out->pid = (uint32_t)number;
    out->rss_bytes = resident_bytes(status);
    out->server = server != NULL;
    snprintf(out->name, sizeof out->name, "%.*s", STR_ARG(shown));
    return out->rss_bytes > 0;
}

static int by_size(const void *left, const void *right) {
    const memory_holder *x = left, *y = right;
    if (x->server != y->server) return x->server ? -1 : 1; /* so that no server is cut off */
    return x->rss_bytes < y->rss_bytes ? 1 : x->rss_bytes > y->rss_bytes ? -1 : 0;
}

size_t memory_holders(arena *a, const char *proc, memory_holder *out, size_t capacity) {
    VEC(memory_holder) all = {0};
    DIR *dir = opendir(proc);
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        memory_holder h;
        if (byte_is_digit((uint8_t)entry->d_name[0]) && read_holder(a, proc, entry->d_name, &h) &&
            !VEC_PUSH(a, &all, h))
            break;
    }
    if (dir) closedir(dir);
    if (all.n > 1) qsort(all.at, all.n, sizeof *all.at, by_size);
    size_t n = all.n < capacity ? all.n : capacity;
    if (n == 0) return 0;
    memcpy(out, all.at, n * sizeof *out);
    return n;
}

/* ---- on a GPU ---------------------------------------------------------------------------------------------------- */

struct nvml_process {
    unsigned pid;
    unsigned long long used_bytes; /* all ones: not told */
    unsigned gpu_instance, compute_instance;
};
typedef void *nvml_device;
struct nvml {
    int (*init)(void);
    int (*shutdown)(void);
    int (*find)(const char *bus, nvml_device *device);
    int (*processes)(nvml_device device, unsigned *count, struct nvml_process *out);
};

/* A function's address out of the library; POSIX says that the copy is how it is done. */
static bool get(void *library, const char *name, void *function) {
    void *p = dlsym(library, name);
    if (p) memcpy(function, &p, sizeof p);
    return p != NULL;
}

static unsigned ask(void *library, const char *bus, struct nvml_process *out, unsigned capacity) {
    struct nvml n;
    nvml_device device;
    if (!get(library, "nvmlInit_v2", &n.init) || !get(library, "nvmlShutdown", &n.shutdown) ||
        !get(library, "nvmlDeviceGetHandleByPciBusId_v2", &n.find) ||
        !get(library, "nvmlDeviceGetComputeRunningProcesses_v3", &n.processes) || n.init() != 0)
        return 0;
    unsigned count = capacity;
    if (n.find(bus, &device) != 0 || n.processes(device, &count, out) != 0) count = 0; /* more than 256: not told */
    n.shutdown();
    return count < capacity ? count : capacity;
}

static int by_gpu_size(const void *left, const void *right) {
    const memory_holder *x = left, *y = right;
    if (x->gpu_bytes != y->gpu_bytes) return x->gpu_bytes < y->gpu_bytes ? 1 : -1;
    return x->rss_bytes < y->rss_bytes ? 1 : x->rss_bytes > y->rss_bytes ? -1 : 0;
}

size_t gpu_memory_holders(arena *a, const struct holder_look *look, const char *bus, memory_holder *out,
                          size_t capacity) {
    void *library = look->nvml ? dlopen(look->nvml, RTLD_NOW | RTLD_LOCAL) : NULL;
    struct nvml_process *p = library ? ARENA_ARRAY(a, struct nvml_process, GPU_PROCESSES) : NULL;
    memory_holder *all = library ? ARENA_ARRAY(a, memory_holder, GPU_PROCESSES) : NULL;
    unsigned found = p && all ? ask(library, bus, p, GPU_PROCESSES) : 0;
    if (library) dlclose(library);
    for (unsigned i = 0; i < found; i++) {
        char pid[16];
        snprintf(pid, sizeof pid, "%u", p[i].pid);
        if (!read_holder(a, look->proc, pid, &all[i])) { /* of another container: a number without a name */
            all[i] = (memory_holder){.pid = p[i].pid};
            snprintf(all[i].name, sizeof all[i].name, "a process that cannot be seen");
        }
        all[i].gpu_bytes = p[i].used_bytes == ~0ull ? 0 : p[i].used_bytes;
    }
    if (found > 1) qsort(all, found, sizeof *all, by_gpu_size);
    size_t n = found < capacity ? found : capacity;
    if (n) memcpy(out, all, n * sizeof *out);
    return n;
}

void memory_holder_text(const struct holder_look *look, const char *bus, uint64_t least_bytes, char *out,
                        size_t capacity) {
    enum { LOOKED_AT = 16 };
    memory_holder h[LOOKED_AT];
    const memory_holder *most = NULL;
    char size[32];
    *out = 0;
    arena *a = arena_new(64 << 20);
    if (!a) return;
    size_t n = bus ? gpu_memory_holders(a, look, bus, h, LOOKED_AT) : memory_holders(a, look->proc, h, LOOKED_AT);
    for (size_t i = 0; i < n; i++) {
        if (h[i].pid == (uint32_t)getpid()) continue;
        if (!most || (bus ? by_gpu_size(&h[i], most) < 0 : h[i].rss_bytes > most->rss_bytes)) most = &h[i];
    }
    uint64_t bytes = !most ? 0 : bus ? most->gpu_bytes : most->rss_bytes;
    memory_size_text(bytes, size);
    if (most && bytes >= least_bytes)
        snprintf(out, capacity, "%s (process %u) holds %s", most->name, most->pid, size);
    else if (most && bus && !bytes) /* unified memory: the driver does not say how much */
        snprintf(out, capacity, "%s (process %u) uses the GPU", most->name, most->pid);
    arena_free(a);
}
