# Checks of the house, fuzzing, benchmarks, the demo, installing.

SOURCES_C := $(wildcard src/*.[ch] src/*/*.[ch] src/*/*/*.[ch] kernels/*.[ch] kernels/cpu/*.[ch] tests/*/*.[ch])

.PHONY: check check-format check-tidy check-cppcheck check-layers check-asan
check: check-format check-layers check-cppcheck check-tidy check-asan
check-format:
	@if command -v clang-format >/dev/null; then clang-format --dry-run -Werror $(SOURCES_C) && echo "  OK    clang-format"; else echo "  SKIP  clang-format is not installed"; fi
check-layers:
	@prove --exec '' tests/house/layers.t
check-cppcheck:
	@if command -v cppcheck >/dev/null; then cppcheck --quiet -j$(shell nproc) --std=c11 --enable=warning,performance,portability --inline-suppr --suppress=missingIncludeSystem --suppress=unknownMacro --suppress=preprocessorErrorDirective --suppress=identicalInnerCondition:src/rules/phrase.c --suppress=autoVariables:src/cli/cmd_draft.c --suppress=autoVariables:src/draft/draft.c --suppress=internalAstError --error-exitcode=1 -Isrc -Ikernels -DASSAY_VERSION='"x"' src kernels/cpu && echo "  OK    cppcheck"; else echo "  SKIP  cppcheck is not installed"; fi
check-tidy:
	@if command -v clang-tidy >/dev/null; then \
	    printf '%s\n' $(LIB_SRC) $(CLI_SRC) | xargs -P$(shell nproc) -n4 sh -c 'clang-tidy --quiet "$$@" -- -std=c11 -D_GNU_SOURCE -DASSAY_VERSION="\"x\"" -Isrc -Ikernels -I. 2>/dev/null' _ | \
	        sed -nE 's#^$(CURDIR)/##; s#^([^:]+):.*(warning|error): .*(\[[^]]+\])$$#\1 \3#p' | sort -u | grep -vxFf tests/house/tidy.known && { echo "  FAIL  clang-tidy finds what tests/house/tidy.known does not list"; exit 1; } || echo "  OK    clang-tidy"; \
	else echo "  SKIP  clang-tidy is not installed"; fi
check-asan:
	@$(MAKE) --no-print-directory VARIANT=asan unit

# Each fuzzer for FUZZ_SECONDS; the corpus of inputs it grows stays in build/fuzz/corpus.
FUZZ_SECONDS ?= 60
.PHONY: fuzz fuzz-build
fuzz-build:
	@$(MAKE) --no-print-directory VARIANT=fuzz fuzz-programs
.PHONY: fuzz-programs
fuzz-programs: $(FUZZERS)
fuzz: fuzz-build
	@sh tests/fuzz/run.sh $(FUZZ_SECONDS)

.PHONY: demo
demo: deps
	@$(MAKE) --no-print-directory -j$(shell nproc 2>/dev/null || echo 2) all
	@ASSAY=$(abspath $(PROG)) sh corpus/demo.sh

# Manual pages and completions are written by the program itself, from its flag table; the header is its own manual. A
# program that links the library links what that is built on too: `pkg-config --static`.
LIBDIR ?= $(PREFIX)/lib
quoted = '$(subst ','\'',$(1))'
STAGE := $(B)/install.$(shell echo $$PPID)
IN = $(call quoted,$(STAGE)$(PREFIX))
INLIB = $(call quoted,$(STAGE)$(LIBDIR))
INSTALLED = $(call quoted,$(DESTDIR)) $(call quoted,$(PREFIX)/share/assay/installed)
.PHONY: install uninstall
install: all
	rm -rf $(STAGE)
	install -d $(IN)/bin $(IN)/include $(IN)/share/man/man1 $(IN)/share/man/man3 $(IN)/share/man/man5 $(IN)/share/bash-completion/completions $(IN)/share/zsh/site-functions $(IN)/share/fish/vendor_completions.d $(IN)/share/assay/hooks $(INLIB)/pkgconfig
	install -m 755 $(PROG) $(IN)/bin/assay
	if [ -f $(B)/libassay-cuda.so ]; then install -d $(IN)/lib/assay && install -m 644 $(B)/libassay-cuda.so $(IN)/lib/assay/; fi
	install -m 644 src/assay.h $(IN)/include/assay.h
	install -m 644 $(PUBLIC) $(INLIB)/libassay.a
	printf '%s\n' $(call quoted,prefix=$(PREFIX)) $(call quoted,libdir=$(LIBDIR)) 'includedir=$${prefix}/include' '' 'Name: assay' 'Description: judges technical articles: their shape, and what they claim' 'Version: $(VERSION)' \
	    'Requires.private: libcmark-gfm libpcre2-8 yaml-0.1 libutf8proc libcrypto' 'Libs: -L$${libdir} -lassay' 'Libs.private: -lpthread -lm' 'Cflags: -I$${includedir}' >$(INLIB)/pkgconfig/assay.pc
	install -m 644 docs/man/libassay.3 $(IN)/share/man/man3
	$(PROG) help --man >$(IN)/share/man/man1/assay.1
	for name in $$($(PROG) help --commands); do $(PROG) help --man $$name >$(IN)/share/man/man1/assay-$$name.1 || exit 1; done
	install -m 644 docs/man/assay-rules.5 docs/man/assay-manifest.5 $(IN)/share/man/man5
	$(PROG) help --completions bash >$(IN)/share/bash-completion/completions/assay
	$(PROG) help --completions zsh >$(IN)/share/zsh/site-functions/_assay
	$(PROG) help --completions fish >$(IN)/share/fish/vendor_completions.d/assay.fish
	cp -R hooks/pre-commit hooks/pre-merge-commit hooks/pre-push hooks/ci $(IN)/share/assay/hooks
	sh tests/house/install.sh put $(STAGE) $(INSTALLED)
	rm -rf $(STAGE)
uninstall:
	sh tests/house/install.sh take $(INSTALLED)

#: make check           format, layers, cppcheck, clang-tidy, unit tests under ASan and UBSan
#: make fuzz            every fuzzer for FUZZ_SECONDS (default 60) under ASan and UBSan
#: make demo            install what is missing, build, gate the corpus and show it
#: make install         the program, its pages, libassay.a, assay.h, assay.pc: PREFIX=/usr/local DESTDIR=
#: make uninstall       what it put there, by its list in PREFIX/share/assay/installed
#: make mutants         break each comparator of the truth stage in one place; the tests must notice
.PHONY: mutants
mutants:
	@tests/house/mutants.sh
