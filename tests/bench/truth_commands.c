/* truth_commands.c - what nobody can type: subcommands and flags that the program does not have.
 *
 *     `berth plan import` ──► `berth plan fabricate`      in place of an annotated one, as a sentence, in a terminal,
 *                                                         "`berth` has a `fabricate` subcommand"
 *
 * Where the manifest closes the list the falsehood must be contradicted; where it only lists some, or lists nothing for
 * a program that is one of its components, nothing could contradict it and it must be left unpaid. Programs that the
 * manifest does not know are controls here: nobody claims that `tar --zstd` is ours.
 */
#include "tests/bench/truth_bench.h"

#include "manifest/command_index.h"

static const char *const new_words[] = {"defrag",  "harden",  "crosspost", "quarantine", "rebalance", "autorestore",
                                        "unmerge", "conjure", "reforge",   "teleport",   "overclock", "sweeten"};
static const char *const new_flags[] = {"--self-repair", "--autotune", "--turbo-mode", "--skip-physics",
                                        "--half-life",   "--unfreeze", "--deep-clean", "--moonlight"};

/* The n-th invented word that the command has nowhere; NULL when it has them all. */
static const char *invented_word(const manifest *m, uint32_t command, size_t n) {
    for (size_t i = 0; i < COUNT_OF(new_words); i++) {
        const char *name = new_words[(n + i) % COUNT_OF(new_words)];
        if (command == MANIFEST_NONE || command_node_anywhere(m, command, str_from_cstr(name)) == MANIFEST_NONE)
            return name;
    }
    return NULL;
}

/* The declared command that a typed text begins with, and the node as deep as it goes. */
static uint32_t node_of_text(const manifest *m, str text) {
    str rest = text, name;
    uint32_t node = MANIFEST_NONE;
    while (str_cut(&rest, ' ', &name)) {
        if (node == MANIFEST_NONE) {
            uint32_t command = command_find(m, name);
            if (command == MANIFEST_NONE) return node;
            node = m->commands[command].root;
            continue;
        }
        uint32_t child = command_child(m, node, name);
        if (child != MANIFEST_NONE) node = child;
    }
    return node;
}

/* ---- at an annotated command ---- */

static void mutate_subcommand(bench *b, int op, const gold *g) {
    const manifest *m = b->ops[op].truth;
    uint32_t node = node_of_text(m, g->claim);
    if (node == MANIFEST_NONE || m->subcommands[node].parent == MANIFEST_NONE) return;
    bool closed = m->subcommands[m->subcommands[node].parent].world == WORLD_CLOSED;
    ptrdiff_t lo = g->claim.n;
    while (lo > 0 && g->claim.p[lo - 1] != ' ') lo--;
    for (size_t i = 0; i < 3; i++) {
        const char *by = invented_word(m, m->subcommands[node].command, (size_t)g->line + i * 5);
        if (!by) return;
        b->now.n = 0;
        put_replaced(g->claim, lo, g->claim.n, str_from_cstr(by), &b->now);
        case_at_claim(b, "existence: unknown subcommand", op, g, closed ? CATCH_CONTRADICTED : CATCH_UNPROVED);
    }
}

static void mutate_flag(bench *b, int op, const gold *g) {
    const manifest *m = b->ops[op].truth;
    const manifest_fact *fact = manifest_find_fact(m, g->fact);
    if (!fact || fact->kind != FACT_COMMAND) return;
    bool closed = false;
    for (uint32_t i = 0; i < m->flag_count; i++)
        if (&m->flags[i].fact == fact) closed = m->subcommands[m->flags[i].of].flag_world == WORLD_CLOSED;
    for (size_t i = 0; i < 3; i++) {
        b->now.n = 0;
        buf_cstr(&b->now, new_flags[((size_t)g->line + i * 3) % COUNT_OF(new_flags)]);
        case_at_claim(b, "flag: unknown", op, g, closed ? CATCH_CONTRADICTED : CATCH_UNPROVED);
    }
}

void mutate_command(bench *b, int op, const gold *g) {
    if (kind_is(g, "flag"))
        mutate_flag(b, op, g);
    else
        mutate_subcommand(b, op, g);
}

/* ---- a sentence of its own ---- */

typedef struct tool { /* a program of the operation, as deep as a subcommand may follow */
    uint32_t node;    /* MANIFEST_NONE: a component without commands */
    str typed;        /* "docker compose" */
} tool;

enum { TOOLS_MAX = 64 };

/* Programs and groups that have subcommands; components whose well-known programs the manifest says nothing of. */
static size_t tools_of(bench *b, const manifest *m, bool flags, tool *tools) {
    static const char *const known[] = {"restic", "caddy",      "hugo", "docker compose",
                                        "zpool",  "pgbackrest", "psql", "nginx"};
    size_t n = 0;
    for (uint32_t i = 0; i < m->subcommand_count && n < TOOLS_MAX; i++) {
        const manifest_subcommand *s = &m->subcommands[i];
        str binary = m->commands[s->command].binary;
        bool fits = flags ? s->first_flag != MANIFEST_NONE : s->child != MANIFEST_NONE;
        if (!fits || s->removed) continue;
        str typed = s->path.n ? arena_printf(b->keep, "%.*s %.*s", STR_ARG(binary), STR_ARG(s->path)) : binary;
        tools[n++] = (tool){i, typed};
    }
    for (size_t i = 0; i < COUNT_OF(known) && n < TOOLS_MAX; i++) {
        str typed = str_from_cstr(known[i]), name = typed;
        ptrdiff_t blank = str_find_byte(typed, ' ', 0);
        uint32_t count;
        if (blank > 0) name.n = blank;
        const alias_target *targets = alias_lookup(m->names, name, &count);
        bool component = false;
        for (uint32_t k = 0; k < count; k++) component = component || targets[k].kind == ALIAS_ENTITY;
        if (component && command_find(m, name) == MANIFEST_NONE && (flags || i < 6))
            tools[n++] = (tool){MANIFEST_NONE, typed};
    }
    return n;
}

