#!/bin/sh
# `assay manifest`: what an operator sees of the ground truth before any article is judged by it.
. "$(dirname "$0")/lib.sh"
plan 51
truth

# check: one line and the hash; an authoring error with its place; several files as one; conflicts between them
run manifest check site.yaml; is "a good manifest" "$status" 0
printf 'assay-facts: 1\nas_of: 2026-05-18\ncomponents: [{id: a, version: 1.0}]\n' >one.yaml; run manifest check one.yaml
has "one of each is no plural" out ": 1 fact, 1 entity, 1 name"; run manifest check site.yaml
has "says its day and what it holds" out "site.yaml: ok, as of 2026-05-18" "sha256:"
printf 'assay-facts: 1\nas_of: 2026-05-18\nhosts:\n  - {id: web, ports: 80}\n' >key.yaml
run manifest check key.yaml; is "an unknown key is trouble" "$status" 2
has "and says where" err "key.yaml:4:15: " "ports"
printf 'assay-facts: 1\nas_of: 2026-05-18\nhosts:\n  - {id: db, aliases: [web server]}\n' >other.yaml
run manifest check site.yaml other.yaml; is "two files that claim one name" "$status" 2
has "say which name and where" err "other.yaml:4:" "web server"

"$ASSAY" manifest check - <site.yaml >out 2>err; is "- is standard input" "$? $(head -1 out | cut -d: -f1-2)" "0 -: ok, as of 2026-05-18"
"$ASSAY" manifest check site.yaml - <other.yaml >out 2>err; has "beside files, by that name" err "-:4:" "web server"
"$ASSAY" manifest check - <key.yaml >out 2>err; is "with places" "$? $(cut -d' ' -f2 err)" "2 -:4:15:"
run manifest check - -; is "once" "$status $(cat err)" "2 assay: standard input is read once: name '-' once"

# --values: what derived facts come to, also where the operator converted by hand
cat >>site.yaml <<'END'
benchmarks:
  - {id: size, subject: [web], metric: backup size, value: 120, unit: GB}
  - {id: took, subject: [web], metric: backup duration, value: 20, unit: min}
  - {id: rent, subject: [web], metric: rent, value: 5.4, unit: EUR}
derived:
  - {id: rate, expr: size / took, unit: MB/s}
  - {id: rate-by-hand, expr: size * 1000 / (took * 60), unit: MB/s}
  - {id: nothing, expr: 15 / rent}
END
run manifest check --values site.yaml; is "a manifest with derived facts" "$status" 0
has "shows what they come to" out "  rate = 100 MB/s   (size / took)" "  rate-by-hand = 100 MB/s   (size * 1000 / (took * 60))" "  nothing = unknown"
run manifest check site.yaml; lacks "but only when it is asked to" out "rate ="
printf -- '---\ntitle: t\n---\n\nOur web server is backed up. On our web server the backup rate is 100 MB/s.\n' >rate.md
run facts --manifest site.yaml --about ours rate.md; has "and articles are judged by them" out "supported" "100 MB/s"

# gaps: stubs that load, and that judge nothing
printf -- '---\ntitle: t\n---\n\nOn our web server we run Caddy 2.8.4, and the web server runs Hugo 0.128.0 on port 8080.\n' >gap.md
"$ASSAY" manifest gaps --manifest site.yaml --about ours gap.md >stubs.yaml 2>err; status=$?; is "gaps of an article" "$status" 0
has "are unconfirmed" stubs.yaml "confirmed: false"
run manifest check site.yaml stubs.yaml; is "and load beside the manifest" "$status" 0

printf -- '---\ntitle: t\n---\n\nHarbor has 16 cores. Harbor has a disk of 512 GB.\n\nWe run PostgreSQL 16.2 on Harbor. Grafana listens on port 3000.\n\nHarbor is in Oslo.\n' >words.md
printf 'assay-facts: 1\nas_of: 2026-05-18\nhosts: [{id: harbor, aliases: [Harbor]}]\n' >harbor.yaml
"$ASSAY" manifest gaps --manifest harbor.yaml --about ours words.md >stubs.yaml 2>err; status=$?; is "plain sentences" "$status" 0
has "tell whose the values are" stubs.yaml 'location: "Oslo"' '"cores": {value: "16", unit: "cores"}' '"disk": {value: "512", unit: "GB"}' '"PostgreSQL", confirmed: false, aliases: ["PostgreSQL"], version: "16.2"' '"Grafana"' "port: 3000"
lacks "and leave nothing without a stub" stubs.yaml "No stub"
run manifest check harbor.yaml stubs.yaml; is "which loads beside the manifest" "$status" 0
run manifest gaps gap.md; is "gaps of no manifest are trouble" "$status" 2
has "and says what to give" err "--manifest FILE"

