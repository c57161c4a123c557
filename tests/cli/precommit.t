#!/bin/sh
# .pre-commit-hooks.yaml with the real pre-commit, from a local repository that holds it, and as a local hook.
. "$(dirname "$0")/lib.sh"
command -v git >/dev/null && command -v pre-commit >/dev/null || { echo "1..0 # SKIP git or pre-commit is not installed"; exit 0; }
plan 10
truth
PRE_COMMIT_HOME=$scratch/cache HOME=$scratch; export PRE_COMMIT_HOME HOME
mkdir bin && ln -s "$ASSAY" bin/assay; PATH=$scratch/bin:$PATH
mkdir hookrepo && cp "$root/.pre-commit-hooks.yaml" hookrepo/
pre-commit validate-manifest hookrepo/.pre-commit-hooks.yaml >out 2>&1; yes_no "the manifest is valid" $? "$(cat out)"
git_repository hookrepo && git -C hookrepo add -A && git -C hookrepo commit -qm hooks && git -C hookrepo tag v1
mkdir site && cd site && git_repository . && mkdir drafts
printf 'manifest: %s/site.yaml\nabout: ours\nthreshold: -1000\nlints: {length: off, frontmatter-key: off}\nexclude: [drafts/]\n' "$scratch" >.assay.yaml
printf 'repos:\n  - repo: %s/hookrepo\n    rev: v1\n    hooks: [{id: assay}]\n' "$scratch" >.pre-commit-config.yaml
right_article a.md; wrong_article drafts/d.md; git add -A
pre-commit run >out 2>&1; yes_no "a right article passes, an excluded draft is left alone" $? "$(cat out)"
pre-commit install >/dev/null 2>&1; git commit -qm one >out 2>&1; yes_no "and is committed" $? "$(cat out)"
wrong_article b.md; git add b.md
git commit -qm two >out 2>&1; is "a wrong one is refused" "$?" 1
has "with its place" out "b.md:9:" "truth-contradicted" "hook id: assay"
# partial staging: pre-commit puts the unstaged part away while hooks run
right_article b.md; git add b.md; wrong_article b.md
git commit -qm three >out 2>&1; yes_no "what is staged counts" $? "$(cat out)"
is "and the work tree keeps what was not staged" "$(grep -c 1.2.3 b.md)" 1
rm -f b.md; git reset -q --hard; wrong_article c.mdx; git add c.mdx
git commit -qm four >out 2>&1; is "MDX is judged too" "$? $(grep -c 'c.mdx:9:' out)" "1 1"
# the recipe without a repository, as docs/pre-commit.md has it
{ echo 'repos:'; sed -n '/^  - repo: local/,/^```/p' "$root/docs/pre-commit.md" | grep -v '^```'; } >.pre-commit-config.yaml; git add .pre-commit-config.yaml
pre-commit run >out 2>&1; is "by the recipe without a repository as well" "$? $(grep -c 'c.mdx:9:' out)" "1 1"
git reset -q --hard; rm -f c.mdx; pre-commit install --hook-type pre-merge-commit >/dev/null 2>&1
git checkout -qb side 2>/dev/null; wrong_article s.md; git add s.md; git commit -qm side --no-verify; git checkout -q main; right_article m.md; git add m.md; git commit -qm main --no-verify
git merge --no-edit side >out 2>&1; is "a merge asks where that hook type is installed" "$? $(grep -c 's.md:9:' out)" "1 1"
finish
