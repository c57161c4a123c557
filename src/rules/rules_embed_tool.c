/* rules_embed_tool.c - build-time tool: rules folders to C data.
 *
 *     rules_embed_tool OUT.c rules [rules/published …]
 *
 * In: rules folders; the first becomes the default ruleset. Out: one C file with constant tables, phrase trie included,
 * so that the program parses no YAML and builds no table when it starts. A rule file that ruleset_open would refuse is
 * refused here: one line, exit 1, and the build stops.
 */
#include "base/buf.h"
#include "base/file.h"
#include "rules/load.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static void put_str(buf *out, str s) {
    if (!s.p) {
        buf_cstr(out, "{0, 0}");
        return;
    }
    buf_cstr(out, "{(const uint8_t *)\"");
    for (ptrdiff_t i = 0; i < s.n; i++) {
        uint8_t c = s.p[i];
        if (c == '"' || c == '\\')
            buf_printf(out, "\\%c", c);
        else if (c == '?' || c < 0x20 || c >= 0x7f)
            buf_printf(out, "\\%03o", c);
        else
            buf_byte(out, c);
    }
    buf_printf(out, "\", %td}", s.n);
}

static void put_number(buf *out, double value) {
    if (isnan(value))
        buf_cstr(out, "NAN");
    else
        buf_printf(out, "%.17g", value);
}

static void put_strs(buf *out, const char *name, unsigned set, unsigned rule, const str *list, uint32_t count) {
    if (!count) return;
    buf_printf(out, "static const str %s_%u_%u[] = {", name, set, rule);
    for (uint32_t i = 0; i < count; i++) {
        buf_cstr(out, i ? ",\n    " : "\n    ");
        put_str(out, list[i]);
    }
    buf_cstr(out, "};\n");
}

/* Name of a table, or 0 where it is empty. */
static void put_table(buf *out, const char *name, unsigned set, unsigned rule, uint32_t count) {
    if (count)
        buf_printf(out, "%s_%u_%u, %u", name, set, rule, count);
    else
        buf_cstr(out, "0, 0");
}

/* The lists of one rule; `rule` is its rule number. */
static void put_rule_lists(buf *out, unsigned set, unsigned rule, const rule_source *source, const rule_param *params,
                           uint32_t param_count, const rule_test *tests, uint32_t test_count) {
    put_strs(out, "phrases", set, rule, source->phrases, source->phrase_count);
    put_strs(out, "excepts", set, rule, source->excepts, source->except_count);
    if (source->pattern_count) {
        buf_printf(out, "static const uint32_t patterns_%u_%u[] = {", set, rule);
        for (uint32_t i = 0; i < source->pattern_count; i++)
            buf_printf(out, "%s%u", i ? ", " : "", source->patterns[i]);
        buf_cstr(out, "};\n");
    }
    if (param_count) {
        buf_printf(out, "static const rule_param params_%u_%u[] = {", set, rule);
        for (uint32_t i = 0; i < param_count; i++) {
            buf_cstr(out, i ? ",\n    {" : "\n    {");
            put_str(out, params[i].key);
            buf_cstr(out, ", ");
            put_str(out, params[i].text);
            buf_cstr(out, ", ");
            put_number(out, params[i].number);
            buf_cstr(out, "}");
        }
        buf_cstr(out, "};\n");
    }
    if (!test_count) return;
    buf_printf(out, "static const rule_test tests_%u_%u[] = {", set, rule);
    for (uint32_t i = 0; i < test_count; i++) {
        buf_cstr(out, i ? ",\n    {" : "\n    {");
        put_str(out, tests[i].text);
        buf_cstr(out, ", ");
        put_number(out, tests[i].expect);
        buf_printf(out, ", %s, %u}", tests[i].at_least ? "true" : "false", tests[i].line);
    }
    buf_cstr(out, "};\n");
}

static void put_source(buf *out, unsigned set, unsigned rule, const rule_source *source) {
    buf_cstr(out, "     {");
    put_table(out, "phrases", set, rule, source->phrase_count);
    buf_cstr(out, ", ");
    put_table(out, "excepts", set, rule, source->except_count);
    buf_cstr(out, ", ");
    put_table(out, "patterns", set, rule, source->pattern_count);
    buf_cstr(out, "},\n     ");
}

static void put_texts(buf *out, const str *texts, size_t count) {
    for (size_t i = 0; i < count; i++) {
        put_str(out, texts[i]);
        buf_cstr(out, ",\n     ");
    }
}