static str frame_text(bench *b, const char *frame, str one, str two) {
    return arena_printf(b->keep, frame, STR_ARG(one), STR_ARG(two));
}

/* The k-th child of a node that is there; {NULL,0} when it has none. */
static str child_name(const manifest *m, uint32_t node, size_t k) {
    str found[64];
    size_t n = 0;
    for (uint32_t i = m->subcommands[node].child; i != MANIFEST_NONE && n < COUNT_OF(found); i = m->subcommands[i].next)
        if (!m->subcommands[i].removed) found[n++] = m->subcommands[i].name;
    return n ? found[k % n] : (str){NULL, 0};
}

/* Frames with the program first and what it is given second. */
static const char *const typed_frames[] = {
    " Afterwards we run `%.*s %.*s` once.", " When the night is over, `%.*s %.*s` cleans up.",
    "\n\n```console\n$ %.*s %.*s\n```\n", " It ends with `sudo %.*s %.*s` on the same machine.",
    "\n\n```bash\ncd /tmp\nsudo %.*s %.*s && echo done\n```\n"};

static void insert_subcommand(bench *b, int op, size_t index, const tool *t, size_t k) {
    const operation *o = &b->ops[op];
    const manifest *m = o->truth;
    const gold *g = &o->rows[index];
    bool declared = t->node != MANIFEST_NONE, closed = declared && m->subcommands[t->node].world == WORLD_CLOSED;
    const char *made_up = invented_word(m, declared ? m->subcommands[t->node].command : MANIFEST_NONE, k);
    if (!made_up) return;
    str term = str_from_cstr(made_up), text;
    if (k % 6 == 5)
        text = frame_text(b, " `%.*s` has a `%.*s` subcommand for that.", t->typed, term);
    else
        text = frame_text(b, typed_frames[k % COUNT_OF(typed_frames)], t->typed, term);
    case_insert(b, "existence: unknown subcommand", op, g, text, true, closed ? CATCH_CONTRADICTED : CATCH_UNPROVED);
    str child = declared ? child_name(m, t->node, k) : (str){NULL, 0};
    if (child.n)
        case_insert(b, "control: known subcommand", op, g,
                    frame_text(b, typed_frames[k % COUNT_OF(typed_frames)], t->typed, child), false, 0);
    static const char *const harmless[] = {
        " There is no `%.*s %.*s`, and nobody misses it.", " We thought of adding a `%.*s %.*s` one day.",
        " A `%.*s %.*s` would help, if there were one.", "\n\n```console\n$ %.*s %.*s\nerror: unknown command\n```\n"};
    case_insert(b, "control: a subcommand denied, wished for, refused", op, g,
                frame_text(b, harmless[k % COUNT_OF(harmless)], t->typed, term), false, 0);
}

static void insert_flag(bench *b, int op, size_t index, const tool *t, size_t k) {
    static const char *const said[] = {" The `%2$.*1$s` flag of `%4$.*3$s` makes it quicker.",
                                       " We pass `%2$.*1$s` to `%4$.*3$s`, and it is quicker."};
    const operation *o = &b->ops[op];
    const manifest *m = o->truth;
    const gold *g = &o->rows[index];
    bool declared = t->node != MANIFEST_NONE, closed = declared && m->subcommands[t->node].flag_world == WORLD_CLOSED;
    str flag = str_from_cstr(new_flags[k % COUNT_OF(new_flags)]), text;
    if (k % 6 >= 4)
        text = arena_printf(b->keep, said[k % 2], STR_ARG(flag), STR_ARG(t->typed));
    else
        text = frame_text(b, typed_frames[k % COUNT_OF(typed_frames)], t->typed, flag);
    case_insert(b, "flag: unknown", op, g, text, true, closed ? CATCH_CONTRADICTED : CATCH_UNPROVED);
    if (!declared) return;
    const manifest_flag *known = &m->flags[m->subcommands[t->node].first_flag];
    case_insert(b, "control: known flag", op, g,
                frame_text(b, typed_frames[k % COUNT_OF(typed_frames)], t->typed, known->name), false, 0);
}

void insert_commands(bench *b, int op, size_t index) {
    static const char *const others[] = {" A plain `tar --zstd -cf x.tar.zst notes` is enough here.",
                                         " Elsewhere people use `borg conjure --fast` instead.",
                                         " The rest is `jq --sweeten .` and a text editor.",
                                         "\n\n```bash\nterraform reforge --moonlight\n```\n"};
    static const char *const places[] = {" It is called as `%.*s <name>`%.*s.", " It is called as `%.*s NAME`%.*s.",
                                         " It is called as `%.*s $NAME`%.*s.", " See `%.*s --help`%.*s for the rest."};
    const operation *o = &b->ops[op];
    tool tools[TOOLS_MAX];
    size_t k = index / 4, n;
    if (index % 4 > 1) return;
    n = tools_of(b, o->truth, index % 4 == 1, tools);
    if (!n) return;
    if (index % 4 == 0) {
        insert_subcommand(b, op, index, &tools[k % n], k);
        case_insert(b, "control: another program", op, &o->rows[index], str_from_cstr(others[k % COUNT_OF(others)]),
                    false, 0);
    } else {
        insert_flag(b, op, index, &tools[k % n], k);
        case_insert(b, "control: a placeholder", op, &o->rows[index],
                    frame_text(b, places[k % COUNT_OF(places)], tools[k % n].typed, STR("")), false, 0);
    }
}
