/* test_manifest_errors.c - every authoring error of a manifest: its code, its exact line and column, its message. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buf.h"
#include "manifest/manifest.h"

#include <stdio.h>

#define HEAD "assay-facts: 1\nas_of: 2026-05-18\n"

typedef struct error_case {
    const char *text; /* line 3 is the first after HEAD */
    enum error_code code;
    uint32_t line, column;
    const char *says;
} error_case;

static const error_case cases[] = {
    /* not a manifest */
    {"", ERROR_SCHEMA, 1, 1, "it begins with 'assay-facts: 1'"},
    {"- a\n", ERROR_SCHEMA, 1, 1, "it begins with 'assay-facts: 1'"},
    {"as_of: 2026-05-18\n", ERROR_SCHEMA, 1, 1, "it begins with 'assay-facts: 1'"},
    {"assay-facts: 2\nas_of: 2026-05-18\n", ERROR_SUPPORT, 1, 14, "version '2' is not known"},
    {"assay-facts: [1]\n", ERROR_SUPPORT, 1, 14, "which reads version 1"},
    {"assay-facts: 1\n", ERROR_SCHEMA, 1, 1, "as_of: 2026-05-18"},
    {"assay-facts: 1\nas_of: 2026-02-30\n", ERROR_SCHEMA, 2, 8, "is no day"},
    {HEAD "scopes: {a: b: c}\n", ERROR_SYNTAX, 3, 14, "not YAML"},
    {HEAD "é: x\1y\n", ERROR_SYNTAX, 3, 5, "not YAML"},
    {HEAD "hosts:\n\t- id: h\n", ERROR_SYNTAX, 4, 1, "a tab, which YAML does not take for indentation"},
    {HEAD "hosts:\n  - id: h\n    note: é\n\taliases: [x]\n", ERROR_SYNTAX, 6, 1, "a tab"},
    {HEAD "components: []\ncomponents: []\n", ERROR_SYNTAX, 4, 1,
     "key 'components' stands twice in this map, first on line 3"},
    {HEAD "components:\n  - {id: a, id: b}\n", ERROR_SYNTAX, 4, 13, "key 'id' stands twice"},
    {HEAD "---\na: 1\n", ERROR_SYNTAX, 3, 1, "more than one YAML document"},
    /* unknown keys, wrong shapes */
    {HEAD "component: []\n", ERROR_SCHEMA, 3, 1, "unknown key 'component' in a manifest; did you mean 'components'?"},
    {HEAD "components:\n  - {id: a, verison: 1}\n", ERROR_SCHEMA, 4, 13, "did you mean 'version'?"},
    {HEAD "components: {id: a}\n", ERROR_SCHEMA, 3, 13, "'components' must be a list"},
    {HEAD "components:\n  - cuda\n", ERROR_SCHEMA, 4, 5, "a component must be a map"},
    {HEAD "components:\n  - {aliases: [a]}\n", ERROR_SCHEMA, 4, 5, "a component needs 'id'"},
    {HEAD "components:\n  - {id: [a]}\n", ERROR_SCHEMA, 4, 10, "id must be plain text"},
    {HEAD "components:\n  - {id: a b}\n", ERROR_SCHEMA, 4, 10, "may hold letters, digits"},
    {HEAD "components:\n  - {id: 13}\n", ERROR_SCHEMA, 4, 10, "needs a letter"},
    {HEAD "components:\n  - {id: a, version: [1, 2]}\n", ERROR_SCHEMA, 4, 22,
     "'version' must be plain text, not a list"},
    {HEAD "components:\n  - {id: a, version: }\n", ERROR_SCHEMA, 4, 22, "'version' has no value"},
    {HEAD "components:\n  - {id: a, aliases: [b, {c: d}]}\n", ERROR_SCHEMA, 4, 26, "must be plain text, not a map"},
    {HEAD "scopes: [gpus]\n", ERROR_SCHEMA, 3, 9, "'scopes' must be a map"},
    {HEAD "hardware:\n  - id: h\n    attrs: {memory: 128 GB}\n", ERROR_SCHEMA, 5, 21, "an attribute is a map"},
    {HEAD "hardware:\n  - {id: h, attrs: [memory]}\n", ERROR_SCHEMA, 4, 20, "'attrs' must be a map"},
    {HEAD "paths:\n  - {host: h}\n", ERROR_SCHEMA, 4, 5, "a path needs 'path'"},
    {HEAD "services:\n  - {id: s, exposes: {world: closed}}\n", ERROR_SCHEMA, 4, 22, "'exposes' needs 'items'"},
    {HEAD "services:\n  - {id: s, exposes: [{aliases: [b]}]}\n", ERROR_SCHEMA, 4, 23, "an item needs a 'name'"},
    {HEAD "services:\n  - {id: s, exposes: [a, b, a]}\n", ERROR_CONFLICT, 4, 29, "'a' stands twice in 'exposes'"},
    {HEAD "components:\n  - {id: a, confirmed: maybe}\n", ERROR_SCHEMA, 4, 24, "true or false"},
    /* unknown words */
    {HEAD "scopes:\n  gpus: {world: shut}\n", ERROR_SCHEMA, 4, 17, "unknown world 'shut': it is one of open, closed"},
    {HEAD "scopes:\n  gpus: {kind: gpu}\n", ERROR_SCHEMA, 4, 9, "a scope needs 'world'"},
    {HEAD "components:\n  - {id: a, scheme: semantic}\n", ERROR_SCHEMA, 4, 21, "unknown scheme 'semantic'"},
    {HEAD "components:\n  - {id: a, accept: [prefix, anything]}\n", ERROR_SCHEMA, 4, 30,
     "unknown way to accept a version"},
    {HEAD "processes:\n  - {id: p, order: loose}\n", ERROR_SCHEMA, 4, 20, "unknown order"},
    {HEAD "paths:\n  - {path: /a, state: gone}\n", ERROR_SCHEMA, 4, 23, "unknown state 'gone'"},
    /* commands */
    {HEAD "commands: {binary: b}\n", ERROR_SCHEMA, 3, 11, "'commands' must be a list"},
    {HEAD "commands:\n  - {aliases: [b]}\n", ERROR_SCHEMA, 4, 5, "a command needs 'binary'"},
    {HEAD "commands:\n  - {binary: b, subcomands: [x]}\n", ERROR_SCHEMA, 4, 17, "did you mean 'subcommands'?"},
    {HEAD "commands:\n  - {binary: /usr/bin/b}\n", ERROR_SCHEMA, 4, 14, "may hold letters, digits"},
    {HEAD "commands:\n  - {binary: b}\n  - {binary: b}\n", ERROR_CONFLICT, 5, 14,
     "command 'b' is declared twice, first at line 4"},
    {HEAD "commands:\n  - {binary: b, aliases: [x]}\n  - {binary: c, aliases: [x]}\n", ERROR_CONFLICT, 5, 27,
     "'x' names two commands, the other at line 4"},
    {HEAD "commands:\n  - {binary: b, aliases: [x]}\n  - {binary: x}\n", ERROR_CONFLICT, 5, 14,
     "command 'x' is declared twice, first at line 4"},
    {HEAD "commands:\n  - {binary: b, aliases: [x y]}\n", ERROR_SCHEMA, 4, 27, "'x y' is no name that can be typed"},
    {HEAD "commands:\n  - {binary: b, of: a}\n", ERROR_SCHEMA, 4, 21, "unknown id 'a'"},
    {HEAD "commands:\n  - {binary: b, host: a}\n", ERROR_SCHEMA, 4, 23, "unknown host 'a'"},
    {HEAD "commands:\n  - {binary: b, world: shut}\n", ERROR_SCHEMA, 4, 24, "unknown world 'shut'"},
    {HEAD "commands:\n  - {binary: b, world: closed}\n", ERROR_SCHEMA, 4, 24, "a closed world lists its 'subcommands'"},
    {HEAD "commands:\n  - {binary: b, state: gone}\n", ERROR_SCHEMA, 4, 24, "unknown state 'gone'"},
    {HEAD "commands:\n  - {binary: b, state: removed, since: 2026-06-01}\n", ERROR_SCHEMA, 4, 40, "later than the"},
    {HEAD "commands:\n  - {binary: b, subcommands: x}\n", ERROR_SCHEMA, 4, 30, "'subcommands' must be a list"},
    {HEAD "commands:\n  - {binary: b, subcommands: [[x]]}\n", ERROR_SCHEMA, 4, 31, "a subcommand must be text"},
    {HEAD "commands:\n  - {binary: b, subcommands: [{flags: [-x]}]}\n", ERROR_SCHEMA, 4, 31,
     "a subcommand needs 'name'"},
    {HEAD "commands:\n  - {binary: b, subcommands: [--x]}\n", ERROR_SCHEMA, 4, 31, "'--x' is no subcommand"},
    {HEAD "commands:\n  - {binary: b, subcommands: [a b c d e f g h i]}\n", ERROR_SCHEMA, 4, 31, "8 at most"},
    {HEAD "commands:\n  - {binary: b, subcommands: [x y, x, x y]}\n", ERROR_CONFLICT, 4, 39,
     "subcommand 'x y' stands twice, first at line 4"},
    {HEAD "commands:\n  - {binary: b, subcommands: [x, {name: y, aliases: [x]}]}\n", ERROR_CONFLICT, 4, 54,
     "'x' names two subcommands"},
    {HEAD "commands:\n  - {binary: b, subcommands: [{name: y, aliases: [x z]}]}\n", ERROR_SCHEMA, 4, 51,
     "write its last word only"},
    {HEAD "commands:\n  - {binary: b, subcommands: [{name: x, state: removed}, x y]}\n", ERROR_CONFLICT, 4, 58,
     "'x y' is present, but 'x' is removed"},
    {HEAD "commands:\n  - {binary: b, flags: {world: closed}}\n", ERROR_SCHEMA, 4, 24, "'flags' needs 'items'"},
    {HEAD "commands:\n  - {binary: b, flags: [json]}\n", ERROR_SCHEMA, 4, 25, "'json' is no flag"},
    {HEAD "commands:\n  - {binary: b, flags: [[-x]]}\n", ERROR_SCHEMA, 4, 25, "a flag must be text"},
    {HEAD "commands:\n  - {binary: b, flags: [-x, -x FILE]}\n", ERROR_CONFLICT, 4, 29, "flag '-x' stands twice"},
    {HEAD "commands:\n  - {binary: b, flags: [-x, {name: --xx, aliases: [-x]}]}\n", ERROR_CONFLICT, 4, 52,
     "'-x' names two flags"},
    {HEAD "commands:\n  - {binary: b, flags: [{name: --xx, aliases: [x]}]}\n", ERROR_SCHEMA, 4, 48, "'x' is no flag"},
    {HEAD "scopes: {c: {world: open}}\nabsent: [{match: b, in: c}]\ncommands: [{binary: b}]\n", ERROR_CONFLICT, 4, 18,
     "'b' is declared absent, but it is the command 'b'"},
    /* unknown ids */
    {HEAD "hardware:\n  - {id: spark}\nservices:\n  - {id: s, host: sprak}\n", ERROR_SCHEMA, 6, 19,
     "unknown host 'sprak'; did you mean 'spark'?"},
    {HEAD "components:\n  - {id: c}\nservices:\n  - {id: s, host: c}\n", ERROR_SCHEMA, 6, 19,
     "'c' is a component, not a host"},
    {HEAD "scopes:\n  gpus: {world: closed, host: nowhere}\n", ERROR_SCHEMA, 4, 31, "unknown host 'nowhere'"},
    {HEAD "paths:\n  - {path: /a, host: nowhere}\n", ERROR_SCHEMA, 4, 22, "unknown host"},
    {HEAD "hosts:\n  - {id: vps, runs: [caddy]}\n", ERROR_SCHEMA, 4, 22,
     "unknown id 'caddy': a program that is no entry is written {name: caddy}"},
    {HEAD "packages: [{name: sed}]\nhosts:\n  - {id: vps, runs: [sshd]}\n", ERROR_SCHEMA, 5, 22,
     "unknown id 'sshd': a program"},
    {HEAD "components: [{id: caddy}]\nhosts:\n  - {id: vps, runs: [cady]}\n", ERROR_SCHEMA, 5, 22,
     "did you mean 'caddy'? Otherwise a program"},
    {HEAD "benchmarks:\n  - {id: b, subject: [m], metric: decode, value: 1, unit: s}\n", ERROR_SCHEMA, 4, 23,
     "unknown id 'm'"},
    {HEAD "absent:\n  - {match: [B100], in: gpus}\n", ERROR_SCHEMA, 4, 25, "unknown scope 'gpus'"},
    {HEAD "output_signatures:\n  - {cmd: x, host: h, field: f, equals: v}\n", ERROR_SCHEMA, 4, 20, "unknown host"},
    {HEAD "derived:\n  - {id: d, expr: a / b}\n", ERROR_SCHEMA, 4, 19, "unknown id 'a'"},
    /* declared twice */
    {HEAD "components:\n  - {id: a}\n  - {id: a}\n", ERROR_CONFLICT, 5, 10,
     "id 'a' is declared twice, first at line 4"},
    {HEAD "components:\n  - {id: a}\nhosts:\n  - {id: a}\n", ERROR_CONFLICT, 6, 10,
     "id 'a' is declared twice, first at line 4"},
    {HEAD "packages:\n  - {name: a, version: 1}\n  - {name: a, version: 2}\n", ERROR_CONFLICT, 5, 12,
     "name 'a' is declared twice"},
    {HEAD "paths:\n  - {path: /a}\n  - {path: /a}\n", ERROR_CONFLICT, 5, 5,
     "'path:/a' is stated twice, first at line 4"},
    {HEAD "absent:\n  - {match: NPU}\n  - {match: NPU}\n", ERROR_CONFLICT, 5, 5, "'absent.NPU' is stated twice"},
    {HEAD "components:\n  - {id: a, version: 1, attrs: {version: {value: 2}}}\n", ERROR_CONFLICT, 4, 33,
     "'a.version' is stated twice"},
    /* names */
    {HEAD "components:\n  - {id: a, aliases: [CUDA]}\n  - {id: b, aliases: [nvcc, cuda]}\n", ERROR_CONFLICT, 5, 29,
     "'cuda' names two entities: 'b' here and 'a' at line 4"},
    {HEAD "components:\n  - {id: a, aliases: [DGX Spark]}\nhosts:\n  - {id: b, aliases: [dgx-spark]}\n", ERROR_CONFLICT,
     6, 23, "names two entities"},
    {HEAD "hardware:\n  - id: h\n    attrs:\n      a: {value: 1, unit: GB, aliases: [disk]}\n      b: {value: 2, unit: "
          "GB, aliases: [disk]}\n",
     ERROR_CONFLICT, 7, 41, "'disk' names two attributes whose values could be compared"},
    {HEAD
     "hardware:\n  - id: h\n    attrs:\n      memory: {value: 1, unit: KiB, aliases: [RAM]}\n      RAM: {value: 2, "
     "unit: GB}\n",
     ERROR_CONFLICT, 7, 7,
     "'RAM' names two attributes whose values could be compared: 'h.RAM' here and 'h.memory' at line 6"},
    {HEAD "hardware:\n  - id: h\n    attrs:\n      a: {value: 1, unit: core, aliases: [cores]}\n      b: {value: 2, "
          "unit: cores, aliases: [Cores]}\n",
     ERROR_CONFLICT, 7, 44, "'Cores' names two attributes"},
    {HEAD "hardware:\n  - id: h\n    attrs:\n      a: {value: 1, unit: GiB, aliases: [disk]}\n      b: {value: 2, "
          "unit: GB, aliases: [disk]}\n",
     ERROR_CONFLICT, 7, 41, "'disk' names two attributes"},
    {HEAD "processes:\n  - {id: p, steps: [draft, {name: review, aliases: [read, Draft]}, publish], order: strict}\n",
     ERROR_CONFLICT, 4, 59, "'Draft' names two items of 'steps': 'review' here and 'draft' on line 4"},
    {HEAD "processes:\n  - {id: p, steps: [{name: a, aliases: [hand-over]}, {name: b, aliases: [hand over]}]}\n",
     ERROR_CONFLICT, 4, 74, "'hand over' names two items of 'steps': 'b' here and 'a' on line 4"},
    {HEAD "services:\n  - {id: s, exposes: [Login page, login-page]}\n", ERROR_CONFLICT, 4, 35,
     "'login-page' names two items of 'exposes'"},
    {HEAD "hosts:\n  - {id: h, runs: [{name: SG Lang}, {name: x, aliases: [sg-lang]}]}\n", ERROR_CONFLICT, 4, 57,
     "'sg-lang' names two items of 'runs'"},
    {HEAD
     "hardware:\n  - id: h\n    attrs:\n      a: {value: 1, unit: GB, aliases: [main memory]}\n      b: {value: 2, "
     "unit: GB, aliases: [Main-memory]}\n",
     ERROR_CONFLICT, 7, 41, "'Main-memory' names two attributes whose values could be compared"},
    /* what nothing can match */
    {HEAD "components:\n  - {id: a, aliases: []}\n", ERROR_SCHEMA, 4, 10, "nothing can match 'a'"},
    {HEAD "components:\n  - {id: a, aliases: ['-']}\n", ERROR_SCHEMA, 4, 23, "nothing can match '-'"},
    {HEAD "components:\n  - {id: a, aliases: [CUDA], not_alias: [cuda]}\n", ERROR_CONFLICT, 4, 23,
     "nothing can match 'CUDA'"},
    {HEAD "components:\n  - {id: a, aliases: [SG Lang], not_alias: [sg-lang]}\n", ERROR_CONFLICT, 4, 23,
     "nothing can match 'SG Lang': it is also a not_alias, at line 4"},
    {HEAD "packages:\n  - {name: a, aliases: [lib_a], not_alias: [Lib-A]}\n", ERROR_CONFLICT, 4, 25,
     "nothing can match 'lib_a'"},
    {HEAD "hardware:\n  - {id: h, attrs: {memory: {unit: GB}}}\n", ERROR_SCHEMA, 4, 29, "no claim could match it"},
    {HEAD "hardware:\n  - {id: h, attrs: {memory: {views: {}}}}\n", ERROR_SCHEMA, 4, 37, "'views' must be a map"},
    {HEAD "absent:\n  - {match: []}\n", ERROR_SCHEMA, 4, 13, "nothing can match this absence"},
    {HEAD "hosts: [{id: h}]\nbenchmarks:\n  - {id: b, subject: [], metric: m, value: 1}\n", ERROR_SCHEMA, 5, 22,
     "nothing can match this benchmark"},
    {HEAD "scopes:\n  processes: {world: closed}\n", ERROR_SCHEMA, 4, 14, "nothing could match it"},
    {HEAD "output_signatures:\n  - {cmd: x, field: f}\n", ERROR_SCHEMA, 4, 5, "either 'equals' or 'pattern'"},
    {HEAD "output_signatures:\n  - {cmd: x, pattern: '(a'}\n", ERROR_SCHEMA, 4, 23, "pattern does not compile"},
    /* values and units */
    {HEAD "hardware:\n  - {id: h, attrs: {m: {value: 128, unit: GBB}}}\n", ERROR_SCHEMA, 4, 43, "'GBB' is no unit"},
    {HEAD "hardware:\n  - {id: h, attrs: {m: {value: 128, unit: furlongs}}}\n", ERROR_SCHEMA, 4, 43, "is no unit"},
    {HEAD "hardware:\n  - {id: h, attrs: {m: {value: lots, unit: GB}}}\n", ERROR_SCHEMA, 4, 32, "no decimal number"},
    {HEAD "hardware:\n  - {id: h, attrs: {m: {value: 128GB, unit: GB}}}\n", ERROR_SCHEMA, 4, 32,
     "apart: 'value: 128' and 'unit: GB'"},
    {HEAD "hardware:\n  - {id: h, attrs: {m: {value: 4 GB}}}\n", ERROR_SCHEMA, 4, 32, "'value: 4' and 'unit: GB'"},
    {HEAD "hardware:\n  - {id: h, attrs: {m: {value: 512GB}}}\n", ERROR_SCHEMA, 4, 32, "'value: 512' and 'unit: GB'"},
    {HEAD "hardware:\n  - {id: h, attrs: {m: {views: {a: {value: 16 cores}}}}}\n", ERROR_SCHEMA, 4, 44,
     "'value: 16' and 'unit: cores'"},
    {HEAD "hosts: [{id: h}]\nbenchmarks:\n  - {id: b, subject: h, metric: m, value: fast}\n", ERROR_SCHEMA, 5, 43,
     "must be a decimal number"},
    {HEAD "hosts: [{id: h}]\nbenchmarks:\n  - {id: b, subject: h, metric: m, value: 1, tol: {rel: 120%}}\n",
     ERROR_SCHEMA, 5, 57, "a share below 100%"},
    {HEAD "hosts: [{id: h}]\nbenchmarks:\n  - {id: b, subject: h, metric: m, value: 1, tol: {abs: -1}}\n", ERROR_SCHEMA,
     5, 57, "in the fact's unit"},
    {HEAD "hosts: [{id: h}]\nbenchmarks:\n  - {id: b, subject: h, metric: m, value: 1, tol: {}}\n", ERROR_SCHEMA, 5, 51,
     "states 'rel'"},
    {HEAD "services:\n  - {id: s, port: 65536}\n", ERROR_SCHEMA, 4, 19, "is no port"},
    {HEAD "services:\n  - {id: s, port: 80/icmp}\n", ERROR_SCHEMA, 4, 19, "is no port"},
    /* dates */
    {HEAD "components:\n  - id: a\n    history: [{version: 1, from: 2026-13-01, to: 2026-02-01}]\n", ERROR_SCHEMA, 5,
     34, "is no day"},
    {HEAD "components:\n  - id: a\n    history: [{version: 1, from: 2026-03-01, to: 2026-02-01}]\n", ERROR_SCHEMA, 5,
     34, "ends (2026-02-01) before it begins (2026-03-01)"},
    {HEAD "components:\n  - id: a\n    history: [{version: 1, from: 2026-03-01}]\n", ERROR_SCHEMA, 5, 15,
     "needs its last day"},
    {HEAD "components:\n  - id: a\n    history:\n      - {version: 2, from: 2026-01-15, to: 2026-03-01}\n"
          "      - {version: 1, from: 2026-01-01, to: 2026-02-01}\n",
     ERROR_CONFLICT, 6, 9, "2 and 1 (line 7) overlap"},
    {HEAD "components:\n  - id: a\n    history: [{version: 1, from: 2026-01-01, to: 2026-06-01}]\n", ERROR_SCHEMA, 5,
     15, "after the manifest's as_of"},
    {HEAD "paths:\n  - {path: /a, since: 2027-01-01}\n", ERROR_SCHEMA, 4, 23, "later than the manifest's as_of"},
    {HEAD "paths:\n  - {path: /a, evidence: {observed: 2026-05-19}}\n", ERROR_SCHEMA, 4, 37,
     "is later than the manifest's as_of"},
    {HEAD "paths:\n  - {path: /a, evidence: {half_life: soon}}\n", ERROR_SCHEMA, 4, 38, "is no duration"},
    /* conditions */
    {HEAD "hosts: [{id: h}]\nbenchmarks:\n  - {id: b, subject: h, metric: m, value: 1, must_state: [batch]}\n",
     ERROR_SCHEMA, 5, 59, "'where' does not say what it was"},
    {HEAD "hosts: [{id: h}]\nbenchmarks:\n  - {id: b, subject: h, metric: m, value: 1, where: {batch: }}\n",
     ERROR_SCHEMA, 5, 61, "condition 'batch' has no value"},
    /* contradictions */
    {HEAD "hosts: [{id: h}]\nbenchmarks:\n  - {id: b, subject: h, metric: decode, value: 1, unit: s, where: {batch: 1, "
          "x: y}}\n"
          "  - {id: c, subject: [h], metric: Decode, value: 2, unit: s, where: {x: y, batch: 1}}\n",
     ERROR_CONFLICT, 6, 10, "'c' (2 s) contradicts 'b' (1 s, line 5)"},
    {HEAD "hosts: [{id: h}]\nbenchmarks:\n  - {id: b, subject: h, metric: m, value: 1, where: {Batch: One, a: x}}\n"
          "  - {id: c, subject: h, metric: m, value: 2, where: {batch: one, A: X}}\n",
     ERROR_CONFLICT, 6, 10, "same subject, metric and conditions"},
    {HEAD "hosts: [{id: h}]\nbenchmarks:\n  - {id: b, subject: h, metric: m, value: 1, where: {Batch: 1, batch: 1}}\n",
     ERROR_CONFLICT, 5, 64, "condition 'batch' stands twice"},
    {HEAD "hardware:\n  - {id: h, attrs: {m: {views: {a: {value: 1, unit: GB}, b: {value: 1, unit: core}}}}}\n",
     ERROR_CONFLICT, 4, 69, "measure different things: GB and core"},
    {HEAD "hosts: [{id: h}]\nservices:\n  - {id: a, host: h, port: 80}\n  - {id: b, host: h, port: 80}\n",
     ERROR_CONFLICT, 6, 28, "port 80 of 'h' is taken: 'a' at line 5"},
    {HEAD "components: [{id: x}, {id: y}]\nhosts: [{id: h, runs: {world: closed, items: [x]}}]\nservices:\n  - {id: a, "
          "host: h, runs: [y]}\n",
     ERROR_CONFLICT, 6, 19, "lists neither it nor what it runs"},
    {HEAD "scopes: {gpus: {world: closed, members: [GB10]}}\nabsent:\n  - {match: [A100, gb10], in: gpus}\n",
     ERROR_CONFLICT, 5, 20, "is declared absent, but it is a member of the scope 'gpus'"},
    {HEAD "components: [{id: x, aliases: [Redis]}]\nabsent: [{match: redis}]\n", ERROR_CONFLICT, 4, 18,
     "is declared absent, but it is a name of 'x'"},
    {HEAD "scopes:\n  a: {world: closed, kind: gpu, members: [X]}\n  b: {world: closed, kind: gpu, members: [Y]}\n",
     ERROR_CONFLICT, 5, 3, "closed scopes of the same kind with different members"},
    {HEAD "processes: [{id: p, steps: [a], order: strict}]\n", ERROR_SCHEMA, 3, 40, "at least two steps"},
    {HEAD "packages: [{name: caddy, version: 1}]\nabsent: [{match: [nginx, Caddy]}]\n", ERROR_CONFLICT, 4, 26,
     "declared absent, but it is the package 'caddy' at line 3"},
    {HEAD "hosts: [{id: h, runs: {world: closed, items: [{name: caddy}]}}]\nabsent: [{match: Caddy}]\n", ERROR_CONFLICT,
     4, 18, "declared absent, but it is run by 'h' at line 3"},
    {HEAD "absent: [{match: [X]}, {match: [Y, x]}]\n", ERROR_CONFLICT, 3, 36, "'x' is declared absent twice, first at"},
    {HEAD "hosts: [{id: h}]\npaths: [{path: /x/data, host: h}, {path: /x/data, state: removed}]\n", ERROR_CONFLICT, 4,
     9, "'/x/data' is present, but '/x/data' is removed on every machine (line 4)"},
    {HEAD "hosts: [{id: h}]\npaths: [{path: /x, state: removed, host: h}, {path: /x}]\n", ERROR_CONFLICT, 4, 46,
     "'/x' is present, but '/x' is removed (line 4)"},
    {HEAD "paths: [{path: /x}, {path: /x/, state: removed}]\n", ERROR_CONFLICT, 3, 21, "'path:/x' is stated twice"},
    {HEAD "paths: [{path: /x, state: removed}, {path: /x/y/z}]\n", ERROR_CONFLICT, 3, 37,
     "'/x/y/z' is present, but '/x' is removed (line 3)"},
    {HEAD "hosts: [{id: h}]\nbenchmarks:\n  - {id: a, subject: h, metric: decode speed, value: 1, unit: s}\n"
          "  - {id: b, subject: h, metric: k, metric_aliases: [Decode-speed], value: 2, unit: s}\n",
     ERROR_CONFLICT, 6, 53, "'b' (2 s) contradicts 'a' (1 s, line 5): same subject, metric (as this alias names it)"},
    {HEAD "components: [{id: c, scheme: semver, version: banana}]\n", ERROR_SCHEMA, 3, 47,
     "'banana' is no version of the scheme semver"},
    {HEAD "components: [{id: c, scheme: deb, history: [{version: '?', to: 2026-01-01}]}]\n", ERROR_SCHEMA, 3, 45,
     "'?' is no version of the scheme deb"},
    {HEAD "components: [{id: c, history: [{version: 1, to: 2026-02-01}, {version: 2, to: 2026-01-01}]}]\n",
     ERROR_CONFLICT, 3, 32, "1 and 2 (line 3) overlap: both are said of the time before 2026-01-01"},
    {HEAD "components: [{id: c, history: [{version: 1, from: 2026-01-01, to: 2026-03-01}, {version: 1, from: "
          "2026-01-01, to: 2026-03-01}]}]\n",
     ERROR_CONFLICT, 3, 80, "1 and 1 (line 3) overlap: both are said of 2026-01-01"},
    /* expressions */
    {HEAD "derived:\n  - {id: a, expr: b + 1}\n  - {id: b, expr: 2 * a}\n", ERROR_CONFLICT, 4, 19,
     "derived facts define each other in a circle: a -> b -> a"},
    {HEAD "derived:\n  - {id: a, expr: a}\n", ERROR_CONFLICT, 4, 19, "a -> a"},
    {HEAD "hosts: [{id: h, attrs: {x: {value: 1, unit: s}}}]\nderived:\n  - {id: d, expr: h.x /}\n", ERROR_SCHEMA, 5,
     24, "ends where an operand is due"},
    {HEAD "hosts: [{id: h, attrs: {x: {value: 1, unit: s}}}]\nderived:\n  - {id: d, expr: \"(h.x\"}\n", ERROR_SCHEMA, 5,
     20, "this parenthesis is not closed"},
    {HEAD "hosts: [{id: h, attrs: {x: {value: 1, unit: s}}}]\nderived:\n  - {id: d, expr: h.x ^ 2}\n", ERROR_SCHEMA, 5,
     23, "not part of an expression: '^'"},
    {HEAD "hosts: [{id: h, attrs: {x: {value: 1, unit: s}}}]\nderived:\n  - {id: d, expr: h.x / 0}\n", ERROR_SCHEMA, 5,
     19, "divides by zero"},
    {HEAD
     "hosts: [{id: h, attrs: {x: {value: 1, unit: GB}, y: {value: 2, unit: W}}}]\nderived:\n  - {id: d, expr: h.x + "
     "h.y}\n",
     ERROR_CONFLICT, 5, 19, "'d' adds or subtracts what has different units"},
    {HEAD
     "hosts: [{id: h, attrs: {x: {value: 1, unit: EUR}, y: {value: 2, unit: USD}}}]\nderived:\n  - {id: d, expr: 3 * "
     "(12 * h.x - h.y)}\n",
     ERROR_CONFLICT, 5, 19, "'d' adds or subtracts what has different units"},
    {HEAD "derived:\n  - {id: d, expr: 2 + 3}\n", ERROR_SCHEMA, 4, 19, "this is a constant"},
    {HEAD "hosts: [{id: h, location: Oslo}]\nderived:\n  - {id: d, expr: h.location * 2}\n", ERROR_SCHEMA, 5, 19,
     "no operand"},
    {HEAD "hardware:\n  - {id: h, attrs: {m: {views: {a: {value: 1, unit: GB}, b: {value: 1, unit: GB}}}}}\nderived:\n "
          " - {id: d, expr: h.m}\n",
     ERROR_SCHEMA, 6, 19, "has several views, name one of them"},
};