# a gap's points are what its fact would earn: nothing for a comparison, which no fact vouches for
printf 'assay-facts: 1\nas_of: 2026-05-18\nhosts: [{id: harbor, aliases: [Harbor], attrs: {cores: {value: 16, unit: core}}}]\n' >cores.yaml
printf -- '---\ntitle: t\ndate: 2026-05-18\nstyle: essay\n---\n\nHarbor has 16 cores and a disk of 512 GB.\n\nHarbor is four times larger than a box of 7 drives, because it was built so.\n' >worth.md
score() { "$ASSAY" check --no-config --no-exit --about ours --format json "$@" worth.md >worth.json; get /articles/0/score worth.json; }
run manifest gaps --limit 1 --manifest cores.yaml --about ours worth.md; sed 's/, confirmed: false//; s/^as_of: .*/as_of: 2026-05-18/' out >declared.yaml
is "a gap is worth what its fact earns" "$(sed -n 's/.*x, \(.*\) points: "512 GB"/\1/p' out)" "$(awk "BEGIN { print $(score --manifest cores.yaml --manifest declared.yaml) - $(score --manifest cores.yaml) }")"
is "which is something, and first" "$(grep -m 1 points: out | grep -c "512 GB") $(grep -c "x, 0 points" out)" "1 0"
run manifest gaps --manifest cores.yaml --about ours worth.md
is "what hangs on a comparison is worth nothing" "$(grep -c -e 'x, 0 points: "four times' out)" 1

# what loads and guards nothing is said
printf 'assay-facts: 1\nas_of: 2026-05-18\nscopes:\n  databases: {world: closed, kind: database, members: [PostgreSQL]}\n  cdns: {world: closed, kind: cdn, members: [Bunny]}\nabsent: [{match: Fastly, in: cdns}]\n' >scopes.yaml
run manifest check scopes.yaml; is "a closed scope of a kind that nobody knows loads" "$status" 0
has "with a note where nothing is absent from it" out "scopes.yaml:4:3: note: the closed scope 'databases' excludes nothing"

printf 'assay-facts: 1\nas_of: 2026-05-18\nhosts:\n  - id: vm\n    attrs:\n      cores: {value: 4}\n      mtu: {value: 1412}\n' >bare.yaml
run manifest check bare.yaml; has "a count without a unit is noted" out "bare.yaml:6:22: note: 'vm.cores' is a number without a unit"
lacks "a number that is compared with numbers is not" out "vm.mtu"
{ printf 'assay-facts: 1\nas_of: 2026-05-18\n'; sed -n '/^hosts: .*draw/,/^```/p' "$root/docs/manifest.md" | grep -v '```'; } >derived.yaml
run manifest check --values derived.yaml; has "the reference's energy is one" out "day-energy = 1.872 kWh"

# a category that is misspelt guards nothing; the seven that are known do, and docs/manifest.md lists them
closed() { printf "assay-facts: 1\nas_of: 2026-05-18\nscopes: {processes: {world: closed, categories: [$1]}}\n" >closed.yaml; }
known='quality:audit training:retrain backup:restore release:deploy maintenance:patch data:ingest drafting:draft' seen='' notes=''
for pair in $known; do
    closed "${pair%%:*}"; echo "Every week we ${pair#*:} our articles." >act.md
    run manifest check closed.yaml; notes="$notes$(grep note: out)"
    run facts --no-config --about ours --manifest closed.yaml act.md; seen="$seen$(grep -c 'scopes\.processes' out)"
