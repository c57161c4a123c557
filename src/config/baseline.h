/* baseline.h - the ratchet: what was known yesterday does not fail today, what is new does.
 *
 *     {"assay-baseline": 2,
 *      "reason": "the posts before 2025 are about the old servers",
 *      "articles": [{"path": "posts/a.md", "score": 131.5, "findings": ["3f5a…", …]}]}
 *
 * A finding is known by its fingerprint (path, rule, text of its line, ordinal), so that moving lines keeps it known
 * and changing the line makes it new; that of a claim holds its words, the fact and what the fact says as well, so that
 * another claim on the line is new, and the same one when the manifest has changed. (Version 1 knew a claim by its line
 * alone, and is refused.) An article with a known score below the minimum has to reach that score only: it
 * may get better, never worse. A claim that fails the gate is let stand only where the file gives a reason: it is a
 * waiver, is counted as one, and no claim is waived without a reason. An entry whose reason is not the file's has its
 * own ("reason", empty where it has none): it was written before, and this run did not judge its article. The file is
 * written sorted, so that two runs over the same articles give the same bytes.
 */
#ifndef ASSAY_CONFIG_BASELINE_H
#define ASSAY_CONFIG_BASELINE_H

#include "base/buf.h"
#include "gate/gate.h"

typedef struct baseline baseline;

/* Reads a baseline file. Caller frees; *out is NULL on failure. Errors: ERROR_IO (a file that is not there included),
 * ERROR_LIMIT (over 64 MiB), ERROR_SYNTAX with line and column, ERROR_SCHEMA, ERROR_MEMORY. */
int baseline_open(const char *path, baseline **out, error *e);
void baseline_free(baseline *b); /* NULL is allowed */
/* Hash of the file's bytes. */
sha256_text baseline_hash(const baseline *b);
/* What an article is called in the baseline at `file`: its path relative to the baseline's folder, so that it is the
 * same from whatever folder the program is started. In the arena. */
str baseline_key(arena *a, const char *file, str article_path);
/* Known score of an article, NaN where it has none. */
double baseline_score(const baseline *b, str key);
/* Why claims are let stand where an entry has no reason of its own; empty where the file does not say. */
str baseline_reason(const baseline *b);
/* Marks the findings that the baseline knows; a claim that it knows without a reason stays, and its
 * message says so (in the arena). False when memory is gone: what is known could not be told from what is new. */
bool baseline_mark(const baseline *b, arena *a, str key, const article *art, const claim_list *claims,
                   finding_list *findings);

/* What an entry holds, and how many of these findings are claims that it lets stand. */
typedef struct baseline_counts {
    uint32_t findings, claims;
} baseline_counts;

/* One article's entry (one line of JSON) for a new baseline; nothing is written for an article that passes clean. */
baseline_counts baseline_entry(str key, const judgement *judged, buf *out);
/* The entries of an older baseline that the new one takes over: those whose key `keeps`. They stay under the reason
 * under which they were written, whatever the new file's `reason` is. */
void baseline_keep(const baseline *before, bool (*keeps)(void *context, str key), void *context, str reason, buf *out);
/* The whole file from the entries (joined lines, any order) and the reason (left out where empty). */
void baseline_render(str entries, str reason, buf *out);

#endif
