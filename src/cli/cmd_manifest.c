/* cmd_manifest.c - `assay manifest check|probe|gaps|import`: the operator's ground truth. */
#include "base/file.h"
#include "base/shown.h"
#include "cli/commands.h"
#include "cli/judge.h"
#include "gate/trial.h"
#include "manifest/derived.h"
#include "manifest/gap_words.h"
#include "manifest/gaps.h"
#include "manifest/import.h"
#include "manifest/notes.h"
#include "manifest/probe.h"

#include <math.h>
#include <stdio.h>
#include <time.h>

static day_number today(void) {
    time_t now = time(NULL);
    struct tm local;
    if (!localtime_r(&now, &local)) return 0;
    return date_make((unsigned)local.tm_year + 1900, (unsigned)local.tm_mon + 1, (unsigned)local.tm_mday);
}

static int write_out(int status, buf *out) {
    if (!status) status = out->failed ? cli_trouble("out of memory") : cli_write(buf_view(out));
    buf_free(out);
    return status;
}

/* ---- check ---- */

static void count_states(const manifest *m, buf *out) {
    uint32_t unconfirmed = 0, stale = 0;
    for (uint32_t i = 0; i < m->fact_count; i++) {
        enum fact_state state = manifest_fact_state(m, m->facts[i], today());
        unconfirmed += state == FACT_UNCONFIRMED;
        stale += state == FACT_STALE;
    }
    if (unconfirmed) buf_printf(out, ", %u unconfirmed", unconfirmed);
    if (stale) buf_printf(out, ", %u stale", stale);
}

/* What the derived facts come to, so that the operator sees it before an article is judged by it. */
static void list_values(const manifest *m, buf *out) {
    arena *a = arena_new(0);
    const derived_value *values = a ? derived_evaluate(a, m) : NULL;
    if (!values) out->failed = true;
    for (uint32_t i = 0; values && i < m->derived_count; i++) {
        buf_cstr(out, "  ");
        shown_put(out, m->derived[i].fact.id);
        buf_cstr(out, " = ");
        derived_show(m, i, &values[i], out);
        buf_cstr(out, "   (");
        shown_put(out, m->derived[i].text);
        buf_cstr(out, ")\n");
    }
    arena_free(a);
}

/* Files and, once, "-". */
static int load_all(const invocation *call, const char *const *files, size_t n, manifest **m, error *e) {
    manifest_source *sources = ARENA_ARRAY(call->a, manifest_source, n);
    bool stdin_read = false;
    if (!sources) return error_set(e, ERROR_MEMORY, "out of memory");
    for (size_t i = 0; i < n; i++) {
        bool from_stdin = strcmp(files[i], "-") == 0;
        if (from_stdin && stdin_read) return error_set(e, ERROR_IO, "standard input is read once: name '-' once");
        stdin_read |= from_stdin;
        sources[i].path = str_from_cstr(files[i]);
        str *content = &sources[i].content;
        int status = from_stdin ? file_read_fd(call->a, 0, "-", MANIFEST_LIMIT_BYTES, content, e)
                                : file_read(call->a, files[i], MANIFEST_LIMIT_BYTES, content, e);
        if (status) return status;
    }
    return manifest_load(sources, n, m, e);
}

static int run_check(const invocation *call, const char *const *files, size_t n) {
    manifest *m = NULL;
    error e = {0};
    buf out = {0};
    if (!n) return cli_trouble("'assay manifest check' takes one or several manifest files, or - for standard input");
    if (load_all(call, files, n, &m, &e) || !m) return cli_error(&e);
    buf_printf(&out, "%s%s: ok, as of %s: %u fact%s", files[0], n > 1 ? " and others" : "", date_format(m->as_of).text,
               m->fact_count, m->fact_count == 1 ? "" : "s");
    count_states(m, &out);
    buf_printf(&out, ", %u %s, %zu name%s\n%s\n", m->entity_count, m->entity_count == 1 ? "entity" : "entities",
               alias_count(m->names), alias_count(m->names) == 1 ? "" : "s", m->hash.text);
    if (option_given(call, "values")) list_values(m, &out);
    if (!manifest_notes(m, today(), &out)) out.failed = true;
    manifest_free(m);
    return write_out(0, &out);
}