done
is "seven categories have their verbs" "$seen$notes" 1111111
closed 'qualitee, reviews'; run manifest check closed.yaml
has "another one is noted" out "closed.yaml:3:10: note: assay knows no verb of the closed category 'qualitee'; did you mean 'quality'?" "category 'reviews'. It" "Known: $(echo "$known" | sed 's/:[a-z]*//g; s/ /, /g')"
has "all are in the reference" "$root/docs/manifest.md" "$(echo "$known" | sed 's/\([a-z]*\):[a-z]*/`\1`/g; s/ /, /g')"
echo 'processes: [{id: p, category: qualty, cadence: weekly}, {id: q, category: content, cadence: weekly}]' >>closed.yaml; run manifest check closed.yaml
is "of a process what is misspelt" "$(grep -c "'p' is of the category 'qualty', .*'quality'?" out) $(grep -c content out)" "1 0"

# a version of 'loose' is compared part by part as any is; a day to come is noted
printf 'assay-facts: 1\nas_of: 2999-01-01\ncomponents: [{id: u, scheme: loose, version: 24.04.1 LTS}, {id: v, scheme: semver, version: 24.04.1 LTS}]\n' >loose.yaml
run manifest check loose.yaml; is "notes of versions and days" "$(sed -n 's/: note//p' out | cut -c1-50)" "loose.yaml: as of 2999-01-01, a day still to come
loose.yaml:3:93: '24.04.1 LTS' is no version of th"

# what is declared under another name, in another unit or as absent is no gap
printf 'assay-facts: 1\nas_of: 2026-05-18\nhosts:\n  - {id: vm, aliases: [VM], attrs: {memory: {value: 4017144, unit: KiB, aliases: [RAM]}, cpu_cores: {value: 2, unit: core}}}\nabsent: [{match: Docker}]\n' >vm.yaml
printf -- '---\ntitle: t\n---\n\nA VM with 8 cores and 64 GB of RAM is what its vendor asks for. Docker 24.0.7 was once considered. Our VM has 512 GB of disk.\n' >vm.md
run manifest gaps --manifest vm.yaml --about ours vm.md; has "what no fact speaks of is a gap" out '{"disk": {value: "512", unit: "GB"}}'
is "and nothing else" "$(grep -c -e '64' -e cores -e Docker out)" 0

# gaps take the configuration and the articles as check does
mkdir -p conf; cp vm.yaml gap.md conf; printf 'manifest: vm.yaml\nabout: ours\n' >conf/.assay.yaml
(cd conf && "$ASSAY" manifest gaps >../out 2>../err); is "gaps without operands are those below here" "$? $(grep -c Hugo out)" "0 1"
run manifest gaps --config conf/.assay.yaml gap.md; is "by a configuration that is named" "$status $(grep -c Hugo out)" "0 1"
(cd conf && "$ASSAY" manifest gaps --no-config gap.md >../out 2>../err); is "or by none" "$? $(grep -c 'needs the manifest' err)" "2 1"
git_repository repo; cp vm.yaml gap.md repo; git -C repo add gap.md
(cd repo && "$ASSAY" manifest gaps --staged --manifest vm.yaml --about ours >../out 2>../err); is "of what is staged" "$? $(grep -c Hugo out)" "0 1"
run manifest check --limit 3 site.yaml; is "what only gaps reads does nothing elsewhere" "$status $(cat err)" "2 assay: --limit does nothing in 'manifest check'"
run manifest --help; is "help says so in ASCII" "$(grep -c 'gaps \[FILES|DIRS|-\]' out) $(tr -d '\000-\177' <out | wc -c)" "1 0"

# whose article is it? A host with an ordinary name and two "my" decide a page, not a change log
printf -- '---\ntitle: t\n---\n\nMy web server is up. On my web server I run Caddy 1.0.0.\n\n' >short.md
{ cat short.md; awk 'BEGIN { for (i = 0; i < 300; i++) print "The parser of the next release accepts another token here." }'; } >long.md
run facts --manifest site.yaml short.md; has "two in a page are the author's own" out "contradicted" "1.0.0"
run facts --manifest site.yaml long.md; lacks "two in a long log are not" out ": contradicted"

# what is no subcommand teaches
run manifest chekc site.yaml; is "a misspelt subcommand is trouble" "$status" 2
has "and says what there is" err "check, probe, gaps or import" "chekc"
run facts --no-config long.md; is "claims that nothing is compared with are none: trouble" "$status $(cat out) $(cat err)" "2  assay: 'assay facts' needs the manifest that claims are compared with: give --manifest FILE, or name it in .assay.yaml"
run facts --no-config --print-config long.md; is "the settings can be asked for all the same" "$status" 0
finish
