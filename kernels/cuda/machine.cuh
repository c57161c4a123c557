/* machine.cuh - what a kernel may ask of the machine: conversions, bytes in words, warp sums, tensor cores, async copies.
 *
 * Everything else in kernels/cuda is ordinary C with templates. So the same files run in three ways: compiled by nvcc for
 * a GPU; on the host inside nvcc (HD functions: layouts and index arithmetic); and, with ASSAY_EMULATE, under the
 * emulator of tests/kernels/emulate, where each thread is a fibre. Fragments of the tensor-core products, for lane
 * 4g+t (PTX ISA, mma.m16n8k16 and mma.m16n8k32):
 *
 *     A, 16 rows:  register 0: row g, k = t*p..      1: row g+8     2: row g, k = 4p + t*p..     3: row g+8, the same k
 *     B, 8 columns: register 0: column g, k = t*p..  1: column g, k = 4p + t*p..                 p = entries a register
 *     C:  0: row g, column 2t     1: row g, column 2t+1     2: row g+8, column 2t     3: row g+8, column 2t+1
 *
 * Only instructions of compute capability 8.0 are used, so PTX for 8.0 serves every GPU from there on; code for 12.1a has
 * one more, the block-scaled product mma_mxfp4 (HAS_BLOCK_SCALE), whose tables stand beside it.
 */
#ifndef ASSAY_KERNELS_CUDA_MACHINE_CUH
#define ASSAY_KERNELS_CUDA_MACHINE_CUH

#if defined(ASSAY_EMULATE)
#include "emulate.h"
#else
#include <cuda_runtime.h>
#include <cuda_fp16.h>
#endif
#include <math.h>
#include <stdint.h>
#include <string.h>

/* Whether this code may hold block-scaled products: the PTX ISA has them for 12.1a and its like only, never for PTX that
 * other GPUs compile. The host asks what was loaded by running a kernel (plugin.cu). */
#if defined(ASSAY_EMULATE) || defined(__CUDA_ARCH_FEAT_SM121_ALL)
#define HAS_BLOCK_SCALE 1
#else
#define HAS_BLOCK_SCALE 0
#endif

#define HD static inline __host__ __device__
#define DEV static inline __device__

/* ---- bits and small floats: host and device --------------------------------------------------------------------- */

HD float bits_to_float(uint32_t bits) {
#if defined(__CUDA_ARCH__)
    return __uint_as_float(bits);
#else
    float f;
    memcpy(&f, &bits, 4);
    return f;
#endif
}
HD uint32_t float_to_bits(float f) {
#if defined(__CUDA_ARCH__)
    return __float_as_uint(f);
#else
    uint32_t bits;
    memcpy(&bits, &f, 4);
    return bits;
#endif
}
/* Products and differences that stay two roundings, as the reference does them (no fused multiply-add). */
HD float mul_rn(float a, float b) {
#if defined(__CUDA_ARCH__)
    return __fmul_rn(a, b);
#else
    return a * b;
#endif
}
HD float sub_rn(float a, float b) {
#if defined(__CUDA_ARCH__)
    return __fsub_rn(a, b);
#else
    volatile float c = a;
    return c - b;
#endif
}

