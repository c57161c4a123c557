# assay - builds one library (libassay.a) and one program (assay).
#
#   make            build                      make demo     gate the corpus, show it
#   make test       all tests                  make help     everything else
#
# Files are found by their place: src/*.c, src/ROOM/*.c, src/ROOM/PART/*.c, kernels/cpu/*.c and kernels/check/*.c make the library, src/cli/*.c the program,
# *_tool.c a build-time tool, tests/unit/*.c, tests/property/*.c and tests/kernels/*.c one test program each, tests/fuzz/fuzz_*.c one fuzzer
# each. Every set of compiler flags (VARIANT) has an object folder of its own: build/release, build/asan, build/fuzz …

VARIANT ?= release
B       := build/$(VARIANT)
PREFIX  ?= /usr/local
DESTDIR ?=
VERSION := 0.1.0

CC_release ?= $(CC)
CC_asan    ?= $(CC)
CC_fuzz    ?= clang
CC_arm64   ?= aarch64-linux-gnu-gcc
VCC        := $(CC_$(VARIANT))
ifneq ($(shell command -v ccache 2>/dev/null),)
CCACHE ?= ccache
endif

WARN    := -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes
CFLAGS_release := -O2 -g
CFLAGS_asan    := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
CFLAGS_fuzz    := -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined
CFLAGS_arm64   := -O2 -g
LDFLAGS_asan   := -fsanitize=address,undefined
LDFLAGS_fuzz   := -fsanitize=fuzzer,address,undefined
CFLAGS  ?=
# Position-independent, so that libassay.a can go into somebody's shared object. Measured: 0.24 % more instructions.
PIC     := -fPIC -fno-semantic-interposition
VCFLAGS := -std=c11 $(PIC) -D_GNU_SOURCE -DASSAY_VERSION='"$(VERSION)"' $(WARN) $(CFLAGS_$(VARIANT)) $(CFLAGS) -ffp-contract=off -Isrc -Ikernels -I.
VLDFLAGS := $(LDFLAGS_$(VARIANT)) $(LDFLAGS)

# Third-party libraries are linked statically where the .a is there (Debian ships them): the program then starts in about
# a millisecond and is one file to copy to a CI image. STATIC=0 links them all as shared libraries.
STATIC ?= 1
staticlib = $(if $(and $(filter 1,$(STATIC)),$(filter /%,$(shell $(VCC) -print-file-name=lib$(1).a))),-l:lib$(1).a,-l$(1))
LIBS := $(foreach l,cmark-gfm-extensions cmark-gfm pcre2-8 yaml utf8proc jansson crypto sqlite3,$(call staticlib,$(l))) -lpthread -ldl -lm

