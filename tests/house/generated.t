#!/bin/sh
# Committed pages that programs write must be what the programs write now. In: the tree and the built tools. Out: TAP.
cd "$(dirname "$0")/../.." || exit 1
build=$(dirname "${ASSAY:-build/release/assay}")
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
echo "1..2"
if [ ! -x "$build/signal_docs_tool" ]; then
    echo "ok 1 - docs/signals # SKIP the tool is not built"
elif "$build/signal_docs_tool" "$work" && diff -r "$work" docs/signals >"$work.diff"; then
    echo "ok 1 - docs/signals/ says what the rules say"
else
    head -20 "$work.diff" | sed 's/^/# /'
    echo "not ok 1 - docs/signals/ is out of date: run make docs-signals"
fi
# Every change of a measure, the lexer or the parser moves some figure of the report, so it is compared where asked for.
if [ -z "${CHECK_CALIBRATION:-}" ] || [ ! -x "$build/calibrate_tool" ]; then
    echo "ok 2 - docs/CALIBRATION.md # SKIP set CHECK_CALIBRATION=1 to compare it"
elif TOOL=$build/calibrate_tool sh tests/house/calibrate.sh >"$work/c" && diff "$work/c" docs/CALIBRATION.md >"$work.diff"; then
    echo "ok 2 - docs/CALIBRATION.md says what the rules measure"
else
    head -20 "$work.diff" | sed 's/^/# /'
    echo "not ok 2 - docs/CALIBRATION.md is out of date: run make calibrate"
fi
rm -f "$work.diff"