static void put_signals(buf *out, unsigned set, const ruleset_data *data) {
    for (unsigned i = 0; i < SIGNAL_COUNT; i++) {
        const signal_rule *s = &data->signals[i];
        put_rule_lists(out, set, i, &s->source, s->params, s->param_count, s->tests, s->test_count);
    }
    buf_printf(out, "static const signal_rule signals_%u[] = {\n", set);
    for (unsigned i = 0; i < SIGNAL_COUNT; i++) {
        const signal_rule *s = &data->signals[i];
        buf_printf(out, "    {(enum signal_id)%u,\n     ", i);
        put_texts(out, (const str[]){s->name, s->title, s->summary, s->details}, 4);
        buf_printf(out, "%s, (enum rule_kind)%d, (enum count_mode)%d, %uu, ", s->negative ? "true" : "false",
                   (int)s->kind, (int)s->count, s->scopes);
        put_str(out, s->unit);
        buf_cstr(out, ", ");
        put_number(out, s->cap);
        buf_cstr(out, ", ");
        put_str(out, s->measure);
        buf_cstr(out, ",\n");
        put_source(out, set, i, &s->source);
        put_table(out, "params", set, i, s->param_count);
        buf_cstr(out, ", ");
        put_table(out, "tests", set, i, s->test_count);
        buf_cstr(out, ", ");
        put_str(out, s->file);
        buf_cstr(out, "},\n");
    }
    buf_cstr(out, "};\n");
}

static void put_lints(buf *out, unsigned set, const ruleset_data *data) {
    for (unsigned i = 0; i < data->lint_count; i++) {
        const lint_rule *l = &data->lints[i];
        put_rule_lists(out, set, SIGNAL_COUNT + i, &l->source, l->params, l->param_count, l->tests, l->test_count);
    }
    if (!data->lint_count) return;
    buf_printf(out, "static const lint_rule lints_%u[] = {\n", set);
    for (unsigned i = 0; i < data->lint_count; i++) {
        const lint_rule *l = &data->lints[i];
        unsigned rule = SIGNAL_COUNT + i;
        buf_cstr(out, "    {");
        put_texts(out, (const str[]){l->name, l->title, l->summary, l->details, l->message}, 5);
        buf_printf(out, "(enum level)%d, (enum rule_kind)%d, %uu, ", (int)l->level, (int)l->kind, l->scopes);
        put_number(out, l->budget_free);
        buf_cstr(out, ", ");
        put_number(out, l->budget_per_1000);
        buf_cstr(out, ", ");
        put_str(out, l->measure);
        buf_cstr(out, ",\n");
        put_source(out, set, rule, &l->source);
        put_table(out, "params", set, rule, l->param_count);
        buf_cstr(out, ", ");
        put_table(out, "tests", set, rule, l->test_count);
        buf_cstr(out, ", ");
        put_str(out, l->file);
        buf_cstr(out, "},\n");
    }
    buf_cstr(out, "};\n");
}

static void put_numbers(buf *out, const double *numbers) {
    buf_cstr(out, "{");
    for (int i = 0; i < SIGNAL_COUNT; i++) {
        if (i) buf_cstr(out, ", ");
        put_number(out, numbers[i]);
    }
    buf_cstr(out, "},\n     ");
}

static void put_styles(buf *out, unsigned set, const ruleset_data *data) {
    for (unsigned i = 0; i < data->style_count; i++) {
        const style *s = &data->styles[i];
        put_strs(out, "required", set, i, s->required_keys, s->required_count);
        if (!s->lint_count) continue;
        buf_printf(out, "static const style_lint levels_%u_%u[] = {", set, i);
        for (uint32_t k = 0; k < s->lint_count; k++)
            buf_printf(out, "%s{%u, (enum level)%d}", k ? ", " : "", s->lints[k].lint, (int)s->lints[k].level);
        buf_cstr(out, "};\n");
    }
    buf_printf(out, "static const style styles_%u[] = {\n", set);
    for (unsigned i = 0; i < data->style_count; i++) {
        const style *s = &data->styles[i];
        buf_cstr(out, "    {");
        put_texts(out, (const str[]){s->name, s->title, s->summary}, 3);
        put_number(out, s->minimum);
        buf_cstr(out, ", ");
        put_number(out, s->vouched_minimum);
        buf_cstr(out, ",\n     ");
        put_numbers(out, s->weights);
        put_numbers(out, s->caps);
        put_table(out, "required", set, i, s->required_count);
        buf_printf(out, ", %u, %u, ", s->words_min, s->words_max);
        put_table(out, "levels", set, i, s->lint_count);
        buf_cstr(out, ", ");
        put_number(out, s->unverified_share);
        buf_cstr(out, ", ");
        put_number(out, s->contradiction_cost);
        buf_cstr(out, ", ");
        put_str(out, s->file);
        buf_cstr(out, "},\n");
    }
    buf_cstr(out, "};\n");
}

static void put_patterns(buf *out, unsigned set, const ruleset_data *data) {
    for (uint32_t i = 0; i < data->pattern_count; i++)
        put_strs(out, "when", set, i, data->patterns[i].when, data->patterns[i].when_count);
    if (!data->pattern_count) return;
    buf_printf(out, "static const rule_pattern all_patterns_%u[] = {\n", set);
    for (uint32_t i = 0; i < data->pattern_count; i++) {
        const rule_pattern *p = &data->patterns[i];
        buf_cstr(out, "    {");
        put_str(out, p->regex);
        buf_printf(out, ", %u, %s, ", p->rule, p->except ? "true" : "false");
        put_table(out, "when", set, i, p->when_count);
        buf_cstr(out, "},\n");
    }
    buf_cstr(out, "};\n");
}

