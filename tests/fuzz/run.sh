#!/bin/sh
# Runs every fuzzer for $1 seconds and says how many executions each had. Exit 1 when one finds something.
# Inputs that it grows stay in build/fuzz/corpus/NAME, crashes go to build/fuzz/crashes/NAME-*.
seconds=${1:-60} status=0
mkdir -p build/fuzz/crashes
for program in ${FUZZERS:-build/fuzz/tests/fuzz/fuzz_*}; do
    [ -x "$program" ] && [ "${program%.[do]}" = "$program" ] || continue
    name=${program##*/fuzz_}
    seeds=tests/fuzz/seeds/$name
    mkdir -p "build/fuzz/corpus/$name"
    [ -d "$seeds" ] || seeds=
    log=build/fuzz/$name.log
    if "$program" -max_total_time="$seconds" -max_len=65536 -timeout=20 -rss_limit_mb=4096 -print_final_stats=1 \
        -artifact_prefix="build/fuzz/crashes/$name-" "build/fuzz/corpus/$name" $seeds >"$log" 2>&1; then
        echo "  FUZZ  $name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") executions in ${seconds} s, clean"
    else
        status=1
        echo "  FUZZ  $name: FAILED, see $log"
        grep -E 'ERROR|SUMMARY|runtime error' "$log" | head -5
    fi
done
exit $status
