/* writer.c - the loop of continuous batching.
 *
 * In: conversations. Out: texts, in the order in which they end.
 *
 *     step:  every slot in use gives its unread tokens (a prompt's rest, or the one just drawn), at most STEP_TOKENS of
 * a prompt a step so that the others go on ─► one engine_step ─► a token for each slot that has read all
 *
 * Columns that a step has left (of SPECULATE_COLUMNS) go to guesses: the slot then gives the drawn token and what may
 * follow it, and takes as many tokens as are drawn as guessed, and one more.
 *
 * Invariant: a slot's session holds all its tokens but the unread ones; the last token of a prompt is always computed
 * by the slot itself, so that a fork never needs logits that somebody else saw. Not here: what is done with a text.
 */
#include "draft/writer.h"

#include "base/hash.h"
#include "draft/reply.h"
#include "lm/speculate_cost.h"

#include <stdlib.h>
#include <time.h>

enum { DEFAULT_BATCH = 8, STEP_TOKENS = 512 };

/* A conversation as tokens; the drafts of one brief all hold the same one. */
typedef struct request {
    uint32_t uses;
    sha256_text hash; /* of the turns */
    token_ids tokens;
    bool kept; /* its keys and values need no file: they came from one, were written to one, or it is a repair */
} request;

typedef struct job {
    struct job *next;
    uint32_t number, max_tokens; /* 0 = as many as the context holds */
    uint64_t seed;
    request *request;
} job;

typedef struct slot {
    job *job; /* NULL = free */
    session *session;
    request *held; /* that the session begins with, once the job is over; holds a use of it */
    sampler *sampler;
    uint32_t read;                       /* tokens of the prompt that the session holds */
    uint32_t columns[SPECULATE_COLUMNS]; /* the token to be read next, once the prompt is read, and guesses behind it */
    uint32_t guessed;                    /* of the step */
    uint32_t written;
    speculator *speculator;
    struct reply reply;
    double first_s, last_s;
    bool finished;
    enum stop_reason stop;
} slot;

struct writer {
    engine *engine;
    const tokenizer *tokenizer;
    struct writer_options o;
    session *root;
    uint32_t vocabulary;
    slot *slots;                 /* [o.batch] */
    struct engine_input *inputs; /* [o.batch] */
    uint32_t *order;             /* [rows of a step] slot of each row of logits */
    job *waiting, **waiting_end;
    request *newest;     /* holds a use of it, and … */
    request *opening;    /* … of the first conversation, of a repair up to its draft: the root */
    slot *given;         /* whose text the last next() gave */
    int32_t *top_tokens; /* [rows of a step][top] */
    float *top_values;
    uint32_t top; /* best tokens needed a row; 0 = all logits */
    double start_s;
    int keep_failed; /* the first prefix that could not be kept: nothing is tried after it */
    error keep_why;
    uint64_t kept_bytes;
    struct speculate_cost cost;
    struct writer_stats stats;
    struct draft_source source;
};

const char *stop_reason_name(enum stop_reason reason) {
    return reason == STOP_END ? "end" : reason == STOP_LENGTH ? "max tokens" : "context full";
}

