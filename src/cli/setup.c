/* setup.c - flags and configurations to one plan an article.
 *
 * Order of authority: flag, then the nearest .assay.yaml with its overrides, then the default. Each configuration,
 * manifest set and baseline is opened once however many articles share it.
 */
#include "cli/judge.h"

#include "base/file.h"
#include "cli/commands.h"
#include "config/outer.h"
#include "config/paths.h"

#include <math.h>
#include <time.h>
#include <unistd.h>

typedef struct folder_config {
    str folder;
    const config *c; /* NULL: none found */
} folder_config;

typedef struct named_manifest {
    str files; /* joined by '\n' */
    manifest *m;
    bool used; /* by an article, not only opened to see that it can be */
} named_manifest;

struct judge_setup {
    const invocation *call;
    const input_list *inputs; /* while the setup is made */
    arena *a;
    judge_plan *plans;
    size_t plan_count;
    report_context report;
    const ruleset *rules;
    str rules_folder;
    baseline *known;
    str baseline_file, today;
    sha256_text manifest_hash;
    VEC(config *) configs;
    size_t checked; /* the first of them have had their settings checked */
    VEC(folder_config) folders;
    outer_configs outer;
    VEC(named_manifest) manifests;
};

const judge_plan *judge_plan_of(const judge_setup *setup, size_t index) { return &setup->plans[index]; }
bool judge_has_manifest(const judge_setup *setup) {
    for (size_t i = 0; i < setup->plan_count; i++)
        if (setup->plans[i].gate.manifest) return true;
    return false;
}
const report_context *judge_report(const judge_setup *setup) { return &setup->report; }

/* ---- configurations -------------------------------------------------------------------------------------------- */

static int open_config(judge_setup *s, const char *path, const config **out) {
    error e = {0};
    config *c = NULL;
    if (config_open(path, &c, &e)) return cli_error(&e);
    *out = c;
    return VEC_PUSH(s->a, &s->configs, c) ? 0 : (config_free(c), cli_trouble("out of memory"));
}

static int config_for(judge_setup *s, const input *in, const config **out) {
    *out = NULL;
    if (option_given(s->call, "no-config")) return 0;
    const char *named = option_text(s->call, "config");
    str folder = named ? ((str){0}) : path_folder(in->name); /* standard input is where its name says */
    for (size_t i = s->folders.n; i-- > 0;)
        if (str_eq(s->folders.at[i].folder, folder)) return *out = s->folders.at[i].c, 0;
    const char *path = named ? named : config_find(s->a, arena_cstr(s->a, folder));
    const config *shared = NULL;
    for (size_t i = 0; path && i < s->folders.n && !shared; i++)
        if (s->folders.at[i].c && str_eq(config_path(s->folders.at[i].c), str_from_cstr(path)))
            shared = s->folders.at[i].c;
    int status = path && !shared ? open_config(s, path, &shared) : 0;
    if (status) return status;
    *out = shared;
    return VEC_PUSH(s->a, &s->folders, (folder_config){folder, shared}) ? 0 : cli_trouble("out of memory");
}

/* ---- flags over settings --------------------------------------------------------------------------------------- */

static void take_flag(const judge_setup *s, settings *out, enum setting_id id, const char *flag_name,
                      const char *origin) {
    const char *text = option_text(s->call, flag_name);
    if (text) out->at[id] = (setting){str_from_cstr(text), str_from_cstr(origin)};
}

static int flags_over(judge_setup *s, settings *out) {
    take_flag(s, out, SETTING_STYLE, "style", "--style");
    take_flag(s, out, SETTING_THRESHOLD, "threshold", "--threshold");
    take_flag(s, out, SETTING_RULES, "rules", "--rules");
    take_flag(s, out, SETTING_ABOUT, "about", "--about");
    take_flag(s, out, SETTING_FAIL_ON, "fail-on", "--fail-on");
    take_flag(s, out, SETTING_FAIL_ON_CLAIMS, "fail-on-claims", "--fail-on-claims");
    take_flag(s, out, SETTING_MAX_SIZE, "max-size", "--max-size");
    take_flag(s, out, SETTING_BASELINE, "baseline", "--baseline");
    /* Drafts are untrusted unless the operator says otherwise on the command line: no configuration file can. */
    const char *const writers[] = {"batch", "draft", "bench"};
    bool drafts = false;
    for (size_t i = 0; i < COUNT_OF(writers); i++) drafts |= strcmp(s->call->command->name, writers[i]) == 0;
    if (drafts && !option_given(s->call, "trusted"))
        out->at[SETTING_UNTRUSTED] = (setting){STR("true"), STR("default for drafts")};
    if (option_given(s->call, "untrusted")) out->at[SETTING_UNTRUSTED] = (setting){STR("true"), STR("--untrusted")};
    const option_values *files = option_list(s->call, "manifest");
    if (!files->n) return 0;
    buf joined = {0};
    for (size_t i = 0; i < files->n; i++) buf_printf(&joined, "%s%s", i ? "\n" : "", files->at[i]);
    out->at[SETTING_MANIFEST] = (setting){arena_str(s->a, buf_view(&joined)), STR("--manifest")};
    buf_free(&joined);
    return 0;
}

