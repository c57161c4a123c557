/* test_facts_versions.c - whose version it is, whether it is the one that runs, and where releases are only spoken of.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/str.h"
#include "tests/support/contradicted.h"

static void moves(void **state) {
    (void)state;
    static const said cases[] = {
        {"On 2026-03-02, Tern on the Anvil went from 0.14.2 to 0.17.0.", ""},
        {"On 2026-03-02, Tern on the Anvil went from 0.14.2 to 2031.7.", "2031.7"},
        {"On 2026-03-02, Tern on the Anvil went from 0.13.9 to 0.17.0.", "0.13.9"},
        {"The Anvil ran Tern 0.14.2 until March. Since then it has run 0.17.0.", ""},
        {"The Anvil ran Tern 0.14.2 until March. It has run 0.18.4 since then.", "0.18.4"},
        {"My Anvil has PostgreSQL 16.12, and it went from 120.5 to 45.2 on the way.", ""},
        {"With PostgreSQL 16.12 on my Anvil the load fell from 17.1 to 12.3.", ""},
        {"| release | median |\n| --- | --- |\n| 0.14.2 | 118 ms |\n| 0.17.0 | 17 ms |\n\nThat is Tern on the Anvil.",
         ""},
        {"That is Tern on the Anvil:\n\n| release | median |\n| --- | --- |\n| 0.14.2 | 118 ms |\n| 0.17.3 | 17 ms |",
         "0.17.3"},
        {"That is Tern on the Anvil:\n\n| part | with 0.14.2 | with 0.17.1 |\n| --- | --- | --- |\n| decode | 9 | 12 |",
         "0.17.1"},
        {"That is Tern on the Anvil:\n\n| release | end of life |\n| --- | --- |\n| 14.1 | 2027 |\n| 15.2 | 2028 |",
         ""},
    };
    expect_contradicted(invented_operation, cases, COUNT_OF(cases));
}

static void answers_of_commands(void **state) {
    (void)state;
    static const said cases[] = {
        {"On the Anvil:\n\n```console\n$ tern-server --version\n0.17.0\n```", ""},
        {"On the Anvil:\n\n```console\n$ tern-server --version\n0.7.3\n```", "0.7.3"},
        {"On the Anvil:\n\n```console\n$ pip show heron\nName: heron\nVersion: 2.3.9\n```", "2.3.9"},
        {"On the Anvil:\n\n```console\n$ lsb_release -a\nDistributor ID: Ubuntu\nRelease:        22.04\n```", "22.04"},
        {"On the Anvil:\n\n```console\n$ lsb_release -a\nDescription: Ubuntu 24.04.2 LTS\nRelease: 24.04\n```", ""},
        {"On the Anvil:\n\n```console\n$ tern-server --check\n0.73 of the memory\n```", ""},
        {"On the Anvil:\n\n```console\n$ pip show heron\nName: heron\nVersion: 2.4.1\nRequires: torch\n```", ""},
    };
    expect_contradicted(invented_operation, cases, COUNT_OF(cases));
}

static void asserted(void **state) {
    (void)state;
    static const said cases[] = {
        {"My Anvil runs Tern 0.6.3 on Ubuntu 22.04.", "0.6.3 | 22.04"},
        {"On my Anvil the Tern here is at version 0.14.2.", "0.14.2"},
        {"On my Anvil, Tern in production is still 0.14.2.", "0.14.2"},
        {"On my Anvil the Tern here is at version 0.17.0.", ""},
        {"My Anvil is busy. Tern in use at a customer is still at 0.14.2.", ""},
        {"- **OS:** Ubuntu 22.04 LTS, NVIDIA driver 550.54.15\n- **Machine:** Anvil", "22.04 LTS | 550.54.15"},
        {"Install it on the Anvil:\n\n```bash\nsudo apt install nvidia-driver-550\ndocker pull "
         "acme/tern-server:v0.6.3\n```",
         "nvidia-driver-550 | acme/tern-server:v0.6.3"},
        {"On my Anvil I hit a bug in Tern 0.6.3.", "0.6.3"},
        {"I upgraded the Anvil from Heron 2.3.0 to Heron 2.5.0.", "2.5.0"},
    };
    expect_contradicted(invented_operation, cases, COUNT_OF(cases));
}

static void releases_spoken_of(void **state) {
    (void)state;
    static const said cases[] = {
        {"My Anvil is fine. Heron 2.2.0 introduced the flag.", ""},
        {"My Anvil is fine. Since Heron 2.2 the flag is deprecated.", ""},
        {"My Anvil is fine. As of Heron 2.2, the flag is the default.", ""},
        {"My Anvil is fine. The bug was introduced in Heron 2.2.3 and fixed in Heron 2.2.5.", ""},
        {"My Anvil is fine. The Heron 2.2 release notes explain it.", ""},
        {"My Anvil is fine. Heron 2.5.0 is out.", ""},
        {"The next release, Heron 2.5.0, is planned for my Anvil.", ""},
        {"On my Anvil I skipped Heron 2.2.", ""},
        {"On my Anvil I tried Heron 2.2 and gave up.", ""},
        {"I am waiting for Heron 2.5 on my Anvil.", ""},
        {"The wheel on my Anvil was compiled for Heron 2.2.", ""},
        {"The image is based on Ubuntu 22.04, my Anvil is not.", ""},
        {"I migrated the Anvil from Ubuntu 22.04 to 24.04.", ""},
        {"My Anvil came with Ubuntu 22.04 preinstalled.", ""},
        {"On my laptop Heron 2.2 works, on the Anvil as well.", ""},
        {"With Heron 2.2 on my Anvil decode was slower.", ""},
    };
    expect_contradicted(invented_operation, cases, COUNT_OF(cases));
}

/* Classes that documentation of other people's systems is full of. */
static void made_to_work_with(void **state) {
    (void)state;
    static const said cases[] = {
        {"My Anvil is fine. The client has support for Heron 2.2.", ""},
        {"My Anvil is fine. The library supports Heron 2.2.", ""},
        {"My Anvil is fine. It dropped support of Heron 1.9.", ""},
        {"My Anvil is fine. The client works with Heron 2.2 and later.", ""},
        {"My Anvil is fine. The script has a Heron 2.2 compatibility mode.", ""},
        {"My Anvil is fine. CI tests on Heron 2.1, 2.2, and 2.3.", ""},
        {"My Anvil is fine. For example, install Heron 2.2.0 in a container.", ""},
        {"My Anvil is fine. Distributions such as Debian 11 are old.", ""},
        {"My Anvil is fine. The module github.com/heron/heron went to v2.9.0.", ""},
        {"My Anvil is fine. The plugin heron-tools 0.4.1 is new.", ""},
        {"My Anvil is fine. The action setup-heron 5.1.0 is new.", ""},
        {"My Anvil is fine.\n\n```yaml\nservices:\n  logs:\n    image: heron/shipper:3.6.0\n```", ""},
        {"My Anvil is fine. It is on the Heron 2.x line.", ""},
        {"My Anvil is fine. The file is called Heron X.Y.Z there.", ""},
        /* and what stays a falsehood */
        {"My Anvil runs Heron 3.x today.", "3.x"},
        {"My Anvil runs heron-server 2.2.0.", "2.2.0"},
        {"My Anvil is fine.\n\n```yaml\nservices:\n  h:\n    image: acme/heron:2.2.0\n```", "acme/heron:2.2.0"},
    };
    expect_contradicted(invented_operation, cases, COUNT_OF(cases));
}

