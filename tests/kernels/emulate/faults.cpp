/* faults.cpp - does the watch bite? Small kernels with one fault each, and their sound twins: TAP.
 *
 * A faulty kernel ends its process with a sentence, so each runs in a child whose standard error is read.
 */
#include "emulate.h"
#include "watch.h"

#include <cstdio>
#include <cstdlib>
#include <sys/wait.h>
#include <unistd.h>

enum { THREADS = 64 };

/* Every thread passes its number to its neighbour. */
static void pass_on(int *out, int barriers) {
    int *s = (int *)emulate_shared(), i = (int)threadIdx.x;
    s[i] = i;
    if (barriers > 0) __syncthreads();
    out[i] = s[(i + 1) % THREADS];
    if (barriers > 1) __syncthreads();
    s[i] = -i; /* before the neighbour has read? */
    out[i] += s[i];
}
/* Within a warp: a shuffle is no fence, __syncwarp is. */
static void pass_in_warp(int *out, bool fence) {
    int *s = (int *)emulate_shared(), i = (int)threadIdx.x;
    s[i] = i;
    if (fence)
        __syncwarp();
    else
        (void)emulate_shuffle(1, 0);
    out[i] = s[i ^ 1];
}
static void count(int *out, bool atomic) {
    if (atomic)
        atomicAdd(out, 1);
    else
        out[0]++;
}
static void reach(int *out, int at) { out[(int)threadIdx.x + at] = 1; }
static void read_first(int *out, int *unwritten) { out[threadIdx.x] = unwritten[threadIdx.x]; }
static void fetch(int *out, const int *from, bool wait) {
    int *s = (int *)emulate_shared(), i = (int)threadIdx.x;
    emulate_async_copy(s + 4 * i, from + 4 * i, 16);
    emulate_async_commit();
    if (wait) emulate_async_wait(0);
    out[i] = s[4 * i];
}
static void some_return(bool all) {
    if (!all && threadIdx.x == 5) return;
    (void)emulate_ballot(true);
}

static int tests, failures;

/* Runs in a child; `part` of what it says, NULL = it must say nothing. */
static void expect(const char *name, const char *part, std::function<void(int *, int *)> launch) {
    int pipes[2];
    char said[512] = "";
    if (pipe(pipes)) exit(2);
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        dup2(pipes[1], 2);
        void *out = nullptr, *more = nullptr;
        if (cudaMalloc(&out, 4 * THREADS) || cudaMalloc(&more, 16 * THREADS)) _exit(3);
        cudaMemset(out, 0, 4 * THREADS);
        emulate_name("a faulty kernel");
        launch((int *)out, (int *)more);
        _exit(0);
    }
    close(pipes[1]);
    size_t n = 0;
    for (ssize_t got; n < sizeof said - 1 && (got = read(pipes[0], said + n, sizeof said - 1 - n)) > 0;) n += (size_t)got;
    close(pipes[0]);
    int status = 0;
    waitpid(child, &status, 0);
    bool held = part ? WIFSIGNALED(status) && strstr(said, part) && strstr(said, "a faulty kernel") : status == 0;
    failures += !held;
    printf("%s %d - %s\n", held ? "ok" : "not ok", ++tests, name);
    if (!held) printf("# status %d, it said: %s\n", status, said);
}

int main() {
    if (!watch_on()) return printf("1..0 # SKIP the kernels are not watched in this build\n"), 0;
    const dim3 one(1), two(2), block(THREADS);
    const size_t SHARED = 16 * THREADS;
    auto passing = [=](int barriers) { return [=](int *out, int *) { emulate_launch(0, one, block, SHARED, pass_on, out, barriers); }; };
    for (uint64_t seed = 0; seed < 2; seed++) { /* whatever the order of threads */
        emulate_machine.seed = seed;
        expect("no barrier before reading", seed ? "" : "reads what nobody wrote", passing(0));
        expect("no barrier before writing again", "in the same interval", passing(1));
        expect("both barriers", nullptr, passing(2));
    }
    expect("a shuffle in place of a fence", "in the same interval", [=](int *out, int *) { emulate_launch(0, one, block, SHARED, pass_in_warp, out, false); });
    expect("a fence of the warp", nullptr, [=](int *out, int *) { emulate_launch(0, one, block, SHARED, pass_in_warp, out, true); });
    expect("counting without atomics", "what another thread writes", [=](int *out, int *) { emulate_launch(0, one, block, 0, count, out, false); });
    expect("counting", nullptr, [=](int *out, int *) { emulate_launch(0, two, block, 0, count, out, true); });
    expect("two blocks at one place", "what another thread writes", [=](int *out, int *) { emulate_launch(0, two, block, 0, reach, out, 0); });
    expect("one behind an allocation", "outside an allocation", [=](int *out, int *) { emulate_launch(0, one, block, 0, reach, out, 1); });
    expect("one before it", "outside an allocation", [=](int *out, int *) { emulate_launch(0, one, block, 0, reach, out, -1); });
    expect("memory that nobody wrote", "reads what nobody wrote", [=](int *out, int *more) { emulate_launch(0, one, block, 0, read_first, out, more); });
    auto fetching = [=](bool wait) {
        return [=](int *out, int *more) {
            cudaMemset(more, 1, 16 * THREADS);
            emulate_launch(0, one, block, SHARED, fetch, out, (const int *)more, wait);
        };
    };
    expect("a copy that nobody waited for", "cp.async has not brought yet", fetching(false));
    expect("a copy waited for", nullptr, fetching(true));
    expect("a lane that has returned", "wait for each other", [=](int *, int *) { emulate_launch(0, one, block, 0, some_return, false); });
    expect("all lanes", nullptr, [=](int *, int *) { emulate_launch(0, one, block, 0, some_return, true); });
    printf("1..%d\n", tests);
    return failures != 0;
}
