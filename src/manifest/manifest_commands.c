/* manifest_commands.c - the operator's programs: their subcommands and flags.
 *
 *     - {binary: berth, world: closed, subcommands: [plan import, {name: sync, state: removed}], flags: [--json]}
 *
 *     berth ──► plan ──► import        one node a word; a group that only longer paths name has no fact of its own
 *       │  └──► sync (removed)
 *       └─ --json                      flags hang on a node and hold for all nodes below it
 *
 * In: the section `commands`. Out: drafts of commands, nodes and flags; at the end the public arrays. A second file
 * that names the same binary continues it. Invariants: a word stands once among the children of a node (aliases
 * included), a flag once at a node, a binary's name once in the manifest; a parent stands before its children. Worlds
 * are inherited: a node without one of its own has its parent's.
 */
#include "manifest/manifest_load.h"

enum { PATH_WORDS_LIMIT = 8 };

static int require(loader *l, const yaml_node *map, const char *key, enum manifest_map kind) {
    if (yaml_get(map, key)) return ERROR_NONE;
    return node_error(l, ERROR_SCHEMA, map, "%s needs '%s'", manifest_schema(kind)->what, key);
}

/* ---- tables of names ---- */

static const uint32_t *find_at(loader *l, const id_table *table, uint32_t node, str name, str *key) {
    *key = arena_printf(l->a, "%u %.*s", node, STR_ARG(name));
    return key->p ? id_table_find(table, *key) : NULL;
}

/* Claims `name` at the node for `value`; one that is taken by another is an error naming the place `other`. */
static int claim_at(loader *l, id_table *table, uint32_t node, const manifest_text *name, uint32_t value,
                    manifest_place (*place_of)(const loader *, uint32_t), const char *what) {
    str key;
    const uint32_t *known = find_at(l, table, node, name->text, &key);
    if (known && *known == value) return ERROR_NONE;
    if (known)
        return loader_error(l, ERROR_CONFLICT, name->place, "'%.*s' names two %s, the other at %s", STR_ARG(name->text),
                            what, other_place(l, place_of(l, *known)).text);
    return key.p && id_table_add(table, l->a, key, value) ? ERROR_NONE : loader_out_of_memory(l);
}

static manifest_place place_of_node(const loader *l, uint32_t i) { return l->subcommands.at[i].node.place; }
static manifest_place place_of_flag(const loader *l, uint32_t i) { return l->flags.at[i].flag.fact.place; }

/* ---- what every entry may have ---- */

static int read_state(loader *l, const yaml_node *map, manifest_text *state, bool *removed, day_number *since) {
    static const char *const states[] = {"present", "removed", NULL};
    uint8_t choice = 0;
    day_number day = 0;
    TRY(read_text(l, map, "state", state));
    TRY(read_choice(l, state, "state", states, &choice));
    TRY(read_date(l, map, "since", &day));
    if (day > l->files.at[l->file].as_of)
        return node_error(l, ERROR_SCHEMA, yaml_get(map, "since"), "'since' is later than the manifest's as_of");
    if (day && *since && day != *since)
        return node_error(l, ERROR_CONFLICT, yaml_get(map, "since"), "'since' is %s in another file",
                          date_format(*since).text);
    *removed = choice == 1;
    if (day) *since = day;
    return ERROR_NONE;
}

/* A name that is typed: printable ASCII without blanks, quotes and what a shell would take for itself. */
static bool is_typed(str s) {
    for (ptrdiff_t i = 0; i < s.n; i++)
        if (!byte_is_alnum(s.p[i]) && !(i > 0 && memchr("._:+-@/", s.p[i], 7))) return false;
    return s.n > 0 && s.n <= 128;
}

/* ---- flags ---- */

/* "--from FILE", "--from=FILE", "--colour[=WHEN]", "-v": the name, and whether a word behind it is its value. */
static bool split_flag(str text, str *name, bool *takes_value) {
    ptrdiff_t n = 0, dashes = 0;
    while (n < text.n && !byte_is_space(text.p[n]) && text.p[n] != '=' && text.p[n] != '[') n++;
    *name = str_slice(text, 0, n);
    *takes_value = n < text.n && text.p[n] != '[';
    while (dashes < name->n && dashes < 2 && name->p[dashes] == '-') dashes++;
    return dashes && is_typed(str_slice(*name, dashes, name->n));
}

