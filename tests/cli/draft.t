#!/bin/sh
# draft, bench and doctor from the outside, with the small model of the corpus. In: ASSAY, the program. Out: TAP.
: "${ASSAY:?set ASSAY to the program}"
[ -f "$ASSAY" ] || { echo "Bail out! the program is not built"; exit 1; }
cd "$(dirname "$0")/../.." || exit 1
root=$(pwd) tmp=$(mktemp -d) number=0 failed=0
trap 'rm -rf "$tmp"' EXIT
export LC_ALL=C NO_COLOR=1 XDG_CACHE_HOME=$tmp/cache
brief=$root/corpus/briefs/kestrel-ninety-nights.yaml facts=$root/corpus/manifests/kestrel.yaml
model=$root/corpus/model/babbler.gguf
cd "$tmp" || exit 1

check() { # NAME CONDITION...: runs the condition
    name=$1; shift
    number=$((number + 1))
    if "$@" >why 2>&1; then echo "ok $number - $name"; else
        echo "not ok $number - $name"; sed 's/^/# /' why; [ -f err ] && sed 's/^/# stderr: /' err; failed=$((failed + 1)); fi
}
run() { "$ASSAY" "$@" >out 2>err; status=$?; }
draft() { run draft --brief "$brief" --manifest "$facts" --model "$model" --no-hash "$@"; }
says() { [ "$status" = "$1" ] || { echo "status $status, not $1"; cat out; return 1; }; grep -q -e "$2" err || { echo "'$2' is not said"; return 1; }; }
one_line() { [ "$(wc -l <err)" = 1 ]; }
refused() { says 2 "$1" && one_line; }

draft -n 3 --out drafts --temperature 1 --max-tokens 300
check "drafts are written and judged, and noise does not pass" [ "$status" = 1 ]
check "each has its text and its sidecar" [ "$(ls drafts | tr '\n' ' ')" = "001.json 001.md 002.json 002.md 003.json 003.md " ]
check "the memory plan is shown before loading" grep -q "working buffers" err
check "an alarm for drafts that are only bad there is none" sh -c '! grep -q RULER err'
check "speed is told with the share of the ceiling, or why there is none" grep -q "weights read at" err
check "predicted stands beside measured" grep -q "weights read for a token  *149.6 KiB  *[0-9.]* KiB" err
# Sidecars tell how a text was computed, too ("guesses"): that alone may differ between two ways of writing the same.
same_drafts() {
    for n in 001 002 003; do
        cmp "$1/$n.md" "$2/$n.md" || return 1
        for d in "$1" "$2"; do sed '/^  "guesses": {/,/^  }/d' "$d/$n.json" >"$d.side"; done
        diff "$1.side" "$2.side" || return 1
    done
}
same_verdict() {
    for n in 001 002 003; do
        "$ASSAY" check --untrusted --style conclusion --manifest "$facts" --format json drafts/$n.md >judged.json
        score=$(sed -n 's/.*"score": *\(-\{0,1\}[0-9.]*\).*/\1/p' judged.json | head -1)
        grep -q "\"score\": $score," drafts/$n.json || { echo "$n: check says $score"; grep score drafts/$n.json; return 1; }
    done
}
check "the sidecar's score is that of 'check --untrusted' under the brief's style" same_verdict
check "invented specifics are contradicted" grep -q '"contradicted": [1-9]' drafts/001.json drafts/002.json drafts/003.json
draft -n 3 --out alone --temperature 1 --max-tokens 300 --sessions 1
check "one at a time gives the same drafts as all at once" same_drafts drafts alone
check "the request came from the file that the first run kept" grep -q "came from the last run's cache" err
draft -n 3 --out guessed --temperature 1 --max-tokens 300 --sessions 1 --speculate on --prefix-cache off
check "guesses change no draft, and are counted" same_drafts drafts guessed && check "... with how many were right" grep -q "guessed ahead" err
# One text is as fast as all of them, however many guesses of a step were right; steps are another figure.
one_speed() { sed -n 's/.*wrote [0-9]* tokens at \([0-9.]*\) tok.s (\([0-9.]*\) a text)/\1 \2/p' err >speeds
    read -r all text <speeds; [ -n "$all" ] && [ "$all" = "$text" ] && ! grep -q "steps a second (at most)  *[-0-9.]*  *$all\$" err; }
