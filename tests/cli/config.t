#!/bin/sh
# .assay.yaml: every key, its errors with their places, overrides, origins, excludes, waivers, levels.
. "$(dirname "$0")/lib.sh"
plan 106
truth; mkdir -p posts/old vendor
wrong_article posts/a.md; wrong_article posts/old/b.md; wrong_article vendor/c.md; right_article posts/r.md
git_repository .

# ---- errors have a place
bad() { # DESCRIPTION CONTENT PLACE-AND-MESSAGE
    printf "$2" >.assay.yaml; run check posts/a.md
    is "$1" "$status $(cat err)" "2 assay: .assay.yaml$3"
}
bad "an unknown key" 'style: essay\nthreshhold: 3\n' ":2:1: unknown key 'threshhold' in the configuration; did you mean 'threshold'?"
bad "a key that stands twice" 'style: essay\nstyle: essay\n' ":2:1: key 'style' stands twice"
bad "a number that is none" 'threshold: high\n' ":1:12: threshold takes a number"
bad "a choice that is none" 'fail-on: fatal\n' ":1:10: fail-on takes one of note|warning|error"
bad "a flag that is none" 'untrusted: perhaps\n' ":1:12: untrusted takes true or false"
bad "a size that is none" 'max-size: 3X\n' ":1:11: max-size takes a size such as 4096, 512K or 2M, at most 2047M, not '3X'"
printf 'style: essai\n' >.assay.yaml; run check posts/a.md
has "a style that is none" err "assay: .assay.yaml:1:8: unknown style 'essai'; did you mean 'essay'? Known: announcement, "
bad "an unknown lint" 'lints: {\n  lenght: off}\n' ":2:3: unknown lint 'lenght'; did you mean 'length'?"
bad "the truth stage is no lint" 'lints:\n  truth-contradicted: off\n' ":2:3: 'truth-contradicted' is no lint: use fail-on-claims or threshold, or a waiver with a reason"
bad "a level that is none" 'lints:\n  length: loud\n' ":2:11: a lint takes one of off|note|warning|error"
bad "braces in a pattern" 'overrides:\n  - files: ["posts/**/*.{md,mdx}"]\n    style: essay\n' ":2:13: files: braces are not taken apart here: give each pattern, or write \\{ for a brace"
bad "an empty claim to waive" 'waivers:\n  - {claim: "", reason: x}\n' ":2:13: claim takes a text"
bad "an empty fact" 'waivers:\n  - {fact: " ", reason: x}\n' ":2:12: fact takes a text"
bad "an empty rule" 'waivers:\n  - {rule: , reason: x}\n' ":2:12: rule takes a text"
bad "a list of claims" 'waivers:\n  - {claim: [a, b], reason: x}\n' ":2:13: claim takes a text"
printf "exclude: ['a\\\\{b}.md', '[{]c}.md']\n" >.assay.yaml; right_article 'a{b}.md'; right_article '{c}.md'; mkdir -p braced; mv 'a{b}.md' '{c}.md' braced; right_article braced/d.md
run check --no-exit --format json braced; is "braces that are meant" "$(get /summary/files out)" 1; rm -r braced
bad "a negated pattern" 'exclude: ["!a.md"]\n' ":1:11: exclude: patterns are not negated here: name what is meant"
bad "an override without files" 'overrides:\n  - style: essay\n' ":2:5: an override needs files: [globs]"
bad "an override for no files" 'overrides:\n  - {files: [], style: essay}\n' ":2:13: files: an empty list matches nothing"
bad "a waiver for none" 'waivers:\n  - {claim: x, files: [], reason: y}\n' ":2:23: files: an empty list matches nothing"
bad "a class that is none" 'exclude: ["[[:nosuch:]].md"]\n' ":1:11: exclude: an unknown class: [:alnum:] and its like are those of POSIX"
bad "a bracket that is left open" 'exclude: ["a[b.md"]\n' ":1:11: exclude: a [ without its ]: write \\[ for a bracket"
bad "an override's unknown key" 'overrides:\n  - {files: a, rules: x}\n' ":2:16: unknown key 'rules' in an override"
bad "a waiver without a reason" 'waivers:\n  - {claim: x, reason: " "}\n' ":2:5: a waiver needs a reason"
bad "a waiver of everything" 'waivers:\n  - {reason: because}\n' ":2:5: a waiver names one of claim, fact and rule"
bad "a waiver of an article that tells too little" 'waivers:\n  - {rule: truth-thin, reason: because}\n' ":2:12: it is of the whole article: use fail-on-claims, about: auto, or a baseline"
bad "a waiver of all claims at once" 'waivers:\n  - {rule: truth-contradicted, reason: because}\n' ":2:12: claims are waived one by one, with 'claim: TEXT' or 'fact: ID'"
bad "a waiver until no day" 'waivers:\n  - {claim: x, reason: y, until: soon}\n' ":2:34: until takes a date such as 2026-12-31"
bad "nor a day that no month has" 'waivers:\n  - {claim: x, reason: y, until: 2026-13-45}\n' ":2:34: until takes a date such as 2026-12-31"
bad "nor the 29th of a February that ends before" 'waivers:\n  - {claim: x, reason: y, until: 2026-02-29}\n' ":2:34: until takes a date such as 2026-12-31"
bad "a waiver of the score" 'waivers:\n  - {rule: score-below-minimum, reason: y}\n' ":2:12: a score is no finding that a waiver could reach: use threshold, or a baseline"
bad "a number beyond all bounds" 'threshold: 1e999\n' ":1:12: threshold takes a number"
printf 'overrides:\n  - {files: [other/], style: essai}\n' >.assay.yaml; run check posts/a.md
has "an override that no article of the run asks for" err ".assay.yaml:2:30: unknown style 'essai'; did you mean 'essay'?"
run_bad_manifest() { printf 'overrides:\n  - {files: [other/], manifest: nosuch.yaml}\n' >.assay.yaml; run check posts/a.md; }
run_bad_manifest; is "nor its manifest" "$status $(cat err)" "2 assay: .assay.yaml:2:33: ./nosuch.yaml: cannot open: No such file or directory"
printf 'waivers:\n  - {rule: nosuch, reason: y}\n' >.assay.yaml; run check posts/a.md; is "no rule is proposed that is not near" "$status $(cat err)" "2 assay: .assay.yaml:2:12: unknown rule 'nosuch': 'assay rules' lists them"
printf 'waivers:\n  - {rule: lenght, reason: y}\n' >.assay.yaml; run check posts/a.md; has "one that is near is" err "did you mean 'length'?"
printf 'style: x\n' >.assay.yaml; run check posts/a.md; has "nor a style" err "unknown style 'x'. Known: "
printf 'overrides:\n  - {files: [other/], manifest: site.yaml}\n' >.assay.yaml; run check --format json --no-exit posts/a.md
is "one that could be read is not this run's" "$status $(get /assay/manifest out)" "0 null"
rm .assay.yaml; ln -s gone.yaml .assay.yaml; run check posts/a.md; is "a configuration that is a link to nothing" "$status $(cat err)" "2 assay: .assay.yaml: cannot open: No such file or directory"; rm .assay.yaml
printf 'style: [essay\n' >.assay.yaml
run check posts/a.md; grep -q '^assay: .assay.yaml:[0-9]*:[0-9]*: ' err; yes_no "YAML that is none" $? "$(cat err)"

