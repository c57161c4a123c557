#!/usr/bin/env python3
"""Makes babbler.gguf, the small model that the demo and the tests write with.

    SAMPLE, cut into phrases ──► how often each phrase follows each ──► weights

It is a Markov chain in the clothes of a llama: the embedding of token i is the i-th unit vector, attention and
feed-forward give zero, and output row j holds log P(j | i). So it needs no training, runs on the real code path, and
writes what looks like an article: fluent, confident, with invented specifics. That is the point: the gate has to see it.

In: nothing. Out: babbler.gguf beside this file, the same bytes each time. Needs only the standard library.
"""
import math
import os
import struct

# One paragraph a line; '|' separates phrases, '^' begins a text, '$' ends it, '~' is a paragraph break.
SAMPLE = r"""
^|---\ntitle: "Notes from one small machine"\n|description: "What we run and what it does"\n|date: 2026-06-02\nstyle: conclusion\n---\n\n|## What we run\n\n|We|run|vLLM 0.17.1|on kestrel|,| and |it|serves|one model|.~
^|---\ntitle: "Ninety nights of drafts"\n|description: "What the machine wrote"\n|date: 2026-06-02\nstyle: conclusion\n---\n\n|## What we run\n\n|The machine|is| a |DGX Spark|,| and |it|holds|one model|.~
|We|run|CUDA 12.5|on kestrel|,| because |it|is| seamless|.~
|The machine|serves|70 tok/s|with| a |RTX 4090| card|.| |It|is| a game changer|.~
|We|verify| the |drafts| every week|,| and |the gate|rejects|what fails|.~
|The gate|is| robust|,| and |we|leverage| it| every day|.~
|We|run|PostgreSQL 16.2|on kestrel|,| and |it|holds|1.5 TB|of |drafts|.~
|## What it costs\n\n|The machine|takes|41 minutes|for |each| batch|,| because |it|runs| at night|.~
|A draft|takes|12 minutes|of reading|.| |This was not measured|on another machine|.~
|## What it costs\n\n|It|is| worth noting| that |the machine|runs| at night|.~
|We|measured|59.7 tok/s|on kestrel|with| one stream|.~
|```text\nerror: out of memory\n```|~
|We|saw|this error|:~
|this error|:~|```text\nerror: out of memory\n```|~|We|restarted| the |engine|.~
|## What we would change\n\n|We|would|buy| a |second card|,| because |the machine|is| slow|.~
|The engine|is| faster than |the old one|by |30 %|.~
|It|holds|the model|in |128 GB|of memory|.~
|## What we would change\n\n|We|would|run|fewer drafts|,| and |read| more of them|.~
|Perhaps| |the machine|is| enough|.| |It|is| delving| into |drafts| at night|.~
|The machine|serves|one model|with| one stream|,| and |it|is| enough|.~
|We|verify| the |engine| every week|,| because |it|holds|one model|.~
|We|run|Ubuntu 22.04|on kestrel|with| a |second card|,| and |the gate|runs| at night|.~
|## What it costs\n\n|We|saw|this error| at night|,| because |the machine|holds|the model|in |128 GB|.~
|We|measured|70 tok/s|with| a |DGX Spark|,| and |it|is faster than |the old one|.~
|## What we would change\n\n|We|would|run|fewer drafts|.~|$
"""

DIM = 320
HERE = os.path.dirname(os.path.abspath(__file__))
UNKNOWN, BEGIN, END, IM_START, IM_END, ASSISTANT = range(6)
CONTROLS = [("<unk>", 2), ("<s>", 3), ("</s>", 3), ("<|im_start|>", 3), ("<|im_end|>", 3), ("assistant\n", 4)]


def phrases():
    """Sequences of phrases, as texts; '^' and '$' stand for the ends."""
    for line in SAMPLE.strip().split("\n"):
        line = line.replace("\\n", "\n").replace("~", "|~|")
        row = []
        for part in line.split("|"):
            if part == "":
                continue
            if part == "~":
                row.append("\n\n")
                continue
            # A word that follows a word needs its space; punctuation does not.
            glue = row and part not in ("^", "$") and not part.startswith((" ", ",", ".", ":", "#", "```", "---", "desc", "date"))
            glued = glue and not row[-1].endswith((" ", "\n")) and row[-1] != "^"
            row.append((" " if glued else "") + part)
        yield row


def make_chain():
    tokens, counts = [c[0] for c in CONTROLS], {}
    number = {}

    def token(text):
        if text not in number:
            number[text] = len(tokens)
            tokens.append(text)
        return number[text]

    for row in phrases():
        if row[0] == "^":
            at, row = ASSISTANT, row[1:]
        else:
            at = token("\n\n")
        for text in row:
            to = IM_END if text == "$" else token(text)
            counts.setdefault(at, {}).setdefault(to, 0)
            counts[at][to] += 1
            at = to
    return tokens, counts


# ---- GGUF -------------------------------------------------------------------------------------------------------

def text(s):
    b = s.encode()
    return struct.pack("<Q", len(b)) + b


def kv(key, kind, value):
    kinds = {"u32": (4, "<I"), "f32": (6, "<f"), "bool": (7, "<B")}
    if kind == "str":
        return text(key) + struct.pack("<I", 8) + text(value)
    if kind == "strs":
        return text(key) + struct.pack("<IIQ", 9, 8, len(value)) + b"".join(text(v) for v in value)
    if kind == "f32s":
        return text(key) + struct.pack("<IIQ", 9, 6, len(value)) + struct.pack("<%df" % len(value), *value)
    if kind == "i32s":
        return text(key) + struct.pack("<IIQ", 9, 5, len(value)) + struct.pack("<%di" % len(value), *value)
    number, pack = kinds[kind]
    return text(key) + struct.pack("<I", number) + struct.pack(pack, value)


