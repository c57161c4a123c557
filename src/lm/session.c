/* session.c - texts and their cache pages.
 *
 *     pool     uses[page]: how many sessions name the page; free pages stand in a list
 *     session  pages[i] holds positions CACHE_PAGE*i …; a page named by another session too is copied before it is
 * written
 *
 * Invariant: the sum of uses equals the number of page names in all sessions. Not here: computing anything.
 */
#include "lm/engine_impl.h"

#include <stdlib.h>

int pool_open(struct page_pool *p, uint32_t pages, error *e) {
    p->uses = calloc(pages, sizeof *p->uses);
    p->free = malloc((size_t)pages * sizeof *p->free);
    if (!p->uses || !p->free) return error_set(e, ERROR_MEMORY, "no memory for %u cache pages", pages);
    p->pages = p->free_count = pages;
    for (uint32_t i = 0; i < pages; i++) p->free[i] = (int32_t)(pages - 1 - i);
    return 0;
}
void pool_close(struct page_pool *p) {
    free(p->uses);
    free(p->free);
    *p = (struct page_pool){0};
}
static void release(struct page_pool *p, int32_t page) {
    if (--p->uses[page] == 0) p->free[p->free_count++] = page;
}
static int32_t take(struct page_pool *p) {
    int32_t page = p->free[--p->free_count];
    p->uses[page] = 1;
    return page;
}

int session_new(engine *g, session **out, error *e) {
    *out = NULL;
    session *s = calloc(1, sizeof *s);
    if (s) s->pages = malloc((size_t)g->TABLE * sizeof *s->pages);
    if (!s || !s->pages) {
        free(s);
        return error_set(e, ERROR_MEMORY, "no memory for a session");
    }
    s->engine = g;
    *out = s;
    return 0;
}

void session_free(session *s) {
    if (!s) return;
    session_truncate(s, 0);
    free(s->tokens);
    free(s->pages);
    free(s);
}

void session_truncate(session *s, uint32_t length) {
    if (length > s->length) return;
    uint32_t keep = (length + CACHE_PAGE - 1) / CACHE_PAGE;
    while (s->page_count > keep) release(&s->engine->pool, s->pages[--s->page_count]);
    s->length = length;
}

static int grow_tokens(session *s, uint32_t length, error *e) {
    if (length <= s->capacity) return 0;
    uint32_t capacity = s->capacity * 2 > length ? s->capacity * 2 : length + 256;
    uint32_t *grown = realloc(s->tokens, (size_t)capacity * sizeof *grown);
    if (!grown) return error_set(e, ERROR_MEMORY, "no memory for %u tokens", capacity);
    s->tokens = grown;
    s->capacity = capacity;
    return 0;
}

int session_fork(const session *s, uint32_t length, session **out, error *e) {
    *out = NULL;
    if (length > s->length)
        return error_set(e, ERROR_USAGE, "cannot fork at token %u of a text of %u", length, s->length);
    session *copy;
    int bad = session_new(s->engine, &copy, e);
    if (bad) return bad;
    bad = grow_tokens(copy, length ? length : 1, e);
    if (bad) {
        session_free(copy);
        return bad;
    }
    if (length) memcpy(copy->tokens, s->tokens, (size_t)length * sizeof *copy->tokens);
    copy->length = length;
    copy->page_count = (length + CACHE_PAGE - 1) / CACHE_PAGE;
    for (uint32_t i = 0; i < copy->page_count; i++) {
        copy->pages[i] = s->pages[i];
        s->engine->pool.uses[s->pages[i]]++;
    }
    *out = copy;
    return 0;
}

uint32_t session_length(const session *s) { return s->length; }
const uint32_t *session_tokens(const session *s) { return s->tokens; }

static void copy_page(engine *g, int32_t from, int32_t to) {
    for (uint32_t i = 0; i < g->model.shape.LAYERS; i++) {
        const struct kernels_cache *c = &g->model.layer[i].cache;
        size_t key = kernels_cache_page_bytes(c->type, c->PAGE, c->KV_HEADS, c->KEY);
        size_t value = kernels_cache_page_bytes(c->type, c->PAGE, c->KV_HEADS, c->VALUE);
        if (c->key)
            g->backend->copy(g->queue, (char *)c->key + key * (size_t)to, (char *)c->key + key * (size_t)from, key);
        if (c->value)
            g->backend->copy(g->queue, (char *)c->value + value * (size_t)to, (char *)c->value + value * (size_t)from,
                             value);
    }
}

int session_reserve(session *s, uint32_t count, error *e) {
    engine *g = s->engine;
    uint32_t limit = g->info.context_tokens;
    if (count > limit || s->length > limit - count)
        return error_set(
            e, ERROR_LIMIT,
            "the text has %u tokens and %u more would pass the context of %u; this model was trained on %u", s->length,
            count, limit, g->info.trained_context_tokens);
    uint32_t pages = (s->length + count + CACHE_PAGE - 1) / CACHE_PAGE;
    uint32_t last = s->length / CACHE_PAGE; /* the page that the first new token goes to, if it is there already */
    bool shared = last < s->page_count && g->pool.uses[s->pages[last]] > 1;
    uint32_t wanted = (pages > s->page_count ? pages - s->page_count : 0) + (shared ? 1 : 0);
    if (wanted > g->pool.free_count)
        return error_set(e, ERROR_LIMIT, "the cache is full: %u pages of %d tokens are wanted, %u of %u are free",
                         wanted, CACHE_PAGE, g->pool.free_count, g->pool.pages);
    int bad = grow_tokens(s, s->length + count, e);
    if (bad) return bad;
    if (shared) {
        int32_t own = take(&g->pool);
        copy_page(g, s->pages[last], own);
        release(&g->pool, s->pages[last]);
        s->pages[last] = own;
    }
    while (s->page_count < pages) s->pages[s->page_count++] = take(&g->pool);
    return 0;
}
