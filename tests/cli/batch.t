#!/bin/sh
# `assay batch`: order, the ledger, kill -9 and resume, Ctrl-C, broken databases and disks, the table, diff, the alarms.
. "$(dirname "$0")/lib.sh"
plan 88
truth
# Drafts of two models: DIR/MODEL/N.md, each different.
drafts() { # FOLDER COUNT
    for model in alpha beta; do
        mkdir -p "$1/$model"
        i=0
        while [ $i -lt "$2" ]; do
            { right_article /dev/stdout; awk -v n=$i -v m=$model 'BEGIN { for (k = 0; k < 3 + n % 7; k++) printf "Draft %d of %s says in sentence %d that it took %d minutes because the disk was slow.%s", n, m, k, 3 + k * n % 11, k % 3 ? " " : "\n\n"; if (n % 2) print "\n```console\n$ caddy version\n2.8.4\n```"; if (n % 3) print "\n## More\n\nNext to it I run nginx 1.2" n ".0 and see 404 at 10:0" n % 6 "." }'; } >"$1/$model/$i.md"
            i=$((i + 1))
        done
    done
}
have_sqlite=yes; command -v sqlite3 >/dev/null || have_sqlite=
dump() { sqlite3 "$1" 'SELECT d.path, d.content, d.model, d.style, d.verdict, d.score, d.words, d.findings, d.claim_list, s.id, s.value, s.points FROM draft d JOIN signal s ON s.draft = d.id ORDER BY d.path, s.id'; }
batch() { run batch --no-exit --manifest site.yaml --about ours "$@"; }

