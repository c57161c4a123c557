/* matcher.c - one walk over the words, and patterns only where a trigger word stands.
 *
 * In: article, ruleset data. Out: per rule, the places that match.
 *
 *     for each sentence whose scope any rule wants
 *         for each word that may begin a phrase: walk the trie as far as the words go
 *             outputs: match / exception / pattern to run on this sentence
 *         run the triggered patterns
 *     per rule: sort, cancel by exceptions, leftmost-longest
 *
 * Invariants: the walk is bounded by PHRASE_MAX_ELEMENTS words from each start; words of a phrase are joined by nothing
 * but white space, a hyphen (no-break ones too) or (where the phrase says so) a comma; results do not depend on how
 * often a pattern ran before (interpreter and JIT give the same matches) nor on threads.
 */
#include "rules/matcher.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

/* Limits of one pcre2_match: far above what the rules need on a 1 MiB sentence, far below a hang. */
enum { MATCH_LIMIT = 20000000, DEPTH_LIMIT = 100000, HEAP_LIMIT_KIB = 65536, JIT_AFTER_RUNS = 24, JIT_AT_BYTES = 8192 };

typedef struct pattern_slot {
    _Atomic(pcre2_code *) plain; /* compiled on first use */
    _Atomic(pcre2_code *) fast;  /* with JIT code; NULL until it pays or where there is no JIT */
    atomic_uint runs;
} pattern_slot;

struct matcher {
    const ruleset_data *data;
    pattern_slot *slots; /* [pattern_count] */
    pthread_mutex_t lock;
    uint32_t *rule_scopes; /* [SIGNAL_COUNT + lint_count] */
    uint32_t all_scopes;
};

typedef struct raw_match {
    rule_match match;
    bool except;
} raw_match;

typedef struct raw_list {
    raw_match *at;
    size_t n, capacity;
} raw_list;

typedef struct run_state {
    arena *a;
    matcher *m;
    const article *art;
    error *e;
    raw_list *found;        /* [rule_count] */
    uint32_t *triggered_at; /* [pattern_count] sentence + 1 that last triggered it */
    uint16_t *triggered;    /* [pattern_count] of this sentence */
    uint32_t triggered_count;
    pcre2_match_context *context;
    pcre2_match_data *match_data;
    uint32_t sentence, scope;
} run_state;

matcher *matcher_new(arena *a, const ruleset_data *data) {
    matcher *m = ARENA_NEW(a, matcher);
    if (!m) return NULL;
    uint32_t rules = SIGNAL_COUNT + data->lint_count;
    m->data = data;
    m->slots = ARENA_ARRAY(a, pattern_slot, data->pattern_count);
    m->rule_scopes = ARENA_ARRAY(a, uint32_t, rules);
    if (!m->slots || !m->rule_scopes || pthread_mutex_init(&m->lock, NULL)) return NULL;
    for (uint32_t i = 0; i < rules; i++) {
        m->rule_scopes[i] = i < SIGNAL_COUNT ? data->signals[i].scopes : data->lints[i - SIGNAL_COUNT].scopes;
        const rule_source *source = i < SIGNAL_COUNT ? &data->signals[i].source : &data->lints[i - SIGNAL_COUNT].source;
        if (source->phrase_count || source->pattern_count) m->all_scopes |= m->rule_scopes[i];
    }
    return m;
}

void matcher_free(matcher *m) {
    if (!m) return;
    for (uint32_t i = 0; i < m->data->pattern_count; i++) {
        pcre2_code_free(atomic_load(&m->slots[i].plain));
        pcre2_code_free(atomic_load(&m->slots[i].fast));
    }
    pthread_mutex_destroy(&m->lock);
}

/* ---- patterns ---------------------------------------------------------------------------------------------------- */