draft -n 1 --out fast --temperature 1 --max-tokens 1500 --speculate on --prefix-cache off
check "a text alone is as fast as all texts" one_speed
draft -n 1 --out fast --temperature 1 --max-tokens 1500 --speculate on --prefix-cache off --resume
check "nothing read and nothing written has no speed" sh -c 'grep -qx "nothing was read; nothing was written" err && ! grep -q "tok/s\|GB/s\|steps a second" err'
check "--prefix-cache off keeps and takes nothing" sh -c '! grep -q "run.s cache\|prefix was" err'
for kept in cache/assay/*.kv; do printf spoilt | dd of="$kept" bs=1 seek=300 conv=notrunc 2>dd.err; done
draft -n 1 --out spoilt --temperature 1 --max-tokens 300
check "a spoilt file is not used, in one word" grep -q "prefix was not used: corrupt" err
check "... and changes nothing" cmp drafts/001.md spoilt/001.md
draft -n 1 --out odd --speculate perhaps
check "--speculate names its values" refused "auto"
draft -n 1 --out other --temperature 1 --max-tokens 300 --seed 1
check "draft 2 of seed 0 is draft 1 of seed 1" cmp drafts/002.md other/001.md
run batch drafts
check "batch reads model and style from the sidecars" grep -q "Babbler *conclusion *3" out
draft -n 1 --out drafts
check "drafts are never overwritten" refused "never overwritten"
draft -n 1 --repair 2 --out repaired --temperature 1 --max-tokens 200
check "what fails is repaired, and kept beside the original" [ -f repaired/001.md -a -f repaired/001.repair1.md -a -f repaired/001.repair2.json ]
run batch repaired
check "batch knows repairs by their sidecars, too" grep -q "Babbler *conclusion *3" out
"$ASSAY" draft --brief "$brief" --model "$model" -n 1 --out hashed --max-tokens 20 >/dev/null 2>&1
check "the sidecar names the model's hash" grep -q "$(sha256sum "$model" | cut -d' ' -f1)" hashed/001.json

# ---- a brief's length is the ruler's: every other finding is off, and nothing else can fail
mkdir long && cd long || exit 1
{ printf 'threshold: -100000\nfail-on-claims: never\nlints:\n'; ls "$root/rules/lints" | sed -n '/^length/!s/\(.*\)[.]yaml/  \1: off/p'; } >.assay.yaml
long() { sed "s/^style:.*/style: reference/; s/^length:.*/length: $1/" "$brief" >b.yaml; run draft --brief b.yaml --model "$model" --no-hash -n 1 --temperature 1 --max-tokens 1800 --out "$2"; }
long '{min: 400, max: 420}' longer; check "a draft beyond its brief's length fails" sh -c "[ $status = 1 ] && grep -q \"FAIL.*: 1 finding at level 'error'\" out"
long '{min: 5000}' shorter; check "and one below it" sh -c "[ $status = 1 ] && grep -q \"FAIL.*: 1 finding at level 'error'\" out"
long '{min: 400, max: 8000}' within; check "one of the same words within it passes" sh -c "[ $status = 0 ] && cmp longer/001.md within/001.md"
sed "s/^style:.*/style: announcement/; s/^length:.*/length: {min: 300, max: 300}/" "$brief" >b.yaml
run draft --brief b.yaml --model "$model" --no-hash -n 1 --temperature 0.1 --out default; check "a text that the default cuts does not name a flag that nobody gave" grep -q "cut after 1112 tokens, the default for the brief's length: --max-tokens gives more" out
long '{max: 100000}' never; check "a length beyond the style's is refused" refused "b.yaml:15:9: style 'reference' judges articles of 400 to 8000 words, and the brief asks for 400 to 100000"
cd ..

