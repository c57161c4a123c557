/* comparison.h - several models on one brief, side by side: the table of `assay bench`, as text, JSON and a page.
 *
 *     digests of each model's drafts ─┐
 *                                     ├─► columns ─► rows: the published table's, the truth, the speed
 *     speed of those that were run ───┘         └──► alarms: results that are impossible rather than bad
 */
#ifndef ASSAY_BATCH_COMPARISON_H
#define ASSAY_BATCH_COMPARISON_H

#include "base/buf.h"
#include "batch/digest.h"

/* How a model wrote: what was predicted from its file, beside what was measured. 0 = not known. */
struct speed_figures {
    uint64_t tokens; /* written */
    double first_token_s, prefill_tok_s, decode_tok_s;
    double text_tok_s;                         /* of each text: right guesses give several tokens a step */
    double steps_s, steps_s_predicted;         /* each reads the weights once; at most, by the bandwidth */
    double token_bytes, token_bytes_predicted; /* weights read for each token written; that a token reads alone */
    double memory_bytes, memory_bytes_predicted;
    double bandwidth_gb_s;           /* that memory gives, measured beside */
    double weights_gb_s;             /* that were read */
    uint64_t guessed, guessed_right; /* tokens */
    bool experts; /* a mixture: with several texts at once more weights are read than token_bytes says */
};

struct comparison_column {
    str name;
    digest *at; /* [n] drafts */
    size_t n, capacity;
    bool wrote; /* it was run here: the speed is there */
    struct speed_figures speed;
};

typedef struct comparison {
    str title, style;                                /* of the brief */
    const char *version, *prompt, *rules, *manifest; /* hashes; manifest NULL without one */
    uint64_t seed;
    struct comparison_column *columns; /* [n] */
    size_t n;
} comparison;

/* Means of signals, words and scores, sums of drafts and claims; a dash where something is not known. */
void comparison_text(const comparison *c, buf *out);
/* One JSON object; `alarms` as comparison_alarms wrote them. */
void comparison_json(const comparison *c, str alarms, buf *out);
/* A page without scripts or anything from elsewhere. */
void comparison_html(const comparison *c, str alarms, buf *out);
/* A sentence a line for what cannot be: all equal, all zero, all perfect, empty, nothing written. Returns how many. */
size_t comparison_alarms(arena *a, const comparison *c, buf *out);

/* The rows, for whoever draws them: NaN = not known. */
enum comparison_row {
    ROW_DRAFTS,
    ROW_WORDS,
    ROW_FRONTMATTER,
    ROW_DASHES,
    ROW_FILLER,
    ROW_LISTS,
    ROW_CODE,
    ROW_VERSIONS,
    ROW_DIVERSITY,
    ROW_BURSTINESS,
    ROW_SCORE,
    ROW_MINIMUM,
    ROW_MINIMUM_HIGHEST, /* where drafts have several: a lower bar is for those about the operation */
    ROW_PASSED,
    ROW_SUPPORTED,
    ROW_CONTRADICTED,
    ROW_UNVERIFIED,
    ROW_TOKENS,
    ROW_FIRST,
    ROW_PREFILL,
    ROW_DECODE,
    ROW_TEXT,
    ROW_STEPS,
    ROW_STEPS_PREDICTED,
    ROW_READ,
    ROW_READ_PREDICTED,
    ROW_WEIGHTS,
    ROW_SHARE,
    ROW_MEMORY,
    ROW_MEMORY_PREDICTED,
    ROW_GUESSED,
    ROW_GUESSED_RIGHT,
    ROW_COUNT
};
struct comparison_row_info {
    const char *key, *title;
    int decimals;
    bool of_models; /* only where a model was run here */
    int signal;     /* enum signal_id, or -1 */
};
/* How each row is called and shown, by enum comparison_row. */
extern const struct comparison_row_info comparison_rows[ROW_COUNT];
/* One number of the table: a mean or sum over the column's judged drafts, or what was measured of its model; NaN where
 * there is nothing to tell (no draft was judged, no model was run here). */
double comparison_cell(const struct comparison_column *c, enum comparison_row row);

#endif
