/* command_index.c - one table from hashed (place, name) to indices.
 *
 * In: the frozen commands. Out: look-ups in O(1). Keys mix what kind of thing is asked, the place it hangs on and the
 * name's hash; the name is compared before an answer is given, so a collision costs a look and never an error.
 */
#include "manifest/command_index.h"

#include "manifest/multimap.h"

enum asked { ASK_BINARY, ASK_CHILD, ASK_FLAG, ASK_FLAG_ANYWHERE, ASK_OWNER, ASK_NODE_ANYWHERE };

struct command_index {
    multimap by_key;
};

static uint64_t key_of(enum asked what, uint32_t place, str name) {
    uint64_t h = str_hash(name) + ((uint64_t)place * 8 + (uint64_t)what + 1) * 0x9e3779b97f4a7c15u;
    h ^= h >> 32;
    h *= 0xd6e8feb86659fd93u;
    return h ^ h >> 32;
}

static bool put(arena *a, pair_list *pairs, enum asked what, uint32_t place, str name, uint32_t value) {
    return VEC_PUSH(a, pairs, (pair){key_of(what, place, name), value});
}

static bool put_all(arena *a, pair_list *pairs, enum asked what, uint32_t place, manifest_texts names, uint32_t value) {
    for (uint32_t i = 0; i < names.n; i++)
        if (!put(a, pairs, what, place, names.at[i].text, value)) return false;
    return true;
}

static bool collect(arena *a, const manifest *m, pair_list *pairs) {
    bool ok = true;
    for (uint32_t i = 0; i < m->command_count && ok; i++) {
        const manifest_command *c = &m->commands[i];
        ok = put(a, pairs, ASK_BINARY, 0, c->binary, i) && put_all(a, pairs, ASK_BINARY, 0, c->aliases, i);
        if (ok && c->owner != MANIFEST_NONE) ok = put(a, pairs, ASK_OWNER, c->owner, STR(""), i);
    }
    for (uint32_t i = 0; i < m->subcommand_count && ok; i++) {
        const manifest_subcommand *s = &m->subcommands[i];
        if (s->parent == MANIFEST_NONE) continue;
        ok = put(a, pairs, ASK_CHILD, s->parent, s->name, i) &&
             put_all(a, pairs, ASK_CHILD, s->parent, s->aliases, i) &&
             put(a, pairs, ASK_NODE_ANYWHERE, s->command, s->name, i) &&
             put_all(a, pairs, ASK_NODE_ANYWHERE, s->command, s->aliases, i);
    }
    for (uint32_t i = 0; i < m->flag_count && ok; i++) {
        const manifest_flag *f = &m->flags[i];
        uint32_t command = m->subcommands[f->of].command;
        ok = put(a, pairs, ASK_FLAG, f->of, f->name, i) && put_all(a, pairs, ASK_FLAG, f->of, f->aliases, i) &&
             put(a, pairs, ASK_FLAG_ANYWHERE, command, f->name, i) &&
             put_all(a, pairs, ASK_FLAG_ANYWHERE, command, f->aliases, i);
    }
    return ok;
}

command_index *command_index_make(arena *a, const manifest *m) {
    command_index *x = ARENA_NEW(a, command_index);
    pair_list pairs = {0};
    return x && collect(a, m, &pairs) && multimap_make(a, &pairs, &x->by_key) ? x : NULL;
}

static bool is_named(str name, str own, manifest_texts aliases) {
    if (str_eq(name, own)) return true;
    for (uint32_t i = 0; i < aliases.n; i++)
        if (str_eq(name, aliases.at[i].text)) return true;
    return false;
}

uint32_t command_find(const manifest *m, str binary) {
    uint32_t n;
    const uint32_t *found = multimap_get(&m->programs->by_key, key_of(ASK_BINARY, 0, binary), &n);
    for (uint32_t i = 0; i < n; i++)
        if (found[i] < m->command_count &&
            is_named(binary, m->commands[found[i]].binary, m->commands[found[i]].aliases))
            return found[i];
    return MANIFEST_NONE;
}

uint32_t command_child(const manifest *m, uint32_t node, str name) {
    uint32_t n;
    const uint32_t *found = multimap_get(&m->programs->by_key, key_of(ASK_CHILD, node, name), &n);
    for (uint32_t i = 0; i < n; i++) {
        const manifest_subcommand *s = found[i] < m->subcommand_count ? &m->subcommands[found[i]] : NULL;
        if (s && s->parent == node && is_named(name, s->name, s->aliases)) return found[i];
    }
    return MANIFEST_NONE;
}

uint32_t command_node_anywhere(const manifest *m, uint32_t command, str name) {
    uint32_t n;
    const uint32_t *found = multimap_get(&m->programs->by_key, key_of(ASK_NODE_ANYWHERE, command, name), &n);
    for (uint32_t i = 0; i < n; i++) {
        const manifest_subcommand *s = found[i] < m->subcommand_count ? &m->subcommands[found[i]] : NULL;
        if (s && s->command == command && is_named(name, s->name, s->aliases)) return found[i];
    }
    return MANIFEST_NONE;
}

uint32_t command_flag_at(const manifest *m, uint32_t node, str flag) {
    uint32_t n;
    const uint32_t *found = multimap_get(&m->programs->by_key, key_of(ASK_FLAG, node, flag), &n);
    for (uint32_t i = 0; i < n; i++)
        if (found[i] < m->flag_count && m->flags[found[i]].of == node &&
            is_named(flag, m->flags[found[i]].name, m->flags[found[i]].aliases))
            return found[i];
    return MANIFEST_NONE;
}

uint32_t command_flag_on_path(const manifest *m, uint32_t node, str flag) {
    uint32_t found = MANIFEST_NONE;
    for (uint32_t at = node; at != MANIFEST_NONE && found == MANIFEST_NONE; at = m->subcommands[at].parent)
        found = command_flag_at(m, at, flag);
    return found;
}

uint32_t command_flag_anywhere(const manifest *m, uint32_t command, str flag) {
    uint32_t n;
    const uint32_t *found = multimap_get(&m->programs->by_key, key_of(ASK_FLAG_ANYWHERE, command, flag), &n);
    for (uint32_t i = 0; i < n; i++)
        if (found[i] < m->flag_count && m->subcommands[m->flags[found[i]].of].command == command &&
            is_named(flag, m->flags[found[i]].name, m->flags[found[i]].aliases))
            return found[i];
    return MANIFEST_NONE;
}

uint32_t command_of_entity(const manifest *m, uint32_t entity) {
    uint32_t n;
    const uint32_t *found = multimap_get(&m->programs->by_key, key_of(ASK_OWNER, entity, STR("")), &n);
    return n == 1 && found[0] < m->command_count && m->commands[found[0]].owner == entity ? found[0] : MANIFEST_NONE;
}
