/* plain_hash.c - base/hash.h without libcrypto, for benches on a machine that has a compiler and nothing else.
 *
 * In: bytes. Out: 64 digits that differ where the bytes do, as far as a bench needs: this is NOT SHA-256, and no part
 * of the program links it. Four streams of multiply and rotate.
 */
#include "base/hash.h"

#include <stdio.h>
#include <stdlib.h>

struct sha256 {
    uint64_t lane[4];
};

sha256 *sha256_new(void) { return calloc(1, sizeof(sha256)); }

void sha256_add(sha256 *h, str bytes) {
    for (ptrdiff_t i = 0; i < bytes.n; i++)
        for (unsigned k = 0; k < 4; k++)
            h->lane[k] =
                ((h->lane[k] << (7 + k) | h->lane[k] >> (57 - k)) ^ bytes.p[i]) * (0x9e3779b97f4a7c15u + 2 * k);
}

sha256_text sha256_finish(sha256 *h) {
    sha256_text t;
    snprintf(t.text, sizeof t.text, "sha256:%016llx%016llx%016llx%016llx", (unsigned long long)h->lane[0],
             (unsigned long long)h->lane[1], (unsigned long long)h->lane[2], (unsigned long long)h->lane[3]);
    free(h);
    return t;
}

sha256_text sha256_of(str bytes) {
    sha256_text none = {""};
    sha256 *h = sha256_new();
    if (!h) return none;
    sha256_add(h, bytes);
    return sha256_finish(h);
}
