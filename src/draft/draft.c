/* draft.c - the loop that asks for drafts, has them scored, asks for repairs, and reports. In: a source of texts. Out:
 * records, in the order of drafts and attempts.
 *
 *     feed ─► source ─► next() ─► scorer ─► apply: a repair is asked for (first in line), or the draft is over
 *              ▲  └── between steps: what was scored meanwhile is applied ──┘        │
 *              └───────────────────────────────────────────────────────────────────┘
 *
 *     report:  001 002 003│004 …     drafts are told in order: what ends early waits for those before it
 *
 * Invariant: source, callbacks `saved` and everything here run on the calling thread; only the scorer has another. Not
 * here: how texts are made (writer.c), how they are kept (folder.c) and judged (scoring.c).
 */
#include "draft/draft.h"

#include "draft/kept.h"
#include "draft/scoring.h"

#include <stdlib.h>

enum { MOST_SCORING = 64 }; /* texts that may wait for the scorer: a source that outruns it is held up */

/* A draft on its way. */
struct course {
    scored *first, **last; /* what is to be reported */
    sha256_text *asked;    /* hash of the request that it was last given; NULL = the task's first */
    bool over;             /* nothing more will come */
};

typedef struct drafting {
    arena *a;
    const struct draft_options *o;
    struct draft_source *source;
    struct draft_result *out;
    scorer *scorer;
    struct course *courses; /* [drafts] */
    uint32_t drafts, begun, writing, scoring, reported;
    bool ending; /* nothing more is begun */
    size_t capacity;
} drafting;

static int out_of_memory(error *e) { return error_set(e, ERROR_MEMORY, "out of memory for drafts"); }

/* Repairs get 53 bits of a mixed number: what reads the sidecar may take numbers for doubles. */
uint64_t draft_seed(uint64_t seed, uint32_t number, uint32_t attempt) {
    uint64_t first = seed + number - 1, x = first + (uint64_t)attempt * 0x9e3779b97f4a7c15u;
    if (attempt == 0) return first;
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u; /* the finaliser of splitmix64 (Steele, Lea, Flood 2014) */
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return (x ^ x >> 31) >> 11;
}

/* ---- reporting -----------------------------------------------------------------------------------------------------
 */

static bool keep_texts(drafting *r, struct draft_record *record) {
    str *texts[] = {&record->path, &record->reason, &record->problem};
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        *texts[i] = texts[i]->n ? arena_str(r->a, *texts[i]) : (str){0};
        if (texts[i]->n && !texts[i]->p) return false;
    }
    return true;
}

static int keep_record(drafting *r, const struct draft_record *record, error *e) {
    struct draft_record *grown = r->out->records;
    if (r->out->count == r->capacity) {
        size_t capacity = r->capacity ? 2 * r->capacity : 16;
        grown = arena_grow(r->a, grown, r->out->count, capacity, sizeof *grown);
        if (!grown) return out_of_memory(e);
        r->out->records = grown;
        r->capacity = capacity;
    }
    grown[r->out->count] = *record;
    return keep_texts(r, &grown[r->out->count++]) ? 0 : out_of_memory(e);
}

static int tell(drafting *r, struct course *p, error *e) {
    int bad = 0;
    for (scored *t; !bad && (t = p->first);) {
        if (r->o->keep_records) bad = keep_record(r, &t->record, e);
        if (!bad && r->o->saved) r->o->saved(r->o->context, &t->record);
        p->first = t->next;
        scored_free(t);
    }
    if (!p->first) p->last = &p->first;
    return bad;
}

/* All that can be told in order; `rest` = what is there, whatever is missing. */
static int report(drafting *r, bool rest, error *e) {
    int bad = 0;
    while (r->reported < r->drafts && !bad) {
        struct course *p = &r->courses[r->reported];
        if (p->first) bad = tell(r, p, e);
        if (!p->over && !rest) break;
        r->reported++;
    }
    return bad;
}

/* ---- asking --------------------------------------------------------------------------------------------------------
 */

static struct draft_request request_of(const drafting *r, uint32_t draft, uint32_t attempt) {
    const struct course *p = &r->courses[draft];
    uint32_t task = draft / r->o->count;
    return (struct draft_request){r->o, task, draft % r->o->count + 1, attempt,
                                  p->asked ? p->asked->text : r->o->tasks[task].first->hash.text};
}

static int give(drafting *r, const struct draft_request *q, const struct draft_record *record, str text, error *e) {
    sha256_text hash;
    memcpy(hash.text, q->prompt_hash, sizeof hash.text);
    int bad = scorer_give(r->scorer, record, &hash, text, e);
    if (!bad) r->scoring++;
    return bad;
}

/* The text of an earlier run, or a job for the source. */
static int ask(drafting *r, uint32_t draft, uint32_t attempt, const prompt *asked, error *e) {
    const struct draft_request q = request_of(r, draft, attempt);
    const struct draft_task *task = &r->o->tasks[q.task];
    struct draft_record record = {.task = q.task, .number = q.number, .attempt = attempt};
    if (r->o->resume && task->folder) {
        str text = {0};
        arena *a = arena_new(0);
        int bad = a ? draft_kept(a, &q, &text, &record, e) : out_of_memory(e);
        bool there = !bad && text.p;
        if (there) bad = give(r, &q, &record, text, e);
        arena_free(a);
        if (there || bad) return bad;
    }
    const struct draft_job job = {.number = draft_job_number(r->o, draft, attempt),
                                  .turns = asked->turns,
                                  .count = asked->count,
                                  .seed = draft_seed(r->o->seed, q.number, attempt),
                                  .max_tokens = task->max_tokens,
                                  .first = attempt > 0};
    int bad = r->source->begin(r->source->context, &job, e);
    if (!bad) r->writing++;
    return bad;
}

