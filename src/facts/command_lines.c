/* command_lines.c - what an article types.
 *
 *     code blocks: lines of a shell, behind a prompt or in a script; ExecStart= and command: of configuration
 *     inline code: `berth plan import --dry-run`
 *     running text: "run berth plan import", where the whole of it is declared
 *
 *     sudo -u app berth plan import --dry-run notes.csv
 *                 └ program ┘  subcommand: the longest declared prefix; arguments, values and placeholders are none
 *
 * In: passages, the article's code spans. Out: one claim a subcommand and one a flag (command_verdict.c). A program is
 * ours when the manifest declares it under `commands`, or when a component or a service bears its name: then what
 * follows it is a claim that nothing proves. Other programs make none. A term is a subcommand only where one may stand:
 * right behind the program or a group, not behind a flag that may take it for its value. Time is linear in the text.
 */
#include "facts/commands.h"

bool is_flag_word(str text) {
    if (text.n < 2 || text.p[0] != '-') return false;
    ptrdiff_t i = 1 + (text.p[1] == '-');
    if (i >= text.n || !byte_is_alnum(text.p[i])) return false;
    for (; i < text.n && text.p[i] != '='; i++)
        if (!byte_is_alnum(text.p[i]) && text.p[i] != '-' && text.p[i] != '_' && text.p[i] != '.') return false;
    return true;
}

bool is_subcommand_word(str text) {
    if (text.n < 2 || text.n > 40 || !byte_is_alpha(text.p[0])) return false;
    for (ptrdiff_t i = 0; i < text.n; i++) {
        uint8_t c = text.p[i];
        bool inner = i > 0 && i + 1 < text.n && (c == '-' || c == '_' || c == ':');
        if (!inner && !byte_is_digit(c) && !(c >= 'a' && c <= 'z')) return false;
    }
    return true;
}

bool is_other_name(const judge *j, str name) {
    uint32_t count;
    const alias_target *targets = alias_lookup(j->m->names, name, &count);
    for (uint32_t i = 0; i < count; i++)
        if (targets[i].kind == ALIAS_ENTITY || targets[i].kind == ALIAS_MEMBER || targets[i].kind == ALIAS_RUN)
            return true;
    return false;
}

bool program_named(const judge *j, str name, program *out) {
    *out = (program){MANIFEST_NONE, MANIFEST_NONE, MANIFEST_NONE, name};
    out->command = command_find(j->m, name);
    if (out->command != MANIFEST_NONE) {
        out->node = j->m->commands[out->command].root;
        out->entity = j->m->commands[out->command].owner;
        return true;
    }
    uint32_t count;
    if (!is_subcommand_word(name)) return false;
    const alias_target *targets = alias_lookup(j->m->names, name, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (targets[i].kind != ALIAS_ENTITY) continue;
        uint8_t kind = j->m->entities[targets[i].index].kind;
        if (kind != ENTITY_COMPONENT && kind != ENTITY_SERVICE) continue;
        out->entity = targets[i].index;
        return true;
    }
    return false;
}

/* ---- one invocation ---- */

typedef struct typed { /* a line that is typed, and how far it is judged */
    judge *j;
    passage *p;
    str text;      /* the line with its continuations */
    uint32_t base; /* where it begins in the surface's text */
    bool weak;     /* output, or a machine that is not the command's */
    bool found;    /* a program of ours stood in it */
    uint32_t depth;
} typed;

static str word_text(const typed *t, const shell_word *w) { return shell_text(t->text, w); }

static said said_of(const typed *t, uint32_t lo, uint32_t hi) {
    said s = said_at(t->j, t->p, lo, hi, false);
    s.weak = s.weak || t->weak;
    return s;
}

typedef struct walk {
    program of;
    uint32_t last;    /* the last word of the path */
    uint32_t unknown; /* a word that the node does not list, or UINT32_MAX */
    uint32_t group;   /* "<plan|import>", or UINT32_MAX */
    bool doubtful;    /* a flag that may take a value stood before */
} walk;

