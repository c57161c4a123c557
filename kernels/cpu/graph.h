/* graph.h - recorded lists of operations on the CPU; see graph.c. */
#ifndef ASSAY_KERNELS_CPU_GRAPH_H
#define ASSAY_KERNELS_CPU_GRAPH_H

#include "cpu.h"

void graph_begin(kernels_queue *q);
kernels_graph *graph_end(kernels_queue *q, error *e);
void graph_run(kernels_queue *q, kernels_graph *g);
void graph_free(kernels_graph *g); /* NULL is allowed */

/* Every operation of the contract: graph_or_norm(q, a) records while the queue records, and else is cpu_norm(q, a). */
/* clang-format sets this list anew at every run. */
/* clang-format off */
#define GRAPH_OPERATIONS(OP) \
    OP(embed) OP(norm) OP(matmul) OP(gate_up) OP(matmul_heads) OP(rope_store) OP(attention) \
    OP(route) OP(moe_gate_up) OP(moe_down) OP(combine) OP(gather) OP(conv) OP(delta) OP(logits) \
    OP(top)
/* clang-format on */
#define GRAPH_DECLARE(name) void graph_or_##name(kernels_queue *q, const struct kernels_##name *a);
GRAPH_OPERATIONS(GRAPH_DECLARE)
void graph_or_copy(kernels_queue *q, void *to, const void *from, size_t size_bytes);
void graph_or_zero(kernels_queue *q, void *to, size_t size_bytes);

#endif
