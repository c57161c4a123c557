/* ports.h - which numbers are ports, and whose. Private to the truth stage.
 *
 *     port_numbers.c   is a bare number a port, by what stands around it?
 *     port_names.c     which service is meant: named around it, in its row, by its file
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

/* "port 8102 of the review server", "8102 (review server)": does the name behind byte `hi` belong to the port that ends
 * there? */
bool port_belongs_behind(const passage *p, uint32_t hi, const alias_hit *hit);
/* Does the hit name a service, or something that one runs? */
bool port_names_service(const judge *j, const alias_hit *hit);

/* Services that the context names: directly, by what they run, or by their host; nearest region first. */
typedef struct service_set {
    uint32_t at[32];
    uint32_t n;
    enum region region;
    bool direct;        /* by its own name */
    uint32_t by;        /* the entity that was named, where it is one; else MANIFEST_NONE */
    uint32_t host;      /* "PostgreSQL on lamp1": of that host's alone; else MANIFEST_NONE */
    uint32_t named_end; /* end of the name, where it stands in the passage before the port; else UINT32_MAX */
} service_set;

/* The services that are meant by the port at [lo, hi) of the passage; none when nothing tells. `host` is the address
 * before the port, or empty. */
void port_services(judge *j, passage *p, const context *near, uint32_t lo, uint32_t hi, str host, service_set *set);
/* docker run, podman run: the image that names the service stands behind its ports. */
bool port_starts_container(const passage *p);

#endif