LIB_SRC  := $(filter-out %_tool.c src/cli/%,$(wildcard src/*.c src/*/*.c src/*/*/*.c)) $(wildcard kernels/cpu/*.c kernels/check/*.c)
CLI_SRC  := $(wildcard src/cli/*.c)
LIB_OBJ  := $(LIB_SRC:%.c=$(B)/%.o)
CLI_OBJ  := $(CLI_SRC:%.c=$(B)/%.o)
GEN_OBJ  :=
LIB      := $(B)/libassay.a
PROG     := $(B)/assay
PUBLIC   := $(B)/public/libassay.a

UNIT     := $(patsubst tests/%.c,$(B)/tests/%,$(wildcard tests/unit/test_*.c tests/property/test_*.c tests/kernels/test_*.c))
FUZZERS  := $(patsubst tests/fuzz/%.c,$(B)/tests/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))
TESTLIB_SRC := $(wildcard tests/support/*.c)
TESTLIB_OBJ := $(TESTLIB_SRC:%.c=$(B)/%.o)
# An archive, so that a fuzzer, which has no cmocka, takes only the helpers that it names.
TESTLIB  := $(B)/libtestsupport.a

.PHONY: all
all: $(PROG) $(LIB) $(PUBLIC)

# Parts that belong to one room each keep their rules beside their sources.
-include $(wildcard src/*/*.mk kernels/*.mk hooks/*.mk docs/*.mk tests/*.mk corpus/*.mk)

$(TESTLIB): $(TESTLIB_OBJ)
	@rm -f $@ && $(AR) rcs $@ $^

$(LIB): $(LIB_OBJ) $(GEN_OBJ)
	@rm -f $@
	@$(AR) rcs $@ $^
	@echo "  AR    $@"

# What other programs link: src/assay.h and the members that it needs, as one object in which the names that the header
# declares are the only global ones.
OBJCOPY_arm64 ?= aarch64-linux-gnu-objcopy
OBJCOPY := $(or $(OBJCOPY_$(VARIANT)),objcopy)
$(PUBLIC): $(B)/src/assay.o $(LIB) src/assay.h
	@mkdir -p $(@D) && rm -f $@
	@$(VCC) -r -nostdlib -o $(@D)/assay.o $(B)/src/assay.o $(LIB)
	@sed -n '/^ \*/d; s/.*\(assay_[a-z_]*\)(.*/\1/p' src/assay.h | sort -u >$(@D)/names
	@$(OBJCOPY) --keep-global-symbols=$(@D)/names --strip-debug $(@D)/assay.o
	@$(AR) rcs $@ $(@D)/assay.o
	@echo "  AR    $@"

$(PROG): $(CLI_OBJ) $(LIB)
	@echo "  LINK  $@"
	@$(VCC) $(VLDFLAGS) -rdynamic -o $@ $(CLI_OBJ) $(LIB) $(LIBS)

# Instruction sets: a file's name says which one it needs; the code chooses at run time.
ISA = $(if $(findstring _avx512,$<),-mavx512f -mavx512bw -mavx512vl -mavx512dq -mavx512vnni -mavx512bf16 -mavx2 -mfma -mf16c,$(if $(findstring _avx2,$<),-mavx2 -mfma -mf16c,$(if $(findstring _i8mm,$<),-march=armv8.2-a+dotprod+fp16+i8mm,$(if $(findstring _neon,$<),-march=armv8.2-a+dotprod+fp16))))
ARCH := $(firstword $(subst -, ,$(shell $(VCC) -dumpmachine)))
isa_flags = $(if $(filter x86_64,$(ARCH)),$(filter -mavx% -mfma -mf16c,$(ISA)),$(if $(filter aarch64,$(ARCH)),$(filter -march=%,$(ISA))))

$(B)/%.o: %.c Makefile
	@mkdir -p $(@D)
	@echo "  CC    $<"
	@$(CCACHE) $(VCC) $(VCFLAGS) $(isa_flags) -MMD -MP -c -o $@ $<

# clang takes half an hour to instrument the unrolled panels for a fuzzer, and no fuzzer runs them.
ifeq ($(VARIANT),fuzz)
$(B)/kernels/cpu/panel_%.o: VCFLAGS := $(filter-out -fsanitize=% -fno-sanitize%,$(VCFLAGS))
endif

$(B)/%.o: $(B)/%.c
	@mkdir -p $(@D)
	@$(CCACHE) $(VCC) $(VCFLAGS) -MMD -MP -c -o $@ $<

$(B)/tests/%: $(B)/tests/%.o $(TESTLIB) $(LIB)
	@echo "  LINK  $@"
	@$(VCC) $(VLDFLAGS) -rdynamic -o $@ $< $(TESTLIB) $(LIB) $(LIBS) $(if $(findstring /fuzz/,$@),,-lcmocka)

.PRECIOUS: $(B)/%.o
-include $(LIB_OBJ:.o=.d) $(TESTLIB_OBJ:.o=.d) $(CLI_OBJ:.o=.d) $(UNIT:%=%.d) $(FUZZERS:%=%.d) $(patsubst %.c,$(B)/%.d,$(wildcard src/*/*_tool.c))

# ---- tests ------------------------------------------------------------------------------------------------------
# Test programs write TAP, the shell tests too; prove runs them all and says what failed.
SHELL_TESTS := $(sort $(wildcard tests/golden/*.t tests/cli/*.t tests/house/*.t))
PROVE := ASSAY=$(abspath $(PROG)) CMOCKA_MESSAGE_OUTPUT=TAP prove --exec '' -j $(shell nproc 2>/dev/null || echo 2)

.PHONY: test unit
test: deps
	@$(MAKE) --no-print-directory -j$(shell nproc 2>/dev/null || echo 2) test-built
.PHONY: test-built
test-built: all $(UNIT) $(TEST_EXTRA)
	@$(PROVE) $(UNIT) $(SHELL_TESTS)
unit: $(UNIT)
	@$(PROVE) $(UNIT)

# ---- what is needed --------------------------------------------------------------------------------------------
.PHONY: deps
deps:
	@sh tests/house/deps.sh

.PHONY: clean help
clean:
	rm -rf build
help:
	@sed -n 's/^#: //p' Makefile $(wildcard src/*/*.mk kernels/*.mk hooks/*.mk docs/*.mk tests/*.mk corpus/*.mk) | sort
#: make                 build libassay.a and the assay program into build/release
#: make test            install what is missing, build, run every test
#: make unit            unit, property and kernel tests only
#: make deps            install what the build needs (asks the package manager)
#: make clean           remove build/
