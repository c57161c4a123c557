#!/bin/sh
# The ratchet: what is known does not fail, what is new does; scores may rise, never sink; from any folder.
. "$(dirname "$0")/lib.sh"
plan 24
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
check --baseline known.json --format junit posts; has "JUnit skips it aloud" out 'name="truth-contradicted"' '<skipped message="in the baseline: of the &quot;old&quot; server"/>' 'failures="0" errors="0" skipped="1"'
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
echo '{"assay-baseline": 1, "articles": [{"path": 3}]}' >broken.json
check --baseline broken.json posts/a.md
is "a broken baseline" "$status $(cat err)" "2 assay: broken.json: an article's entry is not whole; write it anew with --write-baseline"
check --baseline none.json posts/a.md; is "a missing one" "$status $(cat err)" "2 assay: none.json: cannot open: No such file or directory"
finish
