/* comparison.c - see comparison.h. In: digests and speeds. Out: text, JSON, alarms. Not here: the page
 * (comparison_html.c), running models.
 */
#include "batch/comparison.h"

#include "batch/columns.h"
#include "base/json.h"
#include "base/shown.h"
#include "batch/summary.h"

#include <math.h>

enum { COLUMN_WIDTH = 20 };

const struct comparison_row_info comparison_rows[ROW_COUNT] = {
    [ROW_DRAFTS] = {"drafts", "drafts judged", 0, false, -1},
    [ROW_WORDS] = {"words", "words in the body", 0, false, -1},
    [ROW_FRONTMATTER] = {"frontmatter", "valid frontmatter, %", 0, false, -1},
    [ROW_DASHES] = {"em_dashes", "em-dashes", 1, false, SIGNAL_EM_DASHES},
    [ROW_FILLER] = {"filler_phrases", "filler phrases", 1, false, SIGNAL_FILLER_PHRASES},
    [ROW_LISTS] = {"triple_bullet_lists", "repeated three-bullet lists", 1, false, SIGNAL_TRIPLE_BULLET_LISTS},
    [ROW_CODE] = {"code_blocks", "code blocks", 1, false, SIGNAL_CODE_BLOCKS},
    [ROW_VERSIONS] = {"version_refs", "version references", 1, false, SIGNAL_VERSION_REFS},
    [ROW_DIVERSITY] = {"lexical_diversity", "lexical diversity", 1, false, SIGNAL_LEXICAL_DIVERSITY},
    [ROW_BURSTINESS] = {"sentence_burstiness", "sentence-length std deviation", 2, false, SIGNAL_SENTENCE_BURSTINESS},
    [ROW_SCORE] = {"score", "score", 1, false, -1},
    [ROW_MINIMUM] = {"minimum", "minimum to pass", 1, false, -1},
    [ROW_MINIMUM_HIGHEST] = {"minimum_highest", "  of other drafts, up to", 1, false, -1},
    [ROW_PASSED] = {"passed", "drafts that pass", 0, false, -1},
    [ROW_SUPPORTED] = {"supported", "claims supported", 0, false, -1},
    [ROW_CONTRADICTED] = {"contradicted", "claims contradicted", 0, false, -1},
    [ROW_UNVERIFIED] = {"unverified", "claims unverified", 0, false, -1},
    [ROW_TOKENS] = {"tokens", "tokens written", 0, true, -1},
    [ROW_FIRST] = {"first_token_s", "time to the first token, s", 2, true, -1},
    [ROW_PREFILL] = {"prefill_tok_s", "request read, tok/s", 0, true, -1},
    [ROW_DECODE] = {"decode_tok_s", "written, tok/s, all texts", 1, true, -1},
    [ROW_TEXT] = {"text_tok_s", "written, tok/s, each text", 1, true, -1},
    [ROW_STEPS] = {"steps_s", "steps a second", 1, true, -1},
    [ROW_STEPS_PREDICTED] = {"steps_s_predicted", "  predicted: at most", 1, true, -1},
    [ROW_READ] = {"token_mb", "weights read for a token, MB", 3, true, -1},
    [ROW_READ_PREDICTED] = {"token_mb_predicted", "  predicted: alone", 3, true, -1},
    [ROW_WEIGHTS] = {"weights_gb_s", "weights read, GB/s", 1, true, -1},
    [ROW_SHARE] = {"ceiling_share", "share of the bandwidth, %", 0, true, -1},
    [ROW_MEMORY] = {"memory_mb", "memory taken, MB", 0, true, -1},
    [ROW_MEMORY_PREDICTED] = {"memory_mb_predicted", "  predicted: at most", 0, true, -1},
    [ROW_GUESSED] = {"guessed", "words guessed ahead", 0, true, -1},
    [ROW_GUESSED_RIGHT] = {"guessed_right", "  of them right", 0, true, -1},
};