/* UTF mode costs time, so only patterns that name code points above 127 have it. */
static uint32_t compile_options(const ruleset_data *data, str regex) {
    uint32_t options = PCRE2_CASELESS | PCRE2_NEVER_BACKSLASH_C;
    bool wide = str_find(regex, STR("\\x{"), 0) >= 0;
    for (ptrdiff_t i = 0; i < regex.n && !wide; i++) wide = regex.p[i] >= 0x80;
    if (wide) options |= PCRE2_UTF | PCRE2_MATCH_INVALID_UTF;
    if (data->raw) options |= PCRE2_MULTILINE;
    return options;
}

static pcre2_code *compile(const ruleset_data *data, uint32_t pattern, bool jit, error *e) {
    str regex = data->patterns[pattern].regex;
    int code;
    PCRE2_SIZE offset;
    pcre2_code *compiled =
        pcre2_compile(regex.p, (PCRE2_SIZE)regex.n, compile_options(data, regex), &code, &offset, NULL);
    if (!compiled) {
        error_set(e, ERROR_SCHEMA, "pattern '%.*s' does not compile at offset %zu", STR_ARG(regex), (size_t)offset);
        return NULL;
    }
    if (jit && pcre2_jit_compile(compiled, PCRE2_JIT_COMPLETE)) {
        pcre2_code_free(compiled); /* no JIT on this machine: the plain one serves */
        return NULL;
    }
    return compiled;
}

/* The code to run: NULL only on error. */
static pcre2_code *pattern_code(matcher *m, uint32_t pattern, ptrdiff_t subject_bytes, error *e) {
    pattern_slot *slot = &m->slots[pattern];
    pcre2_code *fast = atomic_load_explicit(&slot->fast, memory_order_acquire);
    if (fast) return fast;
    unsigned runs = atomic_fetch_add_explicit(&slot->runs, 1, memory_order_relaxed);
    pcre2_code *plain = atomic_load_explicit(&slot->plain, memory_order_acquire);
    bool pays = runs == JIT_AFTER_RUNS || (subject_bytes >= JIT_AT_BYTES && runs < JIT_AFTER_RUNS);
    if (plain && !pays) return plain;
    pthread_mutex_lock(&m->lock);
    plain = atomic_load(&slot->plain);
    if (!plain && (plain = compile(m->data, pattern, false, e))) atomic_store(&slot->plain, plain);
    if (plain && pays && !atomic_load(&slot->fast)) {
        fast = compile(m->data, pattern, true, NULL);
        if (fast) atomic_store_explicit(&slot->fast, fast, memory_order_release);
    }
    pthread_mutex_unlock(&m->lock);
    return fast ? fast : plain;
}

static int match_failed(const matcher *m, uint32_t pattern, int code, error *e) {
    const rule_pattern *p = &m->data->patterns[pattern];
    bool of_signal = p->rule < SIGNAL_COUNT;
    const lint_rule *lint = of_signal ? NULL : &m->data->lints[p->rule - SIGNAL_COUNT];
    str rule = of_signal ? m->data->signals[p->rule].name : lint->name;
    str file = of_signal ? m->data->signals[p->rule].file : lint->file;
    PCRE2_UCHAR why[120];
    pcre2_get_error_message(code, why, sizeof why);
    return error_set(e, ERROR_LIMIT, "a pattern of rule '%.*s' (%.*s) gave up on this article: %s", STR_ARG(rule),
                     STR_ARG(file), (char *)why);
}

