#!/bin/sh
# Suppressions: every kind, in Markdown and MDX, with reasons; unused, malformed, untrusted; what they cannot reach.
. "$(dirname "$0")/lib.sh"
plan 33
truth
# Findings on known lines: three anaphora runs of one shape each (lint anaphora-run), one a paragraph.
body() { printf -- '---\ntitle: t\ndescription: d\nstyle: essay\n---\n\n'; }
run3() { printf 'The good part is %s. The good part is %s too. The good part is %s again.\n' "$1" "$1" "$1"; }
findings() { "$ASSAY" check --no-exit --format json "$@" >s.json 2>err; grep -A4 '"rule": "anaphora-run"' s.json | grep -c '"suppressed": true'; }
all() { grep -c '"rule": "anaphora-run"' s.json; }

{ body; run3 small; } >plain.md
is "the run is found" "$(findings plain.md) $(all)" "0 1"
{ body; printf '<!-- assay-disable-next-line anaphora-run -- it is a refrain -->\n\n\n'; run3 small; } >next.md
is "next-line skips blank lines" "$(findings next.md) $(all)" "1 1"
is "its reason is kept" "$(get '/articles/0/findings/?rule=anaphora-run/reason' s.json)" "it is a refrain"
is "and it is counted" "$(get /summary/suppressed s.json)" 1
{ body; printf '{/* assay-disable-next-line anaphora-run -- a refrain */}\n\n'; run3 small; } >mdx.mdx
is "the same in MDX" "$(findings mdx.mdx) $(all)" "1 1"
{ body; printf '%s <!-- assay-disable-line anaphora-run -- here -->\n' "$(run3 small)"; } >line.md
is "disable-line" "$(findings line.md) $(all)" "1 1"
{ body; printf '<!-- assay-disable anaphora-run -->\n\n'; run3 small; printf '\n<!-- assay-enable anaphora-run -->\n\nBetween them stands a sentence of another kind.\n\n'; run3 other; } >range.md
is "disable and enable" "$(findings range.md) $(all)" "1 2"
{ body; run3 small; printf '\nBetween them stands a sentence of another kind.\n\n'; run3 other; printf '\n<!-- assay-disable-file anaphora-run -- refrains -->\n'; } >file.md
is "disable-file, wherever it stands" "$(findings file.md) $(all)" "2 2"
{ body; printf '<!-- assay-disable-next-line heading-echo, anaphora-run -->\n'; run3 small; } >two.md
is "several rules" "$(findings two.md) $(all)" "1 1"
{ body; printf '<!-- assay-disable-next-line -->\n'; run3 small; } >every.md
is "no rule means every lint" "$(findings every.md) $(all)" "1 1"
{ body; printf '<!-- assay-disable-next-line heading-echo -->\n'; run3 small; } >unused.md
findings unused.md >/dev/null
is "one that silences nothing is a finding" "$(get '/articles/0/findings/?rule=suppression-unused/span/line' s.json)" 7
{ body; printf '<!-- assay-disabled anaphora-run -->\n'; run3 small; } >bad.md
findings bad.md >/dev/null
is "one with an unknown verb too" "$(get '/articles/0/findings/?rule=suppression-malformed/level' s.json)" warning
is "untrusted: none is honoured" "$(findings --untrusted next.md) $(all)" "0 1"
is "and each is a finding" "$(grep -c '"rule": "suppression-untrusted"' s.json)" 1
{ body; printf '<!-- assay-disable-file -- all of it -->\n\nI run Caddy 1.2.3 today.\n'; } >truth.md
"$ASSAY" check --no-exit --manifest site.yaml --about ours --format json truth.md >s.json
is "the truth stage is out of reach" "$(get '/articles/0/findings/?rule=truth-contradicted/suppressed' s.json)" "(nothing)"
printf -- '---\ntitle: t\n---\n\n<!-- assay-disable-file style-missing, frontmatter-key -->\n\nWords.\n' >style.md
"$ASSAY" check --no-exit --format json style.md >s.json
is "and so is a missing style" "$(get '/articles/0/findings/?rule=style-missing/suppressed' s.json)" "(nothing)"
{ body; printf 'Words about `<!-- assay-disable-file -->` and its use.\n\n```\n<!-- assay-disable-file -->\n```\n\n'; run3 small; } >code.md
is "in code they are only text" "$(findings code.md) $(all)" "0 1"
# assay-enable takes out what it names, whatever list that was disabled in
range() { { body; printf '%s\n\n' "$1"; run3 small; printf '\n%s\n\nBetween them stands a sentence of another kind.\n\n' "$2"; run3 other; } >enable.md; findings enable.md; }
is "enable of one of several" "$(range '<!-- assay-disable length, anaphora-run -->' '<!-- assay-enable anaphora-run -->')" 1
is "of the other" "$(range '<!-- assay-disable length, anaphora-run -->' '<!-- assay-enable length -->')" 2
is "in another order" "$(range '<!-- assay-disable length, anaphora-run -->' '<!-- assay-enable anaphora-run, length -->')" 1
is "of one, where all were disabled" "$(range '<!-- assay-disable -->' '<!-- assay-enable anaphora-run -->')" 1
is "of another one" "$(range '<!-- assay-disable -->' '<!-- assay-enable heading-echo -->')" 2
is "of all, where one was disabled" "$(range '<!-- assay-disable anaphora-run -->' '<!-- assay-enable -->')" 1
unused() { get '/articles/0/findings/?rule=suppression-unused/message' s.json; }
range '<!-- assay-disable anaphora-run -->' '<!-- assay-enable length -->' >/dev/null
is "an enable of what is not disabled is a finding" "$(unused)" "this enables what no assay-disable before it has disabled"
range '<!-- assay-disable-next-line anaphora-run -->' '<!-- assay-enable -->' >/dev/null
is "of nothing at all, too" "$(unused)" "this enables what no assay-disable before it has disabled"
range '<!-- assay-disable anaphora-run -->' '<!-- assay-enable anaphora-run -->' >/dev/null; is "one that enables is none" "$(unused)" "(nothing)"
range '<!-- assay-disable anafora-run, anaphora-run -->' '' >/dev/null; is "a name that no rule has" "$(unused)" "no rule is called 'anafora-run'; did you mean 'anaphora-run'?"
range '<!-- assay-disable-next-line anaphora-run it is a refrain -->' '' >/dev/null; is "a reason without its dashes" "$(unused)" "no rule is called 'it' (a reason stands behind ' -- ')"
range '<!-- assay-disable truth-contradicted -->' '' >/dev/null; is "a name that is out of reach" "$(unused)" "'truth-contradicted' is out of an article's reach: no comment silences it"
# long lists, many comments: what follows is bounded, or takes minutes
names() { awk -v n="$1" -v name="$2" 'BEGIN { for (i = 0; i < n; i++) printf "%s ", name }'; }
malformed() { get '/articles/0/findings/?rule=suppression-malformed/message' s.json; }
{ body; printf '<!-- assay-disable %s-->\n\n' "$(names 9000 length)"; run3 small; printf '\n<!-- assay-enable %s-->\n' "$(names 900 pad)"; } >names.md
is "thousands of names are read" "$(findings names.md; malformed)" "0
(nothing)"
{ body; printf '<!-- assay-disable '; names 125000 a; printf -- '-->\n\n'; run3 small; printf '\n<!-- assay-enable '; names 125000 b; printf -- '-->\n'; } >names.md
is "more are not" "$(findings names.md; malformed)" "0
more than 10000 names of rules in the suppressions of one article"
{ body; awk 'BEGIN { for (i = 0; i < 30000; i++) printf "<!-- assay-disable-next-line -->"; for (i = 0; i < 900000; i++) print "" }'; run3 small; } >comments.md
is "the first of many comments of one line silences" "$(findings --max-size 4M comments.md)" 1
is "those beyond a thousand are findings" "$(malformed)" "more than 1000 suppressions in one article"
finish
