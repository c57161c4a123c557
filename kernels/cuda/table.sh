#!/bin/sh
# table.sh BUILD-FOLDER DOCUMENT - writes what the compiler reports of each kernel, and the predictions of gpu_bench, into
# the document, between its two pairs of marker lines; everything else in it stays as it is.
set -eu
build=$1 document=$2
made=$(mktemp) && trap 'rm -f "$made" "$made.1" "$made.2"' EXIT
{
    echo "| kernel | registers, sm_90 | sm_121a | bytes on the stack or spilled, sm_90 | sm_121a |"
    echo "| --- | ---: | ---: | ---: | ---: |"
    cat "$build"/*.log | ${CXXFILT:-c++filt} | awk '
        BEGIN {
            split("0 F32 1 F16 2 Q4_0 8 Q8_0 12 Q4_K 13 Q5_K 14 Q6_K 30 BF16 39 MXFP4 40 NVFP4 201 MXFP4_scaled", t, " ")
            for (i = 1; i in t; i += 2) type[t[i]] = t[i + 1]
        }
        /Compiling entry function/ {
            arch = $0; sub(/.* for .sm_/, "sm_", arch); sub(/[^a-z0-9_].*/, "", arch)
            name = $0; sub(/.*entry function ./, "", name); sub(/. for .sm_.*/, "", name)
            sub(/\(anonymous namespace\)::/, "", name); sub(/^void /, "", name); sub(/\(.*/, "", name)
            if (name ~ /^product_/) { # the first template argument is a tensor type
                number = name; sub(/^[a-z_]*</, "", number); sub(/[,>].*/, "", number)
                sub(/<[0-9]+/, "<" type[number], name)
            }
        }
        /bytes stack frame/ { spill = $1; for (i = 1; i < NF; i++) if ($(i + 1) == "bytes" && $(i + 2) == "spill") spill += $i }
        /Used [0-9]+ registers/ {
            for (i = 1; i <= NF; i++) if ($i == "registers,") used[name, arch] = $(i - 1)
            spilled[name, arch] = spill; names[name]
        }
        END {
            for (n in names)
                printf "| `%s` | %d | %d | %d | %d |\n", n, used[n, "sm_90"], used[n, "sm_121a"], spilled[n, "sm_90"], spilled[n, "sm_121a"]
        }' | sort
} >"$made.1"
"$build"/gpu_bench --predict >"$made.2"
awk -v first="$made.1" -v second="$made.2" '
    /^<!-- end/ { skip = 0 }
    !skip { print }
    /^<!-- begin registers/ { while ((getline l < first) > 0) print l; skip = 1 }
    /^<!-- begin predictions/ { while ((getline l < second) > 0) print l; skip = 1 }' "$document" >"$made"
cat "$made" >"$document"
