/* vector_ref.c - attention and gates, one lane at a time: the reference of vector.inc.h. */
#define NAME attend_ref
#define GLU glu_ref
#define READ read_ref
#define VEC float
#define LANES 1
#define ROWS_AT_ONCE 4
#define V_ZERO 0.0f
#define V_SET(x) (x)
#define V_LOAD(p) (*(p))
#define V_STORE(p, v) (*(p) = (v))
#define V_LOAD_HALF(p) f16_to_f32(*(p))
#define V_LOAD_FP8(p) e4m3_to_f32(*(p))
#define V_MUL(a, b) ((a) * (b))
#define V_ADD(a, b) ((a) + (b))
#define V_FMA(a, b, c) ((a) * (b) + (c))
#define V_MAX(a, b) ((a) > (b) ? (a) : (b))
#define V_DIV(a, b) ((a) / (b))
#define V_EXP(v) exp_or_zero(v)
#include <math.h>
static inline float exp_or_zero(float x) { return x < -87 ? 0 : expf(x); }
#include "vector.inc.h"
