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

CALIBRATE_TOOL := $(B)/calibrate_tool
$(CALIBRATE_TOOL): $(B)/src/signals/calibrate_tool.o $(LIB)
	@echo "  LINK  $@"
	@$(VCC) $(VLDFLAGS) -o $@ $< $(LIB) $(LIBS)
