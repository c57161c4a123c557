/* ports.h - which numbers are ports, and whose. Private to the truth stage.
 *
 *     port_numbers.c   is a bare number a port, by what stands around it?
 *     port_names.c     which service is meant: named around it, in its row, by its file
 *     port_labels.c    which service is meant by some of its words, and its machine
 *     port_groups.c    which service is meant where a group names all others
 *     port_frames.c    whose it is by the form around it: beside a host, under a machine, of a command
 *     port_pairs.c     whose it is where names and ports stand in pairs
 *     port_lines.c     what a line of code says of its port by its own form
 *     port_told.c      which service is told otherwise than by the nearest name
 *     port_silence.c   may it be the port of something that nobody declared?
 *     ports.c          does the service listen there?
 */
#ifndef ASSAY_FACTS_PORTS_H
#define ASSAY_FACTS_PORTS_H

#include "facts/judge.h"

enum port_number {
    PORT_NUMBER_NO,
    PORT_NUMBER_DECLARED, /* only if a declared service has it: the text does not say that it is a port */
    PORT_NUMBER_YES
};
/* What the bare number (token `index` of the passage's surface) is. Prepares the passage. */
enum port_number port_number_at(judge *j, passage *p, uint32_t index);
/* The port that the token states: of an address, called so, or any whole number up to 65535. False where it states
 * none.
 */
bool port_number_of(const passage *p, const token *t, uint32_t *port);

/* "port 8102 of the review server", "8102 (review server)": does the name behind byte `hi` belong to the port that ends
 * there? */
bool port_belongs_behind(const passage *p, uint32_t hi, const alias_hit *hit);
/* Does the cell stand under a header that says whom the row's own talks to, "talks to", "used by", "reachable from"? */
bool port_is_peer_column(judge *j, const passage *p);
/* "It listens", "Today it listens": the word that may point back. */
uint32_t port_first_word(const passage *p);
/* Does the hit name a service, or something that one runs? */
bool port_names_service(const judge *j, const alias_hit *hit);

/* port_lines.c. The lines that tell of the container whose line this is: its compose service, or the command that runs
 * it. False where there is neither. */
bool port_container_lines(const judge *j, const passage *p, uint32_t *first, uint32_t *end);
/* port_lines.c. Is the port one that an ssh forward only leads to? */
bool port_is_forwarded(const passage *p, const token *t);
/* The right side of "8101:8000": inside a container. */
bool port_is_mapped_inside(const passage *p, const token *t);
/* Does a line of a compose file or a pod speak of a container's inside? */
bool port_is_container_inside(judge *j, const passage *p);
/* The one service that runs what the container holds whose port the line maps; MANIFEST_NONE where none or several do,
 * or where the container has several ports. */
uint32_t port_container_service(const judge *j, const passage *p);
/* Is that inside one of the host's too: with the host's network, or mapped to the same number? */
struct service_set;
bool port_is_inside_outside(judge *j, const passage *p, const struct service_set *set);
/* Does the line's key say that the address at `lo` is one that is talked to, "reverse_proxy", "Endpoint ="? */
bool port_line_leads_away(const passage *p, uint32_t lo);

/* Services that the context names: directly, by what they run, or by their host; nearest region first. */
typedef struct service_set {
    uint32_t at[32];
    uint32_t n;
    enum region region;
    bool direct;        /* by its own name */
    uint32_t by;        /* the entity that was named, where it is one; else MANIFEST_NONE */
    uint32_t host;      /* "PostgreSQL on lamp1": of that host's alone; else MANIFEST_NONE */
    uint32_t named_end; /* end of the name, where it stands in the passage before the port; else UINT32_MAX */
    bool certain;       /* no other service's port can stand there */
    bool guessed;       /* any declared service's port can */
    bool addressed;     /* the address itself, or its route, is the service's */
} service_set;

/* port_frames.c. "On quay I run llama.cpp. …, and │the server listens on N": makes those the services that are meant
 * which the only thing is run by that the sentence before says to run. False where there is none. */