/* ---- what settings name ---------------------------------------------------------------------------------------- */

/* What cannot be read was named somewhere: in a configuration, whose line is to be mended. An error that stands in the
 * file itself has its own place. */
static int cannot_open(const setting *asked, const error *e) {
    char text[900];
    if (e->code != ERROR_IO || str_starts(asked->origin, STR("--"))) return cli_error(e);
    return cli_trouble("%.*s: %s", STR_ARG(asked->origin), error_text(e, text, sizeof text));
}

static int open_manifest(judge_setup *s, const setting *asked, named_manifest **out) {
    str files = asked->value;
    for (size_t i = 0; i < s->manifests.n; i++)
        if (str_eq(s->manifests.at[i].files, files)) return *out = &s->manifests.at[i], 0;
    VEC(const char *) paths = {0};
    str rest = files, part;
    while (str_cut(&rest, '\n', &part))
        if (!VEC_PUSH(s->a, &paths, arena_cstr(s->a, part))) return cli_trouble("out of memory");
    error e = {0};
    manifest *m = NULL;
    if (manifest_load_files(paths.at, paths.n, &m, &e)) return cannot_open(asked, &e);
    if (!VEC_PUSH(s->a, &s->manifests, (named_manifest){files, m, false})) {
        manifest_free(m);
        return cli_trouble("out of memory");
    }
    *out = &s->manifests.at[s->manifests.n - 1];
    return 0;
}

static int manifest_for(judge_setup *s, const setting *asked, const manifest **out) {
    named_manifest *opened;
    *out = NULL;
    if (asked->value.n == 0) return 0;
    int status = open_manifest(s, asked, &opened);
    if (status) return status;
    opened->used = true;
    *out = opened->m;
    return 0;
}

static int rules_for(judge_setup *s, const setting *asked) {
    str folder = asked->value;
    error e = {0};
    if (s->rules && str_eq(folder, s->rules_folder)) return 0;
    if (s->rules)
        return cli_trouble("two articles of one run ask for different rules ('%.*s' and '%.*s'): judge them apart",
                           STR_ARG(s->rules_folder), STR_ARG(folder));
    s->rules_folder = folder;
    if (folder.n == 0) return ruleset_builtin(&s->rules, &e) ? cli_error(&e) : 0;
    ruleset *opened = NULL;
    if (ruleset_open(arena_cstr(s->a, folder), &opened, &e)) return cannot_open(asked, &e);
    s->rules = opened;
    return 0;
}

static int baseline_for(judge_setup *s, const setting *asked) {
    str file = asked->value;
    error e = {0};
    if (file.n == 0 || option_given(s->call, "write-baseline")) return 0;
    if (s->known && str_eq(file, s->baseline_file)) return 0;
    if (s->known) return cli_trouble("two articles of one run ask for different baselines: judge them apart");
    s->baseline_file = file;
    const char *path = arena_cstr(s->a, file);
    if (!path || !baseline_open(path, &s->known, &e)) return path ? 0 : cli_trouble("out of memory");
    if (e.code != ERROR_IO || access(path, F_OK) == 0) return cannot_open(asked, &e);
    bool by_flag = str_starts(asked->origin, STR("--"));
    return cli_trouble("%.*s%s%s: there is no such file: write it once with 'assay check --write-baseline %s'",
                       STR_ARG(by_flag ? STR("") : asked->origin), by_flag ? "" : ": ", path, path);
}

