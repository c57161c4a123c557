/* panel_ref.c - the product of one panel and one tile in plain C: what every fast path is compared with.
 *
 * Quantised:  sum over chunks of  d_row * d_column * (integer dot product of 32 codes)  [ - dmin * min * d*sum ]
 * Plain:      sum over k of w * x, both F32
 * The integer part is exact, so fast paths differ only in the rounding of a few float operations a chunk.
 */
#include "cpu.h"

/* The 32 integer codes of row r of a chunk, without scale. */
static void codes(enum layout layout, const uint8_t *quads, int r, int32_t q[CHUNK]) {
    for (int k = 0; k < CHUNK; k++) {
        int n = quads[k % 16 / 4 * 64 + r * 4 + k % 4] >> k / 16 * 4 & 15;
        switch (layout) {
        case LAY_Q8_0: q[k] = (int8_t)quads[k / 4 * 64 + r * 4 + k % 4]; break;
        case LAY_Q4_0: q[k] = n - 8; break;
        case LAY_Q4_K: q[k] = n; break;
        case LAY_Q5_K: q[k] = n | (quads[256 + 4 * r + k % 4] >> k / 4 & 1) << 4; break;
        case LAY_Q6_K: q[k] = (n | (quads[256 + k / 16 * 64 + 4 * r + k % 4] >> k % 16 / 4 * 2 & 3) << 4) - 32; break;
        case LAY_MXFP4:
        case LAY_NVFP4: q[k] = e2m1_doubled[n]; break;
        default: q[k] = 0;
        }
    }
}

/* Scales of the two halves of row r, and its minimum. */
static void scales(enum layout layout, const uint8_t *head, const uint8_t *chunk, int r, float s[2], float *minimum) {
    *minimum = 0;
    switch (layout) {
    case LAY_Q8_0:
    case LAY_Q4_0: s[0] = s[1] = f16_to_f32(load_u16(chunk + 2 * r)); break;
    case LAY_MXFP4: s[0] = s[1] = 0.5f * e8m0_to_f32(chunk[r]); break;
    case LAY_NVFP4:
        for (int i = 0; i < 2; i++) s[i] = 0.5f * ue4m3_to_f32(chunk[16 * i + r]);
        break;
    case LAY_Q6_K:
        for (int i = 0; i < 2; i++) s[i] = f16_to_f32(load_u16(head + 2 * r)) * (float)(int8_t)chunk[16 * i + r];
        break;
    default: /* Q4_K, Q5_K */
        s[0] = s[1] = f16_to_f32(load_u16(head + 2 * r)) * (float)chunk[r];
        *minimum = f16_to_f32(load_u16(head + 32 + 2 * r)) * (float)chunk[16 + r];
    }
}

static void panel_quantised(enum layout layout, const uint8_t *panel, int COLS, const uint8_t *tile, int C,
                            float *out) {
    for (int i = 0; i < PANEL * C; i++) out[i] = 0;
    bool halves = layout == LAY_Q6_K || layout == LAY_NVFP4, minima = layout == LAY_Q4_K || layout == LAY_Q5_K;
    for (int i = 0; i < COLS / CHUNK; i++, tile += TILE_CHUNK(C)) {
        const uint8_t *chunk = panel + pack_chunk_offset(layout, i);
        const uint8_t *head = panel + pack_chunk_offset(layout, i / 8 * 8) -
                              (layout == LAY_Q6_K ? 32
                               : minima           ? 64
                                                  : 0);
        const float *d = (const float *)(const void *)(tile + TILE_D(C)), *dsum = d + C;
        for (int r = 0; r < PANEL; r++) {
            int32_t q[CHUNK];
            float s[2], minimum;
            codes(layout, chunk + (layout == LAY_MXFP4 ? 16 : 32), r, q);
            scales(layout, head, chunk, r, s, &minimum);
            for (int c = 0; c < C; c++) {
                int32_t dot[2] = {0, 0};
                for (int k = 0; k < CHUNK; k++) dot[k / 16] += q[k] * (int8_t)tile[(k / 4 * C + c) * 4 + k % 4];
                float *y = &out[c * PANEL + r];
                if (halves) {
                    *y += (float)dot[0] * (s[0] * d[c]);
                    *y += (float)dot[1] * (s[1] * d[c]);
                } else {
                    *y += (float)(dot[0] + dot[1]) * (s[0] * d[c]);
                }
                if (minima) *y -= minimum * dsum[c];
            }
        }
    }
}