# ---- a night of many briefs
mkdir briefs; cp "$brief" briefs/ninety.yaml; cp "$root/corpus/briefs/kestrel-engine-outage.yaml" briefs/outage.yml; echo no >briefs/notes.txt
night() { run draft --brief briefs --manifest "$facts" --model "$model" --no-hash -n 3 --temperature 1 --max-tokens 200 --repair 1 "$@"; }
night --out night
check "each brief of a folder gets a folder" [ -f night/ninety/003.md -a -f night/outage/003.json -a ! -e night/notes ]
check "all in one table, a row a style" [ "$(grep -c '^Babbler' out)" = 4 ]
draft -n 3 --out single --temperature 1 --max-tokens 200 --repair 1
cp -r night/ninety ninety
check "a brief's drafts are those of a run of its own" sh -c 'for f in single/*.md; do cmp $f night/ninety/$(basename $f) || exit 1; done'
in_order() { sed -n 's/^\(night[^ ]*\): .*/\1/p' out >told; sed 's/\.md$//' told | sort -c; }
check "they are told in order" in_order
night --out night
check "what is there is not written over" refused "resume"
rm night/outage/002.* night/ninety/003.repair1.md; cp night/outage/001.md before.md
night --out night --resume
check "--resume writes what is missing" [ -f night/outage/002.md -a -f night/ninety/003.repair1.md ]
check "... and takes what is there" grep -q "9 texts were there already" out
check "... as it is" cmp before.md night/outage/001.md
check "... and the new ones are those that were lost" sh -c 'for f in ninety/*.md; do cmp $f night/$f || exit 1; done'
night --out night --resume --seed 5
check "another run's drafts are not taken" says 2 "its 'seed' is not what this one asks for"
check "and going on is not what is proposed" sh -c '! grep -q "goes on\|run ended" err'
draft -n 1 --out fp8 --temperature 1 --max-tokens 60 --kv-cache fp8
check "keys and values may be kept as FP8, and the sidecar says so" grep -q '"kv_cache": "fp8"' fp8/001.json
draft -n 1 --out fp8 --temperature 1 --max-tokens 60 --resume
check "a draft from another sort of cache is not taken" says 2 "its 'kv_cache' is not what this one asks for"
draft -n 1 --out fp16 --kv-cache q8
check "an unknown sort of cache is refused with the ones there are" says 2 "f16|fp8"
cp fp8/001.json sidecar.json
broken() { printf "$1" >fp8/001.json; draft -n 1 --out fp8 --temperature 1 --max-tokens 60 --kv-cache fp8 --resume; }
broken ''; check "a sidecar that is empty is not another run's" refused "fp8/001.md: its sidecar is empty, so who wrote it is not known: move both files away, and --resume writes"
broken '{"model": '; check "nor is one that was cut short" refused "fp8/001.md: its sidecar is no JSON object"
cp sidecar.json fp8/001.json
echo edited >>night/outage/001.md
night --out night --resume
check "nor one that somebody edited" says 2 "was changed after it was written"
draft -n 1 --repair 1 --out mended --temperature 1 --max-tokens 60; cp mended/001.repair1.md whole; echo edited >>mended/001.repair1.md
draft -n 4 --repair 1 --out mended --temperature 1 --max-tokens 60 --resume
check "nor a repair, seen before the model is loaded" sh -c "[ $status = 2 ] && grep -q '001.repair1.md: was changed after' err && [ \$(wc -l <err) = 1 ]"
check "... and nothing is written" [ ! -e mended/002.md ]
cp whole mended/001.repair1.md; cp mended/001.json before.json
run draft --brief "$brief" --manifest "$facts" --model "$model" -n 4 --repair 1 --out mended --temperature 1 --max-tokens 60 --resume
check "once it is whole, the run goes on" [ "$status" = 1 -a -f mended/004.repair1.md ]
check "and says of the kept draft what the run that wrote it said" cmp before.json mended/001.json
thinks() { draft -n 1 --out "$1" --chat chatml --temperature 1 --max-tokens 60 --resume; }
thinks chatml; draft -n 1 --out chatml --chat chatml --temperature 1 --max-tokens 60 --resume --think
check "a text that was asked for without thinking is not taken with it" refused "its 'think' is not"
draft -n 1 --out large --temperature 1 --max-tokens 60 --seed 9007199254740993
draft -n 1 --out large --temperature 1 --max-tokens 60 --seed 9007199254740992 --resume; check "seeds are told apart beyond 2^53" refused "its 'seed' is not"
draft -n 1 --out large --temperature 1 --max-tokens 60 --seed 9007199254740993 --resume; check "the same one goes on" grep -q "kept from an earlier run" out
run batch large; check "... and batch reads its model" grep -q "^Babbler" out
mkdir twin; sed 's/seamless/seemless/' "$model" >twin/babbler.gguf
run draft --brief "$brief" --manifest "$facts" --model twin/babbler.gguf --no-hash -n 1 --out large --temperature 1 --max-tokens 60 --seed 9007199254740993 --resume
check "another model under the same name is not taken for it" says 2 "its 'model_id' is not"
mkdir others; cp "$brief" others/ninety.yaml
run draft --brief briefs --brief others --model "$model" --no-hash --out clash
check "briefs of one name are refused" refused "two briefs are named"
mkdir bare; run draft --brief bare --model "$model" --no-hash --out clash
check "so is a folder without briefs" refused "no brief"
run bench --brief briefs --model "$model" --no-hash; check "a bench has one brief" refused "one brief"

