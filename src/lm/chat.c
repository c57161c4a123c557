/* chat.c - see chat.h. Sources: the publishers' chat templates (Qwen 2.5, 3, 3.5; Llama 3, 3.1 to 3.3; Mistral 7B v0.2,
 * Large 2407 and 2411, Nemo, Small 3.2, Ministral 3; Gemma 2, 3, 4), rendered by tests/oracles/chat.py.
 *
 *     turns ──► system text placed, neighbours joined ──► pieces
 */
#include "lm/chat.h"

enum system_place { SYSTEM_TURN, SYSTEM_IN_FIRST, SYSTEM_IN_LAST };
struct family {
    const char *name;
    str end;
    bool alternates; /* join neighbouring turns of one role */
    bool trims;      /* white space around a text is left out; not around a system text in a user's turn */
    enum system_place system;
};
static const struct family FAMILY[CHAT_FAMILIES] = {
    [CHAT_CHATML] = {"chatml", STR("<|im_end|>"), false, false, SYSTEM_TURN},
    [CHAT_QWEN] = {"qwen", STR("<|im_end|>"), false, false, SYSTEM_TURN},
    [CHAT_QWEN35] = {"qwen3.5", STR("<|im_end|>"), false, true, SYSTEM_TURN},
    [CHAT_LLAMA3] = {"llama3", STR("<|eot_id|>"), false, true, SYSTEM_TURN},
    [CHAT_LLAMA31] = {"llama3.1", STR("<|eot_id|>"), false, true, SYSTEM_TURN},
    [CHAT_MISTRAL_V1] = {"mistral-v1", STR("</s>"), true, false, SYSTEM_IN_FIRST},
    [CHAT_MISTRAL_V3] = {"mistral-v3", STR("</s>"), true, false, SYSTEM_IN_LAST},
    [CHAT_MISTRAL_V3_TEKKEN] = {"mistral-v3-tekken", STR("</s>"), true, false, SYSTEM_IN_LAST},
    [CHAT_MISTRAL_V7] = {"mistral-v7", STR("</s>"), true, false, SYSTEM_TURN},
    [CHAT_MISTRAL_V7_TEKKEN] = {"mistral-v7-tekken", STR("</s>"), true, false, SYSTEM_TURN},
    [CHAT_GEMMA] = {"gemma", STR("<end_of_turn>"), true, true, SYSTEM_IN_FIRST},
    [CHAT_GEMMA4] = {"gemma4", STR("<turn|>"), false, true, SYSTEM_TURN},
};

const char *chat_name(enum chat_family family) { return FAMILY[family].name; }
const char *chat_choices(void) {
    return "chatml, qwen, qwen3.5, llama3, llama3.1, mistral-v1, mistral-v3, mistral-v3-tekken, mistral-v7, "
           "mistral-v7-tekken, gemma, gemma4";
}
str chat_end(enum chat_family family) { return FAMILY[family].end; }
str chat_lead(enum chat_family family) {
    bool spaced = family == CHAT_MISTRAL_V1 || family == CHAT_MISTRAL_V3 || family == CHAT_MISTRAL_V7;
    return spaced ? STR(" ") : (str){0};
}
bool chat_alternates(enum chat_family family) { return FAMILY[family].alternates; }

int chat_find(str name, enum chat_family *family, error *e) {
    for (int i = 0; i < CHAT_FAMILIES; i++)
        if (str_eq(name, str_from_cstr(FAMILY[i].name))) {
            *family = (enum chat_family)i;
            return 0;
        }
    return error_set(e, ERROR_USAGE, "there is no chat format '%.*s'; there are %s", STR_ARG(name), chat_choices());
}

bool chat_is_mark(str text) {
    static const str MARKS[] = {
        STR("<|im_start|>"),
        STR("<|im_end|>"),
        STR("<think>"),
        STR("</think>"),
        STR("<|start_header_id|>"),
        STR("<|end_header_id|>"),
        STR("<|eot_id|>"),
        STR("[SYSTEM_PROMPT]"),
        STR("[/SYSTEM_PROMPT]"),
        STR("[INST]"),
        STR("[/INST]"),
        STR("</s>"),
        STR("<start_of_turn>"),
        STR("<end_of_turn>"),
        STR("<|turn>"),
        STR("<turn|>"),
        STR("<|think|>"),
        STR("<|channel>"),
        STR("<channel|>"),
    };
    for (size_t i = 0; i < COUNT_OF(MARKS); i++)
        if (str_eq(text, MARKS[i])) return true;
    return false;
}

