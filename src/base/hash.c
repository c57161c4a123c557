/* hash.c - SHA-256 through libcrypto's one-purpose interface, which initialises nothing at start-up (the EVP layer
 * costs about a millisecond the first time, more than judging an article does). In: bytes. Out: hex text. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include "base/hash.h"

#include <openssl/sha.h>
#include <stdlib.h>

struct sha256 {
    SHA256_CTX context;
};

sha256 *sha256_new(void) {
    sha256 *h = malloc(sizeof *h);
    if (h) SHA256_Init(&h->context);
    return h;
}

void sha256_add(sha256 *h, str bytes) {
    if (bytes.n > 0) SHA256_Update(&h->context, bytes.p, (size_t)bytes.n);
}

static sha256_text finish(SHA256_CTX *context) {
    unsigned char digest[SHA256_DIGEST_LENGTH];
    sha256_text out;
    SHA256_Final(digest, context);
    memcpy(out.text, "sha256:", 7);
    for (size_t i = 0; i < sizeof digest; i++) {
        out.text[7 + 2 * i] = "0123456789abcdef"[digest[i] >> 4];
        out.text[8 + 2 * i] = "0123456789abcdef"[digest[i] & 15];
    }
    out.text[7 + 2 * sizeof digest] = '\0';
    return out;
}

sha256_text sha256_finish(sha256 *h) {
    sha256_text out = finish(&h->context);
    free(h);
    return out;
}

sha256_text sha256_of(str bytes) {
    struct sha256 h;
    SHA256_Init(&h.context);
    sha256_add(&h, bytes);
    return finish(&h.context);
}