# ---- where drafts may not go
mkdir -p site/content site/notes site/drafts && git init -q site 2>/dev/null
printf 'published: [content/]\noverrides:\n  - {files: [notes/], style: conclusion}\n  - {files: [drafts/], untrusted: true}\n' >site/.assay.yaml
draft --out site/content/new
check "a published folder is refused" refused "published"
check "nothing was made there" [ ! -e site/content/new ]
ln -s content site/shortcut; draft --out site/shortcut
check "through a link too" refused "published"
draft --out site/missing/../content
check "and by a detour" refused "published"
echo 'threshold: 1' >site/content/.assay.yaml; draft --out site/content/new
check "and whatever configuration stands in it" refused "published"; rm site/content/.assay.yaml
draft --out site/notes
check "so is a folder whose articles an override gates" refused "override"
draft --out site/drafts --max-tokens 20
check "a folder for untrusted drafts is not" [ -f site/drafts/001.md ]
printf 'style: essay\n' >site/drafts/.assay.yaml; draft --out site/drafts/x
check "a style that the configuration fixes must be the brief's" refused "fixes the style"

# ---- on a terminal the text is shown as it comes, one after the other; in a pipe nothing but the reports is
if command -v script >/dev/null; then
    script -qec "$ASSAY draft --brief $brief --manifest $facts --model $model --no-hash -n 3 --temperature 1 --max-tokens 300 --out shown" typed >/dev/null 2>&1 </dev/null
    tr -d '\r' <typed >shown.txt
    in_turn() { # 001's text, 001's verdict, 002's text …: each whole
        awk -v RS='\n' '/^shown\/00[123]\.md: /{print substr($0, 7, 3)} /^description: /{print "text"}' shown.txt | tr '\n' ' ' | grep -q "text 001 text 002 text 003"; }
    check "on a terminal each text stands before its verdict" in_turn
    check "... as it was saved" sh -c 'grep -qxF -f - shown.txt <<END
$(sed -n 9p shown/002.md)
END'
else
    check "a terminal # SKIP there is no script(1)" true
    check "a terminal # SKIP there is no script(1)" true
fi
draft -n 2 --out piped --temperature 1 --max-tokens 100
check "in a pipe only the reports" [ "$(wc -l <out)" = 5 ]
draft --out cut -n 1 --context 256
request=$(sed -n 's/.*the request takes \([0-9]*\) tokens.*/\1/p' err)
draft --out cut -n 1 --context $((request + 24))
check "a text that the context cuts is not said to be cut by --max-tokens" grep -q "where the context is full" out
check "... and its sidecar says so" grep -q '"stop": "context full"' cut/001.json
mkdir two
{ printf 'title: "A"\nstyle: conclusion\nmust_cover: ["'; for n in $(seq 900); do printf ' We'; done; echo '"]'; } >two/a.yaml
{ printf 'title: "B"\nstyle: conclusion\nmust_cover: ["'; for n in $(seq 800); do printf ',.:'; done; echo '"]'; } >two/b.yaml
run draft --brief two --model "$model" --no-hash --max-tokens 300 --prefix-cache off -n 1 --out twice
check "a brief of fewer bytes and more tokens fits as well" [ -s twice/a/001.md -a -s twice/b/001.md ]

