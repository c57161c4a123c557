#!/bin/sh
# The examples of the README are run: every ```console block holds one `$ ...assay...` line and, below it, exactly what it
# prints. In: README.md, ASSAY. Out: TAP. UPDATE=1 writes what is printed into the README.
cd "$(dirname "$0")/../.." || exit 1
: "${ASSAY:?set ASSAY to the program}"
export NO_COLOR=1 LC_ALL=C
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin" && ln -s "$ASSAY" "$work/bin/assay"
PATH=$work/bin:$PATH
awk -v dir="$work" '/^```console$/ { n++; inside = 1; next } /^```$/ { inside = 0; next }
    inside && /^\$ / { print substr($0, 3) > (dir "/cmd" n); printf "" > (dir "/want" n); next }
    inside { print > (dir "/want" n) } END { print n + 0 > (dir "/count") }' README.md
count=$(cat "$work/count")
echo "1..$count"
failed=0 n=0
while [ $n -lt "$count" ]; do
    n=$((n + 1))
    sh "$work/cmd$n" >"$work/got$n" 2>&1 </dev/null
    if cmp -s "$work/want$n" "$work/got$n"; then echo "ok $n - $(cut -c1-60 "$work/cmd$n")"; else
        diff -u "$work/want$n" "$work/got$n" | sed 's/^/# /'
        echo "not ok $n - $(cut -c1-60 "$work/cmd$n")"
        failed=$((failed + 1))
    fi
done
if [ -n "${UPDATE:-}" ]; then
    awk -v dir="$work" '/^```console$/ { n++; inside = 1; print; next } inside && /^```$/ { while ((getline line < (dir "/got" n)) > 0) print line; inside = 0 }
        inside && !/^\$ / { next } { print }' README.md >"$work/README.md" && cp "$work/README.md" README.md
fi
[ $failed = 0 ]
