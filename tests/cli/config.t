#!/bin/sh
# .assay.yaml: every key, its errors with their places, overrides, origins, excludes, waivers, levels.
. "$(dirname "$0")/lib.sh"
plan 42
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
bad "a negated pattern" 'exclude: ["!a.md"]\n' ":1:11: exclude: patterns are not negated here: name what is meant"
bad "an override without files" 'overrides:\n  - style: essay\n' ":2:5: an override needs files: [globs]"
bad "an override's unknown key" 'overrides:\n  - {files: a, rules: x}\n' ":2:16: unknown key 'rules' in an override; did you mean 'files'?"
bad "a waiver without a reason" 'waivers:\n  - {claim: x, reason: " "}\n' ":2:5: a waiver needs a reason"
bad "a waiver of everything" 'waivers:\n  - {reason: because}\n' ":2:5: a waiver names one of claim, fact and rule"
bad "a waiver of all claims at once" 'waivers:\n  - {rule: truth-contradicted, reason: because}\n' ":2:12: claims are waived one by one, with 'claim: TEXT' or 'fact: ID'"
bad "a waiver until no day" 'waivers:\n  - {claim: x, reason: y, until: soon}\n' ":2:34: until takes a date such as 2026-12-31"
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
run check --print-config vendor/c.md; has "and says what is excluded" out "# this article is excluded"

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
run check posts/a.md; has "the verdict line counts waivers" out "1 waived" "1 finding suppressed"
run check posts/old/b.md; lacks "a waiver holds for its files only" out "1 waived"
sed -i 's/2999/2020/' .assay.yaml; run check posts/a.md
has "an expired waiver waives nothing and says so" out "[truth-contradicted]" "warning [waiver-expired] the waiver for this expired on 2020-12-31 (.assay.yaml:5)"
run check posts/r.md; lacks "but only where it would have waived" out waiver-expired

# ---- cache
run check --cache-location cache posts/r.md
[ ! -e cache ] && [ "$status" != 2 ]; yes_no "--cache-location is accepted and needs no file" $?
run check --style; is "a flag without its argument" "$status $(cat err)" "2 assay: --style needs an argument: --style NAME"
finish