static void put_bits(buf *out, const char *name, unsigned set, const uint64_t *bits) {
    buf_printf(out, "static const uint64_t %s_%u[] = {\n", name, set);
    for (uint32_t i = 0; i < (1u << PHRASE_FIRST_BITS) / 64; i++)
        buf_printf(out, "0x%llxu,%s", (unsigned long long)bits[i], i % 8 == 7 ? "\n" : "");
    buf_cstr(out, "};\n");
}

static void put_trie(buf *out, unsigned set, const phrase_trie *t) {
    buf_printf(out, "static const phrase_edge edges_%u[] = {\n", set);
    for (uint32_t i = 0; i <= t->edge_mask; i++)
        buf_printf(out, "{0x%llxu,%uu,%u},%s", (unsigned long long)t->edges[i].key, t->edges[i].node, t->edges[i].child,
                   i % 4 == 3 ? "\n" : "");
    buf_printf(out, "};\nstatic const phrase_node nodes_%u[] = {\n", set);
    for (uint32_t i = 0; i < t->node_count; i++)
        buf_printf(out, "{%u,%u,%u,%u},%s", t->nodes[i].output_lo, t->nodes[i].output_hi, t->nodes[i].any,
                   t->nodes[i].digit, i % 8 == 7 ? "\n" : "");
    buf_printf(out, "};\nstatic const phrase_output outputs_%u[] = {\n", set);
    for (uint32_t i = 0; i < t->output_count; i++)
        buf_printf(out, "{%u,%u,%d,%d,%d,%d},%s", t->outputs[i].rule, t->outputs[i].kind, t->outputs[i].at_start,
                   t->outputs[i].at_end, t->outputs[i].comma_before, t->outputs[i].comma_after, i % 8 == 7 ? "\n" : "");
    if (!t->output_count) buf_cstr(out, "{0,0,0,0,0,0}");
    buf_cstr(out, "};\n");
    put_bits(out, "first", set, t->first);
    put_bits(out, "alone", set, t->alone);
    put_bits(out, "pairs", set, t->pairs);
}

static void put_ruleset(buf *out, unsigned set, const ruleset_data *data) {
    put_signals(out, set, data);
    put_lints(out, set, data);
    put_styles(out, set, data);
    put_patterns(out, set, data);
    put_trie(out, set, &data->trie);
    buf_printf(out, "static const ruleset_data ruleset_%u = {\n    ", set);
    put_str(out, data->name);
    buf_printf(out, ", {\"%s\"}, %s, %u,\n    signals_%u, ", data->hash.text, data->raw ? "true" : "false",
               data->default_style, set);
    if (data->lint_count)
        buf_printf(out, "lints_%u, %u, ", set, data->lint_count);
    else
        buf_cstr(out, "0, 0, ");
    buf_printf(out, "styles_%u, %u, ", set, data->style_count);
    if (data->pattern_count)
        buf_printf(out, "all_patterns_%u, %u,\n    ", set, data->pattern_count);
    else
        buf_cstr(out, "0, 0,\n    ");
    buf_printf(out, "{edges_%u, %uu, nodes_%u, %u, outputs_%u, %u, first_%u, alone_%u, pairs_%u}};\n", set,
               data->trie.edge_mask, set, data->trie.node_count, set, data->trie.output_count, set, set, set);
}

static int fail(const error *e) {
    char text[1024];
    fprintf(stderr, "rules_embed_tool: %s\n", error_text(e, text, sizeof text));
    return 1;
}

int main(int argc, char **argv) {
    if (argc < 3) {
        fprintf(stderr, "usage: rules_embed_tool OUT.c FOLDER…\n");
        return 1;
    }
    arena *a = arena_new(0);
    buf out = {0};
    error e = {0};
    buf_cstr(&out, "/* Generated by rules_embed_tool from the rule files; do not edit. */\n"
                   "#include \"rules/ruleset.h\"\n#include <math.h>\n\n");
    for (int i = 2; i < argc; i++) {
        rule_file *files;
        size_t count;
        ruleset_data data;
        if (rules_read_folder(a, argv[i], &files, &count, &e) || rules_load(a, files, count, &data, &e))
            return fail(&e);
        put_ruleset(&out, (unsigned)i - 2, &data);
    }
    buf_cstr(&out, "const ruleset_data *const ruleset_builtin_data[] = {");
    for (int i = 2; i < argc; i++) buf_printf(&out, "%s&ruleset_%d", i > 2 ? ", " : "", i - 2);
    buf_printf(&out, "};\nconst uint32_t ruleset_builtin_count = %d;\n", argc - 2);
    if (out.failed || file_write(argv[1], buf_view(&out), &e)) return fail(&e);
    buf_free(&out);
    arena_free(a);
    return 0;
}
