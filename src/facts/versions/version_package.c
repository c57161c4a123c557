/* version_package.c - a package and a component of one name.
 *
 *     components: [{id: caddy, version: 2.8.4}]    packages: [{name: caddy, version: 2.6.2-5}]
 *     "We run Caddy 2.8.4."             the component's
 *     "We run Caddy 2.6.2."             the package's, perhaps: neither proved nor refuted
 *     "caddy 2.6.2-5", `apt install caddy=2.6.2-5`, dpkg -l   the package's: its revision, or what is typed, says so
 *
 * A list of packages that a machine gave is merged with what its owner wrote. In: what a version is bound to. Out: the
 * same without the package where prose means the component; what only the package has is then left unverified.
 */
#include "facts/versions/versions.h"

/* Is the package meant: by what is typed or printed, or by a packager's revision? */
static bool is_of_package(const passage *p, const token *t, str stated) {
    return p->kind == PASSAGE_CODE || t->kind == TOKEN_IDENT || t->flags & TOKEN_PINNED ||
           str_find_byte(stated, '-', 0) > 0 || str_find_byte(stated, '~', 0) > 0;
}

bool version_is_shadowed(const judge *j, const passage *p, const token *t, uint32_t entity, str stated) {
    const manifest_entity *e = &j->m->entities[entity];
    if (e->kind != ENTITY_PACKAGE || is_of_package(p, t, stated)) return false;
    for (uint32_t i = 0; i < e->aliases.n; i++) {
        uint32_t count;
        const alias_target *targets = alias_lookup(j->m->names, e->aliases.at[i].text, &count);
        for (uint32_t k = 0; targets && k < count; k++)
            if (targets[k].kind == ALIAS_ENTITY && has_version(j, targets[k].index)) return true;
    }
    return false;
}

bool version_drop_packages(judge *j, claim *c, const passage *p, const token *t, str stated, binding *b) {
    uint32_t package = MANIFEST_NONE, n = 0;
    bool runs = false;
    for (uint32_t i = 0; i < b->n; i++) {
        if (version_is_shadowed(j, p, t, b->entity[i], stated)) {
            if (version_agree_with(j, b->entity[i], stated).version) package = b->entity[i];
            continue;
        }
        version_match m = version_agree_with(j, b->entity[i], stated);
        runs = runs || (m.version && (!m.period || version_is_told_past(p, t)));
        b->entity[n++] = b->entity[i];
    }
    b->n = n;
    if (package == MANIFEST_NONE || runs) return false;
    claim_unverified(j, c, STR("the package's version, not that of the component of its name"));
    return true;
}