bool port_server_before(judge *j, passage *p, const context *near, uint32_t lo, service_set *set);
/* The services that are meant by the port at [lo, hi) of the passage; none when nothing tells. `host` is the address
 * before the port, or empty. */
void port_services(judge *j, passage *p, const context *near, uint32_t lo, uint32_t hi, str host, service_set *set);
/* port_names.c. Makes the services of the entity those that are meant, as a label that names it does. */
void port_bind(const judge *j, service_set *set, uint32_t found);
/* port_labels.c. The one service with a port, on `host` (MANIFEST_NONE: on any), that is called by all words of the
 * label but those that say nothing ("server", "API"). */
bool port_label_service(const judge *j, str label, uint32_t host, uint32_t *found);
/* port_told.c. The service that stands before the program that is named nearest, where that is told of it, "our MCP
 * server, built with FastMCP and listening on N"; else the program. */
const mention *port_told_with(judge *j, const passage *p, const context *near, const mention *program);
/* The service whose words a container is called by, where the line maps a port to the service's own. */
uint32_t port_keyed_service(const judge *j, str key, str line);
/* Is the cell in the one row of a program that one service runs, with the version of today beside it? */
bool port_is_programs_row(judge *j, const passage *p, const service_set *set);
/* FALLBACK_PORT=N, as a line of settings: that service. */
bool port_key_service(const judge *j, str line, uint32_t *found);
/* The one machine that a cell of the port's row names and nothing else; MANIFEST_NONE when none does, or two do. */
uint32_t port_row_machine(judge *j, const passage *p);
/* The service that another cell of a row with a machine names by some of its words. */
bool port_row_service(judge *j, const passage *p, uint32_t *found);
/* Is every word of the passage one that the service is called by: "documentation", of the service "documentation port"?
 */
bool port_label_names(const judge *j, const passage *p, uint32_t service);
/* Do all words of the text, but those that say nothing beside others, stand in the service's id and aliases? */
bool port_is_called(const judge *j, uint32_t service, str text);
/* Was the service, or what it runs, named in the section so far, its heading included? */
bool port_is_spoken_of(const judge *j, const passage *p, uint32_t service);
/* "| N, M | host | a chat page and dashboards |": as many services as ports, the one that stands at this one's place.
 */
bool port_paired_service(const judge *j, const passage *p, uint32_t lo, uint32_t *found);
/* "ssh -p N me@host": the machine's service called ssh. `*end` is where the client's name ends. */
bool port_login_service(const judge *j, const passage *p, uint32_t lo, uint32_t hi, uint32_t *found, uint32_t *end);
/* "metrics.example.org": the service "metrics", where a declared name ends in ".example.org". */
bool port_address_service(const judge *j, str host, uint32_t *found);
/* http://127.0.0.1:N/mcp: the one service that a step of the path is the name of. */
bool port_path_service(const judge *j, str url, uint32_t *found);
/* "the Whisper server on N": a word of its own, beside "server" or written as a name, that one service alone is called
 * by. `*end` is where it ends. */
bool port_word_service(judge *j, const passage *p, const context *near, uint32_t *found, uint32_t *end);
/* curl http://127.0.0.1:N/ right after a line that starts one service, or above an answer that names what one runs. */
bool port_asked_service(judge *j, const passage *p, uint32_t lo, uint32_t hi, uint32_t *found);
/* port_groups.c. Does the same output hold the ports of all these services in other lines? */
bool port_printed_all(const judge *j, const passage *p, const service_set *set);
/* port_groups.c. The service that a table's rows of one machine, or the lines of one command, leave out where all
 * others stand; `certain` where the command itself tells that this line cannot be true. */
bool port_group_service(judge *j, const passage *p, uint32_t lo, uint32_t *found, bool *certain);
/* port_defaults.c. Does a program that runs on the machine listen on the port unless it is told otherwise? */
bool port_is_default(const judge *j, uint32_t host, uint32_t port);
/* port_defaults.c: one that the program itself has by default: 2019 of Caddy. */
bool port_is_program_default(const judge *j, uint32_t program, uint32_t port);
/* … or any program that there is: 6432 of PgBouncer. */
bool port_is_some_default(uint32_t port);
/* port_frames.c. The machine that stands as a host beside the port that begins at `lo`: "{host: heron, port: N}"; the
 * one over its column, in a row of ports. MANIFEST_NONE where none does. */
