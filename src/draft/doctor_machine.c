/* doctor_machine.c - memory, who holds it, and whether the devices compute what they should.
 *
 * In: /proc (holders.h), the devices. Out: diagnoses.
 */
#include "draft/doctor_parts.h"

#include "draft/device.h"
#include "draft/holders.h"
#include "draft/kernel_check.h"

enum { HOLDERS = 5 };

/* ---- memory
 * --------------------------------------------------------------------------------------------------------------- */

static bool say_holders(struct doctor *d, uint64_t total) {
    memory_holder h[HOLDERS];
    arena *scratch = arena_new(64 << 20);
    if (!scratch) return false;
    size_t n = memory_holders(scratch, d->o->proc, h, HOLDERS);
    arena_free(scratch);
    bool ok = true, servers = false;
    for (size_t i = 0; i < n && ok; i++) {
        char size[32];
        memory_size_text(h[i].rss_bytes, size);
        if (h[i].server) {
            servers = true;
            ok = doctor_say(d, "servers", HEALTH_WARNING,
                            "stop it before another model is loaded: one big service at a time; its memory "
                            "can take two minutes to come back (--wait-memory)",
                            "another inference server is running: %s (process %u) holds %s", h[i].name, h[i].pid, size);
        } else if (total && h[i].rss_bytes > total / 10)
            ok = doctor_say(d, "memory", HEALTH_WARNING, "stop it if it is not needed", "%s (process %u) holds %s",
                            h[i].name, h[i].pid, size);
    }
    if (ok && n == 0)
        return doctor_say(d, "servers", HEALTH_SKIPPED, "", "no processes can be seen under %s", d->o->proc);
    if (ok && !servers) ok = doctor_say(d, "servers", HEALTH_OK, "", "no other inference server is running");
    return ok;
}

bool doctor_memory(struct doctor *d) {
    memory_state m;
    error e = {0};
    char total[32], available[32], cache[32];
    if (d->o->memory->read(d->o->memory->context, &m, &e))
        return doctor_say(d, "memory", HEALTH_SKIPPED, "", "the machine does not say how much memory there is: %s",
                          e.message) &&
               say_holders(d, 0);
    memory_size_text(m.total_bytes, total);
    memory_size_text(m.available_bytes, available);
    memory_size_text(m.cache_bytes, cache);
    bool low = m.available_bytes < memory_keep_free(m.total_bytes);
    bool ok = doctor_say(d, "memory", low ? HEALTH_WARNING : HEALTH_OK,
                         low ? "stop what holds it, or wait: --wait-memory SECONDS" : "", "%s of %s can be had%s",
                         available, total, m.limited ? " (the control group allows no more)" : "");
    /* Page cache counts as available; programs that ask for free memory see it as used. */
    bool stale = m.cache_bytes > m.total_bytes / 4;
    if (ok && stale)
        ok = doctor_say(
            d, "page cache", HEALTH_OK,
            "nothing for this program, which reckons with what is available; for programs that ask for free memory: "
            "sync; echo 1 | sudo tee /proc/sys/vm/drop_caches",
            "%s of files read earlier stay in memory, and look like used memory to programs that ask for free memory",
            cache);
    else if (ok)
        ok = doctor_say(d, "page cache", HEALTH_OK, "", "%s of page cache: no stale model is in the way", cache);
    return ok && say_holders(d, m.total_bytes);
}

/* ---- devices
 * -------------------------------------------------------------------------------------------------------------- */

static bool say_kernels(struct doctor *d, const struct device_choice *x) {
    kernel_report r;
    error e = {0};
    if (kernel_check(d->a, x->backend, x->device, &r, &e))
        return doctor_say(d, "kernels", HEALTH_FAILED, "use --device cpu", "the self-test on %s could not be run: %s",
                          x->info.name, e.message);
    bool ok = true;
    double worst = 0;
    for (size_t i = 0; i < r.n && ok; i++) {
        if (r.at[i].passed)
            worst = r.at[i].off_by > worst ? r.at[i].off_by : worst;
        else if (r.at[i].why[0])
            ok = doctor_say(d, "kernels", HEALTH_FAILED, "do not use this device for such a model: --device cpu",
                            "%s on %s: %s", r.at[i].name, x->info.name, r.at[i].why);
        else
            ok = doctor_say(d, "kernels", HEALTH_FAILED, "do not use this device for such a model: --device cpu",
                            "%s on %s is off by %.1f %% of the result; %.0f %% would be allowed", r.at[i].name,
                            x->info.name, 100 * r.at[i].off_by, 100 * KERNEL_CHECK_TOLERANCE);
    }
    if (ok && !r.failed)
        ok = doctor_say(d, "kernels", HEALTH_OK, "",
                        "%zu operations on %s agree with the plain reference, within %.2g %% of the result", r.n,
                        x->info.name, 100 * worst);
    return ok;
}

static bool say_device(struct doctor *d, const char *name, enum health absent) {
    struct device_choice x;
    error e = {0};
    char size[32];
    if (device_open(name, d->o->plugin_folders, 0, &x, &e))
        return doctor_say(d, "device", absent,
                          absent == HEALTH_FAILED ? "name a device that is there, or --device cpu" : "", "%s: %s", name,
                          e.message);
    memory_size_text(x.info.memory_bytes, size);
    bool ok = doctor_say(d, "device", HEALTH_OK, "", "%s, %s%s", x.info.name, size,
                         x.info.unified ? " shared with the host" : "");
    if (ok && x.note[0]) ok = doctor_say(d, "device", HEALTH_WARNING, "", "%s", x.note);
    ok = ok && say_kernels(d, &x);
    device_close(&x);
    return ok;
}

bool doctor_devices(struct doctor *d) {
    if (strcmp(d->o->device, "auto") != 0) return say_device(d, d->o->device, HEALTH_FAILED);
    return say_device(d, "cpu", HEALTH_FAILED) && say_device(d, "cuda", HEALTH_SKIPPED);
}