static void named_before(void **state) {
    (void)state;
    static const said cases[] = {
        {"Caddy was 2.8.4 until February and has been 2.11.0 since.", "2.11.0"},
        {"Caddy was 2.8.4 until February and has been 2.10.2 since.", ""},
        {"At first Caddy was 2.8.4. Since then it has been 2.10.3.", "2.10.3"},
        {"At first Caddy was 2.8.4. Since then it has been 2.10.2.", ""},
        {"Caddy is 2.10.2, in the place of 2.8.3.", "2.8.3"},
        {"Caddy is 2.10.2, in the place of 2.8.4.", ""},
        {"## Tern\n\nThe version is 0.16.0.", "0.16.0"},
        {"## Tern\n\nWe run 0.16.0.", "0.16.0"},
        {"Tern talks to a proxy. It is at 0.12.0.", ""},
        {"Tern uses a plugin; it is at 0.6.1.", ""},
        {"Heron has a theme. The version is 2.9.0.", ""},
        {"| date | Tern |\n| --- | --- |\n| 2025-12-01 | 0.14.1 |\n| 2026-03-02 | 0.17.0 |", "0.14.1"},
        {"| version | component |\n| --- | --- |\n| 0.16.0 | Tern |", "0.16.0"},
        {"| what | value |\n| --- | --- |\n| Tern | 0.16.0 |", "0.16.0"},
        {"| | Anvil |\n| --- | --- |\n| Tern | 0.14.2 |", "0.14.2"},
        {"| component | before |\n| --- | --- |\n| Tern | 0.14.2 |", ""},
        {"Tern \xe2\x80\x94 0.16.0", "0.16.0"},
        {"The 0.16.0 release of Tern serves.", "0.16.0"},
        {"Under Tern 0.16.0 it is quick.", "0.16.0"},
        {"`tern-server --version` prints 0.16.0.", "0.16.0"},
    };
    expect_contradicted(invented_operation, cases, COUNT_OF(cases));
}

