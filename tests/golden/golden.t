#!/bin/sh
# Golden cases: one folder a case. In: tests/golden/CASE/cmd (a shell line; $ASSAY is the program; run inside the folder),
# expected (standard output), stderr (optional), status (optional, default 0). Out: TAP. UPDATE=1 rewrites what is expected.
cd "$(dirname "$0")" || exit 1
: "${ASSAY:?set ASSAY to the program}"
[ -f "$ASSAY" ] && [ -x "$ASSAY" ] || { echo "Bail out! $ASSAY is not built"; exit 1; }
export ASSAY NO_COLOR=1 LC_ALL=C
count=0
for cmd in */cmd; do [ -f "$cmd" ] && count=$((count + 1)); done
echo "1..$count"
number=0 failed=0
out=$(mktemp) err=$(mktemp)
trap 'rm -f "$out" "$err"' EXIT
for cmd in */cmd; do
    [ -f "$cmd" ] || continue
    case=${cmd%/cmd} number=$((number + 1))
    (cd "$case" && sh ./cmd) >"$out" 2>"$err" </dev/null
    status=$?
    if [ -n "${UPDATE:-}" ]; then
        cp "$out" "$case/expected"
        if [ -s "$err" ]; then cp "$err" "$case/stderr"; else rm -f "$case/stderr"; fi
        if [ $status != 0 ]; then echo $status >"$case/status"; else rm -f "$case/status"; fi
    fi
    wanted=0
    [ -f "$case/status" ] && wanted=$(cat "$case/status")
    same=yes
    [ "$status" = "$wanted" ] || { same=no; echo "# $case: status $status, expected $wanted"; }
    cmp -s "$case/expected" "$out" || { same=no; diff -u "$case/expected" "$out" | sed 's/^/# /'; }
    if [ -f "$case/stderr" ]; then
        cmp -s "$case/stderr" "$err" || { same=no; diff -u "$case/stderr" "$err" | sed 's/^/# /'; }
    elif [ -s "$err" ]; then
        same=no; sed 's/^/# stderr: /' "$err"
    fi
    if [ $same = yes ]; then echo "ok $number - $case"; else echo "not ok $number - $case"; failed=$((failed + 1)); fi
done
[ $failed = 0 ]
