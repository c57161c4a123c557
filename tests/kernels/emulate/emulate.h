/* emulate.h - enough of CUDA, in plain C++, to run the files of kernels/cuda unchanged on a processor.
 *
 *     kernel<<<grid, block>>>  ──►  for every block: one fibre a thread, run in turn until it meets a barrier
 *
 * A thread of a block is a fibre with a stack of its own; __syncthreads and every warp operation (shuffle, ballot, mma)
 * are meeting points. Where a thread is let on when several may run is drawn from a seed, so a result that depends on
 * the order is a race, and shows. Shared memory and device memory are exact heap blocks filled with a pattern: under
 * AddressSanitizer an access out of bounds, and under UBSan a misaligned 16-byte load, stops the test. A copy of
 * cp.async lands only when it is waited for, and a stream's work is done as late as can be, or at a moment drawn from the
 * seed: what reads too early, or reuses memory that a copy has still to leave, shows as a wrong result. Lanes that meet at different operations, a warp operation with a lane that
 * has returned, and a barrier that not all reach end the program with a sentence.
 *
 * Compiled with hooks on every load and store, kernels are also watched for races and strays (watch.h).
 *
 * The layouts of matrix fragments are those of the PTX ISA, section "Matrix multiply-accumulate operation using mma".
 * Not here: speed, caches, memory ordering between blocks, anything about how many blocks fit.
 */
#ifndef ASSAY_TESTS_EMULATE_H
#define ASSAY_TESTS_EMULATE_H

#include "emulate_machine.h"

#include <cmath>
#include <cstdint>
#include <cstddef>
#include <cstring>
#include <functional>
#include <tuple>

#define __global__
#define __device__
#define __host__
#define __forceinline__ inline
#define __launch_bounds__(...)

struct uint3 {
    unsigned x, y, z;
};
struct dim3 {
    unsigned x, y, z;
    dim3(unsigned a = 1, unsigned b = 1, unsigned c = 1) : x(a), y(b), z(c) {}
};
struct alignas(8) uint2 {
    uint32_t x, y;
};
struct alignas(16) uint4 {
    uint32_t x, y, z, w;
};
struct alignas(8) float2 {
    float x, y;
};
struct alignas(16) float4 {
    float x, y, z, w;
};
struct alignas(16) int4 {
    int x, y, z, w;
};
static inline uint4 make_uint4(uint32_t x, uint32_t y, uint32_t z, uint32_t w) { return uint4{x, y, z, w}; }
static inline uint2 make_uint2(uint32_t x, uint32_t y) { return uint2{x, y}; }
static inline int4 make_int4(int x, int y, int z, int w) { return int4{x, y, z, w}; }
static inline float2 make_float2(float x, float y) { return float2{x, y}; }

/* ---- what a thread sees ----------------------------------------------------------------------------------------- */

struct emulate_thread;
struct emulate_view {
    uint3 thread;
    int lane;
};
extern emulate_view *emulate_self;
extern uint3 emulate_block;
extern dim3 emulate_grid, emulate_threads;
#define threadIdx (emulate_self->thread)
#define blockIdx emulate_block
#define gridDim emulate_grid
#define blockDim emulate_threads

unsigned char *emulate_shared(void); /* the block's dynamic shared memory */
void emulate_barrier(void);
void emulate_syncwarp(void);
int emulate_atomic_add(int *p, int v);
int emulate_atomic_min(int *p, int v);
void emulate_name(const char *name); /* of the next launch, for the sentence of a fault */
/* All 32 lanes meet: `mine` [in_words] of every lane goes to `compute`, which fills [32][out_words]. */
typedef void emulate_compute(const uint32_t in[][16], uint32_t out[][16]);
void emulate_meet(const char *what, const uint32_t *mine, int in_words, emulate_compute *compute, uint32_t *result,
                  int out_words);
void emulate_async_copy(void *to, const void *from, size_t size_bytes);
void emulate_async_commit(void);
void emulate_async_wait(int groups_left);
uint32_t emulate_shuffle_xor(uint32_t value, int mask);
uint32_t emulate_shuffle(uint32_t value, int lane);
uint32_t emulate_ballot(bool predicate);
void emulate_mma_s8_k32(uint32_t c[4], const uint32_t a[4], const uint32_t b[2], uint32_t start); /* every sum from start */
void emulate_mma_s8_k16(uint32_t c[4], const uint32_t a[2], uint32_t b, uint32_t start);
void emulate_mma_bf16(float c[4], const uint32_t a[4], const uint32_t b[2]);
void emulate_mma_f16(float c[4], const uint32_t a[4], const uint32_t b[2]);
/* c += (A 2^(sa-127)) (B 2^(sb-127)); byte: of the lanes' scale words (thread-id 0 of both). */
void emulate_mma_mxfp4(float c[4], const uint32_t a[4], uint32_t sa, uint32_t b0, uint32_t b1, uint32_t sb, int byte);

/* ---- the runtime library ---------------------------------------------------------------------------------------- */

