/* probe_machine.c - what the machine is, and what listens on it.
 *
 * In: /proc/cpuinfo (x86 and arm64 forms), /proc/meminfo, DMI or the device tree, /sys/block, nvidia-smi or
 * /proc/driver/nvidia, /proc/net/tcp and tcp6. Out: one `hardware` entry and one service a listening port. Arm part
 * numbers are those of the MIDR_EL1 registers in Arm's technical reference manuals. Sizes are as the kernel states
 * them: KiB for memory, 512-byte sectors for disks.
 */
#include "manifest/probe_parts.h"

#include <stdio.h>

static void attr_open(prober *p, const char *name, const char *aliases) {
    buf_printf(p->out, "      %s: {", name);
    if (aliases) buf_printf(p->out, "aliases: [%s], ", aliases);
}

static void attr_number(prober *p, const char *name, const char *aliases, uint64_t value, const char *unit,
                        const char *source) {
    attr_open(p, name, aliases);
    buf_printf(p->out, "value: %llu, unit: %s, source: \"%s\"}\n", (unsigned long long)value, unit, source);
}

static void attr_text(prober *p, const char *name, const char *aliases, str value, const char *source) {
    if (!str_trim(value).n) return;
    attr_open(p, name, aliases);
    buf_cstr(p->out, "value: ");
    yaml_quote(p->out, str_trim(value));
    buf_printf(p->out, ", source: \"%s\"}\n", source);
}

/* ---- processor ---- */

typedef struct cpu_count {
    uint32_t threads, cores; /* cores 0: not stated, as on arm64 where each logical processor is a core */
    str model;
} cpu_count;

static const char *arm_part_name(uint64_t implementer, uint64_t part) {
    static const struct {
        uint16_t implementer, part;
        const char *name;
    } parts[] = {{0x41, 0xd03, "Cortex-A53"},  {0x41, 0xd04, "Cortex-A35"},  {0x41, 0xd05, "Cortex-A55"},
                 {0x41, 0xd07, "Cortex-A57"},  {0x41, 0xd08, "Cortex-A72"},  {0x41, 0xd09, "Cortex-A73"},
                 {0x41, 0xd0a, "Cortex-A75"},  {0x41, 0xd0b, "Cortex-A76"},  {0x41, 0xd0c, "Neoverse-N1"},
                 {0x41, 0xd40, "Neoverse-V1"}, {0x41, 0xd41, "Cortex-A78"},  {0x41, 0xd44, "Cortex-X1"},
                 {0x41, 0xd49, "Neoverse-N2"}, {0x41, 0xd4f, "Neoverse-V2"}, {0x41, 0xd80, "Cortex-A520"},
                 {0x41, 0xd81, "Cortex-A720"}, {0x41, 0xd82, "Cortex-X4"},   {0x41, 0xd85, "Cortex-X925"},
                 {0x41, 0xd87, "Cortex-A725"}, {0x41, 0xd8e, "Neoverse-N3"}, {0xc0, 0xac3, "Ampere-1"}};
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        if (parts[i].implementer == implementer && parts[i].part == part) return parts[i].name;
    return NULL;
}

static uint64_t hex_value(str text) {
    uint64_t value = 0;
    text = str_trim(text);
    if (str_starts(text, STR("0x"))) text = str_slice(text, 2, text.n);
    for (ptrdiff_t i = 0; i < text.n && i < 16; i++) {
        uint8_t c = byte_lower(text.p[i]);
        if (byte_is_digit(c))
            value = value << 4 | (uint64_t)(c - '0');
        else if (c >= 'a' && c <= 'f')
            value = value << 4 | (uint64_t)(c - 'a' + 10);
        else
            break;
    }
    return value;
}

enum { ARM_KINDS = 8 };

typedef struct arm_cores {
    const char *names[ARM_KINDS];
    uint32_t counts[ARM_KINDS], kinds;
} arm_cores;