static int check_style(const judge_setup *s, const setting *asked) {
    str nearest = {0};
    if (asked->value.n == 0 || ruleset_style(s->rules, asked->value, &nearest)) return 0;
    buf known = {0};
    for (uint32_t i = 0; i < s->rules->style_count; i++)
        buf_printf(&known, "%s%.*s", i ? ", " : "", STR_ARG(s->rules->styles[i].name));
    str_hint_text hint = str_hint(asked->value, nearest);
    int status = cli_trouble("%.*s: unknown style '%.*s'%s Known: %.*s", STR_ARG(asked->origin), STR_ARG(asked->value),
                             *hint.text ? hint.text : ".", STR_ARG(buf_view(&known)));
    buf_free(&known);
    return status;
}

static bool parse_size(str text, size_t *bytes) {
    unsigned shift = 0;
    uint64_t n;
    if (text.n > 1 && byte_is_alpha(text.p[text.n - 1])) {
        uint8_t c = byte_lower(text.p[text.n - 1]);
        shift = c == 'k' ? 10 : c == 'm' ? 20 : c == 'g' ? 30 : 40;
        text.n--;
    }
    if (!str_to_u64(text, &n) || n == 0 || shift == 40 || n > ((uint64_t)UINT32_MAX / 2) >> shift) return false;
    *bytes = (size_t)(n << shift);
    return true;
}

static int plan_gate(judge_setup *s, judge_plan *plan, const input *in) {
    const setting *at = plan->settings.at;
    gate_options *gate = &plan->gate;
    if (!parse_size(at[SETTING_MAX_SIZE].value, &plan->max_bytes))
        return cli_trouble("%.*s: max-size takes a size such as 4096, 512K or 2M, at most 2047M, not '%.*s'",
                           STR_ARG(at[SETTING_MAX_SIZE].origin), STR_ARG(at[SETTING_MAX_SIZE].value));
    gate->minimum = NAN;
    gate->ratchet = NAN;
    if (at[SETTING_THRESHOLD].value.n && !str_to_f64(at[SETTING_THRESHOLD].value, &gate->minimum))
        return cli_trouble("%.*s: threshold takes a number, not '%.*s'", STR_ARG(at[SETTING_THRESHOLD].origin),
                           STR_ARG(at[SETTING_THRESHOLD].value));
    gate->rules = s->rules;
    gate->style = at[SETTING_STYLE].value;
    gate->default_style = at[SETTING_DEFAULT_STYLE].value;
    gate->about_ours = str_eq(at[SETTING_ABOUT].value, STR("ours"));
    gate->untrusted = str_eq_nocase(at[SETTING_UNTRUSTED].value, STR("true"));
    level_parse(at[SETTING_FAIL_ON].value, &gate->fail_level);
    str claims = at[SETTING_FAIL_ON_CLAIMS].value;
    gate->fail_claims = str_eq(claims, STR("unverified")) ? CLAIMS_UNVERIFIED
                        : str_eq(claims, STR("never"))    ? CLAIMS_NEVER
                                                          : CLAIMS_CONTRADICTED;
    gate->article = (article_options){.max_bytes = plan->max_bytes,
                                      .keep_fence = option_given(s->call, "no-unwrap"),
                                      .mdx = str_eq_nocase(path_extension(in->name), STR(".mdx"))};
    int status = check_style(s, &at[SETTING_STYLE]);
    return status ? status : check_style(s, &at[SETTING_DEFAULT_STYLE]);
}

/* What the configurations say of other articles than these is checked with them: an override whose style is misspelt
 * should not wait for the day on which an article of its own is judged. Flags stand before it, as they do for those. */
static int check_configs(judge_setup *s) {
    for (; s->checked < s->configs.n; s->checked++)
        for (size_t i = 0; i < config_scopes(s->configs.at[s->checked]); i++) {
            settings scope;
            named_manifest *opened;
            config_scope(s->a, s->configs.at[s->checked], i, &scope);
            const setting *at = scope.at, *facts = &at[SETTING_MANIFEST];
            int status = option_given(s->call, "style") ? 0 : check_style(s, &at[SETTING_STYLE]);
            if (!status) status = check_style(s, &at[SETTING_DEFAULT_STYLE]);
            if (!status && facts->value.n && !option_given(s->call, "manifest"))
                status = open_manifest(s, facts, &opened);
            if (status) return status;
        }
    return 0;
}

