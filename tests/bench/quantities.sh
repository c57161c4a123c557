#!/bin/sh
# usage: quantities.sh BENCH ANNOTATION PROSE [--misses]
# Takes the annotated lines out of clones of the projects (PROSE/owner+name, as a clone or a bare repository) at the
# annotated commits, and lets BENCH compare. The text itself is not kept here: it belongs to its projects.
set -eu
bench=$1 annotation=$2 prose=$3; shift 3
lines=$(mktemp); trap 'rm -f "$lines"' EXIT
grep -v '^#' "$annotation" | while IFS="$(printf '\t')" read -r id project commit path number rest; do
    folder="$prose/$(printf %s "$project" | tr / +)"
    [ -d "$folder/repo" ] && folder=$folder/repo
    [ -d "$folder" ] || { echo "quantities: no clone of $project in $prose" >&2; continue; }
    text=$(git -C "$folder" show "$commit:$path" | sed -n "${number}p" | tr -d '\r') || continue
    printf '%s\t%s\n' "$id" "$text"
done >"$lines"
"$bench" "$annotation" "$lines" "$@"
