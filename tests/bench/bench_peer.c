/* bench_peer.c - see bench_peer.h. In: a program and a model. Out: tokens a second.
 *
 *     build_commit,…,n_prompt,n_gen,…,avg_ts,stddev_ts        the names decide; cells may be quoted and hold commas
 *     "1a2b3c",…,"512","0",…,"129.1","2.3"                    n_gen 0: a prompt is read;  n_prompt 0: a text is written
 */
#include "bench_peer.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

enum { CELLS = 64, CELL_BYTES = 64, OUTPUT_BYTES = 1 << 16 };

/* One line into cells, quotes taken off; the line's end. */
static const char *cut_line(const char *p, char cell[CELLS][CELL_BYTES], int *count) {
    bool quoted = false;
    size_t n = 0;
    *count = 0;
    memset(cell, 0, (size_t)CELLS * CELL_BYTES);
    for (; *p && (quoted || *p != '\n'); p++) {
        if (*p == '"')
            quoted = !quoted;
        else if (*p == ',' && !quoted) {
            if (*count + 1 < CELLS) ++*count;
            n = 0;
        } else if (*p != '\r' && n + 1 < CELL_BYTES)
            cell[*count][n++] = *p;
    }
    ++*count;
    return *p ? p + 1 : p;
}

bool peer_parse(const char *csv, struct peer_speed *out) {
    static const char *const NAMES[] = {"n_prompt", "n_gen", "avg_ts", "stddev_ts"};
    char cell[CELLS][CELL_BYTES];
    int column[4] = {-1, -1, -1, -1}, count;
    *out = (struct peer_speed){0};
    while (*csv) {
        csv = cut_line(csv, cell, &count);
        if (column[2] < 0) { /* anything before the names is talk */
            for (int i = 0; i < count; i++)
                for (int k = 0; k < 4; k++)
                    if (strcmp(cell[i], NAMES[k]) == 0) column[k] = i;
            continue;
        }
        double value[4] = {0};
        for (int k = 0; k < 4; k++)
            if (column[k] >= 0 && column[k] < count) value[k] = strtod(cell[column[k]], NULL);
        if (value[0] > 0 && value[1] == 0) out->read = value[2], out->read_spread = value[3];
        if (value[0] == 0 && value[1] > 0) out->write = value[2], out->write_spread = value[3];
    }
    return out->read > 0 && out->write > 0;
}

bool peer_measure(const char *program, const struct peer_run *run, struct peer_speed *out, char why[160]) {
    char command[2048];
    int n = snprintf(command, sizeof command, "'%s' -m '%s' -p %u -n %u -t %u -ngl %d -r %u -o csv 2>/dev/null",
                     program, run->model, run->prompt, run->tokens, run->threads, run->gpu ? 99 : 0, run->runs);
    if (n < 0 || (size_t)n >= sizeof command || strchr(program, '\'') || strchr(run->model, '\''))
        return snprintf(why, 160, "its path or the model's cannot be given to a shell"), false;
    FILE *f = popen(command, "r");
    char *text = f ? calloc(1, OUTPUT_BYTES) : NULL;
    if (text) {
        size_t got = fread(text, 1, OUTPUT_BYTES - 1, f);
        text[got] = 0;
    }
    int status = f ? pclose(f) : -1;
    bool parsed = text && peer_parse(text, out);
    free(text);
    if (parsed) return true;
    if (status == -1)
        snprintf(why, 160, "it cannot be run: %s", strerror(errno));
    else
        snprintf(why, 160, "it gave no table (exit %d)", WIFEXITED(status) ? WEXITSTATUS(status) : -1);
    return false;
}
