#!/bin/sh
# Every report format against its schema or its consumer's rules; places in each format's own units; several at once.
. "$(dirname "$0")/lib.sh"
plan 99
truth; mkdir posts
wrong_article posts/wrong.md
wrong_article './posts/odd | name %,:<&>"'\''.md'
: >posts/empty.md
printf 'bad \377\376 bytes, a NUL \000 here\n' >posts/bytes.md
# 2 MB: beyond the limit, so it cannot be judged.
awk 'BEGIN { for (i = 0; i < 40000; i++) print "A line of some fifty bytes that says nothing at all." }' >posts/huge.md
check() { run check --manifest site.yaml --about ours "$@"; }

check --format json ./posts; cp out all.json
is "an article that cannot be judged outranks failures" "$status" 2
valid "JSON is what its schema says" docs/schema/assay.schema.json all.json
check --format ndjson ./posts; cp out all.ndjson
head -n -1 all.ndjson >articles.ndjson
valid "NDJSON: an article a line" 'docs/schema/assay.schema.json#/$defs/line' articles.ndjson --lines
tail -n 1 all.ndjson >last.ndjson
is "NDJSON ends with the summary" "$(get /summary/files last.ndjson) $(get /summary/errors last.ndjson)" "5 1"
for j in 1 2 7; do "$ASSAY" check -j$j --manifest site.yaml --about ours --format json posts >j$j.json 2>/dev/null; done
cmp -s j1.json j2.json && cmp -s j1.json j7.json; yes_no "the same bytes with 1, 2 and 7 threads" $?

# ---- SARIF
check --format sarif ./posts; cp out all.sarif
valid "SARIF is what its schema says" tests/data/schemas/sarif.schema.json all.sarif
"$tools/schema_check" --get /runs/0/tool/driver/rules all.sarif | tr '{' '\n' | sed -n 's/^"id":"\([^"]*\)".*/\1/p' | sort -u >known
tr '{' '\n' <all.sarif | sed -n 's/.*"ruleId":"\([^"]*\)".*/\1/p' | sort -u >used
is "every result's rule is described" "$(comm -13 known used)" ""
[ -s used ] && [ "$(grep -c . used)" -ge 4 ]; yes_no "and there are several" $?
lacks "no list is null" all.sarif ': null'
has "names are encoded as URIs" all.sarif 'posts/odd%20%7C%20name%20%25,%3A%3C&%3E%22'"'"'.md'
lacks "no path begins with ./" all.sarif '"./posts'
check --format sarif posts/wrong.md
cp out one.sarif
{ echo; echo; echo; } >moved; sed 's/^# A wrong/\n\n\n&/' posts/wrong.md >moved.md; mkdir m && mv moved.md m/ && cp posts/wrong.md keep && cp m/moved.md posts/wrong.md
check --format sarif posts/wrong.md; cp out two.sarif; cp keep posts/wrong.md
prints() { tr ',' '\n' <"$1" | grep -o '"primaryLocationLineHash":"[0-9a-f]*"' | sort; }
prints one.sarif >a; prints two.sarif >b
is "fingerprints stay when lines move" "$(cat a)" "$(cat b)"
# 32,000 results in, 25,000 out, the worst of them
mkdir many; for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do awk 'BEGIN { print "---\ntitle: t\nstyle: essay\n---\n"; for (i = 0; i < 2000; i++) print "<!-- assay-disable-next-line anaphora-run -->\n" }' >many/$i.md; done
run check --format sarif many; cp out many.sarif
is "at most 25,000 results" "$(get '/runs/0/results/#' many.sarif)" 25000
valid "which is still SARIF" tests/data/schemas/sarif.schema.json many.sarif