# ---- results that are impossible rather than bad: gemma's marks end each text of this model at once
draft -n 3 --out ended --chat gemma --temperature 1 --max-tokens 50
check "empty drafts mean a broken ruler" says 2 "every one of 3 drafts is empty"
run batch ended; check "... for batch as well" says 2 "every one of 3 drafts is empty"

# ---- bad input: one clear line, exit 2
draft --out "$model/x"; check "an output folder that cannot be" refused "cannot make the folder"
draft --out ctx --context 256; check "a context too small for the request" refused "no room to write in"
draft --out ctx --context 1M; check "a context beyond the model's" refused "longer than the model was trained on"
draft --out ctx --temperature -1; check "a temperature that is none" refused "temperature"
draft --out ctx --temperature 0 -n 2; check "greedy drafts would all be the same" refused "temperature 0"
draft --out ctx --device cuda:9; check "a device that is not there" refused "cuda\|GPU"
printf 'title: x\nstyle: concluson\n' >b.yaml
run draft --brief b.yaml --model "$model" --out o; check "an unknown style" refused "b.yaml:2:8: unknown style 'concluson'; did you mean 'conclusion'"
printf 'title: x\n' >b.yaml
run draft --brief b.yaml --model "$model" --out o; check "a brief without a style" refused "b.yaml:1:1: a brief needs a 'style'"
head -c 100000 "$model" >cut.gguf
run draft --brief "$brief" --model cut.gguf --out o; check "a model that was cut short" refused "cut.gguf"
run draft --brief "$brief" --model "$brief" --out o; check "a model that is none" refused "not a GGUF file"
sed 's/llama/phi33/g' "$model" >phi33.gguf
run draft --brief "$brief" --model phi33.gguf --out o; check "an architecture that cannot be run is named" refused "architecture 'phi33' is not supported"
sed 's/llama\.rope\.freq_base/llama.rope.freq_bass/' "$model" >odd.gguf
run draft --brief "$brief" --model odd.gguf --out o; check "a key that nothing here computes by is named" refused "llama.rope.freq_bass' is not known here"
run model info odd.gguf; check "... by model info" grep -q "cannot be run here: key 'llama.rope.freq_bass'" out
run doctor --model odd.gguf --device cpu; check "... and by the doctor" grep -q "failed *model *odd.gguf: key 'llama.rope.freq_bass'" out
mkfifo pipe.gguf; mkdir models; cp "$model" models/
quickly() { timeout 20 "$ASSAY" "$@" >out 2>err; status=$?; }
quickly draft --brief "$brief" --model pipe.gguf --out o; check "a pipe that nobody writes to is not waited for" refused "pipe.gguf: not a regular file"
for no_hash in "" --no-hash; do
    run draft --brief "$brief" --model models $no_hash --out o; check "a folder is no model $no_hash" refused "models: is a folder: name the model's file in it"; done
run draft --brief "$brief" --model gone.gguf --out o; check "nor is a file that is not there" refused "gone.gguf: cannot open: No such file"
printf '%064d  babbler.gguf\n' 0 >SUMS; cp "$model" babbler.gguf
run draft --brief "$brief" --model babbler.gguf --sums SUMS --out o; check "a model that is not the published one" refused "assay: babbler.gguf: different"
run draft --brief "$brief" --out o; check "no model" refused "needs one --model"
check "none of these left a file, nor the folder" [ ! -e o ]

