/* command_places.c - where an article types something.
 *
 *     code blocks: lines of a shell, behind a prompt or in a script; ExecStart= and command: of configuration
 *     inline code: `berth plan import --dry-run`
 *     running text: "run berth plan import", where the whole of it is declared
 *
 * In: passages, the article's code spans. Out: each line judged once (command_lines.c), with its continuations and
 * without its heredoc; then what is said of subcommands and flags by name (command_talk.c). A block that does not say
 * what it is may be output: what it types is too loose to contradict. Time is linear in the article.
 */
#include "facts/commands/commands.h"

/* ---- code blocks ---- */

static bool is_name_byte(uint8_t c) { return byte_is_alnum(c) || c == '-' || c == '.'; }

/* Behind "$ ", "user@host:~$ ", "host$ ", "host:/srv# ", "% ": where the command begins. */
static uint32_t behind_prompt(str line) {
    ptrdiff_t at = 0;
    while (at < line.n && byte_is_space(line.p[at])) at++;
    if (at + 1 < line.n && strchr("$%", line.p[at]) && line.p[at + 1] == ' ') return (uint32_t)at + 2;
    ptrdiff_t sign = at;
    while (sign < line.n && sign < at + 32 && is_name_byte(line.p[sign])) sign++;
    if (sign > at && sign < line.n && line.p[sign] == ':')
        while (sign < line.n && sign < at + 60 && !strchr(" $#", line.p[sign])) sign++;
    if (sign > at + 1 && sign + 2 < line.n && strchr("$#", line.p[sign]) && line.p[sign + 1] == ' ')
        return (uint32_t)sign + 2;
    ptrdiff_t host = str_find_byte(line, '@', at), end = str_find(line, STR("$ "), at);
    if (end < 0) end = str_find(line, STR("# "), at);
    bool brackets = end > at && line.p[at] == '[' && line.p[end - 1] == ']'; /* "[root@kettle ~]# " */
    bool prompt =
        host > at && end > host && end < 62 && (brackets || str_find_byte(str_slice(line, at, end), ' ', 0) < 0);
    return (uint32_t)(prompt ? end + 2 : at);
}

/* "root@lamp2:~# ", "lamp2$ " -> "lamp2". */
static str prompt_host(str prompt) {
    ptrdiff_t at = str_find_byte(prompt, '@', 0), end = at + 1;
    while (end < prompt.n && is_name_byte(prompt.p[end])) end++;
    return str_slice(prompt, at + 1, end);
}

/* "ExecStart=/usr/local/bin/heron batch", "command: vllm serve", "- run: berth check": where the command begins, or 0.
 */
static uint32_t behind_key(str line) {
    static const char *const keys[] = {"ExecStart=",  "ExecStartPre=", "ExecStartPost=", "ExecStop=",
                                       "ExecReload=", "command: ",     "run: ",          "entrypoint: "};
    ptrdiff_t at = 0;
    while (at < line.n && (byte_is_space(line.p[at]) || line.p[at] == '-')) at++;
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        str key = str_from_cstr(keys[i]);
        if (!str_starts(str_slice(line, at, line.n), key)) continue;
        at += key.n;
        while (at < line.n && strchr("@-+!: \"'", line.p[at])) at++; /* systemd's marks, a quoted scalar */
        return (uint32_t)at;
    }
    return 0;
}

/* Could a program of ours stand in this passage? */
static bool names_program(const judge *j, const passage *p) {
    for (uint32_t h = p->hit_lo; h < p->hit_hi; h++) {
        const alias_hit *hit = &p->on->hits[h];
        for (uint32_t t = 0; t < hit->target_count; t++) {
            if (hit->targets[t].kind == ALIAS_COMMAND) return true;
            if (hit->targets[t].kind != ALIAS_ENTITY) continue;
            uint8_t kind = j->m->entities[hit->targets[t].index].kind;
            if (kind == ENTITY_COMPONENT || kind == ENTITY_SERVICE) return true;
        }
    }
    return false;
}

static bool has_command_scope(const judge *j) {
    for (uint32_t k = 0; k < j->m->scope_count && k < 128; k++)
        if (j->m->scopes[k].world == WORLD_CLOSED && str_eq(j->m->scopes[k].kind, STR("command"))) return true;
    return false;
}

static bool continues(const passage *p) {
    str line = passage_text(p);
    return line.n && line.p[line.n - 1] == '\\';
}

/* Behind the lines of "<<EOF" that the command in passages [i, end] opens; `end` + 1 where it opens none. *open: the
 * block that holds one which is never closed; what follows there is read as commands. */
