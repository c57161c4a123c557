#!/bin/sh
# A generic CI gate: any service that runs a shell and reads exit codes. In: paths (default: .), ASSAY (the program),
# ASSAY_REPORT (folder for the reports, default: assay-report). Out: text on standard output; JSON, JUnit and SARIF files
# of this run, or none where it could not begin (a configuration that cannot be read).
# Exit: 0 pass, 1 an article fails, 2 something could not be judged: all but 0 must stop the deploy.
set -u
assay=${ASSAY:-assay} report=${ASSAY_REPORT:-assay-report}
mkdir -p "$report" || exit 2
rm -f "$report/assay.json" "$report/assay.xml" "$report/assay.sarif" || exit 2
[ $# -gt 0 ] || set -- .
"$assay" check --format text --format json --output "$report/assay.json" --format junit --output "$report/assay.xml" \
    --format sarif --output "$report/assay.sarif" "$@"
