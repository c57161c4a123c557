#!/bin/sh
# `assay rules`: a folder of rules of one's own, its test lines, what is refused in it.
. "$(dirname "$0")/lib.sh"
plan 11
cp -R "$root/rules" mine; rm -rf mine/published
run rules --rules mine test; is "a copy passes its tests" "$status $(grep -c ' 0 failed' out)" "0 1"
lint=heading-echo; sed -i 's/^level: .*/level: off/' mine/lints/$lint.yaml; sed -i "/^ *$lint:/d" mine/styles/*.yaml
run rules --rules mine test $lint; is "a lint that is off, too" "$status $(grep -c ' 0 failed' out)" "0 1"
printf "lints:\n  $lint: off\n" >>mine/styles/essay.yaml
run rules --rules mine test $lint; is "and one that the style switches off" "$status $(grep -c "$lint: off" mine/styles/essay.yaml) $(grep -c ' 0 failed' out)" "0 1 1"
sed -i 's/^message: .*/message: "see {nosuch}"/' mine/lints/$lint.yaml
run rules --rules mine; is "a message that names something unknown to fill in" "$status $(sed 's/.*mine/mine/; s/:[0-9]*:10:/:LINE:10:/' err)" "2 mine/lints/$lint.yaml:LINE:10: unknown placeholder '{nosuch}': {text}, {n} and {limit} are filled in"
sed -i 's/^default_style: .*/default_style: nope/' mine/ruleset.yaml; sed -i 's/^message: .*/message: "{text}"/' mine/lints/$lint.yaml
run rules --rules mine; is "a default style without a file" "$status $(sed 's/^assay: //' err)" "2 mine/ruleset.yaml:$(grep -n default_style mine/ruleset.yaml | cut -d: -f1):16: default style 'nope' has no file in styles/"
sed -i 's/^default_style: .*/default_style: essay/' mine/ruleset.yaml
rm mine/lints/$lint.yaml; sed -i "/^ *$lint:/d" mine/styles/*.yaml; run rules --rules mine $lint; is "what is not there is not" "$status" 2
# The published ruler pays with a manifest what it pays without one, so its bar is the same.
page=$root/corpus/articles/kestrel/fail/bullet-spam.md; score='s/.* \([0-9.]* of [0-9.]*\) .*/\1/p'
run check --no-config --rules "$root/rules/published" --style conclusion "$page"; alone=$(sed -n "$score" out)
run check --no-config --rules "$root/rules/published" --style conclusion --manifest "$root/corpus/manifests/kestrel.yaml" "$page"
is "the published bar is not lowered by a manifest" "$status $(sed -n "$score" out | cut -d' ' -f3)" "1 $(echo "$alone" | cut -d' ' -f3)"
# what a manifest changes in what a signal pays
run rules h2_count; has "what no fact vouches for" out "with a manifest: counted and not paid: no fact can vouch for it"
run rules lexical_diversity triple_bullet_lists version_refs em_dashes; has "a window, a fine, a specific, nothing" out "in windows of 20 words" "counted and not fined" "with a manifest: pays what a supported claim holds" "with a manifest: the same"
is "every signal's page says it" "$(grep -L '^| with a manifest | ..*(../manifest.md#what-earns)) |$' "$root"/docs/signals/*_*.md)" ""
# A share of what no fact vouches for, in the signals that a fact can vouch for.
rm -rf mine; cp -R "$root/rules" mine; rm -rf mine/published; sed -i 's/^unverified_share: .*/unverified_share: 0.5/' mine/styles/*.yaml
run check --no-config --rules mine --manifest "$root/corpus/manifests/kestrel.yaml" "$root/corpus/articles/kestrel/pass/ninety-nights.md"
is "a share is paid, and none for headings" "$(grep -c 'counts* in full' out) $(sed -n 's/^ *h2_count .* \([0-9.]*\)  not paid.*/\1/p' out)" "3 0.0"
finish
