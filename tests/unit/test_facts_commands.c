/* test_facts_commands.c - subcommands and flags against the declared ones: what is typed, what is said of them, how. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/buf.h"
#include "facts/commands/shell.h"
#include "tests/support/contradicted.h"
#include "tests/support/judged.h"

static const char truth[] =
    "assay-facts: 1\nas_of: 2026-05-18\n"
    "scopes: {commands: {world: closed, kind: command, members: [make, git]}}\n"
    "absent: [{match: [kubectl], in: commands, note: no cluster here}]\n"
    "components: [{id: berthbook, aliases: [Berthbook]}, {id: restic}, {id: zfs, aliases: [zpool]}]\n"
    "hosts: [{id: lamp1, aliases: [lamp1]}, {id: lamp2, aliases: [lamp2]}]\n"
    "commands:\n"
    "  - binary: berth\n"
    "    aliases: [berthctl]\n"
    "    of: berthbook\n"
    "    host: lamp1\n"
    "    world: closed\n"
    "    subcommands:\n"
    "      - check\n"
    "      - {name: plan import, flags: [--dry-run, \"--from FILE\"]}\n"
    "      - plan export\n"
    "      - {name: remove, aliases: [rm]}\n"
    "      - {name: sync, state: removed, since: 2026-03-01}\n"
    "    flags: {world: closed, items: [--json, {name: --verbose, aliases: [-v]}, -q, {name: \"--config FILE\", "
    "aliases: "
    "[-c]},\n"
    "            {name: --force, state: removed, since: 2026-02-01}]}\n"
    "  - {binary: docker, subcommands: [{name: compose, world: closed}, compose up, compose down], flags: [-d]}\n"
    "  - {binary: oldtool, state: removed, since: 2026-01-01}\n"
    "output_signatures: [{cmd: zpool status, host: lamp1, field: pool, equals: tank}]\n";

static void typed_in_code(void **state) {
    (void)state;
    static const said cases[] = {
        {"On lamp1:\n\n```console\n$ berth plan import --from x --dry-run\n$ berth rm 12\n```", ""},
        {"On lamp1:\n\n```console\n$ berth restore\n```", "berth restore"},
        {"On lamp1:\n\n```console\n$ berth plan merge --dry-run\n```", "berth plan merge"},
        {"On lamp1:\n\n```bash\nlamp1$ berth plan merge --dry-run\n```", "berth plan merge"},
        {"On lamp1:\n\n```console\nlamp1:/srv# berth plan merge --dry-run\n```", "berth plan merge"},
        {"On lamp1:\n\n```bash\nsudo -u app berth --config /etc/b.toml check && berth audit | tee log\n```",
         "berth audit"},
        {"On lamp1:\n\n```bash\nBERTH=1 /usr/local/bin/berth check \\\n  --json \\\n  --csv\n```", "--csv"},
        {"On lamp1:\n\n```bash\ndocker exec -it berth berth plan export\ndocker run --rm x/berth:4 berth check\n```",
         ""},
        {"On lamp1:\n\n```bash\ndocker exec -it berth berth wipe\n```", "berth wipe"},
        {"On lamp1:\n\n```bash\nssh lamp1 'berth wipe'\nsh -c \"berth lint\"\nssh lamp2 berth stage\n```",
         "berth wipe | berth lint"},
        {"lamp1 and lamp2:\n\n```console\nroot@lamp2:~# berth stage\nroot@lamp1:~# berth wipe\n```", "berth wipe"},
        {"On lamp1:\n\n```bash\nkubectl-proxy --x\nberth check -- --whatever\n```", "kubectl-proxy"},
        {"On lamp1:\n\n```bash\ncat <<EOF > x\nberth invented\nEOF\nberth wipe\n```", "berth wipe"},
        {"On lamp1:\n\n```bash\n# berth invented\necho 'berth invented'\nls | grep berth\n```", ""},
        {"On lamp1:\n\n```console\n$ berth moon\nerror: unknown command 'moon'\n```", ""},
        {"On lamp1, until 4.1 it was:\n\n```console\n$ berth sync\n```", ""},
        {"On lamp1:\n\n```console\n$ berth sync\n```", "berth sync"},
        {"On lamp1:\n\n```\nberth restore\n```", ""}, /* may be output */
        {"On lamp1:\n\n```ini\n[Service]\nExecStart=/usr/bin/berth serve --json\n```", "/usr/bin/berth serve"},
        {"On lamp1:\n\n```ini\nExecStart=/usr/bin/berth check --json \\\n  --yaml\nRestart=always\n```", "--yaml"},
        {"On lamp1 restic says:\n\n```\nrestic version 0.18\nberth 4.1\n```", ""},
        {"On lamp1:\n\n```text\nusage: berth <plan|fly>\n```", ""},
        {"On lamp1 we type `berth <plan|fly> [--json] [--warp]`.", "fly | --warp"},
        {"On lamp1 we type `berth {check,polish}`.", "polish"},
        {"On lamp1:\n\n```bash\noldtool --json\ndocker compose hibernate\ndocker hibernate\n```",
         "oldtool | docker compose hibernate"},
    };
    expect_contradicted(truth, cases, COUNT_OF(cases));
}