static double mean_signal(const struct comparison_column *c, enum signal_id id) {
    double sum = 0;
    size_t judged = 0;
    for (size_t i = 0; i < c->n; i++)
        if (c->at[i].judged) sum += c->at[i].signals[id], judged++;
    return judged ? sum / (double)judged : 0;
}

static double known(double value) { return value > 0 ? value : NAN; }

static double measured(const struct speed_figures *s, enum comparison_row row) {
    switch (row) {
    case ROW_TOKENS: return (double)s->tokens;
    case ROW_FIRST: return known(s->first_token_s);
    case ROW_PREFILL: return known(s->prefill_tok_s);
    case ROW_DECODE: return known(s->decode_tok_s);
    case ROW_TEXT: return known(s->text_tok_s);
    case ROW_STEPS: return known(s->steps_s);
    case ROW_STEPS_PREDICTED: return known(s->steps_s_predicted);
    case ROW_READ: return known(s->token_bytes / 1e6);
    case ROW_READ_PREDICTED: return known(s->token_bytes_predicted / 1e6);
    case ROW_WEIGHTS: return known(s->weights_gb_s);
    case ROW_SHARE: return s->bandwidth_gb_s > 0 ? known(100 * s->weights_gb_s / s->bandwidth_gb_s) : NAN;
    case ROW_MEMORY: return known(s->memory_bytes / 1e6);
    case ROW_MEMORY_PREDICTED: return known(s->memory_bytes_predicted / 1e6);
    case ROW_GUESSED: return (double)s->guessed;
    default: return (double)s->guessed_right;
    }
}

static double added(const digest *d, enum comparison_row row) {
    switch (row) {
    case ROW_WORDS: return d->words;
    case ROW_FRONTMATTER: return d->frontmatter_ok ? 100 : 0;
    case ROW_SCORE: return d->score;
    case ROW_PASSED: return d->passed ? 1 : 0;
    case ROW_SUPPORTED: return d->supported;
    case ROW_CONTRADICTED: return d->contradicted;
    case ROW_UNVERIFIED: return d->unverified;
    default: return 1;
    }
}

/* The lowest or the highest minimum. A mean of several would be nobody's. */
static double minimum_of(const struct comparison_column *c, bool highest) {
    double lo = NAN, hi = NAN;
    for (size_t i = 0; i < c->n; i++)
        if (c->at[i].judged) lo = fmin(lo, c->at[i].minimum), hi = fmax(hi, c->at[i].minimum);
    return !highest ? lo : hi > lo ? hi : NAN;
}

double comparison_cell(const struct comparison_column *c, enum comparison_row row) {
    if (comparison_rows[row].of_models) return c->wrote ? measured(&c->speed, row) : NAN;
    if (comparison_rows[row].signal >= 0) return mean_signal(c, (enum signal_id)comparison_rows[row].signal);
    if (row == ROW_MINIMUM || row == ROW_MINIMUM_HIGHEST) return minimum_of(c, row == ROW_MINIMUM_HIGHEST);
    double sum = 0;
    size_t judged = 0;
    for (size_t i = 0; i < c->n; i++)
        if (c->at[i].judged) sum += added(&c->at[i], row), judged++;
    bool mean = row == ROW_WORDS || row == ROW_FRONTMATTER || row == ROW_SCORE;
    return mean && judged ? sum / (double)judged : sum;
}

void comparison_text(const comparison *c, buf *out) {
    buf_printf(out, "%-30s", "measure");
    for (size_t i = 0; i < c->n; i++) {
        buf_byte(out, ' ');
        columns_put_right(out, c->columns[i].name, COLUMN_WIDTH);
    }
    buf_byte(out, '\n');
    for (enum comparison_row row = 0; row < ROW_COUNT; row++) {
        buf_printf(out, "%-30s", comparison_rows[row].title);
        for (size_t i = 0; i < c->n; i++) {
            double value = comparison_cell(&c->columns[i], row);
            if (isnan(value))
                buf_printf(out, " %*s", COLUMN_WIDTH, "-");
            else
                buf_printf(out, " %*.*f", COLUMN_WIDTH, comparison_rows[row].decimals, value);
        }
        buf_byte(out, '\n');
    }
}