static uint32_t behind_heredoc(const judge *j, uint32_t i, uint32_t end, uint32_t *open) {
    const passage *p = &j->passages[i];
    shell_reader r = shell_read(surface_slice(p->on, p->text.lo, j->passages[end].text.hi));
    shell_words words = {0};
    bool ok = true;
    if (p->block == *open || str_find(r.text, STR("<<"), 0) < 0) return end + 1;
    while (shell_next(&r, j->a, &words, &ok)) {
    }
    if (!r.heredoc.n) return end + 1;
    for (uint32_t k = end + 1; k < j->passage_count && j->passages[k].block == p->block; k++)
        if (str_eq(str_trim(passage_text(&j->passages[k])), r.heredoc)) return k + 1;
    *open = p->block;
    return end + 1;
}

/* Judges the line at passage `i` and returns the first passage behind it and its continuations. */
static uint32_t judge_code_line(judge *j, uint32_t i, bool all, uint32_t *open) {
    passage *p = &j->passages[i];
    uint32_t end = i, lo = p->text.lo;
    str line = passage_text(p);
    if (p->flags & PASSAGE_CONFIG) {
        uint32_t at = names_program(j, p) ? behind_key(line) : 0;
        while (at && continues(&j->passages[end]) && end + 1 < j->passage_count &&
               j->passages[end + 1].block == p->block)
            end++;
        if (at) judge_typed(j, p, lo + at, j->passages[end].text.hi, (str){0}, false);
        return end + 1;
    }
    if (!(p->flags & PASSAGE_PROMPT)) { /* a block that does not say what it is: a command, or what one printed */
        program of;
        ptrdiff_t blank = str_find_byte(line, ' ', 0);
        bool begins = p->flags & PASSAGE_TERMINAL && p->label == PASSAGE_NONE && blank > 0 && names_program(j, p) &&
                      program_named(j, str_slice(line, 0, blank), &of) && of.command != MANIFEST_NONE;
        if (begins) judge_typed(j, p, lo, p->text.hi, (str){0}, true);
        return i + 1;
    }
    bool ours = all || names_program(j, p);
    while (continues(&j->passages[end]) && end + 1 < j->passage_count && j->passages[end + 1].block == p->block) {
        end++;
        ours = ours || names_program(j, &j->passages[end]);
    }
    uint32_t command = behind_prompt(line);
    if (ours)
        judge_typed(j, p, lo + command, j->passages[end].text.hi, prompt_host(str_slice(line, 0, (ptrdiff_t)command)),
                    false);
    return behind_heredoc(j, i, end, open);
}

/* ---- inline code and running text ---- */

uint32_t code_span_from(const code_spans *spans, uint32_t at) {
    uint32_t a = 0, b = spans->n;
    while (a < b) {
        uint32_t middle = a + (b - a) / 2;
        if (spans->at[middle].hi <= at)
            a = middle + 1;
        else
            b = middle;
    }
    return a;
}

/* The spans of inline code: runs of code outside code blocks, joined where they touch. */
static bool spans_make(judge *j, code_spans *out) {
    const article *art = j->art;
    VEC(code_span) spans = {0};
    uint32_t at = 0;
    for (uint32_t b = 0; b < art->block_count; b++) {
        const block *k = &art->blocks[b];
        if (k->run_hi <= k->run_lo || k->kind == BLOCK_CODE || k->kind == BLOCK_HTML) continue;
        for (uint32_t r = k->run_lo; r < k->run_hi; r++) {
            const run *x = &art->runs[r];
            if (x->kind != RUN_CODE) continue;
            uint32_t hi = x->text_hi;
            while (r + 1 < k->run_hi && art->runs[r + 1].kind == RUN_CODE && art->runs[r + 1].text_lo == hi &&
                   art->runs[r + 1].source_lo <= art->runs[r].source_hi + 1)
                hi = art->runs[++r].text_hi;
            code_span s = {x->text_lo, hi};
            while (s.lo < s.hi && byte_is_space(art->text.p[s.lo])) s.lo++;
            while (s.lo < s.hi && byte_is_space(art->text.p[s.hi - 1])) s.hi--;
            if (s.lo >= s.hi || s.lo < at) continue;
            at = s.hi;
            if (!VEC_PUSH(j->a, &spans, s)) return false;
        }
    }
    *out = (code_spans){spans.at, (uint32_t)spans.n};
    return true;
}

/* The passage that holds the bytes [lo, hi) of the body, from `*from` on; NULL when none does. */
static passage *passage_over(judge *j, uint32_t *from, uint32_t lo, uint32_t hi) {
    while (*from < j->passage_count && (j->passages[*from].on != &j->surfaces[0] || j->passages[*from].text.hi <= lo))
        (*from)++;
    passage *p = *from < j->passage_count ? &j->passages[*from] : NULL;
    return p && p->text.lo <= lo && hi <= p->text.hi ? p : NULL;
}

/* Is the whole span a name that the manifest knows as something else: an operation, a step, a path? */
static bool is_known_phrase(const judge *j, str text) {
    uint32_t count;
    const alias_target *targets = alias_lookup(j->m->names, text, &count);
    for (uint32_t i = 0; i < count; i++)
        if (targets[i].kind != ALIAS_COMMAND && targets[i].kind != ALIAS_ABSENT) return true;
    return false;
}

