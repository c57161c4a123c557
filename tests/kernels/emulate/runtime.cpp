/* runtime.cpp - the runtime library of the emulated device: launches, streams, graphs, events, memory.
 *
 * A stream's work runs when somebody waits for it, or, with a seed, now and then before: as late or as early as the real
 * one may. Not here: what a kernel's threads do (emulate.cpp).
 */
#include "emulate.h"
#include "emulate_run.h"
#include "watch.h"

#include <cstdio>
#include <cstdlib>
#include <deque>
#include <map>
#include <mutex>
#include <vector>

/* ---- launches, streams, graphs ---------------------------------------------------------------------------------- */

struct emulate_graph {
    std::vector<std::function<void()>> steps;
};
struct emulate_stream {
    emulate_graph *recording;
    std::deque<std::function<void()>> work;
    uint64_t issued, done;
};
struct emulate_event {
    emulate_stream *stream;
    uint64_t at;
};
static std::recursive_mutex lock; /* of all of this: the host may call from several threads */
static std::vector<emulate_stream *> streams;
static std::map<const char *, size_t> pinned, held; /* blocks by address: of the host, of the device */
static cudaError_t last_error;
static uint64_t late_state = 88172645463325252u;
typedef std::lock_guard<std::recursive_mutex> holding;

/* Whether this call fails: the counted one, or any on a device that is lost. */
static bool broken(void) {
    emulate_machine.calls++;
    if (emulate_machine.lost == 2) return last_error = cudaErrorLaunchFailure, true;
    if (!emulate_machine.fail_call || --emulate_machine.fail_call) return false;
    if (emulate_machine.lost == 1) emulate_machine.lost = 2;
    last_error = emulate_machine.lost ? cudaErrorLaunchFailure : cudaErrorInvalidValue;
    return true;
}
#define MAY_FAIL()                                                                                                     \
    holding locked(lock);                                                                                              \
    if (broken()) return last_error

static void run_until(emulate_stream *s, uint64_t end) {
    while (s->done < end && !s->work.empty()) {
        std::function<void()> step = std::move(s->work.front());
        s->work.pop_front();
        s->done++;
        step();
    }
}
static void run_all(void) {
    for (emulate_stream *s : streams) run_until(s, s->issued);
}

/* Onto the stream; without one, at once. With a seed a stream gets on half of the times that something is added. */
static void enqueue(cudaStream_t s, std::function<void()> step) {
    if (s && s->recording) {
        s->recording->steps.push_back(step);
        return;
    }
    if (!s) return step();
    s->work.push_back(step);
    s->issued++;
    late_state ^= late_state << 13, late_state ^= late_state >> 7, late_state ^= late_state << 17;
    if (emulate_machine.seed && (late_state & 1)) run_until(s, s->done + 1 + late_state / 2 % s->work.size());
}

void emulate_run(cudaStream_t s, dim3 grid, dim3 block, size_t shared_bytes, std::function<void()> kernel) {
    holding locked(lock);
    unsigned count = block.x * block.y * block.z;
    bool fits = count >= 1 && count <= EMULATE_THREADS_MAX && count % 32 == 0 && grid.x && grid.y && grid.z && grid.y <= 65535 &&
                grid.z <= 65535 && shared_bytes <= 99u << 10;
    if (broken()) return;
    if (emulate_machine.fail_launch && --emulate_machine.fail_launch == 0) {
        last_error = cudaErrorLaunchFailure;
        return;
    }
    if (!fits) {
        fprintf(stderr, "emulated launch: grid %u %u %u, block %u, shared %zu\n", grid.x, grid.y, grid.z, count,
                shared_bytes);
        last_error = cudaErrorInvalidValue;
        return;
    }
    const char *name = emulate_named();
    enqueue(s, [=]() { emulate_grid_run(name, grid, block, shared_bytes, kernel); });
}

static bool is_pinned(const void *p) {
    auto after = pinned.upper_bound((const char *)p);
    if (after == pinned.begin()) return false;
    --after;
    return (const char *)p < after->first + after->second;
}