/* Does the flag take the next word for its value: yes, no, or perhaps? */
static int takes_next(const judge *j, const program *of, str term) {
    if (str_find_byte(term, '=', 0) > 0) return 0;
    if (of->command == MANIFEST_NONE) return -1;
    uint32_t flag = command_flag_on_path(j->m, of->node, term);
    if (flag == MANIFEST_NONE) flag = command_flag_anywhere(j->m, of->command, term);
    if (flag == MANIFEST_NONE && term.n > 2 && term.p[1] != '-') { /* a cluster: its last letter may */
        uint8_t letter[2] = {'-', term.p[term.n - 1]};
        flag = command_flag_on_path(j->m, of->node, str_make(letter, 2));
    }
    return flag == MANIFEST_NONE ? -1 : j->m->flags[flag].takes_value;
}

static bool is_group(str w) {
    return w.n > 2 && strchr("<[{(", w.p[0]) &&
           (str_find_byte(w, '|', 0) > 0 || (w.p[0] == '{' && str_find_byte(w, ',', 0) > 0));
}

static bool has_children(const judge *j, const program *of) {
    return of->command != MANIFEST_NONE && j->m->subcommands[of->node].child != MANIFEST_NONE;
}

/* "docker compose" is a component of its own: the word is part of the program's name. */
static bool is_longer_name(const typed *t, const shell_words *words, uint32_t at, uint32_t i, program *of) {
    uint32_t count;
    str name = str_slice(t->text, (ptrdiff_t)words->at[at].lo, (ptrdiff_t)words->at[i].hi);
    const alias_target *targets = alias_lookup(t->j->m->names, name, &count);
    for (uint32_t k = 0; k < count; k++)
        if (targets[k].kind == ALIAS_ENTITY) {
            of->entity = targets[k].index;
            of->typed = name;
            return true;
        }
    return false;
}

/* The longest declared prefix of what follows the program at word `at`. */
static walk walk_path(const typed *t, const shell_words *words, uint32_t at, program of) {
    walk w = {.of = of, .last = at, .unknown = UINT32_MAX, .group = UINT32_MAX};
    int value = 0;
    for (uint32_t i = at + 1; i < words->n; i++) {
        str term = word_text(t, &words->at[i]);
        if (value > 0) {
            value = 0;
            continue;
        }
        if (str_eq(term, STR("--"))) break;
        if (term.n > 1 && term.p[0] == '-') {
            value = takes_next(t->j, &w.of, term);
            continue;
        }
        bool undeclared = w.of.command == MANIFEST_NONE;
        if (!undeclared && !has_children(t->j, &w.of)) break; /* arguments from here on */
        if (is_group(term)) {
            w.group = i;
            break;
        }
        uint32_t child = undeclared ? MANIFEST_NONE : command_child(t->j->m, w.of.node, term);
        if (child != MANIFEST_NONE) {
            w.of.node = child;
            w.last = i;
            value = 0;
            continue;
        }
        if (value < 0) { /* perhaps the value of the flag before it */
            value = 0;
            w.doubtful = true;
            continue;
        }
        if (undeclared && i == w.last + 1 && is_longer_name(t, words, at, i, &w.of)) {
            w.last = i;
            continue;
        }
        if (words->at[i].quoted || !is_subcommand_word(term)) break;
        if (!w.doubtful) w.unknown = i;
        break;
    }
    return w;
}

