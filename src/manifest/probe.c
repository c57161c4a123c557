/* probe.c - a manifest of this machine: the frame, reading under a root, writing YAML.
 *
 * In: a root folder, perhaps a way to run nvidia-smi. Out: YAML that manifest_load accepts. Invariants: every entry
 * names its source; files are read with a limit; folder entries are sorted, so that the same machine gives the same
 * bytes; nothing read from the machine reaches the output unquoted.
 */
#include "manifest/probe_parts.h"

#include "base/file.h"
#include "base/utf8.h"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    FILE_LIMIT_BYTES = 64 * 1024 * 1024,
    OUTPUT_LIMIT_BYTES = 1024 * 1024,
    NAMES_LIMIT = 65536,
    RUN_LIMIT_MS = 2000
};

/* ---- writing ---- */

void yaml_quote(buf *out, str text) {
    buf_byte(out, '"');
    for (ptrdiff_t at = 0; at < text.n;) {
        uint32_t code;
        ptrdiff_t n = utf8_decode(text, at, &code);
        if (code == UTF8_INVALID)
            buf_cstr(out, "\\uFFFD");
        else if (code == '"' || code == '\\')
            buf_printf(out, "\\%c", (int)code);
        else if (code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0x2028 || code == 0x2029 || code == 0xfeff ||
                 code == 0xfffe || code == 0xffff)
            buf_printf(out, "\\u%04X", code);
        else
            buf_bytes(out, text.p + at, (size_t)n);
        at += n;
    }
    buf_byte(out, '"');
}

void yaml_field(buf *out, const char *key, str text) {
    if (!str_trim(text).n) return;
    buf_printf(out, ", %s: ", key);
    yaml_quote(out, text);
}

str yaml_id(arena *a, str text, const char *otherwise) {
    enum { LONGEST = 100 }; /* an id may have 128: room for what is appended */
    uint8_t *id = arena_alloc(a, (size_t)LONGEST, 1);
    ptrdiff_t n = 0;
    bool letter = false;
    for (ptrdiff_t i = 0; id && i < text.n && n < LONGEST; i++) {
        uint8_t c = text.p[i];
        bool inner = c == '.' || c == '_' || c == '+' || c == '-';
        if (!byte_is_alnum(c) && !inner) c = '-';
        if (!byte_is_alnum(c) && n == 0) continue;
        if (c == '-' && id[n - (n > 0)] == '-') continue;
        letter = letter || byte_is_alpha(c);
        id[n++] = c;
    }
    while (n && id[n - 1] == '-') n--;
    if (n && letter) return (str){id, n};
    return n ? arena_printf(a, "%s-%.*s", otherwise, (int)n, (const char *)id) : str_from_cstr(otherwise);
}

const char *yaml_scheme(const char *scheme, str version) {
    enum version_scheme known;
    if (!version.n || !version_scheme_parse(str_from_cstr(scheme), &known)) return scheme;
    return version_readable(known, version) ? scheme : "loose";
}

bool probe_is_name(str text) {
    enum { LONGEST = 80 }; /* of bytes: each may become the three of U+FFFD, and a name has at most 256 */
    for (ptrdiff_t i = 0; i < text.n && text.n <= LONGEST; i++)
        if (byte_is_alnum(text.p[i])) return true;
    return false;
}

/* ---- reading ---- */

static const char *under_root(prober *p, const char *path) {
    const char *root = p->options->root ? p->options->root : "";
    size_t n = strlen(root);
    while (n && root[n - 1] == '/') n--;
    return (const char *)arena_printf(p->a, "%.*s%s", (int)n, root, path).p;
}

bool probe_read(prober *p, const char *path, str *content) {
    error e = {0};
    const char *full = under_root(p, path);
    *content = (str){NULL, 0};
    if (p->failed || !full) return false;
    int status = file_read(p->a, full, FILE_LIMIT_BYTES, content, &e);
    if (status == ERROR_LIMIT || status == ERROR_MEMORY) {
        p->failed = true;
        *p->e = e;
    }
    return status == ERROR_NONE;
}

bool probe_line(prober *p, const char *path, str *line) {
    if (!probe_read(p, path, line)) return false;
    while (line->n && (line->p[line->n - 1] == 0 || byte_is_space(line->p[line->n - 1]))) line->n--;
    *line = str_trim(*line);
    return line->n > 0;
}

static int compare_names(const void *left, const void *right) {
    return str_cmp(*(const str *)left, *(const str *)right);
}

size_t probe_list(prober *p, const char *path, str **names) {
    VEC(str) list = {0};
    const char *full = under_root(p, path);
    DIR *folder = full && !p->failed ? opendir(full) : NULL;
    *names = NULL;
    if (!folder) return 0;
    for (struct dirent *entry; list.n < NAMES_LIMIT && (entry = readdir(folder));) {
        if (entry->d_name[0] == '.') continue;
        str name = arena_str(p->a, str_from_cstr(entry->d_name));
        if (!name.p || !VEC_PUSH(p->a, &list, name)) break;
    }
    closedir(folder);
    if (list.n) qsort(list.at, list.n, sizeof *list.at, compare_names);
    *names = list.at;
    return list.n;
}

str probe_value(str text, const char *key, uint8_t separator) {
    str line, name = str_from_cstr(key);
    while (str_cut(&text, '\n', &line)) {
        ptrdiff_t at = str_find_byte(line, separator, 0);
        if (at < 0 || !str_eq(str_trim(str_slice(line, 0, at)), name)) continue;
        str value = str_trim(str_slice(line, at + 1, line.n));
        if (value.n >= 2 && (value.p[0] == '"' || value.p[0] == '\'') && value.p[value.n - 1] == value.p[0])
            value = str_slice(value, 1, value.n - 1);
        return value;
    }
    return (str){NULL, 0};
}

