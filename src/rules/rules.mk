# The rules become C data at build time: rules/**/*.yaml -> rules_embed_tool -> rules_builtin.c. The tool runs on the
# machine that builds, whatever VARIANT is being built, and stops the build at the first rule file that is not sound.
HOSTCC ?= cc
RULE_FOLDERS := rules rules/published
RULE_FILES := $(sort $(wildcard $(foreach d,$(RULE_FOLDERS),$(d)/ruleset.yaml $(d)/*/*.yaml)))
RULES_TOOL := build/host/rules_embed_tool
RULES_TOOL_SRC := src/rules/rules_embed_tool.c src/rules/load.c src/rules/load_value.c src/rules/load_rule.c \
    src/rules/phrase.c src/rules/measures.c src/rules/finding.c src/rules/names.c $(wildcard src/base/*.c)

$(RULES_TOOL): $(RULES_TOOL_SRC) $(wildcard src/rules/*.h src/base/*.h)
	@mkdir -p $(@D)
	@echo "  HOST  $@"
	@$(HOSTCC) -std=c11 -D_GNU_SOURCE -O1 -Isrc -o $@ $(RULES_TOOL_SRC) -lyaml -lpcre2-8 -lcrypto -lm

$(B)/src/rules/rules_builtin.c: $(RULES_TOOL) $(RULE_FILES)
	@mkdir -p $(@D)
	@echo "  RULES $@"
	@$(RULES_TOOL) $@ $(RULE_FOLDERS)

GEN_OBJ += $(B)/src/rules/rules_builtin.o