/* "<plan|import>": each alternative is a subcommand of its own. */
static void judge_group(const typed *t, const shell_word *group, const program *of) {
    const str text = word_text(t, group);
    ptrdiff_t at = 0;
    while (at < text.n) {
        while (at < text.n && !byte_is_alpha(text.p[at])) at++;
        ptrdiff_t lo = at;
        while (at < text.n && text.p[at] != '|' && text.p[at] != ',' && !strchr(">])}", text.p[at])) at++;
        str name = str_trim(str_slice(text, lo, at));
        if (!is_subcommand_word(name)) continue;
        uint32_t from = t->base + group->lo + (uint32_t)lo, to = from + (uint32_t)name.n;
        said s = said_of(t, from, to);
        program sub = *of;
        uint32_t child = of->command == MANIFEST_NONE ? MANIFEST_NONE : command_child(t->j->m, of->node, name);
        if (child != MANIFEST_NONE) {
            sub.node = child;
            judge_subcommand(t->j, t->p, from, to, &sub, name, &s);
        } else {
            judge_unlisted_subcommand(t->j, t->p, from, to, of, name, &s);
        }
    }
}

/* The flags behind word `from`, the last one of the path that begins at `at`. */
static void judge_flags(const typed *t, const shell_words *words, uint32_t at, uint32_t from, uint32_t end,
                        const program *of) {
    int value = 0;
    for (uint32_t i = at + 1; i < end; i++) {
        str term = word_text(t, &words->at[i]);
        if (value > 0) {
            value = 0;
            continue;
        }
        if (str_eq(term, STR("--"))) return;
        if (term.n > 2 && term.p[0] == '[' && term.p[1] == '-') { /* "[--json]" */
            term = str_slice(term, 1, term.n);
            for (ptrdiff_t k = 0; k < term.n; k++)
                if (strchr(" =|]", term.p[k])) term.n = k;
            if (!is_flag_word(term)) continue;
            uint32_t lo = t->base + words->at[i].lo + 1;
            said s = said_of(t, lo, lo + (uint32_t)term.n);
            judge_flag(t->j, t->p, lo, lo + (uint32_t)term.n, of, term, &s);
            continue;
        }
        /* `python3 -m mod --x`, `gunicorn app:app --x`: whose flags they are, nobody knows */
        if (of->command == MANIFEST_NONE && i > from && term.n && term.p[0] != '-') return;
        if (!is_flag_word(term) || words->at[i].quoted) continue;
        ptrdiff_t sign = str_find_byte(term, '=', 0);
        uint32_t lo = t->base + words->at[i].lo, hi = sign < 0 ? t->base + words->at[i].hi : lo + (uint32_t)sign;
        said s = said_of(t, lo, hi);
        judge_flag(t->j, t->p, lo, hi, of, term, &s);
        value = takes_next(t->j, of, term);
    }
}

static void judge_invocation(typed *t, const shell_words *words, uint32_t at, uint32_t end, program of, bool sure) {
    walk w = walk_path(t, words, at, of);
    bool weak = t->weak;
    if (w.last >= end) return;
    t->found = true;
    t->weak = weak || !sure || w.doubtful;
    uint32_t lo = t->base + words->at[at].lo;
    if (w.unknown < end) {
        uint32_t hi = t->base + words->at[w.unknown].hi;
        said s = said_of(t, lo, hi);
        str name = word_text(t, &words->at[w.unknown]);
        if (is_other_name(t->j, name)) s.weak = true; /* a host, a service: an argument */
        if (of.command != MANIFEST_NONE || !is_other_name(t->j, name))
            judge_unlisted_subcommand(t->j, t->p, lo, hi, &w.of, name, &s);
    } else {
        bool declared = of.command != MANIFEST_NONE;
        bool removed = declared && t->j->m->subcommands[w.of.node].removed;
        if (declared && (w.last > at || removed)) {
            uint32_t hi = t->base + words->at[w.last].hi;
            said s = said_of(t, lo, hi);
            const manifest_subcommand *node = &t->j->m->subcommands[w.of.node];
            str binary = t->j->m->commands[of.command].binary;
            str path = node->path.n ? judge_printf(t->j, "%.*s %.*s", STR_ARG(binary), STR_ARG(node->path)) : binary;
            judge_subcommand(t->j, t->p, lo, hi, &w.of, path, &s);
        }
        if (w.group < end) judge_group(t, &words->at[w.group], &w.of);
        t->weak = weak || !sure;
        judge_flags(t, words, at, w.last, end, &w.of);
    }
    t->weak = weak;
}