static void each_authoring_error_has_its_place(void **state) {
    (void)state;
    int failures = 0;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const error_case *c = &cases[i];
        manifest *m = NULL;
        error e = {0};
        manifest_source source = {STR("m.yaml"), str_from_cstr(c->text)};
        int status = manifest_load(&source, 1, &m, &e);
        char text[1024];
        error_text(&e, text, sizeof text);
        if (status != (int)c->code || e.line != c->line || e.column != c->column || !strstr(e.message, c->says)) {
            print_message("case %zu:\n%s\nwanted code %d at %u:%u, '%s'\n   got code %d: %s\n", i, c->text, c->code,
                          c->line, c->column, c->says, status, text);
            failures++;
        }
        assert_null(m);
        assert_string_equal(e.file, "m.yaml");
    }
    assert_int_equal(failures, 0);
}

/* What is like an error, and is none. */
static void what_only_looks_contradictory_loads(void **state) {
    (void)state;
    static const char *const texts[] = {
        "hosts: [{id: h}, {id: k, runs: [{name: caddy}]}]\nscopes: {p: {world: closed, host: h}}\n"
        "absent: [{match: Caddy, in: p}]\n",
        "packages: [{name: caddy, history: [{version: 1, to: 2026-01-01}]}]\nabsent: [{match: Caddy}]\n",
        "absent: [{match: [NVMe-oF, nvme of]}, {match: Y}]\n",
        "hosts: [{id: h}, {id: k}]\npaths: [{path: /x, host: h}, {path: /x, state: removed, host: k}]\n",
        "paths: [{path: /x, state: removed}, {path: /xy}, {path: /x/z, state: removed}, {path: x/y}]\n",
        "hosts: [{id: h}]\nbenchmarks:\n  - {id: a, subject: h, metric: m, metric_aliases: [z], value: 1, unit: s}\n"
        "  - {id: b, subject: h, metric: k, metric_aliases: [z], value: 2, unit: s}\n",
        "hosts: [{id: h}]\nbenchmarks:\n  - {id: a, subject: h, metric: m, value: 1, unit: s}\n"
        "  - {id: b, subject: h, metric: k, metric_aliases: [m], value: 2, unit: GB}\n"
        "  - {id: c, subject: h, metric: l, metric_aliases: [m], value: 2, unit: s, where: {batch: 8}}\n",
        "hosts: [{id: h, attrs: {drives: {value: 2, unit: drive}, size: {value: 1.92, unit: TB, aliases: "
        "[drives]}}}]\n",
        "hosts: [{id: h, attrs: {a: {value: 1, unit: core, aliases: [CPU]}, b: {value: 4, unit: W, aliases: "
        "[CPU]}}}]\n",
        "hosts: [{id: h, attrs: {m: {aliases: [RAM], views: {a: {value: 4, unit: GB}, b: {value: 3.7, unit: "
        "GiB}}}}}]\n",
        "hosts: [{id: h, attrs: {a: {value: 4B}, b: {value: 5s}, c: {value: 2025-11-04}, d: {value: 1931 to 1988}}}]\n",
        "hosts: [{id: h, attrs: {x: {value: 1, unit: GB}}}]\nderived: [{id: d, expr: 5 - h.x, unit: GB}]\n",
        "components: [{id: c, version: rolling}, {id: d, scheme: semver, version: 570.153.02}]\n",
        "scopes: {databases: {world: closed, kind: database, members: [PostgreSQL]}}\n",
        "processes: [{id: p, steps: [draft, {name: review, aliases: [Review, re-view]}, publish], order: strict}]\n",
        "components: [{id: a, aliases: [SG Lang], not_alias: [SG Lang router, SGLang]}]\n",
        "hosts: [{id: h, runs: [a-b, a_b]}]\ncomponents: [{id: a-b, aliases: [one]}, {id: a_b, aliases: [two]}]\n",
        "hosts: [{id: h}]\nbenchmarks:\n  - {id: a, subject: h, metric: m, value: 1, unit: s, where: {offset: 1}}\n"
        "  - {id: b, subject: h, metric: m, value: 2, unit: s, where: {offset: -1}}\n"
        "  - {id: c, subject: h, metric: m, value: 3, unit: s, where: {off: set 1}}\n",
    };
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        buf b = {0};
        manifest *m = NULL;
        error e = {0};
        buf_printf(&b, HEAD "%s", texts[i]);
        manifest_source source = {STR("m.yaml"), buf_view(&b)};
        if (manifest_load(&source, 1, &m, &e)) fail_msg("%s: %u:%u %s", texts[i], e.line, e.column, e.message);
        manifest_free(m);
        buf_free(&b);
    }
}

