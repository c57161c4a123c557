/* bench_peer.h - ggml's llama-bench on the same file in the same run, its answer parsed and put beside ours. */
#ifndef ASSAY_TESTS_BENCH_PEER_H
#define ASSAY_TESTS_BENCH_PEER_H

#include <stdbool.h>

struct peer_speed {
    double read, read_spread;   /* tokens a second of a prompt, as the peer's mean and deviation; 0 = not told */
    double write, write_spread; /* of one text */
};

struct peer_run {
    const char *model;
    unsigned threads;
    bool gpu;
    unsigned prompt, tokens, runs; /* tokens read, tokens written, how often each */
};
/* Runs `program`; false with a reason when it gives nothing that can be read. */
bool peer_measure(const char *program, const struct peer_run *run, struct peer_speed *out, char why[160]);
/* Parses a table of `llama-bench -o csv`, whatever the order of its columns. False when there is none. */
bool peer_parse(const char *csv, struct peer_speed *out);

#endif
