/* manifest_entity.c - components, packages, hardware, hosts, services and processes.
 *
 * In: one section's list. Out: entity drafts. An entry whose id another file has already declared in the same section
 * continues that draft: lists are united, single values must agree. Each fact takes its evidence from the entry that
 * states it. References by id stay text here; manifest_finish.c resolves them when every file is read.
 */
#include "manifest/manifest_load.h"

static const enum manifest_map map_of_kind[] = {
    [ENTITY_COMPONENT] = MAP_COMPONENT, [ENTITY_HARDWARE] = MAP_HARDWARE, [ENTITY_SERVICE] = MAP_SERVICE,
    [ENTITY_HOST] = MAP_HOST,           [ENTITY_PROCESS] = MAP_PROCESS,   [ENTITY_PACKAGE] = MAP_PACKAGE,
};

static str fact_id(loader *l, const entity_draft *d, const char *part) {
    const char *room = d->e.kind == ENTITY_PACKAGE ? "packages." : "";
    return arena_printf(l->a, "%s%.*s%s%s", room, STR_ARG(d->e.id), *part ? "." : "", part);
}

static int make_fact(loader *l, const entity_draft *d, const char *part, enum fact_kind kind, const yaml_node *node,
                     const evidence *ev, manifest_fact *out) {
    if (out->id.p) return ERROR_NONE; /* stated in another file before, alike */
    *out = fact_make(fact_id(l, d, part), kind, node_place(l, node), ev);
    return out->id.p ? ERROR_NONE : loader_out_of_memory(l);
}

/* ---- versions ---- */

static int read_scheme(loader *l, const yaml_node *map, entity_draft *d) {
    static const char *const words[] = {"semver", "pep440", "deb", "rpm", "calver", "loose", NULL};
    TRY(read_text(l, map, "scheme", &d->scheme));
    return read_choice(l, &d->scheme, "scheme", words, &d->e.version.scheme);
}

static int read_accept(loader *l, const yaml_node *map, entity_draft *d) {
    static const char *const words[] = {"prefix", "newer", "build", NULL};
    text_list texts = {0};
    TRY(read_texts(l, map, "accept", false, &texts));
    for (size_t i = 0; i < texts.n; i++) {
        uint8_t choice = 0;
        TRY(read_choice(l, &texts.at[i], "way to accept a version", words, &choice));
        d->e.version.accept |= (uint8_t)(1u << choice);
    }
    return ERROR_NONE;
}

static int read_period(loader *l, const yaml_node *map, entity_draft *d) {
    manifest_period period = {.place = node_place(l, map)};
    TRY(check_map(l, map, MAP_PERIOD));
    TRY(read_str(l, map, "version", &period.version));
    TRY(read_date(l, map, "from", &period.from));
    TRY(read_date(l, map, "to", &period.to));
    if (!period.version.p) return node_error(l, ERROR_SCHEMA, map, "a history entry needs a 'version'");
    if (!period.to)
        return node_error(l, ERROR_SCHEMA, map, "a history entry needs its last day, 'to': what runs now is 'version'");
    if (period.from > period.to)
        return node_error(l, ERROR_SCHEMA, yaml_get(map, "from"), "this period ends (%s) before it begins (%s)",
                          date_format(period.to).text, date_format(period.from).text);
    if (period.from == period.to)
        return node_error(l, ERROR_SCHEMA, yaml_get(map, "from"),
                          "this period has no day: 'to' is the day of the change");
    return VEC_PUSH(l->a, &d->history, period) ? ERROR_NONE : loader_out_of_memory(l);
}

static int read_version(loader *l, const yaml_node *map, entity_draft *d, const evidence *ev) {
    TRY(read_scheme(l, map, d));
    TRY(read_text(l, map, "version", &d->version));
    TRY(read_accept(l, map, d));
    const yaml_node *history = yaml_get(map, "history"), *version = yaml_get(map, "version");
    if (history) {
        TRY(check_list(l, history, "history"));
        for (uint32_t i = 0; i < history->count; i++) TRY(read_period(l, history->items[i], d));
    }
    if (version || (history && history->count))
        TRY(make_fact(l, d, "version", FACT_VERSION, version ? version : history, ev, &d->e.version.fact));
    return ERROR_NONE;
}

/* ---- attributes ---- */

/* The view of this name that was stated before, or NULL; `slot` is its key in l->view_ids. */
static const manifest_view *find_view(const loader *l, const attr_draft *attr, str slot) {
    const uint32_t *index = id_table_find(&l->view_ids, slot);
    return index ? &attr->views.at[*index] : NULL;
}

