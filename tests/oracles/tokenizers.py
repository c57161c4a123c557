#!/usr/bin/env python3
"""Golden token ids for tests/unit/test_tokenizer.c, by the public reference libraries.

In:   the Python packages `tokenizers` (Hugging Face) and `sentencepiece`; nothing is downloaded.
Out:  tests/oracles/tokenizers/*.json: small vocabularies trained here with the published pre-tokenizer expressions, and
      what the references make of 12,000 generated lines: ids of the first lines in full, a hash for each block of lines.
      Also compares the class of every code point with what the reference's regular expressions say.

The lines come from a generator that the C test repeats (same atoms, same random numbers), so they are not stored.

    python3 -m venv V && V/bin/pip install tokenizers sentencepiece && V/bin/python tests/oracles/tokenizers.py
    V/bin/python tests/oracles/tokenizers.py --speed TEXT OUT.gguf   # a vocabulary of real size, for make bench
"""
import io, json, os, re, struct, sys
sys.path.pop(0)  # this file has the name of a package that it needs
import sentencepiece as spm
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "tokenizers")
LINES, BLOCK, FULL = 12000, 100, 60

CONTRACTIONS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)"
TAIL = r"|\s*[\r\n]+|\s+(?!\S)|\s+"
EXPRESSIONS = {
    "gpt-2": r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+",
    "llama-bpe": CONTRACTIONS + r"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*" + TAIL,
    "qwen2": CONTRACTIONS + r"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*" + TAIL,
    "qwen35": CONTRACTIONS + r"|[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*" + TAIL,
    "tekken": r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+"
              r"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*|\p{N}"
              r"| ?[^\s\p{L}\p{N}]+[\r\n/]*" + TAIL,
}
CONTROL = ["<|im_start|>", "<|im_end|>", "<|im_", "[INST]"]
USER = ["<tool>", "<tool_call>", "\u00abq\u00bb"]