static void typed_in_sentences(void **state) {
    (void)state;
    static const said cases[] = {
        {"On lamp1 I run `berth plan import --dry-run` and then `berth restore`.", "berth restore"},
        {"On lamp1, run `berth nuke` if the disk is full.", "berth nuke"},
        {"lamp1 needs `berth defrag` once a year.", "berth defrag"},
        {"On lamp1 never run `berth wipe` by hand.", ""},
        {"On lamp1 `berth lunar` fails with \"unknown command\".", ""},
        {"On lamp1 there is no `berth restore`.", ""},
        {"On lamp1 `berth restore` does not exist.", ""},
        {"On lamp1 we thought of adding a `berth cloud` subcommand.", ""},
        {"On lamp1 a `berth cloud` would help.", ""},
        {"Does lamp1 have a `berth cloud`?", ""},
        {"On lamp1 until March we ran `berth sync`.", ""},
        {"On lamp1 we run `berth sync` daily.", "berth sync"},
        {"On lamp1 something asks you for `berth sync`. Then you read an old sheet. It's gone since March.", ""},
        {"On lamp1 we went to 4.1, where the command `sync` became `check`. My fingers still type `berth sync`.", ""},
        {"On lamp1 we went to 4.1, where the command `sync` is quicker. My fingers still type `berth sync`.",
         "berth sync"},
        {"On lamp1 you call `berth sync`. Then you wait. It's quick.", "berth sync"},
        {"On lamp1 we run `berth check lamp2` and `berth plan import ./x.csv`.", ""},
        {"On lamp1 we run `berth lamp2`.", ""},
        {"On lamp1 we run `berth rem` and `berth chec`.", "berth chec"}, /* a beginning; a slip */
        {"On lamp1 `berth FILE`, `berth <file>`, `berth $X`, `berth 12` and `berth a.csv` are the same.", ""},
        {"On lamp1 we run `git stash`, `apt install berth` and `systemctl restart berth`.", ""},
        {"On lamp1 we run `restic defrag` and `zpool status`.", ""},
        {"> On lamp1 run `berth restore`.\n\nSo says the forum about lamp1.", ""},
        {"On lamp1 we run `berth check --fast`.", "--fast"},
        {"On lamp1 we run `berth check -vq`, `berth -c x check`, `berth check --config=x` and `berth check --help`.",
         ""},
        {"On lamp1 we run `berth check -vz` and `berth check -cz.toml`.", "-vz"},
        {"On lamp1 we run `berth -x check` and `berth --unknown wipe`.", "-x | --unknown"},
        {"On lamp1 we run `berth plan 'quoted'`, `berth \"quoted\"`.", ""},
        {"On lamp1 we run `berth check --verb` and `berth check --no-json`.", ""}, /* short for one, turns one off */
        {"On lamp1 we run `berth check --dry-run`.", "--dry-run"},                 /* it is plan import's */
        {"On lamp1 we run `berth check --force`.", "--force"},
        {"On lamp1 `berth check --force` is gone since February.", ""},
    };
    expect_contradicted(truth, cases, COUNT_OF(cases));
}

