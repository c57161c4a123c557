/* command_lines.c - what one typed line says of the programs in it.
 *
 *     sudo -u app berth plan import --dry-run notes.csv
 *                 └ program ┘  subcommand: the longest declared prefix; arguments, values and placeholders are none
 *
 * In: a line that is typed somewhere (command_places.c finds them). Out: one claim a subcommand and one a flag
 * (command_verdict.c). A program is ours when the manifest declares it under `commands`, or when a component or a
 * service bears its name: then what follows it is a claim that nothing proves. Other programs make none, unless a
 * closed scope excludes them. A word is a subcommand only where one may stand: right behind the program or a group, not
 * behind a flag that may take it for its value. Time is linear in the line.
 */
#include "facts/commands/commands.h"

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
    str machine;   /* on which it is typed; empty = not said */
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
    str machine = t->machine;
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

bool judge_typed(judge *j, passage *p, uint32_t lo, uint32_t hi, str machine, bool weak) {
    typed t = {.j = j, .p = p, .text = surface_slice(p->on, lo, hi), .base = lo, .machine = machine, .weak = weak};
    judge_line(&t);
    return t.found;
}
