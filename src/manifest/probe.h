/* probe.h - writes a manifest of the machine it runs on.
 *
 *     /proc /sys /etc/os-release /var/lib/dpkg/status … nvidia-smi ──► YAML, every entry with its source
 *
 * No root, no network; works on x86-64 and arm64, in containers, with and without nvidia-smi. What cannot be read is
 * left out, never guessed. The output loads with manifest_load, and stands as the host's part beside a hand-written
 * site part.
 */
#ifndef ASSAY_MANIFEST_PROBE_H
#define ASSAY_MANIFEST_PROBE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "manifest/date.h"

/* Runs a command and gives what it printed; false when there is no such command, it failed, or took over two seconds.
 */
typedef bool probe_run(void *context, arena *a, const char *const *argv, str *output);

typedef struct probe_options {
    const char *root; /* folder that stands for "/": NULL or "/" for this machine; a fixture's in tests */
    probe_run *run;   /* NULL = no commands are run */
    void *context;    /* for run */
    day_number today; /* becomes as_of */
    bool packages;    /* list every installed package */
} probe_options;

/* Appends the manifest to `out`. Errors: ERROR_IO when the root holds no /proc and no /etc/os-release, ERROR_LIMIT when
 * a file is absurdly large, ERROR_MEMORY, ERROR_USAGE without `today`. */
int manifest_probe(const probe_options *options, buf *out, error *e);

/* A probe_run that starts the program from PATH directly (no shell), with no input. */
bool probe_run_program(void *context, arena *a, const char *const *argv, str *output);

#endif