static void talked_about(void **state) {
    (void)state;
    static const said cases[] = {
        {"On lamp1 `berth` has a `check` subcommand and a `rebuild` subcommand.", "rebuild"},
        {"On lamp1 `berth` has three subcommands: `check`, `plan` and `repair`.", "repair"},
        {"On lamp1 `berth` has no `mirror` subcommand and no `--fast` flag.", ""},
        {"On lamp1 Berthbook's `restore` command is quick.", "restore"},
        {"On lamp1 the `ls` command shows what `berth check` wrote.", ""},
        {"On lamp1 the `--turbo` flag of `berth` helps.", "--turbo"},
        {"On lamp1, beside `docker`, the `--turbo` flag of `berth` helps.", "--turbo"},
        {"On lamp1 there is no `--quick` flag in `berth`.", ""},
        {"On lamp1 we pass `--json` to `berth`, and `--delete` to `rsync`.", ""},
        {"On lamp1 `berth` calls `rsync` with `--delete`.", ""},
        {"On lamp1 the --turbo flag of berth helps.", "--turbo"},
        {"lamp1 again. The subcommands of berth:\n\n- `check`: looks\n- `polish`: shines", "polish"},
        {"lamp1 again. What berth knows:\n\n| subcommand | what |\n| --- | --- |\n| `plan import` | loads |\n"
         "| `teleport` | moves |",
         "teleport"},
        {"lamp1 again. What berth takes:\n\n| flag | what |\n| --- | --- |\n| `--json` | JSON |\n| `--yaml` | YAML |",
         "--yaml"},
        {"On lamp1 we want a `--fast` flag in `berth`.", ""},
        {"On lamp1 we run `berth check`. The `compact` subcommand of borg is slower.", ""},
        {"On lamp1 we run `berth check`. The `compact` subcommand in Borg is slower.", ""},
        {"On lamp1 we run `berth check`. Its `compact` subcommand is slower.", "compact"},
        {"On lamp1 we run `berth check`. The `compact` subcommand is slower.", ""}, /* of what? */
        {"On lamp1, unlike `berth`, borg has a `compact` subcommand.", ""},
        {"On lamp1 beside `berth` borg has a `compact` subcommand.", ""},
        {"On lamp1 the subcommands of `berth` are `check` and `compact`.", "compact"},
        {"On lamp1 `berth` also has a `compact` subcommand.", "compact"},
        {"On lamp1 we run berth plan import. The berth ghost subcommand is new.", ""}, /* without marks: too loose */
    };
    expect_contradicted(truth, cases, COUNT_OF(cases));
}

typedef struct expected {
    const char *text, *quote;
    enum verdict verdict;
    bool paid; /* credit-bearing */
} expected;

