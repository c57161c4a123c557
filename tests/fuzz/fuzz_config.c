/* fuzz_config.c - configurations, baselines and globs from hostile bytes.
 *
 * The first byte chooses: an `.assay.yaml` that is opened, checked against the built-in rules, resolved and printed; a
 * baseline; or a pattern and a path, cut at the first line end. Nothing may crash, leak or take long; errors are
 * ordinary.
 */
#include "config/baseline.h"
#include "config/config.h"
#include "config/glob.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void try_config(const char *path) {
    config *c = NULL;
    error e;
    if (config_open(path, &c, &e)) return;
    arena *a = arena_new(64u << 20);
    const ruleset *rules = NULL;
    settings s;
    buf out = {0};
    if (a && !ruleset_builtin(&rules, &e)) {
        (void)config_check_rules(c, rules, &e);
        uint8_t *levels = ARENA_ARRAY(a, uint8_t, rules->lint_count);
        if (levels) (void)config_levels(c, rules, STR("posts/a.md"), levels);
    }
    if (a && !config_resolve(a, c, STR("posts/a.md"), &s, &e)) config_print(c, &s, STR("posts/a.md"), &out);
    buf_free(&out);
    ruleset_free(rules);
    arena_free(a);
    config_free(c);
}

static void try_file(const uint8_t *data, size_t size, bool is_config) {
    int fd = memfd_create("fuzz", 0);
    char path[64];
    error e;
    if (fd < 0) return;
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    if (write(fd, data, size) == (ssize_t)size) {
        if (is_config) {
            try_config(path);
        } else {
            baseline *b = NULL;
            if (!baseline_open(path, &b, &e)) (void)baseline_score(b, STR("a.md"));
            baseline_free(b);
        }
    }
    close(fd);
}

/* As paths are that a search finds or a name is made into. */
static bool is_path(str path) {
    for (str rest = path, part; rest.n > 0 && str_cut(&rest, '/', &part);)
        if (part.n == 0 || str_eq(part, STR(".")) || str_eq(part, STR(".."))) return false;
    return path.n > 0 && !str_ends(path, STR("/"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0) return 0;
    if (data[0] % 3 < 2) {
        try_file(data + 1, size - 1, data[0] % 3 == 0);
        return 0;
    }
    str rest = str_make(data + 1, size - 1), pattern = {0};
    if (!str_cut(&rest, '\n', &pattern)) return 0;
    bool found = rest.p && glob_match(pattern, rest);
    if (found && is_path(rest) && glob_problem(pattern) && pattern.p[0] != '!')
        abort(); /* what is no pattern matches nothing */
    return 0;
}
