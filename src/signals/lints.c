/* lints.c - runs the lints of a ruleset under a style.
 *
 *     lint ──► its measure, or its phrases' and patterns' matches ──► places ──► budget ──► findings
 *
 * In: an article that was measured. Out: findings with the style's levels, sorted by place. A budget spares the first
 * free + per_1000 × words / 1000 places: figures that honest writing uses too are objected to only beyond it. It judges
 * nothing: the gate does.
 */
#include "signals/lint.h"

#include "base/buf.h"

#include <math.h>
#include <stdlib.h>

typedef struct named_lint {
    str name;
    lint_function run;
} named_lint;

static const named_lint lints[] = {
    {{(const uint8_t *)"anaphora_run", 12}, lint_anaphora_run},
    {{(const uint8_t *)"shape_run", 9}, lint_shape_run},
    {{(const uint8_t *)"paragraph_openings", 18}, lint_paragraph_openings},
    {{(const uint8_t *)"monotone_length", 15}, lint_monotone_length},
    {{(const uint8_t *)"sentence_repeats", 16}, lint_sentence_repeats},
    {{(const uint8_t *)"contrast_pairs", 14}, lint_contrast_pairs},
    {{(const uint8_t *)"heading_echo", 12}, lint_heading_echo},
    {{(const uint8_t *)"specifics_pile", 14}, lint_specifics_pile},
    {{(const uint8_t *)"code_language", 13}, lint_code_language},
    {{(const uint8_t *)"article_length", 14}, lint_article_length},
    {{(const uint8_t *)"required_key", 12}, lint_required_key},
    {{(const uint8_t *)"parser_issue", 12}, lint_parser_issue},
    {{(const uint8_t *)"terminal", 8}, lint_terminal},
    {{(const uint8_t *)"raw_frontmatter", 15}, lint_raw_frontmatter},
};

lint_function lint_find(str name) {
    for (size_t i = 0; i < COUNT_OF(lints); i++)
        if (str_eq(name, lints[i].name)) return lints[i].run;
    return NULL;
}

int lint_no_memory(linting *l) { return error_set(l->e, ERROR_MEMORY, "out of memory while linting"); }

int lint_add(linting *l, span where, str text, double n, double limit) {
    lint_place p = {where, text, n, limit, LEVEL_OFF};
    return VEC_PUSH(l->a, &l->places, p) ? ERROR_NONE : lint_no_memory(l);
}

double lint_number(const lint_rule *rule, const char *key, double fallback) {
    return rule_param_number(rule->params, rule->param_count, key, fallback);
}

/* ---- running prose ----------------------------------------------------------------------------------------------- */

static int collect_prose(linting *l) {
    uint32_t *prose = ARENA_ARRAY(l->a, uint32_t, l->art->sentence_count);
    static const uint16_t other = SENTENCE_ITEM | SENTENCE_QUOTE | SENTENCE_FOOTNOTE | SENTENCE_CELL | SENTENCE_HEADING;
    if (!prose) return lint_no_memory(l);
    for (uint32_t i = 0; i < l->art->sentence_count; i++) {
        const sentence *s = &l->art->sentences[i];
        if ((s->flags & SENTENCE_PROSE) && !(s->flags & other) && s->word_hi > s->word_lo) prose[l->prose_count++] = i;
    }
    l->prose = prose;
    return ERROR_NONE;
}

bool lint_prose_joins(const linting *l, uint32_t k) {
    if (k + 1 >= l->prose_count) return false;
    uint32_t a = l->art->sentences[l->prose[k]].block, b = l->art->sentences[l->prose[k + 1]].block;
    return a == b || l->art->blocks[a].end == b;
}

span lint_prose_span(const linting *l, uint32_t first, uint32_t last) {
    text_range range = {l->art->sentences[l->prose[first]].text.lo, l->art->sentences[l->prose[last]].text.hi};
    return article_source_span(l->art, range);
}

/* ---- findings ---------------------------------------------------------------------------------------------------- */

enum { MAX_TEXT_SHOWN = 80, MAX_SENTENCE_SHOWN = 240 };

/* The message with {n}, {limit} and {text} filled in; line breaks in the text become spaces. */
static str fill_message(linting *l, const lint_rule *rule, const lint_place *at) {
    buf out = {0};
    str rest = rule->message;
    for (ptrdiff_t open; (open = str_find_byte(rest, '{', 0)) >= 0;) {
        str name = str_slice(rest, open, rest.n);
        buf_str(&out, str_slice(rest, 0, open));
        if (str_starts(name, STR("{n}")))
            buf_printf(&out, "%g", round(at->n * 10) / 10), name.p += 3, name.n -= 3;
        else if (str_starts(name, STR("{limit}")))
            buf_printf(&out, "%g", round(at->limit * 10) / 10), name.p += 7, name.n -= 7;
        else if (str_starts(name, STR("{text}")))
            buf_str(&out, at->text), name.p += 6, name.n -= 6;
        else
            buf_byte(&out, '{'), name.p++, name.n--;
        rest = name;
    }
    buf_str(&out, rest);
    for (size_t i = 0; i < out.n; i++)
        if (out.p[i] < 0x20) out.p[i] = ' ';
    str message = out.failed ? (str){NULL, 0} : arena_str(l->a, buf_view(&out));
    buf_free(&out);
    return message;
}