static void verdicts_and_credit(void **state) {
    (void)state;
    static const expected cases[] = {
        {"On lamp1 we run `berth plan import`.", "berth plan import", VERDICT_SUPPORTED, true},
        {"On lamp1 we run berth plan import.", "berth plan import", VERDICT_SUPPORTED, true},
        {"On lamp1 we run `restic defrag`.", "restic defrag", VERDICT_UNVERIFIED, true},
        {"On lamp1 we run `restic --defrag x`.", "--defrag", VERDICT_UNVERIFIED, true},
        {"On lamp1 we pass `--moon` to `restic`.", "--moon", VERDICT_UNVERIFIED, true},
        {"On lamp1 we run `zpool status`.", "zpool status", VERDICT_SUPPORTED, true},
        {"On lamp1 we run `docker hibernate`.", "docker hibernate", VERDICT_UNVERIFIED, true},
        {"On lamp1 we run `docker compose up -d --fast`.", "--fast", VERDICT_UNVERIFIED, true},
        {"On lamp1 there is no `berth restore`.", "berth restore", VERDICT_SUPPORTED, true},
        {"On lamp1 never run `berth wipe`.", "berth wipe", VERDICT_UNVERIFIED, true},
        {"On lamp1 we thought of adding `berth cloud`.", "berth cloud", VERDICT_UNVERIFIED, false},
        {"On lamp1 until March we ran `berth sync`.", "berth sync", VERDICT_SUPPORTED, true},
        {"On lamp1 until March we ran `berth old`.", "berth old", VERDICT_UNVERIFIED, true},
        {"On lamp1 `berth` has an `import` subcommand.", "import", VERDICT_SUPPORTED, true},
        {"On lamp1 `berth` has a `--dry-run` flag.", "--dry-run", VERDICT_SUPPORTED, true},
        {"On lamp1:\n\n```\nberth restore\n```", "berth restore", VERDICT_UNVERIFIED, true},
    };
    manifest *m = judged_manifest(truth);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        judged x = judged_text(m, "x.md", str_from_cstr(cases[i].text), true);
        const claim *c = NULL;
        for (size_t k = 0; k < x.claims.n && !c; k++)
            if (str_eq(x.claims.at[k].quote, str_from_cstr(cases[i].quote)) &&
                (x.claims.at[k].kind == CLAIM_COMMAND || x.claims.at[k].kind == CLAIM_FLAG))
                c = &x.claims.at[k];
        if (!c) fail_msg("%s: no claim", cases[i].text);
        if (c->verdict != cases[i].verdict || c->credit_bearing != cases[i].paid)
            fail_msg("%s: %s, paid %d", cases[i].text, verdict_name(c->verdict), c->credit_bearing);
        judged_free(&x);
    }
    manifest_free(m);
}

/* What is said of another program is no claim of ours, not even an unverified one. */
static void other_programs(void **state) {
    (void)state;
    static const char *const texts[] = {
        "On lamp1 we run `berth check`. The `compact` subcommand of borg is slower.",
        "On lamp1 we run `berth check`. The `compact` subcommand in Borg is slower.",
        "On lamp1 we run `berth check`. The `--compact` flag of `borg` is slower.",
        "On lamp1 we run `berth check` and `borg compact --fast`, then `ls compact`.",
        "On lamp1 we run `berth check` on `python3 -m compact --fast`.",
    };
    manifest *m = judged_manifest(truth);
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        judged x = judged_text(m, "x.md", str_from_cstr(texts[i]), true);
        for (size_t k = 0; k < x.claims.n; k++) {
            const claim *c = &x.claims.at[k];
            bool ours = c->kind != CLAIM_COMMAND && c->kind != CLAIM_FLAG;
            if (!ours && str_find(c->quote, STR("check"), 0) < 0) fail_msg("%s: %.*s", texts[i], STR_ARG(c->quote));
        }
        judged_free(&x);
    }
    manifest_free(m);
}

static void the_proof_names_what_there_is(void **state) {
    (void)state;
    manifest *m = judged_manifest(truth);
    judged x = judged_text(m, "x.md", STR("On lamp1 we run `berth restore` and `berth chekc --dry-run`."), true);
    const claim *c = judged_claim(&x, "berth restore", 0);
    assert_non_null(c);
    assert_true(str_eq(c->why, STR("berth has no subcommand 'restore'; it has check, plan, remove")));
    assert_true(str_eq(c->says, STR("check, plan, remove")));
    assert_true(str_eq(c->fact, STR("command:berth")));
    assert_true(str_eq(c->subject, STR("berth")));
    judged_free(&x);
    x = judged_text(m, "x.md", STR("On lamp1 we run `berth remvoe` and `berth check --dry-run`."), true);
    c = judged_claim(&x, "remvoe", 0);
    assert_non_null(c);
    assert_true(str_eq(c->why, STR("berth has no subcommand 'remvoe'; it has remove, check, plan")));
    c = judged_claim(&x, "--dry-run", 0);
    assert_non_null(c);
    assert_true(str_eq(c->why, STR("berth check has no flag '--dry-run', which belongs to 'plan import'")));
    judged_free(&x);
    manifest_free(m);
}

