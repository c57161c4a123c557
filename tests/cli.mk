# What the command-line tests need beside the program itself.
TEST_EXTRA += $(B)/tests/tools/schema_check
$(B)/tests/tools/schema_check: $(B)/tests/tools/schema_check.o
	@echo "  LINK  $@"
	@$(VCC) $(VLDFLAGS) -o $@ $< $(call staticlib,jansson) -lm
-include $(B)/tests/tools/schema_check.d
