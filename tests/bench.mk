#: make bench-lm        tok/s, GB/s and share of the read bandwidth of whole models (PEER=path/to/llama-bench compares)
.PHONY: bench-lm
bench-lm: $(B)/tests/bench/bench_lm
	@mkdir -p build/bench
	@$< --dir build/bench $(if $(PEER),--peer $(PEER)) $(BENCH_ARGS)
-include $(B)/tests/bench/bench_lm.d
