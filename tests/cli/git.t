#!/bin/sh
# --staged and --changed-since: the index's bytes, whatever the work tree looks like, in every kind of repository.
. "$(dirname "$0")/lib.sh"
command -v git >/dev/null || { echo "1..0 # SKIP git is not installed"; exit 0; }
plan 69
truth
names() { sed -n 's/^\(.*\): \(pass\|FAIL\)  score.*/\1/p' out | sort | tr '\n' '|'; }
staged() { run check --staged --no-exit --manifest "$scratch/site.yaml" --about ours "$@"; }

run check --staged; is "outside a repository" "$status $(sed 's/(.*//' err)" "2 assay: git rev-parse: fatal: not a git repository "
git init -q --bare bare; (cd bare && "$ASSAY" check --staged >../out 2>../err); is "a bare repository" "$? $(cat err)" "2 assay: git rev-parse: fatal: this operation must be run in a work tree"
mkdir repo && cd repo && git_repository .
staged; is "nothing staged, no commit" "$status $(tail -1 out)" "0 0 files: 0 passed, 0 failed, 0 not judged"
wrong_article a.md; git add a.md
staged; is "no commit yet: everything staged is judged" "$(names)" "a.md|"
right_article a.md
staged; is "the index is judged, not the work tree" "$(grep -c 'truth-contradicted' out)" 1
wrong_article a.md; git add a.md; rm a.md
staged; is "a staged file that the work tree lacks" "$(names)" "a.md|"
git commit -qm one; git checkout -q -- a.md
staged; is "nothing staged" "$(names)" ""
# partial staging: the index has the right line, the work tree a wrong one more
right_article p.md; git add p.md; wrong_article p.md
staged; is "partial staging" "$(names) $(grep -c 'truth-contradicted' out)" "p.md| 0"
git commit -qm two; git checkout -q -- p.md
git mv p.md q.md; git rm -q a.md
staged; is "renamed yes, deleted no" "$(names)" "q.md|"
git commit -qm three
odd=$(printf 'two\nlines.md'); bytes=$(printf 'b\377d.md')
right_article 'a name.md'; right_article "$odd"; right_article "$bytes"; right_article '-dash.md'; right_article 'ünï.md'; echo x >other.txt; ln -s q.md link.md
git add -A
staged; is "names with spaces, newlines, other bytes" "$(names)" './-dash.md|a name.md|b\xffd.md|two\nlines.md|ünï.md|'
staged --format json; is "five of them" "$(get '/articles/#' out)" 5
staged 'a name.md'; is "operands choose among them" "$(names)" "a name.md|"
mkdir sub; right_article sub/s.md; git add -A; cd sub
run check --staged --no-exit; is "from a subfolder" "$(names | tr '|' '\n' | sed "s#$PWD#.#; s#$(dirname "$PWD")#..#" | grep -c md)" 6
run check --staged --no-exit .; is "and this folder only" "$(names)" "s.md|"
rm out err; cd ..; rm -f out err; git commit -qm four
# worktrees, indexes of their own
git worktree add -q ../tree 2>/dev/null; cd ../tree; wrong_article t.md; git add t.md
staged; is "a worktree has its own index" "$(names)" "t.md|"
cd ../repo; rm -f ../tree/out ../tree/err
staged; is "which is not ours" "$(names)" ""
right_article q.md; printf '\nMore.\n' >>q.md; wrong_article only.md
GIT_INDEX_FILE=$PWD/.git/other git add q.md only.md 2>/dev/null
GIT_INDEX_FILE=$PWD/.git/other "$ASSAY" check --staged --no-exit >out; is "git commit FILE gives an index of its own" "$(names | grep -c only.md)" 1
rm out err
# --changed-since
git checkout -q -- q.md; rm -f only.md
run check --no-exit --changed-since HEAD; rm -f err; is "nothing changed" "$(names)" ""; rm out
printf '\nMore.\n' >>q.md; right_article new.md; rm 'a name.md'
run check --no-exit --changed-since HEAD; is "changed and new, not deleted" "$(names)" "new.md|q.md|"
run check --no-exit --changed-since HEAD~1 q.md; is "operands choose here too" "$(names)" "q.md|"
run check --changed-since nosuch; is "an unknown revision" "$status $(cat err)" "2 assay: git knows no revision 'nosuch' here"
run check --changed-since --output=x; is "a flag is no revision" "$status" 2
git checkout -q -- .
# a file beyond the limit, by name; a repository with SHA-256 names
awk 'BEGIN { for (i = 0; i < 40000; i++) print "A line of some fifty bytes that says nothing at all." }' >huge.md; git add huge.md
run check --staged; has "a staged file that is too large is named" out "huge.md:1:1: error [not-judged] larger than the limit"
is "and not judged is trouble" "$status" 2
cd "$scratch"; if git init -q --object-format=sha256 long 2>/dev/null; then
    cd long; right_article a.md; git add a.md; run check --staged --no-exit; is "SHA-256 names, no commit" "$(names)" "a.md|"
