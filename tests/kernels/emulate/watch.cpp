/* watch.cpp - see watch.h.
 *
 * Time is a counter of epochs: one for the host, a new one for every block and every barrier, so a shadow never has to be
 * cleared. Within an epoch a warp's own count of __syncwarp tells its lanes apart. Of the readers since the last write a
 * shadow keeps one, or that there were several: enough to know whether a writer was the only one.
 */
#include "watch.h"
#include "emulate.h"

#include <cstdio>
#include <cstdlib>
#include <sys/mman.h>
#include <vector>

namespace {

enum : uint16_t { LANES = 0x4000, WARPS = 0x8000, BLOCKS = 0xc000, KIND = 0xc000, ATOMIC = 0x2000, THREAD = 0x3ff };
struct shadow {
    uint32_t write_epoch, read_epoch;   /* 0: never */
    uint16_t writer, reader;            /* thread; a reader with LANES, WARPS or BLOCKS: several */
    uint16_t write_turn, read_turn;     /* the warp's count of __syncwarp then */
};
enum : uint32_t { HOST_EPOCH = 1 };
const size_t PAGE = 4096, ARENA = (size_t)8 << 30, SHARED_MAX = 100 << 10;

bool on;
unsigned char *arena;
shadow *arena_shadow, shared_shadow[SHARED_MAX];
bool shared_pending[SHARED_MAX]; /* cp.async is on its way */
struct block_of_memory {
    size_t from, size;
    bool live;
};
std::vector<block_of_memory> blocks;
std::vector<int32_t> block_at; /* of each page of the arena */
size_t arena_used = PAGE; /* the first page belongs to nobody */

const char *kernel = "";
uint32_t epoch = HOST_EPOCH, launch_epoch, block_epoch;
uint16_t turn[32];
enum { EDGE = 4096 };
alignas(128) unsigned char room[SHARED_MAX + 2 * EDGE]; /* where shared memory lies, with nothing near it */
const unsigned char *const shared = room + EDGE;
size_t shared_bytes;

[[noreturn]] void fault(const char *what, const char *where, size_t at, int other) {
    fprintf(stderr, "emulated kernel '%s': %s %s byte %zu (block %u %u %u, thread %u", kernel, what, where, at, blockIdx.x,
            blockIdx.y, blockIdx.z, emulate_self ? threadIdx.x + threadIdx.y * blockDim.x : 0);
    if (other >= 0 && other < 1024) fprintf(stderr, "; before it thread %d", other);
    fprintf(stderr, ")\n");
    abort();
}

/* Was the access (when, by whom, at which turn of its warp) not ordered before one of thread `me` now? Those before
 * `first` all were. */
bool unordered(uint32_t first, uint32_t when, uint16_t who, uint16_t at_turn, uint16_t me) {
    if (when < first) return false;
    if (when < block_epoch || (who & KIND) == BLOCKS) return true;
    if (when != epoch) return false;
    if ((who & KIND) == WARPS || (who & THREAD) / 32 != me / 32) return true;
    return at_turn == turn[me / 32] && ((who & KIND) == LANES || (who & THREAD) != me);
}

enum access { READ, WRITE, UPDATE }; /* UPDATE: an atomic */
/* first: the epoch from which accesses can race: of this block for shared, of the launch for device memory. */
void look_at(shadow *s, uint32_t first, access kind, const char *where, size_t at) {
    const uint16_t me = (uint16_t)(threadIdx.x + threadIdx.y * blockDim.x);
    const bool both_atomic = kind == UPDATE && s->writer & ATOMIC;
    if (!both_atomic && unordered(first, s->write_epoch, s->writer & (uint16_t)~ATOMIC, s->write_turn, me))
        fault(kind == READ ? "reads what another thread writes in the same interval:" : "writes what another thread writes in the same interval:",
              where, at, s->writer & THREAD);
    if (kind != READ) {
        if (unordered(first, s->read_epoch, s->reader, s->read_turn, me))
            fault("writes what another thread reads in the same interval:", where, at, s->reader & KIND ? -1 : s->reader & THREAD);
        s->write_epoch = epoch;
        s->writer = kind == UPDATE ? me | ATOMIC : me;
        s->write_turn = turn[me / 32];
        return;
    }
    uint16_t who = me;
    if (s->read_epoch >= first) { /* a reader of this launch is not forgotten while it could still race */
        if (s->read_epoch < block_epoch || (s->reader & KIND) == BLOCKS)
            who |= BLOCKS;
        else if (s->read_epoch == epoch) {
            if ((s->reader & KIND) == WARPS || (s->reader & THREAD) / 32 != me / 32)
                who |= WARPS;
            else if (s->read_turn == turn[me / 32] && ((s->reader & KIND) == LANES || (s->reader & THREAD) != me))
                who |= LANES;
        }
    }
    s->read_epoch = epoch;
    s->reader = who;
    s->read_turn = turn[me / 32];
}

void touch(const void *p, size_t size_bytes, access kind) {
    if (!emulate_self) return; /* the host's part of a .cu file */
    const unsigned char *b = (const unsigned char *)p;
    if (b >= room && b < room + sizeof room) {
        if (b < shared || b + size_bytes > shared + shared_bytes) fault("reaches outside its memory:", "shared", (size_t)(b - shared), -1);
        for (size_t i = (size_t)(b - shared), end = i + size_bytes; i < end; i++) {
            if (shared_pending[i]) fault("touches what cp.async has not brought yet:", "shared", i, -1);
            if (kind == READ && shared_shadow[i].write_epoch < block_epoch) fault("reads what nobody wrote:", "shared", i, -1);
            look_at(&shared_shadow[i], block_epoch, kind, "shared", i);
        }
        return;
    }
    if (b < arena || b >= arena + ARENA) return; /* stack, arguments, constants */
    size_t at = (size_t)(b - arena);
    const block_of_memory *m = block_at[at / PAGE] < 0 ? nullptr : &blocks[(size_t)block_at[at / PAGE]];
    if (!m || !m->live || at < m->from || at + size_bytes > m->from + m->size)
        fault("reaches outside an allocation:", "device", m ? at - m->from : at, -1);
    for (size_t i = at; i < at + size_bytes; i++) {
        if (kind == READ && !arena_shadow[i].write_epoch) fault("reads what nobody wrote:", "device", i - m->from, -1);
        look_at(&arena_shadow[i], launch_epoch, kind, "device", i - m->from);
    }
}

} // namespace

