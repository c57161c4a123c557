/* shown.c - does a line of code, output or a diagram show that a program is here?
 *
 *     image: ollama/ollama:0.12.3                the image of a service, the base of one
 *     127.0.0.1:9090  users:(("prometheus"))     ss: who listens
 *     ● prometheus.service … active (running)    systemctl, docker ps: what is up, in one line or two
 *     │ Celery      │                            a box of a diagram
 *
 * What is typed, "docker compose up", is commands/command_absent.c's. In: a line of a code block and the bytes of a
 * name in it. Out: whether the line's own structure says so. A block below words of negation, of conditions or of what
 * is gone shows nothing.
 */
#include "facts/judge.h"

enum { LINE_LIMIT = 2048, BOX_REACH = 4096 }; /* longer lines are no code; a diagram's corners stand at its beginning */

static const uint32_t FRAME = CUE_NEGATION | CUE_GONE | CUE_IF | CUE_OTHERS | CUE_PAST;

/* "This is what I would run:", "instead of": a wish or a comparison in the last clause, "could compare runs" aside. */
static bool is_wished(const passage *lead) {
    uint32_t from = 0;
    for (uint32_t i = 1; i < lead->word_count; i++)
        if (str_starts(surface_slice(lead->on, lead->words[i - 1].hi, lead->words[i].lo), STR(","))) from = i;
    for (uint32_t i = from; i < lead->word_count; i++)
        if (word_in(lead, i, "would might should will plan planned instead rather than unlike considered")) return true;
    return false;
}

static bool frame_allows(judge *j, const passage *p) {
    uint32_t frames[2] = {p->lead, p->heading};
    for (size_t i = 0; i < COUNT_OF(frames); i++) {
        if (frames[i] == PASSAGE_NONE) continue;
        passage *q = &j->passages[frames[i]];
        passage_prepare(j, q);
        if (q->cues & (i ? CUE_NEGATION | CUE_GONE | CUE_FUTURE : FRAME) || (!i && is_wished(q))) return false;
    }
    return true;
}

static bool is_word_byte(uint8_t c) { return byte_is_alnum(c) || c == '-' || c == '_' || c == '.' || c == '+'; }

/* The word at `*at` of the line, up to a blank; empty at its end. */
static str next_word(str line, ptrdiff_t *at) {
    while (*at < line.n && byte_is_space(line.p[*at])) ++*at;
    ptrdiff_t from = *at;
    while (*at < line.n && !byte_is_space(line.p[*at])) ++*at;
    return str_slice(line, from, *at);
}

/* A typed line without its prompt, "$ ", "quay:~$ ", "root@quay:~# ". */
static str without_prompt(str line) {
    line = str_trim(line);
    ptrdiff_t at = 0;
    str first = next_word(line, &at);
    bool prompt = first.n && first.n < 40 && strchr("$#%>", first.p[first.n - 1]);
    return prompt && at < line.n ? str_trim(str_slice(line, at, line.n)) : line;
}

/* "image: ollama/ollama:0.12", "FROM nginx:1.27": the last part of the image's name. */
static bool is_image(str line, str name) {
    ptrdiff_t at = 0, name_at = name.p - line.p;
    str text = str_trim(line);
    if (str_starts(text, STR("- "))) text = str_trim(str_slice(text, 2, text.n));
    str key = next_word(text, &at), value = next_word(text, &at);
    if (!str_is_among(key, "image: FROM") || name.p < value.p || name.p >= value.p + value.n) return false;
    uint8_t before = name_at > 0 ? line.p[name_at - 1] : ' ',
            behind = name_at + name.n < line.n ? line.p[name_at + name.n] : ' ';
    return strchr(" \t\"'/", before) && strchr(" \t\"':@", behind);
}

