/* bench_truth.c - the error rates of the truth stage, by injection.
 *
 *     corpus/articles/OP/pass/, claims.tsv, corpus/manifests/OP.yaml
 *         ├─► one mutation at a time at a gold claim, or one false sentence ──► judge ──► is it caught, at its place?
 *         ├─► harmless rewritings and inserted controls ──► judge ──► does anything fire?
 *         └─► the clean articles ──► true claims left unverified, false contradictions
 *
 * usage: bench_truth [TUNED[,TUNED…] [HELD-OUT[,…]]]: folders of corpus/articles/; without arguments those of
 * docs/TRUTH.md. Out: docs/TRUTH.md on standard output. Deterministic: no clock, a fixed seed. Exit 1 when a kind of
 * falsehood has fewer cases than its figure needs. truth_bench.h says what is where.
 */
#include "tests/bench/truth_bench.h"

static const char tuned_on[] =
    "kestrel,harborlight,fernhill,millbrook,ravenscar,wendlebury,tidewater,ashdown,coldharbour",
                  held_out[] = "saltmarsh,larkspur,stonebridge";

/* Splits "a,b" at the commas (it is written over) and appends the names to the operations. */
static void add_operations(bench *b, char *names) {
    for (char *name = strtok(names, ","); name; name = strtok(NULL, ",")) {
        if (b->op_count == MAX_OPERATIONS) {
            fprintf(stderr, "bench_truth: more than %d operations\n", MAX_OPERATIONS);
            exit(2);
        }
        b->ops[b->op_count++].name = name;
    }
}

int main(int argc, char **argv) {
    bench *b = calloc(1, sizeof *b);
    if (!b) return 2;
    b->keep = arena_new(0);
    b->a = arena_new(0);
    add_operations(b, arena_cstr(b->keep, str_from_cstr(argc > 1 ? argv[1] : tuned_on)));
    b->held_out = b->op_count;
    b->shown = argc > 1 ? MAX_MISSES : MISSES_IN_REPORT;
    if (argc != 2) add_operations(b, arena_cstr(b->keep, str_from_cstr(argc > 2 ? argv[2] : held_out)));
    for (int op = 0; op < b->op_count; op++) {
        operation_load(b, &b->ops[op]);
        fprintf(stderr, "%s: %zu gold claims\n", b->ops[op].name, b->ops[op].row_count);
        judge_operation(b, op);
    }
    print_report(b);
    unsigned thin = thin_kinds(b);
    for (int op = 0; op < b->op_count; op++) manifest_free(b->ops[op].truth);
    buf_free(&b->now);
    buf_free(&b->scratch);
    arena_free(b->a);
    arena_free(b->keep);
    free(b);
    return thin ? 1 : 0;
}
