/* chat.c - see chat.h. Sources: the publishers' chat templates (Qwen2.5, Qwen3; Llama 3; Mistral v3 and v7; Gemma 2,
 * 3).
 *
 *     turns ──► system text placed, neighbours joined ──► pieces
 */
#include "lm/chat.h"

struct family {
    const char *name;
    str end;
    bool alternates;     /* join neighbouring turns of one role */
    bool system_in_user; /* there is no system turn */
};
static const struct family FAMILY[CHAT_FAMILIES] = {
    [CHAT_CHATML] = {"chatml", STR("<|im_end|>"), false, false},
    [CHAT_QWEN] = {"qwen", STR("<|im_end|>"), false, false},
    [CHAT_LLAMA3] = {"llama3", STR("<|eot_id|>"), false, false},
    [CHAT_MISTRAL] = {"mistral", STR("</s>"), true, true},
    [CHAT_MISTRAL_V7] = {"mistral-v7", STR("</s>"), true, false},
    [CHAT_GEMMA] = {"gemma", STR("<end_of_turn>"), true, true},
};

const char *chat_name(enum chat_family family) { return FAMILY[family].name; }
const char *chat_choices(void) { return "chatml, qwen, llama3, mistral, mistral-v7, gemma"; }
str chat_end(enum chat_family family) { return FAMILY[family].end; }

int chat_find(str name, enum chat_family *family, error *e) {
    for (int i = 0; i < CHAT_FAMILIES; i++)
        if (str_eq(name, str_from_cstr(FAMILY[i].name))) {
            *family = (enum chat_family)i;
            return 0;
        }
    return error_set(e, ERROR_USAGE, "there is no chat format '%.*s'; there are %s", STR_ARG(name), chat_choices());
}

static bool has(str text, str mark) { return str_find(text, mark, 0) >= 0; }

int chat_recognise(str t, enum chat_family *family, error *e) {
    static const struct {
        str mark, also, not ;
        enum chat_family family;
    } MARKS[] = {
        {STR("<|im_start|>"), STR("enable_thinking"), {0}, CHAT_QWEN},
        {STR("<|im_start|>"), {0}, {0}, CHAT_CHATML},
        {STR("<|start_header_id|>"), {0}, {0}, CHAT_LLAMA3},
        {STR("[SYSTEM_PROMPT]"), STR("[INST]"), {0}, CHAT_MISTRAL_V7},
        {STR("[INST]"), {0}, STR("<<SYS>>"), CHAT_MISTRAL},
        {STR("<start_of_turn>"), {0}, {0}, CHAT_GEMMA},
    };
    for (size_t i = 0; i < COUNT_OF(MARKS); i++)
        if (has(t, MARKS[i].mark) && (!MARKS[i].also.n || has(t, MARKS[i].also)) &&
            (!MARKS[i].not .n || !has(t, MARKS[i].not ))) {
            *family = MARKS[i].family;
            return 0;
        }
    return error_set(e, ERROR_SUPPORT, "the model's chat template %s; say which format it wants with --chat %s",
                     t.n ? "is none that is known" : "is missing", chat_choices());
}

/* ---- rendering -------------------------------------------------------------------------------------------------- */

struct writer {
    arena *a;
    VEC(struct chat_piece) pieces;
    bool failed;
};

/* Appends; neighbours of one kind become one piece, so that words are cut as if the whole had been one text. */
static void put(struct writer *w, str text, bool control) {
    if (!text.n || w->failed) return;
    struct chat_piece *last = w->pieces.n ? &w->pieces.at[w->pieces.n - 1] : NULL;
    if (last && last->control == control) {
        uint8_t *joined = arena_alloc(w->a, (size_t)(last->text.n + text.n), 1);
        if (!joined) {
            w->failed = true;
            return;
        }
        memcpy(joined, last->text.p, (size_t)last->text.n);
        memcpy(joined + last->text.n, text.p, (size_t)text.n);
        last->text = str_make(joined, (size_t)(last->text.n + text.n));
        return;
    }
    if (!VEC_PUSH(w->a, &w->pieces, (struct chat_piece){text, control})) w->failed = true;
}
static void mark(struct writer *w, str text) { put(w, text, true); }
static void plain(struct writer *w, str text) { put(w, text, false); }

/* Two texts with an empty line between; either may be empty. */
static str join(struct writer *w, str first, str second) {
    if (!first.n) return second;
    if (!second.n) return first;
    str joined = arena_printf(w->a, "%.*s\n\n%.*s", STR_ARG(first), STR_ARG(second));
    if (!joined.p) w->failed = true;
    return joined;
}

