/* engine_check.h - what the parts of engine_check share. */
#ifndef ASSAY_TESTS_ENGINE_CHECK_H
#define ASSAY_TESTS_ENGINE_CHECK_H

#include "lm/engine_impl.h"
#include "tests/support/tiny_model.h"

#include <stdarg.h>

#if defined(ASSAY_EMULATE)
#include "tests/kernels/emulate/emulate_machine.h"
const struct kernels_backend *kernels_emulated_plugin(void);
#endif

extern bool engine_check_quick; /* in short, for the emulated machine */

/* One TAP line. */
void expect(bool held, const char *format, ...) __attribute__((format(printf, 2, 3)));

struct tiny_file {
    arena *a;
    buf bytes;
    str view; /* the set reads through both until it is closed */
    gguf_opener opener;
    gguf_set *set;
};
bool model_make(struct tiny_file *f, const char *architecture, uint32_t type, error *e);
void model_free(struct tiny_file *f); /* also after a failure */

struct side {
    const struct kernels_backend *b;
    kernels_device *device;
    engine *engine;
    session *text[12];
    atomic_int cancel;
};
bool side_open(struct side *s, const struct kernels_backend *b, const gguf_set *set, enum tensor_type cache,
               enum engine_graphs graphs, error *e);
void side_close(struct side *s); /* with its texts; also after a failure */

/* Of rows of TINY_VOCAB logits: root mean square of the difference as a share of that of `want`; the best token;
 * whether the second is nearer to it than `share` of their root mean square. */
double off_by(const float *got, const float *want);
uint32_t highest(const float *x);
bool is_near_tie(const float *x, double share);

/* The parts. */
void graphs_change_nothing(const struct kernels_backend *gpu, bool fp8);
void batches_and_guesses_change_nothing(const struct kernels_backend *gpu);
void soak(const struct kernels_backend *b, uint32_t texts);
void faults(const struct kernels_backend *gpu); /* emulated machine only */

#endif
