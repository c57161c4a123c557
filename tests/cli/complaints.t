#!/bin/sh
# What people complain of in tools of this kind, one test each.
. "$(dirname "$0")/lib.sh"
plan 36
truth
article() { printf -- '---\ntitle: t\ndescription: d\ndate: 2026-05-18\nstyle: %s\n---\n\n' "$1"; cat; }

# 1. warnings that do not fail CI
printf 'The good part is size. The good part is speed. The good part is price.\n' | article essay >warn.md
run check --threshold -1000 --no-config warn.md; printf 'lints: {length: off}\n' >quiet.yaml
run check --config quiet.yaml --threshold -1000 warn.md; is "a warning alone passes by default" "$status" 0
run check --config quiet.yaml --threshold -1000 --fail-on warning warn.md; is "and fails where warnings are to fail" "$status" 1
has "with the reason" out "because 1 finding at level 'warning' or above"

# 2. an article with frontmatter silently checked by fewer rules than without
printf 'We leverage a robust, seamless, cutting-edge solution. It is worth noting that it is seamless.\n' >body
article essay <body >with.md; cp body without.md
run check --no-exit --style essay --format json with.md; cp out with.json
run check --no-exit --style essay --format json without.md; cp out without.json
value() { get "/articles/0/signals/?id=$2/value" "$1"; }
[ "$(value with.json filler_phrases)" = "$(value without.json filler_phrases)" ] && [ "$(value with.json filler_phrases)" != 0 ]; yes_no "the body is measured alike with and without frontmatter" $?
printf -- '---\ntitle: a: b: c\nstyle: essay\n---\n\n' | cat - body >broken.md
run check --no-exit --format json broken.md
is "and with malformed frontmatter" "$(value out filler_phrases) $(get /articles/0/frontmatter/status out)" "$(value with.json filler_phrases) malformed"

# 3. wrong line and column
printf '\357\273\277---\r\ntitle: t\r\nstyle: essay\r\n---\r\n\r\n- \303\234ber **all**. I run Caddy 1.2.3 today.\r\n' >place.md
run check --no-exit --manifest site.yaml --about ours --format json place.md
start=$(get '/articles/0/claims/?verdict=contradicted/span/start' out) end=$(get '/articles/0/claims/?verdict=contradicted/span/end' out)
is "byte order mark, CRLF, list, emphasis: the bytes reported are the claim" "$(tail -c +$((start + 1)) place.md | head -c $((end - start)))" "$(get '/articles/0/claims/?verdict=contradicted/text' out)"
is "on its line" "$(get '/articles/0/claims/?verdict=contradicted/span/line' out)" 6

# 4. no score, no SARIF
run check --no-exit with.md; grep -Eq 'FAIL  score -?[0-9.]+ of [0-9]+ \(essay\)' out; yes_no "a score against a minimum" $?
run check --no-exit --format sarif with.md; valid "SARIF" tests/data/schemas/sarif.schema.json out

# 5. a missing or unknown style counts as "no errors"
printf 'title only\n' >nostyle.md
run check --threshold -1000 --config quiet.yaml nostyle.md; is "a missing style is an error" "$status $(grep -c '\[style-missing\]' out)" "1 1"
printf 'Words.\n' | article esay >typo.md; run check --threshold -1000 --config quiet.yaml typo.md
has "an unknown one names the nearest" out "error [style-unknown] unknown style 'esay'" "Did you mean 'essay'?"
run check --style esay with.md; is "on the command line it is trouble" "$status" 2
run check no-such-file.md; is "a file that is not there is trouble, not zero files" "$status" 2
mkdir void; run check void; is "and so is a folder without articles" "$status" 2

# 6. false positives on quotes, code and reference pages
printf '> We leverage a robust, seamless, cutting-edge solution.\n\nHe called it "a seamless and robust solution", and `seamless` is a key.\n\n```\nseamless robust leverage\n```\n' | article essay >quoted.md
run check --no-exit --format json quoted.md; is "quotes and code are not the author's filler" "$(value out filler_phrases)" 0
run check --manifest "$root/corpus/manifests/kestrel.yaml" "$root/corpus/articles/kestrel/pass/kestrel-reference.md"; is "a reference page passes" "$status" 0

# 7. ignores that do not work in Markdown: see suppress.t; the one people meet first
{ printf '<!-- assay-disable-next-line anaphora-run -- a refrain -->\n\n'; printf 'The good part is size. The good part is speed. The good part is price.\n'; } | article essay >ignored.md
run check --config quiet.yaml --threshold -1000 --fail-on warning ignored.md; is "an ignore with a reason works" "$status" 0

