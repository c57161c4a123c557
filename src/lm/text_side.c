/* text_side.c - see text_side.h. In: a model's header. Out: a tokenizer and a chat format, or the first reason why
 * there is none. */
#include "lm/text_side.h"

static int choose_family(const gguf *g, const char *wanted, enum chat_family *family, error *e) {
    str template_text = {0};
    if (wanted) return chat_find(str_from_cstr(wanted), family, e);
    int bad = gguf_get_str(g, "tokenizer.chat_template", false, &template_text, e);
    return bad ? bad : chat_recognise(template_text, family, e);
}

/* A token without a row in the model's table cannot be read; the table may have rows that no token uses. */
static int check_table(const gguf *g, const tokenizer *t, error *e) {
    const gguf_tensor *table = gguf_find(g, "token_embd.weight");
    if (!table || table->ne[1] >= tokenizer_size(t)) return 0;
    return error_set(e, ERROR_SCHEMA, "the tokenizer has %u tokens, and token_embd.weight has rows for %llu",
                     tokenizer_size(t), (unsigned long long)table->ne[1]);
}

int text_side_open(const gguf *g, const char *chat, tokenizer **t, enum chat_family *family, error *e) {
    *t = NULL;
    int bad = tokenizer_open(g, t, e);
    if (!bad) bad = check_table(g, *t, e);
    if (!bad) bad = choose_family(g, chat, family, e);
    if (!bad) return 0;
    tokenizer_free(*t);
    *t = NULL;
    return bad;
}

int text_side_check(const gguf *g, const char *chat, error *e) {
    enum chat_family family;
    tokenizer *t;
    int bad = text_side_open(g, chat, &t, &family, e);
    tokenizer_free(t);
    return bad;
}