/* All matches of one pattern in `subject`; `base` is added to their offsets. */
static int run_pattern(run_state *r, uint32_t pattern, str subject, uint32_t base) {
    static const uint8_t nothing[1];
    const rule_pattern *p = &r->m->data->patterns[pattern];
    const pcre2_code *code = pattern_code(r->m, pattern, subject.n, r->e);
    if (!code) return ERROR_SCHEMA;
    raw_list *list = &r->found[p->rule];
    for (PCRE2_SIZE at = 0; at <= (PCRE2_SIZE)subject.n;) {
        int rc =
            pcre2_match(code, subject.n ? subject.p : nothing, (PCRE2_SIZE)subject.n, at, 0, r->match_data, r->context);
        if (rc == PCRE2_ERROR_NOMATCH) return ERROR_NONE;
        if (rc == PCRE2_ERROR_NOMEMORY) return error_set(r->e, ERROR_MEMORY, "out of memory while matching");
        if (rc < 0) return match_failed(r->m, pattern, rc, r->e);
        const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(r->match_data);
        PCRE2_SIZE lo = ends[0], hi = ends[1] > ends[0] ? ends[1] : ends[0];
        if (hi > lo) { /* an empty match counts nothing */
            raw_match found = {{{base + (uint32_t)lo, base + (uint32_t)hi}, r->sentence}, p->except};
            if (!VEC_PUSH(r->a, list, found)) return error_set(r->e, ERROR_MEMORY, "out of memory while matching");
        }
        at = hi > at ? hi : at + 1;
        if (hi == lo && at <= lo) at = lo + 1;
    }
    return ERROR_NONE;
}

/* ---- phrases ----------------------------------------------------------------------------------------------------- */

enum gap { GAP_NONE, GAP_SPACE, GAP_COMMA };

/* Bytes of a blank or hyphen outside ASCII at `p`, 0 where there is none: the no-break space, U+2009 THIN SPACE and its
 * kin, U+202F, and the hyphens U+2010 and U+2011. To the reader they are blank and hyphen, "because<U+00A0>of". A dash
 * (U+2013, U+2014) is none: it parts. */
static uint32_t wide_joint(const uint8_t *p, uint32_t n) {
    if (n >= 2 && p[0] == 0xC2 && p[1] == 0xA0) return 2;
    if (n < 3 || p[0] != 0xE2 || p[1] != 0x80) return 0;
    return (p[2] >= 0x80 && p[2] <= 0x8A) || p[2] == 0x90 || p[2] == 0x91 || p[2] == 0xAF ? 3 : 0;
}

static enum gap gap_between(const article *art, uint32_t lo, uint32_t hi) {
    if (hi - lo == 1 && (art->text.p[lo] == ' ' || art->text.p[lo] == '-')) return GAP_SPACE;
    if (hi - lo > 16) return GAP_NONE;
    bool comma = false, space = false;
    for (uint32_t i = lo; i < hi; i++) {
        uint8_t c = art->text.p[i];
        uint32_t wide = c < 0x80 ? 0 : wide_joint(art->text.p + i, hi - i);
        if (c == ',' && !comma)
            comma = true;
        else if (c == ' ' || c == '-' || wide)
            space = true;
        else
            return GAP_NONE;
        i += wide ? wide - 1 : 0;
    }
    return comma ? GAP_COMMA : space ? GAP_SPACE : GAP_NONE;
}

static bool note_trigger(run_state *r, uint16_t pattern) {
    const rule_pattern *p = &r->m->data->patterns[pattern];
    if (!(r->m->rule_scopes[p->rule] & r->scope) || r->triggered_at[pattern] == r->sentence + 1) return true;
    r->triggered_at[pattern] = r->sentence + 1;
    r->triggered[r->triggered_count++] = pattern;
    return true;
}

/* What a node says about the words [start, next) of the sentence. */
static bool give_outputs(run_state *r, const phrase_node *node, uint32_t start, uint32_t next) {
    const sentence *s = &r->art->sentences[r->sentence];
    for (uint32_t i = node->output_lo; i < node->output_hi; i++) {
        const phrase_output *o = &r->m->data->trie.outputs[i];
        if (o->at_start && start != s->word_lo) continue;
        if (o->at_end && next != s->word_hi) continue;
        uint32_t lo = r->art->words[start].lo, hi = r->art->words[next - 1].hi;
        if (o->comma_before && !(lo >= 2 && r->art->text.p[lo - 1] == ' ' && r->art->text.p[lo - 2] == ',')) continue;
        if (o->comma_after && !(hi < s->text.hi && r->art->text.p[hi] == ',')) continue;
        if (o->kind == PHRASE_TRIGGER) {
            note_trigger(r, o->rule);
            continue;
        }
        if (!(r->m->rule_scopes[o->rule] & r->scope)) continue;
        raw_match found = {{{lo, hi}, r->sentence}, o->kind == PHRASE_EXCEPT};
        if (!VEC_PUSH(r->a, &r->found[o->rule], found)) return false;
    }
    return true;
}

