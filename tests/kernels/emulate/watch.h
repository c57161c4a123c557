/* watch.h - what compute-sanitizer looks for, on the processor: memcheck, initcheck and racecheck of emulated kernels.
 *
 *     kernels/cuda/X.cu ──compiled with -fsanitize=thread──► every load and store calls a hook of watch.cpp
 *                                                            (which stands in for the library that usually has them)
 *
 * Every byte of shared and device memory has a shadow: who wrote it last, who read it last, and when. Two accesses of a
 * byte, one of them a write, by two threads of a launch are a race unless
 *     both are atomic,  or a barrier of their block lies between them,  or they are lanes of one warp with a __syncwarp
 *     between them.     (A shuffle or a product orders nothing; blocks of one launch are never ordered.)
 * Bytes that cp.async is to fill may not be touched by anybody until they were waited for. Device memory has to be
 * inside a live allocation, and written before it is read. A fault ends the program with a sentence.
 *
 * Not here: ordering of atomics; memory fences; races between launches (they are ordered by the stream).
 */
#ifndef ASSAY_TESTS_WATCH_H
#define ASSAY_TESTS_WATCH_H

#include <cstddef>
#include <cstdint>

/* Whether the kernels were compiled with hooks; the other functions do nothing otherwise. */
bool watch_on(void);
/* Device memory whose bytes count as never written. watch_alloc: aligned to 4096; NULL when there is none. */
void *watch_alloc(size_t size_bytes);
void watch_free(void *p);
bool watch_owns(const void *p);
/* The host writes (upload, memset) or reads device memory; copies carry along what was never written. */
void watch_host_write(const void *p, size_t size_bytes);
void watch_host_read(const void *p, size_t size_bytes);
void watch_host_copy(const void *to, const void *from, size_t size_bytes);

/* What the emulator reports while a kernel runs. */
void watch_launch(const char *name);
unsigned char *watch_shared(void); /* where the block's shared memory lies while kernels are watched: up to 100 KiB */
void watch_block(size_t shared_bytes);
void watch_barrier(void);
void watch_warp(unsigned warp); /* __syncwarp */
void watch_atomic(const void *p, size_t size_bytes);
void watch_async_begin(const void *to, const void *from, size_t size_bytes);
void watch_async_end(const void *to, size_t size_bytes);

#endif
