/* port_defaults.c - ports that a program on a machine has by default, though no service declares them.
 *
 *     albatross:9100     the node exporter, which runs there
 *     bluebell:22        any machine is logged in to
 *
 * A closed list of what runs on a machine excludes an unknown port only where none of its programs is known to listen
 * there. In: a machine and a port. Out: may one of them? Sources: IANA's registry of service names; Prometheus' wiki,
 * "Default port allocations"; the programs' manuals.
 */
#include "facts/ports/ports.h"

static const struct {
    uint32_t port;
    const char *program; /* a part of a name, in lower case; "" = any machine */
} defaults[] = {
    {22, ""},           {123, "chrony"},      {123, "ntp"},           {53, "unbound"},
    {53, "dnsmasq"},    {53, "bind"},         {80, "nginx"},          {80, "caddy"},
    {80, "apache"},     {80, "traefik"},      {443, "nginx"},         {443, "caddy"},
    {443, "traefik"},   {111, "nfs"},         {2049, "nfs"},          {445, "samba"},
    {631, "cups"},      {1883, "mosquitto"},  {3306, "mariadb"},      {3306, "mysql"},
    {5432, "postgres"}, {6379, "redis"},      {6379, "valkey"},       {3000, "grafana"},
    {3100, "loki"},     {9090, "prometheus"}, {9093, "alertmanager"}, {9094, "alertmanager"},
    {9100, "node"},     {9100, "exporter"},   {9187, "postgres"},     {9121, "redis"},
    {9115, "blackbox"}, {9400, "dcgm"},       {9113, "nginx"},        {6443, "k3s"},
    {10250, "k3s"},     {10250, "kubelet"},   {2379, "etcd"},         {2380, "etcd"},
    {2375, "docker"},   {2019, "caddy"},      {8080, "cadvisor"},     {9000, "minio"},
    {9001, "minio"},    {8006, "proxmox"},    {8006, "pve"},          {51820, "wireguard"},
    {9187, "exporter"}, {6333, "qdrant"},     {6334, "qdrant"},       {6817, "slurm"},
    {6818, "slurm"},    {6819, "slurm"},      {8983, "solr"},         {6432, "pgbouncer"},
};

/* Is the part in the name, ASCII case folded? */
static bool holds(str name, str part) {
    for (ptrdiff_t i = 0; part.n && i + part.n <= name.n; i++)
        if (str_eq_nocase(str_slice(name, i, i + part.n), part)) return true;
    return false;
}

static bool is_served(const judge *j, uint32_t host, uint32_t program, uint32_t port) {
    for (uint32_t i = 0; i < j->m->entity_count && i < 4096; i++) {
        const manifest_entity *e = &j->m->entities[i];
        if (e->kind != ENTITY_SERVICE || e->host != host || !e->port || e->port == port) continue;
        for (uint32_t k = 0; k < e->runs.n; k++)
            if (program != MANIFEST_NONE && e->runs.items[k].entity == program) return true;
    }
    return false;
}

bool port_is_program_default(const judge *j, uint32_t program, uint32_t port) {
    for (size_t i = 0; i < COUNT_OF(defaults); i++)
        if (defaults[i].port == port && holds(j->m->entities[program].id, str_from_cstr(defaults[i].program)))
            return true;
    return false;
}

bool port_is_some_default(uint32_t port) {
    if (port == 2019 || port == 2380 || port == 9094) return false; /* admin, peers, gossip: with that word alone */
    if (port == 8080 || port == 9000) return false;                 /* what anybody takes, and makes up */
    for (size_t i = 0; i < COUNT_OF(defaults); i++)
        if (defaults[i].port == port) return true;
    return false;
}

bool port_is_default(const judge *j, uint32_t host, uint32_t port) {
    const manifest_list *runs = &j->m->entities[host].runs;
    for (size_t i = 0; i < COUNT_OF(defaults); i++) {
        str part = str_from_cstr(defaults[i].program);
        if (defaults[i].port != port) continue;
        if (!part.n) return true;
        for (uint32_t k = 0; k < runs->n && k < 256; k++) {
            uint32_t e = runs->items[k].entity;
            bool named = holds(runs->items[k].name, part) || (e != MANIFEST_NONE && holds(j->m->entities[e].id, part));
            /* one whose own service is declared, on another port, listens there */
            if (named && !is_served(j, host, e, port)) return true;
        }
    }
    return false;
}
