/* probe_software.c - what is installed: operating system, kernel, NVIDIA driver, CUDA toolkit, packages.
 *
 * In: os-release(5), /proc/sys/kernel/osrelease, /proc/driver/nvidia/version, /usr/local/cuda/version.json, the package
 * databases of dpkg (/var/lib/dpkg/status) and apk (/lib/apk/db/installed), which anyone may read, and rpm's through
 * rpm. Out: `components` and `packages`. Of a package installed for several architectures the first entry counts.
 */
#include "manifest/probe_parts.h"

/* ---- components ---- */

typedef struct component {
    const char *id, *aliases; /* aliases: YAML, without the brackets */
    str name;                 /* a further alias */
    str version;
    const char *source;
} component;

static void write_component(prober *p, const component *c) {
    buf_printf(p->out, "  - {id: %s, aliases: [", c->id);
    if (c->name.n) yaml_quote(p->out, c->name);
    buf_printf(p->out, "%s%s], scheme: loose", c->name.n && *c->aliases ? ", " : "", c->aliases);
    yaml_field(p->out, "version", c->version);
    buf_printf(p->out, ", accept: [prefix]");
    yaml_field(p->out, "source", str_from_cstr(c->source));
    buf_cstr(p->out, "}\n");
}

/* PRETTY_NAME and NAME begin alike: "Debian GNU/Linux". VERSION_ID is "12" where the point release stands elsewhere. */
static void probe_os(prober *p) {
    const char *source = "/etc/os-release";
    str text, release;
    if (!probe_read(p, source, &text) && !probe_read(p, source = "/usr/lib/os-release", &text)) return;
    str id = probe_value(text, "ID", '='), name = probe_value(text, "NAME", '=');
    str version = probe_value(text, "VERSION_ID", '=');
    if (str_eq(id, STR("debian")) && probe_line(p, "/etc/debian_version", &release) && byte_is_digit(release.p[0])) {
        version = release;
        source = "/etc/debian_version";
    }
    if (!probe_is_name(name)) name = id;
    if (!probe_is_name(name)) return;
    str safe = yaml_id(p->a, id.n ? id : name, "operating-system");
    component c = {
        .id = (const char *)arena_cstr(p->a, safe), .name = name, .aliases = "", .version = version, .source = source};
    str first = name; /* "Debian" of "Debian GNU/Linux" */
    ptrdiff_t space = str_find_byte(name, ' ', 0);
    if (space > 0) first = str_slice(name, 0, space);
    buf short_name = {0};
    if (space > 0 && str_eq_nocase(first, id)) {
        yaml_quote(&short_name, first);
        c.aliases = arena_cstr(p->a, buf_view(&short_name));
    }
    if (c.id && c.aliases) write_component(p, &c);
    buf_free(&short_name);
}

/* "NVRM version: NVIDIA UNIX x86_64 Kernel Module  580.95.05  Tue …": the first word that begins like a version. */
static str driver_version(str text) {
    str line = {NULL, 0}, word;
    str_cut(&text, '\n', &line);
    while (str_cut(&line, ' ', &word)) {
        if (word.n < 3 || !byte_is_digit(word.p[0]) || str_find_byte(word, '.', 0) < 0) continue;
        return word;
    }
    return (str){NULL, 0};
}

/* "cuda": {"name": "CUDA SDK", "version": "13.0.2"} of version.json, without a JSON reader: the first version behind
 * "cuda". */
static str cuda_version(str json) {
    ptrdiff_t at = str_find(json, STR("\"cuda\""), 0);
    at = at < 0 ? -1 : str_find(json, STR("\"version\""), at);
    at = at < 0 ? -1 : str_find_byte(json, ':', at);
    at = at < 0 ? -1 : str_find_byte(json, '"', at);
    ptrdiff_t end = at < 0 ? -1 : str_find_byte(json, '"', at + 1);
    return end < 0 ? (str){NULL, 0} : str_slice(json, at + 1, end);
}