static void count_arm_core(arm_cores *arm, uint64_t implementer, uint64_t part) {
    const char *name = arm_part_name(implementer, part);
    if (!name) return;
    for (uint32_t i = 0; i < arm->kinds; i++)
        if (arm->names[i] == name) {
            arm->counts[i]++;
            return;
        }
    if (arm->kinds == ARM_KINDS) return;
    arm->names[arm->kinds] = name;
    arm->counts[arm->kinds++] = 1;
}

/* "10 Cortex-X925, 10 Cortex-A725", or the bare name where all are alike. */
static str arm_model(prober *p, const arm_cores *arm) {
    str text = {NULL, 0};
    if (arm->kinds == 1) return str_from_cstr(arm->names[0]);
    for (uint32_t i = 0; i < arm->kinds; i++)
        text = arena_printf(p->a, "%.*s%s%u %s", STR_ARG(text), i ? ", " : "", arm->counts[i], arm->names[i]);
    return text;
}

static cpu_count count_cpus(prober *p, str cpuinfo) {
    cpu_count c = {0};
    arm_cores arm = {.kinds = 0};
    id_table cores = {.seed = 0};
    str line, socket = STR("0");
    uint64_t implementer = 0;
    while (str_cut(&cpuinfo, '\n', &line)) {
        ptrdiff_t colon = str_find_byte(line, ':', 0);
        if (colon < 0) continue;
        str key = str_trim(str_slice(line, 0, colon)), value = str_trim(str_slice(line, colon + 1, line.n));
        if (str_eq(key, STR("processor"))) c.threads++;
        if (str_eq(key, STR("model name")) && !c.model.n) c.model = value;
        if (str_eq(key, STR("physical id"))) socket = value;
        if (str_eq(key, STR("CPU implementer"))) implementer = hex_value(value);
        if (str_eq(key, STR("CPU part"))) count_arm_core(&arm, implementer, hex_value(value));
        if (!str_eq(key, STR("core id"))) continue;
        str core = arena_printf(p->a, "%.*s/%.*s", STR_ARG(socket), STR_ARG(value));
        if (core.p && !id_table_find(&cores, core)) id_table_add(&cores, p->a, core, 0);
    }
    c.cores = cores.count;
    if (arm.kinds) c.model = arm_model(p, &arm);
    return c;
}

static void probe_cpu(prober *p) {
    str text;
    if (!probe_read(p, "/proc/cpuinfo", &text)) return;
    cpu_count c = count_cpus(p, text);
    if (!c.threads) return;
    attr_number(p, "cpu_cores", "\"cores\", \"core CPU\"", c.cores ? c.cores : c.threads, "core", "/proc/cpuinfo");
    if (c.cores && c.threads != c.cores)
        attr_number(p, "cpu_threads", "\"hardware threads\"", c.threads, "thread", "/proc/cpuinfo");
    attr_text(p, "cpu_model", "\"processor\"", c.model, "/proc/cpuinfo");
}

/* ---- memory and disks ---- */

static void probe_memory(prober *p) {
    str text, number;
    uint64_t kib;
    if (!probe_read(p, "/proc/meminfo", &text)) return;
    str value = probe_value(text, "MemTotal", ':');
    if (str_cut(&value, ' ', &number) && str_to_u64(number, &kib) && kib)
        attr_number(p, "memory", "\"RAM\"", kib, "KiB", "/proc/meminfo");
    value = probe_value(text, "SwapTotal", ':');
    if (str_cut(&value, ' ', &number) && str_to_u64(number, &kib) && kib)
        attr_number(p, "swap", NULL, kib, "KiB", "/proc/meminfo");
}

static bool is_disk(str name) {
    static const char *const others[] = {"loop", "ram", "zram", "dm-", "md", "sr", "fd", "nbd", "zd"};
    for (size_t i = 0; i < COUNT_OF(others); i++)
        if (str_starts(name, str_from_cstr(others[i]))) return false;
    return true;
}

