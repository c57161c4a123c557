#!/bin/sh
# Mutates the CUDA kernels: each is broken in one place, and the emulated check must notice.
#
#     table line: file | sed edit ──► copy of the kernels ──► compiled for the processor ──► gpu_check fails = killed
#
# In: lines of the table to run (numbers, "7" or "20-"), nothing = all. Out: one line a mutant; exit 1 when one survives,
# or when an edit no longer changes its file. Works outside the tree; only what includes the edited file is compiled
# again. Not part of make test: it takes some minutes. Mutations that change no result are not in the table (a guard on
# positions that the mask removes again, the scale 2^-127 of a group of MXFP4).
set -eu
cd "$(dirname "$0")/../.."
wanted=${1:-1-}
from=${wanted%%-*} to=$from
case $wanted in *-) to=100000 ;; *-*) to=${wanted#*-} ;; esac
build=${BUILD:-build/release}
make -s "$build/tests/kernels/gpu_check_emulated" >/dev/null
compile=$(make -s emulate-command)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/tree/tests" "$work/objects"
cp -a kernels src "$work/tree"
cp -a tests/kernels "$work/tree/tests"
root=$(pwd)
objects="$root/$build/tests/kernels/gpu_check.emulated.o $root/$build/tests/kernels/emulate/emulate.emulated.o $root/$build/tests/kernels/emulate/runtime.emulated.o $root/$build/tests/kernels/emulate/watch.emulated.o"
cd "$work/tree"
check() { # the cheap and telling part first; each test ends at its first failure
    "$work/check" --first --seeds 1 >"$work/log" 2>&1 && "$work/check" --first --cases 2 >"$work/log" 2>&1
}
link() { # OBJECT... in place of the tree's own
    all=$objects
    for s in kernels/cuda/*.cu; do
        name=$(basename "$s" .cu)
        if [ -f "$work/objects/$name.o" ]; then all="$all $work/objects/$name.o"; else all="$all $root/$build/kernels/cuda/$name.emulated.o"; fi
    done
    # shellcheck disable=SC2086
    ${CXX:-c++} -o "$work/check" $all "$root/$build/libassay.a" -lpthread -ldl -lm
}
link
check || { echo "the check fails without a mutant"; tail -3 "$work/log"; exit 2; }
ran=0 survived=0 line=0
while IFS='|' read -r file edit; do
    case $file in '' | '#'*) continue ;; esac
    line=$((line + 1))
    [ "$line" -ge "$from" ] && [ "$line" -le "$to" ] || continue
    cp -p "kernels/cuda/$file" "$work/whole"
    sed "$edit" "$work/whole" >"kernels/cuda/$file"
    ran=$((ran + 1))
    if cmp -s "kernels/cuda/$file" "$work/whole"; then
        echo "STALE     $line $file: $edit"
        survived=$((survived + 1))
        continue
    fi
    rm -f "$work/objects/"*
    built=yes
    for s in kernels/cuda/*.cu; do
        name=$(basename "$s" .cu)
        grep -q "kernels/cuda/$file" "$root/$build/kernels/cuda/$name.emulated.d" || continue
        $compile -O1 -x c++ -c -o "$work/objects/$name.o" "$s" >"$work/log" 2>&1 </dev/null || built=
    done
    if [ -z "$built" ] || ! link; then
        echo "NO BUILD  $line $file: $edit"
        survived=$((survived + 1))
    else
        status=0
        (ulimit -c 0; check) </dev/null 2>/dev/null || status=$?
        if [ "$status" -ne 0 ]; then
            echo "killed    $line $file: $edit   ($(grep -e '^not ok' -e '^emulated' "$work/log" | head -1 | cut -c1-150))"
        else
            echo "SURVIVED  $line $file: $edit"
            survived=$((survived + 1))
        fi
    fi
    cp "$work/whole" "kernels/cuda/$file"
done <<'TABLE'
# barriers and copies
product_narrow.cu|s/^    __syncthreads();$/    ;/
product_wide.cu|s/^    __syncthreads();$/    ;/
product_wide.cu|s/__syncthreads(); \(.. stage s\)/\1/
product_wide.cu|s/^            copy_wait<0>();$/            ;/
product_wide.cu|/ups = (float/{n;s/__syncthreads();/;/;}
product_wide.cu|/ups\[(warp/{n;s/__syncthreads();/;/;}
product.cu|/fill\[e\] = 0;/{n;s/__syncthreads();/;/;}
product.cu|/EXPERTS\], 1);$/{n;n;s/__syncthreads();/;/;}
product.cu|/count = jobs;/{n;n;s/__syncthreads();/;/;}
attention.cu|/q_lo\[to\] = pack_halves/{n;n;s/__syncthreads();/;/;}
attention.cu|/Q is not needed any more/{n;s/__syncthreads();/;/;}
attention.cu|/sums\[i\] = 0;/{n;s/__syncthreads();/;/;}
attention.cu|/32 + lane\] += O/{n;n;s/__syncthreads();/;/;}
rope.cu|s/^    __syncwarp();/    ;/
rope.cu|s/^        __syncwarp();/        ;/
route.cu|s/^    __syncwarp();.*/    ;/
route.cu|/sum += w;/{n;s/__syncwarp();/;/;}
route.cu|/= -1.0f; .. taken/{n;n;s/__syncwarp();/;/;}
sample.cu|/end = a.SEEN;/{n;s/__syncthreads();/;/;}
sample.cu|/atomicMin(end, i);/{n;s/__syncthreads();/;/;}
sample.cu|/tokens = (int .)(space + 8);/{n;s/__syncthreads();/;/;}
sample.cu|/tokens\[threadIdx.x . 32\] = .token;/{n;n;s/__syncthreads();/;/;}
sample.cu|/^    sum = warp_sum(sum);/{n;s/__syncthreads();/;/;}
sample.cu|/^            sum = warp_sum(sum);/{n;s/__syncthreads();/;/;}
sample.cu|/^            if (threadIdx.x % 32 == 0) space/{n;s/__syncthreads();/;/;}
steps.cu|/space\[threadIdx.x . 32\] = v;/{n;s/__syncthreads();/;/;}
# codes, scales and nibbles
machine.cuh|s/lo = __byte_perm(a, b, 0x6420)/lo = __byte_perm(a, b, 0x7531)/
machine.cuh|s/- 12582912.0f/- 12582911.0f/
machine.cuh|s/i ? 0x4342 : 0x4140/i ? 0x4140 : 0x4342/
machine.cuh|s/bits += 0x7ffffu + (bits >> 20 & 1);/bits += 0x80000u;/
product.cuh|s/head.x >> 16 \* i)/head.x >> 16 * (i ^ 1))/
product.cuh|s/v.m\[half\] = 8.0f/v.m[half] = 7.0f/
product.cuh|s/head.w >> at & 3) << 4;/head.w >> at \& 1) << 4;/
product.cuh|s/high >> i & 0x01010101u/high >> (i ^ 1) \& 0x01010101u/
product.cuh|s/4 \* (i & 1) + 2) & 0x03030303u/4 * (i \& 1)) \& 0x03030303u/
product.cuh|s/d \* (float)(int8_t)(two >> 8);/d * (float)(int8_t)two;/
product.cuh|s/two << 15 & 0x3f800000u/two << 15 \& 0x3f000000u/
product.cuh|s/c\[3\] += g.w\[1\] \* (s.z/c[3] += g.w[0] * (s.z/
product.cuh|s/c\[1\] -= g.m\[0\] \* s.w;/c[1] -= g.m[0] * s.y;/
product.cuh|s/mma_bf16(c, a\[0\], B2);/;/
product.cuh|s/mma_bf16(c, a\[1\], B0);/;/
product.cuh|s/c\[2\] += s.x \* part\[2\];/c[2] += s.z * part[2];/
product.cuh|s/2 + half\] = code >> 2/2 + half] = code << 2/
product.cuh|s/x.z, x.w, s\[nt\]/x.x, x.y, s[nt]/
product.cuh|s/8 \* (lane & 1)/0 * (lane \& 1)/
pack.cuh|s/(k . 32 % 2) \* 2 + h\]/h]/
pack.cuh|s/scale >> 4 | (minimum >> 4) << 2/scale >> 4 | (minimum >> 5) << 2/
# tails, bounds, experts
product_narrow.cu|s/if (row >= part.ROWS || column >= c.count) continue;/if (row >= part.ROWS) continue;/
product_wide.cu|s/if (row >= part.ROWS || column >= c.count) continue;/if (column >= c.count) continue;/
product_wide.cu|s/? tile + mt : part.tiles - 1/? tile + mt : part.tiles/
product_wide.cu|s/int x = columns\[i % WIDE_COLUMNS\], group/int x = columns[i % 32], group/
product_narrow.cu|s/(size_t)c.expert \* part.expert_bytes/(size_t)0 * part.expert_bytes/
product.cuh|s/if (i >= c.count) i = c.count - 1;/;/
product.cuh|s/c->divisor = p.x_divisor;/c->divisor = 1;/
product.cuh|s/u \* p.up_scale\[c.expert\]/u * p.up_scale[0]/
product.cuh|s/if (p.scale) g \*= p.scale\[c.expert\];/;/
product.cu|s/make_int4(e, at + k,/make_int4(e, at,/
product.cu|s/list\[atomicAdd(/list[pairs - 1 - atomicAdd(/
product.cu|s/EXPERTS ? e : EXPERTS\], 1)\] = i/EXPERTS ? e : 0], 1)] = i/
product.cu|s/sum += weight\[n \* TOPK + t\]/sum += weight[n * TOPK]/
operand.cu|s/k0 + e < a.COLS ? from\[k0 + e\] : 0.0f/from[k0 + e]/
operand.cu|s/for (int m = 1; m < 8; m <<= 1) {/for (int m = 1; m < 4; m <<= 1) {/
operand.cu|s/sum += q;/sum += e ? q : 0;/
operand.cu|s/>> 23) - 7;/>> 23) - 8;/
weight.cu|s/if (row >= row_count) return;/if (row > row_count) return;/
weight.cu|s/row < ROWS) {/row <= ROWS) {/
# attention, rotation, the rest
attention.cu|s/if (p >= hi || p > mine ||/if (p >= hi ||/
attention.cu|s/p <= mine - a.window/p < mine - a.window/
attention.cu|s/? 1.0f : expf(top\[i\] - best\[i\])/? 1.0f : 1.0f/
attention.cu|s/if (d < c.VALUE && p0 + p < hi)/if (d < c.VALUE)/
attention.cu|s/if (part != 0) sum += part \* expf(top - best);/if (part != 0) sum += part;/
attention.cu|s/sum\[half\] \* shrink + (a.sinks ? expf(a.sinks\[head\] - best) : 0.0f)/sum[half] * shrink/
attention.cu|s/head = kv \* group + (row0 + row) % group/head = kv * group/
attention.cu|s/mma_f16(S\[j\], al, bb);/;/
rope.cu|s/apart = a.interleaved ? 1 : half/apart = 1/
rope.cu|s/old \* co - .v \* s;/old * co + *v * s;/
rope.cu|s/float_to_e4m3(v)/float_to_e4m3(v * 0.5f)/
rope.cu|s/(size_t)(pos % c.PAGE)) \* (size_t)width;/(size_t)(pos % c.PAGE)) * (size_t)c.KEY;/
route.cu|s/other_at < at)/other_at > at)/
route.cu|s/if (a.renormalise) w/if (false) w/
sample.cu|s/v > 0 ? v . a.repetition : v \* a.repetition/v \/ a.repetition/
sample.cu|s/token < other_token/token > other_token/
recurrent.cu|s/m\[i\] \*= decay;/;/
recurrent.cu|s/if (j < KEPT) state\[/if (j + 1 < KEPT) state[/
steps.cu|s/kept\[i\] = k < a.WIDTH ? /kept[i] = k <= a.WIDTH ? /
steps.cu|s/(size_t)(a.gate_scalar ? 0 : i)/(size_t)0/
TABLE
echo "$ran mutants, $survived not killed"
[ "$survived" -eq 0 ]