static void panel_plain(enum layout layout, const uint8_t *panel, int COLS, const float *tile, int C, float *out) {
    for (int i = 0; i < PANEL * C; i++) out[i] = 0;
    for (int k = 0; k < COLS; k++)
        for (int r = 0; r < PANEL; r++) {
            float w;
            if (layout == LAY_F32)
                memcpy(&w, panel + k * 64L + r * 4, 4);
            else if (layout == LAY_F16)
                w = f16_to_f32(load_u16(panel + k * 32L + r * 2));
            else
                w = bf16_to_f32(load_u16(panel + k / 2 * 64L + r * 4 + k % 2 * 2));
            for (int c = 0; c < C; c++) out[c * PANEL + r] += w * tile[k * C + c];
        }
}

#define QUANTISED(name, layout)                                                                                        \
    static void name(const uint8_t *panel, int COLS, const void *tile, int C, float *out) {                            \
        panel_quantised(layout, panel, COLS, tile, C, out);                                                            \
    }
#define PLAIN(name, layout)                                                                                            \
    static void name(const uint8_t *panel, int COLS, const void *tile, int C, float *out) {                            \
        panel_plain(layout, panel, COLS, tile, C, out);                                                                \
    }
PLAIN(panel_f32, LAY_F32)
PLAIN(panel_f16, LAY_F16)
PLAIN(panel_bf16, LAY_BF16)
QUANTISED(panel_q8_0, LAY_Q8_0)
QUANTISED(panel_q4_0, LAY_Q4_0)
QUANTISED(panel_q4_k, LAY_Q4_K)
QUANTISED(panel_q5_k, LAY_Q5_K)
QUANTISED(panel_q6_k, LAY_Q6_K)
QUANTISED(panel_mxfp4, LAY_MXFP4)
QUANTISED(panel_nvfp4, LAY_NVFP4)

static void quantise(const float *x, int COLS, uint8_t *tile, int c, int C) {
    for (int i = 0; i < COLS / CHUNK; i++, x += CHUNK, tile += TILE_CHUNK(C)) {
        float largest = 0, probe = 0, d = 0, inverse = 0;
        for (int k = 0; k < CHUNK; k++) {
            largest = fmaxf(largest, fabsf(x[k]));
            probe += x[k] * 0.0f; /* NaN when any entry is NaN or infinite */
        }
        if (probe != 0) {
            d = probe;
        } else if (largest >= 1e-30f) {
            d = largest / 127;
            inverse = 127 / largest;
        }
        int32_t sum[2] = {0, 0};
        for (int k = 0; k < CHUNK; k++) {
            int q = inverse != 0 ? (int)rintf(x[k] * inverse) : 0;
            tile[(k / 4 * C + c) * 4 + k % 4] = (uint8_t)(int8_t)q;
            sum[k / 16] += q;
        }
        tile_put_scales(tile, C, c, d, sum[0], sum[1]);
    }
}

void attend_ref(const struct attention_tile *t);
void glu_ref(enum kernels_act act, float *g, const float *u, int count);
uint64_t read_ref(const uint8_t *p, size_t n);
const struct cpu_isa cpu_isa_ref = {
    .name = "ref",
    .tile_columns = 4,
    .panel = {panel_f32, panel_f16, panel_bf16, panel_q8_0, panel_q4_0, panel_q4_k, panel_q5_k, panel_q6_k, panel_mxfp4,
              panel_nvfp4},
    .quantise = quantise,
    .attend = attend_ref,
    .glu = glu_ref,
    .read = read_ref,
};
