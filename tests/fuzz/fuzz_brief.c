/* fuzz_brief.c - any bytes as a brief: refused with a place, or a request can be made of it. */
#include "draft/prompt.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const ruleset *rules;
    arena *a = arena_new(64u << 20);
    brief b;
    prompt p;
    error e = {0};
    if (!rules && ruleset_builtin(&rules, NULL)) abort();
    if (!a) return 0;
    if (brief_read(a, str_make(data, size), STR("b.yaml"), rules, &b, &e)) {
        if (e.code == ERROR_NONE || !e.message[0] || strcmp(e.file, "b.yaml") != 0) abort();
    } else {
        if (!b.style || b.title.n == 0 || (b.words_max && b.words_min > b.words_max)) abort();
        if (prompt_make(a, &b, rules, NULL, &p, &e) == 0 && p.turns[p.count - 1].role != CHAT_USER) abort();
    }
    arena_free(a);
    return 0;
}
