#!/bin/sh
# sass.sh BUILD-FOLDER DOCUMENT - reads the machine code of the decoding kernels (cuobjdump -sass, from the CUDA toolkit)
# and writes, between the marker lines "begin sass" and "end sass" of the document: instructions of the loop over units,
# its loads, local memory, and what limits the kernel on two machines (predictions).
#
#     loop     the stretch between a backward branch and its target that holds the most tensor-core instructions
#     cycles   of one of the SM's four schedulers for a unit: the larger of all instructions (one a cycle) and twice those
#              of the half-rate unit: LOP3 SHF PRMT ISETP SEL IADD3 LEA VIADD I2FP, plus 8 for each conversion of a byte
#              (CUDA C++ Programming Guide, "Arithmetic Instructions", compute capability 9.0; assumed for 12.1 too)
#     limit    bytes of a unit * 4 schedulers * SMs * clock / cycles, against the memory's rate
set -eu
build=$1 document=$2
made=$(mktemp) && trap 'rm -f "$made" "$made.1"' EXIT
{
    echo "| kernel | loop, bytes | sm_121a: instructions | 16-byte loads | other loads | tensor core | local memory | GB10, memory 273 GB/s: instructions allow | sm_90: instructions | local memory | H200, memory 4800 GB/s: instructions allow |"
    echo "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    for object in product_narrow attention; do
        for arch in sm_121a sm_90; do
            echo "ARCH $arch"
            cuobjdump -sass -arch "$arch" "$build/$object.o"
        done
    done | ${CXXFILT:-c++filt} | awk '
        function settle(   i, j, k, from, to, most, mma, o, all, half) {
            if (name == "") return
            most = 0
            for (i = 1; i <= n; i++) {
                if (target[i] == "" || !(target[i] in at) || at[target[i]] > i) continue
                mma = 0
                for (k = at[target[i]]; k <= i; k++) if (op[k] ~ /MMA/) mma++
                if (mma > most || (mma == most && mma && i - at[target[i]] < to - from)) { most = mma; from = at[target[i]]; to = i }
            }
            key = name SUBSEP arch
            names[name]
            for (i = 1; i <= n; i++) if (op[i] ~ /^(LDL|STL)/) local[key]++
            half = 0
            for (k = from; most && k <= to; k++) {
                o = op[k]
                if (o ~ /^LDG/ && o ~ /\.128/) wide[key]++
                else if (o ~ /^LDG/) other[key]++
                if (o ~ /^(LOP3|SHF|PRMT|ISETP|SEL|IADD3|LEA|VIADD|I2FP|LDGSTS)/) half += 2
                if (o ~ /^I2F\./) half += 8
                if (o ~ /MMA/) products[key]++
            }
            if (!most) return
            loop[key] = to - from + 1
            cycles[key] = loop[key] > half ? loop[key] : half
            slow[key] = cycles[key]
        }
        BEGIN {
            split("0 F32 1 F16 2 Q4_0 8 Q8_0 12 Q4_K 13 Q5_K 14 Q6_K 30 BF16 39 MXFP4 40 NVFP4 201 MXFP4_scaled", t, " ")
            for (i = 1; i in t; i += 2) type[t[i]] = t[i + 1]
            split("F32 1024 F16 1024 BF16 1024 Q8_0 1088 Q4_0 1152 MXFP4 1088 MXFP4_scaled 1088 NVFP4 1152 Q4_K 1152 Q5_K 1408 Q6_K 1680", t, " ")
            for (i = 1; i in t; i += 2) unit[t[i]] = t[i + 1]
        }
        /^ARCH / { settle(); name = ""; arch = $2 }
        /Function : / {
            settle()
            name = $0; sub(/.*Function : /, "", name); sub(/^void /, "", name)
            sub(/\(anonymous namespace\)::/, "", name); sub(/\(.*/, "", name)
            if (name ~ /^product_narrow</) { number = name; sub(/^[a-z_]*</, "", number); sub(/[,>].*/, "", number); sub(/<[0-9]+/, "<" type[number], name) }
            n = 0
            for (i in at) delete at[i]
        }
        $1 ~ /^\/\*[0-9a-f]+\*\/$/ && $2 !~ /^\/\*/ {
            n++
            place = $1; gsub(/[\/*]/, "", place); sub(/^0+/, "", place)
            op[n] = $2 ~ /^@/ ? $3 : $2
            sub(/;.*/, "", op[n])
            at[place] = n
            target[n] = ""
            if (op[n] ~ /^BRA/ && match($0, /0x[0-9a-f]+/)) target[n] = substr($0, RSTART + 2, RLENGTH - 2)
        }
        END {
            settle()
            for (name in names) {
                a = name SUBSEP "sm_121a"; b = name SUBSEP "sm_90"
                if (name ~ /^product_narrow<.*, 1>/) {
                    kind = name; sub(/^[a-z_]*</, "", kind); sub(/,.*/, "", kind); bytes = unit[kind]
                } else if (name ~ /^attention_kernel</) {
                    # a step of 16 positions of one KV head: keys as the loop over 32 dimensions, so the loop is not the step
                    bytes = 0
                } else continue
                printf "| `%s` | %s | %s | %d | %d | %d | %d | %s | %s | %d | %s |\n", name, bytes ? bytes : "-",
                    loop[a] ? loop[a] : "-", wide[a], other[a], products[a], local[a],
                    bytes && slow[a] ? sprintf("%.0f GB/s", bytes * 4 * 48 * 2.4 / slow[a]) : "-", loop[b] ? loop[b] : "-", local[b],
                    bytes && slow[b] ? sprintf("%.0f GB/s", bytes * 4 * 132 * 1.755 / slow[b]) : "-"
            }
        }' | sort
} >"$made.1"
awk -v first="$made.1" '
    /^<!-- end sass/ { skip = 0 }
    !skip { print }
    /^<!-- begin sass/ { while ((getline l < first) > 0) print l; skip = 1 }' "$document" >"$made"
cat "$made" >"$document"
