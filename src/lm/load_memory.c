/* load_memory.c - the memory budget.
 *
 * In: what a model needs, and what the machine says it has. Out: yes, or no with the sum; or a wait.
 *
 *     weights + KV cache + buffers  <=  available - kept free
 *
 * Invariant: sums saturate, so that a header that lies large is refused and not wrapped. Deliberately not here: looking
 * for who holds the memory (draft/holders.c; told to people, not part of the decision).
 */
#include "lm/load_memory.h"

#include "base/file.h"

#include <stdio.h>
#include <time.h>

static uint64_t add(uint64_t a, uint64_t b) { return a > UINT64_MAX - b ? UINT64_MAX : a + b; }

void memory_size_text(uint64_t bytes, char out[32]) {
    static const char *const units[] = {"KiB", "MiB", "GiB", "TiB", "PiB"};
    if (bytes < 1024) {
        snprintf(out, 32, "%llu bytes", (unsigned long long)bytes);
        return;
    }
    double v = (double)bytes / 1024;
    size_t unit = 0;
    while (v >= 1024 && unit + 1 < COUNT_OF(units)) v /= 1024, unit++;
    snprintf(out, 32, v < 10 ? "%.2f %s" : "%.1f %s", v, units[unit]);
}

/* ---- what the machine has ---------------------------------------------------------------------------------------- */

/* "inactive_file 12345" in a memory.stat; 0 when it is not there. */
static uint64_t reclaimable(str stat) {
    str rest = stat, line, name = STR("inactive_file ");
    uint64_t bytes = 0;
    while (str_cut(&rest, '\n', &line))
        if (str_starts(line, name) && str_to_u64(str_trim(str_slice(line, name.n, line.n)), &bytes)) return bytes;
    return 0;
}

/* "MemTotal:       65535 kB" -> bytes; false when the line is missing or no number. */
static bool meminfo_field(str meminfo, str name, uint64_t *bytes) {
    str rest = meminfo, line;
    while (str_cut(&rest, '\n', &line)) {
        if (!str_starts(line, name)) continue;
        str value = str_trim(str_slice(line, name.n, line.n));
        if (str_ends(value, STR(" kB"))) value = str_trim(str_slice(value, 0, value.n - 3));
        uint64_t kib;
        if (!str_to_u64(value, &kib) || kib > UINT64_MAX / 1024) return false;
        *bytes = kib * 1024;
        return true;
    }
    return false;
}

int memory_parse(str meminfo, memory_state *out, error *e) {
    *out = (memory_state){0};
    if (!meminfo_field(meminfo, STR("MemTotal:"), &out->total_bytes) ||
        !meminfo_field(meminfo, STR("MemAvailable:"), &out->available_bytes))
        return error_set(e, ERROR_SYNTAX, "/proc/meminfo does not say MemTotal and MemAvailable");
    meminfo_field(meminfo, STR("Cached:"), &out->cache_bytes);
    return 0;
}

void memory_limit(memory_state *state, str max, str current, str stat) {
    uint64_t limit, used, cache = reclaimable(stat);
    if (!str_to_u64(str_trim(max), &limit) || !str_to_u64(str_trim(current), &used)) return;
    used -= cache < used ? cache : used;
    uint64_t left = limit > used ? limit - used : 0;
    if (limit < state->total_bytes) state->total_bytes = limit;
    if (left >= state->available_bytes) return;
    state->available_bytes = left;
    state->limited = true;
}

/* ---- the plan ---------------------------------------------------------------------------------------------------- */

uint64_t memory_keep_free(uint64_t total_bytes) {
    uint64_t usual = (uint64_t)MEMORY_KEEP_FREE_GIB << 30;
    return total_bytes / 8 < usual ? total_bytes / 8 : usual;
}

void memory_plan_add(memory_plan *p, const char *what, uint64_t bytes) {
    if (p->count == COUNT_OF(p->items))
        p->items[p->count - 1].bytes = add(p->items[p->count - 1].bytes, bytes);
    else
        p->items[p->count++] = (memory_item){what, bytes};
}

uint64_t memory_plan_need(const memory_plan *p) {
    uint64_t sum = 0;
    for (unsigned i = 0; i < p->count; i++) sum = add(sum, p->items[i].bytes);
    return sum;
}

uint64_t memory_plan_excess(const memory_plan *p, const memory_state *state) {
    uint64_t with_rest = add(memory_plan_need(p), p->keep_free_bytes);
    return with_rest > state->available_bytes ? with_rest - state->available_bytes : 0;
}

