/* progress.c - the bar: [=====>    ]  1234/5000 drafts  812/s  4 s left */
#include "cli/progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { BAR_WIDTH = 30 };

double progress_clock_s(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

void progress_start(progress *p, const char *unit, uint64_t total) {
    double now = progress_clock_s();
    *p = (progress){.on = isatty(STDERR_FILENO), .unit = unit, .total = total, .start_s = now, .last_s = now};
}

void progress_step(progress *p, uint64_t done) {
    p->done = done;
    double now = progress_clock_s();
    if (!p->on || now - p->last_s < 0.1 || p->total == 0) return;
    p->last_s = now;
    double rate = (double)done / (now - p->start_s);
    int full = (int)((double)BAR_WIDTH * (double)done / (double)p->total);
    char bar[BAR_WIDTH + 1];
    for (int i = 0; i < BAR_WIDTH; i++) bar[i] = i < full ? '=' : i == full ? '>' : ' ';
    bar[BAR_WIDTH] = 0;
    fprintf(stderr, "\r[%s] %llu/%llu %s  %.0f/s  %.0f s left \033[K", bar, (unsigned long long)done,
            (unsigned long long)p->total, p->unit, rate, rate > 0 ? (double)(p->total - done) / rate : 0);
    fflush(stderr);
}

void progress_end(progress *p) {
    if (p->on) fputs("\r\033[K", stderr);
    p->on = false;
}
