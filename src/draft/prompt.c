/* prompt.c - see prompt.h. In: brief, ruleset, manifest, a judgement. Out: turns of text; control marks are chat.h's.
 *
 * The wording of the contract is deliberately about form, limits and honesty. Signals that pay for specifics (versions,
 * numbers, paths) are described as what the listed facts are for, with no target to reach.
 */
#include "draft/prompt.h"

#include "draft/statements.h"

enum { REPAIR_EDITS = 40 }; /* edits named in one repair turn; the rest is counted */

static const char CONTRACT[] =
    "You write technical articles in Markdown that are checked by a program before a person reads them.\n"
    "\n"
    "How you write:\n"
    "- Answer with the article alone: no greeting, no comment about it, no code fence around it.\n"
    "- Begin with YAML frontmatter between two lines of ---, then the body. Put frontmatter texts in double quotes.\n"
    "- No em-dashes and no en-dashes. Use commas, full stops or parentheses.\n"
    "- No filler, no praise, no hedging of your own claims. Say it or leave it out.\n"
    "- Vary the length of your sentences and how they begin. Do not repeat one sentence shape.\n"
    "- Say where each claim ends: what was not tested, what it costs, to whom it does not apply.\n"
    "- Give causes, ordered steps and examples where you have them. A list has as many items as there are things.\n"
    "- Code blocks name their language. Terminal output is only what a listed fact says was printed.\n"
    "\n"
    "What you may state:\n"
    "- Every version, number, path, port, host, device, date and name of a program or service comes from the facts "
    "that\n"
    "  the request lists, written as they are written there. State nothing specific that is not listed.\n"
    "- Where the facts are silent, write in general terms, or say that it was not measured. Never estimate or round.\n"
    "- Do not claim routines, tests, reviews or experience that the facts do not list.\n";

static void put_list(buf *out, const str *items, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) buf_printf(out, "- %.*s\n", STR_ARG(items[i]));
}

static void put_length(buf *out, const brief *b) {
    if (b->words_min && b->words_max)
        buf_printf(out, "Length: %u to %u words in the body.\n", b->words_min, b->words_max);
    else if (b->words_min)
        buf_printf(out, "Length: at least %u words in the body.\n", b->words_min);
    else if (b->words_max)
        buf_printf(out, "Length: at most %u words in the body.\n", b->words_max);
}

/* What the style pays for and what it charges for, in the words of the rules; numbers stay with the gate. */
static void put_style(buf *out, const brief *b, const ruleset *rules) {
    const style *s = b->style;
    buf_printf(out, "\n## The style: %.*s\n\n%.*s\n\nFrontmatter keys that must be there:", STR_ARG(s->name),
               STR_ARG(s->summary));
    for (uint32_t i = 0; i < s->required_count; i++)
        buf_printf(out, "%s %.*s", i ? "," : "", STR_ARG(s->required_keys[i]));
    buf_printf(out, ". Write style: %.*s there.\n", STR_ARG(s->name));
    put_length(out, b);
    buf_cstr(out, "\nA reader of this style expects, as far as the facts above allow:\n");
    for (int id = 0; id < SIGNAL_COUNT; id++)
        if (!rules->signals[id].negative && s->weights[id] > 0)
            buf_printf(out, "- %.*s: %.*s\n", STR_ARG(rules->signals[id].title), STR_ARG(rules->signals[id].summary));
    buf_cstr(out, "\nEach of these counts against the article:\n");
    for (int id = 0; id < SIGNAL_COUNT; id++)
        if (rules->signals[id].negative && s->weights[id] > 0)
            buf_printf(out, "- %.*s: %.*s\n", STR_ARG(rules->signals[id].title), STR_ARG(rules->signals[id].summary));
    for (uint32_t i = 0; i < rules->lint_count; i++) {
        enum level level = rules->lints[i].level;
        for (uint32_t k = 0; k < s->lint_count; k++)
            if (s->lints[k].lint == i) level = s->lints[k].level;
        if (level >= LEVEL_ERROR)
            buf_printf(out, "- %.*s: %.*s\n", STR_ARG(rules->lints[i].title), STR_ARG(rules->lints[i].summary));
    }
}

static void put_facts(buf *out, const manifest *facts) {
    buf_cstr(out, "## The facts\n\n");
    if (!facts) {
        buf_cstr(out, "None are given. Write without versions, figures, paths, hosts and product names.\n");
        return;
    }
    buf_printf(out, "As of %s. This is all that is known:\n\n", date_format(facts->as_of).text);
    if (manifest_statements(facts, out) == 0) buf_cstr(out, "- nothing specific.\n");
}

