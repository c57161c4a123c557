/* fuzz_sums.c - any bytes as a sums file, as /proc/meminfo and as a control group's files. */
#include "lm/load_memory.h"
#include "lm/model_verify.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    arena *a = arena_new(16u << 20);
    if (!a) return 0;
    str text = str_make(data, size);
    sums s;
    error e = {0};
    if (sums_parse(a, text, STR("SUMS"), &s, &e) == 0)
        for (size_t i = 0; i < s.count; i++)
            if (s.entries[i].name.n == 0 || strlen(s.entries[i].hex) != 64 ||
                (i && str_cmp(s.entries[i - 1].name, s.entries[i].name) >= 0))
                abort();
    memory_state m;
    if (memory_parse(text, &m, &e) == 0) {
        uint64_t before = m.available_bytes;
        str rest = text, first = {0}, second = {0};
        str_cut(&rest, '\n', &first);
        str_cut(&rest, '\n', &second);
        memory_limit(&m, first, second, rest);
        if (m.available_bytes > before) abort();
        memory_plan p = {.keep_free_bytes = memory_keep_free(m.total_bytes)};
        memory_plan_add(&p, "weights", before);
        memory_check(&p, &m, &e);
    }
    arena_free(a);
    return 0;
}
