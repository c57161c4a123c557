#!/bin/sh
# Where text goes: nothing that somebody else wrote commands the terminal, and what cannot be written is no success.
. "$(dirname "$0")/lib.sh"
plan 34
XDG_CACHE_HOME=$scratch/cache; export XDG_CACHE_HOME
model=$root/corpus/model/babbler.gguf brief=$root/corpus/briefs/kestrel-ninety-nights.yaml
truth; right_article right.md; wrong_article wrong.md
mkdir drafts && cp right.md drafts/
draft() { run draft --brief "$brief" --no-hash --temperature 1 --max-tokens 60 "$@"; }

# ---- standard output that is full, or closed
if [ -c /dev/full ]; then
    full() { # ARGUMENTS...: 2, and one line that says why
        "$ASSAY" "$@" >/dev/full 2>err </dev/null; status=$?
        is "$1 ${2:-}: a full standard output" "$status $(tail -n 1 err)" "2 assay: cannot write to standard output: No space left on device"; }
    full --version; full help --commands; full rules; full check right.md; full check --format json right.md; full explain right.md
    full facts --manifest site.yaml right.md; full manifest check site.yaml; full batch drafts; full model info "$model"; full doctor
    lost() { # the same of what comes in parts, whose reason may be gone
        "$ASSAY" "$@" >/dev/full 2>err </dev/null; status=$?
        is "$1: a full standard output" "$status $(tail -n 1 err | cut -d: -f1-2)" "2 assay: cannot write to standard output"; }
    lost draft --brief "$brief" --model "$model" --no-hash --max-tokens 60 -n 2 --temperature 1 --out lost
    ok=$(ls lost | tr '\n' ' '); is "the drafts are kept all the same" "$ok" "001.json 001.md 002.json 002.md "
    git_repository repo; cd repo && lost hook install; cd ..
else
    for n in 1 2 3 4 5 6 7 8 9 10 11 12 13 14; do skip "there is no /dev/full"; done
fi
"$ASSAY" check wrong.md >&- 2>err; is "a closed one is no success" "$? $(grep -c 'cannot write to standard output' err)" "2 1"
"$ASSAY" draft --brief "$brief" --model "$model" --no-hash --max-tokens 60 --out closed >&- 2>err
is "nor for drafts" "$? $(grep -c 'cannot write to standard output' err)" "2 1"
is "and no file takes its place" "$(head -c 1 closed/001.json)$(grep -c 'drafts in' closed/*)" "{closed/001.json:0
closed/001.md:0"
"$ASSAY" check wrong.md 2>&- | head -n 1 >first; has "a reader that has seen enough is no error" first "wrong.md"
"$ASSAY" check - <&- >out 2>err; is "nor is a closed standard input an empty article" "$?" 2

# ---- a model that names itself with escape sequences, and writes them
esc=$(printf '\033') csi=$(printf '\302\233')
quiet() { # DESCRIPTION FILE...: neither ESC nor C1, and all of it text
    what=$1; shift
    bad=$(cat "$@" | grep -c -e "$esc" -e "$csi"); cat "$@" | iconv -f UTF-8 -t UTF-8 >/dev/null 2>&1
    is "$what" "$bad $?" "0 0"; }
sed 's/Babbler/\x1b[2JHI\xff/; s/Ninety nigh/\xc2\x9b2J\x1bH nigh/; s/Notes from/\xc2\x9b2J\xff from/' "$model" >evil.gguf
is "the model is another, of the same length" "$(wc -c <evil.gguf) $(cmp -s evil.gguf "$model"; echo $?)" "$(wc -c <"$model") 1"
run model info evil.gguf; quiet "model info shows a name, and does not obey it" out
has "by its numbers" out 'name          \x1b[2JHI\xff'
draft --model evil.gguf -n 2 --out evil; quiet "nor does draft" out err
has "in its first line" err '\x1b[2JHI\xff on '
has "and in the table" out '\x1b[2JHI\xff '
run batch evil; quiet "nor batch, of a sidecar" out err
sed 's/llama/\x1b[2Jx/' "$model" >arch.gguf; run model info arch.gguf; quiet "an architecture" out err
draft --model arch.gguf --out arch; quiet "and where it is refused" out err
if command -v script >/dev/null; then
    script -qec "$ASSAY draft --brief $brief --model evil.gguf --no-hash -n 2 --temperature 1 --max-tokens 60 --out live" typed >/dev/null 2>&1 </dev/null
    sed -n '/^live.00/q; /title/p' typed >live.txt
    quiet "the text on a terminal as it comes" live.txt
    has "C1 by its number" live.txt 'title: "\u009b2J'
else
    skip "there is no script(1)"; skip "there is no script(1)"
fi
is "the draft is verbatim" "$(grep -c "$csi" evil/001.md)" 1

# ---- an article
{ right_article /dev/stdout; printf 'A \302\2332J and a \033[31m, \377.\r\nThe end.\n'; } >escape.md
run explain escape.md; quiet "an article is shown, not obeyed" out
unset NO_COLOR; run explain --color always escape.md; NO_COLOR=1; export NO_COLOR
has "also in colours" out 'A \u009b2J and a \x1b[31m, \xff.'
is "its line ends stay" "$(grep -c 'xff\.$' out) $(grep -c '^The end\.' out)" "1 1"
finish