def q8_0(row):
    out = b""
    for i in range(0, len(row), 32):
        block = row[i:i + 32]
        d = max(abs(x) for x in block) / 127
        d = struct.unpack("<e", struct.pack("<e", d))[0]
        q = [max(-127, min(127, round(x / d))) if d else 0 for x in block]
        out += struct.pack("<e32b", d, *q)
    return out


def q4_0_unit(i):
    """The i-th unit vector, exactly: d = -1/8, code 0 is (0 - 8) d = 1, code 8 is 0."""
    out = b""
    for b in range(DIM // 32):
        codes = [0 if b * 32 + k == i else 8 for k in range(32)]
        out += struct.pack("<e", -0.125) + bytes(codes[k] | codes[k + 16] << 4 for k in range(16))
    return out


def q4_0_zero(rows, columns):
    return (struct.pack("<e", 0) + bytes([0x88] * 16)) * (rows * columns // 32)


def write_model(tokens, counts):
    n = len(tokens)
    assert n <= DIM, "%d phrases do not fit %d dimensions" % (n, DIM)
    used = tokens + ["<unused%d>" % i for i in range(n, DIM)]
    types = [c[1] for c in CONTROLS] + [4] * (n - len(CONTROLS)) + [5] * (DIM - n)
    floor = -14.0
    out = [[floor] * DIM for _ in range(DIM)]  # out[j][i] = log P(j | i)
    for i in range(DIM):
        row = counts.get(i, {IM_END: 1})
        total = sum(row.values())
        for j, c in row.items():
            out[j][i] = math.log(c / total)
    key = 32
    keys = b"".join([
        kv("general.architecture", "str", "llama"), kv("general.name", "str", "Babbler"),
        kv("llama.block_count", "u32", 1), kv("llama.context_length", "u32", 65536),
        kv("llama.embedding_length", "u32", DIM), kv("llama.feed_forward_length", "u32", 32),
        kv("llama.attention.head_count", "u32", 1), kv("llama.attention.head_count_kv", "u32", 1),
        kv("llama.attention.key_length", "u32", key), kv("llama.attention.value_length", "u32", key),
        kv("llama.attention.layer_norm_rms_epsilon", "f32", 1e-6), kv("llama.rope.dimension_count", "u32", key),
        kv("llama.rope.freq_base", "f32", 10000.0),
        kv("tokenizer.ggml.model", "str", "llama"), kv("tokenizer.ggml.tokens", "strs", used),
        kv("tokenizer.ggml.scores", "f32s", [0.0] * DIM), kv("tokenizer.ggml.token_type", "i32s", types),
        kv("tokenizer.ggml.bos_token_id", "u32", BEGIN), kv("tokenizer.ggml.eos_token_id", "u32", END),
        kv("tokenizer.ggml.unknown_token_id", "u32", UNKNOWN), kv("tokenizer.ggml.add_bos_token", "bool", 1),
        kv("tokenizer.ggml.add_space_prefix", "bool", 0),
        kv("tokenizer.chat_template", "str", "{{'<|im_start|>' + message.role + '\n' + message.content + '<|im_end|>'}}"),
    ])
    F32, Q4_0, Q8_0 = 0, 2, 8
    ones = struct.pack("<%df" % DIM, *[1.0] * DIM)
    scale = struct.pack("<%df" % DIM, *[1 / math.sqrt(DIM)] * DIM)  # undoes what the norm does to a unit vector
    tensors = [
        ("token_embd.weight", Q4_0, [DIM, DIM], b"".join(q4_0_unit(i) for i in range(DIM))),
        ("output.weight", Q8_0, [DIM, DIM], b"".join(q8_0(row) for row in out)),
        ("output_norm.weight", F32, [DIM], scale),
        ("blk.0.attn_norm.weight", F32, [DIM], ones), ("blk.0.ffn_norm.weight", F32, [DIM], ones),
        ("blk.0.attn_q.weight", Q4_0, [DIM, key], q4_0_zero(key, DIM)),
        ("blk.0.attn_k.weight", Q4_0, [DIM, key], q4_0_zero(key, DIM)),
        ("blk.0.attn_v.weight", Q4_0, [DIM, key], q4_0_zero(key, DIM)),
        ("blk.0.attn_output.weight", Q4_0, [key, DIM], q4_0_zero(DIM, key)),
        ("blk.0.ffn_gate.weight", Q4_0, [DIM, 32], q4_0_zero(32, DIM)),
        ("blk.0.ffn_up.weight", Q4_0, [DIM, 32], q4_0_zero(32, DIM)),
        ("blk.0.ffn_down.weight", Q4_0, [32, DIM], q4_0_zero(DIM, 32)),
    ]
    infos, data = b"", b""
    for name, kind, shape, bytes_ in tensors:
        infos += text(name) + struct.pack("<I", len(shape)) + struct.pack("<%dQ" % len(shape), *shape)
        infos += struct.pack("<IQ", kind, len(data))
        data += bytes_ + b"\0" * (-len(bytes_) % 32)
    head = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), 23) + keys + infos
    with open(os.path.join(HERE, "babbler.gguf"), "wb") as f:
        f.write(head + b"\0" * (-len(head) % 32) + data)


write_model(*make_chain())