static void locks_and_notes(void **state) {
    (void)state;
    static const said cases[] = {
        {"```toml\n[[package]]\nname = \"tern\"\nversion = \"0.16.0\"\n```", "0.16.0"},
        {"```toml\n[[package]]\nname = \"tern\"\nversion = \"0.17.0\"\n\n[[package]]\nname = \"wren\"\nversion = "
         "\"0.16.0\"\n```",
         ""},
        {"```toml\n[package]\nname = \"tern-client\"\nversion = \"0.2.0\"\n```", ""},
        {"```console\n$ caddy version\nv2.9.1 h1:abc=\n```", "v2.9.1"},
        {"> **Setup:** Ubuntu 24.04, NVIDIA driver 520.61.05 on the Anvil", "520.61.05"},
        {"> Anvil: Ubuntu 22.04", "22.04"},
        {"> [!NOTE]\n> The Anvil runs Tern 0.16.0.", "0.16.0"},
        {"> The manual says that the Anvil runs Tern 0.16.0.", ""},
        {"The vendor writes:\n\n> Note: Tern 0.16.0 is installed on the Anvil.", ""},
    };
    expect_contradicted(invented_operation, cases, COUNT_OF(cases));
}

static void offered_elsewhere(void **state) {
    (void)state;
    static const said cases[] = {
        {"Debian ships Caddy 2.6.2.", ""},
        {"The repository offers Tern 0.18.0.", ""},
        {"The packaged Caddy is 2.6.2.", ""},
        {"Ubuntu's own Caddy is 2.6.2.", ""},
        {"Tern 0.18.0 is in the repository.", ""},
        {"The latest Tern is 0.18.0.", ""},
        {"Tern 0.18 will come.", ""},
        {"PostgreSQL 18 can wait.", ""},
        {"Next month we upgrade Tern to 0.18.0.", ""},
        {"The changelog of Tern 0.16.0 mentions it.", ""},
        {"A test with Tern 0.16.0 failed.", ""},
        {"There is a Tern 0.18.0 branch that nobody runs.", ""},
        {"Inside the container, Caddy is 2.6.2.", ""},
        {"From PostgreSQL 15 to 16 took 19 minutes.", ""},
        {"From Caddy 2.8.4 to 2.10.2 took 19 minutes.", ""},
        {"The build runs in a Debian 11 container.", ""},
        {"Caddy was switched, as Tern moved to PostgreSQL and from 0.14.2 to 0.17.0 in one go.", ""},
        {"The server side takes any Tern from 0.12 on.", ""},
        {"| what | December 2025 | today |\n| --- | --- | --- |\n| engine | Tern 0.14.2 | Tern 0.17.0 |", ""},
        {"| what | December 2025 | today |\n| --- | --- | --- |\n| engine | Tern 0.14.2 | Tern 0.18.0 |", "0.18.0"},
    };
    expect_contradicted(invented_operation, cases, COUNT_OF(cases));
}

static void cadences(void **state) {
    (void)state;
    static const said cases[] = {
        {"On the Anvil I publish weekly.", ""},
        {"On the Anvil the restore drill runs every Sunday at 03:10.", ""},
        {"On the Anvil the restore drill runs every Monday at 03:10.", "every Monday at 03:10"},
        {"On the Anvil I verify the outputs weekly.", "verify the outputs weekly"},
        {"I use the Anvil and review pull requests daily for another project.", ""},
    };
    expect_contradicted(invented_operation, cases, COUNT_OF(cases));
}

