#!/bin/sh
# The ratchet: what is known does not fail, what is new does; scores may rise, never sink; from any folder.
. "$(dirname "$0")/lib.sh"
plan 13
truth; mkdir -p posts deep/er
wrong_article posts/a.md
check() { run check --manifest site.yaml --about ours "$@"; }
check posts/a.md; is "fails without a baseline" "$status" 1
check --write-baseline known.json --no-exit posts; is "the baseline is written" "$status $(get '/articles/0/path' known.json)" "0 posts/a.md"
cp known.json first.json; check --write-baseline known.json --no-exit posts
cmp -s known.json first.json; yes_no "twice the same bytes" $?
check --baseline known.json posts; is "what is known passes" "$status" 0
has "and is counted" out "known from the baseline"
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