static int read_view(loader *l, attr_draft *attr, const yaml_node *map, str name, str id, const evidence *ev) {
    manifest_view view = {.name = name};
    TRY(read_quantity(l, map, &attr->aliases, attr->attr.name, &view.quantity));
    view.fact = fact_make(id, FACT_ATTR, view.quantity.place, ev);
    str slot = arena_printf(l->a, "%u %.*s %.*s", attr->attr.entity, STR_ARG(attr->attr.name), STR_ARG(name));
    if (!slot.p) return loader_out_of_memory(l);
    const manifest_view *other = find_view(l, attr, slot);
    if (other && !unit_same_quantity(&other->quantity, &view.quantity))
        return loader_error(l, ERROR_CONFLICT, view.quantity.place, "'%.*s' is %.*s %.*s here and %.*s %.*s at %s",
                            STR_ARG(id), STR_ARG(view.quantity.value), STR_ARG(view.quantity.unit),
                            STR_ARG(other->quantity.value), STR_ARG(other->quantity.unit),
                            other_place(l, other->quantity.place).text);
    if (other) return ERROR_NONE;
    if (attr->views.n && !attr->views.at[0].name.p != !name.p)
        return loader_error(l, ERROR_CONFLICT, view.quantity.place,
                            "'%.*s' has a plain value and views: name them all (the other is at %s)",
                            STR_ARG(attr->attr.fact.id), other_place(l, attr->views.at[0].quantity.place).text);
    bool stored = id_table_add(&l->view_ids, l->a, slot, (uint32_t)attr->views.n) && VEC_PUSH(l->a, &attr->views, view);
    return stored ? ERROR_NONE : loader_out_of_memory(l);
}

static int read_views(loader *l, attr_draft *attr, const yaml_node *views, const evidence *ev) {
    if (views->kind != YAML_MAP || views->count == 0)
        return node_error(l, ERROR_SCHEMA, views, "'views' must be a map of named values: {spec: {value: …, unit: …}}");
    for (uint32_t i = 0; i < views->count; i++) {
        evidence own;
        TRY(check_id(l, views->keys[i], "the name of a view"));
        TRY(check_map(l, views->items[i], MAP_VIEW));
        TRY(read_evidence(l, views->items[i], ev, &own));
        str id = arena_printf(l->a, "%.*s.%.*s", STR_ARG(attr->attr.fact.id), STR_ARG(views->keys[i]->text));
        if (!id.p) return loader_out_of_memory(l);
        TRY(read_view(l, attr, views->items[i], views->keys[i]->text, id, &own));
    }
    return ERROR_NONE;
}

/* The draft of an attribute: a new one, or the one that another file began. NULL when memory is gone. */
static attr_draft *attr_of(loader *l, uint32_t entity, str name) {
    entity_draft *d = &l->entities.at[entity];
    str slot = arena_printf(l->a, "%u %.*s", entity, STR_ARG(name));
    const uint32_t *index = slot.p ? id_table_find(&l->attr_ids, slot) : NULL;
    if (index) return &d->attrs.at[*index];
    attr_draft attr = {.attr = {.entity = entity, .name = name}};
    bool stored =
        slot.p && id_table_add(&l->attr_ids, l->a, slot, (uint32_t)d->attrs.n) && VEC_PUSH(l->a, &d->attrs, attr);
    return stored ? &d->attrs.at[d->attrs.n - 1] : NULL;
}

static int read_attr(loader *l, const yaml_node *key, const yaml_node *map, uint32_t entity, const evidence *outer) {
    evidence ev;
    TRY(check_id(l, key, "the name of an attribute"));
    if (map->kind != YAML_MAP) return node_error(l, ERROR_SCHEMA, map, "an attribute is a map: {value: …, unit: …}");
    TRY(check_map(l, map, MAP_ATTR));
    TRY(read_evidence(l, map, outer, &ev));
    attr_draft *attr = attr_of(l, entity, key->text);
    if (!attr) return loader_out_of_memory(l);
    if (!attr->attr.fact.id.p) {
        str id = arena_printf(l->a, "%.*s.%.*s", STR_ARG(l->entities.at[entity].e.id), STR_ARG(key->text));
        if (!id.p) return loader_out_of_memory(l);
        attr->attr.fact = fact_make(id, FACT_ATTR, node_place(l, key), &ev);
    }
    l->name_count++;
    TRY(read_texts(l, map, "aliases", true, &attr->aliases));
    TRY(read_tolerance(l, map, &attr->attr.tol));
    const yaml_node *views = yaml_get(map, "views"), *value = yaml_get(map, "value");
    if (views && (value || yaml_get(map, "unit") || yaml_get(map, "render")))
        return node_error(l, ERROR_SCHEMA, value ? value : views,
                          "an attribute has either one value or 'views', not both");
    if (views) return read_views(l, attr, views, &ev);
    if (!value)
        return node_error(l, ERROR_SCHEMA, map, "an attribute needs a 'value' or 'views': no claim could match it");
    return read_view(l, attr, map, (str){NULL, 0}, attr->attr.fact.id, &ev);
}