static int load_text(const buf *b, error *e) {
    manifest *m = NULL;
    manifest_source source = {STR("big.yaml"), buf_view(b)};
    int status = manifest_load(&source, 1, &m, e);
    manifest_free(m);
    return status;
}

static void large_and_hostile_files_meet_a_limit(void **state) {
    (void)state;
    error e = {0};
    buf b = {0};
    buf_cstr(&b, HEAD "components:\n");
    for (int i = 0; b.n < 50u << 20; i++)
        buf_printf(&b, "  - {id: c%d, aliases: [c%d, alias %d of c], version: 1.2.%d}\n", i, i, i, i);
    assert_int_equal(load_text(&b, &e), ERROR_LIMIT);
    assert_non_null(strstr(e.message, "too many YAML nodes"));
    b.n = 0;
    buf_cstr(&b, HEAD "x: &a [1,1,1,1,1,1,1,1,1]\n");
    for (int i = 0; i < 12; i++)
        buf_printf(&b, "y%d: &%c [*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c]\n", i, 'b' + i, 'a' + i, 'a' + i, 'a' + i, 'a' + i,
                   'a' + i, 'a' + i, 'a' + i, 'a' + i);
    assert_int_equal(load_text(&b, &e), ERROR_LIMIT);
    b.n = 0;
    buf_cstr(&b, HEAD "note: \"");
    buf_repeat(&b, 'x', 65u << 20);
    buf_cstr(&b, "\"\n");
    assert_int_equal(load_text(&b, &e), ERROR_LIMIT);
    assert_non_null(strstr(e.message, "larger than 64 MB"));
    buf_free(&b);
}

