/* hosting.h - services and the machines they are on. Private to the truth stage.
 *
 *     hosting.c         sentences: "the site runs on perch", "the VPS runs Caddy"
 *     hosting_cells.c   rows: | gateway | kestrel | 8400 |
 *     standing.c        subjects, verbs and paths: "RLM, our licence server, is kept on boggle"
 */
#ifndef ASSAY_FACTS_HOSTING_H
#define ASSAY_FACTS_HOSTING_H

#include "facts/judge.h"

/* Does the machine have a service that the same words may mean, for it is called by all of them: "the tunnel", of which
 * both ends have one? `name` is how the text calls `service`. */
bool hosting_has_namesake(const judge *j, const manifest_entity *service, uint32_t machine, str name);
/* A cell that names a machine under "host": is the row's service on it? */
void judge_host_cell(judge *j, passage *p);
/* standing.c: the machines that a sentence puts things of ours on. */
void judge_standings(judge *j, passage *p);

#endif