# ---- GitLab, rdjsonl, JUnit
check --format gitlab ./posts; cp out all.gitlab
valid "GitLab's code quality" tests/data/schemas/gitlab.schema.json all.gitlab
is "fingerprints are unique" "$(grep -o '"fingerprint":"[0-9a-f]*"' all.gitlab | sort | uniq -d)" ""
check --format rdjsonl ./posts; cp out all.rdjsonl
valid "rdjsonl, a diagnostic a line" tests/data/schemas/rdjson.schema.json all.rdjsonl --lines
check --format junit ./posts; cp out all.xml
if command -v xmllint >/dev/null; then xmllint --noout all.xml 2>err; yes_no "JUnit is well-formed XML" $? "$(cat err)"; else skip "xmllint is not installed"; fi
tests=$(grep -c '<testcase ' all.xml) failures=$(grep -c '<failure ' all.xml) errors=$(grep -c '<error ' all.xml)
has "JUnit's counts are those of its cases" all.xml "<testsuites tests=\"$tests\" failures=\"$failures\" errors=\"$errors\">"
has "a testcase names file and rule" all.xml 'classname="posts/wrong.md" name="truth-contradicted: 1.2.3 ('

mkdir cases; wrong_article cases/a.md
printf '\nCaddy 1.2.3 it is, and Caddy 1.2.3 again. I run Caddy 1.2.4 too.\n\nI run Caddy 1.2.3 today.\n' >>cases/a.md
names() { check --no-exit --format junit cases; sed -n 's/.*<testcase classname="\([^"]*\)" name="\([^"]*\)".*/\1 \2/p' out | sort; }
names >one; is "JUnit: no two cases of one name" "$(uniq -d one)" ""
[ "$(grep -c 'a.md truth-contradicted: 1.2.[34] ([0-9a-f]*)' one)" -ge 4 ]; yes_no "though one claim stands there several times" $? "$(cat one)"
sed -i 's/^# A wrong/\n\n&/' cases/a.md; names >two; cmp -s one two; yes_no "and the names stay when lines move" $? "$(diff one two)"
if command -v xmllint >/dev/null; then xmllint --noout out 2>err; yes_no "well-formed still" $? "$(cat err)"; else skip "xmllint is not installed"; fi

# ---- places: the same claim in every unit
check --format json posts/wrong.md
code=$(get '/articles/0/findings/?rule=truth-contradicted/span/column' out)
start=$(get '/articles/0/findings/?rule=truth-contradicted/span/start' out)
stop=$(get '/articles/0/findings/?rule=truth-contradicted/span/end' out)
text=$(get '/articles/0/findings/?rule=truth-contradicted/span/text' out)
is "JSON: line" "$(get '/articles/0/findings/?rule=truth-contradicted/span/line' out)" 9
is "JSON: byte offsets are the text" "$(tail -c +$((start + 1)) posts/wrong.md | head -c $((stop - start)))" "$text"
[ "$code" -ge 19 ] && [ "$code" -le 25 ]; yes_no "JSON: columns count code points" $? "$code"
tr '{' '\n' <one.sarif | grep -A8 truth-contradicted | grep -q "\"startLine\":9,\"startColumn\":$code,"; yes_no "SARIF: code points" $?
grep 'truth-contradicted' all.rdjsonl | grep -q "\"start\":{\"line\":9,\"column\":$((code + 4))}"; yes_no "rdjsonl: bytes" $? "$(grep truth-contradicted all.rdjsonl | head -1)"
check posts/wrong.md
has "text: code points" out "posts/wrong.md:9:$code: error [truth-contradicted] "

# ---- GitHub
check --format github ./posts; cp out all.github
has "GitHub: properties and message are escaped" all.github '::error file=posts/odd | name %25%2C%3A<&>"'"'"'.md,line=9,endLine=9,col='"$code" 
is "GitHub: one summary line first, worst first behind it" "$(cut -d' ' -f1 all.github | uniq | tr '\n' ' ' | sed 's/::notice *$//; s/::warning *$//')" "::error "
mkdir ten; for i in 01 02 03 04 05 06 07 08 09 10 11 12 13 14; do printf '# Short\n' >ten/$i.md; done; wrong_article ten/z.md
check --no-exit --format github ten
is "GitHub: what is contradicted stands before all other errors" "$(sed -n '2s/,line.*title=/ /p' out | cut -d: -f1-3)" "::error file=ten/z.md truth-contradicted"
is "in the articles' order behind it" "$(sed '1,2d; s/,line.*//' out | uniq | head -3 | tr '\n' ' ')" "::error file=ten/01.md ::error file=ten/02.md ::error file=ten/03.md "
export GITHUB_STEP_SUMMARY="$scratch/step.md"; echo "before" >step.md
check --format github posts/wrong.md; unset GITHUB_STEP_SUMMARY
has "the step summary grows by a table" step.md before '| posts/wrong.md | **fail** |' '| --- |'

