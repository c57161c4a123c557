/* hash.h - content hashes: SHA-256 (FIPS 180-4) by libcrypto, in the "sha256:<64 hex digits>" form of the reports. */
#ifndef ASSAY_BASE_HASH_H
#define ASSAY_BASE_HASH_H

#include "base/str.h"

typedef struct sha256 sha256; /* a running hash; opaque, heap-allocated */
typedef struct sha256_text {
    char text[72]; /* "sha256:" + 64 hex digits + NUL */
} sha256_text;

sha256 *sha256_new(void); /* NULL when memory is gone */
void sha256_add(sha256 *h, str bytes);
/* Ends the hash and frees `h`. */
sha256_text sha256_finish(sha256 *h);
/* In one call. */
sha256_text sha256_of(str bytes);

#endif