ATOMS = re.split("[ \n]+", """the of and to in is that it was for on are with as at be this have from or one had by word but not what all were
we when your can said there use an each which she do how their if will up other about out many then them these so some her
would make like him into time has look two more write go see number no way could people my than first water been call who
its now find long down day did get come made may part latency throughput PostgreSQL Kubernetes p99 HTTP/2 TCP OOMKilled
don't DON'T we've I'll they're it'd can't 'tis rock'n'roll '\u017fo 'S 'LL x'Re \u2019s
Hello HELLO hELLo McDonald iPhone XMLHttpRequest getElementById snake_case_name SCREAMING_CASE camelCase
0 1 7 42 100 1234 65535 3.14 1,000,000 0x7fff 2026-11-20 10:35:59 1e-9 \u0663\u0664\u0665 \u00bd \u2167 \u4e00\u4e8c\u4e09 \u0967\u0968\u0969
Stra\u00dfe na\u00efve caf\u00e9 cafe\u0301 \u0130stanbul \u01c5 \u01c8ub \u00c5ngstr\u00f6m fa\u00e7ade \ufb01ne \ufb05ore \u2126 \u212aelvin
\u043f\u0440\u0438\u0432\u0435\u0442 \u041c\u043e\u0441\u043a\u0432\u0430 \u0414\u041e\u041c \u03b1\u03b2\u03b3 \u0395\u03bb\u03bb\u03ac\u03b4\u03b1 \u05e9\u05dc\u05d5\u05dd \u05e9\u05c1\u05b8\u05dc\u05d5\u05b9\u05dd \u0645\u0631\u062d\u0628\u0627 \u0645\u064f\u062d\u064e\u0645\u0651\u064e\u062f
\u0928\u092e\u0938\u094d\u0924\u0947 \u0939\u093f\u0928\u094d\u0926\u0940 \u0995\u09cd\u09b7 \u0ba4\u0bae\u0bbf\u0bb4\u0bcd \u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35 \u0e01\u0e33 \u1019\u103c\u1014\u103a\u1019\u102c \u4f60\u597d\u4e16\u754c \u6771\u4eac\u90fd \u304b\u306a \u30ab\u30bf\u30ab\u30ca\u30fc
\ud55c\uad6d\uc5b4 \u1112\u1161\u11ab \u10e5\u10d0\u10e0\u10d7 \u0540\u0561\u0575 \u1208\u121d \u13a3\u13b3 \u0f56\u0f7c\u0f51 \U00010400\U00010428 \U0001d54f \U00020000
\U0001f600 \U0001f44d\U0001f3fd \U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f1e9\U0001f1ea \u2764\ufe0f 1\ufe0f\u20e3 \u2602 \u00a9 \u2122 \u20ac \u00a3 $ + = < > | ~ ^ `
. , ; : ! ? ... \u2026 -- \u2014 \u2013 ( ) [ ] { } " ' \u201c \u201d \u00ab \u00bb \u3002 \uff0c \uff01 / // /* */ \\ \\n % & # @ * _ __ ** ### ``` ~~~
if(x){return;} #include<stdio.h> fn<T>(&mut self)->Result<(),E> a[i]+=b*c; SELECT*FROM t WHERE id='x'; $HOME/.config
https://example.org/a?b=c&d=e#f user@host.example C:\\Users\\x \\d+(?:\\.\\d+)? &amp; <br/> {{var}} %s %08x --flag=value
<|im_start|> <|im_end|> <|im_ <|im [INST] [/INST] <tool> <tool_call> <tool_ <tool \u00abq\u00bb <s> </s> <unk> <0x0A> <0xE2>
\u2581 \u2581the \u2581\u2581 \u0301 \u0301\u0301a \u064e \u20dd \u200b \u200d \ufeff \ufffd \u00ad \u061c \u2028 \u2029 \u0085 \u00a0 \u1680 \u3000 \u202f \u180e
\u0345 \u02b0 \u02c7 \u00aa \u00ba \u3005 \u30fc \ua78c \u1c89 \ua7cb \ua7cd \U0001e030 \U000105c0 \u19da \u2070 \u24b6 \u3007 \u3021""")
ATOMS += [" ", "  ", "   ", "    ", "        ", "\t", "\t\t", "\n", "\n\n", "\n\n\n", "\r\n", "\r", " \n", "\n ", " \n \n ", "\x00", "\x01",
          "\x0b", "\x0c", "\x1b[0m", "\x7f", "a\x00b", "\u00a0\u00a0", "\u3000x", " \u00a0", "\u2028\n", " '", " 's", "'", "!\n/\n", "/\n/ x", "aA\u4e2dA "]


class Random:
    """The generator that the C test repeats."""

    def __init__(self, seed):
        self.state = seed

    def below(self, n):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) & (2 ** 64 - 1)
        return (self.state >> 33) % n


def random_character(rnd):
    limit = (0x80, 0x800, 0x3000, 0x10000, 0x110000)[rnd.below(5)]
    code = rnd.below(limit)
    return "x" if 0xD800 <= code < 0xE000 else chr(code)


def make_line(rnd):
    parts = []
    for _ in range(1 + rnd.below(14)):
        kind = rnd.below(16)
        if kind == 0:
            parts.append(random_character(rnd))
        elif kind == 1:
            parts.append(ATOMS[rnd.below(len(ATOMS))] * (1 + rnd.below(20)))
        else:
            parts.append(ATOMS[rnd.below(len(ATOMS))])
        if rnd.below(3):
            parts.append(" ")
    return "".join(parts)


def make_lines(n, seed=1):
    rnd = Random(seed)
    return [make_line(rnd) for _ in range(n)]


def fnv(h, values):
    for v in values:
        for b in struct.pack("<I", v):
            h = ((h ^ b) * 0x100000001B3) & (2 ** 64 - 1)
    return h


def golden(encode, lines):
    """encode(line, control) -> ids; odd lines recognise control tokens."""
    ids = [encode(line, i % 2 == 1) for i, line in enumerate(lines)]
    hashes = []
    for lo in range(0, len(ids), BLOCK):
        h = 0xCBF29CE484222325
        for row in ids[lo:lo + BLOCK]:
            h = fnv(h, row + [0xFFFFFFFF])
        hashes.append("%016x" % h)
    return {"lines": len(lines), "block": BLOCK, "full": ids[:FULL], "hashes": hashes}