static const char kernels[] =
    "assay-facts: 1\n"
    "as_of: 2026-05-18\n"
    "components:\n"
    "  - {id: kernel, aliases: [kernel], version: 6.12.74}\n"
    "  - {id: backports, aliases: [backports kernel], version: 6.18.15, history: [{version: 6.17.13, "
    "to: 2026-05-09}]}\n";

static void longer_names(void **state) {
    (void)state;
    static const said cases[] = {
        {"Until 2026-05-09 it ran the backports kernel 6.17.13.", ""},
        {"It runs the backports kernel 6.18.15.", ""},
        {"It runs the backports kernel 6.12.74.", "6.12.74"},
        {"It runs the kernel 6.12.74.", ""},
        {"It runs the kernel 6.18.15.", "6.18.15"},
    };
    expect_contradicted(kernels, cases, COUNT_OF(cases));
}

/* What came before, what is printed right above, and what an entry of a diary says of its day. */
static const char diary[] =
    "assay-facts: 1\nas_of: 2026-05-18\n"
    "hosts:\n  - {id: barn, aliases: [barn]}\n"
    "components:\n"
    "  - {id: weasel, aliases: [Weasel, weasel], scheme: semver, version: 3.4.1, accept: [prefix],\n"
    "     history: [{version: 3.1.0, from: 2025-11-20, to: 2026-02-10}]}\n"
    "  - {id: stoat, aliases: [Stoat], scheme: semver, history: [{version: 1.3.5, from: 2025-11-01, to: "
    "2026-01-15}]}\n";

static void before_and_above(void **state) {
    (void)state;
    static const said cases[] = {
        {"On barn it is Weasel 3.4.1. The one before, 3.1.1, needed a patch.", "3.1.1"},
        {"On barn it is Weasel 3.4.1. The one before, 3.1.0, needed a patch.", ""},
        {"On barn it is Weasel 3.4.1. Its predecessor, 3.0.9, was slow.", "3.0.9"},
        {"On barn it is Weasel 3.4.1. The previous one, 3.1.0, was slow.", ""},
        {"On barn it is Weasel 3.4.1. Before that came 3.2.0, which was slow.", "3.2.0"},
        {"On barn it is Weasel 3.4.1. Before that came 3.1.0, which was slow.", ""},
        {"On barn:\n\n```console\n$ weasel --version\nweasel 3.4.1\n```\n\nUntil February it was 3.1.2.", "3.1.2"},
        {"On barn:\n\n```console\n$ weasel --version\nweasel 3.4.1\n```\n\nUntil February it was 3.1.0.", ""},
        {"On barn:\n\n```console\n$ marten --version\nmarten 3.4.1\n```\n\nUntil February it was 3.1.2.", ""},
        {"On barn it is Weasel 3.4.1, beside an otter. The one before, 7.2, had fleas.", ""},
        {"A friend has an otter at 3.4.1. The one before, 3.1.1, had fleas.", ""},
    };
    static const said entries[] = {
        {"## December 2025\n\n**2nd.** Stoat 1.3.6 starts to hold the index of barn.", "1.3.6"},
        {"## December 2025\n\n**2nd.** Stoat 1.3.5 starts to hold the index of barn.", ""},
        {"## March 2026\n\n**2nd.** Stoat 1.3.6 starts to hold the index of barn.", ""}, /* not ours any more */
        {"## November 2025\n\n**20th.** Weasel comes in at 3.1.1, on barn.", "3.1.1"},
        {"## November 2025\n\n**20th.** Weasel arrives as 3.1.1, on barn.", "3.1.1"},
        {"## November 2025\n\n**20th.** Weasel comes in at 3.1.0, on barn.", ""},
        {"On barn we wait. Weasel comes in many releases, as 3.1.1 and so on.", ""},
    };
    expect_contradicted(diary, cases, COUNT_OF(cases));
    expect_contradicted(diary, entries, COUNT_OF(entries));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(before_and_above),
                                       cmocka_unit_test(moves),
                                       cmocka_unit_test(answers_of_commands),
                                       cmocka_unit_test(asserted),
                                       cmocka_unit_test(releases_spoken_of),
                                       cmocka_unit_test(made_to_work_with),
                                       cmocka_unit_test(named_before),
                                       cmocka_unit_test(locks_and_notes),
                                       cmocka_unit_test(offered_elsewhere),
                                       cmocka_unit_test(longer_names),
                                       cmocka_unit_test(cadences)};
    return cmocka_run_group_tests_name("facts: versions", tests, NULL, NULL);
}