static int flag_error(loader *l, const yaml_node *node, str text) {
    return node_error(l, ERROR_SCHEMA, node, "'%.*s' is no flag: write it as '--json', '-v' or '--from FILE'",
                      STR_ARG(text));
}

static int flag_aliases(loader *l, const yaml_node *map, uint32_t index) {
    flag_draft *d = &l->flags.at[index];
    size_t first = d->aliases.n;
    TRY(read_texts(l, map, "aliases", true, &d->aliases));
    for (size_t i = first; i < d->aliases.n; i++) {
        bool value;
        str name;
        if (!split_flag(d->aliases.at[i].text, &name, &value))
            return loader_error(l, ERROR_SCHEMA, d->aliases.at[i].place, "'%.*s' is no flag",
                                STR_ARG(d->aliases.at[i].text));
        d->aliases.at[i].text = name;
        TRY(claim_at(l, &l->flag_ids, d->flag.of, &d->aliases.at[i], index, place_of_flag, "flags"));
    }
    return ERROR_NONE;
}

static int read_flag(loader *l, const yaml_node *node, uint32_t of, const evidence *outer) {
    evidence ev = *outer;
    const yaml_node *text = node;
    if (node->kind == YAML_MAP) {
        TRY(check_map(l, node, MAP_FLAG));
        TRY(require(l, node, "name", MAP_FLAG));
        TRY(read_evidence(l, node, outer, &ev));
        text = yaml_get(node, "name");
    }
    if (text->kind != YAML_SCALAR || yaml_is_null(text))
        return node_error(l, ERROR_SCHEMA, text, "a flag must be text");
    flag_draft d = {.flag = {.of = of}};
    if (!split_flag(str_trim(text->text), &d.flag.name, &d.flag.takes_value)) return flag_error(l, text, text->text);
    str key;
    const uint32_t *known = find_at(l, &l->flag_ids, of, d.flag.name, &key);
    if (known && l->flags.at[*known].flag.fact.place.file == l->file)
        return node_error(l, ERROR_CONFLICT, text, "flag '%.*s' stands twice, first at %s", STR_ARG(d.flag.name),
                          other_place(l, place_of_flag(l, *known)).text);
    uint32_t index = known ? *known : (uint32_t)l->flags.n;
    if (!known) {
        const subcommand_draft *s = &l->subcommands.at[of];
        str id = arena_printf(l->a, "command:%.*s%s%.*s %.*s", STR_ARG(l->commands.at[s->node.command].command.binary),
                              s->node.path.n ? " " : "", STR_ARG(s->node.path), STR_ARG(d.flag.name));
        d.flag.fact = fact_make(id, FACT_COMMAND, node_place(l, text), &ev);
        if (!id.p || !VEC_PUSH(l->a, &l->flags, d)) return loader_out_of_memory(l);
        manifest_text name = {d.flag.name, d.flag.fact.place};
        TRY(claim_at(l, &l->flag_ids, of, &name, index, place_of_flag, "flags"));
    }
    if (++l->name_count > MANIFEST_LIMIT_NAMES)
        return node_error(l, ERROR_LIMIT, text, "more than %d names", MANIFEST_LIMIT_NAMES);
    if (node->kind != YAML_MAP) return ERROR_NONE;
    flag_draft *draft = &l->flags.at[index];
    TRY(read_state(l, node, &draft->state, &draft->flag.removed, &draft->flag.since));
    return flag_aliases(l, node, index);
}

/* `flags`: a list, or {world: closed, items: [...]}. */
static int read_flags(loader *l, const yaml_node *map, uint32_t of, const evidence *outer) {
    const yaml_node *node = yaml_get(map, "flags"), *items = node;
    evidence ev = *outer;
    if (!node) return ERROR_NONE;
    if (node->kind == YAML_MAP) {
        TRY(check_map(l, node, MAP_LIST));
        TRY(read_evidence(l, node, outer, &ev));
        subcommand_draft *d = &l->subcommands.at[of];
        TRY(read_world(l, node, &d->flag_world, &d->node.flag_world));
        items = yaml_get(node, "items");
        if (!items) return node_error(l, ERROR_SCHEMA, node, "'flags' needs 'items'");
    }
    TRY(check_list(l, items, "flags"));
    for (uint32_t i = 0; i < items->count; i++) TRY(read_flag(l, items->items[i], of, &ev));
    return ERROR_NONE;
}

