# The rules' own test lines run in every build: a rule file that does not do what it says stops it.
RULES_TEST_TOOL := $(B)/rules_test_tool
$(RULES_TEST_TOOL): $(B)/src/signals/rules_test_tool.o $(LIB)
	@echo "  LINK  $@"
	@$(VCC) $(VLDFLAGS) -o $@ $< $(LIB) $(LIBS)

$(B)/rules.tested: $(RULES_TEST_TOOL)
	@$(RULES_TEST_TOOL)
	@touch $@

# A cross build cannot run what it built.
ifneq ($(and $(filter-out arm64,$(VARIANT)),$(wildcard src/lex/lex.c)),)
all: $(B)/rules.tested
endif

# Tools that are built on demand: the corpus in numbers, the pages of docs/signals/.
CALIBRATE_TOOL := $(B)/calibrate_tool
SIGNAL_DOCS_TOOL := $(B)/signal_docs_tool
$(CALIBRATE_TOOL) $(SIGNAL_DOCS_TOOL): $(B)/%: $(B)/src/signals/%.o $(LIB)
	@echo "  LINK  $@"
	@$(VCC) $(VLDFLAGS) -o $@ $< $(LIB) $(LIBS)

.PHONY: docs-signals calibrate
docs-signals: $(SIGNAL_DOCS_TOOL)
	@mkdir -p docs/signals
	@$(SIGNAL_DOCS_TOOL) docs/signals
#: make docs-signals    write docs/signals/ from the rule files
calibrate: $(CALIBRATE_TOOL)
	@TOOL=$(CALIBRATE_TOOL) sh tests/house/calibrate.sh >docs/CALIBRATION.md.new && mv docs/CALIBRATION.md.new docs/CALIBRATION.md
#: make calibrate       write docs/CALIBRATION.md from the corpus
.PHONY: calibrate-human
calibrate-human: $(CALIBRATE_TOOL)
	@TOOL=$(CALIBRATE_TOOL) sh tests/house/calibrate.sh --human $(HUMAN) >docs/CALIBRATION-HUMAN.md.new && mv docs/CALIBRATION-HUMAN.md.new docs/CALIBRATION-HUMAN.md
#: make calibrate-human write docs/CALIBRATION-HUMAN.md from HUMAN=FOLDER, a folder of folders of human prose

# The committed pages must be what the rules say: tests/house/generated.t compares.
TEST_EXTRA += $(SIGNAL_DOCS_TOOL) $(CALIBRATE_TOOL)
