# Kernels, engine, tokenizers and chat formats for arm64, cross-compiled without any library and run under qemu-user: for
# correctness, not for speed.
#: make test-arm64      kernel, engine and tokenizer tests as arm64 programs under qemu-aarch64 (SKIP without the compiler)
ARM64_SRC := $(wildcard kernels/cpu/*.c) $(addprefix src/base/,error.c str.c arena.c buf.c file.c utf8.c) \
  $(wildcard src/lm/gguf*.c src/lm/arch*.c src/lm/engine*.c src/lm/tokenizer*.c) \
  $(addprefix src/lm/,load.c load_stream.c load_reader.c session.c pretokenize.c unicode_class.c chat.c) tests/support/tiny_model.c
ARM64_OBJ := $(ARM64_SRC:%.c=build/arm64/%.o)
ARM64_TESTS := build/arm64/tests/kernels/test_cpu build/arm64/tests/kernels/test_operations \
  build/arm64/tests/kernels/test_attention build/arm64/tests/unit/test_lm_engine \
  $(addprefix build/arm64/tests/unit/,test_lm_chat test_tokenizer test_tokenizer_cases)
QEMU ?= qemu-aarch64-static

build/arm64/%.o: %.c Makefile kernels/kernels.mk
	@mkdir -p $(@D)
	@echo "  CC64  $<"
	@$(CCACHE) $(CC_arm64) -std=c11 -D_GNU_SOURCE $(WARN) -O2 -g -ffp-contract=off -Itests/support/arm64 -Isrc -Ikernels -I. \
	  $(if $(findstring _i8mm,$<),-march=armv8.2-a+dotprod+fp16+i8mm,$(if $(findstring _neon,$<),-march=armv8.2-a+dotprod+fp16)) \
	  -MMD -MP -c -o $@ $<
$(ARM64_TESTS): %: %.o $(ARM64_OBJ)
	@$(CC_arm64) -o $@ $^ -lpthread -ldl -lm
.PHONY: test-arm64
ifneq ($(and $(shell command -v $(CC_arm64) 2>/dev/null),$(shell command -v $(QEMU) 2>/dev/null)),)
test-arm64: $(ARM64_TESTS)
	@for t in $(ARM64_TESTS); do echo "# $$t"; $(QEMU) -cpu max -L /usr/aarch64-linux-gnu $$t || exit 1; done
else
test-arm64:
	@echo "SKIP: $(CC_arm64) or $(QEMU) is not here"
endif
-include $(ARM64_OBJ:.o=.d) $(ARM64_TESTS:=.d)
