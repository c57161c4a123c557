#!/bin/sh
# draft on a GPU, from the outside: the program beside a plug-in whose GPU is emulated (tests/kernels/emulate), with the
# small model of the corpus. What a lost device, full memory, Ctrl-C and a second process leave. In: ASSAY. Out: TAP.
. "$(dirname "$0")/lib.sh"
there=$(dirname "$ASSAY")/tests/kernels/emulated
[ -f "$there/libassay-cuda.so" ] || { echo "1..0 # SKIP there is no emulated GPU (no C++ compiler)"; exit 0; }
ASSAY=$there/assay
plan 20
export XDG_CACHE_HOME=$scratch/cache
brief=$root/corpus/briefs/kestrel-ninety-nights.yaml model=$root/corpus/model/babbler.gguf
draft() { run draft --brief "$brief" --model "$model" --no-hash --temperature 1 --no-exit "$@"; }

draft --out gpu --device auto -n 3 --sessions 2 --max-tokens 12
is "a GPU that is there is used by itself" "$status" 0
has "... and named" err "on Emulated GPU"
draft --out cpu --device cpu -n 3 --sessions 2 --max-tokens 12
is "the CPU writes too" "$status" 0
is "the same seed gives the same texts there" "$(cat gpu/*.md)" "$(cat cpu/*.md)"
draft --out again --device cuda:0 -n 3 --sessions 3 --max-tokens 12
is "another batch gives the same texts" "$(cat again/*.md)" "$(cat gpu/*.md)"
has "the request came from the first run's cache" err "last run's cache"

# four sizes are tried before anything is written; then a graph a token
ASSAY_EMULATE_LOST=22; export ASSAY_EMULATE_LOST
draft --out lost --device cuda -n 4 --sessions 1 --max-tokens 12
unset ASSAY_EMULATE_LOST
is "a GPU that is lost ends the run with exit 2" "$status" 2
has "... which is said with its name, and which drafts are missing" err "Emulated GPU was lost" \
    "the run ended there: 1 of 4 drafts are finished and kept; missing: 002, 003, 004"
is "... what was finished is kept, and whole" "$(cat lost/001.md)" "$(cat gpu/001.md)"
is "... and nothing half-written" "$(ls -A lost | grep -v '^\.' | tr '\n' ' ')" "001.json 001.md "
draft --out lost --device cuda -n 4 --sessions 2 --max-tokens 12 --resume
is "... and the next run goes on there" "$status $(ls lost/*.md | wc -l | tr -d ' ')" "0 4"
ASSAY_EMULATE_LOST=2; export ASSAY_EMULATE_LOST
draft --out early --device cuda -n 2 --max-tokens 12
unset ASSAY_EMULATE_LOST
is "a device that fails its first full step is found before the first draft" "$status $(ls -A early 2>/dev/null | grep -c md)" "2 0"
has "... with the reason" err "Emulated GPU was lost"

ASSAY_EMULATE_FULL=514; export ASSAY_EMULATE_FULL
draft --out full --device cuda -n 2 --max-tokens 12 --wait-memory 0.1
is "a model that does not fit is refused" "$status" 2
has "... with the sum" err "does not fit" "weights" "stay free"
ASSAY_EMULATE_FULL=525
draft --out tight --device cuda -n 2 --max-tokens 12 --context 4096
unset ASSAY_EMULATE_FULL
case $status in 0 | 2) good=0 ;; *) good=1 ;; esac
yes_no "memory that just does or does not suffice is no crash" $good "$(cat err)"
is "... and all drafts or none are there" "$(ls tight 2>/dev/null | grep -c md)" "$([ "$status" = 0 ] && echo 2 || echo 0)"

"$ASSAY" draft --brief "$brief" --model "$model" --no-hash --temperature 1 --no-exit --out one --device cuda -n 3 \
    --max-tokens 12 >one.out 2>&1 &
draft --out two --device cuda -n 3 --max-tokens 12
wait $!
is "two processes at once write what one alone writes" "$(cat one/*.md two/*.md)" "$(cat gpu/*.md gpu/*.md)"

"$ASSAY" draft --brief "$brief" --model "$model" --no-hash --temperature 1 --out many --device cuda -n 2000 --sessions 1 \
    --max-tokens 12 >out 2>err &
pid=$! tries=0
while [ ! -e many/002.json ] && [ $tries -lt 3000 ]; do sleep 0.1; tries=$((tries + 1)); done
kill -INT $pid; wait $pid; status=$?
is "Ctrl-C ends a run on the GPU" "$status" 2
has "... and names what is missing" err "finished and kept; missing:"
finish