static bool has(str text, str mark) { return str_find(text, mark, 0) >= 0; }

/* The first row whose marks are all there and whose `never` is not. Spaces tell Mistral's variants apart, as its own
 * templates write them: in quotes, before or behind the mark. */
int chat_recognise(str t, enum chat_family *family, error *e) {
    static const struct {
        str mark, also, never;
        enum chat_family family;
    } MARKS[] = {
        {STR("<|im_start|>"), {0}, STR("<|im_sep|>"), CHAT_CHATML}, /* looked at more closely below */
        {STR("<|start_header_id|>"), STR("Cutting Knowledge Date"), {0}, CHAT_LLAMA31},
        {STR("<|start_header_id|>"), STR("<|eot_id|>"), {0}, CHAT_LLAMA3},
        {STR("[SYSTEM_PROMPT] "), STR("[INST]"), {0}, CHAT_MISTRAL_V7},
        {STR("[SYSTEM_PROMPT]"), STR("[INST]"), {0}, CHAT_MISTRAL_V7_TEKKEN},
        {STR("[INST]"), STR(" [/INST]"), STR("<<SYS>>"), CHAT_MISTRAL_V1},
        {STR("[INST] "), {0}, STR("<<SYS>>"), CHAT_MISTRAL_V3},
        {STR("[INST]"), {0}, STR("<<SYS>>"), CHAT_MISTRAL_V3_TEKKEN},
        {STR("<start_of_turn>"), {0}, {0}, CHAT_GEMMA},
        {STR("<|turn>"), STR("<turn|>"), {0}, CHAT_GEMMA4},
    };
    for (size_t i = 0; i < COUNT_OF(MARKS); i++)
        if (has(t, MARKS[i].mark) && (!MARKS[i].also.n || has(t, MARKS[i].also)) &&
            (!MARKS[i].never.n || !has(t, MARKS[i].never))) {
            *family = MARKS[i].family;
            if (*family == CHAT_CHATML && has(t, STR("enable_thinking")))
                *family = has(t, STR("'<think>\\n' }}")) && has(t, STR("|trim")) ? CHAT_QWEN35 : CHAT_QWEN;
            return 0;
        }
    return error_set(e, ERROR_SUPPORT, "the model's chat template %s; say which format it wants with --chat %s",
                     t.n ? "is none that is known" : "is missing", chat_choices());
}

/* What the template of Llama 3.1 writes in front of the system text, with the date it takes when it is told none. */
static const str LLAMA31_DATES = STR("Cutting Knowledge Date: December 2023\nToday Date: 26 Jul 2024\n\n");

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
static void llama3_turn(struct writer *w, const char *role, str before, str text) {
    mark(w, STR("<|start_header_id|>"));
    plain(w, str_from_cstr(role));
    mark(w, STR("<|end_header_id|>"));
    plain(w, STR("\n\n"));
    plain(w, before);
    plain(w, text);
    mark(w, STR("<|eot_id|>"));
}
static void gemma_turn(struct writer *w, enum chat_family family, const char *role, str before, str text) {
    bool four = family == CHAT_GEMMA4;
    mark(w, four ? STR("<|turn>") : STR("<start_of_turn>"));
    plain(w, str_from_cstr(role));
    plain(w, STR("\n"));
    if (before.n) {
        mark(w, before);
        plain(w, STR("\n"));
    }
    plain(w, text);
    mark(w, FAMILY[family].end);
    plain(w, STR("\n"));
}

/* In v1 [INST] is no token of its own. A space stands behind each mark where the tokenizer is SentencePiece's. */
static void mistral_turn(struct writer *w, enum chat_family family, enum chat_role role, str text) {
    const bool first = family == CHAT_MISTRAL_V1;
    const str space = chat_lead(family);
    if (role == CHAT_SYSTEM) {
        mark(w, STR("[SYSTEM_PROMPT]"));
        plain(w, space);
        plain(w, text);
        mark(w, STR("[/SYSTEM_PROMPT]"));
    } else if (role == CHAT_USER) {
        put(w, first ? STR(" [INST]") : STR("[INST]"), !first);
        plain(w, space);
        plain(w, text);
        put(w, first ? STR(" [/INST]") : STR("[/INST]"), !first);
    } else {
        plain(w, space);
        plain(w, text);
        mark(w, STR("</s>"));
    }
}

