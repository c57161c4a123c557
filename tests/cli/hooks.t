#!/bin/sh
# `assay hook install|uninstall` and the hooks themselves, in real repositories.
. "$(dirname "$0")/lib.sh"
command -v git >/dev/null || { echo "1..0 # SKIP git is not installed"; exit 0; }
plan 43
truth
config() { printf 'manifest: %s/site.yaml\nabout: ours\nthreshold: -1000\nlints: {length: off, frontmatter-key: off}\n' "$scratch" >.assay.yaml; }
commit() { git commit -qm "$1" >"$scratch/out" 2>"$scratch/err"; status=$?; }
mkdir repo && cd repo && git_repository . && config
"$ASSAY" hook install >../out 2>../err; is "installed" "$? $(tr '\n' ' ' <../out)" "0 installed .git/hooks/pre-commit installed .git/hooks/pre-merge-commit "
[ -x .git/hooks/pre-commit ] && [ ! -e .git/hooks/pre-push ]; yes_no "executable, and only what was asked for" $?
"$ASSAY" hook install pre-comit pre-push >../out 2>../err; is "a hook that there is not" "$? $(cat ../err) $(ls .git/hooks/pre-push 2>/dev/null)" "2 assay: unknown hook 'pre-comit'; known: pre-commit, pre-merge-commit, pre-push "
"$ASSAY" hook >../out 2>../err; is "what install alone installs is said" "$? $(cat ../err)" "2 assay: hook needs 'install' or 'uninstall': 'assay hook install' judges commits and merges, 'assay hook install pre-commit pre-push' pushes too"
right_article a.md; git add -A; commit one; is "a right article is committed" "$status" 0
wrong_article b.md; git add b.md; commit two
is "a wrong one is refused" "$status $(git log --oneline | grep -c .)" "1 1"
has "with its reason and a way out" "$scratch/err" "b.md:9:" "truth-contradicted"
has "named" "$scratch/err" "assay: the commit is refused; 'assay explain FILE'"
right_article b.md; git add b.md; wrong_article b.md; commit three
is "what is staged counts, not the work tree" "$status" 0
git checkout -q -- b.md; wrong_article b.md; git add b.md; right_article b.md; commit four
is "both ways" "$status" 1
git checkout -q -f HEAD -- b.md; wrong_article b.md; git commit -qam five >/dev/null 2>&1; is "git commit -a" $? 1
git commit -qm six b.md >/dev/null 2>&1; is "git commit FILE" $? 1
git commit -q --no-verify -m seven b.md; is "--no-verify leaves it out" $? 0
ASSAY=/nowhere/assay git commit -q --allow-empty -m eight >/dev/null 2>../err; is "without the program nothing is committed" $? 1
has "and the message says what to do" ../err "install it or set ASSAY=/path/to/assay"
printf 'thresh: 3\n' >.assay.yaml; right_article c.md; git add c.md; commit nine
is "trouble refuses too" "$status" 1
has "and is named" "$scratch/err" "unknown key 'thresh'"; config

# ---- a hook that was there
printf '#!/bin/sh\necho "first $#" >>"%s/order"\n[ ! -e "%s/stop" ]\n' "$scratch" "$scratch" >.git/hooks/pre-push; chmod +x .git/hooks/pre-push
"$ASSAY" hook install pre-push >../out; "$ASSAY" hook install pre-push >>../out
is "an older hook is kept, installing twice changes nothing" "$(ls .git/hooks | grep before | tr '\n' ' ')" "pre-push.before-assay "
git init -q --bare ../remote; git remote add origin ../remote
git push -q origin main >../out 2>../err; is "what would be published is judged" $? 1
is "the older hook ran first, with its arguments" "$(cat ../order)" "first 2"
right_article b.md; git commit -q --no-verify -am right; git push -q origin main >../out 2>../err; is "a right state is pushed" $? 0
git checkout -qb topic; wrong_article d.md; git add d.md; git commit -q --no-verify -m wrong; rm d.md
git push -q origin topic >../out 2>../err; is "a new branch: only what the remote lacks" "$? $(grep -c 'FAIL' ../out ../err | tr '\n' ' ' | sed 's/[^0-9 ]//g')" "1 1 0 "
git push -q origin :main >/dev/null 2>&1; git checkout -q -f main; git push -q origin main 2>/dev/null; git push -q origin --delete main >../out 2>../err; grep -q truth ../out ../err; is "a deleted branch publishes nothing" $? 1
touch ../stop; git push -q origin main >/dev/null 2>&1; is "the older hook can still refuse" $? 1; rm ../stop
"$ASSAY" hook uninstall >../out; ls .git/hooks | grep -v sample | tr '\n' ' ' >../left
is "uninstalling puts back what was there" "$(cat ../left)$(head -2 .git/hooks/pre-push | tail -1 | cut -c1-12)" 'pre-push echo "first '
"$ASSAY" hook uninstall >../out; has "and never removes what is not ours" ../out "left .git/hooks/pre-push alone"