# ---- every key has its effect
cat >.assay.yaml <<'END'
default-style: essay
manifest: site.yaml
about: ours
exclude: [vendor/]
lints:
  length: off
  frontmatter-key: note
overrides:
  - files: [posts/old/]
    threshold: -200
    fail-on-claims: never
END
run check posts/a.md
is "manifest, about" "$status $(grep -c 'truth-contradicted' out)" "1 1"
is "lints: off and note" "$(grep -c '\[length\]' out) $(grep -c 'note \[frontmatter-key\]' out)" "0 1"
run check posts/old/b.md
is "an override's threshold and claims policy" "$status" 0
(cd posts/old && "$ASSAY" check b.md >/dev/null); is "the configuration is found upward" $? 0
run check vendor/c.md
is "a named file is judged though excluded" "$(tail -1 out)" "1 file: 0 passed, 1 failed, 0 not judged"
run check --force-exclude vendor/c.md
is "but not with --force-exclude" "$status $(tail -1 out)" "0 0 files: 0 passed, 0 failed, 0 not judged"
run check .
is "and not when a folder is named" "$(tail -1 out)" "3 files: 1 passed, 2 failed, 0 not judged"
run check --threshold -1000 --fail-on-claims never posts/a.md
is "flags outrank the file" "$status" 0
run check --no-config posts/a.md
is "--no-config leaves it out" "$(grep -c truth-contradicted out)" 0
run check --config posts/none.yaml posts/a.md
is "a named configuration must be there" "$status $(cat err)" "2 assay: posts/none.yaml: cannot open: No such file or directory"
# This lint is a note unless a style or the configuration makes it more.
printf 'lints: {code-language: error}\n' >levels.yaml
printf -- '---\ntitle: x\nstyle: essay\n---\n\nWords.\n\n```\ncode\n```\n\n```\ncode\n```\n' >code.md
run check --config levels.yaml --format json code.md
is "a level may be raised" "$(get '/articles/0/findings/?rule=code-language/level' out)" error