static void judge_spans(judge *j, const code_spans *spans) {
    uint32_t from = 0;
    for (uint32_t i = 0; i < spans->n && !j->failed; i++) {
        const code_span *s = &spans->at[i];
        str text = str_slice(j->art->text, (ptrdiff_t)s->lo, (ptrdiff_t)s->hi);
        passage *p = passage_over(j, &from, s->lo, s->hi);
        if (!p || p->kind == PASSAGE_CODE || !names_program(j, p)) continue;
        bool phrase = str_find_byte(text, ' ', 0) > 0;
        program of;
        if (!phrase && !(program_named(j, text, &of) && of.command != MANIFEST_NONE)) continue;
        if (phrase && is_known_phrase(j, text)) continue;
        judge_typed(j, p, s->lo + behind_prompt(text), s->hi, (str){0}, false);
    }
}

/* "the berth check subcommand": a word between the program and the noun. One that is not listed may be an adjective. */
static void judge_named_in_prose(judge *j, passage *p, const alias_hit *hit, const program *of) {
    uint32_t first, end;
    passage_window(p, hit->where.lo, hit->where.hi, &first, &end);
    for (uint32_t i = first; i + 1 < end; i++) {
        if (p->words[i].lo < hit->where.hi) continue;
        bool sub = word_is(p, i + 1, "subcommand"), adjacent = p->words[i].lo == hit->where.hi + 1;
        if (!adjacent || (!sub && !word_is(p, i + 1, "command")) || j->art->prose.p[p->words[i].lo] == PROSE_MASK)
            return;
        str name = surface_slice(p->on, p->words[i].lo, p->words[i].hi);
        uint32_t child = command_child(j->m, of->node, name);
        said s = said_at(j, p, hit->where.lo, p->words[i].hi, true);
        s.weak = true;
        program found = {of->command, of->entity, child, of->typed};
        if (child != MANIFEST_NONE)
            judge_subcommand(j, p, hit->where.lo, p->words[i].hi, &found, name, &s);
        else if (sub && is_subcommand_word(name) && !p->words[i].cues)
            judge_unlisted_subcommand(j, p, hit->where.lo, p->words[i].hi, of, name, &s);
        return;
    }
}

/* "We run berth plan import": typed without marks. Judged only as far as it is declared. */
static void judge_prose(judge *j, passage *p) {
    static const char *const verbs[] = {"run",   "runs",    "ran",      "running", "type",
                                        "typed", "execute", "executes", "call"};
    for (uint32_t h = p->hit_lo; h < p->hit_hi; h++) {
        const alias_hit *hit = &p->on->hits[h];
        if (!hit_has(hit, ALIAS_COMMAND) || p->on->of || j->art->prose.p[hit->where.lo] == PROSE_MASK) continue;
        program of;
        if (!program_named(j, surface_slice(p->on, hit->where.lo, hit->where.hi), &of) || of.command == MANIFEST_NONE)
            continue;
        passage_prepare(j, p);
        uint32_t first, end, before = UINT32_MAX;
        passage_window(p, hit->where.lo, hit->where.hi, &first, &end);
        for (uint32_t i = first; i < end && p->words[i].hi <= hit->where.lo; i++) before = i;
        bool adjacent = before != UINT32_MAX && p->words[before].hi + 1 == hit->where.lo;
        bool verb = false;
        judge_named_in_prose(j, p, hit, &of);
        for (size_t k = 0; k < COUNT_OF(verbs) && adjacent; k++) verb = verb || word_is(p, before, verbs[k]);
        if (!verb) continue;
        uint32_t hi = hit->where.hi;
        for (uint32_t i = before + 1; i < end; i++) {
            if (p->words[i].lo < hi) continue;
            if (p->words[i].lo != hi + 1 || p->on->text.p[hi] != ' ') break;
            uint32_t child = command_child(j->m, of.node, surface_slice(p->on, p->words[i].lo, p->words[i].hi));
            if (child == MANIFEST_NONE) break;
            of.node = child;
            hi = p->words[i].hi;
        }
        if (hi == hit->where.hi) continue;
        said s = said_at(j, p, hit->where.lo, hi, false);
        judge_subcommand(j, p, hit->where.lo, hi, &of, surface_slice(p->on, hit->where.lo, hi), &s);
    }
}

void judge_commands(judge *j) {
    code_spans spans;
    bool all = has_command_scope(j);
    uint32_t open = BLOCK_NONE;
    if (!j->about_us) return;
    if (!spans_make(j, &spans)) {
        j->failed = true;
        return;
    }
    for (uint32_t i = 0; i < j->passage_count && !j->failed;) {
        passage *p = &j->passages[i];
        if (p->kind == PASSAGE_CODE) {
            i = judge_code_line(j, i, all, &open);
            continue;
        }
        if (j->m->command_count && p->hit_hi > p->hit_lo) judge_prose(j, p);
        i++;
    }
    judge_spans(j, &spans);
    judge_talk(j, &spans);
}
