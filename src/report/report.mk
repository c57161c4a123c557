# The page's style sheet and script are files of their own, carried in the program as text.
GEN_OBJ += $(B)/gen/html_texts.o
$(B)/gen/html_texts.c: src/report/page.css src/report/page.js src/report/report.mk
	@mkdir -p $(@D)
	@{ echo '/* Generated from src/report/page.* by src/report/report.mk. */'; echo '#include "report/html_texts.h"'; \
	for part in css js; do \
	    echo "const char html_text_$$part[] ="; \
	    sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/^/    "/' -e 's/$$/\\n"/' src/report/page.$$part; echo '    ;'; \
	done; } > $@
