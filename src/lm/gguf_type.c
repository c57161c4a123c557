/* gguf_type.c - the table of tensor types: file number, name, weights and bytes of a block.
 *
 * In: a number from a file. Out: its row, or NULL. Types without kernels here are listed too, so that `model info` can
 * size and name a file that cannot be loaded. Source of the numbers: ggml.h (enum ggml_type), ggml-common.h (block
 * structures). Numbers that ggml has withdrawn (4, 5, 31-33, 36-38) stay unknown.
 */
#include "lm/gguf.h"

static const gguf_type TYPES[] = {
    {0, "F32", 1, 4, true},          {1, "F16", 1, 2, true},          {2, "Q4_0", 32, 18, true},
    {3, "Q4_1", 32, 20, false},      {6, "Q5_0", 32, 22, false},      {7, "Q5_1", 32, 24, false},
    {8, "Q8_0", 32, 34, true},       {9, "Q8_1", 32, 36, false},      {10, "Q2_K", 256, 84, false},
    {11, "Q3_K", 256, 110, false},   {12, "Q4_K", 256, 144, true},    {13, "Q5_K", 256, 176, true},
    {14, "Q6_K", 256, 210, true},    {15, "Q8_K", 256, 292, false},   {16, "IQ2_XXS", 256, 66, false},
    {17, "IQ2_XS", 256, 74, false},  {18, "IQ3_XXS", 256, 98, false}, {19, "IQ1_S", 256, 50, false},
    {20, "IQ4_NL", 32, 18, false},   {21, "IQ3_S", 256, 110, false},  {22, "IQ2_S", 256, 82, false},
    {23, "IQ4_XS", 256, 136, false}, {24, "I8", 1, 1, false},         {25, "I16", 1, 2, false},
    {26, "I32", 1, 4, true},         {27, "I64", 1, 8, false},        {28, "F64", 1, 8, false},
    {29, "IQ1_M", 256, 56, false},   {30, "BF16", 1, 2, true},        {34, "TQ1_0", 256, 54, false},
    {35, "TQ2_0", 256, 66, false},   {39, "MXFP4", 32, 17, true},     {40, "NVFP4", 64, 36, true},
};

const gguf_type *gguf_type_of(uint32_t id) {
    for (size_t i = 0; i < COUNT_OF(TYPES); i++)
        if (TYPES[i].id == id) return &TYPES[i];
    return NULL;
}

const char *gguf_kind_name(enum gguf_kind kind) {
    static const char *const names[GGUF_KIND_COUNT] = {"u8",   "i8",     "u16",   "i16", "u32", "i32", "f32",
                                                       "bool", "string", "array", "u64", "i64", "f64"};
    return (unsigned)kind < GGUF_KIND_COUNT ? names[kind] : "unknown";
}
