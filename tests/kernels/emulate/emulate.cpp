/* emulate.cpp - see emulate.h. */
#include "emulate.h"
#include "watch.h"
extern "C" {
#include "kernels/cpu/half.h"
}

#include <cstdio>
#include <cstdlib>
#include <deque>
#include <map>
#include <mutex>
#include <vector>

struct emulate_machine emulate_machine = {13000, 1, 12, 1, 1, -1, 0, 0, 0, 0, EMULATE_SOUND, 0, (size_t)8 << 30, 0, 0, 0, 0, 0};

static const char *launch_name = "";
[[noreturn]] static void stop(const char *what, const char *more) {
    fprintf(stderr, "emulated kernel '%s': %s%s (block %u %u %u, thread %u)\n", launch_name, what, more, blockIdx.x, blockIdx.y, blockIdx.z,
            emulate_self ? threadIdx.x : 0);
    abort();
}

/* ---- fibres ----------------------------------------------------------------------------------------------------- */

#if defined(__x86_64__)
extern "C" void emulate_switch(void **save, void *load);
__asm__(".text\n.globl emulate_switch\n.type emulate_switch,@function\nemulate_switch:\n"
        "pushq %rbp\npushq %rbx\npushq %r12\npushq %r13\npushq %r14\npushq %r15\n"
        "movq %rsp,(%rdi)\nmovq %rsi,%rsp\n"
        "popq %r15\npopq %r14\npopq %r13\npopq %r12\npopq %rbx\npopq %rbp\nret\n"
        ".size emulate_switch,.-emulate_switch\n.section .note.GNU-stack,\"\",@progbits\n.text\n");
struct context {
    void *sp;
};
static void context_switch(context *from, context *to) { emulate_switch(&from->sp, to->sp); }
static void context_make(context *c, char *stack, size_t size, void (*entry)()) {
    uintptr_t top = ((uintptr_t)stack + size) & ~(uintptr_t)15;
    void **sp = (void **)top;
    *--sp = nullptr;           /* keeps the stack aligned as after a call */
    *--sp = (void *)entry;
    for (int i = 0; i < 6; i++) *--sp = nullptr;
    c->sp = sp;
}
#else
#include <ucontext.h>
typedef ucontext_t context;
static void context_switch(context *from, context *to) { swapcontext(from, to); }
static void context_make(context *c, char *stack, size_t size, void (*entry)()) {
    getcontext(c);
    c->uc_stack.ss_sp = stack;
    c->uc_stack.ss_size = size;
    c->uc_link = nullptr;
    makecontext(c, entry, 0);
}
#endif

enum { STACK_BYTES = 192 << 10, THREADS_MAX = 1024 };
enum state { READY, AT_BARRIER, AT_MEETING, DONE };
struct copy {
    void *to;
    const void *from;
    size_t size;
    int group;
};
struct emulate_thread {
    emulate_view view;
    context at;
    state where;
    std::vector<copy> copies;
    int groups;
};
struct warp {
    uint32_t in[32][16], out[32][16];
    const char *what;
    int arrived;
};

emulate_view *emulate_self;
uint3 emulate_block;
dim3 emulate_grid, emulate_threads;
static emulate_thread threads[THREADS_MAX];
static char *stacks;
static warp warps[THREADS_MAX / 32];
static context scheduler;
static emulate_thread *current;
static const std::function<void()> *body;
static unsigned char *shared;
static int live, at_barrier;
static uint64_t random_state;

static uint64_t draw() {
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return random_state;
}

static void yield(state where) {
    current->where = where;
    context_switch(&current->at, &scheduler);
}
static void thread_main() {
    (*body)();
    yield(DONE);
}

unsigned char *emulate_shared(void) { return shared; }
void emulate_name(const char *name) { launch_name = name; }
void emulate_barrier(void) {
    at_barrier++;
    yield(AT_BARRIER);
}

void emulate_meet(const char *what, const uint32_t *mine, int in_words, emulate_compute *compute, uint32_t *result,
                  int out_words) {
    int lane = emulate_self->lane;
    warp *w = &warps[(current - threads) / 32];
    if (w->arrived && strcmp(w->what, what) != 0) stop("lanes of a warp meet at different operations: ", what);
    w->what = what;
    for (int i = 0; i < in_words; i++) w->in[lane][i] = mine[i];
    if (++w->arrived < 32)
        yield(AT_MEETING);
    else {
        w->arrived = 0;
        compute(w->in, w->out);
        emulate_thread *first = &threads[(current - threads) / 32 * 32];
        for (int i = 0; i < 32; i++)
            if (first[i].where == AT_MEETING) first[i].where = READY;
        current->where = READY;
    }
    for (int i = 0; i < out_words; i++) result[i] = w->out[lane][i];
}