# ---- Ctrl-C
"$ASSAY" draft --brief "$brief" --manifest "$facts" --model "$model" --no-hash -n 2000 --sessions 1 --temperature 1 --out many >out 2>err &
pid=$! tries=0
while [ ! -e many/002.json ] && [ $tries -lt 300 ]; do sleep 0.1; tries=$((tries + 1)); done
kill -INT $pid; wait $pid; status=$?
"$ASSAY" draft --brief "$brief" --model "$model" --no-hash -n 2000 --sessions 1 --temperature 1 --out hung >out.hup 2>err.hup &
hup=$!
check "an interrupted run says what is missing" says 2 "finished and kept; missing:"
check "and keeps what is finished" [ -s many/001.md -a -s many/001.json -a -s many/002.json -a ! -e many/2000.md ]
tries=0
while [ ! -e hung/002.json ] && [ $tries -lt 300 ]; do sleep 0.1; tries=$((tries + 1)); done
whole_files() { [ -z "$(ls -A "$1" | grep -v '^[0-9]*\.\(md\|json\)$')" ] || { ls -A "$1"; return 1; }; }
kill -HUP $hup; wait $hup; hup=$?
check "a terminal that is closed ends a run in the same way" sh -c "[ $hup = 2 ] && grep -q 'finished and kept; missing:' err.hup"
check "... with whole files" whole_files hung
{ "$ASSAY" draft --brief "$brief" --model "$model" --no-hash -n 2000 --sessions 1 --temperature 1 --out piped2 2>err; echo $? >code; } | head -n 1 >out
status=$(cat code)
check "so does a reader who has seen enough" says 2 "finished and kept; missing:"
check "... with whole files" whole_files piped2
stat_of() { stat -c '%n %Y %s' many/00*.md; }
first=$(stat_of many)
"$ASSAY" draft --brief "$brief" --manifest "$facts" --model "$model" --no-hash -n 2000 --sessions 1 --temperature 1 --out many --resume >out 2>err &
pid=$! tries=0
while ! grep -q "002.md: .*kept from an earlier run" out && [ $tries -lt 300 ]; do sleep 0.1; tries=$((tries + 1)); done
run draft --brief "$brief" --model "$model" --no-hash --out many --resume; check "one run at a time writes into a folder" refused "another run writes"
kill -INT $pid; wait $pid; status=$?
check "the run goes on with --resume" says 2 "finished and kept; missing:"
check "nothing half-written is left" [ -z "$(ls -A many | grep -v '^[0-9]*\.\(md\|json\)$')" ]

# ---- bench
bench() { run bench --brief "$brief" --manifest "$facts" --no-hash "$@"; }
bench --model "$model" --drafts saved=drafts -n 2 --temperature 1
check "models and saved replies stand side by side" grep -q "babbler  *saved" out
check "a bench of models that fail is no failure of the bench" [ "$status" = 0 ]
check "with truth and speed" [ "$(grep -c 'claims contradicted\|time to the first token\|request read' out)" = 3 ]
mkdir same; for n in 1 2 3; do printf 'nothing\n\n<!-- %s -->\n' $n >same/$n.md; done
bench --drafts same=same; check "drafts that all score the same mean a broken ruler" says 2 "RULER IS BROKEN"
mkdir empty; : >empty/1.md; bench --drafts empty=empty; check "so do empty ones" says 2 "empty"
bench --model "$model" -n 2 --temperature 1 --format json --out kept
check "the table comes as JSON" grep -q '"first_token_s"' out
check "and the drafts can be kept" [ -f kept/babbler/002.json ]
bench --model "$model" --drafts "a<b>&c=drafts" -n 2 --temperature 1 -f text -f html -o bench.html -f json -o bench.json
check "a page, a table and JSON in one go" [ "$status" = 0 -a -s bench.html -a -s bench.json -a -s out ]
check "the page brings everything along, and no script" sh -c '! grep -q "https*:\|<script\|url(" bench.html'
check "names are escaped in it" sh -c 'grep -q "a&lt;b&gt;&amp;c" bench.html && ! grep -q "a<b>" bench.html'
check "predicted stands beside measured" [ "$(grep -c 'predicted:' out)" = 3 ]
bench --drafts same=same -f html -o broken.html
check "a broken ruler is said on the page, too" grep -q 'role="alert"' broken.html
bench --drafts a=drafts -f yaml; check "a bench knows its formats" refused "text|json|html"
bench --drafts a=drafts -f html -f json; check "one report goes to standard output" refused "two reports"
bench --drafts a=drafts --drafts a=drafts; check "columns have names of their own" refused "two columns"
bench; check "a bench of nothing" refused "needs a --model"

bench --model "$model" --drafts a=drafts -n 2 --temperature 1 -f text -o - -f json -o j.json; check "- is standard output" [ "$status" = 0 -a -s out -a -s j.json -a ! -e ./- ]

