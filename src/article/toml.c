/* toml.c - TOML frontmatter; first landing: every TOML frontmatter is reported as not read. */
#include "article/internal.h"
bool toml_read(builder *b, span where) {
    issue_add(b, ISSUE_FRONTMATTER_MALFORMED, where, "TOML frontmatter is not read yet");
    return false;
}
