/* loaded.c - see loaded.h. In: a path, a request, a device. Out: an engine with room for the texts, or one clear
 * refusal. The invariant is the order: everything that the header can refuse is refused before memory is, and memory
 * before a tensor is read.
 */
#include "draft/loaded.h"

#include "base/file.h"
#include "draft/holders.h"
#include "draft/writer.h"
#include "lm/load_reader.h"
#include "lm/text_side.h"

#include <stdlib.h>

enum { DEVICE_KEEP_FREE_BYTES = 512 << 20, REPAIR_TURN_TOKENS = 2048, COLUMNS = 512 };
enum {
    PAGE_SLACK_TOKENS = 128, /* two pages: the first and the last of a text are not full of its own */
    SAMPLER_BYTES = 22,      /* a token of the vocabulary */
    BORDER_TOKENS = 16       /* that may come out otherwise where another text stands behind them */
};

/* Each request in tokens: [0] is `first`, the others follow. A shorter text can be more tokens, so none is left out. */
static int measure_requests(const loaded_model *m, const struct load_request *q, uint32_t *lengths, error *e) {
    token_ids tokens = {0};
    int bad = 0;
    for (size_t i = 0; i <= q->other_count && !bad; i++) {
        const prompt *p = i ? q->others[i - 1].first : q->first;
        tokens.n = 0;
        bad = writer_encode(m->tokenizer, m->family, q->think, p->turns, p->count, &tokens, e);
        lengths[i] = (uint32_t)tokens.n;
    }
    token_ids_free(&tokens);
    return bad;
}

static uint32_t wanted_tokens(const struct load_request *q, size_t i) {
    return i ? q->others[i - 1].max_tokens : q->max_tokens;
}

/* How long texts become: as wanted, or, of one that the context cuts, as long as there is room behind its request. */
static void measure_texts(loaded_model *m, const struct load_request *q, const uint32_t *lengths) {
    bool cut = false;
    for (size_t i = 0; i <= q->other_count; i++) {
        uint32_t room = m->context_tokens - lengths[i] + 1; /* the last token drawn is never read */
        uint32_t wanted = wanted_tokens(q, i);
        bool short_of = wanted > room;
        if (short_of ? !cut || room < m->max_tokens : !cut && wanted > m->max_tokens)
            m->max_tokens = short_of ? room : wanted, m->wanted_tokens = wanted;
        cut |= short_of;
    }
}

/* The context: what was asked for, or what every text needs, at most what the model was trained on. */
static int choose_context(loaded_model *m, const struct load_request *q, const uint32_t *lengths, error *e) {
    uint32_t trained = m->info->context ? m->info->context : 32768;
    uint64_t most = 0;
    for (size_t i = 0; i <= q->other_count; i++) {
        uint64_t need = (uint64_t)lengths[i] + wanted_tokens(q, i);
        if (q->repairs) need += (uint64_t)wanted_tokens(q, i) + REPAIR_TURN_TOKENS;
        if (need > most) most = need;
        if (lengths[i] > m->prompt_tokens) m->prompt_tokens = lengths[i];
    }
    if (q->context_tokens > trained)
        return error_set(e, ERROR_USAGE, "a context of %u tokens is longer than the model was trained on: %u",
                         q->context_tokens, trained);
    m->context_tokens = q->context_tokens ? q->context_tokens : most < trained ? (uint32_t)most : trained;
    if (m->prompt_tokens >= m->context_tokens)
        return error_set(
            e, ERROR_LIMIT,
            "the%s request takes %u tokens, and the context is %u: there is no room to write in; give a %s, or a "
            "smaller manifest or brief",
            q->other_count ? " longest" : "", m->prompt_tokens, m->context_tokens,
            m->context_tokens < trained ? "larger --context" : "model with a longer context");
    measure_texts(m, q, lengths);
    return 0;
}

/* Tokens that every text shares with the first request: with repairs, as far as a conversation with a draft in it goes
 * on alike. That is up to where the reply is opened, and next to nothing where the system text moves to the last turn.
 * Of several requests nothing is reckoned with. */