/* One turn for each lane that can run; false when none can. */
static bool run_warp(emulate_thread *lanes) {
    bool moved = false;
    int turn = emulate_machine.seed ? (int)(draw() % 32) : 0, stride = emulate_machine.seed && draw() & 1 ? 31 : 1;
    for (int k = 0; k < 32; k++) {
        emulate_thread *t = &lanes[(turn + k * stride) % 32];
        if (t->where != READY) continue;
        moved = true;
        current = t;
        emulate_self = &t->view;
        context_switch(&scheduler, &t->at);
        if (t->where == DONE) live--;
    }
    return moved;
}

static void run_block(int count) {
    live = count;
    at_barrier = 0;
    for (auto &w : warps) w.arrived = 0;
    for (int i = 0; i < count; i++) {
        emulate_thread *t = &threads[i];
        t->view.thread = {(unsigned)i % emulate_threads.x, (unsigned)i / emulate_threads.x, 0};
        t->view.lane = i & 31;
        t->where = READY;
        t->copies.clear();
        t->groups = 0;
        context_make(&t->at, stacks + (size_t)i * STACK_BYTES, STACK_BYTES, thread_main);
    }
    while (live > 0) {
        bool moved = false;
        /* Without a seed the warps take turns. With one, a warp is drawn and half the time runs as far as it can get
         * alone, so that what a barrier should have held back does happen. */
        int count_warps = count / 32, first = emulate_machine.seed ? (int)(draw() % (unsigned)count_warps) : 0;
        for (int k = 0; k < count_warps; k++) {
            int w = (first + k) % count_warps;
            bool alone = emulate_machine.seed && draw() & 1;
            while (run_warp(&threads[w * 32])) {
                moved = true;
                if (!alone) break;
            }
        }
        if (live > 0 && at_barrier == live) {
            at_barrier = 0;
            watch_barrier();
            for (int i = 0; i < count; i++)
                if (threads[i].where == AT_BARRIER) threads[i].where = READY;
            moved = true;
        }
        if (!moved) stop("threads wait for each other: a barrier or warp operation that not all reach", "");
    }
}

void emulate_async_copy(void *to, const void *from, size_t size_bytes) {
    watch_async_begin(to, from, size_bytes);
    current->copies.push_back({to, from, size_bytes, current->groups});
}
void emulate_async_commit(void) { current->groups++; }
void emulate_async_wait(int groups_left) {
    std::vector<copy> left;
    for (auto &c : current->copies)
        if (c.group < current->groups - groups_left) {
            watch_async_end(c.to, c.size);
            memcpy(c.to, c.from, c.size);
        } else
            left.push_back(c);
    current->copies.swap(left);
}

/* ---- warp operations -------------------------------------------------------------------------------------------- */

uint32_t emulate_shuffle(uint32_t value, int lane) {
    uint32_t in[2] = {value, (uint32_t)lane & 31}, out;
    emulate_meet("shuffle", in, 2, [](const uint32_t a[][16], uint32_t r[][16]) {
        for (int i = 0; i < 32; i++) r[i][0] = a[a[i][1]][0];
    }, &out, 1);
    return out;
}
uint32_t emulate_shuffle_xor(uint32_t value, int mask) { return emulate_shuffle(value, emulate_self->lane ^ mask); }
uint32_t emulate_ballot(bool predicate) {
    uint32_t in = predicate, out;
    emulate_meet("ballot", &in, 1, [](const uint32_t a[][16], uint32_t r[][16]) {
        uint32_t bits = 0;
        for (int i = 0; i < 32; i++) bits |= a[i][0] << i;
        for (int i = 0; i < 32; i++) r[i][0] = bits;
    }, &out, 1);
    return out;
}

void emulate_syncwarp(void) {
    uint32_t in = 0, out;
    emulate_meet("syncwarp", &in, 1, [](const uint32_t[][16], uint32_t[][16]) {
        watch_warp((unsigned)(current - threads) / 32);
    }, &out, 0);
}
int emulate_atomic_add(int *p, int v) {
    watch_atomic(p, sizeof *p);
    int old = *p;
    *p += v;
    return old;
}
int emulate_atomic_min(int *p, int v) {
    watch_atomic(p, sizeof *p);
    int old = *p;
    if (v < old) *p = v;
    return old;
}

