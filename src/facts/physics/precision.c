/* precision.c - in which number format a sentence says that weights are held.
 *
 *     "in FP8"            8 bits a weight
 *     "at 4 bit"          4
 *     "in FP8 with a BF16 KV cache", "W4A16", "quantized"     unclear: several, or nobody says which
 *
 * In: a prepared passage. Out: bits a weight, the fewest that the format can have, so that a ceiling which is reckoned
 * from them is none too low. Sources: OCP MX 1.0 (one 8-bit scale a block of 32), the block layouts of ggml (Q4_0: 18
 * bytes for 32 weights), NVFP4 (one 8-bit scale for 16).
 */
#include "facts/physics/physics.h"

double precision_bits(str format) {
    static const struct {
        const char *name;
        double bits;
    } formats[] = {{"MXFP4", 4.25},  {"NVFP4", 4.5},  {"MXFP8", 8.25}, {"FP4", 4},      {"INT4", 4},     {"FP8", 8},
                   {"INT8", 8},      {"BF16", 16},    {"FP16", 16},    {"F16", 16},     {"FP32", 32},    {"Q8_0", 8.5},
                   {"Q6_K", 6.5625}, {"Q5_0", 5.5},   {"Q5_1", 6},     {"Q5_K_M", 5.5}, {"Q5_K_S", 5.5}, {"Q4_0", 4.5},
                   {"Q4_1", 5},      {"Q4_K_M", 4.5}, {"Q4_K_S", 4.5}};
    for (size_t i = 0; i < COUNT_OF(formats); i++)
        if (str_eq_nocase(format, str_from_cstr(formats[i].name))) return formats[i].bits;
    return 0;
}

/* A name in the manner of a format whose bits nobody can tell: "Q3_K_L", "IQ2_XS", "W4A16", "Q4". */
static bool is_format_like(str name) {
    ptrdiff_t at = name.n > 2 && byte_lower(name.p[0]) == 'i' && byte_lower(name.p[1]) == 'q' ? 1 : 0;
    if (name.n < at + 2 || !byte_is_digit(name.p[at + 1])) return false;
    uint8_t letter = byte_lower(name.p[at]);
    return (letter == 'q' && (name.n == at + 2 || name.p[at + 2] == '_')) ||
           (letter == 'w' && name.n > 3 && byte_lower(name.p[2]) == 'a');
}

enum precision precision_named(const passage *p, double *bits) {
    enum precision found = PRECISION_UNNAMED;
    *bits = 0;
    for (uint32_t i = p->token_lo; i < p->token_hi; i++) {
        const token *t = &p->on->tokens[i];
        double here = 0;
        str text = surface_slice(p->on, t->text.lo, t->text.hi);
        if (t->kind == TOKEN_QUANTITY && unit_get(t->unit)->dimension == DIM_BITS_WIDTH && t->value.valid)
            here = decimal_to_f64(t->value);
        else if (t->kind == TOKEN_IDENT)
            here = precision_bits(text);
        if (t->kind == TOKEN_IDENT && is_format_like(text) && here == 0) return PRECISION_UNCLEAR;
        if (here <= 0) continue;
        if (found && here != *bits) return PRECISION_UNCLEAR;
        found = PRECISION_NAMED;
        *bits = here;
    }
    if (found && physics_any(p, p->text.lo, p->text.hi, "KV cache activations activation")) return PRECISION_UNCLEAR;
    bool vague = physics_begins(p, p->text.lo, p->text.hi, "quantiz quantis") ||
                 physics_any(p, p->text.lo, p->text.hi, "AWQ GPTQ EXL2 EXL3 HQQ precision quant quants");
    return !found && vague ? PRECISION_UNCLEAR : found;
}

bool precision_elsewhere(judge *j, const passage *p) {
    uint32_t first, end;
    physics_around(j, p, &first, &end);
    for (uint32_t i = first; i < end; i++) {
        passage *other = &j->passages[i];
        double bits;
        if (other == p || other->on != p->on || other->heading != p->heading) continue;
        passage_prepare(j, other);
        if (precision_named(other, &bits)) return true;
    }
    return false;
}