/* Recursion is as deep as the phrase is long: at most PHRASE_MAX_ELEMENTS. */
static bool walk(run_state *r, uint32_t at, uint32_t start, uint32_t next) {
    const phrase_trie *t = &r->m->data->trie;
    const phrase_node *node = &t->nodes[at];
    if (node->output_hi > node->output_lo && !give_outputs(r, node, start, next)) return false;
    if (next >= r->art->sentences[r->sentence].word_hi) return true;
    const word *w = &r->art->words[next];
    enum gap gap = gap_between(r->art, r->art->words[next - 1].hi, w->lo);
    if (gap == GAP_NONE) return true;
    bool spoken = !(w->flags & (WORD_CODE | WORD_QUOTED));
    uint32_t child = spoken ? phrase_child(t, at, w->hash ^ (gap == GAP_COMMA ? PHRASE_COMMA_SALT : 0)) : 0;
    if (child && !walk(r, child, start, next + 1)) return false;
    if (gap != GAP_SPACE) return true;
    if (node->any && !walk(r, node->any, start, next + 1)) return false;
    return !(node->digit && (w->flags & WORD_DIGIT)) || walk(r, node->digit, start, next + 1);
}

static bool walk_sentence(run_state *r) {
    const phrase_trie *t = &r->m->data->trie;
    const sentence *s = &r->art->sentences[r->sentence];
    for (uint32_t i = s->word_lo; i < s->word_hi; i++) {
        const word *w = &r->art->words[i];
        if (!phrase_may_begin(t, w->hash) || (w->flags & (WORD_CODE | WORD_QUOTED))) continue;
        if (!phrase_may_go_on(t, w->hash, i + 1 < s->word_hi ? w[1].hash : 0)) continue;
        uint32_t child = phrase_child(t, 0, w->hash);
        if (child && !walk(r, child, i, i + 1)) return false;
    }
    return true;
}

/* ---- per rule ---------------------------------------------------------------------------------------------------- */

static int by_place(const void *left, const void *right) {
    const raw_match *a = left, *b = right;
    if (a->match.text.lo != b->match.text.lo) return a->match.text.lo < b->match.text.lo ? -1 : 1;
    if (a->match.text.hi != b->match.text.hi) return a->match.text.hi > b->match.text.hi ? -1 : 1;
    return (int)a->except - (int)b->except;
}

/* Exceptions cancel what they overlap; of overlapping matches the leftmost, then the longest, stays. One sweep: among
 * exceptions begun so far only the furthest end matters, and those that begin inside the match are looked ahead to. */
static bool settle(arena *a, raw_list *found, match_list *out) {
    if (found->n == 0) return true;
    qsort(found->at, found->n, sizeof *found->at, by_place);
    out->at = ARENA_ARRAY(a, rule_match, found->n);
    if (!out->at) return false;
    uint32_t except_end = 0, taken_end = 0;
    size_t ahead = 0; /* exceptions before it have been seen */
    for (size_t i = 0; i < found->n; i++) {
        const rule_match *m = &found->at[i].match;
        if (found->at[i].except || m->text.lo < taken_end) continue;
        for (; ahead < found->n && found->at[ahead].match.text.lo <= m->text.lo; ahead++)
            if (found->at[ahead].except && found->at[ahead].match.text.hi > except_end)
                except_end = found->at[ahead].match.text.hi;
        bool cancelled = except_end > m->text.lo;
        for (size_t k = ahead; !cancelled && k < found->n && found->at[k].match.text.lo < m->text.hi; k++)
            cancelled = found->at[k].except;
        if (cancelled) continue;
        out->at[out->n++] = *m;
        taken_end = m->text.hi;
    }
    return true;
}