void probe_system(prober *p) {
    str text;
    buf_cstr(p->out, "components:\n");
    size_t before = p->out->n;
    probe_os(p);
    if (probe_line(p, "/proc/sys/kernel/osrelease", &text))
        write_component(p, &(component){.id = "kernel",
                                        .aliases = "kernel, Linux kernel",
                                        .version = text,
                                        .source = "/proc/sys/kernel/osrelease"});
    if (probe_read(p, "/proc/driver/nvidia/version", &text) && driver_version(text).n)
        write_component(p, &(component){.id = "nvidia-driver",
                                        .aliases = "NVIDIA driver, nvidia-driver, Driver Version",
                                        .version = driver_version(text),
                                        .source = "/proc/driver/nvidia/version"});
    if (probe_read(p, "/usr/local/cuda/version.json", &text) && cuda_version(text).n)
        write_component(p, &(component){.id = "cuda-toolkit",
                                        .aliases = "CUDA, CUDA toolkit, nvcc",
                                        .version = cuda_version(text),
                                        .source = "/usr/local/cuda/version.json"});
    if (p->out->n == before) {
        p->out->n -= p->out->failed ? 0 : strlen("components:\n");
    }
}

/* ---- packages ---- */

static void write_package(prober *p, str name, str version, const char *scheme, const char *source) {
    str id = yaml_id(p->a, name, "package");
    if (!id.p || !version.n || !str_eq(id, name) || id_table_find(&p->ids, id)) return;
    if (!id_table_add(&p->ids, p->a, id, 0)) {
        p->failed = true;
        error_set(p->e, ERROR_MEMORY, "out of memory");
        return;
    }
    if (p->ids.count == 1) buf_cstr(p->out, "packages:\n");
    buf_cstr(p->out, "  - {name: ");
    yaml_quote(p->out, id);
    const char *names = package_usual_names(id);
    if (names) buf_printf(p->out, ", aliases: [%.*s, %s]", STR_ARG(id), names);
    yaml_field(p->out, "version", version);
    /* "curl 7.88.1" is what people write of 7.88.1-10+deb12u14 */
    buf_printf(p->out, ", scheme: %s, accept: [prefix, build], source: %s}\n", yaml_scheme(scheme, version), source);
}

/* Stanzas of "Key: value" lines, parted by an empty line. */
static void probe_dpkg(prober *p, str text) {
    str line, name = {NULL, 0}, version = {NULL, 0};
    bool installed = false, more = true;
    while (more) {
        more = str_cut(&text, '\n', &line);
        if (!more || !line.n) {
            if (installed && name.n) write_package(p, name, version, "deb", "dpkg");
            name = version = (str){NULL, 0};
            installed = false;
            continue;
        }
        if (str_starts(line, STR("Package: "))) name = str_trim(str_slice(line, 9, line.n));
        if (str_starts(line, STR("Version: "))) version = str_trim(str_slice(line, 9, line.n));
        if (str_starts(line, STR("Status: "))) installed = str_ends(str_trim(line), STR(" ok installed"));
    }
}

static void probe_apk(prober *p, str text) {
    str line, name = {NULL, 0};
    while (str_cut(&text, '\n', &line)) {
        if (str_starts(line, STR("P:"))) name = str_slice(line, 2, line.n);
        if (str_starts(line, STR("V:")) && name.n) write_package(p, name, str_slice(line, 2, line.n), "loose", "apk");
        if (!line.n) name = (str){NULL, 0};
    }
}

static void probe_rpm(prober *p, str text) {
    str line, name;
    while (str_cut(&text, '\n', &line))
        if (str_cut(&line, ' ', &name)) write_package(p, name, str_trim(line), "rpm", "rpm");
}

void probe_packages(prober *p) {
    static const char *const rpm[] = {"rpm", "-qa", "--qf", "%{NAME} %{VERSION}-%{RELEASE}\n", NULL};
    str text;
    if (probe_read(p, "/var/lib/dpkg/status", &text)) {
        probe_dpkg(p, text);
        str *names; /* distroless images keep one file a package */
        char path[300];
        for (size_t i = 0, n = probe_list(p, "/var/lib/dpkg/status.d", &names); i < n; i++) {
            if (str_ends(names[i], STR(".md5sums")) || names[i].n > 200) continue;
            memcpy(path, "/var/lib/dpkg/status.d/", 23);
            memcpy(path + 23, names[i].p, (size_t)names[i].n);
            path[23 + names[i].n] = 0;
            if (probe_read(p, path, &text)) probe_dpkg(p, text);
        }
    } else if (probe_read(p, "/lib/apk/db/installed", &text)) {
        probe_apk(p, text);
    } else if (p->options->run && p->options->run(p->options->context, p->a, rpm, &text)) {
        probe_rpm(p, text);
    }
}
