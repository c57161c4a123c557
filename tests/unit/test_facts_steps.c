/* test_facts_steps.c - ordered steps, where two steps share their first word. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "tests/support/contradicted.h"
#include "tests/support/judged.h"

static const char facts[] =
    "assay-facts: 1\nas_of: 2026-05-18\nhardware:\n  - {id: box, aliases: [Box Nine]}\nprocesses:\n"
    "  - {id: copy, category: backup, aliases: [nightly copy], cadence: nightly, order: strict,\n"
    "     steps: [dump database, restic backup, restic check, prune]}\n";

static enum verdict verdict_of(const char *text) {
    manifest *m = judged_manifest(facts);
    judged x = judged_text(m, "a.md", str_from_cstr(text), true);
    enum verdict verdict = VERDICT_NOT_ABOUT_US;
    for (size_t i = 0; i < x.claims.n; i++)
        if (x.claims.at[i].kind == CLAIM_PROCESS) verdict = x.claims.at[i].verdict;
    judged_free(&x);
    manifest_free(m);
    return verdict;
}

static void the_declared_order_is_supported_though_two_steps_begin_alike(void **state) {
    (void)state;
    assert_int_equal(verdict_of("The nightly copy: dump database, restic backup, restic check, prune.\n"),
                     VERDICT_SUPPORTED);
}

static void another_order_is_contradicted(void **state) {
    (void)state;
    assert_int_equal(verdict_of("The nightly copy: dump database, restic check, restic backup, prune.\n"),
                     VERDICT_CONTRADICTED);
}

static const char copying[] =
    "assay-facts: 1\n"
    "as_of: 2026-05-18\n"
    "scopes:\n"
    "  processes: {world: closed, categories: [quality]}\n"
    "processes:\n"
    "  - {id: copy, category: backup, aliases: [copy, night copy], cadence: 'every night at 02:30',\n"
    "     steps: [dump, snapshot, forget, check], order: strict}\n"
    "  - {id: probe, category: quality, aliases: [probe], cadence: every weekday at 07:45}\n";

static void steps_without_a_colon(void **state) {
    (void)state;
    static const said cases[] = {
        {"The copy always goes through the same four steps, dump, snapshot, forget, check.", ""},
        {"The copy always goes through the same four steps, snapshot, dump, forget, check.",
         "snapshot, dump, forget, check"},
        {"There is the copy, and its four steps are dump, forget, snapshot, check.", "dump, forget, snapshot, check"},
        {"There is the copy, and its four steps are dump, snapshot, check.", "dump, snapshot, check"},
        {"The copy comes at night. Snapshot, dump, forget, check: the last of these words counts.",
         "Snapshot, dump, forget, check"},
        {"The copy dumps, forgets, snapshots and checks.", "dumps, forgets, snapshots and checks"},
        {"The copy first dumps, then checks, then snapshots, then forgets.",
         "dumps, then checks, then snapshots, then forgets"},
        {"The copy is dump \xe2\x86\x92 forget \xe2\x86\x92 snapshot \xe2\x86\x92 check.",
         "dump \xe2\x86\x92 forget \xe2\x86\x92 snapshot \xe2\x86\x92 check"},
        {"The copy is simple: snapshot first, then dump, forget and check.",
         "snapshot first, then dump, forget and check"},
        {"The copy is simple: dump first, then snapshot, forget and check.", ""},
        {"The copy has four steps: snapshot, dump first of all, forget, check.", ""},
        {"The copy is dump -> snapshot -> forget -> check.", ""},
        {"The copy has these steps:\n\n- Dump\n- Forget\n- Snapshot\n- Check", "Dump | Forget | Snapshot | Check"},
        {"- Dump\n- Forget\n- Snapshot\n- Check\n\nThe copy keeps to this order.", "Dump | Forget | Snapshot | Check"},
        {"- Dump\n- Forget\n- Snapshot\n- Check\n\nThe copy never keeps to this order.", ""},
        {"- Dump\n- Forget\n- Snapshot\n- Check\n\nThe copy does all of these.", ""},
        {"The copy, as the script does it:\n\n- Dump\n- Forget\n- Snapshot\n- Check",
         "Dump | Forget | Snapshot | Check"},
        {"The copy, as the script does it:\n\n- Dump\n- Snapshot\n- Forget\n- Check", ""},
        {"The copy, where it failed:\n\n- Dump, and the disk was full\n- Forget\n- Snapshot\n- Check", ""},
        {"The steps of the old copy were:\n\n- Snapshot\n- Dump\n- Check", ""},
        {"In the past the copy had these steps: snapshot, dump, forget, check.", ""},
        {"You do it so:\n\n1. Snapshot the pool\n2. Dump the base\n3. Forget\n4. Check",
         "Snapshot the pool | Dump the base | Forget | Check"},
        {"You do it so:\n\n1. Snapshot the pool\n2. Dump the base\n3. Check", ""},
        {"The copy:\n\n1. dump the base\n2. snapshot it, because checking later is funny once\n3. forget\n4. check",
         ""},
        {"The copy forgets what the dump left, and a check comes after the snapshot.", ""},
    };
    expect_contradicted(copying, cases, COUNT_OF(cases));
}

static void cadences_in_other_forms(void **state) {
    (void)state;
    static const said cases[] = {
        {"Copies run once a week.", "once a week"},
        {"Copies run every night.", ""},
        {"The night copy every Monday is long.", "every Monday"},
        {"Night copies every night.", ""},
        {"The probe takes place on weekdays at 08:45.", "on weekdays at 08:45"},
        {"The probe is at 08:45 every weekday.", "08:45 every weekday"},
        {"The copy is scheduled for 03:30.", "03:30"},
        {"Every Friday I test a new recipe.", ""},
        {"I check the mailbox daily.", ""},
        {"Every Friday I test the model.", "Every Friday I test"},
        {"I check this weekly.", "check this weekly"},
        {"Every Monday I check the logs of another project.", ""},
        {"Copies are dear; every month I pay for them.", ""},
    };
    expect_contradicted(copying, cases, COUNT_OF(cases));
}

/* Words of order make an enumeration of all steps but one an order; a clause of time is no step of it. */
static void orders_in_plain_words(void **state) {
    (void)state;
    static const char swapping[] =
        "assay-facts: 1\nas_of: 2026-05-18\nscopes:\n  processes: {world: closed, categories: [quality]}\nprocesses:\n"
        "  - {id: publish, category: quality, aliases: [publish], cadence: on each article, order: strict,\n"
        "     steps: [draft, score, read, publish]}\n"
        "  - {id: swap, category: operations, aliases: [model swap], order: strict,\n"
        "     steps: [stop, drop the page cache, launch, verify]}\n";
    static const said cases[] = {
        {"Our publish sequence: draft, read, publish, and finally score.", "draft, read, publish, and finally score"},
        {"A model swap follows a simple order: first I launch the new model, then stop the old one, and finally "
         "verify.",
         "launch the new model, then stop the old one, and finally verify"},
        {"Our publish process is strict: publish to a hidden page first, then read, then score.",
         "publish to a hidden page first, then read, then score"},
        {"I publish by a rule. I draft it, publish it, then score it with live data, and read it last.",
         "draft it, publish it, then score it with live data, and read it last"},
        {"Swapping them used to be a chore. Now the procedure never varies: launch the new engine, verify it, then "
         "stop "
         "the old one.",
         "launch the new engine, verify it, then stop the old one"},
        {"Our publish sequence: draft, score, read, and finally publish.", ""},
        {"When I publish, I read the notes, draft, then score, and then read again.", ""},
        {"Before I publish, the draft is read, then scored once more.", ""},
        {"A model swap used to be different: first I launched the new model, then stopped the old one, and finally "
         "verified.",
         ""},
        {"With more memory a model swap could launch the new model, verify it, and then stop the old one.", ""},
        {"For a model swap you verify what launch and stop did.", ""},
        {"Swapping tyres is another matter. The order is: launch the jack, verify it, then stop the car.", ""},
    };
    expect_contradicted(swapping, cases, COUNT_OF(cases));
}