int memory_check(const memory_plan *p, const memory_state *state, error *e) {
    uint64_t need = memory_plan_need(p), excess = memory_plan_excess(p, state);
    if (!excess) return 0;
    char sum[256] = "", a[32], b[32], c[32], d[32];
    size_t n = 0;
    for (unsigned i = 0; i < p->count && n < sizeof sum; i++) {
        memory_size_text(p->items[i].bytes, a);
        n += (size_t)snprintf(sum + n, sizeof sum - n, "%s%s %s", i ? " + " : "", p->items[i].what, a);
    }
    memory_size_text(need, a);
    memory_size_text(p->keep_free_bytes, b);
    memory_size_text(state->available_bytes, c);
    memory_size_text(excess, d);
    return error_set(e, ERROR_LIMIT,
                     "the model does not fit: %s = %s, and %s stay free for the rest of the machine, but %s %s; %s too "
                     "much. Stop what holds memory, take a shorter context or a smaller model",
                     sum, a, b, c, state->limited ? "are left to this control group" : "are available", d);
}

void memory_explain(const memory_plan *p, const memory_state *state, buf *out) {
    char text[32];
    for (unsigned i = 0; i < p->count; i++) {
        memory_size_text(p->items[i].bytes, text);
        buf_printf(out, "  %-28s %12s\n", p->items[i].what, text);
    }
    memory_size_text(p->keep_free_bytes, text);
    buf_printf(out, "  %-28s %12s\n", "kept free", text);
    memory_size_text(add(memory_plan_need(p), p->keep_free_bytes), text);
    buf_printf(out, "  %-28s %12s\n", "in all", text);
    memory_size_text(state->available_bytes, text);
    buf_printf(out, "  %-28s %12s\n", state->limited ? "left to the control group" : "available now", text);
}

/* ---- waiting ----------------------------------------------------------------------------------------------------- */

int memory_wait(const memory_plan *p, const memory_platform *platform, double limit_s, error *e) {
    error scratch;
    if (!e) e = &scratch;
    double start = platform->now_s(platform->context);
    for (double pause_s = 0.25;; pause_s = pause_s < 2 ? pause_s * 2 : 2) {
        memory_state state = {0};
        int rc = platform->read(platform->context, &state, e);
        if (rc) return rc;
        rc = memory_check(p, &state, e);
        double waited_s = platform->now_s(platform->context) - start;
        if (rc != ERROR_LIMIT) return rc;
        if (platform->holder) platform->holder(platform->context, &state, state.holder, sizeof state.holder);
        if (waited_s >= limit_s) {
            size_t n = strlen(e->message);
            if (state.holder[0]) n += (size_t)snprintf(e->message + n, sizeof e->message - n, "; %s", state.holder);
            if (limit_s > 0 && n < sizeof e->message)
                snprintf(e->message + n, sizeof e->message - n, " (waited %.0f s)", waited_s);
            return rc;
        }
        if (platform->waiting && platform->waiting(platform->context, &state, waited_s, limit_s))
            return error_set(e, ERROR_CANCELLED, "stopped while waiting for memory");
        platform->sleep_s(platform->context, limit_s - waited_s < pause_s ? limit_s - waited_s : pause_s);
    }
}

static int system_read(void *context, memory_state *out, error *e) {
    (void)context;
    arena *a = arena_new(1 << 20);
    if (!a) return error_set(e, ERROR_MEMORY, "no memory to read /proc/meminfo");
    str meminfo, max, current, stat;
    int rc = file_read(a, "/proc/meminfo", 1 << 16, &meminfo, e);
    if (!rc) rc = memory_parse(meminfo, out, e);
    if (!rc && file_read(a, "/sys/fs/cgroup/memory.max", 64, &max, NULL) == 0 &&
        file_read(a, "/sys/fs/cgroup/memory.current", 64, &current, NULL) == 0 &&
        file_read(a, "/sys/fs/cgroup/memory.stat", 1 << 16, &stat, NULL) == 0)
        memory_limit(out, max, current, stat);
    arena_free(a);
    return rc;
}

static double system_now_s(void *context) {
    (void)context;
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void system_sleep_s(void *context, double seconds) {
    (void)context;
    struct timespec t = {.tv_sec = (time_t)seconds, .tv_nsec = (long)((seconds - (double)(time_t)seconds) * 1e9)};
    nanosleep(&t, NULL);
}

memory_platform memory_system(void) {
    return (memory_platform){.read = system_read, .now_s = system_now_s, .sleep_s = system_sleep_s};
}