drafts few 30
batch --format ndjson few; cp out one.ndjson
is "a report a draft, in input order" "$(sed -n 's/^{"path":"\([^"]*\)".*/\1/p' out | tr '\n' ' ')" "$(find few -name '*.md' | sort | tr '\n' ' ')"
head -n -1 out >lines; valid "in the schema's shape" 'docs/schema/assay.schema.json#/$defs/line' lines --lines
has "the table goes to standard error then" err "model " "alpha" "60 drafts: "
batch -j1 --format ndjson few; cmp -s out one.ndjson; yes_no "the same bytes with one thread" $?
batch few; has "else to standard output" out "divers  burst" "alpha " "beta "
find few -name '*.md' | sort >list; batch --format ndjson - <list >/dev/null; "$ASSAY" batch --no-exit --manifest site.yaml --about ours --format ndjson - <list >out 2>/dev/null; cmp -s out one.ndjson; yes_no "a list on standard input" $?
cp list l.txt; batch --format ndjson l.txt; cmp -s out one.ndjson; yes_no "a list in a file" $?
batch --format ndjson -o n.ndjson --format html -o h.html --format json -o j.json few
cmp -s n.ndjson one.ndjson && [ "$(get /summary/files j.json)" = 60 ] && [ -s h.html ] && [ ! -e n.ndjson.partial ]; yes_no "several reports, whole or not at all" $?

batch -o plain.txt few; is "a file without a format is the text" "$(grep -c '^few/' plain.txt | sed 's/[1-9][0-9]*/some/') $(grep -c '^alpha ' out)" "some 1"
batch --run monday few; is "a name of a run wants its ledger" "$status $(cat err)" "2 assay: --run names a run in a ledger: give --db FILE too"

# ---- names of letters that take more than a byte, or more than a column, move no column
mkdir -p wide/Zürich wide/日本 wide/plain; for m in Zürich 日本 plain; do right_article wide/$m/a.md; echo "Of $m." >>wide/$m/a.md; done
batch wide; is "columns stand below each other" "$(sed -n 's/^\(Zürich                   \|日本                     \|plain                    \)essay  .*/x/p' out | tr -d '\n')" xxx

# ---- untrusted
printf -- '---\ntitle: t\ndescription: d\nstyle: announcement\n---\n\n<!-- assay-disable-file -->\n\nWords.\n' >lax.md; mkdir lax && mv lax.md lax/a.md
batch --format json -o j.json lax
is "a draft does not choose its style" "$(get /articles/0/styleDeclared j.json) $(grep -c suppression-untrusted j.json)" "false 1"
batch --trusted --format json -o j.json lax; is "--trusted lets it" "$(get /articles/0/style j.json)" announcement
echo '{"model": "gamma", "style": "tutorial", "prompt": "p1"}' >lax/a.json
batch --format json -o j.json lax; is "the sidecar's style is the brief's" "$(get /articles/0/style j.json) $(grep -c '^gamma ' out)" "tutorial 1"

# ---- a sidecar that cannot be read is not one that is not there: the draft would get another ruler, or another author
sidecar() { # DESCRIPTION CONTENT WANTED
    mkdir -p side/m; right_article side/m/d.md; rm -rf side/m/d.json; printf '%s' "$2" >side/m/d.json; batch side
    is "$1" "$status $(cat err)" "$3"
}
sidecar "cut short" '{"model": "x", "style": ' "2 assay: side/m/d.md: its sidecar side/m/d.json:1:24: not JSON: unexpected token near end of file"
sidecar "with a style that is none" '{"model": "x",
 "style": "tutorail"}' "2 assay: side/m/d.md: its sidecar side/m/d.json:2:2: unknown style 'tutorail'; did you mean 'tutorial'?"
sidecar "with a model that is no text" '{"model": 3}' "2 assay: side/m/d.md: its sidecar side/m/d.json:1:2: model takes a text"
sidecar "empty" '' "2 assay: side/m/d.md: its sidecar side/m/d.json:1:1: not JSON: '[' or '{' expected near end of file"
rm side/m/d.json; mkdir side/m/d.json; batch side; is "a folder" "$status $(cat err)" "2 assay: side/m/d.md: its sidecar side/m/d.json: is a folder, not a file"
rm -rf side/m/d.json; sidecar "JSON of something else is none" '[1, 2]' "0 "
sidecar "nor is an object that says none of it" '{"rows": 3, "style": null}' "0 "; has "and the folder is the model's name" out "m "
sidecar "what a newer assay says more is passed by" '{"model": "x", "style": "essay", "colour": 7, "seed": 123456789012345678901234567890}' "0 "
sidecar "cut short, in a report" '{"model":' "2 assay: side/m/d.md: its sidecar side/m/d.json:1:9: not JSON: unexpected token near end of file"
batch --format ndjson side; has "a report names it too" out '"path":"side/m/d.md","verdict":"error"' 'its sidecar side/m/d.json:1:9: not JSON'
echo '{"model": "x", "style": "tutorail"}' >side/m/d.json; batch --style essay side; is "a style that nobody asks for is not checked" "$status $(cat err)" "0 "

# ---- the ledger
batch --db runs.sqlite --run monday few; is "the ledger is written" "$status $(ls runs.sqlite* | tr '\n' ' ')" "0 runs.sqlite "
if [ $have_sqlite ]; then
    is "a row a draft, 19 signals each" "$(sqlite3 runs.sqlite 'SELECT count(*), (SELECT count(*) FROM signal) FROM draft')" "60|1140"
    is "what decided the results is recorded" "$(sqlite3 runs.sqlite "SELECT count(*) FROM run WHERE rules LIKE 'sha256:%' AND manifest LIKE 'sha256:%' AND finished IS NOT NULL AND name = 'monday'")" 1
    is "model and content hash too" "$(sqlite3 runs.sqlite "SELECT count(*) FROM draft WHERE model = 'alpha' AND content LIKE 'sha256:%'")" 30
else skip "no sqlite3 program"; skip "no sqlite3 program"; skip "no sqlite3 program"; fi
printf '\nAnd Caddy 1.2.3 is what I run.\n' >>few/alpha/3.md; rm few/beta/9.md; right_article few/beta/new.md
batch --db runs.sqlite --run tuesday few; run batch diff --db runs.sqlite monday tuesday
has "diff: one worse, one gone, one new" out "few/alpha/3.md" "- few/beta/9.md" "+ few/beta/new.md" "text changed" "58 the same"
lacks "of whole runs nothing more is said" err unfinished
run batch diff --db runs.sqlite monday tuesday -f json; is "diff: a format is refused" "$status $(cat err)" "2 assay: --format does nothing in 'batch diff'"
run batch diff --db runs.sqlite monday tuesday -o x; is "diff: so is a file" "$status $(cat err) $(ls x 2>/dev/null)" "2 assay: --output does nothing in 'batch diff' "
run batch diff --db runs.sqlite monday wednesday; is "diff: an unknown run" "$status $(cat err)" "2 assay: runs.sqlite: no run is called 'wednesday'"
run batch diff --db none.sqlite a b; is "diff: no ledger" "$status $(cat err) $(ls none.sqlite 2>/dev/null)" "2 assay: none.sqlite: there is no such ledger "

# ---- an earlier program's ledger gets the column that it lacks
if [ $have_sqlite ]; then
    cp runs.sqlite old.sqlite; sqlite3 old.sqlite "ALTER TABLE run DROP COLUMN drafts; UPDATE run SET finished = NULL WHERE name = 'monday'" 2>err
    if [ -s err ]; then skip "an old sqlite3"; else
        run batch diff --db old.sqlite monday tuesday; is "a run of unknown size" "$status $(cat err)" "0 assay: run 'monday' is unfinished: it has 60 drafts so far"; fi
else skip "no sqlite3 program"; fi
# ---- many at once on a ledger that is not there yet
for n in 1 2 3 4 5 6; do "$ASSAY" batch --no-exit --db race.sqlite --run n$n lax >/dev/null 2>race.$n & done; wait
is "each makes the ledger, or waits for it" "$(cat race.[1-6])" ""

# ---- kill -9 at points of its own choosing, and resume
drafts many 400
batch --db whole.sqlite many; cp out whole.table
kills=0 tries=0
while [ $tries -lt 12 ]; do
    tries=$((tries + 1))
    "$ASSAY" batch -j2 --no-exit --manifest site.yaml --about ours --db killed.sqlite many >/dev/null 2>&1 &
    pid=$!
    awk -v n=$tries 'BEGIN { for (i = 0; i < n * 40000; i++) x += i % 7 }' # a while that grows
    kill -9 $pid 2>/dev/null # a process that has ended and was not waited for can be killed too
    wait $pid 2>/dev/null
    if [ $? = 137 ]; then kills=$((kills + 1)); else rm -f killed.sqlite*; kills=0; fi # a whole run: the next would be another
    # so is one that was killed between its last row and its exit
    if [ $have_sqlite ] && [ "$(sqlite3 killed.sqlite 'SELECT count(*) FROM run WHERE finished IS NOT NULL' 2>/dev/null)" = 1 ]; then rm -f killed.sqlite*; kills=0; fi
    [ $kills -lt 10 ] || break
done
batch --db killed.sqlite many
is "after $kills times kill -9 the run is finished" "$status" 0
cmp -s out whole.table; yes_no "with the same table" $? "$(diff out whole.table)"
if [ $have_sqlite ]; then
    dump whole.sqlite >a; dump killed.sqlite >b; cmp -s a b; yes_no "and the same rows" $? "$(diff a b | head -6)"
    is "nothing twice" "$(sqlite3 killed.sqlite 'SELECT count(*), count(DISTINCT run || path) FROM draft GROUP BY run HAVING count(*) <> count(DISTINCT path)')" ""
else skip "no sqlite3 program"; skip "no sqlite3 program"; fi

# ---- Ctrl-C while the last draft, a pipe, is being read: where the run stands is known
mkfifo last.md
rm -f c.sqlite; "$ASSAY" batch -j1 --no-exit --manifest site.yaml --about ours --db c.sqlite --format ndjson -o c.ndjson many last.md >out 2>err &
pid=$!
exec 9>last.md; kill -INT $pid; exec 9>&-
wait $pid; status=$?
is "Ctrl-C: trouble, and no half report" "$status $(ls c.ndjson* 2>/dev/null)" "2 "
has "what was judged is kept" err "interrupted after 800 of 801 drafts; the same command goes on from there"
cp c.sqlite d.sqlite; rm last.md; right_article last.md
batch --db d.sqlite --run other many last.md; is "a run of another name begins anew" "$status $(cat err)" "0 "
run batch diff --db d.sqlite 1 other; is "diff says which run is unfinished" "$status $(sed "s/'.*'/NAME/" err)" "0 assay: run NAME is unfinished: it has 800 of its 801 drafts"
has "and shows what it has" out "+ last.md" "800 the same"
batch --db c.sqlite many last.md; has "and going on judges what is left" err "800 drafts are recorded already"
batch --db c.sqlite --format ndjson -o c.ndjson many last.md; batch --format ndjson -o w.ndjson many last.md
cmp -s c.ndjson w.ndjson; yes_no "with the report of a run that nobody interrupted" $?

# ---- a terminal that is closed ends a run as Ctrl-C does, and so does a reader who has seen enough
rm -f last.md; mkfifo last.md
"$ASSAY" batch -j1 --no-exit --db hup.sqlite --format ndjson -o hup.ndjson few last.md >out 2>err & pid=$!
exec 9>last.md; kill -HUP $pid; exec 9>&-; wait $pid; is "a hangup leaves no half report" "$? $(ls hup.ndjson* 2>/dev/null)" "2 "
has "and says where the run stands" err "interrupted after 60 of 61 drafts; the same command goes on from there"
rm -f last.md; mkfifo last.md
(trap '' HUP; exec "$ASSAY" batch -j1 --no-exit few last.md) >out 2>err & pid=$!
exec 9>last.md; kill -HUP $pid; right_article right.md; cat right.md >&9; exec 9>&-; wait $pid; is "nohup holds" "$? $(tail -1 out | cut -c1-10)" "0 61 drafts:"
rm last.md
{ "$ASSAY" batch --no-exit --db pipe.sqlite --format ndjson -f html -o pipe.html many 2>err; echo $? >code; } | head -n 1 >first
is "a reader who has seen enough" "$(cat code) $(ls pipe.html* 2>/dev/null) $(cut -c1-9 first)" '2  {"path":"'
has "is told where the run stands" err "of 800 drafts; the same command goes on from there"

# ---- what decides the results has changed since the run was interrupted: its drafts are judged again
mkdir -p again/m; i=0; while [ $i -lt 5 ]; do wrong_article again/m/$i.md; echo "Draft $i." >>again/m/$i.md; i=$((i + 1)); done
printf 'manifest: site.yaml\nabout: ours\nbaseline: known.json\nlints: {length: off, frontmatter-key: off}\nwaivers:\n  - {rule: anaphora-run, reason: x, until: 2999-12-31}\n' >.assay.yaml
run check --no-exit --write-baseline known.json --reason first again/m
interrupted() { # what makes the next run another one is done in between
    rm -f last.md; mkfifo last.md
    "$ASSAY" batch -j1 --no-exit --db again.sqlite again last.md >out 2>err & pid=$!
    exec 9>last.md; kill -INT $pid; exec 9>&-; wait $pid; rm last.md; right_article last.md
}
resumed() { run batch --no-exit --db again.sqlite again last.md; sed -n 's/.*run: \([0-9]*\) drafts.*/\1/p' err; }
interrupted; is "the same settings go on" "$(resumed)" 5
interrupted; run check --no-exit --write-baseline known.json --reason second again/m; is "not with another baseline at the same path" "$(resumed)" ""
for n in 0 1 2 3 4; do echo '{"model": "m", "style": "tutorial"}' >again/m/$n.json; done
interrupted; rm again/m/3.json; run batch --no-exit --db again.sqlite again
if [ $have_sqlite ]; then is "a draft whose brief's style is gone is judged by the default one" "$(sqlite3 again.sqlite "SELECT group_concat(style) FROM (SELECT style FROM draft WHERE run = (SELECT max(id) FROM run) ORDER BY path)")" "tutorial,tutorial,tutorial,essay,tutorial"; else skip "no sqlite3 program"; fi
rm .assay.yaml

# ---- what can be wrong with a ledger
echo "no database, but text, and longer than a header of a hundred bytes would be, so that it is looked at in earnest." >text.sqlite
batch --db text.sqlite few; is "a file that is none" "$status $(cat err)" "2 assay: text.sqlite: cannot read the ledger: file is not a database; give --db a new name"
has "is left as it was" text.sqlite "no database, but text"
cp whole.sqlite corrupt.sqlite; dd if=/dev/zero of=corrupt.sqlite bs=1024 seek=4 count=60 conv=notrunc 2>/dev/null
batch --db corrupt.sqlite --run x few; is "a corrupt one" "$status" 2
has "says so" err "corrupt.sqlite: cannot"
mkdir folder.sqlite; batch --db folder.sqlite few; is "a folder" "$status $(cat err)" "2 assay: folder.sqlite: cannot open the ledger: unable to open database file"
batch --db nowhere/x.sqlite few; is "a folder that is not there" "$status $(cat err)" "2 assay: nowhere/x.sqlite: cannot open the ledger: unable to open database file"
if [ $have_sqlite ]; then
    mkfifo hold said
    { echo 'BEGIN EXCLUSIVE; SELECT 1;'; cat hold; } | sqlite3 runs.sqlite >said & pid=$!
    exec 8>hold; read -r _ <said # it holds the lock now
    batch --db runs.sqlite --run locked few; exec 8>&-
    has "a locked one" err "assay: runs.sqlite: cannot " "database is locked; another process holds it: wait for that, or use another --db"
    wait $pid
else skip "no sqlite3 program"; fi
(ulimit -f 200; "$ASSAY" batch --no-exit --db full.sqlite many >out 2>err); is "no room on the disk" $? 2
has "says so" err "full.sqlite: cannot "
(ulimit -f 8; "$ASSAY" batch --no-exit --format ndjson -o big.ndjson many >out 2>err); is "nor for the report: none is better than half of one" "$? $(ls big.ndjson* 2>/dev/null)" "2 "
rm -f full.sqlite*; mkdir ro; chmod 500 ro; folder=ro; [ "$(id -u)" != 0 ] || folder=/sys # where not even root can write
batch --format ndjson -o $folder/x few; is "a read-only output" "$status $(sed 's/: [A-Z].*//' err)" "2 assay: $folder/x.partial: cannot be written"
run check --no-exit --format json -o $folder/x few/alpha/1.md; is "for check too" "$status $(sed 's/: [A-Z].*//' err)" "2 assay: $folder/x: cannot create a temporary file beside it"
batch --format ndjson -o nowhere/x few; is "an output whose folder is not there" "$status $(cat err)" "2 assay: nowhere/x: cannot be written: No such file or directory"
if [ -e /dev/full ]; then "$ASSAY" batch --no-exit --format ndjson few >/dev/full 2>err; is "a full standard output" "$? $(head -1 err)" "2 assay: cannot write to standard output: No space left on device"; else skip "no /dev/full"; fi

# ---- results that are impossible rather than bad
mkdir -p same/m1 same/m2; for i in 1 2 3; do cp few/alpha/2.md same/m1/$i.md; cp few/beta/$i.md same/m2/; done
batch same; is "a model whose every draft is the same bytes" "$status $(grep -c 'all 3 drafts of model m1 are the same bytes' err)" "2 1"
mkdir empty; for i in 1 2 3; do : >empty/$i.md; done; batch empty; has "empty drafts" err "THE RULER IS BROKEN" "every one of 3 drafts is empty"
mkdir flat; for i in a b c d e f g h i j k l m n o p q r s t u v w x y; do { right_article /dev/stdout; echo "Variant $i."; } >flat/$i.md; done
batch flat; is "every score equal" "$status $(grep -c 'every one of 25 scores is' err)" "2 1"
# A night about things that the manifest does not know earns nothing, and is no broken ruler.
mkdir unknown; awk 'BEGIN { for (i = 1; i <= 22; i++) { f = "unknown/" i ".md"; print "---\ntitle: t\ndate: 2026-01-01\ndescription: d\nstyle: essay\n---\n" >f; for (k = 0; k < i; k++) { printf "Kites rise because wind %d pushes them. ", k >f; for (w = 0; w <= k; w++) printf "%c%cob ", 97 + w, 97 + k >f; print "ends.\n" >f } close(f) } }'
printf 'assay-facts: 1\nas_of: 2026-06-01\ncomponents:\n  - {id: frobnicator, aliases: [Frobnicator], version: 1.2.3}\n' >unknown.yaml
"$ASSAY" batch --no-exit --manifest unknown.yaml --about ours unknown >out 2>err; is "drafts that tell no fact" "$? $(grep -c RULER err) $(tail -1 out)" "0 0 22 drafts: 0 passed, 22 failed, 0 not judged"
# ---- drafts that are not there
batch drafst; is "a mistyped folder" "$status $(cat err)" "2 assay: drafst: No such file or directory"
{ head -2 list; echo gone.md; } >three.txt; batch three.txt
is "a draft that cannot be read is named" "$status $(cat err) $(tail -1 out)" "2 assay: gone.md: No such file or directory 3 drafts: 0 passed, 2 failed, 1 not judged"
batch --format ndjson three.txt; is "by the report where there is one" "$(grep -c '"path":"gone.md","verdict":"error"' out) $(grep -c gone.md err)" "1 0"
awk 'BEGIN { for (i = 0; i < 30; i++) print "gone" i ".md" }' >gone.lst; batch gone.lst
is "of many, the first are" "$status $(grep -c 'No such file' err) $(grep -c 'only counted' err) $(grep -c RULER err)" "2 20 1 0"
head -3 list >drafts-of-today; batch --format ndjson drafts-of-today; is "a list is what is no Markdown, whatever it is called" "$(grep -c '"path":"few/' out)" 3
{ head -3 list; head -2 list; head -3 list | sed 's,^,./,'; } >twice.list; batch --format ndjson twice.list; is "a draft that is listed twice is judged once" "$(tail -1 out | grep -c '"files":3,')" 1
: >none.list; batch none.list; is "a list of nothing" "$status $(cat err)" "2 assay: none.list: this list names no draft"
batch -; is "on standard input too" "$status $(cat err)" "2 assay: standard input: this list names no draft"
batch few; is "a run that is only bad is no alarm" "$status $(grep -c RULER err)" "0 0"
# ---- names between NULs, as `find -print0` gives them
mkdir nul; for name in a b "$(printf 'two\nlines')"; do cp few/alpha/1.md "nul/$name.md"; echo "$name" >>"nul/$name.md"; done
find nul -name '*.md' -print0 >by-nul; "$ASSAY" batch --no-exit --format ndjson - <by-nul >out 2>err; is "a list with NULs: all of it" "$? $(grep -c '"path":"nul/' out) $(grep -c 'two\\nlines' out)" "0 3 1"
batch by-nul; is "from a file too" "$status $(tail -1 out | cut -d: -f1)" "0 3 drafts"
printf 'nul/a.md\0gone.md\0' >by-nul; batch by-nul; is "one that is not there is no pass" "$status $(cat err)" "2 assay: gone.md: No such file or directory"
batch nul/a.md; is "one draft is one" "$(tail -1 out | cut -d: -f1)" "1 draft"
finish
