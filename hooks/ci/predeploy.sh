#!/bin/sh
# Pre-deploy gate of a static site: judges the content folder, publishes the HTML report beside the build, and lets the
# deploy command run only when every article passes.
#   sh predeploy.sh -- rsync -a dist/ host:/srv/site/
# In: SITE (default: .), ASSAY. The content folder is found by the layout: Astro src/content/ or src/pages/, Hugo content/.
# Out: REPORT (default: $SITE/assay-report.html); the deploy command's exit code, or assay's when it is not 0.
set -u
site=${SITE:-.} assay=${ASSAY:-assay}
report=${REPORT:-$site/assay-report.html}
content=
for folder in src/content src/pages content; do
    [ -d "$site/$folder" ] && { content=$site/$folder; break; }
done
[ -n "$content" ] || { echo "predeploy: no src/content, src/pages or content folder in $site" >&2; exit 2; }
[ "${1:-}" = -- ] && shift
"$assay" check --quiet --format text --format html --output "$report" "$content"
status=$?
echo "predeploy: report in $report"
[ $status -eq 0 ] || { echo "predeploy: the deploy is blocked (exit $status)" >&2; exit $status; }
[ $# -eq 0 ] || exec "$@"
