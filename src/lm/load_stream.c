/* load_stream.c - see load_stream.h.
 *
 *     jobs, sorted by place ──► blocks of 8 MiB ──► two threads read them into a ring ──► this one packs whole rows
 *
 *     file    …[block k                        ][block k+1                      ]…      aligned: direct reads, no
 * copies rows       |  row  |  row  |  row  |  r ow  |  row  | slot      [room for a row][block k]
 *
 * A row that two blocks share is put together in the room in front of the second one. Tensors small or large cost the
 * same a byte, and the disk never waits for packing as long as packing is faster. Two readers, so that one read is
 * under way while the other's thread waits for a processor that packs. Invariant: at most SLOTS blocks are in memory.
 * Not here: which tensors are wanted (load.c), how a file is read (load_reader.c).
 */
#include "lm/load_stream.h"
#include "lm/load_reader.h"

#include <pthread.h>
#include <stdlib.h>

enum { BLOCK_BYTES = LOAD_PIECE_BYTES, SLOTS = 4, READERS = 1 };
#define LONGEST_ROW ((size_t)1 << 30)

struct block {
    uint32_t part;
    uint64_t offset; /* in its file, aligned */
    size_t bytes;
};

struct ring {
    const gguf_set *set;
    VEC(struct block) blocks;
    uint8_t *slot[SLOTS]; /* [room + BLOCK_BYTES] */
    size_t room;          /* aligned */
    pthread_mutex_t lock;
    pthread_cond_t changed;
    size_t claimed, used; /* blocks that a reader has taken; blocks that are done with */
    size_t there[SLOTS];  /* the block in the slot, counted from 1; 0 = none yet */
    unsigned readers;
    bool stop;
    int result; /* the first failure */
    error e;
};

static uint8_t *data_of(const struct ring *r, size_t block) { return r->slot[block % SLOTS] + r->room; }

static int by_place(const void *a, const void *b) {
    const gguf_tensor *x = ((const struct load_job *)a)->tensor, *y = ((const struct load_job *)b)->tensor;
    if (x->part != y->part) return x->part < y->part ? -1 : 1;
    return x->offset < y->offset ? -1 : x->offset > y->offset;
}

/* The blocks that hold all that the jobs want, each once, in the order of the jobs. */
static bool plan(struct load_stream *s, struct ring *r) {
    for (size_t i = 0; i < s->jobs.n; i++) {
        const gguf_tensor *t = s->jobs.at[i].tensor;
        for (uint64_t at = t->offset, end = at + t->size_bytes; at < end;) {
            struct block *b = r->blocks.n ? &r->blocks.at[r->blocks.n - 1] : NULL;
            if (!b || b->part != t->part || at >= b->offset + BLOCK_BYTES) {
                struct block next = {t->part, at & ~(uint64_t)(LOAD_ALIGN_BYTES - 1), 0};
                if (!VEC_PUSH(s->a, &r->blocks, next)) return false;
                b = &r->blocks.at[r->blocks.n - 1];
            }
            uint64_t limit = b->offset + BLOCK_BYTES;
            at = end < limit ? end : limit;
            /* up to the next aligned place, so that a direct read need not be cut, but not beyond the file */
            uint64_t stop = (at + LOAD_ALIGN_BYTES - 1) & ~(uint64_t)(LOAD_ALIGN_BYTES - 1);
            if (stop > r->set->sources[t->part].size_bytes) stop = r->set->sources[t->part].size_bytes;
            if (stop - b->offset > b->bytes) b->bytes = (size_t)(stop - b->offset);
        }
    }
    return true;
}

static void read_block(struct ring *r, size_t i) {
    const struct block *b = &r->blocks.at[i];
    const gguf_source *source = &r->set->sources[b->part];
    error e = {0};
    int bad = source->read(source->context, b->offset, data_of(r, i), b->bytes, &e);
    if (bad) bad = error_in_file(&e, str_from_cstr(r->set->paths[b->part]));
    pthread_mutex_lock(&r->lock);
    if (bad && !r->result) {
        r->result = bad;
        r->e = e;
    }
    r->there[i % SLOTS] = i + 1;
    pthread_cond_broadcast(&r->changed);
    pthread_mutex_unlock(&r->lock);
}

/* The next block that has a slot; waits for one. False when there is nothing more to do. */
static bool claim(struct ring *r, size_t *i) {
    pthread_mutex_lock(&r->lock);
    while (!r->stop && !r->result && r->claimed < r->blocks.n && r->claimed - r->used >= SLOTS)
        pthread_cond_wait(&r->changed, &r->lock);
    bool more = !r->stop && !r->result && r->claimed < r->blocks.n;
    if (more) *i = r->claimed++;
    pthread_mutex_unlock(&r->lock);
    return more;
}

static void *read_blocks(void *argument) {
    for (size_t i; claim(argument, &i);) read_block(argument, i);
    return NULL;
}

/* Waits until block i is there. */
static int await(struct ring *r, size_t i, error *e) {
    for (; r->readers == 0 && r->claimed <= i; r->claimed++) read_block(r, r->claimed);
    pthread_mutex_lock(&r->lock);
    while (r->there[i % SLOTS] != i + 1 && !r->result) pthread_cond_wait(&r->changed, &r->lock);
    int bad = r->result;
    pthread_mutex_unlock(&r->lock);
    if (bad && e) *e = r->e;
    return bad;
}

