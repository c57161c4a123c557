#!/usr/bin/env python3
"""Golden logits for tests/data/lm-logits.txt, from the public Python reference.

Needs: pip install torch transformers sentencepiece numpy. Run with python3 -P (tokenizers.py beside it is no module): it rewrites
the data file.

No weights are stored. Both this script and tests/support/tiny_model.c make the same bytes from the tensor's name: FNV-1a 64
seeds splitmix64; a float is 24 of its bits; quantised tensors are raw bytes whose scale fields are then made tame. This script
turns the bytes into weights in double precision by its own reading of the formats, puts them into the reference model (in
double too; its norms, softmax and rotation stay in F32 as published), and writes logits after two positions.
"""
import os
import sys
import numpy as np
import torch
import transformers

MASK = (1 << 64) - 1
TOKENS = [(i * 37 + 11) % 96 for i in range(40)]
ROWS = [17, 39]


def stream(name, words):
    h = 0xCBF29CE484222325
    for c in name.encode():
        h = ((h ^ c) * 0x100000001B3) & MASK
    z = np.uint64(h) + np.arange(1, words + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def floats(name, count, middle, amplitude):
    u = (stream(name, count) >> np.uint64(40)).astype(np.float64) / 2**23 - 1
    return (np.float32(middle) + u.astype(np.float32) * np.float32(amplitude)).astype(np.float64)


def raw(name, count):
    return stream(name, (count + 7) // 8).astype("<u8").view(np.uint8)[:count].copy()


def half(b):  # [..., 2] bytes to doubles
    return np.ascontiguousarray(b).view("<f2").astype(np.float64)[..., 0]


def tame_half(b, at, base):
    bits = (b[:, at].astype(np.uint16) | (b[:, at + 1].astype(np.uint16) << 8)) & 0x3FF | base
    b[:, at], b[:, at + 1] = bits & 255, bits >> 8


E2M1 = np.array([0, 0.5, 1, 1.5, 2, 3, 4, 6, -0.0, -0.5, -1, -1.5, -2, -3, -4, -6])


def k_scales(s):  # [n, 12] bytes to scales and minima [n, 8]
    bits = np.unpackbits(s, axis=1, bitorder="little").reshape(len(s), 12, 8)
    low6 = lambda i: np.packbits(bits[:, i, :6], axis=1, bitorder="little")[:, 0]
    nib = lambda i, a: np.packbits(bits[:, i, a : a + 4], axis=1, bitorder="little")[:, 0]
    top = lambda i: np.packbits(bits[:, i, 6:], axis=1, bitorder="little")[:, 0]
    sc = [low6(j) for j in range(4)] + [nib(8 + j, 0) + 16 * top(j) for j in range(4)]
    mn = [low6(4 + j) for j in range(4)] + [nib(8 + j, 4) + 16 * top(4 + j) for j in range(4)]
    return np.stack(sc, 1).astype(np.float64), np.stack(mn, 1).astype(np.float64)


def halves(q):  # nibbles: the low ones first, then the high ones
    return np.concatenate([q & 15, q >> 4], axis=-1)


def q8_0(b):
    tame_half(b, 0, 0x1400)
    return half(b[:, :2])[:, None] * b[:, 2:].view(np.int8).astype(np.float64)


def q4_0(b):
    tame_half(b, 0, 0x2400)
    return half(b[:, :2])[:, None] * (halves(b[:, 2:]).astype(np.float64) - 8)


def q45_k(b, five):
    tame_half(b, 0, 0x0800 if five else 0x0C00)
    tame_half(b, 2, 0x1800)
    sc, mn = k_scales(b[:, 4:16])
    quants = b[:, 48:] if five else b[:, 16:]
    q = halves(quants.reshape(-1, 4, 32)).reshape(-1, 8, 32).astype(np.float64)
    if five:
        q += 16.0 * np.stack([b[:, 16:48] >> j & 1 for j in range(8)], 1)
    d, m = half(b[:, :2]), half(b[:, 2:4])
    return (d[:, None] * sc)[..., None] * q - (m[:, None] * mn)[..., None]


def q6_k(b):
    tame_half(b, 208, 0x0400)
    low = b[:, :128].reshape(-1, 2, 2, 32)  # half, which 32, entry
    high = b[:, 128:192].reshape(-1, 2, 32)
    q = np.empty((len(b), 2, 4, 32))
    for quarter in range(4):
        lo = low[:, :, quarter & 1] >> (4 if quarter >= 2 else 0) & 15
        q[:, :, quarter] = (lo | (high >> 2 * quarter & 3) << 4).astype(np.float64) - 32
    sc = b[:, 192:208].view(np.int8).astype(np.float64)
    return half(b[:, 208:])[:, None, None] * sc[:, :, None] * q.reshape(-1, 16, 16)


def mxfp4(b):
    b[:, 0] = 120 + (b[:, 0] & 1)
    return 2.0 ** (b[:, :1].astype(np.float64) - 127) * E2M1[halves(b[:, 1:])]


def nvfp4(b):
    b[:, :4] = b[:, :4] & 7 | 0x10
    scale = (1 + (b[:, :4] & 7) / 8) * 2.0 ** ((b[:, :4] >> 3).astype(np.float64) - 7)
    return scale[..., None] * E2M1[halves(b[:, 4:].reshape(-1, 4, 8))]


BLOCKS = {
    "Q8_0": (32, 34, q8_0),
    "Q4_0": (32, 18, q4_0),
    "Q4_K": (256, 144, lambda b: q45_k(b, False)),
    "Q5_K": (256, 176, lambda b: q45_k(b, True)),
    "Q6_K": (256, 210, q6_k),
    "MXFP4": (32, 17, mxfp4),
    "NVFP4": (64, 36, nvfp4),
}


def matrix(kind, name, *shape):
    count = int(np.prod(shape))
    if kind in ("F32", "F16", "BF16"):
        amplitude = 1.0 if name == "token_embd.weight" else 0.25 if shape[-1] <= 128 else 0.125 if shape[-1] <= 256 else 0.0625
        x = floats(name, count, 0, amplitude)
        if kind == "F16":
            x = x.astype(np.float16).astype(np.float64)
        if kind == "BF16":
            bits = x.astype(np.float32).view(np.uint32)
            bits = (bits + 0x7FFF + (bits >> 16 & 1)) & 0xFFFF0000
            x = bits.astype(np.uint32).view(np.float32).astype(np.float64)
        return x.reshape(shape)
    weights, size, decode = BLOCKS[kind]
    return decode(raw(name, count // weights * size).reshape(-1, size)).reshape(shape)


def unpermute(w, heads):  # GGUF's row order for neighbouring pairs back to the reference's halves
    rows, cols = w.shape
    return w.reshape(heads, rows // heads // 2, 2, cols).swapaxes(1, 2).reshape(rows, cols)


def build(arch, kind, yarn, experts=False):
    small = kind == "F32"
    s = dict(DIM=64 if small else 256, LAYERS=2, HEADS=4, KV=2, FF=96 if small else 512, VOCAB=96, EFF=64)
    s["KEY"] = 32 if small and arch.startswith("qwen3") else 64 if not small else 16
    common = dict(
        vocab_size=96, hidden_size=s["DIM"], num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2, head_dim=s["KEY"],
        intermediate_size=s["FF"], rms_norm_eps=1e-5, max_position_embeddings=256, tie_word_embeddings=arch == "qwen2",
        attn_implementation="eager", rope_parameters={"rope_type": "default", "rope_theta": 10000.0},
    )
    if yarn:
        common["rope_parameters"] = {
            "rope_type": "yarn", "rope_theta": 10000.0, "factor": 4.0, "original_max_position_embeddings": 64, "beta_fast": 32.0, "beta_slow": 1.0,
        }
    T = transformers
    if arch == "llama" and experts:
        model = T.MixtralForCausalLM(
            T.MixtralConfig(num_local_experts=8, num_experts_per_tok=2, sliding_window=None, experts_implementation="eager", **common)
        )
        s["EFF"] = s["FF"]
    elif arch == "llama":
        model = T.LlamaForCausalLM(T.LlamaConfig(**common))
    elif arch == "mistral":
        model = T.MistralForCausalLM(T.MistralConfig(sliding_window=16, **common))
    elif arch == "qwen2":
        del common["head_dim"]
        model = T.Qwen2ForCausalLM(T.Qwen2Config(**common))
    elif arch == "qwen3":
        model = T.Qwen3ForCausalLM(T.Qwen3Config(**common))
    else:
        model = T.Qwen3MoeForCausalLM(
            T.Qwen3MoeConfig(num_experts=8, num_experts_per_tok=2, moe_intermediate_size=s["EFF"], norm_topk_prob=True, experts_implementation="eager", **common)
        )
    return model.double().eval(), s


def fill(model, s, arch, kind, scales):
    state = model.state_dict()
    used = set()

    def put(name, value):
        used.add(name)
        assert tuple(state[name].shape) == value.shape, (name, state[name].shape, value.shape)
        state[name].copy_(torch.from_numpy(np.ascontiguousarray(value)))

    def weight(name, *shape):
        w = matrix(kind, name + ".weight", *shape)
        if scales and ("exps" in name or "attn" in name):
            n = shape[0] if len(shape) == 3 else 1
            f = floats(name + ".scale", n, 1, 0.5)
            w = w * f.reshape(-1, *[1] * (len(shape) - 1))
        return w

    def permuted(w):
        return unpermute(w, w.shape[0] // s["KEY"]) if arch in ("llama", "mistral") else w

    D, K, E = s["DIM"], s["KEY"], s["EFF"]
    put("model.embed_tokens.weight", weight("token_embd", 96, D))
    put("model.norm.weight", floats("output_norm.weight", D, 1, 0.25))
    if arch == "qwen2":
        used.add("lm_head.weight")
    else:
        put("lm_head.weight", weight("output", 96, D))
    for i in range(2):
        h, b = f"model.layers.{i}.", f"blk.{i}."
        put(h + "input_layernorm.weight", floats(b + "attn_norm.weight", D, 1, 0.25))
        put(h + "post_attention_layernorm.weight", floats(b + "ffn_norm.weight", D, 1, 0.25))
        put(h + "self_attn.q_proj.weight", permuted(weight(b + "attn_q", 4 * K, D)))
        put(h + "self_attn.k_proj.weight", permuted(weight(b + "attn_k", 2 * K, D)))
        put(h + "self_attn.v_proj.weight", weight(b + "attn_v", 2 * K, D))
        put(h + "self_attn.o_proj.weight", weight(b + "attn_output", D, 4 * K))
        if arch == "qwen2":
            for x, n in ("q", 4 * K), ("k", 2 * K), ("v", 2 * K):
                put(h + f"self_attn.{x}_proj.bias", floats(b + f"attn_{x}.bias", n, 0, 0.5))
        if arch.startswith("qwen3"):
            put(h + "self_attn.q_norm.weight", floats(b + "attn_q_norm.weight", K, 1, 0.25))
            put(h + "self_attn.k_norm.weight", floats(b + "attn_k_norm.weight", K, 1, 0.25))
        if h + "mlp.gate.weight" in state:
            put(h + "mlp.gate.weight", floats(b + "ffn_gate_inp.weight", 8 * D, 0, 0.25).reshape(8, D))
            put(h + "mlp.experts.gate_up_proj", np.concatenate([weight(b + "ffn_gate_exps", 8, E, D), weight(b + "ffn_up_exps", 8, E, D)], 1))
            put(h + "mlp.experts.down_proj", weight(b + "ffn_down_exps", 8, D, E))
        else:
            put(h + "mlp.gate_proj.weight", weight(b + "ffn_gate", s["FF"], D))
            put(h + "mlp.up_proj.weight", weight(b + "ffn_up", s["FF"], D))
            put(h + "mlp.down_proj.weight", weight(b + "ffn_down", D, s["FF"]))
    assert used == set(state), set(state) - used
    model.load_state_dict(state)


VARIANTS = [("llama", "F32", ""), ("llama", "F32", "yarn"), ("llama", "F32", "factors"), ("llama", "F32", "experts"), ("mistral", "F32", ""), ("qwen2", "F32", ""),
            ("qwen3", "F32", ""), ("qwen3moe", "F32", "")]
VARIANTS += [("qwen3", kind, "") for kind in ("F16", "BF16", *BLOCKS)]
VARIANTS += [("qwen3moe", "MXFP4", ""), ("qwen3moe", "NVFP4", "scales")]


@torch.no_grad()
def main():
    out = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "data", "lm-logits.txt")
    lines = [f"# tests/oracles/models.py, torch {torch.__version__.split('+')[0]}, transformers {transformers.__version__}"]
    for arch, kind, extra in VARIANTS:
        torch.manual_seed(0)
        model, s = build(arch, kind, extra == "yarn", extra == "experts")
        fill(model, s, arch, kind, extra == "scales")
        if extra == "factors":
            f = floats("rope_freqs.weight", s["KEY"] // 2, 4, 3)
            model.model.rotary_emb.inv_freq /= torch.from_numpy(f)
        logits = model(torch.tensor([TOKENS])).logits[0].double().numpy()
        lines.append(f"model {arch} {kind} {extra or '-'}")
        for row in ROWS:
            lines.append(f"row {row} " + " ".join(f"{v:.7g}" for v in logits[row]))
        print(arch, kind, extra, "logits of rms", float(np.sqrt((logits**2).mean())), file=sys.stderr)
    with open(out, "w") as f:
        f.write("\n".join(lines) + "\n")


main()