/* Is the command run on another machine than the manifest puts it on? */
static bool is_elsewhere(const judge *j, const program *of, str machine) {
    uint32_t count, host = of->command == MANIFEST_NONE ? MANIFEST_NONE : j->m->commands[of->command].host;
    ptrdiff_t at = str_find_byte(machine, '@', 0);
    if (host == MANIFEST_NONE) return false;
    const alias_target *targets = alias_lookup(j->m->names, str_slice(machine, at + 1, machine.n), &count);
    for (uint32_t i = 0; i < count; i++)
        if (targets[i].kind == ALIAS_ENTITY && targets[i].index != host) {
            uint8_t kind = j->m->entities[targets[i].index].kind;
            if (kind == ENTITY_HOST || kind == ENTITY_HARDWARE) return true;
        }
    return false;
}

enum { DEPTH_LIMIT = 3 };
static void judge_line(typed *t);

/* What stands in quotes behind `ssh host` or `sh -c` is typed, too. */
static void judge_quoted(const typed *t, const shell_word *w) {
    if (t->depth >= DEPTH_LIMIT) return;
    typed inner = *t;
    inner.text = word_text(t, w);
    inner.base = t->base + w->lo;
    inner.depth++;
    judge_line(&inner);
}

static void judge_words(typed *t, const shell_words *words) {
    bool sure = true, shell = false;
    uint32_t from = 0;
    str machine = {0};
    for (uint32_t depth = 0; depth < DEPTH_LIMIT + 1; depth++) {
        uint32_t at = shell_program(t->text, words, from, &sure);
        if (at >= words->n) return;
        str name = shell_basename(word_text(t, &words->at[at]));
        if (words->at[at].quoted && str_find_byte(name, ' ', 0) > 0) {
            judge_quoted(t, &words->at[at]);
            return;
        }
        uint32_t operand = 0, inner = shell_inner(t->text, words, at, &operand, &sure);
        program of;
        if (program_named(t->j, name, &of)) {
            bool weak = t->weak;
            t->weak = weak || (machine.n && is_elsewhere(t->j, &of, machine));
            judge_invocation(t, words, at, inner ? (operand > at ? operand : inner) : (uint32_t)words->n, of, sure);
            t->weak = weak;
        } else if (!inner && sure && t->p->kind == PASSAGE_CODE) {
            uint32_t lo = t->base + words->at[at].hi - (uint32_t)name.n, hi = lo + (uint32_t)name.n;
            said s = said_of(t, lo, hi);
            judge_program(t->j, t->p, lo, hi, name, &s);
        }
        shell = str_eq(name, STR("sh")) || str_eq(name, STR("bash")) || str_eq(name, STR("su"));
        for (uint32_t i = at + 1; shell && i + 1 < words->n; i++) {
            str flag = word_text(t, &words->at[i]);
            if (flag.n > 1 && flag.p[0] == '-' && flag.p[flag.n - 1] == 'c') {
                judge_quoted(t, &words->at[i + 1]);
                return;
            }
        }
        if (!inner) return;
        if (operand != at) machine = word_text(t, &words->at[operand]);
        from = inner;
    }
}

static void judge_line(typed *t) {
    shell_words words = {0};
    shell_reader r = shell_read(t->text);
    bool ok = true;
    while (shell_next(&r, t->j->a, &words, &ok)) judge_words(t, &words);
    if (!ok) t->j->failed = true;
}

bool judge_typed(judge *j, passage *p, uint32_t lo, uint32_t hi, bool weak) {
    typed t = {.j = j, .p = p, .text = surface_slice(p->on, lo, hi), .base = lo, .weak = weak};
    judge_line(&t);
    return t.found;
}

