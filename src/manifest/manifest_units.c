/* manifest_units.c - units as the manifest uses them: the lexer's dictionary, and the operator's own counted nouns.
 *
 * In: the text of a `unit` key. Out: its unit. A counted noun ("core", "marina") is UNIT_COUNT, and two counts measure
 * the same thing only when their nouns are the same up to number ("core", "cores").
 */
#include "manifest/manifest_load.h"

unit_id unit_of_text(str text) { return unit_parse(text, true); }

bool unit_same_dimension(const manifest_quantity *a, const manifest_quantity *b) {
    double ignored;
    if (!a->unit.p || !b->unit.p) return !a->unit.p && !b->unit.p;
    if (a->measure == UNIT_COUNT && b->measure == UNIT_COUNT) {
        char one[64], two[64];
        return str_eq(unit_noun_stem(a->unit, one), unit_noun_stem(b->unit, two));
    }
    return unit_convert(1, a->measure, b->measure, &ignored);
}

bool unit_same_quantity(const manifest_quantity *a, const manifest_quantity *b) {
    if (!unit_same_dimension(a, b)) return false;
    if (str_eq(a->value, b->value) && a->measure == b->measure) return true;
    if (!a->number.valid || !b->number.valid) return false;
    if (a->measure == b->measure) return decimal_cmp(a->number, b->number) == 0;
    double converted, there = decimal_to_f64(b->number);
    if (!unit_convert(decimal_to_f64(a->number), a->measure, b->measure, &converted)) return false;
    double difference = converted > there ? converted - there : there - converted;
    return difference <= 1e-12 * (there < 0 ? -there : there);
}
