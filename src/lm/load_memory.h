/* load_memory.h - does the model fit, and if not yet, when? Asked before anything is allocated.
 *
 * On machines whose GPU shares the host's memory, running out hangs the machine without an error. So what a model will
 * need is added up first and compared with MemAvailable (which counts page cache that can be dropped, as `free` memory
 * does not), less what stays free for everybody else. The refusal shows the sum. Memory of a process that has just
 * ended can take minutes to come back: memory_wait polls with a time limit.
 */
#ifndef ASSAY_LM_LOAD_MEMORY_H
#define ASSAY_LM_LOAD_MEMORY_H

#include "base/buf.h"
#include "base/error.h"

typedef struct memory_state {
    uint64_t total_bytes;     /* MemTotal */
    uint64_t available_bytes; /* MemAvailable, or what the control group still allows, if that is less */
    uint64_t cache_bytes;     /* Cached: page cache, part of which may be dropped */
    bool limited;             /* the control group is what limits */
    char holder[128];         /* "NAME (process N) holds 60.0 GiB", where memory_wait looked for it; else empty */
} memory_state;

/* Reads the text of /proc/meminfo. ERROR_SYNTAX when MemTotal or MemAvailable is missing. */
int memory_parse(str meminfo, memory_state *out, error *e);
/* Narrows `state` by a control group: texts of its memory.max ("max" = no limit), memory.current and memory.stat. Page
 * cache that the kernel can take back (inactive_file) counts as left: it is what a model read earlier leaves behind. */
void memory_limit(memory_state *state, str max, str current, str stat);

typedef struct memory_item {
    const char *what; /* "weights", "KV cache of 8192 tokens" … */
    uint64_t bytes;
} memory_item;

typedef struct memory_plan {
    memory_item items[8];
    unsigned count;
    uint64_t keep_free_bytes; /* left to the rest of the machine */
} memory_plan;

enum { MEMORY_KEEP_FREE_GIB = 8 };

/* What is kept free by default: 8 GiB, or an eighth of the machine where it is smaller than 64 GiB. */
uint64_t memory_keep_free(uint64_t total_bytes);
void memory_plan_add(memory_plan *p, const char *what, uint64_t bytes); /* sums saturate; at most 8 items */
uint64_t memory_plan_need(const memory_plan *p);                        /* without keep_free */
/* Bytes too many, with what stays free; 0 = it fits. */
uint64_t memory_plan_excess(const memory_plan *p, const memory_state *state);
/* 0 when it fits; else ERROR_LIMIT with the arithmetic. */
int memory_check(const memory_plan *p, const memory_state *state, error *e);
/* The arithmetic as lines, for `model info` and for a person who asks why. */
void memory_explain(const memory_plan *p, const memory_state *state, buf *out);

/* The outside world, so that tests have none. */
typedef struct memory_platform {
    void *context;
    int (*read)(void *context, memory_state *out, error *e);
    double (*now_s)(void *context); /* monotonic */
    void (*sleep_s)(void *context, double seconds);
    /* Writes who holds the most memory, for the refusal and for whoever waits; NULL = nobody looks. */
    void (*holder)(void *context, const memory_state *state, char *out, size_t capacity);
    /* Told before each sleep: state, seconds waited, limit. Returns true to give up. NULL = silent. */
    bool (*waiting)(void *context, const memory_state *state, double waited_s, double limit_s);
} memory_platform;

/* /proc/meminfo and the control group, the monotonic clock, nanosleep; `waiting` is NULL. */
memory_platform memory_system(void);
/* Waits until the plan fits: at once, or within limit_s; then memory_check's error with the time that was waited and
 * the process that holds the most. ERROR_CANCELLED when `waiting` says so. */
int memory_wait(const memory_plan *p, const memory_platform *platform, double limit_s, error *e);

/* "1.5 GiB", "12 KiB", "7 bytes". */
void memory_size_text(uint64_t bytes, char out[32]);

#endif
