/* problems.c - findings as CI formats want them. In: a judgement. Out: places, ordinals, fingerprints, rule texts. */
#include "report/problems.h"

#include <stdlib.h>

enum { MAX_ORDINAL_SCAN = 2000, MAX_LINE_TEXT = 400 };

typedef struct own_rule {
    const char *id, *summary;
} own_rule;

static const own_rule own_rules[] = {
    {"score-below-minimum", "The score is below the minimum of the article's style"},
    {"style-missing", "The article declares no style"},
    {"style-unknown", "The article declares a style that the rules do not know"},
    {"truth-contradicted", "A claim is contradicted by the manifest"},
    {"truth-unverified", "A claim is not in the manifest"},
    {"truth-thin", "An article about the operation of which the manifest supports hardly a claim"},
    {"physics-speed-up", "A speed-up that its own two numbers contradict"},
    {"physics-total", "A total that is not the sum of its rows"},
    {"physics-table", "Prose and table disagree"},
    {"physics-fit", "A model larger than the memory it is said to fit"},
    {"physics-time", "Time stamps that run backwards"},
    {"physics-version", "A version newer than its history allows at the article's date"},
    {"physics-bandwidth", "Decoding faster than the memory bandwidth allows"},
    {"waiver-expired", "A waiver whose date has passed"},
    {"suppression-unused", "A suppression that silences nothing"},
    {"suppression-malformed", "A suppression that cannot be read"},
    {"suppression-untrusted", "A draft that tries to silence its judge"},
};

const char *const report_own_rules[] = {"score-below-minimum",   "style-missing",         "style-unknown",
                                        "truth-contradicted",    "truth-unverified",      "truth-thin",
                                        "physics-speed-up",      "physics-total",         "physics-table",
                                        "physics-fit",           "physics-time",          "physics-version",
                                        "physics-bandwidth",     "waiver-expired",        "suppression-unused",
                                        "suppression-malformed", "suppression-untrusted", NULL};

str report_rule_summary(const ruleset *rules, str rule) {
    const lint_rule *lint = ruleset_lint(rules, rule, NULL);
    if (lint) return lint->summary;
    for (size_t i = 0; i < COUNT_OF(own_rules); i++)
        if (str_eq(rule, str_from_cstr(own_rules[i].id))) return str_from_cstr(own_rules[i].summary);
    return rule;
}

str report_clean_path(str path) {
    while (str_starts(path, STR("./"))) path = str_slice(path, 2, path.n);
    return path;
}

/* The line a problem begins on; of a very long one, what stands close to the problem. */
static str text_around(const line_table *lines, uint32_t at, uint32_t number) {
    str line = line_table_line(lines, number);
    if (line.n > MAX_LINE_TEXT) {
        ptrdiff_t from = (lines->text.p + at - line.p) - MAX_LINE_TEXT / 2;
        line = str_slice(line, from, from + MAX_LINE_TEXT);
    }
    return str_trim(line);
}

static bool same_kind(const problem *one, const problem *other) {
    bool same = str_eq(one->rule, other->rule) && str_eq(one->line_text, other->line_text);
    for (int i = 0; i < PROBLEM_TOLD; i++) same = same && str_eq(one->told[i], other->told[i]);
    return same;
}

static void add(problem_list *list, const article *art, problem p) {
    p.from = line_table_place(&art->lines, p.where.lo);
    p.to = line_table_place(&art->lines, p.where.hi);
    p.line_text = text_around(&art->lines, p.where.lo, p.from.line);
    size_t first = list->n > MAX_ORDINAL_SCAN ? list->n - MAX_ORDINAL_SCAN : 0;
    for (size_t i = list->n; i-- > first;)
        if (same_kind(&list->at[i], &p)) {
            p.ordinal = list->at[i].ordinal + 1;
            break;
        }
    list->at[list->n++] = p;
}

/* "6 cores", harbor.cores, "4"; of a rate above what the memory allows, the rate and the sentence that reckons it. */
static void tell(const judgement *judged, const finding *f, problem *p) {
    if (f->claim && f->claim <= judged->claims.n) {
        const claim *c = &judged->claims.at[f->claim - 1];
        p->told[0] = c->quote;
        p->told[1] = c->fact;
        p->told[2] = c->says.n ? c->says : c->why;
    } else if (str_starts(f->rule, STR("physics-"))) {
        p->told[0] = str_span(judged->article.source, f->where);
        p->told[2] = f->message;
    }
}

problem_list report_problems(const judgement *judged, enum problem_choice which) {
    problem_list list = {0};
    list.at = calloc(judged->findings.n + 1, sizeof *list.at);
    if (!list.at) return list;
    if (judged->score < judged->minimum) {
        /* reasons[0] is the sentence about the score whenever the score is below the minimum: see gate.c. */
        problem p = {.rule = STR("score-below-minimum"),
                     .level = LEVEL_ERROR,
                     .message = judged->reasons[0],
                     .fails = true,
                     .where = {judged->article.body.lo, judged->article.body.lo}};
        add(&list, &judged->article, p);
    }
    for (size_t i = 0; i < judged->findings.n; i++) {
        const finding *f = &judged->findings.at[i];
        if (f->level == LEVEL_OFF) continue;
        problem p = {.rule = f->rule,
                     .level = f->level,
                     .message = f->message,
                     .where = f->where,
                     .suppressed = f->suppressed,
                     .baseline = f->baseline,
                     .waived = f->waived || (f->claim && f->baseline),
                     .fails = gate_fails(judged, f),
                     .reason = f->reason};
        tell(judged, f, &p);
        add(&list, &judged->article, p);
    }
    /* Ordinals count every finding, so that a fingerprint does not depend on what is shown. */
    size_t kept = 0;
    for (size_t i = 0; i < list.n; i++) {
        const problem *p = &list.at[i];
        bool waived_claim = p->waived && str_starts(p->rule, STR("truth-"));
        bool shown = which == PROBLEMS_ALL || !(p->baseline || p->suppressed) ||
                     (which >= PROBLEMS_AND_WAIVED && waived_claim) ||
                     (which == PROBLEMS_AND_SUPPRESSED && p->suppressed && !p->baseline);
        if (shown) list.at[kept++] = list.at[i];
    }
    list.n = kept;
    return list;
}

sha256_text report_fingerprint(str path, const problem *p) {
    buf b = {0};
    buf_str(&b, report_clean_path(path));
    buf_byte(&b, 0);
    buf_str(&b, p->rule);
    buf_byte(&b, 0);
    buf_str(&b, p->line_text);
    for (int i = 0; i < PROBLEM_TOLD && (p->told[0].n || p->told[2].n); i++) {
        buf_byte(&b, 0);
        buf_str(&b, p->told[i]);
    }
    buf_printf(&b, "%c%u", 0, p->ordinal);
    sha256_text out = sha256_of(buf_view(&b));
    buf_free(&b);
    return out;
}