HD float half_to_float(uint16_t h) {
#if defined(__CUDA_ARCH__)
    return __half2float(__ushort_as_half(h));
#else
    uint32_t sign = (uint32_t)(h & 0x8000) << 16, magnitude = h & 0x7fffu;
    if (magnitude >= 0x7c00) return bits_to_float(sign | 0x7f800000u | (magnitude & 0x3ff) << 13);
    return bits_to_float(sign | float_to_bits(bits_to_float(magnitude << 13) * 0x1p112f));
#endif
}
/* Nearest, ties to even; too large becomes infinity. */
HD uint16_t float_to_half(float f) {
#if defined(__CUDA_ARCH__)
    return __half_as_ushort(__float2half_rn(f));
#else
    uint32_t bits = float_to_bits(f), sign = bits >> 16 & 0x8000;
    bits &= 0x7fffffffu;
    if (bits > 0x7f800000u) return (uint16_t)(sign | 0x7e00);
    if (bits >= 0x477ff000u) return (uint16_t)(sign | 0x7c00);
    if (bits < 0x38800000u) return (uint16_t)(sign | (float_to_bits(bits_to_float(bits) + 0.5f) - 0x3f000000u));
    return (uint16_t)(sign | ((bits + 0xfffu + (bits >> 13 & 1) - 0x38000000u) >> 13));
#endif
}
HD float bf16_to_float(uint16_t h) { return bits_to_float((uint32_t)h << 16); }
HD uint16_t float_to_bf16(float f) {
    uint32_t bits = float_to_bits(f);
    if ((bits & 0x7fffffffu) > 0x7f800000u) return (uint16_t)(bits >> 16 | 0x40);
    return (uint16_t)((bits + 0x7fffu + (bits >> 16 & 1)) >> 16);
}
HD float e8m0_value(uint8_t e) { return bits_to_float(e ? (uint32_t)e << 23 : 0x00400000u); } /* 2^(e-127) */
/* UE4M3 as NVFP4 uses it: the sign bit is not looked at, 0x7f is 0. */
HD float ue4m3_value(uint8_t u) {
    u &= 0x7f;
    return u == 0x7f ? 0.0f : half_to_float((uint16_t)(u << 7)) * 256.0f; /* same fields, bias 7 against 15 */
}
/* E4M3 of the FP8 cache (OCP 8-bit floating point 1.0): largest 448, 0x7f and 0xff are NaN; nearest even, saturating. */
HD float e4m3_to_float(uint8_t v) {
    float magnitude = (v & 0x7f) == 0x7f ? bits_to_float(0x7fc00000u) : half_to_float((uint16_t)((v & 0x7f) << 7)) * 256.0f;
    return v & 0x80 ? -magnitude : magnitude;
}
HD uint8_t float_to_e4m3(float f) {
    uint32_t bits = float_to_bits(f);
    uint8_t sign = (uint8_t)(bits >> 24 & 0x80);
    bits &= 0x7fffffffu;
    if (bits > 0x7f800000u) return (uint8_t)(sign | 0x7f);
    if (bits >= 0x43e00000u) return (uint8_t)(sign | 0x7e);                  /* 448 and more */
    if (bits < 0x3c800000u) {                                                /* below 2^-6: steps of 2^-9 */
        float steps = bits_to_float(bits) * 512.0f;
        return (uint8_t)(sign | (uint8_t)(float_to_bits(steps + 8388608.0f) & 0xf));
    }
    bits += 0x7ffffu + (bits >> 20 & 1);
    uint32_t code = (bits >> 20) - ((127 - 7) << 3);
    return (uint8_t)(sign | (code > 0x7e ? 0x7e : code));
}
/* Twice the value of an E2M1 code: 0 1 2 3 4 6 8 12 and their negatives. */
HD int e2m1_twice(int code) {
    int m = code & 7, v = m < 4 ? m : m < 6 ? 2 * m - 4 : m == 6 ? 8 : 12;
    return code & 8 ? -v : v;
}

HD uint32_t load_u16(const uint8_t *p) { return (uint32_t)p[0] | (uint32_t)p[1] << 8; }

/* ---- bytes in words ---------------------------------------------------------------------------------------------- */

/* Codes 0..63 in four bytes, each less 32, as signed bytes. */
DEV uint32_t bytes_less_32(uint32_t v) { return ((v | 0x80808080u) - 0x20202020u) ^ 0x80808080u; }

/* Eight E2M1 codes in a word: twice their values as signed bytes; lo = the low nibbles, hi = the high nibbles. Three byte
 * permutations look up four codes: one in the table of codes 0-7, one in that of 8-15, one that picks by bit 3. */
DEV void e2m1_bytes(uint32_t codes, uint32_t *lo, uint32_t *hi) {
    const uint32_t P0 = 0x03020100u, P1 = 0x0c080604u, N0 = 0xfdfeff00u, N1 = 0xf4f8fafcu;
    uint32_t index = codes & 0x77777777u, pick = 0x32103210u | (codes & 0x88888888u) >> 1;
    uint32_t a = __byte_perm(__byte_perm(P0, P1, index), __byte_perm(N0, N1, index), pick);
    index >>= 16;
    pick >>= 16;
    uint32_t b = __byte_perm(__byte_perm(P0, P1, index), __byte_perm(N0, N1, index), pick);
    *lo = __byte_perm(a, b, 0x6420);
    *hi = __byte_perm(a, b, 0x7531);
}

DEV uint32_t pack_halves(float first, float second) {
    return (uint32_t)float_to_half(first) | (uint32_t)float_to_half(second) << 16;
}
DEV uint32_t pack_bf16(float first, float second) {
    return (uint32_t)float_to_bf16(first) | (uint32_t)float_to_bf16(second) << 16;
}
/* Four E4M3 values in a word to two words of two halves: one instruction each from compute capability 8.9 on. Else the
 * fields fit into a half shifted left by 7, with an exponent too small by 8: a product with 2^8 mends it, subnormals
 * included. NaN codes stay NaN. */