# ---- origins
run check --print-config --threshold 7 posts/old/b.md
has "--print-config names every origin" out "# settings for posts/old/b.md" "threshold: 7  # --threshold" \
    "default-style: essay  # .assay.yaml:1:16" "manifest: ./site.yaml  # .assay.yaml:2:11" \
    "fail-on-claims: never  # .assay.yaml:11:21" "fail-on: error  # default" "- vendor/  # .assay.yaml:4:11" \
    "length: off  # .assay.yaml:6:11" "# this article is not excluded and not published"
run check --print-config vendor/c.md; has "and says what is excluded, and by what" out "# this article is excluded by .assay.yaml:4:11 and not published"

# ---- untrusted, in every spelling of true
printf 'untrusted: yes\n' >.assay.yaml
run check --print-config posts/a.md; has "yes means true" out "untrusted: true  # .assay.yaml:1:12"
printf -- '---\ntitle: x\ndescription: y\nstyle: announcement\n---\n\nWords.\n' >lax.md
run check --format json lax.md
[ "$(get /articles/0/style out)" != announcement ]; yes_no "an untrusted draft does not choose its style" $?

# ---- waivers
cat >.assay.yaml <<'END'
manifest: site.yaml
about: ours
default-style: essay
waivers:
  - {fact: caddy.version, files: [posts/a.md], reason: quotes the vendor, until: 2999-12-31}
  - {rule: length, files: [posts/], reason: a short one}
END
run check --format json posts/a.md; cp out w.json
is "a waived claim is counted" "$(get /articles/0/coverage/waived w.json)" 1
is "with its reason" "$(get '/articles/0/claims/?verdict=contradicted/reason' w.json)" "quotes the vendor"
is "and costs no points" "$(get /articles/0/contradictionPoints w.json)" 0
run check posts/a.md; has "the verdict line counts waivers" out "1 waived" "1 finding waived" "not judged, 2 waived"
run check posts/old/b.md; lacks "a waiver holds for its files only" out "), 1 waived"
run check --format sarif posts/a.md; is "SARIF: a waiver is the operator's, of a rule too" "$(tr '{' '\n' <out | grep -c '"kind":"external"') $(grep -c inSource out)" "2 0"
sed -i 's/2999/2020/' .assay.yaml; run check posts/a.md
has "an expired waiver waives nothing and says so" out "[truth-contradicted]" "warning [waiver-expired] the waiver for this expired on 2020-12-31 (.assay.yaml:5)"
run check posts/r.md; lacks "but only where it would have waived" out waiver-expired

# ---- cache
run check --cache-location cache posts/r.md
[ ! -e cache ] && [ "$status" != 2 ]; yes_no "--cache-location is accepted and needs no file" $?
run check --style; is "a flag without its argument" "$status $(cat err)" "2 assay: --style needs an argument: --style NAME"
for flag in manifest baseline style threshold rules config output stdin-filename changed-since; do run check "--$flag" "" posts/r.md; [ "$status" = 2 ] || echo "$flag"; run check "--$flag=" posts/r.md; [ "$status" = 2 ] || echo "$flag="; done >accepted
is "an empty argument is no argument" "$(cat accepted) $(head -1 err)" " assay: --changed-since needs an argument, and this one is empty: is a variable not set?"

# ---- what fails the gate, and nothing else
cat >.assay.yaml <<'END'
default-style: essay
lints: {length: off, frontmatter-key: off}
threshold: -1000
END
claims() { run check --manifest site.yaml --about ours "$@" posts/a.md; }
claims --fail-on-claims never --fail-on note; is "--fail-on-claims never, at every level" "$status $(grep -c 'warning .truth-contradicted' out)" "0 1"
claims --fail-on-claims never --fail-on warning --format junit; is "in JUnit too" "$(grep -c '<failure' out)" 0

# ---- an article about the operation that tells hardly a fact
{ printf 'assay-facts: 1\nas_of: 2026-05-18\ncomponents:\n'
  for name in Avocet Bittern Curlew Dotterel Egret; do printf '  - {id: %s, aliases: [%s], scheme: semver, version: 2.8.4}\n' "$name" "$name"; done; } >birds.yaml