else skip "this git knows no SHA-256 repositories"; fi
cd "$scratch"; PATH=/nonexistent "$ASSAY" check --staged >out 2>err; is "no git at all" "$? $(cat err)" "2 assay: cannot run git: No such file or directory"
# ---- operands that are not there, and what git only half knows
cd "$scratch/repo" && rm -f out err; git checkout -q -- . && git clean -qfd && git reset -q --hard
run check --staged nosuch/; is "an operand that is not there is not passed by" "$status $(head -1 out)" "2 nosuch/:1:1: error [not-judged] No such file or directory"
run check --changed-since HEAD q.md nosuch.md; rm -f err; is "with --changed-since too" "$status $(head -1 out)" "2 nosuch.md:1:1: error [not-judged] No such file or directory"; rm out
run check --staged sub q.md; is "one that has not changed is" "$status" 0; rm -f out err
wrong_article fresh.md; git add -N fresh.md
staged; is "an announced file is in no commit" "$(names)" ""; rm -f out err
staged fresh.md; is "and one that is named is not passed by" "$status $(head -1 out)" "2 fresh.md:1:1: error [not-judged] is announced (git add -N), and nothing of it is staged"
(cd sub && "$ASSAY" check --staged ../fresh.md >../out 2>&1); is "from a subfolder too" $? 2; rm -f out err
run check --no-exit --changed-since HEAD; rm -f err; is "but it has changed" "$(names)" "fresh.md|"; rm -f out; git rm -q --cached fresh.md; rm fresh.md
rm link.md; right_article link.md
run check --no-exit --changed-since HEAD; rm -f err; is "a link that has become an article has changed" "$(names)" "link.md|"; rm -f out
git checkout -q -- link.md; ln -s sub linked; wrong_article sub/n.md; git add sub/n.md
staged linked; is "an operand may be a link to a folder" "$(names)" "sub/n.md|"; rm -f linked
printf 'exclude: ["*"]\n' >.assay.yaml; staged sub/n.md; is "a named article is judged though excluded" "$(names)" "sub/n.md|"
staged sub; is "one below a named folder is not" "$(names)" ""; is "and a folder of which nothing is left is an error" "$status $(head -1 out)" "2 sub:1:1: error [not-judged] all articles in this folder are excluded"
run check --staged nosuch.md; is "nor does an exclude hide that an operand is not there" "$status" 2
git reset -q --hard; printf 'exclude: ["*"]\n' >.assay.yaml
run check --staged sub; is "whether anything of it has changed or not" "$status $(head -1 out)" "2 sub:1:1: error [not-judged] all articles in this folder are excluded"
run check --changed-since HEAD sub; is "with --changed-since too" "$status" 2
run facts --staged sub; is "for facts too" "$status $(head -1 out)" "2 sub:1:1: error [not-judged] all articles in this folder are excluded"
printf 'exclude: [sub/n.md]\n' >.assay.yaml; wrong_article sub/n.md; git add sub/n.md
run check --staged sub; is "one of which git has something else is passed by" "$status $(tail -1 out)" "0 0 files: 0 passed, 0 failed, 0 not judged"
run check --staged --print-config sub; is "and is no article of its own" "$(grep -c '^# settings' out)" 1; cd "$scratch"
# ---- a range compares two states of the past: what the work tree holds beside them would pass unseen
cd "$scratch/repo" && rm -f out err .assay.yaml; git reset -q --hard; git clean -qfd; wrong_article q.md
run check --changed-since HEAD~1..HEAD q.md; is "a range is refused" "$status $(cat err)" "2 assay: 'HEAD~1..HEAD' is a range, and what there is now is compared with one revision: give that; for origin/main...HEAD it is \"\$(git merge-base origin/main HEAD)\""
run check --changed-since HEAD~1...; is "an open one too" "$status $(cut -c1-30 err)" "2 assay: 'HEAD~1...' is a range,"; rm -f err
run check --no-exit --changed-since "$(git merge-base HEAD HEAD~1)" q.md; is "what the message says to give is taken" "$status $(names)" "0 q.md|"
run check --no-exit --changed-since 'HEAD^{tree}' q.md; is "a tree is one state as well" "$status $(names)" "0 q.md|"; rm -f out err; git checkout -q -- q.md