enum cudaError_t {
    cudaSuccess = 0,
    cudaErrorInvalidValue = 1,
    cudaErrorMemoryAllocation = 2,
    cudaErrorInsufficientDriver = 35,
    cudaErrorNoDevice = 100,
    cudaErrorECCUncorrectable = 214,
    cudaErrorIllegalAddress = 700,
    cudaErrorLaunchTimeout = 702,
    cudaErrorContextIsDestroyed = 709,
    cudaErrorHardwareStackError = 714,
    cudaErrorLaunchFailure = 719,
    cudaErrorDevicesUnavailable = 46,
    cudaErrorUnknown = 999
};
struct emulate_stream;
struct emulate_graph;
typedef emulate_stream *cudaStream_t;
typedef emulate_graph *cudaGraph_t;
typedef emulate_graph *cudaGraphExec_t;
struct emulate_event;
typedef emulate_event *cudaEvent_t;
struct cudaDeviceProp {
    char name[256];
    size_t totalGlobalMem, sharedMemPerBlockOptin;
    int major, minor, multiProcessorCount, integrated, l2CacheSize;
};
enum cudaMemcpyKind { cudaMemcpyHostToDevice = 1, cudaMemcpyDeviceToHost = 2, cudaMemcpyDeviceToDevice = 3 };
enum cudaStreamCaptureMode { cudaStreamCaptureModeRelaxed = 2 };
enum cudaFuncAttribute { cudaFuncAttributeMaxDynamicSharedMemorySize = 8 };
enum { cudaStreamNonBlocking = 1, cudaEventDisableTiming = 2, cudaHostAllocDefault = 0 };

cudaError_t cudaDriverGetVersion(int *version);
cudaError_t cudaGetDeviceCount(int *count);
cudaError_t cudaSetDevice(int device);
cudaError_t cudaGetDeviceProperties(cudaDeviceProp *p, int device);
cudaError_t cudaDeviceGetPCIBusId(char *bus, int capacity, int device);
cudaError_t cudaMemGetInfo(size_t *free_bytes, size_t *total_bytes);
cudaError_t cudaMalloc(void **p, size_t size_bytes);
cudaError_t cudaFree(void *p);
cudaError_t cudaHostAlloc(void **p, size_t size_bytes, unsigned flags);
cudaError_t cudaFreeHost(void *p);
cudaError_t cudaMemset(void *p, int value, size_t size_bytes);
cudaError_t cudaMemcpyAsync(void *to, const void *from, size_t size_bytes, cudaMemcpyKind kind, cudaStream_t s);
cudaError_t cudaMemsetAsync(void *p, int value, size_t size_bytes, cudaStream_t s);
cudaError_t cudaStreamCreateWithFlags(cudaStream_t *s, unsigned flags);
cudaError_t cudaStreamDestroy(cudaStream_t s);
cudaError_t cudaStreamSynchronize(cudaStream_t s);
cudaError_t cudaDeviceSynchronize(void);
cudaError_t cudaStreamBeginCapture(cudaStream_t s, cudaStreamCaptureMode mode);
cudaError_t cudaStreamEndCapture(cudaStream_t s, cudaGraph_t *g);
cudaError_t cudaGraphInstantiate(cudaGraphExec_t *e, cudaGraph_t g, unsigned long long flags);
cudaError_t cudaGraphLaunch(cudaGraphExec_t e, cudaStream_t s);
cudaError_t cudaGraphDestroy(cudaGraph_t g);
cudaError_t cudaGraphExecDestroy(cudaGraphExec_t e);
cudaError_t cudaEventCreateWithFlags(cudaEvent_t *e, unsigned flags);
cudaError_t cudaEventDestroy(cudaEvent_t e);
cudaError_t cudaEventRecord(cudaEvent_t e, cudaStream_t s);
cudaError_t cudaEventSynchronize(cudaEvent_t e);
cudaError_t cudaGetLastError(void);
const char *cudaGetErrorString(cudaError_t e);
template <class F>
cudaError_t cudaFuncSetAttribute(F *, cudaFuncAttribute, int) {
    return cudaSuccess;
}

void emulate_run(cudaStream_t s, dim3 grid, dim3 block, size_t shared_bytes, std::function<void()> body);
/* Arguments are copied at the launch, as the real one does. */
template <class... P, class... A>
void emulate_launch(cudaStream_t s, dim3 grid, dim3 block, size_t shared_bytes, void (*kernel)(P...), A... a) {
    std::tuple<P...> arguments(a...);
    emulate_run(s, grid, block, shared_bytes, [=]() { std::apply(kernel, arguments); });
}

/* ---- intrinsics ------------------------------------------------------------------------------------------------- */

static inline void __syncthreads(void) { emulate_barrier(); }
static inline void __syncwarp(void) { emulate_syncwarp(); }
static inline int atomicAdd(int *p, int v) { return emulate_atomic_add(p, v); }
static inline int atomicMin(int *p, int v) { return emulate_atomic_min(p, v); }
static inline uint32_t __byte_perm(uint32_t x, uint32_t y, uint32_t s) {
    uint64_t both = (uint64_t)y << 32 | x;
    uint32_t r = 0;
    for (int i = 0; i < 4; i++) r |= (uint32_t)(both >> (s >> 4 * i & 7) * 8 & 0xff) << 8 * i;
    return r;
}

#endif