thin() { # WORDS FACTS [FLAGS]   a page of about so many words, with so many true versions
    { printf '%s\n' --- 'title: Thin' 'date: 2026-05-18' 'style: essay' --- ''
      i=0; while [ $i -lt "$1" ]; do printf 'Seldom do ten words say so little of anything. '; i=$((i + 9)); done; echo
      i=0; for name in Avocet Bittern Curlew Dotterel Egret; do [ $i -lt "$2" ] && printf '\nWe run %s 2.8.4, and %s 2.8.4 it is.\n' $name $name; i=$((i + 1)); done; } >thin.md
    run check --no-config --threshold -1000 --manifest birds.yaml --about ours $3 $4 thin.md
}
thin 420 1; is "420 words need two facts, not one told twice" "$(sed -n 's/.*\(error .truth-thin. .*\): say.*/\1/p' out)" "error [truth-thin] it tells 1 of the manifest's facts; $(sed -n 's/.*, \([0-9]*\) words.*/\1/p' out) words about the operation need 2"
thin 420 2; is "and have them" "$(grep -c truth-thin out)" 0
thin 100 0; is "a short one needs none" "$(grep -c truth-thin out)" 0
thin 1900 5; is "five are enough" "$(grep -c truth-thin out)" 0
thin 420 1; run facts --no-exit --no-config --manifest birds.yaml --about ours thin.md; is "'assay facts' says so, too" "$(grep -c 'error .truth-thin. it tells 1' out)" 1
thin 420 0 --fail-on-claims never; is "a warning where claims never fail" "$(grep -c 'warning .truth-thin' out)" 1

printf -- '---\ntitle: x\nstyle: essay\n---\n\n<!-- assay-disable-file length -->\n\nWords.\n' >warned.md
run check --format junit --fail-on warning warned.md; is "JUnit fails what failed the gate" "$status $(grep -c '<failure type="warning"' out) $(grep -c 'failures="1"' out)" "1 1 2"
run check --format junit warned.md; is "and nothing else" "$status $(grep -c '<failure' out)" "0 0"
run check --fail-on-claims unverified posts/a.md
is "no claim is verified without a manifest" "$status $(cat err)" "2 assay: --fail-on-claims: posts/a.md has no manifest to verify its claims with, and all of them would pass: name one"
claims --fail-on-claims unverified; is "with one they are" "$status" 1

# ---- standard input is judged as the file it stands for
mkdir -p posts/in; printf 'threshold: -999\nexclude: ["*"]\n' >posts/in/.assay.yaml; right_article posts/in/x.md
"$ASSAY" check --no-exit --format json posts/in/x.md >a.json; "$ASSAY" check --no-exit --format json --stdin-filename posts/in/x.md - <posts/in/x.md >b.json
cmp -s a.json b.json; yes_no "the same configuration, and no exclude" $? "$(diff a.json b.json)"
(cd posts && "$ASSAY" check --no-exit --format json --stdin-filename in/x.md - <in/x.md >../c.json); is "from another folder" "$(get /articles/0/minimum c.json)" -999
"$ASSAY" check --force-exclude --stdin-filename posts/in/x.md - <posts/in/x.md >out; is "--force-exclude holds for it" "$? $(cat out)" "0 0 files: 0 passed, 0 failed, 0 not judged"
"$ASSAY" check --stdin-filename posts/in/x.md <posts/in/x.md >out 2>err; is "its name alone does not choose it" "$? $(cat out err)" "2 assay: --stdin-filename names standard input, which is not to be read: add '-' to the operands"
"$ASSAY" check --no-exit --no-config --quiet - posts/r.md <posts/r.md >out; has "without a name it has none" out "<stdin>: FAIL" "posts/r.md: FAIL"

# ---- every article once, and those behind links too
rm -f .assay.yaml posts/in/.assay.yaml; mkdir -p deep/real deep/q away; right_article deep/real/x.md; right_article away/y.md
ln -s ../real deep/q/again; ln -s .. deep/q/up; ln -s ../away deep/elsewhere; ln -s nowhere deep/dangling
names() { sed -n 's/^\(.*\): \(pass\|FAIL\)  score.*/\1/p' out | tr '\n' '|'; }
run check --quiet deep; is "links to folders are followed once, and in no circle" "$(names)" "deep/real/x.md|deep/elsewhere/y.md|"
run check --quiet deep/q; is "from wherever the walk begins" "$(names)" "deep/q/again/x.md|"
run check --quiet deep ./deep/real/x.md away "$PWD/deep/q/again/x.md"; is "what is named twice is judged once" "$(names)" "deep/real/x.md|deep/elsewhere/y.md|"
run check --format gitlab posts/a.md posts/a.md ./posts/a.md; is "with one fingerprint" "$(grep -o '"fingerprint":"[0-9a-f]*"' out | sort | uniq -d)" ""

