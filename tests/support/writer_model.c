/* writer_model.c - see writer_model.h. A llama of two layers, tied embeddings, F32; splitmix64 (Steele, Lea, Flood
 * 2014) draws the weights. The vocabulary is that of SentencePiece: control tokens, 256 bytes, and every beginning of
 * every word, so that merging letter by letter reaches the words.
 */
#include "tests/support/writer_model.h"

#include "base/file.h"
#include "lm/gguf_write.h"
#include "lm/tokenizer.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    DIM = 64,
    HEADS = 4,
    KV_HEADS = 2,
    HEAD = 16,
    USUAL_FF = 96,
    LAYERS = 2,
    MAX_TOKENS_KNOWN = 2048,
    MAX_TENSORS = 64,
    END = 4
};

static const char *const WORDS =
    " the of and to in a is that it was for on are with as be at this from or by not have an but what which their one "
    "we "
    "article draft style title facts write must state count against reader words listed nothing specific than each "
    "each. "
    "version number path port host device service program test measured because the. first then step check error line "
    "machine memory model GPU CPU second minutes after before when where only never always no --- \n---\n style: "
    "title: date: "
    "\n## ### tutorial essay\n \n\n . , : ; ( ) \" ' - ``` ```sh\n";

struct vocabulary {
    str tokens[MAX_TOKENS_KNOWN];
    int32_t types[MAX_TOKENS_KNOWN];
    float scores[MAX_TOKENS_KNOWN];
    char text[MAX_TOKENS_KNOWN][24];
    size_t n;
};

static void add(struct vocabulary *v, const char *text, size_t len, int32_t type, float score) {
    for (size_t i = 0; i < v->n; i++)
        if (str_eq(v->tokens[i], str_make(text, len))) return;
    if (v->n == MAX_TOKENS_KNOWN || len >= sizeof v->text[0]) return;
    memcpy(v->text[v->n], text, len);
    v->tokens[v->n] = str_make(v->text[v->n], len);
    v->types[v->n] = type;
    v->scores[v->n] = score;
    v->n++;
}

static void add_word(struct vocabulary *v, str word, bool spaced) {
    char text[24];
    size_t n = 0;
    if (spaced) memcpy(text, "\xe2\x96\x81", 3), n = 3; /* U+2581 stands for the space */
    for (ptrdiff_t i = 0; i < word.n && n < sizeof text - 1; i++) {
        text[n++] = (char)word.p[i];
        add(v, text, n, TOKEN_NORMAL, -(float)v->n);
    }
}

static struct vocabulary *make_vocabulary(void) {
    static const char *const controls[] = {"<unk>", "<s>", "</s>", "<|im_start|>", "<|im_end|>"};
    struct vocabulary *v = calloc(1, sizeof *v);
    if (!v) return NULL;
    for (size_t i = 0; i < COUNT_OF(controls); i++)
        add(v, controls[i], strlen(controls[i]), i ? TOKEN_CONTROL : TOKEN_UNKNOWN, 0);
    for (unsigned i = 0; i < 256; i++) {
        char text[8];
        snprintf(text, sizeof text, "<0x%02X>", i);
        add(v, text, 6, TOKEN_BYTE, 0);
    }
    add(v, "\xe2\x96\x81", 3, TOKEN_NORMAL, -1);
    for (char c = '!'; c <= '~'; c++) add(v, &c, 1, TOKEN_NORMAL, -1);
    str rest = str_from_cstr(WORDS), word;
    while (str_cut(&rest, ' ', &word)) add_word(v, word, true);
    rest = str_from_cstr(WORDS);
    while (str_cut(&rest, ' ', &word)) add_word(v, word, false);
    return v;
}

static uint32_t feed_forward(const struct writer_model *m) { return m->feed_forward ? m->feed_forward : USUAL_FF; }

static void keys(gguf_writer *w, const struct writer_model *m, const struct vocabulary *v) {
    const char *chat = m->chat_template ? m->chat_template : "{{'<|im_start|>' + role + '\n' + text + '<|im_end|>'}}";
    gguf_write_str(w, "general.architecture", STR("llama"));
    gguf_write_str(w, "general.name", STR("Tiny Noise"));
    gguf_write_u32(w, "llama.block_count", LAYERS);
    gguf_write_u32(w, "llama.context_length", m->context ? m->context : 16384);
    gguf_write_u32(w, "llama.embedding_length", DIM);
    gguf_write_u32(w, "llama.feed_forward_length", feed_forward(m));
    gguf_write_u32(w, "llama.attention.head_count", HEADS);
    gguf_write_u32(w, "llama.attention.head_count_kv", KV_HEADS);
    gguf_write_f32(w, "llama.attention.layer_norm_rms_epsilon", 1e-5f);
    gguf_write_u32(w, "llama.rope.dimension_count", HEAD);
    gguf_write_f32(w, "llama.rope.freq_base", 10000);
    gguf_write_str(w, "tokenizer.ggml.model", STR("llama"));
    gguf_write_strs(w, "tokenizer.ggml.tokens", v->tokens, v->n);
    gguf_write_f32s(w, "tokenizer.ggml.scores", v->scores, v->n);
    gguf_write_i32s(w, "tokenizer.ggml.token_type", v->types, v->n);
    gguf_write_u32(w, "tokenizer.ggml.bos_token_id", 1);
    gguf_write_u32(w, "tokenizer.ggml.eos_token_id", 2);
    gguf_write_u32(w, "tokenizer.ggml.unknown_token_id", 0);
    gguf_write_bool(w, "tokenizer.ggml.add_bos_token", true);
    gguf_write_bool(w, "tokenizer.ggml.add_space_prefix", false);
    if (*chat) gguf_write_str(w, "tokenizer.chat_template", str_from_cstr(chat));
}