bool watch_on(void) { return on; }
bool watch_owns(const void *p) { return arena && (const unsigned char *)p >= arena && (const unsigned char *)p < arena + ARENA; }

void *watch_alloc(size_t size_bytes) {
    if (!arena) {
        int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
        void *a = mmap(nullptr, ARENA, PROT_READ | PROT_WRITE, flags, -1, 0);
        void *s = mmap(nullptr, ARENA * sizeof(shadow), PROT_READ | PROT_WRITE, flags, -1, 0);
        if (a == MAP_FAILED || s == MAP_FAILED) return nullptr;
        arena = (unsigned char *)a;
        arena_shadow = (shadow *)s;
        block_at.assign(ARENA / PAGE, -1);
    }
    size_t pages = size_bytes / PAGE + 2; /* one behind it belongs to nobody */
    if (pages * PAGE > ARENA - arena_used) return nullptr;
    for (size_t i = 0; i < pages; i++) block_at[arena_used / PAGE + i] = (int32_t)blocks.size();
    blocks.push_back({arena_used, size_bytes, true});
    arena_used += pages * PAGE;
    return arena + blocks.back().from;
}
void watch_free(void *p) {
    block_of_memory *m = &blocks[(size_t)block_at[(size_t)((unsigned char *)p - arena) / PAGE]];
    m->live = false; /* its addresses are never given out again */
    size_t whole = (m->size / PAGE + 1) * PAGE;
    madvise(arena + m->from, whole, MADV_DONTNEED);
    madvise(arena_shadow + m->from, whole * sizeof(shadow), MADV_DONTNEED);
}