/* ---- code blocks ---- */

/* Behind "$ ", "user@host:~$ ", "% ": where the command begins. */
static uint32_t behind_prompt(str line) {
    ptrdiff_t at = 0;
    while (at < line.n && byte_is_space(line.p[at])) at++;
    if (at + 1 < line.n && strchr("$%", line.p[at]) && line.p[at + 1] == ' ') return (uint32_t)at + 2;
    ptrdiff_t host = str_find_byte(line, '@', at), end = str_find(line, STR("$ "), at);
    if (end < 0) end = str_find(line, STR("# "), at);
    bool prompt = host > at && end > host && end < 60 && str_find_byte(str_slice(line, at, end), ' ', 0) < 0;
    return (uint32_t)(prompt ? end + 2 : at);
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

/* Behind the lines of "<<EOF" that the command at passage `i` opens; `i` + 1 where it opens none. */
static uint32_t behind_heredoc(const judge *j, uint32_t i, uint32_t end) {
    shell_reader r = shell_read(surface_slice(j->passages[i].on, j->passages[i].text.lo, j->passages[end].text.hi));
    shell_words words = {0};
    bool ok = true;
    if (str_find(r.text, STR("<<"), 0) < 0) return end + 1;
    while (shell_next(&r, j->a, &words, &ok)) {
    }
    if (!r.heredoc.n) return end + 1;
    for (uint32_t k = end + 1; k < j->passage_count && j->passages[k].block == j->passages[i].block; k++)
        if (str_eq(str_trim(passage_text(&j->passages[k])), r.heredoc)) return k + 1;
    return end + 1; /* never closed: what follows is read as commands */
}

/* Judges the line at passage `i` and returns the first passage behind it and its continuations. */
static uint32_t judge_code_line(judge *j, uint32_t i, bool all) {
    passage *p = &j->passages[i];
    uint32_t end = i, lo = p->text.lo;
    str line = passage_text(p);
    if (p->flags & PASSAGE_CONFIG) {
        uint32_t at = names_program(j, p) ? behind_key(line) : 0;
        while (at && continues(&j->passages[end]) && end + 1 < j->passage_count &&
               j->passages[end + 1].block == p->block)
            end++;
        if (at) judge_typed(j, p, lo + at, j->passages[end].text.hi, false);
        return end + 1;
    }
    if (!(p->flags & PASSAGE_PROMPT)) { /* a block that does not say what it is: a command, or what one printed */
        program of;
        ptrdiff_t blank = str_find_byte(line, ' ', 0);
        bool begins = p->flags & PASSAGE_TERMINAL && p->label == PASSAGE_NONE && blank > 0 && names_program(j, p) &&
                      program_named(j, str_slice(line, 0, blank), &of) && of.command != MANIFEST_NONE;
        if (begins) judge_typed(j, p, lo, p->text.hi, true);
        return i + 1;
    }
    bool ours = all || names_program(j, p);
    while (continues(&j->passages[end]) && end + 1 < j->passage_count && j->passages[end + 1].block == p->block) {
        end++;
        ours = ours || names_program(j, &j->passages[end]);
    }
    if (ours) judge_typed(j, p, lo + behind_prompt(line), j->passages[end].text.hi, false);
    return behind_heredoc(j, i, end);
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
        judge_typed(j, p, s->lo + behind_prompt(text), s->hi, false);
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
    if (!j->about_us) return;
    if (!spans_make(j, &spans)) {
        j->failed = true;
        return;
    }
    for (uint32_t i = 0; i < j->passage_count && !j->failed;) {
        passage *p = &j->passages[i];
        if (p->kind == PASSAGE_CODE) {
            i = judge_code_line(j, i, all);
            continue;
        }
        if (j->m->command_count && p->hit_hi > p->hit_lo) judge_prose(j, p);
        i++;
    }
    judge_spans(j, &spans);
    judge_talk(j, &spans);
}
