#!/bin/sh
# Decode speeds that a machine's memory allows for the models that people run: arithmetic, no measurement.
#
# In: GB/s as $1 (default 273: GB10). Out: a Markdown table. A decoded token reads every active weight once, so
#     tok/s <= bandwidth / bytes;   8 drafts: 8 * bandwidth / (shared + experts touched)
# With E experts, k a token and even routing, n drafts touch E * (1 - (1 - k/E)^n) of them. Bytes a weight: Q8_0 34/32,
# Q4_0 18/32, NVFP4 36/64, MXFP4 17/32, Q4_K_M 4.85/8 (a mixture; its average over published files). Left out: keys and
# values (0.1 MB a token of context and more), norms, launches. "expected": 80 % of the ceiling for Q8_0, 65 % for 4 bits,
# the least that the GPU kernels are meant to reach.
awk -v bw="${1:-273}" '
function row(name, type, shared, expert, E, k, published,   b, one, touched, eight, aim) {
    b = type == "Q8_0" ? 34/32 : type == "Q4_K_M" ? 4.85/8 : type == "MXFP4" ? 17/32 : 36/64
    one = (shared * (type == "MXFP4" ? 34/32 : b) + expert * b) / 1e9
    touched = E ? (1 - (1 - k/E)^8) * E/k : 1
    eight = (shared * (type == "MXFP4" ? 34/32 : b) + expert * b * touched) / 1e9
    aim = type == "Q8_0" ? 0.8 : 0.65
    printf "| %s | %s | %.2f | %.0f | %.0f | %.0f | %s |\n", name, type, one, bw/one, aim*bw/one, aim*8*bw/eight, published
}
# Active weights: layers * (attention + feed-forward) + output, from the published shapes.
function attention(dim, key, heads, kv) { return dim * key * 2 * (heads + kv) }
BEGIN {
    print "| model | type | GB a token | ceiling tok/s | expected, 1 draft | expected, 8 drafts | published, 1 draft |"
    print "| --- | --- | --- | --- | --- | --- | --- |"
    dense = 32 * (attention(4096,128,32,8) + 3*4096*14336) + 128256*4096
    row("8B-class dense (Llama 3.1)", "Q8_0", dense, 0, 0, 0, "29.3"); row("8B-class dense (Llama 3.1)", "Q4_K_M", dense, 0, 0, 0, "45.7")
    row("Qwen2.5-7B", "Q8_0", 28 * (attention(3584,128,28,4) + 3*3584*18944) + 152064*3584, 0, 0, 0, "29.4")
    s = 48 * attention(2048,128,32,4) + 151936*2048; x = 48 * 8*3*2048*768
    row("Qwen3-30B-A3B", "Q8_0", s, x, 128, 8, "61"); row("Qwen3-30B-A3B", "Q4_K_M", s, x, 128, 8, "89")
    row("gpt-oss-20b (1)", "MXFP4", 24 * attention(2880,64,64,8) + 201088*2880, 24 * 4*3*2880*2880, 32, 4, "83")
    # Of these only the active weights in the name are used; a half of them is taken to be experts.
    row("Gemma 4 26B-A4B (2)", "Q4_0", 2e9, 2e9, 128, 8, "73"); row("Gemma 4 26B-A4B (2)", "NVFP4", 2e9, 2e9, 128, 8, "51")
    row("Mistral Small 4 119B-A6.5B (2)", "Q4_K_M", 3.25e9, 3.25e9, 128, 4, "46")
    row("Qwen3.6-35B-A3B (2)", "Q4_K_M", 1.5e9, 1.5e9, 256, 8, "66–72"); row("Qwen3.6-35B-A3B (2)", "NVFP4", 1.5e9, 1.5e9, 256, 8, "98")
}'
