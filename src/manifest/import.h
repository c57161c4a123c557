/* import.h - manifests from what other tools know: CycloneDX bills of materials, osquery results.
 *
 *     JSON ──► YAML, every entry with its source, ready for `assay manifest check` and for merging
 *
 * CycloneDX 1.5 and later (JSON): components become packages, operating systems components, devices hardware. osquery:
 * one object {"table": [rows]}, or one table's rows; os_version, kernel_info, system_info, deb_packages, rpm_packages,
 * python_packages, homebrew_packages, npm_packages and listening_ports are read, other tables passed over.
 */
#ifndef ASSAY_MANIFEST_IMPORT_H
#define ASSAY_MANIFEST_IMPORT_H

#include "base/buf.h"
#include "base/error.h"
#include "manifest/date.h"

enum import_format { IMPORT_AUTO, IMPORT_CYCLONEDX, IMPORT_OSQUERY };

enum { IMPORT_LIMIT_BYTES = 64 * 1024 * 1024, IMPORT_LIMIT_VALUES = 3000000, IMPORT_LIMIT_DEPTH = 64 };

typedef struct import_options {
    enum import_format format;
    str path;         /* of the file, for messages */
    day_number today; /* as_of where the file does not say when it was made */
} import_options;

/* Appends the manifest to `out`. Errors with line and column: ERROR_SYNTAX (no JSON, a key twice), ERROR_SCHEMA (JSON
 * of neither kind), ERROR_SUPPORT (CycloneDX before 1.5), ERROR_LIMIT (size, values, nesting), ERROR_MEMORY. */
int manifest_import(str json, const import_options *options, buf *out, error *e);

#endif