/* Blocks before i are done with. */
static void release(struct ring *r, size_t i) {
    pthread_mutex_lock(&r->lock);
    r->used = i;
    pthread_cond_broadcast(&r->changed);
    pthread_mutex_unlock(&r->lock);
}

int load_stream_advance(struct load_stream *s, uint64_t bytes, error *e) {
    const struct engine_options *o = &s->g->options;
    s->done_bytes += bytes;
    if (o->progress) o->progress(o->progress_context, s->done_bytes, s->all_bytes);
    if (o->cancel && atomic_load_explicit(o->cancel, memory_order_relaxed))
        return error_set(e, ERROR_CANCELLED, "loading was cancelled");
    return 0;
}

static int put_vector(struct load_stream *s, const struct load_job *j, const uint8_t *bytes, error *e) {
    const gguf_tensor *t = j->tensor;
    float *values = malloc((size_t)t->count * sizeof *values);
    if (!values) return error_set(e, ERROR_MEMORY, "no memory for tensor %.*s", STR_ARG(t->name));
    tensor_dequantise((enum tensor_type)t->type->id, bytes, (size_t)t->count, values);
    s->g->backend->upload(s->g->queue, j->vector, values, (size_t)t->count * sizeof *values);
    free(values);
    return 0;
}

/* All rows of one job; *block is the block that the job before it ended in. */
static int take(struct load_stream *s, struct ring *r, const struct load_job *j, size_t *block, error *e) {
    const gguf_tensor *t = j->tensor;
    uint64_t at = t->offset, end = at + t->size_bytes;
    int64_t row = 0;
    size_t carried = 0; /* bytes of a row begun in the block before, in front of this one */
    for (int bad; at < end;) {
        const struct block *b = &r->blocks.at[*block];
        if (b->part != t->part || at >= b->offset + b->bytes) {
            release(r, ++*block);
            continue;
        }
        if ((bad = await(r, *block, e)) != 0) return bad;
        uint64_t stop = b->offset + b->bytes < end ? b->offset + b->bytes : end;
        const uint8_t *p = data_of(r, *block) + (at - b->offset) - carried;
        size_t here = (size_t)(stop - at) + carried, rows = here / j->row_bytes, rest = here - rows * j->row_bytes;
        if (rows && j->weight) bad = s->g->backend->weight_write(j->weight, row, (int64_t)rows, p, e);
        if (rows && !j->weight) bad = put_vector(s, j, p, e);
        if (!bad) bad = load_stream_advance(s, stop - at, e);
        if (bad) return bad;
        row += (int64_t)rows;
        at = stop;
        carried = at < end ? rest : 0;
        if (!carried) continue;
        if ((bad = await(r, *block + 1, e)) != 0) return bad;
        memcpy(data_of(r, *block + 1) - carried, p + rows * j->row_bytes, carried);
    }
    return j->weight ? s->g->backend->weight_finish(j->weight, j->scale, j->scale_count, e) : 0;
}

static int run(struct load_stream *s, struct ring *r, error *e) {
    pthread_t reader[READERS];
    size_t block = 0;
    int bad = 0;
    while (r->blocks.n > 1 && r->readers < READERS && pthread_create(&reader[r->readers], NULL, read_blocks, r) == 0)
        r->readers++;
    for (size_t i = 0; i < s->jobs.n && !bad; i++) bad = take(s, r, &s->jobs.at[i], &block, e);
    pthread_mutex_lock(&r->lock);
    r->stop = true;
    pthread_cond_broadcast(&r->changed);
    pthread_mutex_unlock(&r->lock);
    for (unsigned i = 0; i < r->readers; i++) pthread_join(reader[i], NULL);
    return bad;
}

int load_stream_run(struct load_stream *s, error *e) {
    struct ring r = {.set = s->set, .lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};
    size_t longest = 0;
    for (size_t i = 0; i < s->jobs.n; i++)
        if (s->jobs.at[i].row_bytes > longest) longest = s->jobs.at[i].row_bytes;
    if (longest > LONGEST_ROW)
        return error_set(e, ERROR_LIMIT, "a tensor has rows of %zu bytes; %zu can be", longest, LONGEST_ROW);
    r.room = (longest + LOAD_ALIGN_BYTES - 1) & ~(size_t)(LOAD_ALIGN_BYTES - 1);
    qsort(s->jobs.at, s->jobs.n, sizeof *s->jobs.at, by_place);
    bool ready = plan(s, &r);
    for (size_t i = 0; i < SLOTS && i < r.blocks.n && ready; i++)
        ready = (r.slot[i] = load_alloc(r.room + BLOCK_BYTES)) != NULL;
    int bad = ready ? run(s, &r, e) : error_set(e, ERROR_MEMORY, "no memory for loading");
    for (size_t i = 0; i < SLOTS; i++) free(r.slot[i]);
    pthread_cond_destroy(&r.changed);
    pthread_mutex_destroy(&r.lock);
    return bad;
}
