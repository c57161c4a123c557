# Checks of the house, fuzzing, benchmarks, the demo, installing.

SOURCES_C := $(wildcard src/*.[ch] src/*/*.[ch] src/*/*/*.[ch] kernels/*.[ch] kernels/cpu/*.[ch] tests/*/*.[ch])

.PHONY: check check-format check-tidy check-cppcheck check-layers check-asan
check: check-format check-layers check-cppcheck check-tidy check-asan
check-format:
	@if command -v clang-format >/dev/null; then clang-format --dry-run -Werror $(SOURCES_C) && echo "  OK    clang-format"; else echo "  SKIP  clang-format is not installed"; fi
check-layers:
	@prove --exec '' tests/house/layers.t
check-cppcheck:
	@if command -v cppcheck >/dev/null; then cppcheck --quiet -j$(shell nproc) --std=c11 --enable=warning,performance,portability --inline-suppr --suppress=missingIncludeSystem --suppress=unknownMacro --suppress=preprocessorErrorDirective --suppress=identicalInnerCondition:src/rules/phrase.c --suppress=autoVariables:src/cli/cmd_draft.c --error-exitcode=1 -Isrc -Ikernels -DASSAY_VERSION='"x"' src kernels/cpu && echo "  OK    cppcheck"; else echo "  SKIP  cppcheck is not installed"; fi
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
PC := $(DESTDIR)$(LIBDIR)/pkgconfig/assay.pc
MAN := $(DESTDIR)$(PREFIX)/share/man
.PHONY: install
install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(MAN)/man1 $(MAN)/man5 $(DESTDIR)$(PREFIX)/share/bash-completion/completions $(DESTDIR)$(PREFIX)/share/zsh/site-functions $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d $(DESTDIR)$(PREFIX)/share/assay/hooks
	install -m 755 $(PROG) $(DESTDIR)$(PREFIX)/bin/assay
	if [ -f $(B)/libassay-cuda.so ]; then install -d $(DESTDIR)$(PREFIX)/lib/assay && install -m 644 $(B)/libassay-cuda.so $(DESTDIR)$(PREFIX)/lib/assay/; fi
	install -d $(DESTDIR)$(PREFIX)/include $(DESTDIR)$(LIBDIR)/pkgconfig $(MAN)/man3
	install -m 644 src/assay.h $(DESTDIR)$(PREFIX)/include/assay.h
	install -m 644 $(PUBLIC) $(DESTDIR)$(LIBDIR)/libassay.a
	printf '%s\n' 'prefix=$(PREFIX)' 'libdir=$(LIBDIR)' 'includedir=$${prefix}/include' '' 'Name: assay' 'Description: judges technical articles: their shape, and what they claim' 'Version: $(VERSION)' \
	    'Requires.private: libcmark-gfm libpcre2-8 yaml-0.1 libutf8proc libcrypto' 'Libs: -L$${libdir} -lassay' 'Libs.private: -lpthread -lm' 'Cflags: -I$${includedir}' >$(PC)
	install -m 644 docs/man/libassay.3 $(MAN)/man3
	$(PROG) help --man >$(MAN)/man1/assay.1
	for name in $$($(PROG) help --commands); do $(PROG) help --man $$name >$(MAN)/man1/assay-$$name.1 || exit 1; done
	install -m 644 docs/man/assay-rules.5 docs/man/assay-manifest.5 $(MAN)/man5
	$(PROG) help --completions bash >$(DESTDIR)$(PREFIX)/share/bash-completion/completions/assay
	$(PROG) help --completions zsh >$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_assay
	$(PROG) help --completions fish >$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/assay.fish
	cp -R hooks/pre-commit hooks/pre-merge-commit hooks/pre-push hooks/ci $(DESTDIR)$(PREFIX)/share/assay/hooks

#: make check           format, layers, cppcheck, clang-tidy, unit tests under ASan and UBSan
#: make fuzz            every fuzzer for FUZZ_SECONDS (default 60) under ASan and UBSan
#: make demo            install what is missing, build, gate the corpus and show it
#: make install         the program, its pages, libassay.a, assay.h, assay.pc: PREFIX=/usr/local DESTDIR=
#: make mutants         break each comparator of the truth stage in one place; the tests must notice
.PHONY: mutants
mutants:
	@tests/house/mutants.sh
