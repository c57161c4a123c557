/* shown.c - does a line of code, output or a diagram show that a program is here?
 *
 *     $ docker compose exec rabbitmq …          the word that a command line begins with, or a container it names
 *     pip install deepspeed wandb                what is installed
 *     image: ollama/ollama:0.12.3                the image of a service, the base of one
 *     import wandb                               what a program of ours loads
 *     127.0.0.1:9090  users:(("prometheus"))     ss: who listens
 *     ● prometheus.service … active (running)    systemctl, docker ps: what is up
 *     │ Celery      │                            a box of a diagram
 *
 * In: a line of a code block and the bytes of a name in it. Out: whether the line's own structure says so. A line that
 * stops or removes something, and a block below words of negation, of conditions or of what is gone, show nothing.
 */
#include "facts/judge.h"

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

/* A line of the form `part ; part | part`: the part around `at`, an offset into the line. */
static str part_around(str line, ptrdiff_t at) {
    ptrdiff_t lo = at, hi = at;
    while (lo > 0 && !strchr("|;&", line.p[lo - 1])) lo--;
    while (hi < line.n && !strchr("|;&", line.p[hi])) hi++;
    return str_trim(str_slice(line, lo, hi));
}

static const char STOPS[] = "down stop rm rmi remove uninstall purge delete prune disable mask autoremove which kill";

/* Is `name`, which lies in the part, the word of it that says what is run, installed or entered? */
static bool is_run_in(str part, str name) {
    ptrdiff_t at = 0, name_at = name.p - part.p;
    str command = next_word(part, &at), one;
    while (command.n && (str_is_among(command, "sudo time nohup exec env doas") || str_find_byte(command, '=', 0) > 0))
        command = next_word(part, &at);
    bool tool = str_is_among(command, "pip pip3 npm pnpm yarn brew apt apt-get dnf yum pacman apk conda mamba uv cargo "
                                      "gem zypper"),
         box = str_is_among(command, "docker podman nerdctl docker-compose podman-compose"),
         unit = str_is_among(command, "systemctl service"), added = false;
    for (ptrdiff_t k = 0; (one = next_word(part, &k)).n;)
        if (str_is_among(one, STOPS) || str_starts(one, STR("--endpoint"))) return false; /* a client of ours */
    if (command.p == name.p && command.n == name.n) return true;
    while ((one = next_word(part, &at)).n) {
        added = added || (tool && str_is_among(one, "install add i -S -Sy sync")) ||
                (box && str_is_among(one, "run exec pull logs restart start up attach")) ||
                (unit && str_is_among(one, "start restart reload enable"));
        ptrdiff_t lo = one.p - part.p;
        if (!added || name_at < lo || name_at >= lo + one.n) continue;
        uint8_t behind = name_at + name.n < part.n ? part.p[name_at + name.n] : ' ';
        uint8_t before = name_at > 0 ? part.p[name_at - 1] : ' ';
        if (one.p[0] == '-') return false;
        if (box) return (byte_is_space(before) || before == '/') && !(is_word_byte(behind) || behind == '/');
        if (unit) return byte_is_space(before) && (byte_is_space(behind) || behind == '.');
        return byte_is_space(before) && strchr(" =[<>~@,", behind);
    }
    return false;
}

/* "import wandb", "from wandb import …", "import wandb as w" */
static bool is_import(str line, str name) {
    ptrdiff_t at = 0;
    line = str_trim(line);
    str verb = next_word(line, &at), what = next_word(line, &at);
    bool behind = at >= line.n || str_starts(str_trim(str_slice(line, at, line.n)), STR("import")) ||
                  str_starts(str_trim(str_slice(line, at, line.n)), STR("as "));
    return str_is_among(verb, "import from") && str_eq(what, name) && behind;
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
    return alone && str_find(line, STR(" Up "), 0) > 0 && str_find(line, STR(" ago"), 0) > 0; /* docker ps */
}

static bool has_box(str text) {
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
    if (!has_box(article_text(j->art, j->art->blocks[p->block].text))) return false;
    while (at > 0 && line.p[at - 1] == ' ') at--;
    static const char *const marks[] = {"\xe2\x94\x82", "\xe2\x95\x91", "\xe2\x96\xba", "\xe2\x96\xb6", "\xe2\x94\x80"};
    for (size_t i = 0; i < COUNT_OF(marks); i++)
        if (str_ends(str_slice(line, 0, at), str_from_cstr(marks[i]))) return true;
    return false;
}

bool existence_is_shown(judge *j, passage *p, uint32_t lo, uint32_t hi) {
    if (p->kind != PASSAGE_CODE || p->flags & PASSAGE_IN_QUOTE) return false;
    str line = passage_text(p), name = surface_slice(p->on, lo, hi), typed = without_prompt(line);
    if (!typed.n || typed.p[0] == '#' || str_starts(typed, STR("//"))) return false;
    bool shown = false;
    if (p->flags & PASSAGE_PROMPT)
        shown = name.p >= typed.p && (is_run_in(part_around(typed, name.p - typed.p), name) || is_image(typed, name));
    else if (p->flags & PASSAGE_CONFIG)
        shown = is_image(line, name);
    else
        shown =
            is_import(line, name) || is_boxed(j, p, line, name) || (p->flags & PASSAGE_TERMINAL && is_up(line, name));
    return shown && frame_allows(j, p);
}
