# The model room: what is measured by hand.
$(B)/tests/bench/bench_tokenizer $(B)/tests/bench/bench_load: $(B)/tests/bench/%: $(B)/tests/bench/%.o $(LIB)
	@echo "  LINK  $@"
	@$(VCC) $(VLDFLAGS) -o $@ $< $(LIB) $(LIBS)

.PHONY: bench-tokenizer bench-load
bench-tokenizer: $(B)/tests/bench/bench_tokenizer
	$< $(VOCAB) $(TEXT)
bench-load: $(B)/tests/bench/bench_load
	$< $(FILE)
#: make bench-tokenizer VOCAB=M.gguf TEXT=FILE   encode and decode speed of a model's tokenizer
#: make bench-load FILE=M.gguf                     cold: a file by direct and plain reads, and a model loaded, in turns
