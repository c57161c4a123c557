/* manifest_units.c - is a text a unit?
 *
 * In: the text of a `unit` key. Out: whether the dictionary knows it, or it is a counted noun of everyday use, or a
 * rate of one of those ("messages/s", "GiB/h"). A stopgap list until the technical lexer's dictionary (lex/units.h) can
 * be linked.
 */
#include "facts/manifest_load.h"

static bool in_list(str text, const char *const *list) {
    for (; *list; list++)
        if (str_eq(text, str_from_cstr(*list))) return true;
    return false;
}

static bool is_measure(str unit) {
    static const char *const list[] = {
        "B",      "kB",       "KB",       "MB",    "GB",  "TB",  "PB",    "KiB",    "MiB",     "GiB",    "TiB",
        "PiB",    "bit",      "kb",       "Mb",    "Gb",  "Tb",  "byte",  "bytes",  "b",       "ns",     "µs",
        "μs",     "us",       "ms",       "s",     "min", "h",   "day",   "days",   "week",    "month",  "year",
        "Hz",     "kHz",      "MHz",      "GHz",   "W",   "mW",  "kW",    "Wh",     "kWh",     "J",      "V",
        "mV",     "A",        "mA",       "µA",    "Ah",  "mAh", "°C",    "C",      "K",       "°F",     "m",
        "mm",     "cm",       "km",       "m2",    "ha",  "g",   "kg",    "%",      "percent", "x",      "USD",
        "EUR",    "GBP",      "$",        "€",     "dB",  "dBm", "tok/s", "tps",    "token",   "tokens", "tok",
        "params", "B params", "M params", "req/s", "rps", "qps", "FLOPS", "TFLOPS", "GFLOPS",  "PFLOPS", "TOPS",
        "IOPS",   "Mbps",     "Gbps",     "kbps",  "px",  "Pa",  "hPa",   "bar",    "point",   "points", "km/h",
        "m/s",    "rpm",      "l",        NULL};
    return in_list(unit, list);
}

static bool is_noun(str unit) {
    static const char *const list[] = {
        "core",    "thread",  "node",      "unit",    "GPU",       "CPU",        "disk",        "drive",     "machine",
        "server",  "host",    "container", "process", "worker",    "connection", "row",         "record",    "request",
        "message", "frame",   "packet",    "file",    "line",      "page",       "test",        "run",       "user",
        "person",  "people",  "replica",   "shard",   "partition", "snapshot",   "backup",      "job",       "task",
        "event",   "error",   "commit",    "article", "document",  "query",      "transaction", "operation", "item",
        "entry",   "step",    "channel",   "layer",   "expert",    "head",       "stream",      "batch",     "slot",
        "port",    "restart", "night",     "draft",   "word",      "character",  "cell",        "people",    NULL};
    if (in_list(unit, list)) return true;
    if (unit.n > 1 && unit.p[unit.n - 1] == 's') return in_list(str_slice(unit, 0, unit.n - 1), list);
    return false;
}

bool unit_known(str unit) {
    unit = str_trim(unit);
    if (is_measure(unit) || is_noun(unit)) return true;
    ptrdiff_t slash = str_find_byte(unit, '/', 0);
    if (slash <= 0) return false;
    str above = str_slice(unit, 0, slash), below = str_slice(unit, slash + 1, unit.n);
    return (is_measure(above) || is_noun(above)) && (is_measure(below) || is_noun(below));
}

bool unit_same_dimension(str a, str b) { return str_eq(a, b) || (is_measure(a) && is_measure(b)); }
