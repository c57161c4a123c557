/* cmd_rules.c - `assay rules`: what the ruler consists of. */
#include "cli/commands.h"
#include "report/problems.h"
#include "rules/ruleset.h"
#include "signals/selftest.h"
#include "signals/signals.h"

#include <math.h>
#include <string.h>

static void list_all(const ruleset *rules, buf *out) {
    buf_printf(out, "rules: %.*s  %s\n\nsignals (- lowers the score)\n", STR_ARG(rules->origin), rules->hash.text);
    for (int id = 0; id < SIGNAL_COUNT; id++) {
        const signal_rule *r = &rules->signals[id];
        buf_printf(out, "  %c %-22.*s cap %-5g %.*s\n", r->negative ? '-' : '+', STR_ARG(r->name), r->cap,
                   STR_ARG(r->summary));
    }
    buf_cstr(out, "\nlints\n");
    for (uint32_t i = 0; i < rules->lint_count; i++) {
        const lint_rule *r = &rules->lints[i];
        buf_printf(out, "    %-26.*s %-8s %.*s\n", STR_ARG(r->name), level_name(r->level), STR_ARG(r->summary));
    }
    buf_cstr(out, "\nfindings that no lint makes\n");
    for (size_t i = 0; report_own_rules[i]; i++)
        buf_printf(out, "    %-35s %.*s\n", report_own_rules[i],
                   STR_ARG(report_rule_summary(rules, str_from_cstr(report_own_rules[i]))));
    buf_cstr(out, "\nstyles\n");
    for (uint32_t i = 0; i < rules->style_count; i++) {
        const style *s = &rules->styles[i];
        buf_printf(out, "    %-26.*s minimum %-5g %.*s%s\n", STR_ARG(s->name), s->minimum, STR_ARG(s->summary),
                   i == rules->default_style ? " (default)" : "");
    }
}

static void show_signal(const ruleset *rules, const signal_rule *r, buf *out) {
    static const char *const kinds[] = {"pattern", "structure", "statistic", "tokens"};
    buf_printf(out, "%.*s (signal, %s)\n%.*s\n\n%.*s\n\nkind %s, unit %.*s, cap %g\n", STR_ARG(r->name),
               r->negative ? "lowers the score" : "raises the score", STR_ARG(r->summary), STR_ARG(r->details),
               kinds[r->kind], STR_ARG(r->unit), r->cap);
    for (uint32_t i = 0; i < rules->style_count; i++) {
        const style *s = &rules->styles[i];
        buf_printf(out, "  in %-26.*s %g points each, up to %g\n", STR_ARG(s->name), s->weights[r->id], s->caps[r->id]);
    }
    buf_cstr(out, "\nwith a manifest: ");
    signal_put_with_manifest(rules, r->id, out);
    buf_byte(out, '\n');
}

static void show_lint(const ruleset *rules, const lint_rule *r, buf *out) {
    buf_printf(out, "%.*s (lint, %s)\n%.*s\n\n%.*s\n", STR_ARG(r->name), level_name(r->level), STR_ARG(r->summary),
               STR_ARG(r->details));
    if (r->budget_free > 0 || r->budget_per_1000 > 0)
        buf_printf(out, "\nallowed: %g, and %g more per 1000 words\n", r->budget_free, r->budget_per_1000);
    for (uint32_t i = 0; i < rules->style_count; i++)
        for (uint32_t k = 0; k < rules->styles[i].lint_count; k++)
            if (&rules->lints[rules->styles[i].lints[k].lint] == r)
                buf_printf(out, "  in %-26.*s %s\n", STR_ARG(rules->styles[i].name),
                           level_name(rules->styles[i].lints[k].level));
}

static void show_style(const ruleset *rules, const style *s, buf *out) {
    buf_printf(out,
               "%.*s (style)\n%.*s\n\nminimum %g, with a manifest %g; a contradicted claim costs %g; words %u to %u\n",
               STR_ARG(s->name), STR_ARG(s->summary), s->minimum, s->vouched_minimum, s->contradiction_cost,
               s->words_min, s->words_max);
    buf_cstr(out, "required frontmatter:");
    for (uint32_t i = 0; i < s->required_count; i++) buf_printf(out, " %.*s", STR_ARG(s->required_keys[i]));
    buf_cstr(out, "\n\n");
    for (int id = 0; id < SIGNAL_COUNT; id++)
        buf_printf(out, "  %-22.*s weight %-6g cap %-6g at most %g\n", STR_ARG(rules->signals[id].name), s->weights[id],
                   s->caps[id],
                   rules->signals[id].negative ? -s->weights[id] * s->caps[id] : s->weights[id] * s->caps[id]);
    for (uint32_t i = 0; i < s->lint_count; i++)
        buf_printf(out, "  lint %-26.*s %s\n", STR_ARG(rules->lints[s->lints[i].lint].name),
                   level_name(s->lints[i].level));
}

