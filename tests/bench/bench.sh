#!/bin/sh
# `make bench`: the whole check against the bare parse (time and instructions), cold start, many files, threads, peers.
# In: ASSAY (program), BENCH (bench_check), MD (folders of real Markdown; default: what Debian packages brought). Out: text.
set -eu
: "${ASSAY:?}" "${BENCH:?}"
MD=${MD:-/usr/share/doc /usr/share/perl /usr/lib/node_modules /usr/lib/python3}
list=$(mktemp) dir=$(mktemp -d)
trap 'rm -rf "$list" "$dir"' EXIT
# shellcheck disable=SC2086
find $MD -name '*.md' -type f -size -1000k 2>/dev/null | sort >"$list" || true
find corpus/articles -name '*.md' -type f | sort >>"$list"
echo "== the whole check against the bare parse (best of 7, interleaved)"
xargs -d '\n' "$BENCH" <"$list"
if command -v valgrind >/dev/null; then
    echo "== the same as instructions (callgrind, every 8th file)"
    awk 'NR % 8 == 0' "$list" >"$dir/part"
    for stage in parse article lex check ${BENCH_MANIFEST:+truth}; do
        xargs -d '\n' valgrind --tool=callgrind --callgrind-out-file="$dir/out" "$BENCH" --only $stage <"$dir/part" 2>"$dir/log" || true
        sed -n "s/.*Collected : *\([0-9]*\).*/$stage \1/p" "$dir/log"
    done | awk '{ if (NR == 1) base = $2; printf "%-8s %15.0f instructions  %.2f x parse\n", $1, $2, $2 / base }'
fi
echo "== one article of 10 KB, cold process"
sample=corpus/articles/kestrel/pass/kestrel-reference.md
if command -v hyperfine >/dev/null; then
    hyperfine -N -i --warmup 5 --runs 60 --style none --export-json "$dir/h.json" "$ASSAY check --quiet $sample" "true" >/dev/null 2>&1
    sed -n 's/.*"\(command\|mean\|min\)": \(.*\),/\1 \2/p' "$dir/h.json"
fi
echo "== many files: $(wc -l <"$list") files, -j1 against -j2"
for jobs in 1 2 1 2; do
    start=$(date +%s%N)
    xargs -d '\n' "$ASSAY" check --quiet --no-exit -j $jobs <"$list" >"$dir/j$jobs" 2>/dev/null || true
    end=$(date +%s%N)
    echo "-j$jobs $(((end - start) / 1000)) us"
done
cmp "$dir/j1" "$dir/j2" && echo "same bytes with -j1 and -j2"
for peer in style diction; do
    command -v $peer >/dev/null || continue
    start=$(date +%s%N)
    xargs -d '\n' $peer <"$list" >/dev/null 2>&1 || true
    end=$(date +%s%N)
    echo "GNU $peer $(((end - start) / 1000)) us"
done