DEV void e4m3_halves(uint32_t four, uint32_t out[2]) {
#if defined(__CUDA_ARCH__) && __CUDA_ARCH__ >= 890
    asm("cvt.rn.f16x2.e4m3x2 %0, %1;" : "=r"(out[0]) : "h"((uint16_t)four));
    asm("cvt.rn.f16x2.e4m3x2 %0, %1;" : "=r"(out[1]) : "h"((uint16_t)(four >> 16)));
#else
    for (int i = 0; i < 2; i++) {
        uint32_t two = __byte_perm(four, 0, i ? 0x4342 : 0x4140); /* bytes to the low halves */
        uint32_t raw = (two & 0x00800080u) << 8 | (two & 0x007f007fu) << 7;
#if defined(__CUDA_ARCH__)
        __half2 scaled = __hmul2(*reinterpret_cast<__half2 *>(&raw), __half2half2(__ushort_as_half(0x5c00)));
        uint32_t value = *reinterpret_cast<uint32_t *>(&scaled);
#else
        uint32_t value = (uint32_t)float_to_half(half_to_float((uint16_t)raw) * 256.0f) |
                         (uint32_t)float_to_half(half_to_float((uint16_t)(raw >> 16)) * 256.0f) << 16;
#endif
        if ((two & 0x7f) == 0x7f) value |= 0x7e00u;
        if ((two >> 16 & 0x7f) == 0x7f) value |= 0x7e000000u;
        out[i] = value;
    }
#endif
}

/* ---- loads, warps ------------------------------------------------------------------------------------------------ */

/* Weights are read once a pass: past the first cache, so that activations stay there. */
DEV uint4 load_stream(const void *p) {
#if defined(__CUDA_ARCH__)
    uint4 v;
    asm volatile("ld.global.nc.L1::no_allocate.v4.u32 {%0,%1,%2,%3}, [%4];"
                 : "=r"(v.x), "=r"(v.y), "=r"(v.z), "=r"(v.w)
                 : "l"(p));
    return v;
#else
    return *(const uint4 *)p;
#endif
}
template <class T> DEV T load_at(const void *p) { return *(const T *)p; }

DEV float shuffle_xor(float v, int mask) {
#if defined(ASSAY_EMULATE)
    return bits_to_float(emulate_shuffle_xor(float_to_bits(v), mask));
#else
    return __shfl_xor_sync(0xffffffffu, v, mask);
#endif
}
DEV int shuffle_xor(int v, int mask) {
#if defined(ASSAY_EMULATE)
    return (int)emulate_shuffle_xor((uint32_t)v, mask);
#else
    return __shfl_xor_sync(0xffffffffu, v, mask);
#endif
}
DEV int shuffle(int v, int lane) {
#if defined(ASSAY_EMULATE)
    return (int)emulate_shuffle((uint32_t)v, lane);
#else
    return __shfl_sync(0xffffffffu, v, lane);
#endif
}
DEV float warp_sum(float v) {
    for (int m = 16; m; m >>= 1) v += shuffle_xor(v, m);
    return v;
}
DEV float warp_max(float v) {
    for (int m = 16; m; m >>= 1) v = fmaxf(v, shuffle_xor(v, m));
    return v;
}

/* ---- tensor cores ------------------------------------------------------------------------------------------------ */

/* int8 products as floats: the sums start at 3 * 2^22, whose bits are those of the float 12582912, so that a sum's bits are
 * the float 12582912 + sum and one full-rate subtraction replaces a half-rate conversion. Exact while |sum| < 2^22: 32
 * products of two bytes are below 2^19. */
#define INT_SUM_START 0x4b400000u
DEV void int_sums(float c[4], const uint32_t sums[4]) {
    for (int i = 0; i < 4; i++) c[i] = bits_to_float(sums[i]) - 12582912.0f;
}
DEV void mma_s8_k32(float c[4], const uint32_t a[4], const uint32_t b[2]) { /* c = A B */
    uint32_t d[4];
#if defined(ASSAY_EMULATE)
    emulate_mma_s8_k32(d, a, b, INT_SUM_START);
#elif defined(__CUDA_ARCH__)
    asm("mma.sync.aligned.m16n8k32.row.col.s32.s8.s8.s32 {%0,%1,%2,%3}, {%4,%5,%6,%7}, {%8,%9}, {%10,%10,%10,%10};"
        : "=r"(d[0]), "=r"(d[1]), "=r"(d[2]), "=r"(d[3])
        : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]), "r"(INT_SUM_START));
#endif
    int_sums(c, d);
}
DEV void mma_s8_k16(float c[4], const uint32_t a[2], uint32_t b) { /* c = A B */
    uint32_t d[4];
#if defined(ASSAY_EMULATE)
    emulate_mma_s8_k16(d, a, b, INT_SUM_START);
#elif defined(__CUDA_ARCH__)
    asm("mma.sync.aligned.m16n8k16.row.col.s32.s8.s8.s32 {%0,%1,%2,%3}, {%4,%5}, {%6}, {%7,%7,%7,%7};"
        : "=r"(d[0]), "=r"(d[1]), "=r"(d[2]), "=r"(d[3])
        : "r"(a[0]), "r"(a[1]), "r"(b), "r"(INT_SUM_START));
#endif
    int_sums(c, d);
}
DEV void mma_bf16(float c[4], const uint32_t a[4], const uint32_t b[2]) { /* c += A B, k = 16 */
#if defined(ASSAY_EMULATE)
    emulate_mma_bf16(c, a, b);
#elif defined(__CUDA_ARCH__)
    asm("mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32 {%0,%1,%2,%3}, {%4,%5,%6,%7}, {%8,%9}, {%0,%1,%2,%3};"
        : "+f"(c[0]), "+f"(c[1]), "+f"(c[2]), "+f"(c[3])
        : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]));