/* What reports call a finding that no lint makes, and what the operator can do about it. */
static bool show_own(const ruleset *rules, str wanted, buf *out) {
    const char *how = str_eq(wanted, STR("truth-thin")) ? "--fail-on-claims decides whether it fails, --about whether "
                                                          "the article is asked; a baseline lets it stand"
                      : str_starts(wanted, STR("truth-"))
                          ? "--fail-on-claims decides whether it fails; a claim is waived one by one, with a reason"
                      : str_starts(wanted, STR("physics-"))        ? "it is waived with a reason, and has no level"
                      : str_eq(wanted, STR("score-below-minimum")) ? "--threshold and a baseline decide it"
                                                                   : "lints: in .assay.yaml sets its level";
    if (str_eq(wanted, STR("not-judged"))) {
        buf_cstr(out, "not-judged (finding that no lint makes)\nThe article could not be judged\n\n"
                      "its message says why; the run exits 2, and nothing waives it\n");
        return true;
    }
    bool own = false;
    for (size_t i = 0; report_own_rules[i]; i++) own = own || str_eq(wanted, str_from_cstr(report_own_rules[i]));
    if (own)
        buf_printf(out, "%.*s (finding that no lint makes)\n%.*s\n\n%s\n", STR_ARG(wanted),
                   STR_ARG(report_rule_summary(rules, wanted)), how);
    return own;
}

static int show_one(const ruleset *rules, const char *name, buf *out) {
    str wanted = str_from_cstr(name), nearest[4] = {{0}};
    const signal_rule *signal = ruleset_signal(rules, wanted, &nearest[0]);
    const lint_rule *lint = ruleset_lint(rules, wanted, &nearest[1]);
    const style *s = ruleset_style(rules, wanted, &nearest[2]);
    if (signal) show_signal(rules, signal, out);
    if (lint) show_lint(rules, lint, out);
    if (s) show_style(rules, s, out);
    if (signal || lint || s || show_own(rules, wanted, out)) return 0;
    str best = {0};
    unsigned least = 99;
    for (size_t i = 0; report_own_rules[i]; i++) {
        unsigned distance = str_distance(wanted, str_from_cstr(report_own_rules[i]), 98);
        if (distance < least) least = distance, nearest[3] = str_from_cstr(report_own_rules[i]);
    }
    least = 99;
    for (size_t i = 0; i < COUNT_OF(nearest); i++) {
        unsigned distance = nearest[i].n ? str_distance(wanted, nearest[i], 98) : 99;
        if (distance < least) least = distance, best = nearest[i];
    }
    str_hint_text hint = str_hint(wanted, best);
    return cli_trouble("no signal, lint, style or finding is called '%s'%s%s", name, hint.text,
                       *hint.text ? "" : ": 'assay rules' lists them");
}

/* `assay rules test [NAME…]`: exit 1 when a test line does not come out as its file says. */
static int test_rules(const ruleset *rules, const invocation *call, buf *out) {
    arena *a = arena_new(0);
    uint32_t lines = 0, failed = 0;
    int status = a ? 0 : cli_trouble("out of memory");
    for (size_t i = call->operand_count > 1 ? 1 : 0; i < call->operand_count && !status; i++) {
        error e = {0};
        selftest_result result;
        str only = i ? str_from_cstr(call->operands[i]) : (str){NULL, 0};
        if (only.n && !ruleset_signal(rules, only, NULL) && !ruleset_lint(rules, only, NULL))
            status = cli_trouble("no signal or lint is called '%s'", call->operands[i]);
        else if (selftest_run(a, rules, only, &result, &e))
            status = cli_error(&e);
        if (status) break;
        for (uint32_t k = 0; k < result.failed; k++) {
            const selftest_failure *f = &result.failures[k];
            buf_printf(out, "%.*s:%u: error [%.*s] %.*s\n", STR_ARG(f->file), f->line, STR_ARG(f->rule),
                       STR_ARG(f->message));
        }
        lines += result.run;
        failed += result.failed;
    }
    buf_printf(out, "%u test lines: %u passed, %u failed\n", lines, lines - failed, failed);
    arena_free(a);
    return status ? status : failed ? 1 : 0;
}

static int run_rules(const invocation *call) {
    error e = {0};
    ruleset *opened = NULL;
    const ruleset *rules = NULL;
    const char *folder = option_text(call, "rules");
    int status = folder ? ruleset_open(folder, &opened, &e) : ruleset_builtin(&rules, &e);
    if (status) return cli_error(&e);
    if (folder) rules = opened;
    buf out = {0};
    bool testing = call->operand_count > 0 && strcmp(call->operands[0], "test") == 0;
    if (call->operand_count == 0) list_all(rules, &out);
    if (testing) status = test_rules(rules, call, &out);
    for (size_t i = 0; !testing && i < call->operand_count && !status; i++)
        status = show_one(rules, call->operands[i], &out);
    int written = status == 2 ? 0 : out.failed ? cli_trouble("out of memory") : cli_write(buf_view(&out));
    buf_free(&out);
    ruleset_free(rules);
    return written ? written : status;
}

static const char *const flags[] = {"rules", NULL};
static const char *const examples[] = {"assay rules",
                                       "list signals, lints and styles",
                                       "assay rules version_refs",
                                       "print one with its definition",
                                       "assay rules test",
                                       "run the test lines that every rule file carries",
                                       NULL};

const command command_rules = {
    .name = "rules",
    .operands = "[NAME...|test]",
    .summary = "list the signals, lints and styles; test them",
    .flags = flags,
    .examples = examples,
    .run = run_rules,
};
