#!/bin/sh
# `assay rules`: a folder of rules of one's own, its test lines, what is refused in it.
. "$(dirname "$0")/lib.sh"
plan 5
cp -R "$root/rules" mine; rm -rf mine/published
run rules --rules mine test; is "a copy passes its tests" "$status $(grep -c ' 0 failed' out)" "0 1"
lint=heading-echo; sed -i 's/^level: .*/level: off/' mine/lints/$lint.yaml; sed -i "/^ *$lint:/d" mine/styles/*.yaml
run rules --rules mine test $lint; is "a lint that is off, too" "$status $(grep -c ' 0 failed' out)" "0 1"
printf "lints:\n  $lint: off\n" >>mine/styles/essay.yaml
run rules --rules mine test $lint; is "and one that the style switches off" "$status $(grep -c "$lint: off" mine/styles/essay.yaml) $(grep -c ' 0 failed' out)" "0 1 1"
sed -i 's/^message: .*/message: "see {nosuch}"/' mine/lints/$lint.yaml
run rules --rules mine; is "a message that names something unknown to fill in" "$status $(sed 's/.*mine/mine/; s/:[0-9]*:10:/:LINE:10:/' err)" "2 mine/lints/$lint.yaml:LINE:10: unknown placeholder '{nosuch}': {text}, {n} and {limit} are filled in"
rm mine/lints/$lint.yaml; sed -i "/^ *$lint:/d" mine/styles/*.yaml; run rules --rules mine $lint; is "what is not there is not" "$status" 2
finish
