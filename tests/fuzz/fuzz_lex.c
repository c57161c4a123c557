/* fuzz_lex.c - any bytes through the lexer, the decimals, the units and the versions.
 *
 * The first byte chooses prose or code, and the scheme. Tokens must be ordered, inside the text, and well-formed; a
 * version compares equal to itself and the other way round to another; a decimal that was read is written and read
 * back.
 */
#include "lex/token.h"
#include "lex/version.h"

#include <stdlib.h>

#define REQUIRE(condition)                                                                                             \
    if (!(condition)) abort()

static void tokens(str text, bool code) {
    arena *a = arena_new(0);
    token_list list;
    error e;
    REQUIRE(lex_text(a, text, code, &list, &e) == 0);
    uint32_t end = 0;
    for (uint32_t i = 0; i < list.n; i++) {
        const token *t = &list.at[i];
        REQUIRE(t->text.lo >= end && t->text.hi > t->text.lo && t->text.hi <= text.n);
        REQUIRE(t->core.lo >= t->text.lo && t->core.hi <= t->text.hi && t->core.lo <= t->core.hi);
        REQUIRE(t->subject.lo <= t->subject.hi && t->subject.hi <= text.n);
        REQUIRE(t->unit_text.lo <= t->unit_text.hi && t->unit_text.hi <= text.n);
        REQUIRE((t->kind == TOKEN_QUANTITY) == (t->unit != UNIT_NONE));
        REQUIRE(t->kind != TOKEN_QUANTITY || t->value.valid);
        end = t->text.hi;
    }
    arena_free(a);
}

static void values(str text, unsigned choice) {
    decimal d, back;
    char out[32];
    if (decimal_parse(text, choice & 1, &d) || decimal_parse_words(text, &d)) {
        REQUIRE(decimal_parse(str_from_cstr(decimal_text(d, out)), false, &back) &&
                (d.overflow || decimal_cmp(d, back) == 0));
        (void)decimal_half_unit(d);
    }
    enum version_scheme scheme = (enum version_scheme)(choice % VERSION_SCHEME_COUNT);
    ptrdiff_t half = text.n / 2;
    str left = str_slice(text, 0, half), right = str_slice(text, half, text.n);
    int order = version_compare(scheme, left, right), reverse = version_compare(scheme, right, left);
    REQUIRE(order == VERSION_UNORDERED ? reverse == VERSION_UNORDERED : reverse == -order);
    if (version_readable(scheme, text)) REQUIRE(version_is_prefix(scheme, text, text));
    bool understood;
    version_satisfies(scheme, left, right, &understood);
    unit_id unit = unit_parse(text, choice & 1);
    REQUIRE(unit < unit_count());
    char stem[64];
    REQUIRE(unit_noun_stem(text, stem).n <= 64);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 1) return 0;
    str text = str_make(data + 1, size - 1);
    tokens(text, data[0] & 1);
    values(text, data[0] >> 1);
    return 0;
}