static int measure_shared(const loaded_model *m, const struct load_request *q, uint32_t *shared, error *e) {
    const prompt *p = q->first;
    token_ids one = {0}, two = {0};
    struct chat_turn *turns = malloc((p->count + 2) * sizeof *turns);
    *shared = 0;
    if (!turns) return error_set(e, ERROR_MEMORY, "out of memory");
    if (p->count) memcpy(turns, p->turns, p->count * sizeof *turns);
    turns[p->count] = (struct chat_turn){CHAT_ASSISTANT, STR("A")};
    turns[p->count + 1] = (struct chat_turn){CHAT_USER, STR("B")};
    int bad = q->other_count ? 0 : writer_encode(m->tokenizer, m->family, q->think, p->turns, p->count, &one, e);
    if (!bad && !q->other_count)
        bad = writer_encode(m->tokenizer, m->family, q->think, turns, p->count + (q->repairs ? 2 : 0), &two, e);
    size_t same = 0;
    while (!bad && same + 1 < one.n && same < two.n && one.at[same] == two.at[same]) same++;
    size_t border = q->repairs ? BORDER_TOKENS : 0;
    *shared = same > border ? (uint32_t)(same - border) : 0;
    token_ids_free(&one);
    token_ids_free(&two);
    free(turns);
    return bad;
}

/* Pages: of a text all that hold one of its own tokens, of the first request all. */
static struct engine_options engine_needs(const loaded_model *m, const struct load_request *q, uint32_t shared) {
    uint64_t own = m->context_tokens - shared + PAGE_SLACK_TOKENS;
    uint64_t cache = m->prompt_tokens + PAGE_SLACK_TOKENS + own * q->texts;
    return (struct engine_options){.context_tokens = m->context_tokens,
                                   .cache_tokens = cache < UINT32_MAX ? (uint32_t)cache : UINT32_MAX,
                                   .batch_columns = COLUMNS,
                                   .batch_sessions = q->texts + 1,
                                   .cache_type = q->fp8_cache ? TENSOR_FP8 : TENSOR_F16,
                                   .cancel = q->cancel,
                                   .progress = q->progress,
                                   .progress_context = q->progress_context};
}

/* What the CPU's layout takes beyond the file's bytes. Vectors are no matter. */
static uint64_t packing_bytes(const gguf *g) {
    uint64_t sum = 0;
    for (size_t i = 0; i < g->tensor_count; i++) {
        const gguf_tensor *t = &g->tensors[i];
        uint64_t packed =
            t->dims < 2 ? 0 : kernels_cpu_weight_bytes((enum tensor_type)t->type->id, t->ne[2], t->ne[1], t->ne[0]);
        if (packed > t->size_bytes)
            sum = packed - t->size_bytes > UINT64_MAX - sum ? UINT64_MAX : sum + packed - t->size_bytes;
    }
    return sum;
}

/* Working buffers: the engine's, and each text's for drawing from its logits (sampler.c: 22 bytes a token). */
static void make_plan(loaded_model *m, const struct load_request *q) {
    m->plan = (memory_plan){.keep_free_bytes = m->state.total_bytes ? memory_keep_free(m->state.total_bytes) : 0};
    if (!q->device->info.unified && !q->device->info.host_visible) m->plan.keep_free_bytes = DEVICE_KEEP_FREE_BYTES;
    memory_plan_add(&m->plan, "weights", m->plan_info.weight_bytes);
    uint64_t packing = q->device->backend == kernels_cpu() ? packing_bytes(m->set->head) : 0;
    if (packing) memory_plan_add(&m->plan, "their layout in memory", packing);
    memory_plan_add(&m->plan, "KV cache", m->plan_info.cache_bytes);
    if (q->device->info.unified || q->device->info.host_visible)
        memory_plan_add(&m->plan, "loading", m->plan_info.loading_bytes);
    memory_plan_add(&m->plan, "working buffers",
                    m->plan_info.work_bytes + (uint64_t)q->texts * m->plan_info.vocabulary * SAMPLER_BYTES);
}

/* A GPU with memory of its own is asked itself; everything else lives in the host's. */
static int read_device(void *context, memory_state *out, error *e) {
    const struct load_request *q = context;
    struct kernels_info info;
    (void)e;
    q->device->backend->info(q->device->device, &info);
    *out = (memory_state){.total_bytes = info.memory_bytes, .available_bytes = info.free_bytes};
    return 0;
}