void comparison_json(const comparison *c, str alarms, buf *out) {
    json j = {.out = out, .indent = 2};
    str line;
    json_object_open(&j);
    json_key_cstr(&j, "version", c->version);
    json_key_str(&j, "style", c->style);
    json_key_cstr(&j, "prompt", c->prompt);
    json_key_cstr(&j, "rules", c->rules);
    json_key_cstr(&j, "manifest", c->manifest);
    json_key_exact(&j, "seed", c->seed);
    json_key(&j, "columns");
    json_array_open(&j);
    for (size_t i = 0; i < c->n; i++) {
        json_object_open(&j);
        json_key_str(&j, "name", c->columns[i].name);
        for (enum comparison_row row = 0; row < ROW_COUNT; row++)
            json_key_f64(&j, comparison_rows[row].key, comparison_cell(&c->columns[i], row), 3);
        json_object_close(&j);
    }
    json_array_close(&j);
    json_key(&j, "alarms");
    json_array_open(&j);
    while (alarms.n > 0 && str_cut(&alarms, '\n', &line))
        if (line.n) json_str(&j, line);
    json_array_close(&j);
    json_object_close(&j);
    buf_byte(out, '\n');
}

/* ---- the alarm ----------------------------------------------------------------------------------------------------
 */

/* With fewer drafts than batch asks for, the same impossibilities: a bench is small by nature. */
static size_t alarm_small(const digest *at, size_t n, buf *out) {
    size_t judged = 0, zero = 0, perfect = 0, differ = 0;
    bool withheld = false, counted = false;
    const digest *first = NULL;
    for (size_t i = 0; i < n; i++) {
        const digest *d = &at[i];
        if (!d->judged) continue;
        if (!first) first = d;
        judged++;
        zero += d->score == 0;
        perfect += d->best > 0 && d->score >= d->best;
        withheld = withheld || digest_is_withheld(d);
        counted = counted || d->counted != first->counted;
        differ += d->score != first->score || strcmp(d->content.text, first->content.text) == 0;
    }
    if (judged < 2 || n >= ALARM_DRAFTS) return 0;
    if (withheld && counted) return 0; /* drafts that tell no fact of the manifest earn nothing, all alike */
    if (zero == judged) return buf_printf(out, "every one of %zu scores is zero\n", judged), (size_t)1;
    if (perfect == judged) return buf_printf(out, "every one of %zu drafts is perfect\n", judged), (size_t)1;
    if (differ > 1) return 0; /* the first one is the same as itself */
    return buf_printf(out, "every one of %zu different drafts scores %g\n", judged, first->score), (size_t)1;
}

size_t comparison_alarms(arena *a, const comparison *c, buf *out) {
    VEC(digest) all = {0};
    size_t alarms = 0;
    for (size_t i = 0; i < c->n; i++) {
        const struct comparison_column *one = &c->columns[i];
        size_t empty = 0;
        for (size_t k = 0; k < one->n; k++) {
            empty += one->at[k].judged && one->at[k].words == 0;
            if (!VEC_PUSH(a, &all, one->at[k])) return buf_cstr(out, "out of memory\n"), (size_t)1;
        }
        str name = shown_str(a, one->name);
        if (one->wrote && one->speed.tokens <= one->n)
            buf_printf(out, "%.*s wrote no tokens\n", STR_ARG(name)), alarms++;
        else if (one->n && empty == one->n)
            buf_printf(out, "every draft of %.*s is empty\n", STR_ARG(name)), alarms++;
        if (one->n == 0) buf_printf(out, "there is no draft of %.*s\n", STR_ARG(name)), alarms++;
    }
    return alarms + alarm_small(all.at, all.n, out) + summary_alarms(a, all.at, all.n, out);
}
