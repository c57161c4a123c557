/* fuzz_sidecar.c - any bytes as the sidecar of a draft that an interrupted run left: taken only when it is this run's.
 * The first byte says whether the rest is a sidecar, or edits (place, place, byte) of one that is right. */
#include "draft/kept.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char TEXT[] = "---\ntitle: x\n---\n\nA draft.\n";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const ruleset *rules;
    static brief b;
    static arena *kept;
    if (!rules) {
        kept = arena_new(0);
        if (ruleset_builtin(&rules, NULL) ||
            brief_read(kept, STR("title: x\nstyle: essay\n"), STR("b.yaml"), rules, &b, NULL))
            abort();
    }
    const struct draft_task task = {.brief = &b, .gate = {.rules = rules}, .max_tokens = 500};
    const struct draft_options o = {
        .tasks = &task, .task_count = 1, .count = 3, .origin = {.model = STR("m"), .model_file = STR("m.gguf")}};
    const struct draft_request q = {&o, 0, 2, 0, "sha256:1"};
    struct draft_record record = {.tokens = 77, .stop = STOP_LENGTH};
    buf side = {0};
    error e = {0};
    if (size == 0) return 0;
    bool edits = data[0] % 2;
    if (edits) draft_sidecar_text(&q, str_from_cstr(TEXT), &record, NULL, &side);
    if (!edits) buf_str(&side, str_make(data + 1, size - 1));
    for (size_t i = 1; edits && i + 2 < size; i += 3)
        side.p[(size_t)(data[i] << 8 | data[i + 1]) % side.n] = data[i + 2];
    record = (struct draft_record){0};
    int bad = draft_sidecar_check(&q, STR("002.md"), buf_view(&side), str_from_cstr(TEXT), &record, &e);
    if (bad && (e.code == ERROR_NONE || !e.message[0])) abort();
    if (!bad && (!record.kept || str_find(buf_view(&side), str_from_cstr(sha256_of(str_from_cstr(TEXT)).text), 0) < 0))
        abort();
    if (edits && size < 4 && (bad || record.tokens != 77 || record.stop != STOP_LENGTH))
        abort(); /* nothing was edited */
    buf_free(&side);
    return 0;
}
