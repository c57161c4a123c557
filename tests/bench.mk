# Benchmarks: never timed tests.
BENCHES := $(patsubst tests/%.c,$(B)/tests/%,$(wildcard tests/bench/bench_*.c))
.PHONY: bench
bench: all $(B)/tests/bench/bench_check
	@ASSAY=$(abspath $(PROG)) BENCH=$(B)/tests/bench/bench_check BENCH_MANIFEST=$${BENCH_MANIFEST:-corpus/manifests/kestrel.yaml} sh tests/bench/bench.sh
#: make bench           the check against the bare parse, cold start, threads, GNU style and diction (MD=folders)
