# The page of a rule in SARIF and rdjsonl is HELP_URI followed by the rule's id. A build for an organisation names its own
# documentation: make HELP_URI=https://docs.example.net/assay/rules# . A name without a place is the default: no page that
# this program could promise is there.
HELP_URI ?= urn:assay:rule:
$(B)/src/report/formats.o: VCFLAGS += -DASSAY_HELP_URI='"$(HELP_URI)"'

# The page's style sheet and script are files of their own, carried in the program as text.
GEN_OBJ += $(B)/gen/html_texts.o
$(B)/gen/html_texts.c: src/report/page.css src/report/page.js src/report/report.mk
	@mkdir -p $(@D)
	@{ echo '/* Generated from src/report/page.* by src/report/report.mk. */'; echo '#include "report/html_texts.h"'; \
	for part in css js; do \
	    echo "const char html_text_$$part[] ="; \
	    sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/^/    "/' -e 's/$$/\\n"/' src/report/page.$$part; echo '    ;'; \
	done; } > $@

#: make HELP_URI=URI       where SARIF and rdjsonl send readers for a rule (its id is appended); see docs/formats.md