# ---- several at once, and where they go
check --format sarif --output a.sarif --format text --format junit -o a.xml posts/wrong.md
cmp -s a.sarif one.sarif && grep -q testcase a.xml && grep -q FAIL out; yes_no "several reports at once" $?
run check --format json --format sarif posts/wrong.md
is "two on standard output are refused" "$status $(cat err)" "2 assay: two reports on standard output: give all but one --format an --output FILE"
run check --format json -o x --format sarif -o x posts/wrong.md
is "and two into one file" "$status $(cat err)" "2 assay: two reports into x: give each --format its own --output"
run check --format json -o x --format sarif -o ./x posts/wrong.md; is "by whatever names" "$status" 2
: >real; ln -s real linked; run check --format json -o real --format sarif -o linked posts/wrong.md; is "or links" "$status" 2
run check --format jsom posts/wrong.md
is "an unknown format names the nearest, and all" "$status $(cat err)" "2 assay: --format takes one of text|json|ndjson|sarif|github|markdown|gitlab|junit|rdjsonl|html, not 'jsom'; did you mean 'json'?"
run check --help; has "as does the help" out "[text|json|ndjson|sarif|github|markdown|gitlab|junit|rdjsonl|html]"
run doctor --format html; is "a command has its own" "$status $(cat err)" "2 assay: --format takes one of text|json, not 'html'"
run doctor --help; is "and its help speaks of no other" "$(grep -c '\[text|json\]' out) $(grep -c output out)" "1 0"
run help; has "the help says how to get pages and completions" out "assay help --man [COMMAND]" "assay help --completions bash|zsh|fish"

# ---- whatever a finding is called can be looked up
check --format json posts/wrong.md; tr ',' '\n' <out | sed -n 's/.*"rule": "\([a-z-]*\)".*/\1/p' | sort -u >called
for rule in $(cat called) score-below-minimum not-judged suppression-unused waiver-expired physics-total style-missing; do run rules "$rule"; [ "$status" = 0 ] && grep -q "^$rule (" out || echo "$rule"; done >unknown
is "every rule" "$(cat unknown)$(grep -c truth-contradicted called)" 1
run rules truth-contradictd; is "one that is misspelt" "$status $(cat err)" "2 assay: no signal, lint, style or finding is called 'truth-contradictd'; did you mean 'truth-contradicted'?"
run rules; has "they are listed" out "findings that no lint makes" "style-missing  "

# ---- text: statistics, colour, nothing that moves a cursor
check --statistics -j2 posts
has "--statistics counts rules" out "findings articles silenced  rule" "truth-contradicted"
is "each article once" "$(sed -n 's/^ *\([0-9]*\) *\([0-9]*\) *0  truth-contradicted$/\1 \2/p' out)" "2 2"
check posts/wrong.md; is "no colour off a terminal" "$(grep -c "$(printf '\033')" out)" 0
unset NO_COLOR; check --color always posts/wrong.md; NO_COLOR=1; export NO_COLOR
grep -q "$(printf '\033\\[31merror')" out; yes_no "--color always" $?
esc=$(printf 'evil \033[2J.md'); wrong_article "$esc"; check "$esc"
is "an escape sequence in a name is shown, not obeyed" "$(grep -c "$(printf '\033')" out) $(grep -c 'evil .x1b' out | sed 's/[1-9][0-9]*/some/')" "0 some"

# ---- lines are those of git and grep: a lone CR, which ends one in CommonMark, ends none
wrong_article cr.md; awk '{ print } $0 == "---" && ++n == 2 { printf "\nOne\rtwo\rthree.\n" }' cr.md >cr2.md; check cr2.md
is "a claim's line" "$(sed -n 's/^cr2.md:\([0-9]*\):.*truth-contradicted.*/\1/p' out | head -1)" "$(($(check cr.md; sed -n 's/^cr.md:\([0-9]*\):.*truth-contradicted.*/\1/p' out | head -1) + 2))"