/* Without a manifest no claim is read, and so none would ever be found unverified. */
static int need_manifest(const judge_plan *plan, const input *in, const manifest *truth) {
    const setting *asked = &plan->settings.at[SETTING_FAIL_ON_CLAIMS];
    if (truth || plan->excluded || plan->gate.fail_claims != CLAIMS_UNVERIFIED) return 0;
    return cli_trouble("%.*s: %.*s has no manifest to verify its claims with, and all of them would pass: name one",
                       STR_ARG(asked->origin), STR_ARG(in->name));
}

static bool ask_operator(void *context, arena *a, const article *art, claim_list *claims, finding_list *findings) {
    judge_plan *plan = context;
    return config_waive(&plan->waiver, a, art, claims, findings) &&
           (!plan->known || baseline_mark(plan->known, a, plan->baseline_key, art, claims, findings));
}

/* What configurations above the article's own say of it; the outermost folder that was named is searched across
 * repositories. */
static int ask_outside(judge_setup *s, const input *in, str *excluded_by, bool *published) {
    str within = {0};
    error e = {0};
    *excluded_by = (str){0};
    *published = false;
    if (option_given(s->call, "no-config") || option_given(s->call, "config")) return 0;
    for (size_t i = 0; i < in->folders.n; i++) {
        const char *folder = s->inputs->folders.at[in->folders.at[i]];
        if (in->folders.n > 1) folder = path_absolute(s->a, str_from_cstr(folder));
        if (!within.n || (folder && (ptrdiff_t)strlen(folder) < within.n)) within = str_from_cstr(folder);
    }
    int status = outer_excludes(&s->outer, in->name, within, excluded_by, &e);
    if (!status && !excluded_by->n) status = outer_publishes(&s->outer, in->name, within, published, &e);
    return status ? cli_error(&e) : 0;
}

/* Of a folder that git lists: whether all articles that it has there are excluded. None of them is judged here. */
static int plan_folder(judge_setup *s, const input *in, judge_plan *plan) {
    plan->excluded = true;
    for (size_t i = 0; i < in->tracked.n && plan->excluded; i++) {
        const input one = {.name = in->tracked.at[i], .folders = in->folders};
        const config *c;
        error e = {0};
        str by;
        bool published;
        int status = ask_outside(s, &one, &by, &published);
        if (!status && !by.n) {
            status = config_for(s, &one, &c);
            if (!status && config_resolve(s->a, c, one.name, &plan->settings, &e)) return cli_error(&e);
            by = plan->settings.excluded_by;
        }
        if (status) return status;
        plan->excluded = by.n > 0;
    }
    return 0;
}

static int make_plan(judge_setup *s, const input *in, judge_plan *plan) {
    if (in->tracked.n) return plan_folder(s, in, plan);
    const config *c;
    const manifest *truth;
    error e = {0};
    bool named = in->named && !option_given(s->call, "force-exclude");
    str outside;
    bool published;
    int status = ask_outside(s, in, &outside, &published);
    if (status) return status;
    /* What it brings along is nobody's business then, not even whether it can be read. */
    plan->excluded = outside.n && !named;
    if (plan->excluded && !option_given(s->call, "print-config")) return 0;
    status = config_for(s, in, &c);
    if (status) return status;
    if (config_resolve(s->a, c, in->name, &plan->settings, &e)) return cli_error(&e);
    if (outside.n) plan->settings.excluded_by = outside;
    plan->settings.published = plan->settings.published || published;
    plan->excluded = plan->settings.excluded_by.n && !named;
    if (!status) status = flags_over(s, &plan->settings);
    if (!status) status = rules_for(s, &plan->settings.at[SETTING_RULES]);
    if (!status) status = manifest_for(s, &plan->settings.at[SETTING_MANIFEST], &truth);
    if (!status) status = baseline_for(s, &plan->settings.at[SETTING_BASELINE]);
    if (!status) status = plan_gate(s, plan, in);
    if (!status) status = need_manifest(plan, in, truth);
    if (status) return status;
    plan->gate.manifest = truth;
    plan->config = c;
    plan->known = s->known;
    const char *written = option_text(s->call, "write-baseline");
    if (written || s->known)
        plan->baseline_key = baseline_key(s->a, written ? written : arena_cstr(s->a, s->baseline_file), in->name);
    if (s->known) plan->gate.ratchet = baseline_score(s->known, plan->baseline_key);
    if (c && config_check_rules(c, s->rules, &e)) return cli_error(&e);
    status = check_configs(s);
    if (status) return status;
    plan->waiver = (config_waiver){c, c ? config_relative(s->a, c, in->name) : in->name, s->today};
    uint8_t *levels = c ? ARENA_ARRAY(s->a, uint8_t, s->rules->lint_count) : NULL;
    if (levels && config_levels(c, s->rules, plan->waiver.relative_path, levels)) plan->gate.lint_levels = levels;
    plan->gate.waive = ask_operator;
    plan->gate.waive_context = plan;
    return 0;
}

