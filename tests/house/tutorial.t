#!/bin/sh
# docs/tutorial.md is run from its first `$` line to its last, in one shell that stands in a folder like a clone: what a
# line prints must be what stands below it. A line `…` stands for any lines, `…` inside a line for any text; lines behind
# a `$` line that begin with `> ` belong to it. In: docs/tutorial.md, ASSAY. Out: TAP.
cd "$(dirname "$0")/../.." || exit 1
: "${ASSAY:?set ASSAY to the program}"
root=$PWD work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin" "$work/home" "$work/clone"
ln -s "$ASSAY" "$work/bin/assay"
ln -s "$root/corpus" "$root/hooks" "$work/clone/"
awk -v dir="$work" '
    /^```console$/ { inside = 1; next } /^```$/ { inside = 0; typed = 0; next }
    inside && /^\$ / { n++; typed = 1; print "exec >\"" dir "/got" n "\" 2>&1" > (dir "/session")
        print substr($0, 3) > (dir "/session"); print substr($0, 3) > (dir "/line" n); printf "" > (dir "/want" n); next }
    inside && typed && /^> / { print substr($0, 3) > (dir "/session"); next }
    inside { typed = 0; print > (dir "/want" n) }
    END { print n + 0 > (dir "/count") }' docs/tutorial.md
(
    unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE CDPATH XDG_CACHE_HOME GITHUB_STEP_SUMMARY ASSAY
    export HOME="$work/home" PATH="$work/bin:$PATH" NO_COLOR=1 LC_ALL=C GIT_CONFIG_NOSYSTEM=1
    export GIT_AUTHOR_NAME=t GIT_AUTHOR_EMAIL=t@example.org GIT_COMMITTER_NAME=t GIT_COMMITTER_EMAIL=t@example.org
    cd "$work/clone" && sh "$work/session" </dev/null
) >"$work/stray" 2>&1
count=$(cat "$work/count")
echo "1..$count"
failed=0 n=0
while [ $n -lt "$count" ]; do
    n=$((n + 1))
    if [ -f "$work/got$n" ] && perl -e '
        local $/; my ($want, $got) = map { open my $f, "<", $_ or exit 1; <$f> // "" } @ARGV;
        my $any = "\xe2\x80\xa6";
        my $re = join "", map { $_ eq "$any\n" ? "(?:.*\n)*?" : join ".*", map quotemeta, split /$any/, $_, -1 } $want =~ /.*\n/g;
        exit !($got =~ /\A$re\z/);' "$work/want$n" "$work/got$n"; then printf 'ok %s - %.60s\n' "$n" "$(cat "$work/line$n")"; else
        diff -u "$work/want$n" "$work/got$n" | sed 's/^/# /'
        printf 'not ok %s - %.60s\n' "$n" "$(cat "$work/line$n")"
        failed=$((failed + 1))
    fi
done
[ $failed = 0 ]
