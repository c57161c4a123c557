#!/bin/sh
# What is read is not written over: a name given twice, a glob that the shell spells out, a link.
. "$(dirname "$0")/lib.sh"
plan 25
truth; mkdir posts; wrong_article a.md; wrong_article b.md; wrong_article posts/c.md; ln -s a.md link.txt; ln a.md hard.txt
printf 'style: essay\n' >conf.yaml; cp a.md a.kept
assay() { run "$@"; }
refused() { # DESCRIPTION FILE WHY
    is "$1" "$status $(cat err)" "2 assay: $2: $3, and is not written over${4:-}"
}
read='is one of the files to read'
new=': name another file'

assay check --manifest site.yaml --reason r --write-baseline a.md b.md; refused "the shell spells out --write-baseline *.md" a.md "is Markdown that is there already" "$new"
assay check --manifest site.yaml -f html -o a.md b.md; refused "and -o *.md" a.md "is Markdown that is there already" "$new"
assay check -f html -o b.md .; refused "an article of a folder" b.md "is an article to judge"
assay check -f markdown -o a.md b.md; refused "also by a report as Markdown" a.md "is Markdown that is there already" "$new"
assay check -o ./a.md a.md; refused "the article that is judged" ./a.md "$read"
assay check -o link.txt a.md; refused "by a link to it" link.txt "$read"
assay check -o hard.txt a.md; refused "by another name of it" hard.txt "$read"
assay explain -o hard.txt a.md; refused "by explain" hard.txt "$read"
assay batch -f json -o a.md a.md b.md; refused "by batch" a.md "$read"
ls a.md b.md >list; assay batch -f json -o list list; refused "the list of drafts" list "$read"
git init -q . && git add a.md && assay check --staged -o hard.txt; refused "what is staged" hard.txt "is an article to judge"; rm -rf .git
assay check --stdin-filename a.md -o hard.txt - <a.md; refused "what standard input is named" hard.txt "is an article to judge"
cmp a.md a.kept; yes_no "none of this changed the article" $?
assay check --manifest site.yaml -o ./site.yaml a.md; refused "the manifest" ./site.yaml "is the manifest"
assay check --manifest site.yaml --reason r --write-baseline site.yaml a.md; refused "by a baseline too" site.yaml "is the manifest"
assay check --config conf.yaml -o conf.yaml a.md; refused "the configuration" conf.yaml "is the configuration"
cp -r "$root/rules" rules; assay check --rules rules -o rules/ruleset.yaml a.md; refused "a rule" rules/ruleset.yaml "is one of the rules"
assay check --no-exit --manifest site.yaml --reason r --write-baseline known.json a.md
assay check --baseline known.json -o known.json a.md; refused "the baseline that is read" known.json "is the baseline"
cp known.json twice.json; assay check --no-exit --manifest site.yaml --reason r --write-baseline twice.json -o twice.json a.md
is "one file for the report and the baseline" "$status $(cat err)" "2 assay: twice.json: is to be a report and the baseline: name two files"
echo '{"mine": 1}' >mine.json; assay check --reason r --write-baseline mine.json a.md
refused "a baseline over what is none" mine.json "is there already and no baseline" "$new"

# ---- what may be written
assay check --no-exit --manifest site.yaml --reason r --write-baseline known.json a.md; is "a baseline over a baseline" "$status $(cat err)" "0 assay: known.json: written with 2 findings of 1 article"
: >empty.json; assay check --no-exit --manifest site.yaml --reason r --write-baseline empty.json a.md; is "and over an empty file" "$status $(grep -c assay-baseline empty.json)" "0 1"
assay check --no-exit -o report.txt a.md; assay check --no-exit -o report.txt a.md; is "a report over a report" "$status $(cat err)" "0 "
assay check --no-exit -f markdown -o table.md a.md; assay check --no-exit -f markdown -o table.md a.md; is "as Markdown, too" "$status $(cat err)" "0 "
assay check --no-exit -o /dev/null a.md; is "and into a device" "$status $(cat err)" "0 "
finish