/* ---- probe ---- */

static int run_probe(const invocation *call, size_t operands) {
    error e = {0};
    buf out = {0};
    const char *root = option_text(call, "root");
    if (operands) return cli_trouble("'assay manifest probe' takes no files");
    probe_options options = {.root = root,
                             .run = root ? NULL : probe_run_program,
                             .today = today(),
                             .packages = !option_given(call, "no-packages")};
    int status = manifest_probe(&options, &out, &e) ? cli_error(&e) : 0;
    return write_out(status, &out);
}

/* ---- import ---- */

static int run_import(const invocation *call, const char *const *files, size_t n) {
    error e = {0};
    buf out = {0};
    str content;
    const char *from = option_text(call, "from");
    if (n != 1) return cli_trouble("'assay manifest import' takes one JSON file, or - for standard input");
    import_options options = {.path = str_from_cstr(files[0]), .today = today()};
    if (from && strcmp(from, "cyclonedx") == 0) options.format = IMPORT_CYCLONEDX;
    if (from && strcmp(from, "osquery") == 0) options.format = IMPORT_OSQUERY;
    int status = strcmp(files[0], "-") == 0 ? file_read_fd(call->a, 0, "-", IMPORT_LIMIT_BYTES, &content, &e)
                                            : file_read(call->a, files[0], IMPORT_LIMIT_BYTES, &content, &e);
    if (!status) status = manifest_import(content, &options, &out, &e);
    return write_out(status ? cli_error(&e) : 0, &out);
}

/* ---- gaps ---- */

/* What a version is of, as written next to it: "PostgreSQL" of "PostgreSQL 16.2". */
static str written_subject(const judgement *judged, const claim *c) {
    for (uint32_t i = 0; i < judged->tokens.n; i++) {
        const token *t = &judged->tokens.at[i];
        if (t->text.lo > c->text.hi) break;
        if (t->kind == TOKEN_VERSION && t->core.lo < c->text.hi && t->core.hi > c->text.lo &&
            t->subject.hi > t->subject.lo)
            return str_slice(judged->article.text, t->subject.lo, t->subject.hi);
    }
    return (str){NULL, 0};
}

/* Of whom the claim is, as far as its sentence tells: a claim about something undeclared has mostly no subject. */
static void read_words(const manifest *m, arena *a, const judgement *judged, const claim *c, manifest_gap *gap) {
    const unsigned machines = 1u << ENTITY_HOST | 1u << ENTITY_HARDWARE;
    if (c->sentence == BLOCK_NONE || c->text.hi <= c->text.lo) return;
    text_range within = judged->article.sentences[c->sentence].text;
    if (c->text.lo < within.lo || c->text.hi > within.hi) return;
    gap_sentence s = {.m = m,
                      .a = a,
                      .text = str_slice(judged->article.text, within.lo, within.hi),
                      .lo = c->text.lo - within.lo,
                      .hi = c->text.hi - within.lo};
    const manifest_entity *machine = gap_owner(&s, machines), *owner = NULL;
    if (c->kind == CLAIM_PORT) {
        owner = gap_owner(&s, 1u << ENTITY_SERVICE);
        if (machine) gap->host = machine->id;
        if (!gap->subject.n) gap->subject = owner ? owner->id : gap_listener(&s);
    } else if (c->kind == CLAIM_QUANTITY || c->kind == CLAIM_HARDWARE) {
        gap->noun = gap_noun(&s);
        owner = machine ? machine : gap_owner(&s, 1u << ENTITY_SERVICE | 1u << ENTITY_COMPONENT);
        if (!gap->subject.n && owner) gap->subject = owner->id;
    } else if (!gap->subject.n && (c->kind == CLAIM_VERSION || c->kind == CLAIM_PACKAGE)) {
        gap->subject = written_subject(judged, c);
    }
}