/* A and B from the lanes' registers. `per` = entries a 32-bit register; fragment layouts of the PTX ISA:
 *   A  register r, entry e of lane (g, t):  row g + 8 (r & 1), column t*per + e + (r >> 1) * 4*per
 *   B  register r, entry e:                 row t*per + e + r * 4*per, column g
 *   C  register r:                          row g + 8 (r >> 1), column 2t + (r & 1)          g = lane / 4, t = lane % 4 */
static double entry(uint32_t word, int per, int e, int kind) {
    if (per == 4) return (int8_t)(word >> 8 * e);
    uint16_t h = (uint16_t)(word >> 16 * e);
    return kind ? (double)f16_to_f32(h) : (double)bf16_to_f32(h);
}
static void product(const uint32_t in[][16], uint32_t out[][16], int per, int a_registers, int kind, int c_at) {
    double A[16][32], B[32][8];
    int K = a_registers / 2 * 4 * per;
    for (int lane = 0; lane < 32; lane++) {
        int g = lane / 4, t = lane % 4;
        for (int r = 0; r < a_registers; r++)
            for (int e = 0; e < per; e++)
                A[g + 8 * (r & 1)][t * per + e + (r >> 1) * 4 * per] = entry(in[lane][r], per, e, kind);
        for (int r = 0; r < a_registers / 2; r++)
            for (int e = 0; e < per; e++)
                B[t * per + e + r * 4 * per][g] = entry(in[lane][a_registers + r], per, e, kind);
    }
    for (int lane = 0; lane < 32; lane++)
        for (int r = 0; r < 4; r++) {
            double sum = 0;
            for (int k = 0; k < K; k++) sum += A[lane / 4 + 8 * (r >> 1)][k] * B[k][lane % 4 * 2 + (r & 1)];
            if (c_at)
                out[lane][r] = float_bits((float)(sum + (double)float_from_bits(in[lane][c_at + r])));
            else
                out[lane][r] = (uint32_t)(int32_t)sum;
        }
}
void emulate_mma_s8_k32(uint32_t c[4], const uint32_t a[4], const uint32_t b[2], uint32_t start) {
    uint32_t in[6] = {a[0], a[1], a[2], a[3], b[0], b[1]};
    emulate_meet("mma s8 k32", in, 6, [](const uint32_t x[][16], uint32_t r[][16]) { product(x, r, 4, 4, 0, 0); }, c, 4);
    for (int i = 0; i < 4; i++) c[i] += start;
    if (emulate_machine.wrong == EMULATE_OTHER_SUMS && emulate_self->lane == 9) c[2]++;
}
void emulate_mma_s8_k16(uint32_t c[4], const uint32_t a[2], uint32_t b, uint32_t start) {
    uint32_t in[3] = {a[0], a[1], b};
    emulate_meet("mma s8 k16", in, 3, [](const uint32_t x[][16], uint32_t r[][16]) { product(x, r, 4, 2, 0, 0); }, c, 4);
    for (int i = 0; i < 4; i++) c[i] += start;
}
static void mma_float(const char *what, emulate_compute *f, float c[4], const uint32_t a[4], const uint32_t b[2]) {
    uint32_t in[10] = {a[0], a[1], a[2], a[3], b[0], b[1]}, out[4];
    memcpy(in + 6, c, 16);
    emulate_meet(what, in, 10, f, out, 4);
    memcpy(c, out, 16);
}
void emulate_mma_bf16(float c[4], const uint32_t a[4], const uint32_t b[2]) {
    mma_float("mma bf16", [](const uint32_t x[][16], uint32_t r[][16]) { product(x, r, 2, 4, 0, 6); }, c, a, b);
}
void emulate_mma_f16(float c[4], const uint32_t a[4], const uint32_t b[2]) {
    mma_float("mma f16", [](const uint32_t x[][16], uint32_t r[][16]) { product(x, r, 2, 4, 1, 6); }, c, a, b);
}

/* Block-scaled: A and B lie as 8-bit entries do; the E2M1 code in bits 2 to 5 of its byte, anything beside it ends the
 * program. Row g is scaled by a byte of lane 4g, row g+8 by one of lane 4g+1, column n by one of lane 4n. */