/* ---- running a program ---- */

static long elapsed_ms(const struct timespec *since) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (now.tv_sec - since->tv_sec) * 1000 + (now.tv_nsec - since->tv_nsec) / 1000000;
}

/* Everything until end of file, within the limits of time and size. */
static bool read_pipe(arena *a, int fd, str *output) {
    struct timespec start;
    clock_gettime(CLOCK_MONOTONIC, &start);
    uint8_t *bytes = arena_alloc(a, OUTPUT_LIMIT_BYTES, 1);
    size_t n = 0;
    while (bytes && n < OUTPUT_LIMIT_BYTES) {
        long left = RUN_LIMIT_MS - elapsed_ms(&start);
        struct pollfd ready = {.fd = fd, .events = POLLIN};
        if (left <= 0 || poll(&ready, 1, (int)left) <= 0) return false;
        ssize_t got = read(fd, bytes + n, OUTPUT_LIMIT_BYTES - n);
        if (got < 0) return false;
        if (got == 0) {
            *output = (str){bytes, (ptrdiff_t)n};
            return true;
        }
        n += (size_t)got;
    }
    return false;
}

bool probe_run_program(void *context, arena *a, const char *const *argv, str *output) {
    extern char **environ;
    (void)context;
    int ends[2];
    pid_t child;
    posix_spawn_file_actions_t actions;
    if (pipe2(ends, O_CLOEXEC) != 0) return false;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    int failed = posix_spawnp(&child, argv[0], &actions, NULL, (char *const *)(uintptr_t)argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    bool ok = !failed && read_pipe(a, ends[0], output);
    close(ends[0]);
    if (failed) return false;
    int status = 0;
    if (!ok) kill(child, SIGKILL);
    while (waitpid(child, &status, 0) < 0) {
    }
    return ok && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* ---- the frame ---- */

/* Names that components of the probe bear: a machine called "debian" must not bear them too. */
static bool is_component_name(str name, str os_release) {
    static const char *const taken[] = {"kernel",       "linux-kernel", "nvidia-driver", "driver-version",
                                        "cuda-toolkit", "cuda",         "nvcc",          "operating-system"};
    for (size_t i = 0; i < COUNT_OF(taken); i++)
        if (str_eq_nocase(name, str_from_cstr(taken[i]))) return true;
    str os = probe_value(os_release, "NAME", '='), first = os;
    ptrdiff_t space = str_find_byte(os, ' ', 0);
    if (space > 0) first = str_slice(os, 0, space);
    return str_eq_nocase(name, probe_value(os_release, "ID", '=')) || str_eq_nocase(name, first) ||
           str_eq_nocase(name, os);
}

static void name_machine(prober *p) {
    str name = {NULL, 0}, os = {NULL, 0};
    if (!probe_line(p, "/proc/sys/kernel/hostname", &name)) probe_line(p, "/etc/hostname", &name);
    if (!probe_read(p, "/etc/os-release", &os)) probe_read(p, "/usr/lib/os-release", &os);
    p->host = yaml_id(p->a, name, "machine");
    if (p->host.p && is_component_name(p->host, os)) p->host = arena_printf(p->a, "machine-%.*s", STR_ARG(p->host));
}

static const char *container_of(prober *p) {
    str text;
    if (probe_read(p, "/.dockerenv", &text)) return "a Docker container";
    if (probe_read(p, "/run/.containerenv", &text)) return "a Podman container";
    if (probe_read(p, "/run/systemd/container", &text)) return "a container";
    if (probe_read(p, "/proc/1/cgroup", &text) &&
        (str_find(text, STR("docker"), 0) >= 0 || str_find(text, STR("kubepods"), 0) >= 0 ||
         str_find(text, STR("lxc"), 0) >= 0))
        return "a container";
    return NULL;
}

static void write_head(prober *p) {
    const char *container = container_of(p);
    buf_printf(p->out, "assay-facts: 1\nas_of: %s\n", date_format(p->options->today).text);
    if (container)
        buf_printf(p->out,
                   "note: \"probed inside %s: processor, memory and disks are the host's, packages and ports the "
                   "container's\"\n",
                   container);
}

int manifest_probe(const probe_options *options, buf *out, error *e) {
    error ignored = {0};
    prober p = {.options = options, .out = out, .e = e ? e : &ignored};
    str text;
    if (!options->today) return error_set(e, ERROR_USAGE, "a probe needs today's date");
    p.a = arena_new((size_t)1 << 30);
    if (!p.a) return error_set(e, ERROR_MEMORY, "out of memory");
    bool found = probe_read(&p, "/proc/cpuinfo", &text) || probe_read(&p, "/etc/os-release", &text) ||
                 probe_read(&p, "/usr/lib/os-release", &text);
    int status = p.failed ? (int)p.e->code : ERROR_NONE;
    if (!found && !status)
        status = error_at(e, ERROR_IO, str_from_cstr(options->root ? options->root : "/"), 0, 0,
                          "holds neither /proc/cpuinfo nor /etc/os-release: nothing to probe");
    if (!status) {
        name_machine(&p);
        write_head(&p);
        probe_system(&p);
        if (options->packages) probe_packages(&p);
        probe_hardware(&p);
        probe_services(&p);
        if (p.failed) status = (int)p.e->code;
        if (!status && out->failed) status = error_set(e, ERROR_MEMORY, "out of memory");
    }
    arena_free(p.a);
    return status;
}