/* The report's head names one hash: the manifest's, or the hash of the hashes where articles have several. */
static void name_manifests(judge_setup *s) {
    buf all = {0};
    size_t used = 0;
    for (size_t i = 0; i < s->manifests.n; i++) {
        if (!s->manifests.at[i].used) continue;
        s->report.manifest_hash = s->manifests.at[i].m->hash.text;
        buf_cstr(&all, s->report.manifest_hash);
        used++;
    }
    if (used > 1) {
        s->manifest_hash = sha256_of(buf_view(&all));
        s->report.manifest_hash = s->manifest_hash.text;
    }
    buf_free(&all);
}

static str today(arena *a) {
    time_t now = time(NULL);
    struct tm utc;
    gmtime_r(&now, &utc);
    return arena_printf(a, "%04d-%02d-%02d", utc.tm_year + 1900, utc.tm_mon + 1, utc.tm_mday);
}

/* ---- excludes -------------------------------------------------------------------------------------------------- */

/* A folder that is named and of whose articles not one is left: what was to be judged is not, and that is no pass. One
 * of them stands for it. False when something is left, or it was said. */
static bool says_nothing_left(const input_list *inputs, input *in, bool *left) {
    for (size_t k = 0; k < in->folders.n; k++) {
        uint32_t folder = in->folders.at[k];
        if (left[folder]) continue;
        left[folder] = true;
        in->name = str_from_cstr(inputs->folders.at[folder]);
        in->broken = true;
        error_at(&in->problem, ERROR_IO, in->name, 0, 0, "all articles in this folder are excluded");
        return true;
    }
    return false;
}

/* From here on there is nothing in either list that is not to be judged. */
static int drop_excluded(judge_setup *s, input_list *inputs) {
    bool *left = ARENA_ARRAY(s->a, bool, inputs->folders.n);
    size_t kept = 0;
    if (!left) return cli_trouble("out of memory");
    for (size_t i = 0; i < inputs->n; i++)
        for (size_t k = 0; k < inputs->at[i].folders.n && !s->plans[i].excluded; k++)
            left[inputs->at[i].folders.at[k]] = true;
    for (size_t i = 0; i < inputs->n; i++) {
        bool judged = !s->plans[i].excluded && !inputs->at[i].tracked.n;
        if (!judged && !says_nothing_left(inputs, &inputs->at[i], left)) continue;
        s->plans[kept] = s->plans[i];
        s->plans[kept].gate.waive_context = &s->plans[kept];
        inputs->at[kept++] = inputs->at[i];
    }
    inputs->n = s->plan_count = kept;
    return 0;
}

/* ---- all of it ------------------------------------------------------------------------------------------------- */

int judge_setup_make(const invocation *call, input_list *inputs, judge_setup **out) {
    judge_setup *s = ARENA_NEW(call->a, judge_setup);
    *out = s;
    if (!s) return cli_trouble("out of memory");
    s->call = call;
    s->inputs = inputs;
    s->a = s->outer.a = call->a;
    s->today = today(s->a);
    s->plan_count = inputs->n;
    s->plans = ARENA_ARRAY(s->a, judge_plan, inputs->n);
    if (!s->plans || !s->today.p) return cli_trouble("out of memory");
    for (size_t i = 0; i < inputs->n; i++) {
        int status = make_plan(s, &inputs->at[i], &s->plans[i]);
        if (status) return status;
    }
    if (!option_given(call, "print-config") && drop_excluded(s, inputs)) return EXIT_TROUBLE;
    /* Nothing to judge still reports under some rules, and a flag that is wrong is wrong without articles too. */
    const setting ruler = {str_from_cstr(option_text(call, "rules")), STR("--rules")};
    int status = s->rules ? 0 : rules_for(s, &ruler);
    const setting asked = {str_from_cstr(option_text(call, "style")), STR("--style")};
    if (!status && !inputs->n) status = check_style(s, &asked);
    if (status) return status;
    s->report = (report_context){.version = ASSAY_VERSION,
                                 .rules = s->rules,
                                 .command = call->command->name,
                                 .color = call->color_out,
                                 .quiet = option_given(call, "quiet"),
                                 .several = inputs->n > 1,
                                 .statistics = option_given(call, "statistics"),
                                 .advise = call->command == &command_explain};
    name_manifests(s);
    return 0;
}

