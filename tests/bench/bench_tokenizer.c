/* bench_tokenizer.c - how fast a tokenizer opens, encodes and decodes, on one core.
 *
 * In: a GGUF file (its vocabulary is enough) and a text. Out: one line a figure; the text must come back unchanged,
 * or nothing is printed but the failure. Best of five runs, new scratch (cold cache of words) for each.
 */
#include "base/file.h"
#include "lm/tokenizer.h"

#include <stdio.h>
#include <time.h>

static double now_s(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int fail(const error *e) {
    char line[1024];
    fprintf(stderr, "bench_tokenizer: %s\n", error_text(e, line, sizeof line));
    return 1;
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fprintf(stderr, "usage: bench_tokenizer MODEL.gguf TEXT\n");
        return 2;
    }
    arena *a = arena_new(0);
    error e = {0};
    str model, text;
    gguf *g;
    tokenizer *t;
    if (file_read(a, argv[1], (size_t)1 << 32, &model, &e) || file_read(a, argv[2], (size_t)1 << 31, &text, &e))
        return fail(&e);
    double start = now_s();
    gguf_source source = gguf_source_bytes(&model);
    if (gguf_read(a, &source, argv[1], NULL, &g, &e)) return fail(&e);
    double header = now_s();
    if (tokenizer_open(g, &t, &e)) return fail(&e);
    double opened = now_s(), best = 1e9, decode = 1e9;
    token_ids tokens = {0};
    buf back = {0};
    for (int run = 0; run < 5; run++) {
        tokenizer_scratch *s = tokenizer_scratch_new(t);
        tokens.n = back.n = 0;
        double before = now_s();
        if (tokenizer_encode(t, s, text, 0, &tokens, &e)) return fail(&e);
        double between = now_s();
        tokenizer_decode(t, tokens.at, tokens.n, true, true, &back);
        double after = now_s();
        if (between - before < best) best = between - before;
        if (after - between < decode) decode = after - between;
        tokenizer_scratch_free(s);
    }
    if (!str_eq(buf_view(&back), text)) {
        fprintf(stderr, "bench_tokenizer: the text does not come back\n");
        return 1;
    }
    double mb = (double)text.n / 1e6;
    printf("%s\nheader %.1f ms, open %.1f ms\n", tokenizer_description(t), 1e3 * (header - start),
           1e3 * (opened - header));
    printf("%.1f MB, %zu tokens (%.2f bytes each): encode %.1f MB/s, decode %.1f MB/s\n", mb, tokens.n,
           (double)text.n / (double)tokens.n, mb / best, mb / decode);
    token_ids_free(&tokens);
    buf_free(&back);
    tokenizer_free(t);
    arena_free(a);
    return 0;
}
