/* package_names.c - what people and the programs themselves call what a package manager lists.
 *
 *     python3      "Python 3.11", and `python3 --version` prints "Python 3.11.2"
 *     nodejs       "Node.js 20"; as `node` it is only typed (version_query.c), for "the node is at 1.28" is of others
 *
 * In: the name of a package. Out: its other names, or nothing. Packages whose version is that of the packaging, not of
 * the program ("postgresql" 15+248), have no line, nor do names that only differ in case, which are found anyway. A
 * word of plain English ("Go", "bind", "node") is no name. Each name stands once, so that no two packages of a list
 * that a machine gives are called alike.
 */
#include "manifest/probe_parts.h"

static const struct {
    const char *package, *names; /* names: YAML, without the brackets */
} usual[] = {
    {"apache2", "Apache, Apache httpd"},
    {"containerd.io", "containerd"},
    {"docker-ce", "Docker, Docker Engine"},
    {"dovecot-core", "Dovecot"},
    {"golang-go", "golang"},
    {"mariadb-server", "MariaDB"},
    {"mongodb-org-server", "MongoDB, mongod"},
    {"mysql-server", "MySQL"},
    {"nodejs", "Node.js"},
    {"openssh-server", "OpenSSH, sshd"},
    {"python3", "Python"},
    {"rabbitmq-server", "RabbitMQ"},
    {"redis-server", "Redis"},
    {"sqlite3", "SQLite"},
    {"valkey-server", "Valkey"},
    {"wireguard-tools", "WireGuard, wg"},
    {"zfsutils-linux", "OpenZFS, ZFS"},
};

const char *package_usual_names(str package) {
    for (size_t i = 0; i < COUNT_OF(usual); i++)
        if (str_eq(package, str_from_cstr(usual[i].package))) return usual[i].names;
    return NULL;
}