/* Memory of the host that is not pinned: read before the call returns, or written before it returns. */
cudaError_t cudaMemcpyAsync(void *to, const void *from, size_t size_bytes, cudaMemcpyKind kind, cudaStream_t s) {
    MAY_FAIL();
    if (kind == cudaMemcpyHostToDevice && !is_pinned(from)) {
        if (s && s->recording) emulate_stop("a copy from memory that is not pinned is recorded", "");
        std::vector<char> kept((const char *)from, (const char *)from + size_bytes);
        enqueue(s, [=]() {
            watch_host_write(to, size_bytes);
            memcpy(to, kept.data(), size_bytes);
        });
        return cudaSuccess;
    }
    enqueue(s, [=]() {
        watch_host_copy(to, from, size_bytes);
        memcpy(to, from, size_bytes);
    });
    if (kind == cudaMemcpyDeviceToHost && !is_pinned(to) && s) {
        emulate_machine.waits++;
        run_until(s, s->issued);
    }
    return cudaSuccess;
}
cudaError_t cudaMemsetAsync(void *p, int value, size_t size_bytes, cudaStream_t s) {
    MAY_FAIL();
    enqueue(s, [=]() {
        watch_host_write(p, size_bytes);
        memset(p, value, size_bytes);
    });
    return cudaSuccess;
}
cudaError_t cudaStreamCreateWithFlags(cudaStream_t *s, unsigned) {
    MAY_FAIL();
    *s = new emulate_stream{nullptr, {}, 0, 0};
    streams.push_back(*s);
    return cudaSuccess;
}
cudaError_t cudaStreamDestroy(cudaStream_t s) {
    holding locked(lock);
    run_until(s, s->issued);
    for (size_t i = 0; i < streams.size(); i++)
        if (streams[i] == s) streams.erase(streams.begin() + (long)i--);
    delete s->recording;
    delete s;
    return broken() ? last_error : cudaSuccess;
}
/* A wait that fails has waited all the same: what it tells of is what it waited for. */
cudaError_t cudaStreamSynchronize(cudaStream_t s) {
    holding locked(lock);
    emulate_machine.waits++;
    run_until(s, s->issued);
    return broken() ? last_error : cudaSuccess;
}
cudaError_t cudaDeviceSynchronize(void) {
    holding locked(lock);
    emulate_machine.waits++;
    run_all();
    return broken() ? last_error : cudaSuccess;
}
cudaError_t cudaStreamBeginCapture(cudaStream_t s, cudaStreamCaptureMode) {
    MAY_FAIL();
    s->recording = new emulate_graph;
    return cudaSuccess;
}
cudaError_t cudaStreamEndCapture(cudaStream_t s, cudaGraph_t *g) {
    holding locked(lock);
    *g = s->recording;
    s->recording = nullptr;
    if (broken()) {
        delete *g;
        *g = nullptr;
        return last_error;
    }
    return *g ? cudaSuccess : cudaErrorInvalidValue;
}
cudaError_t cudaGraphInstantiate(cudaGraphExec_t *e, cudaGraph_t g, unsigned long long) {
    MAY_FAIL();
    return *e = new emulate_graph(*g), cudaSuccess;
}
cudaError_t cudaGraphLaunch(cudaGraphExec_t e, cudaStream_t s) {
    MAY_FAIL();
    for (auto &step : e->steps) enqueue(s, step);
    return cudaSuccess;
}
cudaError_t cudaGraphDestroy(cudaGraph_t g) { return delete g, cudaSuccess; }
cudaError_t cudaGraphExecDestroy(cudaGraphExec_t e) { return delete e, cudaSuccess; }
cudaError_t cudaEventCreateWithFlags(cudaEvent_t *e, unsigned) {
    MAY_FAIL();
    return *e = new emulate_event{nullptr, 0}, cudaSuccess;
}
cudaError_t cudaEventDestroy(cudaEvent_t e) { return delete e, cudaSuccess; }
cudaError_t cudaEventRecord(cudaEvent_t e, cudaStream_t s) {
    MAY_FAIL();
    *e = {s, s ? s->issued : 0};
    return cudaSuccess;
}
cudaError_t cudaEventSynchronize(cudaEvent_t e) {
    holding locked(lock);
    emulate_machine.waits++;
    if (e->stream) run_until(e->stream, e->at);
    return broken() ? last_error : cudaSuccess;
}
cudaError_t cudaGetLastError(void) {
    holding locked(lock);
    cudaError_t e = last_error;
    last_error = cudaSuccess;
    return e;
}
const char *cudaGetErrorString(cudaError_t e) {
    return e == cudaErrorMemoryAllocation ? "out of memory" : e == cudaErrorLaunchFailure ? "launch failure" : "emulated";
}