/* ---- running ----------------------------------------------------------------------------------------------------- */

uint32_t matcher_sentence_scope(const sentence *s) {
    if (s->flags & SENTENCE_QUOTE) return SCOPE_QUOTES;
    if (s->flags & SENTENCE_HEADING) return SCOPE_HEADINGS;
    if (s->flags & SENTENCE_CELL) return SCOPE_TABLES;
    if (s->flags & SENTENCE_ITEM) return SCOPE_LISTS;
    return SCOPE_PROSE;
}

static int state_open(run_state *r, arena *a, matcher *m, error *e) {
    *r = (run_state){.a = a, .m = m, .e = e, .sentence = BLOCK_NONE};
    r->found = ARENA_ARRAY(a, raw_list, SIGNAL_COUNT + m->data->lint_count);
    r->triggered_at = ARENA_ARRAY(a, uint32_t, m->data->pattern_count);
    r->triggered = ARENA_ARRAY(a, uint16_t, m->data->pattern_count);
    r->context = pcre2_match_context_create(NULL);
    r->match_data = pcre2_match_data_create(1, NULL);
    if (!r->found || !r->triggered_at || !r->triggered || !r->context || !r->match_data)
        return error_set(e, ERROR_MEMORY, "out of memory while matching");
    pcre2_set_match_limit(r->context, MATCH_LIMIT);
    pcre2_set_depth_limit(r->context, DEPTH_LIMIT);
    pcre2_set_heap_limit(r->context, HEAP_LIMIT_KIB);
    return ERROR_NONE;
}

static void state_close(run_state *r) {
    pcre2_match_data_free(r->match_data);
    pcre2_match_context_free(r->context);
}

static int run_sentence(run_state *r, uint32_t index) {
    const sentence *s = &r->art->sentences[index];
    r->scope = matcher_sentence_scope(s);
    if (!(r->m->all_scopes & r->scope)) return ERROR_NONE;
    r->sentence = index;
    r->triggered_count = 0;
    if (!walk_sentence(r)) return error_set(r->e, ERROR_MEMORY, "out of memory while matching");
    str prose = str_slice(r->art->prose, (ptrdiff_t)s->text.lo, (ptrdiff_t)s->text.hi);
    for (uint32_t i = 0; i < r->triggered_count; i++) {
        int status = run_pattern(r, r->triggered[i], prose, s->text.lo);
        if (status) return status;
    }
    return ERROR_NONE;
}

int matcher_run(arena *a, matcher *m, const article *art, match_table *out, error *e) {
    run_state r;
    uint32_t rules = SIGNAL_COUNT + m->data->lint_count;
    out->rule_count = rules;
    out->rules = ARENA_ARRAY(a, match_list, rules);
    int status = state_open(&r, a, m, e);
    r.art = art;
    for (uint32_t i = 0; !status && i < art->sentence_count; i++) status = run_sentence(&r, i);
    for (uint32_t i = 0; !status && i < rules; i++)
        if (!out->rules || !settle(a, &r.found[i], &out->rules[i]))
            status = error_set(e, ERROR_MEMORY, "out of memory while matching");
    state_close(&r);
    return status;
}

int matcher_run_raw(arena *a, matcher *m, uint32_t rule, str text, match_list *out, error *e) {
    run_state r;
    *out = (match_list){0};
    int status = state_open(&r, a, m, e);
    for (uint32_t i = 0; !status && i < m->data->pattern_count; i++)
        if (m->data->patterns[i].rule == rule) status = run_pattern(&r, i, text, 0);
    if (!status && !settle(a, &r.found[rule], out)) status = error_set(e, ERROR_MEMORY, "out of memory while matching");
    state_close(&r);
    return status;
}
