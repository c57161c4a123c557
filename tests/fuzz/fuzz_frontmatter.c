/* fuzz_frontmatter.c - any bytes between fences: fields lie where they say, bombs meet limits.
 *
 * Byte 0 chooses: bit 0 YAML or TOML, bit 1 CRLF behind the fences, bit 2 a byte order mark, bit 3 inside an outer code
 * fence. The rest stands between the fences.
 */
#include "article/article.h"
#include "base/buf.h"
#include "tests/support/article_check.h"

#include <stdio.h>
#include <stdlib.h>

static void stop(const char *why) {
    fprintf(stderr, "fuzz_frontmatter: %s\n", why);
    abort();
}

static void check_fields(const article *art) {
    for (uint32_t i = 0; i < art->field_count; i++) {
        const field *f = &art->fields[i];
        if (f->key_where.lo < art->frontmatter.lo || f->where.hi > art->frontmatter.hi) {
            /* an alias points at its anchor, which stands before: inside the frontmatter all the same */
            stop("a field outside the frontmatter");
        }
        bool again = false;
        for (uint32_t k = 0; k < i && i < 200; k++) again |= str_eq(art->fields[k].key, f->key);
        if (again) stop("a key stands twice among the fields");
        if (f->recovered && art->status == FRONTMATTER_OK) stop("a recovered field in good frontmatter");
        if (f->recovered && f->kind == FIELD_TEXT && art->format == FRONTMATTER_YAML) {
            str source = str_span(art->source, f->where);
            if (str_find(source, f->value, 0) < 0) stop("a recovered value is not in its bytes");
        }
    }
    bool malformed = false;
    for (uint32_t i = 0; i < art->issue_count; i++) malformed |= art->issues[i].kind == ISSUE_FRONTMATTER_MALFORMED;
    if (art->status == FRONTMATTER_OK && malformed) stop("good frontmatter with an issue");
    if (art->status == FRONTMATTER_MALFORMED && !malformed) stop("malformed frontmatter without an issue");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 1) return 0;
    const char *fence = data[0] & 1 ? "+++" : "---", *end = data[0] & 2 ? "\r\n" : "\n";
    buf source = {0};
    if (data[0] & 4) buf_cstr(&source, "\xef\xbb\xbf");
    if (data[0] & 8) buf_printf(&source, "```markdown%s", end);
    buf_printf(&source, "%s%s", fence, end);
    buf_bytes(&source, data + 1, size - 1);
    buf_printf(&source, "%s%s%s\nBody.\n", end, fence, end);
    arena *a = arena_new(256u << 20);
    article art;
    error e = {0};
    int status = article_parse(a, STR("f.md"), buf_view(&source), NULL, &art, &e);
    if (status && status != ERROR_LIMIT) stop(e.message);
    if (!status) {
        const char *wrong = article_check(&art);
        if (wrong) stop(wrong);
        check_fields(&art);
    }
    arena_free(a);
    buf_free(&source);
    return 0;
}
