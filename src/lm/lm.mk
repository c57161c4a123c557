# The model room: what is measured by hand.
$(B)/tests/bench/bench_tokenizer: $(B)/tests/bench/bench_tokenizer.o $(LIB)
	@echo "  LINK  $@"
	@$(VCC) $(VLDFLAGS) -o $@ $< $(LIB) $(LIBS)

.PHONY: bench-tokenizer
bench-tokenizer: $(B)/tests/bench/bench_tokenizer
	$< $(VOCAB) $(TEXT)
#: make bench-tokenizer VOCAB=M.gguf TEXT=FILE   encode and decode speed of a model's tokenizer