static int read_attrs(loader *l, const yaml_node *map, uint32_t entity, const evidence *ev) {
    const yaml_node *attrs = yaml_get(map, "attrs");
    if (!attrs) return ERROR_NONE;
    if (attrs->kind != YAML_MAP) return node_error(l, ERROR_SCHEMA, attrs, "'attrs' must be a map of named attributes");
    for (uint32_t i = 0; i < attrs->count; i++) TRY(read_attr(l, attrs->keys[i], attrs->items[i], entity, ev));
    return ERROR_NONE;
}

/* ---- lists: exposes, runs, steps ---- */

static int add_item(loader *l, const yaml_node *node, const char *key, bool names, item_list *out) {
    manifest_item item = {.entity = MANIFEST_NONE, .place = node_place(l, node)};
    text_list aliases = {0};
    if (node->kind == YAML_MAP) {
        TRY(check_map(l, node, MAP_ITEM));
        TRY(read_str(l, node, "name", &item.name));
        if (!item.name.p) return node_error(l, ERROR_SCHEMA, node, "an item needs a 'name'");
        item.named = true;
        TRY(read_texts(l, node, "aliases", names, &aliases));
    } else {
        if (node->kind != YAML_SCALAR || yaml_is_null(node) || !str_trim(node->text).n)
            return node_error(l, ERROR_SCHEMA, node, "an item of '%s' must be text, or a map with a 'name'", key);
        item.name = node->text;
        l->name_count += names;
    }
    item.aliases = freeze_texts(&aliases);
    return VEC_PUSH(l->a, out, item) ? ERROR_NONE : loader_out_of_memory(l);
}

/* The items of one list, and under which name each of them was met first. */
typedef struct item_names {
    loader *l;
    const manifest_item *items;
    const char *key;
    id_table seen;
} item_names;

/* One name of an item against those of the items before it: of a step "draft" and a step with the alias "Draft",
 * whoever reads "draft" can tell neither which is done nor in which order. An id among `runs` is what it is, letter for
 * letter. */
static int check_name(item_names *d, size_t index, str name, manifest_place place) {
    loader *l = d->l;
    bool is_id = !d->items[index].named && strcmp(d->key, "runs") == 0;
    str folded = is_id ? name : alias_fold(l->a, name);
    if (!folded.p) return loader_out_of_memory(l);
    const uint32_t *first = id_table_find(&d->seen, folded);
    if (!first) return id_table_add(&d->seen, l->a, folded, (uint32_t)index) ? ERROR_NONE : loader_out_of_memory(l);
    const manifest_item *other = &d->items[*first], *item = &d->items[index];
    if (other == item) return ERROR_NONE;
    if (str_eq(name, item->name) && str_eq(name, other->name))
        return loader_error(l, ERROR_CONFLICT, place, "'%.*s' stands twice in '%s', first on %s", STR_ARG(name), d->key,
                            other_place(l, other->place).text);
    return loader_error(l, ERROR_CONFLICT, place, "'%.*s' names two items of '%s': '%.*s' here and '%.*s' on %s",
                        STR_ARG(name), d->key, STR_ARG(item->name), STR_ARG(other->name),
                        other_place(l, other->place).text);
}

static int check_distinct(loader *l, const manifest_item *items, size_t n, const char *key) {
    item_names d = {.l = l, .items = items, .key = key, .seen = {.seed = l->seed}};
    for (size_t i = 0; i < n; i++) TRY(check_name(&d, i, items[i].name, items[i].place));
    for (size_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < items[i].aliases.n; k++)
            TRY(check_name(&d, i, items[i].aliases.at[k].text, items[i].aliases.at[k].place));
    return ERROR_NONE;
}

