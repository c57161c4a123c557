#: make bench-lm        tok/s, GB/s and share of the read bandwidth of whole models (PEER=path/to/llama-bench compares)
.PHONY: bench-lm
bench-lm: $(B)/tests/bench/bench_lm
	@mkdir -p build/bench
	@$< --dir build/bench $(if $(PEER),--peer $(PEER)) $(BENCH_ARGS)
-include $(B)/tests/bench/bench_lm.d
.PHONY: bench-truth
bench-truth: $(B)/tests/bench/bench_truth
	@$(B)/tests/bench/bench_truth >docs/TRUTH.md.new && mv docs/TRUTH.md.new docs/TRUTH.md && sed -n '/^| figure/,/^$$/p' docs/TRUTH.md
#: make bench-truth     the error rates of the truth stage, into docs/TRUTH.md
