/* test_facts_vendors.c - what a distribution, hardware that is declared absent, or those whom we serve have contradicts
 * nothing; nor does a package that only bears the name, or the data of an example. Ours does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/str.h"
#include "tests/support/contradicted.h"

static const char facts[] =
    "assay-facts: 1\nas_of: 2026-05-18\n"
    "scopes:\n"
    "  gpus: {world: closed, kind: gpu-model, host: tern, members: [GB10]}\n"
    "  packages: {world: open}\n"
    "components:\n"
    "  - {id: debian, aliases: [Debian], scheme: loose, version: '13.4', accept: [prefix]}\n"
    "  - {id: tide, aliases: [Tide], scheme: semver, version: 1.4.2, accept: [prefix], source: pip}\n"
    "  - {id: docker, aliases: [Docker], scheme: loose, version: 28.5.1, accept: [prefix], source: dpkg}\n"
    "  - {id: cc, aliases: [compute capability], scheme: loose, version: '12.1'}\n"
    "hardware:\n"
    "  - {id: tern, aliases: [tern, GB10]}\n"
    "absent:\n"
    "  - {match: [RTX 5090, B200], in: gpus}\n"
    "  - {match: [Kubernetes, Helm, Kafka, LangChain], in: packages}\n";

static const char lead[] = "On tern we run Tide 1.4.2 and Docker 28.5.1.\n\n";

#define CLEAN(texts) expect_each(facts, lead, texts, COUNT_OF(texts), false)
#define FALSE(texts) expect_each(facts, lead, texts, COUNT_OF(texts), true)

static void others_have_it(void **state) {
    (void)state;
    static const char *const clean[] = {
        "The Tide in Debian is 1.1.0, too old for the theme.\n",
        "The distribution's Tide is 1.1.0; I use the project's repository.\n",
        "Debian 12 shipped Tide 1.1.0.\n",
        "The snap has Tide 1.3.0.\n",
        "The Homebrew formula is at Tide 1.6.0.\n",
        "Compute capability 10.0 belongs to the B200.\n",
        "The RTX 5090 has compute capability 12.0.\n",
        "Compute capability 12.0 is the RTX 5090, 12.1 is the GB10.\n",
        "Our tenants use Helm to install the connector.\n",
        "Our SDK works with LangChain.\n",
        "Our customers' Kafka feeds the upload.\n",
    };
    static const char *const wrong[] = {
        "The Tide on tern is 1.1.0.\n",
        "Our Tide is 1.1.0.\n",
        "On tern, Debian 13.4 carries Docker 28.5.1, and Tide 1.1.0 beside it.\n",
        "tern has compute capability 12.0.\n",
        "We use Helm to install the connector.\n",
        "Our Kafka feeds the upload on tern.\n",
    };
    CLEAN(clean);
    FALSE(wrong);
}

static void a_package_bears_the_name(void **state) {
    (void)state;
    static const char *const clean[] = {
        "`pip install docker==7.1.0` is the Python client, not the engine.\n",
        "`pip install tide-client==0.2.1`\n",
        "`pip install tide==1.6.0` failed with no matching distribution.\n",
        "```python\nassert parse(\"Tide 1.6.0\") == (\"tide\", \"1.6.0\")\n```\n",
        "```sql\nINSERT INTO facts VALUES ('tide', '1.6.0')\n```\n",
        "```yaml\n# your values here\ntide: 1.6.0\n```\n",
    };
    static const char *const wrong[] = {
        "`pip install tide==1.6.0`\n",
        "```sh\npip install tide==1.6.0\n```\n",
        "```yaml\n# what runs here\ntide: 1.6.0\n```\n",
    };
    CLEAN(clean);
    FALSE(wrong);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(others_have_it),
        cmocka_unit_test(a_package_bears_the_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
