/* test_facts_struck.c - struck-through text asserts nothing; what stands beside it does. And what stands in a template
 * tag is no path. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "article/article.h"
#include "base/str.h"
#include "lex/token.h"
#include "tests/support/contradicted.h"

static const char manifest[] =
    "assay-facts: 1\nas_of: 2026-11-20\n"
    "components: [{id: caddy, aliases: [Caddy], scheme: semver, version: 2.8.4, accept: [prefix]}]\n"
    "hosts:\n"
    "  - {id: vps, aliases: [VPS], location: Romania, runs: {world: closed, items: [caddy]}, attrs: {memory: {value: "
    "4, "
    "unit: GB, aliases: [RAM]}}}\n"
    "absent: [{match: Kubernetes}]\n";

static const char lead[] = "These are my notes on our VPS.\n\n";

static void struck(void **state) {
    (void)state;
    static const char *const clean[] = {
        "~~The VPS has 16 GB of RAM.~~ The VPS has 4 GB of RAM.\n",
        "The VPS has ~~16 GB~~ 4 GB of RAM.\n",
        "<del datetime=\"2026-11-20\">The VPS stands in Germany.</del> The VPS stands in Romania.\n",
        "<del>\nThe VPS stands in Germany.\n</del>\n",
        "<s>We run Caddy 2.7.1 on the VPS.</s> We run Caddy 2.8.4.\n",
        "- [x] ~~Deploy nightly with Kubernetes on the VPS~~\n",
        "| | VPS |\n|---|---|\n| RAM | ~~16 GB~~ 4 GB |\n",
        "~~We run `caddy 2.7.1` on the VPS.~~\n",
        "<p><s>The VPS has 16 GB of RAM.</s></p>\n",
    };
    static const char *const untrue[] = {
        "~~The VPS has 4 GB of RAM.~~ The VPS has 16 GB of RAM.\n",
        "<del>The VPS stands in Romania.</del> The VPS stands in Germany.\n",
        "<ins>The VPS stands in Germany.</ins>\n",
        "<s>We run Caddy 2.8.4 on the VPS.</s> We run Caddy 2.7.1 on the VPS.\n",
        "- [x] ~~Backups~~\n- [x] We run Kubernetes on the VPS\n",
        "The ~~nice~~ VPS has 16 GB of RAM.\n",
        "The VPS has ~ 16 GB of RAM.\n",
    };
    expect_each(manifest, lead, clean, COUNT_OF(clean), false);
    expect_each(manifest, lead, untrue, COUNT_OF(untrue), true);
}

static uint32_t paths_in(const char *body) {
    arena *a = arena_new(0);
    article art;
    token_list tokens;
    error e;
    uint32_t n = 0;
    assert_int_equal(article_parse(a, STR("a.md"), str_from_cstr(body), NULL, &art, &e), 0);
    assert_int_equal(lex_article(a, &art, &tokens, &e), 0);
    for (uint32_t i = 0; i < tokens.n; i++) n += tokens.at[i].kind == TOKEN_PATH;
    arena_free(a);
    return n;
}

static void tags(void **state) {
    (void)state;
    assert_int_equal(paths_in("{{< note >}}\nHugo text here.\n{{< /note >}}\n"), 0);
    assert_int_equal(paths_in("See {{< ref \"/posts/old.md\" >}} and {% link /assets/a.png %}.\n"), 0);
    assert_int_equal(paths_in("{{% include \"/srv/a.md\" %}} is in /srv/b.md, {{ page.url }} in /srv/c.md.\n"), 2);
    assert_int_equal(paths_in("| a | b |\n|---|---|\n| {{< ref \"/x/y.md\" >}} | /srv/x.md |\n"), 1);
    assert_int_equal(paths_in("It is `{{ /srv/models }}` in /srv/x.\n"), 2); /* code is no tag */
    assert_int_equal(paths_in("An open {{< brace, and /srv/x.\n"), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(struck), cmocka_unit_test(tags)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