/* Does the program print it as one that is up? */
static bool is_up(str line, str name) {
    ptrdiff_t at = name.p - line.p, end = at + name.n;
    if (at > 2 && str_eq(str_slice(line, at - 3, at), STR("((\"")) && end < line.n && line.p[end] == '"') return true;
    bool alone = (at == 0 || !is_word_byte(line.p[at - 1])) && (end >= line.n || !is_word_byte(line.p[end]));
    bool active = str_find(line, STR("active running"), 0) >= 0 || str_find(line, STR("active (running)"), 0) >= 0;
    if (active && str_starts(str_slice(line, end, line.n), STR(".service"))) return true;
    ptrdiff_t up = str_find(line, STR(" Up "), 0);
    str since = up > 0 ? str_slice(line, up + 4, line.n) : (str){0};
    bool lasts =
        since.n && (byte_is_digit(since.p[0]) || str_starts(since, STR("About")) || str_starts(since, STR("Less")));
    return alone && (lasts || (up > 0 && str_find(line, STR(" ago"), 0) > 0)); /* docker ps */
}

/* A row of docker ps, wherever it is pasted: "3f2c9a1b7d60   redis:7   …   Up 3 weeks". */
static bool is_container_row(str line) {
    ptrdiff_t at = 0;
    str id = next_word(line, &at);
    for (ptrdiff_t i = 0; i < id.n; i++)
        if (!byte_is_digit(id.p[i]) && !(id.p[i] >= 'a' && id.p[i] <= 'f')) return false;
    return id.n == 12;
}

/* "● ollama.service - Ollama", and below it "Active: active (running)": what systemctl prints of one unit. */
static bool is_active_below(judge *j, const passage *p, str line, str name) {
    ptrdiff_t at = name.p - line.p, end = at + name.n;
    bool opens = str_starts(str_slice(line, end, line.n), STR(".service")) && at < 8;
    uint32_t own = (uint32_t)(p - j->passages);
    for (uint32_t i = own + 1; opens && i < j->passage_count && i < own + 6; i++) {
        if (j->passages[i].block != p->block) return false;
        str below = str_trim(passage_text(&j->passages[i]));
        if (str_starts(below, STR("Active:"))) return str_starts(below, STR("Active: active (running)"));
    }
    return false;
}

static bool has_box(str text) {
    text = str_slice(text, 0, BOX_REACH);
    static const char *const corners[] = {"\xe2\x94\x8c", "\xe2\x95\x94", "\xe2\x95\xad", "\xe2\x96\xba",
                                          "\xe2\x96\xb6"};
    for (size_t i = 0; i < COUNT_OF(corners); i++)
        if (str_find(text, str_from_cstr(corners[i]), 0) >= 0) return true;
    return false;
}

/* "│ Celery      │", "──► nginx :443": a name that begins what a box or an arrow holds. */
static bool is_boxed(judge *j, const passage *p, str line, str name) {
    ptrdiff_t at = name.p - line.p;
    if (p->flags & (PASSAGE_PROMPT | PASSAGE_CONFIG) || p->block == BLOCK_NONE) return false;
    while (at > 0 && line.p[at - 1] == ' ') at--;
    static const char *const marks[] = {"\xe2\x94\x82", "\xe2\x95\x91", "\xe2\x96\xba", "\xe2\x96\xb6", "\xe2\x94\x80"};
    for (size_t i = 0; i < COUNT_OF(marks); i++)
        if (str_ends(str_slice(line, 0, at), str_from_cstr(marks[i])))
            return has_box(article_text(j->art, j->art->blocks[p->block].text));
    return false;
}

bool existence_is_shown(judge *j, passage *p, uint32_t lo, uint32_t hi) {
    if (p->kind != PASSAGE_CODE || p->flags & PASSAGE_IN_QUOTE || p->text.hi - p->text.lo > LINE_LIMIT) return false;
    str line = passage_text(p), name = surface_slice(p->on, lo, hi), typed = without_prompt(line);
    if (!typed.n || typed.p[0] == '#' || str_starts(typed, STR("//"))) return false;
    bool shown = false;
    if (p->flags & PASSAGE_PROMPT)
        shown = name.p >= typed.p && is_image(typed, name);
    else if (p->flags & PASSAGE_CONFIG)
        shown = is_image(line, name);
    else
        shown = is_boxed(j, p, line, name);
    bool output = p->flags & PASSAGE_TERMINAL || is_container_row(line);
    shown = shown || (output && is_up(line, name)) || is_active_below(j, p, line, name);
    return shown && frame_allows(j, p);
}