def write(name, data):
    with open(os.path.join(HERE, name + ".json"), "w", encoding="utf-8") as f:
        json.dump(data, f, ensure_ascii=True, separators=(",", ":"))
        f.write("\n")


def added(tok):
    tok.add_tokens([AddedToken(u, normalized=False) for u in USER])
    tok.add_special_tokens([AddedToken(c, normalized=False) for c in CONTROL])


def hf_encoder(tok):
    def encode(line, control):
        tok.encode_special_tokens = not control
        return tok.encode(line, add_special_tokens=False).ids
    return encode


def vocabulary(tok):
    n = tok.get_vocab_size()
    tokens = [tok.id_to_token(i) for i in range(n)]
    types = [3 if t in CONTROL else 4 if t in USER else 1 for t in tokens]
    return tokens, types


def byte_level(pre, training, size):
    tok = Tokenizer(models.BPE(ignore_merges=pre in ("llama-bpe", "tekken")))
    tok.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(EXPRESSIONS[pre]), "isolated"),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    tok.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(vocab_size=size, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False)
    tok.train_from_iterator(training, trainer)
    if tok.model.ignore_merges:  # a word that no merge builds, so that taking it whole shows
        model = json.loads(tok.to_str())["model"]
        model["vocab"].setdefault("\u0120throughput", len(model["vocab"]))
        merges = [tuple(m) for m in model["merges"]]
        tok.model = models.BPE(model["vocab"], merges, ignore_merges=True)
    added(tok)
    return tok


def merges_of(tok):
    return [" ".join(m) for m in json.loads(tok.to_str())["model"]["merges"]]


def gemma(training, size):
    tok = Tokenizer(models.BPE(unk_token="<unk>", byte_fallback=True, fuse_unk=True))
    tok.normalizer = normalizers.Replace(" ", "\u2581")
    tok.pre_tokenizer = pre_tokenizers.Split(Regex(r"\n+"), "isolated")
    trainer = trainers.BpeTrainer(vocab_size=size, limit_alphabet=300, show_progress=False, max_token_length=12,
                                  special_tokens=["<unk>"] + ["<0x%02X>" % b for b in range(256)])
    tok.train_from_iterator([re.sub(r"(.{1,24})", r"\1\n", t) for t in training], trainer)
    model = json.loads(tok.to_str())["model"]
    plain = Tokenizer(models.BPE(model["vocab"], [tuple(m) for m in model["merges"]], unk_token="<unk>", byte_fallback=True,
                                 fuse_unk=True))
    plain.normalizer, plain.pre_tokenizer = tok.normalizer, tok.pre_tokenizer
    added(plain)
    plain.add_special_tokens(["<unk>"])
    return plain


def sentencepiece_model(training, size):
    out = io.BytesIO()
    spm.SentencePieceTrainer.train(
        sentence_iterator=iter(t.replace("\x00", "") for t in training), model_writer=out, model_type="bpe", vocab_size=size,
        byte_fallback=True, normalization_rule_name="identity", remove_extra_whitespaces=False, add_dummy_prefix=True,
        split_digits=True, allow_whitespace_only_pieces=True, character_coverage=0.98, user_defined_symbols=USER,
        minloglevel=2)
    return spm.SentencePieceProcessor(model_proto=out.getvalue())


def sp_type(sp, i):
    if sp.is_byte(i): return 6
    if sp.is_control(i): return 3
    if sp.is_unknown(i): return 2
    if sp.is_unused(i): return 5
    return 4 if sp.id_to_piece(i) in USER else 1


def code_point_classes():
    """One letter a code point: U L O M N S W(newline) -; run-length coded, to compare with unicode_class.c."""
    codes = [c for c in range(0x110000) if not 0xD800 <= c < 0xE000]

    def members(expression):
        split, found = pre_tokenizers.Split(Regex(expression), "removed"), set()
        for lo in range(0, len(codes), 20000):
            chunk = codes[lo:lo + 20000]
            kept = set("".join(p for p, _ in split.pre_tokenize_str("".join(map(chr, chunk)))))
            found |= {c for c in chunk if chr(c) not in kept}
        return found

    letters = ["-"] * 0x110000
    for letter, expression in (("U", r"[\p{Lu}\p{Lt}]"), ("L", r"\p{Ll}"), ("O", r"[\p{Lm}\p{Lo}]"), ("M", r"\p{M}"),
                               ("N", r"\p{N}"), ("S", r"\s"), ("W", r"[\r\n]")):
        for c in members(expression):
            letters[c] = letter
    h = 0xCBF29CE484222325
    for c in letters:
        h = ((h ^ ord(c)) * 0x100000001B3) & (2 ** 64 - 1)
    return "%016x" % h