# ---- explain says why a place earns nothing
{ printf '%s\n' --- 'title: A box' 'date: 2026-05-18' 'style: essay' --- '' 'Fans are loud because Henrike built them.' ''
  printf '%s\n' 'We moved it because it is loud. Boxes are dear because vLLM 0.6.3 asks for memory.' '' 'kestrel has 20 cores, and a price of 412 euros.'; } >unpaid.md
run explain --no-exit --no-config --about ours --manifest "$root/corpus/manifests/kestrel.yaml" unpaid.md
is "with what is wrong in its place" "$(sed -n 's/.*  20 cores .*(earns nothing: //p' out | tr '\n' ' ')" "'412 euros' is contradicted) "
is "which is not why a cause earns nothing" "$(sed -n 's/.*  because .*(earns nothing: //p' out | sort -u)" "no fact can vouch for that)"

{ printf '%s\n' --- 'title: A box' 'date: 2026-05-18' 'style: essay' --- '' 'In May, on 2026-05-18, kestrel with its 20 cores ran CUDA 13.0.2.' ''
  printf '%s\n' '```console' 'kestrel$ uname' 'the goat is fed' '```' '' '1. Stop it.' '2. Wait.' '3. Look.'; } >limited.md
run explain --no-exit --no-config --about ours --manifest "$root/corpus/manifests/kestrel.yaml" limited.md
is "and what earns by parts" "$(sed -n 's/.*(earns nothing: /; /p' out | sort | uniq -c | sed 's/^ *//' | tr '\n' ' ')" "1 ; 'the goat is fed' is in no fact) 1 ; too few of its parts are vouched for) "

# ---- explain writes where it is told to, in every format
run explain --no-exit -o e1.txt posts/wrong.md; is "nothing into a file needs a format" "$status $(cat out) $(head -1 e1.txt | cut -c1-20)" "0  $("$ASSAY" explain --no-exit posts/wrong.md | head -1 | cut -c1-20)"
run explain --no-exit posts/wrong.md; cmp -s out e1.txt; yes_no "the same as on standard output" $?
run explain --no-exit -f json -o e2.json -f text posts/wrong.md; cmp -s out e1.txt; yes_no "text beside a report for programs" $?
is "which is there as well" "$(get /summary/files e2.json)" 1
run explain -o e3.txt -o e4.txt posts/wrong.md; is "two files and one format are refused" "$status $(cat err) $(ls e3.txt e4.txt 2>/dev/null)" "2 assay: each --output belongs to the one --format before it "
run explain --no-exit posts/wrong.md posts/wrong.md; is "one article needs no heading" "$(grep -c '^== ' out)" 0
cp posts/wrong.md again.md; run explain --no-exit posts/wrong.md again.md; is "each of several has one" "$(grep '^== ' out | tr '\n' ' ')$(head -c 3 out)" "== posts/wrong.md == == again.md == == "
run explain posts/wrong.md nowhere.md; has "an article that cannot be read is named" out "nowhere.md:1:1: error [not-judged] No such file or directory"; is "and is trouble" "$status" 2

# ---- a report through a link: the link stays, and what it leads to is new
mkdir pages; echo old >pages/real.json; ln -s pages/real.json latest.json; check --format json -o latest.json posts
is "the file behind the link" "$(readlink latest.json) $([ "$(get /summary/files pages/real.json)" -gt 0 ] && echo new) $(ls pages)" "pages/real.json new real.json"
echo old >pages/real.nd; ln -s pages/real.nd latest.nd; run batch --no-exit --format ndjson -o latest.nd posts
is "streamed too" "$(readlink latest.nd) $(grep -c '"path"' pages/real.nd | sed 's/[1-9][0-9]*/some/') $(ls pages | tr '\n' ' ')" "pages/real.nd some real.json real.nd "

