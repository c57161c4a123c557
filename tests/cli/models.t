#!/bin/sh
# `assay model` and what `assay doctor` says of models: what a file is, whether it can be run, and what a flag means.
. "$(dirname "$0")/lib.sh"
plan 36
model=$root/corpus/model/babbler.gguf
cp "$model" a.gguf
quickly() { timeout 20 "$ASSAY" "$@" >out 2>err </dev/null; status=$?; }
refused() { # DESCRIPTION LINE
    is "$1" "$status $(cat err)" "2 assay: $2"
}

# ---- verify: what a file is says its beginning, not its name
run model verify a.gguf; is "a file keeps the name that it was given by" "$status $(awk '{print $1, $2}' out)" "0 hashed a.gguf"
head -c 200000 a.gguf >download; run model verify download; is "a file cut short, whatever it is called" "$status $(awk '{print $1, $2}' out)" "1 truncated download"
cp a.gguf plain; run model verify plain; is "a whole one" "$status $(awk '{print $1, $2}' out)" "0 hashed plain"
echo text >notes; run model verify notes; is "what is no model is only hashed" "$status $(awk '{print $1, $2}' out)" "0 hashed notes"
mkdir upper; head -c 200000 a.gguf >upper/T.GGUF; run model verify upper; is "a name in capitals is seen in a folder" "$status $(awk '{print $1, $2}' out)" "1 truncated upper/T.GGUF"
mkfifo pipe.gguf; mkdir pipes; mkfifo pipes/p.gguf
quickly model info pipe.gguf; refused "a pipe that nobody writes to" "pipe.gguf: not a regular file"
quickly model verify pipe.gguf; is "is not waited for" "$status $(cat out)" "1 broken     pipe.gguf  0 bytes  not a regular file"
quickly model verify pipes; is "nor in a folder" "$status $(cat out)" "1 broken     pipes/p.gguf  0 bytes  not a regular file"
run model info upper; refused "a folder is no model" "upper: is a folder: name the model's file in it"

# ---- info: what cannot be run is said to be so
loadable() { run model info "$1" --format json; echo "$status $(get /loadable out) $(get /why_not out)"; }
is "a model that can be run" "$(loadable a.gguf)" "0 true (nothing)"
sed 's/blk[.]0[.]attn_q[.]weight/blk.0.attn_x.weight/' a.gguf >tensor.gguf; is "one without a tensor" "$(loadable tensor.gguf)" "0 false the model has no tensor blk.0.attn_q.weight"
sed 's/\(tokenizer[.]ggml[.]model.\{12\}\)llama/\1lxama/' a.gguf >words.gguf; is "one with words of its own" "$(loadable words.gguf | grep -c '^0 false .*lxama')" 1
sed 's/<|im_start|>/<|in_start|>/g' a.gguf >talk.gguf; is "one with a chat format of its own" "$(loadable talk.gguf | cut -d: -f1 | cut -d';' -f1)" "0 false the model's chat template is none that is known"
run model info talk.gguf; has "in the text, too" out "cannot be run here: the model's chat template is none that is known; say which format it wants with --chat"
run model info a.gguf --context 16M --sessions 256
grep -q '^does not fit  [0-9.]* [KMGT]iB too much$' out; yes_no "what does not fit is said" $? "$(cat out)"
has "and that the context is longer than the model's" out "too long      16777216 tokens, and the model was trained on 65536: a longer context is refused"
run model info a.gguf --context 16M --sessions 256 --format json; is "in JSON" "$(get /memory/fits out) $(get /memory/within_context out)" "false false"
run model info a.gguf; has "one of each is no plural" out ", 1 layer, width 320, 1 head (" "  1 tensor"
run model info a.gguf; lacks "of one that fits nothing is said" out "does not fit"; lacks "nor of its context" out "too long"

# ---- flags
for speed in 0 -1 1e300 1e7 0.0001; do run model info a.gguf --bandwidth=$speed; refused "no bandwidth: $speed" "--bandwidth takes 0.001 to 1000000 GB/s"; done
run model info a.gguf --bandwidth 0.25; has "a small one" out "tok/s at 0.25 GB/s"
for n in 0 5000 1.5; do run model info a.gguf --sessions $n; refused "no number of sessions: $n" "--sessions takes a whole number from 1 to 4096"; done
run model info a.gguf --sums SUMS; refused "info compares no sums" "--sums does nothing in 'model info'"
run model verify a.gguf --bandwidth 3; refused "verify reckons no speed" "--bandwidth does nothing in 'model verify'"
run doctor --sums SUMS; refused "the doctor compares sums of a model" "--sums says something of a model: give --model FILE too"
run doctor --chat gemma; refused "and looks at a model's format" "--chat says something of a model: give --model FILE too"

# ---- the doctor's remedy is that of what is wrong
remedy() { run doctor --device cpu --model "$1"; sed -n '/^failed   model /{n;s/^ *-> //p;}' out; }
is "for a folder" "$(remedy upper)" "name the GGUF file itself"
is "for what is not there" "$(remedy gone.gguf)" "check the path: --model takes a GGUF file, of a split model any of its files"
is "for what was cut short" "$(remedy download)" "fetch the file again, then 'assay model verify' it against the published sums"
finish
