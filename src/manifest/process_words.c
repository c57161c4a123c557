/* process_words.c - the words of a process: of its names, and of each of its steps.
 *
 *     steps: [{name: build the image, aliases: [build]}, …]  ──►  stems, ready to be looked for in a sentence
 *
 * In: a process of the manifest. Out: for each step its names as stems, and one word of bits of which a text must hold
 * at least one before any of the names can stand in it (the bits of fact_stem_bit). Built once with the index.
 */
#include "manifest/fact_index_parts.h"

/* Irregular participles, "built", "sent": the stemmer knows no verbs. */
static str participle_of(str term) {
    static const char *const forms[][2] = {{"built", "build"}, {"sent", "send"},     {"written", "write"},
                                           {"drawn", "draw"},  {"taken", "take"},    {"frozen", "freeze"},
                                           {"made", "make"},   {"brought", "bring"}, {"rebuilt", "rebuild"},
                                           {"held", "hold"},   {"swept", "sweep"},   {"spun", "spin"}};
    for (size_t i = 0; i < COUNT_OF(forms); i++)
        if (str_eq_nocase(term, str_from_cstr(forms[i][1]))) return str_from_cstr(forms[i][0]);
    return (str){0};
}

static step_phrase read_phrase(str text, uint64_t *begins) {
    step_phrase x = {.n = 0};
    uint32_t at = 0, lo, hi;
    while (x.n < COUNT_OF(x.stems) && fact_word_next(text, &at, &lo, &hi)) {
        str term = str_slice(text, (ptrdiff_t)lo, (ptrdiff_t)hi);
        if (str_is_among(term, "the a an") || (x.n && str_is_among(term, "it them its our my"))) continue;
        if (!x.n) x.participle = participle_of(term);
        x.stems[x.n++] = fact_stem(term);
    }
    if (x.n) *begins |= fact_stem_bit(x.stems[0]);
    if (x.participle.n) *begins |= fact_stem_bit(fact_stem(x.participle));
    return x;
}

static bool read_step(arena *a, const manifest_item *step, step_words *out) {
    uint32_t n = step->aliases.n < STEP_ALIASES ? step->aliases.n : STEP_ALIASES;
    step_phrase *names = ARENA_ARRAY(a, step_phrase, n + 1);
    if (!names) return false;
    names[0] = read_phrase(step->name, &out->begins);
    for (uint32_t i = 0; i < n; i++) names[i + 1] = read_phrase(step->aliases.at[i].text, &out->begins);
    out->names = names;
    out->n = n + 1;
    return true;
}

typedef VEC(uint64_t) stem_list;

static bool add_stems(arena *a, stem_list *stems, str text) {
    uint32_t at = 0;
    for (fact_word word; fact_word_read(text, &at, &word);)
        if (!VEC_PUSH(a, stems, fact_word_stem(text, &word))) return false;
    return true;
}

process_words *process_words_make(arena *a, const manifest_entity *e) {
    process_words *x = ARENA_NEW(a, process_words);
    step_words *steps = ARENA_ARRAY(a, step_words, e->process.step_count);
    stem_list stems = {0};
    if (!x || !steps || !add_stems(a, &stems, e->id)) return NULL;
    for (uint32_t i = 0; i < e->aliases.n; i++)
        if (!add_stems(a, &stems, e->aliases.at[i].text)) return NULL;
    for (uint32_t i = 0; i < e->process.step_count; i++)
        if (!add_stems(a, &stems, e->process.steps[i].name) || !read_step(a, &e->process.steps[i], &steps[i]))
            return NULL;
    for (size_t i = 0; i < stems.n; i++) x->bits |= fact_stem_bit(stems.at[i]);
    x->stems = stems.at;
    x->n = (uint32_t)stems.n;
    x->steps = steps;
    return x;
}

bool process_words_hold(const process_words *x, uint64_t stem) {
    if (!(x->bits & fact_stem_bit(stem))) return false;
    for (uint32_t i = 0; i < x->n; i++)
        if (x->stems[i] == stem) return true;
    return false;
}
