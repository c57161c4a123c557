/* speculate.c - see speculate.h.
 *
 *     tokens  t0 t1 t2 …                           place[n] of a hash of n tokens ─► where such a run ended last
 *                                                   n = 4, 3, 2: the longest that is found is believed first
 *
 * A table is written over without looking: a lost entry is a lost guess, and what is found is compared before it is
 * believed. Invariant: a lookup and an addition take constant time, whatever the text. Not here: the engine and the
 * sampler; who verifies is the writer.
 */
#include "lm/speculate.h"

#include <stdlib.h>

enum { SHORTEST = 2, LONGEST = 4, TABLES = LONGEST - SHORTEST + 1 };
#define MEMORY 0.95    /* weight of what was known of a table's guesses before one more was judged */
#define PRIOR_JUDGED 4 /* as if so many had been judged already, … */
#define PRIOR_RIGHT 2  /* … and so many of them right */

struct speculator {
    enum speculate_mode mode;
    uint32_t capacity, length; /* tokens */
    uint32_t mask;             /* entries of a table - 1 */
    uint32_t *tokens;          /* [capacity] */
    uint32_t *place[TABLES];   /* [mask + 1] index behind the run; 0 = none */
    struct text_kind_state kind;
    uint32_t table;                       /* that the last guess came from */
    enum text_kind guessed_kind;          /* of the text at that place */
    double judged[TABLES], right[TABLES]; /* guesses that followed right ones, and the right ones among them */
    struct speculate_counts counts;
};

int speculate_find(str name, enum speculate_mode *mode, error *e) {
    static const char *const names[] = {"auto", "on", "off"};
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (str_eq(name, str_from_cstr(names[i]))) return *mode = (enum speculate_mode)i, 0;
    return error_set(e, ERROR_USAGE, "speculation is 'auto', 'on' or 'off', not '%.*s'", STR_ARG(name));
}

int speculator_new(enum speculate_mode mode, uint32_t context_tokens, speculator **out, error *e) {
    *out = NULL;
    speculator *s = calloc(1, sizeof *s);
    uint32_t entries = 64;
    while (entries < context_tokens && entries < 1u << 24) entries *= 2;
    bool had = s != NULL;
    if (had) {
        s->mode = mode;
        s->mask = entries - 1;
        s->capacity = mode == SPECULATE_OFF ? 0 : context_tokens;
        s->tokens = malloc(((size_t)s->capacity + 1) * sizeof *s->tokens);
        had = s->tokens != NULL;
        for (int i = 0; i < TABLES && had && mode != SPECULATE_OFF; i++)
            had = (s->place[i] = malloc((size_t)entries * sizeof **s->place)) != NULL;
    }
    if (!had) {
        speculator_free(s);
        return error_set(e, ERROR_MEMORY, "no memory for guesses at a text of %u tokens", context_tokens);
    }
    for (int i = 0; i < TABLES; i++) s->judged[i] = PRIOR_JUDGED, s->right[i] = PRIOR_RIGHT;
    speculator_begin(s, NULL, 0);
    *out = s;
    return 0;
}

void speculator_free(speculator *s) {
    if (!s) return;
    for (int i = 0; i < TABLES; i++) free(s->place[i]);
    free(s->tokens);
    free(s);
}

/* Entries for the last 2, 3 and 4 tokens before `end`, from one pass backwards over them; returns how many there are.
 */
static uint32_t entries(const speculator *s, uint32_t end, uint32_t *at[TABLES]) {
    uint32_t most = end < LONGEST ? end : LONGEST, found = 0;
    uint64_t h = 0x9e3779b97f4a7c15u;
    for (uint32_t n = 1; n <= most; n++) {
        h = (h ^ s->tokens[end - n]) * 0xd1342543de82ef95u;
        h ^= h >> 32;
        if (n >= SHORTEST) at[found++] = &s->place[n - SHORTEST][(uint32_t)h & s->mask];
    }
    return found;
}

/* A run is entered when its follower is there: then what it predicts is known. */
static void append(speculator *s, uint32_t token) {
    uint32_t *at[TABLES];
    if (s->length == s->capacity) return;
    for (uint32_t i = entries(s, s->length, at); i-- > 0;) *at[i] = s->length;
    s->tokens[s->length++] = token;
}

void speculator_begin(speculator *s, const uint32_t *prompt, size_t count) {
    s->length = 0;
    s->kind = (struct text_kind_state){0};
    s->counts = (struct speculate_counts){0};
    if (s->mode == SPECULATE_OFF) return;
    for (int i = 0; i < TABLES; i++) memset(s->place[i], 0, ((size_t)s->mask + 1) * sizeof **s->place);
    for (size_t i = 0; i < count && s->length < s->capacity; i++) append(s, prompt[i]);
}

void speculator_add(speculator *s, uint32_t token, str bytes) {
    if (s->mode == SPECULATE_OFF) return;
    append(s, token);
    text_kind_add(&s->kind, bytes);
}

static bool wanted(const speculator *s) {
    return s->mode == SPECULATE_ON || (s->mode == SPECULATE_AUTO && text_kind_now(&s->kind) == TEXT_PROSE);
}

uint32_t speculator_guess(speculator *s, uint32_t room, uint32_t *tokens, double *chance) {
    if (!wanted(s) || s->length == s->capacity) return 0; /* a full history would guess behind the wrong token */
    uint32_t most = room < SPECULATE_COLUMNS - 1 ? room : SPECULATE_COLUMNS - 1;
    uint32_t *places[TABLES];
    for (uint32_t i = most ? entries(s, s->length, places) : 0; i-- > 0;) {
        uint32_t n = i + SHORTEST, at = *places[i], count = 0;
        if (at == 0 || memcmp(s->tokens + at - n, s->tokens + s->length - n, n * sizeof *tokens) != 0) continue;
        for (; count < most; count++) /* a text that repeats itself is taken to go on so */
            tokens[count] = at + count < s->length ? s->tokens[at + count] : tokens[at + count - s->length];
        s->table = n - SHORTEST;
        s->guessed_kind = text_kind_now(&s->kind);
        if (chance) *chance = s->right[s->table] / s->judged[s->table];
        return count;
    }
    return 0;
}

/* Of a guess that fails at its third token two were right and one was judged wrong; what stood behind was not judged.
 */
void speculator_report(speculator *s, uint32_t guessed, uint32_t taken) {
    if (guessed == 0) return;
    struct speculate_kind *kind = &s->counts.kind[s->guessed_kind];
    s->counts.steps++;
    s->counts.guessed += guessed;
    s->counts.taken += taken;
    kind->guessed += guessed;
    kind->taken += taken;
    double *judged = &s->judged[s->table], *right = &s->right[s->table];
    *judged = *judged * MEMORY + taken + (taken < guessed);
    *right = *right * MEMORY + taken;
}

void speculate_counts_add(struct speculate_counts *all, const struct speculate_counts *one) {
    all->guessed += one->guessed;
    all->taken += one->taken;
    all->steps += one->steps;
    for (int i = 0; i < TEXT_KINDS; i++) {
        all->kind[i].guessed += one->kind[i].guessed;
        all->kind[i].taken += one->kind[i].taken;
    }
}

const struct speculate_counts *speculator_counts(const speculator *s) { return &s->counts; }
