# cuda.mk - the CUDA plug-in, its check and bench, and the same kernels compiled for the processor (make test).
#
#: make cuda            build libassay-cuda.so for sm_90, sm_121a and PTX 8.0; says SKIP without nvcc
#: make gpu-check       every GPU kernel and whole models against the CPU reference (needs nvcc with its host compiler and a GPU, nothing else)
#: make gpu-sanitize    a short gpu-check under compute-sanitizer: memcheck, racecheck, initcheck, synccheck
#: make cuda-test       what the plug-in says without a driver, with an old one, without a GPU (needs nvcc, no GPU)
#: make gpu-bench       GB/s and TFLOP/s of every GPU kernel, beside a copy measured in the same run
#: make kernel-table    registers, spills, machine code and predicted times into docs/kernels.md

NVCC       ?= $(firstword $(shell command -v nvcc 2>/dev/null) $(wildcard /usr/local/cuda/bin/nvcc))
CUDA_B     := build/cuda
CUDA_ARCHS ?= -gencode arch=compute_90,code=sm_90 -gencode arch=compute_121a,code=sm_121a -gencode arch=compute_80,code=compute_80
NVCCFLAGS  := -std=c++17 -O3 $(CUDA_ARCHS) -Xcompiler -fPIC,-fvisibility=hidden -Isrc -Ikernels -I. -Xptxas -v
CUDA_SRC   := $(wildcard kernels/cuda/*.cu)
CUDA_OBJ   := $(CUDA_SRC:kernels/cuda/%.cu=$(CUDA_B)/%.o) $(CUDA_B)/error.o
PLUGIN     := $(CUDA_B)/libassay-cuda.so

.PHONY: cuda gpu-check gpu-sanitize cuda-test gpu-bench kernel-table
ifeq ($(NVCC),)
cuda gpu-check gpu-sanitize cuda-test gpu-bench kernel-table:
	@echo "  SKIP  $@: there is no nvcc on this machine (CUDA toolkit 13.0 or newer)"
else
cuda: $(PLUGIN)
	@mkdir -p $(B) && cp $(PLUGIN) $(B)/libassay-cuda.so

# The compiler's report (registers, spills) stays beside the object: kernel-table reads it.
$(CUDA_B)/%.o: kernels/cuda/%.cu kernels/cuda.mk
	@mkdir -p $(@D)
	@echo "  NVCC  $<"
	@$(NVCC) $(NVCCFLAGS) -MD -MF $(@:.o=.d) -MT $@ -c -o $@ $< >$(@:.o=.log) 2>&1 || { cat $(@:.o=.log); exit 1; }
$(CUDA_B)/error.o: src/base/error.c
	@mkdir -p $(@D)
	@$(CC) $(VCFLAGS) -fPIC -fvisibility=hidden -c -o $@ $<
$(PLUGIN): $(CUDA_OBJ)
	@echo "  LINK  $@"
	@$(NVCC) -shared -cudart static -Xcompiler -static-libstdc++,-static-libgcc -Xlinker --no-undefined,--exclude-libs=ALL -o $@ $^ -lpthread -ldl -lrt -lm

# Both programs need nothing but gcc: the reference and the cases, without the rest of the library.
GPU_OBJ := $(patsubst %.c,$(B)/%.o,$(wildcard kernels/cpu/*.c kernels/check/*.c) src/base/error.c)
$(CUDA_B)/gpu_check $(CUDA_B)/gpu_bench: $(CUDA_B)/%: $(B)/tests/kernels/%.o $(GPU_OBJ)
	@mkdir -p $(@D)
	@$(CC) -o $@ $^ -lpthread -ldl -lm
# Whole models too: the engine without tokenizer and text, still nothing but gcc.
ENGINE_OBJ := $(GPU_OBJ) $(patsubst %.c,$(B)/%.o,$(wildcard src/lm/gguf*.c src/lm/arch*.c src/lm/engine*.c) \
  $(addprefix src/base/,str.c arena.c buf.c file.c link.c utf8.c) $(addprefix src/lm/,load.c load_stream.c known_keys.c session.c) tests/support/tiny_model.c \
  tests/kernels/engine_check.c tests/kernels/engine_check_steps.c)
$(CUDA_B)/engine_check: $(ENGINE_OBJ)
	@$(CC) -o $@ $^ -lpthread -ldl -lm
gpu-check: $(PLUGIN) $(CUDA_B)/gpu_check $(CUDA_B)/engine_check
	$(CUDA_B)/gpu_check $(PLUGIN)
	$(CUDA_B)/engine_check $(PLUGIN)
	@echo "  two processes at once"; $(CUDA_B)/engine_check --quick $(PLUGIN) >$(CUDA_B)/beside.log & one=$$!; \
	$(CUDA_B)/engine_check --quick $(PLUGIN) >$(CUDA_B)/second.log; two=$$?; wait $$one && [ $$two = 0 ] || \
	    { grep -h '^not ok' $(CUDA_B)/beside.log $(CUDA_B)/second.log; exit 1; }
	@$(MAKE) --no-print-directory gpu-sanitize
gpu-sanitize: $(PLUGIN) $(CUDA_B)/gpu_check
	@if ! command -v compute-sanitizer >/dev/null 2>&1; then echo "  SKIP  $@: there is no compute-sanitizer"; \
	elif $(CUDA_B)/gpu_check --cases 0 $(PLUGIN) | grep -q '^1..0 # SKIP'; then echo "  SKIP  $@: there is no GPU"; \
	else for tool in memcheck racecheck initcheck synccheck; do echo "  $$tool"; \
	    compute-sanitizer --tool $$tool --error-exitcode 9 $(CUDA_B)/gpu_check --seeds 2 $(PLUGIN) >$(CUDA_B)/$$tool.log 2>&1 || \
	        { tail -30 $(CUDA_B)/$$tool.log; exit 1; }; tail -1 $(CUDA_B)/$$tool.log; done; fi
$(CUDA_B)/fake/libcuda.so.1: tests/kernels/fake_driver.c
	@mkdir -p $(@D)
	@$(CC) -std=c11 -D_GNU_SOURCE $(WARN) -shared -fPIC -o $@ $<
cuda-test: $(PLUGIN) $(CUDA_B)/gpu_check $(CUDA_B)/fake/libcuda.so.1
	@sh tests/kernels/refusals.sh $(CUDA_B)
gpu-bench: $(PLUGIN) $(CUDA_B)/gpu_bench
	$(CUDA_B)/gpu_bench $(PLUGIN)
kernel-table: $(PLUGIN) $(CUDA_B)/gpu_bench
	@sh kernels/cuda/table.sh $(CUDA_B) docs/kernels.md
	@if command -v cuobjdump >/dev/null 2>&1; then sh kernels/cuda/sass.sh $(CUDA_B) docs/kernels.md; \
	else echo "  SKIP  the table of machine code: there is no cuobjdump"; fi
-include $(CUDA_OBJ:.o=.d)
endif

# ---- the kernels without a GPU: compiled as C++, every thread a fibre (tests/kernels/emulate) -----------------------
CXX_asan    := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined
CXX_release := -O2 -g
# Only compiled so, not linked: the hooks are those of emulate/watch.cpp. AddressSanitizer does without them.
CXX_watched_release := -fsanitize=thread
EMULATED    := $(B)/tests/kernels/gpu_check_emulated
EMULATED_ENGINE := $(B)/tests/kernels/engine_check_emulated
EMULATED_FAULTS := $(B)/tests/kernels/emulate_faults
EMULATED_PLUGIN := $(B)/tests/kernels/emulated/libassay-cuda.so
EMULATE_OBJ := $(CUDA_SRC:%.cu=$(B)/%.emulated.o) $(addprefix $(B)/tests/kernels/emulate/,emulate.emulated.o runtime.emulated.o watch.emulated.o)
EMULATE     := -fPIC -DASSAY_EMULATE -Itests/kernels/emulate -Isrc -Ikernels -I. -ffp-contract=off -Wall -Wextra -Wno-unknown-pragmas -Wno-maybe-uninitialized

ifneq ($(shell command -v $(CXX) 2>/dev/null),)
ifneq ($(CXX_$(VARIANT)),)
UNIT += $(EMULATED) $(EMULATED_ENGINE) $(EMULATED_FAULTS)
$(B)/tests/kernels/test_device: $(EMULATED_PLUGIN)
TEST_EXTRA += $(EMULATED_PLUGIN) $(B)/tests/kernels/emulated/assay
endif
else
$(info   SKIP  the emulated GPU kernels: there is no C++ compiler)
endif
$(B)/kernels/cuda/%.emulated.o: kernels/cuda/%.cu kernels/cuda.mk
	@mkdir -p $(@D)
	@echo "  CXX   $<"
	@$(CCACHE) $(CXX) -std=c++17 $(CXX_$(VARIANT)) $(CXX_watched_$(VARIANT)) $(EMULATE) -MMD -MP -x c++ -c -o $@ $<
$(B)/tests/kernels/emulate/faults.emulated.o: CXX_$(VARIANT) += $(CXX_watched_$(VARIANT))
$(B)/tests/kernels/emulate/%.emulated.o: tests/kernels/emulate/%.cpp kernels/cuda.mk
	@mkdir -p $(@D)
	@echo "  CXX   $<"
	@$(CCACHE) $(CXX) -std=c++17 $(CXX_$(VARIANT)) $(EMULATE) -MMD -MP -c -o $@ $<
$(EMULATED): $(B)/tests/kernels/gpu_check.emulated.o $(EMULATE_OBJ) $(LIB)
	@echo "  LINK  $@"
	@$(CXX) $(VLDFLAGS) -o $@ $(filter %.o,$^) $(LIB) -lpthread -ldl -lm
$(EMULATED_FAULTS): $(addprefix $(B)/tests/kernels/emulate/,faults.emulated.o emulate.emulated.o runtime.emulated.o watch.emulated.o)
	@echo "  LINK  $@"
	@$(CXX) $(VLDFLAGS) -o $@ $^
# For tests/house/kernel_mutants.sh, which compiles copies.
.PHONY: emulate-command
emulate-command:
	@echo $(CCACHE) $(CXX) -std=c++17 $(CXX_$(VARIANT)) $(CXX_watched_$(VARIANT)) $(EMULATE)
$(B)/tests/kernels/%.emulated.o: tests/kernels/%.c
	@mkdir -p $(@D)
	@$(CCACHE) $(VCC) $(VCFLAGS) -DASSAY_EMULATE -MMD -MP -c -o $@ $<
$(EMULATED_ENGINE): $(B)/tests/kernels/engine_check.emulated.o $(B)/tests/kernels/engine_check_steps.emulated.o \
  $(B)/tests/support/tiny_model.o $(EMULATE_OBJ) $(LIB)
	@echo "  LINK  $@"
	@$(CXX) $(VLDFLAGS) -o $@ $(filter %.o,$^) $(LIB) $(LIBS)
# The same as a library that the program opens like the real one: test_device; and a copy of the program beside it: gpu.t.
$(B)/tests/kernels/emulated/assay: $(B)/assay
	@mkdir -p $(@D) && cp $< $@
$(B)/tests/kernels/emulate/error.o: src/base/error.c
	@mkdir -p $(@D)
	@$(CCACHE) $(VCC) $(VCFLAGS) -fPIC -c -o $@ $<
$(EMULATED_PLUGIN): $(EMULATE_OBJ) $(B)/tests/kernels/emulate/plugin.emulated.o $(B)/tests/kernels/emulate/error.o
	@mkdir -p $(@D)
	@echo "  LINK  $@"
	@$(CXX) $(VLDFLAGS) -shared -o $@ $^ -lpthread
-include $(EMULATE_OBJ:.o=.d) $(wildcard $(B)/tests/kernels/*.emulated.d $(B)/tests/kernels/emulate/*.emulated.d)