/* The day of the article decides what is there yet, and what is still there. */
static void days(void **state) {
    (void)state;
    static const char yaml[] =
        "assay-facts: 1\nas_of: 2026-05-18\nhosts: [{id: lamp1}]\n"
        "components: [{id: book, version: 2, history: [{version: 1, to: 2026-02-15}]}]\n"
        "commands: [{binary: berth, of: book, world: closed, subcommands: [{name: sync, state: removed, "
        "since: 2026-03-01}, {name: ship, since: 2026-04-01}]}]\n";
    static const struct {
        const char *text, *quote;
        enum verdict verdict;
    } cases[] = {
        {"---\ntitle: a b\ndate: 2026-02-01\n---\nlamp1: we run `berth sync`.", "berth sync", VERDICT_SUPPORTED},
        {"---\ntitle: a b\ndate: 2026-05-01\n---\nlamp1: we run `berth sync`.", "berth sync", VERDICT_CONTRADICTED},
        {"---\ntitle: a b\ndate: 2026-02-01\n---\nlamp1: we run `berth ship`.", "berth ship", VERDICT_UNVERIFIED},
        {"---\ntitle: a b\ndate: 2026-05-01\n---\nlamp1: we run `berth ship`.", "berth ship", VERDICT_SUPPORTED},
        {"---\ntitle: a b\ndate: 2026-02-01\n---\nlamp1: we run `berth wipe`.", "berth wipe", VERDICT_UNVERIFIED},
        {"---\ntitle: a b\ndate: 2026-02-20\n---\nlamp1: we run `berth wipe`.", "berth wipe", VERDICT_CONTRADICTED},
    };
    manifest *m = judged_manifest(yaml);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        judged x = judged_text(m, "x.md", str_from_cstr(cases[i].text), true);
        const claim *c = judged_claim(&x, cases[i].quote, 0);
        assert_non_null(c);
        assert_int_equal(c->verdict, cases[i].verdict);
        judged_free(&x);
    }
    manifest_free(m);
}

/* 10,000 commands, and an article that types one after the other: every one is judged, as it would be alone. */
static void many(void **state) {
    (void)state;
    buf yaml = {0}, text = {0};
    buf_cstr(&yaml, "assay-facts: 1\nas_of: 2026-05-18\nhosts: [{id: lamp1}]\ncommands:\n");
    buf_cstr(&text, "# lamp1\n\n```bash\n");
    for (int i = 0; i < 10000; i++) {
        buf_printf(&yaml,
                   "  - {binary: t%dx, world: closed, subcommands: [plan], flags: {world: closed, items: [--a]}}\n", i);
        if (i % 2) buf_printf(&text, "t%dx plan --a && t%dx wipe\n", i, i);
        if (i % 5 == 0) buf_cstr(&text, "t1x <<E\n"); /* never closed */
    }
    buf_byte(&yaml, 0), buf_cstr(&text, "```\n\nThe `t1x` has ");
    for (int i = 0; i < 5000; i++) buf_printf(&text, "`w%dx` ", i);
    buf_cstr(&text, "subcommands.\n");
    manifest *m = judged_manifest((const char *)yaml.p);
    judged x = judged_text(m, "x.md", buf_view(&text), true);
    assert_int_equal(m->command_count, 10000);
    assert_true(x.claims.coverage.supported == 10000 && x.claims.coverage.contradicted >= 5000);
    judged_free(&x);
    manifest_free(m);
    buf_free(&yaml);
    buf_free(&text);
}