def gguf_vocabulary(path, pairs):
    """A GGUF file of keys only; values: str, int (u32), list of str, list of int (i32), list of float."""
    def text(s):
        b = s.encode("utf-8")
        return struct.pack("<Q", len(b)) + b
    out = [b"GGUF", struct.pack("<IQQ", 3, 0, len(pairs))]
    for key, value in pairs.items():
        out.append(text(key))
        if isinstance(value, str): out += [struct.pack("<I", 8), text(value)]
        elif isinstance(value, int): out.append(struct.pack("<II", 4, value))
        elif isinstance(value[0], str): out += [struct.pack("<IIQ", 9, 8, len(value))] + [text(v) for v in value]
        elif isinstance(value[0], int): out += [struct.pack("<IIQ", 9, 5, len(value))] + [struct.pack("<i", v) for v in value]
        else: out += [struct.pack("<IIQ", 9, 6, len(value))] + [struct.pack("<f", v) for v in value]
    with open(path, "wb") as f:
        f.write(b"".join(out))


def speed_vocabulary(text_path, out_path, size=128000):
    with open(text_path, encoding="utf-8", errors="replace") as f:
        lines = f.readlines()
    tok = byte_level("llama-bpe", lines, size)
    tokens, types = vocabulary(tok)
    gguf_vocabulary(out_path, {"general.architecture": "llama", "tokenizer.ggml.model": "gpt2", "tokenizer.ggml.pre": "llama-bpe",
                               "tokenizer.ggml.tokens": tokens, "tokenizer.ggml.token_type": types,
                               "tokenizer.ggml.merges": merges_of(tok)})
    print(len(tokens), "tokens")
    tok.save(out_path + ".json")


def main():
    os.makedirs(HERE, exist_ok=True)
    special = "|".join(map(re.escape, CONTROL + USER))  # no merge may build a special token
    training, lines = [re.sub(special, "", line) for line in make_lines(4000, seed=77)], make_lines(LINES)
    write("lines", {"seed": 1, "atoms": ATOMS, "classes": code_point_classes()})
    for pre in EXPRESSIONS:
        tok = byte_level(pre, training, 900)
        tokens, types = vocabulary(tok)
        encode = hf_encoder(tok)
        for i, line in enumerate(lines):
            back = tok.decode(encode(line, i % 2 == 1), skip_special_tokens=False)
            assert back == line or USER[2] in line, (line, back)  # an added token in Latin-1 is not decoded right there
        write(pre, {"model": "gpt2", "pre": pre, "tokens": tokens, "types": types, "merges": merges_of(tok),
                    **golden(encode, lines)})
    tok = gemma(training, 1400)
    tokens, types = vocabulary(tok)
    types = [6 if re.fullmatch(r"<0x[0-9A-F]{2}>", t) else 2 if t == "<unk>" else k for t, k in zip(tokens, types)]
    write("gemma4", {"model": "gemma4", "tokens": tokens, "types": types, "merges": merges_of(tok), **golden(hf_encoder(tok), lines)})
    sp = sentencepiece_model(training, 1400)
    n = sp.get_piece_size()
    write("llama", {"model": "llama", "tokens": [sp.id_to_piece(i) for i in range(n)],
                    "types": [sp_type(sp, i) for i in range(n)], "scores": [sp.get_score(i) for i in range(n)],
                    **golden(lambda line, control: sp.encode(line), lines)})


if __name__ == "__main__":
    if sys.argv[1:2] == ["--speed"]:
        speed_vocabulary(sys.argv[2], sys.argv[3])
    else:
        main()
