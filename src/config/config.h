/* config.h - `.assay.yaml`: what the operator has decided, and where.
 *
 *     style: essay              # judge every article under this style, whatever it declares
 *     default-style: essay      # for articles that declare none
 *     threshold: 150            # minimum score, instead of the style's
 *     manifest: [facts/site.yaml, facts/host.yaml]
 *     rules: rules/             # instead of the built-in ones
 *     about: ours               # these are our own articles: facts bind in all of them
 *     fail-on: error            # note | warning | error
 *     fail-on-claims: contradicted   # contradicted | unverified | never
 *     untrusted: false
 *     max-size: 1M
 *     exclude: [vendor/, "*.draft.md"]
 *     published: [content/]     # what the gate guards: `assay draft` never writes there
 *     baseline: .assay-baseline.json
 *     lints: {contrast-figure: off, heading-echo: error}
 *     waivers:
 *       - {claim: "CUDA 12.5", files: [posts/old.md], reason: "quotes the vendor's page", until: 2026-12-31}
 *       - {rule: anaphora-run, files: [poems/], reason: "poetry"}
 *     overrides:
 *       - files: [posts/kestrel/]
 *         manifest: facts/kestrel.yaml
 *         about: ours
 *
 * Unknown keys are errors with line and column. Paths in the file are relative to its folder; globs match paths
 * relative to it. Searched upward from an article's folder, stopping at the repository root. Later overrides win. Of
 * the files above the nearest one the excludes hold, and what is published (outer.h).
 */
#ifndef ASSAY_CONFIG_CONFIG_H
#define ASSAY_CONFIG_CONFIG_H

#include "base/buf.h"
#include "base/yaml.h"
#include "gate/gate.h"

enum setting_id {
    SETTING_STYLE,
    SETTING_DEFAULT_STYLE,
    SETTING_THRESHOLD,
    SETTING_MANIFEST,
    SETTING_RULES,
    SETTING_ABOUT,
    SETTING_FAIL_ON,
    SETTING_FAIL_ON_CLAIMS,
    SETTING_UNTRUSTED,
    SETTING_MAX_SIZE,
    SETTING_BASELINE,
    SETTING_COUNT
};

/* A setting's value as text and where it comes from: "default", "posts/.assay.yaml:3:8", "--style". */
typedef struct setting {
    str value; /* manifests: paths joined by '\n' */
    str origin;
} setting;

typedef struct settings {
    setting at[SETTING_COUNT];
    str excluded_by; /* the place of the glob that excludes the article; empty where none does */
    bool published;
    uint32_t gated_line; /* line of the override whose globs name this article and that is not for untrusted ones; 0 =
                            none */
} settings;

typedef struct config config;

/* Reads one configuration file. Caller frees. */
int config_open(const char *path, config **out, error *e);
void config_free(config *c); /* NULL is allowed */
/* Its path as it was opened. */
str config_path(const config *c);
/* Hash of the file's bytes. */
sha256_text config_hash(const config *c);
/* Whether the day decides anything: a waiver has an `until`. */
bool config_asks_the_day(const config *c);
/* Path of the nearest `.assay.yaml` for an article at `path`, looking from its folder upward to the first folder that
 * holds `.git` (or the root); NULL when there is none. In the arena. */
char *config_find(arena *a, const char *path);
/* The same from folder to folder: the next `.assay.yaml` in *folder (absolute) or above it, and in *folder what is
 * above that one, empty at the end. A folder with `.git` is the last unless it lies inside `within` (absolute; empty:
 * none).
 */
char *config_next(arena *a, str *folder, str within);
/* Where the glob stands that excludes an article; empty where none does. In the arena. */
str config_excludes(arena *a, const config *c, str article_path);
/* Does it name the article's place as published? */
bool config_publishes(arena *a, const config *c, str article_path);
/* Settings that hold for an article; `c` NULL gives the defaults. Texts live in the arena or in `c`. */
int config_resolve(arena *a, const config *c, str article_path, settings *out, error *e);
/* The settings that the file itself makes (scope 0) and those that each override makes, for whoever checks them before
 * an article asks for them; what a scope does not set has no origin. */
size_t config_scopes(const config *c);
void config_scope(arena *a, const config *c, size_t scope, settings *out);
/* An article's path as the config's globs see it: relative to the config's folder. */
str config_relative(arena *a, const config *c, str article_path);

/* Whether the rules that the configuration names (lints, waivers) are in the ruleset; else an error with its place. The
 * truth stage is no lint: its findings have no level to set. */
int config_check_rules(const config *c, const ruleset *rules, error *e);
/* Levels that the configuration gives lints for an article (gate_options.lint_levels, [rules->lint_count]); false when
 * it changes none. `relative_path` is config_relative's. */
bool config_levels(const config *c, const ruleset *rules, str relative_path, uint8_t *levels);

/* Applies waivers to what was found, and levels to findings that are no lint's; for gate_options.waive through a
 * config_waiver. An expired waiver waives nothing and is a finding ("waiver-expired") where it would have; `today` is
 * "2026-11-20". */
typedef struct config_waiver {
    const config *config;
    str relative_path; /* of the article: config_relative's */
    str today;
} config_waiver;
/* `context` is a config_waiver whose config may be NULL: then nothing is done. Reasons live in the config. False when
 * memory is gone and an expired waiver could not be reported. */
bool config_waive(void *context, arena *a, const article *art, claim_list *claims, finding_list *findings);

/* Every setting with its value and origin, as YAML with comments. */
void config_print(const config *c, const settings *s, str article_path, buf *out); /* `c` NULL: no file */
/* The key in .assay.yaml: "fail-on-claims". Static. */
const char *setting_name(enum setting_id id);

#endif
