/* test_bench_peer.c - the peer's table, as its versions write it. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "tests/bench/bench_peer.c" /* one small file of the benches, which are no library */

static void a_table_is_read_by_its_names(void **state) {
    (void)state;
    struct peer_speed p;
    assert_true(
        peer_parse("build_commit,cpu_info,model_type,n_prompt,n_gen,test_time,avg_ns,stddev_ns,avg_ts,stddev_ts\n"
                   "\"1a2b\",\"Xeon, two of them\",\"qwen3 0.6B Q8_0\",\"512\",\"0\",\"t\",\"1\",\"2\","
                   "\"152.934\",\"0.25\"\n"
                   "\"1a2b\",\"Xeon, two of them\",\"qwen3 0.6B Q8_0\",\"0\",\"64\",\"t\",\"1\",\"2\","
                   "\"25.3\",\"0.2\"\n",
                   &p));
    assert_true(p.read > 152.9 && p.read < 152.95 && p.write > 25.29 && p.write < 25.31);
    assert_true(p.read_spread > 0.24 && p.write_spread > 0.19 && p.write_spread < 0.21);
    assert_true(peer_parse("warming up\navg_ts,n_gen,n_prompt\r\n7.5,64,0\r\n80,0,512\r\n", &p));
    assert_true(p.read > 79.9 && p.write > 7.4 && p.write < 7.6);
}

static void what_is_no_table_is_none(void **state) {
    (void)state;
    struct peer_speed p;
    static const char *const TEXTS[] = {"",
                                        "error: failed to load model\n",
                                        "n_prompt,n_gen,avg_ts\n",
                                        "n_prompt,n_gen,avg_ts\n512,0,80\n",
                                        "n_prompt,n_gen,avg_ts\n0,64,\"12",
                                        ",,,,\n\"\n"};
    const struct peer_run run = {.model = "m.gguf", .threads = 1, .prompt = 512, .tokens = 64, .runs = 3};
    char why[160] = "";
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) assert_false(peer_parse(TEXTS[i], &p));
    assert_false(peer_measure("/nonexistent/llama-bench", &run, &p, why));
    assert_non_null(strstr(why, "no table"));
    assert_false(peer_measure("it's", &run, &p, why));
    assert_non_null(strstr(why, "shell"));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_table_is_read_by_its_names),
                                       cmocka_unit_test(what_is_no_table_is_none)};
    return cmocka_run_group_tests_name("the peer of the bench", tests, NULL, NULL);
}
