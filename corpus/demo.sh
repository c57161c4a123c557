#!/bin/sh
# `make demo`: the corpus through the gate. Shows a pass, several failures, an explanation, and the article that the
# published ruler passes and assay fails; writes the corpus's HTML report. In: ASSAY, the program; REPORT, a folder
# (default: build/demo). Always exits 0 unless something could not be judged.
set -u
: "${ASSAY:?}"
articles=corpus/articles manifests=corpus/manifests
say() { printf '\n--- %s\n' "$*"; }
run() { printf '$ assay %s\n' "$*"; "$ASSAY" "$@"; status=$?; [ $status -le 1 ] || exit $status; }

say "An article that an editor would publish: it passes"
run check --manifest $manifests/kestrel.yaml $articles/kestrel/pass/two-servers-one-gb10.md
say "Ways to fail: malformed frontmatter, a fence around the whole article, one sentence said forty times"
run check --quiet $articles/kestrel/fail/broken-frontmatter.md $articles/kestrel/fail/fenced-whole.md $articles/kestrel/fail/flat-anaphora.md
say "Invented specifics: the published ruler pays for them and passes the article ..."
run check --rules rules/published --style conclusion $articles/kestrel/fail/spec-sheet.md
say "... and assay, with the operator's manifest, does not"
run check --manifest $manifests/kestrel.yaml $articles/kestrel/fail/spec-sheet.md
say "What earned and what lost points, and the cheapest edits that would pass"
run explain --manifest $manifests/harborlight.yaml $articles/harborlight/fail/too-short.md
say "The whole corpus, each operation with its own manifest"
report=${REPORT:-build/demo}
mkdir -p "$report"
for operation in kestrel harborlight saltmarsh; do
    printf '$ assay check --quiet --manifest %s %s\n' $manifests/$operation.yaml $articles/$operation
    "$ASSAY" check --quiet --manifest $manifests/$operation.yaml $articles/$operation >"$report/$operation.txt"
    status=$?
    [ $status -le 1 ] || exit $status
    tail -1 "$report/$operation.txt"
done
say "A small model writes two drafts from a brief and the operator's facts; fluent, confident, and the gate fails both"
drafts=$(mktemp -d)
run draft --brief corpus/briefs/kestrel-ninety-nights.yaml --manifest $manifests/kestrel.yaml --about ours \
    --model corpus/model/babbler.gguf --temperature 1 --max-tokens 300 -n 2 --out "$drafts/kestrel" 2>/dev/null
rm -rf "$drafts"
# One page for all three: the configuration names each operation's manifest, as an operator's would.
config=$report/demo.assay.yaml
{ echo 'overrides:'; for operation in kestrel harborlight saltmarsh; do echo "  - {files: ['$operation/'], manifest: '$PWD/$manifests/$operation.yaml'}"; done; } >"$config"
"$ASSAY" check --quiet --config "$config" --format html --output "$report/corpus.html" $articles >/dev/null
status=$?
[ $status -le 1 ] || exit $status
say "The report of the whole corpus, a page for a browser"
echo "file://$(cd "$report" && pwd)/corpus.html"
