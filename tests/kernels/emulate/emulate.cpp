/* emulate.cpp - see emulate.h: the threads of a block as fibres, what warps do together, products of the tensor cores.
 * Streams, memory and the rest of the runtime library: runtime.cpp. */
#include "emulate.h"
#include "emulate_run.h"
#include "watch.h"
extern "C" {
#include "kernels/cpu/half.h"
}

#include <cstdio>
#include <cstdlib>
#include <vector>

struct emulate_machine emulate_machine = {13000, 1, 12, 1, 1, -1, 0, 0, 0, 0, EMULATE_SOUND, 0, (size_t)8 << 30, 0, 0, 0, 0, 0};

static const char *launch_name = "";
[[noreturn]] void emulate_stop(const char *what, const char *more) {
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

enum { STACK_BYTES = 192 << 10, THREADS_MAX = EMULATE_THREADS_MAX };
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
const char *emulate_named(void) { return launch_name; }
void emulate_barrier(void) {
    at_barrier++;
    yield(AT_BARRIER);
}

void emulate_meet(const char *what, const uint32_t *mine, int in_words, emulate_compute *compute, uint32_t *result,
                  int out_words) {
    int lane = emulate_self->lane;
    warp *w = &warps[(current - threads) / 32];
    if (w->arrived && strcmp(w->what, what) != 0) emulate_stop("lanes of a warp meet at different operations: ", what);
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
        if (!moved) emulate_stop("threads wait for each other: a barrier or warp operation that not all reach", "");
    }
}

void emulate_grid_run(const char *name, dim3 grid, dim3 block, size_t shared_bytes,
                      const std::function<void()> &kernel) {
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
                run_block((int)(block.x * block.y * block.z));
                if (!watch_on()) free(shared);
            }
    emulate_self = nullptr;
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