static int add_items(loader *l, const yaml_node *node, const char *key, bool names, item_list *out) {
    TRY(check_list(l, node, key));
    size_t first = out->n;
    for (uint32_t i = 0; i < node->count; i++) TRY(add_item(l, node->items[i], key, names, out));
    return check_distinct(l, out->at + first, out->n - first, key);
}

/* `exposes` and `runs`: a list, or {world: closed, items: [...]}. */
static int read_list(loader *l, const yaml_node *map, const char *key, enum fact_kind kind, bool names, entity_draft *d,
                     list_draft *list, const evidence *outer) {
    const yaml_node *node = yaml_get(map, key);
    evidence ev = *outer;
    if (!node) return ERROR_NONE;
    const yaml_node *items = node;
    if (node->kind == YAML_MAP) {
        TRY(check_map(l, node, MAP_LIST));
        TRY(read_evidence(l, node, outer, &ev));
        TRY(read_world(l, node, &list->world, &list->list.world));
        items = yaml_get(node, "items");
        if (!items) return node_error(l, ERROR_SCHEMA, node, "'%s' needs 'items'", key);
    }
    TRY(add_items(l, items, key, names, &list->items));
    return make_fact(l, d, key, kind, node, &ev, &list->list.fact);
}

/* ---- what only some kinds have ---- */

static int read_port(loader *l, const yaml_node *map, entity_draft *d, const evidence *ev) {
    TRY(read_text(l, map, "port", &d->port));
    const yaml_node *node = yaml_get(map, "port");
    if (!node) return ERROR_NONE;
    str rest = d->port.text, number;
    uint64_t port = 0;
    str_cut(&rest, '/', &number);
    bool protocol_ok = !rest.p || str_eq(rest, STR("tcp")) || str_eq(rest, STR("udp"));
    if (!str_to_u64(number, &port) || port < 1 || port > 65535 || !protocol_ok)
        return node_error(l, ERROR_SCHEMA, node, "'port: %.*s' is no port: write 443, 443/tcp or 51820/udp",
                          STR_ARG(d->port.text));
    d->e.port = (uint32_t)port;
    d->e.protocol = rest;
    return make_fact(l, d, "port", FACT_PORT, node, ev, &d->e.port_fact);
}

static int read_service(loader *l, const yaml_node *map, entity_draft *d, const evidence *ev) {
    TRY(read_text(l, map, "host", &d->host));
    if (yaml_get(map, "host")) TRY(make_fact(l, d, "host", FACT_HOST, yaml_get(map, "host"), ev, &d->e.host_fact));
    TRY(read_port(l, map, d, ev));
    return read_list(l, map, "exposes", FACT_EXPOSES, true, d, &d->exposes, ev);
}

static int read_location(loader *l, const yaml_node *map, entity_draft *d, const evidence *ev) {
    TRY(read_text(l, map, "location", &d->e.location));
    if (!yaml_get(map, "location")) return ERROR_NONE;
    l->name_count++;
    return make_fact(l, d, "location", FACT_LOCATION, yaml_get(map, "location"), ev, &d->e.location_fact);
}

static int read_steps(loader *l, const yaml_node *steps, entity_draft *d) {
    item_list list = {0};
    TRY(add_items(l, steps, "steps", true, &list));
    bool same = list.n == d->steps.n;
    for (size_t i = 0; same && i < list.n; i++) same = str_eq(list.at[i].name, d->steps.at[i].name);
    if (d->steps.n && !same)
        return node_error(l, ERROR_CONFLICT, steps, "the steps differ from those at %s",
                          other_place(l, d->steps.at[0].place).text);
    if (!d->steps.n) d->steps = list;
    return ERROR_NONE;
}

static int read_process(loader *l, const yaml_node *map, entity_draft *d, const evidence *ev) {
    static const char *const words[] = {"any", "strict", NULL};
    uint8_t strict = 0;
    TRY(read_text(l, map, "category", &d->category));
    TRY(read_text(l, map, "cadence", &d->cadence));
    TRY(read_text(l, map, "order", &d->order));
    TRY(read_choice(l, &d->order, "order", words, &strict));
    if (yaml_get(map, "steps")) TRY(read_steps(l, yaml_get(map, "steps"), d));
    if (strict && d->steps.n < 2)
        return loader_error(l, ERROR_SCHEMA, d->order.place, "a strict order needs at least two steps");
    d->e.process.category = d->category.text;
    d->e.process.cadence = d->cadence.text;
    d->e.process.strict = strict == 1;
    return make_fact(l, d, "", FACT_PROCESS, map, ev, &d->e.process.fact);
}