/* Size in bytes of a block device that is no partition, virtual device or removable medium; else 0. */
static uint64_t disk_bytes(prober *p, str name) {
    char path[320];
    str text;
    uint64_t sectors;
    if (!is_disk(name) || name.n > 200) return 0;
    snprintf(path, sizeof path, "/sys/block/%.*s/removable", STR_ARG(name));
    if (probe_line(p, path, &text) && !str_eq(text, STR("0"))) return 0;
    snprintf(path, sizeof path, "/sys/block/%.*s/size", STR_ARG(name));
    if (!probe_line(p, path, &text) || !str_to_u64(text, &sectors) || sectors > UINT64_MAX / 512) return 0;
    return sectors * 512;
}

static void probe_disks(prober *p) {
    str *names;
    size_t n = probe_list(p, "/sys/block", &names), disks = 0;
    for (size_t i = 0; i < n; i++) disks += disk_bytes(p, names[i]) > 0;
    for (size_t i = 0; i < n; i++) {
        uint64_t bytes = disk_bytes(p, names[i]);
        char name[160];
        str id = yaml_id(p->a, names[i], "disk");
        if (!bytes || !id.p) continue;
        snprintf(name, sizeof name, "disk-%.*s", STR_ARG(id));
        bool nvme = str_starts(names[i], STR("nvme"));
        attr_number(p, name,
                    disks > 1 ? NULL
                    : nvme    ? "\"storage\", \"disk\", \"SSD\", \"NVMe\""
                              : "\"storage\", \"disk\"",
                    bytes, "B", "/sys/block");
    }
    if (disks) attr_number(p, "disks", "\"drives\"", disks, "disk", "/sys/block");
}

/* ---- graphics processors ---- */

typedef struct gpu_list {
    str model;
    uint32_t count;
    uint64_t memory_mib; /* of one; 0 = not stated, as on machines with unified memory */
    const char *source;
} gpu_list;

/* Lines of "NVIDIA GB10, [N/A]" or "NVIDIA A100-SXM4-80GB, 81920". */
static gpu_list gpus_of_smi(str text) {
    gpu_list g = {.source = "nvidia-smi"};
    str line, name;
    while (str_cut(&text, '\n', &line)) {
        if (!str_cut(&line, ',', &name) || !str_trim(name).n) continue;
        if (!g.count++) {
            g.model = str_trim(name);
            str_to_u64(str_trim(line), &g.memory_mib);
        }
    }
    return g;
}

static gpu_list gpus_of_proc(prober *p) {
    gpu_list g = {.source = "/proc/driver/nvidia"};
    str *names, text;
    size_t n = probe_list(p, "/proc/driver/nvidia/gpus", &names);
    for (size_t i = 0; i < n; i++) {
        char path[320];
        snprintf(path, sizeof path, "/proc/driver/nvidia/gpus/%.*s/information",
                 (int)(names[i].n < 200 ? names[i].n : 200), (const char *)names[i].p);
        if (!probe_read(p, path, &text)) continue;
        if (!g.count++) g.model = probe_value(text, "Model", ':');
    }
    return g;
}

static void probe_gpus(prober *p) {
    static const char *const smi[] = {"nvidia-smi", "--query-gpu=name,memory.total", "--format=csv,noheader,nounits",
                                      NULL};
    str text;
    gpu_list g = {.count = 0};
    if (p->options->run && p->options->run(p->options->context, p->a, smi, &text)) g = gpus_of_smi(text);
    if (!g.count) g = gpus_of_proc(p);
    if (!g.count) return;
    attr_number(p, "gpus", "\"GPU\", \"GPUs\"", g.count, "GPU", g.source);
    attr_text(p, "gpu_model", NULL, g.model, g.source);
    if (g.memory_mib) attr_number(p, "gpu_memory", "\"VRAM\", \"GPU memory\"", g.memory_mib, "MiB", g.source);
}

/* ---- the machine ---- */