/* "Harbor is in Oslo" of a machine whose place nothing declares: no claim yet, for nothing could judge it. */
static bool add_places(gap_set *set, const manifest *m, arena *a, const judgement *judged) {
    for (uint32_t i = 0; judged->claims.vouching && i < judged->article.sentence_count; i++) {
        text_range r = judged->article.sentences[i].text;
        str text = str_slice(judged->article.text, r.lo, r.hi);
        gap_whereabouts found = gap_place(m, a, text);
        if (!found.machine) continue;
        manifest_gap gap = {.kind = STR("place"),
                            .subject = found.machine->id,
                            .text = str_slice(text, found.lo, found.hi),
                            .normal = found.town,
                            .count = 1};
        if (!gap_set_add(set, &gap)) return false;
    }
    return true;
}

static bool is_gap(const claim *c) { return c->verdict == VERDICT_UNVERIFIED && c->credit_bearing && !c->waived; }

static bool same_gap(const claim *c, const claim *other) {
    return c->kind == other->kind && str_eq(c->normal, other->normal) && str_eq(c->subject, other->subject);
}

/* What the article's score would rise by if the claims that say this, from the i-th on, were supported: measured, for
 * most of what a doubt withholds earns nothing without it either. What says the same further up has it all. */
static double credit_of(trials *t, arena *a, const claim_list *claims, size_t i) {
    VEC(span) places = {0};
    trial_result granted;
    for (size_t k = 0; k < i; k++)
        if (is_gap(&claims->at[k]) && same_gap(&claims->at[k], &claims->at[i])) return 0;
    for (size_t k = i; k < claims->n && t->left; k++)
        if (is_gap(&claims->at[k]) && same_gap(&claims->at[k], &claims->at[i]) &&
            !VEC_PUSH(a, &places, claims->at[k].where))
            return 0;
    if (!trial_granting(t, places.at, places.n, &granted)) return 0;
    return round((granted.score - t->judged->score) * 1000) / 1000 + 0.0; /* no "-0" */
}

/* Of one article: what is not measured any more counts with no points. */
enum { MAX_GRANTS = 512, MAX_GRANT_BYTES = 16 << 20 };

static bool add_claims(gap_set *set, const gate_options *gate, arena *a, const judgement *judged) {
    trials t;
    if (!gate->manifest) return true;
    bool ok = trials_open(&t, gate, judged, MAX_GRANTS, MAX_GRANT_BYTES);
    for (size_t i = 0; i < judged->claims.n && ok; i++) {
        const claim *c = &judged->claims.at[i];
        if (!is_gap(c)) continue;
        manifest_gap gap = {.kind = str_from_cstr(claim_kind_name(c->kind)),
                            .subject = c->subject,
                            .text = c->quote,
                            .normal = c->normal,
                            .count = 1,
                            .credit = t.left ? credit_of(&t, a, &judged->claims, i) : 0};
        read_words(gate->manifest, a, judged, c, &gap);
        ok = gap_set_add(set, &gap);
    }
    trials_close(&t);
    return ok && add_places(set, gate->manifest, a, judged);
}

static int judge_articles(const judge_setup *setup, const input_list *inputs, gap_set *set) {
    int status = 0;
    arena *a = arena_new(0);
    if (!a) return cli_trouble("out of memory");
    for (size_t i = 0; i < inputs->n && !status; i++) {
        error e = {0};
        judgement judged;
        if (judge_one(setup, &inputs->at[i], i, a, &judged, &e)) {
            status = cli_error(&e);
        } else if (!add_claims(set, &judge_plan_of(setup, i)->gate, a, &judged)) {
            status = cli_trouble("out of memory");
        }
        arena_reset(a);
    }
    arena_free(a);
    return status;
}

/* Articles as `check` takes them, behind the verb. */
static int run_gaps(const invocation *whole) {
    invocation behind = *whole;
    const invocation *call = &behind;
    judge_setup *setup = NULL;
    input_list inputs = {0};
    error e = {0};
    buf out = {0};
    double limit;
    size_t count;
    gap_set *set = gap_set_new(call->a);
    behind.operands++, behind.operand_count--;
    if (!set) return cli_trouble("out of memory");
    if (!option_number(call, "limit", 50, &limit)) return EXIT_TROUBLE;
    if (limit < 0 || limit > 1e6 || limit != floor(limit)) return cli_trouble("--limit takes 0 to 1000000");
    int status = judge_inputs(call, &inputs);
    if (!status) status = judge_setup_make(call, &inputs, &setup);
    if (!status && inputs.n && !judge_has_manifest(setup)) /* without what is declared nothing is a gap */
        status =
            cli_trouble("'assay manifest gaps' needs the manifest that lacks them: give --manifest FILE, or name it "
                        "in .assay.yaml");
    if (!status) status = judge_articles(setup, &inputs, set);
    manifest_gap *gaps = gap_set_items(set, &count);
    gaps_options options = {.manifest = status || !inputs.n ? NULL : judge_plan_of(setup, 0)->gate.manifest,
                            .today = today(),
                            .limit = (size_t)limit};
    if (!status && manifest_gaps_render(gaps, count, &options, &out, &e)) status = cli_error(&e);
    judge_setup_free(setup);
    return write_out(status, &out);
}