static void chatml_turn(struct writer *w, const char *role, str text) {
    mark(w, STR("<|im_start|>"));
    plain(w, str_from_cstr(role));
    plain(w, STR("\n"));
    plain(w, text);
    mark(w, STR("<|im_end|>"));
    plain(w, STR("\n"));
}
static void llama3_turn(struct writer *w, const char *role, str text) {
    mark(w, STR("<|start_header_id|>"));
    plain(w, str_from_cstr(role));
    mark(w, STR("<|end_header_id|>"));
    plain(w, STR("\n\n"));
    plain(w, str_trim(text));
    mark(w, STR("<|eot_id|>"));
}
static void gemma_turn(struct writer *w, const char *role, str text) {
    mark(w, STR("<start_of_turn>"));
    plain(w, str_from_cstr(role));
    plain(w, STR("\n"));
    plain(w, str_trim(text));
    mark(w, STR("<end_of_turn>"));
    plain(w, STR("\n"));
}
static void mistral_turn(struct writer *w, bool v7, enum chat_role role, str text) {
    if (role == CHAT_SYSTEM) {
        mark(w, STR("[SYSTEM_PROMPT]"));
        plain(w, text);
        mark(w, STR("[/SYSTEM_PROMPT]"));
    } else if (role == CHAT_USER) {
        mark(w, STR("[INST]"));
        if (!v7) plain(w, STR(" "));
        plain(w, text);
        mark(w, STR("[/INST]"));
    } else {
        if (!v7) plain(w, STR(" "));
        plain(w, text);
        mark(w, STR("</s>"));
    }
}

static void write_turn(struct writer *w, enum chat_family family, struct chat_turn t) {
    static const char *const ROLES[] = {"system", "user", "assistant"};
    switch (family) {
    case CHAT_CHATML:
    case CHAT_QWEN: chatml_turn(w, ROLES[t.role], t.text); break;
    case CHAT_LLAMA3: llama3_turn(w, ROLES[t.role], t.text); break;
    case CHAT_MISTRAL: mistral_turn(w, false, t.role, t.text); break;
    case CHAT_MISTRAL_V7: mistral_turn(w, true, t.role, t.text); break;
    case CHAT_GEMMA: gemma_turn(w, t.role == CHAT_ASSISTANT ? "model" : "user", t.text); break;
    case CHAT_FAMILIES: break;
    }
}

static void open_reply(struct writer *w, enum chat_family family, bool think) {
    if (family == CHAT_CHATML || family == CHAT_QWEN) {
        mark(w, STR("<|im_start|>"));
        plain(w, STR("assistant\n"));
        if (family == CHAT_QWEN && !think) {
            mark(w, STR("<think>"));
            plain(w, STR("\n\n"));
            mark(w, STR("</think>"));
            plain(w, STR("\n\n"));
        }
    } else if (family == CHAT_LLAMA3) {
        mark(w, STR("<|start_header_id|>"));
        plain(w, STR("assistant"));
        mark(w, STR("<|end_header_id|>"));
        plain(w, STR("\n\n"));
    } else if (family == CHAT_GEMMA) {
        mark(w, STR("<start_of_turn>"));
        plain(w, STR("model\n"));
    }
}

static int check(const struct chat_turn *turns, size_t count, error *e) {
    if (count == 0 || turns[count - 1].role != CHAT_USER)
        return error_set(e, ERROR_USAGE, "a conversation must end with the user's turn");
    for (size_t i = 1; i < count; i++)
        if (turns[i].role == CHAT_SYSTEM) return error_set(e, ERROR_USAGE, "a system turn can only be the first one");
    return 0;
}

int chat_render(arena *a, enum chat_family family, const struct chat_turn *turns, size_t count,
                const struct chat_options *options, const struct chat_piece **pieces, size_t *piece_count, error *e) {
    int bad = check(turns, count, e);
    if (bad) return bad;
    const struct family *f = &FAMILY[family];
    struct writer w = {.a = a};
    struct chat_turn *t = ARENA_ARRAY(a, struct chat_turn, count);
    if (!t) return error_set(e, ERROR_MEMORY, "no memory for a conversation of %zu turns", count);
    size_t n = 0;
    str system = {0};
    for (size_t i = 0; i < count; i++) {
        if (turns[i].role == CHAT_SYSTEM && f->system_in_user)
            system = turns[i].text;
        else if (n && f->alternates && t[n - 1].role == turns[i].role)
            t[n - 1].text = join(&w, t[n - 1].text, turns[i].text);
        else
            t[n++] = turns[i];
    }
    struct chat_turn *home = family == CHAT_MISTRAL ? &t[n - 1] : &t[0]; /* check() made the last turn the user's */
    if (system.n && home->role == CHAT_USER) home->text = join(&w, system, home->text);
    for (size_t i = 0; i < n; i++) write_turn(&w, family, t[i]);
    open_reply(&w, family, options && options->think);
    if (w.failed) return error_set(e, ERROR_MEMORY, "no memory for a conversation of %zu turns", count);
    *pieces = w.pieces.at;
    *piece_count = w.pieces.n;
    return 0;
}