/* ---- subcommands ---- */

static int new_node(loader *l, uint32_t command, uint32_t parent, str name, str path, manifest_place place,
                    uint32_t *index) {
    subcommand_draft d = {.node = {.command = command,
                                   .parent = parent,
                                   .child = MANIFEST_NONE,
                                   .next = MANIFEST_NONE,
                                   .first_flag = MANIFEST_NONE,
                                   .name = name,
                                   .path = path,
                                   .place = place},
                          .last = MANIFEST_NONE};
    *index = (uint32_t)l->subcommands.n;
    if (!VEC_PUSH(l->a, &l->subcommands, d)) return loader_out_of_memory(l);
    if (parent == MANIFEST_NONE) return ERROR_NONE;
    subcommand_draft *up = &l->subcommands.at[parent];
    if (up->last == MANIFEST_NONE)
        up->node.child = *index;
    else
        l->subcommands.at[up->last].node.next = *index;
    up->last = *index;
    up->node.child_count++;
    return ERROR_NONE;
}

/* The node of a path below the program, made where it is missing. */
static int node_of_path(loader *l, const yaml_node *text, uint32_t command, uint32_t *node) {
    str path = str_trim(text->text), rest = path, name;
    uint32_t words = 0;
    *node = l->commands.at[command].command.root;
    while (str_cut(&rest, ' ', &name)) {
        if (!name.n) continue;
        if (!is_typed(name) || ++words > PATH_WORDS_LIMIT)
            return node_error(l, ERROR_SCHEMA, text,
                              "'%.*s' is no subcommand: write the words that are typed, %d at most",
                              STR_ARG(text->text), PATH_WORDS_LIMIT);
        str key;
        const uint32_t *known = find_at(l, &l->subcommand_ids, *node, name, &key);
        if (known) {
            *node = *known;
            continue;
        }
        const manifest_subcommand *up = &l->subcommands.at[*node].node;
        str whole = up->path.n ? arena_printf(l->a, "%.*s %.*s", STR_ARG(up->path), STR_ARG(name)) : name;
        uint32_t parent = *node;
        if (!whole.p) return loader_out_of_memory(l);
        TRY(new_node(l, command, parent, name, whole, node_place(l, text), node));
        manifest_text own = {name, node_place(l, text)};
        TRY(claim_at(l, &l->subcommand_ids, parent, &own, *node, place_of_node, "subcommands"));
        if (++l->name_count > MANIFEST_LIMIT_NAMES)
            return node_error(l, ERROR_LIMIT, text, "more than %d names", MANIFEST_LIMIT_NAMES);
    }
    return words ? ERROR_NONE : node_error(l, ERROR_SCHEMA, text, "a subcommand needs a name");
}

static int subcommand_aliases(loader *l, const yaml_node *map, uint32_t index) {
    subcommand_draft *d = &l->subcommands.at[index];
    size_t first = d->aliases.n;
    TRY(read_texts(l, map, "aliases", true, &d->aliases));
    for (size_t i = first; i < d->aliases.n; i++) {
        if (!is_typed(d->aliases.at[i].text))
            return loader_error(l, ERROR_SCHEMA, d->aliases.at[i].place,
                                "'%.*s' is no other word for '%.*s': write its last word only",
                                STR_ARG(d->aliases.at[i].text), STR_ARG(d->node.path));
        TRY(claim_at(l, &l->subcommand_ids, d->node.parent, &d->aliases.at[i], index, place_of_node, "subcommands"));
    }
    return ERROR_NONE;
}