static void put_brief(buf *out, const brief *b) {
    buf_printf(out, "\n## The brief\n\nWrite the article \"%.*s\".\n", STR_ARG(b->title));
    if (b->audience.n) buf_printf(out, "Its readers: %.*s.\n", STR_ARG(b->audience));
    if (b->must_cover_count) buf_cstr(out, "\nIt must cover:\n");
    put_list(out, b->must_cover, b->must_cover_count);
    if (b->must_not_count) buf_cstr(out, "\nIt must not:\n");
    put_list(out, b->must_not, b->must_not_count);
    buf_cstr(out, "\nWhere the brief asks for something that the facts do not list, say that it is not known.\n");
}

static int out_of_memory(error *e) { return error_set(e, ERROR_MEMORY, "out of memory for the prompt"); }

static int finish(arena *a, struct chat_turn *turns, size_t count, prompt *out, error *e) {
    static const char *const roles[] = {[CHAT_SYSTEM] = "system", [CHAT_USER] = "user", [CHAT_ASSISTANT] = "assistant"};
    (void)a;
    sha256 *h = sha256_new();
    if (!h) return out_of_memory(e);
    for (size_t i = 0; i < count; i++) {
        sha256_add(h, str_from_cstr(roles[turns[i].role]));
        sha256_add(h, STR("\n"));
        sha256_add(h, turns[i].text);
        sha256_add(h, (str){(const uint8_t *)"", 1}); /* a NUL ends a turn */
    }
    *out = (prompt){.turns = turns, .count = count, .hash = sha256_finish(h)};
    return 0;
}

int prompt_make(arena *a, const brief *b, const ruleset *rules, const manifest *facts, prompt *out, error *e) {
    buf text = {0};
    put_facts(&text, facts); /* first: then every brief over one manifest begins alike, and that is computed once */
    put_style(&text, b, rules);
    put_brief(&text, b);
    struct chat_turn *turns = ARENA_ARRAY(a, struct chat_turn, 2);
    str user = text.failed ? ((str){0}) : arena_str(a, buf_view(&text));
    buf_free(&text);
    if (!turns || !user.p) return out_of_memory(e);
    turns[0] = (struct chat_turn){CHAT_SYSTEM, str_from_cstr(CONTRACT)};
    turns[1] = (struct chat_turn){CHAT_USER, user};
    return finish(a, turns, 2, out, e);
}

/* ---- repairs ----------------------------------------------------------------------------------------------------- */

static int put_edits(arena *a, buf *out, const gate_options *options, const judgement *judged, error *e) {
    advice given;
    int bad = gate_advise(a, options, judged, &given, e);
    if (bad) return bad;
    for (uint32_t i = 0; i < given.count && i < REPAIR_EDITS; i++) {
        place at = line_table_place(&judged->article.lines, given.edits[i].where.lo);
        buf_printf(out, "- line %u: %.*s\n", at.line, STR_ARG(given.edits[i].what));
    }
    if (given.count > REPAIR_EDITS) buf_printf(out, "- and %u more of the same kinds\n", given.count - REPAIR_EDITS);
    if (given.score < given.minimum)
        buf_cstr(out,
                 "- The article also says too little in the form that its style asks for. Take what is missing from\n"
                 "  the listed facts, or state the limits of what is said; add nothing else.\n");
    return 0;
}

int prompt_repair(arena *a, const prompt *first, str draft, const gate_options *options, const judgement *judged,
                  prompt *out, error *e) {
    buf text = {0};
    buf_cstr(&text, "The check refused this article. Change what is listed here and leave the rest as it is:\n\n");
    int bad = put_edits(a, &text, options, judged, e);
    buf_cstr(&text,
             "\nRemove what is named, or replace it by what the listed facts say. Put no other specific in its place.\n"
             "Answer with the whole article again, frontmatter included, and nothing else.\n");
    struct chat_turn *turns = ARENA_ARRAY(a, struct chat_turn, first->count + 2);
    str user = text.failed ? ((str){0}) : arena_str(a, buf_view(&text)), said = arena_str(a, draft);
    buf_free(&text);
    if (bad) return bad;
    if (!turns || !user.p || !said.p) return out_of_memory(e);
    memcpy(turns, first->turns, first->count * sizeof *turns);
    turns[first->count] = (struct chat_turn){CHAT_ASSISTANT, said};
    turns[first->count + 1] = (struct chat_turn){CHAT_USER, user};
    return finish(a, turns, first->count + 2, out, e);
}