#endif
}
DEV void mma_f16(float c[4], const uint32_t a[4], const uint32_t b[2]) { /* c += A B, k = 16 */
#if defined(ASSAY_EMULATE)
    emulate_mma_f16(c, a, b);
#elif defined(__CUDA_ARCH__)
    asm("mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32 {%0,%1,%2,%3}, {%4,%5,%6,%7}, {%8,%9}, {%0,%1,%2,%3};"
        : "+f"(c[0]), "+f"(c[1]), "+f"(c[2]), "+f"(c[3])
        : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]));
#endif
}

/* c += (A * 2^(sa-127)) (B * 2^(sb-127)), k = 32: A in E2M1, B in E4M3, one E8M0 scale a row of A and a column of B.
 * PTX ISA 9.0, text of "Block Scaling for mma.sync" and "Matrix Fragments for mma.m16n8k32"; the lane of each scale and the
 * bits of a code are as in published code for these chips, unproved until the self-test runs on one:
 *     A      the 8-bit fragment above; an E2M1 code fills bits 2 to 5 of its byte, the others are 0
 *     scales thread-id 0: lanes 4g and 4g+1 give those of rows g and g+8, lane 4n that of column n
 *            byte-id: which byte of the lane's word, so a word serves four products, one after the other */
template <int BYTE> DEV void mma_mxfp4(float c[4], const uint32_t a[4], uint32_t sa, uint32_t b0, uint32_t b1, uint32_t sb) {
#if defined(ASSAY_EMULATE)
    emulate_mma_mxfp4(c, a, sa, b0, b1, sb, BYTE);
#elif defined(__CUDA_ARCH__) && HAS_BLOCK_SCALE
    asm("mma.sync.aligned.m16n8k32.row.col.kind::mxf8f6f4.block_scale.scale_vec::1X.f32.e2m1.e4m3.f32.ue8m0 "
        "{%0,%1,%2,%3}, {%4,%5,%6,%7}, {%8,%9}, {%0,%1,%2,%3}, %10, {%12,%13}, %11, {%12,%13};"
        : "+f"(c[0]), "+f"(c[1]), "+f"(c[2]), "+f"(c[3])
        : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b0), "r"(b1), "r"(sa), "r"(sb), "n"(BYTE), "n"(0));
#endif
}

/* ---- shared memory and asynchronous copies ----------------------------------------------------------------------- */

#if defined(ASSAY_EMULATE)
#define SHARED_BYTES(name) unsigned char *name = emulate_shared()
#else
#define SHARED_BYTES(name) extern __shared__ __align__(128) unsigned char name[]
#endif

/* 16 bytes from device to shared memory; both 16-aligned. Visible to the thread after copy_wait, to others after a
 * barrier behind it. */
DEV void copy_async(void *shared_to, const void *from) {
#if defined(ASSAY_EMULATE)
    emulate_async_copy(shared_to, from, 16);
#elif defined(__CUDA_ARCH__)
    asm volatile("cp.async.cg.shared.global [%0], [%1], 16;" ::"r"((uint32_t)__cvta_generic_to_shared(shared_to)), "l"(from)
                 : "memory");
#endif
}
/* The same for 8 bytes. */
DEV void copy_async_8(void *shared_to, const void *from) {
#if defined(ASSAY_EMULATE)
    emulate_async_copy(shared_to, from, 8);
#elif defined(__CUDA_ARCH__)
    asm volatile("cp.async.ca.shared.global [%0], [%1], 8;" ::"r"((uint32_t)__cvta_generic_to_shared(shared_to)), "l"(from)
                 : "memory");
#endif
}
DEV void copy_commit(void) {
#if defined(ASSAY_EMULATE)
    emulate_async_commit();
#elif defined(__CUDA_ARCH__)
    asm volatile("cp.async.commit_group;" ::: "memory");
#endif
}
template <int LEFT> DEV void copy_wait(void) { /* until at most LEFT of this thread's groups are under way */
#if defined(ASSAY_EMULATE)
    emulate_async_wait(LEFT);
#elif defined(__CUDA_ARCH__)
    asm volatile("cp.async.wait_group %0;" ::"n"(LEFT) : "memory");
#endif
}

#endif