static void write_turn(struct writer *w, enum chat_family family, struct chat_turn t, bool think) {
    static const char *const ROLES[] = {"system", "user", "assistant"};
    switch (family) {
    case CHAT_CHATML:
    case CHAT_QWEN:
    case CHAT_QWEN35: chatml_turn(w, ROLES[t.role], t.text); break;
    case CHAT_LLAMA3: llama3_turn(w, ROLES[t.role], (str){0}, t.text); break;
    case CHAT_LLAMA31: llama3_turn(w, ROLES[t.role], t.role == CHAT_SYSTEM ? LLAMA31_DATES : (str){0}, t.text); break;
    case CHAT_MISTRAL_V1:
    case CHAT_MISTRAL_V3:
    case CHAT_MISTRAL_V3_TEKKEN:
    case CHAT_MISTRAL_V7:
    case CHAT_MISTRAL_V7_TEKKEN: mistral_turn(w, family, t.role, t.text); break;
    case CHAT_GEMMA:
    case CHAT_GEMMA4:
        gemma_turn(w, family, t.role == CHAT_ASSISTANT ? "model" : ROLES[t.role],
                   think && t.role == CHAT_SYSTEM ? STR("<|think|>") : (str){0}, t.text);
        break;
    case CHAT_FAMILIES: break;
    }
}

static void open_reply(struct writer *w, enum chat_family family, bool think) {
    bool qwen = family == CHAT_QWEN || family == CHAT_QWEN35;
    if (family == CHAT_CHATML || qwen) {
        mark(w, STR("<|im_start|>"));
        plain(w, STR("assistant\n"));
        if (qwen && !think) {
            mark(w, STR("<think>"));
            plain(w, STR("\n\n"));
            mark(w, STR("</think>"));
            plain(w, STR("\n\n"));
        } else if (family == CHAT_QWEN35) {
            mark(w, STR("<think>"));
            plain(w, STR("\n"));
        }
    } else if (family == CHAT_LLAMA3 || family == CHAT_LLAMA31) {
        mark(w, STR("<|start_header_id|>"));
        plain(w, STR("assistant"));
        mark(w, STR("<|end_header_id|>"));
        plain(w, STR("\n\n"));
    } else if (family == CHAT_GEMMA) {
        mark(w, STR("<start_of_turn>"));
        plain(w, STR("model\n"));
    } else if (family == CHAT_GEMMA4) {
        mark(w, STR("<|turn>"));
        plain(w, STR("model\n"));
        if (think) return;
        mark(w, STR("<|channel>"));
        plain(w, STR("thought\n"));
        mark(w, STR("<channel|>"));
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
    struct chat_turn *t = ARENA_ARRAY(a, struct chat_turn, count + 1);
    if (!t) return error_set(e, ERROR_MEMORY, "no memory for a conversation of %zu turns", count);
    size_t n = 0;
    bool think = options && options->think;
    str system = {0};
    /* two families have a system turn even where there is no system text */
    if (turns[0].role != CHAT_SYSTEM && (family == CHAT_LLAMA31 || (family == CHAT_GEMMA4 && think)))
        t[n++] = (struct chat_turn){CHAT_SYSTEM, {0}};
    for (size_t i = 0; i < count; i++) {
        str text = f->trims ? str_trim(turns[i].text) : turns[i].text;
        if (turns[i].role == CHAT_SYSTEM && f->system != SYSTEM_TURN)
            system = turns[i].text;
        else if (n && f->alternates && t[n - 1].role == turns[i].role)
            t[n - 1].text = join(&w, t[n - 1].text, text);
        else
            t[n++] = (struct chat_turn){turns[i].role, text};
    }
    struct chat_turn *home = f->system == SYSTEM_IN_LAST ? &t[n - 1] : &t[0]; /* check() made the last one the user's */
    if (system.n && home->role == CHAT_USER) home->text = join(&w, system, home->text);
    for (size_t i = 0; i < n; i++) write_turn(&w, family, t[i], think);
    open_reply(&w, family, think);
    if (w.failed) return error_set(e, ERROR_MEMORY, "no memory for a conversation of %zu turns", count);
    *pieces = w.pieces.at;
    *piece_count = w.pieces.n;
    return 0;
}