/* Names that makers leave in place of a name. */
static bool is_placeholder(str name) {
    static const char *const words[] = {"System Product Name",
                                        "To be filled by O.E.M.",
                                        "Default string",
                                        "Not Specified",
                                        "Not Applicable",
                                        "None",
                                        "Unknown",
                                        "System Version"};
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (str_eq_nocase(name, str_from_cstr(words[i]))) return true;
    return name.n < 3 || !probe_is_name(name);
}

static str product_name(prober *p, const char **source) {
    str name;
    *source = "/sys/class/dmi/id/product_name";
    if (probe_line(p, *source, &name) && !is_placeholder(name)) return name;
    *source = "/proc/device-tree/model";
    if (probe_line(p, *source, &name) && !is_placeholder(name)) return name;
    return (str){NULL, 0};
}

void probe_hardware(prober *p) {
    const char *source;
    str product = product_name(p, &source), vendor = {NULL, 0};
    probe_line(p, "/sys/class/dmi/id/sys_vendor", &vendor);
    buf_printf(p->out, "hardware:\n  - id: %.*s\n    aliases: [", STR_ARG(p->host));
    yaml_quote(p->out, p->host);
    if (product.n && !str_eq_nocase(product, p->host)) buf_cstr(p->out, ", "), yaml_quote(p->out, product);
    buf_cstr(p->out, "]\n    source: probe\n    attrs:\n");
    size_t before = p->out->n;
    attr_text(p, "product", NULL, product, source);
    if (!is_placeholder(vendor)) attr_text(p, "vendor", NULL, vendor, "/sys/class/dmi/id/sys_vendor");
    probe_cpu(p);
    probe_memory(p);
    probe_disks(p);
    probe_gpus(p);
    if (p->out->n == before && !p->out->failed) p->out->n -= strlen("    attrs:\n");
}

/* ---- listening ports ---- */

/* "0100007F:1F90" little-endian words in hexadecimal: 127.0.0.0/8, ::1 and ::ffff:127.0.0.0/104 are loopback. */
static bool is_loopback(str address) {
    if (address.n == 8) return str_ends(address, STR("7F"));
    if (str_eq(address, STR("00000000000000000000000001000000"))) return true;
    return address.n == 32 && str_starts(address, STR("0000000000000000FFFF0000")) && str_ends(address, STR("7F"));
}

static bool field_next(str *line, str *field) {
    *line = str_trim(*line);
    return line->n && str_cut(line, ' ', field);
}

static void read_listeners(prober *p, const char *path, uint8_t *seen) {
    str text, line, field, address, rest;
    if (!probe_read(p, path, &text)) return;
    str_cut(&text, '\n', &line); /* the heading */
    while (str_cut(&text, '\n', &line)) {
        str state;
        if (!field_next(&line, &field) || !field_next(&line, &address) || !field_next(&line, &rest) ||
            !field_next(&line, &state))
            continue;
        if (!str_eq(state, STR("0A"))) continue; /* TCP_LISTEN */
        ptrdiff_t colon = str_find_byte(address, ':', 0);
        if (colon < 0) continue;
        uint64_t port = hex_value(str_slice(address, colon + 1, address.n));
        if (port < 1 || port > 65535) continue;
        seen[port] |= is_loopback(str_slice(address, 0, colon)) ? 1 : 2;
    }
}

void probe_services(prober *p) {
    uint8_t *seen = arena_alloc(p->a, 65536, 1);
    bool any = false;
    if (!seen) return;
    read_listeners(p, "/proc/net/tcp", seen);
    read_listeners(p, "/proc/net/tcp6", seen);
    for (unsigned port = 1; port < 65536; port++) {
        if (!seen[port]) continue;
        if (!any) buf_cstr(p->out, "services:\n");
        any = true;
        buf_printf(p->out,
                   "  - {id: %.*s-tcp-%u, aliases: [\"%.*s:%u\"], host: %.*s, port: %u, source: /proc/net/tcp%s}\n",
                   STR_ARG(p->host), port, STR_ARG(p->host), port, STR_ARG(p->host), port,
                   seen[port] == 1 ? ", note: listens on the loopback address only" : "");
    }
}