static int read_subcommand(loader *l, const yaml_node *node, uint32_t command, const evidence *outer) {
    evidence ev = *outer;
    const yaml_node *text = node;
    uint32_t index = 0;
    if (node->kind == YAML_MAP) {
        TRY(check_map(l, node, MAP_SUBCOMMAND));
        TRY(require(l, node, "name", MAP_SUBCOMMAND));
        TRY(read_evidence(l, node, outer, &ev));
        text = yaml_get(node, "name");
    }
    if (text->kind != YAML_SCALAR || yaml_is_null(text))
        return node_error(l, ERROR_SCHEMA, text, "a subcommand must be text, or a map with a 'name'");
    TRY(node_of_path(l, text, command, &index));
    manifest_subcommand *s = &l->subcommands.at[index].node;
    if (s->fact.id.p && s->fact.place.file == l->file)
        return node_error(l, ERROR_CONFLICT, text, "subcommand '%.*s' stands twice, first at %s", STR_ARG(s->path),
                          other_place(l, s->fact.place).text);
    if (!s->fact.id.p) {
        str id =
            arena_printf(l->a, "command:%.*s %.*s", STR_ARG(l->commands.at[command].command.binary), STR_ARG(s->path));
        if (!id.p) return loader_out_of_memory(l);
        s->fact = fact_make(id, FACT_COMMAND, node_place(l, text), &ev);
        s->place = s->fact.place;
    }
    if (node->kind != YAML_MAP) return ERROR_NONE;
    subcommand_draft *d = &l->subcommands.at[index];
    TRY(read_state(l, node, &d->state, &s->removed, &s->since));
    TRY(read_world(l, node, &d->world, &s->world));
    TRY(subcommand_aliases(l, node, index));
    return read_flags(l, node, index, &ev);
}

/* ---- commands ---- */

static int open_command(loader *l, const yaml_node *map, const evidence *ev, uint32_t *index) {
    const yaml_node *binary = yaml_get(map, "binary");
    TRY(require(l, map, "binary", MAP_COMMAND));
    TRY(check_id(l, binary, "the name of a program"));
    const uint32_t *known = id_table_find(&l->command_ids, binary->text);
    if (known) {
        *index = *known;
        const manifest_command *c = &l->commands.at[*index].command;
        if (c->place.file != l->file && str_eq(c->binary, binary->text)) return ERROR_NONE;
        return node_error(l, ERROR_CONFLICT, binary, "command '%.*s' is declared twice, first at %s",
                          STR_ARG(binary->text), other_place(l, c->place).text);
    }
    *index = (uint32_t)l->commands.n;
    command_draft d = {
        .command = {
            .binary = binary->text, .owner = MANIFEST_NONE, .host = MANIFEST_NONE, .place = node_place(l, binary)}};
    TRY(new_node(l, *index, MANIFEST_NONE, STR(""), STR(""), d.command.place, &d.command.root));
    str id = arena_printf(l->a, "command:%.*s", STR_ARG(binary->text));
    l->subcommands.at[d.command.root].node.fact = fact_make(id, FACT_COMMAND, d.command.place, ev);
    bool stored = id.p && id_table_add(&l->command_ids, l->a, binary->text, *index) && VEC_PUSH(l->a, &l->commands, d);
    return stored ? ERROR_NONE : loader_out_of_memory(l);
}

static int command_aliases(loader *l, const yaml_node *map, uint32_t index) {
    command_draft *d = &l->commands.at[index];
    size_t first = d->aliases.n;
    TRY(read_texts(l, map, "aliases", true, &d->aliases));
    for (size_t i = first; i < d->aliases.n; i++) {
        const manifest_text *alias = &d->aliases.at[i];
        const uint32_t *known = id_table_find(&l->command_ids, alias->text);
        if (!is_typed(alias->text))
            return loader_error(l, ERROR_SCHEMA, alias->place, "'%.*s' is no name that can be typed",
                                STR_ARG(alias->text));
        if (known && *known == index) continue;
        if (known)
            return loader_error(l, ERROR_CONFLICT, alias->place, "'%.*s' names two commands, the other at %s",
                                STR_ARG(alias->text), other_place(l, l->commands.at[*known].command.place).text);
        if (!id_table_add(&l->command_ids, l->a, alias->text, index)) return loader_out_of_memory(l);
    }
    return ERROR_NONE;
}