# 8. minutes of processor time and gigabytes of memory: what is quadratic elsewhere, within limits that any machine keeps
awk 'BEGIN { for (i = 0; i < 9000; i++) printf "a**b *c _d "; print "" }' | article essay >stars.md
awk 'BEGIN { for (i = 0; i < 3000; i++) printf "- "; print "x"; for (i = 0; i < 3000; i++) printf "> "; print "y" }' | article essay >nest.md
awk 'BEGIN { for (i = 0; i < 20000; i++) printf "<!-- assay-disable-next-line x --> [a](b \"" ; print "" }' | article essay >open.md
awk 'BEGIN { for (i = 0; i < 55000; i++) printf "We saw 13 errors. " }' | article essay >line.md
for name in stars nest open line; do
    (ulimit -t 20; ulimit -v 2000000; "$ASSAY" check --no-exit --format json $name.md >out 2>err); status=$?
    [ $status -le 1 ] || grep -q 'larger than the limit\|limit' out; yes_no "$name: within 20 s and 2 GB" $? "status $status, $(cat err)"
done
(ulimit -f 4; "$ASSAY" check --no-exit --format json -o report.json with.md >out 2>err); is "a report that finds no room leaves none" "$? $(ls report.json* 2>/dev/null)" "2 "

# 8a. a report that does not add up: what is waived, two counts of words, claims that nobody counts, a failure without a reason
printf 'waivers:\n  - {claim: 1.2.3, reason: known}\nmanifest: site.yaml\nabout: ours\n' >waived.yaml
cat >>site.yaml <<'END'
services:
  - {id: shop, aliases: [web service], host: web, port: 443}
absent: [{match: [Docker, Kubernetes]}]
END
printf 'I run Caddy 1.2.3 today. I run Caddy 1.1 today, too. Caddy 3.0 would be nice. See `caddy run now`.\n' | article essay >sums.md
run check --config waived.yaml --no-exit sums.md
has "the ledger counts what is paid" out "contradicted claims           1             15    -15.0  1 waived, at no cost"
has "a short article says which words are not counted" out "shorter than the 600 words that this style allows: it has 17" "20 words, 3 of them in code, addresses or images"
echo word >word.md; run check --no-config word.md; is "one word is no words" "$(grep -c ', 1 word$' out)" 1
run check --no-config --max-size 4 word.md; has "what is too large says what sets the limit" out "larger than the limit of 4 bytes; --max-size, or max-size in .assay.yaml, sets it"
run facts --config waived.yaml sums.md
has "facts says what it leaves out" out "2 contradicted, 1 unverified, 1 waived; 1 more not counted, for they earn nothing: 1 hypothetical"
has "and why the article fails" out "'assay check' shows length" "because 1 claim is contradicted" "because 1 finding at level 'error'"
printf 'Our web service listens on port 8443. We run Kubernetes on our web server.\n' | article essay >port.md
run explain --config waived.yaml --no-exit port.md; has "a port inside another number is proposed" out "remove 'port 8443', or say what shop.port says: 443"
run check --config waived.yaml --no-exit port.md; lacks "nothing is said twice" out "declared absent: declared absent"

# 8b. a file that was saved as something else
printf '\377\376#\000 \000a\000\n\000' >wide.md; run check --no-exit wide.md; has "UTF-16 is called so" out "wide.md:1:1: error [invalid-bytes] the file is UTF-16: save it as UTF-8"
printf '\376\377\126\127\126\130\126\131' >wide.md; run check --no-exit wide.md; has "in either order, in any script" out "the file is UTF-16"

# 9. a gate that hangs: a pipe, a link to nowhere and a device among the articles of a folder
mkdir odd; cp with.md odd/a.md; mkfifo odd/pipe.md; ln -s nowhere odd/link.md; ln -s /dev/null odd/null.md
timeout 20 "$ASSAY" check --no-exit odd >out 2>err </dev/null; is "a pipe in a folder is said and not waited for" "$? $(grep -c 'odd/pipe.md:1:1: error \[not-judged\] is no file' out)" "2 1"
has "so are a device and a link to nowhere" out "odd/null.md:1:1: error [not-judged] is no file" "odd/link.md:1:1: error [not-judged] No such file or directory" "odd/a.md: FAIL"
cat with.md >odd/pipe.md & timeout 20 "$ASSAY" check --no-exit odd/pipe.md >out 2>err </dev/null; is "a pipe that is named is read" $? 0
mkfifo odd/other.md; timeout -k 8 --preserve-status -s TERM 1 "$ASSAY" batch odd/other.md odd/a.md >out 2>err </dev/null & waits=$!
sleep 2; kill -TERM "$(pgrep -P "$waits" 2>/dev/null)" 2>/dev/null
wait "$waits"; is "batch stops at the second signal whatever it waits for" $? 143
finish
