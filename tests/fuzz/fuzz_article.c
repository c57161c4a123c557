/* fuzz_article.c - any bytes are an article: the invariants hold, in every mode.
 *
 * Byte 0 chooses: bit 0 MDX, bit 1 keep the outer fence, bits 2-4 max_depth, bit 5: the same text with CRLF must give
 * the same article but for source offsets. The rest is the article.
 */
#include "article/article.h"
#include "base/buf.h"
#include "tests/support/article_check.h"

#include <stdio.h>
#include <stdlib.h>

static void stop(const char *why) {
    fprintf(stderr, "fuzz_article: %s\n", why);
    abort();
}

static str dump(arena *a, str source, const article_options *options, buf *out) {
    article art;
    error e = {0};
    int status = article_parse(a, STR("f.md"), source, options, &art, &e);
    if (status == ERROR_LIMIT) return STR("limit");
    if (status) stop(e.message);
    const char *wrong = article_check(&art);
    if (wrong) stop(wrong);
    article_dump(&art, false, out);
    return buf_view(out);
}

static void same_with_crlf(arena *a, str text, const article_options *options, const buf *wanted) {
    buf crlf = {0}, got = {0};
    for (ptrdiff_t i = 0; i < text.n; i++) {
        if (text.p[i] == '\r') goto done; /* lone CRs would change meaning */
        if (text.p[i] == '\n') buf_byte(&crlf, '\r');
        buf_byte(&crlf, text.p[i]);
    }
    str b = dump(a, buf_view(&crlf), options, &got);
    str wanted_text = buf_view(wanted);
    if (b.n != 5 && wanted_text.n && str_find(wanted_text, STR("issue 5"), 0) < 0 &&
        str_find(b, STR("issue 7"), 0) < 0 && str_find(wanted_text, STR("issue 7"), 0) < 0) {
        /* line ends inside code blocks are runs of their own with CRLF: compare without runs */
        buf x = {0}, y = {0};
        str pieces[2] = {wanted_text, b};
        for (int k = 0; k < 2; k++) {
            str line;
            while (str_cut(&pieces[k], '\n', &line))
                if (!str_starts(line, STR("    run"))) buf_str(k ? &y : &x, line), buf_byte(k ? &y : &x, '\n');
        }
        if (!str_eq(buf_view(&x), buf_view(&y))) {
            fprintf(stderr, "--- LF\n%.*s--- CRLF\n%.*s", (int)x.n, (const char *)x.p, (int)y.n, (const char *)y.p);
            stop("CRLF changes the article");
        }
        buf_free(&x);
        buf_free(&y);
    }
done:
    buf_free(&crlf);
    buf_free(&got);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 1) return 0;
    article_options options = {.mdx = data[0] & 1, .keep_fence = data[0] & 2, .max_depth = 1 + (data[0] >> 2 & 7) * 9};
    arena *a = arena_new(256u << 20);
    buf first = {0};
    str text = str_make(data + 1, size - 1);
    dump(a, text, &options, &first);
    if (data[0] & 0x20) same_with_crlf(a, text, &options, &first);
    buf_free(&first);
    arena_free(a);
    return 0;
}