# ---- a folder of which nothing is left was to be judged: that is no pass
mkdir -p site/drafts site/posts; wrong_article site/drafts/d.md; right_article site/posts/p.md; printf 'exclude: [drafts/]\nthreshold: -1000\nlints: {length: off, frontmatter-key: off}\n' >site/.assay.yaml
run check --quiet site/drafts; is "all of a folder excluded" "$status $(head -1 out)" "2 site/drafts:1:1: error [not-judged] all articles in this folder are excluded"
run check --quiet site; is "a part of it" "$status $(tail -1 out)" "0 1 file: 1 passed, 0 failed, 0 not judged"
run check --quiet site/posts site/drafts; is "all of one of two" "$status $(tail -1 out)" "2 2 files: 1 passed, 0 failed, 1 not judged"
run check --quiet site site/drafts site/posts; is "of one inside another as well" "$status $(grep -c '^site/drafts:1:1: error' out) $(tail -1 out)" "2 1 2 files: 1 passed, 0 failed, 1 not judged"
(cd site/drafts && "$ASSAY" check --quiet >../../out 2>&1); is "the current folder" "$? $(head -1 out)" "2 .:1:1: error [not-judged] all articles in this folder are excluded"
run check --quiet "site/dra"*; is "as a shell names it" "$status" 2
run check --quiet --force-exclude site/drafts/d.md; is "files that are named, with --force-exclude" "$status $(cat out)" "0 0 files: 0 passed, 0 failed, 0 not judged"
run batch site/drafts; is "batch" "$status $(cat err) $(tail -1 out)" "2 assay: site/drafts: all articles in this folder are excluded 1 draft: 0 passed, 0 failed, 1 not judged"
echo site/drafts >list; run batch list; is "a folder in batch's list" "$status" 2
run explain site; is "explain passes what is excluded by" "$status $(grep -c 'site/drafts' out)" "0 0"
printf 'manifest: ../site.yaml\nabout: ours\n' >>site/.assay.yaml; sed -i 's/Caddy 1.2.3/nginx 1.24.0/' site/drafts/d.md
run manifest gaps site; is "so do the gaps" "$status $(grep -c nginx out)" "0 0"
run check --print-config site/drafts; is "--print-config still shows it" "$status $(tail -1 out | sed 's/ by .*:[0-9]*:[0-9]*//')" "0 # this article is excluded and not published"

# ---- what an outer configuration excludes, an inner one does not take back
mkdir -p outer/q/deep outer/kept outer/module; git_repository outer; git_repository outer/module
printf 'exclude: [q/, /module]\n' >outer/.assay.yaml; printf 'threshold: 1\n' >outer/q/.assay.yaml; printf 'exclude: [old.md]\n' >outer/kept/.assay.yaml
for name in a q/c q/deep/d kept/new kept/old module/m; do right_article "outer/$name.md"; done
judged() { cd outer; run check --no-exit --format json "$@" .; cd ..; tr ',{' '\n' <outer/out | sed -n 's/^ *"path": "\([^"]*\)".*/\1/p' | tr '\n' ' '; }
is "excludes of outer configurations hold" "$(judged)" "./a.md ./kept/new.md "
run check --print-config outer/q/deep/d.md; is "--print-config says whose" "$(grep -c '^threshold: 1  # outer/q/.assay.yaml:1:12' out) $(tail -1 out)" "1 # this article is excluded by outer/.assay.yaml:1:11 and not published"
run check --force-exclude outer/q/c.md; is "for a named file with --force-exclude" "$(tail -1 out)" "0 files: 0 passed, 0 failed, 0 not judged"
run check --no-exit --format json outer/q/c.md; is "not without" "$(get /summary/files out)" 1
run check outer/q; is "a folder that is named and all excluded" "$status $(head -1 out)" "2 outer/q:1:1: error [not-judged] all articles in this folder are excluded"
run check --no-exit --format json outer/module; is "a repository that is named itself is judged" "$(get /summary/files out) $(get /summary/errors out)" "1 0"
printf 'nonsense: 1\n' >outer/q/.assay.yaml; is "what is excluded needs no configuration that can be read" "$(judged)" "./a.md ./kept/new.md "
finish