static int relay_read(void *context, memory_state *out, error *e) {
    const memory_platform *host = ((const struct load_request *)context)->memory;
    return host->read(host->context, out, e);
}
static void look_for_holder(void *context, const memory_state *state, char *out, size_t capacity) {
    const struct load_request *q = context;
    const struct kernels_info *info = &q->device->info;
    const struct holder_look *look = q->look ? q->look : &HOLDERS_SYSTEM;
    bool own = !info->unified && !info->host_visible;
    memory_holder_text(look, own ? info->bus : NULL, state->total_bytes / 64, out, capacity);
    if (!out[0] && !own && info->bus[0]) memory_holder_text(look, info->bus, state->total_bytes / 64, out, capacity);
}
static double relay_now(void *context) {
    const memory_platform *host = ((const struct load_request *)context)->memory;
    return host->now_s(host->context);
}
static void relay_sleep(void *context, double seconds) {
    const memory_platform *host = ((const struct load_request *)context)->memory;
    host->sleep_s(host->context, seconds);
}
static bool relay_waiting(void *context, const memory_state *state, double waited_s, double limit_s) {
    const memory_platform *host = ((const struct load_request *)context)->memory;
    return host->waiting && host->waiting(host->context, state, waited_s, limit_s);
}

static int weigh(loaded_model *m, const struct load_request *q, error *e) {
    bool own = !q->device->info.unified && !q->device->info.host_visible;
    memory_platform memory = {.context = (void *)(uintptr_t)q, /* the relays need it */
                              .read = own ? read_device : relay_read,
                              .now_s = relay_now,
                              .sleep_s = relay_sleep,
                              .holder = look_for_holder,
                              .waiting = relay_waiting};
    int bad = memory.read(memory.context, &m->state, e);
    if (bad) return bad;
    make_plan(m, q);
    return memory_wait(&m->plan, &memory, q->wait_s, e);
}

static int open_all(arena *a, loaded_model *m, const struct load_request *q, error *e) {
    uint32_t *lengths = ARENA_ARRAY(a, uint32_t, q->other_count + 1);
    if (!lengths) return error_set(e, ERROR_MEMORY, "out of memory");
    int bad = gguf_set_open(a, q->path, &m->opener, NULL, &m->set, e);
    if (!bad) bad = model_info_read(a, m->set, &m->info, e);
    if (!bad) bad = engine_measure(m->set->head, NULL, &m->plan_info, e); /* the architecture, before its tokenizer */
    if (!bad) bad = gguf_check_loadable(m->set->head, e);
    if (!bad) bad = text_side_open(m->set->head, q->chat, &m->tokenizer, &m->family, e);
    if (!bad) bad = measure_requests(m, q, lengths, e);
    if (!bad) bad = choose_context(m, q, lengths, e);
    uint32_t shared = 0;
    if (!bad) bad = measure_shared(m, q, &shared, e);
    struct engine_options needs = bad ? ((struct engine_options){0}) : engine_needs(m, q, shared);
    if (!bad) bad = engine_measure(m->set->head, &needs, &m->plan_info, e);
    if (!bad) bad = weigh(m, q, e);
    if (!bad) bad = prefix_model_id(m->set, &m->id, e);
    if (!bad) bad = engine_open(m->set, q->device->backend, q->device->device, &needs, &m->engine, e);
    if (bad) return bad;
    m->file = path_name(str_from_cstr(q->path));
    m->name = m->info->name.n ? m->info->name : m->file;
    return 0;
}

int loaded_model_open(arena *a, const struct load_request *request, loaded_model **out, error *e) {
    *out = NULL;
    loaded_model *m = ARENA_NEW(a, loaded_model);
    if (!m) return error_set(e, ERROR_MEMORY, "out of memory");
    m->opener = load_opener_large();
    int bad = open_all(a, m, request, e);
    gguf_set_close(m->set);
    m->set = NULL;
    if (bad) {
        if (bad != ERROR_CANCELLED) error_in_file(e, str_from_cstr(request->path));
        loaded_model_close(m);
        return bad;
    }
    *out = m;
    return 0;
}

void loaded_model_close(loaded_model *m) {
    if (!m) return;
    engine_close(m->engine);
    tokenizer_free(m->tokenizer);
    m->engine = NULL;
    m->tokenizer = NULL;
}
