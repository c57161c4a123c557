/* test_probe.c - the probe over three fixture machines, the importers, the stubs: what they write loads. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/file.h"
#include "base/utf8.h"
#include "manifest/gaps.h"
#include "manifest/import.h"
#include "manifest/manifest.h"
#include "manifest/probe.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define TODAY date_make(2026, 5, 18)

static manifest *load_buf(const buf *b) {
    manifest *m = NULL;
    error e = {0};
    char text[1024];
    manifest_source source = {STR("made.yaml"), buf_view(b)};
    if (manifest_load(&source, 1, &m, &e)) {
        print_message("%.*s\n", STR_ARG(buf_view(b)));
        fail_msg("%s", error_text(&e, text, sizeof text));
    }
    return m;
}

/* Stands for nvidia-smi: answers from a file beside the fixture. */
static bool run_from_file(void *context, arena *a, const char *const *argv, str *output) {
    char path[256];
    snprintf(path, sizeof path, "%s/commands/%s", (const char *)context, argv[0]);
    return file_read(a, path, 65536, output, NULL) == ERROR_NONE;
}

static manifest *probe(const char *root, buf *b) {
    error e = {0};
    char text[1024];
    probe_options options = {
        .root = root, .run = run_from_file, .context = (void *)(uintptr_t)root, .today = TODAY, .packages = true};
    if (manifest_probe(&options, b, &e)) fail_msg("%s", error_text(&e, text, sizeof text));
    return load_buf(b);
}

static void attr_is(const manifest *m, const char *entity, const char *name, const char *value, const char *unit) {
    const manifest_entity *e = manifest_find_entity(m, str_from_cstr(entity));
    assert_non_null(e);
    const manifest_attr *attr = manifest_find_attr(m, e, str_from_cstr(name));
    if (!attr) fail_msg("%s has no %s", entity, name);
    if (!str_eq(attr->views[0].quantity.value, str_from_cstr(value)))
        fail_msg("%s.%s is '%.*s'", entity, name, STR_ARG(attr->views[0].quantity.value));
    assert_true(str_eq(attr->views[0].quantity.unit, str_from_cstr(unit)));
    assert_true(attr->fact.source.n > 0);
}

static void version_is(const manifest *m, const char *id, const char *version, enum version_scheme scheme) {
    const manifest_entity *e = manifest_find_entity(m, str_from_cstr(id));
    if (!e) fail_msg("no %s", id);
    if (!str_eq(e->version.text, str_from_cstr(version))) fail_msg("%s is '%.*s'", id, STR_ARG(e->version.text));
    assert_int_equal(e->version.scheme, scheme);
    assert_true(e->version.fact.source.n > 0);
}

static void an_x86_server_is_probed(void **state) {
    (void)state;
    buf b = {0};
    manifest *m = probe("tests/probe/x86-64", &b);
    version_is(m, "debian", "12.13", VERSION_LOOSE);
    version_is(m, "kernel", "6.1.0-42-amd64", VERSION_LOOSE);
    version_is(m, "packages.libc6", "2.36-9+deb12u13", VERSION_DEB);
    version_is(m, "packages.libstdc++6", "12.2.0-14", VERSION_DEB);
    assert_null(manifest_find_entity(m, STR("packages.nano")));
    /* people write "libc6 2.36" of 2.36-9+deb12u13 */
    assert_true(str_find(buf_view(&b),
                         STR("{name: \"libc6\", version: \"2.36-9+deb12u13\", scheme: deb, accept: [prefix, build],"),
                         0) > 0);
    assert_int_equal(manifest_find_entity(m, STR("packages.libc6"))->version.accept, ACCEPT_PREFIX | ACCEPT_BUILD);
    /* what people and the program itself call it */
    assert_true(
        str_find(buf_view(&b), STR("{name: \"python3\", aliases: [python3, Python], version: \"3.11.2-1+b1\""), 0) > 0);
    assert_true(str_find(buf_view(&b), STR("{name: \"nodejs\", aliases: [nodejs, Node.js], version:"), 0) > 0);
    version_is(m, "packages.python3", "3.11.2-1+b1", VERSION_DEB);
    const char *host = "machine-debian"; /* "debian" is the operating system */
    attr_is(m, host, "cpu_cores", "4", "core");
    attr_is(m, host, "cpu_threads", "8", "thread");
    attr_is(m, host, "cpu_model", "AMD EPYC 7313P 16-Core Processor", "");
    attr_is(m, host, "memory", "65766412", "KiB");
    attr_is(m, host, "swap", "8388604", "KiB");
    attr_is(m, host, "disk-nvme1n1", "1920383410176", "B");
    attr_is(m, host, "disks", "2", "disk");
    attr_is(m, host, "gpus", "2", "GPU");
    attr_is(m, host, "gpu_memory", "81920", "MiB");
    assert_null(manifest_find_attr(m, manifest_find_entity(m, str_from_cstr(host)), STR("product")));
    assert_int_equal(manifest_find_entity(m, STR("machine-debian-tcp-22"))->port, 22);
    assert_non_null(manifest_find_entity(m, STR("machine-debian-tcp-443")));
    assert_non_null(manifest_find_entity(m, STR("machine-debian-tcp-5432")));
    assert_true(str_find(buf_view(&b), STR("port: 5432, source: /proc/net/tcp, note: listens on the loopback"), 0) > 0);
    assert_int_equal(str_find(buf_view(&b), STR("port: 22, source: /proc/net/tcp, note"), 0), -1);
    manifest_free(m);
    buf_free(&b);
}

