/* probe_parts.h - private to the probe and the importers: reading a foreign root, writing YAML entries. */
#ifndef ASSAY_MANIFEST_PROBE_PARTS_H
#define ASSAY_MANIFEST_PROBE_PARTS_H

#include "manifest/manifest_load.h"
#include "manifest/probe.h"

/* ---- writing YAML ---- */

/* The text in double quotes, on one line; bytes that are no UTF-8 become U+FFFD. */
void yaml_quote(buf *out, str text);
/* ", key: " and the quoted text; nothing for an empty one. */
void yaml_field(buf *out, const char *key, str text);
/* `text` as an id: what an id may not hold becomes '-'; `otherwise` when nothing is left. */
str yaml_id(arena *a, str text, const char *otherwise);

/* `scheme`, or "loose" where the version is none of it: "latest", a commit. */
const char *yaml_scheme(const char *scheme, str version);

/* Can the text be a name: at most 80 bytes, with a letter or digit among them? */
bool probe_is_name(str text);

/* package_names.c: the usual names of a well-known package beside its own, as YAML without the brackets, "OpenSSH,
 * sshd" of openssh-server; NULL where it has none. Static. */
const char *package_usual_names(str package);

/* ---- reading ---- */

typedef struct prober {
    arena *a;
    const probe_options *options;
    buf *out;
    error *e;
    str host;     /* id of the machine */
    id_table ids; /* component ids already written */
    bool failed;  /* a limit or memory: see e */
} prober;

/* The file's content under the root; false when it cannot be read. Over-large files set `failed`. */
bool probe_read(prober *p, const char *path, str *content);
/* The same, trimmed of white space and NULs. */
bool probe_line(prober *p, const char *path, str *line);
/* The names in a folder under the root, sorted. */
size_t probe_list(prober *p, const char *path, str **names);
/* Value behind "key" and a separator in a text of such lines ("MemTotal: 8 kB", "ID=debian"); {NULL,0} when not there.
 */
str probe_value(str text, const char *key, uint8_t separator);

void probe_system(prober *p);   /* probe_software.c: operating system, kernel, driver, CUDA */
void probe_packages(prober *p); /* probe_software.c */
void probe_hardware(prober *p); /* probe_machine.c */
void probe_services(prober *p); /* probe_machine.c: listening ports */

#endif
