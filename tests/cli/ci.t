#!/bin/sh
# The CI recipes, run as the services would run them: the steps of action.yml out of that file, GitLab's script line, the
# shell gate, the Makefile recipe, the pre-deploy gate over Astro's and Hugo's layouts.
. "$(dirname "$0")/lib.sh"
plan 38
truth
mkdir -p bin && ln -s "$ASSAY" bin/assay; PATH=$scratch/bin:$PATH
site() { # FOLDER CONTENT...
    top=$1; shift
    mkdir -p "$top"
    printf 'manifest: %s/site.yaml\nabout: ours\nthreshold: -1000\nlints: {length: off, frontmatter-key: off}\n' "$scratch" >"$top/.assay.yaml"
    for folder; do mkdir -p "$top/$folder"; right_article "$top/$folder/right.md"; done
}

# ---- GitHub: the steps as they stand in action.yml
action=$root/action.yml
runs=$(sed -n 's/^      run: //p' "$action")
is "the composite action has two run steps" "$(printf '%s\n' "$runs" | grep -c .)" 2
is "every input is handed on" "$(grep -c 'ASSAY_[A-Z]*: ${{ inputs\.' "$action")" "$(sed -n '/^inputs:/,/^outputs:/p' "$action" | grep -c '^  [a-z]*:$')"
build=$(printf '%s\n' "$runs" | head -1); step=$(printf '%s\n' "$runs" | tail -1)
GITHUB_ACTION_PATH=$root; export GITHUB_ACTION_PATH
printf '%s -n\n' "$build" >build.sh; sh -e build.sh >out 2>&1; yes_no "the build step is a build that make knows" $? "$(tail -3 out)"
site gh content; wrong_article gh/content/wrong.md; cd gh
gate_step() { printf '%s\n' "$step" >../step.sh; ASSAY_PATHS=$1 ASSAY_MANIFEST=${2:-} ASSAY_ARGS=${3:-} ASSAY_SARIF=assay.sarif ASSAY_HTML=assay.html GITHUB_STEP_SUMMARY=$scratch/summary.md sh -e ../step.sh >../out 2>../err; status=$?; }
gate_step content; is "the gate step fails on a wrong article" "$status" 1
has "with annotations" ../out "::error file=content/wrong.md,line=9,"
has "with a summary" ../summary.md "| content/wrong.md | **fail** |" "| content/right.md | pass |"
valid "with SARIF" tests/data/schemas/sarif.schema.json assay.sarif
has "with a page" assay.html "<!doctype html>"
gate_step content/right.md "$scratch/site.yaml" "--quiet --no-config --threshold -1000 --fail-on-claims never --no-exit"; is "manifest and flags are handed on" "$status $(cat ../err)" "0 "
gate_step nowhere; is "a path that is not there is trouble" "$status" 2
cd ..

# ---- GitLab: the script line of the template
line=$(sed -n '/^  script:/,/^  artifacts:/s/^    - //p' "$root/hooks/ci/gitlab.yml")
site gl content; wrong_article gl/content/wrong.md; cd gl; printf '%s\n' "$line" >../line.sh
ASSAY_PATHS=content ASSAY_MANIFEST='' ASSAY_ARGS='' sh -e ../line.sh >../out 2>../err; is "GitLab's script fails on a wrong article" "$? $(cat ../err)" "1 "
valid "its code quality report" tests/data/schemas/gitlab.schema.json gl-code-quality-report.json
has "its JUnit report" assay-junit.xml '<testcase classname="content/wrong.md" name="truth-contradicted: '
is "the reports are those that the template uploads" "$(sed -n 's/^ *\(codequality\|junit\): //p' "$root/hooks/ci/gitlab.yml" | while read -r f; do [ -s "$f" ] && echo yes; done | tr '\n' ' ')" "yes yes "
rm content/wrong.md; ASSAY_PATHS=content ASSAY_MANIFEST='' ASSAY_ARGS='' sh -e ../line.sh >../out 2>&1; is "and passes without it" $? 0
cd ..