/* ---- the reader of shell lines ---- */

static void lines_are_split(void **state) {
    (void)state;
    static const struct {
        const char *text, *words; /* commands parted by " / ", words by " " */
    } cases[] = {
        {"a b c", "a b c"},
        {"a b|c && d; e & f || g", "a b / c / d / e / f / g"},
        {"a 'b c' \"d\" e\"f g\"", "a b c d e\"f g\""},
        {"a > x 2>&1 < y b", "a b"},
        {"a <name> <b|c> [--x | --y] {d,e}", "a <name> <b|c> [--x | --y] {d,e}"},
        {"a \\\n  b # c", "a b"},
        {"if a; then b; else c; fi", "a / b / c"},
        {"a $(b c) d", "a / b c / d"},
        {"a ${B} $C 'unclosed", "a ${B} $C 'unclosed"},
        {"cat <<-'EOF' x", "cat x"},
        {"", ""},
        {"| | ;;", ""},
    };
    arena *a = arena_new(0);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        str text = str_from_cstr(cases[i].text);
        shell_reader r = shell_read(text);
        shell_words words = {0};
        char out[200] = "";
        bool ok = true;
        for (bool first = true; shell_next(&r, a, &words, &ok); first = false) {
            if (!first) strcat(out, " / ");
            for (size_t k = 0; k < words.n; k++) {
                str w = shell_text(text, &words.at[k]);
                if (k) strcat(out, " ");
                strncat(out, (const char *)w.p, (size_t)w.n);
            }
        }
        assert_true(ok);
        assert_string_equal(out, cases[i].words);
    }
    arena_free(a);
}

static void what_runs_what(void **state) {
    (void)state;
    static const struct {
        const char *text, *program, *inner; /* the program itself; the one that it runs */
    } cases[] = {
        {"sudo -u app berth x", "berth", NULL},
        {"A=1 B=2 env -u C nice -n 5 timeout 10 berth x", "berth", NULL},
        {"time berth", "berth", NULL},
        {"docker exec -it -u app box berth x", "docker", "berth"},
        {"docker compose -f a.yml run --rm web berth x", "docker", "berth"},
        {"docker compose up -d", "docker", NULL},
        {"kubectl exec pod -c web -- berth x", "kubectl", "berth"},
        {"ssh -p 22 app@lamp berth x", "ssh", "berth"},
        {"flock /tmp/x berth y", "flock", "berth"},
        {"uv run berth", "uv", "berth"},
        {"sudo", NULL, NULL},
    };
    arena *a = arena_new(0);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        str text = str_from_cstr(cases[i].text);
        shell_reader r = shell_read(text);
        shell_words words = {0};
        bool ok = true, sure = true;
        uint32_t operand = 0;
        assert_true(shell_next(&r, a, &words, &ok));
        uint32_t at = shell_program(text, &words, 0, &sure);
        if (!cases[i].program) {
            assert_int_equal(at, words.n);
            continue;
        }
        assert_true(str_eq(shell_text(text, &words.at[at]), str_from_cstr(cases[i].program)));
        uint32_t inner = shell_inner(text, &words, at, &operand, &sure);
        if (!cases[i].inner)
            assert_int_equal(inner, 0);
        else
            assert_true(str_eq(shell_text(text, &words.at[inner]), str_from_cstr(cases[i].inner)));
    }
    arena_free(a);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(typed_in_code),
                                       cmocka_unit_test(typed_in_sentences),
                                       cmocka_unit_test(talked_about),
                                       cmocka_unit_test(verdicts_and_credit),
                                       cmocka_unit_test(the_proof_names_what_there_is),
                                       cmocka_unit_test(days),
                                       cmocka_unit_test(other_programs),
                                       cmocka_unit_test(many),
                                       cmocka_unit_test(lines_are_split),
                                       cmocka_unit_test(what_runs_what)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
