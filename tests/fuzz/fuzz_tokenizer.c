/* fuzz_tokenizer.c - any text through every family, and any bytes as a vocabulary.
 *
 * First byte: what is done. 0-6: one of seven small built-in vocabularies encodes the rest; it must come back unchanged
 * (U+2581 in the families that write spaces so comes back as a space), the same with a warm cache and a cold
 * one, and without control tokens unless they were asked for. Others: the rest is lines that become a vocabulary, which
 * may be refused but not crash, and then encodes itself.
 */
#include "lm/gguf_write.h"
#include "lm/tokenizer.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int truth) {
    if (!truth) abort();
}

enum { TOKENS_LIMIT = 4096 };

typedef struct vocabulary {
    const char *model, *pre;
    str tokens[TOKENS_LIMIT], merges[TOKENS_LIMIT];
    int32_t types[TOKENS_LIMIT];
    float scores[TOKENS_LIMIT];
    size_t n, merge_count;
    uint8_t text[1 << 16];
    size_t used;
} vocabulary;

static void add(vocabulary *v, str text, int32_t type, float score) {
    if (v->n == TOKENS_LIMIT) return;
    v->tokens[v->n] = text;
    v->types[v->n] = type;
    v->scores[v->n++] = score;
}

static str keep(vocabulary *v, const void *p, size_t n) {
    check(v->used + n <= sizeof v->text);
    memcpy(v->text + v->used, p, n);
    str s = str_make(v->text + v->used, n);
    v->used += n;
    return s;
}

/* 256 byte tokens: the printable alphabet of byte-level BPE, or <0xNN>. */
static void add_bytes(vocabulary *v, int alphabet) {
    unsigned shifted = 0;
    for (unsigned b = 0; b < 256; b++) {
        char out[8];
        int plain = (b >= 33 && b <= 126) || (b >= 161 && b <= 172) || b >= 174;
        unsigned code = plain ? b : 256 + shifted++;
        if (!alphabet) {
            static const char hex[] = "0123456789ABCDEF";
            char text[6] = {'<', '0', 'x', hex[b >> 4], hex[b & 15], '>'};
            add(v, keep(v, text, 6), TOKEN_BYTE, 0);
        } else if (code < 128) {
            out[0] = (char)code;
            add(v, keep(v, out, 1), TOKEN_NORMAL, 0);
        } else {
            out[0] = (char)(0xc0 | code >> 6);
            out[1] = (char)(0x80 | (code & 63));
            add(v, keep(v, out, 2), TOKEN_NORMAL, 0);
        }
    }
}

static tokenizer *open_vocabulary(const vocabulary *v) {
    gguf_writer *w = gguf_writer_new();
    gguf_write_str(w, "tokenizer.ggml.model", str_from_cstr(v->model));
    if (v->pre) gguf_write_str(w, "tokenizer.ggml.pre", str_from_cstr(v->pre));
    gguf_write_strs(w, "tokenizer.ggml.tokens", v->tokens, v->n);
    gguf_write_i32s(w, "tokenizer.ggml.token_type", v->types, v->n);
    gguf_write_f32s(w, "tokenizer.ggml.scores", v->scores, v->n);
    gguf_write_strs(w, "tokenizer.ggml.merges", v->merges, v->merge_count);
    buf b = {0};
    gguf *g = NULL;
    tokenizer *t = NULL;
    arena *a = arena_new(0);
    check(gguf_writer_header(w, &b, NULL) == 0);
    str bytes = buf_view(&b);
    gguf_source source = gguf_source_bytes(&bytes);
    if (gguf_read(a, &source, "vocabulary", NULL, &g, NULL) == 0) tokenizer_open(g, &t, NULL);
    arena_free(a);
    buf_free(&b);
    gguf_writer_free(w);
    return t;
}

static tokenizer *built_in(int kind) {
    static const char *const pres[] = {"gpt-2", "llama-bpe", "qwen2", "qwen35", "tekken"};
    static const char *const halves[][2] = {{"t", "h"},  {"th", "e"},  {"a", "a"},   {"aa", "aa"},
                                            {"aa", "a"}, {"1", "1"},   {"\n", "\n"}, {"e", "r"},
                                            {"S", "S"},  {"S", "the"}, {"S", "a"}};
    static vocabulary v;
    memset(&v, 0, sizeof v);
    v.model = kind < 5 ? "gpt2" : kind == 5 ? "llama" : "gemma4";
    v.pre = kind < 5 ? pres[kind] : NULL;
    const char *space = kind < 5 ? "\xc4\xa0" : "\xe2\x96\x81", *line = kind < 5 ? "\xc4\x8a" : "\n";
    if (kind == 5) add(&v, STR("<unk>"), TOKEN_UNKNOWN, 0);
    add_bytes(&v, kind < 5);
    add(&v, STR("<|end|>"), TOKEN_CONTROL, 0);
    add(&v, STR("<|en"), TOKEN_USER_DEFINED, 0);
    if (kind >= 5)
        for (const char *c = "the a1\nrx"; *c; c++)
            add(&v, *c == ' ' ? str_from_cstr(space) : keep(&v, c, 1), TOKEN_NORMAL, -100);
    for (size_t i = 0; i < COUNT_OF(halves); i++) {
        buf whole = {0}, merge = {0};
        for (int side = 0; side < 2; side++)
            for (const char *c = halves[i][side]; *c; c++) {
                const char *written = *c == 'S' ? space : *c == '\n' ? line : NULL;
                for (int k = 0; k < 2; k++)
                    if (written)
                        buf_cstr(k ? &merge : &whole, written);
                    else
                        buf_byte(k ? &merge : &whole, (uint8_t)*c);
                if (side == 0 && !c[1]) buf_byte(&merge, ' ');
            }
        add(&v, keep(&v, whole.p, whole.n), TOKEN_NORMAL, -(float)i);
        v.merges[v.merge_count++] = keep(&v, merge.p, merge.n);
        buf_free(&whole);
        buf_free(&merge);
    }
    return open_vocabulary(&v);
}