# ---- what commands a terminal, in an article and in its name
esc=$(printf '\033'); printf -- '---\ntitle: t\nstyle: "e\\e[31mx\\u202Ey"\n---\n\nWords.\n' >escape.md; cp escape.md "$(printf 'x\377.md')"
for format in github markdown; do
    run check --no-exit -f $format .; lacks "$format: no control character" out "$esc"
    iconv -f utf-8 -t utf-8 out >/dev/null 2>err; yes_no "$format: UTF-8, whatever a file is called" $? "$(cat err)"
done
run check --no-exit -f github escape.md; has "they are shown" out 'e\x1b[31mx\u202ey'

# ---- one article, named in several ways: services look for its path in the repository, and know a finding by its print
mkdir -p there/posts; cp posts/wrong.md there/posts/; cp site.yaml there/; cd there
for format in gitlab sarif github rdjsonl junit; do
    check --format $format posts; cp out plain
    check --format $format "$scratch/there/posts"; cmp -s out plain; yes_no "$format: an absolute operand" $?
    check --format $format ./posts/../posts/wrong.md; cmp -s out plain; yes_no "$format: a roundabout one" $?
done
cd posts; "$ASSAY" check --manifest ../site.yaml --about ours --format sarif "$scratch/there/posts/wrong.md" >../out; cd ..; has "SARIF: relative to the current folder" out '"uri":"wrong.md"'
mkdir 'else where'; mv 'else where' ..; cp posts/wrong.md '../else where/'; check --format sarif "$scratch/else where/wrong.md"; has "what lies outside is a file: URI" out "\"uri\":\"file://$scratch/else%20where/wrong.md\""
valid "which is still SARIF" tests/data/schemas/sarif.schema.json out
check --format gitlab "$scratch/else where/wrong.md"; has "and keeps its place elsewhere" out "\"path\":\"$scratch/else where/wrong.md\""
check --format github posts/wrong.md; has "one file is one" out "title=assay::1 file: 0 passed, 1 failed"
check --format gitlab posts/wrong.md; is "a contradiction that fails is critical" "$(grep -c '"severity":"critical"' out)" 1
check --format gitlab --fail-on-claims never --threshold -1000 posts/wrong.md; is "one that does not is a warning" "$(grep truth-contradicted out | grep -c '"severity":"minor"') $(grep -c critical out)" "1 0"
cd "$scratch"

# ---- what explain proposes, for programs
run explain --manifest site.yaml --about ours --format json posts/wrong.md; cp out advice.json
valid "explain's JSON is what the schema says" docs/schema/assay.schema.json advice.json
is "with the edits" "$(get /articles/0/advice/edits/0/what advice.json)" "remove '1.2.3', or say what caddy.version says: 2.8.4"
is "where they are" "$(get /articles/0/advice/edits/0/span/line advice.json):$(get /articles/0/advice/edits/0/span/text advice.json) $(get /articles/0/advice/edits/0/points advice.json)" "9:1.2.3 15"
is "and their score with it" "$(get /articles/0/advice/score advice.json)" "$(sed 's/1\.2\.3//' posts/wrong.md >cut.md; check --format json cut.md; get /articles/0/score out)"
is "and whether they are enough" "$(get /articles/0/advice/enough advice.json)" false
printf 'lints: {length: off, frontmatter-key: off}\n' >lenient.yaml
run explain --config lenient.yaml --manifest site.yaml --about ours --format json --threshold -1000 --fail-on-claims never posts/wrong.md; is "what passes needs none" "$(get '/articles/0/advice/edits/#' out) $(get /articles/0/advice/enough out)" "0 true"
run explain -q --config lenient.yaml --threshold -1000 posts/wrong.md; cp out quiet.out; run explain -q posts/wrong.md
is "-q: what fails alone" "$(grep -c . quiet.out) $(grep -c '^what holds' out)" "0 1"
run explain --manifest site.yaml --about ours --format ndjson posts/wrong.md; is "NDJSON too" "$(head -1 out | grep -c '"advice":{"enough":false,"score":[-0-9.]*,"edits":\[{"what":"remove ')" 1
check --format json posts/wrong.md; lacks "no other command has them" out '"advice"'
finish
