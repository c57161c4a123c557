/* truth_controls.c - what must not fire: true claims said otherwise, and true or foreign sentences put beside them.
 *
 *     128 GB ─► 128000 MB, 121.7 GiB ─► about 122 GiB, four ─► 4, DGX Spark ─► GB10
 *     "If we had bought an A100 with 80 GB, ...", "A friend's machine with 64 cores ..."
 */
#include "tests/bench/truth_bench.h"

/* The value of an attribute or benchmark as the manifest writes it; empty where there is no such fact. */
static str value_of(const operation *o, str fact) {
    for (uint32_t i = 0; i < o->truth->benchmark_count; i++)
        if (str_eq(o->truth->benchmarks[i].fact.id, fact)) return o->truth->benchmarks[i].quantity.value;
    for (uint32_t i = 0; i < o->truth->attr_count; i++)
        if (str_eq(o->truth->attrs[i].fact.id, fact)) return o->truth->attrs[i].views[0].quantity.value;
    return (str){0};
}

void controls_quantity(bench *b, int op, const gold *g) {
    const operation *o = &b->ops[op];
    static const struct {
        const char *from, *to;
        double factor;
    } conversions[] = {{" GB", " MB", 1000},     {" TB", " GB", 1000}, {" GiB", " MiB", 1024},
                       {" ms", " s", 0.001},     {" min", " s", 60},   {" minutes", " seconds", 60},
                       {" GB/s", " MB/s", 1000}, {" kW", " W", 1000},  {" hours", " minutes", 60}};
    number_at x;
    if (!number_find(g->claim, 0, &x)) return;
    number_at second;
    bool single = !number_find(g->claim, x.hi, &second);
    for (size_t i = 0; i < COUNT_OF(conversions) && single; i++) {
        str from = str_from_cstr(conversions[i].from);
        if (!str_eq(str_slice(g->claim, x.hi, g->claim.n), from)) continue;
        /* 121.7 GiB is not 124,621 MiB: what was rounded is only converted where the manifest states that very number.
         */
        str exact = value_of(o, g->fact);
        if (x.decimals > 0 && conversions[i].factor > 1 && !str_eq(exact, str_slice(g->claim, x.lo, x.hi))) continue;
        char by[80];
        double value = x.value * conversions[i].factor;
        int decimals = conversions[i].factor < 1 ? x.decimals + 3 : 0;
        snprintf(by, sizeof by, "%.*f%s", decimals, value, conversions[i].to);
        b->now.n = 0;
        put_replaced(g->claim, x.lo, g->claim.n, str_from_cstr(by), &b->now);
        control_at_claim(b, "control: unit conversion", op, g);
    }
    if (x.decimals > 0 && single) {
        ptrdiff_t sign = x.lo; /* about £0.4, not £about 0.4 */
        while (sign > 0 && (g->claim.p[sign - 1] >= 0x80 || g->claim.p[sign - 1] == '$')) sign--;
        b->now.n = 0;
        buf_str(&b->now, str_slice(g->claim, 0, sign));
        bool already =
            x.lo > 0 && (g->claim.p[x.lo - 1] == '~' || str_find(str_slice(g->claim, 0, x.lo), STR("bout"), 0) >= 0);
        if (!already) buf_cstr(&b->now, "about ");
        buf_str(&b->now, str_slice(g->claim, sign, x.lo));
        buf_printf(&b->now, "%.*f", x.decimals - 1, x.value);
        buf_str(&b->now, str_slice(g->claim, x.hi, g->claim.n));
        control_at_claim(b, "control: correct rounding", op, g);
    }
    b->now.n = 0;
    if (single && value_of(o, g->fact).n && !quantity_in_change(&o->pages[g->article], g) &&
        quantity_widen(g->claim, &b->now))
        control_at_claim(b, "control: an interval around the value", op, g);
    static const char *const spelled[] = {"zero",     "one",      "two",      "three",   "four",    "five",
                                          "six",      "seven",    "eight",    "nine",    "ten",     "eleven",
                                          "twelve",   "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
                                          "eighteen", "nineteen", "twenty"};
    if (x.decimals == 0 && x.value <= 20 && single && x.hi < g->claim.n && g->claim.p[x.hi] == ' ') {
        b->now.n = 0;
        put_replaced(g->claim, x.lo, x.hi, str_from_cstr(spelled[(int)x.value]), &b->now);
        control_at_claim(b, "control: spelled out", op, g);
    }
    /* "EPYC 9354", "two RTX 3090": the number is part of a name */
    bool named = x.lo > 1 && byte_is_alpha(g->claim.p[x.lo - 2]) && !(g->claim.p[x.lo - 2] & 0x20);
    named = named || (x.hi < g->claim.n && byte_is_alpha(g->claim.p[x.hi]));         /* "two 3090s" */
    bool year = x.value >= 1900 && x.value < 2100 && x.hi == g->claim.n && x.lo > 0; /* "February 2025" */
    if (x.decimals == 0 && x.value >= 1000 && x.value < 1e9 && single && !named && !year) {
        char digits[32], by[48];
        int n = snprintf(digits, sizeof digits, "%.0f", x.value), k = 0;
        for (int i = 0; i < n; i++) {
            if (i && (n - i) % 3 == 0) by[k++] = x.grouped ? ' ' : ',';
            by[k++] = digits[i];
        }
        by[k] = 0;
        b->now.n = 0;
        put_replaced(g->claim, x.lo, x.hi, str_from_cstr(by), &b->now);
        control_at_claim(b, "control: thousands separators", op, g);
    }
}