static void an_arm_board_in_a_container_is_probed(void **state) {
    (void)state;
    buf b = {0};
    manifest *m = probe("tests/probe/arm64", &b);
    assert_true(str_find(buf_view(&b), STR("probed inside a Podman container"), 0) > 0);
    version_is(m, "alpine", "3.22.1", VERSION_LOOSE);
    version_is(m, "packages.musl", "1.2.5-r10", VERSION_LOOSE);
    attr_is(m, "gw-sluice", "product", "Raspberry Pi 5 Model B Rev 1.0", "");
    attr_is(m, "gw-sluice", "cpu_cores", "4", "core");
    attr_is(m, "gw-sluice", "cpu_model", "Cortex-A76", "");
    manifest_free(m);
    buf_free(&b);
}

static void a_machine_with_unified_memory_is_probed(void **state) {
    (void)state;
    buf b = {0}, again = {0};
    manifest *m = probe("tests/probe/spark", &b);
    version_is(m, "nvidia-driver", "580.95.05", VERSION_LOOSE);
    version_is(m, "cuda-toolkit", "13.0.2", VERSION_LOOSE);
    version_is(m, "packages.cuda-toolkit-13-0", "13.0.2-1", VERSION_DEB);
    attr_is(m, "spark-1a2b", "cpu_cores", "20", "core");
    attr_is(m, "spark-1a2b", "cpu_model", "10 Cortex-A725, 10 Cortex-X925", "");
    attr_is(m, "spark-1a2b", "gpu_model", "NVIDIA GB10", "");
    const manifest_entity *e = manifest_find_entity(m, STR("spark-1a2b"));
    assert_null(manifest_find_attr(m, e, STR("gpu_memory")));
    assert_null(manifest_find_attr(m, e, STR("swap")));
    uint32_t count;
    assert_non_null(alias_lookup(m->names, STR("NVIDIA DGX Spark"), &count));
    manifest_free(m);
    probe_options options = {.root = "tests/probe/spark", .today = TODAY, .packages = true}; /* without nvidia-smi */
    error e2 = {0};
    assert_int_equal(manifest_probe(&options, &again, &e2), 0);
    m = load_buf(&again);
    attr_is(m, "spark-1a2b", "gpu_model", "NVIDIA GB10", "");
    manifest_free(m);
    buf_free(&b);
    buf_free(&again);
}

static void this_machine_is_probed(void **state) {
    (void)state;
    buf b = {0};
    error e = {0};
    probe_options options = {.run = probe_run_program, .today = TODAY, .packages = true};
    assert_int_equal(manifest_probe(&options, &b, &e), 0);
    manifest *m = load_buf(&b);
    assert_true(m->fact_count > 0);
    manifest_free(m);
    buf_free(&b);
    options.root = "tests/probe/nowhere";
    assert_int_equal(manifest_probe(&options, &b, &e), ERROR_IO);
    options.today = 0;
    assert_int_equal(manifest_probe(&options, &b, &e), ERROR_USAGE);
    assert_int_equal(b.n, 0);
}