static int feed(drafting *r, error *e) {
    int bad = 0;
    while (!bad && r->begun < r->drafts && r->scoring < MOST_SCORING &&
           (r->source->ahead == 0 || r->writing < r->source->ahead)) {
        bad = ask(r, r->begun, 0, r->o->tasks[r->begun / r->o->count].first, e);
        if (!bad) r->begun++;
    }
    return bad;
}

/* Asks for the repair of a text that failed; a request that does not fit the context is a note, no error. */
static int ask_repair(drafting *r, uint32_t draft, scored *item, error *e) {
    struct course *p = &r->courses[draft];
    sha256_text *before = p->asked;
    error local = {0};
    struct draft_record *record = &item->record;
    p->asked = malloc(sizeof *p->asked);
    if (!p->asked) return p->asked = before, out_of_memory(e);
    *p->asked = item->repair->hash;
    int bad = ask(r, draft, record->attempt + 1, item->repair, &local);
    record->repaired = !bad;
    if (!bad) return free(before), 0;
    free(p->asked);
    p->asked = before;
    if (bad == ERROR_LIMIT) {
        record->problem = arena_printf(item->a, "not repaired: %s", local.message);
        return record->problem.p ? 0 : out_of_memory(e);
    }
    if (e) *e = local;
    return bad;
}

/* ---- what was scored -----------------------------------------------------------------------------------------------
 */

/* Takes what a scored text means; the item waits to be told, then it is freed. */
static int apply(drafting *r, scored *item, error *e) {
    r->scoring--;
    int bad = item->failed;
    if (bad && e) *e = item->why;
    if (bad) return scored_free(item), bad;
    uint32_t draft = draft_index(r->o, item->record.task, item->record.number);
    struct course *p = &r->courses[draft];
    if (item->record.attempt == 0) r->out->done[draft] = true, r->out->finished++;
    r->out->kept += item->record.kept;
    if (item->repair && r->ending)
        r->out->unrepaired++;
    else if (item->repair)
        bad = ask_repair(r, draft, item, e);
    if (!item->record.repaired) {
        p->over = true;
        r->out->passed += item->record.passed;
        free(p->asked);
        p->asked = NULL;
    }
    item->next = NULL;
    *p->last = item;
    p->last = &item->next;
    int worse = report(r, false, bad ? NULL : e);
    return bad ? bad : worse;
}

static int drain(drafting *r, bool all, error *e) {
    int bad = 0;
    for (scored *item; !bad && r->scoring && (item = scorer_take(r->scorer, all));) bad = apply(r, item, e);
    return bad;
}

static int between(void *context, error *e) {
    drafting *r = context;
    int bad = drain(r, false, e);
    return bad ? bad : feed(r, e);
}

/* ---- the run ------------------------------------------------------------------------------------------------------
 */

static int take_text(drafting *r, error *e) {
    struct draft_text text;
    int bad = r->source->next(r->source->context, &text, e);
    if (bad) return bad;
    r->writing--;
    uint32_t draft = text.job / (r->o->repairs + 1), attempt = text.job % (r->o->repairs + 1);
    const struct draft_request q = request_of(r, draft, attempt);
    struct draft_record record = {.task = q.task,
                                  .number = q.number,
                                  .attempt = attempt,
                                  .tokens = text.tokens,
                                  .stop = text.stop,
                                  .guesses = text.guesses};
    return give(r, &q, &record, text.text, e);
}

static int write_all(drafting *r, error *e) {
    int bad = r->o->resume ? draft_check_kept(r->o, e) : 0; /* seen before anything is written */
    while (!bad) {
        bad = between(r, e);
        if (bad) break;
        if (r->writing)
            bad = take_text(r, e);
        else if (r->scoring)
            bad = apply(r, scorer_take(r->scorer, true), e);
        else if (r->begun == r->drafts)
            break;
        while (!bad && r->scoring >= MOST_SCORING) bad = apply(r, scorer_take(r->scorer, true), e);
    }
    return bad;
}

int draft_run(arena *a, const struct draft_options *o, struct draft_source *source, struct draft_result *out,
              error *e) {
    drafting r = {.a = a, .o = o, .source = source, .out = out, .drafts = o->task_count * o->count};
    *out = (struct draft_result){.done = ARENA_ARRAY(a, bool, r.drafts)};
    r.courses = calloc((size_t)r.drafts + 1, sizeof *r.courses);
    if (!out->done || !r.courses) return free(r.courses), out_of_memory(e);
    int bad = scorer_new(o, &r.scorer, e);
    for (uint32_t i = 0; i < r.drafts && !bad; i++) r.courses[i].last = &r.courses[i].first;
    source->between = between;
    source->between_context = &r;
    if (!bad) bad = write_all(&r, e);
    source->between = NULL;
    r.ending = true;
    if (r.scorer) { /* what was finished is saved and judged, whatever ended the run */
        int worse = drain(&r, true, bad ? NULL : e);
        if (!worse) worse = report(&r, true, bad ? NULL : e);
        if (!bad) bad = worse;
    }
    scorer_free(r.scorer);
    for (uint32_t i = 0; i < r.drafts; i++) {
        for (scored *t; (t = r.courses[i].first); scored_free(t)) r.courses[i].first = t->next;
        free(r.courses[i].asked);
    }
    free(r.courses);
    return bad;
}