# ---- a kept hook comes back where ours is gone
printf '#!/bin/sh\nexit 0\n' >.git/hooks/pre-commit; "$ASSAY" hook install pre-commit >/dev/null; rm .git/hooks/pre-commit
"$ASSAY" hook uninstall >../out; is "the kept hook comes back though ours is gone" "$? $(ls .git/hooks | grep -v sample | tr '\n' ' ')$(sed -n 2p .git/hooks/pre-commit)" "0 pre-commit pre-push exit 0"
has "and that is said" ../out "put back the hook that was there before, .git/hooks/pre-commit"
"$ASSAY" hook install pre-commit >/dev/null; printf '#!/bin/sh\nexit 1\n' >.git/hooks/pre-commit
"$ASSAY" hook uninstall >../out; has "one that stands beside another's is named" ../out "left .git/hooks/pre-commit alone" "left .git/hooks/pre-commit.before-assay, which was there before assay's"
rm -f .git/hooks/pre-commit*

# ---- a merge that git commits itself asks no pre-commit hook
git checkout -q -f main; right_article base.md; git add base.md; git commit -qm base --no-verify
git checkout -qb side; wrong_article s.md; git add s.md; git commit -qm side --no-verify; git checkout -q main
right_article m.md; git add m.md; git commit -qm main --no-verify
"$ASSAY" hook install pre-commit >/dev/null; [ -x .git/hooks/pre-merge-commit ]; yes_no "pre-commit brings pre-merge-commit" $?
git merge --no-edit side >../out 2>../err; is "an automatic merge of a wrong article is refused" "$? $(git log --merges --oneline | grep -c .)" "1 0"
cat ../out >>../err; has "with its reason" ../err "s.md:9:" "truth-contradicted" "assay: the merge is refused"
git merge --abort 2>/dev/null || git reset -q --hard
git checkout -q side; right_article s.md; git commit -qam right --no-verify; git checkout -q main
git merge --no-edit side >../out 2>../err; is "one of a right article is made" "$? $(git log --merges --oneline | grep -c .)" "0 1"
printf '#!/bin/sh\n[ ! -e "%s/stop" ]\n' "$scratch" >.git/hooks/pre-merge-commit; "$ASSAY" hook install pre-merge-commit >../out
has "a hook of that name is kept" ../out "kept the hook that was there as .git/hooks/pre-merge-commit.before-assay"
git reset -q --hard HEAD~1; touch ../stop; git merge --no-edit side >/dev/null 2>&1; is "and runs first" $? 1; rm ../stop; git merge --abort 2>/dev/null
"$ASSAY" hook uninstall pre-commit >/dev/null; is "pre-commit takes it out again" "$(ls .git/hooks | grep -v sample | tr '\n' ' ')" "pre-merge-commit pre-push "
rm -f .git/hooks/pre-merge-commit; git reset -q --hard

# ---- what the kept pre-push is given, and whose configuration counts
printf '#!/bin/sh\nwc -c >"%s/given"\n' "$scratch" >.git/hooks/pre-push; "$ASSAY" hook install pre-push >/dev/null
.git/hooks/pre-push origin url </dev/null >../out 2>../err; is "nothing to push: the kept hook is given nothing" "$? $(tr -d ' ' <../given)" "0 0"
printf 'a b c d\ne f g h\n' | sh -c '.git/hooks/pre-push origin url' >/dev/null 2>&1; is "else what git gave" "$(tr -d ' ' <../given)" 16
git add .assay.yaml; git commit -qm config --no-verify; git push -q origin main >../out 2>../err; is "a configuration that is pushed is no surprise" "$(grep -c "work tree's configuration" ../err)" 0
wrong_article late.md; git add late.md; git commit -qm late --no-verify; mkdir -p sub; printf 'threshold: -1\n' >sub/.assay.yaml; printf 'exclude: ["*"]\n' >>.assay.yaml
git push -q origin main >../out 2>../err; has "one that only the work tree has is named" ../err "judged by the work tree's configuration, which is not the pushed one: .assay.yaml sub/.assay.yaml"
rm -rf sub; git checkout -q .assay.yaml; "$ASSAY" hook uninstall >/dev/null; rm -f .git/hooks/pre-push; git reset -q --hard

# ---- where git looks
git config core.hooksPath 'my hooks'; "$ASSAY" hook install >../out; is "core.hooksPath" "$? $(ls 'my hooks' | tr '\n' ' ')" "0 pre-commit pre-merge-commit "
wrong_article e.md; git add e.md; commit x; is "is where git runs it" "$status" 1
git config --unset core.hooksPath; git reset -q; rm -f e.md
git worktree add -q ../tree >/dev/null 2>&1; cd ../tree && "$ASSAY" hook install >../out 2>../err; [ -x ../repo/.git/hooks/pre-commit ]; is "in a worktree: the repository's hooks" $? 0
finish