static void put(const char *root, const char *path, str content) {
    char full[512];
    snprintf(full, sizeof full, "%s/%s", root, path);
    for (char *slash = full + 1; (slash = strchr(slash, '/')); slash++) {
        *slash = 0;
        mkdir(full, 0700);
        *slash = '/';
    }
    error e = {0};
    if (file_write(full, content, &e)) fail_msg("%s", e.message);
}

/* Every file full of YAML syntax, quotes, control bytes and broken UTF-8: the result must still load. */
static void hostile_files_give_a_valid_manifest(void **state) {
    (void)state;
    static const char *const files[] = {"proc/cpuinfo",
                                        "proc/meminfo",
                                        "proc/sys/kernel/hostname",
                                        "proc/sys/kernel/osrelease",
                                        "etc/os-release",
                                        "etc/debian_version",
                                        "proc/driver/nvidia/version",
                                        "usr/local/cuda/version.json",
                                        "var/lib/dpkg/status",
                                        "sys/class/dmi/id/product_name",
                                        "sys/class/dmi/id/sys_vendor",
                                        "proc/net/tcp",
                                        "sys/block/a: [b/size"};
    static const char nasty[] =
        "ID=\"}, x: [\\\"#\n\xff\xfe\x01\": {\nNAME=- ]\n\nprocessor: 1\nmodel name: \"\\\n'x\xed\xa0\x80\nMemTotal: 7 "
        "kB\n"
        "Package: a\nStatus: install ok installed\nVersion: \"}: \xc3\n\n9.9. 1.2}\n"
        "\"cuda\": \"version\": \"1\\\"\nx x:0016 x 0A\n0: 00:1F90 0 0A\nModel: \" \xe2\x80\xa8}\n";
    char root[] = "/tmp/assay-probe-XXXXXX";
    assert_non_null(mkdtemp(root));
    for (size_t cut = 0; cut < 40; cut++) {
        buf b = {0};
        for (size_t i = 0; i < COUNT_OF(files); i++)
            put(root, files[i], str_make(nasty + cut * (i % 3), sizeof nasty - 1 - cut * (i % 3)));
        manifest *m = probe(root, &b);
        manifest_free(m);
        buf_free(&b);
    }
    char command[64];
    snprintf(command, sizeof command, "rm -rf %s", root);
    assert_int_equal(system(command), 0);
}

/* ---- importers ---- */

static manifest *import(const char *json) {
    buf b = {0};
    error e = {0};
    import_options options = {.path = STR("in.json"), .today = TODAY};
    if (manifest_import(str_from_cstr(json), &options, &b, &e)) fail_msg("%s", e.message);
    manifest *m = load_buf(&b);
    buf_free(&b);
    return m;
}

static void cyclonedx_is_imported(void **state) {
    (void)state;
    manifest *m = import(
        "{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.6\", \"metadata\": {\"timestamp\": "
        "\"2026-04-01T10:00:00Z\","
        "\"component\": {\"type\": \"application\", \"name\": \"shop\", \"version\": \"2.1.0\"}}, \"components\": ["
        "{\"type\": \"library\", \"name\": \"lodash\", \"version\": \"4.17.21\", \"purl\": \"pkg:npm/lodash@4.17.21\","
        " \"components\": [{\"type\": \"library\", \"group\": \"@types\", \"name\": \"node\", \"version\": \"22.1.0\", "
        "\"purl\": "
        "\"pkg:npm/%40types/node@22.1.0\"}]},"
        "{\"type\": \"library\", \"name\": \"lodash\", \"version\": \"3.10.1\", \"purl\": \"pkg:npm/lodash@3.10.1\"},"
        "{\"type\": \"library\", \"name\": \"lodash\", \"version\": \"3.10.1\"},"
        "{\"type\": \"operating-system\", \"name\": \"debian\", \"version\": \"12\"},"
        "{\"type\": \"device\", \"name\": \"debian\"}, {\"type\": \"file\", \"name\": \"/etc/passwd\"}]}");
    assert_true(m->as_of == date_make(2026, 4, 1));
    version_is(m, "packages.shop", "2.1.0", VERSION_LOOSE);
    version_is(m, "packages.lodash", "4.17.21", VERSION_SEMVER);
    version_is(m, "packages.lodash-3.10.1", "3.10.1", VERSION_SEMVER);
    version_is(m, "packages.types-node", "22.1.0", VERSION_SEMVER);
    assert_int_equal(manifest_find_entity(m, STR("packages.shop"))->version.accept, ACCEPT_PREFIX | ACCEPT_BUILD);
    version_is(m, "debian", "12", VERSION_LOOSE);
    uint32_t count;
    alias_lookup(m->names, STR("lodash"), &count);
    assert_int_equal(count, 2);
    assert_int_equal(manifest_find_entity(m, STR("machine-debian"))->kind, ENTITY_HARDWARE);
    manifest_free(m);
}