/* An item that no step's words match, right where the missing step would be, may be that step in other words. */
static void a_step_in_other_words(void **state) {
    (void)state;
    static const char ingesting[] =
        "assay-facts: 1\nas_of: 2026-05-18\nscopes:\n  processes: {world: closed, categories: [quality]}\nprocesses:\n"
        "  - {id: ingest, category: operations, aliases: [ingest], cadence: every night at 01:15, order: strict,\n"
        "     steps: [list new studies, pull, convert, upload, reconcile]}\n"
        "  - {id: nightly, category: build, aliases: [nightly], cadence: every night at 03:15, order: strict,\n"
        "     steps: [sync, compile, package, upload, boot test]}\n";
    static const said cases[] = {
        {"The ingest is simple. It lists the studies that have appeared, pulls them, converts them, uploads the result "
         "and finally reconciles the counts.",
         ""},
        {"The ingest is old. It asks the export node what is new, pulls the studies, converts them, uploads them and "
         "reconciles the counts.",
         ""},
        {"In the ingest we first ask what is new, then pull it, convert it, upload it and reconcile the counts.", ""},
        {"The ingest asks what is new, pulls it, converts it, uploads it and reconciles the counts.", ""},
        {"The nightly starts late and syncs. Then it compiles, packages, uploads, and runs the boot test.", ""},
        {"The nightly starts late and syncs. Then it syncs, compiles, packages and uploads.",
         "syncs, compiles, packages and uploads"},
        {"The nightly starts late. It syncs, compiles, packages, uploads, and finally boots the packaged game to the "
         "main menu.",
         ""},
        {"The nightly syncs, compiles, packages, uploads and starts the game once.", ""},
        {"The nightly has five steps: sync, compile, package, upload, and then start the game.", ""},
        {"The nightly starts late. It syncs, compiles, packages, tries the game and uploads.", ""},
        /* truly left out */
        {"The nightly starts late. It syncs, compiles, packages, and uploads.",
         "syncs, compiles, packages, and uploads"},
        {"The nightly syncs, compiles, packages and uploads, and then the office is quiet.",
         "syncs, compiles, packages and uploads"},
        {"The nightly has four steps: sync, compile, package, upload.", "sync, compile, package, upload"},
        {"The nightly starts late. It compiles, packages, uploads, and finally runs the boot test.",
         "compiles, packages, uploads, and finally runs the boot test"},
        {"Every night at 03:15, the nightly compiles, packages, uploads and runs the boot test.",
         "compiles, packages, uploads and runs the boot test"},
        {"The ingest is simple. It pulls the studies, converts them, uploads them and reconciles the counts.",
         "pulls the studies, converts them, uploads them and reconciles the counts"},
    };
    expect_contradicted(ingesting, cases, COUNT_OF(cases));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_declared_order_is_supported_though_two_steps_begin_alike),
        cmocka_unit_test(another_order_is_contradicted),
        cmocka_unit_test(steps_without_a_colon),
        cmocka_unit_test(orders_in_plain_words),
        cmocka_unit_test(a_step_in_other_words),
        cmocka_unit_test(cadences_in_other_forms),
    };
    return cmocka_run_group_tests_name("steps", tests, NULL, NULL);
}