static void a_hundred_thousand_aliases_load(void **state) {
    (void)state;
    error e = {0};
    buf b = {0};
    buf_cstr(&b, HEAD "components:\n");
    for (int i = 0; i < 100000; i++)
        buf_printf(&b, "%s    - alias number %d of it\n",
                   i % 1000 ? ""
                   : i      ? "  - id: c\n    aliases:\n"
                            : "  - id: c\n    aliases:\n",
                   i);
    /* each group of 1,000 needs its own id */
    buf text = {0};
    str rest = buf_view(&b), line;
    for (int group = 0; str_cut(&rest, '\n', &line);) {
        if (str_eq(line, STR("  - id: c")))
            buf_printf(&text, "  - id: c%d\n", group++);
        else
            buf_str(&text, line), buf_byte(&text, '\n');
    }
    manifest *m = NULL;
    manifest_source source = {STR("big.yaml"), buf_view(&text)};
    if (manifest_load(&source, 1, &m, &e)) fail_msg("%s", e.message);
    assert_int_equal(alias_count(m->names), 100000);
    uint32_t count;
    const alias_target *target = alias_lookup(m->names, STR("Alias  number 99999 of-it"), &count);
    assert_int_equal(count, 1);
    assert_true(target->kind == ALIAS_ENTITY && str_eq(m->entities[target->index].id, STR("c99")));
    manifest_free(m);
    buf_free(&b);
    buf_free(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_authoring_error_has_its_place),
        cmocka_unit_test(what_only_looks_contradictory_loads),
        cmocka_unit_test(large_and_hostile_files_meet_a_limit),
        cmocka_unit_test(a_hundred_thousand_aliases_load),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