/* Ids are made up for names without a letter of ours. Numbering each from 2 again would take minutes here. */
static void thousands_of_names_get_a_number_each(void **state) {
    (void)state;
    enum { NAMES = 40000 };
    buf b = {0};
    buf_cstr(&b, "{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.5\", \"components\": [");
    for (int i = 0; i < NAMES; i++) {
        uint8_t name[8];
        ptrdiff_t n = utf8_encode(0x4e00 + (uint32_t)i / 200, name);
        n += utf8_encode(0x5e00 + (uint32_t)i % 200, name + n);
        buf_printf(&b, "%s{\"type\": \"library\", \"name\": \"%.*s\", \"version\": \"1\"}", i ? ", " : "", (int)n,
                   (const char *)name);
    }
    buf_cstr(&b, "]}");
    buf_byte(&b, 0);
    manifest *m = import((const char *)b.p);
    version_is(m, "packages.package", "1", VERSION_LOOSE);
    version_is(m, "packages.package-1", "1", VERSION_LOOSE);
    version_is(m, "packages.package-1-2", "1", VERSION_LOOSE);
    assert_non_null(manifest_find_entity(m, STR("packages.package-1-39999")));
    manifest_free(m);
    buf_free(&b);
}

static void a_device_gives_way_to_a_component_of_its_name(void **state) {
    (void)state;
    manifest *m = import("{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.5\", \"components\": [{\"type\": "
                         "\"device\", \"name\": \"a-b\"},"
                         "{\"type\": \"operating-system\", \"name\": \"A B\", \"version\": \"1\"}]}");
    assert_int_equal(manifest_find_entity(m, STR("A-B"))->kind, ENTITY_COMPONENT);
    assert_int_equal(manifest_find_entity(m, STR("machine-a-b"))->kind, ENTITY_HARDWARE);
    assert_true(m->as_of == TODAY);
    manifest_free(m);
}

static void osquery_is_imported(void **state) {
    (void)state;
    manifest *m =
        import("{\"os_version\": [{\"name\": \"Ubuntu\", \"version\": \"24.04.3 LTS\", \"platform_like\": \"debian\"}],"
               "\"system_info\": [{\"hostname\": \"web1\", \"cpu_brand\": \"AMD\", \"cpu_physical_cores\": \"8\", "
               "\"cpu_logical_cores\": \"16\","
               "\"physical_memory\": \"67344789504\", \"hardware_model\": \"X\"}],"
               "\"kernel_info\": [{\"version\": \"6.8.0-41-generic\"}],"
               "\"deb_packages\": [{\"name\": \"caddy\", \"version\": \"2.8.4\", \"revision\": \"\"}],"
               "\"rpm_packages\": [{\"name\": \"bash\", \"version\": \"5.2\", \"release\": \"1\"}],"
               "\"listening_ports\": [{\"port\": \"443\", \"protocol\": \"6\", \"address\": \"::\"}, {\"port\": "
               "\"443\", \"protocol\": \"6\"},"
               "{\"port\": \"0\", \"protocol\": \"0\", \"path\": \"/run/x\"}, {\"port\": 51820, \"protocol\": 17}], "
               "\"made_on\": \"web1\"}");
    version_is(m, "Ubuntu", "24.04.3", VERSION_LOOSE); /* without its words */
    version_is(m, "packages.bash", "5.2-1", VERSION_RPM);
    attr_is(m, "web1", "memory", "67344789504", "B");
    assert_int_equal(manifest_find_entity(m, STR("web1-tcp-443"))->port, 443);
    assert_true(str_eq(manifest_find_entity(m, STR("web1-udp-51820"))->protocol, STR("udp")));
    manifest_free(m);
    m = import("{\"os_version\": [{\"name\": \"Windows Server\", \"version\": \"2012 R2\"}]}");
    version_is(m, "Windows-Server", "2012 R2", VERSION_LOOSE);
    manifest_free(m);
    m = import("{\"npm_packages\": [{\"name\": \"left-pad\", \"version\": \"latest\"}, {\"name\": \"\"}]}");
    version_is(m, "packages.left-pad", "latest", VERSION_LOOSE); /* no semver, and still loads */
    manifest_free(m);
    m = import(
        "{\"system_info\": [{\"hostname\": \"スパーク\", \"cpu_brand\": \"ARM\", \"physical_memory\": "
        "\"137438953472\"}],"
        "\"deb_packages\": [{\"name\": \"日本\", \"version\": \"1\"}, {\"name\": \"東京\", \"version\": \"2\"}]}");
    attr_is(m, "machine", "memory", "137438953472", "B"); /* ids are made up, the names stay */
    version_is(m, "packages.package", "1", VERSION_DEB);
    version_is(m, "packages.package-2", "2", VERSION_DEB);
    uint32_t count;
    alias_lookup(m->names, STR("東京"), &count);
    assert_int_equal(count, 1);
    alias_lookup(m->names, STR("スパーク"), &count);
    assert_int_equal(count, 1);
    manifest_free(m);
    m = import("\xef\xbb\xbf[{\"name\": \"caddy\", \"version\": \"2.8.4\", \"revision\": \"1\"}]");
    version_is(m, "packages.caddy", "2.8.4", VERSION_DEB);
    manifest_free(m);
}