/* Cut behind a word where there is one in the second half, else between two code points. A message that is nothing but
 * {text} is a sentence of the parser's own, no quotation of the article, and has room to end. */
static str cut_text(const linting *l, const lint_rule *rule, str text) {
    ptrdiff_t most = str_eq(rule->message, STR("{text}")) ? MAX_SENTENCE_SHOWN : MAX_TEXT_SHOWN, end = most;
    if (text.n <= most) return text;
    while (end > most / 2 && text.p[end] != ' ' && text.p[end] != '\n') end--;
    if (end == most / 2) end = most;
    while (end > 0 && (text.p[end] & 0xc0) == 0x80) end--; /* not inside a code point */
    return arena_printf(l->a, "%.*s...", STR_ARG(str_slice(text, 0, end)));
}

static int by_where(const void *left, const void *right) {
    const lint_place *a = left, *b = right;
    return (a->where.lo > b->where.lo) - (a->where.lo < b->where.lo);
}

static int emit(linting *l, const lint_rule *rule, enum level level, finding_list *findings) {
    double allowed = rule->budget_free + rule->budget_per_1000 * l->measured->words / 1000.0;
    size_t spared = allowed > 0 ? (size_t)allowed : 0;
    for (size_t i = spared; i < l->places.n; i++) {
        lint_place *at = &l->places.at[i];
        bool counts = at->limit > 0; /* the place has a number of its own to tell */
        if (spared && !counts) at->n = (double)l->places.n, at->limit = (double)spared;
        at->text = cut_text(l, rule, at->text);
        finding f = {.rule = rule->name, .level = level, .where = at->where, .message = fill_message(l, rule, at)};
        if (at->most != LEVEL_OFF && at->most < level) f.level = at->most;
        if (!f.message.p || !VEC_PUSH(l->a, findings, f)) return lint_no_memory(l);
    }
    return ERROR_NONE;
}

static int add_matches(linting *l, uint32_t lint) {
    const match_table *table = &l->measured->matches;
    if (SIGNAL_COUNT + lint >= table->rule_count) return ERROR_NONE;
    const match_list *list = &table->rules[SIGNAL_COUNT + lint];
    for (uint32_t i = 0; i < list->n; i++) {
        str text = article_text(l->art, list->at[i].text);
        int status = lint_add(l, article_source_span(l->art, list->at[i].text), text, 1, 0);
        if (status) return status;
    }
    return ERROR_NONE;
}

static enum level level_under(const linting *l, uint32_t lint) {
    for (uint32_t i = 0; i < l->under->lint_count; i++)
        if (l->under->lints[i].lint == lint) return l->under->lints[i].level;
    return l->rules->lints[lint].level;
}

static int run_lint(linting *l, uint32_t index, finding_list *findings) {
    const lint_rule *rule = &l->rules->lints[index];
    enum level level = level_under(l, index);
    if (level == LEVEL_OFF) return ERROR_NONE;
    l->places.n = 0;
    int status = ERROR_NONE;
    if (rule->source.phrase_count + rule->source.pattern_count) status = add_matches(l, index);
    if (!status && rule->measure.n) {
        lint_function measure = lint_find(rule->measure);
        if (!measure)
            return error_at(l->e, ERROR_SCHEMA, rule->file, 0, 0, "unknown measure '%.*s'", STR_ARG(rule->measure));
        size_t matched = l->places.n;
        status = measure(l, rule);
        /* patterns and a measure: the budget spares those that come first in the article */
        if (matched && l->places.n > matched) qsort(l->places.at, l->places.n, sizeof *l->places.at, by_where);
    }
    return status ? status : emit(l, rule, level, findings);
}

int lints_run(arena *a, const ruleset *rules, const style *under, const article *art, const token_list *tokens,
              const measurement *measured, finding_list *findings, error *e) {
    linting l = {.a = a, .e = e, .rules = rules, .under = under, .art = art, .tokens = tokens, .measured = measured};
    int status = collect_prose(&l);
    for (uint32_t i = 0; !status && i < rules->lint_count; i++) status = run_lint(&l, i, findings);
    if (!status) finding_list_sort(findings);
    return status;
}
