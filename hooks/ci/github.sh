#!/bin/sh
# The gate step of action.yml. In: ASSAY_PATHS, ASSAY_MANIFEST, ASSAY_ARGS, ASSAY_SARIF, ASSAY_HTML, GITHUB_STEP_SUMMARY.
# Out: annotations on standard output, the summary table, the SARIF and HTML files; assay's exit code.
set -u
assay=${ASSAY:-${GITHUB_ACTION_PATH:-.}/build/release/assay}
# shellcheck disable=SC2086 # paths and flags are lists
set -- check ${ASSAY_MANIFEST:+--manifest "$ASSAY_MANIFEST"} ${ASSAY_ARGS:-} --format github
[ -n "${ASSAY_SARIF:-}" ] && set -- "$@" --format sarif --output "$ASSAY_SARIF"
[ -n "${ASSAY_HTML:-}" ] && set -- "$@" --format html --output "$ASSAY_HTML"
# shellcheck disable=SC2086
exec "$assay" "$@" ${ASSAY_PATHS:-.}