void controls_inserted(bench *b, int op, size_t index) {
    const operation *o = &b->ops[op];
    const gold *g = &o->rows[index];
    static const struct {
        const char *kind, *sentence;
    } fixed[] = {
        {"control: hypothetical", " With 512 GB of memory a larger model would fit."},
        {"control: hypothetical", " If we had bought an A100 with 80 GB, none of this would matter."},
        {"control: quoted error", " The log said \"CUDA 11.8 or newer is required\" and nothing else."},
        {"control: third-party figure", " A friend's machine with 64 cores and 256 GB of RAM does it in 3 seconds."},
        {"control: third-party figure", " The vendor's page claims 900 GB/s for the next generation."},
        {"control: reader-side paths",
         " Put your own settings into `/home/you/app.conf` and use port 9999 if you like."},
        {"control: reader-side paths",
         " On your machine that would be `~/models/config.toml` or `/opt/yours/config.toml`."},
        {"control: reader-side systems", " If you run Ubuntu 20.04 with Python 3.8, upgrade first."},
        {"control: figure and section numbers", " See Figure 7 and Section 12.4 for the layout."},
        {"control: years", " In 2014 nobody would have tried this, and in 2031 nobody will remember it."},
        {"control: requirement", " The client library needs Python 3.9+ on your side."},
        {"control: general knowledge", " An H100 has 80 GB of memory and a memory bandwidth of 3.35 TB/s."},
        {"control: general knowledge", " There are cards with 24 GB of memory on the market."},
        {"control: third-party figure",
         " My previous employer ran Kubernetes 1.27 on 40 nodes with 512 GB of RAM each."},
        {"control: third-party figure", " On a Raspberry Pi 5 with 8 GB of RAM the same job took 12 minutes."},
        {"control: third-party figure", " Somebody on a forum measured 212 tok/s and a latency of 9 ms."},
        {"control: requirement", " The documentation recommends at least 16 GB of memory and 4 cores."},
        {"control: hypothetical", " A second machine in Lisbon with 32 cores would cost 400 EUR a month."},
        {"control: hypothetical", " I considered Kafka 3.8 and a cluster of 12 nodes, and decided against both."},
        {"control: quoted error", " The model wrote \"running on Ubuntu 18.04 with 96 cores\", which is invented."},
        {"control: release notes", " Upstream has since released PostgreSQL 19.1, Docker 31.0.2 and Python 3.15.2."},
    };
    size_t pick = index % COUNT_OF(fixed);
    case_insert(b, fixed[pick].kind, op, g, str_from_cstr(fixed[pick].sentence), false, 0);
    if (o->truth->absence_count && index % 3 == 0) {
        const manifest_absence *absence = &o->truth->absences[index % o->truth->absence_count];
        if (absence->matches.n) {
            str added = arena_printf(b->keep, " There is no %.*s here.", STR_ARG(absence->matches.at[0].text));
            case_insert(b, "control: true denial", op, g, added, false, 0);
        }
    }
    uint32_t with_history[64], n = 0;
    for (uint32_t i = 0; i < o->truth->entity_count && n < 64; i++)
        if (o->truth->entities[i].version.history_count) with_history[n++] = i;
    if (!n || index % 3 != 1) return;
    const manifest_entity *entity = &o->truth->entities[with_history[index % n]];
    const manifest_period *period = &entity->version.history[0];
    date_text until = date_format(period->to);
    str added = arena_printf(b->keep, " Until %s it ran %.*s %.*s.", until.text, STR_ARG(manifest_entity_name(entity)),
                             STR_ARG(period->version));
    case_insert(b, "control: dated history", op, g, added, false, 0);
}

/* An address or a path is a name, too, but not one to put into a sentence for another. */
static bool is_code_name(str name) {
    for (ptrdiff_t i = 0; i < name.n; i++)
        if (strchr("/:_.`", name.p[i])) return true;
    return false;
}

/* Does the name stand alone at [at, at + n): no letter, hyphen or path around it? */
static bool stands_alone(str text, ptrdiff_t at, ptrdiff_t n) {
    static const char joined[] = "-/:_.`@\"";
    bool before = at > 0 && (byte_is_alnum(text.p[at - 1]) || strchr(joined, text.p[at - 1]));
    ptrdiff_t end = at + n;
    bool after = end < text.n && (byte_is_alnum(text.p[end]) || (strchr(joined, text.p[end]) && text.p[end] != '.'));
    return !before && !after;
}

/* Another name of the same thing where the line of the claim names it: the longest name that stands there. */
void controls_alias(bench *b, int op, const gold *g) {
    const operation *o = &b->ops[op];
    const page *p = &o->pages[g->article];
    const manifest_entity *e = fact_entity(o, g->fact);
    if (!e || e->aliases.n < 2 || e->kind == ENTITY_PROCESS) return;
    span line = line_around(p, g->lo);
    str text = str_span(p->source, line), was = {0}, by = {0};
    ptrdiff_t at = -1;
    for (uint32_t i = 0; i < e->aliases.n; i++) {
        str name = e->aliases.at[i].text;
        ptrdiff_t hit = str_find(text, name, 0);
        if (hit < 0 || name.n <= was.n || !stands_alone(text, hit, name.n)) continue;
        if (line.lo + hit < g->hi && line.lo + hit + name.n > g->lo) continue;
        was = name, at = hit;
    }
    for (uint32_t i = 0; i < e->aliases.n && at >= 0; i++) {
        by = e->aliases.at[i].text;
        if (is_code_name(by) || str_find(by, was, 0) >= 0 || str_find(was, by, 0) >= 0) continue;
        ptrdiff_t lo = line.lo + at, hi = lo + was.n;
        edit name = {.lo = lo, .hi = hi, .by = by}, look = {.lo = g->lo, .hi = g->hi, .by = g->claim};
        edit edits[2] = {lo < g->lo ? name : look, lo < g->lo ? look : name};
        case_true(b, "control: another alias", op, g, edits, 2, by);
        return;
    }
}
