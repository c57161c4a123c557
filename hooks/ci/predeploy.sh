#!/bin/sh
# Pre-deploy gate of a static site: judges its content, writes the HTML report, and lets the deploy command run only when
# every article passes.
#
#     sh predeploy.sh -- rsync -a dist/ host:/srv/site/
#
# In: SITE (default: .), ASSAY (the program), ASSAY_ARGS (more flags). Content is found by the layout: Astro's src/content
# and src/pages, Hugo's content, Jekyll's _posts; CONTENT (folders, separated by spaces) overrides that.
# Out: REPORT (default: $SITE/assay-report/index.html), written whatever the verdict; PUBLISH, a shell line that is given
# the report's path as $1 and runs whatever the verdict: PUBLISH='scp "$1" host:/srv/reports/site.html'. Where the gate
# could not begin (a configuration that cannot be read) there is no report, an older one is emptied, and PUBLISH does not run.
# Exit: the deploy command's; or 1 or 2 when assay blocks the deploy; 2 when the report could not be published.
set -u
site=${SITE:-.} assay=${ASSAY:-assay}
report=${REPORT:-$site/assay-report/index.html}
holds_markdown() { [ -d "$1" ] && [ -n "$(find "$1" \( -name '*.md' -o -name '*.mdx' -o -name '*.markdown' \) -print 2>/dev/null | head -n 1)" ]; }
[ "${1:-}" = -- ] && shift
if [ -z "${CONTENT:-}" ]; then
    for folder in src/content src/pages content _posts; do
        holds_markdown "$site/$folder" && CONTENT="${CONTENT:-} $folder"
    done
fi
[ -n "${CONTENT:-}" ] || { echo "predeploy: no Markdown in src/content, src/pages, content or _posts of $site; set CONTENT" >&2; exit 2; }
mkdir -p "$(dirname "$report")" || exit 2
gate() {
    set --
    for folder in $CONTENT; do set -- "$@" "$site/$folder"; done
    # shellcheck disable=SC2086 # flags are a list
    "$assay" check ${ASSAY_ARGS:-} --quiet --format text --format html --output "$report" "$@"
}
# What stands there of an earlier run; nothing else is touched, and assay itself refuses to write over an article.
is_report() { [ -f "$report" ] && [ "$(head -c 15 "$report")" = '<!doctype html>' ]; }
if is_report; then : >"$report" || exit 2; fi
gate
status=$?
written=no
is_report && written=yes
if [ $written = yes ]; then echo "predeploy: report in $report"; else echo "predeploy: no report was written" >&2; fi
if [ $written = yes ] && [ -n "${PUBLISH:-}" ]; then
    sh -c "$PUBLISH" publish "$report" || { echo "predeploy: the report could not be published" >&2; exit 2; }
fi
[ $status -eq 0 ] || { echo "predeploy: the deploy is blocked (exit $status)" >&2; exit $status; }
[ $# -eq 0 ] || exec "$@"
