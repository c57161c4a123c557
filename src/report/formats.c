/* formats.c - the table of formats and what they share: spans, article objects, colours. */
#include "report/report.h"

#include "report/formats.h"

#ifndef ASSAY_HELP_URI /* set by report.mk */
#define ASSAY_HELP_URI "urn:assay:rule:"
#endif

const report_format *const report_formats[] = {
    &report_text,  &report_json,    &report_ndjson, &report_sarif, &report_github, &report_markdown, &report_gitlab,
    &report_junit, &report_rdjsonl, &report_html,   NULL};

const report_format *report_format_find(str name, const char **nearest) {
    unsigned best = 99;
    for (size_t i = 0; report_formats[i]; i++) {
        unsigned distance = str_distance(name, str_from_cstr(report_formats[i]->name), 98);
        if (distance == 0) return report_formats[i];
        if (nearest && distance < best) best = distance, *nearest = report_formats[i]->name;
    }
    return NULL;
}

str report_help_uri(str rule, buf *scratch) {
    buf_cstr(scratch, ASSAY_HELP_URI);
    buf_str(scratch, rule);
    return buf_view(scratch);
}

const char *report_ink(const report_context *context, enum report_ink ink) {
    static const char *const codes[] = {"\033[0m",  "\033[1m",  "\033[2m",  "\033[31m",
                                        "\033[32m", "\033[33m", "\033[34m", "\033[36m"};
    return context->color ? codes[ink] : "";
}

uint32_t report_claims_charged(const judgement *judged) {
    uint32_t n = 0;
    for (size_t i = 0; i < judged->claims.n; i++)
        n += judged->claims.at[i].verdict == VERDICT_CONTRADICTED && !judged->claims.at[i].waived;
    return n;
}
