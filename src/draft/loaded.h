/* loaded.h - a model file made ready to write: header, tokenizer, chat format, device, memory, weights.
 *
 *     header ─► tokenizer ─► prompt in tokens ─► context ─► memory plan ─► wait until it fits ─► weights
 *
 * Nothing large is touched before the plan fits: what the weights, the cache and the working buffers take is added up
 * from the header and compared with what the device (or the host, where memory is one) has available.
 */
#ifndef ASSAY_DRAFT_LOADED_H
#define ASSAY_DRAFT_LOADED_H

#include "draft/device.h"
#include "draft/holders.h"
#include "draft/prompt.h"
#include "lm/engine.h"
#include "lm/load_memory.h"
#include "lm/model_info.h"
#include "lm/prefix_cache.h"
#include "lm/tokenizer.h"

/* What a text is asked with, and how long it may become. */
struct load_text {
    const prompt *first;
    uint32_t max_tokens;
};

struct load_request {
    const char *path; /* any part of a split model */
    const struct device_choice *device;
    const char *chat; /* name of a chat format; NULL = recognised from the header's template */
    bool think;
    const prompt *first;            /* the request: decides how large the context must be, together with … */
    const struct load_text *others; /* [other_count] … further ones. What several share is not reckoned with */
    size_t other_count;
    uint32_t context_tokens;        /* 0 = the request, max_tokens, and as much again where drafts may be repaired */
    uint32_t max_tokens;            /* of a text that answers `first` */
    uint32_t texts;                 /* written at once */
    bool repairs;                   /* texts come back as part of a request */
    bool fp8_cache;                 /* keep keys and values as FP8 (E4M3); else as F16 */
    double wait_s;                  /* for memory to come back; 0 = refuse at once */
    const memory_platform *memory;  /* the host's, also for the messages while waiting */
    const struct holder_look *look; /* where to look for who holds memory; NULL = this machine */
    const atomic_int *cancel;       /* not 0 = stop loading or writing; NULL = never */
    void (*progress)(void *context, uint64_t done_bytes, uint64_t all_bytes);
    void *progress_context;
};

typedef struct loaded_model {
    model_info *info;
    str name, file; /* general.name, else the file's; the file's own */
    tokenizer *tokenizer;
    enum chat_family family;
    engine *engine;
    struct engine_info plan_info;
    uint32_t prompt_tokens;              /* of the longest request */
    uint32_t context_tokens, max_tokens; /* of the longest text; where the context cuts one, of that … */
    uint32_t wanted_tokens;              /* … which was to be so long */
    sha256_text id;                      /* prefix_model_id() */
    memory_plan plan;                    /* what loading was weighed with, and … */
    memory_state state;                  /* … what was available */
    gguf_opener opener;
    gguf_set *set;
} loaded_model;

/* Opens a model; texts live in the arena. Errors, each naming the file: everything gguf_set_open, tokenizer_open and
 * engine_open refuse; a chat template that is not known (ERROR_SUPPORT, says which --chat); a request that leaves no
 * room in the context, or a model that does not fit in memory (ERROR_LIMIT, with the arithmetic); cancellation. */
int loaded_model_open(arena *a, const struct load_request *request, loaded_model **out, error *e);
void loaded_model_close(loaded_model *m); /* before the device; NULL is allowed */

#endif