# ---- any service that runs a shell
site any content; cd any
sh "$root/hooks/ci/gate.sh" content >../out; is "gate.sh passes" "$? $(ls assay-report | tr '\n' ' ')" "0 assay.json assay.sarif assay.xml "
wrong_article content/wrong.md; sh "$root/hooks/ci/gate.sh" content >../out; is "gate.sh fails" $? 1
make -s -f "$root/hooks/ci/Makefile.recipe" gate >../out 2>&1; is "the Makefile recipe fails" $? 2
recipe() { make -s -f "$root/hooks/ci/Makefile.recipe" "$@" >../out 2>&1; status=$?; }
recipe deploy DEPLOY='touch never'; is "and deploys nothing" "$status $(ls never 2>/dev/null)" "2 "
has "make says which exit code it was" ../out "Error 1"
printf 'styel: x\n' >>.assay.yaml; sh "$root/hooks/ci/gate.sh" content >../out 2>&1; is "a gate that could not begin leaves no older reports" "$? $(ls assay-report)" "2 "
sed -i '$d' .assay.yaml; rm content/wrong.md
recipe deploy DEPLOY='touch deployed'; is "a clean site is deployed" "$status $(ls deployed)" "0 deployed"
recipe deploy; is "a deploy without its command is no deploy" "$status $(grep -c 'set DEPLOY' ../out)" "2 1"
cd ..

# ---- before a deploy
site astro src/content/blog src/pages; right_article astro/src/content/blog/second.mdx; mkdir -p astro/src/components
SITE=astro sh "$root/hooks/ci/predeploy.sh" -- touch 'astro deployed' >out 2>&1; is "Astro: a clean site is deployed" "$?" 0
[ -e 'astro deployed' ] && grep -q '"files\|right.md' astro/assay-report/index.html && has_pages=$(grep -o 'src/pages/right.md' astro/assay-report/index.html | head -1); is "from both folders" "${has_pages:-}" src/pages/right.md
wrong_article astro/src/pages/wrong.md
SITE=astro PUBLISH='cp "$1" published.html' sh "$root/hooks/ci/predeploy.sh" -- touch never >out 2>&1; is "Astro: a wrong page blocks" "$? $(ls never 2>/dev/null)" "1 "
has "and the report is published all the same" published.html "src/pages/wrong.md"
site hugo content/posts; wrong_article hugo/content/posts/w.md
SITE=hugo sh "$root/hooks/ci/predeploy.sh" -- touch never >out 2>&1; is "Hugo: a wrong post blocks" "$? $(ls never 2>/dev/null)" "1 "
site shut content/drafts; echo 'exclude: [content/drafts/]' >>shut/.assay.yaml
SITE=shut sh "$root/hooks/ci/predeploy.sh" -- touch never >out 2>&1; is "content that is all excluded is trouble" "$? $(ls never 2>/dev/null) $(head -1 out)" "2  shut/content:1:1: error [not-judged] all articles in this folder are excluded"
(cd shut && sh "$root/hooks/ci/gate.sh" content >../out 2>&1); is "for the shell gate too" $? 2
# ---- no report of an earlier run is published for one that could not begin
site stale content; SITE=stale PUBLISH='cp "$1" first.html' sh "$root/hooks/ci/predeploy.sh" -- true >out 2>&1; is "a report is published" "$? $([ -s first.html ] && echo yes)" "0 yes"
echo 'styel: x' >>stale/.assay.yaml
SITE=stale PUBLISH='cp "$1" second.html' sh "$root/hooks/ci/predeploy.sh" -- touch never >out 2>&1; is "and not once more where the gate could not begin" "$? $(ls second.html never 2>/dev/null)" "2 "
has "which is said" out "unknown key 'styel'" "predeploy: no report was written"; lacks "and nothing else" out "report in"
is "nor does it stay where others look for it" "$(cat stale/assay-report/index.html)" ""
rm -r stale/assay-report; SITE=stale sh "$root/hooks/ci/predeploy.sh" -- true >out 2>&1; is "no report at all" "$? $(grep -c 'report in' out) $(ls stale/assay-report)" "2 0 "
right_article stale/notes.md; sed -i '$d' stale/.assay.yaml; cp stale/notes.md kept.md
SITE=stale REPORT=stale/notes.md sh "$root/hooks/ci/predeploy.sh" -- true >out 2>&1; status=$?; cmp -s kept.md stale/notes.md; is "an article is neither written over nor emptied" "$status $?" "2 0"
mkdir bare; SITE=bare sh "$root/hooks/ci/predeploy.sh" -- touch never >out 2>&1; is "no content is trouble" "$? $(cat out)" "2 predeploy: no Markdown in src/content, src/pages, content or _posts of bare; set CONTENT"
finish
