/* fuzz_speculate.c - any text as tokens and bytes: guesses stay inside what is allowed, and are what stood there
 * before.
 *
 * Input: two bytes of options (mode, context), then per token two bytes: its number, and a byte of text. A number above
 * 200 asks for a guess instead, and reports a part of it as taken.
 */
#include "lm/speculate.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 2) return 0;
    uint32_t context = data[1], guesses[SPECULATE_COLUMNS], prompt[4] = {1, 2, 3, 1};
    bool known[256] = {[1] = true, [2] = true, [3] = true};
    speculator *s;
    if (speculator_new((enum speculate_mode)(data[0] % 3), context, &s, NULL) != 0) return 0;
    speculator_begin(s, prompt, 4);
    for (size_t i = 2; i + 2 <= size; i += 2) {
        if (data[i] <= 200) {
            speculator_add(s, data[i], str_make(data + i + 1, 1));
            known[data[i]] = true;
            continue;
        }
        double chance = -1;
        uint32_t room = data[i + 1] % 12, n = speculator_guess(s, room, guesses, &chance);
        if (n && !(chance >= 0 && chance <= 1)) abort();
        if (n > room || n > SPECULATE_COLUMNS - 1 || (n && data[0] % 3 == SPECULATE_OFF)) abort();
        for (uint32_t k = 0; k < n; k++)
            if (guesses[k] > 255 || !known[guesses[k]]) abort();
        speculator_report(s, n, n ? data[i] % (n + 1) : 0);
    }
    const struct speculate_counts *c = speculator_counts(s);
    if (c->taken > c->guessed || c->steps > c->guessed) abort();
    speculator_free(s);
    return 0;
}
