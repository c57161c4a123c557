/* test_eight.c - eight bytes at once are what each of them is alone.
 *
 * Every byte at every place, among neighbours of all kinds (what carries into the next byte would show there), against
 * the classes of base/str.h; and texts of every length and at every place in them, with other bytes before and behind,
 * since what stands at the end of a text is read from what stands before it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/eight.h"

static const uint8_t neighbours[] = {0x00, 0x1f, '/', '0', '9', ':',  '@',  'A', 'Z',
                                     '[',  '`',  'a', 'z', '{', 0x7f, 0x80, 0xff};

static bool marked(uint64_t marks, int at) { return marks >> 8 * at & 0x80; }

static void classes_are_those_of_bytes(void **state) {
    (void)state;
    for (int byte = 0; byte < 256; byte++)
        for (int at = 0; at < 8; at++)
            for (size_t k = 0; k < COUNT_OF(neighbours); k++) {
                uint8_t bytes[8], folded[8], c = (uint8_t)byte;
                memset(bytes, neighbours[k], 8);
                bytes[at] = c;
                uint64_t v = eight_load(bytes);
                assert_true(marked(eight_letters(v), at) == byte_is_alpha(c));
                assert_true(marked(eight_digits(v), at) == byte_is_digit(c));
                assert_true(marked(eight_alnum(v), at) == byte_is_alnum(c));
                assert_true(marked(eight_upper(v), at) == (c >= 'A' && c <= 'Z'));
                assert_true(marked(eight_between(v, '_', '_'), at) == (c == '_'));
                assert_true(marked(eight_between(v, ' ', '~'), at) == (c >= ' ' && c <= '~'));
                assert_true(eight_is_ascii(v) == (c < 0x80 && neighbours[k] < 0x80));
                eight_store(folded, eight_lower(v));
                for (int i = 0; i < 8; i++) assert_int_equal(folded[i], byte_lower(bytes[i]));
            }
}

static void marks_are_counted_from_the_front(void **state) {
    (void)state;
    assert_int_equal(eight_before(0), 8);
    for (int at = 0; at < 8; at++) {
        assert_int_equal(eight_before((uint64_t)0x80 << 8 * at), at);
        assert_int_equal(eight_before((uint64_t)0x80 << 8 * at | (uint64_t)1 << 63), at);
    }
    for (int n = 0; n <= 8; n++)
        for (int at = 0; at < 8; at++) assert_true((eight_first(n) >> 8 * at & 0xff) == (at < n ? 0xff : 0));
}

static void zeros_stand_behind_a_text(void **state) {
    (void)state;
    uint8_t around[40];
    memset(around, 0xee, sizeof around);
    for (int i = 0; i < 20; i++) around[10 + i] = (uint8_t)(i + 1);
    for (ptrdiff_t n = 1; n <= 20; n++)
        for (ptrdiff_t at = 0; at < n; at++) {
            uint64_t v = eight_at((str){around + 10, n}, at);
            for (int i = 0; i < 8; i++) assert_true((v >> 8 * i & 0xff) == (uint64_t)(at + i < n ? at + i + 1 : 0));
        }
}

/* str_hash says eight at a time what the two steps say: of equal texts the same, of the text and its length. */
static void hashes_know_case_and_length(void **state) {
    (void)state;
    uint8_t zeros[20] = {0};
    uint64_t seen[20];
    for (size_t n = 0; n < 20; n++) {
        seen[n] = str_hash(str_make(zeros, n));
        for (size_t k = 0; k < n; k++) assert_true(seen[k] != seen[n]);
    }
    assert_true(str_hash_nocase(STR("NVIDIA-SMI [\xc3\x84]")) == str_hash(STR("nvidia-smi [\xc3\x84]")));
    assert_false(str_hash(STR("NVIDIA-SMI")) == str_hash(STR("nvidia-smi")));
    assert_false(str_hash_nocase(STR("a@b")) == str_hash_nocase(STR("a`b")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(classes_are_those_of_bytes), cmocka_unit_test(marks_are_counted_from_the_front),
        cmocka_unit_test(zeros_stand_behind_a_text), cmocka_unit_test(hashes_know_case_and_length)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