# ---- what a search would not find is not found through git either, unless it is named
mkdir -p .github node_modules/x .hidden/deep; wrong_article .github/PULL_REQUEST_TEMPLATE.md; wrong_article node_modules/x/README.md; wrong_article .hidden/deep/h.md; wrong_article .dot.md; right_article seen.md; git add -f .github node_modules .hidden .dot.md seen.md
staged; is "hidden entries and node_modules are passed by" "$(names)" "seen.md|"
staged .; is "below a folder too" "$(names)" "seen.md|"
staged .github node_modules/x; is "not below the one that is named" "$(names)" ".github/PULL_REQUEST_TEMPLATE.md|node_modules/x/README.md|"
staged .hidden/deep/h.md .dot.md; is "nor as a file" "$(names)" ".dot.md|.hidden/deep/h.md|"; rm -f out err
run check --no-exit --changed-since HEAD; is "what has changed since too" "$(names)" "seen.md|"; rm -f out err
wrong_article notes.txt; git add notes.txt; staged notes.txt; is "a file that is named is judged whatever it is called" "$(names)" "notes.txt|"
rm -f out err; git reset -q --hard; git clean -qfdx

# ---- an operand of which git cannot tell that it has not changed
outside() { sed -n 's/^\(.*\):1:1: error .not-judged. \(.*\)/\1 \2/p' out; }
wrong_article ../outside.md; run check --changed-since HEAD ../outside.md
is "outside of the work tree" "$status $(outside)" "2 ../outside.md is outside of git's work tree, and so judged only without --staged and --changed-since"
run check --staged ..; is "a folder around it" "$status $(outside | cut -c1-24)" "2 .. is outside of git's w"
rm -f out err; printf '/ignored.md\n/build/\n' >.gitignore; wrong_article ignored.md; mkdir build; wrong_article build/b.md
run check --changed-since HEAD ignored.md; is "an ignored file" "$status $(outside)" "2 ignored.md is not among git's files: it is ignored, or was never added"
run check --changed-since HEAD build; is "an ignored folder" "$status $(outside | cut -c1-22)" "2 build is not among git"
wrong_article never.md; run check --staged never.md; is "a file that was never added, of the index" "$status $(outside | cut -c1-25)" "2 never.md is not among git"
mkdir fresh; wrong_article fresh/f.md; run check --staged fresh; is "but a folder of which nothing is added yet has nothing staged" "$status $(outside)" "0 "
ln -s q.md to.md; git add to.md; run check --staged to.md; is "a link" "$status $(outside)" "2 to.md is a link, of which git keeps the name it leads to and no text: name that file"
git init -q nested; wrong_article nested/n.md; run check --changed-since HEAD nested/n.md; is "another repository's" "$status $(outside)" "2 nested/n.md is in a git repository of its own: judge it from there"
git -C nested add n.md; git -C nested commit -qm n; git -c advice.addEmbeddedRepo=false add nested 2>/dev/null; git commit -qm nested; wrong_article nested/n.md; echo more >>nested/n.md
run check --changed-since HEAD nested; is "a submodule" "$status $(outside | cut -c1-34)" "2 nested is in a git repository of i"
run check --staged q.md sub .; is "what git has and has not changed is passed by" "$status $(outside)" "0 "; rm -f out err; git reset -q --hard; git clean -qffdx

# ---- a conflict that is not resolved
git checkout -qb other; wrong_article q.md; git commit -qam other; git checkout -q main; { right_article /dev/stdout; echo More.; } >q.md; git commit -qam mine; git merge other >/dev/null 2>&1
run check --staged; is "is not judged, and no pass" "$status $(outside)" "2 q.md has a conflict that is not resolved"; rm -f out err
run check --no-exit --changed-since HEAD; is "in the work tree it is the text that is there" "$status $(names)" "0 q.md|"; rm -f out err; git merge --abort; cd "$scratch"
run check --staged -; is "standard input is not git's" "$status" 2

# ---- a name that a log would obey: printed where no line begins with it
git_repository log; cd log; for name in '::stop-commands::tok.md' ' ::error::x.md' '##[group]g.md' 'x ##[add-mask]y.md' '##vso[task.x]z.md'; do wrong_article "$name"; done; git add -A
staged; is "text" "$(grep -c '^[[:space:]]*::\|##[a-z]*\[\|^-' out) $(grep -c '^\./ \?::' out | sed 's/[1-9][0-9]*/some/')" "0 some"
run facts --staged --no-exit --manifest "$scratch/site.yaml" --about ours; is "facts" "$(grep -c '^[[:space:]]*::\|##[a-z]*\[' out)" 0; cd "$scratch"
finish