/* ---- the command ---- */

/* What is read by no other verb: a flag that does nothing would be taken for one that does. */
static const char *const check_flags[] = {"values", NULL};
static const char *const probe_flags[] = {"root", "no-packages", NULL};
static const char *const import_flags[] = {"from", NULL};
static const char *const gaps_flags[] = {
    "limit",    "config", "no-config",      "style",         "manifest", "rules",     "untrusted",     "about",
    "baseline", "staged", "stdin-filename", "changed-since", "max-size", "no-unwrap", "force-exclude", NULL};

static int run_manifest(const invocation *call) {
    const char *what = call->operand_count ? call->operands[0] : "";
    const char *const *files = call->operands + 1;
    size_t n = call->operand_count ? call->operand_count - 1 : 0;
    if (strcmp(what, "check") == 0)
        return option_refuse_others(call, check_flags, "manifest check") ? EXIT_TROUBLE : run_check(call, files, n);
    if (strcmp(what, "probe") == 0)
        return option_refuse_others(call, probe_flags, "manifest probe") ? EXIT_TROUBLE : run_probe(call, n);
    if (strcmp(what, "import") == 0)
        return option_refuse_others(call, import_flags, "manifest import") ? EXIT_TROUBLE : run_import(call, files, n);
    if (strcmp(what, "gaps") == 0)
        return option_refuse_others(call, gaps_flags, "manifest gaps") ? EXIT_TROUBLE : run_gaps(call);
    return cli_trouble("'assay manifest' takes check, probe, gaps or import%s%s%s", *what ? ", not '" : "", what,
                       *what ? "'" : "");
}

static const char *const flags[] = {"values",         "root",          "no-packages", "from",          "limit",
                                    "config",         "no-config",     "style",       "manifest",      "rules",
                                    "untrusted",      "about",         "baseline",    "changed-since", "staged",
                                    "stdin-filename", "force-exclude", "max-size",    "no-unwrap",     NULL};
static const char *const examples[] = {"assay manifest check site.yaml host.yaml",
                                       "check a manifest, alone or merged from several files",
                                       "assay manifest probe > host.yaml",
                                       "write a manifest of this machine, each entry with its source",
                                       "assay manifest gaps --manifest site.yaml articles/",
                                       "print unconfirmed stubs for what no fact speaks of",
                                       "assay manifest import bom.json > packages.yaml",
                                       "read a CycloneDX bill of materials, or osquery's results",
                                       NULL};

const command command_manifest = {
    .name = "manifest",
    .verbs = "check|probe|gaps|import",
    .operands = "check FILES... | probe | gaps [FILES|DIRS|-]... | import FILE",
    .summary = "check, probe, extend and import the ground truth",
    .description =
        "check: loads the files (- is standard input) as one manifest; says the first authoring error with its line "
        "and column. "
        "With --values it lists what the derived facts come to.\n"
        "probe: writes a manifest of this machine from /proc, /sys, the package database and nvidia-smi, without "
        "root and without the network.\n"
        "gaps: judges the articles and prints stubs for the claims that no fact speaks of, worth most first; each "
        "is marked unconfirmed and judges nothing until the operator deletes that mark. What they are of is read from "
        "the sentence and wants checking. The manifest is that of --manifest, else of .assay.yaml; without articles it "
        "reads those below the current folder.\n"
        "import: turns CycloneDX 1.5+ JSON or osquery JSON into a manifest.",
    .flags = flags,
    .examples = examples,
    .run = run_manifest,
};
