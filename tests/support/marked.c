/* marked.c - see marked.h. A dated frontmatter goes before every text, so that histories have a day to be judged on. */
#include "tests/support/marked.h"

#include "base/buf.h"

#include <stdlib.h>

static const char HEAD[] = "---\ntitle: T\ndate: 2026-05-18\n---\n\n";

int marked_verdict(const manifest *m, const char *text) {
    static const enum verdict order[] = {VERDICT_CONTRADICTED, VERDICT_UNDERSPECIFIED, VERDICT_SUPPORTED,
                                         VERDICT_UNVERIFIED, VERDICT_NOT_ABOUT_US};
    str all = str_from_cstr(text);
    ptrdiff_t open = str_find(all, STR("[["), 0), close = str_find(all, STR("]]"), 0);
    if (open < 0 || close < open) abort();
    buf b = {0};
    buf_cstr(&b, HEAD);
    buf_str(&b, str_slice(all, 0, open));
    ptrdiff_t lo = (ptrdiff_t)b.n;
    buf_str(&b, str_slice(all, open + 2, close));
    ptrdiff_t hi = (ptrdiff_t)b.n;
    buf_str(&b, str_slice(all, close + 2, all.n));
    buf_cstr(&b, "\n");
    judged x = judged_text(m, "t.md", buf_view(&b), true);
    buf_free(&b);
    int found = MARK_NONE;
    for (size_t k = 0; k < COUNT_OF(order) && found == MARK_NONE; k++)
        for (size_t i = 0; i < x.claims.n; i++) {
            const claim *c = &x.claims.at[i];
            if ((ptrdiff_t)c->where.lo < hi && (ptrdiff_t)c->where.hi > lo && c->verdict == order[k]) found = order[k];
        }
    judged_free(&x);
    return found;
}

unsigned marked_wrong(const manifest *m, const marked_case *cases, size_t n) {
    unsigned wrong = 0;
    for (size_t i = 0; i < n; i++) {
        int got = marked_verdict(m, cases[i].text);
        if (got == cases[i].want) continue;
        wrong++;
        fprintf(stderr, "# %s: %s, wanted %s\n", cases[i].text,
                got == MARK_NONE ? "no claim" : verdict_name((enum verdict)got),
                cases[i].want == MARK_NONE ? "no claim" : verdict_name((enum verdict)cases[i].want));
    }
    return wrong;
}

unsigned marked_findings(const manifest *m, const char *text, const char *rule) {
    buf b = {0};
    buf_cstr(&b, HEAD);
    buf_cstr(&b, text);
    buf_cstr(&b, "\n");
    judged x = judged_text(m, "t.md", buf_view(&b), true);
    buf_free(&b);
    unsigned n = 0;
    for (size_t i = 0; i < x.findings.n; i++) n += str_eq(x.findings.at[i].rule, str_from_cstr(rule));
    judged_free(&x);
    return n;
}
