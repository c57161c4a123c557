# The hook scripts are carried inside the program, so that `assay hook install` needs nothing but the binary.
HOOK_TEXTS := hooks/pre-commit hooks/pre-merge-commit hooks/pre-push
GEN_OBJ += $(B)/gen/hook_texts.o
$(B)/gen/hook_texts.c: $(HOOK_TEXTS) hooks/hooks.mk
	@mkdir -p $(@D)
	@{ echo '/* Generated from hooks/ by hooks/hooks.mk. */'; echo '#include "cli/hook_texts.h"'; \
	for hook in pre-commit pre-merge-commit pre-push; do \
	    echo "const char hook_text_$$(echo $$hook | tr - _)[] ="; \
	    sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/^/    "/' -e 's/$$/\\n"/' hooks/$$hook; echo '    ;'; \
	done; } > $@
