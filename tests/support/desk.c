/* desk.c - see desk.h. Without cmocka, which fuzzers that share this folder are not linked with: what must not fail
 * ends the program. */
#include "base/file.h"
#include "tests/support/desk.h"
#include "tests/support/writer_model.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void must(bool held, const char *what, const char *why) {
    if (held) return;
    fprintf(stderr, "%s: %s\n", what, why);
    abort();
}

int desk_open(void **state) {
    struct desk *d = calloc(1, sizeof *d);
    d->a = arena_new(0);
    strcpy(d->folder, "/tmp/assay-draft-XXXXXX");
    must(mkdtemp(d->folder) != NULL, d->folder, "cannot be made");
    snprintf(d->model, sizeof d->model, "%s/noise.gguf", d->folder);
    must(ruleset_builtin(&d->rules, NULL) == 0, "rules", "do not load");
    struct writer_model m = {.seed = 1};
    must(writer_model_file(&m, d->model, NULL) == 0, d->model, "cannot be written");
    *state = d;
    return 0;
}

int desk_close(void **state) {
    struct desk *d = *state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", d->folder);
    must(system(command) == 0, command, "failed");
    ruleset_free(d->rules);
    arena_free(d->a);
    free(d);
    return 0;
}

const char *const DESK_BRIEF = "title: \"A short test\"\nstyle: essay\naudience: nobody\n"
                               "must_cover: [\"what was tested\"]\nmust_not: [\"promise anything\"]\n"
                               "length: {min: 700, max: 900}\n";

brief desk_read_brief(struct desk *d, const char *text) {
    brief b;
    error e = {0};
    must(brief_read(d->a, str_from_cstr(text), STR("b.yaml"), d->rules, &b, &e) == 0, text, e.message);
    return b;
}

gate_options desk_gate(const struct desk *d, const brief *b) {
    return (gate_options){
        .rules = d->rules, .style = b->style->name, .minimum = NAN, .ratchet = NAN, .untrusted = true};
}

char *desk_path(struct desk *d, const char *name) {
    char *path = path_join(d->a, str_from_cstr(d->folder), str_from_cstr(name));
    must(path != NULL, name, "out of memory");
    return path;
}

str desk_read(struct desk *d, const char *folder, const char *name) {
    str content = {0};
    error e = {0};
    must(file_read(d->a, path_join(d->a, str_from_cstr(folder), str_from_cstr(name)), 1 << 20, &content, &e) == 0, name,
         e.message);
    return content;
}

bool desk_has(struct desk *d, const char *folder, const char *name) {
    return access(path_join(d->a, str_from_cstr(folder), str_from_cstr(name)), F_OK) == 0;
}