/* A file of a folder of rules, or of one of the folders in it: its own are ruleset.yaml and signals/NAME.yaml. */
static bool is_rule(const judge_setup *s, const char *file) {
    str folder = path_folder(str_from_cstr(file));
    if (s->rules_folder.n == 0 || !str_eq(path_extension(str_from_cstr(file)), STR(".yaml"))) return false;
    const char *rules = arena_cstr(s->a, s->rules_folder), *near = path_join(s->a, folder, STR("."));
    const char *above = path_join(s->a, folder, STR(".."));
    return rules && near && above && (reports_same_file(s->a, near, rules) || reports_same_file(s->a, above, rules));
}

const char *judge_reads(const judge_setup *s, const char *file) {
    for (size_t i = 0; i < s->manifests.n; i++)
        for (str rest = s->manifests.at[i].files, part; str_cut(&rest, '\n', &part);) {
            const char *path = arena_cstr(s->a, part);
            if (path && reports_same_file(s->a, path, file)) return "is the manifest";
        }
    for (size_t i = 0; i < s->configs.n + s->outer.opened.n; i++) {
        const config *c = i < s->configs.n ? s->configs.at[i] : s->outer.opened.at[i - s->configs.n];
        const char *path = arena_cstr(s->a, config_path(c));
        if (path && reports_same_file(s->a, path, file)) return "is the configuration";
    }
    const char *known = s->baseline_file.n ? arena_cstr(s->a, s->baseline_file) : NULL;
    if (known && reports_same_file(s->a, known, file)) return "is the baseline";
    return is_rule(s, file) ? "is one of the rules" : NULL;
}

/* The program's own bytes: two builds of one version may judge differently. */
static sha256_text hash_of_program(void) {
    arena *a = arena_new(0);
    str bytes = {0};
    error e = {0};
    if (a) (void)file_read(a, "/proc/self/exe", SIZE_MAX / 4, &bytes, &e); /* where that cannot be: the version alone */
    sha256_text hash = sha256_of(bytes);
    arena_free(a);
    return hash;
}

void judge_setup_key(const judge_setup *s, buf *out) {
    buf_printf(out, "%s %s %s %s %d\n", s->report.version, hash_of_program().text, s->rules->hash.text,
               s->report.manifest_hash ? s->report.manifest_hash : "-", option_given(s->call, "no-unwrap"));
    if (s->known) buf_printf(out, "%s\n", baseline_hash(s->known).text);
    for (size_t i = 0; i < s->configs.n; i++) {
        buf_printf(out, "%s\n", config_hash(s->configs.at[i]).text);
        if (config_asks_the_day(s->configs.at[i])) buf_printf(out, "%.*s\n", STR_ARG(s->today));
    }
    for (size_t i = 0; i < s->plan_count; i++)
        for (int id = 0; id < SETTING_COUNT; id++) {
            buf_str(out, s->plans[i].settings.at[id].value);
            buf_byte(out, 0);
        }
}

void judge_setup_free(judge_setup *s) {
    if (!s) return;
    for (size_t i = 0; i < s->configs.n; i++) config_free(s->configs.at[i]);
    outer_free(&s->outer);
    for (size_t i = 0; i < s->manifests.n; i++) manifest_free(s->manifests.at[i].m);
    baseline_free(s->known);
    ruleset_free(s->rules);
}

int judge_print_config(const judge_setup *s, const input_list *inputs) {
    buf out = {0};
    for (size_t i = 0; i < inputs->n; i++)
        if (!inputs->at[i].tracked.n) config_print(s->plans[i].config, &s->plans[i].settings, inputs->at[i].name, &out);
    int status = out.failed ? cli_trouble("out of memory") : cli_write(buf_view(&out));
    buf_free(&out);
    return status;
}