static int read_command(loader *l, const yaml_node *map) {
    evidence ev, outer = evidence_of_file(l);
    uint32_t index = 0;
    TRY(check_map(l, map, MAP_COMMAND));
    TRY(read_evidence(l, map, &outer, &ev));
    TRY(open_command(l, map, &ev, &index));
    TRY(command_aliases(l, map, index));
    command_draft *d = &l->commands.at[index];
    subcommand_draft *root = &l->subcommands.at[d->command.root];
    TRY(read_text(l, map, "of", &d->of));
    TRY(read_text(l, map, "host", &d->host));
    TRY(read_world(l, map, &root->world, &root->node.world));
    TRY(read_state(l, map, &root->state, &root->node.removed, &root->node.since));
    TRY(read_flags(l, map, d->command.root, &ev));
    const yaml_node *list = yaml_get(map, "subcommands");
    if (!list && yaml_get(map, "world") && root->node.world == WORLD_CLOSED)
        return node_error(l, ERROR_SCHEMA, yaml_get(map, "world"),
                          "a closed world lists its 'subcommands': [] where it has none");
    if (!list) return ERROR_NONE;
    TRY(check_list(l, list, "subcommands"));
    for (uint32_t i = 0; i < list->count; i++) TRY(read_subcommand(l, list->items[i], index, &ev));
    return ERROR_NONE;
}

int read_commands(loader *l, const yaml_node *list) {
    TRY(check_list(l, list, "commands"));
    for (uint32_t i = 0; i < list->count; i++) TRY(read_command(l, list->items[i]));
    return ERROR_NONE;
}

/* ---- freezing ---- */

static int finish_node(loader *l, size_t index, manifest_subcommand *nodes) {
    subcommand_draft *d = &l->subcommands.at[index];
    manifest_subcommand *s = &nodes[index];
    *s = d->node;
    s->aliases = freeze_texts(&d->aliases);
    if (s->parent == MANIFEST_NONE) return ERROR_NONE;
    const manifest_subcommand *up = &nodes[s->parent];
    if (s->world == WORLD_UNSTATED) s->world = up->world;
    if (s->flag_world == WORLD_UNSTATED) s->flag_world = up->flag_world;
    if (up->removed && !s->fact.id.p) s->removed = true;
    if (up->removed && !s->removed)
        return loader_error(
            l, ERROR_CONFLICT, s->place, "'%.*s' is present, but '%.*s' is removed at %s", STR_ARG(s->path),
            STR_ARG(up->path.n ? up->path : l->commands.at[s->command].command.binary), other_place(l, up->place).text);
    return ERROR_NONE;
}

int finish_commands(loader *l) {
    manifest *m = &l->store->m;
    manifest_command *commands = ARENA_ARRAY(l->a, manifest_command, l->commands.n);
    manifest_subcommand *nodes = ARENA_ARRAY(l->a, manifest_subcommand, l->subcommands.n);
    manifest_flag *flags = ARENA_ARRAY(l->a, manifest_flag, l->flags.n);
    if (!commands || !nodes || !flags) return loader_out_of_memory(l);
    for (size_t i = 0; i < l->commands.n; i++) {
        command_draft *d = &l->commands.at[i];
        TRY(resolve_entity(l, &d->of, "id", &d->command.owner));
        TRY(resolve_host(l, &d->host, &d->command.host));
        commands[i] = d->command;
        commands[i].aliases = freeze_texts(&d->aliases);
    }
    for (size_t i = 0; i < l->subcommands.n; i++) TRY(finish_node(l, i, nodes));
    for (size_t i = 0; i < l->flags.n; i++) {
        flags[i] = l->flags.at[i].flag;
        flags[i].aliases = freeze_texts(&l->flags.at[i].aliases);
    }
    for (size_t i = l->flags.n; i-- > 0;) { /* backwards, so that each chain runs forwards */
        flags[i].next = nodes[flags[i].of].first_flag;
        nodes[flags[i].of].first_flag = (uint32_t)i;
    }
    m->commands = commands, m->command_count = (uint32_t)l->commands.n;
    m->subcommands = nodes, m->subcommand_count = (uint32_t)l->subcommands.n;
    m->flags = flags, m->flag_count = (uint32_t)l->flags.n;
    return ERROR_NONE;
}