static void bad_json_is_refused(void **state) {
    (void)state;
    buf deep = {0}, many = {0}, b = {0};
    error e = {0};
    import_options options = {.path = STR("in.json"), .today = TODAY};
    buf_repeat(&deep, '[', 100000);
    buf_byte(&many, '[');
    for (int i = 0; i < 3000001; i++) buf_cstr(&many, "1,");
    const struct {
        str json;
        enum error_code code;
        const char *says;
    } cases[] = {
        {STR(""), ERROR_SYNTAX, "not JSON"},
        {STR("{\"a\": 1, \"a\": 2}"), ERROR_SYNTAX, "duplicate"},
        {STR("{\"x\": 1}"), ERROR_SCHEMA, "neither CycloneDX"},
        {STR("[1, 2]"), ERROR_SCHEMA, "neither CycloneDX"},
        {STR("{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.4\"}"), ERROR_SUPPORT, "'1.4' is not read"},
        {STR("{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.5\", \"components\": {}}"), ERROR_SCHEMA,
         "is no list"},
        {STR("{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.5\", \"components\": [7]}"), ERROR_SCHEMA,
         "component 1"},
        {STR("{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.5\", \"components\": [{\"name\": \"a\"}, {\"nam\": "
             "1}]}"),
         ERROR_SCHEMA, "component 2 has no 'name'"},
        {STR("{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.5\", \"components\": [{\"name\": \"a\"}, {\"name\": "
             "\"~\"}]}"),
         ERROR_SCHEMA, "component 2: '~' is no name"},
        {STR("{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.5\", \"components\": [{\"name\": \"\"}]}"),
         ERROR_SCHEMA, "component 1: '' is no name"},
        {STR("{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.5\", \"components\": [{\"name\": \"a\", \"version\": "
             "1.10}]}"),
         ERROR_SCHEMA, "component 1: its 'version' is no text"},
        {STR("{\"system_info\": [{\"hostname\": \"\", \"cpu_brand\": \"ARM\"}]}"), ERROR_SCHEMA,
         "row 1 of 'system_info': '' is no name"},
        {STR("{\"deb_packages\": [{\"name\": \"\", \"version\": \"1\"}]}"), ERROR_SCHEMA, "'' is no name"},
        {STR("{\"deb_packages\": [{\"name\": \"a\", \"version\": 1.10}]}"), ERROR_SCHEMA,
         "row 1 of 'deb_packages': its 'version' is no text"},
        {STR("{\"listening_ports\": [{\"port\": 22}, {\"port\": 70000}]}"), ERROR_SCHEMA,
         "row 2 of 'listening_ports': '70000' is no port"},
        {STR("{\"listening_ports\": [{\"port\": \"-1\"}]}"), ERROR_SCHEMA, "'-1' is no port"},
        {STR("{\"deb_packages\": [1, 2]}"), ERROR_SCHEMA, "row 1 of 'deb_packages' is no object"},
        {STR("{\"deb_packages\": [{\"name\": \"a\"}, {\"nam\": \"x\"}]}"), ERROR_SCHEMA,
         "row 2 of 'deb_packages' has no 'name'"},
        {STR("{\"deb_packages\": {}, \"os_version\": []}"), ERROR_SCHEMA, "'deb_packages' is no list of rows"},
        {STR("{\"deb_package\": [{\"name\": \"a\"}], \"os_version\": [{\"name\": \"b\"}]}"), ERROR_SCHEMA,
         "the table 'deb_package' is not read: leave it out. Read are os_version, kernel_info, system_info, "
         "deb_packages"},
        {buf_view(&deep), ERROR_SYNTAX, "depth"},
        {buf_view(&many), ERROR_LIMIT, "JSON values"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(manifest_import(cases[i].json, &options, &b, &e), cases[i].code);
        if (!strstr(e.message, cases[i].says)) fail_msg("%zu: %s", i, e.message);
        assert_int_equal(b.n, 0);
    }
    buf_free(&deep);
    buf_free(&many);
}

/* ---- stubs ---- */

static void stubs_are_unconfirmed_and_merge(void **state) {
    (void)state;
    buf site = {0}, b = {0};
    buf_cstr(&site, "assay-facts: 1\nas_of: 2026-05-18\nhardware:\n  - {id: spark, aliases: [DGX Spark]}\ncomponents:\n"
                    "  - {id: caddy, aliases: [Caddy]}\nservices:\n  - {id: mcp, aliases: [MCP server], port: "
                    "1}\npaths: [{path: /known}]\nabsent: [{match: Kubernetes}]\n");
    manifest *m = load_buf(&site);
    manifest_gap gaps[] = {
        {STR("version"), STR("caddy"), STR("Caddy 2.8.4"), STR("= 2.8.4"), .count = 2, .credit = 4},
        {STR("version"), STR("Next.js"), STR("Next.js v15\n\"}"), STR("= v15"), .count = 1, .credit = 9},
        {STR("quantity"), STR("DGX Spark"), STR("121 GB of memory"), STR("~ 121 GB"), .count = 5, .credit = 3},
        {STR("quantity"), STR(""), STR("70 percent"), STR("= 70 %"), .count = 1, .credit = 1},
        {STR("path"), STR(""), STR("/srv/x"), STR("/srv/x"), .count = 1, .credit = 1},
        {STR("path"), STR(""), STR("/known"), STR("/known"), .count = 1, .credit = 1},
        {STR("port"), STR("mcp"), STR("port 2"), STR("= 2"), .count = 1, .credit = 1},
        {STR("port"), STR("Grafana"), STR("port 3000"), STR("= 3000"), .count = 1, .credit = 1},
        {STR("package"), STR("libfoo"), STR("libfoo 1.2"), STR("= 1.2"), .count = 1, .credit = 1},
        {STR("process"), STR("retraining"), STR("I retrain weekly"), STR("weekly"), .count = 1, .credit = 2},
        {STR("version"), STR("next-js"), STR("next-js 14"), STR("= 14"), .count = 1, .credit = 1},
        {STR("exposes"), STR("mcp"), STR("exposes git"), STR("git"), .count = 1, .credit = 1},
        {STR("command"), STR("symfony"), STR("symfony cache:clear"), STR("symfony cache:clear"), .count = 1,
         .credit = 1},
        {STR("command"), STR("host:"), STR("host: deb"), STR("host: deb"), .count = 1,
         .credit = 1}, /* no name of a program */
        /* one entry for all that is said of the machine */
        {STR("quantity"), STR("spark"), STR("20 cores"), STR("= 20 cores"), .count = 1, .credit = 1},
        {STR("quantity"), STR("spark"), STR("4 TB"), STR("= 4 TB"), .noun = STR("disk"), .count = 1, .credit = 1},
        {STR("quantity"), STR("spark"), STR("8 TB"), STR("= 8 TB"), .noun = STR("host"), .count = 1, .credit = 1},
        {STR("place"), STR("spark"), STR("it is in Oslo"), STR("Oslo"), .count = 1},
        {STR("port"), STR("Caddy"), STR("port 443"), STR("port 443"), .host = STR("spark"), .count = 1},
        {STR("port"), STR("nginx"), STR("port 443"), STR("port 443"), .host = STR("spark"), .count = 1},
        {STR("version"), STR("Kubernetes"), STR("Kubernetes 1.30"), STR("1.30"), .count = 1}, /* declared absent */
    };
    gaps_options options = {.manifest = m, .today = TODAY};
    error e = {0};
    assert_int_equal(manifest_gaps_render(gaps, COUNT_OF(gaps), &options, &b, &e), 0);
    manifest_source sources[] = {{STR("site.yaml"), buf_view(&site)}, {STR("gaps.yaml"), buf_view(&b)}};
    manifest *both = NULL;
    if (manifest_load(sources, 2, &both, &e)) {
        print_message("%.*s\n", STR_ARG(buf_view(&b)));
        fail_msg("%u:%u %s", e.line, e.column, e.message);
    }
    const manifest_fact *caddy = manifest_find_fact(both, STR("caddy.version"));
    assert_int_equal(manifest_fact_state(both, caddy, 0), FACT_UNCONFIRMED);
    const manifest_fact *memory = manifest_find_fact(both, STR("spark.unnamed-data"));
    assert_false(memory->confirmed);
    assert_false(manifest_find_fact(both, STR("Next.js.version"))->confirmed);
    assert_false(manifest_find_fact(both, STR("path:/srv/x"))->confirmed);
    assert_false(manifest_find_fact(both, STR("Grafana.port"))->confirmed);
    assert_false(manifest_find_fact(both, STR("packages.libfoo.version"))->confirmed);
    assert_non_null(manifest_find_fact(both, STR("spark.cores")));
    assert_non_null(manifest_find_fact(both, STR("spark.disk")));
    assert_null(manifest_find_fact(both, STR("spark.host"))); /* a key of entries is no attribute's name */
    assert_true(str_eq(manifest_find_entity(both, STR("spark"))->location.text, STR("Oslo")));
    assert_int_equal(manifest_find_entity(both, STR("Caddy-service"))->port, 443); /* Caddy itself is a component */
    assert_null(manifest_find_entity(both, STR("nginx")));                         /* a machine has each port once */
    for (uint32_t i = 0; i < both->fact_count; i++)
        if (both->facts[i]->place.file == 1) assert_false(both->facts[i]->confirmed);
    assert_true(str_find(buf_view(&b), STR("Next.js"), 0) < str_find(buf_view(&b), STR("2.8.4"), 0)); /* worth more */
    assert_true(str_find(buf_view(&b), STR("# No stub could be made of these"), 0) > 0);
    manifest_free(both);
    manifest_free(m);
    buf_free(&site);
    buf_free(&b);
}

/* What no stub can be made of takes no stub's place. */
static void the_limit_counts_stubs(void **state) {
    (void)state;
    manifest_gap gaps[] = {
        {STR("exposes"), STR("mcp"), STR("exposes git"), STR("git"), .count = 1, .credit = 5},
        {STR("exposes"), STR("mcp"), STR("exposes ssh"), STR("ssh"), .count = 1, .credit = 4},
        {STR("exposes"), STR("mcp"), STR("exposes ftp"), STR("ftp"), .count = 1, .credit = 3},
        {STR("path"), STR(""), STR("/srv/x"), STR("/srv/x"), .count = 1, .credit = 2},
        {STR("path"), STR(""), STR("/srv/y"), STR("/srv/y"), .count = 1, .credit = 1},
        {STR("path"), STR(""), STR("/srv/z"), STR("/srv/z"), .count = 1, .credit = 1},
    };
    gaps_options options = {.today = TODAY, .limit = 2};
    error e = {0};
    buf b = {0};
    assert_int_equal(manifest_gaps_render(gaps, COUNT_OF(gaps), &options, &b, &e), 0);
    assert_true(str_find(buf_view(&b), STR("path: \"/srv/x\""), 0) > 0);
    assert_true(str_find(buf_view(&b), STR("path: \"/srv/y\""), 0) > 0);
    assert_true(str_find(buf_view(&b), STR("/srv/z"), 0) < 0);
    assert_true(str_find(buf_view(&b), STR("exposes ssh"), 0) > 0);
    assert_true(str_find(buf_view(&b), STR("exposes ftp"), 0) < 0);
    buf_free(&b);
}

/* What a fact speaks of under another name, in another unit, or as absent, gets no second fact. */
static void what_a_fact_speaks_of_is_no_gap(void **state) {
    (void)state;
    static const char site[] = "assay-facts: 1\nas_of: 2026-05-18\nhosts:\n  - id: vm\n    aliases: [VM]\n"
                               "    location: Nuremberg\n    attrs:\n"
                               "      memory: {value: 4017144, unit: KiB, aliases: [RAM]}\n"
                               "      cpu_cores: {value: 2, unit: core}\n"
                               "components: [{id: caddy, version: 2.8.4}]\n"
                               "services: [{id: web, host: vm, port: 443}]\nabsent: [{match: [Docker, Kubernetes]}]\n"
                               "benchmarks: [{id: b, subject: vm, metric: backup, value: 20, unit: min}]\n";
    static const struct {
        manifest_gap gap;
        bool stub;
    } cases[] = {
        {{.kind = STR("quantity"), .subject = STR("vm"), .normal = STR("= 64 GB"), .noun = STR("RAM")}, false},
        {{.kind = STR("quantity"), .subject = STR("VM"), .normal = STR("~ 64 GiB"), .noun = STR("main memory")}, false},
        {{.kind = STR("quantity"), .subject = STR("vm"), .normal = STR("= 64 GB")}, false},
        {{.kind = STR("quantity"), .subject = STR("vm"), .normal = STR("= 8 cores")}, false},
        {{.kind = STR("quantity"), .subject = STR("vm"), .normal = STR("= 9 min"), .noun = STR("backup")}, false},
        {{.kind = STR("quantity"), .subject = STR("vm"), .normal = STR("= 512 GB"), .noun = STR("disk")}, true},
        {{.kind = STR("quantity"), .subject = STR("vm"), .normal = STR("= 3 disks")}, true},
        {{.kind = STR("quantity"), .subject = STR("vm"), .normal = STR("= 9 min")}, true},
        {{.kind = STR("version"), .subject = STR("caddy"), .normal = STR("= 2.9")}, false},
        {{.kind = STR("version"), .subject = STR("Docker"), .normal = STR("= 24.0.7")}, false},
        {{.kind = STR("existence"), .subject = STR("Docker"), .normal = STR("Docker 24.0.7")}, false},
        {{.kind = STR("existence"), .text = STR("Kubernetes"), .normal = STR("Kubernetes")}, false},
        {{.kind = STR("port"), .subject = STR("Kubernetes"), .normal = STR("port 6443")}, false},
        {{.kind = STR("port"), .subject = STR("nginx"), .normal = STR("port 443"), .host = STR("vm")}, false},
        {{.kind = STR("port"), .subject = STR("nginx"), .normal = STR("port 80"), .host = STR("vm")}, true},
        {{.kind = STR("place"), .subject = STR("vm"), .normal = STR("Frankfurt")}, false},
        {{.kind = STR("place"), .normal = STR("Frankfurt")}, false},
    };
    buf source = {0};
    buf_cstr(&source, site);
    manifest *m = load_buf(&source);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        manifest_gap gap = cases[i].gap;
        gaps_options options = {.manifest = m, .today = TODAY, .limit = 1};
        error e = {0};
        buf b = {0};
        if (!gap.text.n) gap.text = gap.normal;
        assert_int_equal(manifest_gaps_render(&gap, 1, &options, &b, &e), 0);
        bool stub = str_find(buf_view(&b), STR("confirmed: false}"), 0) > 0 ||
                    str_find(buf_view(&b), STR("confirmed: false,"), 0) > 0;
        bool note = str_find(buf_view(&b), STR("No stub"), 0) > 0;
        if (stub != cases[i].stub || note) fail_msg("%zu: %.*s", i, STR_ARG(buf_view(&b)));
        buf_free(&b);
    }
    manifest_free(m);
    buf_free(&source);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_x86_server_is_probed),
        cmocka_unit_test(an_arm_board_in_a_container_is_probed),
        cmocka_unit_test(a_machine_with_unified_memory_is_probed),
        cmocka_unit_test(this_machine_is_probed),
        cmocka_unit_test(hostile_files_give_a_valid_manifest),
        cmocka_unit_test(cyclonedx_is_imported),
        cmocka_unit_test(thousands_of_names_get_a_number_each),
        cmocka_unit_test(a_device_gives_way_to_a_component_of_its_name),
        cmocka_unit_test(osquery_is_imported),
        cmocka_unit_test(bad_json_is_refused),
        cmocka_unit_test(stubs_are_unconfirmed_and_merge),
        cmocka_unit_test(the_limit_counts_stubs),
        cmocka_unit_test(what_a_fact_speaks_of_is_no_gap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
