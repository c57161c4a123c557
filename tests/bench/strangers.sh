#!/bin/sh
# usage: strangers.sh BENCH PROJECTS PROSE MANIFEST... [--show KIND [--paid]]  (absolute paths)
# Takes every Markdown page of the named commits out of clones of the projects (PROSE/owner+name, as a clone or a bare
# repository), and lets BENCH judge them as if they were the operator's own. The pages are not kept: they belong to their
# projects.
set -eu
bench=$1 projects=$2 prose=$3; shift 3
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
grep -v '^#' "$projects" | while IFS="$(printf '\t')" read -r project commit; do
    folder="$prose/$(printf %s "$project" | tr / +)"
    [ -d "$folder/repo" ] && folder=$folder/repo
    [ -d "$folder" ] || { echo "strangers: no clone of $project in $prose" >&2; continue; }
    mkdir -p "$work/$project"
    git -C "$folder" archive "$commit" -- '*.md' | tar x -C "$work/$project"
done
cd "$work" && find . -name '*.md' -type f | LC_ALL=C sort >"$work/list" && cd - >/dev/null
cd "$work" && "$bench" "$@" <"$work/list"