static void host(const void *p, size_t size_bytes, bool writes) {
    if (!on || !watch_owns(p)) return;
    shadow *s = arena_shadow + ((const unsigned char *)p - arena);
    for (size_t i = 0; i < size_bytes; i++) {
        if (!writes && !s[i].write_epoch) fault("is behind; the host reads what nobody wrote:", "device", i, -1);
        if (writes) s[i] = {HOST_EPOCH, 0, 0, 0, 0, 0};
    }
}
void watch_host_write(const void *p, size_t size_bytes) { host(p, size_bytes, true); }
void watch_host_read(const void *p, size_t size_bytes) { host(p, size_bytes, false); }
void watch_host_copy(const void *to, const void *from, size_t size_bytes) {
    if (!on || !watch_owns(to)) return watch_host_read(from, size_bytes);
    if (!watch_owns(from)) return watch_host_write(to, size_bytes);
    shadow *t = arena_shadow + ((const unsigned char *)to - arena);
    const shadow *f = arena_shadow + ((const unsigned char *)from - arena);
    for (size_t i = 0; i < size_bytes; i++) t[i] = {f[i].write_epoch ? (uint32_t)HOST_EPOCH : 0u, 0, 0, 0, 0, 0};
}

void watch_launch(const char *name) {
    kernel = name;
    launch_epoch = ++epoch;
}
unsigned char *watch_shared(void) { return room + EDGE; }
void watch_block(size_t size_bytes) {
    shared_bytes = size_bytes;
    block_epoch = ++epoch;
    memset(turn, 0, sizeof turn);
    if (on) memset(shared_pending, 0, size_bytes < SHARED_MAX ? size_bytes : SHARED_MAX);
}
void watch_barrier(void) {
    epoch++;
    memset(turn, 0, sizeof turn);
}
void watch_warp(unsigned warp) { turn[warp]++; }
void watch_atomic(const void *p, size_t size_bytes) {
    if (on) touch(p, size_bytes, UPDATE);
}
void watch_async_begin(const void *to, const void *from, size_t size_bytes) {
    if (!on) return;
    touch(from, size_bytes, READ);
    touch(to, size_bytes, WRITE);
    memset(shared_pending + ((const unsigned char *)to - shared), 1, size_bytes);
}
void watch_async_end(const void *to, size_t size_bytes) {
    if (!on) return;
    memset(shared_pending + ((const unsigned char *)to - shared), 0, size_bytes);
    touch(to, size_bytes, WRITE);
}

/* ---- the hooks ---------------------------------------------------------------------------------------------------- */

extern "C" {
void __tsan_init(void) { on = true; }
void __tsan_func_entry(void *) {}
void __tsan_func_exit(void) {}
#define HOOKS(SIZE)                                                                                                    \
    void __tsan_read##SIZE(void *p) { touch(p, SIZE, READ); }                                                          \
    void __tsan_write##SIZE(void *p) { touch(p, SIZE, WRITE); }                                                        \
    void __tsan_volatile_read##SIZE(void *p) { touch(p, SIZE, READ); }                                                 \
    void __tsan_volatile_write##SIZE(void *p) { touch(p, SIZE, WRITE); }                                               \
    void __tsan_unaligned_read##SIZE(void *p) { touch(p, SIZE, READ); }                                                \
    void __tsan_unaligned_write##SIZE(void *p) { touch(p, SIZE, WRITE); }
HOOKS(1)
HOOKS(2)
HOOKS(4)
HOOKS(8)
HOOKS(16)
void __tsan_read_range(void *p, unsigned long size) { touch(p, size, READ); }
void __tsan_write_range(void *p, unsigned long size) { touch(p, size, WRITE); }
void __tsan_vptr_update(void **, void *) {}
}