# ---- bench: what can be wrong is found before a model writes, and what there is is reported
untouched() { refused "$1" && [ ! -e early ]; }
mkdir wordless x; cp "$model" x/babbler.gguf; cp "$model" babbler-2.gguf
bench --model "$model" --drafts other=nowhere --out early; check "no such folder of replies" untouched "nowhere: No such file"
bench --model "$model" --drafts wordless --out early; check "an operand without a name" untouched "NAME=DIR"
bench --model "$model" --drafts w=wordless --out early; check "a folder without replies" untouched "no Markdown"
bench --model "$model" --drafts babbler=drafts --out early; check "replies with a model's name" untouched "two columns are named 'babbler'"
bench --model "$model" --model cut.gguf --out early; check "a second model that was cut short" untouched "cut.gguf: the file is cut short"
bench --model "$model" --model phi33.gguf --out early; check "one that cannot be run" untouched "phi33"
sed 's/\(tokenizer[.]ggml[.]model.\{12\}\)llama/\1lxama/' "$model" >words.gguf; sed 's/<|im_start|>/<|in_start|>/g' "$model" >talk.gguf
bench --model "$model" --model words.gguf --out early; check "one with words of its own" untouched "words.gguf: .*lxama"
bench --model "$model" --model talk.gguf --out early; check "one with a chat format of its own" untouched "talk.gguf: the model's chat template is none that is known"
bench --model "$model" --model talk.gguf --chat chatml -n 1 --temperature 1 --max-tokens 60; check "... unless it is said" [ "$status" != 2 -o -z "$(grep template err)" ]
bench --drafts a=drafts -o plain.txt; check "a file without a format is the text" sh -c "[ $status = 0 ] && grep -q '^measure  *a\$' plain.txt && [ ! -s out ]"
bench --model "$model" -f html -o nodir/x.html --out early; check "a report without a folder" untouched "nodir/x.html: cannot be written"
bench --model "$model" -f html -o drafts --out early; check "a report that is a folder" untouched "drafts: is a folder"
bench --model "$model" -f html -o r -f json -o ./r --out early; check "two reports in one file" untouched "two reports into"
bench --model "$model" --out kept; check "drafts are not written over, and a bench has no --resume" refused "give another --out$"
bench --model babbler-2.gguf --model "$model" --model x/babbler.gguf -n 1 --temperature 1 --max-tokens 60 --out named
check "models of one name are numbered until the name is free" grep -q "babbler-2  *babbler  *babbler-3$" out
check "... as are their folders" [ "$(ls named | tr '\n' ' ')" = "babbler babbler-2 babbler-3 " ]
{ sha256sum babbler-2.gguf; printf '%064d  babbler.gguf\n' 0; } >SUMS
run bench --brief "$brief" --model babbler-2.gguf --model babbler.gguf --sums SUMS --drafts r=drafts -n 2 --temperature 1 --max-tokens 60 --out late -f text -f html -o late.html
check "a model that fails later takes no other's column along" says 2 "babbler.gguf: different"
check "... the table has the others" sh -c 'grep -q "babbler-2  *r$" out && [ -s late.html ] && grep -q "the table has 2 of 3 columns" err'
check "... and its empty folder is gone" [ "$(ls late)" = babbler-2 ]
"$ASSAY" bench --brief "$brief" --model "$model" --model x/babbler.gguf --no-hash -n 2000 --sessions 1 --temperature 1 --out stopped >out 2>err &
pid=$! tries=0
while [ ! -e stopped/babbler/002.json ] && [ $tries -lt 300 ]; do sleep 0.1; tries=$((tries + 1)); done
kill -INT $pid; wait $pid; status=$?
check "Ctrl-C ends with the table of what there is" says 2 "interrupted after [0-9]* of 2000 drafts of babbler; what there is follows"
check "... of one column" grep -q "^drafts judged  *[1-9][0-9]*$" out

# ---- doctor
run doctor --model "$model" --device cpu
check "the doctor finds nothing wrong" [ "$status" = 0 ]
check "and looked at every kernel" grep -q "^ok *kernels" out
run doctor --model cut.gguf --device cpu --format json
check "the doctor fails on a broken model" [ "$status" = 1 ]
check "in JSON with the remedy" grep -q '"remedy": "fetch the file again' out

echo "1..$number"
[ "$failed" = 0 ]