struct tensor {
    float middle, amplitude;
    uint64_t columns;
};
struct maker {
    const struct writer_model *m;
    uint32_t FF;
    struct tensor tensor[MAX_TENSORS];
    gguf_writer *w;
};

static void declare(struct maker *k, const char *name, float middle, float amplitude, uint64_t columns, uint64_t rows) {
    const uint64_t ne[] = {columns, rows};
    uint32_t i = gguf_write_tensor(k->w, name, GGUF_TYPE_F32, rows > 1 ? 2 : 1, ne);
    if (i < MAX_TENSORS) k->tensor[i] = (struct tensor){middle, amplitude, columns};
}

static void tensors(struct maker *k, size_t vocabulary) {
    char name[64];
    declare(k, "token_embd.weight", 0, 1, DIM,
            vocabulary); /* tensor 0: the rows of the end tokens are told apart there */
    declare(k, "output.weight", 0, 0.6f, DIM, vocabulary);
    declare(k, "output_norm.weight", 1, 0.1f, DIM, 1);
    for (int i = 0; i < LAYERS; i++) {
#define NAME(text) (snprintf(name, sizeof name, "blk.%d." text, i), name)
        declare(k, NAME("attn_norm.weight"), 1, 0.1f, DIM, 1);
        declare(k, NAME("attn_q.weight"), 0, 0.3f, DIM, HEADS * HEAD);
        declare(k, NAME("attn_k.weight"), 0, 0.3f, DIM, KV_HEADS * HEAD);
        declare(k, NAME("attn_v.weight"), 0, 0.3f, DIM, KV_HEADS * HEAD);
        declare(k, NAME("attn_output.weight"), 0, k->m->forgetful ? 0 : 0.3f, HEADS * HEAD, DIM);
        declare(k, NAME("ffn_norm.weight"), 1, 0.1f, DIM, 1);
        declare(k, NAME("ffn_gate.weight"), 0, 0.3f, DIM, k->FF);
        declare(k, NAME("ffn_up.weight"), 0, 0.3f, DIM, k->FF);
        declare(k, NAME("ffn_down.weight"), 0, 0.3f, k->FF, DIM);
    }
}

/* Weight `at` of a tensor follows from its place alone, so that pieces can be asked for in any size. */
static float weight(const struct maker *k, uint32_t tensor, uint64_t at) {
    const struct tensor *t = &k->tensor[tensor];
    uint64_t z = (k->m->seed + 1) * 0xd1342543de82ef95u + ((uint64_t)tensor << 32 | at) * 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    z ^= z >> 31;
    float u = (float)((double)(z >> 40) / (1 << 23) - 1);
    return t->middle + u * t->amplitude;
}

static int fill(void *context, uint32_t tensor, uint64_t offset, void *out, size_t len_bytes, error *e) {
    const struct maker *k = context;
    (void)e;
    for (size_t i = 0; i < len_bytes; i += sizeof(float)) {
        uint64_t at = (offset + i) / sizeof(float);
        float value = weight(k, tensor, at);
        /* The end's logit: as if every other token's came a hundred times lower. */
        if (k->m->ends_at_once && tensor == 1 && at / DIM != END) value *= 0.0f;
        if (k->m->ends_at_once && tensor == 1 && at / DIM == END) value = at % DIM ? 0 : 1e-3f;
        memcpy((uint8_t *)out + i, &value, sizeof value);
    }
    return 0;
}

int writer_model_bytes(const struct writer_model *m, buf *out, error *e) {
    struct maker k = {.m = m, .FF = feed_forward(m), .w = gguf_writer_new()};
    struct vocabulary *v = make_vocabulary();
    int bad = k.w && v ? 0 : error_set(e, ERROR_MEMORY, "no memory for a small model");
    if (!bad) {
        keys(k.w, m, v);
        tensors(&k, v->n - m->rows_missing);
        bad = gguf_writer_bytes(k.w, out, fill, &k, e);
    }
    gguf_writer_free(k.w);
    free(v);
    return bad;
}

int writer_model_file(const struct writer_model *m, const char *path, error *e) {
    buf bytes = {0};
    int bad = writer_model_bytes(m, &bytes, e);
    if (!bad) bad = file_write(path, buf_view(&bytes), e);
    buf_free(&bytes);
    return bad;
}