static double clock_s(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int out_of_memory(error *e) { return error_set(e, ERROR_MEMORY, "out of memory for writing"); }

/* ---- conversations to tokens ---------------------------------------------------------------------------------------
 */

int writer_encode(const tokenizer *t, enum chat_family family, bool think, const struct chat_turn *turns, size_t count,
                  token_ids *out, error *e) {
    arena *a = arena_new(0);
    tokenizer_scratch *scratch = tokenizer_scratch_new(t);
    const struct chat_piece *pieces;
    size_t n = 0;
    struct chat_options chat = {.think = think};
    int bad = a && scratch ? chat_render(a, family, turns, count, &chat, &pieces, &n, e) : out_of_memory(e);
    for (size_t i = 0; i < n && !bad; i++) {
        unsigned flags = (i == 0 ? TOKENIZE_BEGIN : 0u) | (pieces[i].control ? TOKENIZE_SPECIAL : 0u);
        bad = tokenizer_encode(t, scratch, pieces[i].text, flags, out, e);
    }
    tokenizer_scratch_free(scratch);
    arena_free(a);
    return bad;
}

/* ---- jobs and slots ------------------------------------------------------------------------------------------------
 */

static void request_drop(request *r) {
    if (!r || --r->uses > 0) return;
    token_ids_free(&r->tokens);
    free(r);
}

static void job_free(job *j) {
    if (!j) return;
    request_drop(j->request);
    free(j);
}

/* The text was given: the place is free. What the session holds stays until the next job, which may begin alike. */
static void slot_rest(slot *s) {
    request_drop(s->held);
    s->held = s->job ? s->job->request : NULL;
    if (s->held) s->held->uses++;
    job_free(s->job);
    buf_free(&s->reply.text);
    s->job = NULL;
}

static void slot_clear(slot *s) {
    slot_rest(s);
    request_drop(s->held);
    session_free(s->session);
    s->held = NULL;
    s->session = NULL;
}

static uint32_t context_of(const writer *w) { return engine_describe(w->engine)->context_tokens; }

static int check_request(const writer *w, const token_ids *tokens, error *e) {
    if (tokens->n == 0) return error_set(e, ERROR_USAGE, "the request has no tokens");
    if (tokens->n >= context_of(w))
        return error_set(
            e, ERROR_LIMIT,
            "the request takes %zu tokens, and the context is %u: there is no room to write in; give a larger "
            "--context, or a smaller manifest or brief",
            tokens->n, context_of(w));
    for (size_t i = 0; i < tokens->n; i++)
        if (tokens->at[i] >= w->vocabulary)
            return error_set(e, ERROR_SCHEMA, "the tokenizer gives token %u, the model has %u", tokens->at[i],
                             w->vocabulary);
    return 0;
}

static sha256_text hash_turns(const struct chat_turn *turns, size_t count) {
    sha256 *h = sha256_new();
    if (!h) return (sha256_text){{0}};
    for (size_t i = 0; i < count; i++) {
        const uint64_t frame[2] = {(uint64_t)turns[i].role, (uint64_t)turns[i].text.n};
        sha256_add(h, str_make(frame, sizeof frame));
        sha256_add(h, turns[i].text);
    }
    return sha256_finish(h);
}

/* The request for these turns, with a use for the caller: the newest one again when they are the same. */
static int get_request(writer *w, const struct chat_turn *turns, size_t count, request **out, error *e) {
    sha256_text hash = hash_turns(turns, count);
    if (!w->newest || !hash.text[0] || strcmp(w->newest->hash.text, hash.text) != 0) {
        request *r = calloc(1, sizeof *r);
        if (!r) return out_of_memory(e);
        r->uses = 1;
        r->hash = hash;
        int bad = writer_encode(w->tokenizer, w->o.family, w->o.think, turns, count, &r->tokens, e);
        if (!bad) bad = check_request(w, &r->tokens, e);
        if (bad) return request_drop(r), bad;
        request_drop(w->newest);
        w->newest = r;
    }
    w->newest->uses++;
    *out = w->newest;
    return 0;
}

/* The first conversation may be a repair (of a draft that an earlier run wrote): what all texts share ends before the
 * draft in it. */
static int get_opening(writer *w, const struct draft_job *first, error *e) {
    size_t count = first->first ? 0 : first->count;
    while (count < first->count && first->turns[count].role != CHAT_ASSISTANT) count++;
    int bad = get_request(w, first->turns, count, &w->opening, e);
    if (bad) return bad;
    w->opening->kept = true; /* writer_keep_prefix knows of the root */
    w->stats.prompt_tokens = (uint32_t)w->opening->tokens.n;
    return 0;
}

static uint32_t smaller_limit(uint32_t a, uint32_t b) { return a == 0 || (b != 0 && b < a) ? b : a; }

static int begin(void *context, const struct draft_job *asked, error *e) {
    writer *w = context;
    job *j = calloc(1, sizeof *j);
    if (!j) return out_of_memory(e);
    if (w->start_s == 0) w->start_s = clock_s();
    int bad = w->opening ? 0 : get_opening(w, asked, e);
    if (!bad) bad = get_request(w, asked->turns, asked->count, &j->request, e);
    if (bad) return job_free(j), bad;
    j->number = asked->number;
    j->seed = asked->seed;
    j->max_tokens = smaller_limit(asked->max_tokens, w->o.max_tokens);
    if (asked->first) {
        j->request->kept = true; /* a repair: nobody asks that again */
        if (!w->waiting) w->waiting_end = &j->next;
        j->next = w->waiting;
        w->waiting = j;
    } else {
        *w->waiting_end = j;
        w->waiting_end = &j->next;
    }
    return 0;
}

/* The opening becomes the root: all of it but the last token, which each slot computes itself. */
static int make_root(writer *w, error *e) {
    double from = clock_s();
    const uint32_t *tokens = w->opening->tokens.at, n = (uint32_t)w->opening->tokens.n - 1;
    w->stats.prefix = PREFIX_OFF;
    if (w->o.prefix_folder && n)
        w->stats.prefix = prefix_cache_load(w->engine, w->o.prefix_folder, w->o.model_id, tokens, n, &w->root);
    int bad = 0;
    if (w->stats.prefix == PREFIX_HIT)
        w->stats.prefix_tokens = n;
    else
        bad = session_new(w->engine, &w->root, e);
    if (!bad && n && w->stats.prefix != PREFIX_HIT) {
        struct engine_input in = {w->root, tokens, n, 0};
        bad = engine_step(w->engine, &in, 1, e);
        if (!bad) w->stats.prefill_tokens += n;
    }
    w->stats.prefill_s += clock_s() - from;
    return bad;
}

static uint32_t shared_tokens(const session *s, const request *r) {
    uint32_t n = session_length(s), same = 0;
    const uint32_t *tokens = session_tokens(s);
    if (n > r->tokens.n - 1) n = (uint32_t)r->tokens.n - 1;
    while (same < n && tokens[same] == r->tokens.at[same]) same++;
    return same;
}

/* Keeps the first `count` tokens of a session, as long as this run's files fit beside each other: more of them would
 * only drive each other out. A failure is remembered, not told: texts are being written. */
static void keep(writer *w, const session *s, uint32_t count) {
    uint64_t bytes = (uint64_t)count * engine_describe(w->engine)->cache_token_bytes;
    if (w->keep_failed || count == 0 || session_length(s) < count || w->kept_bytes + bytes > PREFIX_KEEP_BYTES) return;
    w->kept_bytes += bytes;
    w->keep_failed = prefix_cache_save(w->engine, w->o.prefix_folder, w->o.model_id, s, count, 0, &w->keep_why);
}

/* The request that the slot's session begins with, before the session goes. */
static void keep_request(writer *w, const slot *s) {
    request *r = s->job ? s->job->request : s->held;
    if (!w->o.prefix_folder || !s->session || !r || r->kept || session_length(s->session) + 1 < r->tokens.n) return;
    r->kept = true;
    uint32_t count = (uint32_t)r->tokens.n - 1;
    if (shared_tokens(w->root, r) < count) keep(w, s->session, count); /* else the root's file has it */
}

int writer_keep_prefix(writer *w, error *e) {
    if (!w->o.prefix_folder) return 0;
    for (uint32_t i = 0; i < w->o.batch; i++) keep_request(w, &w->slots[i]);
    if (w->root && w->stats.prefix != PREFIX_HIT) keep(w, w->root, session_length(w->root));
    if (w->keep_failed && e) *e = w->keep_why;
    return w->keep_failed;
}

/* The request's keys and values from the file that an earlier run kept, where that is more than texts here share. */
static session *kept_request(writer *w, const job *j, uint32_t *shared) {
    const uint32_t n = (uint32_t)j->request->tokens.n - 1;
    session *s = NULL;
    if (!w->o.prefix_folder || j->request->kept || *shared == n) return NULL;
    if (prefix_cache_load(w->engine, w->o.prefix_folder, w->o.model_id, j->request->tokens.at, n, &s) == PREFIX_HIT) {
        w->stats.prefix_tokens += n - *shared;
        *shared = n;
        j->request->kept = true;
    }
    return s;
}

/* The text that begins most like the job's: the root, or one that is or was written to the same brief. */
static const session *nearest_text(const writer *w, const job *j, uint32_t *shared) {
    const session *nearest = w->root;
    *shared = shared_tokens(w->root, j->request);
    for (uint32_t i = 0; i < w->o.batch && *shared + 1 < j->request->tokens.n; i++) {
        if (!w->slots[i].session) continue;
        uint32_t same = shared_tokens(w->slots[i].session, j->request);
        if (same > *shared) *shared = same, nearest = w->slots[i].session;
    }
    return nearest;
}

static int fill_slot(writer *w, slot *s, error *e) {
    int bad = w->root ? 0 : make_root(w, e);
    if (bad) {
        session_free(w->root); /* cancelled: the next call begins again */
        w->root = NULL;
        return bad;
    }
    job *j = w->waiting;
    struct sampler_options o = w->o.sampler;
    if (!s->sampler) bad = sampler_new(&o, w->vocabulary, &s->sampler, e);
    if (!bad && !s->speculator) bad = speculator_new(w->o.speculate, context_of(w), &s->speculator, e);
    uint32_t shared = 0;
    session *begun = NULL;
    const session *nearest = nearest_text(w, j, &shared);
    if (!bad) begun = kept_request(w, j, &shared);
    if (!bad && !begun) bad = session_fork(nearest, shared, &begun, e);
    if (bad) return bad;
    keep_request(w, s);
    session_free(s->session);
    s->session = begun;
    sampler_seed(s->sampler, j->seed);
    speculator_begin(s->speculator, j->request->tokens.at, j->request->tokens.n);
    w->waiting = j->next;
    if (!w->waiting) w->waiting_end = &w->waiting;
    j->next = NULL;
    s->job = j;
    s->read = shared;
    s->written = 0;
    s->finished = false;
    s->reply = reply_begin(w->tokenizer, w->o.family);
    return 0;
}

/* ---- a step
 * ---------------------------------------------------------------------------------------------------------- */

static bool writes(const slot *s) { return s->job && !s->finished; }

/* Texts of the step that write; 0 when one still reads its prompt: the step is wide enough then. */
static uint32_t writing_texts(const writer *w) {
    uint32_t texts = 0;
    for (uint32_t i = 0; i < w->o.batch; i++) {
        const slot *s = &w->slots[i];
        if (!writes(s)) continue;
        if (s->job->request->tokens.n - s->read > 1) return 0;
        texts++;
    }
    return texts;
}

/* At most `room` guesses, so that no text is read past its end or the context's. `columns` are in the step so far. */
static uint32_t guess(writer *w, slot *s, uint32_t texts, uint32_t columns, uint32_t room) {
    uint32_t left = context_of(w) - session_length(s->session) - 1;
    double chance = 0;
    if (w->o.speculate == SPECULATE_AUTO && !speculate_cost_open(&w->cost)) return 0;
    if (s->job->max_tokens && s->job->max_tokens - s->written - 1 < left) left = s->job->max_tokens - s->written - 1;
    uint32_t count = speculator_guess(s->speculator, room < left ? room : left, s->columns + 1, &chance);
    if (count && w->o.speculate == SPECULATE_AUTO)
        count = speculate_cost_choose(&w->cost, texts, columns, count, chance);
    return count;
}

/* Inputs of all slots in use; `prompt` = whether one still reads its prompt. */
static uint32_t gather(writer *w, uint32_t *rows, bool *prompt) {
    uint32_t count = 0, texts = writing_texts(w), columns = texts, waiting = texts;
    *rows = 0;
    *prompt = false;
    for (uint32_t i = 0; i < w->o.batch; i++) {
        slot *s = &w->slots[i];
        if (!writes(s)) continue;
        uint32_t left = (uint32_t)s->job->request->tokens.n - s->read;
        struct engine_input *in = &w->inputs[count++];
        s->guessed = 0;
        if (left) {
            uint32_t take = left < STEP_TOKENS ? left : STEP_TOKENS;
            *in = (struct engine_input){s->session, s->job->request->tokens.at + s->read, take, take == left};
            if (left > 1) *prompt = true;
        } else {
            uint32_t spare = texts && columns < SPECULATE_COLUMNS ? SPECULATE_COLUMNS - columns : 0;
            if (spare) columns += s->guessed = guess(w, s, texts, columns, (spare + waiting - 1) / waiting);
            *in = (struct engine_input){s->session, s->columns, 1 + s->guessed, 1 + s->guessed};
        }
        if (waiting > 1) waiting--; /* slots that share what is spare */
        for (uint32_t k = 0; k < in->want; k++) w->order[(*rows)++] = i;
    }
    return count;
}

/* What the drawn token means for the slot. */
static int take_token(writer *w, slot *s, uint32_t token, error *e) {
    double now = clock_s();
    s->columns[0] = token;
    s->last_s = now;
    if (s->written++ == 0) s->first_s = now;
    if (w->stats.first_token_s == 0) w->stats.first_token_s = now - w->start_s;
    w->stats.written_tokens++;
    s->stop = STOP_END;
    s->finished =
        tokenizer_is_end(w->tokenizer, token) || token == tokenizer_special(w->tokenizer, chat_end(w->o.family));
    if (s->finished) return 0;
    str piece;
    s->finished = reply_add(&s->reply, tokenizer_piece(w->tokenizer, token), &piece);
    if (s->reply.text.failed) return out_of_memory(e);
    speculator_add(s->speculator, token, piece);
    if (w->source.wrote) w->source.wrote(w->source.wrote_context, s->job->number, piece);
    if (s->finished) return 0;
    uint32_t length = (uint32_t)s->job->request->tokens.n + s->written;
    if (s->job->max_tokens && s->written >= s->job->max_tokens)
        s->finished = true, s->stop = STOP_LENGTH;
    else if (length > context_of(w))
        s->finished = true, s->stop = STOP_CONTEXT;
    return 0;
}

/* The token behind the first `length` of the slot's session, from logits row `row`. Penalties look at what was written
 * since the request: its names are to be used, and would else be less likely than invented ones. */
static int draw_token(writer *w, slot *s, uint32_t row, uint32_t length, uint32_t *token, error *e) {
    if (w->top)
        return sampler_pick_top(s->sampler, w->top_tokens + (size_t)row * w->top, w->top_values + (size_t)row * w->top,
                                w->top, token, e);
    const float *logits = engine_logits(w->engine, row);
    if (!logits) return error_set(e, ERROR_MEMORY, "the logits cannot be fetched from the device");
    const uint32_t asked = (uint32_t)s->job->request->tokens.n;
    return sampler_pick(s->sampler, logits, session_tokens(s->session) + asked, length - asked, NULL, token, e);
}

/* Draws as long as the draw is the guess, and once more; one draw a token, as without guesses. */
static int draw_slot(writer *w, slot *s, uint32_t row, error *e) {
    uint32_t guesses[SPECULATE_COLUMNS], taken = 0, length = session_length(s->session) - s->guessed;
    memcpy(guesses, s->columns, sizeof guesses);
    int bad;
    for (bool same = true; same; taken += same) {
        uint32_t token = 0;
        bad = draw_token(w, s, row + taken, length + taken, &token, e);
        if (!bad) bad = take_token(w, s, token, e);
        same = !bad && taken < s->guessed && token == guesses[taken + 1];
        if (same && s->finished) { /* the end was guessed */
            taken++;
            break;
        }
    }
    if (s->guessed) session_truncate(s->session, length + taken);
    if (!bad) speculator_report(s->speculator, s->guessed, taken);
    return bad;
}

static int draw_tokens(writer *w, uint32_t rows, error *e) {
    int bad = 0;
    for (uint32_t row = 0; row < rows && !bad;) {
        slot *s = &w->slots[w->order[row]];
        bad = draw_slot(w, s, row, e);
        row += 1 + s->guessed;
    }
    return bad;
}

static int step(writer *w, error *e) {
    uint32_t rows, tokens = 0;
    bool prompt;
    uint32_t count = gather(w, &rows, &prompt);
    uint64_t written = w->stats.written_tokens;
    double from = clock_s();
    /* What the draws need comes with the step: one wait for the device a token. */
    const struct engine_fetch fetch = {
        .top = rows ? w->top : 0, .token = w->top_tokens, .value = w->top_values, .logits = rows && !w->top};
    int bad = engine_step_fetch(w->engine, w->inputs, count, &fetch, e);
    if (bad) return bad;
    uint32_t at = 0;
    for (uint32_t i = 0; i < w->o.batch; i++) {
        slot *s = &w->slots[i];
        if (!writes(s)) continue;
        if (s->read < s->job->request->tokens.n) s->read += w->inputs[at].count;
        tokens += w->inputs[at++].count;
    }
    bad = draw_tokens(w, rows, e);
    double took = clock_s() - from;
    if (prompt)
        w->stats.prefill_s += took, w->stats.prefill_tokens += tokens;
    else {
        uint32_t given = (uint32_t)(w->stats.written_tokens - written);
        w->stats.decode_s += took, w->stats.decode_tokens += given, w->stats.decode_steps++;
        w->stats.decode_text_s += took * count;
        if (!bad) speculate_cost_add(&w->cost, count, tokens, given, took);
    }
    return bad;
}

static slot *finished_slot(writer *w) {
    for (uint32_t i = 0; i < w->o.batch; i++)
        if (w->slots[i].job && w->slots[i].finished) return &w->slots[i];
    return NULL;
}

/* Every free slot gets a job, then all slots advance by a step. */
static int advance(writer *w, error *e) {
    bool any = false;
    int bad = 0;
    for (uint32_t i = 0; i < w->o.batch && !bad; i++) {
        if (!w->slots[i].job && w->waiting) bad = fill_slot(w, &w->slots[i], e);
        any |= w->slots[i].job != NULL;
    }
    if (!bad) bad = any ? step(w, e) : error_set(e, ERROR_USAGE, "there is nothing to write");
    if (!bad && w->source.between) bad = w->source.between(w->source.between_context, e);
    return bad;
}

static int next(void *context, struct draft_text *out, error *e) {
    writer *w = context;
    if (w->given) slot_rest(w->given);
    w->given = NULL;
    while (!finished_slot(w)) {
        int bad = advance(w, e);
        if (bad) return bad;
    }
    slot *s = w->given = finished_slot(w);
    *out = (struct draft_text){.job = s->job->number,
                               .text = buf_view(&s->reply.text),
                               .tokens = s->written,
                               .stop = s->stop,
                               .seconds = s->last_s - s->first_s,
                               .guesses = *speculator_counts(s->speculator)};
    speculate_counts_add(&w->stats.speculated, &out->guesses);
    return 0;
}

/* ---- opening
 * --------------------------------------------------------------------------------------------------------- */

int writer_open(engine *g, const tokenizer *t, const struct writer_options *o, writer **out, error *e) {
    *out = NULL;
    writer *w = calloc(1, sizeof *w);
    if (!w) return out_of_memory(e);
    w->engine = g;
    w->tokenizer = t;
    w->o = *o;
    w->stats.prefix = PREFIX_OFF;
    if (w->o.batch == 0) w->o.batch = DEFAULT_BATCH;
    w->waiting_end = &w->waiting;
    w->vocabulary = engine_describe(g)->vocabulary;
    w->slots = calloc(w->o.batch, sizeof *w->slots);
    w->inputs = calloc(w->o.batch, sizeof *w->inputs);
    const size_t rows = (size_t)w->o.batch + SPECULATE_COLUMNS;
    w->order = calloc(rows, sizeof *w->order);
    int bad = w->slots && w->inputs && w->order ? sampler_new(&o->sampler, w->vocabulary, &w->slots[0].sampler, e)
                                                : out_of_memory(e);
    if (!bad) {
        w->top = sampler_top_needed(w->slots[0].sampler);
        w->top_tokens = calloc(w->top * rows + 1, sizeof *w->top_tokens);
        w->top_values = calloc(w->top * rows + 1, sizeof *w->top_values);
        if (!w->top_tokens || !w->top_values) bad = out_of_memory(e);
    }
    if (!bad) bad = engine_warm_up(g, w->top, e);
    w->source = (struct draft_source){.context = w, .ahead = 2 * w->o.batch, .begin = begin, .next = next};
    if (bad)
        writer_close(w);
    else
        *out = w;
    return bad;
}

void writer_close(writer *w) {
    if (!w) return;
    for (uint32_t i = 0; w->slots && i < w->o.batch; i++) {
        slot_clear(&w->slots[i]);
        sampler_free(w->slots[i].sampler);
        speculator_free(w->slots[i].speculator);
    }
    for (job *j = w->waiting, *after; j; j = after) {
        after = j->next;
        job_free(j);
    }
    request_drop(w->newest);
    request_drop(w->opening);
    session_free(w->root);
    free(w->slots);
    free(w->inputs);
    free(w->order);
    free(w->top_tokens);
    free(w->top_values);
    free(w);
}

struct draft_source *writer_source(writer *w) {
    return &w->source;
}
const struct writer_stats *writer_stats_of(const writer *w) { return &w->stats; }