uint32_t port_beside_host(const judge *j, const passage *p, uint32_t lo);
/* "arriving at heron on UDP port N": does the machine of the hit stand where something comes to the port at `lo`? */
bool port_is_come_to(const passage *p, const alias_hit *hit, uint32_t lo);
uint32_t port_column_machine(judge *j, const passage *p);
/* Does the row's label say "port" or "listens on" and nothing else? */
bool port_is_row_label(judge *j, uint32_t label);
/* "serve --model /srv/m.gguf … --port N": the one service that runs all that the command names, two things at least. */
bool port_command_service(const judge *j, const passage *p, uint32_t lo, uint32_t *found);
/* The component whose program the command over its lines starts, "./build/bin/llama-server … --port N"; MANIFEST_NONE
 * where it is none of ours. */
uint32_t port_typed_program(const judge *j, const passage *p, uint32_t lo);
/* "| heron | 443, N | Caddy |": the service of the row's program that its cell leaves out, where it holds all others.
 */
bool port_program_service(const judge *j, const passage *p, uint32_t lo, uint32_t *found);
/* Does the item stand under a heading, or a lead-in, that speaks of ports? */
bool port_in_list(judge *j, const passage *p);
/* … of other ports than those that are open here now: "Ports that we closed", "A friend's ports"? */
bool port_in_other_list(judge *j, const passage *p);
/* "- database on N, …, both `heron`" in such a list: the service of the item's machine that the word calls. */
bool port_listed_word(judge *j, passage *p, uint32_t lo, uint32_t *found, uint32_t *end);
/* port_protocol.c: of a supported port: is it said to be of the other protocol than its service is declared with,
 * "N/udp"? Then it is contradicted, or unverified where that is not sure. */
void port_check_protocol(judge *j, passage *p, const token *t, claim *c, const stance_view *s);
/* "SSH answers on port N of all five": the services of that protocol, where they have one port. */
bool port_protocol_services(judge *j, passage *p, const context *near, service_set *set);
/* port_pairs.c. Has the service, or what it runs, another number of its own in the sentence than the port at `lo`? */
bool port_stands_with_another(const judge *j, const passage *p, const manifest_entity *e, uint32_t lo);
/* "A listens on N and B on M", where N is B's and M is A's: is the port at `lo` such a one of the set's service? */
bool port_is_swapped(const judge *j, const passage *p, const struct service_set *set, uint32_t lo, uint32_t port);
/* "A and B listen on N and M": the entity that the port is of by its place; `said` where "respectively" says so. */
uint32_t port_by_order(const judge *j, const passage *p, uint32_t lo, bool *said);
/* "Both A and B listen on N": is it said of several, of which one has another port? */
bool port_is_said_of_each(const judge *j, const passage *p, uint32_t lo, uint32_t port);
/* port_pairs.c: may the service that has the port, on the same machine as the one that is named, be meant: by an
 * address of the machine that ends a tunnel, or by the program that begins the sentence, "Letterbox binds to localhost
 * and to the tunnel address, both on port 8600"? */
bool port_is_neighbours(judge *j, const passage *p, const token *t, const manifest_entity *named,
                        const manifest_entity *has);
/* "port N, where B answers": is the name behind byte `hi` that of who answers there? */
bool port_is_where(const passage *p, uint32_t hi, const alias_hit *hit);
/* port_silence.c. May the port be one of something that nobody declared, beside the services of the set? */
bool port_may_be_undeclared(judge *j, passage *p, const token *t, const context *near, const service_set *set,
                            uint32_t port);
/* docker run, podman run: the image that names the service stands behind its ports. */
bool port_starts_container(const passage *p);

/* port_strangers.c. Does the sentence say of something that nobody declared that it listens at `at`, where the number
 * is that of service `e`: "Grafana listens on port 9835"? */
bool port_is_strangers(const judge *j, const passage *p, uint32_t at, const manifest_entity *e);

#endif