/* ---- devices and memory ----------------------------------------------------------------------------------------- */

cudaError_t cudaDriverGetVersion(int *version) {
    MAY_FAIL();
    return *version = emulate_machine.driver, cudaSuccess;
}
cudaError_t cudaGetDeviceCount(int *count) {
    *count = emulate_machine.devices;
    return emulate_machine.driver < 13000 ? cudaErrorInsufficientDriver
           : *count                       ? cudaSuccess
                                          : cudaErrorNoDevice;
}
cudaError_t cudaSetDevice(int) {
    MAY_FAIL();
    return cudaSuccess;
}
cudaError_t cudaGetDeviceProperties(cudaDeviceProp *p, int) {
    memset(p, 0, sizeof *p);
    snprintf(p->name, sizeof p->name, "Emulated GPU");
    p->totalGlobalMem = emulate_machine.memory_bytes;
    p->sharedMemPerBlockOptin = 99 << 10;
    p->major = emulate_machine.major;
    p->minor = emulate_machine.minor;
    p->multiProcessorCount = 4;
    p->integrated = emulate_machine.integrated;
    p->l2CacheSize = 1 << 20;
    return cudaSuccess;
}
cudaError_t cudaDeviceGetPCIBusId(char *bus, int capacity, int) {
    MAY_FAIL();
    snprintf(bus, (size_t)capacity, "0000:01:00.0");
    return cudaSuccess;
}
cudaError_t cudaMemGetInfo(size_t *free_bytes, size_t *total_bytes) {
    MAY_FAIL();
    *total_bytes = emulate_machine.memory_bytes;
    *free_bytes = emulate_machine.memory_bytes - emulate_machine.used_bytes;
    return cudaSuccess;
}
static cudaError_t take(void **p, size_t size_bytes, std::map<const char *, size_t> *where) {
    *p = nullptr;
    MAY_FAIL();
    if (emulate_machine.allocations_left == 0 ||
        (where == &held && size_bytes > emulate_machine.memory_bytes - emulate_machine.used_bytes))
        return last_error = cudaErrorMemoryAllocation;
    if (emulate_machine.allocations_left > 0) emulate_machine.allocations_left--;
    const size_t align = where == &pinned ? 4096 : 256;
    if (watch_on() ? !(*p = watch_alloc(size_bytes)) : posix_memalign(p, align, size_bytes ? size_bytes : 1) != 0)
        return cudaErrorMemoryAllocation;
    memset(*p, 0xa5, size_bytes);
    (*where)[(const char *)*p] = size_bytes;
    if (where == &held) emulate_machine.used_bytes += size_bytes;
    emulate_machine.live++;
    return cudaSuccess;
}
static cudaError_t give(void *p, std::map<const char *, size_t> *where) {
    holding locked(lock);
    if (p) {
        run_all(); /* as the real one: what is under way ends first */
        auto block = where->find((const char *)p);
        if (block == where->end()) emulate_stop("memory is freed that was not allocated, or freed as the other kind", "");
        if (where == &held) emulate_machine.used_bytes -= block->second;
        where->erase(block);
        emulate_machine.live--;
        if (watch_owns(p))
            watch_free(p);
        else
            free(p);
    }
    return broken() ? last_error : cudaSuccess;
}
cudaError_t cudaMalloc(void **p, size_t size_bytes) { return take(p, size_bytes, &held); }
cudaError_t cudaFree(void *p) { return give(p, &held); }
cudaError_t cudaHostAlloc(void **p, size_t size_bytes, unsigned) {
    cudaError_t r = take(p, size_bytes, &pinned);
    if (r == cudaSuccess) watch_host_write(*p, size_bytes); /* the host's writes are not seen */
    return r;
}
cudaError_t cudaFreeHost(void *p) { return give(p, &pinned); }
cudaError_t cudaMemset(void *p, int value, size_t size_bytes) {
    MAY_FAIL();
    watch_host_write(p, size_bytes);
    return memset(p, value, size_bytes), cudaSuccess;
}
