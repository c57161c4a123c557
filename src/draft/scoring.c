/* scoring.c - see scoring.h. In: texts. Out: records in the same order.
 *
 * Invariant: a text is on disk before it is judged, judged before its sidecar says how, and all of that before it can
 * be taken. Two lists under one lock; the work itself holds no lock.
 */
#include "draft/scoring.h"

#include "base/file.h"

#include <pthread.h>
#include <stdlib.h>

struct list {
    scored *first, **last;
};

struct scorer {
    const struct draft_options *o;
    arena *scratch; /* of the thread that works */
    pthread_t thread;
    bool threaded, ending;
    pthread_mutex_t lock;
    pthread_cond_t given, done; /* something was put into … */
    struct list todo, ready;
    uint32_t unready; /* given and not ready */
};

static void list_put(struct list *l, scored *item) {
    item->next = NULL;
    *l->last = item;
    l->last = &item->next;
}

static scored *list_get(struct list *l) {
    scored *item = l->first;
    if (!item) return NULL;
    l->first = item->next;
    if (!l->first) l->last = &l->first;
    return item;
}

void scored_free(scored *item) {
    if (item) arena_free(item->a); /* it lives in there itself */
}

/* ---- the work ------------------------------------------------------------------------------------------------------
 */

static int out_of_memory(error *e) { return error_set(e, ERROR_MEMORY, "out of memory for judging drafts"); }

static int judge(const scorer *s, scored *item, judgement *judged, error *e) {
    const struct draft_task *task = &s->o->tasks[item->record.task];
    struct draft_record *r = &item->record;
    error local = {0};
    int bad = gate_judge(s->scratch, &task->gate, r->path, item->text, judged, &local);
    if (bad == ERROR_MEMORY || bad == ERROR_USAGE) {
        *e = local;
        return bad;
    }
    r->judged = !bad;
    if (bad) {
        r->problem = arena_printf(item->a, "not judged: %s", local.message);
        return r->problem.p ? 0 : out_of_memory(e);
    }
    r->passed = judged->passed;
    r->score = judged->score;
    r->minimum = judged->minimum;
    r->reason_count = judged->reason_count;
    if (judged->reason_count) r->reason = arena_str(item->a, judged->reasons[0]);
    return 0;
}

static int make_repair(const scorer *s, scored *item, const judgement *judged, error *e) {
    const struct draft_task *task = &s->o->tasks[item->record.task];
    item->repair = ARENA_NEW(item->a, prompt);
    return item->repair ? prompt_repair(item->a, task->first, item->text, &task->gate, judged, item->repair, e)
                        : out_of_memory(e);
}

static int work(const scorer *s, scored *item, error *e) {
    const struct draft_options *o = s->o;
    struct draft_record *r = &item->record;
    const struct draft_task *task = &o->tasks[r->task];
    const struct draft_request q = {o, r->task, r->number, r->attempt, item->prompt_hash.text};
    judgement judged = {0};
    int bad = 0;
    r->path = draft_path(item->a, task, r->number, r->attempt, ".md");
    if (!r->path.p) return out_of_memory(e);
    if (task->folder && !r->kept) {
        bad = draft_sidecar_write(s->scratch, &q, item->text, r, NULL, e);
        if (!bad) bad = file_write((const char *)r->path.p, item->text, e);
    }
    if (!bad) bad = judge(s, item, &judged, e);
    if (!bad && task->folder) bad = draft_sidecar_write(s->scratch, &q, item->text, r, r->judged ? &judged : NULL, e);
    if (!bad && o->judged) o->judged(o->context, r, r->judged ? &judged : NULL);
    if (!bad && r->judged && !r->passed && r->attempt < o->repairs) bad = make_repair(s, item, &judged, e);
    return bad;
}

static void finish(scorer *s, scored *item) {
    item->failed = work(s, item, &item->why);
    arena_reset(s->scratch);
}

static void *score_all(void *argument) {
    scorer *s = argument;
    pthread_mutex_lock(&s->lock);
    for (;;) {
        while (!s->todo.first && !s->ending) pthread_cond_wait(&s->given, &s->lock);
        scored *item = list_get(&s->todo);
        if (!item) break;
        pthread_mutex_unlock(&s->lock);
        finish(s, item);
        pthread_mutex_lock(&s->lock);
        list_put(&s->ready, item);
        s->unready--;
        pthread_cond_signal(&s->done);
    }
    pthread_mutex_unlock(&s->lock);
    return NULL;
}

/* ---- the caller's side --------------------------------------------------------------------------------------------
 */

int scorer_new(const struct draft_options *o, scorer **out, error *e) {
    *out = NULL;
    scorer *s = calloc(1, sizeof *s);
    if (!s) return out_of_memory(e);
    s->o = o;
    s->todo.last = &s->todo.first;
    s->ready.last = &s->ready.first;
    s->scratch = arena_new(0);
    if (!s->scratch) return free(s), out_of_memory(e);
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->given, NULL);
    pthread_cond_init(&s->done, NULL);
    s->threaded = !o->serial && pthread_create(&s->thread, NULL, score_all, s) == 0;
    *out = s;
    return 0;
}

void scorer_free(scorer *s) {
    if (!s) return;
    pthread_mutex_lock(&s->lock);
    s->ending = true;
    pthread_cond_signal(&s->given);
    pthread_mutex_unlock(&s->lock);
    if (s->threaded) pthread_join(s->thread, NULL);
    for (scored *item; (item = list_get(&s->ready));) scored_free(item);
    pthread_mutex_destroy(&s->lock);
    pthread_cond_destroy(&s->given);
    pthread_cond_destroy(&s->done);
    arena_free(s->scratch);
    free(s);
}

int scorer_give(scorer *s, const struct draft_record *record, const sha256_text *prompt_hash, str text, error *e) {
    arena *a = arena_new(0);
    scored *item = a ? ARENA_NEW(a, scored) : NULL;
    if (item) *item = (scored){.a = a, .record = *record, .prompt_hash = *prompt_hash, .text = arena_str(a, text)};
    if (!item || (text.n && !item->text.p)) return arena_free(a), out_of_memory(e);
    if (!s->threaded) {
        finish(s, item);
        list_put(&s->ready, item);
        return 0;
    }
    pthread_mutex_lock(&s->lock);
    list_put(&s->todo, item);
    s->unready++;
    pthread_cond_signal(&s->given);
    pthread_mutex_unlock(&s->lock);
    return 0;
}

scored *scorer_take(scorer *s, bool wait) {
    pthread_mutex_lock(&s->lock);
    while (wait && !s->ready.first && s->unready) pthread_cond_wait(&s->done, &s->lock);
    scored *item = list_get(&s->ready);
    pthread_mutex_unlock(&s->lock);
    return item;
}
