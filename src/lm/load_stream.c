/* load_stream.c - see load_stream.h. One thread reads, one writes, a ring of memory between them.
 *
 *     jobs, by place in the file:   |norm|q......|k..|v..|o......|norm|gate........|
 *     pieces of up to 16 MiB:       |───────0───────|───────1───────|──────2──── …       whole rows, from a page on
 *
 *     reader:  wait until the device has left the slot ─► one aligned read into it        ┐ 4 slots
 *     writer:  weight_write from inside the slot, for each job's rows in it               ┘
 *
 * The disk so never waits for a tensor's end or for packing, and nothing is copied on the way: a piece begins at a
 * multiple of 4096 bytes of the file, as O_DIRECT wants it, and rows begin somewhere inside. What lies between two
 * tensors is read along. Invariant: a slot is read into only after stage_wait said that the device has its rows. Not
 * here: how a file is read (load_reader.c), what is loaded (load.c).
 */
#include "lm/load_stream.h"

#include "lm/load_reader.h"

#include <pthread.h>
#include <stdlib.h>

enum { SLOTS = LOAD_STREAM_SLOTS, GAP_BYTES = 64 << 10 };
#define LONGEST_ROW ((size_t)1 << 30)

/* Jobs [first, first + count) have rows in it: from row `row` of the first to before row `end_row` of the last. */
struct piece {
    uint64_t offset; /* in the file, a multiple of LOAD_ALIGN_BYTES */
    size_t len_bytes;
    uint32_t part;
    size_t first, count;
    int64_t row, end_row;
};

struct slot {
    uint8_t *stage;
    struct piece piece;
    bool full, used;
    int result;
    error e;
};

struct ring {
    struct load_stream *s;
    struct slot slot[SLOTS];
    size_t capacity; /* of a slot */
    size_t next_job;
    int64_t next_row; /* where the next piece begins; the reader's */
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool stop;
};

static int64_t rows_of(const struct load_job *job) { return (int64_t)(job->tensor->size_bytes / job->row_bytes); }
static uint64_t round_up(uint64_t n) { return (n + LOAD_ALIGN_BYTES - 1) & ~(uint64_t)(LOAD_ALIGN_BYTES - 1); }

/* The next piece; false at the end. Each holds a row at least: the capacity has room for the longest. */
static bool next_piece(struct ring *r, struct piece *p) {
    const struct load_stream *s = r->s;
    if (r->next_job == s->jobs.n) return false;
    const struct load_job *job = &s->jobs.at[r->next_job];
    uint64_t begin = job->tensor->offset + (uint64_t)r->next_row * job->row_bytes;
    *p = (struct piece){.offset = begin & ~(uint64_t)(LOAD_ALIGN_BYTES - 1),
                        .part = job->tensor->part,
                        .first = r->next_job,
                        .row = r->next_row};
    uint64_t end = begin;
    for (; r->next_job < s->jobs.n; r->next_job++, r->next_row = 0) {
        job = &s->jobs.at[r->next_job];
        uint64_t at = job->tensor->offset + (uint64_t)r->next_row * job->row_bytes;
        if (job->tensor->part != p->part || at < end || (p->count && at - end > GAP_BYTES)) break;
        uint64_t room = p->offset + r->capacity > at ? (p->offset + r->capacity - at) / job->row_bytes : 0;
        int64_t left = rows_of(job) - r->next_row, taken = room < (uint64_t)left ? (int64_t)room : left;
        if (taken == 0) break;
        p->count++;
        end = at + (uint64_t)taken * job->row_bytes;
        r->next_row += taken;
        p->end_row = r->next_row;
        if (taken < left) break;
    }
    uint64_t size = s->set->sources[p->part].size_bytes, len = round_up(end - p->offset);
    p->len_bytes =
        (size_t)(len < size - p->offset ? len : size - p->offset); /* a page's rest, but for the file's end */
    return true;
}

static void fill(struct ring *r, struct slot *slot) {
    const struct load_stream *s = r->s;
    const gguf_source *source = &s->set->sources[slot->piece.part];
    slot->result = slot->used ? s->g->backend->stage_wait(s->g->device, slot->stage, &slot->e) : 0;
    if (slot->result) return;
    slot->result = source->read(source->context, slot->piece.offset, slot->stage, slot->piece.len_bytes, &slot->e);
    if (slot->result) error_in_file(&slot->e, str_from_cstr(s->set->paths[slot->piece.part]));
}

static void *read_pieces(void *argument) {
    struct ring *r = argument;
    struct piece p;
    for (unsigned turn = 0; next_piece(r, &p); turn++) {
        struct slot *slot = &r->slot[turn % SLOTS];
        pthread_mutex_lock(&r->lock);
        while (slot->full && !r->stop) pthread_cond_wait(&r->changed, &r->lock);
        bool stop = r->stop;
        pthread_mutex_unlock(&r->lock);
        if (stop) break;
        slot->piece = p;
        fill(r, slot);
        pthread_mutex_lock(&r->lock);
        slot->full = slot->used = true;
        pthread_cond_broadcast(&r->changed);
        pthread_mutex_unlock(&r->lock);
        if (slot->result) break;
    }
    return NULL;
}

int load_stream_advance(struct load_stream *s, uint64_t bytes, error *e) {
    const struct engine_options *o = &s->g->options;
    s->done_bytes += bytes;
    if (o->progress) o->progress(o->progress_context, s->done_bytes, s->all_bytes);
    if (o->cancel && atomic_load_explicit(o->cancel, memory_order_relaxed))
        return error_set(e, ERROR_CANCELLED, "loading was cancelled");
    return 0;
}

