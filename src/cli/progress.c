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

static void draw_bar(double share, char bar[BAR_WIDTH + 1]) {
    int full = (int)(BAR_WIDTH * (share < 0 ? 0 : share > 1 ? 1 : share));
    for (int i = 0; i < BAR_WIDTH; i++) bar[i] = i < full ? '=' : i == full ? '>' : ' ';
    bar[BAR_WIDTH] = 0;
}

static bool is_due(progress *p) {
    double now = progress_clock_s();
    if (!p->on || now - p->last_s < 0.1) return false;
    p->last_s = now;
    return true;
}

void progress_step(progress *p, uint64_t done) {
    char bar[BAR_WIDTH + 1];
    p->done = done;
    if (p->total == 0 || !is_due(p)) return;
    double rate = (double)done / (p->last_s - p->start_s);
    draw_bar((double)done / (double)p->total, bar);
    fprintf(stderr, "\r[%s] %llu/%llu %s  %.0f/s  %.0f s left \033[K", bar, (unsigned long long)done,
            (unsigned long long)p->total, p->unit, rate, rate > 0 ? (double)(p->total - done) / rate : 0);
    fflush(stderr);
}

void progress_say(progress *p, double share, const char *words) {
    char bar[BAR_WIDTH + 1], left[48] = "";
    if (!is_due(p)) return;
    double seconds = share > 0 && share <= 1 ? (p->last_s - p->start_s) * (1 - share) / share : 0;
    if (seconds >= 5400)
        snprintf(left, sizeof left, ", %.1f h left", seconds / 3600);
    else if (seconds >= 90)
        snprintf(left, sizeof left, ", %.0f min left", seconds / 60);
    else if (share > 0)
        snprintf(left, sizeof left, ", %.0f s left", seconds);
    draw_bar(share, bar);
    fprintf(stderr, "\r[%s] %s%s\033[K", bar, words, left);
    fflush(stderr);
}

void progress_wipe(const progress *p) {
    if (p->on) fputs("\r\033[K", stderr);
}

void progress_end(progress *p) {
    progress_wipe(p);
    p->on = false;
}