static double e2m1_of(unsigned byte) {
    static const double MAGNITUDE[8] = {0, 0.5, 1, 1.5, 2, 3, 4, 6};
    if (emulate_machine.wrong == EMULATE_OTHER_BITS) byte = byte << 2 & 0x3c;
    if (byte & ~0x3cu) {
        fprintf(stderr, "emulated mma mxfp4: bits beside an E2M1 code: 0x%02x\n", byte);
        abort();
    }
    double m = MAGNITUDE[byte >> 2 & 7];
    return byte & 0x20 ? -m : m;
}
static double e4m3_of(unsigned byte) {
    int exponent = byte >> 3 & 15, mantissa = byte & 7;
    if ((byte & 0x7f) == 0x7f) return NAN;
    double m = exponent ? ldexp(8 + mantissa, exponent - 10) : ldexp(mantissa, -9);
    return byte & 0x80 ? -m : m;
}
static double e8m0_of(unsigned byte) { return byte == 0xff ? NAN : ldexp(1, (int)byte - 127); }

void emulate_mma_mxfp4(float c[4], const uint32_t a[4], uint32_t sa, uint32_t b0, uint32_t b1, uint32_t sb, int byte) {
    uint32_t in[13] = {a[0], a[1], a[2], a[3], b0, b1, 0, 0, 0, 0, sa, sb, (uint32_t)byte}, out[4];
    memcpy(in + 6, c, 16);
    emulate_meet("mma mxfp4", in, 13, [](const uint32_t x[][16], uint32_t r[][16]) {
        static double e4m3[256];
        if (e4m3[1] == 0)
            for (unsigned i = 0; i < 256; i++) e4m3[i] = e4m3_of(i);
        double A[16][32], B[8][32];
        const int shift = (int)x[0][12] * 8;
        for (int lane = 0; lane < 32; lane++) /* k = 16 word + 4 t + entry */
            for (int word = 0; word < 2; word++)
                for (int e = 0; e < 4; e++) {
                    int k = word * 16 + lane % 4 * 4 + e;
                    A[lane / 4][k] = e2m1_of(x[lane][word * 2] >> e * 8 & 255);
                    A[lane / 4 + 8][k] = e2m1_of(x[lane][word * 2 + 1] >> e * 8 & 255);
                    B[lane / 4][k] = e4m3[x[lane][4 + word] >> e * 8 & 255];
                }
        for (int lane = 0; lane < 32; lane++)
            for (int i = 0; i < 4; i++) {
                int row = lane / 4 + 8 * (i >> 1), column = lane % 4 * 2 + (i & 1);
                double sum = 0;
                for (int k = 0; k < 32; k++) sum += A[row][k] * B[column][k];
                int other = emulate_machine.wrong == EMULATE_OTHER_SCALES, lane_a = row % 8 * 4 + (row / 8 ^ other);
                double scale = e8m0_of(x[lane_a][10] >> shift & 255) * e8m0_of(x[column * 4][11] >> shift & 255);
                r[lane][i] = float_bits((float)(sum * scale + (double)float_from_bits(x[lane][6 + i])));
            }
    }, out, 4);
    memcpy(c, out, 16);
}

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
    bool fits = count >= 1 && count <= THREADS_MAX && count % 32 == 0 && grid.x && grid.y && grid.z && grid.y <= 65535 &&
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
    const char *name = launch_name;
    enqueue(s, [=]() {
        launch_name = name;
        watch_launch(name);
        if (!stacks) stacks = (char *)malloc((size_t)THREADS_MAX * STACK_BYTES);
        emulate_machine.launches++;
        random_state = emulate_machine.seed;
        emulate_grid = grid;
        emulate_threads = block;
        body = &kernel;
        for (unsigned z = 0; z < grid.z; z++)
            for (unsigned y = 0; y < grid.y; y++)
                for (unsigned x = 0; x < grid.x; x++) {
                    emulate_block = {x, y, z};
                    if (watch_on())
                        shared = watch_shared();
                    else if (posix_memalign((void **)&shared, 128, shared_bytes ? shared_bytes : 1))
                        abort();
                    memset(shared, 0xcd, shared_bytes);
                    watch_block(shared_bytes);
                    run_block((int)count);
                    if (!watch_on()) free(shared);
                }
        emulate_self = nullptr;
    });
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
        if (s && s->recording) stop("a copy from memory that is not pinned is recorded", "");
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
        if (block == where->end()) stop("memory is freed that was not allocated, or freed as the other kind", "");
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