/* Rows [row, end) of a job, from inside the slot. */
static int write_rows(struct load_stream *s, const struct load_job *job, int64_t row, int64_t end, const uint8_t *rows,
                      error *e) {
    if (job->weight) return s->g->backend->weight_write(job->weight, row, end - row, rows, e);
    float *values = malloc((size_t)job->tensor->count * sizeof *values);
    if (!values) return error_set(e, ERROR_MEMORY, "no memory for tensor %.*s", STR_ARG(job->tensor->name));
    tensor_dequantise((enum tensor_type)job->tensor->type->id, rows, (size_t)job->tensor->count, values);
    s->g->backend->upload(s->g->queue, job->vector, values, (size_t)job->tensor->count * sizeof *values);
    free(values);
    return 0;
}

static int write_piece(struct load_stream *s, const struct slot *slot, error *e) {
    const struct piece *p = &slot->piece;
    for (size_t i = 0; i < p->count; i++) {
        const struct load_job *job = &s->jobs.at[p->first + i];
        int64_t row = i == 0 ? p->row : 0, end = i + 1 == p->count ? p->end_row : rows_of(job);
        uint64_t at = job->tensor->offset + (uint64_t)row * job->row_bytes - p->offset;
        int bad = write_rows(s, job, row, end, slot->stage + at, e);
        if (!bad) bad = load_stream_advance(s, (uint64_t)(end - row) * job->row_bytes, e);
        if (bad) return bad;
    }
    return 0;
}

/* Takes the pieces as they come; `pieces` of them. */
static int write_all(struct ring *r, error *e) {
    struct load_stream *s = r->s;
    size_t done = 0;
    for (unsigned turn = 0; done < s->jobs.n; turn++) {
        struct slot *slot = &r->slot[turn % SLOTS];
        pthread_mutex_lock(&r->lock);
        while (!slot->full) pthread_cond_wait(&r->changed, &r->lock);
        pthread_mutex_unlock(&r->lock);
        if (slot->result) {
            if (e) *e = slot->e;
            return slot->result;
        }
        int bad = write_piece(s, slot, e);
        if (bad) return bad;
        const struct piece *p = &slot->piece;
        done = p->first + p->count - (p->end_row < rows_of(&s->jobs.at[p->first + p->count - 1]));
        pthread_mutex_lock(&r->lock);
        slot->full = false;
        pthread_cond_broadcast(&r->changed);
        pthread_mutex_unlock(&r->lock);
    }
    return 0;
}

static int by_place(const void *left, const void *right) {
    const gguf_tensor *a = ((const struct load_job *)left)->tensor, *b = ((const struct load_job *)right)->tensor;
    if (a->part != b->part) return a->part < b->part ? -1 : 1;
    return a->offset < b->offset ? -1 : a->offset > b->offset;
}

/* Small models have no use for the whole ring; a row must fit, with the rests of two pages. */
static size_t slot_capacity(const struct load_stream *s) {
    uint64_t all = 0, longest = 0, wanted = s->g->options.piece_bytes ? s->g->options.piece_bytes : LOAD_STREAM_BYTES;
    for (size_t i = 0; i < s->jobs.n; i++) {
        all += s->jobs.at[i].tensor->size_bytes;
        if (s->jobs.at[i].row_bytes > longest) longest = s->jobs.at[i].row_bytes;
    }
    if (all < wanted) wanted = all;
    return (size_t)round_up((wanted > longest ? wanted : longest) + LOAD_ALIGN_BYTES);
}

int load_stream_run(struct load_stream *s, error *e) {
    struct ring r = {.s = s};
    pthread_t reader;
    if (s->jobs.n == 0) return 0;
    for (size_t i = 0; i < s->jobs.n; i++)
        if (s->jobs.at[i].row_bytes > LONGEST_ROW)
            return error_set(e, ERROR_LIMIT, "a tensor has rows of %zu bytes; %zu can be", s->jobs.at[i].row_bytes,
                             LONGEST_ROW);
    qsort(s->jobs.at, s->jobs.n, sizeof *s->jobs.at, by_place);
    r.capacity = slot_capacity(s);
    int bad = 0;
    for (int i = 0; i < SLOTS && !bad; i++) {
        r.slot[i].stage = s->g->backend->stage_alloc(s->g->device, r.capacity, e);
        if (!r.slot[i].stage) bad = e ? (int)e->code : (int)ERROR_MEMORY;
    }
    pthread_mutex_init(&r.lock, NULL);
    pthread_cond_init(&r.changed, NULL);
    if (!bad && pthread_create(&reader, NULL, read_pieces, &r) != 0)
        bad = error_set(e, ERROR_MEMORY, "no thread to read the model with");
    else if (!bad) {
        bad = write_all(&r, e);
        pthread_mutex_lock(&r.lock);
        r.stop = true;
        pthread_cond_broadcast(&r.changed);
        pthread_mutex_unlock(&r.lock);
        pthread_join(reader, NULL);
    }
    for (int i = 0; i < SLOTS; i++) { /* what the device was given is there, or was not */
        if (!bad && r.slot[i].used) bad = s->g->backend->stage_wait(s->g->device, r.slot[i].stage, e);
        s->g->backend->stage_free(s->g->device, r.slot[i].stage);
    }
    pthread_cond_destroy(&r.changed);
    pthread_mutex_destroy(&r.lock);
    for (size_t i = 0; i < s->jobs.n && !bad; i++) {
        const struct load_job *job = &s->jobs.at[i];
        if (job->weight) bad = s->g->backend->weight_finish(job->weight, job->scale, job->scale_count, e);
    }
    return bad;
}