/* `warm` has seen all earlier texts; now and then a cold one must say the same. */
static void round_trip(const tokenizer *t, tokenizer_scratch *warm, str text, int spaces) {
    tokenizer_scratch *cold = text.n % 16 ? NULL : tokenizer_scratch_new(t);
    token_ids once = {0}, again = {0};
    buf back = {0}, wanted = {0};
    for (unsigned flags = 0; flags < 2; flags++) {
        once.n = again.n = back.n = wanted.n = 0;
        check(tokenizer_encode(t, warm, text, flags, &once, NULL) == 0);
        check(tokenizer_encode(t, cold ? cold : warm, text, flags, &again, NULL) == 0);
        check(once.n == again.n && (once.n == 0 || memcmp(once.at, again.at, once.n * sizeof *once.at) == 0));
        if (flags == 0)
            for (size_t i = 0; i < once.n; i++) check(tokenizer_type(t, once.at[i]) != TOKEN_CONTROL);
        tokenizer_decode(t, once.at, once.n, true, true, &back);
        for (ptrdiff_t i = 0; i < text.n; i++) {
            int mark = spaces && i + 2 < text.n && memcmp(text.p + i, "\xe2\x96\x81", 3) == 0;
            buf_byte(&wanted, mark ? ' ' : text.p[i]);
            if (mark) i += 2;
        }
        if (!(spaces == 1 && flags)) check(str_eq(buf_view(&back), buf_view(&wanted)));
    }
    token_ids_free(&once);
    token_ids_free(&again);
    buf_free(&back);
    buf_free(&wanted);
    tokenizer_scratch_free(cold);
}

/* Lines: "m left right" a merge, "c", "u", "b", "k" a token of that type, others a normal token. */
static void as_vocabulary(int kind, str lines) {
    static vocabulary v;
    memset(&v, 0, sizeof v);
    v.model = kind % 3 == 0 ? "gpt2" : kind % 3 == 1 ? "llama" : "gemma4";
    v.pre = kind % 3 == 0 ? "llama-bpe" : NULL;
    if (kind & 4) add_bytes(&v, kind % 3 == 0);
    if (kind & 8) add(&v, STR("<unk>"), TOKEN_UNKNOWN, 0);
    str rest = lines, line;
    while (str_cut(&rest, '\n', &line)) {
        uint8_t first = line.n ? line.p[0] : 0;
        str tail = str_slice(line, 1, line.n);
        if (first == 'm' && v.merge_count < TOKENS_LIMIT)
            v.merges[v.merge_count++] = tail;
        else if (first == 'c')
            add(&v, tail, TOKEN_CONTROL, 0);
        else if (first == 'u')
            add(&v, tail, TOKEN_USER_DEFINED, 0);
        else if (first == 'b')
            add(&v, tail, TOKEN_BYTE, 0);
        else if (first == 'k')
            add(&v, tail, TOKEN_UNKNOWN, 0);
        else if (line.n)
            add(&v, line, TOKEN_NORMAL, (float)first);
    }
    tokenizer *t = open_vocabulary(&v);
    if (!t) return;
    tokenizer_scratch *s = tokenizer_scratch_new(t);
    token_ids out = {0};
    for (unsigned flags = 0; flags < 4; flags++) check(tokenizer_encode(t, s, lines, flags, &out, NULL) == 0);
    for (size_t i = 0; i < out.n; i++) check(out.at[i] < tokenizer_size(t));
    token_ids_free(&out);
    tokenizer_scratch_free(s);
    tokenizer_free(t);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static tokenizer *all[7];
    static tokenizer_scratch *warm[7];
    if (size < 1) return 0;
    str rest = str_make(data + 1, size - 1);
    if (data[0] >= 7 * 8) {
        as_vocabulary(data[0] & 15, rest);
        return 0;
    }
    int kind = data[0] % 7;
    if (!all[kind]) all[kind] = built_in(kind);
    check(all[kind] != NULL);
    if (!warm[kind]) warm[kind] = tokenizer_scratch_new(all[kind]);
    round_trip(all[kind], warm[kind], rest, kind == 5 ? 1 : kind == 6 ? 2 : 0);
    return 0;
}
