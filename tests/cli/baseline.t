#!/bin/sh
# The ratchet: what is known does not fail, what is new does; scores may rise, never sink; from any folder.
. "$(dirname "$0")/lib.sh"
plan 41
truth; mkdir -p posts deep/er
wrong_article posts/a.md
check() { run check --manifest site.yaml --about ours "$@"; }
check posts/a.md; is "fails without a baseline" "$status" 1
check --write-baseline known.json --no-exit posts
is "no contradicted claim is let stand without a reason" "$status $(cat err) $(ls known.json 2>/dev/null)" "2 assay: known.json is not written: it would let 1 claim stand; say why with --reason TEXT "
check --write-baseline known.json --reason 'of the "old" server' --no-exit posts; is "the baseline is written" "$status $(get '/articles/0/path' known.json)" "0 posts/a.md"
is "with its reason" "$(get /reason known.json)" 'of the "old" server'
cp known.json first.json; check --write-baseline known.json --no-exit posts
cmp -s known.json first.json; yes_no "twice the same bytes, and the reason stays" $?
check --baseline known.json posts; is "what is known passes" "$status" 0
has "and is counted" out "known from the baseline" "1 contradicted" ", 1 waived (1 in the baseline)" ", 1 waived, "
check --baseline known.json --format json posts; cp out known.out
is "as a waived claim, with the reason" "$(get /articles/0/coverage/waived known.out) $(get /articles/0/coverage/baseline known.out) $(get /summary/waived known.out) $(get '/articles/0/claims/?verdict=contradicted/reason' known.out)" '1 1 1 of the "old" server'
is "which costs what it cost" "$(get /articles/0/score known.out)" "$(get /articles/0/score known.json)"
valid "in the schema's shape" docs/schema/assay.schema.json known.out
check --baseline known.json --format junit posts; has "JUnit skips it aloud" out 'name="truth-contradicted: ' '<skipped message="in the baseline: of the &quot;old&quot; server"/>' 'failures="0" errors="0" skipped="1"'
check --baseline known.json --format github posts; has "GitHub's summary counts it" out ", 1 waived"
check --baseline known.json --format sarif posts; has "SARIF has it, as suppressed from outside" out '"kind":"external"' '"justification":"of the \"old\" server"'
grep -v '"reason"' known.json >mute.json; check --baseline mute.json posts
is "a baseline without a reason lets no claim stand" "$status $(grep -c 'truth-contradicted.*(the baseline knows it and gives no reason to let it stand)' out)" "1 1"
sed 's/Caddy 1.2.3/nginx 1.24.0/' posts/a.md >unknown.md
check --fail-on-claims unverified --write-baseline u.json unknown.md; is "nor one that is only unverified" "$status $(grep -c '\[truth-unverified\]' out) $(grep -c '1 claim stand' err)" "2 1 1"
check --reason x posts; is "a reason for no baseline" "$status $(cat err)" "2 assay: --reason says why a baseline lets claims stand: it belongs to --write-baseline"
sed -i 's/^# A wrong/Some words were put here, with no claim at all.\n\n&/' posts/a.md
check --baseline known.json posts/a.md; is "moved lines stay known" "$status" 0
(cd deep/er && "$ASSAY" check --manifest ../../site.yaml --about ours --baseline ../../known.json ../../posts/a.md >/dev/null)
is "from another folder too" $? 0
(cd posts && "$ASSAY" check --manifest ../site.yaml --about ours --baseline ../known.json a.md >/dev/null)
is "and from inside" $? 0
printf '\nOn the other host I run Caddy 1.9.9 today.\n' >>posts/a.md
check --baseline known.json posts/a.md
is "a new finding fails" "$status $(grep -c '\[truth-contradicted\]' out)" "1 1"
check --baseline known.json --format gitlab posts/a.md
is "only the new one is reported" "$(grep -c truth-contradicted out)" 1
# The same words twice: the second is new
wrong_article posts/a.md; tail -1 posts/a.md >line; { echo; cat line; } >>posts/a.md
check --baseline known.json posts/a.md; is "the same line once more is new" "$status" 1
echo '{"assay-baseline": 2, "articles": [{"path": 3}]}' >broken.json
check --baseline broken.json posts/a.md
is "a broken baseline" "$status $(cat err)" "2 assay: broken.json: an article's entry is not whole; write it anew with --write-baseline"
check --baseline none.json posts/a.md; is "a missing one" "$status $(cat err)" "2 assay: none.json: there is no such file: write it once with 'assay check --write-baseline none.json'"
mkdir first; printf 'baseline: b.json\n' >first/.assay.yaml; wrong_article first/a.md
(cd first && "$ASSAY" facts --manifest ../site.yaml a.md >/dev/null 2>../err); is "of a configuration, with its place" "$? $(cat err)" "2 assay: .assay.yaml:1:11: ./b.json: there is no such file: write it once with 'assay check --write-baseline ./b.json'"
(set -e; cd first; "$ASSAY" check --write-baseline b.json . >../out 2>../err; "$ASSAY" check . >../out)
is "what is written is said and no failure, and nothing is new then" "$? $(cat err)" "0 assay: b.json: written with $(grep -o '[0-9]* known from' out | cut -d' ' -f1) findings of 1 article"
sed 's/"assay-baseline": 2/"assay-baseline": 1/' known.json >old.json; check --baseline old.json posts/a.md
is "one that knew claims by their line" "$status $(cat err)" "2 assay: old.json: a baseline of version 1, which knew a claim by its line alone; write it anew with --write-baseline"