/* ---- entries ---- */

static int new_entity(loader *l, const yaml_node *id, enum entity_kind kind, uint32_t *index) {
    entity_draft d = {.e = {.kind = (uint8_t)kind, .id = id->text, .place = node_place(l, id), .host = MANIFEST_NONE}};
    d.e.version.scheme = kind == ENTITY_PACKAGE ? VERSION_DEB : VERSION_LOOSE;
    *index = (uint32_t)l->entities.n;
    if (kind == ENTITY_PACKAGE) {
        if (!id_table_add(&l->store->packages, l->a, id->text, *index)) return loader_out_of_memory(l);
    } else {
        TRY(claim_id(l, id, ID_ENTITY, *index));
    }
    return VEC_PUSH(l->a, &l->entities, d) ? ERROR_NONE : loader_out_of_memory(l);
}

/* The draft of this entry: a new one, or the one that another file began. */
static int open_entity(loader *l, const yaml_node *map, enum entity_kind kind, uint32_t *index) {
    const char *key = kind == ENTITY_PACKAGE ? "name" : "id";
    const yaml_node *id = yaml_get(map, key);
    if (!id) return node_error(l, ERROR_SCHEMA, map, "%s needs '%s'", manifest_schema(map_of_kind[kind])->what, key);
    TRY(check_id(l, id, key));
    const uint32_t *known = id_table_find(kind == ENTITY_PACKAGE ? &l->store->packages : &l->store->ids, id->text);
    if (!known) return new_entity(l, id, kind, index);
    *index = ID_INDEX(*known);
    if (ID_KIND(*known) == ID_ENTITY) {
        entity_draft *d = &l->entities.at[*index];
        if (d->e.kind == kind && d->e.place.file != l->file) return ERROR_NONE;
    }
    manifest_place other = kind == ENTITY_PACKAGE ? l->entities.at[*index].e.place : place_of_id(l, *known);
    return node_error(l, ERROR_CONFLICT, id, "%s '%.*s' is declared twice, first at %s", key, STR_ARG(id->text),
                      other_place(l, other).text);
}

static int read_entity(loader *l, const yaml_node *map, enum entity_kind kind) {
    evidence ev, outer = evidence_of_file(l);
    uint32_t index;
    TRY(check_map(l, map, map_of_kind[kind]));
    TRY(open_entity(l, map, kind, &index));
    entity_draft *d = &l->entities.at[index];
    TRY(read_evidence(l, map, &outer, &ev));
    d->e.confirmed = d->e.confirmed || ev.confirmed;
    d->aliases_stated = d->aliases_stated || yaml_get(map, "aliases");
    l->name_count++;
    TRY(read_texts(l, map, "aliases", true, &d->aliases));
    TRY(read_texts(l, map, "not_alias", true, &d->not_alias));
    TRY(read_attrs(l, map, index, &ev));
    if (kind == ENTITY_COMPONENT || kind == ENTITY_PACKAGE) TRY(read_version(l, map, d, &ev));
    if (kind == ENTITY_SERVICE) TRY(read_service(l, map, d, &ev));
    if (kind == ENTITY_HOST || kind == ENTITY_HARDWARE) TRY(read_location(l, map, d, &ev));
    if (kind == ENTITY_PROCESS) TRY(read_process(l, map, d, &ev));
    if (kind == ENTITY_PACKAGE || kind == ENTITY_PROCESS || kind == ENTITY_COMPONENT) return ERROR_NONE;
    return read_list(l, map, "runs", FACT_RUNS, true, d, &d->runs, &ev);
}

int read_entities(loader *l, const yaml_node *list, enum entity_kind kind) {
    static const char *const keys[] = {"components", "hardware", "services", "hosts", "processes", "packages"};
    TRY(check_list(l, list, keys[kind]));
    /* room for all of them at once: drafts that double as they grow leave as much again behind in the arena */
    size_t wanted = l->entities.n + list->count;
    if (wanted > l->entities.capacity) {
        entity_draft *grown = arena_grow(l->a, l->entities.at, l->entities.capacity, wanted, sizeof *grown);
        if (!grown) return loader_out_of_memory(l);
        l->entities.at = grown, l->entities.capacity = wanted;
    }
    for (uint32_t i = 0; i < list->count; i++) TRY(read_entity(l, list->items[i], kind));
    return ERROR_NONE;
}