# ---- a paragraph is one line, and holds many claims: each is known by itself
box() { # CORES MEMORY
    printf 'assay-facts: 1\nas_of: 2026-05-18\nhosts:\n  - id: harbor\n    aliases: [Harbor]\n    attrs:\n      memory: {value: %s, unit: GB, aliases: [memory, RAM]}\n      cpu_cores: {value: %s, unit: core, aliases: [cores]}\n' "$2" "$1" >box.yaml
}
on_box() { run check --manifest box.yaml --about ours --style essay --threshold -1000 "$@"; }
mkdir one; printf -- '---\ntitle: A box\ndate: 2026-05-18\nstyle: essay\n---\n\n# A box\n\nHarbor has 6 cores and 8 GB of memory.\n' >one/a.md
contradicted() { grep -o "'[^']*' is contradicted" out | tr '\n' '|'; }
box 4 8; on_box --no-exit --write-baseline b.json --reason 'the old board' one
on_box --baseline b.json one; is "the cores are let stand" "$status $(contradicted)" "0 "
box 4 16; on_box --baseline b.json one; is "the memory beside them is not" "$status $(contradicted)" "1 '8 GB' is contradicted|"
box 8 8; on_box --baseline b.json one; is "nor are the cores when the fact says something else" "$status $(contradicted)" "1 '6 cores' is contradicted|"
box 4 16; on_box --no-exit --write-baseline b.json one; on_box --baseline b.json one; is "both, when both were known" "$status $(contradicted)" "0 "
box 6 16; on_box --baseline b.json one; is "the second stays known when the first has become true" "$status $(contradicted)" "0 "
printf -- '---\ntitle: A run\ndate: 2026-05-18\nstyle: essay\n---\n\n# A run\n\nThe build went from 90 s to 30 s, 10x faster than before. The load went from 80 s to 20 s, 4x faster than before.\n' >one/p.md
on_box --no-exit --write-baseline p.json one/p.md; is "a sum that does not hold" "$(grep -c physics-speed-up out)" 1
sed -i 's/4x/5x/' one/p.md; on_box --baseline p.json one/p.md; is "is known with its line only" "$(grep -c physics-speed-up out)" 2

on_box --no-exit --threshold 900 --write-baseline low.json --reason x one; run check --manifest box.yaml --about ours --style essay --threshold 900 --baseline low.json one/a.md
is "a score below the minimum passes by the baseline, and the verdict says so" "$status $(grep -c 'a.md: pass  score \(-*[0-9.]*\) of \1, which the baseline knows (essay)' out)" "0 1"
on_box --baseline low.json one/a.md; is "one above it does not" "$(grep -c 'which the baseline knows' out)" 0

# ---- a run over a part of the articles says nothing of the others
rm one/p.md; cp one/a.md one/b.md; on_box --no-exit --write-baseline w.json --reason first one; cp w.json both.json
on_box --no-exit --write-baseline w.json one/a.md; cmp -s w.json both.json; yes_no "a part leaves the entries of the rest" $? "$(cat w.json)"
on_box --no-exit --write-baseline w.json --reason second one/b.md
on_box --baseline w.json --format json one; is "under the reason that they were written under" "$status $(get '/articles/0/claims/?verdict=contradicted/reason' out) $(get '/articles/1/claims/?verdict=contradicted/reason' out)" "0 first second"
cp w.json kept.json; on_box --no-exit --write-baseline w.json --reason third one/b.md nowhere.md
is "nothing is written where something was not judged" "$status $(cat err) $(cmp w.json kept.json)" "2 assay: w.json is not written: 1 article was not judged "
rm one/a.md; on_box --no-exit --write-baseline w.json one; is "what is gone has no entry" "$(grep -c '"path"' w.json)" 1
on_box --no-exit --write-baseline - one; is "standard output is no place for it" "$status $(cat err) $(ls ./- 2>/dev/null)" "2 assay: --write-baseline takes a file, not standard output: name it, ./- if it is called that "
finish
